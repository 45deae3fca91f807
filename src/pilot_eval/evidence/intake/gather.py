"""Takes in many submissions: hashes their files, reuses cached intakes, and reads the rest in child processes."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.intake.cache import cached, key_of, prune
from pilot_eval.evidence.intake.files import Stamp, files_of, stamp_of
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.take_in import RESULT, Intake, Job
from pilot_eval.evidence.intake.workers import Workers
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers
from pilot_eval.model import InputFile

_TRIES = 3
"""Attempts to read a submission, each without the files that crashed the child before."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Submission:
    """A pilot's folder of submitted files, and what is expected of it."""

    folder: Path
    prefix: str
    expected: Expected


@dataclass(frozen=True)
class Gathered:
    """An intake and the folder with its tables."""

    intake: Intake
    folder: Path


def gather(
    submissions: Iterable[Submission],
    limits: Limits,
    cache: Path,
    readers: Readers,
    progress: Progress = lambda pilot: None,
) -> dict[str, Gathered]:
    """Take in every submission; returns them by pilot. What crashes a child becomes a finding of that submission."""
    cache.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Job, Path, Mapping[str, Stamp]]] = []
    gathered: dict[str, Gathered] = {}
    refused: dict[str, Sequence[Finding]] = {}
    for each in submissions:
        pilot = each.expected.pilot
        listing = files_of(each.folder, each.prefix, limits)
        refused[pilot] = listing.findings
        target = cache / key_of(each.expected, listing.files, limits, readers)
        job = Job(each.folder, each.prefix, listing.files, each.expected, limits, target, readers)
        with suppress(OSError):
            os.utime(target)  # if it exists, mark it as used, so that `prune` keeps it
        ready = cached(target)
        if ready is not None:
            gathered[pilot] = Gathered(ready, target)
            progress(pilot)
        else:
            waiting.append((job, target, listing.stamps))
    if waiting:
        workers = Workers()

        def run(item: tuple[Job, Path, Mapping[str, Stamp]]) -> tuple[str, Gathered]:
            job, target, stamps = item
            made = _run(workers, job, target, stamps)
            progress(job.expected.pilot)
            return job.expected.pilot, Gathered(made, target)

        try:
            with ThreadPoolExecutor(min(os.cpu_count() or 1, len(waiting))) as pool:
                gathered.update(pool.map(run, waiting))
        finally:
            workers.close()
    prune(cache)
    return {pilot: _and(each, refused[pilot]) for pilot, each in gathered.items()}


def _and(each: Gathered, findings: Sequence[Finding]) -> Gathered:
    """Add findings about files that weren't passed on to an intake."""
    if not findings:
        return each
    intake = each.intake.model_copy(update={"findings": (*findings, *each.intake.findings)})
    return Gathered(intake, each.folder)


def _unread_intake(job: Job, findings: Iterable[Finding]) -> Intake:
    return Intake(
        pilot=job.expected.pilot, info=None, sources=(), rows={}, bad=(), files=job.files, findings=tuple(findings)
    )


def _run(workers: Workers, job: Job, target: Path, stamps: Mapping[str, Stamp]) -> Intake:
    """Run a job in a child, and publish its folder in one step, so that a cache entry is complete or absent.

    A file that crashes the child is skipped at the next attempt, so that the others are read.
    """
    crashed: dict[str, Finding] = {}
    for _ in range(_TRIES):
        work = Path(mkdtemp(prefix="intake-", dir=target.parent))
        try:
            failure = workers.mine().run(replace(job, out=work, crashed=crashed))
            if failure is None:
                changed = [file.path for file in job.files if _changed(job, file, stamps)]
                if changed:
                    return _unread_intake(job, [finding("file-changed", Place(file=path)) for path in changed])
                intake = Intake.model_validate_json((work / RESULT).read_bytes())
                shutil.rmtree(target, ignore_errors=True)
                work.replace(target)
                return intake
            file = failure.place.file
            if file is None or file == job.prefix or file in crashed:
                return _unread_intake(job, [failure])  # no file to skip
            crashed[file] = failure
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return _unread_intake(job, crashed.values())


def _changed(job: Job, file: InputFile, stamps: Mapping[str, Stamp]) -> bool:
    """Return whether a file changed after it was hashed, so that other content may have been read."""
    try:
        return stamp_of((job.folder / file.path.removeprefix(f"{job.prefix}/")).stat()) != stamps[file.path]
    except OSError:
        return True
