"""Brackets in a header that make it count something else are doubted; those that say how it is measured aren't."""

from pathlib import Path

import pytest

from tests.support import writers as w
from tests.support.periods_lab import outcome


@pytest.mark.parametrize(
    ("header", "doubted"),
    [
        ("人数（人次）", True),
        ("人数（名）", False),
        ("人数（人）", False),
        ("人数（含外聘）", True),
        ("人数（合计）", False),
    ],
)
def test_counters_of_other_things_are_doubted(header: str, doubted: bool, tmp_path: Path) -> None:
    rows = [["地点", "期间", header], ["东院", "2018年上半年", 31]]
    made = outcome({"分点用工.csv": w.as_csv(rows)}, tmp_path)
    assert [each for each in made.said() if "header" in each] == ["header-qualified 分点用工.csv:C1"] * doubted
