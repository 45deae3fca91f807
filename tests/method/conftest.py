"""Fixtures of the tests of methods: the shipped method, copies of it, and what the loader says of them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pilot_eval.errors import Finding, MethodError
from pilot_eval.method.loader import load_method
from pilot_eval.method.schema import Method
from pilot_eval.registry import discover
from tests.support.methods import SHIPPED, Known


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
