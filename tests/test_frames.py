"""The names of frames' columns are made in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pilot_eval
from pilot_eval import frames

SOURCE = Path(pilot_eval.__file__).parent
LIKE_A_COLUMN = re.compile(r"(?!__\w+__$)\w*__\w*|_(?:has|dim|all|common|total)")
"""A name, or a piece of one in an f-string, with two underscores; not Python's own, such as `__file__`."""

OTHERWISE = {("plugin/symbolic.py", "__")}
"""What looks like one and is none: how Python's own names begin."""


def literals(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_module_but_frames_spells_a_column() -> None:
    found = {
        (path.relative_to(SOURCE).as_posix(), text)
        for path in SOURCE.rglob("*.py")
        if path != Path(frames.__file__)
        for text in literals(path)
        if LIKE_A_COLUMN.fullmatch(text)
    }
    assert found == OTHERWISE


@pytest.mark.parametrize(
    "name",
    [
        frames.PILOT, frames.SOURCE, frames.ROW, frames.wording("area"), frames.has("events"),
        *frames.three("area")[1:], *frames.item_columns("N2"), *frames.dimension_columns("D1"),
        *frames.ALL, *frames.COMMON, *frames.TOTAL,
    ],
)  # fmt: skip
def test_nothing_declared_can_be_called_like_a_column_of_ours(name: str) -> None:
    assert frames.reserved(name)


def test_columns_of_a_quantity_lead_back_to_it() -> None:
    assert {frames.declared_name(each) for each in (*frames.three("area"), frames.wording("area"))} == {"area"}
