"""Checking in every form of output, annotated copies, checks across rows and figures."""

import csv
import io
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from pilot_eval.evidence.readers.text import decoded
from tests.conftest import Run


@pytest.fixture
def faulty(example: Path) -> Path:
    """The example with faults in a CSV and in a workbook of park-2."""
    folder = example / "submissions" / "park-2"
    text = "楼宇,可租面积,已租面积,出处\n一号楼,很大,=1+1,x\n二号楼,100,200,x\n"
    (folder / "孵化空间.csv").write_text(text, "utf-8")
    book = openpyxl.load_workbook(folder / "园区数据.xlsx")
    sheet = book["满意度调查"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "有效样本数" for cell in row))
    at = next(cell for cell in header if cell.value == "有效样本数")
    sheet.cell(at.row + 1, at.column).value = "几十"
    book.save(folder / "园区数据.xlsx")
    return example


def codes(findings: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {
        (f["code"], f["place"]["file"].split("/")[-1], f["place"]["row"]) for f in findings if f["severity"] != "note"
    }  # type: ignore[index]


def test_every_output_has_the_same_findings(run: Run, faulty: Path) -> None:
    plain = json.loads(run("check", faulty, "--pilot", "park-2", "--json").stdout)
    assert ("cell-number", "孵化空间.csv", 2) in codes(plain)
    assert any(code == "cell-number-vague" for code, *_ in codes(plain))
    table = run("check", faulty, "--pilot", "park-2", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [row["Code"] for row in rows] == [each["code"] for each in plain]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    sarif = json.loads(run("check", faulty, "--pilot", "park-2", "--format", "sarif").stdout)
    results = sarif["runs"][0]["results"]
    rules = sarif["runs"][0]["tool"]["driver"]["rules"]
    assert [each["ruleId"] for each in results] == [each["code"] for each in plain]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in results)
    files = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results]
    assert [unquote(file) for file in files] == [each["place"]["file"] for each in plain]
    assert all(file.isascii() for file in files)


def test_an_annotated_copy_has_each_finding_in_its_cell(run: Run, faulty: Path, tmp_path: Path) -> None:
    done = run("check", faulty, "--pilot", "park-2", "--json", "--annotate", tmp_path / "back")
    findings = [each for each in json.loads(done.stdout) if each["severity"] != "note"]
    assert findings
    for each in findings:
        place = each["place"]
        name = place["file"].removeprefix("submissions/")
        copy = tmp_path / "back" / (name if name.endswith(".xlsx") else f"{name}.xlsx")
        book = openpyxl.load_workbook(copy)
        sheet = book[place["sheet"]] if place["sheet"] else book.worksheets[0]
        cell = sheet[f"{place['column'] or 'A'}{place['row']}"]
        assert each["message"]["en"] in cell.comment.text
    copied = openpyxl.load_workbook(tmp_path / "back" / "park-2" / "孵化空间.csv.xlsx").worksheets[0]
    assert copied["C2"].value == "=1+1"
    assert copied["C2"].data_type == "s"  # text, not a formula


def test_files_of_one_name_get_a_copy_each(run: Run, faulty: Path, tmp_path: Path) -> None:
    folder = faulty / "submissions" / "park-2"
    (folder / "补报").mkdir()
    for name in ("补报/孵化空间.csv", "孵化空间.tsv"):
        (folder / name).write_bytes((folder / "孵化空间.csv").read_bytes())
    done = run("check", faulty, "--pilot", "park-2", "--annotate", tmp_path / "back")
    assert done.returncode == 1
    copies = [path.relative_to(tmp_path / "back" / "park-2").as_posix() for path in (tmp_path / "back").rglob("*.xlsx")]
    assert sorted(copies) == ["园区数据.xlsx", "孵化空间.csv.xlsx", "孵化空间.tsv.xlsx", "补报/孵化空间.csv.xlsx"]


def test_a_copy_has_a_name_that_every_system_takes(run: Run, example: Path, tmp_path: Path) -> None:
    text = "日期,活动名称,类型,参加人次,是否联合举办\n2018-03-01,讲座,培训,许多,否\n".encode()
    folder = example / "submissions" / "park-2"
    with zipfile.ZipFile(folder / "材料.zip", "w") as package:
        package.writestr("con. /9:30/活动.csv", text)
        package.writestr("b/活动情况-" + "印发" * 60 + ".csv", text)
    (folder / "活动.txt").write_bytes(text)
    done = run("check", example, "--pilot", "park-2", "--annotate", tmp_path / "back")
    assert done.returncode == 1
    copies = [path.relative_to(tmp_path / "back" / "park-2").as_posix() for path in (tmp_path / "back").rglob("*.xlsx")]
    assert "材料.zip/_con._/9_30/活动.csv.xlsx" in copies
    assert "活动.txt.xlsx" in copies
    assert all(len(name.encode()) < 220 for copy in copies for name in copy.split("/"))


def test_a_name_that_is_no_utf_8_is_said_and_the_rest_is_read(run: Run, example: Path) -> None:
    folder = example / "submissions" / "online-2"
    before = json.loads(run("check", example, "--pilot", "online-2", "--json").stdout)
    Path(os.fsdecode(os.fsencode(folder / "a") + "活动.csv".encode("gbk"))).write_bytes(b"x")
    found = json.loads(run("check", example, "--pilot", "online-2", "--json").stdout)
    new = [each for each in found if each not in before]
    assert [(each["code"], each["place"]["file"]) for each in new] == [
        ("name-encoding", "submissions/online-2/a活动.csv")
    ]
    assert len(found) == len(before) + 1


def test_a_files_name_commands_no_terminal(run: Run, example: Path) -> None:
    name = "\x1b[31m\n\u202e.jpg"
    (example / "submissions" / "online-2" / name).write_bytes(b"x")
    done = run("check", example, "--pilot", "online-2")
    assert not set("\x1b\u202e") & set(done.stdout + done.stderr)
    assert "\\x1b[31m\\n\\u202e.jpg" in done.stderr
    done = run("import", example / "submissions" / "online-2", example, "--dry-run")
    assert not set("\x1b\u202e") & set(done.stdout + done.stderr)


def test_rows_that_break_a_plugins_rule_are_located(run: Run, faulty: Path) -> None:
    path = faulty / "submissions" / "park-2" / "孵化空间.csv"
    path.write_text("楼宇,可租面积,已租面积\n一号楼,100,约104\n二号楼,100,200\n", "utf-8")
    found = json.loads(run("check", faulty, "--pilot", "park-2", "--json").stdout)
    broken = [each for each in found if each["code"] == "check-failed"]
    assert [(each["place"]["row"], each["place"]["column"]) for each in broken] == [(3, "C")]  # 约104 may be 94
    assert "more area let" in broken[0]["message"]["en"]
    doubtful = [each["place"] for each in found if each["code"] == "check-doubtful"]
    assert [each["row"] for each in doubtful if each["file"].endswith(path.name)] == [2]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2017-12-31,讲座,培训,10,否", "cell-period"),
        ("2017年12月,讲座,培训,10,否", "cell-period"),
        ("2018年,讲座,培训,10,否", None),
        ("2019-01-01,讲座,培训,10,否", "cell-period"),
        ("2018-12-31,讲座,培训,10,否", None),
    ],
)
def test_a_date_outside_the_period_is_an_error(run: Run, example: Path, row: str, code: str | None) -> None:
    path = example / "submissions" / "online-2" / "活动.csv"
    path.write_text(f"日期,活动名称,类型,参加人次,是否联合举办\n{row}\n", "utf-8")
    found = json.loads(run("check", example, "--pilot", "online-2", "--json").stdout)
    assert [each["code"] for each in found if each["severity"] == "error"] == ([code] if code else [])


def test_repeated_rows_and_numbers_are_said(run: Run, example: Path) -> None:
    folder = example / "submissions" / "online-3"
    head, *rows = (folder / "建议.csv").read_text("utf-8-sig").splitlines()
    (folder / "建议.csv").write_text("\n".join([head, *rows, rows[0]]) + "\n", "utf-8")
    head, *rows = decoded((folder / "网络公益项目.csv").read_bytes(), "").splitlines()
    (folder / "网络公益项目.csv").write_bytes("\n".join([head, rows[0], *rows]).encode("gb18030"))
    found = json.loads(run("check", example, "--pilot", "online-3", "--json").stdout)
    kinds = {each["code"]: each for each in found if each["code"].startswith("row-")}
    assert kinds["row-duplicate"]["severity"] == "error"
    assert kinds["row-repeated"]["severity"] == "warning"
    assert kinds["row-repeated"]["place"]["row"] == 3


def test_a_total_that_is_not_the_sum_is_pointed_out(run: Run, example: Path) -> None:
    path = example / "submissions" / "park-4" / "空间.csv"
    text = (
        path.read_bytes().decode("gb18030")
        if b"\xef\xbb\xbf" not in path.read_bytes()[:3]
        else path.read_text("utf-8-sig")
    )
    path.write_text(text.replace("合计,5400,2800", "合计,5400,2900"), "utf-8")
    found = json.loads(run("check", example, "--pilot", "park-4", "--json").stdout)
    differing = [each for each in found if each["code"] == "row-total-differs"]
    assert [(each["place"]["column"], each["value"]) for each in differing] == [("C", "2,900")]


def test_figures_unlike_the_peers_or_the_last_round_are_warnings(run: Run, assessed: Path, example: Path) -> None:
    shutil.copytree(assessed / "results", example / "before")
    settings = example / "round.yaml"
    settings.write_text(settings.read_text("utf-8") + "previous: before/record.json\n", "utf-8")
    path = example / "submissions" / "park-4" / "空间.csv"
    path.write_text("楼宇,可租面积,已租面积\n北楼,310000,12\n", "utf-8")
    found = json.loads(run("check", example, "--json").stdout)
    kinds = {each["code"] for each in found if each["place"]["file"] == "submissions/park-4"}
    assert kinds == {"measure-unlike-peers", "measure-unlike-before"}
    assert all(each["severity"] == "warning" for each in found if each["code"].startswith("measure-unlike"))
