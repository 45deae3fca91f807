"""Compares a record with a recomputed one.

In: two records. Out: each place where they differ, with both values.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from pilot_eval.model import EvaluationRecord


class At(NamedTuple):
    """A step of a path into a list: to the element of a name (its id, pilot, path or table), or at a position.

    again: how many elements of that name come before it.
    """

    name: str | int
    again: int = 0

    def __str__(self) -> str:
        return f"[{self.name}]" + f"[{self.again + 1}]" * bool(self.again)


@dataclass(frozen=True)
class Difference:
    """A place where two records differ, with both values as JSON; what only one of them has is None in the other."""

    path: tuple[str | At, ...]
    recorded: Any
    now: Any

    @property
    def pilot(self) -> str | None:
        """The pilot whose assessment it is in; None: in what is about the whole round."""
        match self.path:
            case ("assessments", At(str(pilot)), *_):
                return pilot
        return None

    @property
    def again(self) -> bool:
        """Whether an element is listed more often than in the other record."""
        return isinstance(self.path[-1], At) and self.path[-1].again > 0

    def __str__(self) -> str:
        """Return the path as in `assessments[park-1].total.points`."""
        steps = (str(step) if isinstance(step, At) else f".{step}" for step in self.path)
        return "".join(steps).removeprefix(".")


def differences(recorded: EvaluationRecord, now: EvaluationRecord) -> list[Difference]:
    """Return where a recomputed record differs; the versions of software may differ, figures may not."""
    before, after = recorded.model_dump(mode="json"), made_by(recorded, now).model_dump(mode="json")
    return list(_differences(before, after, ()))


def made_by(recorded: EvaluationRecord, now: EvaluationRecord) -> EvaluationRecord:
    """Return a recomputed record with the recorded one's format and versions of software, plugins included."""
    known = {(each.id, each.plugin): each.version for each in recorded.base_types}
    plugins = tuple(
        each.model_copy(update={"version": known.get((each.id, each.plugin), each.version)}) for each in now.base_types
    )
    as_recorded = {"format": recorded.format, "software": recorded.software, "base_types": plugins}
    return now.model_copy(update=as_recorded)


def versions(record: EvaluationRecord) -> dict[str, str]:
    """Return the versions of the software that a record names: this package, libraries, plugins."""
    plugins = {each.plugin: each.version for each in record.base_types if each.plugin}
    return {"pilot-eval": record.software.pilot_eval, **record.software.libraries, **plugins}


def _differences(old: Any, new: Any, path: tuple[str | At, ...]) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_differences(old, new, path)
    else:
        yield Difference(path, old, new)


def _list_differences(old: list[Any], new: list[Any], path: tuple[str | At, ...]) -> Iterator[Difference]:
    """Compare elements by their names; without names by position, past those that were put in or taken out."""
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        for at, one, other in _aligned(old, new):
            yield from _differences(one, other, (*path, At(at)))
        return
    both = [[step.name for step in names if step in before and step in after] for names in (before, after)]
    if both[0] != both[1]:
        yield Difference(path, both[0], both[1])
    for step in {**before, **after}:
        yield from _differences(before.get(step), after.get(step), (*path, step))


def _by_name(elements: list[Any]) -> dict[At, Any] | None:
    """Return elements by id, pilot, path or table; None if they have none."""
    named: dict[At, Any] = {}
    seen = Counter[str]()
    for each in elements:
        if not isinstance(each, dict):
            return None
        name = next((each[key] for key in ("id", "pilot", "path", "table") if each.get(key)), None)
        name = name.get("id") if isinstance(name, dict) else name
        if name is None:
            return None
        named[At(name, seen[name])] = each
        seen[name] += 1
    return named


def _aligned(old: list[Any], new: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Pair elements, with the position of the old one, else of the new; None is what was put in or taken out."""
    texts = [[json.dumps(each, sort_keys=True) for each in elements] for elements in (old, new)]
    for _, first, last, start, end in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        for at, there in zip_longest(range(first, last), range(start, end)):
            if at is None:
                yield there, None, new[there]
            else:
                yield at, old[at], None if there is None else new[there]
