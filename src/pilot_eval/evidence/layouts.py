"""What a table should look like, and where a grid has it: which table, which header row, which columns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from pilot_eval.errors import Finding, Place, did_you_mean, finding
from pilot_eval.evidence import guides
from pilot_eval.evidence.cells import plain, unit_factor, word_key, words
from pilot_eval.evidence.grids import Grid
from pilot_eval.evidence.headings import (
    UnclearUnit,
    asides,
    header_key,
    qualified,
    speaks_of_units,
    unit_given,
    unit_word,
)
from pilot_eval.plugin.persons import means_person
from pilot_eval.plugin.tables import COMMON_COLUMNS, ColumnSpec, Kind, TableSpec
from pilot_eval.text import Text

HEADER_WITHIN = 30
"""The header is looked for in this many rows."""
_LEVELS = 3
"""Rows that one header may take up."""


FIGURES = (Kind.COUNT, Kind.NUMBER)


@dataclass(frozen=True)
class Layout:
    """A table as the reader needs it: every choice known, no class behind it."""

    id: str
    label: Text
    aliases: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    unique: tuple[str, ...] = ()

    @cached_property
    def spelled(self) -> dict[str, ColumnSpec]:
        """The columns by every name that a header may have."""
        aliases = {header_key(name): column for column in self.columns for name in column.aliases}
        return aliases | {name: column for column in self.columns for name in _exact(column)}

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


def layout_of(table: TableSpec, codes: Mapping[str, Mapping[str, Text]]) -> Layout:
    """The layout of a declared table, its code lists filled in from the method."""
    columns = tuple(
        replace(column, choices=codes.get(column.codes, {})) if column.codes else column for column in table.columns
    )
    return Layout(table.id, table.label, table.aliases, columns, table.unique)


@dataclass
class Located:
    """Where a grid holds a table: the rows of its header, where its records begin, each column's index by its name.

    `names` are the header's cells, those of several rows joined, and `asides` what else stands beside them. `stated`
    are the units that the header gives; `units` those that differ from the column's: `number` takes them as its
    `header`.
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
        return [at for at, cell in enumerate(self.names) if cell is not None and header_key(cell) in _ROW_NUMBERS]

    def place(self, at: int) -> Place:
        """Where the name of a column stands."""
        rows = self.grid.rows
        lower = [index for index in range(self.header, self.top, -1) if at < len(rows[index])]
        index = next((index for index in lower if rows[index][at] is not None), self.top)
        return self.grid.place(index, at)


def column_names(column: ColumnSpec) -> set[str]:
    return _exact(column) | set(map(header_key, column.aliases))


def _exact(column: ColumnSpec) -> set[str]:
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


class _Head(NamedTuple):
    """A row, or several that make one header together, and the columns that they name."""

    layout: Layout
    top: int
    header: int
    hits: frozenset[str]


def _head(grid: Grid, layouts: Iterable[Layout], *, whole: bool) -> _Head | None:
    """The rows that name the most columns of a table, all required ones if it must be `whole`.

    Rows are joined to one header only where together they name more than any alone.
    """
    best: _Head | None = None
    rows = grid.rows[: 1 if grid.records else HEADER_WITHIN]
    for layout in layouts:
        named = [{at: column.name for at, cell in enumerate(row) if (column := layout.column(cell))} for row in rows]
        required = {column.name for column in layout.required}
        for levels in range(min(_LEVELS, len(rows))):
            for header in range(levels, len(rows)):
                hits = frozenset(_joined(named[header - levels : header + 1], rows[header - levels : header + 1]))
                if len(hits) < min(2, len(required)) or (whole and not required <= hits):
                    continue
                # A header in two rows, merged downwards where there is nothing to part, is whole in its second row.
                second = best is not None and not levels and best == (layout, header - 1, header - 1, hits)
                if best is None or len(hits) > len(best.hits) or second:
                    best = _Head(layout, header - levels, header, hits)
    return best


def _joined(named: list[dict[int, str]], rows: list[list[Any]]) -> set[str]:
    """The columns that rows name together: what stands further down goes before."""
    found = dict(named[0])
    for names, row in zip(named[1:], rows[1:], strict=True):
        found = {at: name for at, name in found.items() if at >= len(row) or row[at] is None} | names
    return set(found.values())


def holds(grid: Grid, layout: Layout) -> bool:
    """Whether a grid has a header with every column that a table requires."""
    return _head(grid, [layout], whole=True) is not None


def stacked(grid: Grid, layouts: Iterable[Layout]) -> list[Grid]:
    """A sheet on which one table stands below another, as a grid for each; any other as it is.

    The next table begins with the titles above its header.
    """
    heads = _heads(grid, list(layouts))
    cuts = [0]
    for (above, before, order), (header, layout, other) in pairwise(heads):
        if layout is not before or (other != order and header > above + 1):
            while header and _is_title(grid.rows[header - 1], layouts):
                header -= 1
            cuts.append(header)
    if len(cuts) == 1:
        return [grid]
    parts = []
    for start, end in zip(cuts, [*cuts[1:], len(grid.rows)], strict=True):
        bad = [(index - start, at) for index, at in grid.bad if start <= index < end]
        parts.append(replace(grid, rows=grid.rows[start:end], first_row=grid.first_row + start, findings=[], bad=bad))
    return parts


def _heads(grid: Grid, layouts: list[Layout]) -> list[tuple[int, Layout, dict[str, int]]]:
    """Rows that have the names of all columns that a table requires, each with the table and where these stand."""
    if grid.records:
        return []
    known = {word for layout in layouts for column in layout.columns for word in (column.label.zh, column.label.en)}
    filled = next((row for row in grid.rows if sum(cell is not None for cell in row) > 1), [])
    left = next((at for at, cell in enumerate(filled) if cell is not None), 0)  # tables below each other begin there
    gaps, above, found = 0, list[Any](), list[tuple[int, Layout, dict[str, int]]]()
    for index, row in enumerate(grid.rows):
        begin = row[left : left + 2]
        gap, above = not above or above[-1] is None, begin
        if known.isdisjoint(begin) and index >= HEADER_WITHIN:
            if not gap or gaps >= _GAPS or begin[-1:] in ([], [None]):
                continue
            gaps += 1
        for layout in layouts:
            hits = {column.name: at for at, cell in enumerate(row) if (column := layout.column(cell))}
            if len(hits) > 1 and (required := {column.name for column in layout.required}) <= set(hits):
                found.append((index, layout, {name: at for name, at in hits.items() if name in required}))
                break
    return found


_GAPS = 100
"""Rows below a gap that are looked at closely: a header with units or numbers has no cell that is a name."""


def _is_title(row: list[Any], layouts: Iterable[Layout]) -> bool:
    """Whether a row above a header belongs to it: nothing, a numbered heading, a table's name, a unit."""
    filled = [cell for cell in row if cell is not None]
    if len(filled) != 1:
        return not filled
    if not isinstance(filled[0], str):
        return False
    said = plain(filled[0])
    return bool(_HEADING.match(said) or _UNIT_LINE.search(said) or table_named(said, layouts) or _unit_beside(said))


_HEADING = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]|表\s*[0-9一二三四五六七八九十]|附[件表]")


def locate(grid: Grid, candidates: list[Layout], named: Layout | None) -> tuple[Located | None, list[Finding]]:
    """Find the table in a grid: the one it is named after, else the only one whose required columns are all there."""
    head = _head(grid, [named] if named else candidates, whole=named is None)
    if named is not None and (at := _turned(grid, named, head)):
        return None, [finding("sheet-turned", grid.place(*at), table=named.label)]
    if head is None:
        if named is None or all(cell is None for row in grid.rows for cell in row):
            return None, []  # an empty sheet says nothing
        expected = "、".join(column.label.zh for column in named.required)
        return None, [finding("sheet-no-header", grid.place(), expected=expected)]
    located = Located(grid, head.layout, head.top, head.header, _names(grid, head))
    beside, findings = _beside(located, candidates)
    findings += _columns(located, beside)
    findings += _guides(located)
    return located, findings + _units(located) + _beyond(located)


def _names(grid: Grid, head: _Head) -> list[Any]:
    """The cells of a header, those of several rows joined; that of row numbers may stand beside a group's name."""
    rows = grid.rows[head.top : head.header + 1]
    above = grid.rows[head.top - 1] if head.top and not grid.records else []
    names = []
    for at in range(max(map(len, rows))):
        name = next((row[at] for row in reversed(rows) if at < len(row) and row[at] is not None), None)
        if name is None and at < len(above) and above[at] is not None and header_key(above[at]) in _ROW_NUMBERS:
            name = above[at]
        names.append(name)
    return names


def _turned(grid: Grid, layout: Layout, head: _Head | None) -> tuple[int, int] | None:
    """The first label of a form that has its labels one below the other, where a table has them side by side."""
    if grid.records:
        return None
    rows = grid.rows[:HEADER_WITHIN]
    if head is None:
        required = {column.name for column in layout.required}
        for at in range(min(max(map(len, rows), default=0), _LABELS_WITHIN)):
            cells = [row[at] if at < len(row) else None for row in rows]
            labels = {column.name: index for index, cell in enumerate(cells) if (column := layout.column(cell))}
            if len(labels) > 1 and required <= set(labels):
                return min(labels.values()), at
        return None
    below = head.header + 1
    for at, cell in enumerate(grid.rows[below] if below < len(grid.rows) else ()):
        named, label = grid.rows[head.header], layout.column(cell)
        if label and at < len(named) and layout.column(named[at]) and label.name not in {"source", "note", *head.hits}:
            return head.header, at
    return None


_LABELS_WITHIN = 6
"""Columns among which the labels of a form are looked for."""


def _columns(located: Located, beside: frozenset[int]) -> list[Finding]:
    """Map the header's cells to the table's columns, and say what doesn't fit, but for those of blocks beside it.

    A cell with the column's own name goes before one with another name for it.
    """
    layout = located.layout
    labels = [column.label.zh for column in layout.columns]
    meant = {at: column for at, cell in enumerate(located.names) if (column := layout.column(cell))}
    exact = {column.name for at, column in meant.items() if _is_exact(located.names[at], column)}
    findings: list[Finding] = []
    for at, cell in enumerate(located.names):
        if cell is None or at in beside:
            continue
        shown, place, column = words(cell)[:60], located.place(at), meant.get(at)
        if column is not None and _goes_before(located, at, column, exact):
            located.columns[column.name] = at
            names = map(word_key, (column.label.zh, column.label.en, *column.aliases))
            if (said := qualified(cell)) and word_key(words(cell)) not in names:
                findings.append(finding("header-qualified", place, header=shown, said=said, column=column.label))
        elif column is not None and column not in COMMON_COLUMNS and _is_exact(cell, column) == (column.name in exact):
            findings.append(finding("header-duplicate", place, header=shown))
        elif column is not None:
            other = Text(zh=f"已用另一列“{column.label.zh}”", en=f"another column is taken for «{column.label.en}»")
            findings.append(finding("header-unknown", place, header=shown, suggestion=other))
        elif means_person(words(cell)):
            findings.append(finding("header-person", place, header=shown))
        elif header_key(cell) not in _ROW_NUMBERS:
            findings.append(finding("header-unknown", place, header=shown, suggestion=did_you_mean(shown, labels)))
    findings += [
        finding("header-missing", located.grid.place(located.header), column=column.label)
        for column in layout.required
        if column.name not in located.columns
    ]
    return findings


def _goes_before(located: Located, at: int, column: ColumnSpec, exact: set[str]) -> bool:
    return column.name not in located.columns and (column.name not in exact or _is_exact(located.names[at], column))


def _is_exact(cell: object, column: ColumnSpec) -> bool:
    key = header_key(cell)
    return key not in set(map(header_key, column.aliases)) - _exact(column)


_ROW_NUMBERS = frozenset({"序号", "no", "no.", "#"})


def _beside(located: Located, candidates: Iterable[Layout]) -> tuple[frozenset[int], list[Finding]]:
    """The columns of another table, or of more of the same, that stands beside the table, and what to say of it."""
    own = {column.name: at for at, cell in reversed(list(enumerate(located.names)))
           if (column := located.layout.column(cell))}  # fmt: skip
    if located.grid.records or not own:
        return frozenset(), []
    last = max(own.values())
    for layout in (located.layout, *candidates):
        named = {
            at: column.name for at, cell in enumerate(located.names) if at > last and (column := layout.column(cell))
        }
        if len(named) > 1 and {column.name for column in layout.required} <= set(named.values()):
            return frozenset(named), [finding("sheet-beside", located.place(min(named)), table=layout.label)]
    return frozenset(), []


def _guides(located: Located) -> list[Finding]:
    """Set apart the rows below the header that belong to it, and keep what they say of units."""
    grid, findings = located.grid, list[Finding]()
    located.body = located.header + 1
    if grid.records:
        return findings
    used = located.used
    while located.body < len(grid.rows):
        row = grid.rows[located.body]
        following = grid.rows[located.body + 1] if located.body + 1 < len(grid.rows) else []
        guide = guides.guide(row, following, located.names, used)
        if guide is None:
            break
        for at, cell in enumerate(row):
            if cell is not None and (at >= len(located.names) or located.names[at] is None):
                located.names += [None] * (at + 1 - len(located.names))
                located.names[at] = cell
            if guide.names and cell is not None and means_person(words(cell)):
                place = grid.place(located.body, at)
                findings.append(finding("header-person", place, header=words(cell)[:60]))
        for at in guide.parted:
            findings.append(finding("header-parted", located.place(at), header=words(located.names[at])[:60]))
        for at, unit in guide.units.items():
            located.asides.setdefault(at, []).append(unit)
        value = next(words(cell) for cell in row if cell is not None)[:60]
        said = finding("row-unclear", grid.place(located.body), value=value) if guide.unclear else None
        findings.append(said or finding("row-guide", grid.place(located.body)))
        located.body += 1
    return findings


# --- units


def _units(located: Located) -> list[Finding]:
    """Note the units that the header, or a cell above it, gives where they differ from the columns'."""
    above = list(_units_above(located))
    findings: list[Finding] = []
    said: set[Place] = set()
    for column in located.layout.columns:
        at = located.columns.get(column.name)
        if at is None or column.unit is None or column.kind not in FIGURES:
            continue
        beside = [*asides(located.names[at], column_names(column)), *located.asides.get(at, ())]
        place = located.place(at)
        try:
            given = unit_given(beside, column.unit)
            if given is None:
                place, given = _from_above(above, at, column.unit, place)
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
        factor = unit_factor(given, column.unit)
        if factor is None:
            findings.append(finding("header-unit-differs", place, given=given, unit=column.unit))
        elif factor != 1:
            located.units[column.name] = given
            if place not in said:
                findings.append(finding("header-unit", place, given=given, unit=column.unit))
            said.add(place)
    return findings


class _UnitAbove(NamedTuple):
    """Units in a cell above the header, of the columns `first` to `last`; `said` is a unit that isn't understood."""

    place: Place
    units: list[str]
    first: int
    last: int
    said: str | None = None


def _from_above(above: Iterable[_UnitAbove], at: int, unit: str, place: Place) -> tuple[Place, str | None]:
    """The nearest unit above a column that fits it, and where it stands. Raises UnclearUnit."""
    for each in above:
        if not each.first <= at <= each.last:
            continue
        fits = {factor: word for word in each.units if (factor := unit_factor(word, unit))}
        if len(fits) > 1 or (each.said and speaks_of_units(each.said, unit)):
            raise UnclearUnit(each.said or "、".join(each.units), each.place)
        if fits:
            return each.place, next(iter(fits.values()))
    return place, None


_UNIT_LINE = re.compile(
    r"(?:^|(?<=[\s(\[【,;、。]))(?:(?:计量|金额|货币|数据|核算)?单\s*位|金额|币种)\s*(?:[:∶(=为]|(?<=位)(?=\s))\s*"
    r"([^\s:;()\]】]+)"
)
_IN_A_UNIT = re.compile("[元圆亩万亿]$|公顷$|[美欧]元$")
"""A unit's end: «单位：» stands before organisations too."""


def _units_above(located: Located) -> Iterator[_UnitAbove]:
    """The units given above the columns' names, the nearest first: lines up, then to the left.

    «单位：万元» holds for every column, and so does a unit alone in its row, unless it heads a group of columns.
    """
    grid, most = located.grid, max(map(len, located.grid.rows), default=0)
    for index in range(located.header - 1, -1, -1):
        row = grid.rows[index]
        lines, beside = dict[int, list[str]](), dict[int, str]()
        for at, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            lines[at] = [each for said in _UNIT_LINE.findall(plain(cell)) for each in re.split("[、,/;]", said)]
            unit = None if any(map(unit_word, lines[at])) else _unit_beside(cell)
            beside |= {at: unit} if unit else {}
        for at in reversed(lines):
            units = [unit for each in lines[at] if (unit := unit_word(each))]
            said = next((each for each in lines[at] if not unit_word(each) and _IN_A_UNIT.search(each)), None)
            if units or (said and len(said) < _LONGEST_UNIT and not any(map(str.isdecimal, said))):
                yield _UnitAbove(grid.place(index, at), units, 0, most, None if units else said)
        grouped = len(beside) > 1 or any(
            cell is not None and at < len(located.names) and cell == located.names[at] for at, cell in enumerate(row)
        )
        for at in reversed(beside):
            last = next((more - 1 for more in range(at + 1, len(row)) if row[more] is not None), most)
            yield _UnitAbove(grid.place(index, at), [beside[at]], *((at, last) if grouped else (0, most)))


_LONGEST_UNIT = 8


def _unit_beside(cell: str) -> str | None:
    """The unit of a title: the cell itself, or in brackets at its end."""
    return unit_word(header_key(cell)) or next(filter(None, map(unit_word, reversed(asides(cell)))), None)


def _beyond(located: Located) -> list[Finding]:
    """Say which cells stand under no header; of a text with separators, such a row has gone wrong."""
    grid = located.grid
    names = located.names
    width = max((at + 1 for at, cell in enumerate(names) if cell is not None), default=0)
    bare = [at for at in range(width) if names[at] is None]
    findings: list[Finding] = []
    if not bare and max(map(len, grid.rows)) <= width:
        return findings
    stray: list[tuple[int, int]] = []
    for index in range(located.body, len(grid.rows)):
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
