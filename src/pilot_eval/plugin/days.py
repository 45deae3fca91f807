"""Columns of days: dates, and periods, each with the bounds of what is known of them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, NoReturn

import narwhals.stable.v2 as nw

from pilot_eval.errors import PluginError
from pilot_eval.frames import EPOCH
from pilot_eval.plugin.columns import Column, Flag, Number
from pilot_eval.plugin.figures import Aggregates, Figure
from pilot_eval.plugin.intervals import Trio
from pilot_eval.plugin.symbolic import mistake, no_operator

Grain = Literal["month", "quarter", "year"]
"""A part of the calendar: what each cell of a `Period` may be one of, and what dates are grouped by."""


class Date(Number):
    """A column of dates; a partial date such as “2018年11月下旬” has the bounds of its interval.

    Stored as days since 1970-01-01, so `a - b` is a number of days.
    """

    def _number(self, other: object) -> Number:
        if isinstance(other, date):  # a datetime is a date too
            return Number(Trio.of(nw.lit(float(other.toordinal() - EPOCH.toordinal()))))
        return super()._number(other)

    def _day(self, other: object) -> Number:
        """Convert what a date is compared with. Raises PluginError for a constant that isn't a date: 2018, a str."""
        if not isinstance(other, (Number, date)):
            raise mistake("plugin-date", self, other)
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

    def year(self) -> "DatePart":
        """The year of each date, such as 2018."""
        return self._part("year")

    def quarter(self) -> "DatePart":
        """The quarter of each date, 1 to 4; quarters of different years are different in `n_unique` and `group_by`."""
        return self._part("quarter")

    def month(self) -> "DatePart":
        """The month of each date, 1 to 12; months of different years are different in `n_unique` and `group_by`."""
        return self._part("month")

    def _part(self, grain: Grain) -> "DatePart":
        at = self.trio.each(lambda day: number_of(grain, day))
        return self._to(DatePart, _in_its_year(grain, at), at=at, grain=grain)

    def sum(self) -> NoReturn:
        """Not available for dates: subtract two dates first, then sum the numbers of days."""
        raise PluginError.of("plugin-date-sum")

    __hash__ = None


@dataclass(frozen=True, eq=False)
class DatePart(Number):
    """The years, quarters or months of dates, as numbers.

    at: the number of each since the year 0, by which they are told apart.
    """

    at: Trio | None = None
    grain: Grain = "month"

    @property
    def counted(self) -> Trio:
        return self.trio if self.at is None else self.at

    def n_unique(self) -> Figure:
        """The number of different years, quarters or months; a date that may be in several may be in any of them."""
        cells = self.counted
        if cells.exact:
            return Column.n_unique(replace(self, trio=cells))
        figure, keep = Aggregates(), self._kept.trio
        known = nw.when(cells.low == cells.high).then(cells.value)

        def distinct(flag: nw.Expr, each: nw.Expr) -> nw.Expr:
            given = nw.when(flag).then(each)
            return figure.add(given.n_unique()) - figure.add(given.is_null().cast(nw.Int64).max())

        some = figure.add(nw.when(keep.low).then(cells.value).count()).clip(0.0, 1.0)
        open_ = figure.add(nw.when(keep.high & known.is_null()).then(cells.value).count())
        low = nw.max_horizontal(distinct(keep.low, known), some)
        return self._made(figure, Trio(distinct(keep.value, cells.value), low, distinct(keep.high, known) + open_))

    __hash__ = None


_IN_A_YEAR: dict[Grain, float] = {"year": 1.0, "quarter": 4.0, "month": 12.0}


def number_of(grain: Grain, day: nw.Expr) -> nw.Expr:
    """Return which year, quarter or month a day is in, counted from the year 0.

    By arithmetic on days, since engines disagree on types of dates (Hinnant, chrono-compatible low-level algorithms).
    """
    day = day + _FROM_MARCH_OF_0
    era = (day / 146_097).floor()
    of_era = day - era * 146_097
    year = ((of_era - (of_era / 1460).floor() + (of_era / 36_524).floor() - (of_era / 146_096).floor()) / 365).floor()
    of_year = of_era - (year * 365 + (year / 4).floor() - (year / 100).floor())
    months = (year + era * 400) * 12 + ((of_year * 5 + 2) / 153).floor() + 2  # the year begins in March
    return (months / (12 / _IN_A_YEAR[grain])).floor()


_FROM_MARCH_OF_0 = 719_468
"""Days from 0000-03-01 to 1970-01-01."""


def _in_its_year(grain: Grain, at: Trio) -> Trio:
    """Return the numbers within their years, 1 to 12 for months; years stay as they are."""
    many = _IN_A_YEAR[grain]
    if many == 1:
        return at

    def number(each: nw.Expr) -> nw.Expr:
        return each - (each / many).floor() * many + 1

    value = number(at.value)
    if at.exact:
        return Trio.of(value)
    low, high = at.low, at.high
    one_year = (low / many).floor() == (high / many).floor()
    given = ~low.is_null()
    return Trio(
        value,
        nw.when(one_year).then(number(low)).when(given).then(nw.lit(1.0)),
        nw.when(one_year).then(number(high)).when(given).then(nw.lit(many)),
    )


class Period(Column):
    """A column of stretches of days such as “2018年上半年”, “1-6月”, “2018Q1”; without a year, in that of the round.

    Rows of a table whose other words are the same must not overlap, and every period must be in the round's.
    """

    @property
    def start(self) -> Date:
        """The first day of each period."""
        return self._to(Date, Trio.of(self.trio.low))

    @property
    def end(self) -> Date:
        """The last day of each period."""
        return self._to(Date, Trio.of(self.trio.high))

    def n_unique(self) -> Figure:
        """The number of different periods, however they are written; empty cells don't count."""
        first, last = self.trio.low, self.trio.high
        return Column.n_unique(replace(self, trio=Trio.of(first + (last - first) / _LONGEST)))

    if not TYPE_CHECKING:
        __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = no_operator("plugin-period")
        __hash__ = None


_LONGEST = 2**20
"""More days than any period has: a power of 2, so that a sum of days and a share of it is exact."""
