"""Tasks for a child process that does what a reader should not."""

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from pilot_eval.evidence.intake.workers import Announce
from pilot_eval.evidence.readers.limits import Limits


@dataclass(frozen=True)
class Task:
    """`kind` is what it does; it writes the file `out` when it has come through, or `hangs` beside it when it hangs."""

    kind: str
    out: Path
    limits: Limits = field(default_factory=lambda: Limits(seconds=600))

    @property
    def shown(self) -> str:
        return "submissions/park-1"

    def run(self, announce: Announce) -> None:
        announce("submissions/park-1/a.csv")
        match self.kind:
            case "prints":
                print("done\t\nfailed\tno\n" * 100)  # noqa: T201
                os.write(1, b"done\t\n")
                sys.stdout.buffer.write(b"\xff\n")
                os.system("echo done")  # noqa: S605
            case "asks":
                assert sys.stdin.read() == ""
                assert os.read(0, 10) == b""
            case "hangs":
                self.out.with_name("hangs").touch()
                time.sleep(3600)
            case "aborts":
                os.abort()
            case "leaves":
                os._exit(0)
            case "hungers":
                self._eat()
            case "fails":
                raise ValueError("the cell holds 11010119900307803X")
            case "recurs":
                self.run(announce)
        self.out.write_text(self.kind)

    def _eat(self) -> None:
        eaten = []
        while True:
            eaten.append(bytearray(64 * 2**20))
