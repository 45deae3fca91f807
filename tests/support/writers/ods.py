"""Writes ODS workbooks as LibreOffice does."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.support.writers.cells import Formula, Raw, Rows, Shown

_ODS_SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
_ODS_STYLES = (
    '<office:automatic-styles><style:style style:name="co1" style:family="table-column"/>'
    '<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<number:percentage-style style:name="N11"><number:number number:decimal-places="2"/><number:text>%</number:text>'
    "</number:percentage-style>"
    '<number:date-style style:name="N37"><number:year number:style="long"/><number:text>年</number:text>'
    "<number:month/><number:text>月</number:text></number:date-style>"
    '<number:number-style style:name="N50"><number:number number:decimal-places="1"/><number:text>万</number:text>'
    "</number:number-style>"
    '<style:style style:name="month" style:family="table-cell" style:data-style-name="N37"/>'
    '<style:style style:name="wan" style:family="table-cell" style:data-style-name="N50"/>'
)
_ODS_NUMBER = '<number:number number:decimal-places="{1}" number:min-integer-digits="{0}"{2}>{3}</number:number>'
_ODS_ANY = (
    '<number:text-content/><style:map style:condition="value()&lt;=1.7976931348623157E+308" '
    'style:apply-style-name="{}"/>'
)
_ODS_FORMATS: dict[str, tuple[str, str]] = {
    # what LibreOffice makes of the code: the kind of style and what it holds, «P0» being a style of its own
    '0.0%;;"无"': ("number", '<number:text>无</number:text><style:map style:condition="value()&gt;0" '
                  'style:apply-style-name="share"/>'),
    '[=1]"100%";0.0%': ("percentage", _ODS_NUMBER.format(1, 1, "", "") + '<number:text>%</number:text><style:map '
                        'style:condition="value()=1" style:apply-style-name="all"/>'),
    '[<10000]0;0.0,"万"': ("number", _ODS_NUMBER.format(1, 1, ' number:display-factor="1000"', "")
                          + '<number:text>万</number:text><style:map style:condition="value()&lt;10000" '
                          'style:apply-style-name="whole"/>'),
    '0.0%;@': ("text", _ODS_ANY.format("share")),
    'yyyy"年"m"月";@': ("text", _ODS_ANY.format("N37")),
    '#,##0"元"': ("number", _ODS_NUMBER.format(1, 0, ' number:grouping="true"', "") + "<number:text>元</number:text>"),
    '0[$万元-804]': ("currency", _ODS_NUMBER.format(1, 0, "", "") + '<number:currency-symbol number:language="zh" '
                   'number:country="CN">万元</number:currency-symbol>'),
    '"JY-"000': ("number", "<number:text>JY-</number:text>" + _ODS_NUMBER.format(3, 0, "", "")),
    '000"-"0000': ("number", _ODS_NUMBER.format(7, 0, "", '<number:embedded-text number:position="4">-'
                                                "</number:embedded-text>")),
    '0"%"': ("number", _ODS_NUMBER.format(1, 0, "", "") + "<number:text>%</number:text>"),
    "0.00": ("number", _ODS_NUMBER.format(1, 2, "", "")),
    "0.00_);(0.00)": ("number", "<number:text>(</number:text>" + _ODS_NUMBER.format(1, 2, "", "")
                      + '<number:text>)</number:text><style:map style:condition="value()&gt;=0" '
                      'style:apply-style-name="cents"/>'),
}  # fmt: skip
_ODS_SHOWN = (
    f'<number:percentage-style style:name="share">{_ODS_NUMBER.format(1, 1, "", "")}<number:text>%</number:text>'
    '</number:percentage-style><number:number-style style:name="all"><number:text>100%</number:text>'
    f'</number:number-style><number:number-style style:name="whole">{_ODS_NUMBER.format(1, 0, "", "")}'
    f'</number:number-style><number:number-style style:name="cents">{_ODS_NUMBER.format(1, 2, "", "")}<number:text> '
    "</number:text></number:number-style>"
) + "".join(
    f'<number:{kind}-style style:name="F{at}">{said}</number:{kind}-style>'
    f'<style:style style:name="f{at}" style:family="table-cell" style:data-style-name="F{at}"/>'
    for at, (kind, said) in enumerate(_ODS_FORMATS.values())
)
_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.2" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
FILLER_CELLS = '<table:table-cell table:number-columns-repeated="{count}"/>'
FILLER_ROWS = (
    '<table:table-row table:number-rows-repeated="1048500"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def as_ods(
    sheets: Mapping[str, Rows],
    *,
    hidden: Iterable[str] = (),
    rows_xml: Mapping[int, str] = {},
    columns_xml: str = '<table:table-column table:style-name="co1" table:number-columns-repeated="16384"/>',
    filler: bool = True,
    meta: str = "",
    parts: Mapping[str, bytes] = {},
    before: str = "",
) -> bytes:
    """An ODS workbook; `rows_xml` are attributes of rows by number, `before` stands before each sheet's rows."""
    tables = "".join(
        f'<table:table table:name={quoteattr(name)} table:style-name="{"hid" if name in hidden else "ta1"}">'
        f"{before}{columns_xml}"
        f"{''.join(_ods_row(cells, rows_xml.get(n, ''), filler) for n, cells in enumerate(rows, 1))}"
        f"{FILLER_ROWS if filler else ''}</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_ODS_SPACES} office:version="1.2">'
        f"{_ODS_STYLES}{_ODS_SHOWN}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    about = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta {_ODS_SPACES}><office:meta>'
        f"<meta:generator>LibreOffice/7.4</meta:generator>{meta}</office:meta></office:document-meta>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        for name, text in {"content.xml": content, "meta.xml": about, "META-INF/manifest.xml": _ODS_MANIFEST}.items():
            package.writestr(name, text, zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def flat_ods(packed: bytes) -> bytes:
    """The same workbook as one XML file."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    body = parts["content.xml"].partition("<office:document-content")[2].replace("document-content>", "document>")
    about = re.search("<office:meta>.*</office:meta>", parts.get("meta.xml", ""), re.DOTALL)
    root, _, rest = body.partition(">")
    root += ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document{root}>{about[0] if about else ""}{rest}'.encode()


def _ods_row(cells: Sequence[Any], attributes: str, filler: bool) -> str:
    end = FILLER_CELLS.format(count=16384 - len(cells)) if filler else ""
    return f"<table:table-row {attributes}>{''.join(map(_ods_cell, cells))}{end}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case Raw():
            return cell.xml
        case bool():
            word = "true" if cell else "false"
            return _ods_typed("boolean", f'office:boolean-value="{word}"', word.upper())
        case int() | float():
            return _ods_typed("float", f'office:value="{cell!r}"', str(cell))
        case datetime():
            said = f'office:date-value="{cell.isoformat()}"'
            return _ods_typed("date", said, f"{cell:%Y/%m/%d %H:%M}")
        case date():
            return _ods_typed("date", f'office:date-value="{cell.isoformat()}"', f"{cell:%y/%m/%d}")
        case Shown() if cell.format in (9, 10, "0%", "0.00%"):
            return _ods_typed("percentage", f'office:value="{cell.value!r}"', f"{cell.value:.2%}")
        case Shown() if cell.format in _ODS_FORMATS:
            style = f'table:style-name="f{list(_ODS_FORMATS).index(cell.format)}"'
            return _ods_typed("float", f'office:value="{cell.value!r}"', str(cell.value), style)
        case Shown():
            return _ods_typed("float", f'office:value="{cell.value!r}"', str(cell.value))
        case Formula():
            return _ods_formula(cell)
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
    return f'<table:table-cell office:value-type="string" calcext:value-type="string">{paragraphs}</table:table-cell>'


def _ods_typed(kind: str, value: str, text: str, more: str = "") -> str:
    return (
        f'<table:table-cell {more} office:value-type="{kind}" {value} calcext:value-type="{kind}">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def _ods_formula(cell: Formula) -> str:
    said = f"table:formula={quoteattr('of:' + cell.text.replace(',', ';'))}"
    match cell.value:
        case None:
            return f"<table:table-cell {said}/>"
        case str() if cell.value.startswith("#"):
            return (
                f'<table:table-cell {said} office:value-type="string" office:string-value="" '
                f'calcext:value-type="error"><text:p>{cell.value}</text:p></table:table-cell>'
            )
        case str():
            return (
                f'<table:table-cell {said} office:value-type="string" office:string-value={quoteattr(cell.value)}>'
                f"<text:p>{escape(cell.value)}</text:p></table:table-cell>"
            )
    return _ods_typed("float", f'office:value="{cell.value!r}"', str(cell.value), said)
