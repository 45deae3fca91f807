"""Conditions as columns of the lazy frame: met, surely met, maybe met; what isn't known leaves them open."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import narwhals.stable.v2 as nw

from pilot_eval.frames import (
    ConditionColumns,
    GroupColumns,
    Three,
    asked_columns,
    gate_columns,
    item_columns,
    statement_column,
    three,
    unsure,
)
from pilot_eval.method.conditions import WHOLE, ConditionSpec
from pilot_eval.method.schema import Method
from pilot_eval.method.tree import ROOT, Node
from pilot_eval.model import Outcome

_TRUE, _FALSE = nw.lit(True), nw.lit(False)


@dataclass(frozen=True)
class Met:
    """Whether a condition is met, as boolean expressions: see `ConditionColumns`."""

    met: nw.Expr
    surely: nw.Expr
    maybe: nw.Expr

    @classmethod
    def of(cls, columns: ConditionColumns) -> "Met":
        return cls(*map(nw.col, columns))

    @property
    def opposite(self) -> "Met":
        return Met(~self.met, ~self.maybe, ~self.surely)

    def put(self, columns: ConditionColumns) -> dict[str, nw.Expr]:
        return dict(zip(columns, (self.met, self.surely, self.maybe), strict=True))


def every(several: Sequence[Met]) -> Met:
    """Return whether all are met: open only if none is known not to be."""
    return _connected(several, and_)


def some(several: Sequence[Met]) -> Met:
    """Return whether one of several is met: open only if none is known to be."""
    return _connected(several, or_)


def _connected(several: Sequence[Met], by: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> Met:
    return Met(*(reduce(by, (getattr(each, name) for each in several)) for name in ("met", "surely", "maybe")))


@dataclass(frozen=True)
class Scores:
    """Where a base type's scores are found that conditions ask for: of indicators, and of dimensions by `columns`.

    excludes: for each indicator and dimension whether what is missing is left out of its score.
    """

    columns: Mapping[str, GroupColumns]
    excludes: Mapping[str, bool]
    full: float

    @classmethod
    def of(cls, method: Method, tree: Node, columns: Mapping[str, GroupColumns]) -> "Scores":
        return cls(columns, tree.excludes(method.head.missing.score == "exclude"), method.head.points)

    def asked(self, conditions: Iterable[ConditionSpec]) -> dict[str, nw.Expr]:
        """Return the scores that conditions ask for, with their bounds, as columns."""
        made: dict[str, nw.Expr] = {}
        for each in (simple.condition for condition in conditions for simple in condition.simple):
            if each.share_of is not None:
                made |= zip(compared_columns(each), self.share(each.share_of), strict=True)
            elif each.points_of is not None:
                made |= zip(compared_columns(each), self.points(each.points_of), strict=True)
        return made

    def share(self, id_: str) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
        """Return the share of its points that something reached, with its bounds; null where it doesn't apply."""
        if id_ == WHOLE and id_ not in self.excludes:
            score, low, high = self.points(id_)
            return score / self.full, low / self.full, high / self.full
        if id_ in self.columns:
            group = self.columns[id_]
            applies = nw.col(group.applies)
            out_of = nw.col(group.counted) if self.excludes[id_] else applies
            value = nw.when(out_of > 0).then(nw.col(group.points) / out_of)
            ends = [nw.when(applies > 0).then(nw.col(end) / applies) for end in (group.low, group.high)]
            return value, nw.min_horizontal(ends[0], value), nw.max_horizontal(ends[1], value)
        columns = item_columns(id_)
        applies = nw.col(columns.outcome) != Outcome.NOT_APPLICABLE.value
        value = nw.when(nw.col(columns.outcome) == Outcome.SCORED.value).then(nw.col(columns.share))
        if not self.excludes[id_]:
            value = nw.when(applies).then(nw.coalesce(value, nw.lit(0.0)))
        known = ~value.is_null() & (nw.col(columns.outcome) == Outcome.SCORED.value)
        low = nw.when(known).then(nw.col(columns.least)).when(applies).then(0.0)
        high = nw.when(known).then(nw.col(columns.most)).when(applies).then(1.0)
        return value, low, high

    def points(self, id_: str) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
        """Return the points that something reached, with their bounds; null where it doesn't apply."""
        if id_ == WHOLE and id_ not in self.excludes:
            root = self.columns[ROOT]
            return nw.col(root.score), nw.col(root.score_low), nw.col(root.score_high)
        if id_ in self.columns:
            group = self.columns[id_]
            value, low, high = nw.col(group.points), nw.col(group.low), nw.col(group.high)
            applies = nw.col(group.applies) > 0
            value = value if not self.excludes[id_] else nw.when(nw.col(group.counted) > 0).then(value)
        else:
            columns = item_columns(id_)
            value, low, high = nw.col(columns.points), nw.col(columns.points_low), nw.col(columns.points_high)
            applies = nw.col(columns.outcome) != Outcome.NOT_APPLICABLE.value
            value = value if self.excludes[id_] else nw.coalesce(value, nw.lit(0.0))
        value, low, high = (nw.when(applies).then(each) for each in (value, low, high))
        return value, nw.min_horizontal(low, value), nw.max_horizontal(high, value)


def met_by(condition: ConditionSpec, coverage: str, *, negated: bool = False) -> Met:
    """Return whether a condition, or its opposite, is met. coverage: the column of the evidence's.

    A `not` is carried to the ends, so that what doesn't apply meets neither a comparison nor its opposite.
    """
    if condition.not_ is not None:
        return met_by(condition.not_, coverage, negated=not negated)
    if condition.parts:
        join = every if (condition.all_ is not None) != negated else some
        return join([met_by(each, coverage, negated=negated) for each in condition.parts])
    if condition.statement is not None:
        said = nw.col(statement_column(condition.statement)) == nw.lit(bool(condition.is_))
        made = Met(said, nw.coalesce(said, _FALSE), nw.coalesce(said, _TRUE))
    elif condition.gate is not None:
        made = Met.of(gate_columns(condition.gate))
    elif condition.coverage_below is not None:
        made = _covered(nw.col(coverage), condition.coverage_below)
    else:
        return _compared(condition, negated=negated)
    return made.opposite if negated else made


def _covered(coverage: nw.Expr, threshold: float) -> Met:
    """Return whether the evidence covers too little; where some is missing, it may still come to cover all."""
    below = nw.coalesce(coverage, nw.lit(0.0)) < threshold
    return Met(below, below & ~nw.coalesce(coverage < 100, _FALSE), below)


def _compared(condition: ConditionSpec, *, negated: bool) -> Met:
    by, threshold = condition.opposite if negated else condition.compared
    columns = compared_columns(condition)
    value, low, high = map(nw.col, columns)
    noise = 0.0 if condition.measure is not None else NOISE_OF_SCORES
    least, most = (low, high) if by in ("above", "at_least") else (high, low)

    def holds(figure: nw.Expr) -> nw.Expr:
        match by:
            case "above":
                return figure > threshold + noise
            case "at_least":
                return figure >= threshold - noise
            case "below":
                return figure < threshold - noise
            case _:
                return figure <= threshold + noise

    surely, maybe = nw.coalesce(holds(least), _FALSE), nw.coalesce(holds(most), _TRUE)
    if condition.measure is not None:  # it may have no figure at all
        doubt = nw.col(unsure(condition.measure))
        surely, maybe = surely & ~doubt, maybe | doubt
    met = nw.coalesce(holds(value), nw.when(surely).then(_TRUE).when(~maybe).then(_FALSE))  # even without a figure
    made = Met(met, surely, maybe)
    if condition.measure is not None:
        return made
    applies = ~low.is_null()
    return Met(*(nw.when(applies).then(each).otherwise(_FALSE) for each in (made.met, made.surely, made.maybe)))


def compared_columns(condition: ConditionSpec) -> Three:
    """Return the columns of what a condition compares with a number."""
    if condition.measure is not None:
        return three(condition.measure)
    kind = "share_of" if condition.share_of is not None else "points_of"
    return asked_columns(kind, condition.share_of or condition.points_of or "")


NOISE_OF_SCORES = 1e-9
"""Points and shares that differ by no more are the same: engines divide differently."""
