"""Labels show which records stand below others: by numbers, indents, dashes, codes and names."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support import writers as w
from tests.support.periods_lab import outcome

HEADER = ["科目", "预算数", "支出数"]
DEPTHS = [
    ("●", "■"), ("A、", "B."), ("第一部分", "第二章"), ("一、", "二."), ("（一）", "（二）"),
    ("1.", "2、"), ("1.1", "1.2"),
    ("1.1.1", "1.1.2"), ("（1）", "（12）"), ("a.", "b)"), ("①", "②"), ("-", "•"),
]  # fmt: skip


def leveled(labels: Sequence[str], folder: Path) -> list[str]:
    """The records that are found to stand above others; their figures don't add up."""
    amounts = [(1000, 500), (601, 301), (203, 103)]
    lines = [[label, *each] for label, each in zip(labels, amounts, strict=True)]
    made = outcome({"账目.xlsx": w.by_openpyxl({"账目": [HEADER, *lines]})}, folder)
    return [each for each in made.said() if each.startswith("row-levels")]


@pytest.mark.parametrize(("above", "below"), [*pairwise(DEPTHS)])
def test_one_style_of_numbers_is_a_level_below_another(
    above: tuple[str, str], below: tuple[str, str], tmp_path: Path
) -> None:
    one, other = (f"{each}办公费" for each in above), (f"{each}差旅费" for each in below)
    assert leveled([next(one), *other], tmp_path) == ["row-levels 账目.xlsx[账目]:2"]
    (tmp_path / "again").mkdir()
    same = [f"{each}会议费" for each in below]
    assert leveled([same[0], same[1], next(one)], tmp_path / "again") == []


@pytest.mark.parametrize(
    ("labels", "below"),
    [
        (("办公费", "  纸张", "  差旅"), True), (("办公费", " 纸张", " 差旅"), False),
        (("办公费", "\t纸张", "\t差旅"), True),
        (("办公费", "　纸张", "　差旅"), True), ((" 办公费", "  纸张", "  差旅"), False),
        (("　办公费", "\t纸张", "\t差旅"), True), (("  办公费", "  纸张", "  差旅"), False),
        (("办公费", "办公费-纸张", "办公费-差旅"), True), (("办公费", "办公费：纸张", "办公费：差旅"), True),
        (("办公费", "办公费纸张", "办公费差旅"), False), (("办公费", "办公费（纸张）", "办公费（差旅）"), True),
        (("办公费", "人员费-纸张", "人员费-差旅"), False),
        (("A 楼", "A1 层", "A2 层"), True), (("A 楼", "B1 层", "B2 层"), False),
        (("A 楼", "A100 层", "A200 层"), False),
        (("301 工资", "30101 基本", "30102 津贴"), True), (("301 工资", "30201 办公", "30202 印刷"), False),
        (("30 工资", "3001 基本", "3002 津贴"), False), (("301 工资", "301001 基本", "301002 津贴"), False),
        (("办公费", "1.纸张", "2.差旅"), True), (("办公费", "1.纸张", "差旅"), False),
        (("1.办公费", "①纸张", "差旅"), True),
        (("办公费", "-1 层", "-2 层"), False), (("办公费", "——纸张", "——差旅"), True), (("办公费", "——", "——"), False),
        (("1.办公费", "1.1纸张", "1.2差旅"), True), (("1.1办公费", "1.1.1纸张", "1.1.2差旅"), True),
        (("第1办公费", "100.5 号", "200.5 号"), False), (("一、办公费", "十二、纸张", "十三、差旅"), False),
    ],
)  # fmt: skip
def test_labels_show_levels(labels: Sequence[str], below: bool, tmp_path: Path) -> None:
    assert leveled(labels, tmp_path) == (["row-levels 账目.xlsx[账目]:2"] if below else [])


@pytest.mark.parametrize(
    ("labels", "doubted"),
    [
        (("1、甲", "乙", "2、丙"), False), (("甲", "1、乙", "2、丙"), True), (("1、甲", "2、乙", "3、丙"), False),
        (("甲", "乙", "丙"), True),
    ],
)  # fmt: skip
def test_records_numbered_like_the_others_are_seldom_their_sum(
    labels: Sequence[str], doubted: bool, tmp_path: Path
) -> None:
    rows = [HEADER, *([label, budget, 0] for label, budget in zip(labels, (20, 41, 61), strict=True))]
    made = outcome({"账目.csv": w.as_csv(rows)}, tmp_path)
    assert made.said() == (["row-like-total 账目.csv:4"] if doubted else [])


@pytest.mark.parametrize(
    ("parts", "whole", "doubted"),
    [
        (("一网格", "二网格"), "社区", True), (("A", "B"), "社区", True), (("一网格", "二网格"), "三网格", False),
        (("东区", "西区"), "郊野", True), (("区东", "区西"), "郊野", True), (("东区", "西街"), "郊野", False),
        (("东区", "西区"), "南区", False), (("ab", "cd"), "郊野", True), (("ab", "cd"), "ef", False),
    ],
)  # fmt: skip
def test_a_record_called_unlike_those_that_are_alike_may_be_their_sum(
    parts: tuple[str, str], whole: str, doubted: bool, tmp_path: Path
) -> None:
    rows = [HEADER, [parts[0], 51, 0], [parts[1], 64, 0], [whole, 115, 0], ["其他乡", 1234, 0]]
    made = outcome({"账目.csv": w.as_csv(rows)}, tmp_path)
    assert made.said() == (["row-like-total 账目.csv:4"] if doubted else [])


@pytest.mark.parametrize(
    ("labels", "below"),
    [
        (("   办公费", "\t纸张", "\t差旅"), False), (("  办公费", "\t纸张", "\t差旅"), True),
        ((" 办公费", "　纸张", "　差旅"), False), (("办公费", "●纸张", "●差旅"), True),
        (("办公费", "◆纸张", "◆差旅"), True), (("办公费", "Ａ、纸张", "Ｂ、差旅"), True),
        (("办公费", "(纸张)", "(差旅)"), False), (("办公费", "1", "2"), False), (("办公费", "一", "二"), False),
    ],
)  # fmt: skip
def test_how_deep_blanks_are_and_what_is_no_number(labels: Sequence[str], below: bool, tmp_path: Path) -> None:
    assert leveled(labels, tmp_path) == (["row-levels 账目.xlsx[账目]:2"] if below else [])


@pytest.mark.parametrize(
    ("numbers", "below"),
    [
        (("一", 1, 2), True), ((None, 1, 2), True), (("一", 1, None), True), (("1", "1.1", "1.2"), True),
        ((1, 2, 3), False), ((None, "A", "B"), False), (("①", "②", "③"), False), (("（一）", "（1）", "（2）"), True),
    ],
)  # fmt: skip
def test_numbers_in_a_column_of_their_own(numbers: Sequence[str | int | None], below: bool, tmp_path: Path) -> None:
    lines = [("办公费", 1000, 500), ("纸张", 601, 301), ("差旅", 203, 103)]
    rows = [["序号", *HEADER], *([number, *line] for number, line in zip(numbers, lines, strict=True))]
    made = outcome({"账目.xlsx": w.by_openpyxl({"账目": rows})}, tmp_path)
    assert made.said() == (["row-levels 账目.xlsx[账目]:2"] if below else [])


@pytest.mark.parametrize(
    ("labels", "doubted"),
    [
        # the first, of 110, is followed by 60 and 50
        (("丙", "甲", "乙"), False), (("丙", "  甲", "  乙"), True), (("丙", "  甲", "乙"), False),
        (("东区", "东区一", "东区二"), True), (("东区", "东区一", "西侧"), False),
        (("南楼北楼", "南楼", "北楼"), True), (("南楼副楼", "南楼", "北楼"), False),
        (("全区", "甲", "乙"), True), (("", "甲", "乙"), False), (("丙", "", ""), False), (("丙", "甲", ""), False),
        (("丙", "ab", "西街"), False),
    ],
)  # fmt: skip
def test_labels_make_a_weak_sum_likely(labels: Sequence[str], doubted: bool, tmp_path: Path) -> None:
    lines = [[label, budget, 0] for label, budget in zip(labels, (110, 60, 50), strict=True)]
    made = outcome({"账目.xlsx": w.by_openpyxl({"账目": [HEADER, *lines, ["丁", 7000, 0]]})}, tmp_path)
    said = [each for each in made.said(notes=True) if not each.startswith(("cell-required", "row-levels"))]
    assert said == (["row-like-total 账目.xlsx[账目]:2"] if doubted else [])
