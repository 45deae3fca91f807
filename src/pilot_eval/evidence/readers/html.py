"""Reads the tables of an HTML file, which many systems export with the suffix of a workbook.

Only tables, line breaks and elements that change how digits look are interpreted; scripts, style sheets and links are
ignored. Spanned cells are merged.
"""

import re
from collections.abc import Iterator
from html import unescape

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import MOST_TAGS, Meter
from pilot_eval.evidence.readers.sheet import SheetBuilder, to_grid
from pilot_eval.privacy.numbers import shown_text

_SPAN = re.compile(r"""\b(colspan|rowspan)\s*=\s*(?:["']\s*)?([0-9]{1,6})""", re.IGNORECASE)
_NAME = re.compile("/?[a-zA-Z][a-zA-Z0-9]*")
_SECTIONS = ("thead", "tbody", "tfoot")
_OF_ROWS = frozenset({"tr", "/tr", "td", "/td", "th", "/th", "caption", "/caption"})
_SKIPPED = 2_000_000
_TABLE = re.compile("<table", re.IGNORECASE)
_TAG = re.compile("<(?=[a-zA-Z/!?])")
"""Any other “<” is text: 人数<100."""
_TAG_END = re.compile(r"""(?:[^<>"']|"[^"<]{0,500}"|'[^'<]{0,500}')*>""")
"""A “>” inside quotes doesn't end a tag."""
_SILENT = ("script", "style", "title", "head", "template")
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav",
    "ol", "optgroup", "option", "p", "pre", "section", "select", "summary", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_LOOKS = frozenset({"sup", "sub", "del", "s", "strike", "input", "textarea", "button", "meter", "progress"})
"""Elements whose digits don't belong to the number around them: exponents, deleted text, form fields."""
_BREAK, _EDGE, _LINE = "\1", "\2", "\0"
"""Marks in a cell's text: the edge of a block, the edge of an element that looks different, a line break."""
_NO_FIGURE, _DIGIT = re.compile(rf"[^\d\s.,%+{_EDGE}{_BREAK}-]"), re.compile(r"\d")
_JOINED = re.compile(rf"\d\s*{_EDGE}[\s{_EDGE}]*\d")
_STYLE = re.compile(
    r"""style\s*=\s*(?:"[^"]*|'[^']*|[^\s"']*)(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))""", re.I
)
_NO_FIELD = re.compile(r"""type\s*=\s*["']?(?:hidden|checkbox|radio|image)""", re.IGNORECASE)
_VALUES = re.compile(r"""=\s*(?:"[^"]*"|'[^']*'|[^\s"']+)""")
_LONG_NUMBER = re.compile("&#[0-9]{1000,};?")


def read_html(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Read every table that has rows; tables are numbered like sheets. Raises EvidenceError."""
    tables = _Tables(Meter(shown, limits))
    if not _TABLE.search(text):  # some systems export rows without a table
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


def _is_hidden(attributes: str) -> bool:
    """Return whether an element is hidden, by its style or its `hidden` attribute."""
    if not attributes or ("hid" not in (low := attributes.lower()) and "none" not in low and "collapse" not in low):
        return False
    return bool(_STYLE.search(attributes)) or "hidden" in _VALUES.sub("", low).split()


def _character_references(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # more digits than Python converts: not a valid character
        return unescape(_LONG_NUMBER.sub("\ufffd", text))


def _as_displayed(text: str) -> tuple[str, bool]:
    """Return a cell's text as displayed, and whether its number looks different from its digits in sequence."""
    damaged = False
    if _EDGE in text and _DIGIT.search(text):
        damaged = not _NO_FIGURE.search(text) or _JOINED.search(text) is not None
    text = re.sub(r"[ \t\r\n]+", " ", text.replace(_EDGE, ""))
    text = re.sub(f"[ {_BREAK}]*{_BREAK}[ {_BREAK}]*", _BREAK, text).strip(f" {_BREAK}")
    return text.replace(_BREAK, "\n").replace(_LINE, "\n").strip(), damaged


def _tags(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each tag's name (with a slash if it closes), its attributes, and the text after it. Takes linear time."""
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
    """Collects the outermost tables; a table inside a cell is part of that cell's text."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.sheets: list[SheetBuilder] = []
        self.depth = 0
        self._begin()
        self.skipped = 0  # positions skipped because of cells spanning rows
        self.nested = 0  # nesting depth of the ignored element
        self.hides = ""  # the hidden section of the table, while inside one
        self.silent = ""  # the ignored element, while inside one
        self.cell: list[str] | None = None
        self.edges = False  # whether the cell has hidden content, which any closing tag may end
        self.attributes = ""

    def _begin(self) -> None:
        """Reset the position to before the first row of a table."""
        self.row, self.column = -1, 0
        self.in_row = False  # the tags of a row are optional, and some systems omit one of them
        self.taken: dict[int, int] = {}  # by column, the last row that a cell spanning rows occupies
        self.spans = 0  # merged cells in the sections before this one

    def take(self, tag: str, attributes: str, after: str) -> None:
        if self.silent == "head" and tag in ("body", "table"):
            self.silent = ""  # its closing tag is optional
        if self.silent:
            self.nested += (tag == self.silent == "template") - (tag == f"/{self.silent}")
            self.silent = self.silent if self.nested else ""
        elif tag in _SILENT:
            self.silent, self.nested = tag, 1
        elif tag in ("table", "/table"):
            self._block()
            self._table(1 if tag == "table" else -1, hidden=_is_hidden(attributes))
        elif self.depth == 1 and tag.removeprefix("/") in _SECTIONS:
            self._end_section()
            if tag in _SECTIONS or tag == f"/{self.hides}":
                self.hides = tag if tag in _SECTIONS and _is_hidden(attributes) else ""
        elif self.depth == 1 and tag in _OF_ROWS:
            self._end_cell()
            if tag == "/tr":
                self.in_row = False
            elif tag == "tr":
                self._start_row(_is_hidden(attributes))
            elif tag == "caption":  # a title, often with the unit: a row of its own, as spreadsheet programs have it
                self._start_row(_is_hidden(attributes))
                self.cell, self.attributes, self.edges, self.in_row = [], "", False, False
            elif tag in ("td", "th"):
                if not self.in_row:
                    self._start_row(False)
                self.cell, self.attributes, self.edges = [], attributes, False
        elif self.cell is not None:
            self._inside(tag, attributes)
        if self.cell is not None and not self.silent:
            self.cell.append(_character_references(after))

    def _start_row(self, hidden: bool) -> None:
        self.row, self.column, self.in_row = self.row + 1, 0, True
        if self.hides or hidden:
            self.sheets[-1].hidden_rows.add(self.row)

    def _end_section(self) -> None:
        """End the rows of a section: a cell that spans rows ends with its section."""
        self._end_cell()
        self.in_row = False
        self.taken.clear()
        merges = self.sheets[-1].merges
        for at in range(self.spans, len(merges)):
            merges[at] = merges[at]._replace(bottom=min(merges[at].bottom, self.row))
        self.spans = len(merges)

    def _inside(self, tag: str, attributes: str) -> None:
        """Handle a tag inside a cell."""
        assert self.cell is not None  # noqa: S101  asked by the caller
        name = tag.removeprefix("/")
        if tag == "br":
            self.cell.append(_LINE)
        elif name in _BLOCKS:
            self._block()
        hidden = name == tag and _is_hidden(attributes)
        self.edges = self.edges or hidden
        field = name in _LOOKS and not (name == "input" and _NO_FIELD.search(attributes))
        if field or hidden or (self.edges and name != tag):
            self.cell.append(_EDGE)

    def _block(self) -> None:
        if self.cell is not None:
            self.cell.append(_BREAK)

    def _table(self, step: int, *, hidden: bool) -> None:
        if self.depth == 1 and step < 0:
            self._end_section()
        self.depth = max(self.depth + step, 0)
        if self.depth == 1 and step > 0:
            self.sheets.append(SheetBuilder(str(len(self.sheets) + 1), self.meter, hidden=hidden))
            self.hides = ""
            if len(self.sheets) > self.meter.limits.sheets:
                raise self.meter.too_large("sheets", self.meter.limits.sheets)
            self._begin()

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        sheet, limits = self.sheets[-1], self.meter.limits
        said, damaged = _as_displayed("".join(self.cell))
        self.cell = None
        spans = {name.lower(): int(size) for name, size in _SPAN.findall(self.attributes)}
        right, down = min(max(spans.get("colspan", 1), 1), limits.columns), spans.get("rowspan", 1) or limits.rows
        first = self.column
        while self.taken.get(self.column, -1) >= self.row:
            self.column += 1
        self.skipped += self.column - first
        if self.skipped > _SKIPPED:
            raise sheet.meter.too_large("merges", _SKIPPED, sheet.name, self.row)
        if not blank(said):
            bad = BadCell("cell-damaged", shown_text(said)) if damaged else None
            bad = BadCell("cell-too-long", shown_text(said, 40)) if len(said) > limits.cell_chars else bad
            sheet.put(self.row, self.column, bad or said)
        if _is_hidden(self.attributes):
            sheet.hide_columns(self.column, self.column + right - 1)
        if down > 1:
            sheet.merge(self.row, self.column, self.row + down - 1, self.column + right - 1)
            end = min(self.column + right, limits.columns)
            self.taken.update(dict.fromkeys(range(self.column, end), self.row + down - 1))
        self.column += right
