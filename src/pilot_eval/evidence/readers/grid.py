"""What every reader makes of a file: grids of raw cells, each cell with a place to name."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.cells import BadCell, MergedCell, Unreadable, number
from pilot_eval.evidence.limits import Limits
from pilot_eval.text import Text

EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
_SPAN = 5_000_000
"""Cells that a sheet may span, however few of them it holds."""
_SAID = 20
"""Merged cells that are listed; the rest are counted."""
_MERGES = 100_000
"""Merged cells of a sheet: more are no table."""
_HIDDEN = 16_384
"""Times that a sheet may hide columns: as often as it has some."""
_EMPTY_TAGS, _TAGS_OF_A_BYTE, _TAGS_OF_A_CELL = 500_000, 0.75, 12
"""Tags of a workbook's XML: so many, so many for each byte of the packed file and for each cell that holds something.

A cell with a border and nothing in it takes 1.7 bytes of a packed sheet, a style, width or format of its own more;
text in runs has a dozen tags in each. A forged file has thirty tags a byte, and takes a minute to read.
"""
MOST_TAGS = 4_000_000
"""Tags of a web page or an XML spreadsheet that are read: four for a cell of the largest sheet of old programs."""


@dataclass
class Grid:
    """Raw cells: `rows[0]` is row `first_row` of the sheet; an empty cell is None.

    A cell is text, a number or a boolean; a date is text (`2018-12-21`), and so is what a number format says beside
    the number (`97.18%`, `17.2万`, `2018-11`; a `Said` where it also keeps how it is shown); a number that is shown in
    other words is a `Shown`, which is a float. A cell that has no value is a `BadCell`, listed in `bad`; a number
    that stands in a merged cell above is a `MergedCell`. For JSON and YAML the first row holds the keys, and
    record n is row n. `findings` is what the reader has to say: of the file (with its first grid), and of the sheet.
    """

    file: str
    sheet: str | None
    rows: list[list[Any]]
    first_row: int = 1
    records: bool = False
    delimited: bool = False  # text with separators, where a row longer than the header has gone wrong
    hidden: bool = False
    covered: int = 0  # cells that its merged cells and links cover
    epoch: date = EPOCH_1900  # what the serial numbers of dates count from
    findings: list[Finding] = field(default_factory=list)
    bad: list[tuple[int, int]] = field(default_factory=list)  # index of the row, index of the column

    def place(self, index: int | None = None, column: int | None = None) -> Place:
        """The place of a row or cell, by its index in `rows`."""
        row = None if index is None or (self.records and not index) else index + self.first_row
        letter = None if column is None else self.letter(column)
        return Place(file=self.file, sheet=self.sheet, row=row, column=letter)

    def letter(self, column: int) -> str:
        """The column as a reader would find it: a letter, or the key of a record."""
        return str(self.rows[0][column]) if self.records else column_letter(column)

    def say(self, code: str, index: int | None = None, column: int | None = None, /, **params: object) -> None:
        self.findings.append(finding(code, self.place(index, column), **params))


def column_letter(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """(0, 0) is A1."""
    return f"{column_letter(column)}{row + 1}"


def blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


class Merge(NamedTuple):
    """A merged cell: the indexes of its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class Meter:
    """Counts what a file's sheets hold, blanks before a row's last cell included; raises where a limit is passed.

    `packed` is the file's size, where it is packed.
    """

    def __init__(self, shown: str, limits: Limits, packed: int = 0) -> None:
        self.shown, self.limits, self.packed = shown, limits, packed
        self.count = 0
        self.held = 0  # cells and strings that hold something
        self.tags = 0
        self._empty_tags = _EMPTY_TAGS + int(_TAGS_OF_A_BYTE * packed)
        self._spanned = self._filled = 0
        self._names: set[str] = set()

    def add(self, count: int, sheet: str | None) -> None:
        """So many cells more."""
        self.count += count
        if self.count > self.limits.cells:
            raise self.too_large("cells", self.limits.cells, sheet)

    def spread(self, rows: int, columns: int, filled: int, sheet: str | None) -> None:
        """A sheet spans so many rows and columns, and holds so many cells: few, far apart, are no table.

        It is the file's sheets together that may not span too much: each is in memory.
        """
        self._spanned += rows * columns
        self._filled += filled
        most = max(_SPAN, self.limits.spread * self._filled)
        if self._spanned > most:
            raise self.too_large("spread", int(most), sheet, rows - 1)

    def markup(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces of a part, as long as its tags are in proportion to what the file holds."""
        for chunk in chunks:
            self.tags += chunk.count(b"<")
            if self.tags > self._empty_tags + _TAGS_OF_A_CELL * self.held:
                raise self.too_large("tags", self._empty_tags)
            yield chunk

    def name(self, sheet: str | None) -> None:
        """A sheet of this name: two of one name couldn't be told apart in what is said of them."""
        if sheet and sheet.casefold() in self._names:
            raise EvidenceError.of("book-sheet-name", self.place(sheet))
        self._names.add((sheet or "").casefold())

    def place(self, sheet: str | None, row: int | None = None, column: int | None = None) -> Place:
        letter = None if column is None else column_letter(column)
        return Place(file=self.shown, sheet=sheet, row=None if row is None else row + 1, column=letter)

    def too_large(
        self, what: str, limit: int, sheet: str | None = None, row: int | None = None, column: int | None = None
    ) -> EvidenceError:
        place = self.place(sheet, row, column)
        return EvidenceError.of("sheet-too-large", place, what=_TOO_MANY[what], limit=f"{limit:,}")


_TOO_MANY = {
    "rows": Text(zh="行数", en="rows"),
    "columns": Text(zh="列数", en="columns"),
    "cells": Text(zh="单元格数", en="cells"),
    "sheets": Text(zh="工作表数", en="sheets"),
    "merges": Text(zh="合并单元格数", en="merged cells"),
    "values": Text(zh="数值个数", en="values"),
    "repeats": Text(zh="重复行的单元格数", en="cells of repeated rows"),
    "formats": Text(zh="数字格式数", en="number formats"),
    "spread": Text(zh="空白单元格数", en="empty cells"),
    "strings": Text(zh="共用文字数", en="shared strings"),
    "relations": Text(zh="部件关系数", en="relations of parts"),
    "styles": Text(zh="单元格样式数", en="cell styles"),
    "tags": Text(zh="不含内容的标签数", en="tags that hold nothing"),
    "hidden": Text(zh="隐藏列的声明数", en="statements of hidden columns"),
}


class Sheet:
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


def to_grid(sheet: Sheet, epoch: date = EPOCH_1900) -> Grid:
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


def _say_hidden(grid: Grid, sheet: Sheet, height: int, width: int) -> None:
    if sheet.hidden and height:
        grid.say("sheet-hidden")
    rows = [row + 1 for row in sorted(sheet.hidden_rows) if row < height and not all(map(blank, grid.rows[row]))]
    if rows:
        grid.say("rows-hidden", rows[0] - 1, count=len(rows), rows=spans(rows))
    columns = [column for column in sorted(sheet.hidden_columns) if column < width]
    if columns:
        grid.say("columns-hidden", None, columns[0], columns=", ".join(map(column_letter, columns)))


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


def _fill_merged(grid: Grid, sheet: Sheet, filled: Container[int]) -> None:
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
        if said <= _SAID:
            cells = f"{cell_name(merge.top, merge.left)}:{cell_name(covered[-1], merge.left)}"
            grid.say("cells-merged", merge.top, merge.left, cells=cells)
    if said > _SAID:
        grid.say("findings-more", count=said - _SAID)


def _counts(value: Any) -> bool:
    """Whether a cell is a number, in figures or in words."""
    if isinstance(value, bool):
        return False
    if isinstance(value, (int, float)):
        return True
    try:
        number(value, "%" if "%" in value else None)
    except Unreadable as why:
        return why.code == "cell-unit"
    return True
