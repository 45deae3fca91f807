"""The guides for authors of plugins are followed: every block in them is run."""

import re
from pathlib import Path

import pytest

from pilot_eval.testing.contract import CHECKS
from tests.conftest import ROOT
from tests.support.guides.following import Block, Reader, blocks
from tests.support.plugins.running import change

GUIDES = ROOT / "docs" / "plugins"


@pytest.mark.docs
def test_the_tutorial_and_then_the_recipes_can_be_followed(tmp_path: Path) -> None:
    reader = tutorial_followed(tmp_path, contract=False)
    report = (reader.folder / "my-round" / "results" / "en" / "village-1.html").read_text("utf-8")
    assert "Contacts of all courses per household" in report

    change(reader.folder / "tests" / "test_village.py", "    monotone", f"    codes: ClassVar = {CODES}\n    monotone")
    change(reader.folder / "my-round" / "method" / "method.yaml", "\ncodes:\n", f"\ncodes:\n  {LIST}\n")
    for block in blocks(GUIDES / "recipes.md"):
        reader.follow(block)
    reader.follow(Block("sh", 'pytest -k "case or loads or method"\n', None, None))
    recipes = (GUIDES / "recipes.md").read_text("utf-8")
    assert CODES in recipes
    assert LIST in recipes
    assert (reader.folder / "totals.txt").read_text("utf-8").startswith("Villages, pilot one: ")
    report = (reader.folder / "my-round" / "results" / "en" / "village-1.html").read_text("utf-8")
    assert "Where most points are lost" in report


@pytest.mark.docs
def test_the_tutorials_base_type_keeps_the_whole_contract(tmp_path: Path) -> None:
    tutorial_followed(tmp_path, contract=True)


def tutorial_followed(folder: Path, *, contract: bool) -> Reader:
    """Follow the tutorial to its end, with or without the contract, which takes long."""
    reader = Reader(folder, folder / "site")
    followed = list(blocks(GUIDES / "tutorial.md"))
    assert len(followed) >= 15
    for block in followed:
        if contract or block.code not in ("pytest\n", "checks ran\n"):
            reader.follow(block)
    return reader


@pytest.mark.docs
def test_the_ten_minutes_can_be_followed(tmp_path: Path) -> None:
    """But for pytest, which the tutorial runs."""
    reader = Reader(tmp_path, tmp_path / "site")
    [block] = blocks(GUIDES / "README.md")
    code = re.sub(r" +#.*", "", block.code).replace("pytest\n", "")
    reader.follow(block._replace(code=code))
    assert f"{len(CHECKS)} checks" in block.code
    assert "pilot-eval-village 0.1.0" in reader.printed


CODES = '{"crops": {"rice": "水稻", "tea": "茶叶"}}'
LIST = "crops: [{id: rice, zh: 水稻, en: Rice}]"
"""What the recipe for code lists says in passing."""
