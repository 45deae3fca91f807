"""Two breakdowns of one whole in one table: found by equal sums that chance doesn't explain."""

from collections.abc import Sequence
from pathlib import Path

import pytest

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
