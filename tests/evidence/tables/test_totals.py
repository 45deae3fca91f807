"""Rows of totals are compared with the records that they may be the sum of."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pilot_eval.evidence.tables.totals import Sums, meet, rounded_at
from pilot_eval.frames import UNBOUNDED
from pilot_eval.plugin import BaseType, Number, Record, column
from tests.support import writers as w
from tests.support.one_table import validated
from tests.support.periods_lab import outcome

HEADER = ["科目", "预算数", "支出数"]
Line = tuple[str, Any]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ([("甲", 10), ("乙", 20), ("小计", 30), ("丙", 5), ("小计", 5), ("合计", 35)], []),
        ([("甲", 10), ("乙", 20), ("小计", 30), ("丙", 5), ("丁", 7), ("小计", 12), ("总计", 42)], []),
        ([("甲", 10), ("乙", 20), ("合计", 30), ("丙", 5), ("丁", 7), ("合计", 12), ("总计", 42)], []),
        ([("甲", 10), ("乙", 20), ("合计", 30), ("丙", 5), ("丁", 7), ("合计", 42)], []),
        ([("合计", 30), ("甲", 10), ("乙", 20), ("合计", 12), ("丙", 5), ("丁", 7)], []),
        ([("总计", 42), ("合计", 30), ("甲", 10), ("乙", 20), ("合计", 12), ("丙", 5), ("丁", 7)], []),
        ([("甲", 10), ("小计", 10), ("乙", 20), ("合计", 30), ("丙", 5), ("小计", 5), ("合计", 5)], []),
        ([("甲", 10), ("合计", 10), ("乙", 20), ("小计", 20), ("丙", 5), ("小计", 25)], []),
        ([("甲", 10), ("小计", 10), ("乙", 20), ("合计", 20)], []), ([("甲", 10), ("小计", 10), ("小计", 0)], [4]),
        ([("甲", "0.000001"), ("合计", 0)], []),
        ([("甲", 10), ("乙", 20), ("合计", 30.00002)], []), ([("甲", 10), ("乙", 20), ("合计", 30.00005)], [4]),
        ([("甲", 0.1), ("乙", 0.2), ("合计", 0.3000009)], []), ([("甲", 0.1), ("乙", 0.2), ("合计", 0.300002)], [4]),
        ([("甲", 10), ("乙", 20), ("合计", 29.99998)], []), ([("甲", 10), ("乙", 20), ("合计", 29.9999)], [4]),
        ([("甲", 10), ("乙", 20), ("合计", 10), ("丙", 5)], [4]), ([("甲", 10), ("乙", 20), ("小计", 20)], [4]),
        ([("甲", 10), ("乙", 20), ("合计", 31), ("丙", 5), ("总计", 36)], [4, 6]),
        ([("甲", 10), ("乙", "100以上"), ("合计", 500)], []), ([("甲", 10), ("乙", "100以上"), ("合计", 109)], [4]),
        ([("甲", "100以上"), ("小计", 150), ("乙", 20), ("小计", 21)], [5]),
        ([("甲", "100以上"), ("小计", 150), ("乙", 20), ("小计", 20)], []),
        ([("甲", 20), ("小计", 21), ("乙", "100以上"), ("小计", 150)], [3]),
        ([("甲", 10), ("乙", "约20"), ("合计", 28)], []), ([("甲", 10), ("乙", "约20"), ("合计", 32)], []),
        ([("甲", 10), ("乙", "约20"), ("合计", 27)], [4]), ([("甲", 10), ("乙", "约20"), ("合计", 33)], [4]),
    ],
)  # fmt: skip
def test_a_total_is_the_sum_of_some_rows_beside_it(lines: Sequence[Line], rows: list[int], tmp_path: Path) -> None:
    made = outcome({"账目.csv": w.as_csv([HEADER, *([*line, 0] for line in lines)])}, tmp_path)
    said = [each for each in made.said() if each.partition(":")[2].startswith("B")]
    assert said == [f"row-total-differs 账目.csv:B{row}" for row in rows]


def test_the_sum_of_the_likeliest_rows_is_said(tmp_path: Path) -> None:
    lines = [("甲", 1000), ("小计", 1000), ("乙", "约20"), ("小计", 70), ("合计", 1234)]
    made = outcome({"账目.csv": w.as_csv([HEADER, *([*line, 0] for line in lines)])}, tmp_path)
    said = [each.message.zh for each in made.findings if each.code == "row-total-differs"]
    assert said == ["合计 70 与各行之和（18 至 22）不符", "合计 1,234 与各行之和（1,018 至 1,022）不符"]


def test_a_total_of_nothing_is_compared_with_0(tmp_path: Path) -> None:
    made = outcome({"账目.csv": w.as_csv([HEADER, ["合计", 5, 0]])}, tmp_path)
    assert "合计 5 与各行之和（0 至 0）不符" in [each.message.zh for each in made.findings]


@pytest.mark.parametrize(
    ("first", "word", "low"),
    [
        ("合计", "合计", 20), ("合计", "总计", 30), ("合计", "總計", 30), ("合计", "Grand total", 30),
        ("合计", "小计", 20),
        ("小计", "合计", 30), ("小计", "小计", 20), ("小计", "Subtotal", 20), ("Subtotal", "Total", 30),
        ("总计", "合计", 20),
    ],
)  # fmt: skip
def test_what_a_total_covers_is_said_by_its_word(first: str, word: str, low: int, tmp_path: Path) -> None:
    lines = [["甲", 10, 0], [first, 10, 0], ["乙", 20, 0], [word, 99, 0]]
    made = outcome({"账目.csv": w.as_csv([HEADER, *lines])}, tmp_path)
    said = [each.message.zh for each in made.findings if each.code == "row-total-differs"]
    assert said == [f"合计 99 与各行之和（{low} 至 {low}）不符"]


@pytest.mark.parametrize(
    ("lines", "differs"),
    [
        ([("甲", 100.4), ("乙", 23), ("合计", 123)], False), ([("甲", 100.4), ("乙", 23), ("合计", 120)], True),
        # 10 and about 20 are 28 to 32; a rough total is a tenth less or more
        ([("甲", 10), ("乙", "约20"), ("合计", "约35")], False), ([("甲", 10), ("乙", "约20"), ("合计", "约36")], True),
        ([("甲", 10), ("乙", "约20"), ("合计", "约26")], False), ([("甲", 10), ("乙", "约20"), ("合计", "约25")], True),
        # 10.4 and about 20 are 28.4 to 32.4, 10.6 and about 20 are 28.6 to 32.6: rounded or cut off
        ([("甲", 10.4), ("乙", "约20"), ("合计", 28)], False), ([("甲", 10.4), ("乙", "约20"), ("合计", 33)], True),
        ([("甲", 10.6), ("乙", "约20"), ("合计", 33)], False), ([("甲", 10.6), ("乙", "约20"), ("合计", 27)], True),
    ],
)  # fmt: skip
def test_a_rough_or_rounded_total_meets_the_sum(lines: Sequence[Line], differs: bool) -> None:
    said = validated([HEADER, *([*line, 0] for line in lines)])
    assert [str(each.place) for each in said if each.code == "row-total-differs"] == ["表.csv:B4"] * differs


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["甲", "乙", "共2项"], []), (["甲", "乙", "共3项"], ["4: 合计 3 与各行之和（2 至 2）不符"]),
        (["甲", "共1项", "乙", "共2项"], []), (["甲", "共1项", "乙", "共1项"], []),
        (["甲", "共1项", "乙", "丙", "共1项"], ["6: 合计 1 与各行之和（2 至 2）不符"]),
        (["甲", "共1项", "乙", "丙", "总共5项"], ["6: 合计 5 与各行之和（3 至 3）不符"]),
        (["甲", "共1项", "乙", "丙", "总共3项"], []),
        (["甲", "共1项", "乙", "丙", "丁", "共1500项"], ["7: 合计 1,500 与各行之和（3 至 3）不符"]),
    ],
)  # fmt: skip
def test_how_many_records_a_total_says_that_there_are(lines: Sequence[str], said: list[str]) -> None:
    rows = [(line, None if line.startswith("共") else "2018-01-02") for line in lines]
    found = validated([("工程名称", "开工日期"), *rows], "works")
    assert [f"{each.place.row}: {each.message.zh}" for each in found if each.code == "row-total-differs"] == said


once = BaseType("once", zh="点数", en="Counts", api=2)


@once.table(zh="点数", en="Counts", name="counts")
class Counted(Record):
    """A number alone."""

    number: Number = column(zh="数", en="Number", unit="元")


def test_a_table_of_one_column_has_no_totals() -> None:
    assert validated([["数"], [1], [2], [5]], "counts", once) == []


BOUNDS = [(10.0, 10.0), (18.0, 22.0), (5.0, UNBOUNDED), (20.0, 20.0), (None, None), (1.5, 1.5)]


@pytest.mark.parametrize(
    ("start", "end", "bounds"),
    [
        (0, 2, (28, 32)), (0, 3, (33, UNBOUNDED)), (2, 3, (5, UNBOUNDED)), (1, 2, (18, 22)), (3, 4, (20, 20)),
        (3, 6, (21.5, 21.5)), (4, 5, (0, 0)), (2, 2, (0, 0)),
    ],
)  # fmt: skip
def test_sums_of_bounds(start: int, end: int, bounds: tuple[float, float]) -> None:
    low, high = (pl.Series([each[at] for each in BOUNDS], dtype=pl.Float64) for at in (0, 1))
    assert Sums(low, high).of(start, end) == bounds


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ((1, 3), (2, 4), True), ((2, 4), (1, 3), True), ((1, 4), (2, 3), True), ((2, 3), (1, 4), True),
        ((1, 2), (2, 3), True), ((1, 2), (2.1, 3), False), ((2.1, 3), (1, 2), False), ((1, 2), (2.0000005, 3), True),
    ],
)  # fmt: skip
def test_ranges_meet_if_they_have_a_number_in_common(
    one: tuple[float, float], other: tuple[float, float], both: bool
) -> None:
    assert meet(*one, *other) == both


@pytest.mark.parametrize(
    ("value", "low", "high", "place"),
    [
        (1200, 1245, 1245, 100), (1200, 1299, 1299, 100), (1200, 1300, 1300, None), (1300, 1250, 1250, 100),
        (1300, 1249, 1249, None), (1200, 1250, 1350, 100), (1300, 1200, 1260, 100), (123, 123.4, 123.4, 1),
        (124, 123.4, 123.4, None), (1, 1.7, 1.7, None), (10, 11, 11, 10), (10, 11.1, 11.1, None), (10, 9, 9, 10),
        (10, 8.9, 8.9, None), (10, 8, 12, 0.0001), (1.2346, 1.23456, 1.23456, 0.0001),
        (1.23456, 1.234561, 1.234561, None),
        (1e13, 1.1e13, 1.1e13, None), (1e12, 1.1e12, 1.1e12, 1e12), (1210, 1245, 1245, None),
    ],
)  # fmt: skip
def test_the_place_at_which_a_sum_is_rounded_or_cut_off(
    value: float, low: float, high: float, place: float | None
) -> None:
    assert rounded_at(value, low, high) == (place and pytest.approx(place))


LINES = [("办公", 30_110, 20_120), ("活动", 50_190, 45_330), ("设备", 80_300, 65_450)]


@pytest.mark.parametrize(
    ("total", "doubted"),
    [
        ((160_600, 130_900), False), ((160_600, 130_901), True), ((160_601, 130_900), True), ((None, 130_900), False),
        ((None, None), True), (("约16万", 130_900), False), (("约19万", 130_900), True), (("无法辨认", 130_900), False),
    ],
)  # fmt: skip
def test_a_total_in_all_columns_shows_that_a_record_counts_once(total: tuple[Any, Any], doubted: bool) -> None:
    said = [each.place.row for each in validated([HEADER, *LINES, ("合计", *total)]) if each.code == "row-whole"]
    assert said == [4] * doubted
