"""Figures: one number per pilot, aggregated from a table or computed from other figures, with its bounds.

An aggregate is computed once per pilot; everything after it is arithmetic on columns, so the same measure runs on
every engine that narwhals.stable.v2 supports lazily.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import count as counter
from operator import add, mul, truediv
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

import narwhals.stable.v2 as nw

from pilot_eval.frames import INNER
from pilot_eval.plugin.intervals import TINY, Trio, either, narrowed, share_beside
from pilot_eval.plugin.symbolic import Symbolic, clip_limits, constant, divisor, no_operator

LEAST = 2e-9
"""The smallest difference for `<` and `>`: figures are rounded to nine decimals, and a claim tolerates one step."""

NOISE = 1e-12
"""The share of a figure by which engines may differ, with room to spare."""

STEP = 1e-9
"""How much larger one figure may be than another that it is at most."""

Levels = tuple[Mapping[str, nw.Expr], ...]


class Total(Protocol):
    """What a figure adds up; figures with equal totals are the same."""

    def __hash__(self) -> int: ...

    def rest(self, part: "Total") -> "Figure | None":
        """Return what this total has beside a part of it; None unless `part` is known to be one."""


@dataclass(frozen=True, eq=False)
class Figure(Symbolic):
    """One number per pilot: aggregates of a table's columns, or of other measures, and arithmetic on them.

    `levels[0]` maps aliases to what is computed per pilot from the table's rows; each later level maps aliases to
    arithmetic on the previous levels, so that nothing is computed twice. `trio` names the result: aliases, or other
    measures (listed in `uses`). `rows` is true for the table's rows that contribute, false for those that a condition
    leaves out, null for those left out because a cell is empty or has no value (a division by 0). `doubtful` is true
    for rows that a condition takes or leaves by how an approximate cell is read; None: there are none. `undefined` are
    the conditions under which it has no value for its arithmetic, with the reason.

    `nested` is what is computed of groups of the rows first: its aggregates are in no level.

    `total` is what the figure adds up, if that is known; `terms` are the figures whose sum it is, each times a number.
    By them a division recognises a part divided by its whole.
    """

    trio: Trio
    levels: Levels = ()
    reads: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    rows: nw.Expr | None = None
    doubtful: nw.Expr | None = None
    undefined: "tuple[tuple[Why, nw.Expr], ...]" = ()
    total: Total | None = None
    terms: "Terms | None" = None
    nested: "tuple[GroupFigures, ...]" = ()

    _no_truth = "plugin-truth-figure"
    _per = "pilot"

    if not TYPE_CHECKING:
        __and__ = __rand__ = __or__ = __ror__ = __invert__ = no_operator("plugin-truth-figure")
        __eq__ = __ne__ = no_operator("plugin-figure-compared")
        __hash__ = None

    def _figure(self, other: "Figure | float") -> "Figure":
        return other if isinstance(other, Figure) else Figure(Trio.of(nw.lit(constant(self, other))))

    def _with(self, other: "Figure | float", join: Callable[[Trio, Trio], Trio]) -> "Figure":
        figure = self._figure(other)
        return self._beside(figure)._changed(join(self.trio, figure.trio))

    def _beside(self, other: "Figure") -> "Figure":
        """Return the figure with everything of which the other is computed too."""
        return Figure(
            self.trio,
            _merged(self.levels, other.levels),
            self.reads | other.reads,
            self.uses | other.uses,
            either(self.rows, other.rows),
            either(self.doubtful, other.doubtful),
            self.undefined + other.undefined,
            nested=self.nested + other.nested,
        )

    def _changed(self, trio: Trio) -> "Figure":
        levels, trio = staged(self.levels, trio)
        return replace(self, trio=trio, levels=levels, total=None, terms=None)

    def _unless(self, why: "Why", condition: nw.Expr) -> "Figure":
        return replace(self, undefined=(*self.undefined, (why, condition)))

    @property
    def _terms(self) -> "Terms":
        return {self.total or self.trio: (self, 1.0)} if self.terms is None else self.terms

    def _times(self, number: float) -> "Terms":
        return {key: (figure, times * number) for key, (figure, times) in self._terms.items()}

    def __add__(self, other: "Figure | float") -> "Figure":
        figure = self._figure(other)
        terms = dict(self._terms)
        for key, (each, times) in figure._terms.items():
            terms[key] = (each, times + terms[key][1] if key in terms else times)
        return replace(self._with(figure, add), terms=terms)

    __radd__ = __add__

    def __neg__(self) -> "Figure":
        return replace(self._changed(self.trio.flipped(lambda x: x * -1)), terms=self._times(-1))

    def __sub__(self, other: "Figure | float") -> "Figure":
        return self + -self._figure(other)

    def __rsub__(self, other: float) -> "Figure":
        return -self + other

    def __mul__(self, other: "Figure | float") -> "Figure":
        made = self._with(other, mul)
        return made if isinstance(other, Figure) else replace(made, terms=self._times(float(other)))

    __rmul__ = __mul__

    def __truediv__(self, other: "Figure | float") -> "Figure":
        """Missing if the divisor is 0. A part divided by its whole, `a / (a + b)`, is bounded as such."""
        by = self._figure(divisor(self, other))
        made = self._with(by, truediv)
        if not isinstance(other, Figure):
            return replace(made, terms=self._times(1 / float(other)))
        made = made._unless("division", by.trio.value == 0)
        split = None if made.trio.exact else _split(self, other)
        if split is None:
            return made
        part, rest, times = split
        share = part._with(rest, share_beside)
        tight = made._with(share, lambda ratio, bounds: narrowed(ratio, bounds, times))
        return replace(tight, reads=made.reads, rows=made.rows, doubtful=made.doubtful, undefined=made.undefined)

    def __rtruediv__(self, other: float) -> "Figure":
        return self._figure(other) / self

    def __lt__(self, other: "Figure | float") -> "Claim":
        return Claim(self._above(other) + LEAST)

    def __le__(self, other: "Figure | float") -> "Claim":
        return Claim(self._above(other, -NOISE))

    def __gt__(self, other: "Figure | float") -> "Claim":
        return Claim(self._figure(other)._above(self) + LEAST)

    def __ge__(self, other: "Figure | float") -> "Claim":
        return Claim(self._figure(other)._above(self, -NOISE))

    def _above(self, other: "Figure | float", noise: float = NOISE) -> "Figure":
        """Return how much it is above another, and a share of that: large figures are as inexact as they are large."""
        return self - other + abs(self._figure(other)) * noise

    def __abs__(self) -> "Figure":
        """The figure without its sign."""
        return self._changed(abs(self.trio))

    def sqrt(self) -> "Figure":
        """The square root; missing if the figure is negative."""
        return self._changed(self.trio.sqrt())._unless("root", self.trio.value < -TINY)

    def log(self) -> "Figure":
        """The natural logarithm; missing if the figure is not above 0."""
        return self._changed(self.trio.log())._unless("logarithm", self.trio.value <= TINY)

    def clip(self, low: float | None = None, high: float | None = None) -> "Figure":
        """Clamp the figure to the range from `low` to `high`; None means no limit."""
        low, high = clip_limits(self, low, high)
        return self._changed(self.trio.each(lambda x: x.clip(low, high)))

    def default(self, value: float) -> "Figure":
        """Use `value` if the table was submitted but has no figure, such as the maximum of no rows."""
        trio, given = self.trio, nw.lit(constant(self, value))
        if trio.exact:
            return self._changed(Trio.of(nw.coalesce(trio.value, given)))
        none = trio.missing
        return self._changed(
            Trio(
                nw.coalesce(trio.value, given),
                nw.when(none).then(nw.min_horizontal(trio.low, given)).otherwise(trio.low),
                nw.when(none).then(nw.max_horizontal(trio.high, given)).otherwise(trio.high),
            )
        )


Why = Literal["division", "root", "logarithm"]
"""What has no value for some numbers: a division by 0, a root of less than 0, a logarithm of 0 or less."""

Terms = Mapping[Hashable, tuple[Figure, float]]
"""Figures by what identifies each, with the number that multiplies it."""


def _split(part: Figure, whole: Figure) -> tuple[Figure, Figure, float] | None:
    """Return a part, what its whole has beside it, and what multiplies the share; None if they aren't part and whole.

    `part / whole` is the part ÷ (the part + the rest), times the number.
    """
    own, all_ = part._terms, whole._terms
    if own.keys() <= all_.keys():
        rest = {key: (each, times - own[key][1] if key in own else times) for key, (each, times) in all_.items()}
        return part, reduce(add, (each * times for each, times in rest.values() if times), Figure(_ZERO)), 1.0
    if len(own) == len(all_) == 1:
        [(one, times)], [(other, all_times)] = own.values(), all_.values()
        if one.total is not None and other.total is not None and times > 0 and all_times > 0:
            beside = other.total.rest(one.total)
            return None if beside is None else (one, beside, times / all_times)
    return None


_ZERO = Trio.of(nw.lit(0.0))


@dataclass(frozen=True, eq=False)
class Claim(Symbolic):
    """A comparison of figures, such as `m.served <= m.members`; a check that is one fails if the bounds leave no doubt.

    excess: the figure that must not be above 0.
    """

    excess: Figure

    _no_truth = "plugin-truth-figure"

    if not TYPE_CHECKING:
        __and__ = __rand__ = __or__ = __ror__ = __invert__ = no_operator("plugin-truth-figure")

    def then(self, yes: Figure | float, otherwise: Figure | float) -> Figure:
        """A figure: `yes` where it is true, `otherwise` where it is false; missing where a compared figure is.

        Where the bounds leave it open, the figure has the bounds of both. Numbers that differ by less than engines do
        count as equal.
        """
        test, a, b = self.excess, self.excess._figure(yes), self.excess._figure(otherwise)
        true, must, may = (end <= STEP for end in (test.trio.value, test.trio.high, test.trio.low))
        value = nw.when(true).then(a.trio.value).when(~true).then(b.trio.value)
        low, high = (
            nw.when(must).then(one).when(may).then(hull(one, other)).when(~may).then(other)
            for one, other, hull in (
                (a.trio.low, b.trio.low, nw.min_horizontal),
                (a.trio.high, b.trio.high, nw.max_horizontal),
            )
        )
        lacks = test.trio.missing | (a.trio.missing & may) | (b.trio.missing & ~must)
        exact = test.trio.exact and a.trio.exact and b.trio.exact
        trio = Trio.of(value) if exact else Trio(value, low, high, lacks)
        made = test._beside(a)._beside(b)._changed(trio)
        unused = [(why, each & true) for why, each in a.undefined] + [(why, each & ~true) for why, each in b.undefined]
        return replace(made, undefined=(*test.undefined, *unused))


class GroupFigures(NamedTuple):
    """Aggregates of groups of rows, which are aggregated again, one number per pilot.

    levels: what is computed per group, as a figure's are per pilot. aggregates: over the groups, by alias.
    """

    by: Any
    levels: Levels
    aggregates: Mapping[str, nw.Expr]


class Within(Protocol):
    """What a column has cells for, other than the rows of a table: its rows in groups, or the groups."""

    @property
    def per(self) -> Literal["row", "group"]:
        """Return what there is a cell for."""

    @property
    def inside(self) -> Any:
        """Return the condition that a row is in the group; None: it certainly is."""

    def beside(self, other: "Within | None", column: Any) -> "Within":
        """Return it with what another column has cells for (None: rows). Raises PluginError if that is another."""

    def made(self, figure: Figure) -> Any:
        """Return what an aggregate of the column is: a column of groups, or a figure."""

    def longest_run(self, flag: Any) -> Figure:
        """See `Flag.longest_run`."""


class Aggregates:
    """Collects the aggregates of one figure under names that no other figure uses."""

    def __init__(self) -> None:
        self._exprs: dict[str, nw.Expr] = {}

    def add(self, aggregate: nw.Expr) -> nw.Expr:
        alias = f"{INNER}aggregate_{next(_alias)}"
        self._exprs[alias] = aggregate.cast(nw.Float64)
        return nw.col(alias)

    def figure(self, trio: Trio, reads: frozenset[str], rows: nw.Expr, total: Total | None = None) -> Figure:
        levels, trio = staged((self._exprs,), trio)
        return Figure(trio, levels, reads, frozenset(), rows, total=total)


_alias = counter()


def _merged(one: Levels, other: Levels) -> Levels:
    """Merge the levels of two figures: an alias stays in its level."""
    longest = max(len(one), len(other))
    pad: Levels = ({},)
    pairs = zip(one + pad * (longest - len(one)), other + pad * (longest - len(other)), strict=True)
    return tuple({**a, **b} for a, b in pairs)


def staged(levels: Levels, trio: Trio) -> tuple[Levels, Trio]:
    """Give a trio's expressions their own level and names, to which later expressions refer."""
    names: dict[int, nw.Expr] = {}
    stage: dict[str, nw.Expr] = {}
    for expr in (trio.value, trio.low, trio.high):
        if id(expr) not in names:
            alias = f"{INNER}figure_{next(_alias)}"
            stage[alias] = expr
            names[id(expr)] = nw.col(alias)
    value, low, high = (names[id(expr)] for expr in (trio.value, trio.low, trio.high))
    return (*(levels or ({},)), stage), Trio(value, low, high, trio.lacks)
