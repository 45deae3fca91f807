"""Columns of days: dates, and periods, each with the bounds of what is known of them."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NoReturn

import narwhals.stable.v2 as nw

from pilot_eval.errors import PluginError
from pilot_eval.frames import EPOCH
from pilot_eval.plugin.columns import Column, Flag, Number
from pilot_eval.plugin.figures import Figure
from pilot_eval.plugin.intervals import Trio
from pilot_eval.plugin.symbolic import mistake, no_operator


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

    def sum(self) -> NoReturn:
        """Not available for dates: subtract two dates first, then sum the numbers of days."""
        raise PluginError.of("plugin-date-sum")

    __hash__ = None


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
