"""Rows of totals, compared with the sums of the records that they may stand for."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.evidence.cells.columns import Around, Cells, SheetContext, read_column
from pilot_eval.evidence.cells.numbers import read_number
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.layout import FIGURES, Located
from pilot_eval.evidence.tables.row_roles import LIKE_A_TOTAL, Role
from pilot_eval.frames import UNBOUNDED, three
from pilot_eval.plugin.tables import ColumnSpec

Roles = dict[int, tuple[Role | None, str]]
"""Rows below the header that are no records, by their index: what they are, and the word of a total.

A record that only sounds like a total is there without a role.
"""


def check_totals(located: Located, body: list[Cells], kept: pl.Series, roles: Roles, said: Findings) -> None:
    """Compare each row of totals with the sum of the records that it may stand for."""
    totals = [(index, word) for index, (role, word) in roles.items() if role is Role.TOTAL]
    like = [index for index, (role, _) in roles.items() if role is None]
    if not totals and not like:
        return
    records_at = kept.to_list()
    ranges = [
        [(bisect_left(records_at, start), bisect_left(records_at, end)) for start, end in spans]
        for spans in spans_of(totals, len(body[0].text))
    ]
    same = dict.fromkeys(like, 0)
    for column in located.layout.columns:
        at = located.columns.get(column.name)
        if at is None or column.kind not in FIGURES or column.unit == "%":
            continue
        sheet = reading_of(located, column)
        records = read_column(body[at].chosen(kept), column, Around(), sheet, required=False).stored
        stored = three(column.name)
        sums = Sums(records[stored.low], records[stored.high])
        for (index, _), spans in zip(totals, ranges, strict=True):
            given = _total_given(body[at].at(index), column, located)
            bounds = [sums.of(*span) for span in spans if span[0] < span[1]]
            if given is not None and not any(near(given, *each) for each in bounds):
                low, high = (f"{bound:,.10g}" for bound in (bounds or [(0.0, 0.0)])[0])
                shown = {"value": f"{given:,.10g}", "low": low, "high": high}
                said.say("row-total-differs", index + located.body, at, **shown)
        for index in like:
            given, end = _total_given(body[at].at(index), column, located), bisect_left(records_at, index)
            if given and end > 1:
                same[index] += 1 if near(given, *sums.of(0, end)) else -len(located.columns)
    for index, count in same.items():
        if count > 0:
            said.say(LIKE_A_TOTAL, index + located.body, None)


def reading_of(located: Located, column: ColumnSpec) -> SheetContext:
    return SheetContext(located.units.get(column.name), located.grid.epoch)


def _total_given(cell: Any, column: ColumnSpec, located: Located) -> float | None:
    try:
        return None if cell is None else read_number(cell, column.unit, located.units.get(column.name)).value
    except Unreadable:
        return None


_SMALL = ("小", "sub")
_WHOLE = ("总", "總", "grand")


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
        self._low = [0.0, *_finite_total(low).cum_sum()]
        self._high = [0.0, *_finite_total(high).cum_sum()]
        self._open = (high >= UNBOUNDED).fill_null(False).arg_true().to_list()

    def of(self, start: int, end: int) -> tuple[float, float]:
        """The least and the most that the records `start` to `end` (not included) add up to."""
        at = bisect_left(self._open, start)
        unbounded = at < len(self._open) and self._open[at] < end
        return self._low[end] - self._low[start], UNBOUNDED if unbounded else self._high[end] - self._high[start]


def _finite_total(bounds: pl.Series) -> pl.Series:
    return bounds.fill_null(0.0).set((bounds.abs() >= UNBOUNDED).fill_null(False), 0.0)


def near(value: float, low: float, high: float) -> bool:
    """Whether a total lies within bounds, but for the noise of adding up."""
    slack = 1e-6 * max(1.0, abs(value))
    return low - slack <= value <= high + slack
