"""Warns of rows that a measure takes or leaves by how an approximate cell is read, such as a day given as a month."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.evidence.readers.sheet import spans
from pilot_eval.frames import INNER, PILOT, ROW, SOURCE, three
from pilot_eval.measures.aggregating import with_period
from pilot_eval.measures.compute import Tables, within_wholes
from pilot_eval.measures.engines import Engine
from pilot_eval.plugin.compiling import Compiled, Measure
from pilot_eval.plugin.tables import INTERVAL_KINDS, ColumnSpec
from pilot_eval.text import Words, joined

_MOST = 20
"""Rows that are named; the rest are only counted."""


def decided_by_reading(
    engine: Engine, compiled: Compiled, measures: Sequence[Measure], gathered: Mapping[str, Gathered]
) -> dict[str, list[Finding]]:
    """Return the findings by pilot, one for each measure with such rows."""
    stored = Tables.of((each.intake, each.folder) for each in gathered.values())
    found: dict[str, list[Finding]] = {}
    for measure in measures:
        table, doubtful = measure.table, measure.figure.doubtful
        if table is None or doubtful is None:
            continue
        columns = compiled.tables[table].columns
        read = [each for each in columns if each.name in measure.figure.reads and each.kind in INTERVAL_KINDS]
        rows = with_period(engine.scan(stored.paths.get(table, ()), columns), [measure], stored.period)
        rows = within_wholes(rows, compiled.orders.get(table, frozenset()))
        rows = rows.filter(doubtful & ~nw.col(ROW).is_null())
        wide = {f"{INNER}{at}": _is_open(each) for at, each in enumerate(read)}
        pilots: dict[str, list[tuple[Any, ...]]] = {}
        for pilot, *row in rows.select(PILOT, SOURCE, ROW, **wide).sort(PILOT, SOURCE, ROW).collect().iter_rows():
            pilots.setdefault(pilot, []).append(tuple(row))
        for pilot, own in pilots.items():
            found.setdefault(pilot, []).append(_decided(measure, gathered[pilot].intake, read, own))
    return found


def _is_open(column: ColumnSpec) -> nw.Expr:
    names = three(column.name)
    return nw.lit(False) if column.exact else nw.col(names.low) < nw.col(names.high)


def _decided(measure: Measure, intake: Intake, read: Sequence[ColumnSpec], rows: Sequence[tuple[Any, ...]]) -> Finding:
    wide = [column for at, column in enumerate(read) if any(row[2 + at] for row in rows)]
    first = intake.sources[rows[0][0]]
    listed: dict[int, list[int]] = {}
    for source, row, *_ in rows[:_MOST]:
        listed.setdefault(source, []).append(row)
    more = " …" if len(rows) > _MOST else ""
    names = {source: "" if source == rows[0][0] else f"{intake.sources[source].place(None)} " for source in listed}
    said = Words(
        zh="；".join(f"{names[source]}第 {spans(each)} 行" for source, each in listed.items()) + more,
        en="; ".join(
            f"{names[source]}{'row' if len(each) == 1 else 'rows'} {spans(each)}" for source, each in listed.items()
        )
        + more,
    )
    return finding(
        "rows-by-reading",
        first.place(rows[0][1], wide[0].name if wide else None),
        measure=measure.spec.label,
        columns=joined(column.label for column in wide or read),
        rows=said,
        count=len(rows),
    )
