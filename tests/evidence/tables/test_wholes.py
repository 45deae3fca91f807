"""Records that are sums of others, or stand above their parts, are found out whatever they are called."""

from pathlib import Path
from tempfile import TemporaryDirectory

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
AMOUNTS = st.lists(st.tuples(st.integers(100, 10**6), st.integers(100, 10**6)), min_size=3, max_size=8)
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
