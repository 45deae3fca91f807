"""Says what a header has that no column of the table is named: which of its columns each may mean."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.cells.cell import Unreadable, cell_text
from pilot_eval.evidence.cells.dates import read_day
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.header_cells import header_key, may_be_joined, names_within
from pilot_eval.evidence.tables.layout import Layout, Located
from pilot_eval.plugin.tables import COMMON_COLUMNS, ColumnSpec, Kind
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import is_turned
from pilot_eval.text import Words, both, joined, quoted

HEADER_WITHIN = 30
"""Rows that are searched for the header."""
_NEAR = 0.5
"""The likeness from which two names are shown beside each other."""
_SHOWN = 12
_NEAR_TEXT = 0.6
"""The likeness from which a column of texts may be one that the table lacks; few names of such end differently."""
_LOOKED_AT = 20
"""Cells below a header that may show what it means."""


class _Pair(NamedTuple):
    """A cell that may mean a column, and how like its name is."""

    likeness: float
    cell: str
    column: ColumnSpec


def no_header(grid: Grid, layout: Layout) -> Finding:
    """Return the finding on a sheet without the header of its table: what was seen, what was expected, in pairs."""
    paired = [(_pairs(row, layout), row) for row in grid.rows[:HEADER_WITHIN]]
    pairs, nearest = max(paired, key=lambda each: (sum(pair.likeness for pair in each[0]), _word_cells(each[1])))
    seen = [shown_text(cell_text(cell), 30) for cell in nearest if cell is not None][:_SHOWN]
    near = [
        Words(
            zh=f"“{pair.cell}”应为“{pair.column.label.zh}”？",
            en=f"“{pair.cell}” for “{pair.column.label.in_('en')}”?",
        )
        for pair in pairs
        if pair.likeness < 1  # else it is right as it stands
    ]
    used = {pair.column.name for pair in pairs}
    rest = joined(quoted(column.label) for column in layout.required if column.name not in used)
    expected = [*near, *([Words(zh=f"还应有{rest.zh}", en=f"and {rest.in_('en')}")] if rest.zh and near else [])]
    if not near:
        expected = [rest if rest.zh else joined(quoted(column.label) for column in layout.required)]
    said = Words(zh="".join(each.zh for each in expected), en=" ".join(each.in_("en") for each in expected))
    return finding("sheet-no-header", grid.place(), seen=joined(quoted(both(each)) for each in seen), expected=said)


def _word_cells(row: list[Any]) -> int:
    """Return how many cells of a row are words, as those of a header are."""
    return sum(isinstance(cell, str) and len(cell) < 30 for cell in row) if len(row) > 1 else 0


def _pairs(row: list[Any], layout: Layout) -> list[_Pair]:
    """Return cells of a row with the columns that they may mean, nearest first; each cell and each column once."""
    keys = {header_key(cell): shown_text(cell_text(cell), 30) for cell in row if isinstance(cell, str)}
    found = [
        _Pair(likeness, shown, column)
        for key, shown in keys.items()
        for column in layout.columns
        if (likeness := _likeness(key, column)) >= _NEAR
    ]
    pairs: list[_Pair] = []
    for pair in sorted(found, key=lambda each: -each.likeness):
        if all(pair.cell != other.cell and pair.column != other.column for other in pairs):
            pairs.append(pair)
    return pairs


def _likeness(key: str, column: ColumnSpec) -> float:
    names = [name for name in map(header_key, column.words) if not is_turned(key, name)]
    return max((SequenceMatcher(None, key, name).ratio() for name in names), default=0.0)


def unread_column(located: Located, at: int) -> Finding:
    """Return what is said of a column that the table doesn't declare: a note, unless it may be one that is lacking."""
    place, shown = located.place(at), shown_text(cell_text(located.names[at]))
    lacking = [each for each in located.layout.columns if each.name not in located.columns]
    meant = next(_may_be(located, at, [each for each in lacking if each not in COMMON_COLUMNS]), None)
    if meant is None:
        return finding("header-unread", place, header=shown)
    label = quoted(meant.label)
    suggestion = Words(zh=f"是否应为{label.zh}？", en=f"did you mean {label.en}?")
    return finding("header-unknown", place, header=shown, suggestion=suggestion)


def _may_be(located: Located, at: int, lacking: list[ColumnSpec]) -> Iterator[ColumnSpec]:
    """Yield the columns, of those that are lacking, that one may be: by part of its name, its spelling, its cells."""
    name = located.names[at]
    within, said = names_within(name), cell_text(name)
    if within is None and may_be_joined(said):
        return  # 上年/支出 is another figure
    parts = [part for part in (within[1][::-1] if within else []) if not is_turned(said, part)]
    yield from (each for part in parts for each in lacking if _likeness(part, each) == 1)
    key = header_key(name)
    like = {each.name: _likeness(key, each) for each in lacking if _shares_word(key, each)}
    near = [each for each in lacking if like.get(each.name, 0) >= (_NEAR_TEXT if each.kind is Kind.TEXT else _NEAR)]
    yield from sorted(near, key=lambda each: -like[each.name])
    yield from (each for each in lacking if holds_such(located, at, each))


def holds_such(located: Located, at: int, column: ColumnSpec) -> bool:
    """Return whether most cells of one column show by themselves that they are days, or files, as those of another."""
    rows = located.grid.rows[located.header + 1 :]
    cells = [row[at] for row in rows if at < len(row) and row[at] is not None][:_LOOKED_AT]
    return 2 * sum(_holds(cell, column) for cell in cells) > len(cells)


def _shares_word(key: str, column: ColumnSpec) -> bool:
    """Return whether two characters in a row are in a name of a column too: 文号 isn't 文件."""
    names = list(map(header_key, column.words))
    return any(SequenceMatcher(None, key, name).find_longest_match().size > 1 for name in names)


_A_FILE = re.compile(r"\S\.[A-Za-z][A-Za-z0-9]{1,4}\s*$")


def _holds(cell: object, column: ColumnSpec) -> bool:
    """Return whether a cell shows by itself that it belongs to a column of days, or of files."""
    if column.kind is Kind.FILE:
        return isinstance(cell, str) and _A_FILE.search(cell) is not None
    if column.kind is not Kind.DATE or isinstance(cell, (int, float)):
        return False
    try:
        read_day(cell)
    except Unreadable:
        return False
    return True
