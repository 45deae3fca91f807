"""A condition is of one kind, complete; a gate has effects that go together; every name in them is there."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pilot_eval.errors import Finding
from pilot_eval.method.conditions import ConditionSpec, condition_said
from pilot_eval.method.gates import GateEffect
from pilot_eval.method.schema import Method
from pilot_eval.text import both
from tests.support.methods import edit, line_of

TOLD = {"statement": "registered", "is": True}
FEW = {"measure": "penalties", "above": 3}


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (TOLD, "“registered” declared: yes"),
        ({"statement": "registered", "is": False}, "“registered” declared: no"),
        ({"coverage_below": 0.5}, "evidence coverage below 0.5%"),
        ({"coverage_below": 100}, "evidence coverage below 100%"),
        ({"measure": "penalties", "above": 0}, "penalties above 0"),
        ({"measure": "penalties", "below": 3}, "penalties below 3"),
        ({"measure": "penalties", "at_least": 2}, "penalties at least 2"),
        ({"share_of": "D2", "below": 0.6}, "the share of “D2” below 60%"),
        ({"points_of": "total", "at_most": 80}, "the points of “total” at most 80"),
        ({"gate": "V1"}, "the gate “V1” is triggered"),
        ({"all": [TOLD, FEW]}, "“registered” declared: yes and penalties above 3"),
        ({"not": TOLD}, "not “registered” declared: yes"),
        (
            {"any": [{"all": [TOLD, FEW]}, {"not": {"gate": "V1"}}]},
            "(“registered” declared: yes and penalties above 3) or (not the gate “V1” is triggered)",
        ),
    ],
)
def test_each_kind_of_condition_is_read_and_said(when: dict[str, Any], said: str) -> None:
    made = ConditionSpec.model_validate(when)
    assert made.model_dump(by_alias=True, exclude_none=True, mode="json") == when
    words = condition_said(made, lambda kind, id_: both(id_))
    assert (words.en, any("一" <= sign <= "鿿" for sign in words.zh)) == (said, True)


ONE = "give exactly one of all, any, not, statement, coverage_below, measure, share_of, points_of, gate"
PAIR = "statement requires is, and is statement"
EITHER = "require exactly one of below, above, at_least, at_most; others have none"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({}, ONE),
        ({**TOLD, "coverage_below": 50}, ONE),
        ({**TOLD, **FEW}, ONE),
        ({"coverage_below": 50, **FEW}, ONE),
        ({"all": [TOLD], "any": [TOLD]}, ONE),
        ({"not": TOLD, "gate": "V1"}, ONE),
        ({"all": []}, "at least 1 item"),
        ({"all": [{}]}, ONE),
        ({"statement": "registered"}, PAIR),
        ({"coverage_below": 50, "is": True}, PAIR),
        ({"coverage_below": 50, "below": 3}, EITHER),
        ({"gate": "V1", "above": 3}, EITHER),
        ({"measure": "penalties"}, EITHER),
        ({"measure": "penalties", "below": 3, "at_least": 3}, EITHER),
        ({"share_of": "D2"}, EITHER),
        ({"share_of": "D2", "below": 60}, "60% is 0.6"),
        ({"coverage_below": 0}, "greater than 0"),
        ({"coverage_below": 101}, "less than or equal to 100"),
    ],
)
def test_half_a_condition_and_two_are_refused(when: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ConditionSpec.model_validate(when)
    assert said in str(refused.value)


def test_the_ends_of_a_condition_are_told_with_their_place_and_whether_they_are_turned() -> None:
    when = {"not": {"any": [TOLD, {"not": FEW}]}}
    found = [(each.path, each.negated) for each in ConditionSpec.model_validate(when).simple]
    assert found == [(("not", "any", 0), True), (("not", "any", 1, "not"), False)]


@pytest.mark.parametrize(
    "effect", [{"withhold": True}, {"cap": "good"}, {"down": 1}, {"zero": "D2", "cap": "good", "no_bonus": True}]
)
def test_the_effects_of_a_gate_go_together(effect: dict[str, Any]) -> None:
    assert GateEffect.model_validate(effect).model_dump(exclude_none=True) == effect


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ({}, "give one of withhold, cap, down, zero, no_bonus"),
        ({"withhold": True, "cap": "good"}, "give one of withhold, cap, down"),
        ({"withhold": True, "down": 1}, "give one of withhold, cap, down"),
        ({"down": 0}, "greater than or equal to 1"),
        ({"withhold": False}, "Input should be True"),
    ],
)
def test_effects_that_exclude_each_other_are_refused(effect: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        GateEffect.model_validate(effect)
    assert said in str(refused.value)


# --- in files
OWN = """\
base_type: park
gates:
  - id: K1
    kind: veto
    zh: 空置过多
    when: {any: [{measure: occupancy, below: 30}, {all: [{gate: V1}, {share_of: P2, below: 1/2}]}]}
    effect: {zero: D3, down: 1}
    basis: {kind: illustrative}
bonuses:
  - {id: K2, zh: 入驻多, measure: tenants_joined, unit: 家, cap_share: 0.05, rule: {count: {each: 1}},
     only_if: {points_of: total, at_least: 80}, basis: {kind: illustrative}}
deductions:
  - {id: K3, zh: 入驻少, measure: occupancy, unit: "%", points: 4, rule: {linear: {from: 50, to: 0}},
     only_if: {not: {gate: K1}}, basis: {kind: illustrative}}
"""
V2 = "when: {measure: penalties_received, above: 0}"
E3 = "when: {coverage_below: 50}"


@pytest.fixture
def park(folder: Path) -> Path:
    edit(folder / "park.yaml", "base_type: park\n", OWN)
    return folder


def test_a_base_type_has_gates_bonuses_and_deductions_of_its_own(park: Path, load: Callable[[Path], Method]) -> None:
    edit(park / "method.yaml", V2, "when: {any: [{share_of: D2, below: 3/5}, {points_of: C1, below: 3}]}")
    method = load(park)
    assert [gate.id for gate in method.gates_of("park")] == ["E1", "E2", "E3", "V1", "V2", "K1"]
    assert [gate.id for gate in method.gates_of("online")] == ["E1", "E2", "E3", "V1", "V2"]
    assert [(each.id, each.points) for each in method.bonuses_of("park")] == [("B1", 5), ("K2", 5)]
    assert [each.id for each in method.deductions_of("park")] == ["X1", "K3"]
    assert {"occupancy", "tenants_joined", "penalties_received"} <= set(method.measures("park"))


MISTAKES: list[tuple[str, str, Mapping[str, str]]] = [
    # file: old → new; what is said, at the line of the last text
    ("park.yaml", "gate: V1}", {"new": "gate: V11}", "code": "method-unknown-name", "says": "did you mean “V1”"}),
    ("park.yaml", "share_of: P2", {"new": "share_of: P22", "code": "method-unknown-name", "says": "“P2”"}),
    ("park.yaml", "share_of: P2", {"new": "share_of: N2", "code": "method-unknown-name", "says": "no indicator or"}),
    ("park.yaml", "occupancy, below", {"new": "ocupancy, below", "code": "method-unknown-name", "says": "occupancy"}),
    ("park.yaml", "zero: D3", {"new": "zero: D33", "code": "method-unknown-name", "says": "did you mean “D3”"}),
    ("park.yaml", "down: 1}", {"new": "down: 0}", "code": "yaml-wrong-value", "says": "at least 1"}),
    ("park.yaml", "below: 1/2", {"new": "below: 50", "code": "yaml-inconsistent", "says": "60% is 0.6"}),
    ("park.yaml", "{gate: K1}", {"new": "{gate: K2}", "code": "method-unknown-name", "says": "no gate named “K2”"}),
    ("park.yaml", "cap_share: 0.05", {"new": "cap_share: 5", "code": "yaml-wrong-value", "says": "at most 1"}),
    ("park.yaml", "cap_share: 0.05,", {"new": "", "code": "yaml-inconsistent", "says": "points, cap_share"}),
    ("park.yaml", "at_least: 80", {"new": "atleast: 80", "code": "yaml-unknown-key", "says": "at_least"}),
    ("park.yaml", "points_of: total", {"new": "points_of: totel", "code": "method-unknown-name", "says": "“total”"}),
    ("park.yaml", "unit: 家, cap", {"new": "unit: 次, cap", "code": "method-unit-differs", "says": "家"}),
    ("park.yaml", "id: K2,", {"new": "id: B1,", "code": "method-duplicate", "says": "B1"}),
    ("park.yaml", "id: K1", {"new": "id: V1", "code": "method-duplicate", "says": "V1"}),
    ("park.yaml", "kind: illustrative}\nbonuses", {
        "new": "kind: sourced, sources: [S77]}\nbonuses", "code": "method-unknown-name", "says": "S7",
        "at": "sources: [S77]",
    }),
    ("method.yaml", V2, {"new": "when: {gate: V2}", "code": "method-gate-circle", "says": "leads back"}),
    ("method.yaml", V2, {"new": "when: {gate: K1}", "code": "method-unknown-name", "says": "no gate named “K1”"}),
    ("method.yaml", "effect: {cap: good}", {"new": "effect: {}", "code": "yaml-inconsistent", "says": "no_bonus"}),
    ("method.yaml", E3, {"new": "when: {any: []}", "code": "yaml-wrong-value", "says": "at least 1"}),
    ("method.yaml", E3, {"new": "when: {or: [{gate: V1}]}", "code": "yaml-unknown-key", "says": "mean “any”?"}),
    ("method.yaml", E3, {
        "new": "when: {share_of: N2, below: 0.6}", "code": "method-unknown-name", "says": "no indicator or dimension",
    }),
    ("method.yaml", "bonus_cap: 5 ", {
        "new": "# ", "code": "method-no-cap", "says": "bonus_cap: 10", "file": "park.yaml", "at": "bonuses:",
    }),
]  # fmt: skip


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(("file", "old", "said"), MISTAKES)
def test_a_mistake_in_a_condition_or_an_effect_is_found_where_it_is(
    file: str, old: str, said: Mapping[str, str], park: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    edit(park / file, old, said["new"])
    file = said.get("file", file)
    text = (park / file).read_text("utf-8")
    line = line_of(text, said.get("at", said["new"].strip() or old.partition(":")[0].replace("cap_share", "id: K2")))
    found = [each for each in faults(park) if each.code == said["code"] and each.place.file == f"method/{file}"]
    assert [each for each in found if each.place.line == line and said["says"] in each.line("en")], found


def test_gates_that_ask_for_each_other_in_a_circle_are_all_named(
    park: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    edit(park / "method.yaml", V2, "when: {any: [{not: {gate: E3}}, {gate: V1}]}")
    edit(park / "method.yaml", E3, "when: {gate: V2}")
    found = faults(park)
    assert {each.code for each in found} == {"method-gate-circle"}
    assert [each.message.en.split("“")[1].split("”")[0] for each in found] == [
        "Evidence coverage below 50%",
        "Administrative penalty in the period, grade no higher than good",
    ]
