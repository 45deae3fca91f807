"""What a cell of a written file may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Rows = Sequence[Sequence[Any]]
"""A sheet: text, numbers, booleans, dates, `Shown` and `Formula`; None for an empty cell."""


@dataclass(frozen=True)
class Shown:
    """A number with a number format: a code, or the number of a built-in one."""

    value: float
    format: str | int


@dataclass(frozen=True)
class Formula:
    """A formula and the value that was last computed; None where none was."""

    text: str
    value: Any = None


EPOCH = date(1899, 12, 30)


def serial(day: date, epoch: date = EPOCH) -> int:
    return (day - epoch).days


@dataclass(frozen=True)
class Raw:
    """A cell of an ODS sheet or an XML spreadsheet, as XML."""

    xml: str
