"""Opens tables on an engine; everything after is narwhals, the same on all of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import narwhals.stable.v2 as nw

from pilot_eval.evidence.store import schema
from pilot_eval.plugin.tables import ColumnSpec

Frame = nw.LazyFrame[Any]


class Engine(Protocol):
    """Where the pipeline runs."""

    name: str

    def scan(self, paths: Sequence[Path], columns: Sequence[ColumnSpec]) -> Frame:
        """The rows of one table from the Parquet files of several submissions (perhaps none)."""

    def frame(self, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> Frame:
        """A small table from Python values; `types` gives str, float or bool for each column."""


class PolarsEngine:
    """In process, on all cores; the default."""

    name = "polars"

    def scan(self, paths: Sequence[Path], columns: Sequence[ColumnSpec]) -> Frame:
        import polars as pl

        fields = schema(columns)
        frame = pl.scan_parquet(list(paths), schema=fields) if paths else pl.LazyFrame(schema=fields)
        return nw.from_native(frame)

    def frame(self, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> Frame:
        import polars as pl

        dtypes = {str: pl.String(), float: pl.Float64(), bool: pl.Boolean()}
        fields = {name: dtypes[types[name]] for name in columns}
        return nw.from_native(pl.LazyFrame(dict(columns), schema=fields))
