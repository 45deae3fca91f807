"""Finds what identifies a person in text, and masks it: it must not reach a log, a record or a report."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pilot_eval.spelling import plain

# NFKC is done by the caller. An ID number may stand behind letters, and be parted anywhere: date and checksum tell.
_BETWEEN = r"[\s._/\u2010-\u2015·-]{0,2}"
_ID = re.compile(rf"(?<!\d)(?<!\d\.)(?=([1-9](?:{_BETWEEN}\d){{16}}{_BETWEEN}[\dXx])(?!\d))", re.ASCII)
"""Looks ahead, so that figures before the number don't use it up."""
_MOBILE = re.compile(r"(?<![0-9.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z.])[3-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])")
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:E[A-Z]\d{7}|[DEGPSHM]\d{8})(?![0-9A-Za-z])")

_DIGIT = r"[\d⁰¹²³⁴-⁹₀-₉①-⑨⓪]"
MAY_NAME_A_PERSON = (
    rf"{_DIGIT}(?:[\s._/\u2010-\u2015·－﹣-]{{0,2}}{_DIGIT}){{10}}|[DEGPSHMＤＥＧＰＳＨＭ][A-ZＡ-Ｚ]?{_DIGIT}{{7}}"
)
"""A quick sieve, for columns in bulk: what `sightings` finds matches it, digits of every kind included."""

_EIGHTEEN = re.compile(r"(?<![\d.])[1-9]\d{17}(?![\d.])", re.ASCII)
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
        if _is_identity(match[1]):
            yield Sighting("cell-identity", *match.span(1))
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
    digits = "".join(sign for sign in number if sign.isalnum()).upper()
    if not _is_day(digits[6:14]):
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
    """A name, a header or any other words as they may be shown: as they are, unless they hold what may be a person's
    number."""
    text = plain(name)
    found = sightings(text)
    # Of an ID number in a number cell the last digits are lost, and with them the checksum: it isn't shown either.
    found += [Sighting("cell-identity", *match.span()) for match in _EIGHTEEN.finditer(text) if _is_day(match[0][6:14])]
    return masked(text, sorted(set(found), key=lambda each: each.start)) if found else name


def masked(text: str, found: list[Sighting] | None = None) -> str:
    """The text with every sighting's digits replaced, but for the first three and the last two."""
    for each in reversed(sightings(text) if found is None else found):
        piece = text[each.start : each.end]
        if "*" not in piece:
            text = text[: each.start] + piece[:3] + "*" * max(len(piece) - 5, 1) + piece[-2:] + text[each.end :]
    return text
