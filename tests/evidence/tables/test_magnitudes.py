"""Numbers that may be in another unit, or have a separator that makes them another number, are doubted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.plugin import BaseType, Number, Record, Text, column
from tests.support import writers as w
from tests.support.corpus import figures
from tests.support.corpus.taking import each_taken_in
from tests.support.corpus.variants import corpus
from tests.support.one_table import validated
from tests.support.periods_lab import outcome

homes = BaseType("homes", zh="小区", en="Homes", api=2)


@homes.table(zh="小区", en="Estates", name="estates")
class Estate(Record):
    """An estate with its households."""

    title: Text = column(zh="名称", en="Title")
    households: Number = column(zh="户数", en="Households", unit="户", min=0, stock=True)
    paid: Number = column(zh="收费", en="Paid", unit="元", min=0, optional=True)


test_variants = each_taken_in(*figures.MAGNITUDES)


@pytest.mark.parametrize(("spent", "apart"), [(2.3, False), (2.4, True), (8.8, True), (8.9, False)])
def test_an_amount_is_apart_if_it_were_30_to_110_percent_in_ten_thousands(
    spent: float, apart: bool, tmp_path: Path
) -> None:
    made = outcome({"账目.csv": w.as_csv([["科目", "预算数", "支出数"], ["办公", 80000, spent]])}, tmp_path)
    assert any(each.startswith("columns-apart") for each in made.said()) == apart


@pytest.mark.parametrize(
    ("amounts", "code"),
    [
        ([(90_000, 0.85), (60_000, 0.9)], "columns-far"), ([(90_000, 85), (60_000, 90)], "columns-far"),
        ([(90_000, 80)], "columns-far"), ([(90_000, 0.85)], "columns-far"), ([(90_000, 200),
        (60_000, 150)], "columns-far"),
        ([(0.85, 90_000), (0.9, 60_000)], "columns-far"), ([(90_000, 8.5), (60_000, 6)], "columns-apart"),
        ([(4120, 85), (6350, 92)], "columns-far"), ([(4120, 85)], None), ([(4120, 85), (3600, 92)], None),
        ([(4120, 85), (6350, 101)], None), ([(4120, 100), (6350, 92)], "columns-far"),
        ([(4120, 19), (6350, 50)], None), ([(90_000, 120)], None),
        ([(90_000, 113)], None), ([(90_000, 112)], "columns-far"), ([(90_000, 300), (60_000, 150)], None),
        ([(90_000, 299), (60_000, 150)], "columns-far"), ([(90_000, 0), (60_000, 0)], None),
        ([(90_000, 0), (60_000, 90)], None), ([(90_000, 86), (3600, 3600)], None), ([], None),
    ],
)  # fmt: skip
def test_a_column_far_below_that_beside_it_in_all_rows_is_doubted(
    amounts: Sequence[tuple[float, float]], code: str | None, tmp_path: Path
) -> None:
    lines = [[f"科目{'甲乙丙'[at]}", *each] for at, each in enumerate(amounts)]
    made = outcome({"账目.csv": w.as_csv([["科目", "预算数", "支出数"], *lines])}, tmp_path)
    said = [each.split()[0] for each in made.said() if each.startswith("columns-")]
    assert said == ([code] if code else [])


@pytest.mark.parametrize(
    ("budgets", "row"),
    [
        ([99_000, 99], 3), ([98_999, 99], None), ([100_000, 100], None), ([100_000, 100, 99], None),
        ([2_000_000, 100, 99], 3),
        ([2_000_000, 100], None), ([2_000_000, 99], 3), ([30, 151, 300_000], None), ([30, 149, 300_000], 2), 
        ([1e-10, 90_000], 2),
        ([900_000, 800.5], None), ([1_500_000, 800.5], None), ([2_000_000, 800.5], 3),
        ([17_000_000, 800, 650], 3), ([1_000_000, 1000, 999], None), ([755, 2.5], 3), ([745, 2.5], None),
        ([75_500.5, 2.5], 3), ([755.5, 2.5], None), ([99_000], None), ([2.5, 99_000, 0], 2), ([3, 99_000, 5], 2),
        ([99_000, "约99"], 3), ([99_000, 3, 90], 3), ([9_000_000, 5000, 90], None),
    ],
)  # fmt: skip
def test_amounts_far_below_all_others_are_doubted(budgets: Sequence[Any], row: int | None, tmp_path: Path) -> None:
    lines = [[f"科目{'甲乙丙丁'[at]}", budget, 0] for at, budget in enumerate(budgets)]
    made = outcome({"账目.csv": w.as_csv([["科目", "预算数", "支出数"], *lines])}, tmp_path)
    said = [each for each in made.said() if each.startswith("column-magnitudes")]
    assert said == ([f"column-magnitudes 账目.csv:B{row}"] if row else [])


@pytest.mark.parametrize(
    ("spent", "doubted"), [(5000, True), (5001, False), (10_000, False), (500_000, True), (1_700_000, False)]
)
def test_an_amount_is_small_in_its_unit_if_others_of_its_row_are_large(
    spent: int, doubted: bool, tmp_path: Path
) -> None:
    rows = [["科目", "预算数", "支出数"], ["甲", 500_000, 400_000], ["乙", 50, spent]]
    made = outcome({"账目.csv": w.as_csv(rows)}, tmp_path)
    assert ("column-magnitudes 账目.csv:B3" in made.said()) == doubted


def test_each_row_whose_amounts_are_too_small_is_said_once_and_five_are_named(tmp_path: Path) -> None:
    rows = [["科目", "预算数", "支出数"], ["甲", 500_000, 400_000], *([each, 12, 8] for each in "乙丙丁戊己庚")]
    made = outcome({"账目.csv": w.as_csv(rows)}, tmp_path)
    found = [each for each in made.findings if each.code == "column-magnitudes"]
    assert len(found) == 1
    assert "7" in found[0].message.zh
    assert "8" not in found[0].message.zh.replace("8 行", "")
    assert "500,000" in found[0].message.zh


@pytest.mark.parametrize(
    ("number", "doubted"),
    [("0144", True), ("017", True), ("07", False), ("0189", False), ("144", False), ("0.5", False)],
)
def test_numbers_that_older_programs_take_as_octal_are_doubted(number: str, doubted: bool, tmp_path: Path) -> None:
    text = f"- 科目: 010\n  预算数: {number}\n  支出数: 0\n"
    made = outcome({"账目.yaml": text.encode()}, tmp_path)
    assert [each for each in made.said() if each.startswith("cell-octal")] == ["cell-octal 账目.yaml:预算数1"] * doubted


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("面积", ["90", "0.3"], []), ("面积", ["0.29"], ["cell-tiny 楼宇.csv:B2"]), ("面积", ["0"], []),
        ("面积", ["0.29万"], []), ("面积（万㎡）", ["0.29"], []), ("面积", ["90", "0.1"], ["cell-tiny 楼宇.csv:B3"]),
        ("面积", ["1.5", "1"], ["cell-tiny 楼宇.csv:B2", "cell-tiny 楼宇.csv:B3"]), ("面积", ["1", "1"], []),
        ("面积", ["999.5", "2000000"], ["column-magnitudes 楼宇.csv:B2"]), ("面积", ["1000.5", "2000000"], []),
        ("面积", ["1.5", "2"], []), ("面积", ["2", "4.5", "3000", "3500"], []),
        ("面积", ["2", "3.5", "3000", "3500"], ["column-magnitudes 楼宇.csv:B2"]),
        ("面积", ["2500", "2.5"], ["column-magnitudes 楼宇.csv:B3"]), ("面积", ["2400", "2.5"], []),
        ("面积", ["25000", "25"], []),
        ("出租率", ["1.500"], []), ("面积", ["1.500", "2.25"], []), ("面积", ["3.500", "0.5"], []),
        ("面积", ["1.200", "0.350"], ["cell-tiny 楼宇.csv:B2", "cell-tiny 楼宇.csv:B3"]), ("面积", ["2", "0.5"], []),
        ("面积", ["800", "1.500", "1.250"], ["column-dots 楼宇.csv:B3"]), ("面积", ["10.500万"], []),
        ("投入资金", ["0.03", "50"], ["column-magnitudes 楼宇.csv:B2"]),
        ("租金收入（万元）", ["0.03", "50"], []), ("租金收入（万元）", ["0.03", "999"], []),
        ("租金收入（万元）", ["0.03", "1000"], ["column-magnitudes 楼宇.csv:B2"]),
    ],
)  # fmt: skip
def test_numbers_of_buildings(header: str, cells: Sequence[str], said: list[str], tmp_path: Path) -> None:
    rows = [["名称", header], *([f"{'甲乙丙丁'[at]}楼", cell] for at, cell in enumerate(cells))]
    made = outcome({"楼宇.csv": w.as_csv(rows)}, tmp_path, corpus)
    assert made.said() == said


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        (f"{'承办' * 28}（万元）", True), (f"{'承办' * 28}甲（万元）", False), ("单位：亩", False),
        ("单位：万元、元", True), ("活动 3 （50,000元）单位：元", False),
    ],
)  # fmt: skip
def test_a_unit_is_read_in_remarks_of_at_most_60_characters(remark: str, said: bool, tmp_path: Path) -> None:
    rows = [["预算科目", "预算数", "执行数", "备注"], ["办公", 9000, 8000, ""], ["活动", 500, 400, remark]]
    made = outcome({"经费预算.csv": w.as_csv(rows)}, tmp_path, corpus)
    assert ("row-unit 经费预算.csv:D3" in made.said()) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["乙,100,90,年报,", "甲,1,200,1,100"], "B3"),
        (["乙,100,90,年报,", "甲,1,200,95,"], "B3"),
        (["乙,100,90,7,", "甲,1,200,950,"], None),
        (["乙,100,90,年报,7", "甲,1,200,1,100"], None),
        (["乙,100,90,年报,", "甲,0,200,1,100"], None),
        (["乙,100,90,年报,", "甲,1,20,1,100"], None),
        (["乙,100,90,年报,", "甲,1,200,见附件,100"], None),
        (["乙,100,90,年报,", "甲,1000,1,200,"], "C3"),
    ],
)
def test_a_number_split_by_its_separator_pushes_one_into_the_last_column(
    rows: Sequence[str], said: str | None, tmp_path: Path
) -> None:
    text = "\n".join(["任务,目标值,完成值,出处,备注", *rows])
    made = outcome({"工作计划.csv": text.encode()}, tmp_path, corpus)
    assert [each for each in made.said() if "split" in each] == ([f"row-split 工作计划.csv:{said}"] if said else [])


@pytest.mark.parametrize(
    ("first", "split"),
    [
        ("3100,52000,", True),
        ("300,52000,", True),
        ("299,52000,", False),
        ("3100,52000,7", False),
        ("0,52000,", False),
        ("3100,52000,\n三号楼,299,41000,", False),
        ("3100,52000,\n三号楼,300,41000,", True),
    ],
)
def test_a_number_is_split_if_the_others_are_as_large_as_both_parts(first: str, split: bool, tmp_path: Path) -> None:
    text = f"名称,面积,租金收入,企业数\n一号楼,{first}\n二号楼,3,200,52000\n"
    made = outcome({"楼宇.csv": text.encode()}, tmp_path, corpus)
    assert any(each.startswith("row-split 楼宇.csv:B") for each in made.said()) == split


@pytest.mark.parametrize(("budgets", "row"), [([750, 2.5], 3), ([749, 2.5], None), ([99_000, 99], 3)])
def test_amounts_are_far_below_from_300_times_with_decimals(
    budgets: Sequence[Any], row: int | None, tmp_path: Path
) -> None:
    lines = [[f"科目{'甲乙'[at]}", budget, 0] for at, budget in enumerate(budgets)]
    made = outcome({"账目.csv": w.as_csv([["科目", "预算数", "支出数"], *lines])}, tmp_path)
    assert made.said() == ([f"column-magnitudes 账目.csv:B{row}"] if row else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("任务,目标值,完成值,出处,备注\n乙,100,90,年报,\n甲,约1000,1,200,\n", "工作计划.csv:C3"),
        ("任务,目标值,完成值,出处,备注\n乙,100,90,年报,\n甲,1,200,约90,\n", None),
        ("任务,目标值,完成值,出处,备注\n乙,100,90,年报,\n甲,1,200,1,100\n丙,2,300,2,150\n", "工作计划.csv:B3"),
        ("任务,目标值,完成值,成果\n甲,1,200,950\n", None),
        ("任务,目标值,完成值,成果\n乙,100,90,\n甲,1,200,950\n", "工作计划.csv:B3"),
        ("任务,目标值,完成值,成果\n乙,100,90,7\n甲,1,200,950\n", None),
        ("任务,目标值,完成值,情况说明\n甲,1,200,950\n", "工作计划.csv:B2"),
        ("任务,目标值,完成值,备注\n甲,1,200,\n", None),
    ],
)  # fmt: skip
def test_cells_beyond_the_numbers_are_numbers_where_one_is_split(text: str, said: str | None, tmp_path: Path) -> None:
    made = outcome({"工作计划.csv": text.encode()}, tmp_path, corpus)
    assert [each.removeprefix("row-split ") for each in made.said() if "split" in each][:1] == ([said] if said else [])


def test_three_numbers_of_which_the_first_is_split(tmp_path: Path) -> None:
    text = "名称,面积,租金收入,企业数,备注\n一号楼,3100,52000,12,\n二号楼,3,200,约5万,9\n"
    made = outcome({"楼宇.csv": text.encode()}, tmp_path, corpus)
    assert "row-split 楼宇.csv:B3" in made.said()


@pytest.mark.parametrize(
    ("own", "others", "doubted"),
    [
        ((120, 99), [(20_000, 18_000)], True), ((120, 100), [(20_000, 18_000)], False),
        ((999, 99), [(150_000, 80_000)], True), ((1000, 99), [(150_000, 80_000)], False),
        ((120, 90), [(18_000, 13_500)], True), ((120, 90), [(17_999, 18_000)], False),
        ((120, 90), [(18_000, 13_499)], False), ((120, 0), [(18_000, 13_500)], False),
        ((120, 90), [(18_000, 13_500), (20_000, 18_000)], True), ((120, 90), [(18_000, 13_500), (200, 180)], False),
    ],
)  # fmt: skip
def test_a_row_whose_amounts_are_all_far_below_the_others_is_doubted(
    own: tuple[int, int], others: Sequence[tuple[int, int]], doubted: bool
) -> None:
    rows = [(f"科目{'甲乙丙'[at]}", *each) for at, each in enumerate([*others, own])]
    found = [each for each in validated([("科目", "预算数", "支出数"), *rows]) if each.code == "column-magnitudes"]
    assert [(each.place.row, each.place.column) for each in found] == ([(len(rows) + 1, "B")] if doubted else [])
    assert not doubted or f"{max(each[0] for each in others):,}" in found[0].message.zh
    assert not doubted or str(own[0]) in found[0].message.zh


@pytest.mark.parametrize(
    ("unit", "budgets", "row"),
    [
        ("千元", [300, 250_000], 3), ("千元", [250_000, 300], 2), ("元", [300, 250_000], None),
        ("百元", [300, 30_000], None), ("千元", [300, 30_000], 3), ("千元", [300, 29_999], None),
        ("千元", [300, 3_000_000], 3), ("千元", [300, 3_000_001], None), ("千元", [9, 999], None),
        ("千元", [9, 1000], 3), ("万元", [250, 250_000], 3), ("万元", [250, 249_999], None),
        ("万元", [200, 2600, 260_000], 4), ("万元", [200, 300, 290_000, 30_000_000], 4),
        ("万元", [200, 300, 290_000, 30_000_001], None), ("千元", [300], None), ("千元", [], None),
    ],
)  # fmt: skip
def test_amounts_far_above_the_others_are_doubted_if_they_are_like_them_in_the_columns_own_unit(
    unit: str, budgets: Sequence[int], row: int | None
) -> None:
    rows = [(f"科目{'甲乙丙丁'[at]}", each, 0) for at, each in enumerate(budgets)]
    found = [each for each in validated([("科目", f"预算数（{unit}）", "支出数"), *rows])
             if each.code == "column-above-unit"]  # fmt: skip
    assert [(each.place.row, each.place.column) for each in found] == ([(row, "B")] if row else [])
    assert not row or f"{budgets[row - 2]:,}" in found[0].message.zh


@pytest.mark.parametrize(
    ("households", "row"),
    [
        ([3, 1500, 1600], 2), ([3, 1499, 1600], None), ([10, 5000, 6000], None), ([9, 4500, 4600], 2),
        ([3, 2, 1500, 1600, 1700], 2), ([1500, 1600], None), ([1500, 1, 4, 1600, 1700], None), ([1600, 0, 1500], None),
        ([1500, 1600, 3], 4), ([3, 1500], None),
    ],
)  # fmt: skip
def test_a_few_households_beside_thousands_are_doubted(households: Sequence[int], row: int | None) -> None:
    rows = [(f"小区{'甲乙丙丁戊'[at]}", each) for at, each in enumerate(households)]
    found = [
        each for each in validated([("名称", "户数"), *rows], "estates", homes) if each.code == "column-magnitudes"
    ]
    assert [(each.place.row, each.place.column) for each in found] == ([(row, "B")] if row else [])
    assert not row or f"{max(households):,}" in found[0].message.zh


@pytest.mark.parametrize(("beside", "doubted"), [(800, True), (2.5, False)])
def test_numbers_of_a_workbook_show_whether_points_are_decimal(beside: float, doubted: bool, tmp_path: Path) -> None:
    rows = [["名称", "面积"], ["甲楼", beside], ["乙楼", "1.500"]]
    made = outcome({"楼宇.xlsx": w.Wps().book({"楼宇": rows})}, tmp_path, corpus)
    assert [each for each in made.said() if "dots" in each] == (["column-dots 楼宇.xlsx[楼宇]:B3"] if doubted else [])


@pytest.mark.parametrize(
    ("remark", "said"), [("单位：亩", True), ("亩", True), ("单位：平方米", False), ("单位：元", False)]
)
def test_a_unit_of_one_sign_is_one_of_areas(remark: str, said: bool, tmp_path: Path) -> None:
    rows = [["名称", "面积", "备注"], ["甲楼", 3000, ""], ["乙楼", 2000, remark]]
    made = outcome({"楼宇.csv": w.as_csv(rows)}, tmp_path, corpus)
    assert ("row-unit 楼宇.csv:C3" in made.said()) == said


def test_what_a_cell_holds_is_said(tmp_path: Path) -> None:
    made = outcome({"楼宇.csv": w.as_csv([["名称", "面积"], ["甲楼", "0.024㎡"], ["乙楼", 900]])}, tmp_path, corpus)
    assert ["0.024" in each.message.zh for each in made.findings if each.code == "cell-tiny"] == [True]
