"""Says what stands where a header should be: the row that is nearest to one, beside the names expected."""

from difflib import SequenceMatcher
from typing import Any, NamedTuple

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.header_cells import header_key
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.plugin.tables import ColumnSpec
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import is_turned
from pilot_eval.text import Words, both, joined, quoted

HEADER_WITHIN = 30
"""Rows that are searched for the header."""
_NEAR = 0.5
"""The likeness from which two names are shown beside each other."""
_SHOWN = 12


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
