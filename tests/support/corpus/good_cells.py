"""Good variants: the ways in which one value is spelled, each in another kind of file."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import cycle
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pilot_eval.frames import UNBOUNDED
from tests.support import writers as w
from tests.support.corpus.variants import (
    CONTAINERS,
    EVENTS,
    TEXTUAL,
    Row,
    Variant,
    changed,
    column_of,
    good,
    sheet_of,
)
from tests.support.writers import Raw, Shown, Wps, serial


class Converted(float):
    """A number whose cell names another unit than its column's."""


PEOPLE: dict[str, Any] = {
    "1600多": (1600, 1600, 1700), "1600余人次": (1600, 1600, 1700), "近100": (100, 90, 100),
    "约100人次": (100, 90, 110), "10万以上": (100_000, 100_000, UNBOUNDED), "17.2万": (172_000, 171_500, 172_500),
    "1.2万余": (12_000, 12_000, 13_000), "３２０": 320, "1，600": 1600, "1,600": 1600, "1 600": 1600,
    "1\u00a0600": 1600, "\u3000 86 ": 86, "86.0": 86, "86人次": 86, "86 人": 86, "八十六": 86,
    "一百二十人次": 120, "一千六百余人": (1600, 1600, 1700), "三千零五": 3005, "1万2千": 12_000,
    "两万三千五百人": 23_500, "壹佰贰拾": 120, "零": 0, "廿八": 28, "三十多": (30, 30, 40),
    "三十多万": (300_000, 300_000, 400_000), "不少于500": (500, 500, UNBOUNDED), "逾500": (500, 500, UNBOUNDED),
    "≥500": (500, 500, UNBOUNDED), "500+": (500, 500, UNBOUNDED), "500人次及以上": (500, 500, UNBOUNDED),
    "不超过500": (500, 0, 500), "500以下": (500, 0, 500), "≤500": (500, 0, 500), "500左右": (500, 450, 550),
    "大约500人": (500, 450, 550), "将近500": (500, 450, 500), "1.6e3": 1600, "+120": 120, "120\u200b": 120,
    "１２０人次": 120, "近百": (100, 90, 100), "上百": (100, 100, UNBOUNDED), "百余人": (100, 100, 200),
    "3千": 3000, "1.5亿": (150_000_000, 145_000_000, 155_000_000), "'120": 120, "1600\n多": (1600, 1600, 1700),
    "(约)300": (300, 270, 330), "1,234,567": 1_234_567, "一万二": 12_000, "约1.2万人次": (12_000, 10_800, 13_200),
    "300多人次": (300, 300, 400), "120.": 120, "共120人次": 120, "计120人": 120,
}  # fmt: skip
"""Spellings of 参加人次."""

OTHERS: Mapping[str, Mapping[str, Any]] = {
    "出租率": {
        "85.5%": 85.5, "85.5": 85.5, "８５．５％": 85.5, "百分之八十五": 85, "约85%": (85, 76.5, 93.5), "85.5 ％": 85.5,
        "100%": 100, "百分之百": 100, "百分之一百": 100,
    },
    "面积": {
        "1200㎡": 1200, "1200平方米": 1200, "1200 m²": 1200, "1,200.5平米": 1200.5,
        "3亩": Converted(2000), "1公顷": Converted(10_000),
        "1.2万平方米": (12_000, 11_500, 12_500), "约1200㎡": (1200, 1080, 1320), "0.5平方公里": Converted(500_000),
        "1200余平方米": (1200, 1200, 1300), "1200平": 1200, "1200 M2": 1200, "约1.2万平": (12_000, 10_800, 13_200),
    },
    "租金收入": {
        "12万元": (120_000, 115_000, 125_000), "12.5万元": (125_000, 124_500, 125_500), "120,000元": 120_000,
        "￥120,000.00": 120_000,
        "¥ 120000": 120_000, "壹拾贰万元整": 120_000, "人民币壹拾贰万元整": 120_000, "12万元整": 120_000,
        "12万": (120_000, 115_000, 125_000), "120000.50元": 120_000.5,
        "1.2亿元": (120_000_000, 115_000_000, 125_000_000), "近12万元": (120_000, 108_000, 120_000),
        "120千元": 120_000, "壹拾贰万元伍角整": 120_000.5, "1234元5角": 1234.5, "1,234元零5分": 1234.05,
        "壹仟贰佰叁拾肆元伍角陆分": 1234.56,
    },
    "投入资金": {
        "12.5": 12.5, "12.5万元": 12.5, "125000元": Converted(12.5), "12万元": 12, "-3.5": -3.5, "－３．５": -3.5,
        "−3.5": -3.5, "(1,234)": -1234, "（1234.50）": -1234.5, "负3.5": -3.5, "负三万元": -3, "-2万元": -2,
        "1万元5角": Converted(1.00005),
    },
    "等级": {
        "3A": 3, "3a级": 3, "AAA": 3, "ＡＡＡＡ级": 4, "5": 5,
    },
    "企业数": {
        "12家": 12, "十二家": 12, "12个": 12, "12.0": 12, "12户": 12, "50余家": (50, 50, 60),
        "1.2万家": (12_000, 11_500, 12_500),
    },
}  # fmt: skip
"""Spellings in columns of 楼宇, by the column's header."""

DAYS: dict[str, str | tuple[str, str]] = {
    **dict.fromkeys((
        "2018/3/2", "2018.3.2", "2018.03.02", "2018年3月2日", "2018年03月02日", "2018 年 3 月 2 日",
        "２０１８年３月２日",
        "20180302", "2018-3-2", "2018/03/02 00:00:00", "2018-03-02 14:30", "2018-03-02T14:30:00", "2018年3月2日上午",
        "2018年3月2日下午3点", "2018年3月2日 星期五", "2018-03-02（周五）", "二〇一八年三月二日", "二○一八年三月二日",
        "二零一八年三月二日", "2018年3月2号", "43161", "2018-03-02 ", "2018．3．2", "2018、3、2", "2018—03—02",
        "2018/ 3/ 2",
        "2018-03-02T14:30:00+08:00", "'2018-03-02", "2018年3月2日14时30分", "2018-03-02 09:30:00.000", "2018年3月2日晚",
        "2018-03-02\n（周五）", "2018年3月2日（星期五）下午", "2018年3月2日19:30-21:00", "2018年3月2日 9:00～11:00",
        "2018-03-02 2:30 PM", "2018-03-02 2:30:00 下午", "18-03-02", "18.3.2", "18/3/2", "18年3月2日",
    ), "2018-03-02"),
    **dict.fromkeys(("12/21/2018", "21/12/2018", "12-21-2018 8:00"), "2018-12-21"), "03/03/2018": "2018-03-03",
    "2018年底": ("2018-12-01", "2018-12-31"), "2018年末": ("2018-12-01", "2018-12-31"),
    "2018年初": ("2018-01-01", "2018-01-31"), "18年12月": ("2018-12-01", "2018-12-31"),
    "二〇一八年十二月二十一日": "2018-12-21", "2018.12.21": "2018-12-21",
    **dict.fromkeys(("2018年3月", "2018-03", "2018/3", "2018.3", "2018年3月份", "201803", "２０１８年３月"),
                    ("2018-03-01", "2018-03-31")),
    "2018年11月上旬": ("2018-11-01", "2018-11-10"), "2018年11月中旬": ("2018-11-11", "2018-11-20"),
    "2018年11月下旬": ("2018-11-21", "2018-11-30"), "2018年2月底": ("2018-02-21", "2018-02-28"),
    "2018年11月初": ("2018-11-01", "2018-11-10"), "二〇一八年十一月": ("2018-11-01", "2018-11-30"),
    "2018年上半年": ("2018-01-01", "2018-06-30"), "2018年下半年": ("2018-07-01", "2018-12-31"),
    "2018年第三季度": ("2018-07-01", "2018-09-30"), "2018年三季度": ("2018-07-01", "2018-09-30"),
    "2018Q3": ("2018-07-01", "2018-09-30"), "2018年": ("2018-01-01", "2018-12-31"),
    "2018年度": ("2018-01-01", "2018-12-31"), "2018年全年": ("2018-01-01", "2018-12-31"),
    "2018年3月2日至5日": ("2018-03-02", "2018-03-05"), "2018年3月2日-3月5日": ("2018-03-02", "2018-03-05"),
    "2018-03-02至2018-03-05": ("2018-03-02", "2018-03-05"), "2018.3.2-3.5": ("2018-03-02", "2018-03-05"),
    "2018.3.2—5": ("2018-03-02", "2018-03-05"), "2018/3/2 - 2018/3/5": ("2018-03-02", "2018-03-05"),
    "2018年3月—5月": ("2018-03-01", "2018-05-31"), "2018年3-5月": ("2018-03-01", "2018-05-31"),
    "2018-11~2018-12": ("2018-11-01", "2018-12-31"), "2018.3-2018.5": ("2018-03-01", "2018-05-31"),
    "2018年3月至2018年5月": ("2018-03-01", "2018-05-31"), "2018年3月2日、3日": ("2018-03-02", "2018-03-03"),
    "2018年1-12月": ("2018-01-01", "2018-12-31"),
}  # fmt: skip

TRUE = ("是", "有", "√", "✓", "✔", "☑", "对", "Y", "Ｙ", "yes", "TRUE", "1", "已完成", "达标", " 是 ", "是。")
FALSE = ("否", "无", "×", "✗", "✘", "✕", "☐", "□", "☒", "X", "没有", "N", "No", "false", "0", "未完成", "不是", "Ｘ")

KINDS = ("培训", " 培 训 ", "training", "Training", "ｔｒａｉｎｉｎｇ", "培\u200b训", "培训\n", "培训：", "*培训")


def _premises(header: str, *cells: tuple[Any, Any]) -> tuple[list[list[Any]], list[Row]]:
    """A sheet of 楼宇 with these cells and the values that they mean, and the canonical rows."""
    name = column_of("premises", header).name
    rows = [["名称", header], *([f"{n}号楼", cell] for n, (cell, _) in enumerate(cells, 1)), ["末号楼", None]]
    return rows, [*({"name": f"{n}号楼", name: value} for n, (_, value) in enumerate(cells, 1)), {"name": "末号楼"}]


def _notes(values: Iterable[Any], column: str) -> list[str]:
    rows = list(enumerate(values, 2))
    converted = [row for row, value in rows if isinstance(value, Converted)]
    notes = [f"cell-converted {column}{row}" for row in converted[:1]]
    return notes + [f"cell-approximate {column}{row}" for row, value in rows if isinstance(value, tuple)]


def _threes(spellings: Mapping[str, Any]) -> Iterator[list[tuple[str, Any]]]:
    items = list(spellings.items())
    return (items[at : at + 3] for at in range(0, len(items), 3))


def _events(
    name: str, header: str, column: str, spellings: Mapping[str, Any], turn: Iterator[str]
) -> Iterator[Variant]:
    """Three spellings in the three rows of a table of events, each such table in another kind of file."""
    for three in _threes(spellings):
        rows, expected = sheet_of("events"), changed("events", 0)
        for row, (text, value) in enumerate(three):
            rows[row + 1][ord(column) - 65], expected[row][name] = text, value
        id = "|".join(text.strip() for text, _ in three)
        yield good(f"{header}:{id}", next(turn), rows, expected, *_notes([value for _, value in three], column))


def _numbers() -> Iterator[Variant]:
    turn = cycle(TEXTUAL)
    yield from _events("participants", "参加人次", "D", PEOPLE, turn)
    for header, spellings in OTHERS.items():
        for three in _threes(spellings):
            rows, expected = _premises(header, *three)
            id = "|".join(text for text, _ in three)
            notes = _notes([value for _, value in three], "B")
            yield good(f"{header}:{id}", next(turn), rows, expected, *notes, table="premises")


def _dates() -> Iterator[Variant]:
    turn = cycle(TEXTUAL[5:] + TEXTUAL[:5])
    yield from _events("held", "日期", "A", DAYS, turn)


def _words() -> Iterator[Variant]:
    turn = cycle(TEXTUAL)
    yield from _events("joint", "是否联合举办", "E", dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False), turn)
    yield from _events("kind", "类型", "C", dict.fromkeys(KINDS, "training"), turn)


TYPED: dict[str, tuple[str, str, Any, Any]] = {
    # container, header of 楼宇, cell, stored value
    "percent-format-xlsx": ("wps", "出租率", Shown(0.855, "0.0%"), 85.5),
    "percent-built-in": ("wps", "出租率", Shown(0.9718, 10), 97.18),
    "percent-of-one": ("openpyxl", "出租率", Shown(1, "0%"), 100),
    "percent-format-xls": ("xls", "出租率", Shown(0.5, "0%"), 50),
    "percent-format-ods": ("ods", "出租率", Shown(0.123, "0.00%"), 12.3),
    "percent-of-a-third": ("xlsxwriter", "出租率", Shown(0.3333, "0.00%"), 33.33),
    "percent-zero": ("wps-inline", "出租率", Shown(0, 9), 0),
    "ten-thousands-format": ("wps", "面积", Shown(1.7, '0.0"万"'), (17_000, 16_500, 17_500)),
    "ten-thousands-scaled": ("wps", "面积", Shown(17_000, '0!.0,"万"'), 17_000),
    "yuan-format": ("xlsxwriter", "租金收入", Shown(1234.5, '"¥"#,##0.00'), 1234.5),
    "accounting-format": ("openpyxl", "租金收入", Shown(1234.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ '),
    1234.5),
    "unit-in-the-format": ("wps", "企业数", Shown(12, '0"家"'), 12),
    "thousands-format": ("xls", "租金收入", Shown(1_200_000, "#,##0"), 1_200_000),
    "float-noise": ("wps", "投入资金", 0.1 + 0.2, 0.30000000000000004),
    "negative-red": ("xlsxwriter", "投入资金", Shown(-3.5, "0.00;[Red]-0.00"), -3.5),
    "count-as-float": ("ods", "企业数", 12.0, 12),
    "count-in-json": ("json", "企业数", 12, 12),
    "float-in-json": ("json", "面积", 12.75, 12.75),
    "text-in-json": ("json", "面积", "1,200㎡", 1200),
    "number-in-yaml": ("yaml", "租金收入", 120000.5, 120000.5),
    "large-number": ("xls", "租金收入", 987654321, 987654321),
    "small-number": ("xls", "投入资金", 0.01, 0.01),
    "exponent-in-xml": ("wps", "租金收入", 1e16, 1e16),
    "hundredth": ("xls", "投入资金", 123.45, 123.45),
    "text-number-in-a-workbook": ("wps-inline", "租金收入", "1,234.50", 1234.5),
    "date-cell-openpyxl": ("openpyxl", "启用日期", date(2017, 5, 1), "2017-05-01"),
    "date-cell-xlsxwriter": ("xlsxwriter", "启用日期", date(2017, 5, 1), "2017-05-01"),
    "date-cell-xls": ("xls", "启用日期", date(2017, 5, 1), "2017-05-01"),
    "date-cell-et": ("et", "启用日期", datetime(2017, 5, 1), "2017-05-01"),
    "date-cell-ods": ("ods", "启用日期", date(2017, 5, 1), "2017-05-01"),
    "moment-cell-openpyxl": ("openpyxl", "启用日期", datetime(2017, 5, 1, 14, 30), "2017-05-01"),
    "moment-cell-ods": ("ods", "启用日期", datetime(2017, 5, 1, 14, 30), "2017-05-01"),
    "iso-date-in-xml": ("wps", "启用日期", date(2017, 5, 1), "2017-05-01"),
    "bare-serial": ("wps", "启用日期", serial(date(2017, 5, 1)), "2017-05-01"),
    "bare-serial-xls": ("xls", "启用日期", serial(date(2017, 5, 1)), "2017-05-01"),
    "serial-with-time": ("wps", "启用日期", serial(date(2017, 5, 1)) + 0.75, "2017-05-01"),
    "year-as-number": ("wps", "启用日期", 2017, ("2017-01-01", "2017-12-31")),
    "month-as-number": ("openpyxl", "启用日期", 201705, ("2017-05-01", "2017-05-31")),
    "day-as-number": ("xls", "启用日期", 20170501, "2017-05-01"),
    "day-as-number-in-json": ("json", "启用日期", 20170501, "2017-05-01"),
    "text-date-in-a-workbook": ("xls", "启用日期", "2017年5月1日", "2017-05-01"),
    "yaml-date": ("yaml", "启用日期", "2017-05-01", "2017-05-01"),
}  # fmt: skip

FORMATS: tuple[tuple[str, float, str, Any], ...] = (
    # header of 楼宇, number, number format, stored value
    ("租金收入", 5000, '[<10000]0;0.0,"万"', 5000),
    ("租金收入", 5000, '[<10000]0"元";[>=10000]0!.0,"万元"', 5000),
    ("租金收入", 125000, '[<10000]0;[<100000000]0!.0,"万";0!.00,,"亿"', 125000),
    ("租金收入", 125000, '0!.0,"万元"', 125000),
    ("租金收入", 125000, '0.00,"千"', 125000),
    ("租金收入", 125000, "#,##0,", 125000),
    ("租金收入", 12, '0;-0;"万"', 12),
    ("租金收入", 12, '0.00;[Red]-0.00;"万无"', 12),
    ("租金收入", 0, '0.00;[Red]-0.00;"万无"', 0),
    ("投入资金", 12, '0;-0"万"', 12),
    ("投入资金", -12, '0"万元";-0"万元"', -12),
    ("投入资金", -12.5, "0.00_);[Red](0.00)", -12.5),
    ("企业数", 12, '0"家（万科）"', 12),
    ("企业数", 12, '"万华楼"0', 12),
    ("企业数", 12, '"亿达"General', 12),
    ("企业数", 12, 'G/通用格式"家"', 12),
    ("投入资金", 125000, '#,##0"元"', Converted(12.5)),
    ("投入资金", 12.5, '0.0"万元"', 12.5),
    ("投入资金", 12.5, '0.00"万"', 12.5),
    ("投入资金", 125000, '0!.0,"万"', 12.5),
    ("租金收入", 12, '0"千元"', 12_000),
    ("租金收入", 12, "0[$万元-804]", (120_000, 115_000, 125_000)),
    ("租金收入", 12, "[$万元-804]0", (120_000, 115_000, 125_000)),
    ("租金收入", 12, '0"万元（含税）"', (120_000, 115_000, 125_000)),
    ("租金收入", 1200, '[DBNum2][$-804]General"元整"', 1200),
    ("租金收入", 1234.5, "[$￥-804]#,##0.00;[$￥-804]-#,##0.00", 1234.5),
    ("面积", 3, '0"亩"', Converted(2000)),
    ("面积", 1.2, '0.0"万平方米"', (12_000, 11_500, 12_500)),
    ("企业数", 12, '0"余家"', (12, 12, 13)),
    ("企业数", 1600, '0"多家"', (1600, 1600, 1700)),
    ("企业数", 10, '"约"0', (10, 9, 11)),
    ("企业数", 12, '0"家以上"', (12, 12, UNBOUNDED)),
    ("出租率", 0.855, '[=1]"100%";0.0%', 85.5),
    ("出租率", 1, '[=1]"100%";0.0%', 100),
    ("出租率", 0.855, '[=0]"无";0.0%', 85.5),
    ("出租率", 0.855, '0.0%;;"无"', 85.5),
    ("出租率", 0, '0.0%;;"无"', 0),
    ("出租率", 0.855, "0.00%_);[Red](0.00%)", 85.5),
    ("出租率", 85.5, '0.0"%"', 85.5),
    ("启用日期", 42856, 'yyyy"年"m"月";@', ("2017-05-01", "2017-05-31")),
    ("启用日期", 42856.9999999, "yyyy/m/d", "2017-05-01"),
)
"""Numbers as their formats show them, in columns of numbers and dates."""

WORDS: tuple[tuple[float, str | int, str], ...] = (
    (1, '"JY-"000', "JY-001"), (3, '0"号楼"', "3号楼"), (12, "0000", "0012"), (1.5, "0.00", "1.50"), (1.1, 2, "1.10"),
    (12345, '000"-"0000', "001-2345"), (2018, "0", "2018"), (2018, "#,##0", "2018"), (12, '0"家"', "12家"),
    (12.5, '0.00"万元"', "12.50万元"), (0, '0;-0;"未编号"', "未编号"), (-1.005, "0.00;[Red]-0.00", "-1.01"),
)  # fmt: skip
"""Numbers as their formats show them, in a column of words."""

MONTH = ("2017-05-01", "2017-05-31")
DATE_FORMATS: dict[str | int, str | tuple[str, str]] = {
    14: "2017-05-01", 15: "2017-05-01", 22: "2017-05-01", 31: "2017-05-01", 58: "2017-05-01", 30: "2017-05-01",
    57: MONTH, 27: MONTH, 17: MONTH, 28: "2017-05-01",
    "yyyy/m/d": "2017-05-01", 'yyyy"年"m"月"d"日"': "2017-05-01", '[$-804]yyyy"年"m"月"d"日";@': "2017-05-01",
    "m/d/yy": "2017-05-01", "[$-409]d-mmm-yy;@": "2017-05-01", "yyyy.mm.dd": "2017-05-01", "yyyymmdd": "2017-05-01",
    '[DBNum1][$-804]yyyy"年"m"月"d"日";@': "2017-05-01", 'yyyy"年"m"月"': MONTH, "yyyy-mm": MONTH,
    "yyyy\\-mm\\-dd\\ hh:mm": "2017-05-01", "aaaa": "2017-05-01", 'yyyy"年"m"月"d"日" aaaa': "2017-05-01",
}  # fmt: skip
"""Number formats of a cell that holds 1 May 2017."""


def _typed() -> Iterator[Variant]:
    for id, (container, header, cell, value) in TYPED.items():
        rows, expected = _premises(header, (cell, value))
        yield good(f"cell-{id}", container, rows, expected, *_notes([value], "B"), table="premises")
    turn = cycle(("wps", "wps-inline"))
    for code, value in DATE_FORMATS.items():
        how = next(turn)
        rows, expected = _premises("启用日期", (Shown(serial(date(2017, 5, 1)), code), value))
        yield good(f"date-format-{code}", how, rows, expected, *_notes([value], "B"), table="premises")
        if isinstance(code, str) and "DBNum" not in code:
            yield good(f"date-format-xls-{code}", "xls", rows, expected, *_notes([value], "B"), table="premises")
    yield from _shown()
    yield from _since_1904()


def _shown() -> Iterator[Variant]:
    turn = cycle(("xlsxwriter", "xls", "wps", "xml2003"))
    for header, number, code, value in FORMATS:
        rows, expected = _premises(header, (Shown(number, code), value))
        for at, how in enumerate((next(turn), next(turn))):
            yield good(f"format-{header}-{number}-{code}-{at}", how, rows, expected, *_notes([value], "B"),
                       table="premises")  # fmt: skip
    for number, code, name in WORDS:
        how = next(turn) if isinstance(code, str) else "wps"
        rows = [["名称", "面积"], [Shown(number, code), 100]]
        yield good(f"format-word-{number}-{code}", how, rows, [{"name": name, "area": 100}], table="premises")
    for header, number, code, value in (
        ("出租率", 0.855, '0.0%;;"无"', 85.5), ("出租率", 0.855, '[=1]"100%";0.0%', 85.5),
        ("出租率", 1, '[=1]"100%";0.0%', 100), ("租金收入", 5000, '[<10000]0;0.0,"万"', 5000),
        ("出租率", 0.855, "0.0%;@", 85.5), ("投入资金", 125000, '#,##0"元"', Converted(12.5)),
        ("租金收入", 12, "0[$万元-804]", (120_000, 115_000, 125_000)), ("出租率", 85, '0"%"', 85),
        ("投入资金", -12.5, "0.00_);(0.00)", -12.5),
        ("名称", 1, '"JY-"000', "JY-001"), ("名称", 12345, '000"-"0000', "001-2345"), ("名称", 1.5, "0.00", "1.50"),
        ("名称", -1.5, "0.00_);(0.00)", "-1.50"),
    ):  # fmt: skip
        rows, expected = _premises(header, (Shown(number, code), value))
        if header == "名称":
            rows, expected = [["名称", "面积"], [Shown(number, code), 1]], [{"name": value, "area": 1}]
        yield good(
            f"format-ods-{header}-{number}-{code}", "ods", rows, expected, *_notes([value], "B"), table="premises"
        )
    month = Raw('<table:table-cell table:style-name="f4" office:value-type="date" office:date-value="2017-05-01">'
                "<text:p>2017年5月</text:p></table:table-cell>")  # fmt: skip
    rows, expected = _premises("启用日期", (month, MONTH))
    yield good("format-ods-month-and-text", "ods", rows, expected, "cell-approximate B2", table="premises")
    flags = sheet_of("events")
    for row, cell in enumerate((Shown(1, '"否";;"是"'), Shown(0, '"否";;"是"'), Shown(0, "0.00")), 1):
        flags[row][4] = cell
    yield good("format-of-yes-and-no", "wps", flags, EVENTS)
    choices = [["名称", "等级"], ["一号楼", Shown(3, '0"A"')]]
    yield good("format-of-a-grade", "wps", choices, [{"name": "一号楼", "grade": 3}], table="premises")


def _since_1904() -> Iterator[Variant]:
    day, old = date(2017, 5, 1), date(1904, 1, 1)
    rows, expected = _premises("启用日期", (Shown(serial(day, old), 14), "2017-05-01"))
    bare, _ = _premises("启用日期", (serial(day, old), "2017-05-01"))
    dates, _ = _premises("启用日期", (day, "2017-05-01"))

    def mac(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    ways = {
        "wps": ("wps", rows, lambda name, cells: Wps(date1904=True).book({name: cells})),
        "bare-serial": ("wps", bare, lambda name, cells: Wps(date1904=True).book({name: cells})),
        "openpyxl": ("openpyxl", dates, lambda name, cells: w.by_openpyxl({name: cells}, mac)),
        "xlsxwriter": ("xlsxwriter", dates, lambda name, cells: w.by_xlsxwriter({name: cells}, date_1904=True)),
        "xls": ("xls", rows, lambda name, cells: _xls_since_1904({name: cells})),
        "text-serial": ("wps", [bare[0], ["1号楼", str(bare[1][1])], bare[2]],
                        lambda name, cells: Wps(date1904=True).book({name: cells})),
    }  # fmt: skip
    for id, (container, cells, write) in ways.items():
        assert container in CONTAINERS
        yield good(f"1904-{id}", container, cells, expected, table="premises", write=write)


def _xls_since_1904(sheets: Any) -> bytes:
    shown = {
        name: [[Shown(c.value, "yyyy-mm-dd") if isinstance(c, Shown) else c for c in row] for row in rows]
        for name, rows in sheets.items()
    }
    return w.by_xlwt(shown, date1904=True)


NOTHING = ("/", "／", "\\", "—", "——", "－", "-", " - ", "¥-", "无", "暂无", "没有", "N/A", "n/a", "NULL", "none")


def _nothing() -> Iterator[Variant]:
    """Words for nothing in cells that may be empty, counted; a dash for a workbook's 0 is that 0."""
    turn = cycle(TEXTUAL)
    for word in NOTHING:
        for header in ("面积", "企业数", "启用日期"):
            rows = [["名称", header], ["一号楼", word], ["二号楼", None], ["三号楼", word]]
            yield good(f"nothing-{header}-{word}", next(turn), rows, [{"name": f"{n}号楼"} for n in "一二三"],
                       "cell-nothing B2", table="premises")  # fmt: skip
    items = [["条目", "是否符合", "佐证文件"], ["章程制度", "是", "无"], ["年度审计", "无", "/"]]
    met = [{"item": "charter", "met": True}, {"item": "audit", "met": False}]
    yield good("nothing-as-a-file", "wps", items, met, "cell-nothing C2", table="governance_items")
    for code in ('#,##0;-#,##0;"-"', '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', '0;-0;"无"'):
        for how in ("wps", "xls"):
            rows, expected = _premises("租金收入", (Shown(0, code), 0))
            yield good(f"zero-as-a-dash-{how}-{code}", how, rows, expected, table="premises")
    words = [["名称", "面积"], ["无", 12], ["/", 3]]
    stored = [{"name": "无", "area": 12}, {"name": "/", "area": 3}]
    yield good("nothing-as-a-word", "csv-utf8", words, stored, table="premises")


def _shares() -> Iterator[Variant]:
    """Shares without a sign, as 0.855 or amid others with one: taken as they stand, and said."""
    columns: dict[str, tuple[list[Any], list[Any], str]] = {
        # cells, stored values, where it is said
        "fractions": ([0.855, 1, 0.33], [0.855, 1, 0.33], "B2"),
        "one": ([1, None, 0], [1, None, 0], "B2"),
        "mixed": (["85.5%", 0.9, 70], [85.5, 0.9, 70], "B3"),
        "formatted-and-not": ([Shown(0.855, "0.0%"), 0.9, 0.7], [85.5, 0.9, 0.7], "B3"),
        "as-text": (["0.855", "０．９", "0"], [0.855, 0.9, 0], "B2"),
        "percentages": ([3.5, 1, 0.9], [3.5, 1, 0.9], ""),
        "one-beside-percentages": ([85.5, 1, 92], [85.5, 1, 92], ""),
        "a-fraction-beside-percentages": ([85.5, 0.9, 92], [85.5, 0.9, 92], "B3"),
        "signed": (["0.9%", "1%", "0.5％"], [0.9, 1, 0.5], ""),
        "zeros": ([0, 0, None], [0, 0, None], ""),
    }
    for id, (cells, values, place) in columns.items():
        rows, expected = _premises("出租率", *zip(cells, values, strict=True))
        said = [f"column-share {place}"] if place else []
        yield good(f"shares-{id}", "xlsxwriter", rows, expected, *said, table="premises")


VARIANTS: tuple[Variant, ...] = (*_numbers(), *_dates(), *_words(), *_typed(), *_nothing(), *_shares())
