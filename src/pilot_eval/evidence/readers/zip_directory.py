"""Finds the directory of a ZIP, also among the bytes of an older archive before or behind it."""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from pilot_eval.text import Words

MAGIC = b"PK\x03\x04"
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_ENTRY = b"PK\x01\x02"
_UTF8, _SIZES_FOLLOW = 0x800, 0x08
WHOLE_32 = 0xFFFFFFFF  # means: see the 64-bit fields
_TAIL = 22 + 0xFFFF
"""Bytes at the end of a file in which programs look for its directory."""
_MOST_ENDS = 64
"""End records examined, most of which are chance: a file with more is made to mislead."""
_PADDING = b"\0\r\n \x1a"
"""Blank bytes, which a few systems append to files."""

_TWO = Words(zh="有两个目录", en="there are two directories")
_CUT = Words(zh="文件不完整，或不是 ZIP", en="the file is truncated or not a ZIP")
_DAMAGED = Words(zh="目录损坏", en="the directory is damaged")


class Unclear(ValueError):  # noqa: N818  it says what the file is
    """No directory can be trusted."""

    def __init__(self, text: Words) -> None:
        self.text = text
        super().__init__(text.en)


class _Overwritten(Unclear):
    """A directory fits the file, but some of its entries are others by now; `reach` is the offset of the last one."""

    def __init__(self, entries: list["ZipEntry"], reach: int) -> None:
        super().__init__(_DAMAGED)
        self.entries, self.reach = entries, reach


class ZipEntry(NamedTuple):
    """A file in a ZIP. `mode` is its Unix mode (0 if none is given), `at` the offset of its header."""

    name: str
    raw: bytes
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    mode: int
    at: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith(("/", "\\"))


class ZipEnd(NamedTuple):
    """What an end record says of its directory: its place, length and number of entries."""

    at: int  # of the end record
    behind: int  # the offset after it and its comment
    start: int
    length: int
    told: int  # entries
    shift: int  # bytes before the archive, which its offsets don't count


class ZipDirectory(NamedTuple):
    """The directory to read an archive by. `around` says whether bytes before or behind the archive are left out."""

    entries: list[ZipEntry]
    start: int
    around: bool


def zip_directory(file: BinaryIO, most: int, longest: int) -> ZipDirectory | ZipEnd:
    """Return the last directory whose entries are all there; or its end, if it has more than `most` entries.

    Bytes of an older archive may lie around it, even with a directory that describes nothing any more. If two
    directories describe two archives, programs differ in which of them they read. Raises Unclear.
    """
    size = file.seek(0, 2)
    problem = _CUT
    older: _Overwritten | None = None
    start = 0
    for end in _ends(file, max(0, size - _TAIL), size) or _ends(file, 0, size):
        if end.told > most or end.length > longest:
            return end
        try:
            entries = _entries(file, end)
        except Unclear as unclear:
            if isinstance(unclear, _Overwritten) and older is None:
                older, start = unclear, end.start
            problem = unclear.text
            continue
        if older is not None and older.reach >= end.behind:
            break  # it isn't what was written over
        first = min((entry.at for entry in entries), default=end.start)
        behind = end.behind < size and bool(_read(file, end.behind, size).strip(_PADDING))
        if first or behind or end.behind > end.at + 22:
            _ask_others(file, size, end, entries, first)
        return ZipDirectory(entries, end.start, bool(first) or behind)
    if older is not None:
        return ZipDirectory(older.entries, start, False)  # to be refused with the entry that is another
    raise Unclear(problem)


def ends_as_zip(file: BinaryIO) -> bool:
    """Return whether a file that begins otherwise is an archive with bytes before it."""
    try:
        return bool(zip_directory(file, 10**9, 10**9))
    except Unclear as unclear:
        return unclear.text is _TWO


def _read(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(max(end - start, 0))


def _ends(file: BinaryIO, start: int, end: int) -> list[ZipEnd]:
    """Return the end records in a part of a file, the last one first. Raises Unclear if there are too many."""
    data, found = _read(file, start, end), list[ZipEnd]()
    at = data.rfind(_END)
    for _ in range(_MOST_ENDS):
        if at < 0:
            return found
        if record := _end_record(file, data[at : at + 22], start + at):
            found.append(record)
        at = data.rfind(_END, 0, at)
    raise Unclear(_TWO)


def _end_record(file: BinaryIO, record: bytes, at: int) -> ZipEnd | None:
    """Read an end record, or return None if no directory ends before it."""
    if len(record) < 22:
        return None
    *_, here, count, length, start, comment = struct.unpack("<4s4H2LH", record)
    if here != count:
        return None
    ends = at
    before = _read(file, max(at - 20, 0), at)
    if before.startswith(_LOCATOR_64):
        (ends,) = struct.unpack_from("<Q", before, 8)
        wide = _read(file, min(ends, at), min(ends, at) + 56)
        if not wide.startswith(_END_64) and at >= 76:  # there are bytes before the archive
            ends, wide = at - 76, _read(file, at - 76, at - 20)
        if len(wide) < 56 or not wide.startswith(_END_64):
            return None
        numbers = struct.unpack_from("<QQQ", wide, 32)
        narrow = ((count, 0xFFFF), (length, WHOLE_32), (start, WHOLE_32))
        if any(told not in (full, long) for (told, full), long in zip(narrow, numbers, strict=True)):
            return None  # programs differ in which of the two they trust
        count, length, start = numbers
    shift = ends - length - start
    return ZipEnd(at, at + 22 + comment, start + shift, length, count, shift) if shift >= 0 else None


def _entries(file: BinaryIO, end: ZipEnd) -> list[ZipEntry]:
    """Read a directory whose entries are all where it says. Raises Unclear."""
    entries = list(_entries_of(_read(file, end.start, end.start + end.length), end.shift))
    if len(entries) != end.told:
        raise Unclear(Words(zh="目录中的文件数不符", en="wrong number of files in its directory"))
    others = []
    for entry in entries:
        header = _read(file, entry.at, entry.at + 30)
        if len(header) < 30 or not header.startswith(MAGIC) or contradicts(entry, header):
            others.append(entry.at)
    if others:
        raise _Overwritten(entries, max(others))
    return entries


def contradicts(entry: ZipEntry, header: bytes) -> bool:
    """Return whether the header before an entry's data states another size or checksum than the directory."""
    flags, crc, packed, size = struct.unpack_from("<H6x3L", header, 6)
    told = (crc, packed, size) != (0, 0, 0) and not flags & _SIZES_FOLLOW
    differs = (crc, packed, size) != (entry.crc, entry.packed, entry.size)
    return told and WHOLE_32 not in (packed, size) and differs


def _entries_of(directory: bytes, shift: int) -> Iterator[ZipEntry]:
    at = 0
    while at < len(directory):
        if directory[at : at + 4] != _ENTRY or at + 46 > len(directory):
            raise Unclear(_DAMAGED)
        made, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, attributes, header = (
            struct.unpack_from("<6H3L5H2L", directory, at + 4)
        )
        start = at + 46
        raw, more = directory[start : start + name], directory[start + name : start + name + extra]
        fields = dict(_extra_fields(more))
        if WHOLE_32 in (packed, size, header):
            size, packed, header = _wide(fields.get(1, b""), size, packed, header)
        mode = attributes >> 16 if made >> 8 in (3, 19) else 0  # created on Unix or macOS
        name_said = _decoded_name(raw, flags, fields.get(0x7075))
        yield ZipEntry(name_said, raw, method, flags, crc, packed, size, mode, header + shift)
        at = start + name + extra + comment


def _ask_others(file: BinaryIO, size: int, end: ZipEnd, entries: list[ZipEntry], first: int) -> None:
    """Raise Unclear if the bytes around an archive hold another one, or a part of one that holds this one."""
    before = _read(file, max(first - 30 - 2 * 0xFFFF, 0), first)
    at = before.rfind(MAGIC)
    if at >= 0 and len(before) - at >= 30:
        method, name, extra = struct.unpack_from("<H16x2H", before, at + 8)
        if not method and at + 30 + name + extra == len(before):
            raise Unclear(_CUT)  # this archive is a file in another one, whose directory is missing
    others = [*_ends(file, 0, first), *_ends(file, end.at + 22, size)]
    if end.shift and _read(file, end.start - end.shift, end.start - end.shift + 4) == _ENTRY:
        others.append(end._replace(start=end.start - end.shift, shift=0))  # programs differ on the shift too
    ours = {(entry.raw, entry.crc, entry.size) for entry in entries}
    for other in others:
        try:
            theirs = {(entry.raw, entry.crc, entry.size) for entry in _entries(file, other)}
        except Unclear:
            continue
        if theirs != ours and theirs:
            raise Unclear(_TWO)


def _wide(field: bytes, size: int, packed: int, header: int) -> tuple[int, int, int]:
    """Replace the numbers that don't fit in 32 bits with those from the 64-bit extra field."""
    wide = []
    for narrow in (size, packed, header):
        if narrow == WHOLE_32 and len(field) >= 8:
            (narrow,) = struct.unpack_from("<Q", field)
            field = field[8:]
        wide.append(narrow)
    return wide[0], wide[1], wide[2]


def _extra_fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<2H", data, at)
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def _decoded_name(raw: bytes, flags: int, unicode_path: bytes | None) -> str:
    """Decode a name strictly: as the entry declares, else as UTF-8, else as GBK, which Chinese Windows writes."""
    if unicode_path and len(unicode_path) > 5 and unicode_path[1:5] == struct.pack("<L", zlib.crc32(raw)):
        raw, flags = unicode_path[5:], flags | _UTF8
    for encoding in ("utf-8",) if flags & _UTF8 else ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
