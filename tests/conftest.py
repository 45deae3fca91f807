"""What all tests share: the example round, and the command line as a process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.languages import in_one_language

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "zhengzhou-2018"
COMMAND = Path(sys.executable).with_name("pilot-eval")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `pilot-eval` with arguments; English unless told."""

    def runner(*arguments: object, lang: str = "en", cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(COMMAND), *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PILOT_EVAL_LANG": lang},
            cwd=cwd,
            check=False,
        )

    return runner


def copy_example(target: Path) -> Path:
    """The example round without results."""
    shutil.copytree(EXAMPLE, target, ignore=shutil.ignore_patterns("results", ".cache", ".lock"))
    return target


@pytest.fixture
def one_language() -> Iterator[None]:
    """Every finding that the test makes says its message and its hint in one language at a time."""
    with in_one_language():
        yield


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A fresh copy of the example round."""
    return copy_example(tmp_path / "round")


@pytest.fixture(scope="session")
def assessed(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The example round, assessed by the command line; not to be changed."""
    folder = copy_example(tmp_path_factory.mktemp("assessed") / "round")
    done = run("assess", folder)
    assert done.returncode == 0, done.stderr
    return folder
