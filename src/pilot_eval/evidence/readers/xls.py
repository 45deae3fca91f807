"""Reads an XLS workbook or a WPS `.et` (BIFF5 and BIFF8, mostly in an OLE2 file): values, formats, merged and hidden
cells."""

import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.cells.dates import EPOCH_1900, EPOCH_1904
from pilot_eval.evidence.readers.biff_text import BiffStrings, as_cell, whole
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.evidence.readers.number_formats import BUILT_IN, PLAIN, Formats, NumberReader, number_reader
from pilot_eval.evidence.readers.ole import Broken, Compound, breakage
from pilot_eval.evidence.readers.sheet import SheetBuilder, indented, to_grid
from pilot_eval.evidence.readers.xls_rows import RowPattern, UniformRows
from pilot_eval.text import Words

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_FILEPASS, _CODEPAGE, _DATEMODE, _FORMAT, _XF, _BOUNDSHEET, _SST, _SUPBOOK, _FONT = (
    0x002F, 0x0042, 0x0022, 0x041E, 0x00E0, 0x0085, 0x00FC, 0x01AE, 0x0031,
)  # fmt: skip
_ROW, _COLINFO, _MERGED = 0x0208, 0x007D, 0x00E5
_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING, _FORMULA, _STRING, _BOOLERR = (
    0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x00D6, 0x0006, 0x0207, 0x0205,
)  # fmt: skip
_WORKSHEET, _MACRO_SHEET = 0, 1
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_DOCUMENTS = (
    ("WordDocument", Words(zh="Word 文档", en="a Word document")),
    ("PowerPoint Document", Words(zh="演示文稿", en="a presentation")),
)
_PADDING = 32
"""Zeros behind the data, so that a whole cell can be unpacked at any place of it."""
_CELL, _DOUBLE, _STYLED_RK = struct.Struct("<5HL"), struct.Struct("<d"), struct.Struct("<HL")
_NO_VERSION, _BIFF5, _BIFF8 = 0, 0x0500, 0x0600
_GLOBALS, _SHEET = 5, 0x10
_SMALLEST = 8
"""Bytes, including the header, that the records of a large file must average; cells have 14 or more."""


def read_xls(data: bytes, shown: str, limits: Limits) -> list[Grid]:
    """Read every worksheet of a workbook, with the values last computed. Raises EvidenceError."""
    try:
        compound = Compound(data)
        compound.check()
        if compound.named("EncryptedPackage", "EncryptionInfo"):
            raise EvidenceError.of("file-encrypted", Place(file=shown))
        stream = compound.named("Workbook", "Book")
        for storage, what in _DOCUMENTS:
            if stream is None and compound.named(storage):
                raise EvidenceError.of("file-is", Place(file=shown), what=what)
        if stream is None:
            raise EvidenceError.of("file-kind", Place(file=shown))
        book = _BiffBook(compound.read(stream), shown, limits)
        book.calculated = compound.has("\x05SummaryInformation")
        grids = book.grids()
        if compound.has("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"):
            grids[0].findings.insert(0, finding("book-macros", Place(file=shown)))
    except (Broken, struct.error, IndexError) as error:
        raise EvidenceError.of("xls-broken", Place(file=shown), problem=breakage(error)) from None
    return grids


def is_bare_biff(head: bytes) -> bool:
    """Return whether a file is a record stream of BIFF5 or BIFF8, which some systems do not wrap in an OLE2 file."""
    if len(head) < 8 or head[:2] != b"\x09\x08" or not 4 <= struct.unpack_from("<H", head, 2)[0] <= 32:
        return False
    version, kind = struct.unpack_from("<HH", head, 4)
    return version in (_NO_VERSION, _BIFF5, _BIFF8) and kind in (_GLOBALS, _SHEET)


def read_bare_biff(data: bytes, shown: str, limits: Limits) -> list[Grid]:
    """Read the worksheets of a record stream, or the only one that it is. Raises EvidenceError."""
    try:
        book = _BiffBook(data, shown, limits)
        if struct.unpack_from("<H", data, 6)[0] == _SHEET:
            book.listed.append(_ListedBiffSheet(None, 0, False, _WORKSHEET))
            book.unread *= 2  # it is read for its settings, then for its cells
        return book.grids()
    except (Broken, struct.error, IndexError) as error:
        raise EvidenceError.of("xls-broken", Place(file=shown), problem=breakage(error)) from None


class _ListedBiffSheet(NamedTuple):
    name: str | None
    at: int
    hidden: bool
    kind: int


class _BiffBook:
    def __init__(self, data: bytes, shown: str, limits: Limits) -> None:
        self.data, self.size, self.shown, self.limits = data + bytes(_PADDING), len(data), shown, limits
        self.meter = Meter(shown, limits)
        self.unread = len(data)  # bytes; overlapping sheets would be read more than once
        self.wide, self.encoding, self.epoch = True, "cp1252", EPOCH_1900
        self.calculated = True
        self.codes, self.formats = dict(BUILT_IN), Formats(self.meter)
        self.styles: list[int] = []  # number format of each cell style
        self.indents: dict[int, int] = {}  # of the cell styles that indent
        self.apart: set[int] = set()  # fonts that raise, lower or strike out
        self.strings: list[str | BadCell | None] = []
        self.listed: list[_ListedBiffSheet] = []
        self.findings: list[Finding] = []
        self.patterns: dict[bytes, RowPattern] = {}

    def grids(self) -> list[Grid]:
        self._read_globals()
        known = {style: number_reader(self.codes.get(style, PLAIN), self.epoch) for style in set(self.styles)}
        readers = [known[style] for style in self.styles]
        grids, read = [], set[int]()
        for listed in self.listed:
            place = Place(file=self.shown, sheet=listed.name)
            if listed.kind != _WORKSHEET:
                self.findings.append(finding("sheet-not-a-table", place))
                if listed.kind == _MACRO_SHEET:
                    self.findings.append(finding("book-macros", Place(file=self.shown)))
                continue
            if listed.at in read:
                raise EvidenceError.of("book-sheet-twice", place)
            read.add(listed.at)
            sheet = SheetBuilder(listed.name, self.meter, hidden=listed.hidden)
            _SheetReader(self, sheet, readers).read(listed.at)
            grids.append(to_grid(sheet, self.epoch))
        if not grids:
            raise EvidenceError.of("book-empty", Place(file=self.shown))
        grids[0].findings[:0] = self.findings
        return grids

    def records(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Yield the records from `at` to the end of the substream that starts there."""
        depth = count = 0
        first, data, end = at, self.data, self.size
        while at + 4 <= end:
            kind, length = struct.unpack_from("<HH", data, at)
            at += 4 + length
            count += 1
            self.unread -= 4 + length
            if self.unread < 0:
                raise Broken("工作表重叠", "sheets overlap")
            if at > end or (count > 500_000 and count * _SMALLEST > at - first):
                break
            if kind == _BOF:
                depth += 1
            elif not depth:
                raise Broken("工作表的起始位置错误", "a sheet does not start where it should")
            elif kind == _EOF:
                depth -= 1
                if not depth:
                    return
            if depth == 1:  # charts are nested deeper
                yield kind, data[at - length : at]
        raise Broken("工作表没有结尾", "a sheet has no end")

    def _read_globals(self) -> None:
        pieces: list[bytes] = []
        last = links = fonts = 0
        for kind, body in self.records(0):
            last = kind if kind != _CONTINUE else last
            if kind == _BOF:
                (version,) = struct.unpack_from("<H", body)
                self.wide = version == _BIFF8
                if version not in (_NO_VERSION, _BIFF5, _BIFF8):
                    raise Broken("文件格式过旧", "the file format is too old")
            elif kind == _FILEPASS:
                raise EvidenceError.of("file-encrypted", Place(file=self.shown))
            elif kind == _CODEPAGE and len(body) >= 2:
                (page,) = struct.unpack_from("<H", body)
                self.encoding = {936: "gb18030", 1200: "utf-16-le", 65001: "utf-8"}.get(page, f"cp{page}")
            elif kind == _DATEMODE and body[:1] == b"\1":
                self.epoch = EPOCH_1904
            elif kind == _FORMAT and len(body) > 2:
                code = whole(self.text(body, 2, 2 if self.wide else 1, cut=True))
                self.codes[struct.unpack_from("<H", body)[0]] = self.formats.of(code)
            elif kind == _XF:
                if self.wide and len(body) > 8 and (depth := body[8] & 15):
                    self.indents[len(self.styles)] = depth
                self.styles.append(struct.unpack_from("<H", body, 2)[0] if len(body) >= 4 else 0)
            elif kind == _FONT and len(body) >= 10:
                struck, raised = body[2] & 8, struct.unpack_from("<H", body, 8)[0]
                if struck or raised:
                    self.apart.add(fonts + (fonts > 3))  # no font has the number 4
                fonts += 1
            elif kind == _BOUNDSHEET:
                at, hidden, type_ = struct.unpack_from("<LBB", body)
                name = whole(self.text(body, 6, 1, cut=True))
                self.listed.append(_ListedBiffSheet(name, at, bool(hidden & 3), type_))
            elif kind == _SUPBOOK and len(body) >= 4 and struct.unpack_from("<H", body, 2)[0] not in (0x0401, 0x3A01):
                links += 1
            if last == _SST:
                pieces.append(body)
            if len(self.listed) > self.limits.sheets:
                raise self.meter.too_large("sheets", self.limits.sheets)
        if links:
            self.findings.append(finding("book-links", Place(file=self.shown), count=links))
        if pieces:
            self.strings = BiffStrings(pieces, self.apart).shared(self.limits.cell_chars)

    def text(self, body: bytes, at: int, width: int, *, cut: bool = False, ended: bool = False) -> str:
        """Read a string whose length is in `width` bytes at `at`. Invalid characters become unpaired surrogates.

        An empty one may lack all but its length; one that is `cut` short is read as far as it goes. One that is
        `ended` may lack its last character, a mark of its end.
        """
        if cut and len(body) < at + width:
            return ""
        (length,) = struct.unpack_from("<H" if width == 2 else "<B", body, at)
        at += width
        wide = 0
        if len(body) <= at and (cut or not length):
            return ""
        if self.wide:
            flags, wide = body[at], body[at] & 1
            at += 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)  # counts of what follows the characters
            length <<= wide
        said = body[at : at + length]
        if len(said) < length and not cut and not (ended and 0 < len(said) == length - 1):
            raise Broken("文本不完整", "a string is truncated")
        said = said[: len(said) >> wide << wide]
        if wide:
            return said.decode("utf-16-le", "surrogatepass")
        return said.decode("latin-1") if self.wide else self._decoded(said)

    def _decoded(self, data: bytes) -> str:
        """Decode text: some programs declare the code page of Western Europe, or none, but write Chinese."""
        encodings = ("gb18030", "cp1252") if self.encoding == "cp1252" else (self.encoding, "gb18030")
        for encoding in encodings:
            try:
                return data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
        return data.decode("gb18030", "surrogateescape")


class _SheetReader:
    """Reads the records of one sheet in a loop; most of them are cells of three kinds.

    `readers` are those of the cell styles, for numbers that aren't plain.
    """

    def __init__(self, book: _BiffBook, sheet: SheetBuilder, readers: Sequence[NumberReader | None]) -> None:
        self.book, self.sheet, self.readers = book, sheet, readers
        self.numbers = _PackedNumbers()
        self.alike = UniformRows(book.data, sheet, book.strings, readers, self.numbers, book.indents, book.patterns)
        self.others = 0  # records that aren't such cells

    def read(self, start: int) -> None:
        """Read the substream at `start`. Raises Broken, or struct.error or IndexError for a record that is short."""
        book, sheet, strings, readers = self.book, self.sheet, self.book.strings, self.readers
        data, end, at, most = book.data, book.size, self._begin(start), book.limits.columns
        unpack, double, packed = _CELL.unpack_from, _DOUBLE.unpack_from, self.numbers
        styles, texts, indents = len(readers), len(strings), book.indents
        current, cells, counted = -1, list[Any](), 0  # the row, and how many of its cells the meter knows
        seen = -1  # the row of the last record that belongs to one
        value: Any
        while True:
            kind, length, row, column, style, low = unpack(data, at)
            if row != seen and kind in _OF_ROWS:
                seen, begun = row, at
                at = self.alike.take(at)
                if at != begun:
                    continue
            at += 4 + length
            if at > end:
                raise _no_end()
            if kind == _LABELSST and length >= 10:
                value = strings[low] if low < texts else BadCell("cell-damaged", str(low))
                if value is None:
                    continue
                if indents:
                    value = indented(value, indents.get(style, 0))
            elif (kind == _RK and length >= 10) or (kind == _NUMBER and length >= 14):
                value = packed[low] if kind == _RK else double(data, at - length + 6)[0]
                if value - value != 0:  # NaN or infinite
                    value = BadCell("cell-damaged", str(value))
                elif style < styles and (reader := readers[style]) is not None:
                    value = reader(value)
            elif kind == _EOF:
                break
            else:
                held = len(cells)
                at = self._other(kind, data[at - length : at], at, start)
                counted += len(cells) - held
                continue
            if row != current:
                self._count(len(cells) - counted)
                current, cells = row, self._row(row)
                counted = len(cells)
            if column == len(cells) < most:
                cells.append(value)
            else:
                counted += max(column + 1 - len(cells), 0)
                sheet.put(row, column, value)
        self._count(len(cells) - counted)
        book.unread -= at - start
        if book.unread < 0:
            raise Broken("工作表重叠", "sheets overlap")

    def _begin(self, start: int) -> int:
        """Return the offset behind the first record of a substream."""
        if start + 4 > self.book.size:
            raise _no_end()
        kind, length = struct.unpack_from("<HH", self.book.data, start)
        if kind != _BOF:
            raise Broken("工作表的起始位置错误", "a sheet does not start where it should")
        return start + 4 + int(length)

    def _row(self, row: int) -> list[Any]:
        if row >= self.book.limits.rows:
            raise self.book.meter.too_large("rows", self.book.limits.rows, self.sheet.name, row)
        return self.sheet.rows.setdefault(row, [])

    def _count(self, cells: int) -> None:
        self.book.meter.add(cells, self.sheet.name)
        self.book.meter.held += cells

    def _other(self, kind: int, body: bytes, at: int, start: int) -> int:
        """Read any other record, which ends at `at`; return the offset of the next one."""
        self._limit_records(at - start)
        if kind in _CELLS:
            return self._cell(kind, body, at)
        if kind == _BOF:
            return self._behind_chart(at, start)
        if kind == _ROW and len(body) >= 14 and (body[12] & 0x20 or body[6:8] == b"\0\0"):
            self.sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO and len(body) >= 9 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            self.sheet.hide_columns(first, last)
        elif kind == _MERGED and len(body) >= 2:
            (count,) = struct.unpack_from("<H", body)
            whole_ones = min(count, (len(body) - 2) // 8)
            for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + 8 * whole_ones]):
                self.sheet.merge(top, left, bottom, right)
        return at

    def _limit_records(self, size: int) -> None:
        self.others += 1
        if self.others > 500_000 and self.others * _SMALLEST > size:
            raise _no_end()

    def _behind_chart(self, at: int, start: int) -> int:
        """Skip a substream inside a sheet, such as a chart."""
        depth = 1
        while depth:
            kind, length = struct.unpack_from("<HH", self.book.data, at)
            at += 4 + length
            self._limit_records(at - start)
            if at > self.book.size:
                raise _no_end()
            depth += (kind == _BOF) - (kind == _EOF)
        return at

    def _cell(self, kind: int, body: bytes, at: int) -> int:
        row, column, style = struct.unpack_from("<HHH", body)
        if kind == _MULRK:
            self._multiple(row, column, body)
        elif kind in (_LABEL, _RSTRING):
            pieces, at = self._continued(body[6:], at)
            self._put(row, column, indented(self._text_of(pieces), self.book.indents.get(style, 0)))
        elif kind == _BOOLERR:
            self._put(row, column, _biff_error(body[6]) if body[7] else bool(body[6]))
        elif kind == _FORMULA:
            self._formula(row, column, style, body[6:14], at)
        else:
            raise Broken(f"第 {row + 1} 行的单元格不完整", f"the cells of row {row + 1} are truncated")
        return at

    def _multiple(self, row: int, column: int, body: bytes) -> None:
        (last,) = struct.unpack_from("<H", body, len(body) - 2)
        if len(body) != 6 + 6 * (last - column + 1):
            raise Broken(f"第 {row + 1} 行的单元格不完整", f"the cells of row {row + 1} are truncated")
        values = [self._shown(self.numbers[rk], style) for style, rk in _STYLED_RK.iter_unpack(body[4:-2])]
        cells = self._row(row)
        if column == len(cells) and last < self.book.limits.columns:
            cells += values
            self._count(len(values))
            return
        for further, value in enumerate(values):
            self.sheet.put(row, column + further, value)

    def _formula(self, row: int, column: int, style: int, result: bytes, at: int) -> None:
        self.sheet.count_formulas(row, column)
        if result[6:8] != b"\xff\xff":
            self._put(row, column, self._shown(struct.unpack("<d", result)[0], style))
        elif result[0] == 0:
            text = self._text_behind(at)
            self._put(row, column, BadCell("cell-formula", "") if text is None else self._text_of(text))
        elif result[0] == 1:
            self._put(row, column, bool(result[2]))
        elif result[0] == 2:
            self._put(row, column, _biff_error(result[2]))
        elif not self.book.calculated:  # empty text, or never computed
            self._put(row, column, BadCell("cell-formula", ""))

    def _text_behind(self, at: int) -> list[bytes] | None:
        """Return the pieces of a formula's text, which is in a record before the next cell; None if there is none."""
        data = self.book.data
        for _ in range(_BEFORE_A_TEXT):
            if at >= self.book.size:
                return None
            kind, length = struct.unpack_from("<HH", data, at)
            at += 4 + length
            if at > self.book.size or kind in (_EOF, _BOF) or kind in _CELLS:
                return None
            if kind == _STRING:
                return self._continued(data[at - length : at], at)[0]
        return None

    def _continued(self, body: bytes, at: int) -> tuple[list[bytes], int]:
        """Return the body of a record and those that continue it, and the offset behind them."""
        data, pieces = self.book.data, [body]
        while at < self.book.size:
            kind, length = struct.unpack_from("<HH", data, at)
            if kind != _CONTINUE:
                break
            at += 4 + length
            pieces.append(data[at - length : at])
        return pieces, at

    def _text_of(self, pieces: Sequence[bytes]) -> str | BadCell | None:
        book = self.book
        text = (
            BiffStrings(pieces, book.apart).text(ended=True)
            if book.wide
            else book.text(b"".join(pieces), 0, 2, ended=True)
        )
        return as_cell(text, book.limits.cell_chars)

    def _shown(self, value: float, style: int) -> Any:
        if value - value != 0:  # NaN or infinite
            return BadCell("cell-damaged", str(value))
        reader = self.readers[style] if style < len(self.readers) else None
        return reader(value) if reader else value

    def _put(self, row: int, column: int, value: Any) -> None:
        if value is not None:
            self.sheet.put(row, column, value)


_CELLS = frozenset({_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING, _FORMULA, _BOOLERR})
_OF_ROWS = frozenset({_ROW, _NUMBER, _RK, _MULRK, _LABELSST, _FORMULA, 0x0201, 0x00BE})
"""Records that may begin a row; the last two are blank cells."""
_BEFORE_A_TEXT = 8
"""Records that may be between a formula and its text: a shared formula, an array."""


class _PackedNumbers(dict[int, float]):
    """Unpacks numbers of 30 bits: an integer or the upper part of a double, perhaps in hundredths."""

    def __missing__(self, packed: int) -> float:
        if packed & 2:
            value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
        else:
            (value,) = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<L", packed & 0xFFFFFFFC))
        value = value / 100 if packed & 1 else value
        if len(self) < _KNOWN_NUMBERS:
            self[packed] = value
        return value


_KNOWN_NUMBERS = 100_000


def _biff_error(code: int) -> BadCell:
    return BadCell("cell-error", _ERRORS.get(code, "#ERROR"))


def _no_end() -> Broken:
    return Broken("工作表没有结尾", "a sheet has no end")
