"""Finds the units that a header, or a line above it, states for the columns below."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.cells.numbers import unit_factor
from pilot_eval.evidence.tables.header_cells import (
    UnclearUnit,
    header_key,
    mentions_unit,
    texts_beside,
    unit_given,
    unit_word,
)
from pilot_eval.evidence.tables.layout import Located, column_names
from pilot_eval.plugin.tables import NUMBER_KINDS
from pilot_eval.spelling import plain
from pilot_eval.units import Units


def header_units(located: Located) -> list[Finding]:
    """Record the units stated by the header or by a cell above it; report those that differ from the columns' units."""
    above = list(_units_above(located))
    findings: list[Finding] = []
    said: set[Place] = set()
    units = located.layout.units
    for column in located.layout.columns:
        at = located.columns.get(column.name)
        if at is None or column.unit is None or column.kind not in NUMBER_KINDS:
            continue
        beside = [*texts_beside(located.names[at], column_names(column)), *located.asides.get(at, ())]
        place = located.place(at)
        try:
            given = unit_given(beside, column.unit, units)
            if given is None:
                place, given = _from_above(above, at, column.unit, place, units)
        except UnclearUnit as unclear:
            place, given = unclear.place or place, None
            if place not in said:
                findings.append(finding("header-unit-unclear", place, given=unclear.said, unit=column.unit))
            said.add(place)
        if given is None:
            continue
        located.stated[column.name] = given
        if given == column.unit:
            continue
        factor = unit_factor(given, column.unit, units)
        if factor is None:
            findings.append(finding("header-unit-differs", place, given=given, unit=column.unit))
        elif factor != 1:
            located.units[column.name] = given
            if place not in said:
                findings.append(finding("header-unit", place, given=given, unit=column.unit))
            said.add(place)
    return findings


class _UnitAbove(NamedTuple):
    """Units in a cell above the header, for the columns `first` to `last`; `said` is a unit that isn't recognised."""

    place: Place
    units: list[str]
    first: int
    last: int
    said: str | None = None


def _from_above(
    above: Iterable[_UnitAbove], at: int, unit: str, place: Place, units: Units
) -> tuple[Place, str | None]:
    """Return the nearest unit above a column that fits it, and its place. Raises UnclearUnit."""
    for each in above:
        if not each.first <= at <= each.last:
            continue
        fits = {factor: word for word in each.units if (factor := unit_factor(word, unit, units))}
        if len(fits) > 1 or (each.said and mentions_unit(each.said, unit, units)):
            raise UnclearUnit(each.said or "、".join(each.units), each.place)
        if fits:
            return each.place, next(iter(fits.values()))
    return place, None


UNIT_LINE = re.compile(
    r"(?:^|(?<=[\s(\[【,;、。]))(?:(?:计量|金额|货币|数据|核算)?单\s*位|金额|币种)\s*(?:[:∶(=为]|(?<=位)(?=\s))\s*"
    r"([^\s:;()\]】]+)"
)
_IN_A_UNIT = re.compile("[元圆亩万亿]$|公顷$|[美欧]元$")
"""The end of a unit: “单位：” also precedes the names of organisations."""


def _units_above(located: Located) -> Iterator[_UnitAbove]:
    """Yield the units stated above the column names, the nearest first: row by row upwards, from right to left.

    “单位：万元” applies to every column, and so does the only unit in its row, unless it heads a group of columns. The
    names of the sheet and of the file may have one in brackets.
    """
    units, grid, most = located.layout.units, located.grid, max(map(len, located.grid.rows), default=0)
    for index in range(located.header - 1, -1, -1):
        row = grid.rows[index]
        lines, beside = dict[int, list[str]](), dict[int, str]()
        for at, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            lines[at] = [each for said in UNIT_LINE.findall(plain(cell)) for each in re.split("[、,/;]", said)]
            stated = any(unit_word(each, units) for each in lines[at])
            unit = None if stated else unit_beside(cell, units)
            beside |= {at: unit} if unit else {}
        for at in reversed(lines):
            known = [unit for each in lines[at] if (unit := unit_word(each, units))]
            said = next((each for each in lines[at] if not unit_word(each, units) and _IN_A_UNIT.search(each)), None)
            if known or (said and len(said) < _LONGEST_UNIT and not any(map(str.isdecimal, said))):
                yield _UnitAbove(grid.place(index, at), known, 0, most, None if known else said)
        grouped = len(beside) > 1 or any(
            cell is not None and at < len(located.names) and cell == located.names[at] for at, cell in enumerate(row)
        )
        for at in reversed(beside):
            last = next((more - 1 for more in range(at + 1, len(row)) if row[more] is not None), most)
            yield _UnitAbove(grid.place(index, at), [beside[at]], *((at, last) if grouped else (0, most)))
    for name in (grid.sheet or "", PurePosixPath(grid.file).stem):
        known = [unit for each in texts_beside(name) if (unit := unit_word(each, units))]
        yield _UnitAbove(grid.place(), known, 0, most)


_LONGEST_UNIT = 8


def unit_beside(cell: str, units: Units) -> str | None:
    """Return the unit in a title: the whole cell, or in brackets at its end."""
    texts = (header_key(cell), *reversed(texts_beside(cell)))
    return next((unit for each in texts if (unit := unit_word(each, units))), None)
