"""Finds what identifies a person in text, and masks it: it must not reach a log, a record or a report."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pilot_eval.evidence.cells import plain

# NFKC is done by the caller; digits may be parted by single spaces or hyphens.
_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[0-9Xx]"
    r"(?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z.])[3-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])")
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:E[A-Z]\d{7}|[DEGPSHM]\d{8})(?![0-9A-Za-z])")

_DIGIT, _PART = "[0-9０-９]", "[ \u3000－-]?"
MAY_NAME_A_PERSON = (
    f"[1１][3-9３-９]{_DIGIT}{_PART}{_DIGIT}{{4}}{_PART}{_DIGIT}{{4}}"
    f"|{_DIGIT}{{6}}{_PART}(19|20|１９|２０){_DIGIT}{{2}}{_PART}{_DIGIT}{{4}}{_PART}{_DIGIT}{{3}}[0-9０-９XxＸｘ]"
    f"|[3-6３-６]{_DIGIT}{{3}}{_PART}{_DIGIT}{{4}}{_PART}{_DIGIT}{{4}}{_PART}{_DIGIT}{{4}}"
    f"|[DEGPSHMＤＥＧＰＳＨＭ][A-ZＡ-Ｚ]?{_DIGIT}{{7}}"
)
"""A quick sieve, for columns in bulk: what `sightings` finds matches it, full-width digits included."""

_REAL = re.compile(r"1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])([ -])(?!19\d\d|20\d\d)\d{4}\1\d{4}")
"""A number as people write a mobile: of a prefix that has been given out, parted 3-4-4; 153-2018-0001 is a document."""
_ABOUT_PHONES = re.compile(r"(电话|手机|联系|微信|tel|phone|mobile|wechat)[^0-9]{0,8}$", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

REFUSED = frozenset({"cell-identity", "cell-mobile"})
"""Codes that keep evidence from being used; the others ask to be looked at."""


class Sighting(NamedTuple):
    """Something that identifies a person: the finding's code and where it stands in the text."""

    code: str
    start: int
    end: int


def sightings(text: str) -> list[Sighting]:
    """Resident ID numbers (date and checksum right, GB 11643-1999), mobile, bank card and passport numbers in a text.

    A mobile number is one for sure with +86 or a word for telephones before it, or where nothing else stands in the
    text and it is parted as people do. Other eleven digits only look like one, and a card's check digit is right for a
    tenth of all numbers: such are said, not refused.
    """
    if len(text) < 9:
        return []
    found: list[Sighting] = []
    taken = bytearray(len(text))
    for each in _candidates(text):
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def _candidates(text: str) -> Iterator[Sighting]:
    """What each pattern finds, the surest first."""
    for match in _ID.finditer(text):
        if _is_identity(match.group()):
            yield Sighting("cell-identity", *match.span())
    for match in _CARD.finditer(text):
        if _passes_luhn(match.group()):
            yield Sighting("cell-card-like", *match.span())
    for match in _MOBILE.finditer(text):
        before = text[max(match.start() - 20, 0) : match.start()]
        surely = match.group().startswith("+") or _ABOUT_PHONES.search(before) or _REAL.fullmatch(text)
        yield Sighting("cell-mobile" if surely else "cell-mobile-like", *match.span())
    for match in _PASSPORT.finditer(text):
        yield Sighting("cell-passport-like", *match.span())


def _is_identity(number: str) -> bool:
    digits = re.sub(r"[ -]", "", number).upper()
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True)) % 11
    return "10X98765432"[remainder] == digits[17]


def _passes_luhn(number: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    digits = [int(digit) for digit in reversed(number) if digit.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def in_number(number: float) -> list[Sighting]:
    """What a number cell may be: its digits beyond the fifteenth are lost, so a checksum can't be asked."""
    text = str(int(number))
    if len(text) == 18 and _is_day(text[6:14]):
        return [Sighting("cell-identity", 0, 18)]
    return sightings(text)


def _is_day(text: str) -> bool:
    try:
        return 1900 <= date(int(text[:4]), int(text[4:6]), int(text[6:])).year <= 2100
    except ValueError:
        return False


def shown_name(name: str) -> str:
    """The name of a file or a sheet as it may be shown: as it is, unless it holds what may be a person's number."""
    text = plain(name)
    found = sightings(text)
    return masked(text, found) if found else name


def masked(text: str, found: list[Sighting] | None = None) -> str:
    """The text with every sighting's digits replaced, but for the first three and the last two."""
    for each in reversed(sightings(text) if found is None else found):
        piece = text[each.start : each.end]
        text = text[: each.start] + piece[:3] + "*" * max(len(piece) - 5, 1) + piece[-2:] + text[each.end :]
    return text
