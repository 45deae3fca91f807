"""Figures that are counted twice or are of another magnitude, and ordinary ones that look a little like them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle

from tests.support.corpus.variants import Row, Variant, bad, good, sheet_of

Lines = Sequence[Sequence[object]]
_HEAD, *_MONEY = sheet_of("finance")
_SUM = (173_000, 163_500.5)
_CONTAINERS = ("csv-utf8", "openpyxl", "json", "xls", "ods", "csv-gb18030", "wps", "yaml", "tsv-utf8", "html")


def _lines(rows: Lines) -> list[Row]:
    """The canonical rows of budget lines."""
    return [{"line": str(line).strip(), "budget": budget, "spent": spent} for line, budget, spent in rows]


# --- sums

NAMES = ("同心园区", "两处", "甲+乙+丙", "三个科目", "本中心", "上述", "——")
"""Labels of a row that is the sum of the others."""
CALLED_SO = ("全部", "总", "Σ", "ALL", "TTL", "Overall", "小结", "共3项", "总收入", "全年", "经费汇总", "合计类支出")
"""Labels that call it so: it is a total."""
LEVELS: Mapping[str, Lines] = {
    "chinese-then-arabic": (("一、办公费", 100, 50), ("1.纸张", 60, 30), ("2.差旅", 30, 10), ("二、活动费", 70, 70)),
    "brackets-then-circles": (
        ("（一）办公费", 100, 50),
        ("①纸张", 60, 30),
        ("②差旅", 30, 10),
        ("（二）活动费", 70, 70),
    ),
    "arabic-then-points": (("1.办公费", 100, 50), ("1.1纸张", 60, 30), ("1.2差旅", 30, 10), ("2.活动费", 70, 70)),
    "arabic-then-brackets": (
        ("1、办公费", 100, 50),
        ("（1）纸张", 60, 30),
        ("（2）差旅", 30, 10),
        ("2、活动费", 70, 70),
    ),
    "wide-blanks": (("办公费", 100, 50), ("　　纸张", 60, 30), ("　　差旅", 30, 10), ("活动费", 70, 70)),
    "dashes": (("办公费", 100, 50), ("-纸张", 60, 30), ("-差旅", 30, 10), ("活动费", 70, 70)),
    "names": (("办公费", 100, 50), ("办公费-纸张", 60, 30), ("办公费-差旅", 30, 10), ("活动费", 70, 70)),
    "numbers-below-names": (("办公费", 100, 50), ("1.纸张", 60, 30), ("2.差旅", 30, 10), ("活动费", 70, 70)),
}
"""Lines with sub-lines, which don't add up: row 2 stands above rows 3 and 4."""
ONE_LEVEL: Mapping[str, Lines] = {
    "chinese": (("一、办公费", 100, 50), ("二、差旅费", 60, 30), ("三、会议费", 30, 10)),
    "arabic": (("1.办公费", 100, 50), ("2.差旅费", 60, 30), ("3.会议费", 30, 10)),
    "brackets": (("（1）办公费", 100, 50), ("（2）差旅费", 60, 30), ("（3）会议费", 30, 10)),
    "a-stray-blank": (("办公费", 100, 50), (" 差旅费", 60, 30), ("会议费", 30, 10)),
    "a-number-in-a-name": (("3月讲座", 100, 50), ("2018年年会", 60, 30), ("会议费", 30, 10)),
    "larger-than-above": (("一、办公费", 100, 50), ("（一）差旅费", 600, 300), ("（二）会议费", 300, 10)),
    "floors-below-ground": (("一层", 100, 50), ("-1层", 60, 30), ("-2层", 30, 10)),
    "in-proportion": (("办公费", 100, 50), ("差旅费", 60, 30), ("会议费", 20, 10)),
}
"""Lists, which stay silent."""


def _sums() -> Iterator[Variant]:
    turn = cycle(_CONTAINERS)
    for name in NAMES:
        yield bad(f"sum-last-{name}", next(turn), [_HEAD, *_MONEY, [name, *_SUM]], "row-whole 5", table="finance")
        yield bad(f"sum-first-{name}", next(turn), [_HEAD, [name, *_SUM], *_MONEY], "row-whole 2", table="finance")
    kept = [dict(zip(("line", "budget", "spent"), each, strict=True)) for each in _MONEY]
    for name in CALLED_SO:
        yield good(
            f"sum-last-{name}", next(turn), [_HEAD, *_MONEY, [name, *_SUM]], kept, "row-total 5", table="finance"
        )
        yield good(
            f"sum-first-{name}", next(turn), [_HEAD, [name, *_SUM], *_MONEY], kept, "row-total 2", table="finance"
        )
    for how in ("csv-utf8", "openpyxl", "json"):
        rows: Lines = [["名称", "面积"], ["北楼", 1012], ["南楼", 988], ["物业中心", 2000]]
        yield bad(f"sum-of-two-{how}", how, rows, "row-like-total 4", table="premises")
        rows = [["名称", "面积"], ["一号楼", 1234.5], ["二号楼", 881.25], ["三号楼", 2750], ["园区", 4865.75]]
        yield bad(f"sum-of-digits-{how}", how, rows, "row-whole 5", table="premises")
        rows = [["名称", "面积"], ["A座", 2000], ["A座一层", 1200], ["A座二层", 800], ["B座", 900]]
        yield bad(f"sum-of-floors-{how}", how, rows, "row-like-total 2", table="premises")
    parts = [_HEAD, ["人员", 7510, 6020], ["工资", 5000, 4010], ["补贴", 2510, 2010], ["办公", 4321, 3210]]
    yield bad("sum-above-its-parts", "xls", parts, "row-like-total 2", table="finance")
    parts = [_HEAD, ["工资", 5000, 4010], ["补贴", 2510, 2010], ["人员", 7510, 6020], ["办公", 4321, 3210]]
    yield bad("sum-below-its-parts", "ods", parts, "row-like-total 4", table="finance")
    nested = [_HEAD, ["东", 4120, 310], ["西", 3345, 2222], ["城区", 7465, 2532], ["南", 512, 77], ["北", 9031, 4100],
              ["郊区", 9543, 4177], ["全境", 17008, 6709]]  # fmt: skip
    yield bad("sums-of-sums", "wps", nested, "row-whole 4", "row-whole 7", table="finance")
    wrong = [["名称", "面积", "租金收入", "企业数"], ["一号楼", 1200, 31_000, 12], ["二号楼", 860, 27_500, 9],
             ["园区", 2060, 58_500, 20]]  # fmt: skip
    yield bad("sum-with-a-slip", "csv-utf8", wrong, "row-whole 4", table="premises")
    rough = [_HEAD, ["办公", "约1.2万", 8800], ["差旅", 4500, 4200], ["会议", 3000, 1500], ["单位", 19_900, 14_500]]
    yield bad("sum-of-rough-numbers", "csv-utf8", rough, "row-whole 5", table="finance")
    for id, lines in LEVELS.items():
        yield bad(f"levels-{id}", next(turn), [_HEAD, *lines], "row-levels 2", table="finance")
    numbered = [["序号", *_HEAD], *([n, *line] for n, line in zip(("一", 1, 2, "二"), _PLAIN, strict=True))]
    for how in ("csv-utf8", "xls", "openpyxl"):
        yield bad(f"levels-by-number-{how}", how, numbered, "row-levels 2", table="finance")
    blanks = [_HEAD, *((f"    {line}" if at in (1, 2) else line, *more) for at, (line, *more) in enumerate(_PLAIN))]
    yield bad("levels-blanks", "openpyxl", blanks, "row-levels 2", table="finance")
    for id, lines in ONE_LEVEL.items():
        yield good(f"one-level-{id}", next(turn), [_HEAD, *lines], _lines(lines), table="finance")
    dated = [["名称", "企业数", "启用日期"], ["一号楼", 12, "2018-01-01"], ["二号楼", 31, "2018-02-01"],
             ["三号楼", 43, "2018-03-01"]]  # fmt: skip
    expected = [{"name": name, "tenants": count, "opened": day} for name, count, day in dated[1:]]
    yield good("a-record-of-its-own-date", "xls", dated, expected, table="premises")


_PLAIN: Lines = (("办公费", 100, 50), ("纸张", 60, 30), ("差旅", 30, 10), ("活动费", 70, 70))


# --- magnitudes

_PLAN = ["任务", "目标值", "完成值"]
MIXED: Mapping[str, tuple[Lines, str]] = {
    "yuan": ((_HEAD, ["办公", 120_000, 100_000], ["活动", 45_000, 45_000], ["调研", 12, 8]), "B4"),
    "decimals": ((_HEAD, ["办公", 12.5, 10.2], ["活动", 45_000, 45_000], ["调研", 120_000, 80_000]), "B2"),
    "nothing-spent": ((_HEAD, ["办公", 100_000, 100_000], ["活动", 50, 0], ["差旅", 20, 0]), "B3"),
    "ten-thousands": ((["预算科目", "预算数（万元）", "执行数（万元）"], ["办公", 50_000, 20_000], ["活动", 4.5, 4.5],
                       ["调研", 12, 8]), "B3"),
}  # fmt: skip
ORDINARY: Mapping[str, Lines] = {
    "a-small-line": (("办公", 500_000, 400_000), ("快递", 200, 180), ("活动", 80_000, 80_000)),
    "little-spent": (("办公", 500_000, 400_000), ("活动", 80_000, 35), ("会议", 60_000, 50_000)),
    "all-sizes": (("办公", 3_000_000, 2_800_000), ("活动", 50_000, 35_000), ("快递", 600, 550), ("工本", 90, 90)),
}
UNITS = ("单位：万元", "（万元）", "以万元计", "金额单位为万元", "按万元填报", "万元", "万元（含税）", "本行为万元",
         "单位万元，已审")  # fmt: skip
AMOUNTS = ("含上级补助2万元", "其中3万元为自筹", "承办单位：万科物业", "一万元以下", "单位：元", "超支（见附件）")


def _magnitudes() -> Iterator[Variant]:
    turn = cycle(_CONTAINERS)
    for id, (rows, place) in MIXED.items():
        note = ("header-unit B1", "header-unit C1") if id == "ten-thousands" else ()
        how = "csv-utf8" if note else next(turn)
        yield bad(f"mixed-{id}", how, rows, f"column-magnitudes {place}", table="finance")
    for id, lines in ORDINARY.items():
        yield good(f"not-mixed-{id}", next(turn), [_HEAD, *lines], _lines(lines), table="finance")
    rows = [["名称", "面积"], ["一号楼", 12_000], ["二号楼", 1.2]]
    yield bad("mixed-areas", "ods", rows, "column-magnitudes B3", table="premises")
    events = sheet_of("events")
    events[1][3] = 1.2
    for how in ("csv-utf8", "openpyxl", "json"):
        yield bad(f"part-of-a-person-{how}", how, events, "cell-fraction D2")
    for id, cells in {"areas": ("1.500", "2.350㎡"), "one": ("10.000", "12")}.items():
        rows = [["名称", "面积"], ["一号楼", cells[0]], ["二号楼", cells[1]]]
        yield bad(f"dots-{id}", next(turn), rows, "column-dots B2", table="premises")
    rows = [["名称", "企业数"], ["一号楼", "1.000"], ["二号楼", "12"]]
    yield bad("dots-in-a-count", "csv-utf8", rows, "column-dots B2", table="premises")
    rows = [["名称", "面积"], ["一号楼", "1.234.567"]]
    yield bad("dots-twice", "csv-utf8", rows, "cell-number B2", table="premises")
    for id, cell in {
        "zero": "0.500",
        "four-digits": "1350.125",
        "one-decimal": "2.5",
        "four-decimals": "1.2345",
    }.items():
        rows = [["名称", "面积"], ["一号楼", "3.500"], ["二号楼", cell]]
        expected: list[Row] = [{"name": "一号楼", "area": 3.5}, {"name": "二号楼", "area": float(cell)}]
        yield good(f"decimal-{id}", "csv-utf8", rows, expected, table="premises")
    yield from _split()
    yield from _shares()
    for said in UNITS:
        rows = [[*_HEAD, "备注"], ["办公", 100_000, 90_000, None], ["活动", 500, 100, said]]
        yield bad(f"unit-in-a-remark-{said}", next(turn), rows, "row-unit D3", table="finance")
    rows = [[*_HEAD, "单位"], ["办公", 100_000, 90_000, "元"], ["活动", 500, 100, "万元"]]
    yield bad("unit-in-a-column", "xls", rows, "row-unit D3", table="finance")
    yield bad("unit-in-a-label", "ods", [_HEAD, ["办公", 9_000, 800], ["活动（万元）", 500, 100]], "row-unit A3",
              table="finance")  # fmt: skip
    for said in AMOUNTS:
        rows = [[*_HEAD, "备注"], ["办公", 100_000, 90_000, None], ["活动", 50_000, 1_000, said]]
        expected = [{**row, "note": note} for row, note in zip(_lines([each[:3] for each in rows[1:]]), (None, said),
                    strict=True)]  # fmt: skip
        yield good(f"an-amount-in-a-remark-{said}", "csv-utf8", rows, expected, table="finance")


def _shares() -> Iterator[Variant]:
    """Tasks of the plan: the actual figure may be a share of the target, or in ten thousands."""
    for id, (target, actual) in {"share": (100, 0.85), "ten-thousands": (12_000, 1.15)}.items():
        rows = [_PLAN, ["甲", 10, 9], ["乙", target, actual]]
        yield bad(f"actual-as-{id}", "csv-utf8", rows, "check-doubtful C3", table="plan", rules=True)
    for id, (target, actual) in {"nothing": (100, 0), "little": (12_000, 90), "few": (2, 0.5)}.items():
        rows = [_PLAN, ["甲", 10, 9], ["乙", target, actual]]
        expected: list[Row] = [{"task": name, "target": one, "actual": other} for name, one, other in rows[1:]]
        yield good(f"actual-is-{id}", "csv-utf8", rows, expected, table="plan", rules=True)


def _split() -> Iterator[Variant]:
    for column in ("备注", "说明"):
        head = [*_PLAN, column]
        for id, row, place in (("target", ["甲", 1, 200, 950], "B3"), ("actual", ["甲", 950, 1, 200], "C3")):
            rows = [head, ["乙", 100, 90, "按期"], row]
            yield bad(f"split-{id}-{column}", "csv-utf8", rows, f"row-split {place}", table="plan")
    yield bad(
        "split-in-the-only-row", "tsv-utf8", [[*_PLAN, "备注"], ["甲", 1, 200, 950]], "row-split B2", table="plan"
    )
    twice = [[*_PLAN, "出处", "备注"], ["乙", 100, 90, "年报", None], ["甲", 1, 200, 1, 100]]
    yield bad("split-twice", "csv-utf8", twice, "row-split B3", table="plan")
    optional = [["名称", "面积", "租金收入", "企业数"], ["一号楼", 3100, 52_000, None], ["二号楼", 3, 200, 52_000]]
    yield bad("split-before-an-optional-column", "csv-utf8", optional, "row-split B3", table="premises")
    whole = [[*_PLAN, "备注"], ["乙", 100, 90, None], ["甲", 5, 200, None]]
    expected: list[Row] = [{"task": "乙", "target": 100, "actual": 90}, {"task": "甲", "target": 5, "actual": 200}]
    yield good("not-split", "csv-utf8", whole, expected, table="plan")
    coded = [[*_PLAN, "备注"], ["乙", 100, 90, "12"], ["甲", 5, 200, "13"]]
    expected = [{**row, "note": note} for row, note in zip(expected, ("12", "13"), strict=True)]
    yield good("not-split-codes", "csv-utf8", coded, expected, table="plan")


SUMS: tuple[Variant, ...] = tuple(_sums())
MAGNITUDES: tuple[Variant, ...] = tuple(_magnitudes())
VARIANTS = (*SUMS, *MAGNITUDES)
