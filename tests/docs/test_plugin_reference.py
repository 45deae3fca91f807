"""The reference for authors of plugins: up to date, complete, and the hooks' own examples work."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilot_eval import plugin, testing
from pilot_eval.method.kinds import RULES
from pilot_eval.plugin import BaseType, hooks
from pilot_eval.plugin.hooks import PREFIX
from pilot_eval.testing import BaseTypeContract
from pilot_eval.testing.cases import Bounded, Case
from pilot_eval.testing.contract import CHECKS
from scripts import make_reference as made
from tests.conftest import ROOT

PAGE = made.TARGET.read_text("utf-8")
HOOKS = {name: hook for name, hook in vars(hooks).items() if name.startswith(PREFIX)}
NAMES = [*made.DECLARING, *made.COLUMNS, *made.RESULTS, *made.FUNCTIONS, *made.EXTENDING, *made.SCORING, *made.RECORD]


def test_it_is_up_to_date() -> None:
    assert made.reference() == PAGE, "run: python scripts/make_reference.py"


def test_every_public_name_is_in_it() -> None:
    assert sorted(NAMES) == sorted(plugin.__all__)
    assert testing.__all__ == [BaseTypeContract.__name__]
    headings = re.findall(r"^### (\S+)$", PAGE, re.MULTILINE)
    assert set(plugin.__all__) | set(HOOKS) <= set(headings)


@pytest.mark.parametrize("kind", RULES)
def test_every_scoring_rule_and_its_parameters_are_in_it(kind: str) -> None:
    [line] = re.findall(rf"^\| `{kind}` \|.*$", PAGE, re.MULTILINE)
    assert all(f"`{each.alias or name}`" in line for name, each in RULES[kind].model_fields.items())


def public_methods() -> dict[str, Callable[..., Any]]:
    """Everything public that can be called, by the name an author knows."""
    classes = [getattr(plugin, name) for name in NAMES if isinstance(getattr(plugin, name), type)]
    ours = [each for each in classes if each.__module__.startswith("pilot_eval") and each is not plugin.Event]
    methods = {
        f"{cls.__name__}.{name}": each
        for cls in ours
        for name, each in made.members(cls)
        if inspect.isfunction(each) and name not in made.INNER
    }
    return {"column": plugin.column, **methods}


@pytest.mark.parametrize("name", public_methods())
def test_every_method_and_each_of_its_parameters_is_documented(name: str) -> None:
    function = public_methods()[name]
    assert_explained(name, function, list(inspect.signature(function).parameters))
    assert name.rpartition(".")[2] in PAGE


@pytest.mark.parametrize(
    "thing",
    [
        *(BaseType, plugin.Sheet, plugin.Reader, plugin.Table, plugin.Section, plugin.Exporter, plugin.Given),
        *(plugin.Quantity, plugin.Words, Case, Bounded),
    ],
    ids=lambda thing: thing.__name__,
)
def test_every_field_is_documented(thing: Any) -> None:
    assert_explained(thing.__name__, thing, made.fields_of(thing))


def assert_explained(name: str, thing: Any, parameters: list[str]) -> None:
    said = inspect.getdoc(thing) or ""
    assert said, name
    missing = [each for each in parameters if each not in ("self", "provider") and not re.search(rf"\b{each}\b", said)]
    assert missing == [], f"{name} says nothing of {', '.join(missing)}"


def test_every_setting_and_check_of_the_contract_is_documented() -> None:
    assert_explained("BaseTypeContract", BaseTypeContract, list(inspect.get_annotations(BaseTypeContract)))
    for name in CHECKS:
        assert inspect.getdoc(getattr(BaseTypeContract, name)), name
        assert f"| `{name}` |" in PAGE


def test_every_field_of_the_record_is_in_it() -> None:
    for cls in vars(made.model).values():
        if isinstance(cls, type) and issubclass(cls, made.BaseModel) and cls.__module__ == made.model.__name__:
            [part] = re.findall(rf"^### {cls.__name__}\n.*?(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
            assert all(re.search(rf"- `{name}[:`]|`{name}`", part) for name in cls.model_fields), cls


# --- the examples of the hooks


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_takes_no_arguments_and_its_example_works(name: str) -> None:
    assert inspect.signature(HOOKS[name]).parameters == {}
    [example] = re.findall(r"```python\n(.*?)```", made.doc(HOOKS[name]), re.DOTALL)
    village = BaseType("village", zh="乡村", en="Villages", api=plugin.API)
    space: dict[str, Any] = {
        "village": village,
        "Path": Path,
        **{each: getattr(plugin, each) for each in plugin.__all__},
    }
    exec(example, space)  # noqa: S102
    assert len(space[name]()) == 1


def test_the_guides_link_to_headings_that_are_there() -> None:
    for guide in (ROOT / "docs" / "plugins").glob("*.md"):
        for page, anchor in re.findall(r"\]\(([\w./-]*)#([^)]+)\)", guide.read_text("utf-8")):
            target = guide.parent / page if page else guide
            anchors = {slug(each) for each in re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)}
            assert anchor in anchors, f"{guide.name}: {page}#{anchor}"


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
