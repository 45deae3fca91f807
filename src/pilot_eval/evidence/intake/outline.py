"""Looks at one table of figures, in the child process: its headers, its rows' names, and which columns hold numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilot_eval.errors import EvidenceError, Finding, Place, Severity, finding
from pilot_eval.evidence.cells.cell import Unreadable, cell_text
from pilot_eval.evidence.cells.numbers import read_number
from pilot_eval.evidence.intake.workers import Announce
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers, open_file
from pilot_eval.evidence.tables.header_cells import header_key, texts_beside, unit_word
from pilot_eval.evidence.tables.header_seen import HEADER_WITHIN
from pilot_eval.evidence.tables.layout import ROW_NUMBERS
from pilot_eval.evidence.tables.persons import persons_in
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.privacy.words import means_contact, means_person
from pilot_eval.spelling import plain
from pilot_eval.text import Frozen
from pilot_eval.units import UNITS


class ColumnOutline(Frozen):
    """A column: its header as written, what the header says beside a unit, and whether it is of numbers.

    unit: that of the header, or %, where the program knows it.
    """

    header: str
    name: str
    unit: str | None
    numbers: bool


class Outline(Frozen):
    """A table: what its first column calls each row, and its other columns; or what is wrong with it."""

    key: str = ""
    names: tuple[str, ...] = ()
    columns: tuple[ColumnOutline, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class OutlineTask:
    """A task for the child process: writes an `Outline` of the file's first table to `out` as JSON."""

    path: Path
    shown: str
    keys: frozenset[str]  # headers, as `header_key`, that mean the column of names
    limits: Limits
    out: Path
    readers: Readers

    def run(self, announce: Announce) -> None:
        announce(self.shown)
        self.out.write_text(json.dumps(self._outline().model_dump(mode="json")), "utf-8")

    def _outline(self) -> Outline:
        try:
            grids = open_file(self.path, self.shown, self.limits, self.readers)
        except EvidenceError as error:
            return Outline(findings=tuple(error.findings))
        grid = next((each for each in grids if not each.hidden and _header_at(each) is not None), None)
        if grid is None:
            return Outline(findings=(finding("table-no-figures", Place(file=self.shown)),))
        return outline_of(grid, self.keys)


def _header_at(grid: Grid) -> int | None:
    """Return the index of the header: of the first rows, the first with the most texts, if rows follow it."""
    texts = [len({plain(cell) for cell in row if isinstance(cell, str)}) for row in grid.rows[:HEADER_WITHIN]]
    if grid.records:
        return 0 if len(grid.rows) > 1 else None
    most = max(texts, default=0)
    at = texts.index(most) if most > 1 else len(texts)
    return at if at + 1 < len(grid.rows) else None


def outline_of(grid: Grid, keys: frozenset[str]) -> Outline:
    """Return the outline of a grid, which has a header."""
    at = _header_at(grid) or 0
    header, rows = grid.rows[at], [row for row in grid.rows[at + 1 :] if any(cell is not None for cell in row)]
    named = {column: cell_text(cell) for column, cell in enumerate(header) if cell is not None}
    found = [each for each in persons_in(grid) if each.severity is Severity.ERROR]
    for column, text in named.items():
        if means_person(plain(text)) or means_contact(plain(text)):
            found.append(finding("table-of-persons", grid.place(at, column), header=shown_text(text)))
    numbered = {column for column, text in named.items() if header_key(text) in ROW_NUMBERS}
    others = [column for column in named if column not in numbered]
    key = next((column for column in others if header_key(named[column]) in keys), others[0] if others else 0)
    names: dict[str, int] = {}
    for index, row in enumerate(grid.rows[at + 1 :], start=at + 1):
        name = plain(cell_text(row[key])) if key < len(row) and row[key] is not None else ""
        if name in names:
            first = grid.place(names[name]).row
            found.append(finding("unit-twice", grid.place(index, key), name=shown_text(name), first=first))
        elif name:
            names[name] = index
    columns = tuple(_column(named[column], _cells(rows, column)) for column in others if column != key)
    if not found and not any(each.numbers for each in columns):
        found.append(finding("table-no-figures", grid.place()))
    return Outline(key=named.get(key, ""), names=tuple(names), columns=columns, findings=tuple(found))


def _cells(rows: Sequence[Sequence[Any]], column: int) -> list[Any]:
    return [row[column] for row in rows if column < len(row) and row[column] is not None]


def _column(header: str, cells: Sequence[Any]) -> ColumnOutline:
    """Return a column; it is of numbers if at least half of what is filled in can be read as one."""
    read, signed = 0, 0
    for cell in cells:
        try:
            read_number(cell, "%" if "%" in (said := plain(cell_text(cell))) else None)
        except Unreadable:
            continue
        read, signed = read + 1, signed + ("%" in said)
    named = ((text, unit_word(text, UNITS)) for text in texts_beside(header))
    beside = [(text, word) for text, word in named if word is not None and word in UNITS]
    unit = beside[0][1] if beside else "%" if signed and 2 * signed >= read else None
    name = plain(header)
    for text, _ in beside[:1]:
        name = name.replace(f"({text})", "").strip() or name
    return ColumnOutline(header=header, name=name, unit=unit, numbers=read > 0 and 2 * read >= len(cells))
