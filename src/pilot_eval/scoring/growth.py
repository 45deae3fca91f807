"""The figure that a rule sees, as columns of the lazy frame: a measure in the item's unit, or its growth."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from pilot_eval.frames import BOUNDED, UNBOUNDED, Three, converted_columns, growth_columns, item_columns, three, unsure
from pilot_eval.measures.engines import Frame
from pilot_eval.method.schema import Growth, IndicatorSpec, Scoring
from pilot_eval.scoring.case import PilotCase

NOTHING = 1e-9
"""A last figure of no more is nothing to grow on."""


def growth_of(item: Scoring) -> Growth | None:
    return item.growth if isinstance(item, IndicatorSpec) else None


Factors = Mapping[tuple[str, str], float]
"""By item and measure, how many of the item's unit one of the measure's is, where they differ."""


def figure_columns(item: Scoring, factors: Factors) -> Three:
    """Return the columns of the figure that an item's rule sees: its growth, else its measure, else the experts'."""
    if growth_of(item) is not None:
        return growth_columns(item.id)
    columns = item_columns(item.id)
    if item.measure:
        return measure_columns(item, factors)
    return Three(columns.expert, columns.expert_low, columns.expert_high)


def measure_columns(item: Scoring, factors: Factors) -> Three:
    """Return the columns of an item's measure in the item's unit."""
    measure = item.measure or ""
    return converted_columns(item.id) if (item.id, measure) in factors else three(measure)


def with_figures(frame: Frame, items: Sequence[Scoring], factors: Factors) -> Frame:
    """Add the figure of each item that isn't its measure as it is: in another unit, or its growth."""
    return _with_growth(_with_converted(frame, items, factors), items, factors)


def measured(item: Scoring, factors: Factors, row: Mapping[str, Any]) -> float | None:
    """Return an item's measure in the item's unit, from a pilot's row."""
    figure: float | None = row[measure_columns(item, factors).value] if item.measure else None
    return figure


def grown_from(item: Scoring, factors: Factors, row: Mapping[str, Any]) -> float | None:
    """Return the figure that an item's growth is measured on, in the item's unit, from a pilot's row."""
    growth = growth_of(item)
    if growth is None:
        return None
    found: float | None = row[growth.last or item_columns(item.id).last]
    factor = factors.get((item.id, growth.last or ""))
    return found if found is None or factor is None else round(found * factor, 9)


def last_figure(item: Scoring, factors: Factors, case: PilotCase) -> float | None:
    """Return a pilot's last figure in the item's unit: its own in the register, else the previous round's measure."""
    measure = item.measure or ""
    before = case.last.get(measure)
    if before is not None:
        before *= factors.get((item.id, measure), 1.0)
    return case.pilot.last.get(item.id, before)


def _with_converted(frame: Frame, items: Sequence[Scoring], factors: Factors) -> Frame:
    """Add the measure of each item whose unit isn't the measure's, in the item's unit."""
    columns: dict[str, nw.Expr] = {}
    for item in items:
        factor = factors.get((item.id, item.measure or ""))
        if factor is not None:
            pairs = zip(converted_columns(item.id), three(item.measure or ""), strict=True)
            columns |= {name: _times(nw.col(given), factor) for name, given in pairs}
    return frame.with_columns(**columns) if columns else frame


def _times(given: nw.Expr, factor: float) -> nw.Expr:
    """Convert a figure or a bound; no bound remains none."""
    known = (given < BOUNDED) & (given > -BOUNDED)
    return nw.when(known).then((given * factor).round(9)).otherwise(given)


def may_be_missing(item: Scoring) -> nw.Expr:
    """Return whether an item that has a figure may have none within the bounds of the evidence.

    Its measure may not exist, there may be nothing to grow on, or too little evidence to be scored at all.
    """
    growth = growth_of(item)
    requires = item.requires if isinstance(item, IndicatorSpec) else None
    named = (item.measure, growth.last if growth else None, requires.measure if requires else None)
    doubts = [nw.col(unsure(name)) for name in dict.fromkeys(filter(None, named))]
    if growth and growth.last:
        doubts.append(nw.col(three(growth.last).low) <= NOTHING)
    if requires is not None:
        doubts.append(nw.col(three(requires.measure).low) < requires.min)
    return nw.coalesce(nw.any_horizontal(*doubts, ignore_nulls=True), nw.lit(False)) if doubts else nw.lit(False)


def _with_growth(frame: Frame, items: Sequence[Scoring], factors: Factors) -> Frame:
    """Add the growth of each item that is scored by it; null without a last figure above 0.

    The frame has the items' measures in their own units.
    """
    columns: dict[str, nw.Expr] = {}
    for item in items:
        growth = growth_of(item)
        if growth is not None:
            now, names = measure_columns(item, factors), growth_columns(item.id)
            last = three(growth.last) if growth.last else Three(*[item_columns(item.id).last] * 3)
            factor = factors.get((item.id, growth.last or ""), 1.0)
            before, least, most = (_times(nw.col(each), factor) if factor != 1 else nw.col(each) for each in last)
            columns |= {
                names.value: _growth(nw.col(now.value), before),
                names.low: _growth(nw.col(now.low), most),
                names.high: nw.when((before > NOTHING) & (least <= NOTHING))
                .then(nw.lit(UNBOUNDED))
                .otherwise(_growth(nw.col(now.high), least)),
            }
    return frame.with_columns(**columns) if columns else frame


def _growth(now: nw.Expr, last: nw.Expr) -> nw.Expr:
    return nw.when(last > NOTHING).then(((now / last - 1.0) * 100.0).round(9))
