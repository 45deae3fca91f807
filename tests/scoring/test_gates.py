"""Gates, and the grade that they withhold or cap."""

from collections.abc import Mapping
from typing import Any

import pytest

from pilot_eval.model import GateState
from tests.support.scoring.cases import SEEN, SOLD, TEN, sales, visits
from tests.support.scoring.lab import (
    Evidence,
    Lab,
    gate,
    indicator,
    method_of,
    review,
)

GATES = [
    gate("E", {"statement": "registered", "is": False}, {"withhold": True}, "eligibility"),
    gate("V", {"statement": "violation", "is": True}, {"cap": "fair"}),
    gate("C", {"coverage_below": 50}, {"withhold": True}, "eligibility"),
    gate("M", {"measure": "visitors", "above": 3}, {"cap": "good"}),
]
FINE = {"registered": True, "violation": False}


@pytest.mark.parametrize(
    ("statements", "tables", "states", "standing", "grade"),
    [
        (FINE, {**sales(10), **visits(2)}, "clear clear clear clear", "graded", "excellent"),
        (FINE, {**sales(10), **visits(4)}, "clear clear clear triggered", "graded", "good"),
        (FINE, {**sales(10)}, "clear clear clear unknown", "withheld", None),
        (FINE, {**sales(10), "visits": []}, "clear clear clear clear", "graded", "excellent"),
        (FINE, {**sales(7), **visits(4)}, "clear clear clear triggered", "graded", "fair"),
        (FINE, {**visits(2)}, "clear clear triggered clear", "withheld", None),
        ({**FINE, "registered": False}, {**sales(10), **visits(2)}, "triggered clear clear clear", "withheld", None),
        ({**FINE, "violation": True}, {**sales(10), **visits(4)}, "clear triggered clear triggered", "graded", "fair"),
        ({"violation": False}, {**sales(10), **visits(2)}, "unknown clear clear clear", "withheld", None),
        ({"registered": True}, {**sales(10), **visits(2)}, "clear unknown clear clear", "graded", "fair–excellent"),
    ],
)
def test_gates_withhold_or_cap_the_grade(
    statements: Mapping[str, bool], tables: Any, states: str, standing: str, grade: str | None, lab: Lab
) -> None:
    made = lab.one(method_of(indicator("A", "sold", 100, TEN), gates=GATES), Evidence(tables, statements=statements))
    assert [each.state for each in made.gates] == [GateState(each) for each in states.split()]
    low, _, high = grade.rpartition("–") if grade else (None, "", None)
    assert (made.standing.value, made.grade, made.grade_low, made.grade_high) == (standing, high, low or high, high)
    for result in made.gates:
        assert result.evidence.zh and result.evidence.en and result.effect.en
    assert (made.grade_reason is not None) is (standing == "withheld" or "triggered" in states or bool(low))


def test_a_cap_holds_the_best_possible_grade_too(lab: Lab) -> None:
    method = method_of(indicator("A", "sold", 100, TEN), gates=GATES[1:2])
    made = lab.one(method, Evidence(sales((7, 5, 10)), statements={"violation": True}))
    assert (made.grade_low, made.grade, made.grade_high) == ("poor", "fair", "fair")


@pytest.mark.parametrize(
    ("points", "grade"),
    [(100, "excellent"), (90, "excellent"), (89.99, "good"), (60, "fair"), (59.99, "poor"), (0, "poor")],
)
def test_a_grade_starts_at_its_bound(points: float, grade: str, lab: Lab) -> None:
    method = method_of(indicator("A", "sold", 100, {"linear": {"from": 0, "to": 100}}))
    assert lab.one(method, Evidence(sales(points))).grade == grade


@pytest.mark.parametrize(
    ("when", "tables", "state", "evidence"),
    [
        ({"coverage_below": 60}, sales(10), "clear", "evidence coverage 60%, threshold 60%"),
        ({"coverage_below": 60.1}, sales(10), "triggered", "evidence coverage 60%, threshold 60.1%"),
        ({"coverage_below": 60}, {}, "triggered", "evidence coverage 0%, threshold 60%"),
        ({"coverage_below": 0.5}, {}, "triggered", "evidence coverage 0%, threshold 0.5%"),
        ({"measure": "visitors", "above": 0}, visits(0), "clear", "Visitors: 0"),
        ({"measure": "visitors", "above": 0}, visits(1), "triggered", "Visitors: 1"),
        ({"measure": "visitors", "above": 3}, visits(3), "clear", "Visitors: 3"),
        ({"measure": "visitors", "below": 3}, visits(3), "clear", "Visitors: 3"),
        ({"measure": "visitors", "below": 3}, visits(2.5), "triggered", "Visitors: 2.5"),
        ({"measure": "visitors", "below": 0}, visits(0), "clear", "Visitors: 0"),
        ({"measure": "visitors", "below": 3}, {}, "unknown", "Visitors: no evidence"),
        ({"statement": "violation", "is": True}, {}, "clear", "“Name” declared: no"),
        ({"statement": "registered", "is": True}, {}, "triggered", "“Name” declared: yes"),
    ],
)
def test_a_gate_starts_at_its_bound_and_says_what_it_saw(
    when: Mapping[str, Any], tables: Any, state: str, evidence: str, lab: Lab
) -> None:
    method = method_of(SOLD, SEEN, gates=[gate("G", when, {"cap": "fair"})])
    [made] = lab.one(method, Evidence(tables, statements=FINE)).gates
    assert (made.state.value, made.evidence.en) == (state, evidence)
    assert made.evidence.zh.endswith({"yes": "：是", "no": "：否"}.get(evidence.rpartition(": ")[2], ""))
    assert (made.id, made.kind, made.effect.en) == ("G", "veto", "the grade is capped at “Name”")


def test_where_nothing_applies_there_is_no_coverage(lab: Lab) -> None:
    method = method_of(SOLD, gates=[gate("G", {"coverage_below": 50}, {"withhold": True})])
    made = lab.one(method, Evidence(sales(5)), review(not_applicable=["A"]))
    assert (made.gates[0].evidence.en, made.gates[0].effect.en) == (
        "evidence coverage —, threshold 50%",
        "the grade is withheld",
    )
    assert (made.standing.value, made.grade_reason and made.grade_reason.en) == ("withheld", "no indicator applies")
