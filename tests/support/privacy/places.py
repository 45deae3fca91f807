"""Places of a submission in which a text may stand: each makes the files of a submission that hold the text there."""

import io
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


def _xls_footer(text: str) -> Files:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("活动")
    for index, row in enumerate(ROWS):
        for at, cell in enumerate(row):
            sheet.write(index, at, str(cell))
    sheet.footer_str = text.encode()
    stream = io.BytesIO()
    book.save(stream)
    return {"活动.xls": stream.getvalue()}


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
