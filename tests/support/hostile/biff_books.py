"""XLS workbooks and the OLE2 files that hold them, written byte by byte."""

# ruff: noqa: E501

import struct
from collections.abc import Mapping, Sequence

from tests.support.hostile.listing import HEADER, ROW

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


def wide(said: str, width: str = "<H") -> bytes:
    return struct.pack(width, len(said)) + b"\1" + said.encode("utf-16-le")


def label(at: int, column: int, said: str) -> bytes:
    return record(0x0204, struct.pack("<3H", at, column, 0) + wide(said))


XLS_CELLS = b"".join(
    label(at, column, cell) for at, cells in enumerate((HEADER, ROW)) for column, cell in enumerate(cells)
)
_BOF_BOOK, BOF_SHEET, EOF = (record(0x0809, struct.pack("<2H", 0x0600, 5) + bytes(12)), record(0x0809, struct.pack("<2H", 0x0600, 0x10) + bytes(12)), record(0x0A))  # fmt: skip


def workbook(cells: bytes = XLS_CELLS, globals_: bytes = b"", sheets: int = 1, step: int = 0) -> bytes:
    """The stream of a workbook; with several sheets, each is told to lie `step` bytes after the one before."""
    length = len(record(0x0085, bytes(6) + wide("活动", "<B")))
    at = len(_BOF_BOOK) + len(globals_) + length * sheets + len(EOF)
    listed = b"".join(record(0x0085, struct.pack("<LH", at + step * i, 0) + wide("活动", "<B")) for i in range(sheets))
    return _BOF_BOOK + globals_ + listed + EOF + BOF_SHEET + cells + EOF


MULTIPLE = struct.pack("<3HLH", 1, 3, 0, 10 << 2 | 2, 3)
FORMULA = record(0x0006, struct.pack("<3H", 1, 3, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(8))


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
    at = len(begin[0]) + len(page) + len(record(0x0085, bytes(11))) + len(EOF)
    listed = record(0x0085, struct.pack("<LHB", at, 0, 4) + "活动".encode("gbk"))
    return begin[0] + page + listed + EOF + begin[1] + cells + EOF


def xls(cells: bytes = XLS_CELLS, globals_: bytes = b"", **how: int) -> bytes:
    return ole({"Workbook": workbook(cells, globals_, **how)})


def sst(pieces: Sequence[bytes], count: int) -> bytes:
    """The shared strings: a record, and one that continues it for each piece more."""
    first = record(0x00FC, struct.pack("<LL", count & 0xFFFFFFFF, count & 0xFFFFFFFF) + pieces[0])
    return first + b"".join(record(0x003C, piece) for piece in pieces[1:])


def xls_with(cell: bytes) -> bytes:
    """The table, with another cell in D2."""
    return XLS_CELLS.replace(label(1, 3, "10"), cell)


def sharing() -> bytes:
    """A thousand streams of one long chain: to follow each takes time squared."""
    plain = ole({"Workbook": workbook().ljust(200_000, b"\0"), **{f"s{i}": b"" for i in range(1000)}})
    entry = plain.index("s0\0".encode("utf-16-le"))
    made = bytearray(plain)
    for at in range(entry, entry + 1000 * 128, 128):
        made[at + 116 : at + 128] = struct.pack("<LQ", 0, 200_000)
    return bytes(made)
