"""Imports corrections into copies of a round, and kills each import at another of its steps.

`python -m tests.support.processes.killed_imports ROUND INBOX OUT` copies the round to OUT/1, OUT/2 …; the nth import is
killed just before it opens a file for writing, renames, removes or makes a folder for the nth time. It prints how many
were killed; after each kill it copies the round again, to OUT/n-repeated, and imports once more there.
"""

import os
import shutil
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pilot_eval import api

AT = datetime(2019, 1, 10, 9, tzinfo=UTC)
HOW = api.Receiving(by="", at=AT, on=AT.date(), replace=True)
_STEPS = ("open", "os.rename", "os.remove", "os.mkdir")


def main(source: Path, inbox: Path, out: Path) -> None:
    decided = _sorted(source, inbox)
    number = 1
    while _imported(source, out / str(number), inbox, decided, number):
        _imported(out / str(number), out / f"{number}-repeated", inbox, decided, 0)
        number += 1
    print(number - 1)  # noqa: T201


def _sorted(source: Path, inbox: Path) -> list[api.Sorted]:
    """Sort the files in another process: this one may not start threads before it forks."""
    reads, writes = os.pipe()
    if not os.fork():
        for each in api.sort_folder(api.open_round(source), inbox, {}):
            os.write(writes, each.model_dump_json().encode() + b"\n")
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as stream:
        return [api.Sorted.model_validate_json(line) for line in stream]


def _imported(source: Path, target: Path, inbox: Path, decided: Sequence[api.Sorted], number: int) -> bool:
    """Import into a copy of a round, in a fork; return whether that was killed."""
    shutil.copytree(source, target)
    child = os.fork()
    if not child:
        steps = 0

        def watch(event: str, arguments: Sequence[object]) -> None:
            nonlocal steps
            path = str(arguments[0]) if event in _STEPS else ""
            writes = event != "open" or int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR)
            if path.startswith(str(target)) and ".cache" not in path and writes:
                steps += 1
                if steps == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        _, findings = api.receive(api.open_round(target), inbox, decided, HOW)
        os._exit(1 if findings else 0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status == signal.SIGKILL


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
