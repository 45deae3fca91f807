"""Starting: nothing heavy is imported before a command runs."""

import json
import subprocess
import sys

import pytest

from pilot_eval import __version__, api
from pilot_eval.cli import language
from tests.conftest import Run

HEAVY = {
    "duckdb",
    "jinja2",
    "narwhals",
    "numpy",
    "openpyxl",
    "pluggy",
    "polars",
    "pyarrow",
    "pydantic",
    "xlsxwriter",
    "yaml",
}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["plugin", "new", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import json, sys\n"
        "from pilot_eval.cli import main\n"
        f"try: main({arguments!r}, prog_name='pilot-eval')\n"
        "except SystemExit as end: assert not end.code\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout
    loaded = set(json.loads(done.stderr))
    assert not HEAVY & loaded
    assert {
        name for name in loaded if name.startswith("pilot_eval.") and not name.startswith("pilot_eval.cli")
    } == set()


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version").stdout.strip() == f"pilot-eval {__version__}"


def test_the_command_line_speaks_the_languages_of_the_api() -> None:
    assert language.LANGS == api.LANGS
