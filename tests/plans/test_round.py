"""The whole form of a project, 10 + 50 + 30 + 10 points, worked out by hand; mistakes in it, each with its cell."""

from pathlib import Path

import openpyxl
import pytest

from pilot_eval import api
from pilot_eval.errors import Finding, Severity
from pilot_eval.exports.scores_csv import scores_csv
from pilot_eval.measures.engines import Engine, installed
from pilot_eval.model import Assessment, EvaluationRecord, Outcome
from pilot_eval.report.explanation import explanation, explanation_lines
from tests.support.plans import HEADER, METHOD, PLAN, RESULTS, Row, write, write_plan, write_round, write_submission


def assessed(folder: Path, engine: Engine | None = None) -> EvaluationRecord:
    return api.assess(api.open_round(folder), engine)


def only(record: EvaluationRecord) -> Assessment:
    return record.assessments[0]


def checked(folder: Path) -> list[Finding]:
    """Everything but notes that `check` says of a round."""
    space = api.open_round(folder)
    gathered = api.check(space)
    found = [each for pilot in gathered.values() for each in pilot.intake.findings]
    return [each for each in (*found, *api.check_reviews(space, gathered)) if each.severity is not Severity.NOTE]


def told(folder: Path) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in checked(folder)]


BY_HAND = {
    "执行率": (9.5, 9.5, 9.5),  # 10 × 950,000 ÷ 1,000,000
    "培训场次": (11.25, 11.25, 11.25),  # 15 × 9 ÷ 12
    "服务企业": (14.25, 14.25, 14.25),  # 15 × 76 ÷ 80
    "验收合格率": (9.7, 9.7, 9.7),  # 10 × 97 ÷ 100
    "办结时限": (4.17, 3.79, 4.63),  # 5 × 5 ÷ 6, from 5 ÷ 6.6 to 5 ÷ 5.4
    "单位成本": (5, 5, 5),  # 1.6 of at most 2
    "就业增长": (10, 10, 10),  # 12.5 of 10: no more than all
    "长效机制": (17, 17, 17),  # by experts
    "企业满意度": (0, 0, 0),  # 88.4 (shown as 88) of 90: all or nothing
}


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_the_form_of_a_project_by_hand(tmp_path: Path, engine: Engine) -> None:
    made = only(assessed(write_round(tmp_path), engine))
    assert {each.id: (each.points, each.low, each.high) for each in made.indicators} == BY_HAND
    assert {each.id: each.score.points for each in made.dimensions} == {
        "预算执行": 9.5, "产出": 44.37, "效益": 27, "满意度": 0
    }  # fmt: skip
    assert made.total is not None
    assert (made.total.points, made.total.low, made.total.high) == (80.87, 80.49, 81.33)
    assert (made.grade, made.coverage, made.standing.value) == ("b", 100, "graded")


def test_both_engines_give_the_same_record(tmp_path: Path) -> None:
    folder = write_round(tmp_path)
    first, *others = [assessed(folder, engine) for engine in installed()]
    assert all(each == first for each in others)


def test_a_line_is_explained_with_its_numbers_and_its_cell(tmp_path: Path) -> None:
    record = assessed(write_round(tmp_path))

    def said(item: str) -> str:
        return "\n".join(explanation_lines(explanation(record, "park-1", item), "zh"))

    assert "9 ÷ 12" in said("培训场次")
    assert "活动]: C2:C10" in said("培训场次")
    assert "绩效目标完成情况]: C4" in said("办结时限")
    assert "5 ÷ 6" in said("办结时限")
    assert "88.4 未达到 ≥90%" in said("企业满意度")
    assert "1.6 已达到 ≤2 万元" in said("单位成本")
    assert "44.37 = 11.25 + 14.25 + 9.7 + 4.17 + 5" in said("产出")
    assert "88.74%" in said("V1")
    english = "\n".join(explanation_lines(explanation(record, "park-1", "办结时限"), "en"))
    assert "reached: 5 ÷ 6" in english


def test_the_record_keeps_plans_and_lines(tmp_path: Path) -> None:
    record = assessed(write_round(tmp_path))
    assert "plans/park-1.xlsx" in [each.path for each in record.inputs]
    info = record.indicator(only(record), "单位成本")
    assert (info.dimension, info.unit, info.direction, info.points) == ("产出", "万元", "down", 5)
    assert {each.id: each.own for each in record.method.dimensions} == {
        "预算执行": None, "产出": "pro_rata", "效益": "pro_rata", "满意度": "all_or_nothing"
    }  # fmt: skip
    result = next(each for each in only(record).indicators if each.id == "单位成本")
    assert (result.value, result.target, result.baseline) == (1.6, 2, None)


def test_the_scores_as_csv_have_the_dimensions_of_own_indicators(tmp_path: Path) -> None:
    head, row = scores_csv(assessed(write_round(tmp_path)), "zh").decode("utf-8-sig").splitlines()
    assert head.split(",")[-4:] == ["执行率", "产出", "效益", "满意度"]
    assert row.split(",")[-4:] == ["9.5", "44.37", "27.0", "0.0"]


def test_a_plan_that_changes_is_told_like_a_method(tmp_path: Path) -> None:
    folder = write_round(tmp_path)
    space = api.open_round(folder)
    api.publish(space.round, api.assess(space), space.registry)
    assert api.verify(space.round) == []
    assert api.replay(api.open_round(folder)) == []
    write_plan(folder / "plans/park-1.xlsx", [*PLAN[:-1], ("满意度指标", None, "企业满意度", "≥88%", 10, None)])
    assert [(each.code, each.place.file) for each in api.verify(space.round)] == [("hash-differs", "plans/park-1.xlsx")]
    said = [each.message.zh for each in api.replay(api.open_round(folder))]
    assert any("企业满意度" in each for each in said)
    (folder / "plans/park-1.xlsx").unlink()
    assert [each.code for each in api.verify(space.round)] == ["hash-missing"]
    write(folder / "plans/other.yaml", "pilot: other\n")
    assert [each.code for each in api.verify(space.round)] == ["hash-missing", "hash-new"]


def test_the_page_lists_the_lines(tmp_path: Path) -> None:
    folder = write_round(tmp_path)
    space = api.open_round(folder)
    api.publish(space.round, api.assess(space), space.registry)
    for lang, formula in (("zh", "9 ÷ 12"), ("en", "9 ÷ 12")):
        page = (folder / "results" / lang / "park-1.html").read_text("utf-8")
        assert formula in page
        assert all(name in page for name in BY_HAND)


def test_the_form_is_filled_with_the_lines_that_ask_for_a_figure(tmp_path: Path) -> None:
    folder = write_round(tmp_path, results=None)
    space = api.open_round(folder)
    (tmp_path / "form.xlsx").write_bytes(api.blank_form(space, "park-1", "zh"))
    sheet = openpyxl.load_workbook(tmp_path / "form.xlsx")["绩效目标完成情况"]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[:2] for row in rows[1:8]] == [row[:2] for row in RESULTS]
    review = api.review_form(space, "park-1", "zh").decode()
    assert "# 长效机制: {level: , score: , zh: }" in review
    assert "部分达成  60%–80%" in review


def test_what_is_lacking_is_told_with_its_points(tmp_path: Path) -> None:
    folder = write_round(tmp_path, results=[RESULTS[0], ("验收合格率", None, None), *RESULTS[2:]], review=None)
    found = checked(folder)
    assert [(each.code, str(each.place)) for each in found] == [("plan-result-missing", "submissions/park-1")]
    assert "“验收合格率”，共 10 分" in found[0].message.zh
    made = {each.id: each for each in only(assessed(folder)).indicators}
    assert (made["验收合格率"].outcome, made["验收合格率"].points, made["验收合格率"].high) == (
        Outcome.MISSING,
        None,
        10,
    )
    assert made["验收合格率"].reason is not None
    assert (made["长效机制"].outcome, made["长效机制"].low, made["长效机制"].high) == (Outcome.MISSING, 0, 20)


def test_a_line_may_not_apply(tmp_path: Path) -> None:
    review = "pilot: park-1\nreviewed_by: 评审组\nnot_applicable:\n  长效机制: {zh: 一次性项目}\n"
    made = only(assessed(write_round(tmp_path, review=review)))
    benefits = next(each for each in made.dimensions if each.id == "效益")
    assert (benefits.score.points, benefits.score.out_of) == (10, 10)
    assert made.total is not None
    assert made.total.points == round(63.87 / 80 * 100, 2)


def test_a_level_alone_leaves_its_range_open(tmp_path: Path) -> None:
    review = "pilot: park-1\nreviewed_by: 评审组\nscores:\n  长效机制: {level: 部分达成, zh: 还在试行}\n"
    line = next(
        each for each in only(assessed(write_round(tmp_path, review=review))).indicators if each.id == "长效机制"
    )
    assert (line.outcome, line.low, line.high, line.expert_level) == (Outcome.MISSING, 12, 16, "部分达成")


@pytest.mark.parametrize(
    ("score", "code"),
    [("{level: 达成, score: 15, zh: 高}", "review-wrong"), ("{level: 完成, zh: 高}", "review-unknown")],
)
def test_experts_keep_to_the_levels(tmp_path: Path, score: str, code: str) -> None:
    review = f"pilot: park-1\nreviewed_by: 评审组\nscores:\n  长效机制: {score}\n"
    assert code in [each for each, _ in told(write_round(tmp_path, review=review))]


def test_experts_do_not_score_what_is_computed(tmp_path: Path) -> None:
    review = "pilot: park-1\nreviewed_by: 评审组\nscores:\n  服务企业: {score: 3, zh: 高}\n  长效: {score: 3, zh: 高}\n"
    assert told(write_round(tmp_path, review=review)) == [
        ("review-not-rated", "reviews/park-1.yaml:4:scores.服务企业"),
        ("review-unknown", "reviews/park-1.yaml:5:scores.长效"),
    ]


RESULT_SHEET = "submissions/park-1/填报.xlsx[绩效目标完成情况]"


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("服务企业家数", None, "76家"), "plan-result-unknown", "A2"),
        (("服务企业", None, "76%"), "plan-result-unreadable", "C2"),
        (("服务企业", None, "多家"), "plan-result-unreadable", "C2"),
        (("服务企业", "70 家", "76家"), "plan-result-target", "B2"),
        (("服务企业", "很多", "76家"), "plan-result-target", "B2"),
        (("就业增长", "≥10%", "0.97"), None, ""),
        (("企业满意度", "≥90%", "0.92"), "plan-result-share", "C2"),
        (("培训场次", None, "12场"), "plan-result-measured", "C2"),
        (("服务企业", "≥80家", "76家"), None, ""),
    ],
)
def test_mistakes_in_what_was_reached(tmp_path: Path, row: Row, code: str | None, cell: str) -> None:
    rest = [each for each in RESULTS if each[0] != row[0]]
    found = told(write_round(tmp_path, results=[row, *rest]))
    expected = [] if code is None else [(code, f"{RESULT_SHEET}:{cell}")]
    assert [each for each in found if each[0] != "row-duplicate"] == expected


def test_an_error_in_the_table_of_results_leaves_its_lines_open(tmp_path: Path) -> None:
    record = assessed(write_round(tmp_path, results=[("服务企业", None, "76%"), *RESULTS[1:]]))
    made = {each.id: each.outcome for each in only(record).indicators}
    assert made["就业增长"] is Outcome.ERROR
    assert made["培训场次"] is Outcome.SCORED
    assert only(record).standing.value == "error"


PLAN_SHEET = "plans/park-1.xlsx[绩效目标表]"


def with_row(at: int, **changes: object) -> list[Row]:
    names = ("area", "part", "line", "target", "points", "measure")
    rows = [dict(zip(names, row, strict=True)) for row in PLAN]
    rows[at] |= changes
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize(
    ("plan", "code", "cell"),
    [
        (with_row(0, points=14), "plan-points", "E3"),
        (with_row(7, area="满意"), "plan-unknown", "B10"),
        (with_row(1, target="不少于八十家"), "plan-wrong", "D4"),
        (with_row(1, target="0 家"), "plan-wrong", "D4"),
        (with_row(1, line="培训场次"), "plan-line-twice", "C4"),
        (with_row(1, line="产出"), "plan-name-taken", "C4"),
        (with_row(1, points=None), "plan-missing", "E4"),
        (with_row(1, points=-5), "plan-wrong", "E4"),
        (with_row(0, measure="trainings"), "plan-unknown", "F3"),
        (with_row(0, target="≥12 天"), "plan-wrong", "D3"),
        (with_row(6, measure="trainings_held"), "plan-wrong", "F9"),
    ],
)
def test_mistakes_in_a_plan(tmp_path: Path, plan: list[Row], code: str, cell: str) -> None:
    folder = write_round(tmp_path, plan=plan)
    assert told(folder) == [(code, f"{PLAN_SHEET}:{cell}")]
    made = only(assessed(folder))
    assert made.standing.value == "error"
    assert "绩效目标表" in (made.grade_reason.zh if made.grade_reason else "")
    assert {each.id: each.outcome for each in made.dimensions}["产出"] is Outcome.MISSING


def test_every_pilot_needs_a_plan(tmp_path: Path) -> None:
    folder = write_round(tmp_path, plan=None)
    assert told(folder) == [("plan-none", "plans/park-1.xlsx")]
    made = only(assessed(folder))
    assert made.total is not None
    assert (made.standing.value, made.total.points, made.total.high) == ("error", 9.5, 99.5)


def test_a_file_of_another_name_is_told(tmp_path: Path) -> None:
    folder = write_round(tmp_path)
    write_plan(folder / "plans/park-2.xlsx", PLAN)
    write(folder / "plans/说明.txt", "x")
    write(folder / "plans/park-1.yml", "pilot: park-2\nlines:\n  - {name: 甲, target: 1, points: 1}\n")
    assert told(folder) == [
        ("plan-misnamed", "plans/park-1.yml:1:pilot"),
        ("plan-twice", "plans/park-1.yml"),
        ("plan-unknown", "plans/park-2.xlsx"),
        ("plan-unused", "plans/说明.txt"),
    ]


def test_without_own_dimensions_plans_are_not_used(tmp_path: Path) -> None:
    method = METHOD.replace(", own: {rule: pro_rata}", "").replace(", own: {rule: all_or_nothing}", "")
    folder = write_round(tmp_path, method=method.split("dimensions:")[0] + _FLAT, review=None)
    assert ("plan-unused", "plans/park-1.xlsx") in told(folder)
    assert "submission-unused" not in {code for code, _ in told(folder)}


_FLAT = (
    "points: 10\ngrades: [{id: d, zh: 差, min: 0}]\nindicators:\n  - {id: 执行率, zh: 执行率,"
    " measure: budget_execution, unit: '%', direction: up, points: 10, evidence: [finance],"
    " rule: {linear: {from: 0, to: 100}}, basis: {kind: illustrative}}\n"
)


def test_a_plan_in_yaml_with_weights_and_baselines(tmp_path: Path) -> None:
    folder = write_round(tmp_path, plan=None)
    lines = "\n".join(
        [
            "pilot: park-1", "lines:",
            "  - {dimension: 产出, name: 服务企业, target: ≥80 家, baseline: 60 家, weight: 3}",
            "  - {dimension: 产出, name: 单位成本, target: ≤2 万元, baseline: 3, weight: 2}",
            "  - {dimension: 效益, name: 长效机制, target: 2018 年底建成, in_words: true, points: 30}",
            "  - {dimension: 满意度指标, name: 企业满意度, target: 88.4%, points: 10}",
        ]
    )  # fmt: skip
    write(folder / "plans/park-1.yaml", lines)
    write_submission(
        folder / "submissions/park-1/填报.xlsx", [RESULTS[0], ("单位成本", None, "2.5"), (*RESULTS[6][:1], None, 88.4)]
    )
    write(
        folder / "reviews/park-1.yaml",
        "pilot: park-1\nreviewed_by: 评审组\nscores:\n  长效机制: {level: 达成, score: 24, zh: 是}\n",
    )
    record = assessed(folder)
    assert {each.id: each.points for each in only(record).indicators} == {
        "执行率": 9.5, "服务企业": 24, "单位成本": 10, "长效机制": 24, "企业满意度": 10
    }  # fmt: skip  # 30 × (76 − 60) ÷ (80 − 60), 20 × (2.5 − 3) ÷ (2 − 3)
    assert "(76 − 60) ÷ (80 − 60)" in "\n".join(explanation_lines(explanation(record, "park-1", "服务企业"), "zh"))


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ("{name: 甲, target: 12, points: 50}", "plan-missing", ""),
        ("{dimension: 产出, name: 甲, target: ≥12, baseline: 12, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: ≥12, baseline: 约3, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: ≥12, baseline: 无, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: =12, baseline: 3, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: 12, points: 50, weight: 1}", "plan-missing", ".points"),
        ("{dimension: 产出, name: '', target: 12, points: 50}", "plan-wrong", ".name"),
        ("{dimension: 产出, name: 甲, target: 12, points: 50, unit: 场}", "yaml-unknown-key", ".unit"),
    ],
)
def test_mistakes_in_a_plan_in_yaml(tmp_path: Path, line: str, code: str, key: str) -> None:
    folder = write_round(tmp_path, plan=None, results=None, review=None)
    write(folder / "plans/park-1.yaml", f"pilot: park-1\nlines:\n  - {line}\n")
    assert told(folder)[0] == (code, f"plans/park-1.yaml:3:lines.0{key}")


def test_a_plan_as_csv(tmp_path: Path) -> None:
    folder = write_round(tmp_path, plan=None)
    rows = [HEADER, *(row if row[0] else ("", *row[1:]) for row in with_row(1, area="产出指标"))]
    areas = ["一级指标", *["产出指标"] * 5, *["效益指标"] * 2, "满意度指标"]
    text = "\n".join(
        ",".join([area, *(str(cell or "") for cell in row[1:])]) for area, row in zip(areas, rows, strict=True)
    )
    write(folder / "plans/park-1.csv", text)
    assert {each.id: (each.points, each.low, each.high) for each in only(assessed(folder)).indicators} == BY_HAND


def test_a_broken_workbook_is_told(tmp_path: Path) -> None:
    folder = write_round(tmp_path, plan=None)
    (folder / "plans").mkdir()
    (folder / "plans/park-1.xlsx").write_bytes(b"PK\x03\x04 broken")
    [(code, place)] = told(folder)
    assert code != "plan-none"
    assert place == "plans/park-1.xlsx"


def test_small_counts_of_people_stay_hidden(tmp_path: Path) -> None:
    plan = with_row(1, line="安置人数", target="≥8 名")
    folder = write_round(tmp_path, plan=plan, results=[("安置人数", None, "3人"), *RESULTS[1:]])
    write(folder / "round.yaml", (folder / "round.yaml").read_text("utf-8") + "privacy: {min_cell: 5}\n")
    space = api.open_round(folder)
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    page = (folder / "results/zh/park-1.html").read_text("utf-8")
    assert "3 ÷ 8" not in page
    assert "3人" not in page
    assert "3 ÷ 8" not in "\n".join(explanation_lines(explanation(record, "park-1", "安置人数"), "zh"))
