"""Growth on the last figure: by any rule, from the register or another measure; figures by hand."""

from typing import Any

import pytest

from pilot_eval.measures.engines import Engine, installed
from tests.support.scoring.cases import sales, visits
from tests.support.scoring.lab import Evidence, Lab, indicator, method_of, pilot_spec

TO_TWENTY = {"linear": {"from": 0, "to": 20}}


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    ("now", "last", "rule", "growth", "points", "bounds"),
    [
        (110, 100, TO_TWENTY, 10, 50, (50, 50)),
        (90, 100, TO_TWENTY, -10, 0, (0, 0)),
        (130, 100, TO_TWENTY, 30, 100, (100, 100)),
        ((110, 105, 118), 100, TO_TWENTY, 10, 50, (25, 90)),
        (110, 100, {"boolean": {"at_least": 10}}, 10, 100, (100, 100)),
        (88, 100, {"linear": {"from": -100, "to": 10}}, -12, 80, (80, 80)),  # 88 of a target of 110 % of 100
        (110, None, TO_TWENTY, None, None, (0, 100)),
        (110, 0, TO_TWENTY, None, None, (0, 100)),
    ],
)
def test_a_rule_sees_the_growth_on_the_last_figure(
    now: Any,
    last: float | None,
    rule: dict[str, Any],
    growth: float | None,
    points: float | None,
    bounds: tuple[float, float],
    engine: Engine,
    lab: Lab,
) -> None:
    spec = pilot_spec("one").model_copy(update={"last": {} if last is None else {"A": last}})
    method = method_of(indicator("A", "sold", 100, rule, growth={}))
    made = lab.one(method, Evidence(sales(now)), pilots={"one": spec}, engine=engine)
    result = made.indicators[0]
    assert (result.growth, result.last, result.points, (result.low, result.high)) == (growth, last, points, bounds)
    assert result.value == (now if isinstance(now, int) else now[0])
    if points is None:
        assert result.reason is not None
        assert result.reason.en.startswith(
            "there is no last figure" if last is None else "the last figure is not above 0"
        )


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_the_last_figure_may_be_a_measure_with_bounds(engine: Engine, lab: Lab) -> None:
    method = method_of(indicator("A", "sold", 100, TO_TWENTY, growth={"last": "visitors"}))
    made = lab.one(method, Evidence({**sales((110, 108, 112)), **visits((100, 96, 108))}), engine=engine)
    result = made.indicators[0]
    assert (result.growth, result.last, result.points) == (10, 100, 50)
    assert (result.low, result.high) == (0, 83.33)  # 108 on 108 is 0 %, 112 on 96 is 16.67 %


def test_pilots_are_compared_by_their_growth(lab: Lab) -> None:
    last = {"a": 100, "b": 10, "c": 50}
    pilots = {name: pilot_spec(name).model_copy(update={"last": {"A": each}}) for name, each in last.items()}
    method = method_of(indicator("A", "sold", 100, {"minmax": {"least": 3}}, growth={}))
    evidence = {"a": Evidence(sales(110)), "b": Evidence(sales(12)), "c": Evidence(sales(57.5))}
    made = lab.assess(method, evidence, pilots=pilots)
    assert [each.indicators[0].points for each in made.values()] == [0, 100, 50]  # 10 %, 20 %, 15 %
    peers = made["a"].indicators[0].peers
    assert peers is not None and (peers.lowest, peers.highest, peers.mean) == (10, 20, 15)
