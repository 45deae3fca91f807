"""What stands above, below, between and beside records: totals, remarks, headings, examples are no records."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pilot_eval.plugin import BaseType, Choice, Date, Flag, Number, Period, Record, Text, column
from pilot_eval.text import Words
from tests.support import writers as w
from tests.support.corpus import good_layouts
from tests.support.corpus.taking import each_taken_in
from tests.support.corpus.variants import corpus
from tests.support.periods_lab import outcome, yard

test_variants = each_taken_in(*good_layouts.VARIANTS)


store = BaseType("store", zh="库区", en="Store", api=2)
GRADES = {"dry": Words(zh="干货", en="Dry"), "wet": Words(zh="湿货", en="Wet")}


@store.table(zh="验收", en="Checks", name="checks")
class Check(Record):
    """A check: a column of every kind that isn't a number."""

    title: Text = column(zh="品名", en="Title")
    day: Date = column(zh="验收日期", en="Day")
    month: Period = column(zh="所属月份", en="Month")
    kind: Choice = column(zh="种类", en="Kind", choices=GRADES)
    done: Flag = column(zh="合格", en="Passed")


@store.table(zh="入库", en="Receipts", name="receipts")
class Receipt(Record):
    """Goods that came in."""

    title: Text = column(zh="品名", en="Title")
    tons: Number = column(zh="吨数", en="Tons", unit="元")
    day: Date = column(zh="入库日期", en="Day", optional=True)


class Sheet(NamedTuple):
    """A table, its header, and two records, below which a row is tried."""

    base_type: BaseType
    name: str
    header: list[str]
    records: list[list[Any]]


ACCOUNTS = [["甲", 100, 50], ["乙", 70, 41]]
LINE = ["科目", "预算数", "支出数"]
SHEETS = {
    "lines": Sheet(yard, "账目", LINE, ACCOUNTS),
    "numbered": Sheet(yard, "账目", ["序号", *LINE], [[at, *row] for at, row in enumerate(ACCOUNTS, 1)]),
    "grouped": Sheet(yard, "账目", ["大类", *LINE], [["业务", *row] for row in ACCOUNTS]),
    "jobs": Sheet(yard, "用工", ["期间", "人数"], [["1-3月", 5], ["4-6月", 7]]),
    "buildings": Sheet(corpus, "楼宇", ["名称", "面积", "企业数"], [["一号楼", 100, 3], ["二号楼", 230, 7]]),
    "names": Sheet(corpus, "楼宇", ["名称"], [["一号楼"], ["二号楼"]]),
    "events": Sheet(corpus, "活动", ["日期", "活动名称", "类型", "参加人次", "是否联合举办"],
                    [["2018-03-02", "春讲", "培训", 30, "否"], ["2018-05-02", "夏讲", "培训", 31, "否"]]),
    "checks": Sheet(store, "验收", ["品名", "验收日期", "所属月份", "种类", "合格"],
                    [["米", "2018-03-01", "3月", "干货", "是"], ["面", "2018-03-02", "3月", "干货", "是"]]),
    "receipts": Sheet(store, "入库", ["品名", "吨数", "入库日期"], [["米", 5, None], ["面", 7, None]]),
}  # fmt: skip
RECORD: list[str] = []


def tried(sheet: str, rows: Sequence[Sequence[Any]], folder: Path) -> list[str]:
    """What is said of rows below two records, such as `row-total 4`, `cell-required B4`; the first is row 4."""
    base_type, name, header, records = SHEETS[sheet]
    lines = [[*row, *[None] * (len(header) - len(row))] for row in rows]
    made = outcome({f"{name}.csv": w.as_csv([header, *records, *lines])}, folder, base_type)
    said = [each for each in made.said(notes=True) if not each.startswith("header-unread")]
    return [each.replace(f"{name}.csv:", "") for each in said]


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        # totals
        ("lines", ["办公楼合计", 170, None], ["row-total 4"]), ("lines", ["办公楼合计", 171, 92], ["row-near-total 4"]),
        ("grouped", ["业务", "办公楼合计", 170, None], ["row-total 4"]),
        ("buildings", ["三号楼合计", 331, None], ["row-near-total 4"]),
        ("buildings", ["三号楼合计", 330, None], ["row-like-total 4"]),
        ("buildings", ["三号楼", "办公楼合计", None], ["cell-number B4"]),
        ("buildings", ["三号楼", "合计", None], ["row-total 4"]),
        ("receipts", ["全部库区", 12, "合计"], ["row-total 4"]), ("receipts", ["全部库区", "合计"], ["row-total 4"]),
        ("receipts", ["库区", 12, "上年合计"], ["cell-date C4"]),
        ("jobs", ["合计", 12], ["row-total 4"]), ("jobs", ["7-9月累计", 3], RECORD),
        ("jobs", ["累计", 12], ["row-total 4"]),
        ("lines", ["全年", 1000, 500], RECORD), ("lines", ["总支出", 1000, 500], RECORD),
        # figures derived from others
        ("lines", ["平均", 85, 45.5], ["row-derived 4"]), ("grouped", ["业务", "平均", 85, 45.5], ["row-derived 4"]),
        ("lines", ["增长率", 5, None], ["row-derived 4"]), ("lines", ["增长率", 5, 10], ["row-like-ratio 4"]),
        ("grouped", ["业务", "增长率", 5, None], ["row-derived 4"]), ("lines", ["上年合计", 8, 5], ["row-derived 4"]),
        # nothing to report, headers again
        ("lines", ["无", 12, 10], RECORD), ("lines", ["无", "无", "/"], ["row-nothing 4"]),
        ("lines", ["科目", 12, 10], ["row-perhaps-void A4"]), ("lines", LINE, ["row-header 4"]),
        # headings
        ("names", ["三、商务楼"], RECORD), ("buildings", ["三、其他楼"], ["row-like-heading 4"]),
        ("grouped", [None, "三、其他"], ["row-remark 4"]), ("lines", ["三、会议费", 10, None], ["cell-required C4"]),
        ("lines", ["三、会议费", 10, 7], RECORD), ("lines", ["三、会议费"], ["row-remark 4"]),
        # remarks and signatures
        ("lines", ["总部"], ["cell-required B4", "cell-required C4"]),
        ("lines", ["1.纸张"], ["cell-required B4", "cell-required C4"]),
        ("lines", ["填表人：某", 100, None], ["row-unclear 4"]), ("lines", ["填表人：某", 100, 90], ["row-unclear 4"]),
        ("lines", ["填表人：某", "审核人：某", "略"], ["row-remark 4"]),
        ("lines", ["其他（附件：明细）", 100, 90], RECORD), ("lines", ["共3条", 3, None], ["row-unclear 4"]),
        ("lines", ["共3条", 3, 2], RECORD), ("lines", ["本表印制", "若干", None], ["row-remark 4"]),
        ("lines", ["本表印制", "若干", "若干"], ["cell-number-vague B4", "cell-number-vague C4"]),
        ("buildings", ["注：含地下室"], ["row-remark 4"]),
        ("buildings", ["注：含地下室", None, "约"], ["row-remark 4"]),
        ("buildings", ["注：含地下室", 20, None], ["row-unclear 4"]),
        ("receipts", ["填表人：某", "若干"], ["row-remark 4"]),
        ("buildings", ["2018年12月31日"], RECORD), ("lines", ["2018年12月31日"], ["row-remark 4"]),
        ("lines", ["※含线上活动"], ["row-remark 4"]),
        ("lines", ["（注：含线上）"], ["row-remark 4"]), ("lines", ["（注：含线上"], ["row-remark 4"]),
        ("lines", ["注：含线上）"], ["row-remark 4"]), ("lines", ["【注：含线上】"], ["row-remark 4"]),
        ("lines", ["（注）（略）"], ["cell-required B4", "cell-required C4"]),
        ("lines", ["（以下空白）"], ["row-remark 4"]),
        ("lines", ["会计：财务室", None, "审核：秘书处"], ["row-remark 4"]),
        ("lines", ["编制：办公室"], ["row-remark 4"]),
        ("lines", ["会计：财务室", None, "2019年1月5日"], ["row-remark 4"]),
        ("lines", [None, None, "（公章）"], ["row-remark 4"]), ("lines", ["某协会（公章）"], ["row-remark 4"]),
        ("lines", ["(签 章)"], ["row-remark 4"]), ("lines", ["文章"], ["cell-required B4", "cell-required C4"]),
        ("lines", ["会计：财务室", 12, None], ["cell-required C4"]), ("lines", ["会计：财务室", 12, 3], RECORD),
        ("lines", ["办公：3000"], ["cell-required B4", "cell-required C4"]),
        ("lines", ["办公室", None, "审核：秘书处"], ["cell-required B4", "cell-number C4"]),
        ("names", ["通识：写作"], RECORD), ("names", ["某协会（公章）"], RECORD),
        # no day where a day is expected
        ("events", ["待定"], ["row-remark 4"]),
        ("events", ["二〇一八年三月五日"], [f"cell-required {at}4" for at in "BCDE"]),
        ("events", ["3月待定"], ["cell-date-year A4", *(f"cell-required {at}4" for at in "BCDE")]),
        ("events", ["待定", "秋讲", "培训", 12, "否"], ["cell-date A4"]),
    ],
)  # fmt: skip
def test_what_a_row_is(sheet: str, row: Sequence[Any], said: list[str], tmp_path: Path) -> None:
    assert tried(sheet, [row], tmp_path) == said


DERIVED = ["row-derived 4"]


@pytest.mark.parametrize(
    "label",
    ["去年", "上年数", "上年", "2017年", "2017 年度", "2019年预计", "2019年", "平均每网格", "比上年增加", "同比",
     "环比", "增减",
     "较年初", "较上年", "较去年同期增长", "同比增长率", "年初数", "上期", "明年计划", "预计", "2017年末",
     "2017年12月", "去年户数",
     "2017年（全年）", "较上年：增加", "净增减额", "户均"],
)  # fmt: skip
def test_figures_of_another_period_a_change_or_a_forecast_are_no_record(label: str, tmp_path: Path) -> None:
    assert tried("lines", [[label, 88, 41]], tmp_path / "a") == DERIVED
    assert tried("grouped", [["业务", label, 88, 41]], tmp_path / "b") == DERIVED


@pytest.mark.parametrize(
    "label",
    ["上年结转项目", "上年结转", "同比例配套", "2018年", "2018年12月", "2017年春节慰问", "年初团拜会", "预计负债",
     "去年项目尾款",
     "前年遗留工程", "比学赶超活动", "增减挂钩补助", "每周一讲", "人均补助", "下一站展览", "平均奖", "较场口网格",
     "上年度审计费"],
)  # fmt: skip
def test_names_with_such_words_are_records(label: str, tmp_path: Path) -> None:
    said = tried("lines", [[label, 88, 41]], tmp_path)
    assert not [each for each in said if each.startswith(("row-derived", "row-remark", "row-total"))]


def test_a_year_beside_a_day_or_in_a_column_of_periods_is_left_alone(tmp_path: Path) -> None:
    assert tried("receipts", [["2017年", 5, "2018-03-02"]], tmp_path / "a") == RECORD
    assert tried("jobs", [["去年", 5]], tmp_path / "b") == ["cell-stretch A4"]
    assert tried("receipts", [["2017年", 5, None]], tmp_path / "c") == DERIVED


@store.table(zh="刊物", en="Issues", name="issues")
class Issue(Record):
    """An issue of a bulletin."""

    number: Text = column(zh="期号", en="Number")
    day: Date = column(zh="出版日期", en="Published")
    kind: Choice = column(zh="种类", en="Kind", choices=GRADES, optional=True)
    by: Text = column(zh="编者", en="By", optional=True)


ISSUES = ["期号", "出版日期", "种类", "编者"]
SHEETS["issues"] = Sheet(store, "刊物", ISSUES, [["春季刊", "2018-03-01"], ["秋季刊", "2018-09-01"]])
SHEETS["numbers"] = Sheet(store, "刊物", ISSUES, [["1期", "2018-03-01"], ["增刊", "2018-09-01"]])
PARTLY = ["cell-approximate B4"]
"""A record, published some day of the year."""
DIFFERS = ["row-total 4", "row-total-differs 4"]


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        *[("issues", [label, "2018年", None, None], ["row-total 4"])
          for label in ("共2期", "全年2期", "全年共2期", "2期", "以上共2项", "共2件", "共2个", "共编印2期",
          "2018年共2期")],
        ("issues", ["共3条"], ["row-remark 4"]), ("issues", ["共2条", "2018年"], ["row-total 4"]),
        ("issues", ["共2项"], ["row-total 4"]), ("issues", ["2期"], ["row-total 4"]),
        ("issues", ["以上共2项", "2018年", "干货", "—"], ["row-total 4"]),
        ("issues", ["共2期", "2018年", None, "某社"], PARTLY), ("issues", ["共3期", "2018年"], DIFFERS),
        ("issues", ["3期", "2018年"], PARTLY), ("issues", ["2期", "2018-12-01"], RECORD),
        ("issues", ["2018年2期", "2018年"], PARTLY), ("issues", ["第2期", "2018年"], PARTLY),
        ("numbers", ["2期", "2018年"], PARTLY),
    ],
)  # fmt: skip
def test_a_row_that_counts_the_records_is_a_total(
    sheet: str, row: Sequence[Any], said: list[str], tmp_path: Path
) -> None:
    assert tried(sheet, [row], tmp_path) == said


@pytest.mark.parametrize("misfit", [None, "验收日期", "所属月份", "种类", "合格"])
def test_a_signature_is_one_where_a_cell_beside_it_does_not_fit(misfit: str | None, tmp_path: Path) -> None:
    _, _, header, records = SHEETS["checks"]
    beside = ["某" if name == misfit else cell for name, cell in zip(header, records[0], strict=True)][1:]
    assert tried("checks", [["填表人：某", *beside]], tmp_path) == (["row-remark 4"] if misfit else RECORD)


@pytest.mark.parametrize(
    ("sheet", "rows", "said"),
    [
        ("lines", [["其中：纸", 30, 10], ["　　笔", 20, 10]], ["row-part 4", "row-part 5"]),
        ("lines", [["其中：纸", 30, 10], ["办公用品购置费", 20, 10]], ["row-part 4"]),
        ("lines", [["　　其中：纸", 30, 10], ["　　笔", 20, 10]], ["row-part 4", "row-levels 3"]),
        ("lines", [["　　其中：纸", 30, 10], ["　　　　笔", 20, 10]], ["row-part 4", "row-part 5"]),
        ("lines", [["其中：纸", 30, 10], ["丙", 9, 8], ["　　笔", 20, 10]], ["row-part 4"]),
        ("lines", [["（其中：纸）", 30, 10]], ["row-part 4"]),
        ("grouped", [["业务", "其中：纸", 30, 10]], ["row-part 4"]),
        ("lines", [["填表说明："], ["1.按年填"], ["2.按月填"]], ["row-remark 4", "row-remark 5", "row-remark 6"]),
        ("lines", [["填表说明："], ["丙", 9, 8], ["1.按年填"]],
         ["row-remark 4", "cell-required B6", "cell-required C6"]),
        ("lines", [["编制：办公室"], ["日期：2019年1月5日"]], ["row-remark 4", "row-remark 5"]),
        ("lines", [["编制：办公室"], ["丙", 9, 8]], ["cell-required B4", "cell-required C4"]),
        ("lines", [["业务：会务", 9, 8], ["业务：差旅"]], ["cell-required B5", "cell-required C5"]),
        ("numbered", [[3], ["四"], ["（5）"], ["6."], ["7、"], ["合计", None, 170, 91]], ["row-total 9"]),
        ("numbered", [[3, "会议"]], ["cell-required C4", "cell-required D4"]),
        ("numbered", [[3, "合计", 170, 91]], ["row-total 4"]), ("numbered", [["3", "注：含税"]], ["row-remark 4"]),
    ],
)  # fmt: skip
def test_what_a_row_is_beside_others(
    sheet: str, rows: Sequence[Sequence[Any]], said: list[str], tmp_path: Path
) -> None:
    assert tried(sheet, rows, tmp_path) == said


def test_codes_in_front_of_names_hide_no_total(tmp_path: Path) -> None:
    rows = [["编码", *LINE], [301, "注册费", 100, 50], [302, "平均奖", 70, 41], [303, "合计", 170, 91]]
    made = outcome({"账目.xlsx": w.by_openpyxl({"账目": rows})}, tmp_path)
    assert made.said(notes=True) == ["header-unread 账目.xlsx[账目]:A1", "row-total 账目.xlsx[账目]:4"]


def test_the_title_is_a_remark_where_it_stands_again(tmp_path: Path) -> None:
    rows = [
        ["收支情况"],
        LINE,
        ["甲", 100, 52],
        ["收支情况"],
        ["乙", 33, 14],
        ["收支情况（续）"],
        ["丙", 61, 49],
        ["收支"],
    ]
    made = outcome({"账目.xlsx": w.by_openpyxl({"账目": rows})}, tmp_path)
    assert [each.replace("账目.xlsx[账目]:", "") for each in made.said(notes=True)] == [
        "rows-above 1", "row-remark 4", "row-remark 6", "cell-required B8", "cell-required C8",
    ]  # fmt: skip
