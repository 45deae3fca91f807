"""What the record explains: points walked back to their cells."""

from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.errors import UsageError
from pilot_eval.model import Assessment, EvaluationRecord, Standing
from pilot_eval.report import render
from pilot_eval.report.explanation import AdjustmentExplanation, Explanation, explanation, explanation_lines
from pilot_eval.round import Round
from pilot_eval.text import Lang, Words
from tests.conftest import Run
from tests.support.records import record_of


@pytest.fixture(scope="module")
def whole(assessed: Path) -> EvaluationRecord:
    return api.last_record(Round.open(assessed))


def test_points_are_walked_back_to_their_cells(whole: EvaluationRecord) -> None:
    made = explanation(whole, "community-2", "s1X")
    assert isinstance(made, Explanation)
    assert (made.indicator.id, [each.id for each in made.measures]) == (
        "S1x",
        ["area_per_100_households", "facility_area", "households"],
    )
    assert all(each.evidence for each in made.measures[1:])
    said = {lang: list(explanation_lines(made, lang)) for lang in ("zh", "en")}
    assert len(said["zh"]) == len(said["en"])
    assert "S1x" in said["zh"][0] and "得分" in said["zh"][1] and "points" in said["en"][1]
    for rows in made.measures[1].evidence:
        assert any(rows.file in line and rows.cells in line for line in said["en"])
        assert any(rows.sha256 in line for line in said["en"])


def test_a_ratio_of_two_columns_cites_both(whole: EvaluationRecord) -> None:
    [measure] = explanation(whole, "association-2", "A5").measures
    [rows] = measure.evidence
    assert set(rows.columns) == {"members", "sector_total"}
    assert all(letter in rows.cells for letter in rows.columns.values())


def test_an_own_target_is_explained(whole: EvaluationRecord) -> None:
    said = "\n".join(explanation_lines(explanation(whole, "park-2", "P6"), "en"))
    assert "this pilot's baseline 200, target 450" in said


@pytest.mark.parametrize(
    ("pilot", "indicator", "says"),
    [
        ("park-22", "P1", "did you mean “park-2”?"),
        ("park-2", "P9", "no indicator, bonus, deduction, dimension or gate named “P9”"),
        ("park-2", "B11", "did you mean “B1”?"),
        ("park-2", "S1x", "S1x"),
    ],
)
def test_names_that_are_not_there_are_told(pilot: str, indicator: str, says: str, whole: EvaluationRecord) -> None:
    with pytest.raises(UsageError) as raised:
        explanation(whole, pilot, indicator)
    assert says in str(raised.value)


def changed(record: EvaluationRecord, pilot: str, **update: object) -> EvaluationRecord:
    def each(one: Assessment) -> Assessment:
        return one.model_copy(update=update) if one.pilot.id == pilot else one

    return record.model_copy(update={"assessments": tuple(map(each, record.assessments))})


def said(record: EvaluationRecord, pilot: str, item: str, lang: Lang) -> list[str]:
    return [line.strip() for line in explanation_lines(explanation(record, pilot, item), lang)]


PENALTY = {
    "zh": [
        "X1 行政处罚 — 园区试点（二）（park-2）", "扣分 -2（可能范围 -2 至 -2）", "规则：每 1 得 2 分，最高 10 分",
        "扣分合计最多 10 分", "依据：示例（S22、S26）", "行政处罚次数  penalties_received = 1 次",
    ],
    "en": [
        "X1 Administrative penalties — Park pilot 2 (park-2)", "Deduction -2 (possible range -2 to -2)",
        "rule: 2 points each, up to 10", "all deductions together: at most 10 points",
        "basis: illustrative (S22, S26)", "Administrative penalties  penalties_received = 1 times",
    ],
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_deduction_is_walked_back_to_its_cells(lang: Lang, assessed: Path, run: Run) -> None:
    done = run("explain", assessed, "park-2", "x1", lang=lang)
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert (done.returncode, lines[: len(PENALTY[lang])]) == (0, PENALTY[lang])
    assert [line for line in lines if line.startswith("submissions/park-2/") and ": " in line]
    assert [line for line in lines if line.startswith("SHA-256 ")]


def test_a_bonus_is_explained_as_data_too(whole: EvaluationRecord) -> None:
    made = explanation(whole, "park-2", "B1")
    assert isinstance(made, AdjustmentExplanation)
    assert (made.kind, made.result.points, made.cap) == ("bonus", 2, 5)
    assert [each.id for each in made.measures] == ["honours_provincial"] and made.measures[0].evidence
    assert said(whole, "park-2", "B1", "en")[1:4] == [
        "Bonus +2 (possible range +2 to +2)",
        "rule: 2 points each, up to 5",
        "all bonuses together: at most 5 points",
    ]


def test_a_deduction_that_could_not_be_computed_says_why(whole: EvaluationRecord) -> None:
    [park] = [each for each in whole.assessments if each.pilot.id == "park-2"]
    reason = Words(zh="没有提交证据表“行政处罚”", en="the table “Penalties” was not submitted")
    open_ = park.deductions[0].model_copy(update={"points": 0.0, "low": -10.0, "high": 0.0, "reason": reason})
    record = changed(whole, "park-2", deductions=(open_,))
    assert said(record, "park-2", "X1", "zh")[1:3] == ["扣分 0（可能范围 -10 至 0）", "原因：没有提交证据表“行政处罚”"]
    assert said(record, "park-2", "X1", "en")[1:3] == [
        "Deduction 0 (possible range -10 to 0)",
        "reason: the table “Penalties” was not submitted",
    ]
    older = changed(whole, "park-2", deductions=(open_.model_copy(update={"rule": None, "reason": None}),))
    assert said(older, "park-2", "X1", "en")[2] == "all deductions together: at most 10 points"


def test_a_pilot_that_was_not_assessed_has_no_adjustments(whole: EvaluationRecord) -> None:
    reason = Words(zh="没有提交材料", en="nothing was submitted")
    nothing = {"standing": Standing.NOT_SUBMITTED, "grade_reason": reason, "bonuses": (), "deductions": ()}
    record = changed(whole, "park-2", **nothing)
    for item in ("B1", "x1"):
        with pytest.raises(UsageError) as raised:
            explanation(record, "park-2", item)
        assert "computed for park-2: nothing was submitted" in str(raised.value)
    with pytest.raises(UsageError, match="no indicator, bonus, deduction, dimension or gate named “P9”"):
        explanation(record, "park-2", "P9")


def test_a_rule_that_a_level_gives_says_where_it_comes_from(example: Path, run: Run) -> None:
    park, method = example / "method" / "park.yaml", example / "method" / "method.yaml"
    before, at, after = park.read_text("utf-8").partition("  - id: P3\n")
    assert "    rule: {count: {each: 1}}\n" in after
    park.write_text(before + at + after.replace("    rule: {count: {each: 1}}\n", "", 1), "utf-8")
    text, node = method.read_text("utf-8"), "en: Service outputs, points: 35}"
    assert node in text
    method.write_text(text.replace(node, node[:-1] + ", normalise: {rank: {each: 0.1, least: 2}}}"), "utf-8")
    assert run("assess", example).returncode == 0
    lines = run("explain", example, "park-2", "P3").stdout.splitlines()
    [rule] = [line.strip() for line in lines if line.startswith("  rule: ")]
    assert rule == (
        "rule: among the pilots of its base type (at least 2, the highest is best): full for the first place, 10% less"
        " for each after it (given by “Service outputs” (D3) to what is below it)"
    )
    assert "由“服务产出”（D3）统一规定" in render(record_of(example), "zh")["park-2.html"]
