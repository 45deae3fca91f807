"""The guide to methods: its examples are valid, its pictures are what the rules compute."""

import re

import pytest
import yaml

from pilot_eval.method.kinds import RULES
from pilot_eval.method.schema import IndicatorSpec, MethodFile
from pilot_eval.method.tree import Combining, DimensionSpec, tree_of
from scripts.make_rule_pictures import PICTURES, examples, pictures
from tests.conftest import ROOT
from tests.support.scoring.lab import indicator

GUIDE = (ROOT / "docs" / "methods.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def test_every_rule_has_an_example_and_a_heading() -> None:
    assert set(examples()) == set(RULES)
    assert all(re.search(rf"^### {kind} ", GUIDE, re.MULTILINE) for kind in RULES)


@pytest.mark.parametrize("name", sorted(f"{kind}.svg" for kind in RULES))
def test_pictures_are_those_that_the_rules_draw(name: str) -> None:
    assert (PICTURES / name).read_text("utf-8") == pictures()[name]
    assert f"images/rules/{name}" in GUIDE


def test_the_indicator_shown_is_valid() -> None:
    data = next(yaml.safe_load(block) for block in BLOCKS if block.startswith("id:"))
    kind, parameters = data.pop("rule").popitem()
    IndicatorSpec.model_validate({**data, "rule": RULES[kind].model_validate(parameters)})


def test_the_levels_shown_have_the_points_that_the_guide_says() -> None:
    data = next(yaml.safe_load(block) for block in BLOCKS if block.startswith("dimensions:"))
    specs = [DimensionSpec.model_validate(each) for each in data["dimensions"]]
    held = {"D11", "D12", "D13", "D2"}
    leaves = [indicator(f"I{name}", "any", 1, {"linear": {"from": 0, "to": 1}}, name, weight=1) for name in held]
    points = {each.id: each.points for each in tree_of(1000, Combining(), [*specs, *leaves]).every}
    assert (points["D12"], points["D13"], points["D2"]) == (150, 100, 600)


def test_the_keys_of_gates_and_bonuses_are_those_of_the_schema() -> None:
    data = next(yaml.safe_load(block) for block in BLOCKS if block.startswith("gates:"))
    assert set(data) <= set(MethodFile.model_fields)


def test_every_mistake_listed_is_a_code_of_the_catalogue() -> None:
    from pilot_eval.messages import CATALOGUE

    listed = re.findall(r"`((?:method|yaml)-[a-z-]+)`", GUIDE)
    assert len(listed) >= 8
    assert set(listed) <= set(CATALOGUE)
