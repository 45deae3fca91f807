"""The scoring rules: exact values by hand, and laws that hold for every parameter."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pilot_eval.errors import finding
from pilot_eval.method.kinds import RULES
from pilot_eval.method.rules import Given, Linear, Rule, Steps, Unusable
from pilot_eval.text import Words
from scripts.make_rule_pictures import peers_of

LAW = settings(deadline=None, derandomize=True, max_examples=120)


def rule(kind: str, **parameters: object) -> Rule:
    """A rule as a method's YAML gives it."""
    return RULES[kind].model_validate({name.removesuffix("_"): value for name, value in parameters.items()})


def shares(
    made: Rule,
    values: Sequence[float | None],
    *,
    points: float = 10,
    baseline: float = 0,
    target: float = 1,
    expert: float | None = None,
) -> list[float | None]:
    """The share of the points for each value, computed as the pipeline does."""
    frame = nw.from_native(
        pl.LazyFrame({"x": values}, schema={"x": pl.Float64}).with_columns(
            baseline=pl.lit(float(baseline)), target=pl.lit(float(target)), expert=pl.lit(expert, pl.Float64)
        )
    )
    peers = peers_of(nw.col("x"), getattr(made, "best", "") != "lowest")
    held = Given(points, nw.col("baseline"), nw.col("target"), nw.col("expert"), peers)
    return frame.select(share=made.share(nw.col("x"), held)).collect()["share"].to_list()


def share(made: Rule, value: float, **held: Any) -> float:
    [only] = shares(made, [value], **held)
    assert only is not None
    return only


# --- by hand


@pytest.mark.parametrize(("occupancy", "expected"), [(0, 0), (59.9, 0), (60, 0.6), (70, 0.7), (99, 0.99), (100, 1)])
def test_occupancy_starts_at_sixty_percent(occupancy: float, expected: float) -> None:
    """P2: nothing below 60%, 60% of the points there, 1% more for each point of occupancy."""
    assert share(rule("increment", threshold=60, base=0.6, per_unit=0.01), occupancy) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("tenants", "expected"),
    [(4, 0), (5, Fraction(1, 3)), (6, Fraction(11, 30)), (24, Fraction(29, 30)), (25, 1), (99, 1)],
)
def test_new_tenants_start_at_five(tenants: float, expected: float) -> None:
    """P5: 5 of 15 points at 5 tenants, half a point more for each further one."""
    assert share(rule("increment", threshold=5, base="1/3", per_unit="1/30"), tenants) == pytest.approx(float(expected))


@pytest.mark.parametrize(("issues", "expected"), [(0, 0), (1, 0.25), (3, 0.75), (4, 1), (9, 1)])
def test_bulletins_lose_a_quarter_for_each_issue_short(issues: float, expected: float) -> None:
    """A3: four issues a year, 25% off for each one short."""
    assert share(rule("deduction", target=4, each=0.25), issues) == expected


BENT = [{"at": 0, "share": 0.2}, {"at": 10, "share": 0.4}, {"at": 20, "share": 0.9}]
BENT_SHARES = {-5: 0.2, 0: 0.2, 5: 0.3, 10: 0.4, 15: 0.65, 20: 0.9, 99: 0.9}
EFFICACY = {-20: 0, 5: 0.4, 10: 0.6, 15: 0.8, 20: 1, 30: 1}


@pytest.mark.parametrize(
    ("made", "value", "expected"),
    [
        (rule("linear", from_=60, to=100), 80, 0.5),
        (rule("linear", from_=10, to=2), 4, 0.75),
        (rule("steps", bands=[{"from": 1, "share": "1/4"}, {"from": 3, "share": 1}]), 2.9, 0.25),
        (rule("count", each=2), 3, 0.6),
        (rule("checklist", of=8), 6, 0.75),
        (rule("boolean", at_least=20), 19.999, 0),
        (rule("boolean", at_least=20), 20, 1),
        (rule("boolean"), 1, 1),
        (rule("deduction", target=30, each="1/30", beyond=True), 36, 0.8),
        (rule("logarithmic", from_=1, to=100), 10, 0.5),
        (rule("logarithmic", from_=1, to=100), -5, 0),
        (rule("target", baseline=0, target=1), 0.25, 0.25),
        *((rule("piecewise", knots=BENT), at, expected) for at, expected in BENT_SHARES.items()),
        *((rule("efficacy", unacceptable=10, satisfactory=20), at, expected) for at, expected in EFFICACY.items()),
        (rule("efficacy", unacceptable=10, satisfactory=20, base=0.5, floor=0.4, ceiling=0.9), 0, 0.4),
        (rule("efficacy", unacceptable=10, satisfactory=20, base=0.5, floor=0.4, ceiling=0.9), 12, 0.6),
        (rule("efficacy", unacceptable=10, satisfactory=20, base=0.5, floor=0.4, ceiling=0.9), 20, 0.9),
        (rule("efficacy", unacceptable=20, satisfactory=10), 15, 0.8),
    ],
)
def test_shares_by_hand(made: Rule, value: float, expected: float) -> None:
    assert share(made, value) == pytest.approx(expected)


def test_progress_goes_from_the_pilots_own_baseline_to_its_target() -> None:
    made = rule("target", baseline=0, target=200)
    values = [100.0, 120.0, 210.0, 300.0, 400.0]
    assert shares(made, values, baseline=120, target=300) == pytest.approx([0, 0, 0.5, 1, 1])
    assert shares(made, values, baseline=300, target=100) == pytest.approx([1, 0.9, 0.45, 0, 0])


@pytest.mark.parametrize(
    ("expert", "proof", "expected"), [(4, 4, 1), (3, 4, 0.75), (4, 2, 0.5), (0, 4, 0), (2.5, 4, 0.625)]
)
def test_an_expert_score_is_capped_by_the_level_of_proof(expert: float, proof: float, expected: float) -> None:
    assert share(rule("rubric", levels=4), proof, expert=expert) == expected


def test_without_an_expert_score_a_rubric_gives_nothing() -> None:
    assert shares(rule("rubric"), [0.0, 4.0], expert=None) == [None, None]


def test_a_fraction_is_exact() -> None:
    assert rule("increment", threshold=0, base="1/3", per_unit="1 / 30").model_dump()["base"] == 1 / 3
    for wrong in ("1/0", "4/3", "a/b", "0.5", "9" * 400 + "/1", "-1/3"):
        with pytest.raises(ValidationError):
            rule("increment", threshold=0, base=wrong, per_unit=0)


# --- laws

NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
SHARES = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
PARTS = st.floats(0.001, 10)


def apart(low: st.SearchStrategy[float] = NUMBERS) -> st.SearchStrategy[tuple[float, float]]:
    return st.tuples(low, low).filter(lambda ends: abs(ends[0] - ends[1]) > 1e-2)


BEST = st.sampled_from(["highest", "lowest"])


@st.composite
def staircases(draw: st.DrawFn) -> Rule:
    starts = sorted(set(draw(st.lists(NUMBERS, min_size=1, max_size=6))))
    return rule("steps", below=draw(SHARES), bands=[{"from": start, "share": draw(SHARES)} for start in starts])


KINDS: dict[str, st.SearchStrategy[Rule]] = {
    "linear": apart().map(lambda ends: rule("linear", from_=ends[0], to=ends[1])),
    "steps": staircases(),
    "increment": st.builds(lambda t, b, p: rule("increment", threshold=t, base=b, per_unit=p), NUMBERS, SHARES, PARTS),
    "count": PARTS.map(lambda each: rule("count", each=each)),
    "checklist": st.integers(1, 40).map(lambda of: rule("checklist", of=of)),
    "boolean": NUMBERS.map(lambda at: rule("boolean", at_least=at)),
    "deduction": st.builds(
        lambda t, e, b: rule("deduction", target=t, each=e, beyond=b), NUMBERS, PARTS, st.booleans()
    ),
    "logarithmic": apart(st.floats(0.01, 1e6)).map(lambda ends: rule("logarithmic", from_=min(ends), to=max(ends))),
    "rubric": st.integers(1, 9).map(lambda levels: rule("rubric", levels=levels)),
    "target": apart().map(lambda ends: rule("target", baseline=ends[0], target=ends[1])),
    "piecewise": st.dictionaries(st.integers(-50, 50), SHARES, min_size=2, max_size=5).map(
        lambda each: rule("piecewise", knots=[{"at": at, "share": each[at]} for at in sorted(each)])
    ),
    "efficacy": st.builds(
        lambda ends, base, limits: rule(
            "efficacy", unacceptable=ends[0], satisfactory=ends[1], base=base, floor=min(limits), ceiling=max(limits)
        ),
        apart(), SHARES, st.tuples(SHARES, SHARES),
    ),
    "expert": st.just(rule("expert")),
    "levels": st.dictionaries(st.integers(-50, 50), SHARES, min_size=1, max_size=5).map(
        lambda each: rule("levels", of=[{"id": f"L{at}", "from": at, "share": each[at]} for at in each])
    ),
    "rank": st.builds(lambda each, best: rule("rank", each=each / 20, best=best), st.integers(1, 20), BEST),
    "percentile": BEST.map(lambda best: rule("percentile", bands=[{"top": 0.3, "share": 0.7}], best=best)),
    "zscore": st.builds(lambda zero, best: rule("zscore", at_zero=zero, per_sd=0.3, best=best), SHARES, BEST),
    "minmax": st.builds(lambda floor, best: rule("minmax", floor=floor, best=best), SHARES, BEST),
    "best": SHARES.map(lambda zero: rule("best", zero=zero / 2)),
    "median": SHARES.map(lambda zero: rule("median", zero=zero, full=1.5)),
}  # fmt: skip
ANY = st.one_of(*KINDS.values())
EXTREMES = [0.0, -1e18, 1e18, 1e30, -1e30, 5e-324, 1.0, 1.7e308, -1.7e308]


def held(made: Rule) -> dict[str, float]:
    """What the round holds for a pilot without targets of its own."""
    data = made.model_dump()
    ends = {name: data[name] for name in ("baseline", "target") if made.kind == "target"}
    return {"expert": 3.0, **ends}


def test_the_kinds_are_all_here() -> None:
    assert list(RULES) == list(KINDS)


@LAW
@given(ANY, st.lists(NUMBERS, max_size=8))
def test_a_share_lies_between_nothing_and_everything(made: Rule, values: list[float]) -> None:
    for x, given_ in zip([*values, *EXTREMES], shares(made, [*values, *EXTREMES], **held(made)), strict=True):
        if given_ is None:  # the squares of such figures have no sum
            assert made.kind in ("zscore", "minmax") and abs(x) > 1e100
        else:
            assert math.isfinite(given_) and 0 <= given_ <= 1


@pytest.mark.parametrize(
    "made",
    [
        rule("linear", from_=-1e15, to=1e15),
        rule("linear", from_=0, to=1e-9),
        rule("logarithmic", from_=5e-324, to=1e15),
        rule("increment", threshold=-1e15, base=0, per_unit=1e15),
        rule("count", each=1e15),
        rule("deduction", target=1e15, each=1e15),
        rule("target", baseline=1e15, target=-1e15),
    ],
)
def test_extreme_parameters_give_shares_too(made: Rule) -> None:
    for given_ in shares(made, EXTREMES, **held(made)):
        assert given_ is not None and 0 <= given_ <= 1


@LAW
@given(ANY)
def test_no_measure_gives_no_share(made: Rule) -> None:
    assert shares(made, [None, 1.0, None], **held(made))[::2] == [None, None]


@LAW
@given(ANY, st.lists(NUMBERS, min_size=2, max_size=12))
def test_a_share_goes_in_the_declared_direction(made: Rule, values: list[float]) -> None:
    assume(made.direction is not None)
    around = [x for knot in made.knots for x in (knot - 1e-6, knot, knot + 1e-6)]
    found = shares(made, sorted([*values, *around]), **held(made))
    assert found == sorted(found, key=float, reverse=made.direction == "down")  # type: ignore[arg-type]


@LAW
@given(staircases())
def test_a_staircase_that_rises_and_falls_has_no_direction(made: Steps) -> None:
    heights = [made.below, *(band.share for band in made.bands)]
    falls = heights == sorted(heights, reverse=True)
    assert made.direction == ("up" if heights == sorted(heights) else "down" if falls else None)


SLOPES: dict[str, Callable[[Any], float]] = {
    "linear": lambda data: 1 / abs(data["to"] - data["start"]),
    "count": lambda data: data["each"] / 10,
    "checklist": lambda data: 1 / data["of"],
    "deduction": lambda data: data["each"],
    "logarithmic": lambda data: 1 / data["start"] / math.log(data["to"] / data["start"]),
    "rubric": lambda data: 1 / data["levels"],
    "target": lambda data: 1 / abs(data["target"] - data["baseline"]),
    "piecewise": lambda data: max(
        abs(b["share"] - a["share"]) / (b["at"] - a["at"]) for a, b in pairwise(data["points"])
    ),
    "expert": lambda data: 1 / 10,
    "efficacy": lambda data: (1 - data["base"]) / abs(data["satisfactory"] - data["unacceptable"]),
}
"""The steepest that a continuous rule may be, for 10 points."""


@LAW
@given(st.one_of(*(KINDS[kind] for kind in SLOPES)), NUMBERS, st.floats(0, 1))
def test_continuous_rules_never_jump(made: Rule, value: float, step: float) -> None:
    """The share changes by no more than the steepest slope allows, wherever one stands."""
    before, after = shares(made, [value, value + step], **held(made))
    steepest = SLOPES[made.kind](made.model_dump())
    assert before is not None and after is not None
    assert abs(after - before) <= step * steepest * (1 + 1e-6) + 1e-9


@LAW
@given(st.one_of(KINDS["steps"], KINDS["increment"], KINDS["boolean"]), st.data())
def test_the_others_jump_at_their_thresholds_and_nowhere_else(made: Rule, data: st.DataObject) -> None:
    given_ = made.model_dump()
    jumps = {
        "steps": {band["start"]: band["share"] for band in given_.get("bands", ())},
        "increment": {given_.get("threshold"): given_.get("base")},
        "boolean": {given_.get("at_least"): 1.0},
    }[made.kind]
    at = data.draw(st.sampled_from(sorted(jumps)))
    below, there = shares(made, [math.nextafter(at, -math.inf), at])
    assert there == jumps[at]
    lower = [jumps[each] for each in sorted(jumps) if each < at]
    assert below == (lower[-1] if lower else given_.get("below", 0))


@LAW
@given(ANY, st.floats(0.5, 100))
def test_every_rule_says_what_it_does_in_both_languages(made: Rule, points: float) -> None:
    said = made.sentence(points)
    assert said.zh and said.en and said.zh != said.en
    assert not {"{", "}", "nan", "inf"} & set(said.en.split())


@pytest.mark.parametrize(
    ("made", "zh", "en"),
    [
        (
            rule("linear", from_=0, to=1200),
            "0 得 0 分，1,200 得满分，其间线性插值",
            "0 points at 0, full at 1,200, linear between",
        ),
        (
            rule("steps", bands=[{"from": 60, "share": "1/4"}, {"from": 80, "share": 1}]),
            "不足 60 得 0 分；达到 60 得 25%；达到 80 得 100%",
            "below 60: 0; from 60: 25%; from 80: 100%",
        ),
        (
            rule("increment", threshold=5, base=0.3, per_unit="1/30"),
            "不足 5 得 0 分；达到 5 得 30%，每增加 1 加 3.3333%，最高满分",
            "below 5: 0; at 5: 30%, then +3.3333% per unit, up to full",
        ),
        (rule("count", each=2), "每 1 得 2 分，最高 7.5 分", "2 points each, up to 7.5"),
        (rule("checklist", of=8), "共 8 项，按达标项数的比例计分", "share of 8 items met"),
        (rule("boolean"), "达到 1 得满分，否则得 0 分", "full from 1, otherwise 0"),
        (rule("deduction", target=4, each=0.25), "达到 4 得满分，每少 1 扣 25%", "full from 4, −25% per unit below"),
        (
            rule("deduction", target=30, each="1/30", beyond=True),
            "不超过 30 得满分，每超 1 扣 3.3333%",
            "full up to 30, −3.3333% per unit above",
        ),
        (
            rule("logarithmic", from_=1, to=100),
            "1 得 0 分，100 得满分，其间按对数插值",
            "0 points at 1, full at 100, logarithmic between",
        ),
        (
            rule("rubric"),
            "专家评 0 至 4 级，以佐证级别为上限，按级数的比例计分",
            "expert score 0 to 4, capped by the level of proof, pro rata",
        ),
        (rule("expert"), "由专家评分，0 至 7.5 分", "points given by experts, 0 to 7.5"),
        (
            rule("levels", of=[{"id": "甲", "floor": 0.6, "ceiling": 1}, {"id": "乙", "share": "1/3"}]),
            "由专家定等次：“甲”得 60%–100%；“乙”得 33.3333%，在范围内由专家给分",
            "experts choose the level: “甲”: 60%–100%; “乙”: 33.3333%; within a range experts give the points",
        ),
        (
            rule("levels", of=[{"id": "甲", "from": 9, "share": 1}, {"id": "乙", "from": 5, "share": 0.5}]),
            "达到 5 为“乙”，得 50%；达到 9 为“甲”，得 100%",
            "from 5 “乙”: 50%; from 9 “甲”: 100%",
        ),
        (
            rule("target", target=200),
            "按从基线到目标的完成进度计分（默认基线 0、目标 200）",
            "progress from baseline to target (by default 0 to 200)",
        ),
        (
            rule("piecewise", knots=BENT),
            "0 得 20%，10 得 40%，20 得 90%，其间线性插值",
            "20% at 0, 40% at 10, 90% at 20, linear between",
        ),
        (
            rule("efficacy", unacceptable=60, satisfactory=90, floor=0.4, ceiling=0.95),
            "功效系数：不允许值 60 得 60%，满意值 90 得 100%，按比例计，限于 40% 至 95%",
            "efficacy coefficient: 60% at 60 (unacceptable), 100% at 90 (satisfactory), pro rata, from 40% to 95%",
        ),
    ],
)
def test_a_rules_sentence_has_its_numbers(made: Rule, zh: str, en: str) -> None:
    assert (made.sentence(7.5).zh, made.sentence(7.5).en) == (zh, en)


def knots(*shares: float) -> list[dict[str, float]]:
    return [{"at": at, "share": share} for at, share in enumerate(shares)]


@pytest.mark.parametrize(
    ("kind", "parameters", "direction"),
    [
        ("linear", {"from": 1, "to": 2}, "up"),
        ("linear", {"from": 2, "to": 1}, "down"),
        ("target", {"baseline": 1, "target": 2}, "up"),
        ("target", {"baseline": 2, "target": 1}, "down"),
        ("efficacy", {"unacceptable": 1, "satisfactory": 2}, "up"),
        ("efficacy", {"unacceptable": 2, "satisfactory": 1}, "down"),
        ("deduction", {"target": 4, "each": 0.1}, "up"),
        ("deduction", {"target": 4, "each": 0.1, "beyond": True}, "down"),
        ("count", {"each": 1}, "up"),
        ("steps", {"bands": [{"from": 1, "share": 0.5}, {"from": 2, "share": 0.5}]}, "up"),
        ("steps", {"bands": [{"from": 1, "share": 0.5}, {"from": 2, "share": 0.4}]}, None),
        ("piecewise", {"knots": knots(0.1, 0.5, 0.5)}, "up"),
        ("piecewise", {"knots": knots(0.5, 0.5, 0.1)}, "down"),
        ("piecewise", {"knots": knots(0.1, 0.5, 0.1)}, None),
    ],
)
def test_a_rule_rises_or_falls(kind: str, parameters: dict[str, object], direction: str | None) -> None:
    assert RULES[kind].model_validate(parameters).direction == direction


def test_the_bounds_of_a_share_are_computed_where_a_rule_bends_or_jumps() -> None:
    assert rule("piecewise", knots=BENT).knots == (0, 10, 20)
    assert rule("steps", bands=[{"from": 60, "share": 1}, {"from": 80, "share": 0}]).knots == (60, 80)
    assert rule("linear", from_=0, to=1).knots == ()


def test_a_rule_that_cannot_be_used_scores_nothing_and_says_why() -> None:
    cause = finding("plugin-rule-absent", rule="odd", plugins=Words(zh="甲", en="one"))
    made = Unusable(cause=cause, goes="down")
    assert shares(made, [None, 0.0, 5.0]) == [None, None, None]
    assert (made.direction, made.sentence(10)) == ("down", cause.message)


# --- what is refused


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("linear", {"from": 1, "to": 1}),
        ("linear", {"from": "1", "to": 2}),
        ("linear", {"from": True, "to": 2}),
        ("linear", {"from": 0}),
        ("linear", {"from": 0, "to": 1, "cap": 2}),
        ("linear", {"from": math.nan, "to": 1}),
        ("linear", {"from": 0, "to": math.inf}),
        ("linear", {"from": 0, "to": 1e16}),
        ("linear", {"from": 0, "to": 1e-10}),
        ("linear", {"from": 0, "to": 1.5e15}),
        ("linear", {"from": -1.5e15, "to": 0}),
        ("piecewise", {"knots": [{"at": 2, "share": 0}]}),
        ("piecewise", {"knots": [{"at": 0, "share": 0}, {"at": 5e-10, "share": 1}]}),
        ("piecewise", {"knots": [{"at": 1, "share": 0}, {"at": 3, "share": 1}, {"at": 2, "share": 1}]}),
        ("steps", {"bands": []}),
        ("steps", {"bands": [{"from": 2, "share": 1}, {"from": 1, "share": 1}]}),
        ("steps", {"bands": [{"from": 1, "share": 1}, {"from": 1, "share": 0.5}]}),
        ("steps", {"bands": [{"from": 1, "share": 1.1}]}),
        ("increment", {"threshold": 5, "base": -0.1, "per_unit": 1}),
        ("increment", {"threshold": 5, "base": 0.1, "per_unit": -1}),
        ("count", {"each": 0}),
        ("checklist", {"of": 0}),
        ("checklist", {"of": 2.5}),
        ("checklist", {"of": True}),
        ("deduction", {"target": 4, "each": 0}),
        ("deduction", {"target": 4, "each": 1, "beyond": "yes"}),
        ("logarithmic", {"from": 0, "to": 1}),
        ("logarithmic", {"from": 2, "to": 1}),
        ("logarithmic", {"from": 1e15 - 1, "to": 1e15}),
        ("rubric", {"levels": 0}),
        ("target", {"baseline": 3, "target": 3}),
    ],
)
def test_parameters_that_make_no_rule_are_refused(kind: str, parameters: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        RULES[kind].model_validate(parameters)


@pytest.mark.parametrize("ends", [{"from": 0, "to": 1}, {"from": 1, "to": 0}])
def test_a_logarithm_is_of_numbers_above_0(ends: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="greater than 0"):
        RULES["logarithmic"].model_validate(ends)


def test_what_differs_by_a_billionth_differs() -> None:
    for least in (rule("linear", from_=0, to=1e-9), rule("piecewise", knots=[*knots(0), {"at": 1e-9, "share": 1}])):
        assert shares(least, [0.0, 1e-9]) == [0, 1]


def test_limits_may_be_one() -> None:
    assert share(rule("efficacy", unacceptable=1, satisfactory=2, floor=0.7, ceiling=0.7), 5) == 0.7


def test_a_rule_has_its_formula_and_its_source_written_down() -> None:
    for kind, made in RULES.items():
        assert made.__doc__ and "Source:" in made.__doc__, kind
    assert Linear.model_validate({"from": 1, "to": 0}).direction == "down"


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"unacceptable": 1, "satisfactory": 1}, "are equal"),
        ({"unacceptable": 1, "satisfactory": 2, "floor": 0.6, "ceiling": 0.5}, "floor is greater"),
    ],
)
def test_an_efficacy_coefficient_needs_two_values_and_limits_in_order(
    parameters: dict[str, float], problem: str
) -> None:
    with pytest.raises(ValidationError, match=problem):
        RULES["efficacy"].model_validate(parameters)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ([2, 1], "1 comes after 2"),
        ([2, 2 + 1e-10], "ascending order"),
        ([2, 2, 2], "at: 2 has at most two knots"),
    ],
)
def test_knots_rise(values: list[float], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        RULES["piecewise"].model_validate({"knots": [{"at": at, "share": 0.5} for at in values]})


UP = [{"at": 10, "share": 0}, {"at": 10, "share": 0.2}, {"at": 20, "share": 0.4}, {"at": 20, "share": 0.6}]
DOWN = [{"at": 10, "share": 0.8}, {"at": 20, "share": 0.2}, {"at": 20, "share": 0}]


@pytest.mark.parametrize(
    ("knots", "expected", "goes", "zh", "en"),
    [
        (
            UP, {9.999: 0, 10: 0.2, 15: 0.3, 19.999: 0.39998, 20: 0.6, 30: 0.6}, "up",
            "不足 10 得 0%，达到 10 得 20%，接近 20 得 40%，达到 20 得 60%，其间线性插值",
            "0% below 10, 20% from 10, 40% nearing 20, 60% from 20, linear between",
        ),
        (
            DOWN, {9: 0.8, 15: 0.5, 20: 0.2, 20.001: 0}, "down",
            "10 得 80%，达到 20 得 20%，超过 20 得 0%，其间线性插值",
            "80% at 10, 20% at 20, 0% above 20, linear between",
        ),
    ],
)  # fmt: skip
def test_two_knots_at_one_value_are_a_jump(
    knots: list[dict[str, float]], expected: dict[float, float], goes: str, zh: str, en: str
) -> None:
    made = rule("piecewise", knots=knots)
    assert shares(made, list(expected)) == pytest.approx(list(expected.values()), abs=1e-12)
    assert made.direction == goes
    assert made.sentence(10) == Words(zh=zh, en=en)


def test_beside_a_jump_the_share_is_bounded_too() -> None:
    """Between 15 and 25 it falls towards 0.4, then jumps to 1 and falls again: the least is just before the jump."""
    made = rule("piecewise", knots=[{"at": 10, "share": 1}, {"at": 20, "share": 0.4}, {"at": 20, "share": 1},
                                    {"at": 30, "share": 0.9}])  # fmt: skip
    assert made.direction is None
    assert min(each or 0 for each in shares(made, list(made.knots))) == pytest.approx(0.4)


def test_steps_that_fall_have_a_share_below_the_first() -> None:
    """Late by less than 1 month: all; from 1: 60%; from 6: 20%; from 12: nothing."""
    bands = [{"from": 1, "share": "60%"}, {"from": 6, "share": "1/5"}, {"from": 12, "share": 0}]
    made = rule("steps", below=1, bands=bands)
    assert shares(made, [0, 0.9, 1, 5, 6, 11, 12]) == [1, 1, 0.6, 0.6, 0.2, 0.2, 0]
    assert made.direction == "down"
    assert made.sentence(50).zh == "不足 1 得 100%；达到 1 得 60%；达到 6 得 20%；达到 12 得 0%"
    assert made.sentence(50).in_("en") == "below 1: 100%; from 1: 60%; from 6: 20%; from 12: 0%"
