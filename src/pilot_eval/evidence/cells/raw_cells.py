"""The raw cells of columns, separated by type, and quick questions to many of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from pilot_eval.evidence.cells.cell import DisplayedNumber


@dataclass
class Cells:
    """A column's raw cells, separated by type; each series is as long as the column and null elsewhere."""

    text: pl.Series
    number: pl.Series
    other: dict[int, Any]  # booleans, dates and all other values of a workbook, by index
    raw: Sequence[Any] | None = None  # the original cells, if any number is displayed differently

    @classmethod
    def of(cls, raw: Sequence[Any]) -> "Cells":
        """Separate raw cells by type; a column of a single type (the usual case) is converted in one step."""
        count = len(raw)
        kinds = set(map(type, raw))
        kinds.discard(type(None))
        if kinds <= {str}:
            return cls(pl.Series(raw, dtype=pl.String), NO_NUMBER.new_from_index(0, count), {})
        kept = raw if DisplayedNumber in kinds else None
        if kinds <= {int, float, DisplayedNumber}:
            numbers = _finite_numbers(pl.Series(raw, dtype=pl.Float64, strict=False))
            return cls(NO_TEXT.new_from_index(0, count), numbers, {}, kept)
        text = pl.Series([str(cell) if isinstance(cell, str) else None for cell in raw], dtype=pl.String)
        floats = [float(cell) if type(cell) in (int, float, DisplayedNumber) else None for cell in raw]
        plain = (str, int, float, DisplayedNumber, type(None))
        other = {at: cell for at, cell in enumerate(raw) if type(cell) not in plain}
        return cls(text, _finite_numbers(pl.Series(floats, dtype=pl.Float64)), other, kept)

    @cached_property
    def filled(self) -> pl.Series:
        filled = is_filled(self.text) | is_filled(self.number)
        return filled.scatter(list(self.other), True) if self.other else filled

    def at(self, index: int) -> Any:
        """Return one raw cell."""
        if index in self.other:
            return self.other[index]
        if self.raw is not None:
            return self.raw[index]
        text = self.text[index]
        return self.number[index] if text is None else text

    def chosen(self, kept: pl.Series) -> "Cells":
        """Return the cells of the rows whose indexes are in `kept`."""
        if len(kept) == len(self.text) and kept.is_sorted():
            return self
        where = {index: at for at, index in enumerate(kept.to_list())} if self.other else {}
        other = {where[index]: cell for index, cell in self.other.items() if index in where}
        raw = None if self.raw is None else [self.raw[index] for index in kept]
        return Cells(self.text.gather(kept), self.number.gather(kept), other, raw)

    def hiding(self, shown: Mapping[int, str]) -> "Cells":
        """Return the cells with others, as text, at some indexes."""
        at, nothing = list(shown), dict.fromkeys(shown)
        raw = None if self.raw is None else [shown.get(index, cell) for index, cell in enumerate(self.raw)]
        text = self.text.clone().scatter(at, pl.Series(list(shown.values()), dtype=pl.String))
        number = self.number.clone().scatter(at, pl.Series(list(nothing.values()), dtype=pl.Float64))
        return Cells(text, number, {index: cell for index, cell in self.other.items() if index not in shown}, raw)


NO_TEXT, NO_NUMBER = pl.Series([None], dtype=pl.String), pl.Series([None], dtype=pl.Float64)
_FULL, _EMPTY = pl.Series([True]), pl.Series([False])


def is_filled(series: pl.Series) -> pl.Series:
    if series.null_count() in (0, len(series)):  # quickly: most columns are full or empty
        return (_EMPTY if series.null_count() else _FULL).new_from_index(0, len(series))
    return series.is_not_null()


def _finite_numbers(series: pl.Series) -> pl.Series:
    total = series.sum()
    return series if total == total else series.fill_nan(None)  # of any NaN, the sum is one


def true_at(hits: pl.Series) -> list[int]:
    """Return the indexes at which a column of booleans is true; where nothing is, as nearly always, at once."""
    return hits.arg_true().to_list() if hits.any() else []


def columns_matching(columns: Sequence[Cells], pattern: str) -> dict[int, list[int]]:
    """Return the columns in which texts match a pattern, each with their indexes."""
    return texts_matching([cells.text for cells in columns], pattern)


def texts_matching(columns: Sequence[pl.Series], pattern: str) -> dict[int, list[int]]:
    """Return the columns of text in which a pattern matches, each with the indexes; all columns are asked at once."""
    asked = [at for at, text in enumerate(columns) if text.null_count() < len(text)]
    if not asked:
        return {}
    found: dict[int, list[int]] = {}
    for flat in true_at(pl.concat([columns[at] for at in asked], rechunk=False).str.contains(pattern)):
        turn, index = divmod(flat, len(columns[0]))
        found.setdefault(asked[turn], []).append(index)
    return found
