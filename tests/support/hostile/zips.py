"""ZIP, written byte by byte so that it can lie."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass


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
