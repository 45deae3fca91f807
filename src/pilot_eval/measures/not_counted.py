"""Warns of rows that a measure leaves out because a cell is empty or has no value."""

from collections.abc import Mapping, Sequence

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.measures.compute import Tables
from pilot_eval.measures.engines import Engine
from pilot_eval.measures.lineage import traced
from pilot_eval.model import Amount, NotCounted, SourceRows
from pilot_eval.plugin.compiling import Compiled, Measure
from pilot_eval.text import Words, joined
from pilot_eval.units import Units


def not_counted(
    engine: Engine, compiled: Compiled, measures: Sequence[Measure], gathered: Mapping[str, Gathered]
) -> dict[tuple[str, str], list[Finding]]:
    """Return the findings by pilot and measure, one for the columns that are empty and one for what has no value."""
    intakes = {pilot: each.intake for pilot, each in gathered.items()}
    stored = Tables.of((each.intake, each.folder) for each in gathered.values())
    traces = traced(engine, compiled, measures, stored.paths, intakes, lacking=True)
    return {
        (pilot, measure): [
            _finding(compiled.measures[measure], each, compiled.units) for each in traces[pilot, measure].not_counted
        ]
        for pilot, measure in sorted(traces)
        if traces[pilot, measure].not_counted
    }


def _finding(measure: Measure, left: NotCounted, units: Units) -> Finding:
    first = left.rows[0]
    column = next((letter for name, letter in first.columns.items() if name in left.lacks), None)
    place = Place(file=first.file, sheet=first.sheet, row=first.rows[0].first, column=column)
    code = "rows-not-counted" if left.lacks else "rows-without-value"
    given = {"columns": joined(left.lacks.values())} if left.lacks else {}
    rows = [_rows(each, first) for each in left.rows]
    said = Words(zh="；".join(each.zh for each in rows), en="; ".join(each.en for each in rows))
    return finding(
        code,
        place,
        measure=measure.spec.label,
        rows=said,
        count=left.count,
        amount=_in_money(left.amount, units),
        **given,
    )


MOST = 20
"""Runs of rows that are named; the rest are only counted."""


def _rows(each: SourceRows, first: SourceRows) -> Words:
    name = "" if each is first else f"{Place(file=each.file, sheet=each.sheet)} "
    numbers = each.model_copy(update={"rows": each.rows[:MOST]}).numbers
    more = " …" if len(each.rows) > MOST else ""
    return Words(
        zh=f"{name}第 {numbers.zh}{more} 行", en=f"{name}{'row' if each.count == 1 else 'rows'} {numbers.en}{more}"
    )


def _in_money(amount: Amount | None, units: Units) -> Words:
    if amount is None:
        return Words(zh="")
    value, unit = f"{amount.value:,.12g}", units.label(amount.unit)
    label = amount.label
    return Words(zh=f"，{label.zh}合计 {value} {unit.zh}", en=f", {label.in_('en')} {value} {unit.in_('en')}")
