"""From measures to points: rounding by hand, and bounds that hold every share in between."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.method.kinds import RULES
from pilot_eval.method.rules import Given, Rule
from pilot_eval.scoring.points import bounds_of, rounded
from tests.support.scoring.lab import Evidence, Lab, indicator, method_of

LAW = settings(deadline=None, derandomize=True, max_examples=150)


def round_up(values: list[float | None], decimals: int) -> list[float | None]:
    frame = nw.from_native(pl.LazyFrame({"x": values}, schema={"x": pl.Float64}))
    return frame.select(x=rounded(nw.col("x"), decimals)).collect()["x"].to_list()


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.285, 2, 0.29), (1.005, 2, 1.01), (2.675, 2, 2.68), (0.284999, 2, 0.28), (35.55, 2, 35.55),
        (0.1 + 0.2, 2, 0.3), (62.45, 1, 62.5), (99.95, 1, 100.0), (2.5, 0, 3.0), (0.0, 2, 0.0), (100.0, 2, 100.0),
        (1 / 3, 6, 0.333333), (0.285 - 0.5e-8, 2, 0.29), (0.285 - 1.5e-8, 2, 0.28),
        (0.1234567885 - 0.5e-11, 9, 0.123456789), (0.1234567885 - 1.5e-11, 9, 0.123456788),
    ],
)  # fmt: skip
def test_points_are_rounded_half_up_as_by_hand(value: float, decimals: int, expected: float) -> None:
    assert round_up([value], decimals) == [expected]


def test_nothing_is_rounded_to_nothing() -> None:
    assert round_up([None], 2) == [None]


@LAW
@given(st.integers(0, 10_000_000), st.integers(0, 4))
def test_every_decimal_number_is_rounded_as_by_hand(thousandths: int, decimals: int) -> None:
    by_hand = Decimal(thousandths) / 1000
    expected = float(by_hand.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    assert round_up([thousandths / 1000], decimals) == [expected]


@pytest.mark.parametrize(("met", "of"), [(19, 28), (23, 28), (25, 28), (27, 28)])
def test_a_share_that_never_ends_is_rounded_as_by_hand(met: int, of: int, lab: Lab) -> None:
    """19 of 28 is 67.857142…%, from which seven points follow exactly halfway: 1.375."""
    method = method_of(indicator("A", "happy", 7, {"linear": {"from": 60, "to": 100}}))
    made = lab.one(method, Evidence({"polls": [{"answers": of, "happy": met}]}))
    exact = (Fraction(met, of) * 100 - 60) / 40 * 7
    by_hand = math.floor(exact * 100 + Fraction(1, 2)) / 100
    assert made.indicators[0].points == by_hand


# --- bounds

NUMBERS = st.integers(-20, 20).map(lambda halves: halves / 2)
STAIRS = st.dictionaries(NUMBERS, st.integers(0, 10), min_size=1, max_size=6).map(
    lambda steps: {"bands": [{"from": start, "share": steps[start] / 10} for start in sorted(steps)]}
)
PARAMETERS: dict[str, st.SearchStrategy[dict[str, object]]] = {
    "linear": st.tuples(NUMBERS, NUMBERS).filter(lambda e: e[0] != e[1]).map(lambda e: {"from": e[0], "to": e[1]}),
    "steps": STAIRS,
    "increment": st.builds(lambda t, b: {"threshold": t, "base": b / 10, "per_unit": 0.1}, NUMBERS, st.integers(0, 10)),
    "count": st.sampled_from([0.5, 1, 3]).map(lambda each: {"each": each}),
    "checklist": st.integers(1, 9).map(lambda of: {"of": of}),
    "boolean": NUMBERS.map(lambda at: {"at_least": at}),
    "deduction": st.builds(lambda t, b: {"target": t, "each": 0.2, "beyond": b}, NUMBERS, st.booleans()),
    "logarithmic": st.sampled_from([{"from": 0.5, "to": 10}, {"from": 1, "to": 3}]),
    "rubric": st.just({"levels": 4}),
    "target": st.tuples(NUMBERS, NUMBERS).filter(lambda e: e[0] != e[1]).map(
        lambda e: {"baseline": e[0], "target": e[1]}
    ),
    "piecewise": st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 4)), min_size=2, unique_by=lambda e: e[0]).map(
        lambda each: {"knots": [{"at": at, "share": share / 4} for at, share in sorted(each)]}
    ),
    "expert": st.just({}),
    "levels": st.dictionaries(st.integers(-9, 9), st.integers(0, 4), min_size=1).map(
        lambda each: {"of": [{"id": f"L{at}", "from": at, "share": each[at] / 4} for at in each]}
    ),
    "efficacy": st.tuples(NUMBERS, NUMBERS).filter(lambda e: e[0] != e[1]).map(
        lambda e: {"unacceptable": e[0], "satisfactory": e[1], "floor": 0.25}
    ),
}  # fmt: skip
ANY = st.sampled_from(sorted(PARAMETERS)).flatmap(lambda kind: PARAMETERS[kind].map(RULES[kind].model_validate))


def shares_and_bounds(rule: Rule, low: float, high: float, values: list[float]) -> tuple[list[float], float, float]:
    ends = rule.model_dump()
    columns = {"baseline": ends.get("baseline", 0.0), "target": ends.get("target", 1.0), "expert": 3.0}
    frame = nw.from_native(
        pl.LazyFrame({"x": values}, schema={"x": pl.Float64}).with_columns(
            low=pl.lit(low, pl.Float64),
            high=pl.lit(high, pl.Float64),
            **{k: pl.lit(float(v)) for k, v in columns.items()},
        )
    )
    held = Given(10, nw.col("baseline"), nw.col("target"), nw.col("expert"))
    least, most = bounds_of(rule, nw.col("low"), nw.col("high"), held)
    made = frame.select(share=rule.share(nw.col("x"), held), least=least, most=most).collect().to_native()
    return made["share"].to_list(), made["least"][0], made["most"][0]


@LAW
@given(ANY, NUMBERS, NUMBERS, st.lists(st.floats(0, 1), max_size=5))
def test_the_share_of_every_value_between_the_bounds_is_between_theirs(
    rule: Rule, one: float, other: float, parts: list[float]
) -> None:
    low, high = min(one, other), max(one, other)
    inside = [knot for knot in rule.knots if low <= knot <= high]
    between = [low + (high - low) * part for part in parts]
    nearby = [x for knot in inside for x in (math.nextafter(knot, low), math.nextafter(knot, high)) if low <= x <= high]
    shares, least, most = shares_and_bounds(rule, low, high, [low, high, *inside, *between, *nearby])
    assert least <= min(shares) + 1e-12 and max(shares) <= most + 1e-12


@LAW
@given(STAIRS, NUMBERS, NUMBERS)
def test_the_bounds_of_a_staircase_are_reached(stairs: dict[str, object], one: float, other: float) -> None:
    rule, low, high = RULES["steps"].model_validate(stairs), min(one, other), max(one, other)
    inside = [knot for knot in rule.knots if low <= knot <= high]
    shares, least, most = shares_and_bounds(rule, low, high, [low, high, *inside])
    assert (least, most) == (min(shares), max(shares))
