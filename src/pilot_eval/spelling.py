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


def is_turned(one: str, other: str) -> bool:
    """Return whether what two words don't share negates or weakens one of them: 不予采纳 and 采纳, unpaid and paid."""
    for kind, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal" and (_turns(one, start, end) or _turns(other, begin, stop)):
            return True
    return False


def _turns(text: str, start: int, end: int) -> bool:
    """Return whether a word that negates begins and ends among these characters."""
    return any(start <= found.start() and found.end() <= end for found in _NEGATES.finditer(text))
