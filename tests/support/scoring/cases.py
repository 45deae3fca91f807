"""Indicators, evidence and what came of them, for the tests of scoring."""

from typing import Any

from pilot_eval.model import Assessment
from tests.support.scoring.lab import (
    indicator,
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
