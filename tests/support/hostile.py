"""Files that harm whoever trusts them, each with what is to be said of it.

`python -m tests.support.hostile FOLDER` writes them all.
"""

# ruff: noqa: E501

import json
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

HEADER = ("日期", "活动名称", "类型", "参加人次", "是否联合举办")
ROW = ("2018-03-01", "讲座", "培训", "10", "否")
HUGE = 1 << 20


@dataclass(frozen=True)
class Hostile:
    """A file to submit; `code` is the finding expected, at a place that ends in `at`.

    `read` ones are read for all that; `large` ones take a while to make.
    """

    id: str
    file: str
    code: str
    at: str
    read: bool
    large: bool
    make: Callable[[], bytes]


FILES: dict[str, Hostile] = {}


def hostile(
    file: str, code: str, at: str = "", *, read: bool = False, large: bool = False
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        name = make.__name__.replace("_", "-")
        assert name not in FILES
        FILES[name] = Hostile(name, file, code, at, read, large, make)
        return make

    return keep


def several(
    file: str, code: str, at: str = "", *, read: bool = False, large: bool = False, **made: Callable[[], bytes]
) -> None:
    """The same of several files."""
    for name, make in made.items():
        id = name.replace("_", "-")
        assert id not in FILES
        FILES[id] = Hostile(id, file, code, at, read, large, make)


# --- ZIP, written byte by byte so that it can lie


@dataclass(frozen=True)
class Part:
    """An entry of a ZIP. What is None is told as it is."""

    name: str | bytes
    data: bytes = b""
    method: int = 8
    flags: int = 0x800
    crc: int | None = None
    size: int | None = None
    packed: int | None = None
    mode: int = 0o100644
    local_name: bytes | None = None
    local_size: int | None = None
    stored: bytes | None = None  # the packed bytes, where they aren't to be made of `data`
    extra: bytes = b""
    at: int | None = None  # where the directory says that it lies
    raw: bytes | None = None  # written as it stands, header included

    @property
    def encoded(self) -> bytes:
        return self.name.encode() if isinstance(self.name, str) else self.name


def zipped(
    parts: Iterable[Part], *, count: int | None = None, before: bytes = b"", after: bytes = b"", end_64: bytes = b""
) -> bytes:
    body, directory, number = bytearray(before), bytearray(), 0
    for part in parts:
        stored = part.stored
        if stored is None:
            stored = deflated(part.data) if part.method == 8 else part.data
        crc = zlib.crc32(part.data) if part.crc is None else part.crc
        size = len(part.data) if part.size is None else part.size
        packed = len(stored) if part.packed is None else part.packed
        name, local = part.encoded, part.local_name or part.encoded
        at = len(body) if part.at is None else part.at
        inside = size if part.local_size is None else part.local_size
        told = (0, 0, 0) if part.flags & 8 else (crc, min(packed, 2**32 - 1), min(inside, 2**32 - 1))
        body += struct.pack("<4s5H3L2H", b"PK\3\4", 20, part.flags, part.method, 0, 33, *told, len(local), 0)
        body += local + stored
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 0x0314, 20, part.flags, part.method, 0, 33, crc, min(packed, 2**32 - 1),
            min(size, 2**32 - 1), len(name), len(part.extra), 0, 0, 0, part.mode << 16, at,
        ) + name + part.extra  # fmt: skip
        number += 1
    count = number if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(body), 0)
    return bytes(body) + bytes(directory) + end_64 + end + after


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def repeated(name: str, piece: bytes, times: int, head: bytes = b"", tail: bytes = b"") -> Part:
    """A part in which a piece stands very often; quick to make, as it is packed once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(tail) + packer.flush()
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(piece, crc)
    size = len(head) + len(piece) * times + len(tail)
    return Part(name, stored=first + packed * times + last, crc=zlib.crc32(tail, crc), size=size)


# --- XLSX

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"


def inline(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">' + "".join(inline(f"{'ABCDEFGH'[at]}{number}", each) for at, each in enumerate(cells)) + "</row>"  # fmt: skip


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return f'{_XML}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


TABLE = row(1, HEADER) + row(2, ROW)
SOUND = sheet(TABLE)


def relations(targets: Sequence[tuple[str, str]], mode: str = "") -> str:
    listed = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def book(sheets: str = '<sheet name="活动" sheetId="1" r:id="r1"/>', before: str = "") -> str:
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{before}<sheets>{sheets}</sheets></workbook>'


def xlsx_parts(changed: Mapping[str, str | bytes | Part | None] = {}) -> list[Part]:
    """The parts of a sound workbook, some replaced or left out."""
    targets = [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    parts: dict[str, str | bytes | Part | None] = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
        BOOK: book(),
        "xl/_rels/workbook.xml.rels": relations(targets),
        SHEET: SOUND,
        **changed,
    }
    made = []
    for name, each in parts.items():
        if isinstance(each, Part):
            made.append(each)
        elif each is not None:
            made.append(Part(name, each.encode() if isinstance(each, str) else each))
    return made


def xlsx(changed: Mapping[str, str | bytes | Part | None] = {}) -> bytes:
    return zipped(xlsx_parts(changed))


def of_sheet(rows: str, before: str = "", after: str = "") -> Callable[[], bytes]:
    return lambda: xlsx({SHEET: sheet(rows, before, after)})


def of_part(name: str, text: str | bytes) -> Callable[[], bytes]:
    return lambda: xlsx({name: text})


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
        STYLES, f'<styleSheet xmlns="{_MAIN}"><numFmts>{_FORMATS}</numFmts><cellXfs>{_USED}</cellXfs></styleSheet>'
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
    xlsx_attributes=of_sheet("<row r='1' " + " ".join(f"a{i}=''" for i in range(600_000)) + "/>"),
    xlsx_same_attribute=of_sheet("<row r='1'><c r='A1' r='B1'><v>1</v></c></row>"),
    xlsx_deep=of_part(SHEET, b"<a>" * 2_000_000),
    xlsx_two_roots=of_part(SHEET, SOUND + SOUND.removeprefix(_XML)),
    xlsx_nul=of_part(SHEET, SOUND.replace("讲座", "讲\0座")),
    xlsx_not_utf8=of_part(SHEET, SOUND.encode().replace("讲座".encode(), b"\xff\xfe\xc0")),
    xlsx_unknown_encoding=of_part(SHEET, SOUND.replace("UTF-8", "rot13")),
    xlsx_utf7=of_part(SHEET, SOUND.replace("UTF-8", "utf-7")),
    xlsx_not_xml=of_part(SHEET, b"%PDF-1.4"),
    xlsx_surrogate=of_sheet("<row r='1'><c r='A1' t='str'><v>&#xD800;</v></c></row>"),
)  # fmt: skip
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OTHER = row(3, (*ROW[:3], "999", ROW[4]))
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
    xlsx_string_in_a_string=lambda: xlsx({STRINGS: f'<sst xmlns="{_MAIN}"><si><t>5</t><si><t>6</t></si></si></sst>'}),
    xlsx_strings_of_an_extension=lambda: xlsx({STRINGS: f'<sst xmlns="{_MAIN}"><x><si><t>5</t></si></x><si><t>6</t></si></sst>'}),
    xlsx_relation_twice=lambda: xlsx({
        "xl/_rels/workbook.xml.rels": relations([("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")]).replace('"r2"', '"r1"'),
        "xl/worksheets/sheet2.xml": SOUND,
    }),
    xlsx_two_parts_of_strings=lambda: xlsx({
        "xl/_rels/workbook.xml.rels": relations([("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "a.xml"), ("sharedStrings", "sharedStrings.xml")]),
        "xl/a.xml": f'<sst xmlns="{_MAIN}"/>', STRINGS: f'<sst xmlns="{_MAIN}"/>',
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


_LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
_DOCTYPES = {
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>',
    "external": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>',
    "empty": "<!DOCTYPE x>",
}
several(
    "events.xlsx", "xml-doctype",
    **{
        f"xlsx_doctype_{kind}_in_{place}": of_part(part, (_XML + said + text.removeprefix(_XML)))
        for kind, said in _DOCTYPES.items()
        for place, part, text in (
            ("sheet", SHEET, SOUND.replace("讲座", "&a;&l9;")),
            ("strings", STRINGS, f'<sst xmlns="{_MAIN}"><si><t>&a;</t></si></sst>'),
            ("styles", STYLES, f'<styleSheet xmlns="{_MAIN}"/>'),
            ("book", BOOK, book()),
            ("properties", "docProps/core.xml", "<x>&a;&l9;</x>"),
        )
    },
    xlsx_doctype_utf16=of_part("docProps/core.xml", ("\ufeff" + _DOCTYPES["laughs"] + "<x>&l9;</x>").encode("utf-16-le")),
)  # fmt: skip


def _strings(cell: str, strings: str) -> Callable[[], bytes]:
    rows = TABLE.replace(inline("D2", "10"), cell)
    assert rows != TABLE
    return lambda: xlsx({SHEET: sheet(rows), STRINGS: f'{_XML}<sst xmlns="{_MAIN}" {strings}</sst>'})


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
_DATES = f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/><xf numFmtId="10"/></cellXfs></styleSheet>'
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


@hostile("events.xlsx", "cell-too-long", "B2")
def xlsx_cell_of_100_mb() -> bytes:
    """Packed no better than text is."""
    piece = "".join(f"{i * 2654435761 % 2**32:08x}" for i in range(2**12)).encode().ljust(HUGE, b"a")
    head, tail = SOUND.split("讲座")
    return xlsx({SHEET: repeated(SHEET, piece, 100, head.encode(), tail.encode())})


@hostile("events.xlsx", "zip-ratio", SHEET)
def xlsx_bomb() -> bytes:
    """A gigabyte of blanks in a megabyte, though it is told to be less than the limit."""
    return xlsx({SHEET: repeated(SHEET, b" " * HUGE, 300, SOUND.encode())})


@hostile("events.xlsx", "file-too-large")
def xlsx_bomb_of_many() -> bytes:
    return zipped(
        [*xlsx_parts(), *(replace(repeated(f"xl/media/{i}.bin", b"\0" * HUGE, 9), size=9 * HUGE) for i in range(50))]
    )


@hostile("events.xlsx", "zip-lies", SHEET)
def xlsx_lying_size() -> bytes:
    """10 KB told, 100 MB there."""
    return xlsx({SHEET: replace(repeated(SHEET, b" " * HUGE, 100, SOUND.encode()), size=10_000)})


@hostile("events.xlsx", "zip-lies", SHEET)
def xlsx_size_too_large() -> bytes:
    return xlsx({SHEET: Part(SHEET, SOUND.encode(), size=len(SOUND.encode()) + 5)})


@hostile("events.xlsx", "zip-lies", SHEET)
def xlsx_wrong_checksum() -> bytes:
    return xlsx({SHEET: Part(SHEET, SOUND.encode(), crc=1)})


@hostile("events.xlsx", "zip-lies", "docProps/core.xml")
def xlsx_wrong_checksum_of_properties() -> bytes:
    return xlsx({"docProps/core.xml": Part("docProps/core.xml", b"<x/>", crc=1)})


@hostile("events.xlsx", "xml-broken", "docProps/app.xml")
def xlsx_broken_properties() -> bytes:
    return xlsx({"docProps/app.xml": b"<x>" + b"<y>" * 100_000})


@hostile("events.xlsx", "file-too-large", "docProps/custom.xml")
def xlsx_huge_properties() -> bytes:
    return xlsx({"docProps/custom.xml": repeated("docProps/custom.xml", b"<a/>" * 1000, 2000, b"<x>", b"</x>")})


@hostile("events.xlsx", "zip-lies", SHEET)
def xlsx_descriptor_lies() -> bytes:
    """Its sizes follow the data, and the directory's are wrong."""
    return xlsx({SHEET: Part(SHEET, SOUND.encode(), flags=0x808, size=len(SOUND))})


@hostile("events.xlsx", "zip-lies", SHEET)
def xlsx_two_names() -> bytes:
    """The directory says one name, the entry another."""
    return xlsx({SHEET: Part(SHEET, SOUND.encode(), local_name=b"xl/worksheets/sheet2.xml")})


@hostile("events.xlsx", "zip-lies", SHEET)
def xlsx_two_sizes() -> bytes:
    return xlsx({SHEET: Part(SHEET, SOUND.encode(), local_size=7)})


@hostile("events.xlsx", "zip-overlap", SHEET)
def xlsx_overlap() -> bytes:
    """The sheet lies inside the part before it, as in a bomb without nesting."""
    parts = xlsx_parts()
    at = sum(30 + len(each.encoded) + len(deflated(each.data)) for each in parts[:3])
    return zipped([replace(each, at=at + 40) if each.name == SHEET else each for each in parts])


@hostile("events.xlsx", "zip-lies", SHEET)
def xlsx_part_said_to_be_encrypted() -> bytes:
    """By its own header alone."""
    made, at = xlsx(), xlsx().index(SHEET.encode()) - 30
    return made[: at + 6] + struct.pack("<H", 0x801) + made[at + 8 :]


@hostile("events.xlsx", "zip-broken")
def xlsx_other_zip_in_its_comment() -> bytes:
    other = xlsx({SHEET: sheet(TABLE + OTHER)})
    return xlsx()[:-2] + struct.pack("<H", len(other)) + other


@hostile("events.xlsx", "zip-broken")
def xlsx_directories_of_32_and_64_bits() -> bytes:
    """Each has a sheet of its own, and both directories are there."""
    first, second = xlsx(), xlsx({SHEET: sheet(TABLE + OTHER)})
    count, length, start = struct.unpack_from("<H2L", first, len(first) - 12)
    *_, wide, begins = struct.unpack_from("<H2L", second, len(second) - 12)
    at = len(first) - 22
    directory = bytearray(second[begins : begins + wide])
    entry = 0
    while entry < len(directory):
        (header,) = struct.unpack_from("<L", directory, entry + 42)
        struct.pack_into("<L", directory, entry + 42, header + at)
        entry += 46 + sum(struct.unpack_from("<3H", directory, entry + 28))
    body = first[:at] + second[:begins] + bytes(directory)
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, wide, at + begins)
    end += struct.pack("<4sLQL", b"PK\6\7", 0, len(body), 1)
    return body + end + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, length, start, 0)


@hostile("events.xlsx", "zip-overlap")
def xlsx_same_place() -> bytes:
    """Two entries of one place."""
    parts = xlsx_parts()
    return zipped([*parts, Part("x", at=0)])


@hostile("events.xlsx", "zip-broken")
def xlsx_entry_in_the_directory() -> bytes:
    return zipped([*xlsx_parts(), Part("x", at=2**31)])


several(
    "events.xlsx", "zip-broken",
    xlsx_cut=lambda: xlsx()[:-200],
    xlsx_cut_in_half=lambda: xlsx()[:900],
    xlsx_two_directories=lambda: xlsx() + xlsx(),
    xlsx_something_after=lambda: xlsx() + b"MZ" + bytes(100),
    xlsx_something_before=lambda: b"PK\3\4" + bytes(100) + xlsx(),
    xlsx_fewer_entries_told=lambda: zipped(xlsx_parts(), count=3),
    xlsx_no_end=lambda: b"PK\3\4" + bytes(5000),
    xlsx_damaged=lambda: xlsx({SHEET: Part(SHEET, SOUND.encode(), stored=b"\xff" * 400, packed=400)}),
    xlsx_of_64_bits=lambda: zipped(
        xlsx_parts(),
        end_64=struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 2**63, 2**63, 2**63, 0)
        + struct.pack("<4sLQL", b"PK\6\7", 0, 2**62, 1),
    ),
)  # fmt: skip
several(
    "events.xlsx", "zip-duplicate",
    xlsx_part_twice=lambda: zipped([*xlsx_parts(), Part(SHEET, SOUND.encode())]),
    xlsx_part_twice_in_capitals=lambda: zipped([*xlsx_parts(), Part(SHEET.upper(), SOUND.encode())]),
    xlsx_part_twice_with_backslash=lambda: zipped([*xlsx_parts(), Part(SHEET.replace("/", "\\"), SOUND.encode())]),
)  # fmt: skip
several(
    "events.xlsx",
    "zip-encrypted",
    SHEET,
    xlsx_part_encrypted=lambda: xlsx({SHEET: Part(SHEET, SOUND.encode(), flags=0x801)}),
)
several(
    "events.xlsx",
    "zip-method",
    SHEET,
    xlsx_lzma=lambda: xlsx({SHEET: Part(SHEET, SOUND.encode(), method=14, stored=b"x" * 40)}),
)
several(
    "events.xlsx",
    "zip-too-many",
    xlsx_100_000_parts=lambda: zipped(
        [*xlsx_parts(), *(Part(f"x{i}", method=0) for i in range(100_000))], count=65_535
    ),
)


_ODF = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


@hostile("events.xlsx", "file-is")
def xlsx_and_ods() -> bytes:
    content = (
        f"<office:document-content{_ODF}><office:body><office:spreadsheet/></office:body></office:document-content>"
    )
    return xlsx({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


# --- little of worth in many tags


def _noise(count: int) -> bytes:
    """A comment that doesn't pack."""
    return b"<!-- " + "".join(f"{i * 2654435761 % 2**32:08x}" for i in range(count)).encode() + b" -->"


def _much(part: str, piece: bytes, times: int, head: str, tail: str) -> Callable[[], bytes]:
    return lambda: xlsx({part: repeated(part, piece, times, head.encode(), tail.encode())})


_IN_DATA = (sheet("@").replace("@", TABLE + "@")).split("@")
several(
    "events.xlsx", "sheet-too-large", large=True,
    xlsx_empty_rows=_much(SHEET, b"<row/>" * 100_000 + _noise(500), 600, *_IN_DATA),
    xlsx_empty_cells=_much(SHEET, b'<row r="3">' + b'<c r="A3"/>' * 50_000 + b"</row>" + _noise(500), 500, *_IN_DATA),
    xlsx_columns_hidden_again=_much(SHEET, b'<col min="1" max="16384" hidden="1"/>' * 27_000 + _noise(1000), 40, sheet(TABLE, "<cols>@</cols>").split("@")[0], "</cols>"),
    xlsx_strings_for_nothing=_much(STRINGS, b"<si><t>abc</t></si>" * 50_000 + b"".join(b"<si><t>%08x</t></si>" % (i * 2654435761 % 2**32) for i in range(1200)), 350, f'<sst xmlns="{_MAIN}">', "</sst>"),
    xlsx_many_styles=_much(STYLES, b'<xf numFmtId="0"/>' * 50_000 + _noise(800), 300, f'<styleSheet xmlns="{_MAIN}"><cellXfs>', "</cellXfs></styleSheet>"),
    xlsx_many_relations=_much("xl/_rels/workbook.xml.rels", b"".join(b'<Relationship Id="x%d" Type="t/a" Target="b"/>' % i for i in range(6000)), 1, relations([("worksheet", "worksheets/sheet1.xml")]).removesuffix("</Relationships>"), "</Relationships>"),
    xlsx_many_comments=lambda: xlsx({f"xl/comments/c{i}.xml": b"<c>" + b"<t/>" * 1_000_000 + b"</c>" for i in range(20)}),
)  # fmt: skip


@hostile("events.xlsx", "sheet-too-large", ":9990")
def xlsx_many_sheets_of_little() -> bytes:
    """Two cells far apart in each."""
    names = "".join(f'<sheet name="{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(1, 201))
    one = sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="9990"><c r="SF9990"><v>1</v></c></row>')
    return xlsx(
        {
            BOOK: book(names),
            "xl/_rels/workbook.xml.rels": relations([("worksheet", f"s{i}.xml") for i in range(1, 201)]),
        }
        | {f"xl/s{i}.xml": one for i in range(1, 201)}
    )


# --- the kind of a file

_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">LL", 13_000, 13_000) + b"\x08\x02\0\0\0"
several(
    "events.xlsx",
    "file-is",
    png_of_169_megapixels_as_workbook=lambda: _PNG + deflated(bytes(10_000)),
    jpg_that_is_a_workbook_too=lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40) + xlsx(),
    pdf_that_is_a_workbook_too=lambda: b"%PDF-1.7\n" + xlsx(),
    word_document=lambda: zipped([Part("[Content_Types].xml", b"<x/>"), Part("word/document.xml", b"<x/>")]),
    xlsb=lambda: zipped([Part("[Content_Types].xml", b"<x/>"), Part("xl/workbook.bin", b"x")]),
    rar=lambda: b"Rar!\x1a\x07\0" + bytes(100),
    executable=lambda: b"MZ\x90\0" + bytes(1000),
    gzip=lambda: b"\x1f\x8b\x08" + bytes(100),
    zip_as_workbook=lambda: zipped([Part("events.csv", b"a,b")]),
    mhtml=lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
    xml_spreadsheet=lambda: b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>',
    xml_entities=lambda: f'<?xml version="1.0"?>{_DOCTYPES["laughs"]}<Workbook>&l9;</Workbook>'.encode(),
)
several(
    "events.csv",
    "file-is",
    png_as_csv=lambda: _PNG + bytes(100),
    elf_as_csv=lambda: b"\x7fELF" + bytes(100),
    zip_as_csv=lambda: zipped([Part("events.csv", b"a,b")]),
)
several("events.csv", "file-extension", read=True, xlsx_as_csv=xlsx)
several("events.json", "file-extension", read=True, xlsx_as_json=xlsx)
several("events.xls", "file-extension", read=True, csv_as_xls=lambda: text([HEADER, ROW]))
several("events.xlsx", "file-kind", nul_bytes=lambda: bytes(5000))
several("events.xlsx", "file-encoding", noise=lambda: bytes(range(1, 256)) * 20)
several("events.xlsx", "file-empty", empty_workbook=lambda: b"")
several("events.csv", "file-empty", empty_csv=lambda: b"", blank_csv=lambda: b"\xef\xbb\xbf\n\n \t\n")
several("events.xlsx", "file-too-large", too_large=lambda: bytes(51 * HUGE), large=True)


# --- CSV


def text(rows: Sequence[Sequence[str]], encoding: str = "utf-8", newline: str = "\n", separator: str = ",") -> bytes:
    return (newline.join(separator.join(cells) for cells in rows) + newline).encode(encoding)


def _changed(column: int, cell: str) -> Callable[[], bytes]:
    """The table with one cell changed."""
    return lambda: text([HEADER, (*ROW[:column], cell, *ROW[column + 1 :])])


_BODY = text([HEADER, ROW])
several(
    "events.csv", "csv-quote",
    csv_unclosed_quote=lambda: text([HEADER, ("2018-01-01", '"讲座', "培训", "1", "否"), *[ROW] * 1000]),
    csv_quote_closed_far_below=lambda: text([HEADER, ("2018-01-01", '"讲座', "培训", "1", "否"), *[ROW] * 1000, ("2018-01-02", '讲座"', "培训", "1", "否")]),
    csv_quote_amid_text=lambda: text([HEADER, ("2018-01-01", '"讲"座', "培训", "1", "否")]),
    csv_quote_at_the_end=lambda: _BODY + b'"',
)  # fmt: skip
several(
    "events.csv",
    "sheet-too-large",
    csv_million_columns=lambda: _BODY + b"1," * 1_000_000 + b"1\n",
    csv_wide_row_below=lambda: _BODY + b"\n" * 200_000 + b"1," * 400 + b"1\n",
    csv_many_rows=lambda: _BODY + b"1\n" * 2_000_001,
)
several(
    "events.csv", "row-total", read=True,
    csv_many_totals=lambda: text([HEADER, *[ROW, ("合计", "", "", "10", "")] * 20_000]),
)  # fmt: skip
several(
    "events.csv", "sheet-too-large", large=True,
    csv_blank_lines_after_a_quote=lambda: text([HEADER, (ROW[0], '"讲座"', *ROW[2:])]) + b"\n" * 45_000_000 + text([ROW]),
    csv_blank_lines_of_cr=lambda: _BODY + b"\r" * 45_000_000 + text([ROW]),
)  # fmt: skip
several(
    "events.csv",
    "cell-too-long",
    csv_long_line=lambda: _BODY + b"a" * (8 * HUGE),
    csv_long_cell=_changed(1, "讲" * 40_000),
)
several(
    "events.csv", "cell-too-long", large=True,
    csv_line_of_49_mb=lambda: _BODY + b"a" * (49 * HUGE - 200),
    csv_line_of_49_mb_in_chinese=lambda: _BODY + "讲".encode() * (16 * HUGE),
    csv_line_of_49_mb_astral=lambda: _BODY + "𠮷".encode() * (12 * HUGE),
)  # fmt: skip
several("events.csv", "file-too-large", large=True, csv_line_of_100_mb=lambda: _BODY + b"a" * (100 * HUGE))
several(
    "events.csv", "file-nul",
    csv_nul=lambda: _BODY + b"2018-01-01,\0,x,1,x\n",
    csv_of_nuls=lambda: bytes(100_000),
    csv_utf32=lambda: _BODY.decode().encode("utf-32"),
)  # fmt: skip
several(
    "events.csv", "file-encoding",
    csv_utf16_of_odd_length=lambda: _BODY.decode().encode("utf-16") + b"x",
    csv_utf16_lone_surrogate=lambda: b"\xff\xfe" + b"a\0,\0\x00\xd8\n\0",
    csv_lone_surrogate=lambda: _BODY + b"\xed\xa0\x80,1\xff\n",
    csv_noise=lambda: bytes(range(128, 256)) * 10 + b"\xff",
    csv_cp1252=lambda: _BODY + b"caf\xe9\n",
)  # fmt: skip
several("events.csv", "file-cut-short", csv_cut_in_a_character=lambda: _BODY + "2018-01-01,讲座".encode()[:-1])
several("events.csv", "sheet-no-header", csv_utf7=lambda: _BODY.decode().encode("utf-7"))
several(
    "events.csv", "cell-number", "D2",
    csv_nan=_changed(3, "NaN"), csv_infinity=_changed(3, "Infinity"), csv_1e400=_changed(3, "1e400"),
    csv_many_digits=_changed(3, "9" * 30_000), csv_underscore=_changed(3, "1_000"), csv_hex=_changed(3, "0x10"),
    csv_formula=_changed(3, "=1+1"), csv_command=_changed(3, "=cmd|'/c calc'!A0"), csv_10e309=_changed(3, "１e309"),
)  # fmt: skip
several(
    "events.csv", "cell-date", "A2",
    csv_day_32=_changed(0, "2018-02-30"), csv_year_0=_changed(0, "0000-00-00"), csv_serial_1e308=_changed(0, "1e308"),
    csv_date_of_digits=_changed(0, "2" * 30_000),
)  # fmt: skip
several(
    "events.csv", "cell-reordered", "D2",
    csv_bidi=_changed(3, "1\u202e0\u202c"), csv_isolate=_changed(3, "\u20661\u20690"),
)  # fmt: skip
several(
    "events.csv", "submission-no-info", read=True,
    csv_bidi_in_text=_changed(1, "讲座\u202e01\u202c"), csv_zero_width=_changed(3, "1\u200b0"), csv_bom_inside=lambda: _BODY + b"\xef\xbb\xbf2018-04-01," + text([ROW[1:]]),
    csv_mixed_newlines=lambda: text([HEADER], newline="\r\n") + text([ROW], newline="\r") + text([ROW]).replace(b"03", b"04"),
    csv_formula_in_text=_changed(1, "=HYPERLINK(1)"), csv_no_last_newline=lambda: _BODY[:-1],
)  # fmt: skip


# --- JSON and YAML

_RECORD = dict(zip(HEADER, ROW, strict=True))


def as_json(number: str) -> Callable[[], bytes]:
    said = json.dumps([_RECORD], ensure_ascii=False)
    return lambda: said.replace('"10"', number).encode()


several(
    "events.json", "json-too-deep",
    json_deep_list=lambda: b"[" * 100_000 + b"]" * 100_000,
    json_deep_object=lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    json_deep_unclosed=lambda: b"[" * 1_000_000,
)  # fmt: skip
several("events.json", "sheet-too-large", json_wide_lists=lambda: b"[" + b"[]," * 3_000_000 + b"[]]")
several(
    "events.json", "sheet-too-large",
    json_many_keys=lambda: json.dumps([{f"k{i}": 1 for i in range(1000)}]).encode(),
    json_other_keys_each=lambda: json.dumps([{f"k{i % 400}": 1} for i in range(60_000)]).encode(),
)  # fmt: skip
several(
    "events.json", "cell-number",
    json_nan=as_json("NaN"), json_infinity=as_json("-Infinity"), json_1e400=as_json("1e400"),
)  # fmt: skip
several("events.json", "json-cell", json_list_in_a_cell=as_json("[1]"), json_object_in_a_cell=as_json('{"a": 1}'))
several(
    "events.json", "json-key-twice", "z",
    json_key_twice_among_many=lambda: ("[{" + ",".join(f'"k{i}":0' for i in range(300_000)) + ',"z":1,"z":2}]').encode(),
)  # fmt: skip
several(
    "events.json", "json-key-twice", json_key_twice=lambda: '[{"日期": "2018-01-01", "日期": "2018-01-02"}]'.encode()
)
several(
    "events.json", "cell-damaged", json_lone_surrogate=lambda: json.dumps([_RECORD | {"活动名称": "\ud800"}]).encode()
)
several(
    "events.json", "file-json",
    json_surrogate_key=lambda: b'[{"\\ud800": 1}]', json_cut=lambda: as_json("1")()[:-9], json_two=lambda: b"[] []",
    json_comment=lambda: b"[] // x", json_control=lambda: b'["a\x01"]', json_not=lambda: b"hello",
)  # fmt: skip
several("events.json", "json-shape", json_scalar=lambda: b"1")
several("events.json", "sheet-no-header", json_of_lists=lambda: b"[[1, 2], [3, 4]]")
several("events.json", "file-nul", json_nul=lambda: b'[{"a": "\0"}]')
_YAML_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_YAMLS: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("alias_bomb", "yaml-alias", lambda: _YAML_BOMB.encode()),
    ("merge_bomb", "yaml-alias", lambda: b"a: &a {x: 1}\nb: {<<: *a}\n"),
    ("merge_key", "yaml-alias", lambda: b"b: {<<: {x: 1}}\n"),
    ("circle", "yaml-alias", lambda: b"&a [*a]\n"),
    ("object", "yaml-tag", lambda: b"!!python/object/apply:os.system ['true']\n"),
    ("own_tag", "yaml-tag", lambda: b"a: !x 1\n"),
    ("deep_flow", "yaml-too-deep", lambda: b"[" * 100_000),
    ("deep_maps", "yaml-too-deep", lambda: b"{a: " * 100_000),
    ("deep_block", "yaml-too-deep", lambda: b"- " * 100_000 + b"x"),
    ("deep_keys", "yaml-too-deep", lambda: b"".join(b" " * i + b"a:\n" for i in range(2000))),
    ("many", "yaml-too-deep", lambda: b"- 1\n" * 300_000),
    ("documents", "yaml-documents", lambda: b"---\na: 1\n---\nb: 2\n"),
    ("key_twice", "yaml-duplicate-key", lambda: b"a: 1\na: 2\n"),
    ("list_as_key", "yaml-key", lambda: b"? [a]\n: 1\n"),
    ("tab", "yaml-syntax", lambda: b"a:\n\tb: 1\n"),
    ("control", "yaml-syntax", lambda: b"a: \x01\n"),
    ("unclosed", "yaml-syntax", lambda: b'a: "x\n' * 1000),
    ("directive", "yaml-syntax", lambda: b"%YAML 9.9\n%YAML 9.9\n---\na: 1\n"),
)  # fmt: skip
for _name, _code, _make in _YAMLS:
    several("events.yaml", _code, **{f"yaml_{_name}": _make})
    several("submission.yaml", _code, **{f"information_{_name}": _make})
several("submission.yaml", "yaml-not-a-mapping", information_list=lambda: b"- a\n", information_text=lambda: b"pilot\n")
several("submission.yaml", "file-nul", information_nul=lambda: b"pilot: \0\n")
several("submission.yaml", "file-encoding", information_noise=lambda: b"pilot: \xff\xfe\xff\n")


# --- HTML


def html(rows: str) -> bytes:
    return f"<html><meta charset='utf-8'><table>{rows}</table></html>".encode()


_TR = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in (HEADER, ROW))
several(
    "events.xls", "sheet-too-large",
    html_wide_spans=lambda: html("<tr>" + "<td colspan=1000000000>x</td>" * 3 + "</tr>"),
    html_spans_to_skip=lambda: html("<tr><td rowspan=999999 colspan=499>x</td></tr>" + "<tr><td>" * 200_000),
    html_many_tables=lambda: b"<html>" + b"<table><tr><td>a</td></tr></table>" * 300,
    html_far_row=lambda: html(_TR + "<tr>" * 2_000_001 + "<td>x</td>"),
    html_tags=lambda: b"<html>" + b"<a" * 4_000_001,
)  # fmt: skip
several(
    "events.xls", "file-extension", read=True,
    html_blanks_in_a_span=lambda: html(_TR.replace("<td>", f"<td colspan={' ' * 300_000}x>", 1)),
    html_script=lambda: html("<script><table><tr><td>x</td></tr></table></script>" + _TR),
    html_number_of_5000_digits=lambda: html(_TR.replace("讲座", f"讲&#{'1' * 5000};")),
    html_template=lambda: html(f"{_TR}<template><template></template><tr>{_HIDDEN_TR}</tr></template>"),
    html_entities=lambda: html(_TR.replace("讲座", "&#35762;&#x5EA7;&#0;&#xD800;&#99999999999;")),
)  # fmt: skip


def _html_with(cell: str) -> Callable[[], bytes]:
    """The table, with something else in D2."""
    return lambda: html(_TR.replace("<td>10</td>", f"<td>{cell}</td>"))


several(
    "events.xls", "cell-number", "D2",
    html_blocks=_html_with("<div>12</div><div>34</div>"), html_paragraphs=_html_with("<p>12<p>34"),
    html_rule=_html_with("12<hr>34"), html_list=_html_with("<li>1<li>2"),
    html_choice=_html_with("<select><option>1<option>2</select>"),
    html_table_in_a_cell=_html_with("10<table><tr><td>99</td></tr></table>"),
)  # fmt: skip
several(
    "events.xls", "cell-damaged", "D2",
    html_exponent=_html_with("12<sup>3</sup>"), html_struck_out=_html_with("<del>12</del>34"),
    html_hidden_digit=_html_with('<span style="display:none">9</span>10'), html_field=_html_with('10<input value="99">'),
    html_hidden_attribute=_html_with("<b hidden>9</b>10"), html_all_struck_out=_html_with("<s>12</s>"),
)  # fmt: skip
_HIDDEN_TR = "".join(f"<td>{cell}</td>" for cell in ("2018-05-05", *ROW[1:]))
several(
    "events.xls", "rows-hidden", ":3", read=True,
    html_hidden_row=lambda: html(f'{_TR}<tr class="x" style="height:0; DISPLAY : none">{_HIDDEN_TR}</tr>'),
    html_row_with_hidden=lambda: html(f"{_TR}<tr hidden>{_HIDDEN_TR}</tr>"),
    html_hidden_body=lambda: html(f"<tbody>{_TR}</tbody><tbody hidden='hidden'><tr>{_HIDDEN_TR}</tr></tbody>"),
)  # fmt: skip
several(
    "events.xls", "columns-hidden", "D", read=True,
    html_hidden_cell=lambda: html(_TR.replace("<td>10", "<td style='display:none'>10")),
)  # fmt: skip
several(
    "events.xls", "file-cut-short",
    html_cut=lambda: html(_TR)[:-40], html_comment=lambda: html(_TR.replace("<td>", "<!-- <td>", 1)),
    html_deep=lambda: b"<html>" + b"<table><tr><td>" * 50_000,
)  # fmt: skip
several(
    "events.xls", "sheet-too-large", large=True,
    html_tall_spans=lambda: html(_TR + "<tr>" + "<td rowspan=900000 colspan=500></td>" * 100_002 + "</tr>"),
)  # fmt: skip
several("events.xls", "file-kind", html_without_table=lambda: b"<html>" + b"<p>hello</p>" * 1000)


# --- ODS


def ods(rows: str, styles: str = "", **parts: bytes) -> bytes:
    content = (
        f"{_XML}<office:document-content{_ODF}>{styles}<office:body><office:spreadsheet>"
        f'<table:table table:name="活动">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    made = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()} | parts
    return zipped([Part(name, data, method=0 if name == "mimetype" else 8) for name, data in made.items()])


def _ods_cell(cell: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{cell}</text:p></table:table-cell>'


def _ods_row(cells: Iterable[str], more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(map(_ods_cell, cells))}</table:table-row>"


_ODS = _ods_row(HEADER) + _ods_row(ROW)
_WIDE = ' table:number-columns-repeated="16384"'
_SPANS = ' table:number-rows-spanned="999999999" table:number-columns-spanned="999999999"'


def _ods_number(said: str, kind: str = "float") -> Callable[[], bytes]:
    cell = f'<table:table-cell office:value-type="{kind}" {said}><text:p>10</text:p></table:table-cell>'
    rows = _ODS.replace(_ods_cell("10"), cell)
    return lambda: ods(rows)


def _ods_flag(said: str) -> Callable[[], bytes]:
    cell = f'<table:table-cell office:value-type="boolean"{said}><text:p>TRUE</text:p></table:table-cell>'
    return lambda: ods(_ODS.replace(_ods_cell("否"), cell))


several(
    "events.ods", "sheet-too-large",
    ods_rows_repeated=lambda: ods(_ODS + _ods_row(ROW, ' table:number-rows-repeated="2147483647"')),
    ods_million_rows_repeated=lambda: ods(_ODS + _ods_row(ROW, ' table:number-rows-repeated="1048570"')),
    ods_columns_repeated=lambda: ods(_ODS + f"<table:table-row>{_ods_cell('x', _WIDE)}</table:table-row>"),
    ods_far_cell=lambda: ods(_ODS + '<table:table-row table:number-rows-repeated="1048000"/>' + f'<table:table-row><table:table-cell table:number-columns-repeated="400"/>{_ods_cell("x")}</table:table-row>'),
    ods_far_row=lambda: ods(_ODS + '<table:table-row table:number-rows-repeated="999999999"/>' + _ods_row(["x"])),
)  # fmt: skip
several(
    "events.ods", "submission-no-info", read=True,
    ods_many_columns=lambda: ods('<table:table-column table:default-cell-style-name="a"/>' * 100_000 + _ODS),
    ods_blank_rows_repeated=lambda: ods(_ODS + '<table:table-row table:number-rows-repeated="2147483647"/>'),
    ods_huge_span=lambda: ods(_ODS.replace(_ods_cell("否"), _ods_cell("否", _SPANS))),
)  # fmt: skip
several(
    "events.ods",
    "cell-too-long",
    "B2",
    ods_spaces=lambda: ods(_ODS.replace("讲座", '讲<text:s text:c="999999999"/>座' * 1000)),
)
several(
    "events.ods", "cell-damaged", "D2",
    ods_nan=_ods_number('office:value="NaN"'), ods_infinity=_ods_number('office:value="INF"'),
    ods_1e400=_ods_number('office:value="1e400"'), ods_no_value=_ods_number(""), ods_underscore=_ods_number('office:value="1_0"'),
    ods_bad_date=_ods_number('office:date-value="2018-99-99"', "date"), ods_bad_time=_ods_number('office:time-value="P9"', "time"),
)  # fmt: skip
several(
    "events.ods", "file-encrypted",
    ods_encrypted=lambda: ods(_ODS, **{"META-INF/manifest.xml": b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'}),
)  # fmt: skip
several(
    "events.ods",
    "xml-doctype",
    ods_doctype=lambda: ods(_ODS, **{"content.xml": (_DOCTYPES["laughs"] + "<x>&l9;</x>").encode()}),
    ods_doctype_in_meta=lambda: ods(_ODS, **{"meta.xml": (_DOCTYPES["external"] + "<x>&a;</x>").encode()}),
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
    ods_two_sheets_of_one_name=lambda: ods(_ODS + f'</table:table><table:table table:name="活动">{_ODS}'),
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
    ods_without_sheet=lambda: ods("", **{"content.xml": f"<office:document-content{_ODF}/>".encode()}),
)
several("events.ods", "file-is", odt=lambda: ods(_ODS, mimetype=b"application/vnd.oasis.opendocument.text"))
several("events.ods", "book-macros", read=True, ods_macros=lambda: ods(_ODS, **{"Basic/Standard/Module1.xml": b"<x/>"}))


# --- XLS

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(
    streams: Mapping[str, bytes],
    *,
    chains: Mapping[int, int] = {},
    sizes: Mapping[str, int] = {},
    embedded: Mapping[str, bytes] = {},
) -> bytes:
    """An OLE2 file; `chains` are sectors that lead elsewhere, `sizes` what the directory says against the truth.

    `embedded` streams lie in a folder.
    """
    sectors: list[bytes] = []
    links: list[int] = []
    listed = []
    for name, data in (*streams.items(), *embedded.items()):
        data = data.ljust(4096, b"\0")
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        listed.append((name, len(sectors), sizes.get(name, len(data))))
        links += [*range(len(sectors) + 1, len(sectors) + len(pieces)), _END]
        sectors += pieces
    folder, top = len(sectors), len(streams)
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for at, (name, start, size) in enumerate(listed, start=1):
        last = at == len(listed) or (at == top and not embedded)
        entries.append(_entry(name, 2, start, size, right=_FREE if last else len(listed) + 1 if at == top else at + 1))
    if embedded:
        entries.append(_entry("MBD0001", 1, _END, 0, child=top + 1))
    data = b"".join(entries)
    data += bytes(-len(data) % 512)
    pieces = [data[at : at + 512] for at in range(0, len(data), 512)]
    links += [*range(folder + 1, folder + len(pieces)), _END]
    sectors += pieces
    tables = 1
    while tables * 128 < len(sectors) + tables:
        tables += 1
    first = len(sectors)
    links += [_FAT] * tables
    for at, to in chains.items():
        links[at] = to
    links += [_FREE] * (tables * 128 - len(links))
    table = struct.pack(f"<{len(links)}L", *links)
    difat = [*range(first, first + tables)][:109]
    header = struct.pack(
        "<8s16s6H", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0
    ) + struct.pack("<10L", 0, 0, tables, folder, 0, 4096, _END, 0, _END, 0)  # fmt: skip
    header += struct.pack("<109L", *difat, *[_FREE] * (109 - len(difat)))
    return header + b"".join(sectors) + table


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<H2B3L", len(raw), kind, 1, _FREE, right, child) + bytes(36) + struct.pack("<LQ", start, size)  # fmt: skip


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _wide(said: str, width: str = "<H") -> bytes:
    return struct.pack(width, len(said)) + b"\1" + said.encode("utf-16-le")


def label(at: int, column: int, said: str) -> bytes:
    return record(0x0204, struct.pack("<3H", at, column, 0) + _wide(said))


_XLS_CELLS = b"".join(
    label(at, column, cell) for at, cells in enumerate((HEADER, ROW)) for column, cell in enumerate(cells)
)
_BOF_BOOK, _BOF_SHEET, _EOF = (record(0x0809, struct.pack("<2H", 0x0600, 5) + bytes(12)), record(0x0809, struct.pack("<2H", 0x0600, 0x10) + bytes(12)), record(0x0A))  # fmt: skip


def workbook(cells: bytes = _XLS_CELLS, globals_: bytes = b"", sheets: int = 1, step: int = 0) -> bytes:
    """The stream of a workbook; with several sheets, each is told to lie `step` bytes after the one before."""
    length = len(record(0x0085, bytes(6) + _wide("活动", "<B")))
    at = len(_BOF_BOOK) + len(globals_) + length * sheets + len(_EOF)
    listed = b"".join(record(0x0085, struct.pack("<LH", at + step * i, 0) + _wide("活动", "<B")) for i in range(sheets))
    return _BOF_BOOK + globals_ + listed + _EOF + _BOF_SHEET + cells + _EOF


_MULTIPLE = struct.pack("<3HLH", 1, 3, 0, 10 << 2 | 2, 3)
_FORMULA = record(0x0006, struct.pack("<3H", 1, 3, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))


def biff5(text: bytes) -> bytes:
    """The stream of a workbook of Excel 5 in code page 936, with another title."""
    said = [[cell.encode("gbk") for cell in cells] for cells in (HEADER, ROW)]
    said[1][1] = text
    cells = b"".join(
        record(0x0204, struct.pack("<4H", at, column, 0, len(cell)) + cell)
        for at, cells in enumerate(said)
        for column, cell in enumerate(cells)
    )
    begin = [record(0x0809, struct.pack("<2H", 0x0500, kind) + bytes(4)) for kind in (5, 0x10)]
    page = record(0x0042, struct.pack("<H", 936))
    at = len(begin[0]) + len(page) + len(record(0x0085, bytes(11))) + len(_EOF)
    listed = record(0x0085, struct.pack("<LHB", at, 0, 4) + "活动".encode("gbk"))
    return begin[0] + page + listed + _EOF + begin[1] + cells + _EOF


def xls(cells: bytes = _XLS_CELLS, globals_: bytes = b"", **how: int) -> bytes:
    return ole({"Workbook": workbook(cells, globals_, **how)})


several("events.xls", "submission-no-info", read=True, xls_sound=xls)
several(
    "events.xls", "xls-broken",
    xls_circle=lambda: ole({"Workbook": workbook().ljust(9000, b"\0")}, chains={3: 1}),
    xls_chain_outside=lambda: ole({"Workbook": workbook()}, chains={2: 2**31}),
    xls_directory_in_a_circle=lambda: ole({"Workbook": workbook()}, chains={8: 8}),
    xls_shared_sectors=lambda: _sharing(),
    xls_cut=lambda: xls()[:1500],
    xls_header_only=lambda: xls()[:512],
    xls_stream_too_long=lambda: ole({"Workbook": workbook()}, sizes={"Workbook": 2**31}),
    xls_no_end=lambda: ole({"Workbook": workbook()[: -len(_EOF)] + record(0x0203, bytes(4))}),
    xls_record_too_long=lambda: ole({"Workbook": (workbook()[:-4] + struct.pack("<HH", 0x0203, 0xFFFF))}),
    xls_tiny_records=lambda: xls(record(0x0001) * 3_000_000),
    xls_sheets_overlap=lambda: xls(_BOF_SHEET * 20_000 + _XLS_CELLS + _EOF * 20_000, sheets=150, step=len(_BOF_SHEET)),
    xls_short_cell=lambda: xls(record(0x0203, b"\0\0")),
    xls_too_old=lambda: ole({"Workbook": record(0x0809, struct.pack("<2H", 0x0200, 5)) + _EOF}),
    xls_empty_strings=lambda: xls(_XLS_CELLS, _sst([b"\0\0\0" * 2000] * 1200, 2_400_000)),
    xls_string_cut=lambda: xls(_XLS_CELLS, _sst([b"\xff\xff\0abc"], 1)),
    xls_broken_continue=lambda: xls(_XLS_CELLS, _sst([b"\x0a\0\1a\0b", b""], 1)),
)  # fmt: skip
several(
    "events.xls", "xls-broken",
    xls_two_books_of_one_name=lambda: ole({"WORKBOOK": workbook(), "Workbook": workbook()}),
    xls_small_streams_of_another_size=lambda: xls()[:56] + bytes(4) + xls()[60:],
    xls_cells_cut=lambda: xls(_xls_with(record(0x00BD, _MULTIPLE[:-1]))),
    xls_cells_without_last=lambda: xls(_XLS_CELLS + record(0x00BD, struct.pack("<3HL", 1, 5, 0, 30))),
    xls_cells_with_another_last=lambda: xls(_xls_with(record(0x00BD, _MULTIPLE[:-2] + b"\x09\0"))),
    xls_text_cut=lambda: xls(_xls_with(record(0x0204, struct.pack("<4HB", 1, 3, 0, 5, 0) + b"10"))),
    xls_wide_text_cut=lambda: xls(_xls_with(record(0x0204, struct.pack("<4HB", 1, 3, 0, 2, 1) + b"1\0" + b"0"))),
    xls_text_of_a_formula_cut=lambda: xls(_xls_with(_FORMULA + record(0x0207, struct.pack("<HB", 9, 0) + b"10"))),
)  # fmt: skip
several(
    "events.xls", "book-sheet-twice",
    xls_sheet_twice=lambda: xls(_XLS_CELLS, sheets=2, step=0),
)  # fmt: skip
several(
    "events.xls",
    "file-encrypted",
    xls_encrypted=lambda: xls(_XLS_CELLS, record(0x002F, bytes(54))),
    xlsx_encrypted=lambda: ole({"EncryptionInfo": bytes(600), "EncryptedPackage": bytes(9000)}),
)
several("events.xls", "file-is", xls_word=lambda: ole({"WordDocument": bytes(5000)}))
several("events.xls", "file-kind", ole_of_nothing=lambda: ole({"x": bytes(5000)}))
several(
    "events.xls",
    "sheet-too-large",
    xls_far_cell=lambda: xls(_XLS_CELLS + label(65535, 255, "x")),
    xls_many_sheets=lambda: xls(sheets=300, step=1),
)
several("events.xls", "cell-twice", "A2", xls_cell_twice=lambda: xls(_XLS_CELLS + label(1, 0, "2018-04-01")))
several(
    "events.xls", "cell-damaged", "D2",
    xls_nan=lambda: xls(_xls_with(record(0x0203, struct.pack("<3Hd", 1, 3, 0, float("nan"))))),
    xls_infinity=lambda: xls(_xls_with(record(0x0203, struct.pack("<3Hd", 1, 3, 0, float("inf"))))),
    xls_string_beyond=lambda: xls(_xls_with(record(0x00FD, struct.pack("<3HL", 1, 3, 0, 2**31)))),
    xls_number_in_odd_letters=lambda: xls(_xls_with(record(0x0204, struct.pack("<4HB", 1, 3, 0, 2, 1) + b"1\0\0\xd8"))),
    xls_count_of_strings=lambda: xls(_xls_with(record(0x00FD, struct.pack("<3HL", 1, 3, 0, 9))), _sst([b"\1\0\0a"], 2**32 - 1)),
)  # fmt: skip
several(
    "events.xls", "cell-damaged", "B2", xls_broken_byte=lambda: ole({"Book": biff5("讲".encode("gbk") + b"\xff\xff")})
)
several(
    "events.xls",
    "rows-hidden",
    read=True,
    xls_row_of_no_height=lambda: xls(_XLS_CELLS + record(0x0208, struct.pack("<3H", 1, 0, 5) + bytes(10))),
)
several(
    "events.xls",
    "cell-formula",
    "D2",
    xls_formula_without_text=lambda: xls(
        _xls_with(record(0x0006, struct.pack("<3H", 1, 3, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(8)))
    ),
)
several(
    "events.xls", "book-links", read=True, xls_links=lambda: xls(_XLS_CELLS, record(0x01AE, b"\1\0\5\0\0ab c") * 5000)
)


def _sst(pieces: Sequence[bytes], count: int) -> bytes:
    """The shared strings: a record, and one that continues it for each piece more."""
    first = record(0x00FC, struct.pack("<LL", count & 0xFFFFFFFF, count & 0xFFFFFFFF) + pieces[0])
    return first + b"".join(record(0x003C, piece) for piece in pieces[1:])


def _xls_with(cell: bytes) -> bytes:
    """The table, with another cell in D2."""
    return _XLS_CELLS.replace(label(1, 3, "10"), cell)


def _sharing() -> bytes:
    """A thousand streams of one long chain: to follow each takes time squared."""
    plain = ole({"Workbook": workbook().ljust(200_000, b"\0"), **{f"s{i}": b"" for i in range(1000)}})
    entry = plain.index("s0\0".encode("utf-16-le"))
    made = bytearray(plain)
    for at in range(entry, entry + 1000 * 128, 128):
        made[at + 116 : at + 128] = struct.pack("<LQ", 0, 200_000)
    return bytes(made)


# --- what is attached

several("notes.txt", "findings-more", text_of_id_numbers=lambda: b"11010119900307803X " * 50_000)
several(
    "notes.txt", "findings-more", read=True,
    text_of_mobile_numbers=lambda: b"13800138000 " * 100_000,
    text_of_cards=lambda: b"4111111111111111 " * 50_000,
)  # fmt: skip
several(
    "notes.txt", "submission-unused-file", read=True,
    text_of_digits=lambda: b"1" * (5 * HUGE),
    text_of_one_line=lambda: b"a" * (6 * HUGE),
    text_that_grows=lambda: "\ufdfa".encode() * 100_000,
)  # fmt: skip
several(
    "picture.png", "submission-unused-file", read=True,
    png_of_169_megapixels=lambda: _PNG + deflated(bytes(10_000)),
    jpg_and_workbook=lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40) + xlsx(),
)  # fmt: skip


def main(folder: Path) -> None:
    for each in FILES.values():
        path = folder / each.id / each.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
