"""The promises of a run: same bytes, replay, verification, survival of a kill, inert evidence."""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.record.files import canonical
from pilot_eval.round import Round
from tests.conftest import COMMAND, Run, copy_example
from tests.support.records import data_of, record_of, write_record
from tests.support.rounds.smaller import keep


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_runs_in_different_places_give_the_same_bytes(assessed: Path, unread: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "POLARS_MAX_THREADS": "1"}
    subprocess.run([str(COMMAND), "assess", str(unread)], env=environment, check=True, capture_output=True)
    assert tree(unread / "results") == tree(assessed / "results")


def test_a_second_run_reads_nothing_twice_and_gives_the_same_bytes(run: Run, assessed: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(assessed, tmp_path / "round"))
    first = tree(folder / "results")
    kept = sorted(path.name for path in (folder / ".cache" / "evidence").iterdir())
    assert run("assess", folder).returncode == 0
    assert tree(folder / "results") == first
    assert sorted(path.name for path in (folder / ".cache" / "evidence").iterdir()) == kept


def test_replay_and_verify_agree_with_the_record(run: Run, assessed: Path) -> None:
    assert run("replay", assessed).returncode == 0
    assert run("verify", assessed).returncode == 0


def test_replay_finds_a_figure_that_was_changed(run: Run, assessed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "round"
    shutil.copytree(assessed, folder)
    data = data_of(folder)
    data["assessments"][0]["total"]["points"] += 1
    write_record(folder, data)
    done = run("replay", folder, "--json")
    assert done.returncode == 1
    assert [each["code"] for each in json.loads(done.stdout)] == ["record-differs"]
    assert "hash-differs" in run("verify", folder).stderr


def test_verify_names_what_was_changed_added_and_removed(run: Run, assessed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "round"
    shutil.copytree(assessed, folder)
    submission = folder / "submissions" / "park-1"
    (submission / "Finance.csv").write_text("changed", "utf-8")
    (submission / "活动台账.xlsx").unlink()
    (submission / "new.csv").write_text("x", "utf-8")
    (folder / "results" / "zh" / "park-1.html").write_text("forged", "utf-8")
    found = {(each["code"], each["place"]["file"]) for each in json.loads(run("verify", folder, "--json").stdout)}
    assert found == {
        ("hash-differs", "submissions/park-1/Finance.csv"),
        ("hash-missing", "submissions/park-1/活动台账.xlsx"),
        ("hash-new", "submissions/park-1/new.csv"),
        ("hash-differs", "results/zh/park-1.html"),
    }


def test_published_sums_are_what_sha256sum_checks(assessed: Path) -> None:
    listing = (assessed / "results" / "SHA256SUMS").read_text("utf-8").splitlines()
    assert len(listing) == 48
    for line in listing:
        digest, name = line.split("  ")
        assert hashlib.sha256((assessed / "results" / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("turns", [2, pytest.param(12, marks=pytest.mark.slow)])
def test_a_killed_run_leaves_the_last_good_results(turns: int, example: Path, command: Run) -> None:
    """Killed at random moments of an assessment that would change the results."""
    keep(example, "online-1", "online-2", "park-1")
    start = time.monotonic()
    assert command("assess", example).returncode == 0
    whole = time.monotonic() - start
    good = {canonical(api.last_record(Round.open(example)))}
    chance = random.Random(2018)  # noqa: S311
    for turn in range(turns):
        path = example / "reviews" / "online-1.yaml"
        path.write_text(re.sub(r"score: \d", f"score: {turn % 4}", path.read_text("utf-8")), "utf-8")
        if turn % 2:
            shutil.rmtree(example / ".cache", ignore_errors=True)
        process = subprocess.Popen(
            [str(COMMAND), "assess", str(example)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.05, 1.1) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        results = Round.open(example).results
        assert api.verify_results(results) == []
        good.add(canonical(record_of(example)))
    assert api.replay(api.open_round(example)) is not None


def test_the_record_holds_no_clock_and_no_path_of_the_machine(assessed: Path) -> None:
    text = canonical(record_of(assessed)).decode()
    assert str(assessed) not in text
    assert time.strftime("%Y-%m-%d") not in text


def test_hostile_text_in_every_cell_stays_text(run: Run, example: Path) -> None:
    folder = keep(example, "online-1", "online-2", "park-1")
    evil = "<script>alert(1)</script></style>{{7*7}}<img src=x onerror=alert(1)>"
    submission = folder / "submissions" / "online-2"
    shutil.rmtree(submission)
    submission.mkdir()
    (submission / "submission.yaml").write_text(
        f"pilot: online-2\nsubmitted_by: '{evil}'\ncontact_office: '{evil}'\n"
        "period: {from: 2018-01-01, to: 2018-12-31}\n"
        "statements: {registered: true, serious_violation: false, evidence_true: true}\n"
        "nothing_to_report: [penalties]\n"
        f"facts: [{{zh: '{evil}', quote: '{evil}', source: '{evil}', qualifier_zh: '{evil}', use: context}}]\n",
        "utf-8",
    )
    (submission / f"{evil.replace('/', '_')[:60]}.csv").write_text("x", "utf-8")
    cell = evil.replace('"', "")
    header = f"日期,活动名称,类型,参加人次,是否联合举办,出处,{cell}"
    row = f"2018-01-02,{cell},培训,1600多,否,{cell},{cell}"
    (submission / "events.csv").write_text(f"{header}\n{row}\n", "utf-8")
    done = run("assess", folder)
    assert done.returncode == 0, done.stderr
    for page in (folder / "results").rglob("*.html"):
        html = page.read_text("utf-8")
        assert "<script" not in html
        assert "<img" not in html
        assert html.count("</style>") == 1
    assert "&lt;script&gt;" in (folder / "results" / "zh" / "online-2.html").read_text("utf-8")


@pytest.mark.parametrize("seed", [0, *(pytest.param(each, marks=pytest.mark.slow) for each in (1, 2))])
def test_the_order_of_rows_and_files_changes_no_figure(assessed: Path, tmp_path: Path, seed: int) -> None:
    folder = keep(copy_example(tmp_path / "round", assessed), "online-2", "online-3")
    path = folder / "submissions" / "online-3" / "建议.csv"
    head, *rows = path.read_text("utf-8-sig").splitlines()
    random.Random(seed).shuffle(rows)  # noqa: S311
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8-sig")
    space = api.open_round(folder)
    before = {a.pilot.id: a for a in api.last_record(Round.open(assessed)).assessments}["online-3"]
    now = {a.pilot.id: a for a in api.assess(space).assessments}["online-3"]
    assert now.indicators == before.indicators
    assert now.total == before.total
