"""What a page or a sheet shows decides: digits that look different, what is hidden, boxes, fields and indents."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import open_file
from tests.support import hostile as h
from tests.support import writers as w


def cells(data: bytes, suffix: str, tmp_path: Path) -> list[list[Any]]:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    return open_file(path, path.name, Limits(), {})[0].rows


def text_or_code(cell: Any) -> Any:
    return cell.code if isinstance(cell, BadCell) else cell


# --- rich text

RUNS = [
    ("58<1>", "cell-damaged"), ("[30]34", "cell-damaged"), ("m<2>", "m2"), ("10<2>米", "cell-damaged"),
    ("人次<1>", "人次1"), ("[30]", "cell-damaged"), ("共58人", "共58人"), ("[已取消]58", "已取消58"),
    ("5月[1]2日", "cell-damaged"),
]  # fmt: skip
"""Texts of runs: `<…>` is raised, `[…]` struck out; and what is read."""


def of_runs(text: str, raised: str, struck: str) -> str:
    """The text with the markup of a format: templates with `@` for the run's text."""
    (before, after), (first, last) = raised.split("@"), struck.split("@")
    return text.translate(str.maketrans({"<": before, ">": after, "[": first, "]": last}))


@pytest.mark.parametrize(("text", "read"), RUNS)
def test_digits_that_look_different_are_no_number(text: str, read: str, tmp_path: Path) -> None:
    look = '</t></r><r><rPr>{}</rPr><t xml:space="preserve">@</t></r><r><t>'
    runs = of_runs(text, look.format('<vertAlign val="superscript"/>'), look.format("<strike/>"))
    body = f"<si><r><t>{runs}</t></r></si>".replace("<r><t></t></r>", "")
    inline = body.replace("si>", "is>")
    sheet = h.sheet(f'<row r="1"><c r="A1" t="inlineStr">{inline}</c><c r="B1"><v>1</v></c></row>')
    assert text_or_code(cells(h.xlsx({h.SHEET: sheet}), ".xlsx", tmp_path)[0][0]) == read

    page = of_runs(text, "<sup>@</sup>", "<del>@</del>")
    assert (
        text_or_code(cells(w.as_html([["n"], [1]]).replace(b">n<", f">{page}<".encode()), ".xls", tmp_path)[0][0])
        == read
    )

    rich = of_runs(text, "<Sup>@</Sup>", "<S>@</S>")
    data = f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>{rich}</B></ss:Data>'
    made = w.as_xml2003({"a": [["名称", "n"], [w.Raw(data), 1]]})
    assert text_or_code(cells(made, ".xls", tmp_path)[1][0]) == read


@pytest.mark.parametrize(("text", "read"), RUNS)
def test_shared_strings_too(text: str, read: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    raised, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    parts = of_runs(text, "|^@|", "|~@|").split("|")
    looks = {"^": raised, "~": struck}
    rich = [TextBlock(looks[each[0]], each[1:]) if each[0] in looks else each for each in parts if each]
    book.active.append(["名称", CellRichText(*rich), 3])
    out = io.BytesIO()
    book.save(out)
    assert [text_or_code(each) for each in cells(out.getvalue(), ".xlsx", tmp_path)[0]] == ["名称", read, 3]


def test_text_of_an_old_workbook_too(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    fonts = {"^": xlwt.easyfont("escapement superscript"), "~": xlwt.easyfont("struck_out on")}
    for row, (text, _) in enumerate(RUNS):
        parts = [each for each in of_runs(text, "|^@|", "|~@|").split("|") if each]
        sheet.write_rich_text(row, 0, [(each[1:], fonts[each[0]]) if each[0] in fonts else each for each in parts])
        sheet.write(row, 1, row + 1)
    out = io.BytesIO()
    book.save(out)
    assert [text_or_code(row[0]) for row in cells(out.getvalue(), ".xls", tmp_path)] == [read for _, read in RUNS]


TEXT_STYLES = (
    '<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    '</style:style><style:style style:name="cut" style:family="text"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style><style:style style:name="flat" style:family="text">'
    '<style:text-properties style:text-position="0% 100%" style:text-line-through-style="none"/></style:style>'
)


def ods(styles: str, rows: list[list[Any]]) -> bytes:
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for each, name in NAMES.items()
    )
    said = f"<office:document-styles {spaces}><office:styles>{styles}</office:styles></office:document-styles>"
    return w.as_ods({"a": rows}, parts={"styles.xml": said.encode()})


NAMES = {
    "office": "office", "style": "style", "number": "datastyle", "fo": "xsl-fo-compatible", "text": "text",
}  # fmt: skip


@pytest.mark.parametrize(("text", "read"), [*RUNS, ("5{8}1", "581")])
def test_spans_of_an_ods_file_too(text: str, read: str, tmp_path: Path) -> None:
    span = '<text:span text:style-name="{}">@</text:span>'
    said = of_runs(text, span.format("up"), span.format("cut")).replace("{8}", span.format("flat").replace("@", "8"))
    cell = w.Raw(f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>')
    assert text_or_code(cells(ods(TEXT_STYLES, [[cell, 1]]), ".ods", tmp_path)[0][0]) == read


def test_a_cell_style_has_what_its_parent_says(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="son" style:family="table-cell" style:parent-style-name="father"/>'
        '<style:style style:name="flat" style:family="table-cell" style:parent-style-name="father">'
        '<style:paragraph-properties fo:margin-left="0cm"/></style:style>'
        '<number:percentage-style style:name="P"><number:number number:min-integer-digits="1"/>'
        "<number:text>%</number:text></number:percentage-style>"
        '<style:style style:name="father" style:family="table-cell" style:data-style-name="P">'
        '<style:paragraph-properties fo:margin-left="0.353cm"/></style:style>'
        '<style:style style:name="son" style:family="graphic" style:parent-style-name="other"/>'
    )
    cell = '<table:table-cell table:style-name="{}" office:value-type="{}"{}><text:p>{}</text:p></table:table-cell>'
    row = [w.Raw(cell.format(style, "string", "", "其中")) for style in ("son", "flat", "father")]
    shares = [w.Raw(cell.format(style, "float", ' office:value="0.5"', "50%")) for style in ("son", "father")]
    [read] = cells(ods(styles, [[*row, *shares]]), ".ods", tmp_path)
    assert read[:3] == ["\u3000其中", "其中", "\u3000其中"]
    assert read[3] == read[4] != 0.5


def test_an_xml_spreadsheet_indents(tmp_path: Path) -> None:
    made = w.as_xml2003({"a": [["合计", 3], ["其中", 1]]}, cells={(2, 1): ' ss:StyleID="in"'})
    made = made.replace(b"<Styles>", b'<Styles><Style ss:ID="in"><Alignment ss:Indent="2"/></Style>')
    assert cells(made, ".xls", tmp_path) == [["合计", 3], ["\u3000\u3000其中", 1]]


# --- pages


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<td><input type="checkbox">是 <INPUT type=radio CHECKED>否</td>', ["□是 ■否"]),
        ("<td><input type=checkbox></td>", [None]), ("<td><input type=checkbox value=3>120</td>", ["120"]),
        ("<td>■</td>", ["■"]), ("<td><input type=text value=120></td>", ["120"]),
        ("<td><input value='&lt;5'></td>", ["<5"]), ("<td>1<input value=20></td>", ["cell-damaged"]),
        ("<td><input type=hidden value=7>120</td>", ["120"]),
        ('<td>12<span class="x hide">7</span></td>', ["cell-damaged"]),
        ('<td>12<span class="hides">7</span></td>', ["127"]), ('<td>12<div id="gone">7</div></td>', ["cell-damaged"]),
        ('<td>12<b class="printed">7</b></td>', ["127"]), ('<td>12<b class="shown">7</b></td>', ["127"]),
        ('<td>12<b class="screened">7</b></td>', ["cell-damaged"]), ('<td>12<b class="p">7</b></td>', ["127"]),
        ("<td data-colspan=3>5</td><td>6</td>", ["5", "6"]), ('<td title="colspan=3">5</td><td>6</td>', ["5", "6"]),
        ("<td onclick='a(\"rowspan=2\")'>5</td>", ["5"]),
        ("<td colspan=2 colspan=3>5</td><td>6</td>", ["5", None, "6"]),
        ('<td COLSPAN = "2">5</td><td>6</td>', ["5", None, "6"]),
        ('<td onclick="a<b && c>d">5</td>', ["5"]), ("<td title='" + "x>" * 900 + "'>5</td>", ["5"]),
        ('<td data-content="<table><tr><td>9">5</td>', ["5"]), ('<td title=5">7</td><td>8</td>', ["7", "8"]),
        ('<td><a class="comment-indicator"></a><comment>1</comment><font>200</font></td>', ["200"]),
        ('<td title="hidden display:none">5</td>', ["5"]),
    ],
)  # fmt: skip
def test_a_page_reads_as_it_is_shown(cell: str, read: list[Any], tmp_path: Path) -> None:
    style = (
        "<style>@charset 'x'; <!-- /* .p{display:none} */ td.x{color:red} .hide, div#gone { Display : none }"
        " @media print { .q{} .printed{display:none} } .shown{display:none} .shown{display:inline}"
        " @media screen{.screened{visibility:hidden}} --></style>"
    )
    page = f"<html>{style}<table><tr><td>n</td></tr><tr>{cell}<td>end</td></tr></table></html>"
    row = list(map(text_or_code, cells(page.encode(), ".xls", tmp_path)[1]))
    assert row == [*read, "end"]


def test_a_page_that_ends_in_a_quoted_value_is_cut_short(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="truncated"):
        cells(b"<table><tr><td>n</td></tr><tr>" + b'<td a=">"=' * 100_000, ".xls", tmp_path)


# --- text files


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('"名称",\t"n"\n"培训",\t"120"\n', [["名称", "n"], ["培训", "120"]]),
        ('名称,\t"n"\n培训,\t"1,200"\n', [["名称", "n"], ["培训", "1,200"]]),
        ('"名称"\t,\t"n"\n"培训"\t,\t"120"\n', [["名称", "n"], ["培训", "120"]]),
        ('\t"名称", \t"n"\n\t"培训",\t"120"\n', [["名称", "n"], ["培训", "120"]]),
        ("名称\tn\n培训\t1,200\n", [["名称", "n"], ["培训", "1,200"]]),
        ("名称,\tn\n培训,\t120\n", [["名称", "\tn"], ["培训", "\t120"]]),
    ],
)
def test_a_tab_beside_a_comma_is_a_blank(text: str, read: list[list[str]], tmp_path: Path) -> None:
    assert cells(text.encode(), ".csv", tmp_path) == read
