"""Searches every cell of a sheet for numbers that identify a person."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from pilot_eval.errors import Finding
from pilot_eval.evidence.cells.cell import MergedCell, cell_text
from pilot_eval.evidence.cells.raw_cells import Cells, columns_matching, true_at
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.grid_columns import grid_columns
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.split_numbers import WIDER, may_be_part, split_numbers
from pilot_eval.frames import UNBOUNDED
from pilot_eval.plugin.tables import NUMBER_KINDS
from pilot_eval.privacy.numbers import MAY_NAME_A_PERSON, in_number, masked, said_sightings, shown_sighting
from pilot_eval.spelling import INVISIBLE, plain

_LOOKED_AT = f"{MAY_NAME_A_PERSON}|{INVISIBLE}"
_LONG = 8
"""Digits from which a part of an ID number, its birthday for one, may not be shown."""
_MONEY = re.compile("元|金额|产值|总额|营业额|销售额|收入|支出|资产|资金|投资|(?i:amount|revenue|cny|rmb|yuan)")
_AMOUNT = re.compile(r"\d{11}(?:\.\d{1,2})?")
_FRACTION = re.compile(r"[-+]?\d{1,9}\.\d{9,}")
"""What a program writes of a number: the digits behind the point identify nobody."""
_ROUND = re.compile(r"\d{6}00000")
"""A figure in billions, rounded: no mobile number ends so."""

Hidden = dict[tuple[int, int], str]
"""Cells, by the indexes of row and column, whose text may not be shown or stored, with the text that may be."""


def persons_in(grid: Grid) -> list[Finding]:
    """Report what identifies a person in a sheet without a table."""
    said = Findings(grid)
    look_for_persons(grid_columns(grid, 0, max(map(len, grid.rows), default=0)), 0, (), said)
    return without_parts(said.all(), grid)


def look_for_persons_above(located: Located, said: Findings) -> None:
    """Search the cells above the records: titles, and the header itself."""
    above = located.grid.rows[: located.body]
    for index, row in enumerate(above):
        for at, cell in enumerate(row):
            _look(cell, index, at, said)
    width = max(map(len, above), default=0)
    if sum(may_be_part(cell) for row in above for cell in row) > 1:
        _say_split([Cells.of([row[at] if at < len(row) else None for row in above]) for at in range(width)], 0, said)


def look_for_persons(
    columns: Sequence[Cells],
    below: int,
    contacts: Sequence[int],
    said: Findings,
    money: Collection[int] = (),
    figures: Collection[int] = (),
) -> list[Cells]:
    """Search every cell of a sheet, used or not. ID numbers and mobile numbers are refused, and masked in findings.

    Of `contacts`, which aren't read and have been warned of, only ID numbers are reported. A bare number of eleven
    digits in a column of `money` is an amount, and a long fraction in one of `figures` is a figure. Returns the cells
    as they may be shown and stored.
    """
    hidden = Hidden()
    long = columns_matching(columns, _LOOKED_AT)
    for at, cells in enumerate(columns):
        large = true_at((cells.number >= 1e10) & (cells.number < UNBOUNDED))
        only = "cell-identity" if at in contacts else ""
        for index in sorted([*long.get(at, ()), *large]):
            cell = cells.at(index)
            if (_AMOUNT if at in money else _ROUND).fullmatch(cell_text(cell)):
                continue
            if at in figures and _FRACTION.fullmatch(cell_text(cell)):
                continue
            if (shown := _look(cell, index + below, at, said, only=only)) is not None:
                hidden[index, at] = shown
    hidden |= _say_split(columns, below, said)
    made = list(columns)
    for at, cells in enumerate(columns):
        if own := {index: shown for (index, column), shown in hidden.items() if column == at}:
            made[at] = cells.hiding(own)
    return made


def columns_of_money(located: Located) -> set[int]:
    """Return the columns of amounts: of those read, by their unit; of the others, by their header."""
    used = located.used
    return {
        at
        for at, name in enumerate(located.names)
        if name is not None
        and _MONEY.search(f"{used[at].unit or ''} {cell_text(name)}" if at in used else cell_text(name))
    }


def columns_of_figures(located: Located) -> set[int]:
    """Return the columns of a keyed table's figures, which programs may write with all their digits."""
    return {at for at, column in located.used.items() if located.layout.keyed and column.kind in NUMBER_KINDS}


def without_parts(found: list[Finding], grid: Grid) -> list[Finding]:
    """Mask in findings the long parts of ID numbers that are split over cells of their sheet."""
    if not any(each.code.startswith("cell-identity") for each in found):
        return found
    columns = grid_columns(grid, 0, max(map(len, grid.rows), default=0))
    parts = {part for each in split_numbers(columns) for part in each.parts if len(part) >= _LONG}
    spelled = ["".join(f"[{digit}{digit.translate(WIDER)}]" for digit in part) for part in sorted(parts)]
    if not parts:
        return found
    pattern = re.compile("|".join(spelled))
    return [each.shown_as(lambda said: pattern.sub(lambda part: "*" * len(part[0]), said)) for each in found]


def _look(cell: Any, index: int, at: int, said: Findings, *, only: str = "") -> str | None:
    """Report what identifies a person in a cell; return the cell's text with it masked, or None if there is none."""
    if isinstance(cell, MergedCell):
        cell = cell.value
    if isinstance(cell, str):
        text = plain(cell)
        found = said_sightings(text)
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and 1e10 <= cell < UNBOUNDED:
        text = str(int(cell))
        found = in_number(cell)
    else:
        return None
    for each in found:
        if each.code.startswith(only):
            said.say(each.code, index, at, value=shown_sighting(text, each))
    return masked(text, found) if found else None


def _say_split(columns: Sequence[Cells], below: int, said: Findings) -> Hidden:
    """Report ID numbers that are split over cells; return the cells of those that are certain, hidden."""
    hidden = Hidden()
    for each in split_numbers(columns):
        number, (last, at) = "".join(each.parts), each.cells[-1]
        said.say(each.code, last + below, at, value=f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}")
        if each.certain:
            hidden |= {cell: "*" * len(part) for cell, part in zip(each.cells, each.parts, strict=True)}
    return hidden
