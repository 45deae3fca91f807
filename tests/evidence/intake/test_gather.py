"""Submissions taken in side by side: nothing in one brings down the round or the other files."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.api import check, open_round, strays
from pilot_eval.evidence.intake import gather
from tests.conftest import Run
from tests.support.plugins.installing import install
from tests.support.plugins.installing import run as run_with

PARK = "submissions/park-2"


@pytest.mark.parametrize("kind", ["fifo", "file", "link"])
def test_a_pilot_whose_folder_is_none_is_said(kind: str, unread: Path) -> None:
    folder = unread / PARK
    shutil.rmtree(folder)
    if kind == "fifo":
        os.mkfifo(folder)
    elif kind == "file":
        folder.write_text("x", "utf-8")
    else:
        folder.symlink_to(unread / "nowhere")
    assert [(each.code, each.place.file) for each in strays(open_round(unread))] == [("file-not-regular", PARK)]


@pytest.mark.slow
def test_names_in_another_encoding_are_said(run: Run, example: Path) -> None:
    name = os.fsdecode("活动".encode("gbk"))
    (example / "submissions" / name).mkdir()
    (example / PARK / f"{name}.csv").write_bytes(b"a,b\n1,2\n")
    done = run("assess", example)
    assert done.returncode == 1
    assert "活动" in done.stderr
    assert "Traceback" not in done.stderr
    assert (example / "results" / "record.json").is_file()


# --- a file at which the child ends
CRASHER = """\
import os
from pilot_eval.plugin import Reader, hookimpl


def read_bars(path):
    HOW


@hookimpl
def pilot_eval_readers():
    return [Reader(".bars", read_bars)]
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", ["os._exit(3)", "os.kill(os.getpid(), 9)", "x = [0] * (1 << 40)"])
def test_a_file_at_which_the_child_ends_is_left_out_alone(how: str, example: Path, tmp_path: Path) -> None:
    install(tmp_path, "crasher", CRASHER.replace("HOW", how))
    (example / PARK / "活动.bars").write_text("x", "utf-8")
    (example / PARK / "空白.bars").write_text("x", "utf-8")
    done = run_with(tmp_path, "check", example, "--pilot", "park-2", "--json")
    found = [(each["code"], each["place"]["file"]) for each in json.loads(done.stdout) if each["severity"] == "error"]
    code = "file-unreadable" if "0" in how and "<<" in how else "file-crashed"
    assert found == [(code, f"{PARK}/活动.bars"), (code, f"{PARK}/空白.bars")] or code == "file-unreadable"
    said = {each["place"]["file"] for each in json.loads(done.stdout)}
    assert f"{PARK}/园区数据.xlsx" in said  # it was read, and has something to be said


# --- a file that is changed while it is read
def test_what_was_hashed_is_what_was_read(unread: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = unread / PARK / "孵化空间.csv"
    before = path.read_bytes()
    other = before.replace(b"1", b"2")
    run = gather._run

    def meddled(workers: Any, item: Any) -> Any:
        if item.job.prefix == PARK:
            path.write_bytes(other)
        made = run(workers, item)
        if item.job.prefix == PARK:
            path.write_bytes(before)
        return made

    monkeypatch.setattr(gather, "_run", meddled)
    space = open_round(unread)
    intake = check(space, ["park-2"])["park-2"].intake
    assert [each.code for each in intake.findings] == ["file-changed"]
    monkeypatch.undo()
    assert check(space, ["park-2"])["park-2"].intake.ok
