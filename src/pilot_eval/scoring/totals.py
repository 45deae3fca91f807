"""From points to totals: the tree put together, then bonuses and deductions, as columns of the same lazy frame."""

from collections.abc import Mapping
from dataclasses import replace

import narwhals.stable.v2 as nw

from pilot_eval.frames import ALL, COMMON, GroupColumns, before_gates, dimension_columns, within_common
from pilot_eval.measures.engines import Frame
from pilot_eval.method.schema import Method
from pilot_eval.method.tree import ROOT, Leaf, Node
from pilot_eval.scoring.conditions import Met, Scores
from pilot_eval.scoring.effects import with_adjustments, with_conditions, zero_of
from pilot_eval.scoring.points import rounded
from pilot_eval.scoring.tree import GroupExpressions, Part, combined


def with_totals(frame: Frame, method: Method, base_type: str) -> Frame:
    """Add the scores: of each dimension, the common indicators, all, and the total with bonuses and deductions.

    Conditions see the scores before any gate takes effect, so that the order of gates doesn't matter.
    """
    tree, gates = method.tree(base_type), method.gates_of(base_type)
    columns = {node.id: dimension_columns(node.id) for node in tree.nodes} | {ROOT: ALL}
    seen = columns
    if any(gate.effect.zero in columns for gate in gates):
        seen = {id_: before_gates(id_) for id_ in columns}
        frame = _with_tree(frame, method, tree, seen, {})
    else:
        frame = _with_tree(frame, method, tree, columns, {})
    frame = with_conditions(frame, method, base_type, Scores.of(method, tree, seen))
    zeroed = {id_: met for id_ in columns if (met := zero_of(gates, id_)) is not None}
    if seen is not columns:
        frame = _with_tree(frame, method, tree, columns, zeroed)
    common = tree.among({item.id for item in method.common})
    shared = {node.id: within_common(node.id) for node in common.nodes} | {ROOT: COMMON}
    alike = {id_: met for id_ in columns if (met := zero_of(method.gates, id_)) is not None}
    frame = _with_tree(frame, method, common, shared, alike)
    return with_adjustments(frame, method, base_type)


def _with_tree(
    frame: Frame, method: Method, tree: Node, columns: Mapping[str, GroupColumns], zeroed: Mapping[str, Met]
) -> Frame:
    """Add the scores of a tree, and of the whole scaled to its points. zeroed: when a gate takes a node's points."""
    for level in _by_height(method, tree, columns, zeroed):
        frame = frame.with_columns(**level)
    root = columns[ROOT]
    coverage = {each.coverage: _coverage(each) for each in columns.values()}
    return frame.with_columns(**coverage, **_scaled(root, tree.points, method))


def _by_height(
    method: Method, tree: Node, columns: Mapping[str, GroupColumns], zeroed: Mapping[str, Met]
) -> list[dict[str, nw.Expr]]:
    """Return the columns of a tree's nodes, those that need no other node first."""
    head = method.head
    levels: list[dict[str, nw.Expr]] = []

    excludes = tree.excludes(head.missing.score == "exclude")

    def visit(node: Node) -> int:
        height = 0
        parts: list[Part] = [Part.of_lines(node)] if node.own else []
        for each in node.parts:
            if isinstance(each, Leaf):
                parts.append(Part.of_leaf(each))
            else:
                height = max(height, 1 + visit(each))
                parts.append(Part.of_node(each.points, columns[each.id]))
        settled = (node.id != ROOT and node.how.missing is not None) or not node.how.plain
        made = combined(node, parts, exclude=excludes[node.id], settled=settled)
        if node.id in zeroed:
            made = _zeroed(made, zeroed[node.id])
        put = columns[node.id]
        to_round = {"points": made.points, "low": made.low, "high": made.high}
        if head.rounding != "total":
            to_round = {name: rounded(points, head.decimals) for name, points in to_round.items()}
        exact = {"applies": made.applies, "covered": made.covered, "counted": made.counted}
        levels.extend({} for _ in range(height + 1 - len(levels)))
        levels[height] |= {getattr(put, name): points for name, points in (to_round | exact).items()}
        return height

    visit(tree)
    return levels


def _zeroed(made: GroupExpressions, when: Met) -> GroupExpressions:
    """Return a node that has no points if a gate takes them: all that applies counts then, whatever is missing."""
    none = nw.lit(0.0)
    return replace(
        made,
        points=nw.when(when.met).then(none).otherwise(made.points),
        low=nw.when(when.maybe).then(none).otherwise(made.low),
        high=nw.when(when.surely).then(none).otherwise(made.high),
        counted=nw.when(when.met).then(made.applies).otherwise(made.counted),
    )


def _coverage(group: GroupColumns) -> nw.Expr:
    applies = nw.col(group.applies)
    return rounded(nw.when(applies > 0).then(nw.col(group.covered) / applies * 100), 1)


def _scaled(group: GroupColumns, full: float, method: Method) -> dict[str, nw.Expr]:
    """Scale points to `full`, without what doesn't apply; null if nothing applies, or if there is too little data."""
    exclude = method.head.missing.score == "exclude"
    applies, counted = nw.col(group.applies), nw.col(group.counted)

    def scale(points: str, divisor: nw.Expr) -> nw.Expr:
        exact = nw.when(divisor > 0).then(nw.col(points) * full / divisor)
        return exact if method.head.rounding == "total" else rounded(exact, method.head.decimals)

    score, low, high = (
        scale(group.points, counted if exclude else applies),
        scale(group.low, applies),
        scale(group.high, applies),
    )
    if exclude:  # what is left out may remain so
        low, high = nw.min_horizontal(low, score), nw.max_horizontal(high, score)
    return {group.score: score, group.score_low: low, group.score_high: high}
