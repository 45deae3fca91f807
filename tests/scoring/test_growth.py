"""Growth on the last figure: by any rule, from the register or another measure; figures by hand."""

from pathlib import Path
from typing import Any

import pytest

from pilot_eval.frames import UNBOUNDED
from pilot_eval.measures.engines import Engine, installed
from pilot_eval.scoring.case import PilotCase, Review
from pilot_eval.scoring.growth import last_figure
from tests.support.scoring.cases import sales, visits
from tests.support.scoring.lab import Evidence, Lab, adjustment, indicator, method_of, pilot_spec

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


def test_growth_on_what_may_be_next_to_nothing_has_no_upper_bound(lab: Lab) -> None:
    method = method_of(indicator("A", "sold", 100, TO_TWENTY, growth={"last": "visitors"}))
    [result] = lab.one(method, Evidence({**sales((110, 108, 112)), **visits((100, 0, 108))})).indicators
    assert (result.growth, result.points, result.low, result.high) == (10, 50, 0, 100)


def test_pilots_are_compared_by_their_growth(lab: Lab) -> None:
    last = {"a": 100, "b": 10, "c": 50}
    pilots = {name: pilot_spec(name).model_copy(update={"last": {"A": each}}) for name, each in last.items()}
    method = method_of(indicator("A", "sold", 100, {"minmax": {"least": 3}}, growth={}))
    evidence = {"a": Evidence(sales(110)), "b": Evidence(sales(12)), "c": Evidence(sales(57.5))}
    made = lab.assess(method, evidence, pilots=pilots)
    assert [each.indicators[0].points for each in made.values()] == [0, 100, 50]  # 10 %, 20 %, 15 %
    peers = made["a"].indicators[0].peers
    assert peers is not None and (peers.lowest, peers.highest, peers.mean) == (10, 20, 15)


TO_TEN = {"linear": {"from": 0, "to": 10}}


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    ("sold", "value", "points", "bounds"),
    [
        (50_000, 5, 50, (50, 50)),
        ((50_000, 45_000, 60_000), 5, 50, (45, 60)),
        ((50_000, 50_000, UNBOUNDED), 5, 50, (50, 100)),
        (33_333, 3.3333, 33.33, (33.33, 33.33)),
    ],
)
def test_a_rule_sees_the_measure_in_the_items_unit(
    sold: Any, value: float, points: float, bounds: tuple[float, float], engine: Engine, lab: Lab
) -> None:
    bonus_ = adjustment("B", "sold", 9, 1, unit="万元")
    method = method_of(indicator("A", "sold", 100, TO_TEN, unit="万元"), bonuses=[bonus_], bonus_cap=9)
    method = method.model_copy(update={"factors": {("A", "sold"): 1e-4, ("B", "sold"): 1e-4}})
    made = lab.one(method, Evidence(sales(sold)), engine=engine)
    result, [bonus], [measure] = made.indicators[0], made.bonuses, made.measures
    assert (result.value, result.points, (result.low, result.high)) == (value, points, bounds)
    assert (bonus.value, bonus.unit, bonus.points) == (value, "万元", round(value, 2))
    assert (measure.unit, measure.value) == ("元", sold if isinstance(sold, int) else sold[0])
    assert measure.high == (None if bounds == (50, 100) else pytest.approx(bounds[1] * 1000, rel=1e-3))


def test_pilots_are_compared_in_the_items_unit(lab: Lab) -> None:
    method = method_of(indicator("A", "sold", 100, {"minmax": {"least": 3}}, unit="万元"))
    method = method.model_copy(update={"factors": {("A", "sold"): 1e-4}})
    made = lab.assess(method, {name: Evidence(sales(each)) for name, each in {"a": 1e4, "b": 2e4, "c": 4e4}.items()})
    assert [each.indicators[0].points for each in made.values()] == [0, 33.33, 100]
    peers = made["a"].indicators[0].peers
    assert peers is not None and (peers.lowest, peers.highest) == (1, 4)


def test_the_registers_last_figure_is_in_the_items_unit_and_the_last_rounds_in_the_measures(tmp_path: Path) -> None:
    item, factors = indicator("A", "sold", 100, TO_TWENTY, growth={}, unit="万元"), {("A", "sold"): 1e-4}
    spec, before = pilot_spec("one"), {"sold": 25_000.0}
    assert last_figure(item, factors, PilotCase(spec, None, tmp_path, Review(), before)) == 2.5
    own = spec.model_copy(update={"last": {"A": 4}})
    assert last_figure(item, factors, PilotCase(own, None, tmp_path, Review(), before)) == 4
    assert last_figure(item, factors, PilotCase(spec, None, tmp_path, Review())) is None


def test_the_last_measure_has_a_unit_of_its_own(lab: Lab) -> None:
    method = method_of(indicator("A", "sold", 100, TO_TWENTY, growth={"last": "visitors"}, unit="万元"))
    method = method.model_copy(update={"factors": {("A", "sold"): 1e-4, ("A", "visitors"): 0.5}})
    made = lab.one(method, Evidence({**sales(50_000), **visits((8, 7, 10))}))
    result = made.indicators[0]
    assert (result.value, result.last, result.growth, result.points) == (5, 4, 25, 100)
    assert (result.low, result.high) == (0, 100)  # 5 on 5 is 0 %
