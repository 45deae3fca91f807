"""The record of a run: written as canonical JSON, read back, compared, and checked against the files it names.

In: a record, or its bytes.
Out: its bytes, or a record; differences as findings.
"""

import hashlib
import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.messages.libraries import model_problem
from pilot_eval.model import EvaluationRecord, file_sha256
from pilot_eval.privacy.numbers import masked
from pilot_eval.spelling import plain
from pilot_eval.text import Words

MOST_DIFFERENCES = 50


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


def differences(recorded: EvaluationRecord, now: EvaluationRecord) -> list[Finding]:
    """Report where a recomputed record differs; library versions may differ, figures may not."""
    skip = {"software"}
    before, after = recorded.model_dump(mode="json", exclude=skip), now.model_dump(mode="json", exclude=skip)
    found = []
    for path, old, new in _differences(before, after, ""):
        found.append(finding("record-differs", path=path, recorded=old, now=new))
        if len(found) == MOST_DIFFERENCES:
            break
    return found


def _differences(old: Any, new: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield each place that differs, with both values; what only one of them has is `null` in the other."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_differences(old, new, path)
    else:
        yield path, _abbreviated(old), _abbreviated(new)


def _list_differences(old: list[Any], new: list[Any], path: str) -> Iterator[tuple[str, str, str]]:
    """Compare elements by their names; without names by position, past those that were put in or taken out."""
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        for at, one, other in _aligned(old, new):
            yield from _differences(one, other, f"{path}[{at}]")
        return
    both = [[name for name in names if name in before and name in after] for names in (before, after)]
    if both[0] != both[1]:
        yield path, _abbreviated(both[0]), _abbreviated(both[1])
    for name in {**before, **after}:
        yield from _differences(before.get(name), after.get(name), f"{path}[{name}]")


def _by_name(elements: list[Any]) -> dict[str, Any] | None:
    """Return elements by id, pilot, path or table; None if they have none, or the same one twice."""
    named: dict[str, Any] = {}
    for each in elements:
        if not isinstance(each, dict):
            return None
        name = next((each[key] for key in ("id", "pilot", "path", "table") if each.get(key)), None)
        name = name.get("id") if isinstance(name, dict) else name
        if name is None or name in named:
            return None
        named[name] = each
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


def _abbreviated(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "…"


def verify(record: EvaluationRecord, folder: Path, present: list[str]) -> list[Finding]:
    """Compare the files in `folder` with those that the record names; `present` are the input files found there."""
    findings = []
    for each in record.inputs:
        path, place = folder / each.path, Place(file=each.path)
        if not path.is_file():
            findings.append(finding("hash-missing", place))
        elif file_sha256(path) != each.sha256:
            findings.append(finding("hash-differs", place))
    known = {each.path for each in record.inputs}
    # A file with a personal number in its name was rejected: it is in no record, and its name isn't shown here either.
    findings += [finding("hash-new", Place(file=masked(plain(path)))) for path in present if path not in known]
    return findings


def sums(files: dict[str, bytes]) -> bytes:
    """Return the hashes of published files, in the format that `sha256sum --check` reads."""
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode()


def check_sums(folder: Path, listing: bytes) -> list[Finding]:
    """Compare published files with their list of hashes."""
    findings = []
    for line in listing.decode().splitlines():
        digest, _, name = line.partition("  ")
        path, place = folder / name, Place(file=f"{folder.name}/{name}")
        if not path.is_file():
            findings.append(finding("hash-missing", place))
        elif file_sha256(path) != digest:
            findings.append(finding("hash-differs", place))
    return findings
