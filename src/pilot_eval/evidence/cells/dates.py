"""Reads a cell as a date, or a partial date as an interval: `2018-12-21`, `2018年11月下旬`."""

import calendar
import re
from datetime import date, datetime, timedelta

from pilot_eval.evidence.cells.cell import BLANKS, MergedCell, Reading, Unreadable, ordinary
from pilot_eval.evidence.cells.numbers import DIGITS, chinese_numeral
from pilot_eval.frames import EPOCH
from pilot_eval.model import Qualifier

EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
"""The days from which spreadsheets count."""

DASH = re.compile("[\u2010-\u2015\u2212]+")
_HALF = "上午|下午|晚上?|中午|早上?|凌晨|AM|PM|am|pm"
_CLOCK = "[0-9]{1,2}[:时点](?:[0-9]{2}分?)?(?::[0-9]{2}(?:[.][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_TIME = f"(?:{_HALF})?(?:{_CLOCK})?(?:{_HALF})?(?:[-~至到]{_CLOCK})?"
_YMD = ("(?P<year>[0-9]{4})(?:年|(?P<mark>[-/.、]))(?P<month>[0-9]{1,2})(?(mark)(?:(?P=mark)|月)|[月/.、])"
        "(?P<day>[0-9]{1,2})[日号]?")  # fmt: skip
_TO = "(?:至|到|~|-|、|和)+"
_DAY = re.compile(f"{_YMD}(?:[T ]?{_TIME})?")
_SHORT = re.compile(
    f"(?P<year>[0-9]{{2}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})(?:[T ]?{_TIME})?"
)
_LAST = re.compile(f"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\\2([0-9]{{4}})(?:[T ]?{_TIME})?")
_OF_CENTURY = re.compile("(?<![0-9])([0-9]{2})年(?=[0-9]{1,2}月)")
_YEARLESS = re.compile(
    "(?![0-9]+年)(?:(?:0?[1-9]|1[0-2])[-/.、](?:0?[1-9]|[12][0-9]|3[01])|[0-9]{1,2}月.*|.*(?:季度|半年)|全年)[日号]?"
)
_MONTH_AND_DAY = re.compile("([0-9]{1,2})([-/.、])([0-9]{1,2})[日号]?")
_COMPACT = re.compile("(?P<year>[0-9]{4})( ?)(?P<month>[0-9]{2})\\2(?P<day>[0-9]{2})")
_DAYS = re.compile(f"{_YMD}{_TO}(?:(?:(?P<year2>[0-9]{{4}})[-/.年])?(?P<month2>[0-9]{{1,2}})[-/.月])?"
                   "(?P<day2>[0-9]{1,2})[日号]?")  # fmt: skip
_MONTH = re.compile("([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月份?)?(上旬|中旬|下旬|初|底|末)?")
_COMPACT_MONTH = re.compile("((?:19|20)[0-9]{2})(0[1-9]|1[0-2])()")
_MONTHS = re.compile(f"([0-9]{{4}})[-/.年]([0-9]{{1,2}})月?份?{_TO}(?:([0-9]{{4}})[-/.年])?([0-9]{{1,2}})(?:月份?)?")
_YEAR = re.compile("([0-9]{4})(?:年度?)?(上半年|下半年|全年|年?初|年?底|年?末|第?([1-4一二三四])季度|Q([1-4]))?")
_WEEKDAY = re.compile("[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?")
NUMERALS = re.compile("[〇零一二三四五六七八九十]+")
_IN_WORDS = re.compile("^[〇零一二三四五六七八九]{4}年|[年月][一二三四五六七八九十]+[月日号]")
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_SERIALS = (20_000, 80_000)  # 1954 to 2119


def read_day(cell: object, *, serial_epoch: date = EPOCH_1900, year: int | None = None) -> Reading:
    """Read a date, or a partial date as the interval that it means; `value` is the first day.

    A number is read as a spreadsheet date serial if that gives a day from 1954 to 2119. A day without a year is in
    `year`, and so `converted`. Raises Unreadable (`cell-date`, `cell-date-year`, `cell-reordered`, or a bad cell's own
    code).
    """
    if isinstance(cell, MergedCell):
        cell = cell.value
    if isinstance(cell, datetime):
        return _days(cell.date(), cell.date())
    if isinstance(cell, date):
        return _days(cell, cell)
    if isinstance(cell, (int, float)):
        return _day_in_figures(cell, serial_epoch)
    compact = ordinary(cell, "cell-date")
    compact = BLANKS.sub("", DASH.sub("-", _WEEKDAY.sub("", compact))).replace("○", "〇")
    compact = _OF_CENTURY.sub(lambda match: f"{century(match[1])}年", compact)
    if _IN_WORDS.search(compact):
        compact = NUMERALS.sub(lambda match: str(chinese_numeral(match[0])), compact)
    try:
        return _written_day(compact, serial_epoch)
    except (ValueError, Unreadable):
        if not _YEARLESS.fullmatch(compact):
            raise Unreadable("cell-date") from None
    return _in_year(compact, year)


def _in_year(compact: str, year: int | None) -> Reading:
    """Read a day that has no year in one. 3-4 and 3/4 may be something else than the 4th of March, 3.4 isn't."""
    short = _MONTH_AND_DAY.fullmatch(compact)
    clear = short is None or short[2] == "." or int(short[3]) > 12
    try:
        if year is not None and clear:
            dated = f"{short[1]}月{short[3]}日" if short else compact
            return _written_day(f"{year}年{dated}", EPOCH_1900)._replace(converted=True)
    except (ValueError, Unreadable):
        pass
    raise Unreadable("cell-date-year")


def _written_day(compact: str, epoch: date) -> Reading:
    """Read a date from text. Raises ValueError for a day that doesn't exist, Unreadable for other text."""
    if match := _DAY.fullmatch(compact) or _COMPACT.fullmatch(compact):
        only = date(int(match["year"]), int(match["month"]), int(match["day"]))
        return _days(only, only)
    if (match := _SHORT.fullmatch(compact)) and not (int(match["year"]) <= 12 or 30 < int(match["year"]) < 70):
        # A two-digit year: 12 or less might be a month, and 31-12-18 begins with a day.
        only = date(century(match["year"]), int(match["month"]), int(match["day"]))
        return _days(only, only)
    if match := _LAST.fullmatch(compact):
        only = _day_of(int(match[4]), int(match[1]), int(match[3]))
        return _days(only, only)
    if match := _MONTH.fullmatch(compact) or _COMPACT_MONTH.fullmatch(compact):
        return _month(int(match[1]), int(match[2]), match[3])
    if match := _DAYS.fullmatch(compact):
        first = date(int(match["year"]), int(match["month"]), int(match["day"]))
        last = date(int(match["year2"] or first.year), int(match["month2"] or first.month), int(match["day2"]))
        return _interval(first, last)
    if match := _MONTHS.fullmatch(compact):
        year, month = int(match[3] or match[1]), int(match[4])
        return _interval(date(int(match[1]), int(match[2]), 1), end_of_month(year, month))
    if match := _YEAR.fullmatch(compact):
        return _part_of_year(int(match[1]), match[2], match[3] or match[4])
    if re.fullmatch("[0-9]{5}(?:[.][0-9]+)?", compact):
        return _day_in_figures(float(compact), epoch)
    raise Unreadable("cell-date")


def century(year: str) -> int:
    """Return a two-digit year in full: `18` is 2018, `98` is 1998."""
    return int(year) + (1900 if int(year) >= 70 else 2000)


def _day_of(year: int, first: int, second: int) -> date:
    """Read 12/21/2018 and 21/12/2018 as the same day. Raises Unreadable for an ambiguous date such as 3/2/2018."""
    if first != second and max(first, second) <= 12:
        raise Unreadable("cell-date")
    return date(year, min(first, second), max(first, second))


def day_of(days: float) -> date:
    """Return the day that is stored as days since 1970-01-01."""
    return EPOCH + timedelta(days=int(days))


def iso_day(days: float) -> str:
    """Return days since 1970-01-01 as an ISO date."""
    return day_of(days).isoformat()


def _day_in_figures(value: float, epoch: date) -> Reading:
    """Read a number as a date: a spreadsheet serial, or 20181221, 201811, 2018."""
    if _SERIALS[0] <= value <= _SERIALS[1]:
        only = epoch + timedelta(days=int(value))
        return _days(only, only)
    if value == value // 1 and (1900 <= value <= 2100 or 190_001 <= value <= 21_001_231):
        return read_day(str(int(value)))
    raise Unreadable("cell-date")


def _month(year: int, month: int, part: str | None) -> Reading:
    first, end = _PARTS[part] if part else (1, 31)
    last = end_of_month(year, month)
    return _interval(date(year, month, first), last.replace(day=min(end, last.day)))


def _part_of_year(year: int, part: str | None, quarter: str | None) -> Reading:
    if quarter:
        month = 3 * (DIGITS.get(quarter) or int(quarter)) - 2
        return _interval(date(year, month, 1), end_of_month(year, month + 2))
    halves = {"上半年": (1, 6), "下半年": (7, 12), "初": (1, 1), "底": (12, 12), "末": (12, 12)}
    first, last = halves.get((part or "").removeprefix("年"), (1, 12))
    return _interval(date(year, first, 1), end_of_month(year, last))


def days_read(first: date, last: date) -> Reading:
    """Return a stretch of days as it was written, which a single day is too."""
    return _days(first, last, Qualifier.PARTIAL)


def end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _interval(first: date, last: date) -> Reading:
    """Return the interval from `first` to `last`. Raises Unreadable if `last` is before `first`."""
    if last < first:
        raise Unreadable("cell-date")
    return _days(first, last, Qualifier.PARTIAL if last > first else Qualifier.EXACT)


def _days(first: date, last: date, qualifier: Qualifier = Qualifier.EXACT) -> Reading:
    low, high = float((first - EPOCH).days), float((last - EPOCH).days)
    return Reading(low, low, high, qualifier)
