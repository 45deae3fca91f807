"""The child process in which submitted files are opened: it may be ended without harm to the evaluation.

Reads pickled tasks from standard input (the parent is trusted, the files are not), and tells on standard output which
file it opens and when a task is done.
"""

import gc
import pickle
import sys
import traceback
from pathlib import Path
from typing import BinaryIO

from pilot_eval.evidence.child import Task


def main() -> None:
    tasks: BinaryIO = sys.stdin.buffer
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    gc.disable()  # a million rows are long to search for cycles; there is a search after each task
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
            task.run(lambda file: _tell("reading", file))
        except Exception as error:  # said to the parent, which goes on with the other submissions
            last = traceback.extract_tb(error.__traceback__)[-1]
            _tell("failed", f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})")
        else:
            _tell("done", "")
        gc.collect()


def _tell(what: str, file: str) -> None:
    sys.stdout.write(f"{what}\t{' '.join(file.split())}\n")
    sys.stdout.flush()


def _limit_memory(megabytes: int) -> None:
    """Hold this process to so much address space, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit and the checks before opening remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))


if __name__ == "__main__":
    main()
