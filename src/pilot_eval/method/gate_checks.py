"""Checks of the names in gates and conditions: each means something that the base types it is for have."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from pilot_eval.errors import Place
from pilot_eval.method.conditions import WHOLE, ConditionSpec
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.parts import Parts, Placed, ids_of
from pilot_eval.method.schema import AdjustmentSpec, Scoring


class HasMeasures(Protocol):
    """What a plugin offers, as far as conditions name it."""

    @property
    def measures(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Scope:
    """The gates and adjustments of one file, and the names that they may use; `measures` is None if not known."""

    gates: Sequence[Placed[GateSpec]]
    adjustments: Sequence[Placed[AdjustmentSpec]]
    measures: Collection[str] | None
    statements: Collection[str]
    grades: Collection[str]
    dimensions: Collection[str]
    items: Collection[str]
    gate_ids: Collection[str]


class NameUsed(NamedTuple):
    """A name where it is used, what kind of name it is, and those that there are; None if they aren't known."""

    place: Place
    kind: str
    name: str
    known: Collection[str] | None


def scopes_of(parts: Parts, known: Mapping[str, HasMeasures], shared: HasMeasures) -> Iterator[Scope]:
    """Yield the method's own gates and adjustments, then those of each base type, with the names of each."""
    statements, grades = ids_of(parts.statements), ids_of(parts.grades)
    dimensions, gates = ids_of(parts.dimensions), ids_of(parts.gates)
    items = [WHOLE, *dimensions, *ids_of(parts.common)]
    yield Scope(
        gates=parts.gates,
        adjustments=[*parts.bonuses, *parts.deductions],
        measures=shared.measures,
        statements=statements,
        grades=grades,
        dimensions=[WHOLE, *dimensions],
        items=items,
        gate_ids=gates,
    )
    for name, own in parts.by_type.items():
        branches = ids_of(parts.own_dimensions[name])
        yield Scope(
            gates=parts.own_gates[name],
            adjustments=[*parts.own_bonuses[name], *parts.own_deductions[name]],
            measures=known[name].measures if name in known else None,
            statements=statements,
            grades=grades,
            dimensions=[WHOLE, *dimensions, *branches],
            items=[*items, *branches, *ids_of(own)],
            gate_ids=[*gates, *ids_of(parts.own_gates[name])],
        )


def names_in(scope: Scope) -> Iterator[NameUsed]:
    """Yield the names that the gates and the conditions of a file use."""
    for gate in scope.gates:
        effect = gate.item.effect
        yield from _names_of(gate, "when", gate.item.when, scope)
        if effect.cap is not None:
            yield NameUsed(gate.place("effect", "cap"), "grade", effect.cap, scope.grades)
        if effect.zero is not None:
            yield NameUsed(gate.place("effect", "zero"), "dimension", effect.zero, scope.dimensions)
    for each in scope.adjustments:
        if each.item.only_if is not None:
            yield from _names_of(each, "only_if", each.item.only_if, scope)


def _names_of(each: Placed[Any], key: str, condition: ConditionSpec, scope: Scope) -> Iterator[NameUsed]:
    for path, simple, _ in condition.simple:
        for name, kind, known in (
            ("statement", "statement", scope.statements),
            ("measure", "measure", scope.measures),
            ("share_of", "item", scope.items),
            ("points_of", "item", scope.items),
            ("gate", "gate", scope.gate_ids),
        ):
            used = getattr(simple, name)
            if used is not None:
                yield NameUsed(each.place(key, *path, name), kind, used, known)


def circular(gates: Iterable[Placed[GateSpec]]) -> list[Placed[GateSpec]]:
    """Return the gates whose conditions lead back to themselves."""
    listed = list(gates)
    asks = {each.item.id: each.item.when.gates for each in listed}

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(asks.get(start, ()))
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += asks.get(name, ())
        return seen

    return [each for each in listed if each.item.id in reached(each.item.id)]


def measures_of(item: Scoring | GateSpec) -> tuple[str, ...]:
    """Return the measures that something scored, or a gate, needs."""
    return item.when.measures if isinstance(item, GateSpec) else item.measures
