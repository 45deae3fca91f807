"""Searches every cell of a sheet for numbers that identify a person."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from pilot_eval.errors import Finding
from pilot_eval.evidence.cells.columns import Cells
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.grid_columns import grid_columns
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.frames import UNBOUNDED
from pilot_eval.privacy.identity import is_split
from pilot_eval.privacy.numbers import MAY_NAME_A_PERSON, in_number, masked, said_sightings
from pilot_eval.spelling import INVISIBLE, plain

_LOOKED_AT = f"{MAY_NAME_A_PERSON}|{INVISIBLE}"
_PART = r"^\s*\d{3,14}[\dXx]\s*$"
"""A cell that may be a part of an ID number, in text."""


def persons_in(grid: Grid) -> list[Finding]:
    """Report what identifies a person in a sheet without a table."""
    said = Findings(grid)
    look_for_persons(grid_columns(grid, 0, max(map(len, grid.rows), default=0)), 0, (), said)
    return said.all()


def look_for_persons_above(located: Located, said: Findings) -> None:
    """Search the cells above the records: titles, and the header itself."""
    for index, row in enumerate(located.grid.rows[: located.body]):
        for at, cell in enumerate(row):
            _look(cell, index, at, said)


def look_for_persons(columns: Sequence[Cells], below: int, contacts: Sequence[int], said: Findings) -> None:
    """Search every cell of a sheet, used or not. ID numbers and mobile numbers are refused, and masked in findings.

    Of `contacts`, which aren't read and have been warned of, only ID numbers are reported.
    """
    for at, cells in enumerate(columns):
        long, large = list[int](), list[int]()
        if cells.text.null_count() < len(cells.text):
            long = cells.text.str.contains(_LOOKED_AT).fill_null(False).arg_true().to_list()
        if cells.number.null_count() < len(cells.number):
            large = ((cells.number >= 1e10) & (cells.number < UNBOUNDED)).fill_null(False).arg_true().to_list()
        for index in sorted([*long, *large]):
            _look(cells.at(index), index + below, at, said, only="cell-identity" if at in contacts else "")
    _look_for_split(columns, below, said)


def _look(cell: Any, index: int, at: int, said: Findings, *, only: str = "") -> None:
    if isinstance(cell, str):
        text = plain(cell)
        found = said_sightings(text)
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and 1e10 <= cell < UNBOUNDED:
        text = str(int(cell))
        found = in_number(cell)
    else:
        return
    for each in found:
        if each.code.startswith(only):
            said.say(each.code, index, at, value=masked(text, [each])[each.start : each.end])


def _look_for_split(columns: Sequence[Cells], below: int, said: Findings) -> None:
    """Report ID numbers that are split over two or three adjacent cells: region, birthday and the rest."""
    parts = [_parts(cells) for cells in columns]
    for last in range(1, len(parts)):
        for first in (last - 1, last - 2):
            beside = parts[max(first, 0) : last + 1]
            if first < 0 or any(part is None for part in beside):
                continue
            joined = pl.select(pl.concat_str(beside)).to_series()
            for index in (joined.str.len_chars() == 18).fill_null(False).arg_true():
                number = joined[index].upper()
                if "X" not in number[:17] and is_split(number):
                    said.say("cell-identity", index + below, last, value=f"{number[:3]}{'*' * 13}{number[-2:]}")


def _parts(cells: Cells) -> pl.Series | None:
    """Return the cells of a column that may be a part of an ID number, as text; None if there is none."""
    whole = ((cells.number >= 1e3) & (cells.number < 1e15) & (cells.number.floor() == cells.number)).fill_null(False)
    text = cells.text.str.contains(_PART).fill_null(False)
    if not (whole | text).any():
        return None
    numbers = pl.select(pl.when(whole).then(cells.number)).to_series().cast(pl.Int64).cast(pl.String)
    return pl.select(pl.when(text).then(cells.text.str.strip_chars()).otherwise(numbers)).to_series()
