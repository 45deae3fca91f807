"""The raw cells of every good workbook agree with those that calamine reads, a library of other hands."""

import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from pilot_eval.evidence.cells.cell import MergedCell, WordedNumber
from pilot_eval.evidence.readers.by_content import read_grids
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from tests.support.corpus.variants import Variant
from tests.support.corpus.whole import GOOD
from tests.support.writers import serial

BOOKS = [each for each in GOOD if not each.id.startswith(("archive-", "page-", "html"))]

KNOWN = {
    "wps-utf16-parts": "calamine takes parts in UTF-8 only",
    "percent-encoded-parts": "calamine looks for the name as it is encoded",
    "ods-without-its-type": "calamine doesn't know what it is",
    **dict.fromkeys(("a-pair-of-escapes-wps", "a-pair-of-escapes-wps-inline"), "calamine leaves pairs of escapes"),
    **dict.fromkeys(
        (f"biff5-code-page-{id}" for id in ("936", "none", "1252")), "calamine reads names of sheets otherwise"
    ),
}
"""Variants that are read otherwise, and why."""


def _workbooks(variant: Variant) -> Iterator[tuple[str, bytes]]:
    for name, data in variant.made().items():
        if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) and not name.endswith(".zip"):
            yield name, data


def agree(ours: Any, theirs: Any, epoch: date) -> bool:
    """Whether a cell of ours means what calamine's does; it has `""` for a cell without a value."""
    if isinstance(theirs, str) and not theirs.strip():
        return theirs == "" or ours is None
    if isinstance(ours, MergedCell):
        return False
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return ours is theirs
    if isinstance(theirs, (int, float)):
        return _number(ours, theirs, epoch)
    if isinstance(theirs, (datetime, date)):
        day = theirs.date() if isinstance(theirs, datetime) else theirs
        return isinstance(ours, str) and day.isoformat().startswith(ours[:10])
    if isinstance(theirs, (time, timedelta)):
        return isinstance(ours, str) and ":" in ours
    return isinstance(ours, str) and _text(ours) == _text(theirs)


def _number(ours: Any, theirs: float, epoch: date) -> bool:
    """A number, or what its format says beside it: a percentage, 万, a date that calamine takes for none."""
    if isinstance(ours, (int, float)):
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-300)
    if not isinstance(ours, str):
        return False
    if isinstance(ours, WordedNumber):
        return math.isclose(ours.value, theirs, rel_tol=1e-12)
    if ours.endswith("%"):
        return math.isclose(float(ours[:-1]) / 100, theirs, rel_tol=1e-12)
    day = date.fromisoformat(ours[:10] if len(ours) >= 10 else f"{ours}-01")
    return serial(day, epoch) == int(theirs)


def _text(text: str) -> str:
    return "".join(text.replace("_x000D_", "\r").split())


def disagreements(data: bytes, grids: list[Grid]) -> list[str]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    problems = []
    for grid in grids:
        theirs = book.get_sheet_by_name(grid.sheet or "").to_python(skip_empty_area=False)
        for row, cells in enumerate(theirs):
            for column, cell in enumerate(cells):
                within = row < len(grid.rows) and column < len(grid.rows[row])
                ours = grid.rows[row][column] if within else None
                if not agree(ours, cell, grid.epoch):
                    problems.append(f"{grid.sheet} {row + 1} {column + 1}: {ours!r}, calamine has {cell!r}")
    return problems


@pytest.mark.parametrize("part", range(8))
def test_cells_are_those_that_calamine_reads(part: int, tmp_path: Path) -> None:
    problems: dict[str, list[str]] = {}
    compared = 0
    for variant in BOOKS[part::8]:
        for name, data in _workbooks(variant):
            path = tmp_path / Path(name).name
            path.write_bytes(data)
            grids = read_grids(path, name, Limits())
            compared += 1
            try:
                found = disagreements(data, grids)
            except (CalamineError, ValueError) as error:
                found = [str(error)]
            if bool(found) != (variant.id in KNOWN):
                problems[variant.id] = found or ["no longer known to differ"]
    assert not problems, "\n".join(f"{id}: {each}" for id, found in problems.items() for each in found[:2])
    assert compared > 20
