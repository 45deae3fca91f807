"""What lies in a submission's folder, whatever it is: nothing of it brings down the round or the other files."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.api import _submitted, check, open_round, strays
from pilot_eval.evidence import gather as gathering
from pilot_eval.evidence.gather import files_of, walk
from pilot_eval.evidence.limits import Limits
from tests.conftest import Run
from tests.support import writers as w
from tests.support.corpus.taking import taken, written
from tests.support.corpus.variants import INFO, sheet_of
from tests.support.plugins.installing import install
from tests.support.plugins.installing import run as run_with

PARK = "submissions/park-2"


def codes(folder: Path) -> set[str]:
    return {each.code for each in files_of(folder, "s", Limits()).findings}


def test_folders_in_folders_without_end(tmp_path: Path) -> None:
    name, inside = "d" * 10, os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir(name, dir_fd=inside)
        inside, outside = os.open(name, os.O_RDONLY, dir_fd=inside), inside
        os.close(outside)
    os.close(inside)
    try:
        assert "file-unreadable" in codes(tmp_path)  # its path is too long for the system
        assert len(list(walk(tmp_path))) > 300
    finally:
        subprocess.run(["rm", "-rf", tmp_path / name], check=True)


def test_hidden_tables_and_empty_archives_are_said(tmp_path: Path) -> None:
    table = w.as_csv(sheet_of("events"))
    hidden = {".隐藏.csv": table, ".s/活动.csv": table, "~$活动.xlsx": b"x", ".a": b"x"}
    files = {"submission.yaml": INFO.encode(), **hidden, "空.zip": w.as_zip({"__MACOSX/活动.csv": table})}
    intake = taken(written(tmp_path / "in", files), tmp_path / "out")
    said = [each.code for each in intake.findings if each.severity != "note"]
    assert said == ["file-hidden", "file-hidden", "archive-empty"]


def test_a_link_for_a_submission_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "s").symlink_to("/etc")
    listing = files_of(tmp_path / "s", "s", Limits())
    assert [each.code for each in listing.findings] == ["file-not-regular"]
    assert listing.files == ()


def test_of_many_odd_files_a_few_are_listed(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number}.csv").symlink_to("/etc/passwd")
    found = [each.code for each in files_of(tmp_path, "s", Limits()).findings]
    assert found.count("file-not-regular") == 20
    assert found[-1] == "findings-more"


def test_a_huge_table_is_not_even_hashed(tmp_path: Path) -> None:
    with (tmp_path / "活动.csv").open("wb") as stream:
        stream.truncate(20 * 2**30)  # sparse
    start = time.process_time()
    assert codes(tmp_path) == {"file-too-large"}
    assert time.process_time() - start < 1


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """The rights of another user, to whom permissions apply."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_folders_that_may_not_be_opened(example: Path, as_nobody: None) -> None:
    with nobody_else():
        inner = example / PARK / "材料"
        inner.mkdir()
        (inner / "活动.csv").write_bytes(w.as_csv(sheet_of("events")))
        closed = example / "submissions" / "park-3"
        for path in (example.parent, *example.parents):
            with suppress(PermissionError):
                path.chmod(path.stat().st_mode | 0o055)
        inner.chmod(0o744)
        closed.chmod(0o700)
    try:
        assert "file-unreadable" in codes(example / PARK)
        assert codes(closed) == ({"file-unreadable"} if os.getuid() == 0 else set())
        assert _submitted(closed)
    finally:
        with nobody_else():
            inner.chmod(0o755)
            closed.chmod(0o755)


@contextmanager
def nobody_else() -> Iterator[None]:
    """The rights that the process began with, for a while."""
    effective = os.geteuid()
    os.seteuid(os.getuid())
    try:
        yield
    finally:
        os.seteuid(effective)


@pytest.mark.parametrize("kind", ["fifo", "file", "link"])
def test_a_pilot_whose_folder_is_none_is_said(kind: str, example: Path) -> None:
    folder = example / PARK
    shutil.rmtree(folder)
    if kind == "fifo":
        os.mkfifo(folder)
    elif kind == "file":
        folder.write_text("x", "utf-8")
    else:
        folder.symlink_to(example / "nowhere")
    assert [(each.code, each.place.file) for each in strays(open_round(example))] == [("file-not-regular", PARK)]


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


def test_what_was_hashed_is_what_was_read(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = example / PARK / "孵化空间.csv"
    before = path.read_bytes()
    other = before.replace(b"1", b"2")
    run = gathering._run

    def meddled(workers: Any, job: Any, target: Path, stamps: Any) -> Any:
        if job.prefix == PARK:
            path.write_bytes(other)
        made = run(workers, job, target, stamps)
        if job.prefix == PARK:
            path.write_bytes(before)
        return made

    monkeypatch.setattr(gathering, "_run", meddled)
    space = open_round(example)
    intake = check(space, ["park-2"])["park-2"].intake
    assert [each.code for each in intake.findings] == ["file-changed"]
    monkeypatch.undo()
    assert check(space, ["park-2"])["park-2"].intake.ok
