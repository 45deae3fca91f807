"""Stores validated tables as Parquet: one file for each table of a submission."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from pilot_eval.frames import PILOT, ROW, SOURCE, three, wording
from pilot_eval.plugin.tables import INTERVAL_KINDS, ColumnSpec, Kind

_TYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(), Kind.CHOICE: pl.String(), Kind.FILE: pl.String(), Kind.FLAG: pl.Boolean(),
    Kind.DATE: pl.Float64(), Kind.PERIOD: pl.Float64(), Kind.COUNT: pl.Float64(), Kind.NUMBER: pl.Float64(),
}  # fmt: skip


def stored_schema(columns: Sequence[ColumnSpec]) -> dict[str, pl.DataType]:
    """Return the stored columns of a table, in order, with their types."""
    fields: dict[str, pl.DataType] = {PILOT: pl.String(), SOURCE: pl.Int64(), ROW: pl.Int64()}
    for column in columns:
        fields[column.name] = _TYPES[column.kind]
        if column.kind in INTERVAL_KINDS:
            fields |= dict.fromkeys(three(column.name), pl.Float64())
            fields[wording(column.name)] = pl.String()
    return fields


Part = tuple[int, pl.Series, Mapping[str, pl.Series]]
"""Rows from one source: its index, the row numbers, and the cells by stored column, if the source has the column."""


def table_frame(pilot: str, columns: Sequence[ColumnSpec], parts: Sequence[Part]) -> pl.DataFrame:
    """Return the rows of a table from all its sources, in order."""
    fields = stored_schema(columns)
    nothing = pl.lit(None)
    frames = [
        pl.select(pl.repeat(pilot, len(rows)).alias(PILOT), pl.repeat(source, len(rows), dtype=pl.Int64).alias(SOURCE))
        .with_columns(rows.alias(ROW), *(cells.get(name, nothing).alias(name) for name in list(fields)[3:]))
        .cast(fields)  # type: ignore[arg-type]
        for source, rows, cells in parts
        if len(rows)
    ]
    return pl.concat(frames) if frames else pl.DataFrame(schema=fields)


def write_table(path: Path, pilot: str, frame: pl.DataFrame) -> int:
    """Write a table, and return the number of its rows.

    Without rows, a single row of nulls marks a table that was submitted with nothing to report.
    """
    nothing = pl.DataFrame({name: [pilot if name == PILOT else None] for name in frame.columns}, schema=frame.schema)
    (frame if frame.height else nothing).write_parquet(path, statistics=False)
    return frame.height
