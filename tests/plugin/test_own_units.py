"""Units that a plugin declares: for its columns, its measures, and the methods of its base type."""

from typing import Any

import pytest

from pilot_eval.errors import PluginError
from pilot_eval.plugin import API, BaseType, Figure, Number, Record, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.text import Words


def garage() -> BaseType:
    made = BaseType("garage", zh="车库", en="Garages", api=API)
    made.unit("辆", zh="辆", en="vehicles", counted=True)
    return made


class Fleet(Record):
    number: Number = column(zh="车辆数", unit="辆")


class Fuel(Record):
    burnt: Number = column(zh="油耗", unit="升")


def total(f: Fleet) -> Figure:
    return f.number.sum()


def test_columns_and_measures_may_have_the_base_types_units() -> None:
    made = garage()
    made.table(zh="车辆")(Fleet)
    made.measure(unit="辆")(total)
    compiled = compile_type(made)
    assert compiled.units is not None and [each.id for each in compiled.units.own] == ["辆"]
    assert compiled.units.label("辆") == Words(zh="辆", en="vehicles")
    assert compiled.measures["total"].spec.unit == "辆"


def test_an_unknown_unit_is_said_with_how_to_declare_it() -> None:
    with pytest.raises(PluginError) as raised:
        garage().table(zh="油耗")(Fuel)
    [said] = raised.value.findings
    assert (said.code, said.place.file) == ("plugin-unknown-unit", __file__)
    assert said.message.in_("en") == "Fuel.burnt: unknown unit “升”"
    assert said.hint is not None and 'YOUR_TYPE.unit("升", zh=…, en=…)' in said.hint.in_("en")
    with pytest.raises(PluginError) as raised:
        BaseType("other", zh="别", api=API).measure(unit="辆")(total)
    assert raised.value.findings[0].code == "plugin-unknown-unit"


@pytest.mark.parametrize(
    ("id", "more", "code", "says"),
    [
        ("辆", {"counted": True}, "plugin-duplicate", "辆"),
        ("平方米", {}, "plugin-unit-taken", "another meaning: ㎡"),
        ("公顷", {"equals": {"㎡": 1000}}, "plugin-unit-taken", "another meaning: 10,000 ㎡"),
        ("百升", {"equals": {"升": 100}}, "plugin-unknown-unit", "升"),
        ("升", {"equals": {"升": 1}}, "plugin-unknown-unit", "升"),
        ("升", {"equals": {"㎡": 0}}, "plugin-option", "equals cannot be"),
        ("升", {"equals": {"㎡": "a"}}, "plugin-option", "equals cannot be"),
        ("升", {"equals": {"㎡": 1, "元": 2}}, "plugin-option", "equals cannot be"),
        ("升", {"equals": {"㎡": 1}, "counted": True}, "plugin-option", "without counted"),
        ("升", {"counted": 1}, "plugin-option", "counted cannot be 1"),
        ("3升", {}, "plugin-option", "id cannot be '3升'"),
        ("升", {"zh": ""}, "plugin-option", "zh cannot be ''"),
    ],
)
def test_a_wrong_declaration_is_refused(id: str, more: dict[str, Any], code: str, says: str) -> None:
    with pytest.raises(PluginError) as raised:
        garage().unit(id, **{"zh": id, **more})
    [said] = raised.value.findings
    assert said.code == code
    assert says in f"{said.message.in_('en')} {said.hint.in_('en') if said.hint else ''}"


def test_a_fraction_is_exact() -> None:
    made = garage()
    made.unit("箱", zh="箱", equals={"辆": "1/3"})
    made.unit("组", zh="组", equals={"箱": 3})
    assert float(made.units.factor("组", "辆") or 0) == 1
