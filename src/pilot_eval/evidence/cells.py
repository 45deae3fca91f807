"""Reads one cell: numbers with their qualifier, dates with their interval, yes and no, words of a list.

A reader gives the value, or raises `Unreadable` with the code of what is wrong.
"""

import calendar
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from pilot_eval.model import Qualifier
from pilot_eval.plugin.expressions import EPOCH, UNBOUNDED
from pilot_eval.text import Text


class Unreadable(Exception):  # noqa: N818  it says what the cell is
    """The cell can't be read as what its column takes."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class BadCell(NamedTuple):
    """A cell of a workbook that isn't blank and has no value: an error, a formula never computed, damage.

    `code` is that of the finding, `value` what the cell shows. Whoever reads it raises Unreadable; as words it is
    what it shows.
    """

    code: str
    value: str


class MergedCell(NamedTuple):
    """A cell that lies in a merged one whose value, a number, stands further up.

    A word or a day holds for every row of the merge; of a number nobody can say what each row's share is.
    """

    value: Any


class Picture(Protocol):
    """A number format, as far as a cell needs it."""

    def shown(self, value: float, /) -> str:
        """The number as it is seen."""


class Shown(float):
    """A number that its format shows in other words: 1 as `JY-001`, 3 as `3号楼`, 1.5 as `1.50`.

    To a column of numbers it is the number, to one of words what is shown.
    """

    __slots__ = ("picture",)
    picture: Picture

    @classmethod
    def of(cls, value: float, picture: Picture) -> "Shown":
        made = cls(value)
        made.picture = picture
        return made

    @property
    def shown(self) -> str:
        return self.picture.shown(self)


class Said(str):
    """A number with what its format says beside it, as if typed: `12.5万元`, `约12家`.

    `bare` where the format names 万 or 亿 and no unit: in a column of 万元 that can only be of 元, since the number
    itself stands in the cell.
    """

    __slots__ = ("bare", "picture", "value")
    value: float
    picture: Picture
    bare: bool

    def __new__(cls, text: str, value: float, picture: Picture, *, bare: bool) -> "Said":
        made = super().__new__(cls, text)
        made.value, made.picture, made.bare = value, picture, bare
        return made

    @property
    def shown(self) -> str:
        return str(self.picture.shown(self.value))


class Nested(str):
    """A list or an object where one value should be, as JSON text: looked through as any text, but no cell's value."""

    __slots__ = ()


class Reading(NamedTuple):
    """A number (for dates: days since 1970-01-01) with its bounds."""

    value: float
    low: float
    high: float
    qualifier: Qualifier = Qualifier.EXACT


def plain(text: str) -> str:
    """Full-width forms, odd spaces and invisible characters made ordinary."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


INVISIBLE = "[\x00-\x08\x0e-\x1b\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]"
_INVISIBLE = re.compile(INVISIBLE)
_REORDERED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ORNATE = re.compile("(?<![mM])[⁰¹²³⁴-⁹]|[₀-₉①-⓿㈠-㊿½⅐-⅟]")
"""Digits that NFKC would make ordinary: 10² is not 102."""
_SPACE = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_LONGEST = 100
"""Characters beyond which nothing is a number or a date."""


def _refuse(cell: object) -> None:
    """Raise Unreadable for a cell that has no value."""
    if isinstance(cell, BadCell):
        raise Unreadable(cell.code)
    if isinstance(cell, Nested):
        raise Unreadable("json-cell")


def _said(cell: object, wrong: str) -> str:
    """A cell's text, ordinary and with spaces only between figures, for numbers and dates.

    Raises Unreadable for what can't be either.
    """
    _refuse(cell)
    text = str(cell)
    if len(text) > _LONGEST:
        raise Unreadable(wrong)
    if not text.isascii():
        if _REORDERED.search(text):
            raise Unreadable("cell-reordered")  # what is seen differs from what is stored
        if _ORNATE.search(text):
            raise Unreadable(wrong)
    return _SPACE.sub("", plain(text).lstrip("'‘’"))  # spreadsheets mark text by an apostrophe


NOTHING = r"(?i)^\s*(?:[/／\\]|[¥￥]?\s*[-－—–―]+|无|暂无|没有|n/?a|null|none|nil)\s*$"
"""A cell that says in words that there is nothing. A dash alone is no 0: only a workbook can say that it is one."""
LONGEST_NOTHING = 8

# --- numbers

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_FORMAL = str.maketrans(
    dict(
        zip("壹贰貳弍叁參肆伍陆陸柒捌玖拾佰仟萬億兩圆圓○", "一二二二三三四五六六七八九十百千万亿两元元〇", strict=True)
    )
    | {"廿": "二十", "卅": "三十"}
)

_COUNTERS = (
    "人次", "场次", "户次", "件次", "人", "名", "位", "个", "家", "户", "次", "场", "期", "件", "份", "项", "级", "条",
    "篇", "处", "间", "所", "座", "栋", "支", "套", "本", "个月", "月", "天", "日", "分",
)  # fmt: skip
_COUNTING = frozenset({"项", "月", "场", "个", "家", "人", "人次", "期", "件", "份", "次", "级", "户", "天", "A", "分"})
_ALIKE = {"个月": {"月"}, "月": set(), "日": {"天"}, "天": set(), "分": set(), "级": set()}
"""Counters of time and rank, which don't stand for any other: 3月 is no number of people."""
_ONE = Decimal(1)
_YUAN = ("元", "元整", "元正", "人民币", "块", "块钱")
_AREAS = dict.fromkeys(("m2", "M2", "㎡", "平方米", "平米", "平方", "平"), _ONE) | {
    "亩": Decimal(2000) / 3, "公顷": Decimal(10_000), "平方公里": Decimal(1_000_000), "km2": Decimal(1_000_000),
}  # fmt: skip
_FACTORS: dict[str, Mapping[str, Decimal]] = {
    "元": dict.fromkeys(_YUAN, _ONE),
    "万元": dict.fromkeys(_YUAN, _ONE / 10_000),
    "㎡": _AREAS,
    "%": {"%": _ONE},
    "A": {"A": _ONE, "a": _ONE},
}
_UNIT_WORDS = frozenset({*_COUNTERS, *_YUAN, *_AREAS, "%", "‰", "A"})

_NOT_OURS = frozenset(
    {"美元", "港元", "港币", "欧元", "日元", "英镑", "公斤", "千克", "吨", "小时", "分钟", "公里", "千米"}
)
"""Units that no column has: a number format that shows one says that the number is none of ours."""

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

_ADORNED = re.compile(r"\((" + "|".join((*_BEFORE, *_AFTER, *sorted(_UNIT_WORDS))).replace("+", r"\+") + r")\)")
_UNIT_AT_END = re.compile("(" + "|".join(sorted(_UNIT_WORDS, key=lambda word: (-len(word), word))) + ")$")
_VAGUE = re.compile(
    r"^(约|近|上|达|好)?(数|几|若干|多|许多|大量)[十百千万亿0-9]"
    r"|^(若干|许多|大量|数|几|一[两二]|[两二]三|三[两四五]|四五|五六|六七|七八|八九)(?:人次|[人名位个家户次场期件份项])?$"
    r"|几[十百千万亿]|[十百千万亿]几|无数"
)
_ARABIC = re.compile(r"([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?|[-+]?\.[0-9]+)"
                     r"([十百千万亿]*)")  # fmt: skip
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_BRACKETED = re.compile(r"^\(([0-9][0-9,]*(?:\.[0-9]+)?)\)$")
"""Accountants write what is below zero in brackets."""
_REMARKED = re.compile(r"[^()]*[0-9一二三四五六七八九十百千万亿][^()]*\([^()]+\)")
_WITH_JIAO = re.compile(
    "^([0-9]{1,3}(?:,[0-9]{3})+|[0-9零一二三四五六七八九十百千万亿]+)元零?(?=.*[角分])"
    "(?:([0-9一二三四五六七八九])角)?零?(?:([0-9一二三四五六七八九])分)?[整正]?$"
)
_GROUPED = re.compile(r"(?<![0-9.])[0-9]{1,3}(?: [0-9]{3})+(?![0-9 ])")
"""Figures that spaces part by thousands; other spaces between figures part two numbers."""
_TOTAL_OF = re.compile("^(?:共计?|[合总累]计|计)(?=.)")
_YUAN_SIGN = re.compile("^(?:¥|人民币|rmb|cny)(?=.)", re.IGNORECASE)
_GRADE = re.compile("([Aa]{1,5}|[0-9][Aa])级?")


def number(cell: object, unit: str | None = None, header: str | None = None) -> Reading:
    """Read a number as it was said: `1600多` is 1600, at least 1600, below 1700.

    Bounds: 多/余 reach to the next unit of the last digit that isn't 0; 17.2万 is right to its last digit; 近 and 约
    stand for 10%; 以上 has no upper bound. `unit` is the column's; another unit of the same kind is converted.
    `header` is the unit that the sheet's header gives, where it differs (`unit_factor` knows it): a cell that names
    none is in that. Raises Unreadable (`cell-number`, `cell-number-vague`, `cell-unit`, `cell-reordered`,
    `cell-merged`, or a bad cell's own code).
    """
    if isinstance(cell, (bool, date, datetime, timedelta)):
        raise Unreadable("cell-number")
    if isinstance(cell, MergedCell):
        raise Unreadable("cell-merged")
    factor = _ONE if header is None else unit_factor(header, unit) or _ONE
    if isinstance(cell, (int, float)):
        if not abs(cell) < UNBOUNDED:  # too large, or not a number at all
            raise Unreadable("cell-number")
        return _exactly(float(cell) if factor == 1 else float(Decimal(repr(cell)) * factor))
    text = _GROUPED.sub(lambda match: match[0].replace(" ", ""), _said(cell, "cell-number"))
    if isinstance(cell, Said) and cell.bare and "万元" in (unit, header):
        text += "元"
    if _PLAIN_NUMBER.fullmatch(text):  # the usual case, quickly
        return _exactly(float(text) if factor == 1 else float(Decimal(text) * factor))
    if _VAGUE.search(text):
        raise Unreadable("cell-number-vague")
    if unit == "A" and (grade := _GRADE.fullmatch(text)):
        return _exactly(float(grade[1][0]) if grade[1][0].isdecimal() else len(grade[1]))
    try:
        return _qualified(_unadorned(text), unit, factor)
    except Unreadable:
        if _REMARKED.fullmatch(text):
            raise Unreadable("cell-number-remark") from None
        raise


def unit_factor(said: str, unit: str | None) -> Decimal | None:
    """What a number in the unit `said` (万元, 亩, 万人次) is multiplied by to be in a column's unit.

    None where `said` is a unit of another kind. Raises KeyError where it is no unit at all.
    """
    word = re.sub("^(?:单位[:：]?)?(?:人民币(?=.))?", "", plain(said).replace(" ", ""))
    if _MAGNITUDE.fullmatch(word):  # 收入（万）
        word += "元" if unit in (None, "万元") else unit
    match = _MAGNIFIED.fullmatch(word)
    if not match or match[2] not in _UNIT_WORDS:
        raise KeyError(said)
    factor = _factor(match[2], unit)
    return None if factor is None else factor * _magnitude(match[1])


_MAGNIFIED = re.compile("([十百千万亿]*)(.+)")
_MAGNITUDE = re.compile("[百千万亿]+")


_AFFIXES = re.compile(
    "(?P<inner>{after})?(?P<times>[十百千万亿]*)(?P<more>{after})?(?P<unit>{unit})?(?P<outer>{after})?".format(
        after="|".join(map(re.escape, _AFTER)),
        unit="|".join(sorted({*_UNIT_WORDS, *_NOT_OURS}, key=lambda word: (-len(word), word))),
    )
)


_MONEY = re.compile("[十百千万亿]*元")
_WEIGHTY = re.compile(
    "[十百千万亿%‰]|" + "|".join(sorted({*_YUAN, *_AREAS} - {"块", "平"}, key=lambda word: (-len(word), word)))
)


def affixes(before: str, after: str) -> tuple[str, str]:
    """What of the words that a number format puts around a number counts: `约`, `万元`, `余家`; else empty.

    A remark in brackets doesn't. What begins with a magnitude or a unit of money or area and goes on with something
    unknown (`万科`, `元/月`) is kept, to be refused: nobody can say that the number alone is what is shown.
    """
    before, after = (re.sub(r"\(.*", "", plain(each).replace(" ", "").strip("()")) for each in (before, after))
    if not after and _MONEY.fullmatch(before):
        before, after = "", before
    return before if before in _BEFORE else "", after if _AFFIXES.fullmatch(after) or _WEIGHTY.match(after) else ""


def magnitude_of(unit: str) -> tuple[int, str]:
    """`百万元` is a million, and 元."""
    rest = unit.lstrip("".join(_MAGNITUDES))
    return _magnitude(unit[: len(unit) - len(rest)]), rest


def _unadorned(text: str) -> str:
    """Formal numerals and other minus signs made ordinary; without «共» before, a full stop behind, brackets around
    a qualifier or a unit."""
    text = re.sub("[。.]$", "", text.translate(_FORMAL).replace("\u2212", "-"))
    text = _BRACKETED.sub(r"-\1", text)
    text = _WITH_JIAO.sub(_in_yuan, text)
    return _TOTAL_OF.sub("", _ADORNED.sub(r"\1", text))


def _in_yuan(match: re.Match[str]) -> str:
    """`12元5角` as 12.5元, `壹仟元零伍分` as 1000.05元."""
    yuan, jiao, fen = (_DIGITS.get(each, each) if each else 0 for each in match.groups("0"))
    whole = chinese_numeral(str(yuan).replace(",", ""))
    return match[0] if whole is None else f"{whole}.{jiao}{fen}元"


def _exactly(value: float) -> Reading:
    return Reading(value, value, value)


def _qualified(text: str, unit: str | None, factor: Decimal) -> Reading:
    if sign := _YUAN_SIGN.match(text):
        if _factor("元", unit) is None or (not text.endswith("元") and (unit != "元" or factor != 1)):
            raise _other_unit(unit)  # ¥12 in a column of 万元 can mean two things
        text = text[sign.end() :]
    before, text = _take_before(text)
    after, text = _take_after(text)
    if text.startswith("百分之"):
        share = text.removeprefix("百分之")
        text = "100%" if share == "百" else share + "%"
    text, said_factor = _take_unit(text, unit)
    inner, text = _take_after(text)  # 1600多名: the qualifier stands before the unit
    if sum(each is not None for each in (before, after, inner)) > 1:
        raise Unreadable("cell-number")
    qualifier = before or after or inner
    if qualifier is None and text in _MAGNITUDES:
        raise Unreadable("cell-number")  # 近百 says something, 百 alone nothing
    amount, split = _core(text)
    if split:
        if qualifier is not None:
            raise Unreadable("cell-number")
        qualifier = Qualifier.MORE_THAN
    if said_factor is None and amount.magnified and (unit == "万元" or factor >= 10_000):
        raise Unreadable("cell-unit", unit=unit)  # 17.2万 in a column of 万元 can mean two things
    scale = factor if said_factor is None else said_factor
    low, high, qualifier = _bounds(amount, qualifier)
    value, least = float(amount.value * scale), float(low * scale)
    most = UNBOUNDED if high is None else float(high * scale)
    if max(abs(value), abs(least)) >= UNBOUNDED:
        raise Unreadable("cell-number")
    return Reading(value, least, most, qualifier)


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


def _take_unit(text: str, unit: str | None) -> tuple[str, Decimal | None]:
    """The text without its unit, and the factor to the column's unit; None where the text has no unit."""
    found = _UNIT_AT_END.search(text)
    if not found:
        return text, None
    factor = _factor(found[1], unit)
    if factor is None:
        _core(_take_after(text[: found.start()])[1])  # where no number stands before it, it is no unit
        raise _other_unit(unit)
    return text[: found.start()], factor


def _other_unit(unit: str | None) -> Unreadable:
    """The cell names a unit that isn't of the column's kind, or the column has none."""
    return Unreadable("cell-unit", unit=unit) if unit else Unreadable("cell-unit-none")


def _factor(word: str, unit: str | None) -> Decimal | None:
    """From one unit word, without a magnitude, to the column's unit; None where they don't fit."""
    if unit in _FACTORS:
        return _FACTORS[unit].get(word)
    if word == unit or (word in _COUNTERS and unit is None):
        return _ONE
    alike = _ALIKE.get(word, _COUNTING - _ALIKE.keys()) if word in _COUNTERS else ()
    return _ONE if unit in alike else None


class _Amount(NamedTuple):
    value: Decimal
    magnified: bool = False  # whether 万, 亿 or the like stand in it
    digit: Decimal | None = None  # of 17.2万: the unit of its last digit


def _core(text: str) -> tuple[_Amount, bool]:
    """The number itself, and whether 多/余 stands inside it (三十多万)."""
    match = re.fullmatch(r"([^多余]+)[多余]([十百千万亿]+)", text)
    if match:
        times = _magnitude(match[2])
        inner = _amount(match[1])
        return _Amount(inner.value * times, magnified=True), True
    return _amount(text), False


def _magnitude(text: str) -> int:
    product = 1
    for sign in text:
        product *= _MAGNITUDES[sign]
    return product


def _amount(text: str) -> _Amount:
    """Arabic digits with an optional magnitude, or Chinese numerals, or both (1万2千), perhaps below zero (负五)."""
    if text.startswith("负"):
        positive = _amount(text[1:].lstrip("+-"))
        return positive._replace(value=-positive.value)
    arabic = _ARABIC.fullmatch(text)
    if arabic:
        value, times = Decimal(arabic[1].replace(",", "")), _magnitude(arabic[2])
        exponent = int(value.as_tuple().exponent)
        digit = Decimal(10) ** exponent * times if exponent < 0 and arabic[2] else None
        return _Amount(value * times, bool(arabic[2]), digit)
    point = re.fullmatch("(.+)点([零〇一二三四五六七八九]+)([十百千万亿]*)", text)
    if point:
        whole, digits = chinese_numeral(point[1]), "".join(str(_DIGITS[sign]) for sign in point[2])
        if whole is not None:
            return _amount(f"{whole}.{digits}{point[3]}")
    numeral = chinese_numeral(text)
    if numeral is None:
        raise Unreadable("cell-number")
    return _Amount(Decimal(numeral), "万" in text or "亿" in text)


def chinese_numeral(text: str) -> int | None:
    """`三十`, `三千零五`, `一万二` (12000), `1万2千`, `二〇一八`, `百`; None where the text is no numeral."""
    if not text or len(text) > 30:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    return _numeral(text, first=True)


def _numeral(text: str, *, first: bool = False) -> int | None:
    """`first` where nothing stands before it: 百 is 100 there, but nothing in 一千百."""
    for sign, times in reversed(_MAGNITUDES.items()):
        head, found, tail = text.partition(sign)
        if found:
            left = _numeral(head, first=first) if head else 1 if first or times == 10 else None
            right = _after(times, tail)
            if left is None or right is None or right >= times or left >= (times if times >= 10_000 else 10):
                return None
            return left * times + right
    return _DIGITS.get(text, int(text) if text.isascii() and text.isdecimal() else None)


def _after(times: int, tail: str) -> int | None:
    """What stands after a place: 一万二 is 12000, 一万零二 is 10002, and 1万2 may be either."""
    if not tail:
        return 0
    if times > 10 and len(tail) == 1:
        return _DIGITS[tail] * times // 10 if _DIGITS.get(tail) else None
    return _numeral(re.sub("^[零〇]", "", tail))


def _bounds(amount: _Amount, qualifier: Qualifier | None) -> tuple[Decimal, Decimal | None, Qualifier]:
    value = amount.value
    match qualifier:
        case Qualifier.MORE_THAN:
            step = Decimal(10) ** int(value.normalize().as_tuple().exponent)  # of the last digit that isn't 0
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
        return value - amount.digit / 2, value + amount.digit / 2, Qualifier.ROUNDED
    return value, value, Qualifier.STATED if amount.magnified else Qualifier.EXACT


# --- dates

_DASH = re.compile("[\u2010-\u2015\u2212]+")
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
_COMPACT = re.compile("(?P<year>[0-9]{4})( ?)(?P<month>[0-9]{2})\\2(?P<day>[0-9]{2})")
_DAYS = re.compile(f"{_YMD}{_TO}(?:(?:(?P<year2>[0-9]{{4}})[-/.年])?(?P<month2>[0-9]{{1,2}})[-/.月])?"
                   "(?P<day2>[0-9]{1,2})[日号]?")  # fmt: skip
_MONTH = re.compile("([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月份?)?(上旬|中旬|下旬|初|底|末)?")
_COMPACT_MONTH = re.compile("((?:19|20)[0-9]{2})(0[1-9]|1[0-2])()")
_MONTHS = re.compile(f"([0-9]{{4}})[-/.年]([0-9]{{1,2}})月?份?{_TO}(?:([0-9]{{4}})[-/.年])?([0-9]{{1,2}})(?:月份?)?")
_YEAR = re.compile("([0-9]{4})(?:年度?)?(上半年|下半年|全年|年?初|年?底|年?末|第?([1-4一二三四])季度|Q([1-4]))?")
_WEEKDAY = re.compile("[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?")
_NUMERALS = re.compile("[〇零一二三四五六七八九十]+")
_IN_WORDS = re.compile("^[〇零一二三四五六七八九]{4}年|[年月][一二三四五六七八九十]+[月日号]")
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_SERIALS = (20_000, 80_000)  # 1954 to 2119


def day(cell: object, *, serial_epoch: date = date(1899, 12, 30)) -> Reading:
    """Read a date, or a partial one as the interval that it means; `value` is the first day.

    A number is read as a spreadsheet's serial where it lies between 1954 and 2119. Raises Unreadable (`cell-date`,
    `cell-reordered`, or a bad cell's own code).
    """
    if isinstance(cell, MergedCell):
        cell = cell.value
    if isinstance(cell, datetime):
        return _days(cell.date(), cell.date())
    if isinstance(cell, date):
        return _days(cell, cell)
    if isinstance(cell, (bool, timedelta)):
        raise Unreadable("cell-date")
    if isinstance(cell, (int, float)):
        return _day_in_figures(cell, serial_epoch)
    compact = _said(cell, "cell-date")
    compact = _SPACE.sub("", _DASH.sub("-", _WEEKDAY.sub("", compact))).replace("○", "〇")
    compact = _OF_CENTURY.sub(lambda match: f"{_century(match[1])}年", compact)
    if _IN_WORDS.search(compact):
        compact = _NUMERALS.sub(lambda match: str(chinese_numeral(match[0])), compact)
    try:
        return _written_day(compact, serial_epoch)
    except (ValueError, Unreadable):
        raise Unreadable("cell-date-year" if _YEARLESS.fullmatch(compact) else "cell-date") from None


def _written_day(compact: str, epoch: date) -> Reading:
    """Read a date from text. Raises ValueError for a day that isn't in the calendar."""
    if match := _DAY.fullmatch(compact) or _COMPACT.fullmatch(compact):
        only = date(int(match["year"]), int(match["month"]), int(match["day"]))
        return _days(only, only)
    if (match := _SHORT.fullmatch(compact)) and not (int(match["year"]) <= 12 or 30 < int(match["year"]) < 70):
        # As people write the year in short: less might be a month, and 31-12-18 begins with a day.
        only = date(_century(match["year"]), int(match["month"]), int(match["day"]))
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
        return _interval(date(int(match[1]), int(match[2]), 1), _end_of_month(year, month))
    if match := _YEAR.fullmatch(compact):
        return _part_of_year(int(match[1]), match[2], match[3] or match[4])
    if re.fullmatch("[0-9]{5}(?:[.][0-9]+)?", compact):
        return _day_in_figures(float(compact), epoch)
    raise Unreadable("cell-date")


def _century(year: str) -> int:
    """`18` is 2018, `98` is 1998."""
    return int(year) + (1900 if int(year) >= 70 else 2000)


def _day_of(year: int, first: int, second: int) -> date:
    """12/21/2018 and 21/12/2018 are one day; 3/2/2018 may be two. Raises Unreadable."""
    if first != second and max(first, second) <= 12:
        raise Unreadable("cell-date")
    return date(year, min(first, second), max(first, second))


def iso(days: float) -> str:
    """Days since 1970-01-01 as an ISO date."""
    return (EPOCH + timedelta(days=int(days))).isoformat()


def _day_in_figures(value: float, epoch: date) -> Reading:
    """A serial number, or 20181221, 201811, 2018."""
    if _SERIALS[0] <= value <= _SERIALS[1]:
        only = epoch + timedelta(days=int(value))
        return _days(only, only)
    if value == value // 1 and (1900 <= value <= 2100 or 190_001 <= value <= 21_001_231):
        return day(str(int(value)))
    raise Unreadable("cell-date")


def _month(year: int, month: int, part: str | None) -> Reading:
    first, end = _PARTS[part] if part else (1, 31)
    last = _end_of_month(year, month)
    return _interval(date(year, month, first), last.replace(day=min(end, last.day)))


def _part_of_year(year: int, part: str | None, quarter: str | None) -> Reading:
    if quarter:
        month = 3 * (_DIGITS.get(quarter) or int(quarter)) - 2
        return _interval(date(year, month, 1), _end_of_month(year, month + 2))
    halves = {"上半年": (1, 6), "下半年": (7, 12), "初": (1, 1), "底": (12, 12), "末": (12, 12)}
    first, last = halves.get((part or "").removeprefix("年"), (1, 12))
    return _interval(date(year, first, 1), _end_of_month(year, last))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _interval(first: date, last: date) -> Reading:
    """Some day from `first` to `last`, or all of them. Raises Unreadable where they are the wrong way round."""
    if last < first:
        raise Unreadable("cell-date")
    return _days(first, last, Qualifier.PARTIAL if last > first else Qualifier.EXACT)


def _days(first: date, last: date, qualifier: Qualifier = Qualifier.EXACT) -> Reading:
    low, high = float((first - EPOCH).days), float((last - EPOCH).days)
    return Reading(low, low, high, qualifier)


# --- yes and no, words

_YES = frozenset(
    {"是", "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "1", "已", "已完成", "完成", "达标", "符合", "t"}
)
_NO = frozenset(
    {
        "否",
        "无",
        "×",
        "✗",
        "✘",
        "✕",
        "✖",
        "☐",
        "□",
        "☒",
        "x",
        "没有",
        "不是",
        "n",
        "no",
        "false",
        "0",
        "未",
        "未完成",
        "不达标",
        "不符合",
        "f",
    }
)


def flag(cell: object) -> bool:
    """Read yes or no. Raises Unreadable (`cell-flag`, or a bad cell's own code)."""
    _refuse(cell)
    if isinstance(cell, MergedCell):
        cell = cell.value
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, Shown) and (word := plain(cell.shown).casefold()) in _YES | _NO:
        return word in _YES
    if isinstance(cell, (int, float)) and cell in (0, 1):
        return bool(cell)
    word = plain(str(cell)).casefold().rstrip("。.,;")
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("cell-flag")


def words(cell: object) -> str:
    """Any cell as text: 12.0 is `12`, a date is ISO; line breaks inside become spaces."""
    if isinstance(cell, (BadCell, MergedCell)):
        cell = cell.value
    if isinstance(cell, (Shown, Said)):
        cell = cell.shown
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < UNBOUNDED:
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", str(cell))).strip()


def text(cell: object) -> str:
    """Any cell as text, for a column of words. Raises Unreadable for a bad cell (its own code)."""
    _refuse(cell)
    return words(cell)


def word_key(text: str) -> str:
    """What two spellings of a word have in common, for headers, choices and names of sheets."""
    return re.sub(r"[\s*＊:：]+", "", plain(text)).casefold()


def choice_ids(choices: Mapping[str, Text]) -> dict[str, str]:
    """The ids of a list's choices by the keys of the words that name them: the id itself, its label in a language."""
    ids: dict[str, str] = {}
    for id_, label in choices.items():
        for word in (id_, label.zh, label.en):
            ids.setdefault(word_key(word), id_)
    return ids
