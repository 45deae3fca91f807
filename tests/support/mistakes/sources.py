"""One table from two sources: an older or newer copy, another year, a summary, a hidden sheet, another format."""

import json as as_text
from collections.abc import Iterator

from tests.support import writers as w
from tests.support.mistakes.case import (
    BODIES,
    BUILDINGS,
    COVERAGE,
    EVENTS,
    FACILITIES,
    FINANCE,
    HELP,
    HOME,
    HOUSEHOLDS,
    INCOMES,
    JOBS,
    ONLINE,
    PARK,
    PLAN,
    PROJECTS,
    REQUESTS,
    SPACE,
    STAFF,
    SURVEYS,
    TENANTS,
    TRADE,
    YEAR_2019,
    Mistake,
    csv,
    json,
    ods,
    xls,
    xlsx,
)

_AREAS = (["图书室", 240], ["多功能厅", 360])
_GRIDS = (["第一网格", 820], ["第二网格", 1180])
_SHARES = (["枣业", 42, 160], ["农机", 30, 90])
_DONE = (["水电", 40, 31], ["环境卫生", 60, 54])
_MONEY = (["办公费", 84000, 61000], ["活动费", 216000, 179000])


def mistakes() -> Iterator[Mistake]:
    yield from _copies()
    yield from _corrections()
    yield from _years()
    yield from _in_one_book()
    yield from _summaries()
    yield from _other_forms()


def _copies() -> Iterator[Mistake]:
    """A copy that a person or a program left lying beside."""
    now = csv(FACILITIES, *_AREAS)
    earlier = csv(FACILITIES, ["图书室", 200], ["多功能厅", 300])
    for n, name in enumerate(
        (
            "旧/服务设施.csv",
            "作废/服务设施.csv",
            "备份/2018-11/服务设施.csv",
            "服务设施 - 副本.csv",
            "服务设施(1).csv",
            "服务设施（2）.csv",
            "服务设施_old.csv",
            "~服务设施.csv",
            "服务设施-自动恢复.csv",
            "Copy of 服务设施.csv",
        )
    ):
        yield Mistake(f"copy-{n}", HOME, {"服务设施.csv": now, name: earlier}, "facility_area", 600, f"beside {name}")
    yield Mistake(
        "copy-folders-of-the-year",
        HOME,
        {
            "2018/户数.xlsx": xlsx(户数=[HOUSEHOLDS, *_GRIDS]),
            "2017/户数.xlsx": xlsx(户数=[HOUSEHOLDS, ["第一网格", 790], ["第二网格", 1150]]),
        },
        "households",
        2000,
        "a folder for each year",
    )
    yield Mistake(
        "copy-as-xls",
        TRADE,
        {
            "会员覆盖.xlsx": xlsx(会员覆盖=[COVERAGE, *_SHARES]),
            "会员覆盖.xls": xls(会员覆盖=[COVERAGE, ["枣业", 24, 160], _SHARES[1]]),
        },
        "sector_coverage",
        28.8,
        "the same saved as .xls before a correction",
    )
    yield Mistake(
        "copy-by-a-browser-json",
        HOME,
        {"诉求办理.json": json(REQUESTS, *_DONE), "诉求办理 (1).json": json(REQUESTS, ["水电", 40, 11], _DONE[1])},
        "requests_on_time",
        85,
        "downloaded twice",
    )


def _corrections() -> Iterator[Mistake]:
    """The first version and the one that replaces it."""
    first = [["东园", 80, 40, 6], ["西园", 60, 33, 8]]
    again = [["东园", 80, 40, 9], ["西园", 60, 33, 8]]
    for n, (one, other) in enumerate(
        (
            ("入驻企业", "入驻企业（更正）"),
            ("入驻企业", "入驻企业-修改后"),
            ("入驻企业初稿", "入驻企业定稿"),
            ("入驻企业", "入驻企业最终版"),
            ("入驻企业v1", "入驻企业v2"),
            ("Tenants", "Tenants_final"),
            ("入驻企业20190108", "入驻企业20190115"),
            ("入驻企业", "入驻企业（盖章版）"),
            ("入驻企业报区里", "入驻企业报市里"),
        )
    ):
        make = (csv, csv) if n % 2 else (lambda *rows: xlsx(Sheet1=rows), csv)
        ends = (".csv", ".csv") if n % 2 else (".xlsx", ".csv")
        files = {one + ends[0]: make[0](TENANTS, *first), other + ends[1]: make[1](TENANTS, *again)}
        yield Mistake(f"corrected-{n}", PARK, files, "tenants_joined", 17, f"{one} and {other}")
    book = {"经费预算": [FINANCE, *_MONEY], "户数": [HOUSEHOLDS, *_GRIDS]}
    later = {"经费预算": [FINANCE, _MONEY[0], ["活动费", 216000, 119000]], "户数": [HOUSEHOLDS, *_GRIDS]}
    yield Mistake(
        "corrected-whole-book",
        HOME,
        {"评价数据.xlsx": xlsx(**book), "评价数据（第二次报送）.xlsx": xlsx(**later)},
        "budget_execution",
        60,
        "the whole form sent again",
    )
    yield Mistake(
        "corrected-in-english",
        PARK,
        {
            "Finance.csv": csv(("Budget line", "Budget", "Spent"), ["Office", 50000, 40000], ["Events", 90000, 30000]),
            "Finance (revised).csv": csv(
                ("Budget line", "Budget", "Spent"), ["Office", 50000, 40000], ["Events", 90000, 86000]
            ),
        },
        "budget_execution",
        90,
        "an English table and its revision",
    )
    yield Mistake(
        "corrected-plan",
        TRADE,
        {
            "年度计划.ods": ods(年度计划=[PLAN, ["培训", 12, 6], ["走访", 40, 40]]),
            "年度计划调整.ods": ods(年度计划=[PLAN, ["培训", 12, 12], ["走访", 40, 40]]),
        },
        "plan_completion",
        100,
        "a plan and its adjustment",
    )
    yield Mistake(
        "corrected-services",
        TRADE,
        {
            "会员服务20181231.csv": csv(HELP, ["法律咨询", "是", 40], ["融资对接", "是", 12], ["技能培训", "否", 0]),
            "会员服务20190118.csv": csv(HELP, ["法律咨询", "是", 46], ["融资对接", "是", 12], ["技能培训", "是", 55]),
        },
        "services_delivered",
        3,
        "two states of one list, by the day in the name",
    )


def _years() -> Iterator[Mistake]:
    """Another year's table beside this year's, or alone."""
    yield Mistake(
        "year-file-before",
        HOME,
        {
            "诉求办理.xlsx": xlsx(Sheet1=[REQUESTS, *_DONE]),
            "2017年诉求办理.xlsx": xlsx(Sheet1=[REQUESTS, ["水电", 300, 90]]),
        },
        "requests_on_time",
        85,
        "last year's file",
    )
    yield Mistake(
        "year-two-files",
        PARK,
        {"带动就业2018.csv": csv(JOBS, ["全年", 260]), "带动就业2019.csv": csv(JOBS, ["全年", 310])},
        "jobs_supported",
        310,
        "the year in both names",
        period=YEAR_2019,
    )
    yield Mistake(
        "year-short",
        TRADE,
        {
            "会员覆盖.csv": csv(COVERAGE, *_SHARES),
            "会员覆盖（17年）.csv": csv(COVERAGE, ["枣业", 20, 160], ["农机", 11, 90]),
        },
        "sector_coverage",
        28.8,
        "the year in two digits",
    )
    yield Mistake(
        "year-alone",
        TRADE,
        {"2016年度会员覆盖.csv": csv(COVERAGE, *_SHARES)},
        "sector_coverage",
        None,
        "an old year's table alone",
    )
    yield Mistake(
        "year-alone-english",
        ONLINE,
        {"membership 2016.csv": csv(("Period", "Members at start", "Stayed"), ["full year", 60, 48])},
        "member_retention",
        None,
        "an old year's table alone, in English",
    )
    yield Mistake(
        "year-sheets",
        PARK,
        {"经费预算.xlsx": xlsx(**{"2017年": [FINANCE, ["办公费", 60000, 59000]], "2018年": [FINANCE, *_MONEY]})},
        "budget_execution",
        80,
        "a sheet for each year",
    )
    titled = [["某某园区2017年运营收入情况表"], INCOMES, ["服务收入", 300000], ["租金收入", 100000]]
    yield Mistake(
        "year-in-title",
        PARK,
        {"运营收入.xlsx": xlsx(Sheet1=titled)},
        "service_income_share",
        None,
        "the title names another year",
    )
    blocks = [["2019年度经费"], FINANCE, *_MONEY, [], ["2018年度经费"], FINANCE, ["办公费", 90000, 20000]]
    yield Mistake(
        "year-blocks",
        TRADE,
        {"经费预算.xls": xls(经费预算=blocks)},
        "budget_execution",
        80,
        "blocks of two years",
        period=YEAR_2019,
    )
    yield Mistake(
        "year-sheet-xls",
        HOME,
        {"数据.xls": xls(楼宇服务=[BUILDINGS, ["商会大厦", 40, 30]], 楼宇服务2017=[BUILDINGS, ["商会大厦", 36, 9]])},
        "tenants_served_share",
        75,
        "last year's sheet",
    )


def _in_one_book() -> Iterator[Mistake]:
    """Sheets, keys and blocks of one file."""
    full = [STAFF, ["一网格", 8, 5200], ["二网格", 9, 4800]]
    draft = [STAFF, ["一网格", 6, 5000], ["二网格", 7, 4600]]
    for n, name in enumerate(("社区工作力量 (2)", "社区工作力量旧", "社区工作力量（上次）")):
        book = w.by_xlsxwriter({"社区工作力量": full, name: draft}, lambda b: b.worksheets()[1].hide())
        yield Mistake(f"hidden-{n}", HOME, {"数据.xlsx": book}, "workers_per_10k", 17, "a hidden sheet")
    yield Mistake(
        "hidden-ods",
        HOME,
        {"数据.ods": w.as_ods({"社区工作力量": full, "社区工作力量2": draft}, hidden=["社区工作力量2"])},
        "workers_per_10k",
        17,
        "a hidden sheet of an ODS book",
    )
    deep = w.Wps(state={"工作力量": "veryHidden"}).book({"社区工作力量": full, "工作力量": draft})
    yield Mistake("hidden-very", HOME, {"数据.xlsx": deep}, "workers_per_10k", 17, "a sheet that no menu shows")

    def unseen(book: w.xls.xlwt.Workbook) -> None:
        book.get_sheet(1).visibility = 1

    yield Mistake(
        "hidden-xls",
        HOME,
        {"数据.xls": w.by_xlwt({"社区工作力量": full, "社区工作力量2": draft}, unseen)},
        "workers_per_10k",
        17,
        "a hidden sheet of an XLS book",
    )
    yield Mistake(
        "drafts-sheets",
        PARK,
        {
            "空间.xlsx": xlsx(
                初稿=[SPACE, ["A座", 4000, 2100], ["B座", 6000, 3300]],
                定稿=[SPACE, ["A座", 4000, 2900], ["B座", 6000, 4100]],
            )
        },
        "occupancy",
        70,
        "a draft's sheet beside the final one",
    )
    one, two = w.records([JOBS, ["2018年", 90]]), w.records([JOBS, ["2018年", 140]])
    yield Mistake(
        "keys-json",
        PARK,
        {"数据.json": as_text.dumps({"employment": one, "带动就业": two}).encode()},
        "jobs_supported",
        None,
        "a table under two keys",
    )
    old, new = (
        w.records([SURVEYS, ["年度", 300, 210, "网络问卷"]]),
        w.records([SURVEYS, ["年度", 300, 255, "网络问卷"]]),
    )
    yield Mistake(
        "keys-yaml",
        ONLINE,
        {"数据.yaml": w.texts.yaml.safe_dump({"surveys": old, "满意度调查": new}).encode()},
        "satisfaction",
        None,
        "a table under two keys of YAML",
    )
    side = [
        ["（初稿）"],
        HOUSEHOLDS,
        ["甲", 700],
        ["乙", 900],
        [],
        ["（修改稿）"],
        HOUSEHOLDS,
        ["甲", 760],
        ["乙", 940],
    ]
    yield Mistake("blocks-draft", HOME, {"户数.xlsx": xlsx(户数=side)}, "households", 1700, "two blocks, a draft above")


def _summaries() -> Iterator[Mistake]:
    """Parts, and a summary of them beside."""
    parts = {"东区": [TENANTS, ["东区", 70, 30, 7]], "西区": [TENANTS, ["西区", 90, 41, 12]]}
    for n, name in enumerate(("总表", "全园", "入驻企业汇总")):
        book = {**parts, name: [TENANTS, ["东区", 70, 30, 7], ["西区", 90, 41, 12]]}
        yield Mistake(f"summary-{n}", PARK, {"入驻企业.xlsx": xlsx(**book)}, "tenants_joined", 19, "sites and all")
    files = {f"{name}/入驻企业.csv": csv(*rows) for name, rows in parts.items()}
    whole = csv(TENANTS, ["同创园", 160, 71, 19])
    yield Mistake(
        "summary-of-one-row",
        PARK,
        {**files, "入驻企业.csv": whole},
        "tenants_joined",
        19,
        "a file for each site, and one with their sum",
    )
    months = {f"{m}月": [PROJECTS, [f"公益直播第{m}场", "文化传播", f"2018-0{m}-11", 100 * m]] for m in (3, 4, 5)}
    months["全部"] = [PROJECTS, *(rows[1] for rows in months.values())]
    yield Mistake(
        "summary-months",
        ONLINE,
        {"公益项目.xlsx": xlsx(**months)},
        "beneficiary_contacts",
        1200,
        "a sheet for each month, and all of them",
    )
    spring = [["2018-03-05", "政策宣讲", "培训", 40, "否"], ["2018-03-19", "项目路演", "交流对接", 65, "否"]]
    summer = [["2018-05-07", "法律沙龙", "培训", 30, "否"], ["2018-06-21", "银企对接", "交流对接", 52, "是"]]
    yield Mistake(
        "summary-of-events",
        PARK,
        {
            "活动一.csv": csv(EVENTS, *spring),
            "活动二.csv": csv(EVENTS, *summer),
            "活动总.xls": xls(Sheet1=[EVENTS, *spring, *summer]),
        },
        "service_events",
        3.5,
        "two lists and the list of both",
    )
    halves = {
        "上半年": [BODIES, ["上半年", 50, 45]],
        "下半年": [BODIES, ["下半年", 50, 35]],
        "全年": [BODIES, ["全年", 50, 30]],
    }
    yield Mistake(
        "summary-year-sheet",
        ONLINE,
        {"团体成员.xlsx": xlsx(**halves)},
        "member_retention",
        None,
        "a sheet for each half, and the year",
    )


def _other_forms() -> Iterator[Mistake]:
    """The same table in another container."""
    now, before = csv(SURVEYS, ["年度调查", 400, 340, "纸质问卷"]), csv(SURVEYS, ["年度调查", 380, 266, "纸质问卷"])
    yield Mistake(
        "zip-beside",
        PARK,
        {"满意度调查.csv": now, "材料.zip": w.as_zip({"满意度调查.csv": before})},
        "satisfaction",
        85,
        "an archive with an earlier state",
    )
    yield Mistake(
        "zip-in-folder",
        TRADE,
        {"材料/满意度调查.csv": now, "材料.zip": w.as_zip({"材料/满意度调查.csv": before})},
        "satisfaction",
        85,
        "an archive beside its folder, which was changed",
    )
    gridded = csv(BUILDINGS, ["商会大厦", 40, 12], ["科技楼", 60, 33])
    yield Mistake(
        "csv-of-a-sheet",
        HOME,
        {"数据.xlsx": xlsx(楼宇服务=[BUILDINGS, ["商会大厦", 40, 32], ["科技楼", 60, 33]]), "楼宇服务.csv": gridded},
        "tenants_served_share",
        65,
        "a sheet, and an export of it before a change",
    )
    yield Mistake(
        "json-and-csv",
        PARK,
        {
            "数据.json": as_text.dumps({"finance": w.records([FINANCE, *_MONEY])}).encode(),
            "经费预算.csv": csv(FINANCE, _MONEY[0], ["活动费", 216000, 150000]),
        },
        "budget_execution",
        None,
        "JSON of a system, and a table of a clerk",
    )
    yield Mistake(
        "three-of-four",
        HOME,
        {
            "服务设施.xlsx": xlsx(Sheet1=[FACILITIES, *_AREAS, ["活动室", 80], ["厨房", 45]]),
            "综合服务设施.csv": csv(FACILITIES, *_AREAS, ["活动室", 80], ["厨房", 60]),
        },
        "facility_area",
        None,
        "two names of one table, three of four rows alike",
    )
    yield Mistake(
        "spelled-otherwise",
        HOME,
        {
            "户数.csv": csv(HOUSEHOLDS, ["第一网格", 820], ["第二网格", 1180]),
            "户数情况.csv": csv(HOUSEHOLDS, ["第 1 网格", 820], ["第 2 网格", 1180]),
        },
        "households",
        2000,
        "the same figures under other labels",
    )
