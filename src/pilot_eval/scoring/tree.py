"""Puts the scores of a tree together, from the bottom up, as columns of the lazy frame.

Every way of putting scores together rises with each of them, so that the bounds of a node follow from the bounds of
what is below it (interval arithmetic). Source of the means: OECD/JRC Handbook on Constructing Composite Indicators
(2008), step 6.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import narwhals.stable.v2 as nw

from pilot_eval.frames import GroupColumns, item_columns, own_columns
from pilot_eval.method.tree import Leaf, Node
from pilot_eval.model import Aggregation, Outcome

TINY = 1e-300
"""What stands for a share of 0 in a logarithm or a division, whose result isn't used."""


NOISE = 1e-12
"""Shares of data that differ by no more are the same."""


@dataclass(frozen=True)
class GroupExpressions:
    """The columns of a node, see `GroupColumns`; `points` is null if there is too little data."""

    points: nw.Expr
    low: nw.Expr
    high: nw.Expr
    applies: nw.Expr
    covered: nw.Expr
    counted: nw.Expr


def total_of(parts: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(add, parts, nw.lit(0.0))


@dataclass(frozen=True)
class Part:
    """What a node sees of something below it, as expressions in points.

    full: its points. value: those it reached, 0 if it is missing. low, high: their bounds. applies: those that it
    could reach, 0 if it doesn't apply. covered: those with evidence. counted: those that count if what is missing is
    left out.
    """

    full: float
    value: nw.Expr
    low: nw.Expr
    high: nw.Expr
    applies: nw.Expr
    covered: nw.Expr
    counted: nw.Expr

    @classmethod
    def of_leaf(cls, leaf: Leaf) -> "Part":
        columns, full = item_columns(leaf.id), nw.lit(float(leaf.points))
        outcome, none = nw.col(columns.outcome), nw.lit(0.0)
        scored = nw.when(outcome == Outcome.SCORED.value).then(full).otherwise(none)
        return cls(
            full=leaf.points,
            value=nw.coalesce(nw.col(columns.points), none),
            low=nw.col(columns.points_low),
            high=nw.col(columns.points_high),
            applies=nw.when(outcome == Outcome.NOT_APPLICABLE.value).then(none).otherwise(full),
            covered=scored,
            counted=scored,
        )

    @classmethod
    def of_lines(cls, node: Node) -> "Part":
        """Return what the lines of each pilot's plan come to; without a plan all is missing."""
        columns, none, full = own_columns(node.id), nw.lit(0.0), nw.lit(float(node.points))
        scored = nw.coalesce(nw.col(columns.scored), none)
        return cls(
            full=node.points,
            value=nw.coalesce(nw.col(columns.value), none),
            low=nw.coalesce(nw.col(columns.low), none),
            high=nw.coalesce(nw.col(columns.high), full),
            applies=nw.coalesce(nw.col(columns.applies), full),
            covered=scored,
            counted=scored,
        )

    @classmethod
    def of_node(cls, full: float, columns: GroupColumns) -> "Part":
        return cls(
            full=full,
            value=nw.coalesce(nw.col(columns.points), nw.lit(0.0)),
            low=nw.col(columns.low),
            high=nw.col(columns.high),
            applies=nw.col(columns.applies),
            covered=nw.col(columns.covered),
            counted=nw.col(columns.counted),
        )


def combined(node: Node, parts: Sequence[Part], *, exclude: bool, settled: bool) -> GroupExpressions:
    """Return what a node comes to.

    exclude: whether what is missing is left out; else it has no points. settled: whether that is decided at this node,
    as by every mean; a plain sum without a policy of its own leaves it to the nodes above.
    """
    how, none, full = node.how, nw.lit(0.0), nw.lit(float(node.points))
    applies = total_of(each.applies for each in parts)
    covered, counted = total_of(each.covered for each in parts), total_of(each.counted for each in parts)
    could = applies if how.aggregate == "sum" else nw.when(applies > 0).then(full).otherwise(none)
    if how.cap is not None:
        could = nw.min_horizontal(could, full)
    portion = nw.when(applies > 0).then(could / applies).otherwise(none)
    reached, low, high = _reached(node, parts, exclude=exclude and settled)
    if exclude and settled:  # what is left out may remain so: the score as it is stays within its bounds
        low, high = nw.min_horizontal(low, reached), nw.max_horizontal(high, reached)
    if not settled:
        counts = counted * portion
    elif exclude:
        counts = nw.when(counted > 0).then(could).otherwise(none)
    else:
        counts = could

    least = 0.0 if how.aggregate == "deduct" and how.floor is None else how.floor

    def bounded(points: nw.Expr) -> nw.Expr:
        held = points if how.cap is None and least is None else points.clip(least, how.cap)
        return nw.when(applies > 0).then(held).otherwise(none)

    points = bounded(reached)
    if exclude and settled:  # without any evidence a floor gives nothing
        points = nw.when(counted > 0).then(points).otherwise(none)
    enough = nw.lit(True) if how.least_data is None else covered >= applies * (how.least_data - NOISE)
    return GroupExpressions(
        points=nw.when(enough).then(points),
        low=nw.when(enough).then(bounded(low)).otherwise(none),
        high=bounded(high),
        applies=could,
        covered=covered * portion,
        counted=nw.when(enough).then(counts).otherwise(none),
    )


def _reached(node: Node, parts: Sequence[Part], *, exclude: bool) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Return the points of a node, before its cap and floor, and their bounds.

    exclude: the points are those of what isn't missing, as if the rest were like it; the bounds are those of all.
    """
    basis = [each.counted if exclude else each.applies for each in parts]
    values, lows, highs = ([getattr(each, name) for each in parts] for name in ("value", "low", "high"))
    applies = [each.applies for each in parts]
    full, aggregate = float(node.points), node.how.aggregate
    if aggregate == "sum" or not parts:
        reached = total_of(values)
        if exclude:
            counted = total_of(basis)
            reached = nw.when(counted > 0).then(reached * total_of(applies) / counted).otherwise(nw.lit(0.0))
        return reached, total_of(lows), total_of(highs)
    if aggregate == "deduct":
        reached, low, high = (
            total_of(points) - total_of(out_of) + full
            for points, out_of in ((values, basis), (lows, applies), (highs, applies))
        )
        return reached, low, high

    def put_together(points: Sequence[nw.Expr], out_of: Sequence[nw.Expr]) -> nw.Expr:
        shares = [
            Share(part.full, nw.when(whole > 0).then(some / whole))
            for part, some, whole in zip(parts, points, out_of, strict=True)
        ]
        return nw.coalesce(mean_of(aggregate, shares, node.how.power), nw.lit(0.0)) * full

    return put_together(values, basis), put_together(lows, applies), put_together(highs, applies)


@dataclass(frozen=True)
class Share:
    """The share of its points that something reached, 0 to 1, with its weight; null if it is left out."""

    weight: float
    of: nw.Expr


def mean_of(aggregate: Aggregation, shares: Sequence[Share], power: float | None = None) -> nw.Expr:
    """Return a mean of shares; null if all are left out."""
    every = [each.of for each in shares]
    match aggregate:
        case "min":
            return nw.min_horizontal(*every)
        case "max":
            return nw.max_horizontal(*every)
        case "median":
            return _median(every)
        case "geometric":
            return _weighted(shares, lambda share: share.log(), lambda mean: mean.exp(), zero=True)
        case "harmonic":
            return _power_mean(shares, -1.0)
        case "power":
            return _power_mean(shares, power or 1.0)
        case _:
            return _weighted(shares, lambda share: share, lambda mean: mean, zero=False)


def _power_mean(shares: Sequence[Share], power: float) -> nw.Expr:
    return _weighted(
        shares, lambda share: share.clip(0.0, None) ** power, lambda mean: mean ** (1 / power), zero=power < 0
    )


Function = Callable[[nw.Expr], nw.Expr]


def _weighted(shares: Sequence[Share], there: Function, back: Function, *, zero: bool) -> nw.Expr:
    """Return `back` of the weighted mean of `there` of each share.

    zero: one share of 0 makes the whole 0; `there` is never asked for it.
    """
    used = [each.of.clip(TINY, None) if zero else each.of for each in shares]
    sums = total_of(
        nw.when(~each.of.is_null()).then(there(share) * each.weight).otherwise(nw.lit(0.0))
        for each, share in zip(shares, used, strict=True)
    )
    weights = total_of(
        nw.when(~each.of.is_null()).then(nw.lit(float(each.weight))).otherwise(nw.lit(0.0)) for each in shares
    )
    mean = nw.when(weights > 0).then(back(sums / weights))
    if not zero:
        return mean
    none = nw.any_horizontal(*(nw.coalesce(each.of <= 0, nw.lit(False)) for each in shares), ignore_nulls=True)
    return nw.when(none).then(nw.lit(0.0)).otherwise(mean)


def _median(shares: Sequence[nw.Expr]) -> nw.Expr:
    """Return the median of those that are not null: each share's place among them is counted."""
    one, none = nw.lit(1.0), nw.lit(0.0)
    known = [nw.when(~each.is_null()).then(one).otherwise(none) for each in shares]
    count = total_of(known)
    places = [
        total_of(
            nw.when((other <= share) if before < at else (other < share)).then(one).otherwise(none)
            for before, other in enumerate(shares) if before != at
        )
        for at, share in enumerate(shares)
    ]  # fmt: skip

    def at(place: nw.Expr) -> nw.Expr:
        return total_of(
            nw.when(~share.is_null() & (own == place)).then(share).otherwise(none)
            for share, own in zip(shares, places, strict=True)
        )

    low, high = ((count - 1) / 2).floor(), ((count) / 2).floor()
    return nw.when(count > 0).then((at(low) + at(high)) / 2)
