"""Merged cells: which cells their value stands for."""

from collections.abc import Container, Iterable
from typing import Any, NamedTuple

from pilot_eval.evidence.cells.cell import BadCell, MergedCell, Unreadable
from pilot_eval.evidence.cells.numbers import read_number
from pilot_eval.evidence.readers.grid import Grid, cell_name
from pilot_eval.evidence.readers.meter import Meter

_MERGES_LISTED = 20
"""Merged cells listed as findings; the rest are only counted."""


class Merge(NamedTuple):
    """A merged cell: the indexes of its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def fill_merged(grid: Grid, merges: Iterable[Merge], meter: Meter, filled: Container[int]) -> None:
    """Fill a value merged over several rows into each of them; a number may be their sum, so it is only marked.

    Rows without cells of their own (not in `filled`) stay empty: there the merged cell is one tall row.
    """
    rows, count = grid.rows, 0
    for merge in sorted(set(merges)):
        if merge.bottom == merge.top or merge.top >= len(rows) or merge.left >= len(rows[merge.top]):
            continue
        below = range(merge.top + 1, min(merge.bottom + 1, len(rows)))
        meter.add(len(below), grid.sheet)
        value, covered = rows[merge.top][merge.left], [at for at in below if at in filled]
        if value is None or isinstance(value, BadCell) or not covered:
            continue
        mark = MergedCell(value) if _counts(value) else value
        for at in covered:
            row = rows[at]
            row.extend([None] * (merge.left + 1 - len(row)))
            if row[merge.left] is None:
                row[merge.left] = mark
        count += 1
        if count <= _MERGES_LISTED:
            cells = f"{cell_name(merge.top, merge.left)}:{cell_name(covered[-1], merge.left)}"
            grid.say("cells-merged", merge.top, merge.left, cells=cells)
    if count > _MERGES_LISTED:
        grid.say("findings-more", count=count - _MERGES_LISTED)


def _counts(value: Any) -> bool:
    """Return whether a cell is a number, in digits or in words."""
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    try:
        read_number(value, "%" if "%" in value else None)
    except Unreadable as why:
        return why.code == "cell-unit"
    return True
