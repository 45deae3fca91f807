"""Columns of cells as they are stored, and what is said of them."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import Place, finding
from pilot_eval.evidence.cells.attachments import Attachments
from pilot_eval.evidence.cells.cell import BadCell, DisplayedNumber, MergedCell, Nested, WordedNumber
from pilot_eval.evidence.cells.columns import ReadColumn, ReadingContext, SheetContext, read_column
from pilot_eval.evidence.cells.dates import EPOCH_1904, iso_day
from pilot_eval.evidence.cells.raw_cells import Cells
from pilot_eval.frames import UNBOUNDED, three, wording
from pilot_eval.plugin import BaseType, Choice, Count, Date, File, Flag, Number, Period, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from tests.support import writers as w
from tests.support.periods_lab import outcome
from tests.support.spelling import Shown

yard = BaseType("sites", zh="场地", en="Sites", api=2)


@yard.table(zh="场地", en="Sites", name="sites")
class Site(Record):
    """A site: a column of every kind."""

    title: Text = column(zh="名称", en="Title")
    level: Choice = column(zh="级别", en="Level", choices={"city": "市级", "nation": "国家级"})
    proof: File = column(zh="证明", en="Proof", optional=True)
    open: Flag = column(zh="开放", en="Open", optional=True)
    rent: Number = column(zh="租金", en="Rent", unit="元", exact=True)
    area: Number = column(zh="面积", en="Area", unit="㎡", min=1, max=5_000_000)
    debt: Number = column(zh="负债", en="Debt", unit="万元", optional=True)
    let: Number = column(zh="出租率", en="Share let", unit="%", max=100)
    firms: Count = column(zh="企业", en="Firms", unit="家")
    opened: Date = column(zh="启用", en="Opened", optional=True)
    event: Date = column(zh="活动", en="Event", in_period=True)
    begun: Date = column(zh="开工", en="Begun", near_period=(3, 0))
    expiry: Date = column(zh="有效期", en="Expiry", expires=True)
    span: Period = column(zh="期间", en="Span")
    month: Period = column(zh="月份", en="Month", each="month")


SPECS = {each.name: each for each in compile_type(yard).tables["sites"].columns}
YEAR = (17532.0, 17896.0)  # 2018
AROUND = ReadingContext(Attachments(frozenset({"a.pdf", "attachments/b.pdf", "证书/c.pdf"})), YEAR)
FIRST = SheetContext()

shown = DisplayedNumber.of
Said = tuple[int, str, str]
"""Which cell, the finding's code, and a part of its message."""


def taken(name: str, cells: Sequence[Any], around: ReadingContext = AROUND, sheet: SheetContext = FIRST) -> ReadColumn:
    return read_column(Cells.of(cells), SPECS[name], around, sheet, required=not SPECS[name].optional)


def check(name: str, read: ReadColumn, stored: Sequence[Any], said: Sequence[Said], show: Any = float) -> None:
    """Compare a column with what it should be: values, some with their bounds and their wording."""
    names = three(name)
    columns = [read.stored[each].to_list() for each in (name, names.low, names.high, wording(name))]
    for given, meant in zip(zip(*columns, strict=True), stored, strict=True):
        if meant is None:
            assert given[:1] + given[3:] == (None, None)
        else:
            value, low, high, words = meant if isinstance(meant, tuple) else (meant, meant, meant, None)
            assert (*map(show, given[:3]), given[3]) == (value, low, high, words)
    check_said(read, said)


def check_said(read: ReadColumn, said: Sequence[Said]) -> None:
    found = [(each.at, each.code, finding(each.code, Place(), **each.params)) for each in read.faults.listed]
    assert [(at, code) for at, code, _ in found] == [(at, code) for at, code, _ in said]
    for (_, _, told), (_, _, part) in zip(found, said, strict=True):
        assert part in told.message.en
        assert "{" not in told.message.zh + told.message.en + told.hint.zh + told.hint.en


NUMBERS: list[tuple[str, SheetContext, list[tuple[Any, Any]], list[Said]]] = [
    # column, sheet; each cell and how it is stored; what is said
    ("rent", FIRST,
     [("200万", (2e6, 2e6, 2e6, "200万")), ("2000000", 2e6), (2e6, 2e6), ("约200万", 2e6), ("200.5万", 2_005_000),
      (None, None), ("-", None), ("/", None), (MergedCell(5), None), ("200万元整", (2e6, 2e6, 2e6, "200万元整"))],
     [(6, "cell-number", "“-”"), (7, "cell-number", "“/”"), (8, "cell-merged", "the number 5"),
      (0, "cell-stated", "“200万” is taken as exactly 2,000,000: “Rent”"), (3, "cell-exact", "“约200万”"),
      (4, "cell-exact", "“200.5万”"), (5, "cell-required", "“Rent”")]),
    ("rent", SheetContext("万元"),
     [("12", 120_000), (0.1, 1000), ("12元", 12), ("1.2", 12_000), ("12万", None), (None, None),
     (shown(2, Shown("2.0")), 20_000)],
     [(4, "cell-unit", "“12万” does not match “元”"), (5, "cell-required", "“Rent”")]),
    ("rent", FIRST, [(WordedNumber("12万元", 120_000, Shown("12万元"), bare=False),
    (120_000, 120_000, 120_000, "12万元"))],
     [(0, "cell-stated", "“12万元” is taken as exactly 120,000")]),
    ("area", FIRST,
     [("30", 30), ("1.2亩", 800), ("3公顷", 30_000), (0.5, None), ("0.9", None), (5e6, 5e6), (5_000_001, None), (1, 1),
      ("约1000", (1000, 900, 1100, "约1000")), ("800平方公里", None), ("30以上", (30, 30, UNBOUNDED, "30以上")),
      (" 40 ", 40), ("+5", 5), ("inf", None), ("NaN", None), ("1e40", None), ("1e3", 1000)],
     [(13, "cell-number", "“inf”"), (14, "cell-number", "“NaN”"), (15, "cell-number", "“1e40”"),
      (3, "cell-range", "“0.5” is out of range (1 to 5,000,000)"), (4, "cell-range", "“0.9”"),
      (6, "cell-range", "“5000001”"), (9, "cell-range", "“800平方公里”"),
      (8, "cell-approximate", "“约1000” is approximate; its bounds are 900 to 1,100"),
      (10, "cell-approximate", "its bounds are 30 to no limit"),
      (1, "cell-converted", "“Area”: 2 cells were converted to “㎡”; “1.2亩”, for example, is 800")]),
    ("debt", FIRST,
     [("/", None), ("暂无", None), (" - ", None), ("—" * 20, None), ("N/A", None), ("¥-", None), ("12", 12), ("-5", -5),
      (None, None)],
     [(0, "cell-nothing", "“Debt”: 6 cells such as “/” were treated as empty")]),
    ("debt", FIRST, [("0.5", 0.5), (90, 90)], []),
    ("debt", FIRST, [("0.5", 0.5), (90, 90), (1, 1), ("12", 12), ("不详", None), ("无", None), (-0.5, -0.5)],
     [(4, "cell-number", "“不详”"), (5, "cell-nothing", "1 cells such as “无”")]),
    ("firms", FIRST,
     [(3, 3), (3.5, None), (-1, None), ("三", 3), ("约30", (30, 27, 33, "约30")), ("3.0", 3), (1e30, None),
     (-1e30, None),
      (float("inf"), None), ("1" * 16, int("1" * 16)), ("200万", (2e6, 1_995_000, 2_005_000, "200万")), (0, 0)],
     [(6, "cell-number", "“1e+30”"), (7, "cell-number", "“-1e+30”"), (8, "cell-number", "“inf”"),
      (1, "cell-whole", "“3.5”"), (2, "cell-whole", "“-1”"),
      (4, "cell-approximate", "27 to 33"), (10, "cell-approximate", "1,995,000 to 2,005,000")]),
    ("firms", FIRST, [(shown(3, Shown("3号")), 3), ("四", 4), (None, None)], [(2, "cell-required", "“Firms”")]),
    ("firms", FIRST, [(True, None), (date(2018, 3, 2), None), (BadCell("cell-error", "#REF!"), None),
    (Nested("[1]"), None)],
     [(0, "cell-number", "“是”"), (1, "cell-number", "“2018-03-02”"), (2, "cell-error", "#REF!"),
     (3, "json-cell", "")]),
    ("let", FIRST, [(100, 100), (101, None),
    ("-1", -1)], [(1, "cell-range", "“101” is out of range (no limit to 100)")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sheet", "cells", "said"), NUMBERS)
def test_numbers_are_stored_with_bounds_and_what_is_amiss_is_said(
    name: str, sheet: SheetContext, cells: list[tuple[Any, Any]], said: list[Said]
) -> None:
    check(name, taken(name, [cell for cell, _ in cells], AROUND, sheet), [stored for _, stored in cells], said)


@pytest.mark.parametrize(
    ("cells", "doubted"),
    [
        (["85", 90.5, "70%"], None), ([0.85, 90], (0, "1 numbers", "0.85%")), ([0.85, 19], None), ([0.85, 20],
        (0, "1 numbers", "0.85%")),
        ([0.85, 25, 19], None), ([90, 0.85, "0.125"], (1, "2 numbers", "such as 0.85")),
        ([1, 90], None), ([1, 0.5, 90], (0, "2 numbers", "1%")), ([1, 1, None], (0, "2 numbers", "1%")), ([0.5, 0],
        (0, "1 numbers", "0.5%")), ([0, 0], None),
        ([None], None),
        ([0.5, 1, 2], None), ([-0.5, -90], (0, "1 numbers", "-0.5%")), ([0.85, "90%"], (0, "1 numbers", "0.85%")),
        ([1, 50, "90%"], (0, "1 numbers", "1%")), ([2, "0.9%"], None), (["0.85", "0.9‰"], (0, "1 numbers", "0.85%")),
        ([0.4, "百分之八十", 1.5], (0, "1 numbers", "0.4%")), (["约0.85", 90], (0, "1 numbers", "0.85%")),
    ],
)  # fmt: skip
def test_a_share_without_a_sign_is_doubted_beside_larger_ones(
    cells: list[Any], doubted: tuple[int, str, str] | None
) -> None:
    told = [each for each in taken("let", cells).faults.listed if each.code == "column-share"]
    if doubted is None:
        assert told == []
    else:
        [told] = told
        said = finding(told.code, Place(), **told.params)
        assert told.at == doubted[0] and "“Share let”" in said.message.en
        assert doubted[1] in said.message.en and doubted[2] in said.message.en


def test_the_share_that_is_doubted_is_said_as_one() -> None:
    [told] = taken("let", ["0.855", None]).faults.listed[:1]
    assert "85.5" in finding(told.code, Place(), **told.params).hint.en


FAR = "is far from the period (2018-01-01 to 2018-12-31)"
OUT = "is outside the period (2018-01-01 to 2018-12-31)"
PARTLY = "is partly outside the period (2018-01-01 to 2018-12-31)"
DAYS: list[tuple[str, list[tuple[Any, Any]], list[Said]]] = [
    ("opened",
     [("2018-03-02", "2018-03-02"), (date(2018, 3, 2), "2018-03-02"), (datetime(2018, 3, 2, 9), "2018-03-02"),
      (43161, "2018-03-02"), ("2018年3月", ("2018-03-01", "2018-03-01", "2018-03-31", "2018年3月")),
      ("1918-01-01", "1918-01-01"), ("2029-01-07", "2029-01-07"), ("2029-01-08", "2029-01-08"), ("2018-02-30", None),
      (None, None), (True, None), ("/", None), ("12月1日", None)],
     [(8, "cell-date", "“2018-02-30”"), (10, "cell-date", "“是”"), (12, "cell-date-year", "“12月1日”"),
      (7, "cell-far", FAR), (4, "cell-approximate", "2018-03-01 to 2018-03-31"),
      (11, "cell-nothing", "“Opened”: 1 cells")]),
    ("event",
     [("2018-01-01", "2018-01-01"), ("2018-12-31", "2018-12-31"), ("2017-12-31", None), (date(2019, 1, 1), None),
      ("2017-12-30至2018-01-01", ("2017-12-30", "2017-12-30", "2018-01-01", "2017-12-30至2018-01-01")),
      ("2018-12-31至2019-01-02", ("2018-12-31", "2018-12-31", "2019-01-02", "2018-12-31至2019-01-02")),
      ("2017年12月", None), ("2019年1月", None), ("2018年", ("2018-01-01", "2018-01-01", "2018-12-31", "2018年")),
      ("2017年7月-2019年6月", ("2017-07-01", "2017-07-01", "2019-06-30", "2017年7月-2019年6月"))],
     [(2, "cell-period", f"“2017-12-31” {OUT}"), (3, "cell-period", f"“2019-01-01” {OUT}"),
      (6, "cell-period", f"“2017年12月” {OUT}"), (7, "cell-period", f"“2019年1月” {OUT}"),
      (4, "cell-period-partly", f"“2017-12-30至2018-01-01” {PARTLY}"),
      (5, "cell-period-partly", f"“2018-12-31至2019-01-02” {PARTLY}"),
      (9, "cell-period-partly", PARTLY), *[(at, "cell-approximate", "") for at in (4, 5, 8, 9)]]),
    ("begun",
     [("2014-12-30", "2014-12-30"), ("2014-12-29", "2014-12-29"), ("2018-12-31", "2018-12-31"),
     ("2019-01-01", "2019-01-01")],
     [(1, "cell-far", FAR), (3, "cell-far", FAR)]),
    ("expiry",
     [("2099-12-31", "2099-12-31"), ("2104-03-05", "2104-03-05"), ("2104-03-06", "2104-03-06"),
     ("1918-01-01", "1918-01-01")],
     [(2, "cell-far", FAR)]),
    ("span",
     [("2018", ("2018-01-01", "2018-01-01", "2018-12-31", "2018")), ("上半年",
     ("2018-01-01", "2018-01-01", "2018-06-30", "上半年")),
      (None, None), ("2017年", None), (43161, ("2018-03-02", "2018-03-02", "2018-03-02", "43161")),
      ("2017-07-01至2018-06-30", ("2017-07-01", "2017-07-01", "2018-06-30", "2017-07-01至2018-06-30")), ("3", None),
      ("计划", None)],
     [(6, "cell-stretch", "“3”"), (7, "cell-planned", "“计划”"), (3, "cell-period", f"“2017年” {OUT}"),
      (5, "cell-period-partly", PARTLY), (2, "cell-required", "“Span”")]),
    ("month", [("3月", ("2018-03-01", "2018-03-01", "2018-03-31", "3月")), (3,
    ("2018-03-01", "2018-03-01", "2018-03-31", "3")), ("一季度", None)],
     [(2, "cell-stretch-longer", "“一季度” is more than one month")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "cells", "said"), DAYS)
def test_days_are_stored_with_bounds_and_what_is_amiss_is_said(
    name: str, cells: list[tuple[Any, Any]], said: list[Said]
) -> None:
    check(name, taken(name, [cell for cell, _ in cells]), [stored for _, stored in cells], said, iso_day)


def test_without_a_period_no_day_is_outside_of_it() -> None:
    anywhere = ReadingContext()
    for name in ("opened", "event", "begun", "expiry"):
        check(name, taken(name, ["1918-01-01", "2190-01-01"], anywhere), ["1918-01-01", "2190-01-01"], [], iso_day)
    half = ("2018-01-01", "2018-01-01", "2018-06-30", "2018上半年")
    check(
        "span",
        taken("span", ["2018上半年", "上半年"], anywhere),
        [half, None],
        [(1, "cell-stretch-year", "“上半年”")],
        iso_day,
    )


def test_days_are_counted_as_the_workbook_does() -> None:
    sheet = SheetContext(None, EPOCH_1904)
    check("opened", taken("opened", [41699, "2018-03-02"], sheet=sheet), ["2018-03-02", "2018-03-02"], [], iso_day)
    march = ("2018-03-02", "2018-03-02", "2018-03-02", "41699")
    check("span", taken("span", [41699], sheet=sheet), [march], [], iso_day)


TEXTS: list[tuple[str, list[tuple[Any, Any]], list[Said]]] = [
    ("title",
     [("甲", "甲"), ("", ""), (None, None), (" 乙\n丙 ", "乙 丙"), (12.0, "12"), (shown(1, Shown("JY-001")), "JY-001"),
      (True, "是"), (date(2018, 3, 2), "2018-03-02"), (BadCell("cell-error", "#REF!"), None),
      ("13800138000", "138******00"),
      ("无", "无"), ("/", "/")],
     [(8, "cell-error", "#REF!"), (2, "cell-required", "“Title”")]),
    ("title", [(1, "1"), (2.5, "2.5"), (None, None)], [(2, "cell-required", "")]),
    ("level",
     [("city", "city"), ("市级", "city"), (" 国 家 级 ", "nation"), ("CITY", "city"), (None, None), ("省级", None),
     ("无", None),
      (MergedCell("市级"), "city"), (3, None), ("省级", None)],
     [(5, "cell-choice", "“省级” is not one of the choices of “Level”"), (6, "cell-choice", "“无”"),
     (8, "cell-choice", "“3”"),
      (9, "cell-choice", "“省级”"), (4, "cell-required", "“Level”")]),
    ("proof",
     [("a.pdf", "a.pdf"), ("./b.pdf", "attachments/b.pdf"), ("b.pdf", "attachments/b.pdf"),
     ("证书\\c.pdf", "证书/c.pdf"),
      ("attachments/b.pdf", "attachments/b.pdf"), ("d.pdf", None), (None, None), ("/", None), (Nested("[1]"), None),
      (BadCell("cell-error", "#REF!"), None)],
     [(5, "cell-attachment", "“d.pdf”"), (8, "json-cell", ""), (9, "cell-error", "#REF!"),
     (7, "cell-nothing", "“Proof”: 1 cells")]),
    ("open",
     [("是", True), ("否", False), (None, None), (1, True), (0, False), (True, True), (False, False), (2, None),
     ("暂无", None)],
     [(7, "cell-flag", "“2”"), (8, "cell-flag", "“暂无”")]),
    # boxes of which none is ticked are no answer; in a text, they are the text
    ("level", [("□市级 □国家级", None), ("■市级 □国家级", "city")], [(0, "cell-required", "“Level”")]),
    ("open", [("□是 □否", None), ("☑是 □否", True)], []),
    ("title", [("□是 □否", "□是 □否"), (Nested("[1, 2]"), None)], [(1, "json-cell", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "cells", "said"), TEXTS)
def test_texts_choices_files_and_flags_are_stored(name: str, cells: list[tuple[Any, Any]], said: list[Said]) -> None:
    read = taken(name, [cell for cell, _ in cells])
    assert {each: stored.to_list() for each, stored in read.stored.items()} == {name: [stored for _, stored in cells]}
    check_said(read, said)
    assert read.attachments == ({"a.pdf", "attachments/b.pdf", "证书/c.pdf"} if name == "proof" else set())


def test_a_choice_that_is_nearly_right_is_suggested() -> None:
    [told] = taken("level", ["国家及"]).faults.listed
    assert "国家级" in finding(told.code, Place(), **told.params).hint.zh


def test_a_long_cell_is_told_of_by_its_beginning_and_without_a_person_s_number() -> None:
    [told, other] = taken("firms", ["甲" * 200, "13800138000号"]).faults.listed
    assert (told.params["value"], other.params["value"]) == ("甲" * 60, "138******00号")


@pytest.mark.parametrize(("cells", "code"), [(["坏"], "cell-number"), ([3.5], "cell-whole"),
(["约30"], "cell-approximate"), ([None], "cell-required")])  # fmt: skip
@pytest.mark.parametrize("count", [1, 20, 21, 500])
def test_the_first_of_a_kind_are_listed_and_all_are_counted(cells: list[Any], code: str, count: int) -> None:
    faults = taken("firms", cells * count + [7]).faults
    assert [(each.code, each.at) for each in faults.listed] == [(code, at) for at in range(min(count, 20))]
    assert +faults.counts == {code: count}


def test_days_without_a_year_are_in_that_of_the_title() -> None:
    sheet = SheetContext(year=2018, titled="“2018年”")
    said = [
        (1, "cell-year-titled", "2 cells have no year; they were read in that of the title “2018年”, “3月2日” as 2018")
    ]
    stored = ["2018-12-01", ("2018-03-02", "2018-03-02", "2018-03-02", None), "2018-03-04"]
    check("opened", taken("opened", ["2018-12-01", "3月2日", "3月4日"], sheet=sheet), stored, said, iso_day)


def test_a_stretch_is_read_in_the_round_s_period() -> None:
    around = ReadingContext(AROUND.attachments, (17348.0, 17712.0))  # from 2017-07-01 to 2018-06-30
    until = ("2017-07-01", "2017-07-01", "2018-03-31", "截至2018年3月")
    cells = ["截至2018年3月", "上半年"]
    check("span", taken("span", cells, around), [until, None], [(1, "cell-stretch-year", "")], iso_day)


def test_a_file_does_not_prove_what_it_states() -> None:
    around = AROUND.inside("a.pdf").inside("证书/c.pdf")
    read = taken("proof", ["a.pdf", "b.pdf", "c.pdf"], around)
    check_said(read, [(0, "cell-attachment-itself", "a.pdf"), (2, "cell-attachment-itself", "证书/c.pdf")])
    assert read.attachments == {"attachments/b.pdf"}


WORKS = ["工程名称", "开工日期", "销项日期"]


@pytest.mark.parametrize(
    ("begun", "closed", "said"),
    [
        ("2016-01-01", "2018-03-01", []),
        ("2015-06-01", "", []),
        ("2018-12-31", "2028-06-30", []),
        ("2014-06-01", "", ["cell-far 工程.csv:B2"]),
        ("2011年", "", ["cell-far 工程.csv:B2"]),
        ("2019-03-01", "", ["cell-far 工程.csv:B2"]),
        ("2018-03-01", "2108-04-01", ["cell-far 工程.csv:C2"]),
        ("2018-03-01", "1918-04-01", []),
    ],
)
def test_a_day_far_from_the_period_is_doubted(begun: str, closed: str, said: list[str], tmp_path: Path) -> None:
    made = outcome({"工程.csv": w.as_csv([WORKS, ["围墙", begun, closed]])}, tmp_path)
    assert made.said() == said
    assert made.figure("works") == 1
