"""What is said of a sheet without a header: the row that is nearest to one, beside the names expected."""

from collections.abc import Sequence
from typing import Any

import pytest

from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.header_seen import no_header
from pilot_eval.plugin import BaseType, Count, Date, File, Record, Text, column
from tests.support.corpus.variants import layout
from tests.support.one_table import validated

FINANCE = layout("finance")  # 预算科目, 预算数, 执行数


def said(*rows: Sequence[Any]) -> tuple[str, str, str]:
    found = no_header(Grid("经费.csv", None, [list(row) for row in rows]), FINANCE)
    return found.message.zh, found.hint.zh, found.hint.en


@pytest.mark.parametrize(
    ("rows", "seen", "expected"),
    [
        ([["预算科", "预算", "执行"]], "“预算科”、“预算”、“执行”",
         "“预算科”应为“预算科目”？“预算”应为“预算数”？“执行”应为“执行数”？"),
        ([["预算科", "甲", "乙"]], "“预算科”、“甲”、“乙”", "“预算科”应为“预算科目”？还应有“预算数”、“执行数”"),
        ([["预算科目", "甲"]], "“预算科目”、“甲”", "“预算数”、“执行数”"),
        ([["预算数", "预算数目"]], "“预算数”、“预算数目”", "“预算数目”应为“预算科目”？还应有“执行数”"),
        ([["甲", "乙"]], "“甲”、“乙”", "“预算科目”、“预算数”、“执行数”"),
        ([["标题"], [1, 2], ["甲", "乙", 3], ["预算科", None, 5]], "“预算科”、“5”",
         "“预算科”应为“预算科目”？还应有“预算数”、“执行数”"),
        ([["标题"], [1, 2], ["甲", "乙", 3]], "“甲”、“乙”、“3”", "“预算科目”、“预算数”、“执行数”"),
        ([["甲", "话" * 30, "话" * 30], ["乙", "丙", None]], "“乙”、“丙”", "“预算科目”、“预算数”、“执行数”"),
        ([["甲"]] * 29 + [["预算科", 1]], "“预算科”、“1”", "“预算科”应为“预算科目”？还应有“预算数”、“执行数”"),
        ([["甲"]] * 30 + [["预算科", 1]], "“甲”", "“预算科目”、“预算数”、“执行数”"),
    ],
)  # fmt: skip
def test_the_nearest_row_is_shown_in_pairs(rows: list[list[Any]], seen: str, expected: str) -> None:
    message, hint, english = said(*rows)
    assert seen in message
    assert hint.startswith(f"表头应包含：{expected}")
    assert ("还应有" in expected) == ("and “" in english)


def test_a_name_is_not_said_to_mean_its_opposite() -> None:
    _, hint, _ = said(["未执行数", "预算科"])
    assert "“未执行数”应为" not in hint


def test_twelve_cells_are_shown_and_no_more() -> None:
    message, _, _ = said([f"列{number}" for number in range(14)])
    assert "“列11”" in message and "“列12”" not in message


def test_the_english_names_stand_in_english() -> None:
    _, _, english = said(["预算科", "甲"])
    assert "“预算科” for “" in english and "应为" not in english


things = BaseType("things", zh="物", en="Things", api=2)


@things.table(zh="事项", en="Things", name="things")
class Thing(Record):
    """Something with what may be told of it."""

    title: Text = column(zh="事项名称", en="Title")
    number: Count = column(zh="参加人数", en="Number", unit="个")
    day: Date = column(zh="办结日期", en="Day", optional=True)
    proof: File = column(zh="证明文件", en="Proof", optional=True)
    place: Text = column(zh="所在区县", en="Place", optional=True)


@pytest.mark.parametrize(
    ("header", "cells", "meant"),
    [
        ("颜色", ["红", "蓝", "绿"], None), ("完成", ["2018-03-02", "2018年4月1日", "无"], "办结日期"),
        ("完成", ["2018-03-02", "无", "红"], None), ("完成", ["20180302", "20180401", "0"], "办结日期"),
        ("附", ["甲.pdf", "乙.jpg", "丙"], "证明文件"), ("附", ["甲.pdf", "乙", "丙"], None),
        ("附", [1.5, 2.5, 3.5], None),
        ("所在县", ["甲", "乙", "丙"], "所在区县"), ("证明文号", ["甲", "乙", "丙"], "证明文件"),
        ("上年/办结日期", ["甲", "乙", "丙"], None),
        ("件文", ["甲", "乙", "丙"], None),
        ("事项名", ["甲", "乙", "丙"], None),
    ],
)  # fmt: skip
def test_a_column_that_is_not_read_may_be_one_that_lacks(header: str, cells: Sequence[Any], meant: str | None) -> None:
    rows = [["事项名称", "参加人数", header], *([f"事项{at}", 3, cell] for at, cell in enumerate(cells))]
    found = [each for each in validated(rows, "things", things) if each.code in ("header-unread", "header-unknown")]
    assert [str(each.place) for each in found if each.place.column == "C"] == (
        ["表.csv:C1"] if header != "参加人数" else []
    )
    assert [each.code == "header-unknown" for each in found] == [meant is not None] * len(found)
    assert meant is None or meant in found[0].hint.zh + found[0].message.zh
