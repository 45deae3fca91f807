"""Reads the values of an XLSX sheet's cells: the bytes of a value become a number, a text, or what is wrong with it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pilot_eval.evidence.cells.cell import BadCell, DisplayedNumber
from pilot_eval.evidence.readers.number_formats import PERCENT, PLAIN, NumberFormat, Shape, as_shown
from pilot_eval.evidence.readers.sheet import indented
from pilot_eval.privacy.numbers import shown_text

Read = Callable[[bytes], Any]
"""Converts the text of a value to a cell, or None if it is blank. Raises ValueError or IndexError."""


def _finite_float(text: bytes) -> float:
    value = float(text)
    if value - value == 0 and b"_" not in text:  # neither infinite nor NaN, nor in Python's own notation
        return value
    raise ValueError(text)


def shared_string(strings: Sequence[str | BadCell | None], depth: int) -> Read:
    deeper: dict[int, Any] = {}  # each indented string once, however often it stands

    def read_indented(text: bytes) -> Any:
        at = int(text)
        if at not in deeper:
            deeper[at] = indented(read(text), depth)
        return deeper[at]

    def read(text: bytes) -> str | BadCell | None:
        at = int(text)
        if at < 0:
            raise IndexError(at)
        return strings[at]

    return read_indented if depth else read


def shared_strings(
    strings: Sequence[str | BadCell | None], texts: Sequence[bytes]
) -> list[str | BadCell | None] | None:
    try:
        numbers = list(map(int, texts))
        return list(map(strings.__getitem__, numbers)) if min(numbers) >= 0 else None
    except (ValueError, IndexError):
        return None


def read_or_damaged(read: Read, text: bytes) -> Any:
    try:
        return read(text)
    except (ValueError, IndexError):
        return BadCell("cell-damaged", shown_text(text.decode(errors="replace")))


def read_each(read: Read, texts: Sequence[bytes]) -> list[Any] | None:
    try:
        return list(map(read, texts))
    except (ValueError, IndexError):
        return None


def number_read(how: NumberFormat, epoch: date) -> Read:
    """Return the function that reads numbers of this format; there are fast ones for the usual formats."""
    if how == PLAIN:
        return _finite_float
    if how == PERCENT:
        return _percent
    if how.shape is Shape.SHOWN and how.digits:
        return lambda text: DisplayedNumber.of(_finite_float(text), how)
    return _formatted(how, epoch)


def _percent(text: bytes) -> str:
    return f"{_finite_float(text) * 100:.15g}%"  # same as in `as_shown`; columns of percentages are common


def _formatted(how: NumberFormat, epoch: date) -> Read:
    known: dict[bytes, float | str | BadCell] = {}  # the same few dates appear in many cells

    def read(text: bytes) -> float | str | BadCell:
        value = known.get(text)
        if value is None:
            value = as_shown(_finite_float(text), how, epoch)
            if len(known) < 10_000:
                known[text] = value
        return value

    return read


def boolean_read(text: bytes) -> bool:
    if text in (b"1", b"true"):
        return True
    if text in (b"0", b"false"):
        return False
    raise ValueError(text)


def unknown_read(text: bytes) -> Any:
    raise ValueError(text)
