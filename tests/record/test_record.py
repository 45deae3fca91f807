"""Records: written in the same bytes, read again, compared and verified."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pilot_eval import record as records
from pilot_eval.comparison.ranks import compare
from pilot_eval.errors import EvidenceError, Place, finding
from pilot_eval.model import (
    AdjustmentResult,
    BaseTypeInfo,
    Basis,
    EvaluationRecord,
    InputFile,
    MethodInfo,
    NotCounted,
    RoundInfo,
    RuleInfo,
    Software,
)
from pilot_eval.round import SUMS, Round
from pilot_eval.text import Words, both
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


def test_what_is_no_number_is_never_written(lab: Lab) -> None:
    made = record(lab)
    wrong = made.assessments[0].model_copy(update={"coverage": float("nan")})
    with pytest.raises(ValueError, match="JSON compliant"):
        records.to_bytes(made.model_copy(update={"assessments": (wrong,)}))


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


def told(made: EvaluationRecord, **changed: Any) -> list[str]:
    """What differs from a record whose data was changed: by a dotted path, its new value."""
    data = json.loads(records.to_bytes(made))
    for path, value in changed.items():
        *keys, last = path.split("__")
        place = data
        for key in keys:
            place = place[int(key) if key.isdigit() else key]
        place[int(last) if last.isdigit() else last] = value
    return [each.message.en for each in records.differences(made, EvaluationRecord.model_validate(data))]


def test_what_was_put_in_or_taken_out_of_a_list_is_found_by_its_name(lab: Lab) -> None:
    files = tuple(InputFile(path=name, sha256="0" * 64, size=1) for name in ("a", "b", "c"))
    made = record(lab, files=files)
    one, two, three = (each.model_dump(mode="json") for each in files)
    assert told(made, inputs=[one, three]) == [
        f"inputs[b]: recorded as {json.dumps(two)[:77]}…, recomputed as null",
    ]
    new = {"path": "新", "sha256": "1" * 64, "size": 2}
    assert told(made, inputs=[one, new, two, three]) == [
        f"inputs[新]: recorded as null, recomputed as {json.dumps(new, ensure_ascii=False)[:77]}…",
    ]
    assert told(made, inputs=[one, two | {"size": 7}]) == [
        "inputs[b].size: recorded as 1, recomputed as 7",
        f"inputs[c]: recorded as {json.dumps(three)[:77]}…, recomputed as null",
    ]


def test_another_order_is_found(lab: Lab) -> None:
    files = tuple(InputFile(path=name, sha256="0" * 64, size=1) for name in ("a", "b"))
    one, two = (each.model_dump(mode="json") for each in files)
    [said] = told(record(lab, files=files), inputs=[two, one])
    assert said == 'inputs: recorded as ["a", "b"], recomputed as ["b", "a"]'


def test_a_finding_more_is_found_by_its_position_and_no_other_differs(lab: Lab) -> None:
    given = [finding("file-json", Place(file=name), problem="?") for name in ("a", "b", "c")]
    made = record(lab).model_copy(update={"findings": tuple(given)})
    first, second, third = (each.model_dump(mode="json") for each in given)
    [lost] = told(made, findings=[first, third])
    assert lost.startswith("findings[1]: recorded as {") and lost.endswith("recomputed as null")
    [moved] = told(made, findings=[second, third])
    assert moved.startswith("findings[0]: recorded as {")
    new = first | {"code": "file-other"}
    [more] = told(made, findings=[first, second, third, new])
    assert more.startswith("findings[3]: recorded as null, recomputed as {")
    assert told(made, findings=[first, second | {"code": "other"}, third]) == [
        'findings[1].code: recorded as "file-json", recomputed as "other"',
    ]


def test_one_of_many_equal_findings_is_the_only_difference(lab: Lab) -> None:
    made = record(lab).model_copy(update={"findings": (finding("file-json", Place(file="a"), problem="?"),) * 300})
    each = made.findings[0].model_dump(mode="json")
    [said] = told(made, findings=[each] * 301)
    assert said.startswith("findings[300]: recorded as null")


def test_one_put_in_before_hundreds_alike_is_the_only_difference(lab: Lab) -> None:
    alike = tuple(finding("file-json", Place(file=name), problem="?") for name in "ab" * 150)
    made = record(lab).model_copy(update={"findings": alike})
    every = [each.model_dump(mode="json") for each in alike]
    [said] = told(made, findings=[every[0] | {"code": "new"}, *every])
    assert said.startswith("findings[0]: recorded as null")


def test_a_key_that_was_put_in_or_taken_out_is_found(lab: Lab) -> None:
    made, words = record(lab), {"zh": "没有得分", "en": "no score"}
    shown = json.dumps(words, ensure_ascii=False)
    across = made.comparison.across.model_copy(update={"left_out": {"old": Words(**words)}})
    made = made.model_copy(update={"comparison": made.comparison.model_copy(update={"across": across})})
    assert told(made, comparison__across__left_out={"new": words}) == [
        f"comparison.across.left_out.new: recorded as null, recomputed as {shown}",
        f"comparison.across.left_out.old: recorded as {shown}, recomputed as null",
    ]


def test_what_only_one_rule_has_is_nothing_in_the_other(lab: Lab) -> None:
    made = record(lab)
    steps = RuleInfo(kind="steps", sentence=both("分级"), parameters={"bands": [1, 2]})
    bonus = AdjustmentResult(
        id="B", label=both("加分"), measure="sold", value=1, points=1, low=1, high=1,
        basis=Basis(kind="illustrative"), rule=steps,
    )  # fmt: skip
    first = made.assessments[0].model_copy(update={"bonuses": (bonus,)})
    made = made.model_copy(update={"assessments": (first, *made.assessments[1:])})
    assert told(made, assessments__0__bonuses__0__rule__parameters={"each": 2}) == [
        "assessments[one].bonuses[B].rule.parameters.bands: recorded as [1, 2], recomputed as null",
        "assessments[one].bonuses[B].rule.parameters.each: recorded as null, recomputed as 2",
    ]


def test_the_order_of_keys_makes_no_difference(lab: Lab) -> None:
    made = record(lab)
    first, second = (
        NotCounted(cause="empty", lacks={key: both(key) for key in keys}, rows=()) for keys in ("ba", "dc")
    )
    measure = made.assessments[0].measures[0].model_copy(update={"not_counted": (first, second)})
    one = made.assessments[0].model_copy(update={"measures": (measure,)})
    made = made.model_copy(update={"assessments": (one, *made.assessments[1:])})
    [said] = told(made, assessments__0__measures__0__not_counted=[json.loads(second.model_dump_json())])
    assert said.startswith("assessments[one].measures[sold].not_counted[0]: recorded as {")


def test_a_name_that_stands_twice_is_no_name(lab: Lab) -> None:
    files = tuple(InputFile(path=name, sha256="0" * 64, size=1) for name in ("a", "b"))
    one, two = (each.model_dump(mode="json") for each in files)
    assert told(record(lab, files=files), inputs=[one, one]) == [
        'inputs[1].path: recorded as "b", recomputed as "a"',
    ]
    assert told(record(lab, files=files[:1] * 2), inputs=[one, two]) == [
        'inputs[1].path: recorded as "a", recomputed as "b"',
    ]


def test_a_table_is_found_by_its_name(lab: Lab) -> None:
    made = record(lab)
    shown = made.assessments[0].extracts[0].model_dump(mode="json")
    changed, new = told(made, assessments__0__extracts=[shown | {"table": "new"}, shown | {"total": 9}])
    assert changed == "assessments[one].extracts[sales].total: recorded as 2, recomputed as 9"
    assert new.startswith('assessments[one].extracts[new]: recorded as null, recomputed as {"table": "new"')


def test_numbers_and_what_was_nothing_are_found_by_position(lab: Lab) -> None:
    made = record(lab)
    assert told(made, assessments__1__total=None)[0].startswith("assessments[two].total: recorded as {")
    said = told(made, software={"pilot_eval": "3", "libraries": {}}, round__label={"zh": "另一轮", "en": "轮"})
    assert said == ['round.label.zh: recorded as "轮", recomputed as "另一轮"']


@pytest.mark.parametrize(("length", "shown"), [(78, "字" * 78 + '"'), (79, "字" * 76 + "…")])
def test_a_long_value_is_cut(length: int, shown: str, lab: Lab) -> None:
    [said] = told(record(lab), round__label={"zh": "字" * length, "en": "轮"})
    assert said == f'round.label.zh: recorded as "轮", recomputed as "{shown}'


def test_at_most_fifty_differences_are_told(lab: Lab) -> None:
    files = tuple(InputFile(path=str(number), sha256="0" * 64, size=1) for number in range(60))
    assert len(told(record(lab, files=files), inputs=[])) == 50
    assert len(told(record(lab, files=files[:49]), inputs=[])) == 49


def test_other_evidence_gives_many_differences_but_not_endlessly_many(lab: Lab) -> None:
    found = records.differences(record(lab), record(lab, amount=7))
    paths = {each.message.en.split(":")[0] for each in found}
    assert {"assessments[one].total.points", "assessments[two].indicators[A].value"} <= paths
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
