"""Reads an XML spreadsheet of 2003 (SpreadsheetML), which many systems export with the suffix `.xls`."""

from collections.abc import Callable

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.cells.dates import EPOCH_1900, EPOCH_1904
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.iso_moments import iso_text
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.looks import EDGE, joins_digits
from pilot_eval.evidence.readers.meter import MOST_TAGS, Meter
from pilot_eval.evidence.readers.number_formats import (
    DAY,
    PERCENT,
    PLAIN,
    TIME,
    Formats,
    NumberFormat,
    as_shown,
    finite,
)
from pilot_eval.evidence.readers.sheet import SheetBuilder, indented, to_grid
from pilot_eval.evidence.readers.xml import Attributes, XmlPart, as_utf8
from pilot_eval.privacy.numbers import shown_text

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_HTML = "http://www.w3.org/TR/REC-html40"
_APART = ("Sup", "Sub", "S", "Del", "Strike")
"""Elements of rich text whose characters look different from those beside them."""
OFFICE = "urn:schemas-microsoft-com:office:office"
_NAMED = dict.fromkeys(
    ("General", "General Number", "Currency", "Euro Currency", "Fixed", "Standard", "Scientific", "Yes/No",
     "True/False", "On/Off"), PLAIN,
) | {"Percent": PERCENT} | dict.fromkeys(
    ("General Date", "Long Date", "Medium Date", "Short Date"), DAY
) | dict.fromkeys(("Long Time", "Medium Time", "Short Time"), TIME)  # fmt: skip


def read_xml2003(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Read every worksheet, with the values last computed. Raises EvidenceError."""
    reader = _Xml2003Reader(shown, limits)
    if text.count("<") > MOST_TAGS:
        raise reader.meter.too_large("values", MOST_TAGS)
    reader.read(text)
    if not reader.sheets:
        raise EvidenceError.of("book-empty", Place(file=shown))
    return [to_grid(sheet, reader.epoch) for sheet in reader.sheets]


class _Xml2003Reader:
    def __init__(self, shown: str, limits: Limits) -> None:
        self.meter = Meter(shown, limits)
        self.sheets: list[SheetBuilder] = []
        self.epoch = EPOCH_1900
        self._known = Formats(self.meter)
        self._formats: dict[str, NumberFormat] = {}  # by style
        self._indents: dict[str, int] = {}  # of the styles that indent
        self._style = ""  # the style being declared
        self._text: list[str] | None = None  # of the element being read
        self._commented = False
        self._begin()

    def _begin(self) -> None:
        """Reset the position to before the first row of a sheet."""
        self._row = self._column = self._filled = self._at = -1
        self._of_columns: dict[int, str] = {}  # by column, the style of cells that have none
        self._of_table = self._of_row = ""
        self._how, self._depth, self._type = PLAIN, 0, ""
        self._has_formula = self._has_data = False
        self._value: object = None

    def read(self, text: str) -> None:
        starts = {
            "Style": self._start_style, "Alignment": self._alignment, "NumberFormat": self._number_format,
            "Worksheet": self._start_sheet,
            "Column": self._start_column, "Row": self._start_row, "Cell": self._start_cell, "Data": self._start_data,
            "Comment": self._comment(True), "Table": self._start_table,
        }  # fmt: skip
        ends = {"Cell": self._end_cell, "Data": self._end_data, "Comment": lambda: self._comment(False)({})}
        excel = {"Visible": self._collect, "Date1904": self._count_from_1904}
        part = XmlPart(
            self.meter.shown, "Workbook",
            {f"{SPACE} {name}": each for name, each in starts.items()}
            | {f"{_EXCEL} {name}": each for name, each in excel.items()}
            | {f"{_HTML} {name}": lambda _: self._take(EDGE) for name in _APART},
            {f"{SPACE} {name}": each for name, each in ends.items()} | {f"{_EXCEL} Visible": self._end_visible}
            | {f"{_HTML} {name}": lambda: self._take(EDGE) for name in _APART},
            self._take,
        )  # fmt: skip
        part.all([as_utf8(text)])

    @property
    def sheet(self) -> SheetBuilder:
        """The sheet being read."""
        if not self.sheets:
            raise EvidenceError.of("book-empty", Place(file=self.meter.shown))
        return self.sheets[-1]

    # --- styles and settings

    def _start_style(self, attributes: Attributes) -> None:
        self._style = _of(attributes, "ID")
        self._formats[self._style] = self._formats.get(_of(attributes, "Parent"), PLAIN)
        self._indents[self._style] = self._indents.get(_of(attributes, "Parent"), 0)

    def _alignment(self, attributes: Attributes) -> None:
        if (said := _of(attributes, "Indent")).isascii() and said.isdecimal():
            self._indents[self._style] = int(said[:3])

    def _number_format(self, attributes: Attributes) -> None:
        code = _of(attributes, "Format")
        self._formats[self._style] = _NAMED.get(code) or self._known.of(code)

    def _count_from_1904(self, attributes: Attributes) -> None:
        self.epoch = EPOCH_1904

    def _collect(self, attributes: Attributes) -> None:
        self._text = []

    def _take(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _said(self) -> str:
        text, self._text = "".join(self._text or ()), None
        return text

    def _end_visible(self) -> None:
        if self._said().strip() in ("SheetHidden", "SheetVeryHidden"):
            self.sheet.hidden = True

    # --- cells

    def _start_sheet(self, attributes: Attributes) -> None:
        limits = self.meter.limits
        if len(self.sheets) >= limits.sheets:
            raise self.meter.too_large("sheets", limits.sheets)
        self.sheets.append(SheetBuilder(_of(attributes, "Name"), self.meter))
        self._begin()

    def _start_table(self, attributes: Attributes) -> None:
        self._of_table = _of(attributes, "StyleID")

    def _number(self, attributes: Attributes, name: str, without: int) -> int:
        said = _of(attributes, name)
        if not said:
            return without
        if not (said.isascii() and said.isdecimal()) or len(said) > 9:
            place = self.meter.place(self.sheet.name, max(self._row, 0))
            raise EvidenceError.of("cell-address", place, value=shown_text(said))
        return int(said)

    def _index(self, attributes: Attributes, last: int) -> int:
        """Return the index of a row, column or cell: the one that it states, else the next."""
        index = self._number(attributes, "Index", last + 2) - 1
        if index <= last:
            raise EvidenceError.of("cell-twice", self.meter.place(self.sheet.name, max(self._row, 0)))
        return index

    def _start_column(self, attributes: Attributes) -> None:
        first = self._index(attributes, self._column)
        self._column = first + self._number(attributes, "Span", 0)
        columns = range(first, min(self._column + 1, self.meter.limits.columns))
        if _of(attributes, "Hidden") == "1":
            self.sheet.hide_columns(first, self._column)
        self._of_columns.update(dict.fromkeys(columns, _of(attributes, "StyleID")))

    def _start_row(self, attributes: Attributes) -> None:
        first = self._index(attributes, self._row)
        self._row = first + self._number(attributes, "Span", 0)  # more rows, without cells
        self._filled = first
        self._column = -1
        self._of_row = _of(attributes, "StyleID")
        if _of(attributes, "Hidden") == "1" and first < self.meter.limits.rows:
            self.sheet.hidden_rows.add(first)

    def _start_cell(self, attributes: Attributes) -> None:
        column = self._at = self._index(attributes, self._column)
        if self._filled < 0:
            raise EvidenceError.of("cell-address", self.meter.place(self.sheet.name), value="Cell")
        across, down = (self._number(attributes, f"Merge{way}", 0) for way in ("Across", "Down"))
        self._column = column + across
        if across or down:
            self.sheet.merge(self._filled, column, self._filled + down, self._column)
        style = _of(attributes, "StyleID") or self._of_row or self._of_columns.get(column, "") or self._of_table
        self._how, self._depth = self._formats.get(style, PLAIN), self._indents.get(style, 0)
        self._has_formula = "=" in _of(attributes, "Formula")
        self._has_data = False
        self._value = BadCell("cell-formula", "") if self._has_formula else None

    def _comment(self, inside: bool) -> Callable[[Attributes], None]:
        def change(attributes: Attributes) -> None:
            self._commented = inside

        return change

    def _start_data(self, attributes: Attributes) -> None:
        if not self._commented:
            self._type = _of(attributes, "Type")
            self._text = []

    def _end_data(self) -> None:
        if self._commented:
            return
        said = self._said()
        text = said.replace(EDGE, "")
        if self._has_data:
            raise EvidenceError.of("cell-twice", self.meter.place(self.sheet.name, self._filled, self._at))
        self._has_data = True
        if len(text) > self.meter.limits.cell_chars:
            self._value = BadCell("cell-too-long", shown_text(text, 40))
        elif joins_digits(said):
            self._value = BadCell("cell-damaged", shown_text(text))
        elif text.strip():
            try:
                self._value = self._read(text)
            except (ValueError, OverflowError):
                self._value = BadCell("cell-damaged", shown_text(text))
        elif self._type == "String":
            self._value = None  # a formula's value may be empty text

    def _read(self, text: str) -> object:
        match self._type:
            case "Number":
                return as_shown(finite(text), self._how, self.epoch)
            case "DateTime":
                return iso_text(text, self._how, self.epoch)
            case "Boolean" if text.strip() in ("0", "1"):
                return text.strip() == "1"
            case "Error":
                return BadCell("cell-error", shown_text(text))
            case "String" | "":
                return indented(text, self._depth)
        raise ValueError(text)

    def _end_cell(self) -> None:
        if self._has_formula:
            self.sheet.count_formulas(self._filled, self._at)
        if self._value is not None:
            self.sheet.put(self._filled, self._at, self._value)


def _of(attributes: Attributes, name: str) -> str:
    return attributes.get(f"{SPACE} {name}", "")
