"""Numbers that may be in another unit, or have a separator that makes them another number, are doubted."""

from pathlib import Path

import pytest

from tests.support import writers as w
from tests.support.corpus import figures
from tests.support.corpus.taking import each_taken_in
from tests.support.periods_lab import outcome

test_variants = each_taken_in(*figures.MAGNITUDES)


@pytest.mark.parametrize(("spent", "apart"), [(2.3, False), (2.4, True), (8.8, True), (8.9, False)])
def test_an_amount_is_apart_if_it_were_30_to_110_percent_in_ten_thousands(
    spent: float, apart: bool, tmp_path: Path
) -> None:
    made = outcome({"账目.csv": w.as_csv([["科目", "预算数", "支出数"], ["办公", 80000, spent]])}, tmp_path)
    assert any(each.startswith("columns-apart") for each in made.said()) == apart
