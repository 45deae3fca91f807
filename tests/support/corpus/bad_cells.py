"""Bad variants: cells that can't be what their column takes, each in another kind of file."""

from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any

from pilot_eval.evidence.readers.grid import column_letter
from tests.support.corpus.variants import HEADERS, TEXTUAL, Variant, bad, sheet_of, spelled
from tests.support.writers import Formula, Shown

PEOPLE: dict[Any, str] = {
    **dict.fromkeys((
        "暂无", "待统计", "见附件", "/", "—", "无", "N/A", "约", "万", "12公斤", "1.2.3", "1,23", "12 34", "12\n34",
        "１２ａ",
        "10²", "①", "½", "NaN", "inf", "1e999", "100-200", "100~200人", "120人、30人",
        "1600多左右",
        "约近100", "百", "一千百", "二三十", "120!", "十倍", "0x10", "1/2", "2018-03-02", "120-", "++5", "=120",
        "#REF!",
        "九成", "一" * 40, "1" * 120, "12：30", "第3次", "A120", "1.6k", "壹佰贰拾叁佰", "点五", "1,600,00",
    ), "cell-number"),
    **dict.fromkeys(("许多", "若干", "数百", "几十", "十几人", "数十万", "若干人次", "几百余", "无数", "上千万几",
    "大量", "几"),
                    "cell-number-vague"),
    **dict.fromkeys(("120（其中女性60）", "12家（含2家新增）", "1200（估）"), "cell-number-remark"),
    **dict.fromkeys(("120元", "85%", "1200㎡", "3亩", "12万元", "5‰", "３月", "120A", "5天"), "cell-unit"),
    **dict.fromkeys(("-5", "-0.5", "负五", "(5)"), "cell-range"),
    "\u202e021": "cell-reordered",
    True: "cell-number",
}  # fmt: skip

OTHERS: Mapping[str, Mapping[Any, str]] = {
    "出租率": {"101%": "cell-range", "-1%": "cell-range", "150": "cell-range", "85元": "cell-unit",
    "八五折": "cell-number",
              "85‰": "cell-unit", "85%%": "cell-number", "0.855%以上以下": "cell-number", "见报表": "cell-number"},
    "面积": {"1200元": "cell-unit", "120人": "cell-unit", "-3": "cell-range", "30*40": "cell-number",
    "1200m": "cell-number",
            "-1亩": "cell-range", "1200㎡（建筑面积）": "cell-number-remark"},
    "租金收入": {"12美元": "cell-number", "$120": "cell-number", "12㎡": "cell-unit", "-120元": "cell-range",
              "120.5.0": "cell-number", "壹拾元伍角六": "cell-number", "1,23元5角": "cell-number",
              "1,23元": "cell-number",
              "(120)": "cell-range", "1亿3": "cell-number"},
    "投入资金": {"17.2万": "cell-unit", "¥12": "cell-unit", "12家": "cell-unit", "10%": "cell-unit"},
    "等级": {"6A": "cell-range", "0": "cell-range", "3.5": "cell-whole", "约3A": "cell-exact", "3A以上": "cell-exact",
           "AAAAAA": "cell-number", "B": "cell-number", "3个": "cell-unit", "三到四": "cell-number"},
    "企业数": {"12.5": "cell-whole", "-1": "cell-whole", "0.5家": "cell-whole", "12元": "cell-unit",
            "3.33": "cell-whole", "百分之五": "cell-unit"},
}  # fmt: skip

DAYS: dict[Any, str] = {
    **dict.fromkeys((
        "2018-02-30", "2018-13-01", "2018-00-10", "2018年6月31日", "2018/2/29", "去年", "02/03/2018",
        "2/3/18", "12-03-02", "31-12-18", "18-13-01",
        "2018年冬", "2018年第五季度", "2018年3月2日至3月1日", "2018-12~2018-11",
        "待定",
        "每月5日", "长期", "2018.1.2.3", "2018-3/2", "20181301", "2018-12-31至2017-01-01", "2018年13月",
        "2018年3月32日",
        "12345", "二〇一八年十三月", "星期五", "14:30", "2018--03", "戊戌年三月", "2018年3月2日与6月15日",
        "2018-03-02; 2018-03-05",
        "March 2, 2018", "2-Mar-18", "①", "２０１８年２月３０日",
    ), "cell-date"),
    **dict.fromkeys(("3月2日", "三月二日", "12.21", "12/21", "11月下旬", "第三季度"), "cell-date-year"),
    **dict.fromkeys(("2017-12-31", "2019-01-01", "2017年12月", "2017年", "2016.5.1", "2019年上半年", "43500",
    "2108-03-02", "0218-03-02"), "cell-period"),
    **dict.fromkeys(("2017年12月至2018年1月", "2018-12-30至2019-01-02", "2018年12月-2019年2月"), "cell-period-partly"),
    "\u202e20-30-8102": "cell-reordered", 5: "cell-date", -3: "cell-date", 99999999: "cell-date", True: "cell-date",
    2018.3: "cell-date", 0.5: "cell-date",
}  # fmt: skip

FLAGS = (
    "可能",
    "部分",
    "是/否",
    "2",
    "-1",
    "待定",
    "基本完成",
    "√×",
    "是 否",
    "联合",
    "10",
    "无法判断",
    2,
    0.5,
    "—",
    "?",
)
KINDS = ("培圳", "讲座", "培训、交流对接", "培训/交流", "其他", "trainning", "Train", "1", "主题", "公益", 3, True)


def _threes(table: str, header: str, cells: Mapping[Any, str], turn: Iterator[str]) -> Iterator[Variant]:
    """Three bad cells, one below the other under a header, each such table in another kind of file."""
    for typed in (False, True):
        items = [(cell, code) for cell, code in cells.items() if isinstance(cell, str) is not typed]
        for three in (items[at : at + 3] for at in range(0, len(items), 3)):
            how = next(turn)
            while typed and how not in TYPED:
                how = next(turn)
            letter = "B"
            if table == "premises":
                rows = [
                    ["名称", header],
                    *([f"{n}号楼", cell] for n, (cell, _) in enumerate(three, 1)),
                    ["末号楼", None],
                ]
            else:
                at = HEADERS[table].index(header)
                rows, letter = sheet_of(table), column_letter(at)
                for row, (cell, _) in zip(rows[1:], three, strict=False):
                    row[at] = cell
            said = [f"{code} {letter}{row}" for row, (_, code) in enumerate(three, 2)]
            id = "|".join(str(cell).strip()[:30] for cell, _ in three)
            yield bad(f"{header}:{id}{' as numbers' if typed else ''}", how, rows, *said, table=table)


TYPED = ("openpyxl", "xls", "ods", "wps", "json", "yaml", "xlsxwriter", "et", "wps-inline")
"""Containers in which a number isn't text."""


def _cells() -> Iterator[Variant]:
    turn = cycle(TEXTUAL)
    yield from _threes("events", "参加人次", PEOPLE, turn)
    for header, cells in OTHERS.items():
        yield from _threes("premises", header, cells, turn)
    yield from _threes("events", "日期", DAYS, turn)
    yield from _threes("events", "是否联合举办", dict.fromkeys(FLAGS, "cell-flag"), turn)
    yield from _threes("events", "类型", dict.fromkeys(KINDS, "cell-choice"), turn)


def _empty() -> Iterator[Variant]:
    """Each required cell left empty, or filled with nothing that can be seen."""
    turn = cycle(TEXTUAL)
    for table in ("events", "suggestions", "finance", "surveys"):
        for at, header in enumerate(HEADERS[table]):
            if header in ("答复日期", "佐证文件"):
                continue
            rows = sheet_of(table)
            rows[2][at] = None
            yield bad(f"empty-{table}-{header}", next(turn), rows, f"cell-required {column_letter(at)}3", table=table)
    for id, blank in {"spaces": "   ", "wide-spaces": "\u3000\u3000", "nbsp": "\u00a0", "tab": "\t"}.items():
        yield bad(f"empty-{id}", next(turn), spelled("events", "参加人次", blank, 3), "cell-required D3")
    yield bad("empty-but-for-the-invisible", "csv-utf8", spelled("events", "参加人次", "\u200b", 3), "cell-number D3")


def _formulas() -> Iterator[Variant]:
    """Formulas without a value, and errors."""
    for how in ("openpyxl", "wps", "xls", "et", "ods"):
        for header, letter in {"参加人次": "D", "日期": "A", "活动名称": "B", "是否联合举办": "E"}.items():
            rows = spelled("events", header, Formula("=SUM(1,2)"), 3)
            warning = [f"book-not-calculated {letter}3"] if how == "openpyxl" else []
            yield bad(f"formula-{how}-{header}", how, rows, f"cell-formula {letter}3", *warning)
    for how in ("wps", "xlsxwriter", "ods"):
        for error in ("#DIV/0!", "#REF!", "#N/A", "#VALUE!", "#NAME?"):
            rows = spelled("events", "参加人次", Formula("=1/0", error), 3)
            warning = ["book-not-calculated D3"] if how == "xlsxwriter" else []
            yield bad(f"error-{how}-{error}", how, rows, "cell-error D3", *warning)
    yield bad("error-without-formula", "wps", spelled("events", "参加人次", "#N/A", 3), "cell-error D3")
    yield bad("error-in-a-text", "wps", spelled("events", "活动名称", "#REF!", 3), "cell-error B3")
    yield bad("time-alone", "wps", spelled("events", "日期", Shown(0.5, "h:mm"), 3), "cell-date A3")
    yield bad("duration", "xls", spelled("events", "参加人次", Shown(1.5, "[h]:mm"), 3), "cell-number D3")
    yield bad(
        "date-as-a-number", "openpyxl", spelled("events", "参加人次", Shown(43161, "yyyy-mm-dd"), 3), "cell-number D3"
    )
    yield bad("percent-as-people", "wps", spelled("events", "参加人次", Shown(0.85, "0%"), 3), "cell-unit D3")
    for code, said in {'0"元"': "cell-unit", '0"美元"': "cell-number", '0"‰"': "cell-unit", '0.0,"万"': "cell-format",
                       '0,"元"': "cell-format", '0"万户籍"': "cell-number"}.items():  # fmt: skip
        shown = spelled("events", "参加人次", Shown(50_000, code), 3)
        yield bad(f"format-{code}", "wps", shown, f"{said} D3")
    for unit in ("100%", "12万元", "1200㎡"):
        rows = [["任务", "目标值", "完成值"], ["一", 100, unit]]
        yield bad(f"a-unit-where-there-is-none-{unit}", "csv-utf8", rows, "cell-unit-none C2", table="plan")
    for word in ("/", "-", "—", "无", "N/A"):
        yield bad(f"nothing-where-needed-{word}", "csv-utf8", spelled("events", "日期", word, 3), "cell-date A3")
        yield bad(f"no-budget-{word}", "wps", spelled("finance", "执行数", word, 3), "cell-number C3", table="finance")
    yield bad("too-large", "wps", spelled("events", "参加人次", 1e300, 3), "cell-number D3")
    yield bad("negative-in-a-workbook", "ods", spelled("events", "参加人次", -5, 3), "cell-range D3")
    yield bad("fraction-in-a-count", "xls", spelled("surveys", "满意份数", 54.5, 3), "cell-whole C3", table="surveys")
    yield bad("too-long-a-text", "wps", spelled("events", "参加人次", "多" * 40_000, 3), "cell-too-long D3")


VARIANTS: tuple[Variant, ...] = (*_cells(), *_empty(), *_formulas())
