"""The record of a run: written as canonical JSON, read back, compared, and checked against the files it names.

In: a record, or its bytes.
Out: its bytes, or a record; differences as findings.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.intake.files import walk
from pilot_eval.evidence.intake.litter import is_litter
from pilot_eval.messages.libraries import model_problem
from pilot_eval.model import EvaluationRecord, file_sha256
from pilot_eval.privacy.numbers import masked
from pilot_eval.spelling import plain
from pilot_eval.text import Words

SUMS = "SHA256SUMS"


def to_bytes(record: EvaluationRecord) -> bytes:
    """Write canonical JSON: sorted keys, UTF-8, one final line break; the same record gives the same bytes."""
    data = record.model_dump(mode="json")
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def from_bytes(data: bytes, shown: str) -> EvaluationRecord:
    """Read a record. Raises EvidenceError."""
    try:
        return EvaluationRecord.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key, problem = ".".join(map(str, first["loc"])), model_problem(dict(first))
        cause = Words(zh=f"{key}：{problem.zh}", en=f"{key}: {problem.en}") if key else problem
        raise EvidenceError.of("record-unreadable", Place(file=shown), cause=cause) from None


class At(NamedTuple):
    """A step of a path into a list: to the element of a name (its id, pilot, path or table), or at a position.

    again: how many elements of that name come before it.
    """

    name: str | int
    again: int = 0

    def __str__(self) -> str:
        return f"[{self.name}]" + f"[{self.again + 1}]" * bool(self.again)


@dataclass(frozen=True)
class Difference:
    """A place where two records differ, with both values as JSON; what only one of them has is None in the other."""

    path: tuple[str | At, ...]
    recorded: Any
    now: Any

    @property
    def pilot(self) -> str | None:
        """The pilot whose assessment it is in; None: in what is about the whole round."""
        match self.path:
            case ("assessments", At(str(pilot)), *_):
                return pilot
        return None

    @property
    def again(self) -> bool:
        """Whether an element is listed more often than in the other record."""
        return isinstance(self.path[-1], At) and self.path[-1].again > 0

    def __str__(self) -> str:
        """Return the path as in `assessments[park-1].total.points`."""
        steps = (str(step) if isinstance(step, At) else f".{step}" for step in self.path)
        return "".join(steps).removeprefix(".")


def differences(recorded: EvaluationRecord, now: EvaluationRecord) -> list[Difference]:
    """Return where a recomputed record differs; the versions of software may differ, figures may not."""
    before, after = recorded.model_dump(mode="json"), made_by(recorded, now).model_dump(mode="json")
    return list(_differences(before, after, ()))


def made_by(recorded: EvaluationRecord, now: EvaluationRecord) -> EvaluationRecord:
    """Return a recomputed record with the versions of software, plugins included, that the recorded one names."""
    known = {(each.id, each.plugin): each.version for each in recorded.base_types}
    plugins = tuple(
        each.model_copy(update={"version": known.get((each.id, each.plugin), each.version)}) for each in now.base_types
    )
    return now.model_copy(update={"software": recorded.software, "base_types": plugins})


def versions(record: EvaluationRecord) -> dict[str, str]:
    """Return the versions of the software that a record names: this package, libraries, plugins."""
    plugins = {each.plugin: each.version for each in record.base_types if each.plugin}
    return {"pilot-eval": record.software.pilot_eval, **record.software.libraries, **plugins}


def _differences(old: Any, new: Any, path: tuple[str | At, ...]) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_differences(old, new, path)
    else:
        yield Difference(path, old, new)


def _list_differences(old: list[Any], new: list[Any], path: tuple[str | At, ...]) -> Iterator[Difference]:
    """Compare elements by their names; without names by position, past those that were put in or taken out."""
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        for at, one, other in _aligned(old, new):
            yield from _differences(one, other, (*path, At(at)))
        return
    both = [[step.name for step in names if step in before and step in after] for names in (before, after)]
    if both[0] != both[1]:
        yield Difference(path, both[0], both[1])
    for step in {**before, **after}:
        yield from _differences(before.get(step), after.get(step), (*path, step))


def _by_name(elements: list[Any]) -> dict[At, Any] | None:
    """Return elements by id, pilot, path or table; None if they have none."""
    named: dict[At, Any] = {}
    seen = Counter[str]()
    for each in elements:
        if not isinstance(each, dict):
            return None
        name = next((each[key] for key in ("id", "pilot", "path", "table") if each.get(key)), None)
        name = name.get("id") if isinstance(name, dict) else name
        if name is None:
            return None
        named[At(name, seen[name])] = each
        seen[name] += 1
    return named


def _aligned(old: list[Any], new: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Pair elements, with the position of the old one, else of the new; None is what was put in or taken out."""
    texts = [[json.dumps(each, sort_keys=True) for each in elements] for elements in (old, new)]
    for _, first, last, start, end in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        for at, there in zip_longest(range(first, last), range(start, end)):
            if at is None:
                yield there, None, new[there]
            else:
                yield at, old[at], None if there is None else new[there]


def verify(record: EvaluationRecord, folder: Path, present: list[str]) -> list[Finding]:
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


def is_canonical(data: bytes) -> bool:
    """Return whether a record's bytes are those that `to_bytes` writes, of whatever version.

    An older version may lack what newer ones have; what is there has the type and form in which it was written.
    """
    try:
        given = json.loads(data)
        text = json.dumps(given, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
        written = EvaluationRecord.model_validate_json(data).model_dump(mode="json")
    except (ValueError, RecursionError):
        return False
    return text.encode("utf-8", "surrogatepass") == data and _is_written_so(given, written)


def _is_written_so(given: Any, written: Any) -> bool:
    """Return whether values are those that were read from them: no number as text, nor 87 in place of 87.0."""
    if isinstance(given, dict) and isinstance(written, dict):
        return all(key in written and _is_written_so(each, written[key]) for key, each in given.items())
    if isinstance(given, list) and isinstance(written, list):
        return len(given) == len(written) and all(map(_is_written_so, given, written))
    return repr(given) == repr(written)


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
