"""Reads one cell: numbers with their qualifier, dates with their interval, yes and no, words of a list.

A reader gives the value, or raises `Unreadable` with the code of what is wrong.
"""

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from pilot_eval.model import Qualifier
from pilot_eval.plugin.expressions import EPOCH, UNBOUNDED


class Unreadable(Exception):  # noqa: N818  it says what the cell is
    """The cell can't be read as what its column takes."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Reading(NamedTuple):
    """A number (for dates: days since 1970-01-01) with its bounds."""

    value: float
    low: float
    high: float
    qualifier: Qualifier = Qualifier.EXACT


def plain(text: str) -> str:
    """Full-width forms, odd spaces and invisible characters made ordinary."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")


# --- numbers

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}

_COUNTERS = (
    "人次", "场次", "户次", "件次", "余人", "人", "名", "位", "个", "家", "户", "次", "场", "期", "件", "份", "项",
    "级", "条", "篇", "处", "间", "所", "座", "栋", "支", "套", "本", "月", "天",
)  # fmt: skip
_UNIT_FACTORS: dict[str, dict[str, float]] = {
    "元": {"元": 1, "人民币": 1, "块": 1},
    "㎡": {"m2": 1, "㎡": 1, "平方米": 1, "平米": 1, "平方": 1, "亩": 2000 / 3, "公顷": 10_000},
    "万元": {"元": 1 / 10_000},
}
_COUNTING = frozenset({"项", "月", "场", "个", "家", "人", "人次", "期", "件", "份", "次", "级", "户", "天", "A", "分"})

_BEFORE: dict[str, Qualifier] = {
    "大约": Qualifier.ABOUT, "约": Qualifier.ABOUT, "将近": Qualifier.NEARLY, "接近": Qualifier.NEARLY,
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

_UNITS_AT_END = re.compile(
    "("
    + "|".join(
        sorted(
            {*_COUNTERS, "元", "人民币", "m2", "㎡", "平方米", "平米", "平方", "亩", "公顷", "%"}, key=len, reverse=True
        )
    )
    + ")$"
)
_VAGUE = re.compile(
    r"^(约|近|上|达|好)?(数|几|若干|多|许多|大量)[十百千万亿0-9]|^(若干|许多|大量|数|几)$|几[十百千万亿]|无数"
)
_ARABIC = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,2})?|[-+]?\.\d+")
_PLAIN_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def number(cell: object, unit: str | None = None) -> Reading:
    """Read a number as it was said: `1600多` is 1600, at least 1600, below 1700.

    Bounds: 多/余 reach to the next unit of the last digit that isn't 0; 17.2万 is right to its last digit; 近 and 约
    stand for 10%; 以上 has no upper bound. `unit` is the column's; another unit of the same kind is converted.
    Raises Unreadable (`cell-number`, `cell-number-vague`, `cell-unit`).
    """
    if isinstance(cell, (bool, date, datetime, timedelta)):
        raise Unreadable("cell-number")
    if isinstance(cell, (int, float)):
        value = float(cell)
        if value != value or abs(value) >= UNBOUNDED:
            raise Unreadable("cell-number")
        return Reading(value, value, value)
    text = plain(str(cell)).replace(" ", "")
    if _PLAIN_NUMBER.fullmatch(text) and len(text) <= 18:  # the usual case, quickly; also 12% columns without a sign
        value = float(text)
        return Reading(value, value, value)
    if _VAGUE.search(text):
        raise Unreadable("cell-number-vague")
    return _qualified(text, unit)


def _qualified(text: str, unit: str | None) -> Reading:
    before, text = _take_before(text)
    after, text = _take_after(text)
    text, factor = _take_unit(text, unit)
    inner, text = _take_after(text)  # 1600多名: the qualifier stands before the unit
    if sum(each is not None for each in (before, after, inner)) > 1:
        raise Unreadable("cell-number")
    qualifier = before or after or inner
    value, split, suffixed = _core(text)
    if split:
        if qualifier is not None:
            raise Unreadable("cell-number")
        qualifier = Qualifier.MORE_THAN
    if unit == "万元" and suffixed and factor == 1:
        raise Unreadable("cell-unit", unit=unit)  # 17.2万 in a column of 万元 can mean two things
    low, high, said = _bounds(value, qualifier, text, suffixed)
    scaled = [float(each) * factor for each in (value, low)]
    top = UNBOUNDED if high is None else float(high) * factor
    if any(abs(each) >= UNBOUNDED for each in scaled):
        raise Unreadable("cell-number")
    return Reading(scaled[0], scaled[1], top, said)


def _take_before(text: str) -> tuple[Qualifier | None, str]:
    for word in sorted(_BEFORE, key=len, reverse=True):
        if text.startswith(word) and len(text) > len(word):
            return _BEFORE[word], text[len(word) :]
    return None, text


def _take_after(text: str) -> tuple[Qualifier | None, str]:
    for word in sorted(_AFTER, key=len, reverse=True):
        if text.endswith(word) and len(text) > len(word):
            return _AFTER[word], text[: -len(word)]
    return None, text


def _take_unit(text: str, unit: str | None) -> tuple[str, float]:
    """The text without its unit, and the factor to the column's unit."""
    found = _UNITS_AT_END.search(text)
    if not found:
        return text, 1.0
    said, rest = found.group(1), text[: found.start()]
    if unit in _UNIT_FACTORS:
        factor = _UNIT_FACTORS[unit].get(said)
    elif said == "%":
        factor = 1.0 if unit == "%" else None
    else:
        factor = 1.0 if said in _COUNTERS and (unit is None or unit in _COUNTING or unit == said) else None
    if factor is None:
        raise Unreadable("cell-unit", unit=unit or "—")
    return rest, factor


def _core(text: str) -> tuple[Decimal, bool, bool]:
    """The number itself; whether 多/余 stands inside it (三十多万); whether it has a magnitude such as 万."""
    match = re.fullmatch(r"(.+?)[多余]([十百千万亿]+)", text)
    if match:
        value, _ = _amount(match[1])
        return value * _magnitude(match[2]), True, True
    value, suffixed = _amount(text)
    return value, False, suffixed


def _magnitude(text: str) -> int:
    product = 1
    for sign in text:
        product *= _MAGNITUDES[sign]
    return product


def _amount(text: str) -> tuple[Decimal, bool]:
    """Arabic digits with an optional magnitude, or Chinese numerals."""
    arabic = re.fullmatch(rf"({_ARABIC.pattern})([十百千万亿]*)", text)
    if arabic:
        try:
            return Decimal(arabic[1].replace(",", "")) * _magnitude(arabic[2]), bool(arabic[2])
        except InvalidOperation:
            raise Unreadable("cell-number") from None
    value = chinese_numeral(text)
    if value is None:
        raise Unreadable("cell-number")
    return Decimal(value), any(sign in text for sign in "万亿")


def chinese_numeral(text: str) -> int | None:
    """`三十`, `一百二十`, `三千零五`, `二〇一八`, `百`; None where the text is no numeral."""
    if not text or any(sign not in _DIGITS and sign not in _MAGNITUDES for sign in text):
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = section = 0
    digit: int | None = None
    last_place = 10_000
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
            if digit == 0:
                digit, last_place = None, 10_000
        elif sign in _PLACES:
            place = _PLACES[sign]
            if place >= last_place:
                return None
            section += (1 if digit is None else digit) * place
            digit, last_place = None, place
        else:
            section += digit or 0
            total = (total + (section or 1)) * _MAGNITUDES[sign] if sign == "亿" else total + (section or 1) * 10_000
            section, digit, last_place = 0, None, 10_000
    return total + section + (digit or 0)


def _step(value: Decimal) -> Decimal:
    """The unit of the last digit that isn't 0: 100 for 1600."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** int(exponent)


def _bounds(
    value: Decimal, qualifier: Qualifier | None, text: str, suffixed: bool
) -> tuple[Decimal, Decimal | None, Qualifier]:
    zero = Decimal(0)
    match qualifier:
        case Qualifier.MORE_THAN:
            return value, value + _step(value), Qualifier.MORE_THAN
        case Qualifier.AT_LEAST:
            return value, None, Qualifier.AT_LEAST
        case Qualifier.AT_MOST:
            return min(zero, value), value, Qualifier.AT_MOST
        case Qualifier.NEARLY:
            return value - abs(value) / 10, value, Qualifier.NEARLY
        case Qualifier.ABOUT:
            return value - abs(value) / 10, value + abs(value) / 10, Qualifier.ABOUT
    if suffixed and "." in text:
        half = _step(value) / 2
        return value - half, value + half, Qualifier.ROUNDED
    return value, value, Qualifier.STATED if suffixed else Qualifier.EXACT


# --- dates

_SEPARATED = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})月?(?:份)?(上旬|中旬|下旬|初|底|末)?")
_YEAR = re.compile(r"(\d{4})年?(上半年|下半年|第?([1-4一二三四])季度)?")
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_SERIALS = (20_000, 80_000)  # 1954 to 2119


def day(cell: object, *, serial_epoch: date = date(1899, 12, 30)) -> Reading:
    """Read a date, or a partial one as the interval that it means; `value` is the first day.

    A number is read as a spreadsheet's serial where it lies between 1954 and 2119. Raises Unreadable (`cell-date`).
    """
    if isinstance(cell, datetime):
        return _days(cell.date(), cell.date())
    if isinstance(cell, date):
        return _days(cell, cell)
    if isinstance(cell, (bool, timedelta)):
        raise Unreadable("cell-date")
    if isinstance(cell, (int, float)):
        return _serial_or_compact(float(cell), serial_epoch)
    text = plain(str(cell))
    compact = text.replace(" ", "")
    try:
        if match := _SEPARATED.fullmatch(text) or _SEPARATED.fullmatch(compact) or _COMPACT.fullmatch(compact):
            only = date(int(match[1]), int(match[2]), int(match[3]))
            return _days(only, only)
        if match := _MONTH.fullmatch(compact):
            return _month(int(match[1]), int(match[2]), match[3])
        if match := _YEAR.fullmatch(compact):
            return _part_of_year(int(match[1]), match[2], match[3])
    except ValueError:
        raise Unreadable("cell-date") from None
    if re.fullmatch(r"\d{5}(\.\d+)?", compact):
        return _serial_or_compact(float(compact), serial_epoch)
    raise Unreadable("cell-date")


def iso(days: float) -> str:
    """Days since 1970-01-01 as an ISO date."""
    return (EPOCH + timedelta(days=int(days))).isoformat()


def _serial_or_compact(value: float, epoch: date) -> Reading:
    if _SERIALS[0] <= value <= _SERIALS[1]:
        only = epoch + timedelta(days=int(value))
        return _days(only, only)
    if value == int(value) and 19_000_101 <= value <= 21_001_231:
        return day(str(int(value)))
    raise Unreadable("cell-date")


def _month(year: int, month: int, part: str | None) -> Reading:
    last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    first, end = _PARTS[part] if part else (1, 31)
    return _days(date(year, month, first), date(year, month, min(end, last)), Qualifier.PARTIAL)


def _part_of_year(year: int, part: str | None, quarter: str | None) -> Reading:
    if quarter:
        month = 3 * (_DIGITS.get(quarter) or int(quarter)) - 2
        return _days(date(year, month, 1), _end_of_month(year, month + 2), Qualifier.PARTIAL)
    if part == "上半年":
        return _days(date(year, 1, 1), date(year, 6, 30), Qualifier.PARTIAL)
    if part == "下半年":
        return _days(date(year, 7, 1), date(year, 12, 31), Qualifier.PARTIAL)
    return _days(date(year, 1, 1), date(year, 12, 31), Qualifier.PARTIAL)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _days(first: date, last: date, qualifier: Qualifier = Qualifier.EXACT) -> Reading:
    low, high = float((first - EPOCH).days), float((last - EPOCH).days)
    return Reading(low, low, high, qualifier)


# --- yes and no, words

_YES = frozenset(
    {"是", "有", "√", "✓", "✔", "对", "y", "yes", "true", "1", "已", "已完成", "完成", "达标", "符合", "t"}
)
_NO = frozenset(
    {"否", "无", "×", "✗", "✘", "x", "没有", "n", "no", "false", "0", "未", "未完成", "不达标", "不符合", "f"}
)


def flag(cell: object) -> bool:
    """Read yes or no. Raises Unreadable (`cell-flag`)."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, (int, float)) and cell in (0, 1):
        return bool(cell)
    word = plain(str(cell)).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("cell-flag")


def words(cell: object) -> str:
    """Any cell as text: 12.0 is `12`, a date is ISO; line breaks inside become spaces."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < UNBOUNDED:
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", str(cell))).strip()


def word_key(text: str) -> str:
    """What two spellings of a word have in common, for headers, choices and names of sheets."""
    return re.sub(r"[\s*＊:：]+", "", plain(text)).casefold()
