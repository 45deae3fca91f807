"""What gates do, as columns of the lazy frame: to bonuses, to the total and to the grade."""

from collections.abc import Iterable, Sequence

import narwhals.stable.v2 as nw

from pilot_eval.frames import (
    ALL,
    CAP,
    DOWN,
    TOTAL,
    counting_columns,
    gate_columns,
    item_columns,
)
from pilot_eval.measures.engines import Frame
from pilot_eval.method.conditions import WHOLE
from pilot_eval.method.gates import GateSpec, in_order
from pilot_eval.method.schema import AdjustmentSpec, Method
from pilot_eval.method.tree import ROOT
from pilot_eval.scoring.conditions import Met, Scores, every, met_by, some
from pilot_eval.scoring.points import rounded
from pilot_eval.scoring.tree import total_of


def with_conditions(frame: Frame, method: Method, base_type: str, scores: Scores) -> Frame:
    """Add whether each gate is triggered, whether each bonus and deduction counts, and what that does to the grade."""
    gates = method.gates_of(base_type)
    items = (*method.bonuses_of(base_type), *method.deductions_of(base_type))
    conditions = [*(gate.when for gate in gates), *(item.only_if for item in items if item.only_if is not None)]
    coverage = scores.columns[ROOT].coverage
    frame = _with_some(frame, scores.asked(conditions))
    for gate in in_order(gates):  # one that asks for another comes after it
        frame = frame.with_columns(**met_by(gate.when, coverage).put(gate_columns(gate.id)))
    counting: dict[str, nw.Expr] = {}
    no_bonus = triggered(gate for gate in gates if gate.effect.no_bonus)
    for item in items:
        own = [met_by(item.only_if, coverage)] if item.only_if is not None else []
        if no_bonus is not None and method.is_bonus(item):
            own.append(no_bonus.opposite)
        if own:
            counting |= every(own).put(counting_columns(item.id))
    return _with_some(frame, counting | _limits(method, gates))


def is_conditional(item: AdjustmentSpec, method: Method, base_type: str) -> bool:
    """Return whether it depends on a condition or a gate that a bonus or a deduction counts."""
    forbidden = any(gate.effect.no_bonus for gate in method.gates_of(base_type)) and method.is_bonus(item)
    return item.only_if is not None or forbidden


def triggered(gates: Iterable[GateSpec]) -> Met | None:
    """Return whether one of several gates is triggered; None if there are none."""
    found = [Met.of(gate_columns(gate.id)) for gate in gates]
    return some(found) if found else None


def zero_of(gates: Iterable[GateSpec], id_: str) -> Met | None:
    """Return whether a gate takes all points of a dimension, or of the total; None if none does."""
    return triggered(gate for gate in gates if gate.effect.zero == id_)


def _limits(method: Method, gates: Sequence[GateSpec]) -> dict[str, nw.Expr]:
    """Return by how many grades a grade falls, and the best that it may be: now, at least, at most."""
    order = [grade.id for grade in method.grades]
    made: dict[str, nw.Expr] = {}
    for at in range(len(DOWN)):
        holds = {gate.id: nw.coalesce(nw.col(gate_columns(gate.id)[at]), nw.lit(False)) for gate in gates}

        def amount(gate: GateSpec, worth: float, holds: dict[str, nw.Expr] = holds) -> nw.Expr:
            return nw.when(holds[gate.id]).then(nw.lit(worth)).otherwise(nw.lit(0.0))

        down = [amount(gate, float(gate.effect.down)) for gate in gates if gate.effect.down is not None]
        caps = [amount(gate, float(order.index(gate.effect.cap))) for gate in gates if gate.effect.cap is not None]
        made[DOWN[at]] = total_of(down)
        made[CAP[at]] = nw.max_horizontal(*caps, nw.lit(0.0))
    return made


def with_adjustments(frame: Frame, method: Method, base_type: str) -> Frame:
    """Add the total: all indicators plus capped bonuses minus capped deductions, between 0 and the ceiling.

    A bonus or a deduction that doesn't count has no points; one of which that isn't known has none, but may have.
    """
    bonuses, deductions = method.bonuses_of(base_type), method.deductions_of(base_type)
    conditional = [item for item in (*bonuses, *deductions) if is_conditional(item, method, base_type)]
    frame = _with_some(frame, {name: expr for item in conditional for name, expr in _counted(item).items()})
    head = method.head

    def capped(items: Sequence[AdjustmentSpec], end: str, cap: float) -> nw.Expr:
        columns = (getattr(item_columns(item.id), end) for item in items)
        return total_of(nw.coalesce(nw.col(name), nw.lit(0.0)) for name in columns).clip(0.0, cap)

    def total(score: str, added: str, taken: str) -> nw.Expr:
        more, less = capped(bonuses, added, head.bonus_cap), capped(deductions, taken, head.deduction_cap)
        return rounded((nw.col(score) + more - less).clip(0.0, head.top), head.decimals)

    points = total(ALL.score, "points", "points")
    low = total(ALL.score_low, "points_low", "points_high")
    high = total(ALL.score_high, "points_high", "points_low")
    zero = zero_of(method.gates_of(base_type), WHOLE)
    if zero is not None:
        points, low, high = (
            nw.when(when & ~end.is_null()).then(nw.lit(0.0)).otherwise(end)
            for when, end in ((zero.met, points), (zero.maybe, low), (zero.surely, high))
        )
    return frame.with_columns(**{TOTAL.points: points, TOTAL.low: low, TOTAL.high: high})


def _counted(item: AdjustmentSpec) -> dict[str, nw.Expr]:
    """Return the points of a bonus or a deduction as far as it counts."""
    columns, counts = item_columns(item.id), Met.of(counting_columns(item.id))
    none = nw.lit(0.0)
    return {
        columns.points: nw.when(counts.met).then(nw.col(columns.points)),
        columns.points_low: nw.when(counts.surely).then(nw.col(columns.points_low)).otherwise(none),
        columns.points_high: nw.when(counts.maybe).then(nw.col(columns.points_high)).otherwise(none),
    }


def _with_some(frame: Frame, columns: dict[str, nw.Expr]) -> Frame:
    return frame.with_columns(**columns) if columns else frame
