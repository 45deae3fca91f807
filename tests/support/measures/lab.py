"""Expressions computed over tables in memory, and what they mean by the plain reference."""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from pilot_eval.evidence.intake.store import stored_schema
from pilot_eval.measures.compute import Tables, has, with_measures
from pilot_eval.measures.engines import Frame, PolarsEngine
from pilot_eval.plugin import (
    API,
    BaseType,
    Choice,
    Count,
    Date,
    Figure,
    File,
    Flag,
    Number,
    Record,
    column,
    maximum,
    minimum,
)
from pilot_eval.plugin.compiling import compile_type
from tests.support.measures import plain


class Sample(Record):
    """Columns of every kind; `m` is what others are divided by."""

    x: Number = column(zh="一", optional=True)
    y: Number = column(zh="二")
    n: Count = column(zh="三")
    m: Number = column(zh="四")
    f: Flag = column(zh="五", optional=True)
    g: Flag = column(zh="六")
    c: Choice = column(zh="七", choices={"a": "甲", "b": "乙", "c": "丙"}, optional=True)
    p: File = column(zh="八", optional=True)
    d: Date = column(zh="九", optional=True)


KINDS: dict[str, type[plain.Column]] = {
    "x": plain.Number, "y": plain.Number, "n": plain.Number, "m": plain.Number, "f": plain.Flag, "g": plain.Flag,
    "c": plain.Word, "p": plain.Word, "d": plain.Day,
}  # fmt: skip
APPROXIMATE = ("x", "y", "n", "m")
Cell = tuple[float, float, float]
Result = tuple[float | None, float | None, float | None]
Rows = Sequence[Mapping[str, Any]]
COLUMNS = [*Sample.columns_.values()]


def stored(pilot: str, rows: Rows) -> pl.DataFrame:
    """Rows as the store keeps them; without rows, the one that says «nothing to report»."""
    made = []
    for number, row in enumerate(rows, start=2):
        cells: dict[str, Any] = {"pilot": pilot, "__source": 0, "__row": number}
        for name, cell in row.items():
            ends = dict(zip((name, f"{name}__low", f"{name}__high"), cell, strict=True)) if type(cell) is tuple else {}
            cells |= ends or {name: cell}
        made.append(cells)
    return pl.DataFrame(made or [{"pilot": pilot}], schema=stored_schema(COLUMNS))


class Memory(PolarsEngine):
    """A table that was never written."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.rows = frame

    def scan(self, paths: Sequence[Path], columns: Sequence[Any]) -> Frame:
        return nw.from_native(self.rows.lazy())


def lab(expressions: Sequence[str]) -> BaseType:
    """A base type with a measure for each expression."""
    base_type = BaseType("lab", zh="实验", api=API)
    base_type.table(zh="样本")(Sample)
    for number, text in enumerate(expressions):
        base_type.measure(unit="个")(_author(f"figure_{number}", text))
    return base_type


def _author(name: str, text: str) -> Callable[[Sample], Figure]:
    def function(s: Sample) -> Figure:
        return eval(text, {"s": s, "maximum": maximum, "minimum": minimum})  # noqa: S307  our own text

    function.__name__ = name
    return function


def computed(
    base_type: BaseType, engine: PolarsEngine, pilots: Sequence[str] = ("some",), paths: Sequence[Path] = (Path("-"),)
) -> dict[str, dict[str, Result]]:
    """Value, low and high of each measure, by pilot."""
    compiled = compile_type(base_type)
    asked = engine.frame({"pilot": pilots, has("samples"): [True] * len(pilots)}, {"pilot": str, has("samples"): bool})
    measures = [compiled.measures[name] for name in base_type.measures]
    frame, faults = with_measures(engine, compiled, measures, Tables({"samples": paths}, plain.PERIOD), asked)
    assert not faults, faults
    rows = {row["pilot"]: row for row in frame.collect().iter_rows(named=True)}
    return {
        pilot: {name: (row[name], row[f"{name}__low"], row[f"{name}__high"]) for name in base_type.measures}
        for pilot, row in rows.items()
    }


def meant(text: str, rows: Rows, choose: Callable[[Cell], float]) -> float | None:
    """What an expression means where `choose` picks the true number of each approximate cell."""
    true = [{name: choose(cell) if type(cell) is tuple else cell for name, cell in row.items()} for row in rows]
    true = [{**row, "d": None if row.get("d") is None else math.floor(row["d"])} for row in true]
    scope = {"s": plain.Table(true, KINDS), "maximum": plain.maximum, "minimum": plain.minimum}
    value: float | None = eval(text, scope).value  # noqa: S307  our own text
    return value


def same(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else a == pytest.approx(b, rel=1e-9, abs=2e-9)


def inside(number: float, low: float, high: float) -> bool:
    slack = 1e-8 * max(1.0, abs(number))
    return low - slack <= number <= high + slack
