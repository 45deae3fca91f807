"""Hostile XLSX workbooks: what stands in their sheets, strings, styles and relations."""

# ruff: noqa: E501

from collections.abc import Callable

from tests.support.hostile.books import (
    BOOK,
    DOCTYPES,
    MAIN,
    OTHER,
    SHEET,
    SOUND,
    STRINGS,
    STYLES,
    TABLE,
    XML,
    book,
    inline,
    of_part,
    of_sheet,
    relations,
    row,
    sheet,
    xlsx,
)
from tests.support.hostile.listing import ROW, several

several(
    "events.xlsx", "sheet-too-large", "XFD1048576",
    xlsx_far_cells=of_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
)  # fmt: skip
several(
    "events.xlsx", "sheet-too-large", ":1048576",
    xlsx_cells_far_apart=of_sheet(TABLE + '<row r="1048576"><c r="SF1048576"><v>1</v></c></row>'),
)  # fmt: skip
_FORMATS = "".join(f"<numFmt numFmtId='{at}' formatCode='[&lt;{at}]0\\{'x' * 240};0'/>" for at in range(200, 20_000))
_USED = "".join(f"<xf numFmtId='{at}'/>" for at in range(200, 20_000))
several(
    "events.xlsx", "sheet-too-large",
    xlsx_many_formats=of_part(
        STYLES, f'<styleSheet xmlns="{MAIN}"><numFmts>{_FORMATS}</numFmts><cellXfs>{_USED}</cellXfs></styleSheet>'
    ),
)  # fmt: skip
several(
    "events.xlsx", "sheet-too-large", "NTP1",
    xlsx_many_columns=of_sheet('<row r="1"><c r="NTP1"><v>1</v></c></row>'),
)  # fmt: skip
several(
    "events.xlsx",
    "sheet-too-large",
    xlsx_row_beyond=of_sheet(TABLE + '<row r="9999999"><c r="A9999999"><v>1</v></c></row>'),
    xlsx_merges=of_sheet(TABLE, after="<mergeCells>" + '<mergeCell ref="A1:A2"/>' * 100_001 + "</mergeCells>"),
    xlsx_many_sheets=lambda: xlsx({BOOK: book('<sheet name="a" sheetId="1" r:id="r1"/>' * 201)}),
)
several(
    "events.xlsx",
    "cell-address",
    xlsx_row_zero=of_sheet('<row r="0"><c r="A0"><v>1</v></c></row>'),
    xlsx_no_reference=of_sheet('<row r="1"><c r="../etc"><v>1</v></c></row>'),
    xlsx_empty_reference=of_sheet('<row r="1"><c r=""><v>1</v></c></row>'),
    xlsx_long_reference=of_sheet('<row r="1"><c r="AAAAAAAAAA1"><v>1</v></c></row>'),
    xlsx_row_0=of_sheet(TABLE.replace('<row r="2"', '<row r="0"')),
    xlsx_row_below_0=of_sheet(TABLE.replace('<row r="2"', '<row r="-2"')),
    xlsx_cell_of_another_row=of_sheet(TABLE.replace('<row r="2"', '<row r="5"')),
    xlsx_cell_of_the_next_row=of_sheet(TABLE.replace('r="D2"', 'r="D3"')),
    xlsx_row_between=of_sheet(TABLE.replace('<c r="D2"', '</row><row r="7"><c r="D2"')),
)
several("events.xlsx", "cell-twice", "A2", xlsx_cell_twice=of_sheet(TABLE + row(2, ["2018-04-01"])))
several(
    "events.xlsx", "xml-broken",
    xlsx_row_cut=lambda: xlsx({SHEET: SOUND[:-40]}),
    xlsx_entity=of_sheet("<row r='1'><c r='A1'><v>&evil;</v></c></row>"),
    xlsx_attributes=lambda: xlsx({SHEET: sheet("<row r='1' " + " ".join(f"a{i}=''" for i in range(600_000)) + "/>")}),
    xlsx_same_attribute=of_sheet("<row r='1'><c r='A1' r='B1'><v>1</v></c></row>"),
    xlsx_deep=of_part(SHEET, b"<a>" * 2_000_000),
    xlsx_two_roots=of_part(SHEET, SOUND + SOUND.removeprefix(XML)),
    xlsx_nul=of_part(SHEET, SOUND.replace("讲座", "讲\0座")),
    xlsx_not_utf8=of_part(SHEET, SOUND.encode().replace("讲座".encode(), b"\xff\xfe\xc0")),
    xlsx_unknown_encoding=of_part(SHEET, SOUND.replace("UTF-8", "rot13")),
    xlsx_utf7=of_part(SHEET, SOUND.replace("UTF-8", "utf-7")),
    xlsx_not_xml=of_part(SHEET, b"%PDF-1.4"),
    xlsx_surrogate=of_sheet("<row r='1'><c r='A1' t='str'><v>&#xD800;</v></c></row>"),
)  # fmt: skip
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
several(
    "events.xlsx", "xml-broken", SHEET,
    xlsx_two_data=lambda: xlsx({SHEET: SOUND.replace("</worksheet>", f"<sheetData>{OTHER}</sheetData></worksheet>")}),
    xlsx_rows_of_an_alternative=of_sheet(
        TABLE + f'<mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice>{OTHER}</mc:Choice></mc:AlternateContent>'
    ),
    xlsx_alternative_declared_above=lambda: xlsx({SHEET: sheet(
        f"{TABLE}<mc:AlternateContent><mc:Fallback>{OTHER}</mc:Fallback></mc:AlternateContent>"
    ).replace("<worksheet", f'<worksheet xmlns:mc="{_MC}"')}),
    xlsx_cell_in_a_cell=of_sheet(TABLE.replace("</is></c></row>", f"</is>{inline('F9', '3')}</c></row>")),
    xlsx_other_end=of_sheet(TABLE.replace("<is><t>10</t></is>", "<v>10</t></is>")),
    xlsx_cells_in_an_attribute=of_sheet(TABLE + f"<row r='3' x='{OTHER}'/>"),
    xlsx_data_in_other_data=of_sheet(TABLE + f"<sheetData>{OTHER}</sheetData>"),
)  # fmt: skip
several(
    "events.xlsx", "xml-broken",
    xlsx_string_in_a_string=lambda: xlsx({STRINGS: f'<sst xmlns="{MAIN}"><si><t>5</t><si><t>6</t></si></si></sst>'}),
    xlsx_strings_of_an_extension=lambda: xlsx({STRINGS: f'<sst xmlns="{MAIN}"><x><si><t>5</t></si></x><si><t>6</t></si></sst>'}),
    xlsx_relation_twice=lambda: xlsx({
        "xl/_rels/workbook.xml.rels": relations([("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")]).replace('"r2"', '"r1"'),
        "xl/worksheets/sheet2.xml": SOUND,
    }),
    xlsx_two_parts_of_strings=lambda: xlsx({
        "xl/_rels/workbook.xml.rels": relations([("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "a.xml"), ("sharedStrings", "sharedStrings.xml")]),
        "xl/a.xml": f'<sst xmlns="{MAIN}"/>', STRINGS: f'<sst xmlns="{MAIN}"/>',
    }),
    xlsx_two_books=lambda: xlsx({"_rels/.rels": relations([("officeDocument", BOOK), ("officeDocument", "xl/b.xml")]), "xl/b.xml": book()}),
)  # fmt: skip
several(
    "events.xlsx", "book-sheet-name",
    xlsx_two_sheets_of_one_name=lambda: xlsx({
        BOOK: book('<sheet name="活动" sheetId="1" r:id="r1"/><sheet name="活动" sheetId="2" r:id="r2"/>'),
        "xl/_rels/workbook.xml.rels": relations([("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")]),
        "xl/worksheets/sheet2.xml": SOUND,
    }),
)  # fmt: skip


several(
    "events.xlsx", "xml-doctype",
    **{
        f"xlsx_doctype_{kind}_in_{place}": of_part(part, (XML + said + text.removeprefix(XML)))
        for kind, said in DOCTYPES.items()
        for place, part, text in (
            ("sheet", SHEET, SOUND.replace("讲座", "&a;&l9;")),
            ("strings", STRINGS, f'<sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>'),
            ("styles", STYLES, f'<styleSheet xmlns="{MAIN}"/>'),
            ("book", BOOK, book()),
            ("properties", "docProps/core.xml", "<x>&a;&l9;</x>"),
        )
    },
    xlsx_doctype_utf16=of_part("docProps/core.xml", ("\ufeff" + DOCTYPES["laughs"] + "<x>&l9;</x>").encode("utf-16-le")),
)  # fmt: skip


def _strings(cell: str, strings: str) -> Callable[[], bytes]:
    rows = TABLE.replace(inline("D2", "10"), cell)
    assert rows != TABLE
    return lambda: xlsx({SHEET: sheet(rows), STRINGS: f'{XML}<sst xmlns="{MAIN}" {strings}</sst>'})


several(
    "events.xlsx", "cell-damaged", "D2",
    xlsx_string_beyond=_strings('<c r="D2" t="s"><v>7</v></c>', "><si><t>a</t></si>"),
    xlsx_string_negative=_strings('<c r="D2" t="s"><v>-1</v></c>', "><si><t>a</t></si>"),
    xlsx_string_count=_strings('<c r="D2" t="s"><v>7</v></c>', 'count="4294967295" uniqueCount="4294967295"><si><t>a</t></si>'),
    xlsx_nan=_strings('<c r="D2"><v>NaN</v></c>', ">"),
    xlsx_infinity=_strings('<c r="D2"><v>Infinity</v></c>', ">"),
    xlsx_1e400=_strings('<c r="D2"><v>1e400</v></c>', ">"),
    xlsx_underscore=_strings('<c r="D2"><v>1_0</v></c>', ">"),
    xlsx_unknown_type=_strings('<c r="D2" t="x"><v>10</v></c>', ">"),
    xlsx_boolean_2=_strings('<c r="D2" t="b"><v>2</v></c>', ">"),
    xlsx_two_values=_strings('<c r="D2"><v>10</v><v>99</v></c>', ">"),
    xlsx_two_texts=_strings('<c r="D2" t="inlineStr"><is><t>10</t></is><is><t>99</t></is></c>', ">"),
    xlsx_text_as_number=_strings('<c r="D2"><is><t>77</t></is></c>', ">"),
    xlsx_text_as_string=_strings('<c r="D2" t="s"><is><t>0</t></is></c>', "><si><t>55</t></si>"),
    xlsx_date_32=_strings('<c r="D2" t="d"><v>2018-02-32</v></c>', ">"),
    xlsx_number_of_100_000_digits=_strings(f'<c r="D2"><v>1{"0" * 100_000}</v></c>', ">"),
)  # fmt: skip
several(
    "events.xlsx", "cell-formula", "D2",
    xlsx_formula_without_value=_strings('<c r="D2"><f>1+1</f></c>', ">"),
)  # fmt: skip
several(
    "events.xlsx", "sheet-formulas", "D2", read=True,
    xlsx_forged_value=_strings('<c r="D2"><f>1+1</f><v>999</v></c>', ">"),
    xlsx_webservice=_strings('<c r="D2"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>10</v></c>', ">"),
    xlsx_dde=_strings('<c r="D2"><f>cmd|"/c calc"!A0</f><v>10</v></c>', ">"),
)  # fmt: skip
several("events.xlsx", "cell-too-long", "B2", xlsx_long_cell=of_sheet(TABLE.replace("讲座", "a" * 32_768)))
several(
    "events.xlsx", "book-part-missing",
    xlsx_no_sheet=lambda: xlsx({SHEET: None}),
    xlsx_no_book=lambda: xlsx({BOOK: None}),
    xlsx_no_strings=of_sheet(TABLE.replace(inline("D2", "10"), '<c r="D2" t="s"><v>0</v></c>')),
    xlsx_sheet_outside=lambda: xlsx({"xl/_rels/workbook.xml.rels": relations([("worksheet", "../../../../etc/passwd")])}),
    xlsx_sheet_elsewhere=lambda: xlsx({"xl/_rels/workbook.xml.rels": relations([("worksheet", "http://127.0.0.1:9/")], ' TargetMode="External"')}),
)  # fmt: skip
several(
    "events.xlsx", "book-sheet-twice",
    xlsx_sheet_twice=lambda: xlsx({BOOK: book('<sheet name="活动" sheetId="1" r:id="r1"/><sheet name="b" sheetId="2" r:id="r1"/>')}),
)  # fmt: skip
several("events.xlsx", "book-empty", xlsx_no_sheets=lambda: xlsx({BOOK: book("")}))
several(
    "events.xlsx", "book-macros", read=True,
    xlsx_macros=of_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(600)),
)  # fmt: skip
several(
    "events.xlsx", "book-links", read=True,
    xlsx_external_links=lambda: xlsx({
        "xl/_rels/workbook.xml.rels": relations([("worksheet", "worksheets/sheet1.xml"), ("externalLink", "externalLinks/1.xml")]),
        "xl/externalLinks/1.xml": "<x/>",
    }),
)  # fmt: skip
several(
    "events.xlsx", "rows-hidden", read=True,
    xlsx_row_of_no_height=of_sheet(TABLE.replace('<row r="2"', '<row r="2" ht="0" customHeight="1"')),
    xlsx_hidden_row=of_sheet(TABLE.replace('<row r="2"', '<row r="2" hidden="1"')),
)  # fmt: skip
several(
    "events.xlsx",
    "columns-hidden",
    read=True,
    xlsx_column_of_no_width=of_sheet(TABLE, before='<cols><col min="4" max="4" width="0" customWidth="1"/></cols>'),
)
several(
    "events.xlsx", "submission-no-info", read=True,  # nothing is said of it: all its cells are there
    xlsx_forged_dimension=of_sheet(TABLE, before='<dimension ref="A1:A1"/>'),
    xlsx_huge_dimension=of_sheet(TABLE, before='<dimension ref="A1:XFD1048576"/>'),
    xlsx_columns_of_many_digits=of_sheet(TABLE, before=f'<cols><col min="{"1" * 5000}" max="{"2" * 5000}" hidden="1"/></cols>'),
    xlsx_huge_link=of_sheet(TABLE, after='<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    xlsx_huge_columns=of_sheet(TABLE, before='<cols><col min="1" max="4294967295" width="9"/></cols>'),
    xlsx_huge_merge=of_sheet(TABLE, after='<mergeCells><mergeCell ref="G3:XFD1048576"/></mergeCells>'),
    xlsx_huge_validation=of_sheet(TABLE, after='<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>'),
    xlsx_style_beyond=of_sheet(TABLE.replace('t="inlineStr"', 's="4294967295" t="inlineStr"')),
    xlsx_undeclared_bom=of_part(SHEET, b"\xef\xbb\xbf" + SOUND.encode()),
)  # fmt: skip
_DATES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/><xf numFmtId="10"/></cellXfs></styleSheet>'
several(
    "events.xlsx", "cell-date", "A2",
    **{
        f"xlsx_date_{name}": (
            lambda value=value, style=style: xlsx({
                SHEET: sheet(TABLE.replace(inline("A2", ROW[0]), f'<c r="A2" s="{style}"><v>{value}</v></c>')),
                STYLES: _DATES,
            })
        )
        for name, value, style in (("1e307", "1e307", 1), ("of_minus_1e300", "-1e300", 1), ("of_1e308_hours", "1e308", 2))
    },
)  # fmt: skip
