"""What a table should look like, and where a grid has it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pilot_eval.errors import Place
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.header_cells import asides, header_key, unit_word
from pilot_eval.plugin.tables import ColumnSpec, Kind, TableSpec
from pilot_eval.spelling import word_key
from pilot_eval.text import Words

FIGURES = (Kind.COUNT, Kind.NUMBER)

ROW_NUMBERS = frozenset({"序号", "no", "no.", "#"})


@dataclass(frozen=True)
class Layout:
    """A table as the reader needs it: every choice known, no class behind it."""

    id: str
    label: Words
    aliases: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    unique: tuple[str, ...] = ()

    @cached_property
    def spelled(self) -> dict[str, ColumnSpec]:
        """The columns by every name that a header may have."""
        aliases = {header_key(name): column for column in self.columns for name in column.aliases}
        return aliases | {name: column for column in self.columns for name in exact_names(column)}

    def column(self, cell: object) -> ColumnSpec | None:
        """The column that a cell of a header means: a unit may stand right behind the name of a column of figures."""
        if not isinstance(cell, str):
            return None
        key = header_key(cell)
        if key in self.spelled:
            return self.spelled[key]
        named = [name for name, column in self.spelled.items() if key.startswith(name) and column.kind in FIGURES]
        name = max(named, key=len, default=None)
        return self.spelled[name] if name and any(map(unit_word, asides(key, [name]))) else None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(word_key(name) for name in (self.id, self.label.zh, self.label.en, *self.aliases))

    @property
    def required(self) -> tuple[ColumnSpec, ...]:
        return tuple(column for column in self.columns if not column.optional)


def layout_of(table: TableSpec, codes: Mapping[str, Mapping[str, Words]]) -> Layout:
    """The layout of a declared table, its code lists filled in from the method."""
    columns = tuple(
        replace(column, choices=codes.get(column.codes, {})) if column.codes else column for column in table.columns
    )
    return Layout(table.id, table.label, table.aliases, columns, table.unique)


@dataclass
class Located:
    """Where a grid holds a table: the rows of its header, where its records begin, each column's index by its name.

    `names` are the header's cells, those of several rows joined, and `asides` what else stands beside them. `stated`
    are the units that the header gives; `units` those that differ from the column's: `read_number` takes them as
    its `header`.
    """

    grid: Grid
    layout: Layout
    top: int  # the header's first row
    header: int  # its last, which names most columns
    names: list[Any]
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)
    asides: dict[int, list[str]] = field(default_factory=dict)
    body: int = 0  # the first row that may be a record

    @property
    def used(self) -> dict[int, ColumnSpec]:
        """The table's columns that the grid has, by their index there."""
        return {at: column for column in self.layout.columns if (at := self.columns.get(column.name)) is not None}

    @property
    def row_numbers(self) -> list[int]:
        """Columns that only number the rows: one in which nothing else is filled is blank."""
        return [at for at, cell in enumerate(self.names) if cell is not None and header_key(cell) in ROW_NUMBERS]

    def place(self, at: int) -> Place:
        """Where the name of a column stands."""
        rows = self.grid.rows
        lower = [index for index in range(self.header, self.top, -1) if at < len(rows[index])]
        index = next((index for index in lower if rows[index][at] is not None), self.top)
        return self.grid.place(index, at)


def column_names(column: ColumnSpec) -> set[str]:
    return exact_names(column) | set(map(header_key, column.aliases))


def exact_names(column: ColumnSpec) -> set[str]:
    return {header_key(name) for name in (column.name, column.label.zh, column.label.en)}


def table_named(name: str, layouts: Iterable[Layout]) -> Layout | None:
    """The table that a file or sheet is named after; numbers and years around the name don't matter."""
    key = word_key(name)
    bare = re.sub(r"^[\d._\-年度第、]+|[\d._\-()（）]+$", "", key)
    for wanted in (key, bare):
        for layout in layouts:
            if wanted in layout.names:
                return layout
    return None
