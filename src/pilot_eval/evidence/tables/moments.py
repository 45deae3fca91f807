"""Rows that differ by a time alone: figures of several moments, or of times that overlap, mustn't be added up."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain, permutations

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.evidence.cells.periods import read_period
from pilot_eval.evidence.readers.sheet import spans
from pilot_eval.evidence.tables.across_rows import AT, BLOCK, MOST, Found, Frames, Source, spelled, with_count
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import ROW, SOURCE
from pilot_eval.plugin.tables import NUMBER_KINDS, Kind
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.text import joined, quoted

_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "(?:1[0-2]|0?[1-9])(?![0-9])"
_NAMED = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|ober)?(?![a-z])"
_TIME = re.compile(
    r"(?:截[至止到]+|as (?:of|at) )?(?:"
    rf"(?:{_YEAR}|(?<![0-9])[0-9]{{2}}(?=年))?[-./年]?度?(?:"
    rf"[上下前后]半年|全年|(?<![0-9]){_MONTH}月?[-—–~至到]{_MONTH}月份?|第?[一二三四1-4]季度?|年中|[年期季][初末终底]"
    r"|(?<![a-z])(?:q[1-4]|[1-4]q|h[12]|[12]h)(?![a-z0-9])"
    rf"|(?:{_MONTH}|十[一二]?|[一二三四五六七八九])月份?(?:[0-3]?[0-9][日号])?"
    r")(?:[初末终底中]|[上中下]旬)?"
    rf"|(?<![0-9]){_YEAR}[-./]?{_MONTH}(?:[-./][0-3]?[0-9](?![0-9]))?|(?<![0-9]){_YEAR}(?:0[1-9]|1[0-2])[0-3][0-9]"
    rf"|{_YEAR}年度?[初末终底中]?|(?<![0-9.]){_YEAR}(?![0-9])"
    rf"|(?<=\(){_MONTH}[./][0-3]?[0-9](?=\))|[本上]期|上年|(?<=\()(?:计划|预计|实际|普查|登记|核定|审定)数?(?=\))|(?:调整|变更|合并|改造)[前后]"
    r"|(?:(?:start|beginning|end|middle) of (?:the )?|mid-?)(?:year|period)|(?:year|period)[ -]?(?:start|end)"
    r"|(?:first|second|third|fourth|1st|2nd|3rd|4th) (?:half|quarter)(?: of the year)?"
    rf"|(?<![a-z])(?:[0-3]?[0-9] )?{_NAMED}\.?(?: [0-3]?[0-9](?![0-9]))?"
    rf")(?:,? ?{_YEAR}(?![0-9]))?"
)
"""What says in a label when its figures were taken."""
_MAY_BE_TIME = (
    "(?i)[年月季期前后计实普登核审]|[0-9][./][0-9]|(?:19|20)[0-9]{2}|q[1-4]|[1-4]q|h[12]|[12]h"
    "|year|period|half|quarter|[a-z]{3}"
)
"""A fast filter for labels with a time."""


def check_moments(frames: Frames, sources: list[Source]) -> Found:
    """Return the findings about rows of a block that are the same but for the time in their label.

    Figures as of a moment are the same at any two times; others, at two of which one is within the other. In a table
    whose labels are choices, times stand in the remarks. A table of names alone has each of them once.
    """
    return [(layout.id, each) for layout, frame, _ in frames.values() for each in _of_moments(layout, frame, sources)]


def _of_moments(layout: Layout, frame: pl.DataFrame, sources: list[Source]) -> list[Finding]:
    kinds: dict[Kind, list[str]] = defaultdict(list)
    for column in layout.required:
        kinds[column.kind].append(column.name)
    if kinds[Kind.PERIOD] or kinds[Kind.DATE]:
        return []
    stock = [column.label for column in layout.columns if column.stock]
    numbers = [column.name for column in layout.columns if column.kind in NUMBER_KINDS]
    label, *texts = kinds[Kind.TEXT] or ["note"]
    rows = frame.select(AT, label, BLOCK, *kinds[Kind.CHOICE], *map(spelled, texts))
    groups = list(_groups(rows, label, named=bool(kinds[Kind.TEXT])))
    if stock and not groups and not kinds[Kind.TEXT]:
        groups = _said_again(frame, kinds[Kind.CHOICE])
    if not stock and numbers:
        groups = [within for group in groups if len(within := _within_time(frame.select(numbers), group)) > 1]
    code, said = ("rows-of-moments" if stock else "rows-of-stretches" if numbers else "rows-of-names"), []
    for group in groups[:MOST]:
        first, last = group[0][0], group[-1][0]
        times = joined(quoted(shown_text(str(frame[label][at] or "—"), 30)) for at in (first, last))
        place = sources[frame[SOURCE][last]].place(frame[ROW][last], label)
        given = {"columns": joined(stock)} if stock else {}
        said.append(finding(code, place, rows=spans(sorted(frame[ROW][at] for at, _ in group)), times=times, **given))
    return with_count(said, len(groups), sources[frame[SOURCE][groups[0][0][0]]] if groups else None)


_Group = list[tuple[int, str]]
"""The indexes of rows, each with its time."""


def _groups(frame: pl.DataFrame, label: str, *, named: bool) -> Iterator[_Group]:
    """Yield the rows that say the same of several times.

    A row without a time is one of them, if something else names it.
    """
    perhaps = frame.filter(pl.col(label).str.contains(_MAY_BE_TIME))[label].unique().to_list()
    times = {text: _times_apart(text) for text in perhaps}
    groups: dict[tuple[object, ...], _Group] = defaultdict(list)
    known = {rest for rest, time in times.values() if time}
    for at, text, *key in frame.iter_rows():
        rest, time = times.get(text) or (_bare_label(text or ""), "")
        if time or (named and rest and rest in known):
            groups[(rest if named else "", *key)].append((at, time))
    yield from (rows for rows in groups.values() if len({time for _, time in rows}) > 1)


def _said_again(frame: pl.DataFrame, choices: list[str]) -> list[_Group]:
    """Return the rows of the blocks in which each of several choices stands as often, more than once."""
    counts = frame.group_by(BLOCK, *choices).agg(AT).group_by(BLOCK).agg(pl.col(AT).list.len().alias("often"), AT)
    return [
        [(at, "") for at in sorted(chain(*rows))]
        for _, often, rows in counts.sort(BLOCK).iter_rows()
        if len(often) > 1 and len(set(often)) == 1 and often[0] > 1
    ]


def _within_time(figures: pl.DataFrame, group: _Group) -> _Group:
    """Return the rows that have a time within that of another, or around it, with figures that may be within, too."""
    known = [(at, time, days) for at, time in group[:_MANY] if (days := _days_of_time(time)) is not None]
    found: dict[int, str] = {}
    for (one, time, days), (other, beside, around) in permutations(known, 2):
        inside = around[0] <= days[0] and days[1] <= around[1] and days != around
        pairs = zip(figures.row(one), figures.row(other), strict=True)
        if inside and all((part or 0) <= (whole or 0) for part, whole in pairs):
            found |= {one: time, other: beside}
    return sorted(found.items())


_MANY = 40
"""Rows of one name whose times are compared."""
_ANY_YEAR = (date(2001, 1, 1), date(2001, 12, 31))


def _days_of_time(time: str) -> tuple[float, float] | None:
    """Return the first and last day of a time, whatever its year."""
    bare = re.sub(f"{_YEAR}[-./年]?度?|^[0-9]{{2}}年", "", time)
    try:
        made = read_period(bare or "全年", _ANY_YEAR) if time else None
    except Unreadable:
        return None
    return (made.low, made.high) if made else None


def _times_apart(text: str) -> tuple[str, str]:
    """Return a label without its times, and the times."""
    said = unicodedata.normalize("NFKC", text).lower()
    said = re.sub(r"\s*([^\x00-\x7f]+)\s*", r"\1", said).strip()
    return _bare_label(_TIME.sub(" ", said)), "".join(_TIME.findall(said))


def _bare_label(text: str) -> str:
    said = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]|时点|截[至止]|数$", "", said)
