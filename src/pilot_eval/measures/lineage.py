"""Traces measures back to the rows and cells they were computed from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import fsum
from operator import or_
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
import polars as pl

from pilot_eval.evidence.cells.dates import iso_day
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.evidence.tables.across_rows import Source
from pilot_eval.frames import INNER, PILOT, ROW, SOURCE, wording
from pilot_eval.measures.aggregating import with_period
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.model import Amount, ExtractRow, NotCounted, RowSpan, SourceRows, TableExtract
from pilot_eval.plugin.compiling import Compiled, Measure
from pilot_eval.plugin.tables import INTERVAL_KINDS, ColumnSpec, Kind, TableSpec
from pilot_eval.text import Words

SHOWN_ROWS = 100
"""The number of rows of each table that the record contains for display; the cells of all rows are cited."""

EXACT_ROWS = 500_000
"""Larger tables are cited by the first and last contributing row, with the number of contributing rows."""

MONEY = frozenset({"元", "万元"})
"""Units of the amounts that are told of rows that aren't counted."""


@dataclass(frozen=True)
class Trace:
    """The rows of its table that a measure was computed from, and those that it leaves out."""

    evidence: tuple[SourceRows, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()


def traced(
    engine: Engine,
    compiled: Compiled,
    measures: Sequence[Measure],
    paths: Mapping[str, Sequence[Path]],
    intakes: Mapping[str, Intake],
    *,
    lacking: bool = False,
) -> dict[tuple[str, str], Trace]:
    """Return where each measure came from, by (pilot, measure).

    lacking: find nothing but the rows left out because a cell is empty or has no value.
    """
    made: dict[tuple[str, str], Trace] = {}
    for table in sorted({measure.table for measure in measures if measure.table}):
        if not paths.get(table):
            continue
        spec, own = compiled.tables[table], [measure for measure in measures if measure.table == table]
        period = next((intake.period for intake in intakes.values()), None)
        rows = with_period(engine.scan(paths[table], spec.columns), own, period).filter(~nw.col(ROW).is_null())
        if lacking and not spec.keyed:
            rows = rows.filter(reduce(or_, (_part(measure).is_null() for measure in own)))
        size = sum(intake.rows[table] for intake in intakes.values() if table in intake.rows)
        find = _exact_groups if size <= EXACT_ROWS else _outer_groups
        for measure, groups in zip(own, find(rows, spec, own), strict=True):
            for pilot, found in groups.items():
                if pilot not in intakes or table not in intakes[pilot].rows:
                    continue  # in a table for all pilots
                if spec.keyed and any(why.part for why in found):
                    found = {why: group for why, group in found.items() if why.part}  # one sheet gives the figure
                kept = {why: group for why, group in found.items() if why.part is None or not lacking}
                made[pilot, measure.spec.id] = _trace_of(spec, measure, kept, intakes[pilot].sources)
    return made


def _part(measure: Measure) -> nw.Expr:
    return nw.lit(True) if measure.figure.rows is None else measure.figure.rows


class _Why(NamedTuple):
    """Whether rows take part (None: a cell is empty or has no value), and the columns that are empty in them."""

    part: bool | None
    lacks: tuple[str, ...] = ()


_KNOWN = {part: _Why(part) for part in (True, False)}


@dataclass
class _Group:
    """Rows by source, as spans with their number; the money in them."""

    spans: dict[int, tuple[tuple[RowSpan, ...], int]]
    amount: float


Groups = dict[str, dict[_Why, _Group]]
"""One measure's rows, by pilot and by whether they take part."""


def _optional(spec: TableSpec, measure: Measure) -> list[str]:
    return [column.name for column in spec.columns if column.optional and column.name in measure.figure.reads]


def _money(spec: TableSpec) -> ColumnSpec | None:
    return next((column for column in spec.columns if column.unit in MONEY), None)


def _money_cells(spec: TableSpec) -> nw.Expr:
    money = _money(spec)
    return nw.lit(None, nw.Float64) if money is None else nw.col(money.name)


def _exact_groups(rows: Frame, spec: TableSpec, measures: Sequence[Measure]) -> list[Groups]:
    optional = [_optional(spec, measure) for measure in measures]
    empty = sorted({name for names in optional for name in names})
    flags = {f"{INNER}part_{at}": _part(measure) for at, measure in enumerate(measures)}
    flags |= {f"{INNER}empty_{name}": nw.col(name).is_null() for name in empty}
    asked = [[(name, len(measures) + empty.index(name)) for name in names] for names in optional]
    numbers: list[dict[tuple[str, _Why], dict[int, list[int]]]] = [{} for _ in measures]
    amounts: list[dict[tuple[str, _Why], list[float]]] = [{} for _ in measures]
    taken = rows.select(PILOT, SOURCE, ROW, **{f"{INNER}amount": _money_cells(spec)}, **flags).collect()
    for pilot, source, row, amount, *said in taken.iter_rows():
        for at, names in enumerate(asked):
            why = _KNOWN.get(said[at]) or _Why(None, tuple(name for name, where in names if said[where]))
            key = (pilot, why)
            numbers[at].setdefault(key, {}).setdefault(source, []).append(row)
            if why.part is None and amount is not None:
                amounts[at].setdefault(key, []).append(amount)
    found: list[Groups] = [{} for _ in measures]
    for groups, by_key, money in zip(found, numbers, amounts, strict=True):
        for (pilot, why), sources in by_key.items():
            spans = {source: (_spans(sorted(each)), len(each)) for source, each in sources.items()}
            groups.setdefault(pilot, {})[why] = _Group(spans, fsum(money.get((pilot, why), ())))
    return found


def _outer_groups(rows: Frame, spec: TableSpec, measures: Sequence[Measure]) -> list[Groups]:
    every = []
    for measure in measures:
        part, names = _part(measure), _optional(spec, measure)
        empty = [f"{INNER}empty_{name}" for name in names]
        flags = {key: part.is_null() & nw.col(name).is_null() for key, name in zip(empty, names, strict=True)}
        keys = {f"{INNER}part": part, **flags}
        marked = rows.select(PILOT, SOURCE, ROW, **{f"{INNER}amount": _money_cells(spec)}, **keys)
        row, money = nw.col(ROW), nw.col(f"{INNER}amount").sum()
        ends = marked.group_by(PILOT, SOURCE, *keys).agg(first=row.min(), last=row.max(), n=row.count(), money=money)
        ends = ends.select(PILOT, SOURCE, "first", "last", "n", "money", *keys).sort(PILOT, SOURCE)
        found: Groups = {}
        for pilot, source, first, last, n, amount, given, *lacks in ends.collect().iter_rows():
            why = _Why(given, tuple(name for name, lack in zip(names, lacks, strict=True) if lack))
            group = found.setdefault(pilot, {}).setdefault(why, _Group({}, 0.0))
            group.spans[source] = ((RowSpan(first=first, last=last),), n)
            group.amount += amount or 0.0
        every.append(found)
    return every


def _spans(numbers: Sequence[int]) -> tuple[RowSpan, ...]:
    """Group row numbers into consecutive runs."""
    spans: list[RowSpan] = []
    first = previous = numbers[0]
    for number in numbers[1:]:
        if number != previous + 1:
            spans.append(RowSpan(first=first, last=previous))
            first = number
        previous = number
    return (*spans, RowSpan(first=first, last=previous))


def _trace_of(spec: TableSpec, measure: Measure, groups: Mapping[_Why, _Group], sources: Sequence[Source]) -> Trace:
    """Cite the rows that take part; then those with empty cells, without a value, and outside the condition."""
    labels = {column.name: column.label for column in spec.columns}
    evidence: tuple[SourceRows, ...] = ()
    left: list[NotCounted] = []
    for why, group in sorted(
        groups.items(), key=lambda each: (each[0].part is False, not each[0].lacks, each[0].lacks)
    ):
        columns = why.lacks or sorted(measure.figure.reads)
        rows = tuple(_source_rows(sources[index], columns, *group.spans[index]) for index in sorted(group.spans))
        if why.part:
            evidence = rows
            continue
        money = _money(spec) if why.part is None and not spec.keyed else None
        left.append(
            NotCounted(
                cause="condition" if why.part is False else "empty" if why.lacks else "undefined",
                lacks={name: labels[name] for name in why.lacks},
                rows=rows,
                amount=Amount(label=money.label, value=round(group.amount, 2), unit=money.unit or "")
                if money and group.amount
                else None,
            )
        )
    return Trace(evidence, tuple(left))


def _source_rows(source: Source, columns: Sequence[str], spans: tuple[RowSpan, ...], count: int) -> SourceRows:
    letters = {name: source.columns[name] for name in columns if name in source.columns}
    if not letters:  # a count of rows reads no cell in particular: cite the whole rows by their first column
        letters = dict(list(source.columns.items())[:1])
    return SourceRows(
        file=source.file, sha256=source.sha256, sheet=source.sheet, columns=letters, rows=spans, count=count
    )


Codes = Mapping[str, Mapping[str, Words]]
"""The method's code lists: the words of each by id."""


Rows = Sequence[Mapping[str, Any]]

SharedRows = Mapping[str, Rows]
"""The rows of tables for all pilots, by the pilot."""


def shared_rows(intakes: Iterable[Intake]) -> SharedRows:
    """Return the rows of the tables that some submissions share, reading each file once."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in dict.fromkeys(path for intake in intakes for path in intake.shared.values()):
        for row in pl.read_parquet(path).iter_rows(named=True):
            found.setdefault(row[PILOT], []).append(row)
    return found


def extracts(
    folder: Path,
    intake: Intake,
    compiled: Compiled,
    tables: Iterable[str],
    codes: Codes,
    shared: SharedRows = MappingProxyType({}),
) -> tuple[TableExtract, ...]:
    """Return the first rows of each of a pilot's tables, as they were read; `shared`: those of `shared_rows`."""
    return tuple(
        _extract(compiled.tables[table], intake, _first_rows(folder, intake, table, shared), codes)
        for table in tables
        if intake.rows.get(table)
    )


def _first_rows(folder: Path, intake: Intake, table: str, shared: SharedRows) -> Rows:
    if table in intake.shared:
        return shared[intake.pilot][:SHOWN_ROWS]
    return pl.read_parquet(intake.file_of(table, folder), n_rows=SHOWN_ROWS).to_dicts()


def _extract(table: TableSpec, intake: Intake, rows: Rows, codes: Codes) -> TableExtract:
    filled = {name for source in intake.sources if source.table == table.id for name in source.columns}
    columns = [column for column in table.columns if column.name in filled]
    return TableExtract(
        table=table.id,
        label=table.label,
        columns=tuple(column.name for column in columns),
        headers=tuple(column.label for column in columns),
        units=tuple(column.unit or "" for column in columns),
        rows=tuple(
            ExtractRow(
                file=intake.sources[row[SOURCE]].file,
                sheet=intake.sources[row[SOURCE]].sheet,
                row=row[ROW],
                cells=tuple(_cell_shown(column, row, codes) for column in columns),
            )
            for row in rows
        ),
        total=intake.rows[table.id],
    )


def _cell_shown(column: ColumnSpec, row: Mapping[str, Any], codes: Codes) -> str:
    """Format a cell for a report: as written if it is approximate, else its value."""
    value = row[column.name]
    if value is None:
        return ""
    if column.kind in INTERVAL_KINDS and row[wording(column.name)]:
        return str(row[wording(column.name)])
    match column.kind:
        case Kind.DATE | Kind.PERIOD:
            return iso_day(value)
        case Kind.FLAG:
            return "是" if value else "否"
        case Kind.CHOICE:
            label = (codes.get(column.codes, {}) if column.codes else column.choices).get(value)
            return label.zh if label else str(value)
        case Kind.COUNT | Kind.NUMBER:
            return f"{value:.12g}"
    return str(value)
