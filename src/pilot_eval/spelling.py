"""How text is compared: what two spellings of a word have in common, and which characters show nothing."""

import re
import unicodedata


def plain(text: str) -> str:
    """Full-width forms, odd spaces and invisible characters made ordinary."""
    return _STRIPPED.sub("", unicodedata.normalize("NFKC", text)).strip()


INVISIBLE = "[\x00-\x08\x0e-\x1b\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]"
_STRIPPED = re.compile(INVISIBLE)


def word_key(text: str) -> str:
    """What two spellings of a word have in common, for headers, choices and names of sheets."""
    return re.sub(r"[\s*＊:：]+", "", plain(text)).casefold()
