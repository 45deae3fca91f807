"""Puts the units of a method together with those of its plugins, and checks that each means one thing."""

from collections.abc import Iterator, Mapping

from pilot_eval.errors import Finding, did_you_mean, finding
from pilot_eval.method.fields import UnitSpec
from pilot_eval.method.parts import Parts, Placed
from pilot_eval.text import both, joined
from pilot_eval.units import UNITS, DeclaredUnit, Units, leads_to_itself


def units_together(parts: Parts, plugins: Mapping[str, tuple[DeclaredUnit, ...]]) -> tuple[Units, list[Finding]]:
    """Return the units that a method may use, and what is wrong with those declared.

    plugins: the units of each base type whose plugin works; without one of them, an unknown unit may be its.
    """
    units, findings = _of_plugins(parts, plugins)
    waiting = list({each.item.id: each for each in reversed(parts.units)}.values())[::-1]
    while ready := [each for each in waiting if each.item.declared.of in (None, *units)]:
        for each in ready:
            unit = each.item.declared
            word = units.other_meaning(unit)
            if word is None:
                units = units.plus([unit])
            else:
                means = units.said(word)
                findings.append(finding("method-unit-taken", each.place("id"), unit=unit.id, word=word, means=means))
        waiting = [each for each in waiting if each not in ready]
    known = {**units, **{each.item.id: each.item.declared for each in parts.units}}
    findings += _lost(waiting, known, all_known=len(plugins) == len(parts.by_type))
    return units, findings


def _of_plugins(parts: Parts, plugins: Mapping[str, tuple[DeclaredUnit, ...]]) -> tuple[Units, list[Finding]]:
    units, findings = UNITS, list[Finding]()
    for name, declared in plugins.items():
        for each in declared:
            if (word := units.other_meaning(each)) is None:
                units = units.plus([each])
                continue
            place = next((indicator.source.place(("base_type",)) for indicator in parts.by_type[name]), None)
            types = joined(both(other) for other, own in plugins.items() if word in {one.id for one in own})
            findings.append(finding("method-unit-plugins", place, unit=word, types=types))
    return units, findings


def _lost(units: list[Placed[UnitSpec]], known: Mapping[str, DeclaredUnit], *, all_known: bool) -> Iterator[Finding]:
    """Yield which units lead to themselves, or to an unknown one; those of a unit that is at fault are left out."""
    for each in units:
        unit = each.item.declared
        if leads_to_itself(unit, known):
            yield finding("method-unit-circle", each.place("equals"), unit=unit.id)
        elif unit.of is not None and unit.of not in known and all_known:
            suggestion = did_you_mean(unit.of, known)
            yield finding("method-unknown-unit", each.place("equals", unit.of), value=unit.of, suggestion=suggestion)
