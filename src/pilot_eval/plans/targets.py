"""Reads targets as plans write them, `≥95%`, `≤5 天`, `12 场`, and what was reached of them, in the target's unit."""

import re
from decimal import Decimal
from typing import NamedTuple

from pilot_eval.evidence.cells.cell import Reading, Unreadable
from pilot_eval.evidence.cells.numbers import magnitude_of, read_number
from pilot_eval.method.own import Sign
from pilot_eval.spelling import plain
from pilot_eval.units import UNITS, Units

_BEFORE: dict[str, Sign] = {
    **dict.fromkeys(("≥", ">=", "≧", "大于等于", "不少于", "不低于", "不小于", "至少", "达到"), "at_least"),
    **dict.fromkeys(("≤", "<=", "≦", "小于等于", "不超过", "不高于", "不多于", "不大于", "最多"), "at_most"),
    **dict.fromkeys(("=", "等于"), "equal"),
}  # fmt: skip
_AFTER: dict[str, Sign] = {
    **dict.fromkeys(("及以上", "以上"), "at_least"),
    **dict.fromkeys(("及以下", "以下", "以内", "之内", "内"), "at_most"),
}
_BEFORE_LONGEST, _AFTER_LONGEST = (tuple(sorted(words, key=len, reverse=True)) for words in (_BEFORE, _AFTER))
_FIGURE = re.compile(r"([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)([^0-9=<>≤≥~～\-—]*)")
_A_DAY = re.compile(r"(?:19|20)[0-9]{2}年|[0-9.]*(?:[月号]|.*[前后底起至到完])")
"""What says when, as `12月底前`, and is none of a figure with its unit."""
_NUMERAL = "[〇零一二两三四五六七八九十百千万]+"
_COUNTERS = "".join(sorted(word for word in UNITS.counters if len(word) == 1))
_PERHAPS = re.compile(
    rf"[0-9<>≤≥≧≦=]|百分之|^不(?:少于|低于|小于|超过|高于|多于|大于)|^(?:至少|最多|达到)?{_NUMERAL}(?:成|人次|[{_COUNTERS}]|$)"
)
"""What a target in words has not."""
_UNITS = {"平方米": "㎡", "平米": "㎡", "名": "人", "位": "人", "日": "天"}
"""Other names of units that are known."""


class Target(NamedTuple):
    """A target in figures; `unit` is empty if it has none."""

    sign: Sign
    value: float
    unit: str


def read_target(text: str, units: Units) -> Target | None:
    """Read a target: `12 场` and `≥12 场` are to be reached, `≤5 天` not exceeded, `=100%` met exactly.

    Returns None for one in words. Raises Unreadable (`cell-number`) for one that has figures or signs, but isn't so.
    """
    said = _spelled(text).rstrip("。.")
    if said and not _PERHAPS.search(said):
        return None
    before = next(filter(said.startswith, _BEFORE_LONGEST), "")
    after = next(filter(said.endswith, _AFTER_LONGEST), "")
    found = _FIGURE.fullmatch(said[len(before) : len(said) - len(after)])
    if found is None or (before and after) or _A_DAY.match(found[0]):
        raise Unreadable("cell-number")
    sign = _BEFORE.get(before) or _AFTER.get(after) or "at_least"
    times, unit = (1, found[2]) if found[2] in units else magnitude_of(found[2])
    return Target(sign, float(Decimal(found[1].replace(",", "")) * times), _UNITS.get(unit, unit))


def read_reached(text: str, unit: str, units: Units) -> Reading:
    """Read what was reached of a target, or its baseline, in the target's unit. Raises Unreadable."""
    said = _spelled(text)
    own = [name for name in (unit, *(other for other, known in _UNITS.items() if known == unit)) if name]
    bare = next((said.removesuffix(name) for name in own if name not in units and said.endswith(name)), said)
    counts = unit in units.counters and unit not in units  # such as 场次: other counters may stand in its place
    return read_number(bare, "个" if counts else unit or None, units=units)


def _spelled(text: str) -> str:
    return re.sub(r"\s", "", plain(text)).replace("m2", "㎡")
