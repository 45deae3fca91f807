"""What experts score: points, levels and ranges, with and without a measure; figures by hand."""

from dataclasses import replace
from typing import Any

import pytest

from pilot_eval.errors import Place
from pilot_eval.measures.engines import Engine, installed
from pilot_eval.model import Standing
from pilot_eval.scoring.case import Review
from tests.support.scoring.cases import SOLD, outcomes, sales
from tests.support.scoring.lab import Evidence, Lab, adjustment, indicator, method_of, review

FULFILMENT = {
    "levels": {
        "of": [
            {"id": "达成", "floor": 0.8, "ceiling": 1, "zh": "完成年度指标"},
            {"id": "部分达成", "floor": 0.6, "ceiling": 0.8},
            {"id": "未达成", "floor": 0, "ceiling": 0.6},
        ]
    }
}
GRADES = {"levels": {"of": [{"id": "A", "share": 1}, {"id": "B", "share": "2/3"}, {"id": "C", "share": 0}]}}
BY_MEASURE = {
    "levels": {
        "of": [
            {"id": "达成", "from": 10, "floor": 0.8, "ceiling": 1},
            {"id": "部分达成", "from": 6, "floor": 0.6, "ceiling": 0.8},
            {"id": "未达成", "from": 1, "share": 0.25},
        ]
    }
}


def rated(rule: dict[str, Any], points: float = 40, **more: Any) -> Any:
    return indicator("E", None, points, rule, **more)


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    ("rule", "score", "level", "points", "bounds"),
    [
        ({"expert": {}}, None, None, None, (0, 40)),
        ({"expert": {}}, 0, None, 0, (0, 0)),
        ({"expert": {}}, 31.5, None, 31.5, (31.5, 31.5)),
        ({"rubric": {"levels": 4}}, 3, None, 30, (30, 30)),
        ({"deduction": {"target": 0, "each": 0.05, "beyond": True}}, 3, None, 34, (34, 34)),  # 3 faults, 5% off each
        ({"boolean": {}}, 1, None, 40, (40, 40)),
        (FULFILMENT, None, None, None, (0, 40)),
        (FULFILMENT, None, "部分达成", None, (24, 32)),
        (FULFILMENT, 25, "部分达成", 25, (25, 25)),
        (GRADES, None, "B", 26.67, (26.67, 26.67)),
    ],
)
def test_an_indicator_without_a_measure_is_what_the_experts_give(
    rule: dict[str, Any],
    score: float | None,
    level: str | None,
    points: float | None,
    bounds: tuple[float, float],
    engine: Engine,
    lab: Lab,
) -> None:
    given = review({} if score is None else {"E": score})
    given = replace(given, levels={} if level is None else {"E": level})
    made = lab.one(method_of(SOLD, rated(rule)), Evidence(sales(10)), given, engine=engine)
    result = made.indicators[1]
    assert (result.points, (result.low, result.high)) == (points, bounds)
    assert outcomes(made)["E"] == ("missing" if points is None else "scored")
    assert (result.measure, result.value, result.expert_score, result.expert_level) == ("", None, score, level)
    assert made.total is not None and (made.total.low, made.total.high) == (60 + bounds[0], 60 + bounds[1])
    if points is None:
        chosen = "experts chose “部分达成”, and gave no points within it yet" if level else "no expert score was given"
        assert result.reason is not None and result.reason.en == chosen


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    ("amount", "score", "points", "bounds"),
    [
        (12, 36, 36, (36, 36)),  # 12 reaches 达成: 32 to 40 of 40 points
        (12, None, None, (32, 40)),
        (8, 28, 28, (28, 28)),
        (6, 24, 24, (24, 24)),
        (3, None, 10, (10, 10)),  # a level with one share needs no expert
        (0.5, None, 0, (0, 0)),
        ((8, 5, 11), 28, 28, (10, 40)),  # 未达成 is 10 points; in 达成, 28 would not be possible
        ((8, 7, 11), 32, 32, (32, 32)),  # 32 is possible in either
        ((8, 7, 11), None, None, (24, 40)),
    ],
)
def test_a_measure_may_choose_the_level_and_experts_the_points_within_it(
    amount: Any, score: float | None, points: float | None, bounds: tuple[float, float], engine: Engine, lab: Lab
) -> None:
    method = method_of(indicator("E", "sold", 40, BY_MEASURE), points=40)
    given = review({} if score is None else {"E": score})
    made = lab.one(method, Evidence(sales(amount)), given, engine=engine)
    result = made.indicators[0]
    assert (result.points, (result.low, result.high)) == (points, bounds)


def test_points_outside_the_level_of_the_measure_are_an_error_where_they_are_written(lab: Lab) -> None:
    method = method_of(indicator("E", "sold", 40, BY_MEASURE), points=40)
    given = replace(review({"E": 33}), places={"E": Place(file="reviews/one.yaml", line=4)})
    made = lab.one(method, Evidence(sales(8)), given)
    [found] = made.findings
    assert (found.code, found.place.line, made.standing, made.grade) == ("review-wrong", 4, Standing.ERROR, None)
    assert "33" in found.message.en and found.hint.en == "it should be 24 to 32 (the measure, 8, means “部分达成”)"
    assert (made.indicators[0].points, made.indicators[0].low, made.indicators[0].high) == (None, 24, 32)


def test_a_bonus_and_a_deduction_may_be_the_experts_too(lab: Lab) -> None:
    bonus = adjustment("P", None, 5, 2)
    method = method_of(SOLD, indicator("B", "visitors", 40, {"boolean": {}}), bonuses=[bonus], bonus_cap=5)
    made = lab.one(method, Evidence(sales(5)), Review(scores={"P": 2}))
    assert made.bonuses[0].points == 4 and made.total is not None and made.total.points == 34
    assert lab.one(method, Evidence(sales(5))).bonuses[0].points == 0


def test_too_few_answers_are_no_basis_for_experts_either(lab: Lab) -> None:
    asked = rated(FULFILMENT, requires={"measure": "answers", "min": 30})
    given = Review(scores={"E": 30}, levels={"E": "部分达成"})
    made = lab.one(method_of(SOLD, asked), Evidence({**sales(10), "polls": [{"answers": 9, "happy": 9}]}), given)
    result = made.indicators[1]
    assert (result.points, result.low, result.high) == (None, 0, 40)
    assert result.reason is not None and result.reason.en == "Answers: 9, below 30"
