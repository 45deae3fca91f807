"""Own indicators: a dimension to which every pilot brings its own, and the rule by which a target is reached."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import narwhals.stable.v2 as nw
from pydantic import model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.expert_rules import Level, Levels
from pilot_eval.method.fields import BasisSpec
from pilot_eval.method.rules import Direction, Given, Real, Rule, Truth, shown_number
from pilot_eval.text import Frozen, Words

Sign = Literal["at_least", "at_most", "equal"]
"""How a target is meant: to be reached, not to be exceeded, or to be met exactly."""

ACHIEVEMENT = Levels(
    of=(
        Level(id="达成", floor=0.8, ceiling=1, zh="达成年度指标", en="the year's target was met"),
        Level(
            id="部分达成", floor=0.6, ceiling=0.8, zh="部分达成年度指标并有一定效果", en="met in part, with some effect"
        ),
        Level(id="未达成", floor=0, ceiling=0.6, zh="未达成年度指标且效果较差", en="not met, with little effect"),
    )
)
"""The grades of targets in words, 100–80 %, 80–60 % and 60–0 %, of the self-evaluation forms of fiscal performance
evaluation (S10)."""

HAIR = 1e-9
"""A figure that is short of a target by no more has reached it: measures are rounded to nine decimals."""


class OwnSpec(Frozen):
    """Own indicators: what is directly below the dimension are the lines of each pilot's plan, agreed beforehand.

    rule: `pro_rata` gives the share of the target that was reached, `all_or_nothing` nothing below it. levels: what
    experts choose from where a target is in words. basis: that of the lines; by default the method's.
    """

    rule: Literal["pro_rata", "all_or_nothing"] = "pro_rata"
    levels: Levels = ACHIEVEMENT
    basis: BasisSpec | None = None

    @model_validator(mode="after")
    def _chosen(self) -> "OwnSpec":
        if self.levels.measured:
            raise ContradictionError("等次由专家定，不写 from", "experts choose the level: leave out from")
        return self


@dataclass(frozen=True)
class Goal:
    """What a line is to reach, as expressions: columns where each row is a line.

    sign: a `Sign`. target, baseline: in the line's unit; the latter null without one. partly: whether the part of the
    target that was reached counts.
    """

    sign: nw.Expr
    target: nw.Expr
    baseline: nw.Expr
    partly: nw.Expr

    def share(self, x: nw.Expr) -> nw.Expr:
        """Return the share of a line's points for a figure, 0 to 1; null where that is.

        From a baseline it is (x − baseline) ÷ (target − baseline); without one x ÷ target for a target to be reached,
        target ÷ x for one not to be exceeded, and the smaller of the two for one to be met exactly. More than the
        target gives no more than all. Source: 完成率 of self-evaluation forms of fiscal performance evaluation (S10).
        """
        up, down = self.sign == "at_least", self.sign == "at_most"
        met = (
            nw.when(up)
            .then(x >= self.target - HAIR)
            .when(down)
            .then(x <= self.target + HAIR)
            .otherwise((x - self.target).abs() <= HAIR)
        )
        rising, falling = x / self.target, nw.when(x > 0).then(self.target / x).otherwise(nw.lit(0.0))
        part = (
            nw.when(~self.baseline.is_null())
            .then((x - self.baseline) / (self.target - self.baseline))
            .when(up)
            .then(rising)
            .when(down)
            .then(falling)
            .otherwise(nw.min_horizontal(rising, falling))
        )
        given = ~x.is_null()
        return (
            nw.when(given & met)
            .then(nw.lit(1.0))
            .when(given & self.partly)
            .then(part.clip(0.0, 1.0))
            .when(given)
            .then(nw.lit(0.0))
        )

    def spread(self, low: nw.Expr, high: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
        """Return the smallest and the largest share of figures from `low` to `high`."""
        ends = self.share(low), self.share(high)
        within = (low <= self.target) & (self.target <= high)
        return nw.min_horizontal(*ends), nw.when(within).then(nw.lit(1.0)).otherwise(nw.max_horizontal(*ends))


class OwnTarget(Rule):
    """The rule of one line: the target that the pilot agreed to, see `Goal.share`.

    wanted: the target as it is written in the plan.
    """

    kind: ClassVar[str] = "own_target"
    wanted: str
    sign: Sign
    target: Real
    baseline: Real | None = None
    partly: Truth = True

    @property
    def direction(self) -> Direction | None:
        return {"at_least": "up", "at_most": "down"}.get(self.sign)  # type: ignore[return-value]

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        baseline = nw.lit(None, nw.Float64) if self.baseline is None else nw.lit(float(self.baseline))
        return Goal(nw.lit(self.sign), nw.lit(float(self.target)), baseline, nw.lit(self.partly)).share(x)

    def sentence(self, points: float) -> Words:
        aim = Words(zh=f"年度指标值 {self.wanted}", en=f"target {self.wanted}")
        if not self.partly:
            return Words(zh=f"{aim.zh}：达到得满分，否则不得分", en=f"{aim.en}: full if it is met, otherwise 0")
        if self.baseline is not None:
            start = shown_number(self.baseline)
            return Words(
                zh=f"{aim.zh}：按从基线 {start} 起的完成进度得分，最高满分",
                en=f"{aim.en}: progress from the baseline {start}, up to full",
            )
        zh, en = _PARTLY[self.sign]
        return Words(zh=f"{aim.zh}：{zh}", en=f"{aim.en}: {en}")


_PARTLY: dict[Sign, tuple[str, str]] = {
    "at_least": ("按实际完成值 ÷ 指标值得分，最高满分", "actual ÷ target, up to full"),
    "at_most": ("不超过得满分，超过的按指标值 ÷ 实际完成值得分", "full up to it, above it target ÷ actual"),
    "equal": (
        "相等得满分，否则按两数中小的 ÷ 大的得分",
        "full if equal, otherwise the smaller ÷ the larger of the two",
    ),
}
