"""A plain-Python model of tables, columns and figures: what an expression means, cell by cell, without an engine.

Cells are Python values, None where empty. An expression such as `s.where(s.x > 3).y.sum() / s.count()` gives the same
number here as in the pipeline; the pipeline's bounds must hold what it gives here for every choice of the true cells.
"""

import functools
import itertools
import math
import operator
import statistics
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]


class Table:
    """Rows, and for each whether it is kept."""

    def __init__(self, rows: Sequence[Row], kinds: Mapping[str, type["Column"]], keep: "Flag | None" = None) -> None:
        self._rows, self._kinds, self._keep = rows, kinds, keep

    def __getattr__(self, name: str) -> "Column":
        return self._kinds[name]([row[name] for row in self._rows], self._keep)

    def where(self, flag: "Flag") -> "Table":
        whole = flag.whole()
        return Table(self._rows, self._kinds, whole if self._keep is None else self._keep & whole)

    def group_by(self, key: "Word | Part") -> "Each":
        """The table of each group: of the words in the kept rows, or of the parts of the period."""
        kept = [True] * len(self._rows) if self._keep is None else [each is True for each in self._keep.cells]
        cells = key.at if isinstance(key, Part) else key.cells
        words = sorted({cell for cell, keep in zip(cells, kept, strict=True) if keep and cell is not None})
        groups = key.calendar() if isinstance(key, Part) else words
        numbered = list(zip(self._rows, cells, kept, strict=True))
        rows = [[row for row, cell, keep in numbered if keep and cell == group] for group in groups]
        return Each([Table(each, self._kinds) for each in rows])

    def count(self) -> "Figure":
        return Figure(len(self._rows) if self._keep is None else self._keep.cells.count(True))


class Column:
    """Cells, of rows that are kept or not."""

    def __init__(self, cells: list[Any], keep: "Flag | None") -> None:
        self.cells, self.keep = cells, keep

    def _with(self, kind: type["Column"], other: object, join: Callable[[Any, Any], Any]) -> Any:
        """Cell by cell, empty where one of the two is empty."""
        column = other if isinstance(other, Column) else Number([other] * len(self.cells), None)
        keeps = [each.keep for each in (self, column) if each.keep is not None]
        keep = None if not keeps else keeps[0] if keeps[0] is keeps[-1] else keeps[0] & keeps[-1]
        pairs = zip(self.cells, column.cells, strict=True)
        return kind([None if a is None or b is None else join(a, b) for a, b in pairs], keep)

    def kept(self) -> list[Any]:
        """The cells of the kept rows, empty ones included."""
        return self.cells if self.keep is None else [c for c, k in zip(self.cells, self.keep.cells, strict=True) if k]

    def filled(self) -> list[Any]:
        return [cell for cell in self.kept() if cell is not None]

    def given(self) -> "Flag":
        return Flag([cell is not None for cell in self.cells], self.keep)

    def n_unique(self) -> "Figure":
        return Figure(len(set(self.filled())))


class Word(Column):
    def __eq__(self, other: object) -> "Flag":  # type: ignore[override]
        return self.isin([other])

    def __ne__(self, other: object) -> "Flag":  # type: ignore[override]
        return ~(self == other)

    __hash__ = None  # type: ignore[assignment]

    def isin(self, words: list[object]) -> "Flag":
        return Flag([None if cell is None else cell in words for cell in self.cells], self.keep)


class Flag(Column):
    """Kleene's logic: false and empty is false, true or empty is true."""

    def whole(self) -> "Flag":
        """The condition together with the rows that it is about."""
        return self if self.keep is None else Flag(self.cells, None) & Flag(self.keep.cells, None)

    def _logic(self, other: "Flag", decides: bool) -> "Flag":
        def join(a: bool | None, b: bool | None) -> bool | None:
            if decides in (a, b):
                return decides
            return None if None in (a, b) else not decides

        keep: Flag | None = self._with(Flag, other, operator.and_).keep
        return Flag([join(a, b) for a, b in zip(self.cells, other.cells, strict=True)], keep)

    def __and__(self, other: "Flag") -> "Flag":
        return self._logic(other, decides=False)

    def __or__(self, other: "Flag") -> "Flag":
        return self._logic(other, decides=True)

    def __invert__(self) -> "Flag":
        return Flag([None if cell is None else not cell for cell in self.cells], self.keep)

    def then(self, yes: float, otherwise: float) -> "Number":
        return Number([None if cell is None else yes if cell else otherwise for cell in self.cells], self.keep)

    def count(self) -> "Figure":
        return Figure(self.kept().count(True))

    def share(self) -> "Figure":
        return self.count() / self.given().count()

    def longest_run(self) -> "Figure":
        runs = [len(list(cells)) for true, cells in itertools.groupby(self.cells, lambda cell: cell is True) if true]
        return Figure(max(runs, default=0))


class Number(Column):
    def __add__(self, other: object) -> "Number":
        return self._with(Number, other, operator.add)

    def __sub__(self, other: object) -> "Number":
        return self._with(Number, other, operator.sub)

    def __mul__(self, other: object) -> "Number":
        return self._with(Number, other, operator.mul)

    def __truediv__(self, other: object) -> "Number":
        return self._with(Number, other, _over)

    def __rtruediv__(self, other: float) -> "Number":
        return Number([None if cell is None else _over(other, cell) for cell in self.cells], self.keep)

    def __neg__(self) -> "Number":
        return self * -1

    def _each(self, change: Callable[[float], float | None]) -> "Number":
        return Number([None if cell is None else change(cell) for cell in self.cells], self.keep)

    def __abs__(self) -> "Number":
        return self._each(abs)

    def sqrt(self) -> "Number":
        return self._each(_root)

    def log(self) -> "Number":
        return self._each(_logarithm)

    def clip(self, low: float, high: float) -> "Number":
        return Number([None if cell is None else min(max(cell, low), high) for cell in self.cells], self.keep)

    def __gt__(self, other: object) -> Flag:
        return self._with(Flag, other, operator.gt)

    def __ge__(self, other: object) -> Flag:
        return self._with(Flag, other, operator.ge)

    def __lt__(self, other: object) -> Flag:
        return self._with(Flag, other, operator.lt)

    def __le__(self, other: object) -> Flag:
        return self._with(Flag, other, operator.le)

    def __eq__(self, other: object) -> Flag:  # type: ignore[override]
        return self._with(Flag, other, operator.eq)

    def __ne__(self, other: object) -> Flag:  # type: ignore[override]
        return self._with(Flag, other, operator.ne)

    __hash__ = None  # type: ignore[assignment]

    def sum(self) -> "Figure":
        """0 without rows; missing where there are rows and all cells are empty."""
        return Figure(sum(self.filled()) if self.filled() or not self.kept() else None)

    def _of_filled(self, aggregate: Callable[[list[float]], float]) -> "Figure":
        return Figure(aggregate(self.filled()) if self.filled() else None)

    def mean(self) -> "Figure":
        return self._of_filled(statistics.fmean)

    def median(self) -> "Figure":
        return self._of_filled(statistics.median)

    def min(self) -> "Figure":
        return self._of_filled(min)

    def max(self) -> "Figure":
        return self._of_filled(max)

    def std(self, of: str) -> "Figure":
        if of == "population":
            return self._of_filled(statistics.pstdev)
        return Figure(statistics.stdev(self.filled()) if len(self.filled()) > 1 else None)

    def quantile(self, q: float) -> "Figure":
        def linear(cells: list[float]) -> float:
            ordered, at = sorted(cells), q * (len(cells) - 1)
            below = ordered[int(at)]
            return below if at == int(at) else below + (ordered[int(at) + 1] - below) * (at - int(at))

        return self._of_filled(linear)


class Day(Number):
    """Days since 1970-01-01."""

    def _part(self, many: int) -> "Part":
        days = [None if cell is None else date(1970, 1, 1) + timedelta(cell) for cell in self.cells]
        return Part([None if day is None else _number(day, many) for day in days], many, self.keep)

    def year(self) -> "Part":
        return self._part(1)

    def quarter(self) -> "Part":
        return self._part(4)

    def month(self) -> "Part":
        return self._part(12)


def _number(day: date, many: int) -> int:
    return day.year * many + (day.month - 1) * many // 12


class Part(Number):
    """Parts of the calendar, `many` in a year, numbered from the year 0."""

    def __init__(self, at: list[int | None], many: int, keep: "Flag | None") -> None:
        self.at, self.many = at, many
        super().__init__([None if cell is None else cell % many + 1 if many > 1 else cell for cell in at], keep)

    def n_unique(self) -> "Figure":
        return Number(self.at, self.keep).n_unique()

    def calendar(self) -> list[int]:
        first, last = (_number(date.fromisoformat(day), self.many) for day in PERIOD)
        return list(range(first, last + 1))


PERIOD = ("2018-03-15", "2018-12-31")


class Each:
    """The same of each group: what is asked of it, is asked of all; figures are a column with a cell for each."""

    def __init__(self, items: list[Any], name: str = "") -> None:
        self._items, self._name = items, name

    def __getattr__(self, name: str) -> "Each":
        return Each([getattr(item, name) for item in self._items], name)

    def __call__(self, *given: Any, **named: Any) -> Any:
        made = [item(*(_at(each, at) for each in given), **named) for at, item in enumerate(self._items)]
        still = any(not isinstance(each, Figure) for each in made) or self._name in ("where", "then", "clip", "given")
        return Each(made) if still else Number([each.value for each in made], None)

    def _join(self, join: Callable[[Any, Any], Any], other: Any) -> "Each":
        return Each([join(item, _at(other, at)) for at, item in enumerate(self._items)])

    def __invert__(self) -> "Each":
        return Each([~item for item in self._items])

    def __neg__(self) -> "Each":
        return Each([-item for item in self._items])

    def __abs__(self) -> "Each":
        return Each([abs(item) for item in self._items])

    def __rtruediv__(self, other: float) -> "Each":
        return Each([other / item for item in self._items])


def _at(given: Any, at: int) -> Any:
    return given._items[at] if isinstance(given, Each) else given


for _name in ("add", "sub", "mul", "truediv", "and_", "or_", "lt", "le", "gt", "ge", "eq", "ne"):
    _dunder = f"__{_name.strip('_')}__"
    setattr(Each, _dunder, functools.partialmethod(Each._join, getattr(operator, _name)))  # as if written out


class Figure:
    """A number, or None where it is missing."""

    def __init__(self, value: float | None) -> None:
        self.value = value

    def _with(self, other: "Figure | float", join: Callable[[float, float], float | None]) -> "Figure":
        b = other.value if isinstance(other, Figure) else other
        return Figure(None if self.value is None or b is None else join(self.value, b))

    def __add__(self, other: "Figure | float") -> "Figure":
        return self._with(other, operator.add)

    __radd__ = __add__

    def __sub__(self, other: "Figure | float") -> "Figure":
        return self._with(other, operator.sub)

    def __rsub__(self, other: float) -> "Figure":
        return Figure(other) - self

    def __mul__(self, other: "Figure | float") -> "Figure":
        return self._with(other, operator.mul)

    __rmul__ = __mul__

    def __neg__(self) -> "Figure":
        return self * -1

    def __truediv__(self, other: "Figure | float") -> "Figure":
        return self._with(other, _over)

    def __rtruediv__(self, other: float) -> "Figure":
        return Figure(other) / self

    def _above(self, other: "Figure | float", least: float, noise: float) -> "Claim":
        return Claim(self._with(other, lambda a, b: a - b + noise * abs(b) + least).value)

    def __lt__(self, other: "Figure | float") -> "Claim":
        return self._above(other, 2e-9, 1e-12)

    def __le__(self, other: "Figure | float") -> "Claim":
        return self._above(other, 0, -1e-12)

    def __ge__(self, other: float) -> "Claim":
        return Figure(other) <= self

    def __abs__(self) -> "Figure":
        return Figure(None if self.value is None else abs(self.value))

    def sqrt(self) -> "Figure":
        return Figure(None if self.value is None else _root(self.value))

    def log(self) -> "Figure":
        return Figure(None if self.value is None else _logarithm(self.value))

    def clip(self, low: float, high: float) -> "Figure":
        return Figure(None if self.value is None else min(max(self.value, low), high))

    def default(self, value: float) -> "Figure":
        return Figure(value if self.value is None else self.value)


class Claim:
    """A comparison of figures: how much the one is too large."""

    def __init__(self, excess: float | None) -> None:
        self.excess = excess

    def then(self, yes: Figure | float, otherwise: Figure | float) -> Figure:
        chosen = None if self.excess is None else yes if self.excess <= 1e-9 else otherwise
        return chosen if isinstance(chosen, Figure) else Figure(chosen)


def maximum(one: Any, *others: Any) -> Any:
    return functools.reduce(lambda a, b: a._with(*_kind(a), b, max), others, one)


def minimum(one: Any, *others: Any) -> Any:
    return functools.reduce(lambda a, b: a._with(*_kind(a), b, min), others, one)


def _kind(of: object) -> tuple[type[Number], ...]:
    return (Number,) if isinstance(of, Column) else ()


def _root(x: float) -> float | None:
    return None if x < -1e-12 else math.sqrt(x) if x > 1e-12 else 0.0


def _logarithm(x: float) -> float | None:
    return math.log(x) if x > 1e-12 else None


def _over(a: float, b: float) -> float | None:
    return None if b == 0 else a / b
