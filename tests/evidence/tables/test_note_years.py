"""Remarks that say that figures are of another year are doubted; those that tell of the record aren't."""

from pathlib import Path

import pytest

from tests.support import writers as w
from tests.support.corpus.taking import taken, written
from tests.support.corpus.variants import INFO


@pytest.mark.parametrize(
    ("note", "doubted"),
    [
        ("2016年数据", True), ("沿用2010年普查数", True), ("截至2017年12月的数据", True), ("2019年计划", True),
        ("延期至2019年", True), ("推迟到2020年3月", True), ("沿用上年数据", True), ("去年活动", True),
        ("延期到明年", True), ("2018年数据", False), ("2016年建成", False), ("较2017年增加3万元", False),
        ("延期至2018年6月", False), ("含2017年结转", False), ("提前完成2019年任务", False), ("较上年减少", False),
    ],
)  # fmt: skip
def test_remarks_that_name_another_year(note: str, doubted: bool, tmp_path: Path) -> None:
    rows = [["预算科目", "预算数", "执行数", "备注"], ["办公费", 83600, 61200, note], ["活动费", 215400, 179000, None]]
    files = {"submission.yaml": INFO.encode(), "经费预算.csv": w.as_csv(rows)}
    made = taken(written(tmp_path / "in", files), tmp_path / "out")
    said = [each for each in made.findings if each.code == "row-note-year"]
    assert [str(each.place) for each in said] == (["submissions/base-1/经费预算.csv:D2"] * doubted)
