"""What no plugin can do, whatever it tries: bring the program down, change a figure, write markup, lose evidence."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.conftest import copy_example
from tests.support.plugins.endless import GIVEN, HURRY
from tests.support.plugins.installing import install, run
from tests.support.records import data_of, record_of
from tests.support.rounds.smaller import keep

PRELUDE = '''\
import sys

from markupsafe import Markup
from narwhals.stable import v2 as nw

from pilot_eval.plugin import (
    BaseType, Choice, Count, Exporter, Figure, Reader, Record, Rule, Section, Sheet, Table, Text, Words, column,
    hookimpl,
)

base = BaseType("NAME", zh="某类", en="Some", api=2)


@base.table(zh="某表", en="Items")
class Item(Record):
    """An item."""

    title: Text = column(zh="标题", en="Item title")


@base.measure(unit="个", zh="某数", en="Items")
def items_counted(i: Item) -> Figure:
    """Items."""
    return i.count()


@hookimpl
def pilot_eval_base_types():
    return [base]
'''
TITLE = 'Words(zh="段", en="Part")'


def section(body: str, on: str = "on_pilot") -> str:
    given = "record, pilot" if on == "on_pilot" else "record"
    return (
        f"\n\ndef made({given}):\n    {body}\n\n\n@hookimpl\ndef pilot_eval_sections():\n"
        f'    return [Section("part", {TITLE}, {on}=made)]\n'
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, assessed: Path) -> Path:
    """The example with two pilots."""
    return keep(copy_example(tmp_path_factory.mktemp("small") / "round", assessed), "online-1", "park-1")


@pytest.fixture
def example2(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "round"))


def results(folder: Path) -> dict[str, dict[str, object]]:
    return {each["pilot"]["id"]: each for each in data_of(folder)["assessments"]}


def installed(site: Path, more: str, name: str = "some") -> Path:
    site.mkdir(exist_ok=True)
    return install(site, name, PRELUDE.replace("NAME", name) + more)


# --- bringing the program down


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("\n\n@hookimpl\ndef pilot_eval_readers():\n    return [Reader(None, print)]\n", "suffix is None"),
        (
            '\n\n@hookimpl\ndef pilot_eval_readers():\n    return [Reader(".zz", "print")]\n',
            "read should be a function",
        ),
        (
            f"\n\n@hookimpl\ndef pilot_eval_exporters():\n    return [Exporter(None, '.x', {TITLE}, print)]\n",
            "id is None",
        ),
        (
            f'\n\n@hookimpl\ndef pilot_eval_exporters():\n    return [Exporter("x", "/../../x.txt", {TITLE}, print)]\n',
            "suffix is '/../../x.txt'",
        ),
        ('\n\n@hookimpl\ndef pilot_eval_sections():\n    return [Section([1], "t")]\n', "title should be Words"),
        (
            '\n\nclass Mine(Rule):\n    kind = "mine"\n\n\n@hookimpl\ndef pilot_eval_rules():\n    return [Mine]\n',
            "it has no share()",
        ),
        ("\n\ndef pilot_eval_rules():\n    return []\n", "pilot_eval_rules is not marked as a hook"),
    ],
)
def test_what_a_hook_gives_is_looked_at(more: str, said: str, tmp_path: Path) -> None:
    installed(tmp_path / "site", more)
    done = run(tmp_path / "site", "plugins", "--json")
    assert done.returncode == 3, done.stderr
    listed = {each["name"]: each for each in json.loads(done.stdout)}
    assert said in " ".join(each["message"]["en"] for each in listed["some"]["findings"])
    assert all(each["place"]["line"] for each in listed["some"]["findings"])
    assert listed["park"]["state"] == "ok"


@pytest.mark.parametrize("entry", ["plugin-some", "src/plugin_some.py", "plugin_some:base", "plugin_some:"])
def test_an_entry_point_that_names_no_module(entry: str, tmp_path: Path) -> None:
    install(tmp_path, "some", PRELUDE.replace("NAME", "some"), entry=entry)
    done = run(tmp_path, "plugins", "--json")
    [finding] = {each["name"]: each for each in json.loads(done.stdout)}["some"]["findings"]
    assert finding["code"] == "plugin-entry"
    assert finding["place"]["file"].endswith("entry_points.txt")


@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(0)",
        f"{HURRY}\n    while True: pass",
        "raise BaseException('x')",
        "return [1]",
        'return [Table("t", ["a"], [])]',
        f"return [Table({TITLE}, [{TITLE}], [[1, 2]])]",
        f"return [Table({TITLE}, [{TITLE}], [[object()]])]",
    ],
)
@pytest.mark.slow
def test_a_section_that_misbehaves_is_left_out_and_said(body: str, example2: Path, tmp_path: Path) -> None:
    module = installed(tmp_path / "site", section(body, "on_overview"))
    done = run(tmp_path / "site", "assess", example2, PILOT_EVAL_PLUGIN_SECONDS=GIVEN)
    assert done.returncode == 3, done.stderr
    assert f"{module.name}" in done.stderr
    assert "plugin some (plugin-some 1.0.0): the report section part failed" in done.stderr
    assert (example2 / "results" / "en" / "index.html").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("body", ["sys.exit(0)", "return 'words'", f"{HURRY}\n    while True: pass"])
def test_an_exporter_that_misbehaves_is_said(body: str, example2: Path, tmp_path: Path) -> None:
    hook = f'@hookimpl\ndef pilot_eval_exporters():\n    return [Exporter("mine", ".txt", {TITLE}, made)]\n'
    installed(tmp_path / "site", f"\n\ndef made(record, lang):\n    {body}\n\n\n{hook}")
    assert run(tmp_path / "site", "assess", example2).returncode == 0
    done = run(tmp_path / "site", "export", example2, "mine", PILOT_EVAL_PLUGIN_SECONDS=GIVEN)
    assert done.returncode == 3
    assert "plugin some (plugin-some 1.0.0): the exporter mine failed" in done.stderr


# --- changing figures, writing markup


def test_a_section_changes_no_figure_and_writes_no_markup(example2: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "assess", example2).returncode == 0
    before = record_of(example2)
    body = (
        'object.__setattr__(pilot.total, "points", 99.0)\n'
        '    record.method.indicators[0].rule.parameters["of"] = 3\n'
        f'    return [Table({TITLE}, [{TITLE}], [[Markup("<b id=zz>x</b>")]]), Words(zh="<i>", en="<i>")]'
    )
    installed(tmp_path / "site", section(body))
    assert run(tmp_path / "site", "assess", example2).returncode == 0
    assert record_of(example2) == before
    page = (example2 / "results" / "en" / "park-1.html").read_text("utf-8")
    assert "&lt;b id=zz&gt;" in page
    assert "<b id=zz>" not in page
    assert "<i>" not in page


# --- taking others down


RULE = """

class Tent(Rule):
    kind = "tent"

    def share(self, x, given):
        return x / 20

    def sentence(self, points):
        return Words(zh="按直线", en="linear")


@hookimpl
def pilot_eval_rules():
    return [Tent]
"""


def with_tent(folder: Path) -> None:
    """Have an indicator of the parks scored by a rule of the plugin."""
    path = folder / "method" / "park.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["indicators"][0]["rule"] = {"tent": {}}
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.mark.parametrize(
    ("how", "cause"),
    [
        ("works", ""),
        ("broken", "No module named 'nowhere'"),
        ("off", "was not found; one of these plugins, which are not loaded, may provide it: "),
        ("falls", "the scoring rule tent cannot be used: direction is up, but from"),
    ],
)
@pytest.mark.slow
def test_a_rule_that_is_lost_spoils_its_indicators_alone(how: str, cause: str, example2: Path, tmp_path: Path) -> None:
    with_tent(example2)
    rule = RULE.replace("x / 20", "1 - x / 20") if how == "falls" else RULE
    module = installed(tmp_path / "site", rule)
    if how == "broken":
        module.write_text("import nowhere\n" + module.read_text("utf-8"), "utf-8")
    more = {"PILOT_EVAL_PLUGINS": "online,park"} if how == "off" else {}
    done = run(tmp_path / "site", "assess", example2, **more)
    assert done.returncode == (0 if how == "works" else 3), done.stderr
    assert cause in done.stderr
    made = results(example2)
    assert made["online-1"]["standing"] == "graded"
    assert made["park-1"]["standing"] == ("graded" if how == "works" else "error")
    outcomes = [each["outcome"] for each in made["park-1"]["indicators"]]  # type: ignore[attr-defined]
    assert outcomes.count("error") == (0 if how == "works" else 1)


@pytest.mark.slow
def test_a_type_that_the_round_does_not_have_asks_nothing_of_its_method(example2: Path, tmp_path: Path) -> None:
    needs = PRELUDE.replace(
        '    title: Text', '    theme: Choice = column(zh="主题", en="Theme", codes="themes")\n    title: Text'
    )  # fmt: skip
    site = tmp_path / "site"
    site.mkdir()
    install(site, "some", needs.replace("NAME", "some"))
    assert run(site, "check", example2).returncode == 0
    own = tmp_path / "some.yaml"
    indicators = [
        {"id": f"K{n}", "dimension": f"D{n}", "zh": "某数", "en": "Items", "measure": "items_counted", "unit": "个",
         "direction": "up", "points": points, "evidence": ["items"], "rule": {"linear": {"from": 0, "to": 2}},
         "basis": {"kind": "illustrative"}}
        for n, points in ((1, 4), (3, 35), (4, 15), (5, 4))
    ]  # fmt: skip
    data = {"base_type": "some", "indicators": indicators}
    own.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    done = run(site, "new", tmp_path / "mine", "--type", own)
    assert done.returncode == 3
    assert "the code list themes, which evidence tables use, is missing" in done.stderr
    assert "some.yaml" in done.stderr
    own.write_text(yaml.safe_dump({**data, "codes": {"themes": [{"id": "a", "zh": "甲", "en": "A"}]}}), "utf-8")
    done = run(site, "new", tmp_path / "mine", "--type", own)
    assert done.returncode == 0, done.stderr
    assert run(site, "check", tmp_path / "mine").returncode == 0


def test_a_broken_type_is_said_by_every_command(example2: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    module = install(site, "park2", PRELUDE.replace("NAME", "park").replace("i.count()", "i.tittle.count()"))
    for command in (["check"], ["assess"], ["plugins", "--measures"]):
        done = run(site, *command, *([] if "--measures" in command else [example2]))
        assert done.returncode == 3, command
        assert "park2 (plugin-park2 1.0.0)" in done.stderr, command
    assert "submissions/park-1: the submission was not read" in run(site, "check", example2).stderr
    said = run(site, "assess", example2).stderr
    assert "nothing was submitted" not in said
    assert str(module) in said
    form = tmp_path / "park-1.xlsx"
    done = run(site, "template", example2, "park-1", "--output", form)
    assert done.returncode == 3
    assert not form.exists()
    assert "has more than one provider" in done.stderr


# --- losing evidence


READER = """

def read_bars(path):
    BODY


@hookimpl
def pilot_eval_readers():
    return [Reader(".bars", read_bars)]
"""
LINES = 'return [Sheet(name=None, rows=[line.split("|") for line in path.read_text("utf-8").splitlines()])]'


@pytest.fixture
def barred(example2: Path) -> Path:
    """A round in which park-1 sends its suggestions in bars."""
    folder = example2 / "submissions" / "park-1"
    for path in folder.glob("*建议*"):
        path.unlink()
    (folder / "建议.bars").write_text("编号|提交日期|应答复日期|办理结果\nA1|2018-02-01|2018-05-01|采纳\n", "utf-8")
    return example2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("sys.exit(3)", "SystemExit: 3"),
        ('raise KeyError("x")', "KeyError: 'x'"),
        ("return [Sheet(name=None, rows=[[[1]]])]", "a cell should be a string, number"),
        ("return [Sheet(name=5, rows=[])]", "the name of a sheet should be a string or None, not int"),
        (r'return [Sheet(name=None, rows=[["\ud800"]])]', "surrogates not allowed"),
        ("return 5", "TypeError"),
    ],
)
def test_a_reader_that_fails_loses_its_file_alone(body: str, said: str, barred: Path, tmp_path: Path) -> None:
    module = installed(tmp_path / "site", READER.replace("BODY", body))
    done = run(tmp_path / "site", "check", barred, "--pilot", "park-1", "--json")
    errors = [each for each in json.loads(done.stdout) if each["severity"] == "error"]
    assert [each["code"] for each in errors] == ["file-unreadable"]
    assert said in errors[0]["message"]["en"]
    assert "some (plugin-some 1.0.0)" in errors[0]["message"]["en"]
    if "Sheet" not in body and "5" not in body:
        assert f"{module.name}:" in errors[0]["message"]["en"]


@pytest.mark.slow
def test_two_readers_of_one_suffix_read_nothing_and_say_so(barred: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    installed(site, READER.replace("BODY", LINES))
    assert run(site, "check", barred).returncode == 0
    installed(site, READER.replace("BODY", LINES), name="other")
    done = run(site, "assess", barred)
    assert done.returncode == 3
    assert "several plugins read .bars" in done.stderr
    assert results(barred)["park-1"]["standing"] == "error"


@pytest.mark.slow
def test_a_change_in_any_module_of_a_readers_package_reads_again(barred: Path, tmp_path: Path) -> None:
    package = tmp_path / "site" / "plugin_some"
    module = installed(
        tmp_path / "site", READER.replace("BODY", LINES.replace("line.split", "helper.parted(line).split"))
    )
    package.mkdir()
    source = module.read_text("utf-8").replace("import sys\n", "import sys\n\nfrom plugin_some import helper\n", 1)
    (package / "__init__.py").write_text(source, "utf-8")
    module.unlink()
    helper = package / "helper.py"
    helper.write_text("def parted(line):\n    return line\n", "utf-8")
    assert run(tmp_path / "site", "check", barred).returncode == 0
    helper.write_text('def parted(line):\n    return line.replace("2018-05-01", "soon")\n', "utf-8")
    done = run(tmp_path / "site", "check", barred, "--json")
    assert "cell-date" in {each["code"] for each in json.loads(done.stdout)}
