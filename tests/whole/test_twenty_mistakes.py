"""One submission with over twenty planted mistakes: every one is found at once, each at its place."""

import json
from pathlib import Path

import openpyxl

from tests.conftest import Run
from tests.support.languages import mixed_in
from tests.support.rounds.smaller import keep

IDENTITY = "410105199001011233"  # made up; its check digit is right

CSV = """\
活动台账
日期,活动名称,类型,参加人次,是否联合举办
2018-13-01,讲座,培训,10,否
2018-03-01,,培训,10,否
2018-03-02,讲座,培圳,10,否
2018-03-03,讲座,培训,许多,否
2018-03-04,讲座,培训,-5,否
2018-03-05,讲座,培训,10,可能
2017-03-06,讲座,培训,10,否
2018-03-07,讲座,培训,10公斤,否
2018-03-08,讲座（联系电话：13812345678）,培训,10,否
"""

YAML = """\
pilot: online-1
submitted_by: 某单位
contact_ofice: 秘书处
submitted_on: 去年
period: {from: 2018-01-01, to: 2018-06-30}
statements: {registered: 也许, serious_violation: false}
nothing_to_report: [penalties, plan, 没有这张表]
"""

EXPECTED = {
    # (code, file, sheet, row or line, column)
    ("submission-wrong-pilot", "submission.yaml", None, 1, None),
    ("submission-unknown-key", "submission.yaml", None, 3, None),
    ("submission-missing-key", "submission.yaml", None, 1, None),  # the contact office; and the third statement
    ("submission-wrong-value", "submission.yaml", None, 4, None),
    ("submission-period", "submission.yaml", None, 5, None),
    ("submission-wrong-value", "submission.yaml", None, 6, None),
    ("submission-unknown-key", "submission.yaml", None, 7, None),
    ("submission-not-empty", "submission.yaml", None, None, None),
    ("cell-date", "活动.csv", None, 3, "A"),
    ("cell-required", "活动.csv", None, 4, "B"),
    ("cell-choice", "活动.csv", None, 5, "C"),
    ("cell-number-vague", "活动.csv", None, 6, "D"),
    ("cell-range", "活动.csv", None, 7, "D"),
    ("cell-flag", "活动.csv", None, 8, "E"),
    ("cell-period", "活动.csv", None, 9, "A"),
    ("cell-number", "活动.csv", None, 10, "D"),
    ("cell-mobile", "活动.csv", None, 11, "B"),
    ("header-missing", "表.xlsx", "年度计划", 1, None),
    ("header-duplicate", "表.xlsx", "年度计划", 1, "C"),
    ("header-person", "表.xlsx", "满意度调查", 1, "E"),
    ("check-failed", "表.xlsx", "团体成员", 2, "B"),
    ("cell-identity", "表.xlsx", "公益项目", 2, "A"),
    ("cell-attachment", "表.xlsx", "治理规范", 2, "C"),
    ("row-duplicate", "表.xlsx", "治理规范", 3, "A"),
    ("sheet-no-header", "表.xlsx", "信息公开", None, None),
}


def plant(folder: Path) -> None:
    """Put the faulty submission in the place of online-2's."""
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    (folder / "submission.yaml").write_text(YAML, "utf-8")
    (folder / "活动.csv").write_text(CSV, "utf-8")
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str, list[list[object]]] = {
        "年度计划": [["任务", "目标值", "目标值"], ["办培训", 4, 4]],
        "满意度调查": [
            ["调查名称", "有效样本数", "满意份数", "调查方式", "调查员姓名"],
            ["年度", 40, 30, "纸质问卷", "某"],
        ],
        "团体成员": [["期间", "期初团体成员数", "期末留存数"], ["全年", 10, 12]],
        "公益项目": [["项目名称", "类别", "开始日期", "受益人次"], [f"助学 {IDENTITY}", "其他", "2018-01-05", 100]],
        "治理规范": [["条目", "是否符合", "佐证文件"], ["章程制度", "是", "没有.pdf"], ["章程制度", "是"]],
        "信息公开": [["第一栏", "第二栏"], ["a", "b"]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "表.xlsx")


def test_every_planted_mistake_is_found_and_located(run: Run, example: Path) -> None:
    folder = example
    plant(folder / "submissions" / "online-2")
    done = run("check", folder, "--pilot", "online-2", "--json")
    found = json.loads(done.stdout)
    assert mixed_in(found) == []
    assert done.returncode == 1
    errors = {
        (
            each["code"],
            each["place"]["file"].split("/")[-1],
            each["place"]["sheet"],
            each["place"]["row"] or each["place"]["line"],
            each["place"]["column"],
        )
        for each in found
        if each["severity"] == "error"
    }
    assert EXPECTED - errors == set()
    assert errors - EXPECTED == set()
    assert len(EXPECTED) >= 20


def test_nothing_personal_is_shown(run: Run, example: Path) -> None:
    folder = keep(example, "online-1", "online-2", "park-1")
    plant(folder / "submissions" / "online-2")
    checked = run("check", folder, "--pilot", "online-2", "--json")
    assessed = run("assess", folder)
    assert assessed.returncode == 1
    shown = [checked.stdout, checked.stderr, assessed.stdout, assessed.stderr]
    shown += [path.read_text("utf-8") for path in (folder / "results").rglob("*") if path.is_file()]
    assert not [text for text in shown if IDENTITY in text or "13812345678" in text]
    assert "410*************33" in checked.stdout
