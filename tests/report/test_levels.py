"""A round whose method has levels within levels: assessed, shown, explained with the numbers put in, replayed."""

import math
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.model import EvaluationRecord
from pilot_eval.report import render
from pilot_eval.report.explanation import explanation, explanation_lines
from pilot_eval.report.node_explanation import NodeExplanation
from pilot_eval.text import Lang
from tests.support.methods import edit


@pytest.fixture
def levels(example: Path) -> Path:
    """The example, with a geometric mean, a cap, and a dimension within another."""
    method = example / "method" / "method.yaml"
    edit(method, "en: Foundations, points: 10}", "en: Foundations, points: 10, aggregate: geometric}")
    edit(method, "en: Sound management, points: 20}", "en: Sound management, points: 20, cap: 15}")
    edit(
        method,
        "en: Satisfaction and sustainability, points: 10}",
        "en: Satisfaction and sustainability, points: 10}\n"
        "  - {id: D51, within: D5, zh: 满意, points: 6, aggregate: harmonic, least_data: 0.9}",
    )
    edit(method, "    dimension: D5\n", "    dimension: D51\n")
    return example


def lines(record: EvaluationRecord, pilot: str, item: str, lang: Lang = "en") -> list[str]:
    return list(explanation_lines(explanation(record, pilot, item), lang))


def test_levels_from_the_files_to_the_pages(levels: Path) -> None:
    space = api.open_round(levels)
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    park = next(each for each in record.assessments if each.pilot.id == "park-2")
    scores = {each.id: each.score for each in park.dimensions}
    points = {each.id: each for each in park.indicators}
    one, other = points["C1"], points["P1"]
    assert one.points is not None and other.points is not None
    expected = 10 * math.exp((6 * math.log(one.points / 6) + 4 * math.log(other.points / 4)) / 10)
    assert scores["D1"].points == pytest.approx(expected, abs=0.005)
    assert scores["D2"].points == 15 and scores["D51"].points == points["C7"].points
    assert scores["D5"].points == pytest.approx(scores["D51"].points + (points["P7"].points or 0))

    said = "\n".join(lines(record, "park-2", "D1"))
    assert f"= 10 × ({one.points / 6:.6g}^6 × {other.points / 4:.6g}^4)^(1 ÷ 10)" in said
    assert "weighted geometric mean of the shares below" in said
    assert "= min(15, " in "\n".join(lines(record, "park-2", "d2"))
    whole = lines(record, "park-2", "total")
    assert sum("” (D" in each for each in whole) == 5 and any("grade: " in each for each in whole)
    assert any("触发后：" in each for each in lines(record, "park-2", "E1", "zh"))
    made = explanation(record, "park-2", "D5")
    assert isinstance(made, NodeExplanation) and [each.id for each in made.parts] == ["D51", "P7"]

    pages = render(record, "zh")
    assert '<th scope="row" class="deep-1">' in pages["park-2.html"]
    assert "以下得分率的加权几何平均" in pages["park-2.html"] and "最多 15 分" in pages["index.html"]
    assert 'class="deep-1">满意 <span class="soft">' in pages["index.html"]
    assert api.replay(space) == []
