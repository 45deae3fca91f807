"""Changes of files: of bytes, of elements of XML, of parts of a ZIP, of records of an XLS."""

# ruff: noqa: E501

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence

from pilot_eval.evidence.readers.ole import Compound
from tests.support import hostile as h
from tests.support.fuzzing.cases import Case
from tests.support.fuzzing.rewriting import ATTRIBUTE, TAG, differently

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


def _element(data: bytes, chance: random.Random) -> bytes:
    """An element twice, left out, or moved."""
    tags = list(TAG.finditer(data))
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
    found = list(ATTRIBUTE.finditer(data))
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
        kind, length = struct.unpack_from("<HH", data, at)
        if not kind:
            return
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def changed(case: Case, others: Sequence[Case], chance: random.Random) -> Case:
    if chance.random() < 0.12:
        same = differently(case, chance)
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
