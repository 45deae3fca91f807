"""Rows of a table to aggregates, one row per pilot; of groups of the rows first, where a measure has them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import narwhals.stable.v2 as nw

from pilot_eval.frames import EPOCH, FIRST, GROUP, LAST, PILOT, ROW, SURELY
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.plugin.compiling import Measure
from pilot_eval.plugin.days import Grain
from pilot_eval.plugin.figures import Figure, GroupFigures
from pilot_eval.plugin.grouping import Grouped

Days = tuple[str, str]
"""The first and the last day of the round's period, such as 2018-01-01."""


def with_period(rows: Frame, measures: Iterable[Measure], period: Days | None) -> Frame:
    """Add the period to the rows of a table, if a measure needs it."""
    if not any(nested.by.grain for measure in measures for nested in measure.figure.nested):
        return rows
    days = (None, None) if period is None else [(date.fromisoformat(day) - EPOCH).days for day in period]
    return rows.with_columns(**{name: nw.lit(day, nw.Float64) for name, day in zip((FIRST, LAST), days, strict=True)})


def aggregated(engine: Engine, rows: Frame, figures: Sequence[Figure], period: Days | None) -> Iterator[Frame]:
    """Yield frames with a row for each pilot that has rows; together they have the aggregates of the figures."""
    plain = {alias: expr for figure in figures for alias, expr in figure.levels[0].items()}
    if plain:
        yield rows.group_by(PILOT).agg(**plain)
    groups: dict[Grouped, list[GroupFigures]] = {}
    for figure in figures:
        for nested in figure.nested:
            groups.setdefault(nested.by, []).append(nested)
    for by, all_nested in groups.items():
        yield _of_groups(_in_groups(engine, rows, by, period), all_nested)


def _of_groups(rows: Frame, all_nested: Sequence[GroupFigures]) -> Frame:
    """Aggregate the groups, and then these; rows in no group stand for a pilot that may have none."""
    depth = max(len(nested.levels) for nested in all_nested)
    stages = [
        {alias: expr for nested in all_nested for level in nested.levels[at : at + 1] for alias, expr in level.items()}
        for at in range(depth)
    ]
    frame = rows.group_by(PILOT, GROUP).agg(**stages[0])
    for stage in stages[1:]:
        frame = frame.with_columns(**stage)
    known = ~nw.col(GROUP).is_null()
    cells = {alias: nw.when(known).then(nw.col(alias)) for stage in stages for alias in stage}
    frame = frame.select(PILOT, **{ROW: nw.when(known).then(nw.lit(1))}, **cells)
    return frame.group_by(PILOT).agg(
        **{alias: each for nested in all_nested for alias, each in nested.aggregates.items()}
    )


def _in_groups(engine: Engine, rows: Frame, by: Grouped, period: Days | None) -> Frame:
    """Add the group of each row: a row that may be in several parts of the calendar is in each.

    Each pilot has every part of the period: in a row like the one that means “nothing to report”.
    """
    cells = by.cells
    if by.grain is None:
        return rows.with_columns(**{GROUP: cells.value})
    parts = _calendar(engine, by.grain, period)
    every = rows.select(PILOT).unique().join(parts, how="cross")
    if cells.exact:
        return nw.concat([rows.with_columns(**{GROUP: cells.value}).join(parts, on=GROUP), every], how="diagonal")
    settled = rows.filter(cells.low == cells.high).with_columns(**{GROUP: cells.value, SURELY: nw.lit(True)})
    open_ = rows.filter(cells.low < cells.high).with_columns(**{SURELY: nw.lit(False)}).join(parts, how="cross")
    inside = open_.filter((nw.col(GROUP) >= cells.low) & (nw.col(GROUP) <= cells.high))
    found = nw.concat([settled.join(parts, on=GROUP), inside], how="diagonal")
    return nw.concat([found, every], how="diagonal")


def _calendar(engine: Engine, grain: Grain, period: Days | None) -> Frame:
    """Return the years, quarters or months of the period, counted from the year 0."""
    if period is None:
        return engine.frame({GROUP: []}, {GROUP: float})
    many = {"year": 1, "quarter": 4, "month": 12}[grain]
    first, last = (day.year * many + (day.month - 1) * many // 12 for day in map(date.fromisoformat, period))
    return engine.frame({GROUP: [float(part) for part in range(first, last + 1)]}, {GROUP: float})
