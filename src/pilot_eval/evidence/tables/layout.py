"""The expected layout of a table, and its location in a grid."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pilot_eval.errors import Place
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.header_cells import (
    as_one_name,
    header_key,
    may_be_joined,
    names_within,
    texts_beside,
    unit_word,
)
from pilot_eval.model import Contacts
from pilot_eval.plugin.tables import NOTE, NUMBER_KINDS, ColumnSpec, TableSpec
from pilot_eval.spelling import word_key
from pilot_eval.text import Words
from pilot_eval.units import UNITS, Units

_FOUND = 65_536
"""Headers that a layout remembers."""
_LONGEST_KNOWN = 200
"""Characters of a header that is remembered."""
REMARKS = frozenset({"备注说明", "情况说明", "remark", "remarks", "notes", "comment", "comments"})
"""Other names of the column of remarks, in tables that have no column of their own so called."""
ROW_NUMBERS = frozenset({"序号", "no", "no.", "#"})


@dataclass(frozen=True)
class Layout:
    """A table as readers need it: with all its choices, independent of the class that declares it."""

    id: str
    label: Words
    aliases: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    unique: tuple[str, ...] = ()
    contacts: Contacts = "leave-out"
    keyed: bool = False
    units: Units = UNITS  # those that headers and cells may name

    @cached_property
    def spelled(self) -> dict[str, ColumnSpec]:
        """The columns by every name that a header may use."""
        if self.keyed:
            return _by_whole_names(self.columns)
        remarks = {key: column for column in self.columns if column == NOTE for key in REMARKS}
        aliases = {header_key(name): column for column in self.columns for name in column.aliases}
        return remarks | aliases | {name: column for column in self.columns for name in exact_names(column)}

    def column(self, cell: object) -> ColumnSpec | None:
        """Return the column that a header cell names, or None; a unit may directly follow a numeric column's name."""
        if not isinstance(cell, str):
            return None
        if len(cell) > _LONGEST_KNOWN:
            return self.joined(cell) or self._named(header_key(cell))
        if cell not in self._found:
            if len(self._found) > _FOUND:
                self._found.clear()
            self._found[cell] = self.joined(cell) or self._named(header_key(cell))
        return self._found[cell]

    @cached_property
    def _found(self) -> dict[str, ColumnSpec | None]:
        """The columns of the headers that were asked for."""
        return {}

    def says_all(self, column: ColumnSpec, cell: object) -> bool:
        """Return whether a header of a keyed table is one of a column's declared names, but for its unit: 上年产值."""
        if not self.keyed:
            return False
        words = set(map(as_one_name, column.words))
        plain = all(unit_word(each, self.units) for each in texts_beside(cell))
        return as_one_name(cell) in words or (plain and as_one_name(header_key(cell)) in words)

    def _named(self, key: str) -> ColumnSpec | None:
        if key in self.spelled:
            return self.spelled[key]
        named = [name for name in self._numeric if key.startswith(name)]
        name = max(named, key=len, default=None)
        return self.spelled[name] if name and self._unit_behind(key, name) else None

    def _unit_behind(self, key: str, name: str) -> bool:
        return any(unit_word(each, self.units) for each in texts_beside(key, [name]))

    def joined(self, cell: str) -> ColumnSpec | None:
        """Return the column that the name of a group and the rest of the cell name: 经费预算 for `经费（预算）`.

        A group that the rest repeats, as in `户数/总户数`, says nothing more; any other may make it another column.
        """
        if not may_be_joined(cell):
            return None
        if self.keyed and (named := self.spelled.get(as_one_name(cell))) is not None:
            return named
        for within in filter(None, map(names_within, (cell, header_key(cell)))):
            whole, parts = within
            if whole in self.spelled:
                return self.spelled[whole]
            groups, last = parts[:-1], parts[-1]
            if last in self.spelled and all(each != last and each in last for each in groups):
                return self.spelled[last]
        return None

    @cached_property
    def _numeric(self) -> list[str]:
        return [name for name, column in self.spelled.items() if column.kind in NUMBER_KINDS]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(word_key(name) for name in (self.id, self.label.zh, self.label.en, *self.aliases))

    @property
    def required(self) -> tuple[ColumnSpec, ...]:
        return tuple(column for column in self.columns if not column.optional)


def _by_whole_names(columns: Iterable[ColumnSpec]) -> dict[str, ColumnSpec]:
    """Return columns by their names as a whole, and by what is left without brackets where that is one column's alone:
    参保率（城镇） and 参保率（农村） are two columns."""
    whole: dict[str, ColumnSpec] = {}
    loose: dict[str, list[ColumnSpec]] = {}
    for column in columns:
        for name in (*column.words, *(REMARKS if column == NOTE else ())):
            whole.setdefault(as_one_name(name), column)
            if column not in loose.setdefault(header_key(name), []):
                loose[header_key(name)].append(column)
    return {name: own[0] for name, own in loose.items() if len(own) == 1} | whole


def layout_of(
    table: TableSpec,
    codes: Mapping[str, Mapping[str, Words]],
    contacts: Contacts = "leave-out",
    units: Units = UNITS,
) -> Layout:
    """Return the layout of a declared table, with what the method says: code lists, contacts, units of its own."""
    columns = tuple(
        replace(column, choices=codes.get(column.codes, {})) if column.codes else column for column in table.columns
    )
    return Layout(table.id, table.label, table.aliases, columns, table.unique, contacts, keyed=table.keyed, units=units)


@dataclass
class Located:
    """The location of a table in a grid: the rows of its header, its first record, and its columns' indexes by name.

    `names` are the header's cells, with several rows combined, and `asides` the texts beside them. `stated` are the
    units that the header gives; `units` are those that differ from the column's unit, which `read_number` accepts as
    its `header`.
    """

    grid: Grid
    layout: Layout
    top: int  # the header's first row
    header: int  # its last row, which names most columns
    names: list[Any]
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)
    asides: dict[int, list[str]] = field(default_factory=dict)
    body: int = 0  # the first row that may be a record
    contacts: list[int] = field(default_factory=list)  # indexes of columns about how to reach somebody: never read
    year: tuple[int, str] | None = None  # that of days of the period that have none, and the title that gives it

    @property
    def used(self) -> dict[int, ColumnSpec]:
        """The table's columns that are in the grid, by their index there."""
        return {at: column for column in self.layout.columns if (at := self.columns.get(column.name)) is not None}

    @property
    def row_numbers(self) -> list[int]:
        """Indexes of the columns that only number the rows; a row with nothing else is blank."""
        return [at for at, cell in enumerate(self.names) if cell is not None and header_key(cell) in ROW_NUMBERS]

    def place(self, at: int) -> Place:
        """Return the place of a column's name."""
        rows = self.grid.rows
        lower = [index for index in range(self.header, self.top, -1) if at < len(rows[index])]
        index = next((index for index in lower if rows[index][at] is not None), self.top)
        return self.grid.place(index, at)


def column_names(column: ColumnSpec) -> set[str]:
    return exact_names(column) | set(map(header_key, column.aliases))


def exact_names(column: ColumnSpec) -> set[str]:
    return {header_key(name) for name in (column.name, column.label.zh, column.label.en)}


def table_named(name: str, layouts: Iterable[Layout]) -> Layout | None:
    """Return the table that a file or sheet is named after, or None; surrounding numbers and years are ignored."""
    key = word_key(name)
    bare = re.sub(r"^[\d._\-年度第、]+|[\d._\-()（）]+$", "", key)
    for wanted in (key, bare):
        for layout in layouts:
            if wanted in layout.names:
                return layout
    return None
