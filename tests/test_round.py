"""Rounds: published whole or not at all, recovered after a crash; settings."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pilot_eval import round as rounds
from pilot_eval.errors import UsageError
from pilot_eval.record.files import RECORD
from pilot_eval.round import Round
from tests.conftest import ROOT
from tests.support.processes.users import GROUP, ONE, OTHER, as_user, interpreter, shared_folder
from tests.support.rounds.publishing import SETTINGS, empty_round, no_swap, results, whole


@pytest.fixture
def opened(tmp_path: Path) -> Round:
    return empty_round(tmp_path / "round")


@pytest.fixture(params=["one step", "two steps"])
def exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How results are exchanged: at once, or as on a system that can't."""
    if request.param == "two steps":
        monkeypatch.setattr(rounds, "_swap", no_swap)
    return str(request.param)


@pytest.mark.usefixtures("exchange")
def test_results_take_the_place_of_the_last_ones(opened: Round) -> None:
    for version in range(3):
        opened.publish(results(version))
        assert whole(opened.folder) == version
    opened.publish({RECORD: b"{}"})
    assert [path.name for path in opened.results.iterdir()] == [RECORD]
    assert sorted(path.name for path in opened.folder.iterdir()) == ["results", "round.yaml"]


def test_folders_are_swapped_in_one_step_where_the_system_can(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    swapped = rounds._swap(one, other)
    assert swapped == sys.platform.startswith("linux")
    assert (one / "name").read_text() == ("other" if swapped else "one")
    assert not rounds._swap(one, tmp_path / "absent")


KILLS = 45
PUBLISHER = """
import os, random, signal, sys, time
from pathlib import Path
from pilot_eval import round as rounds
from tests.support.rounds.publishing import no_swap, results, whole

folder, two_steps, kills = Path(sys.argv[1]), sys.argv[2] == "two steps", int(sys.argv[3])
if two_steps:
    rounds._swap = no_swap
chance, versions = random.Random(4), []
opened = rounds.Round.open(folder)
start = time.monotonic()
opened.publish(results(0))
took = time.monotonic() - start
for _ in range(kills):
    begun, ready = os.pipe()
    child = os.fork()
    if child == 0:
        version = versions[-1] if versions else 0
        while True:
            version += 1
            opened.publish(results(version))
            os.write(ready, b".")
    os.read(begun, 1)
    time.sleep(chance.uniform(0, 3 * took))  # no matter when
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(begun), os.close(ready)
    rounds.Round.open(folder)
    versions.append(whole(folder))
assert versions == sorted(versions) and versions[-1] > kills, versions
print("whole after", len(versions), "kills")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("steps", ["one step", pytest.param("two steps", marks=pytest.mark.slow)])
def test_a_publisher_killed_at_any_moment_leaves_whole_results(steps: str, opened: Round) -> None:
    arguments = [sys.executable, "-c", PUBLISHER, str(opened.folder), steps, str(KILLS)]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"whole after {KILLS} kills\n"


@pytest.mark.parametrize("crash", [1, 2])
def test_a_crash_between_the_two_steps_is_put_right(crash: int, opened: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.publish(results(1))
    monkeypatch.setattr(rounds, "_swap", no_swap)
    real: Callable[[Path, Path], Path] = Path.rename
    steps = 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal steps
        steps += 1
        if steps == crash:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "rename", rename)
        opened.publish(results(2))
    assert opened.results.exists() == (crash == 1)
    assert whole(Round.open(opened.folder).folder) == 1
    opened.publish(results(3))
    assert whole(opened.folder) == 3
    assert sorted(path.name for path in opened.folder.iterdir() if path.name != ".lock") == ["results", "round.yaml"]


def test_results_being_exchanged_are_left_alone(opened: Round) -> None:
    opened.publish(results(1))
    opened.results.rename(opened.folder / ".results-old")
    with opened.locked():
        Round.open(opened.folder)
        assert not opened.results.exists()
    assert whole(Round.open(opened.folder).folder) == 1


def test_a_round_is_assessed_by_one_process_at_a_time(opened: Round) -> None:
    with opened.locked():
        with pytest.raises(UsageError) as raised, Round.open(opened.folder).locked():
            pass
        assert [each.code for each in raised.value.findings] == ["round-locked"]
    with opened.locked():
        pass


def test_what_is_read_is_of_one_publication(opened: Round) -> None:
    """Read while another process replaces the results again and again, in one step or two."""
    opened.publish(results(0))
    versions = iter(range(1, 4))

    def read() -> set[bytes]:
        paths = [opened.results / f"zh/{i}.html" for i in range(5)]
        first = paths[0].read_bytes()
        if (version := next(versions, None)) is not None:
            opened.publish(results(version))
        return {first, *(path.read_bytes() for path in paths)}

    assert opened.steadily(read) == {b"3"}


def test_results_that_are_missing_for_a_moment_are_waited_for(opened: Round) -> None:
    opened.publish(results(1))
    old = opened.results.rename(opened.folder / ".results-old-0123")
    times = 0

    def read() -> bytes:
        nonlocal times
        times += 1
        if times == 2:
            old.rename(opened.results)
        return (opened.results / RECORD).read_bytes()

    assert opened.steadily(read) == results(1)[RECORD]
    shutil.rmtree(opened.results)
    with pytest.raises(FileNotFoundError):
        opened.steadily(lambda: (opened.results / RECORD).read_bytes())


# --- settings
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "round-not-found"),
        ("id: [", "yaml-syntax"),
        ("", "yaml-wrong-value"),
        ("- id", "yaml-wrong-value"),
        (SETTINGS.replace("id: test", "id: te st"), "yaml-wrong-value"),
        (SETTINGS.replace("zh:", "zz:"), "yaml-unknown-key"),
        (SETTINGS.replace("2018-01-01", "2019-01-01"), "yaml-inconsistent"),
        (SETTINGS.replace("2018-01-01", "2018-13-01"), "yaml-wrong-value"),
        (SETTINGS + "privacy: {min_cell: lots}\n", "yaml-wrong-value"),
    ],
)
def test_faulty_settings_are_the_users_to_mend(text: str | None, code: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "round.yaml").write_text(text, "utf-8")
    with pytest.raises(UsageError) as raised:
        Round.open(tmp_path)
    found = raised.value.findings
    assert code in [each.code for each in found]
    assert all(each.message.zh != each.message.en for each in found)


def test_a_deadline_is_a_day_not_before_the_period(tmp_path: Path) -> None:
    opened = empty_round(tmp_path / "round")
    path = opened.folder / "round.yaml"
    text = path.read_text("utf-8")
    for deadline, right in (("2019-01-31", True), ("2018-12-15", True), ("2017-12-31", False), ("soon", False)):
        path.write_text(f"{text}deadline: {deadline}\n", "utf-8")
        if right:
            assert Round.open(opened.folder).deadline == deadline
            continue
        with pytest.raises(UsageError) as caught:
            Round.open(opened.folder)
        [said] = caught.value.findings
        assert said.place.line == text.count("\n") + 1 and said.place.file == "round.yaml"
    assert opened.deadline is None


@pytest.mark.usefixtures("exchange")
def test_what_a_crash_left_harms_nothing_and_is_cleared_away(opened: Round) -> None:
    opened.publish(results(1))
    for name in (".results-new", ".results-new-0123abcd", ".results-old"):
        (opened.folder / name / "zh").mkdir(parents=True)
        (opened.folder / name / "zh" / "9.html").write_bytes(b"half")
    assert whole(Round.open(opened.folder).folder) == 1
    opened.publish(results(2))
    assert whole(opened.folder) == 2
    assert not (opened.results / "zh" / "9.html").exists()
    assert sorted(path.name for path in opened.folder.iterdir()) == ["results", "round.yaml"]


@pytest.mark.parametrize("what", ["folder", "link", "pipe"])
def test_what_stands_in_place_of_the_lock_is_said(what: str, opened: Round) -> None:
    lock = opened.folder / ".lock"
    {"folder": lock.mkdir, "link": lambda: lock.symlink_to("round.yaml"), "pipe": lambda: os.mkfifo(lock)}[what]()
    with pytest.raises(UsageError) as raised, opened.locked():
        pass
    assert [(each.code, each.place.file) for each in raised.value.findings] == [("round-no-lock", str(lock))]


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize("what", ["file", "link", "link to nowhere"])
def test_what_stands_in_place_of_the_results_makes_room(what: str, opened: Round) -> None:
    elsewhere = opened.folder.parent / "elsewhere"
    if what == "file":
        opened.results.write_text("x")
    else:
        opened.results.symlink_to(elsewhere)
    if what == "link":
        elsewhere.mkdir()
        (elsewhere / "kept").write_text("x")
    assert opened.publish(results(1)) == []
    assert whole(opened.folder) == 1
    assert not opened.results.is_symlink()
    assert sorted(path.name for path in opened.folder.iterdir()) == ["results", "round.yaml"]
    assert what != "link" or (elsewhere / "kept").read_text() == "x"


# --- several users
USING = """
import sys
from pathlib import Path
from pilot_eval.errors import UsageError
from pilot_eval.round import Round
from tests.support.rounds.publishing import results
try:
    opened = Round.open(Path(sys.argv[1]))
    with opened.locked():
        opened.publish(results(int(sys.argv[2])))
except UsageError as error:
    print(*(each.code for each in error.findings))
"""


@pytest.mark.parametrize("umask", [0o077, 0o022])
def test_users_who_share_a_folder_publish_in_turn(umask: int) -> None:
    if interpreter() is None:
        pytest.skip("needs to run as other users")
    with shared_folder() as folder:
        opened = empty_round(folder / "round")
        os.chown(opened.folder, ONE, GROUP)
        opened.folder.chmod(0o2770)
        for version, user in enumerate((ONE, OTHER, OTHER)):
            done = as_user(user, umask, USING, opened.folder, version)
            assert (done.stdout, done.returncode) == ("", 0), done.stderr
            assert whole(opened.folder) == version
            assert [*opened.folder.glob(".results-*")] == []
        done = as_user(ONE, umask, USING, opened.folder, 9)
        assert (done.stdout, whole(opened.folder)) == ("", 9)


LEFT = """
import sys
from pathlib import Path
from pilot_eval import round as rounds
from tests.support.rounds.publishing import no_swap, results
if sys.argv[2] == "two steps":
    rounds._swap = no_swap
print(*(path.name for path in rounds.Round.open(Path(sys.argv[1])).publish(results(2))))
"""


@pytest.mark.parametrize("steps", ["one step", "two steps"])
def test_what_another_user_left_stops_nobody_and_is_told(steps: str) -> None:
    if interpreter() is None:
        pytest.skip("needs to run as other users")
    with shared_folder() as folder:
        opened = empty_round(folder / "round")
        os.chown(opened.folder, ONE, GROUP)
        opened.folder.chmod(0o2770)
        opened.publish(results(1))
        names = [".results-new-0123abcd", ".results-old", ".results-old-0123abcd"]
        for name in names:
            (opened.folder / name / "zh").mkdir(parents=True)
            (opened.folder / name / "zh" / "9.html").write_bytes(b"half")
            for path in (opened.folder / name / "zh", opened.folder / name):
                os.chown(path, OTHER, GROUP)
                path.chmod(0o755)
        done = as_user(ONE, 0o022, LEFT, opened.folder, steps)
        assert (done.stdout.split(), done.returncode) == (names, 0), done.stderr
        assert whole(opened.folder) == 2


@pytest.mark.parametrize("what", ["folder", "lock"])
def test_a_folder_that_cannot_be_written_is_said(what: str) -> None:
    if interpreter() is None:
        pytest.skip("needs to run as other users")
    with shared_folder(0o755) as folder:
        opened = empty_round(folder / "round")
        if what == "lock":
            opened.folder.chmod(0o777)
            (opened.folder / ".lock").touch(0o600)
        done = as_user(OTHER, 0o022, USING, opened.folder, 1)
        assert (done.stdout, done.returncode) == ("round-read-only\n", 0), done.stderr
