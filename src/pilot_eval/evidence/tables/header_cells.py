"""Parses header cells: the column's name without number, marks and brackets, and the unit beside it."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from pilot_eval.errors import Place
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.cells.numbers import unit_factor
from pilot_eval.spelling import plain, word_key
from pilot_eval.units import Units

_LONGEST_KNOWN = 200
"""Characters of a header that is remembered."""
_LONGEST = 1000
"""Characters of a cell beyond which nested brackets are left as they are."""
_BRACKETS = str.maketrans("[【〔〈<{]】〕〉>}", "(((((())))))")
_NESTED = re.compile(r"\(([^()]*)\(([^()]*)\)")
_CIRCLED = re.compile(r"^\s*[①-⓿❶-➓㈠-㉃]")
_MARKS = '★☆※●○▲△◆◇■□✱✳?!。.《》“”"「」『』-_'
_ASIDE = re.compile(
    r"^(?:\([^()]*\)|(?:[0-9]{1,2}|[a-z]|[一二三四五六七八九十]{1,3})[.、)])+(?=.)|(?<=.)(?:\([^()]*\))+$"
)


def header_key(text: object) -> str:
    """Return a header without its number, unit and other brackets, marks and spaces: `2.面积（㎡）*` as `面积`."""
    return _key_of(text) if type(text) is str and len(text) <= _LONGEST_KNOWN else _key(text)


def _key(text: object) -> str:
    key = word_key(_one_bracket(text)).strip(_MARKS)
    if key.startswith("(") and key.endswith(")") and key.count("(") == 1:
        return key[1:-1]
    return _ASIDE.sub("", key).strip(_MARKS)


_key_of = lru_cache(maxsize=65_536)(_key)
"""The same headers are asked for with every table, and again in every sheet of a form."""


def texts_beside(text: object, names: Iterable[str] = ()) -> list[str]:
    """Return the texts beside a header's name that may be a unit: in brackets, or after one of `names`."""
    key = header_key(text)
    behind = [key.removeprefix(name).lstrip(_BEHIND) for name in names if key.startswith(name) and key != name]
    return re.findall(r"\(([^()]*)\)", _one_bracket(text)) + behind


_BEHIND = "/-_—,、;·:"


def _one_bracket(text: object) -> str:
    """Return a header with brackets of one kind and none nested: `(a(b))` as `(a,b)`."""
    said = plain(_CIRCLED.sub("", cell_text(text))).translate(_BRACKETS)
    while len(said) < _LONGEST and (flat := _NESTED.sub(r"(\1,\2", said)) != said:
        said = flat
    return said


_OTHER_FIGURES = re.compile(
    "计划|规划|拟|预[计算期测]|目标|应[到有完]|上[一]?[年期月季]|去年|往年|下[一]?[年期月季]|明年|次年|同期|同比|环比|增[长幅减]|累计"
    "|其中|不含(?!税)|不包括|除外|作废|停用|历史|占比?|平均|人均|最[高低大小]|差额"
    "|plan|target|budget|expect|forecast|last |previous|next |cumulative|exclud|average|per ",
    re.IGNORECASE,
)


def means_other_figures(aside: str) -> bool:
    """Return whether a text beside a column's name makes it another: `参加人次（计划）` is planned attendance."""
    return _OTHER_FIGURES.search(aside) is not None


_PARTS = re.compile(r"[/|>→:∶·—–_\-()]+")
_MAY_PART = re.compile(r"[/|>→:∶·—–_\-(（／：｜－＞＿﹣\[【〔〈<{［｛]")
_YEAR = re.compile(r"[0-9]{2,}|[0-9]\s*[年月季]")


def may_be_joined(text: str) -> bool:
    """Return whether a header may hold a group's name as well: the cheap question before `names_within`."""
    return len(text) <= _LONGEST_JOINED and _MAY_PART.search(text) is not None


def names_within(text: object) -> tuple[str, list[str]] | None:
    """Return the name of a column's group and its own, joined in one cell, as one name and as parts; else None.

    `经费—预算` is 经费预算, or 预算. None if the group makes it another figure: `上年/户数`, `2017年—户数`.
    """
    said = word_key(_one_bracket(text)).strip(_MARKS)
    parts = [each for each in _PARTS.split(said) if each]
    if len(parts) < 2 or len(said) > _LONGEST_JOINED or any(map(_changes_figures, parts[:-1])):
        return None
    return "".join(parts), parts


_LONGEST_JOINED = 60


def as_one_name(text: object) -> str:
    """Return all that a header says as one name, whatever separates its parts: `产值（上年）` as 产值上年."""
    return _PARTS.sub("", word_key(_one_bracket(text)).strip(_MARKS))


def _changes_figures(group: str) -> bool:
    return means_other_figures(group) or _YEAR.search(group) is not None


_OTHER_SIGNS = str.maketrans("萬億圓圆", "万亿元元")
_AROUND_A_UNIT = re.compile(
    r"^(?:(?:计量|金额|货币|数据|核算)?单位|金额|货币|币种|人民币|rmb|cny|¥|折合|折算|税[前后]|不?含税|以|按|为|是|均|[:∶=])+"
    r"|(?:为单位|单位|计算?)+$",
    re.IGNORECASE,
)


def unit_word(text: str, units: Units) -> str | None:
    """Return the unit that a text names, in the form that `unit_factor` accepts, or None.

    `以万元计`, `RMB万元` and `萬元` are all `万元`.
    """
    said = re.sub(r"\s", "", plain(text)).translate(_OTHER_SIGNS)
    for word in (said, _AROUND_A_UNIT.sub("", said)):
        word = re.sub("^[kK](?=元|$)", "千", word)
        try:
            unit_factor(word, None, units)
        except KeyError:
            continue
        return word
    return None


def states_unit(text: str, units: Units) -> bool:
    """Return whether a text is a unit, or says no more than how an amount is counted: 税后, 折合."""
    return unit_word(text, units) is not None or not _AROUND_A_UNIT.sub("", re.sub(r"\s", "", plain(text)))


class UnclearUnit(Exception):  # noqa: N818  it says what the words are
    """A text mentions a unit, but its effect on the column's numbers cannot be known."""

    def __init__(self, said: str, place: Place | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.place = place  # None if it is the header itself


_TIMES = frozenset({"年", "月", "季", "季度", "日", "天", "全年", "年度"})
"""Periods that an amount may be for (万元/年); per anything else, it is another quantity."""
_MONEY = "(?<![单多公])元(?!旦)|圆|圓|美金|港币|英镑|外币"
_SCALES = {
    "%": "^小数$|^比值$",
    "元": _MONEY,
    "㎡": "亩|畝|公顷|英尺|公里",
}


def mentions_unit(text: str, unit: str, units: Units) -> bool:
    """Return whether a text may change the meaning of a column's numbers: a magnitude, or a unit of its kind."""
    kind = units.size(unit)[0] if unit in units else unit
    if re.search(f"[万萬亿億千]|百(?!分)|{_SCALES.get(kind, '万')}", text):
        return True
    said = text.casefold()
    return any(word[1:] in said if len(word) > 2 else word in said for word in units.family_words(unit))


def unit_given(phrases: Iterable[str], unit: str, units: Units) -> str | None:
    """Return the unit that phrases beside a header give for a column in `unit`, or None; it may be of another kind.

    Raises UnclearUnit if there are several, or one that isn't recognised.
    """
    fits: dict[Decimal, str] = {}
    other = unclear = None
    for phrase in map(plain, phrases):
        if phrase == plain(unit):
            fits[Decimal(1)] = unit
        elif whole := unit_word(phrase, units):
            factor = unit_factor(whole, unit, units)
            fits |= {factor: whole} if factor else {}
            other = other if factor else whole
        else:
            found = _units_in(phrase, unit, units)
            fits |= found
            unclear = phrase if not found and mentions_unit(phrase, unit, units) else unclear
    if len(fits) > 1:
        raise UnclearUnit("、".join(fits.values()))
    if unclear and not fits:
        raise UnclearUnit(unclear)
    return next(iter(fits.values()), other)


def _units_in(phrase: str, unit: str, units: Units) -> dict[Decimal, str]:
    """Return the units in a phrase that fit a column. Raises UnclearUnit for 元/㎡, which isn't an amount."""
    fits: dict[Decimal, str] = {}
    for part in re.split(r"[\s,、;|]+", phrase):
        words_ = [unit_word(each, units) for each in part.split("/") if each not in _TIMES]
        factors = {unit_factor(word, unit, units) if word else None: word or "" for word in words_}
        if None in factors and words_[0] and unit_factor(words_[0], unit, units):
            raise UnclearUnit(part)
        fits |= {factor: word for factor, word in factors.items() if factor}
    return fits
