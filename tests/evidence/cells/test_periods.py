"""Periods in single cells: what each spelling means, and the laws that every spelling keeps."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.cells.cell import BadCell, MergedCell, Unreadable
from pilot_eval.evidence.cells.dates import end_of_month, iso_day
from pilot_eval.evidence.cells.periods import periods_within, read_period, until
from pilot_eval.plugin.tables import Grain
from pilot_eval.text import Words
from tests.support.spelling import ANY, numeral, reading

AROUND = (date(2018, 1, 1), date(2018, 12, 31))
YEAR = ("01-01", "12-31")
HALVES = ("01-01", "06-30"), ("07-01", "12-31")
QUARTERS = ("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")
MARCH = ("03-01", "03-31")

SPELLINGS: dict[tuple[str, str], list[Any]] = {
    YEAR: [
        "2018", 2018, "2018年", "2018年度", "２０１８年度", "2018 年", "二〇一八年", "2018年全年", "全年", "全年度",
        "本年度", "本年", "今年",
        "18年", "1-12月", "2018年1-12月", "2018年1月1日至2018年12月31日", "full year 2018", "2018 full year",
        "FY2018", "year 2018",
        "the whole year", "本期", "报告期", "评价期内", "2018年（全年）", "1-12月累计", "全年累计", "2018年累计",
    ],
    HALVES[0]: [
        "2018年上半年", "上半年", "2018 年 上 半 年", "今年上半年", "18年上半年", "二〇一八年上半年",
        "2018年度上半年", "2018年前半年",
        "1-6月", "1－6月", "1—6月", "1～6月", "2018年1—6月", "1至6月", "1月-6月", "1月至6月", "1月份至6月份",
        "一月至六月", "1–6 月",
        "2018-01-01至2018-06-30", "2018/1/1-2018/6/30", "20180101-20180630", "201801-201806", "2018.1-2018.6",
        "2018.1-6",
        "2018年1月-2018年6月", "2018年1月1日至6月30日", "1月1日-6月30日", "第一、二季度", "一至二季度", "前六个月",
        "前6个月", "前两季度",
        "上半年（1-6月）", "2018（上半年）", "H1", "h1 2018", "2018 H1", "2018H1", "2018-H1", "1H 2018",
        "first half of 2018",
        "First Half, 2018", "1st half 2018", "January–June 2018", "January to June 2018", "Jan-Jun 2018",
        "Jan 2018 - Jun 2018",
        "1 January 2018 to 30 June 2018", "January 1 - June 30, 2018", "上半年累计",
    ],
    HALVES[1]: ["下半年", "2018年下半年", "7-12月", "H2 2018", "second half of 2018", "July to December 2018",
    "下半年累计",
    "7-12月累计"],
    QUARTERS[0]: ["一季度", "第一季度", "第1季度", "1季度", "2018年第一季度", "2018Q1", "Q1", "q1", "1Q", "Q1 2018",
    "2018年Q1",
                  "first quarter of 2018", "1-3月", "前三个月"],
    QUARTERS[3]: ["四季度", "2018年第四季度", "2018 Q4", "4th quarter 2018", "10-12月", "第四季度累计", "Q4累计"],
    ("01-01", "09-30"): ["前三季度", "一至三季度", "1-3季度", "第一季度至第三季度"],
    MARCH: [
        "2018-03", "2018/3", "2018.03", "201803", "3月", "03月", "3月份", "三月", "2018年3月", "18年3月",
        "2018年三月", "2018年3月1日-31日", "3月1日-3月31日累计", "2018-03-01至2018-03-31累计", MergedCell("三月"),
        "March 1 through March 31, 2018",
        "1st March to 31st March 2018", "March 1st through March 31st, 2018",
    ],
    ("03-01", "04-01"): ["2018年3月1日至4月1日累计"],
    ("01-01", "01-31"): ["前一个月", "头1个月", "1月"],
    ("12-01", "12-31"): ["十二月", "12月"],
    ("03-05", "03-05"): ["2018-03-05", date(2018, 3, 5), "3月5日", 43164, "5 March 2018"],
}  # fmt: skip


@pytest.mark.parametrize(("days", "cell"), [(days, each) for days, cells in SPELLINGS.items() for each in cells])
def test_periods(days: tuple[str, str], cell: Any) -> None:
    read = read_period(cell, AROUND)
    assert (iso_day(read.value), iso_day(read.low), iso_day(read.high)) == (
        f"2018-{days[0]}", f"2018-{days[0]}", f"2018-{days[1]}"
    )  # fmt: skip
    assert not (isinstance(cell, str) and until(cell))


@pytest.mark.parametrize(
    ("cell", "last"),
    [
        ("截至6月底", "06-30"), ("截至2018年6月底", "06-30"), ("截止到2018年12月末", "12-31"),
        ("截至2018年12月31日", "12-31"),
        ("截至年底", "12-31"), ("至6月底", "06-30"), ("6月累计", "06-30"), ("2018年6月累计", "06-30"),
        ("as of June 2018", "06-30"),
        ("until 30 June 2018", "06-30"), ("6月底", "06-30"), ("2018年6月末", "06-30"), ("六月份底", "06-30"),
        ("2018-06月底", "06-30"), ("年底", "12-31"), ("2018-06累计", "06-30"), ("6月上旬累计", "06-10"),
        ("June 2018 YTD", "06-30"), ("2018年6月5日累计", "06-05"),
    ],
)  # fmt: skip
def test_what_has_no_beginning_begins_with_the_round(cell: str, last: str) -> None:
    read = read_period(cell, AROUND)
    assert (iso_day(read.low), iso_day(read.high)) == ("2018-01-01", f"2018-{last}")
    assert until(cell)


@pytest.mark.parametrize(
    ("cell", "around", "days"),
    [
        ("截至2018年6月底", None, ("2018-01-01", "2018-06-30")),
        ("截至2017年6月底", AROUND, ("2017-01-01", "2017-06-30")),
        ("截至6月底", (date(2018, 4, 1), date(2018, 12, 31)), ("2018-04-01", "2018-06-30")),
        ("截至2018年6月底", (date(2017, 7, 1), date(2018, 6, 30)), ("2017-07-01", "2018-06-30")),
        ("截至4月1日", (date(2018, 4, 1), date(2018, 12, 31)), ("2018-04-01", "2018-04-01")),
        ("截至3月31日", (date(2018, 4, 1), date(2018, 12, 31)), ("2018-01-01", "2018-03-31")),
    ],
)
def test_a_beginning_that_is_not_said_is_that_of_the_round_or_of_the_year(
    cell: str, around: Any, days: tuple[str, str]
) -> None:
    read = read_period(cell, around)
    assert (iso_day(read.low), iso_day(read.high)) == days


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


@pytest.mark.parametrize(("month", "name"), [*enumerate(MONTHS, start=1)])
def test_a_month_has_an_english_name(month: int, name: str) -> None:
    spellings = {name, name.upper(), name[:3], f"{name[:3]}.", f"{name} 2018", f"2018 {name}", f"{name[:3]}-2018"}
    for cell in spellings | ({"Sept"} if month == 9 else set()):
        read = read_period(cell, AROUND)
        assert (iso_day(read.low), iso_day(read.high)) == (f"2018-{month:02}-01", str(end_of_month(2018, month))), cell
    for cell in (f"5 {name} 2018", f"{name} 5, 2018", f"5th {name[:3]}", f"{name} 5th"):
        assert iso_day(read_period(cell, AROUND).high) == f"2018-{month:02}-05", cell


@pytest.mark.parametrize(
    ("number", "words"), [(1, "first 1st"), (2, "second 2nd"), (3, "third 3rd"), (4, "fourth 4th")]
)
def test_quarters_and_halves_have_english_names(number: int, words: str) -> None:
    for word in words.split():
        for cell in (f"{word} quarter 2018", f"the {word.title()} Quarter of 2018", f"2018 {word} quarter"):
            read = read_period(cell, AROUND)
            assert (iso_day(read.low)[5:], iso_day(read.high)[5:]) == QUARTERS[number - 1], cell
        if number <= 2:
            read = read_period(f"{word} half of 2018", AROUND)
            assert (iso_day(read.low)[5:], iso_day(read.high)[5:]) == HALVES[number - 1]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *[(each, "cell-stretch") for each in (
            "", "第一批", "一期", "暑期", "去年", "半年", "季度", "1-6", "1.6", "1/6", "3", 3, "6-1月", "2018年13月",
            "2018年2月29日",
            "一、三季度", "一至一季度", "3月至2018年5月", "2018年0月", "上半年（1-9月）", "累计", "截至目前",
            "2018年1月以来", "2018学年", "无", 2018.03, True,
            timedelta(1), "1" * 120,
        )],
        *[(each, "cell-planned") for each in (
            "2019年计划", "上半年（预计）", "预计全年", "2018年目标", "2018年度预算数", "2018 plan", "expected 2018",
            "2018 (budgeted)",
        )],
        (BadCell("cell-error", "#REF!"), "cell-error"),
        ("\u202e2018", "cell-reordered"),
    ],
)  # fmt: skip
def test_what_is_no_period(cell: Any, code: str) -> None:
    assert reading(lambda: read_period(cell, AROUND)) == code


def test_a_period_without_a_year_is_in_that_of_the_round() -> None:
    assert iso_day(read_period("一季度", (date(2020, 4, 1), date(2020, 9, 30))).low) == "2020-01-01"
    for around in (None, (date(2018, 4, 1), date(2019, 3, 31))):
        assert reading(lambda around=around: read_period("一季度", around)) == "cell-stretch-year"
        assert iso_day(read_period(MergedCell("2018年一季度"), around).low) == "2018-01-01"


@pytest.mark.parametrize(
    ("each", "cell", "meant"),
    [
        ("month", "2018-01-15", ("01-01", "01-31")), ("month", date(2018, 2, 28), ("02-01", "02-28")),
        ("month", "2018年1月上旬", ("01-01", "01-31")), ("month", 3, ("03-01", "03-31")),
        ("month", "03", ("03-01", "03-31")), ("month", 1, ("01-01", "01-31")), ("month", 12.0, ("12-01", "12-31")),
        ("month", MergedCell(3), ("03-01", "03-31")), ("month", 0, "cell-stretch"), ("month", True, "cell-stretch"),
        ("month", "3月底", MARCH), ("month", "2018年3月末", MARCH), ("month", 43161, MARCH),
        ("month", "3月累计", "cell-stretch-longer"),
        ("month", "一季度", "cell-stretch-longer"), ("month", "2018-01-31至2018-02-01", "cell-stretch-longer"),
        ("month", "截至3月底", "cell-stretch-longer"), ("month", 13, "cell-stretch"), ("month", 3.5, "cell-stretch"),
        ("quarter", "2月", QUARTERS[0]), ("quarter", 4, QUARTERS[3]), ("quarter", 5, "cell-stretch"),
        ("quarter", "上半年", "cell-stretch-longer"), ("year", "2018-05-01", YEAR), ("year", "上半年", YEAR),
        ("year", 3, "cell-stretch"), ("year", "2017-2018年", "cell-stretch-longer"),
    ],
)  # fmt: skip
def test_one_of_a_kind(each: Grain, cell: Any, meant: Any) -> None:
    made = reading(lambda: read_period(cell, AROUND, each))
    assert (tuple(iso_day(day)[5:] for day in made[1:]) if isinstance(made, tuple) else made) == meant


@pytest.mark.parametrize(
    ("each", "one"),
    [("month", ("一个月", "one month")), ("quarter", ("一个季度", "one quarter")), ("year", ("一年", "one year"))],
)
def test_what_is_longer_than_one_of_a_kind_is_told_so(each: Grain, one: tuple[str, str]) -> None:
    with pytest.raises(Unreadable) as refused:
        read_period("2017-2018年", AROUND, each)
    assert (refused.value.code, refused.value.params["one"]) == ("cell-stretch-longer", Words(zh=one[0], en=one[1]))


DAY = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@settings(max_examples=60, deadline=None)
@given(DAY, st.integers(0, 700))
def test_a_written_period_is_read_as_the_same_days(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    said = [f"{day.year}年{day.month}月{day.day}日" for day in (first, last)]
    for text in (
        f"{first}至{last}",
        "—".join(said),
        " 至 ".join(said),
        f"{first:%Y%m%d}-{last:%Y%m%d}",
        f"{first} to {last}",
    ):
        read = read_period(text, None)
        assert (iso_day(read.low), iso_day(read.high)) == (first.isoformat(), last.isoformat()), text


@settings(max_examples=40, deadline=None)
@given(DAY, st.integers(1, 12), st.integers(1, 12))
def test_months_are_the_same_in_every_spelling(day: date, one: int, other: int) -> None:
    first, last, year = min(one, other), max(one, other), day.year
    around = (date(year, 1, 1), date(year, 12, 31))
    spoken = [numeral(month).replace("一十", "十") for month in (first, last)]
    made = {
        reading(lambda text=text: read_period(text, around))
        for text in (
            f"{year}年{first}月至{last}月", f"{year}年{first}-{last}月", f"{first}—{last}月", f"{first}月-{last}月",
            f"{spoken[0]}月至{spoken[1]}月", f"{year}.{first:02}-{year}.{last:02}",
            f"{year}{first:02}-{year}{last:02}",
        )
    }  # fmt: skip
    assert len(made) == 1
    assert isinstance(made.pop(), tuple)


@pytest.mark.parametrize(
    ("each", "zh", "en"),
    [
        (None, ["2018年上半年", "2018年下半年", "2019年上半年"], ["2018 H1", "2018 H2", "2019 H1"]),
        ("year", ["2018年", "2019年"], ["2018", "2019"]),
        ("quarter", ["2018年第2季度", "2018年第3季度", "2018年第4季度", "2019年第1季度"], ["2018 Q2", "2018 Q3",
        "2018 Q4", "2019 Q1"]),
        ("month", [*(f"2018年{month}月" for month in range(6, 13)), "2019年1月"],
         [*(f"2018-{month:02}" for month in range(6, 13)), "2019-01"]),
    ],
)  # fmt: skip
def test_a_form_offers_each_period_of_the_round(each: Grain | None, zh: list[str], en: list[str]) -> None:
    offered = list(periods_within((date(2018, 6, 30), date(2019, 1, 1)), each))
    assert [[words.zh for words in offered], [words.en for words in offered]] == [zh, en]
    assert [words.en for words in periods_within((date(2018, 6, 30), date(2018, 7, 1)), each)] == en[
        : 1 if each == "year" else 2
    ]


@settings(max_examples=30, deadline=None)
@given(DAY, DAY, st.sampled_from(["month", "quarter", "year", None]))
def test_what_a_form_offers_is_read_and_covers_the_round(one: date, other: date, each: Grain | None) -> None:
    around = (min(one, other), min(max(one, other), min(one, other) + timedelta(days=800)))
    for lang in ("zh", "en"):
        read = [read_period(words.in_(lang), None, each) for words in periods_within(around, each)]
        assert [b.low - a.high for a, b in pairwise(read)] == [1] * (len(read) - 1)
        assert (iso_day(read[0].low), iso_day(read[-1].high)) <= (str(around[0]), "9999")
        assert iso_day(read[-1].low) <= str(around[1]) <= iso_day(read[-1].high)


WORDS = st.text(
    "0123456789２０年月日号上下半全季度第前一二三四十截至累计- /.．：Tto~～()（）HQh\u200b\x00", max_size=20
)


@settings(max_examples=400, deadline=None)
@given(WORDS | ANY, st.sampled_from([None, "month", "quarter", "year"]))
def test_a_period_is_read_in_order_or_refused(cell: object, each: Grain | None) -> None:
    if cell is None:
        return
    try:
        read = read_period(cell, AROUND, each)
    except Unreadable:
        return
    assert read.value == read.low <= read.high
    assert len(iso_day(read.low)) == len(iso_day(read.high)) == 10
