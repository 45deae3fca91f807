"""Good variants: what stands above, below, between and beside the rows of a table."""

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle

from tests.support import writers as w
from tests.support.corpus.good_merged import merging
from tests.support.corpus.variants import (
    EVENTS,
    FINANCE,
    SUGGESTIONS,
    SURVEYS,
    Mark,
    Row,
    Variant,
    changed,
    good,
    sheet_of,
)
from tests.support.writers import Formula, Rows

ROWS = sheet_of("events")
BODY = ROWS[1:]
MONEY = sheet_of("finance")[1:]


# --- above and below the table
ABOVE: dict[str, Rows] = {
    "a-title": [["2018年度活动台账"]],
    "a-title-and-a-unit": [["2018年度活动台账"], ["填报单位：某街道服务中心", None, None, "单位：人次"]],
    "an-annex-number": [["附件2"], ["郑州市实践创新基地活动情况统计表"], ["（2018年1月—12月）"]],
    "a-title-with-a-comma": [["活动台账，2018年度，某街道服务中心"]],
    "a-form-number": [
        ["表号：", "XT-03", None, "制定机关：", "某局"],
        ["文号：", "〔2018〕12号"],
        ["有效期至：", "2019年6月"],
    ],
    "instructions": [["填表说明：1. 日期按年-月-日填写；2. 参加人次填整数；3. 一场活动一行。"]],
    "blank-rows": [[None], [None], ["活动台账"], [None]],
    "many-lines": [[f"第{n}条填报要求"] for n in range(1, 21)],
    "a-line-like-the-header": [["日期：2018-12-31", "填报人：办公室"]],
    "a-date-line": [["填报日期", "2018年12月31日"], ["活动名称", "详见下表"]],
}
BELOW: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "a-note": ([["注：参加人次含线上。"]], ("row-remark 5",)),
    "a-note-in-the-second-cell": ([[None, "备注：以上数据截至12月底"]], ("row-remark 5",)),
    "explanations": ([["说明：1.本表一式两份"], ["说明：2.年底前报送"]], ("row-remark 5", "row-remark 6")),
    "a-numbered-note": ([["注1：含联合举办"], ["注2：不含会议"]], ("row-remark 5", "row-remark 6")),
    "who-filled-it-in": ([["填表人：办公室"]], ("row-remark 5",)),
    "signatures-in-one-cell": ([["制表：办公室　　审核：财务科　　日期：2018-12-31"]], ("row-remark 5",)),
    "signatures-in-several-cells": (
        [["填表人：办公室", None, "审核人：财务科", None, "日期：2018-12-31"]],
        ("row-remark 5",),
    ),
    "who-is-responsible": ([["单位负责人：（签字）", None, "填表日期：2018-12-31"]], ("row-remark 5",)),
    "the-seal": ([[None, None, None, "填报单位（盖章）："]], ("row-remark 5",)),
    "the-date-alone": ([["填报日期：2018年12月31日"]], ("row-remark 5",)),
    "a-note-in-english": ([["Note: participants include those online."]], ("row-remark 5",)),
    "a-note-after-a-gap": ([[None], [None], ["注：以上为全年数据"]], ("row-remark 7",)),
    "blank-rows": ([[None] * 5] * 4, ()),
    "spaces-only": ([["  ", "\u3000", "", None, " "]] * 3, ()),
    "here-is-blank": ([["以下空白"]], ("row-remark 5",)),
    "a-source-line": ([["数据来源：活动台账"]], ("row-remark 5",)),
    "a-reviewer": ([["审核人：", "（盖章）", None, "联系部门：办公室"]], ("row-remark 5",)),
}
"""Rows below three events; the header is row 1."""
TOTALS: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "first-cell": ([["合计", None, None, 1806, None]], ("row-total 5",)),
    "spaces-inside": ([["合 计", None, None, 1806, None]], ("row-total 5",)),
    "wide-spaces": ([["合　　计", None, None, "1806人次", None]], ("row-total 5",)),
    "second-cell": ([[None, "总计", None, 1806, None]], ("row-total 5",)),
    "colon": ([["合计：", None, None, "1,806", None]], ("row-total 5",)),
    "english": ([["Total", None, None, 1806, None]], ("row-total 5",)),
    "grand-total": (
        [["小计", None, None, 1806, None], ["总计", None, None, 1806, None]],
        ("row-total 5", "row-total 6"),
    ),
    "no-figure": ([["合计", None, None, None, "共3场"]], ("row-total 5",)),
    "in-words": ([["总数", None, None, "一千八百零六", None]], ("row-total 5",)),
    "after-a-blank-row": ([[None], ["合计", None, None, 1806, None]], ("row-total 6",)),
    "then-a-note": ([["合计", None, None, 1806, None], ["注：含线上"]], ("row-total 5", "row-remark 6")),
    "wrong": ([["合计", None, None, 1800, None]], ("row-total 5", "row-total-differs D5")),
    "with-a-count": ([["合计（3场）", None, None, 1806, None]], ("row-total 5",)),
    "total-of": ([["共计", None, None, 1806, None]], ("row-total 5",)),
    "year-total": ([["全年合计", None, None, 1806, None]], ("row-total 5",)),
    "traditional": ([["合計", None, None, 1806, None]], ("row-total 5",)),
}


def _around() -> Iterator[Variant]:
    turn = cycle(("csv-utf8", "openpyxl", "xls", "csv-gb18030", "wps", "ods", "xlsxwriter", "html", "csv-utf16le"))
    for id, above in ABOVE.items():
        rows = [*above, *sheet_of("events")]
        places = [{**row, "@": len(above) + 2 + at} for at, row in enumerate(EVENTS)]
        first = 1
        yield good(f"above-{id}", next(turn), rows, places, f"rows-above {first}")
    for prefix, table in (("below", BELOW), ("total", TOTALS)):
        for id, (below, said) in table.items():
            yield good(f"{prefix}-{id}", next(turn), [*sheet_of("events"), *below], EVENTS, *said)
    gaps = [sheet_of("events")[0], [None], BODY[0], [None], [None], BODY[1], [None] * 5, BODY[2]]
    places = [{**row, "@": number} for row, number in zip(EVENTS, (3, 6, 8), strict=True)]
    for how in ("csv-utf8", "wps", "xls", "ods"):
        yield good(f"blank-rows-between-{how}", how, gaps, places)
    for how in ("csv-utf8", "xls"):
        pages = [ROWS[0], BODY[0], [None], ROWS[0], BODY[1], BODY[2]]
        yield good(f"header-on-every-page-{how}", how, pages, EVENTS, "row-header 4")
    for how in ("openpyxl", "wps", "csv-gb18030"):
        blank = [
            ["序号", *ROWS[0]],
            *([n, *row] for n, row in enumerate(BODY, 1)),
            *([n] + [None] * 5 for n in (4, 5, 6)),
        ]
        yield good(f"numbered-blank-rows-{how}", how, blank, EVENTS)
    yield from _totals_in_the_middle()


def _totals_in_the_middle() -> Iterator[Variant]:
    head = sheet_of("finance")[0]
    rows = [head, MONEY[0], ["小计", 120_000, 118_500.5], MONEY[1], MONEY[2], ["小计", 53_000, 45_000],
            ["合计", 173_000, 163_500.5]]  # fmt: skip
    said = ("row-total 3", "row-total 6", "row-total 7")
    for how in ("csv-utf8", "xls", "ods"):
        yield good(f"subtotals-{how}", how, rows, FINANCE, *said, table="finance")
    first = [head, ["总计", 173_000, 163_500.5], *MONEY]
    yield good("total-above-the-rows", "openpyxl", first, FINANCE, "row-total 2", table="finance")
    approximate = [head, ["活动经费", "约12万", 118_500.5], ["合计", 130_000, 118_500.5]]
    yield good("total-within-the-bounds", "csv-utf8", approximate,
               [{"line": "活动经费", "budget": (120_000, 108_000, 132_000), "spent": 118_500.5}],
               "cell-approximate B2", "row-total 3", table="finance")  # fmt: skip
    formula = [head, *MONEY, ["合计", Formula("=SUM(B2:B4)", 173_000), Formula("=SUM(C2:C4)", 163_500.5)]]
    for how in ("xlsxwriter", "wps", "ods"):
        yield good(f"total-by-formula-{how}", how, formula, FINANCE, "row-total 5", "sheet-formulas B5",
                   *(("book-not-calculated B5",) if how == "xlsxwriter" else ()), table="finance")  # fmt: skip
    named = [head, ["合计类项目评审费", 100, 90], ["总计划编制", 200, 190]]
    yield good("a-row-that-begins-like-a-total", "csv-utf8", named,
               [{"line": "合计类项目评审费", "budget": 100, "spent": 90}, {"line": "总计划编制", "budget": 200,
               "spent": 190}],
               table="finance")  # fmt: skip
    remark = [head, ["说明书印刷费", 100, 90], ["备注册登记费", 10, 9]]
    yield good("a-row-that-begins-like-a-remark", "csv-utf8", remark,
               [{"line": "说明书印刷费", "budget": 100, "spent": 90}, {"line": "备注册登记费", "budget": 10,
               "spent": 9}],
               table="finance")  # fmt: skip
    example = [[*head, "备注"], ["示例", 12, 12, "示例行，不会被读取；从下一行填起"], *([*row, None] for row in MONEY)]
    yield good("example-row", "openpyxl", example, FINANCE, "rows-example 2", table="finance")
    groups = [["大类", *head], ["业务", *MONEY[0]], [None, *MONEY[1]], [None, "小计", 165_000, 163_500.5],
              ["其他", *MONEY[2]], [None, "小计", 8_000, 0], ["合计", None, 173_000, 163_500.5]]  # fmt: skip
    said = ("header-unread A1", "row-total 4", "row-total 6", "row-total 7")
    yield good("subtotals-in-groups-csv", "csv-utf8", groups, FINANCE, *said, table="finance")
    for id, write in merging("A2:A4 A5:A6", (1, 3, 0, 0), (4, 5, 0, 0)).items():
        yield good(f"subtotals-in-groups-{id}", id, groups, FINANCE, *said, "cells-merged A2", "cells-merged A5",
                   table="finance", write=write)  # fmt: skip
    numbered = [["序号", *head], *([n, *row] for n, row in enumerate(MONEY, 1)), [None, "合计", 173_000, 163_500.5]]
    yield good("total-beside-row-numbers", "xls", numbered, FINANCE, "row-total 5", table="finance")
    counted = [["序号", *head], *([n, *row] for n, row in enumerate(MONEY, 1)), [4, "合计", 173_000, 163_500.5]]
    yield good("total-with-a-row-number", "openpyxl", counted, FINANCE, "row-total 5", table="finance")


TOTAL_WORDS = ("支出合计", "经费合计", "全市合计", "本表合计", "总合计", "2018年合计", "1-12月合计", "合计人次",
           "合计3项", "全区合计",
               "各项合计", "本单位总计", "合计（万元）", "年度支出合计", "总金额")  # fmt: skip
NO_RECORDS: dict[str, str] = {
    "共2条记录": "remark", "共3条": "remark", "填报人签名：": "remark", "2018年12月31日": "remark",
    "第1页 共1页": "remark",
    "——以下空白——": "remark", "（以下空白）": "remark", "/": "nothing", "无": "nothing", "——": "nothing",
    "导出时间：2018-12-31 10:00": "remark", "导出时间 2018-12-31": "remark", "＊注：含线上": "remark",
    "※含线上活动": "remark",
    "填写说明：1、按年月日": "remark", "说 明：含线上": "remark", "附件：照片": "remark", "报送单位：某中心": "remark",
    "分管领导签字：": "remark", "统计口径：含线上": "remark", "上半年": "remark", "下半年": "remark",
    "一、业务类": "remark",
    "数据截至2018年底": "remark", "1.本表一式三份。": "remark", "以上数据真实有效": "remark", "[注]含线上": "remark",
    "经办人签字：          日期：    年  月  日": "remark", "End": "remark",
}  # fmt: skip


def _no_records() -> Iterator[Variant]:
    turn = cycle(("csv-utf8", "openpyxl", "ods", "xls", "wps", "csv-gb18030"))
    head = sheet_of("finance")[0]
    for word in TOTAL_WORDS:
        rows = [head, *MONEY, [word, 173_000, 163_500.5]]
        yield good(f"total-word-{word}", next(turn), rows, FINANCE, "row-total 5", table="finance")
    at_left = [["序号", *head], *([n, *row] for n, row in enumerate(MONEY, 1)), ["合计", None, 173_000, 163_500.5]]
    yield good("total-in-the-column-of-row-numbers", "xls", at_left, FINANCE, "row-total 5", table="finance")
    part = [
        head,
        *MONEY,
        ["合计", 173_000, 163_500.5],
        ["其中：财政拨款", 100_000, 90_000],
        ["　　　自筹", 73_000, 73_500.5],
    ]
    yield good(
        "parts-of-a-total", "csv-utf8", part, FINANCE, "row-total 5", "row-part 6", "row-part 7", table="finance"
    )
    inner = [head, MONEY[0], ["其中:培训", 20_000, 20_000], *MONEY[1:], ["合计", 173_000, 163_500.5]]
    yield good("part-of-a-row", "ods", inner, FINANCE, "row-part 3", "row-total 6", table="finance")
    names: list[Row] = [{"name": "一号楼", "area": 100}, {"name": "二号楼", "area": 200}]
    tower = [["名称", "面积"], ["一号楼", 100], ["二号楼", 200]]
    for word, code in {
        "平均": "derived",
        "上年合计": "derived",
        "同期": "derived",
        "总面积": "total",
        "合计2栋": "total",
    }.items():
        rows = [*tower, [word, 300 if code == "total" else 150]]
        yield good(f"no-building-{word}", next(turn), rows, names, f"row-{code} 4", table="premises")
    for text, code in NO_RECORDS.items():
        yield good(f"no-event-{text}", next(turn), [*ROWS, [text]], EVENTS, f"row-{code} 5")
        if text not in ("2018年12月31日", "※含线上活动", "一、业务类"):
            yield good(f"no-building-{text}", next(turn), [*tower, [text]], names, f"row-{code} 4", table="premises")
    for id, row in {"each": ["填表人：", "某某", "审核人：", "某某", "填报日期：2018-12-31"],
                    "sealed": ["单位（盖章）", None, "负责人", None, "日期"]}.items():  # fmt: skip
        yield good(f"signatures-{id}", next(turn), [*ROWS, row], EVENTS, "row-remark 5")
    yield from _headings_inside()


def _headings_inside() -> Iterator[Variant]:
    """Headings, titles and remarks among the rows, and rows that only sound like them."""
    head = sheet_of("finance")[0]
    halves = [ROWS[0], ["上半年"], *BODY[:2], ["下半年"], BODY[2]]
    yield good("halves-of-a-year", "xls", halves, EVENTS, "row-remark 2", "row-remark 5")
    kinds = [head, ["一、业务类"], *MONEY[:2], ["（二）其他"], MONEY[2]]
    yield good("headings-inside", "csv-utf8", kinds, FINANCE, "row-remark 2", "row-remark 5", table="finance")
    pages = [["2018年度活动台账"], *ROWS[:3], ["2018年度活动台账（续）"], ROWS[0], BODY[2]]
    yield good("title-on-every-page", "openpyxl", pages, EVENTS, "rows-above 1", "row-remark 5", "row-header 6")
    listed = [*ROWS, ["填表说明："], ["1.按年月日填"], ["2、一场一行"]]
    yield good("a-list-of-remarks", "csv-utf8", listed, EVENTS, "row-remark 5", "row-remark 6", "row-remark 7")
    outside = [[*ROWS[0], None, "图表"], *([*row, None, n] for n, row in enumerate(BODY)), [None] * 6 + [9]]
    yield good("a-row-beside-the-table", "openpyxl", outside, EVENTS, "header-unread G1", "row-remark 5")
    lines = ["总部运营费", "平均奖", "合计划拨款", "注册费", "盖章机采购", "附件印制：彩色", "共建项目",
               "其他费用（附件：明细）", "一、会议费",
             "签字笔", "全年", "无偿献血", "增长极培育", "第1页", "1月活动费", "本表印制"]  # fmt: skip
    kept = [{"line": line, "budget": 100 + n, "spent": 90} for n, line in enumerate(lines)]
    rows = [head, *([row["line"], row["budget"], row["spent"]] for row in kept)]
    yield good("lines-that-sound-like-asides", "csv-utf8", rows, kept, table="finance")
    towers = [
        "无锡大厦",
        "共享大厦",
        "总部大楼",
        "合计楼",
        "完美大厦",
        "1.一号楼",
        "第一大厦",
        "空港大厦",
        "未来大厦",
        "注册大厦",
        "汇总楼",
    ]
    yield good("names-that-sound-like-asides", "csv-utf8", [["名称", "面积"], *([each] for each in towers)],
               [{"name": each} for each in towers], table="premises")  # fmt: skip
    yield from _examples()


def _examples() -> Iterator[Variant]:
    note = "示例行，不会被读取；从下一行填起"
    sample = ["2018-01-01", "示例", "主题活动", 12, "是", note]
    for how in ("openpyxl", "xls"):
        rows = [[*ROWS[0], "备注"], sample, *([*row, None] for row in BODY)]
        yield good(f"example-row-left-{how}", how, rows, EVENTS, "rows-example 2")
    over = [[*ROWS[0], "备注"], [*BODY[0], note], *([*row, None] for row in BODY[1:])]
    yield good("example-row-typed-over", "openpyxl", over, [{**EVENTS[0], "note": note}, *EVENTS[1:]],
               "row-example-note F2")  # fmt: skip
    trade = [[*ROWS[0], "备注"], [*BODY[0], "示例行业协会承办"], *([*row, None] for row in BODY[1:])]
    yield good("a-note-that-begins-like-an-example", "csv-utf8", trade,
               [{**EVENTS[0], "note": "示例行业协会承办"}, *EVENTS[1:]])  # fmt: skip


def _tables_about() -> Iterator[Variant]:
    """Other sheets, other tables."""
    rules: Mapping[str, Rows] = {
        "rules": [["填表说明"], ["1.按年月日"]], "words": [["培训"], ["交流对接"]], "summary": [["类型",
        "场次"], ["培训", 1]],
        "fields": [["字段", "说明"], ["日期", "必填"], ["活动名称", "必填"], ["类型", "必填"], ["参加人次",
        "必填"], ["是否联合举办", ""]],
    }  # fmt: skip
    books: Mapping[str, Callable[[Mapping[str, Rows]], bytes]] = {
        ".xlsx": w.by_openpyxl, ".xls": w.by_xlwt, ".ods": w.as_ods,
    }  # fmt: skip
    for suffix, book in books.items():
        for id, other in rules.items():
            for first in (True, False):
                sheets = {"Sheet1": ROWS, "其他": other} if first else {"其他": other, "活动": ROWS}
                said = frozenset({Mark("sheet-unknown", f"活动{suffix}", "其他")})
                yield Variant(f"other-sheet-{id}-{'after' if first else 'before'}{suffix}",
                              lambda b=book, s=sheets, x=suffix: {f"活动{x}": b(s)}, {"events": EVENTS},
                              said)  # fmt: skip
    months = {f"{n}月": [ROWS[0], row] for n, row in zip((3, 6, 11), BODY, strict=True)}
    yield Variant("a-sheet-for-each-month", lambda: {"活动.xlsx": w.by_openpyxl(months)}, {"events": EVENTS},
                  frozenset({Mark("table-sources", "活动.xlsx", "3月")}))  # fmt: skip
    stacked = [
        ["一、活动"],
        *ROWS,
        [None],
        ["二、经费预算"],
        ["单位：元"],
        *sheet_of("finance"),
        ["合计", 173_000, 163_500.5],
    ]
    for how in ("csv-utf8", "openpyxl", "xls", "ods"):
        yield good(f"two-tables-stacked-{how}", how, stacked, EVENTS, "rows-above 1", "rows-above 6", "row-total 13",
                   file=None if how != "csv-utf8" else "数据.csv", sheet="汇总",
                   tables={"finance": FINANCE})  # fmt: skip
    yield from _columns_of_two_names()


def _columns_of_two_names() -> Iterator[Variant]:
    """Nothing to report, columns that have two names, what stands in cells."""
    turned = [*ROWS[:3], ["下半年"], [ROWS[0][1], ROWS[0][0], *ROWS[0][2:]], [BODY[2][1], BODY[2][0], *BODY[2][2:]]]
    yield good("stacked-in-another-order", "csv-utf8", turned, EVENTS, "row-remark 4", "table-sources")
    for id, rows in {
        "word": [["无"]],
        "slashes": [["/"] * 5],
        "sentence": [["本月无活动"]],
        "each": [[None] + ["无"] * 4],
    }.items():
        yield good(f"nothing-{id}", "csv-utf8", [ROWS[0], *rows], [], "row-nothing 2", "table-nothing")
    unused = "header-again"
    yield good("two-columns-by-another-name", "csv-utf8", [["日期", "主题", "名称", *ROWS[0][2:]], *([row[0], "甲",
               *row[1:]] for row in BODY)], EVENTS, f"{unused} B1")  # fmt: skip
    yield good("date-and-time", "csv-utf8", [["日期", "时间", *ROWS[0][1:]], *([row[0], "9:00",
               *row[1:]] for row in BODY)],
               EVENTS, f"{unused} B1")  # fmt: skip
    yield good(
        "time-and-date",
        "xls",
        [["时间", "日期", *ROWS[0][1:]], *(["9:00", *row] for row in BODY)],
        EVENTS,
        f"{unused} A1",
    )
    for alias in ("主题", "名称"):
        rows = [[alias, *ROWS[0]], *(["某", *row] for row in BODY)]
        yield good(f"title-and-{alias}", "ods", rows, EVENTS, f"{unused} A1")
    for one, other, name in (("备注", "说明", "note"), ("出处", "依据", "source")):
        rows = [[*ROWS[0], other, one], *([*row, "乙", "甲"] for row in BODY)]
        yield good(f"{one}-and-{other}", "csv-utf8", rows, [{**row, name: "甲"} for row in EVENTS], f"{unused} F1")
    twice = [[*ROWS[0], "备注", "备注"], *([*row, "甲", None] for row in BODY)]
    yield good("two-columns-of-notes", "wps", twice, [{**row, "note": "甲"} for row in EVENTS], f"{unused} G1")
    tabs = "\r\n".join(",".join(f"{cell}\t" for cell in row) for row in ROWS).encode()
    yield good("a-tab-behind-each-cell", "csv-utf8", ROWS, EVENTS, write=lambda n, r: tabs)
    agenda = "议程：\n一,二,三,四,五\n六,七,八,九,十"
    quoted = w.as_csv([ROWS[0], [BODY[0][0], agenda, *BODY[0][2:]], *BODY[1:]])
    yield good("a-quote-with-commas", "csv-utf8", ROWS, changed("events", 0, title=agenda.replace("\n", " ")),
               write=lambda n, r: quoted)  # fmt: skip


# --- texts
def _texts() -> Iterator[Variant]:
    turn = cycle(("csv-utf8", "wps", "xls", "ods", "json", "openpyxl", "yaml", "csv-gb18030"))
    spellings = {
        "line-break": ("同心\n论坛", "同心 论坛"), "tab": ("同心\t论坛", "同心 论坛"),
        "spaces-around": ("  同心论坛　", "同心论坛"),
        "quotes": ('“同心”"论坛"', '“同心”"论坛"'), "comma": ("论坛,第二场;上午", "论坛,第二场;上午"),
        "formula-like": ("=同心+论坛", "=同心+论坛"), "dash": ("-", "-"), "markup": ("<b>论坛</b>&amp;",
        "<b>论坛</b>&amp;"),
        "rare-character": ("𠮷祥论坛", "𠮷祥论坛"), "emoji": ("论坛🎉", "论坛🎉"), "long": ("论坛" * 1000,
        "论坛" * 1000),
        "a-number": ("2018", "2018"), "looks-like-an-escape": ("_x0041_论坛", None), "zero-width": ("同\u200b心论坛",
        "同心论坛"),
        "full-width": ("ＡＩ论坛", "ＡＩ论坛"), "apostrophe": ("'90后'论坛", "'90后'论坛"), "mid-dot": ("同心·论坛",
        "同心·论坛"),
        "total-like": ("合计", "合计"), "double-space": ("同心  论坛", "同心 论坛"), "nbsp": ("同心\u00a0论坛",
        "同心 论坛"),
    }  # fmt: skip
    for id, (text, stored) in spellings.items():
        how = next(turn)
        if stored is None:
            how, stored = "csv-utf8", text  # a workbook's XML would mean the character
        rows, expected = sheet_of("events"), changed("events", 1, title=stored)
        rows[2][1] = text
        yield good(f"text-{id}", how, rows, expected)
    for how in ("wps", "xls", "ods", "json"):
        rows, expected = sheet_of("events"), changed("events", 0, title="2018")
        rows[1][1] = 2018
        yield good(f"text-as-number-{how}", how, rows, expected)
    attached = [["条目", "是否符合", "佐证文件"], ["章程制度", "是", "章程.pdf"], ["年度审计", "否", None]]
    items: list[Row] = [
        {"item": "charter", "met": True, "file": "attachments/章程.pdf"},
        {"item": "audit", "met": False},
    ]
    for id, said in {"name": "章程.pdf", "path": "attachments/章程.pdf", "backslash": "attachments\\章程.pdf"}.items():
        attached = [attached[0], ["章程制度", "是", said], attached[2]]
        yield good(f"attachment-by-{id}", next(turn), attached, items, table="governance_items",
                   beside={"attachments/章程.pdf": b"%PDF-1.4 made for a test"})  # fmt: skip
    beside = {"材料/章程.pdf": b"%PDF-1.4 made for a test"}
    folder = [attached[0], ["章程制度", "是", "材料/章程.pdf"], attached[2]]
    yield good("attachment-in-another-folder", "xls", folder, [{**items[0], "file": "材料/章程.pdf"}, items[1]],
               table="governance_items", beside=beside)  # fmt: skip
    suggestions = sheet_of("suggestions")
    premises = {"楼宇.csv": w.as_csv([["名称", "建议编号"], ["一号楼", "JY-002"], ["二号楼", None]])}
    for how in ("csv-utf8", "ods"):
        yield good(f"reference-found-{how}", how, suggestions, SUGGESTIONS, table="suggestions", beside=premises,
                   tables={"premises": [{"name": "一号楼", "suggestion": "JY-002"}, {"name": "二号楼"}]})  # fmt: skip
    surveys = sheet_of("surveys")
    yield good("rules-kept", "csv-utf8", surveys, SURVEYS, table="surveys", rules=True)


VARIANTS: tuple[Variant, ...] = (
    *_around(), *_no_records(), *_tables_about(), *_texts(),
)  # fmt: skip
