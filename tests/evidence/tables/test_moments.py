"""Rows that differ by a time alone: the finding names them, their times and the columns."""

from pathlib import Path

from tests.support.mistakes.case import GROUPS, HOME, HOUSEHOLDS, REQUESTS, csv
from tests.support.rounds.submitted import Sent, assessed


def test_rows_of_several_times_are_named(tmp_path: Path) -> None:
    files = {
        "户数.csv": csv(HOUSEHOLDS, ["一网格（6月末）", 612], ["二网格", 548], ["一网格（12月末）", 618]),
        "诉求办理.csv": csv(REQUESTS, ["1-6月", 90, 80], ["三季度", 20, 18], ["全年", 130, 115]),
        "社区社会组织.csv": csv(GROUPS, ["书画社（年初）", "是"], ["书画社（年末）", "是"], ["三月诗社", "是"]),
    }
    [made] = assessed(tmp_path / "round", [Sent("p", HOME, files)]).values()
    said = {each.code: each for each in made.findings if each.code.startswith("rows-of-")}
    assert set(said) == {"rows-of-moments", "rows-of-stretches", "rows-of-names"}
    moments = said["rows-of-moments"]
    assert (moments.place.row, moments.place.column) == (4, "A")
    assert "第 2, 4 行" in moments.message.zh and "“一网格（6月末）”、“一网格（12月末）”" in moments.message.zh
    assert "总户数" in moments.message.zh and "Households" in moments.message.en
    assert "第 2–4 行" in said["rows-of-stretches"].message.zh
    assert "第 2–3 行" in said["rows-of-names"].message.zh
