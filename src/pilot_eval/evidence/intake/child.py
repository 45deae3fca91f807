"""The child process in which submitted files are opened: it can be killed without harm to the evaluation.

Reads pickled tasks from standard input (the parent is trusted, the files are not), and reports on standard output which
file it opens and when a task is done. Both are reserved for this: what a plugin's reader prints goes to standard error,
and its standard input is empty.
"""

import gc
import json
import os
import pickle
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from pilot_eval.evidence.intake.workers import Task
from pilot_eval.privacy.numbers import masked
from pilot_eval.spelling import plain


def main() -> None:
    tasks, told = _own_pipes()
    gc.disable()  # searching a million rows for cycles is slow; collect after each task instead
    limited = False
    while True:
        try:
            task: Task = pickle.load(tasks)  # noqa: S301  from the parent
        except EOFError:
            return
        if not limited:
            _limit_memory(task.limits.memory_mb)
            limited = True
        try:
            task.run(lambda file: _tell(told, "reading", file))
        except MemoryError:
            return  # the parent reports it, and starts another child
        except Exception as error:  # reported to the parent, which continues with the other submissions
            last = traceback.extract_tb(error.__traceback__)[-1]
            # The message may quote a cell, which may contain a personal number.
            said = masked(plain(f"{type(error).__name__}: {error}"[:500]))
            # What the system refuses, such as room on the disk, it may grant the next time.
            what = "refused" if isinstance(error, OSError) else "failed"
            _tell(told, what, f"{said} ({Path(last.filename).name}:{last.lineno})")
        else:
            _tell(told, "done", "")
        gc.collect()


def _own_pipes() -> tuple[BinaryIO, TextIO]:
    """Return the streams for tasks and answers, and redirect descriptors 0 and 1."""
    sys.stdout.flush()
    tasks, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return tasks, told


def _tell(told: TextIO, what: str, file: str) -> None:
    told.write(f"{what}\t{json.dumps(file)}\n")
    told.flush()


def _limit_memory(megabytes: int) -> None:
    """Limit the address space of this process, if the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit and the checks before opening remain
        return
    most = megabytes * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # a system that defines the limit but doesn't support it
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main()
