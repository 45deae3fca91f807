"""Tells a revised table from another part: a part agrees in few figures by chance, a revision changes few of them."""

import math
from collections.abc import Iterable

import polars as pl

from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.plugin.tables import NUMBER_KINDS

CERTAIN, DOUBTED = 300, 20
"""How many times likelier a revision must be than another part to be an error, or a warning."""
_KEPT, _CHANGED = 0.7, 0.3
"""How often a revision keeps a figure, and how often it changes, adds or removes a row."""
_BY_CHANCE, _A_DIGIT = 0.12, 0.3
"""How often figures of one significant digit agree in two parts, and how much less often with each further digit."""
_DIGITS = 4
"""Digits that count; of more, most are of one figure's making."""
_ROWS = 200
"""Rows that are examined: they settle it."""


def odds(layout: Layout, rows: pl.DataFrame, same: Iterable[int], changed: int) -> float:
    """Return how much likelier a revision is than another part, given the rows that two blocks share.

    A figure that stands twice in a row counts once: a plan that was met, a line that was spent. 0 shows nothing.
    """
    names = [column.name for column in layout.columns if column.kind in NUMBER_KINDS]
    listed = list(same)[:_ROWS]
    shared = rows[listed].select(names).iter_rows() if names else ()
    agree = sum(map(_agreement, shared))
    return math.exp(min(agree + min(changed, _ROWS) * math.log(_CHANGED), 100.0))


def odds_of_row(figures: Iterable[float | None]) -> float:
    """Return how much likelier it is that a row with the same figures is the same one than that it is another."""
    return math.exp(min(_agreement(figures), 100.0))


def _agreement(figures: Iterable[float | None]) -> float:
    return sum(math.log(_KEPT / _chance(each)) for each in {each for each in figures if each})


def _chance(value: float) -> float:
    return _BY_CHANCE * _A_DIGIT ** (min(significant_digits(abs(value)), _DIGITS) - 1)


def significant_digits(value: float) -> int:
    """Return how many digits a figure has, without zeros at its end: 3 of 12300; at most 7."""
    return len(f"{value:.6e}".partition("e")[0].replace(".", "").rstrip("0"))
