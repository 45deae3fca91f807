"""The search for changes that no test notices, tried on a small package: it tells what is noticed from what is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts.mutants import Plan
from scripts.mutations import mutants_of
from tests.conftest import ROOT

FILES = {
    "src/small.py": "LEAST = 60\n\nMOST = 100  # of all points\n",
    "tests/test_small.py": "from small import LEAST\n\n\ndef test_least():\n    assert LEAST == 60\n",
    "plan/plan.yaml": (
        "copied: [src, tests]\nlibraries: []\npaths: [src]\n"
        "groups:\n  - {modules: [src/*.py], tests: [tests/test_small.py]}\n"
    ),
}
SURVIVOR = ["src/small.py:3", "  - MOST = 100  # of all points", "  + MOST = 1  # of all points"]
EXPLAINED = """
src/small.py:
  - {before: "MOST = 100  # of all points", after: "MOST = 1  # of all points", why: nothing reads it}
"""
PLAN = Plan.read(ROOT, ROOT / "tests/mutants/plan.yaml")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


CALLED = """
from functools import cache


class Scale:
    @property
    def steps(self) -> int:
        return 3


@cache
def halved(number: int) -> int:
    if number < 0:
        return 0
    return number // 2


def made() -> int:
    return 60


LEAST = made()
"""
"""Functions of every kind: changed in place, but for the one that the module calls when it is imported."""

CALLS = """
import subprocess
import sys

from small import LEAST, Scale, halved


def test_a_cached_one_first() -> None:
    assert halved(6) == 3


def test_a_cached_one_again() -> None:
    assert halved(6) == 3


def test_values() -> None:
    assert (LEAST, Scale().steps) == (60, 3)


def test_a_process() -> None:
    said = subprocess.run([sys.executable, "-c", "import small; print(small.halved(-3))"], capture_output=True)
    assert said.stdout == b"0\\n"
"""


def searched(root: Path) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "scripts.mutants", "--root", root, "--plan", "plan/plan.yaml"]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=env, check=False)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_a_change_that_no_test_notices_is_found_and_may_be_explained(small: Path) -> None:
    code, said = searched(small)
    assert (code, said[0]) == (1, "2 of 2 changes, seed 1")
    assert said[1:] == [*SURVIVOR, "    1 of    2  src/small.py", "noticed: 1 of 2 (50.0%); explained: 0"]
    (small / "plan" / "explained.yaml").write_text(EXPLAINED, "utf-8")
    (small / "src" / "small.py").write_text(f"\n\n{FILES['src/small.py']}", "utf-8")  # wherever the line stands
    code, said = searched(small)
    assert (code, said[-1]) == (0, "noticed: 1 of 1 (100.0%); explained: 1")
    assert said[1] == "src/small.py:5 (explained)"
    assert (small / "src" / "small.py").read_text("utf-8") == f"\n\n{FILES['src/small.py']}"


def test_tests_that_fail_without_any_change_are_told(small: Path) -> None:
    (small / "tests" / "test_small.py").write_text("def test_it():\n    assert False\n", "utf-8")
    code, said = searched(small)
    assert code == 1
    assert "the tests fail without any change: tests/test_small.py" in said


def test_functions_are_changed_wherever_they_are_used(small: Path) -> None:
    (small / "src" / "small.py").write_text(CALLED, "utf-8")
    (small / "tests" / "test_small.py").write_text(CALLS.replace("\\\\", "\\"), "utf-8")
    for _ in range(2):  # what tests reach is kept
        code, said = searched(small)
        assert {each for each in said if each.startswith("  + ")} == {"  + if number <= 0:", "  + if number < 1:"}, said
        assert (code, said[-1]) == (1, "noticed: 8 of 10 (80.0%); explained: 0")
    assert [*(small / ".cache" / "mutants").iterdir()]


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("x = a <= b", ["x = a < b"]),
        ("x = a == 'id'", ["x = a != 'id'", "x = a == 'id_other'"]),
        ("x = a is not None", ["x = a is None"]),
        ("x = a not in b and c", ["x = a in b and c", "x = a not in b or c"]),
        ("x = not a", ["x = a"]),
        ("x = ~a", ["x = a"]),
        ("x = y * 100", ["x = y * 1", "x = y / 100"]),
        ("x = True", ["x = False"]),
        ("x = f.min(a.low)", ["x = f.max(a.low)", "x = f.min(a.high)"]),
        (
            "x = f(zh='字', unique=('a',), min=0)",
            [
                "x = f(zh='字', min=0)",
                "x = f(zh='字', unique=('a',), )",
                "x = f(zh='字', unique=('a',), min=1)",
                "x = f(zh='字', unique=('a_other',), min=0)",
            ],
        ),
        ("x = ['a', b]", ["x = ['a', ]", "x = ['a_other', b]", "x = [b]"]),
        ("x = {'a': f('一')}", ["x = {'a_other': f('一')}", "x = {}"]),
        (
            "def f(x: int = 2) -> int:\n    'Docs.'\n    return x",
            [
                "def f(x: int = 2) -> int:\n    'Docs.'\n    return None",
                "def f(x: int = 3) -> int:\n    'Docs.'\n    return x",
            ],
        ),
        ("if a:\n    b()", ["if a:\n    pass", "pass"]),
        ("def f():\n    raise E('1')", ["def f():\n    pass"]),
        ("x = Severity.ERROR", ["x = Severity.WARNING"]),
        ("import a\nx: list[int] = f'{1}'", []),
    ],
)
def test_changes_make_a_difference(code: str, changed: list[str]) -> None:
    source = code.encode()
    made = [source[: each.start] + each.new + source[each.end :] for each in mutants_of("some.py", source)]
    assert sorted({each.decode() for each in made}) == changed


@pytest.mark.parametrize("module", PLAN.explained)
def test_what_is_explained_is_a_change_of_the_code_as_it_is(module: str) -> None:
    assert module in PLAN.modules
    made = {(each.before, each.after) for each in mutants_of(module, (ROOT / module).read_bytes())}
    assert PLAN.explained[module] - made == set()


def test_the_plan_names_what_exists() -> None:
    groups = yaml.safe_load((ROOT / "tests/mutants/plan.yaml").read_text("utf-8"))["groups"]
    assert [each for group in groups for each in group["modules"] if not list(ROOT.glob(each))] == []
    named = {test.partition("::")[0] for tests in PLAN.modules.values() for test in tests}
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []
