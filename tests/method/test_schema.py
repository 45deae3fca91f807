"""JSON Schema for editors: valid itself, accepts what ships, and refuses what the loader refuses."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pilot_eval import yamlfile
from pilot_eval.method.kinds import RULES
from pilot_eval.method.schema import FILES, json_schema
from tests.support.methods import SHIPPED
from tests.support.rounds.published import EVENTS, VENUE, line

KINDS = {path: path.stem if path.stem in FILES else "base-type" for path in sorted(SHIPPED.glob("*.yaml"))}


def data(path: Path) -> Any:
    return yamlfile.parse(path.read_text("utf-8"), path.name).data


def errors(kind: str, given: object) -> list[str]:
    return [each.message for each in Draft202012Validator(json_schema(kind)).iter_errors(given)]


@pytest.mark.parametrize("kind", list(FILES))
def test_it_is_a_schema(kind: str) -> None:
    schema = json_schema(kind)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    unknown = {"ge", "gt", "le", "lt"} & set(_keywords(schema))
    assert not unknown, "pydantic's words are no keywords of JSON Schema"


def _keywords(schema: object) -> list[str]:
    if isinstance(schema, dict):
        return [*schema, *(word for value in schema.values() for word in _keywords(value))]
    return [word for item in schema for word in _keywords(item)] if isinstance(schema, list) else []


@pytest.mark.parametrize(("path", "kind"), KINDS.items(), ids=lambda each: getattr(each, "name", each))
def test_what_ships_is_accepted(path: Path, kind: str) -> None:
    assert errors(kind, data(path)) == []


def _set(*path: str | int, value: object) -> Callable[[Any], None]:
    def change(given: Any) -> None:
        for part in path[:-1]:
            given = given[part]
        given[path[-1]] = value

    return change


SHARE = {"top": "20%", "of": "tier", "ties": "in", "round": "half_up"}
TRIED = [
    ("gates", {"when": {"any": [{"not": {"gate": "E1"}}, {"share_of": "D2", "below": "3/5"}]}}, True),
    ("gates", {"when": {"gate": "E1", "coverage_below": 50}}, False),
    ("gates", {"when": {"all": []}}, False),
    ("gates", {"effect": {"down": 1, "zero": "total", "no_bonus": True}}, True),
    ("gates", {"effect": {"down": 0}}, False),
    ("grades", SHARE, True),
    ("grades", {**SHARE, "top": 0.2}, True),
    ("grades", {**SHARE, "top": "a fifth"}, False),
    ("grades", {**SHARE, "round": "nearest"}, False),
    ("bonuses", {"only_if": {"points_of": "total", "above": 80}}, True),
    ("bonuses", {"cap_share": 5}, False),
]


@pytest.mark.parametrize(("key", "update", "accepted"), TRIED)
def test_conditions_effects_and_grades_by_share_are_known(key: str, update: dict[str, Any], accepted: bool) -> None:
    given = data(SHIPPED / "method.yaml")
    given[key][0] |= update
    assert (errors("method", given) == []) == accepted


def _drop(*path: str | int) -> Callable[[Any], None]:
    def change(given: Any) -> None:
        for part in path[:-1]:
            given = given[part]
        del given[path[-1]]

    return change


FIRST = ("indicators", 0)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("base-type", _set(*FIRST, "measurre", value="x")),
        ("base-type", _set(*FIRST, "rule", value={"lineal": {"from": 0, "to": 1}})),
        ("base-type", _set(*FIRST, "rule", value={"linear": {"from": 0, "too": 1}})),
        ("base-type", _set(*FIRST, "rule", value={"linear": {"from": 0, "to": 1}, "count": {"each": 1}})),
        ("base-type", _set(*FIRST, "rule", value={"increment": {"threshold": 1, "base": "a third", "per_unit": 0}})),
        ("base-type", _set(*FIRST, "rule", value={"checklist": {"of": 0}})),
        ("base-type", _set(*FIRST, "unit", value="")),
        ("method", _set("units", value=[{"id": "3 辆", "zh": "辆"}])),
        ("method", _set("units", value=[{"id": "度", "zh": "度", "equals": {}}])),
        ("method", _set("units", value=[{"id": "度", "zh": "度", "equals": {"千瓦时": 0}}])),
        ("base-type", _set(*FIRST, "points", value="4")),
        ("base-type", _set(*FIRST, "points", value=0)),
        ("base-type", _set(*FIRST, "evidence", value=[])),
        ("base-type", _set(*FIRST, "direction", value="sideways")),
        ("base-type", _set(*FIRST, "basis", "kind", value="invented")),
        ("base-type", _drop(*FIRST, "zh")),
        ("base-type", _drop("base_type")),
        ("method", _set("decimal", value=2)),
        ("method", _set("decimals", value=10)),
        ("method", _set("grades", 0, "min", value=-1)),
        ("method", _set("gates", 0, "when", "statment", value="x")),
        ("method", _set("gates", 0, "when", "is", value="no")),
        ("method", _drop("grades")),
        ("pilots", _set("pilots", 0, "tier", value=["local"])),
        ("pilots", _set("pilots", 0, "id", value="Park 1")),
        ("pilots", _set("pilots", 0, "targets", value={"N5": {"baseline": 1}})),
    ],
)
def test_what_is_wrong_is_refused(kind: str, change: Callable[[Any], None]) -> None:
    path = SHIPPED / ("park.yaml" if kind == "base-type" else f"{kind}.yaml")
    broken = copy.deepcopy(data(path))
    change(broken)
    assert errors(kind, broken)


def test_every_rule_is_offered_with_its_first_sentence() -> None:
    schema = json_schema("base-type")
    choices = schema["$defs"]["Rule"]["oneOf"]
    assert (schema["title"], schema["$defs"]["Rule"]["title"]) == ("pilot-eval base-type", "Rule")
    for kind, choice in zip(RULES, choices, strict=True):  # what an editor completes, and nothing beside it
        assert (choice["type"], choice["required"], choice["additionalProperties"]) == ("object", [kind], False)
    assert [next(iter(choice["properties"])) for choice in choices] == list(RULES)
    assert all(choice["description"].endswith((".", ":")) for choice in choices)


@pytest.mark.parametrize("share", ["1/3", "1 / 30", 0.5])
def test_a_fraction_may_be_written_as_one(share: object) -> None:
    item = data(SHIPPED / "park.yaml")
    item["indicators"][0]["rule"] = {"increment": {"threshold": 1, "base": share, "per_unit": share}}
    assert errors("base-type", item) == []


def test_a_sheet_with_experts_and_comparisons_is_accepted_and_a_measure_needs_its_unit() -> None:
    levels = [{"id": "达成", "floor": 0.8, "ceiling": 1, "zh": "完成"}, {"id": "未达成", "share": 0}]
    lines = [
        line("绩效", 40, {"levels": {"of": levels}}),
        line("答辩", 20, {"rubric": {"levels": 4, "texts": {"4": {"zh": "清楚"}}}}),
        EVENTS | {"points": 20, "rule": {"rank": {"of": "tier", "places": [{"to": 1, "share": 1}]}}},
        VENUE | {"points": 20, "growth": {}, "rule": {"zscore": {}}},
    ]
    assert errors("base-type", {"base_type": "park", "indicators": lines}) == []
    for key in ("unit", "direction", "evidence"):
        without = {name: value for name, value in VENUE.items() if name != key}
        assert errors("base-type", {"base_type": "park", "indicators": [without]}), key
    assert errors("base-type", {"base_type": "park", "indicators": [line("场 地", 40, {"expert": {}})]})
    assert errors("base-type", {"base_type": "park", "indicators": [VENUE | {"rule": {"best": {"best": "middle"}}}]})
