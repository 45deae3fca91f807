"""The page on the architecture: drawn from the code, and true of it."""

import re

import pytest

from scripts import make_architecture as made
from tests.conftest import ROOT

PAGE = made.PAGE.read_text("utf-8")
SRC = ROOT / "src" / "pilot_eval"


def test_picture_and_tables_are_up_to_date() -> None:
    for path, text in made.made():
        assert path.read_text("utf-8") == text, "run: make architecture"


def test_every_room_is_listed_in_the_order_of_the_linter() -> None:
    listed = re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE)
    assert listed == [name for layer in made.layers() for name in layer]
    there = {path.stem for path in SRC.iterdir() if not path.name.startswith("__") and path.name != "py.typed"}
    assert set(listed) == there


def test_every_wing_of_evidence_is_listed() -> None:
    assert re.findall(r"^\| `evidence/([a-z]+)` \|", PAGE, re.MULTILINE) == made.wings()
    assert set(made.wings()) == {path.name for path in (SRC / "evidence").iterdir() if not path.name.startswith("__")}


@pytest.mark.parametrize("name", [name for layer in made.layers() for name in layer])
def test_a_room_says_what_it_is_for(name: str) -> None:
    assert made.room(name).purpose
    assert made.room(name).ground or made.room(name).gives


def test_imports_have_no_circle() -> None:
    found = made.imports()
    below: list[str] = []
    for name in reversed([name for layer in made.layers() for name in layer]):
        assert found[name] <= set(below), name
        below.append(name)


PATHS = re.findall(r"`((?:src|tests|docs|scripts)/[\w/.-]+)`", PAGE)


@pytest.mark.parametrize("path", sorted({path for path in PATHS if "<" not in path}))
def test_paths_in_the_step_lists_are_there(path: str) -> None:
    assert (ROOT / path).exists(), path
