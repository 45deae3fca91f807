"""Takes in many submissions: hashes their files, reuses cached intakes, and reads the rest in child processes."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.intake.cache import Cache, Plugins, basis_of, key_of
from pilot_eval.evidence.intake.files import Stamp, files_of, stamp_of
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.take_in import RESULT, Intake, Job
from pilot_eval.evidence.intake.workers import Workers
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers
from pilot_eval.model import InputFile, file_sha256

_TRIES = 3
"""Attempts to read a submission, each without the files that crashed the child before."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Submission:
    """A pilot's folder of submitted files, what is expected of it, and the plugins that its reading depends on."""

    folder: Path
    prefix: str
    expected: Expected
    plugins: Plugins = ()


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
    store = Cache(cache)
    waiting: list[_Waiting] = []
    gathered: dict[str, Gathered] = {}
    refused: dict[str, Sequence[Finding]] = {}
    for each in submissions:
        pilot = each.expected.pilot
        listing = files_of(each.folder, each.prefix, limits)
        refused[pilot] = listing.findings
        job = Job(each.folder, each.prefix, listing.files, each.expected, limits, cache, readers)
        item = _Waiting(store, job, each.plugins, listing.stamps)
        ready = store.find(item.key, job)
        if ready is not None:
            gathered[pilot] = Gathered(ready, cache / item.key)
            progress(pilot)
        else:
            waiting.append(item)
    if waiting:
        workers = Workers()

        def run(item: _Waiting) -> tuple[str, Gathered]:
            made = _run(workers, item)
            progress(item.job.expected.pilot)
            return item.job.expected.pilot, made

        try:
            with ThreadPoolExecutor(min(os.cpu_count() or 1, len(waiting))) as pool:
                gathered.update(pool.map(run, waiting))
        finally:
            workers.close()
    store.prune()
    return {pilot: _and(each, refused[pilot]) for pilot, each in gathered.items()}


def _and(each: Gathered, findings: Sequence[Finding]) -> Gathered:
    """Add findings about files that weren't passed on to an intake."""
    if not findings:
        return each
    intake = each.intake.model_copy(update={"findings": (*findings, *each.intake.findings)})
    return Gathered(intake, each.folder)


@dataclass(frozen=True)
class _Waiting:
    """A submission to be read: its files' stamps are those before they were hashed."""

    store: Cache
    job: Job
    plugins: Plugins
    stamps: Mapping[str, Stamp]

    @cached_property
    def key(self) -> str:
        return self._key(self.job.files)

    def sent(self, shown: str | None) -> InputFile | None:
        """Return the file that was sent under a name as shown, or the archive that it was sent in."""
        files = self.job.files
        return next((each for each in files if shown and f"{shown}/".startswith(f"{each.path}/")), None)

    def remembered(self) -> dict[str, Finding]:
        """Return the crashes that are remembered of its files, and of files in its archives, by name as shown."""
        found = [crash for file in self.job.files for crash in self.store.crashes(self._key((file,)))]
        return {crash.place.file: crash for crash in found if self.sent(crash.place.file) and crash.place.file}

    def remember(self, file: InputFile, crashed: Mapping[str, Finding]) -> None:
        own = [crash for path, crash in crashed.items() if self.sent(path) == file]
        self.store.remember(self._key((file,)), own)

    def _key(self, files: tuple[InputFile, ...]) -> str:
        return key_of(self._basis, files)

    @cached_property
    def _basis(self) -> str:
        return basis_of(self.job.expected, self.job.limits, self.job.readers, self.plugins)


def _unread(item: _Waiting, findings: Iterable[Finding]) -> Gathered:
    job = item.job
    intake = Intake(
        pilot=job.expected.pilot,
        period=job.expected.period,
        info=None,
        sources=(),
        rows={},
        bad=(),
        files=job.files,
        findings=tuple(findings),
    )
    return Gathered(intake, item.store.folder)


def _run(workers: Workers, item: _Waiting) -> Gathered:
    """Run a job in a child, and publish its folder in one step, so that a cache entry is complete or absent.

    A file that crashes the child is skipped at the next attempt, so that the others are read; later runs, which
    remember it, skip it at once.
    """
    store, job = item.store, item.job
    crashed = item.remembered()
    while len(crashed) < _TRIES:
        work = store.work()
        try:
            failure = workers.mine().run(replace(job, out=work, crashed=crashed))
            changed = [file.path for file in job.files if _changed(job, file, item.stamps)]
            if changed:
                return _unread(item, [finding("file-changed", Place(file=path)) for path in changed])
            if failure is None:
                intake = Intake.model_validate_json((work / RESULT).read_bytes())
                return Gathered(intake, store.put(work, item.key, job))
        finally:
            store.drop(work)
        path = failure.place.file
        file = item.sent(path)
        if path is None or file is None or path in crashed or failure.code != "file-crashed":
            return _unread(item, [failure])  # no file to skip, or one that may be read the next time
        crashed[path] = failure
        item.remember(file, crashed)
    return _unread(item, [crashed[path] for path in sorted(crashed)])


def _changed(job: Job, file: InputFile, stamps: Mapping[str, Stamp]) -> bool:
    """Return whether a file changed after it was hashed, so that other content may have been read.

    Some file systems keep times in steps of two seconds: what it holds is compared too.
    """
    path = job.folder / file.path.removeprefix(f"{job.prefix}/")
    try:
        return stamp_of(path.stat()) != stamps[file.path] or file_sha256(path) != file.sha256
    except OSError:
        return True
