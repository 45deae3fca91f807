"""Parsing common to the shared strings and sheets of an XLSX workbook: namespaces, plain markup, rich text."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.looks import EDGE, joins_digits
from pilot_eval.evidence.readers.xml import Attributes
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.text import Words

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # the “strict” variant
)
TRUE = frozenset({"1", "true", "on"})

SPACE = rb'(?: xml:space="preserve")?'
ATTRIBUTES = rb'(?: [A-Za-z0-9:]+="[^"<>&\x00-\x1f]*")*'
TEXT = rb"[^<>&\x00-\x1f]+"
BEFORE_A_TAG = rb"(?=<|\s+<)"
"""A tag follows, and is left for expat: the extracted text can't have been inside a tag's attribute."""

MISPLACED = Words(zh="有元素的位置错误", en="an element is in the wrong place")

T = TypeVar("T")


def in_main(handlers: dict[str, T]) -> dict[str, T]:
    """Return handlers by the full names of elements, in both namespaces."""
    return {f"{space} {name}": handler for space in MAIN for name, handler in handlers.items()}


class PlainMarkup:
    """Decides whether a part's XML may be split with regular expressions; `prefix` is that of its elements."""

    _ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_-]+)["']""")
    _HEAD = re.compile(rb"\s*<\?xml[^>]*\?>")
    _ROOT = re.compile(rb"<(?:(\w{1,20}):)?(?:worksheet|sst)\b")

    def __init__(self) -> None:
        self.prefix = b""
        self._ok: bool | None = None

    def allows(self, data: bytes) -> bool:
        """Return whether a piece may be split; must be called with every piece in turn.

        A comment, CDATA or a processing instruction may contain text that looks like a cell.
        """
        if self._ok is None:
            data = data.removeprefix(b"\xef\xbb\xbf")
            encoding, root = self._ENCODING.match(data), self._ROOT.search(data)
            self.prefix = root[1] + b":" if root and root[1] else b""
            self._ok = bool(root) and (encoding is None or encoding[1].lower() in (b"utf-8", b"us-ascii"))
            data = self._HEAD.sub(b"", data, count=1)
        # Search for the rare characters first: “<” alone is everywhere.
        odd = (b"!" in data and b"<!" in data) or (b"?" in data and b"<?" in data)
        self._ok = self._ok and not odd
        return self._ok


def pieces(chunks: Iterable[bytes], mark: bytes) -> Iterator[bytes]:
    """Regroup chunks so that each ends after a mark, or between tags if 1 MB has no mark; little is buffered.

    A tag or comment that begins in a piece can then be found by looking at that piece alone.
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


def split_at(data: bytes, mark: bytes, *, after: bool) -> tuple[bytes, bytes]:
    """Split data before a mark, or after it; without a mark, all of the data is in the first half."""
    at = data.find(mark)
    at = len(data) if at < 0 else at + len(mark) * after
    return data[:at], data[at:]


_ESCAPED = re.compile("_x([Dd][89ABab][0-9A-Fa-f]{2})__x([Dd][C-Fc-f][0-9A-Fa-f]{2})_|_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """Decode `_x000D_`, a character that XML can't hold, and surrogate pairs; an unpaired one stays as written."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    high, low, code = (int(each, 16) if each else 0 for each in escape.groups())
    if high:
        return chr(0x10000 + (high - 0xD800 << 10) + low - 0xDC00)
    return escape[0] if 0xD800 <= code < 0xE000 else chr(code)


def as_text(text: str, limit: int) -> str | BadCell | None:
    if len(text) > limit:
        return BadCell("cell-too-long", shown_text(text, 40))
    return None if not text or text.isspace() else _unescaped(text)


class RichText:
    """Collects the text of an element that may contain runs (`si`, `is`), without phonetic readings."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        self._length = 0
        self._inside = self._phonetic = False
        self._apart = False  # whether the run being read is raised, lowered or struck out
        self.entered = False
        self.starts = {
            "t": self._enter, "v": self._enter, "rPh": self._mute, "r": self._start_run, "vertAlign": self._position,
            "strike": self._strike,
        }  # fmt: skip
        self.ends = {"t": self._leave, "v": self._leave, "rPh": self._unmute}

    def clear(self) -> None:
        self._pieces, self._length, self.entered, self._apart = [], 0, False, False

    def take(self, text: str) -> None:
        """Collect character data if it is part of the text."""
        if self._inside and not self._phonetic and self._length <= self._limit:
            self._pieces.append(text)
            self._length += len(text)

    def text(self) -> str:
        return "".join(each for each in self._pieces if each is not EDGE)

    def joins_digits(self) -> bool:
        """Return whether the text has digits beside digits that look different."""
        return EDGE in self._pieces and joins_digits("".join(self._pieces))

    def _start_run(self, attributes: Attributes) -> None:
        self._apart = False

    def _position(self, attributes: Attributes) -> None:
        self._apart = self._apart or attributes.get("val", "baseline") != "baseline"

    def _strike(self, attributes: Attributes) -> None:
        self._apart = self._apart or attributes.get("val", "1") in TRUE

    def _enter(self, attributes: Attributes) -> None:
        self._inside = self.entered = True
        self._edge()

    def _leave(self) -> None:
        self._edge()
        self._inside = False

    def _edge(self) -> None:
        if self._apart and not self._phonetic:
            self._pieces.append(EDGE)

    def _mute(self, attributes: Attributes) -> None:
        self._phonetic = True

    def _unmute(self) -> None:
        self._phonetic = False
