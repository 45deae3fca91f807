"""Grades by share: read as a score sheet has them, and every mistake in them found where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import Finding
from pilot_eval.method.grades import GradeSpec, best_first
from pilot_eval.method.schema import Method
from tests.support.methods import edit, line_of

BOUNDS = """\
  - {id: excellent, zh: 优, en: Excellent, min: 90}
  - {id: good, zh: 良, en: Good, min: 80}
  - {id: fair, zh: 中, en: Fair, min: 60}
  - {id: poor, zh: 差, en: Poor, min: 0}
"""
SHARES = """\
  - {id: excellent, zh: 优, top: 20%, of: base_type, ties: in, round: down, min: 85}
  - {id: good, zh: 良, top: 1/2, of: base_type, ties: in, round: down}
  - {id: fair, zh: 中, min: 60}
  - {id: poor, zh: 差, min: 0}
"""


@pytest.fixture
def shares(folder: Path) -> Path:
    edit(folder / "method.yaml", BOUNDS, SHARES)
    edit(folder / "method.yaml", "decimals: 2\n", "decimals: 2\nnot_rated: {zh: 不予评级, en: Not rated}\n")
    return folder


def test_grades_by_share_stand_as_they_are_written(shares: Path, load: Callable[[Path], Method]) -> None:
    method = load(shares)
    assert [(each.id, each.top, each.min) for each in method.grades] == [
        ("excellent", 0.2, 85),
        ("good", 0.5, 0),
        ("fair", None, 60),
        ("poor", None, 0),
    ]
    assert method.head.not_rated is not None and method.head.not_rated.words.en == "Not rated"


def test_the_shares_of_different_groups_hide_nothing(shares: Path, load: Callable[[Path], Method]) -> None:
    edit(shares / "method.yaml", "round: down, min: 85", "round: down")
    edit(shares / "method.yaml", "top: 1/2, of: base_type", "top: 10%, of: tier")
    assert [(each.top, each.of) for each in load(shares).grades[:2]] == [(0.2, "base_type"), (0.1, "tier")]


def test_grades_by_bounds_may_be_written_in_any_order() -> None:
    made = [GradeSpec(id=f"g{low}", zh="级", min=low) for low in (0, 80, 60)]
    assert [each.min for each in best_first(made)] == [80, 60, 0]


@pytest.mark.parametrize(("given", "share"), [("20%", 0.2), (" 12.5 %", 0.125), ("1/3", 1 / 3), (0.25, 0.25)])
def test_a_share_is_written_as_on_paper(given: Any, share: float) -> None:
    spec = GradeSpec.model_validate({"id": "A", "zh": "优", "top": given, "of": "all", "ties": "out", "round": "up"})
    assert spec.top == share


MISTAKES = [
    ("top: 1/2, of: base_type", "top: 20%, of: base_type, min: 85", "method-grade-hidden", "“良” (good): whoever"),
    ("top: 20%, of: base_type,", "top: 20%,", "yaml-inconsistent", "top requires of, ties, round"),
    ("ties: in, round: down, min: 85", "min: 85", "yaml-inconsistent", "top requires of, ties, round"),
    ("{id: fair, zh: 中, min: 60}", "{id: fair, zh: 中, min: 60, ties: in}", "yaml-inconsistent", "they require top"),
    ("{id: fair, zh: 中, min: 60}", "{id: fair, zh: 中}", "yaml-inconsistent", "give min, top, or both"),
    ("top: 20%", "top: 20", "yaml-wrong-value", "at most 1"),
    ("top: 20%", "top: 120%", "yaml-wrong-value", "at most 1"),
    ("top: 20%", "top: 0%", "yaml-wrong-value", "greater than 0"),
    ("top: 20%", "top: a fifth", "yaml-wrong-value", "number"),
    ("of: base_type, ties: in, round: down, min", "of: type, ties: in, round: down, min", "yaml-not-allowed", "base_t"),
    ("ties: in, round: down, min", "ties: inside, round: down, min", "yaml-not-allowed", "“out”"),
    ("round: down, min", "round: nearest, min", "yaml-not-allowed", "half_up"),
    ("round: down, min: 85", "round: down, below: 85", "yaml-inconsistent", "top excludes below"),
    ("top: 1/2", "top: 10%", "method-grade-top", "“良” (good) is smaller than that of “优” (excellent)"),
    ("top: 1/2", "top: 20%, min: 86", "method-grade-hidden", "“良” (good): whoever could has “优” (excellent)"),
    ("min: 60}", "min: 0}", "method-grade-overlap", "“中” (fair)"),
    ("zh: 良, top: 1/2, of: base_type, ties: in, round: down", "zh: 良, min: 50", "method-grade-hidden", "“中” (fair)"),
    (
        "{id: poor, zh: 差, min: 0}", "{id: poor, zh: 差, top: 100%, of: all, ties: in, round: up}",
        "method-grade-hole", "0 to 60",
    ),
]  # fmt: skip


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each[1])
def test_a_mistake_in_a_grade_is_found_where_it_is(
    mistake: tuple[str, str, str, str], shares: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    old, new, code, says = mistake
    text = edit(shares / "method.yaml", old, new)
    found = faults(shares)
    [said] = [each for each in found if each.code == code]
    lines = {line_of(text, f"{{id: {each},") for each in ("excellent", "good", "fair", "poor")}
    assert says in said.line("en")
    own = line_of(text, new) if new.strip() else None
    assert (said.place.file, said.place.line in lines) == ("method/method.yaml", True)
    assert code.startswith("method-") or said.place.line == own
