"""The sound files in which something is changed."""

# ruff: noqa: E501

import io
import json
import struct
from dataclasses import dataclass
from typing import Any

import openpyxl
import xlsxwriter

from tests.conftest import EXAMPLE
from tests.support import hostile as h
from tests.support.writers import Formula, Shown, as_xml2003, flat_ods


@dataclass(frozen=True)
class Case:
    name: str
    data: bytes
    same_as: "Case | None" = None  # its grids must be those of this one


def seeds() -> list[Case]:
    made = [
        Case("a.xlsx", h.xlsx()),
        Case("b.xlsx", h.xlsx({h.SHEET: _rich_sheet(), h.STRINGS: _strings(), h.STYLES: _styles()})),
        Case("c.xlsx", _by_openpyxl()),
        Case("d.xlsx", _by_xlsxwriter()),
        Case("a.ods", h.ods(h.ODS_ROWS)),
        Case("b.ods", _rich_ods()),
        Case("a.fods", flat_ods(_rich_ods())),
        Case("a.xls", h.xls()),
        Case("b.xls", _rich_xls()),
        Case("h.xls", h.html(h.TR)),
        Case("i.xls", h.html("<tr><td rowspan=2>a<td colspan='2'>b</td></tr><tr><th>1&amp;2<br>x</th></tr><!-- x -->")),
        Case("j.xls", as_xml2003({"活动": [h.HEADER, h.ROW], "二": [["a", 1.5], [True, Shown(0.5, "0%")]]})),
        Case(
            "k.xls", as_xml2003({"活动": [h.HEADER, [*h.ROW[:3], Formula("=1", 10), "#N/A"]]}, author="a", prefix="ss:")
        ),
        Case("a.csv", h.text([h.HEADER, h.ROW, ("2018-04-01", '"讲""座,\n二"', "培训", '"1,600多"', "是")])),
        Case("b.csv", h.text([h.HEADER, h.ROW], "gb18030", "\r\n", "\t")),
        Case("c.csv", ("\ufeff" + h.text([h.HEADER, h.ROW]).decode()).encode("utf-16-le")),
        Case("a.json", h.as_json("10")()),
        Case(
            "b.json", json.dumps({"events": [{"日期": "2018-01-01", "参加人次": 1e3, "x": None, "y": True}]}).encode()
        ),
        Case("a.yaml", b"events:\n- {a: 1, b: x}\n- a: 2\n  b: |\n    y\n"),
        Case(
            "a.zip",
            h.zipped([h.Part("d/a.csv", h.text([h.HEADER, h.ROW])), h.Part("d/submission.yaml", b"pilot: a\n")]),
        ),
    ]
    for path in sorted((EXAMPLE / "submissions").rglob("*")):
        if path.suffix in (".xlsx", ".csv", ".json") or path.name == "submission.yaml":
            made += [Case(path.name, path.read_bytes())]
    return made


def _rich_sheet() -> str:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="A2" s="1"><v>43160</v></c><c r="B2" s="2"><v>0.5</v></c><c r="C2" t="b"><v>1</v></c></row>'
        '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>"a"</f><v>a&amp;b</v></c><c r="C3" t="e"><v>#N/A</v></c></row>'
        '<row r="5"><c r="A5" t="inlineStr"><is><r><t>x</t></r><r><t xml:space="preserve"> y</t></r></is></c><c r="B5"/><c r="H5" s="3"><v>1.5</v></c></row>'
    )
    return h.sheet(
        rows, '<cols><col min="2" max="2" hidden="1"/></cols>', '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
    )


def _strings() -> str:
    runs = "<r><rPr><b/></rPr><t>参加</t></r><r><t>人次</t></r>"
    return f'<sst xmlns="{h.MAIN}" count="3" uniqueCount="3"><si><t>日期</t></si><si>{runs}</si><si><t xml:space="preserve"> a_x000D_b </t></si></sst>'


def _styles() -> str:
    code = '<numFmts><numFmt numFmtId="164" formatCode="0.0&quot;万&quot;"/></numFmts>'
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 10, 164))
    return f'<styleSheet xmlns="{h.MAIN}">{code}<cellXfs>{styles}</cellXfs></styleSheet>'


_ROWS: list[list[Any]] = [
    ["日期", "参加人次", "x"],
    ["2018-03-01", 10, True],
    [None, 1.5, " y "],
    ["合计", "=SUM(B2:B3)", None],
]


def _by_openpyxl() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in _ROWS:
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A2:A3")
    book.create_sheet("二").append(["a", "b"])
    book.save(stream)
    return stream.getvalue()


def _by_xlsxwriter() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("活动")
    percent = book.add_format({"num_format": "0.00%"})
    for at, row in enumerate(_ROWS):
        sheet.write_row(at, 0, row)
    sheet.write(5, 5, 0.5, percent)
    sheet.merge_range("D1:E2", "m")
    book.close()
    return stream.getvalue()


def _rich_ods() -> bytes:
    rows = (
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="1.5"><text:p>1.5</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="date" office:date-value="2018-03-01"/><table:table-cell/>'
        '<table:table-cell office:value-type="percentage" office:value="0.5"/><table:covered-table-cell/></table:table-row>'
        '<table:table-row table:visibility="collapse"><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true" table:number-rows-spanned="2"/></table:table-row>'
    )
    return h.ods(rows)


def _rich_xls() -> bytes:
    pack = struct.pack
    sst = h.sst([b"\3\0\0abc\2\0\1a\0b\0\4\0\0xy", b"\1z\0w\0" + b"\2\0\x08\1\0ab" + bytes(4)], 4)
    formats = h.record(0x041E, pack("<H", 164) + h.wide('0.0"万"')) + b"".join(
        h.record(0x00E0, pack("<2H", 0, code) + bytes(16)) for code in (0, 14, 10, 164)
    )
    cells = (
        h.record(0x0208, pack("<8H", 1, 0, 4, 255, 0, 0, 0x20, 0)) + h.record(0x007D, pack("<5H", 1, 1, 2000, 0, 1) + bytes(2))
        + b"".join(h.record(0x00FD, pack("<3HL", 0, at, 0, at)) for at in range(4))
        + h.record(0x0203, pack("<3Hd", 1, 0, 1, 43160.0)) + h.record(0x027E, pack("<3HL", 1, 1, 2, (50 << 2) | 3))
        + h.record(0x00BD, pack("<2H", 2, 0) + pack("<HL", 0, 6) * 3 + pack("<H", 2)) + h.record(0x0205, pack("<3H2B", 3, 0, 0, 1, 0))
        + h.record(0x0205, pack("<3H2B", 3, 1, 0, 7, 1)) + h.record(0x0006, pack("<3Hd", 4, 0, 0, 2.0) + bytes(6))
        + h.record(0x0006, pack("<3H", 4, 1, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(6)) + h.record(0x0207, h.wide("ab"))
        + h.record(0x00E5, pack("<5H", 1, 1, 2, 0, 0))
    )  # fmt: skip
    return h.xls(cells, formats + sst)
