"""Figures in another magnitude, split or written otherwise, zero targets, negatives; rows hidden or left out."""

from collections.abc import Iterator
from typing import Any

import xlsxwriter

from tests.support import writers as w
from tests.support.mistakes.case import (
    BUILDINGS,
    CONTRACTS,
    COVERAGE,
    EVENTS,
    FACILITIES,
    FINANCE,
    HOME,
    HOUSEHOLDS,
    INCOMES,
    JOBS,
    OFFICES,
    ONLINE,
    PARK,
    PLAN,
    PROJECTS,
    REQUESTS,
    SPACE,
    STAFF,
    SURVEYS,
    TRADE,
    Mistake,
    csv,
    json,
    ods,
    xls,
    xlsx,
)


def mistakes() -> Iterator[Mistake]:
    yield from _magnitudes()
    yield from _units()
    yield from _points()
    yield from _split()
    yield from _parts_of_one()
    yield from _zero()
    yield from _negative()
    yield from _hidden()
    yield from _unproved()
    yield from _absent()


def _magnitudes() -> Iterator[Mistake]:
    """One column, two units."""
    yield Mistake(
        "mixed-budget",
        PARK,
        {
            "经费预算.xlsx": xlsx(
                经费预算=[FINANCE, ["办公费", 320000, 280000], ["活动费", 45, 12], ["差旅费", 60000, 30000]]
            )
        },
        "budget_execution",
        51.807,
        "yuan beside ten thousands",
    )
    yield Mistake(
        "mixed-income",
        PARK,
        {"运营收入.csv": csv(INCOMES, ["服务收入", 186.5], ["租金收入", 2400000], ["补助收入", 500000])},
        "service_income_share",
        39.14,
        "services in ten thousands",
    )
    yield Mistake(
        "mixed-spent",
        TRADE,
        {"经费预算.csv": csv(FINANCE, ["办公费", 80000, 6.4], ["会议费", 120000, 9.1])},
        "budget_execution",
        77.5,
        "budgets in yuan, spending in ten thousands",
    )
    yield Mistake(
        "mixed-residents",
        HOME,
        {"社区工作力量.xls": xls(社区工作力量=[STAFF, ["一网格", 7, 6400], ["二网格", 8, 0.56], ["三网格", 6, 4900]])},
        "workers_per_10k",
        12.426,
        "residents in ten thousands in one grid",
    )
    yield Mistake(
        "mixed-space",
        PARK,
        {"空间.json": json(SPACE, ["A座", 12600, 8800], ["B座", 1.5, 0.3])},
        "occupancy",
        42.754,
        "a building in ten thousand square metres",
    )
    yield Mistake(
        "mixed-contacts",
        ONLINE,
        {
            "公益项目.csv": csv(
                PROJECTS,
                ["云课堂", "网络素养", "2018-03-01", 12000],
                ["助农直播", "乡村振兴", "2018-05-01", 3.6],
                ["读书会", "文化传播", "2018-06-01", 8600],
            )
        },
        "beneficiary_contacts",
        56600,
        "contacts in ten thousands",
    )
    file = {"办公场所.csv": csv(OFFICES, ["总部", 0.024, "是"])}
    yield Mistake("tiny-office", TRADE, file, "independent_office_area", 240, "square metres in ten thousands")
    file = {"社区工作力量.csv": csv(STAFF, ["一网格", 10, 12000], ["二网格", 8, 2])}
    yield Mistake("few-residents", HOME, file, "workers_per_10k", 5.625, "whole ten thousands of residents")
    file = {"年度计划.csv": csv(PLAN, ["入户率", 0.9, 85], ["培训", 12, 12])}
    yield Mistake("share-target", TRADE, file, "plan_completion", 97.22, "a share as the target of per cents")
    file = {"服务设施.csv": csv((*FACILITIES, "备注"), ["图书室", 600, None], ["广场（亩）", 3, None])}
    yield Mistake("unit-in-name", HOME, file, "facility_area", 2600, "an area in mu, said in its name")
    for id, residents in (
        ("staff", [[f"{n}网格", n + 4, 0.3 + n / 10] for n in (1, 2, 3)]),
        ("staff-one", [["社区", 14, 1.35]]),
    ):
        yield Mistake(
            f"fraction-{id}",
            HOME,
            {"社区工作力量.csv": csv(STAFF, *residents)},
            "workers_per_10k",
            None,
            "fractions of residents",
        )
    yield Mistake(
        "fraction-households",
        HOME,
        {
            "服务设施.csv": csv(FACILITIES, ["活动室", 700]),
            "户数.csv": csv(HOUSEHOLDS, ["一网格", 0.14], ["二网格", 0.21]),
        },
        "area_per_100_households",
        20,
        "households in ten thousands",
    )
    yield Mistake(
        "fraction-jobs", PARK, {"带动就业.csv": csv(JOBS, ["2018年", 1.26])}, "jobs_supported", None, "1.26 jobs"
    )
    yield Mistake(
        "fraction-contacts",
        ONLINE,
        {"公益项目.xlsx": xlsx(公益项目=[PROJECTS, ["云课堂", "网络素养", "2018-03-01", 2.4]])},
        "beneficiary_contacts",
        None,
        "2.4 contacts",
    )
    yield Mistake(
        "fraction-sector",
        TRADE,
        {"会员覆盖.csv": csv(COVERAGE, ["餐饮", 240, 0.12])},
        "sector_coverage",
        20,
        "the sector in ten thousands",
    )


def _units() -> Iterator[Mistake]:
    """A unit that is said beside the figures."""
    for n, note in enumerate(("单位：万元", "万元", "按万元填报", "金额单位为万元", "单位:千元")):
        rows = [["办公费", 90000, 72000, None], ["活动费", 64, 16, note]]
        head = [*FINANCE, "备注"]
        made = {"经费预算.csv": csv(head, *rows)} if n % 2 else {"经费预算.xlsx": xlsx(经费预算=[head, *rows])}
        yield Mistake(f"unit-remark-{n}", PARK, made, "budget_execution", None, f"a row with the remark {note}")
    below = [FINANCE, ["办公费", 90000, 72000], ["活动费", 64, 16], ["注：活动费以万元计"]]
    yield Mistake(
        "unit-note-below", PARK, {"经费预算.xlsx": xlsx(经费预算=below)}, "budget_execution", None, "a note below"
    )


def _points() -> Iterator[Mistake]:
    """A point that groups thousands."""
    for id, table, rows, measure, right in (
        (
            "office",
            "办公场所",
            [OFFICES, ["三楼", "1.250", "是"], ["四楼", "1.900", "否"]],
            "independent_office_area",
            1250,
        ),
        (
            "office-two",
            "办公场所",
            [OFFICES, ["三楼", "2.500", "是"], ["四楼", "1.750", "是"]],
            "independent_office_area",
            2500,
        ),
    ):
        yield Mistake(f"point-{id}", TRADE, {f"{table}.csv": csv(*rows)}, measure, right, "1.250 for 1,250")
    yield Mistake(
        "point-facility",
        HOME,
        {"服务设施.csv": csv(FACILITIES, ["图书室", "1.200"], ["体育馆", "3.450"])},
        "facility_area",
        4650,
        "1.200 for 1,200",
    )
    yield Mistake(
        "point-contacts",
        ONLINE,
        {"公益项目.csv": csv(PROJECTS, ["云课堂", "网络素养", "2018-03-01", "12.500"])},
        "beneficiary_contacts",
        12500,
        "12.500 for 12,500",
    )
    yield Mistake(
        "point-some",
        HOME,
        {"服务设施.csv": csv(FACILITIES, ["图书室", "640"], ["体育馆", "3.450"])},
        "facility_area",
        4090,
        "only one of them has thousands",
    )


def _split() -> Iterator[Mistake]:
    """Thousands separated by an unquoted comma: a cell too many."""
    for id, base_type, name, lines, measure, right in (
        ("plan", PARK, "年度计划", ["任务,目标值,完成值,备注", "引才,1,500,1,200"], "plan_completion", 80),
        ("plan-short", PARK, "年度计划", ["任务,目标值,完成值", "走访,1,200,950"], "plan_completion", 79.167),
        (
            "plan-remark",
            PARK,
            "年度计划",
            ["任务,目标值,完成值,备注", "走访,1,200,950", "培训,20,20,全部完成"],
            "plan_completion",
            89.583,
        ),
        ("budget", TRADE, "经费预算", ["预算科目,预算数,执行数,说明", "会议,120,000,96,000"], "budget_execution", 80),
        (
            "budget-million",
            TRADE,
            "经费预算",
            ["预算科目,预算数,执行数", "会议,1,000,000,800,000"],
            "budget_execution",
            80,
        ),
        ("households", HOME, "户数", ["网格,总户数,备注", "一网格,1,240,", "二网格,860,"], "households", 2100),
        (
            "area",
            HOME,
            "服务设施",
            ["设施,面积,地址", "图书室,1,450,中原路", "体育馆,600,中原路"],
            "facility_area",
            2050,
        ),
        (
            "space",
            PARK,
            "空间",
            ["楼宇,可租面积,已租面积,备注", "A座,12,500,10,000", "B座,900,450,新建"],
            "occupancy",
            None,
        ),
    ):
        yield Mistake(
            f"split-{id}",
            base_type,
            {f"{name}.csv": ("\n".join(lines) + "\n").encode("gb18030")},
            measure,
            right,
            "thousands split over two cells",
        )


def _parts_of_one() -> Iterator[Mistake]:
    """A share where a number is meant."""
    for id, target, actual, right in (
        ("hundred", 100, 0.92, 92),
        ("ninety", 90, 0.9, 100),
        ("percent", "95%", 0.95, 100),
        ("of-95", 95, 0.8, 84.21),
    ):
        yield Mistake(
            f"share-{id}",
            PARK,
            {"年度计划.csv": csv(PLAN, ["满意率达标", target, actual], ["培训", 12, 12])},
            "plan_completion",
            (right + 100) / 2,
            f"{actual} of {target}",
        )
    yield Mistake(
        "share-json", HOME, {"年度计划.json": json(PLAN, ["入户率", 98, 0.98])}, "plan_completion", 100, "0.98 of 98"
    )


def _zero() -> Iterator[Mistake]:
    for id, rows in (("of-nothing", [["评比", 0, 0], ["培训", 12, 6]]), ("beyond", [["招商", 0, 4], ["培训", 12, 6]])):
        yield Mistake(f"zero-{id}", PARK, {"年度计划.csv": csv(PLAN, *rows)}, "plan_completion", None, "a target of 0")
    yield Mistake(
        "zero-alone", TRADE, {"年度计划.xlsx": xlsx(年度计划=[PLAN, ["评比", 0, 0]])}, "plan_completion", None, "0 of 0"
    )
    yield Mistake(
        "zero-budget",
        PARK,
        {"经费预算.csv": csv(FINANCE, ["办公费", 90000, 80000], ["应急", 0, 60000])},
        "budget_execution",
        None,
        "spending without a budget",
    )
    yield Mistake(
        "zero-surveys",
        HOME,
        {"满意度调查.csv": csv(SURVEYS, ["年度", 0, 0, "纸质问卷"])},
        "satisfaction",
        None,
        "a survey without an answer",
    )
    yield Mistake(
        "zero-requests", HOME, {"诉求办理.csv": csv(REQUESTS, ["水电", 0, 0])}, "requests_on_time", None, "0 of 0"
    )


def _negative() -> Iterator[Mistake]:
    for id, spent in (
        ("minus", "-20000"),
        ("brackets", "(20000)"),
        ("full-width", "－20000"),
        ("triangle", "▲20000"),
        ("brackets-full-width", "（20000）"),
    ):
        rows = [["办公费", 90000, 80000], ["冲减", 10000, spent]]
        yield Mistake(f"negative-{id}", PARK, {"经费预算.csv": csv(FINANCE, *rows)}, "budget_execution", 60, spent)
    yield Mistake(
        "negative-shown",
        TRADE,
        {
            "经费预算.xlsx": xlsx(
                经费预算=[FINANCE, ["办公费", 90000, 80000], ["冲减", 10000, w.Shown(-20000, "0_);(0)")]]
            )
        },
        "budget_execution",
        60,
        "shown in brackets",
    )


def _hidden() -> Iterator[Mistake]:
    """Rows that count though nobody sees them."""
    held = [
        ["2018-03-01", "创业讲座", "培训", 40, "否"],
        ["2018-04-12", "法律沙龙", "培训", 35, "否"],
        ["2018-05-17", "银企对接", "交流对接", 60, "否"],
    ]
    book = {"活动": [EVENTS, *held]}

    def filtered(made: xlsxwriter.Workbook) -> None:
        sheet = made.worksheets()[0]
        sheet.autofilter(0, 0, 3, 4)
        sheet.filter_column(2, "x == 培训")
        sheet.set_row(3, None, None, {"hidden": True})

    def collapsed(made: xlsxwriter.Workbook) -> None:
        made.worksheets()[0].set_row(2, None, None, {"hidden": True, "level": 1})

    def thin(made: xlsxwriter.Workbook) -> None:
        made.worksheets()[0].set_row(2, 0)

    for id, change in {"filter": filtered, "outline": collapsed, "height": thin}.items():
        yield Mistake(
            f"rows-{id}", PARK, {"活动.xlsx": w.by_xlsxwriter(book, change)}, "service_events", None, f"hidden by {id}"
        )
    yield Mistake(
        "rows-wps", PARK, {"活动.xlsx": w.Wps(hidden_rows=(3,)).book(book)}, "service_events", None, "hidden in WPS"
    )
    for id, how in (("collapse", 'table:visibility="collapse"'), ("filter", 'table:visibility="filter"')):
        yield Mistake(
            f"rows-ods-{id}", PARK, {"活动.ods": w.as_ods(book, rows_xml={3: how})}, "service_events", None, how
        )

    def unseen(made: Any) -> None:
        made.get_sheet(0).row(2).hidden = True

    yield Mistake("rows-xls", PARK, {"活动.xls": w.by_xlwt(book, unseen)}, "service_events", None, "hidden in XLS")
    served = [BUILDINGS, ["商会大厦", 40, 30], ["老楼", 80, 2]]
    yield Mistake(
        "rows-other-table",
        HOME,
        {"楼宇服务.xlsx": w.by_xlsxwriter({"楼宇服务": served}, thin)},
        "tenants_served_share",
        None,
        "a hidden row of another table",
    )


def _unproved() -> Iterator[Mistake]:
    """Records that a measure leaves out for want of proof."""
    proof = {"协议.txt": "展演承办协议".encode()}
    rows = [["展演承办", "承接委托", 125000, "协议.txt"], ["产品推介", "产销对接", 40000, None]]
    yield Mistake(
        "unproved-one", TRADE, {"承接项目.csv": csv(CONTRACTS, *rows), **proof}, "projects_proved", None, "one of two"
    )
    yield Mistake(
        "unproved-all", TRADE, {"承接项目.xlsx": xlsx(承接项目=[CONTRACTS, rows[1]])}, "projects_proved", None, "all"
    )
    yield Mistake(
        "unproved-no-column",
        TRADE,
        {"承接项目.csv": csv(CONTRACTS[:3], *(row[:3] for row in rows))},
        "projects_proved",
        None,
        "no column for proof",
    )
    yield Mistake(
        "unproved-dash",
        TRADE,
        {"承接项目.ods": ods(承接项目=[CONTRACTS, rows[0], ["课题", "承接委托", None, "—"]]), **proof},
        "projects_proved",
        None,
        "a dash for proof",
    )


def _absent() -> Iterator[Mistake]:
    """A table behind a deduction is left out."""
    tables = {
        PARK: {"经费预算.csv": csv(FINANCE, ["办公费", 90000, 81000])},
        HOME: {"户数.csv": csv(HOUSEHOLDS, ["一网格", 610])},
        TRADE: {"会员覆盖.csv": csv(COVERAGE, ["枣业", 40, 160])},
        ONLINE: {"公益项目.csv": csv(PROJECTS, ["云课堂", "网络素养", "2018-03-01", 800])},
    }
    for base_type, files in tables.items():
        yield Mistake(
            f"absent-{base_type}",
            base_type,
            files,
            "penalties_received",
            None,
            "no word about penalties",
            absent="行政处罚",
        )
