"""Reads one cell as a stretch of days: `2018年上半年`, `1-6月`, `2018Q1`, `截至6月底`, `January–June 2018`."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from pilot_eval.evidence.cells.cell import MergedCell, Reading, Unreadable, cell_text, ordinary
from pilot_eval.evidence.cells.dates import (
    DASH,
    EPOCH_1900,
    NUMERALS,
    century,
    day_of,
    days_read,
    end_of_month,
    read_day,
)
from pilot_eval.evidence.cells.numbers import chinese_numeral
from pilot_eval.plugin.days import Grain
from pilot_eval.text import Words

Days = tuple[date, date]
"""A first and a last day."""

_PLANNED = re.compile("计划|规划|拟|预[计算期测估]|目标|plan|target|budget|expect|forecast|projected")
_UNTIL = re.compile(r"^(?:截[至止到]+|[至到](?=[0-9年])|asof|asat|upto|until|till|through)|止$")
_TOTALLED = re.compile(r"累[计計]|cumulative(?:ly)?|ytd")
_POINT = re.compile("(?<=[月年])(?:份)?[底末]")
_AT_POINT = re.compile("[月年](?:份)?[底末]$")
_THE_ROUND = re.compile("(?:本|报告|评价)期间?内?")
_THIS_YEAR = re.compile("[本今当]年度?$"), re.compile("[本今当]年度?")
_YEAR: Final = "(?:19|20)[0-9]{2}"
_FULL_YEAR = re.compile(f"(?<![0-9]){_YEAR}(?![0-9])")
_SHORT_YEAR = re.compile("(?<![0-9])([0-9]{2})年")
_COMPACT = re.compile(f"(?<![0-9])({_YEAR})(0[1-9]|1[0-2])([0-3][0-9])?(?![0-9])")
_YEARS = re.compile(f"({_YEAR})(?:年度?)?[-~至到]({_YEAR})(?:年度?)?")
_BARE = re.compile("[0-9]{1,2}(?:[^0-9月年日号季]+[0-9]{1,2})?")
_TO = "[-~至到、和]"
_HYPHENED = re.compile(f"({_YEAR})-([0-9]{{1,2}}(?![0-9]))")
"""A month, `2018-03`, isn't two years."""
_QUARTERS = re.compile(f"第?([1-4])(?:季度?)?({_TO})第?([1-4])季度?$")
_QUARTER = re.compile("(?:第?([1-4])季度?|q([1-4])|([1-4])q)$")
_FIRST_OF = re.compile("(?:头|前)([0-9]{1,2})个?(月|季度?)$")

_NAMES = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
    "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_MONTH_NAME = re.compile(f"([0-9]{{1,2}})?(?:{'|'.join(f'({name})' for name in _NAMES)})")
_NTH = re.compile("(?<=[0-9])(?:st|nd|rd|th(?!rough))(?=[a-z]{3})(?!half|quarter)")
_NTH_DAY = re.compile(f"((?:{'|'.join(_NAMES)})[0-9]{{1,2}})(?:st|nd|rd|th(?!rough))")
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "1st": "1", "2nd": "2", "3rd": "3", "4th": "4"}
_ENGLISH: dict[str, str | Callable[[re.Match[str]], str]] = {
    "of|the|in|calendar|[,.' ]": "", "|".join(_ORDINALS): lambda match: _ORDINALS[match[0]],
    "1half|h1|1h": "上半年", "2half|h2|2h": "下半年", "q([1-4])|([1-4])(?:quarter|q)": r"第\1\2季度",
    "(?:full|whole|entire)year|^year|^fy|year$|annual": "全年", "through|until|to": "-",
}  # fmt: skip


def read_period(cell: object, around: Days | None, each: Grain | None = None, epoch: date = EPOCH_1900) -> Reading:
    """Read a stretch of days: `low` is its first day, `high` its last, `value` the first again.

    Without a year, it is in that of the round's period, `around`. With `each`, it is the whole month, quarter or year
    that holds what is written. What begins with “until”, or is the end of a month, begins with `around`.
    Raises Unreadable (`cell-stretch`, `cell-stretch-year`, `cell-planned`, `cell-stretch-longer`, or a bad cell's own
    code).
    """
    if isinstance(cell, MergedCell):
        cell = cell.value
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and each and 1 <= cell <= 12:
        cell = cell_text(cell)
    try:
        made = _of_text(cell, around, each) if isinstance(cell, str) else read_day(cell, serial_epoch=epoch)
    except Unreadable as unreadable:
        if unreadable.code.startswith("cell-date"):
            raise Unreadable("cell-stretch") from None
        raise
    first, last = map(day_of, made[1:3])
    return days_read(*(_widened(first, last, each) if each else (first, last)))


def _until(last: date, around: Days | None) -> Reading:
    return days_read(around[0] if around and around[0] <= last else date(last.year, 1, 1), last)


def _of_text(cell: str, around: Days | None, each: Grain | None) -> Reading:
    text = DASH.sub("-", ordinary(cell, "cell-stretch").lower())
    if _PLANNED.search(text):
        raise Unreadable("cell-planned")
    if around and _THE_ROUND.fullmatch(text):
        return days_read(*around)
    outside, *asides = [part for part in re.split("[()]", text.replace("[", "(").replace("]", ")")) if part] or [""]
    try:
        return _stretch("".join([outside, *asides]), around, each)
    except Unreadable:
        made = _stretch(outside, around, each)
        for aside in asides:
            if re.search(r"[0-9]|季|半年", aside) and _stretch(aside, around, each) != made:
                raise Unreadable("cell-stretch") from None
        return made


def _stretch(text: str, around: Days | None, each: Grain | None) -> Reading:
    """Read a text without brackets."""
    plain = _TOTALLED.sub("", _UNTIL.sub("", text))
    open_ = _UNTIL.search(text) is not None or (each is None and _ends_only(text))
    totalled = _TOTALLED.search(text) is not None and not _has_two_ends(text)
    plain = _canonical(_POINT.sub("", plain) if open_ else plain)
    numbered = each in ("month", "quarter") and plain.isdecimal()
    if not plain or (_BARE.fullmatch(plain) and not numbered):  # 1-6: six months, or a day?
        raise Unreadable("cell-stretch")
    if each == "quarter" and plain.isdecimal():
        plain = f"第{plain}季度"
    if not _FULL_YEAR.search(plain):
        if around is None or around[0].year != around[1].year:
            raise Unreadable("cell-stretch-year")
        plain = f"{around[0].year}年{plain}"
    made = read_day(_months(plain))
    if open_ or (totalled and made.high - made.low < _MONTH):
        return _until(day_of(made.high), around)
    return made


_MONTH = 31


def _ends_only(text: str) -> bool:
    return _AT_POINT.search(text) is not None and not _has_two_ends(text)


def _has_two_ends(text: str) -> bool:
    return re.search(f"{_TO}|through", _HYPHENED.sub(r"\1.\2", text)) is not None


def _canonical(text: str) -> str:
    """Return a text with its words and numerals in the form that `read_day` knows."""
    whole, part = _THIS_YEAR
    text = part.sub("", whole.sub("全年", text))
    if re.search("[a-z]", text):
        text = _from_english(text)
    text = NUMERALS.sub(lambda match: str(chinese_numeral(match[0])), text.replace("○", "〇").replace("两", "二"))
    text = _SHORT_YEAR.sub(lambda match: f"{century(match[1])}年", text)
    text = _COMPACT.sub(lambda match: f"{match[1]}年{match[2]}月" + (f"{match[3]}日" if match[3] else ""), text)
    text = _YEARS.sub(r"\1年1月-\2年12月", text)
    text = text.replace("年度", "年").replace("前半年", "上半年").replace("后半年", "下半年")
    return "全年" if text == "年" else text


def _from_english(text: str) -> str:
    """Return English words as Chinese ones, with a year behind them in front: `january-june2018` as `2018年1月-6月`."""
    years = _FULL_YEAR.findall(text)
    if len(years) == 1:
        text = re.sub(f"{years[0]}[-年]?", "", text).strip("-")
    text = _MONTH_NAME.sub(_named_month, _NTH.sub("", _NTH_DAY.sub(r"\1", text)))
    for words, chinese in _ENGLISH.items():
        text = re.sub(words, chinese, text)
    text = re.sub(f"([0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)({_YEAR})", r"\2年\1", text)
    return f"{years[0]}年{text}" if len(years) == 1 else text


def _named_month(match: re.Match[str]) -> str:
    month = next(number for number, name in enumerate(match.groups()[1:], start=1) if name)
    return f"{month}月{match[1]}日" if match[1] else f"{month}月"


def _months(text: str) -> str:
    """Return quarters and “the first six months” as months or a quarter that `read_day` knows."""

    def several(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[3])
        if last <= first or (match[2] in "、和" and last > first + 1):
            raise Unreadable("cell-stretch")
        return f"{3 * first - 2}-{3 * last}月"

    def first_of(match: re.Match[str]) -> str:
        return f"1-{int(match[1]) * (1 if match[2] == '月' else 3)}月"

    text = _FIRST_OF.sub(first_of, _QUARTERS.sub(several, text))
    return _QUARTER.sub(lambda match: f"第{match[1] or match[2] or match[3]}季度", text)


_LENGTHS: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}


def _widened(first: date, last: date, each: Grain) -> Days:
    """Return the month, quarter or year that holds some days. Raises Unreadable if several do."""
    begin, end = _around(first, each)
    if last > end:
        raise Unreadable("cell-stretch-longer", one=ONE[each])
    return begin, end


def _around(day: date, each: Grain) -> Days:
    length = _LENGTHS[each]
    month = (day.month - 1) // length * length + 1
    return date(day.year, month, 1), end_of_month(day.year, month + length - 1)


_LONG = re.compile("年(?!.*月)|季|q[1-4]|[1-4]q|h[12]|[12]h|half|quarter")


def until(said: str) -> bool:
    """Return whether a period as written has no beginning of its own, such as `截至6月底`, `6月累计`, `6月底`."""
    text = DASH.sub("-", re.sub(r"\s", "", said).lower())
    return (
        _UNTIL.search(text) is not None
        or _ends_only(text)
        or (_TOTALLED.search(text) is not None and not _has_two_ends(text) and not _LONG.search(text))
    )


ONE: dict[Grain, Words] = {
    "month": Words(zh="一个月", en="one month"),
    "quarter": Words(zh="一个季度", en="one quarter"),
    "year": Words(zh="一年", en="one year"),
}


def periods_within(around: Days, each: Grain | None) -> Iterator[Words]:
    """Yield each month, quarter or year (without `each`: half-year) of the round's period, as a form shows it."""
    day = around[0]
    while day <= around[1]:
        if each is None:
            half = (day.month + 5) // 6
            yield Words(zh=f"{day.year}年{'上下'[half - 1]}半年", en=f"{day.year} H{half}")
            end = date(day.year, 6, 30) if half == 1 else date(day.year, 12, 31)
        else:
            quarter = (day.month + 2) // 3
            yield {
                "month": Words(zh=f"{day.year}年{day.month}月", en=f"{day.year}-{day.month:02}"),
                "quarter": Words(zh=f"{day.year}年第{quarter}季度", en=f"{day.year} Q{quarter}"),
                "year": Words(zh=f"{day.year}年", en=f"{day.year}"),
            }[each]
            end = _around(day, each)[1]
        day = end + timedelta(days=1)
