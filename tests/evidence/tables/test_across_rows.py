"""Rows that say the same as others, and references that lead nowhere: each is named, with the row that it repeats."""

from pathlib import Path

import pytest

from tests.support import writers as w
from tests.support.corpus.variants import HEADERS, corpus, sheet_of
from tests.support.periods_lab import outcome

LINES = [[f"科目{at}", 1000 + 37 * at, 900 + 11 * at] for at in range(40)]


@pytest.mark.parametrize(("count", "more"), [(21, []), (22, ["1"]), (40, ["19"])])
def test_twenty_repeated_rows_are_named_and_the_rest_counted(count: int, more: list[str], tmp_path: Path) -> None:
    rows = [["预算科目", "预算数", "执行数"], *[LINES[0]] * count]
    made = outcome({"经费预算.csv": w.as_csv(rows)}, tmp_path, corpus)
    found = [each for each in made.findings if each.code == "row-repeated"]
    assert [each.place.row for each in found] == list(range(3, 23))
    assert all("第 2 行" in each.message.zh for each in found)
    said = [each for each in made.findings if each.code == "findings-more"]
    assert [str(each.place).rpartition("/")[2] for each in said] == ["经费预算.csv"] * len(more)
    assert all(f" {count} " in each.message.zh for each, count in zip(said, more, strict=True))


def test_a_row_is_repeated_whatever_its_spelling_and_remarks(tmp_path: Path) -> None:
    rows = [["预算科目", "预算数", "执行数", "备注"], ["办公 Ａ", 120, 70, "甲"], ["差旅", 120, 70, "甲"],
            ["办公a", 120, 70, "乙"], ["办公A", 120, 71, "甲"]]  # fmt: skip
    made = outcome({"经费预算.csv": w.as_csv(rows)}, tmp_path, corpus)
    assert [each for each in made.said() if "repeated" in each] == ["row-repeated 经费预算.csv:4"]


def test_rows_that_share_what_is_unique(tmp_path: Path) -> None:
    rows = [["季度", "到访次数"], ["一季度", 1], ["2018Q2", 2], ["2018年1-3月", 3], ["一季度", 4], ["二季度", 5]]
    made = outcome({"季报.csv": w.as_csv(rows)}, tmp_path)
    assert made.said() == [f"row-duplicate 季报.csv:A{row}" for row in (4, 5, 6)]
    assert ["第 2 行" in made.findings[0].message.zh, "第 3 行" in made.findings[2].message.zh] == [True, True]


@pytest.mark.parametrize(
    ("numbers", "lost"),
    [
        (["JY-001", "ｊy - 002", ""], []), (["JY-001", "JY-003", "JY-02"], [3, 4]),
        ([*["JY-009"] * 20], [*range(2, 22)]),
        ([*["JY-009"] * 23], [*range(2, 22)]),
    ],
)  # fmt: skip
def test_references(numbers: list[str], lost: list[int], tmp_path: Path) -> None:
    rows = [["名称", "企业数", "建议编号"], *([f"{at}号楼", 7 + 3 * at, each] for at, each in enumerate(numbers))]
    files = {"楼宇.csv": w.as_csv(rows), "建议.csv": w.as_csv(sheet_of("suggestions"))}
    made = outcome(files, tmp_path, corpus)
    found = [each for each in made.findings if each.code == "cell-reference"]
    assert [str(each.place).rpartition("/")[2] for each in found] == [f"楼宇.csv:C{row}" for row in lost]
    assert sum(each.code == "findings-more" for each in made.findings) == (len(numbers) > 20)
    assert all("建议" in each.message.zh and "“JY-0" in each.message.zh for each in found)


def test_a_reference_to_a_table_that_is_missing_or_faulty_is_not_looked_up(tmp_path: Path) -> None:
    rows = w.as_csv([["名称", "企业数", "建议编号"], ["一号楼", 7, "JY-003"]])
    faulty = w.as_csv([list(HEADERS["suggestions"])[:2], ["JY-001", "哪天"]])
    (tmp_path / "two").mkdir()
    for files, folder in (({}, tmp_path), ({"建议.csv": faulty}, tmp_path / "two")):
        made = outcome({"楼宇.csv": rows, **files}, folder, corpus)
        assert "cell-reference" not in {each.code for each in made.findings}


EVENTS = ["日期", "活动名称", "类型", "参加人次", "是否联合举办", "依据"]


@pytest.mark.parametrize(
    ("first", "second", "repeated"),
    [
        (["2018-03-02", "讲座", "培训", 30, "否", "甲册"], ["2018-03-02", "讲座", "培训", 30, "否", "乙册"], True),
        (["2018-03-02", "讲座", "培训", 30, "否", ""], ["2018-03-02", "讲座", "培训", 31, "否", ""], False),
        (["哪天", "讲座", "培训", 30, "否", ""], ["哪天", "讲座", "培训", 30, "否", ""], False),
        (["2018-03-02", "讲座", "培训", "许多", "否", ""], ["2018-03-02", "讲座", "培训", "许多", "否", ""], True),
    ],
)  # fmt: skip
def test_rows_without_a_readable_day_or_with_another_source(
    first: list[object], second: list[object], repeated: bool, tmp_path: Path
) -> None:
    made = outcome({"活动.csv": w.as_csv([EVENTS, first, second])}, tmp_path, corpus)
    assert ("row-repeated 活动.csv:3" in made.said()) == repeated


def test_rows_without_what_is_unique_share_nothing(tmp_path: Path) -> None:
    rows = sheet_of("suggestions")
    without = [["", *rows[1][1:]], ["", *rows[2][1:]]]
    made = outcome({"建议.csv": w.as_csv([*rows, *without])}, tmp_path, corpus)
    assert made.said() == ["cell-required 建议.csv:A4", "cell-required 建议.csv:A5"]


def test_of_a_long_reference_60_characters_are_shown(tmp_path: Path) -> None:
    rows = [["名称", "企业数", "建议编号"], ["一号楼", 7, "JY-" + "文" * 70]]
    files = {"楼宇.csv": w.as_csv(rows), "建议.csv": w.as_csv(sheet_of("suggestions"))}
    [said] = [each for each in outcome(files, tmp_path, corpus).findings if each.code == "cell-reference"]
    assert f"“JY-{'文' * 57}”" in said.message.zh


def test_the_rows_of_two_files_are_told_apart(tmp_path: Path) -> None:
    files = {f"{site}/经费预算.csv": w.as_csv([["预算科目", "预算数", "执行数"], *lines, *lines])
             for site, lines in (("东区", [LINES[1]]), ("西区", [LINES[2], LINES[3]]))}  # fmt: skip
    made = outcome(files, tmp_path, corpus)
    found = [(str(each.place).rpartition("pilot-1/")[2], each.message.zh) for each in made.findings
             if each.code == "row-repeated"]  # fmt: skip
    assert [place for place, _ in found] == ["东区/经费预算.csv:3", "西区/经费预算.csv:4", "西区/经费预算.csv:5"]
    assert ["第 2 行" in said for _, said in found] == [True, True, False]
