"""What lies in a submission's folder, whatever it is, is listed or reported, and never opened in vain."""

import io
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.actions.workspace import has_submitted
from pilot_eval.evidence.intake.files import files_of, walk
from pilot_eval.evidence.readers.limits import Limits
from tests.conftest import Run
from tests.support import writers as w
from tests.support.corpus.variants import sheet_of
from tests.support.leaks import nothing_leaks

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


def test_a_huge_table_is_not_even_hashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "活动.csv").open("wb") as stream:
        stream.truncate(20 * 2**30)  # sparse
    opened, openly = [], io.open

    def noted(file: Any, *how: Any, **more: Any) -> Any:
        opened.append(str(file))
        return openly(file, *how, **more)

    monkeypatch.setattr("io.open", noted)
    monkeypatch.setattr("builtins.open", noted)
    assert codes(tmp_path) == {"file-too-large"}
    assert opened == []
    (tmp_path / "活动.csv").write_bytes(b"a")
    opened.clear()
    assert codes(tmp_path) == set()
    assert opened == [str(tmp_path / "活动.csv")]  # as one is that isn't too large


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


def test_folders_that_may_not_be_opened(unread: Path, as_nobody: None) -> None:
    with nobody_else():
        inner = unread / PARK / "材料"
        inner.mkdir()
        (inner / "活动.csv").write_bytes(w.as_csv(sheet_of("events")))
        closed = unread / "submissions" / "park-3"
        for path in (unread.parent, *unread.parents):
            with suppress(PermissionError):
                path.chmod(path.stat().st_mode | 0o055)
        inner.chmod(0o744)
        closed.chmod(0o700)
    try:
        assert "file-unreadable" in codes(unread / PARK)
        assert codes(closed) == ({"file-unreadable"} if os.getuid() == 0 else set())
        assert has_submitted(closed)
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


# --- files that are none, and names
def test_what_is_no_regular_file_is_said_and_never_opened(run: Run, example: Path) -> None:
    folder = example / "submissions" / "park-2"
    os.mkfifo(folder / "管道.csv")
    (folder / "目录.csv").mkdir()
    (folder / "断.csv").symlink_to(folder / "nowhere.csv")
    (folder / "环.csv").symlink_to(folder / "环.csv")
    (folder / "外.csv").symlink_to("/etc/passwd")
    (folder / "上").symlink_to(folder.parent)
    (folder / "零.csv").symlink_to("/dev/zero")
    done = run("check", example, "--pilot", "park-2", "--json")
    said = {each["place"]["file"] for each in json.loads(done.stdout) if each["code"] == "file-not-regular"}
    names = ("管道.csv", "目录.csv", "断.csv", "环.csv", "外.csv", "上", "零.csv")
    assert said == {f"submissions/park-2/{name}" for name in names}
    nothing_leaks(done)


def test_names_of_255_bytes_and_odd_signs_are_taken(run: Run, example: Path) -> None:
    folder = example / "submissions" / "online-2"
    shutil.copy(folder / "活动.csv", folder / f"{'活' * 83}.csv")
    (folder / f"{'a' * 251}.txt").write_text("x")
    (folder / "a\nb\t\x1b[31m\u202e.txt").write_text("x")
    (folder / "%s{0}{place}.csv").write_text("{0},%s\n{x},%d\n")
    done = run("check", example, "--pilot", "online-2")
    assert done.returncode in (0, 1)
    assert "\x1b" not in done.stdout + done.stderr
    assert "{0}{place}.csv" in done.stdout + done.stderr
    nothing_leaks(done)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_may_not_be_read_is_said() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        (folder / "closed").mkdir()
        (folder / "closed" / "a.csv").write_text("x")
        (folder / "events.csv").write_text("x")
        (folder / "events.csv").chmod(0)
        (folder / "closed").chmod(0)
        reads, writes = os.pipe()
        child = os.fork()
        if not child:  # root may read everything, so somebody else looks
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            findings = files_of(folder, "s", Limits()).findings
            os.write(writes, json.dumps([(each.code, each.place.file) for each in findings]).encode())
            os._exit(0)
        os.close(writes)
        os.waitpid(child, 0)
        with os.fdopen(reads, "rb") as stream:
            said = json.loads(stream.read())
        assert said == [["file-unreadable", "s/closed"], ["file-unreadable", "s/events.csv"]]
    finally:
        (folder / "closed").chmod(0o755)
        shutil.rmtree(folder)
