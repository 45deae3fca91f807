"""Slips behind invalid YAML, found in the text: its parser names where it stopped, which may be lines later."""

import re
from collections.abc import Iterator

from pilot_eval.text import Words

_KEY = r"[ \t\u3000\u00a0]*(?:- +)?(?P<key>[\w.\-]+)"
_FULL_WIDTH_KEY = re.compile(_KEY + "：")
_TIGHT_COLON = re.compile(_KEY + r":[^\s:/]")
_ODD_INDENT = re.compile(r"[ \t]*[\u3000\u00a0]")
_RESERVED = re.compile(r"(?:^|[:\-,\[{] +)(?P<sign>[%@`*&!|>])")
_TWO_COLONS = re.compile(_KEY + r": +(?:[^\"'\[{#\s][^#]*?: )")
_SIGNS = {"，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]"}
_LINES_BACK = 3
"""How many lines before the one that the parser names are looked at for a slip that shows within a line."""


def slip_near(text: str, line: int) -> tuple[int, Words] | None:
    """Return the line and what to do about the likeliest slip at a line that the parser rejects; None without any.

    Lines count from 1. First what shows within a line, from the one named upwards, then what was opened and not closed.
    """
    lines = text.split("\n")
    for at in range(min(line, len(lines)), max(line - _LINES_BACK, 0), -1):
        found = next(_slips_in(lines[at - 1]), None)
        if found is not None:
            return at, found
    return _unclosed(lines[:line])


def full_width_colon(key: str) -> Words | None:
    """Return what to do about a key that holds a full-width colon, as `points：10`; what follows isn't shown."""
    name, colon, _ = key.partition("：")
    if not colon:
        return None
    return Words(
        zh=f"全角冒号改为半角冒号加空格：{name}: …",
        en=f"replace the full-width colon by a plain one and a blank: {name}: …",
    )


def _slips_in(line: str) -> Iterator[Words]:
    """Yield the slips that a line shows, what is in quotes and comments left out."""
    bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", lambda found: "_" * len(found[0]), line)
    bare = re.sub(r"(^|\s)#.*", "", bare)
    if _ODD_INDENT.match(bare):
        yield Words(
            zh="行首是全角空格或不换行空格：改为半角空格",
            en="the line begins with a wide or non-breaking blank: use plain blanks",
        )
    wide_key = _FULL_WIDTH_KEY.match(bare)
    wide_colon = full_width_colon(f"{wide_key['key']}：") if wide_key else None
    if wide_colon is not None:
        yield wide_colon
    wide = [sign for sign in _SIGNS if sign in bare]
    if wide and (set(bare) & set("{}[]") or set(wide) & set("｛｝［］")):
        one, other = "".join(wide), "".join(map(_SIGNS.__getitem__, wide))
        yield Words(zh=f"全角的 {one} 改为半角的 {other}；文字里要用的，整段加引号",
                    en=f"replace the full-width {one} by {other}, or put the text in quotes")  # fmt: skip
    tight = _TIGHT_COLON.match(bare)
    if tight and ": " not in bare:
        shown = f"{tight['key']}: …"
        yield Words(zh=f"冒号后面加空格：{shown}", en=f"put a blank after the colon: {shown}")
    two = _TWO_COLONS.match(bare)
    if two:
        shown = f'{two["key"]}: "…"'
        yield Words(zh=f"文字里有冒号的加引号：{shown}", en=f"put text that holds a colon in quotes: {shown}")
    reserved = _RESERVED.search(bare)
    if reserved:
        shown = f'"{reserved["sign"]}…"'
        yield Words(zh=f"以 {reserved['sign']} 开头的加引号：{shown}",
                    en=f"put what begins with {reserved['sign']} in quotes: {shown}")  # fmt: skip


def _unclosed(lines: list[str]) -> tuple[int, Words] | None:
    """Return the first line that opens a quote or a bracket and doesn't close it."""
    opened: list[tuple[str, int]] = []
    for number, line in enumerate(lines, start=1):
        bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", "", line)
        bare = re.sub(r"(^|\s)#.*", "", bare)
        quote = re.search(r"[:\-,\[{] *([\"'])", bare)
        if quote:
            return number, Words(
                zh=f"这一行的引号 {quote[1]} 没有闭合", en=f"the quote {quote[1]} of this line is not closed"
            )
        for sign in bare:
            if sign in "[{":
                opened.append((sign, number))
            elif sign in "]}" and opened:
                opened.pop()
    if opened and opened[-1][1] < len(lines):
        sign, number = opened[-1]
        return number, Words(zh=f"这一行的 {sign} 没有闭合", en=f"the {sign} of this line is not closed")
    return None
