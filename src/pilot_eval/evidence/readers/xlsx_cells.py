"""Reads the sheets of an XLSX workbook.

Cells of the usual shape are extracted from the XML by one regular expression and read in bulk, about as fast as the
fastest existing reader; expat parses the rest. Styles and shared strings, to which cells refer by number, are looked
up, never copied, so that a small file can't grow in memory. Cells are stored by their reference: the declared
dimension is ignored, and two cells far apart cost nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.grid import column_letter
from pilot_eval.evidence.readers.iso_moments import iso_text
from pilot_eval.evidence.readers.merged import Merge
from pilot_eval.evidence.readers.number_formats import PLAIN, NumberFormat
from pilot_eval.evidence.readers.sheet import SheetBuilder, indented
from pilot_eval.evidence.readers.xlsx_markup import (
    ATTRIBUTES,
    BEFORE_A_TAG,
    MISPLACED,
    SPACE,
    TEXT,
    TRUE,
    PlainMarkup,
    RichText,
    as_text,
    in_main,
    pieces,
    split_at,
)
from pilot_eval.evidence.readers.xlsx_rows import VISIBLE_ROW, AlikeRows, ColumnReader
from pilot_eval.evidence.readers.xlsx_values import (
    Read,
    boolean_read,
    column_of_numbers,
    number_read,
    read_each,
    read_or_damaged,
    shared_string,
    shared_strings,
    unknown_read,
)
from pilot_eval.evidence.readers.xml import Attributes, Handler, XmlPart
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.text import Words

_ATTRIBUTES = re.compile(rb"""(?: [a-z]+=(?:"[A-Za-z0-9]*"|'[A-Za-z0-9]*'))*""")
_ATTRIBUTE = re.compile(rb"""([a-z]+)=["']([^"']*)["']""")
_INDEX = re.compile("[0-9]{1,9}")
_ZERO = re.compile(r"0+(?:\.0*)?")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,9})")


class _Restart(Exception):  # noqa: N818  no error: the sheet is read again, by expat alone
    pass


class SheetReader:
    """Reads one sheet into `sheet`. `formats` has the number format of each style, `indents` the indents of some."""

    def __init__(
        self,
        sheet: SheetBuilder,
        strings: Sequence[str | BadCell | None],
        formats: Sequence[NumberFormat],
        epoch: date,
        indents: Mapping[int, int],
    ) -> None:
        self.sheet, self.strings, self.formats, self.epoch, self.meter = sheet, strings, formats, epoch, sheet.meter
        self.indents = indents
        self._columns = {column_letter(at).encode(): at for at in range(self.meter.limits.columns)}
        self._limit = self.meter.limits.cell_chars
        self._readers: dict[bytes, Read] = {}  # by the raw attributes of a cell

    def read(self, part: str, chunks: Callable[[], Iterable[bytes]]) -> None:
        """Read the part that `chunks` opens. Raises EvidenceError."""
        meter = self.meter
        before = meter.count, meter.held, meter.tags
        try:
            self._read(part, chunks(), quickly=True)
        except _Restart:
            meter.count, meter.held, meter.tags = before
            self.sheet.clear()
            self._read(part, chunks(), quickly=False)

    def _read(self, part: str, chunks: Iterable[bytes], *, quickly: bool) -> None:
        self._row = -1
        self._in_data = self._quick = self._any_data = False
        self._type = self._style = ""
        self._row_said = ""
        self._anchor: str | None = None  # the reference of the row's last cell that has one
        self._further = 0  # cells after that one
        self._seen = set[str]()
        self._has_formula = self._twice = False
        self._rich = rich = RichText(self._limit)
        starts = rich.starts | {
            "sheetData": self._data(True), "row": self._start_row, "c": self._start_cell, "f": self._formula,
            "col": self._hidden_column, "mergeCell": self._merged, "hyperlink": self._linked,
            "is": self._start_text, "v": self._start_value,
        }  # fmt: skip
        ends = rich.ends | {"sheetData": lambda: self._data(False)({}), "c": self._end_cell}
        self._xml = xml = XmlPart(self.meter.shown, part, in_main(starts), in_main(ends), rich.take)
        plain, alike = PlainMarkup(), AlikeRows(self)
        for data in pieces(self.meter.markup(chunks), b"row>"):
            plainly = plain.allows(data) and quickly
            if plainly and not self._in_data:
                head, data = split_at(data, b"sheetData>", after=True)
                xml.feed(head)
            if plainly and self._in_data:
                end = data.find(b"sheetData")  # there are no cells after the data
                end = data.rfind(b"<", 0, end) if end >= 0 else len(data)
                cells, rest = data[:end], data[end:]
                left = alike.take(cells, plain.prefix)
                self._quick = self._quick or len(left) < len(cells)
                data = self._take_usual(left, plain.prefix) + rest
            xml.feed(data)
        xml.feed(b"", True)
        if not self._any_data:
            raise xml.broken(Words(zh="不是工作表", en="not a worksheet"))

    # --- cells of the usual shape

    def _take_usual(self, data: bytes, prefix: bytes) -> bytes:
        """Read the usual cells; return the XML without them, and without the rows that held nothing else."""
        parts = _cell_pattern(prefix).split(data)
        between = parts[0::6]
        left = _empty_pattern(prefix).sub(b"", b"".join(between))
        if b"xmlns" in left or _strange_pattern(prefix).search(left):
            raise _Restart
        if len(left) < len(data):
            self._quick = True
        if len(parts) == 1:
            return left
        letters, digits, attributes, formulas, texts = (parts[at::6] for at in range(1, 6))
        for each in set(attributes) - self._readers.keys():
            self._readers[each] = self._reader(*self._kind_of(each))
        if not self._columns.keys() >= set(letters):
            raise _Restart  # a cell is beyond the limit of columns, but may be blank
        rows, gaps = self.sheet.rows, 0
        self.meter.add(len(letters), self.sheet.name)
        self.meter.held += len(letters)
        tag = b"<" + prefix + b'row r="'
        row, row_said, cells = -1, b"", list[Any]()
        columns, values = map(self._columns.__getitem__, letters), self._values(attributes, texts)
        for before, column, said, value in zip(between, columns, digits, values, strict=False):
            if before or said != row_said:
                at = before.rfind(tag)
                if not (before.startswith(said, at + len(tag)) if at >= 0 else said == row_said):
                    raise _Restart  # the cell isn't in the row that its reference names
                row, row_said = self._index_of(said[:-1]), said
                cells = rows.setdefault(row, [])
            if value is None:
                continue
            gap = column - len(cells)
            if gap < 0:  # out of order, or already filled
                self.sheet.put(row, column, value)
                continue
            if gap:
                cells.extend([None] * gap)
                gaps += gap
            cells.append(value)
        self.meter.add(gaps, self.sheet.name)
        count = len(formulas) - formulas.count(None)
        if count:
            first = next(at for at, formula in enumerate(formulas) if formula)
            self.sheet.count_formulas(int(digits[first][:-1]) - 1, _column_index(letters[first].decode()), count)
        return left

    def _values(self, attributes: Sequence[bytes], texts: Sequence[bytes]) -> Iterable[Any]:
        """Return the values of cells, all at once if all are of the same kind."""
        kinds = set(attributes)
        if len(kinds) == 1 and (values := self.column_reader(kinds.pop())(texts)) is not None:
            return values
        return map(read_or_damaged, map(self._readers.__getitem__, attributes), texts)

    def column_at(self, letters: bytes) -> int | None:
        """Return the index of a column; None if it is beyond the limit."""
        return self._columns.get(letters)

    def column_reader(self, attributes: bytes) -> ColumnReader:
        """Return the reader for the values of many cells with these attributes."""
        type_, style = self._kind_of(attributes)
        read = self._reader(type_, style)  # raises if there are no shared strings
        if type_ == "s" and style not in self.indents:
            return lambda texts: shared_strings(self.strings, texts)
        if type_ == "n":
            return column_of_numbers(self._format_of(style), self.epoch)
        if type_ in ("str", "inlineStr") and style not in self.indents:
            return self._texts
        return lambda texts: read_each(read, texts)

    def _texts(self, texts: Sequence[bytes]) -> list[Any] | None:
        try:
            said = b"\n".join(texts).decode()
        except UnicodeDecodeError:
            return None  # expat says so
        cells = said.split("\n")
        if "_x" in said or max(map(len, cells)) > self._limit or any(map(str.isspace, cells)):
            return [as_text(cell, self._limit) for cell in cells]
        return cells

    def _index_of(self, digits: bytes) -> int:
        row = int(digits) - 1
        if row < 0:
            raise EvidenceError.of("cell-address", self.meter.place(self.sheet.name), value=digits.decode())
        if row >= self.meter.limits.rows:
            raise self.meter.too_large("rows", self.meter.limits.rows, self.sheet.name, row)
        return row

    def _kind_of(self, attributes: bytes) -> tuple[str, int]:
        """Return the type and the style of cells with these attributes (other than the reference)."""
        named = _ATTRIBUTE.findall(attributes)
        given = dict(named)
        if not _ATTRIBUTES.fullmatch(attributes) or len(given) < len(named) or {b"r", b"xmlns"} & given.keys():
            raise _Restart  # unusual, perhaps invalid: leave it to expat
        return given.get(b"t", b"n").decode(), _style_index(given.get(b"s", b"0").decode())

    def _format_of(self, style: int) -> NumberFormat:
        return self.formats[style] if style < len(self.formats) else PLAIN

    def _reader(self, type_: str, style: int) -> Read:
        how, depth = self._format_of(style), self.indents.get(style, 0)
        match type_:
            case "s" if not self.strings:
                raise EvidenceError.of("book-part-missing", self.meter.place(self.sheet.name), part="sharedStrings")
            case "s":
                return shared_string(self.strings, depth)
            case "n":
                return number_read(how, self.epoch)
            case "str" | "inlineStr" if depth:
                return lambda text: indented(self._text(text), depth)
            case "str" | "inlineStr":
                return self._text
            case "b":
                return boolean_read
            case "d":
                return lambda text: iso_text(text.decode(), how, self.epoch)
            case "e":
                return lambda text: BadCell("cell-error", shown_text(text.decode(errors="replace")))
        return unknown_read

    def _text(self, text: bytes) -> str | BadCell | None:
        try:
            said = text.decode()
        except UnicodeDecodeError:
            said = self._xml.decoded(text)  # raises
        if len(said) > self._limit or "_x" in said or said.isspace():
            return as_text(said, self._limit)
        return said  # the usual text, without another call

    # --- handlers for expat

    def _data(self, inside: bool) -> Handler:
        def change(attributes: Attributes) -> None:
            if inside and (self._any_data or self._xml.depth() != 2):
                raise self._xml.broken(MISPLACED)
            self._in_data = inside
            self._any_data = True

        return change

    def _may_stand(self, depth: int) -> bool:
        """Return whether an element is inside the sheet's data. Raises EvidenceError if it isn't at `depth` there."""
        if self._in_data and self._xml.depth() != depth:
            raise self._xml.broken(MISPLACED)
        return self._in_data

    def _start_row(self, attributes: Attributes) -> None:
        if not self._may_stand(3):
            return
        said = attributes.get("r")
        if said is None:
            if self._quick:
                raise _Restart  # its number depends on the row before, which may have been extracted
            self._row += 1
        elif said.isascii() and said.isdecimal() and len(said) < 10 and said.strip("0"):
            self._row = int(said) - 1
        else:
            raise EvidenceError.of("cell-address", self.meter.place(self.sheet.name), value=shown_text(said))
        self._row_said = said or ""
        self._anchor, self._further = None, -1
        hidden = attributes.get("hidden", "0") in TRUE or _is_zero(attributes.get("ht"))
        if hidden and self._row < self.meter.limits.rows:
            self.sheet.hidden_rows.add(self._row)

    def _start_cell(self, attributes: Attributes) -> None:
        if not self._may_stand(4):
            return
        said = attributes.get("r")
        if said is not None:
            self._anchor, self._further = said, 0
        elif self._quick:
            raise _Restart  # its column depends on the cell before, which may have been extracted
        else:
            self._further += 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._has_formula = self._twice = False
        self._seen.clear()
        self._rich.clear()

    def _address(self) -> tuple[int, int]:
        """Return the row and column of the cell just read. It is called only for cells that aren't empty."""
        if self._anchor is None:
            return self._row, self._further
        match = _REFERENCE.fullmatch(self._anchor)
        row = int(match[2]) - 1 if match else -1
        if not match or row < 0 or (self._row_said and row != self._row):
            place = self.meter.place(self.sheet.name, max(self._row, 0))
            raise EvidenceError.of("cell-address", place, value=shown_text(self._anchor))
        self._row = row
        return row, _column_index(match[1].upper()) + self._further

    def _once(self, name: str) -> bool:
        """Return whether an element belongs to a cell, and record duplicates, which programs read differently."""
        if not self._may_stand(5):
            return False
        self._twice = self._twice or name in self._seen
        self._seen.add(name)
        return True

    def _formula(self, attributes: Attributes) -> None:
        self._has_formula = self._once("f")

    def _start_text(self, attributes: Attributes) -> None:
        if self._once("is"):
            self._rich.clear()

    def _start_value(self, attributes: Attributes) -> None:
        """Start a value, unless it repeats part of the cell's inline text, as some programs write it."""
        if self._once("v") and (self._type != "inlineStr" or not self._rich.entered):
            self._rich.clear()
            self._rich.starts["v"](attributes)

    def _end_cell(self) -> None:
        if not self._in_data or not self._seen:
            return
        row, column = self._address()
        text = self._rich.text()
        if self._has_formula:
            self.sheet.count_formulas(row, column)
        value: Any
        if self._twice or ("is" in self._seen and self._type != "inlineStr") or self._rich.joins_digits():
            value = BadCell("cell-damaged", shown_text(text))
        elif self._has_formula and not text and not (self._type == "str" and self._rich.entered):
            value = BadCell("cell-formula", "")
        elif not text:
            return
        else:
            try:
                value = self._reader(self._type, _style_index(self._style))(text.encode())
            except (ValueError, IndexError):
                value = BadCell("cell-damaged", shown_text(text))
        if value is not None:
            self.sheet.put(row, column, value)

    def _hidden_column(self, attributes: Attributes) -> None:
        if attributes.get("hidden", "0") in TRUE or _is_zero(attributes.get("width")):
            first, last = (said if _INDEX.fullmatch(said := attributes.get(end, "")) else "0" for end in ("min", "max"))
            if int(first):
                self.sheet.hide_columns(int(first) - 1, int(last) - 1)

    def _merged(self, attributes: Attributes) -> None:
        area = _area(attributes)
        if area:
            self.sheet.merge(*area)

    def _linked(self, attributes: Attributes) -> None:
        area = _area(attributes)
        if area:
            self.sheet.linked += area.size()


@cache
def _cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Match a cell of the usual shape: column, row and a quote, other attributes, formula, value."""
    p = re.escape(prefix)
    entities = rb"[^<>&\x00-\x1f]*(?:&(?:amp|lt|gt|quot|apos);[^<>&\x00-\x1f]*)*"
    formula = rb"(<%bf%b(?:/>|>%b</%bf>))?" % (p, ATTRIBUTES, entities, p)
    texts = rb'(?<=t="inlineStr"><%b)is><%bt%b>(?=[^<]*</%bt></%bis>)' % (p, p, SPACE, p, p)
    value = rb"<%b(?:v>(?=[^<]*</%bv>)|%b)(%b)</%b(?:v|t></%bis)>" % (p, p, texts, TEXT, p, p)
    return re.compile(rb'<%bc r="([A-Z]{1,3})([0-9]{1,7}")([^<>]*)>%b%b</%bc>%b' % (p, formula, value, p, BEFORE_A_TAG))


@cache
def _empty_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Match an empty cell, or a visible row that is empty once its cells are extracted."""
    p = re.escape(prefix)
    cell = rb'c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>'
    row = rb'row r="[1-9][0-9]{0,8}"%b(?:/>|>(?:<%b%b)*</%brow>)' % (VISIBLE_ROW, p, cell, p)
    return re.compile(rb"<%b(?:%b|%b)%b" % (p, cell, row, BEFORE_A_TAG))


@cache
def _strange_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Match anything among the rows that may not be part of a row or cell: expat then checks all positions."""
    p = re.escape(prefix)
    return re.compile(rb'<(?!%brow r="|/%brow>|/?%b(?:c|f|v|is|t)[ />])' % (p, p, p))


def _area(attributes: Attributes) -> Merge | None:
    """Return the range of a reference with two ends, or None."""
    ends = [_REFERENCE.fullmatch(each) for each in attributes.get("ref", "").split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    (top, left), (bottom, right) = ((int(end[2]) - 1, _column_index(end[1].upper())) for end in ends if end)
    return Merge(top, left, bottom, right)


def _style_index(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 8 else 0


def _is_zero(size: str | None) -> bool:
    """Return whether a height or width is zero, which hides the row or column."""
    return size is not None and _ZERO.fullmatch(size) is not None


def _column_index(letters: str) -> int:
    """Return the index of a column: 0 for A."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
