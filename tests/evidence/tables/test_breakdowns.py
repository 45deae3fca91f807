"""Two breakdowns of one whole in one table: found by equal sums that chance doesn't explain."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pilot_eval.evidence.tables.breakdowns import Amounts, breakdowns, step
from pilot_eval.evidence.tables.labels import RowLabels
from pilot_eval.evidence.tables.totals import Sums
from tests.support import writers as w
from tests.support.periods_lab import outcome

HEADER = ["科目", "预算数", "支出数"]
BLOCKS = [("东区", 1873, 911), ("西区", 2214, 1307), ("南区", 1446, 764)]
TENURES = [("自有", 3120, 1999), ("租赁", 2413, 983)]
"""Both come to 5,533 and 2,982."""


def said(rows: Sequence[Sequence[object]], folder: Path) -> list[str]:
    made = outcome({"账目.csv": w.as_csv([HEADER, *rows])}, folder)
    return [each for each in made.said() if each.startswith("rows-two-ways")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([*BLOCKS, *TENURES], True),
        ([*TENURES, *BLOCKS], True),
        ([*BLOCKS, ("自有", 3121, 1999), ("租赁", 2413, 983)], False),  # one sum differs
        ([*BLOCKS, ("自有", 3120, 1998), ("租赁", 2413, 983)], False),
        ([*BLOCKS, *BLOCKS[::-1]], False),  # the same rows again are told otherwise
        ([("东区", 20, 10), ("西区", 10, 20), ("自有", 20, 20), ("租赁", 10, 10)], False),  # chance
        (BLOCKS, False),
    ],
)
def test_two_breakdowns_are_told(rows: Sequence[Sequence[object]], found: bool, tmp_path: Path) -> None:
    assert bool(said(rows, tmp_path)) == found


def test_where_the_second_begins_is_named(tmp_path: Path) -> None:
    assert said([*BLOCKS, *TENURES], tmp_path) == ["rows-two-ways 账目.csv:5"]


def amounts(*values: float | tuple[float, ...] | None) -> Amounts:
    """A column's numbers: exact, at least the first of two, the first of three and between the others, or none."""
    bounds = [(each, each) if not isinstance(each, tuple) else each[-2:] for each in values]
    low, high = (pl.Series([each[at] for each in bounds], dtype=pl.Float64) for at in (0, 1))
    return Amounts([each[0] if isinstance(each, tuple) else each for each in values], Sums(low, high))


@pytest.mark.parametrize(
    ("one", "other", "levels"),
    [
        ([3, 4], [2, 5], 7), ([3, 4], [2, 6], None), ([0, 0], [None, 0], 1), ([5, -1], [2, 2], 1),
        ([0.5, 1.5], [1, 1], 4),
        ([3, 7], [6, 4], 10), ([20, (20, 24)], [20, (21, 23)], 10), ([(20, 24), 20], [(21, 27), 20], 40 / 6),
        ([(2, 15), (3, 5)], [(4, 10), (3, 8)], 1), ([20, (21, 26)], [20, (20, 24)], 41 / 5),
        ([20, (20, 24)], [20, (21, 26)], 8), ([20, (20, 19, 21)], [20, 20], 19.5), ([20, (20, 21)], [20, 20], 4),
        ([(20, 24), 20], [(25, 27), 20], None),
    ],
)  # fmt: skip
def test_among_how_many_sums_two_runs_agree(one: Sequence[Any], other: Sequence[Any], levels: float | None) -> None:
    assert amounts(*one, *other).levels(range(2), range(2, 4)) == (levels and pytest.approx(levels))


@pytest.mark.parametrize(
    ("values", "largest"),
    [
        ([7, 3], 1), ([10, 20], 10), ([50, 100], 50), ([15, 20], 5), ([0.5, 1.5], 0.5), ([0.25, 7], 0.05),
        ([-30, 10], 10),
        ([1, 5_000_000], 1), ([1e12, 3e12], 1e12), ([5e-7], 1e-6), ([5e13], 5e12),
    ],
)  # fmt: skip
def test_the_step_of_which_all_values_are_multiples(values: Sequence[float], largest: float) -> None:
    assert step(values) == pytest.approx(largest)


SAME = [(0, 2), (2, 4)]
IN_TWO, BESIDE = [0, 1, 3, 4], [0, 1, 3, 4, 6, 7]
PARTED = [21, 79, 43, 57]


@pytest.mark.parametrize(
    ("columns", "indexes", "found"),
    [
        # a sum of 500 in ones is that unlikely; twice as many ways to choose the runs ask for twice as much
        ([[201, 299, 263, 237]], IN_TWO, [SAME]), ([[201, 298, 263, 236]], IN_TWO, []),
        ([[201, 299, 263, 237]], range(4), [SAME]),
        ([[301, 699, 263, 237, 500]], range(5), [[(0, 2), (2, 5)]]), ([[301, 698, 263, 237, 499]], range(5), []),
        ([[0.201, 0.299, 0.263, 0.237]], range(4), [SAME]), ([[201, 299, -263, 763]], range(4), []),
        ([[20_001, 29_999, (26_301, 26_303), 23_699]], range(4), [SAME]),
        # blocks that blank rows part, beside others, and within one
        ([[201, 299, 263, 237, 7000, 1]], BESIDE, [SAME]),
        ([[201, 299, 263, 237, 7000, 1]], [0, 1, 2, 3, 5, 6], [SAME]),
        ([[500, 201, 299]], [0, 2, 3], []), ([[7000, 1, 201, 299, 263, 237]], BESIDE, [[(2, 4), (4, 6)]]),
        ([[201, 299, 263, 237]], [0, 1, 2, 4], [SAME]),
        ([[7000, 1, 201, 299, 263, 237]], [0, 1, 3, 4, 5, 6], [[(2, 4), (4, 6)]]), ([[201, 299, 500]], range(3), []),
        # three ways, or four, of which only halves are told
        ([[1301, 699, 1263, 737, 1999, 1]], range(6), [[(0, 2), (2, 4), (4, 6)]]),
        ([[501, 499, 433, 567, 998, 1]], range(6), []),
        ([[1301, 699, 1263, 737, 1999, 1, 1901, 99]], range(8), [[(0, 4), (4, 8)]]),
        # columns in proportion show it once
        ([PARTED], range(4), []), ([PARTED, [11, 89, 61, 39]], range(4), [SAME]),
        ([PARTED, [42, 158, 86, 114]], range(4), []),
        ([PARTED, [85, 315, 171, 229]], range(4), []),
        ([[21, None, 79, 40, 60], [85, None, 315, 159, 241]], range(5), []),
        ([[0, 0, 0, 0], [201, 299, 263, 237]], range(4), [SAME]),
        ([[(0, 5)] * 4, [201, 299, 263, 237]], range(4), [SAME]),
        ([[201, 299, 263, 237], [7, 1, 2, 5]], range(4), []),
    ],
)  # fmt: skip
def test_how_unlikely_equal_sums_must_be(
    columns: Sequence[Sequence[Any]], indexes: Sequence[int], found: list[list[tuple[int, int]]]
) -> None:
    labels = RowLabels(pl.Series([*"甲乙丙丁戊己庚辛"[: len(indexes)]]), [""] * len(indexes))
    runs = breakdowns([amounts(*each) for each in columns], labels, indexes)
    assert [[(each.start, each.stop) for each in run] for run in runs] == found


def test_sums_of_no_unit_must_be_unlikelier() -> None:
    labels = RowLabels(pl.Series([*"甲乙丙丁"]), [""] * 4)
    assert list(breakdowns([amounts(401, 599, 463, 537)], labels, range(4), odds_of_unit=2))
    assert not list(breakdowns([amounts(401, 598, 463, 536)], labels, range(4), odds_of_unit=2))
