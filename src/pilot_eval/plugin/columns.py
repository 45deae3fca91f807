"""Columns: the cells of one column of a table, row by row, each with the bounds of its approximate numbers.

A column stands for the cells of one table; an aggregate of it is a `Figure`. Both carry a `Trio` of narwhals
expressions (value, low, high), which are the same object if nothing approximate is involved.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import add, mul, truediv
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

import narwhals.stable.v2 as nw

from pilot_eval.errors import PluginError
from pilot_eval.frames import ROW, UNBOUNDED
from pilot_eval.plugin.figures import Aggregates, Figure, Total, Within
from pilot_eval.plugin.intervals import Trio, either
from pilot_eval.plugin.spread import deviation
from pilot_eval.plugin.symbolic import Symbolic, clip_limits, constant, divisor, mistake, no_operator

C = TypeVar("C", bound="Column")

Spread = Literal["sample", "population"]
"""What a standard deviation is of: some of what there is, or all."""

Orders = frozenset[tuple[str, str]]
"""Pairs of declared columns of one table: the first is a part of the second, at most as large in every row."""


@dataclass(frozen=True, eq=False)
class Column(Symbolic):
    """The cells of one column, row by row; after `where`, only those of the rows it keeps.

    name: the declared column, empty if the cells are computed. wholes: the columns that are at least this one in every
    row that is used, by a check. of: how the rows are grouped, or the groups, of which there is a cell each.
    """

    trio: Trio
    reads: frozenset[str] = frozenset()
    keep: "Flag | None" = None
    name: str = ""
    wholes: frozenset[str] = frozenset()
    of: Within | None = None

    _per = "row"

    if not TYPE_CHECKING:
        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = no_operator("plugin-no-number")
        __rtruediv__ = __neg__ = __lt__ = __le__ = __gt__ = __ge__ = no_operator("plugin-no-number")
        __and__ = __rand__ = __or__ = __ror__ = __invert__ = no_operator("plugin-brackets")

    @property
    def _rows(self) -> nw.Expr:
        """Return whether a row contributes (see `Figure.rows`): it is kept, and the cell is filled in."""
        given = _if_given(self.trio.value)
        return given if self.keep is None else self.keep.met & given

    def _joined(self, *others: "Column") -> tuple[frozenset[str], "Flag | None"]:
        """Return the columns that a row-by-row combination reads, and the rows it keeps."""
        reads, keep = self.reads, self.keep
        for other in others:
            reads |= other.reads
            if other.keep is not None and other.keep is not keep:
                keep = other.keep if keep is None else keep & other.keep
        return reads, keep

    def _to(self, kind: type[C], trio: Trio, *others: "Column", **more: Any) -> C:
        """Return cells computed from these, and others, row by row."""
        return kind(trio, *self._joined(*others), of=self._of(*others), **more)

    def _of(self, *others: "Column") -> Within | None:
        """Return what the cells of a combination are of. Raises PluginError for cells of rows with those of groups."""
        columns = [each for each in (self, *others) if each.reads or each.of is not None]  # others are numbers
        of = columns[0].of if columns else None
        for each in columns[1:]:
            of = each.of.beside(of, self) if each.of is not None else None if of is None else of.beside(None, each)
        return of

    @property
    def _within(self) -> "Flag | None":
        """Return the rows that are kept and, if rows are grouped, are in the group."""
        inside = None if self.of is None else self.of.inside
        return self.keep if inside is None else inside if self.keep is None else replace(self.keep, of=None) & inside

    def _made(
        self,
        aggregates: Aggregates,
        trio: Trio,
        rows: nw.Expr | None = None,
        doubtful: nw.Expr | None = None,
        total: "Sum | None" = None,
    ) -> Figure:
        """Return the figure of aggregates of this column; of grouped rows, a column of it with a cell for each group.

        rows: the contributing rows (default: all filled in). doubtful: those that may not (default: may not be kept).
        """
        reads = self.reads | (self.keep.reads if self.keep is not None else frozenset())
        made = aggregates.figure(trio, reads, self._rows if rows is None else rows, total)
        if doubtful is None and self.keep is not None and not self.keep.trio.exact:
            doubtful = self.keep.doubtful
        made = replace(made, doubtful=doubtful)
        return made if self.of is None else self.of.made(made)

    def given(self) -> "Flag":
        """True where the cell is filled in, False where it is empty."""
        value, lacks = self.trio.value, self.trio.lacks
        given = _of_records(~value.is_null())
        trio = Trio.of(given) if lacks is None else Trio(given, given & ~lacks, _of_records(~self.trio.low.is_null()))
        return self._to(Flag, trio, asked=_if_given(value))

    def n_unique(self) -> Figure:
        """The number of different values, as written; empty cells don't count."""
        if self.of is not None and self.of.per == "group":
            raise PluginError.of("plugin-n-unique")
        figure = Aggregates()

        def distinct(flag: nw.Expr | None) -> nw.Expr:
            cells = _where(flag, self.trio.value)
            return figure.add(cells.n_unique()) - figure.add(cells.is_null().cast(nw.Int64).max())

        keep = self._within
        return self._made(figure, Trio.of(distinct(None)) if keep is None else keep.trio.counted(distinct))


@dataclass(frozen=True, eq=False)
class Flag(Column):
    """A column of yes and no, or a condition; an empty cell counts as neither.

    For conditions on approximate numbers, `low` means “certainly”, `high` means “possibly”.
    """

    asked: nw.Expr | None = None
    """The condition in which “is the cell filled in?” is null, not false, where it is empty; None: never asked."""
    all_of: frozenset[Trio] = frozenset()
    """The conditions that `&` joined."""
    ordered: Orders = frozenset()
    """Columns of which the first is at most the second where it is true."""

    _condition = True

    @property
    def _open(self) -> nw.Expr:
        return self.trio.value if self.asked is None else self.asked

    @property
    def met(self) -> nw.Expr:
        """Return where it is true; false where it isn't, null where it isn't because a cell is empty."""
        return nw.when(self.trio.value).then(nw.lit(True)).otherwise(self._open)

    @property
    def _conditions(self) -> frozenset[Trio]:
        """Return the conditions that must all be true."""
        return self.all_of or frozenset({self.trio})

    @property
    def whole(self) -> "Flag":
        """Return the condition, combined with the one that selects its rows."""
        return self if self.keep is None else replace(self, keep=None) & replace(self.keep, keep=None)

    def longest_run(self) -> Figure:
        """The most months one after another in which it is true; of groups by `month`, `quarter` or `year` alone."""
        if self.of is None:
            raise PluginError.of("plugin-longest-run")
        return self.of.longest_run(self)

    @property
    def doubtful(self) -> nw.Expr:
        """Return where it is possibly, but not certainly, true."""
        return self.trio.high & ~nw.coalesce(self.trio.low, nw.lit(False))

    def __and__(self, other: "Flag") -> "Flag":
        both = self._with(other, lambda a, b: a & b)
        return replace(both, all_of=self._conditions | other._conditions, ordered=self.ordered | other.ordered)

    def __or__(self, other: "Flag") -> "Flag":
        return self._with(other, lambda a, b: a | b)

    if not TYPE_CHECKING:
        __rand__ = __ror__ = no_operator("plugin-brackets")
        __eq__ = __ne__ = no_operator("plugin-flag-compared")
        __hash__ = None

    def _with(self, other: "Flag", join: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> "Flag":
        if not isinstance(other, Flag):
            raise mistake("plugin-brackets", self, other)
        a, b = self.trio, other.trio
        trio = Trio(join(a.value, b.value), join(a.low, b.low), join(a.high, b.high), either(a.lacks, b.lacks))
        plain = self.asked is None and other.asked is None
        asked = None if plain else join(self._open, other._open)
        return self._to(Flag, Trio.of(trio.value) if a.exact and b.exact else trio, other, asked=asked)

    def __invert__(self) -> "Flag":
        asked = None if self.asked is None else ~self.asked
        return self._to(Flag, self.trio.flipped(lambda flag: ~flag), asked=asked)

    def then(self, yes: float, otherwise: float) -> "Number":
        """A number for each row: `yes` where true, `otherwise` where false, empty where empty."""
        yes, otherwise = constant(self, yes), constant(self, otherwise)

        def pick(flag: nw.Expr) -> nw.Expr:
            return nw.when(flag).then(nw.lit(yes)).when(~flag).then(nw.lit(otherwise))

        trio = self.trio.each(pick) if yes >= otherwise else self.trio.flipped(pick)
        return self._to(Number, trio)

    @property
    def _in_group(self) -> "Flag":
        """Return the condition, and being in the group if rows are grouped."""
        inside = None if self.of is None else self.of.inside
        return self if inside is None else replace(self, of=None) & inside

    def count(self) -> Figure:
        """The number of rows that are true."""
        wanted, figure = self.whole, Aggregates()
        trio = wanted._in_group.trio.counted(lambda flag: figure.add(nw.when(flag).then(nw.col(ROW)).count()))
        doubtful = None if wanted.trio.exact else wanted.doubtful
        return self._made(figure, trio, wanted.met, doubtful, Sum(None, wanted))

    def share(self) -> Figure:
        """Rows that are true ÷ rows that are filled in, 0 to 1; missing if none is filled in."""
        true = self.count()
        made = true / (true + (~self).count())
        return made if self.of else replace(made, rows=self._rows)


class Number(Column):
    """A column of quantities, with bounds for approximate ones such as “1600多”."""

    _numeric = True

    def _number(self, other: object) -> "Number":
        return other if isinstance(other, Number) else Number(Trio.of(nw.lit(constant(self, other))))

    def _with(self, other: "Number | float", join: Callable[[Trio, Trio], Trio]) -> "Number":
        number = self._number(other)
        return self._to(Number, join(self.trio, number.trio), number)

    def __add__(self, other: "Number | float") -> "Number":
        return self._with(other, add)

    __radd__ = __add__

    def __neg__(self) -> "Number":
        return self._to(Number, self.trio.flipped(lambda x: x * -1))

    def __sub__(self, other: "Number | float") -> "Number":
        return self + -self._number(other)

    def __rsub__(self, other: float) -> "Number":
        return -self + other

    def __mul__(self, other: "Number | float") -> "Number":
        return self._with(other, mul)

    __rmul__ = __mul__

    def __truediv__(self, other: "Number | float") -> "Number":
        """Row by row; empty where the divisor is 0."""
        return self._with(divisor(self, other), truediv)

    def __rtruediv__(self, other: float) -> "Number":
        return self._number(other) / self

    def __abs__(self) -> "Number":
        """The cell without its sign."""
        return self._to(Number, abs(self.trio))

    def sqrt(self) -> "Number":
        """The square root of each cell; empty where it is negative."""
        return self._to(Number, self.trio.sqrt())

    def log(self) -> "Number":
        """The natural logarithm of each cell; empty where it is not above 0."""
        return self._to(Number, self.trio.log())

    def clip(self, low: float | None = None, high: float | None = None) -> "Number":
        """Clamp each cell to the range from `low` to `high`; None means no limit."""
        low, high = clip_limits(self, low, high)
        return self._to(Number, self.trio.each(lambda x: x.clip(low, high)))

    def _compare(self, other: "Number | float", sign: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> Flag:
        """Compare with > or >=: certainly true if low passes the comparison with the other's high."""
        number = self._number(other)
        a, b = self.trio, number.trio
        ordered = frozenset({(number.name, self.name)} if number.name and self.name else ())
        value, lacks = sign(a.value, b.value), either(a.lacks, b.lacks)
        if a.exact and b.exact:
            return self._to(Flag, Trio.of(value), number, ordered=ordered)
        low, high = sign(a.low, b.high), sign(a.high, b.low)
        if lacks is not None:  # neither true nor false for certain
            known = ~high.is_null()
            low, high = low & ~lacks, nw.when(known).then(high | lacks)
        return self._to(Flag, Trio(value, low, high, lacks), number, ordered=ordered)

    def __gt__(self, other: "Number | float") -> Flag:
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other: "Number | float") -> Flag:
        return self._compare(other, lambda a, b: a >= b)

    # Not `other > self`: Python would reflect that again if `self` is of a subclass.
    def __lt__(self, other: "Number | float") -> Flag:
        return self._number(other)._compare(self, lambda a, b: a > b)

    def __le__(self, other: "Number | float") -> Flag:
        return self._number(other)._compare(self, lambda a, b: a >= b)

    def __eq__(self, other: object) -> Flag:  # type: ignore[override]
        number = self._number(other)
        return (self >= number) & (self <= number)

    def __ne__(self, other: object) -> Flag:  # type: ignore[override]
        return ~(self == other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def _cells(self) -> Trio:
        """Return the cells for aggregates, to which one that may not exist may be anything."""
        cells = self.trio
        if cells.lacks is None:
            return cells
        low, high = (
            nw.when(cells.lacks & ~end.is_null()).then(nw.lit(wide)).otherwise(end)
            for end, wide in ((cells.low, -UNBOUNDED), (cells.high, UNBOUNDED))
        )
        return Trio(cells.value, low, high)

    @property
    def _certain(self) -> nw.Expr:
        """Return the cells that certainly exist."""
        cells = self.trio
        return cells.value if cells.lacks is None else nw.when(~cells.lacks).then(cells.value)

    @property
    def _kept(self) -> Flag:
        keep = self._within
        return Flag(Trio.of(nw.lit(True))) if keep is None else keep

    @property
    def _settled(self) -> bool:
        """Return whether it is certain which cells there are."""
        keep = self._within
        return self.trio.lacks is None and (keep is None or keep.trio.exact)

    def sum(self) -> Figure:
        """Sum; 0 if no row is kept, missing if rows are kept but every cell is empty."""
        figure, cells, this = Aggregates(), self._cells, Sum(self, self.keep) if self.name else None

        def count(flag: nw.Expr | None, each: nw.Expr) -> nw.Expr:
            return figure.add(_where(flag, each).count())

        def total(flag: nw.Expr | None, each: nw.Expr) -> nw.Expr:
            return nw.coalesce(figure.add(_where(flag, each).sum()), nw.lit(0.0))

        flag = None if self._within is None else self._within.trio.value
        known = (count(flag, nw.col(ROW)) == 0) | (count(flag, cells.value) > 0)
        if self._settled:
            return self._made(figure, cells.each(lambda each: nw.when(known).then(total(flag, each))), total=this)
        sure, may, doubtful = self._kept.trio.low, self._kept.trio.high, self._kept.doubtful
        possible = (count(sure, nw.col(ROW)) == 0) | (count(may, cells.low) > 0)
        low = total(sure, cells.low) + total(doubtful, cells.low.clip(None, 0.0))
        high = total(sure, cells.high) + total(doubtful, cells.high.clip(0.0, None))
        empty = count(may & self._certain.is_null(), nw.col(ROW))
        trio = Trio(
            nw.when(known).then(total(flag, cells.value)),
            nw.when(possible).then(low),
            nw.when(possible).then(high),
            lacks=(count(sure, self._certain) == 0) & (empty > 0),
        )
        return self._made(figure, trio, total=this)

    def mean(self) -> Figure:
        """Arithmetic mean of the filled-in cells."""
        return self._middle(lambda cells: cells.mean())

    def median(self) -> Figure:
        """Median of the filled-in cells."""
        return self._middle(lambda cells: cells.median())

    def quantile(self, q: float) -> Figure:
        """Quantile with linear interpolation (type 7 of Hyndman & Fan, 1996); `q` from 0 to 1."""
        if not 0 <= constant(self, q) <= 1:
            raise PluginError.of("plugin-quantile", q=q)
        return self._middle(lambda cells: cells.quantile(q, interpolation="linear"))

    def min(self) -> Figure:
        """The smallest filled-in cell."""
        return self._middle(lambda cells: cells.min(), lowers=True)

    def max(self) -> Figure:
        """The largest filled-in cell."""
        return self._middle(lambda cells: cells.max(), raises=True)

    def std(self, of: Spread) -> Figure:
        """Standard deviation of the filled-in cells.

        Of a `"sample"` it divides by n - 1 (Excel's STDEV.S) and needs two cells; of a `"population"` by n (STDEV.P).
        """
        if of not in get_args(Spread):
            raise PluginError.of("plugin-std", given=repr(of)[:60])
        figure = Aggregates()
        kept, less = self._kept, int(of == "sample")
        cells, certain, settled = self._cells, self._certain, self._settled
        trio = deviation(figure, cells, certain, kept.trio, kept.doubtful, settled=settled, less=less)
        return self._made(figure, trio)

    def _middle(self, aggregate: Callable[[nw.Expr], nw.Expr], *, raises: bool = False, lowers: bool = False) -> Figure:
        """Return an aggregate that is between the smallest and the largest cell and grows with each.

        An additional row may move it either way, unless it only `raises` it (the maximum) or `lowers` it (the minimum).
        """
        figure, cells = Aggregates(), self._cells

        def over(flag: nw.Expr | None, each: nw.Expr) -> nw.Expr:
            return figure.add(aggregate(_where(flag, each)))

        flag = None if self._within is None else self._within.trio.value
        if self._settled:
            return self._made(figure, cells.each(lambda each: over(flag, each)))
        sure, may = self._kept.trio.low, self._kept.trio.high
        settled = figure.add(_where(self._kept.doubtful, cells.low).count()) == 0
        low, high = over(sure, cells.low), over(sure, cells.high)
        trio = Trio(
            over(flag, cells.value),
            nw.coalesce(low if raises else nw.when(settled).then(low), figure.add(_where(may, cells.low).min())),
            nw.coalesce(high if lowers else nw.when(settled).then(high), figure.add(_where(may, cells.high).max())),
            lacks=figure.add(_where(sure, self._certain).count()) == 0,
        )
        return self._made(figure, trio)


class Count(Number):
    """A column of whole numbers that are not negative."""


@dataclass(frozen=True, eq=False)
class Sum:
    """The sum of a column's cells, or of its records (1 each, if `cells` is None), over the rows that are kept."""

    cells: Number | None
    keep: Flag | None

    @property
    def _identity(self) -> tuple[str, frozenset[Trio]]:
        return "" if self.cells is None else self.cells.name, self._conditions

    @property
    def _conditions(self) -> frozenset[Trio]:
        return frozenset() if self.keep is None else self.keep._conditions

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def rest(self, part: Total) -> Figure | None:
        """Return the sum over the other rows, and of what each row's whole has beside its part."""
        if not isinstance(part, Sum) or not self._conditions <= part._conditions:
            return None
        rest = Figure(Trio.of(nw.lit(0.0)))
        if part.keep is not None and self._conditions != part._conditions:
            others = ~Flag(part.keep.trio.each(lambda flag: nw.coalesce(flag, nw.lit(False))), part.keep.reads)
            rows = others if self.keep is None else others & self.keep
            rest += rows.count() if self.cells is None else replace(self.cells, keep=rows).sum()
        if self.cells is None or part.cells is None:
            return rest if self.cells is part.cells else None
        if self.cells.name == part.cells.name:
            return rest
        whole, cell = self.cells.trio, part.cells.trio
        given, (value, low, high) = ~cell.value.is_null(), (nw.coalesce(end, nw.lit(0.0)) for end in cell.ends)
        least = nw.when(given).then((whole.low - high).clip(0.0, None)).otherwise(whole.low)
        beside = Trio(whole.value - value, least, whole.high - low)
        return rest + Number(beside, keep=part.keep).sum() if self.cells.name in part.cells.wholes else None


def _of_records(flag: nw.Expr) -> nw.Expr:
    """Return a condition on records; null in the row that means “nothing to report”, which is not a record."""
    return nw.when(~nw.col(ROW).is_null()).then(flag)


def _if_given(cells: nw.Expr) -> nw.Expr:
    """Return true where a cell is filled in, null where it is empty."""
    return nw.when(~cells.is_null()).then(nw.lit(True))


def _where(flag: nw.Expr | None, cells: nw.Expr) -> nw.Expr:
    """Return the cells of the rows that a condition keeps, and empty ones for the others; without one, all cells."""
    return cells if flag is None else nw.when(flag).then(cells)
