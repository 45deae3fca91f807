"""Totals that were rounded, and sub-lines that marks, numbers or indents set off below their line."""

from collections.abc import Iterator
from typing import Any

import xlsxwriter

from tests.support import writers as w
from tests.support.mistakes.case import (
    BUILDINGS,
    COVERAGE,
    FACILITIES,
    FINANCE,
    HOME,
    HOUSEHOLDS,
    JOBS,
    ONLINE,
    PARK,
    PROJECTS,
    REQUESTS,
    SPACE,
    STAFF,
    TENANTS,
    TRADE,
    Mistake,
    csv,
    json,
    ods,
    xls,
    xlsx,
)


def mistakes() -> Iterator[Mistake]:
    yield from _rounded()
    yield from _alone()
    yield from _set_off()
    yield from _by_format()


def _rounded() -> Iterator[Mistake]:
    """One figure of a row that holds the sums is rounded, or written approximately."""
    rooms = [["图书室", 41.6], ["舞蹈室", 37.3], ["议事厅", 44.5]]
    for n, whole in enumerate((123, "123", "约123", "120余", 123.0)):
        make, end = ((csv, ".csv"), (json, ".json"))[n % 2]
        file = {f"服务设施{end}": make(FACILITIES, *rooms, ["活动用房", whole])}
        yield Mistake(f"rounded-area-{n}", HOME, file, "facility_area", 123.4, f"123.4 as {whole}")
    grids = [["一网格", 431], ["二网格", 376], ["三网格", 438]]
    for n, (word, whole) in enumerate(
        (
            ("本社区", "1200余"),
            ("社区", "约1200"),
            ("金水", "1245左右"),
            ("辖区", 1250),
            ("全域", "1200多"),
            ("三个网格", 1200),
        )
    ):
        rows = [*grids, [word, whole]] if n % 3 else [[word, whole], *grids]
        yield Mistake(f"rounded-grids-{n}", HOME, {"户数.csv": csv(HOUSEHOLDS, *rows)}, "households", 1245, f"{whole}")
    sites = [["甲园", 47, 21, 5], ["乙园", 63, 38, 9], ["丙园", 31, 12, 4]]
    for n, whole in enumerate(([140, 71, 18], ["140余", 71, 18], ["近150", 71, 18], [141, 70, 18], [150, 71, 18])):
        rows = [*sites, ["同源", *whole]]
        yield Mistake(
            f"rounded-sites-{n}",
            PARK,
            {"入驻企业.xlsx": xlsx(Sheet1=[TENANTS, *rows])},
            "tenants_joined",
            18,
            f"{whole}",
        )
    areas = [["A座", 4123.6, 2190.4], ["B座", 6350.2, 3300.1], ["C座", 1874.7, 1209.9]]
    for n, whole in enumerate(([12348.5, 6700], [12348, 6700], [12350, 6700.4], ["1.23万", 6700.4])):
        rows = [["科创园", *whole], *areas] if n % 2 else [*areas, ["科创园", *whole]]
        yield Mistake(f"rounded-space-{n}", PARK, {"空间.ods": ods(空间=[SPACE, *rows])}, "occupancy", None, f"{whole}")
    yield Mistake(
        "rounded-staff",
        HOME,
        {
            "社区工作力量.xls": xls(
                社区工作力量=[STAFF, ["一网格", 6, 3127], ["二网格", 5, 2744], ["三网格", 7, 2218], ["社区", 18, 8100]]
            )
        },
        "workers_per_10k",
        None,
        "8089 as 8100",
    )
    yield Mistake(
        "rounded-group",
        HOME,
        {
            "楼宇服务.csv": csv(
                BUILDINGS, ["商务楼群", 90, 30], ["国贸大厦", 54, 21], ["中银大厦", 38, 9], ["创客楼", 25, 24]
            )
        },
        "tenants_served_share",
        None,
        "a group above its two buildings, 92 as 90",
    )
    yield Mistake(
        "rounded-money",
        TRADE,
        {
            "经费预算.csv": csv(
                ("预算科目", "预算数（万元）", "执行数（万元）"),
                ["办公", 8.36, 6.12],
                ["活动", 21.54, 17.93],
                ["差旅", 4.27, 3.81],
                ["秘书处", 34.2, 27.9],
            )
        },
        "budget_execution",
        None,
        "34.17 as 34.2",
    )


def _alone() -> Iterator[Mistake]:
    """Tables with one figure."""
    yield Mistake(
        "rounded-jobs",
        PARK,
        {"带动就业.csv": csv(JOBS, ["一季度", 31], ["二季度", 44], ["三季度", 27], ["四季度", 38], ["全年", "140余"])},
        "jobs_supported",
        140,
        "the year below its quarters, 140余",
    )
    yield Mistake(
        "rounded-projects",
        ONLINE,
        {
            "公益项目.json": json(
                PROJECTS,
                ["志愿者之家", "文化传播", "2018-02-01", 834],
                ["云课堂", "网络素养", "2018-04-01", 1267],
                ["全部项目", "其他", "2018-02-01", 2100],
            )
        },
        "beneficiary_contacts",
        2101,
        "2101 as 2100",
    )


_MARKS = {
    "star": ("办公费", "★纸张", "★差旅", "活动费"),
    "hollow-star": ("办公费", "☆纸张", "☆差旅", "活动费"),
    "bullet": ("办公费", "• 纸张", "• 差旅", "活动费"),
    "dot": ("办公费", "．纸张", "．差旅", "活动费"),
    "triangle": ("办公费", "▲纸张", "▲差旅", "活动费"),
    "arrow": ("办公费", "→纸张", "→差旅", "活动费"),
    "plus": ("办公费", "+纸张", "+差旅", "活动费"),
    "reference": ("办公费", "※纸张", "※差旅", "活动费"),
    "tick": ("办公费", "√纸张", "√差旅", "活动费"),
    "hash": ("办公费", "#纸张", "#差旅", "活动费"),
    "decimals": ("办公费", "1.1纸张", "1.2差旅", "活动费"),
    "brackets": ("办公费", "（一）纸张", "（二）差旅", "活动费"),
    "latin-brackets": ("办公费", "(1)纸张", "(2)差旅", "活动费"),
    "square": ("■办公费", "□纸张", "□差旅", "■活动费"),
    "diamonds": ("◆办公费", "◇纸张", "◇差旅", "◆活动费"),
    "two-levels": ("★办公费", "★★纸张", "★★差旅", "★活动费"),
    "blank": ("办公费", "　纸张", "　差旅", "活动费"),
    "blanks": ("办公费", "　　　纸张", "　　　差旅", "活动费"),
    "guillemets": ("办公费", "»纸张", "»差旅", "活动费"),
    "roman": ("办公费", "i. 纸张", "ii. 差旅", "活动费"),
}


def _set_off() -> Iterator[Mistake]:
    """Sub-lines below a line that equals their sum, or holds more than they do."""
    equal = ((52000, 22000), (33000, 9000), (19000, 13000), (70000, 69000))
    more = ((60000, 24000), (33000, 9000), (19000, 13000), (70000, 69000))
    for n, (id, labels) in enumerate(_MARKS.items()):
        for kind, figures in {"equal": equal, "more": more}.items():
            rows = [[label, *row] for label, row in zip(labels, figures, strict=True)]
            make, end = ((csv, ".csv"), (json, ".json"), (lambda *a: xlsx(Sheet1=a), ".xlsx"))[n % 3]
            file = {f"经费预算{end}": make(FINANCE, *rows)}
            right = 74.59 if kind == "equal" else None
            yield Mistake(f"set-off-{id}-{kind}", TRADE, file, "budget_execution", right, ", ".join(labels))
        rooms = [["服务中心", 260], [labels[1], 120], [labels[2], 140], ["卫生站", 95]]
        file = {"服务设施.csv": csv(FACILITIES, *rooms)}
        yield Mistake(f"set-off-{id}-areas", HOME, file, "facility_area", 355, f"260 of {labels[1]}, {labels[2]}")
        seen = [["城管", 60, 41], [labels[1], 24, 20], [labels[2], 36, 21], ["治安", 23, 22]]
        file = {"诉求办理.csv": csv(REQUESTS, *seen)}
        yield Mistake(
            f"set-off-{id}-requests", HOME, file, "requests_on_time", 75.904, f"60 of {labels[1]}, {labels[2]}"
        )


def _by_format() -> Iterator[Mistake]:
    """Sub-lines that only the format of their cells sets off."""
    tree = [("办公费", 60000, 24000), ("纸张", 33000, 9000), ("差旅", 19000, 13000), ("活动费", 70000, 69000)]
    sectors = [("农业", 75, 410), ("枣业", 41, 190), ("蔬菜", 29, 200), ("机械", 66, 82)]

    def indented(rows: list[tuple[Any, ...]], depth: int) -> bytes:
        def change(book: xlsxwriter.Workbook) -> None:
            for row in (2, 3):
                book.worksheets()[0].write_string(row, 0, rows[row - 1][0], book.add_format({"indent": depth}))

        header = FINANCE if rows is tree else COVERAGE
        return w.by_xlsxwriter({"Sheet1": [header, *map(list, rows)]}, change)

    for depth in (1, 2, 3):
        yield Mistake(
            f"indent-xlsx-{depth}",
            PARK,
            {"经费预算.xlsx": indented(tree, depth)},
            "budget_execution",
            None,
            "alignment",
        )
    yield Mistake(
        "indent-xlsx-sectors", TRADE, {"会员覆盖.xlsx": indented(sectors, 1)}, "sector_coverage", None, "alignment"
    )

    def styled(book: Any) -> None:
        sheet = book.get_sheet(0)
        style = w.xls.xlwt.easyxf("align: indent 2")
        for row in (2, 3):
            sheet.write(row, 0, tree[row - 1][0], style)

    book = w.by_xlwt({"Sheet1": [FINANCE, *map(list, tree)]}, styled)
    yield Mistake("indent-xls", PARK, {"经费预算.xls": book}, "budget_execution", None, "alignment in XLS")
