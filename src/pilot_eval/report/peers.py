"""The group that an indicator compares a pilot with, in words and with the numbers put in."""

from pilot_eval.model import IndicatorResult, PeerInfo, RuleInfo
from pilot_eval.text import Words, both

_GROUPS = {
    "base_type": Words(zh="同类型", en="of its base type"),
    "tier": Words(zh="同层级", en="of its tier"),
    "all": Words(zh="全部试点中", en="of all pilots"),
}


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
    """Return how the share follows from the group: `(6 − 1) ÷ (7 − 1)`; None if it goes by bands of places."""
    peers, x = result.peers, result.figure
    if peers is None or x is None or figures_said(peers) is None:
        return None
    up = rule.parameters.get("best", "highest") == "highest"
    low, high, mean, sd, median, own = (
        f"{each:.6g}" for each in (peers.lowest, peers.highest, peers.mean, peers.sd, peers.median, x)
    )
    match rule.kind:
        case "minmax":
            return both(f"({own} − {low}) ÷ ({high} − {low})" if up else f"({high} − {own}) ÷ ({high} − {low})")
        case "best":
            return both(f"{own} ÷ {high}" if up else f"{low} ÷ {own}")
        case "median":
            return both(f"{own} ÷ {median}" if up else f"{median} ÷ {own}")
        case "zscore":
            return both(f"({own} − {mean}) ÷ {sd}" if up else f"({mean} − {own}) ÷ {sd}")
        case "percentile" if not rule.parameters.get("bands"):
            return both(f"({peers.n} − {peers.rank}) ÷ ({peers.n} − 1)")
    return None


def without_figures(peers: PeerInfo | None) -> PeerInfo | None:
    """Return the group without the figures of other pilots, which may be small counts."""
    hidden = dict.fromkeys(("lowest", "highest", "mean", "sd", "median"))
    return None if peers is None else peers.model_copy(update=hidden)
