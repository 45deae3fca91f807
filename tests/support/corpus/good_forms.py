"""Good variants: encodings, kinds of files and what programs put into them."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import openpyxl
import yaml
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.support import writers as w
from tests.support.corpus.variants import (
    EVENTS,
    Mark,
    Row,
    Variant,
    changed,
    dated,
    good,
    sheet_of,
)
from tests.support.writers import Formula, Raw, Rows, Shown, Wps

ROWS = sheet_of("events")
BODY = ROWS[1:]


# --- text files
ENCODINGS: dict[str, dict[str, Any]] = {
    "utf8": {},
    "utf8-bom": {"mark": b"\xef\xbb\xbf"},
    "utf16le": {"encoding": "utf-16-le", "mark": b"\xff\xfe"},
    "utf16be": {"encoding": "utf-16-be", "mark": b"\xfe\xff"},
    "gb18030": {"encoding": "gb18030"},
    "gbk": {"encoding": "gbk"},
}
SEPARATORS = {"comma": ",", "tab": "\t", "semicolon": ";"}
CSV_FORMS: dict[str, Callable[[str, Rows], bytes]] = {
    "unix-lines": lambda n, r: w.as_csv(r, newline="\n"),
    "old-mac-lines": lambda n, r: w.as_csv(r, newline="\r"),
    "all-quoted": lambda n, r: w.as_csv(r, quoted=True),
    "names-its-separator": lambda n, r: w.as_csv(r, separator=";", before="sep=;\r\n"),
    "names-its-bar": lambda n, r: w.as_csv(r, separator="|", before="sep=|\r\n"),
    "no-line-at-the-end": lambda n, r: w.as_csv(r).rstrip(),
    "blank-lines-at-the-end": lambda n, r: w.as_csv(r, after="\r\n\r\n \r\n"),
    "separators-at-the-ends": lambda n, r: w.as_csv([[*row, None, None, None] for row in r]),
    "separators-alone-below": lambda n, r: w.as_csv(r, after=",,,,\r\n" * 5),
    "quoted-line-break": lambda n, r: w.as_csv([[r[0][0], "活动\n名称", *r[0][2:]], *r[1:]], quoted=True),
    "text-by-formula": lambda n, r: w.as_csv(
        [r[0], *([f'="{row[0]}"', row[1], row[2], f'="{row[3]}"', row[4]] for row in r[1:])]
    ),
    "text-by-formula-unquoted": lambda n, r: "\r\n".join(
        ",".join(f'="{cell}"' if row and at in (0, 3) else str(cell) for at, cell in enumerate(cells))
        for row, cells in enumerate(r)
    ).encode(),
    "marked-in-the-middle": lambda n, r: w.as_csv([["\ufeff" + r[0][0], *r[0][1:]], *r[1:]], mark=b"\xef\xbb\xbf"),
    "spaces-before-quotes": lambda n, r: "\n".join(
        ", ".join(f'"{w.as_word(cell)}"' if at else w.as_word(cell) for at, cell in enumerate(row)) for row in r
    ).encode(),
    "ctrl-z-at-the-end": lambda n, r: w.as_csv(r) + b"\x1a",
    "nuls-at-the-end": lambda n, r: w.as_csv(r) + bytes(512),
    "utf16-nuls-at-the-end": lambda n, r: w.as_csv(r, "utf-16-le", mark=b"\xff\xfe") + bytes(4),
    "utf16le-without-a-mark": lambda n, r: w.as_csv(r, "utf-16-le"),
    "utf16be-without-a-mark": lambda n, r: w.as_csv(r, "utf-16-be", separator="\t"),
    "spaces-after-commas": lambda n, r: "\n".join(", ".join(map(w.as_word, row)) for row in r).encode(),
}  # fmt: skip


def _texts() -> Iterator[Variant]:
    for encoding, options in ENCODINGS.items():
        for name, separator in SEPARATORS.items():
            yield good(f"text-{encoding}-{name}", "csv-utf8", ROWS, EVENTS,
                       write=lambda n, r, o=options, s=separator: w.as_csv(r, separator=s, **o))  # fmt: skip
    for id, write in CSV_FORMS.items():
        places = {"names-its-separator": 3, "names-its-bar": 3}
        expected = [{**row, "@": places.get(id, 2) + at} for at, row in enumerate(EVENTS)]
        said = ("rows-above 1",) if id in places else ()
        yield good(f"csv-{id}", "csv-utf8", ROWS, expected, *said, write=write)
    rare = changed("events", 0, title="𠮷林㙍论坛€")
    yield good("gb18030-four-bytes", "csv-gb18030", sheet_of("events", rare), rare)
    euro = changed("events", 0, title="欧元€周")
    at_0x80 = w.as_csv(sheet_of("events", euro)).decode().replace("€", "\udc80").encode("gbk", "surrogateescape")
    yield good("gbk-euro", "csv-utf8", ROWS, euro, write=lambda n, r: at_0x80)
    forced = '2018-03-02,=" 新媒体""从业人员""培训班 ",培训,"=""120""",否'
    quoted = re.sub("2018-03-02.*", lambda _: forced, w.as_csv(ROWS, newline="\n").decode())
    yield good("csv-quotes-in-a-formula", "csv-utf8", ROWS, changed("events", 0, title='新媒体"从业人员"培训班'),
               write=lambda n, r: quoted.encode())  # fmt: skip
    commas = changed("events", 0, title="培训,交流;展示\t三合一")
    stored = changed("events", 0, title="培训,交流;展示 三合一")
    for name, separator in SEPARATORS.items():
        yield good(f"separators-inside-{name}", "csv-utf8", sheet_of("events", commas), stored,
                   write=lambda n, r, s=separator: w.as_csv(r, separator=s))  # fmt: skip
    yield good("ascii-only", "csv-utf8", [["name", "area"], ["A1", 10]], [{"name": "A1", "area": 10}], table="premises")
    yield good("json-indented", "json", ROWS, EVENTS, write=lambda n, r: w.as_json(r, indent=2))
    yield good("json-escaped", "json", ROWS, EVENTS, write=lambda n, r: json.dumps(w.records(r)).encode())
    yield good("json-utf8-bom", "json", ROWS, EVENTS, write=lambda n, r: b"\xef\xbb\xbf" + w.as_json(r))
    yield good("json-gb18030", "json", ROWS, EVENTS,
               write=lambda n, r: w.as_json(r).decode().encode("gb18030"))  # fmt: skip
    yield good("json-utf16", "json", ROWS, EVENTS,
               write=lambda n, r: b"\xff\xfe" + w.as_json(r).decode().encode("utf-16-le"))  # fmt: skip
    nulls = [dict.fromkeys(ROWS[0]) | {"备注": None} | row for row in w.records(ROWS)]
    yield good("json-nulls", "json", ROWS, EVENTS, write=lambda n, r: json.dumps(nulls).encode())
    typed = [{**row, "是否联合举办": row["是否联合举办"] == "是"} for row in w.records(ROWS)]
    yield good("json-booleans", "json", ROWS, EVENTS, write=lambda n, r: json.dumps(typed).encode())
    yield good("yaml-booleans", "yaml", ROWS, EVENTS,
               write=lambda n, r: yaml.safe_dump(typed, allow_unicode=True).encode())  # fmt: skip
    shuffled = [dict(reversed(row.items())) if at % 2 else row for at, row in enumerate(typed)]
    yield good("json-keys-in-any-order", "json", ROWS, EVENTS, write=lambda n, r: json.dumps(shuffled).encode())
    fields = [{"held": row["held"], "title": row["title"], "kind": row["kind"], "participants": row["participants"],
               "joint": row["joint"]} for row in EVENTS]  # fmt: skip
    yield good("json-stored-form", "json", ROWS, EVENTS, write=lambda n, r: json.dumps(fields).encode())
    yield from _wrapped()
    numbered = "- {名称: 012, 面积: 12, 租金收入: 1.50}\n- {名称: 1.10, 面积: 1e3, 租金收入: +5}\n"
    yield good("yaml-numbers-as-written", "yaml", [["名称"]], [{"name": "012", "area": 12, "rent": 1.5},
               {"name": "1.10", "area": 1000, "rent": 5}], table="premises",
               write=lambda n, r: numbered.encode())  # fmt: skip
    yield good("yaml-flow", "yaml", ROWS, EVENTS, write=lambda n, r: json.dumps(w.records(r)).encode())
    yield good("yaml-with-comments", "yaml", ROWS, EVENTS, write=lambda n, r: "# 活动台账\n".encode() + w.as_yaml(r))


def _wrapped() -> Iterator[Variant]:
    """JSON as systems answer with it."""
    records = w.records(ROWS)
    around: dict[str, Any] = {
        "code-and-data": {"code": 0, "msg": "ok", "data": records},
        "rows-and-total": {"total": 3, "rows": records},
        "data-with-a-list": {"code": 200, "data": {"list": records, "total": 3}},
        "table-and-count": {"活动": records, "count": 3},
    }
    for id, data in around.items():
        said = frozenset({Mark("json-around", "活动.json", "活动" if id == "table-and-count" else None)})
        yield Variant(f"json-{id}", lambda d=data: {"活动.json": json.dumps(d).encode()}, {"events": EVENTS}, said)
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in records)
    yield good("json-lines", "json", ROWS, EVENTS, write=lambda n, r: lines.encode())
    yield good("json-lists", "csv-utf8", ROWS, EVENTS, file="活动.json", write=lambda n, r: json.dumps(r).encode())
    nested = [{**record, "附图": [{"名称": "一", "大小": 3}], "地点": {"区": "某区"}} for record in records]
    said = frozenset(Mark("header-unread", "活动.json", None, None, key) for key in ("附图", "地点"))
    yield Variant("json-nested-in-unused-keys", lambda: {"活动.json": json.dumps(nested).encode()},
                  {"events": EVENTS}, said)  # fmt: skip


# --- workbooks of every program
WPS_FORMS: dict[str, Wps] = {
    "plain": Wps(),
    "inline-strings": Wps(strings="inline"),
    "rich-runs": Wps(strings="rich"),
    "phonetic": Wps(strings="phonetic"),
    "dimension-too-small": Wps(dimension="A1"),
    "dimension-too-large": Wps(dimension="A1:XFD1048576"),
    "dimension-wrong": Wps(dimension="C3:D4"),
    "styled-cells-to-the-end": Wps(filler='<row r="1048576" spans="1:5"><c r="A1048576" s="0"/>'
                                   '<c r="E1048576" s="0"/></row>'),
    "styled-rows-below": Wps(filler="".join(f'<row r="{n}" ht="14.25"><c r="A{n}" s="0"/></row>' for n in range(5,
    400))),
    "styled-columns-beyond": Wps(filler='<row r="5"><c r="XFD5" s="0"/></row>'),
    "without-references": Wps(references=False),
    "prefixed-elements": Wps(prefix="x:"),
    "strict": Wps(strict=True),
    "absolute-targets": Wps(absolute=True),
    "stored-not-packed": Wps(packing=zipfile.ZIP_STORED),
    "utf16-parts": Wps(encoding="UTF-16"),
    "own-parts": Wps(parts={"xl/wps/theme.wps": b"\0\1", "customXml/itemProps1.xml": b"<a/>",
    "xl/media/a.png": b"\x89PNG"}),
    "rows-in-reverse": Wps(reverse=True),
    "empty-strings": Wps(filler='<row r="5"><c r="A5" t="str"><v></v></c><c r="B5" t="inlineStr"><is><t/></is></c>'
                         "</row>"),
    "conditional-formats": Wps(below='<conditionalFormatting sqref="A2:A9"><cfRule type="duplicateValues" '
                               'priority="1"/></conditionalFormatting><pageMargins left="0.7" right="0.7"/>'),
    "print-titles": Wps(above='<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
                        'state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="13.5"/>'),
    "custom-properties": Wps(properties='<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="ICV">'
                             '<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
                             "A1B2C3D4</vt:lpwstr></property>"),
    "string-formulas": Wps(strings="str"),
}  # fmt: skip


def _change_openpyxl() -> dict[str, Callable[[openpyxl.Workbook], object]]:
    def commented(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["D2"].comment = Comment("含线上", "办公室")

    def validated(book: openpyxl.Workbook) -> None:
        rule = DataValidation(type="list", formula1='"培训,交流对接"')
        rule.add("C2:C100")
        book.worksheets[0].add_data_validation(rule)

    def as_table(book: openpyxl.Workbook) -> None:
        book.worksheets[0].add_table(Table(displayName="Events", ref="A1:E4"))

    def filtered(book: openpyxl.Workbook) -> None:
        book.worksheets[0].auto_filter.ref = "A1:E4"
        book.worksheets[0].freeze_panes = "A2"

    def linked(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["B2"].hyperlink = "https://example.org/"

    def coloured(book: openpyxl.Workbook) -> None:
        for row in book.worksheets[0]["A1:H400"]:
            for cell in row:
                cell.fill = PatternFill("solid", fgColor="FFFF00")

    def protected(book: openpyxl.Workbook) -> None:
        book.worksheets[0].protection.sheet = True

    def more_sheets(book: openpyxl.Workbook) -> None:
        book.create_sheet("Sheet2")
        book.create_sheet("Sheet3")

    def charted(book: openpyxl.Workbook) -> None:
        chart = openpyxl.chart.BarChart()
        chart.add_data(openpyxl.chart.Reference(book.worksheets[0], min_col=4, min_row=1, max_row=4))
        book.worksheets[0].add_chart(chart, "H2")

    return {
        "comment": commented, "validation": validated, "table": as_table, "filter": filtered, "link": linked,
        "fills": coloured, "protection": protected, "empty-sheets": more_sheets, "chart": charted,
    }  # fmt: skip


def _books() -> Iterator[Variant]:
    for id, how in WPS_FORMS.items():
        said = [f"sheet-formulas {'B5' if id == 'empty-strings' else 'A1'}"] if id == "string-formulas" else []
        yield good(f"wps-{id}", "wps", ROWS, EVENTS, *said, write=lambda n, r, h=how: h.book({n: r}))
    for id, change in _change_openpyxl().items():
        yield good(f"openpyxl-{id}", "openpyxl", ROWS, EVENTS, write=lambda n, r, c=change: w.by_openpyxl({n: r}, c))
    for id, options in {"constant-memory": {"constant_memory": True, "in_memory": False}, "zip64": {"use_zip64": True},
                        "numbers-from-strings": {"strings_to_numbers": True}}.items():  # fmt: skip
        yield good(f"xlsxwriter-{id}", "xlsxwriter", ROWS, EVENTS,
                   write=lambda n, r, o=options: w.by_xlsxwriter({n: r}, **o))  # fmt: skip
    yield from _changed_by_xlsxwriter()
    for how in ("openpyxl", "xlsxwriter", "xls", "et", "ods"):
        yield good(f"dates-as-dates-{how}", how, dated(ROWS), EVENTS)
    computed = [ROWS[0], *([*row[:3], Formula(f"=SUM(100,{row[3]}-100)", row[3]), row[4]] for row in BODY)]
    for how in ("xlsxwriter", "wps", "ods"):
        said = ["book-not-calculated D2"] if how == "xlsxwriter" else []
        yield good(f"formulas-{how}", how, computed, EVENTS, "sheet-formulas D2", *said)
    words = [ROWS[0], *([*row[:4], Formula('=IF(A2="","",E9)', row[4])] for row in BODY)]
    yield good("formulas-of-words", "wps", words, EVENTS, "sheet-formulas E2")
    days = [ROWS[0], *([Formula("=DATE(2018,1,1)", row[0]), *row[1:]] for row in BODY)]
    yield good("formulas-of-text-dates", "ods", days, EVENTS, "sheet-formulas A2")
    broken = [[*ROWS[0], "完成率"], [*BODY[0], "#DIV/0!"], [*BODY[1], None], [*BODY[2], None]]
    yield good("error-in-an-unused-column", "wps", broken, EVENTS, "header-unread F1", "cell-unused-bad F2")
    macros = Wps(parts={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    yield Variant("macros", lambda: {"活动.xlsm": macros.book({"活动": ROWS})}, {"events": EVENTS},
                  frozenset({Mark("book-macros", "活动.xlsm")}))  # fmt: skip
    for suffix in (".xltx", ".xlt", ".ett"):
        how = "wps" if suffix == ".xltx" else "xls"
        yield good(f"template{suffix}", how, ROWS, EVENTS, file=f"活动{suffix}")
    wrong = {
        "xls-that-is-xlsx": ("wps", "活动.xls"),
        "et-that-is-xlsx": ("wps", "活动.et"),
        "xlsx-that-is-xls": ("xls", "活动.xlsx"),
    }
    for id, (how, file) in wrong.items():
        yield good(f"wrong-name-{id}", how, ROWS, EVENTS, file=file)
    yield good("wrong-name-csv-that-is-xlsx", "wps", ROWS, EVENTS, "file-extension", file="活动.csv")
    for id, write in {
        "csv": w.as_csv, "gb18030": lambda r: w.as_csv(r, encoding="gb18030"),
        "tabs-utf16": lambda r: w.as_csv(r, separator="\t", encoding="utf-16-le", mark=b"\xff\xfe"),
        "tabs-gb18030": lambda r: w.as_csv(r, separator="\t", encoding="gb18030"),
    }.items():  # fmt: skip
        yield good(f"xls-that-is-text-{id}", "csv-utf8", ROWS, EVENTS, "file-extension", file="活动.xls",
                   write=lambda n, r, f=write: f(r))  # fmt: skip
    rare = changed("events", 0, title="𠮷林_xD842_论坛")
    escaped = sheet_of("events", changed("events", 0, title="_xD842__xDFB7_林_xD842_论坛"))
    for how in ("wps", "wps-inline"):
        yield good(f"a-pair-of-escapes-{how}", how, escaped, rare)
    far = '<row r="5"><c r="XFD5" t="str"><v> </v></c><c r="XFE5" s="0"/></row>'
    yield good("a-blank-far-to-the-right", "wps", ROWS, EVENTS, write=lambda n, r: Wps(filler=far).book({n: r}))
    encoded = _renamed(Wps().book({"活动": ROWS}), "sheet1.xml", "活动.xml", quote("活动.xml"))
    yield good("percent-encoded-parts", "wps", ROWS, EVENTS, write=lambda n, r: encoded)
    yield good("one-column-of-text-xls", "csv-utf8", [["名称"], ["一号楼"]], [{"name": "一号楼"}], "file-extension",
               table="premises", file="楼宇.xls", write=lambda n, r: w.as_csv(r))  # fmt: skip
    for id, page in {"936": 936, "none": None, "1252": 1252}.items():
        yield good(f"biff5-code-page-{id}", "xls", ROWS, EVENTS, write=lambda n, r, p=page: w.as_biff5({n: r}, p))
    yield from _pages()
    yield from _xml2003()
    yield from _ods()


def _renamed(book: bytes, part: str, name: str, said: str) -> bytes:
    """A workbook in which a part of sheets has another name, said otherwise in the relations."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as package, zipfile.ZipFile(out, "w") as made:
        for entry in package.namelist():
            data = package.read(entry)
            made.writestr(entry.replace(part, name), data.replace(part.encode(), said.encode()))
    return out.getvalue()


def _changed_by_xlsxwriter() -> Iterator[Variant]:
    def rich(book: Any) -> None:
        bold = book.add_format({"bold": True})
        book.worksheets()[0].write_rich_string(1, 1, bold, "新媒体", "从业人员", bold, "培训班")

    def chart_sheet(book: Any) -> None:
        book.add_chartsheet("图").set_chart(_chart(book))

    def _chart(book: Any) -> Any:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=活动!$D$2:$D$4"})
        return chart

    def noted(book: Any) -> None:
        book.worksheets()[0].write_comment("A2", "见台账")
        book.worksheets()[0].insert_textbox("H2", "填表说明")
        book.set_properties({"title": "活动台账", "company": "某街道服务中心", "created": datetime(2018, 12, 1)})

    def blanks(book: Any) -> None:
        grey = book.add_format({"bg_color": "silver"})
        for row in range(4, 300):
            book.worksheets()[0].write_blank(row, 0, None, grey)

    changes = {"rich-string": (rich, []), "notes": (noted, []), "blank-cells": (blanks, []),
               "chart-sheet": (chart_sheet, [Mark("sheet-not-a-table", "活动.xlsx", "图")])}  # fmt: skip
    for id, (change, marks) in changes.items():
        made = good(f"xlsxwriter-{id}", "xlsxwriter", ROWS, EVENTS,
                    write=lambda n, r, c=change: w.by_xlsxwriter({n: r}, c))  # fmt: skip
        yield Variant(made.id, made.files, made.tables, made.said | frozenset(marks))


def _pages() -> Iterator[Variant]:
    """Web pages under the name of a workbook, as systems export them."""
    forms: dict[str, Callable[[str, Rows], bytes]] = {
        "gb18030": lambda n, r: w.as_html(r, "gb18030"),
        "styled": lambda n, r: w.as_html(r, head="<style>td{mso-number-format:'\\@'}</style><title>活动</title>"),
        "excel": lambda n, r: w.as_html(r).replace(
            b"<html>", b'<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:x">'
        ),
        "upper-case": lambda n, r: w.as_html(r).replace(b"<td ", b"<TD ").replace(b"</td>", b"</TD>"),
        "unclosed-cells": lambda n, r: w.as_html(r).replace(b"</td>", b"").replace(b"</tr>", b""),
        "header-cells": lambda n, r: w.as_html(r).replace(b"<table border=1>", b"<table><thead>"),
        "begins-with-a-form": lambda n, r: b"\r\n\r\n<form id='f'>" + _table(r) + b"</form>",
        "xhtml": lambda n, r: b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>'
        + _table(r) + b"</body></html>",
        "rows-alone": lambda n, r: _table(r).replace(b"<table border=1>", b"").replace(b"</table>", b""),
        "signs-in-attributes": lambda n, r: w.as_html(r).replace(
            b"<td >120", b"""<td title="a>b" onclick='if(a>1)x()'>120"""
        ),
        "inner-markup": lambda n, r: w.as_html(r).replace("同心论坛".encode(), "<b>同心</b><span>论坛</span>".encode()),
    }  # fmt: skip
    for id, write in forms.items():
        yield good(f"page-{id}", "html", ROWS, EVENTS, "file-extension", write=write)

    titled: dict[str, Callable[[str, Rows], bytes]] = {
        "begins-with-a-paragraph": lambda n, r: "<p>活动台账</p>".encode() + _table(r),
        "begins-with-a-heading": lambda n, r: "<h1>活动台账</h1>".encode() + _table(r),
        "begins-with-center": lambda n, r: b"<CENTER><font size=5>2018</font></CENTER>" + _table(r),
        "begins-with-a-warning": lambda n, r: b"<br />\n<b>Notice</b>: Undefined variable<br />\n" + _table(r),
        "begins-with-text": lambda n, r: "活动台账, 2018\r\n".encode() + _table(r),
    }  # fmt: skip
    places = [{**row, "@": 3 + at} for at, row in enumerate(EVENTS)]
    for id, write in titled.items():
        yield good(f"page-{id}", "html", ROWS, places, "file-extension", "rows-above 1", write=write)

    less = changed("events", 1, title="同心论坛（人数<100, 场次 < 3）")
    yield good("page-less-than-as-text", "html", sheet_of("events", less), less, "file-extension",
               write=lambda n, r: w.as_html(r).replace(b"&lt;", b"<"))  # fmt: skip


def _table(rows: Rows) -> bytes:
    """The table of a page alone."""
    page = w.as_html(rows)
    return page[page.index(b"<table") : page.index(b"</body>")]


def _xml2003() -> Iterator[Variant]:
    """XML spreadsheets of 2003 under the name of a workbook, as systems export them."""
    forms: dict[str, Callable[[str, Rows], bytes]] = {
        "plain": lambda n, r: w.as_xml2003({n: r}),
        "prefixed": lambda n, r: w.as_xml2003({n: r}, prefix="ss:"),
        "utf16": lambda n, r: w.as_xml2003({n: r}, encoding="UTF-16"),
        "gb2312": lambda n, r: w.as_xml2003({n: r}, encoding="GB2312"),
        "dates": lambda n, r: w.as_xml2003({n: dated(r)}),
        "commented": lambda n, r: w.as_xml2003({n: [r[0], [Raw(
            '<Data ss:Type="String">2018-03-02</Data><Comment><ss:Data><html:B>见</html:B>台账</ss:Data></Comment>'
        ), *r[1][1:]], *r[2:]]}),
        "rich": lambda n, r: w.as_xml2003({n: [r[0], [r[1][0], Raw(
            '<ss:Data ss:Type="String"><html:B>新媒体</html:B>从业人员<html:I>培训班</html:I></ss:Data>'
        ), *r[1][2:]], *r[2:]]}),
        "empty-sheets": lambda n, r: w.as_xml2003({n: r, "Sheet2": [], "Sheet3": []}),
        "doctype-free-comment": lambda n, r: w.as_xml2003({n: r}, before="<!-- 导出 -->"),
    }  # fmt: skip
    for id, write in forms.items():
        yield good(f"xml2003-{id}", "xml2003", ROWS, EVENTS, "file-extension", write=write)
    computed = [ROWS[0], *([*row[:3], Formula("=RC[-1]", row[3]), row[4]] for row in BODY)]
    yield good("xml2003-formulas", "xml2003", computed, EVENTS, "sheet-formulas D2")
    spans = {(1, 1): ' ss:MergeAcross="4"'}
    titled = [["活动台账", None, None, None, None], *ROWS]
    yield good("xml2003-title", "xml2003", titled, EVENTS, "rows-above 1", "file-extension", first=2,
               write=lambda n, r: w.as_xml2003({n: r}, cells=spans))  # fmt: skip
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    yield good("xml2003-hidden-sheet", "xml2003", ROWS, EVENTS, "sheet-hidden", "file-extension",
               write=lambda n, r: w.as_xml2003({n: r}, options=hidden))  # fmt: skip
    yield good("xml2003-hidden-row", "xml2003", ROWS, EVENTS, "rows-hidden 3", "file-extension",
               write=lambda n, r: w.as_xml2003({n: r}, rows_xml={3: 'ss:Hidden="1"'}))  # fmt: skip
    yield good("xml2003-hidden-column", "xml2003", ROWS, EVENTS, "columns-hidden D", "file-extension",
               write=lambda n, r: w.as_xml2003({n: r}, columns='<Column ss:Index="4" ss:Hidden="1"/>'))  # fmt: skip
    apart = {3: 'ss:Index="5"'}
    placed = [{**row, "@": at} for row, at in zip(EVENTS, (2, 5, 6), strict=True)]
    yield good("xml2003-row-index", "xml2003", ROWS, placed, "file-extension",
               write=lambda n, r: w.as_xml2003({n: r}, rows_xml=apart))  # fmt: skip
    shares = [["名称", "出租率", "启用日期"], ["A座", Shown(0.975, "Percent"), Shown(43221, "Short Date")],
              ["B座", Shown(0.5, "0.00%"), Shown(43221, "yyyy/m/d")]]  # fmt: skip
    expected = [
        {"name": "A座", "share": 97.5, "opened": "2018-05-01"},
        {"name": "B座", "share": 50, "opened": "2018-05-01"},
    ]
    yield good("xml2003-formats", "xml2003", shares, expected, table="premises")
    mac = "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>"
    yield good("xml2003-1904", "xml2003", [shares[0], ["A座", 97.5, Shown(43221 - 1462, "yyyy-mm-dd")]],
               [expected[0]], "file-extension", table="premises",
               write=lambda n, r: w.as_xml2003({n: r}, before=mac))  # fmt: skip
    of_columns = '<Column/><Column ss:StyleID="s1"/>'
    yield good("xml2003-style-of-the-column", "xml2003", [shares[0][:2], ["A座", 0.975], ["B座", Shown(0.5, "0%")]],
               [{"name": "A座", "share": 97.5}, {"name": "B座", "share": 50}], "file-extension", table="premises",
               write=lambda n, r: w.as_xml2003({n: r}, columns=of_columns))  # fmt: skip


def _ods() -> Iterator[Variant]:
    text = '<table:table-cell office:value-type="string">{}</table:table-cell>'
    first = BODY[0]
    repeated = [ROWS[0], ["2018-03-02", "第一期", "培训", 20, "否"], ["2018-04-02", "第二期", "培训", 20, "否"]]
    same: list[Row] = [{"held": "2018-03-02", "title": "第一期", "kind": "training", "participants": 20,
    "joint": False},
            {"held": "2018-04-02", "title": "第二期", "kind": "training", "participants": 20,
            "joint": False}]  # fmt: skip
    cells: dict[str, tuple[Any, int, str]] = {
        # the cell, its column, what is stored if it is the title
        "spaces": (text.format('<text:p>新媒体<text:s text:c="3"/>培训班</text:p>'), 1, "新媒体 培训班"),
        "tabs": (text.format("<text:p>新媒体<text:tab/>培训班</text:p>"), 1, "新媒体 培训班"),
        "line-breaks": (text.format("<text:p>新媒体<text:line-break/>培训班</text:p>"), 1, "新媒体 培训班"),
        "paragraphs": (text.format("<text:p>新媒体</text:p><text:p>培训班</text:p>"), 1, "新媒体 培训班"),
        "spans": (text.format("<text:p><text:span>新媒体</text:span>培训班</text:p>"), 1, "新媒体培训班"),
        "annotation": (
            text.format("<office:annotation><dc:date>2018</dc:date><text:p>批注</text:p></office:annotation>"
                        "<text:p>新媒体培训班</text:p>"), 1, "新媒体培训班"),
        "currency": ('<table:table-cell office:value-type="currency" office:currency="CNY" office:value="120">'
                     "<text:p>￥120.00</text:p></table:table-cell>", 3, ""),
        "boolean": ('<table:table-cell office:value-type="boolean" office:boolean-value="false"><text:p>FALSE</text:p>'
                    "</table:table-cell>", 4, ""),
        "date-with-time": ('<table:table-cell office:value-type="date" office:date-value="2018-03-02T14:30:00">'
                           "<text:p>18/03/02</text:p></table:table-cell>", 0, ""),
        "string-value": ('<table:table-cell office:value-type="string" office:string-value="2018-03-02"/>', 0, ""),
    }  # fmt: skip
    for id, (xml, column, title) in cells.items():
        rows = [ROWS[0], [Raw(xml) if at == column else cell for at, cell in enumerate(first)], *BODY[1:]]
        expected = changed("events", 0, title=title) if title else EVENTS
        yield good(f"ods-{id}", "ods", rows, expected)
        yield good(f"fods-{id}", "fods", rows, expected)
    yield good("ods-without-its-type", "ods", ROWS, EVENTS,
               write=lambda n, r: _without(w.as_ods({n: r}), "mimetype"))  # fmt: skip
    yield good("ods-no-filler", "ods", ROWS, EVENTS, write=lambda n, r: w.as_ods({n: r}, filler=False))
    spread = [*repeated[:1], *([*row[:3], Raw(_twice(row[3]))] for row in repeated[1:])]
    wide = [[*spread[0][:4], "受益人次", spread[0][4]], *([*row, "否"] for row in spread[1:])]
    yield good("ods-repeated-cells", "ods", wide, same, "header-unread E1")
    month = Raw('<table:table-cell table:style-name="month" office:value-type="date" office:date-value="2018-03-01">'
                "<text:p>2018年3月</text:p></table:table-cell>")  # fmt: skip
    yield good("ods-month-format", "ods", [ROWS[0], [month, *first[1:]], *BODY[1:]],
               changed("events", 0, held=("2018-03-01", "2018-03-31")), "cell-approximate A2")  # fmt: skip
    wan = Raw('<table:table-cell table:style-name="wan" office:value-type="float" office:value="1.2">'
              "<text:p>1.2万</text:p></table:table-cell>")  # fmt: skip
    yield good("ods-ten-thousands-format", "ods", [ROWS[0], [*first[:3], wan, first[4]], *BODY[1:]],
               changed("events", 0, participants=(12_000, 11_500, 12_500)), "cell-approximate D2")  # fmt: skip
    blank_rows = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    places = [{**row, "@": 5 + at} for at, row in enumerate(EVENTS)]
    yield good("ods-repeated-blank-rows-above", "ods", ROWS, places, "rows-above 1",
               write=lambda n, r: w.as_ods({n: r}, before=blank_rows))  # fmt: skip
    yield good("ods-with-an-image", "ods", ROWS, EVENTS,
               write=lambda n, r: w.as_ods({n: r}, parts={"Pictures/a.png": b"\x89PNG"}))  # fmt: skip


def _without(book: bytes, part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as package, zipfile.ZipFile(out, "w") as made:
        for entry in package.namelist():
            if entry != part:
                made.writestr(entry, package.read(entry))
    return out.getvalue()


def _twice(number: float) -> str:
    return (f'<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="{number}">'
            f"<text:p>{number}</text:p></table:table-cell>")  # fmt: skip


VARIANTS: tuple[Variant, ...] = (*_texts(), *_books())
