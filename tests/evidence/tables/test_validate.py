"""Headers and rows that are wrong, and personal data: each is an error or a warning at its place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support import writers as w
from tests.support.corpus import bad_tables
from tests.support.corpus.taking import each_taken_in
from tests.support.periods_lab import outcome

test_variants = each_taken_in(*bad_tables.VARIANTS)


LICENCES = ["许可名称", "等级", "有效期至"]


@pytest.mark.parametrize(
    ("rows", "said", "best"),
    [
        ([["甲", 5, "2012-12-31"], ["乙", 3, "2020-01-01"]], ["row-expired 许可.csv:C2"], 3),
        ([["甲", 5, "2012-12-31"]], ["row-expired 许可.csv:C2"], 0),
        ([["甲", 5, "2017年12月"]], ["row-expired 许可.csv:C2"], 0),
        ([["甲", 5, "2018年"]], [], 5),
        ([["甲", 5, "2018-01-01"]], [], 5),
        ([["甲", 5, "2099-12-31"]], [], 5),
        ([["甲", 5, ""]], ["cell-required 许可.csv:C2"], None),
    ],
)
def test_what_expired_before_the_period_is_not_counted(
    rows: Sequence[Any], said: list[str], best: int | None, tmp_path: Path
) -> None:
    made = outcome({"许可.csv": w.as_csv([LICENCES, *rows])}, tmp_path)
    assert made.said() == said
    assert made.figure("best_licence") == best
    expired = sum(each.startswith("row-expired") for each in said)
    assert made.taken.intake.rows.get("licences") == (None if best is None else len(rows) - expired)
