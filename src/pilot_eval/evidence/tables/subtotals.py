"""Finds groups of records with a subtotal each: one sum of few digits may be chance, all together aren't."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pilot_eval.evidence.tables.breakdowns import Amounts, step
from pilot_eval.evidence.tables.labels import RowLabels, weight
from pilot_eval.evidence.tables.totals import near

_DOUBTED, _DOUBTED_AMID = 10, 20
"""The least odds of a warning where the groups fill the table, and where other records are amid them."""
_LONGEST = 50
"""Records of a group."""
_MOST = 1_000
"""Records of a table that is examined: of more, some are sums by chance."""


class Subtotal(NamedTuple):
    """A record that is the sum of those directly above or below it in every column, and how unlikely that is."""

    whole: int
    parts: range
    odds: float

    @property
    def rows(self) -> range:
        return range(min(self.whole, self.parts.start), max(self.whole + 1, self.parts.stop))


def subtotals(columns: Sequence[Amounts], labels: RowLabels, free: Sequence[bool]) -> list[Subtotal]:
    """Return the groups of a table with several, all with the subtotal above their records or all below.

    `free` are the records without a date, choice or flag of their own.
    """
    count = len(free)
    if count > _MOST or not all(free):
        return []
    for below in (True, False):
        groups = list(_subtotals_of(columns, labels, count, below=below))
        for chosen, least in ((_filling(groups, columns, count), _DOUBTED), (_amid(groups, count), _DOUBTED_AMID)):
            odds, found = chosen
            if sum(len(each.parts) > 1 for each in found) > 1 and odds >= least:
                return found
    return []


def _subtotals_of(columns: Sequence[Amounts], labels: RowLabels, count: int, *, below: bool) -> Iterator[Subtotal]:
    """Yield every group; of one record, the subtotal only repeats it."""
    for whole in range(count):
        values = [column.values[whole] or 0.0 for column in columns]
        if max(values) <= 0:
            continue
        for length in range(1, min(_LONGEST, whole if below else count - 1 - whole) + 1):
            parts = range(whole - length, whole) if below else range(whole + 1, whole + 1 + length)
            sums = [column.of(parts) for column in columns]
            if any(low > value and not near(value, low, high) for value, (low, high) in zip(values, sums, strict=True)):
                break
            if all(near(value, low, high) for value, (low, high) in zip(values, sums, strict=True)):
                said = weight(labels[whole], [labels[at] for at in parts])
                yield Subtotal(whole, parts, _levels_of_sum(columns, whole, parts) * said if length > 1 else 1.0)


def _levels_of_sum(columns: Sequence[Amounts], whole: int, parts: range) -> float:
    """Return among how many sums the whole is one by chance; columns in proportion show a sum only once."""
    shown = dict[tuple[float, ...], float]()
    for column in columns:
        value, listed = column.values[whole], [each for at in parts if (each := column.values[at])]
        if value and len(listed) > 1:
            shares = tuple(round((column.values[at] or 0.0) / value, 2) for at in parts)
            shown[shares] = max(value / step([value, *listed]), shown.get(shares, 1.0))
    return math.prod(shown.values())


def _filling(groups: Sequence[Subtotal], columns: Sequence[Amounts], count: int) -> tuple[float, list[Subtotal]]:
    """Return the groups that take in every record but perhaps a total of all of them, and the odds of all of them."""
    best: dict[int, tuple[float, list[Subtotal]]] = {0: (1.0, [])}
    starting: dict[int, list[Subtotal]] = {}
    for each in groups:
        starting.setdefault(each.rows.start, []).append(each)
    for start in range(count):
        for each in starting.get(start, ()) if start in best else ():
            odds, before = best[start]
            if each.rows.stop not in best or best[each.rows.stop][0] < odds * each.odds:
                best[each.rows.stop] = odds * each.odds, [*before, each]
    whole = count if count in best else count - 1
    odds, found = best.get(whole, (0.0, []))
    if whole < count and not _is_total(columns, whole, found):
        return 0.0, []
    return odds / max(1, math.comb(max(whole - len(found) - 1, 0), max(len(found) - 1, 0))) / 2, found


def _is_total(columns: Sequence[Amounts], whole: int, groups: Sequence[Subtotal]) -> bool:
    sums = [sum(column.values[each.whole] or 0.0 for each in groups) for column in columns]
    return all(near(column.values[whole] or 0.0, each, each) for column, each in zip(columns, sums, strict=True))


def _amid(groups: Sequence[Subtotal], count: int) -> tuple[float, list[Subtotal]]:
    """Return the groups that together are the least likely chance, with other records amid them."""
    places = 2 * count
    best: list[tuple[float, list[Subtotal]]] = [(1.0, [])]
    ending: dict[int, list[Subtotal]] = {}
    for each in groups:
        if each.odds > places:
            ending.setdefault(each.rows.stop, []).append(each)
    for stop in range(1, count + 1):
        choices = [best[stop - 1]]
        for each in ending.get(stop, ()):
            odds, before = best[each.rows.start]
            choices.append((odds * each.odds / places, [*before, each]))
        best.append(max(choices, key=lambda choice: choice[0]))
    odds, found = best[-1]
    return odds * math.factorial(min(len(found), 20)), found
