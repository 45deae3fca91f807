"""Rounds and records: published whole or not at all, recovered after a crash, compared and verified."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pilot_eval import record as records
from pilot_eval import round as rounds
from pilot_eval.comparison import compare
from pilot_eval.errors import EvidenceError, UsageError
from pilot_eval.model import (
    BaseTypeInfo,
    Basis,
    EvaluationRecord,
    InputFile,
    MethodInfo,
    RoundInfo,
    Software,
)
from pilot_eval.round import RECORD, SUMS, Round
from pilot_eval.text import both
from tests.scoring.conftest import Evidence, Lab, indicator, method_of, pilot_spec, village

SETTINGS = "id: test\nzh: 试\nperiod: {from: 2018-01-01, to: 2018-12-31}\n"


@pytest.fixture
def opened(tmp_path: Path) -> Round:
    folder = tmp_path / "round"
    folder.mkdir()
    (folder / "round.yaml").write_text(SETTINGS, "utf-8")
    return Round.open(folder)


def results(version: int) -> dict[str, bytes]:
    """Files that belong together: a record, some pages, and their hashes."""
    files = {RECORD: json.dumps({"version": version}).encode(), **{f"zh/{i}.html": b"%d" % version for i in range(5)}}
    return {**files, SUMS: records.sums(files)}


def whole(folder: Path) -> int:
    """The version of the published results, every file of which is the one that was published with it."""
    listing = (folder / "results" / SUMS).read_bytes()
    assert not records.check_sums(folder / "results", listing)
    version: int = json.loads((folder / "results" / RECORD).read_bytes())["version"]
    assert {(folder / "results" / f"zh/{i}.html").read_bytes() for i in range(5)} == {b"%d" % version}
    return version


# --- publication


def _no_swap(one: Path, other: Path) -> bool:
    return False


@pytest.fixture(params=["one step", "two steps"])
def exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How results are exchanged: at once, or as on a system that can't."""
    if request.param == "two steps":
        monkeypatch.setattr(rounds, "_swap", _no_swap)
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
from tests.record.test_record import _no_swap
from tests.record.test_record import results
from tests.record.test_record import whole

folder, two_steps, kills = Path(sys.argv[1]), sys.argv[2] == "two steps", int(sys.argv[3])
if two_steps:
    rounds._swap = _no_swap
chance, versions = random.Random(4), []
opened = rounds.Round.open(folder)
opened.publish(results(0))
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
    time.sleep(chance.uniform(0, 0.02))  # no matter when
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(begun), os.close(ready)
    rounds.Round.open(folder)
    versions.append(whole(folder))
assert versions == sorted(versions) and versions[-1] > kills, versions
print("whole after", len(versions), "kills")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("steps", ["one step", "two steps"])
def test_a_publisher_killed_at_any_moment_leaves_whole_results(steps: str, opened: Round) -> None:
    arguments = [sys.executable, "-c", PUBLISHER, str(opened.folder), steps, str(KILLS)]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"whole after {KILLS} kills\n"


@pytest.mark.parametrize("crash", [1, 2])
def test_a_crash_between_the_two_steps_is_put_right(crash: int, opened: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.publish(results(1))
    monkeypatch.setattr(rounds, "_swap", _no_swap)
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


# --- settings and reviews


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


METHOD = method_of(
    indicator("A", "sold", 60, {"linear": {"from": 0, "to": 10}}),
    indicator("R", "proof", 40, {"rubric": {"levels": 4}}),
).model_copy(update={"pilots": (pilot_spec("one"),)})
REVIEW = (
    "pilot: one\nreviewed_by: 评审组\nscores:\n  R: {score: 3, zh: 有第三方材料}\nnot_applicable:\n  A: {zh: 不适用}\n"
)


def test_reviews_are_read(opened: Round) -> None:
    (opened.folder / "reviews").mkdir()
    (opened.folder / "reviews" / "one.yaml").write_text(REVIEW, "utf-8")
    review = opened.reviews(METHOD)["one"]
    assert (review.scores, review.reasons["R"].zh, review.not_applicable["A"].zh) == (
        {"R": 3},
        "有第三方材料",
        "不适用",
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("pilot: one", "pilot: two", "review-unknown", 1),
        ("R: {score: 3", "A: {score: 3", "review-unknown", 4),
        ("score: 3", "score: 5", "review-wrong", 4),
        ("score: 3", "score: -1", "yaml-wrong-value", 4),
        ("score: 3", "score: true", "yaml-wrong-value", 4),
        ("zh: 有第三方材料", 'zh: ""', "yaml-wrong-value", 4),
        ("  A: {zh: 不适用}", "  B: {zh: 不适用}", "review-unknown", 6),
        ("reviewed_by: 评审组", "reviewd_by: 评审组", "yaml-unknown-key", 2),
        ("scores:", "pilot: one\nscores:", "yaml-duplicate-key", 3),
    ],
)
def test_a_faulty_review_is_told_with_its_line(old: str, new: str, code: str, line: int, opened: Round) -> None:
    assert old in REVIEW
    (opened.folder / "reviews").mkdir()
    (opened.folder / "reviews" / "one.yaml").write_text(REVIEW.replace(old, new, 1), "utf-8")
    with pytest.raises(EvidenceError) as raised:
        opened.reviews(METHOD)
    assert (code, "reviews/one.yaml", line) in [(f.code, f.place.file, f.place.line) for f in raised.value.findings]


# --- records


def record(lab: Lab, amount: float = 5, files: tuple[InputFile, ...] = ()) -> EvaluationRecord:
    method = method_of(indicator("A", "sold", 100, {"linear": {"from": 0, "to": 10}}))
    evidence = {pilot: Evidence({"sales": [{"amount": amount}, {"amount": (1, 0, 2)}]}) for pilot in ("one", "two")}
    made = list(lab.assess(method, evidence).values())
    village_info = BaseTypeInfo(id="village", label=both("村"), plugin="p", version="1", state="ok")
    return EvaluationRecord(
        round=RoundInfo(id="r", label=both("轮"), period_from="2018-01-01", period_to="2018-12-31"),
        method=MethodInfo(
            id="m", version="1.0.0", label=both("法"), dimensions=(), indicators=(), bands=(), missing="zero",
            decimals=2, bonus_cap=0, deduction_cap=0, ceiling=100, sources=(), files=(),
            basis=Basis(kind="illustrative"),
        ),
        software=Software(pilot_eval="1", libraries={"polars": "2"}),
        base_types=(village_info,),
        inputs=files,
        assessments=tuple(made),
        comparison=compare(made, [village_info], 0),
        findings=(),
    )  # fmt: skip


def test_the_same_evidence_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (records.to_bytes(record(Lab(tmp_path / name, village()))) for name in ("one", "other"))
    assert one == other


def test_a_records_bytes_are_canonical(lab: Lab) -> None:
    made = record(lab)
    data = records.to_bytes(made)
    assert records.from_bytes(data, "x") == made
    assert records.to_bytes(records.from_bytes(data, "x")) == data
    text = data.decode("utf-8")
    assert text.endswith("}\n") and "村" in text and "NaN" not in text
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n" == text


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": "pilot-eval-record/9"}', b"\xff"])
def test_what_is_no_record_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(EvidenceError) as raised:
        records.from_bytes(data, "results/record.json")
    [said] = raised.value.findings
    assert (said.code, said.place.file) == ("record-unreadable", "results/record.json")


def test_a_record_does_not_differ_from_itself_computed_elsewhere(lab: Lab) -> None:
    made = record(lab)
    newer = made.model_copy(update={"software": Software(pilot_eval="2", libraries={"polars": "3"})})
    assert records.differences(made, newer) == []


def test_a_changed_figure_is_found_by_its_place(lab: Lab) -> None:
    made = record(lab)
    data = json.loads(records.to_bytes(made))
    data["assessments"][1]["indicators"][0]["points"] += 0.01
    changed = EvaluationRecord.model_validate(data)
    [said] = records.differences(changed, made)
    assert said.message.en == "assessments[two].indicators[A].points: the record has 60.01, computed again it is 60.0"


def test_other_evidence_gives_many_differences_but_not_endlessly_many(lab: Lab) -> None:
    found = records.differences(record(lab), record(lab, amount=7))
    paths = {each.message.en.split(":")[0] for each in found}
    assert {"assessments[one].total.points", "comparison.across.ranks"} & paths
    assert len(found) <= records.MOST_DIFFERENCES


def test_verification_finds_what_was_changed_what_is_gone_and_what_is_new(lab: Lab, tmp_path: Path) -> None:
    files = {}
    for name in ("same", "changed", "gone"):
        (tmp_path / name).write_text(name)
        sha = hashlib.sha256(name.encode()).hexdigest()
        files[name] = InputFile(path=name, sha256=sha, size=len(name))
    made = record(lab, files=tuple(files.values()))
    assert records.verify(made, tmp_path, list(files)) == []
    (tmp_path / "changed").write_text("changes")
    (tmp_path / "gone").unlink()
    found = records.verify(made, tmp_path, ["same", "changed", "new"])
    assert {each.place.file: each.code for each in found} == {
        "changed": "hash-differs",
        "gone": "hash-missing",
        "new": "hash-new",
    }


def test_published_files_are_checked_against_their_listing(opened: Round) -> None:
    opened.publish(results(1))
    listing = (opened.results / SUMS).read_bytes()
    assert records.check_sums(opened.results, listing) == []
    checked = subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=opened.results, check=False)
    assert checked.returncode == 0
    (opened.results / "zh" / "1.html").write_bytes(b"changed")
    (opened.results / "zh" / "2.html").unlink()
    found = {each.place.file: each.code for each in records.check_sums(opened.results, listing)}
    assert found == {"results/zh/1.html": "hash-differs", "results/zh/2.html": "hash-missing"}
