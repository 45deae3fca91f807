"""An evaluation round: a folder with its settings, its method, the submissions, the reviews and the results.

In: a folder.
Out: settings, the lock; results replaced in one step.
"""

import ctypes
import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from stat import S_IMODE
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator

from pilot_eval import yamlfile
from pilot_eval.durable import alone, sync_folder
from pilot_eval.errors import ContradictionError, Place, UsageError
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.method.rules import Whole
from pilot_eval.model import InputFile
from pilot_eval.text import Frozen, Wording

SETTINGS = "round.yaml"
_OLD, _NEW = ".results-old", ".results-new"
"""What the names of results begin with that are about to be removed, and of those that aren't complete."""

_TRIES, _PAUSE = 50, 0.1
"""How often results that are replaced meanwhile are read again, and the seconds in between."""

T = TypeVar("T")


class RoundPeriod(Frozen):
    """First and last day, both included."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")

    @model_validator(mode="after")
    def _forward(self) -> "RoundPeriod":
        if self.end < self.start:
            raise ContradictionError("to 早于 from", "to is earlier than from")
        return self


class Privacy(Frozen):
    """`min_cell`: counts below it are not shown in published reports."""

    min_cell: Annotated[Whole, Field(ge=0, le=100)] = 0


class RoundFile(Frozen):
    """`round.yaml`."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]
    zh: str = Field(min_length=1)
    en: str = ""
    period: RoundPeriod
    deadline: date | None = Field(default=None, description="last day on which submissions are in time")
    method: str = "method"
    notice: Wording | None = None
    previous: str | None = Field(default=None, description="record.json of the last round, relative to this folder")
    privacy: Privacy = Privacy()
    limits: Limits = Limits()

    @field_validator("deadline")
    @classmethod
    def _not_before_the_period(cls, deadline: date | None, info: ValidationInfo) -> date | None:
        period = info.data.get("period")
        if deadline is not None and period is not None and deadline < period.start:
            raise ContradictionError("deadline 早于评价期间", "deadline is before the period")
        return deadline


@dataclass(frozen=True)
class Round:
    """A round's folder and settings, with the file that those were read from."""

    folder: Path
    settings: RoundFile
    file: InputFile

    @classmethod
    def open(cls, folder: Path) -> "Round":
        """Open a round; repair results that a crash left half replaced. Raises UsageError."""
        path = folder / SETTINGS
        if not path.is_file():
            raise UsageError.of("round-not-found", folder=folder)
        data = path.read_bytes()
        source = yamlfile.parse(data.decode("utf-8-sig", errors="replace"), SETTINGS)
        if source.findings:
            raise UsageError(source.findings)
        try:
            settings = RoundFile.model_validate(source.data)
        except ValidationError as error:
            raise UsageError(yamlfile.findings_of(error, RoundFile, source, ())) from None
        opened = cls(folder, settings, InputFile.of(SETTINGS, data))
        opened._recover()
        return opened

    @property
    def method_folder(self) -> Path:
        return self.folder / self.settings.method

    @property
    def submissions(self) -> Path:
        return self.folder / "submissions"

    @property
    def results(self) -> Path:
        return self.folder / "results"

    @property
    def cache(self) -> Path:
        return self.folder / ".cache" / "evidence"

    @property
    def period(self) -> tuple[str, str]:
        return self.settings.period.start.isoformat(), self.settings.period.end.isoformat()

    @property
    def deadline(self) -> str | None:
        return self.settings.deadline.isoformat() if self.settings.deadline else None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from assessing this round meanwhile.

        Raises UsageError if one already is, and if the folder can't be written.
        """
        with alone(self.folder / ".lock"):
            yield

    def steadily(self, read: Callable[[], T]) -> T:
        """Return what is read from the results, all of it of one publication, however often they are replaced.

        It takes no lock: a round that can't be written can be read. Raises UsageError if they never stay as they are.
        """
        for _ in range(_TRIES):
            before = self._published
            try:
                made = read()
            except (OSError, UsageError):
                if before == self._published and not self._exchanging:
                    raise
            else:
                if before == self._published:
                    return made
            time.sleep(_PAUSE)
        raise UsageError.of("round-locked", Place(file=str(self.folder)))

    @property
    def _published(self) -> tuple[int, ...] | None:
        """Return what tells one publication from the next; None if there is none."""
        try:
            found = self.results.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_ctime_ns

    @property
    def _exchanging(self) -> bool:
        return not self.results.exists() and any(self.folder.glob(f"{_OLD}*"))

    # --- publication

    def publish(self, files: Mapping[str, bytes]) -> list[Path]:
        """Replace the results, all or nothing: a kill or a power cut leaves either the old ones or the new.

        Only one process at a time: publish while the round is `locked`. Returns what interrupted publications left, of
        this user or another, that can't be removed.
        """
        self._clear()
        fresh = self._beside(_NEW)
        try:
            self._write(fresh, files)
            self._exchange(fresh)
        finally:
            left = self._clear()
        return left

    def _beside(self, prefix: str) -> Path:
        """Return a name that nobody has used: what another user left may not be removable."""
        return self.folder / f"{prefix}-{uuid.uuid4().hex[:8]}"

    def _clear(self) -> list[Path]:
        """Remove what publications left, except what results can be restored from; return what can't be removed."""
        for path in self.folder.glob(".results-*"):
            if path.name.startswith(_OLD) and not self.results.exists():
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:  # what stood in the place of the results
                with suppress(OSError):
                    path.unlink()
        return sorted(self.folder.glob(".results-*")) if self.results.exists() else []

    @staticmethod
    def _write(fresh: Path, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        mode = S_IMODE(fresh.parent.stat().st_mode)  # whoever may write in the round may replace its results
        for directory in sorted({(fresh / name).parent for name in files} | {fresh}):
            directory.chmod(mode)
            sync_folder(directory)

    def _exchange(self, fresh: Path) -> None:
        if not os.path.lexists(self.results):  # a link that leads nowhere is in the way, too
            fresh.rename(self.results)
        elif not _swap(fresh, self.results):
            self.results.rename(self._beside(_OLD))  # a crash before the next line: `_recover` restores them
            fresh.rename(self.results)
        sync_folder(self.folder)

    def _recover(self) -> None:
        if self._exchanging:
            with suppress(UsageError), self.locked():  # the process that holds the lock is just replacing them
                if self._exchanging:
                    max(self.folder.glob(f"{_OLD}*"), key=lambda path: path.lstat().st_ctime_ns).rename(self.results)


def _swap(one: Path, other: Path) -> bool:
    """Swap two folders in one step (Linux renameat2); False if the system or the file system can't."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
