"""Finds numbers that identify a person in text, and masks them: none may reach a log, a record or a report."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pilot_eval.spelling import plain

# The caller applies NFKC. An ID number may follow letters and be split anywhere: its date and checksum identify it.
_BETWEEN = r"[\s._/\u2010-\u2015·-]{0,2}"
_ID = re.compile(rf"(?<!\d)(?<!\d\.)(?=([1-9](?:{_BETWEEN}\d){{16}}{_BETWEEN}[\dXx])(?!\d))", re.ASCII)
"""A lookahead, so that digits before the number don't consume it."""
_MOBILE = re.compile(r"(?<![0-9.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z.])[3-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])")
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:E[A-Z]\d{7}|[DEGPSHM]\d{8})(?![0-9A-Za-z])")

_DIGIT = r"[\d⁰¹²³⁴-⁹₀-₉①-⑨⓪]"
MAY_NAME_A_PERSON = (
    rf"{_DIGIT}(?:[\s._/\u2010-\u2015·－﹣-]{{0,2}}{_DIGIT}){{10}}|[DEGPSHMＤＥＧＰＳＨＭ][A-ZＡ-Ｚ]?{_DIGIT}{{7}}"
)
"""A fast filter for whole columns: everything that `sightings` finds matches it, with digits of every kind."""

_EIGHTEEN = re.compile(r"(?<![\d.])[1-9]\d{17}(?![\d.])", re.ASCII)
_REAL = re.compile(r"1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])([ -])(?!19\d\d|20\d\d)\d{4}\1\d{4}")
"""A mobile number as people write it: an assigned prefix, grouped 3-4-4. 153-2018-0001 is a document number."""
_ABOUT_PHONES = re.compile(r"(电话|手机|联系|微信|tel|phone|mobile|wechat)[^0-9]{0,8}$", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

REFUSED = frozenset({"cell-identity", "cell-mobile"})
"""Codes whose evidence is refused; the others only ask for a check."""


class Sighting(NamedTuple):
    """A number in a text that identifies a person: the finding's code, and the position in the text."""

    code: str
    start: int
    end: int


def sightings(text: str) -> list[Sighting]:
    """Find resident ID numbers (valid date and checksum, GB 11643-1999), mobile, bank card and passport numbers.

    A mobile number is certain after +86 or a word for telephones, or if it is the whole text and grouped as people
    write it. Other numbers of eleven digits only look like one, and a tenth of all numbers have a valid card check
    digit: these are reported, not refused.
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
    """Yield what each pattern finds, the most certain first."""
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
    remainder = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True)) % 11
    return _is_day(digits[6:14]) and "10X98765432"[remainder] == digits[17]


def _passes_luhn(number: str) -> bool:
    """Return whether the check digit is valid (ISO/IEC 7812-1, annex B)."""
    digits = [int(digit) for digit in reversed(number) if digit.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def in_number(number: float) -> list[Sighting]:
    """Find what a numeric cell may be: its digits after the fifteenth are lost, so no checksum can be verified."""
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
    """Return a name, a header or other text as it may be shown: unchanged, unless it contains what may be a person's
    number, which is masked."""
    text = plain(name)
    found = sightings(text)
    # An ID number from a numeric cell has lost its last digits, and with them the checksum: it is masked too.
    found += [Sighting("cell-identity", *match.span()) for match in _EIGHTEEN.finditer(text) if _is_day(match[0][6:14])]
    return masked(text, sorted(set(found))) if found else name


def masked(text: str, found: list[Sighting] | None = None) -> str:
    """Return the text with every sighting masked, except for its first three and last two characters."""
    for each in reversed(sightings(text) if found is None else found):
        piece = text[each.start : each.end]
        if "*" not in piece:
            text = text[: each.start] + piece[:3] + "*" * max(len(piece) - 5, 1) + piece[-2:] + text[each.end :]
    return text
