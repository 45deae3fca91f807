"""Reads the rows of an ODS sheet in bulk, if their XML has the usual shape; expat parses the rest.

A row is usual if it holds nothing but cells with at most one paragraph of plain text. What the attributes of a cell
mean is worked out once for all the cells that differ in their values alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any, NamedTuple, Protocol

from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.number_formats import NumberReader, finite, finite_all
from pilot_eval.evidence.readers.sheet import SheetBuilder, indented
from pilot_eval.evidence.readers.xlsx_markup import pieces
from pilot_eval.evidence.readers.xml import Attributes, XmlPart
from pilot_eval.privacy.numbers import shown_text

_OASIS = b"urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    **{name: _OASIS + name + b":1.0" for name in (b"office", b"table", b"text")},
    b"calcext": b"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_HEAD = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?(?:encoding\s*=\s*["'](?:utf-8|us-ascii)["'][^>]*)?\?>""", re.I)
_ROW, _ROW_END = "<table:table-row", "</table:table-row>"
_NAMES = r'(?: (?:table|office|calcext):[a-z-]+="[^"<>&\x00-\x1f]*")*'
_ROW_TAG = re.compile(rf"<table:table-row({_NAMES})>")
_CELL = re.compile(
    r"<table:(?:covered-)?table-cell([^<>]*)>"
    r"(?:(?<=/>)|(?:<text:p>([^<&\x00-\x1f]*)</text:p>)?</table:(?:covered-)?table-cell>)"
)
_VALUE = re.compile(r'(?<= office:)(?:date-|time-|boolean-)?value="([^"<>&\x00-\x1f]*)"')
_FORMULA = re.compile(r' table:formula="[^"<>\x00-\x1f]*"')
_ATTRIBUTES = re.compile(rf"{_NAMES}/?")
_ATTRIBUTE = re.compile(r' ([a-z]+:[a-z-]+)="([^"]*)"')
_KNOWN = 10_000
"""Shapes of cells, and dates, that are remembered."""


class OdsCells(Protocol):
    """What the reader of a workbook offers, which also handles what expat parses."""

    row: int
    column: int
    paragraphs: int
    indents: dict[str, int]  # of the cell styles that indent

    def between_rows(self) -> bool: ...

    @property
    def sheet(self) -> SheetBuilder: ...

    def start_row(self, attributes: Attributes) -> None: ...

    def end_row(self) -> None: ...

    def style_of(self, attributes: Attributes) -> str: ...

    def number_reader(self, kind: str, style: str) -> NumberReader | None: ...

    def value(self, attributes: Attributes, text: str) -> Any: ...


class _Shape(NamedTuple):
    """What the attributes of a cell say, apart from its value."""

    attributes: Attributes
    kind: str  # of its value, if that has a short cut: `number`, `date`, `text`; else empty
    valued: str  # the attribute that holds its value
    number: str  # the kind of number
    repeats: int
    formula: bool
    down: int
    right: int


class _Template(NamedTuple):
    """Rows that are alike, save for the values and texts of their cells.

    `cells` has a shape for each column, and which of the groups in `row` are its value and its text, or -1.
    """

    row: re.Pattern[str]
    rows: re.Pattern[str]
    length: int  # of a row without those groups
    cells: tuple[tuple[_Shape, int, int], ...]


def _differing(cell: re.Match[str]) -> list[tuple[int, int, str]]:
    """Return where a cell's formula, value and text are, each with the group that matches others in their place."""
    offset = cell.start(1)
    found = [(match, group) for pattern, group in _IN_ATTRIBUTES if (match := pattern.search(cell[1]))]
    spans = [(match.start(1) + offset, match.end(1) + offset, group) for match, group in found]
    return spans if cell[2] is None else [*spans, (*cell.span(2), _TEXT)]


def _template(tag: str, data: str, shapes: Sequence[_Shape], sheet: SheetBuilder) -> _Template | None:
    """Make a template of a row, or return None if it has merged or too many cells."""
    pattern, length, groups = re.escape(tag), len(tag), 0
    cells: list[tuple[_Shape, int, int]] = []
    for shape, match in zip(shapes, _CELL.finditer(data), strict=True):
        spans = _differing(match)
        value = text = -1
        at = match.start()
        for start, end, group in sorted(spans):
            pattern += re.escape(data[at:start]) + group
            length += start - at
            value, text = groups if group == _SAID else value, groups if group == _TEXT else text
            groups, at = groups + 1, end
        pattern += re.escape(data[at : match.end()])
        length += match.end() - at
        if shape.down > 1 or (len(cells) + shape.repeats > sheet.meter.limits.columns and (value >= 0 or text >= 0)):
            return None
        cells += [(shape, value, text)] * min(shape.repeats, sheet.meter.limits.columns)
    while cells and cells[-1][1] < 0 and cells[-1][2] < 0:
        cells.pop()
    if not cells or "".join(_CELL.split(data)[::3]) or len(pattern) > _LONGEST:
        return None
    pattern += re.escape(_ROW_END) + "()"  # so that each row is a tuple, even if it has one group only
    return _Template(re.compile(pattern), re.compile(f"(?:{pattern})++"), length + len(_ROW_END), tuple(cells))


_SAID, _TEXT, _CODE = r'([^"<>&\x00-\x1f]*)', r"([^<&\x00-\x1f]*)", r'([^"<>\x00-\x1f]*)'
_IN_ATTRIBUTES = (
    (re.compile(rf' table:formula="{_CODE}"'), _CODE),
    (re.compile(rf'(?<= office:)(?:date-|time-|boolean-)?value="{_SAID}"'), _SAID),
)
_TEMPLATES, _SEVERAL, _LONGEST = 30, 3, 50_000
"""Templates made of one part, rows that must be alike before one is made, characters of its pattern."""


class UsualRows:
    """Splits the XML of a part into the usual rows, which it reads, and the rest, which it feeds to expat.

    `named` gives expat's name for an attribute such as `office:value`.
    """

    def __init__(self, reader: OdsCells, named: Callable[[str], str]) -> None:
        self._reader, self._named = reader, named
        self._shapes: dict[str, _Shape] = {}
        self._tags: dict[str, Attributes] = {}
        self._dates: dict[tuple[str, str], Any] = {}
        self._numbers: dict[tuple[str, str], NumberReader | None] = {}
        self._alike: _Template | None = None  # of the last row
        self._templates: dict[tuple[object, ...], _Template | None] = {}
        self._times: Counter[tuple[object, ...]] = Counter()

    def read(self, chunks: Iterable[bytes], xml: XmlPart) -> None:
        """Read a whole part. Raises EvidenceError."""
        plain: bool | None = None
        for data in pieces(chunks, _ROW_END.encode()):
            if plain is None:
                plain = _is_plain(data)
            elif plain and (b"<!" in data or b"<?" in data or b"xmlns" in data):
                plain = False
            try:
                text = data.decode() if plain else ""
            except UnicodeDecodeError:
                plain = False
            if plain:
                self._split(text, xml)
            else:
                xml.feed(data)
        xml.feed(b"", True)

    def _split(self, text: str, xml: XmlPart) -> None:
        at, whole, refused = 0, True, False
        while True:
            if self._alike is not None and not refused and self._reader.between_rows():
                at, refused = self._take_alike(self._alike, text, at, whole)
                whole = False
            end = text.find(_ROW_END, at)
            if end < 0:
                break
            self._take(text[at:end], xml)
            at = end + len(_ROW_END)
        xml.feed(text[at:].encode())

    def _take(self, data: str, xml: XmlPart) -> None:
        """Read a row whose end tag is cut off, and what is before it."""
        at = data.find(_ROW)
        while at >= 0 and not (tag := _ROW_TAG.match(data, at)):
            at = data.find(_ROW, at + 1)  # a group of rows, or a row with something unusual
        if at > 0:
            xml.feed(data[:at].encode())
            data = data[at:]
        if at < 0 or not tag or not self._reader.between_rows() or not self._read(tag[1], data[len(tag[0]) :]):
            xml.feed((data + _ROW_END).encode())

    def _read(self, tag: str, data: str) -> bool:
        """Read a row's cells; return whether all of it was usual. Nothing is stored unless it was."""
        parts = _CELL.split(data)
        if "".join(parts[::3]).strip():
            return False
        shapes, values, known = list[_Shape](), list[str | None](), self._shapes.get
        for raw in parts[1::3]:
            value, shape = None, known(raw)
            if shape is None:
                if match := _VALUE.search(raw):
                    value = match[1]
                    raw = raw[: match.start(1)] + raw[match.end(1) :]
                    shape = known(raw)
                shape = shape or self._shape(raw)
                if shape is None:
                    return False
            shapes.append(shape)
            values.append(value)
        attributes = self._tags.get(tag)
        if attributes is None:
            attributes = self._parsed(tag)
            if len(self._tags) < _KNOWN:
                self._tags[tag] = attributes
        self._reader.start_row(attributes)
        self._store(shapes, values, parts[2::3])
        self._reader.end_row()
        if attributes.keys() <= {self._named("table:style-name")}:
            self._learn(f"{_ROW}{tag}>", data, shapes)
        return True

    # --- rows like the last one

    def _learn(self, tag: str, data: str, shapes: list[_Shape]) -> None:
        """Set the template for rows like this one, if there have been several."""
        like = (tag, *map(id, shapes), data.count("<text:p>"))
        self._alike = self._templates.get(like)
        if self._alike is None and like not in self._templates and len(self._templates) < _TEMPLATES:
            self._times[like] += 1
            if self._times[like] == _SEVERAL:
                self._alike = self._templates[like] = _template(tag, data, shapes, self._reader.sheet)
            elif len(self._times) > _KNOWN:
                self._times.clear()

    def _take_alike(self, like: _Template, text: str, at: int, whole: bool) -> tuple[int, bool]:
        """Read as many rows as are like the last one; return the offset behind them, and whether they were refused.

        At first the `whole` text is tried, which takes one pass; any other rows are searched for their end first.
        """
        end = len(text)
        found = like.row.findall(text, at) if whole else []
        if not found or sum(map(len, map("".join, found))) + like.length * len(found) != end - at:
            match = like.rows.match(text, at)
            if match is None:
                return at, False
            end = match.end()
            found = like.row.findall(text, at, end)
        return (end, False) if self._store_alike(like, found) else (at, True)

    def _store_alike(self, like: _Template, found: list[tuple[str, ...]]) -> bool:
        """Store rows, given the texts that differ; return False if something has to be said about one of them."""
        sheet, row = self._reader.sheet, self._reader.row
        if row + len(found) > sheet.meter.limits.rows:
            return False
        fields = list(zip(*found, strict=True))
        columns: list[Iterable[Any]] = []
        for column, (shape, value, text) in enumerate(like.cells):
            if value < 0 and text < 0:
                columns.append(repeat(None, len(found)))
                continue
            values, texts = (fields[group] if group >= 0 else None for group in (value, text))
            cells = self._column(shape, values, texts, column)
            if cells is None:
                return False
            columns.append(cells)
        sheet.put_rows(range(row, row + len(found)), columns, held=len(columns) * len(found))
        for column, (shape, *_) in enumerate(like.cells):
            if shape.formula:
                sheet.count_formulas(row, column, len(found))
        self._reader.row += len(found)
        return True

    def _column(
        self, shape: _Shape, values: Sequence[str] | None, texts: Sequence[str] | None, column: int
    ) -> Sequence[Any] | None:
        """Return the cells of a column of rows that are alike, or None if something has to be said about one."""
        if shape.kind == "text" and texts is not None:
            if max(map(len, texts)) > self._reader.sheet.meter.limits.cell_chars:
                return None
            said = [text if text and not text.isspace() else None for text in texts]
            depth = self._indent(shape, column)
            return [indented(text, depth) for text in said] if depth else said
        if shape.kind == "number" and values is not None:
            numbers = finite_all(values)
            if numbers is None:
                return None
            self._reader.column = column
            formatted = self._number_reader(shape.number, self._reader.style_of(shape.attributes))
            return formatted.all(numbers) if formatted else numbers
        return [
            self._valued(shape, value, text, column)
            for value, text in zip(values or repeat(None), texts or repeat(None), strict=False)
        ]

    def _store(self, shapes: Sequence[_Shape], values: Sequence[str | None], texts: Sequence[str | None]) -> None:
        sheet, row = self._reader.sheet, self._reader.row
        limits = sheet.meter.limits
        longest = limits.cell_chars
        column = held = 0
        cells: list[Any] = []
        for shape, value, text in zip(shapes, values, texts, strict=True):
            if shape.kind == "text":
                cell: Any = text if text and not text.isspace() else None
                if self._reader.indents:
                    cell = indented(cell, self._indent(shape, column))
                if text and len(text) > longest:
                    cell = BadCell("cell-too-long", shown_text(text, 40))
            else:
                cell = self._valued(shape, value, text, column)
            if shape.formula:
                sheet.count_formulas(row, column)
            if shape.down > 1:
                sheet.merge(row, column, row + shape.down - 1, column + shape.right - 1)
            last = column + shape.repeats
            if cell is not None:
                if row >= limits.rows:
                    raise sheet.meter.too_large("rows", limits.rows, sheet.name, row, column)
                if last > limits.columns:
                    raise sheet.meter.too_large("columns", limits.columns, sheet.name, row, limits.columns)
                if column > len(cells):
                    cells += [None] * (column - len(cells))
                cells += [cell] * shape.repeats
                held += shape.repeats
            column = last
        if cells:
            sheet.meter.add(len(cells), sheet.name)
            sheet.meter.held += held
            sheet.rows[row] = cells

    def _valued(self, shape: _Shape, value: str | None, text: str | None, column: int) -> Any:
        """Return the value of a cell that isn't plain text, or None if it is blank."""
        reader = self._reader
        reader.column, reader.paragraphs = column, int(text is not None)
        attributes = shape.attributes
        try:
            if value is None or not shape.kind:
                attributes = attributes if value is None else {**attributes, shape.valued: value}
                return reader.value(attributes, text or "")
            style = reader.style_of(attributes)
            if shape.kind == "number":
                number = finite(value)
                formatted = self._number_reader(shape.number, style)
                return formatted(number) if formatted else number
            known = self._dates.get((value, style))
            if known is None:
                known = reader.value({**attributes, shape.valued: value}, text or "")
                if len(self._dates) < _KNOWN:
                    self._dates[value, style] = known
            return known
        except ValueError:
            return BadCell("cell-damaged", shown_text(text or ""))

    def _indent(self, shape: _Shape, column: int) -> int:
        """Return how deep a cell's format indents its text."""
        reader = self._reader
        if not reader.indents:
            return 0
        reader.column = column
        return reader.indents.get(reader.style_of(shape.attributes), 0)

    def _number_reader(self, kind: str, style: str) -> NumberReader | None:
        if (kind, style) not in self._numbers:
            self._numbers[kind, style] = self._reader.number_reader(kind, style)
        return self._numbers[kind, style]

    # --- attributes

    def _shape(self, raw: str) -> _Shape | None:
        """Work out what the attributes of a cell say, without its value; None if they are unusual."""
        plain = _FORMULA.sub(' table:formula=""', raw, count=1) if "formula" in raw else raw
        shape = self._shapes.get(plain)
        if shape is None:
            if not _ATTRIBUTES.fullmatch(plain):
                return None
            attributes = self._parsed(plain)
            if len(attributes) < plain.count('="'):
                return None  # one twice, which is invalid: expat says so
            shape = self._shape_of(attributes)
            if len(self._shapes) < _KNOWN:
                self._shapes[plain] = shape
        return shape

    def _shape_of(self, attributes: Attributes) -> _Shape:
        named = self._named
        kind, formula = attributes.get(named("office:value-type"), ""), named("table:formula") in attributes
        valued = [
            name for each in ("value", "date-value", "time-value", "boolean-value")
            if (name := named(f"office:{each}")) in attributes
        ]  # fmt: skip
        short = ""
        if len(valued) > 1 or formula or attributes.get(named("calcext:value-type")) == "error":
            pass  # left to the general rules
        elif kind in ("float", "currency", "percentage") and valued == [named("office:value")]:
            short = "number"
        elif kind == "date" and valued == [named("office:date-value")]:
            short = "date"
        elif kind in ("", "string", "void") and named("office:string-value") not in attributes:
            short = "text"
        repeats, down, right = (
            positive(attributes.get(named(f"table:number-{each}"), "1"))
            for each in ("columns-repeated", "rows-spanned", "columns-spanned")
        )
        return _Shape(attributes, short, valued[0] if valued else "", kind, repeats, formula, down, right)

    def _parsed(self, raw: str) -> Attributes:
        return {self._named(name): said for name, said in _ATTRIBUTE.findall(raw)}


def positive(said: str) -> int:
    """Return a number of columns or rows that an attribute says; 1 if it is none."""
    return max(int(said[:18]), 1) if said.isascii() and said.isdecimal() else 1


def _is_plain(data: bytes) -> bool:
    """Return whether a part may be split: it is UTF-8, and its usual prefixes mean what they usually do.

    A comment, CDATA or a processing instruction may contain text that looks like a row.
    """
    head = _HEAD.match(data)
    body = data[head.end() :] if head else data
    if b"<!" in body or b"<?" in body:
        return False
    marks = {prefix: b"xmlns:" + prefix + b"=" for prefix in _SPACES}
    return all(marks[prefix] in body for prefix in (b"office", b"table", b"text")) and all(
        body.count(mark) == (mark + b'"' + _SPACES[prefix] + b'"' in body) for prefix, mark in marks.items()
    )
