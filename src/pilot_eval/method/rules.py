"""Scoring rules: each turns a measure into a share of an indicator's points, from 0 to 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import log
from typing import Annotated, ClassVar, Literal

import narwhals.stable.v2 as nw
from pydantic import BeforeValidator, Field, model_validator

from pilot_eval.errors import ContradictionError, Finding
from pilot_eval.text import Frozen, Wording, Words

Direction = Literal["up", "down"]


def _fraction(given: object) -> object:
    """Parse a fraction: `1/3` is exact, unlike 0.333."""
    if isinstance(given, str) and given.count("/") == 1:
        try:
            return float(Fraction(given.replace(" ", "")))
        except (ValueError, ArithmeticError):
            return given
    return given


def _from_percentage(given: object) -> object:
    """Parse a percentage: `20%` is a fifth."""
    if isinstance(given, str) and given.strip().endswith("%"):
        try:
            return float(Fraction(given.strip().removesuffix("%").strip()) / 100)
        except (ValueError, ArithmeticError):
            return given
    return given


# Only real numbers: "5" in quotes, true, .inf and more than any real amount are rejected.
Real = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e15, le=1e15)]
Whole = Annotated[int, Field(strict=True)]
Truth = Annotated[bool, Field(strict=True)]
FRACTION = (
    BeforeValidator(_fraction),
    Field(json_schema_extra={"type": ["number", "string"], "pattern": "^ *[0-9]+ */ *[0-9]+ *$"}),
)
PERCENTAGE = (
    FRACTION[0],
    BeforeValidator(_from_percentage),
    Field(json_schema_extra={"type": ["number", "string"], "pattern": "^ *[0-9.]+ *(%|/ *[0-9]+) *$"}),
)
"""A share that may also be written as a fraction or a percentage: 0.2, `1/5`, `20%`."""
Share = Annotated[Real, Field(ge=0, le=1), *PERCENTAGE]


def same_number(one: float, other: float) -> bool:
    """Return whether two numbers are the same for every measure: measures are rounded to nine decimals."""
    return abs(one - other) < 1e-9


@dataclass(frozen=True)
class Peers:
    """The figures of a pilot's group, its own included: how many, its place, and what they come to."""

    n: nw.Expr
    rank: nw.Expr
    lowest: nw.Expr
    highest: nw.Expr
    mean: nw.Expr
    sd: nw.Expr
    median: nw.Expr


@dataclass(frozen=True)
class Given:
    """What a rule may use besides the measure.

    points: the indicator's points. baseline, target: the pilot's own, or null. expert: the reviewers' score, or null.
    peers: for a rule that compares pilots, else None.
    """

    points: float
    baseline: nw.Expr
    target: nw.Expr
    expert: nw.Expr
    peers: Peers | None = None


class Rule(Frozen):
    """A scoring rule. Its fields are its parameters; it is pure: the same measure always gives the same share.

    kind: its name in YAML. provider: the plugin, filled in when it is loaded.
    """

    kind: ClassVar[str]
    provider: ClassVar[str] = ""

    @property
    def direction(self) -> Direction | None:
        """`up` if the share never falls as the measure grows, `down` if it never rises, else None."""
        return "up"

    @property
    def knots(self) -> tuple[float, ...]:
        """Return the values at which a rule without a direction changes; the bounds of its share are computed there."""
        return ()

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        """Return the share of the points, 0 to 1, for each pilot's measure `x`; null where `x` is null, see `given`."""
        raise NotImplementedError

    def sentence(self, points: float) -> Words:
        """Describe the rule in words, for an indicator worth `points`."""
        raise NotImplementedError


class Unusable(Rule):
    """Replaces a plugin's rule that is missing or doesn't work: what it scores is an error, with the `cause`."""

    kind = "unusable"
    cause: Finding
    goes: Direction | None

    @property
    def direction(self) -> Direction | None:
        return self.goes

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        return nw.when(nw.lit(False)).then(x)

    def sentence(self, points: float) -> Words:
        return self.cause.message


def direction_of(shares: Sequence[float]) -> Direction | None:
    """Return how shares go that belong to ever higher values: None if they both rise and fall."""
    if list(shares) == sorted(shares):
        return "up"
    return "down" if list(shares) == sorted(shares, reverse=True) else None


def out_of_order(key: str, by: str, before: float, after: float) -> ContradictionError:
    """Say where a list isn't in ascending order."""
    one, other = shown_number(before), shown_number(after)
    return ContradictionError(
        f"{key} 须按 {by} 从小到大排列，{one} 后面却是 {other}",
        f"{key} must be in ascending order of {by}, but {other} comes after {one}",
    )


def shown_number(number: float) -> str:
    return f"{number:,.10g}"


class Linear(Rule):
    """Linear between two values: (x − from) ÷ (to − from), clamped to 0–1; with `from` above `to`, less is better.

    Source: min-max normalisation, OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5.
    """

    kind = "linear"
    start: Real = Field(alias="from", description="0% of the points")
    to: Real = Field(description="100% of the points")

    @model_validator(mode="after")
    def _apart(self) -> "Linear":
        if same_number(self.start, self.to):
            raise ContradictionError("from 与 to 相等", "from and to are equal")
        return self

    @property
    def direction(self) -> Direction:
        return "up" if self.to > self.start else "down"

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        return ((x - self.start) / (self.to - self.start)).clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        a, b = shown_number(self.start), shown_number(self.to)
        return Words(zh=f"{a} 得 0 分，{b} 得满分，其间线性插值", en=f"0 points at {a}, full at {b}, linear between")


class Step(Frozen):
    """From `from` upwards the share is `share`, until the next step."""

    start: Real = Field(alias="from")
    share: Share


class Steps(Rule):
    """In steps: the share of the highest step that x reaches; `below` (by default 0) below the first.

    Source: threshold scoring of the maker-space sheets (S7) and the A-grade scale (S13).
    """

    kind = "steps"
    bands: tuple[Step, ...] = Field(min_length=1)
    below: Share | None = None

    @model_validator(mode="after")
    def _rising(self) -> "Steps":
        for before, after in pairwise(band.start for band in self.bands):
            if after <= before:
                raise out_of_order("bands", "from", before, after)
        return self

    @property
    def direction(self) -> Direction | None:
        return direction_of([self.below or 0.0, *(band.share for band in self.bands)])

    @property
    def knots(self) -> tuple[float, ...]:
        return tuple(band.start for band in self.bands)

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        expr: nw.Expr = nw.when(~x.is_null()).then(nw.lit(float(self.below or 0)))
        for band in self.bands:
            expr = nw.when(x >= band.start).then(nw.lit(band.share)).otherwise(expr)
        return expr

    def sentence(self, points: float) -> Words:
        zh = "；".join(f"达到 {shown_number(b.start)} 得 {shown_number(b.share * 100)}%" for b in self.bands)
        en = "; ".join(f"from {shown_number(b.start)}: {shown_number(b.share * 100)}%" for b in self.bands)
        first, below = shown_number(self.bands[0].start), shown_number((self.below or 0) * 100)
        zero, none = (f"{below}%", f"{below}%") if self.below else ("0 分", "0")
        return Words(zh=f"不足 {first} 得 {zero}；{zh}", en=f"below {first}: {none}; {en}")


class Increment(Rule):
    """Threshold and increment: 0 below `threshold`, `base` at it, `per_unit` more for each unit above; at most 1.

    Source: maker-space scoring sheet, “threshold + increment” (S7).
    """

    kind = "increment"
    threshold: Real
    base: Share
    per_unit: Annotated[Real, Field(ge=0), *FRACTION]

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        above = (self.base + (x - self.threshold) * self.per_unit).clip(0.0, 1.0)
        return nw.when(x >= self.threshold).then(above).when(~x.is_null()).then(nw.lit(0.0))

    def sentence(self, points: float) -> Words:
        at, base, more = (
            shown_number(self.threshold),
            shown_number(self.base * 100),
            shown_number(round(self.per_unit * 100, 4)),
        )
        return Words(
            zh=f"不足 {at} 得 0 分；达到 {at} 得 {base}%，每增加 1 加 {more}%，最高满分",
            en=f"below {at}: 0; at {at}: {base}%, then +{more}% per unit, up to full",
        )


class CountRule(Rule):
    """`each` points for each unit, up to the indicator's points: min(1, x × each ÷ points).

    Source: “1 point each, to the cap” of the maker-space scoring sheet (S7).
    """

    kind = "count"
    each: Real = Field(gt=0, description="points for each unit")

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        return (x * self.each / given.points).clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        return Words(
            zh=f"每 1 得 {shown_number(self.each)} 分，最高 {shown_number(points)} 分",
            en=f"{shown_number(self.each)} points each, up to {shown_number(points)}",
        )


class Checklist(Rule):
    """k of n items met: k ÷ n, at most 1.

    Source: k-of-n community appraisal sheets (S26), the “eight haves” and “six haves” build standards (S1, S2).
    """

    kind = "checklist"
    of: Whole = Field(gt=0)

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        return (x / self.of).clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        return Words(zh=f"共 {self.of} 项，按达标项数的比例计分", en=f"share of {self.of} items met")


class BooleanRule(Rule):
    """All or nothing: full points from `at_least` upwards, else 0.

    Source: pass/fail items such as an office of at least 20 m² (S15).
    """

    kind = "boolean"
    at_least: Real = 1

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        return nw.when(x >= self.at_least).then(nw.lit(1.0)).when(~x.is_null()).then(nw.lit(0.0))

    def sentence(self, points: float) -> Words:
        at = shown_number(self.at_least)
        return Words(zh=f"达到 {at} 得满分，否则得 0 分", en=f"full from {at}, otherwise 0")


class Deduction(Rule):
    """Full points, less `each` for every unit short of `target` (direction up) or beyond it (direction down).

    Formula: max(0, 1 − each × max(0, shortfall)). Source: deduct-from-full appraisal sheets (S22, S26).
    """

    kind = "deduction"
    target: Real
    each: Annotated[Real, Field(gt=0), *FRACTION]
    beyond: Truth = Field(default=False, description="deduct for units beyond the target instead of short of it")

    @property
    def direction(self) -> Direction:
        return "down" if self.beyond else "up"

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        short = (x - self.target) if self.beyond else (x * -1 + self.target)
        return (1.0 - short.clip(0.0, None) * self.each).clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        at, off = shown_number(self.target), shown_number(round(self.each * 100, 4))
        if self.beyond:
            return Words(zh=f"不超过 {at} 得满分，每超 1 扣 {off}%", en=f"full up to {at}, −{off}% per unit above")
        return Words(zh=f"达到 {at} 得满分，每少 1 扣 {off}%", en=f"full from {at}, −{off}% per unit below")


class Logarithmic(Rule):
    """Logarithmic between two values above 0: ln(x ÷ from) ÷ ln(to ÷ from), clamped to 0–1.

    Source: income index of the Human Development Index, UNDP HDR technical note 1.
    """

    kind = "logarithmic"
    start: Real = Field(alias="from", gt=0)
    to: Real = Field(gt=0)

    @model_validator(mode="after")
    def _rising(self) -> "Logarithmic":
        if not log(self.to) > log(self.start):
            raise ContradictionError("to 须大于 from", "to must be greater than from")
        return self

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        least, most = log(self.start), log(self.to)
        # Clamped to `from` first, so that no logarithm of 0 or less arises.
        return ((x.clip(self.start, None).log() - least) / (most - least)).clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        a, b = shown_number(self.start), shown_number(self.to)
        return Words(
            zh=f"{a} 得 0 分，{b} 得满分，其间按对数插值", en=f"0 points at {a}, full at {b}, logarithmic between"
        )


class Rubric(Rule):
    """An expert score from 0 to `levels`, capped by the level of proof that the measure gives, if there is one.

    Formula: min(expert, x) ÷ levels. Missing without an expert score. Source: evidence levels 1 to 4 (S27).
    """

    kind = "rubric"
    levels: Whole = Field(default=4, gt=0)
    texts: dict[str, Wording] | None = Field(default=None, description="what each level means: `3: {zh: …, en: …}`")

    @model_validator(mode="after")
    def _known(self) -> "Rubric":
        known = [str(level) for level in range(self.levels + 1)]
        for level in self.texts or ():
            if level not in known:
                raise ContradictionError(
                    f"texts 里的 {level} 不是 0 至 {self.levels} 的级别",
                    f"{level} in texts is no level from 0 to {self.levels}",
                )
        return self

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        capped = nw.when(given.expert <= x).then(given.expert).when(given.expert > x).then(x)
        return (capped / self.levels).clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        return Words(
            zh=f"专家评 0 至 {self.levels} 级，以佐证级别为上限，按级数的比例计分",
            en=f"expert score 0 to {self.levels}, capped by the level of proof, pro rata",
        )


class TargetProgress(Rule):
    """Progress from a baseline to a target: (x − baseline) ÷ (target − baseline), clamped to 0–1.

    A pilot's own baseline and target, agreed beforehand and kept in `pilots.yaml`, replace the defaults.
    Source: baseline, target and actual of IATI result indicators (S30); performance targets (S10).
    """

    kind = "target"
    baseline: Real = 0
    target: Real

    @model_validator(mode="after")
    def _apart(self) -> "TargetProgress":
        if same_number(self.baseline, self.target):
            raise ContradictionError("baseline 与 target 相等", "baseline and target are equal")
        return self

    @property
    def direction(self) -> Direction:
        return "up" if self.target > self.baseline else "down"

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        return ((x - given.baseline) / (given.target - given.baseline)).clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        a, b = shown_number(self.baseline), shown_number(self.target)
        return Words(
            zh=f"按从基线到目标的完成进度计分（默认基线 {a}、目标 {b}）",
            en=f"progress from baseline to target (by default {a} to {b})",
        )
