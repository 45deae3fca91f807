"""Groups with a subtotal each are found out where no sum alone would be, and chance sums stay silent."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.tables.breakdowns import Amounts
from pilot_eval.evidence.tables.labels import RowLabels
from pilot_eval.evidence.tables.subtotals import subtotals
from pilot_eval.evidence.tables.totals import Sums
from tests.support import writers as w
from tests.support.corpus.taking import taken, written
from tests.support.corpus.variants import INFO

GROUP = st.lists(st.integers(11, 99), min_size=2, max_size=4)


def found(*columns: list[float], free: bool = True) -> list[int]:
    """The indexes of subtotals among records called 甲, 乙 …"""
    amounts = [Amounts(each, Sums(pl.Series(each), pl.Series(each))) for each in columns]
    count = len(columns[0])
    labels = RowLabels(pl.Series([chr(0x4E00 + 7 * at) for at in range(count)]), [""] * count)
    return [each.whole for each in subtotals(amounts, labels, [free] * count)]


@settings(deadline=None, derandomize=True)
@given(st.lists(GROUP, min_size=2, max_size=4), st.booleans(), st.booleans())
def test_groups_that_fill_a_table_are_found(groups: list[list[int]], below: bool, whole: bool) -> None:
    assume(all(each % 10 for group in groups for each in group))
    rows, at = list[float](), list[int]()
    for group in groups:
        at.append(len(rows) + (len(group) if below else 0))
        rows += [*group, sum(group)] if below else [sum(group), *group]
    rows += [sum(map(sum, groups))] if whole else []
    assert set(at) & set(found(rows))


@pytest.mark.parametrize(
    ("columns", "wholes"),
    [
        ([[24, 36, 60, 30, 28, 58]], [2, 5]),
        ([[60, 24, 36, 58, 30, 28]], [0, 3]),
        ([[24, 36, 60, 30, 28, 58, 118]], [2, 5]),
        ([[24, 36, 60, 30, 28, 58, 117]], [2, 5]),  # the last is no total
        ([[24, 36, 60, 30, 28, 5]], []),
        ([[24, 36, 60, 41, 41, 30, 28, 58]], [2, 4, 7]),  # one subtotal repeats the only record of its group
        ([[341, 227, 568, 99, 13, 238, 169, 407, 55]], [2, 7]),  # others are amid them
        ([[2, 3, 5, 1, 2, 3]], []),
        ([[50, 50, 100, 200, 300, 500]], []),
        ([[24, 36, 60, 31, 28, 58]], []),
        ([[24, 36, 60, 30, 28, 58], [1, 2, 4, 1, 1, 2]], []),  # another column says no
        ([[0, 0, 0, 0, 0, 0]], []),
    ],
)
def test_which_rows_are_subtotals(columns: list[list[float]], wholes: list[int]) -> None:
    assert found(*columns) == wholes


def test_rows_with_a_mark_of_their_own_and_very_long_tables_are_left_alone() -> None:
    assert found([24, 36, 60, 30, 28, 58], free=False) == []
    assert found([24, 36, 60, 30, 28, 58] * 200) == []


def test_subtotals_are_said_of_their_rows(tmp_path: Path) -> None:
    def said(rows: list[list[Any]]) -> list[int | None]:
        with TemporaryDirectory(dir=tmp_path) as folder:
            files = {
                "submission.yaml": INFO.encode(),
                "经费预算.csv": w.as_csv([["预算科目", "预算数", "执行数"], *rows]),
            }
            made = taken(written(Path(folder, "in"), files), Path(folder, "out"))
        return [each.place.row for each in made.findings if each.code == "row-like-total"]

    rows: list[list[Any]] = [
        ["纸张", 24, 0],
        ["邮寄", 36, 0],
        ["内勤", 60, 0],
        ["讲座", 30, 0],
        ["沙龙", 28, 0],
        ["外联", 58, 0],
    ]
    assert said(rows) == [4, 7]
    assert said([*rows, ["合计", 236, 0]]) == []  # the table's own total counts each as a record
