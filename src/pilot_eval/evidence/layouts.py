"""What a table should look like, and where a grid has it: which table, which header row, which columns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pilot_eval.errors import Finding, did_you_mean, finding
from pilot_eval.evidence.cells import word_key, words
from pilot_eval.evidence.grids import Grid
from pilot_eval.plugin.persons import means_person
from pilot_eval.plugin.tables import ColumnSpec, TableSpec
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
    """Where a grid holds a table: the header's index in `grid.rows`, and each column's index by its name."""

    grid: Grid
    layout: Layout
    header: int
    columns: dict[str, int]


def header_key(text: object) -> str:
    """A header without its unit in brackets, marks and spaces: `面积（㎡）*` is `面积`."""
    key = word_key(words(text))
    return re.sub(r"[(（\[【][^()（）\[\]【】]*[)）\]】]$", "", key) or key


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
            if len(hits) >= min(2, len(layout.required)) and (best is None or len(hits) > best[0]):
                best = (len(hits), index, layout)
    if best is None:
        if named is None:
            return None, []
        expected = "、".join(column.label.zh for column in named.required)
        if all(cell is None for row in grid.rows for cell in row):
            return None, []  # an empty sheet says nothing
        return None, [finding("sheet-no-header", grid.place(), expected=expected)]
    _, index, layout = best
    return _columns(grid, layout, index)


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
