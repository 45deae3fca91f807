"""Rows that are the sum of others: totals under any label, groups above their parts, sub-lines."""

from collections.abc import Iterator
from typing import Any

import xlsxwriter

from tests.support import writers as w
from tests.support.mistakes.case import (
    BUILDINGS,
    COVERAGE,
    FACILITIES,
    FINANCE,
    FORMS,
    HOME,
    HOUSEHOLDS,
    INCOMES,
    JOBS,
    ONLINE,
    PARK,
    PROJECTS,
    SPACE,
    STAFF,
    SURVEYS,
    TENANTS,
    TRADE,
    Mistake,
    csv,
    json,
    ods,
    xls,
    xlsx,
)

_LAST = (
    "同源园",
    "全园区",
    "三园",
    "Σ",
    "All sites",
    "T O T A L",
    "园區總計",
    "A园+B园+C园",
    "*",
    "以上三园",
    "园区管理公司",
    "——",
    "共3处",
    "SUM",
    "总　　数",
    "各园之和",
)


def mistakes() -> Iterator[Mistake]:
    sites = [["甲园", 47, 21, 5], ["乙园", 63, 38, 9], ["丙园", 31, 12, 4]]
    whole = [141, 71, 18]
    for n, word in enumerate(_LAST):
        end, make = FORMS[n % len(FORMS)]
        yield Mistake(
            f"total-last-{n}",
            PARK,
            {f"入驻企业{end}": make(TENANTS, *sites, [word, *whole])},
            "tenants_joined",
            18,
            f"the last row, «{word}»",
        )
    for n, word in enumerate(("同源园", "整体", "市辖", "0")):
        yield Mistake(
            f"total-first-{n}",
            PARK,
            {"入驻企业.csv": csv(TENANTS, [word, *whole], *sites)},
            "tenants_joined",
            18,
            f"the first row, «{word}»",
        )
    yield from _other_tables()
    yield from _groups()
    yield from _lines()
    yield from _parts()


def _other_tables() -> Iterator[Mistake]:
    areas = [["图书室", 120], ["舞蹈室", 85], ["议事厅", 64], ["卫生站", 210]]
    for n, word in enumerate(("党群服务中心", "综合体", "全社区")):
        yield Mistake(
            f"total-areas-{n}",
            HOME,
            {"服务设施.xlsx": xlsx(服务设施=[FACILITIES, *areas, [word, 479]])},
            "facility_area",
            479,
            f"all rooms, «{word}»",
        )
    summed = [FACILITIES, *areas, ["整栋楼", w.Formula("=SUM(B2:B5)", 479)]]
    yield Mistake(
        "total-formula",
        HOME,
        {"服务设施.xlsx": w.Wps().book({"服务设施": summed})},
        "facility_area",
        479,
        "a sum formula",
    )
    grids = [["一网格", 612], ["二网格", 548], ["三网格", 733]]
    for n, (word, make, end) in enumerate(
        (("金水社区", csv, ".csv"), ("辖区", json, ".json"), ("3个网格", csv, ".csv"))
    ):
        yield Mistake(
            f"total-grids-{n}",
            HOME,
            {f"户数{end}": make(HOUSEHOLDS, *grids, [word, 1893])},
            "households",
            1893,
            f"the community as a row, «{word}»",
        )
    plain = [["志愿者之家", "文化传播", "2018-02-01", 830], ["云课堂", "网络素养", "2018-04-01", 1270]]
    yield Mistake(
        "total-projects",
        ONLINE,
        {"公益项目.csv": csv(PROJECTS, *plain, ["两个项目", "其他", "2018-02-01", 2100])},
        "beneficiary_contacts",
        2100,
        "both projects as a row",
    )
    asked = [["春季", 130, 111, "纸质问卷"], ["秋季", 170, 150, "网络问卷"]]
    yield Mistake(
        "total-surveys",
        PARK,
        {"满意度调查.csv": csv(SURVEYS, *asked, ["两次调查", 300, 261, "纸质问卷"])},
        "survey_answers",
        300,
        "both surveys as a row",
    )
    yield Mistake(
        "total-income-as-other",
        PARK,
        {"运营收入.csv": csv(INCOMES, ["服务收入", 184300], ["租金收入", 215700], ["其他收入", 400000])},
        "service_income_share",
        46.075,
        "the sum put under a kind that fits none",
    )
    yield Mistake(
        "total-english",
        PARK,
        {
            "Employment.csv": csv(
                ("Period", "Jobs"), ["Q1", 31], ["Q2", 44], ["Q3", 27], ["Q4", 38], ["Whole year", 140]
            )
        },
        "jobs_supported",
        140,
        "the year below its quarters",
    )
    told = [
        ["1月", 14],
        ["2月", 9],
        ["3月", 22],
        ["一季度小计", 45],
        ["4月", 17],
        ["5月", 16],
        ["6月", 11],
        ["二季度", 44],
    ]
    yield Mistake(
        "total-quarter-among-months",
        PARK,
        {"带动就业.csv": csv(JOBS, *told)},
        "jobs_supported",
        89,
        "months with their quarters",
    )


def _groups() -> Iterator[Mistake]:
    """A row that is followed, or preceded, by its parts; the others stand alone."""
    yield Mistake(
        "group-buildings",
        HOME,
        {
            "楼宇服务.csv": csv(
                BUILDINGS, ["商务楼群", 90, 30], ["国贸大厦", 52, 21], ["中银大厦", 38, 9], ["创客楼", 25, 24]
            )
        },
        "tenants_served_share",
        46.957,
        "a group above its two buildings",
    )
    yield Mistake(
        "group-phase",
        PARK,
        {
            "空间.xlsx": xlsx(
                空间=[SPACE, ["一期", 9600, 4100], ["1号楼", 5400, 2600], ["2号楼", 4200, 1500], ["二期", 7400, 7100]]
            )
        },
        "occupancy",
        65.882,
        "a phase above its buildings",
    )
    yield Mistake(
        "group-sector",
        TRADE,
        {
            "会员覆盖.xls": xls(
                会员覆盖=[COVERAGE, ["农业", 70, 410], ["枣业", 41, 190], ["蔬菜", 29, 220], ["机械", 66, 82]]
            )
        },
        "sector_coverage",
        27.642,
        "a sector above its branches",
    )
    yield Mistake(
        "group-grid-below",
        HOME,
        {
            "社区工作力量.csv": csv(
                STAFF, ["一网格", 6, 3100], ["二网格", 5, 2700], ["北片", 11, 5800], ["三网格", 7, 2200]
            )
        },
        "workers_per_10k",
        22.5,
        "a part of the district below its grids",
    )
    yield Mistake(
        "group-middle",
        PARK,
        {
            "入驻企业.csv": csv(
                TENANTS,
                ["甲园", 47, 21, 5],
                ["乙园", 63, 38, 9],
                ["北部", 110, 59, 14],
                ["丙园", 31, 12, 4],
                ["丁园", 26, 8, 3],
                ["南部", 57, 20, 7],
            )
        },
        "tenants_joined",
        21,
        "a row for each half of the city",
    )


def _parts() -> Iterator[Mistake]:
    """Sub-lines that are only some of what their line holds, so that no sum shows them."""
    for id, labels in {
        "letters": ("A、办公费", "a、纸张", "b、差旅", "B、活动费"),
        "letter-codes": ("A 办公费", "A1 纸张", "A2 差旅", "B 活动费"),
        "codes": ("301 办公费", "30101 纸张", "30102 差旅", "302 活动费"),
        "brackets": ("一、办公费", "a)纸张", "b)差旅", "二、活动费"),
        "bullets": ("●办公费", "○纸张", "○差旅", "●活动费"),
        "long-dashes": ("办公费", "—— 纸张", "—— 差旅", "活动费"),
        "tree": ("办公费", "├纸张", "└差旅", "活动费"),
        "colon": ("办公费", "办公费：纸张", "办公费：差旅", "活动费"),
        "named": ("办公费", "办公费（纸张）", "办公费（差旅）", "活动费"),
    }.items():
        figures = ((103000, 70000), (51000, 38000), (43000, 25000), (52000, 30000))
        rows = [[label, *row] for label, row in zip(labels, figures, strict=True)]
        file = {"经费预算.csv": csv(FINANCE, *rows)}
        yield Mistake(f"parts-{id}", TRADE, file, "budget_execution", 64.516, f"sub-lines: {', '.join(labels)}")


def _lines() -> Iterator[Mistake]:
    """Lines of a budget and their sub-lines."""
    tree = [("办公费", 50000, 21000), ("纸张", 32000, 9000), ("差旅", 18000, 12000), ("活动费", 70000, 69000)]
    right = 75.0
    for id, labels in {
        "chinese": ("一、办公费", "（一）纸张", "（二）差旅", "二、活动费"),
        "decimal": ("1 办公费", "1.1 纸张", "1.2 差旅", "2 活动费"),
        "mixed": ("（一）办公费", "1.纸张", "2.差旅", "（二）活动费"),
        "dashes": ("办公费", "- 纸张", "- 差旅", "活动费"),
        "spaces": ("办公费", "    纸张", "    差旅", "活动费"),
        "full-width": ("办公费", "　　纸张", "　　差旅", "活动费"),
        "dots": ("办公费", "·纸张", "·差旅", "活动费"),
        "slash": ("办公费", "办公费/纸张", "办公费/差旅", "活动费"),
        "of-which": ("办公费", "其中纸张", "差旅", "活动费"),
        "unmarked": ("办公费", "纸张", "差旅", "活动费"),
    }.items():
        rows = [[label, *row[1:]] for label, row in zip(labels, tree, strict=True)]
        file = (
            {"经费预算.csv": csv(FINANCE, *rows)} if len(id) % 2 else {"经费预算.xlsx": xlsx(经费预算=[FINANCE, *rows])}
        )
        yield Mistake(f"lines-{id}", PARK, file, "budget_execution", right, f"sub-lines: {', '.join(labels)}")

    def indented(book: xlsxwriter.Workbook) -> None:
        for row, cells in enumerate(tree, start=1):
            look: dict[str, Any] = {"indent": 2} if row in (2, 3) else {}
            book.worksheets()[0].write_string(row, 0, cells[0], book.add_format(look))

    book = w.by_xlsxwriter({"经费预算": [FINANCE, *map(list, tree)]}, indented)
    yield Mistake("lines-by-format", PARK, {"经费预算.xlsx": book}, "budget_execution", right, "indented by a format")
    spread = [
        ["一、人员", 240000, 230000],
        ["1.工资", 200000, 200000],
        ["2.保险", 40000, 30000],
        ["二、活动", 160000, 50000],
        ["1.讲座", 60000, 30000],
        ["2.展会", 100000, 20000],
        ["三、其他", 0, 0],
    ]
    yield Mistake(
        "lines-two-groups",
        TRADE,
        {"经费预算.ods": ods(经费预算=[FINANCE, *spread[:-1], ["三、设备", 100000, 10000]])},
        "budget_execution",
        58,
        "two groups and a line that stands alone",
    )
