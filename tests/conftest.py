"""What all tests share: where the program lies, the command line as a process, the example round."""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support.languages import in_one_language

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "zhengzhou-2018"
COMMAND = Path(sys.executable).with_name("pilot-eval")

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def pytest_configure() -> None:
    """Remember which plugins were harmless beside the tests, not in the user's home."""
    os.environ["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir(), f"pilot-eval-tests-{getpass.getuser()}"))


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a figure that a test measured at the end of the run."""
    return lambda said: record_property("measured", said)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, said in report.user_properties:
                if name == "measured":
                    terminalreporter.line(str(said))


@pytest.fixture(scope="session")
def command() -> Run:
    """Run the installed `pilot-eval` with arguments; English unless asked otherwise."""

    def runner(*arguments: object, lang: str = "en", cwd: Path | None = None, **more: str) -> Done:
        return subprocess.run(
            [str(COMMAND), *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PILOT_EVAL_LANG": lang, **more},
            cwd=cwd,
            check=False,
        )

    return runner


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `pilot-eval` in a process that has its libraries already; English unless asked otherwise."""
    from tests.support.processes.commands import forked

    def runner(*arguments: object, lang: str = "en", cwd: Path | None = None, **more: str) -> Done:
        return forked().run(arguments, {**os.environ, "PILOT_EVAL_LANG": lang, **more}, cwd)

    return runner


def copy_example(target: Path, read: Path | None = None) -> Path:
    """The example round without results; with what was read of its files, where a round that has read them is given."""
    shutil.copytree(EXAMPLE, target, ignore=shutil.ignore_patterns("results", ".cache", ".lock"))
    if read is not None:
        shutil.copytree(read / ".cache", target / ".cache")
    return target


@pytest.fixture
def one_language() -> Iterator[None]:
    """Every finding that the test makes says its message and its hint in one language at a time."""
    with in_one_language():
        yield


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    """A fresh copy of the example round, of which nothing was read."""
    return copy_example(tmp_path / "round")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills once for all workers; not to be changed."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, making = shared / name, shared / f"making-{name}"
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            make(making)
            making.rename(made)
    return made


@pytest.fixture
def example(tmp_path: Path, assessed: Path) -> Path:
    """A fresh copy of the example round, which a run has read before; a file that is changed is read again."""
    return copy_example(tmp_path / "round", assessed)


@pytest.fixture(scope="session")
def assessed(tmp_path_factory: pytest.TempPathFactory, command: Run) -> Path:
    """The example round, assessed by the command line; not to be changed."""

    def make(folder: Path) -> None:
        done = command("assess", copy_example(folder))
        assert done.returncode == 0, done.stderr

    made = made_once(tmp_path_factory, "assessed", make)
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("assessed") / "round"))
