"""Rows of a table that are no records: totals and what they may be the sum of, remarks, the header again."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from pilot_eval.evidence import cells as read
from pilot_eval.evidence.layouts import Located
from pilot_eval.plugin.expressions import UNBOUNDED
from pilot_eval.plugin.tables import Kind

MAY_BE_ASIDE = (
    r"(?i)^[\s*＊（(]*(?:本\s*[年月期页]|全\s*年|年\s*度|[上下]\s*半\s*年|第?[一二三四1-4]季度|[0-9]{1,2}月)?\s*"
    r"(?:[合总總小共累]\s*[计計]|总\s*[数额]|(?:sub|grand)?\s*total|sum|注|备\s*注|说\s*明|填|note|制|审|复核|负责|单位"
    r"|数据|来源|资料|联系|经办|日\s*期|盖章|签|以下|主管|分管)"
)
"""A quick sieve for columns in bulk: what `total_word` and `is_remark` look for begins so. No `\\b`: it is slow."""

_TOTAL = re.compile(
    "(?:本[年月期页]|全年|年度|[上下]半年|第?[一二三四1-4]季度|[0-9]{1,2}月份?)?"
    r"((?:[合总總小共累][计計]|总[数额])(?:数|金额|额)?|(?:sub|grand)?totals?|sum)(?:\([^()]*\))?"
)
_SMALL = ("小", "sub")
_WHOLE = ("总", "總", "grand")
_REMARK = re.compile(
    r"\(?(?:注|备注|说明|填表说明|note|数据来源|资料来源|来源)\s*[0-9一二三四五六七八九十]*\s*[:.、]|注[0-9]|填表说明|"
    r"\(?(?:单位|主管|分管|部门)?(?:填表|填报|制表|制|审核|复核|审批|负责|经办|联系|主管|分管|统计)(?:人|单位|部门|负责人|领导|日期|时间|电话)?"
    r"(?:\([^()]*\))?\s*[:(]|(?:填报|填表|制表)?日期\s*:|单位\s*(?:\([^()]*\))?\s*:|\(?(?:盖章|签字|签章)|以下(?:空白|无正文)",
    re.IGNORECASE,
)


def total_word(row: Sequence[Any], located: Located) -> str | None:
    """The word that makes a row one of totals, as `word_key` has it.

    It is the row's first cell, or the first under a header that is used, or stands where a number or a day should:
    «合计» as the title of a dated event is data.
    """
    used = {at: column for column in located.layout.columns if (at := located.columns.get(column.name)) is not None}
    filled = [at for at, cell in enumerate(row) if cell is not None]
    leading = {filled[0], *[at for at in filled if at in used][:1]}
    for at in filled:
        if at in leading or (at in used and used[at].kind is not Kind.TEXT):
            match = _TOTAL.fullmatch(read.word_key(row[at])) if isinstance(row[at], str) else None
            if match:
                return match[1]
    return None


def is_header(row: Sequence[Any], located: Located) -> bool:
    """Whether a row repeats the header, as systems print it on every page."""
    header = located.grid.rows[located.header]
    return all(row[at] == header[at] for at in located.columns.values())


def is_remark(row: Sequence[Any], located: Located) -> bool:
    """Whether a row is a note or a line of signatures: its first cell says so, and it lacks what a record has.

    A row with a figure in a column of figures is none, lest the figure be lost.
    """
    first = next(cell for cell in row if cell is not None)
    if not isinstance(first, str) or not _REMARK.match(read.plain(first)):
        return False
    if sum(cell is not None for cell in row) == 1:
        return True
    columns = {column.name: column for column in located.layout.columns}
    cells = [(columns[name], row[at]) for name, at in located.columns.items()]
    if all(cell is not None for column, cell in cells if not column.optional):
        return False
    return not any(_is_figure(cell) for column, cell in cells if column.kind in (Kind.COUNT, Kind.NUMBER))


def _is_figure(cell: Any) -> bool:
    return cell is not None and any(sign.isdecimal() for sign in read.words(cell)[:1])


def spans_of(totals: Sequence[tuple[int, str]], height: int) -> Iterator[list[tuple[int, int]]]:
    """For each total, the rows (from, to) whose records it may be the sum of, the likeliest first.

    A subtotal reaches back to the last total, a total to the last that is no subtotal, a grand total to the top;
    one above its rows reaches down.
    """
    indexes = [index for index, _ in totals]
    last = whole = 0
    for n, (index, word) in enumerate(totals):
        following = indexes[n + 1] if n + 1 < len(indexes) else height
        near_by, above = (last, index), (0 if word.startswith(_WHOLE) else whole, index)
        spans = [near_by, above] if word.startswith(_SMALL) else [above, near_by]
        yield [*spans, (0, index), (index, following), (index, height)]
        last = index
        whole = whole if word.startswith(_SMALL) else index


class Sums:
    """Sums of the bounds of a column's records over any span of rows."""

    def __init__(self, low: pl.Series, high: pl.Series) -> None:
        self._low = [0.0, *_finite(low).cum_sum()]
        self._high = [0.0, *_finite(high).cum_sum()]
        self._open = (high >= UNBOUNDED).fill_null(False).arg_true().to_list()

    def of(self, start: int, end: int) -> tuple[float, float]:
        """The least and the most that the records `start` to `end` (not included) add up to."""
        at = bisect_left(self._open, start)
        unbounded = at < len(self._open) and self._open[at] < end
        return self._low[end] - self._low[start], UNBOUNDED if unbounded else self._high[end] - self._high[start]


def _finite(bounds: pl.Series) -> pl.Series:
    return bounds.fill_null(0.0).set((bounds.abs() >= UNBOUNDED).fill_null(False), 0.0)


def near(value: float, low: float, high: float) -> bool:
    """Whether a total lies within bounds, but for the noise of adding up."""
    slack = 1e-6 * max(1.0, abs(value))
    return low - slack <= value <= high + slack
