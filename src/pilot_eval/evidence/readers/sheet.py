"""Collects a sheet while it is read, and converts it to a grid."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.cells.dates import EPOCH_1900
from pilot_eval.evidence.readers.grid import Grid, column_letter
from pilot_eval.evidence.readers.merged import Merge, fill_merged
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.text import both, joined

_MERGES = 100_000
"""Merged cells allowed in a sheet; no table has more."""
_HIDDEN = 16_384
"""Declarations of hidden columns allowed in a sheet: one for each of Excel's columns."""


class SheetBuilder:
    """A sheet being read: its rows by index, each as long as its last cell, and its other properties."""

    def __init__(self, name: str | None, meter: Meter, *, hidden: bool = False) -> None:
        self.name, self.meter, self.hidden = name, meter, hidden
        self.clear()

    def clear(self) -> None:
        """Discard everything read so far."""
        self.rows: dict[int, list[Any]] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._hidden = 0
        self.linked = 0  # cells covered by links
        self.formulas = 0
        self.first_formula = (0, 0)

    def put(self, row: int, column: int, value: Any) -> None:
        """Store a cell that isn't blank. Raises EvidenceError if it is out of bounds or already filled."""
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

    def has_room(self, rows: Collection[int]) -> bool:
        """Return whether rows can be stored together: each within bounds, and none there already."""
        within = max(rows) < self.meter.limits.rows and len(set(rows)) == len(rows)
        return within and self.rows.keys().isdisjoint(rows)

    def put_rows(self, rows: Iterable[int], columns: Sequence[Iterable[Any]], *, held: int) -> None:
        """Store rows that there is room for, given their columns from the first on, of which `held` cells are kept."""
        made = dict(zip(rows, map(list, zip(*columns, strict=True)), strict=True))
        self.meter.add(len(columns) * len(made), self.name)
        self.meter.held += held
        for cells in made.values():
            while cells and cells[-1] is None:
                cells.pop()
        self.rows |= made

    def hide_columns(self, first: int, last: int) -> None:
        """Mark the columns `first` to `last` as hidden; those beyond the limit of columns are ignored."""
        self._hidden += 1
        if self._hidden > _HIDDEN:
            raise self.meter.too_large("hidden", _HIDDEN, self.name)
        self.hidden_columns.update(range(first, min(last + 1, self.meter.limits.columns)))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.merges.append(Merge(top, left, bottom, right))
        if len(self.merges) > _MERGES:
            raise self.meter.too_large("merges", _MERGES, self.name)

    def count_formulas(self, row: int, column: int, count: int = 1) -> None:
        """Count `count` more formulas, the first of them at (row, column)."""
        if not self.formulas or (row, column) < self.first_formula:
            self.first_formula = (row, column)
        self.formulas += count


def to_grid(sheet: SheetBuilder, epoch: date = EPOCH_1900) -> Grid:
    """Convert a sheet to a rectangular grid with merged cells filled down. Raises EvidenceError."""
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
    fill_merged(grid, sheet.merges, sheet.meter, filled)
    _say_hidden(grid, sheet, height, width)
    if sheet.formulas:
        grid.say("sheet-formulas", *sheet.first_formula, count=sheet.formulas)
    grid.bad = [
        (at, column)
        for at, cells in enumerate(rows)
        if BadCell in map(type, cells)  # quickly: most rows have none
        for column, cell in enumerate(cells)
        if type(cell) is BadCell
    ]
    return grid


def _say_hidden(grid: Grid, sheet: SheetBuilder, height: int, width: int) -> None:
    grid.hidden_rows = frozenset(row + 1 for row in sheet.hidden_rows if row < height)
    columns = [column for column in sorted(sheet.hidden_columns) if column < width]
    if columns:
        grid.say("columns-hidden", None, columns[0], columns=joined(both(column_letter(each)) for each in columns))


def indented(text: Any, depth: int) -> Any:
    """Return the text of a cell that its format indents, as if with blanks: an indent shows what a line is part of."""
    return "\u3000" * min(depth, _DEEPEST) + text if depth and isinstance(text, str) and len(text) <= _LABEL else text


_DEEPEST, _LABEL = 5, 100
"""Levels of an indent, and characters of a text that has one: longer texts are no labels, and each is a copy."""


def spans(numbers: Iterable[int]) -> str:
    """Return ascending numbers as ranges: `5–7, 9`."""
    pairs: list[list[int]] = []
    for each in numbers:
        if pairs and each == pairs[-1][1] + 1:
            pairs[-1][1] = each
        else:
            pairs.append([each, each])
    said = [str(first) if first == last else f"{first}–{last}" for first, last in pairs]
    return ", ".join(said[:12]) + (" …" if len(said) > 12 else "")
