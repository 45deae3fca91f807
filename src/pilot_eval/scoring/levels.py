"""Whether an expert's points fit the level that the measure chose."""

from pilot_eval.errors import Finding, finding
from pilot_eval.method.expert_rules import NEAR, Levels
from pilot_eval.method.schema import Scoring
from pilot_eval.scoring.case import Review
from pilot_eval.text import Words, both, named


def by_measure(item: Scoring) -> bool:
    """Return whether the measure chooses the level within which experts give points."""
    return isinstance(item.rule, Levels) and item.rule.measured


def out_of_level(item: Scoring, value: float | None, review: Review) -> Finding | None:
    """Return what is wrong with an expert's points where the measure chose the level; None if nothing is."""
    score, rule = review.scores.get(item.id), item.rule
    if score is None or value is None or not isinstance(rule, Levels) or not rule.measured:
        return None
    level = rule.reached(value)
    share = score / item.points
    if (level.least - NEAR <= share <= level.most + NEAR) if level else share <= NEAR:
        return None
    points, name = (level.points(item.points), level.id) if level else (both("0"), "—")
    expected = Words(
        zh=f"{points.zh}（测算值 {value:g}，为“{name}”）", en=f"{points.en} (the measure, {value:g}, means “{name}”)"
    )
    said = named(item.label, item.id)
    return finding("review-wrong", review.places.get(item.id), key=said, value=f"{score:g}", expected=expected)
