"""The fuzzer for as long as `PILOT_EVAL_FUZZ_SECONDS` says, and what failed once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE, ROOT
from tests.support.fuzzing.cases import Case
from tests.support.fuzzing.fuzz import KEPT
from tests.support.fuzzing.laws import expected_in_example, look

SECONDS = float(os.environ.get("PILOT_EVAL_FUZZ_SECONDS", "60"))
SEED = os.environ.get("PILOT_EVAL_FUZZ_SEED", "2018")


@pytest.mark.slow
def test_no_mutated_file_brings_a_reader_down() -> None:
    command = [sys.executable, "-m", "tests.support.fuzzing.fuzz", str(SECONDS), SEED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]


@pytest.mark.parametrize("path", sorted(KEPT.glob("*")), ids=lambda path: path.name)
def test_what_failed_once_fails_no_more(path: Path, tmp_path: Path) -> None:
    look(Case(path.name.split("-", 1)[1], path.read_bytes()), tmp_path, expected_in_example())


def test_the_example_is_there_to_be_mutated() -> None:
    assert any((EXAMPLE / "submissions").rglob("*.xlsx"))
