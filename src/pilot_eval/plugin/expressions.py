"""Columns and figures: what a measure is written with, each with the bounds of its approximate numbers.

A column stands for the cells of one table; an aggregate of it is a `Figure`. Both carry three narwhals
expressions (value, low, high) by interval arithmetic (Moore, Interval Analysis, 1966), which are one and the same
object where nothing approximate takes part. An aggregate is computed once per pilot; everything after it is
arithmetic on columns, so the same measure runs on every engine that narwhals.stable.v2 supports lazily.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count as counter

import narwhals.stable.v2 as nw

UNBOUNDED = 1e18
"""A bound that stands for «no bound known»: above any real amount, and finite, so that NaN can't arise."""

ROW = "__row"
"""The column that holds a record's row number; null in the row that says «nothing to report»."""

EPOCH = date(1970, 1, 1)

_alias = counter()


@dataclass(frozen=True, eq=False)
class Trio:
    """Value, low and high of one quantity; the same object three times where it is exact."""

    value: nw.Expr
    low: nw.Expr
    high: nw.Expr

    @classmethod
    def of(cls, expr: nw.Expr) -> "Trio":
        return cls(expr, expr, expr)

    @property
    def exact(self) -> bool:
        return self.value is self.low and self.value is self.high

    def each(self, change: Callable[[nw.Expr], nw.Expr]) -> "Trio":
        """The trio under a function that doesn't decrease."""
        if self.exact:
            return Trio.of(change(self.value))
        return Trio(change(self.value), change(self.low), change(self.high))

    def flipped(self, change: Callable[[nw.Expr], nw.Expr]) -> "Trio":
        """The trio under a function that doesn't increase."""
        moved = self.each(change)
        return Trio(moved.value, moved.high, moved.low) if not self.exact else moved


def _plus(a: Trio, b: Trio) -> Trio:
    if a.exact and b.exact:
        return Trio.of(a.value + b.value)
    return Trio(a.value + b.value, a.low + b.low, a.high + b.high)


def _corners(value: nw.Expr, corners: Sequence[nw.Expr]) -> Trio:
    return Trio(value, nw.min_horizontal(*corners), nw.max_horizontal(*corners))


def _times(a: Trio, b: Trio) -> Trio:
    if a.exact and b.exact:
        return Trio.of(a.value * b.value)
    return _corners(a.value * b.value, [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high])


def _over(a: Trio, b: Trio) -> Trio:
    """a ÷ b, null where b is 0; a divisor whose bounds hold 0 leaves the upper bound open."""
    value = nw.when(b.value != 0).then(a.value / b.value)
    if a.exact and b.exact:
        return Trio.of(value)
    if b.exact:
        ends = [nw.when(b.value != 0).then(end / b.value) for end in (a.low, a.high)]
        return _corners(value, ends)
    fixed_sign = (b.low > 0) | (b.high < 0)
    # Each corner is guarded: an engine may compute a branch that it doesn't take.
    ends = [nw.when(fixed_sign).then(x / y) for x in (a.low, a.high) for y in (b.low, b.high)]
    spread = _corners(value, ends)
    least = nw.when((a.low >= 0) & (b.low >= 0)).then(nw.when(b.high > 0).then(a.low / b.high))
    known = ~value.is_null()
    return Trio(
        value,
        nw.when(known & fixed_sign).then(spread.low).when(known).then(nw.coalesce(least, nw.lit(-UNBOUNDED))),
        nw.when(known & fixed_sign).then(spread.high).when(known).then(nw.lit(UNBOUNDED)),
    )


@dataclass(frozen=True, eq=False)
class Column:
    """The cells of one column, row by row, perhaps only of the rows that `where` keeps."""

    trio: Trio
    reads: frozenset[str] = frozenset()
    keep: "Flag | None" = None

    @property
    def _rows(self) -> nw.Expr:
        """Whether a row takes part: kept, and the cell is filled in."""
        given = ~self.trio.value.is_null()
        return given if self.keep is None else self.keep.trio.value & given

    def _joined(self, *others: "Column") -> tuple[frozenset[str], "Flag | None"]:
        """What a row-by-row combination reads, and which rows it keeps."""
        reads, keep = self.reads, self.keep
        for other in others:
            reads |= other.reads
            if other.keep is not None and other.keep is not keep:
                keep = other.keep if keep is None else keep & other.keep
        return reads, keep

    def given(self) -> "Flag":
        """True where the cell is filled in, False where it is empty."""
        return Flag(Trio.of(~self.trio.value.is_null()), self.reads, self.keep)

    def n_unique(self) -> "Figure":
        """How many different values there are; empty cells don't count."""
        cells = self.trio.value if self.keep is None else nw.when(self.keep.trio.value).then(self.trio.value)
        figure = Aggregates()
        distinct = figure.add(cells.n_unique()) - figure.add(cells.is_null().cast(nw.Int64).max())
        if self.keep is None or self.keep.trio.exact:
            return figure.made(Trio.of(distinct), self)
        ends = []
        for flag in (self.keep.trio.low, self.keep.trio.high):
            some = nw.when(flag).then(self.trio.value)
            ends.append(figure.add(some.n_unique()) - figure.add(some.is_null().cast(nw.Int64).max()))
        return figure.made(Trio(distinct, *ends), self)


class Text(Column):
    """A column of words: compare it, ask whether it is filled in, count its different values."""

    def __eq__(self, other: object) -> "Flag":  # type: ignore[override]
        return self.isin([self._known(other)])

    def __ne__(self, other: object) -> "Flag":  # type: ignore[override]
        return ~(self == other)

    __hash__ = None  # type: ignore[assignment]

    def isin(self, words: Iterable[str]) -> "Flag":
        """True where the cell is one of the words."""
        known = [self._known(word) for word in words]
        return Flag(Trio.of(self.trio.value.is_in(known)), self.reads, self.keep)

    def _known(self, word: object) -> str:
        if not isinstance(word, str):
            raise TypeError(f"a text column is compared with a str, not with {type(word).__name__}")
        return word


@dataclass(frozen=True, eq=False)
class Choice(Text):
    """A column whose cells are one of a closed list; a word outside the list fails when the plugin loads."""

    options: tuple[str, ...] = ()

    def _known(self, word: object) -> str:
        word = super()._known(word)
        if self.options and word not in self.options:
            raise ValueError(f"{word!r} is not one of the choices: {', '.join(self.options)}")
        return word


class File(Text):
    """A column of references to attachments (paths inside the submission)."""


class Flag(Column):
    """A column of yes and no, or a condition; an empty cell counts as neither.

    For conditions on approximate numbers `low` is «surely», `high` is «possibly».
    """

    def __and__(self, other: "Flag") -> "Flag":
        return self._with(other, lambda a, b: a & b)

    def __or__(self, other: "Flag") -> "Flag":
        return self._with(other, lambda a, b: a | b)

    def _with(self, other: "Flag", join: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> "Flag":
        a, b = self.trio, other.trio
        trio = Trio(join(a.value, b.value), join(a.low, b.low), join(a.high, b.high))
        return Flag(Trio.of(trio.value) if a.exact and b.exact else trio, *self._joined(other))

    def __invert__(self) -> "Flag":
        return Flag(self.trio.flipped(lambda flag: ~flag), self.reads, self.keep)

    def then(self, yes: float, otherwise: float) -> "Number":
        """A number per row: `yes` where true, `otherwise` where false, empty where empty."""

        def pick(flag: nw.Expr) -> nw.Expr:
            return nw.when(flag).then(nw.lit(float(yes))).when(~flag).then(nw.lit(float(otherwise)))

        trio = self.trio.each(pick) if yes >= otherwise else self.trio.flipped(pick)
        return Number(trio, self.reads, self.keep)

    def count(self) -> "Figure":
        """How many rows are true."""
        wanted = self if self.keep is None else self & replace(self.keep, keep=None)
        figure = Aggregates()
        trio = wanted.trio.each(lambda flag: figure.add(nw.when(flag).then(nw.col(ROW)).count()))
        return figure.made(trio, self, rows=wanted.trio.value)

    def share(self) -> "Figure":
        """Rows that are true ÷ rows that are filled in, 0 to 1; missing where none is filled in."""
        return replace(self.count() / self.given().count(), rows=self._rows)


class Number(Column):
    """A column of quantities, with bounds where the evidence says «1600多»."""

    def _number(self, other: "Number | float") -> "Number":
        return other if isinstance(other, Number) else Number(Trio.of(nw.lit(float(other))))

    def _with(self, other: "Number | float", join: Callable[[Trio, Trio], Trio]) -> "Number":
        number = self._number(other)
        return Number(join(self.trio, number.trio), *self._joined(number))

    def __add__(self, other: "Number | float") -> "Number":
        return self._with(other, _plus)

    __radd__ = __add__

    def __neg__(self) -> "Number":
        return Number(self.trio.flipped(lambda x: x * -1), self.reads, self.keep)

    def __sub__(self, other: "Number | float") -> "Number":
        return self + -self._number(other)

    def __rsub__(self, other: float) -> "Number":
        return -self + other

    def __mul__(self, other: "Number | float") -> "Number":
        return self._with(other, _times)

    __rmul__ = __mul__

    def __truediv__(self, other: "Number | float") -> "Number":
        """Row by row; empty where the divisor is 0."""
        return self._with(other, _over)

    def clip(self, low: float | None = None, high: float | None = None) -> "Number":
        """Hold each cell between two limits."""
        return Number(self.trio.each(lambda x: x.clip(low, high)), self.reads, self.keep)

    def _compare(self, other: "Number | float", sign: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> Flag:
        """For > and >=: surely when low beats the other's high."""
        number = self._number(other)
        a, b = self.trio, number.trio
        trio = Trio(sign(a.value, b.value), sign(a.low, b.high), sign(a.high, b.low))
        return Flag(Trio.of(trio.value) if a.exact and b.exact else trio, *self._joined(number))

    def __gt__(self, other: "Number | float") -> Flag:
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other: "Number | float") -> Flag:
        return self._compare(other, lambda a, b: a >= b)

    def __lt__(self, other: "Number | float") -> Flag:
        return self._number(other) > self

    def __le__(self, other: "Number | float") -> Flag:
        return self._number(other) >= self

    def __eq__(self, other: object) -> Flag:  # type: ignore[override]
        if not isinstance(other, (Number, int, float)):
            raise TypeError(f"a number column is compared with a number, not with {type(other).__name__}")
        return (self >= other) & (self <= other)

    def __ne__(self, other: object) -> Flag:  # type: ignore[override]
        return ~(self == other)

    __hash__ = None  # type: ignore[assignment]

    def sum(self) -> "Figure":
        """Sum; 0 where no row is kept, missing where rows are kept and every cell is empty."""
        figure = Aggregates()

        def total(flag: nw.Expr | None, cells: nw.Expr) -> nw.Expr:
            chosen = cells if flag is None else nw.when(flag).then(cells)
            return nw.coalesce(figure.add(chosen.sum()), nw.lit(0.0))

        value, low, high = self.trio.value, self.trio.low, self.trio.high
        if self.keep is None or self.keep.trio.exact:
            flag = None if self.keep is None else self.keep.trio.value
            trio = self.trio.each(lambda cells: total(flag, cells))
        else:
            sure, may = self.keep.trio.low, self.keep.trio.high
            doubtful = may & ~sure
            trio = Trio(
                total(self.keep.trio.value, value),
                total(sure, low) + total(doubtful, low.clip(None, 0.0)),
                total(sure, high) + total(doubtful, high.clip(0.0, None)),
            )
        kept = nw.col(ROW) if self.keep is None else nw.when(self.keep.trio.value).then(nw.col(ROW))
        filled = value if self.keep is None else nw.when(self.keep.trio.value).then(value)
        rows, cells = figure.add(kept.count()), figure.add(filled.count())
        known = (rows == 0) | (cells > 0)
        return figure.made(trio.each(lambda x: nw.when(known).then(x)), self)

    def mean(self) -> "Figure":
        """Arithmetic mean of the filled-in cells."""
        return self._middle(lambda cells: cells.mean())

    def median(self) -> "Figure":
        """Median of the filled-in cells."""
        return self._middle(lambda cells: cells.median())

    def quantile(self, q: float) -> "Figure":
        """Quantile with linear interpolation (type 7 of Hyndman & Fan, 1996); `q` from 0 to 1."""
        return self._middle(lambda cells: cells.quantile(q, interpolation="linear"))

    def _middle(self, aggregate: Callable[[nw.Expr], nw.Expr]) -> "Figure":
        """An aggregate that lies between the least and the greatest cell and grows with each."""
        figure = Aggregates()
        if self.keep is None:
            return figure.made(self.trio.each(lambda cells: figure.add(aggregate(cells))), self)
        keep = self.keep.trio
        if keep.exact:
            trio = self.trio.each(lambda cells: figure.add(aggregate(nw.when(keep.value).then(cells))))
            return figure.made(trio, self)
        trio = Trio(
            figure.add(aggregate(nw.when(keep.value).then(self.trio.value))),
            figure.add(nw.when(keep.high).then(self.trio.low).min()),
            figure.add(nw.when(keep.high).then(self.trio.high).max()),
        )
        return figure.made(trio, self)

    def min(self) -> "Figure":
        """The least filled-in cell."""
        return self._extreme(lambda cells: cells.min(), nw.min_horizontal, surely_high=True)

    def max(self) -> "Figure":
        """The greatest filled-in cell."""
        return self._extreme(lambda cells: cells.max(), nw.max_horizontal, surely_high=False)

    def _extreme(
        self,
        aggregate: Callable[[nw.Expr], nw.Expr],
        outer: Callable[..., nw.Expr],
        surely_high: bool,
    ) -> "Figure":
        """min or max; a row that is only possibly kept widens the bound on its own side."""
        figure = Aggregates()
        if self.keep is None or self.keep.trio.exact:
            return self._middle(aggregate)
        keep = self.keep.trio

        def over(flag: nw.Expr, cells: nw.Expr) -> nw.Expr:
            return figure.add(aggregate(nw.when(flag).then(cells)))

        value = over(keep.value, self.trio.value)
        wide_low, wide_high = over(keep.high, self.trio.low), over(keep.high, self.trio.high)
        if surely_high:
            return figure.made(Trio(value, wide_low, nw.coalesce(over(keep.low, self.trio.high), wide_high)), self)
        return figure.made(Trio(value, nw.coalesce(over(keep.low, self.trio.low), wide_low), wide_high), self)


class Count(Number):
    """A column of whole numbers that are not negative."""


class Date(Number):
    """A column of days; a partial date such as «2018年11月下旬» has the bounds of its interval.

    Kept as days since 1970-01-01, so `a - b` is a number of days.
    """

    def _number(self, other: "Number | float | date") -> Number:
        if isinstance(other, date):
            return Number(Trio.of(nw.lit(float((other - EPOCH).days))))
        return super()._number(other)

    def __eq__(self, other: object) -> Flag:  # type: ignore[override]
        return super().__eq__(self._number(other) if isinstance(other, date) else other)

    __hash__ = None


@dataclass(frozen=True, eq=False)
class Figure:
    """One number per pilot: aggregates of a table's columns, or of other measures, and arithmetic on them.

    `levels[0]` maps aliases to what is computed per pilot from the table's rows; each later level maps aliases to
    arithmetic on the levels before, so that nothing is computed twice. `trio` names the result: aliases, or other
    measures (listed in `uses`). `rows` is true for the table's rows that took part.
    """

    trio: Trio
    levels: tuple[Mapping[str, nw.Expr], ...] = ()
    reads: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    rows: nw.Expr | None = None

    def _figure(self, other: "Figure | float") -> "Figure":
        return other if isinstance(other, Figure) else Figure(Trio.of(nw.lit(float(other))))

    def _with(self, other: "Figure | float", join: Callable[[Trio, Trio], Trio]) -> "Figure":
        figure = self._figure(other)
        rows = [each for each in (self.rows, figure.rows) if each is not None]
        levels, trio = _staged(_merged(self.levels, figure.levels), join(self.trio, figure.trio))
        return Figure(
            trio,
            levels,
            self.reads | figure.reads,
            self.uses | figure.uses,
            rows[0] | rows[1] if len(rows) == 2 else rows[0] if rows else None,
        )

    def _changed(self, trio: Trio) -> "Figure":
        levels, trio = _staged(self.levels, trio)
        return replace(self, trio=trio, levels=levels)

    def __add__(self, other: "Figure | float") -> "Figure":
        return self._with(other, _plus)

    __radd__ = __add__

    def __neg__(self) -> "Figure":
        return self._changed(self.trio.flipped(lambda x: x * -1))

    def __sub__(self, other: "Figure | float") -> "Figure":
        return self + -self._figure(other)

    def __rsub__(self, other: float) -> "Figure":
        return -self + other

    def __mul__(self, other: "Figure | float") -> "Figure":
        return self._with(other, _times)

    __rmul__ = __mul__

    def __truediv__(self, other: "Figure | float") -> "Figure":
        """Missing where the divisor is 0."""
        return self._with(other, _over)

    def __rtruediv__(self, other: float) -> "Figure":
        return self._figure(other) / self

    def __le__(self, other: "Figure | float") -> "Claim":
        return Claim(self - other)

    def __ge__(self, other: "Figure | float") -> "Claim":
        return Claim(self._figure(other) - self)

    def clip(self, low: float | None = None, high: float | None = None) -> "Figure":
        """Hold the figure between two limits."""
        return self._changed(self.trio.each(lambda x: x.clip(low, high)))

    def default(self, value: float) -> "Figure":
        """`value` where the table was submitted and gives no figure, such as the maximum of no rows."""
        return self._changed(self.trio.each(lambda x: nw.coalesce(x, nw.lit(float(value)))))


@dataclass(frozen=True, eq=False)
class Claim:
    """What a check says of figures: that `excess` is not above 0. It fails where the bounds leave no doubt."""

    excess: Figure


Levels = tuple[Mapping[str, nw.Expr], ...]


def _merged(one: Levels, other: Levels) -> Levels:
    """The levels of two figures side by side: an alias stays in its level."""
    longest = max(len(one), len(other))
    pad: Levels = ({},)
    pairs = zip(one + pad * (longest - len(one)), other + pad * (longest - len(other)), strict=True)
    return tuple({**a, **b} for a, b in pairs)


def _staged(levels: Levels, trio: Trio) -> tuple[Levels, Trio]:
    """Give a trio's expressions a level and names of their own; what follows refers to the names."""
    names: dict[int, nw.Expr] = {}
    stage: dict[str, nw.Expr] = {}
    for expr in (trio.value, trio.low, trio.high):
        if id(expr) not in names:
            alias = f"__figure_{next(_alias)}"
            stage[alias] = expr
            names[id(expr)] = nw.col(alias)
    named = Trio(*(names[id(expr)] for expr in (trio.value, trio.low, trio.high)))
    return (*(levels or ({},)), stage), named


class Aggregates:
    """Collects the aggregates of one figure under names that no other figure has."""

    def __init__(self) -> None:
        self._exprs: dict[str, nw.Expr] = {}

    def add(self, aggregate: nw.Expr) -> nw.Expr:
        alias = f"__aggregate_{next(_alias)}"
        self._exprs[alias] = aggregate.cast(nw.Float64)
        return nw.col(alias)

    def made(self, trio: Trio, column: Column, rows: nw.Expr | None = None) -> Figure:
        reads = column.reads | (column.keep.reads if column.keep is not None else frozenset())
        return self.figure(trio, reads, column._rows if rows is None else rows)

    def figure(self, trio: Trio, reads: frozenset[str], rows: nw.Expr) -> Figure:
        levels, trio = _staged((self._exprs,), trio)
        return Figure(trio, levels, reads, frozenset(), rows)
