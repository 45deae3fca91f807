"""Ranks and their intervals: every order that the bounds allow lies within, and the ends are reached."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.comparison.ranks import compare, ranks
from pilot_eval.model import BaseTypeInfo, Score, Standing
from pilot_eval.text import both
from tests.support.scoring.lab import Evidence, Lab, gate, indicator, method_of, review, village

LAW = settings(deadline=None, derandomize=True, max_examples=200)
VILLAGE = BaseTypeInfo(id="village", label=both("村"), plugin="p", version="1", state="ok")


def score(low: float, points: float, high: float) -> Score:
    return Score(points=points, low=low, high=high, out_of=100)


SCORES = st.lists(
    st.lists(st.integers(0, 10), min_size=3, max_size=3).map(sorted).map(lambda each: score(*each)), max_size=7
)


def place(scores: list[float], one: int) -> int:
    """The rank of one of the scores, ties sharing the better rank."""
    return 1 + sum(other > scores[one] for other in scores)


@LAW
@given(SCORES, st.randoms(use_true_random=False))
def test_every_order_that_the_bounds_allow_lies_within_the_intervals(scores: list[Score], chance: Random) -> None:
    made = {each.pilot: each for each in ranks([(str(i), each) for i, each in enumerate(scores)])}
    draws = [[chance.uniform(each.low, each.high) for each in scores] for _ in range(5)]
    draws += [[each.points for each in scores], [each.low for each in scores], [each.high for each in scores]]
    for drawn in draws:
        for i in range(len(scores)):
            assert made[str(i)].best <= place(drawn, i) <= made[str(i)].worst


@LAW
@given(SCORES)
def test_the_best_and_the_worst_rank_are_possible(scores: list[Score]) -> None:
    made = {each.pilot: each for each in ranks([(str(i), each) for i, each in enumerate(scores)])}
    for i in range(len(scores)):
        best = [each.high if j == i else each.low for j, each in enumerate(scores)]
        worst = [each.low if j == i else each.high for j, each in enumerate(scores)]
        assert made[str(i)].best == place(best, i)
        assert made[str(i)].worst == place(worst, i)
        assert made[str(i)].rank == place([each.points for each in scores], i)


def test_ties_share_the_better_rank_and_are_listed_by_id() -> None:
    scored = [("d", score(50, 50, 50)), ("b", score(70, 70, 70)), ("a", score(70, 70, 70)), ("c", score(60, 60, 60))]
    made = ranks(scored)
    assert [(each.pilot, each.rank, each.best, each.worst) for each in made] == [
        ("a", 1, 1, 1),
        ("b", 1, 1, 1),
        ("c", 3, 3, 3),
        ("d", 4, 4, 4),
    ]


def test_touching_bounds_do_not_beat_each_other() -> None:
    made = {each.pilot: each for each in ranks([("a", score(60, 65, 70)), ("b", score(70, 75, 80))])}
    assert (made["a"].best, made["a"].worst) == (1, 2)
    assert (made["b"].best, made["b"].worst) == (1, 1)


def test_nobody_has_no_ranks() -> None:
    assert ranks([]) == ()


TEN = {"linear": {"from": 0, "to": 10}}


def test_like_is_compared_with_like(tmp_path: Path) -> None:
    """Common indicators across, all within a base type; who has no grade is left out, with the reason."""
    method = method_of(
        indicator("B", "visitors", 58, TEN, "D2"),
        common=[indicator("A", "sold", 42, TEN)],
        gates=[gate("E", {"statement": "registered", "is": False}, {"withhold": True})],
    )
    tables = {"sales": [{"amount": 5}], "visits": [{"visitors": 5}]}
    yes = {"registered": True}
    evidence = {
        "second": Evidence(tables, statements=yes),
        "first": Evidence({**tables, "visits": [{"visitors": 9}]}, statements=yes),
        "without": Evidence(tables, statements={"registered": False}),
        "absent": None,
        "apart": Evidence(tables, statements=yes),
    }
    made = Lab(tmp_path, village()).assess(method, evidence, reviews={"apart": review(not_applicable=["A"])})
    compared = compare(list(made.values()), [VILLAGE], 42, 100)
    [within] = compared.within
    assert [(each.pilot, each.rank) for each in within.ranks] == [("first", 1), ("apart", 2), ("second", 2)]
    assert [(each.pilot, each.rank, each.score.out_of) for each in compared.across.ranks] == [
        ("first", 1, 42),
        ("second", 1, 42),
    ]
    assert set(within.left_out) == {"without", "absent"}
    assert compared.across.left_out["apart"].en == "no score"
    assert compared.across.left_out["absent"].en == "nothing was submitted"
    assert "Name" in compared.across.left_out["without"].en
    assert made["without"].standing is Standing.WITHHELD


@pytest.mark.parametrize("base_type", ["village", "town"])
def test_base_types_are_ranked_apart(base_type: str, tmp_path: Path) -> None:
    town = VILLAGE.model_copy(update={"id": "town"})
    made = Lab(tmp_path, village()).assess(
        method_of(indicator("A", "sold", 100, TEN)), {"one": Evidence({"sales": [{"amount": 5}]})}
    )
    compared = {each.id: each for each in compare(list(made.values()), [VILLAGE, town], 0, 100).within}
    assert len(compared[base_type].ranks) == (base_type == "village")
    assert compared[base_type].left_out == {}
