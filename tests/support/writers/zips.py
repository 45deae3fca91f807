"""Writes archives, with names in UTF-8 or in a code page."""

import io
import zipfile
from collections.abc import Mapping


def as_zip(files: Mapping[str, bytes], *, encoding: str | None = None, folders: bool = False) -> bytes:
    """An archive; with an `encoding`, names are in it without saying so, as Windows in Chinese packs them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        if folders:
            for folder in sorted({name.rpartition("/")[0] for name in files if "/" in name}):
                package.writestr(folder + "/", b"")
        for name, data in files.items():
            package.writestr(_LegacyName.of(name, encoding) if encoding else zipfile.ZipInfo(name), data)
    return out.getvalue()


class _LegacyName(zipfile.ZipInfo):
    """An entry whose name is in a code page."""

    __slots__ = ("encoding",)

    @classmethod
    def of(cls, name: str, encoding: str) -> "_LegacyName":
        entry = cls(name)
        entry.encoding = encoding
        return entry

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  zipfile's name
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800
