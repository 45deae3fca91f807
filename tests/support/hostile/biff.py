"""Hostile XLS workbooks."""

# ruff: noqa: E501

import struct

from tests.support.hostile.biff_books import (
    BOF_SHEET,
    EOF,
    FORMULA,
    MULTIPLE,
    XLS_CELLS,
    biff5,
    label,
    ole,
    record,
    sharing,
    sst,
    workbook,
    xls,
    xls_with,
)
from tests.support.hostile.listing import several

several("events.xls", "submission-no-info", read=True, xls_sound=xls)
several(
    "events.xls", "xls-broken",
    xls_circle=lambda: ole({"Workbook": workbook().ljust(9000, b"\0")}, chains={3: 1}),
    xls_chain_outside=lambda: ole({"Workbook": workbook()}, chains={2: 2**31}),
    xls_directory_in_a_circle=lambda: ole({"Workbook": workbook()}, chains={8: 8}),
    xls_shared_sectors=lambda: sharing(),
    xls_cut=lambda: xls()[:1500],
    xls_header_only=lambda: xls()[:512],
    xls_stream_too_long=lambda: ole({"Workbook": workbook()}, sizes={"Workbook": 2**31}),
    xls_no_end=lambda: ole({"Workbook": workbook()[: -len(EOF)] + record(0x0203, bytes(4))}),
    xls_record_too_long=lambda: ole({"Workbook": (workbook()[:-4] + struct.pack("<HH", 0x0203, 0xFFFF))}),
    xls_tiny_records=lambda: xls(record(0x0001) * 3_000_000),
    xls_sheets_overlap=lambda: xls(BOF_SHEET * 20_000 + XLS_CELLS + EOF * 20_000, sheets=150, step=len(BOF_SHEET)),
    xls_short_cell=lambda: xls(record(0x0203, b"\0\0")),
    xls_too_old=lambda: ole({"Workbook": record(0x0809, struct.pack("<2H", 0x0200, 5)) + EOF}),
    xls_empty_strings=lambda: xls(XLS_CELLS, sst([b"\0\0\0" * 2000] * 1200, 2_400_000)),
    xls_string_cut=lambda: xls(XLS_CELLS, sst([b"\xff\xff\0abc"], 1)),
    xls_broken_continue=lambda: xls(XLS_CELLS, sst([b"\x0a\0\1a\0b", b""], 1)),
)  # fmt: skip
several(
    "events.xls", "xls-broken",
    xls_two_books_of_one_name=lambda: ole({"WORKBOOK": workbook(), "Workbook": workbook()}),
    xls_small_streams_of_another_size=lambda: xls()[:56] + bytes(4) + xls()[60:],
    xls_cells_cut=lambda: xls(xls_with(record(0x00BD, MULTIPLE[:-1]))),
    xls_cells_without_last=lambda: xls(XLS_CELLS + record(0x00BD, struct.pack("<3HL", 1, 5, 0, 30))),
    xls_cells_with_another_last=lambda: xls(xls_with(record(0x00BD, MULTIPLE[:-2] + b"\x09\0"))),
    xls_text_cut=lambda: xls(xls_with(record(0x0204, struct.pack("<4HB", 1, 3, 0, 5, 0) + b"10"))),
    xls_wide_text_cut=lambda: xls(xls_with(record(0x0204, struct.pack("<4HB", 1, 3, 0, 2, 1) + b"1\0" + b"0"))),
    xls_text_of_a_formula_cut=lambda: xls(xls_with(FORMULA + record(0x0207, struct.pack("<HB", 9, 0) + b"10"))),
)  # fmt: skip
several(
    "events.xls", "book-sheet-twice",
    xls_sheet_twice=lambda: xls(XLS_CELLS, sheets=2, step=0),
)  # fmt: skip
several(
    "events.xls",
    "file-encrypted",
    xls_encrypted=lambda: xls(XLS_CELLS, record(0x002F, bytes(54))),
    xlsx_encrypted=lambda: ole({"EncryptionInfo": bytes(600), "EncryptedPackage": bytes(9000)}),
)
several("events.xls", "file-is", xls_word=lambda: ole({"WordDocument": bytes(5000)}))
several("events.xls", "file-kind", ole_of_nothing=lambda: ole({"x": bytes(5000)}))
several(
    "events.xls",
    "sheet-too-large",
    xls_far_cell=lambda: xls(XLS_CELLS + label(65535, 255, "x")),
    xls_many_sheets=lambda: xls(sheets=300, step=1),
)
several("events.xls", "cell-twice", "A2", xls_cell_twice=lambda: xls(XLS_CELLS + label(1, 0, "2018-04-01")))
several(
    "events.xls", "cell-damaged", "D2",
    xls_nan=lambda: xls(xls_with(record(0x0203, struct.pack("<3Hd", 1, 3, 0, float("nan"))))),
    xls_infinity=lambda: xls(xls_with(record(0x0203, struct.pack("<3Hd", 1, 3, 0, float("inf"))))),
    xls_string_beyond=lambda: xls(xls_with(record(0x00FD, struct.pack("<3HL", 1, 3, 0, 2**31)))),
    xls_number_in_odd_letters=lambda: xls(xls_with(record(0x0204, struct.pack("<4HB", 1, 3, 0, 2, 1) + b"1\0\0\xd8"))),
    xls_count_of_strings=lambda: xls(xls_with(record(0x00FD, struct.pack("<3HL", 1, 3, 0, 9))), sst([b"\1\0\0a"], 2**32 - 1)),
)  # fmt: skip
several(
    "events.xls", "cell-damaged", "B2", xls_broken_byte=lambda: ole({"Book": biff5("讲".encode("gbk") + b"\xff\xff")})
)
several(
    "events.xls",
    "rows-hidden",
    read=True,
    xls_row_of_no_height=lambda: xls(XLS_CELLS + record(0x0208, struct.pack("<3H", 1, 0, 5) + bytes(10))),
)
several(
    "events.xls",
    "cell-formula",
    "D2",
    xls_formula_without_text=lambda: xls(
        xls_with(record(0x0006, struct.pack("<3H", 1, 3, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(8)))
    ),
)
several(
    "events.xls", "book-links", read=True, xls_links=lambda: xls(XLS_CELLS, record(0x01AE, b"\1\0\5\0\0ab c") * 5000)
)
