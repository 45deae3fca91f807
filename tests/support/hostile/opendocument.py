"""Hostile ODS workbooks."""

# ruff: noqa: E501

from collections.abc import Callable, Iterable

from tests.support.hostile.books import DOCTYPES, ODF, XML
from tests.support.hostile.listing import HEADER, ROW, several
from tests.support.hostile.zips import Part, zipped
from tests.support.writers import flat_ods


def ods(rows: str, styles: str = "", **parts: bytes) -> bytes:
    content = (
        f"{XML}<office:document-content{ODF}>{styles}<office:body><office:spreadsheet>"
        f'<table:table table:name="活动">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    made = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()} | parts
    return zipped([Part(name, data, method=0 if name == "mimetype" else 8) for name, data in made.items()])


def _ods_cell(cell: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{cell}</text:p></table:table-cell>'


def _ods_row(cells: Iterable[str], more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _flat(rows: str = "", before: str = "") -> bytes:
    return flat_ods(ods(rows or ODS_ROWS)).replace(b"<office:body>", f"{before}<office:body>".encode(), 1)


ODS_ROWS = _ods_row(HEADER) + _ods_row(ROW)
_WIDE = ' table:number-columns-repeated="16384"'
_SPANS = ' table:number-rows-spanned="999999999" table:number-columns-spanned="999999999"'


def _ods_number(said: str, kind: str = "float") -> Callable[[], bytes]:
    cell = f'<table:table-cell office:value-type="{kind}" {said}><text:p>10</text:p></table:table-cell>'
    rows = ODS_ROWS.replace(_ods_cell("10"), cell)
    return lambda: ods(rows)


def _ods_flag(said: str) -> Callable[[], bytes]:
    cell = f'<table:table-cell office:value-type="boolean"{said}><text:p>TRUE</text:p></table:table-cell>'
    return lambda: ods(ODS_ROWS.replace(_ods_cell("否"), cell))


several(
    "events.ods", "sheet-too-large",
    ods_rows_repeated=lambda: ods(ODS_ROWS + _ods_row(ROW, ' table:number-rows-repeated="2147483647"')),
    ods_million_rows_repeated=lambda: ods(ODS_ROWS + _ods_row(ROW, ' table:number-rows-repeated="1048570"')),
    ods_columns_repeated=lambda: ods(ODS_ROWS + f"<table:table-row>{_ods_cell('x', _WIDE)}</table:table-row>"),
    ods_far_cell=lambda: ods(ODS_ROWS + '<table:table-row table:number-rows-repeated="1048000"/>' + f'<table:table-row><table:table-cell table:number-columns-repeated="400"/>{_ods_cell("x")}</table:table-row>'),
    ods_far_row=lambda: ods(ODS_ROWS + '<table:table-row table:number-rows-repeated="999999999"/>' + _ods_row(["x"])),
)  # fmt: skip
several(
    "events.ods", "submission-no-info", read=True,
    ods_many_columns=lambda: ods('<table:table-column table:default-cell-style-name="a"/>' * 100_000 + ODS_ROWS),
    ods_blank_rows_repeated=lambda: ods(ODS_ROWS + '<table:table-row table:number-rows-repeated="2147483647"/>'),
    ods_huge_span=lambda: ods(ODS_ROWS.replace(_ods_cell("否"), _ods_cell("否", _SPANS))),
)  # fmt: skip
several(
    "events.ods",
    "cell-too-long",
    "B2",
    ods_spaces=lambda: ods(ODS_ROWS.replace("讲座", '讲<text:s text:c="999999999"/>座' * 1000)),
)
several(
    "events.ods", "cell-damaged", "D2",
    ods_nan=_ods_number('office:value="NaN"'), ods_infinity=_ods_number('office:value="INF"'),
    ods_1e400=_ods_number('office:value="1e400"'), ods_no_value=_ods_number(""), ods_underscore=_ods_number('office:value="1_0"'),
    ods_bad_date=_ods_number('office:date-value="2018-99-99"', "date"), ods_bad_time=_ods_number('office:time-value="P9"', "time"),
)  # fmt: skip
several(
    "events.ods", "file-encrypted",
    ods_encrypted=lambda: ods(ODS_ROWS, **{"META-INF/manifest.xml": b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'}),
)  # fmt: skip
several(
    "events.ods",
    "xml-doctype",
    ods_doctype=lambda: ods(ODS_ROWS, **{"content.xml": (DOCTYPES["laughs"] + "<x>&l9;</x>").encode()}),
    ods_doctype_in_meta=lambda: ods(ODS_ROWS, **{"meta.xml": (DOCTYPES["external"] + "<x>&a;</x>").encode()}),
)
several(
    "events.ods", "cell-damaged", "D2",
    ods_unknown_type=_ods_number('office:value="999"', "weird"),
)  # fmt: skip
several(
    "events.ods", "cell-damaged", "E2",
    ods_flag_of_1=_ods_flag(' office:boolean-value="1"'), ods_flag_in_capitals=_ods_flag(' office:boolean-value="TRUE"'),
    ods_flag_without_value=_ods_flag(""),
)  # fmt: skip
several(
    "events.ods", "book-sheet-name",
    ods_two_sheets_of_one_name=lambda: ods(ODS_ROWS + f'</table:table><table:table table:name="活动">{ODS_ROWS}'),
)  # fmt: skip
several(
    "events.ods", "sheet-too-large", ":9990",
    ods_many_sheets_of_little=lambda: ods("</table:table>".join(
        (f'<table:table table:name="{i}">' if i else "") + "<table:table-row>" + _ods_cell("x") + '</table:table-row><table:table-row table:number-rows-repeated="9988"/><table:table-row><table:table-cell table:number-columns-repeated="499"/>' + _ods_cell("x") + "</table:table-row>"
        for i in range(200)
    )),
)  # fmt: skip
several("events.ods", "xml-broken", ods_deep=lambda: ods("<table:table>" * 100_000))
several(
    "events.ods",
    "book-empty",
    ods_without_sheet=lambda: ods("", **{"content.xml": f"<office:document-content{ODF}/>".encode()}),
)
several("events.ods", "file-is", odt=lambda: ods(ODS_ROWS, mimetype=b"application/vnd.oasis.opendocument.text"))
several(
    "events.fods", "book-macros", read=True,
    fods_macros=lambda: _flat(before='<office:scripts><x:module xmlns:x="x">Sub</x:module></office:scripts>'),
)  # fmt: skip
several(
    "events.fods",
    "xml-doctype",
    fods_entities=lambda: _flat().replace(b"<office:document", b"<!DOCTYPE x><office:document", 1),
)
several(
    "events.fods",
    "sheet-too-large",
    fods_rows_repeated=lambda: _flat(ODS_ROWS + _ods_row(ROW, ' table:number-rows-repeated="2147483647"')),
)
several(
    "events.ods", "book-macros", read=True, ods_macros=lambda: ods(ODS_ROWS, **{"Basic/Standard/Module1.xml": b"<x/>"})
)
