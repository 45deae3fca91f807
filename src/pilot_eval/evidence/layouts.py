"""What a table should look like, and where a grid has it: which table, which header row, which columns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pilot_eval.errors import Finding, Place, did_you_mean, finding
from pilot_eval.evidence.cells import plain, unit_factor, word_key, words
from pilot_eval.evidence.grids import Grid
from pilot_eval.plugin.persons import means_person
from pilot_eval.plugin.tables import ColumnSpec, Kind, TableSpec
from pilot_eval.text import Text

HEADER_WITHIN = 30
"""The header is looked for in this many rows."""


@dataclass(frozen=True)
class Layout:
    """A table as the reader needs it: every choice known, no class behind it."""

    id: str
    label: Text
    aliases: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    unique: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(word_key(name) for name in (self.id, self.label.zh, self.label.en, *self.aliases))

    @property
    def required(self) -> tuple[ColumnSpec, ...]:
        return tuple(column for column in self.columns if not column.optional)


def layout_of(table: TableSpec, codes: Mapping[str, Mapping[str, Text]]) -> Layout:
    """The layout of a declared table, its code lists filled in from the method."""
    columns = tuple(
        replace(column, choices=codes.get(column.codes, {})) if column.codes else column for column in table.columns
    )
    return Layout(table.id, table.label, table.aliases, columns, table.unique)


@dataclass
class Located:
    """Where a grid holds a table: the header's index in `grid.rows`, and each column's index by its name.

    `units` are those that the header gives where they differ from the column's: `number` takes them as its `header`.
    """

    grid: Grid
    layout: Layout
    header: int
    columns: dict[str, int]
    units: dict[str, str] = field(default_factory=dict)

    @property
    def row_numbers(self) -> list[int]:
        """Columns that only number the rows: one in which nothing else is filled is blank."""
        header = self.grid.rows[self.header]
        return [at for at, cell in enumerate(header) if cell is not None and header_key(cell) in _ROW_NUMBERS]


_BRACKETED = r"[(（\[【][^()（）\[\]【】]*[)）\]】]"
_ASIDE = re.compile(f"^{_BRACKETED}(?=.)|^[0-9]{{1,2}}[.、](?=.)|(?<=.)(?:{_BRACKETED})+$")


def header_key(text: object) -> str:
    """A header without its number, unit and other brackets, marks and spaces: `2.面积（㎡）*` is `面积`."""
    key = _ASIDE.sub("", word_key(words(text)))
    name, slash, unit = key.rpartition("/")
    return name if slash and _is_unit(unit) else key


def header_unit(text: object) -> str | None:
    """The unit that a header gives, in brackets or after a slash."""
    said = re.sub(r"[\s*＊]", "", plain(words(text))).rstrip(":：")
    candidates = [part.strip("()[]【】") for part in re.findall(_BRACKETED, said)] + [said.rpartition("/")[2]]
    return next((part for part in reversed(candidates) if part != said and _is_unit(part)), None)


def _is_unit(word: str) -> bool:
    try:
        unit_factor(word, None)
    except KeyError:
        return False
    return True


def column_names(column: ColumnSpec) -> set[str]:
    return {header_key(name) for name in (column.name, column.label.zh, column.label.en, *column.aliases)}


def table_named(name: str, layouts: Iterable[Layout]) -> Layout | None:
    """The table that a file or sheet is named after; numbers and years around the name don't matter."""
    key = word_key(name)
    bare = re.sub(r"^[\d._\-年度第、]+|[\d._\-()（）]+$", "", key)
    for wanted in (key, bare):
        for layout in layouts:
            if wanted in layout.names:
                return layout
    return None


def locate(grid: Grid, candidates: list[Layout], named: Layout | None) -> tuple[Located | None, list[Finding]]:
    """Find the table in a grid: the one it is named after, else the only one whose required columns are all there."""
    best: tuple[int, int, Layout] | None = None
    for layout in [named] if named else candidates:
        names = {name: column.name for column in layout.columns for name in column_names(column)}
        for index, row in enumerate(grid.rows[:HEADER_WITHIN]):
            hits = {names[key] for cell in row if cell is not None and (key := header_key(cell)) in names}
            if named is None and not {column.name for column in layout.required} <= hits:
                continue
            # A header in two rows, merged downwards where there is nothing to part, is all there in its second row.
            second = best is not None and best == (len(hits), index - 1, layout)
            if len(hits) >= min(2, len(layout.required)) and (best is None or len(hits) > best[0] or second):
                best = (len(hits), index, layout)
    if best is None:
        if named is None:
            return None, []
        expected = "、".join(column.label.zh for column in named.required)
        if all(cell is None for row in grid.rows for cell in row):
            return None, []  # an empty sheet says nothing
        return None, [finding("sheet-no-header", grid.place(), expected=expected)]
    _, index, layout = best
    located, findings = _columns(grid, layout, index)
    return located, findings + _units(located) + _beyond(located)


def _columns(grid: Grid, layout: Layout, header: int) -> tuple[Located, list[Finding]]:
    """Map the header's cells to the table's columns, and say what doesn't fit."""
    names = {name: column for column in layout.columns for name in column_names(column)}
    labels = [column.label.zh for column in layout.columns]
    findings: list[Finding] = []
    found: dict[str, int] = {}
    for at, cell in enumerate(grid.rows[header]):
        if cell is None:
            continue
        shown, place = words(cell)[:60], grid.place(header, at)
        column = names.get(header_key(cell))
        if column is not None and column.name in found:
            findings.append(finding("header-duplicate", place, header=shown))
        elif column is not None:
            found[column.name] = at
        elif means_person(words(cell)):
            findings.append(finding("header-person", place, header=shown))
        elif header_key(cell) not in _ROW_NUMBERS:
            findings.append(finding("header-unknown", place, header=shown, suggestion=did_you_mean(shown, labels)))
    findings += [
        finding("header-missing", grid.place(header), column=column.label)
        for column in layout.required
        if column.name not in found
    ]
    return Located(grid, layout, header, found), findings


_ROW_NUMBERS = frozenset({"序号", "no", "no.", "#"})


def _units(located: Located) -> list[Finding]:
    """Note the units that the header, or a cell above it, gives where they differ from the columns'."""
    grid, header = located.grid, located.header
    above = list(_units_above(grid, header))
    findings: list[Finding] = []
    said_above: set[Place] = set()
    for column in located.layout.columns:
        at = located.columns.get(column.name)
        if at is None or column.unit is None or column.kind not in (Kind.NUMBER, Kind.COUNT):
            continue
        own = header_unit(grid.rows[header][at])
        place, given = (grid.place(header, at), own) if own else next(
            ((grid.place(*each.at), each.unit) for each in above
             if (each.of_all or each.at[1] <= at) and unit_factor(each.unit, column.unit)), (None, None)
        )  # fmt: skip
        factor = unit_factor(given, column.unit) if given else 1
        if given is None or place is None or factor == 1:
            continue
        if factor is None:
            findings.append(finding("header-unit-differs", place, given=given, unit=column.unit))
            continue
        located.units[column.name] = given
        if own or place not in said_above:
            findings.append(finding("header-unit", place, given=given, unit=column.unit))
        said_above |= set() if own else {place}
    return findings


class _UnitAbove(NamedTuple):
    """A unit in a cell above the header: of every column in «单位：万元», else of those below it and to its right."""

    at: tuple[int, int]
    unit: str
    of_all: bool


def _units_above(grid: Grid, header: int) -> Iterator[_UnitAbove]:
    """The units given above the header, the nearest first: lines up, then to the left."""
    for index in range(header - 1, -1, -1):
        for at, cell in reversed(list(enumerate(grid.rows[index]))):
            if not isinstance(cell, str):
                continue
            lines = [
                unit
                for said in re.findall(r"单位[:：]\s*([^\s:：)）\]】]+)", plain(cell))
                for unit in re.split("[、,，/;；]", said)
                if _is_unit(unit)
            ]
            yield from (_UnitAbove((index, at), unit, True) for unit in lines)
            if not lines and (unit := header_unit(cell)):
                yield _UnitAbove((index, at), unit, False)


def _beyond(located: Located) -> list[Finding]:
    """Say which cells stand under no header; of a text with separators, such a row has gone wrong."""
    grid, header = located.grid, located.header
    names = grid.rows[header]
    width = max((at + 1 for at, cell in enumerate(names) if cell is not None), default=0)
    bare = [at for at in range(width) if names[at] is None]
    findings: list[Finding] = []
    if not bare and max(map(len, grid.rows)) <= width:
        return findings
    stray: list[tuple[int, int]] = []
    for index in range(header + 1, len(grid.rows)):
        row = grid.rows[index]
        if not bare and len(row) <= width:
            continue
        further = [at for at in (*bare, *range(width, len(row))) if at < len(row) and row[at] is not None]
        if further and grid.delimited and further[-1] >= width:
            if len(findings) < _LISTED:
                findings.append(finding("row-wider", grid.place(index), value=words(row[further[-1]])[:60]))
        else:
            stray += [(index, at) for at in further]
    if stray:
        index, at = stray[0]
        shown = words(grid.rows[index][at])[:60]
        findings.append(finding("cells-beyond", grid.place(index, at), value=shown, count=len(stray)))
    return findings


_LISTED = 20
"""Rows that are listed where many are too wide."""
