"""A gate has one condition, complete, and one effect."""

from typing import Any

import pytest
from pydantic import ValidationError

from pilot_eval.method.gates import GateEffect, GateWhen


@pytest.mark.parametrize(
    "when",
    [
        {"statement": "registered", "is": True},
        {"statement": "registered", "is": False},
        {"coverage_below": 0.5},
        {"coverage_below": 100},
        {"measure": "penalties", "above": 0},
        {"measure": "penalties", "below": 3},
    ],
)
def test_each_kind_of_condition_is_read(when: dict[str, Any]) -> None:
    assert GateWhen.model_validate(when).model_dump(by_alias=True, exclude_none=True) == when


ONE = "give exactly one of statement, coverage_below, measure"
PAIR = "statement requires is, and is statement"
EITHER = "measure requires either below or above"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({}, ONE),
        ({"statement": "registered", "is": True, "coverage_below": 50}, ONE),
        ({"statement": "registered", "is": True, "measure": "penalties", "above": 0}, ONE),
        ({"coverage_below": 50, "measure": "penalties", "above": 0}, ONE),
        ({"statement": "registered"}, PAIR),
        ({"coverage_below": 50, "is": True}, PAIR),
        ({"coverage_below": 50, "below": 3}, EITHER),
        ({"coverage_below": 50, "above": 3}, EITHER),
        ({"measure": "penalties"}, EITHER),
        ({"measure": "penalties", "below": 3, "above": 3}, EITHER),
        ({"coverage_below": 0}, "greater than 0"),
        ({"coverage_below": 101}, "less than or equal to 100"),
    ],
)
def test_half_a_condition_and_two_are_refused(when: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        GateWhen.model_validate(when)
    assert said in str(refused.value)


def test_a_gate_withholds_the_grade_or_caps_it() -> None:
    assert GateEffect.model_validate({"withhold": True}).withhold
    assert GateEffect.model_validate({"cap": "good"}).cap == "good"
    for effect in ({}, {"withhold": True, "cap": "good"}):
        with pytest.raises(ValidationError, match="give exactly one of withhold, cap"):
            GateEffect.model_validate(effect)
