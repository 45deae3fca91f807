"""The tree of a method: how the scores of dimensions and indicators are put together, and the points of each."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.fields import FullMarks, Identifier, Named, Points
from pilot_eval.method.own import OwnSpec
from pilot_eval.method.peer_rules import PeerRule
from pilot_eval.method.rules import FRACTION, Real
from pilot_eval.model import Aggregation, CombiningInfo
from pilot_eval.text import Frozen


class MissingPolicy(Frozen):
    """How a missing indicator affects the headline score: `zero` scores it 0, `exclude` leaves its points out."""

    score: Literal["zero", "exclude"] = "zero"
    show: Literal["coverage"] = "coverage"


class Combining(Frozen):
    """How what is directly below a node is put together.

    aggregate: `sum` adds points up; `deduct` takes the points lost below from the node's own; the others are means of
    the shares below, weighted by points, but `min`, `max` and `median`, which don't weight. power: the exponent of
    `power`: 1 is the arithmetic mean, −1 the harmonic one. cap, floor: points that the node has at most, and at least.
    least_data: the share of the points below that must be scored, or the node is missing. missing: the node's own
    policy; by default that of the node above. normalise: the rule of the indicators below that have none of their own,
    by which pilots are compared; by default that of the node above.
    """

    aggregate: Aggregation = "sum"
    power: Annotated[Real, Field(ge=-20, le=20)] | None = None
    cap: Points | None = None
    floor: Points | None = None
    least_data: Annotated[Real, Field(gt=0, le=1), *FRACTION] | None = None
    missing: MissingPolicy | None = None
    normalise: PeerRule | None = None

    @model_validator(mode="after")
    def _agree(self) -> "Combining":
        if (self.aggregate == "power") != (self.power is not None):
            raise ContradictionError(
                "aggregate: power 与 power 须同时写", "aggregate: power requires power, and vice versa"
            )
        if self.power == 0:
            raise ContradictionError("指数 0 即几何平均，写 geometric", "exponent 0 is the geometric mean: geometric")
        if self.cap is not None and self.floor is not None and self.floor > self.cap:
            raise ContradictionError("floor 大于 cap", "floor is greater than cap")
        return self

    @property
    def plain(self) -> bool:
        """Whether points are simply added up, so that what is missing below is seen from above."""
        return self.aggregate == "sum" and self.cap is None and self.floor is None

    @property
    def overflows(self) -> bool:
        """Whether what is below may be worth more than the node: points up to a cap, or deductions down to a floor."""
        return self.aggregate == "deduct" or self.cap is not None

    @property
    def recorded(self) -> CombiningInfo:
        """Return it as the record keeps it."""
        return CombiningInfo(
            aggregate=self.aggregate,
            power=self.power,
            cap=self.cap,
            floor=self.floor,
            least_data=self.least_data,
            missing=self.missing.score if self.missing else None,
        )


class Weighed(Named):
    """A part of the tree: `points`, or a `weight`: the points that its siblings leave are divided by weight."""

    id: Identifier
    points: FullMarks = 0.0
    weight: Annotated[Real, Field(gt=0, le=10_000)] | None = None

    @model_validator(mode="after")
    def _one(self) -> "Weighed":
        if ("points" in self.model_fields_set) == (self.weight is not None):
            raise ContradictionError("points, weight 必须且只能写一个", "give exactly one of points, weight")
        most = getattr(self, "cap", None)
        if most is not None and self.weight is None and most > self.points:
            raise ContradictionError("cap 大于本级分值 points", "cap is greater than the dimension's points")
        return self

    @property
    def above(self) -> str:
        """Return the id of the node that it is directly below."""
        raise NotImplementedError


FULL = 100.0
"""A method's full marks, unless it says otherwise."""

ROOT = ""
"""The id of the node above all others."""


class DimensionSpec(Weighed, Combining):
    """A node of the tree: a dimension, or one within another dimension. own: what is below is each pilot's own."""

    within: Identifier | None = None
    own: OwnSpec | None = None

    @model_validator(mode="after")
    def _summed(self) -> "DimensionSpec":
        if self.own is not None and self.aggregate not in ("sum", "deduct"):
            raise ContradictionError(
                "有 own 的维度只能用 aggregate: sum 或 deduct", "a dimension with own takes aggregate: sum or deduct"
            )
        return self

    @property
    def above(self) -> str:
        return self.within or ROOT


@dataclass(frozen=True)
class Leaf:
    """An indicator in the tree, with its points."""

    id: str
    points: float


@dataclass(frozen=True)
class Node:
    """A dimension, or the root, with its points and with what is directly below it.

    own: below it are the lines of each pilot's plan, and no parts.
    """

    id: str
    how: Combining
    points: float
    parts: tuple["Node | Leaf", ...]
    own: bool = False

    @property
    def nodes(self) -> Iterator["Node"]:
        """Yield the nodes below, each before the one that it is in, then this node."""
        for each in self.parts:
            if isinstance(each, Node):
                yield from each.nodes
        yield self

    @property
    def every(self) -> Iterator["Node | Leaf"]:
        """Yield all dimensions and indicators below, each before what is below it."""
        for each in self.parts:
            yield each
            if isinstance(each, Node):
                yield from each.every

    def excludes(self, exclude: bool) -> dict[str, bool]:
        """Return, by id, of the node and all below whether what is missing is left out. exclude: so above."""
        own = None if self.id == ROOT else self.how.missing
        here = exclude if own is None else own.score == "exclude"
        made = {self.id: here}
        for each in self.parts:
            made |= each.excludes(here) if isinstance(each, Node) else {each.id: here}
        return made

    def among(self, ids: Container[str]) -> "Node":
        """Return the part of the tree that leads to some of its indicators; the points of each node are theirs."""
        parts = (each.among(ids) if isinstance(each, Node) else each for each in self.parts)
        kept = tuple(each for each in parts if (each.parts if isinstance(each, Node) else each.id in ids))
        return Node(self.id, self.how, self.points if self.how.overflows else sum(each.points for each in kept), kept)


def tree_of(points: float, how: Combining, parts: Iterable[Weighed]) -> Node:
    """Return the tree of dimensions and indicators; a dimension without any indicator is left out, unless pilots bring
    their own.

    points, how: of the root. Weights divide the points that siblings leave of their node's. Source: weights that add up
    to 1, OECD/JRC Handbook on Constructing Composite Indicators (2008), step 6.
    """
    below: dict[str, list[Weighed]] = {}
    for each in parts:
        below.setdefault(each.above, []).append(each)

    def node(id_: str, how: Combining, points: float) -> Node:
        inside = below.get(id_, [])
        left = points - sum(each.points for each in inside if each.weight is None)
        weights = sum(each.weight or 0.0 for each in inside)
        made: list[Node | Leaf] = []
        for each in inside:
            own = each.points if each.weight is None else left * each.weight / weights
            made.append(node(each.id, each, own) if isinstance(each, DimensionSpec) else Leaf(each.id, own))
        own = isinstance(how, DimensionSpec) and how.own is not None
        kept = tuple(each for each in made if isinstance(each, Leaf) or each.parts or each.own)
        return Node(id_, how, points, kept, own)

    return node(ROOT, how, points)
