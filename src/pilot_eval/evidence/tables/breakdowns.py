"""Finds runs of records that break down one whole in two ways, such as by block and by tenure: both count it."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pilot_eval.evidence.tables.labels import RowLabels, apart
from pilot_eval.evidence.tables.totals import Sums, is_multiple, meet

_DOUBTED = 500
"""The least odds that runs are two breakdowns of one whole; measured on ordinary tables."""
_WAYS = 3
"""Breakdowns of one whole that are looked for."""


@dataclass(frozen=True)
class Amounts:
    """A column's numbers of some records, and their sums."""

    values: Sequence[float | None]
    sums: Sums

    def of(self, rows: range) -> tuple[float, float]:
        return self.sums.of(rows.start, rows.stop)

    def levels(self, one: range, other: range) -> float | None:
        """Return among how many sums two runs agree: 1 if that shows nothing, None if they don't."""
        (low, high), (least, most) = self.of(one), self.of(other)
        if not meet(low, high, least, most):
            return None
        parts = [value for rows in (one, other) for at in rows if (value := self.values[at])]
        if not parts or min(parts) < 0:
            return 1.0
        return max(1.0, low / max(step([low, *parts]), high - low, most - least))


def step(values: Iterable[float]) -> float:
    """Return the largest of 1, 5, 10, 50 … (or 0.5, 0.1 …) of which all values are multiples."""
    listed = [abs(each) for each in values]
    most = min(listed) * (1 + 1e-9)
    steps = (10.0**power * times for power in range(12, -7, -1) for times in (5, 1))
    return next((each for each in steps if each <= most and all(is_multiple(value, each) for value in listed)), 1e-6)


def breakdowns(
    columns: Sequence[Amounts], labels: RowLabels, indexes: Sequence[int], *, odds_of_unit: float = 1
) -> Iterator[list[range]]:
    """Yield runs of records, one behind the other, that agree in the sum of every column more than chance explains.

    `indexes` are the records' rows: those that stand apart, by a blank row or a total, may be a run.
    """
    taken = set[int]()
    for runs, ways in _choices(columns, indexes):
        rows = {at for run in runs for at in run}
        if taken & rows or min(map(len, runs)) < 2:
            continue
        if all(_odds(columns, labels, *pair) / ways / odds_of_unit >= _DOUBTED for pair in pairwise(runs)):
            taken |= rows
            yield list(runs)


def _odds(columns: Sequence[Amounts], labels: RowLabels, one: range, other: range) -> float:
    """Return how unlikely it is that the sums of two runs agree by chance; 0 if they don't."""
    shown = dict[tuple[float, ...], float]()
    for column in columns:
        levels = column.levels(one, other)
        if levels is None:
            return 0
        whole = column.of(one)[0] or 1.0
        shares = tuple(round((column.values[at] or 0.0) / whole, 2) for at in (*one, *other))
        shown[shares] = max(levels, shown.get(shares, 1.0))
    return math.prod(shown.values()) * apart([labels[at] for at in one], [labels[at] for at in other])


def _choices(columns: Sequence[Amounts], indexes: Sequence[int]) -> Iterator[tuple[list[range], int]]:
    """Yield runs whose sums may agree, each with the number of ways to choose such."""
    starts = [at for at, index in enumerate(indexes) if not at or index != indexes[at - 1] + 1]
    blocks = [range(start, end) for start, end in pairwise([*starts, len(indexes)])]
    for pair in pairwise(blocks):
        yield list(pair), 1
    for rows in dict.fromkeys([range(len(indexes)), *blocks]):
        for count in range(_WAYS, 1, -1):
            if runs := _runs_of_one_sum(columns, rows, count):
                yield runs, math.comb(len(rows) - 1 - count, count - 1)


def _runs_of_one_sum(columns: Sequence[Amounts], rows: range, count: int) -> list[range] | None:
    """Return records split into some runs of the same sum, in the first column that has one."""
    amounts = next((each for each in columns if each.of(rows)[0] > 0), None)
    if amounts is None or len(rows) < 2 * count:
        return None
    each = amounts.of(rows)[0] / count
    ends = [
        bisect_left(rows, each * turn * (1 - 1e-9), key=lambda at: amounts.of(range(rows.start, at + 1))[0])
        + rows.start
        + 1
        for turn in range(1, count)
    ]
    return [range(start, end) for start, end in pairwise([rows.start, *ends, rows.stop])]
