"""One value in all its spellings is read; a cell that its column can't take is an error at its place."""

from pathlib import Path

import pytest

from tests.support import writers as w
from tests.support.corpus import bad_cells, good_cells
from tests.support.corpus.taking import each_taken_in
from tests.support.periods_lab import outcome

test_variants = each_taken_in(*bad_cells.VARIANTS, *good_cells.VARIANTS)


WORKS = ["工程名称", "开工日期", "销项日期"]


@pytest.mark.parametrize(
    ("begun", "closed", "said"),
    [
        ("2016-01-01", "2018-03-01", []),
        ("2015-06-01", "", []),
        ("2018-12-31", "2028-06-30", []),
        ("2014-06-01", "", ["cell-far 工程.csv:B2"]),
        ("2011年", "", ["cell-far 工程.csv:B2"]),
        ("2019-03-01", "", ["cell-far 工程.csv:B2"]),
        ("2018-03-01", "2108-04-01", ["cell-far 工程.csv:C2"]),
        ("2018-03-01", "1918-04-01", []),
    ],
)
def test_a_day_far_from_the_period_is_doubted(begun: str, closed: str, said: list[str], tmp_path: Path) -> None:
    made = outcome({"工程.csv": w.as_csv([WORKS, ["围墙", begun, closed]])}, tmp_path)
    assert made.said() == said
    assert made.figure("works") == 1
