"""Writing in folders that several processes and users share: one at a time, and so that a power cut loses nothing."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pilot_eval.errors import Place, UsageError
from pilot_eval.messages.libraries import refusal_of

PART = ".import-part"
"""The name of a file while it is copied: hidden, so that it is not read as evidence."""


@contextmanager
def alone(path: Path, wait: float = 0) -> Iterator[None]:
    """Keep other processes out that ask for the same lock file, beside what it protects.

    wait: seconds until others must have finished. Raises UsageError if they haven't, or the folder can't be written.
    """
    place = Place(file=str(path.parent))
    if os.path.lexists(path) and (path.is_symlink() or not path.is_file()):
        raise UsageError.of("round-no-lock", Place(file=str(path)))
    lock = FileLock(path, mode=0o666)  # empty, and for every user who may enter the folder
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise UsageError.of("round-locked", place) from None
    except OSError as error:
        raise UsageError.of("round-read-only", place, cause=refusal_of(error)) from None
    try:
        yield
    finally:
        lock.release()


def copy_file(source: Path, target: Path) -> None:
    """Copy a file completely or not at all, in the place of another if there is one, and make it durable.

    Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.parent / PART
    try:
        shutil.copyfile(source, part)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable, if the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
