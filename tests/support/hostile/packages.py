"""Hostile XLSX workbooks: what is wrong with the ZIP, or is little of worth in many tags."""

# ruff: noqa: E501

import struct
from collections.abc import Callable
from dataclasses import replace

from tests.support.hostile.books import (
    BOOK,
    MAIN,
    ODF,
    OTHER,
    SHEET,
    SOUND,
    STRINGS,
    STYLES,
    TABLE,
    book,
    relations,
    sheet,
    xlsx,
    xlsx_parts,
)
from tests.support.hostile.listing import HUGE, hostile, several
from tests.support.hostile.zips import Part, deflated, repeated, zipped


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


def _overwritten() -> bytes:
    """A workbook written over the beginning of a longer one, whose directory and end are left."""
    longer = xlsx({SHEET: Part(SHEET, sheet(TABLE + OTHER).encode().ljust(20_000, b" "), method=0)})
    return xlsx() + longer[len(xlsx()) :]


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
    xlsx_two_archives=lambda: xlsx() + xlsx({SHEET: sheet(TABLE + OTHER)}),
    xlsx_another_before=lambda: xlsx({SHEET: sheet(TABLE + OTHER)}) + b"MZ" + xlsx(),
    xlsx_inside_an_archive_cut=lambda: zipped([Part("a.xlsx", xlsx(), method=0)])[:-60],
    xlsx_many_ends=lambda: xlsx() + b"PK\5\6" * 200_000,
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
    "events.xlsx", "zip-around", read=True,
    xlsx_twice=lambda: xlsx() + xlsx(),
    xlsx_something_after=lambda: xlsx() + b"MZ" + bytes(100),
    xlsx_much_after=lambda: xlsx() + b"x" * 200_000,
    xlsx_something_before=lambda: b"PK\3\4" + bytes(100) + xlsx(),
    xlsx_text_before=lambda: b"HTTP/1.1 200 OK\r\n\r\n" + xlsx(),
    xlsx_old_end_behind=lambda: xlsx() + xlsx({SHEET: sheet(TABLE + OTHER)})[len(xlsx()) - 40 :],
    xlsx_old_directory_behind=lambda: _overwritten(),
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


@hostile("events.xlsx", "file-is")
def xlsx_and_ods() -> bytes:
    content = (
        f"<office:document-content{ODF}><office:body><office:spreadsheet/></office:body></office:document-content>"
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
    xlsx_strings_for_nothing=_much(STRINGS, b"<si><t>abc</t></si>" * 50_000 + b"".join(b"<si><t>%08x</t></si>" % (i * 2654435761 % 2**32) for i in range(1200)), 350, f'<sst xmlns="{MAIN}">', "</sst>"),
    xlsx_many_styles=_much(STYLES, b'<xf numFmtId="0"/>' * 50_000 + _noise(800), 300, f'<styleSheet xmlns="{MAIN}"><cellXfs>', "</cellXfs></styleSheet>"),
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
