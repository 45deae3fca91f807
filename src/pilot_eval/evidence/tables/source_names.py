"""What the names of two sources of a table say about each other: parts of one whole, or versions of one part."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import PurePosixPath

from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.evidence.cells.periods import read_period
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.spelling import word_key


class Kinship(Enum):
    """How the names of two sources are related."""

    PARTS = auto()  # each says by itself what it covers: two quarters, two sites
    SERIES = auto()  # they differ only by a number or a year that both have
    UNCLEAR = auto()  # one has nothing of its own, or both are the same
    VERSIONS = auto()  # they differ by a copy mark, a word for a version, or a number or year that only one has


_NUMERAL = "[0-9一二三四五六七八九十]"
_VERSION = re.compile(
    "更正|修改|修订|订正|勘误|副本|拷贝|复件|备份|最终|最新|正式|作废|重报|再次|[草初终定原底]稿|[新旧原改]版|版本"
    rf"|第?{_NUMERAL}+[次版稿遍]|[初复终预再{_NUMERAL[1:-1]}]审|(?<=[报审核调改])[前后]|[^\W\da-z]{{2}}数$"
    r"|\([0-9]{1,2}\)$"
    r"|(?<![a-z])(?:copy|final|draft|old|new|revised|revision|corrected|backup|bak|rev|version|ver|v(?=[0-9]))[0-9.]*"
    r"(?![a-z])"
)
"""Words and marks that tell one version from another, not one part from another."""
_STAGE = re.compile("[初复终]核|计划|实际|预算|决算|预计|预测|[初定]稿|送审|审定|核定|快报|年报")
"""Words for stages of one thing: each holds the same records as the others."""
_MOMENT = re.compile("(?:年|期)[初末终底]|月[初底]")
"""Words for moments, at which the same records may be taken, or others."""
_OF_VERSION = re.compile("[新旧改原后前稿版的之]*|.{1,3}[稿版]")
"""Such words are marks too."""
_COPIED = re.compile(r"\([0-9]+\)")
_MONTH = re.compile(r"(?:19|20)[0-9]{2}[-._年]?(0?[1-9]|1[0-2])(?![0-9]|[-._月]?[0-9])月?")
_STAMP = re.compile(
    r"(?:19|20)[0-9]{2}(?:[0-9]{4}|[-._年][0-9]{1,2}[-._月][0-9]{1,2}日?)(?![0-9])|(?:19|20)[0-9]{2}(?:年度?|(?![0-9]))"
    "|[去上前往]年度?"
)
_HOLDING = (
    "(?:数据|材料|资料|报表|表格|表|台账|汇总|统计|情况|明细|清单|记录|信息|填报|上报|报送|提交|评价|附件|文件|工作簿|合计|总计"
    "|sheet|book|table|data)"
)
"""What names of files say whatever they hold."""
_ABOUT = re.compile(f"{_HOLDING}+$")
_NUMBERED = re.compile(f"{_HOLDING}*(?:[0-9]+|{_NUMERAL})")
_UNNUMBERED = re.compile(r"(?<=[^0-9a-z])[0-9]+$")
_WHOLE = re.compile(
    "(?<![安健完])全(?![国省]性)|总(?!工|务)|合计|汇总|整个|[两双]个?[园区院校社街处地片市县]"
    r"|^(?:本?(?:公司|集团|单位|园区?|社区|街道|机构|协会|商会))$"
    r"|(?<![a-z])(?:total|overall|whole|summary|all|both|company)(?![a-z])"
)
"""Words of names that say that a source holds the whole of what others hold parts of."""
_ANY_YEAR = (date(2001, 1, 1), date(2001, 12, 31))
"""The year of a stretch of months whose name gives none."""


@dataclass(frozen=True)
class Name:
    """What the name of a source consists of, without the name of its table."""

    own: frozenset[str]  # words that may say what it covers
    numbers: frozenset[str]  # with the word that one is joined to, as 网格1
    years: frozenset[str]
    marks: frozenset[str]  # of a version, or of a stage
    stretches: tuple[tuple[float, float], ...] = ()  # first and last days that it gives, such as those of 1-6月
    beside: str = ""  # the rest of it
    moments: frozenset[str] = frozenset()  # such as 年初, among its own words too
    whole: frozenset[str] = frozenset()  # what in it says that it covers the whole

    @property
    def length(self) -> float:
        return sum(last - first for first, last in self.stretches)


def name_of(layout: Layout, file: str, sheet: str | None, title: str) -> Name:
    """Take the names of a file (with its folders), a sheet and a block apart."""
    own, numbers, years, marks = set[str](), set[str](), set[str](), set[str]()
    stretches: list[tuple[float, float]] = []
    beside: list[str] = []
    whole, moments = set[str](), set[str]()
    labels = re.compile("|".join(map(re.escape, sorted(layout.names, key=len, reverse=True))))
    *folders, stem = (PurePosixPath(part).stem if "." in part else part for part in file.split("/"))
    for text in (*folders, stem, sheet or "", title):
        key = labels.sub(" ", word_key(text))
        for word in re.split(r"[^\w.~—–-]+|_", key):
            stretch = _given_stretch(_ABOUT.sub("", word))
            stretches += [stretch] if stretch else []
            beside += [] if stretch else [_ABOUT.sub("", word)]
        whole |= {key.strip()} if _WHOLE.search(key.strip()) else set()
        marks |= {*_VERSION.findall(key), *_STAGE.findall(key)}
        moments |= set(_MOMENT.findall(key))
        key = _MONTH.sub(lambda match: f" {int(match[1])}月 ", _STAGE.sub(" ", _VERSION.sub(" ", key)))
        years |= {re.sub("[-._年月日度]", "", stamp) for stamp in _STAMP.findall(key)}
        for word in re.split(r"[\W_]+", _STAMP.sub(" ", key)):
            bare = _ABOUT.sub("", word)
            end = _UNNUMBERED.search(bare)
            if end:
                bare = _ABOUT.sub("", bare[: end.start()])
                numbers.add(bare + end[0])
            if _NUMBERED.fullmatch(bare):
                numbers.add(bare)
            else:
                (marks if _OF_VERSION.fullmatch(bare) else own).add(bare)
    rest = " ".join(filter(None, beside))
    marks.discard("")
    sets = frozenset(own), frozenset(numbers), frozenset(years), frozenset(marks)
    told = frozenset(moments), frozenset(whole)
    return Name(*sets, tuple(stretches), rest, *told)


_MAY_BE_STRETCH = re.compile("月|季|半年|全年|q[1-4]|h[12]|^(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)")


def _given_stretch(word: str) -> tuple[float, float] | None:
    if not _MAY_BE_STRETCH.search(word):
        return None
    try:
        made = read_period(word, _ANY_YEAR)
    except Unreadable:
        return None
    return made.low, made.high


def overlap(one: Name, other: Name) -> bool:
    """Return whether the names differ only by stretches of a year that overlap: 上半年 and 全年."""
    if one.beside != other.beside or len(one.stretches) != 1 or len(other.stretches) != 1:
        return False
    (first, last), (begin, end) = one.stretches[0], other.stretches[0]
    return (first, last) != (begin, end) and first <= end and begin <= last


def kinship(one: Name, other: Name) -> Kinship:
    """Return what two names say about each other."""
    if not (one.own <= other.own or other.own <= one.own) or any(word.startswith("续") for word in one.own ^ other.own):
        return Kinship.PARTS
    if one.own != other.own:
        return Kinship.UNCLEAR
    marks, years, numbers = (
        (mine - theirs, theirs - mine)
        for mine, theirs in ((one.marks, other.marks), (one.years, other.years), (one.numbers, other.numbers))
    )
    if any(marks) and not (all(marks) and all(map(_COPIED.fullmatch, marks[0] | marks[1]))):
        return Kinship.VERSIONS
    if any(any(each) and not all(each) for each in (years, numbers)):
        return Kinship.VERSIONS
    return Kinship.SERIES if any(marks) or any(years) or all(numbers) else Kinship.UNCLEAR


def at_moments(one: Name, other: Name) -> bool:
    """Return whether two names differ by moments alone: 年初 and 年末."""
    bare = ({_MOMENT.sub("", word) for word in name.own} - {""} for name in (one, other))
    return bool(one.moments and other.moments) and one.moments != other.moments and next(bare) == next(bare)


def at_times(one: Name, other: Name) -> bool:
    """Return whether two names differ by times alone: 上半年 and 下半年, 2018-06 and 2018-12."""
    times, rests = zip(*(_timed(name) for name in (one, other)), strict=True)
    return all(times) and times[0] != times[1] and rests[0] == rests[1]


def _timed(name: Name) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a name that are times, and the others."""
    times = frozenset(word for word in name.own if _given_stretch(word))
    return times, name.own - times - {""}


def like_formed(one: Name, others: Iterable[Name]) -> bool:
    """Return whether a name gives a stretch, a number, or ends as all others do: 南区 beside 东区 and 西区."""
    ends = [max(each.own, key=len, default="")[-1:] for each in (one, *others)]
    return bool(one.stretches or one.numbers) or len(set(ends)) == 1


def numbered(one: Name, other: Name) -> bool:
    """Return whether each of two names joins a number of its own to a word for what it covers: 网格1 and 网格2."""
    joined = (one.numbers - other.numbers, other.numbers - one.numbers)
    return all(joined) and not any(re.fullmatch(rf"{_HOLDING}*{_NUMERAL}+", each) for some in joined for each in some)


_LETTER = re.compile(f"{_HOLDING}*[a-z甲乙丙丁戊己庚辛]")


def lettered(one: Name, other: Name) -> bool:
    """Return whether two names differ by a letter or a sign like 甲 alone, which says nothing about what they cover."""
    differ = one.own - other.own, other.own - one.own
    return all(len(each) == 1 and all(map(_LETTER.fullmatch, each)) for each in differ)
