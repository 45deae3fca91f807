"""Tells figures whose digits don't look like one number: an exponent, a note or deleted text beside them."""

import re

EDGE = "\2"
"""Marks in a text where characters begin or end to look different: raised, lowered or struck out."""

_NO_FIGURE, _DIGIT = re.compile(r"[^\d\s.,%+\1\2-]"), re.compile(r"\d")
_JOINED = re.compile(rf"\d\s*{EDGE}[\s{EDGE}]*\d")


def joins_digits(text: str) -> bool:
    """Return whether a text with edges is a figure, or has digits beside digits, that look different from another."""
    if EDGE not in text or not _DIGIT.search(text):
        return False
    return not _NO_FIGURE.search(text) or _JOINED.search(text) is not None
