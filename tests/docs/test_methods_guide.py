"""The guide to methods, in both languages: its examples are valid, its pictures are what the rules compute."""

import re

import pytest
import yaml

from pilot_eval.method.rules import RULES
from pilot_eval.method.schema import IndicatorSpec, MethodFile
from scripts.make_rule_pictures import PICTURES, examples, pictures
from tests.conftest import ROOT

GUIDES = {name: (ROOT / "docs" / name).read_text("utf-8") for name in ("methods.md", "methods.en.md")}
in_both = pytest.mark.parametrize("guide", GUIDES)


def blocks(guide: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", GUIDES[guide], re.MULTILINE | re.DOTALL)


def test_every_rule_has_an_example() -> None:
    assert set(examples()) == set(RULES)


def test_both_languages_show_the_same_examples() -> None:
    chinese, english = ([yaml.safe_load(block) for block in blocks(guide)] for guide in GUIDES)
    assert chinese == english


@in_both
def test_every_rule_has_a_heading_and_a_picture(guide: str) -> None:
    for kind in RULES:
        assert re.search(rf"^### {kind} ", GUIDES[guide], re.MULTILINE), kind
        assert f"images/rules/{kind}.svg" in GUIDES[guide]


@pytest.mark.parametrize("name", sorted(f"{kind}.svg" for kind in RULES))
def test_pictures_are_those_that_the_rules_draw(name: str) -> None:
    assert (PICTURES / name).read_text("utf-8") == pictures()[name]


@in_both
def test_the_indicator_shown_is_valid(guide: str) -> None:
    data = next(yaml.safe_load(block) for block in blocks(guide) if block.startswith("id:"))
    kind, parameters = data.pop("rule").popitem()
    IndicatorSpec.model_validate({**data, "rule": RULES[kind].model_validate(parameters)})


@in_both
def test_the_keys_of_gates_and_bonuses_are_those_of_the_schema(guide: str) -> None:
    data = next(yaml.safe_load(block) for block in blocks(guide) if block.startswith("gates:"))
    assert set(data) <= set(MethodFile.model_fields)


@in_both
def test_every_mistake_listed_is_a_code_of_the_catalogue(guide: str) -> None:
    from pilot_eval.messages import CATALOGUE

    listed = re.findall(r"`((?:method|yaml)-[a-z-]+)`", GUIDES[guide])
    assert len(listed) >= 8
    assert set(listed) <= set(CATALOGUE)
