"""Interval arithmetic on narwhals expressions: a quantity with its bounds (Moore, Interval Analysis, 1966)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from pilot_eval.frames import BOUNDED, UNBOUNDED

TINY = 1e-12
"""What a sum that should be 0 may come to, or less: to roots and logarithms it is 0, on every engine."""


@dataclass(frozen=True, eq=False)
class Trio:
    """Value, low and high of one quantity; the same object three times if it is exact.

    The bounds hold if the quantity exists; `lacks` is true where it may not exist, such as the mean of rows that are
    only possibly kept.
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

    @property
    def missing(self) -> nw.Expr:
        """Return whether it has no value, or may have none."""
        none = self.value.is_null()
        return none if self.lacks is None else none | self.lacks

    @property
    def ends(self) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
        return self.value, self.low, self.high

    def each(self, change: Callable[[nw.Expr], nw.Expr]) -> "Trio":
        """Apply a non-decreasing function."""
        if self.exact:
            return Trio.of(change(self.value))
        return Trio(change(self.value), change(self.low), change(self.high), self.lacks)

    def counted(self, change: Callable[[nw.Expr], nw.Expr]) -> "Trio":
        """Apply a number of rows to a condition on them: it always exists, and does not decrease."""
        return replace(self, lacks=None).each(change)

    def flipped(self, change: Callable[[nw.Expr], nw.Expr]) -> "Trio":
        """Apply a non-increasing function, which swaps the bounds."""
        moved = self.each(change)
        return Trio(moved.value, moved.high, moved.low, moved.lacks) if not self.exact else moved

    def __add__(self, other: "Trio") -> "Trio":
        value = self.value + other.value
        if self.exact and other.exact:
            return Trio.of(value)
        return Trio(value, self.low + other.low, self.high + other.high, either(self.lacks, other.lacks))

    def __mul__(self, other: "Trio") -> "Trio":
        value = self.value * other.value
        if self.exact and other.exact:
            return Trio.of(value)
        corners = [x * y for x in (self.low, self.high) for y in (other.low, other.high)]
        return _spanned(value, corners, either(self.lacks, other.lacks))

    def __truediv__(self, other: "Trio") -> "Trio":
        """Null where the divisor is 0; a divisor whose bounds include 0 leaves the upper bound open."""
        a, b = self, other
        value = nw.when(b.value != 0).then(a.value / b.value)
        if a.exact and b.exact:
            return Trio.of(value)
        if b.exact:
            ends = [nw.when(b.value != 0).then(end / b.value) for end in (a.low, a.high)]
            return _spanned(value, ends, either(a.lacks, b.lacks))
        fixed_sign, some = (b.low > 0) | (b.high < 0), (b.low != 0) | (b.high != 0)
        # Each corner is guarded: an engine may compute a branch that it doesn't use.
        ends = [nw.when(fixed_sign).then(x / y) for x in (a.low, a.high) for y in (b.low, b.high)]
        least = nw.when((a.low >= 0) & (b.low >= 0) & (b.high > 0)).then(a.low / b.high)
        given = ~a.low.is_null() & some
        return Trio(
            value,
            nw.when(fixed_sign).then(nw.min_horizontal(*ends)).when(given).then(nw.coalesce(least, nw.lit(-UNBOUNDED))),
            nw.when(fixed_sign).then(nw.max_horizontal(*ends)).when(given).then(nw.lit(UNBOUNDED)),
            either(a.lacks, b.lacks, ~fixed_sign),
        )

    def __abs__(self) -> "Trio":
        if self.exact:
            return Trio.of(self.value.abs())
        given = ~self.low.is_null()
        least = nw.when(given).then(nw.max_horizontal(self.low, self.high * -1, nw.lit(0.0)))
        return Trio(self.value.abs(), least, nw.max_horizontal(self.low * -1, self.high), self.lacks)

    def sqrt(self) -> "Trio":
        """Null below 0."""
        return self._risen(lambda x: nw.when(x > TINY).then(x).when(x >= -TINY).then(nw.lit(0.0)).sqrt(), 0.0)

    def log(self) -> "Trio":
        """Null unless above 0."""
        return self._risen(lambda x: nw.when(x > TINY).then(x).log(), -UNBOUNDED)

    def _risen(self, change: Callable[[nw.Expr], nw.Expr], least: float) -> "Trio":
        """Apply a function that rises from `least`, and is null before; an unknown bound stays unknown."""
        if self.exact:
            return Trio.of(change(self.value))
        low, high = change(self.low), change(self.high)
        known = nw.when(self.high < BOUNDED).then(high).otherwise(nw.lit(UNBOUNDED))
        return Trio(
            change(self.value),
            nw.when(~high.is_null()).then(nw.coalesce(low, nw.lit(least))),
            nw.when(~high.is_null()).then(known),
            either(self.lacks, low.is_null()),
        )


def larger(one: Trio, other: Trio) -> Trio:
    """Return the larger of two quantities, null where either is."""
    return _picked(one, other, nw.max_horizontal)


def smaller(one: Trio, other: Trio) -> Trio:
    """Return the smaller of two quantities, null where either is."""
    return _picked(one, other, nw.min_horizontal)


def _picked(one: Trio, other: Trio, pick: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> Trio:
    """Join two quantities by a function that rises with each."""

    def joined(a: nw.Expr, b: nw.Expr) -> nw.Expr:
        return nw.when(~a.is_null() & ~b.is_null()).then(pick(a, b))

    value = joined(one.value, other.value)
    if one.exact and other.exact:
        return Trio.of(value)
    return Trio(value, joined(one.low, other.low), joined(one.high, other.high), either(one.lacks, other.lacks))


def share_beside(part: Trio, rest: Trio) -> Trio:
    """Return part ÷ (part + rest) with its bounds, null where either may be negative.

    It rises with the part and falls with the rest, so that its ends are reached; if it exists, it is 1 where the rest
    is certainly 0, and 0 where the part is. A rest of empty cells is 0.
    """
    least, most = (nw.coalesce(end, nw.lit(0.0)) for end in (rest.low, rest.high))
    positive = (part.low >= 0) & (least >= 0)

    def share(end: nw.Expr, beside: nw.Expr, without: float) -> nw.Expr:
        some = positive & (end + beside > 0)
        return nw.when(some).then(end / (end + beside)).when(positive).then(nw.lit(without))

    return Trio(part.value, share(part.low, most, 1.0), share(part.high, least, 0.0))


def narrowed(trio: Trio, bounds: Trio, times: float) -> Trio:
    """Return a quantity within its own bounds and within `times` other `bounds`, where these are known.

    The value stays within its bounds even if it contradicts them.
    """
    low = nw.min_horizontal(trio.value, nw.max_horizontal(trio.low, bounds.low * times))
    high = nw.max_horizontal(trio.value, nw.min_horizontal(trio.high, bounds.high * times))
    return Trio(
        trio.value,
        nw.when(~trio.low.is_null()).then(low),
        nw.when(~trio.high.is_null()).then(high),
        trio.lacks,
    )


def _spanned(value: nw.Expr, corners: Sequence[nw.Expr], lacks: nw.Expr | None) -> Trio:
    """Return a value with the smallest and the largest corner as its bounds."""
    return Trio(value, nw.min_horizontal(*corners), nw.max_horizontal(*corners), lacks)


def either(*conditions: nw.Expr | None) -> nw.Expr | None:
    """Return whether any condition holds; None if there are none."""
    known = [each for each in conditions if each is not None]
    return reduce(or_, known) if known else None
