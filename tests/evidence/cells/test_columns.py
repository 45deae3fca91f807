"""Columns of cells as they are stored, and what is said of them."""

from pathlib import Path

import pytest

from pilot_eval.evidence.cells.columns import Cells, ReadingContext, SheetContext, read_column
from pilot_eval.plugin import Number, Record, column
from tests.support import writers as w
from tests.support.periods_lab import outcome


class Site(Record):
    rent: Number = column(zh="租金", unit="元", exact=True)
    area: Number = column(zh="面积", unit="㎡")


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("name", "cells", "said", "bounds"),
    [
        ("rent", ["200万", "2000000"], [("cell-stated", 0)], [(2e6, 2e6), (2e6, 2e6)]),
        ("rent", ["200.5万", "约200万"], [("cell-exact", 0), ("cell-exact", 1)], None),
        ("rent", ["200万元整"], [], [(2e6, 2e6)]),
        ("area", ["30", "1.2亩", "3公顷"], [("cell-converted", 1)], [(30, 30), (800, 800), (30_000, 30_000)]),
    ],
)
def test_what_is_read_otherwise_than_written_is_said(
    name: str, cells: list[str], said: list[tuple[str, int]], bounds: list[tuple[float, float]] | None
) -> None:
    read = read_column(Cells.of(cells), Site.columns_[name], ReadingContext(), SheetContext(), required=True)
    assert [(each.code, each.at) for each in read.faults.listed] == said
    if bounds is not None:
        ends = [read.stored[name + end].to_list() for end in ("__low", "__high")]
        assert list(zip(*ends, strict=True)) == bounds
    if name == "area":
        assert read.faults.listed[0].params["count"] == 2


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
