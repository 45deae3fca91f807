"""The rule by which the target of a pilot's own indicator is reached, and its laws."""

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pilot_eval.method.own import Goal, OwnSpec, OwnTarget
from pilot_eval.method.rules import Given
from pilot_eval.method.tree import DimensionSpec

SIGNS = ("at_least", "at_most", "equal")
FIGURES = st.floats(0, 1e6).map(lambda each: round(each, 4))


def shares(rule: OwnTarget, *figures: float | None) -> list[float | None]:
    frame = nw.from_native(pl.LazyFrame({"x": figures}, schema={"x": pl.Float64}))
    nothing = Given(1.0, nw.lit(0.0), nw.lit(0.0), nw.lit(0.0))
    made: list[float | None] = frame.select(y=rule.share(nw.col("x"), nothing)).collect().get_column("y").to_list()
    return made


def of(sign: str, target: float, baseline: float | None = None, *, partly: bool = True) -> OwnTarget:
    given_: dict[str, Any] = {"wanted": "…", "sign": sign, "target": target, "baseline": baseline, "partly": partly}
    return OwnTarget.model_validate(given_)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (of("at_least", 12), [None, 0, 0.25, 1, 1]),
        (of("at_most", 6), [None, 1, 1, 0.5, 0.25]),
        (of("equal", 12), [None, 0, 0.25, 1, 0.5]),
        (of("at_least", 12, 3), [None, 0, 0, 1, 1]),
        (of("at_most", 3, 12), [None, 1, 1, 0, 0]),
        (of("at_most", 0), [None, 1, 0, 0, 0]),
        (of("at_least", 12, partly=False), [None, 0, 0, 1, 1]),
        (of("at_most", 6, partly=False), [None, 1, 1, 0, 0]),
        (of("equal", 12, partly=False), [None, 0, 0, 1, 0]),
    ],
)
def test_shares_worked_out_by_hand(rule: OwnTarget, expected: list[float | None]) -> None:
    assert shares(rule, None, 0, 3, 12, 24) == pytest.approx(expected)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SIGNS), st.floats(0.01, 1e6), st.booleans(), st.lists(FIGURES, min_size=3, max_size=8))
def test_shares_are_shares_and_go_one_way(sign: str, target: float, partly: bool, figures: list[float]) -> None:
    rule = of(sign, target, partly=partly)
    made = [share for share in shares(rule, *sorted(figures)) if share is not None]
    assert all(0 <= share <= 1 for share in made)
    assert len(made) == len(figures)
    assert rule.direction != "up" or made == sorted(made)
    assert rule.direction != "down" or made == sorted(made, reverse=True)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SIGNS), st.floats(0.01, 1e6), st.booleans(), st.tuples(FIGURES, FIGURES, FIGURES).map(sorted))
def test_bounds_hold(sign: str, target: float, partly: bool, figures: list[float]) -> None:
    low, x, high = figures
    columns = {"low": [low], "x": [x], "high": [high], "sign": [sign], "target": [target], "partly": [partly]}
    frame = nw.from_native(pl.LazyFrame({**columns, "baseline": pl.Series([None], dtype=pl.Float64)}))
    goal = Goal(*map(nw.col, ("sign", "target", "baseline", "partly")))
    least, most = goal.spread(nw.col("low"), nw.col("high"))
    row = frame.select(y=goal.share(nw.col("x")), least=least, most=most).collect().row(0)
    assert row[1] <= row[0] <= row[2]
    assert row[0] == shares(of(sign, target, partly=partly), x)[0]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_rule_says_what_it_does(sign: str) -> None:
    said = {of(sign, 12).sentence(10), of(sign, 12, 3).sentence(10), of(sign, 12, partly=False).sentence(10)}
    assert len(said) == 3
    assert all("…" in each.zh and "…" in each.en for each in said)


def test_levels_are_chosen_by_experts_and_points_are_added_up() -> None:
    assert [each.id for each in OwnSpec().levels.of] == ["达成", "部分达成", "未达成"]
    with pytest.raises(ValidationError, match="leave out from"):
        OwnSpec.model_validate({"levels": {"of": [{"id": "甲", "from": 1, "share": 1}]}})
    with pytest.raises(ValidationError, match="sum or deduct"):
        DimensionSpec.model_validate({"id": "D", "zh": "维度", "points": 5, "own": {}, "aggregate": "mean"})
