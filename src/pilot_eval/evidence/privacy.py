"""Finds what identifies a person in text, and masks it: it must not reach a log, a record or a report."""

import re
from datetime import date
from typing import NamedTuple

# NFKC is done by the caller; digits may be parted by single spaces or hyphens.
_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[0-9Xx]"
    r"(?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
_DIGIT, _PART = "[0-9０-９]", "[ \u3000－-]?"
MAY_NAME_A_PERSON = (
    f"[1１][3-9３-９]{_DIGIT}{_PART}{_DIGIT}{{4}}{_PART}{_DIGIT}{{4}}"
    f"|{_DIGIT}{{6}}{_PART}(19|20|１９|２０){_DIGIT}{{2}}{_PART}{_DIGIT}{{4}}{_PART}{_DIGIT}{{3}}[0-9０-９XxＸｘ]"
)
"""A quick sieve, for columns in bulk: what `sightings` finds matches it, full-width digits included."""

_ABOUT_PHONES = re.compile(r"(电话|手机|联系|微信|tel|phone|mobile|wechat)[^0-9]{0,8}$", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Sighting(NamedTuple):
    """Something that identifies a person: the finding's code and where it stands in the text."""

    code: str
    start: int
    end: int


def sightings(text: str) -> list[Sighting]:
    """Resident ID numbers (date and checksum right, GB 11643-1999) and mobile numbers in a text.

    Eleven bare digits only look like a mobile number: up to a tenth of such codes do by chance.
    """
    if len(text) < 11:
        return []
    found = [Sighting("cell-identity", m.start(), m.end()) for m in _ID.finditer(text) if _checks(m.group())]
    taken = [(each.start, each.end) for each in found]
    for match in _MOBILE.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            surely = not match.group().isdigit() or _ABOUT_PHONES.search(text[: match.start()])
            found.append(Sighting("cell-mobile" if surely else "cell-mobile-like", match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def _checks(number: str) -> bool:
    digits = re.sub(r"[ -]", "", number).upper()
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True)) % 11
    return "10X98765432"[remainder] == digits[17]


def masked(text: str, found: list[Sighting] | None = None) -> str:
    """The text with every sighting's digits replaced, but for the first three and the last two."""
    for each in reversed(sightings(text) if found is None else found):
        piece = text[each.start : each.end]
        text = text[: each.start] + piece[:3] + "*" * max(len(piece) - 5, 1) + piece[-2:] + text[each.end :]
    return text
