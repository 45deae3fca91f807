"""Conditions in YAML, a small language: what triggers a gate, and what lets a bonus or a deduction count."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, NamedTuple

from pydantic import ConfigDict, Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.fields import Identifier
from pilot_eval.method.rules import FRACTION, Real, Truth
from pilot_eval.text import Frozen, Words, quoted

WHOLE = "total"
"""What conditions and effects call the whole: the score of all indicators, and the total."""

Threshold = Annotated[Real, *FRACTION]

_JOINED = ("all", "any", "not")
_KINDS = (*_JOINED, "statement", "coverage_below", "measure", "share_of", "points_of", "gate")
_COMPARED = ("measure", "share_of", "points_of")
_OPPOSITE = {"below": "at_least", "above": "at_most", "at_least": "below", "at_most": "above"}


class ConditionSpec(Frozen):
    """A condition: exactly one kind. It is met, not met, or open, where what it asks for isn't known.

    all, any: of several conditions. not: the opposite of one. statement: as declared. coverage_below: of the evidence,
    in %. measure, share_of, points_of: compared with a number; the latter two of an indicator, a dimension or `total`,
    before any gate takes effect. gate: whether another gate is triggered.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"oneOf": [{"required": [kind]} for kind in _KINDS]}
    )

    all_: Annotated[tuple["ConditionSpec", ...], Field(min_length=1)] | None = Field(default=None, alias="all")
    any_: Annotated[tuple["ConditionSpec", ...], Field(min_length=1)] | None = Field(default=None, alias="any")
    not_: "ConditionSpec | None" = Field(default=None, alias="not")
    statement: Identifier | None = None
    is_: Truth | None = Field(default=None, alias="is")
    coverage_below: Annotated[Real, Field(gt=0, le=100)] | None = None
    measure: Identifier | None = None
    share_of: Identifier | None = None
    points_of: Identifier | None = None
    gate: Identifier | None = None
    below: Threshold | None = None
    above: Threshold | None = None
    at_least: Threshold | None = None
    at_most: Threshold | None = None

    @model_validator(mode="after")
    def _one(self) -> "ConditionSpec":
        if len(self._given(_KINDS)) != 1:
            zh, en = "、".join(_KINDS), ", ".join(_KINDS)
            raise ContradictionError(f"{zh} 必须且只能写一个", f"give exactly one of {en}")
        if (self.statement is None) != (self.is_ is None):
            raise ContradictionError("statement 与 is 须同时写", "statement requires is, and is statement")
        compared, by = self._given(_COMPARED), self._given(_OPPOSITE)
        if len(by) != len(compared):
            raise ContradictionError(
                f"{'、'.join(_COMPARED)} 须配 {'、'.join(_OPPOSITE)} 之一，别的条件不写",
                f"{', '.join(_COMPARED)} require exactly one of {', '.join(_OPPOSITE)}; others have none",
            )
        if self.share_of is not None and not 0 <= self.compared[1] <= 1:
            raise ContradictionError("比例应在 0 至 1 之间，六成写 0.6", "a share is from 0 to 1: 60% is 0.6")
        return self

    def _given(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if getattr(self, f"{name}_" if name in _JOINED else name) is not None]

    @property
    def compared(self) -> tuple[str, float]:
        """Return how something is compared, and with what number."""
        return next((name, value) for name in _OPPOSITE if (value := getattr(self, name)) is not None)

    @property
    def opposite(self) -> tuple[str, float]:
        """Return the comparison that holds where this one doesn't."""
        name, value = self.compared
        return _OPPOSITE[name], value

    @property
    def parts(self) -> tuple["ConditionSpec", ...]:
        """Return the conditions that this one is put together from."""
        return (self.all_ or ()) + (self.any_ or ()) + ((self.not_,) if self.not_ else ())

    @property
    def simple(self) -> Iterator["Simple"]:
        """Yield the conditions at the ends, each with where it is."""
        if not self.parts:
            yield Simple((), self, negated=False)
        for key in _JOINED:
            below = getattr(self, f"{key}_")
            for at, part in enumerate(below if isinstance(below, tuple) else [below] if below else []):
                for each in part.simple:
                    here = (key,) if key == "not" else (key, at)
                    yield Simple((*here, *each.path), each.condition, negated=each.negated != (key == "not"))

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the measures that it needs."""
        return tuple(dict.fromkeys(each.condition.measure for each in self.simple if each.condition.measure))

    @property
    def gates(self) -> tuple[str, ...]:
        """Return the gates that it asks for."""
        return tuple(dict.fromkeys(each.condition.gate for each in self.simple if each.condition.gate))


class Simple(NamedTuple):
    """A condition that isn't put together from others: its place within the whole, and whether a `not` turns it."""

    path: tuple[str | int, ...]
    condition: ConditionSpec
    negated: bool


Names = Callable[[str, str], Words]
"""Returns the name of something by its kind (`statement`, `measure`, `item`, `gate`) and id."""

_SAID = {
    "below": Words(zh="低于", en="below"),
    "above": Words(zh="高于", en="above"),
    "at_least": Words(zh="不低于", en="at least"),
    "at_most": Words(zh="不高于", en="at most"),
}


def threshold_said(condition: ConditionSpec) -> Words:
    """Return the comparison in words: `低于 60%`, `below 60%`."""
    by, value = condition.compared
    shown = f"{value * 100:g}%" if condition.share_of is not None else f"{value:g}"
    return Words(zh=f"{_SAID[by].zh} {shown}", en=f"{_SAID[by].en} {shown}")


def condition_said(condition: ConditionSpec, names: Names) -> Words:
    """Return a condition in words."""
    if condition.parts:
        parts = [_part_said(each, names) for each in condition.parts]
        if condition.not_ is not None:
            return Words(zh=f"不是{parts[0].zh}", en=f"not {parts[0].en}")
        zh, en = ("，且", " and ") if condition.all_ is not None else ("，或", " or ")
        return Words(zh=zh.join(each.zh for each in parts), en=en.join(each.en for each in parts))
    if condition.statement is not None:
        label = quoted(names("statement", condition.statement))
        zh, en = ("是", "yes") if condition.is_ else ("否", "no")
        return Words(zh=f"声明{label.zh}为{zh}", en=f"{label.en} declared: {en}")
    if condition.gate is not None:
        label = quoted(names("gate", condition.gate))
        return Words(zh=f"门槛{label.zh}已触发", en=f"the gate {label.en} is triggered")
    if condition.coverage_below is not None:
        share = f"{condition.coverage_below:g}%"
        return Words(zh=f"证据覆盖率低于 {share}", en=f"evidence coverage below {share}")
    than = threshold_said(condition)
    if condition.measure is not None:
        label = names("measure", condition.measure)
        return Words(zh=f"{label.zh}{than.zh}", en=f"{label.in_('en')} {than.en}")
    label = scored_said(condition, names)
    return Words(zh=f"{label.zh}{than.zh}", en=f"{label.en} {than.en}")


def scored_said(condition: ConditionSpec, names: Names) -> Words:
    """Return in words what `share_of` or `points_of` is about."""
    label = quoted(names("item", condition.share_of or condition.points_of or ""))
    if condition.share_of is not None:
        return Words(zh=f"{label.zh}得分率", en=f"the share of {label.en}")
    return Words(zh=f"{label.zh}得分", en=f"the points of {label.en}")


def _part_said(condition: ConditionSpec, names: Names) -> Words:
    said = condition_said(condition, names)
    several = len(condition.parts) > 1 or condition.not_ is not None
    return Words(zh=f"（{said.zh}）", en=f"({said.en})") if several else said
