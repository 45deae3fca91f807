"""Units of a method's own: each mistake is found, with its line and the nearest right word."""

from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import Finding, MethodError
from pilot_eval.method.loader import load_method
from pilot_eval.method.schema import Method
from pilot_eval.registry import Registry
from pilot_eval.text import both
from pilot_eval.units import DeclaredUnit, declared_unit
from tests.support.units.depot import INDICATORS, UNITS, registry, write_round


def loaded(folder: Path, own: Any, *, lines: Any = INDICATORS, plugins: Registry | None = None) -> Method:
    return (plugins or registry()).method(write_round(folder, {}, own=own, lines=lines) / "method")


def faults(folder: Path, own: Any, **given: Any) -> list[Finding]:
    with pytest.raises(MethodError) as raised:
        loaded(folder, own, **given)
    return list(raised.value.findings)


def unit(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "zh": id, **more}


def test_units_of_the_method_and_the_plugin_are_one_list(tmp_path: Path) -> None:
    method = loaded(tmp_path, UNITS)
    assert [each.id for each in method.units.own] == ["辆", "千瓦时", "度", "兆瓦时", "公顷"]
    assert method.factors == {("用电", "power_used"): 0.001, ("用地", "area"): 0.0001, ("租金", "rent"): 0.0001}


def test_a_unit_may_be_declared_before_the_one_that_it_is_of(tmp_path: Path) -> None:
    assert loaded(tmp_path, UNITS[::-1]).units.factor("兆瓦时", "度") == 1000


@pytest.mark.parametrize(
    ("more", "code", "field", "says"),
    [
        (unit("兆瓦", equals={"千瓦": 1000}), "method-unknown-unit", "units.3.equals.千瓦", "did you mean “千瓦时”?"),
        (unit("甲", equals={"甲": 2}), "method-unit-circle", "units.3.equals", "the unit 甲"),
        (unit("平方米"), "method-unit-taken", "units.3.id", "“平方米” already has another meaning: ㎡"),
        (unit("万元", equals={"元": 1000}), "method-unit-taken", "units.3.id", "another meaning: 10,000 元"),
        (unit("辆"), "method-unit-taken", "units.3.id", "“辆” already has another meaning: 辆"),
        (unit("千瓦时", equals={"元": 1}), "method-unit-taken", "units.3.id", "another meaning: 千瓦时"),
        (unit("公顷", equals={"㎡": 10000}), "method-duplicate", "units.3.id", "公顷"),
        (unit("吨", equals={"千克": 0}), "yaml-inconsistent", "units.3.equals.千克", "above 0"),
        (unit("吨", equals={"千克": -2}), "yaml-inconsistent", "units.3.equals.千克", "above 0"),
        (unit("吨", equals={"千克": "x"}), "yaml-inconsistent", "units.3.equals.千克", "above 0"),
        (unit("吨", equals={"元": 1, "㎡": 2}), "yaml-wrong-value", "units.3.equals", ""),
        (unit("箱", counted=True, equals={"个": 12}), "yaml-inconsistent", "units.3", "leave out counted"),
        (unit("万"), "yaml-inconsistent", "units.3", "a part of numbers"),
        (unit("3 吨"), "yaml-wrong-value", "units.3.id", ""),
        (unit("吨", dimension="质量"), "yaml-unknown-key", "units.3.dimension", "dimension"),
    ],
    ids=lambda given: given["id"] if isinstance(given, dict) else None,
)
def test_a_mistake_in_a_unit_is_said_where_it_is(
    more: dict[str, Any], code: str, field: str, says: str, tmp_path: Path
) -> None:
    [said] = faults(tmp_path, [*UNITS, more])
    assert (said.code, said.place.field, said.place.file, said.place.line) == (code, field, "method/method.yaml", 1)
    assert says in f"{said.message.in_('en')} {said.hint.in_('en') if said.hint else ''}"


def test_a_circle_is_said_of_each_in_it_and_of_nothing_that_follows(tmp_path: Path) -> None:
    own = [*UNITS, unit("甲", equals={"乙": 2}), unit("乙", equals={"甲": 0.5}), unit("丙", equals={"乙": 3})]
    assert [(each.code, each.place.field) for each in faults(tmp_path, own)] == [
        ("method-unit-circle", "units.3.equals"), ("method-unit-circle", "units.4.equals"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code", "field", "says"),
    [
        ({"unit": "兆瓦"}, "method-unknown-unit", "indicators.1.unit", "did you mean “兆瓦时”?"),
        ({"unit": "公顷"}, "method-unit-differs", "indicators.1.unit", "“千瓦时”"),
        ({"unit": "度", "growth": {"last": "area"}}, "method-unit-differs", "indicators.1.growth.last", "“㎡”"),
    ],
)
def test_the_unit_of_an_indicator_converts_to_its_measures(
    changed: dict[str, Any], code: str, field: str, says: str, tmp_path: Path
) -> None:
    lines = [{**each, **(changed if each["id"] == "用电" else {})} for each in INDICATORS]
    said = [each for each in faults(tmp_path, UNITS, lines=lines) if each.code != "method-evidence"]
    assert [(each.code, each.place.field) for each in said] == [(code, field)]
    assert says in f"{said[0].message.in_('en')} {said[0].hint.in_('en') if said[0].hint else ''}"


def test_an_unknown_unit_may_be_that_of_a_plugin_that_does_not_work(tmp_path: Path) -> None:
    own = [unit("兆瓦时", equals={"千瓦时": 1000})]
    lines = [each for each in INDICATORS if each["id"] in ("用电", "车辆")]
    lines = [{**each, "points": 50} for each in lines]
    method = loaded(tmp_path, own, lines=lines, plugins=Registry())
    assert method.units.own == ()


def test_plugins_that_disagree_on_a_unit_are_said_to(tmp_path: Path) -> None:
    folder = write_round(tmp_path, {}) / "method"
    known, shared = registry().vocabulary()
    (folder / "garage.yaml").write_text("base_type: garage\nindicators: []\n", "utf-8")
    from dataclasses import replace

    other: tuple[DeclaredUnit, ...] = (declared_unit("辆", both("辆")),)
    with pytest.raises(MethodError) as raised:
        load_method(folder, {**known, "garage": replace(known["depot"], units=other)}, shared)
    [said] = [each for each in raised.value.findings if each.code == "method-unit-plugins"]
    assert said.message.in_("en").endswith("different units by 辆: depot, garage")
