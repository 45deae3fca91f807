"""Years in names, titles, banners and headers: one outside the period speaks, ordinary ones are passed over."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support import writers as w
from tests.support.corpus.variants import corpus
from tests.support.periods_lab import outcome

HEADER = ["科目", "预算数", "支出数"]
ROW, OTHER = ["办公", 100, 50], ["差旅", 100, 90]
PLAIN = w.as_csv([HEADER, ROW])
LAST_YEAR = w.as_csv([HEADER, OTHER])


def book(*rows: list[Any], sheet: str = "账目") -> Mapping[str, bytes]:
    return {"b.xlsx": w.by_openpyxl({sheet: list(rows)})}


QUIET = {
    "2018 in the name": {"2018年账目.csv": PLAIN},
    "a span that holds the period": {"2015—2019年账目.csv": PLAIN},
    "two years": {"2017-2018年账目.csv": PLAIN},
    "a school year": book(["2018-2019学年账目"], HEADER, ROW),
    "a stamp": {"20190115_账目.csv": PLAIN},
    "a folder of submitting": {"2019年报送/账目.csv": PLAIN},
    "a month of submitting": book(["账目"], ["2019年1月"], HEADER, ROW),
    "a day of submitting": book(["2019年1月20日填报"], HEADER, ROW),
    "a day below": book(HEADER, ROW, ["2017年12月20日"]),
    "a review": {"2019年评价材料/账目.csv": PLAIN},
    "a form of submitting": book(["2019年度账目申报表"], HEADER, ROW),
    "by the rules of": book(["依据2017年办法编制的账目"], HEADER, ROW),
    "a version": book(["账目（2017年版）"], HEADER, ROW),
    "a document": book(["郑财〔2017〕3号 账目"], HEADER, ROW),
    "a number": {"park-2017/账目.csv": PLAIN, "2017003.txt": b"x"},
    "a sentence": book(["本表反映2018年收支，2017年的已另行报送。"], HEADER, ROW),
    "a remark": book(HEADER, ROW, ["注：2017年支出为80元"]),
    "a banner of the period": book(["2018年度"], HEADER, ROW),
    "the year in headers": {"账目.csv": w.as_csv([["科目", "预算数（2018年）", "支出数（2018年）"], ROW])},
    "the year above headers": book([None, "2018年", None], HEADER, ROW),
    "the period in numerals": book(["二〇一八年账目"], HEADER, ROW),
    "months of the period": book(["账目（2018.1-2018.12）"], HEADER, ROW),
    "two digits of the period": {"18年账目.csv": PLAIN},
    "carried over": book(["上年结转账目"], HEADER, ROW),
    "seventeen years": book(["建院17年来账目"], HEADER, ROW),
    "a house number": book(["世纪路2009号院账目"], HEADER, ROW),
    "founded in": book(["成立于2010年的院落账目"], HEADER, ROW),
}


@pytest.mark.parametrize("files", QUIET.values(), ids=QUIET)
def test_ordinary_years_are_passed_over(files: Mapping[str, bytes], tmp_path: Path) -> None:
    made = outcome(files, tmp_path)
    assert [each for each in made.said() if not each.startswith("submission-unused-file")] == []
    assert made.figure("spent") == 50


SPEAKS: dict[str, tuple[Mapping[str, bytes], list[str]]] = {
    "a file": ({"2017年账目.csv": PLAIN}, ["title-year 2017年账目.csv"]),
    "a bare year": ({"2017账目.csv": PLAIN}, ["title-year 2017账目.csv"]),
    "a span": ({"账目（2016—2017年）.csv": PLAIN}, ["title-year 账目（2016—2017年）.csv"]),
    "a folder": ({"2017/账目.csv": PLAIN}, ["title-year 2017/账目.csv"]),
    "a sheet": (book(HEADER, ROW, sheet="2017年账目"), ["title-year b.xlsx[2017年账目]"]),
    "a title": (book(["关于2017年度的账目"], ["单位：元"], HEADER, ROW), ["title-year b.xlsx[账目]:1"]),
    "a year as a number": (book([2017], HEADER, ROW), ["title-year b.xlsx[账目]:1"]),
    "a title of next year": (book(["2019年账目"], HEADER, ROW), ["title-year b.xlsx[账目]:1"]),
    "a month before": ({"2017年12月账目.csv": PLAIN}, ["title-year 2017年12月账目.csv"]),
    "a file beside": (
        {"账目.csv": PLAIN, "2017年账目.csv": LAST_YEAR},
        ["title-year-beside 2017年账目.csv"],
    ),
    "sheets by year": (
        {"账目.xlsx": w.by_openpyxl({"2018": [HEADER, ROW], "2017": [HEADER, OTHER]})},
        ["title-year-beside 账目.xlsx[2017]"],
    ),
    "keys by year": (
        {
            "accounts.json": '{{"账目": [{0}], "2017年账目": [{0}]}}'.format(
                '{"科目": "a", "预算数": 2, "支出数": 1}'
            ).encode()
        },
        ["title-year-beside accounts.json[2017年账目]"],
    ),
    "a block below": (
        book(["2018年度"], HEADER, ROW, [], ["2017年度"], HEADER, OTHER),
        ["title-year-beside b.xlsx[账目]:5"],
    ),
    "a block above": (
        book(["2017年度"], HEADER, OTHER, [], ["2018年度"], HEADER, ROW),
        ["title-year-beside b.xlsx[账目]:1"],
    ),
    "a block with other columns": (
        book(["2018年度"], HEADER, ROW, [], ["2017年度"], ["科目", "支出数", "预算数"], ["差旅", 90, 100]),
        ["title-year-beside b.xlsx[账目]:5"],
    ),
    "banners": (book(HEADER, ["2018年"], ROW, ["2017年"], OTHER), ["title-year-beside b.xlsx[账目]:4"]),
    "numerals": (book(["二〇一七年账目"], HEADER, ROW), ["title-year b.xlsx[账目]:1"]),
    "two digits": ({"17年账目.csv": PLAIN}, ["title-year 17年账目.csv"]),
    "two numerals": (book(["一七年账目"], HEADER, ROW), ["title-year b.xlsx[账目]:1"]),
    "months": (book(["账目（2017.1-2017.12）"], HEADER, ROW), ["title-year b.xlsx[账目]:1"]),
    "a fiscal year": (book(["FY2017 accounts"], HEADER, ROW), ["title-year b.xlsx[账目]:1"]),
    "last year": (book(["上年度账目"], HEADER, ROW), ["title-year b.xlsx[账目]:1"]),
    "an archive": ({"2017年材料.zip": w.as_zip({"账目.csv": PLAIN})}, ["title-year 2017年材料.zip/账目.csv"]),
    "one banner": (book(HEADER, ["2017年"], ROW), ["title-year b.xlsx[账目]:2"]),
    "headers": (
        {"账目.csv": w.as_csv([["科目", "预算数（2018年）", "支出数（2017年）"], ROW])},
        ["header-year 账目.csv:C1"],
    ),
    "groups of headers": (book([None, "2018年", "2017年"], HEADER, ROW), ["header-year b.xlsx[账目]:C2"]),
    "groups as numbers": (book([None, 2018, 2017], HEADER, ROW), ["header-year b.xlsx[账目]:C2"]),
    "one group": (
        book(["科目", "2017年", None], [None, "预算数", "支出数"], ROW),
        ["header-year b.xlsx[账目]:B2", "header-year b.xlsx[账目]:C2"],
    ),
    "two years beside each other": (
        book(["科目", "2018年", None, "2017年", None], [None, "预算数", "支出数", "预算数", "支出数"], [*ROW, 100, 90]),
        ["header-duplicate b.xlsx[账目]:D2", "header-duplicate b.xlsx[账目]:E2"],
    ),
}


@pytest.mark.parametrize(("files", "said"), SPEAKS.values(), ids=SPEAKS)
def test_a_year_outside_speaks(files: Mapping[str, bytes], said: list[str], tmp_path: Path) -> None:
    made = outcome(files, tmp_path)
    assert [each for each in made.said() if not each.startswith(("row-repeated", "sources-added"))] == said
    assert ("ledger" in made.taken.intake.bad) is any(each.severity == "error" for each in made.findings)


@pytest.mark.parametrize(
    ("title", "speaks"),
    [
        (f"2017年{'账' * 35}", True), (f"2017年{'账' * 36}", False), ("2008账目", True), ("2007账目", False),
        ("2007年账目", True), ("2028账目", True), ("2029账目", False), ("15年账目", True), ("14年账目", False),
        ("19年账目", True), ("20年账目", False), ("2016-17年账目", True), ("2017-18年账目", False),
        ("2017-20年账目", False),
        ("2019-01账目", False), ("2017-01账目", True), ("2019年3月账目", False), ("2019年度填报账目", False),
        ("2017年度填报账目", True), ("2017年账目、2018年账目", False), ("2016年账目、2017年账目", True),
        ("2017.3-2018.2账目", False), ("2016.3-2017.2账目", True), ("2019-2020年账目", True), ("去年账目", True),
        ("一九九八年账目", True), ("二〇一七年十二月账目", True), ("去年度账目", True), ("去年结余账目", False),
        ("账目（2017年印发）", False), ("账目：2017人次", False), ("2017年12月31日账目", False),
    ],
)  # fmt: skip
def test_years_in_a_title(title: str, speaks: bool, tmp_path: Path) -> None:
    made = outcome(book([title], HEADER, ROW), tmp_path)
    assert made.said() == (["title-year b.xlsx[账目]:1"] if speaks else [])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["2017年账目"], HEADER, ["2018年"], ROW], ["title-year-beside b.xlsx[账目]:1"]),
        ([["2017年账目"], HEADER, ["2016年"], ROW], ["title-year b.xlsx[账目]:3", "title-year b.xlsx[账目]:1"]),
        ([HEADER, ROW, ["2017年"], OTHER], ["title-year-beside b.xlsx[账目]:3"]),
        ([HEADER, ["2017年"], ROW, ["2016年"], OTHER], ["title-year b.xlsx[账目]:2", "title-year b.xlsx[账目]:4"]),
        ([HEADER, ROW, ["2017年"]], []),
        ([["2018年账目"], ["2017年编"], HEADER, ROW], ["title-year b.xlsx[账目]:2"]),
        ([["2017年"], ["2018年账目"], HEADER, ROW], []),
        ([[None, "2017年", None], HEADER, ROW], ["title-year b.xlsx[账目]:1"]),
    ],
)
def test_banners_and_titles_beside_each_other(rows: list[list[Any]], said: list[str], tmp_path: Path) -> None:
    assert outcome(book(*rows), tmp_path).said() == said


def test_records_that_all_have_a_day_of_the_period_need_no_title(tmp_path: Path) -> None:
    rows = [["日期", "活动名称", "类型", "参加人次", "是否联合举办"], ["2018-03-01", "讲座", "培训", 30, "否"]]
    made = outcome({"2017年活动.csv": w.as_csv(rows)}, tmp_path)
    assert made.said() == []
    assert made.figure("trainings_held") == 1


def test_both_languages_say_the_year(tmp_path: Path) -> None:
    [said] = [each for each in outcome({"2017年账目.csv": PLAIN}, tmp_path).findings if each.code == "title-year"]
    assert "2017 年" in said.message.zh
    assert "year 2017" in said.message.en


def test_the_first_of_several_years_is_said(tmp_path: Path) -> None:
    [said] = outcome({"账目（2015—2017年）.csv": PLAIN}, tmp_path).findings
    assert "2015 年" in said.message.zh
    assert "“账目（2015—2017年）”" in said.message.zh


EVENTS, EVENT = ["日期", "活动名称", "类型", "参加人次", "是否联合举办"], ["2018-03-01", "讲座", "培训", 30, "否"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["2017年账目"], ["2018年12月"], HEADER, ROW], []),
        ([["2017年账目"], HEADER, ["2016年"], OTHER, ["2018年"], ROW],
         ["title-year-beside b.xlsx[账目]:3", "title-year-beside b.xlsx[账目]:1"]),
        ([["2017年账目"], HEADER, ["2018年", 100, 50]], ["title-year b.xlsx[账目]:1"]),
        ([["2017年账目"], HEADER, ROW, ["填报时间 2018年"]], ["title-year b.xlsx[账目]:1"]),
        ([HEADER, ["2017年合计", 100, 50], ROW], []),
        ([["本表不含2017年结转，另行报送"], HEADER, ROW], []), ([["注：2017年另报"], HEADER, ROW], []),
    ],
)  # fmt: skip
def test_only_a_banner_says_the_year_of_the_rows_below(rows: list[list[Any]], said: list[str], tmp_path: Path) -> None:
    assert outcome(book(*rows), tmp_path).said() == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([EVENTS, ["2017年"], EVENT], []),
        ([["日期（2017年）", *EVENTS[1:]], EVENT], []),
        ([["2017年", None, None, "2018年", None], EVENTS, EVENT], ["header-year b.xlsx[活动]:B2",
                                                                 "header-year b.xlsx[活动]:C2"]),
    ],
)  # fmt: skip
def test_days_of_the_period_need_no_year_but_other_columns_do(
    rows: list[list[Any]], said: list[str], tmp_path: Path
) -> None:
    assert outcome(book(*rows, sheet="活动"), tmp_path, corpus).said() == said
