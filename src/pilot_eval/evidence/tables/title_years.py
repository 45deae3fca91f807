"""Reads the year that a name, a title, a banner or a header gives to figures; one outside the round's period speaks."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

import polars as pl

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.cells.dates import day_of
from pilot_eval.evidence.tables.across_rows import Found, Source
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.row_roles import Role
from pilot_eval.evidence.tables.totals import Roles
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import plain

_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "(?:0?[1-9]|1[0-2])"
_NO_YEAR = re.compile(
    rf"[(\[〔【]{_YEAR}[)\]〕】]\s*第?\s*[0-9]+\s*号"  # the number of a document
    rf"|(?<![0-9])(?<!截[至止])(?<!截止到)"  # the day of writing
    rf"{_YEAR}([-/.年]?){_MONTH}(?:\1|月)(?:[0-2]?[0-9]|3[01])[日号]?(?![0-9])"
    rf"|(?:(?:依据|根据|按照?|参照)[^0-9]{{0,6}}|自从?|(?<!关)于|since |from ){_YEAR}年?"
    rf"|{_YEAR}年?度?(?:{_MONTH}月)?(?:版|修[订编]|制定|印发|发布|施行|成立|创建|始建|启用|办法|标准|通知|规定|条例)"
    rf"|{_YEAR}号|{_YEAR}[多余]?(?:人次|[人元份家场个㎡号户座楼套次万亿名件条项](?![一-鿿]))"
)
_GIVEN = re.compile(
    rf"(?<![0-9A-Za-z])(?P<from>{_YEAR})年?度?[-—–~至到、和](?P<to>{_YEAR}|[0-9]{{2}}(?=年))年?度?"
    rf"|(?:(?<![0-9A-Za-z])(?P<low>{_YEAR})年"
    rf"|(?:(?<![0-9A-Za-z#/-])|(?<=[a-z]{{5}}))(?P<bare>{_YEAR})(?![0-9A-Za-z.]|[-_]?[0-9]{{3}}))度?"
)
_SPAN = re.compile(rf"({_YEAR})[./年]{_MONTH}月?份?[-—–~至到]+(?:({_YEAR})[./年])?{_MONTH}(?![0-9])月?份?")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_IN_NUMERALS = re.compile(
    "(?:[一二][〇○零九])?[〇○零一二九][〇○零一二三四五六七八九](?=年)|(?<=年)十[一二](?=月)|(?<=年)[一二三四五六七八九](?=月)"
)
_SHORT = re.compile("(?<![0-9第满近共])([0-9]{2})年(?![期来内前后以龄级制])")
_BEFORE = re.compile(r"(?:^|(?<=[(\[_-]))(?:去年|上一?年)度?(?!度|[结末底剩同])")
_LATELY = 3
"""Years from the round's within which two digits before 年 are a year."""
_WRITTEN = re.compile("填[报表写]|[报呈]送|上报|申报|制表|编制|评[价估审]|考[核评]|审核|检查|年检|验收|日期|时间")
_SENTENCE = re.compile("[。;,!?]|^(?:注|备注|说明|note)")
_NEAR = 10
"""Years from the round's within which a number of four digits without 年 is a year."""
_TITLE = 40
"""The longest title, in characters; a longer text is a sentence."""
_ALONE = re.compile(rf"{_YEAR}年?度?")


class YearGiven(NamedTuple):
    """A year that a text gives to figures, whether it is outside the round's period, and where it stands."""

    year: int
    outside: bool
    text: str = ""
    place: Place = Place()
    beside: bool = False  # whether a part of the same sheet gives a year inside


def year_given(text: object, around: ReadingContext) -> YearGiven | None:
    """Return the year that a title gives, or None; one of several is enough to be inside the round's period.

    Days, document numbers and “by the rules of 2017” give none. After the period, a month, or a year beside a word such
    as “submitted”, says when a file was written.
    """
    said = plain(text).strip() if isinstance(text, str) else cell_text(text) if _is_year(text) else ""
    said = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", said)
    if not said or len(said) > _TITLE or _SENTENCE.search(said) or around.period is None:
        return None
    first, last = (day_of(day).year for day in around.period)
    years = list(_years(_NO_YEAR.sub("|", _in_figures(said, first, last)), last))
    inside = next((low for low, high in years if low <= last and high >= first), None)
    if inside is not None:
        return YearGiven(inside, outside=False)
    return YearGiven(years[0][0], outside=True, text=shown_text(cell_text(text))) if years else None


def _in_figures(said: str, first: int, last: int) -> str:
    """Return a title with its years in four digits: 二〇一七年, 17年, FY2017, 2017.1-12, 去年."""

    def long(match: re.Match[str]) -> str:
        year = last // 100 * 100 + int(match[1])
        return f"{year}年" if first - _LATELY <= year <= last + 1 else match[0]

    said = _IN_NUMERALS.sub(lambda match: match[0].replace("十", "1").translate(_NUMERALS), said)
    said = _SHORT.sub(long, re.sub(rf"\bfy[-' ]?(?={_YEAR})", "", said, flags=re.IGNORECASE))
    said = _SPAN.sub(lambda match: f"{match[1]}-{match[2] or match[1]}年", said)
    return _BEFORE.sub(f"{first - 1}年", said)


def _years(said: str, last: int) -> Iterator[tuple[int, int]]:
    for match in _GIVEN.finditer(said):
        low = int(match["low"] or match["bare"] or match["from"])
        end = match["to"] or str(low)
        dated = re.match(rf"[-.]?{_MONTH}(?![0-9])", said[match.end() :])
        written = low > last and (dated or _WRITTEN.search(said))
        if not written and not (match["bare"] and abs(low - last) > _NEAR):
            yield low, int(end) if len(end) == 4 else low // 100 * 100 + int(end)


def titled_year(located: Located, name: str, around: ReadingContext) -> YearGiven | None:
    """Return the year outside the round's period that the title nearest to a table gives, if it does.

    Titles are the rows above the header, the sheet's name, the file's and its folders'. Records that must all have a
    day of the period need none.
    """
    grid, path = located.grid, PurePosixPath(name)
    if _all_dated(located):
        return None
    above = [] if grid.records else [
        (grid.place(index), next((cell for cell in grid.rows[index] if cell is not None), None))
        for index in reversed(range(located.top))
    ]  # fmt: skip
    names = [grid.sheet, path.stem, *reversed(path.parts[:-1])]
    for place, text in [*above, *((grid.place(), each) for each in names)]:
        given = year_given(text, around)
        if given is not None:
            return given._replace(place=place, beside=_inside_below(located, around)) if given.outside else None
    return None


def _inside_below(located: Located, around: ReadingContext) -> bool:
    """Return whether a banner below the header gives a year of the round's period."""
    rows = ([cell for cell in row if cell is not None] for row in located.grid.rows[located.body :])
    banners = (year_given(row[0], around) for row in rows if len(row) == 1 and _is_year(row[0]))
    return any(given is not None and not given.outside for given in banners)


def _all_dated(located: Located) -> bool:
    return any(column.in_period and not column.optional for column in located.layout.columns)


def check_titles(titled: Mapping[int, YearGiven], sources: Sequence[Source]) -> Found:
    """Return the findings about sources titled with a year outside the period: an error beside another source."""
    others = {source.table for index, source in enumerate(sources) if index not in titled}
    found: Found = []
    for index, given in titled.items():
        table = sources[index].table
        code = "title-year-beside" if given.beside or table in others else "title-year"
        found.append((table, finding(code, given.place, year=given.year, value=given.text)))
    return found


def check_banners(located: Located, roles: Roles, kept: pl.Series, around: ReadingContext, said: Findings) -> None:
    """Report the records below a banner with a year outside the period: an error if there are others beside them."""
    banners: dict[int, YearGiven] = {}
    for index, (role, _) in roles.items():
        row = located.grid.rows[index + located.body]
        given = year_given(next((cell for cell in row if cell is not None), None), around)
        if role is Role.REMARK and given is not None and not _all_dated(located):
            banners[index] = given
    ends = [*banners, len(located.grid.rows)][1:]
    below = {index: kept.is_between(index, end).sum() for index, end in zip(banners, ends, strict=True)}
    outside = {index: given for index, given in banners.items() if given.outside and below[index]}
    beside = len(kept) > sum(below[index] for index in outside)
    for index, given in outside.items():
        code = "title-year-beside" if beside else "title-year"
        said.say(code, index + located.body, None, year=given.year, value=given.text)


def _is_year(cell: object) -> bool:
    return cell is not None and _ALONE.fullmatch(plain(cell_text(cell))) is not None


def header_years(located: Located, around: ReadingContext) -> Iterable[Finding]:
    """Yield a finding for each column whose header, or the group that it is in, gives a year outside the period."""
    grid, groups = located.grid, list[Sequence[object]]()
    if not grid.records:
        groups = list(grid.rows[located.top : located.header])
        above = grid.rows[located.top - 1] if located.top else []
        groups += [above] if sum(map(_is_year, above)) > 1 else []  # a year alone is a title
    for at, column in located.used.items():
        over = [next((cell for cell in reversed(row[: at + 1]) if cell is not None), None) for row in groups]
        own = [] if located.layout.says_all(column, located.names[at]) else [located.names[at]]
        said = (year_given(text, around) for text in (*own, *filter(_is_year, over)))
        given = next(filter(None, said), None)
        if given is not None and given.outside and not column.in_period and "初" not in column.label.zh:
            yield finding("header-year", located.place(at), header=given.text, year=given.year, column=column.label)
