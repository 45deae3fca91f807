"""From measures to outcomes and points, as columns of the same lazy frame."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from pilot_eval.frames import ItemColumns, item_columns
from pilot_eval.measures.engines import Frame
from pilot_eval.method.expert_rules import Levels
from pilot_eval.method.peer_rules import PeerRule
from pilot_eval.method.rule_contract import share_of
from pilot_eval.method.rules import Given, Rubric, Rule, Unusable
from pilot_eval.method.schema import IndicatorSpec, Method, Scoring
from pilot_eval.model import Outcome
from pilot_eval.scoring.growth import figure_columns, may_be_missing
from pilot_eval.scoring.peers import peer_shares

HAIR = 1e-8
"""Added before rounding: 0.285 is stored as 0.28499999999999998, and a measure is settled to nine decimals."""


def rounded(expr: nw.Expr, decimals: int) -> nw.Expr:
    """Round half up, as by hand; any deviation from the decimal number is noise of the engine."""
    scale = float(10**decimals)
    return ((expr + min(HAIR, 0.01 / scale)) * scale + 0.5).floor() / scale


def bounds_of(rule: Rule, low: nw.Expr, high: nw.Expr, given: Given) -> tuple[nw.Expr, nw.Expr]:
    """Return the smallest and the largest share of measures from `low` to `high`."""
    if isinstance(rule, Levels) and rule.measured:
        return rule.spread(low, high, given)
    at_low, at_high = share_of(rule, low, given), share_of(rule, high, given)
    if rule.direction == "up":
        return at_low, at_high
    if rule.direction == "down":
        return at_high, at_low
    at_knots = [
        nw.when((low <= knot) & (high >= knot)).then(share_of(rule, nw.lit(float(knot)), given)) for knot in rule.knots
    ]
    shares = (at_low, at_high, *at_knots)
    return nw.min_horizontal(*shares), nw.max_horizontal(*shares)


def with_points(frame: Frame, method: Method, items: Sequence[Scoring], faulty: Iterable[str]) -> Frame:
    """Add the outcome and points of each item to a frame that has the measures and the round's data on items.

    faulty: the measures that can't be computed at all.
    """
    decimals, broken = method.head.decimals, set(faulty)
    frame = frame.with_columns(**_item_shares(items, method))

    def unusable(item: Scoring) -> bool:
        return isinstance(item.rule, Unusable) or not broken.isdisjoint(item.measures)

    outcomes = {
        columns.outcome: outcome_of(columns, broken=nw.lit(unusable(item)))
        for item in items
        for columns in [item_columns(item.id)]
    }
    frame = frame.with_columns(**outcomes)
    points: dict[str, nw.Expr] = {}
    for item in items:
        worth = Worth(nw.lit(float(item.points)), decimals if method.head.rounding == "indicators" else None)
        # An unclaimed bonus is worth nothing; any other missing item could still earn all its points.
        most = nw.lit(0.0) if method.is_bonus(item) else worth.points
        # What experts leave open has bounds: a level is a range.
        points |= worth.columns(item_columns(item.id), most, open_=item.rated and not isinstance(item.rule, Rubric))
    return frame.with_columns(**points)


def outcome_of(columns: ItemColumns, broken: nw.Expr) -> nw.Expr:
    """Return the outcome of an item. broken: whether its measure or its rule can't be computed at all."""
    return (
        nw.when(nw.col(columns.exempt))
        .then(nw.lit(Outcome.NOT_APPLICABLE.value))
        .when(nw.col(columns.faulty) | broken)
        .then(nw.lit(Outcome.ERROR.value))
        .when(nw.col(columns.empty) == "not_applicable")
        .then(nw.lit(Outcome.NOT_APPLICABLE.value))
        .when(nw.col(columns.share).is_null())
        .then(nw.lit(Outcome.MISSING.value))
        .otherwise(nw.lit(Outcome.SCORED.value))
    )


@dataclass(frozen=True)
class Worth:
    """What shares of an item's points come to. decimals: those that its points are rounded to; None: they aren't."""

    points: nw.Expr
    decimals: int | None

    def of(self, share: str) -> nw.Expr:
        exact = nw.col(share) * self.points
        return exact if self.decimals is None else rounded(exact, self.decimals)

    def columns(self, columns: ItemColumns, most: nw.Expr, *, open_: bool) -> dict[str, nw.Expr]:
        """Return an item's columns of points, given its outcome and its shares.

        most: the points that it may still earn where it isn't scored. open_: while it is missing, the bounds of its
        shares hold, if there are any.
        """
        outcome, none = nw.col(columns.outcome), nw.lit(0.0)
        scored, exempt = outcome == Outcome.SCORED.value, outcome == Outcome.NOT_APPLICABLE.value
        low, high = none, most
        if open_:
            missing = outcome == Outcome.MISSING.value
            low = nw.when(missing).then(nw.coalesce(self.of(columns.least), low)).otherwise(low)
            high = nw.when(missing).then(nw.coalesce(self.of(columns.most), high)).otherwise(high)
        return {
            columns.points: nw.when(scored).then(self.of(columns.share)),
            columns.points_low: nw.when(scored).then(self.of(columns.least)).otherwise(low),
            columns.points_high: nw.when(scored)
            .then(self.of(columns.most))
            .when(exempt)
            .then(nw.lit(0.0))
            .otherwise(high),
            columns.forgone: nw.when(exempt).then(self.of(columns.share)),
        }


def _item_shares(items: Sequence[Scoring], method: Method) -> dict[str, nw.Expr]:
    """Return the share of each item, and its bounds: 0 if it may have no figure at all.

    Where what is missing may be left out, the others' share counts for it, which may be any.
    """
    leaves_out = method.leaves_out
    shares: dict[str, nw.Expr] = {}
    for item in items:
        columns = item_columns(item.id)
        given = Given(item.points, nw.col(columns.baseline), nw.col(columns.target), nw.col(columns.expert))
        value, low, high = map(nw.col, figure_columns(item, method.factors))
        if isinstance(item.rule, PeerRule):
            share, least, most = peer_shares(item, item.rule, given)
        else:
            share = share_of(item.rule, value, given)
            least, most = bounds_of(item.rule, low, high, given)
        doubt, none, full = may_be_missing(item), nw.lit(0.0), nw.lit(1.0)
        least = nw.when(doubt & ~least.is_null()).then(none).otherwise(least)
        if leaves_out:
            most = nw.when(doubt & ~most.is_null()).then(full).otherwise(most)
        shares |= {
            columns.share: unless_empty(columns, nw.when(enough(item)).then(share)),
            columns.least: unless_empty(columns, nw.when(enough(item)).then(nw.min_horizontal(least, share))),
            columns.most: unless_empty(columns, nw.when(enough(item)).then(nw.max_horizontal(most, share))),
        }
    return shares


def enough(item: Scoring) -> nw.Expr:
    """Return whether there is enough evidence to be scored at all, such as 30 answers."""
    if isinstance(item, IndicatorSpec) and item.requires is not None:
        return nw.col(item.requires.measure) >= item.requires.min
    return nw.lit(True)


def unless_empty(columns: ItemColumns, share: nw.Expr) -> nw.Expr:
    """Return the share that tables declared empty mean for an item, null if they give none; else `share`."""
    rule = nw.col(columns.empty)
    return nw.when(rule.is_null()).then(share).when(rule == "full").then(1.0).when(rule == "zero").then(0.0)
