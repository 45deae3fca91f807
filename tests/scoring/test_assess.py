"""From evidence to a grade: outcomes, missing evidence, approximate numbers, bonus and deductions."""

import random
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.frames import BOUNDED, UNBOUNDED
from pilot_eval.measures.engines import Engine, installed
from pilot_eval.model import Standing
from pilot_eval.plugin import Figure, Measures
from pilot_eval.scoring.case import PilotCase, Review
from pilot_eval.scoring.unassessed import without_plugin
from pilot_eval.text import Words
from tests.measures.test_compute import Refusing
from tests.support.scoring.cases import SEEN, SOLD, TEN, outcomes, sales, total, visits
from tests.support.scoring.lab import (
    Evidence,
    Lab,
    Sale,
    Visit,
    adjustment,
    gate,
    indicator,
    method_of,
    pilot_spec,
    review,
    village,
)


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
        "the table “Visits” was not submitted",
        "the table “Polls” has errors; correct them to have it scored",
        "the reason",
    ]
    assert made.standing is Standing.ERROR


def test_nothing_to_report_is_evidence_of_nothing(lab: Lab) -> None:
    method = method_of(SOLD, indicator("M", "mean_sale", 40, TEN))
    made = lab.one(method, Evidence({"sales": []}))
    assert outcomes(made) == {"A": "scored", "M": "missing"}
    assert made.indicators[0].points == 0
    assert made.indicators[1].reason is not None
    assert "declared: nothing in “Sales”" in made.indicators[1].reason.en
    assert "已声明没有“销售”" in made.indicators[1].reason.zh
    assert total(made) == (0, 0, 40)


def test_records_that_give_no_figure_are_told_from_none(lab: Lab) -> None:
    made = lab.one(method_of(indicator("M", "mean_sale", 100, TEN)), Evidence(sales(None)))
    assert [each.reason.en for each in made.indicators if each.reason] == [
        "the measure cannot be computed from the records: they have no number that it can use"
    ]


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize("measure", ["mean_sale", "sold", "proof"])
@pytest.mark.parametrize(
    ("empty", "outcome", "points", "bounds", "words"),
    [
        ("zero", "scored", 0, (0, 0), "no points"),
        ("full", "scored", 40, (40, 40), "all points"),
        ("not_applicable", "not_applicable", None, (0, 0), "not applicable"),
        ("panel", "missing", None, (0, 40), "the panel decides"),
    ],
)
def test_the_method_says_what_tables_declared_empty_mean(
    measure: str,
    empty: str,
    outcome: str,
    points: float | None,
    bounds: tuple[float, float],
    words: str,
    engine: Engine,
    lab: Lab,
) -> None:
    rule: Any = {"rubric": {"levels": 4}} if measure == "proof" else {"linear": {"from": -5, "to": 5}}
    method = method_of(SEEN, indicator("M", measure, 40, rule, empty=empty))
    declared = Evidence({"sales": [], "claims": [], **visits(10)})
    made = lab.assess(method, {"none": declared, "some": Evidence({**sales(5), **visits(10)})}, engine=engine)
    item = next(each for each in made["none"].indicators if each.id == "M")
    assert (item.outcome.value, item.points, (item.low, item.high)) == (outcome, points, bounds)
    assert item.reason is not None and words in item.reason.en
    assert made["none"].coverage == (50 if empty == "panel" else 100)
    assert outcomes(made["some"])["M"] == ("missing" if measure == "proof" else "scored")
    assert not [each for each in made["some"].indicators if each.outcome.value == "scored" and each.reason]


def test_a_measure_says_what_tables_declared_empty_mean_and_a_method_may_say_otherwise(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="元", empty="full")
    def best_sale(s: Sale) -> Figure:
        return s.amount.max()

    lab, declared = Lab(tmp_path, base_type), Evidence({"sales": []})
    made = lab.one(method_of(indicator("M", "best_sale", 100, TEN)), declared)
    assert total(made) == (100, 100, 100)
    made = lab.one(method_of(indicator("M", "best_sale", 100, TEN, empty="zero")), declared)
    assert total(made) == (0, 0, 0)
    made = lab.one(method_of(indicator("M", "best_sale", 100, TEN)), declared, review(not_applicable=["M"]))
    assert [each.reason.zh for each in made.indicators if each.reason] == ["理由"]


def test_a_figure_of_several_tables_is_as_computed_unless_all_are_declared_empty(lab: Lab) -> None:
    method = method_of(indicator("M", "per_visitor", 100, TEN, empty="full"))
    assert total(lab.one(method, Evidence({"sales": [], **visits(4)}))) == (0, 0, 0)
    assert outcomes(lab.one(method, Evidence({**sales(4), "visits": []}))) == {"M": "missing"}
    assert outcomes(lab.one(method, Evidence({"sales": []}))) == {"M": "missing"}
    assert total(lab.one(method, Evidence({"sales": [], "visits": []}))) == (100, 100, 100)


@pytest.mark.parametrize(
    ("seen", "zero", "exclude"),
    [
        ((3, 1, 5), (60, 36, 100), (60, 36, 100)),
        ((3, 0, 5), (60, 0, 100), (60, 0, 100)),  # 18 ÷ 0 is no figure: worth nothing, or left out
        (3, (60, 60, 60), (60, 60, 60)),
    ],
)
def test_a_figure_that_may_not_exist_may_be_worth_nothing(
    seen: object, zero: tuple[float, ...], exclude: tuple[float, ...], lab: Lab
) -> None:
    evidence, rule = Evidence({**sales(18), **visits(seen)}), {"linear": {"from": 0, "to": 10}}
    for policy, expected in (("zero", zero), ("exclude", exclude)):
        made = lab.one(method_of(indicator("M", "per_visitor", 100, rule), missing={"score": policy}), evidence)
        assert total(made) == pytest.approx(expected)


def test_what_needs_a_figure_that_may_not_exist_or_be_too_small_is_as_unsure(lab: Lab) -> None:
    item = indicator("M", "sold", 100, TEN, requires={"measure": "visitors", "min": 3})
    assert total(lab.one(method_of(item), Evidence({**sales(10), **visits((4, 2, 5))}))) == (100, 0, 100)
    assert total(lab.one(method_of(item), Evidence({**sales(10), **visits((4, 3, 5))}))) == (100, 100, 100)
    cap = gate("G", {"measure": "per_visitor", "above": 2}, {"cap": "fair"})
    for low, certain in ((0, False), (1, True)):
        made = lab.one(method_of(SOLD, gates=[cap]), Evidence({**sales(18), **visits((3, low, 5))}))
        assert (made.gates[0].state.value, made.gates[0].certain) == ("triggered", certain)


def test_what_is_missing_for_a_deduction_leaves_the_grade_open(lab: Lab) -> None:
    method = method_of(SOLD, SEEN, deductions=[adjustment("X", "answers", 10, 2)], deduction_cap=10)
    left_out = lab.one(method, Evidence({**sales(10), **visits(10)}))
    assert (left_out.standing, left_out.grade, total(left_out)) == (Standing.WITHHELD, None, (100, 90, 100))
    assert left_out.grade_reason is not None
    assert "“Polls”" in left_out.grade_reason.en and "(X)" in left_out.grade_reason.en
    assert "“调查”" in left_out.grade_reason.zh and "（X）" in left_out.grade_reason.zh
    declared = lab.one(method, Evidence({**sales(10), **visits(10), "polls": []}))
    assert (declared.standing, declared.grade, total(declared)) == (Standing.GRADED, "excellent", (100, 100, 100))


def test_who_submits_nothing_has_no_score(lab: Lab) -> None:
    made = lab.assess(method_of(SOLD, SEEN), {"one": None})["one"]
    assert (made.standing, made.grade, made.total, made.coverage) == (Standing.NOT_SUBMITTED, None, None, None)
    assert set(outcomes(made).values()) == {"missing"}
    assert [each.line("en").split(" →")[0] for each in made.findings] == ["submissions/one: nothing was submitted"]


def test_a_submission_with_errors_is_scored_but_not_graded(lab: Lab) -> None:
    evidence = Evidence({**sales(10), **visits(10)}, findings=(finding("file-json", problem="x"),))
    made = lab.one(method_of(SOLD, SEEN), evidence)
    assert (made.standing, made.grade, total(made)) == (Standing.ERROR, None, (100, 100, 100))


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        (finding("file-json", problem="x"), "error"),
        (finding("table-missing-adverse", table="x", items="x"), "graded"),  # it has a reason of its own
        (finding("submission-late", day="x", deadline="x"), "graded"),
        (finding("findings-more", count=1), "graded"),
    ],
    ids=lambda each: getattr(each, "code", each),
)
def test_an_error_leaves_the_grade_open_and_a_warning_or_a_note_does_not(
    found: Finding, standing: str, lab: Lab
) -> None:
    made = lab.one(method_of(SOLD, SEEN), Evidence({**sales(10), **visits(10)}, findings=(found,)))
    assert (made.standing.value, made.grade) == (standing, "excellent" if standing == "graded" else None)


@pytest.mark.parametrize(
    ("rounding", "of_item", "of_dimension", "of_all", "of_total"),
    [
        ("indicators", 3.33, 6.66, 33.33, 33.33),
        ("dimensions", 3.333333333, 6.67, 33.34, 33.34),
        ("total", 3.333333333, 6.666666667, 33.333333333, 33.33),
    ],
)
def test_points_are_rounded_where_the_method_says(
    rounding: str, of_item: float, of_dimension: float, of_all: float, of_total: float, lab: Lab
) -> None:
    third = {"linear": {"from": 0, "to": 3}}
    common = [indicator("A", "sold", 10, third), indicator("B", "sold", 10, third)]
    method = method_of(indicator("C", "sold", 80, third, "D2"), common=common, rounding=rounding)
    made = lab.one(method, Evidence(sales(1)))
    [first, second] = made.dimensions
    assert made.indicators_score is not None and made.common is not None
    for score, points in (
        (first.score, of_dimension), (second.score, 26.666666667 if rounding == "total" else 26.67),
        (made.common, of_dimension), (made.indicators_score, of_all), (made.total, of_total),
    ):  # fmt: skip
        assert score is not None and (score.points, score.low, score.high) == (points,) * 3
    item = made.indicators[0]
    assert (item.points, item.low, item.high) == (of_item,) * 3


def test_a_dimension_is_scored_missing_or_not_applicable(lab: Lab) -> None:
    items = [
        indicator("A", "sold", 40, TEN, "D1"), indicator("B", "visitors", 30, TEN, "D2"),
        indicator("C", "answers", 10, TEN, "D3"), indicator("D", "sold", 12, TEN, "D4"),
        indicator("E", "visitors", 8, TEN, "D4"),
    ]  # fmt: skip
    method = method_of(*items)
    *others, last = method.dimensions
    method = method.model_copy(update={"dimensions": (*others, last.model_copy(update={"least_data": 0.7}))})
    made = lab.one(method, Evidence(sales((5, 4, 6))), review(not_applicable=["C"]))
    assert [
        (each.id, each.outcome.value, each.score.points, each.score.low, each.score.high, each.score.out_of)
        for each in made.dimensions
    ] == [
        ("D1", "scored", 20, 16, 24, 40),
        ("D2", "missing", 0, 0, 30, 30),
        ("D3", "not_applicable", 0, 0, 0, 0),
        ("D4", "missing", 0, 0, 15.2, 20),  # too little of it is scored
    ]
    assert [(each.coverage, each.counted) for each in made.dimensions] == [(100, 40), (0, 0), (None, 0), (60, 0)]


def test_a_pilot_is_what_the_register_says(lab: Lab) -> None:
    made = lab.one(method_of(SOLD), Evidence(sales(1))).pilot
    assert made.tier is not None and made.basis is not None
    assert (made.id, made.tier.id, made.tier.label.zh, made.basis.zh) == ("one", "local", "省市明确", "来源文章写明")


def test_what_the_reviewers_set_aside_is_said_if_it_would_have_points(lab: Lab) -> None:
    asks = indicator("A", "sold", 100, TEN, requires={"measure": "answers", "min": 0})
    made = lab.one(method_of(asks, SEEN), Evidence({**sales(5), "polls": []}), review(not_applicable=["A", "B"]))
    assert [each.forgone for each in made.indicators] == [50, None]
    [said] = [each for each in made.findings if each.code == "review-against-evidence"]
    assert "50" in said.message.en and "“Name” (A)" in said.message.en
    none = lab.one(method_of(asks), Evidence({"sales": [], "polls": []}), review(not_applicable=["A"]))
    assert (none.indicators[0].forgone, none.findings) == (None, ())


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


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_a_table_that_another_pilot_sent_is_still_missing(engine: Engine, tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="人次")
    def busiest(v: Visit) -> Figure:
        return v.visitors.max().default(0)

    @base_type.measure(unit="个")
    def both_known(m: Measures) -> Figure:
        return (m.sold + m.busiest).default(0)

    method = method_of(SOLD, indicator("B", "busiest", 30, TEN), indicator("C", "both_known", 10, TEN))
    evidence = {"whole": Evidence({**sales(5), "visits": []}), "part": Evidence(sales(5)), "rest": Evidence(visits(5))}
    made = Lab(tmp_path, base_type).assess(method, evidence, engine=engine)
    assert [(outcomes(each), each.coverage) for each in made.values()] == [
        ({"A": "scored", "B": "scored", "C": "scored"}, 100),
        ({"A": "scored", "B": "missing", "C": "missing"}, 60),
        ({"A": "missing", "B": "scored", "C": "missing"}, 30),
    ]
    assert [total(each) for each in made.values()] == [(35, 35, 35), (30, 30, 70), (15, 15, 85)]


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


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [
        ((5, -BOUNDED, BOUNDED), (None, None)),
        ((5, -BOUNDED / 2, BOUNDED / 2), (-BOUNDED / 2, BOUNDED / 2)),
        ((5, -UNBOUNDED, 6), (None, 6)),
    ],
)
def test_a_bound_that_is_no_bound_is_none(
    cell: tuple[float, float, float], bounds: tuple[float | None, float | None], lab: Lab
) -> None:
    [measure] = lab.one(method_of(SOLD), Evidence(sales(cell))).measures
    assert (measure.value, measure.low, measure.high) == (5, *bounds)


def test_what_may_not_exist_has_no_bounds(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="元")
    def largest(s: Sale) -> Figure:
        return s.where(s.amount > 5).amount.max()

    made = Lab(tmp_path, base_type).one(method_of(indicator("A", "largest", 100, TEN)), Evidence(sales((5, 4, 6))))
    [measure] = made.measures
    assert (measure.value, measure.low, measure.high) == (None, None, None)


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
    assert alone.indicators[0].reason is not None and alone.indicators[0].reason.en == "no expert score was given"
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
    assert missing.indicators[0].reason.en == "the table “Polls” was not submitted"
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


def test_a_bonus_adds_and_a_deduction_takes(lab: Lab) -> None:
    method = method_of(
        SOLD,
        bonuses=[adjustment("P", "visitors", 8, 2)],
        deductions=[adjustment("M", "answers", 20, 3)],
        bonus_cap=5,
        deduction_cap=10,
    )
    made = lab.one(method, Evidence({**sales(5), **visits((2, 1, 3)), "polls": [{"answers": (2, 1, 3), "happy": 0}]}))
    assert [(each.points, each.low, each.high, each.value) for each in made.bonuses] == [(4, 2, 6, 2)]
    assert [(each.points, each.low, each.high, each.value) for each in made.deductions] == [(-6, -9, -3, 2)]


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
    none = lab.one(method, Evidence({**sales(5), "polls": [{"answers": 0, "happy": 0}]}))
    for made_of in (made, none):
        assert "-0.0" not in [str(n) for each in made_of.deductions for n in (each.points, each.low, each.high)]


@pytest.mark.parametrize("part", ["bonuses", "deductions", "gates"])
def test_no_grade_rests_on_a_bonus_deduction_or_gate_that_cannot_be_computed(part: str, lab: Lab) -> None:
    item = gate("X", {"measure": "visitors", "above": 3}, {"cap": "good"}) if part == "gates" else None
    method = method_of(SOLD, **{part: [item or adjustment("X", "visitors", 5, 1)]}, bonus_cap=5, deduction_cap=5)
    made = lab.one(method, Evidence({**sales(10), **visits(1)}), engine=Refusing())
    assert (made.standing, made.grade) == (Standing.ERROR, None)
    assert made.grade_reason is not None and made.grade_reason.en == "cannot be computed: “Name”"


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


def test_what_was_found_in_a_submission_stands_in_its_assessment(lab: Lab) -> None:
    found = (finding("file-json", Place(file="a.json"), problem="?"), finding("hash-new", Place(file="b.csv")))
    evidence = {"one": Evidence(sales(5), findings=found), "two": Evidence(sales(5)), "absent": None}
    made = lab.assess(method_of(SOLD), evidence)
    assert (made["one"].findings, made["two"].findings) == (found, ())
    assert [(each.code, each.place.file) for each in made["absent"].findings] == [
        ("submission-none", "submissions/absent")
    ]


def test_without_its_plugin_a_pilot_is_an_error_that_could_still_earn_all(tmp_path: Path) -> None:
    method = method_of(SOLD, SEEN, gates=[gate("G", {"measure": "sold", "above": 1}, {"cap": "fair"})])
    found = (finding("hash-new", Place(file="b.csv")),)
    intake = Evidence(sales(5), findings=found).intake("one", village(), tmp_path)
    cases = [
        PilotCase(pilot_spec(pilot), given, tmp_path, Review()) for pilot, given in (("one", intake), ("two", None))
    ]
    cause = Words(zh="没有插件", en="no plugin")
    one, two = without_plugin(method, cases, cause, {"two"})
    for each in (one, two):
        assert [(i.id, i.outcome.value, i.value, i.points, i.low, i.high, i.out_of) for i in each.indicators] == [
            ("A", "error", None, None, 0, 60, 60),
            ("B", "error", None, None, 0, 40, 40),
        ]
        assert {i.reason for i in each.indicators} == {cause}
        assert (each.standing, each.grade, each.grade_reason) == (Standing.ERROR, None, cause)
        assert each.total is None or (each.total.low, each.total.high) == (0, 100)
    assert one.findings == found
    assert [(f.code, f.place.file) for f in two.findings] == [("submission-unread", "submissions/two")]
