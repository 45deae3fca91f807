"""Opens tables on an engine; everything after that is narwhals, the same on all engines."""

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
    """An engine on which the pipeline runs."""

    name: str

    def scan(self, paths: Sequence[Path], columns: Sequence[ColumnSpec]) -> Frame:
        """Return the rows of one table from the Parquet files of several (possibly no) submissions."""

    def frame(self, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> Frame:
        """Create a small table from Python values; `types` maps each column to str, float or bool."""


class PolarsEngine:
    """Polars, in process, on all cores; the default."""

    name = "polars"

    def scan(self, paths: Sequence[Path], columns: Sequence[ColumnSpec]) -> Frame:
        fields = stored_schema(columns)
        frame = pl.scan_parquet(list(paths), schema=fields) if paths else pl.LazyFrame(schema=fields)
        return nw.from_native(frame)

    def frame(self, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> Frame:
        return nw.from_native(_polars_frame(columns, types).lazy())


class DuckEngine:
    """DuckDB, in process; needs the extra `pilot-eval[duckdb]`. The same figures to 1e-9.

    It exists to show that figures depend on the method, not on the engine: on a small round it is many times slower
    than Polars, since it plans every step anew.
    """

    name = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self._connection = duckdb.connect()

    def scan(self, paths: Sequence[Path], columns: Sequence[ColumnSpec]) -> Frame:
        from pyarrow import dataset

        if not paths:
            return self._from(pl.DataFrame(schema=stored_schema(columns)).to_arrow())
        # Through pyarrow: DuckDB's own reader treats brackets and stars in a path as a pattern.
        return self._from(dataset.dataset([str(path) for path in paths], format="parquet"))

    def frame(self, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> Frame:
        return self._from(_polars_frame(columns, types).to_arrow())

    def _from(self, source: Any) -> Frame:
        frame: Frame = nw.from_native(self._connection.from_arrow(source))
        return frame


def installed() -> list[Engine]:
    """Return every engine that is installed, the default first."""
    found: list[Engine] = [PolarsEngine()]
    if all(find_spec(name) is not None for name in ("duckdb", "pyarrow")):
        found.append(DuckEngine())
    return found


def _polars_frame(columns: Mapping[str, Sequence[Any]], types: Mapping[str, type]) -> pl.DataFrame:
    dtypes = {str: pl.String(), float: pl.Float64(), bool: pl.Boolean()}
    return pl.DataFrame(dict(columns), schema={name: dtypes[types[name]] for name in columns})
