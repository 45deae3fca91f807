"""Totals, computed again by hand without the pipeline."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilot_eval.method.schema import Method
from pilot_eval.model import Outcome
from tests.support.scoring.cases import TEN
from tests.support.scoring.lab import (
    Evidence,
    Lab,
    adjustment,
    indicator,
    method_of,
    review,
)

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
        made.append(half_up(min(max(whole, Fraction(0)), Fraction(method.head.top))))
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
