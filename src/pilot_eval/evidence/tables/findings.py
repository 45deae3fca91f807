"""Collects the findings about one grid: lists a few of each kind and counts the rest."""

from collections import Counter

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.cells.columns import SAME_KIND, Faults
from pilot_eval.evidence.readers.grid import Grid


class Findings:
    """The findings about one grid, at most `SAME_KIND` of one code in one column."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._found: list[Finding] = []
        self._counts: Counter[tuple[str, int | None]] = Counter()

    def say(self, code: str, index: int | None, at: int | None, /, **params: object) -> None:
        self._counts[code, at] += 1
        if self._counts[code, at] <= SAME_KIND:
            self._found.append(finding(code, self._grid.place(index, at), **params))

    def of_column(self, faults: Faults, indexes: pl.Series, at: int | None) -> None:
        """Add the faults of a column whose cells are in the rows `indexes` of the grid."""
        for fault in sorted(faults.listed, key=lambda each: each.at):
            self.say(fault.code, indexes[fault.at], at, **fault.params)
        for code, count in (faults.counts - Counter(each.code for each in faults.listed)).items():
            self._counts[code, at] += count

    def all(self) -> list[Finding]:
        more = [
            finding("findings-more", self._grid.place(None, at), count=count - SAME_KIND)
            for (_, at), count in sorted(self._counts.items(), key=str)
            if count > SAME_KIND
        ]
        return self._found + more
