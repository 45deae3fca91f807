"""The guide to methods: its examples are valid, its pictures are what the rules compute."""

import re
from pathlib import Path

import pytest
import yaml

from pilot_eval.method.fields import UnitSpec
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.grades import GradeSpec
from pilot_eval.method.kinds import RULES
from pilot_eval.method.loader import load_method
from pilot_eval.method.schema import AdjustmentSpec, IndicatorSpec, MethodFile
from pilot_eval.method.tree import Combining, DimensionSpec, tree_of
from pilot_eval.registry import discover
from pilot_eval.units import UNITS
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


@pytest.mark.parametrize("language", ["methods.md", "methods.en.md"])
def test_the_whole_method_shown_can_be_loaded(language: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / language).read_text("utf-8")
    files = re.findall(r"^```yaml\n# (\w+\.yaml)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in files] == ["method.yaml", "park.yaml", "pilots.yaml"]
    for name, content in files:
        (tmp_path / name).write_text(content, "utf-8")
    method = load_method(tmp_path, *discover().vocabulary())
    assert [each.id for each in method.indicators("park")] == ["入驻率", "活动"]


def test_falling_steps_and_a_jump_are_written_as_shown() -> None:
    [steps] = re.findall(r"\{steps: \{below.*?\]\}\}", GUIDE)
    assert RULES["steps"].model_validate(yaml.safe_load(steps)["steps"]).direction == "down"
    [knots] = re.findall(r"`(\[\{at: -4.2.*?), …\]`", GUIDE)
    assert RULES["piecewise"].model_validate({"knots": yaml.safe_load(f"{knots}]")}).direction == "up"


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


def test_the_own_indicators_shown_are_those_of_the_form() -> None:
    [data] = [yaml.safe_load(block) for block in BLOCKS if ", own: {" in block]
    specs = [DimensionSpec.model_validate(each) for each in data["dimensions"]]
    assert [(each.points, each.own.rule if each.own else None) for each in specs] == [
        (10, None), (50, "pro_rata"), (30, "pro_rata"), (10, "all_or_nothing")
    ]  # fmt: skip
    assert block_in_english(", own: {") == data


def block_in_english(words: str) -> object:
    english = (ROOT / "docs" / "methods.en.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", english, re.MULTILINE | re.DOTALL)
    return next(yaml.safe_load(block) for block in blocks if words in block)


def test_the_gates_bonuses_and_grades_shown_are_valid() -> None:
    shown = {next(iter(data)): data for block in BLOCKS if isinstance(data := yaml.safe_load(block), dict)}
    gates, grades = shown["gates"], shown["grades"]
    assert set(gates) | set(grades) <= set(MethodFile.model_fields)
    for each in gates["bonuses"]:
        kind, parameters = each["rule"].popitem()
        AdjustmentSpec.model_validate({**each, "rule": RULES[kind].model_validate(parameters)})
    assert [GateSpec.model_validate(each).id for each in gates["gates"]] == ["V1", "V2"]
    assert [GradeSpec.model_validate(each).top for each in grades["grades"]] == [0.2, 0.5, None, None]


def test_both_languages_show_the_same_methods() -> None:
    english = (ROOT / "docs" / "methods.en.md").read_text("utf-8")
    zh, en = (
        list(map(yaml.safe_load, re.findall(r"^```yaml\n((?:gates|grades):.*?)^```", text, re.MULTILINE | re.DOTALL)))
        for text in (GUIDE, english)
    )
    assert len(zh) == 2 and zh == en
    kinds = "statement|coverage|measure|share|points|gate|all|withhold|cap|down|zero|no_bonus"
    keys = re.compile(rf"^\| `((?:{kinds})[^|]*)\|", re.MULTILINE)
    assert [each.replace("、", ", ") for each in keys.findall(GUIDE)] == keys.findall(english)


def test_every_mistake_listed_is_a_code_of_the_catalogue() -> None:
    from pilot_eval.messages import CATALOGUE

    listed = re.findall(r"`((?:method|yaml)-[a-z-]+)`", GUIDE)
    assert len(listed) >= 8
    assert set(listed) <= set(CATALOGUE)


def test_the_units_shown_convert_in_both_languages() -> None:
    english = (ROOT / "docs" / "methods.en.md").read_text("utf-8")
    block = re.compile(r"^```yaml\n(units:.*?)^```", re.MULTILINE | re.DOTALL)
    shown = [yaml.safe_load(each) for text in (GUIDE, english) for each in block.findall(text)]
    assert len(shown) == 2 and shown[0] == shown[1]
    units = UNITS.plus(UnitSpec.model_validate(each).declared for each in shown[0]["units"])
    assert (units.factor("兆瓦时", "度"), units.counted("辆")) == (1000, True)
