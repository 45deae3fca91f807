"""Recognises files that can't be read as tables by their suffixes, to explain one that is named after a table."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from pilot_eval.text import Words, both

_SAVE = Words(zh="另存为 .xlsx 后重新提交", en="save it as .xlsx and resubmit it")
_UNPACK = Words(zh="解压后提交其中的文件", en="unpack it and submit the files in it")


class FileKind(NamedTuple):
    """A kind of file, and what to do so that it can be read. A kind with `as_text` is read if named after a table."""

    what: Words
    todo: Words = _SAVE
    packed: bool = False
    as_text: bool = False


def _packed(what: Words) -> FileKind:
    return FileKind(what, _UNPACK, packed=True)


def _archive(name: str) -> FileKind:
    return _packed(Words(zh=f"{name} 压缩包", en=f"a {name} archive"))


_READ = FileKind(Words(zh="文本", en="text"), as_text=True)
_KINDS: Mapping[str, FileKind] = {
    ".xlsb": FileKind(Words(zh="二进制工作簿（xlsb）", en="a binary workbook (xlsb)")),
    ".slk": FileKind(Words(zh="SYLK 表格", en="a SYLK spreadsheet")),
    ".dif": FileKind(Words(zh="DIF 表格", en="a DIF spreadsheet")),
    ".dbf": FileKind(Words(zh="dBASE 数据库", en="a dBASE database")),
    ".mdb": FileKind(Words(zh="Access 数据库", en="an Access database")),
    ".accdb": FileKind(Words(zh="Access 数据库", en="an Access database")),
    ".numbers": FileKind(Words(zh="Numbers 表格", en="a Numbers spreadsheet")),
    ".uos": FileKind(Words(zh="标文通表格（uos）", en="a UOF spreadsheet (uos)")),
    **dict.fromkeys((".jsonl", ".ndjson"), FileKind(both("JSON Lines"))),
    **dict.fromkeys((".mht", ".mhtml"), FileKind(Words(zh="MHTML 网页", en="an MHTML page"))),
    **dict.fromkeys((".txt", ".htm", ".html", ".xml", ".ots"), _READ),
    ".rar": _archive("RAR"),
    ".7z": _archive("7z"),
    ".tar": _archive("tar"),
    ".cab": _archive("CAB"),
    **dict.fromkeys((".gz", ".tgz"), _archive("gzip")),
    **dict.fromkeys((".bz2", ".xz"), _packed(Words(zh="压缩包", en="an archive"))),
    **dict.fromkeys((".zip", ".zipx"), _packed(Words(zh="压缩包里的压缩包", en="an archive inside an archive"))),
}


def kind_named(name: str) -> FileKind | None:
    return _KINDS.get(PurePosixPath(name).suffix.lower())


def unpacked_name(name: str) -> str:
    """Remove the second suffix of a packed tar: `活动.tar.gz` becomes `活动.tar`."""
    return name.removesuffix(PurePosixPath(name).suffix) if PurePosixPath(name).stem.endswith(".tar") else name
