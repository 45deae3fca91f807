"""Compares rows of totals with the sums of the records that they may total."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from pilot_eval.evidence.cells.cell import Reading, Unreadable
from pilot_eval.evidence.cells.columns import ReadingContext, SheetContext, read_column
from pilot_eval.evidence.cells.numbers import read_number
from pilot_eval.evidence.cells.raw_cells import Cells
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.row_roles import Role, counted
from pilot_eval.frames import UNBOUNDED, three
from pilot_eval.plugin.tables import NUMBER_KINDS, ColumnSpec

Roles = dict[int, tuple[Role | None, str]]
"""Rows below the header that aren't records, by index: their role, and the word for “total” in a total.

A record that is only worded like a total has None as its role.
"""


def check_totals(located: Located, body: list[Cells], kept: pl.Series, roles: Roles, said: Findings) -> None:
    """Compare each row of totals with the sums of the records that it may total."""
    totals = ranges_of(roles, kept, len(body[0].text))
    if not totals:
        return
    for index, spans in totals.items():
        number = counted(roles[index][1])
        if number is not None and all(end - start != number for start, end in spans):
            value, low, high = (f"{each:,}" for each in (number, *[spans[0][1] - spans[0][0]] * 2))
            said.say("row-total-differs", index + located.body, None, value=value, low=low, high=high)
    for column in located.layout.columns:
        at = located.columns.get(column.name)
        if at is None or column.kind not in NUMBER_KINDS or column.unit == "%":
            continue
        sheet = reading_of(located, column)
        records = read_column(body[at].chosen(kept), column, ReadingContext(), sheet, required=False).stored
        stored = three(column.name)
        sums = Sums(records[stored.low], records[stored.high])
        for index, spans in totals.items():
            given = _total_given(body[at].at(index), column, located)
            bounds = [sums.of(*span) for span in spans if span[0] < span[1]]
            if given is not None and not any(_may_total(given, *each) for each in bounds):
                low, high = (f"{bound:,.10g}" for bound in (bounds or [(0.0, 0.0)])[0])
                shown = {"value": f"{given.value:,.10g}", "low": low, "high": high}
                said.say("row-total-differs", index + located.body, at, **shown)


def ranges_of(roles: Roles, kept: pl.Series, height: int) -> dict[int, list[tuple[int, int]]]:
    """Return the ranges of records (from, to) that each row of totals may be the sum of, the likeliest first."""
    totals = [(index, word) for index, (role, word) in roles.items() if role is Role.TOTAL]
    records_at = kept.to_list()
    return {
        index: [(bisect_left(records_at, start), bisect_left(records_at, end)) for start, end in spans]
        for (index, _), spans in zip(totals, spans_of(totals, height), strict=True)
    }


def counted_once(
    located: Located,
    body: list[Cells],
    kept: pl.Series,
    stored: Mapping[str, pl.Series],
    roles: Roles,
    columns: Sequence[ColumnSpec],
) -> list[tuple[int, int]]:
    """Return the ranges of records (from, to) whose sum a row of totals is in all columns, so that each counts once."""
    found = list[tuple[int, int]]()
    sums = {each.name: Sums(*(stored[name] for name in three(each.name)[1:])) for each in columns}
    for index, spans in ranges_of(roles, kept, len(body[0].text)).items():
        cells = {each.name: _total_given(body[located.columns[each.name]].at(index), each, located) for each in columns}
        given = {name: total for name, total in cells.items() if total is not None}
        for span in spans if given else ():
            bounds = [(total, *sums[name].of(*span)) for name, total in given.items()]
            if all(meet(total.low, total.high, low, high) for total, low, high in bounds):
                found.append(span)
    return found


def reading_of(located: Located, column: ColumnSpec) -> SheetContext:
    year, titled = (located.year if column.in_period else None) or (None, "")
    return SheetContext(located.units.get(column.name), located.grid.epoch, year, titled, located.layout.units)


def _total_given(cell: Any, column: ColumnSpec, located: Located) -> Reading | None:
    try:
        return (
            None
            if cell is None
            else read_number(cell, column.unit, located.units.get(column.name), located.layout.units)
        )
    except Unreadable:
        return None


def _may_total(given: Reading, low: float, high: float) -> bool:
    """Return whether a total may be a sum, also if it is approximate or was rounded to wholes: 123 for 123.4."""
    place = rounded_at(given.value, low, high)
    return meet(given.low, given.high, low, high) or (place is not None and place <= 1)


_SMALL = ("小", "sub")
_WHOLE = ("总", "總", "grand")


def spans_of(totals: Sequence[tuple[int, str]], height: int) -> Iterator[list[tuple[int, int]]]:
    """Yield, for each total, the ranges of rows (from, to) that it may be the sum of, the likeliest first.

    A subtotal covers the rows since the last total, a total those since the last total that isn't a subtotal, a grand
    total all rows above; a total above its rows covers those below.
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
    """Sums of the bounds of a column's records over any range of rows."""

    def __init__(self, low: pl.Series, high: pl.Series) -> None:
        self._low = [0.0, *_finite_total(low).cum_sum()]
        self._high = [0.0, *_finite_total(high).cum_sum()]
        self._open = (high >= UNBOUNDED).fill_null(False).arg_true().to_list()

    def of(self, start: int, end: int) -> tuple[float, float]:
        """Return the minimum and maximum sum of the records from `start` up to, but not including, `end`."""
        at = bisect_left(self._open, start)
        unbounded = at < len(self._open) and self._open[at] < end
        return self._low[end] - self._low[start], UNBOUNDED if unbounded else self._high[end] - self._high[start]


def _finite_total(bounds: pl.Series) -> pl.Series:
    given = bounds.fill_null(0.0)
    return given.set(given.abs() >= UNBOUNDED, 0.0)


def near(value: float, low: float, high: float) -> bool:
    """Return whether a total is within bounds, apart from rounding errors of the sum."""
    slack = 1e-6 * max(1.0, abs(value))
    return low - slack <= value <= high + slack


def meet(low: float, high: float, least: float, most: float) -> bool:
    """Return whether two ranges have a number in common, apart from rounding errors of sums."""
    return near(low, least, most) or near(least, low, high)


_ROUGHLY = 0.1
"""How much of itself a rounded sum may lack: 1 of 1.7 is another number."""


def rounded_at(value: float, low: float, high: float) -> float | None:
    """Return the place at which a number is a sum rounded or cut off, 100 for 1200 of 1245; None if it isn't one."""
    if max(value - high, low - value) > _ROUGHLY * value:
        return None
    for power in range(-4, 13):
        place = 10.0**power
        if place > value or not is_multiple(value, place):
            return None
        if value - place / 2 <= high + 1e-6 and low < value + place - 1e-6:
            return place
    return None


def is_multiple(value: float, step: float) -> bool:
    return abs(value / step - round(value / step)) < 1e-6
