"""A row that counts only by how a month, or an approximate number, is read is named."""

from pathlib import Path

from tests.support.mistakes.case import DISCLOSURES, PARK, SUGGESTIONS, csv
from tests.support.rounds.submitted import Sent, assessed


def test_rows_that_a_month_decides_are_named(tmp_path: Path) -> None:
    rows = [
        ["1", "2018-03-01", "2018-06-15", "2018年6月", "采纳"],  # before or after the 15th?
        ["2", "2018-03-01", "2018-06-15", "2018年5月", "采纳"],  # in time, whichever day is meant
        ["3", "2018-03-01", "2018-06-15", "2018年7月", "采纳"],  # late
        ["4", "2018-03-01", "2018年6月", "2018-06-20", "采纳"],
    ]
    due = [["年报", "2018-04-30", "2018年4月"], ["章程", "2018-03-31", "2018-03-02"]]  # not after its last day
    files = {"建议.csv": csv(SUGGESTIONS, *rows), "信息公开.csv": csv(DISCLOSURES, *due)}
    [made] = assessed(tmp_path / "round", [Sent("p", PARK, files)]).values()
    [found] = [each for each in made.findings if each.code == "rows-by-reading"]
    assert (found.place.file, found.place.row, found.place.column) == ("submissions/p/建议.csv", 2, "C")
    assert "“应答复日期、答复日期”" in found.message.zh and "第 2, 5 行，共 2 条记录" in found.message.zh
