"""What the author of a method may have meant by a name that isn't there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pilot_eval.errors import did_you_mean
from pilot_eval.method.parts import Parts, Placed, ids_of
from pilot_eval.text import Words, both, joined, quoted


@dataclass(frozen=True)
class Suggestions:
    """What is known besides the names that are allowed at a place.

    labels: the id of each thing, by its label in either language. owners: the base types that have a measure, an
    indicator, a dimension or a gate of this name.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Parts, measures: Mapping[str, Iterable[str]]) -> "Suggestions":
        """Return those of a method; `measures` are those of each base type."""
        own = [each for items in parts.own_dimensions.values() for each in items]
        groups: list[list[Placed[Any]]] = [list(parts.dimensions), own, list(parts.grades), list(parts.statements)]
        groups += [list(parts.gated), list(parts.scored)]
        things = [each.item for group in [*groups, *parts.terms.values()] for each in group]
        owners: dict[str, tuple[str, ...]] = {}
        for type_, items in parts.by_type.items():
            added: list[list[Placed[Any]]] = [
                list(items),
                list(parts.own_dimensions[type_]),
                list(parts.own_gates[type_]),
            ]
            for name in dict.fromkeys([*measures.get(type_, ()), *(id_ for each in added for id_ in ids_of(each))]):
                owners[name] = (*owners.get(name, ()), type_)
        return cls({label: each.id for each in things for label in (each.zh, each.en) if label}, owners)

    def instead(self, kind: str, name: str, known: Collection[str]) -> Words:
        """Return what could stand in the place of a name of this kind."""
        called = sorted({id_ for label, id_ in self.labels.items() if name in label and id_ in known})
        if len(called) == 1:
            return did_you_mean(called[0], called)
        near = did_you_mean(name, known)
        if kind in ("measure", "item", "dimension", "gate") and name in self.owners:
            types = joined(map(both, self.owners[name]))
            return Words(
                zh=f"它是 {types.zh} 的：写到该类型的文件里",
                en=f"it belongs to {types.en}: write this in the file of that base type",
            )
        if kind == "source" and not known:
            line = f"- {{code: {name}, zh: …}}"
            return Words(
                zh=f"在 method.yaml 的 sources 里写明：{line}", en=f"list it in method.yaml, under sources: {line}"
            )
        if not near.zh:
            return Words(zh=f"没有这样的，去掉{quoted(name).zh}", en=f"there is none: remove {quoted(name).in_('en')}")
        return near
