"""The cells of a grid, column by column."""

from typing import Any

from pilot_eval.evidence.cells.columns import Cells
from pilot_eval.evidence.readers.grid import Grid

_AT_ONCE = 20_000
"""Rows that are turned into columns at once: a million are a million arguments."""


def grid_columns(grid: Grid, first: int, width: int) -> list[Cells]:
    """The cells below the header, column by column."""
    rows = grid.rows[first:]
    if set(map(len, rows)) != {width}:
        return [Cells.of([row[at] if at < len(row) else None for row in rows]) for at in range(width)]
    columns: list[list[Any]] = [[] for _ in range(width)]
    for start in range(0, len(rows), _AT_ONCE):
        for column, more in zip(columns, zip(*rows[start : start + _AT_ONCE], strict=True), strict=True):
            column += more
    return [Cells.of(column) for column in columns]
