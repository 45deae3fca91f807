"""Conditions of every kind, on evidence that meets them, doesn't, may, or leaves them open."""

from typing import Any

import pytest

from pilot_eval.measures.engines import DuckEngine, Engine, PolarsEngine
from pilot_eval.model import Assessment, GateState
from tests.support.scoring.cases import TEN, sales, visits
from tests.support.scoring.lab import Evidence, Lab, gate, indicator, method_of, review

SOLD_MUCH = {"measure": "sold", "above": 5}
CONDITIONS: dict[str, dict[str, Any]] = {
    "other": {"gate": "low"},  # asks for one that comes after it
    "all": {"all": [{"statement": "registered", "is": True}, SOLD_MUCH]},
    "any": {"any": [{"statement": "violation", "is": True}, SOLD_MUCH]},
    "not": {"not": SOLD_MUCH},
    "low": {"share_of": "B", "below": 0.6},
    "not high": {"not": {"share_of": "B", "at_least": 0.6}},
    "half": {"share_of": "D2", "at_least": "1/2"},
    "total": {"points_of": "total", "at_least": 80},
    "points": {"points_of": "A", "at_most": 18},
    "cover": {"coverage_below": 70},
}
SAID = {"registered": True, "violation": False}
EVIDENCE = {
    "plain": Evidence({**sales(10), **visits(5)}, statements=SAID),
    "about": Evidence({**sales((3, 2, 6)), **visits(5)}, statements=SAID),
    "lacking": Evidence(sales(10), statements={"registered": True}),
    "undeclared": Evidence({**sales(1), **visits(8)}),
    "exempt": Evidence(sales(10), statements=SAID),
}
# T triggered, - clear, ? open; ~ it may be otherwise within the possible range
EXPECTED = {  #  other all any not  low  not high half total points cover
    "plain":      "T   T   T   -    T    T        T    T     -      -",
    "about":      "T   -~  -~  T~   T    T        T    -     T~     -",
    "lacking":    "T~  T   T   -    T~   T~       -~   -~    -      T~",
    "undeclared": "-   -   ?~  T    -    -        T    -     T      -",
    "exempt":     "-   T   T   -    -    -        -    T     -      -",
}  # fmt: skip
MARKS = {GateState.TRIGGERED: "T", GateState.CLEAR: "-", GateState.UNKNOWN: "?"}


def marks(made: Assessment) -> str:
    return " ".join(MARKS[each.state] + "~" * (not each.certain) for each in made.gates)


def assessed(lab: Lab, engine: Engine, policy: str) -> dict[str, Assessment]:
    items = [indicator("A", "sold", 60, TEN), indicator("B", "visitors", 40, TEN, "D2")]
    gates = [gate(name.replace(" ", "-"), when, {"cap": "fair"}) for name, when in CONDITIONS.items()]
    method = method_of(*items, gates=gates, missing={"score": policy})
    return lab.assess(method, EVIDENCE, reviews={"exempt": review(not_applicable=["B"])}, engine=engine)


@pytest.mark.parametrize("engine", [PolarsEngine(), DuckEngine()], ids=["polars", "duckdb"])
def test_a_condition_is_met_or_not_or_open(engine: Engine, lab: Lab) -> None:
    made = assessed(lab, engine, "zero")
    assert {pilot: marks(each) for pilot, each in made.items()} == {
        pilot: " ".join(expected.split()) for pilot, expected in EXPECTED.items()
    }


def test_what_is_left_out_when_missing_leaves_its_share_open(lab: Lab) -> None:
    made = assessed(lab, PolarsEngine(), "exclude")
    assert marks(made["lacking"]) == "?~ T T - ?~ ?~ ?~ T~ - T~"  # the total is 60 of 60 points
    assert marks(made["plain"]) == " ".join(EXPECTED["plain"].split())


def test_what_a_condition_saw_is_said(lab: Lab) -> None:
    made = assessed(lab, PolarsEngine(), "zero")
    said = {pilot: {gate.id: gate.evidence.en for gate in each.gates} for pilot, each in made.items()}
    assert said["plain"]["all"] == "“Name” declared: yes; Sales: 10"
    assert said["plain"]["low"] == "the share of “Name” 50%, condition: below 60%"
    assert said["plain"]["other"] == "the gate “Name” is triggered"
    assert said["about"]["points"] == "the points of “Name” 18 (12–36), condition: at most 18"
    assert said["about"]["not"] == "Sales: 3 (2–6)"
    assert said["lacking"]["half"] == "the share of “Name” 0% (0%–100%), condition: at least 50%"
    assert said["lacking"]["any"] == "“Name” was not declared; Sales: 10"
    assert said["exempt"]["low"] == "the share of “Name”: not applicable"
    assert said["exempt"]["total"] == "the points of “all indicators” 100, condition: at least 80"
    assert made["plain"].gates[1].condition is not None
    assert made["plain"].gates[1].condition.en == "“Name” declared: yes and Sales above 5"
