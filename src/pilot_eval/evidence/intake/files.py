"""Lists the files of a submission, and refuses some before they are opened."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.cells.columns import SAME_KIND
from pilot_eval.evidence.intake.litter import is_hidden, is_litter
from pilot_eval.evidence.intake.outside_cells import in_name
from pilot_eval.evidence.readers.by_content import TABULAR
from pilot_eval.evidence.readers.limits import Limits, too_large
from pilot_eval.messages.libraries import refusal_of
from pilot_eval.model import InputFile, file_sha256
from pilot_eval.privacy.numbers import shown_name
from pilot_eval.spelling import has_surrogates
from pilot_eval.text import Words

Stamp = tuple[int, int, int, int]
"""Inode, size, modification time and change time of a file, which reveal a change."""


@dataclass(frozen=True)
class Listing:
    """The regular files of a submission with their SHA-256, sorted, and the findings about everything else.

    `stamps` holds the stamp of each file before it was hashed, by path.
    """

    files: tuple[InputFile, ...]
    findings: tuple[Finding, ...]
    stamps: Mapping[str, Stamp]


def files_of(folder: Path, prefix: str, limits: Limits) -> Listing:
    """List the files of a submission; `prefix` is put before each file's path inside the folder."""
    files: list[InputFile] = []
    findings: list[Finding] = []
    stamps: dict[str, Stamp] = {}
    if folder.is_symlink():
        return Listing((), (finding("file-not-regular", Place(file=prefix)),), {})
    for path, error in walk(folder):
        name = path.relative_to(folder).as_posix()
        shown = f"{prefix}/{name}" if path != folder else prefix
        if is_hidden(name) and path != folder:
            if path.suffix.lower() in TABULAR and not is_litter(name):
                findings.append(finding("file-hidden", Place(file=shown_name(shown_path(shown)))))
            continue
        said = refusal(path, name, shown, error)
        if said is not None:
            findings.append(said)
        elif path.is_file():
            try:
                found = path.stat()
                against = too_large(found.st_size, shown, limits) if path.suffix.lower() in TABULAR else None
                if against is not None:
                    findings.append(against)  # not even hashed
                    continue
                stamps[shown] = stamp_of(found)
                files.append(InputFile(path=shown, sha256=file_sha256(path), size=found.st_size))
            except OSError as error:
                findings.append(unreadable(shown, error))
    return Listing(tuple(files), tuple(_few(findings, prefix)), stamps)


def walk(folder: Path) -> Iterator[tuple[Path, OSError | None]]:
    """Yield everything below a folder, sorted, without following links; an unreadable folder comes with its error."""
    waiting = [folder]
    found: list[tuple[Path, OSError | None]] = []
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    found.append((here / entry.name, None))
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(here / entry.name)
        except OSError as error:
            found.append((here, error))
    yield from sorted(found, key=lambda each: each[0])


def _few(findings: Sequence[Finding], prefix: str) -> Iterator[Finding]:
    """Yield at most `SAME_KIND` findings of each code, then the counts of the rest."""
    said = Counter[str]()
    for each in findings:
        said[each.code] += 1
        if said[each.code] <= SAME_KIND:
            yield each
    for count in said.values():
        if count > SAME_KIND:
            yield finding("findings-more", Place(file=prefix), count=count - SAME_KIND)


def stamp_of(found: os.stat_result) -> Stamp:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def refusal(path: Path, name: str, shown: str, error: OSError | None = None) -> Finding | None:
    """Return why a file or folder is refused before it is opened, by its name or its kind; else None.

    `error` is the error from listing the folder, if that failed.
    """
    if shown_path(shown) != shown:
        return finding("name-encoding", Place(file=shown_path(shown)))
    if (said := in_name(name, shown)) is not None:
        return said
    if error is not None:
        return unreadable(shown, error)
    try:
        folder = path.is_dir() and not path.is_symlink()
        regular = folder or (path.is_file() and not path.is_symlink())
    except OSError as why:
        return unreadable(shown, why)
    named_as_a_table = folder and path.suffix.lower() in TABULAR
    return None if regular and not named_as_a_table else finding("file-not-regular", Place(file=shown))


def shown_path(path: str) -> str:
    """Return a path that may be shown: Python represents bytes that aren't UTF-8 as unpaired surrogates."""
    if not has_surrogates(path):
        return path
    return shown_name(os.fsencode(path).decode("gb18030", "replace"))


def unreadable(shown: str, error: OSError) -> Finding:
    todo = Words(zh="检查权限和磁盘空间", en="check permissions and disk space")
    return finding("file-unreadable", Place(file=shown), cause=refusal_of(error), todo=todo)
