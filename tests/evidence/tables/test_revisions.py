"""How much likelier a revision is than another part, by hand: what agrees speaks for one, what changed against it."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from pilot_eval.evidence.tables.revisions import odds, significant_digits
from tests.support import writers as w
from tests.support.corpus.variants import corpus, layout
from tests.support.periods_lab import outcome

FINANCE = layout("finance")
FIGURES = [column.name for column in FINANCE.columns if column.name in ("budget", "spent")]


def odds_of(rows: Sequence[tuple[float | None, float | None]], changed: int = 0) -> float:
    frame = pl.DataFrame(
        [("办公", *row) for row in rows], schema={"line": pl.String, **dict.fromkeys(FIGURES, pl.Float64)}, orient="row"
    )
    return odds(FINANCE, frame, range(len(rows)), changed)


@pytest.mark.parametrize(
    ("rows", "changed", "expected"),
    [
        ([], 0, 1),
        ([(None, 0.0)], 0, 1),  # nothing and 0 say nothing
        ([(500.0, None)], 0, 0.7 / 0.12),
        ([(-520.0, None)], 0, 0.7 / (0.12 * 0.3)),
        ([(500.0, 500.0)], 0, 0.7 / 0.12),  # a plan that was met
        ([(500.0, 52.0)], 0, 0.7 / 0.12 * 0.7 / (0.12 * 0.3)),
        ([(1234.0, None)], 0, 0.7 / (0.12 * 0.3**3)),
        ([(123456.0, None)], 0, 0.7 / (0.12 * 0.3**3)),  # of more digits, four count
        ([(500.0, None)], 2, 0.7 / 0.12 * 0.3**2),
        ([(500.0, None), (None, None)] * 150, 150, (0.7 / 0.12) ** 100 * 0.3**150),  # 200 rows settle it
        ([(500.0, None), (None, None)] * 150, 300, (0.7 / 0.12) ** 100 * 0.3**200),
    ],
)
def test_what_two_blocks_share_is_weighed(
    rows: Sequence[tuple[float | None, float | None]], changed: int, expected: float
) -> None:
    assert odds_of(rows, changed) == pytest.approx(expected)


def test_however_much_agrees_the_odds_are_a_number() -> None:
    assert odds_of([(1234.0, 5678.0)] * 200) > 1e40


@pytest.mark.parametrize(
    ("value", "digits"), [(5, 1), (12300, 3), (0.05, 1), (1.25, 3), (1234567, 7), (123456789, 7), (0.1 + 0.2, 1)]
)
def test_zeros_at_the_end_are_no_digits(value: float, digits: int) -> None:
    assert significant_digits(value) == digits


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("办公", 500, 500), []),  # 6 times likelier
        (("办公", 500, 52), ["rows-shared 西区经费预算.csv"]),  # 113 times
        (("办公", 520, 51), ["sources-which 西区经费预算.csv"]),  # 378 times
    ],
)
def test_from_20_times_it_is_doubted_and_from_300_certain(
    line: tuple[str, int, int], said: list[str], tmp_path: Path
) -> None:
    files = {f"{site}经费预算.csv": w.as_csv([["预算科目", "预算数", "执行数"], line]) for site in ("东区", "西区")}
    assert outcome(files, tmp_path, corpus).said() == said
