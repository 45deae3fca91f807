"""The kit itself: for each check, a base type that breaks just its rule fails just there."""

from pathlib import Path
from typing import NamedTuple

import pytest

from pilot_eval.testing.contract import CHECKS
from tests.support.plugins.installing import python
from tests.support.plugins.running import Run, change, module_of, suite_of, village


class Mutant(NamedTuple):
    """A check, and what breaks its rule: text of the base type replaced (added, where `old` is empty)."""

    check: str
    old: str
    new: str
    test: tuple[str, str] = ("", "")  # text of the test file replaced


IMPORTS = """
from dataclasses import replace
import narwhals.stable.v2 as nw
from pilot_eval.plugin import Measures, Section, Words
from pilot_eval.plugin.figures import Aggregates
from pilot_eval.plugin.intervals import Trio

def raw(column, aggregate):
    made = Aggregates()
    return column._made(made, Trio.of(made.add(aggregate)))

def unbounded(figure):
    return replace(figure, trio=Trio.of(figure.trio.value))

EVEN = nw.col("__row") % 2 == 0

def bounded(figure, wrong):
    n = figure.trio.value
    return replace(figure, trio=Trio(n, nw.when(wrong(n)).then(n + 1).otherwise(n), n + 1))
"""
"""What an author reaches who goes past the public interface."""


def measure(parameter: str, figure: str) -> str:
    """A further measure."""
    declared = '@ID.measure(unit="个", zh="新")'
    return f'{IMPORTS}\n{declared}\ndef new({parameter}):\n    """New."""\n    return {figure}\n'


CHECK_OF_NOTHING = f"""{IMPORTS}
@ID.check(zh="空", en="empty")
def some(m: Measures):
    return m.facilities_open + m.services_completed >= 1
"""
CHECK_THAT_NEVER_HOLDS = """
@ID.check(zh="错", en="wrong", warning=True)
def never(s: Service):
    return s.planned > s.planned
"""
BROKEN_SECTION = f"""{IMPORTS}
def broken(record, pilot):
    return [1 / 0]

@hookimpl
def pilot_eval_sections():
    return [Section("s", Words(zh="段", en="Section"), on_pilot=broken)]
"""
TICKING = f"""{IMPORTS}
from itertools import count
from pilot_eval.plugin import Exporter

TICKS = count()

def ticking(record, lang):
    return str(next(TICKS)).encode()

@hookimpl
def pilot_eval_exporters():
    return [Exporter("ticks", ".txt", Words(zh="钟", en="Clock"), ticking)]
"""
TALKATIVE = TICKING.replace("return str(next(TICKS)).encode()", 'return [Words(zh=str(next(TICKS)), en="x")]').replace(
    'exporters():\n    return [Exporter("ticks", ".txt", Words(zh="钟", en="Clock"), ticking)]',
    'sections():\n    return [Section("ticks", Words(zh="钟", en="Clock"), on_pilot=ticking)]',
)
HALF_FILLED = "bounded(f.count() + f.area.given().count() * 1000, lambda n: (n > 0) & (n < 1000))"

MUTANTS = [
    Mutant("test_it_loads", "s.contacts.sum()", "s.contact.sum()"),
    Mutant("test_names_can_be_used_in_a_method", "", measure("f: Facility", "f.count()").replace("new(", "设施数(")),
    Mutant("test_tables_and_measures_are_documented", '    """Contacts of all services."""\n', ""),
    Mutant("test_labels_are_in_both_languages", ', en="fewer contacts than times delivered"', ""),
    Mutant("test_number_columns_have_units", 'unit="㎡", ', ""),
    Mutant("test_headers_can_be_told_apart", 'en="Title"', 'en="Title", aliases=("完成次数（次）",)'),
    Mutant("test_no_table_is_about_persons", '"aid": "帮扶"', '"aid": "花名册"'),
    Mutant("test_the_method_fits", '@ID.measure(unit="个"', '@ID.measure(unit="家"'),
    Mutant(
        "test_it_is_the_same_in_another_process",
        "",
        measure("f: Facility", "f.count() + __import__('random').Random().random()"),
    ),
    Mutant("test_the_form_comes_back_as_it_was_filled_in", '"aid": "帮扶"', '"aid": "培 训"'),
    Mutant("test_valid_rows_give_every_measure", "", measure("s: Service", "s.where(s.planned < 0).contacts.mean()")),
    Mutant("test_checks_let_some_rows_pass", "", CHECK_THAT_NEVER_HOLDS),
    Mutant("test_nothing_to_report", "", CHECK_OF_NOTHING),
    Mutant("test_one_row", "", measure("f: Facility", "bounded(f.count(), lambda n: n == 1)")),
    Mutant("test_empty_cells", "", measure("f: Facility", HALF_FILLED)),
    Mutant("test_hostile_cells", "", measure("s: Service", "s.contacts.sum() / (s.planned.max() - 1e15)")),
    Mutant("test_a_huge_table", "", measure("f: Facility", "bounded(f.count(), lambda n: n > 50_000)")),
    Mutant(
        "test_the_order_of_rows_does_not_matter",
        "",
        measure("f: Facility", "raw(f.open, nw.when(EVEN & nw.col('open')).then(1).count())"),
    ),
    Mutant(
        "test_rows_may_be_split_over_files",
        "",
        measure("s: Service", 'raw(s.contacts, nw.col("__source").n_unique())'),
    ),
    Mutant(
        "test_every_engine_agrees",
        "",
        measure("f: Facility", 'raw(f.open, nw.col("open").filter(nw.col("open")).count())'),
    ),
    Mutant(
        "test_bounds_hold",
        "",
        measure("s: Service", "unbounded(s.contacts.sum())"),
    ),
    Mutant(
        "test_monotone_as_declared",
        "",
        measure("s: Service", "s.planned.sum() - s.delivered.sum()"),
        ('{"facilities_open"', '{"new": {"delivered": "up"}, "facilities_open"'),
    ),
    Mutant("test_reports_render", "", BROKEN_SECTION),
    Mutant("test_case", "return f.open.count()", "return f.count()"),
    Mutant("test_every_check_ran", "", "", ("    plugin", "    test_one_row = None\n    plugin")),
]


QUICK = ("test_it_loads", "test_it_is_the_same_in_another_process", "test_one_row", "test_every_check_ran")
"""Checks tried in the quick suite; the slow test tries every one."""


def test_each_check_has_a_mutant() -> None:
    assert [mutant.check for mutant in MUTANTS] == [*CHECKS, "test_every_check_ran"]


@pytest.mark.parametrize("mutant", [each for each in MUTANTS if each.check in QUICK], ids=lambda mutant: mutant.check)
def test_the_check_sees_it(mutant: Mutant, tmp_path: Path, run_tests: Run) -> None:
    ran = run_tests(mutated(mutant, tmp_path), "-k", mutant.check)
    assert ran.those("failed") == {mutant.check}


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.check)
def test_no_other_check_minds(mutant: Mutant, tmp_path: Path, run_tests: Run) -> None:
    ran = run_tests(mutated(mutant, tmp_path))
    assert ran.those("failed") == {mutant.check}, "\n".join(f"{check}: {said}" for check, said in ran.said.items())
    taken_out = mutant.check == "test_every_check_ran"  # its mutant has one check less
    assert len(ran.outcomes) == len(CHECKS) + 1 - taken_out


def mutated(mutant: Mutant, folder: Path) -> Path:
    """The package with the mutant in it."""
    if mutant.check == "test_every_engine_agrees":
        pytest.importorskip("duckdb", reason="it takes a second engine to disagree")
    package = village(folder)
    module = module_of(package)
    name = module.parent.name.removeprefix("pilot_eval_")
    old, new = (text.replace("@ID.", f"@{name}.") for text in (mutant.old, mutant.new))
    if old:
        change(module, old, new)
    else:
        module.write_text(module.read_text("utf-8") + new, "utf-8")
    if mutant.test[0]:
        change(suite_of(package), *mutant.test)
    return package


@pytest.mark.slow
@pytest.mark.parametrize("source", [TICKING, TALKATIVE], ids=["exporter", "section"])
def test_what_says_something_else_each_time_is_seen(source: str, tmp_path: Path, run_tests: Run) -> None:
    ran = run_tests(mutated(Mutant("test_reports_render", "", source), tmp_path), "-k", "test_reports_render")
    assert ran.those("failed") == {"test_reports_render"}
    assert "again" in ran.said["test_reports_render"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import random\nrandom.seed(7)\n", "changes what all plugins share: the shared state of random"),
        ("import calendar\ncalendar.isleap = lambda year: False\n", "changes what all plugins share: calendar.isleap"),
        ("import threading\nevent = threading.Event()\nthreading.Thread(target=event.wait, args=(30,)).start()\n",
         "leaves threads running"),
        ("import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)'])\n",
         "leaves a child process running"),
        ("import os\n\n@hookimpl\ndef pilot_eval_sections():\n    os._exit(3)\n", "it ends the whole process"),
        ("import pilot_eval_park\n\n@pilot_eval_park.park.check(zh='外')\ndef alien(f: Facility):\n    ...\n",
         "the base type park belongs to pilot_eval_park"),
    ],
    ids=["seed", "library", "thread", "child", "end", "another"],
)  # fmt: skip
def test_harm_to_others_is_seen(source: str, said: str, tmp_path: Path) -> None:
    package = mutated(Mutant("test_it_loads", "", source), tmp_path)
    command = ["-m", "pytest", "-p", "no:cacheprovider", package / "tests", "-k", "it_loads or another_process"]
    done = python(package / "src", *command, cwd=package)
    assert done.returncode != 0
    assert said in done.stdout
