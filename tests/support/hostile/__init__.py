"""Files that harm whoever trusts them, each with the finding that it must give.

`python -m tests.support.hostile FOLDER` writes them all.
"""

# ruff: noqa: I001  the order in which they are listed

from tests.support.hostile.listing import FILES, HEADER, HUGE, ROW, Hostile, text
from tests.support.hostile.zips import Part, repeated, zipped
from tests.support.hostile.books import (
    BOOK, MAIN, OTHER, SHEET, SOUND, STRINGS, STYLES, TABLE, book, row, sheet, xlsx, xlsx_parts,
)  # fmt: skip
from tests.support.hostile import sheets, packages, other_kinds
from tests.support.hostile.texts import as_json
from tests.support.hostile.pages import HIDDEN_TR, TR, html
from tests.support.hostile.opendocument import ODS_ROWS, ods
from tests.support.hostile.biff_books import FORMULA, XLS_CELLS, biff5, ole, record, sst, wide, workbook, xls, xls_with
from tests.support.hostile import biff, attached

__all__ = [
    "BOOK", "FILES", "FORMULA", "HEADER", "HIDDEN_TR", "HUGE", "MAIN", "ODS_ROWS", "OTHER", "ROW", "SHEET", "SOUND",
    "STRINGS", "STYLES", "TABLE", "TR", "XLS_CELLS", "Hostile", "Part", "as_json", "attached", "biff", "biff5", "book",
    "html", "ods", "ole", "other_kinds", "packages", "record", "repeated", "row", "sheet", "sheets", "sst", "text",
    "wide", "workbook", "xls", "xls_with", "xlsx", "xlsx_parts", "zipped",
]  # fmt: skip
