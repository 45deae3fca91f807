"""From measures to points, outcomes and totals, as columns of the same lazy frame."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add

import narwhals.stable.v2 as nw

from pilot_eval.measures.engines import Frame
from pilot_eval.method.rule_contract import share_of
from pilot_eval.method.rules import Given, Rule, Unusable
from pilot_eval.method.schema import IndicatorSpec, Method, Scoring
from pilot_eval.model import Outcome

HAIR = 1e-8
"""Added before rounding: 0.285 is stored as 0.28499999999999998, and a measure is settled to nine decimals."""


def rounded(expr: nw.Expr, decimals: int) -> nw.Expr:
    """Half up, as by hand; what is left beside the decimal number is noise of the engine."""
    scale = float(10**decimals)
    return ((expr + HAIR) * scale + 0.5).floor() / scale


def bounds_of(rule: Rule, low: nw.Expr, high: nw.Expr, given: Given) -> tuple[nw.Expr, nw.Expr]:
    """The least and the greatest share while the measure goes from `low` to `high`."""
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
    """Add for each item `id__outcome`, `id__points`, `id__points_low`, `id__points_high`.

    The frame has the measures' columns and, for each item, `id__baseline`, `id__target`, `id__expert`, `id__exempt`
    and `id__faulty`; `faulty` names the measures that can't be computed at all.
    """
    decimals, broken = method.head.decimals, set(faulty)
    shares: dict[str, nw.Expr] = {}
    for item in items:
        names = (f"{item.id}__{each}" for each in ("baseline", "target", "expert"))
        given = Given(item.points, *(nw.col(name) for name in names))
        value, low, high = (nw.col(item.measure + end) for end in ("", "__low", "__high"))
        share = share_of(item.rule, value, given)
        least, most = bounds_of(item.rule, low, high, given)
        shares |= {
            f"{item.id}__share": nw.when(_enough(item)).then(share),
            f"{item.id}__least": nw.min_horizontal(least, share),
            f"{item.id}__most": nw.max_horizontal(most, share),
        }
    frame = frame.with_columns(**shares)

    def unusable(item: Scoring) -> bool:
        return isinstance(item.rule, Unusable) or not broken.isdisjoint(item.measures)

    outcomes = {
        f"{item.id}__outcome": nw.when(nw.col(f"{item.id}__exempt"))
        .then(nw.lit(Outcome.NOT_APPLICABLE.value))
        .when(nw.col(f"{item.id}__faulty") | nw.lit(unusable(item)))
        .then(nw.lit(Outcome.ERROR.value))
        .when(nw.col(f"{item.id}__share").is_null())
        .then(nw.lit(Outcome.MISSING.value))
        .otherwise(nw.lit(Outcome.SCORED.value))
        for item in items
    }
    frame = frame.with_columns(**outcomes)
    points: dict[str, nw.Expr] = {}
    for item in items:
        outcome = nw.col(f"{item.id}__outcome")
        scored, exempt = outcome == Outcome.SCORED.value, outcome == Outcome.NOT_APPLICABLE.value

        def worth(share: str, item: Scoring = item) -> nw.Expr:
            return rounded(nw.col(f"{item.id}__{share}") * item.points, decimals)

        # A bonus that nobody claims is none; anything else that is missing could still be worth all its points.
        open_points = 0.0 if item in method.bonuses else float(item.points)
        points |= {
            f"{item.id}__points": nw.when(scored).then(worth("share")),
            f"{item.id}__points_low": nw.when(scored).then(worth("least")).otherwise(nw.lit(0.0)),
            f"{item.id}__points_high": nw.when(scored)
            .then(worth("most"))
            .when(exempt)
            .then(nw.lit(0.0))
            .otherwise(nw.lit(open_points)),
        }
    return frame.with_columns(**points)


def _enough(item: Scoring) -> nw.Expr:
    """Whether the evidence is enough to be scored at all, such as 30 answers."""
    if isinstance(item, IndicatorSpec) and item.requires is not None:
        return nw.col(item.requires.measure) >= item.requires.min
    return nw.lit(True)


def with_totals(frame: Frame, method: Method, base_type: str) -> Frame:
    """Add the scores: of each dimension, of the common indicators, of all, and the total with bonus and deductions.

    `_dim__D1__points|low|high|applies|coverage`, `_common__…`, `_all__…`, `_total__points|low|high`; the names begin
    in a way that no name of a measure or an indicator does.
    """
    indicators = method.indicators(base_type)
    groups: dict[str, Sequence[IndicatorSpec]] = {
        "_all": indicators,
        "_common": method.common,
        **{f"_dim__{d.id}": [i for i in indicators if i.dimension == d.id] for d in method.dimensions},
    }
    decimals = method.head.decimals
    sums = (_sums(group, items, decimals) for group, items in groups.items())
    frame = frame.with_columns(**{name: expr for each in sums for name, expr in each.items()})
    scaled = {f"{group}__coverage": _coverage(group) for group in groups}
    for group, full in (("_all", 100.0), ("_common", sum(i.points for i in method.common))):
        scaled |= _scaled(group, full, method)
    return frame.with_columns(**scaled).with_columns(**_with_adjustments(method))


def _total(parts: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(add, parts, nw.lit(0.0))


def _coverage(group: str) -> nw.Expr:
    applies = nw.col(f"{group}__applies")
    return rounded(nw.when(applies > 0).then(nw.col(f"{group}__covered") / applies * 100), 1)


def _sums(group: str, items: Iterable[IndicatorSpec], decimals: int) -> dict[str, nw.Expr]:
    def points(item: IndicatorSpec, *outcomes: Outcome) -> nw.Expr:
        inside = nw.col(f"{item.id}__outcome").is_in([outcome.value for outcome in outcomes])
        return nw.when(inside).then(nw.lit(float(item.points))).otherwise(nw.lit(0.0))

    items = list(items)
    reached = _total(nw.coalesce(nw.col(f"{i.id}__points"), nw.lit(0.0)) for i in items)
    return {
        f"{group}__points": rounded(reached, decimals),
        f"{group}__low": rounded(_total(nw.col(f"{i.id}__points_low") for i in items), decimals),
        f"{group}__high": rounded(_total(nw.col(f"{i.id}__points_high") for i in items), decimals),
        f"{group}__applies": _total(points(i, Outcome.SCORED, Outcome.MISSING, Outcome.ERROR) for i in items),
        f"{group}__covered": _total(points(i, Outcome.SCORED) for i in items),
    }


def _scaled(group: str, full: float, method: Method) -> dict[str, nw.Expr]:
    """Points out of `full`, what doesn't apply taken out; null where nothing applies."""
    applies, covered = nw.col(f"{group}__applies"), nw.col(f"{group}__covered")
    base = covered if method.head.missing.score == "exclude" else applies

    def scale(end: str, divisor: nw.Expr) -> nw.Expr:
        return rounded(nw.when(divisor > 0).then(nw.col(f"{group}__{end}") * full / divisor), method.head.decimals)

    return {
        f"{group}__score": scale("points", base),
        f"{group}__score_low": scale("low", applies),
        f"{group}__score_high": scale("high", applies),
    }


def _with_adjustments(method: Method) -> dict[str, nw.Expr]:
    """The total: all indicators, plus bonuses up to their cap, minus deductions up to theirs, within 0 and ceiling."""

    def capped(items: Iterable[Scoring], end: str, cap: float) -> nw.Expr:
        parts = (nw.coalesce(nw.col(f"{item.id}__{end}"), nw.lit(0.0)) for item in items)
        return _total(parts).clip(0.0, cap)

    head, decimals = method.head, method.head.decimals
    ends = {"points": ("score", "points"), "low": ("score_low", "points_low"), "high": ("score_high", "points_high")}
    opposite = {"points": "points", "low": "points_high", "high": "points_low"}
    totals: dict[str, nw.Expr] = {}
    for end, (score, points) in ends.items():
        bonus = capped(method.bonuses, points, head.bonus_cap)
        deduction = capped(method.deductions, opposite[end], head.deduction_cap)
        totals[f"_total__{end}"] = rounded(
            (nw.col(f"_all__{score}") + bonus - deduction).clip(0.0, head.ceiling), decimals
        )
    return totals
