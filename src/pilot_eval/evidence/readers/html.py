"""Reads the tables of an HTML file: what many systems export under the name of a spreadsheet.

Only `table`, `tr`, `td`, `th` and `br` mean anything; no script, style or link is looked at. Spanned cells are merged.
"""

import re
from collections.abc import Iterator
from html import unescape

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.cells import BadCell
from pilot_eval.evidence.limits import Limits
from pilot_eval.evidence.readers.grid import MOST_TAGS, Grid, Meter, Sheet, blank, to_grid

_SPAN = re.compile(r"""\b(colspan|rowspan)\s*=\s*(?:["']\s*)?([0-9]{1,6})""", re.IGNORECASE)
_NAME = re.compile("/?[a-zA-Z][a-zA-Z0-9]*")
_SKIPPED = 2_000_000
_TABLE = re.compile("<table", re.IGNORECASE)
_TAG = re.compile("<(?=[a-zA-Z/!?])")
"""Any other «<» is text: 人数<100."""
_TAG_END = re.compile(r"""(?:[^<>"']|"[^"<]{0,500}"|'[^'<]{0,500}')*>""")
"""A «>» within quotes doesn't end a tag."""
_SILENT = ("script", "style", "title", "head")


def read_html(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Every table that has rows, numbered as sheets. Raises EvidenceError."""
    tables = _Tables(Meter(shown, limits))
    if not _TABLE.search(text):  # rows alone, as some systems give them
        text = f"<table>{text}</table>"
    if text.count("<") > MOST_TAGS:
        raise tables.meter.too_large("values", MOST_TAGS)
    if text.count("<tr") + text.count("<TR") > limits.rows:
        raise tables.meter.too_large("rows", limits.rows)
    for tag in _tags(text):
        tables.take(*tag)
    if tables.depth:
        raise EvidenceError.of("file-cut-short", Place(file=shown))
    sheets = [sheet for sheet in tables.sheets if sheet.rows]
    if not sheets:
        raise EvidenceError.of("file-kind", Place(file=shown))
    if len(sheets) == 1:
        sheets[0].name = None
    return [to_grid(sheet) for sheet in sheets]


def _tags(text: str) -> Iterator[tuple[str, str, str]]:
    """Each tag's name (with a slash where it closes), its attributes, and the text after it. Linear in time."""
    at = _next_tag(text, 0)
    while at < len(text):
        comment = text.startswith("<!--", at)
        name = None if comment else _NAME.match(text, at + 1)
        quoted = _TAG_END.match(text, name.end()) if name else None
        end = text.find("-->", at + 4) + 2 if comment else quoted.end() - 1 if quoted else text.find(">", at)
        if end < at:
            return
        tag = name[0].lower() if name else ""
        following = _next_tag(text, end)
        yield tag, text[at + 1 + len(tag) : end] if tag else "", text[end + 1 : following]
        at = following


def _next_tag(text: str, at: int) -> int:
    found = _TAG.search(text, at)
    return found.start() if found else len(text)


class _Tables:
    """Collects the outermost tables; what lies in a table inside a cell is that cell's text."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.sheets: list[Sheet] = []
        self.depth = 0
        self.row, self.column = -1, 0
        self.taken: dict[int, int] = {}  # column to the last row that a cell spanning rows takes there
        self.skipped = 0  # places that cells spanning rows have taken
        self.silent = ""  # the element whose text means nothing, while inside one
        self.cell: list[str] | None = None
        self.attributes = ""

    def take(self, tag: str, attributes: str, after: str) -> None:
        if self.silent == "head" and tag in ("body", "table"):
            self.silent = ""  # its end may be left out
        if self.silent:
            self.silent = "" if tag == f"/{self.silent}" else self.silent
        elif tag in _SILENT:
            self.silent = tag
        elif tag in ("table", "/table"):
            self._table(1 if tag == "table" else -1)
        elif self.depth == 1 and tag in ("tr", "/tr", "td", "/td", "th", "/th"):
            self._end_cell()
            if tag == "tr":
                self.row, self.column = self.row + 1, 0
            elif tag in ("td", "th") and self.row >= 0:
                self.cell, self.attributes = [], attributes
        elif tag == "br" and self.cell is not None:
            self.cell.append("\0")
        if self.cell is not None and not self.silent:
            self.cell.append(unescape(after))

    def _table(self, step: int) -> None:
        if self.depth == 1 and step < 0:
            self._end_cell()
        self.depth = max(self.depth + step, 0)
        if self.depth == 1 and step > 0:
            self.sheets.append(Sheet(str(len(self.sheets) + 1), self.meter))
            if len(self.sheets) > self.meter.limits.sheets:
                raise self.meter.too_large("sheets", self.meter.limits.sheets)
            self.row, self.column, self.taken = -1, 0, {}

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        sheet, limits = self.sheets[-1], self.meter.limits
        said = re.sub(r"[ \t\r\n]+", " ", "".join(self.cell)).replace("\0", "\n").strip()
        self.cell = None
        spans = {name.lower(): max(int(size), 1) for name, size in _SPAN.findall(self.attributes)}
        right, down = min(spans.get("colspan", 1), limits.columns), spans.get("rowspan", 1)
        first = self.column
        while self.taken.get(self.column, -1) >= self.row:
            self.column += 1
        self.skipped += self.column - first
        if self.skipped > _SKIPPED:
            raise sheet.meter.too_large("merges", _SKIPPED, sheet.name, self.row)
        if not blank(said):
            long = len(said) > limits.cell_chars
            sheet.put(self.row, self.column, BadCell("cell-too-long", said[:40]) if long else said)
        if down > 1:
            sheet.merge(self.row, self.column, self.row + down - 1, self.column + right - 1)
            end = min(self.column + right, limits.columns)
            self.taken.update(dict.fromkeys(range(self.column, end), self.row + down - 1))
        self.column += right
