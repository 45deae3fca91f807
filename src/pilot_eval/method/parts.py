"""The items of a method's files as they were read, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pilot_eval import yamlfile
from pilot_eval.errors import Place
from pilot_eval.method.fields import UnitSpec
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.grades import GradeSpec
from pilot_eval.method.schema import (
    AdjustmentSpec,
    CodeSpec,
    IndicatorSpec,
    MethodHead,
    PilotSpec,
    SourceSpec,
    StatementSpec,
    TermSpec,
)
from pilot_eval.method.tree import DimensionSpec

S = TypeVar("S")
YamlPath = tuple[str | int, ...]


@dataclass
class Placed(Generic[S]):
    """A checked item and its place."""

    item: S
    source: yamlfile.Yaml
    path: YamlPath

    def place(self, *more: str | int) -> Place:
        return self.source.place((*self.path, *more))


@dataclass
class Parts:
    """The items of a method's files, without those that are invalid in themselves."""

    head: list[Placed[MethodHead]]
    dimensions: list[Placed[DimensionSpec]]
    own_dimensions: dict[str, list[Placed[DimensionSpec]]]
    grades: list[Placed[GradeSpec]]
    terms: dict[str, list[Placed[TermSpec]]]  # tiers and bases of the register
    statements: list[Placed[StatementSpec]]
    gates: list[Placed[GateSpec]]
    own_gates: dict[str, list[Placed[GateSpec]]]
    cited: list[Placed[SourceSpec]]
    codes: dict[str, list[Placed[CodeSpec]]]
    bonuses: list[Placed[AdjustmentSpec]]
    deductions: list[Placed[AdjustmentSpec]]
    own_bonuses: dict[str, list[Placed[AdjustmentSpec]]]
    own_deductions: dict[str, list[Placed[AdjustmentSpec]]]
    common: list[Placed[IndicatorSpec]]
    by_type: dict[str, list[Placed[IndicatorSpec]]]
    pilots: list[Placed[PilotSpec]]
    units: list[Placed[UnitSpec]]

    @property
    def scored(self) -> list[Placed[Any]]:
        """Return everything that is scored by a rule, of the method and of all base types."""
        own: list[dict[str, list[Placed[Any]]]] = [self.by_type, self.own_bonuses, self.own_deductions]
        every = (each for group in own for items in group.values() for each in items)
        return [*self.common, *self.bonuses, *self.deductions, *every]

    @property
    def gated(self) -> list[Placed[GateSpec]]:
        """Return the gates of the method and of all base types."""
        return [*self.gates, *(each for items in self.own_gates.values() for each in items)]


def items_of(items: Iterable[Placed[S]]) -> tuple[S, ...]:
    return tuple(each.item for each in items)


def ids_of(items: Iterable[Placed[Any]]) -> list[str]:
    return [each.item.id for each in items]
