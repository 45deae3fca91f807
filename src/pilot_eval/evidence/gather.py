"""Takes in many submissions: hashes their files, reuses what hasn't changed, opens the rest in child processes."""

import hashlib
import os
import pickle
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from pydantic import ValidationError

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.grids import Limits
from pilot_eval.evidence.intake import RESULT, Intake, Job
from pilot_eval.evidence.submission import Expected
from pilot_eval.model import InputFile
from pilot_eval.text import Text, both

INTAKE_VERSION = 1
"""Goes up when the same files would be read differently; a cached intake of another version is not used."""

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
    submissions: Iterable[Submission], limits: Limits, cache: Path, progress: Progress = lambda pilot: None
) -> dict[str, Gathered]:
    """Take in every submission, by pilot. What a child process can't survive becomes a finding of that submission."""
    cache.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Job, Path]] = []
    gathered: dict[str, Gathered] = {}
    for each in submissions:
        files, findings = _files(each)
        target = cache / _key(each.expected, files, limits)
        job = Job(each.folder, each.prefix, files, each.expected, limits, target)
        ready = None if findings else _cached(target)
        if findings:
            gathered[each.expected.pilot] = Gathered(_failed(job, findings), target)
        elif ready is not None:
            gathered[each.expected.pilot] = Gathered(ready, target)
            progress(each.expected.pilot)
        else:
            waiting.append((job, target))
    if waiting:
        workers = _Workers()

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
    return gathered


def _files(submission: Submission) -> tuple[tuple[InputFile, ...], list[Finding]]:
    """Every regular file of a submission with its SHA-256, sorted; anything else is said."""
    files: list[InputFile] = []
    findings: list[Finding] = []
    for path in sorted(submission.folder.rglob("*")):
        name = path.relative_to(submission.folder).as_posix()
        shown = f"{submission.prefix}/{name}"
        if any(part.startswith((".", "~$")) for part in name.split("/")) or (path.is_dir() and not path.is_symlink()):
            continue
        if path.is_symlink() or not path.is_file():
            findings.append(finding("file-not-regular", Place(file=shown)))
            continue
        try:
            files.append(InputFile(path=shown, sha256=file_sha256(path), size=path.stat().st_size))
        except OSError as error:
            todo = Text(zh="检查权限", en="check its permissions")
            findings.append(finding("file-unreadable", Place(file=shown), cause=type(error).__name__, todo=todo))
    return tuple(files), findings


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _key(expected: Expected, files: tuple[InputFile, ...], limits: Limits) -> str:
    """What an intake depends on, as a name: files, layouts, statements, limits, the reader's version."""
    parts = [INTAKE_VERSION, expected, [file.model_dump() for file in files], limits]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _cached(folder: Path) -> Intake | None:
    try:
        return Intake.model_validate_json((folder / RESULT).read_bytes())
    except (OSError, ValidationError):
        return None


def _failed(job: Job, findings: Iterable[Finding]) -> Intake:
    return Intake(
        pilot=job.expected.pilot, info=None, sources=(), rows={}, bad=(), files=job.files, findings=tuple(findings)
    )


def _run(workers: "_Workers", job: Job, target: Path) -> Intake:
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


class _Workers:
    """One child process for each thread that asks."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._all: list[_Worker] = []

    def mine(self) -> "_Worker":
        worker: _Worker | None = getattr(self._local, "worker", None)
        if worker is None:
            worker = self._local.worker = _Worker()
            self._all.append(worker)
        return worker

    def close(self) -> None:
        for worker in self._all:
            worker.close()


class _Worker:
    """A child process that takes jobs; started anew after it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, job: Job) -> Finding | None:
        """Have a job done; the finding that says why it wasn't, or None."""
        process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101  both are pipes
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(job.limits.seconds, end)
        timer.start()
        reading = job.prefix
        try:
            pickle.dump(job, process.stdin)
            process.stdin.flush()
            for line in process.stdout:
                what, _, file = line.decode("utf-8").rstrip("\n").partition("\t")
                if what == "done":
                    return None
                if what == "failed":
                    return finding("file-crashed", Place(file=reading), cause=both(file))
                reading = file
        except BrokenPipeError:
            pass
        finally:
            timer.cancel()
        self.close()
        limit, memory = f"{job.limits.seconds:g} s", f"{job.limits.memory_mb} MB"
        cause = (
            Text(zh=f"超过 {limit}", en=f"over {limit}")
            if late.is_set()
            else Text(zh=f"读取进程中止，内存上限 {memory}", en=f"the reader broke off; it may use {memory}")
        )
        return finding("file-crashed", Place(file=reading), cause=cause)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pilot_eval.evidence.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self._process

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None and process.stdout is not None  # noqa: S101  both are pipes
        with suppress(BrokenPipeError):
            process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
