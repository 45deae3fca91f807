"""What the names of two files say: parts that are added up, versions of which one holds, or nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.evidence.tables.source_names import (
    Name,
    at_moments,
    lettered,
    like_formed,
    name_of,
    numbered,
    overlap,
)
from pilot_eval.plugin import BaseType
from tests.support import writers as w
from tests.support.corpus.variants import corpus, layout
from tests.support.periods_lab import outcome, yard

EVENTS = ["日期", "活动名称", "类型", "参加人次", "是否联合举办"]
SPRING = [EVENTS, ["2018-03-01", "同心讲堂", "培训", 30, "否"], ["2018-05-04", "青年论坛", "培训", 41, "否"]]
AUTUMN = [EVENTS, ["2018-09-11", "创业沙龙", "培训", 31, "否"], ["2018-10-20", "秋季路演", "培训", 44, "否"]]
LINE = ["预算科目", "预算数", "执行数"]
LARGER = [LINE, ["办公", 413, 151], ["会议", 90, 20]]
SMALLER = [LINE, ["办公", 100, 50], ["差旅", 230, 120]]
JOBS = ["期间", "人数"]
FIRST, SECOND = [JOBS, ["1月", 5], ["2月", 6], ["3月", 7]], [JOBS, ["3月", 7], ["4月", 8], ["5月", 9]]


def said(one: str, other: str, contents: Sequence[Any], base_type: BaseType, folder: Path) -> list[str]:
    """What is said of two files as sources of one table."""
    files = {f"{name}.csv": w.as_csv(rows) for name, rows in zip((one, other), contents, strict=True)}
    found = outcome(files, folder, base_type).said()
    return [each.removeprefix("sources-").removesuffix(".csv") for each in found if each.startswith("sources-")]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("东区活动", "西区活动", []), ("网格1活动", "网格2活动", []), ("活动", "东区活动续", []),
        ("网格1活动", "东区活动", []),
        ("活动1", "活动2", ["added 活动2"]), ("活动(1)", "活动(2)", ["added 活动(2)"]),
        ("活动", "东区活动", ["added 活动"]), ("网格1活动", "活动2", ["added 网格1活动"]),
        ("2018年活动1", "2018年活动2", ["added 2018年活动2"]), ("2018年活动", "2019年活动", ["added 2019年活动"]),
        ("活动", "活动3", ["which 活动3"]), ("2018年活动", "活动", ["which 活动"]),
        ("活动1", "2018年活动2", ["which 活动1"]),
        ("活动", "活动更正", ["which 活动更正"]), ("网格1活动", "网格_东区活动", ["added 网格_东区活动"]),
        ("活动更正", "活动修改", ["which 活动更正"]), ("活动(1)", "活动更正", ["which 活动更正"]),
        ("更正活动", "活动(1)", ["which 活动(1)"]), ("活动(1)更正", "活动(2)", ["which 活动(2)"]),
    ],
)  # fmt: skip
def test_two_lists_of_events(one: str, other: str, verdict: list[str], tmp_path: Path) -> None:
    assert said(one, other, (SPRING, AUTUMN), corpus, tmp_path) == verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("上半年经费预算", "全年经费预算", ["overlap 全年经费预算"]),
        ("全年经费预算", "下半年经费预算", ["overlap 全年经费预算"]),
        ("1-6月经费预算", "3-4月经费预算", ["overlap 1-6月经费预算"]),
        ("1-3月经费预算", "3-6月经费预算", ["overlap 3-6月经费预算"]),
        ("一季度经费预算", "二季度经费预算", []), ("二季度经费预算", "一季度经费预算", []),
        ("东区_上半年经费预算", "东区_全年经费预算", ["overlap 东区_全年经费预算"]),
        ("东区_上半年经费预算", "西区_全年经费预算", []), ("上半年/一季度经费预算", "全年经费预算", []),
        ("2018年经费预算", "上半年经费预算", ["which 上半年经费预算"]),
    ],
)  # fmt: skip
def test_two_budgets_of_a_line(one: str, other: str, verdict: list[str], tmp_path: Path) -> None:
    assert said(one, other, (SMALLER, LARGER), corpus, tmp_path) == verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("年初", "年末"), ("期初", "期末"), ("初核", "复核"), ("计划", "实际"), ("预算", "决算"), ("初稿", "定稿"),
        ("送审", "审定"), ("预计", "实际"), ("快报", "年报"), ("东区初核", "东区复核"), ("东区年初", "东区年末"),
        ("", "计划"),
    ],
)  # fmt: skip
def test_stages_of_a_budget_are_its_versions(one: str, other: str, tmp_path: Path) -> None:
    files = (f"{one}/经费预算", f"{other}/经费预算") if one else ("经费预算", f"{other}/经费预算")
    later = max(files)
    assert said(*files, (SMALLER, LARGER), corpus, tmp_path) == [f"which {later}"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东区初核", "西区复核"),
        ("东区年初", "西区年末"),
        ("东区计划", "西区实际"),
        ("计划内", "计划外"),
        ("年中", "年末"),
    ],
)
def test_stages_of_two_sites_are_parts(one: str, other: str, tmp_path: Path) -> None:
    assert said(f"{one}/经费预算", f"{other}/经费预算", (SMALLER, LARGER), corpus, tmp_path) == []


def test_moments_with_records_of_their_own_are_parts(tmp_path: Path) -> None:
    assert said("年初经费预算", "年末经费预算", (SMALLER, [LINE, ["会议", 90, 20]]), corpus, tmp_path) == []
    assert said("年初活动", "年末活动", (SPRING, AUTUMN), corpus, tmp_path) == []


def test_budgets_of_other_lines_do_not_overlap(tmp_path: Path) -> None:
    other = [LINE, ["会议", 90, 20]]
    assert said("上半年经费预算", "全年经费预算", (SMALLER, other), corpus, tmp_path) == []


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("用工1", "用工2", ["added 用工2"]), ("用工(1)", "用工(2)", ["added 用工(2)"]),
        ("用工", "用工数据", ["which 用工数据"]), ("用工", "用工2", ["which 用工2"]), ("东区用工", "西区用工", []),
        ("20180103用工", "20180203用工", ["added 20180203用工"]),
    ],
)  # fmt: skip
def test_two_files_with_a_row_in_common(one: str, other: str, verdict: list[str], tmp_path: Path) -> None:
    assert said(one, other, (FIRST, SECOND), yard, tmp_path) == verdict


def name(text: str) -> Name:
    return name_of(layout("events"), f"{text}.csv", None, "")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("网格1", "网格2", ["numbered"]), ("网格1", "东区", []), ("东区", "网格1", []), ("活动1", "活动2", []),
        ("网格1", "活动2", []), ("活动1", "网格2", []), ("甲", "乙", ["lettered"]), ("材料a", "材料b", ["lettered"]),
        ("甲区", "乙区", []), ("甲", "活动", []), ("甲", "东区", []), ("甲_乙", "丙", []),
        ("东区年初", "东区年末", ["at_moments"]), ("东区年初", "西区年末", []), ("年初", "年初", []),
        ("年初", "活动", []),
        ("活动", "年末", []), ("上半年", "全年", ["overlap"]), ("上半年", "上半年", []), ("上半年", "下半年", []),
        ("1-3月", "3-6月", ["overlap"]), ("东区_上半年", "西区_全年", []), ("活动", "全年", []), ("全年", "活动", []),
    ],
)  # fmt: skip
def test_what_two_names_differ_by(one: str, other: str, told: list[str]) -> None:
    asked = {"numbered": numbered, "lettered": lettered, "at_moments": at_moments, "overlap": overlap}
    assert [each for each, differs in asked.items() if differs(name(one), name(other))] == told
    assert [each for each, differs in asked.items() if differs(name(other), name(one))] == told


@pytest.mark.parametrize(
    ("one", "formed"), [("南区", True), ("总部", False), ("网格1", True), ("1-6月", True), ("活动", False)]
)
def test_a_name_is_formed_like_others(one: str, formed: bool) -> None:
    assert like_formed(name(one), [name("东区"), name("西区")]) is formed


def test_a_block_titled_like_its_sheet_is_no_other_version(tmp_path: Path) -> None:
    rows = [LINE, SMALLER[1], [], ["东区"], LINE, LARGER[2]]
    made = outcome({"a.xlsx": w.by_openpyxl({"东区": rows})}, tmp_path, corpus)
    assert made.said() == ["sources-added a.xlsx[东区]:6"]
