"""Checks that the points below each node of a method's tree add up to its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pilot_eval import yamlfile
from pilot_eval.errors import Finding, finding
from pilot_eval.method.fields import Points
from pilot_eval.method.tree import FULL, ROOT
from pilot_eval.text import Words, both, joined

NEAR = 1e-9
"""Sums of points that differ by no more are the same."""

_READ = TypeAdapter(Points)


@dataclass(frozen=True)
class Branch:
    """What the balance needs of a dimension or an indicator, whether it is valid in itself or not."""

    id: str
    above: str
    points: float | None
    weight: float | None
    is_node: bool
    overflows: bool  # what is below may be worth more: it has a cap, or deducts
    own: bool = False  # what is below is in the pilots' plans


@dataclass(frozen=True)
class FileParts:
    """The dimensions and indicators of one file."""

    source: yamlfile.Yaml
    root: Branch
    parts: tuple[Branch, ...]

    @classmethod
    def of(cls, source: yamlfile.Yaml) -> "FileParts | None":
        """Return them, or None if the points of some can't be told, which is reported with the item."""
        data = source.data
        try:
            root = Branch(ROOT, ROOT, _READ.validate_python(data.get("points", FULL)), None, True, _overflows(data))
            dimensions = [_branch(item, "within", is_node=True) for item in data.get("dimensions", [])]
            indicators = data["indicators"] if "base_type" in data else data.get("indicators") or []
            return cls(source, root, (*dimensions, *(_branch(item, "dimension") for item in indicators)))
        except (KeyError, ValidationError, TypeError, AttributeError):
            return None


def _branch(item: Mapping[str, Any], above: str, *, is_node: bool = False) -> Branch:
    points, weight = (
        None if item.get(name) is None else _READ.validate_python(item[name]) for name in ("points", "weight")
    )
    if (points is None) == (weight is None) or weight == 0:
        raise TypeError("exactly one of points, weight; a weight above 0")
    own = item.get("own") is not None
    return Branch(str(item.get("id")), str(item.get(above) or ROOT), points, weight, is_node, _overflows(item), own)


def _overflows(item: Mapping[str, Any]) -> bool:
    return item.get("aggregate") == "deduct" or item.get("cap") is not None


def unbalanced(main: FileParts, others: Sequence[FileParts]) -> list[Finding]:
    """Report the nodes below which the points don't add up, each in the file of the base type that it is so for.

    A dimension from which no way leads up to the root is left out.
    """
    apart = {each.above for other in others for each in other.parts}  # nodes that differ by base type
    found = [
        _said_of_node(node, parts, given, points, other.source if node.id in apart else main.source)
        for other in others or [main]
        for parts in [[*main.parts, *(other.parts if other is not main else ())]]
        for node, given, points in _unequal(main.root, parts)
    ]
    return list(dict.fromkeys(found))


def _unequal(node: Branch, parts: Sequence[Branch]) -> Iterator[tuple[Branch, float, float]]:
    """Yield each node, from the top, where the points below and its own don't agree, with both."""
    if node.own:
        return
    points = node.points or 0.0
    inside = [each for each in parts if each.above == node.id]
    others = [each for each in parts if each.id != node.id]  # an id that is used twice must not lead back to itself
    given, weights = sum(each.points or 0.0 for each in inside), sum(each.weight or 0.0 for each in inside)
    left = points - given
    if not (left > NEAR if weights else abs(left) <= NEAR or (left < 0 and node.overflows)):
        yield node, given, points
    for each in inside:
        if each.is_node:
            own = left * each.weight / weights if each.weight else each.points
            yield from _unequal(replace(each, points=own), others)


def _said_of_node(node: Branch, parts: Sequence[Branch], given: float, points: float, source: yamlfile.Yaml) -> Finding:
    type_ = source.data.get("base_type")
    what = Words(zh="各一级指标", en="the dimensions")
    at_the_top = [each for each in parts if each.above == ROOT]
    if node.id == ROOT and not all(each.is_node for each in at_the_top):
        listed = joined(both(each.id) for each in at_the_top)
        what = Words(zh=f"最上面各项（{listed.zh}）", en=f"what is at the top ({listed.en})")
    elif node.id != ROOT and type_ is None:
        what = Words(zh=f"维度 {node.id} 以下各项", en=f"what is below dimension {node.id}")
    elif node.id != ROOT:
        what = Words(zh=f"{type_} 在维度 {node.id} 的指标", en=f"the indicators of {type_} in dimension {node.id}")
    of_dimensions = type_ is None and source.data.get("dimensions")
    place = source.place(("dimensions",) if of_dimensions else ("indicators",))
    inside = [f"{each.id} {each.points:g}" for each in parts if each.above == node.id and each.points is not None]
    summed = " + ".join(inside[:_LISTED]) + (" + …" if len(inside) > _LISTED else "")
    told = Words(zh=f"现为 {summed}：", en=f"now {summed}: ") if inside else both("")
    return finding("method-points", place, what=what, total=f"{given:g}", expected=f"{points:g}", parts=told)


_LISTED = 12
"""How many of the parts that don't add up are listed."""
