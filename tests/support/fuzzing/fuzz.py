"""Throws mutated files at every reader: `python -m tests.support.fuzzing.fuzz SECONDS [SEED]`.

Each case is a sound file in which something was changed. A reader gives grids or an EvidenceError, nothing else, in
bounded time and memory; what it gives is well formed; and a change that means nothing changes no cell. A case that
fails is kept, and its seed printed; the process exits with 1.
"""

import faulthandler
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from pilot_eval.evidence.intake.information import Expected
from tests.conftest import ROOT
from tests.support.fuzzing.cases import Case, seeds
from tests.support.fuzzing.laws import expected_in_example, look
from tests.support.fuzzing.mutations import changed

TIMES = 20
"""As many times as the slowest sound file may a mutated one take; on any machine, more is a hang or nearly one."""
KEPT = ROOT / "tests" / "data" / "crashers"
"""Cases that failed once; a test reads them all."""


class Late(BaseException):
    pass


def main(seconds: float, seed: int) -> int:
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))

    def late(number: int, frame: FrameType | None) -> None:
        raise Late

    signal.signal(signal.SIGPROF, late)
    expected = expected_in_example()
    sound, counts, failures = seeds(), Counter[str](), 0
    kinds = [*sorted({Path(each.name).suffix for each in sound}), ".xlsx", ".xlsx", ".xls", ".ods"]
    started, number = time.monotonic(), seed
    with tempfile.TemporaryDirectory() as scratch:
        each = _slowest(sound, Path(scratch), expected) * TIMES
        while time.monotonic() - started < seconds:
            number += 1
            chance = random.Random(number)  # noqa: S311
            kind = chance.choice(kinds)
            case = changed(chance.choice([each for each in sound if each.name.endswith(kind)]), sound, chance)
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                (Path(scratch) / "last").write_bytes(case.data)
                signal.setitimer(signal.ITIMER_PROF, each)
                try:
                    result = look(case, Path(folder), expected if chance.random() < 0.5 else None)
                except (Exception, Late):
                    signal.setitimer(signal.ITIMER_PROF, 0)
                    failures += 1
                    result = "FAILED"
                    _keep(number, case)
                finally:
                    signal.setitimer(signal.ITIMER_PROF, 0)
                counts[f"{Path(case.name).suffix} {result}"] += 1
    print(f"{number - seed} cases from {seed}: {dict(sorted(counts.items()))}")  # noqa: T201
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, {failures} failures")  # noqa: T201
    return 1 if failures else 0


def _slowest(sound: Sequence[Case], scratch: Path, expected: Expected) -> float:
    """Seconds of the processor that the slowest sound file takes; all of them are read."""
    took = []
    for case in sound:
        start = time.process_time()
        assert look(case, scratch, expected) == "read", case.name
        took.append(time.process_time() - start)
    return max(took)


def _keep(number: int, case: Case) -> None:
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{number}-{case.name}").write_bytes(case.data)
    print(f"--- {number} {case.name}, kept in {KEPT.name}/")  # noqa: T201
    print("".join(traceback.format_exc(limit=-6)[-1500:]), flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
