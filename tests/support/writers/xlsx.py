"""Writes XLSX workbooks by the libraries that programs use."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import xlsxwriter

from tests.support.writers.cells import Formula, Rows, Shown


def by_openpyxl(sheets: Mapping[str, Rows], change: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    """A workbook by openpyxl, which leaves formulas without a value; `change` finishes it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell is None:
                    continue
                made = sheet.cell(row, column)
                made.value = cell.value if isinstance(cell, Shown) else cell.text if isinstance(cell, Formula) else cell
                if isinstance(cell, Shown):
                    made.number_format = (
                        cell.format
                        if isinstance(cell.format, str)
                        else openpyxl.styles.numbers.BUILTIN_FORMATS[cell.format]
                    )
                elif isinstance(cell, str):
                    made.data_type = "s"  # =… is text here
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(
    sheets: Mapping[str, Rows],
    change: Callable[[xlsxwriter.Workbook], object] | None = None,
    **options: Any,
) -> bytes:
    """A workbook by xlsxwriter, which keeps the value of formulas; `options` are those of its workbooks."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **options})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                match cell:
                    case None:
                        pass
                    case Shown():
                        sheet.write_number(row, column, cell.value, book.add_format({"num_format": cell.format}))
                    case Formula():
                        sheet.write_formula(row, column, cell.text, None, "" if cell.value is None else cell.value)
                    case str():
                        sheet.write_string(row, column, cell)
                    case _:
                        sheet.write(row, column, cell)
    if change:
        change(book)
    book.close()
    return out.getvalue()
