"""Records: written in the same bytes, read again, compared and verified."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.comparison.ranks import compare
from pilot_eval.errors import Place, finding
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
from pilot_eval.record.differences import differences, made_by, versions
from pilot_eval.record.files import canonical
from pilot_eval.record.integrity import SUMS, check_sums, inputs_compared
from pilot_eval.round import Round
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
        comparison=compare(made, [village_info], 0, 100),
        findings=(),
    )  # fmt: skip


def test_the_same_evidence_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (canonical(record(Lab(tmp_path / name, village()))) for name in ("one", "other"))
    assert one == other


def test_a_record_names_the_versions_that_made_it(lab: Lab) -> None:
    made = record(lab)
    assert versions(made) == {"pilot-eval": "1", "polars": "2", "p": "1"}
    newer = made.model_copy(
        update={
            "software": Software(pilot_eval="2", libraries={}),
            "base_types": (made.base_types[0].model_copy(update={"version": "9"}),),
        }
    )
    assert versions(made_by(made, newer)) == versions(made)


def test_a_records_bytes_are_canonical(lab: Lab) -> None:
    made = record(lab)
    data = canonical(made)
    text = data.decode("utf-8")
    assert text.endswith("}\n") and "村" in text and "NaN" not in text
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n" == text


def test_what_is_no_number_is_never_written(lab: Lab) -> None:
    made = record(lab)
    wrong = made.assessments[0].model_copy(update={"coverage": float("nan")})
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(made.model_copy(update={"assessments": (wrong,)}))


def test_a_record_does_not_differ_from_itself_computed_elsewhere(lab: Lab) -> None:
    made = record(lab)
    newer = made.model_copy(update={"software": Software(pilot_eval="2", libraries={"polars": "3"})})
    assert differences(made, newer) == []


def test_a_changed_figure_is_found_by_its_place(lab: Lab) -> None:
    made = record(lab)
    data = json.loads(canonical(made))
    data["assessments"][1]["indicators"][0]["points"] += 0.01
    changed = EvaluationRecord.model_validate(data)
    [said] = differences(changed, made)
    assert (str(said), said.pilot) == ("assessments[two].indicators[A].points", "two")
    assert (said.recorded, said.now) == (60.01, 60.0)


def told(made: EvaluationRecord, **changed: Any) -> list[tuple[str, Any, Any]]:
    """What differs from a record whose data was changed: by a dotted path, its new value."""
    data = json.loads(canonical(made))
    for path, value in changed.items():
        *keys, last = path.split("__")
        place = data
        for key in keys:
            place = place[int(key) if key.isdigit() else key]
        place[int(last) if last.isdigit() else last] = value
    found = differences(made, EvaluationRecord.model_validate(data))
    return [(str(each), each.recorded, each.now) for each in found]


def test_what_was_put_in_or_taken_out_of_a_list_is_found_by_its_name(lab: Lab) -> None:
    files = tuple(InputFile(path=name, sha256="0" * 64, size=1) for name in ("a", "b", "c"))
    made = record(lab, files=files)
    one, two, three = (each.model_dump(mode="json") for each in files)
    assert told(made, inputs=[one, three]) == [("inputs[b]", two, None)]
    new = {"path": "新", "sha256": "1" * 64, "size": 2}
    assert told(made, inputs=[one, new, two, three]) == [("inputs[新]", None, new)]
    assert told(made, inputs=[one, two | {"size": 7}]) == [("inputs[b].size", 1, 7), ("inputs[c]", three, None)]


def test_what_has_no_name_is_found_by_its_position_in_a_list_that_was_empty(lab: Lab) -> None:
    made = record(lab)
    assert told(made, assessments__0__pilot__sources=["S1", "S2"]) == [
        ("assessments[one].pilot.sources[0]", None, "S1"),
        ("assessments[one].pilot.sources[1]", None, "S2"),
    ]
    new = finding("file-json", Place(file="a"), problem="?").model_dump(mode="json")
    assert told(made, findings=[new]) == [("findings[0]", None, new)]


def test_another_order_is_found(lab: Lab) -> None:
    files = tuple(InputFile(path=name, sha256="0" * 64, size=1) for name in ("a", "b"))
    one, two = (each.model_dump(mode="json") for each in files)
    assert told(record(lab, files=files), inputs=[two, one]) == [("inputs", ["a", "b"], ["b", "a"])]


def test_a_finding_more_is_found_by_its_position_and_no_other_differs(lab: Lab) -> None:
    given = [finding("file-json", Place(file=name), problem="?") for name in ("a", "b", "c")]
    made = record(lab).model_copy(update={"findings": tuple(given)})
    first, second, third = (each.model_dump(mode="json") for each in given)
    assert told(made, findings=[first, third]) == [("findings[1]", second, None)]
    assert told(made, findings=[second, third]) == [("findings[0]", first, None)]
    new = first | {"code": "file-other"}
    assert told(made, findings=[first, second, third, new]) == [("findings[3]", None, new)]
    assert told(made, findings=[first, second | {"code": "other"}, third]) == [
        ("findings[1].code", "file-json", "other"),
    ]


def test_one_of_many_equal_findings_is_the_only_difference(lab: Lab) -> None:
    made = record(lab).model_copy(update={"findings": (finding("file-json", Place(file="a"), problem="?"),) * 300})
    each = made.findings[0].model_dump(mode="json")
    assert told(made, findings=[each] * 301) == [("findings[300]", None, each)]


def test_one_put_in_before_hundreds_alike_is_the_only_difference(lab: Lab) -> None:
    alike = tuple(finding("file-json", Place(file=name), problem="?") for name in "ab" * 150)
    made = record(lab).model_copy(update={"findings": alike})
    every = [each.model_dump(mode="json") for each in alike]
    new = every[0] | {"code": "new"}
    assert told(made, findings=[new, *every]) == [("findings[0]", None, new)]


def test_a_key_that_was_put_in_or_taken_out_is_found(lab: Lab) -> None:
    made, words = record(lab), {"zh": "没有得分", "en": "no score"}
    across = made.comparison.across.model_copy(update={"left_out": {"old": Words(**words)}})
    made = made.model_copy(update={"comparison": made.comparison.model_copy(update={"across": across})})
    assert told(made, comparison__across__left_out={"new": words}) == [
        ("comparison.across.left_out.new", None, words),
        ("comparison.across.left_out.old", words, None),
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
        ("assessments[one].bonuses[B].rule.parameters.bands", [1, 2], None),
        ("assessments[one].bonuses[B].rule.parameters.each", None, 2),
    ]


def test_the_order_of_keys_makes_no_difference(lab: Lab) -> None:
    made = record(lab)
    first, second = (
        NotCounted(cause="empty", lacks={key: both(key) for key in keys}, rows=()) for keys in ("ba", "dc")
    )
    measure = made.assessments[0].measures[0].model_copy(update={"not_counted": (first, second)})
    one = made.assessments[0].model_copy(update={"measures": (measure,)})
    made = made.model_copy(update={"assessments": (one, *made.assessments[1:])})
    left = [json.loads(second.model_dump_json())]
    gone = ("assessments[one].measures[sold].not_counted[0]", json.loads(first.model_dump_json()), None)
    assert told(made, assessments__0__measures__0__not_counted=left) == [gone]


def test_what_stands_twice_is_told_apart(lab: Lab) -> None:
    files = tuple(InputFile(path=name, sha256="0" * 64, size=1) for name in ("a", "b"))
    one, two = (each.model_dump(mode="json") for each in files)
    assert told(record(lab, files=files), inputs=[one, one]) == [
        ("inputs[b]", two, None),
        ("inputs[a][2]", None, one),
    ]
    assert told(record(lab, files=files[:1] * 2), inputs=[one, two]) == [
        ("inputs[a][2]", one, None),
        ("inputs[b]", None, two),
    ]
    twice, both_ = record(lab, files=files[:1] * 2), record(lab, files=files)
    assert [(each.again, each.pilot) for each in differences(twice, both_)] == [(True, None), (False, None)]


def test_a_table_is_found_by_its_name(lab: Lab) -> None:
    made = record(lab)
    shown = made.assessments[0].extracts[0].model_dump(mode="json")
    new = shown | {"table": "new"}
    assert told(made, assessments__0__extracts=[new, shown | {"total": 9}]) == [
        ("assessments[one].extracts[sales].total", 2, 9),
        ("assessments[one].extracts[new]", None, new),
    ]


def test_what_was_nothing_is_found_and_other_software_is_no_difference(lab: Lab) -> None:
    made = record(lab)
    assert told(made, assessments__1__total=None)[0][::2] == ("assessments[two].total", None)
    said = told(made, software={"pilot_eval": "3", "libraries": {}}, round__label={"zh": "另一轮", "en": "轮"})
    assert said == [("round.label.zh", "轮", "另一轮")]


def test_verification_finds_what_was_changed_what_is_gone_and_what_is_new(lab: Lab, tmp_path: Path) -> None:
    files = {}
    for name in ("same", "changed", "gone"):
        (tmp_path / name).write_text(name)
        sha = hashlib.sha256(name.encode()).hexdigest()
        files[name] = InputFile(path=name, sha256=sha, size=len(name))
    made = record(lab, files=tuple(files.values()))
    assert inputs_compared(made, tmp_path, list(files)) == []
    (tmp_path / "changed").write_text("changes")
    (tmp_path / "gone").unlink()
    found = inputs_compared(made, tmp_path, ["same", "changed", "new"])
    assert {each.place.file: each.code for each in found} == {
        "changed": "hash-differs",
        "gone": "hash-missing",
        "new": "hash-new",
    }


def test_a_file_that_a_record_names_wrongly_or_that_is_elsewhere_too_is_said(lab: Lab, tmp_path: Path) -> None:
    folder, link = tmp_path / "round", tmp_path / "link"
    folder.mkdir()
    link.symlink_to(folder)
    for name in ("a", "b", "c"):
        (folder / name).write_text(name)
    a, b, c = (InputFile.of(name, name.encode()) for name in ("a", "b", "c"))
    assert inputs_compared(record(lab, files=(a, b, c)), link, ["a", "b", "c"]) == []  # a round may lie behind a link
    longer = a.model_copy(update={"size": 2})
    [size] = inputs_compared(record(lab, files=(longer, b)), folder, ["a", "b"])
    assert (size.code, size.place.file, "2" in size.message.en) == ("hash-size", "a", True)
    [twice] = inputs_compared(record(lab, files=(a, b, b)), folder, ["a", "b"])
    assert (twice.code, twice.place.file) == ("input-twice", "b")
    for name in ("b", "c"):
        (tmp_path / f"{name}-elsewhere").hardlink_to(folder / name)
    [shared] = inputs_compared(record(lab, files=(a, b, c)), folder, ["a", "b", "c"])
    assert (shared.code, shared.place.file, "2" in shared.message.en) == ("hash-shared", "b", True)
    (tmp_path / "outside").symlink_to(folder / "a")
    outside = a.model_copy(update={"path": "../outside"})
    assert [each.code for each in inputs_compared(record(lab, files=(outside,)), folder, ["../outside"])] == [
        "hash-link"
    ]


def test_published_files_are_checked_against_their_listing(opened: Round) -> None:
    opened.publish(results(1))
    listing = (opened.results / SUMS).read_bytes()
    assert check_sums(opened.results, listing) == []
    checked = subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=opened.results, check=False)
    assert checked.returncode == 0
    (opened.results / "zh" / "1.html").write_bytes(b"changed")
    (opened.results / "zh" / "2.html").unlink()
    found = {each.place.file: each.code for each in check_sums(opened.results, listing)}
    assert found == {"results/zh/1.html": "hash-differs", "results/zh/2.html": "hash-missing"}


def sums_say(opened: Round, listing: bytes, *expected: str) -> set[tuple[str, str, int | None]]:
    found = check_sums(opened.results, listing, expected)
    return {(each.code, (each.place.file or "").removeprefix("results/"), each.place.line) for each in found}


def test_a_published_file_too_many_or_too_few_is_named(opened: Round) -> None:
    opened.publish(results(1))
    listing = (opened.results / SUMS).read_bytes()
    names = [line.split("  ")[1] for line in listing.decode().splitlines()]
    assert sums_say(opened, listing, *names) == set()
    assert sums_say(opened, listing, *names, "en/1.html") == {("hash-missing", "en/1.html", None)}
    assert sums_say(opened, listing, *names[:-1]) == {("hash-foreign", names[-1], None)}
    (opened.results / "zh" / ".DS_Store").write_bytes(b"left by a system")
    (opened.results / "zh" / "more.html").write_bytes(b"x")
    assert sums_say(opened, listing, *names) == {("hash-unlisted", "zh/more.html", None)}
    (opened.results / "zh" / "more.html").unlink()
    (opened.results / "zh" / "1.html").rename(opened.folder / "kept.html")
    (opened.results / "zh" / "1.html").symlink_to(opened.folder / "kept.html")
    assert sums_say(opened, listing, *names) == {("hash-link", "zh/1.html", None)}
    kept = b"".join(line for line in listing.splitlines(keepends=True) if b"zh/1" not in line)
    (opened.results / "zh" / "1.html").unlink()
    assert sums_say(opened, kept) == set()
    assert sums_say(opened, kept, *names) == {("hash-missing", "zh/1.html", None)}


OTHER = "0" * 64


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (lambda lines: [], "sums-empty", None),
        (lambda lines: [f"{line}\r" for line in lines], "sums-malformed", 1),
        (lambda lines: [*lines[:2], lines[2][1:], *lines[3:]], "sums-malformed", 3),
        (lambda lines: [*lines, f"{OTHER}  ../round.yaml"], "sums-malformed", 7),
        (lambda lines: [*lines, f"{OTHER}  /etc/hostname"], "sums-malformed", 7),
        (lambda lines: [*lines, f"{OTHER}  zh/../record.json"], "sums-malformed", 7),
        (lambda lines: [*lines, f"{OTHER}  ./more.html"], "sums-malformed", 7),
        (lambda lines: [*lines, f"{OTHER} *zh/1.html"], "sums-malformed", 7),
        (lambda lines: [*lines, f"{OTHER}  SHA256SUMS"], "sums-malformed", 7),
        (lambda lines: [lines[0].upper(), *lines[1:]], "sums-malformed", 1),
        (lambda lines: [lines[0], "", *lines[1:]], "sums-malformed", 2),
        (lambda lines: [*lines, lines[1]], "sums-twice", 7),
        (lambda lines: [*lines, lines[1].replace(lines[1][:64], OTHER)], "sums-twice", 7),
        (lambda lines: [f"SHA256 ({line[66:]}) = {line[:64]}" for line in lines], "sums-malformed", 1),
        (lambda lines: [line.replace("zh/1", "zh/\udcff") for line in lines], "hash-unlisted", None),
        (lambda lines: lines[::-1], None, None),
    ],
)
def test_a_listing_that_is_none_is_said(change: Any, code: str | None, line: int | None, opened: Round) -> None:
    opened.publish(results(1))
    lines = change((opened.results / SUMS).read_text("utf-8").splitlines())
    listing = "".join(f"{each}\n" for each in lines).encode("utf-8", "surrogateescape")
    found = [(each.code, each.place.line) for each in check_sums(opened.results, listing)]
    assert ((code, line) in found) if code else (found == [])


def test_a_listing_whose_last_line_is_cut_is_said(opened: Round) -> None:
    opened.publish(results(1))
    listing = (opened.results / SUMS).read_bytes()
    found = check_sums(opened.results, listing.removesuffix(b"\n"))
    assert ("sums-malformed", 6) in [(each.code, each.place.line) for each in found]


def test_where_nothing_is_listed_names_are_compared_still(opened: Round) -> None:
    opened.publish(results(1))
    first, *others = sorted(path.relative_to(opened.results).as_posix() for path in opened.results.rglob("*.*"))
    (opened.results / first).unlink()
    (opened.results / "zh" / "extra.html").write_text("x")
    found = [(each.code, each.place.file) for each in check_sums(opened.results, b"", [first, *others])]
    assert found == [
        ("sums-empty", "results/SHA256SUMS"), ("hash-missing", f"results/{first}"),
        ("hash-unlisted", "results/zh/extra.html"),
    ]  # fmt: skip


def test_a_link_is_no_submitted_file(lab: Lab, tmp_path: Path) -> None:
    path = "submissions/one/a.csv"
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "a.csv").write_text("a")
    made = record(lab, files=(InputFile.of(path, b"a"),))
    (tmp_path / "submissions").mkdir()
    (tmp_path / "submissions" / "one").symlink_to(kept)
    assert [each.code for each in inputs_compared(made, tmp_path, [path])] == ["hash-link"]
    (tmp_path / "submissions" / "one").unlink()
    (tmp_path / "submissions" / "one").mkdir()
    (tmp_path / path).symlink_to(kept / "a.csv")
    assert [each.code for each in inputs_compared(made, tmp_path, [path])] == ["hash-link"]
    (tmp_path / path).unlink()
    (tmp_path / path).write_text("a")
    assert inputs_compared(made, tmp_path, [path]) == []
