"""Writes the package that `plugin new` makes, changed here and there, and runs its tests in this process."""

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from pilot_eval.scaffold.package import write_package

_numbers = count(1)


class Ran:
    """What became of each check, and what failures said."""

    def __init__(self) -> None:
        self.outcomes: dict[str, set[str]] = defaultdict(set)
        self.said: dict[str, str] = {}
        self.text = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = re.sub(r"\[.*", "", report.nodeid.rpartition("::")[2])
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[name].add(report.outcome)
        if report.failed:
            self.said[name] = report.longreprtext

    def those(self, outcome: str) -> set[str]:
        return {name for name, outcomes in self.outcomes.items() if outcome in outcomes}


Run = Callable[..., Ran]


@pytest.fixture
def run_tests(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the tests of a package in this process; its own settings hold, and pytest's own plugins alone."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def runner(package: Path, *arguments: str) -> Ran:
        ran = Ran()
        settings = ["-c", str(package / "pyproject.toml"), "--rootdir", str(package), "-p", "no:cacheprovider"]
        pytest.main([*settings, str(package / "tests"), *arguments], plugins=[ran])
        ran.text = capsys.readouterr().out
        return ran

    return runner


def village(folder: Path) -> Path:
    """The package of a base type whose module no other test has imported."""
    return write_package(f"village{next(_numbers)}", folder, zh="乡村", en="Villages")


def module_of(package: Path) -> Path:
    return next(package.glob("src/*/__init__.py"))


def suite_of(package: Path) -> Path:
    return next(package.glob("tests/test_*.py"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path} doesn't hold {old!r}"
    path.write_text(text.replace(old, new), "utf-8")
