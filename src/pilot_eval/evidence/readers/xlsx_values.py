"""Reads the values of an XLSX sheet's cells: the bytes of a value become a number, a text, or what is wrong with it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.number_formats import NumberFormat, finite, finite_all, number_reader
from pilot_eval.evidence.readers.sheet import indented
from pilot_eval.evidence.readers.xlsx_rows import ColumnReader
from pilot_eval.privacy.numbers import shown_text

Read = Callable[[bytes], Any]
"""Converts the text of a value to a cell, or None if it is blank. Raises ValueError or IndexError."""


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
    """Return the function that reads numbers of this format."""
    reader = number_reader(how, epoch)
    return finite if reader is None else lambda text: reader(finite(text))


def column_of_numbers(how: NumberFormat, epoch: date) -> ColumnReader:
    """Return the function that reads a column of numbers of this format; None from it if one isn't a number."""
    reader = number_reader(how, epoch)

    def read(texts: Sequence[bytes]) -> list[Any] | None:
        numbers = finite_all(texts)
        return numbers if numbers is None or reader is None else reader.all(numbers)

    return read


def boolean_read(text: bytes) -> bool:
    if text in (b"1", b"true"):
        return True
    if text in (b"0", b"false"):
        return False
    raise ValueError(text)


def unknown_read(text: bytes) -> Any:
    raise ValueError(text)
