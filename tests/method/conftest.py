"""What the tests of methods share: the shipped method, copies of it with mistakes, and what the loader says of them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pilot_eval.errors import Finding, MethodError
from pilot_eval.method.loader import Vocabulary, load_method
from pilot_eval.method.schema import Method
from pilot_eval.registry import discover

SHIPPED = Path(__file__).resolve().parents[2] / "indicators" / "zhengzhou-2018"

Known = tuple[dict[str, Vocabulary], Vocabulary]


@pytest.fixture(scope="session")
def known() -> Known:
    """What the installed plugins offer to a method."""
    return discover().vocabulary()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped method."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "method"))


@pytest.fixture
def load(known: Known) -> Callable[[Path], Method]:
    def loaded(folder: Path) -> Method:
        return load_method(folder, *known)

    return loaded


@pytest.fixture
def faults(known: Known) -> Callable[[Path], tuple[Finding, ...]]:
    """Everything that the loader finds wrong with a method."""

    def found(folder: Path) -> tuple[Finding, ...]:
        with pytest.raises(MethodError) as raised:
            load_method(folder, *known)
        return raised.value.findings

    return found


def edit(path: Path, old: str, new: str) -> str:
    """Put `new` in the place of the first `old`; the whole text as it is now."""
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path.read_text("utf-8")


def line_of(text: str, part: str) -> int:
    """The number of the first line that holds `part`."""
    assert part in text, part
    return text[: text.index(part)].count("\n") + 1
