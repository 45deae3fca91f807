"""A record's files: a manifest with one part per pilot, written canonically, read whole or in part, of each format."""

import json
import re
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pilot_eval.actions.schema import schema_of
from pilot_eval.errors import EvidenceError
from pilot_eval.model import EvaluationRecord, InputFile
from pilot_eval.record.files import RECORD, canonical, is_canonical, load_record, read_record, record_files
from tests.conftest import ROOT, Run
from tests.record.test_record import record
from tests.support.scoring.lab import Lab

INPUTS = tuple(
    InputFile.of(path, b"x")
    for path in (
        "method/m.yaml",
        "reviews/one.yaml",
        "submissions/one/a.csv",
        "submissions/other/a",
        "submissions/two/b",
    )
)
ONE = "record/one.json"


@pytest.fixture
def made(lab: Lab) -> EvaluationRecord:
    return record(lab, files=INPUTS)


@pytest.fixture
def manifest(made: EvaluationRecord, tmp_path: Path) -> Path:
    """The manifest of a record whose parts are beside it."""
    for name, data in record_files(made).items():
        path = tmp_path / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "results" / RECORD


def wrong(manifest: Path, *only: str) -> list[tuple[str, str | None]]:
    with pytest.raises(EvidenceError) as raised:
        read_record(manifest, "results/record.json", only)
    return [(each.code, each.place.file) for each in raised.value.findings]


def test_what_concerns_one_pilot_alone_is_in_its_part(made: EvaluationRecord, manifest: Path) -> None:
    files = record_files(made)
    assert list(files) == [RECORD, ONE, "record/two.json"]
    shared, one = json.loads(files[RECORD]), json.loads(files[ONE])
    assert (shared["format"], one["format"]) == ("pilot-eval-record/2", "pilot-eval-record-part/2")
    assert [each["path"] for each in one["inputs"]] == ["submissions/one/a.csv"]
    assert [each["path"] for each in shared["inputs"]] == ["method/m.yaml", "reviews/one.yaml", "submissions/other/a"]
    listed = [(each["pilot"], each["path"], each["size"]) for each in shared["parts"]]
    assert listed == [(name, f"record/{name}.json", len(files[f"record/{name}.json"])) for name in ("one", "two")]
    assert "assessments" not in shared
    assert read_record(manifest, "x") == made
    assert record_files(read_record(manifest, "x")) == files


def test_only_the_parts_that_are_asked_for_are_read(made: EvaluationRecord, manifest: Path) -> None:
    (manifest.parent / "record" / "two.json").unlink()
    loaded = load_record(manifest, "x", ["one"])
    assert loaded.whole == made.model_copy(update={"assessments": made.assessments[:1], "inputs": INPUTS[:4]})
    assert (loaded.pilots, list(loaded.files)) == (("one", "two"), [RECORD, ONE])
    assert wrong(manifest, "one", "three") == [("record-part-missing", "results/record/two.json")]  # it names them all


def test_each_part_that_does_not_fit_is_named(manifest: Path) -> None:
    one, two = (manifest.parent / "record" / f"{name}.json" for name in ("one", "two"))
    good = one.read_bytes()
    one.write_bytes(good.replace(b'"coverage": 100.0', b'"coverage": 10.0', 1))
    two.unlink()
    both = [("record-part-missing", "results/record/two.json"), ("record-part-differs", "results/record/one.json")]
    assert wrong(manifest) == both
    loaded = load_record(manifest, "results/record.json")
    assert [each.pilot.id for each in loaded.record.assessments] == ["one"]
    assert loaded.pilots == ("one", "two")
    one.write_bytes(b"{")
    assert wrong(manifest, "one") == [("record-unreadable", "results/record/one.json")]
    shutil.copy(manifest, manifest.with_name("kept"))
    two.write_bytes(good.replace(b'"id": "one"', b'"id": "two"', 1))
    assert wrong(manifest, "two") == [("record-part-differs", "results/record/two.json")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda said: said["parts"][0].update(path="../../etc/passwd"), "record-unreadable"),
        (lambda said: said["parts"][0].update(path="record/two.json"), "record-unreadable"),
        (lambda said: said["parts"][0].update(size=1), "record-part-differs"),
        (lambda said: said.update(format="pilot-eval-record/9"), "record-format"),
        (lambda said: said.pop("format"), "record-format"),
        (lambda said: said.pop("method"), "record-unreadable"),
        (lambda said: said.update(more=1), "record-unreadable"),
    ],
)
def test_a_manifest_that_was_changed_is_refused(
    change: Callable[[dict[str, Any]], object], code: str, manifest: Path
) -> None:
    said = json.loads(manifest.read_bytes())
    change(said)
    manifest.write_text(json.dumps(said), "utf-8")
    assert [each for each, _ in wrong(manifest)] == [code]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff"])
def test_what_is_no_record_is_said_to_be_none(data: bytes, tmp_path: Path) -> None:
    (tmp_path / RECORD).write_bytes(data)
    assert wrong(tmp_path / RECORD) == [("record-unreadable", "results/record.json")]


def test_the_file_of_format_1_holds_everything(made: EvaluationRecord, tmp_path: Path) -> None:
    old = made.model_copy(update={"format": "pilot-eval-record/1"})
    (tmp_path / RECORD).write_bytes(canonical(old))
    loaded = load_record(tmp_path / RECORD, "x", ["one"])
    assert (loaded.whole, loaded.pilots, list(loaded.files)) == (old, ("one", "two"), [RECORD])
    assert record_files(old) == record_files(made)


def test_results_of_format_1_are_verified_replayed_explained_and_rendered_again(run: Run, tmp_path: Path) -> None:
    """Two pilots of the example, assessed before records had parts."""
    with tarfile.open(ROOT / "tests" / "data" / "records" / "format-1.tar.xz", "r:xz") as archive:
        archive.extractall(tmp_path, filter="data")
    folder = tmp_path / "round"
    assert list((folder / "results").glob("*")) and not (folder / "results" / "record").exists()
    before = load_record(folder / "results" / RECORD, "x").whole
    assert run("verify", folder).returncode == 0
    for item in ("total", "V1"):
        assert run("explain", folder, "community-3", item).returncode == 0
    found = json.loads(run("replay", folder, "--json").stdout)
    ours = {"record-software", "record-software-same", "page-differs", "record-differs-more"}  # words, not figures
    assert {each["code"] for each in found} <= ours
    assert run("report", folder).returncode == 0
    assert (folder / "results" / "record" / "community-3.json").is_file()
    assert run("verify", folder).returncode == 0
    now = load_record(folder / "results" / RECORD, "x").whole
    assert now == before.model_copy(update={"format": now.format})
    assert run("assess", folder).returncode == 0
    after = {each.pilot.id: each.total for each in load_record(folder / "results" / RECORD, "x").whole.assessments}
    assert after == {each.pilot.id: each.total for each in before.assessments}


def test_the_files_of_the_example_fit_their_published_schemas(assessed: Path) -> None:
    results = assessed / "results"
    for kind, names in (("record", [RECORD]), ("record-part", sorted(results.glob("record/*.json")))):
        schema = Draft202012Validator(schema_of(kind, {}))
        for name in names:
            given = json.loads((results / name).read_bytes())
            schema.validate(given)
            assert not schema.is_valid(given | {"more": 1})
            del given["format"]
            assert not schema.is_valid({**given, "format": "pilot-eval-record/1"})


@pytest.mark.parametrize("page", ["record.md", "record.en.md"])
def test_the_program_in_the_guide_checks_each_part(
    page: str, assessed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [program] = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(assessed)
    exec(compile(program, page, "exec"), {})  # noqa: S102
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 15
    assert lines[0].startswith("online-1 ")


@pytest.mark.parametrize("name", [RECORD, ONE])
def test_a_file_that_another_program_wrote_is_told_apart(name: str, made: EvaluationRecord) -> None:
    data = record_files(made)[name]
    assert is_canonical(data)
    doubled = data.replace(b' "format":', b' "format": "other",\n "format":')
    for changed in (b"", b"[]", data[:-1], data + b"\n", b"\xef\xbb\xbf" + data, doubled, data.replace(b"\n", b"\r\n")):
        assert not is_canonical(changed)
    assert not is_canonical(json.dumps(json.loads(data)).encode())
    number = b'"points": 60.0' if name == ONE else b'"ceiling": 100.0'
    for form in (b'"60.0"', b"60", b"6e1", b"NaN", b"true"):
        changed = data.replace(number, number.split()[0] + b" " + form, 1)
        assert changed != data
        assert not is_canonical(changed)


def test_what_an_older_version_did_not_write_may_be_missing(made: EvaluationRecord) -> None:
    older = json.loads(record_files(made)[ONE])
    del older["assessment"]["reviewed_by"]
    assert is_canonical((json.dumps(older, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    del older["format"]
    assert not is_canonical((json.dumps(older, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
