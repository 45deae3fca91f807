"""How sure it must be that a record is the sum of others before it is doubted, and before it is an error."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.plugin import BaseType, Choice, Date, Flag, Number, Period, Record, Text, column
from pilot_eval.text import Words
from tests.support import writers as w
from tests.support.corpus.variants import corpus
from tests.support.one_table import validated
from tests.support.periods_lab import outcome, yard

depot = BaseType("depot", zh="仓库", en="Depot", api=2)
GRADES = {"dry": Words(zh="干货", en="Dry"), "wet": Words(zh="湿货", en="Wet")}


@depot.table(zh="库存", en="Stock", name="stock")
class Stock(Record):
    """Stock of one kind: nothing names the rows but a choice."""

    kind: Choice = column(zh="种类", en="Kind", choices=GRADES)
    tons: Number = column(zh="吨数", en="Tons", unit="元")


@depot.table(zh="出库", en="Uses", name="uses")
class Use(Record):
    """Stock of one kind that was used in one month."""

    kind: Choice = column(zh="种类", en="Kind", choices=GRADES)
    month: Period = column(zh="月份", en="Month")
    tons: Number = column(zh="吨数", en="Tons", unit="元")


@depot.table(zh="货物", en="Goods", name="goods")
class Good(Record):
    """Goods, with everything that a total has none of."""

    title: Text = column(zh="品名", en="Title")
    tons: Number = column(zh="吨数", en="Tons", unit="元")
    day: Date = column(zh="日期", en="Day", optional=True)
    month: Period = column(zh="月份", en="Month", optional=True)
    kind: Choice = column(zh="种类", en="Kind", choices=GRADES, optional=True)
    done: Flag = column(zh="已验收", en="Checked", optional=True)


TABLES: dict[str, tuple[BaseType, list[str]]] = {
    "账目": (yard, ["科目", "预算数", "支出数"]),
    "用工": (yard, ["期间", "人数"]),
    "分点用工": (yard, ["地点", "期间", "人数"]),
    "楼宇": (corpus, ["名称", "面积", "企业数", "租金收入", "投入资金"]),
    "库存": (depot, ["种类", "吨数"]),
    "出库": (depot, ["种类", "月份", "吨数"]),
    "货物": (depot, ["品名", "吨数", "日期", "月份", "种类", "已验收"]),
}
CODES = {"row-like-total": "like", "row-whole": "whole", "row-total": "total", "row-levels": "levels"}
Rows = Sequence[Sequence[Any]]


def sums(table: str, rows: Rows, folder: Path) -> list[str]:
    """What is said of rows as sums of others, such as `whole 5`."""
    base_type, header = TABLES[table]
    lines = [[*row, *[None] * (len(header) - len(row))] for row in rows]
    made = outcome({f"{table}.csv": w.as_csv([header, *lines])}, folder, base_type)
    return [f"{CODES[each.code]} {each.place.row}" for each in made.findings if each.code in CODES]


def of_one(*budgets: Any) -> Rows:
    """Lines in one column of figures, whose labels say nothing."""
    return [[label, budget, 0] for label, budget in zip("甲乙丙丁戊己庚辛", budgets, strict=False)]


def of_two(*amounts: tuple[Any, Any]) -> Rows:
    return [[label, *each] for label, each in zip("甲乙丙丁戊己庚辛", amounts, strict=False)]


OTHER, OTHERS = 7000, (7000, 2300)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        # one column, a row in the middle
        (of_one(161, 159, 320, OTHER), ["like 4"]), (of_one(161, 158, 319, OTHER), []),
        (of_one(OTHER, 320, 161, 159), ["like 3"]), (of_one(OTHER, 319, 161, 158), []),
        (of_one(805, 795, 1600, OTHER), ["like 4"]), (of_one(805, 790, 1595, OTHER), []),
        (of_one(10, 3190, 3200, OTHER), ["like 4"]), (of_one(10, 3180, 3190, OTHER), []),
        (of_one(8.05, 7.95, 16, OTHER), ["like 4"]), (of_one(8.05, 7.9, 15.95, OTHER), []),
        (of_one(8700318.41, 6049415.97, 14749734.38, OTHER), ["like 4"]),
        (of_one(OTHER, 14749734.38, 8700318.41, 6049415.97), ["like 3"]),
        (of_one(0.251, 0.4, 0.651, OTHER), ["like 4"]), (of_one(OTHER, 0.651, 0.251, 0.4), ["like 3"]),
        (of_one(1200, 0, 861, 2061, OTHER), ["like 5"]), (of_one(OTHER, 2061, 1200, 0, 861), ["like 3"]),
        (of_one(OTHER, 2061, 0, 0, 1200, 861), ["like 3"]), (of_one(4001, 4001, 0, OTHER), []),
        # one column, the first or the last row
        (of_one(11, 9, 20), ["like 4"]), (of_one(20, 11, 9), ["like 2"]), (of_one(11, 8, 19), []),
        (of_one(3, 5, 8), []),
        (of_one(1401, 1599, 3000), ["like 4"]), (of_one(1001, 1002, 997, 3000), ["whole 5"]),
        (of_one(1001, 1002, 996, 2999), ["like 5"]), (of_one(3000, 1001, 1002, 997), ["whole 2"]),
        (of_one(1000, 2000, 3000, 4000, 5000, 1501, 16501), ["whole 8"]),
        (of_one(1000, 2000, 3000, 4000, 5000, 1500, 16500), ["like 8"]),
        (of_one(4001, 4001), []), (of_one(0, 0, 0), []), (of_one(0, 4001, 4001), []),
        # two columns
        (of_two((10, 45), (70, 85), (80, 130), (1000, 2000), (1700, 4000)), ["like 4"]),
        (of_two((10, 45), (70, 85), (80, 130), (1000, 2000), (1700, 4000), (7000, 600)), []),
        (of_two((20, 70), (80, 120), (100, 190)), ["whole 4"]), (of_two((20, 70), (80, 110), (100, 180)), ["like 4"]),
        (of_two((21, 93), (39, 100), (60, 193), OTHERS), ["whole 4"]),
        (of_two((21, 93), (39, 99), (60, 192), OTHERS), ["like 4"]),
        (of_two(OTHERS, (60, 193), (21, 93), (39, 100)), ["whole 3"]),
        # columns that differ little show little more than one does
        (of_two((1, 1), (2, 2), (3, 2), (6, 5)), []), (of_two((12, 10), (8, 8), (20, 18)), ["like 4"]),
        # columns in proportion show a sum once
        (of_two((20, 157), (57, 140), (77, 297), OTHERS), ["whole 4"]),
        (of_two((20, 40), (57, 114), (77, 154), OTHERS), []),
        (of_two((201, 402), (190, 380), (391, 782), OTHERS), ["like 4"]),
        (of_two((402, 201), (380, 190), (782, 391), OTHERS), ["like 4"]),
        (of_two((257, 516), (743, 1484), (1000, 2000), OTHERS), ["like 4"]),
        (of_two((200, 57), (400, 40), (601, 97), OTHERS), []),
    ],
)  # fmt: skip
def test_how_likely_figures_make_a_sum(rows: Rows, said: list[str], tmp_path: Path) -> None:
    assert sums("账目", rows, tmp_path) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["1、甲", 20, 0], ["2、乙", 80, 0], ["3、丙", 100, 0]], []),  # a list goes on
        ([["1、甲", 20, 0], ["2、乙", 70, 0], ["3、丙", 90, 0]], []),
        ([["东区", 1001, 0], ["西区", 1002, 0], ["北区", 997, 0], ["郊野", 3000, 0]], ["whole 5"]),
        ([["东区", 1001, 0], ["西区", 1002, 0], ["北区", 997, 0], ["所有", 3000, 0]], ["total 5"]),
        ([["东区", 60, 0], ["西区", 47, 0], ["郊野", 107, 0], ["乡", OTHER, 0]], ["like 4"]),
        ([["东区", 60, 0], ["西区", 46, 0], ["郊野", 106, 0], ["乡", OTHER, 0]], []),
        ([["甲", 30, 0], ["乙", 80, 0], ["本单位", 110, 0], ["丁", OTHER, 0]], ["like 4"]),
        ([["甲", 30, 0], ["乙", 70, 0], ["本单位", 100, 0], ["丁", OTHER, 0]], []),
        ([["甲", 30, 0], ["乙", 40, 0], ["本单位", 71, 0], ["丁", OTHER, 0]], []),
        ([["甲", 30, 0], ["乙", 40, 0], ["丙", 70, 0], ["丁", OTHER, 0]], []),
        ([["一、甲", 1000, 50], ["（一）乙", 401, 30], ["（二）丙", 599, 20], ["二、丁", OTHER, 20]], ["total 2"]),
    ],
)  # fmt: skip
def test_labels_make_a_sum_likelier(rows: Rows, said: list[str], tmp_path: Path) -> None:
    assert sums("账目", rows, tmp_path) == said


@pytest.mark.parametrize(
    ("parts", "whole", "doubted"),
    [
        ((1000, 900), "约2000", True), ((1000, 700), "约2000", False), ((1000, 1300), "约2000", False),
        (("约1000", 1000), 2050, True), (("约1000", 1000), 1950, True), (("约1000", 1000), 1850, False),
        (("约1000", 1000), 2150, False), (("约1000", "约1000"), "约2300", True), (("约1000", "约1000"), "约1700", True),
        (("约1000", "约1000"), "约2500", False), (("约1000", "约1000"), "约1600", False),
    ],
)  # fmt: skip
def test_rough_figures_are_a_sum_if_their_bounds_meet(
    parts: tuple[Any, Any], whole: Any, doubted: bool, tmp_path: Path
) -> None:
    assert sums("账目", [*of_one(*parts), ["全区", whole, 0]], tmp_path) == (["like 4"] if doubted else [])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["甲", 21, 61, 300], ["乙", 60, 71, 500], ["丙", 81, 132, 801]], ["like 4"]),
        ([["甲", 20, 31, 300], ["乙", 60, 69, 500], ["丙", 80, 100, 801]], []),
        ([["甲", 21, 123, 300], ["乙", 39, 177, 500], ["丙", 60, 300, 801]], ["whole 4"]),
        ([["甲", 21, 23, 300], ["乙", 38, 77, 500], ["丙", 59, 100, 801]], ["like 4"]),
        ([["甲", 2101, 2399, 300, 7], ["乙", 3912, 7700, 500, 8], ["丙", 6013, 10_099, 801, 16]], []),
        ([["甲", 1051, 300], ["乙", 2912, 500], ["丙", 3963, 801]], []),
        ([["甲", 2101, 300], ["乙", 1912, 500], ["丙", 4013, 801]], ["like 4"]),
        ([["甲", 1200, 3], ["乙", 861, 5], ["丙", 2061, None], ["丁", OTHER, 110]], ["like 4"]),
        ([["甲", 1200, 3], ["乙", 861, 5], ["丙", 2061, 9], ["丁", OTHER, 110]], []),
        ([["甲", 1200], ["乙"], ["丙", 861], ["丁", 2061], ["戊", OTHER]], ["like 5"]),
        ([["戊", OTHER], ["丁", 2061], ["甲", 1200], ["乙"], ["丙", 861]], ["like 3"]),
        ([["甲", None, None, None, 0.251], ["乙", None, None, None, 0.4], ["丙", None, None, None, 0.651],
          ["丁", None, None, None, OTHER]], ["like 4"]),
        ([["甲", None, None, None, 251], ["乙", None, None, None, 400], ["丙", None, None, None, 651],
          ["退", None, None, None, -10]], []),
        ([["甲", None, None, None, 61], ["退", None, None, None, -10], ["丙", None, None, None, 51]], ["like 4"]),
    ],
)  # fmt: skip
def test_a_slip_or_an_empty_cell_in_a_column(rows: Rows, said: list[str], tmp_path: Path) -> None:
    assert sums("楼宇", rows, tmp_path) == said


@pytest.mark.parametrize("mark", [None, "2018-01-01", "1月", "干货", "是"])
def test_a_row_in_the_middle_with_a_day_a_choice_or_a_flag_is_no_sum(mark: str | None, tmp_path: Path) -> None:
    own = [mark if mark == each else None for each in ("2018-01-01", "1月", "干货", "是")]
    rows = [["甲", 401], ["乙", 599], ["丙", 1000, *own], ["丁", OTHER]]
    assert sums("货物", rows, tmp_path) == ([] if mark else ["like 4"])


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        ("货物", [["甲", 101], ["乙", 99], ["丙", 200, "2018-03-01"]], ["like 4"]),
        ("货物", [["甲", 100], ["乙", 99], ["丙", 199, "2018-03-01"]], []),
        ("货物", [["丙", 200, "2018-03-01"], ["甲", 101], ["乙", 99]], ["like 2"]),
        ("库存", [["干货", 401], ["湿货", 599], ["干货", 1000]], ["like 4"]),
        ("库存", [["干货", 400], ["湿货", 599], ["干货", 999]], []),
        ("出库", [["干货", "1月", 401], ["湿货", "1月", 599], ["干货", "2月", 1000]], ["like 4"]),
        ("分点用工", [["甲", "1月", 401], ["乙", "1月", 599], ["丙", "1月", 1000]], ["like 4"]),
        ("用工", [["1月", 401], ["2月", 599], ["3月", 1000]], []),
    ],
)  # fmt: skip
def test_the_first_or_last_row_with_a_day_or_a_choice_may_be_a_sum(
    table: str, rows: Rows, said: list[str], tmp_path: Path
) -> None:
    assert sums(table, rows, tmp_path) == said


@pytest.mark.parametrize(("header", "cells"), [("出租率", (40, 57, 97)), ("等级", (1, 2, 3))])
def test_shares_and_grades_are_no_sums(header: str, cells: tuple[int, ...], tmp_path: Path) -> None:
    rows = [["名称", header], *([f"{label}座", cell] for label, cell in zip("甲乙丙", cells, strict=True))]
    assert outcome({"楼宇.csv": w.as_csv(rows)}, tmp_path, corpus).said() == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (of_one(1031, 2057, 3088, 6176), ["like 4", "whole 5"]),
        (of_one(6176, 3088, 1031, 2057), ["whole 2", "like 3"]),
        (of_one(310, 5701, 6011, 1013, 1101, 2114, 8125, OTHER), ["like 4", "like 7", "like 8"]),
        (of_two((310, 11), (571, 39), (881, 50), (57, 42), (30, 501), (87, 543), (968, 593)),
         ["whole 4", "whole 7", "whole 8"]),
    ],
)  # fmt: skip
def test_sums_of_sums(rows: Rows, said: list[str], tmp_path: Path) -> None:
    assert sums("账目", rows, tmp_path) == said


@pytest.mark.parametrize(
    ("rows", "leveled"),
    [
        ([["一、办公", 100, 50], ["（一）纸", 100, 30], ["（二）笔", 20, 50]], True),
        ([["一、办公", 100, 50], ["（一）纸", 101, 30], ["（二）笔", 20, 50]], False),
        ([["一、办公", "约100", 50], ["（一）纸", 109, 30], ["（二）笔", 20, 50]], True),
        ([["一、办公", "约100", 50], ["（一）纸", 112, 30], ["（二）笔", 20, 50]], False),
        ([["一、办公", 100, 50], ["（一）纸", "约110", 30], ["（二）笔", 20, 50]], True),
        ([["一、办公", 100, 50], ["（一）纸", "约112", 30], ["（二）笔", 20, 50]], False),
        ([["一、办公", 0, 0], ["（一）纸", 0, 0], ["（二）笔", 0, 0]], False),
        ([["一、办公", 0, 10], ["（一）纸", 0, 3], ["（二）笔", 0, 2]], True),
        ([["一、办公", 0.9, 0.5], ["（一）纸", 0.3, 0.1], ["（二）笔", 0.2, 0.1]], True),
        ([["1.办公", 100, 50], ["①纸", 60, 30]], True), ([["办公", 100, 50], ["1.纸", 60, 30]], False),
        ([["差旅", 20, 10], ["办公", 100, 50], ["1.纸", 60, 30]], False),
    ],
)  # fmt: skip
def test_a_record_stands_above_its_parts_if_none_is_larger(rows: Rows, leveled: bool, tmp_path: Path) -> None:
    assert sums("账目", rows, tmp_path) == (["levels 2"] if leveled else [])


def test_records_with_a_day_or_without_figures_stand_above_none(tmp_path: Path) -> None:
    below = [["（一）乙", 599], ["（二）丙", 100], ["二、丁", OTHER]]
    for at, (first, said) in enumerate(
        [(["一、甲", 1000], ["levels 2"]), (["一、甲", 1000, "2018-01-01"], []), (["一、甲", None, None, "1月"], [])]
    ):
        (tmp_path / str(at)).mkdir()
        assert sums("货物", [first, *below], tmp_path / str(at)) == said


def test_the_rows_of_a_sum_and_of_parts_are_named(tmp_path: Path) -> None:
    rows = [*of_two((1001, 7), (1002, 8), (997, 0), (3000, 15)), ["一、丁", 901, 30], ["（一）纸", 102, 8],
            ["（二）笔", 37, 10], ["二、戊", 999, 15]]  # fmt: skip
    made = outcome({"账目.csv": w.as_csv([TABLES["账目"][1], *rows])}, tmp_path)
    said = [each.line("zh").partition(" → ")[0].partition("账目.csv:")[2] for each in made.findings]
    assert said == ["5: 该行是第 2 至 4 行之和，会重复计算", "6: 第 7 至 8 行像是该行的细项；该行与细项都已计入"]


A_PART = ["其中：纸张", 30, 10]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["办公", 100, 50], A_PART, ["书报", 70, 40], ["差旅", 9, 3]], [(2, 3, 4)]),
        ([["办公", 100, 50], A_PART, ["　　笔墨", 20, 10], ["书报", 20, 20], ["茶水", 30, 10], ["差旅", 7, 3]],
         [(2, 3, 6)]),
        ([["差旅", 9, 3], ["办公", 100, 50], A_PART, ["书报", 70, 30], ["茶水", 0, 10]], [(3, 4, 6)]),
        ([["办公", 100, 50], ["其中：纸张", 100, 10], ["书报", 0, 40], ["差旅", 9, 3]], [(2, 3, 4)]),
        ([["办公", 100, 50], A_PART, ["书报", 71, 40], ["差旅", 9, 3]], []),
        ([["办公", 100, 50], A_PART, ["书报", 69, 40], ["差旅", 9, 3]], []),
        ([["办公", 100, 50], A_PART, ["书报", 69, 40], ["差旅", 2, 0], ["会议", -1, 0]], []),
        ([["办公", 100, 50], A_PART, ["其中：书报", 70, 40], ["差旅", 9, 3]], []),
        ([["办公", 100, 50], ["其中：纸张", 100, 50]], []),
        ([["办公", 100, 50], ["其中：纸张", 100, 50], ["差旅", 0, 0]], []),
        ([["办公", 100, 50], A_PART, ["书报", 70, 40], ["差旅", 500, 300], ["其中：机票", 200, 100],
          ["车船", 300, 200]], [(2, 3, 4), (5, 6, 7)]),
        ([["办公", 100, 50], ["合计", 100, 50], A_PART, ["书报", 70, 40]], []),
        ([["办公", 100, 50], [None] * 3, A_PART, ["书报", 70, 40], ["会议", 1, 1]], []),
        ([A_PART, ["书报", 70, 40], ["会议", 1, 1]], []),
    ],
)  # fmt: skip
def test_rows_below_a_part_that_make_up_the_rest_are_parts_too(
    rows: Rows, said: list[tuple[int, int, int]], tmp_path: Path
) -> None:
    made = outcome({"账目.csv": w.as_csv([TABLES["账目"][1], *rows])}, tmp_path)
    found = [each for each in made.findings if each.code == "row-levels"]
    assert [each.place.row for each in found] == [whole for whole, *_ in said]
    for each, (_, first, last) in zip(found, said, strict=True):
        assert f"第 {first} 至 {last} 行" in each.message.zh


BLOCKS = [["东区", 1873, 911], ["西区", 2214, 1307], ["南区", 1446, 764]]
TENURES = [["自有", 3120, 1999], ["租赁", 2413, 983]]
OF_A_DISTRICT = [["东区", 1001, 0], ["西区", 1002, 0], ["北区", 997, 0], ["所有", 3000, 0], ["南区", 50, 0]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*OF_A_DISTRICT, ["所有", 50, 0]],
         ["row-total 5", "row-like-total 7 疑似合计行：数字等于第 6 至 6 行之和；已按记录计入"]),
        ([*OF_A_DISTRICT, ["所有", 51, 0]], ["row-total 5"]),
        ([*OF_A_DISTRICT, ["郊野", 50, 0]], ["row-total 5"]),
        ([["1-3号楼", 100, 50], ["1号楼", 60, 30], ["2号楼", 20, 5], ["3号楼", 10, 5]],
         ["row-levels 2 第 3 至 5 行像是该行的细项；该行与细项都已计入"]),
        ([["1-3号楼", 100, 50], ["1号楼", 60, 30], ["2号楼", 20, 5], ["3号楼", 101, 5]], []),
        ([*BLOCKS, *TENURES],
         ["rows-two-ways 5 第 5 至 6 行与第 2 至 4 行之和都是 5,533，像是同一总数的两种分法；两种都已计入"]),
        ([*BLOCKS, *TENURES, ["合计", 11_066, 5964]], ["row-total 7"]),
        ([["一、甲", 100, 50], ["★乙", 60, 30], ["★丙", 50, 30]], []),
        ([["一、甲", 100, 50], ["★乙", 60, 30], ["丙", 50, 30]],
         ["row-levels 2 第 3 至 3 行像是该行的细项；该行与细项都已计入"]),
        ([["办公", 100, 50], ["★乙", 60, 30], ["★丙", 30, 10]],
         ["row-levels 2 第 3 至 4 行像是该行的细项；该行与细项都已计入"]),
        ([["办公", 100, 50], ["★乙", 60, 30], ["★丙", 50, 10]], []),
    ],
)  # fmt: skip
def test_what_is_said_of_rows_that_are_others_again(rows: Rows, said: list[str]) -> None:
    found = validated([TABLES["账目"][1], *rows])
    of_totals = [f"{each.code} {each.place.row}" for each in found]
    shown = [each if each.startswith("row-total") else f"{each} {made.message.zh}"
             for each, made in zip(of_totals, found, strict=True)]  # fmt: skip
    assert shown == said
