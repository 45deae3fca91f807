"""Counts what a file holds while it is read, and stops when a limit is exceeded."""

from collections.abc import Iterable, Iterator

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.readers.grid import column_letter
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.text import Words

_SPAN = 5_000_000
"""Cells that a file's sheets may span, however few of them are filled."""
_EMPTY_TAGS, _TAGS_OF_A_BYTE, _TAGS_OF_A_CELL = 500_000, 0.75, 12
"""Tags allowed in a workbook's XML: a fixed number, plus some per byte of the packed file and per filled cell.

An empty cell with a border takes 1.7 bytes of a packed sheet; one with its own style, width or format takes more. A
run of rich text has a dozen tags. A forged file has thirty tags per byte, and takes a minute to read.
"""
MOST_TAGS = 4_000_000
"""Tags allowed in a web page or an XML spreadsheet: four per cell of the largest sheet that old programs write."""


class Meter:
    """Counts what a file's sheets hold, including blanks before a row's last cell. Raises EvidenceError at a limit.

    `packed` is the size of a packed file in bytes.
    """

    def __init__(self, shown: str, limits: Limits, packed: int = 0) -> None:
        self.shown, self.limits, self.packed = shown, limits, packed
        self.count = 0
        self.held = 0  # filled cells and strings
        self.tags = 0
        self._empty_tags = _EMPTY_TAGS + int(_TAGS_OF_A_BYTE * packed)
        self._spanned = self._filled = 0
        self._names: set[str] = set()

    def add(self, count: int, sheet: str | None) -> None:
        """Count `count` more cells."""
        self.count += count
        if self.count > self.limits.cells:
            raise self.too_large("cells", self.limits.cells, sheet)

    def spread(self, rows: int, columns: int, filled: int, sheet: str | None) -> None:
        """Count the area of a sheet and its filled cells: a few cells far apart are not a table.

        The limit applies to all sheets of the file together, since all are in memory.
        """
        self._spanned += rows * columns
        self._filled += filled
        most = max(_SPAN, self.limits.spread * self._filled)
        if self._spanned > most:
            raise self.too_large("spread", int(most), sheet, rows - 1)

    def markup(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the chunks of a part unchanged, as long as its tags are in proportion to what the file holds."""
        for chunk in chunks:
            self.tags += chunk.count(b"<")
            if self.tags > self._empty_tags + _TAGS_OF_A_CELL * self.held:
                raise self.too_large("tags", self._empty_tags)
            yield chunk

    def name(self, sheet: str | None) -> None:
        """Register the name of a sheet: findings couldn't distinguish two sheets of the same name."""
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
    "rows": Words(zh="行数", en="rows"),
    "columns": Words(zh="列数", en="columns"),
    "cells": Words(zh="单元格数", en="cells"),
    "sheets": Words(zh="工作表数", en="sheets"),
    "merges": Words(zh="合并单元格数", en="merged cells"),
    "values": Words(zh="数值个数", en="values"),
    "repeats": Words(zh="重复行的单元格数", en="cells in repeated rows"),
    "formats": Words(zh="数字格式数", en="number formats"),
    "spread": Words(zh="空白单元格数", en="empty cells"),
    "strings": Words(zh="共享字符串数", en="shared strings"),
    "relations": Words(zh="部件关系数", en="relationships between parts"),
    "styles": Words(zh="单元格样式数", en="cell styles"),
    "tags": Words(zh="空标签数", en="empty tags"),
    "hidden": Words(zh="隐藏列的声明数", en="declarations of hidden columns"),
}
