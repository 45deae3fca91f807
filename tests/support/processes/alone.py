"""Takes submissions in, each in a process of its own that is measured against one that takes in a sound table.

`python -m tests.support.processes.alone ROUND PILOT` reads folders from standard input, one a line. It prints a
line of JSON for each: findings, tables with their rows, and how many times the seconds of processor time, and how many
times the megabytes at the peak, of a sound table of 50,000 rows it takes.
"""

import json
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

import polars as pl

from pilot_eval import api
from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.take_in import Job, take_in
from pilot_eval.evidence.readers.limits import Limits
from tests.support.hostile import HEADER
from tests.support.writers import Wps

SECONDS_HARD = 600
"""Only what never ends takes so long."""
ROWS = 50_000
TRIES, ENOUGH = 3, 3
"""What seems to take more than so many times as long is measured again: the machine may have done other work."""


def measured(folder: Path, expected: Expected) -> dict[str, Any]:
    """Take a submission in, in a fork of this process."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_HARD, SECONDS_HARD))
        resource.setrlimit(resource.RLIMIT_AS, (Limits().memory_mb * 2**20,) * 2)
        try:
            with os.fdopen(writes, "w", encoding="utf-8") as stream:
                stream.write(json.dumps(_taken(folder, expected)))
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as stream:
        said = stream.read()
    _, status, usage = os.wait4(child, 0)
    made: dict[str, Any] = json.loads(said) if said else {"died": status, "findings": []}
    return made | {"seconds": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024}


def _taken(folder: Path, expected: Expected) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as out:
        listing = files_of(folder, "s", Limits())
        files, refused = listing.files, listing.findings
        try:
            intake = take_in(Job(folder, "s", files, expected, Limits(), Path(out), {}), lambda file: None)
        except BaseException as error:
            return {"crash": f"{type(error).__name__}: {error}"[:300], "findings": []}
        found = [{**each.model_dump(mode="json"), "at": str(each.place)} for each in (*refused, *intake.findings)]
        return {"findings": found, "rows": intake.rows, "bad": intake.bad}


def sound(folder: Path) -> Path:
    """A submission of one table in a workbook, from which nothing is missing."""
    rows = [HEADER, *((f"2018-{n % 12 + 1:02}-01", f"讲座第{n}讲", "培训", str(n % 300), "否") for n in range(ROWS))]
    folder.mkdir()
    (folder / "events.xlsx").write_bytes(Wps().book({"活动": rows}))
    return folder


class Reference:
    """The sound submission, and what it took when it was taken in last."""

    def __init__(self, folder: Path, expected: Expected) -> None:
        self.folder, self.expected = folder, expected
        self.took: dict[str, Any] = {}

    def measure(self) -> None:
        self.took = measured(self.folder, self.expected)
        assert self.took["rows"] == {"events": ROWS}, self.took

    def compared(self, folder: Path) -> dict[str, Any]:
        """What a submission gives, and what it takes, in times of what the sound one takes."""
        made: dict[str, Any] = {}
        for _ in range(TRIES):
            if made or not self.took:
                self.measure()
            again = measured(folder, self.expected)
            for what in ("seconds", "megabytes"):
                times = again[what] / self.took[what]
                again[f"of_the_{what}"] = min(times, made.get(f"of_the_{what}", times))
            made = again
            if made["of_the_seconds"] < ENOUGH:
                break
        return made


def main(example: Path, pilot: str, folders: list[str]) -> None:
    space = api.open_round(example)
    base_type = next(each.base_type for each in space.method.pilots if each.id == pilot)
    expected = Expected(pilot, space.round.period, space.method.statements, space.layouts(base_type))
    pl.DataFrame({"a": [1]})  # loaded once, before the forks
    with tempfile.TemporaryDirectory() as scratch:
        reference = Reference(sound(Path(scratch, "sound")), expected)
        for folder in folders:
            print(json.dumps(reference.compared(Path(folder))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.stdin.read().splitlines())
