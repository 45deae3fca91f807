"""Rows of overlapping, cumulative, planned or other periods; months written in several ways; days out of order."""

from collections.abc import Iterator
from datetime import date

from tests.support.mistakes.case import (
    BODIES,
    CHANNEL,
    DISCLOSURES,
    FINANCE,
    GRADES,
    HALF_2018,
    HONOURS,
    JOBS,
    ONLINE,
    PARK,
    PROJECTS,
    SUGGESTIONS,
    TRADE,
    YEAR_2019,
    Mistake,
    Period,
    csv,
    json,
    ods,
    xls,
    xlsx,
)
from tests.support.rounds.submitted import YEAR

_JOBS: dict[str, tuple[Period, float | None, list[tuple[str, int]]]] = {
    "halves-and-year": (YEAR, 96, [("2018年上半年", 41), ("2018年下半年", 55), ("2018年度", 96)]),
    "year-first": (YEAR, 96, [("全年", 96), ("上半年", 41), ("下半年", 55)]),
    "months-spans": (YEAR, 96, [("1-6月", 41), ("7-12月", 55), ("1-12月", 96)]),
    "quarters-and-year": (YEAR, 96, [("一季度", 20), ("二季度", 21), ("三季度", 25), ("四季度", 30), ("2018年", 96)]),
    "quarters-and-half": (YEAR, 96, [("第一季度", 20), ("第二季度", 21), ("上半年", 41), ("下半年", 55)]),
    "growing-spans": (YEAR, 96, [("1-3月", 20), ("1-6月", 41), ("1-9月", 66), ("1-12月", 96)]),
    "until": (YEAR, 96, [("截至3月末", 20), ("截至6月末", 41), ("截至9月末", 66), ("截至12月末", 96)]),
    "so-far": (YEAR, 96, [("6月底累计", 41), ("12月底累计", 96)]),
    "overlap": (YEAR, None, [("1-8月", 70), ("7-12月", 55)]),
    "twice": (YEAR, None, [("上半年", 41), ("2018年上半年", 43), ("下半年", 55)]),
    "year-twice": (YEAR, None, [("2018年", 96), ("2018年度", 93)]),
    "last-year": (YEAR, 96, [("2017年", 88), ("2018年", 96)]),
    "last-year-2019": (YEAR_2019, 120, [("2018年", 96), ("2019年", 120)]),
    "last-year-in-words": (YEAR, 96, [("上年", 88), ("本年", 96)]),
    "same-time-last-year": (YEAR, 96, [("2018年全年", 96), ("上年同期", 88)]),
    "before-the-round": (HALF_2018, 150, [("2018年上半年", 60), ("2018年下半年", 70), ("2019年上半年", 80)]),
    "whole-years": (HALF_2018, None, [("2018年", 130), ("2019年", 140)]),
    "target": (YEAR, 96, [("2018年", 96), ("2019年目标", 130)]),
    "plan": (YEAR, 41, [("2018年上半年", 41), ("2018年下半年（计划）", 55)]),
    "forecast": (YEAR, 66, [("1-9月", 66), ("预计10-12月", 30)]),
    "short-year": (YEAR, 96, [("17年", 88), ("18年", 96)]),
    "dotted": (YEAR, 96, [("2018.1-2018.6", 41), ("2018.1-2018.12", 96)]),
    "months-and-sum": (YEAR, 96, [*((f"{m}月", 8) for m in range(1, 13)), ("全年", 96)]),
    "month-twice": (YEAR, None, [("1月", 8), ("2月", 9), ("2018-01", 11)]),
}


def mistakes() -> Iterator[Mistake]:
    writers = (
        csv,
        lambda *rows: xlsx(带动就业=rows),
        json,
        lambda *rows: xls(带动就业=rows),
        lambda *rows: ods(就业=rows),
    )
    ends = (".csv", ".xlsx", ".json", ".xls", ".ods")
    for n, (id, (period, right, rows)) in enumerate(_JOBS.items()):
        file = {f"带动就业{ends[n % 5]}": writers[n % 5](JOBS, *(list(row) for row in rows))}
        yield Mistake(f"period-{id}", PARK, file, "jobs_supported", right, ", ".join(r for r, _ in rows), period=period)
    yield from _english()
    for id, days in {"ends": ("3月底", "6月底"), "days": ("2018年6月30日", "2018-12-31"), "end": ("2018年末",)}.items():
        rows = [[day, 35 * number] for number, day in enumerate(days, start=1)]
        file = {"带动就业.csv": csv(JOBS, *rows)}
        yield Mistake(f"until-{id}", PARK, file, "jobs_supported", None, f"up to a day: {', '.join(days)}")
    file = {"评估等级.csv": csv(GRADES, [5, "2108-12-31", ""])}
    yield Mistake("valid-2108", TRADE, file, "official_grade", None, "a certificate valid to 2108")
    file = {"官方渠道.csv": csv(CHANNEL, ["1月", 0, "是"], ["2月", 4, "是"])}
    yield Mistake("live-without-updates", ONLINE, file, "channel_months_live", 1, "a month without updates is live")
    yield from _bodies()
    yield from _months()
    yield from _columns()
    yield from _days()


def _english() -> Iterator[Mistake]:
    head = ("Period", "Jobs")
    for id, right, rows in (
        ("halves", 96, [("2018 H1", 41), ("2018 H2", 55), ("2018", 96)]),
        ("quarters", 96, [("Q1 2018", 20), ("Q2 2018", 21), ("H1 2018", 41), ("H2 2018", 55)]),
        ("planned", 96, [("2018", 96), ("2019 (planned)", 140)]),
    ):
        yield Mistake(
            f"period-english-{id}",
            PARK,
            {"Employment.csv": csv(head, *(list(row) for row in rows))},
            "jobs_supported",
            right,
            ", ".join(r for r, _ in rows),
        )


def _bodies() -> Iterator[Mistake]:
    for id, right, rows in (
        ("year-before", 60, [["2017年度", 50, 48], ["2018年度", 50, 30]]),
        ("year-after", 60, [["2018年", 50, 30], ["2019年预计", 40, 40]]),
        ("halves-and-year", None, [["上半年", 50, 44], ["下半年", 44, 30], ["全年", 50, 30]]),
    ):
        yield Mistake(
            f"bodies-{id}",
            ONLINE,
            {"团体成员.xlsx": xlsx(团体成员=[BODIES, *rows])},
            "member_retention",
            right,
            "periods of member bodies",
        )


def _months() -> Iterator[Mistake]:
    """A table of months that isn't one row a month."""
    weekly = [[f"2018-{m:02d}-{d:02d}", 2, "是"] for m in (4, 5) for d in (2, 9, 16, 23)]
    yield Mistake("months-weekly", ONLINE, {"官方渠道.csv": csv(CHANNEL, *weekly)}, "channel_months_live", 2, "weeks")
    cells = [[date(2018, m, d), 2, "是"] for m in (7, 8, 9) for d in (6, 20)]
    yield Mistake(
        "months-fortnights",
        ONLINE,
        {"官方渠道.xlsx": xlsx(官方渠道=[CHANNEL, *cells])},
        "channel_months_live",
        3,
        "two days of each month, as date cells",
    )
    for id, words in (
        ("ways", ["2018-05-01", "2018年5月", "2018/5/31"]),
        ("ends", ["2018-10-01", "2018-10-31"]),
        ("dots", ["2018.11", "2018年11月下旬", "2018-11-15"]),
    ):
        yield Mistake(
            f"months-{id}",
            ONLINE,
            {"官方渠道.json": json(CHANNEL, *([word, 3, "是"] for word in words))},
            "channel_months_live",
            1,
            "one month written in several ways",
        )
    for id, words in (("quarter", ["2018年第二季度", "2018年4月"]), ("year", ["2018年", "2018年1月"])):
        yield Mistake(
            f"months-{id}",
            ONLINE,
            {"官方渠道.xls": xls(官方渠道=[CHANNEL, *([word, 9, "是"] for word in words)])},
            "channel_months_live",
            1,
            "a longer time among months",
        )


def _columns() -> Iterator[Mistake]:
    """Columns of two years, or of a plan."""
    for n, (before, now) in enumerate((("2017年", "2018年"), ("上年", "本年"))):
        head = ["预算科目", f"预算数（{before}）", f"预算数（{now}）", f"执行数（{before}）", f"执行数（{now}）"]
        rows = [["办公费", 80000, 90000, 79000, 45000], ["活动费", 20000, 60000, 19000, 30000]]
        yield Mistake(
            f"columns-years-{n}",
            PARK,
            {"经费预算.csv": csv(head, *rows)},
            "budget_execution",
            50,
            "two years side by side",
        )
    for n, word in enumerate(("预计", "目标", "计划")):
        yield Mistake(
            f"columns-to-come-{n}",
            PARK,
            {"带动就业.csv": csv(["期间", f"带动就业人数（{word}）"], ["2018年", 300])},
            "jobs_supported",
            0,
            "a figure that hasn't come about",
        )
    yield Mistake(
        "columns-old-only",
        TRADE,
        {"经费预算.csv": csv(["预算科目", "预算数", "执行数（2016年）"], [FINANCE[0], 80000, 60000])},
        "budget_execution",
        None,
        "a column of another year",
    )


def _days() -> Iterator[Mistake]:
    """Days that can't be as they are written."""
    for until in ("2011-06-30", "2017-12-30", "2018-06-30"):
        period = HALF_2018 if until.startswith("2018") else YEAR
        yield Mistake(
            f"expired-{until}",
            TRADE,
            {"评估等级.xlsx": xlsx(评估等级=[GRADES, [4, date.fromisoformat(until), None]])},
            "official_grade",
            0,
            "a grade that ended before the period",
            period=period,
        )
    yield Mistake(
        "expired-of-two",
        TRADE,
        {"评估等级.csv": csv(GRADES, [5, "2013-05-01", ""], [3, "2021-05-01", ""])},
        "official_grade",
        3,
        "the higher grade has ended",
    )
    for due in ("2027-05-20", "2081-05-20", "2118-05-20"):
        asked = [
            ["建-1", "2018-04-20", due, "2018-11-02", "采纳"],
            ["建-2", "2018-04-25", "2018-06-01", "2018-05-30", "落实"],
        ]
        yield Mistake(
            f"due-{due}",
            PARK,
            {"建议.xlsx": xlsx(建议=[SUGGESTIONS, *asked])},
            "suggestions_on_time",
            50,
            "a due date years away",
        )
    for id, row in (
        ("due-first", ["1", "2018-09-10", "2018-08-10", "2018-08-01", "采纳"]),
        ("due-last-year", ["1", "2018-09-10", "2017-10-10", "2018-10-08", "采纳"]),
        ("answer-first", ["1", "2018-09-10", "2018-10-10", "2017-10-01", "采纳"]),
    ):
        yield Mistake(
            f"days-{id}",
            TRADE,
            {"建议.csv": csv(SUGGESTIONS, row)},
            "suggestions_on_time",
            None,
            "days out of their order",
        )
    for id, told in (("years-before", "2008-03-09"), ("century", "1918-03-09")):
        yield Mistake(
            f"published-{id}",
            ONLINE,
            {"信息公开.csv": csv(DISCLOSURES, ["年度报告", "2018-03-10", told])},
            "disclosures_on_time",
            None,
            "published long before it was due",
        )
    late = [["年度报告", "2018-03-31", "2018-05-02"], ["年度报告", "2018-03-31", "2018-03-20"]]
    yield Mistake(
        "published-twice",
        PARK,
        {"信息公开.xls": xls(信息公开=[DISCLOSURES, *late])},
        "disclosures_on_time",
        None,
        "one item, late and in time",
    )
    coming = [["书屋直播", "文化传播", "2018-06-01", 800], ["助学计划", "帮困助学", "2019-09-01", 5000]]
    yield Mistake(
        "project-to-come",
        ONLINE,
        {"公益项目.csv": csv(PROJECTS, *coming)},
        "projects_run",
        1,
        "a project that begins after the period",
    )
    past = [["先进集体", "省级", "2017-05-01", "省委统战部"]]
    yield Mistake("honour-of-before", PARK, {"荣誉.csv": csv(HONOURS, *past)}, "honours_provincial", 0, "an old honour")
