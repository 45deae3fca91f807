"""Reads the text of an XLS workbook outside its cells: comments, text boxes, headers, names, lists, links, formats."""

import struct
from collections.abc import Iterator

_CONTINUE, _TEXT_BOX = 0x003C, 0x01B6
_ASIDES = {
    0x0014, 0x0015, 0x089C,  # header, footer, those of first and even pages
    0x0018, 0x041E,  # defined name, number format
    0x001C, _TEXT_BOX, 0x00EC,  # note, text of a shape or a comment, shape
    0x01BE, 0x01B2, 0x01B8, 0x0800,  # list for entries and its messages, link, its tooltip
    0x005C,  # user who saved it
}  # fmt: skip
_FORMULAS = {0x0006, 0x04BC, 0x0221}
_SMALLEST_LINK = 4


def texts_of_asides(stream: bytes) -> Iterator[str]:
    """Yield what each such record of the stream of a workbook may say, decoded in each way that it may be encoded."""
    at = last = 0
    while at + _SMALLEST_LINK <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind in _ASIDES or (kind == _CONTINUE and last in _ASIDES):
            yield from decodings(body)
        elif kind in _FORMULAS:
            yield from _texts_of_formula(body)
        if kind != _CONTINUE:
            last = kind


def _texts_of_formula(body: bytes) -> Iterator[str]:
    """Yield what may be a text in the tokens of a formula: a sign, its length, how wide its characters are."""
    at = body.find(b"\x17")
    while 0 <= at < len(body) - 3:
        length, wide = body[at + 1], body[at + 2] & 1
        said = body[at + 3 : at + 3 + (length << wide)]
        yield said.decode("utf-16-le" if wide else "latin-1", "replace")
        at = body.find(b"\x17", at + 1)


def decodings(said: bytes) -> Iterator[str]:
    """Yield bytes decoded in each way that text in them may be encoded; all code pages have the same digits."""
    yield said.decode("gb18030", "replace")
    yield said.decode("latin-1")
    yield from (said[at:].decode("utf-16-le", "replace") for at in (0, 1))
