"""The journal of a round: a line for every step, chained by hash; lines are added, and none is ever changed.

Each line is an entry as canonical JSON (RFC 8785). Its `prev` is the SHA-256 of the entry before: an entry can't be
changed, dropped or moved without writing anew all that follow it. `sha256sum` is enough to check that.

A line that a crash left incomplete stays; the entry after it states its hash.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import rfc8785
from pydantic import AwareDatetime, Field, ValidationError

from pilot_eval.durable import alone, sync_folder
from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.model import InputFile
from pilot_eval.text import Frozen

JOURNAL = "journal.jsonl"
_LOCK = ".journal.lock"
_WAIT = 30.0
"""Seconds within which another process must have added its entry."""

START = "0" * 64
"""What the first entry follows."""


class JournalStep(Frozen):
    """What an entry is about: the facts of one kind of step."""

    kind: ClassVar[str]


class Arrived(InputFile):
    """A file that was taken in: where it lies, the name under which it came, its tables, and what it replaces.

    came_as: "" if it was found in its place. replaces: files that it took the place of, where they are kept now.
    """

    came_as: str = ""
    tables: tuple[str, ...] = ()
    replaces: tuple["Kept", ...] = ()


class Kept(InputFile):
    """A file that was replaced; `path` is where it was, `kept` where it is."""

    kept: str


class Arrival(JournalStep):
    """Files of a pilot that were taken in, or found in its folder.

    on: the day on which they were received. late: after the deadline; `reason` says why they were taken in.
    """

    kind: ClassVar[str] = "arrival"
    pilot: str
    on: date
    files: tuple[Arrived, ...]
    late: bool = False
    reason: str = ""


class Torn(JournalStep):
    """Crashes left incomplete lines before this entry: the SHA-256 of each."""

    kind: ClassVar[str] = "torn"
    sha256: tuple[str, ...]


J = TypeVar("J", bound=JournalStep)


class JournalEntry(Frozen):
    """One step: its number from 1, when it was taken and by whom ("" if that wasn't said), its kind and its facts."""

    n: int = Field(ge=1)
    at: AwareDatetime
    by: str
    prev: str = Field(pattern="^[0-9a-f]{64}$")
    kind: str
    facts: dict[str, Any]

    @property
    def line(self) -> bytes:
        """Return the entry as it stands in the journal, without its line break."""
        return rfc8785.dumps(self.model_dump(mode="json"))

    @property
    def sha256(self) -> str:
        return _hash(self.line)

    def as_(self, kind: type[J]) -> J | None:
        """Return the facts of a step of this kind; None for another. Raises ValidationError for others' facts."""
        return kind.model_validate(self.facts) if self.kind == kind.kind else None


@dataclass(frozen=True)
class Journal:
    """The entries of a round, from the first; `findings` says where the chain is broken.

    ended: whether its last line is whole. torn: hashes of the incomplete lines that crashes left after the last entry.
    """

    entries: tuple[JournalEntry, ...]
    findings: tuple[Finding, ...] = ()
    ended: bool = True
    torn: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """Return the SHA-256 of the last entry, which stands for all of them."""
        return self.entries[-1].sha256 if self.entries else START

    def steps(self, kind: type[J]) -> Iterator[tuple[JournalEntry, J]]:
        """Yield the entries of one kind, with their facts."""
        for entry in self.entries:
            step = entry.as_(kind)
            if step is not None:
                yield entry, step


def read_journal(folder: Path) -> Journal:
    """Read the journal of a round; without one, no entries. Raises OSError if it can't be read."""
    path = folder / JOURNAL
    if not path.exists():
        return Journal(())
    data = path.read_bytes()
    *lines, rest = data.split(b"\n")
    if _entry_in(rest) is not None:  # only its line break is missing
        lines, rest = [*lines, rest], b""
    entries: list[JournalEntry] = []
    findings: list[Finding] = []
    torn: list[str] = []
    for number, line in enumerate(lines, 1):
        entry = _entry_in(line)
        if entry is None:
            torn.append(_hash(line))
            continue
        follows = entry.n == len(entries) + 1 and entry.prev == _head_of(entries) and entry.line == line
        if not follows or (torn and entry.as_(Torn) != Torn(sha256=tuple(torn))):
            findings.append(finding("journal-broken", Place(file=JOURNAL, line=number)))
        entries.append(entry)
        torn = []
    torn += [_hash(rest)] if rest else []
    return Journal(tuple(entries), tuple(findings), not data or data.endswith(b"\n"), tuple(torn))


def _head_of(entries: list[JournalEntry]) -> str:
    return entries[-1].sha256 if entries else START


def _entry_in(line: bytes) -> JournalEntry | None:
    try:
        entry = JournalEntry.model_validate_json(line)
        entry.as_(Torn)
    except ValidationError:
        return None
    return entry


def add_entry(folder: Path, step: JournalStep, by: str, at: datetime) -> JournalEntry:
    """Add a step to the journal of a round, durably: after a crash it is there whole, or not at all.

    Raises EvidenceError if the chain is broken, and UsageError if another process holds the journal or it can't be
    written.
    """
    with alone(folder / _LOCK, _WAIT):
        journal = read_journal(folder)
        if journal.findings:
            raise EvidenceError(journal.findings)
        steps: list[JournalStep] = [Torn(sha256=journal.torn)] if journal.torn else []
        entries = list(journal.entries)
        for each in (*steps, step):
            facts = each.model_dump(mode="json")
            entries.append(
                JournalEntry(n=len(entries) + 1, at=at, by=by, prev=_head_of(entries), kind=each.kind, facts=facts)
            )
        added = entries[len(journal.entries) :]
        _write(folder, (b"" if journal.ended else b"\n") + b"".join(each.line + b"\n" for each in added))
        return entries[-1]


def _write(folder: Path, data: bytes) -> None:
    """Append in one write; make the file and its name durable."""
    handle = os.open(folder / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(folder)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
