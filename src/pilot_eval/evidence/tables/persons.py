"""Searches every cell of a sheet for numbers that identify a person."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import polars as pl

from pilot_eval.errors import Finding
from pilot_eval.evidence.cells.cell import MergedCell, cell_text
from pilot_eval.evidence.cells.raw_cells import Cells, columns_matching, true_at
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.grid_columns import grid_columns
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.frames import UNBOUNDED
from pilot_eval.privacy.identity import is_split
from pilot_eval.privacy.numbers import MAY_NAME_A_PERSON, in_number, masked, said_sightings, shown_sighting
from pilot_eval.spelling import INVISIBLE, plain

_LOOKED_AT = f"{MAY_NAME_A_PERSON}|{INVISIBLE}"
_PART = r"^[\s'‘’\"“”]*[\d０-９]{1,17}[\dXx０-９Ｘｘ]?[\s'‘’\"“”\-‐-―－−]*$"
"""A cell that may be a part of an ID number, in text."""
_PART_ALONE = re.compile(_PART)
_WIDE = "０１２３４５６７８９Ｘｘ"
_WIDER = str.maketrans(plain(_WIDE), _WIDE)
_PIECES = (2, 3, 4, 18)
"""Numbers of adjacent cells over which an ID number is split: region, birthday, the rest, or a cell for each digit."""
_LONG = 8
"""Digits from which a part of an ID number, its birthday for one, may not be shown."""
_MONEY = re.compile("元|金额|产值|总额|营业额|销售额|收入|支出|资产|资金|投资|(?i:amount|revenue|cny|rmb|yuan)")
_AMOUNT = re.compile(r"\d{11}(?:\.\d{1,2})?")
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
    if any(sum(map(_may_be_part, row)) > 1 for row in above):
        _say_split([Cells.of([row[at] if at < len(row) else None for row in above]) for at in range(width)], 0, said)


def look_for_persons(
    columns: Sequence[Cells], below: int, contacts: Sequence[int], said: Findings, money: Collection[int] = ()
) -> list[Cells]:
    """Search every cell of a sheet, used or not. ID numbers and mobile numbers are refused, and masked in findings.

    Of `contacts`, which aren't read and have been warned of, only ID numbers are reported. A bare number of eleven
    digits in a column of `money` is an amount. Returns the cells as they may be shown and stored.
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


def without_parts(found: list[Finding], grid: Grid) -> list[Finding]:
    """Mask in findings the long parts of ID numbers that are split over cells of their sheet."""
    if not any(each.code == "cell-identity" for each in found):
        return found
    columns = grid_columns(grid, 0, max(map(len, grid.rows), default=0))
    parts = {part for _, _, pieces in _split_numbers(columns) for part in pieces if len(part) >= _LONG}
    spelled = ["".join(f"[{digit}{digit.translate(_WIDER)}]" for digit in part) for part in sorted(parts)]
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
    """Report ID numbers that are split over adjacent cells; return these cells, hidden."""
    hidden = Hidden()
    for index, last, pieces in _split_numbers(columns):
        number = "".join(pieces)
        said.say("cell-identity", index + below, last, value=f"{number[:3]}{'*' * 13}{number[-2:]}")
        for at, piece in enumerate(pieces, start=last - len(pieces) + 1):
            hidden[index, at] = "*" * len(piece)
    return hidden


def _split_numbers(columns: Sequence[Cells]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the ID numbers that are split over adjacent cells: row, last column, and the parts."""
    perhaps = set(columns_matching(columns, _PART))
    perhaps |= {at for at, cells in enumerate(columns) if cells.number.null_count() < len(cells.number)}
    parts = [_parts(cells) if at in perhaps and not perhaps.isdisjoint((at - 1, at + 1)) else None
             for at, cells in enumerate(columns)]  # fmt: skip
    for last in range(1, len(parts)):
        for count in _PIECES:
            beside = [part for part in parts[max(last - count + 1, 0) : last + 1] if part is not None]
            if len(beside) != count:
                continue
            joined = pl.select(pl.concat_str(beside)).to_series()
            for index in (joined.str.len_chars() == 18).fill_null(False).arg_true():
                number = joined[index].upper()
                pieces = tuple(part[index] for part in beside)
                usual = count != 4 or tuple(map(len, pieces)) == (6, 8, 3, 1)
                if usual and "X" not in number[:17] and is_split(number):
                    yield index, last, pieces


def _may_be_part(cell: Any) -> bool:
    """Return whether a cell may be a part of an ID number."""
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and _PART_ALONE.match(cell) is not None)


def _parts(cells: Cells) -> pl.Series | None:
    """Return the cells of a column that may be a part of an ID number, as text; None if there is none."""
    whole = ((cells.number >= 0) & (cells.number < 1e17) & (cells.number.floor() == cells.number)).fill_null(False)
    text = cells.text.str.contains(_PART).fill_null(False)
    if not (whole | text).any():
        return None
    numbers = pl.select(pl.when(whole).then(cells.number)).to_series().cast(pl.Int64).cast(pl.String)
    bare = cells.text.str.replace_many(list(_WIDE), list(plain(_WIDE))).str.replace_all(r"[^0-9Xx]", "")
    return pl.select(pl.when(text).then(bare).otherwise(numbers)).to_series()
