"""From points to totals: the tree put together, then bonuses and deductions, as columns of the same lazy frame."""

from collections.abc import Iterable, Mapping

import narwhals.stable.v2 as nw

from pilot_eval.frames import ALL, COMMON, TOTAL, GroupColumns, dimension_columns, item_columns, within_common
from pilot_eval.measures.engines import Frame
from pilot_eval.method.schema import Method
from pilot_eval.method.tree import ROOT, Leaf, Node
from pilot_eval.scoring.points import rounded
from pilot_eval.scoring.tree import Part, combined, total_of


def with_totals(frame: Frame, method: Method, base_type: str) -> Frame:
    """Add the scores: of each dimension, the common indicators, all, and the total with bonuses and deductions."""
    tree = method.tree(base_type)
    common = tree.among({item.id for item in method.common})
    columns = {node.id: dimension_columns(node.id) for node in tree.nodes} | {ROOT: ALL}
    shared = {node.id: within_common(node.id) for node in common.nodes} | {ROOT: COMMON}
    levels = _by_height(method, tree, columns)
    for level, of_common in zip(
        levels, _by_height(method, common, shared), strict=False
    ):  # the common part is no higher
        level |= of_common
    for level in levels:
        frame = frame.with_columns(**level)
    scaled = {each.coverage: _coverage(each) for each in (*columns.values(), COMMON)}
    for group, full in ((ALL, method.head.points), (COMMON, common.points)):
        scaled |= _scaled(group, full, method)
    return frame.with_columns(**scaled).with_columns(**_with_adjustments(method))


def _by_height(method: Method, tree: Node, columns: Mapping[str, GroupColumns]) -> list[dict[str, nw.Expr]]:
    """Return the columns of a tree's nodes, those that need no other node first."""
    head = method.head
    levels: list[dict[str, nw.Expr]] = []

    def visit(node: Node, exclude: bool) -> int:
        own = None if node.id == ROOT else node.how.missing
        exclude = exclude if own is None else own.score == "exclude"
        height = 0
        parts: list[Part] = []
        for each in node.parts:
            if isinstance(each, Leaf):
                parts.append(Part.of_leaf(each))
            else:
                height = max(height, 1 + visit(each, exclude))
                parts.append(Part.of_node(each.points, columns[each.id]))
        settled = own is not None or not node.how.plain
        made = combined(node, parts, exclude=exclude, settled=settled)
        put = columns[node.id]
        to_round = {"points": made.points, "low": made.low, "high": made.high}
        if head.rounding != "total":
            to_round = {name: rounded(points, head.decimals) for name, points in to_round.items()}
        exact = {"applies": made.applies, "covered": made.covered, "counted": made.counted}
        levels.extend({} for _ in range(height + 1 - len(levels)))
        levels[height] |= {getattr(put, name): points for name, points in (to_round | exact).items()}
        return height

    visit(tree, head.missing.score == "exclude")
    return levels


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


def _with_adjustments(method: Method) -> dict[str, nw.Expr]:
    """Return the total: all indicators plus capped bonuses minus capped deductions, between 0 and the ceiling."""

    def capped(columns: Iterable[str], cap: float) -> nw.Expr:
        return total_of(nw.coalesce(nw.col(name), nw.lit(0.0)) for name in columns).clip(0.0, cap)

    def total(score: str, added: Iterable[str], taken: Iterable[str]) -> nw.Expr:
        adjusted = nw.col(score) + capped(added, head.bonus_cap) - capped(taken, head.deduction_cap)
        return rounded(adjusted.clip(0.0, head.top), head.decimals)

    head = method.head
    bonuses = [item_columns(item.id) for item in method.bonuses]
    deductions = [item_columns(item.id) for item in method.deductions]
    return {
        TOTAL.points: total(ALL.score, (b.points for b in bonuses), (d.points for d in deductions)),
        TOTAL.low: total(ALL.score_low, (b.points_low for b in bonuses), (d.points_high for d in deductions)),
        TOTAL.high: total(ALL.score_high, (b.points_high for b in bonuses), (d.points_low for d in deductions)),
    }
