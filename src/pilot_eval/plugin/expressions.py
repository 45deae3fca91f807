"""Columns and figures: what a measure is written with, each with the bounds of its approximate numbers.

A column stands for the cells of one table; an aggregate of it is a `Figure`. Both carry three narwhals
expressions (value, low, high) by interval arithmetic (Moore, Interval Analysis, 1966), which are one and the same
object where nothing approximate takes part. An aggregate is computed once per pilot; everything after it is
arithmetic on columns, so the same measure runs on every engine that narwhals.stable.v2 supports lazily.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import count as counter
from numbers import Real
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import narwhals.stable.v2 as nw

from pilot_eval.errors import PluginError, did_you_mean
from pilot_eval.frames import EPOCH, ROW, UNBOUNDED

LEAST = 2e-9
"""The least by which two figures differ: they are settled to nine decimals, and a claim allows for one step."""

_alias = counter()


@dataclass(frozen=True, eq=False)
class Trio:
    """Value, low and high of one quantity; the same object three times where it is exact.

    The bounds are those of the quantity where there is one; `lacks` is true where there may be none, such as the mean
    of rows that are only possibly kept.
    """

    value: nw.Expr
    low: nw.Expr
    high: nw.Expr
    lacks: nw.Expr | None = None

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
        return Trio(change(self.value), change(self.low), change(self.high), self.lacks)

    def flipped(self, change: Callable[[nw.Expr], nw.Expr]) -> "Trio":
        """The trio under a function that doesn't increase."""
        moved = self.each(change)
        return Trio(moved.value, moved.high, moved.low, moved.lacks) if not self.exact else moved


def _either(*conditions: nw.Expr | None) -> nw.Expr | None:
    known = [each for each in conditions if each is not None]
    return reduce(or_, known) if known else None


def _plus(a: Trio, b: Trio) -> Trio:
    if a.exact and b.exact:
        return Trio.of(a.value + b.value)
    return Trio(a.value + b.value, a.low + b.low, a.high + b.high, _either(a.lacks, b.lacks))


def _corners(value: nw.Expr, corners: Sequence[nw.Expr], lacks: nw.Expr | None) -> Trio:
    return Trio(value, nw.min_horizontal(*corners), nw.max_horizontal(*corners), lacks)


def _times(a: Trio, b: Trio) -> Trio:
    if a.exact and b.exact:
        return Trio.of(a.value * b.value)
    corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    return _corners(a.value * b.value, corners, _either(a.lacks, b.lacks))


def _over(a: Trio, b: Trio) -> Trio:
    """a ÷ b, null where b is 0; a divisor whose bounds hold 0 leaves the upper bound open."""
    value = nw.when(b.value != 0).then(a.value / b.value)
    if a.exact and b.exact:
        return Trio.of(value)
    if b.exact:
        ends = [nw.when(b.value != 0).then(end / b.value) for end in (a.low, a.high)]
        return _corners(value, ends, _either(a.lacks, b.lacks))
    fixed_sign, some = (b.low > 0) | (b.high < 0), (b.low != 0) | (b.high != 0)
    # Each corner is guarded: an engine may compute a branch that it doesn't take.
    ends = [nw.when(fixed_sign).then(x / y) for x in (a.low, a.high) for y in (b.low, b.high)]
    least = nw.when((a.low >= 0) & (b.low >= 0) & (b.high > 0)).then(a.low / b.high)
    given = ~a.low.is_null() & some
    return Trio(
        value,
        nw.when(fixed_sign).then(nw.min_horizontal(*ends)).when(given).then(nw.coalesce(least, nw.lit(-UNBOUNDED))),
        nw.when(fixed_sign).then(nw.max_horizontal(*ends)).when(given).then(nw.lit(UNBOUNDED)),
        _either(a.lacks, b.lacks, ~fixed_sign),
    )


def _of_records(flag: nw.Expr) -> nw.Expr:
    """A condition on records; null in the row that says «nothing to report», which is none."""
    return nw.when(~nw.col(ROW).is_null()).then(flag)


def _where(flag: nw.Expr | None, cells: nw.Expr) -> nw.Expr:
    """The cells of the rows that a condition keeps, the others empty; all of them without a condition."""
    return cells if flag is None else nw.when(flag).then(cells)


class Symbolic:
    """What stands for values that are computed later: Python can't know whether it is true, or what is in it.

    Without these, `a and b` would quietly be `b`, and `1 < a < 3` would be `a < 3`.
    """

    _no_truth: ClassVar[str] = "plugin-truth"

    def __bool__(self) -> NoReturn:
        raise PluginError.of(self._no_truth, what=type(self).__name__)

    def __contains__(self, item: object) -> NoReturn:
        raise PluginError.of(self._no_truth, what=type(self).__name__)

    def __iter__(self) -> NoReturn:
        raise PluginError.of("plugin-loop", what=type(self).__name__)

    def __len__(self) -> NoReturn:
        raise PluginError.of("plugin-loop", what=type(self).__name__)


def _shown(given: object) -> str:
    kind = type(given).__name__
    return kind if isinstance(given, Symbolic) else f"{repr(given)[:60]} ({kind})"


def _fault(code: str, what: object, given: object) -> PluginError:
    """What is wrong with `what` beside `given`; of the two, `odd` is the one that is no condition."""
    odd = _shown(given if isinstance(what, Flag) else what)
    return PluginError.of(code, what=type(what).__name__, given=_shown(given), odd=odd)


def _refuse(code: str) -> Callable[..., NoReturn]:
    """An operator that there isn't. It is for run time alone: a type checker says so of itself."""

    def refused(self: object, other: object = None) -> NoReturn:
        raise _fault(code, self, other)

    return refused


def _constant(beside: Symbolic, given: object) -> float:
    """A number in an expression. Raises PluginError for what isn't one, or isn't finite."""
    if isinstance(beside, Figure) and isinstance(given, Column):
        raise _fault("plugin-figure-and-column", given, beside)
    if isinstance(beside, Column) and isinstance(given, Figure):
        raise _fault("plugin-row-and-figure", beside, given)
    if isinstance(given, Column) and not isinstance(given, Number):
        raise _fault("plugin-no-number", given, beside)
    if not isinstance(given, (Real, Decimal)):
        raise _fault("plugin-operand", beside, given)
    if not math.isfinite(given):
        raise _fault("plugin-not-finite", beside, given)
    return float(given)


def _divisor(beside: Symbolic, given: Any) -> Any:
    """What is divided by, which as a constant isn't 0. Raises PluginError."""
    if isinstance(given, (Real, Decimal)) and given == 0:
        raise _fault("plugin-divided-by-zero", beside, given)
    return given


def _limits(beside: Symbolic, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """The limits of `clip`. Raises PluginError where they are crossed: each engine would do something else."""
    limits = tuple(None if each is None else _constant(beside, each) for each in (low, high))
    if None not in limits and limits[0] > limits[1]:  # type: ignore[operator]
        raise PluginError.of("plugin-clip", low=low, high=high)
    return limits[0], limits[1]


@dataclass(frozen=True, eq=False)
class Column(Symbolic):
    """The cells of one column, row by row, perhaps only of the rows that `where` keeps."""

    trio: Trio
    reads: frozenset[str] = frozenset()
    keep: "Flag | None" = None

    if not TYPE_CHECKING:
        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _refuse("plugin-no-number")
        __rtruediv__ = __neg__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse("plugin-no-number")
        __and__ = __rand__ = __or__ = __ror__ = __invert__ = _refuse("plugin-brackets")

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
        return Flag(Trio.of(_of_records(~self.trio.value.is_null())), self.reads, self.keep)

    def n_unique(self) -> "Figure":
        """How many different values there are, as they are given; empty cells don't count."""
        figure = Aggregates()

        def distinct(flag: nw.Expr | None) -> nw.Expr:
            cells = _where(flag, self.trio.value)
            return figure.add(cells.n_unique()) - figure.add(cells.is_null().cast(nw.Int64).max())

        if self.keep is None:
            return figure.made(Trio.of(distinct(None)), self)
        return figure.made(self.keep.trio.each(distinct), self)


class Text(Column):
    """A column of words: compare it, ask whether it is filled in, count its different values."""

    def __eq__(self, other: object) -> "Flag":  # type: ignore[override]
        return self.isin([self._known(other)])

    def __ne__(self, other: object) -> "Flag":  # type: ignore[override]
        return ~(self == other)

    __hash__ = None  # type: ignore[assignment]

    def isin(self, words: Iterable[str]) -> "Flag":
        """True where the cell is one of `words`; for a `Choice` they are ids."""
        if isinstance(words, (str, Symbolic)) or not isinstance(words, Iterable):
            raise _fault("plugin-isin", self, words)
        known = [self._known(word) for word in words]
        found = nw.when(~self.trio.value.is_null()).then(self.trio.value.is_in(known))
        return Flag(Trio.of(found), self.reads, self.keep)

    def _known(self, word: object) -> str:
        if not isinstance(word, str):
            raise _fault("plugin-word", self, word)
        return word


@dataclass(frozen=True, eq=False)
class Choice(Text):
    """A column whose cells are one of a closed list; a word outside the list fails when the plugin loads."""

    options: tuple[str, ...] = ()

    def _known(self, word: object) -> str:
        word = super()._known(word)
        if self.options and word not in self.options:
            raise PluginError.of("plugin-unknown-choice", word=word, suggestion=did_you_mean(word, self.options))
        return word


class File(Text):
    """A column of references to attachments (paths inside the submission)."""


class Flag(Column):
    """A column of yes and no, or a condition; an empty cell counts as neither.

    For conditions on approximate numbers `low` is «surely», `high` is «possibly».
    """

    @property
    def whole(self) -> "Flag":
        """The condition together with the rows that it is about."""
        return self if self.keep is None else replace(self, keep=None) & replace(self.keep, keep=None)

    @property
    def doubtful(self) -> nw.Expr:
        """Possibly true, not surely."""
        return self.trio.high & ~nw.coalesce(self.trio.low, nw.lit(False))

    def __and__(self, other: "Flag") -> "Flag":
        return self._with(other, lambda a, b: a & b)

    def __or__(self, other: "Flag") -> "Flag":
        return self._with(other, lambda a, b: a | b)

    if not TYPE_CHECKING:
        __rand__ = __ror__ = _refuse("plugin-brackets")
        __eq__ = __ne__ = _refuse("plugin-flag-compared")
        __hash__ = None

    def _with(self, other: "Flag", join: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> "Flag":
        if not isinstance(other, Flag):
            raise _fault("plugin-brackets", self, other)
        a, b = self.trio, other.trio
        trio = Trio(join(a.value, b.value), join(a.low, b.low), join(a.high, b.high))
        return Flag(Trio.of(trio.value) if a.exact and b.exact else trio, *self._joined(other))

    def __invert__(self) -> "Flag":
        return Flag(self.trio.flipped(lambda flag: ~flag), self.reads, self.keep)

    def then(self, yes: float, otherwise: float) -> "Number":
        """A number per row: `yes` where true, `otherwise` where false, empty where empty."""
        yes, otherwise = _constant(self, yes), _constant(self, otherwise)

        def pick(flag: nw.Expr) -> nw.Expr:
            return nw.when(flag).then(nw.lit(yes)).when(~flag).then(nw.lit(otherwise))

        trio = self.trio.each(pick) if yes >= otherwise else self.trio.flipped(pick)
        return Number(trio, self.reads, self.keep)

    def count(self) -> "Figure":
        """How many rows are true."""
        wanted, figure = self.whole, Aggregates()
        trio = wanted.trio.each(lambda flag: figure.add(nw.when(flag).then(nw.col(ROW)).count()))
        return figure.made(trio, self, rows=wanted.trio.value)

    def share(self) -> "Figure":
        """Rows that are true ÷ rows that are filled in, 0 to 1; missing where none is filled in."""
        return replace(self.count() / self.given().count(), rows=self._rows)


class Number(Column):
    """A column of quantities, with bounds where the evidence says «1600多»."""

    def _number(self, other: object) -> "Number":
        return other if isinstance(other, Number) else Number(Trio.of(nw.lit(_constant(self, other))))

    def _with(self, other: "Number | float", join: Callable[[Trio, Trio], Trio]) -> "Number":
        number = self._number(other)
        trio = join(self.trio, number.trio)
        return Number(replace(trio, lacks=None), *self._joined(number))  # a cell is given or it isn't

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
        return self._with(_divisor(self, other), _over)

    def __rtruediv__(self, other: float) -> "Number":
        return self._number(other) / self

    def clip(self, low: float | None = None, high: float | None = None) -> "Number":
        """Hold each cell between `low` and `high`; None is no limit."""
        low, high = _limits(self, low, high)
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

    # Not `other > self`: Python would turn that round again where `self` is of a subclass.
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

    def sum(self) -> "Figure":
        """Sum; 0 where no row is kept, missing where rows are kept and every cell is empty."""
        figure, cells = Aggregates(), self.trio

        def count(flag: nw.Expr | None, each: nw.Expr) -> nw.Expr:
            return figure.add(_where(flag, each).count())

        def total(flag: nw.Expr | None, each: nw.Expr) -> nw.Expr:
            return nw.coalesce(figure.add(_where(flag, each).sum()), nw.lit(0.0))

        flag = None if self.keep is None else self.keep.trio.value
        known = (count(flag, nw.col(ROW)) == 0) | (count(flag, cells.value) > 0)
        if self.keep is None or self.keep.trio.exact:
            return figure.made(cells.each(lambda each: nw.when(known).then(total(flag, each))), self)
        sure, may, doubtful = self.keep.trio.low, self.keep.trio.high, self.keep.doubtful
        possible = (count(sure, nw.col(ROW)) == 0) | (count(may, cells.value) > 0)
        low = total(sure, cells.low) + total(doubtful, cells.low.clip(None, 0.0))
        high = total(sure, cells.high) + total(doubtful, cells.high.clip(0.0, None))
        empty = count(may & cells.value.is_null(), nw.col(ROW))
        trio = Trio(
            nw.when(known).then(total(flag, cells.value)),
            nw.when(possible).then(low),
            nw.when(possible).then(high),
            lacks=(count(sure, cells.value) == 0) & (empty > 0),
        )
        return figure.made(trio, self)

    def mean(self) -> "Figure":
        """Arithmetic mean of the filled-in cells."""
        return self._middle(lambda cells: cells.mean())

    def median(self) -> "Figure":
        """Median of the filled-in cells."""
        return self._middle(lambda cells: cells.median())

    def quantile(self, q: float) -> "Figure":
        """Quantile with linear interpolation (type 7 of Hyndman & Fan, 1996); `q` from 0 to 1."""
        if not 0 <= q <= 1:
            raise ValueError(f"a quantile lies between 0 and 1, not at {q}")
        return self._middle(lambda cells: cells.quantile(q, interpolation="linear"))

    def min(self) -> "Figure":
        """The least filled-in cell."""
        return self._middle(lambda cells: cells.min(), lowers=True)

    def max(self) -> "Figure":
        """The greatest filled-in cell."""
        return self._middle(lambda cells: cells.max(), raises=True)

    def _middle(
        self, aggregate: Callable[[nw.Expr], nw.Expr], *, raises: bool = False, lowers: bool = False
    ) -> "Figure":
        """An aggregate that lies between the least and the greatest cell and grows with each.

        One more row may move it either way, unless it only `raises` it (the maximum) or `lowers` it (the minimum).
        """
        figure, cells = Aggregates(), self.trio

        def over(flag: nw.Expr | None, each: nw.Expr) -> nw.Expr:
            return figure.add(aggregate(_where(flag, each)))

        flag = None if self.keep is None else self.keep.trio.value
        if self.keep is None or self.keep.trio.exact:
            return figure.made(cells.each(lambda each: over(flag, each)), self)
        sure, may, doubtful = self.keep.trio.low, self.keep.trio.high, self.keep.doubtful
        settled = figure.add(_where(doubtful, cells.value).count()) == 0
        low, high = over(sure, cells.low), over(sure, cells.high)
        trio = Trio(
            over(flag, cells.value),
            nw.coalesce(low if raises else nw.when(settled).then(low), figure.add(_where(may, cells.low).min())),
            nw.coalesce(high if lowers else nw.when(settled).then(high), figure.add(_where(may, cells.high).max())),
            lacks=figure.add(_where(sure, cells.value).count()) == 0,
        )
        return figure.made(trio, self)


class Count(Number):
    """A column of whole numbers that are not negative."""


class Date(Number):
    """A column of days; a partial date such as «2018年11月下旬» has the bounds of its interval.

    Kept as days since 1970-01-01, so `a - b` is a number of days.
    """

    def _number(self, other: object) -> Number:
        if isinstance(other, date):  # a datetime is one too
            return Number(Trio.of(nw.lit(float(other.toordinal() - EPOCH.toordinal()))))
        return super()._number(other)

    def _day(self, other: object) -> Number:
        """What a day is compared with. Raises PluginError for a constant that isn't a day, such as 2018 or a str."""
        if not isinstance(other, (Number, date)):
            raise _fault("plugin-date", self, other)
        return self._number(other)

    def __sub__(self, other: "Number | float | date") -> Number:
        return super().__sub__(self._number(other))

    def __rsub__(self, other: "float | date") -> Number:
        return -self + self._number(other)

    def __gt__(self, other: "Number | float | date") -> Flag:
        return super().__gt__(self._day(other))

    def __ge__(self, other: "Number | float | date") -> Flag:
        return super().__ge__(self._day(other))

    def __lt__(self, other: "Number | float | date") -> Flag:
        return super().__lt__(self._day(other))

    def __le__(self, other: "Number | float | date") -> Flag:
        return super().__le__(self._day(other))

    def __eq__(self, other: object) -> Flag:  # type: ignore[override]
        return super().__eq__(self._day(other))

    def sum(self) -> NoReturn:
        """There is no sum of days: subtract two dates first, then sum the numbers of days."""
        raise PluginError.of("plugin-date-sum")

    __hash__ = None


@dataclass(frozen=True, eq=False)
class Figure(Symbolic):
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

    _no_truth: ClassVar[str] = "plugin-truth-figure"

    if not TYPE_CHECKING:
        __and__ = __rand__ = __or__ = __ror__ = __invert__ = _refuse("plugin-truth-figure")
        __eq__ = __ne__ = _refuse("plugin-figure-compared")
        __hash__ = None

    def _figure(self, other: "Figure | float") -> "Figure":
        return other if isinstance(other, Figure) else Figure(Trio.of(nw.lit(_constant(self, other))))

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
        return self._with(_divisor(self, other), _over)

    def __rtruediv__(self, other: float) -> "Figure":
        return self._figure(other) / self

    def __lt__(self, other: "Figure | float") -> "Claim":
        return Claim(self - other + LEAST)

    def __le__(self, other: "Figure | float") -> "Claim":
        return Claim(self - other)

    def __gt__(self, other: "Figure | float") -> "Claim":
        return Claim(self._figure(other) - self + LEAST)

    def __ge__(self, other: "Figure | float") -> "Claim":
        return Claim(self._figure(other) - self)

    def clip(self, low: float | None = None, high: float | None = None) -> "Figure":
        """Hold the figure between `low` and `high`; None is no limit."""
        low, high = _limits(self, low, high)
        return self._changed(self.trio.each(lambda x: x.clip(low, high)))

    def default(self, value: float) -> "Figure":
        """`value` where the table was submitted and gives no figure, such as the maximum of no rows."""
        trio, given = self.trio, nw.lit(_constant(self, value))
        if trio.exact:
            return self._changed(Trio.of(nw.coalesce(trio.value, given)))
        none = trio.value.is_null() if trio.lacks is None else trio.value.is_null() | trio.lacks
        return self._changed(
            Trio(
                nw.coalesce(trio.value, given),
                nw.when(none).then(nw.min_horizontal(trio.low, given)).otherwise(trio.low),
                nw.when(none).then(nw.max_horizontal(trio.high, given)).otherwise(trio.high),
            )
        )


@dataclass(frozen=True, eq=False)
class Claim(Symbolic):
    """What a check says of figures, as `m.served <= m.members` gives it; it fails where the bounds leave no doubt.

    excess: what must not be above 0.
    """

    excess: Figure

    _no_truth: ClassVar[str] = "plugin-truth-figure"

    if not TYPE_CHECKING:
        __and__ = __rand__ = __or__ = __ror__ = __invert__ = _refuse("plugin-truth-figure")


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
    value, low, high = (names[id(expr)] for expr in (trio.value, trio.low, trio.high))
    return (*(levels or ({},)), stage), Trio(value, low, high, trio.lacks)


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
