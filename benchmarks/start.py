"""Prints the start-up time of the command line, as ratios: `python benchmarks/start.py [runs]`.

Compares `--help` and `--version` with `python -c pass`, in turn; then shows how `check`, `assess` and `report` of the
example, with a warm cache, divide between imports and work. Medians: CPU seconds for the first two, seconds for the
others.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "zhengzhou-2018"
COMMAND = Path(sys.executable).with_name("pilot-eval")
NOTHING = [sys.executable, "-c", "pass"]
_IMPORT = re.compile(r"^import time:\s+(\d+) \|", re.MULTILINE)


def seconds(command: Sequence[str]) -> float:
    """Return the CPU seconds of a process, which other load on the machine hardly affects."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def split(arguments: Sequence[str]) -> tuple[float, float]:
    """Return how long a command takes in total, and how much of that its own process spends on imports."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pilot_eval", *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return time.perf_counter() - began, sum(map(int, _IMPORT.findall(done.stderr))) / 1e6


def start(runs: int) -> None:
    for option in ("--help", "--version"):
        pairs = [(seconds([str(COMMAND), option]), seconds(NOTHING)) for _ in range(runs)]
        ours, bare = (median(each) for each in zip(*pairs, strict=True))
        allowed = 2 * bare + 0.1
        print(f"{option:10} {ours:.3f} s; python -c pass {bare:.3f} s; {ours / allowed:.2f} of (2 x pass + 0.1 s)")


def commands(runs: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "round"
        shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("results", ".cache", ".lock"))
        seconds([str(COMMAND), "assess", str(folder)])  # fills the cache
        for name in ("check", "assess", "report"):
            pairs = [split([name, str(folder)]) for _ in range(runs)]
            whole, imports = (median(each) for each in zip(*pairs, strict=True))
            print(f"{name:10} {whole:.2f} s: imports {imports / whole:.0%}, work {1 - imports / whole:.0%}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    start(count)
    commands(count)
