"""A sheet while it is read, and the grid that it becomes."""

from collections.abc import Container, Iterable
from datetime import date
from typing import Any, NamedTuple

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.cells.cell import BadCell, MergedCell, Unreadable
from pilot_eval.evidence.cells.dates import EPOCH_1900
from pilot_eval.evidence.cells.numbers import read_number
from pilot_eval.evidence.readers.grid import Grid, blank, cell_name, column_letter
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.text import both, joined

_MERGES_LISTED = 20
"""Merged cells that are listed; the rest are counted."""
_MERGES = 100_000
"""Merged cells of a sheet: more are no table."""
_HIDDEN = 16_384
"""Times that a sheet may hide columns: as often as it has some."""


class Merge(NamedTuple):
    """A merged cell: the indexes of its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class SheetBuilder:
    """A sheet while it is read: its rows by index, each as long as its last cell, and what the file says of it."""

    def __init__(self, name: str | None, meter: Meter, *, hidden: bool = False) -> None:
        self.name, self.meter, self.hidden = name, meter, hidden
        self.clear()

    def clear(self) -> None:
        """Forget what was read."""
        self.rows: dict[int, list[Any]] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._hidden = 0
        self.linked = 0  # cells that links cover
        self.formulas = 0
        self.first_formula = (0, 0)

    def put(self, row: int, column: int, value: Any) -> None:
        """Keep a cell that isn't blank. Raises EvidenceError where it is too far off, or there already."""
        limits = self.meter.limits
        if row >= limits.rows:
            raise self.meter.too_large("rows", limits.rows, self.name, row, column)
        if column >= limits.columns:
            raise self.meter.too_large("columns", limits.columns, self.name, row, column)
        cells = self.rows.setdefault(row, [])
        short = column + 1 - len(cells)
        if short > 0:
            self.meter.add(short, self.name)
            cells.extend([None] * short)
        if cells[column] is not None:
            raise EvidenceError.of("cell-twice", self.meter.place(self.name, row, column))
        cells[column] = value
        self.meter.held += 1

    def hide_columns(self, first: int, last: int) -> None:
        """The columns `first` to `last` are hidden; those that no cell may lie in don't matter."""
        self._hidden += 1
        if self._hidden > _HIDDEN:
            raise self.meter.too_large("hidden", _HIDDEN, self.name)
        self.hidden_columns.update(range(first, min(last + 1, self.meter.limits.columns)))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.merges.append(Merge(top, left, bottom, right))
        if len(self.merges) > _MERGES:
            raise self.meter.too_large("merges", _MERGES, self.name)

    def count_formulas(self, row: int, column: int, count: int = 1) -> None:
        """So many more cells with a formula, the first at (row, column)."""
        if not self.formulas:
            self.first_formula = (row, column)
        self.formulas += count


def to_grid(sheet: SheetBuilder, epoch: date = EPOCH_1900) -> Grid:
    """The grid of a sheet that was read: rectangular, merged cells filled down. Raises EvidenceError."""
    sheet.meter.name(sheet.name)
    filled = {at: cells for at, cells in sheet.rows.items() if cells}
    height, width = max(filled, default=-1) + 1, max(map(len, filled.values()), default=0)
    sheet.meter.spread(height, width, sum(map(len, filled.values())), sheet.name)
    rows = [filled.get(at) or [None] * width for at in range(height)]
    for cells in rows:
        if len(cells) < width:
            cells.extend([None] * (width - len(cells)))
    grid = Grid(sheet.meter.shown, sheet.name, rows, hidden=sheet.hidden, epoch=epoch)
    grid.covered = sum(map(Merge.size, sheet.merges)) + sheet.linked
    _fill_merged(grid, sheet, filled)
    _say_hidden(grid, sheet, height, width)
    if sheet.formulas:
        grid.say("sheet-formulas", *sheet.first_formula, count=sheet.formulas)
    grid.bad = [
        (at, column) for at, cells in enumerate(rows) for column, cell in enumerate(cells) if type(cell) is BadCell
    ]
    return grid


def _say_hidden(grid: Grid, sheet: SheetBuilder, height: int, width: int) -> None:
    if sheet.hidden and height:
        grid.say("sheet-hidden")
    rows = [row + 1 for row in sorted(sheet.hidden_rows) if row < height and not all(map(blank, grid.rows[row]))]
    if rows:
        grid.say("rows-hidden", rows[0] - 1, count=len(rows), rows=spans(rows))
    columns = [column for column in sorted(sheet.hidden_columns) if column < width]
    if columns:
        grid.say("columns-hidden", None, columns[0], columns=joined(both(column_letter(each)) for each in columns))


def spans(numbers: Iterable[int]) -> str:
    """Ascending numbers in short: `5–7, 9`."""
    pairs: list[list[int]] = []
    for each in numbers:
        if pairs and each == pairs[-1][1] + 1:
            pairs[-1][1] = each
        else:
            pairs.append([each, each])
    said = [str(first) if first == last else f"{first}–{last}" for first, last in pairs]
    return ", ".join(said[:12]) + (" …" if len(said) > 12 else "")


def _fill_merged(grid: Grid, sheet: SheetBuilder, filled: Container[int]) -> None:
    """A value merged over several rows holds for each of them; a number may be their sum, and is only marked.

    Rows that hold nothing of their own (`filled` are those that do) stay empty: the merge is one tall row.
    """
    rows, said = grid.rows, 0
    for merge in sorted(set(sheet.merges)):
        if merge.bottom == merge.top or merge.top >= len(rows) or merge.left >= len(rows[merge.top]):
            continue
        below = range(merge.top + 1, min(merge.bottom + 1, len(rows)))
        sheet.meter.add(len(below), sheet.name)
        value, covered = rows[merge.top][merge.left], [at for at in below if at in filled]
        if value is None or isinstance(value, BadCell) or not covered:
            continue
        mark = MergedCell(value) if _counts(value) else value
        for at in covered:
            row = rows[at]
            row.extend([None] * (merge.left + 1 - len(row)))
            if row[merge.left] is None:
                row[merge.left] = mark
        said += 1
        if said <= _MERGES_LISTED:
            cells = f"{cell_name(merge.top, merge.left)}:{cell_name(covered[-1], merge.left)}"
            grid.say("cells-merged", merge.top, merge.left, cells=cells)
    if said > _MERGES_LISTED:
        grid.say("findings-more", count=said - _MERGES_LISTED)


def _counts(value: Any) -> bool:
    """Whether a cell is a number, in figures or in words."""
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    try:
        read_number(value, "%" if "%" in value else None)
    except Unreadable as why:
        return why.code == "cell-unit"
    return True
