"""The house: sizes of modules, functions and lines; names that tell things apart; imports without a circle."""

import ast
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.conftest import ROOT

MODULES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").glob("*/src/**/*.py")])
SAME_NAME = {"main", "check", "assess", "export", "replay", "verify", "open_round", "discover"}
"""Commands are named after the actions that they run; a record and a round are both verified."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_fits_its_reader(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.splitlines()
    assert len(lines) <= 500
    assert [number for number, line in enumerate(lines, 1) if len(line) > 120] == []
    functions = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [each.name for each in functions if (each.end_lineno or 0) - each.lineno >= 60] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_no_name_means_two_things() -> None:
    homes = defaultdict(set)
    for path in MODULES:
        if path.is_relative_to(ROOT / "src"):
            for each in ast.parse(path.read_text("utf-8")).body:
                if isinstance(each, ast.FunctionDef | ast.ClassDef):
                    homes[each.name].add(path.relative_to(ROOT / "src").as_posix())
    assert {name: sorted(paths) for name, paths in homes.items() if len(paths) > 1 and name not in SAME_NAME} == {}


def test_no_module_imports_itself_through_others() -> None:
    graph = grimp.build_graph("pilot_eval", cache_dir=None)  # imports for types alone are imports too
    TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}).prepare()
