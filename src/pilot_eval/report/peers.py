"""The group that an indicator compares a pilot with, in words and with the numbers put in."""

from pilot_eval.model import IndicatorResult, PeerInfo, RuleInfo
from pilot_eval.text import Words, both

_GROUPS = {
    "base_type": Words(zh="同类型", en="of its base type"),
    "tier": Words(zh="同层级", en="of its tier"),
    "all": Words(zh="全部试点中", en="of all pilots"),
}


def rule_said(rule: RuleInfo) -> Words:
    """Return a rule in words; also which level gives it, if it isn't the item's own."""
    said, at = rule.sentence, rule.origin
    if at is None:
        return said
    return Words(
        zh=f"{said.zh}（由{at.zh}统一规定）", en=f"{said.in_('en')} (given by {at.in_('en')} to what is below it)"
    )


def place_said(peers: PeerInfo) -> Words:
    """Return the pilot's place: `同类型第 3 名，共 12 个`."""
    group = _GROUPS[peers.of]
    return Words(zh=f"{group.zh}第 {peers.rank} 名，共 {peers.n} 个", en=f"place {peers.rank} of {peers.n} {group.en}")


def figures_said(peers: PeerInfo) -> Words | None:
    """Return what the group's figures come to; None where small counts are hidden."""
    figures = (peers.lowest, peers.highest, peers.mean, peers.sd, peers.median)
    if None in figures:
        return None
    low, high, mean, sd, median = (f"{each:.6g}" for each in figures)
    return Words(
        zh=f"最低 {low}，最高 {high}，平均 {mean}，标准差 {sd}，中位数 {median}",
        en=f"lowest {low}, highest {high}, mean {mean}, standard deviation {sd}, median {median}",
    )


def share_said(rule: RuleInfo, result: IndicatorResult) -> Words | None:
    """Return how the share follows from the group: `(6 − 1) ÷ (7 − 1)`; None if it goes by bands of places.

    A share that was limited to 0 or to 100% is said beside it.
    """
    made, share = _numbers_put_in(rule, result), _unlimited(rule, result)
    if made is None or share is None or -NEAR <= share <= 1 + NEAR:
        return None if made is None else both(made)
    got, held = f"{share * 100:.4g}%", "100%" if share > 1 else "0%"
    return Words(zh=f"{made}：得分率 {got}，按 {held} 计", en=f"{made}: a share of {got}, limited to {held}")


NEAR = 1e-9
"""Shares that are beyond 0 or 1 by no more are not limited."""


def _unlimited(rule: RuleInfo, result: IndicatorResult) -> float | None:
    """Return the share before it is limited to 0 to 1; None for a rule that never goes beyond."""
    peers, x = result.peers, result.figure
    if peers is None or x is None or peers.mean is None or peers.sd is None or peers.median is None:
        return None
    up = rule.parameters.get("best", "highest") == "highest"
    best = peers.highest if up else peers.lowest
    at_zero, per_sd, zero, full = (
        float(str(rule.parameters.get(name, default)))
        for name, default in (("at_zero", 0.5), ("per_sd", 0.2), ("zero", 0), ("full", 1))
    )
    match rule.kind:
        case "zscore" if peers.sd > NEAR:
            return at_zero + per_sd * (x - peers.mean) / peers.sd * (1 if up else -1)
        case "best" | "median":
            of = peers.median if rule.kind == "median" else best
            one, other = (x, of) if up else (of, x)
            return (
                (one / other - zero) / (full - zero) if one is not None and other is not None and other > NEAR else None
            )
    return None


def _numbers_put_in(rule: RuleInfo, result: IndicatorResult) -> str | None:
    peers, x = result.peers, result.figure
    if peers is None or x is None or figures_said(peers) is None:
        return None
    up = rule.parameters.get("best", "highest") == "highest"
    low, high, mean, sd, median, own = (
        f"{each:.6g}" for each in (peers.lowest, peers.highest, peers.mean, peers.sd, peers.median, x)
    )
    match rule.kind:
        case "minmax":
            return f"({own} − {low}) ÷ ({high} − {low})" if up else f"({high} − {own}) ÷ ({high} − {low})"
        case "best":
            return f"{own} ÷ {high}" if up else f"{low} ÷ {own}"
        case "median":
            return f"{own} ÷ {median}" if up else f"{median} ÷ {own}"
        case "zscore":
            return f"({own} − {mean}) ÷ {sd}" if up else f"({mean} − {own}) ÷ {sd}"
        case "percentile" if not rule.parameters.get("bands"):
            return f"({peers.n} − {peers.rank}) ÷ ({peers.n} − 1)"
    return None


def without_figures(peers: PeerInfo | None) -> PeerInfo | None:
    """Return the group without the figures of other pilots, which may be small counts."""
    hidden = dict.fromkeys(("lowest", "highest", "mean", "sd", "median"))
    return None if peers is None else peers.model_copy(update=hidden)
