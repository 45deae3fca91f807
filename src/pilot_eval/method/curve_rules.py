"""Scoring rules that are drawn through points: from knot to knot, and the efficacy coefficient."""

from itertools import pairwise
from math import inf, nextafter

import narwhals.stable.v2 as nw
from pydantic import Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.rules import (
    Direction,
    Given,
    Real,
    Rule,
    Share,
    direction_of,
    out_of_order,
    same_number,
    shown_number,
)
from pilot_eval.text import Frozen, Words


class Knot(Frozen):
    """At the value `at` the share is `share`."""

    at: Real
    share: Share


class Piecewise(Rule):
    """Linear between knots: the share at each knot is given; before the first and after the last it stays the same.

    Two knots with the same `at` are a jump; exactly there the higher share counts.
    Source: piecewise linear value functions, Keeney and Raiffa, Decisions with Multiple Objectives (1976); the jump to
    nothing below the worst standard value, State-owned Assets Supervision and Administration Commission (2006).
    """

    kind = "piecewise"
    points: tuple[Knot, ...] = Field(alias="knots", min_length=2)

    @model_validator(mode="after")
    def _rising(self) -> "Piecewise":
        values = [knot.at for knot in self.points]
        for before, after in pairwise(values):
            if after != before and after - before < 1e-9:
                raise out_of_order("knots", "at", before, after)
        for at in values:
            if values.count(at) > 2:
                at_most = shown_number(at)
                raise ContradictionError(
                    f"at: {at_most} 最多写两个结点（跳变）", f"at: {at_most} has at most two knots (a jump)"
                )
        return self

    @property
    def direction(self) -> Direction | None:
        return direction_of([knot.share for knot in self.points])

    @property
    def _jumps(self) -> list[tuple[Knot, Knot]]:
        return [(one, other) for one, other in pairwise(self.points) if one.at == other.at]

    @property
    def knots(self) -> tuple[float, ...]:
        beside = [nextafter(one.at, side) for one, _ in self._jumps for side in (-inf, inf)]
        return (*(knot.at for knot in self.points), *beside)

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        first, last = self.points[0], self.points[-1]
        expr: nw.Expr = nw.when(x >= last.at).then(nw.lit(last.share)).when(~x.is_null()).then(nw.lit(first.share))
        for low, high in pairwise(self.points):
            if low.at < high.at:
                inside = (x - low.at) / (high.at - low.at) * (high.share - low.share) + low.share
                expr = nw.when((x >= low.at) & (x < high.at)).then(inside).otherwise(expr)
        for one, other in self._jumps:
            expr = nw.when(x == one.at).then(nw.lit(max(one.share, other.share))).otherwise(expr)
        return expr.clip(0.0, 1.0)

    def sentence(self, points: float) -> Words:
        near: dict[int, Words] = {}
        for at, (one, other) in enumerate(pairwise(self.points)):
            if one.at == other.at and one.share < other.share:
                near[at] = Words(zh="接近", en="nearing") if at else Words(zh="不足", en="below")
                near[at + 1] = Words(zh="达到", en="from")
            elif one.at == other.at:
                near[at], near[at + 1] = Words(zh="达到", en="at"), Words(zh="超过", en="above")
        zh, en = [], []
        for at, each in enumerate(self.points):
            where, share = shown_number(each.at), shown_number(each.share * 100)
            zh.append(f"{near[at].zh} {where} 得 {share}%" if at in near else f"{where} 得 {share}%")
            en.append(f"{share}% {near[at].in_('en') if at in near else 'at'} {where}")
        return Words(zh=f"{'，'.join(zh)}，其间线性插值", en=f"{', '.join(en)}, linear between")


class Efficacy(Rule):
    """Efficacy coefficient: `base` at the unacceptable value, all at the satisfactory one, within floor and ceiling.

    Formula: base + (1 − base) × (x − unacceptable) ÷ (satisfactory − unacceptable), limited to floor to ceiling. With
    `satisfactory` below `unacceptable`, less is better. Source: the efficacy coefficient method (功效系数法) of the
    performance evaluation of enterprises, Ministry of Finance (1999): base 60 of 100.
    """

    kind = "efficacy"
    unacceptable: Real = Field(description="the value at which the share is `base`")
    satisfactory: Real = Field(description="the value at which all points are given")
    base: Share = 0.6
    floor: Share = 0
    ceiling: Share = 1

    @model_validator(mode="after")
    def _apart(self) -> "Efficacy":
        if same_number(self.unacceptable, self.satisfactory):
            problem = "unacceptable and satisfactory are equal"
            raise ContradictionError("unacceptable 与 satisfactory 相等", problem)
        if self.floor > self.ceiling:
            raise ContradictionError("floor 大于 ceiling", "floor is greater than ceiling")
        return self

    @property
    def direction(self) -> Direction:
        return "up" if self.satisfactory > self.unacceptable else "down"

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        progress = (x - self.unacceptable) / (self.satisfactory - self.unacceptable)
        return (progress * (1 - self.base) + self.base).clip(self.floor, self.ceiling)

    def sentence(self, points: float) -> Words:
        low, high, base, floor, ceiling = map(
            shown_number,
            (self.unacceptable, self.satisfactory, self.base * 100, self.floor * 100, self.ceiling * 100),
        )
        return Words(
            zh=f"功效系数：不允许值 {low} 得 {base}%，满意值 {high} 得 100%，按比例计，限于 {floor}% 至 {ceiling}%",
            en=f"efficacy coefficient: {base}% at {low} (unacceptable), 100% at {high} (satisfactory), pro rata, from"
            f" {floor}% to {ceiling}%",
        )
