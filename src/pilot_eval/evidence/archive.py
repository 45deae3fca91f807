"""Unpacks a submission that arrives as one ZIP, trusting nothing in it: not the sizes, not the names, not the kinds."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_IFMT, S_ISDIR, S_ISREG

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.limits import Limits
from pilot_eval.evidence.readers.zipped import MAGIC, Entry, Zipped

_LONGEST_NAME = 255
"""Bytes of a name that file systems take."""
_LONGEST_PATH, _DEEPEST = 1000, 32
_NOT_EVERYWHERE = re.compile(
    r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]'
    r"|[. ]$|^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)",
    re.IGNORECASE,
)
"""What Windows doesn't take as a name or takes for something else, and signs that change or hide what is shown."""
_PACKED = (".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".cab", ".iso", ".zipx")
_PACKED_MAGIC = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_LISTED = 20
"""Findings about an archive's entries that are listed; the rest are counted."""
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems leave in archives; not unpacked, nothing to say of it."""


@dataclass(frozen=True)
class Unpacked:
    """What came out: `root` is the folder of the submission (the archive's only folder, if it has one alone), and
    `files` are the files' paths relative to it, sorted."""

    root: Path
    files: tuple[str, ...]


def unpack(path: Path, shown: str, into: Path, limits: Limits) -> Unpacked:
    """Unpack a ZIP into an empty folder; `shown` is its name in errors.

    Raises EvidenceError with everything that speaks against it (each with the entry's name in `place.field`), before
    the first file is written; damage inside an entry shows only then, and leaves what came before it in `into`.
    """
    size = path.stat().st_size
    if size > limits.file_mb * 2**20:
        raise EvidenceError.of(
            "file-too-large", Place(file=shown), size=round(size / 2**20, 1), limit=f"{limits.file_mb:g}"
        )
    with Zipped(path, shown, limits) as package:
        entries: dict[str, Entry] = {}
        findings: list[Finding] = []
        for entry in package.entries:
            name = _name(entry)
            if name in entries:
                findings.append(finding("zip-duplicate", Place(file=shown, field=name[:200]), name=name[:200]))
            elif name and not _is_litter(name):
                entries[name] = entry
                findings += _wrong(name, entry, shown)
        findings = findings or _clashes(entries, shown)
        if findings:
            more = len(findings) - _LISTED
            rest = [finding("findings-more", Place(file=shown), count=more)] if more > 0 else []
            raise EvidenceError(findings[:_LISTED] + rest)
        files = {name: entry for name, entry in entries.items() if not entry.is_folder}
        for name, entry in files.items():
            _write(package, entry, into / name, shown, name)
    root = _only_folder(files)
    names = sorted(name.removeprefix(f"{root}/") if root else name for name in files)
    return Unpacked(into / root if root else into, tuple(names))


def _name(entry: Entry) -> str:
    """The path inside the archive with forward slashes, as Windows and everybody else means it."""
    return unicodedata.normalize("NFC", entry.name.replace("\\", "/")).rstrip("/")


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part in _LITTER for part in parts) or parts[-1].startswith("._")


def _wrong(name: str, entry: Entry, shown: str) -> list[Finding]:
    """What speaks against one entry."""
    place = Place(file=shown, field=name[:200])
    parts = name.split("/")
    kind = S_IFMT(entry.mode)
    codes = []
    if name.startswith("/") or any(part in ("..", ".", "") or part[1:2] == ":" for part in parts):
        codes.append("archive-path")
    elif any(map(_NOT_EVERYWHERE.search, parts)):
        codes.append("archive-name")
    lengths = [len(part.encode()) for part in parts]
    if max(lengths) > _LONGEST_NAME or sum(lengths) > _LONGEST_PATH or len(parts) > _DEEPEST:
        codes.append("archive-name-long")
    if kind and not (S_ISREG(entry.mode) or S_ISDIR(entry.mode)):
        codes.append("archive-link")
    if not entry.is_folder and name.casefold().endswith(_PACKED):
        codes.append("archive-nested")
    return [finding(code, place, name=ascii(name[:200]) if code == "archive-name" else name[:200]) for code in codes]


def _clashes(entries: dict[str, Entry], shown: str) -> list[Finding]:
    """Names that can't lie side by side: a file where a folder should be, or two that differ in case alone."""
    seen: dict[str, str] = {}
    said = []
    for name, entry in entries.items():
        folders = [str(folder) for folder in PurePosixPath(name).parents][:-1]
        for each in (*folders, *([] if entry.is_folder else [name])):
            kind = "folder" if each != name else "file"
            if seen.setdefault(each.casefold(), kind) != kind or (kind == "file" and seen.get(f"{each.casefold()}/")):
                said.append(finding("zip-duplicate", Place(file=shown, field=each[:200]), name=each[:200]))
        if not entry.is_folder:
            seen[f"{name.casefold()}/"] = "file"
    return said


def _write(package: Zipped, entry: Entry, target: Path, shown: str, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    limit, written, head = package.limits.file_mb * 2**20, 0, b""
    with target.open("xb") as stream:
        for chunk in package.chunks(entry):
            head = head or chunk[:8]
            written += len(chunk)
            if written > limit:
                raise EvidenceError.of(
                    "file-too-large", Place(file=shown, field=name[:200]), size=round(entry.size / 2**20),
                    limit=f"{package.limits.file_mb:g}",
                )  # fmt: skip
            stream.write(chunk)
    if head.startswith(_PACKED_MAGIC) or (head.startswith(MAGIC) and not _is_document(target, package)):
        raise EvidenceError.of("archive-nested", Place(file=shown, field=name[:200]), name=name[:200])


def _is_document(path: Path, package: Zipped) -> bool:
    """Whether a file that is a ZIP is a workbook or another document, and no archive in the archive."""
    try:
        with Zipped(path, package.shown, package.limits) as inner:
            return bool({"[content_types].xml", "mimetype"} & {entry.name.casefold() for entry in inner.entries})
    except EvidenceError:
        return True  # nobody unpacks it here; whoever opens it as a workbook says what is wrong


def _only_folder(files: dict[str, Entry]) -> str:
    """The folder that everything lies in, if a submission was packed as one folder."""
    tops = {name.partition("/")[0] for name in files}
    return tops.pop() if len(tops) == 1 and all("/" in name for name in files) else ""
