"""Rows of totals are compared with the records that they may be the sum of."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support import writers as w
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
