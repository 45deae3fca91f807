"""Takes in many submissions: hashes their files, reuses what hasn't changed, opens the rest in child processes."""

import hashlib
import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from pilot_eval.evidence.columns import SAME_KIND
from pilot_eval.evidence.grids import TABULAR, Limits
from pilot_eval.evidence.intake import RESULT, Intake, Job
from pilot_eval.evidence.limits import too_large
from pilot_eval.evidence.opening import Readers, identity
from pilot_eval.evidence.privacy import shown_name
from pilot_eval.evidence.scanning import in_name
from pilot_eval.evidence.submission import Expected
from pilot_eval.model import InputFile, file_sha256
from pilot_eval.text import Text

_TRIES = 3
"""How often a submission is read, each time without the file at which the child ended."""
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
    waiting: list[tuple[Job, Path, Mapping[str, Stamp]]] = []
    gathered: dict[str, Gathered] = {}
    refused: dict[str, Sequence[Finding]] = {}
    for each in submissions:
        pilot = each.expected.pilot
        listing = files_of(each.folder, each.prefix, limits)
        refused[pilot] = listing.findings
        target = cache / _key(each.expected, listing.files, limits, readers)
        job = Job(each.folder, each.prefix, listing.files, each.expected, limits, target, readers)
        with suppress(OSError):
            os.utime(target)  # in use, if it is there: `_prune` lets it be
        ready = _cached(target)
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


Stamp = tuple[int, int, int, int]
"""What the system notes of a file's last change."""


@dataclass(frozen=True)
class Listing:
    """The regular files of a submission with their SHA-256, sorted, and what is said of everything else.

    `stamps` are of the time before a file was hashed, by its path.
    """

    files: tuple[InputFile, ...]
    findings: tuple[Finding, ...]
    stamps: Mapping[str, Stamp]


def files_of(folder: Path, prefix: str, limits: Limits) -> Listing:
    """List a submission; `prefix` stands before each file's path inside the folder."""
    files: list[InputFile] = []
    findings: list[Finding] = []
    stamps: dict[str, Stamp] = {}
    if folder.is_symlink():
        return Listing((), (finding("file-not-regular", Place(file=prefix)),), {})
    for path, error in walk(folder):
        name = path.relative_to(folder).as_posix()
        shown = f"{prefix}/{name}" if path != folder else prefix
        if is_hidden(name) and path != folder:
            if path.suffix.lower() in TABULAR and not is_litter(name):
                findings.append(finding("file-hidden", Place(file=shown_name(shown_path(shown)))))
            continue
        said = refusal(path, name, shown, error)
        if said is not None:
            findings.append(said)
        elif path.is_file():
            try:
                found = path.stat()
                against = too_large(found.st_size, shown, limits) if path.suffix.lower() in TABULAR else None
                if against is not None:
                    findings.append(against)  # not even to be hashed
                    continue
                stamps[shown] = _stamp(found)
                files.append(InputFile(path=shown, sha256=file_sha256(path), size=found.st_size))
            except OSError as error:
                findings.append(unreadable(shown, error))
    return Listing(tuple(files), tuple(_few(findings, prefix)), stamps)


def walk(folder: Path) -> Iterator[tuple[Path, OSError | None]]:
    """Everything below a folder, sorted; no link is followed. A folder that can't be listed comes with its error."""
    waiting = [folder]
    found: list[tuple[Path, OSError | None]] = []
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    found.append((here / entry.name, None))
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(here / entry.name)
        except OSError as error:
            found.append((here, error))
    yield from sorted(found, key=lambda each: each[0])


def _few(findings: Sequence[Finding], prefix: str) -> Iterator[Finding]:
    """At most so many findings of one code; the rest are counted."""
    said = Counter[str]()
    for each in findings:
        said[each.code] += 1
        if said[each.code] <= SAME_KIND:
            yield each
    for count in said.values():
        if count > SAME_KIND:
            yield finding("findings-more", Place(file=prefix), count=count - SAME_KIND)


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def refusal(path: Path, name: str, shown: str, error: OSError | None = None) -> Finding | None:
    """What speaks against a file or folder before it is opened: its name, or that it is none that can be read.

    error: what listing the folder gave, if it failed.
    """
    if shown_path(shown) != shown:
        return finding("name-encoding", Place(file=shown_path(shown)))
    if (said := in_name(name, shown)) is not None:
        return said
    if error is not None:
        return unreadable(shown, error)
    try:
        folder = path.is_dir() and not path.is_symlink()
        regular = folder or (path.is_file() and not path.is_symlink())
    except OSError as why:
        return unreadable(shown, why)
    named_as_a_table = folder and path.suffix.lower() in TABULAR
    return None if regular and not named_as_a_table else finding("file-not-regular", Place(file=shown))


def shown_path(path: str) -> str:
    """A path as it may be shown: Python gives bytes of a name that are no UTF-8 as halves of surrogate pairs."""
    if not re.search("[\ud800-\udfff]", path):
        return path
    return shown_name(os.fsencode(path).decode("gb18030", "replace"))


def is_hidden(name: str) -> bool:
    """Whether a path is one that nobody means to send: what begins with a dot, and what programs leave behind."""
    return is_litter(name) or any(part.startswith(".") for part in name.split("/"))


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
        intake = Intake.model_validate_json((folder / RESULT).read_bytes())
    except (OSError, ValidationError):
        return None
    return intake if intake.whole else None


def _failed(job: Job, findings: Iterable[Finding]) -> Intake:
    return Intake(
        pilot=job.expected.pilot, info=None, sources=(), rows={}, bad=(), files=job.files, findings=tuple(findings)
    )


def _run(workers: Workers, job: Job, target: Path, stamps: Mapping[str, Stamp]) -> Intake:
    """Run a job in a child; publish its folder whole, so that a cache entry is complete or absent.

    A file at which the child ends is left out at the next try, so that the others are read.
    """
    crashed: dict[str, Finding] = {}
    for _ in range(_TRIES):
        work = Path(mkdtemp(prefix="intake-", dir=target.parent))
        try:
            failure = workers.mine().run(replace(job, out=work, crashed=crashed))
            if failure is None:
                changed = [file.path for file in job.files if _changed(job, file, stamps)]
                if changed:
                    return _failed(job, [finding("file-changed", Place(file=path)) for path in changed])
                intake = Intake.model_validate_json((work / RESULT).read_bytes())
                shutil.rmtree(target, ignore_errors=True)
                work.replace(target)
                return intake
            file = failure.place.file
            if file is None or file == job.prefix or file in crashed:
                return _failed(job, [failure])  # at no file that could be left out
            crashed[file] = failure
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return _failed(job, crashed.values())


def _changed(job: Job, file: InputFile, stamps: Mapping[str, Stamp]) -> bool:
    """Whether a file isn't any more what was hashed: what was read may be something else."""
    try:
        return _stamp((job.folder / file.path.removeprefix(f"{job.prefix}/")).stat()) != stamps[file.path]
    except OSError:
        return True
