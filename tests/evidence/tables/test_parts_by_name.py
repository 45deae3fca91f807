"""Records called by another's name and a word are doubted as its parts, unless their figures or names say no."""

from pathlib import Path

import pytest

from tests.support import writers as w
from tests.support.corpus.taking import taken, written
from tests.support.corpus.variants import INFO


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ([("甲栋", 3105, 900), ("甲栋图书室", 1205, 400), ("甲栋舞蹈室", 850, 300), ("乙栋", 960, 100)], [3]),
        ([("甲栋", 3105, 900), ("甲栋图书室", 1205, 400), ("乙栋", 960, 100)], []),  # one alone
        ([("甲栋", 3105, 900), ("甲栋图书室", 2205, 400), ("甲栋舞蹈室", 950, 300)], []),  # more than there is
        ([("甲栋", 3105, 900), ("甲栋1层", 1205, 400), ("甲栋2层", 850, 300)], []),  # floors
        ([("枣", 3105, 900), ("枣制品", 1205, 400), ("枣机械", 850, 300)], []),  # too short a name
        ([("甲栋图书室", 1205, 400), ("甲栋舞蹈室", 850, 300), ("甲栋", 3105, 900)], []),
        ([("综合楼", 3105, 900), ("内设图书室", 1205, 400)], [3]),
    ],
)
def test_records_that_are_called_parts(lines: list[tuple[str, int, int]], rows: list[int], tmp_path: Path) -> None:
    table = [["预算科目", "预算数", "执行数"], *map(list, lines)]
    files = {"submission.yaml": INFO.encode(), "经费预算.csv": w.as_csv(table)}
    made = taken(written(tmp_path / "in", files), tmp_path / "out")
    assert [each.place.row for each in made.findings if each.code == "row-perhaps-part"] == rows
