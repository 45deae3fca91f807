"""Single cells: what each spelling means, and the laws that every spelling keeps."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence import cells
from pilot_eval.evidence.cells import BadCell, MergedCell, Unreadable
from pilot_eval.model import Qualifier
from pilot_eval.plugin.expressions import UNBOUNDED

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
    ("17万", "人次", None, 170_000),
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
    ("一亿二千万", "人次", None, 120_000_000),
    ("两千零一十八", "人次", None, 2018),
    ("二〇一八", "人次", None, 2018),
    ("卅五", "人次", None, 35),
    ("贰仟零伍", "人次", None, 2005),
    ("一百百", "人次", None, "cell-number"),
    ("万万", "人次", None, "cell-number"),
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
    ("AAA", "A", None, 3),
    ("AAAAA级", "A", None, 5),
    ("4A", "A", None, 4),
    ("4a级", "A", None, 4),
    ("六个A", "A", None, "cell-number"),
    ("85%", "%", None, 85),
    ("85", "%", None, 85),
    ("百分之八十五点五", "%", None, 85.5),
    ("85‰", "%", None, "cell-unit"),
    ("120", "㎡", None, 120),
    ("120m²", "㎡", None, 120),
    ("120m2", "㎡", None, 120),
    ("3亩", "㎡", None, 2000),
    ("0.1平方公里", "㎡", None, 100_000),
    ("120m3", "㎡", None, "cell-number"),
    ("3亩", "㎡", "亩", 2000),
    (3, "㎡", "亩", 2000),
    ("120㎡", "㎡", "亩", 120),
    ("12万元", "元", None, 120_000),
    ("12万", "元", None, 120_000),
    ("12", "元", "万元", 120_000),
    (12.5, "元", "万元", 125_000),
    (0.1, "元", "万元", 1000),
    ("1.5", "元", "亿元", 150_000_000),
    ("12元", "元", "万元", 12),
    ("12万元", "元", "万元", 120_000),
    ("12万", "元", "万元", "cell-unit"),
    ("约12", "元", "万元", (120_000, 108_000, 132_000)),
    ("12多", "元", "万元", (120_000, 120_000, 130_000)),
    ("12万", "万元", None, "cell-unit"),
    ("12万元", "万元", None, 12),
    ("120000元", "万元", None, 12),
    ("0.5亿元", "万元", None, (5000, 4500, 5500)),
    ("¥1,200.50", "元", None, 1200.5),
    ("￥12万", "元", None, 120_000),
    ("¥12", "万元", None, "cell-unit"),
    ("¥12", "元", "万元", "cell-unit"),
    ("¥12", "人", None, "cell-unit"),
    ("人民币壹佰元整", "元", None, 100),
    ("RMB 1200", "元", None, 1200),
    ("CNY1200", "元", None, 1200),
    ("$1200", "元", None, "cell-number"),
    ("12块钱", "元", None, 12),
    ("−5", "元", None, -5),
    ("－5", "元", None, -5),
    ("+5", "元", None, 5),
    ("-5余", "元", None, (-5, -5, -4)),
    ("12", None, None, 12),
    ("12家", None, None, 12),
    ("12家店", None, None, "cell-number"),
]  # fmt: skip

DAYS: list[tuple[Any, Any]] = [
    # cell, day or (first, last) or the code
    ("2018-03-02", "2018-03-02"),
    ("2018.3.2", "2018-03-02"),
    ("2018/3/2 星期五", "2018-03-02"),
    ("2018-03-02 14:30", "2018-03-02"),
    ("2018-03-02T06:30:00Z", "2018-03-02"),
    ("2018 03 02", "2018-03-02"),
    ("2018、3、2", "2018-03-02"),
    ("2018—3—2", "2018-03-02"),
    ("2018年3.2", "2018-03-02"),
    ("2018.11-12", ("2018-11-01", "2018-12-31")),
    ("2018-11-12", "2018-11-12"),
    ("2018.3-25", "cell-date"),
    ("2018-1-2 3", "cell-date"),
    ("2018-3/2", "cell-date"),
    ("2018年3月2日、5日", ("2018-03-02", "2018-03-05")),
    ("2018年12月30日至2019年1月2日", ("2018-12-30", "2019-01-02")),
    ("2018-11~2018-12", ("2018-11-01", "2018-12-31")),
    ("2018年3-5月", ("2018-03-01", "2018-05-31")),
    ("2018年2月下旬", ("2018-02-21", "2018-02-28")),
    ("2020年2月底", ("2020-02-21", "2020-02-29")),
    ("2018年第4季度", ("2018-10-01", "2018-12-31")),
    ("2018", ("2018-01-01", "2018-12-31")),
    ("201802", ("2018-02-01", "2018-02-28")),
    ("20180228", "2018-02-28"),
    ("二〇一八年十二月二十一日", "2018-12-21"),
    ("2018年三月二日", "2018-03-02"),
    ("二〇一八年三月二日 星期五", "2018-03-02"),
    ("2018年三月", ("2018-03-01", "2018-03-31")),
    ("2018年第三季度", ("2018-07-01", "2018-09-30")),
    (43161, "2018-03-02"),
    (43161.99, "2018-03-02"),
    ("43161", "2018-03-02"),
    (2018.3, "cell-date"),
    (0, "cell-date"),
    (-1, "cell-date"),
    (19_999, "cell-date"),
    ("18-12-21", "2018-12-21"),
    ("12-03-02", "cell-date"),
    ("12月21日", "cell-date-year"),
    ("2018-02-29", "cell-date"),
    ("2018年13月", "cell-date"),
    ("2018-12-21至2018-12-20", "cell-date"),
    ("14:30", "cell-date"),
    (True, "cell-date"),
    (timedelta(days=1), "cell-date"),
    (BadCell("cell-error", "#REF!"), "cell-error"),
    (MergedCell("2018-03-02"), "2018-03-02"),
    (datetime(2018, 3, 2, 23, 59), "2018-03-02"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "unit", "header", "meant"), NUMBERS)
def test_numbers(cell: Any, unit: str | None, header: str | None, meant: Any) -> None:
    assert _reading(lambda: cells.number(cell, unit, header)) == _expected(meant)


@pytest.mark.parametrize(("cell", "meant"), DAYS)
def test_days(cell: Any, meant: Any) -> None:
    if isinstance(meant, str) and meant.startswith("cell-"):
        assert _reading(lambda: cells.day(cell)) == meant
        return
    first, last = meant if isinstance(meant, tuple) else (meant, meant)
    read = cells.day(cell)
    assert (cells.iso(read.value), cells.iso(read.low), cells.iso(read.high)) == (first, first, last)


def _reading(read: Any) -> Any:
    try:
        return tuple(round(each, 9) for each in read()[:3])
    except Unreadable as unreadable:
        return unreadable.code


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


def numeral(n: int) -> str:
    """A whole number below 10¹² in Chinese numerals, as it is spoken."""
    if n < 10:
        return "零一二三四五六七八九"[n]
    for sign, times in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if n >= times:
            head, rest = divmod(n, times)
            between = "零" if 0 < rest < times // 10 else ""
            return numeral(head) + sign + between + (numeral(rest) if rest else "")
    raise AssertionError(n)


@settings(max_examples=60, deadline=None)
@given(WHOLE)
def test_a_number_is_the_same_in_every_spelling(n: int) -> None:
    for name, spell in SPELL.items():
        if n in (10, 100, 1000, 10**4, 10**8) and name == "numeral":
            continue
        read = cells.number(spell(n), "人次")
        assert (read.value, read.low, read.high) == (n, n, n), name


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 10**9),
    st.sampled_from(["{}多", "近{}", "约{}", "{}以上", "{}以下", "{}左右", "不少于{}人", "{}余人次"]),
)
def test_an_approximate_number_lies_within_its_bounds(n: int, pattern: str) -> None:
    read = cells.number(pattern.format(n), "人次")
    assert read.low <= read.value == n <= read.high
    assert read.low < read.high
    assert read.qualifier not in (Qualifier.EXACT, Qualifier.STATED)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9_999), st.integers(0, 99), st.sampled_from(["万", "亿"]))
def test_a_rounded_number_has_the_truth_within_its_bounds(whole: int, hundredths: int, sign: str) -> None:
    times = {"万": 10**4, "亿": 10**8}[sign]
    text = f"{whole}.{hundredths:02}{sign}"
    read = cells.number(text, "人次")
    assert read.value == pytest.approx(float(f"{whole}.{hundredths:02}") * times)
    assert read.high - read.low == pytest.approx(0.01 * times)


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 10**9).map(lambda x: round(x, 2)))
def test_money_is_the_same_in_every_unit(amount: float) -> None:
    yuan = cells.number(f"{amount:.2f}元", "元").value
    assert yuan == amount
    assert cells.number(f"¥{amount:,.2f}", "元").value == yuan
    assert cells.number(f"{amount:.2f}", "万元", "元").value == pytest.approx(yuan / 10_000, rel=1e-15)
    assert cells.number(amount, "元", "万元").value == pytest.approx(yuan * 10_000, rel=1e-15)


ANY_DAY = st.dates(date(1955, 1, 1), date(2100, 12, 31))


@settings(max_examples=80, deadline=None)
@given(ANY_DAY)
def test_a_day_is_the_same_in_every_spelling(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    words = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(y))
    spellings = [
        day, datetime(y, m, d, 13, 5), day.isoformat(), f"{y}/{m}/{d}", f"{y}.{m:02}.{d:02}", f"{y}年{m}月{d}日",
        f"{y}{m:02}{d:02}",
        f"{y} 年 {m} 月 {d} 日", f"{y}年{m}月{d}号", f"{day.isoformat()}T09:00:00", f"{day.isoformat()} 09:00",
        f"{words}年{numeral(m)}月{numeral(d)}日".replace("一十", "十"), f"{y}-{m}-{d}（周一）", f"{y}—{m:02}—{d:02}",
        (day - date(1899, 12, 30)).days, str((day - date(1899, 12, 30)).days), int(f"{y}{m:02}{d:02}"),
    ]  # fmt: skip
    expected = float((day - date(1970, 1, 1)).days)
    for spelling in spellings:
        read = cells.day(spelling)
        assert (read.value, read.low, read.high) == (expected, expected, expected), spelling
    old = cells.day((day - date(1904, 1, 1)).days, serial_epoch=date(1904, 1, 1)) if day.year > 1960 else read
    assert old.value == expected


@settings(max_examples=60, deadline=None)
@given(ANY_DAY, st.integers(0, 400))
def test_an_interval_holds_both_its_ends(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    for text in (f"{first}至{last}", f"{first:%Y.%m.%d}-{last:%Y.%m.%d}", f"{first.year}年{first.month}月{first.day}日—"
                 f"{last.year}年{last.month}月{last.day}日"):  # fmt: skip
        read = cells.day(text)
        assert (cells.iso(read.low), cells.iso(read.high)) == (first.isoformat(), last.isoformat())
    part = "上旬" if first.day <= 10 else "中旬" if first.day <= 20 else "下旬"
    month = cells.day(f"{first.year}年{first.month}月{part}")
    assert month.low <= cells.day(first).value <= month.high


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30) | st.from_regex(r"[0-9约近多余万亿千.,年月日至\- ]{1,12}", fullmatch=True))
def test_any_text_is_read_or_explained(text: str) -> None:
    for read in (lambda: cells.number(text, "人次"), lambda: cells.number(text, "元", "万元"), lambda: cells.day(text)):
        try:
            reading = read()
        except Unreadable as unreadable:
            assert unreadable.code.startswith("cell-")
        else:
            assert reading.low <= reading.value <= reading.high
            assert reading.value == reading.value


def test_a_whole_number_of_somebody_else_is_stated() -> None:
    for said in ("10亿元", "12万元", "10亿"):
        assert cells.number(said, "元").qualifier is Qualifier.STATED
    assert cells.number("12元5角", "元").qualifier is Qualifier.EXACT
