"""Reads a submitted file as grids of raw cells, by its content, whatever its name."""

import re
from pathlib import Path

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.html import read_html
from pilot_eval.evidence.readers.json_yaml import read_json, read_yaml
from pilot_eval.evidence.readers.limits import Limits, too_large
from pilot_eval.evidence.readers.ods import FLAT_ODS, read_flat_ods, read_ods
from pilot_eval.evidence.readers.ole import MAGIC as OLE2
from pilot_eval.evidence.readers.parquet import MAGIC as PARQUET
from pilot_eval.evidence.readers.parquet import read_parquet
from pilot_eval.evidence.readers.text import decoded, read_csv, unmarked_utf16
from pilot_eval.evidence.readers.xls import is_bare_biff, read_bare_biff, read_xls
from pilot_eval.evidence.readers.xlsx import read_xlsx
from pilot_eval.evidence.readers.xml2003 import SPACE as SPREADSHEET_ML
from pilot_eval.evidence.readers.xml2003 import read_xml2003
from pilot_eval.evidence.readers.zip_directory import ends_as_zip
from pilot_eval.evidence.readers.zipped import MAGIC, Zipped
from pilot_eval.text import Words, both

TABULAR = frozenset(
    {".xlsx", ".xlsm", ".xls", ".et", ".ett", ".xlt", ".xltx", ".ods", ".fods", ".csv", ".tsv", ".json", ".parquet"}
)
"""Suffixes of files that can hold tables; any other file is an attachment."""
YAML_TABLES = frozenset({".yaml", ".yml"})
"""Suffixes of files that can also hold tables, unless they are the submission's own information."""

_OTHER_KINDS: tuple[tuple[bytes, Words], ...] = (
    (b"%PDF", both("PDF")),
    (b"\xff\xd8\xff", Words(zh="JPEG 图片", en="a JPEG picture")),
    (b"\x89PNG", Words(zh="PNG 图片", en="a PNG picture")),
    (b"GIF8", Words(zh="GIF 图片", en="a GIF picture")),
    (b"II*\0", Words(zh="TIFF 图片", en="a TIFF picture")),
    (b"MM\0*", Words(zh="TIFF 图片", en="a TIFF picture")),
    (b"Rar!", Words(zh="RAR 压缩包", en="a RAR archive")),
    (b"7z\xbc\xaf", Words(zh="7z 压缩包", en="a 7z archive")),
    (b"\x1f\x8b", Words(zh="gzip 压缩包", en="a gzip archive")),
    (b"SQLite format 3", Words(zh="SQLite 数据库", en="an SQLite database")),
    (b"\0\1\0\0Standard", Words(zh="Access 数据库", en="an Access database")),
    (b"{\\rtf", Words(zh="RTF 文档", en="an RTF document")),
    (b"MZ\x90\0", Words(zh="程序", en="a program")),
    (b"\x7fELF", Words(zh="程序", en="a program")),
)
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04][\x04-\x10]\x00..(?:[\x05\x06\x10\x20\x40]\x00|\x00\x01)", re.DOTALL)
"""The record that begins a workbook or a sheet: its length, version and kind."""
_OLD_EXCEL_WORDS = Words(zh="Excel 2.0 至 4.0 工作簿", en="an Excel 2.0 to 4.0 workbook")
_DOCUMENTS: tuple[tuple[str, Words], ...] = (
    ("xl/workbook.bin", Words(zh="二进制工作簿（xlsb）", en="a binary workbook (xlsb)")),
    ("word/", Words(zh="Word 文档", en="a Word document")),
    ("ppt/", Words(zh="演示文稿", en="a presentation")),
)
_PAGE = re.compile(r"<(\?xml|!doctype html|html|head|body|meta|table|tr|style|div|form|p|h[1-6]|center|br|!--)\b", re.I)
_ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
"""A web page may begin with anything, such as a warning from the system that exported it."""
ROOT = 1 << 16
"""Characters within which the first tag of an XML file ends."""
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
_WORKBOOK = Words(zh="工作簿", en="a workbook")
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ett", ".xlt", ".xltx", ".ods", ".fods"})
_PACKED = frozenset({".xlsx", ".xlsm", ".xltx", ".ods"})


def read_grids(path: Path, shown: str, limits: Limits) -> list[Grid]:
    """Read every grid in a file; `shown` is the name for findings. Raises EvidenceError."""
    size, place = path.stat().st_size, Place(file=shown)
    if against := too_large(size, shown, limits):
        raise EvidenceError([against])
    if not size:
        raise EvidenceError.of("file-empty", place)
    with path.open("rb") as stream:
        head = stream.read(512)
    suffix = path.suffix.lower()
    if is_package(path, head):
        return _with_kind_finding(suffix not in _WORKBOOKS, _zipped(path, shown, limits), _WORKBOOK)
    if head.startswith(OLE2):
        return _with_kind_finding(suffix not in _WORKBOOKS, read_xls(path.read_bytes(), shown, limits), _WORKBOOK)
    if is_bare_biff(head):
        return _with_kind_finding(suffix not in _WORKBOOKS, read_bare_biff(path.read_bytes(), shown, limits), _WORKBOOK)
    if head.startswith(PARQUET):
        return _with_kind_finding(suffix != ".parquet", read_parquet(path, shown, limits), both("Parquet"))
    if what := kind_of(head):
        raise EvidenceError.of("file-is", place, what=what)
    text = head.startswith((b"\xff\xfe", b"\xfe\xff")) or unmarked_utf16(head) is not None
    if suffix in _WORKBOOKS and b"\0" in head and not text:
        raise EvidenceError.of("file-kind", place)
    return _read_text_file(path, shown, limits, suffix)


def kind_of(head: bytes) -> Words | None:
    """Return the kind of a file that can't hold tables, by its first bytes; None for any other file."""
    what = _OLD_EXCEL_WORDS if _OLD_EXCEL.match(head) else None
    return next((what for magic, what in _OTHER_KINDS if head.startswith(magic)), what)


def _with_kind_finding(surprising: bool, grids: list[Grid], what: Words) -> list[Grid]:
    """Report a file whose content doesn't match its suffix, if `surprising`; return the grids."""
    if surprising and grids:
        grids[0].say("file-extension", what=what)
    return grids


def is_package(path: Path, head: bytes) -> bool:
    """Return whether a file, which begins with `head`, is an archive of XML: a workbook may have bytes before it."""
    if head.startswith(MAGIC):
        return True
    return path.suffix.lower() in _PACKED and not kind_of(head) and _ends_as_zip(path)


def _ends_as_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return ends_as_zip(stream)


def _zipped(path: Path, shown: str, limits: Limits) -> list[Grid]:
    with Zipped(path, shown, limits) as package:
        grids = _package(package, shown, limits)
        if package.around:
            grids[0].say("zip-around")
        return grids


def _package(package: Zipped, shown: str, limits: Limits) -> list[Grid]:
    names = {entry.name.replace("\\", "/").casefold(): entry for entry in package.entries}
    if "content.xml" in names and ("mimetype" in names or "meta-inf/manifest.xml" in names):
        if "[content_types].xml" in names:
            both_kinds = Words(zh="同时是 XLSX 和 ODS 的文件", en="an XLSX and an ODS in one file")
            raise EvidenceError.of("file-is", Place(file=shown), what=both_kinds)
        said = next(package.chunks(names["mimetype"]), b"") if "mimetype" in names else b"spreadsheet"
        if b"spreadsheet" not in said:
            raise EvidenceError.of("file-is", Place(file=shown), what=Words(zh="文档", en="a document"))
        return read_ods(package, limits)
    for part, what in _DOCUMENTS:
        if any(name.startswith(part) for name in names):
            raise EvidenceError.of("file-is", Place(file=shown), what=what)
    if "[content_types].xml" not in names:
        raise EvidenceError.of("file-is", Place(file=shown), what=Words(zh="ZIP 压缩包", en="a ZIP archive"))
    return read_xlsx(package, limits)


def _read_text_file(path: Path, shown: str, limits: Limits, suffix: str) -> list[Grid]:
    text = decoded(path.read_bytes(), shown)
    if not text.strip():
        raise EvidenceError.of("file-empty", Place(file=shown))
    if suffix == ".json":
        return read_json(text, shown, limits)
    if suffix in YAML_TABLES:
        return read_yaml(text, shown, limits)
    start = text[:4096].lstrip()
    if start.startswith("MIME-Version:"):
        raise EvidenceError.of("file-is", Place(file=shown), what=Words(zh="MHTML 网页", en="an MHTML page"))
    if re.match(r"<\?xml|<(\w+:)?(Workbook|document)\b", start):
        what = Words(zh="XML 表格", en="an XML spreadsheet")
        if FLAT_ODS in text[:ROOT]:
            return _with_kind_finding(suffix != ".fods", read_flat_ods(text, shown, limits), what)
        if SPREADSHEET_ML in start:
            return _with_kind_finding(True, read_xml2003(text, shown, limits), what)
        if "<html" not in start.casefold():
            raise EvidenceError.of("file-is", Place(file=shown), what=what)
    if _PAGE.match(start) or (suffix in _WORKBOOKS and _ROW.search(text, 0, 1 << 16)):
        return _with_kind_finding(True, read_html(text, shown, limits), Words(zh="网页", en="a web page"))
    grid = read_csv(text, shown, limits)
    if suffix in _WORKBOOKS and _CONTROL.search(text):
        raise EvidenceError.of("file-kind", Place(file=shown))  # the remains of a workbook can look like text
    return _with_kind_finding(suffix in _WORKBOOKS, [grid], both("CSV"))
