"""Doubts records of one name whose labels give periods that overlap, or one outside the round's: 水电（上半年）."""

import math
import re
from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import NamedTuple

import polars as pl

from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.evidence.cells.columns import Cells, ReadingContext
from pilot_eval.evidence.cells.dates import day_of
from pilot_eval.evidence.cells.periods import Days, read_period
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.wholes import added_up, without_marks
from pilot_eval.plugin.tables import COMMON_COLUMNS, DAY_KINDS, Kind
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import word_key

_STRETCH = (
    r"(?:(?:19|20)[0-9]{2}年度?)?(?:[上下]半年|前?第?[一二三四1-4]季度?|[0-9]{1,2}(?:[-~至到][0-9]{1,2})?月份?|全年)"
    r"|(?:19|20)[0-9]{2}年度?"
)
_BRACKETS = str.maketrans("[【〔]】〕", "((()))")
_BEFORE = re.compile(rf"(?P<period>{_STRETCH}|(?:19|20)[0-9]{{2}})的?(?P<name>[^0-9()]{{2,}})")
_BEHIND = re.compile(rf"(?P<name>[^()]{{2,}})\((?P<period>{_STRETCH}|(?:19|20)[0-9]{{2}})\)")
_AT_END = re.compile(rf"(?P<name>[^0-9()]{{2,}}?)[-—–_·/]?(?P<period>{_STRETCH}|(?:19|20)[0-9]{{2}})")
_MAY_HAVE_ONE = "年|季|月|(?:19|20)[0-9]{2}"


class _Named(NamedTuple):
    """A record, and the days that its label gives; none if it gives no period."""

    at: int
    days: Days | None

    @property
    def length(self) -> float:
        return math.inf if self.days is None else (self.days[1] - self.days[0]).days

    def outside(self, first: date, last: date) -> bool:
        return self.days is not None and (self.days[1] < first or self.days[0] > last)

    def overlaps(self, other: "_Named") -> bool:
        """Return whether two records have days in common, but not all: without a period, it is the whole."""
        if self.days is None or other.days is None:
            return self.days != other.days
        return self.days != other.days and self.days[0] <= other.days[1] and other.days[0] <= self.days[1]


def check_label_periods(
    located: Located, body: list[Cells], kept: pl.Series, around: ReadingContext, said: Findings
) -> None:
    """Report records that share a name and days of the period, or of which one is of another year."""
    texts = [at for at, each in sorted(located.used.items()) if each.kind is Kind.TEXT and each not in COMMON_COLUMNS]
    columns = added_up(located)
    if around.period is None or not texts or not columns or not _undated(located):
        return
    label = body[texts[0]].text.gather(kept)
    if not label.str.contains(_MAY_HAVE_ONE).any() or not all(without_marks(located, body, kept)):
        return
    first, last = (day_of(day) for day in around.period)
    one_unit = any(each.unit for each in columns)  # tasks are counted in units of their own
    named: dict[str, dict[Days | None, _Named]] = defaultdict(dict)
    for at, text in enumerate(label):
        name, days = _parsed(text or "", (first, last))
        named[name].setdefault(days, _Named(at, days))
    for one, other in (pair for name, rows in named.items() if name for pair in combinations(rows.values(), 2)):
        wide, narrow = (one, other) if one.length >= other.length else (other, one)
        away = next((each for each in (one, other) if each.outside(first, last)), None)
        if away is None and not (one_unit and one.overlaps(other)):
            continue
        told = away or wide
        beside = narrow if told is wide else wide
        about = {"value": shown_text(label[told.at]), "other": shown_text(label[beside.at])}
        row = located.grid.place(kept[beside.at] + located.body).row
        said.say(
            "row-other-year" if away else "row-label-overlap", kept[told.at] + located.body, texts[0], row=row, **about
        )


def _undated(located: Located) -> bool:
    return all(column.kind not in DAY_KINDS for column in located.used.values())


def _parsed(text: str, around: Days) -> tuple[str, Days | None]:
    """Return a label's name, and the days of its period; the whole label and none if it gives no period."""
    said = word_key(text).translate(_BRACKETS)
    match = _BEFORE.fullmatch(said) or _BEHIND.fullmatch(said) or _AT_END.fullmatch(said)
    if match is None:
        return said, None
    try:
        read = read_period(match["period"], around)
    except Unreadable:
        return said, None
    return match["name"], (day_of(read.low), day_of(read.high))
