"""Reads the parts of an XLSX workbook that hold cells: shared strings and sheets.

Cells of the usual shape are taken out of the XML by one regular expression and read in bulk, about as fast as the
fastest reader there is; expat reads what is left. What a cell refers to by number (style, shared string) is looked
up, never copied, so that a small file can't grow in memory. Cells are kept by their reference: the declared
dimension plays no part, and two far-apart cells cost nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.cells import BadCell, Shown
from pilot_eval.evidence.readers.formats import PERCENT, PLAIN, NumberFormat, Shape, as_shown, iso_text
from pilot_eval.evidence.readers.grid import Merge, Meter, Sheet, column_letter
from pilot_eval.evidence.readers.xml import Attributes, Handler, XmlPart
from pilot_eval.text import Text

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # «strict»
)
TRUE = frozenset({"1", "true", "on"})

T = TypeVar("T")
Read = Callable[[bytes], Any]
"""Makes a cell of the text of its value; None for a blank. Raises ValueError or IndexError."""


def in_main(handlers: dict[str, T]) -> dict[str, T]:
    """Handlers by an element's full name, in both namespaces."""
    return {f"{space} {name}": handler for space in MAIN for name, handler in handlers.items()}


class _Plain:
    """Whether a part's XML may be taken apart by regular expression, and the prefix of its elements."""

    _ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_-]+)["']""")
    _HEAD = re.compile(rb"\s*<\?xml[^>]*\?>")
    _ROOT = re.compile(rb"<(?:(\w{1,20}):)?(?:worksheet|sst)\b")

    def __init__(self) -> None:
        self.prefix = b""
        self._ok: bool | None = None

    def allows(self, data: bytes) -> bool:
        """To be asked of every piece in turn: a comment, CDATA or a PI may hold what only looks like a cell."""
        if self._ok is None:
            data = data.removeprefix(b"\xef\xbb\xbf")
            encoding, root = self._ENCODING.match(data), self._ROOT.search(data)
            self.prefix = root[1] + b":" if root and root[1] else b""
            self._ok = bool(root) and (encoding is None or encoding[1].lower() in (b"utf-8", b"us-ascii"))
            data = self._HEAD.sub(b"", data, count=1)
        # The rare signs first: looking for «<» alone finds one everywhere.
        odd = (b"!" in data and b"<!" in data) or (b"?" in data and b"<?" in data)
        self._ok = self._ok and not odd
        return self._ok


def _pieces(chunks: Iterable[bytes], mark: bytes) -> Iterator[bytes]:
    """The same bytes, parted after a mark where there is one, else where no tag is cut in two; none is held for long.

    Whoever looks at one piece alone must not miss a tag, or a comment, that begins in it.
    """
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        at = data.rfind(mark)
        cut = at + len(mark) if at >= 0 else 0
        if not cut and len(data) > 1 << 20:
            cut = data.rfind(b">") + 1 or max(data.rfind(b"<"), 0) or len(data)
        rest = data[cut:]
        if cut:
            yield data[:cut]
    yield rest


def _parted(data: bytes, mark: bytes, *, after: bool) -> tuple[bytes, bytes]:
    """Data before (or up to and with) a mark, and the rest; all of it where there is no mark."""
    at = data.find(mark)
    at = len(data) if at < 0 else at + len(mark) * after
    return data[:at], data[at:]


_ESCAPED = re.compile("_x([Dd][89ABab][0-9A-Fa-f]{2})__x([Dd][C-Fc-f][0-9A-Fa-f]{2})_|_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """`_x000D_` stands for a character that XML can't hold, two for a pair; half of one stays as it is written."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    high, low, code = (int(each, 16) if each else 0 for each in escape.groups())
    if high:
        return chr(0x10000 + (high - 0xD800 << 10) + low - 0xDC00)
    return escape[0] if 0xD800 <= code < 0xE000 else chr(code)


def _as_text(text: str, limit: int) -> str | BadCell | None:
    if len(text) > limit:
        return BadCell("cell-too-long", text[:40])
    return None if not text or text.isspace() else _unescaped(text)


class _Rich:
    """Collects the text of an element that may hold runs (`si`, `is`), without phonetic readings."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        self._length = 0
        self._inside = self._phonetic = False
        self.entered = False
        self.starts = {"t": self._enter, "v": self._enter, "rPh": self._mute}
        self.ends = {"t": self._leave, "v": self._leave, "rPh": self._unmute}

    def clear(self) -> None:
        self._pieces, self._length, self.entered = [], 0, False

    def take(self, text: str) -> None:
        """Character data, wherever it stands."""
        if self._inside and not self._phonetic and self._length <= self._limit:
            self._pieces.append(text)
            self._length += len(text)

    def text(self) -> str:
        return "".join(self._pieces)

    def _enter(self, attributes: Attributes) -> None:
        self._inside = self.entered = True

    def _leave(self) -> None:
        self._inside = False

    def _mute(self, attributes: Attributes) -> None:
        self._phonetic = True

    def _unmute(self) -> None:
        self._phonetic = False


# --- shared strings

_SPACE = rb'(?: xml:space="preserve")?'
_SET = rb'(?: [A-Za-z0-9:]+="[^"<>&\x00-\x1f]*")*'
_TEXT = rb"[^<>&\x00-\x1f]+"
_NEXT = rb"(?=<|\s+<)"
"""A tag follows, and is left for expat: what is taken out can't have been inside a tag's attribute."""


@cache
def _string_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """A shared string of the usual shape: its text, or its runs, into which LibreOffice parts Chinese and figures."""
    p = re.escape(prefix)
    look = rb"(?:<%brPr>(?:<%b[A-Za-z0-9]+%b/>)*</%brPr>)?" % (p, p, _SET, p)
    run = rb"<%br>%b<%bt%b>%b</%bt></%br>" % (p, look, p, _SPACE, _TEXT, p, p)
    return re.compile(rb"<%bsi>(?:<%bt%b>(%b)</%bt>|((?:%b)+))</%bsi>%b" % (p, p, _SPACE, _TEXT, p, run, p, _NEXT))


@cache
def _run_pattern(prefix: bytes) -> re.Pattern[bytes]:
    p = re.escape(prefix)
    return re.compile(rb"<%bt%b>(%b)</%bt>" % (p, _SPACE, _TEXT, p))


def read_strings(chunks: Iterable[bytes], meter: Meter, part: str) -> list[str | BadCell | None]:
    """The shared strings in their order; a blank one is None. Raises EvidenceError.

    A string for each cell is the most that there is use for, and such a cell takes more than three bytes of the file.
    """
    strings: list[str | BadCell | None] = []
    limit, most = meter.limits.cell_chars, _STRINGS + meter.packed // 3
    rich = _Rich(limit)

    def add(text: str) -> None:
        strings.append(_as_text(text, limit))
        meter.held += 1
        if len(strings) > most:
            raise meter.too_large("strings", most)

    def place(depth: int) -> None:
        if xml.depth() != depth:
            raise xml.broken(_MISPLACED)

    def enter_string(attributes: Attributes) -> None:
        place(2)
        rich.clear()

    inside = False

    def enter(attributes: Attributes) -> None:
        nonlocal inside
        inside = True

    starts: dict[str, Handler] = {**rich.starts, "sst": enter, "si": enter_string}
    ends = rich.ends | {"si": lambda: add(rich.text())}
    xml = XmlPart(meter.shown, part, in_main(starts), in_main(ends), rich.take)
    plain = _Plain()
    for data in _pieces(meter.markup(chunks), b"si>"):
        plainly = plain.allows(data)
        if plainly and not inside:
            head, data = _parted(data, b"<" + plain.prefix + b"si>", after=False)
            xml.feed(head)
            if inside and data:
                place(1)
        if not (plainly and inside):
            xml.feed(data)
            continue
        parts = _string_pattern(plain.prefix).split(data)
        for before, text, runs in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            if before:
                xml.feed(before)
                place(1)
            if runs:
                texts = _run_pattern(plain.prefix).findall(runs)
                meter.held += len(texts) - 1
                text = b"".join(texts)
            add(xml.decoded(text))
        xml.feed(parts[-1])
    xml.feed(b"", True)
    return strings


# --- sheets


@cache
def _cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """A cell of the usual shape: column, row and a quote, its other attributes, its formula, its value."""
    p = re.escape(prefix)
    entities = rb"[^<>&\x00-\x1f]*(?:&(?:amp|lt|gt|quot|apos);[^<>&\x00-\x1f]*)*"
    formula = rb"(<%bf%b(?:/>|>%b</%bf>))?" % (p, _SET, entities, p)
    texts = rb'(?<=t="inlineStr"><%b)is><%bt%b>(?=[^<]*</%bt></%bis>)' % (p, p, _SPACE, p, p)
    value = rb"<%b(?:v>(?=[^<]*</%bv>)|%b)(%b)</%b(?:v|t></%bis)>" % (p, p, texts, _TEXT, p, p)
    return re.compile(rb'<%bc r="([A-Z]{1,3})([0-9]{1,7}")([^<>]*)>%b%b</%bc>%b' % (p, formula, value, p, _NEXT))


@cache
def _empty_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """A cell that holds nothing, or a row that isn't hidden and holds nothing, once its cells are taken out."""
    p = re.escape(prefix)
    cell = rb'c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>'
    no = rb'hidden|r=|ht="0|xmlns'
    shown = rb'(?: (?:hidden="(?:0|false)"|(?!%b)[A-Za-z0-9:]+="[^"<>&\x00-\x1f]*"))*' % no
    row = rb'row r="[1-9][0-9]{0,8}"%b(?:/>|>(?:<%b%b)*</%brow>)' % (shown, p, cell, p)
    return re.compile(rb"<%b(?:%b|%b)%b" % (p, cell, row, _NEXT))


@cache
def _strange_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Where something stands among the rows that is no cell, or may be none: expat looks at where each stands."""
    p = re.escape(prefix)
    return re.compile(rb'<(?!%brow r="|/%brow>|/?%b(?:c|f|v|is|t)[ />])' % (p, p, p))


_ATTRIBUTES = re.compile(rb"""(?: [a-z]+=(?:"[A-Za-z0-9]*"|'[A-Za-z0-9]*'))*""")
_ATTRIBUTE = re.compile(rb"""([a-z]+)=["']([^"']*)["']""")
_INDEX = re.compile("[0-9]{1,9}")
_ZERO = re.compile(r"0+(?:\.0*)?")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,9})")


_MISPLACED = Text(zh="有部件的位置不对", en="something stands where it can't")
_STRINGS = 200_000
"""Shared strings beside those that the file's size explains."""


class _Restart(Exception):  # noqa: N818  no error: the sheet is read again, by expat alone
    pass


class SheetReader:
    """Reads one sheet into `sheet`. `formats` holds the number format of each cell style."""

    def __init__(
        self,
        sheet: Sheet,
        strings: Sequence[str | BadCell | None],
        formats: Sequence[NumberFormat],
        epoch: date,
    ) -> None:
        self.sheet, self.strings, self.formats, self.epoch, self.meter = sheet, strings, formats, epoch, sheet.meter
        self._columns = {column_letter(at).encode(): at for at in range(self.meter.limits.columns)}
        self._limit = self.meter.limits.cell_chars
        self._readers: dict[bytes, Read] = {}  # by a cell's attributes as they are written

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
        self._anchor: str | None = None  # what the row's last cell that says where it is says
        self._further = 0  # cells since then
        self._seen = set[str]()
        self._has_formula = self._twice = False
        self._rich = rich = _Rich(self._limit)
        starts = rich.starts | {
            "sheetData": self._data(True), "row": self._start_row, "c": self._start_cell, "f": self._formula,
            "col": self._hidden_column, "mergeCell": self._merged, "hyperlink": self._linked,
            "is": self._start_text, "v": self._start_value,
        }  # fmt: skip
        ends = rich.ends | {"sheetData": lambda: self._data(False)({}), "c": self._end_cell}
        self._xml = xml = XmlPart(self.meter.shown, part, in_main(starts), in_main(ends), rich.take)
        plain = _Plain()
        for data in _pieces(self.meter.markup(chunks), b"row>"):
            plainly = plain.allows(data) and quickly
            if plainly and not self._in_data:
                head, data = _parted(data, b"sheetData>", after=True)
                xml.feed(head)
            if plainly and self._in_data:
                end = data.find(b"sheetData")  # past the end of the data nothing is a cell
                end = data.rfind(b"<", 0, end) if end >= 0 else len(data)
                cells, rest = data[:end], data[end:]
                data = self._take_usual(cells, plain.prefix) + rest
            xml.feed(data)
        xml.feed(b"", True)
        if not self._any_data:
            raise xml.broken(Text(zh="不是工作表", en="it is no sheet of cells"))

    # --- cells of the usual shape

    def _take_usual(self, data: bytes, prefix: bytes) -> bytes:
        """Read these cells; the XML without them, and without the rows that held nothing else."""
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
            self._readers[each] = self._reader_of(each)
        if not self._columns.keys() >= set(letters):
            raise _Restart  # far off lies a cell, which may be blank
        rows, gaps = self.sheet.rows, 0
        self.meter.add(len(letters), self.sheet.name)
        self.meter.held += len(letters)
        tag = b"<" + prefix + b'row r="'
        row, row_said, cells = -1, b"", list[Any]()
        columns, readers = map(self._columns.__getitem__, letters), map(self._readers.__getitem__, attributes)
        for before, column, said, reader, text in zip(between, columns, digits, readers, texts, strict=False):
            if before or said != row_said:
                at = before.rfind(tag)
                if not (before.startswith(said, at + len(tag)) if at >= 0 else said == row_said):
                    raise _Restart  # it isn't in the row that it says
                row, row_said = self._index_of(said[:-1]), said
                cells = rows.setdefault(row, [])
            try:
                value = reader(text)
            except (ValueError, IndexError):
                value = BadCell("cell-damaged", text.decode(errors="replace")[:60])
            if value is None:
                continue
            gap = column - len(cells)
            if gap < 0:  # out of order, or there already
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
            self.sheet.count_formulas(int(digits[first][:-1]) - 1, _column(letters[first].decode()), count)
        return left

    def _index_of(self, digits: bytes) -> int:
        row = int(digits) - 1
        if row < 0:
            raise EvidenceError.of("cell-address", self.meter.place(self.sheet.name), value=digits.decode())
        if row >= self.meter.limits.rows:
            raise self.meter.too_large("rows", self.meter.limits.rows, self.sheet.name, row)
        return row

    def _reader_of(self, attributes: bytes) -> Read:
        """How a cell with these attributes (beside its reference) is read."""
        named = _ATTRIBUTE.findall(attributes)
        given = dict(named)
        if not _ATTRIBUTES.fullmatch(attributes) or len(given) < len(named) or {b"r", b"xmlns"} & given.keys():
            raise _Restart  # unusual, perhaps wrong: expat will tell
        return self._reader(given.get(b"t", b"n").decode(), given.get(b"s", b"0").decode())

    def _reader(self, type_: str, style: str) -> Read:
        at = int(style) if style.isascii() and style.isdecimal() and len(style) < 8 else 0
        how = self.formats[at] if at < len(self.formats) else PLAIN
        match type_:
            case "s" if not self.strings:
                raise EvidenceError.of("book-part-missing", self.meter.place(self.sheet.name), part="sharedStrings")
            case "s":
                return _shared(self.strings)
            case "n":
                return _number_read(how, self.epoch)
            case "str" | "inlineStr":
                return self._text
            case "b":
                return _boolean
            case "d":
                return lambda text: iso_text(text.decode(), how)
            case "e":
                return lambda text: BadCell("cell-error", text.decode(errors="replace")[:60])
        return _unknown

    def _text(self, text: bytes) -> str | BadCell | None:
        try:
            said = text.decode()
        except UnicodeDecodeError:
            said = self._xml.decoded(text)  # raises
        if len(said) > self._limit or "_x" in said or said.isspace():
            return _as_text(said, self._limit)
        return said  # the usual text, without a further call

    # --- what expat sees

    def _data(self, inside: bool) -> Handler:
        def change(attributes: Attributes) -> None:
            if inside and (self._any_data or self._xml.depth() != 2):
                raise self._xml.broken(_MISPLACED)
            self._in_data = inside
            self._any_data = True

        return change

    def _may_stand(self, depth: int) -> bool:
        """Whether an element is one of the sheet's data, where it must be so many elements deep; none is elsewhere."""
        if self._in_data and self._xml.depth() != depth:
            raise self._xml.broken(_MISPLACED)
        return self._in_data

    def _start_row(self, attributes: Attributes) -> None:
        if not self._may_stand(3):
            return
        said = attributes.get("r")
        if said is None:
            if self._quick:
                raise _Restart  # it follows the row before it, which may have been taken out
            self._row += 1
        elif said.isascii() and said.isdecimal() and len(said) < 10 and said.strip("0"):
            self._row = int(said) - 1
        else:
            raise EvidenceError.of("cell-address", self.meter.place(self.sheet.name), value=said[:60])
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
            raise _Restart  # it stands beside the cell before it, which may have been taken out
        else:
            self._further += 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._has_formula = self._twice = False
        self._seen.clear()
        self._rich.clear()

    def _address(self) -> tuple[int, int]:
        """Row and column of the cell that was read; of one that holds nothing nobody asks."""
        if self._anchor is None:
            return self._row, self._further
        match = _REFERENCE.fullmatch(self._anchor)
        row = int(match[2]) - 1 if match else -1
        if not match or row < 0 or (self._row_said and row != self._row):
            place = self.meter.place(self.sheet.name, max(self._row, 0))
            raise EvidenceError.of("cell-address", place, value=self._anchor[:60])
        self._row = row
        return row, _column(match[1].upper()) + self._further

    def _once(self, name: str) -> bool:
        """Whether an element is a cell's own; what is there twice is read by each program in its own way."""
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
        """Of a text that stands in the cell, some programs write a part as its value too."""
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
        if self._twice or ("is" in self._seen and self._type != "inlineStr"):
            value = BadCell("cell-damaged", text[:60])
        elif self._has_formula and not text and not (self._type == "str" and self._rich.entered):
            value = BadCell("cell-formula", "")
        elif not text:
            return
        else:
            try:
                value = self._reader(self._type, self._style)(text.encode())
            except (ValueError, IndexError):
                value = BadCell("cell-damaged", text[:60])
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


def _area(attributes: Attributes) -> Merge | None:
    """The cells that a reference of two ends covers."""
    ends = [_REFERENCE.fullmatch(each) for each in attributes.get("ref", "").split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    (top, left), (bottom, right) = ((int(end[2]) - 1, _column(end[1].upper())) for end in ends if end)
    return Merge(top, left, bottom, right)


def _is_zero(size: str | None) -> bool:
    """Whether a height or width is nothing, so that what has it isn't seen."""
    return size is not None and _ZERO.fullmatch(size) is not None


def _column(letters: str) -> int:
    """A is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _number(text: bytes) -> float:
    value = float(text)
    if value - value == 0 and b"_" not in text:  # neither infinite nor not-a-number, nor as only Python writes it
        return value
    raise ValueError(text)


def _shared(strings: Sequence[str | BadCell | None]) -> Read:
    def read(text: bytes) -> str | BadCell | None:
        at = int(text)
        if at < 0:
            raise IndexError(at)
        return strings[at]

    return read


def _number_read(how: NumberFormat, epoch: date) -> Read:
    """How a number of this format is read: the usual ones quickly."""
    if how == PLAIN:
        return _number
    if how == PERCENT:
        return _percent
    if how.shape is Shape.SHOWN and how.digits:
        return lambda text: Shown.of(_number(text), how)
    return _formatted(how, epoch)


def _percent(text: bytes) -> str:
    return f"{_number(text) * 100:.15g}%"  # as `as_shown` has it; a column of them is common


def _formatted(how: NumberFormat, epoch: date) -> Read:
    known: dict[bytes, float | str | BadCell] = {}  # the same few dates stand in many cells

    def read(text: bytes) -> float | str | BadCell:
        value = known.get(text)
        if value is None:
            value = as_shown(_number(text), how, epoch)
            if len(known) < 10_000:
                known[text] = value
        return value

    return read


def _boolean(text: bytes) -> bool:
    if text in (b"1", b"true"):
        return True
    if text in (b"0", b"false"):
        return False
    raise ValueError(text)


def _unknown(text: bytes) -> Any:
    raise ValueError(text)
