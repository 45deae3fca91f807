"""The whole form of a project, 10 + 50 + 30 + 10 points, worked out by hand; mistakes in it, each with its cell."""

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from pilot_eval import api
from pilot_eval.actions.workspace import Workspace
from pilot_eval.errors import Finding, Severity
from pilot_eval.exports.scores_csv import scores_csv
from pilot_eval.measures.engines import installed
from pilot_eval.model import Assessment, EvaluationRecord, Outcome
from pilot_eval.report.explanation import explanation, explanation_lines
from tests.support.plans import PLAN, RESULTS, write, write_plan, write_round


@dataclass(frozen=True)
class Done:
    """A round that was assessed and published."""

    space: Workspace
    record: EvaluationRecord

    @property
    def only(self) -> Assessment:
        return self.record.assessments[0]

    @property
    def folder(self) -> Path:
        return self.space.round.folder

    def said(self, item: str) -> str:
        return "\n".join(explanation_lines(explanation(self.record, "park-1", item), "zh"))


def assessed(folder: Path) -> Done:
    space = api.open_round(folder)
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    return Done(space, record)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return assessed(write_round(tmp_path_factory.mktemp("round")))


def checked(space: Workspace) -> list[Finding]:
    """Everything but notes that `check` says of a round."""
    gathered = api.check(space)
    found = [each for pilot in gathered.values() for each in pilot.intake.findings]
    return [each for each in (*found, *api.check_reviews(space, gathered)) if each.severity is not Severity.NOTE]


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


def test_the_form_of_a_project_by_hand(done: Done) -> None:
    made = done.only
    assert {each.id: (each.points, each.low, each.high) for each in made.indicators} == BY_HAND
    assert {each.id: each.score.points for each in made.dimensions} == {
        "预算执行": 9.5, "产出": 44.37, "效益": 27, "满意度": 0
    }  # fmt: skip
    assert made.total is not None
    assert (made.total.points, made.total.low, made.total.high) == (80.87, 80.49, 81.33)
    assert (made.grade, made.coverage, made.standing.value) == ("b", 100, "graded")
    assert checked(done.space) == []


def test_every_engine_gives_the_same_record(done: Done) -> None:
    assert all(api.assess(done.space, engine) == done.record for engine in installed()[1:])


def test_a_line_is_explained_with_its_numbers_and_its_cell(done: Done) -> None:
    assert "9 ÷ 12" in done.said("培训场次")
    assert "活动]: C2:C10" in done.said("培训场次")
    assert "绩效目标完成情况]: C4" in done.said("办结时限")
    assert "5 ÷ 6" in done.said("办结时限")
    assert "88.4 未达到 ≥90%" in done.said("企业满意度")
    assert "1.6 已达到 ≤2 万元" in done.said("单位成本")
    assert "44.37 = 11.25 + 14.25 + 9.7 + 4.17 + 5" in done.said("产出")
    assert "88.74%" in done.said("V1")
    english = "\n".join(explanation_lines(explanation(done.record, "park-1", "办结时限"), "en"))
    assert "reached: 5 ÷ 6" in english


def test_the_record_keeps_plans_and_lines(done: Done) -> None:
    assert "plans/park-1.xlsx" in [each.path for each in done.record.inputs]
    info = done.record.indicator(done.only, "单位成本")
    assert (info.dimension, info.unit, info.direction, info.points) == ("产出", "万元", "down", 5)
    assert {each.id: each.own for each in done.record.method.dimensions} == {
        "预算执行": None, "产出": "pro_rata", "效益": "pro_rata", "满意度": "all_or_nothing"
    }  # fmt: skip
    result = next(each for each in done.only.indicators if each.id == "单位成本")
    assert (result.value, result.target, result.baseline) == (1.6, 2, None)


def test_the_page_and_the_csv(done: Done) -> None:
    for lang in ("zh", "en"):
        page = (done.folder / "results" / lang / "park-1.html").read_text("utf-8")
        assert "9 ÷ 12" in page
        assert all(name in page for name in BY_HAND)
    head, row = scores_csv(done.record, "zh").decode("utf-8-sig").splitlines()
    assert head.split(",")[-4:] == ["执行率", "产出", "效益", "满意度"]
    assert row.split(",")[-4:] == ["9.5", "44.37", "27.0", "0.0"]


def test_the_forms_have_the_lines(done: Done, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(api.blank_form(done.space, "park-1", "zh"))
    sheet = openpyxl.load_workbook(tmp_path / "form.xlsx")["绩效目标完成情况"]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[:2] for row in rows[1:8]] == [row[:2] for row in RESULTS]  # without the one that names a measure
    review = api.review_form(done.space, "park-1", "zh").decode()
    assert "# 长效机制: {level: , score: , zh: }" in review
    assert "部分达成  60%–80%" in review


def test_a_plan_that_changes_is_told_like_a_method(tmp_path: Path) -> None:
    done = assessed(write_round(tmp_path))
    opened = done.space.round
    assert api.verify(opened) == []
    write_plan(tmp_path / "plans/park-1.xlsx", [*PLAN[:-1], ("满意度指标", None, "企业满意度", "≥88%", 10, None)])
    assert [(each.code, each.place.file) for each in api.verify(opened)] == [("hash-differs", "plans/park-1.xlsx")]
    said = [each.message.zh for each in api.replay(api.open_round(tmp_path))]
    assert any("企业满意度" in each for each in said)
    write(tmp_path / "plans/other.yaml", "pilot: other\n")
    assert [each.code for each in api.verify(opened)] == ["hash-differs", "hash-new"]


def test_mistakes_in_what_was_reached_and_in_the_review(tmp_path: Path) -> None:
    rows = [
        ("服务企业家数", None, "76家"), ("服务企业", "70 家", "76家"), ("验收合格率", None, "97场"),
        ("办结时限", None, "多"), ("企业满意度", "≥90％", "0.92"), ("培训场次", None, "12场"),
        ("就业增长", "很多", "12.5%"),
    ]  # fmt: skip
    review = (
        "pilot: park-1\nreviewed_by: 评审组\nscores:\n  长效机制: {level: 达成, score: 15, zh: 高}\n"
        "  服务企业: {score: 3, zh: 高}\n  长效: {score: 3, zh: 高}\n"
    )
    done = assessed(write_round(tmp_path, results=rows, review=review))
    sheet, file = "submissions/park-1/填报.xlsx[绩效目标完成情况]", "reviews/park-1.yaml"
    assert [(each.code, str(each.place)) for each in checked(done.space)] == [
        ("plan-result-unknown", f"{sheet}:A2"),
        ("plan-result-target", f"{sheet}:B3"),
        ("plan-result-unreadable", f"{sheet}:C4"),
        ("plan-result-unreadable", f"{sheet}:C5"),
        ("plan-result-share", f"{sheet}:C6"),
        ("plan-result-measured", f"{sheet}:C7"),
        ("plan-result-target", f"{sheet}:B8"),
        ("plan-result-missing", "submissions/park-1"),
        ("review-wrong", f"{file}:4:scores.长效机制.score"),
        ("review-not-rated", f"{file}:5:scores.服务企业"),
        ("review-unknown", f"{file}:6:scores.长效"),
    ]
    made = {each.id: each.outcome for each in done.only.indicators}
    assert (made["就业增长"], made["培训场次"], made["长效机制"]) == (Outcome.ERROR, Outcome.SCORED, Outcome.MISSING)
    assert done.only.standing.value == "error"


def test_what_is_lacking_is_told_with_its_points(tmp_path: Path) -> None:
    review = "pilot: park-1\nreviewed_by: 评审组\nscores:\n  长效机制: {level: 部分达成, zh: 还在试行}\n"
    done = assessed(
        write_round(tmp_path, results=[RESULTS[0], ("验收合格率", None, None), *RESULTS[2:]], review=review)
    )
    [found] = checked(done.space)
    assert (found.code, str(found.place)) == ("plan-result-missing", "submissions/park-1")
    assert "“验收合格率”，共 10 分" in found.message.zh
    made = {each.id: each for each in done.only.indicators}
    line, level = made["验收合格率"], made["长效机制"]
    assert (line.outcome, line.points, line.low, line.high) == (Outcome.MISSING, None, 0, 10)
    assert line.reason is not None
    assert (level.outcome, level.low, level.high, level.expert_level) == (Outcome.MISSING, 12, 16, "部分达成")


def test_a_line_may_not_apply(tmp_path: Path) -> None:
    review = "pilot: park-1\nreviewed_by: 评审组\nnot_applicable:\n  长效机制: {zh: 一次性项目}\n"
    made = assessed(write_round(tmp_path, review=review)).only
    benefits = next(each for each in made.dimensions if each.id == "效益")
    assert (benefits.score.points, benefits.score.out_of) == (10, 10)
    assert made.total is not None
    assert made.total.points == round(63.87 / 80 * 100, 2)


def test_every_pilot_needs_a_plan_and_other_files_are_told(tmp_path: Path) -> None:
    folder = write_round(tmp_path, plan=None, results=None)
    write(folder / "plans/park-2.yaml", "pilot: park-2\n")
    write(folder / "plans/说明.txt", "x")
    done = assessed(folder)
    assert [(each.code, str(each.place)) for each in checked(done.space)] == [
        ("plan-none", "plans/park-1.xlsx"),
        ("plan-unknown", "plans/park-2.yaml"),
        ("plan-unused", "plans/说明.txt"),
    ]
    made = done.only
    assert made.total is not None
    assert (made.standing.value, made.total.points, made.total.high) == ("error", 9.5, 99.5)
    assert "绩效目标表" in (made.grade_reason.zh if made.grade_reason else "")
    assert {each.id: each.outcome for each in made.dimensions}["产出"] is Outcome.MISSING
    assert api.verify(done.space.round) == []


def test_small_counts_of_people_stay_hidden(tmp_path: Path) -> None:
    plan = [PLAN[0], (None, "数量指标", "安置人数", "≥8 名", 15, None), *PLAN[2:]]
    folder = write_round(tmp_path, plan=plan, results=[("安置人数", None, "3人"), *RESULTS[1:]])
    write(folder / "round.yaml", (folder / "round.yaml").read_text("utf-8") + "privacy: {min_cell: 5}\n")
    done = assessed(folder)
    page = (folder / "results/zh/park-1.html").read_text("utf-8")
    assert "3 ÷ 8" not in page
    assert "3人" not in page
    assert "3 ÷ 8" not in done.said("安置人数")
