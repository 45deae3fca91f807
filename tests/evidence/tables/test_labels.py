"""Labels show which records stand below others: by numbers, indents, dashes, codes and names."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from pilot_eval.evidence.tables.labels import RowLabel, RowLabels, apart, weight
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


LABELS = [RowLabel.of(text) for text in ("●甲", "A、甲", "第一类甲", "一、甲", "（一）甲", "1.甲", "1.1甲", "1.1.1甲",
                                         "（1）甲", "a)甲", "①甲")]  # fmt: skip


def test_each_style_of_numbers_has_a_depth_of_its_own() -> None:
    assert [label.rank for label in LABELS] == sorted({label.rank for label in LABELS if label.rank is not None})
    assert {label.mark for label in LABELS} == {""}


@pytest.mark.parametrize(
    ("text", "number", "label"),
    [
        (None, None, ("", None, 0, "")), ("甲", "", ("甲", None, 0, "")), (" \t　甲 ", None, ("甲", None, 7, "")),
        ("丙：甲", None, ("丙-甲", None, 0, "")), ("-甲", None, ("-甲", None, 0, "-")),
        ("★甲", None, ("★甲", None, 0, "★")),
        ("《甲》", None, ("《甲》", None, 0, "")), ("★1", None, ("★1", None, 0, "")), ("★", None, ("★", None, 0, "")),
        ("1", None, ("1", None, 0, "")), ("★1、甲", "1", ("★1、甲", LABELS[5].rank, 0, "")),
        ("甲", "一", ("甲", LABELS[3].rank, 0, "")), ("★甲", "三级", ("★甲", None, 0, "★")),
    ],
)  # fmt: skip
def test_what_a_label_says(text: str | None, number: str | None, label: tuple[object, ...]) -> None:
    read = RowLabel.of(text, number)
    assert read == label
    assert read.stressed == (label[3] == "★")


def read_labels(*texts: str | None, numbers: Sequence[str | None] = ()) -> RowLabels:
    return RowLabels(pl.Series(texts, dtype=pl.String), numbers or [None] * len(texts))


def test_of_several_marks_the_first_is_above_the_others_and_below_all_numbers() -> None:
    labels = read_labels(None, "甲", "★乙", "☆丙", "★丁", "①戊")
    marked = [labels[at].rank for at in (3, 2, 4)]  # whichever is asked for first
    assert marked[1] == marked[2]
    assert labels[5].rank < marked[1] < marked[0]
    assert labels[1].rank is None


@pytest.mark.parametrize(
    ("texts", "numbers", "leveled", "above"),
    [
        (("甲", "乙"), (), False, []), (("甲", "-乙"), (), True, [0]), (("甲", "  乙"), (), True, [0]),
        (("甲", None), (), False, []), (("甲", "乙"), (None, "1."), True, [0]), (("甲", "乙"), ("", None), False, []),
        (("甲", "乙", "  丙"), (), True, [1]), (("1.甲", "①乙", "2.丙", "①丁"), (), True, [0, 2]),
        (("3001 工资", "300101 基本"), (), True, [0]), (("A 楼", "A1 层"), (), True, [0]),
        (("A 楼", "A100 层"), (), True, []),
        (("", "-乙"), (), True, [0]), (("", "·乙"), (), True, [0]), ((" 甲", "  乙"), (), True, []),
        (("1.甲", "乙"), (), True, []),
        (("甲", "甲乙", "-丙"), (), True, [1]), (("1.甲", "2.乙"), (), True, []), (("　甲", "\t乙"), (), True, [0]),
        (("　 甲", "\t乙"), (), True, []),
    ],
)  # fmt: skip
def test_which_labels_stand_above_the_next(
    texts: Sequence[str | None], numbers: Sequence[str | None], leveled: bool, above: list[int]
) -> None:
    labels = read_labels(*texts, numbers=numbers)
    assert (labels.leveled, list(labels.above_others())) == (leveled, above)


NUMBERED = [f"{number}号楼" for number in range(1, 52)]


@pytest.mark.parametrize(
    ("texts", "spanned"),
    [
        (["1-3号楼", *NUMBERED[:3]], [(0, 1, 3)]), ([*NUMBERED[:3], None, "1至3号楼"], [(4, 0, 2)]),
        (["1~2号楼", *NUMBERED[1::-1]], [(0, 1, 2)]), (["1-3号楼", *NUMBERED[:2]], []),
        (["2-3号楼", *NUMBERED[:2]], []),
        (["1-3号楼", *NUMBERED[:2], "东楼", NUMBERED[2]], []), (["1-1号楼", NUMBERED[0]], []),
        (["2-1号楼", *NUMBERED[:2]], []),
        ([*NUMBERED[:50], "1-50号楼"], [(50, 0, 49)]), ([*NUMBERED, "1-51号楼"], []),
        (["1号楼-3号楼", *NUMBERED[:3]], [(0, 1, 3)]), (["1座-3号楼", *NUMBERED[:3]], []),
        (["A1-2座", "A1座", "A2座"], [(0, 1, 2)]), (["A1-2座", "B1座", "B2座"], []), (["A1-2座", "A1室", "A2室"], []),
        (["第一至三网格", "第一网格", "第二网格", "第三网格"], [(0, 1, 3)]),
        (["一网格到二网格", "1网格", "2网格"], [(0, 1, 2)]),
        (["十十至2号楼", *NUMBERED[:2]], []), (["1-2号楼一层", *NUMBERED[:2]], []),
        (["1-2号楼", *NUMBERED[:2], "1-2幢", "1幢", "2幢"], [(0, 1, 2), (3, 4, 5)]),
    ],
)  # fmt: skip
def test_a_label_spans_the_numbers_of_others(texts: list[str | None], spanned: list[tuple[int, int, int]]) -> None:
    assert list(read_labels(*texts).spanned()) == spanned


@pytest.mark.parametrize(
    ("whole", "parts", "likelier"),
    [
        ("丙", "甲 乙", 1), ("", "甲 乙", 1), ("丙", "1.甲 2.乙", 100), ("东区", "东区一 东区二", 100),
        ("东区", "东区一 西侧", 1), ("南楼北楼", "南楼 北楼", 100), ("南楼副楼", "南楼 北楼", 1),
        ("3号楼", "1号楼 2号楼", 0.05), ("全区", "甲 乙", 30), ("三个网格", "甲 乙 丙", 20), ("三个网格", "甲 乙", 1),
        ("两个网格", "甲 乙", 20), ("2项", "甲 乙", 20), ("3、丙", "1、甲 2、乙", 0.002), ("3、丙", "1、甲 乙", 0.2),
        ("丙", "1、甲 乙", 1), ("①丙", "1、甲 乙", 1), ("1、丙", "①甲 乙", 1), ("办公类", "纸张 笔", 20),
        ("办公类", "纸张类 笔类", 1),
        ("办公类", "纸张类 笔", 1), ("社区", "1网格 2网格", 20), ("社区", "甲网格 2网格", 3), ("社区", "网格 网格", 3),
        ("郊野", "东区 西区", 3), ("南区", "东区 西区", 1), ("郊野", "区东 区西", 3), ("郊野", "ab cd", 3),
        ("ef", "ab cd", 1),
        ("郊野", "东区 西街", 1), ("郊野", "东区 cd", 1),
    ],
)  # fmt: skip
def test_how_much_likelier_labels_make_a_sum(whole: str, parts: str, likelier: float) -> None:
    assert weight(RowLabel.of(whole), [RowLabel.of(part) for part in parts.split(" ")]) == likelier


def test_nothing_is_said_by_labels_where_a_part_has_none() -> None:
    assert weight(RowLabel.of("全区"), [RowLabel.of("甲"), RowLabel.of(None)]) == 1


@pytest.mark.parametrize(
    ("one", "other", "likelier"),
    [
        ("东区 西区", "自有 租赁", 1),
        ("东区 西区", "西区 东区", 0),
        ("东区 西区", "西区 北区", 1),
        ("东区 西区", "甲楼 乙楼", 5),
        ("东区 西区", "甲楼 乙座", 1),
        ("东区 西街", "甲楼 乙楼", 1),
        ("东区 东街", "西区 西街", 5),
    ],
)
def test_how_much_likelier_labels_make_two_breakdowns(one: str, other: str, likelier: float) -> None:
    first, second = ([RowLabel.of(text) for text in each.split()] for each in (one, other))
    assert apart(first, second) == likelier
