"""Periods of several rows: what overlaps, is cumulative or planned speaks; what is plainly parts is added up."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilot_eval.measures.engines import installed
from tests.support import writers as w
from tests.support.periods_lab import outcome

HEADER = ["期间", "人数"]


def jobs(*periods: Any) -> bytes:
    return w.as_csv([HEADER, *([period, 10 * number] for number, period in enumerate(periods, 1))])


@pytest.mark.parametrize(
    "periods",
    [
        ["一季度", "二季度", "三季度", "四季度"], ["上半年", "下半年"], ["2018年"], ["2018Q1", "2018Q2"],
        ["全年累计"],
        [f"{month}月" for month in range(1, 13)], [f"2018-{month:02}" for month in range(1, 13)], ["1-12月累计"],
        ["上半年", "三季度", "10月", "11-12月"], ["2018-01-01至2018-06-30", "2018-07-01至2018-12-31"],
        ["H1 2018", "H2 2018"],
        ["2018-03-01", "2018-04-01"],
        ["1-6月累计", "7-12月累计"], ["一季度", "二季度", "三季度"], ["下半年", "上半年"], ["本期"],
    ],
)  # fmt: skip
def test_periods_beside_each_other_are_added_up_in_silence(periods: Sequence[str], tmp_path: Path) -> None:
    made = outcome({"用工.csv": jobs(*periods)}, tmp_path)
    assert made.said(notes=True) == []
    assert made.figure("jobs") == sum(10 * number for number in range(1, len(periods) + 1))


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["上半年", "下半年", "2018年"], ["row-overlap 用工.csv:A4"]),
        (["一季度", "二季度", "上半年"], ["row-overlap 用工.csv:A4"]),
        (["全年", "12月"], ["row-overlap 用工.csv:A3"]),
        (["上半年", "2018年1—6月"], ["row-overlap 用工.csv:A3"]),
        (["1月", "1-2月", "1-3月"], ["row-overlap 用工.csv:A4"]),
        (["1月累计", "2月累计"], ["row-overlap 用工.csv:A3"]),
        (["截至6月底", "截至12月底"], ["row-overlap 用工.csv:A3"]),
        (["一季度", "1-6月累计"], ["row-overlap 用工.csv:A3"]),
        (["截至2018年12月底"], ["row-cumulative 用工.csv:A2"]),
        (["6月底", "12月底"], ["row-overlap 用工.csv:A3"]),
        (["2018年末"], ["row-cumulative 用工.csv:A2"]),
        (["2018年6月30日"], ["row-cumulative 用工.csv:A2"]),
        (["as of December 2018"], ["row-cumulative 用工.csv:A2"]),
        (["2017年", "2018年"], ["cell-period 用工.csv:A2"]),
        (["2018年", "2019年"], ["cell-period 用工.csv:A3"]),
        (["2017-2018年"], ["cell-period-partly 用工.csv:A2"]),
        (["2018年", "2019年计划"], ["cell-planned 用工.csv:A3"]),
        (["上半年", "下半年（预计）"], ["cell-planned 用工.csv:A3"]),
        (["第一批"], ["cell-stretch 用工.csv:A2"]),
        (["上半年", "合计"], ["row-total-differs 用工.csv:B3"]),
    ],
)  # fmt: skip
def test_what_would_be_counted_twice_or_never_happened_speaks(
    periods: Sequence[str], said: list[str], tmp_path: Path
) -> None:
    made = outcome({"用工.csv": jobs(*periods)}, tmp_path)
    assert sorted(made.said()) == sorted(said)
    if any(each.severity == "error" for each in made.findings):
        assert made.taken.intake.bad == ("jobs",)
    else:
        assert made.figure("jobs") == 10


def test_an_overlap_names_both_rows_and_the_other_file(tmp_path: Path) -> None:
    made = outcome({"用工.csv": jobs("上半年", "下半年"), "全年/用工.csv": jobs("2018年")}, tmp_path)
    found = [each for each in made.findings if each.code == "row-overlap"]
    assert [str(each.place).rpartition("/")[2] for each in found] == ["用工.csv:A2", "用工.csv:A3"]
    assert ["全年/用工.csv:2" in each.message.zh and "“2018年”" in each.message.zh for each in found] == [True, True]
    first = outcome({"用工.csv": jobs("上半年", "2018年")}, tmp_path).findings[0]
    assert (first.message.zh, first.message.en) == (
        "“2018年”与第 2 行的“上半年”期间重叠，会重复计算",
        "“2018年” overlaps “上半年” in row 2; it would be counted twice",
    )


@pytest.mark.parametrize(
    ("periods", "first"),
    [
        (["上半年", "二季度", "6月"], ["第 2 行", "第 2 行"]), (["1月", "上半年", "6月"], ["第 2 行", "第 3 行"]),
        (["一季度", "3-5月", "5-6月"], ["第 2 行", "第 3 行"]), (["一季度", "四季度", "1月"], ["第 2 行"]),
        (["1月", "12月"] * 30, ["第 2 行"] * 19),
    ],
)  # fmt: skip
def test_an_overlap_names_the_row_that_reaches_furthest(
    periods: Sequence[str], first: list[str], tmp_path: Path
) -> None:
    made = outcome({"用工.csv": jobs(*periods)}, tmp_path)
    found = [each for each in made.findings if each.code == "row-overlap"]
    assert [str(each.place.row) for each in found] == sorted({str(each.place.row) for each in found}, key=int)
    assert [each.message.zh.partition("与")[2].partition("的")[0].strip() for each in found][: len(first)] == first


def test_rows_whose_periods_cannot_be_read_are_not_called_identical(tmp_path: Path) -> None:
    made = outcome({"用工.csv": w.as_csv([HEADER, ["第一批", 10], ["第二批", 10]])}, tmp_path)
    assert made.said(notes=True) == ["cell-stretch 用工.csv:A2", "cell-stretch 用工.csv:A3"]


def test_many_overlaps_are_counted(tmp_path: Path) -> None:
    made = outcome({"用工.csv": jobs("2018年", *(f"2018-01-{day:02}" for day in range(1, 31)))}, tmp_path)
    assert made.said(notes=True).count("findings-more 用工.csv") == 1
    assert len(made.said()) == 20


def test_each_site_has_its_own_periods(tmp_path: Path) -> None:
    header = ["地点", "期间", "人数"]
    good = [["东区", "上半年", 1], ["东区", "下半年", 2], ["西区", "全年", 3], ["南区", "一季度", 4]]
    made = outcome({"分点用工.csv": w.as_csv([header, *good])}, tmp_path)
    assert made.said(notes=True) == []
    assert [made.figure("site_periods", engine) for engine in installed()] == [4] * len(installed())
    bad = outcome({"分点用工.csv": w.as_csv([header, *good, [" 西 区", "二季度", 1]])}, tmp_path)
    assert bad.said() == ["row-overlap 分点用工.csv:B6"]


def test_the_first_and_last_day_are_dates(tmp_path: Path) -> None:
    made = outcome({"用工.csv": jobs("上半年", "三季度", "10-12月")}, tmp_path)
    assert made.figure("late_jobs") == 50


MONTHS = ["月份", "到访次数", "是否开放"]


def test_a_month_is_one_whatever_day_it_is_written_on(tmp_path: Path) -> None:
    weeks = [[f"2018-0{month}-{day:02}", 3, "是"] for month in (1, 2, 3) for day in (1, 8, 15, 22)]
    made = outcome({"开放月报.csv": w.as_csv([MONTHS, *weeks])}, tmp_path)
    assert made.figure("open_months") == 3
    assert made.said() == []
    assert [each.message.zh for each in made.findings] == [
        "“月份”有 9 行与另一行同属一个月；数不同期间的测算值只计一次"
    ]


@pytest.mark.parametrize(
    ("cells", "months", "said"),
    [
        (range(1, 13), 12, []),
        (["一月", "2月", "2018年3月", "2018-04", "2018/5/31"], 5, []),
        (["2018-01-01", "2018年1月", "2018-01-31"], 1, []),
        (["2018-01-01", "1月"], 1, []),
        (["2018年第一季度"], None, ["cell-stretch-longer 开放月报.csv:A2"]),
        (["2018年"], None, ["cell-stretch-longer 开放月报.csv:A2"]),
        (["2017年12月", "1月"], None, ["cell-period 开放月报.csv:A2"]),
    ],
)
def test_months(cells: Sequence[Any], months: int | None, said: list[str], tmp_path: Path) -> None:
    made = outcome({"开放月报.csv": w.as_csv([MONTHS, *([each, 3, "是"] for each in cells)])}, tmp_path)
    assert made.said() == said
    assert months is None or made.figure("open_months") == months


def test_a_quarter_that_may_stand_once_is_found_in_any_spelling(tmp_path: Path) -> None:
    rows = [["季度", "到访次数"], ["一季度", 1], ["2018Q2", 2], ["2018年2月", 3]]
    made = outcome({"季报.csv": w.as_csv(rows)}, tmp_path)
    assert made.said(notes=True) == ["row-duplicate 季报.csv:A4"]


DAYS = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(DAYS, min_size=2, max_size=4), turn=st.randoms(use_true_random=False))
def test_whether_rows_overlap_does_not_depend_on_their_order(spans: list[list[int]], turn: Any, tmp_path: Path) -> None:
    cells = [f"{first}-{last}月" if first < last else f"{first}月" for first, last in spans]
    once = [month for first, last in spans for month in range(first, last + 1)]
    shuffled = turn.sample(cells, len(cells))
    for each in (cells, shuffled):
        found = outcome({"用工.csv": jobs(*each)}, tmp_path).taken.intake.bad
        assert found == (("jobs",) if len(set(once)) < len(once) else ())


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"用工（东区）.csv": ["上半年", "下半年"], "用工（西区）.csv": ["2018年"]}, []),
        ({"东区/用工.csv": ["一季度"], "西区/用工.csv": ["上半年"], "南区/用工.csv": ["2018年1-3月"]}, []),
        ({"东区/用工.csv": ["上半年", "一季度"], "西区/用工.csv": ["2018年"]}, ["row-overlap 东区/用工.csv:A3"]),
        ({"一季度用工.csv": ["一季度"], "二季度用工.csv": ["二季度"]}, []),
        ({"一季度用工.csv": ["一季度"], "上半年用工.csv": ["上半年"]}, ["row-overlap 上半年用工.csv:A2"]),
        ({"用工1.csv": ["1月"], "用工2.csv": ["1月"]}, []),
        ({"用工1.csv": ["1月", "2月"], "用工2.csv": ["1-2月"]}, ["row-overlap 用工2.csv:A2"]),
    ],
)
def test_sites_have_periods_of_their_own(files: dict[str, list[str]], said: list[str], tmp_path: Path) -> None:
    made = outcome({name: jobs(*periods) for name, periods in files.items()}, tmp_path)
    assert [each for each in made.said() if each.startswith("row-overlap")] == said
