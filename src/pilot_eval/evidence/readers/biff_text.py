"""Reads the strings of an XLS workbook (BIFF8), which may be split over several records at any place."""

import struct
from collections.abc import Container, Sequence

from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.grid import blank
from pilot_eval.evidence.readers.looks import EDGE, joins_digits
from pilot_eval.evidence.readers.ole import Broken
from pilot_eval.privacy.numbers import shown_text

_MANY, _SMALLEST_STRING = 200_000, 6
"""Beyond `_MANY` shared strings, they must average this many bytes: three and their characters, as no two are equal."""
_HEAD, _RUN = struct.Struct("<HB"), struct.Struct("<HH")


def as_cell(text: str, limit: int) -> str | BadCell | None:
    """Convert text, with edges where its look changes, to a cell."""
    if EDGE in text:
        joined, text = joins_digits(text), text.replace(EDGE, "")
        if joined:
            return BadCell("cell-damaged", shown_text(whole(text)))
    try:
        text = whole(text, "strict")
    except UnicodeDecodeError:
        return BadCell("cell-damaged", shown_text(whole(text)))
    if len(text) > limit:
        return BadCell("cell-too-long", shown_text(text, 40))
    return None if blank(text) else text


def whole(text: str, errors: str = "replace") -> str:
    """Join surrogate pairs, even across records. Raises UnicodeDecodeError for an unpaired one if strict."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", errors)


class BiffStrings:
    """The strings in a record and its continuations. Each piece that goes on with characters declares their width.

    `apart` are the fonts that raise, lower or strike out; text in them has edges.
    """

    def __init__(self, pieces: Sequence[bytes], apart: Container[int] = ()) -> None:
        self._apart = apart
        self._pieces = [piece for piece in pieces if piece]  # some programs write empty continuations
        self._piece, self._at = 0, 0

    def shared(self, limit: int) -> list[str | BadCell | None]:
        """Return the shared strings that exist, as cells: the number that the record declares may be wrong.

        Cells that refer beyond are bad. What follows the declared number is read as far as it makes sense.
        """
        try:
            _, count = struct.unpack("<LL", self._take(8))
        except Broken:
            return []
        size = sum(map(len, self._pieces))
        cells: list[str | BadCell | None] = []
        try:
            while not self._ended():
                if not self._read_whole(cells, limit):
                    cells.append(as_cell(self.text(), limit))
                if len(cells) > _MANY and len(cells) * _SMALLEST_STRING > size:
                    raise Broken("空文本过多", "too many empty strings")
        except Broken:
            if len(cells) < count:
                raise
        return cells

    def _read_whole(self, cells: list[str | BadCell | None], limit: int) -> bool:
        """Read the next strings that are plain and whole, up to the end of the piece; return whether it has any."""
        if self._piece >= len(self._pieces):
            return False
        piece, at = self._pieces[self._piece], self._at
        begin, end, most = at, len(piece) - 3, at + 3 * _MANY
        head = _HEAD.unpack_from
        while at <= end and at < most:
            length, flags = head(piece, at)
            if flags == 1:
                last = at + 3 + 2 * length
            elif flags == 0:
                last = at + 3 + length
            else:
                break
            said = piece[at + 3 : last]
            try:
                text = said.decode("utf-16-le") if flags else said.decode("latin-1")
            except UnicodeDecodeError:
                break
            if last > len(piece) or length > limit:
                break
            cells.append(None if not text or text.isspace() else text)
            at = last
        self._at = at
        return at > begin

    def text(self, *, ended: bool = False) -> str:
        """Read the next string. An empty one may lack all but its length.

        One that is `ended` may lack its last character: some programs count a mark of its end that they don't write.
        """
        (length,) = struct.unpack("<H", self._take(2))
        if not length and self._ended():
            return ""
        flags = self._take(1)[0]
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        more = struct.unpack("<L", self._take(4))[0] if flags & 4 else 0
        wide, said = flags & 1, list[str]()
        half = b""  # of a character that is split
        while length:
            if not self._left():
                if ended and length == 1 and said and not half and self._ended():
                    break
                self._next()
                wide = self._take(1)[0] & 1
                if half and not wide:
                    raise Broken("共享文本不完整", "a shared string is truncated")
            count = min(length * (1 + wide) - len(half), self._left())
            piece = half + self._take(count)
            half = piece[len(piece) - len(piece) % 2 :] if wide else b""
            piece = piece[: len(piece) - len(half)]
            said.append(piece.decode("utf-16-le", "surrogatepass") if wide else piece.decode("latin-1"))
            length -= len(piece) >> wide
        formats = self._formats(4 * runs)
        self._skip(more)
        return _with_edges("".join(said), [(at, font in self._apart) for at, font in formats])

    def _ended(self) -> bool:
        return self._piece >= len(self._pieces) or (self._piece + 1 == len(self._pieces) and not self._left())

    def _left(self) -> int:
        return len(self._pieces[self._piece]) - self._at if self._piece < len(self._pieces) else 0

    def _next(self) -> None:
        self._piece, self._at = self._piece + 1, 0
        if self._piece >= len(self._pieces):
            raise Broken("共享文本不完整", "a shared string is truncated")

    def _take(self, count: int) -> bytes:
        """Return the next bytes, which may be split over pieces; only characters have their width declared anew."""
        taken = b""
        while len(taken) < count:
            if not self._left():
                self._next()
            piece = self._pieces[self._piece][self._at : self._at + count - len(taken)]
            self._at += len(piece)
            taken += piece
        return taken

    def _formats(self, size: int) -> list[tuple[int, int]]:
        """Return from which character of a text on which font is used, as far as the file says so."""
        found = b""
        while len(found) < size and not self._ended():
            if not self._left():
                self._next()
            found += self._take(min(size - len(found), self._left()))
        return list(_RUN.iter_unpack(found[: len(found) // _RUN.size * _RUN.size]))

    def _skip(self, count: int) -> None:
        """Skip the formats and readings behind a text, which may be missing."""
        while count and not self._ended():
            if not self._left():
                self._next()
            step = min(count, self._left())
            self._at += step
            count -= step


def _with_edges(text: str, runs: Sequence[tuple[int, bool]]) -> str:
    """Return a text with edges around its runs that look different; positions count UTF-16 units."""
    if not any(apart for _, apart in runs):
        return text
    data, edge = text.encode("utf-16-le", "surrogatepass"), EDGE.encode("utf-16-le")
    pieces, last, before = list[bytes](), 0, False
    for start, apart in runs:
        if apart or before:
            at = max(2 * start, last)
            pieces += [data[last:at], edge]
            last = at
        before = apart
    return b"".join([*pieces, data[last:], edge]).decode("utf-16-le", "surrogatepass")
