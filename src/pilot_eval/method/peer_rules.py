"""Rules that compare a pilot with its peers: its place among them, or its distance from their figures."""

from itertools import pairwise
from typing import ClassVar, Literal

import narwhals.stable.v2 as nw
from pydantic import Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.rules import Direction, Given, Peers, Real, Rule, Share, Whole, shown_number
from pilot_eval.text import Frozen, Words

SAME = 1e-9
"""Figures that differ by no more are the same: measures are rounded to nine decimals."""

HUGE = 1e100
"""More than any figure comes to: beyond it, arithmetic might not."""

Group = Literal["base_type", "tier", "all"]
_GROUPS: dict[Group, Words] = {
    "base_type": Words(zh="同类型", en="the pilots of its base type"),
    "tier": Words(zh="同层级", en="the pilots of its tier"),
    "all": Words(zh="全部试点", en="all pilots"),
}


class PeerRule(Rule):
    """A rule within a group of pilots that have the measure, the pilot itself included; equal figures share the better
    place.

    of: who is compared. least: the least size of the group; below it the indicator is missing.
    """

    of: Group = "base_type"
    least: Whole = Field(default=5, ge=2, description="the least number of pilots to compare with, itself included")
    best: Literal["highest", "lowest"] = "highest"

    @property
    def direction(self) -> Direction:
        return "up" if self.best == "highest" else "down"

    @property
    def rising(self) -> bool:
        return self.best == "highest"

    def share(self, x: nw.Expr, given: Given) -> nw.Expr:
        if given.peers is None:
            return nw.when(nw.lit(False)).then(x)
        return nw.when(given.peers.n >= self.least).then(self.among(x, given.peers).clip(0.0, 1.0))

    def among(self, x: nw.Expr, peers: Peers) -> nw.Expr:
        """Return the share for a figure among its peers, whose best gets the most; it may be beyond 0 to 1."""
        raise NotImplementedError

    def sentence(self, points: float) -> Words:
        group, said = _GROUPS[self.of], self.said
        return Words(
            zh=f"与{group.zh}比较（至少 {self.least} 个，{'高' if self.rising else '低'}者为优）：{said.zh}",
            en=f"among {group.in_('en')} (at least {self.least}, the {self.best} is best): {said.in_('en')}",
        )

    @property
    def said(self) -> Words:
        """Return what it does, in words."""
        raise NotImplementedError


class PlaceBand(Frozen):
    """Places up to `to` get `share`."""

    to: Whole = Field(gt=0)
    share: Share


class RankRule(PeerRule):
    """By place: a share for each band of places, or `each` less for every place after the first.

    Source: sheets that give full points to the first place and less to those after it, as in work appraisals (S17).
    """

    kind: ClassVar[str] = "rank"
    places: tuple[PlaceBand, ...] | None = None
    each: Real | None = Field(default=None, gt=0, le=1)

    @model_validator(mode="after")
    def _one(self) -> "RankRule":
        if bool(self.places) == (self.each is not None):
            raise ContradictionError("places, each 必须且只能写一个", "give exactly one of places, each")
        _falling([(band.to, band.share) for band in self.places or ()], "places", "to")
        return self

    def among(self, x: nw.Expr, peers: Peers) -> nw.Expr:
        if self.each is not None:
            return (peers.rank - 1) * -self.each + 1.0
        share: nw.Expr = nw.when(~peers.rank.is_null()).then(nw.lit(0.0))
        for band in reversed(self.places or ()):
            share = nw.when(peers.rank <= band.to).then(nw.lit(float(band.share))).otherwise(share)
        return share

    @property
    def said(self) -> Words:
        if self.each is not None:
            off = shown_number(round(self.each * 100, 4))
            return Words(
                zh=f"第 1 名得满分，每后一名少 {off}%", en=f"full for the first place, {off}% less for each after it"
            )
        zh = "；".join(f"前 {band.to} 名得 {percent_of(band.share)}" for band in self.places or ())
        en = "; ".join(f"to place {band.to}: {percent_of(band.share)}" for band in self.places or ())
        return Words(zh=f"{zh}；其余 0", en=f"{en}; others 0")


class TopBand(Frozen):
    """The best `top` of the group, a share from 0 to 1, get `share` of the points."""

    top: Share = Field(gt=0)
    share: Share


class PercentileRule(PeerRule):
    """By relative place: (n − place) ÷ (n − 1), or a share for the top 10 %, 30 % and so on.

    Source: percentile rank, OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5 (categorical scales).
    """

    kind: ClassVar[str] = "percentile"
    bands: tuple[TopBand, ...] = ()

    @model_validator(mode="after")
    def _rising(self) -> "PercentileRule":
        _falling([(band.top, band.share) for band in self.bands], "bands", "top")
        return self

    def among(self, x: nw.Expr, peers: Peers) -> nw.Expr:
        if not self.bands:
            return (peers.n - peers.rank) / (peers.n - 1)
        share: nw.Expr = nw.when(~peers.rank.is_null()).then(nw.lit(0.0))
        for band in reversed(self.bands):
            within = peers.rank <= peers.n * float(band.top) + SAME
            share = nw.when(within).then(nw.lit(float(band.share))).otherwise(share)
        return share

    @property
    def said(self) -> Words:
        if not self.bands:
            return Words(zh="（个数 − 名次）÷（个数 − 1）", en="(number − place) ÷ (number − 1)")
        zh = "；".join(f"前 {percent_of(band.top)} 得 {percent_of(band.share)}" for band in self.bands)
        en = "; ".join(f"the top {percent_of(band.top)}: {percent_of(band.share)}" for band in self.bands)
        return Words(zh=f"{zh}；其余 0", en=f"{en}; others 0")


class ZScoreRule(PeerRule):
    """By standard deviations from the mean: at_zero + per_sd × (x − mean) ÷ sd, limited to 0–1.

    The standard deviation is that of the group as a whole (÷ n); where all are the same, the share is `at_zero`.
    Source: standardisation (z-scores), OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5.
    """

    kind: ClassVar[str] = "zscore"
    at_zero: Share = 0.5
    per_sd: Real = Field(default=0.2, gt=0, le=10)

    def among(self, x: nw.Expr, peers: Peers) -> nw.Expr:
        off = (x - peers.mean) * (1.0 if self.rising else -1.0)
        z = nw.when((peers.sd > SAME) & (peers.sd < HUGE)).then(off / peers.sd).when(peers.sd <= SAME).then(nw.lit(0.0))
        return z * float(self.per_sd) + float(self.at_zero)

    @property
    def said(self) -> Words:
        zero, per = percent_of(self.at_zero), percent_of(self.per_sd)
        return Words(
            zh=f"等于平均数得 {zero}，每高 1 个标准差加 {per}"
            if self.rising
            else f"等于平均数得 {zero}，每低 1 个标准差加 {per}",
            en=f"{zero} at the mean, {per} for each standard deviation {'above' if self.rising else 'below'} it",
        )


class MinMaxRule(PeerRule):
    """Between the worst and the best: floor + (1 − floor) × (x − worst) ÷ (best − worst); if all are the same, full.

    Source: min-max normalisation, OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5.
    """

    kind: ClassVar[str] = "minmax"
    floor: Share = Field(default=0, description="the share of the worst")

    def among(self, x: nw.Expr, peers: Peers) -> nw.Expr:
        span = peers.highest - peers.lowest
        above = (x - peers.lowest) if self.rising else (peers.highest - x)
        part = nw.when((span > SAME) & (span < HUGE)).then(above / span).when(span <= SAME).then(nw.lit(1.0))
        return part * (1.0 - self.floor) + float(self.floor)

    @property
    def said(self) -> Words:
        low = percent_of(self.floor)
        return Words(
            zh=f"最差得 {low}，最好得 100%，其间线性插值", en=f"{low} at the worst, 100% at the best, linear between"
        )


class BestRule(PeerRule):
    """By the ratio to the best, x ÷ best (or best ÷ x if the lowest is best): 0 at `zero`, full at 1.

    Figures are above 0; where the divisor isn't, the indicator is missing. Source: distance to a reference (the
    leader), OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5.
    """

    kind: ClassVar[str] = "best"
    zero: Real = Field(default=0, ge=0, lt=1, description="the ratio that gives nothing")

    def among(self, x: nw.Expr, peers: Peers) -> nw.Expr:
        ratio = _ratio(x, peers.highest) if self.rising else _ratio(peers.lowest, x)
        return (ratio - float(self.zero)) / (1.0 - self.zero)

    @property
    def said(self) -> Words:
        start = shown_number(self.zero)
        if self.rising:
            return Words(zh=f"与最好的比值为 {start} 得 0，为 1 得满分", en=f"x ÷ best: 0 at {start}, full at 1")
        return Words(zh=f"最好的与它的比值为 {start} 得 0，为 1 得满分", en=f"best ÷ x: 0 at {start}, full at 1")


class MedianRule(PeerRule):
    """By the ratio to the median, x ÷ median (or median ÷ x if the lowest is best): 0 at `zero`, full at `full`.

    Figures are above 0; where the divisor isn't, the indicator is missing. Source: distance to a reference (the mean or
    the median), OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5.
    """

    kind: ClassVar[str] = "median"
    zero: Real = Field(default=0, ge=0, description="the ratio that gives nothing")
    full: Real = Field(default=1, gt=0, le=100, description="the ratio that gives full points")

    @model_validator(mode="after")
    def _apart(self) -> "MedianRule":
        if not self.full - self.zero > SAME:
            raise ContradictionError("full 须大于 zero", "full must be greater than zero")
        return self

    def among(self, x: nw.Expr, peers: Peers) -> nw.Expr:
        ratio = _ratio(x, peers.median) if self.rising else _ratio(peers.median, x)
        return (ratio - float(self.zero)) / (self.full - self.zero)

    @property
    def said(self) -> Words:
        zero, full = shown_number(self.zero), shown_number(self.full)
        zh, en = ("与中位数的比值", "x ÷ median") if self.rising else ("中位数与它的比值", "median ÷ x")
        return Words(zh=f"{zh}为 {zero} 得 0，为 {full} 得满分", en=f"{en}: 0 at {zero}, full at {full}")


def _ratio(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Return a ratio; null if it is divided by nothing."""
    return nw.when(other > SAME).then(one / other)


def percent_of(share: float) -> str:
    return f"{shown_number(round(share * 100, 4))}%"


def _falling(bands: list[tuple[float, float]], key: str, by: str) -> None:
    """Raise ContradictionError unless bands go from the best to worse places, and don't give more for these."""
    if any(one[0] >= other[0] or one[1] < other[1] for one, other in pairwise(bands)):
        raise ContradictionError(
            f"{key} 须按 {by} 从小到大排列，share 不得变大",
            f"{key} must be in ascending order of {by}, without a share that grows",
        )
