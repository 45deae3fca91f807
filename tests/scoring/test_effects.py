"""What triggered gates do, by hand; and that bounds hold for whatever isn't known."""

import random
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest

from pilot_eval.method.gates import GateSpec
from pilot_eval.method.schema import Method
from pilot_eval.model import Assessment, Standing
from tests.support.scoring.cases import TEN, sales, total, visits
from tests.support.scoring.lab import Evidence, Lab, adjustment, gate, indicator, method_of, review

VIOLATION = {"statement": "violation", "is": True}
TABLES = {**sales(10), **visits(8), "polls": [{"answers": 2, "happy": 0}]}  # 60 + 32, and 4 of a bonus
GRADES = ["excellent", "good", "fair", "poor"]


def tried(*gates: GateSpec, **more: Any) -> Method:
    items = [indicator("A", "sold", 60, TEN), indicator("B", "visitors", 40, TEN, "D2")]
    return method_of(*items, gates=gates, bonuses=[adjustment("P", "answers", 8, 2)], bonus_cap=5, **more)


@pytest.mark.parametrize(
    ("effects", "expected", "grade", "if_open"),
    [
        ([{"down": 1}], 96, "good", ((96, 96, 96), "good–excellent")),
        ([{"down": 2}], 96, "fair", ((96, 96, 96), "fair–excellent")),
        ([{"down": 9}], 96, "poor", ((96, 96, 96), "poor–excellent")),
        ([{"cap": "good"}], 96, "good", ((96, 96, 96), "good–excellent")),
        ([{"zero": "D2"}], 64, "fair", ((96, 64, 96), "fair–excellent")),
        ([{"zero": "total"}], 0, "poor", ((96, 0, 96), "poor–excellent")),
        ([{"no_bonus": True}], 92, "excellent", ((92, 92, 96), "excellent")),
        ([{"zero": "D1", "no_bonus": True}], 32, "poor", ((92, 32, 96), "poor–excellent")),
        ([{"cap": "fair"}, {"down": 1}, {"cap": "good"}], 96, "fair", ((96, 96, 96), "fair–excellent")),
        ([{"down": 1}, {"down": 1}, {"no_bonus": True}], 92, "fair", ((92, 92, 96), "fair–excellent")),
    ],
)
def test_triggered_gates_take_effect_and_open_ones_widen_the_bounds(
    effects: Sequence[dict[str, Any]], expected: float, grade: str, if_open: tuple[Any, str], lab: Lab
) -> None:
    gates = [gate(f"G{at}", VIOLATION, effect) for at, effect in enumerate(effects)]
    evidence = {
        "triggered": Evidence(TABLES, statements={"violation": True}),
        "clear": Evidence(TABLES, statements={"violation": False}),
        "open": Evidence(TABLES),
    }
    for order in permutations(gates) if len(gates) > 2 else [gates]:
        made = lab.assess(tried(*order), evidence)
        assert (total(made["triggered"]), made["triggered"].grade) == ((expected,) * 3, grade)
        assert made["triggered"].grade_low == made["triggered"].grade_high == grade
        assert (total(made["clear"]), made["clear"].grade, made["clear"].grade_reason) == ((96,) * 3, "excellent", None)
        low, _, high = if_open[1].rpartition("–")
        assert total(made["open"]) == if_open[0]
        assert (made["open"].grade_low, made["open"].grade, made["open"].grade_high) == (low or high, high, high)
        assert made["open"].grade_reason is not None and "possibly" in made["open"].grade_reason.en


def test_a_dimension_without_points_shows_as_such_and_so_does_a_bonus_that_does_not_count(lab: Lab) -> None:
    gates = [gate("Z", VIOLATION, {"zero": "D2"}), gate("N", VIOLATION, {"no_bonus": True})]
    made = lab.one(tried(*gates), Evidence(TABLES, statements={"violation": True}))
    assert [(each.id, each.score.points, each.score.high) for each in made.dimensions] == [("D1", 60, 60), ("D2", 0, 0)]
    assert [each.points for each in made.indicators] == [60, 32]
    assert made.indicators_score is not None and made.indicators_score.points == 60
    [bonus] = made.bonuses
    assert (bonus.points, bonus.low, bonus.high) == (0, 0, 0)
    assert bonus.reason is not None and bonus.reason.en == "does not count (the gate “Name” is triggered)"
    assert made.grade_reason is not None
    assert made.grade_reason.en == "Name: “Name” has 0 points; Name: no bonus counts"


def test_a_gate_sees_the_scores_before_any_gate_takes_effect(lab: Lab) -> None:
    first = gate("Z", VIOLATION, {"zero": "D2"})
    second = gate("S", {"share_of": "D2", "below": 0.5}, {"zero": "total"})
    made = lab.one(tried(first, second), Evidence(TABLES, statements={"violation": True}))
    assert (total(made), [each.state.value for each in made.gates]) == ((64, 64, 64), ["triggered", "clear"])


def test_a_dimension_is_taken_out_of_any_way_of_combining(lab: Lab) -> None:
    method = tried(gate("Z", VIOLATION, {"zero": "D2"}), aggregate="mean", missing={"score": "exclude"})
    evidence = {
        "both": Evidence(TABLES, statements={"violation": True}),
        "one": Evidence(sales(10), statements={"violation": True}),  # nothing of D2: it has 0 points all the same
    }
    made = lab.assess(method, evidence)
    assert [total(each)[:2] for each in made.values()] == [(64, 64), (60, 60)]


def test_only_gates_that_all_base_types_have_touch_the_common_score(lab: Lab) -> None:
    zero = gate("Z", VIOLATION, {"zero": "D1"})
    method = method_of(indicator("B", "visitors", 40, TEN, "D2"), common=[indicator("A", "sold", 60, TEN)])
    evidence = Evidence(TABLES, statements={"violation": True})
    for update, common in (({"gates": (zero,)}, 0), ({"own_gates": {"village": (zero,)}}, 60)):
        made = lab.one(method.model_copy(update=update), evidence)
        assert made.common is not None
        assert (total(made), made.common.points, made.common.high) == ((32, 32, 32), common, common)


def test_a_gate_that_may_withhold_the_grade_is_said_beside_it(lab: Lab) -> None:
    method = tried(gate("W", {"measure": "sold", "above": 10}, {"withhold": True}))
    evidence = {"sure": Evidence({**TABLES, **sales(10)}), "may": Evidence({**TABLES, **sales((10, 9, 12))})}
    evidence["is"] = Evidence({**TABLES, **sales((11, 9, 12))})
    made = lab.assess(method, evidence)
    assert [(each.standing.value, each.may_be_withheld) for each in made.values()] == [
        ("graded", False),
        ("graded", True),
        ("withheld", False),
    ]
    assert made["may"].grade_reason is not None
    assert made["may"].grade_reason.en == "Name: possibly the grade is withheld"


# --- bonuses and deductions
def test_conditions_of_bonuses_and_deductions(lab: Lab) -> None:
    bonus = adjustment("P", "answers", 8, 2, only_if={"points_of": "total", "above": 80})
    deduction = adjustment("M", "proof", 10, 3, only_if={"not": VIOLATION})
    items = [indicator("A", "sold", 60, TEN), indicator("B", "visitors", 40, TEN)]
    method = method_of(*items, bonuses=[bonus], deductions=[deduction], bonus_cap=5, deduction_cap=10)
    claims = {"claims": [{"claim": "成效", "proof": 2}]}
    evidence = {
        "all": Evidence({**TABLES, **claims}, statements={"violation": False}),  # 92 + 4 − 6
        "guilty": Evidence({**TABLES, **claims}, statements={"violation": True}),  # 92 + 4
        "low": Evidence({**TABLES, **visits(5), **claims}, statements={"violation": False}),  # 80 − 6: not above 80
        "open": Evidence({**TABLES, **visits((6, 4, 8)), **claims}),  # 84 [76–92], whether 6 are taken isn't known
    }
    made = lab.assess(method, evidence)
    assert {pilot: total(each) for pilot, each in made.items()} == {
        "all": (90, 90, 90),
        "guilty": (96, 96, 96),
        "low": (74, 74, 74),
        "open": (88, 70, 96),
    }
    assert made["low"].bonuses[0].reason is not None and made["open"].deductions[0].reason is not None
    assert made["low"].bonuses[0].reason.en == (
        "does not count (the points of “all indicators” 80, condition: above 80)"
    )
    assert made["open"].deductions[0].reason.en == "whether it counts is open (“Name” was not declared)"
    assert made["all"].bonuses[0].reason is None and made["all"].bonuses[0].condition is not None
    assert made["all"].bonuses[0].condition.en == "the points of “all indicators” above 80"


def test_a_base_type_adds_bonuses_deductions_and_gates_and_a_cap_may_be_a_share(lab: Lab) -> None:
    method = tried().model_copy(
        update={
            "own_bonuses": {"village": (adjustment("Q", "proof", 0, 1, cap_share=0.02),)},
            "own_deductions": {"other": (adjustment("M", "answers", 8, 2),)},
            "own_gates": {name: (gate(name, VIOLATION, {"down": 1}),) for name in ("village", "other")},
        }
    )
    method = method.model_copy(update={"head": method.head.model_copy(update={"bonus_cap": 10})}).with_points()
    tables = {**TABLES, **visits(2), "claims": [{"claim": "成效", "proof": 4}]}  # 60 + 8, 4 and 2 of bonuses
    made = lab.one(method, Evidence(tables, statements={"violation": True}))
    assert [(each.id, each.points) for each in made.bonuses] == [("P", 4), ("Q", 2)]
    assert (total(made), made.grade, made.deductions, len(made.gates)) == ((74, 74, 74), "poor", (), 1)
    assert method.bonuses_of("village")[1].points == 2


# --- whatever isn't known
def conditions(chance: random.Random, depth: int = 0) -> dict[str, Any]:
    kinds = ["statement", "measure", "share_of", "points_of", "coverage_below"] + ["all", "any", "not"] * (depth < 2)
    match chance.choice(kinds):
        case "statement":
            return {"statement": chance.choice(["registered", "violation"]), "is": chance.random() < 0.5}
        case "measure":
            return {"measure": chance.choice(["sold", "visitors"]), **compared(chance, 10)}
        case "share_of":
            return {"share_of": chance.choice(["A", "B", "C", "D1", "D2", "total"]), **compared(chance, 1)}
        case "points_of":
            return {"points_of": chance.choice(["A", "B", "D1", "D2", "total"]), **compared(chance, 60)}
        case "coverage_below":
            return {"coverage_below": chance.choice([35, 60, 90, 100])}
        case "not":
            return {"not": conditions(chance, depth + 1)}
        case kind:
            return {kind: [conditions(chance, depth + 1) for _ in range(chance.randint(1, 3))]}


def compared(chance: random.Random, top: float) -> dict[str, float]:
    name = chance.choice(["below", "above", "at_least", "at_most"])
    return {name: chance.choice([0.2, 0.3, 0.5, 0.6, 0.8]) * top}


def effect(chance: random.Random) -> dict[str, Any]:
    return chance.choice([
        {"down": chance.randint(1, 2)}, {"cap": chance.choice(GRADES)}, {"zero": chance.choice(["D1", "D2", "total"])},
        {"no_bonus": True}, {"withhold": True}, {"zero": "D2", "down": 1},
    ])  # fmt: skip


def random_method(chance: random.Random) -> Method:
    items = [
        indicator("A", "sold", 40, TEN),
        indicator("B", "visitors", 30, TEN, "D2"),
        indicator("C", "per_visitor", 30, TEN, chance.choice(["D1", "D2"])),
    ]
    gates = [gate(f"G{at}", conditions(chance), effect(chance)) for at in range(chance.randint(1, 4))]
    gates.append(gate("O", {"not": {"gate": "G0"}}, {"down": 1}))
    return method_of(
        *items,
        gates=gates,
        bonuses=[adjustment("P", "answers", 8, 2, only_if=conditions(chance))],
        deductions=[adjustment("M", "proof", 10, 3, only_if=conditions(chance))],
        bonus_cap=5,
        deduction_cap=9,
        missing={"score": chance.choice(["zero", "exclude"])},
        aggregate=chance.choice(["sum", "mean", "min"]),
    )


def unknown(chance: random.Random) -> Evidence:
    """Evidence with approximate numbers; some tables and statements are missing."""

    def about(most: int) -> tuple[float, float, float]:
        low, value, high = sorted(chance.randint(1, most) / 2 for _ in range(3))  # 0 visitors: no sales per visitor
        return value, low, high

    tables = {
        "sales": [{"amount": about(24)}],
        "visits": [{"visitors": about(24)}],
        "polls": [{"answers": chance.randint(0, 4), "happy": 0}],
        "claims": [{"claim": "成效", "proof": chance.randint(0, 4)}],
    }
    said = {"registered": chance.random() < 0.5, "violation": chance.random() < 0.5}
    return Evidence(
        {name: rows for name, rows in tables.items() if chance.random() < 0.7},
        statements={name: answer for name, answer in said.items() if chance.random() < 0.6},
    )


def completed(given: Evidence, chance: random.Random) -> Evidence:
    """The same, with each number known, and some of what was missing; an unclaimed bonus stays unclaimed."""
    tables: dict[str, Any] = {}
    for name, column, most in (("sales", "amount", 12), ("visits", "visitors", 12)):
        if name in given.tables:
            _, low, high = given.tables[name][0][column]  # type: ignore[misc]
            tables[name] = [{column: chance.choice([low, high, chance.randint(int(2 * low), int(2 * high)) / 2])}]
        elif chance.random() < 0.8:
            tables[name] = [{column: chance.randint(1, 2 * most) / 2}]
    for name in ("polls", "claims"):
        if name in given.tables:
            tables[name] = given.tables[name]
    if "claims" not in tables and chance.random() < 0.5:
        tables["claims"] = [{"claim": "成效", "proof": chance.randint(0, 4)}]
    said = {name: given.statements.get(name, chance.random() < 0.5) for name in ("registered", "violation")}
    return Evidence(tables, statements=said)


def broken_bounds(before: Assessment, after: Assessment) -> list[str]:
    """What was said of a pilot that turned out not to be so."""
    wrong = []
    if before.total and after.total and not before.total.low <= after.total.points <= before.total.high:
        wrong.append(f"total {after.total.points} is not in {before.total.low}–{before.total.high}")
    if before.standing is Standing.GRADED and before.grade_low and before.grade_high:
        if after.grade is None and after.standing is Standing.WITHHELD and not lacking(after):
            wrong += [] if before.may_be_withheld else ["withheld"]
        elif after.grade is not None:
            place = GRADES.index(after.grade)
            if not GRADES.index(before.grade_high) <= place <= GRADES.index(before.grade_low):
                wrong.append(f"{after.grade} is not in {before.grade_low}–{before.grade_high}")
    return wrong


def lacking(made: Assessment) -> bool:
    """Whether the grade is open for a table that could have been sent."""
    return made.grade_reason is not None and "nor declared empty" in made.grade_reason.en


@pytest.mark.parametrize("seed", [1, 2, 3, 39])
def test_whatever_is_unknown_the_outcome_lies_within_what_was_said(seed: int, lab: Lab) -> None:
    chance = random.Random(seed)  # noqa: S311
    method = random_method(chance)
    opened = {f"o{at}": unknown(chance) for at in range(8)}
    known = {f"{pilot}c{at}": completed(given, chance) for pilot, given in opened.items() for at in range(6)}
    exempt = review(not_applicable=["B"])
    reviews = {pilot: exempt for pilot in (*opened, *known) if pilot.startswith("o0")}
    made = lab.assess(method, {**opened, **known}, reviews=reviews)
    wrong = [
        f"{pilot}: {said}" for pilot in known for said in broken_bounds(made[pilot.partition("c")[0]], made[pilot])
    ]
    assert not wrong, "\n".join([*wrong, *(f"{each.id} {each.when} {each.effect}" for each in method.gates)])
    for pilot in opened:
        each = made[pilot]
        assert each.total is None or each.total.low <= each.total.points <= each.total.high
