"""Why an indicator has no points, in words that the organisation can act on; in both languages."""

import pytest

from pilot_eval.errors import finding
from pilot_eval.method.rules import Rule, Unusable
from pilot_eval.method.schema import IndicatorSpec
from pilot_eval.plugin import Expr, Given
from pilot_eval.scoring.case import Review
from pilot_eval.text import Words
from tests.measures.test_compute import Refusing
from tests.support.scoring.cases import TEN, sales, visits
from tests.support.scoring.lab import Evidence, Lab, indicator, method_of, review

MEAN = indicator("A", "mean_sale", 100, TEN)
BOTH = indicator("A", "per_visitor", 100, TEN)
PROOF = indicator("A", "proof", 100, {"rubric": {"levels": 4}})
HAPPY = indicator("A", "sold", 100, TEN, requires={"measure": "happy", "min": 60})
CLAIM = {"claims": [{"claim": "成效", "proof": 2}]}
WRONG = Review(findings=(finding("file-json", problem="x"),))


class AboveFive(Rule):
    kind = "above-five"

    def share(self, x: Expr, given: Given) -> Expr:
        return (x - 5).sqrt() / 10

    def sentence(self, points: float) -> Words:
        return Words(zh="五以上", en="above five")


def ruled(rule: Rule) -> IndicatorSpec:
    made: IndicatorSpec = MEAN.model_copy(update={"rule": rule})
    return made


LOST = finding("plugin-rule-absent", rule="odd", plugins=Words(zh="甲", en="one"))


@pytest.mark.parametrize(
    ("item", "evidence", "given", "outcome", "zh", "en"),
    [
        (
            BOTH, Evidence(), None, "missing",
            "没有提交证据表“销售、接待”", "the table “Sales, Visits” was not submitted",
        ),
        (BOTH, Evidence(sales(1)), None, "missing", "没有提交证据表“接待”", "the table “Visits” was not submitted"),
        (
            BOTH, Evidence(sales(1), bad=("visits",)), None, "error",
            "证据表“接待”有错误，更正后才能评分", "the table “Visits” has errors; correct them to have it scored",
        ),
        (
            BOTH, Evidence(bad=("sales", "visits")), None, "error",
            "证据表“销售、接待”有错误，更正后才能评分",
            "the table “Sales, Visits” has errors; correct them to have it scored",
        ),
        (
            MEAN, Evidence({"sales": []}), None, "missing",
            "本期没有发生（已声明没有“销售”），无从计算：由评审组定为不适用或给分",
            "declared: nothing in “Sales”, so there is no figure; the panel decides that it does not apply, or gives"
            " points",
        ),
        (
            BOTH, Evidence({**sales(1), **visits(0)}), None, "missing",
            "提交的记录无法得出测算值：除数合计为 0",
            "the measure cannot be computed from the records: its divisor is 0",
        ),
        (
            MEAN, Evidence(sales(None)), None, "missing",
            "提交的记录无法得出测算值：其中没有可用的数",
            "the measure cannot be computed from the records: they have no number that it can use",
        ),
        (PROOF, Evidence(CLAIM), None, "missing", "没有专家评分", "no expert score was given"),
        (
            PROOF, Evidence(CLAIM), WRONG, "missing",
            "评审文件有错误，更正后才能评分", "the review has errors; correct them to have it scored",
        ),
        (PROOF, Evidence(CLAIM), review({"A": 2}), "scored", "理由", "the reason"),
        (MEAN, Evidence(sales(1)), WRONG, "scored", None, None),
        (MEAN, Evidence(sales(1)), review(not_applicable=["A"]), "not_applicable", "理由", "the reason"),
        (
            HAPPY, Evidence({**sales(1), "polls": [{"answers": 200, "happy": 119}]}), None, "missing",
            "满意率为 59.5，不足 60", "Satisfied: 59.5, below 60",
        ),
        (
            HAPPY, Evidence({**sales(1), "polls": [{"answers": 0, "happy": 0}]}), None, "missing",
            "满意率为 —，不足 60", "Satisfied: —, below 60",
        ),
        (ruled(AboveFive()), Evidence(sales(4)), None, "missing", "按规则无法得出分值", "the rule gives no points"),
        (ruled(AboveFive()), Evidence(sales(9)), None, "scored", None, None),
        (ruled(Unusable(cause=LOST, goes="up")), Evidence(sales(4)), None, "error", LOST.message.zh, LOST.message.en),
    ],
)  # fmt: skip
def test_what_is_not_scored_says_why(
    item: IndicatorSpec,
    evidence: Evidence,
    given: Review | None,
    outcome: str,
    zh: str | None,
    en: str | None,
    lab: Lab,
) -> None:
    [made] = lab.one(method_of(item), evidence, given).indicators
    assert made.outcome.value == outcome
    assert (made.reason and (made.reason.zh, made.reason.en)) == (zh and (zh, en))


def test_a_measure_that_the_engine_refuses_is_the_reason_of_all_that_need_it(lab: Lab) -> None:
    asks = indicator("B", "sold", 20, TEN, requires={"measure": "visitors", "min": 3})
    items = [indicator("A", "visitors", 60, TEN), asks, indicator("C", "per_visitor", 20, TEN)]
    made = lab.one(method_of(*items), Evidence({**sales(5), **visits(5)}), engine=Refusing())
    assert [each.outcome.value for each in made.indicators] == ["error"] * 3
    [reason] = {each.reason for each in made.indicators}
    assert reason is not None and "ColumnNotFoundError" in reason.en and "Visitors" in reason.en


def test_a_table_with_errors_stops_only_what_needs_it(lab: Lab) -> None:
    items = [indicator("A", "sold", 50, TEN), indicator("B", "happy", 50, TEN)]
    made = lab.one(method_of(*items), Evidence(sales(5), bad=("polls",)))
    assert [each.outcome.value for each in made.indicators] == ["scored", "error"]
    assert made.indicators[0].points == 25
