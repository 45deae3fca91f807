"""Blocks below each other on a sheet are told apart by the titles above their headers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support import writers as w
from tests.support.corpus.variants import corpus
from tests.support.periods_lab import outcome

HEADER = ["科目", "预算数", "支出数"]
ONE, OTHER = ["办公", 100, 50], ["差旅", 130, 90]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ([["西区"]], "西区"), ([["西区"], [], [], []], "西区"), ([["西区"], [], [], [], []], None),
        ([["西" * 40]], "西" * 40), ([["西" * 41]], None), ([["西区"], ["单位：元"]], "西区"),
        ([["东区"]], None), ([["西区（续）"]], None), ([["第2页"]], None), ([["备注"]], None),
        ([["南区"], ["西区"]], "西区"), ([["西区"], ["合计", 100, 50]], None), ([[], [2017]], None),
    ],
)  # fmt: skip
def test_a_title_stands_in_the_rows_above_a_header(above: Sequence[Any], title: str | None, tmp_path: Path) -> None:
    rows = [["东区"], HEADER, ONE, [], *above, HEADER, OTHER]
    made = outcome({"账目.xlsx": w.by_openpyxl({"账目": rows})}, tmp_path)
    said = [each.message.zh for each in made.findings if each.code == "table-sources"]
    assert [each.count("账目.xlsx[账目] ") for each in said] == ([2] if title else [])
    assert all("本表来自 2 处：“账目.xlsx[账目] 东区”（" in each for each in said)
    assert all(f"“账目.xlsx[账目] {title}”（" in each for each in said)


def test_both_blocks_are_named_by_their_rows(tmp_path: Path) -> None:
    rows = [["东区"], HEADER, ONE, ["西区"], HEADER, OTHER, ["会议", 70, 20]]
    made = outcome({"账目.xlsx": w.by_openpyxl({"账目": rows})}, tmp_path)
    assert made.taken.intake.rows == {"ledger": 3}
    assert [each.message.zh for each in made.findings if each.code == "table-sources"] == [
        "本表来自 2 处：“账目.xlsx[账目] 东区”（第 3 行，1 行）、“账目.xlsx[账目] 西区”（第 6–7 行，2 行）"
    ]


def test_blocks_without_a_first_title(tmp_path: Path) -> None:
    rows = [HEADER, ONE, [], ["西区"], HEADER, OTHER]
    made = outcome({"账目.xlsx": w.by_openpyxl({"账目": rows})}, tmp_path)
    assert "“账目.xlsx[账目]”（第 2 行，1 行）、“账目.xlsx[账目] 西区”（第 6 行，1 行）" in "".join(
        each.message.zh for each in made.findings if each.code == "table-sources"
    )


def test_a_record_above_a_repeated_header_of_one_column_is_no_title(tmp_path: Path) -> None:
    rows = [["名称"], ["一号楼"], ["名称"], ["二号楼"]]
    made = outcome({"楼宇.xlsx": w.by_openpyxl({"楼宇": rows})}, tmp_path, corpus)
    assert made.said(notes=True) == ["row-header 楼宇.xlsx[楼宇]:3"]
    assert made.taken.intake.rows == {"premises": 2}
