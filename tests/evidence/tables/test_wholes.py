"""Records that are sums of others, or stand above their parts, are found out whatever they are called."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import writers as w
from tests.support.corpus import figures
from tests.support.corpus.taking import each_taken_in, taken, written
from tests.support.corpus.variants import INFO

test_variants = each_taken_in(*figures.SUMS)

WRITERS = {
    "经费预算.csv": w.as_csv,
    "经费预算.xlsx": lambda rows: w.by_openpyxl({"经费预算": rows}),
    "finance.json": w.as_json,
}
AMOUNT = st.integers(10, 10**5).map(lambda tens: 10 * tens + 1)  # round ones may be a sum by chance
AMOUNTS = st.lists(st.tuples(AMOUNT, AMOUNT), min_size=3, max_size=8)
NAME = st.text("东西南北城区园街道ABCΣ+各个体", min_size=1, max_size=6)


@settings(deadline=None, derandomize=True, max_examples=15)
@given(AMOUNTS, NAME, st.booleans(), st.sampled_from(sorted(WRITERS)))
def test_a_row_that_is_the_sum_of_all_others_is_reported(
    amounts: list[tuple[int, int]], name: str, first: bool, file: str
) -> None:
    lines = [[f"科目{'甲乙丙丁戊己庚辛'[at]}", *each] for at, each in enumerate(amounts)]
    whole = [name, *map(sum, zip(*amounts, strict=True))]
    rows = [["预算科目", "预算数", "执行数"], *([whole, *lines] if first else [*lines, whole])]
    with TemporaryDirectory() as folder:
        files = {"submission.yaml": INFO.encode(), file: WRITERS[file](rows)}
        intake = taken(written(Path(folder, "in"), files), Path(folder, "out"))
    records = file.endswith("json")
    row = (1 if first else len(lines) + 1) + (not records)
    said = {each.code for each in intake.findings if each.place.row == row}
    assert said & {"row-whole", "row-like-total", "row-total"}


def said_of(name: str, rows: list[list[object]], folder: Path) -> set[str]:
    """The codes about sums that a file is given."""
    made = taken(
        written(folder / "in", {"submission.yaml": INFO.encode(), f"{name}.csv": w.as_csv(rows)}), folder / "out"
    )
    return {each.code for each in made.findings if each.code in {"row-whole", "row-like-total", "row-total"}}


LINES = [["预算科目", "预算数", "执行数"], ["办公费", 30_110, 20_120], ["活动费", 50_190, 45_330]]


@pytest.mark.parametrize(
    ("further", "said"),
    [
        ([["设备费", 80_300, 65_450], ["合计", 160_600, 130_900]], {"row-total"}),
        ([["设备费", 80_300, 65_450], ["合计", "16.06万", None]], {"row-total"}),
        ([["设备费", 80_300, 65_450], ["会议费", 700, 650], ["合计", 161_300, 131_550]], {"row-total"}),
        ([["设备费", 80_300, 65_450], ["合计", 160_600, 130_901]], {"row-total", "row-whole"}),
        ([["设备费", 80_300, 65_450], ["合计", 80_300, 65_450]], {"row-total", "row-whole"}),
        ([["设备费", 80_300, 65_450], ["合计", None, None]], {"row-total", "row-whole"}),
        ([["设备费", 80_300, 65_450]], {"row-whole"}),
        ([["小计", 80_300, 65_450], ["设备费", 80_300, 65_450], ["总计", 160_600, 130_900]], {"row-total"}),
        ([["所有支出", 80_300, 65_450], ["合计", 160_600, 130_900]], {"row-total", "row-like-total"}),
    ],
)
def test_a_total_that_counts_a_record_once_shows_that_it_is_no_sum(
    further: list[list[object]], said: set[str], tmp_path: Path
) -> None:
    assert said_of("经费预算", [*LINES, *further], tmp_path) == said


def test_a_total_that_counts_the_first_record_or_one_of_few_figures_too(tmp_path: Path) -> None:
    first = [LINES[0], ["设备费", 80_300, 65_450], *LINES[1:], ["合计", 160_600, 130_900]]
    assert said_of("经费预算", first, tmp_path / "a") == {"row-total"}
    buildings = [["名称", "面积"], ["一座", 8000], ["二座", 8000], ["三座", 16_000], ["合计", 32_000]]
    assert said_of("楼宇", buildings, tmp_path / "b") == {"row-total"}
