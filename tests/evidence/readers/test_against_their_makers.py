"""Workbooks of mixed cells from a seed: what is read is what was written, by three libraries of other hands."""

import io
import math
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pilot_eval.evidence.readers.by_content import read_grids
from pilot_eval.evidence.readers.limits import Limits
from tests.support.writers import Raw, as_ods

Cells = list[list[Any]]
FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd", time: "hh:mm:ss", timedelta: "[h]:mm:ss"}
WORDS = (
    "培训",
    "讲座 A",
    "a & b <c>",
    "  前后空格 ",
    "多\n行",
    "Ünïcode",
    "1,600",
    "2018-01-01",
    "00123",
    "😀",
    "x" * 300,
)


def a_value(chance: random.Random, kind: int) -> Any:
    match kind:
        case 0:
            return None
        case 1 | 2:
            return chance.choice(WORDS) + str(chance.randrange(50))
        case 3:
            return chance.randrange(-1000, 10**6)
        case 4:
            return round(chance.uniform(-1e5, 1e5), chance.randrange(9))
        case 5:
            return chance.random() * 10.0 ** chance.randrange(-12, 14)
        case 6:
            return chance.random() < 0.5
        case 7:
            return date(1905, 1, 1) + timedelta(days=chance.randrange(60_000))
        case 8:
            return datetime(2018, 1, 1) + timedelta(seconds=chance.randrange(10**8))
        case 9:
            return time(chance.randrange(24), chance.randrange(60), chance.choice([0, 0, chance.randrange(60)]))
    return timedelta(seconds=chance.randrange(24 * 3600, 400 * 3600))


def a_sheet(chance: random.Random) -> Cells:
    """Rows that are mostly alike, as in a table, or not at all."""
    width, alike = chance.randrange(1, 10), chance.random() < 0.7
    kinds = [chance.randrange(11) for _ in range(width)]
    return [
        [a_value(chance, kind if alike and chance.random() < 0.97 else chance.randrange(11)) for kind in kinds]
        for _ in range(chance.randrange(1, 50))
    ]


def by_xlsxwriter(cells: Cells, **options: Any) -> bytes:
    out = io.BytesIO()
    plain = dict.fromkeys(("strings_to_numbers", "strings_to_formulas", "strings_to_urls"), False)
    with xlsxwriter.Workbook(out, {**plain, **options}) as book:
        sheet = book.add_worksheet()
        formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                if type(value) in formats:
                    sheet.write_datetime(row, column, value, formats[type(value)])
                elif value is not None:
                    sheet.write(row, column, value)
    return out.getvalue()


def by_openpyxl(cells: Cells, *, iso: bool = False, mac: bool = False) -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.iso_dates = iso
    if mac:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    for row, values in enumerate(cells, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None:
                sheet.cell(row, column).value = value
                if isinstance(value, timedelta):
                    sheet.cell(row, column).number_format = FORMATS[timedelta]
    book.save(out)
    return out.getvalue()


def by_xlwt(cells: Cells, *, mac: bool = False) -> bytes:
    out, book = io.BytesIO(), xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = mac
    sheet = book.add_sheet("a")
    formats = {kind: xlwt.easyxf(num_format_str=code) for kind, code in FORMATS.items()}
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            stored = value.total_seconds() / 86_400 if isinstance(value, timedelta) else value
            if type(value) in formats:
                sheet.write(row, column, stored, formats[type(value)])
            elif value is not None:
                sheet.write(row, column, value)
    book.save(out)
    return out.getvalue()


def by_ods(cells: Cells) -> bytes:
    def written(value: Any) -> Any:
        if type(value) is time:
            return _ods_time(value.hour * 3600 + value.minute * 60 + value.second)
        if isinstance(value, timedelta):
            return _ods_time(round(value.total_seconds()))
        return value

    return as_ods({"a": [[written(value) for value in values] for values in cells]})


def _ods_time(seconds: int) -> Raw:
    said = f"PT{seconds // 3600:02}H{seconds // 60 % 60:02}M{seconds % 60:02}S"
    return Raw(
        f'<table:table-cell office:value-type="time" office:time-value="{said}"><text:p>x</text:p></table:table-cell>'
    )


def expected(value: Any) -> Any:
    match value:
        case datetime():
            said = _clock(value.hour * 3600 + value.minute * 60 + value.second)
            return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d} {said}"
        case date():
            return value.isoformat()
        case time():
            return _clock(value.hour * 3600 + value.minute * 60 + value.second)
        case timedelta():
            return _clock(round(value.total_seconds()))
    return value


def _clock(seconds: int) -> str:
    said = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{said}:{seconds % 60:02}" if seconds % 60 else said


def the_same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, float) and isinstance(ours, (int, float)) and not isinstance(ours, bool):
        return math.isclose(ours, theirs, rel_tol=1e-12)
    if isinstance(theirs, str) and isinstance(ours, str):
        return ours.split() == theirs.split()  # a paragraph of ODS keeps no blanks at its ends
    return type(ours) is bool if type(theirs) is bool and ours is theirs else ours == theirs and type(ours) is not bool


WRITERS: dict[str, tuple[str, Callable[[Cells], bytes]]] = {
    "xlsxwriter": ("a.xlsx", by_xlsxwriter),
    "xlsxwriter-inline": ("a.xlsx", lambda cells: by_xlsxwriter(cells, constant_memory=True)),
    "xlsxwriter-1904": ("a.xlsx", lambda cells: by_xlsxwriter(cells, date_1904=True)),
    "openpyxl": ("a.xlsx", by_openpyxl),
    "openpyxl-iso": ("a.xlsx", lambda cells: by_openpyxl(cells, iso=True)),
    "xlwt": ("a.xls", by_xlwt),
    "xlwt-1904": ("a.xls", lambda cells: by_xlwt(cells, mac=True)),
    "ods": ("a.ods", by_ods),
}


@pytest.mark.parametrize("id", WRITERS)
def test_what_is_read_is_what_was_written(id: str, tmp_path: Path) -> None:
    name, write = WRITERS[id]
    for seed in range(20):
        cells = a_sheet(random.Random(seed))  # noqa: S311
        (tmp_path / name).write_bytes(write(cells))
        (grid,) = read_grids(tmp_path / name, name, Limits())
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                within = row < len(grid.rows) and column < len(grid.rows[row])
                ours = grid.rows[row][column] if within else None
                assert the_same(ours, expected(value)), (seed, row + 1, column + 1, ours, value)
