"""Numbers in single cells: what each spelling means, and the laws that every spelling keeps."""

from datetime import date
from math import isfinite
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.cells.cell import BadCell, MergedCell, Unreadable
from pilot_eval.evidence.cells.numbers import read_number
from pilot_eval.frames import UNBOUNDED
from pilot_eval.model import Qualifier
from tests.support.spelling import ANY, numeral, reading

ALWAYS = UNBOUNDED
INF = float("inf")
NUMBERS: list[tuple[Any, str | None, str | None, Any]] = [
    # cell, the column's unit, the header's where it differs, value or (value, low, high) or the code
    ("1600多", "人次", None, (1600, 1600, 1700)),
    ("1650多", "人次", None, (1650, 1650, 1660)),
    ("1000余", "人次", None, (1000, 1000, 2000)),
    ("20余万", "人次", None, (200_000, 200_000, 300_000)),
    ("1.2万多", "人次", None, (12_000, 12_000, 13_000)),
    ("百余", "人次", None, (100, 100, 200)),
    ("三百六十余", "人次", None, (360, 360, 370)),
    ("近2万", "人次", None, (20_000, 18_000, 20_000)),
    ("约1.5万", "人次", None, (15_000, 13_500, 16_500)),
    ("17.20万", "人次", None, (172_000, 171_950, 172_050)),
    ("17万", "人次", None, (170_000, 165_000, 175_000)),
    ("200万", "人次", None, (2_000_000, 1_995_000, 2_005_000)),
    ("200.0万", "人次", None, (2_000_000, 1_999_500, 2_000_500)),
    ("2亿", "元", None, (200_000_000, 150_000_000, 250_000_000)),
    ("二百万", "人次", None, (2_000_000, 1_995_000, 2_005_000)),
    ("5000多", "人次", None, (5000, 5000, 6000)),
    ("100万元整", "元", None, 1_000_000),
    ("壹佰万元正", "元", None, 1_000_000),
    ("100万整", "元", None, 1_000_000),
    ("0.5万", "人次", None, (5000, 4500, 5500)),
    ("超300人", "人次", None, (300, 300, ALWAYS)),
    ("突破1000", "人次", None, (1000, 1000, ALWAYS)),
    ("大于300", "人次", None, (300, 300, ALWAYS)),
    ("不足100人", "人次", None, (100, 0, 100)),
    ("低于百分之五", "%", None, (5, 0, 5)),
    ("≈120", "人次", None, (120, 108, 132)),
    ("上千", "人次", None, (1000, 1000, ALWAYS)),
    ("超过300", "人次", None, (300, 300, ALWAYS)),
    (">300", "人次", None, (300, 300, ALWAYS)),
    ("至少三百", "人次", None, (300, 300, ALWAYS)),
    ("三百以内", "人次", None, (300, 0, 300)),
    ("<300", "人次", None, (300, 0, 300)),
    ("少于300人", "人次", None, (300, 0, 300)),
    ("300上下", "人次", None, (300, 270, 330)),
    ("接近300", "人次", None, (300, 270, 300)),
    ("300 余 人次", "人次", None, (300, 300, 400)),
    ("(约)300", "人次", None, (300, 270, 330)),
    ("300（人次）", "人次", None, 300),
    ("共计300人", "人次", None, 300),
    ("累计约300人", "人次", None, (300, 270, 330)),
    ("1 600", "人次", None, 1600),
    ("1\u2009600\u2009000", "人次", None, 1_600_000),
    ("1，600", "人次", None, 1600),
    ("1'600", "人次", None, "cell-number"),
    ("'1600", "人次", None, 1600),
    ("12 34", "人次", None, "cell-number"),
    ("12\n34", "人次", None, "cell-number"),
    ("1,6", "人次", None, "cell-number"),
    ("1.600,00", "人次", None, "cell-number"),
    ("1600。", "人次", None, 1600),
    ("1600..", "人次", None, "cell-number"),
    ("十", "人次", None, "cell-number"),
    ("十二", "人次", None, 12),
    ("二十", "人次", None, 20),
    ("一百零二", "人次", None, 102),
    ("一百二", "人次", None, 120),
    ("一万零二十", "人次", None, 10_020),
    ("一亿二千万", "人次", None, (120_000_000, 119_995_000, 120_005_000)),
    ("两千零一十八", "人次", None, 2018),
    ("二〇一八", "人次", None, 2018),
    ("卅五", "人次", None, 35),
    ("贰仟零伍", "人次", None, 2005),
    ("一百百", "人次", None, "cell-number"),
    ("一千零百", "人次", None, "cell-number"),
    ("万万", "人次", None, "cell-number"),
    ("负五", "人次", None, -5),
    ("负12.5", "元", None, -12.5),
    ("负三万", "元", None, (-30_000, -35_000, -25_000)),
    ("3百", "人次", None, 300),
    ("3千", "人次", None, 3000),
    ("3.5千", "人次", None, (3500, 3450, 3550)),
    ("3百万", "人次", None, (3_000_000, 2_500_000, 3_500_000)),
    ("三点五万", "人次", None, (35_000, 34_500, 35_500)),
    ("许多", "人次", None, "cell-number-vague"),
    ("若干人次", "人次", None, "cell-number-vague"),
    ("数十", "人次", None, "cell-number-vague"),
    ("约几百", "人次", None, "cell-number-vague"),
    ("数10亿", "元", None, "cell-number-vague"),
    ("七八人", "人次", None, "cell-number-vague"),
    ("三五", "人次", None, "cell-number-vague"),
    ("二三十", "人次", None, "cell-number"),
    ("一二三", "人次", None, 123),
    ("十几", "人次", None, "cell-number-vague"),
    ("约", "人次", None, "cell-number"),
    ("", "人次", None, "cell-number"),
    ("无", "人次", None, "cell-number"),
    ("10²", "人次", None, "cell-number"),
    ("①", "人次", None, "cell-number"),
    ("Ⅻ", "人次", None, "cell-number"),
    ("\u202e001", "人次", None, "cell-reordered"),
    (BadCell("cell-formula", ""), "人次", None, "cell-formula"),
    (MergedCell(5), "人次", None, "cell-merged"),
    (True, "人次", None, "cell-number"),
    (date(2018, 1, 1), "人次", None, "cell-number"),
    (INF, "人次", None, "cell-number"),
    (float("nan"), "人次", None, "cell-number"),
    ("1e999", "人次", None, "cell-number"),
    (ALWAYS, "人次", None, "cell-number"),
    (-ALWAYS, "人次", None, "cell-number"),
    (1e-150, "人次", None, 0),
    (str(int(ALWAYS)), "人次", None, "cell-number"),
    ("1e30以内", "人次", None, "cell-number"),
    ("约-9.5e29", "人次", None, "cell-number"),
    ("3月", "人次", None, "cell-unit"),
    ("3天", "人次", None, "cell-unit"),
    ("3个月", "月", None, 3),
    ("3日", "天", None, 3),
    ("3分", "分", None, 3),
    ("3级", "级", None, 3),
    ("3级", "个", None, "cell-unit"),
    ("30家", "个", None, 30),
    ("30名", "人", None, 30),
    ("30%", "人", None, "cell-unit"),
    ("N/A", "人", None, "cell-number"),
    ("300（含志愿者）", "人次", None, "cell-number-remark"),
    ("300人（含志愿者）", "人次", None, "cell-number-remark"),
    ("约20多万", "人次", None, "cell-number"),
    ("AAA", "A", None, 3),
    ("4A以上", "A", None, (4, 4, ALWAYS)),
    ("4A", None, None, "cell-unit-none"),
    ("4A", "人", None, "cell-unit"),
    ("AAAAA级", "A", None, 5),
    ("4A", "A", None, 4),
    ("4a级", "A", None, 4),
    ("六个A", "A", None, "cell-number"),
    ("85%", "%", None, 85),
    ("85", "%", None, 85),
    ("百分之八十五点五", "%", None, 85.5),
    ("百分之百", "%", None, 100),
    ("约5%", "%", None, (5, 4.5, 5.5)),
    ("85‰", "%", None, "cell-unit"),
    ("120", "㎡", None, 120),
    ("120m²", "㎡", None, 120),
    ("120m2", "㎡", None, 120),
    ("3亩", "㎡", None, 2000),
    ("1.2亩", "㎡", None, 800),
    ("2平方千米", "㎡", None, 2_000_000),
    ("0.1平方公里", "㎡", None, 100_000),
    ("120m3", "㎡", None, "cell-number"),
    ("3亩", "㎡", "亩", 2000),
    (3, "㎡", "亩", 2000),
    ("120㎡", "㎡", "亩", 120),
    ("12万元", "元", None, (120_000, 115_000, 125_000)),
    ("12万", "元", None, (120_000, 115_000, 125_000)),
    ("12", "元", "万元", 120_000),
    (12.5, "元", "万元", 125_000),
    (0.1, "元", "万元", 1000),
    ("1.5", "元", "亿元", 150_000_000),
    ("12元", "元", "万元", 12),
    ("12万元", "元", "万元", 120_000),
    ("12万", "元", "万元", "cell-unit"),
    ("12万", "元", "千元", "cell-unit"),
    ("12万", "人次", "万", "cell-unit"),
    ("12万", "㎡", "公顷", (1.2e9, 1.15e9, 1.25e9)),
    ("17.2万", "万元", "元", (17.2, 17.15, 17.25)),
    ("二百万", "万元", None, "cell-unit"),
    ("20多万", "万元", None, "cell-unit"),
    ("20多万元", "万元", None, (20, 20, 30)),
    ("约12", "元", "万元", (120_000, 108_000, 132_000)),
    ("12多", "元", "万元", (120_000, 120_000, 130_000)),
    ("12万", "万元", None, "cell-unit"),
    ("12万元", "万元", None, 12),
    ("12.5万元", "万元", None, 12.5),
    ("2亿元", "万元", None, (20_000, 15_000, 25_000)),
    ("120000元", "万元", None, 12),
    ("0.5亿元", "万元", None, (5000, 4500, 5500)),
    ("¥1,200.50", "元", None, 1200.5),
    ("￥12万", "元", None, (120_000, 115_000, 125_000)),
    ("¥12", "万元", None, "cell-unit"),
    ("¥12", "元", "万元", "cell-unit"),
    ("¥12", "人", None, "cell-unit"),
    ("人民币壹佰元整", "元", None, 100),
    ("RMB 1200", "元", None, 1200),
    ("CNY1200", "元", None, 1200),
    ("$1200", "元", None, "cell-number"),
    ("12块钱", "元", None, 12),
    ("12元5角", "元", None, 12.5),
    ("1,200元零5分", "元", None, 1200.05),
    ("壹仟元零伍分整", "元", None, 1000.05),
    ("三百元五角六分", "元", None, 300.56),
    ("10百元5角", "元", None, "cell-number"),
    ("−5", "元", None, -5),
    ("－5", "元", None, -5),
    ("+5", "元", None, 5),
    ("-5余", "元", None, (-5, -5, -4)),
    ("12", None, None, 12),
    ("12家", None, None, 12),
    ("12家店", None, None, "cell-number"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "unit", "header", "meant"), NUMBERS)
def test_numbers(cell: Any, unit: str | None, header: str | None, meant: Any) -> None:
    assert reading(lambda: read_number(cell, unit, header)) == _expected(meant)


def _expected(meant: Any) -> Any:
    if isinstance(meant, str):
        return meant
    return tuple(map(float, meant if isinstance(meant, tuple) else (meant, meant, meant)))


# --- laws
WHOLE = st.integers(0, 10**12)
SPELL = {
    "plain": str,
    "thousands": lambda n: f"{n:,}",
    "wide-thousands": lambda n: f"{n:,}".replace(",", "，"),
    "spaces": lambda n: f"{n:,}".replace(",", " "),
    "full-width": lambda n: str(n).translate({ord(d): ord(d) - 48 + 0xFF10 for d in "0123456789"}),
    "with-a-unit": lambda n: f"{n}人次",
    "decimals": lambda n: f"{n}.00",
    "sign": lambda n: f"+{n}",
    "apostrophe": lambda n: f"'{n}",
    "invisible": lambda n: f"\ufeff{n}\u200b",
    "numeral": lambda n: numeral(n),
    "as-a-number": float,
}


@settings(max_examples=60, deadline=None)
@given(WHOLE)
def test_a_number_is_the_same_in_every_spelling(n: int) -> None:
    for name, spell in SPELL.items():
        if n in (10, 100, 1000, 10**4, 10**8) and name == "numeral":
            continue
        read = read_number(spell(n), "人次")
        half = 0 if name != "numeral" or n % 10_000 or n == 0 else 50_000_000 if n % 100_000_000 == 0 else 5000
        assert (read.value, read.low, read.high) == (n, n - half, n + half), name


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 10**9),
    st.sampled_from(["{}多", "近{}", "约{}", "{}以上", "{}以下", "{}左右", "不少于{}人", "{}余人次"]),
)
def test_an_approximate_number_lies_within_its_bounds(n: int, pattern: str) -> None:
    read = read_number(pattern.format(n), "人次")
    assert read.low <= read.value == n <= read.high
    assert read.low < read.high
    assert read.qualifier not in (Qualifier.EXACT, Qualifier.STATED)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9_999), st.integers(0, 99), st.sampled_from(["万", "亿"]))
def test_a_rounded_number_has_the_truth_within_its_bounds(whole: int, hundredths: int, sign: str) -> None:
    times = {"万": 10**4, "亿": 10**8}[sign]
    text = f"{whole}.{hundredths:02}{sign}"
    read = read_number(text, "人次")
    assert read.value == pytest.approx(float(f"{whole}.{hundredths:02}") * times)
    assert read.high - read.low == pytest.approx(0.01 * times)


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 10**9).map(lambda x: round(x, 2)))
def test_money_is_the_same_in_every_unit(amount: float) -> None:
    yuan = read_number(f"{amount:.2f}元", "元").value
    assert yuan == amount
    assert read_number(f"¥{amount:,.2f}", "元").value == yuan
    assert read_number(f"{amount:.2f}", "万元", "元").value == pytest.approx(yuan / 10_000, rel=1e-15)
    assert read_number(amount, "元", "万元").value == pytest.approx(yuan * 10_000, rel=1e-15)


def test_a_whole_number_of_somebody_else_is_stated() -> None:
    for said in ("10亿元", "12万元", "10亿"):
        assert read_number(said, "元").qualifier is Qualifier.STATED
    assert read_number("12元5角", "元").qualifier is Qualifier.EXACT


@pytest.mark.parametrize(
    ("cell", "unit", "header", "converted"),
    [
        ("1.2亩", "㎡", None, True),
        ("120000元", "万元", None, True),
        ("2亿元", "万元", None, True),
        ("1200平方米", "㎡", None, False),
        ("12万元", "元", None, False),
        ("12万元", "万元", None, False),
        ("3亩", "㎡", "亩", False),
        ("12家", "个", None, False),
        ("20多万元", "万元", None, False),
        ("三亩", "㎡", "亩", False),
    ],
)
def test_a_cell_in_another_unit_is_converted(cell: str, unit: str, header: str | None, converted: bool) -> None:
    assert read_number(cell, unit, header).converted is converted


SIGNS = "0123456789０１２３½①一二三十百千万亿两几多余近约超数第半成 　,，.。-－+%‰()（）~～至～到/元人次㎡"
NUMBER = st.text(SIGNS + "\u202e\u200b\x00\n年eE_infaN", max_size=24)
UNITS = st.sampled_from([None, "%", "元", "㎡", "人次", "个", "家", "天", "A"])


@settings(max_examples=400, deadline=None)
@given(NUMBER | ANY, UNITS)
def test_a_number_is_read_within_its_bounds_or_refused(cell: object, unit: str | None) -> None:
    if cell is None:
        return
    try:
        reading = read_number(cell, unit)
    except Unreadable:
        return
    assert reading.low <= reading.value <= reading.high
    assert isfinite(reading.value)
