"""Reads an ODS workbook, packed or as one XML file: values, number formats, formulas, merged and hidden cells."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from pilot_eval.errors import EvidenceError, Place, finding
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.cells.dates import EPOCH_1900
from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.readers.iso_moments import duration_text, iso_text
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.looks import EDGE, joins_digits
from pilot_eval.evidence.readers.meter import MOST_TAGS, Meter
from pilot_eval.evidence.readers.number_formats import (
    LONGEST_CODE,
    PERCENT,
    PLAIN,
    Formats,
    NumberFormat,
    NumberReader,
    as_shown,
    finite,
    number_reader,
)
from pilot_eval.evidence.readers.ods_rows import UsualRows, positive
from pilot_eval.evidence.readers.sheet import SheetBuilder, indented, to_grid
from pilot_eval.evidence.readers.xml import Attributes, Handler, XmlPart, as_utf8
from pilot_eval.evidence.readers.zipped import Zipped
from pilot_eval.privacy.numbers import shown_text

_SPACES = {
    **{name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")},
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|REF!|VALUE!|NUM!|NULL!)|Err:[0-9]{3}")
_LENGTH = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,6})?)(cm|mm|in|pt)")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}
_INDENT = 10
"""Points of one step of an indent."""
_REPEATED = 2_000_000
"""Filled cells that a file may gain from repeated rows."""

_GENERATIONS = 10
"""Styles that a style may descend from; LibreOffice has fewer."""
_T = TypeVar("_T")
_MOST_DIGITS = 30
_PARTS_OF_DATE = {
    "year": "yyyy", "month": "m", "day": "d", "day-of-week": "aaa", "quarter": "", "era": "", "week-of-year": "",
    "hours": "h", "minutes": "m", "seconds": "s", "am-pm": "AM/PM",
}  # fmt: skip

# Elements inside a cell or sheet whose content isn't part of a cell's text.
_ASIDE = (
    "office:annotation", "office:forms", "table:shapes", "table:tracked-changes", "table:dde-links", "text:hidden-text",
    "text:hidden-paragraph", "draw:frame", "draw:custom-shape",
    "draw:caption", "draw:g", "draw:rect", "draw:control", "text:ruby-text",
)  # fmt: skip


@cache
def _number_of(name: str) -> str:
    """Return expat's name for an element or attribute such as `table:table`."""
    space, _, local = name.partition(":")
    return f"{_SPACES[space]} {local}"


_BARE = {
    _number_of("table:style-name"),
    _number_of("table:number-columns-repeated"),
    _number_of("table:content-validation-name"),
}
"""The attributes that an empty cell may have."""


def read_ods(package: Zipped, limits: Limits) -> list[Grid]:
    """Read every sheet of a workbook, with the values last computed. Raises EvidenceError."""
    shown, parts = package.shown, {entry.name: entry for entry in package.entries}
    place = Place(file=shown)
    if "content.xml" not in parts:
        raise EvidenceError.of("book-part-missing", place, part="content.xml")
    encrypted: list[bool] = []
    meter = Meter(shown, limits, sum(entry.packed for entry in package.entries))

    def parse(part: str, starts: Mapping[str, Handler]) -> None:
        if part in parts:
            XmlPart(shown, part, starts).all(meter.markup(package.chunks(parts[part])))

    parse("META-INF/manifest.xml", {_number_of("manifest:encryption-data"): lambda attributes: encrypted.append(True)})
    if encrypted:
        raise EvidenceError.of("file-encrypted", place)
    reader = _OdsReader(meter)
    if "styles.xml" in parts:
        reader.part("styles.xml").all(meter.markup(package.chunks(parts["styles.xml"])))
    rows = UsualRows(reader, _number_of)
    rows.read(meter.markup(package.chunks(parts["content.xml"])), reader.part("content.xml"))
    return _grids_of_tables(reader, any(name.startswith(("Basic/", "Scripts/")) for name in parts))


def read_flat_ods(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Read every sheet of a workbook that is one XML file, as `read_ods` does. Raises EvidenceError."""
    reader = _OdsReader(Meter(shown, limits))
    if text.count("<") > MOST_TAGS:
        raise reader.meter.too_large("values", MOST_TAGS)
    UsualRows(reader, _number_of).read([as_utf8(text)], reader.part("office:document"))
    return _grids_of_tables(reader, _MODULE.search(text) is not None)


FLAT_ODS = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet'
"""What such a file says of itself in its first tag."""
_MODULE = re.compile(r"<[\w-]+:module\b")


def _grids_of_tables(reader: "_OdsReader", macros: bool) -> list[Grid]:
    place = Place(file=reader.shown)
    if not reader.sheets:
        raise EvidenceError.of("book-empty", place)
    grids = [to_grid(sheet) for sheet in reader.sheets]
    said = [finding("book-macros", place)] if macros else []
    if reader.links:
        said.append(finding("book-links", place, count=reader.links))
    grids[0].findings[:0] = said
    return grids


class _OdsReader:
    def __init__(self, meter: Meter) -> None:
        self.shown, self.limits, self.meter = meter.shown, meter.limits, meter
        self.sheets: list[SheetBuilder] = []
        self.links = self.repeated = 0
        self.aside = 0  # depth inside content that isn't part of a cell's text
        self.open_tables: list[bool] = []  # whether each is ignored: a table inside another is part of a cell
        self.formats = Formats(self.meter)
        self.data_styles: dict[str, str] = {}  # name to the code of a number format
        self.cell_styles: dict[str, str] = {}  # name to data style
        self.indents: dict[str, int] = {}  # cell styles that indent
        self.apart: set[str] = set()  # styles of raised, lowered or struck-out text
        self.spans: list[bool] = []  # whether each open span is such text
        self.hidden_tables: set[str] = set()  # styles of hidden sheets
        self.style = self.family = self.data_style = ""
        self.parents: dict[str, str] = {}  # of the styles of cells
        self.code: list[str] = []  # of the data style being read
        self.sections: list[str] = []  # styles that it refers to, for some values
        self.percentage = False
        self.digits: list[str] = []  # of a number, before the decimal point
        self.after_digits = ""
        self.position = 0
        self.words: list[str] | None = None  # collects character data
        self.cell: Attributes | None = None
        self.said: list[str] = []
        self.length = self.paragraphs = 0
        self.row = self.column = 0
        self.column_styles: list[tuple[int, str]] = []  # end and style of each span of columns
        self.start_row({})

    @property
    def sheet(self) -> SheetBuilder:
        """The sheet being read."""
        return self.sheets[-1]

    def between_rows(self) -> bool:
        """Return whether a row of a sheet may begin here."""
        return self.open_tables == [False] and not self.aside and self.cell is None

    def part(self, name: str) -> XmlPart:
        styles: dict[str, Handler] = {
            "style:style": self._style, "style:table-properties": self._table_properties, "number:number": self._number,
            "style:paragraph-properties": self._paragraph_properties, "style:text-properties": self._text_properties,
            "number:embedded-text": self._start_literal, "number:text": self._start_literal,
            "number:currency-symbol": self._start_literal, "style:map": self._section,
            "number:scientific-number": lambda _: self.code.append("0E+0"),
            "number:fraction": lambda _: self.code.append("0/0"),
            "number:text-content": lambda _: self.code.append("@"),
        }  # fmt: skip
        inside: dict[str, Handler] = {
            "table:table-column": self._column, "table:table-row": self.start_row,
            "table:table-cell": self._start_cell, "table:covered-table-cell": self._start_cell,
            "text:p": self._start_paragraph, "text:span": self._start_span, "text:s": self._spaces,
            "text:tab": lambda _: self._text("\t"),
            "text:line-break": lambda _: self._text("\n"), "table:table-source": self._link,
            "table:cell-range-source": self._link,
        }  # fmt: skip
        starts = {_number_of(key): self._in_table(handler) for key, handler in inside.items()}
        starts |= {_number_of(key): handler for key, handler in styles.items()} | {
            _number_of("table:table"): self._start_table
        }
        ends: dict[str, Callable[[], None]] = {
            _number_of("office:styles"): self._inherit, _number_of("office:automatic-styles"): self._inherit,
            _number_of("text:p"): self._end_paragraph, _number_of("text:span"): self._end_span,
            _number_of("table:table"): self._end_table, _number_of("table:table-row"): self.end_row,
            _number_of("table:table-cell"): self._end_cell, _number_of("table:covered-table-cell"): self._end_cell,
        }  # fmt: skip
        for kind in ("number", "percentage", "date", "time", "currency", "text", "boolean"):
            starts[_number_of(f"number:{kind}-style")] = self._start_data_style(kind)
            ends[_number_of(f"number:{kind}-style")] = self._end_data_style
        for kind, sign in _PARTS_OF_DATE.items():
            starts[_number_of(f"number:{kind}")] = lambda _, sign=sign: self.code.append(sign)  # type: ignore[misc]
        for kind in ("text", "currency-symbol"):
            ends[_number_of(f"number:{kind}")] = self._end_literal
        ends[_number_of("number:embedded-text")] = self._end_embedded
        ends[_number_of("number:number")] = self._end_number
        for key in _ASIDE:
            starts[_number_of(key)] = self._enter_aside
            ends[_number_of(key)] = self._leave_aside
        return XmlPart(self.shown, name, starts, ends, self._text)

    def _in_table(self, handler: Handler) -> Handler:
        def take(attributes: Attributes) -> None:
            if self.open_tables and not self.aside:
                handler(attributes)

        return take

    def _enter_aside(self, attributes: Attributes) -> None:
        self.aside += 1

    def _leave_aside(self) -> None:
        self.aside -= 1

    # --- styles

    def _start_data_style(self, kind: str) -> Handler:
        def start(attributes: Attributes) -> None:
            self.data_style = attributes.get(_number_of("style:name"), "")
            self.code, self.sections, self.percentage = [], [], kind == "percentage"

        return start

    def _number(self, attributes: Attributes) -> None:
        whole = min(_count(attributes, "number:min-integer-digits", 1), _MOST_DIGITS)
        decimals = min(_count(attributes, "number:decimal-places", 0), _MOST_DIGITS)
        least = min(_count(attributes, "number:min-decimal-places", decimals), decimals)
        grouped = attributes.get(_number_of("number:grouping")) == "true"
        factor = _count(attributes, "number:display-factor", 1)
        self.digits = ["0"] * whole or ["#"]
        self.after_digits = ("." if decimals else "") + "0" * least + "#" * (decimals - least)
        self.after_digits += "," * ((len(str(factor)) - 1) // 3)
        if _number_of("number:decimal-places") not in attributes and not grouped and whole < 2:
            self.digits, self.after_digits = ["General"], ""
        elif grouped:
            self.digits.insert(0, "#,##")

    def _end_number(self) -> None:
        self.code += [*self.digits, self.after_digits]

    def _start_literal(self, attributes: Attributes) -> None:
        self.words, self.length = [], 0
        self.position = _count(attributes, "number:position", 0)

    def _literal(self) -> str:
        said, self.words = "".join(self.words or ()), None
        said = said.replace('"', "”")  # a literal in a code can't contain a quote
        if not self.percentage:
            return f'"{said}"'
        return "%".join(f'"{each}"' for each in said.split("%"))

    def _end_literal(self) -> None:
        self.code.append(self._literal())

    def _end_embedded(self) -> None:
        """Insert text among the digits, `position` digits from the right."""
        self.digits.insert(max(len(self.digits) - self.position, 0), self._literal())

    def _section(self, attributes: Attributes) -> None:
        """Add another style for some values; its section precedes the style's own."""
        condition = attributes.get(_number_of("style:condition"), "")
        code = self.data_styles.get(attributes.get(_number_of("style:apply-style-name"), ""), "General")
        if condition.startswith("value()") and ";" not in code:
            self.sections.append(f"[{condition.removeprefix('value()')}]{code}")

    def _end_data_style(self) -> None:
        # Cut at the longest code: a long one that many others refer to would be copied into each.
        self.data_styles[self.data_style] = ";".join((*self.sections[:3], "".join(self.code)))[:LONGEST_CODE]

    def _style(self, attributes: Attributes) -> None:
        self.style = attributes.get(_number_of("style:name"), "")
        self.family = attributes.get(_number_of("style:family"), "table-cell")
        if self.family == "table-cell" and (parent := attributes.get(_number_of("style:parent-style-name"))):
            self.parents[self.style] = parent
        if data_style := attributes.get(_number_of("style:data-style-name")):
            self.cell_styles[self.style] = data_style

    def _inherit(self) -> None:
        """Give the styles of cells what they don't say themselves, from their parents."""
        _hand_down(self.cell_styles, self.parents)
        _hand_down(self.indents, self.parents)

    def _table_properties(self, attributes: Attributes) -> None:
        if attributes.get(_number_of("table:display")) == "false":
            self.hidden_tables.add(self.style)

    def _paragraph_properties(self, attributes: Attributes) -> None:
        if self.family == "table-cell" and (
            match := _LENGTH.fullmatch(attributes.get(_number_of("fo:margin-left"), ""))
        ):
            self.indents[self.style] = round(float(match[1]) * _POINTS[match[2]] / _INDENT)

    def _text_properties(self, attributes: Attributes) -> None:
        moved = not attributes.get(_number_of("style:text-position"), "0%").startswith("0%")
        lines = (attributes.get(_number_of(f"style:text-line-through-{each}"), "none") for each in ("style", "type"))
        if self.family == "text" and (moved or set(lines) != {"none"}):
            self.apart.add(self.style)

    # --- sheets

    def _link(self, attributes: Attributes) -> None:
        self.links += 1

    def _start_table(self, attributes: Attributes) -> None:
        self.open_tables.append(bool(self.aside or self.open_tables))
        if self.open_tables[-1]:
            self.aside += 1
            return
        hidden = attributes.get(_number_of("table:style-name")) in self.hidden_tables
        self.sheets.append(SheetBuilder(attributes.get(_number_of("table:name"), ""), self.meter, hidden=hidden))
        if len(self.sheets) > self.limits.sheets:
            raise self.meter.too_large("sheets", self.limits.sheets)
        self.row, self.column_styles = 0, []
        self.start_row({})

    def _end_table(self) -> None:
        if self.open_tables.pop():
            self.aside -= 1
        else:
            self.cell = None

    def _column(self, attributes: Attributes) -> None:
        first = self.column_styles[-1][0] if self.column_styles else 0
        last = first + _repeats(attributes, "table:number-columns-repeated")
        if first < self.limits.columns:
            self.column_styles.append((last, attributes.get(_number_of("table:default-cell-style-name"), "")))
        if attributes.get(_number_of("table:visibility"), "visible") != "visible":
            self.sheets[-1].hide_columns(first, last - 1)

    def start_row(self, attributes: Attributes) -> None:
        self.column = 0
        if not attributes:  # the usual case
            self.repeats, self.row_style, self.row_hidden = 1, "", False
            return
        self.repeats = _repeats(attributes, "table:number-rows-repeated")
        self.row_style = attributes.get(_number_of("table:default-cell-style-name"), "")
        self.row_hidden = attributes.get(_number_of("table:visibility"), "visible") != "visible"

    def end_row(self) -> None:
        if self.aside or not self.open_tables:
            return
        sheet = self.sheets[-1]
        cells, last = sheet.rows.get(self.row), self.row + self.repeats - 1
        if cells:
            if last >= self.limits.rows:
                raise self.meter.too_large("rows", self.limits.rows, sheet.name, last)
            self.meter.add(len(cells) * (self.repeats - 1), sheet.name)
            self.repeated += len(cells) * (self.repeats - 1)
            if self.repeated > _REPEATED:
                raise self.meter.too_large("repeats", _REPEATED, sheet.name, self.row)
            sheet.rows.update((row, list(cells)) for row in range(self.row + 1, last + 1))
            if self.row_hidden:
                sheet.hidden_rows.update(range(self.row, last + 1))
        self.row = last + 1

    # --- cells

    def _start_cell(self, attributes: Attributes) -> None:
        self.cell = attributes
        self.said, self.spans = [], []
        self.length = self.paragraphs = 0

    def _start_paragraph(self, attributes: Attributes) -> None:
        if self.cell is not None:
            self.words = self.said
            self.paragraphs += 1
            if self.paragraphs > 1:
                self._text("\n")

    def _end_paragraph(self) -> None:
        if not self.aside:
            self.words = None

    def _start_span(self, attributes: Attributes) -> None:
        self.spans.append(attributes.get(_number_of("text:style-name")) in self.apart)
        if self.spans[-1]:
            self._text(EDGE)

    def _end_span(self) -> None:
        if self.spans and not self.aside and self.spans.pop():
            self._text(EDGE)

    def _spaces(self, attributes: Attributes) -> None:
        if self.length <= self.limits.cell_chars:
            self._text(" " * min(_repeats(attributes, "text:c"), self.limits.cell_chars))

    def _text(self, text: str) -> None:
        if self.words is not None and not self.aside and self.length <= self.limits.cell_chars:
            self.words.append(text)
            self.length += len(text)

    def _end_cell(self) -> None:
        if self.aside or self.cell is None:
            return
        attributes, sheet = self.cell, self.sheets[-1]
        self.cell = None
        if not self.paragraphs and attributes.keys() <= _BARE:  # most cells of some sheets
            self.column += _repeats(attributes, "table:number-columns-repeated")
            return
        raw = "".join(self.said)
        said = raw.replace(EDGE, "")
        try:
            value = self.value(attributes, said)
        except ValueError:
            value = BadCell("cell-damaged", shown_text(said))
        if isinstance(value, str) and joins_digits(raw):
            value = BadCell("cell-damaged", shown_text(said))
        if _number_of("table:formula") in attributes:
            sheet.count_formulas(self.row, self.column)
        down, right = (
            _repeats(attributes, "table:number-rows-spanned"),
            _repeats(attributes, "table:number-columns-spanned"),
        )
        if down > 1:
            sheet.merge(self.row, self.column, self.row + down - 1, self.column + right - 1)
        last = self.column + _repeats(attributes, "table:number-columns-repeated")
        if value is not None:
            for column in range(self.column, min(last, self.limits.columns + 1)):
                sheet.put(self.row, column, value)
        self.column = last

    def value(self, attributes: Attributes, text: str) -> Any:
        """Return a cell's value, or None if it is blank. Raises ValueError."""
        formula = attributes.get(_number_of("table:formula"))
        kind = attributes.get(_number_of("office:value-type"), "")
        if attributes.get(_number_of("calcext:value-type")) == "error" or (formula and _ERROR.fullmatch(text.strip())):
            return BadCell("cell-error", shown_text(text.strip()) or "#ERROR")
        if formula and not kind and not self.paragraphs:
            return BadCell("cell-formula", "")
        if kind in ("float", "currency", "percentage"):
            value = finite(attributes.get(_number_of("office:value"), ""))
            return as_shown(value, self._of_kind(kind, self._format(attributes)))
        if kind == "date":
            return iso_text(attributes.get(_number_of("office:date-value"), ""), self._format(attributes))
        if kind == "time":
            return duration_text(attributes.get(_number_of("office:time-value"), ""))
        if kind == "boolean":
            return _flag(attributes.get(_number_of("office:boolean-value"), ""))
        if kind not in ("", "string", "void"):
            raise ValueError(kind)
        said = text if self.paragraphs else attributes.get(_number_of("office:string-value"), "")
        if len(said) > self.limits.cell_chars:
            return BadCell("cell-too-long", shown_text(said, 40))
        return None if blank(said) else indented(said, self.indents.get(self.style_of(attributes), 0))

    def _format(self, attributes: Attributes) -> NumberFormat:
        return self._format_of(self.style_of(attributes))

    def _format_of(self, style: str) -> NumberFormat:
        code = self.data_styles.get(self.cell_styles.get(style, ""))
        return self.formats.of(code) if code else PLAIN

    def style_of(self, attributes: Attributes) -> str:
        """Return the style of a cell: its own, that of its row, or that of its column."""
        style = attributes.get(_number_of("table:style-name")) or self.row_style
        return style or next((name for end, name in self.column_styles if self.column < end), "")

    def number_reader(self, kind: str, style: str) -> NumberReader | None:
        """Return the function that reads numbers of a kind and a style; None if they are as stored."""
        return number_reader(self._of_kind(kind, self._format_of(style)), EPOCH_1900)

    def _of_kind(self, kind: str, how: NumberFormat) -> NumberFormat:
        return PERCENT if kind == "percentage" and how == PLAIN else how


def _hand_down(known: dict[str, _T], parents: Mapping[str, str]) -> None:
    for style in parents:
        at, generations = style, 0
        while at not in known and at in parents and generations < _GENERATIONS:
            at, generations = parents[at], generations + 1
        if at in known:
            known[style] = known[at]


def _count(attributes: Attributes, name: str, without: int) -> int:
    said = attributes.get(_number_of(name), "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else without


def _repeats(attributes: Attributes, name: str) -> int:
    return positive(attributes.get(_number_of(name), "1"))


def _flag(said: str) -> bool:
    if said not in ("true", "false"):
        raise ValueError(said)
    return said == "true"
