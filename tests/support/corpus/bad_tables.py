"""Bad variants: headers, rows that don't go together, and what identifies a person, wherever it stands."""

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.utils import range_boundaries

from tests.support import writers as w
from tests.support.corpus.variants import CONTAINERS, HEADERS, Mark, Variant, bad, sheet_of, spelled
from tests.support.writers import Raw, Rows, Wps

ROWS = sheet_of("events")
BODY = ROWS[1:]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(first: str) -> str:
    """A made-up resident ID number: 17 digits and the check digit of GB 11643-1999."""
    return first + "10X98765432"[sum(int(d) * f for d, f in zip(first, _WEIGHTS, strict=True)) % 11]


def card(first: str) -> str:
    """A made-up card number: the digits and the check digit of ISO/IEC 7812."""
    digits = [int(digit) for digit in reversed(first)]
    total = sum(digits[1::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[::2])
    return first + str(-total % 10)


ID = identity("41010519900101123")
ID_WITH_X = next(each for n in range(100, 999) if (each := identity(f"41010519851231{n}")).endswith("X"))
CARD = card("622202123456789012")
MOBILE = "13812345678"


def _qualified() -> Iterator[Variant]:
    """Headers whose brackets may make the column another one."""
    for said in ("（计划）", "（上年）", "(目标)", "（不含线上）", "[平均]"):
        rows = sheet_of("events")
        rows[0][3] += said
        code = "header-year" if said == "（上年）" else "header-qualified"
        yield bad(f"header-qualified-{said.strip('（）()[]')}", "csv-utf8", rows, f"{code} D1")
    rows = sheet_of("events")
    rows[0][3] = f"【作废】{rows[0][3]}"
    yield bad("header-qualified-before", "xls", rows, "header-qualified D1")


def _headers() -> Iterator[Variant]:
    yield from _qualified()
    turn = cycle(("csv-utf8", "openpyxl", "xls", "ods", "wps", "json", "csv-gb18030", "html", "yaml"))
    for table in ("events", "suggestions", "surveys"):
        for at, header in enumerate(HEADERS[table]):
            if header in ("答复日期", "佐证文件"):
                continue
            how = next(turn)
            rows = [row[:at] + row[at + 1 :] for row in sheet_of(table)]
            place = "header-missing" if CONTAINERS[how].records else "header-missing 1"
            yield bad(f"missing-{table}-{header}", how, rows, place, table=table)
    for how in ("csv-utf8", "openpyxl", "xls", "ods"):
        rows = [[*ROWS[0], "参加人次"], *([*row, 1] for row in BODY)]
        yield bad(f"twice-{how}", how, rows, "header-duplicate F1")
    rows = [[*ROWS[0], "Participants"], *([*row, 1] for row in BODY)]
    yield bad("twice-in-two-languages", "wps", rows, "header-duplicate F1")
    for word in ("姓名", "姓名及联系电话", "身份证号", "手机号码", "性别", "家庭住址", "出生日期", "学员姓名", "民族",
                 "政治面貌", "Full name", "Mobile", "ID number", "职称", "本人签字", "学历"):  # fmt: skip
        how = next(turn)
        rows = [[*ROWS[0], word], *([*row, "某"] for row in BODY)]
        yield bad(f"person-{word}", how, rows, "header-person F1")
    for word, cell in {"租金收入（㎡）": "租金收入", "面积（万元）": "面积", "企业数（元）": "企业数",
                       "出租率（家）": "出租率",
                       "投入资金（人）": "投入资金", "参加人次（天）": "参加人次"}.items():  # fmt: skip
        table = "events" if cell == "参加人次" else "premises"
        rows = [[word if each == cell else each for each in HEADERS[table]], *sheet_of(table, rows=())[1:]]
        rows = rows if table == "premises" else [rows[0], *BODY]
        column = w.letter(rows[0].index(word))
        body = [["一号楼", *([None] * 8)]] if table == "premises" else []
        yield bad(f"unit-{word}", "xls", [*rows, *body], f"header-unit-differs {column}1", table=table)
    for how in ("csv-utf8", "openpyxl", "ods", "xls"):
        yield bad(f"no-header-{how}", how, BODY, "sheet-no-header")
    yield bad("header-too-far-down", "csv-utf8", [[f"第{n}条"] for n in range(31)] + ROWS, "sheet-no-header")
    yield bad("other-table", "wps", [["甲", "乙"], [1, 2]], "sheet-no-header")
    yield bad("only-a-title", "openpyxl", [["活动台账"]], "sheet-no-header")


def _rows() -> Iterator[Variant]:
    suggestions = sheet_of("suggestions")
    for how in ("csv-utf8", "openpyxl", "xls", "ods"):
        yield bad(f"number-twice-{how}", how, [*suggestions, suggestions[1]], "row-duplicate A4", table="suggestions")
    spaced = [*suggestions, [" JY-001 ", *suggestions[2][1:]]]
    yield bad("number-twice-with-spaces", "csv-utf8", spaced, "row-duplicate A4", table="suggestions")
    wide = [*suggestions, ["ＪＹ－００１", *suggestions[2][1:]]]
    yield bad("number-twice-full-width", "wps", wide, "row-duplicate A4", table="suggestions")
    two = {"建议.csv": w.as_csv(suggestions), "建议2.csv": w.as_csv([suggestions[0], suggestions[2]])}
    yield Variant("number-twice-in-two-files", lambda: two, good=False,
                  said=frozenset({Mark("sources-which", "建议2.csv")}))  # fmt: skip
    items = [["条目", "是否符合"], ["章程制度", "是"], ["charter", "是"]]
    yield bad("item-twice-in-two-languages", "xls", items, "row-duplicate A3", table="governance_items")
    yield bad("row-repeated", "csv-utf8", [*ROWS, BODY[0]], "row-repeated 5")
    for id, text in {"unknown": "JY-003", "near": "JY-01", "other": "建议一"}.items():
        beside = {"楼宇.csv": w.as_csv([["名称", "建议编号"], ["一号楼", text], ["二号楼", "JY-002"]])}
        made = bad(f"reference-{id}", "csv-utf8", suggestions, table="suggestions", beside=beside)
        yield Variant(
            made.id, made.files, said=frozenset({Mark("cell-reference", "楼宇.csv", None, 2, "B")}), good=False
        )
    for id, cell in {"missing": "章程.pdf", "wrong-suffix": "章程.PDF", "outside": "../章程.pdf", "web": "https://example.org/a",
                     "word": "见附件", "folder": "attachments"}.items():  # fmt: skip
        rows = [["条目", "是否符合", "佐证文件"], ["章程制度", "是", cell]]
        yield bad(f"attachment-{id}", "xls", rows, "cell-attachment C2", table="governance_items")
    more = spelled("surveys", "满意份数", 300, 3)
    yield bad("more-satisfied-than-answered", "csv-utf8", more, "check-failed B3", table="surveys", rules=True)
    yield bad("more-satisfied-in-a-workbook", "wps", spelled("surveys", "满意份数", "201", 2), "check-failed B2",
              table="surveys", rules=True)  # fmt: skip
    wider = w.as_csv(ROWS).replace(b"120,", b"1,200,")
    yield bad("thousands-unquoted", "csv-utf8", ROWS, "row-wider 2", "cell-flag E2", write=lambda n, r: wider)
    yield bad("one-separator-too-many", "csv-utf8", [ROWS[0], [*BODY[0], "多余"], *BODY[1:]], "row-wider 2")
    yield bad("cells-outside", "openpyxl", [ROWS[0], [*BODY[0], None, "见备注"], *BODY[1:]], "cells-beyond G2")
    merged = [ROWS[0], BODY[0], [*BODY[1][:3], None, BODY[1][4]], BODY[2]]
    for id, write in _merging("D2:D3").items():
        yield bad(f"number-merged-{id}", id, merged, "cell-merged D3", write=write)
    signed = [*ROWS, ["填表人：办公室", None, None, 120, None]]
    yield bad("a-figure-beside-a-signature", "csv-utf8", signed, "row-unclear 5")
    half = [*ROWS, ["2018-12-01", "年终总结会", None, None, None]]
    yield bad("half-a-row", "xls", half, "cell-required C5", "cell-required D5", "cell-required E5")
    unnamed = [*ROWS, [None, None, None, 45, None]]
    yield bad("a-figure-alone", "ods", unnamed, *(f"cell-required {c}5" for c in "ABCE"))
    totals = [*sheet_of("finance"), ["合计", 173_000, 163_000]]
    for how in ("csv-utf8", "openpyxl", "xls", "ods", "wps"):
        yield bad(f"total-differs-{how}", how, totals, "row-total-differs C5", table="finance")
    inner = sheet_of("finance")
    inner[2:2] = [["小计", 120_001, 118_500.5]]
    yield bad("subtotal-differs", "csv-utf8", inner, "row-total-differs B3", table="finance")


def _merging(*areas: str) -> Mapping[str, Callable[[str, Rows], bytes]]:
    """Ways to write a workbook with merged cells."""

    def by_openpyxl(book: openpyxl.Workbook) -> None:
        for area in areas:
            book.worksheets[0].merge_cells(area)

    def by_xlwt(book: Any) -> None:
        for left, top, right, bottom in map(range_boundaries, areas):
            book.get_sheet(0).merged_ranges.append((top - 1, bottom - 1, left - 1, right - 1))

    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    below = f'<mergeCells count="{len(areas)}">{cells}</mergeCells>'
    return {
        "openpyxl": lambda name, rows: w.by_openpyxl({name: rows}, by_openpyxl),
        "wps": lambda name, rows: Wps(below=below).book({name: rows}),
        "xls": lambda name, rows: w.by_xlwt({name: rows}, by_xlwt),
    }


def _unclear() -> Iterator[Variant]:
    """What may mean two things is said, never taken for one of them."""
    turn = cycle(("csv-utf8", "openpyxl", "xls", "ods", "wps", "csv-gb18030"))
    headers = {
        "租金收入（美元）": "租金收入", "租金收入（精确到0.01万元）": "租金收入",
        "租金收入（元/㎡）": "租金收入", "租金收入（元、万元）": "租金收入",
        "租金收入（w元）": "租金收入", "面积（亩/㎡）": "面积", "面积（英亩）": "面积",
        "企业数（千余）": "企业数", "出租率（小数）": "出租率",
        "租金收入（含100万以上）": "租金收入",
    }  # fmt: skip
    for header in headers:
        rows = [["名称", header], ["一号楼", 12]]
        yield bad(f"unclear-unit-{header}", next(turn), rows, "header-unit-unclear B1", table="premises")
    paid = [["预算科目", "预算数", "执行数"], ["活动经费", 12, 11.85]]
    for line in ("单位：元/万元", "单位：万美元", "单位：元、万元"):
        yield bad(f"unclear-unit-above-{line}", next(turn), [[line], *paid], "header-unit-unclear A1", table="finance")
    for id, note in {"of-one-column": "注：其中预算数以万元计", "in-words": "注：上表单位除执行数外为万元"}.items():
        yield bad(f"unclear-unit-below-{id}", next(turn), [*paid, [note]], "header-unit-unclear A3", table="finance")
    stated = [["预算科目", "预算数（元）", "执行数（元）"], paid[1], ["单位：万元"]]
    yield bad("unit-below-and-another-in-the-header", "xls", stated, "header-unit-unclear A3", table="finance")
    years = [["名称", "企业数", None], [None, 2017, 2018], ["一号楼", 10, 12]]
    for id, write in _merging("A1:A2", "B1:C1").items():
        yield bad(f"years-under-a-column-{id}", id, years, "header-parted B1", table="premises", write=write)
    halves = [["名称", "企业数", None], [None, "上半年", "下半年"], ["一号楼", 10, 12]]
    for how in ("csv-utf8", "openpyxl", "ods"):
        yield bad(f"halves-under-a-column-{how}", how, halves, "header-parted B1", table="premises")
        yield bad(f"years-under-a-column-not-merged-{how}", how, years, "header-parted B1", table="premises")
    person = [["名称", "联系", None], [None, "姓名", "职务"], ["一号楼", "某", "某"]]
    for how in ("csv-utf8", "xls"):
        yield bad(f"person-below-a-group-{how}", how, person, "header-person B2", table="premises")
    for id, write in _merging("A1:A2", "B1:C1").items():
        yield bad(f"person-below-a-merged-group-{id}", id, person, "header-person B2", table="premises", write=write)
    money = sheet_of("finance")
    for row, code in ((["填表人：办公室", 100, None], "row-unclear 5"), (["注：含税", 100, 90], "row-unclear 5"),
                      (["共3条", 3, None], "row-unclear 5")):  # fmt: skip
        yield bad(f"a-remark-with-figures-{row[0]}", next(turn), [*money, row], code, table="finance")
    yield bad(
        "a-part-of-nothing", "csv-utf8", [money[0], ["其中：财政", 1, 1], *money[1:]], "row-unclear 2", table="finance"
    )
    index = [["名称", "企业数"], ["甲", 1], ["丙", 3]]
    yield bad("an-index-or-a-name", "csv-utf8", index, "row-unclear 2", table="premises")
    heading = [["名称", "面积"], ["一、商务楼宇", None], ["一号楼", 100]]
    yield bad("like-a-heading", "xls", heading, "row-like-heading 2", table="premises")
    note = "示例行，不会被读取；从下一行填起"
    half = [[*ROWS[0], "备注"], ["2018-03-02", "示例", "主题活动", 12, "是", note], *([*row, None] for row in BODY)]
    yield bad("example-row-half-filled", "openpyxl", half, "row-unclear 2")
    own = [[*ROWS[0], "备注"], [*BODY[0], "示例行，请删除"], *([*row, None] for row in BODY[1:])]
    yield bad("an-example-of-their-own", "csv-utf8", own, "row-unclear 2")
    yield from _beside_and_turned()


def _beside_and_turned() -> Iterator[Variant]:
    """Tables side by side, turned, or in no sheet at all."""
    money = sheet_of("finance")
    side = [[*one, None, *other] for one, other in zip(ROWS, money, strict=True)]
    for how in ("csv-utf8", "openpyxl", "xls"):
        yield bad(f"two-tables-side-by-side-{how}", how, side, "sheet-beside G1")
    columns = [["名称", "面积", None, "名称", "面积"], ["一号楼", 100, None, "三号楼", 300]]
    yield bad("a-table-in-two-blocks", "ods", columns, "sheet-beside D1", table="premises")
    turned = [[header, *(row[at] for row in BODY)] for at, header in enumerate(ROWS[0])]
    for how in ("csv-utf8", "openpyxl", "xls"):
        yield bad(f"turned-{how}", how, turned, "sheet-turned A1")
    form = [["楼宇情况表"], ["名称", "一号楼"], ["面积（㎡）", 100], ["出租率（%）", 85.5]]
    yield bad("a-form", "wps", form, "sheet-turned A2", table="premises")
    yield bad("a-form-in-two-columns", "xls", [["名称", "一号楼", "面积（㎡）", 100], ["出租率（%）", 85.5,
               "启用日期", "2017-05-01"]],
              "sheet-turned A1", table="premises")  # fmt: skip
    for suffix, book in {".xlsx": w.by_openpyxl, ".ods": w.as_ods}.items():
        sheets: dict[str, Rows] = {"封面": [["2018年度活动台账"]], "数据": BODY}
        said = {Mark("sheet-no-header", f"活动{suffix}", sheet) for sheet in sheets}
        yield Variant(f"no-sheet-has-the-table{suffix}", lambda b=book, s=suffix, p=sheets: {f"活动{s}": b(p)},
                      said=frozenset(said), good=False)  # fmt: skip


# --- persons

PERSONAL: Mapping[str, tuple[str, str]] = {
    "identity": (f"联系 {ID}", "cell-identity"),
    "identity-with-x": (f"编号{ID_WITH_X}。", "cell-identity"),
    "identity-lower-x": (ID_WITH_X.lower(), "cell-identity"),
    "identity-spaced": (f"{ID[:6]} {ID[6:14]} {ID[14:]}", "cell-identity"),
    "identity-full-width": (ID.translate({ord(d): ord(d) - 48 + 0xFF10 for d in "0123456789"}), "cell-identity"),
    "identity-invisible-parted": (f"{ID[:9]}\u200b{ID[9:]}", "cell-identity"),
    "mobile-labelled": (f"联系电话：{MOBILE}", "cell-mobile"),
    "mobile-parted": ("138-1234-5678", "cell-mobile"),
    "mobile-spaced": ("138 1234 5678", "cell-mobile"),
    "mobile-parted-beside-words": ("报名 138 1234 5678", "cell-mobile-like"),
    "mobile-of-no-prefix": ("142-1234-5678", "cell-mobile-like"),
    "mobile-after-86": (f"86-{MOBILE}", "cell-mobile-like"),
    "document-with-a-year": ("153-2018-0001", "cell-mobile-like"),
    "document-in-words": ("文件编号153-2018-0001", "cell-mobile-like"),
    "three-numbers-of-people": ("三次分别为150 1200 1300人", "cell-mobile-like"),
    "mobile-international": (f"+86{MOBILE}", "cell-mobile"),
    "mobile-full-width": ("手机１３８１２３４５６７８", "cell-mobile"),
    "mobile-bare": (f"项目{MOBILE}", "cell-mobile-like"),
    "card": (f"账号{CARD}", "cell-card-like"),
    "card-spaced": (" ".join(CARD[at : at + 4] for at in range(0, len(CARD), 4)), "cell-card-like"),
    "passport": ("护照 E12345678", "cell-passport-like"),
    "passport-new": ("护照号EA1234567", "cell-passport-like"),
}  # fmt: skip
"""Texts that hold a number of a person, all made up."""


def _persons() -> Iterator[Variant]:
    turn = cycle(
        ("csv-utf8", "openpyxl", "xls", "ods", "wps", "csv-gb18030", "xlsxwriter", "et", "html", "csv-utf16le")
    )
    for id, (text, code) in PERSONAL.items():
        yield bad(f"personal-{id}", next(turn), spelled("events", "活动名称", text, 3), f"{code} B3")
    for how in ("json", "yaml"):
        yield bad(f"personal-{how}", how, spelled("events", "活动名称", f"联系 {ID}", 3), "cell-identity B3")
    unused = [[*ROWS[0], "登记号"], [*BODY[0], ID], *([*row, None] for row in BODY[1:])]
    for how in ("csv-utf8", "wps", "xls", "ods"):
        yield bad(f"personal-in-an-unused-column-{how}", how, unused, "cell-identity F2")
    beyond = [ROWS[0], [*BODY[0], None, f"电话{MOBILE}"], *BODY[1:]]
    yield bad("personal-beyond-the-table", "openpyxl", beyond, "cell-mobile G2", "cells-beyond G2")
    above = [[f"填报人 {MOBILE} 电话{MOBILE}"], *ROWS]
    yield bad("personal-above", "xls", above, "cell-mobile A1", "cell-mobile-like A1")
    below = [*ROWS, [f"联系电话：{MOBILE}"]]
    yield bad("personal-below", "csv-utf8", below, "cell-mobile A5")
    total = [*ROWS, ["合计", f"电话{MOBILE}", None, 1806, None]]
    yield bad("personal-in-a-total", "ods", total, "cell-mobile B5")
    header = [[*ROWS[0], f"登记{ID}"], *([*row, 1] for row in BODY)]
    yield bad("personal-in-the-header", "wps", header, "cell-identity F1")
    for how in ("openpyxl", "xls", "ods", "json"):
        rows = [[*ROWS[0], "登记号"], [*BODY[0], float(ID[:17] + "0")], *([*row, None] for row in BODY[1:])]
        yield bad(f"personal-as-a-number-{how}", how, rows, "cell-identity F2")
    as_number = [[*ROWS[0], "登记号"], [*BODY[0], int(MOBILE)], *([*row, None] for row in BODY[1:])]
    yield bad("mobile-as-a-number", "xls", as_number, "cell-mobile-like F2")
    yield bad(
        "people-that-look-like-a-mobile",
        "wps",
        spelled("events", "参加人次", int(MOBILE), 3),
        "cell-mobile-like D3",
        "cell-number D3",
    )
    hidden = spelled("events", "活动名称", f"联系 {ID}", 3)
    yield bad("personal-in-a-hidden-row", "wps", hidden, "cell-identity B3", "rows-hidden 3",
              write=lambda n, r: Wps(hidden_rows=(3,)).book({n: r}))  # fmt: skip
    yield from _persons_around()


def _alone(id: str, files: Callable[[], Mapping[str, bytes]], *marks: Mark, info: bool = True) -> Variant:
    return Variant(f"personal-{id}", files, said=frozenset(marks), good=False, info=info)


def _owned(**properties: str) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        for name, value in properties.items():
            setattr(book.properties, name, value)

    return change


def _persons_around() -> Iterator[Variant]:
    books: dict[str, tuple[str, Callable[[Mapping[str, Rows]], bytes]]] = {
        "openpyxl": (".xlsx", w.by_openpyxl), "xls": (".xls", w.by_xlwt), "ods": (".ods", w.as_ods), "wps": (".xlsx",
        Wps().book),
    }  # fmt: skip
    for id, (suffix, book) in books.items():
        sheets = {"活动": ROWS, f"联系人{MOBILE}": [["甲"]]}  # a word for telephones before it: surely one
        masked = f"联系人{MOBILE[:3]}******{MOBILE[-2:]}"
        yield _alone(f"sheet-name-{id}", lambda s=suffix, b=book, p=sheets: {f"数据{s}": b(p)},
                    Mark("sheet-personal", f"数据{suffix}", masked))  # fmt: skip
        other = {"活动": ROWS, "Sheet2": [["负责人电话", MOBILE], ["编号", ID]]}
        yield _alone(f"other-sheet-{id}", lambda s=suffix, b=book, p=other: {f"数据{s}": b(p)},
                    Mark("sheet-unknown", f"数据{suffix}", "Sheet2"), Mark("cell-identity", f"数据{suffix}", "Sheet2",
                    2, "B"),
                    Mark("cell-mobile-like", f"数据{suffix}", "Sheet2", 1, "B"))  # fmt: skip

    for name in ("creator", "title", "keywords", "description", "lastModifiedBy"):
        change = _owned(**{name: f"某 {ID}"})
        yield _alone(f"property-{name}", lambda c=change: {"活动.xlsx": w.by_openpyxl({"活动": ROWS}, c)},
                    Mark("property-personal", "活动.xlsx"))  # fmt: skip
    custom = ('<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="电话"><vt:lpwstr>'
              f"+86{MOBILE}</vt:lpwstr></property>")  # fmt: skip
    yield _alone("property-custom", lambda: {"活动.xlsx": Wps(properties=custom).book({"活动": ROWS})},
                Mark("property-personal", "活动.xlsx"))  # fmt: skip
    meta = f"<dc:creator>某 {ID}</dc:creator>"
    yield _alone("property-ods", lambda: {"活动.ods": w.as_ods({"活动": ROWS}, meta=meta)},
                Mark("property-personal", "活动.ods"))  # fmt: skip
    yield _alone("property-xml2003", lambda: {"活动.xls": w.as_xml2003({"活动": ROWS}, author=f"某 {ID}")},
                Mark("property-personal", "活动.xls"))  # fmt: skip
    noted = f'<Data ss:Type="String">a</Data><Comment><ss:Data><html:B>{ID[:8]}</html:B>{ID[8:]}</ss:Data></Comment>'
    yield _alone("comment-xml2003",
                lambda: {"活动.xls": w.as_xml2003({"活动": [*ROWS, [*ROWS[1][:1], Raw(noted), *ROWS[1][2:]]]})},
                Mark("property-personal", "活动.xls"))  # fmt: skip
    said = (f"<office:annotation><dc:creator>某</dc:creator><dc:date>2018-12-01T00:00:00</dc:date><text:p>{ID}</text:p>"
            "</office:annotation><text:p>讲座</text:p>")  # fmt: skip
    annotated = Raw(f'<table:table-cell office:value-type="string">{said}</table:table-cell>')
    more = [*ROWS, [*ROWS[1][:1], annotated, *ROWS[1][2:]]]
    yield _alone("property-fods", lambda: {"活动.fods": w.flat_ods(w.as_ods({"活动": ROWS}, meta=meta))},
                 Mark("property-personal", "活动.fods"))  # fmt: skip
    yield _alone("comment-fods", lambda: {"活动.fods": w.flat_ods(w.as_ods({"活动": more}))},
                 Mark("property-personal", "活动.fods"))  # fmt: skip
    yield _alone("comment-ods", lambda: {"活动.ods": w.as_ods({"活动": more})},
                Mark("property-personal", "活动.ods"))  # fmt: skip
    yield from _persons_in_names()


def _persons_in_names() -> Iterator[Variant]:
    """In the names of files and sheets, in properties and attachments."""
    money = w.as_csv(sheet_of("finance"))
    names = {"identity": f"活动{ID}.csv", "mobile": f"活动+86{MOBILE}.csv", "folder": f"{ID}/活动.csv"}
    for id, name in names.items():
        hidden = name.replace(ID, f"{ID[:3]}{'*' * 13}{ID[-2:]}").replace(f"+86{MOBILE}", f"+86{'*' * 9}{MOBILE[-2:]}")
        yield _alone(f"file-name-{id}", lambda n=name: {n: w.as_csv(ROWS), "经费预算.csv": money},
                    Mark("name-personal", hidden), Mark("name-personal", hidden.partition("/")[0]))  # fmt: skip
    for id, before, digits in (("mobile", "", MOBILE), ("card", "", CARD), ("passport", "护照", "E12345678")):
        number, masked = f"{before}{digits}", f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"
        hidden = f"活动-{before}{masked}"
        yield _alone(f"like-file-name-{id}", lambda n=number: {f"活动-{n}.csv": w.as_csv(ROWS), "经费预算.csv": money},
                    Mark("name-personal-like", f"{hidden}.csv"))  # fmt: skip
        yield _alone(f"like-file-name-in-an-archive-{id}",
                    lambda n=number: {"材料.zip": w.as_zip({f"活动-{n}.csv": w.as_csv(ROWS), "经费预算.csv": money})},
                    Mark("name-personal-like", f"材料.zip/{hidden}.csv"))  # fmt: skip
        titled = _owned(title=f"某 {number}")
        yield _alone(f"like-property-{id}",
                    lambda c=titled: {"活动.xlsx": w.by_openpyxl({"活动": ROWS}, c)},
                    Mark("property-personal-like", "活动.xlsx"))  # fmt: skip
        sheets = {f"活动-{number}": ROWS, "经费预算": sheet_of("finance")}
        sheets[f"活动-{number}"] = spelled("events", "参加人次", "许多", 3)
        yield _alone(f"like-sheet-name-{id}", lambda p=sheets: {"数据.xlsx": w.by_openpyxl(p)},
                    Mark("sheet-personal-like", "数据.xlsx", hidden),
                    Mark("cell-number-vague", "数据.xlsx", hidden, 3, "D"))  # fmt: skip
    inner = {"活动.csv": w.as_csv(ROWS), f"名单{ID}.txt": b"x"}
    yield _alone("name-in-an-archive", lambda: {"材料.zip": w.as_zip(inner)},
                Mark("name-personal", f"材料.zip/名单{ID[:3]}{'*' * 13}{ID[-2:]}.txt"))  # fmt: skip
    texts = {"txt": f"报名表\n联系 {ID}\n".encode(), "md": f"# 名单\n\n{ID}\n".encode(),
    "log": f"a\n{ID}\n".encode("gb18030"),
             "html": f"<p>\n{ID}</p>".encode(), "xml": f"<a>\n{ID}</a>".encode("utf-16")}  # fmt: skip
    lines = {"txt": 2, "md": 3, "log": 2, "html": 2, "xml": 2}
    charter = [["条目", "是否符合", "佐证文件"], ["章程制度", "是", None]]
    for suffix, data in texts.items():
        rows = [charter[0], ["章程制度", "是", f"名单.{suffix}"]]
        files = {"治理规范.csv": w.as_csv(rows), f"attachments/名单.{suffix}": data}
        yield _alone(f"attachment-{suffix}", lambda f=files: f,
                    Mark("cell-identity", f"attachments/名单.{suffix}", None, lines[suffix]))  # fmt: skip
    table = {
        "治理规范.csv": w.as_csv([charter[0], ["章程制度", "是", "名单.csv"]]),
        "attachments/名单.csv": f"名称,编号\n某,{ID}\n".encode(),
    }
    yield _alone("attachment-csv", lambda: table, Mark("cell-identity", "attachments/名单.csv", None, 2))

    def commented(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B2"].comment = Comment(f"联系电话：{MOBILE}", "办公室")

    yield _alone("cell-comment", lambda: {"活动.xlsx": w.by_openpyxl({"活动": ROWS}, commented)},
                Mark("property-personal", "活动.xlsx"))  # fmt: skip


VARIANTS: tuple[Variant, ...] = (*_headers(), *_rows(), *_unclear(), *_persons())
