"""Reads rows of an XLSX sheet in bulk, as long as one is like the other: the same columns, types and styles.

The XML of such a row is a pattern in which only the row's number, the values and the formulas differ.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from pilot_eval.evidence.readers.sheet import SheetBuilder
from pilot_eval.evidence.readers.xlsx_markup import ATTRIBUTES, SPACE, TEXT

_IN_VAIN, _MOST, _LONGEST = 3, 30, 50_000
"""Rows of a piece that are looked at in vain; patterns of a sheet, and their length."""


ColumnReader = Callable[[Sequence[bytes]], Sequence[Any] | None]
"""Reads the values of one column, given their texts; None if something has to be said about one of them."""


class RowsOfSheet(Protocol):
    """What the reader of a sheet offers."""

    sheet: SheetBuilder

    def column_reader(self, attributes: bytes) -> ColumnReader:
        """Return the reader for cells with these attributes."""

    def column_at(self, letters: bytes) -> int | None:
        """Return the index of a column; None if it is beyond the limit."""


VISIBLE_ROW = rb'(?: (?:hidden="(?:0|false)"|(?!hidden|r=|ht="0|xmlns)[A-Za-z0-9:]+="[^"<>&\x00-\x1f]*"))*'
"""The other attributes of a row that isn't hidden."""


class _ColumnAlike(NamedTuple):
    at: int  # its index
    read: ColumnReader
    group: int  # of its values
    formula: bool


class _Alike(NamedTuple):
    row: re.Pattern[bytes]
    rows: re.Pattern[bytes]
    columns: tuple[_ColumnAlike, ...]


class AlikeRows:
    """Takes rows that are alike out of the pieces of a sheet; `prefix` is that of its elements."""

    def __init__(self, reader: RowsOfSheet) -> None:
        self._reader = reader
        self._known: dict[bytes, _Alike | None] = {}

    def take(self, data: bytes, prefix: bytes) -> bytes:
        """Read the rows that are like the first one of a piece; return the XML without them."""
        end_tag = b"</" + prefix + b"row>"
        begin = data.find(b"<" + prefix + b"row ")
        end = data.find(end_tag, begin)
        if begin < 0 or end < 0 or data[:begin].strip():
            return data
        like = self._like(data[begin : end + len(end_tag)], prefix)
        left, at, vain = [data[:begin]], begin, 0
        while like and vain < _IN_VAIN:
            match = like.rows.match(data, at)
            if match:
                found = like.row.findall(data, at, match.end())
                if not self._store(like, found):
                    break
                at, vain = match.end(), vain if len(found) < _IN_VAIN else 0
            end = data.find(end_tag, at)
            if end < 0:
                break
            left.append(data[at : end + len(end_tag)])
            at, vain = end + len(end_tag), vain + 1
        return b"".join((*left, data[at:]))

    def _like(self, row: bytes, prefix: bytes) -> _Alike | None:
        """Return the pattern of a row; None if it isn't of the usual shape."""
        shape = _NUMBERS.sub(b"", row)
        if shape not in self._known:
            if len(self._known) >= _MOST or len(row) > _LONGEST:
                return None
            self._known[shape] = self._pattern(row, prefix)
        return self._known[shape]

    def _pattern(self, row: bytes, p: bytes) -> _Alike | None:
        tag = re.match(rb'(<%brow r=")([1-9][0-9]{0,6})("%b>)' % (p, VISIBLE_ROW), row)
        if not tag:
            return None
        pattern = re.escape(tag[1]) + b"(?P<row>[1-9][0-9]{0,6})" + re.escape(tag[3])
        at, columns, groups, before = tag.end(), list[_ColumnAlike](), 1, -1
        cell = _cell_alike(p)
        while match := cell.match(row, at):
            column = self._reader.column_at(match["letters"])
            if column is None or column <= before or match["digits"] != tag[2]:
                return None
            pattern += re.escape(b"<%bc r=" % p + b'"' + match["letters"]) + b"(?P=row)"
            pattern += re.escape(b'"' + match["attributes"])
            before, formula = column, match["formula"] is not None
            if match["text"] is None:
                pattern += b"/>"
            else:
                pattern += b">"
                if formula:
                    pattern += re.escape(match["open"]) + rb"([^<>&\x00-\x1f]*)" + re.escape(match["close"])
                    groups += 1
                pattern += re.escape(match["before"]) + b"(%b)" % TEXT + re.escape(match["after"])
                columns.append(_ColumnAlike(column, self._reader.column_reader(match["attributes"]), groups, formula))
                groups += 1
            at = match.end()
        if not columns or row[at:] != b"</%brow>" % p or len(pattern) > _LONGEST:
            return None
        pattern += re.escape(row[at:])
        return _Alike(re.compile(pattern), re.compile(rb"(?:%b)++(?=\s*(?:<|\Z))" % pattern), tuple(columns))

    def _store(self, like: _Alike, found: list[tuple[bytes, ...]]) -> bool:
        """Store rows, given the texts that differ; return False if something has to be said about one of them."""
        sheet = self._reader.sheet
        fields = list(zip(*found, strict=True))
        rows = [int(number) - 1 for number in fields[0]]
        if not sheet.has_room(rows):
            return False
        columns: list[Sequence[Any]] = [[None] * len(rows)] * (like.columns[-1].at + 1)
        for column in like.columns:
            cells = column.read(fields[column.group])
            if cells is None:
                return False
            columns[column.at] = cells
        sheet.put_rows(rows, columns, held=len(like.columns) * len(rows))
        for column in like.columns:
            if column.formula:
                sheet.count_formulas(rows[0], column.at, len(rows))
        return True


_NUMBERS = re.compile(rb'(?<=[">])[^<>"]*(?=<)|(?<=\br=")[0-9]+|(?<=[A-Z])[0-9]+(?=")')
"""What differs between rows of one shape: texts, and the number of the row."""


def _cell_alike(p: bytes) -> re.Pattern[bytes]:
    """Match a cell of the usual shape, empty or not."""
    formula = rb"(?P<formula>(?P<open><%bf%b>)[^<>&\x00-\x1f]*(?P<close></%bf>))?" % (p, ATTRIBUTES, p)
    inline = rb'(?<=t="inlineStr">)<%bis><%bt%b>' % (p, p, SPACE)
    value = rb"(?P<before>(?P<plain><%bv>)|%b)(?P<text>%b)(?P<after>(?(plain)</%bv>|</%bt></%bis>)</%bc>)" % (
        p, inline, TEXT, p, p, p, p,
    )  # fmt: skip
    return re.compile(
        rb'<%bc r="(?P<letters>[A-Z]{1,3})(?P<digits>[0-9]{1,7})"(?P<attributes>[^<>/]*)(?:/>|>%b%b)'
        % (p, formula, value)
    )
