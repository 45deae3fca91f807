"""Reads what a text shows to its readers: with its escapes resolved, and without the markup that only styles it.

It is only searched: what isn't well formed is read as far as it goes.
"""

import re
from collections.abc import Iterator
from html import unescape

# --- pages and other text with tags, entities (&#49;) or escapes (\u0031, %31)

_STYLING = re.compile(
    r"</?(?:[\w.-]+:)?(?:a|abbr|b|bdi|bdo|big|code|del|em|font|i|ins|kbd|mark|nobr|q|ruby|s|samp|small|span"
    r"|strike|strong"
    r"|sub|sup|tt|tspan|u|wbr)(?:\s[^<>]*)?>|<!--[^<>]*-->",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_CODED = re.compile(r"\\u([0-9A-Fa-f]{4})|%([2-7][0-9A-Fa-f])")
_QUOTED_PRINTABLE = re.compile(r"=([2-7][0-9A-F])")


def shown_of_line(line: str) -> Iterator[str]:
    """Yield what a line of any text shows, and what its tags hold."""
    yield line
    if "<" in line or "&" in line:
        yield unescape(_TAG.sub("\n", _STYLING.sub("", line)))
        yield from map(unescape, filter(lambda tag: "&" in tag, _TAG.findall(line)))
    if (read := _CODED.sub(lambda code: chr(int(code[1] or code[2], 16)), line)) != line:
        yield read
    if (read := _QUOTED_PRINTABLE.sub(lambda code: chr(int(code[1], 16)), line)) != line:
        yield read


# --- Rich Text Format

_HEX = re.compile(r"[0-9A-Fa-f]{64,}")
"""A picture."""
_BYTES = re.compile(r"(?:\\'[0-9A-Fa-f]{2})+")
_CHARACTER = re.compile(r"\\u(-?\d{1,6}) ?\??")
_BREAK = re.compile(r"\\(?:par|pard|line|cell|row|tab|sect|page)(?![a-z]) ?")
_WORD = re.compile(r"\\(?:\*|[a-z]+-?\d*) ?|[{}]")
_SIGNS = {r"\~": " ", r"\-": "", r"\_": "-", r"\:": "", r"\|": ""}


def lines_of_rtf(text: str) -> Iterator[str]:
    """Yield the lines of a document in Rich Text Format."""
    said = _HEX.sub(" ", text.replace("\r", "").replace("\n", ""))
    said = _BYTES.sub(lambda found: bytes.fromhex(found[0].replace("\\'", "")).decode("gb18030", "replace"), said)
    said = _CHARACTER.sub(lambda found: chr(int(found[1]) % 0x10000), said)
    said = said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for sign, meant in _SIGNS.items():
        said = said.replace(sign, meant)
    yield from _WORD.sub("", _BREAK.sub("\n", said)).split("\n")
