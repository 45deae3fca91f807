"""An evaluation round: a folder with its settings, its method, the submissions, the reviews and the results.

In: a folder.
Out: settings, reviews, the lock; results replaced in one step.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from filelock import FileLock, Timeout
from pydantic import Field, ValidationError, model_validator

from pilot_eval import yamlfile
from pilot_eval.errors import ContradictionError, EvidenceError, Finding, Place, UsageError, did_you_mean, finding
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.method.rules import Real, Rubric, Whole
from pilot_eval.method.schema import Method
from pilot_eval.scoring.case import Review
from pilot_eval.text import Frozen, Words, named

SETTINGS = "round.yaml"
RECORD = "record.json"
SUMS = "SHA256SUMS"


class RoundPeriod(Frozen):
    """First and last day, both included."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")

    @model_validator(mode="after")
    def _forward(self) -> "RoundPeriod":
        if self.end < self.start:
            raise ContradictionError("to 早于 from", "to is earlier than from")
        return self


class Wording(Frozen):
    zh: str = Field(min_length=1)
    en: str = ""


class Privacy(Frozen):
    """`min_cell`: counts below it are not shown in published reports."""

    min_cell: Annotated[Whole, Field(ge=0, le=100)] = 0


class RoundFile(Frozen):
    """`round.yaml`."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]
    zh: str = Field(min_length=1)
    en: str = ""
    period: RoundPeriod
    method: str = "method"
    notice: Wording | None = None
    previous: str | None = Field(default=None, description="record.json of the last round, relative to this folder")
    privacy: Privacy = Privacy()
    limits: Limits = Limits()


class ExpertScore(Frozen):
    """An expert's level with the reason for it."""

    score: Annotated[Real, Field(ge=0)]
    zh: str = Field(min_length=1)
    en: str = ""


class ReviewFile(Frozen):
    """`reviews/<pilot>.yaml`: what the evaluators decided, with written reasons."""

    pilot: str
    reviewed_by: str
    scores: dict[str, ExpertScore] = Field(default_factory=dict)
    not_applicable: dict[str, Wording] = Field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """A round's folder and settings."""

    folder: Path
    settings: RoundFile

    @classmethod
    def open(cls, folder: Path) -> "Round":
        """Open a round; repair results that a crash left half replaced. Raises UsageError."""
        path = folder / SETTINGS
        if not path.is_file():
            raise UsageError.of("round-not-found", folder=folder)
        source = yamlfile.parse(path.read_text("utf-8-sig", errors="replace"), SETTINGS)
        if source.findings:
            raise UsageError(source.findings)
        try:
            settings = RoundFile.model_validate(source.data)
        except ValidationError as error:
            raise UsageError(yamlfile.findings_of(error, RoundFile, source, ())) from None
        opened = cls(folder, settings)
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

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from assessing this round meanwhile. Raises UsageError if one already is."""
        lock = FileLock(self.folder / ".lock")
        try:
            with lock.acquire(timeout=0):
                yield
        except Timeout:
            raise UsageError.of("round-locked", Place(file=str(self.folder))) from None

    # --- reviews

    def reviews(self, method: Method) -> dict[str, Review]:
        """Return the reviews by pilot. Raises EvidenceError with everything that is wrong with them."""
        findings: list[Finding] = []
        reviews: dict[str, Review] = {}
        pilots = {pilot.id: pilot for pilot in method.pilots}
        for path in sorted((self.folder / "reviews").glob("*.yaml")):
            source = yamlfile.parse(path.read_text("utf-8-sig", errors="replace"), f"reviews/{path.name}")
            findings += source.findings
            if source.findings:
                continue
            try:
                review = ReviewFile.model_validate(source.data)
            except ValidationError as error:
                findings += yamlfile.findings_of(error, ReviewFile, source, ())
                continue
            if review.pilot not in pilots or review.pilot != path.stem:
                suggestion = did_you_mean(review.pilot, pilots)
                what = Words(zh="试点", en="pilot")
                place = source.place(("pilot",))
                findings.append(finding("review-unknown", place, what=what, name=review.pilot, suggestion=suggestion))
                continue
            findings += _check_review(review, method, pilots[review.pilot].base_type, source)
            reviews[review.pilot] = Review(
                scores={id_: each.score for id_, each in review.scores.items()},
                reasons={id_: Words(zh=each.zh, en=each.en) for id_, each in review.scores.items()},
                not_applicable={id_: Words(zh=each.zh, en=each.en) for id_, each in review.not_applicable.items()},
            )
        if findings:
            raise EvidenceError(findings)
        return reviews

    # --- publication

    def publish(self, files: Mapping[str, bytes]) -> None:
        """Replace the results, all or nothing: a kill or a power cut leaves either the old ones or the new.

        Only one process at a time: publish while the round is `locked`.
        """
        fresh = self.folder / ".results-new"
        shutil.rmtree(fresh, ignore_errors=True)  # left by an interrupted publication
        for name, data in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for directory in sorted({(fresh / name).parent for name in files} | {fresh}):
            _sync(directory)
        self._exchange(fresh)

    def _exchange(self, fresh: Path) -> None:
        old = self.folder / ".results-old"
        if self.results.exists():
            if not _swap(fresh, self.results):
                shutil.rmtree(old, ignore_errors=True)
                self.results.rename(old)  # a crash before the next line leaves no results: `_recover` restores them
                fresh.rename(self.results)
                fresh = old
        else:
            fresh.rename(self.results)
            _sync(self.folder)
            return
        _sync(self.folder)
        shutil.rmtree(fresh, ignore_errors=True)

    def _recover(self) -> None:
        old = self.folder / ".results-old"
        if old.exists() and not self.results.exists():
            with suppress(UsageError), self.locked():  # the process that holds the lock is just replacing them
                old.rename(self.results)


def _check_review(review: ReviewFile, method: Method, base_type: str, source: yamlfile.Yaml) -> list[Finding]:
    """Check that scores fit rubrics and their levels, and that exemptions name indicators of the base type."""
    known = {item.id: item for item in method.indicators(base_type)}
    rubrics = {id_: item.rule for id_, item in known.items() if isinstance(item.rule, Rubric)}
    findings: list[Finding] = []
    for key, names, allowed in (("scores", review.scores, rubrics), ("not_applicable", review.not_applicable, known)):
        for name in names:
            if name not in allowed:
                suggestion = did_you_mean(name, allowed)
                place = source.place((key, name))
                what = Words(zh="适用于此处的指标", en="applicable indicator")
                findings.append(finding("review-unknown", place, what=what, name=name, suggestion=suggestion))
    for name, score in review.scores.items():
        rule = rubrics.get(name)
        if rule is not None and score.score > rule.levels:
            expected = Words(zh=f"0 至 {rule.levels}", en=f"0 to {rule.levels}")
            place = source.place(("scores", name, "score"))
            said = named(known[name].label, name)
            findings.append(finding("review-wrong", place, key=said, value=score.score, expected=expected))
    return findings


def _sync(directory: Path) -> None:
    """Make a folder's entries durable, if the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
