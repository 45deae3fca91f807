"""Tick boxes, attachments and headers as people write them: read if one meaning is left, else the nearest is said."""

from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import did_you_mean
from pilot_eval.plugin import BaseType, Choice, Count, File, Flag, Number, Record, Text, column
from tests.support import writers as w
from tests.support.languages import mixed_in
from tests.support.periods_lab import Outcome, outcome

shop = BaseType("shop", zh="门店", en="Shops", api=2)


@shop.table(zh="台账", en="Book", name="book")
class Book(Record):
    """One matter."""

    title: Text = column(zh="事项名称", en="Matter")
    done: Flag = column(zh="是否办结", en="Closed")
    kind: Choice = column(zh="办理结果", en="Result", choices={"adopted": "采纳", "kept": "留作参考", "none": "未采纳"})
    proof: File = column(zh="附件", en="Proof", optional=True)
    urgent: Flag = column(zh="是否加急", en="Urgent", optional=True)


@shop.table(zh="概况", en="Overview", name="overview")
class Overview(Record):
    """A quarter of the town."""

    quarter: Text = column(zh="片区", en="Quarter")
    households: Count = column(zh="总户数", en="Households", unit="户")
    budget: Number = column(zh="经费预算", en="Budget", unit="元")
    spent: Number = column(zh="支出", en="Spent", unit="元", optional=True)


HEADER = ["事项名称", "是否办结", "办理结果", "附件", "是否加急"]


def book(
    tmp_path: Path, *rows: list[Any], more: dict[str, bytes] | None = None, header: list[str] | None = None
) -> Outcome:
    """A book of matters, with the files beside it."""
    return outcome({"台账.csv": w.as_csv([header or HEADER, *rows]), **(more or {})}, tmp_path, shop)


def said(made: Outcome) -> list[str]:
    assert mixed_in([each.model_dump(mode="json") for each in made.findings]) == []
    return [each for each in made.said() if not each.startswith("submission-unused-file")]


def stored(made: Outcome, name: str) -> list[Any]:
    return made.bench.frames(made.taken)["book"].get_column(name).to_list()


# --- tick boxes


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("■是 □否", True), ("☑是 ☐否", True), ("√是 ×否", True), ("[x]是 [ ]否", True), ("是☑ 否□", True),
        ("（√）是（ ）否", True), ("☒是 ☐否", True), ("☑是 ☒否", True), ("是（√） 否（）", True), ("■是□否", True),
        ("☑是\n☐否", True), ("√是 否", True), ("是√/否", True), ("√是", True), ("[V] 是　[ ] 否", True),
        ("●是 ○否", True), ("☑️是 ☐否", True), ("✔️", True), ("◼是 ◻否", True), ("▣是□否", True), ("√（已备案）", True),
        ("是的", True), ("◻是 ◼否", False), ("（×）是（√）否", False),
        ("(x) yes ( ) no", True), ("☑有 □无", True), ("✅是 ⬜否", True),
        ("□是 ■否", False), ("□ 是 ☑ 否", False), ("是□否☑", False), ("[ ]是 [√]否", False), ("×是 √否", False),
        ("（）是（√）否", False), ("□是、■否", False),
    ],
)  # fmt: skip
def test_the_ticked_box_counts(cell: str, value: bool, tmp_path: Path) -> None:
    made = book(tmp_path, ["围墙", cell, "采纳", "", ""], ["路灯", "是", "采纳", "", cell])
    assert said(made) == []
    assert stored(made, "done") == [value, True]
    assert stored(made, "urgent") == [None, value]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("■采纳 □留作参考 □未采纳", "adopted"), ("□采纳\n☑留作参考\n□未采纳", "kept"),
        ("采纳□ 留作参考□ 未采纳☑", "none"),
        ("[ ] adopted [x] none", "none"), ("（√）未采纳", "none"), ("√采纳 留作参考 未采纳", "adopted"),
        ("□采纳；□留作参考；■未采纳", "none"),
    ],
)  # fmt: skip
def test_the_ticked_choice_counts(cell: str, value: str, tmp_path: Path) -> None:
    made = book(tmp_path, ["围墙", "是", cell, "", ""])
    assert said(made) == []
    assert stored(made, "kind") == [value]


@pytest.mark.parametrize("cell", ["□是 □否", "☐ 是 ☐ 否", "[ ]是 [ ]否", "是（ ） 否（ ）", "○是 ○否"])
def test_boxes_that_nobody_ticked_are_an_empty_cell(cell: str, tmp_path: Path) -> None:
    made = book(tmp_path, ["围墙", "是", "采纳", "", cell])
    assert said(made) == []
    assert stored(made, "urgent") == [None]
    assert said(book(tmp_path, ["围墙", cell, "采纳", "", ""])) == ["cell-required 台账.csv:B2"]
    none = cell.replace("是", "采纳").replace("否", "未采纳")
    assert said(book(tmp_path, ["围墙", "是", none, "", ""])) == ["cell-required 台账.csv:C2"]


def test_two_ticks_are_an_error_that_says_so(tmp_path: Path) -> None:
    made = book(tmp_path, ["围墙", "■是 ■否", "☑采纳 ☑未采纳", "", ""])
    assert said(made) == ["cell-ticks 台账.csv:B2", "cell-ticks 台账.csv:C2"]
    messages = [each.message.zh for each in made.findings if each.code == "cell-ticks"]
    assert messages == ["勾选了 2 项：“是”、“否”", "勾选了 2 项：“采纳”、“未采纳”"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("×是 □否", "cell-flag"),
        ("□是", "cell-flag"),
        ("■也许 □否", "cell-flag"),
        ("是 √ 否", "cell-flag"),
        ("√（未备案）", "cell-flag"),
        ("√（已取消）", "cell-flag"),
        ("√（×）", "cell-flag"),
        ("（×）是", "cell-flag"),
    ],
)
def test_boxes_that_leave_it_open_are_refused(cell: str, code: str, tmp_path: Path) -> None:
    assert said(book(tmp_path, ["围墙", cell, "采纳", "", ""])) == [f"{code} 台账.csv:B2"]


# --- attachments

PDF = b"%PDF-1.4"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("材料/合同.PDF", ["材料/合同.PDF"]), ("材料\\合同.PDF", ["材料/合同.PDF"]),
        ("./材料/合同.PDF", ["材料/合同.PDF"]),
        ("材料/合同.pdf", ["材料/合同.PDF"]), ("合同.pdf", ["材料/合同.PDF"]), ("合同", ["材料/合同.PDF"]),
        ("《合同》", ["材料/合同.PDF"]), ("“合同.pdf”", ["材料/合同.PDF"]), ('"合同"', ["材料/合同.PDF"]),
        ("通知.docx", ["attachments/通知.docx"]), ("通知", ["attachments/通知.docx"]),
        ("合同、通知", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("合同；通知.docx", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("《合同》《通知》", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("合同\n通知", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("合同, 通知", ["材料/合同.PDF", "attachments/通知.docx"]), ("甲、乙.pdf", ["甲、乙.pdf"]),
        ("甲、乙", ["甲、乙.pdf"]),
        ("ＩＭＧ１.jpg", ["img1.JPG"]), ("合同；合同.pdf", ["材料/合同.PDF"]),
        ("合同.pdf;", ["材料/合同.PDF"]), ("合同.pdf、\n", ["材料/合同.PDF"]), ("附件1：合同.pdf", ["材料/合同.PDF"]),
        ("合同和通知", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("合同.pdf/通知.docx", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("1、合同.pdf；2、通知.docx", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("1.合同.pdf\n2.通知.docx", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("（1）合同；（2）通知", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("合同.pdf（共3页）", ["材料/合同.PDF"]), ("【合同】【通知】", ["材料/合同.PDF", "attachments/通知.docx"]),
        ("详见附件：甲、乙.pdf", ["甲、乙.pdf"]),
    ],
)  # fmt: skip
def test_an_attachment_is_found_as_people_name_it(cell: str, found: list[str], tmp_path: Path) -> None:
    more = dict.fromkeys(["材料/合同.PDF", "attachments/通知.docx", "甲、乙.pdf", "img1.JPG"], PDF)
    made = book(tmp_path, ["围墙", "是", "采纳", cell, ""], more=more)
    assert said(made) == []
    assert stored(made, "proof") == ["；".join(found)]
    unused = {each.place.file for each in made.findings if each.code == "submission-unused-file"}
    assert not any(str(each).endswith(name) for each in unused for name in found)


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        ("合同", "cell-attachment-unclear", "“a/合同.pdf”、“b/合同.pdf”"),
        ("a/合约.pdf", "cell-attachment", "是否应为“a/合同.pdf”？"),
        ("通知书.docx", "cell-attachment", "是否应为“通知.docx”？"),
        ("照片.png", "cell-attachment", "已有：“a/合同.pdf”、“b/合同.pdf”、“通知.docx”"),
        ("通知、照片", "cell-attachment", "找不到附件“照片”"),
        ("台账", "cell-attachment", "找不到附件“台账”"),
        ("没有的.pdf/通知.docx", "cell-attachment", "是否应为“通知.docx”？"),
        ("http://x.cn/通知.docx", "cell-attachment", "找不到附件"),
        ("c/合同.pdf", "cell-attachment", "找不到附件“c/合同.pdf”"),
        ("1、通知；2、照片", "cell-attachment", "找不到附件“照片”"),
        ("通知和照片", "cell-attachment", "找不到附件“通知和照片”"),
    ],
)
def test_else_the_nearest_is_proposed(cell: str, code: str, words: str, tmp_path: Path) -> None:
    made = book(
        tmp_path, ["围墙", "是", "采纳", cell, ""], more=dict.fromkeys(["a/合同.pdf", "b/合同.pdf", "通知.docx"], PDF)
    )
    assert said(made) == [f"{code} 台账.csv:D2"]
    [only] = [each for each in made.findings if each.code == code]
    assert words in only.line("zh")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("空.pdf", "cell-attachment-empty"), ("合同、空", "cell-attachment-empty"),
        ("台账.csv", "cell-attachment-itself"), ("submission.yaml", "cell-attachment-itself"),
    ],
)  # fmt: skip
def test_a_file_that_proves_nothing_is_no_proof(cell: str, code: str, tmp_path: Path) -> None:
    made = book(tmp_path, ["围墙", "是", "采纳", cell, ""], more={"空.pdf": b"", "合同.pdf": PDF})
    assert said(made) == [f"{code} 台账.csv:D2"]


def test_a_submission_without_files_asks_for_them(tmp_path: Path) -> None:
    made = book(tmp_path, ["围墙", "是", "采纳", "合同.pdf", ""])
    assert said(made) == ["cell-attachment 台账.csv:D2"]


# --- headers


@pytest.mark.parametrize(
    "header",
    [
        ["片区", "户数/总户数", "经费预算"], ["片区", "户数—总户数", "经费—预算"],
        ["片区", "户数（总户数）", "经费（预算）"],
        ["片区", "总户数", "经费：预算（元）"], ["片区", "户数 / 总户数（户）", "经费-预算"],
        ["片区", "总户数", "经费→预算"],
    ],
)  # fmt: skip
def test_a_group_joined_to_a_header_is_read(header: list[str], tmp_path: Path) -> None:
    made = outcome({"概况.csv": w.as_csv([header, ["东", "120", "3000"]])}, tmp_path, shop)
    assert said(made) == []
    frame = made.bench.frames(made.taken)["overview"]
    assert frame.select("households", "budget").rows() == [(120, 3000)]


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("合计/支出", "header-unknown"),
        ("上年/支出", "header-unread"),
        ("2017年—支出", "header-unread"),
        ("计划（支出）", "header-unread"),
        ("其中：支出", "header-unread"),
        ("非财政/支出", "header-unread"),
    ],
)
def test_a_group_that_may_make_it_another_figure_is_not_read(group: str, code: str, tmp_path: Path) -> None:
    header = ["片区", "总户数", "经费预算", group]
    made = outcome({"概况.csv": w.as_csv([header, ["东", "120", "3000", "7"]])}, tmp_path, shop)
    assert made.said(notes=True) == [f"{code} 概况.csv:D1"]
    assert code == "header-unread" or "“支出”" in made.findings[0].hint.zh
    assert made.bench.frames(made.taken)["overview"].get_column("spent").to_list() == [None]


def test_a_missing_header_says_what_was_seen_and_what_was_expected(tmp_path: Path) -> None:
    made = outcome({"概况.csv": w.as_csv([["片 区名", "户 数合计", "经费"], ["东", "120", "3000"]])}, tmp_path, shop)
    assert said(made) == ["sheet-no-header 概况.csv"]
    only = next(each for each in made.findings if each.code == "sheet-no-header")
    assert "“片 区名”、“户 数合计”、“经费”" in only.message.zh
    assert only.hint.zh.startswith("表头应包含：“片 区名”应为“片区”？“经费”应为“经费预算”？")
    assert "总户数" in only.hint.zh
    assert "“片 区名” for “Quarter”?" in only.hint.en


def test_a_right_name_is_not_said_to_be_wrong(tmp_path: Path) -> None:
    made = outcome({"概况.csv": w.as_csv([["经费预算", "住户"], ["3000", "120"]])}, tmp_path, shop)
    only = next(each for each in made.findings if each.code == "sheet-no-header")
    assert only.hint.zh.startswith("表头应包含：“片区”、“总户数”")
    assert "应为" not in only.hint.zh.removeprefix("表头应包含")


# --- suggestions


@pytest.mark.parametrize(
    ("wrong", "known"),
    [
        ("不予采纳", ["采纳", "留作参考"]), ("不采纳", ["采纳"]), ("未落实", ["落实"]), ("部分采纳", ["采纳"]),
        ("无刊物", ["有刊物"]),
        ("非公开", ["公开"]), ("没有采纳", ["采纳"]), ("拟采纳", ["采纳"]), ("采纳", ["不采纳"]),
        ("已办结", ["未办结"]),
        ("答复日期", ["应答复日期"]), ("基本完成", ["完成"]), ("not adopted", ["adopted"]), ("unpaid", ["paid"]),
        ("inactive", ["active"]), ("not_done", ["done"]), ("non-resident", ["resident"]), ("no reply", ["reply"]),
        ("partly adopted", ["adopted"]), ("adopted", ["not adopted"]), ("disapproved", ["approved"]),
        ("planned visits", ["visits"]),
        ("难以采纳", ["采纳"]), ("取消采纳", ["采纳"]), ("撤销采纳", ["采纳"]), ("放弃采纳", ["采纳"]),
        ("驳回采纳", ["采纳"]), ("停止采纳", ["采纳"]), ("终止采纳", ["采纳"]), ("缓采纳", ["采纳"]),
        ("延后采纳", ["采纳"]), ("将采纳", ["采纳"]), ("准备采纳", ["采纳"]), ("争取采纳", ["采纳"]),
        ("少量采纳", ["采纳"]), ("个别采纳", ["采纳"]), ("落实中", ["落实"]), ("采纳困难", ["采纳"]),
        ("上年新增数", ["本年新增数"]), ("逾期办结数", ["按期办结数"]), ("本年退出数", ["本年新增数"]),
        ("本年减少入驻数", ["本年新增入驻数"]),
        ("负增长", ["增长"]), ("较满意", ["满意"]), ("采纳", ["取消采纳"]),
    ],
)  # fmt: skip
def test_no_word_is_proposed_for_its_opposite(wrong: str, known: list[str]) -> None:
    assert did_you_mean(wrong, known).zh.startswith("可用：")
    assert did_you_mean(wrong, known).en.startswith("available: ")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("己采纳", "已采纳"), ("不采内", "不采纳"), ("未落时", "未落实"), ("adoptd", "adopted"),
        ("not adoptd", "not adopted"),
        ("noone", "one"), ("unt", "unit"), ("非遗", "非遗项目"), ("invted", "invited"), ("活动日期", "活动的日期"),
        ("户总数", "总户数"), ("采纳纳", "采纳"), ("已采纳", "采纳"), ("参加人数", "参加人次"), ("经费", "经费预算"),
        ("活动名", "活动名称"), ("片区名", "片区"),
    ],
)  # fmt: skip
def test_a_misspelt_word_still_is(wrong: str, right: str) -> None:
    assert did_you_mean(wrong, [right]).zh == f"是否应为“{right}”？"


@pytest.mark.parametrize("cell", ["不予采纳", "部分采纳", "拟采纳"])
def test_a_choice_is_not_turned_round(cell: str, tmp_path: Path) -> None:
    made = book(tmp_path, ["围墙", "是", cell, "", ""])
    assert said(made) == ["cell-choice 台账.csv:C2"]
    assert made.findings[0].hint.zh == "可用：“未采纳”、“留作参考”、“采纳”"
