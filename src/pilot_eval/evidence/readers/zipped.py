"""Opens a ZIP (a workbook, or an archive of a submission) and verifies every byte read from it.

Only the last directory is trusted, and it must match the file. Overlapping entries, two archives in one file, wrong
sizes or checksums and implausible compression ratios are refused before or during unpacking.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.zip_directory import MAGIC as MAGIC
from pilot_eval.evidence.readers.zip_directory import Unclear, ZipDirectory, ZipEnd, contradicts, zip_directory
from pilot_eval.evidence.readers.zip_directory import ZipEntry as ZipEntry
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.text import Words

CHUNK = 1 << 18
_HONEST = 10 * 2**20
"""Bytes up to which the compression ratio of a part isn't limited."""

_STORED, _DEFLATED = 0, 8
READABLE = frozenset({_STORED, _DEFLATED})
_PACKINGS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_ENCRYPTED = 0x41


def packing(entry: ZipEntry) -> str:
    """Return the common name of an entry's compression method, or else its number."""
    return _PACKINGS.get(entry.method, str(entry.method))


class Zipped:
    """An open ZIP; `entries` are in the directory's order. Raises EvidenceError if it is damaged or exceeds a limit.

    `around` says whether there are bytes before or behind the archive, which are left out.

    The parts of a workbook are looked up by name, so their names must differ. A caller that goes through the entries
    one by one (`names_differ=False`) handles duplicate names and methods that aren't `READABLE` itself.
    """

    def __init__(self, path: Path, shown: str, limits: Limits, *, names_differ: bool = True) -> None:
        self.shown, self.limits, self._names_differ = shown, limits, names_differ
        self._file: BinaryIO = path.open("rb")
        try:
            self.entries, self._data_ends, self.around = self._directory()
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

    def _directory(self) -> ZipDirectory:
        most = self.limits.parts
        try:
            found = zip_directory(self._file, most, most * (46 + 3 * 512))
        except Unclear as unclear:
            raise self._broken(unclear.text) from None
        if isinstance(found, ZipEnd):
            raise EvidenceError.of("zip-too-many", self._place(), count=f"{found.told:,}", limit=f"{most:,}")
        return found

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
        flags, method, name, extra = struct.unpack_from("<2H16x2H", header, 6)
        raw = self._file.read(name)
        if raw.replace(b"\\", b"/") != entry.raw.replace(b"\\", b"/") or method != entry.method:
            raise self._of("zip-lies", entry)
        if (flags ^ entry.flags) & _ENCRYPTED:
            raise self._of("zip-lies", entry)
        if contradicts(entry, header):
            raise self._of("zip-lies", entry)
        return entry.at + 30 + len(raw) + int(extra)

    # --- what is wrong

    def _place(self, entry: ZipEntry | None = None) -> Place:
        return Place(file=self.shown, field=shown_text(entry.name, 200) if entry else None)

    def _of(self, code: str, entry: ZipEntry) -> EvidenceError:
        return EvidenceError.of(code, self._place(entry), name=shown_text(entry.name, 200), method=packing(entry))

    def _broken(self, cause: Words, entry: ZipEntry | None = None) -> EvidenceError:
        return EvidenceError.of("zip-broken", self._place(entry), cause=cause)
