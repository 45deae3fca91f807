"""Rows in groups: aggregates of each group, and aggregates of these.

An aggregate of grouped rows is a column of numbers with a cell for each group, with its bounds; an aggregate of that is
a figure. The pipeline computes the first by pilot and group, and the second by pilot.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Literal, NoReturn

import narwhals.stable.v2 as nw

from pilot_eval.errors import PluginError
from pilot_eval.frames import FIRST, GROUP, LAST, PILOT, SURELY
from pilot_eval.plugin.columns import Column, Flag, Number
from pilot_eval.plugin.days import DatePart, Grain, number_of
from pilot_eval.plugin.figures import Figure, GroupFigures, Within, staged
from pilot_eval.plugin.intervals import Trio, either
from pilot_eval.plugin.symbolic import mistake
from pilot_eval.plugin.words import Text


@dataclass(frozen=True, eq=False)
class Grouped:
    """The rows of a table in groups, by the words of a column or by the year, quarter or month of a date.

    key: the column. keep: the rows that are grouped, all if None; words that are in none of them are no group, but a
    month of the round's period without rows is one.
    """

    key: Text | DatePart
    keep: Flag | None

    @property
    def per(self) -> Literal["row", "group"]:
        return "row"

    @property
    def grain(self) -> Grain | None:
        return self.key.grain if isinstance(self.key, DatePart) else None

    @property
    def cells(self) -> Trio:
        return self.key.counted if isinstance(self.key, DatePart) else self.key.trio

    @property
    def _identity(self) -> tuple[object, ...]:
        kept = frozenset() if self.keep is None else self.keep._conditions
        return repr(self.cells.value), kept

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grouped) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def inside(self) -> Flag | None:
        """Return the condition that a row is in the group, of the rows that may be; None: all of them are."""
        cells = self.cells
        if cells.exact:
            return None
        return Flag(Trio(nw.col(GROUP) == cells.value, nw.col(SURELY), nw.lit(True)))

    def beside(self, other: Within | None, column: Any) -> "Grouped":
        if other is not None and other != self:
            raise mistake("plugin-other-groups", column, None)
        return self

    def longest_run(self, flag: Flag) -> NoReturn:
        raise PluginError.of("plugin-longest-run")

    def made(self, figure: Figure) -> Number:
        """Return a column with a cell for each group."""
        inner = self._cited(figure)
        cells = Number(inner.trio, inner.reads, of=Groups(self, inner))
        there = self._there
        return cells if there is None else cells._to(Number, cells.trio, replace(there, keep=there))

    @cached_property
    def _there(self) -> Flag | None:
        """Return the groups that have a row that is kept; None: all have."""
        if self.keep is None or self.grain is not None:
            return None
        rows = self._cited(self.keep.count())
        return Flag(rows.trio.each(lambda count: count > 0), rows.reads, of=Groups(self, rows))

    def _cited(self, figure: Figure) -> Figure:
        """Return the aggregates of a group with the rows that are in any group, of which all together are made."""
        cells = self.cells
        rows: nw.Expr = nw.when(~cells.value.is_null()).then(nw.lit(True))
        doubtful = figure.doubtful
        if self.grain is not None:
            first, last = (number_of(self.grain, nw.col(day)) for day in (FIRST, LAST))
            rows = (cells.value >= first) & (cells.value <= last)
            may = (cells.low < cells.high) & (cells.high >= first) & (cells.low <= last)
            doubtful = doubtful if cells.exact else either(doubtful, may)
        rows = rows if figure.rows is None else rows & figure.rows
        reads = figure.reads | self.key.reads
        return replace(figure, reads=reads, rows=rows, doubtful=doubtful, total=None, terms=None)


@dataclass(frozen=True, eq=False)
class Groups:
    """The groups of a table's rows, one cell each.

    by: how they are made. figure: everything that is computed per group.
    """

    by: Grouped
    figure: Figure

    inside: ClassVar[None] = None

    @property
    def per(self) -> Literal["row", "group"]:
        return "group"

    def beside(self, other: Within | None, column: Any) -> "Groups":
        if not isinstance(other, Groups) or other.by != self.by:
            raise mistake("plugin-other-groups", column, None)
        return self if other is self else Groups(self.by, self.figure._beside(other.figure))

    def longest_run(self, flag: Flag) -> Figure:
        """Return the largest number of groups one after another in which a condition is true."""
        if self.by.grain is None:
            raise PluginError.of("plugin-longest-run")
        before = nw.col(GROUP).min().over(PILOT) - 1

        def length(true: nw.Expr) -> nw.Expr:
            ends = nw.when(nw.coalesce(true, nw.lit(False))).then(nw.lit(-1.0)).otherwise(nw.col(GROUP))
            return nw.col(GROUP) - nw.max_horizontal(ends.cum_max().over(PILOT, order_by=GROUP), before)

        levels, cells = staged(self.figure.levels, replace(flag.trio, lacks=None).each(length))
        return Number(cells, flag.reads, of=replace(self, figure=replace(self.figure, levels=levels))).max()

    def made(self, figure: Figure) -> Figure:
        """Return the figure of an aggregate over the groups."""
        (own, *levels), inner = figure.levels, self.figure
        nested = (GroupFigures(self.by, inner.levels, own),)
        return replace(inner, trio=figure.trio, levels=({}, *levels), undefined=(), nested=nested)


def grouped_by(keep: Flag | None, key: object) -> Grouped:
    """Return how rows are grouped. Raises PluginError for what rows cannot be grouped by."""
    if not isinstance(key, (Text, DatePart)) or key.of is not None:
        given = type(key).__name__ if isinstance(key, Column) else repr(key)[:60]
        raise PluginError.of("plugin-group-by", given=given)
    if key.keep is not None and key.keep is not keep:
        keep = key.keep if keep is None else keep & key.keep
    return Grouped(key, keep)
