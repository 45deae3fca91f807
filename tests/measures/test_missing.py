"""What a submission lacks: said by check and by assess alike, with what hangs on it, until it is sent or declared."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Run
from tests.support.methods import edit
from tests.support.records import data_of
from tests.support.rounds.smaller import keep

FOLDER = "submissions/community-1"
REQUESTS = "诉求办理.csv"
NOTHING = "nothing_to_report: [penalties, honours]"
INFO = "submission.yaml"


@pytest.fixture
def one(example: Path) -> Path:
    """The folder of a pilot that sent or declared every table, some as files of their own."""
    return keep(example, "community-1", "community-2") / FOLDER


def checked(run: Run, folder: Path, *more: object) -> list[dict[str, Any]]:
    """What `check` says about a pilot, without what it says about the rows."""
    done = run("check", folder.parents[1], "--pilot", folder.name, "--json", *more)
    found = [each for each in json.loads(done.stdout) if each["place"]["row"] is None]
    assert done.returncode == (1 if "error" in {each["severity"] for each in found} else 0)
    return found


def assessment(folder: Path) -> dict[str, Any]:
    return next(each for each in data_of(folder)["assessments"] if each["pilot"]["id"] == "community-1")


def codes(found: list[dict[str, Any]]) -> list[str]:
    return sorted(each["code"] for each in found)


def test_a_table_neither_sent_nor_declared_is_said_with_what_hangs_on_it(run: Run, one: Path) -> None:
    assert checked(run, one) == []
    (one / REQUESTS).unlink()
    [said] = checked(run, one)
    assert (said["code"], said["severity"], said["place"]["file"]) == ("table-missing", "warning", FOLDER)
    assert "“Requests”" in said["message"]["en"] and "(S6x), 7 points" in said["message"]["en"]
    assert "“诉求办理”" in said["message"]["zh"] and "（S6x），共 7 分" in said["message"]["zh"]
    assert "“Nothing to report in”" in said["hint"]["en"] and "“本期无记录的表”" in said["hint"]["zh"]
    edit(one / INFO, NOTHING, "nothing_to_report: [penalties, honours, requests]")
    [said] = checked(run, one)
    assert (said["code"], said["severity"]) == ("table-empty-panel", "warning")
    assert "(S6x) (7 points)" in said["message"]["en"] and "（S6x）（7 分）由评审组决定" in said["message"]["zh"]


def test_an_unclaimed_bonus_is_not_missing(run: Run, one: Path) -> None:
    edit(one / INFO, NOTHING, "nothing_to_report: [penalties]")
    assert checked(run, one) == []


def test_leaving_out_what_could_only_cost_leaves_the_grade_open(run: Run, assessed: Path, one: Path) -> None:
    declared = assessment(assessed)
    edit(one / INFO, NOTHING, "nothing_to_report: [honours]")
    [said] = checked(run, one)
    assert (said["code"], said["severity"], said["place"]["file"]) == ("table-missing-adverse", "error", FOLDER)
    for id_ in ("X1", "V2"):
        assert f"({id_})" in said["message"]["en"] and f"（{id_}）" in said["message"]["zh"]
    assert run("assess", one.parents[1]).returncode == 1
    made = assessment(one.parents[1])
    assert (made["standing"], made["grade"]) == ("withheld", None)
    assert "“行政处罚”" in made["grade_reason"]["zh"] and "“Penalties”" in made["grade_reason"]["en"]
    assert declared["grade"] == "good" and made["total"]["points"] == declared["total"]["points"]
    assert said in made["findings"]
    [deduction] = made["deductions"]
    assert "“Penalties” was not submitted" in deduction["reason"]["en"]
    assert declared["deductions"][0]["reason"] is None
    for lang in ("zh", "en"):
        page = (one.parents[1] / "results" / lang / "community-1.html").read_text("utf-8")
        assert deduction["reason"][lang] in page


def test_who_sent_nothing_is_told_so_once(run: Run, one: Path) -> None:
    for path in [*one.rglob("*")]:
        if path.is_file():
            path.unlink()
    for path in one.iterdir():
        path.rmdir()
    assert codes(checked(run, one)) == ["submission-none"]
    done = run("check", one.parents[1], "--pilot", "community-1", "--pilot", "community-2", lang="zh")
    assert "没有提交材料的试点：1 个" in done.stdout and "已检查 1 份提交材料" in done.stdout


@pytest.mark.parametrize(
    ("lang", "heading", "line"),
    [
        ("zh", "缺少的证据表", "  community-1: 行政处罚、楼宇服务、诉求办理（17 分，暂不定级）"),
        ("en", "missing tables", "  community-1: Penalties, Buildings, Requests (17 points, no grade)"),
    ],
)
def test_a_check_ends_with_what_is_missing(lang: str, heading: str, line: str, run: Run, one: Path) -> None:
    edit(one / INFO, NOTHING, "")
    (one / REQUESTS).unlink()
    (one / "楼宇服务.csv").unlink()
    done = run("check", one.parents[1], "--pilot", "community-1", lang=lang)
    assert heading in done.stdout.splitlines()[-2]
    assert done.stdout.splitlines()[-1] == line


def test_what_does_not_apply_is_not_missing(run: Run, example: Path) -> None:
    folder = example / "submissions" / "community-3"
    assert checked(run, folder) == []
    (example / "reviews" / "community-3.yaml").unlink()
    [said] = checked(run, folder)
    assert said["code"] == "table-missing" and "(S3x), 10 points" in said["message"]["en"]


def test_the_bundled_measures_say_what_nothing_means(run: Run, one: Path) -> None:
    everything = "plan, disclosures, governance_items, finance, suggestions, surveys, events, households, facilities"
    edit(one / INFO, NOTHING, f"nothing_to_report: [{everything}, staffing, buildings, penalties, honours]")
    for path in one.iterdir():
        if path.suffix in (".csv", ".xlsx"):
            path.unlink()
    found = checked(run, one)
    panel = " ".join(each["message"]["en"] for each in found if each["code"] == "table-empty-panel")
    noted = [each["message"]["en"] for each in found if each["code"] == "table-empty"]
    assert all(f"({id_})" in panel for id_ in ("C3", "C4", "C5", "C6", "C7", "S1x", "S3x"))
    for id_, means in {"C2": "no points, by the method", "S7x": "no points", "S4x": "computed as usual"}.items():
        assert [id_ for each in noted if f"({id_})" in each and means in each] == [id_]


def test_check_explain_and_report_say_what_the_method_rules(run: Run, one: Path) -> None:
    indicator = "measure: requests_on_time"
    edit(one.parents[1] / "method" / "community.yaml", indicator, f"{indicator}\n    empty: full")
    (one / REQUESTS).unlink()
    edit(one / INFO, NOTHING, "nothing_to_report: [penalties, honours, requests]")
    [said] = checked(run, one)
    assert (said["code"], said["severity"]) == ("table-empty", "note")
    assert "all points, by the method" in said["message"]["en"] and "按评价办法计满分" in said["message"]["zh"]
    run("assess", one.parents[1])
    explained = run("explain", one.parents[1], "community-1", "S6x").stdout
    assert "7 of 7 points" in explained and "reason: declared: nothing in “Requests”; all points" in explained
    page = next((one.parents[1] / "results" / "en").rglob("community-1.html")).read_text("utf-8")
    assert "declared: nothing in" in page


def test_an_unknown_ruling_is_located(run: Run, one: Path) -> None:
    path = one.parents[1] / "method" / "community.yaml"
    text = edit(path, "measure: requests_on_time", "measure: requests_on_time\n    empty: ful")
    done = run("check", one.parents[1])
    line = text[: text.index("empty: ful")].count("\n") + 1
    assert f"community.yaml:{line}" in done.stderr and "“full”" in done.stderr


def test_a_figure_that_the_rows_do_not_give_is_said_with_its_reason(run: Run, one: Path) -> None:
    (one / REQUESTS).write_text("类别,受理数,按期办结数\n物业服务,0,0\n停车,0,0\n", "utf-8")
    [said] = checked(run, one)
    assert (said["code"], said["severity"], said["place"]["file"]) == ("measure-none", "warning", FOLDER)
    assert "“Requests closed on time”" in said["message"]["en"] and "its divisor is 0" in said["message"]["en"]
    assert "“诉求按期办结率”" in said["message"]["zh"] and "除数合计为 0" in said["message"]["zh"]
    run("assess", one.parents[1])
    for lang, reason in (("zh", "无法得出测算值：除数合计为 0"), ("en", "from the records: its divisor is 0")):
        assert reason in run("explain", one.parents[1], one.name, "S6x", lang=lang).stdout


def test_rows_that_all_lack_a_value_are_said_once(run: Run, one: Path) -> None:
    book = openpyxl.load_workbook(one / "社区评价表.xlsx")
    cells = [cell for row in book["年度计划"].iter_rows() for cell in row]
    target = next(cell for cell in cells if cell.value == "目标值")
    for cell in cells:
        if cell.column == target.column and cell.row > target.row and isinstance(cell.value, int | float):
            cell.value = 0
    book.save(one / "社区评价表.xlsx")
    done = run("check", one.parents[1], "--pilot", one.name, "--json")
    found = [each["code"] for each in json.loads(done.stdout)]
    assert (found.count("rows-without-value"), found.count("measure-none")) == (1, 0)


def test_a_target_of_0_is_said_at_its_row(run: Run, one: Path) -> None:
    book = openpyxl.load_workbook(one / "社区评价表.xlsx")
    target = next(cell for row in book["年度计划"].iter_rows() for cell in row if cell.value == "目标值")
    book["年度计划"].cell(target.row + 2, target.column).value = 0
    book.save(one / "社区评价表.xlsx")
    done = run("check", one.parents[1], "--pilot", "community-1", "--json")
    places = [each["place"] for each in json.loads(done.stdout) if each["code"] == "rows-without-value"]
    assert [(each["sheet"], each["row"]) for each in places] == [("年度计划", target.row + 2)]
