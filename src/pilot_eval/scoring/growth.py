"""Growth on the last figure, as columns of the lazy frame: of the last round, or of another measure."""

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from pilot_eval.frames import Three, growth_columns, item_columns, three, unsure
from pilot_eval.measures.engines import Frame
from pilot_eval.method.schema import Growth, IndicatorSpec, Scoring

NOTHING = 1e-9
"""A last figure of no more is nothing to grow on."""


def growth_of(item: Scoring) -> Growth | None:
    return item.growth if isinstance(item, IndicatorSpec) else None


def figure_columns(item: Scoring) -> Three:
    """Return the columns of the figure that an item's rule sees: its growth, else its measure, else the experts'."""
    if growth_of(item) is not None:
        return growth_columns(item.id)
    columns = item_columns(item.id)
    return three(item.measure) if item.measure else Three(columns.expert, columns.expert_low, columns.expert_high)


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


def with_growth(frame: Frame, items: Sequence[Scoring]) -> Frame:
    """Add the growth of each item that is scored by it; null without a last figure above 0."""
    columns: dict[str, nw.Expr] = {}
    for item in items:
        growth = growth_of(item)
        if growth is not None:
            now, names = three(item.measure or ""), growth_columns(item.id)
            last = three(growth.last) if growth.last else Three(*[item_columns(item.id).last] * 3)
            columns |= {
                names.value: _growth(nw.col(now.value), nw.col(last.value)),
                names.low: _growth(nw.col(now.low), nw.col(last.high)),
                names.high: _growth(nw.col(now.high), nw.col(last.low)),
            }
    return frame.with_columns(**columns) if columns else frame


def _growth(now: nw.Expr, last: nw.Expr) -> nw.Expr:
    return nw.when(last > NOTHING).then(((now / last - 1.0) * 100.0).round(9))
