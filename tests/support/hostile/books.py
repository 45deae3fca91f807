"""The parts of a sound XLSX workbook, to be changed one by one."""

# ruff: noqa: E501

from collections.abc import Callable, Mapping, Sequence

from tests.support.hostile.listing import HEADER, ROW
from tests.support.hostile.zips import Part, zipped

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET, STRINGS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"


def inline(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">' + "".join(inline(f"{'ABCDEFGH'[at]}{number}", each) for at, each in enumerate(cells)) + "</row>"  # fmt: skip


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return f'{XML}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


TABLE = row(1, HEADER) + row(2, ROW)
SOUND = sheet(TABLE)
OTHER = row(3, (*ROW[:3], "999", ROW[4]))


def relations(targets: Sequence[tuple[str, str]], mode: str = "") -> str:
    listed = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def book(sheets: str = '<sheet name="活动" sheetId="1" r:id="r1"/>', before: str = "") -> str:
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{before}<sheets>{sheets}</sheets></workbook>'


def xlsx_parts(changed: Mapping[str, str | bytes | Part | None] = {}) -> list[Part]:
    """The parts of a sound workbook, some replaced or left out."""
    targets = [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    parts: dict[str, str | bytes | Part | None] = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
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


_LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
DOCTYPES = {
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>',
    "external": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>',
    "empty": "<!DOCTYPE x>",
}
ODF = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
