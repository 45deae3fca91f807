"""From measures to points, outcomes and totals, as columns of the same lazy frame."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add

import narwhals.stable.v2 as nw

from pilot_eval.frames import ALL, COMMON, TOTAL, GroupColumns, dimension_columns, item_columns, three
from pilot_eval.measures.engines import Frame
from pilot_eval.method.rule_contract import share_of
from pilot_eval.method.rules import Given, Rule, Unusable
from pilot_eval.method.schema import IndicatorSpec, Method, Scoring
from pilot_eval.model import Outcome

HAIR = 1e-8
"""Added before rounding: 0.285 is stored as 0.28499999999999998, and a measure is settled to nine decimals."""


def rounded(expr: nw.Expr, decimals: int) -> nw.Expr:
    """Round half up, as by hand; any deviation from the decimal number is noise of the engine."""
    scale = float(10**decimals)
    return ((expr + HAIR) * scale + 0.5).floor() / scale


def bounds_of(rule: Rule, low: nw.Expr, high: nw.Expr, given: Given) -> tuple[nw.Expr, nw.Expr]:
    """Return the smallest and the largest share of measures from `low` to `high`."""
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
    shares: dict[str, nw.Expr] = {}
    for item in items:
        columns = item_columns(item.id)
        given = Given(item.points, nw.col(columns.baseline), nw.col(columns.target), nw.col(columns.expert))
        value, low, high = map(nw.col, three(item.measure))
        share = share_of(item.rule, value, given)
        least, most = bounds_of(item.rule, low, high, given)
        shares |= {
            columns.share: _unless_empty(item, nw.when(_enough(item)).then(share)),
            columns.least: _unless_empty(item, nw.min_horizontal(least, share)),
            columns.most: _unless_empty(item, nw.max_horizontal(most, share)),
        }
    frame = frame.with_columns(**shares)

    def unusable(item: Scoring) -> bool:
        return isinstance(item.rule, Unusable) or not broken.isdisjoint(item.measures)

    outcomes = {
        columns.outcome: nw.when(nw.col(columns.exempt))
        .then(nw.lit(Outcome.NOT_APPLICABLE.value))
        .when(nw.col(columns.faulty) | nw.lit(unusable(item)))
        .then(nw.lit(Outcome.ERROR.value))
        .when(nw.col(columns.empty) == "not_applicable")
        .then(nw.lit(Outcome.NOT_APPLICABLE.value))
        .when(nw.col(columns.share).is_null())
        .then(nw.lit(Outcome.MISSING.value))
        .otherwise(nw.lit(Outcome.SCORED.value))
        for item in items
        for columns in [item_columns(item.id)]
    }
    frame = frame.with_columns(**outcomes)
    points: dict[str, nw.Expr] = {}
    for item in items:
        columns = item_columns(item.id)
        outcome = nw.col(columns.outcome)
        scored, exempt = outcome == Outcome.SCORED.value, outcome == Outcome.NOT_APPLICABLE.value

        def worth(share: str, item: Scoring = item) -> nw.Expr:
            return rounded(nw.col(share) * item.points, decimals)

        # An unclaimed bonus is worth nothing; any other missing item could still earn all its points.
        open_points = 0.0 if item in method.bonuses else float(item.points)
        points |= {
            columns.points: nw.when(scored).then(worth(columns.share)),
            columns.points_low: nw.when(scored).then(worth(columns.least)).otherwise(nw.lit(0.0)),
            columns.points_high: nw.when(scored)
            .then(worth(columns.most))
            .when(exempt)
            .then(nw.lit(0.0))
            .otherwise(nw.lit(open_points)),
            columns.forgone: nw.when(exempt).then(worth(columns.share)),
        }
    return frame.with_columns(**points)


def _enough(item: Scoring) -> nw.Expr:
    """Return whether there is enough evidence to be scored at all, such as 30 answers."""
    if isinstance(item, IndicatorSpec) and item.requires is not None:
        return nw.col(item.requires.measure) >= item.requires.min
    return nw.lit(True)


def _unless_empty(item: Scoring, share: nw.Expr) -> nw.Expr:
    """Return the share that tables declared empty mean for an item, null if they give none; else `share`."""
    rule = nw.col(item_columns(item.id).empty)
    return nw.when(rule.is_null()).then(share).when(rule == "full").then(1.0).when(rule == "zero").then(0.0)


def with_totals(frame: Frame, method: Method, base_type: str) -> Frame:
    """Add the scores: of each dimension, the common indicators, all, and the total with bonuses and deductions."""
    indicators = method.indicators(base_type)
    groups: dict[GroupColumns, Sequence[IndicatorSpec]] = {
        ALL: indicators,
        COMMON: method.common,
        **{dimension_columns(d.id): [i for i in indicators if i.dimension == d.id] for d in method.dimensions},
    }
    decimals = method.head.decimals
    sums = (_sums(group, items, decimals) for group, items in groups.items())
    frame = frame.with_columns(**{name: expr for each in sums for name, expr in each.items()})
    scaled = {group.coverage: _coverage(group) for group in groups}
    for group, full in ((ALL, 100.0), (COMMON, sum(i.points for i in method.common))):
        scaled |= _scaled(group, full, method)
    return frame.with_columns(**scaled).with_columns(**_with_adjustments(method))


def _total(parts: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(add, parts, nw.lit(0.0))


def _coverage(group: GroupColumns) -> nw.Expr:
    applies = nw.col(group.applies)
    return rounded(nw.when(applies > 0).then(nw.col(group.covered) / applies * 100), 1)


def _sums(group: GroupColumns, items: Iterable[IndicatorSpec], decimals: int) -> dict[str, nw.Expr]:
    def points(item: IndicatorSpec, *outcomes: Outcome) -> nw.Expr:
        inside = nw.col(item_columns(item.id).outcome).is_in([outcome.value for outcome in outcomes])
        return nw.when(inside).then(nw.lit(float(item.points))).otherwise(nw.lit(0.0))

    items = list(items)
    columns = [item_columns(item.id) for item in items]
    reached = _total(nw.coalesce(nw.col(each.points), nw.lit(0.0)) for each in columns)
    return {
        group.points: rounded(reached, decimals),
        group.low: rounded(_total(nw.col(each.points_low) for each in columns), decimals),
        group.high: rounded(_total(nw.col(each.points_high) for each in columns), decimals),
        group.applies: _total(points(i, Outcome.SCORED, Outcome.MISSING, Outcome.ERROR) for i in items),
        group.covered: _total(points(i, Outcome.SCORED) for i in items),
    }


def _scaled(group: GroupColumns, full: float, method: Method) -> dict[str, nw.Expr]:
    """Scale points to `full`, without what doesn't apply; null if nothing applies."""
    applies, covered = nw.col(group.applies), nw.col(group.covered)
    base = covered if method.head.missing.score == "exclude" else applies

    def scale(points: str, divisor: nw.Expr) -> nw.Expr:
        return rounded(nw.when(divisor > 0).then(nw.col(points) * full / divisor), method.head.decimals)

    return {
        group.score: scale(group.points, base),
        group.score_low: scale(group.low, applies),
        group.score_high: scale(group.high, applies),
    }


def _with_adjustments(method: Method) -> dict[str, nw.Expr]:
    """Return the total: all indicators plus capped bonuses minus capped deductions, between 0 and the ceiling."""

    def capped(columns: Iterable[str], cap: float) -> nw.Expr:
        return _total(nw.coalesce(nw.col(name), nw.lit(0.0)) for name in columns).clip(0.0, cap)

    def total(score: str, added: Iterable[str], taken: Iterable[str]) -> nw.Expr:
        adjusted = nw.col(score) + capped(added, head.bonus_cap) - capped(taken, head.deduction_cap)
        return rounded(adjusted.clip(0.0, head.ceiling), head.decimals)

    head = method.head
    bonuses = [item_columns(item.id) for item in method.bonuses]
    deductions = [item_columns(item.id) for item in method.deductions]
    return {
        TOTAL.points: total(ALL.score, (b.points for b in bonuses), (d.points for d in deductions)),
        TOTAL.low: total(ALL.score_low, (b.points_low for b in bonuses), (d.points_high for d in deductions)),
        TOTAL.high: total(ALL.score_high, (b.points_high for b in bonuses), (d.points_low for d in deductions)),
    }
