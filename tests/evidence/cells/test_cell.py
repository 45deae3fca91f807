"""Cells as text, and what no cell may hold; any text in a cell is read, or explained."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.cells.cell import (
    BadCell,
    DisplayedNumber,
    MergedCell,
    Nested,
    Unreadable,
    WordedNumber,
    cell_text,
    ordinary,
    read_text,
)
from pilot_eval.evidence.cells.dates import read_day
from pilot_eval.evidence.cells.numbers import read_number
from pilot_eval.frames import UNBOUNDED
from tests.support.spelling import Shown, refusal

TEXTS = [
    ("甲", "甲"), (" 甲\n乙\t丙  丁 ", "甲 乙 丙 丁"), ("\u200b甲\ufeff", "甲"), ("", ""), ("12.0", "12.0"),
    (12, "12"), (12.0, "12"), (-12.0, "-12"), (-0.0, "0"), (12.5, "12.5"), (0.1, "0.1"), (1e20, "1" + "0" * 20),
    (UNBOUNDED, "1e+30"), (-UNBOUNDED, "-1e+30"), (float("nan"), "nan"), (True, "是"), (False, "否"),
    (date(2018, 3, 2), "2018-03-02"), (datetime(2018, 3, 2), "2018-03-02"),
    (datetime(2018, 3, 2, 9), "2018-03-02 09:00:00"), (datetime(2018, 3, 2, 0, 5), "2018-03-02 00:05:00"),
    (datetime(2018, 3, 2, 0, 0, 7), "2018-03-02 00:00:07"),
    (MergedCell(12.0), "12"), (MergedCell("甲 "), "甲"), (MergedCell(date(2018, 3, 2)), "2018-03-02"),
    (DisplayedNumber.of(1, Shown("JY-001")), "JY-001"), (DisplayedNumber.of(1.5, Shown(" 1.50 ")), "1.50"),
    (MergedCell(DisplayedNumber.of(3, Shown("3号楼"))), "3号楼"),
    (WordedNumber("12.5万元", 125_000, Shown("12.50万元"), bare=False), "12.50万元"), (Nested('["甲"]'), '["甲"]'),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "text"), TEXTS)
def test_a_cell_is_shown_as_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text
    if isinstance(cell, Nested):
        assert refusal(lambda: read_text(cell)) == "json-cell"
    else:
        assert read_text(cell) == text


@pytest.mark.parametrize("code", ["cell-error", "cell-formula"])
def test_a_cell_without_a_value_is_shown_but_not_read(code: str) -> None:
    assert cell_text(BadCell(code, "#REF!")) == "#REF!"
    for read in (read_text, read_number, read_day, lambda cell: ordinary(cell, "cell-date")):
        assert refusal(lambda read=read: read(BadCell(code, "1"))) == code
        assert refusal(lambda read=read: read(Nested("[1]"))) == "json-cell"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("１２．５", "12.5"), (" 12 人 次 ", "12人次"), ("1 600", "1 600"), ("第 3 期", "第3期"), ("'1600", "1600"),
        ("‘1600", "1600"), ("’1600", "1600"), ("''1600", "1600"), ("16'00", "16'00"), ("\u200b12\ufeff", "12"),
        ("12\u3000人", "12人"), ("120m²", "120m2"), ("120M³", "120M3"), ("1" * 100, "1" * 100), (12.5, "12.5"),
    ],
)  # fmt: skip
def test_usual_spellings_of_numbers_and_days_become_one(text: object, meant: str) -> None:
    assert ordinary(text, "cell-number") == meant


@pytest.mark.parametrize("text", [*"²⁰①⑳㈠㊿½⅛₂", "10²", "3½", "m 10³", "1" * 101, "人" * 101])
@pytest.mark.parametrize("wrong", ["cell-number", "cell-date"])
def test_ornate_digits_and_long_texts_are_no_numbers_and_no_days(text: str, wrong: str) -> None:
    assert refusal(lambda: ordinary(text, wrong)) == wrong


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_text_shown_in_another_order_is_no_number_and_no_day(sign: str) -> None:
    for read in (read_number, read_day):
        assert refusal(lambda read=read: read(f"{sign}2018")) == "cell-reordered"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30) | st.from_regex(r"[0-9约近多余万亿千.,年月日至\- ]{1,12}", fullmatch=True))
def test_any_text_is_read_or_explained(text: str) -> None:
    for read in (lambda: read_number(text, "人次"), lambda: read_number(text, "元", "万元"), lambda: read_day(text)):
        try:
            reading = read()
        except Unreadable as unreadable:
            assert unreadable.code.startswith("cell-")
        else:
            assert reading.low <= reading.value <= reading.high
            assert reading.value == reading.value
