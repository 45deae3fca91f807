"""From evidence to grades: outcomes, policies, gates, caps, and totals computed again by hand."""

import math
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilot_eval.errors import finding
from pilot_eval.measures.engines import Frame, PolarsEngine
from pilot_eval.method.schema import Method
from pilot_eval.model import Assessment, GateState, Outcome, Standing
from pilot_eval.plugin import Figure, Measures
from pilot_eval.plugin.tables import ColumnSpec
from pilot_eval.scoring.gates import grade_of
from tests.scoring.conftest import (
    Evidence,
    Lab,
    Sale,
    adjustment,
    gate,
    indicator,
    method_of,
    pilot_spec,
    review,
    village,
)

TEN = {"linear": {"from": 0, "to": 10}}
SOLD = indicator("A", "sold", 60, TEN)
SEEN = indicator("B", "visitors", 40, TEN)


def sales(*amounts: Any) -> dict[str, list[dict[str, Any]]]:
    return {"sales": [{"amount": each} for each in amounts]}


def visits(*visitors: Any) -> dict[str, list[dict[str, Any]]]:
    return {"visits": [{"visitors": each} for each in visitors]}


def outcomes(made: Assessment) -> dict[str, str]:
    return {each.id: each.outcome.value for each in made.indicators}


def total(made: Assessment) -> tuple[float, float, float]:
    assert made.total is not None
    return made.total.points, made.total.low, made.total.high


# --- outcomes


def test_an_indicator_ends_in_one_of_four_outcomes(lab: Lab) -> None:
    measures = ("sold", "visitors", "answers", "proof")
    items = [indicator(id_, measure, 25, TEN) for id_, measure in zip("ABCD", measures, strict=True)]
    evidence = Evidence({**sales(4)}, bad=("polls",))
    made = lab.one(method_of(*items), evidence, review(not_applicable=["D"]))
    assert outcomes(made) == {"A": "scored", "B": "missing", "C": "error", "D": "not_applicable"}
    assert [each.points for each in made.indicators] == [10, None, None, None]
    assert [(each.low, each.high) for each in made.indicators] == [(10, 10), (0, 25), (0, 25), (0, 0)]
    assert [each.reason.en if each.reason else None for each in made.indicators] == [
        None,
        "the table «Visits» was not submitted",
        "the table «Polls» has errors; it is scored when they are mended",
        "the reason",
    ]
    assert made.standing is Standing.ERROR


def test_nothing_to_report_is_evidence_of_nothing(lab: Lab) -> None:
    method = method_of(SOLD, indicator("M", "mean_sale", 40, TEN))
    made = lab.one(method, Evidence({"sales": []}))
    assert outcomes(made) == {"A": "scored", "M": "missing"}
    assert made.indicators[0].points == 0
    assert made.indicators[1].reason is not None
    assert made.indicators[1].reason.en == "the records submitted don't give the measure"
    assert total(made) == (0, 0, 40)


def test_who_submits_nothing_has_no_score(lab: Lab) -> None:
    made = lab.assess(method_of(SOLD, SEEN), {"one": None})["one"]
    assert (made.standing, made.grade, made.total, made.coverage) == (Standing.NOT_SUBMITTED, None, None, None)
    assert set(outcomes(made).values()) == {"missing"}
    assert [each.line("en").split(" →")[0] for each in made.findings] == ["submissions/one: nothing was submitted"]


def test_a_submission_with_errors_is_scored_but_not_graded(lab: Lab) -> None:
    evidence = Evidence({**sales(10), **visits(10)}, findings=(finding("file-json", problem="x"),))
    made = lab.one(method_of(SOLD, SEEN), evidence)
    assert (made.standing, made.grade, total(made)) == (Standing.ERROR, None, (100, 100, 100))


# --- missing evidence


@pytest.mark.parametrize(("policy", "points"), [("zero", 30), ("exclude", 50)])
def test_what_is_missing_counts_zero_or_is_left_out(policy: str, points: float, lab: Lab) -> None:
    method = method_of(SOLD, SEEN, missing={"score": policy})
    made = lab.one(method, Evidence(sales(5)))
    assert total(made) == (points, 30, 70)  # the bounds are the same: what is missing may be worth nothing or all
    assert made.coverage == 60


def test_what_does_not_apply_is_taken_out_of_the_points(lab: Lab) -> None:
    made = lab.one(method_of(SOLD, SEEN), Evidence(sales(5)), review(not_applicable=["B"]))
    assert total(made) == (50, 50, 50)
    assert made.coverage == 100
    assert [each.score.out_of for each in made.dimensions] == [60]


def test_where_nothing_applies_there_is_no_score(lab: Lab) -> None:
    made = lab.one(method_of(SOLD, SEEN), Evidence(sales(5)), review(not_applicable=["A", "B"]))
    assert (made.standing, made.total, made.grade, made.coverage) == (Standing.WITHHELD, None, None, None)
    assert made.grade_reason is not None and made.grade_reason.en == "no indicator applies"
    assert made.dimensions[0].coverage is None


def test_coverage_is_by_points_and_rounded_half_up(lab: Lab) -> None:
    items = [
        indicator("A", "sold", 1, TEN),
        indicator("B", "visitors", 15, TEN),
        indicator("C", "answers", 84, TEN, "D2"),
    ]
    made = lab.one(method_of(*items), Evidence({**sales(1), "polls": []}))
    assert made.coverage == 85
    assert [each.coverage for each in made.dimensions] == [6.3, 100]  # 1 of 16 is 6.25%


# --- approximate numbers


def test_bounds_of_approximate_numbers_reach_the_grade(lab: Lab) -> None:
    made = lab.one(method_of(SOLD, SEEN), Evidence({**sales((8, 7, 10)), **visits(9)}))
    assert total(made) == (84, 78, 96)
    assert (made.grade, made.grade_low, made.grade_high) == ("good", "fair", "excellent")


def test_a_measures_bounds_are_as_exact_as_its_value(lab: Lab) -> None:
    made = lab.one(method_of(indicator("A", "per_visitor", 100, TEN)), Evidence({**sales(10), **visits(3)}))
    measure = next(each for each in made.measures if each.id == "per_visitor")
    assert measure.value == measure.low == measure.high == 3.333333333


def test_an_unknown_upper_bound_is_none(lab: Lab) -> None:
    made = lab.one(method_of(SOLD), Evidence(sales((5, 5, 1e30), 2)))
    [measure] = made.measures
    assert (measure.value, measure.low, measure.high) == (7, 7, None)
    assert total(made) == (70, 70, 100)


def test_points_stay_within_their_bounds_for_a_staircase_that_falls(lab: Lab) -> None:
    stairs = {"steps": {"bands": [{"from": 1, "share": 1}, {"from": 3, "share": 0.2}, {"from": 6, "share": 0.7}]}}
    method = method_of(indicator("A", "sold", 100, stairs, monotone=False))
    assert total(lab.one(method, Evidence(sales((2, 0, 4))))) == (100, 0, 100)
    assert total(lab.one(method, Evidence(sales((4, 2, 7))))) == (20, 20, 100)


# --- rules that need more than a measure


def test_a_rubric_needs_an_expert_and_is_capped_by_proof(lab: Lab) -> None:
    method = method_of(indicator("A", "proof", 100, {"rubric": {"levels": 4}}))
    evidence = Evidence({"claims": [{"claim": "成效", "proof": 2}, {"claim": "又一项", "proof": 1}]})
    alone = lab.one(method, evidence)
    assert outcomes(alone) == {"A": "missing"}
    assert alone.indicators[0].reason is not None and alone.indicators[0].reason.en == "there is no expert score"
    scored = lab.one(method, evidence, review({"A": 3}))
    assert (scored.indicators[0].points, scored.indicators[0].expert_score) == (50, 3)
    assert scored.indicators[0].reason is not None and scored.indicators[0].reason.en == "the reason"


@pytest.mark.parametrize(("answers", "outcome"), [(29, "missing"), (30, "scored")])
def test_too_few_answers_are_no_evidence(answers: float, outcome: str, lab: Lab) -> None:
    asked = indicator("A", "happy", 100, {"linear": {"from": 0, "to": 100}}, requires={"measure": "answers", "min": 30})
    made = lab.one(method_of(asked), Evidence({"polls": [{"answers": answers, "happy": 15}]}))
    assert outcomes(made) == {"A": outcome}
    if outcome == "missing":
        assert made.indicators[0].reason is not None
        assert made.indicators[0].reason.en == "Answers: 29, below 30"
        assert made.coverage == 0


def test_what_an_indicator_requires_may_be_missing_or_faulty(lab: Lab) -> None:
    asked = indicator("A", "sold", 100, TEN, requires={"measure": "answers", "min": 30})
    missing = lab.one(method_of(asked), Evidence(sales(5)))
    assert outcomes(missing) == {"A": "missing"}
    assert missing.indicators[0].reason is not None
    assert missing.indicators[0].reason.en == "the table «Polls» was not submitted"
    assert outcomes(lab.one(method_of(asked), Evidence(sales(5), bad=("polls",)))) == {"A": "error"}


def test_a_pilots_own_target_takes_the_place_of_the_default(lab: Lab) -> None:
    method = method_of(indicator("A", "sold", 100, {"target": {"baseline": 0, "target": 10}}))
    evidence = {"default": Evidence(sales(6)), "own": Evidence(sales(6))}
    made = lab.assess(method, evidence, pilots={"own": pilot_spec("own", A=(4, 24))})
    assert [made[pilot].indicators[0].points for pilot in evidence] == [60, 10]
    assert (made["own"].indicators[0].baseline, made["own"].indicators[0].target) == (4, 24)


# --- bonus, deductions, ceiling


@pytest.mark.parametrize(
    ("amount", "bonus", "deducted", "expected"),
    [
        (5, 0, 0, 50),
        (5, 1, 0, 52),
        (5, 9, 0, 55),  # held at bonus_cap
        (10, 1, 0, 100),  # held at the ceiling
        (5, 0, 1, 47),
        (5, 0, 9, 40),  # held at deduction_cap
        (0, 0, 9, 0),  # never below nothing
        (5, 1, 1, 49),
    ],
)
def test_bonus_and_deductions_are_capped(
    amount: float, bonus: float, deducted: float, expected: float, lab: Lab
) -> None:
    method = method_of(
        indicator("A", "sold", 100, TEN),
        bonuses=[adjustment("P", "visitors", 8, 2)],
        deductions=[adjustment("M", "answers", 20, 3)],
        bonus_cap=5,
        deduction_cap=10,
    )
    tables = {**sales(amount), **visits(bonus), "polls": [{"answers": deducted, "happy": 0}]}
    assert total(lab.one(method, Evidence(tables))) == (expected,) * 3


def test_a_bonus_not_claimed_is_none_and_a_deduction_not_known_is_possible(lab: Lab) -> None:
    method = method_of(
        indicator("A", "sold", 100, TEN),
        bonuses=[adjustment("P", "visitors", 8, 2)],
        deductions=[adjustment("M", "answers", 20, 3)],
        bonus_cap=5,
        deduction_cap=10,
    )
    made = lab.one(method, Evidence(sales(5)))
    assert total(made) == (50, 40, 50)
    assert [(each.points, each.low, each.high) for each in made.bonuses] == [(0, 0, 0)]
    assert [(each.points, each.low, each.high) for each in made.deductions] == [(0, -20, 0)]


# --- gates


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
        (FINE, {**sales(10)}, "clear clear clear unknown", "graded", "excellent"),
        (FINE, {**sales(7), **visits(4)}, "clear clear clear triggered", "graded", "fair"),
        (FINE, {**visits(2)}, "clear clear triggered clear", "withheld", None),
        ({**FINE, "registered": False}, {**sales(10), **visits(2)}, "triggered clear clear clear", "withheld", None),
        ({**FINE, "violation": True}, {**sales(10), **visits(4)}, "clear triggered clear triggered", "graded", "fair"),
        ({"violation": False}, {**sales(10), **visits(2)}, "unknown clear clear clear", "withheld", None),
        ({"registered": True}, {**sales(10), **visits(2)}, "clear unknown clear clear", "graded", "excellent"),
    ],
)
def test_gates_withhold_or_cap_the_grade(
    statements: Mapping[str, bool], tables: Any, states: str, standing: str, grade: str | None, lab: Lab
) -> None:
    made = lab.one(method_of(indicator("A", "sold", 100, TEN), gates=GATES), Evidence(tables, statements=statements))
    assert [each.state for each in made.gates] == [GateState(each) for each in states.split()]
    assert (made.standing.value, made.grade) == (standing, grade)
    assert (made.grade_low, made.grade_high) == (grade, grade)
    for result in made.gates:
        assert result.evidence.zh and result.evidence.en and result.effect.en
    if standing == "withheld" or "triggered" in states:
        assert made.grade_reason is not None


def test_a_cap_holds_the_best_possible_grade_too(lab: Lab) -> None:
    method = method_of(indicator("A", "sold", 100, TEN), gates=GATES[1:2])
    made = lab.one(method, Evidence(sales((7, 5, 10)), statements={"violation": True}))
    assert (made.grade_low, made.grade, made.grade_high) == ("poor", "fair", "fair")


@pytest.mark.parametrize(
    ("points", "grade"),
    [(100, "excellent"), (90, "excellent"), (89.99, "good"), (60, "fair"), (59.99, "poor"), (0, "poor")],
)
def test_a_grade_starts_at_its_bound(points: float, grade: str) -> None:
    assert grade_of(points, method_of(SOLD).grades) == grade
    assert grade_of(None, method_of(SOLD).grades) is None


# --- faults


class Refusing(PolarsEngine):
    """An engine that knows no visitors."""

    def scan(self, paths: Sequence[Path], columns: Sequence[ColumnSpec]) -> Frame:
        rows = super().scan(paths, columns)
        return rows.drop("visitors") if "visitors" in rows.collect_schema().names() else rows


def test_a_measure_that_the_engine_refuses_fails_alone(lab: Lab) -> None:
    items = [SOLD, SEEN, indicator("C", "per_visitor", 10, TEN), indicator("D", "mean_sale", 10, TEN)]
    made = lab.one(method_of(*items), Evidence({**sales(5), **visits(5)}), engine=Refusing())
    assert outcomes(made) == {"A": "scored", "B": "error", "C": "error", "D": "scored"}
    reason = made.indicators[1].reason
    assert reason is not None and "visitors" in reason.en
    assert made.standing is Standing.ERROR
    assert made.grade_reason is not None and made.grade_reason.en == "B, C can't be computed"


@pytest.mark.parametrize("part", ["bonuses", "deductions", "gates"])
def test_no_grade_rests_on_a_bonus_deduction_or_gate_that_cannot_be_computed(part: str, lab: Lab) -> None:
    item = gate("X", {"measure": "visitors", "above": 3}, {"cap": "good"}) if part == "gates" else None
    method = method_of(SOLD, **{part: [item or adjustment("X", "visitors", 5, 1)]}, bonus_cap=5, deduction_cap=5)
    made = lab.one(method, Evidence({**sales(10), **visits(1)}), engine=Refusing())
    assert (made.standing, made.grade) == (Standing.ERROR, None)
    assert made.grade_reason is not None and made.grade_reason.en == "X can't be computed"


def test_empty_cells_everywhere_are_missing_and_nothing_is_nan(lab: Lab) -> None:
    measures = ("sold", "mean_sale", "visitors", "per_visitor", "happy")
    items = [indicator(id_, measure, 20, TEN) for id_, measure in zip("ABCDE", measures, strict=True)]
    tables = {**sales(None, None), **visits(None), "polls": [{"answers": 0, "happy": 0}]}
    made = lab.one(method_of(*items), Evidence(tables))
    assert set(outcomes(made).values()) == {"missing"}
    assert total(made) == (0, 0, 100)
    assert all(
        each.value is None and each.low is None and each.high is None for each in made.measures if each.id != "answers"
    )


def test_measures_may_bear_the_names_that_the_pipeline_uses_for_itself(tmp_path: Path) -> None:
    base_type = village()
    names = ("coverage", "total", "all", "common", "share", "points", "sales")
    for name in names:

        def function(s: Sale) -> Figure:
            return s.amount.sum()

        function.__name__ = name
        base_type.measure(unit="元")(function)
    ids = ("all", "common", "total", "has", "D", "E", "F")
    items = [indicator(id_, name, 10, TEN) for id_, name in zip(ids, names, strict=True)]
    made = Lab(tmp_path, base_type).one(method_of(*items), Evidence(sales((5, 4, 6))))
    assert {each.id: (each.value, each.low, each.high) for each in made.measures} == dict.fromkeys(names, (5, 4, 6))
    assert {each.points for each in made.indicators} == {5}
    assert total(made) == (50, 40, 60)


def test_a_default_of_joined_measures_needs_the_tables(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="元")
    def or_one(m: Measures) -> Figure:
        return m.per_visitor.default(1)

    method, lab = method_of(indicator("A", "or_one", 100, TEN)), Lab(tmp_path, base_type)
    assert outcomes(lab.one(method, Evidence(sales(5)))) == {"A": "missing"}
    assert total(lab.one(method, Evidence({**sales(5), **visits(0)}))) == (10, 10, 10)


# --- where it came from


def test_a_measure_cites_the_cells_it_was_computed_from(lab: Lab) -> None:
    method = method_of(SOLD, indicator("C", "per_visitor", 40, TEN))
    made = lab.one(method, Evidence({**sales(1, 2, None, 3), **visits(2)}))
    by_id = {each.id: each for each in made.measures}
    [cited] = by_id["sold"].evidence
    assert (cited.file, cited.cells, cited.count) == ("submissions/one/sales.csv", "A2:A3, A5", 3)
    assert (by_id["per_visitor"].evidence, by_id["per_visitor"].uses) == ((), ("sold", "visitors"))
    assert [each.table for each in made.extracts] == ["sales", "visits"]


# --- order


def test_neither_the_order_of_pilots_nor_of_rows_matters(lab: Lab) -> None:
    chance = random.Random(7)  # noqa: S311
    method = method_of(SOLD, SEEN, indicator("C", "mean_sale", 30, TEN), bonuses=[adjustment("P", "answers", 5, 1)])
    amounts = [chance.randint(0, 40) / 10 for _ in range(30)]
    evidence = {f"p{i}": Evidence({**sales(*amounts[i:]), **visits(i)}) for i in range(5)}
    one = lab.assess(method, evidence)
    turned = {}
    for pilot in reversed(evidence):
        rows = list(evidence[pilot].tables["sales"])
        chance.shuffle(rows)
        turned[pilot] = Evidence({**evidence[pilot].tables, "sales": rows})
    other = lab.assess(method, turned)
    shown = {"measures", "indicators", "total", "dimensions", "coverage", "grade", "bonuses"}
    for pilot, made in one.items():
        assert made.model_dump(include=shown) == other[pilot].model_dump(include=shown)


# --- totals, computed again without the pipeline

Triple = tuple[Fraction, Fraction, Fraction]


def exact(cells: Sequence[Any]) -> Triple | None:
    """The sum of cells as value, low and high; None where all are empty."""
    filled = [each if isinstance(each, tuple) else (each,) * 3 for each in cells if each is not None]
    if cells and not filled:
        return None
    return tuple(sum((Fraction(each[i]) for each in filled), Fraction(0)) for i in range(3))  # type: ignore[return-value]


def half_up(number: Fraction) -> Fraction:
    return Fraction(math.floor(number * 100 + Fraction(1, 2)), 100)


def by_hand(method: Method, tables: Mapping[str, Any], exempt: Sequence[str]) -> Triple | None:
    """The total of the method below, by fractions."""
    cells = {
        "sold": [row["amount"] for row in tables["sales"]] if "sales" in tables else None,
        "visitors": [row["visitors"] for row in tables["visits"]] if "visits" in tables else None,
        "answers": [row["answers"] for row in tables["polls"]] if "polls" in tables else None,
    }
    sums = {name: None if each is None else exact(each) for name, each in cells.items()}

    def points(item: Any, share: Any) -> Triple | None:
        measured = sums[item.measure]
        if measured is None:
            return None
        worth = Fraction(item.points)
        return tuple(half_up(min(max(share(each), Fraction(0)), Fraction(1)) * worth) for each in measured)  # type: ignore[return-value]

    ends = {
        "points": Fraction(0),
        "low": Fraction(0),
        "high": Fraction(0),
        "applies": Fraction(0),
        "covered": Fraction(0),
    }
    for item in method.by_type["village"]:
        if item.id in exempt:
            continue
        ends["applies"] += Fraction(item.points)
        got = points(item, lambda x: x / 10)
        if got is None:
            ends["high"] += Fraction(item.points)
            continue
        ends["covered"] += Fraction(item.points)
        for name, each in zip(("points", "low", "high"), got, strict=True):
            ends[name] += each
    if not ends["applies"]:
        return None
    base = ends["covered"] if method.head.missing.score == "exclude" else ends["applies"]
    if not base:
        return None
    scaled = [half_up(ends["points"] * 100 / base)]
    scaled += [half_up(ends[end] * 100 / ends["applies"]) for end in ("low", "high")]
    [bonus_item], [deduction_item] = method.bonuses, method.deductions
    bonus = points(bonus_item, lambda x: x * 2 / 8) or (Fraction(0),) * 3
    deducted = points(deduction_item, lambda x: x * 3 / 20) or (Fraction(0), Fraction(0), Fraction(20))
    made = []
    for score, plus, minus in zip(scaled, bonus, (deducted[0], deducted[2], deducted[1]), strict=True):
        whole = score + min(plus, Fraction(method.head.bonus_cap)) - min(minus, Fraction(method.head.deduction_cap))
        made.append(half_up(min(max(whole, Fraction(0)), Fraction(method.head.ceiling))))
    return made[0], made[1], made[2]


LEVELS = [0, 0.25, 1, 1.5, 2.75, 4, 9]
CELLS = st.none() | st.sampled_from(LEVELS) | st.lists(st.sampled_from(LEVELS), min_size=3, max_size=3).map(
    lambda each: (sorted(each)[1], sorted(each)[0], sorted(each)[2])
)  # fmt: skip
TABLES = st.fixed_dictionaries(
    {},
    optional={
        "sales": st.lists(st.fixed_dictionaries({"amount": CELLS}), max_size=3),
        "visits": st.lists(st.fixed_dictionaries({"visitors": CELLS}), max_size=3),
        "polls": st.lists(st.fixed_dictionaries({"answers": st.integers(0, 4), "happy": st.just(0)}), max_size=2),
    },
)


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLES, st.sets(st.sampled_from("AB")), st.sampled_from(["zero", "exclude"]), st.sampled_from([40, 57.5, 60]))
def test_totals_are_those_computed_by_hand(
    lab: Lab, tables: dict[str, Any], exempt: set[str], policy: str, points: float
) -> None:
    method = method_of(
        indicator("A", "sold", points, TEN),
        indicator("B", "visitors", 100 - points, TEN, "D2"),
        bonuses=[adjustment("P", "visitors", 8, 2)],
        deductions=[adjustment("M", "answers", 20, 3)],
        bonus_cap=5,
        deduction_cap=10,
        missing={"score": policy},
    )
    made = lab.one(method, Evidence(tables), review(not_applicable=sorted(exempt)))
    expected = by_hand(method, tables, sorted(exempt))
    found = None if made.total is None else (made.total.points, made.total.low, made.total.high)
    assert found == (None if expected is None else tuple(map(float, expected)))
    if found is not None:
        assert 0 <= found[1] <= found[0] <= found[2] <= 100
    for dimension in made.dimensions:
        inside = [each for each in method.by_type["village"] if each.dimension == dimension.id]
        mine = [each for each in made.indicators if each.id in {item.id for item in inside}]
        assert dimension.score.points == sum(each.points or 0 for each in mine)
        assert dimension.score.out_of == sum(each.out_of for each in mine if each.outcome is not Outcome.NOT_APPLICABLE)
