"""Files that are odd and sound: a guard that refuses them is a failure too."""

# ruff: noqa: E501

import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from pilot_eval.evidence.readers.by_content import read_grids
from pilot_eval.evidence.readers.limits import Limits
from tests.support import hostile as h


def _with(name: str, text: str | bytes) -> bytes:
    return h.xlsx({name: text})


def _straddling(first: str, then: str) -> bytes:
    """A sheet in which something is cut in two where the reader cuts its pieces, after 5 × 256 KB."""
    head = h.sheet("@").partition("@")[0].encode() + h.TABLE.encode()
    body = head + b" " * (5 * 2**18 - len(head) - len(first)) + first.encode() + then.encode() + b"</worksheet>"
    return h.xlsx({h.SHEET: h.Part(h.SHEET, body, method=0)})


ODD: dict[str, tuple[str, bytes]] = {
    "a Word document inside a workbook": ("a.xls", h.ole({"Workbook": h.workbook()}, embedded={"WordDocument": bytes(5000)})),
    "an encrypted one inside": ("a.xls", h.ole({"Workbook": h.workbook()}, embedded={"EncryptedPackage": bytes(5000)})),
    "two workbooks, as Excel 97 saves for Excel 95": ("a.xls", h.ole({"Book": h.biff5(b"x"), "Workbook": h.workbook()})),
    "a workbook of Excel 5": ("a.xls", h.ole({"Book": h.biff5("讲座".encode("gbk"))})),
    "more strings told than there are": ("a.xls", h.xls(h.XLS_CELLS, h.sst([b"\1\0\0a"], 99))),
    "a module of macros among the sheets": ("a.xlsx", _with(h.BOOK, h.book('<sheet name="m" sheetId="2" r:id=""/><sheet name="活动" sheetId="1" r:id="r1"/>'))),
    "a text and its value": ("a.xlsx", _with(h.SHEET, h.sheet(h.TABLE.replace("</is>", "</is><v>x</v>")))),
    "a value and its text": ("a.xlsx", _with(h.SHEET, h.sheet(h.TABLE.replace("<is>", "<v>x</v><is>")))),
    "prefixed elements": ("a.xlsx", _with(h.SHEET, h.SOUND.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x="))),
    "a comment that looks like cells": ("a.xlsx", _with(h.SHEET, h.SOUND.replace("<row", "<!-- <row r='9'><c r='A9'><v>1</v></c></row> --><row", 1))),
    "a comment that is cut in two": ("a.xlsx", _straddling("<", f"!-- {h.OTHER} --></sheetData>")),
    "an end of the data that is cut in two": ("a.xlsx", _straddling("</sheetDa", f"ta><extLst><ext>{h.OTHER}</ext></extLst>")),
    "rows of another kind": ("a.xlsx", _with(h.SHEET, h.sheet(f'{h.TABLE}<foo xmlns="urn:other">{h.OTHER}</foo>'))),
    "rows after a comment": ("a.xlsx", _with(h.SHEET, h.sheet(f"<!-- -->{h.TABLE}"))),
    "cells between cells that say where they are": ("a.xlsx", _with(h.SHEET, h.SOUND.replace(' r="B2"', "").replace(' r="C2"', ""))),
    "rows upside down": ("a.xlsx", _with(h.SHEET, h.sheet(h.row(2, h.ROW) + h.row(1, h.HEADER)))),
    "cells without references": ("a.xlsx", _with(h.SHEET, re.sub(' r="[A-Z0-9]+"', "", h.SOUND))),
    "UTF-16": ("a.xlsx", _with(h.SHEET, h.SOUND.replace("UTF-8", "UTF-16").encode("utf-16"))),
    "a page whose head has no end": ("a.xls", h.html(h.TR).replace(b"<meta charset='utf-8'>", b"<head><title>x</title>")),
    "a page whose cells hold blocks": ("a.xls", h.html(h.TR.replace("<td>", "<td><div> <p>").replace("</td>", "</p></div></td>"))),
    "a page with rows in a template": ("a.xls", h.html(h.TR + f"<template><template></template><tr>{h.HIDDEN_TR}</tr></template>")),
    "a page with parts that aren't shown": ("a.xls", h.html(h.TR.replace("讲座", "讲<span style='display:none'>座</span>").replace("10", "10<input type=hidden value=3>"))),
    "a page that names a class hidden": ("a.xls", h.html(h.TR.replace("<td>10", "<td class='a hidden'><b title='hidden'>10</b>"))),
    "sizes after the data": ("a.xlsx", h.zipped([replace(each, flags=0x808) for each in h.xlsx_parts()])),
    "parts named with backslashes": ("a.xlsx", h.zipped([replace(each, name=str(each.name).replace("/", "\\")) for each in h.xlsx_parts()])),
    "a separator that is named": ("a.csv", b"sep=;\n" + h.text([h.HEADER, h.ROW], separator=";")),
}  # fmt: skip


@pytest.mark.parametrize("id", ODD)
def test_what_is_odd_and_sound_is_read_whole(id: str, tmp_path: Path) -> None:
    name, data = ODD[id]
    (tmp_path / name).write_bytes(data)
    rows = [row for grid in read_grids(tmp_path / name, name, Limits()) for row in grid.rows if any(row)]
    assert rows == [list(h.HEADER), list(h.ROW)]


def test_a_formula_s_text_over_several_records_is_read_whole(tmp_path: Path) -> None:
    said = h.record(0x0207, struct.pack("<HB", 6000, 1) + ("长" * 4000).encode("utf-16-le"))
    said += h.record(0x003C, b"\1" + ("长" * 1000).encode("utf-16-le")) + h.record(0x003C, b"\0" + b"x" * 1000)
    (tmp_path / "a.xls").write_bytes(h.xls(h.xls_with(h.FORMULA + said)))
    (grid,) = read_grids(tmp_path / "a.xls", "a.xls", Limits())
    assert grid.rows[1][3] == "长" * 5000 + "x" * 1000
