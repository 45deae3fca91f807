"""Reviews are checked with the submissions; a wrong one stops its pilot, never the round."""

import json
import shutil
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.model import Assessment, EvaluationRecord, Standing
from pilot_eval.record.files import read_record
from pilot_eval.round import Round
from tests.conftest import Run
from tests.support.records import data_of
from tests.support.rounds.smaller import keep

PILOTS = ("community-1", "community-2", "online-1")


@pytest.fixture
def small(example: Path) -> Path:
    return keep(example, *PILOTS)


def write(small: Path, name: str, text: str) -> None:
    path = small / "reviews" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def review(pilot: str, not_applicable: str) -> str:
    return f"pilot: {pilot}\nreviewed_by: 评审一组\nnot_applicable:\n  {not_applicable}: {{zh: 没有这项工作}}\n"


def of(record: EvaluationRecord, pilot: str) -> Assessment:
    return next(each for each in record.assessments if each.pilot.id == pilot)


def test_check_lists_all_that_is_wrong_with_reviews(run: Run, small: Path) -> None:
    write(small, "community-1.yaml", "pilot: community-1\nreviewed_by: a\nscores: {S4x: {score: 1, zh: 认五场}}\n")
    write(small, "第二轮/community-2.yaml", review("community-2", "C7"))
    write(small, "纪要.docx", "")
    done = run("check", small, "--json")
    found = {(each["code"], each["place"]["file"]) for each in json.loads(done.stdout) if "review" in each["code"]}
    assert found == {
        ("review-not-rated", "reviews/community-1.yaml"),
        ("review-unused", "reviews/第二轮/community-2.yaml"),
        ("review-unused", "reviews/纪要.docx"),
    }
    assert done.returncode == 1
    one = json.loads(run("check", small, "--json", "--pilot", "community-1").stdout)
    assert [each["code"] for each in one if "review" in each["code"]] == ["review-not-rated"]


def test_a_wrong_review_stops_its_pilot_and_no_other(run: Run, assessed: Path, small: Path) -> None:
    before = api.last_record(Round.open(assessed))
    write(small, "community-1.yaml", "pilot: community-1\nreviewed_by: a\nscores: {S4x: {score: 1, zh: 认五场}}\n")
    write(small, "x.xlsx", "")
    done = run("assess", small)
    record = api.last_record(Round.open(small))
    stopped = of(record, "community-1")
    assert (done.returncode, stopped.standing, stopped.grade) == (1, Standing.ERROR, None)
    assert stopped.grade_reason is not None
    assert stopped.grade_reason.zh == "评审文件有错误，更正后才能评定等级"
    assert "review-not-rated" in [each.code for each in stopped.findings]
    assert [each.code for each in record.findings] == ["review-unused"]
    for pilot in ("community-2", "online-1"):
        assert of(record, pilot) == of(before, pilot)
    for lang in ("zh", "en"):
        assert "S4x" in (small / "results" / lang / "community-1.html").read_text("utf-8")
    assert "review-unused" in done.stderr and "review-not-rated" in done.stderr
    assert run("verify", small).returncode == 0
    assert run("replay", small).returncode == 0


def test_a_wrong_review_and_nothing_submitted_are_both_told(run: Run, small: Path) -> None:
    shutil.rmtree(small / "submissions" / "community-1")
    write(small, "community-1.yaml", "pilot: [\n")
    assert run("assess", small).returncode == 1
    made = of(api.last_record(Round.open(small)), "community-1")
    assert (made.standing, made.total) == (Standing.ERROR, None)
    assert [each.code for each in made.findings] == ["submission-none", "yaml-syntax"]


def test_a_decision_against_the_evidence_is_said(run: Run, assessed: Path, small: Path) -> None:
    worth = {each.id: each.points for each in of(api.last_record(Round.open(assessed)), "community-1").indicators}
    assert worth["C7"]
    write(small, "community-1.yml", review("community-1", "C7"))
    done = run("check", small, "--json")
    said = [each for each in json.loads(done.stdout) if each["code"] == "review-against-evidence"]
    assert [(each["place"]["file"], each["place"]["line"], each["severity"]) for each in said] == [
        ("reviews/community-1.yml", 4, "warning")
    ]
    assert f"按规则可得 {worth['C7']:g} 分" in said[0]["message"]["zh"]
    assert run("assess", small).returncode == 0
    record = api.last_record(Round.open(small))
    made = of(record, "community-1")
    assert "review-against-evidence" in [each.code for each in made.findings]
    assert made.reviewed_by == "评审一组"
    assert of(record, "community-2").reviewed_by is None
    assert "reviews/community-1.yml" in [each.path for each in record.inputs]
    for lang, says in (("zh", "定为不适用，但有证据"), ("en", "set to not applicable, but there is evidence")):
        page = (small / "results" / lang / "community-1.html").read_text("utf-8")
        assert says in page and "评审一组" in page
        explained = run("explain", small, "community-1", "C7", lang=lang).stdout
        assert says in explained and "评审一组" in explained
        assert "评审一组" not in run("explain", small, "community-1", "C6", lang=lang).stdout


def test_what_has_no_evidence_is_set_aside_without_a_word(run: Run, small: Path) -> None:
    write(small, "community-1.yaml", review("community-1", "S3x"))
    table = small / "submissions" / "community-1" / "楼宇服务.csv"
    table.unlink()
    info = table.with_name("submission.yaml")
    declared = info.read_text("utf-8").replace("nothing_to_report: [", "nothing_to_report: [buildings, ")
    info.write_text(declared, "utf-8")
    codes = [each["code"] for each in json.loads(run("check", small, "--json").stdout)]
    assert "review-against-evidence" not in codes


def test_a_record_without_reviewers_is_still_read(assessed: Path, tmp_path: Path) -> None:
    data = data_of(assessed)
    for each in data["assessments"]:
        del each["reviewed_by"]
        for indicator in each["indicators"]:
            del indicator["forgone"]
    path = tmp_path / "record.json"
    path.write_text(json.dumps(data | {"format": "pilot-eval-record/1"}), "utf-8")
    old = read_record(path, "record.json")
    assert {each.reviewed_by for each in old.assessments} == {None}
