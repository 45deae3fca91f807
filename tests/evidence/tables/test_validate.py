"""Headers and rows that are wrong, and personal data: each is an error or a warning at its place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support import writers as w
from tests.support.corpus import bad_tables
from tests.support.corpus.taking import each_taken_in
from tests.support.corpus.variants import corpus
from tests.support.periods_lab import Outcome, outcome, yard

test_variants = each_taken_in(*bad_tables.VARIANTS)


LICENCES = ["许可名称", "等级", "有效期至"]


@pytest.mark.parametrize(
    ("rows", "said", "best"),
    [
        ([["甲", 5, "2012-12-31"], ["乙", 3, "2020-01-01"]], ["row-expired 许可.csv:C2"], 3),
        ([["甲", 5, "2012-12-31"]], ["row-expired 许可.csv:C2"], 0),
        ([["甲", 5, "2017年12月"]], ["row-expired 许可.csv:C2"], 0),
        ([["甲", 5, "2018年"]], [], 5),
        ([["甲", 5, "2018-01-01"]], [], 5),
        ([["甲", 5, "2099-12-31"]], [], 5),
        ([["甲", 5, ""]], ["cell-required 许可.csv:C2"], None),
    ],
)
def test_what_expired_before_the_period_is_not_counted(
    rows: Sequence[Any], said: list[str], best: int | None, tmp_path: Path
) -> None:
    made = outcome({"许可.csv": w.as_csv([LICENCES, *rows])}, tmp_path)
    assert made.said() == said
    assert made.figure("best_licence") == best
    expired = sum(each.startswith("row-expired") for each in said)
    assert made.taken.intake.rows.get("licences") == (None if best is None else len(rows) - expired)


LINE = ["科目", "预算数", "支出数"]
RENTS = ["名称", "面积", "租金收入", "投入资金"]
DIGITS = "甲乙丙丁戊己庚辛壬癸"


def kept(rows: Sequence[Sequence[Any]], folder: Path, name: str = "账目") -> tuple[list[str], list[str], Outcome]:
    """What is said of a sheet, without the file's name, and the notes among it."""
    made = outcome({f"{name}.csv": w.as_csv(rows)}, folder, yard if name == "账目" else corpus)
    said, every = (
        [each.replace(f"{name}.csv", "").replace(" :", " ") for each in made.said(notes=notes)]
        for notes in (False, True)
    )
    return said, [each for each in every if each not in said], made


@pytest.mark.parametrize(
    ("header", "remark", "said", "notes", "rent"),
    [
        ("租金收入", ["单位：万元"], [], ["row-remark 3", "header-unit A3"], 310_000),
        ("租金收入", [None, "单位：万元"], [], ["row-remark 3", "header-unit B3"], 310_000),
        ("租金收入", ["注：本表金额单位为万元。"], [], ["row-remark 3", "header-unit A3"], 310_000),
        ("租金收入", ["单位：㎡"], [], ["row-remark 3"], 31),
        ("租金收入（万元）", ["单位：万元"], [], ["header-unit C1", "row-remark 3", "header-unit A3"], 310_000),
        ("租金收入（元）", ["单位：万元"], ["header-unit-unclear A3"], ["row-remark 3"], None),
        ("租金收入", ["注：以上租金单位均为万元"], ["header-unit-unclear A3"], ["row-remark 3"], None),
        ("租金收入", ["注：租金以万元计"], ["header-unit-unclear A3"], ["row-remark 3"], None),
        ("租金收入", ["注：租金含税"], [], ["row-remark 3"], 31),
    ],
)  # fmt: skip
def test_a_unit_below_the_table_is_that_of_all_columns_of_its_kind(
    header: str, remark: list[Any], said: list[str], notes: list[str], rent: float | None, tmp_path: Path
) -> None:
    rows = [[header if each == "租金收入" else each for each in RENTS], ["一号楼", 100, 31, 7], remark]
    found, noted, made = kept(rows, tmp_path, "楼宇")
    assert (found, noted) == (said, notes)
    if rent is None:
        assert "premises" in made.taken.intake.bad
    else:
        [row] = pl.read_parquet(made.taken.folder / "premises.parquet").to_dicts()
        assert (row["area"], row["rent"], row["funds"]) == (100, rent, 7)


def test_the_units_below_a_table_are_named(tmp_path: Path) -> None:
    rows = [RENTS, ["一号楼", 100, 31, 7], ["单位：亩"], ["注：租金单位均为万元"]]
    *_, made = kept(rows, tmp_path, "楼宇")
    said = {each.code: each.message.zh for each in made.findings}
    assert "“亩”" in said["header-unit"]
    assert "“㎡”" in said["header-unit"]
    assert "“㎡、元、万元”" in said["header-unit-unclear"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([LINE, ["甲", 120, 70], [f"填表人：{DIGITS * 7}", 100, None]], "row-unclear"),
        ([LINE, ["甲", 120, 70], [f"注：单位万美元，{DIGITS * 7}"]], "header-unit-unclear"),
    ],
)
def test_of_a_long_cell_60_characters_are_shown(rows: Sequence[Sequence[Any]], code: str, tmp_path: Path) -> None:
    [said] = [each for each in kept(rows, tmp_path)[2].findings if each.code == code]
    assert str(rows[2][0])[:60] in said.message.zh
    assert str(rows[2][0])[:61] not in said.message.zh


@pytest.mark.parametrize(
    ("name", "rows", "notes", "count"),
    [
        ("账目", [LINE, ["甲", 130, 20], ["东区"], LINE, ["丙", 34, 9]],
         ["row-header 4", "row-remark 3", "table-sources"], 2),
        ("账目", [LINE, ["甲", 130, 20], ["乙", 70, 3], LINE, ["丙", 34, 9]], ["row-header 4"], 3),
        ("账目", [LINE, ["甲", 130, 20], ["合计"], LINE, ["丙", 34, 9]],
         ["row-total 3", "row-header 4", "table-sources"], 2),
        ("账目", [LINE, ["甲", 130, 20], [], LINE, ["丙", 34, 9]], ["row-header 4"], 2),
        ("楼宇", [["名称"], ["一号楼"], ["名称"], ["二号楼"]], ["row-header 3"], 2),
        ("账目", [LINE, ["甲", 130, 20], ["无"]], ["row-nothing 3"], 1),
        ("账目", [LINE, ["注：本年没有"]], ["row-remark 2"], 0),
        ("账目", [LINE, ["无"]], ["row-nothing 2", "table-nothing"], 0),
    ],
)  # fmt: skip
def test_what_stands_between_records_takes_none_away(
    name: str, rows: Sequence[Sequence[Any]], notes: list[str], count: int, tmp_path: Path
) -> None:
    said, noted, made = kept(rows, tmp_path, name)
    assert [each for each in said if not each.startswith("sources-added")] == []
    assert [each.strip() for each in noted] == notes
    assert sum(made.taken.intake.rows.values()) == count


@pytest.mark.parametrize("text", ["科目,预算数,支出数\n甲,130,20\n注：含税\n", "科目,预算数,支出数\n收支\n甲,130,20\n"])
def test_short_rows_end_in_empty_cells(text: str, tmp_path: Path) -> None:
    made = outcome({"账目.csv": text.encode()}, tmp_path)
    assert made.taken.intake.rows.get("ledger") == (1 if "注" in text else None)
