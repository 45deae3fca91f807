"""The parent's side of the child processes that open submitted files: a crash or a hang becomes a finding."""

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from pilot_eval.errors import Finding, Place, UsageError, finding
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.text import Words, quoted

_STOPPED = frozenset({-getattr(signal, name, 0) for name in ("SIGINT", "SIGTERM", "SIGHUP")} - {0} | {0xC000013A})
"""Exit codes of a child that was told to stop, as by Ctrl+C, which reaches the whole group; the last is of Windows."""

_TODO = Words(zh="检查权限和磁盘空间", en="check permissions and disk space")

Announce = Callable[[str], None]


class Task(Protocol):
    """Work on submitted files. It is pickled and sent to the child, and writes its result to files."""

    @property
    def limits(self) -> Limits: ...

    @property
    def shown(self) -> str:
        """The name that a failure is reported for until a file is announced."""

    def run(self, announce: Announce) -> None:
        """Do the work; call `announce` with each file before it is opened."""


class Workers:
    """One child process per thread that needs one."""

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
    """A child process that runs tasks; it is restarted after it ends."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, task: Task) -> Finding | None:
        """Run a task. Returns None, or a finding that explains why it failed.

        Raises UsageError if somebody stopped the child: no file is to blame.
        """
        if self._process is not None and self._process.poll() is not None:
            self.close()  # it ended while idle
        process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101  both are pipes
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(task.limits.seconds, end)
        timer.start()
        reading = task.shown
        try:
            pickle.dump(task, process.stdin)
            process.stdin.flush()
            for line in process.stdout:
                what, _, given = line.decode("utf-8").partition("\t")
                said: str = json.loads(given)
                if what == "done":
                    return None
                if what == "refused":
                    return finding("file-unreadable", Place(file=reading), cause=quoted(said), todo=_TODO)
                if what == "failed":
                    return finding("file-crashed", Place(file=reading), cause=quoted(said))
                reading = said
        except BrokenPipeError:
            pass
        finally:
            timer.cancel()
        if self.close() in _STOPPED:
            raise UsageError.of("reading-stopped", Place(file=reading))
        limit, memory = f"{task.limits.seconds:g} s", f"{task.limits.memory_mb} MB"
        cause = (
            Words(zh=f"超过 {limit}", en=f"took longer than {limit}")
            if late.is_set()
            else Words(
                zh=f"读取进程已终止，内存上限 {memory}", en=f"the reading process stopped; memory limit {memory}"
            )
        )
        return finding("file-crashed", Place(file=reading), cause=cause)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pilot_eval.evidence.intake.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self._process

    def close(self) -> int | None:
        """End the child; return its exit code, if there was one."""
        process, self._process = self._process, None
        if process is None:
            return None
        assert process.stdin is not None and process.stdout is not None  # noqa: S101  both are pipes
        with suppress(BrokenPipeError):
            process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        return process.returncode
