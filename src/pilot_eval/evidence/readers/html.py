"""Reads the tables of an HTML file, which many systems export with the suffix of a workbook.

Only tables, line breaks and elements that change how digits look are interpreted; scripts, style sheets and links are
ignored. Spanned cells are merged. Tables that another only arranges are read one below the other, with its own texts
between them. The lines that a page has above a table, such as its title and its unit, are its first rows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.readers.html_attributes import (
    Rules,
    character_references,
    hides_element,
    hiding_rules,
    html_attributes,
)
from pilot_eval.evidence.readers.html_layout import layout_tables
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.looks import EDGE, joins_digits
from pilot_eval.evidence.readers.meter import MOST_TAGS, Meter
from pilot_eval.evidence.readers.sheet import SheetBuilder, to_grid
from pilot_eval.privacy.numbers import shown_text

_SPAN = re.compile(r"\s*\+?([0-9]{1,6})")
_NAME = re.compile("/?[a-zA-Z][a-zA-Z0-9]*")
_SECTIONS = ("thead", "tbody", "tfoot")
_OF_ROWS = frozenset({"tr", "/tr", "td", "/td", "th", "/th", "caption", "/caption"})
_SKIPPED = 2_000_000
_TABLE = re.compile("<table", re.IGNORECASE)
_TAG = re.compile("<(?=[a-zA-Z/!?])")
"""Any other “<” is text: 人数<100."""
_TAG_END = re.compile(r"""(?:[^>=]|=\s*(?:"[^"]*"|'[^']*')?)*+>""")
"""A “>” inside a quoted value doesn't end a tag."""
_SILENT = ("script", "style", "title", "head", "template", "comment")
"""Elements that aren't shown; `comment` is a note on a cell as LibreOffice writes it."""
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav",
    "ol", "optgroup", "option", "p", "pre", "section", "select", "summary", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_LOOKS = frozenset({"sup", "sub", "del", "s", "strike", "textarea", "button", "meter", "progress"})
"""Elements whose digits don't belong to the number around them: exponents, deleted text, form fields."""
_BREAK, _FIELD, _LINE = "\1", "\3", "\0"
"""Marks in a cell's text: the edge of a block, the edges of a field's content, a line break."""
_ONLY_FIELD = re.compile(rf"[\s{_BREAK}{EDGE}]*{_FIELD}([^{_FIELD}]*){_FIELD}[\s{_BREAK}{EDGE}]*")
_LINES, _LONGEST_LINE = 10, 200
"""Lines of a page that are taken for a table's titles, those that are nearest, and the characters of one."""
_NOTE = re.compile("[(（【*＊※]?(?:注|备注|附注|说明|单位)")
_MARKS = re.compile("[\0-\5]")
_TICKED, _BOX = "\4", "\5"
_SIGNS = str.maketrans({_TICKED: "■", _BOX: "□"})
_BOXES = ("checkbox", "radio")
_NO_FIELD = frozenset({"hidden", "image", "button", "submit", "reset", "file", "password"})
"""Kinds of `input` whose value isn't shown as the content of a field."""


def read_html(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Read every table that has rows; tables are numbered like sheets. Raises EvidenceError."""
    tables = _Tables(Meter(shown, limits), hiding_rules(text))
    if not _TABLE.search(text):  # some systems export rows without a table
        text = f"<table>{text}</table>"
    if text.count("<") > MOST_TAGS:
        raise tables.meter.too_large("values", MOST_TAGS)
    if text.count("<tr") + text.count("<TR") > limits.rows:
        raise tables.meter.too_large("rows", limits.rows)
    for tag in _shown_tags(_tags(text)):
        tables.take(*tag)
    if tables.nests and (layouts := layout_tables(_shown_tags(_tags(text)))):
        tables = _Tables(Meter(shown, limits), tables.rules, layouts)
        for tag in _shown_tags(_tags(text)):
            tables.take(*tag)
    if tables.depth:
        raise EvidenceError.of("file-cut-short", Place(file=shown))
    tables.put_notes()
    sheets = [sheet for sheet in tables.sheets if sheet.rows]
    if not sheets:
        raise EvidenceError.of("file-kind", Place(file=shown))
    if len(sheets) == 1:
        sheets[0].name = None
    return [to_grid(sheet) for sheet in sheets]


def _as_displayed(text: str) -> tuple[str, bool]:
    """Return a cell's text as displayed, and whether its number looks different from its digits in sequence."""
    if only := _ONLY_FIELD.fullmatch(text):
        text = only[1]
    text = text.replace(_FIELD, EDGE)
    damaged = joins_digits(text)
    text = re.sub(r"[ \t\r\n]+", " ", text.replace(EDGE, ""))
    text = re.sub(f"[ {_BREAK}]*{_BREAK}[ {_BREAK}]*", _BREAK, text).strip(f" {_BREAK}")
    text = text.replace(_BREAK, "\n").replace(_LINE, "\n").strip()
    if not any(map(str.isalpha, text)):
        text = text.strip(f"{_TICKED}{_BOX} \n")  # a box beside no word selects the row
    return text.translate(_SIGNS), damaged


def _tags(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each tag's name (with a slash if it closes), its attributes, and the text after it. Takes linear time."""
    at = _next_tag(text, 0)
    yield "", "", text[:at]
    while at < len(text):
        comment = text.startswith("<!--", at)
        name = None if comment else _NAME.match(text, at + 1)
        quoted = _TAG_END.match(text, name.end()) if name else None
        if name:
            end = quoted.end() - 1 if quoted else -1
        else:
            end = text.find("-->", at + 4) + 2 if comment else text.find(">", at)
        if end < at:
            return
        tag = name[0].lower() if name else ""
        following = _next_tag(text, end)
        yield tag, text[at + 1 + len(tag) : end] if tag else "", text[end + 1 : following]
        at = following


def _next_tag(text: str, at: int) -> int:
    found = _TAG.search(text, at)
    return found.start() if found else len(text)


def _shown_tags(tags: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield the tags outside elements that aren't shown, and the text after such an element without its tag."""
    silent, nested = "", 0
    for tag, attributes, after in tags:
        if silent == "head" and tag in ("body", "table"):
            silent = ""  # its closing tag is optional
        if silent:
            nested += (tag == silent == "template") - (tag == f"/{silent}")
            if not nested:
                silent = ""
                yield "", "", after
        elif tag in _SILENT:
            silent, nested = tag, 1
        else:
            yield tag, attributes, after


class _Arranged(NamedTuple):
    """An open table; `flat` if it continues the sheet of the table around it, which only arranges it and others."""

    flat: bool
    arranges: bool
    hidden: bool
    hides: str  # the hidden section around it


class _Tables:
    """Collects the outermost tables; a table inside a cell is part of that cell's text.

    Those whose numbers are in `layouts` only arrange the tables in their cells.
    """

    def __init__(self, meter: Meter, rules: Rules, layouts: frozenset[int] = frozenset()) -> None:
        self.meter, self.rules, self.layouts = meter, rules, layouts
        self.sheets: list[SheetBuilder] = []
        self.depth = self.count = 0
        self.nests = False  # whether any table is inside another
        self.open_tables: list[_Arranged] = []
        self._begin()
        self.skipped = 0  # positions skipped because of cells spanning rows
        self.hides = ""  # the hidden section of the table, while inside one
        self.outside: list[str] = []  # text since the last table
        self.lines: list[str] = []  # that stand above the table
        self.placed: list[str] = []  # those of them that are in its sheet
        self.cell: list[str] | None = None
        self.edges = False  # whether the cell has hidden content, which any closing tag may end
        self.tag = self.attributes = ""  # of the cell

    def _begin(self) -> None:
        """Reset the position to before the first row of a table."""
        self.row, self.column = -1, 0
        self.in_row = False  # the tags of a row are optional, and some systems omit one of them
        self.taken: dict[int, int] = {}  # by column, the last row that a cell spanning rows occupies
        self.spans = 0  # merged cells in the sections before this one

    def take(self, tag: str, attributes: str, after: str) -> None:
        if tag == "table":
            self._block()
            self._start_table(hides_element(tag, attributes, self.rules))
        elif tag == "/table":
            self._block()
            self._end_table()
        elif self.depth == 1 and tag.removeprefix("/") in _SECTIONS:
            self._end_section()
            if tag in _SECTIONS or tag == f"/{self.hides}":
                self.hides = tag if tag in _SECTIONS and hides_element(tag, attributes, self.rules) else ""
        elif self.depth == 1 and tag in _OF_ROWS:
            self._end_cell()
            if tag == "/tr":
                self.in_row = False
            elif tag == "tr":
                self._start_row(hides_element(tag, attributes, self.rules))
            elif tag == "caption":  # a title, often with the unit: a row of its own, as spreadsheet programs have it
                self._start_row(hides_element(tag, attributes, self.rules))
                self.cell, self.tag, self.attributes, self.edges, self.in_row = [], tag, "", False, False
            elif tag in ("td", "th"):
                if not self.in_row:
                    self._start_row(False)
                self.cell, self.tag, self.attributes, self.edges = [], tag, attributes, False
        elif self.cell is not None:
            self._inside(tag, attributes)
        if self.cell is not None:
            self.cell.append(character_references(after))
        elif not self.depth:
            self.outside += [_LINE] * (tag == "br" or tag.removeprefix("/") in _BLOCKS)
            self.outside.append(character_references(after))

    def put_notes(self) -> None:
        """End the table before with the notes and units below it; keep the other lines for the next one."""
        lines = [" ".join(line.split()) for line in _MARKS.split("".join(self.outside).replace(_LINE, "\1"))]
        said = [line for line in lines if line and len(line) <= _LONGEST_LINE]
        if self.sheets and len(self.sheets[-1].rows) == len(self.placed):  # that table has nothing else
            self.sheets[-1].rows.clear()
            said = [*self.placed, *said]
        notes = [line for line in said if self.sheets and self.sheets[-1].rows and _NOTE.match(line)]
        for at, line in enumerate(notes[:_LINES], start=max(self.sheets[-1].rows) + 1 if notes else 0):
            self.sheets[-1].put(at, 0, line)
        self.lines, self.placed = [line for line in said if line not in notes][-_LINES:], []
        self.outside.clear()

    def _start_row(self, hidden: bool) -> None:
        if self.row < 0 and self.lines:
            self.row += len(self.lines)
            for at, line in enumerate(self.lines):
                self.sheets[-1].put(at, 0, line)
            self.placed, self.lines = self.lines, []
        if self.open_tables and self.open_tables[-1].arranges:
            self._leave_out_blank_row()
        self.row, self.column, self.in_row = self.row + 1, 0, True
        if self.hides or hidden or (self.open_tables and self.open_tables[-1].hidden):
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
        hidden = name == tag and hides_element(tag, attributes, self.rules)
        self.edges = self.edges or hidden
        if name in _LOOKS or hidden or (self.edges and name != tag):
            self.cell.append(EDGE)
        elif tag == "input":
            self._input(html_attributes(attributes))

    def _input(self, attributes: Mapping[str, str]) -> None:
        """Add a tick box as its sign, another field as its content."""
        assert self.cell is not None  # noqa: S101  asked by the caller
        kind = attributes.get("type", "").strip().lower()
        if kind in _BOXES:
            self.cell.append(_TICKED if "checked" in attributes else _BOX)
        elif kind not in _NO_FIELD:
            self.cell.append(_FIELD + _MARKS.sub("", attributes.get("value", "")) + _FIELD)

    def _block(self) -> None:
        if self.cell is not None:
            self.cell.append(_BREAK)

    def _start_table(self, hidden: bool) -> None:
        flat = self.depth == 1 and self.open_tables[-1].arranges
        arranges = self.count in self.layouts and (flat or not self.depth)
        self.count += 1
        self.nests = self.nests or self.depth > 0
        if flat:
            hidden = hidden or self.open_tables[-1].hidden or bool(self.hides)
            hidden = hidden or self.row in self.sheets[-1].hidden_rows
            hidden = hidden or (self.cell is not None and hides_element(self.tag, self.attributes, self.rules))
            self.attributes = ""  # it hides these rows, no column
            self._end_section()
            self._leave_out_blank_row()
        self.open_tables.append(_Arranged(flat, arranges, flat and hidden, self.hides))
        self.depth += not flat
        if self.depth == 1:
            self.hides = ""
        if self.depth == 1 and not flat:
            self.put_notes()
            self.sheets.append(SheetBuilder(str(len(self.sheets) + 1), self.meter, hidden=hidden))
            if len(self.sheets) > self.meter.limits.sheets:
                raise self.meter.too_large("sheets", self.meter.limits.sheets)
            self._begin()

    def _end_table(self) -> None:
        if self.depth == 1:
            self._end_section()
        if not self.open_tables:
            return
        ended = self.open_tables.pop()
        if ended.flat:  # what follows it in the cell that it was in is a row of its own
            self.hides = ended.hides
            self._start_row(False)
            self.cell, self.tag, self.attributes, self.edges = [], "td", "", False
        else:
            self.depth -= 1

    def _leave_out_blank_row(self) -> None:
        """Let the next row take the place of the last one if that is blank."""
        sheet = self.sheets[-1]
        if self.row >= 0 and not sheet.rows.get(self.row):
            sheet.hidden_rows.discard(self.row)
            self.row -= 1

    def _span(self, name: str) -> int:
        """Return over how many columns or rows the cell goes."""
        if "span" not in self.attributes.lower():
            return 1
        match = _SPAN.match(html_attributes(self.attributes).get(name, ""))
        return int(match[1]) if match else 1

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        sheet, limits = self.sheets[-1], self.meter.limits
        said, damaged = _as_displayed("".join(self.cell))
        if said and not said.strip("#"):  # a number that was wider than its column when the page was saved
            said = html_attributes(self.attributes).get("x:num", said)
        self.cell = None
        right = min(max(self._span("colspan"), 1), limits.columns)
        down = self._span("rowspan") or limits.rows
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
        if hides_element(self.tag, self.attributes, self.rules):
            sheet.hide_columns(self.column, self.column + right - 1)
        if down > 1:
            sheet.merge(self.row, self.column, self.row + down - 1, self.column + right - 1)
            end = min(self.column + right, limits.columns)
            self.taken.update(dict.fromkeys(range(self.column, end), self.row + down - 1))
        self.column += right
