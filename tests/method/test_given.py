"""Measures that are columns of a table: what a base type's file may say of them, and what is wrong with it."""

from pathlib import Path
from typing import Any

import pytest

from pilot_eval import api
from pilot_eval.method.given import GivenType, units_of
from pilot_eval.method.schema import PilotSpec
from pilot_eval.registry import Registry
from tests.support.asem import BASIS
from tests.support.given import INDICATORS, MEASURES, made_round, opened


def codes(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(api.MethodError) as raised:
        api.open_round(folder, Registry())
    return [(each.code, (each.place.file or "").split("/")[-1]) for each in raised.value.findings]


def measure(**more: Any) -> dict[str, Any]:
    return {"id": "gdp", "zh": "人均产值", "unit": "万元", **more}


@pytest.mark.parametrize(
    ("measures", "code"),
    [
        ([measure(id="unit")], "method-measure-id"),
        ([measure(id="a.b")], "method-measure-id"),
        ([measure(id="a__b")], "method-measure-id"),
        ([measure(), measure(id="GDP", zh="别的")], "method-duplicate"),
        ([measure(last=True), measure(id="gdp_last", zh="别的")], "method-duplicate"),
        ([measure(), measure(id="other", zh="人均 产值")], "method-same-header"),
        ([measure(aliases=["名称"])], "method-same-header"),
        ([measure(aliases=["备注"])], "method-same-header"),
        ([measure(last=True), measure(id="x", zh="上年人均产值")], "method-same-header"),
        ([measure(unit="斤")], "method-unknown-unit"),
        ([measure(last="2017年")], "yaml-wrong-value"),
        ([measure(lst=True)], "yaml-unknown-key"),
        ("gdp", "method-not-a-list"),
    ],
)
def test_mistakes_in_measures(tmp_path: Path, measures: object, code: str) -> None:
    indicators = [{**INDICATORS[0], "points": 100}]
    folder = made_round(tmp_path, own_type={"measures": measures, "indicators": indicators})
    assert (code, "cities.yaml") in codes(folder)


def test_an_indicator_takes_its_name_unit_and_table_from_its_measure(tmp_path: Path) -> None:
    named = {**INDICATORS[0], "zh": "产值", "unit": "人"}
    folder = made_round(tmp_path, own_type={"indicators": [named, *INDICATORS[1:]]})
    assert codes(folder) == [("method-unit-differs", "cities.yaml")]
    method = opened(made_round(tmp_path / "sound")).method
    first = method.by_type["cities"][0]
    assert (first.label.zh, first.label.en, first.unit, first.evidence) == (
        "人均产值", "GDP per head", "万元", ("figures",),
    )  # fmt: skip


def test_names_of_a_type_and_its_first_column_belong_to_measures(tmp_path: Path) -> None:
    folder = made_round(tmp_path)
    path = folder / "method" / "cities.yaml"
    path.write_text(f"base_type: cities\nzh: 城市\nkey: [城市]\nindicators: {INDICATORS[:0]}\n", "utf-8")
    assert ("yaml-unknown-key", "cities.yaml") in codes(folder)


def test_a_pilot_cannot_have_the_name_of_the_shared_folder(tmp_path: Path) -> None:
    folder = made_round(tmp_path, pilots={"zz": {"id": "cities"}})
    assert codes(folder) == [("method-folder-twice", "pilots.yaml")]


def test_a_plugins_base_type_cannot_have_measures(tmp_path: Path) -> None:
    space = opened(made_round(tmp_path))
    plugins = Registry(base_types={"cities": space.registry.base_types["cities"]})
    with pytest.raises(api.MethodError) as raised:
        plugins.method(tmp_path / "method")
    assert [each.code for each in raised.value.findings] == ["method-type-twice"]
    assert api.open_round(tmp_path, space.registry).method == space.method  # its own type isn't another's


GROWN = {"id": "N1", "measure": "gdp", "points": 50, "direction": "up", "growth": {}, "basis": BASIS,
         "rule": {"linear": {"from": 0, "to": 10}}}  # fmt: skip
AIMED = {"id": "N2", "measure": "air", "points": 50, "direction": "up", "basis": BASIS,
         "rule": {"target": {"baseline": 60, "target": 80}}}  # fmt: skip


def test_the_register_cannot_repeat_what_the_table_gives(tmp_path: Path) -> None:
    measures = [MEASURES[0] | {"last": True}, MEASURES[1] | {"target": True}]
    own = {"measures": measures, "indicators": [GROWN, AIMED]}
    pilots = {"zz": {"last": {"N1": 5}, "targets": {"N2": {"baseline": 60, "target": 90}}}}
    folder = made_round(tmp_path / "twice", own_type=own, pilots=pilots)
    assert codes(folder) == [("method-given-twice", "pilots.yaml")] * 2
    plain = {"measures": MEASURES[:2], "indicators": [GROWN, AIMED]}
    assert opened(made_round(tmp_path / "once", own_type=plain, pilots=pilots)).method.goals("cities") == {}


def test_a_name_that_two_pilots_share_means_neither() -> None:
    pilots = [PilotSpec(id=id_, zh=zh, base_type="x") for id_, zh in (("a", "鼓楼区"), ("b", "鼓楼 区"), ("c", "东区"))]
    assert units_of(pilots) == {"a": "a", "b": "b", "c": "c", "东区": "c"}


def test_columns_beside_a_measure_have_the_usual_headers() -> None:
    asked = [measure(en="GDP per head", last=["2017年"], baseline=True, target=True)]
    given = GivenType.model_validate({"base_type": "x", "measures": asked})
    last, baseline, target = given.columns[1:]
    assert {"2017年", "去年人均产值", "last year GDP per head", "gdp_last"} <= {last.id, *last.aliases}
    assert last.label.zh == "上年人均产值"
    assert (baseline.id, target.id) == ("gdp_baseline", "gdp_target")
    assert "人均产值目标值" in target.aliases
