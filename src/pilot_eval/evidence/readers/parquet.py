"""Reads Parquet files: one table, whose columns have names and types."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.cells.cell import BadCell
from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.messages.libraries import refusal_of
from pilot_eval.text import Words, quoted

MAGIC = b"PAR1"
_EXACT = 2**53
"""Integers from here on are kept as text: a float would lose digits."""
_NESTED = (pl.List, pl.Array, pl.Struct, pl.Binary, pl.Object)


def read_parquet(path: Path, shown: str, limits: Limits) -> list[Grid]:
    """Read the table of a Parquet file as records; NaN, which some programs write for nothing, is an empty cell.

    Its size is compared with the limits before any cell is read. Raises EvidenceError.
    """
    place, meter = Place(file=shown), Meter(shown, limits)
    try:
        table = pl.scan_parquet(path, glob=False)
        schema = table.collect_schema()
        height = int(table.select(pl.len()).collect().item())
        if len(schema) > limits.columns:
            raise meter.too_large("columns", limits.columns)
        if height > limits.rows:
            raise meter.too_large("rows", limits.rows)
        meter.add(height * len(schema), None)
        nested = next((name for name, dtype in schema.items() if isinstance(dtype, _NESTED)), None)
        if nested is not None:
            raise EvidenceError.of("file-is", place, what=Words(zh="嵌套的 Parquet", en="a nested Parquet file"))
        read = table.collect()
    except (EvidenceError, MemoryError):
        raise
    except Exception as error:  # what polars refuses has many classes
        said = refusal_of(error) if isinstance(error, OSError) else quoted(str(error).split("\n")[0][:200])
        todo = Words(zh="重新导出", en="export it anew")
        raise EvidenceError.of("file-unreadable", place, cause=said, todo=todo) from error
    rows: list[list[Any]] = [list(schema.names())]
    rows += ([_raw_cell(cell, limits) for cell in row] for row in read.iter_rows())
    grid = Grid(shown, None, rows, first_row=0, records=True)
    grid.bad = [(at, column) for at, row in enumerate(rows) for column, cell in enumerate(row) if type(cell) is BadCell]
    return [grid]


def _raw_cell(cell: Any, limits: Limits) -> Any:
    """Return a value as a grid's cell."""
    if isinstance(cell, str):
        if len(cell) > limits.cell_chars:
            return BadCell("cell-too-long", cell[:40])
        return None if blank(cell) else cell
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, int):
        return cell if abs(cell) < _EXACT else str(cell)
    if isinstance(cell, float):
        return None if cell != cell else cell if abs(cell) != float("inf") else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if not isinstance(cell, Decimal) else format(cell, "f")
