"""Finding plugins: a broken one is named with its cause and takes nothing else down."""

import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from textwrap import indent

import pytest

from pilot_eval.errors import UsageError
from pilot_eval.evidence.readers.by_content import TABULAR, YAML_TABLES
from pilot_eval.exports import EXPORTERS
from pilot_eval.plugin import API
from pilot_eval.plugin.hooks import ENTRY_POINTS
from pilot_eval.registry import OWN_EXPORTERS, OWN_SUFFIXES, Registry, discover, load
from tests.support.plugins.endless import ENDLESS, GIVEN

GOOD = """
from pilot_eval.plugin import API, BaseType, Figure, Record, Text, column, hookimpl

village = BaseType("{id}", zh="村", api={api})

@village.table(zh="会议")
class Meeting(Record):
    topic: Text = column(zh="议题")

@village.measure(unit="场")
def meetings_held(s: Meeting) -> Figure:
    return s.count()

@hookimpl
def pilot_eval_base_types():
    return [village]
"""

Install = Callable[..., EntryPoint]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Write a module and give the entry point that names it."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def installed(name: str, source: str) -> EntryPoint:
        module = f"plugin_under_test_{name}"
        (tmp_path / f"{module}.py").write_text(source, "utf-8")
        return EntryPoint(name, module, ENTRY_POINTS)

    yield installed
    for name in set(sys.modules) - before:
        del sys.modules[name]


def good(id_: str, api: object = API) -> str:
    return GOOD.format(id=id_, api=api)


def measuring(id_: str, body: str) -> str:
    """A plugin whose measure does something else."""
    return good(id_).replace("return s.count()", body)


def codes(registry: Registry) -> dict[str, list[str]]:
    return {plugin.name: [each.code for each in plugin.findings] for plugin in registry.plugins}


def test_the_installed_plugins_work() -> None:
    registry = discover()
    assert [plugin.name for plugin in registry.plugins] == ["association", "community", "online", "park"]
    assert all(plugin.state == "ok" and plugin.version[0].isdigit() for plugin in registry.plugins)
    assert sorted(registry.base_types) == ["association", "community", "online", "park"]


def test_plugins_are_loaded_in_the_order_of_their_names(install: Install) -> None:
    found = [install(name, good(name)) for name in ("zebra", "ant", "bee")]
    assert [plugin.name for plugin in load(found).plugins] == ["ant", "bee", "zebra"]
    assert codes(load(found)) == codes(load(reversed(found)))


HOOK = "from pilot_eval.plugin import hookimpl\n@hookimpl\ndef pilot_eval_base_types({}):\n    {}\n"
BROKEN = {
    "imports": ("import no_such_module", "plugin-import-failed", "ModuleNotFoundError"),
    "raises": ("raise RuntimeError('out of coffee')", "plugin-import-failed", "out of coffee"),
    "exits": ("import sys; sys.exit(3)", "plugin-import-failed", "SystemExit: 3"),
    "exits_hard": ("raise BaseException('gone')", "plugin-import-failed", "gone"),
    "exits_early": ("class E(BaseException): pass\nraise GeneratorExit", "plugin-import-failed", "GeneratorExit"),
    "syntax": ("def (:", "plugin-import-failed", "SyntaxError"),
    "signature": (HOOK.format("method", "return []"), "plugin-hook-arguments", "pilot_eval_base_types"),
    "unknown_hook": (HOOK.format("", "return []").replace("types", "type"), "plugin-unknown-hook", "did you mean"),
    "hook_raises": (HOOK.format("", "raise KeyError('x')"), "plugin-hook", "KeyError"),
    "hook_exits": (HOOK.format("", "raise SystemExit"), "plugin-hook", "SystemExit"),
    "gives_none": (HOOK.format("", "pass"), "plugin-nothing", "nothing"),
    "gives_empty": (HOOK.format("", "return []"), "plugin-nothing", "nothing"),
    "no_hook": ("x = 1", "plugin-nothing", "nothing"),
    "gives_text": (HOOK.format("", "return 'village'"), "plugin-hook-result", "str"),
    "gives_number": (HOOK.format("", "return 7"), "plugin-hook-result", "int"),
    "gives_mixed": (HOOK.format("", "return [7, None]"), "plugin-hook-result", "NoneType, int"),
    "gives_class": (HOOK.format("", "return [dict]"), "plugin-hook-result", "type"),
    "odd_id": (good("x").replace('"x"', '5, en="Five"'), "plugin-id", "cannot be 5"),
    "bad_id": (good("../evil"), "plugin-id", "cannot be '../evil'"),
    "old": (good("old", API - 2), "plugin-api", str(API - 2)),
    "new": (good("new", API + 1), "plugin-api", str(API + 1)),
    "odd_api": (good("odd", '"2"'), "plugin-option", "api cannot be '2'"),
    "misspelt": (measuring("misspelt", "return s.topik.count()"), "plugin-unknown-column", "did you mean “topic”?"),
    "measure_raises": (measuring("raising", "raise OSError('disk')"), "plugin-measure-failed", "disk"),
    "measure_exits": (measuring("exiting", "raise SystemExit(9)"), "plugin-hook", "SystemExit: 9"),
    "person": (good("person").replace('zh="议题"', 'zh="姓名"'), "plugin-person-table", "姓名"),
}  # fmt: skip


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_is_named_and_the_others_go_on(name: str, install: Install) -> None:
    source, code, cause = BROKEN[name]
    registry = load([install("aa", good("aa")), install(name, source), install("zz", good("zz"))])
    assert codes(registry) == {"aa": [], name: [code], "zz": []}
    assert list(registry.base_types) == ["aa", "zz"]
    broken = next(plugin for plugin in registry.plugins if plugin.name == name)
    assert (broken.state, broken.ok) == ("failed", False)
    said = broken.findings[0].line("en")
    assert cause in said and name in said


def test_all_broken_plugins_are_told_at_once(install: Install) -> None:
    registry = load([install(name, source) for name, (source, _, _) in BROKEN.items()])
    assert codes(registry) == {name: [code] for name, (_, code, _) in sorted(BROKEN.items())}
    assert registry.base_types == {}


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize("name", ["syntax", "raises", "hook_raises", "measure_raises"])
def test_the_cause_is_told_at_the_authors_line(name: str, install: Install) -> None:
    [plugin] = load([install(name, BROKEN[name][0])]).plugins
    place = plugin.findings[0].place
    assert Path(str(place.file)).name == f"plugin_under_test_{name}.py"
    assert place.line


def test_two_plugins_with_one_base_type_clash(install: Install) -> None:
    registry = load([install("one", good("shared")), install("two", good("shared")), install("zz", good("zz"))])
    assert codes(registry) == {"one": ["plugin-clash"], "two": ["plugin-clash"], "zz": []}
    assert list(registry.base_types) == ["zz"]
    assert all(re.search(r"one \(.*, two \(", plugin.findings[0].message.en) for plugin in registry.plugins[:2])
    failed = registry.status_of("shared")
    assert failed is not None and not failed.ok


def test_one_faulty_base_type_leaves_the_other_of_the_same_plugin(install: Install) -> None:
    bad = "bad = BaseType('bad', zh='坏', api=API)\n@bad.measure(unit='场')\ndef wrong(s: int): return s\n\n"
    source = good("fine").replace("@hookimpl", bad + "@hookimpl").replace("[village]", "[village, bad]")
    registry = load([install("both", source)])
    assert list(registry.base_types) == ["fine"]
    assert codes(registry) == {"both": ["plugin-measure-table"]}
    assert sorted(registry.plugins[0].base_types) == ["bad", "fine"]


def test_an_older_api_still_works_and_is_told_to_move_on(install: Install) -> None:
    registry = load([install("older", good("older", API - 1))])
    assert list(registry.base_types) == ["older"]
    assert registry.plugins[0].state == "deprecated"
    assert [each.code for each in registry.plugins[0].notices] == ["plugin-api-old"]


# The time may be over while something is being collected, where Python says what is raised and goes on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize("where", ["import", "hook", "measure"])
def test_a_plugin_that_never_ends_is_ended(where: str, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    body = indent(ENDLESS, "    ").lstrip()
    source = {"import": ENDLESS, "hook": HOOK.format("", body), "measure": measuring("slow", body)}[where]
    monkeypatch.setenv("PILOT_EVAL_PLUGIN_SECONDS", GIVEN)
    registry = load([install("slow", source), install("zz", good("zz"))])
    assert codes(registry) == {"slow": ["plugin-too-slow"], "zz": []}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_swallows_the_first_alarm_is_ended_by_the_second(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = indent(ENDLESS, " " * 8).lstrip()
    sticky = f"class Sticky:\n    def __del__(self):\n        {body}\nSticky()\nwhile True: pass"
    monkeypatch.setenv("PILOT_EVAL_PLUGIN_SECONDS", GIVEN)
    assert codes(load([install("slow", sticky)])) == {"slow": ["plugin-too-slow"]}


def test_plugins_can_be_switched_off(install: Install) -> None:
    found = [install("one", good("one")), install("two", "raise RuntimeError")]
    registry = load(found, only=["one"])
    assert [plugin.state for plugin in registry.plugins] == ["ok", "off"]
    assert list(registry.base_types) == ["one"]
    with pytest.raises(UsageError, match="did you mean “one”"):
        load(found, only=["onee"])


def test_the_status_of_a_base_type_is_that_of_its_plugin(install: Install) -> None:
    registry = load([install("one", good("village")), install("park", "raise RuntimeError")])
    assert getattr(registry.status_of("village"), "name", None) == "one"
    assert getattr(registry.status_of("park"), "state", None) == "failed"
    assert registry.status_of("nobody") is None


def test_a_method_may_name_what_the_working_plugins_offer(install: Install) -> None:
    known, shared = load([install("village", good("village"))]).vocabulary()
    assert known["village"].measures["meetings_held"] == "场"
    assert known["village"].tables_of["meetings_held"] == ("meetings",)
    assert "meetings_held" not in shared.measures
    assert set(shared.measures) < set(known["village"].measures)
    assert {"build_standard", "governance"} == frozenset().union(*shared.codes_of.values())


def test_what_pilot_eval_reads_and_exports_itself_is_reserved() -> None:
    assert TABULAR | YAML_TABLES | {".zip"} == OWN_SUFFIXES
    assert set(EXPORTERS) == OWN_EXPORTERS
