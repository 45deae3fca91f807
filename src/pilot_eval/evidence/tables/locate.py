"""Finds a table in a grid: which table it is, the rows of its header, and the column of each field."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables import header_rows
from pilot_eval.evidence.tables.header_cells import header_key
from pilot_eval.evidence.tables.header_seen import HEADER_WITHIN, holds_such, no_header, unread_column
from pilot_eval.evidence.tables.header_units import UNIT_LINE, header_units, unit_beside
from pilot_eval.evidence.tables.layout import REMARKS, ROW_NUMBERS, Layout, Located, exact_names, table_named
from pilot_eval.plugin.tables import COMMON_COLUMNS, NOTE, NUMBER_KINDS, ColumnSpec
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.privacy.words import means_contact, means_person
from pilot_eval.spelling import plain, word_key
from pilot_eval.text import Words, both, joined, quoted

_LEVELS = 3
"""Rows that a header may have."""


class _Head(NamedTuple):
    """The rows of a header, and the columns that they name."""

    layout: Layout
    top: int
    header: int
    hits: frozenset[str]


def locate(grid: Grid, candidates: list[Layout], named: Layout | None) -> tuple[Located | None, list[Finding]]:
    """Find the table in a grid: the one that it is named after, else the one whose required columns are all present."""
    head = _head(grid, [named] if named else candidates, whole=named is None)
    if named is not None and (at := _transposed(grid, named, head)):
        return None, [finding("sheet-turned", grid.place(*at), table=named.label)]
    if head is None:
        if named is None or all(cell is None for row in grid.rows for cell in row):
            return None, []  # an empty sheet is ignored
        return None, [no_header(grid, named)]
    located = Located(grid, head.layout, head.top, head.header, _names(grid, head))
    beside, findings = _adjacent_table(located, candidates)
    findings += _map_columns(located, beside)
    findings += _header_rows(located)
    findings += _contacts(located)
    return located, findings + header_units(located) + _stray_cells(located)


def _head(grid: Grid, layouts: Iterable[Layout], *, whole: bool) -> _Head | None:
    """Return the rows that name the most columns of a table; `whole` demands all required columns.

    Rows are combined into one header only if together they name more columns than any single row.
    """
    best: _Head | None = None
    rows = grid.rows[: 1 if grid.records else HEADER_WITHIN]
    for layout in layouts:
        named = [{at: column.name for at, cell in enumerate(row) if (column := layout.column(cell))} for row in rows]
        required = {column.name for column in layout.required}
        for levels in range(min(_LEVELS, len(rows))):
            for header in range(levels, len(rows)):
                hits = frozenset(_joined(named[header - levels : header + 1], rows[header - levels : header + 1]))
                least = 2 if layout.keyed else min(2, len(required))  # a name alone is no figure
                if len(hits) < least or (whole and not required <= hits):
                    continue
                # The second row of a two-row header, merged downwards where it isn't split, has all the names.
                second = best is not None and not levels and best == (layout, header - 1, header - 1, hits)
                if best is None or len(hits) > len(best.hits) or second:
                    best = _Head(layout, header - levels, header, hits)
    return best


def _joined(named: list[dict[int, str]], rows: list[list[Any]]) -> set[str]:
    """Return the columns that rows name together; a lower row takes precedence."""
    found = dict(named[0])
    for names, row in zip(named[1:], rows[1:], strict=True):
        found = {at: name for at, name in found.items() if at >= len(row) or row[at] is None} | names
    return set(found.values())


def _names(grid: Grid, head: _Head) -> list[Any]:
    """Return the cells of a header, with several rows combined; that of row numbers may be beside a group's name."""
    rows = grid.rows[head.top : head.header + 1]
    above = grid.rows[head.top - 1] if head.top and not grid.records else []
    names = []
    for at in range(max(map(len, rows))):
        name = next((row[at] for row in reversed(rows) if at < len(row) and row[at] is not None), None)
        if name is None and at < len(above) and above[at] is not None and header_key(above[at]) in ROW_NUMBERS:
            name = above[at]
        names.append(name)
    return names


def _transposed(grid: Grid, layout: Layout, head: _Head | None) -> tuple[int, int] | None:
    """Return the first label of a form whose labels are in a column instead of a row, as (row, column); else None."""
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
"""Columns that are searched for the labels of a form."""


def _map_columns(located: Located, beside: frozenset[int]) -> list[Finding]:
    """Map the header's cells to the table's columns, and report those that don't match, except blocks beside it.

    A cell with the column's own name takes precedence over one with an alias.
    """
    layout = located.layout
    names = {at: cell for at, cell in enumerate(located.names) if cell is not None and at not in beside}
    meant = {at: column for at, cell in names.items() if (column := layout.column(cell))}
    first = {
        column.name: at for at, column in sorted(meant.items(), key=lambda each: _precedence(located, *each))[::-1]
    }
    findings, others = list[Finding](), list[int]()
    for at, cell in names.items():
        shown, place, column = shown_text(cell_text(cell)), located.place(at), meant.get(at)
        if column is not None and first[column.name] == at:
            located.columns[column.name] = at
        elif column == NOTE and header_key(cell) in REMARKS:
            continue  # remarks in two columns
        elif column is not None:
            findings.append(_again(located, at, first[column.name], column))
        elif means_contact(plain(cell_text(cell))):
            located.contacts.append(at)
        elif means_person(cell_text(cell)):
            findings.append(finding("header-person", place, header=shown))
        elif header_key(cell) not in ROW_NUMBERS:
            others.append(at)
    findings += [unread_column(located, at) for at in others]
    findings += [
        finding("header-missing", located.grid.place(located.header), column=column.label)
        for column in layout.required
        if column.name not in located.columns
    ]
    return findings


def _precedence(located: Located, at: int, column: ColumnSpec) -> tuple[int, int]:
    """Return what decides which of several cells names a column: its own name, else the first alias; then the place."""
    aliases, key = [header_key(name) for name in column.aliases], header_key(located.names[at])
    exact = key not in {*aliases, *(REMARKS if column == NOTE else ())} - exact_names(column)
    return (-1 if exact else aliases.index(key) if key in aliases else len(aliases)), at


def _again(located: Located, at: int, first: int, column: ColumnSpec) -> Finding:
    """Return what is said of a column that means the same as another one.

    The same name twice is an error, and so are two other names of one number; of a name and another, the first is read,
    which is a warning if both have numbers, or days.
    """
    shown, place = shown_text(cell_text(located.names[at])), located.place(at)
    exact = _precedence(located, first, column)[0] < 0
    same = header_key(located.names[at]) == header_key(located.names[first]) or (
        exact and _precedence(located, at, column)[0] < 0
    )
    if column not in COMMON_COLUMNS and (same or (column.kind in NUMBER_KINDS and not exact)):
        return finding("header-duplicate", place, header=shown)
    label = quoted(column.label)
    other = Words(zh=f"{label.zh}已取自另一列", en=f"{label.en} is read from another column")
    if column.kind in NUMBER_KINDS or holds_such(located, at, column):
        return finding("header-unknown", place, header=shown, suggestion=other)
    return finding(
        "header-again", place, header=shown, column=column.label, other=shown_text(cell_text(located.names[first]))
    )


def _adjacent_table(located: Located, candidates: Iterable[Layout]) -> tuple[frozenset[int], list[Finding]]:
    """Return the columns of a table beside this one, which may be of the same kind, and the findings about it."""
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


def _header_rows(located: Located) -> list[Finding]:
    """Exclude the rows below the header that belong to it from the records, and record the units that they state."""
    grid, findings = located.grid, list[Finding]()
    located.body = located.header + 1
    if grid.records:
        return findings
    used = located.used
    while located.body < len(grid.rows):
        row = grid.rows[located.body]
        following = grid.rows[located.body + 1] if located.body + 1 < len(grid.rows) else []
        guide = header_rows.header_row(row, following, located.names, used, located.layout.units)
        if guide is None:
            break
        for at, cell in enumerate(row):
            if cell is not None and (at >= len(located.names) or located.names[at] is None):
                located.names += [None] * (at + 1 - len(located.names))
                located.names[at] = cell
            if guide.names and cell is not None and means_contact(plain(cell_text(cell))):
                located.contacts.append(at)
            elif guide.names and cell is not None and means_person(cell_text(cell)):
                place = grid.place(located.body, at)
                findings.append(finding("header-person", place, header=shown_text(cell_text(cell))))
        for at in guide.parted:
            findings.append(
                finding("header-parted", located.place(at), header=shown_text(cell_text(located.names[at])))
            )
        for at, unit in guide.units.items():
            located.asides.setdefault(at, []).append(unit)
        value = shown_text(next(cell_text(cell) for cell in row if cell is not None))
        said = finding("row-unclear", grid.place(located.body), value=value) if guide.unclear else None
        findings.append(said or finding("row-guide", grid.place(located.body)))
        located.body += 1
    return findings


def _contacts(located: Located) -> list[Finding]:
    """Say once which columns are about how to reach somebody; they aren't read, or the method refuses them."""
    located.contacts = [at for at in dict.fromkeys(located.contacts) if at not in located.used]
    if not located.contacts:
        return []
    grid = located.grid
    named = [(shown_text(cell_text(located.names[at]), 30), grid.letter(at)) for at in located.contacts[:_LISTED]]
    shown = joined(
        both(f"“{name}”") if grid.records else Words(zh=f"“{name}”（{letter} 列）", en=f"“{name}” (column {letter})")
        for name, letter in named
    )
    code = "header-contact-refused" if located.layout.contacts == "refuse" else "header-contact"
    return [finding(code, located.place(located.contacts[0]), columns=shown)]


def _stray_cells(located: Located) -> list[Finding]:
    """Report cells outside the header's columns; in delimited text, a row with such cells is an error."""
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
                findings.append(finding("row-wider", grid.place(index), value=shown_text(cell_text(row[further[-1]]))))
        else:
            stray += [(index, at) for at in further]
    if stray:
        index, at = stray[0]
        shown = shown_text(cell_text(grid.rows[index][at]))
        findings.append(finding("cells-beyond", grid.place(index, at), value=shown, count=len(stray)))
    return findings


_LISTED = 20
"""Rows listed if many are too wide."""


def holds(grid: Grid, layout: Layout) -> bool:
    """Return whether a grid has a header with all required columns of a table."""
    return _head(grid, [layout], whole=True) is not None


_FRONT = frozenset(
    {"目录", "目次", "封面", "封皮", "扉页", "说明", "填表说明", "填报说明", "填写说明", "编制说明", "使用说明"}
    | {"填报须知", "填表须知"}
    | {"cover", "contents", "tableofcontents", "index", "instructions", "readme", "guide"}
)


def is_front_matter(grid: Grid, layouts: Iterable[Layout]) -> bool:
    """Return whether a sheet is a cover, contents or instructions by its name, and no row names columns of a table."""
    if word_key(grid.sheet or "") not in _FRONT:
        return False
    head = _head(grid, layouts, whole=False)
    return head is None or len(head.hits) < 2


def stacked(grid: Grid, layouts: Iterable[Layout]) -> list[Grid]:
    """Split a sheet with tables below each other into a grid for each; any other sheet is returned as it is.

    The titles above a header belong to its table.
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
    """Return the rows that name all required columns of a table, each with the table and the columns' indexes."""
    if grid.records:
        return []
    known = {word for layout in layouts for column in layout.columns for word in (column.label.zh, column.label.en)}
    filled = next((row for row in grid.rows if sum(cell is not None for cell in row) > 1), [])
    left = next((at for at, cell in enumerate(filled) if cell is not None), 0)  # where stacked tables begin
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
"""Rows below a gap that are examined although no cell is a name: a header may have units or numbers in its cells."""


def _is_title(row: list[Any], layouts: Iterable[Layout]) -> bool:
    """Return whether a row above a header belongs to it: blank, a numbered heading, a table's name, a unit."""
    filled = [cell for cell in row if cell is not None]
    if len(filled) != 1:
        return not filled
    if not isinstance(filled[0], str):
        return False
    said = plain(filled[0])
    return bool(
        _NUMBERED_TITLE.match(said) or UNIT_LINE.search(said) or table_named(said, layouts) or _is_unit(said, layouts)
    )


def _is_unit(said: str, layouts: Iterable[Layout]) -> bool:
    known = dict.fromkeys(each.units for each in layouts)
    return any(unit_beside(said, units) for units in known)


_NUMBERED_TITLE = re.compile(
    r"\(?[一二三四五六七八九十]{1,3}[)、.]|表\s*[0-9一二三四五六七八九十]|附[件表]|(?:19|20)[0-9]{2}\s*年?度?$"
)
