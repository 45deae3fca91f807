"""Reads a cell as a number, with the bounds that its wording gives: `1600多`, `17.2万`, `约12家`."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pilot_eval.evidence.cells.cell import (
    DisplayedNumber,
    MergedCell,
    Reading,
    Unreadable,
    WordedNumber,
    ordinary,
)
from pilot_eval.frames import UNBOUNDED
from pilot_eval.model import Qualifier
from pilot_eval.spelling import plain
from pilot_eval.units import MAGNITUDES, ONE, UNITS, Units

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LARGEST_FIRST = tuple(reversed(MAGNITUDES.items()))
_FORMAL = str.maketrans(
    dict(
        zip("壹贰貳弍叁參肆伍陆陸柒捌玖拾佰仟萬億兩圆圓○", "一二二二三三四五六六七八九十百千万亿两元元〇", strict=True)
    )
    | {"廿": "二十", "卅": "三十"}
)

_NOT_OURS = frozenset({"美元", "港元", "港币", "欧元", "日元", "英镑", "公斤", "吨", "小时", "分钟", "公里"})
"""Units that no column has: a number whose format shows one fits no column. (千克 begins with a magnitude.)"""

_BEFORE: dict[str, Qualifier] = {
    **dict.fromkeys(("超", "突破", "大于", "高于", "多于"), Qualifier.AT_LEAST),
    **dict.fromkeys(("不足", "小于", "低于", "不高于", "不多于"), Qualifier.AT_MOST),
    **dict.fromkeys(("大约", "约", "≈", "~"), Qualifier.ABOUT), "将近": Qualifier.NEARLY, "接近": Qualifier.NEARLY,
    "近": Qualifier.NEARLY, "超过": Qualifier.AT_LEAST, "逾": Qualifier.AT_LEAST, "不少于": Qualifier.AT_LEAST,
    "不低于": Qualifier.AT_LEAST, "至少": Qualifier.AT_LEAST, "上": Qualifier.AT_LEAST, "≥": Qualifier.AT_LEAST,
    ">=": Qualifier.AT_LEAST, ">": Qualifier.AT_LEAST, "不超过": Qualifier.AT_MOST, "不到": Qualifier.AT_MOST,
    "少于": Qualifier.AT_MOST, "最多": Qualifier.AT_MOST, "≤": Qualifier.AT_MOST, "<=": Qualifier.AT_MOST,
    "<": Qualifier.AT_MOST,
}  # fmt: skip
_AFTER: dict[str, Qualifier] = {
    "及以上": Qualifier.AT_LEAST, "以上": Qualifier.AT_LEAST, "+": Qualifier.AT_LEAST, "以下": Qualifier.AT_MOST,
    "以内": Qualifier.AT_MOST, "左右": Qualifier.ABOUT, "上下": Qualifier.ABOUT, "多": Qualifier.MORE_THAN,
    "余": Qualifier.MORE_THAN,
}  # fmt: skip

_BEFORE_LONGEST, _AFTER_LONGEST = (tuple(sorted(words, key=len, reverse=True)) for words in (_BEFORE, _AFTER))
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_VAGUE = re.compile(
    r"^(约|近|上|达|好)?(数|几|若干|多|许多|大量)[十百千万亿0-9]"
    r"|^(若干|许多|大量|数|几|一[两二]|[两二]三|三[两四五]|四五|五六|六七|七八|八九)(?:人次|[人名位个家户次场期件份项])?$"
    r"|几[十百千万亿]|[十百千万亿]几|无数"
)
_ARABIC = re.compile(r"([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?|[-+]?\.[0-9]+)"
                     r"([十百千万亿]*)")  # fmt: skip
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_BRACKETED = re.compile(r"^\(([0-9][0-9,]*(?:\.[0-9]+)?)\)$")
"""Accountants write negative numbers in brackets."""
_REMARKED = re.compile(r"[^()]*[0-9一二三四五六七八九十百千万亿][^()]*\([^()]+\)")
_WITH_JIAO = re.compile(
    "^([0-9]{1,3}(?:,[0-9]{3})+|[0-9零一二三四五六七八九十百千万亿]+)元零?(?=.*[角分])"
    "(?:([0-9一二三四五六七八九])角)?零?(?:([0-9一二三四五六七八九])分)?[整正]?$"
)
_GROUPED = re.compile(r"(?<![0-9.])[0-9]{1,3}(?: [0-9]{3})+(?![0-9 ])")
"""Digits grouped into thousands by spaces; any other space between digits separates two numbers."""
_TOTAL_OF = re.compile("^(?:共计?|[合总累]计|计)(?=.)")
_YUAN_SIGN = re.compile("^(?:¥|人民币|rmb|cny)(?=.)", re.IGNORECASE)
_GRADE = re.compile("([Aa]{1,5}|[0-9][Aa])级?")


def read_number(cell: object, unit: str | None = None, header: str | None = None, units: Units = UNITS) -> Reading:
    """Read a number as worded: `1600多` is 1600, at least 1600, below 1700.

    Bounds: 多/余 extend to the next unit of the last non-zero digit; 17.2万 and 200万 are rounded to their last digit,
    unless 万 belongs to the column's own unit or 整 follows; 近 and 约 mean within 10%; 以上 has no upper bound.
    `unit` is the column's unit, one of `units`; another unit of the same kind is converted.
    `header` is the unit in the sheet's header, if it differs (one that `unit_factor` accepts): it applies to cells
    that name no unit. Raises Unreadable (`cell-number`, `cell-number-vague`, `cell-number-remark`, `cell-unit`,
    `cell-unit-none`, `cell-reordered`, `cell-merged`, or a bad cell's own code).
    """
    if isinstance(cell, (bool, date, datetime, timedelta)):
        raise Unreadable("cell-number")
    if isinstance(cell, MergedCell):
        raise Unreadable("cell-merged")
    factor = ONE if header is None else unit_factor(header, unit, units) or ONE
    magnified = bool(units.magnified(unit)) if header is None else _unit_said(header, unit, units)[0] > 1
    if isinstance(cell, DisplayedNumber):
        cell = _with_unit_shown(cell, units)
    if isinstance(cell, (int, float)):
        if not abs(cell) < UNBOUNDED:  # too large, or NaN
            raise Unreadable("cell-number")
        return _exactly(float(Decimal(repr(cell)) * factor))
    text = _GROUPED.sub(lambda match: match[0].replace(" ", ""), ordinary(cell, "cell-number"))
    bare = _of_ten_thousand(unit, header, units) if isinstance(cell, WordedNumber) and cell.bare else ""
    text += bare
    if _PLAIN_NUMBER.fullmatch(text):  # the usual case, quickly
        return _exactly(float(Decimal(text) * factor))
    if _VAGUE.search(text):
        raise Unreadable("cell-number-vague")
    if unit == "A" and (grade := _GRADE.fullmatch(text)):
        return _exactly(float(text[0]) if text[0].isdecimal() else len(grade[1]))
    try:
        reading = _qualified(_unadorned(text, units), unit, factor, units, magnified=magnified)
    except Unreadable:
        if _REMARKED.fullmatch(text):
            raise Unreadable("cell-number-remark") from None
        raise
    return reading._replace(converted=reading.converted and not bare)


def names_unit(cell: DisplayedNumber, units: Units) -> re.Match[str] | None:
    """Return the parts of a number as displayed, if its format shows a unit that isn't built in: `0.0"兆瓦时"`."""
    said = _DISPLAYED.fullmatch(plain(cell.shown).replace(" ", "")) if units.own else None
    known = said is not None and said["unit"] in units.spelled and said["unit"] not in UNITS.spelled
    return said if known else None


def _with_unit_shown(cell: DisplayedNumber, units: Units) -> float | str:
    """Return a number with the unit that its format shows, else the number. Raises Unreadable (`cell-format`)."""
    said = names_unit(cell, units)
    if said is None:
        return float(cell)
    shown, digit = Decimal(said["number"].replace(",", "")), ONE.scaleb(-len(said["decimals"] or ""))
    for times in (1, 1_000, 1_000_000):  # a comma behind the digits divides what is displayed
        if abs(Decimal(repr(float(cell))) / times - shown) <= digit:
            return f"{float(cell) / times:.15g}{said['unit']}"
    raise Unreadable("cell-format")


_DISPLAYED = re.compile(r"(?P<number>[-+]?[0-9][0-9,]*(?:\.(?P<decimals>[0-9]*))?)\(?(?P<unit>[^0-9()]+.*?)\)?")


def _of_ten_thousand(unit: str | None, header: str | None, units: Units) -> str:
    """Return what the column's unit, or its header's, is ten thousand of: 元 of 万元; empty if it isn't."""
    of = (units.magnified(each) for each in (unit, header) if each and each.startswith("万"))
    return next(filter(None, of), "")


def unit_factor(said: str, unit: str | None, units: Units) -> Decimal | None:
    """Return the factor that converts a number in the unit `said` (万元, 亩, 万人次) to a column's unit.

    Returns None if `said` is a unit of another kind. Raises KeyError if it isn't a unit.
    """
    times, word = _unit_said(said, unit, units)
    factor = units.factor_of(word, unit)
    return None if factor is None else factor * times


def _unit_said(said: str, unit: str | None, units: Units) -> tuple[int, str]:
    """Split a unit that a header states into its magnitude and the rest. Raises KeyError if it isn't a unit."""
    word = re.sub("^(?:单位[:：]?)?(?:人民币(?=.))?", "", plain(said).replace(" ", ""))
    if _MAGNITUDE.fullmatch(word):  # 收入（万）
        word += "元" if unit is None else units.magnified(unit) or plain(unit)
    return units.parted(word)


_MAGNITUDE = re.compile("[百千万亿]+")


_AFFIXES = re.compile(
    "(?P<inner>{after})?(?P<times>[十百千万亿]*)(?P<more>{after})?(?P<unit>{unit})?(?P<outer>{after})?".format(
        after="|".join(map(re.escape, _AFTER)),
        unit="|".join(sorted({*UNITS.spelled, *_NOT_OURS})),
    )
)


_MONEY = re.compile("[十百千万亿]*元")
_AMOUNTS = {word for word, id in UNITS.spelled.items() if id and UNITS.size(id)[0] in ("元", "㎡")}
_WEIGHTY = re.compile("[十百千万亿%‰]|" + "|".join(sorted(_AMOUNTS - {"块", "平"})))


def affixes(before: str, after: str) -> tuple[str, str]:
    """Return a number format's prefix and suffix, each empty unless it affects the value: `约`, `万元`, `余家`.

    Remarks in brackets are dropped. A suffix that begins with a magnitude or a unit of money or area and continues
    with something unknown (`万科`, `元/月`) is kept, so that the cell is refused: it may mean more than the number.
    """
    before, after = (re.sub(r"\(.*", "", plain(each).replace(" ", "").strip("()")) for each in (before, after))
    if not after and _MONEY.fullmatch(before):
        before, after = "", before
    return before if before in _BEFORE else "", after if _AFFIXES.fullmatch(after) or _WEIGHTY.match(after) else ""


def magnitude_of(unit: str) -> tuple[int, str]:
    """Split a unit into its magnitude and the rest: `百万元` into 1,000,000 and 元."""
    rest = unit.lstrip("".join(MAGNITUDES))
    return _magnitude(unit[: len(unit) - len(rest)]), rest


def _unadorned(text: str, units: Units) -> str:
    """Normalise formal numerals and minus signs; remove a leading “共”, a trailing full stop, and brackets around a
    qualifier or a unit."""
    text = re.sub("[。.]$", "", text.translate(_FORMAL).replace("\u2212", "-"))
    text = _BRACKETED.sub(r"-\1", text)
    text = _WITH_JIAO.sub(_in_yuan, text)

    def bare(match: re.Match[str]) -> str:
        word = match[1]
        return word if word in _BEFORE or word in _AFTER or word in units.spelled else match[0]

    return _TOTAL_OF.sub("", _IN_BRACKETS.sub(bare, text))


def _in_yuan(match: re.Match[str]) -> str:
    """Rewrite `12元5角` as 12.5元, `壹仟元零伍分` as 1000.05元."""
    yuan, jiao, fen = (DIGITS.get(each, each) for each in match.groups("0"))
    whole = chinese_numeral(str(yuan).replace(",", ""))
    return match[0] if whole is None else f"{whole}.{jiao}{fen}元"


def _exactly(value: float) -> Reading:
    return Reading(value, value, value)


def _qualified(text: str, unit: str | None, factor: Decimal, units: Units, *, magnified: bool) -> Reading:
    """Read a number with its qualifier and unit; `magnified` if the unit of cells that name none has a magnitude."""
    in_full = text[-1:] in ("整", "正")
    text = text[:-1] if in_full else text
    if sign := _YUAN_SIGN.match(text):
        if units.factor_of("元", unit) is None or (not text.endswith("元") and (unit != "元" or factor != 1)):
            raise _other_unit(unit)  # ¥12 is ambiguous in a 万元 column
        text = text[sign.end() :]
    before, text = _take_before(text)
    after, text = _take_after(text)
    if text.startswith("百分之"):
        share = text.removeprefix("百分之")
        text = "100%" if share == "百" else share + "%"
    text, said_factor = _take_unit(text, unit, units)
    inner, text = _take_after(text)  # 1600多名: the qualifier precedes the unit
    if sum(each is not None for each in (before, after, inner)) > 1:
        raise Unreadable("cell-number")
    qualifier = before or after or inner
    if qualifier is None and text in MAGNITUDES:
        raise Unreadable("cell-number")  # 近百 is a number, 百 alone is not
    amount, split = _core(text)
    if split:
        if qualifier is not None:
            raise Unreadable("cell-number")
        qualifier = Qualifier.MORE_THAN
    if said_factor is None and amount.magnified and magnified:
        raise Unreadable("cell-unit", unit=unit)  # 17.2万 is ambiguous in a 万元 column
    scale = factor if said_factor is None else said_factor
    if in_full or amount.times * scale == factor:
        amount = amount._replace(digit=None)  # 12万元 in a 万元 column is 12
    low, high, qualifier = _bounds(amount, qualifier)
    value, least = float(amount.value * scale), float(low * scale)
    most = UNBOUNDED if high is None else float(high * scale)
    if max(abs(value), abs(least)) >= UNBOUNDED:
        raise Unreadable("cell-number")
    converted = said_factor not in (None, ONE) and amount.times * scale != factor
    return Reading(value, least, most, qualifier, converted)


def _take_before(text: str) -> tuple[Qualifier | None, str]:
    if not text.startswith(_BEFORE_LONGEST):  # at once: most numbers are bare
        return None, text
    word = next(filter(text.startswith, _BEFORE_LONGEST))
    return _BEFORE[word], text[len(word) :]


def _take_after(text: str) -> tuple[Qualifier | None, str]:
    if not text.endswith(_AFTER_LONGEST):
        return None, text
    word = next(filter(text.endswith, _AFTER_LONGEST))
    return _AFTER[word], text[: -len(word)]


def _take_unit(text: str, unit: str | None, units: Units) -> tuple[str, Decimal | None]:
    """Return the text without its unit, and the factor to the column's unit: None if the text has no unit."""
    found = units.at_end.search(text)
    if not found:
        return text, None
    factor = units.factor_of(found[0], unit)
    if factor is None:
        _core(_take_after(text[: found.start()])[1])  # not a unit unless a number precedes it
        raise _other_unit(unit)
    return text[: found.start()], factor


def _other_unit(unit: str | None) -> Unreadable:
    """Build the error for a unit that doesn't fit the column's unit, or a column without one."""
    return Unreadable("cell-unit", unit=unit) if unit else Unreadable("cell-unit-none")


class _Amount(NamedTuple):
    value: Decimal
    magnified: bool  # contains 万, 亿 or another magnitude
    digit: Decimal | None  # the unit of the last digit: 1000 in 17.2万
    times: int  # the magnitude at the end: 10,000 in 17.2万


def _core(text: str) -> tuple[_Amount, bool]:
    """Return the number itself, and whether it contains 多/余 (三十多万)."""
    match = re.fullmatch(r"([^多余]+)[多余]([十百千万亿]+)", text)
    if match:
        times = _magnitude(match[2])
        return _Amount(_amount(match[1]).value * times, magnified=True, digit=None, times=times), True
    return _amount(text), False


def _magnitude(text: str) -> int:
    product = 1
    for sign in text:
        product *= MAGNITUDES[sign]
    return product


def _amount(text: str) -> _Amount:
    """Read Arabic digits with an optional magnitude, Chinese numerals, or both (1万2千), perhaps negative (负五)."""
    if text.startswith("负"):
        positive = _amount(text[1:].lstrip("+-"))
        return positive._replace(value=-positive.value)
    arabic = _ARABIC.fullmatch(text)
    if arabic:
        value, times = Decimal(arabic[1].replace(",", "")), _magnitude(arabic[2])
        exponent = int(value.as_tuple().exponent)
        coarse = arabic[2] and (exponent < 0 or arabic[2][-1] in _COARSE)
        digit = Decimal(10) ** exponent * times if coarse else None
        return _Amount(value * times, bool(arabic[2]), digit, times)
    point = re.fullmatch("(.+)点([零〇一二三四五六七八九]+)([十百千万亿]*)", text)
    if point:
        whole, digits = chinese_numeral(point[1]), "".join(str(DIGITS[sign]) for sign in point[2])
        if whole is not None:
            return _amount(f"{whole}.{digits}{point[3]}")
    numeral = chinese_numeral(text)
    if numeral is None:
        raise Unreadable("cell-number")
    times = MAGNITUDES[text[-1]] if text[-1] in _COARSE else 1
    return _Amount(Decimal(numeral), any(map(text.__contains__, _COARSE)), Decimal(times) if times > 1 else None, times)


_COARSE = ("万", "亿")
"""What a number of these ends in stands for the digits that were left out: 200万 is correct to 万."""


def chinese_numeral(text: str) -> int | None:
    """Read `三十`, `三千零五`, `一万二` (12000), `1万2千`, `二〇一八`, `百`. Returns None for other text."""
    if not text or len(text) > 30:
        return None
    if all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    return _numeral(text, first=True)


@lru_cache(maxsize=16_384)
def _numeral(text: str, *, first: bool = False) -> int | None:
    """Read a numeral, or return None. `first`: nothing precedes it, so 百 is 100; in 一千百 it is invalid."""
    for sign, times in _LARGEST_FIRST:
        head, found, tail = text.partition(sign)
        if found:
            left = _numeral(head, first=first) if head else 1 if first or times == 10 else None
            right = _after(times, tail)
            if left is None or right is None or right >= times or left >= (times if times >= 10_000 else 10):
                return None
            return left * times + right
    return DIGITS.get(text, int(text) if text.isascii() and text.isdecimal() else None)


def _after(times: int, tail: str) -> int | None:
    """Read what follows a magnitude: 一万二 is 12000, 一万零二 is 10002; 1万2 is ambiguous."""
    if not tail:
        return 0
    if len(tail) == 1:
        return DIGITS[tail] * times // 10 if DIGITS.get(tail) else None
    return _numeral(tail[1:] if tail[0] in "零〇" else tail)


def _bounds(amount: _Amount, qualifier: Qualifier | None) -> tuple[Decimal, Decimal | None, Qualifier]:
    value = amount.value
    match qualifier:
        case Qualifier.MORE_THAN:
            step = Decimal(10) ** int(value.normalize().as_tuple().exponent)  # the unit of the last non-zero digit
            return value, value + step, Qualifier.MORE_THAN
        case Qualifier.AT_LEAST:
            return value, None, Qualifier.AT_LEAST
        case Qualifier.AT_MOST:
            return min(Decimal(0), value), value, Qualifier.AT_MOST
        case Qualifier.NEARLY:
            return value - abs(value) / 10, value, Qualifier.NEARLY
        case Qualifier.ABOUT:
            return value - abs(value) / 10, value + abs(value) / 10, Qualifier.ABOUT
    if amount.digit is not None:
        rounded = Qualifier.ROUNDED if amount.digit < amount.times else Qualifier.STATED
        return value - amount.digit / 2, value + amount.digit / 2, rounded
    return value, value, Qualifier.STATED if amount.magnified else Qualifier.EXACT
