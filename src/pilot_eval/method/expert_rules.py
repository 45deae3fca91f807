"""Rules that experts score by: points, or a level chosen from a list."""

from itertools import pairwise
from typing import ClassVar, NamedTuple

import narwhals.stable.v2 as nw
from pydantic import Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.rules import Checklist, Direction, Given, Real, Rubric, Rule, Share, same_number, shown_number
from pilot_eval.text import ID_PATTERN, Frozen, Words, both

NEAR = 1e-9
"""Shares that differ by no more are the same."""


class ExpertPoints(Rule):
    """Points that an expert gives, from 0 to those of the indicator, which has no measure.

    Source: items scored by the panel in the self-evaluation forms of fiscal performance evaluation (S10).
    """

    kind: ClassVar[str] = "expert"

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        return (x / given.points).clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        most = shown_number(points)
        return Words(zh=f"由专家评分，0 至 {most} 分", en=f"points given by experts, 0 to {most}")


class Level(Frozen):
    """A level: its share of the points, or a floor and a ceiling within which an expert gives them.

    from: the measure from which it is reached. zh, en: what it means.
    """

    id: str = Field(pattern=ID_PATTERN, max_length=60)
    share: Share | None = None
    floor: Share | None = None
    ceiling: Share | None = None
    start: Real | None = Field(default=None, alias="from")
    zh: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _one(self) -> "Level":
        if (self.share is None) == (self.floor is None) or (self.floor is None) != (self.ceiling is None):
            names = "share，或 floor 和 ceiling"
            raise ContradictionError(f"须写 {names}，二者取一", "give either share, or floor and ceiling")
        if self.floor is not None and self.ceiling is not None and not self.floor < self.ceiling:
            raise ContradictionError("floor 须小于 ceiling", "floor must be less than ceiling")
        return self

    @property
    def least(self) -> float:
        return float(self.share if self.floor is None else self.floor)  # type: ignore[arg-type]  # one of them is given

    @property
    def most(self) -> float:
        return float(self.share if self.ceiling is None else self.ceiling)  # type: ignore[arg-type]

    def points(self, points: float) -> Words:
        """Return the points that it gives, of so many."""
        low, high = (shown_number(round(share * points, 6)) for share in (self.least, self.most))
        return both(low) if low == high else Words(zh=f"{low} 至 {high}", en=f"{low} to {high}")

    @property
    def shown(self) -> str:
        low, high = (shown_number(round(share * 100, 4)) for share in (self.least, self.most))
        return f"{low}%" if low == high else f"{low}%–{high}%"


class Levels(Rule):
    """Levels by name, each worth a share of the points, or a range in which an expert gives them.

    An expert chooses the level; where every level has `from`, the measure does: the highest one that it reaches, and 0
    below all. Source: grades of achievement, 100–80 %, 80–60 % and 60–0 %, in the self-evaluation forms of fiscal
    performance evaluation (S10).
    """

    kind: ClassVar[str] = "levels"
    of: tuple[Level, ...] = Field(json_schema_extra={"minItems": 1})

    @model_validator(mode="after")
    def _apart(self) -> "Levels":
        if not self.of:
            raise ContradictionError("of 至少写一个等次", "of needs at least one level")
        names = [each.id for each in self.of]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ContradictionError(f"等次 {twice} 重复", f"the level {twice} is there twice")
        if 0 < sum(each.start is not None for each in self.of) < len(self.of):
            raise ContradictionError("from 须各等次都写或都不写", "either every level has from, or none")
        if any(same_number(one.start or 0, other.start or 0) for one, other in pairwise(self.rising) if self.measured):
            raise ContradictionError("两个等次的 from 相同", "two levels have the same from")
        return self

    @property
    def measured(self) -> bool:
        """Whether the measure chooses the level."""
        return all(each.start is not None for each in self.of)

    @property
    def ranged(self) -> bool:
        """Whether an expert gives points within some level."""
        return any(each.share is None for each in self.of)

    @property
    def rising(self) -> list[Level]:
        """Return the levels by `from`."""
        return sorted(self.of, key=lambda each: each.start or 0.0)

    @property
    def direction(self) -> Direction | None:
        if not self.measured:
            return "up"
        return "up" if all(one.most <= other.least for one, other in pairwise(self.rising)) else None

    @property
    def knots(self) -> tuple[float, ...]:
        return tuple(float(each.start or 0) for each in self.rising) if self.measured else ()

    def named(self, id_: str) -> Level | None:
        return next((each for each in self.of if each.id == id_), None)

    def reached(self, value: float) -> Level | None:
        """Return the level of a measure; None below all."""
        return next((each for each in reversed(self.rising) if value >= (each.start or 0)), None)

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        if not self.measured:
            return x.clip(0.0, 1.0)
        share: nw.Expr = nw.when(x < self.knots[0]).then(nw.lit(0.0))
        for each in self.rising:
            share = nw.when(x >= each.start).then(_share_within(each, given)).otherwise(share)
        return share

    def spread(self, low: nw.Expr, high: nw.Expr, given: Given) -> tuple[nw.Expr, nw.Expr]:
        """Return the smallest and the largest share of measures from `low` to `high`, with or without an expert's."""
        least, most = [nw.when(low < self.knots[0]).then(nw.lit(0.0))], [nw.when(low < self.knots[0]).then(nw.lit(0.0))]
        for each, upper in zip(self.rising, [*self.knots[1:], None], strict=True):
            reached = high >= each.start if upper is None else (high >= each.start) & (low < upper)
            own = _share_within(each, given)
            least.append(nw.when(reached).then(nw.coalesce(own, nw.lit(each.least))))
            most.append(nw.when(reached).then(nw.coalesce(own, nw.lit(each.most))))
        return nw.min_horizontal(*least), nw.max_horizontal(*most)

    def sentence(self, points: float) -> Words:
        if self.measured:
            zh = "；".join(
                f"达到 {shown_number(each.start or 0)} 为“{each.id}”，得 {each.shown}" for each in self.rising
            )
            en = "; ".join(f"from {shown_number(each.start or 0)} “{each.id}”: {each.shown}" for each in self.rising)
        else:
            zh = "由专家定等次：" + "；".join(f"“{each.id}”得 {each.shown}" for each in self.of)
            en = "experts choose the level: " + "; ".join(f"“{each.id}”: {each.shown}" for each in self.of)
        if self.ranged:
            zh, en = zh + "，在范围内由专家给分", en + "; within a range experts give the points"
        return Words(zh=zh, en=en)


def _share_within(level: Level, given: Given) -> nw.Expr:
    """Return the share of a level: its own, or the expert's if that is within it; else null."""
    if level.share is not None:
        return nw.lit(float(level.share))
    share = given.expert / given.points
    return nw.when((share >= level.least - NEAR) & (share <= level.most + NEAR)).then(share)


class Decision(NamedTuple):
    """What an expert's decision is as a figure, with the bounds that it leaves; None where it isn't known."""

    value: float | None
    low: float | None
    high: float | None


def decision(rule: Rule, score: float | None, level: str | None, points: float) -> Decision:
    """Return an expert's decision for an indicator worth `points`: a number, or of levels a share."""
    if not isinstance(rule, Levels) or rule.measured:
        return Decision(score, score, score)
    chosen = rule.named(level or "")
    if chosen is None:
        return Decision(None, None, None)
    share = None if score is None else score / points
    return Decision(chosen.share, chosen.least, chosen.most) if share is None else Decision(share, share, share)


def most_given(rule: Rule, points: float) -> float | None:
    """Return the most that an expert may give; None: any amount from 0."""
    match rule:
        case Rubric():
            return rule.levels
        case Checklist():
            return rule.of
        case ExpertPoints() | Levels():
            return points
    return None


def needs_experts(rule: Rule) -> bool:
    """Return whether experts give something besides a measure."""
    return isinstance(rule, Rubric | ExpertPoints) or (isinstance(rule, Levels) and rule.ranged)


def why_unfit(rule: Rule, *, measured: bool) -> Words | None:
    """Return why a rule can't score an indicator with a measure, or without one; None if it can."""
    match rule:
        case ExpertPoints() if measured:
            return Words(zh="expert 由专家给分，不写 measure", en="expert: experts give the points; leave out measure")
        case Levels() if measured and not rule.measured:
            return Words(zh="由测算值定等次的，每个等次写 from", en="a measure chooses the level: give each one from")
        case Levels() if rule.measured and not measured:
            zh, en = "没有 measure，等次由专家定，不写 from", "without a measure experts choose: leave out from"
            return Words(zh=zh, en=en)
    return None
