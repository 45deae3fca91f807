"""Writes XLSX workbooks by hand, as WPS does."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.support.writers.cells import Formula, Rows, Shown

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
