"""Caches intakes under a hash of everything that they depend on; several processes and users may share the folder."""

import hashlib
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from pydantic import TypeAdapter, ValidationError

from pilot_eval.errors import Finding
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.program import own_program, plugin_program, reader_programs
from pilot_eval.evidence.intake.take_in import RESULT, Intake, Job
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers
from pilot_eval.model import InputFile, file_sha256

_KEPT_DAYS = 7
"""Days that an unused intake is kept: a submission may return to an earlier state."""

_USABLE_DAYS = 6
"""Days after which an unused intake is read again rather than used: another process may be about to remove it."""

_LEFT_DAYS = 1
"""Days after which work that a killed run left is removed; no submission takes that long to read."""

_WORK, _CRASH = "intake-", "crash-"
"""What the names of unfinished work begin with, and those of what is remembered of crashes."""

SEAL = "intake.sha256"
"""The name of the file that holds the hash of an intake."""

_DAY = 86_400

_CRASHES = TypeAdapter(list[Finding])

Plugins = Sequence[tuple[str, str]]
"""Plugins, each as its package and its module."""


def basis_of(expected: Expected, limits: Limits, readers: Readers, plugins: Plugins = ()) -> str:
    """Return a hash of what the reading of files depends on: layouts, statements, limits, the program that reads.

    Every user has entries of their own, which nobody else needs to be able to read or to replace.
    """
    user = os.getuid() if hasattr(os, "getuid") else None
    program = [own_program(), *(plugin_program(*each) for each in plugins), *reader_programs(readers)]
    return hashlib.sha256(repr([user, program, expected, limits]).encode()).hexdigest()


def key_of(basis: str, files: tuple[InputFile, ...]) -> str:
    """Return a name for all that an intake depends on: its files, and the basis on which they are read."""
    return hashlib.sha256(repr([basis, [file.model_dump() for file in files]]).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Cache:
    """A folder of intakes, each in a folder of its own under its key, and of what is remembered of crashes."""

    folder: Path

    def find(self, key: str, job: Job) -> Intake | None:
        """Return a job's intake if it is there as it was stored, and mark it as used; else None: it is to be read."""
        entry = self.folder / key
        try:
            if not _used(entry):
                return None
            data = _regular(entry / RESULT).read_bytes()
            if _regular(entry / SEAL).read_bytes() != _seal(data):
                return None
            intake = Intake.model_validate_json(data)
            whole = all(file_sha256(_regular(entry / name)) == sha for name, sha in intake.stored.items())
        except (OSError, ValidationError):
            return None
        return intake if whole and (intake.pilot, intake.files) == (job.expected.pilot, job.files) else None

    def work(self) -> Path:
        """Return a new folder to write an intake into."""
        return Path(mkdtemp(prefix=_WORK, dir=self.folder))

    def put(self, work: Path, key: str, job: Job) -> Path:
        """Give a job's complete intake its place in one step, and return that.

        If another process was quicker, its intake is the same one. What is there and can't be used is put aside. Where
        that can't be done, the intake gets a place for this run alone.
        """
        target = self.folder / key
        (work / SEAL).write_bytes(_seal((work / RESULT).read_bytes()))
        for _ in range(2):
            with suppress(OSError):
                return work.rename(target)
            if self.find(key, job) is not None:
                return target
            with suppress(OSError):
                self.drop(target.rename(self.work() / key).parent)
        return work.rename(self.work() / key)

    def drop(self, work: Path) -> None:
        """Remove work that is no longer needed; what has got its place isn't there any more."""
        shutil.rmtree(work, ignore_errors=True)

    def crashes(self, key: str) -> list[Finding]:
        """Return what is remembered of a file at which the reading process ended."""
        entry = self.folder / f"{_CRASH}{key}"
        try:
            return _CRASHES.validate_json(_regular(entry).read_bytes()) if _used(entry) else []
        except (OSError, ValidationError):
            return []

    def remember(self, key: str, crashes: Sequence[Finding]) -> None:
        """Remember where the reading process ended in a file, so that no later run waits for that again."""
        with suppress(OSError):  # then the next run finds out anew
            work = self.work()
            (work / RESULT).write_bytes(_CRASHES.dump_json(list(crashes)))
            (work / RESULT).replace(self.folder / f"{_CRASH}{key}")
            self.drop(work)

    def prune(self) -> None:
        """Remove what no run has used for `_KEPT_DAYS`: intakes of removed files; sooner, what killed runs left."""
        with suppress(OSError):
            for path in list(self.folder.iterdir()):
                with suppress(OSError):  # another process may be removing it too, or it is another user's
                    kept = _LEFT_DAYS if path.name.startswith(_WORK) else _KEPT_DAYS
                    if path.lstat().st_mtime < time.time() - kept * _DAY:
                        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _seal(data: bytes) -> bytes:
    """Return what is kept beside an intake, so that a damaged one, and its tables with it, is read again."""
    return hashlib.sha256(data).hexdigest().encode()


def _regular(path: Path) -> Path:
    """Return a file's path. Raises OSError if it is none: a pipe, for one, would keep us waiting."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path


def _used(entry: Path) -> bool:
    """Mark an entry as used, so that `prune` keeps it; return whether it may be. Raises OSError."""
    if entry.is_symlink() or entry.stat().st_mtime < time.time() - _USABLE_DAYS * _DAY:
        return False
    os.utime(entry)
    return True
