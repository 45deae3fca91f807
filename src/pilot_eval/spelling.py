"""How text is compared: the key that all spellings of a word share, and which characters are invisible.

The constants are parts of a regular expression's character class; each module combines those it needs.
"""

import re
import unicodedata
from difflib import SequenceMatcher

CONTROLS = "\x00-\x1f\x7f-\x9f"
"""Control characters, including white space: they control a terminal or break a line."""

LINE_SEPARATORS = "\u2028\u2029"

REORDERING = "\u202a-\u202e\u2066-\u2069"
"""Bidirectional controls: they display text in another order than it is stored in."""

IGNORABLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    f"\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0{REORDERING}"
)
"""Invisible characters: Unicode's Default_Ignorable_Code_Point, except those that change a neighbour's look."""

SELECTORS = "\ufe00-\ufe0f\U000e0000-\U000e0fff"
"""Variation selectors and tags: they change the look of the preceding character, and some are invisible."""

ANNOTATIONS = "\ufff9-\ufffb"
"""Marks around interlinear annotations, which pages don't show."""

SURROGATES = "\ud800-\udfff"
"""Halves of surrogate pairs, from bytes of a file name that aren't UTF-8, or from damage; they can't be stored."""

INVISIBLE = f"[\x00-\x08\x0e-\x1b\x7f{IGNORABLE}]"
"""The characters ignored between spellings of a word: control characters except white space, and invisible ones."""

_INVISIBLE = re.compile(INVISIBLE)
_SURROGATE = re.compile(f"[{SURROGATES}]")


def without_invisible(text: str) -> str:
    """Return the text without invisible characters."""
    return _INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """Return the text with full-width forms and unusual spaces normalised (NFKC), without invisible characters."""
    return without_invisible(unicodedata.normalize("NFKC", text)).strip()


def word_key(text: str) -> str:
    """Return the key that all spellings of a word share, for headers, choices and names of sheets."""
    return re.sub(r"[\s*＊:：]+", "", plain(text)).casefold()


def has_surrogates(text: str) -> bool:
    """Return whether a text contains characters that UTF-8 can't encode."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def without_surrogates(text: str) -> str:
    """Return the text with a replacement character for each half of a surrogate pair."""
    return _SURROGATE.sub("\ufffd", text)


_NEGATES = re.compile(
    "[不未无無非没沒否免禁拒反勿莫]|部分|基本|大致|尚|拟|计划|预计|预期|目标|应|待|暂|半|上年|去年|上期|下年"
    "|(?<![a-z])(?:no|not|never|without|partly|partially|part|half|planned|expected|target|last|previous)(?![a-z])"
    "|(?<![a-z])(?:un|non|in|im|il|ir|dis|anti)(?=[a-z-])",
    re.IGNORECASE,
)
"""What turns a word into its opposite, or into less, or into what is only planned."""


def negates(text: str) -> bool:
    """Return whether a text has a word that negates or weakens."""
    return _NEGATES.search(text) is not None


_HAN = re.compile("[\u3400-\u9fff]")
_SAYS_NOTHING = re.compile("已经?|予以|^[万亿]$|合计|共计|的|了|数|量|名称?|值|额|情况|信息")
"""Added before or behind a word, it leaves the meaning."""
_CONTRASTED = frozenset(
    "上下本去今明前后逾超按准多少增减进出入退收支买卖盈亏正负男女新旧内外始终起止早晚高低大小升降留离借还租售应实已将待很较太最略"
)
"""Characters that two words of opposite or different meaning have in the same place: 上年 and 本年."""


def is_turned(said: str, known: str) -> bool:
    """Return whether a word that is said may mean something else than a known one, rather than misspell it.

    It may if what they don't share negates or weakens one of them (不予采纳, 采纳; unpaid, paid), or, in Chinese, is
    a word of its own: added before or behind (难以采纳, 采纳), or instead of another (本年退出数, 本年新增数).
    """
    steps = SequenceMatcher(None, said, known).get_opcodes()
    for kind, start, end, begin, stop in steps:
        if kind != "equal" and (_turns(said, start, end) or _turns(known, begin, stop)):
            return True
    if sorted(said) == sorted(known):  # transposed
        return False
    return any(
        _adds(said, start, end, known, begin, stop) for kind, start, end, begin, stop in steps if kind != "equal"
    )


def _adds(said: str, start: int, end: int, known: str, begin: int, stop: int) -> bool:
    """Return whether what differs here, in Chinese, is a word of its own."""
    one, other = (_HAN.findall(each) for each in (said[start:end], known[begin:stop]))
    if one and other:
        return len(one) > 1 or len(other) > 1 or (one[0] != other[0] and {*one, *other} <= _CONTRASTED)
    first, last = start == begin == 0, end == len(said) and stop == len(known)
    if not (first or (last and one)) or not (one or other):
        return False  # inside, or a word that is said in part: 经费 for 经费预算
    added, beside = "".join(one or other), known[stop : stop + 1] if first else known[begin - 1 : begin]
    return added != beside and _SAYS_NOTHING.sub("", added) != ""


def _turns(text: str, start: int, end: int) -> bool:
    """Return whether a word that negates begins and ends among these characters."""
    return any(start <= found.start() and found.end() <= end for found in _NEGATES.finditer(text))
