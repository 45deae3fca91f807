"""Takes in many submissions: hashes their files, reuses what hasn't changed, opens the rest in child processes."""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pydantic import ValidationError

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.archive import is_litter
from pilot_eval.evidence.child import Workers
from pilot_eval.evidence.grids import TABULAR, Limits
from pilot_eval.evidence.intake import RESULT, Intake, Job
from pilot_eval.evidence.opening import Readers, identity
from pilot_eval.evidence.privacy import shown_name
from pilot_eval.evidence.scanning import in_name
from pilot_eval.evidence.submission import Expected
from pilot_eval.model import InputFile, file_sha256
from pilot_eval.text import Text

_KEPT_DAYS = 7
"""For so long an intake is kept that no run uses: a submission may come back to what it was."""

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
    """Take in every submission, by pilot. What a child process can't survive becomes a finding of that submission."""
    cache.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Job, Path]] = []
    gathered: dict[str, Gathered] = {}
    refused: dict[str, list[Finding]] = {}
    for each in submissions:
        pilot = each.expected.pilot
        files, refused[pilot] = files_of(each.folder, each.prefix)
        target = cache / _key(each.expected, files, limits, readers)
        job = Job(each.folder, each.prefix, files, each.expected, limits, target, readers)
        with suppress(OSError):
            os.utime(target)  # in use, if it is there: `_prune` lets it be
        ready = _cached(target)
        if ready is not None:
            gathered[pilot] = Gathered(ready, target)
            progress(pilot)
        else:
            waiting.append((job, target))
    if waiting:
        workers = Workers()

        def run(item: tuple[Job, Path]) -> tuple[str, Gathered]:
            job, target = item
            made = _run(workers, job, target)
            progress(job.expected.pilot)
            return job.expected.pilot, Gathered(made, target)

        try:
            with ThreadPoolExecutor(min(os.cpu_count() or 1, len(waiting))) as pool:
                gathered.update(pool.map(run, waiting))
        finally:
            workers.close()
    _prune(cache)
    return {pilot: _and(each, refused[pilot]) for pilot, each in gathered.items()}


def _prune(cache: Path) -> None:
    """Remove what no run has used for long: intakes of files that are gone, and what killed runs have left.

    A run marks what it uses, and none lasts so long: what another process is reading stays.
    """
    before = time.time() - _KEPT_DAYS * 86_400
    for path in cache.iterdir():
        with suppress(OSError):  # another process may be at the same
            if path.stat().st_mtime < before:
                shutil.rmtree(path)


def _and(each: Gathered, findings: Sequence[Finding]) -> Gathered:
    """The intake with findings about files that were not even passed on."""
    if not findings:
        return each
    intake = each.intake.model_copy(update={"findings": (*findings, *each.intake.findings)})
    return Gathered(intake, each.folder)


def files_of(folder: Path, prefix: str) -> tuple[tuple[InputFile, ...], list[Finding]]:
    """Every regular file of a submission with its SHA-256, sorted; anything else is said.

    `prefix` stands before each file's path inside the folder.
    """
    files: list[InputFile] = []
    findings: list[Finding] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        shown = f"{prefix}/{name}"
        if is_hidden(name):
            continue
        said = refusal(path, name, shown)
        if said is not None:
            findings.append(said)
        elif path.is_file():
            try:
                files.append(InputFile(path=shown, sha256=file_sha256(path), size=path.stat().st_size))
            except OSError as error:
                findings.append(unreadable(shown, error))
    return tuple(files), findings


def refusal(path: Path, name: str, shown: str) -> Finding | None:
    """What speaks against a file or folder before it is opened: its name, or that it is none that can be read."""
    if re.search("[\ud800-\udfff]", shown):  # how Python gives bytes of a name that are no UTF-8
        return finding("name-encoding", Place(file=shown_name(os.fsencode(shown).decode("gb18030", "replace"))))
    if (said := in_name(name, shown)) is not None:
        return said
    if path.is_dir() and not path.is_symlink():
        return _about_folder(path, shown)
    return finding("file-not-regular", Place(file=shown)) if path.is_symlink() or not path.is_file() else None


def is_hidden(name: str) -> bool:
    """Whether a path is one that nobody means to send: what begins with a dot, and what programs leave behind."""
    return is_litter(name) or any(part.startswith(".") for part in name.split("/"))


def _about_folder(path: Path, shown: str) -> Finding | None:
    """A folder that can't be listed, or one that is named as a table."""
    try:
        next(path.iterdir(), None)
    except OSError as error:
        return unreadable(shown, error)
    return finding("file-not-regular", Place(file=shown)) if path.suffix.lower() in TABULAR else None


def unreadable(shown: str, error: OSError) -> Finding:
    todo = Text(zh="检查权限和磁盘空间", en="check permissions and the space on the disk")
    return finding("file-unreadable", Place(file=shown), cause=type(error).__name__, todo=todo)


def _key(expected: Expected, files: tuple[InputFile, ...], limits: Limits, readers: Readers) -> str:
    """What an intake depends on, as a name: files, layouts, statements, limits, the code that reads them."""
    parts = [_code(), expected, [file.model_dump() for file in files], limits, identity(readers)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """A hash of the modules that read evidence: what an older or newer one has read is not used."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _cached(folder: Path) -> Intake | None:
    try:
        return Intake.model_validate_json((folder / RESULT).read_bytes())
    except (OSError, ValidationError):
        return None


def _failed(job: Job, findings: Iterable[Finding]) -> Intake:
    return Intake(
        pilot=job.expected.pilot, info=None, sources=(), rows={}, bad=(), files=job.files, findings=tuple(findings)
    )


def _run(workers: Workers, job: Job, target: Path) -> Intake:
    """Run a job in a child; publish its folder whole, so that a cache entry is complete or absent."""
    work = Path(mkdtemp(prefix="intake-", dir=target.parent))
    try:
        failure = workers.mine().run(replace(job, out=work))
        if failure is not None:
            return _failed(job, [failure])
        intake = Intake.model_validate_json((work / RESULT).read_bytes())
        shutil.rmtree(target, ignore_errors=True)
        work.replace(target)
        return intake
    finally:
        shutil.rmtree(work, ignore_errors=True)
