"""How a pilot's own indicator follows from its target, with the numbers put in."""

from pilot_eval.model import IndicatorResult, RuleInfo
from pilot_eval.text import Words, both

_NEAR = 1e-9
"""A figure that is short of a target by no more has reached it."""


def reached_said(rule: RuleInfo, result: IndicatorResult) -> Words | None:
    """Return what share of its target was reached: `9 ÷ 12`; None if there is no figure, or it has no target."""
    x, target, given = result.value, result.target, rule.parameters
    if rule.kind != "own_target" or x is None or target is None:
        return None
    sign, wanted, own = given["sign"], given["wanted"], f"{x:.6g}"
    short = {"at_least": target - x, "at_most": x - target}.get(str(sign), abs(target - x))
    if short <= _NEAR:
        return Words(zh=f"{own} 已达到 {wanted}", en=f"{own} meets {wanted}")
    if not given.get("partly", True) or (x <= 0 and result.baseline is None):
        return Words(zh=f"{own} 未达到 {wanted}", en=f"{own} does not meet {wanted}")
    aim = f"{target:.6g}"
    if result.baseline is not None:
        return both(f"({own} − {result.baseline:.6g}) ÷ ({aim} − {result.baseline:.6g})")
    return both(f"{own} ÷ {aim}" if x < target else f"{aim} ÷ {own}")
