"""Finds numbers and addresses that identify a person in text, and masks them: none may reach a log, a record or a
report."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pilot_eval.privacy import identity
from pilot_eval.privacy.addresses import MAY_BE_ADDRESS, UNSAID, addresses
from pilot_eval.spelling import plain

# The caller applies NFKC. An ID number may follow letters and be split anywhere: its date and checksum identify it.
_MARKS = r"\s._/\\\u2010-\u2015·−•・,、:;。()\[\]【】<>〈〉《》“”‘’'~|*+=→#^&%$!?`{}@\u20e3\ufe0e\ufe0f\u0330-\u0338\-"
_BETWEEN = rf"(?:[{_MARKS}年月日]{{0,3}}|[ \t]{{4,8}})"
_NOT_DECIMAL = r"(?<![0-9])(?<!(?<![0-9])0\.)"
_X = "Xx×✕хХχΧ*"
_ID = re.compile(rf"{_NOT_DECIMAL}(?=([1-9](?:{_BETWEEN}\d){{16}}{_BETWEEN}[\d{_X}])(?!\d))", re.ASCII)
"""A lookahead, so that digits before the number don't consume it."""
_RUN_TOGETHER = re.compile(
    r"(?<!\d)(?P<one>1[3-9]\d{9}|[1-9]\d{16}[\dXx])(?P<two>1[3-9]\d{9}|[1-9]\d{16}[\dXx])(?!\d)", re.ASCII
)
_NARROW = r"[\s._/\u2010-\u2015·-]{0,2}"
_OLD_ID = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{_BETWEEN}\d){{14}}(?![0-9A-Za-z]|\.(?!00?(?!\d))\d)", re.ASCII)
_NARROW_OLD_ID = re.compile(rf"\d(?:{_NARROW}\d){{14}}", re.ASCII)
_PERMIT = re.compile(rf"(?<![0-9A-Za-z])(?:[A-Z]{{3}}|[a-z]{{3}})(?:{_BETWEEN}\d){{12}}(?![0-9A-Za-z])", re.ASCII)
_EXPORTED = re.compile(r"(?<![0-9.])(?:1\.[3-9]\d{7,9}E\+?10|[1-9]\.\d{13,17}E\+?17)(?!\d)", re.IGNORECASE | re.ASCII)
"""A mobile or an ID number as a program writes a large number."""

_APART = rf"(?:[{_MARKS}]{{0,3}}|[ \t]{{4,8}})"
_MOBILE = re.compile(
    r"(?<![0-9])(?=((?:(?P<country>\+[ (]?86\)?|0086|\(86\))[ -]?|86[ -]?)?(?:0-?)?"
    rf"(?P<own>1{_APART}[3-9](?:{_APART}\d){{9}}))"
    r"(?![0-9]|[A-Za-z]+\d|\.(?!00?(?!\d))\d))",
    re.ASCII,
)
"""A lookahead too: what doesn't turn out to be one mustn't hide the next."""
_POINT = re.compile(r"[0-9]\.$")
_LIST_NUMBER = re.compile(r"(?:^|[^0-9.])(?:[1-9]|[12]\d|30)\.$", re.ASCII)
_GAP = r"[\s_./,、\u2010-\u2015·−-]{0,3}"
_CARD = re.compile(
    rf"(?<![0-9A-Za-z.])[2-6]\d{{3}}(?:{_GAP}\d{{4}}){{2}}{_GAP}\d{{3,4}}(?:{_GAP}\d{{1,3}})?(?![0-9A-Za-z])", re.ASCII
)
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:E[A-Z]\d{7}|[DEGPSHM]\d{8}|[HM]\d{10})(?![0-9A-Za-z])", re.ASCII)
_ANY_PERMIT = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Za-z]{1,2}[ -]?\d(?:[ -]?\d){5,9}|\d(?:[ -]?\d){7,9})(?![0-9A-Za-z])", re.ASCII
)
_ABOUT_PHONES = re.compile(
    r"(电话|手机|联系|微信|致电|拨打|短信|tel|phone|mobile|cell|wechat|call)[^0-9]{0,8}$", re.IGNORECASE
)
_ABOUT_IDS = re.compile(
    r"(身份|身分|证件|二代证|一代证|sfz|identification|公民号码"
    r"|居留证|居住证|(?<![a-z])id(?![a-z])|\bid[ _-]?(?:card|no|number)|identity|resident)[^0-9]{0,12}$",
    re.IGNORECASE,
)
_ABOUT_CARDS = re.compile(r"(银行卡|卡号|信用卡|借记卡|储蓄卡|card|visa|unionpay|银联)[^0-9]{0,12}$", re.IGNORECASE)
_ABOUT_PERMITS = re.compile(
    r"([台臺]胞[证證]|回[乡鄉][证證]|通行[证證]|[护護]照|[台臺][湾灣](?:居民|同胞)|港澳居民|passport"
    r"|travel (?:permit|document)"
    r"|return permit|compatriot permit|\b(?:HRP|MTP)\b)[^0-9]{0,12}$",
    re.IGNORECASE,
)
_ABOUT_OTHERS = re.compile(
    r"(订单|运单|单号|流水|发票|税号|凭证|专利|著作权|(?:快递|合同|协议|登记|注册|备案|证书|许可证|批准文|文|批|案)(?:编?号|号码)"
    r"|编码|代码|地块|宗地|不动产|会议|会议号|顺丰|\bSF|isbn|issn|order|invoice|contract|parcel|tracking|patent"
    r"|registration)(?:\W|编号|号码?|代码|单号|为|是|第|no|number|id|code){0,8}$",
    re.IGNORECASE,
)
"""Words for numbers of things: they count where the number follows the word at once, not the name of somebody."""
_HAN_DIGITS = "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两貳參陸叄弍洞◯拐勾"
_HAN = str.maketrans(_HAN_DIGITS, "00012345678912345678912236320079")
_MANY_HAN = re.compile(rf"[{_HAN_DIGITS}](?:{_APART}[\d{_HAN_DIGITS}]){{2}}|\d{_APART}[{_HAN_DIGITS}]", re.ASCII)
_AS_DASH = re.compile(r"(?<=[0-9])[一ー](?=[0-9])")
_TAKEN_FOR_DIGITS = str.maketrans("OoIl", "0011")
_TAKEN, _LETTER = re.compile("[OoIl]"), re.compile(r"[^\W\d_]")
_MAYBE_LETTERS = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Z]{{1,2}}(?=[\dOoIl]{{7,10}}\b))?[\dOoIl](?:{_APART}[\dOoIl]){{6,17}}[Xx]?(?![A-Za-z0-9])",
    re.ASCII,
)
"""A number in which letters may stand for digits."""

_DIGIT = rf"[\p{{N}}OoIl{_HAN_DIGITS}]"
MAY_NAME_A_PERSON = (
    rf"{_DIGIT}(?:(?:\P{{L}}|[年月日ー])*{_DIGIT}){{10}}|[1-9]\.\d{{8,}}[Ee]"
    rf"|[DEGPSHM][A-Z]?{_DIGIT}{{7}}"
    rf"|(?i:{MAY_BE_ADDRESS})"
    r"|(?i:[护護]照|通行[证證]|[台臺]胞|回[乡鄉]|[台臺][湾灣]|港澳居民|passport"
    r"|travel|permit|hrp|mtp)|[＠﹫Ａ-Ｚａ-ｚ⒜-ⓩʰ-ʸᴬ-ᵿ🄐-🅏㋀-㋋㍘-㍰㏠-㏾𝐀-𝟿]"
)
"""A fast filter for whole columns: everything that `sightings` finds matches it, with digits of every kind."""

_EIGHTEEN = re.compile(r"(?<![\d.])[1-9]\d{17}(?![\d.])", re.ASCII)
_REAL = re.compile(
    r"1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])([ \-·./\u2010-\u2015])(?!19\d\d|20\d\d)\d{4}\1\d{4}"
)
"""A mobile number as people write it: an assigned prefix, grouped 3-4-4. 153-2018-0001 is a document number."""
_GROUPED = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (3, 4, 2, 2), (3, 2, 2, 2, 2), (1,) * 11}
"""How people group the digits of a mobile number."""
_THOUSANDS = (2, 3, 3, 3)
_ASSIGNED = re.compile(r"1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])")
_AMOUNT = re.compile(r"\s?(?:元|万|亿|美元|吨|公斤|千瓦|平方|㎡|%)")
_MONEY_BEFORE = re.compile(r"[¥$€]\s?$|人民币\s?$")
_LONGER_BEFORE, _LONGER_BEHIND = re.compile(r"[0-9][._/-]$"), re.compile(r"[._/-][0-9]")
_NARROWLY_APART = re.compile(r"\d(?:[\s._/·\u2010-\u2015\-]{0,8}\d){10}")
_SPACED = re.compile(r"\d(?:[\s·\u2010-\u2015\-]{0,8}\d){10}")
_WIDE_GAP = re.compile(r"\s{4}")
"""What stands between the columns of a table of plain text."""
_NUMBERED = re.compile(r"[ -]\d{1,2}(?![\d._/-])")
"""Behind a mobile number: which one of several it is."""
_LONGEST = 60
"""Characters of a cell that holds a number alone."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_ANOTHER = r"1[3-9]\d([ ./-])\d{4}\1\d{4}"
_ANOTHER_BEFORE, _ANOTHER_BEHIND = (re.compile(form) for form in (rf"{_ANOTHER}[._/-]$", rf"[._/-]{_ANOTHER}(?!\d)"))
_FOURS = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{3,4}(?:\1\d{1,3})?")
_ISSUED = re.compile(r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|35\d{14}|(?:436742|456351|601382|955[89]\d\d)\d{13}")
"""Lengths and beginnings of cards: UnionPay, Visa, Mastercard, JCB, and older ones of banks."""

_FURTHER = 200
"""Characters behind a quotation's end that are searched with it; the longest spelling of a number is shorter."""

_BEFORE = 30
_SEPARATORS = re.compile("[^0-9A-Za-z]+")
"""What separates the digits of a number."""

REFUSED = frozenset({"cell-identity", "cell-mobile"})
"""Codes whose evidence is refused; the others only ask for a check."""


class Sighting(NamedTuple):
    """A number in a text that identifies a person: the finding's code, and the position in the text."""

    code: str
    start: int
    end: int


def sightings(text: str) -> list[Sighting]:
    """Find what identifies a person: numbers of identity documents, mobile and bank card numbers, e-mail and chat.

    Certain are a resident ID number with a valid date and checksum (GB 11643-1999), also in its form of fifteen digits
    after a word for it, and a mobile number after +86 or a word for telephones, or alone and grouped as people write
    it. What only looks like one is reported, not refused. Digits may be Chinese numerals.
    """
    if len(text) < 6:
        return []
    found: list[Sighting] = []
    taken = bytearray(len(text))
    for reading in _readings(text):
        for each in _candidates(reading):
            if 1 not in taken[each.start : each.end]:
                taken[each.start : each.end] = b"\1" * (each.end - each.start)
                found.append(each)
    return sorted(found, key=lambda each: each.start)


class _Digits(dict[int, int | str]):
    """What each character is as a digit, of any script and in any form; pictures and accents are marks between digits,
    and the others stay as they are."""

    def __missing__(self, code: int) -> int | str:
        sign = chr(code)
        kind, value = unicodedata.category(sign), unicodedata.numeric(sign, None)
        if kind in ("Nd", "No") and value in range(10):
            self[code] = str(int(value or 0))
        else:
            self[code] = "·" if kind in ("So", "Sk", "Mn", "Me") and sign not in _READ else code
        return self[code]


_DIGITS = _Digits()


_READ = f"{_X}{_HAN_DIGITS}㎡"


def _readings(text: str) -> Iterator[str]:
    """Yield the text with its digits as ASCII, then with Chinese numerals read as digits too, then with letters."""
    read = text if text.isascii() else text.translate(_DIGITS)
    yield read
    if _MANY_HAN.search(read):
        yield read.translate(_HAN)
        if _AS_DASH.search(read):
            yield _AS_DASH.sub("-", read)
    if _TAKEN.search(read) and (guessed := _MAYBE_LETTERS.sub(_letters_as_digits, read)) != read:
        yield guessed


def _letters_as_digits(number: re.Match[str]) -> str:
    """Return a number with letters that look like digits read as such, if most are digits."""
    said = number.group()
    letters = sum(said.count(sign) for sign in "OoIl")
    return said.translate(_TAKEN_FOR_DIGITS) if 2 * letters < sum(map(str.isalnum, said)) else said


def said_sightings(text: str) -> list[Sighting]:
    """Find what identifies a person and is a reason for a finding."""
    return [each for each in sightings(text) if each.code != UNSAID]


def _candidates(text: str) -> Iterator[Sighting]:
    """Yield what each pattern finds, the most certain first."""
    for match in _ID.finditer(text):
        if code := _id_code(text, match):
            yield Sighting(code, *match.span(1))
    for match in _RUN_TOGETHER.finditer(text):
        yield from _run_together(match)
    for match in _EXPORTED.finditer(text):
        if code := _exported_code(match.group()):
            yield Sighting(code, *match.span())
    yield from (Sighting(*each) for each in addresses(text))
    for match in _PERMIT.finditer(text):
        if identity.is_old_permit(_digits(match.group())):
            yield Sighting("cell-identity-like", *match.span())
    for match in _OLD_ID.finditer(text):
        if identity.is_old(_digits(match.group())):
            surely = _near(_ABOUT_IDS, text, match.start())
            narrow = _NARROW_OLD_ID.fullmatch(match.group()) and not _in_decimals(text, match.start())
            if surely or (narrow and not _near(_ABOUT_OTHERS, text, match.start())):
                yield Sighting("cell-identity" if surely else "cell-identity-like", *match.span())
    for match in _CARD.finditer(text):
        if _is_card(text, match):
            yield Sighting("cell-card-like", *match.span())
    for match in _MOBILE.finditer(text):
        if code := _mobile_code(text, match):
            yield Sighting(code, *match.span(1))
    for pattern in (_PASSPORT, _ANY_PERMIT):
        for match in pattern.finditer(text):
            if _near(_ABOUT_PERMITS, text, match.start()):
                yield Sighting("cell-passport-like", *match.span())


def _run_together(match: re.Match[str]) -> Iterator[Sighting]:
    """Yield two numbers without anything between them, if both identify a person."""
    codes = {
        name: "cell-identity"
        if identity.is_certain(said.upper())
        else "cell-mobile-like"
        if len(said) == 11 and _ASSIGNED.match(said)
        else ""
        for name, said in match.groupdict().items()
    }
    if all(codes.values()):
        yield from (Sighting(code, *match.span(name)) for name, code in codes.items())


def _exported_code(number: str) -> str | None:
    """Return what a number in scientific notation may be."""
    digits = re.sub(r"[Ee].*|\.", "", number)
    if number.endswith("10"):
        return "cell-mobile-like" if _ASSIGNED.match(digits) else None
    return "cell-identity" if identity.is_day(digits[6:14]) and identity.begins_like_one(digits) else None


def _in_decimals(text: str, start: int) -> bool:
    """Return whether a number stands behind a decimal point, rather than behind the number of a list's item."""
    before = _just_before(text, start)
    return _POINT.search(before) is not None and not _LIST_NUMBER.search(before)


def _near(words: re.Pattern[str], text: str, start: int) -> bool:
    """Return whether one of the words stands just before a position."""
    before = _just_before(text, start)
    return _LETTER.search(before) is not None and words.search(before) is not None


def _just_before(text: str, start: int) -> str:
    """Return what stands just before a position: of a long text no more than that is looked at each time."""
    return text[max(start - _BEFORE, 0) : start]


def _digits(number: str) -> str:
    """Return a number without what separates its digits."""
    return number if number.isdecimal() and number.isascii() else _SEPARATORS.sub("", number).upper()


def _id_code(text: str, match: re.Match[str]) -> str | None:
    digits = _digits(match[1][:-1]) + ("X" if match[1][-1] in _X else match[1][-1])
    if identity.is_certain(digits):
        return "cell-identity"
    mistyped = identity.is_mistyped(digits) and _near(_ABOUT_IDS, text, match.start())
    return "cell-identity-like" if mistyped else None


def _mobile_code(text: str, match: re.Match[str]) -> str | None:
    """Return how certain a mobile number is, or None for another number of eleven digits."""
    own, start, end = match["own"], match.start(), match.end(1)
    parts = [own] if own.isdecimal() else re.findall(r"\d+", own)
    groups = tuple(map(len, parts))
    usual = groups in _GROUPED
    dated = any(map(_YEAR.fullmatch, parts))
    real = _ASSIGNED.match(_digits(own)) is not None
    if _in_decimals(text, start):
        return None
    if match["country"] or _near(_ABOUT_PHONES, text, start):
        sure = usual or (real and not dated and _NARROWLY_APART.fullmatch(own))
        return None if groups == _THOUSANDS else "cell-mobile" if sure else "cell-mobile-like"
    if _REAL.fullmatch(text):
        return "cell-mobile"
    if real and not dated and groups != _THOUSANDS and len(text) <= _LONGEST and _is_alone(text, match):
        return "cell-mobile-like"
    between = set(re.findall(r"\D+", own))
    if (
        not usual
        or _WIDE_GAP.search(own)
        or _AMOUNT.match(text, end)
        or _MONEY_BEFORE.search(_just_before(text, start))
        or _near(_ABOUT_OTHERS, text, start)
    ):
        return None
    before, behind = _LONGER_BEFORE.search(_just_before(text, start)), _LONGER_BEHIND.match(text, end)
    longer = between and (before or behind)
    if longer and real:
        if _ANOTHER_BEFORE.search(_just_before(text, start)) or _ANOTHER_BEHIND.match(text, end):
            return "cell-mobile-like"
        if not before and _REAL.fullmatch(own) and _NUMBERED.match(text, end):
            return "cell-mobile-like"
    mixed = len(between) > 1 and groups != (1,) * 11
    if longer or (groups not in ((11,), (3, 4, 4)) and (mixed or not real)):
        return None
    return "cell-mobile-like"


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """Return whether eleven digits, in any grouping, are a whole text, perhaps with a short number behind them."""
    before, behind = text[: match.start()].strip(), text[match.end(1) :]
    alone = not before and (not behind.strip() or _NUMBERED.fullmatch(behind))
    return bool(alone and _SPACED.fullmatch(match["own"]))


def _is_card(text: str, match: re.Match[str]) -> bool:
    """Return whether a number has the length, beginning and check digit (ISO/IEC 7812-1) of a bank card."""
    number = match.group()
    digits = _digits(number)
    return _passes_luhn(digits) and bool(
        _near(_ABOUT_CARDS, text, match.start())
        or _FOURS.fullmatch(number)
        or (_ISSUED.fullmatch(digits) and not _near(_ABOUT_OTHERS, text, match.start()))
    )


def _passes_luhn(digits: str) -> bool:
    """Return whether the check digit is valid (ISO/IEC 7812-1, annex B)."""
    backwards = list(map(int, reversed(digits)))
    doubled = (sum(divmod(2 * digit, 10)) for digit in backwards[1::2])
    return (sum(backwards[::2]) + sum(doubled)) % 10 == 0


def in_number(number: float) -> list[Sighting]:
    """Find what a numeric cell may be: its digits after the fifteenth are lost, so no checksum can be verified."""
    text = str(int(number))
    if len(text) == 18 and identity.is_day(text[6:14]) and identity.begins_like_one(text):
        return [Sighting("cell-identity", 0, 18)]
    return sightings(text)


def shown_name(name: str) -> str:
    """Return a name, a header or other text as it may be shown: unchanged, unless it contains what may be a person's
    number, which is masked."""
    text = plain(name)
    found = sightings(text)
    # An ID number from a numeric cell has lost its last digits, and with them the checksum: it is masked too.
    for match in _EIGHTEEN.finditer(text):
        if identity.is_day(match[0][6:14]) and not any(
            each.start < match.end() and match.start() < each.end for each in found
        ):
            found.append(Sighting("cell-identity", *match.span()))
    return masked(text, found) if found else name


def shown_text(text: str, most: int = 60) -> str:
    """Return the beginning of a submitted text as it may be quoted: masked first and then cut, so that no cut leaves
    most of a number that is no longer known for one."""
    return shown_name(text[: most + _FURTHER])[:most]


def shown_sighting(text: str, each: Sighting) -> str:
    """Return what was found in a text as it may be shown: its first three and last two characters; of a short one, its
    first and its last."""
    piece = text[each.start : each.end]
    head, tail = (3, 2) if len(piece) > 8 else (1, 1)
    return piece[:head] + "*" * (len(piece) - head - tail) + piece[-tail:]


def masked(text: str, found: list[Sighting] | None = None) -> str:
    """Return the text with every sighting as it may be shown."""
    for each in sightings(text) if found is None else found:
        text = text[: each.start] + shown_sighting(text, each) + text[each.end :]
    return text
