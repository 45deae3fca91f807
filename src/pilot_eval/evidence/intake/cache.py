"""Caches intakes under a hash of everything that they depend on."""

import hashlib
import shutil
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from pydantic import ValidationError

import pilot_eval
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.take_in import RESULT, Intake
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers, identity
from pilot_eval.model import InputFile

_KEPT_DAYS = 7
"""Days that an unused intake is kept: a submission may return to an earlier state."""


def prune(cache: Path) -> None:
    """Remove what no run has used for `_KEPT_DAYS`: intakes of removed files, and remains of killed runs.

    A run marks what it uses, and no run takes that long, so what another process is reading is kept.
    """
    before = time.time() - _KEPT_DAYS * 86_400
    for path in cache.iterdir():
        with suppress(OSError):  # another process may be removing it too
            if path.stat().st_mtime < before:
                shutil.rmtree(path)


def key_of(expected: Expected, files: tuple[InputFile, ...], limits: Limits, readers: Readers) -> str:
    """Return a name for all that an intake depends on: files, layouts, statements, limits, the code that reads them."""
    parts = [_code(), expected, [file.model_dump() for file in files], limits, identity(readers)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def cached(folder: Path) -> Intake | None:
    try:
        intake = Intake.model_validate_json((folder / RESULT).read_bytes())
    except (OSError, ValidationError):
        return None
    return intake if intake.whole else None


@cache
def _code() -> str:
    """Return a hash of the whole package: intakes of other versions aren't used."""
    digest = hashlib.sha256()
    for path in sorted(Path(pilot_eval.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
