"""Checks that the periods in a table's rows don't overlap, so that nothing is counted twice."""

from typing import Any

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.cells.dates import iso_day
from pilot_eval.evidence.cells.periods import ONE, until
from pilot_eval.evidence.tables.across_rows import AT, MOST, Found, Frames, Source, spelled, with_count
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.evidence.tables.source_names import name_of
from pilot_eval.frames import INNER, ROW, SOURCE, three, wording
from pilot_eval.plugin.tables import COMMON_COLUMNS, ColumnSpec, Kind
from pilot_eval.text import Words

_FURTHEST, _WITH, _KEY, _LATER = (f"{INNER}{each}" for each in ("furthest", "with", "key", "later"))


def check_periods(frames: Frames, sources: list[Source]) -> Found:
    """Return the findings about rows whose periods overlap, among those whose words are otherwise the same."""
    return [
        (layout.id, each)
        for layout, frame, _ in frames.values()
        for column in layout.columns
        if column.kind is Kind.PERIOD
        for each in _in_column(layout, column, frame.drop_nulls(column.name), sources)
    ]


def _in_column(layout: Layout, column: ColumnSpec, frame: pl.DataFrame, sources: list[Source]) -> list[Finding]:
    names = three(column.name)
    words = [each.name for each in layout.columns
             if each.kind in (Kind.TEXT, Kind.CHOICE) and each not in COMMON_COLUMNS]  # fmt: skip
    sites = {
        at: _site(layout, source)  # two sites may report the same months each
        for at, source in enumerate(sources)
        if source.table == layout.id
    }
    key = pl.struct(*map(spelled, words), pl.col(SOURCE).replace_strict(sites, return_dtype=pl.String).alias(_KEY))
    furthest = pl.col(names.high).cum_max().shift()
    rows = (
        frame.with_columns(key.alias(_KEY))
        .sort(names.low, names.high, descending=[False, True], maintain_order=True)
        .with_row_index(_WITH)
        .with_columns(furthest.over(_KEY).alias(_FURTHEST))
        .with_columns(pl.when(pl.col(_FURTHEST).fill_null(-1e9) < pl.col(names.high)).then(pl.col(_WITH)).alias(_WITH))
        .with_columns(pl.col(_WITH).forward_fill().shift().over(_KEY))
    )
    again = rows.filter(pl.col(names.low) <= pl.col(_FURTHEST))
    if column.each is not None:
        return _shared(layout, column, again, sources)
    beside = rows[again[_WITH]]
    same = (again[names.low] == beside[names.low]) & (again[names.high] == beside[names.high])
    if column.name not in layout.unique:  # else the same period twice is reported as that
        same &= again[SOURCE] != beside[SOURCE]  # two sites' figures of one period
    again = again.with_columns(pl.max_horizontal(again[AT], beside[AT]).alias(_LATER)).filter(~same)
    again = again.unique(_LATER, keep="first", maintain_order=True)
    said = [_overlap(column, row, rows.row(row[_WITH], named=True), sources) for row in again.head(MOST).to_dicts()]
    said = with_count(said, again.height, sources[again[SOURCE][0]] if said else None)
    return said or _open(column, rows, sources, alone=not words)


def _site(layout: Layout, source: Source) -> str:
    """Return what the name of a source says beside periods and numbers."""
    beside = name_of(layout, source.file, source.sheet, "").beside
    return " ".join(word for word in beside.split() if not word.isdigit())


def _shared(layout: Layout, column: ColumnSpec, again: pl.DataFrame, sources: list[Source]) -> list[Finding]:
    """Say once that several rows are about one month."""
    if again.is_empty() or column.each is None or column.name in layout.unique:
        return []
    place = sources[again[SOURCE][0]].place(None, column.name)
    return [finding("rows-one-stretch", place, column=column.label, count=again.height, one=ONE[column.each])]


def _overlap(column: ColumnSpec, one: dict[str, Any], other: dict[str, Any], sources: list[Source]) -> Finding:
    first, second = sorted((one, other), key=lambda row: (row[SOURCE], row[ROW]))
    where = Words(zh=f"第 {first[ROW]} 行", en=f"row {first[ROW]}")
    if first[SOURCE] != second[SOURCE]:
        at = sources[first[SOURCE]].place(first[ROW])
        where = Words(zh=f" {at} ", en=str(at))
    said = {"value": second[wording(column.name)], "other": first[wording(column.name)]}
    return finding("row-overlap", sources[second[SOURCE]].place(second[ROW], column.name), first=where, **said)


def _open(column: ColumnSpec, rows: pl.DataFrame, sources: list[Source], *, alone: bool) -> list[Finding]:
    """Warn of figures up to some day, which may hold those of earlier years.

    Where periods alone tell the rows apart, a single day is one too, unless it is the first of a month.
    """
    names = three(column.name)
    day = pl.from_epoch(pl.col(names.low).cast(pl.Int32), time_unit="d").dt.day()
    single = (pl.col(names.low) == pl.col(names.high)) & (day != 1) & alone
    running = pl.col("note").str.contains(_RUNNING) & (pl.col(names.low) > pl.col(names.low).min().over(_KEY))
    again = rows.filter(running).sort(SOURCE, ROW).iter_rows(named=True)
    said = [
        finding("row-running", sources[row[SOURCE]].place(row[ROW], column.name), value=_said_in(column, row))
        for row in again
    ]
    said += [
        finding("row-cumulative", sources[row[SOURCE]].place(row[ROW], column.name), value=row[wording(column.name)])
        for row in rows.with_columns(single.alias(_WITH)).sort(SOURCE, ROW).iter_rows(named=True)
        if row[_WITH] or until(row[wording(column.name)])
    ]
    return said[:MOST]


_RUNNING = "累[计計]|(?i)cumulative|year to date"
"""What a remark says of figures that include those before."""


def _said_in(column: ColumnSpec, row: dict[str, Any]) -> str:
    return str(row[wording(column.name)] or iso_day(row[column.name]))
