"""Writes a table's cells as the files that organisations send: CSV, XLSX, XLS, ODS, HTML, JSON, YAML, ZIP."""

import csv
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlsxwriter
import xlwt
import yaml
from xlwt.CompoundDoc import XlsDoc

Rows = Sequence[Sequence[Any]]
"""A sheet: text, numbers, booleans, dates, `Shown` and `Formula`; None for an empty cell."""


@dataclass(frozen=True)
class Shown:
    """A number with a number format: a code, or the number of a built-in one."""

    value: float
    format: str | int


@dataclass(frozen=True)
class Formula:
    """A formula and the value that was last computed; None where none was."""

    text: str
    value: Any = None


EPOCH = date(1899, 12, 30)


def serial(day: date, epoch: date = EPOCH) -> int:
    return (day - epoch).days


# --- text


def as_word(cell: Any) -> str:
    """A cell as it stands in a text file."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime() if not (cell.hour or cell.minute):
            return cell.date().isoformat()
        case Formula():
            return as_word(cell.value)
        case Shown():
            raise TypeError("a text file has no number formats")
    return str(cell)


def as_csv(
    rows: Rows,
    encoding: str = "utf-8",
    separator: str = ",",
    newline: str = "\r\n",
    *,
    mark: bytes = b"",
    quoted: bool = False,
    before: str = "",
    after: str = "",
) -> bytes:
    """CSV; `mark` is a byte order mark, `before` and `after` are text around the rows."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=separator, lineterminator=newline, quoting=quoting)
    writer.writerows([as_word(cell) for cell in row] for row in rows)
    return mark + (before + out.getvalue() + after).encode(encoding)


def as_json(rows: Rows, **options: Any) -> bytes:
    return json.dumps(records(rows), ensure_ascii=False, default=str, **options).encode()


def as_yaml(rows: Rows) -> bytes:
    return yaml.safe_dump(records(rows), allow_unicode=True, sort_keys=False).encode()


def records(rows: Rows) -> list[dict[str, Any]]:
    """Rows as records under the keys of the first row; an empty cell is left out."""
    keys, *body = rows
    return [
        {key: cell.isoformat() if isinstance(cell, date) else cell
         for key, cell in zip(keys, row, strict=False) if cell is not None}
        for row in body
    ]  # fmt: skip


def as_html(rows: Rows, encoding: str = "utf-8", head: str = "", *, spans: Mapping[tuple[int, int], str] = {}) -> bytes:
    """A web page with one table, which systems export as .xls; `spans` are attributes of cells."""
    lines = "".join(
        "<tr>" + "".join(_td(row, at, cell, spans) for at, cell in enumerate(cells)) + "</tr>\n"
        for row, cells in enumerate(rows)
    )
    page = f'<html><head><meta charset="{encoding}">{head}</head><body><table border=1>\n{lines}</table></body></html>'
    return page.encode(encoding)


def _td(row: int, at: int, cell: Any, spans: Mapping[tuple[int, int], str]) -> str:
    text = escape(as_word(cell)).replace("\n", "<br>") or "&nbsp;"
    return f"<td {spans.get((row, at), '')}>{text}</td>"


# --- XML of 2003

_SS = "urn:schemas-microsoft-com:office:spreadsheet"


def as_xml2003(
    sheets: Mapping[str, Rows],
    *,
    encoding: str = "UTF-8",
    author: str = "",
    prefix: str = "",
    cells: Mapping[tuple[int, int], str] = {},
    rows_xml: Mapping[int, str] = {},
    columns: str = "",
    options: str = "",
    before: str = "",
) -> bytes:
    """An XML spreadsheet as Excel and many systems write it; `cells` are further attributes by (row, column) from 1.

    Blank cells are left out and the next one says its index. `rows_xml` are attributes of rows by number.
    """
    styles: dict[str, str] = {}
    pages = "".join(
        f"<Worksheet ss:Name={quoteattr(name)}><Table>{columns}"
        + "".join(
            f"<Row {rows_xml.get(row, '')}>{_xml_cells(row, line, cells, styles)}</Row>\n"
            for row, line in enumerate(rows, 1)
        )
        + f"</Table>{options}</Worksheet>"
        for name, rows in sheets.items()
    )
    made = "".join(
        f'<Style ss:ID="{id}"><NumberFormat ss:Format={quoteattr(code)}/></Style>' for code, id in styles.items()
    )
    spaces = f'xmlns="{_SS}" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:ss="{_SS}"'
    spaces += ' xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40"'
    about = f"<o:DocumentProperties><o:Author>{escape(author)}</o:Author></o:DocumentProperties>"
    text = f"<Workbook {spaces}>\n{about}{before}<Styles>{made}</Styles>{pages}</Workbook>\n"
    if prefix:
        text = re.sub(r"<(/?)(?=[A-Z])", rf"<\1{prefix}", text).replace(f'xmlns="{_SS}" ', "")
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'.encode(encoding)


def _xml_cells(row: int, line: Sequence[Any], cells: Mapping[tuple[int, int], str], styles: dict[str, str]) -> str:
    made, last = "", 0
    for column, cell in enumerate(line, 1):
        if cell is None and (row, column) not in cells:
            continue
        said = cells.get((row, column), "") + (f' ss:Index="{column}"' if column != last + 1 else "")
        last = column
        if isinstance(cell, Shown):
            said += f' ss:StyleID="{styles.setdefault(str(cell.format), f"s{len(styles) + 1}")}"'
        if isinstance(cell, Formula):
            said += f" ss:Formula={quoteattr(cell.text)}"
        made += f"<Cell{said}>{_xml_data(cell)}</Cell>"
    return made


def _xml_data(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case Raw():
            return cell.xml
        case bool():
            return f'<Data ss:Type="Boolean">{cell:d}</Data>'
        case int() | float():
            return f'<Data ss:Type="Number">{cell!r}</Data>'
        case Shown():
            return _xml_data(cell.value)
        case Formula():
            return _xml_data(cell.value)
        case date():
            moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
            return f'<Data ss:Type="DateTime">{moment:%Y-%m-%dT%H:%M:%S}.000</Data>'
        case str() if cell.startswith("#"):
            return f'<Data ss:Type="Error">{cell}</Data>'
    return f'<Data ss:Type="String">{escape(cell).replace(chr(10), "&#10;")}</Data>'


# --- XLSX by libraries


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


# --- XLSX by hand, as WPS writes it

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WPS_EXTENSION = (
    '<extLst><ext uri="{9260A510-F301-46a8-8635-F512D64BE5F5}" '
    'xmlns:woProps="https://web.wps.cn/et/2018/main"><woProps:woExtend/></ext></extLst>'
)


@dataclass(frozen=True)
class Wps:
    """How a workbook written by hand differs from the plainest one."""

    strings: str = "shared"  # shared, inline, rich, phonetic, str
    dimension: str | None = None
    filler: str = ""  # rows of styled empty cells after the data
    date1904: bool = False
    references: bool = True  # whether cells and rows say where they are
    prefix: str = ""  # of elements, such as `x:`
    strict: bool = False
    below: str = ""  # after sheetData: merged cells and the like
    above: str = ""  # before sheetData: columns and the like
    hidden_rows: tuple[int, ...] = ()
    state: Mapping[str, str] | None = None  # of sheets: hidden, veryHidden
    absolute: bool = False  # targets of relations from the root
    properties: str = ""  # of docProps/custom.xml
    encoding: str = "UTF-8"
    calculation: str = '<calcPr calcId="144525"/>'
    parts: Mapping[str, bytes] | None = None  # further parts
    packing: int = zipfile.ZIP_DEFLATED
    reverse: bool = False  # rows from the last to the first

    def book(self, sheets: Mapping[str, Rows]) -> bytes:
        """The workbook."""
        return _WpsBook(self, sheets).bytes()


class _WpsBook:
    def __init__(self, how: Wps, sheets: Mapping[str, Rows]) -> None:
        self.how, self.sheets = how, sheets
        self.strings: dict[str, int] = {}
        self.formats: list[str | int] = [0]

    def bytes(self) -> bytes:
        how = self.how
        pages = {f"xl/worksheets/sheet{n}.xml": self._sheet(rows) for n, rows in enumerate(self.sheets.values(), 1)}
        base = "/xl/" if how.absolute else ""
        targets = [(f"{base}worksheets/sheet{n}.xml", "worksheet") for n in range(1, len(pages) + 1)]
        targets += [(f"{base}styles.xml", "styles"), (f"{base}sharedStrings.xml", "sharedStrings")]
        parts = {
            "[Content_Types].xml": self._content_types(list(pages)),
            "_rels/.rels": _relations([("xl/workbook.xml", "officeDocument"), ("docProps/custom.xml", "x")], how),
            "xl/workbook.xml": self._workbook(),
            "xl/_rels/workbook.xml.rels": _relations(targets, how),
            "xl/styles.xml": self._styles(),
            "xl/sharedStrings.xml": self._shared(),
            "docProps/custom.xml": (
                f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
                'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
                '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
                f"<vt:lpwstr>2052-11.1.0.10314</vt:lpwstr></property>{how.properties}</Properties>"
            ),
            "customXml/item1.xml": '<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" '
            'xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>',
            **pages,
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", how.packing) as package:
            for name, text in parts.items():
                package.writestr(name, text.replace("UTF-8", how.encoding, 1).encode(how.encoding))
            for name, data in (how.parts or {}).items():
                package.writestr(name, data)
        return out.getvalue()

    def _space(self) -> str:
        main = "http://purl.oclc.org/ooxml/spreadsheetml/main" if self.how.strict else _MAIN
        office = "http://purl.oclc.org/ooxml/officeDocument/relationships" if self.how.strict else _OFFICE
        mark = f":{self.how.prefix[:-1]}" if self.how.prefix else ""
        return f'xmlns{mark}="{main}" xmlns:r="{office}"'

    def _content_types(self, pages: Iterable[str]) -> str:
        kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        named = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles", "xl/sharedStrings.xml": "sharedStrings"}
        named |= dict.fromkeys(pages, "worksheet")
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{kinds}{kind}+xml"/>' for name, kind in named.items()
        )
        return (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="wps" ContentType="application/vnd.wps-officedocument.wps"/>'
            f"{overrides}</Types>"
        )

    def _workbook(self) -> str:
        state = self.how.state or {}
        listed = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}"{_attribute("state", state.get(name))} r:id="rId{n}"/>'
            for n, name in enumerate(self.sheets, 1)
        )
        how1904 = ' date1904="1"' if self.how.date1904 else ""
        return self._marked(
            f'{_HEAD}<workbook {self._space()}><fileVersion appName="xl"/><workbookPr{how1904}/>'
            f"<sheets>{listed}</sheets>{self.how.calculation}</workbook>"
        )

    def _styles(self) -> str:
        custom = {code: 176 + at for at, code in enumerate(c for c in self.formats if isinstance(c, str))}
        codes = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for code, n in custom.items())
        xfs = "".join(
            f'<xf numFmtId="{custom[code] if isinstance(code, str) else code}" applyNumberFormat="1"/>'
            for code in self.formats
        )
        return self._marked(
            f'{_HEAD}<styleSheet {self._space()}><numFmts count="{len(custom)}">{codes}</numFmts>'
            '<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs>'
            f'<cellXfs count="{len(self.formats)}">{xfs}</cellXfs></styleSheet>'
        )

    def _shared(self) -> str:
        listed = "".join(f"<si>{self._string(text)}</si>" for text in self.strings)
        return self._marked(
            f'{_HEAD}<sst {self._space()} count="{len(self.strings)}" uniqueCount="{len(self.strings)}">{listed}</sst>'
        )

    def _string(self, text: str) -> str:
        def kept(part: str) -> str:
            space = ' xml:space="preserve"' if part != part.strip() else ""
            return f"<t{space}>{escape(part).replace(chr(13), '_x000D_')}</t>"

        match self.how.strings:
            case "rich" if len(text) > 1:
                look = '<rPr><sz val="11"/><rFont val="宋体"/><charset val="134"/></rPr>'
                return f"<r>{kept(text[:1])}</r><r>{look}{kept(text[1:])}</r>"
            case "phonetic":
                return (
                    f'{kept(text)}<rPh sb="0" eb="1"><t>pīn yīn</t></rPh><phoneticPr fontId="1" type="noConversion"/>'
                )
        return kept(text)

    def _sheet(self, rows: Rows) -> str:
        how = self.how
        numbered = list(enumerate(rows, start=1))
        body = "".join(self._row(n, cells) for n, cells in (reversed(numbered) if how.reverse else numbered))
        dimension = f'<dimension ref="{how.dimension}"/>' if how.dimension else ""
        return self._marked(
            f"{_HEAD}<worksheet {self._space()}><sheetPr/>{dimension}{how.above}"
            f"<sheetData>{body}{how.filler}</sheetData>"
            f"{how.below}{'' if how.prefix else _WPS_EXTENSION}</worksheet>"
        )

    def _row(self, number: int, cells: Sequence[Any]) -> str:
        made = "".join(self._cell(number, at, cell) for at, cell in enumerate(cells))
        hidden = ' hidden="1"' if number in self.how.hidden_rows else ""
        said = f' r="{number}" spans="1:{max(len(cells), 1)}"' if self.how.references else ""
        return f"<row{said}{hidden}>{made}</row>"

    def _cell(self, row: int, column: int, cell: Any) -> str:
        at = f' r="{letter(column)}{row}"' if self.how.references else ""
        match cell:
            case None:
                return f'<c{at} s="0"/>'
            case bool():
                return f'<c{at} t="b"><v>{int(cell)}</v></c>'
            case int() | float():
                return f"<c{at}><v>{cell!r}</v></c>"
            case date():
                return f'<c{at} t="d"><v>{cell.isoformat()}</v></c>'
            case Shown():
                if cell.format not in self.formats:
                    self.formats.append(cell.format)
                return f'<c{at} s="{self.formats.index(cell.format)}"><v>{cell.value!r}</v></c>'
            case Formula():
                return _formula_cell(at, cell)
        if cell.startswith("#") and cell.endswith(("!", "?", "A")):
            return f'<c{at} t="e"><v>{cell}</v></c>'
        if self.how.strings == "inline":
            return f'<c{at} t="inlineStr"><is>{self._string(cell)}</is></c>'
        if self.how.strings == "str":
            return f'<c{at} t="str"><f>T("x")</f><v>{escape(cell)}</v></c>'
        index = self.strings.setdefault(cell, len(self.strings))
        return f'<c{at} t="s"><v>{index}</v></c>'

    def _marked(self, text: str) -> str:
        """The same with the prefix before every element's name."""
        if not self.how.prefix:
            return text
        return re.sub(r"<(/?)([A-Za-z])", rf"<\1{self.how.prefix}\2", text)


def _formula_cell(at: str, cell: Formula) -> str:
    said = f"<f>{escape(cell.text.removeprefix('='))}</f>"
    match cell.value:
        case None:
            return f"<c{at}>{said}</c>"
        case bool():
            return f'<c{at} t="b">{said}<v>{int(cell.value)}</v></c>'
        case str() if cell.value.startswith("#"):
            return f'<c{at} t="e">{said}<v>{cell.value}</v></c>'
        case str():
            return f'<c{at} t="str">{said}<v>{escape(cell.value)}</v></c>'
    return f"<c{at}>{said}<v>{cell.value!r}</v></c>"


def _attribute(name: str, value: str | None) -> str:
    return f' {name}="{value}"' if value else ""


def _relations(targets: Iterable[tuple[str, str]], how: Wps) -> str:
    space = "http://purl.oclc.org/ooxml/officeDocument/relationships" if how.strict else _OFFICE
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{space}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def letter(column: int) -> str:
    """0 is A."""
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


# --- XLS


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


# --- ODS, as LibreOffice writes it

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


@dataclass(frozen=True)
class Raw:
    """A cell of an ODS sheet or an XML spreadsheet, as XML."""

    xml: str


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


# --- ZIP


def as_zip(files: Mapping[str, bytes], *, encoding: str | None = None, folders: bool = False) -> bytes:
    """An archive; with an `encoding`, names are in it without saying so, as Windows in Chinese packs them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        if folders:
            for folder in sorted({name.rpartition("/")[0] for name in files if "/" in name}):
                package.writestr(folder + "/", b"")
        for name, data in files.items():
            package.writestr(_LegacyName.of(name, encoding) if encoding else zipfile.ZipInfo(name), data)
    return out.getvalue()


class _LegacyName(zipfile.ZipInfo):
    """An entry whose name is in a code page."""

    __slots__ = ("encoding",)

    @classmethod
    def of(cls, name: str, encoding: str) -> "_LegacyName":
        entry = cls(name)
        entry.encoding = encoding
        return entry

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  zipfile's name
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800
