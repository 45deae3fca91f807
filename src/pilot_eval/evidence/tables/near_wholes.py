"""Finds records that come near to the sum of others without being it: totals in which a figure is off.

A record that is worded as a total needs only to be of a total's size. The first or last row of any name speaks if a
figure is nearer to the sum than chance explains.
"""

import math
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from pilot_eval.evidence.tables.breakdowns import Amounts, step
from pilot_eval.evidence.tables.labels import RowLabels, weight
from pilot_eval.evidence.tables.totals import near

_DOUBTED, _DOUBTED_OF_TWO = 20, 60
"""The least odds of a warning about the first or the last row; and where it would be the sum of two."""
_WITHIN = 2
"""How many times larger or smaller than the sum a record that is worded as a total may be."""
_NEAR = 0.1
"""How much of itself another may lack in a figure."""
_SAYS_MORE = 20
"""The weight of labels that make a sum likelier; those that only look alike do so for an exact one."""
_NEAREST = 8
"""The least odds of the nearest figure alone, where labels say nothing."""
_LABELLED = 50
"""Parts whose labels and digits are examined."""


class NearWhole(NamedTuple):
    """A record, the records that it comes near to the sum of, and for each column its figure and their sum."""

    whole: int
    parts: range
    figures: tuple[tuple[int, float, float], ...]


def near_wholes(
    columns: Sequence[Amounts], labels: RowLabels, free: Sequence[bool], worded: Set[int], known: Set[int]
) -> Iterator[NearWhole]:
    """Yield such records, of those that have no date or choice; `known` are sums and their parts, `worded` totals."""
    count, start = len(free), 0
    for whole in range(count):
        above = range(start, whole)
        parts = above if len(above) > 1 else range(1, count) if not whole else range(0)
        outer = len(parts) == count - 1
        if free[whole] and whole not in known and len(parts) > 1 and (outer or whole in worded):
            figures = _figures_apart(columns, whole, parts)
            least = 0.0 if whole in worded else _DOUBTED if len(parts) > 2 else _DOUBTED_OF_TWO
            if figures and _odds_of_near(columns, labels, whole, parts) >= least:
                within = _WITHIN if whole in worded else 1 + _NEAR
                if all(max(value, total) <= within * min(value, total) for _, value, total in figures):
                    yield NearWhole(whole, parts, figures)
        start = whole + 1 if whole in worded or whole in known else start


def _figures_apart(columns: Sequence[Amounts], whole: int, parts: range) -> tuple[tuple[int, float, float], ...]:
    """Return the figures of a record that differ from the sums; none if one isn't larger than every part."""
    found = list[tuple[int, float, float]]()
    for at, column in enumerate(columns):
        value, (low, high) = column.values[whole], column.of(parts)
        if not value:
            continue
        if value <= max(filter(None, (column.values[each] for each in parts)), default=value):
            return ()
        if not near(value, low, high):
            found.append((at, value, low if value < low else high))
    return tuple(found)


def _odds_of_near(columns: Sequence[Amounts], labels: RowLabels, whole: int, parts: range) -> float:
    """Return how unlikely it is that a record comes so near to a sum by chance; of near figures, the nearest."""
    exact, nearest = dict[tuple[float, ...], float](), 1.0
    some = range(parts.start, min(parts.stop, parts.start + _LABELLED))
    for column in columns:
        value, (low, high) = column.values[whole] or 0.0, column.of(parts)
        listed = [each for at in some if (each := column.values[at])]
        if not value or len(listed) < 2:
            continue
        apart = max(low - value, value - high, 0.0)
        levels = value / (2 * apart + max(step([value, *listed]), high - low))
        if near(value, low, high):
            shares = tuple(round(each / value, 2) for each in listed)
            exact[shares] = max(levels, exact.get(shares, 1.0))
        else:
            nearest = max(nearest, levels)
    said = weight(labels[whole], [labels[at] for at in some])
    if said >= _SAYS_MORE:
        return math.prod(exact.values()) * nearest * said / 2
    return math.prod(exact.values()) * nearest * min(said, 1) / 2 if nearest >= _NEAREST else 0.0
