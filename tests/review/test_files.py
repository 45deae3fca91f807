"""Reviews: each file of the folder is read or told of, and concerns no other pilot than its own."""

import os
from pathlib import Path

import pytest

from pilot_eval.errors import Severity
from pilot_eval.review.files import Reviews, read_reviews, review_paths
from tests.support.scoring.lab import adjustment, indicator, method_of, pilot_spec

OTHER = indicator("Z", "sold", 100, {"linear": {"from": 0, "to": 10}})
RANGES = [{"id": "达成", "floor": 0.8, "ceiling": 1}, {"id": "部分达成", "floor": 0.6, "ceiling": 0.8}]
METHOD = method_of(
    indicator("A", "sold", 60, {"linear": {"from": 0, "to": 10}}),
    indicator("R", "proof", 40, {"rubric": {"levels": 4}}),
    common=[
        indicator("等次", None, 20, {"levels": {"of": RANGES}}),
        indicator("定额", None, 10, {"levels": {"of": [{"id": "甲", "share": 1}, {"id": "乙", "share": 0.5}]}}),
        indicator("评分", None, 15, {"expert": {}}),
    ],
    bonuses=[adjustment("B", "sold", 5, 1)],
    bonus_cap=5,
)
METHOD = METHOD.model_copy(
    update={"pilots": (pilot_spec("one"), pilot_spec("two")), "by_type": {**METHOD.by_type, "town": (OTHER,)}}
)
REVIEW = (
    "pilot: one\nreviewed_by: 评审组\nscores:\n  R: {score: 3, zh: 有第三方材料}\nnot_applicable:\n  A: {zh: 不适用}\n"
)


def read(folder: Path, files: dict[str, str | bytes]) -> Reviews:
    for name, text in files.items():
        path = folder / "reviews" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_reviews(folder, METHOD)


def codes(reviews: Reviews, pilot: str) -> list[str]:
    assert all(each.severity is Severity.ERROR for each in reviews.of(pilot).findings)
    return [each.code for each in reviews.of(pilot).findings]


@pytest.mark.parametrize("name", ["one.yaml", "one.yml", "one.YAML", "one.Yml"])
def test_a_review_is_read(name: str, tmp_path: Path) -> None:
    made = read(tmp_path, {name: REVIEW})
    review = made.of("one")
    assert (review.reviewed_by, review.scores, review.reasons["R"].zh, review.not_applicable["A"].zh) == (
        "评审组",
        {"R": 3},
        "有第三方材料",
        "不适用",
    )
    assert (review.places["A"].file, review.places["A"].line) == (f"reviews/{name}", 6)
    assert [path.name for path in review_paths(tmp_path)] == [name]
    assert [(each.path, each.size) for each in made.files] == [(f"reviews/{name}", len(REVIEW.encode()))]
    assert (made.others, codes(made, "one"), codes(made, "two")) == ((), [], [])


def test_a_review_is_read_in_the_encoding_of_chinese_windows(tmp_path: Path) -> None:
    assert read(tmp_path, {"one.yaml": REVIEW.encode("gb18030")}).of("one").reviewed_by == "评审组"


def test_without_a_folder_nobody_reviewed(tmp_path: Path) -> None:
    made = read_reviews(tmp_path, METHOD)
    assert (made.by_pilot, made.others, made.of("one").reviewed_by) == ({}, (), None)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("R: {score: 3", "A: {score: 3", "review-not-rated", 4),
        ("R: {score: 3", "B: {score: 3", "review-not-rated", 4),
        ("R: {score: 3", "Z: {score: 3", "review-other-type", 4),
        ("R: {score: 3", "Q: {score: 3", "review-unknown", 4),
        ("score: 3", "score: 5", "review-wrong", 4),
        ("score: 3", "score: -1", "yaml-wrong-value", 4),
        ("score: 3", "score: true", "yaml-wrong-value", 4),
        ("zh: 有第三方材料", 'zh: ""', "yaml-wrong-value", 4),
        ("  A: {zh: 不适用}", "  Q: {zh: 不适用}", "review-unknown", 6),
        ("  A: {zh: 不适用}", "  B: {zh: 不适用}", "review-not-exempt", 6),
        ("  A: {zh: 不适用}", "  Z: {zh: 不适用}", "review-other-type", 6),
        ("  A: {zh: 不适用}", "  R: {zh: 不适用}", "review-both", 6),
        ("reviewed_by: 评审组", "reviewd_by: 评审组", "yaml-unknown-key", 2),
        ("reviewed_by: 评审组", 'reviewed_by: ""', "yaml-wrong-value", 2),
        ("scores:", "pilot: one\nscores:", "yaml-duplicate-key", 3),
        ("pilot: one", "pilot: three", "review-unknown", 1),
        ("pilot: one", "pilot: two", "review-misnamed", 1),
        ("pilot: one\nreviewed_by: 评审组", "reviewed_by: 评审组\npilot: three", "review-unknown", 2),
    ],
)
def test_a_faulty_review_is_told_with_its_line_and_stops_its_pilot(
    old: str, new: str, code: str, line: int, tmp_path: Path
) -> None:
    assert old in REVIEW
    made = read(tmp_path, {"one.yaml": REVIEW.replace(old, new, 1)})
    found = made.of("one").findings
    assert (code, "reviews/one.yaml", line) in [(f.code, f.place.file, f.place.line) for f in found]
    assert all(f.message.zh != f.message.en for f in found)
    assert (made.of("one").scores, made.others) == ({}, ())
    assert bool(made.of("two").findings) == (code == "review-misnamed")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("等次: {level: 达成, score: 16.5", ""),
        ("等次: {level: 部分达成, score: 12", ""),
        ("等次: {level: 部分达成", ""),  # the points within it are open
        ("定额: {level: 乙", ""),
        ("评分: {score: 15", ""),
        ("等次: {level: 部分达成, score: 16.5", "it should be 12 to 16 (部分达成)"),
        ("等次: {level: 达成, score: 15.9", "it should be 16 to 20 (达成)"),
        ("等次: {level: 完成, score: 16", "available: “达成”, “部分达成”"),
        ("等次: {score: 16", "level is missing"),
        ("定额: {level: 乙, score: 5", "level alone: “乙” is 50%"),
        ("评分: {score: 15.5", "it should be 0 to 15"),
        ("评分: {level: 好", "it should be score alone"),
        ("评分: {en: good", "score is missing"),
        ("R: {score: 4, level: 好", "it should be score alone"),
    ],
)
def test_a_level_and_points_within_it(given: str, says: str, tmp_path: Path) -> None:
    review = read(tmp_path, {"one.yaml": REVIEW.replace("R: {score: 3", given)}).of("one")
    said = [each.line("en") for each in review.findings]
    assert (bool(review.scores or review.levels), len(said)) == ((False, 1) if says else (True, 0))
    assert not says or (says in said[0] and review.findings[0].place.line == 4), said


def test_what_is_left_empty_in_the_form_decides_nothing(tmp_path: Path) -> None:
    made = read(tmp_path, {"one.yaml": "pilot: one\nreviewed_by: 评审组\nscores:\n  # R:\nnot_applicable:\n"})
    assert (made.of("one").scores, codes(made, "one")) == ({}, [])


def test_what_exists_is_not_called_unknown(tmp_path: Path) -> None:
    made = read(tmp_path, {"one.yaml": REVIEW.replace("R: {score: 3", "A: {score: 3")})
    [found] = [each for each in made.of("one").findings if each.code == "review-not-rated"]
    assert found.message.zh == "“名称”（A）由证据计算，不由专家评分"
    assert found.message.en == "“Name” (A) is computed from evidence, not scored by experts"


@pytest.mark.parametrize(
    ("name", "stopped"),
    [("第二轮/one.yaml", True), ("old/one.YML", True), ("old/one.txt", False), ("one.yaml.txt", False)],
)
def test_a_file_that_is_not_used_is_an_error_and_a_review_stops_its_pilot(
    name: str, stopped: bool, tmp_path: Path
) -> None:
    made = read(tmp_path, {"two.yaml": REVIEW.replace("one", "two"), name: REVIEW})
    found = made.of("one").findings if stopped else made.others
    assert [(each.code, each.place.file) for each in found] == [("review-unused", f"reviews/{name}")]
    assert "reviews/one.yaml" in found[0].hint.zh
    assert bool(made.others) != stopped
    assert made.of("two").scores == {"R": 3}


def test_a_folder_in_the_place_of_a_review_stops_its_pilot(tmp_path: Path) -> None:
    (tmp_path / "reviews" / "one.yaml").mkdir(parents=True)
    made = read(tmp_path, {"two.yaml": REVIEW.replace("one", "two")})
    assert [(each.code, each.place.file) for each in made.of("one").findings] == [("review-unused", "reviews/one.yaml")]
    assert (made.others, made.of("two").scores, [path.name for path in review_paths(tmp_path)]) == (
        (), {"R": 3}, ["two.yaml"]
    )  # fmt: skip


@pytest.mark.parametrize("name", ["one.pdf", "one.xlsx", "会议纪要.docx"])
def test_other_material_is_an_error_and_stops_nobody(name: str, tmp_path: Path) -> None:
    made = read(tmp_path, {"one.yaml": REVIEW, name: b"%PDF-1.4"})
    assert [(each.code, each.place.file) for each in made.others] == [("review-unused", f"reviews/{name}")]
    assert (codes(made, "one"), made.of("one").scores) == ([], {"R": 3})


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$one.yaml",
        ".one.yaml.swp",
        "one.yaml~",
        "one.yaml.bak",
        ".git/one.yaml",
    ],
)
def test_what_systems_and_editors_leave_behind_is_no_review(name: str, tmp_path: Path) -> None:
    made = read(tmp_path, {"one.yaml": REVIEW, name: "pilot: [\n"})
    assert (made.others, codes(made, "one"), made.of("one").scores) == ((), [], {"R": 3})


@pytest.mark.parametrize("score", [0, 4, 0.5])
def test_a_score_is_from_nothing_to_the_highest_level(score: float, tmp_path: Path) -> None:
    made = read(tmp_path, {"one.yaml": REVIEW.replace("score: 3", f"score: {score}")})
    assert (codes(made, "one"), made.of("one").scores) == ([], {"R": score})


def test_two_reviews_of_a_pilot_are_an_error(tmp_path: Path) -> None:
    made = read(tmp_path, {"one.yaml": REVIEW, "one.yml": REVIEW.replace("score: 3", "score: 2")})
    [found] = made.of("one").findings
    assert (found.code, found.place.file, found.message.en) == (
        "review-twice",
        "reviews/one.yml",
        "the pilot one has two reviews; the other is “reviews/one.yaml”",
    )
    assert made.of("one").scores == {}


def test_a_copy_under_another_name_stops_its_pilot(tmp_path: Path) -> None:
    made = read(tmp_path, {"one.yaml": REVIEW, "one (2).yaml": REVIEW})
    assert (codes(made, "one"), made.of("one").scores, made.others) == (["review-misnamed"], {}, ())


def test_a_file_that_concerns_two_pilots_is_told_once(tmp_path: Path) -> None:
    made = read(tmp_path, {"one.yaml": REVIEW.replace("pilot: one", "pilot: two")})
    for asked in (["one"], ["two"], ["one", "two"]):
        assert [each.code for each in made.findings(asked)] == ["review-misnamed"]
    assert made.findings([]) == []


def test_a_review_of_nobody_concerns_no_pilot(tmp_path: Path) -> None:
    made = read(tmp_path, {"noone.yaml": REVIEW.replace("pilot: one", "pilot: noone"), "two.yaml": "pilot: [\n"})
    assert [(each.code, each.hint.en) for each in made.others] == [("review-unknown", "did you mean “one”?")]
    assert (codes(made, "one"), codes(made, "two")) == ([], ["yaml-syntax"])


def test_bytes_that_are_no_text_stop_the_pilot(tmp_path: Path) -> None:
    assert codes(read(tmp_path, {"one.yaml": b"pilot: one\n\0\0x"}), "one") == ["file-nul"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "reviews").mkdir()
    os.mkfifo(tmp_path / "reviews" / "one.yaml")
    (tmp_path / "reviews" / "two.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "reviews" / "old").symlink_to(tmp_path / "elsewhere")
    made = read_reviews(tmp_path, METHOD)
    assert (codes(made, "one"), codes(made, "two")) == (["review-unused"], ["review-unused"])
    assert [(each.code, each.place.file) for each in made.others] == [("review-unused", "reviews/old")]


def test_a_file_in_place_of_the_folder_stops_every_pilot(tmp_path: Path) -> None:
    (tmp_path / "reviews").write_text(REVIEW, "utf-8")
    made = read_reviews(tmp_path, METHOD)
    assert [(each.code, each.place.file) for each in made.findings(["one", "two"])] == [("file-unreadable", "reviews")]
    assert (codes(made, "one"), codes(made, "two"), made.others) == (["file-unreadable"], ["file-unreadable"], ())


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and can't be read")
def test_a_review_that_cannot_be_read_stops_its_pilot(tmp_path: Path) -> None:
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / "one.yaml").symlink_to("/proc/self/mem")
    made = read_reviews(tmp_path, METHOD)
    assert [(each.code, each.place.file) for each in made.of("one").findings] == [
        ("file-unreadable", "reviews/one.yaml")
    ]
    assert (codes(made, "two"), made.others) == ([], ())


def test_an_empty_review_is_said_to_be_no_review(tmp_path: Path) -> None:
    [found] = read(tmp_path, {"one.yaml": ""}).of("one").findings
    assert found.message.zh.startswith("整个文件") and "the whole file" in found.message.en
