"""Days in single cells: what each spelling means, and the laws that every spelling keeps."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.cells.cell import BadCell, MergedCell, Unreadable
from pilot_eval.evidence.cells.dates import EPOCH_1900, EPOCH_1904, iso_day, read_day
from pilot_eval.model import Qualifier
from tests.support.spelling import ANY, numeral, reading

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
    (20_000, "1954-10-03"),
    (80_000, "2119-01-11"),
    (80_001, "cell-date"),
    (1899, "cell-date"),
    (1000, "cell-date"),
    (1900, ("1900-01-01", "1900-12-31")),
    (2018, ("2018-01-01", "2018-12-31")),
    (2018.0, ("2018-01-01", "2018-12-31")),
    (2100, ("2100-01-01", "2100-12-31")),
    (2101, "cell-date"),
    (190_000, "cell-date"),
    (190_001, ("1900-01-01", "1900-01-31")),
    (201_802, ("2018-02-01", "2018-02-28")),
    (201_813, "cell-date"),
    (20_180_302, "2018-03-02"),
    (20_180_302.5, "cell-date"),
    (21_001_231, "2100-12-31"),
    (21_010_101, "cell-date"),
    ("18-12-21", "2018-12-21"),
    ("18.12.21 9:00", "2018-12-21"),
    ("18年12月21日", "2018-12-21"),
    ("98年3月", ("1998-03-01", "1998-03-31")),
    ("13/1/2", "2013-01-02"),
    ("12-03-02", "cell-date"),
    ("30-03-02", "2030-03-02"),
    ("31-03-02", "cell-date"),
    ("69-03-02", "cell-date"),
    ("70-03-02", "1970-03-02"),
    ("99-12-31", "1999-12-31"),
    ("18-2-30", "cell-date"),
    ("12/21/2018", "2018-12-21"),
    ("21.12.2018", "2018-12-21"),
    ("13-1-2018 9:00", "2018-01-13"),
    ("1/13/2018", "2018-01-13"),
    ("3/3/2018", "2018-03-03"),
    ("12-12-2018", "2018-12-12"),
    ("3/2/2018", "cell-date"),
    ("11/12/2018", "cell-date"),
    ("12/11/2018", "cell-date"),
    ("13/14/2018", "cell-date"),
    ("3-2", "cell-date-year"),
    ("12.31", "cell-date-year"),
    ("13-2", "cell-date"),
    ("12月21日", "cell-date-year"),
    ("3月2日至5日", "cell-date-year"),
    ("上半年", "cell-date-year"),
    ("第三季度", "cell-date-year"),
    ("全年", "cell-date-year"),
    ("12月21日星期五", "cell-date-year"),
    ("2018-02-29", "cell-date"),
    ("2018年13月", "cell-date"),
    ("2018-12-21至2018-12-20", "cell-date"),
    ("2018-12-21至2018-12-21", "2018-12-21"),
    ("2018年12月-11月", "cell-date"),
    ("14:30", "cell-date"),
    (True, "cell-date"),
    (timedelta(days=1), "cell-date"),
    (BadCell("cell-error", "#REF!"), "cell-error"),
    (MergedCell("2018-03-02"), "2018-03-02"),
    (MergedCell(43161), "2018-03-02"),
    (datetime(2018, 3, 2, 23, 59), "2018-03-02"),
    (date(2018, 3, 2), "2018-03-02"),
    (time(14, 30), "cell-date"),
    *[(f"2018年{month}月{part}", (f"2018-{month:02}-{first:02}", f"2018-{month:02}-{last or end:02}"))
      for month, end in ((2, 28), (3, 31), (4, 30))
      for part, first, last in (("", 1, 0), ("份", 1, 0), ("上旬", 1, 10), ("中旬", 11, 20), ("下旬", 21, 0),
                                ("初", 1, 10), ("底", 21, 0), ("末", 21, 0), ("份下旬", 21, 0))],
    *[(f"{year}{part}", (f"2018-{first}", f"2018-{last}"))
      for year in ("2018", "2018年", "2018年度", "２０１８年")
      for parts, first, last in (
          (("", "全年"), "01-01", "12-31"), (("上半年",), "01-01", "06-30"), (("下半年",), "07-01", "12-31"),
          (("初", "年初"), "01-01", "01-31"), (("底", "年底", "末", "年末"), "12-01", "12-31"),
          (("一季度", "第一季度", "1季度", "第1季度", "Q1"), "01-01", "03-31"),
          (("二季度", "第二季度", "2季度", "第2季度", "Q2"), "04-01", "06-30"),
          (("三季度", "第三季度", "3季度", "第3季度", "Q3"), "07-01", "09-30"),
          (("四季度", "第四季度", "4季度", "第4季度", "Q4"), "10-01", "12-31"),
      )
      for part in parts],
]  # fmt: skip


@pytest.mark.parametrize(("cell", "meant"), DAYS)
def test_days(cell: Any, meant: Any) -> None:
    if isinstance(meant, str) and meant.startswith("cell-"):
        assert reading(lambda: read_day(cell)) == meant
        return
    first, last = meant if isinstance(meant, tuple) else (meant, meant)
    read = read_day(cell)
    assert (iso_day(read.value), iso_day(read.low), iso_day(read.high)) == (first, first, last)
    assert read.qualifier is (Qualifier.EXACT if first == last else Qualifier.PARTIAL)


@pytest.mark.parametrize(("epoch", "day"), [(EPOCH_1900, "2018-03-02"), (EPOCH_1904, "2022-03-03")])
def test_a_spreadsheet_counts_days_from_its_own_first_day(epoch: date, day: str) -> None:
    for cell in (43161, 43161.99, "43161", "43161.5"):
        assert iso_day(read_day(cell, serial_epoch=epoch).value) == day
    for cell in ("2018-03-02", 20_180_302):
        assert iso_day(read_day(cell, serial_epoch=epoch).value) == "2018-03-02"


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
        read = read_day(spelling)
        assert (read.value, read.low, read.high) == (expected, expected, expected), spelling
    old = read_day((day - date(1904, 1, 1)).days, serial_epoch=date(1904, 1, 1)) if day.year > 1960 else read
    assert old.value == expected


@settings(max_examples=60, deadline=None)
@given(ANY_DAY, st.integers(0, 400))
def test_an_interval_holds_both_its_ends(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    for text in (f"{first}至{last}", f"{first:%Y.%m.%d}-{last:%Y.%m.%d}", f"{first.year}年{first.month}月{first.day}日—"
                 f"{last.year}年{last.month}月{last.day}日"):  # fmt: skip
        read = read_day(text)
        assert (iso_day(read.low), iso_day(read.high)) == (first.isoformat(), last.isoformat())
    part = "上旬" if first.day <= 10 else "中旬" if first.day <= 20 else "下旬"
    month = read_day(f"{first.year}年{first.month}月{part}")
    assert month.low <= read_day(first).value <= month.high


DAY = st.text("0123456789２０１８年月日号上下中旬底初季度第一二三四十- /.．:：T至~～()（）Z+\u200b\x00", max_size=24)


@settings(max_examples=400, deadline=None)
@given(DAY | ANY)
def test_a_day_is_read_within_its_bounds_or_refused(cell: object) -> None:
    if cell is None:
        return
    try:
        reading = read_day(cell)
    except Unreadable:
        return
    assert reading.low <= reading.value <= reading.high
    assert len(iso_day(reading.low)) == 10


IN_2018: list[tuple[Any, Any]] = [
    ("6月15日", "2018-06-15"),
    ("6.15", "2018-06-15"),
    ("6-15", "2018-06-15"),
    ("6/15日", "2018-06-15"),
    ("三月二日", "2018-03-02"),
    ("3月2日至5日", ("2018-03-02", "2018-03-05")),
    ("3月2日上午9:00", "2018-03-02"),
    ("11月下旬", ("2018-11-21", "2018-11-30")),
    ("第三季度", ("2018-07-01", "2018-09-30")),
    ("2017年6月15日", "2017-06-15"),
    ("3-4", "cell-date-year"),
    ("3/4", "cell-date-year"),
    ("3.4", "2018-03-04"),
    ("3-12", "cell-date-year"),
    ("3-13", "2018-03-13"),
    ("2月30日", "cell-date-year"),
    ("12月30日至1月2日", "cell-date-year"),
    ("中旬", "cell-date"),
    (6.15, "cell-date"),
]


@pytest.mark.parametrize(("cell", "meant"), IN_2018)
def test_a_day_without_a_year_is_in_the_one_that_is_known(cell: Any, meant: Any) -> None:
    read = reading(lambda: read_day(cell, year=2018))
    if isinstance(read, tuple):
        first, last = map(iso_day, read[1:])
        read = first if first == last else (first, last)
    assert read == meant


def test_a_day_says_whether_its_year_was_added() -> None:
    assert read_day("6月15日", year=2018).converted
    assert not read_day("2018年6月15日", year=2018).converted
