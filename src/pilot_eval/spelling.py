"""How text is compared: what two spellings of a word have in common, and which characters show nothing.

The constants are parts of a regular expression's character class: a module puts together what it needs.
"""

import re
import unicodedata

CONTROLS = "\x00-\x1f\x7f-\x9f"
"""Control characters, white space among them: what commands a terminal or breaks a line."""

LINE_SEPARATORS = "\u2028\u2029"

REORDERING = "\u202a-\u202e\u2066-\u2069"
"""Bidirectional controls: they show text in another order than it is stored in."""

IGNORABLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    f"\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0{REORDERING}"
)
"""What shows nothing by itself: Unicode's Default_Ignorable_Code_Point, but for what changes a neighbour's look."""

SELECTORS = "\ufe00-\ufe0f\U000e0000-\U000e0fff"
"""Variation selectors and tags: they change the look of the character before, and some show nothing at all."""

ANNOTATIONS = "\ufff9-\ufffb"
"""Marks around interlinear annotations, which no page shows."""

SURROGATES = "\ud800-\udfff"
"""Halves of surrogate pairs: bytes of a name that aren't UTF-8, or damage; they can't be stored."""

INVISIBLE = f"[\x00-\x08\x0e-\x1b\x7f{IGNORABLE}]"
"""What two spellings of a word may differ by: control characters but for white space, and what shows nothing."""

_INVISIBLE = re.compile(INVISIBLE)
_SURROGATE = re.compile(f"[{SURROGATES}]")


def without_invisible(text: str) -> str:
    """The text without the characters that show nothing."""
    return _INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """The text with full-width forms and odd spaces made ordinary (NFKC), without invisible characters."""
    return without_invisible(unicodedata.normalize("NFKC", text)).strip()


def word_key(text: str) -> str:
    """What two spellings of a word have in common, for headers, choices and names of sheets."""
    return re.sub(r"[\s*＊:：]+", "", plain(text)).casefold()


def has_surrogates(text: str) -> bool:
    """Whether a text holds what UTF-8 can't encode."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def without_surrogates(text: str) -> str:
    """The text with a replacement character for each half of a surrogate pair."""
    return _SURROGATE.sub("\ufffd", text)
