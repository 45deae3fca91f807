"""How grades are given, and a pilot's rank for those by share: in words."""

from collections.abc import Iterator

from pilot_eval.model import Assessment, Band, GradeRank
from pilot_eval.text import Words, both, quoted

_OF = {
    "base_type": Words(zh="同类型", en="of the base type"),
    "tier": Words(zh="同层级", en="of the tier"),
    "all": Words(zh="全部", en="of all"),
}
_ROUND = {
    "down": Words(zh="名额舍去小数", en="places rounded down"),
    "up": Words(zh="名额进一", en="places rounded up"),
    "half_up": Words(zh="名额四舍五入", en="places rounded half up"),
}
_TIES = {
    "in": Words(zh="末位同分的都算", en="ties at the edge are in"),
    "out": Words(zh="末位同分的都不算", en="ties at the edge are out"),
}


def share_words(band: Band) -> Words | None:
    """Return which pilots a grade by share may be given to; None if it isn't by share."""
    if band.top is None:
        return None
    top, share = band.top, f"{round(band.top.share * 100, 6):g}%"
    of, rounded, ties = _OF[top.of], _ROUND[top.round], _TIES[top.ties]
    return Words(
        zh=f"{of.zh}前 {share}（{rounded.zh}，{ties.zh}）",
        en=f"the best {share} {of.en} ({rounded.en}, {ties.en})",
    )


def rank_words(assessment: Assessment, bands: dict[str, Band]) -> Iterator[Words]:
    """Yield a pilot's rank for each grade by share, with the ranks that the possible ranges allow."""
    for each in assessment.grade_ranks:
        band, span = bands[each.grade], _span(each)
        label = quoted(band.label)
        least = (
            Words(zh=f"，且不低于 {band.min:g} 分", en=f", and at least {band.min:g} points") if band.min else both("")
        )
        yield Words(
            zh=f"{label.zh}：{each.size} 个试点中第 {each.rank} 名{span.zh}，名额 {each.seats} 个{least.zh}",
            en=f"{label.en}: rank {each.rank} of {each.size}{span.en}; places: {each.seats}{least.en}",
        )


def _span(rank: GradeRank) -> Words:
    if rank.best == rank.worst == rank.rank:
        return Words(zh="", en="")
    return Words(zh=f"（可能 {rank.best} 至 {rank.worst}）", en=f" (possibly {rank.best} to {rank.worst})")
