"""A group of pilots in words: the rule and where it comes from, the formula, and what was limited."""

import pytest

from pilot_eval.method.kinds import RULES
from pilot_eval.model import IndicatorResult, Outcome, PeerInfo, RuleInfo
from pilot_eval.report.peers import rule_said, share_said, without_figures
from pilot_eval.text import Words


def rule_info(kind: str, parameters: dict[str, object], origin: Words | None = None) -> RuleInfo:
    rule = RULES[kind].model_validate(parameters)
    said = rule.model_dump(mode="json", by_alias=True, exclude_none=True)
    return RuleInfo(kind=kind, sentence=rule.sentence(10), parameters=said, origin=origin)


def result(x: float) -> IndicatorResult:
    """Of a group of 2, 4, 4, 6 and 9: mean 5, standard deviation √5.6."""
    peers = PeerInfo(of="all", n=5, rank=1, lowest=2, highest=9, mean=5, sd=5.6**0.5, median=4)
    return IndicatorResult(
        id="A",
        outcome=Outcome.SCORED,
        reason=None,
        measure="m",
        value=x,
        points=5,
        low=5,
        high=5,
        out_of=10,
        peers=peers,
    )


@pytest.mark.parametrize(
    ("kind", "parameters", "x", "expected"),
    [
        ("zscore", {}, 9, "(9 − 5) ÷ 2.36643"),
        ("zscore", {"per_sd": 0.4}, 9, "(9 − 5) ÷ 2.36643: a share of 117.6%, limited to 100%"),
        ("zscore", {"per_sd": 0.4, "best": "lowest"}, 9, "(5 − 9) ÷ 2.36643: a share of -17.61%, limited to 0%"),
        ("median", {}, 4, "4 ÷ 4"),
        ("median", {}, 6, "6 ÷ 4: a share of 150%, limited to 100%"),
        ("median", {"zero": 0.75}, 2, "2 ÷ 4: a share of -100%, limited to 0%"),
        ("median", {"best": "lowest"}, 2, "4 ÷ 2: a share of 200%, limited to 100%"),
        ("best", {}, 9, "9 ÷ 9"),
        ("best", {"zero": 0.5}, 2, "2 ÷ 9: a share of -55.56%, limited to 0%"),
        ("best", {"best": "lowest"}, 4, "2 ÷ 4"),
        ("minmax", {}, 9, "(9 − 2) ÷ (9 − 2)"),
        ("percentile", {}, 9, "(5 − 1) ÷ (5 − 1)"),
        ("rank", {"each": 0.5}, 9, None),
    ],
)
def test_a_share_that_was_limited_is_said(
    kind: str, parameters: dict[str, object], x: float, expected: str | None
) -> None:
    said = share_said(rule_info(kind, parameters), result(x))
    assert (None if said is None else said.in_("en")) == expected


def test_in_chinese_too() -> None:
    said = share_said(rule_info("zscore", {"per_sd": 0.4}), result(9))
    assert said is not None and said.zh == "(9 − 5) ÷ 2.36643：得分率 117.6%，按 100% 计"


def test_nothing_is_divided_by_nothing() -> None:
    same = result(4).model_copy(update={"peers": PeerInfo(
        of="all", n=2, rank=1, lowest=0, highest=0, mean=0, sd=0, median=0
    )})  # fmt: skip
    for kind in ("zscore", "best", "median"):
        said = share_said(rule_info(kind, {}), same)
        assert said is not None and "limited" not in said.in_("en")
    hidden = same.model_copy(update={"peers": without_figures(same.peers)})
    assert share_said(rule_info("zscore", {}), hidden) is None


def test_a_rule_of_a_level_above_says_so() -> None:
    own, given = rule_info("minmax", {}), rule_info("minmax", {}, Words(zh="“条件”（D1）", en="“Conditions” (D1)"))
    assert rule_said(own) == own.sentence
    assert rule_said(given).zh == own.sentence.zh + "（由“条件”（D1）统一规定）"
    assert rule_said(given).in_("en").endswith("linear between (given by “Conditions” (D1) to what is below it)")
