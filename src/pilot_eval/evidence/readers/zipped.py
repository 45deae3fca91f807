"""Opens a ZIP (a workbook, or an archive of a submission) and verifies every byte read from it.

Only the directory at the end is trusted, and it must match the file. Overlapping entries, two directories, wrong sizes
or checksums and implausible compression ratios are refused before or during unpacking.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.privacy.numbers import shown_name
from pilot_eval.text import Words

MAGIC = b"PK\x03\x04"
CHUNK = 1 << 18
_HONEST = 10 * 2**20
"""Bytes up to which the compression ratio of a part isn't limited."""

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_ENTRY = b"PK\x01\x02"
_STORED, _DEFLATED = 0, 8
READABLE = frozenset({_STORED, _DEFLATED})
_PACKINGS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_UTF8, _ENCRYPTED, _SIZES_FOLLOW = 0x800, 0x41, 0x08
_WHOLE_32 = 0xFFFFFFFF  # means: see the 64-bit fields


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


def packing(entry: ZipEntry) -> str:
    """Return the common name of an entry's compression method, or else its number."""
    return _PACKINGS.get(entry.method, str(entry.method))


class Zipped:
    """An open ZIP; `entries` are in the directory's order. Raises EvidenceError if it is damaged or exceeds a limit.

    The parts of a workbook are looked up by name, so their names must differ. A caller that goes through the entries
    one by one (`names_differ=False`) handles duplicate names and methods that aren't `READABLE` itself.
    """

    def __init__(self, path: Path, shown: str, limits: Limits, *, names_differ: bool = True) -> None:
        self.shown, self.limits, self._names_differ = shown, limits, names_differ
        self._file: BinaryIO = path.open("rb")
        try:
            directory, count, self._data_ends = self._directory()
            self.entries = list(self._entries(directory))
            if len(self.entries) != count:
                raise self._broken(Words(zh="目录中的文件数不符", en="wrong number of files in its directory"))
            self._starts = dict(self._checked())
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def chunks(self, entry: ZipEntry) -> Iterator[bytes]:
        """Unpack an entry chunk by chunk. Raises EvidenceError if its content differs from what was declared."""
        if entry.method not in READABLE:
            raise self._of("zip-method", entry)
        inflate = zlib.decompressobj(-15) if entry.method == _DEFLATED else None
        at, end = self._starts[entry.at], self._starts[entry.at] + entry.packed
        size = crc = 0
        raw = b""
        while at < end or raw:
            if not raw:
                self._file.seek(at)
                raw = self._file.read(min(CHUNK, end - at))
                if not raw:
                    raise self._broken(Words(zh="文件不完整", en="the file is truncated"), entry)
                at += len(raw)
            try:
                piece = inflate.decompress(raw, CHUNK) if inflate else raw
            except zlib.error:
                raise self._broken(Words(zh="数据损坏", en="the data is damaged"), entry) from None
            raw = inflate.unconsumed_tail if inflate else b""
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            if size > entry.size or (inflate and inflate.eof and (inflate.unused_data or at < end)):
                raise self._of("zip-lies", entry)
            if piece:
                yield piece
        if size != entry.size or crc != entry.crc or (inflate and not inflate.eof):
            raise self._of("zip-lies", entry)

    def read(self, entry: ZipEntry) -> bytes:
        return b"".join(self.chunks(entry))

    def verify(self, entry: ZipEntry) -> None:
        """Unpack an entry only to check its size and checksum."""
        for _ in self.chunks(entry):
            pass

    # --- the directory

    def _directory(self) -> tuple[bytes, int, int]:
        """Return the directory's bytes, entry count and offset; no entry's data may extend beyond that offset."""
        size = self._file.seek(0, 2)
        tail_at = max(0, size - 22 - 0xFFFF)
        self._file.seek(tail_at)
        tail = self._file.read()
        ends = []
        at = last = tail.rfind(_END)
        while at >= 0:
            found = self._end(tail, tail_at, at, size)
            if found:
                ends.append((at, found))
            at = tail.rfind(_END, 0, at)
        if not ends:
            raise self._broken(Words(zh="文件不完整，或不是 ZIP", en="the file is truncated or not a ZIP"))
        if len(ends) > 1 or ends[0][0] != last:  # programs differ on a comment that contains an end record
            raise self._broken(Words(zh="有两个目录", en="there are two directories"))
        _, (count, length, start) = ends[0]
        if count > self.limits.parts or length > self.limits.parts * (46 + 3 * 512):
            raise EvidenceError.of("zip-too-many", self._place(), count=f"{count:,}", limit=f"{self.limits.parts:,}")
        self._file.seek(start)
        return self._file.read(length), count, start

    def _end(self, tail: bytes, tail_at: int, at: int, size: int) -> tuple[int, int, int] | None:
        """Return the number of entries, length and offset of the directory that an end record describes.

        Returns None if they don't fit the file.
        """
        if len(tail) < at + 22:
            return None
        *_, here, count, length, start, comment = struct.unpack_from("<4s4H2LH", tail, at)
        # A few systems append blank bytes to files; anything else after the end record is an error.
        if tail[at + 22 + comment :].strip(b"\0\r\n \x1a") or here != count:
            return None
        ends = tail_at + at
        if tail[max(at - 20, 0) : at].startswith(_LOCATOR_64):
            (ends,) = struct.unpack_from("<Q", tail, at - 12)
            self._file.seek(min(ends, size))
            record = self._file.read(56)
            if len(record) < 56 or not record.startswith(_END_64):
                return None
            wide = struct.unpack_from("<QQQ", record, 32)
            narrow = ((count, 0xFFFF), (length, _WHOLE_32), (start, _WHOLE_32))
            if any(told not in (full, long) for (told, full), long in zip(narrow, wide, strict=True)):
                return None  # programs differ in which of the two they trust
            count, length, start = wide
        return (count, length, start) if start + length == ends else None

    def _entries(self, directory: bytes) -> Iterator[ZipEntry]:
        at = 0
        while at < len(directory):
            if directory[at : at + 4] != _ENTRY or at + 46 > len(directory):
                raise self._broken(Words(zh="目录损坏", en="the directory is damaged"))
            made, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, attributes, header = (
                struct.unpack_from("<6H3L5H2L", directory, at + 4)
            )
            start = at + 46
            raw, more = directory[start : start + name], directory[start + name : start + name + extra]
            fields = dict(_extra_fields(more))
            if _WHOLE_32 in (packed, size, header):
                size, packed, header = self._wide(fields.get(1, b""), size, packed, header)
            mode = attributes >> 16 if made >> 8 in (3, 19) else 0  # created on Unix or macOS
            yield ZipEntry(
                _decoded_name(raw, flags, fields.get(0x7075)), raw, method, flags, crc, packed, size, mode, header
            )
            at = start + name + extra + comment

    def _wide(self, field: bytes, size: int, packed: int, header: int) -> tuple[int, int, int]:
        """Replace the numbers that don't fit in 32 bits with those from the 64-bit extra field."""
        wide = []
        for narrow in (size, packed, header):
            if narrow == _WHOLE_32 and len(field) >= 8:
                (narrow,) = struct.unpack_from("<Q", field)
                field = field[8:]
            wide.append(narrow)
        return wide[0], wide[1], wide[2]

    def _checked(self) -> Iterator[tuple[int, int]]:
        """Yield the offsets of each entry's header and data. Raises EvidenceError at the first entry at fault."""
        limit, total = self.limits, sum(entry.size for entry in self.entries)
        if total > limit.unpacked_mb * 2**20:
            raise EvidenceError.of(
                "file-too-large", self._place(), size=f"{total / 2**20:,.0f}", limit=f"{limit.unpacked_mb:g}"
            )
        names: set[str] = set()
        reached = 0
        for entry in sorted(self.entries, key=lambda each: each.at):
            key = entry.name.replace("\\", "/").casefold()
            if key in names and self._names_differ:
                raise self._of("zip-duplicate", entry)
            names.add(key)
            if entry.flags & _ENCRYPTED:
                raise self._of("zip-encrypted", entry)
            if entry.method not in READABLE and self._names_differ:
                raise self._of("zip-method", entry)
            if entry.size > _HONEST and entry.size > limit.ratio * max(entry.packed, 1):
                raise self._of("zip-ratio", entry)
            if entry.at < reached:
                raise self._of("zip-overlap", entry)
            start = self._data_start(entry)
            reached = start + entry.packed
            yield entry.at, start
            if reached > self._data_ends:
                raise self._of("zip-overlap", entry)

    def _data_start(self, entry: ZipEntry) -> int:
        """Return the offset of an entry's data; its own header must agree with the directory."""
        self._file.seek(entry.at)
        header = self._file.read(30)
        if len(header) < 30 or header[:4] != MAGIC:
            raise self._broken(Words(zh="目录损坏", en="the directory is damaged"), entry)
        _, flags, method, _, _, crc, packed, size, name, extra = struct.unpack_from("<5H3L2H", header, 4)
        raw = self._file.read(name)
        if raw.replace(b"\\", b"/") != entry.raw.replace(b"\\", b"/") or method != entry.method:
            raise self._of("zip-lies", entry)
        if (flags ^ entry.flags) & _ENCRYPTED:
            raise self._of("zip-lies", entry)
        told = (crc, packed, size) != (0, 0, 0) and not flags & _SIZES_FOLLOW
        if told and _WHOLE_32 not in (packed, size) and (crc, packed, size) != (entry.crc, entry.packed, entry.size):
            raise self._of("zip-lies", entry)
        return entry.at + 30 + len(raw) + int(extra)

    # --- what is wrong

    def _place(self, entry: ZipEntry | None = None) -> Place:
        return Place(file=self.shown, field=shown_name(entry.name)[:200] if entry else None)

    def _of(self, code: str, entry: ZipEntry) -> EvidenceError:
        return EvidenceError.of(code, self._place(entry), name=shown_name(entry.name)[:200], method=packing(entry))

    def _broken(self, cause: Words, entry: ZipEntry | None = None) -> EvidenceError:
        return EvidenceError.of("zip-broken", self._place(entry), cause=cause)


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
