"""What is said of a sheet without a header: the row that is nearest to one, beside the names expected."""

from collections.abc import Sequence
from typing import Any

import pytest

from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.header_seen import no_header
from tests.support.corpus.variants import layout

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
