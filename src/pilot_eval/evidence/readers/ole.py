"""Opens an OLE2 compound file (XLS, WPS .et, encrypted workbooks) far enough to check it and to read one stream."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from pilot_eval.text import Words

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE, _END, _LAST = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFA
_ENTRY = 128
_MINI_LIMIT = 4096
_MOST_ENTRIES = 20_000
"""Streams and folders allowed; a workbook has a few dozen."""


class Broken(ValueError):  # noqa: N818  it says what the file is
    """The file's structure is inconsistent."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Words(zh=zh, en=en)
        super().__init__(en)


def breakage(error: Exception) -> Words:
    """Return what is broken; bytes missing from a number are incomplete content."""
    return error.text if isinstance(error, Broken) else Words(zh="内容不完整", en="the content is incomplete")


class Stream(NamedTuple):
    """A directory entry; `kind` is 1 for a folder, 2 for a stream, 5 for the root."""

    name: str
    kind: int
    start: int
    size: int
    left: int  # entries by number: this one's neighbours in its folder, and the first entry inside it
    right: int
    child: int


class Compound:
    """An OLE2 file in memory. Raises Broken, also for a chain of sectors that loops; each is followed only once."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise Broken("文件过短", "the file is too short")
        self._data = data
        (major, _, shift, mini_shift) = struct.unpack_from("<4H", data, 26)
        if (major, shift) not in ((3, 9), (4, 12)) or mini_shift != 6:
            raise Broken("扇区大小无法识别", "unknown sector size")
        self._sector = 1 << shift
        _, first_directory, _, mini_limit, first_mini, _, first_difat, _ = struct.unpack_from("<8L", data, 44)
        if mini_limit != _MINI_LIMIT:  # some programs obey the declared size, and would read another stream
            raise Broken("小数据流的大小无法识别", "unknown size of small streams")
        self._fat = self._table(self._fat_sectors(first_difat))
        self.entries = list(self._directory(first_directory))
        self._mini_fat = self._table(self._chain(first_mini))
        root = next((entry for entry in self.entries if entry.kind == 5), None)
        self._top = list(self._inside(root)) if root else []
        self._mini = self._joined(root.start) if root and root.size else b""

    def named(self, *names: str) -> Stream | None:
        """Return the first existing stream of these names outside folders, which hold those of embedded documents."""
        for name in names:
            found = [entry for entry in self._top if entry.kind == 2 and entry.name.casefold() == name.casefold()]
            if len(found) > 1:
                raise Broken("两个数据流同名", "two streams have the same name")
            if found:
                return found[0]
        return None

    def has(self, *names: str) -> bool:
        """Return whether any entry, inside or outside folders, has one of these names."""
        wanted = [name.casefold() for name in names]
        return any(entry.name.casefold() in wanted for entry in self.entries)

    def read(self, stream: Stream) -> bytes:
        if stream.size >= _MINI_LIMIT:
            data = self._joined(stream.start)
        else:
            pieces = [self._mini[at * 64 : at * 64 + 64] for at in self._chain(stream.start, mini=True)]
            data = b"".join(pieces)
        if len(data) < stream.size:
            raise Broken("数据流不完整", "a stream is truncated")
        return data[: stream.size]

    def check(self) -> None:
        """Follow the chain of every stream; together they can't have more sectors than the file."""
        left = len(self._fat) + len(self._mini_fat)
        for entry in self.entries:
            if entry.kind == 2 and entry.size:
                left -= sum(1 for _ in self._chain(entry.start, mini=entry.size < _MINI_LIMIT))
                if left < 0:
                    raise Broken("数据流共用扇区", "streams share sectors")

    # --- sectors

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        piece = self._data[start : start + self._sector]
        if not piece:
            raise Broken("文件不完整", "the file is truncated")
        return piece  # the last sector may be shorter

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._at, self._chain(start)))

    def _chain(self, start: int, *, mini: bool = False) -> Iterator[int]:
        table, sector, left = self._mini_fat if mini else self._fat, start, 0
        while sector != _END and sector != _FREE:
            left += 1
            if sector >= len(table) or left > len(table):
                raise Broken("扇区链超出文件或形成循环", "a chain of sectors leaves the file or loops")
            yield sector
            sector = table[sector]

    def _fat_sectors(self, sector: int) -> list[int]:
        """Return the sectors of the allocation table: 109 are listed in the header, the rest in a chain."""
        found = list(struct.unpack_from("<109L", self._data, 76))
        most = len(self._data) // self._sector + 1
        steps = 0
        while sector < _LAST:
            steps += 1
            if steps > most:
                raise Broken("分配表形成循环", "the allocation table loops")
            piece = self._at(sector)
            *more, sector = struct.unpack(f"<{len(piece) // 4}L", piece[: len(piece) // 4 * 4])
            found += more
            if len(found) > 109 + most + 127:
                break
        found = [each for each in found if each < _LAST]
        if len(found) > most:
            raise Broken("分配表大于文件", "the allocation table is larger than the file")
        return found

    def _table(self, sectors: "Iterator[int] | list[int]") -> list[int]:
        data = b"".join(map(self._at, sectors))
        return list(struct.unpack(f"<{len(data) // 4}L", data[: len(data) // 4 * 4]))

    def _directory(self, start: int) -> Iterator[Stream]:
        data = self._joined(start)
        if len(data) > _MOST_ENTRIES * _ENTRY:
            raise Broken("数据流过多", "too many streams")
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind, _, left, right, child = struct.unpack_from("<H2B3L", data, at + 64)
            (first, size) = struct.unpack_from("<LQ", data, at + 116)
            size = size if self._sector == 4096 else size & 0xFFFFFFFF
            name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            yield Stream(name, kind, first, size, left, right, child)

    def _inside(self, folder: Stream) -> Iterator[Stream]:
        """Yield the entries in a folder: a tree of neighbours, each visited once."""
        waiting, seen = [folder.child], set[int]()
        while waiting:
            at = waiting.pop()
            if at < len(self.entries) and at not in seen:
                seen.add(at)
                entry = self.entries[at]
                waiting += entry.left, entry.right
                yield entry
