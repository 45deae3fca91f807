"""Reads rows of an XLS sheet in bulk, as long as one is like the other: the same kinds of cells in the same columns.

The records of such a row are matched by a regular expression and unpacked by a single format, a row at a time.
"""

import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.number_formats import NumberReader
from pilot_eval.evidence.readers.sheet import SheetBuilder, indented

ROW, MULRK, NUMBER, RK, LABELSST, FORMULA = 0x0208, 0x00BD, 0x0203, 0x027E, 0x00FD, 0x0006
_BLANK, _MULBLANK = 0x0201, 0x00BE
_NO_NUMBER = b"\xff\xff"
"""The end of a formula's result if it isn't a number."""
_HEAD, _STYLED_RK = struct.Struct("<5H"), struct.Struct("<HL")
_VISIBLE = b"[" + b"".join(b"\\x%02x" % flags for flags in range(256) if not flags & 0x20) + b"]"
_SHOWN_ROW = rb"\x08\x02\x10\x00(?P<row>..).{4}(?!\x00\x00)..(?:.{4})" + _VISIBLE + b".{3}"
_MOST, _PATIENCE, _PER_PATTERN = 100, 200, 20
"""Patterns of a workbook, rows that may be looked at in vain, and how many of them a new pattern costs."""


class _BiffColumn(NamedTuple):
    at: int  # its index
    kind: int
    style: int


class RowPattern(NamedTuple):
    rows: re.Pattern[bytes]  # as many as are alike
    row: struct.Struct  # the number of a row, and the values of its cells
    columns: tuple[_BiffColumn, ...]


class _Draft:
    """A pattern being made of the records of one row."""

    def __init__(self) -> None:
        self.pattern, self.format = b"", "<"
        self.columns: list[_BiffColumn] = []

    def begin(self, kind: int, length: int) -> None:
        number = b"(?P=row)" if self.pattern else b"(?P<row>..)"
        self.format += "4x2x" if self.pattern else "4xH"
        self.pattern += re.escape(struct.pack("<HH", kind, length)) + number

    def skip(self, size: int) -> None:
        self.pattern += b".{%d}" % size
        self.format += f"{size}x"

    def made(self) -> RowPattern:
        row = self.pattern + b"(?!.{4}(?P=row))"  # it has no further cell
        return RowPattern(re.compile(b"(?:%b)++" % row, re.DOTALL), struct.Struct(self.format), tuple(self.columns))


class UniformRows:
    """Reads the rows of one sheet that are like the row before. A row that isn't left to the caller is read whole."""

    def __init__(
        self,
        data: bytes,
        sheet: SheetBuilder,
        strings: Sequence[str | BadCell | None],
        readers: Sequence[NumberReader | None],
        numbers: Mapping[int, float],
        indents: Mapping[int, int],
        known: dict[bytes, RowPattern],
    ) -> None:
        self._data, self._sheet, self._strings, self._readers, self._numbers = data, sheet, strings, readers, numbers
        self._indents = indents
        self._known = known  # of the whole workbook
        self._last: RowPattern | None = None
        self._patience = _PATIENCE

    def take(self, at: int) -> int:
        """Read the rows that begin at an offset; return the offset behind them, which is the same if there are none."""
        if self._patience <= 0:
            return at
        match = self._last.rows.match(self._data, at) if self._last else None
        if match is None:
            self._patience -= 1
            self._last = self._learned(at)
            match = self._last.rows.match(self._data, at) if self._last else None
        if match is None or self._last is None:
            return at
        if not self._read(self._last, list(self._last.row.iter_unpack(match[0]))):
            self._patience = 0  # something in them is for the caller to say; to try again takes time squared
            return at
        return match.end()

    def _learned(self, at: int) -> RowPattern | None:
        """Return a pattern of the row at an offset, or None if it is empty or holds other records."""
        draft, number, before = _Draft(), -1, -1
        data, end = self._data, len(self._data) - 16
        while at + 10 <= end:
            kind, length, row, column, style = _HEAD.unpack_from(data, at)
            body = data[at + 4 : at + 4 + length]
            if (number not in (-1, row)) or not self._added(draft, kind, body, column, style, before):
                break
            number = row
            before = draft.columns[-1].at if draft.columns else -1
            at += 4 + length
        if not draft.columns:
            return None
        if draft.pattern not in self._known:
            if len(self._known) >= _MOST:
                return None
            self._patience -= _PER_PATTERN
            self._known[draft.pattern] = draft.made()
        return self._known[draft.pattern]

    def _added(self, draft: _Draft, kind: int, body: bytes, column: int, style: int, before: int) -> bool:
        """Add a record to a draft; return whether it could be."""
        if kind == ROW:
            if draft.pattern or len(body) != 16:
                return False
            draft.pattern, draft.format = _SHOWN_ROW, "<4xH14x"
            return True
        if kind in (_BLANK, _MULBLANK) and len(body) >= 6:
            draft.begin(kind, len(body))
            draft.skip(len(body) - 2)
            return True
        if column <= before or column >= self._sheet.meter.limits.columns or len(body) != _SIZES.get(kind, len(body)):
            return False
        place, styled = re.escape(struct.pack("<H", column)), re.escape(struct.pack("<H", style))
        if kind == MULRK:
            return self._added_several(draft, body, column, place)
        if kind == LABELSST:
            rest, unpacked = (styled if self._indents else b"..") + b".{4}", "4xL"  # else its style says nothing
        elif kind == RK:
            rest, unpacked = styled + b".{4}", "4xL"
        elif kind == NUMBER:
            rest, unpacked = styled + b".{8}", "4xd"
        elif kind == FORMULA and len(body) >= 14 and body[12:14] != _NO_NUMBER:
            further = len(body) - 14
            rest, unpacked = styled + rb".{6}(?!\xff\xff)..(?:.{%d})" % further, f"4xd{further}x"
        else:
            return False
        draft.begin(kind, len(body))
        draft.pattern += place + rest
        draft.format += unpacked
        draft.columns.append(_BiffColumn(column, kind, style))
        return True

    def _added_several(self, draft: _Draft, body: bytes, column: int, place: bytes) -> bool:
        """Add a record of several numbers to a draft."""
        count = (len(body) - 6) // 6
        last = column + count - 1
        if len(body) != 6 + 6 * count or count < 1 or last >= self._sheet.meter.limits.columns:
            return False
        if body[-2:] != struct.pack("<H", last):
            return False
        draft.begin(MULRK, len(body))
        draft.pattern += place
        draft.format += "2x"
        for index, (style, _) in enumerate(_STYLED_RK.iter_unpack(body[4:-2]), start=column):
            draft.pattern += re.escape(struct.pack("<H", style)) + b".{4}"
            draft.format += "2xL"
            draft.columns.append(_BiffColumn(index, RK, style))
        draft.pattern += re.escape(body[-2:])
        draft.format += "2x"
        return True

    def _read(self, pattern: RowPattern, unpacked: list[tuple[Any, ...]]) -> bool:
        """Store the rows; return whether it could be done without saying anything about one of their cells."""
        sheet = self._sheet
        numbers, *raw = zip(*unpacked, strict=True)
        if not sheet.has_room(numbers):
            return False
        columns: list[Iterable[Any]] = [[None] * len(numbers)] * (pattern.columns[-1].at + 1)
        for column, values in zip(pattern.columns, raw, strict=True):
            cells = self._cells(column, values)
            if cells is None:
                return False
            columns[column.at] = cells
        sheet.put_rows(numbers, columns, held=len(columns) * len(numbers))
        for column in pattern.columns:
            if column.kind == FORMULA:
                sheet.count_formulas(numbers[0], column.at, len(numbers))
        self._patience = min(self._patience + len(numbers) - 1, _PATIENCE)
        return True

    def _cells(self, column: _BiffColumn, values: tuple[Any, ...]) -> list[Any] | None:
        if column.kind == LABELSST:
            if max(values) >= len(self._strings):
                return None
            texts = map(self._strings.__getitem__, values)
            depth = self._indents.get(column.style, 0)
            return [indented(text, depth) for text in texts] if depth else list(texts)
        if column.kind == RK:
            values = tuple(map(self._numbers.__getitem__, values))
        if not all(map(isfinite, values)):
            return None
        reader = self._readers[column.style] if column.style < len(self._readers) else None
        return reader.all(values) if reader else list(values)


_SIZES = {LABELSST: 10, RK: 10, NUMBER: 14}
