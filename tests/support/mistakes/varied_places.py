"""More mistakes in two places or in how a file is made: copies, summaries, hidden rows, numbers split or padded."""

import json as as_text
from collections.abc import Iterator
from typing import Any

import openpyxl
import xlsxwriter

from tests.support import writers as w
from tests.support.mistakes.case import (
    CONTRACTS,
    COVERAGE,
    EVENTS,
    FACILITIES,
    FINANCE,
    GRADES,
    HELP,
    HOME,
    HONOURS,
    HOUSEHOLDS,
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
    Mistake,
    csv,
    in_any_form,
    json,
    ods,
    xls,
    xlsx,
)
from tests.support.mistakes.named import NAMED

_GRIDS = [["一网格", 612], ["二网格", 548], ["三网格", 733]]
_SITES = [["东园", 84, 41, 6], ["西园", 63, 33, 8], ["北园", 37, 12, 5]]
_MONEY = [["办公费", 83600, 61200], ["活动费", 215400, 179000], ["差旅费", 42700, 38150]]
_ROOMS = [["图书室", 124.5], ["舞蹈室", 85.2], ["议事厅", 64.1]]
_HELD = [["2018-03-08", "政策宣讲会", "培训", 46, "否"], ["2018-04-19", "项目路演", "交流对接", 62, "否"]]


def mistakes() -> Iterator[Mistake]:
    for n, (base_type, columns, parts, measure, right) in enumerate(_TWICE):
        yield Mistake(
            f"places-{n}", base_type, in_any_form(n, columns, parts), measure, right, f"{NAMED[columns]}: {[*parts]}"
        )
    yield from _in_books()
    yield from _other_files()
    yield from _split()
    yield from _padded()
    yield from _not_counted()


_TWICE: tuple[tuple[str, tuple[str, ...], dict[str, list[list[Any]]], str, float | None], ...] = (
    (HOME, HOUSEHOLDS, {"户数": _GRIDS, "户数 最新": [["一网格", 612], ["二网格", 560], ["三网格", 733]]}, "households",
     1905),
    (HOME, HOUSEHOLDS, {"户数（修订）": [["一网格", 612], ["二网格", 560], ["三网格", 733]], "户数": _GRIDS},
     "households", 1905),
    (PARK, TENANTS, {"入驻企业": _SITES, "入驻企业给领导": _SITES}, "tenants_joined", 19),
    (TRADE, FINANCE, {"历史/经费预算": _MONEY, "经费预算": [_MONEY[0], ["活动费", 215400, 190000], _MONEY[2]]},
     "budget_execution", 84.68),
    (HOME, HOUSEHOLDS, {"汇总/户数": [["金水社区", 1893]], "分表/户数": _GRIDS}, "households", 1893),
    (HOME, HOUSEHOLDS, {"总户数": [["金水社区", 1893]], "一网格户数": [_GRIDS[0]], "二网格户数": [_GRIDS[1]],
     "三网格户数": [_GRIDS[2]]}, "households", 1893),
    (HOME, HOUSEHOLDS, {"按网格户数": _GRIDS, "按类型户数": [["商品房", 1160], ["老旧小区", 733]]}, "households", 1893),
    (HOME, HOUSEHOLDS, {"2017年户数": [["一网格", 605], ["二网格", 540], ["三网格", 720]], "2018年户数": _GRIDS},
     "households", 1893),
    (HOME, HOUSEHOLDS, {"户数计划": [["一网格", 620], ["二网格", 560], ["三网格", 740]], "户数": _GRIDS}, "households",
     1893),
    (HOME, FACILITIES, {"服务设施": _ROOMS, "服务设施20181231": _ROOMS[:2]}, "facility_area", 273.8),
    (HOME, FACILITIES, {"甲/服务设施": _ROOMS[:2], "乙/服务设施": _ROOMS[1:]}, "facility_area", 273.8),
    (PARK, SPACE, {"空间": [["A座", 4120, 2190], ["B座", 6350, 3300]], "空间2": [["B座", 6350, 3300], ["A座", 4120,
     2190]]}, "occupancy", None),
    (PARK, EVENTS, {"活动": _HELD, "培训活动": _HELD[:1]}, "service_events", 2),
    (PARK, EVENTS, {"活动台账": _HELD, "活动（联合）": [["2018-03-08", "政策宣讲会", "培训", 46, "是"]]},
     "service_events", None),
    (TRADE, HONOURS, {"荣誉": [["示范商会", "省级", "2018-08-01", "省工商联"]],
     "表彰奖励": [["示范商会", "省级", "2018-08-01", "省工商联"]]}, "honours_provincial", 1),
    (HOME, REQUESTS, {"诉求办理1-6月": [["水电", 41, 31]], "诉求办理1-12月": [["水电", 92, 80]]}, "requests_on_time",
     86.96),
    (HOME, REQUESTS, {"诉求办理": [["水电", 92, 80]], "一季度诉求办理": [["水电", 21, 19]]}, "requests_on_time", 86.96),
    (PARK, JOBS, {"带动就业上半年": [["上半年", 75]], "带动就业全年": [["全年", 140]]}, "jobs_supported", 140),
    (ONLINE, SURVEYS, {"满意度调查": [["春季", 131, 111, "纸质问卷"], ["秋季", 172, 150, "网络问卷"]],
     "满意度调查汇总": [["两次", 303, 261, "网络问卷"]]}, "survey_answers", 303),
    (TRADE, COVERAGE, {"会员覆盖": [["枣业", 41, 190], ["农机", 33, 95]], "会员覆盖（去重前）": [["枣业", 47, 190],
     ["农机", 39, 95]]}, "sector_coverage", 25.96),
    (HOME, STAFF, {"社区工作力量": [["一网格", 8, 5210], ["二网格", 9, 4830]],
     "社区工作力量核定数": [["一网格", 10, 5210], ["二网格", 10, 4830]]}, "workers_per_10k", 16.93),
)  # fmt: skip
"""One table in two files."""


def _in_books() -> Iterator[Mistake]:
    """One table in two sheets, of which some are hidden, or made so."""
    again = [["一网格", 612], ["二网格", 560], ["三网格", 733]]
    for n, (one, other) in enumerate((("户数", "户数备份"), ("总表", "明细"), ("Sheet1", "Sheet2"), ("12月", "11月"))):
        rows = [["金水社区", 1893]] if one == "总表" else again
        make, end = ((xlsx, ".xlsx"), (ods, ".ods"), (xls, ".xls"))[n % 3]
        file = {f"户数{end}": make(**{one: [HOUSEHOLDS, *rows], other: [HOUSEHOLDS, *_GRIDS]})}
        yield Mistake(f"book-{n}", HOME, file, "households", None, f"the sheets {one} and {other}")

    def hidden(book: xlsxwriter.Workbook) -> None:
        book.worksheets()[1].hide()

    sheets = {"经费预算": [FINANCE, *_MONEY], "旧": [FINANCE, ["办公费", 80000, 20000]]}
    file = {"经费预算.xlsx": w.by_xlsxwriter(sheets, hidden)}
    yield Mistake("book-hidden", TRADE, file, "budget_execution", None, "an old sheet that nobody sees")

    def filtered(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.auto_filter.ref = "A1:D4"
        sheet.auto_filter.add_filter_column(0, ["东园"])
        for row in (3, 4):
            sheet.row_dimensions[row].hidden = True

    file = {"入驻企业.xlsx": w.by_openpyxl({"入驻企业": [TENANTS, *_SITES]}, filtered)}
    yield Mistake("book-filtered", PARK, file, "tenants_joined", None, "rows that a filter hides")
    blocks = [["一季度"], EVENTS, _HELD[0], [], ["上半年"], EVENTS, *_HELD]
    yield Mistake("book-blocks", PARK, {"活动.ods": ods(S=blocks)}, "service_events", 2, "blocks that overlap")
    side = [[*HOUSEHOLDS, None, *HOUSEHOLDS], *[[*now, None, *old] for now, old in zip(_GRIDS, again, strict=True)]]
    yield Mistake("book-side", HOME, {"户数.xlsx": xlsx(户数=side)}, "households", None, "two tables side by side")


def _other_files() -> Iterator[Mistake]:
    """A table sent as files of two kinds, in an archive, in two languages or units."""
    changed = [["一网格", 612], ["二网格", 584], ["三网格", 733]]
    for n, files in enumerate((
        {"户数.yaml": w.as_yaml([HOUSEHOLDS, *_GRIDS]), "户数.csv": csv(HOUSEHOLDS, *changed)},
        {"户数.xls": w.as_html([HOUSEHOLDS, *_GRIDS]), "户数表.xlsx": xlsx(户数=[HOUSEHOLDS, *_GRIDS])},
        {"户数.csv": csv(HOUSEHOLDS, *changed, encoding="gb18030"), "u/户数.csv": csv(HOUSEHOLDS, *_GRIDS)},
        {"交.zip": w.as_zip({"户数.csv": csv(HOUSEHOLDS, *_GRIDS)}), "户数.json": json(HOUSEHOLDS, *_GRIDS)},
        {"户数.csv": csv(HOUSEHOLDS, *_GRIDS), "Households.csv": csv(("Grid", "Households"), ["Grid 1", 612],
                                                                    ["Grid 2", 548], ["Grid 3", 733])},
        {"户数.json": as_text.dumps({"户数": w.records([HOUSEHOLDS, *_GRIDS]), "households": w.records(
            [HOUSEHOLDS, *changed])}, ensure_ascii=False).encode()},
    )):  # fmt: skip
        yield Mistake(f"files-{n}", HOME, files, "households", None, " and ".join(files))
    in_wan = [[name, budget / 10000, spent / 10000] for name, budget, spent in _MONEY[:2]]
    header = ("预算科目", "预算数（万元）", "执行数（万元）")
    files = {"经费预算.csv": csv(FINANCE, *_MONEY), "经费预算表.csv": csv(header, *in_wan)}
    yield Mistake("files-units", TRADE, files, "budget_execution", 81.46, "once in yuan and once in ten thousands")


def _split() -> Iterator[Mistake]:
    """Thousands parted by a comma that nobody quoted."""
    for n, (base_type, name, text, measure) in enumerate((
        (HOME, "户数", "网格,总户数,备注\n一网格,1,312,含公寓\n二网格,948,\n", "households"),
        (PARK, "空间", "楼宇,可租面积,已租面积,备注\nA座,4,120,2,190\nB座,950,300,\n", "occupancy"),
        (HOME, "诉求办理", "类别,受理数,按期办结数\n水电,1,041,931\n", "requests_on_time"),
        (TRADE, "会员覆盖", "行业,会员数,行业总数\n枣业,410,1,190\n农机,33,95\n", "sector_coverage"),
        (HOME, "社区工作力量", "网格,社区工作者数,常住人口数\n一网格,8,5,210\n二网格,9,4,830\n", "workers_per_10k"),
        (ONLINE, "公益项目", "项目名称,类别,开始日期,受益人次\n云课堂,网络素养,2018-03-01,1,267\n",
         "beneficiary_contacts"),
        (PARK, "运营收入", "收入类别,金额,说明\n服务收入,184,300,\n租金收入,215,700,\n", "service_income_share"),
    )):  # fmt: skip
        file = {f"{name}.csv": text.encode("gb18030" if n % 2 else "utf-8-sig")}
        yield Mistake(f"commas-{n}", base_type, file, measure, None, text.split("\n")[1])


def _padded() -> Iterator[Mistake]:
    """Numbers that another program reads otherwise: with zeros before them, sixties, marks between digits."""
    for n, (number, right) in enumerate(
        (("0144", None), ("01750", None), ("1:30", None), ("1_200", 1200), ("0x90", None), ("0o144", None))
    ):
        text = f"- 网格: 一网格\n  总户数: {number}\n- 网格: 二网格\n  总户数: 548\n"
        yield Mistake(
            f"padded-{n}", HOME, {"户数.yaml": text.encode()}, "households", right and right + 548, f"{number} in YAML"
        )
    for n, number in enumerate(("1.312", "1·312", "1 31 2", "1，312，", "13l2", "１.３１２")):
        file = {"户数.json": json(HOUSEHOLDS, ["一网格", number], ["二网格", "1.205"])}
        yield Mistake(f"written-{n}", HOME, file, "households", 1312 + 1205, f"{number} in JSON")


def _not_counted() -> Iterator[Mistake]:
    """Rows that count for nothing, which must be said."""
    pdf = b"%PDF-1.4 contract"
    for n, (rows, more) in enumerate((
        ([["课题研究", "承接委托", 60000, None], ["产销会", "产销对接", 20000, "合同.pdf"]], {"合同.pdf": pdf}),
        ([["课题研究", "承接委托", 60000, "合同.pdf"], ["产销会", "产销对接", 20000, "合同.pdf"]], {"合同.pdf": pdf}),
        ([["课题研究", "承接委托", 60000, "甲.pdf"], ["产销会", "产销对接", 20000, "乙.pdf"]],
         {"甲.pdf": pdf, "乙.pdf": pdf}),
        ([["课题研究", "承接委托", 60000, "合同.pdf"], ["产销会", "产销对接", 20000, "另附"]], {"合同.pdf": pdf}),
    )):  # fmt: skip
        file = {"承接项目.csv": csv(CONTRACTS, *rows), **more}
        yield Mistake(f"unproved-again-{n}", TRADE, file, "projects_proved", None, "proofs that lack or are shared")
    file = {"评估等级.csv": csv(GRADES, [4, "2017-12-31", None])}
    yield Mistake("expired-again-0", TRADE, file, "official_grade", None, "an expired grade")
    file = {"评估等级.yaml": w.as_yaml([GRADES[:2], [5, "2016年"], [3, "2020年"]])}
    yield Mistake("expired-again-1", TRADE, file, "official_grade", 3, "an expired grade beside a valid one")
    file = {"会员服务.csv": csv(HELP, ["法律咨询", "部分完成", 30], ["融资对接", "是", 12])}
    yield Mistake("half-done", TRADE, file, "services_delivered", None, "partly done")
    file = {"年度计划.xls": w.as_html([PLAN, ["培训", 12, "未统计"], ["走访", 40, 40]])}
    yield Mistake("not-known", TRADE, file, "plan_completion", None, "a figure that nobody counted")
    file = {"公益项目.csv": csv(PROJECTS, ["云课堂", "网络素养", "2018-03-01", None])}
    yield Mistake("no-contacts", ONLINE, file, "beneficiary_contacts", None, "a blank figure")
    told = (
        "pilot: {id}\nsubmitted_by: 某单位\ncontact_office: 办公室\nsubmitted_on: 2019-01-20\n"
        "period: {{from: 2018-01-01, to: 2018-12-31}}\nnothing_to_report: [{table}]\n"
        "statements: {{registered: true, serious_violation: false, evidence_true: true}}\n"
    )
    for id, base_type, table, columns, rows, measure in (
        ("honours", TRADE, "honours", HONOURS, [["示范商会", "省级", "2018-08-01", "省工商联"]], "honours_provincial"),
        ("events", PARK, "events", EVENTS, _HELD, "service_events"),
        ("requests", HOME, "requests", REQUESTS, [["水电", 41, 31]], "requests_on_time"),
    ):
        name = f"{NAMED[columns]}.csv"
        made = {name: csv(columns, *rows), "submission.yaml": told.format(id=f"denied-{id}", table=table).encode()}
        yield Mistake(f"denied-{id}", base_type, made, measure, None, "a table that the submission says is empty")
