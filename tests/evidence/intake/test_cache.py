"""What was read is kept for a while, and used as long as it is what the evidence gives."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from pilot_eval import api
from pilot_eval.evidence.intake import gather
from pilot_eval.evidence.intake.cache import Cache
from pilot_eval.evidence.intake.workers import Workers
from tests.conftest import COMMAND, ROOT, Run
from tests.support.plugins.installing import install
from tests.support.plugins.installing import run as run_with
from tests.support.processes.users import GROUP, ONE, OTHER, as_user, interpreter, shared_folder
from tests.support.rounds.smaller import keep

DAY = 86_400
EVIDENCE = Path(".cache", "evidence")


@pytest.fixture
def kept(tmp_path: Path, unread: Path) -> tuple[Cache, str, Any]:
    """A cache with one intake, its key, and the job that it is of."""
    intake = api.check(api.open_round(unread), ["online-2"])["online-2"].intake
    (entry,) = (unread / EVIDENCE).iterdir()
    return Cache(entry.parent), entry.name, SimpleNamespace(files=intake.files, expected=intake)


def test_intakes_that_no_run_uses_are_removed_in_time(run: Run, unread: Path) -> None:
    cache = unread / EVIDENCE
    run("check", unread, "--pilot", "online-2")
    (used,) = cache.iterdir()
    names = {"0123": 8, "4567": 6.5, "intake-killed": 1.5, "intake-new": 0.5, "crash-old": 8, "crash-new": 6.5}
    for name, days in names.items():
        (cache / name).mkdir() if "crash" not in name else (cache / name).write_text("{")
        os.utime(cache / name, (0, time.time() - days * DAY))
    os.utime(used, (0, 0))
    run("check", unread, "--pilot", "online-2")
    assert sorted(path.name for path in cache.iterdir()) == sorted(["4567", "intake-new", "crash-new", used.name])


def test_an_intake_that_may_be_removed_any_moment_is_read_again(kept: tuple[Cache, str, Any]) -> None:
    cache, key, job = kept
    for days, there in ((5.9, True), (6.1, False)):
        os.utime(cache.folder / key, (0, time.time() - days * DAY))
        assert (cache.find(key, job) is not None) == there
    assert time.time() - (cache.folder / key).stat().st_mtime > DAY  # it was used when it was found
    os.utime(cache.folder / key, (0, time.time() - 5 * DAY))
    assert cache.find(key, job) is not None
    assert time.time() - (cache.folder / key).stat().st_mtime < DAY


def test_of_two_processes_that_read_the_same_the_quicker_one_is_used(kept: tuple[Cache, str, Any]) -> None:
    cache, key, job = kept
    work = cache.work()
    shutil.copytree(cache.folder / key, work, dirs_exist_ok=True)
    before = (cache.folder / key).stat().st_ino
    assert cache.put(work, key, job) == cache.folder / key
    assert (cache.folder / key).stat().st_ino == before
    cache.drop(work)
    assert [path.name for path in cache.folder.iterdir()] == [key]


@pytest.mark.parametrize("there", ["cut", "file", "nothing"])
def test_what_cannot_be_used_makes_room(there: str, kept: tuple[Cache, str, Any]) -> None:
    cache, key, job = kept
    work = cache.work()
    shutil.copytree(cache.folder / key, work, dirs_exist_ok=True)
    if there == "cut":
        table = sorted((cache.folder / key).glob("*.parquet"))[0]
        table.write_bytes(table.read_bytes()[:-1])
    else:
        shutil.rmtree(cache.folder / key)
    if there == "file":
        (cache.folder / key).write_text("x")
    assert cache.find(key, job) is None
    assert cache.put(work, key, job) == cache.folder / key
    assert cache.find(key, job) is not None
    assert [path.name for path in cache.folder.iterdir()] == [key]


# --- what decides what is read
PROGRAM = """
import sys
from pathlib import Path
from pilot_eval import api
found = api.check(api.open_round(Path(sys.argv[1])), ["park-2"])["park-2"].intake.findings
print(*sorted(each.code for each in found if "业主爱好" in each.message.zh))
"""


@pytest.mark.slow
def test_a_change_of_the_program_is_a_change_of_what_is_read(unread: Path, tmp_path: Path) -> None:
    """The boundary moves in a copy of the program; a cache that the old one left isn't used."""
    table = unread / "submissions" / "park-2" / "孵化空间.csv"
    first, *rest = table.read_text("gb18030").splitlines()
    table.write_text("\n".join([f"{first},业主爱好", *(f"{row},x" for row in rest)]) + "\n", "gb18030")
    source = Path(shutil.copytree(ROOT / "src", tmp_path / "src"))

    def asked() -> str:
        path = os.pathsep.join([str(source), *filter(None, [os.environ.get("PYTHONPATH")])])
        command = [sys.executable, "-c", PROGRAM, str(unread)]
        environment = {**os.environ, "PYTHONPATH": path}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    assert asked() == "header-unread\n"
    words = source / "pilot_eval" / "privacy" / "words.py"
    text = words.read_text("utf-8")
    assert text.count("姓名") >= 1
    words.write_text(text.replace("姓名", "爱好|姓名", 1), "utf-8")
    assert asked() == "header-person\n"


READER = """\
from pilot_eval.plugin import Reader, Sheet, hookimpl
import plugin_helper


def read_bars(path):
    return [Sheet(None, [[plugin_helper.WORD, 1]])]


@hookimpl
def pilot_eval_readers():
    return [Reader(".bars", read_bars)]
"""


def test_a_change_of_a_plugins_other_module_is_a_change_of_what_is_read(unread: Path, tmp_path: Path) -> None:
    install(tmp_path, "bars", READER)
    helper = tmp_path / "plugin_helper.py"
    record = next(tmp_path.glob("*.dist-info")) / "RECORD"
    record.write_text(record.read_text() + "plugin_helper.py,,\n")
    (unread / "submissions" / "online-2" / "a.bars").write_text("x")
    entries = []
    for word in ("a", "b", "b"):
        helper.write_text(f"WORD = {word!r}\n")
        assert "Traceback" not in run_with(tmp_path, "check", unread, "--pilot", "online-2").stderr
        entries.append(len(list((unread / EVIDENCE).iterdir())))
    assert entries == [1, 2, 2]


# --- a file at which the reading process ends
CRASHER = """\
import os
from pathlib import Path
from pilot_eval.plugin import Reader, hookimpl


def read_bars(path):
    with open(os.environ["SEEN"], "a") as seen:
        seen.write("x")
    os._exit(3)


@hookimpl
def pilot_eval_readers():
    return [Reader(".bars", read_bars)]
"""


def test_a_crash_is_remembered_until_the_file_or_the_limits_change(unread: Path, tmp_path: Path) -> None:
    install(tmp_path, "crasher", CRASHER)
    own = unread / "submissions" / "online-2"
    for name in ("活动.bars", "空 白  两格.bars"):
        (own / name).write_text(name, "utf-8")
    seen = tmp_path / "seen"

    def asked() -> tuple[set[str], int]:
        seen.write_text("")
        done = run_with(tmp_path, "check", unread, "--pilot", "online-2", "--json", SEEN=str(seen))
        found = [each for each in json.loads(done.stdout) if each["code"] == "file-crashed"]
        assert all(".cache" in each["hint"]["en"] for each in found)
        return {Path(each["place"]["file"]).name for each in found}, len(seen.read_text())

    both = {"活动.bars", "空 白  两格.bars"}
    assert asked() == (both, 2)
    assert asked() == (both, 0)
    (own / "活动.csv").write_bytes((own / "活动.csv").read_bytes() + b"\n")
    assert asked() == (both, 0)
    (own / "活动.bars").write_text("another", "utf-8")
    assert asked() == (both, 1)
    settings = unread / "round.yaml"
    settings.write_text(settings.read_text("utf-8") + "limits: {seconds: 59}\n", "utf-8")
    assert asked() == (both, 2)


@pytest.mark.parametrize("how", ["os.kill(os.getpid(), signal.SIGTERM)", "raise KeyboardInterrupt"])
def test_a_run_that_somebody_stops_blames_no_file(how: str, unread: Path, tmp_path: Path) -> None:
    source = CRASHER.replace("import os", "import os, signal").replace("os._exit(3)", how)
    install(tmp_path, "stopped", source)
    (unread / "submissions" / "online-2" / "a.bars").write_text("x")
    done = run_with(tmp_path, "check", unread, "--pilot", "online-2", SEEN=str(tmp_path / "seen"))
    assert (done.returncode, "reading-stopped" in done.stderr) == (2, True), done.stderr
    assert list((unread / EVIDENCE).iterdir()) == []


FULL = """\
import polars
from pilot_eval.plugin import Reader, hookimpl


def read_bars(path):
    def refuse(*given, **more):
        raise OSError(28, "No space left on device")

    polars.DataFrame.write_parquet = refuse
    return []


@hookimpl
def pilot_eval_readers():
    return [Reader(".bars", read_bars)]
"""


def test_what_the_system_refuses_is_not_remembered(unread: Path, tmp_path: Path) -> None:
    install(tmp_path, "full", FULL)
    (unread / "submissions" / "online-2" / "a.bars").write_text("x")
    done = run_with(tmp_path, "check", unread, "--pilot", "online-2", "--json")
    found = [each for each in json.loads(done.stdout) if each["severity"] == "error"]
    assert [each["code"] for each in found] == ["file-unreadable"]
    assert "No space left" in found[0]["message"]["en"]
    assert list((unread / EVIDENCE).iterdir()) == []


# --- several at once, several users
@pytest.mark.slow
def test_eight_checks_at_once_end_alike(unread: Path) -> None:
    started = [
        subprocess.Popen(
            [str(COMMAND), "check", str(unread), "--pilot", "online-2", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(8)
    ]
    said = {(*process.communicate(), process.returncode) for process in started}
    assert len(said) == 1
    assert len(list((unread / EVIDENCE).iterdir())) == 1


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_nothing_that_harms_the_next(unread: Path) -> None:
    """Killed with its children, at moments spread over a whole run; the next one says what the first one said."""
    command = [str(COMMAND), "check", str(unread), "--pilot", "online-2", "--json"]
    start = time.monotonic()
    whole = subprocess.run(command, capture_output=True, check=False)
    took = time.monotonic() - start
    for turn in range(12):
        shutil.rmtree(unread / ".cache")
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep((turn + 1) / 12 * took)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        (unread / EVIDENCE).mkdir(parents=True, exist_ok=True)
        for left in (unread / EVIDENCE).iterdir():
            os.utime(left, (0, time.time() - 2 * DAY))
        again = subprocess.run(command, capture_output=True, check=False)
        assert (again.stdout, again.stderr, again.returncode) == (whole.stdout, whole.stderr, whole.returncode)
        assert len(list((unread / EVIDENCE).iterdir())) == 1


KILLS = 40


@pytest.mark.slow
def test_a_run_killed_while_it_reads_gives_what_one_never_killed_gives(unread: Path) -> None:
    """A large table, so that each kill lands in its reading; of every fourth run the child that reads lives on."""
    folder = keep(unread, "online-2")
    table = folder / "submissions" / "online-2" / "活动.csv"
    first, *rest = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(first + b"".join(rest) * 2_000)
    evidence, chance = folder / EVIDENCE, Random(11)  # noqa: S311
    settings = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}

    def started(command: str) -> "subprocess.Popen[bytes]":
        """A run that has begun to read."""
        before = set(evidence.glob("intake-*"))
        process = subprocess.Popen([str(COMMAND), command, str(folder)], **settings)
        while not set(evidence.glob("intake-*")) - before and process.poll() is None:
            time.sleep(0.005)
        return process

    def published() -> dict[str, bytes]:
        found = [path for path in (folder / "results").rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    process, start = started("assess"), time.monotonic()
    while not has_read(evidence) and process.poll() is None:
        time.sleep(0.005)
    took = time.monotonic() - start
    process.wait()
    wanted = published()
    assert len(wanted) == 7  # the record and its part, two pages in two languages, the hashes
    shutil.rmtree(folder / ".cache")
    groups, kills = [], 0
    while kills < KILLS:
        process = started(("check", "assess")[kills % 2])
        time.sleep(chance.uniform(0, took))
        groups.append(process.pid)
        process.kill() if kills % 4 == 3 else os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if has_read(evidence):  # it was too late
            shutil.rmtree(evidence)
            continue
        kills += 1
    shutil.rmtree(folder / "results")
    done = subprocess.run([str(COMMAND), "assess", str(folder)], capture_output=True, check=False)
    assert published() == wanted, done.stderr.decode()
    assert subprocess.run([str(COMMAND), "verify", str(folder)], capture_output=True, check=False).returncode == 0
    for group in groups:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def has_read(evidence: Path) -> bool:
    return any(not path.name.startswith("intake-") for path in evidence.glob("*"))


CHECK = """
import sys
from pilot_eval.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("umask", [0o077, 0o027, 0o022])
def test_users_who_share_a_folder_read_each_for_themselves(umask: int, unread: Path) -> None:
    if interpreter() is None:
        pytest.skip("needs to run as other users")
    with shared_folder() as folder:
        made = Path(shutil.copytree(unread, folder / "round"))
        for path in [made, *made.rglob("*")]:
            os.chown(path, ONE, GROUP)
            path.chmod(0o2770 if path.is_dir() else 0o660)
        said = [
            (done.stdout, done.returncode, done.stderr)
            for user in (ONE, OTHER, ONE, OTHER)
            for done in [as_user(user, umask, CHECK, "check", made, "--pilot", "online-2", "--json")]
        ]
        assert len(set(said)) == 1
        assert said[0][1:] == (0, "")


@pytest.mark.slow
def test_a_round_that_cannot_be_written_is_checked_all_the_same(unread: Path) -> None:
    if interpreter() is None:
        pytest.skip("needs to run as other users")
    with shared_folder(0o755) as folder:
        made = Path(shutil.copytree(unread, folder / "round"))
        done = as_user(OTHER, 0o022, CHECK, "check", made, "--pilot", "online-2", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)
        assert not (made / ".cache").exists()
        done = as_user(OTHER, 0o022, CHECK, "assess", made)
        assert done.returncode == 2
        assert "round-read-only" in done.stderr


def test_a_removed_cache_harms_no_run(unread: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Removed while a submission is read: the user is told, and nothing is left half done."""
    run = gather._run

    def meddled(workers: Workers, item: Any) -> Any:
        shutil.rmtree(unread / ".cache")
        return run(workers, item)

    monkeypatch.setattr(gather, "_run", meddled)
    with pytest.raises(OSError, match="intake-"):
        api.check(api.open_round(unread), ["online-2"])
    monkeypatch.undo()
    assert api.check(api.open_round(unread), ["online-2"])["online-2"].intake.ok
