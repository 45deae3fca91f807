"""Writes XLS workbooks of Excel 97 and of Excel 95."""

import io
import struct
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import xlwt
from xlwt.CompoundDoc import XlsDoc

from tests.support.writers.cells import Formula, Rows, Shown


def by_xlwt(
    sheets: Mapping[str, Rows], change: Callable[[xlwt.Workbook], object] | None = None, *, date1904: bool = False
) -> bytes:
    """A BIFF8 workbook; a formula has no value in it."""
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = date1904
    styles: dict[str, xlwt.XFStyle] = {}

    def styled(code: str) -> xlwt.XFStyle:
        return styles.setdefault(code, xlwt.easyxf(num_format_str=code))

    for name, rows in sheets.items():
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                match cell:
                    case None:
                        pass
                    case Shown():
                        sheet.write(row, column, cell.value, styled(str(cell.format)))
                    case Formula():
                        sheet.write(row, column, xlwt.Formula(cell.text.removeprefix("=")))
                    case date():
                        sheet.write(row, column, cell, styled("yyyy-mm-dd"))
                    case _:
                        sheet.write(row, column, cell)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_biff5(sheets: Mapping[str, Rows], code_page: int | None) -> bytes:
    """A workbook of Excel 95 with one sheet in GBK, whatever code page it names; text and numbers alone."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def cell(row: int, column: int, value: Any) -> bytes:
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            text = value.encode("gbk")
            return record(0x0204, at + struct.pack("<H", len(text)) + text)
        return record(0x0203, at + struct.pack("<d", value))

    def globals_of(offset: int) -> bytes:
        page = b"" if code_page is None else record(0x0042, struct.pack("<H", code_page))
        name = next(iter(sheets)).encode("gbk")
        listed = record(0x0085, struct.pack("<LHB", offset, 0, len(name)) + name)
        style = record(0x00E0, bytes(16))
        return record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0)) + page + style + listed + record(0x000A, b"")

    (rows,) = sheets.values()
    cells = b"".join(cell(at, to, value) for at, row in enumerate(rows) for to, value in enumerate(row))
    page = record(0x0809, struct.pack("<HHHH", 0x0500, 16, 0, 0)) + cells + record(0x000A, b"")
    out = io.BytesIO()
    XlsDoc().save(out, globals_of(len(globals_of(0))) + page)
    return out.getvalue()
