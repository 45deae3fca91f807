"""The child process that opens files: whatever it does, the round goes on."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pilot_eval.evidence.intake.workers import Workers
from pilot_eval.evidence.readers.limits import Limits
from tests.support.processes.tasks import Task


class Clock(threading.Timer):
    """Goes off when the task says that it hangs, if it is set for the time that a task may take."""

    def __init__(self, hangs: Path, interval: float, function: Callable[[], None]) -> None:
        super().__init__(interval, function)
        self.hangs = hangs

    def run(self) -> None:
        while not self.finished.wait(0.01):
            if self.hangs.exists() and self.interval == 600:
                self.hangs.unlink()
                self.function()
                return


@pytest.mark.parametrize("kind", ["prints", "asks"])
def test_what_a_reader_prints_or_asks_for_disturbs_nothing(kind: str, tmp_path: Path) -> None:
    workers = Workers()
    try:
        assert workers.mine().run(Task(kind, tmp_path / "out")) is None
        assert (tmp_path / "out").read_text() == kind
        assert workers.mine().run(Task("next", tmp_path / "out")) is None
    finally:
        workers.close()


@pytest.mark.parametrize(
    ("kind", "limits", "cause"),
    [
        ("hangs", Limits(seconds=600), "longer than 600 s"),
        ("aborts", Limits(), "the reading process stopped"),
        ("leaves", Limits(), "the reading process stopped"),
        ("hungers", Limits(memory_mb=700), "memory limit 700 MB"),
        ("fails", Limits(), "110*************3X"),
        ("recurs", Limits(), "RecursionError"),
    ],
)
def test_a_child_that_ends_or_hangs_is_a_finding_and_the_next_task_is_done(
    kind: str, limits: Limits, cause: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "Timer", partial(Clock, tmp_path / "hangs"))
    workers = Workers()
    try:
        failure = workers.mine().run(Task(kind, tmp_path / "out", limits))
        assert failure is not None
        assert (failure.code, failure.place.file) == ("file-crashed", "submissions/park-1/a.csv")
        assert cause in failure.message.en
        assert "11010119900307803X" not in failure.model_dump_json()
        assert workers.mine().run(Task("next", tmp_path / "out")) is None
    finally:
        workers.close()


def test_a_child_that_was_ended_while_idle_harms_no_task(tmp_path: Path) -> None:
    workers = Workers()
    try:
        assert workers.mine().run(Task("next", tmp_path / "out")) is None
        process = workers.mine()._process
        assert process is not None
        process.kill()
        process.wait()
        assert workers.mine().run(Task("next", tmp_path / "out")) is None
    finally:
        workers.close()
