"""Checks the files that a record names, and the published ones, against their hashes.

In: the files' names and hashes. Out: what is missing, changed or too much, as findings.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.intake.files import walk
from pilot_eval.evidence.intake.litter import is_litter
from pilot_eval.model import EvaluationRecord, file_sha256
from pilot_eval.privacy.numbers import masked
from pilot_eval.spelling import plain

SUMS = "SHA256SUMS"


def inputs_compared(record: EvaluationRecord, folder: Path, present: list[str]) -> list[Finding]:
    """Compare the files in `folder` with those that the record names; `present` are the input files found there.

    A link is no file of the round, whatever it leads to. A file that has a name elsewhere, too, may be changed there:
    this is said once.
    """
    findings, shared = [], []
    for each in record.inputs:
        path, place = folder / each.path, Place(file=each.path)
        if _through_link(folder, each.path):
            findings.append(finding("hash-link", place))
        elif not path.is_file():
            findings.append(finding("hash-missing", place))
        elif file_sha256(path) != each.sha256:
            findings.append(finding("hash-differs", place))
        elif (size := path.stat().st_size) != each.size:
            findings.append(finding("hash-size", place, recorded=each.size, now=size))
        elif path.stat().st_nlink > 1:
            shared.append(place)
    if shared:
        findings.append(finding("hash-shared", shared[0], count=len(shared)))
    listed = Counter(each.path for each in record.inputs)
    known = set(listed)
    findings += [finding("input-twice", Place(file=path)) for path, count in sorted(listed.items()) if count > 1]
    # A file with a personal number in its name was rejected: it is in no record, and its name isn't shown here either.
    findings += [finding("hash-new", Place(file=masked(plain(path)))) for path in present if path not in known]
    return findings


def _through_link(folder: Path, name: str) -> bool:
    """Return whether a file is a link, or a link is on the way to it from the folder; outside, that is none of ours."""
    if name.startswith("../"):
        return (folder / name).is_symlink()
    return any((folder / Path(*Path(name).parts[:depth])).is_symlink() for depth in range(1, len(Path(name).parts) + 1))


def sums(files: dict[str, bytes]) -> bytes:
    """Return the hashes of published files, in the format that `sha256sum --check` reads."""
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode()


_SUM = re.compile(r"([0-9a-f]{64})  ([^/\\\0\r]+(?:/[^/\\\0\r]+)*)")


def check_sums(folder: Path, listing: bytes, expected: Iterable[str] = ()) -> list[Finding]:
    """Compare published files with their list of hashes, in any order, and both with the names that are expected."""
    listed, findings = _read_sums(listing, Place(file=f"{folder.name}/{SUMS}"))
    wanted = frozenset(expected)
    there = _published(folder)
    if not listed:  # only names can be compared
        names = [("hash-missing", name) for name in wanted - there]
        names += [("hash-unlisted", name) for name in there - wanted - {SUMS} if wanted]
        return [*findings, *(finding(code, Place(file=f"{folder.name}/{name}")) for code, name in sorted(names))]
    for name in sorted({*listed, *there, *wanted} - {SUMS}):
        path, place = folder / name, Place(file=f"{folder.name}/{name}")
        if name not in there:
            findings.append(finding("hash-missing", place))
        elif path.is_symlink() or not path.is_file():
            findings.append(finding("hash-link", place))
        elif name not in listed:
            findings.append(finding("hash-unlisted", place))
        elif file_sha256(path) != listed[name]:
            findings.append(finding("hash-differs", place))
        elif wanted and name not in wanted:
            findings.append(finding("hash-foreign", place))
    return findings


def _read_sums(listing: bytes, place: Place) -> tuple[dict[str, str], list[Finding]]:
    """Return the hashes by name, and what is wrong with the listing itself."""
    listed: dict[str, str] = {}
    wrong: list[int] = []
    findings = []
    *lines, rest = listing.decode("utf-8", "replace").split("\n")
    for number, line in enumerate([*lines, *([f"{rest}\r"] if rest else [])], 1):  # a cut line is none
        match = _SUM.fullmatch(line)
        if match is None or match[2] == SUMS or {".", ".."} & set(match[2].split("/")):
            wrong.append(number)
        elif match[2] in listed:
            findings.append(finding("sums-twice", place.model_copy(update={"line": number}), name=match[2]))
        else:
            listed[match[2]] = match[1]
    if not listing.strip():
        findings.append(finding("sums-empty", place))
    elif wrong:
        at = place.model_copy(update={"line": wrong[0]})
        findings.append(finding("sums-malformed", at, count=len(wrong)))
    return listed, findings


def _published(folder: Path) -> set[str]:
    """Return the names of everything in the folder but folders, and what systems leave in them."""
    names = {path.relative_to(folder).as_posix(): path for path, _ in walk(folder) if path != folder}
    return {name for name, path in names.items() if path.is_symlink() or (not path.is_dir() and not is_litter(name))}
