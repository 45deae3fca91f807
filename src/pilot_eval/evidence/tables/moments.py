"""Rows that differ by a time alone in a table of figures as of one moment, which mustn't be added up over time."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.readers.sheet import spans
from pilot_eval.evidence.tables.across_rows import AT, BLOCK, MOST, Found, Frames, Source, spelled, with_count
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import ROW, SOURCE
from pilot_eval.plugin.tables import Kind
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.text import joined, quoted

_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "(?:1[0-2]|0?[1-9])(?![0-9])"
_NAMED = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|ober)?(?![a-z])"
_TIME = re.compile(
    r"(?:截[至止到]+|as (?:of|at) )?(?:"
    rf"(?:{_YEAR}|(?<![0-9])[0-9]{{2}}(?=年))?[-./年]?度?(?:"
    r"[上下前后]半年|第?[一二三四1-4]季度?|年中|[年期季][初末终底]|(?<![a-z])(?:q[1-4]|[1-4]q|h[12]|[12]h)(?![a-z0-9])"
    rf"|(?:{_MONTH}|十[一二]?|[一二三四五六七八九])月份?(?:[0-3]?[0-9][日号])?"
    r")(?:[初末终底中]|[上中下]旬)?"
    rf"|(?<![0-9]){_YEAR}[-./]?{_MONTH}(?:[-./][0-3]?[0-9](?![0-9]))?|(?<![0-9]){_YEAR}(?:0[1-9]|1[0-2])[0-3][0-9]"
    rf"|{_YEAR}年度?[初末终底中]?|(?<![0-9.]){_YEAR}(?![0-9])"
    r"|(?:(?:start|beginning|end|middle) of (?:the )?|mid-?)(?:year|period)|(?:year|period)[ -]?(?:start|end)"
    r"|(?:first|second|third|fourth|1st|2nd|3rd|4th) (?:half|quarter)(?: of the year)?"
    rf"|(?<![a-z])(?:[0-3]?[0-9] )?{_NAMED}\.?(?: [0-3]?[0-9](?![0-9]))?"
    rf")(?:,? ?{_YEAR}(?![0-9]))?"
)
"""What says in a label when its figures were taken."""
_MAY_BE_TIME = r"(?i)[年月季期]|(?:19|20)[0-9]{2}|q[1-4]|[1-4]q|h[12]|[12]h|year|period|half|quarter|[a-z]{3}"
"""A fast filter for labels with a time."""


def check_moments(frames: Frames, sources: list[Source]) -> Found:
    """Return the findings about rows of a block that are the same but for the time in their label.

    In a table whose labels are choices, their times stand in the remarks.
    """
    return [
        (layout.id, each)
        for layout, frame, _ in frames.values()
        if any(column.stock for column in layout.columns)
        for each in _of_table(layout, frame, sources)
    ]


def _of_table(layout: Layout, frame: pl.DataFrame, sources: list[Source]) -> list[Finding]:
    kinds: dict[Kind, list[str]] = defaultdict(list)
    for column in layout.required:
        kinds[column.kind].append(column.name)
    if kinds[Kind.PERIOD] or kinds[Kind.DATE]:
        return []
    label, *texts = kinds[Kind.TEXT] or ["note"]
    same = [BLOCK, *kinds[Kind.CHOICE]]
    found = list(_groups(frame.select(AT, label, *same, *map(spelled, texts)), label, named=bool(kinds[Kind.TEXT])))
    stock = joined(column.label for column in layout.columns if column.stock)
    said = []
    for rows in found[:MOST]:
        first, last = rows[0], rows[-1]
        said.append(
            finding(
                "rows-of-moments",
                sources[frame[SOURCE][last]].place(frame[ROW][last], label),
                rows=spans(frame[ROW][at] for at in rows),
                times=joined(quoted(shown_text(frame[label][at], 30)) for at in (first, last)),
                columns=stock,
            )
        )
    return with_count(said, len(found), sources[frame[SOURCE][found[0][0]]] if found else None)


def _groups(frame: pl.DataFrame, label: str, *, named: bool) -> Iterator[list[int]]:
    """Yield the indexes of the rows that say the same of several times.

    One row without a time is as good as another time, if something else names it.
    """
    times: dict[str, tuple[str, str]] = {}
    perhaps = frame.filter(pl.col(label).str.contains(_MAY_BE_TIME))[label].unique().to_list()
    for text in perhaps:
        times[text] = _apart(text)
    groups: dict[tuple[object, ...], list[tuple[int, str]]] = defaultdict(list)
    known = {rest for rest, time in times.values() if time}
    for at, text, *key in frame.iter_rows():
        rest, time = times.get(text) or (_bare(text or ""), "")
        if time or (rest and rest in known):
            groups[(rest if named else "", *key)].append((at, time))
    for rows in groups.values():
        if len({time for _, time in rows}) > 1:
            yield [at for at, _ in rows]


def _apart(text: str) -> tuple[str, str]:
    """Return a label without its times, and the times."""
    said = unicodedata.normalize("NFKC", text).lower()
    said = re.sub(r"\s*([^\x00-\x7f]+)\s*", r"\1", said).strip()
    return _bare(_TIME.sub(" ", said)), "".join(_TIME.findall(said))


def _bare(text: str) -> str:
    said = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]|时点|截[至止]|数$", "", said)
