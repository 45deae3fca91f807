"""Files of another kind than their name says."""

import struct

from tests.support.hostile.books import DOCTYPES, xlsx
from tests.support.hostile.listing import HEADER, HUGE, ROW, several, text
from tests.support.hostile.zips import Part, deflated, zipped

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">LL", 13_000, 13_000) + b"\x08\x02\0\0\0"
several(
    "events.xlsx",
    "file-is",
    png_of_169_megapixels_as_workbook=lambda: PNG + deflated(bytes(10_000)),
    jpg_that_is_a_workbook_too=lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40) + xlsx(),
    pdf_that_is_a_workbook_too=lambda: b"%PDF-1.7\n" + xlsx(),
    word_document=lambda: zipped([Part("[Content_Types].xml", b"<x/>"), Part("word/document.xml", b"<x/>")]),
    xlsb=lambda: zipped([Part("[Content_Types].xml", b"<x/>"), Part("xl/workbook.bin", b"x")]),
    rar=lambda: b"Rar!\x1a\x07\0" + bytes(100),
    executable=lambda: b"MZ\x90\0" + bytes(1000),
    gzip=lambda: b"\x1f\x8b\x08" + bytes(100),
    zip_as_workbook=lambda: zipped([Part("events.csv", b"a,b")]),
    mhtml=lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
    xml_spreadsheet=lambda: b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>',
    xml_entities=lambda: f'<?xml version="1.0"?>{DOCTYPES["laughs"]}<Workbook>&l9;</Workbook>'.encode(),
)
several(
    "events.csv",
    "file-is",
    png_as_csv=lambda: PNG + bytes(100),
    elf_as_csv=lambda: b"\x7fELF" + bytes(100),
    zip_as_csv=lambda: zipped([Part("events.csv", b"a,b")]),
)
several("events.csv", "file-extension", read=True, xlsx_as_csv=xlsx)
several("events.json", "file-extension", read=True, xlsx_as_json=xlsx)
several("events.xls", "file-extension", read=True, csv_as_xls=lambda: text([HEADER, ROW]))
several("events.xlsx", "file-kind", nul_bytes=lambda: bytes(5000))
several("events.xlsx", "file-encoding", noise=lambda: bytes(range(1, 256)) * 20)
several("events.xlsx", "file-empty", empty_workbook=lambda: b"")
several("events.csv", "file-empty", empty_csv=lambda: b"", blank_csv=lambda: b"\xef\xbb\xbf\n\n \t\n")
several("events.xlsx", "file-too-large", too_large=lambda: bytes(51 * HUGE), large=True)
