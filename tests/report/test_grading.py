"""A round whose method is a score sheet as they are published: assessed, shown, explained, replayed."""

from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.exports.scores_csv import scores_csv
from pilot_eval.model import EvaluationRecord, Standing
from pilot_eval.report import render
from pilot_eval.report.explanation import explanation, explanation_lines
from pilot_eval.text import Lang
from tests.method.test_grades import BOUNDS
from tests.support.methods import edit

GRADES = """\
  - {id: excellent, zh: 优, en: Excellent, top: 20%, of: all, ties: out, round: half_up, min: 80}
  - {id: good, zh: 良, en: Good, min: 75}
  - {id: fair, zh: 中, en: Fair, min: 60}
  - {id: poor, zh: 差, en: Poor, min: 0}
"""
PENALTY = "when: {measure: penalties_received, above: 0}\n    effect: {cap: good}"
SHEET = """\
when: {all: [{measure: penalties_received, above: 0}, {not: {statement: serious_violation, is: true}}]}
    effect: {down: 1, zero: D5, no_bonus: true}"""
OWN = """\
bonuses:
  - {id: K1, zh: 新增入驻, en: New tenants, measure: tenants_joined, unit: 家, cap_share: 0.02,
     only_if: {points_of: total, at_least: 60}, rule: {count: {each: 1}}, basis: {kind: illustrative}}
indicators:
"""


@pytest.fixture
def sheet(example: Path) -> Path:
    method = example / "method"
    edit(method / "method.yaml", BOUNDS, GRADES)
    edit(method / "method.yaml", PENALTY, SHEET)
    edit(method / "method.yaml", "coverage_below: 50", "coverage_below: 95")
    edit(method / "method.yaml", "decimals: 2\n", "decimals: 2\nnot_rated: {zh: 不予评级, en: Not rated}\n")
    edit(method / "park.yaml", "indicators:\n", OWN)
    return example


def lines(record: EvaluationRecord, pilot: str, item: str, lang: Lang = "en") -> list[str]:
    return [line.strip() for line in explanation_lines(explanation(record, pilot, item), lang)]


def test_a_score_sheet_from_the_files_to_the_pages(sheet: Path) -> None:
    space = api.open_round(sheet)
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    assert api.replay(space) == []
    made = {each.pilot.id: each for each in record.assessments}
    fined = made["park-2"]
    graded = [each for each in record.assessments if each.standing is Standing.GRADED]
    best = [each for each in graded if each.grade == "excellent"]
    assert best and all(each.total and each.total.points >= 80 for each in best)
    assert len(best) <= fined.grade_ranks[0].seats == int(len(graded) * 0.2 + 0.5)

    assert [each.score.points for each in fined.dimensions if each.id == "D5"] == [0]
    assert [(each.id, each.points) for each in fined.bonuses] == [("B1", 0), ("K1", 0)]
    assert [each.id for each in made["online-1"].bonuses] == ["B1"]
    assert "0: the gate “Administrative penalty in the period, grade no higher than good” (V2) is triggered" in lines(
        record, "park-2", "D5"
    )
    assert lines(record, "park-2", "V2")[1:4] == [
        "triggered: Administrative penalties: 1; “Serious violation of law in the period” declared: no",
        "condition: Administrative penalties above 0 and (not “Serious violation of law in the period” declared: yes)",
        "if triggered: the grade falls by 1; “Satisfaction and sustainability” has 0 points; no bonus counts",
    ]
    assert "Counts only if: the points of “all indicators” at least 60" in lines(record, "park-2", "K1")
    assert any(each.startswith("reason: does not count (the gate “Adm") for each in lines(record, "park-2", "B1"))
    ranks = [each for each in lines(record, "park-2", "total", "zh") if "名额" in each]
    assert len(ranks) == 1 and ranks[0].startswith(f"“优”：{len(graded)} 个试点中第 ")

    pages = {lang: render(record, lang) for lang in ("zh", "en")}
    assert "全部前 20%（名额四舍五入，末位同分的都不算）" in pages["zh"]["index.html"]
    assert "the best 20% of all (places rounded half up, ties at the edge are out)" in pages["en"]["index.html"]
    assert ranks[0] in pages["zh"]["park-2.html"] and "计入的条件：" in pages["zh"]["park-2.html"]
    withheld = next(each for each in record.assessments if each.standing is Standing.WITHHELD)
    assert "不予评级" in pages["zh"][f"{withheld.pilot.id}.html"] and "Not rated" in pages["en"]["index.html"]
    assert "Not rated" in scores_csv(record, "en").decode("utf-8-sig")
    assert 'class="grades"' not in pages["zh"]["park-2.html"]  # no scale of totals tells these grades
