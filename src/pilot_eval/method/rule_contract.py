"""Checks a plugin's scoring rule against the rule contract before use, and guards every call of it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import isfinite
from typing import TypeVar

import narwhals.stable.v2 as nw

from pilot_eval.errors import Finding, Place, PluginError, finding
from pilot_eval.extensions import line_of
from pilot_eval.guard import guarded
from pilot_eval.method.kinds import RULES
from pilot_eval.method.rules import Given, Rule
from pilot_eval.text import Words

T = TypeVar("T")

_TRIED = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 50.0, 59.9, 60.0, 100.0, 1e3, 1e6, 1e9)
"""Measures that every rule is tried with, besides its own parameters, their halves and doubles; all with both signs."""

_NOISE = 1e-9
"""Shares that differ by no more are the same: engines agree to about 1e-14."""


def share_of(rule: Rule, x: nw.Expr, given: Given) -> nw.Expr:
    """Return a rule's share; a plugin's is clamped to 0–1, and null if it or `x` is not a number.

    Raises PluginError.
    """
    if rule.kind in RULES:
        return rule.share(x, given)

    def asked() -> nw.Expr:
        share = rule.share(x, given)
        if not isinstance(share, nw.Expr):
            raise TypeError(f"share() should return an expression, not {type(share).__name__}")
        return nw.when(~x.is_null() & share.is_finite()).then(share.clip(0.0, 1.0))

    return _guarded(rule, asked)


def checked_rule(rule: Rule, points: float) -> Finding | None:
    """Try a plugin's rule; return what is wrong with it, or None if it keeps the rule contract.

    The share must be a number for each measure, not depend on other measures, and move in the rule's direction.
    """
    try:
        problem = _guarded(rule, lambda: next(_rule_problems(rule, points), None))
    except PluginError as error:
        return error.findings[0]
    return None if problem is None else _rule_finding(rule, problem, _line_of_share(rule))


def _guarded(rule: Rule, call: Callable[[], T]) -> T:
    """Return the result of calling a plugin's rule. Raises PluginError, at the line of the rule that failed."""

    def fault(error: BaseException, cause: Words) -> PluginError:
        return PluginError([_rule_finding(rule, cause, line_of(error, type(rule).share))])

    return guarded(call, fault)


def _rule_finding(rule: Rule, cause: Words, place: Place) -> Finding:
    place = place if place.line else _line_of_share(rule)
    return finding("plugin-rule-failed", place, provider=rule.provider, kind=rule.kind, cause=cause)


def _line_of_share(rule: Rule) -> Place:
    code = type(rule).share.__code__
    return Place(file=code.co_filename, line=code.co_firstlineno)


def _rule_problems(rule: Rule, points: float) -> Iterator[Words]:
    if not isinstance(rule.sentence(points), Words):
        yield Words(zh='sentence() 应返回 Words(zh="…", en="…")', en='sentence() should return Words(zh="…", en="…")')
    if rule.direction not in ("up", "down", None):
        yield Words(
            zh=f'direction 是 {rule.direction!r}，应为 "up"、"down" 或 None',
            en=f'direction is {rule.direction!r}; it should be "up", "down" or None',
        )
    if not isinstance(rule.knots, tuple) or not all(isinstance(each, (int, float)) for each in rule.knots):
        yield Words(zh="knots 应为数字的元组", en="knots should be a tuple of numbers")
    values = _sampled(rule)
    together = _shares(rule, points, values)
    for value, share in zip(values, together, strict=True):
        alone = _shares(rule, points, [value])[0]
        if (share is None) != (alone is None) or abs((share or 0.0) - (alone or 0.0)) > _NOISE:
            yield Words(
                zh=f"{value:g} 单独计算与和其他值一起计算时得分不同：规则只能依据一个测算值",
                en=f"{value:g} scores differently alone and beside other values: a rule sees one measure",
            )
    rising = [(value, share) for value, share in zip(values, together, strict=True) if share is not None]
    sign = {"up": 1, "down": -1}.get(rule.direction or "", 0)
    for (low, before), (high, after) in pairwise(rising):
        if sign * (after - before) < -_NOISE:
            yield Words(
                zh=f"direction 为 {rule.direction}，但从 {low:g} 到 {high:g} 方向相反",
                en=f"direction is {rule.direction}, but from {low:g} to {high:g} it goes the other way",
            )


def _sampled(rule: Rule) -> list[float]:
    own = [float(each) for each in rule.model_dump().values() if isinstance(each, (int, float)) and isfinite(each)]
    least = {abs(times * each) for each in own for times in (0.5, 1.0, 2.0)} | set(_TRIED)
    return sorted({sign * each + 0.0 for each in least for sign in (-1.0, 1.0)})


def _shares(rule: Rule, points: float, values: Sequence[float]) -> list[float | None]:
    """Compute the shares of a few measures on the default engine."""
    import polars as pl  # slow to import, and needed only for plugins' rules

    given = Given(points, nw.col("baseline"), nw.col("target"), nw.col("expert"))
    frame = pl.LazyFrame({"x": values}, schema={"x": pl.Float64}).with_columns(
        baseline=pl.lit(0.0), target=pl.lit(1.0), expert=pl.lit(1.0)
    )
    made = nw.from_native(frame).select(share=share_of(rule, nw.col("x"), given)).collect()
    return [None if each is None else float(each) for each in made.get_column("share").to_list()]
