"""The example round, copied to be tried."""

from pathlib import Path

import pytest

from pilot_eval.api import example_round, methods
from pilot_eval.errors import UsageError
from tests.conftest import ROOT, Run, copy_example


def test_the_method_of_zhengzhou_comes_with_it() -> None:
    assert methods() == {"zhengzhou-2018": ROOT / "indicators" / "zhengzhou-2018"}


def test_everything_but_results_is_copied(run: Run, tmp_path: Path) -> None:
    assert run("example", tmp_path / "copy").stdout.startswith("Created ")
    assert files(tmp_path / "copy") == files(copy_example(tmp_path / "example"))


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(UsageError) as raised:
        example_round(tmp_path)
    assert raised.value.findings[0].code == "round-exists"
