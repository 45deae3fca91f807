"""Opens tables on an engine; everything after is narwhals, the same on all of them."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import narwhals.stable.v2 as nw
import polars as pl

from pilot_eval.evidence.intake.store import stored_schema
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
        fields = stored_schema(columns)
        frame = pl.scan_parquet(list(paths), schema=fields) if paths else pl.LazyFrame(schema=fields)
        return nw.from_native(frame)

    def frame(self, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> Frame:
        return nw.from_native(_polars_frame(columns, types).lazy())


class DuckEngine:
    """DuckDB, in process; needs the extra `pilot-eval[duckdb]`. The same figures to 1e-9.

    It is there to show that figures are the method's and not the engine's: a small round takes it many times as long as
    Polars, since every step is planned anew.
    """

    name = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self._connection = duckdb.connect()

    def scan(self, paths: Sequence[Path], columns: Sequence[ColumnSpec]) -> Frame:
        from pyarrow import dataset

        if not paths:
            return self._from(pl.DataFrame(schema=stored_schema(columns)).to_arrow())
        # Through pyarrow: DuckDB's own reader takes brackets and stars in a path for a pattern.
        return self._from(dataset.dataset([str(path) for path in paths], format="parquet"))

    def frame(self, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> Frame:
        return self._from(_polars_frame(columns, types).to_arrow())

    def _from(self, source: Any) -> Frame:
        frame: Frame = nw.from_native(self._connection.from_arrow(source))
        return frame


def installed() -> list[Engine]:
    """Every engine that can be used here, the default first."""
    found: list[Engine] = [PolarsEngine()]
    if all(find_spec(name) is not None for name in ("duckdb", "pyarrow")):
        found.append(DuckEngine())
    return found


def _polars_frame(columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> pl.DataFrame:
    dtypes = {str: pl.String(), float: pl.Float64(), bool: pl.Boolean()}
    return pl.DataFrame(dict(columns), schema={name: dtypes[types[name]] for name in columns})
