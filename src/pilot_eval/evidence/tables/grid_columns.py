"""Transposes a grid into columns of cells."""

from typing import Any

from pilot_eval.evidence.cells.raw_cells import Cells
from pilot_eval.evidence.readers.grid import Grid

_AT_ONCE = 20_000
"""Rows that are transposed at a time: each is an argument of `zip`."""


def grid_columns(grid: Grid, first: int, width: int) -> list[Cells]:
    """Return the cells from the row `first` on, column by column."""
    rows = grid.rows[first:]
    if set(map(len, rows)) != {width}:
        return [Cells.of([row[at] if at < len(row) else None for row in rows]) for at in range(width)]
    columns: list[list[Any]] = [[] for _ in range(width)]
    for start in range(0, len(rows), _AT_ONCE):
        for column, more in zip(columns, zip(*rows[start : start + _AT_ONCE], strict=True), strict=True):
            column += more
    return [Cells.of(column) for column in columns]
