"""Records: written in the same bytes, read again, compared and verified."""

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from pilot_eval import record as records
from pilot_eval.comparison.ranks import compare
from pilot_eval.errors import EvidenceError
from pilot_eval.model import (
    BaseTypeInfo,
    Basis,
    EvaluationRecord,
    InputFile,
    MethodInfo,
    RoundInfo,
    Software,
)
from pilot_eval.round import SUMS, Round
from pilot_eval.text import both
from tests.support.rounds.publishing import empty_round, results
from tests.support.scoring.lab import Evidence, Lab, indicator, method_of, village


@pytest.fixture
def opened(tmp_path: Path) -> Round:
    return empty_round(tmp_path / "round")


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
    assert said.message.en == "assessments[two].indicators[A].points: recorded as 60.01, recomputed as 60.0"


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
