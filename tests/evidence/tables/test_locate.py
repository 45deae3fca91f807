"""Headers as people write them, in one row or in several: each column and unit is found."""

from pathlib import Path

import pytest

from tests.support import writers as w
from tests.support.corpus import good_headers
from tests.support.corpus.taking import each_taken_in
from tests.support.periods_lab import outcome

test_variants = each_taken_in(*good_headers.VARIANTS)

LEDGER = [["科目", "预算数", "支出数"], ["办公", 900, 800], ["会务", 700, 410]]


@pytest.mark.parametrize(
    "header", ["Remarks", "Remark", "Notes", "Note", "COMMENT", "Comments", "情况说明", "备注说明", "备注", "说明"]
)
def test_remarks_are_known_by_their_usual_names(header: str, tmp_path: Path) -> None:
    rows = [[*LEDGER[0], header], *([*row, f"{header}：甲"] for row in LEDGER[1:])]
    assert outcome({"账目.csv": w.as_csv(rows)}, tmp_path).said(notes=True) == []


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (("备注", "情况说明"), []), (("情况说明", "备注"), []), (("Remarks", "Notes"), []),
        (("备注", "备注"), ["header-again 账目.csv:E1"]), (("情况", None), ["header-unread 账目.csv:D1"]),
    ],
)  # fmt: skip
def test_remarks_may_be_in_two_columns(headers: tuple[str, str], said: list[str], tmp_path: Path) -> None:
    rows = [[*LEDGER[0], *headers], *([*row, "甲", None] for row in LEDGER[1:])]
    assert outcome({"账目.csv": w.as_csv(rows)}, tmp_path).said(notes=True) == said


CONTENTS = [["序号", "名称", "页码"], [1, "账目", 2], [2, "许可", 3]]


@pytest.mark.parametrize(
    ("sheet", "rows", "said"),
    [
        ("目录", CONTENTS, []), ("封面", [["某某基地"], ["2018年"]], []), ("填 表 说 明", [["逐行填写。"]], []),
        ("说明", [["逐行填写。"]], []), ("填报说明", [["逐行填写。"]], []), ("Instructions", [["One line each."]], []),
        ("其他", CONTENTS, ["sheet-unknown 数据.xlsx[其他]"]),
        ("说明", [["科目", "预算数"], ["纸", 5]], ["sheet-unknown 数据.xlsx[说明]"]),
    ],
)  # fmt: skip
def test_covers_contents_and_instructions_are_no_tables(
    sheet: str, rows: list[list[object]], said: list[str], tmp_path: Path
) -> None:
    made = outcome({"数据.xlsx": w.by_openpyxl({sheet: rows, "账目": LEDGER})}, tmp_path)
    assert made.said(notes=True) == said


def test_a_table_is_read_whatever_its_sheet_is_called(tmp_path: Path) -> None:
    made = outcome({"数据.xlsx": w.by_openpyxl({"说明": LEDGER, "其他": CONTENTS})}, tmp_path)
    assert made.said() == ["sheet-unknown 数据.xlsx[其他]"]
