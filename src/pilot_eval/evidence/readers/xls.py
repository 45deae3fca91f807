"""Reads an XLS workbook or a WPS `.et` (BIFF5 and BIFF8 in an OLE2 file): values, formats, merged and hidden cells."""

import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.cells.dates import EPOCH_1900, EPOCH_1904
from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.evidence.readers.number_formats import BUILT_IN, PLAIN, Formats, NumberFormat, as_shown
from pilot_eval.evidence.readers.ole import Broken, Compound, breakage
from pilot_eval.evidence.readers.sheet import SheetBuilder, indented, to_grid
from pilot_eval.text import Words

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_FILEPASS, _CODEPAGE, _DATEMODE, _FORMAT, _XF, _BOUNDSHEET, _SST, _SUPBOOK = (
    0x002F, 0x0042, 0x0022, 0x041E, 0x00E0, 0x0085, 0x00FC, 0x01AE,
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
_MANY, _SMALLEST_STRING = 200_000, 6
"""Beyond `_MANY` shared strings, they must average this many bytes: three and their characters, as no two are equal."""
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


class _ListedBiffSheet(NamedTuple):
    name: str
    at: int
    hidden: bool
    kind: int


class _BiffBook:
    def __init__(self, data: bytes, shown: str, limits: Limits) -> None:
        self.data, self.shown, self.limits = data, shown, limits
        self.meter = Meter(shown, limits)
        self.unread = len(data)  # bytes; overlapping sheets would be read more than once
        self.wide, self.encoding, self.epoch = True, "cp1252", EPOCH_1900
        self.calculated = True
        self.codes, self.formats = dict(BUILT_IN), Formats(self.meter)
        self.styles: list[int] = []  # number format of each cell style
        self.indents: list[int] = []  # likewise
        self.strings: list[str | BadCell | None] = []
        self.listed: list[_ListedBiffSheet] = []
        self.findings: list[Finding] = []

    def grids(self) -> list[Grid]:
        self._read_globals()
        formats = [self.codes.get(style, PLAIN) for style in self.styles]
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
            _SheetReader(self, sheet, formats).read(listed.at)
            grids.append(to_grid(sheet, self.epoch))
        if not grids:
            raise EvidenceError.of("book-empty", Place(file=self.shown))
        grids[0].findings[:0] = self.findings
        return grids

    def records(self, at: int) -> Iterator[tuple[int, bytes]]:
        """Yield the records from `at` to the end of the substream that starts there."""
        depth = count = 0
        first, data = at, self.data
        while at + 4 <= len(data):
            kind, length = struct.unpack_from("<HH", data, at)
            at += 4 + length
            count += 1
            self.unread -= 4 + length
            if self.unread < 0:
                raise Broken("工作表重叠", "sheets overlap")
            if at > len(data) or (count > 500_000 and count * _SMALLEST > at - first):
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
        last = links = 0
        for kind, body in self.records(0):
            last = kind if kind != _CONTINUE else last
            if kind == _BOF:
                self.wide = struct.unpack_from("<H", body)[0] == 0x0600
                if struct.unpack_from("<H", body)[0] not in (0x0500, 0x0600):
                    raise Broken("文件格式过旧", "the file format is too old")
            elif kind == _FILEPASS:
                raise EvidenceError.of("file-encrypted", Place(file=self.shown))
            elif kind == _CODEPAGE:
                self.encoding = {936: "gb18030", 1200: "utf-16-le", 65001: "utf-8"}.get(
                    struct.unpack_from("<H", body)[0], f"cp{struct.unpack_from('<H', body)[0]}"
                )
            elif kind == _DATEMODE and body[:1] == b"\1":
                self.epoch = EPOCH_1904
            elif kind == _FORMAT:
                self.codes[struct.unpack_from("<H", body)[0]] = self.formats.of(
                    _whole(self.text(body, 2, 2 if self.wide else 1))
                )
            elif kind == _XF:
                self.styles.append(struct.unpack_from("<H", body, 2)[0])
                self.indents.append(body[8] & 15 if self.wide and len(body) > 8 else 0)
            elif kind == _BOUNDSHEET:
                at, hidden, type_ = struct.unpack_from("<LBB", body)
                self.listed.append(_ListedBiffSheet(_whole(self.text(body, 6, 1)), at, bool(hidden & 3), type_))
            elif kind == _SUPBOOK and len(body) >= 4 and struct.unpack_from("<H", body, 2)[0] not in (0x0401, 0x3A01):
                links += 1
            if last == _SST:
                pieces.append(body)
            if len(self.listed) > self.limits.sheets:
                raise self.meter.too_large("sheets", self.limits.sheets)
        if links:
            self.findings.append(finding("book-links", Place(file=self.shown), count=links))
        if pieces:
            self.strings = [self.kept(text) for text in _Strings(pieces)]

    def text(self, body: bytes, at: int, width: int) -> str:
        """Read a string whose length is in `width` bytes at `at`. Invalid characters become unpaired surrogates."""
        (length,) = struct.unpack_from("<H" if width == 2 else "<B", body, at)
        at += width
        wide = 0
        if self.wide:
            flags, wide = body[at], body[at] & 1
            at += 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)  # counts of what follows the characters
            length <<= wide
        said = body[at : at + length]
        if len(said) < length:
            raise Broken("文本不完整", "a string is truncated")
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

    def kept(self, text: str) -> str | BadCell | None:
        """Convert text to a cell."""
        try:
            text = _whole(text, "strict")
        except UnicodeDecodeError:
            return BadCell("cell-damaged", _whole(text)[:60])
        if len(text) > self.limits.cell_chars:
            return BadCell("cell-too-long", text[:40])
        return None if blank(text) else text


class _Strings:
    """The shared strings in a record and its continuations; a string may be split anywhere."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces, self._piece, self._at = pieces, 0, 0

    def __iter__(self) -> Iterator[str]:
        """Yield the strings that exist: the declared number may be too large, and cells that refer beyond are bad."""
        _, count = struct.unpack("<LL", self._take(8))
        size = sum(map(len, self._pieces))
        for at in range(count):
            if self._left() == 0 and self._piece + 1 >= len(self._pieces):
                return
            if at == _MANY and at * _SMALLEST_STRING > size:
                raise Broken("空文本过多", "too many empty strings")
            yield self.text()

    def text(self) -> str:
        """Read the next string."""
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        more = struct.unpack("<L", self._take(4))[0] if flags & 4 else 0
        wide, said = flags & 1, list[str]()
        while length:
            if not self._left():
                self._next()
                wide = self._take(1)[0] & 1  # each piece declares the width of its characters
            count = min(length, self._left() // (1 + wide))
            if not count:
                raise Broken("共享文本不完整", "a shared string is truncated")
            piece = self._take(count * (1 + wide))
            said.append(piece.decode("utf-16-le", "surrogatepass") if wide else piece.decode("latin-1"))
            length -= count
        self._skip(4 * runs + more)
        return "".join(said)

    def _left(self) -> int:
        return len(self._pieces[self._piece]) - self._at

    def _next(self) -> None:
        self._piece, self._at = self._piece + 1, 0
        if self._piece >= len(self._pieces):
            raise Broken("缺少共享文本", "shared strings are missing")

    def _take(self, count: int) -> bytes:
        if not self._left():
            self._next()
        piece = self._pieces[self._piece][self._at : self._at + count]
        if len(piece) < count:
            raise Broken("共享文本不完整", "a shared string is truncated")
        self._at += count
        return piece

    def _skip(self, count: int) -> None:
        while count:
            if not self._left():
                self._next()
            step = min(count, self._left())
            self._at += step
            count -= step


class _SheetReader:
    def __init__(self, book: _BiffBook, sheet: SheetBuilder, formats: Sequence[NumberFormat]) -> None:
        self.book, self.sheet, self.formats = book, sheet, formats
        self.waiting: tuple[int, int] | None = None  # the formula whose text follows in a separate record
        self.pieces: list[bytes] = []  # of that record and its continuations

    def read(self, at: int) -> None:
        for kind, body in self.book.records(at):
            if self.pieces and kind != _CONTINUE:
                self._settle()
            if kind in _CELLS:
                self._cell(kind, body)
            elif (kind == _STRING and self.waiting) or (kind == _CONTINUE and self.pieces):
                self.pieces.append(body)
            elif kind == _ROW and len(body) >= 16 and (body[12] & 0x20 or body[6:8] == b"\0\0"):
                self.sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
            elif kind == _COLINFO and len(body) >= 10 and body[8] & 1:
                first, last = struct.unpack_from("<HH", body)
                self.sheet.hide_columns(first, last)
            elif kind == _MERGED:
                (count,) = struct.unpack_from("<H", body)
                for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + 8 * count]):
                    self.sheet.merge(top, left, bottom, right)
        self._settle()

    def _cell(self, kind: int, body: bytes) -> None:
        self._settle()
        row, column = struct.unpack_from("<HH", body)
        if kind == _MULRK:
            (last,) = struct.unpack_from("<H", body, len(body) - 2)
            if len(body) != 6 + 6 * (last - column + 1):
                raise Broken(f"第 {row + 1} 行的单元格不完整", f"the cells of row {row + 1} are truncated")
            for at in range(4, len(body) - 2, 6):
                style, rk = struct.unpack_from("<HL", body, at)
                self._put(row, column + (at - 4) // 6, self._shown(_rk(rk), style))
            return
        (style,) = struct.unpack_from("<H", body, 4)
        if kind == _NUMBER:
            self._put(row, column, self._shown(struct.unpack_from("<d", body, 6)[0], style))
        elif kind == _RK:
            self._put(row, column, self._shown(_rk(struct.unpack_from("<L", body, 6)[0]), style))
        elif kind == _LABELSST:
            (index,) = struct.unpack_from("<L", body, 6)
            known = index < len(self.book.strings)
            self._label(row, column, style, self.book.strings[index] if known else BadCell("cell-damaged", str(index)))
        elif kind in (_LABEL, _RSTRING):
            self._label(row, column, style, self.book.kept(self.book.text(body, 6, 2)))
        elif kind == _BOOLERR:
            self._put(row, column, _biff_error(body[6]) if body[7] else bool(body[6]))
        else:
            self._formula(row, column, style, body[6:14])

    def _label(self, row: int, column: int, style: int, text: Any) -> None:
        indents = self.book.indents
        self._put(row, column, indented(text, indents[style] if style < len(indents) else 0))

    def _formula(self, row: int, column: int, style: int, result: bytes) -> None:
        self.sheet.count_formulas(row, column)
        if result[6:8] != b"\xff\xff":
            self._put(row, column, self._shown(struct.unpack("<d", result)[0], style))
        elif result[0] == 0:
            self.waiting = (row, column)
        elif result[0] == 1:
            self._put(row, column, bool(result[2]))
        elif result[0] == 2:
            self._put(row, column, _biff_error(result[2]))
        elif not self.book.calculated:  # empty text, or never computed
            self._put(row, column, BadCell("cell-formula", ""))

    def _settle(self) -> None:
        """Store the pending formula, whether its text is complete or missing."""
        if self.waiting:
            (row, column), self.waiting = self.waiting, None
            pieces, self.pieces = self.pieces, []
            self._put(row, column, self._text_of(pieces) if pieces else BadCell("cell-formula", ""))

    def _text_of(self, pieces: Sequence[bytes]) -> str | BadCell | None:
        book = self.book
        return book.kept(_Strings(pieces).text() if book.wide else book.text(b"".join(pieces), 0, 2))

    def _shown(self, value: float, style: int) -> Any:
        if value - value != 0:  # NaN or infinite
            return BadCell("cell-damaged", str(value))
        return as_shown(value, self.formats[style] if style < len(self.formats) else PLAIN, self.book.epoch)

    def _put(self, row: int, column: int, value: Any) -> None:
        if value is not None:
            self.sheet.put(row, column, value)


_CELLS = frozenset({_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING, _FORMULA, _BOOLERR})


def _whole(text: str, errors: str = "replace") -> str:
    """Join surrogate pairs, even across records. Raises UnicodeDecodeError for an unpaired one if strict."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", errors)


def _biff_error(code: int) -> BadCell:
    return BadCell("cell-error", _ERRORS.get(code, "#ERROR"))


def _rk(packed: int) -> float:
    """Unpack a number of 30 bits: an integer or the upper part of a double, perhaps in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<L", packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else value
