"""Good variants: how headers name columns and units, in one row or in several."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Any

from tests.support.corpus.good_layouts import BODY, ROWS
from tests.support.corpus.good_merged import merging
from tests.support.corpus.variants import (
    EVENTS,
    FINANCE,
    HEADERS,
    Row,
    Variant,
    column_of,
    good,
    sheet_of,
)

EVENT_HEADERS: dict[str, Sequence[str]] = {
    "english": ("Date", "Title", "Kind", "Participants", "Joint"),
    "lower-case": ("date", "title", "kind", "participants", "joint"),
    "upper-case": ("DATE", "TITLE", "KIND", "PARTICIPANTS", "JOINT"),
    "field-names": ("held", "title", "kind", "participants", "joint"),
    "mixed-languages": ("日期", "Title", "kind", "参加人次", "Joint"),
    "aliases": ("活动日期", "主题", "类型", "参加人次", "是否联合举办"),
    "other-aliases": ("时间", "名称", "类型", "参加人次", "是否联合举办"),
    "spaces-inside": ("日 期", "活 动 名 称", "类　型", "参加 人次", "是否\u00a0联合举办"),
    "line-breaks-inside": ("日期", "活动\n名称", "类型", "参加\n人次", "是否\n联合\n举办"),
    "carriage-returns": ("日期\r\n", "活动\r\n名称", "类型", "参加\r\n人次", "是否联合举办"),
    "full-width": ("Ｄａｔｅ", "Ｔｉｔｌｅ", "Ｋｉｎｄ", "Ｐａｒｔｉｃｉｐａｎｔｓ", "Ｊｏｉｎｔ"),
    "required-marks": ("*日期", "*活动名称", "* 类型", "参加人次*", "是否联合举办＊"),
    "numbered": ("1.日期", "2.活动名称", "3.类型", "4.参加人次", "5.是否联合举办"),
    "numbered-with-commas": ("1、日期", "2、活动名称", "3、类型", "4、参加人次", "5、是否联合举办"),
    "numbered-in-brackets": ("（1）日期", "（2）活动名称", "（3）类型", "（4）参加人次", "（5）是否联合举办"),
    "notes-in-brackets": ("日期（年-月-日）", "活动名称（全称）", "类型（见下拉）", "参加人次（人次）",
    "是否联合举办（是/否）"),
    "half-width-brackets": ("日期(必填)", "活动名称(必填)", "类型(必填)", "参加人次(必填)", "是否联合举办(选填)"),
    "square-brackets": ("日期【必填】", "活动名称【必填】", "类型[必填]", "参加人次[人次]", "是否联合举办"),
    "colons": ("日期：", "活动名称：", "类型：", "参加人次:", "是否联合举办:"),
    "unit-after-a-slash": ("日期", "活动名称", "类型", "参加人次/人次", "是否联合举办"),
    "invisible-characters": ("\u200b日期", "活动\u2060名称", "类型\ufeff", "参加人次\u200d", "是否联合举办"),
    "soft-hyphens": ("Da\u00adte", "Title", "Kind", "Partici\u00adpants", "Joint"),
    "double-notes": ("日期（必填）（年月日）", "活动名称", "类型", "参加人次（单位：人次）", "是否联合举办"),
}  # fmt: skip


def _headers() -> Iterator[Variant]:
    turn = cycle(("csv-utf8", "openpyxl", "ods", "xls", "wps", "csv-gb18030", "xlsxwriter", "html", "csv-utf16le"))
    for id, header in EVENT_HEADERS.items():
        how = next(turn)
        if how == "csv-gb18030" and "\u00ad" in "".join(header):
            how = "csv-utf8"
        yield good(f"header-{id}", how, [list(header), *BODY], EVENTS)
    for id, order in {"reversed": (4, 3, 2, 1, 0), "rotated": (2, 3, 4, 0, 1), "swapped": (1, 0, 2, 3, 4)}.items():
        rows = [[row[at] for at in order] for row in sheet_of("events")]
        yield good(f"columns-{id}", next(turn), rows, EVENTS)
    for word in ("序号", "No.", "NO", "#", "序 号", "编码"):
        rows = [[word, *HEADERS["events"]], *([n, *row] for n, row in enumerate(BODY, 1))]
        said = () if word != "编码" else ("header-unread A1",)
        yield good(f"first-column-{word}", next(turn), rows, EVENTS, *said)
    source = [[*HEADERS["events"], "出处", "备注"], *([*row, "活动台账第3页", None] for row in BODY)]
    expected = [{**row, "source": "活动台账第3页"} for row in EVENTS]
    yield good("source-and-note", next(turn), source, expected)
    yield good("source-by-alias", next(turn), [[*HEADERS["events"], "依据", "说明"], *source[1:]], expected)
    unknown = [[*HEADERS["events"], "活动地点"], *([*row, "一楼大厅"] for row in BODY)]
    yield good("unknown-column", next(turn), unknown, EVENTS, "header-unread F1")
    optional = [["名称"], ["一号楼"], ["二号楼"]]
    yield good(
        "optional-columns-missing", "csv-utf8", optional, [{"name": "一号楼"}, {"name": "二号楼"}], table="premises"
    )
    yield good("header-english-units", "csv-utf8", [["Name", "Area (m²)"], ["一号楼", 100]],
               [{"name": "一号楼", "area": 100}], table="premises")  # fmt: skip
    gap = [[row[0], None, *row[1:]] for row in sheet_of("events")]
    yield good("empty-column-inside", "openpyxl", gap, EVENTS)
    yield good("empty-columns-in-front", "wps", [[None, None, *row] for row in sheet_of("events")], EVENTS)


UNITS: dict[str, tuple[str, Any, Any]] = {
    # header, cell, stored
    "租金收入（万元）": ("租金收入", 12.5, 125_000),
    "租金收入(千元)": ("租金收入", "125", 125_000),
    "租金收入\n（单位：万元）": ("租金收入", "12.5", 125_000),
    "租金收入/万元": ("租金收入", 12.5, 125_000),
    "租金收入（亿元）": ("租金收入", 0.5, 50_000_000),
    "投入资金（元）": ("投入资金", 125_000, 12.5),
    "投入资金（亿元）": ("投入资金", 1.5, 15_000),
    "面积（亩）": ("面积", 3, 2000),
    "面积（万平方米）": ("面积", 1.2, 12_000),
    "面积（公顷）": ("面积", "0.5", 5000),
    "企业数（百家）": ("企业数", "2", 200),
    "租金收入（万）": ("租金收入", 12.5, 125_000),
    "租金收入（人民币万元）": ("租金收入", 12.5, 125_000),
    "租金收入（含税）（万元）": ("租金收入", 12.5, 125_000),
    "（四）租金收入（万元）": ("租金收入", 12.5, 125_000),
}
SAME_UNITS: dict[str, tuple[str, Any, Any]] = {
    "租金收入（元）": ("租金收入", 125_000, 125_000),
    "投入资金（万元）": ("投入资金", 12.5, 12.5),
    "面积（㎡）": ("面积", 1200, 1200),
    "面积（m2）": ("面积", 1200, 1200),
    "面积（平方米）": ("面积", "1200", 1200),
    "出租率（%）": ("出租率", 85.5, 85.5),
    "出租率（％）": ("出租率", "85.5%", 85.5),
    "企业数（家）": ("企业数", 12, 12),
    "企业数（户）": ("企业数", 12, 12),
    "等级（A）": ("等级", 3, 3),
}


def _units() -> Iterator[Variant]:
    turn = cycle(("csv-utf8", "xls", "wps", "ods", "openpyxl"))
    for header, (label, cell, value) in {**UNITS, **SAME_UNITS}.items():
        name = column_of("premises", label).name
        said = ("header-unit B1",) if header in UNITS else ()
        rows = [["名称", header], ["一号楼", cell]]
        yield good(f"unit-{header}", next(turn), rows, [{"name": "一号楼", name: value}], *said, table="premises")
    own = [["名称", "租金收入（万元）"], ["一号楼", "125000元"], ["二号楼", 12.5]]
    both = [{"name": "一号楼", "rent": 125_000}, {"name": "二号楼", "rent": 125_000}]
    yield good("unit-of-the-cell-first", "csv-utf8", own, both, "header-unit B1", table="premises")
    for id, line in {
        "above": "单位：万元",
        "above-in-brackets": "（单位：万元）",
        "above-wide": "金额单位:万元",
    }.items():
        money = [[line], ["预算科目", "预算数", "执行数"], ["活动经费", 12, 11.85], ["办公经费", "4.5", "4.5"]]
        expected = [{"line": "活动经费", "budget": 120_000, "spent": 118_500},
                    {"line": "办公经费", "budget": 45_000, "spent": 45_000}]  # fmt: skip
        yield good(f"unit-{id}", next(turn), money, expected, "header-unit A1", "rows-above 1",
                   table="finance")  # fmt: skip
    groups = [["预算科目", "金额（万元）", None], ["预算科目", "预算数", "执行数"], ["活动经费", 12, 11.85]]
    paid: list[Row] = [{"line": "活动经费", "budget": 120_000, "spent": 118_500}]
    for how in ("csv-utf8", "xls", "ods"):
        above = [["2018年经费"], [None], ["预算科目", "金额（万元）", None]] if how == "ods" else groups[:1]
        yield good(f"unit-of-a-group-{how}", how, [*above, ["预算科目", "预算数", "执行数"], groups[2]], paid,
                   f"header-unit B{len(above)}", "rows-above 1", table="finance")  # fmt: skip
    titled = [["2018年经费情况（万元）"], *groups[1:]]
    titled[1] = ["预算科目", "预算数", "执行数"]
    yield good("unit-in-the-title", "wps", titled, paid, "header-unit A1", "rows-above 1", table="finance")
    two = [[None, "预算（万元）", "执行（元）"], ["预算科目", "预算数", "执行数"], ["活动经费", 12, 118_500]]
    yield good("units-of-two-groups", "openpyxl", two, paid, "header-unit B1", "rows-above 1", table="finance")
    areas = [["单位：㎡、万元"], ["名称", "面积", "租金收入"], ["一号楼", 1200, 12.5]]
    yield good("unit-above-of-two-kinds", "xls", areas, [{"name": "一号楼", "area": 1200, "rent": 125_000}],
               "header-unit A1", "rows-above 1", table="premises")  # fmt: skip
    total = [
        ["预算科目", "预算数（万元）", "执行数（万元）"],
        ["活动经费", 12, 11.85],
        ["办公经费", 4.5, 4.5],
        ["合计", 16.5, 16.35],
    ]
    expected = [{"line": "活动经费", "budget": 120_000, "spent": 118_500},
                {"line": "办公经费", "budget": 45_000, "spent": 45_000}]  # fmt: skip
    yield good(
        "unit-and-total",
        "openpyxl",
        total,
        expected,
        "header-unit B1",
        "header-unit C1",
        "row-total 4",
        table="finance",
    )


# --- headers, units and asides as organisations write them
MARKED: dict[str, Sequence[str]] = {
    "circled-numbers": ("①日期", "②活动名称", "③类型", "④参加人次", "⑤是否联合举办"),
    "letters": ("A.日期", "B.活动名称", "C.类型", "D.参加人次", "E.是否联合举办"),
    "numerals": ("一、日期", "二、活动名称", "（三）类型", "4）参加人次", "五、是否联合举办"),
    "stars": ("★日期", "☆活动名称", "●类型", "※参加人次", "是否联合举办★"),
    "title-marks": ("日期", "《活动名称》", "“类型”", "参加人次〔人次〕", "是否联合举办？"),
    "other-brackets": ("日期<必填>", "活动名称〈全称〉", "类型｛下拉｝", "参加人次〔人次〕", "【是否联合举办】"),
    "brackets-in-brackets": ("日期（格式：年-月-日（如2018-03-02））", "活动名称", "类型",
    "参加人次（单位：人次（含线上））",
                             "是否联合举办（是/否（必填））"),
    "unit-after-a-space": ("日期", "活动名称", "类型", "参加人次 单位：人次", "是否联合举办"),
    "unit-after-a-comma": ("日期", "活动名称", "类型", "参加人次，人次", "是否联合举办"),
    "unit-right-behind": ("日期", "活动名称", "类型", "参加人次人次", "是否联合举办"),
}  # fmt: skip
UNITS_SAID: dict[str, tuple[str, Any, Any]] = {
    # header, cell, stored: each is converted
    "租金收入（万元，保留两位小数）": ("租金收入", 12, 120_000),
    "租金收入（含税，万元）": ("租金收入", 12, 120_000),
    "租金收入（单位：万元，税后）": ("租金收入", 12, 120_000),
    "租金收入（万元/年）": ("租金收入", 12, 120_000),
    "租金收入（税前/万元）": ("租金收入", 12, 120_000),
    "租金收入（以万元计）": ("租金收入", 12, 120_000),
    "租金收入（折合万元）": ("租金收入", 12, 120_000),
    "租金收入（￥万元）": ("租金收入", 12, 120_000),
    "租金收入（RMB万元）": ("租金收入", 12, 120_000),
    "租金收入(萬元)": ("租金收入", 12, 120_000),
    "租金收入（万 元）": ("租金收入", 12, 120_000),
    "租金收入〔万元〕": ("租金收入", 12, 120_000),
    "租金收入<万元>": ("租金收入", 12, 120_000),
    "租金收入 万元": ("租金收入", 12, 120_000),
    "租金收入：万元": ("租金收入", 12, 120_000),
    "租金收入-万元": ("租金收入", 12, 120_000),
    "租金收入（K元）": ("租金收入", 12, 12_000),
    "租金收入（万元（含税））": ("租金收入", 12, 120_000),
    "面积（建筑面积，亩）": ("面积", 3, 2000),
    "面积（万㎡，建筑面积）": ("面积", 1.2, 12_000),
    "企业数（规模以上，百家）": ("企业数", 2, 200),
}
SAME_SAID: dict[str, tuple[str, Any, Any]] = {
    "租金收入（元/年）": ("租金收入", 12, 12),
    "租金收入（元，含2018年万达一期）": ("租金收入", 12, 12),
    "租金收入（单元）": ("租金收入", 12, 12),
    "企业数（规模以上，家）": ("企业数", 12, 12),
    "出租率（百分比）": ("出租率", 85.5, 85.5),
    "出租率（%，年末）": ("出租率", 85.5, 85.5),
    "面积（含地下，平方米）": ("面积", 1200, 1200),
}
MONEY_IN_UNITS = [["预算科目", "预算数", "执行数"], ["活动经费", 12, 11.85]]
PAID: Sequence[Row] = [{"line": "活动经费", "budget": 120_000, "spent": 118_500}]
LINES: dict[str, tuple[Sequence[Any], str]] = {
    "bracket-left": (["（万元）"], "A1"),
    "bracket-right": ([None, None, "（万元）"], "C1"),
    "word-in-brackets": ([None, None, "单位（万元）"], "C1"),
    "bare": ([None, "万元"], "B1"),
    "title-beside": (["经费情况", None, "（万元）"], "C1"),
    "title-in-the-middle": ([None, "2018年经费（万元）"], "B1"),
    "spaced": (["单 位：万元"], "A1"),
    "ratio-sign": (["单位∶万元"], "A1"),
    "space-for-a-colon": (["单位  万元"], "A1"),
    "amounts": (["金额：万元"], "A1"),
    "decimals": (["单位：万元（保留两位小数）"], "A1"),
    "then-a-date": (["单位：万元   填报日期：2018-12-31"], "A1"),
    "organisation-beside": (["单位：某街道办", None, "单位：万元"], "C1"),
    "traditional": (["單位：萬元", "（萬元）"], "B1"),
}
FINANCE_ONE = [["预算科目", "预算数", "执行数"], ["活动经费", 120_000, 118_500.5]]
FINANCE_FIRST = FINANCE[:1]
GUIDES: dict[str, Sequence[Any]] = {
    "stem": ["甲", 1, 2], "stem-as-text": ["甲", "1", "2"], "word": ["栏次", "1", "2"], "numbers": [1, 2, 3],
    "letters": ["A", "B", "C"], "brackets": ["甲", "（1）", "（2）"], "formula": ["1", "2", "3=1+2"],
    "dash": ["—", "1", "2"], "units": [None, "（元）", "（元）"], "bare-units": ["计量单位", "元", "元"],
    "hints": ["填科目全称", "填数字", "保留两位小数"],
}  # fmt: skip


def _as_written() -> Iterator[Variant]:
    turn = cycle(("csv-utf8", "openpyxl", "ods", "xls", "wps", "csv-gb18030"))
    for id, header in MARKED.items():
        said = ("header-qualified D1",) if "含" in header[3] else ()
        yield good(f"header-{id}", next(turn), [list(header), *BODY], EVENTS, *said)
    for header, (label, cell, value) in {**UNITS_SAID, **SAME_SAID}.items():
        rows, name = [["名称", header], ["一号楼", cell]], column_of("premises", label).name
        said = ("header-unit B1",) if header in UNITS_SAID else ()
        said += ("header-qualified B1",) if any(word in header for word in ("规模以上", "含地下", "单元")) else ()
        yield good(f"unit-said-{header}", next(turn), rows, [{"name": "一号楼", name: value}], *said, table="premises")
    people: Row = {"held": "2018-03-02", "title": "培训班", "kind": "training", "participants": 12_000, "joint": False}
    for unit in ("万人次，含线上", "含线上，单位：万人次", "万"):
        rows = [
            ["日期", "活动名称", "类型", f"参加人次（{unit}）", "是否联合举办"],
            ["2018-03-02", "培训班", "培训", 1.2, "否"],
        ]
        said = ("header-qualified D1",) if "含" in unit else ()
        yield good(f"people-in-{unit}", next(turn), rows, [people], "header-unit D1", *said)
    for id, (line, at) in LINES.items():
        yield good(f"unit-line-{id}", next(turn), [line, *MONEY_IN_UNITS], PAID, f"header-unit {at}", "rows-above 1",
                   table="finance")  # fmt: skip
    own = [["（万元）"], ["预算科目", "预算数（万元）", "执行数（元）"], ["活动经费", 12, 118_500]]
    yield good("unit-line-and-own-units", "xls", own, PAID, "header-unit B2", "rows-above 1", table="finance")
    for id, note in {
        "note": "注：金额单位为万元",
        "line": "单位：万元",
        "of-the-table": "备注：本表单位：万元",
    }.items():
        yield good(f"unit-below-{id}", next(turn), [*MONEY_IN_UNITS, [note]], PAID, "row-remark 3", "header-unit A3",
                   table="finance")  # fmt: skip
    apart = [["预算科目", "预算（万元）", None], [None, "预算数", "执行数"], MONEY_IN_UNITS[1]]
    for how in ("csv-utf8", "openpyxl"):
        yield good(f"unit-of-a-group-not-merged-{how}", how, apart, PAID, "header-unit B1", table="finance")
    yield good("an-organisation-named-like-a-unit", "csv-utf8", [["单位：万达广场管理公司"], *FINANCE_ONE],
               FINANCE_FIRST,
               "rows-above 1", table="finance")  # fmt: skip
    for id, row in GUIDES.items():
        rows = [FINANCE_ONE[0], row, FINANCE_ONE[1]]
        yield good(f"below-the-header-{id}", next(turn), rows, [{**FINANCE[0], "@": 3}], "row-guide 2", table="finance")
    numbered = [["序号", *FINANCE_ONE[0]], [None, "甲", "（1）", "（2）"], [1, *FINANCE_ONE[1]]]
    yield good("below-the-header-beside-row-numbers", "xls", numbered, FINANCE_FIRST, "row-guide 2", table="finance")
    hints = [ROWS[0], ["填写年月日", "全称", "下拉选择", "整数", "是/否"], *BODY]
    yield good("below-the-header-hints-of-every-kind", "wps", hints, EVENTS, "row-guide 2")
    yield good("stems-for-names", "csv-utf8", [["名称", "企业数"], ["甲", 1], ["乙", 2]],
               [{"name": "甲", "tenants": 1}, {"name": "乙", "tenants": 2}], table="premises")  # fmt: skip
    yield good("a-stem-beside-a-row-number", "csv-utf8", [["序号", "名称", "企业数"], [1, "甲", 2]],
               [{"name": "甲", "tenants": 2}], table="premises")  # fmt: skip
    yield from _levels()


def _levels() -> Iterator[Variant]:
    building: list[Row] = [{"name": "一号楼", "area": 100, "share": 85.5, "opened": "2017-05-01"}]
    two = [
        ["名称", "基本情况", None, "启用日期"],
        [None, "面积（㎡）", "出租率（%）", None],
        ["一号楼", 100, 85.5, "2017-05-01"],
    ]
    for how in ("csv-utf8", "openpyxl", "xls", "ods"):
        yield good(f"two-levels-not-merged-{how}", how, two, building, table="premises")
    titled = [["2018年楼宇情况"], *two]
    yield good("two-levels-below-a-title", "csv-utf8", titled, building, "rows-above 1", table="premises")
    for id, write in merging("B1:C1", (0, 0, 1, 2)).items():
        yield good(f"two-levels-group-merged-{id}", id, two, building, table="premises", write=write)
    numbered = [["序号", *two[0]], [None, *two[1]], [1, *two[2]]]
    yield good("two-levels-beside-row-numbers", "xls", numbered, building, table="premises")
    beside = [
        ["序号", "基本信息", None, None, "人数", "联合"],
        [None, *ROWS[0]],
        *([n, *row] for n, row in enumerate(BODY, 1)),
    ]
    yield good("row-numbers-beside-groups", "csv-utf8", beside, EVENTS, "rows-above 1")
    units = [["名称", "面积", "租金收入"], [None, "（㎡）", "（万元）"], ["一号楼", 100, 12]]
    for id, write in merging("A1:A2", (0, 1, 0, 0)).items():
        yield good(f"units-below-names-{id}", id, units, [{"name": "一号楼", "area": 100, "rent": 120_000}],
                   "cells-merged A1", "row-guide 2", "header-unit C1", table="premises", write=write)  # fmt: skip
    inner = [["名称", "企业数", None], [None, None, "其中：主导"], ["一号楼", 10, 6]]
    for id, write in merging("A1:A2 B1:B2", (0, 1, 0, 0), (0, 1, 1, 1)).items():
        yield good(f"part-of-a-column-{id}", id, inner, [{"name": "一号楼", "tenants": 10}], "cells-merged A1",
                   "cells-merged B1", "rows-above 1", "header-unread C2", table="premises", write=write)  # fmt: skip


VARIANTS: tuple[Variant, ...] = (*_headers(), *_units(), *_as_written())
