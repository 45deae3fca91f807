"""Throws mutated files at every reader: `python -m tests.support.fuzzing.fuzz SECONDS [SEED]`.

Each case is a sound file in which something was changed. A reader gives grids or an EvidenceError, nothing else, in
bounded time and memory; what it gives is well formed; and a change that means nothing changes no cell. A case that
fails is kept, and its seed printed; the process exits with 1.
"""

import faulthandler
import io
import json
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import python_calamine
import xlsxwriter

from pilot_eval import api
from pilot_eval.errors import EvidenceError, Finding
from pilot_eval.evidence import cells as kinds
from pilot_eval.evidence.archive import unpack
from pilot_eval.evidence.cells import BadCell, MergedCell
from pilot_eval.evidence.gather import files_of
from pilot_eval.evidence.grids import Grid, Limits, read_grids
from pilot_eval.evidence.intake import Job, take_in
from pilot_eval.evidence.readers.ole import Compound
from pilot_eval.evidence.submission import Expected, info_from_yaml
from tests.conftest import EXAMPLE, ROOT
from tests.support import hostile as h
from tests.support.writers import Formula, Shown, as_xml2003

# ruff: noqa: E501

SECONDS_EACH = 4
LIMITS = Limits(unpacked_mb=64, cells=2_000_000)
CELLS = (str, int, float, bool, kinds.Shown, kinds.Said, kinds.Nested)
KEPT = ROOT / "tests" / "data" / "crashers"
"""Cases that failed once; a test reads them all."""


@dataclass(frozen=True)
class Case:
    name: str
    data: bytes
    same_as: "Case | None" = None  # its grids must be those of this one


# --- sound files


def seeds() -> list[Case]:
    made = [
        Case("a.xlsx", h.xlsx()),
        Case("b.xlsx", h.xlsx({h.SHEET: _rich_sheet(), h.STRINGS: _strings(), h.STYLES: _styles()})),
        Case("c.xlsx", _by_openpyxl()),
        Case("d.xlsx", _by_xlsxwriter()),
        Case("a.ods", h.ods(h._ODS)),
        Case("b.ods", _rich_ods()),
        Case("a.xls", h.xls()),
        Case("b.xls", _rich_xls()),
        Case("h.xls", h.html(h._TR)),
        Case("i.xls", h.html("<tr><td rowspan=2>a<td colspan='2'>b</td></tr><tr><th>1&amp;2<br>x</th></tr><!-- x -->")),
        Case("j.xls", as_xml2003({"活动": [h.HEADER, h.ROW], "二": [["a", 1.5], [True, Shown(0.5, "0%")]]})),
        Case(
            "k.xls", as_xml2003({"活动": [h.HEADER, [*h.ROW[:3], Formula("=1", 10), "#N/A"]]}, author="a", prefix="ss:")
        ),
        Case("a.csv", h.text([h.HEADER, h.ROW, ("2018-04-01", '"讲""座,\n二"', "培训", '"1,600多"', "是")])),
        Case("b.csv", h.text([h.HEADER, h.ROW], "gb18030", "\r\n", "\t")),
        Case("c.csv", ("\ufeff" + h.text([h.HEADER, h.ROW]).decode()).encode("utf-16-le")),
        Case("a.json", h.as_json("10")()),
        Case(
            "b.json", json.dumps({"events": [{"日期": "2018-01-01", "参加人次": 1e3, "x": None, "y": True}]}).encode()
        ),
        Case("a.yaml", b"events:\n- {a: 1, b: x}\n- a: 2\n  b: |\n    y\n"),
        Case(
            "a.zip",
            h.zipped([h.Part("d/a.csv", h.text([h.HEADER, h.ROW])), h.Part("d/submission.yaml", b"pilot: a\n")]),
        ),
    ]
    for path in sorted((EXAMPLE / "submissions").rglob("*")):
        if path.suffix in (".xlsx", ".csv", ".json") or path.name == "submission.yaml":
            made += [Case(path.name, path.read_bytes())]
    return made


def _rich_sheet() -> str:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="A2" s="1"><v>43160</v></c><c r="B2" s="2"><v>0.5</v></c><c r="C2" t="b"><v>1</v></c></row>'
        '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>"a"</f><v>a&amp;b</v></c><c r="C3" t="e"><v>#N/A</v></c></row>'
        '<row r="5"><c r="A5" t="inlineStr"><is><r><t>x</t></r><r><t xml:space="preserve"> y</t></r></is></c><c r="B5"/><c r="H5" s="3"><v>1.5</v></c></row>'
    )
    return h.sheet(
        rows, '<cols><col min="2" max="2" hidden="1"/></cols>', '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
    )


def _strings() -> str:
    runs = "<r><rPr><b/></rPr><t>参加</t></r><r><t>人次</t></r>"
    return f'<sst xmlns="{h._MAIN}" count="3" uniqueCount="3"><si><t>日期</t></si><si>{runs}</si><si><t xml:space="preserve"> a_x000D_b </t></si></sst>'


def _styles() -> str:
    code = '<numFmts><numFmt numFmtId="164" formatCode="0.0&quot;万&quot;"/></numFmts>'
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 10, 164))
    return f'<styleSheet xmlns="{h._MAIN}">{code}<cellXfs>{styles}</cellXfs></styleSheet>'


_ROWS: list[list[Any]] = [
    ["日期", "参加人次", "x"],
    ["2018-03-01", 10, True],
    [None, 1.5, " y "],
    ["合计", "=SUM(B2:B3)", None],
]


def _by_openpyxl() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in _ROWS:
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A2:A3")
    book.create_sheet("二").append(["a", "b"])
    book.save(stream)
    return stream.getvalue()


def _by_xlsxwriter() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("活动")
    percent = book.add_format({"num_format": "0.00%"})
    for at, row in enumerate(_ROWS):
        sheet.write_row(at, 0, row)
    sheet.write(5, 5, 0.5, percent)
    sheet.merge_range("D1:E2", "m")
    book.close()
    return stream.getvalue()


def _rich_ods() -> bytes:
    rows = (
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="1.5"><text:p>1.5</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="date" office:date-value="2018-03-01"/><table:table-cell/>'
        '<table:table-cell office:value-type="percentage" office:value="0.5"/><table:covered-table-cell/></table:table-row>'
        '<table:table-row table:visibility="collapse"><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true" table:number-rows-spanned="2"/></table:table-row>'
    )
    return h.ods(rows)


def _rich_xls() -> bytes:
    pack = h.struct.pack
    sst = h._sst([b"\3\0\0abc\2\0\1a\0b\0\4\0\0xy", b"\1z\0w\0" + b"\2\0\x08\1\0ab" + bytes(4)], 4)
    formats = h.record(0x041E, pack("<H", 164) + h._wide('0.0"万"')) + b"".join(
        h.record(0x00E0, pack("<2H", 0, code) + bytes(16)) for code in (0, 14, 10, 164)
    )
    cells = (
        h.record(0x0208, pack("<8H", 1, 0, 4, 255, 0, 0, 0x20, 0)) + h.record(0x007D, pack("<5H", 1, 1, 2000, 0, 1) + bytes(2))
        + b"".join(h.record(0x00FD, pack("<3HL", 0, at, 0, at)) for at in range(4))
        + h.record(0x0203, pack("<3Hd", 1, 0, 1, 43160.0)) + h.record(0x027E, pack("<3HL", 1, 1, 2, (50 << 2) | 3))
        + h.record(0x00BD, pack("<2H", 2, 0) + pack("<HL", 0, 6) * 3 + pack("<H", 2)) + h.record(0x0205, pack("<3H2B", 3, 0, 0, 1, 0))
        + h.record(0x0205, pack("<3H2B", 3, 1, 0, 7, 1)) + h.record(0x0006, pack("<3Hd", 4, 0, 0, 2.0) + bytes(6))
        + h.record(0x0006, pack("<3H", 4, 1, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(6)) + h.record(0x0207, h._wide("ab"))
        + h.record(0x00E5, pack("<5H", 1, 1, 2, 0, 0))
    )  # fmt: skip
    return h.xls(cells, formats + sst)


# --- changes

INTERESTING = (
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFE,
    0xFFFFFFFF,
)
VALUES = (
    "", "0", "-1", "1", "2", "999999999", "4294967296", "1e400", "NaN", "true", "A1", "A0", "XFD1048576", "A1:XFD1048576", "s", "b", "str",
    "inlineStr", "e", "n", "d", "x", "hidden", "External", "../../x", "é", " ", "1_0", "１", "2018-02-30", "string", "float", "date", "time",
    "percentage", "boolean", "0.0%", "yyyy", '"万"0.0', "[h]:mm", "a" * 300,
)  # fmt: skip
SIGNS = (
    b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\x1a", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"<", b">", b"&", b"&#0;",
    b"&#xD800;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?x?>", b"[", b"]", b"{", b"}", b":", b"- ", b"? ", b"|", b">", b"*a", b"&a", b"!!x",
    b"%", b"#", b"=", b"+", b"-", b"@", b"\\", b"\\ud800", b"1e999", b"NaN", b"null", b"99999999999999999999", b"\xe4\xb8\x87", b"\xe5\xa4\x9a",
    b"</table>", b"<table>", b"<tr>", b"<td rowspan=99999 colspan=9999>", b"</td>", b"<head>", b"<script>", b"sep=;\n", b"\xe2\x80\xae",
    b'"' + b"\n" * 50, b"1," * 600, b"\n" * 1000, b"  - " * 60, b"[" * 500,
)  # fmt: skip

Change = Callable[[bytes, random.Random], bytes]


def _flip(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _number(data: bytes, chance: random.Random) -> bytes:
    size = chance.choice((1, 2, 4, 8))
    if len(data) < size:
        return data
    at = chance.randrange(len(data) - size + 1)
    value = chance.choice(INTERESTING) & (1 << 8 * size) - 1
    return data[:at] + value.to_bytes(size, chance.choice(("little", "little", "big"))) + data[at + size :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] if chance.random() < 0.3 else data[:start] + data[start + chance.choice((1, 2, 8, 64, 512)) :]


def _twice(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 4, 32, 256, 2048))]
    return data[:start] + piece * chance.choice((2, 2, 3, 20)) + data[start + len(piece) :]


def _sign(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(SIGNS) + data[at:]


def _move(data: bytes, chance: random.Random) -> bytes:
    start, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    piece = data[start : start + chance.choice((4, 40, 400))]
    return data[:start] + data[start + len(piece) : to] + piece + data[to:]


BYTES: tuple[Change, ...] = (_flip, _number, _cut, _twice, _sign, _sign, _move)
_TAG = re.compile(rb"<[^<>]*>")
_ATTRIBUTE = re.compile(rb'([A-Za-z:_-]+)="([^"<]*)"')


def _element(data: bytes, chance: random.Random) -> bytes:
    """An element twice, left out, or moved."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    at = chance.randrange(len(tags))
    name = re.match(rb"<([^\s/>]+)", tags[at][0])
    end = data.find(b"</" + name[1] + b">", tags[at].end()) if name and not tags[at][0].endswith(b"/>") else -1
    stop = end + len(name[1]) + 3 if name and end >= 0 else tags[at].end()
    piece = data[tags[at].start() : stop]
    rest = data[: tags[at].start()] + data[stop:]
    match chance.randrange(3):
        case 0:
            return data[:stop] + piece * chance.choice((1, 1, 2, 300)) + data[stop:]
        case 1:
            return rest
    to = chance.choice(tags).start()
    return rest[:to] + piece + rest[to:]


def _attribute(data: bytes, chance: random.Random) -> bytes:
    """An attribute with another value, another's value, or left out."""
    found = list(_ATTRIBUTE.finditer(data))
    if not found:
        return data
    each = chance.choice(found)
    value = chance.choice(VALUES).encode() if chance.random() < 0.7 else chance.choice(found)[2]
    said = each[1] + b'="' + value.replace(b'"', b"&quot;") + b'"' if chance.random() < 0.85 else b""
    return data[: each.start()] + said + data[each.end() :]


def _text(data: bytes, chance: random.Random) -> bytes:
    """Another text between two tags."""
    found = list(re.finditer(rb">([^<>]+)<", data))
    if not found:
        return data
    each = chance.choice(found)
    return data[: each.start(1)] + chance.choice(VALUES).encode().replace(b"<", b"") + data[each.end(1) :]


XML: tuple[Change, ...] = (_element, _attribute, _attribute, _text, *BYTES)


def _in_zip(data: bytes, chance: random.Random) -> bytes:
    """A part of a ZIP changed, and all packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    cells = [name for name in parts if "sheet" in name or name in ("content.xml", h.STRINGS, h.STYLES, h.BOOK)]
    for _ in range(chance.choice((1, 1, 2, 5))):
        name = chance.choice(cells if cells and chance.random() < 0.8 else list(parts))
        parts[name] = chance.choice(XML)(parts[name], chance)
    if chance.random() < 0.05:
        parts.pop(chance.choice(list(parts)))
    return h.zipped([h.Part(name, part, method=0 if name == "mimetype" else 8) for name, part in parts.items()])


def _in_ole(data: bytes, chance: random.Random) -> bytes:
    """Records of an XLS changed, and put into an OLE2 file again."""
    compound = Compound(data)
    stream = compound.named("Workbook")
    if stream is None:
        return data
    records = list(_records(compound.read(stream)))
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(records))
        kind, body = records[at]
        match chance.randrange(8):
            case 0:
                records.insert(at, (kind, body))
            case 1:
                del records[at]
            case 2:
                records[at] = (chance.choice(records)[0], body)
            case 3:
                records.insert(chance.randrange(len(records)), records.pop(at))
            case 4:
                half = chance.randrange(len(body) + 1)
                records[at : at + 1] = [(kind, body[:half]), (0x3C, body[half:])]
            case _:
                records[at] = (kind, chance.choice((_flip, _number, _number, _cut, _twice))(body, chance)[:0xFFFF])
        if not records:
            break
    return h.ole({"Workbook": b"".join(h.record(kind, body) for kind, body in records)})


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, length = h.struct.unpack_from("<HH", data, at)
        if not kind:
            return
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def changed(case: Case, others: Sequence[Case], chance: random.Random) -> Case:
    if chance.random() < 0.12:
        same = _differently(case, chance)
        if same is not None:
            return Case(case.name, same, case)
    data = case.data
    try:
        if data.startswith(b"PK") and chance.random() < 0.75:
            data = _in_zip(data, chance)
        elif data.startswith(b"\xd0\xcf") and chance.random() < 0.75:
            data = _in_ole(data, chance)
        else:
            for _ in range(chance.choice((1, 1, 2, 4))):
                data = chance.choice(XML if b"<t" in data else BYTES)(data, chance)
    except (zipfile.BadZipFile, ValueError, KeyError):
        pass
    if chance.random() < 0.03:
        other, at = chance.choice(others).data, chance.randrange(len(data) + 1)
        data = data[:at] + other[chance.randrange(len(other) + 1) :]
    name = chance.choice(others).name if chance.random() < 0.03 else case.name
    return Case(name, data)


# --- changes that mean nothing


def _differently(case: Case, chance: random.Random) -> bytes | None:
    """The same content written in another way."""
    if case.name.endswith(".csv"):
        text = _decoded(case.data)
        return None if text is None else text.encode(chance.choice(("utf-8", "utf-8-sig", "utf-16", "gb18030")))
    if case.name.endswith(".json"):
        data = json.loads(case.data.decode("utf-8-sig"))
        return json.dumps(data, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1))).encode()
    if not case.data.startswith(b"PK") or case.name.endswith(".zip"):
        return None
    with zipfile.ZipFile(io.BytesIO(case.data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in parts:
        if name.endswith(".xml") and name != "mimetype":
            parts[name] = _rewritten(parts[name], chance)
    return h.zipped(
        [
            h.Part(name, part, method=chance.choice((0, 8)), flags=chance.choice((0x800, 0x808)))
            for name, part in parts.items()
        ]
    )


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-16",) if data[:2] == b"\xff\xfe" else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rewritten(data: bytes, chance: random.Random) -> bytes:
    """The same XML: other quotes, blanks in tags, CDATA, references, comments, in some places."""
    rate = chance.choice((0.0, 0.02, 0.3))

    def tag(match: re.Match[bytes]) -> bytes:
        said = match[0]
        if said.startswith((b"<?", b"<!")) or chance.random() >= rate:
            return said
        match chance.randrange(4):
            case 0:
                return _ATTRIBUTE.sub(lambda m: m[1] + b" = '" + m[2].replace(b"'", b"&apos;") + b"'", said)
            case 1:
                return said[:-2] + b" \n/>" if said.endswith(b"/>") else said[:-1] + b" >"
            case 2:
                return said + (b"<!-- <c r='A9'><v>9</v></c> -->" if said.endswith(b"row>") else b"")
        return said

    def text(match: re.Match[bytes]) -> bytes:
        said = match[1].decode()
        if chance.random() >= rate or "&" in said or not said.strip():
            return match[0]
        if chance.random() < 0.5:
            return b"><![CDATA[" + said.encode() + b"]]><"
        at = chance.randrange(len(said))
        return f">{said[:at]}&#{ord(said[at])};{said[at + 1 :]}<".encode()

    if b"<!" in data or (
        not data.isascii() and b"encoding" in data[:100].lower() and b"utf-8" not in data[:100].lower()
    ):
        return data
    data = re.sub(rb">([^<>]+)<", text, data)
    return _TAG.sub(tag, data) if b"<![CDATA[" not in data else data


# --- what must hold


class Late(BaseException):
    pass


def look(case: Case, folder: Path, expected: Expected | None) -> str:
    """Read a case; what came of it. Raises AssertionError where something doesn't hold."""
    path = folder / case.name
    path.write_bytes(case.data)
    if case.name == "submission.yaml":
        info, findings = info_from_yaml(case.data.decode("utf-8", "replace"), "f", _NOTHING)
        _sound_findings(findings)
        return "read" if info else "refused"
    try:
        if case.name.endswith(".zip"):
            unpack(path, "f", Path(tempfile.mkdtemp(dir=folder)), LIMITS)
            return "read"
        grids = read_grids(path, "f", LIMITS)
    except EvidenceError as error:
        assert error.findings
        _sound_findings(error.findings)
        assert all(each.place.file == "f" for each in error.findings)
        assert case.same_as is None, f"refused: {error}"
        return "refused"
    _sound_grids(grids)
    if case.same_as is not None:
        path.write_bytes(case.same_as.data)
        before = [(grid.sheet, grid.rows, grid.bad) for grid in read_grids(path, "f", LIMITS)]
        assert [(grid.sheet, grid.rows, grid.bad) for grid in grids] == before, "cells changed"
        return "same"
    if expected is not None:
        if path.suffix in (".xlsx", ".ods", ".xls") and case.data[:2] in (b"PK", b"\xd0\xcf"):
            _nothing_lost(path, grids)
        _taken_in(path, folder, expected)
    return "read"


def _nothing_lost(path: Path, grids: Sequence[Grid]) -> None:
    """Whatever cell another reader finds filled, ours has too. That one reads in a fork: it may end its process."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with suppress(BaseException), os.fdopen(writes, "w") as stream:
            json.dump(_filled(path), stream)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as stream:
        said = stream.read()
    os.waitpid(child, 0)
    ours = {grid.sheet: grid for grid in grids}
    for name, cells in json.loads(said or "{}").items():
        if name not in ours or len(ours) < len(grids):
            continue
        rows = ours[name].rows
        lost = [(row, at) for row, at in cells if row >= len(rows) or at >= len(rows[row]) or rows[row][at] is None]
        assert not lost, f"cells of {name!r} are lost: {lost[:5]}"


def _filled(path: Path) -> dict[str, list[tuple[int, int]]]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {
        name: [
            (row, at)
            for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for at, cell in enumerate(cells)
            if not (isinstance(cell, str) and not cell.strip())
        ]
        for name in book.sheet_names
    }


def expected_in_example() -> Expected:
    """What is expected of a pilot of the example: tables of many kinds of columns."""
    space = api.open_round(EXAMPLE)
    return Expected("online-2", space.round.period, (), space.layouts("online"))


_NOTHING = Expected("a", ("2018-01-01", "2018-12-31"), (), ())


def _taken_in(path: Path, folder: Path, expected: Expected) -> None:
    inner, out = Path(tempfile.mkdtemp(dir=folder)), Path(tempfile.mkdtemp(dir=folder))
    path.rename(inner / f"events{path.suffix}")
    listing = files_of(inner, "f", LIMITS)
    files, refused = listing.files, listing.findings
    intake = take_in(Job(inner, "f", files, expected, LIMITS, out, {}), lambda file: None)
    _sound_findings([*refused, *intake.findings])
    intake.model_dump_json().encode()


def _sound_findings(findings: Sequence[Finding]) -> None:
    for each in findings:
        each.model_dump_json().encode()
        assert each.line("zh")
        assert each.line("en")


def _sound_grids(grids: Sequence[Grid]) -> None:
    assert grids
    for grid in grids:
        _sound_findings(grid.findings)
        if grid.sheet is not None:
            grid.sheet.encode()
        assert len({len(row) for row in grid.rows}) <= 1
        bad = []
        for at, row in enumerate(grid.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, BadCell):
                    bad.append((at, column))
                    cell.value.encode()
                    continue
                cell = cell.value if isinstance(cell, MergedCell) else cell
                assert cell is None or type(cell) in CELLS, type(cell)
                if isinstance(cell, str):
                    cell.encode()
                    assert cell or (grid.records and not at), "an empty text is no cell"
                elif isinstance(cell, float):
                    assert cell - cell == 0
        assert sorted(grid.bad) == bad


# --- the loop


def main(seconds: float, seed: int) -> int:
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))

    def late(number: int, frame: FrameType | None) -> None:
        raise Late

    signal.signal(signal.SIGPROF, late)
    expected = expected_in_example()
    sound, counts, failures = seeds(), Counter[str](), 0
    kinds = [*sorted({Path(each.name).suffix for each in sound}), ".xlsx", ".xlsx", ".xls", ".ods"]
    started, number = time.monotonic(), seed
    with tempfile.TemporaryDirectory() as scratch:
        for case in sound:
            assert look(case, Path(scratch), expected) == "read", case.name
        while time.monotonic() - started < seconds:
            number += 1
            chance = random.Random(number)  # noqa: S311
            kind = chance.choice(kinds)
            case = changed(chance.choice([each for each in sound if each.name.endswith(kind)]), sound, chance)
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                (Path(scratch) / "last").write_bytes(case.data)
                signal.setitimer(signal.ITIMER_PROF, SECONDS_EACH)
                try:
                    result = look(case, Path(folder), expected if chance.random() < 0.5 else None)
                except (Exception, Late):
                    signal.setitimer(signal.ITIMER_PROF, 0)
                    failures += 1
                    result = "FAILED"
                    _keep(number, case)
                finally:
                    signal.setitimer(signal.ITIMER_PROF, 0)
                counts[f"{Path(case.name).suffix} {result}"] += 1
    print(f"{number - seed} cases from {seed}: {dict(sorted(counts.items()))}")  # noqa: T201
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, {failures} failures")  # noqa: T201
    return 1 if failures else 0


def _keep(number: int, case: Case) -> None:
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{number}-{case.name}").write_bytes(case.data)
    print(f"--- {number} {case.name}, kept in {KEPT.name}/")  # noqa: T201
    print("".join(traceback.format_exc(limit=-6)[-1500:]), flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
