"""Broken plugins beside the good ones: each is listed with its package, version, file, line and what to do."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pilot_eval.api import assess, open_round
from pilot_eval.record.files import canonical
from tests.conftest import copy_example
from tests.support.languages import mixed_in
from tests.support.plugins.endless import GIVEN, HURRY
from tests.support.plugins.installing import install, run
from tests.support.records import record_of
from tests.support.rounds.smaller import keep

TRIED = ("online-1", "park-1")
"""Pilots that are assessed; the example has a test of its own."""

GOOD = ("association", "community", "online", "park")

PRELUDE = '''\
from pilot_eval.plugin import BaseType, Count, Figure, Flag, Measures, Reader, Record, Text, column, hookimpl
from pilot_eval.plugin import Section, Words

base = BaseType("NAME", zh="坏", en="Broken", api=2)


@base.table(zh="表", en="Table")
class Item(Record):
    """An item."""

    title: Text = column(zh="名称", en="Title")
    done: Flag = column(zh="完成", en="Done")


@base.table(zh="另一表", en="Other")
class Other(Record):
    """Another."""

    n: Count = column(zh="数", en="Number", unit="个")
'''
HOOK = """

@hookimpl
def pilot_eval_base_types() -> list[BaseType]:
    return [base]
"""


class Broken(NamedTuple):
    """A plugin: what is wrong with it, the code of what is said, words of the message and of the mend."""

    source: str
    code: str
    said: str
    mend: str


def measure(signature: str, body: str) -> str:
    """A measure; where no line of it is marked, what is wrong is wrong with the whole."""
    mark = "" if "# HERE" in body else "  # HERE"
    return f'\n\n@base.measure(unit="%", zh="率"){mark}\ndef rate({signature}):\n    """Rate."""\n    {body}\n'


def table(line: str) -> str:
    """A third table, with a column more."""
    head = '@base.table(zh="第三表", en="Third")\nclass Third(Record):\n    """A third."""'
    return f'\n\n{head}\n\n    name: Text = column(zh="名称")\n    {line}\n'


BROKEN = {
    "misspelt_column": Broken(
        PRELUDE + measure("i: Item", "n = i.count()\n    return i.dnoe.share() * n  # HERE") + HOOK,
        "plugin-unknown-column", "Item has no column dnoe", "did you mean “done”?",
    ),
    "unknown_measure": Broken(
        PRELUDE + measure("m: Measures", "return m.event_held / 2  # HERE") + HOOK,
        "plugin-unknown-measure", "rate refers to event_held", "did you mean “events_held”?",
    ),
    "two_tables": Broken(
        PRELUDE + measure("i: Item, o: Other", "return i.count() / o.n.sum()") + HOOK,
        "plugin-measure-parameters", "rate has 2 parameters instead of one",
        "write a measure for each and combine them with Measures",
    ),
    "wrong_return": Broken(
        PRELUDE + measure("i: Item", "return i.done") + HOOK,
        "plugin-measure-return", "returns Flag instead of a Figure", "s.adopted.share()",
    ),
    "duplicate_id": Broken(
        PRELUDE + measure("i: Item", "return i.count()").replace("# HERE", "")
        + '\n\n@base.measure(unit="%")  # HERE\ndef rate(i: Item):\n    """Again."""\n    return i.count()\n' + HOOK,
        "plugin-duplicate", "declares the measure rate twice", "rename one",
    ),
    "twin_a": Broken(
        PRELUDE.replace("NAME", "twin") + HOOK.replace("@hookimpl", "@hookimpl  # HERE"),
        "plugin-clash", "the base type twin has more than one provider: twin_a (plugin-twin_a 1.0.0), twin_b",
        "keep one, or rename it",
    ),
    "twin_b": Broken(
        PRELUDE.replace("NAME", "twin") + HOOK.replace("@hookimpl", "@hookimpl  # HERE"),
        "plugin-clash", "twin has more than one provider", "keep one, or rename it",
    ),
    "future_api": Broken(
        PRELUDE.replace("api=2", "api=9") + HOOK.replace("@hookimpl", "@hookimpl  # HERE"),
        "plugin-api", "future_api is written for API 9; this program supports 1, 2", "install a compatible version",
    ),
    "raises": Broken(
        PRELUDE + "\n\ndef prepare():\n    return 1 / 0  # HERE\n\n\nprepare()\n" + HOOK,
        "plugin-import-failed", "ZeroDivisionError: division by zero", "ask its author to fix it",
    ),
    "endless_import": Broken(
        PRELUDE + f"\n\n{HURRY}  # HERE\nwhile True:  # HERE\n    pass  # HERE\n" + HOOK,
        "plugin-too-slow", f"loading took longer than {GIVEN} s",
        "only declare things while loading",
    ),
    "needs_more": Broken(
        "import a_library_that_is_not_there  # HERE\n" + PRELUDE + HOOK,
        "plugin-import-failed", "No module named 'a_library_that_is_not_there'", "reinstall it",
    ),
    "syntax": Broken(
        PRELUDE + "\n\ndef broken(:  # HERE\n    pass\n" + HOOK,
        "plugin-import-failed", "SyntaxError", "ask its author to fix it",
    ),
    "person_table": Broken(
        PRELUDE + '\n\n@base.table(zh="花名册")  # HERE\nclass Member(Record):\n    """One member."""\n\n'
        '    number: Text = column(zh="编号")\n' + HOOK,
        "plugin-person-table", "is about a person (“花名册”)", "use totals",
    ),
    "no_hook": Broken("# HERE\n" + PRELUDE, "plugin-nothing", "it provides nothing", "check @hookimpl and return"),
    "wrong_hook": Broken(
        PRELUDE + HOOK.replace("base_types()", "base_type()").replace("@hookimpl", "@hookimpl  # HERE"),
        "plugin-unknown-hook", "there is no hook named pilot_eval_base_type", "did you mean “pilot_eval_base_types”?",
    ),
    "hook_arguments": Broken(
        PRELUDE + HOOK.replace("base_types()", "base_types(config)").replace("@hookimpl", "@hookimpl  # HERE"),
        "plugin-hook-arguments", "takes no parameters", "remove them",
    ),
    "hook_result": Broken(
        PRELUDE + HOOK.replace("[base]", "base").replace("@hookimpl", "@hookimpl  # HERE"),
        "plugin-hook-result", "should return a list of BaseType, not BaseType", "correct what it returns",
    ),
    "exits": Broken(
        "import sys\n\nsys.exit(4)  # HERE\n" + PRELUDE + HOOK,
        "plugin-import-failed", "SystemExit: 4", "ask its author to fix it",
    ),
    "reader": Broken(
        PRELUDE + '\n\n@hookimpl  # HERE\ndef pilot_eval_readers():\n    return [Reader(".bars", lambda path: [])]\n',
        "plugin-reader", "the reading process cannot import the reader of .bars",
        "use a named function at module level",
    ),
    "plain": Broken(
        PRELUDE + table('done: bool = column(zh="完成")  # HERE') + HOOK,
        "plugin-plain-annotation", "thirds.done has a plain type annotation", "write done: Flag",
    ),
    "truth": Broken(
        PRELUDE
        + measure("i: Item", 'known = i.title != "x"\n    return i.where(known and i.done).count()  # HERE')
        + HOOK,
        "plugin-truth", "do not work on Flag: it stands for all rows", "use & | ~ with parentheses",
    ),
    "dropped": Broken(
        PRELUDE + table('title: Text  # HERE') + HOOK,
        "plugin-no-column", "Third.title is not declared with column(…)", "write title: Text = column(",
    ),
    "option": Broken(
        PRELUDE + table('kind: Text = column(zh="类型", choices=["a"])  # HERE') + HOOK,
        "plugin-option", "choices cannot be ['a']", "a mapping of ids to labels",
    ),
    "unit": Broken(
        PRELUDE + table('days: Count = column(zh="工作量", unit="人天")  # HERE') + HOOK,
        "plugin-unknown-unit", "Third.days: unknown unit “人天”", "available: “%”, ",
    ),
    "leader": Broken(
        PRELUDE + table('by: Text = column(zh="负责人")  # HERE') + HOOK,
        "plugin-person-table", "the column thirds.by is about a person (“负责人”)", "use totals",
    ),
    "reference": Broken(
        PRELUDE + table('of: Text = column(zh="属于", refers="items.name")  # HERE') + HOOK,
        "plugin-unknown-reference", "thirds.of refers to items.name", "did you mean “items.",
    ),
    "brackets": Broken(
        PRELUDE + table("").replace('table(zh="第三表", en="Third")', "table  # HERE") + HOOK,
        "plugin-no-brackets", "@….table lacks its parentheses", "write @….table(zh=",
    ),
    "annotation": Broken(
        PRELUDE + measure("i", "return i.count()") + HOOK,
        "plugin-measure-annotation", "the parameter i of the measure rate has no type annotation", "such as i: Item",
    ),
    "evil": Broken(
        PRELUDE.replace('"NAME"', '"../evil"').replace("api=2)", "api=2)  # HERE") + HOOK,
        "plugin-id", "the id of a base type cannot be '../evil'", "use letters, digits and _",
    ),
    "circle": Broken(
        PRELUDE + measure("m: Measures", "return m.other").replace('zh="率")', 'zh="率")')
        + '\n\n@base.measure(unit="%")  # HERE\ndef other(m: Measures):\n    """Other."""\n    return m.rate\n' + HOOK,
        "plugin-measure-circle", "in a circle: other → rate → other", "compute one of them from a table",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them, installed."""
    folder = tmp_path_factory.mktemp("site")
    for name, broken in BROKEN.items():
        install(folder, name, broken.source.replace("NAME", name))
    install(folder, "lost", PRELUDE.replace("NAME", "lost") + HOOK, entry="plugin_that_was_renamed")
    return folder


@pytest.fixture(scope="module")
def listed(site: Path) -> dict[str, Any]:
    """What `pilot-eval plugins --json` says, by plugin."""
    done = run(site, "plugins", "--json", PILOT_EVAL_PLUGIN_SECONDS=GIVEN)
    assert done.returncode == 3, done.stderr
    return {each["name"]: each for each in json.loads(done.stdout)}


def test_every_plugin_is_listed(listed: dict[str, Any]) -> None:
    assert sorted(listed) == sorted([*GOOD, *BROKEN, "lost"])
    assert len(BROKEN) >= 12
    for name, each in listed.items():
        assert (each["state"] == "ok") == (name in GOOD), name


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_said_with_its_place(name: str, listed: dict[str, Any], site: Path) -> None:
    broken, [finding] = BROKEN[name], listed[name]["findings"]
    assert mixed_in([finding]) == []
    assert finding["code"] == broken.code
    for said in (finding["message"]["en"], finding["message"]["zh"]):
        assert f"{name} (plugin-{name} 1.0.0)" in said
    assert broken.said in finding["message"]["en"]
    assert broken.mend in finding["message"]["en"] + finding["hint"]["en"]
    assert Path(finding["place"]["file"]) == site / f"plugin_{name}.py"
    lines = (site / f"plugin_{name}.py").read_text("utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, 1) if "# HERE" in line]
    assert finding["place"]["line"] in marked


def test_a_module_that_is_not_there_is_blamed_on_the_entry_point(listed: dict[str, Any], site: Path) -> None:
    [finding] = listed["lost"]["findings"]
    assert finding["code"] == "plugin-no-module"
    assert Path(finding["place"]["file"]) == site / "plugin_lost-1.0.0.dist-info" / "entry_points.txt"
    assert finding["place"]["line"] == 2
    assert "correct [project.entry-points.pilot_eval]" in finding["hint"]["en"]


def test_the_list_for_people_names_each_with_its_state(site: Path) -> None:
    done = run(site, "plugins", PILOT_EVAL_PLUGIN_SECONDS=GIVEN)
    for name in [*BROKEN, "lost"]:
        assert re.search(rf"^{name} +failed +plugin-{name} 1\.0\.0  plugin_", done.stdout, re.MULTILINE), name
        assert re.search(rf"^error .*plugin {name} \(plugin-{name} 1\.0\.0\): .* → .+", done.stderr, re.MULTILINE), name
    for name in GOOD:
        assert re.search(rf"^{name} +ok +pilot-eval-{name} ", done.stdout, re.MULTILINE), name


def test_the_good_ones_work_on(site: Path, assessed: Path, tmp_path: Path) -> None:
    folder = keep(copy_example(tmp_path / "round", assessed), *TRIED)
    before = scores(canonical(assess(open_round(folder))))
    assert before.count(b'"standing": "graded"') == len(TRIED)
    done = run(site, "assess", folder, PILOT_EVAL_PLUGIN_SECONDS=GIVEN)
    assert done.returncode == 3
    for name in BROKEN:
        assert re.search(rf"plugin_{name}\.py:\d+: plugin {name} \(plugin-{name} 1\.0\.0\): ", done.stderr), name
    assert scores(canonical(record_of(folder))) == before


def scores(record: bytes) -> bytes:
    """What the pilots got, in bytes; what the record says of the plugins beside them is not in it."""
    made = json.loads(record)
    return json.dumps([made["assessments"], made["comparison"]], ensure_ascii=False).encode()


def test_those_switched_off_are_not_imported(site: Path) -> None:
    done = run(site, "plugins", "--json", "--only", "online,park", PILOT_EVAL_PLUGIN_SECONDS=GIVEN)
    assert done.returncode == 0
    states = {each["name"]: each["state"] for each in json.loads(done.stdout)}
    assert {name for name, state in states.items() if state != "off"} == {"online", "park"}


def test_what_a_plugin_prints_stays_out_of_the_output(tmp_path: Path) -> None:
    install(tmp_path, "talks", "print('hello')\n" + PRELUDE.replace("NAME", "talks") + HOOK)
    done = run(tmp_path, "plugins", "--json")
    assert json.loads(done.stdout)
    assert "hello" in done.stderr
