"""Unpacks a submission that arrives as a ZIP, without trusting any sizes, names or kinds of file in it.

No name in the archive becomes a name on disk: files are numbered there, so that none is lost because the system
rejects its name, interprets it differently, or can't distinguish it from another.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_IFMT, S_ISDIR, S_ISREG

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.intake.litter import is_litter
from pilot_eval.evidence.readers.by_content import kind_of
from pilot_eval.evidence.readers.limits import Limits, too_large
from pilot_eval.evidence.readers.zipped import MAGIC, READABLE, ZipEntry, Zipped, packing
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import CONTROLS, LINE_SEPARATORS, REORDERING
from pilot_eval.text import Words

_LONGEST_PATH, _DEEPEST = 1000, 32
_DECEIVES = re.compile(f"[{CONTROLS}{LINE_SEPARATORS}{REORDERING}]")
"""Control characters, and characters that make a name look different."""
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")
_LISTED = 20
"""Findings listed about an archive's entries; the rest are only counted."""
_SELF_EXTRACTING = Words(zh="程序（自解压压缩包）", en="a program (a self-extracting archive)")


@dataclass(frozen=True)
class Unpacked:
    """The unpacked files, and the findings about the entries that were refused, by their names without the folders that
    contain everything."""

    files: Mapping[str, Path]
    refused: Mapping[str, Finding]
    around: bool  # whether there are bytes before or behind the archive, which were left out


def unpack(path: Path, shown: str, into: Path, limits: Limits) -> Unpacked:
    """Unpack a ZIP into an empty folder; `shown` is its name in errors.

    Raises EvidenceError with all reasons to refuse the whole archive (each with the entry's name in `place.field`)
    before the first file is written. Damage inside an entry is found only while unpacking, and leaves the files before
    it in `into`.
    """
    if against := too_large(path.stat().st_size, shown, limits):
        raise EvidenceError([against])
    _ask_kind(path, shown)
    with Zipped(path, shown, limits, names_differ=False) as package:
        entries: dict[str, ZipEntry] = {}
        refused: dict[str, Finding] = {}
        grave: list[Finding] = []
        for entry in package.entries:
            name = _normal_path(entry)
            said = shown_text(name, 200)
            place = Place(file=shown, field=said)
            code = _threat(entry)
            if code:
                grave.append(finding(code, place, name=shown_text(entry.name, 200)))
            elif not entry.is_folder and not is_litter(name):
                fault = "zip-duplicate" if name in entries else _entry_fault(name, entry)
                if fault:
                    refused.setdefault(name, finding(fault, place, name=said, method=packing(entry)))
                else:
                    entries[name] = entry
        if grave:
            raise EvidenceError(listed([*grave, *refused.values()], shown))
        files = {name: into / f"{number}{_suffix(name)}" for number, name in enumerate(sorted(entries))}
        for name, target in files.items():
            with target.open("xb") as stream:
                stream.writelines(package.chunks(entries[name]))
    root = common_folder([*files, *refused])
    return Unpacked(
        {name.removeprefix(root): target for name, target in files.items()},
        {name.removeprefix(root): said for name, said in refused.items()},
        package.around,
    )


def _ask_kind(path: Path, shown: str) -> None:
    """Raise EvidenceError if a file named as a ZIP is of another known kind."""
    with path.open("rb") as stream:
        head = stream.read(512)
    what = None if head.startswith(MAGIC) else _SELF_EXTRACTING if head.startswith(b"MZ") else kind_of(head)
    if what is not None:
        raise EvidenceError.of("archive-is", Place(file=shown), what=what)


def _normal_path(entry: ZipEntry) -> str:
    """Return an entry's path with forward slashes, whichever system wrote it."""
    parts = unicodedata.normalize("NFC", entry.name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", "."))


def _threat(entry: ZipEntry) -> str | None:
    """Return why an entry makes the whole archive suspect, or None: no legitimate program writes such entries."""
    path = entry.name.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/") or re.match("[A-Za-z]:", path):
        return "archive-path"
    if S_IFMT(entry.mode) and not (S_ISREG(entry.mode) or S_ISDIR(entry.mode)):
        return "archive-link"
    return "zip-lies" if entry.is_folder and entry.size else None


def _entry_fault(name: str, entry: ZipEntry) -> str | None:
    """Return why only this file is refused, or None."""
    if _DECEIVES.search(name) or not name:
        return "archive-name"
    if len(name.encode()) > _LONGEST_PATH or name.count("/") >= _DEEPEST:
        return "archive-name-long"
    return None if entry.method in READABLE else "zip-method"


def listed(findings: Iterable[Finding], shown: str) -> list[Finding]:
    """Return the first findings about an archive's entries, and the count of the rest."""
    found = list(findings)
    more = len(found) - _LISTED
    return found[:_LISTED] + ([finding("findings-more", Place(file=shown), count=more)] if more > 0 else [])


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def common_folder(names: Iterable[str]) -> str:
    """Return the folders that contain everything, with a final slash: a submission may be sent inside a folder."""
    folders = [name.split("/")[:-1] for name in names] or [[]]
    common = ""
    for first, last in zip(min(folders), max(folders), strict=False):  # all names between these two share it
        if first != last or first == ATTACHMENTS:
            break
        common += f"{first}/"
    return common


ATTACHMENTS = "attachments"
"""The folder whose files are never read as tables."""
