"""Each pilot's own baseline and target, where columns of its base type's table give them."""

import narwhals.stable.v2 as nw

from pilot_eval.frames import item_columns
from pilot_eval.measures.engines import Frame
from pilot_eval.method.rules import TargetProgress
from pilot_eval.method.schema import Method


def with_goals(frame: Frame, method: Method, base_type: str) -> Frame:
    """Replace the baselines and targets of items by those in the table; an empty cell leaves the rule's own.

    A pair that turns the rule's direction is no goal: both become null, and the item is missing.
    """
    goals, columns = method.goals(base_type), dict[str, nw.Expr]()
    for item in method.scorings(base_type):
        if item.id in goals and isinstance(item.rule, TargetProgress):
            names = item_columns(item.id)
            baseline, target = (
                nw.col(own) if given is None else nw.coalesce(nw.col(given), nw.col(own))
                for given, own in zip(goals[item.id], (names.baseline, names.target), strict=True)
            )
            right = target > baseline if item.rule.direction == "up" else target < baseline
            columns |= {names.baseline: nw.when(right).then(baseline), names.target: nw.when(right).then(target)}
    return frame.with_columns(**columns) if columns else frame
