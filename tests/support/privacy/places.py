"""Places of a submission in which a text may stand: each makes the files of a submission that hold the text there."""

import io
import struct
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pypdf
import xlsxwriter
import xlwt
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from tests.support import writers as w
from tests.support.corpus.variants import sheet_of

ROWS = sheet_of("events")
Files = Mapping[str, bytes]


def _cell(text: str) -> Files:
    return {"活动.csv": w.as_csv([[*ROWS[0], "备注"], *([*row, None] for row in ROWS[1:-1]), [*ROWS[-1], text]])}


def _book(change: Callable[[Any], object]) -> Files:
    return {"活动.xlsx": w.by_openpyxl({"活动": ROWS}, lambda book: change(book.worksheets[0]))}


def _author(text: str) -> Files:
    return _book(lambda sheet: setattr(sheet["B2"], "comment", Comment("已核", text)))


def _formula(text: str) -> Files:
    literal = text.replace('"', '""')
    return _book(lambda sheet: sheet.__setitem__("H2", f'=IF(A2="","{literal[:4]}"&"{literal[4:]}","")'))


def _ods_formula(text: str) -> Files:
    said = quoteattr('of:=IF([.A2]="";"' + text.replace('"', '""') + '";"")')
    cell = w.Raw(
        f'<table:table-cell table:formula={said} office:value-type="string"><text:p>讲座</text:p></table:table-cell>'
    )
    return {"活动.ods": w.as_ods({"活动": [*ROWS, [ROWS[1][0], cell, *ROWS[1][2:]]]})}


def _xml2003_author(text: str) -> Files:
    data = w.as_xml2003({"活动": ROWS}).decode()
    said = f"<Comment ss:Author={quoteattr(text)}><ss:Data>已核</ss:Data></Comment>"
    return {"活动.xls": data.replace("</Data></Cell>", f"</Data>{said}</Cell>", 1).encode()}


def _comment(text: str) -> Files:
    return _book(lambda sheet: setattr(sheet["B2"], "comment", Comment(text, "办公室")))


def _footer(text: str) -> Files:
    return _book(lambda sheet: setattr(sheet.oddFooter.center, "text", text))


def _format(text: str) -> Files:
    code = '0"' + text.replace('"', "") + '"'
    return _book(lambda sheet: setattr(sheet["D2"], "number_format", code))


def _named(text: str) -> Files:
    return _book(lambda sheet: sheet.parent.defined_names.add(DefinedName("某", attr_text=f'"{text}"')))


def _list(text: str) -> Files:
    rule = DataValidation(type="list", formula1='"甲,乙"', showInputMessage=True, prompt=text[:250], promptTitle="说明")
    rule.add("F2")
    return _book(lambda sheet: sheet.add_data_validation(rule))


def _link(text: str) -> Files:
    def linked(sheet: Any) -> None:
        sheet["B2"].hyperlink = f"tel:{text}"
        sheet["B2"].hyperlink.tooltip = "点击"

    return _book(linked)


def _tip(text: str) -> Files:
    def linked(sheet: Any) -> None:
        sheet["B2"].hyperlink = "https://example.org"
        sheet["B2"].hyperlink.tooltip = text[:250]

    return _book(linked)


def _box(text: str) -> Files:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("活动")
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, [str(cell) for cell in row])
        sheet.insert_textbox("H2", text)
    return {"活动.xlsx": stream.getvalue()}


def _property(text: str) -> Files:
    return _book(lambda sheet: setattr(sheet.parent.properties, "subject", text))


def _ods_note(text: str) -> Files:
    said = f"<office:annotation><text:p>{escape(text)}</text:p></office:annotation><text:p>讲座</text:p>"
    noted = w.Raw(f'<table:table-cell office:value-type="string">{said}</table:table-cell>')
    return {"活动.ods": w.as_ods({"活动": [*ROWS, [ROWS[1][0], noted, *ROWS[1][2:]]]})}


def _ods_footer(text: str) -> Files:
    styles = (
        '<?xml version="1.0"?><office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:master-styles><style:master-page>'
        f"<style:footer><text:p>{escape(text)}</text:p></style:footer></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    return {"活动.ods": w.as_ods({"活动": ROWS}, parts={"styles.xml": styles.encode()})}


def _xml2003_footer(text: str) -> Files:
    data = w.as_xml2003({"活动": ROWS}).decode()
    setup = (
        '<x:WorksheetOptions xmlns:x="urn:schemas-microsoft-com:office:excel"><x:PageSetup>'
        f"<x:Footer x:Data={quoteattr(text)}/></x:PageSetup></x:WorksheetOptions>"
    )
    return {"活动.xls": data.replace("</Worksheet>", f"{setup}</Worksheet>").encode()}


def _xls(change: Callable[[Any], object]) -> Files:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("活动")
    for index, row in enumerate(ROWS):
        for at, cell in enumerate(row):
            sheet.write(index, at, str(cell))
    change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return {"活动.xls": stream.getvalue()}


def _xls_footer(text: str) -> Files:
    return _xls(lambda sheet: setattr(sheet, "footer_str", text.encode()))


def _xls_formula(text: str) -> Files:
    return _xls(lambda sheet: sheet.write(1, 7, xlwt.Formula(f'IF(A2="","{text}","")')))


def _attached(name: str, data: bytes) -> Files:
    charter = [["条目", "是否符合", "佐证文件"], ["章程制度", "是", name]]
    return {"活动.csv": w.as_csv(ROWS), "治理规范.csv": w.as_csv(charter), f"attachments/{name}": data}


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(part: str) -> Callable[[str], Files]:
    def made(text: str) -> Files:
        half = len(text) // 2
        runs = "".join(
            f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(each)}</w:t></w:r>'
            for each in (text[:half], text[half:])
        )
        filled = f'<w:x xmlns:w="{_WORD}"><w:p>{runs}</w:p></w:x>'.encode()
        parts = {"word/document.xml": f'<w:x xmlns:w="{_WORD}"><w:p/></w:x>'.encode()} | {part: filled}
        return _attached("纪要.docx", w.as_zip({"[Content_Types].xml": b"<Types/>", **parts}))

    return made


def _docx_marked(inside: Callable[[str], str]) -> Callable[[str], Files]:
    """A document with a text that somebody's tracked change, or the name of somebody who made it, holds."""

    def made(text: str) -> Files:
        half = len(text) // 2
        marked = inside(f"<w:r><w:delText>{escape(text[:half])}</w:delText></w:r><w:r><w:rPr><w:b/></w:rPr><w:delText "
                        f'xml:space="preserve">{escape(text[half:])}</w:delText></w:r>')  # fmt: skip
        document = f'<w:x xmlns:w="{_WORD}"><w:p>{marked}</w:p></w:x>'.encode()
        return _attached("纪要.docx", w.as_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": document}))

    return made


def _docx_author(text: str) -> Files:
    comments = f'<w:x xmlns:w="{_WORD}"><w:comment w:author={quoteattr(text)}><w:p/></w:comment></w:x>'.encode()
    return _attached("纪要.docx", w.as_zip({"[Content_Types].xml": b"<Types/>", "word/comments.xml": comments}))


def _docx_company(text: str) -> Files:
    said = f"<Properties><Manager>{escape(text)}</Manager></Properties>".encode()
    return _attached("纪要.docx", w.as_zip({"[Content_Types].xml": b"<Types/>", "docProps/app.xml": said}))


def _odt_author(text: str) -> Files:
    note = f"<office:annotation><dc:creator>{escape(text)}</dc:creator></office:annotation>"
    content = f"<o:d xmlns:o='o'><text:p>讲{note}</text:p></o:d>".encode()
    return _attached("纪要.odt", w.as_zip({"mimetype": b"x", "content.xml": content}))


def _html(text: str) -> Files:
    half = len(text) // 2
    first = "".join(f"&#{ord(sign)};" for sign in text[:half])
    return _attached("说明.html", f"<p>说明 <b>{first}</b><i class='x'>{escape(text[half:])}</i></p>\n".encode())


def _rtf(text: str) -> Files:
    units = struct.iter_unpack("<H", text.encode("utf-16-le"))
    signs = "".join(f"{{\\b {chr(unit)}}}" if at % 2 and chr(unit).isdigit() and unit < 128 else f"\\u{unit}?"
                    for at, (unit,) in enumerate(units))  # fmt: skip
    return _attached("说明.rtf", f"{{\\rtf1\\ansi 说明\\par {signs}\\par}}".encode())


def pdf_of(text: str) -> bytes:
    """A PDF of one page with a text in Latin characters; an empty one is like a scan."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(600, 200)
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 20 100 Td ({shown}) Tj ET".encode("latin-1") if text else b"")
    page[NameObject("/Contents")] = writer._add_object(content)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _pdf(text: str) -> Files:
    return _attached("批复.pdf", pdf_of(text))


PLACES: dict[str, Callable[[str], Files]] = {
    "cell": _cell,
    "header": lambda text: {"活动.csv": w.as_csv([[*ROWS[0], text], *([*row, None] for row in ROWS[1:])])},
    "title": lambda text: {"活动.csv": w.as_csv([[text], *ROWS])},
    "other-sheet": lambda text: {"数据.xlsx": w.by_openpyxl({"活动": ROWS, "其他": [["说明", text]]})},
    "json": lambda text: {"活动.json": w.as_json([[*ROWS[0], "备注"], *([*row, text] for row in ROWS[1:])])},
    "comment": _comment,
    "comment-author": _author,
    "formula": _formula,
    "ods-formula": _ods_formula,
    "xml2003-author": _xml2003_author,
    "saved-by": lambda text: _book(lambda sheet: setattr(sheet.parent.properties, "lastModifiedBy", text)),
    "docx-deleted": _docx_marked(lambda runs: f'<w:del w:id="1" w:author="甲">{runs}</w:del>'),
    "docx-footnote": _docx("word/footnotes.xml"),
    "docx-author": _docx_author,
    "docx-manager": _docx_company,
    "odt-author": _odt_author,
    "html": _html,
    "rtf": _rtf,
    "footer": _footer,
    "number-format": _format,
    "defined-name": _named,
    "list-prompt": _list,
    "link": _link,
    "tooltip": _tip,
    "text-box": _box,
    "property": _property,
    "ods-comment": _ods_note,
    "ods-footer": _ods_footer,
    "xml2003-footer": _xml2003_footer,
    "xls-footer": _xls_footer,
    "xls-formula": _xls_formula,
    "text-attachment": lambda text: _attached("说明.txt", f"说明\n{text}\n".encode()),
    "docx": _docx("word/document.xml"),
    "docx-header": _docx("word/header1.xml"),
    "docx-comment": _docx("word/comments.xml"),
    "pdf": _pdf,
}
"""Where any text may stand."""

NAMES: dict[str, Callable[[str], Files]] = {
    "file-name": lambda text: {f"活动{text}.csv": w.as_csv(ROWS), "活动.csv": w.as_csv(ROWS)},
    "folder-name": lambda text: {f"{text}/说明.txt": b"x", "活动.csv": w.as_csv(ROWS)},
    "archive-member": lambda text: {"材料.zip": w.as_zip({f"{text}.txt": b"x", "活动.csv": w.as_csv(ROWS)})},
    "sheet-name": lambda text: {"数据.xlsx": w.by_xlsxwriter({"活动": ROWS, text: [["a"]]})},
}
"""Names, which can't hold every sign."""
