"""Traces measures back to the rows and cells they were computed from."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from pilot_eval.evidence.cells.dates import iso_day
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.evidence.tables.across_rows import Source
from pilot_eval.frames import INNER, PILOT, ROW, SOURCE, UNBOUNDED, wording
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.model import ExtractRow, RowSpan, SourceRows, TableExtract
from pilot_eval.plugin.compiling import Compiled, Measure
from pilot_eval.plugin.tables import INTERVAL_KINDS, ColumnSpec, Kind, TableSpec
from pilot_eval.text import Words

SHOWN_ROWS = 100
"""The number of rows of each table that the record contains for display; the cells of all rows are cited."""

EXACT_ROWS = 500_000
"""Larger tables are cited by the first and last contributing row, with the number of contributing rows."""


def cited_rows(
    engine: Engine,
    compiled: Compiled,
    measures: Sequence[Measure],
    paths: Mapping[str, Sequence[Path]],
    intakes: Mapping[str, Intake],
) -> dict[tuple[str, str], tuple[SourceRows, ...]]:
    """Return the rows that each measure was computed from, by (pilot, measure)."""
    cited: dict[tuple[str, str], tuple[SourceRows, ...]] = {}
    for table in sorted({measure.table for measure in measures if measure.table}):
        if not paths.get(table):
            continue
        own = [measure for measure in measures if measure.table == table]
        rows = engine.scan(paths[table], compiled.tables[table].columns).filter(~nw.col(ROW).is_null())
        size = sum(intake.rows.get(table, 0) for intake in intakes.values())
        find = _exact_spans if size <= EXACT_ROWS else _outer_spans
        for measure, spans in zip(own, find(rows, [_taking_part(measure) for measure in own]), strict=True):
            columns = sorted(measure.figure.reads)
            for pilot, sources in spans.items():
                known = intakes[pilot].sources
                cited[pilot, measure.spec.id] = tuple(
                    _source_rows(known[index], columns, *sources[index]) for index in sorted(sources)
                )
    return cited


def _taking_part(measure: Measure) -> nw.Expr:
    return nw.lit(True) if measure.figure.rows is None else measure.figure.rows


Spans = dict[str, dict[int, tuple[tuple[RowSpan, ...], int]]]


def _exact_spans(rows: Frame, taking_part: Sequence[nw.Expr]) -> list[Spans]:
    flags = {f"{INNER}part_{i}": part for i, part in enumerate(taking_part)}
    found: list[dict[str, dict[int, list[int]]]] = [{} for _ in flags]
    for pilot, source, row, *parts in rows.select(PILOT, SOURCE, ROW, **flags).collect().iter_rows():
        for numbers, part in zip(found, parts, strict=True):
            if part:
                numbers.setdefault(pilot, {}).setdefault(source, []).append(row)
    return [
        {
            pilot: {source: (_spans(sorted(numbers)), len(numbers)) for source, numbers in sources.items()}
            for pilot, sources in each.items()
        }
        for each in found
    ]


def _outer_spans(rows: Frame, taking_part: Sequence[nw.Expr]) -> list[Spans]:
    row, every = nw.col(ROW), []
    for part in taking_part:
        ends = rows.filter(part).group_by(PILOT, SOURCE).agg(first=row.min(), last=row.max(), n=row.count()).collect()
        found: Spans = {}
        for pilot, source, first, last, n in ends.select(PILOT, SOURCE, "first", "last", "n").iter_rows():
            found.setdefault(pilot, {})[source] = ((RowSpan(first=first, last=last),), n)
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


def _source_rows(source: Source, columns: Sequence[str], spans: tuple[RowSpan, ...], count: int) -> SourceRows:
    letters = {name: source.columns[name] for name in columns if name in source.columns}
    if not letters:  # a count of rows reads no cell in particular: cite the whole rows by their first column
        letters = dict(list(source.columns.items())[:1])
    return SourceRows(
        file=source.file, sha256=source.sha256, sheet=source.sheet, columns=letters, rows=spans, count=count
    )


Codes = Mapping[str, Mapping[str, Words]]
"""The method's code lists: the words of each by id."""


def extracts(
    folder: Path, intake: Intake, compiled: Compiled, tables: Sequence[str], codes: Codes
) -> tuple[TableExtract, ...]:
    """Return the first rows of each of a pilot's tables, as they were read."""
    return tuple(_extract(folder, intake, compiled.tables[table], codes) for table in tables if intake.rows.get(table))


def _extract(folder: Path, intake: Intake, table: TableSpec, codes: Codes) -> TableExtract:
    filled = {name for source in intake.sources if source.table == table.id for name in source.columns}
    columns = [column for column in table.columns if column.name in filled]
    rows = pl.read_parquet(folder / f"{table.id}.parquet", n_rows=SHOWN_ROWS).to_dicts()
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
            return f"{value:.12g}" if abs(value) < UNBOUNDED else str(value)
    return str(value)
