"""Parquet files: every type of cell, and files that are refused before a cell is read."""

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.by_content import read_grids
from pilot_eval.evidence.readers.limits import Limits


def written(path: Path, frame: pl.DataFrame) -> Path:
    stream = io.BytesIO()
    frame.write_parquet(stream)
    path.write_bytes(stream.getvalue())
    return path


def test_cells_are_read_as_in_other_formats(tmp_path: Path) -> None:
    cells: dict[str, Any] = {
        "text": "约5", "blank": " ", "int": 3, "long": 2**60, "nan": float("nan"), "inf": float("inf"), "flag": True,
        "day": date(2018, 1, 2), "time": datetime(2018, 1, 2, 3, 4), "midnight": datetime(2018, 1, 2),
        "decimal": Decimal("1.50"), "none": None, "much": "x" * 40,
    }  # fmt: skip
    path = written(tmp_path / "a.parquet", pl.DataFrame({name: [cell] for name, cell in cells.items()}))
    [grid] = read_grids(path, "a.parquet", Limits(cell_chars=30))
    assert grid.rows[0] == list(cells)
    assert grid.rows[1] == [
        "约5", None, 3, str(2**60), None, "inf", True, "2018-01-02", "2018-01-02 03:04:00", "2018-01-02", "1.50", None,
        BadCell("cell-too-long", "x" * 40),
    ]  # fmt: skip
    assert (grid.bad, grid.place(1, 0).row, grid.letter(2)) == ([(1, 12)], 1, "int")


@pytest.mark.parametrize(
    ("frame", "limits", "code"),
    [
        (pl.DataFrame({"a": [[1]]}), Limits(), "file-is"),
        (pl.DataFrame({"a": [1, 2, 3]}), Limits(rows=2), "sheet-too-large"),
        (pl.DataFrame({"a": [1], "b": [1]}), Limits(columns=1), "sheet-too-large"),
        (pl.DataFrame({"a": [1, 2, 3]}), Limits(cells=2), "sheet-too-large"),
    ],
)
def test_what_is_too_large_or_nested_is_refused(tmp_path: Path, frame: pl.DataFrame, limits: Limits, code: str) -> None:
    with pytest.raises(EvidenceError) as raised:
        read_grids(written(tmp_path / "a.parquet", frame), "a.parquet", limits)
    assert [each.code for each in raised.value.findings] == [code]


def test_a_damaged_file_is_refused_and_a_wrong_suffix_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", pl.DataFrame({"a": [1]}))
    [grid] = read_grids(path, "a.csv", Limits())
    assert [each.code for each in grid.findings] == ["file-extension"]
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(EvidenceError) as raised:
        read_grids(path, "a.csv", Limits())
    assert [each.code for each in raised.value.findings] == ["file-unreadable"]
