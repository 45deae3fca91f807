"""Takes submissions in, each in a process of its own that is measured.

`python -m tests.support.processes.alone ROUND PILOT` reads folders from standard input, one a line. It prints a
line of JSON for each: findings, tables with their rows, seconds of processor time, megabytes at the peak.
"""

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl

from pilot_eval import api
from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.take_in import Job, take_in
from pilot_eval.evidence.readers.limits import Limits

SECONDS_HARD = 30


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
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as out:
        listing = files_of(folder, "s", Limits())
        files, refused = listing.files, listing.findings
        try:
            intake = take_in(Job(folder, "s", files, expected, Limits(), Path(out), {}), lambda file: None)
        except BaseException as error:
            return {"crash": f"{type(error).__name__}: {error}"[:300], "findings": []}
        found = [{**each.model_dump(mode="json"), "at": str(each.place)} for each in (*refused, *intake.findings)]
        return {"findings": found, "rows": intake.rows, "bad": intake.bad, "wall": time.monotonic() - started}


def main(example: Path, pilot: str, folders: list[str]) -> None:
    space = api.open_round(example)
    base_type = next(each.base_type for each in space.method.pilots if each.id == pilot)
    expected = Expected(pilot, space.round.period, space.method.statements, space.layouts(base_type))
    pl.DataFrame({"a": [1]})  # loaded once, before the forks
    for folder in folders:
        print(json.dumps(measured(Path(folder), expected)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.stdin.read().splitlines())
