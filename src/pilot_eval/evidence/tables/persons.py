"""Searches every cell of a sheet for numbers that identify a person."""

from typing import Any

from pilot_eval.errors import Finding
from pilot_eval.evidence.cells.columns import Cells
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.grid_columns import grid_columns
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.frames import UNBOUNDED
from pilot_eval.privacy.numbers import MAY_NAME_A_PERSON, in_number, masked, sightings
from pilot_eval.spelling import INVISIBLE, plain

_LOOKED_AT = f"{MAY_NAME_A_PERSON}|{INVISIBLE}"


def persons_in(grid: Grid) -> list[Finding]:
    """Report what identifies a person in a sheet without a table."""
    said = Findings(grid)
    for at, cells in enumerate(grid_columns(grid, 0, max(map(len, grid.rows), default=0))):
        look_for_persons(cells, 0, at, said)
    return said.all()


def look_for_persons_above(located: Located, said: Findings) -> None:
    """Search the cells above the records: titles, and the header itself."""
    for index, row in enumerate(located.grid.rows[: located.body]):
        for at, cell in enumerate(row):
            _look(cell, index, at, said)


def look_for_persons(cells: Cells, below: int, at: int, said: Findings) -> None:
    """Search every cell of a column, used or not. ID numbers and mobile numbers are refused, and masked in findings."""
    long, large = list[int](), list[int]()
    if cells.text.null_count() < len(cells.text):
        long = cells.text.str.contains(_LOOKED_AT).fill_null(False).arg_true().to_list()
    if cells.number.null_count() < len(cells.number):
        large = ((cells.number >= 1e10) & (cells.number < UNBOUNDED)).fill_null(False).arg_true().to_list()
    for index in sorted([*long, *large]):
        _look(cells.at(index), index + below, at, said)


def _look(cell: Any, index: int, at: int, said: Findings) -> None:
    if isinstance(cell, str):
        text = plain(cell)
        found = sightings(text)
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and 1e10 <= cell < UNBOUNDED:
        text = str(int(cell))
        found = in_number(cell)
    else:
        return
    for each in found:
        said.say(each.code, index, at, value=masked(text, [each])[each.start : each.end])
