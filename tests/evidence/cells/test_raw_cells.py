"""Raw cells: kept as they are, chosen by row, and asked in bulk."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from pilot_eval.evidence.cells.cell import DisplayedNumber, MergedCell
from pilot_eval.evidence.cells.raw_cells import Cells, columns_matching, true_at
from tests.support.spelling import Shown

shown = DisplayedNumber.of
MIXED = ["甲", None, 1.5, shown(3, Shown("3号")), True, date(2018, 3, 2), MergedCell(5)]


@pytest.mark.parametrize(
    "raw", [MIXED, ["甲", None], [1, 2.5, None], [None, None], [], [shown(3, Shown("3号")), 4], [True, None]]
)
def test_cells_keep_what_they_are_and_can_be_chosen(raw: list[Any]) -> None:
    cells = Cells.of(raw)
    assert [(type(cells.at(at)), cells.at(at)) for at in range(len(raw)) if type(raw[at]) is not int] == [
        (type(cell), cell) for cell in raw if type(cell) is not int
    ]
    assert cells.filled.to_list() == [cell is not None for cell in raw]
    _check_chosen(cells, raw, [at for at in range(len(raw) - 1, -1, -1) if at != 3])
    _check_chosen(cells, raw, list(range(len(raw) // 2)))
    _check_chosen(cells, raw, list(range(len(raw))))


def _check_chosen(cells: Cells, raw: list[Any], kept: list[int]) -> None:
    chosen = cells.chosen(pl.Series(kept, dtype=pl.UInt32))
    assert [chosen.at(index) for index in range(len(kept))] == [cells.at(at) for at in kept]
    assert chosen.filled.to_list() == [raw[at] is not None for at in kept]
    assert [getattr(chosen.at(index), "shown", None) for index in range(len(kept))] == [
        getattr(raw[at], "shown", None) for at in kept
    ]


@pytest.mark.parametrize("raw", [MIXED, ["甲", None], [1, 2.5], [shown(3, Shown("3号")), 4, True]])
def test_a_cell_can_be_hidden_behind_a_text(raw: list[Any]) -> None:
    for at in range(len(raw)):
        cells = Cells.of(raw)
        hiding = cells.hiding({at: "***"})
        assert [hiding.at(index) for index in range(len(raw))] == [*raw[:at], "***", *raw[at + 1 :]]
        assert hiding.filled.to_list() == [index == at or cell is not None for index, cell in enumerate(raw)]
        assert [cells.at(index) for index in range(len(raw))] == raw


COLUMNS: list[list[Any]] = [
    [None, "合计", 3],
    [None, None, None],
    ["a合计", 1, "小计"],
    [1, 2, 3],
    ["合计", None, "合计"],
]


@pytest.mark.parametrize("columns", [COLUMNS, COLUMNS[:1], COLUMNS[1:2], [], [[] for _ in COLUMNS]])
def test_all_columns_are_asked_at_once(columns: list[list[Any]]) -> None:
    expected = {
        at: found
        for at, cells in enumerate(columns)
        if (found := [index for index, cell in enumerate(cells) if isinstance(cell, str) and "合计" in cell])
    }
    assert columns_matching([Cells.of(cells) for cells in columns], "合计") == expected


@pytest.mark.parametrize("hits", [[True, None, False, True], [None, False], [], [None]])
def test_where_it_is_true(hits: list[bool | None]) -> None:
    assert true_at(pl.Series(hits, dtype=pl.Boolean)) == [at for at, hit in enumerate(hits) if hit]


@pytest.mark.parametrize("raw", [[float("nan"), 1.5], [float("nan"), "a"], [1, float("inf"), float("nan")]])
def test_what_is_no_number_is_no_cell(raw: list[Any]) -> None:
    assert Cells.of(raw).number.is_nan().sum() == 0
    assert Cells.of(raw).filled.to_list() == [cell == cell for cell in raw]
