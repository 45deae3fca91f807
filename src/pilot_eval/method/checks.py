"""Checks what involves several items of a method, several of its files, or the plugins."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import BaseModel

from pilot_eval import yamlfile
from pilot_eval.errors import Finding, Place, did_you_mean, finding
from pilot_eval.method.balance import NEAR, FileParts, unbalanced
from pilot_eval.method.conditions import WHOLE
from pilot_eval.method.gate_checks import circular, measures_of, names_in, scopes_of
from pilot_eval.method.given import GivenMeasure, GivenType
from pilot_eval.method.grades import GradeSpec
from pilot_eval.method.own_units import units_together
from pilot_eval.method.parts import Parts, Placed, ids_of
from pilot_eval.method.rules import TargetProgress
from pilot_eval.method.schema import (
    IndicatorSpec,
    Method,
    PilotSpec,
    Scoring,
    SourceSpec,
)
from pilot_eval.method.suggestions import Suggestions
from pilot_eval.text import Words, named
from pilot_eval.units import UNITS, DeclaredUnit, Units

B = TypeVar("B", bound=BaseModel)


@dataclass(frozen=True)
class Vocabulary:
    """What a base type's plugin offers to a method: measures with their units, tables and the code lists they need."""

    measures: Mapping[str, str]
    tables_of: Mapping[str, tuple[str, ...]]
    codes_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    units: tuple[DeclaredUnit, ...] = ()

    def with_table(self, table: str, measures: Mapping[str, str]) -> "Vocabulary":
        """Return the vocabulary with one more table, and its measures with their units."""
        return replace(
            self,
            measures={**self.measures, **measures},
            tables_of={**self.tables_of, **dict.fromkeys(measures, (table,))},
            tables=self.tables | {table},
        )


@dataclass
class Checker:
    """Checks of a method that was read.

    findings: what is wrong. faulty: ids of items that are invalid in themselves; references to them are not reported.
    given: the base types whose figures are given directly.
    """

    known: Mapping[str, Vocabulary]
    shared: Vocabulary
    findings: list[Finding] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    given: dict[str, GivenType] = field(default_factory=dict)
    given_measures: list[Placed[GivenMeasure]] = field(default_factory=list)
    suggestions: Suggestions = field(default_factory=Suggestions)
    units: Units = UNITS
    factors: dict[tuple[str, str], float] = field(default_factory=dict)

    def say(self, code: str, place: Place, **params: object) -> None:
        self.findings.append(finding(code, place, **params))

    def named(self, place: Place, kind: str, name: str, known: Collection[str] | None) -> None:
        """Report an unknown name, unless the file that defines such names can't be read (`known` is None)."""
        if known is not None and name not in known and name not in self.faulty:
            suggestion = self.suggestions.instead(kind, name, known)
            self.say("method-unknown-name", place, what=_WHAT[kind], name=name, suggestion=suggestion)

    def check(
        self, parts: Parts, main: yamlfile.Yaml | None, others: Collection[yamlfile.Yaml], *, all_read: bool
    ) -> None:
        """Check what involves several items, files or the plugins."""
        self._check_units(parts)
        self.suggestions = Suggestions.of(parts, {name: each.measures for name, each in self.known.items()})
        adjustments = {"": [*parts.bonuses, *parts.deductions]}
        adjustments |= {name: [*parts.own_bonuses[name], *parts.own_deductions[name]] for name in parts.by_type}
        scored, gates = parts.scored, parts.gated
        branches = [each for items in [parts.dimensions, *parts.own_dimensions.values()] for each in items]
        named: list[list[Any]] = [
            *parts.terms.values(),
            branches,
            parts.grades,
            parts.statements,
            gates,
            parts.cited,
            parts.units,
        ]
        for group in [*named, parts.pilots, scored]:
            self.unique(group)
        for each in [*branches, *scored]:
            if each.item.id == WHOLE:
                self.say("method-id-total", each.place("id"))
        for indicator in parts.common:
            self._check_indicator(indicator, self.shared)
        for base_type, items in parts.by_type.items():
            for indicator in items:
                self._check_indicator(indicator, self.known.get(base_type))
        for base_type, added in adjustments.items():
            for adjustment in added:
                self._check_scoring(adjustment, self.known.get(base_type) if base_type else self.shared)
        if main is not None:
            for name, items in {"": parts.common, **parts.by_type}.items():
                dimensions = parts.own_dimensions[name] if name else parts.dimensions
                known = ids_of([*parts.dimensions, *dimensions])
                above = [(each.place("dimension"), each.item.dimension) for each in items if each.item.dimension]
                above += [(each.place("within"), each.item.within) for each in dimensions if each.item.within]
                own = {each.item.id for each in [*parts.dimensions, *dimensions] if each.item.own is not None}
                for place, dimension in above:
                    self.named(place, "dimension", dimension, known)
                    if dimension in own:
                        self.say("method-own-parts", place, dimension=dimension)
            self._check_cited(parts.cited, [*parts.head, *scored, *gates], parts.pilots)
            self._check_codes(main, others, parts)
            self._check_grades(main, parts)
            self._check_tree(parts, main, others)
            self._check_conditions(parts)
            self._check_caps([main, *others], parts)
        types = {name: [*parts.common, *items] for name, items in parts.by_type.items()}
        self._check_types(others, {each.item.base_type for each in parts.pilots} - set(types))
        self._check_pilots(parts.pilots, types, all_read=all_read)
        self._check_given(parts.pilots, types)
        self._check_terms(parts, main)

    def differing(self, parts: Parts, method: Method) -> Iterator[Finding]:
        """Report the dimensions and common indicators whose weights give other points in another base type."""
        trees = [{each.id: each.points for each in method.tree(name).every} for name in method.by_type]
        shared: list[Placed[Any]] = [*parts.dimensions, *parts.common]
        for each in shared:
            given = sorted({points[each.item.id] for points in trees if each.item.id in points})
            if given and given[-1] - given[0] > NEAR:
                label = named(each.item.label, each.item.id)
                low, high = (f"{points:g}" for points in (given[0], given[-1]))
                yield finding("method-weight-differs", each.place("weight"), item=label, low=low, high=high)

    def unique(self, items: Iterable[Placed[Any]]) -> None:
        seen: set[str] = set()
        for each in items:
            if each.item.id in seen:
                self.say("method-duplicate", each.place("id"), name=each.item.id)
            seen.add(each.item.id)

    def _check_cited(
        self,
        cited: list[Placed[SourceSpec]],
        with_basis: Iterable[Placed[Any]],
        pilots: Iterable[Placed[PilotSpec]],
    ) -> None:
        codes = ids_of(cited)
        places = [(each.place("basis", "sources"), each.item.basis.sources) for each in with_basis]
        for place, sources in [*places, *((pilot.place("sources"), pilot.item.sources) for pilot in pilots)]:
            for code in sources:
                self.named(place, "source", code, codes)

    def _check_codes(self, main: yamlfile.Yaml, sources: Iterable[yamlfile.Yaml], parts: Parts) -> None:
        """Check that the code lists behind every measure in use exist, in the base type's file or in the common one.

        A table whose code list the method doesn't have is not part of its rounds.
        """
        every = [*parts.scored, *parts.gated]
        for source in [main, *sources]:
            own = self.shared if source is main else self.known.get(str(source.data.get("base_type")))
            used = [name for each in every if each.source is source for name in measures_of(each.item)]
            needed = {each for measure in used for each in (own.codes_of.get(measure, ()) if own else ())}
            for missing in sorted(needed - set(parts.codes)):
                self.say("method-codes-missing", source.place(("codes",)), name=missing)

    def _check_grades(self, main: yamlfile.Yaml, parts: Parts) -> None:
        """Check that grades cover 0 to the ceiling without gaps or overlaps."""
        grades, head = parts.grades, parts.head
        if not grades or len(grades) < len(main.data["grades"]):
            return  # a grade is invalid in itself, which is already reported
        by_bounds = [each for each in grades if each.item.top is None]
        if len(by_bounds) < len(grades):
            self._check_shares(grades, parts.terms["tier"])
        if not by_bounds:
            self.say("method-grade-rest", grades[-1].place(), grade=named(grades[-1].item.label, grades[-1].item.id))
            return
        rising = sorted(by_bounds, key=lambda each: each.item.min)
        lowest, highest = rising[0], rising[-1]
        if lowest.item.min != 0:
            self.say("method-grade-hole", lowest.place("min"), low="0", high=f"{lowest.item.min:g}")
        for lower, upper in pairwise(rising):
            end = upper.item.min if lower.item.below is None else lower.item.below
            if lower.item.min == upper.item.min or end > upper.item.min:
                a, b = (named(each.item.label, each.item.id) for each in (lower, upper))
                self.say("method-grade-overlap", upper.place("min"), first=a, second=b)
            elif end < upper.item.min:
                self.say("method-grade-hole", lower.place("below"), low=f"{end:g}", high=f"{upper.item.min:g}")
        for each in grades if head else ():
            if each.item.min > head[0].item.top:
                label, most = named(each.item.label, each.item.id), f"{head[0].item.top:g}"
                self.say("method-grade-reach", each.place("min"), grade=label, min=f"{each.item.min:g}", most=most)
        top, ceiling = highest.item.below, head[0].item.top if head else 0
        if top is not None and top <= ceiling:
            self.say("method-grade-hole", highest.place("below"), low=f"{top:g}", high=f"{ceiling:g}")

    def _check_shares(self, grades: list[Placed[GradeSpec]], tiers: list[Placed[Any]]) -> None:
        """Check, where some grades are by share, that none stands behind one that takes all it could have."""
        for at, each in enumerate(grades):
            if each.item.of == "tier" and not tiers:
                self.say("method-grade-no-tiers", each.place("of"))
            for better in grades[:at]:
                one, other = better.item, each.item
                labels = {"first": named(one.label, one.id), "second": named(other.label, other.id)}
                if one.top and other.top and one.of == other.of and other.top < one.top:
                    self.say("method-grade-top", each.place("top"), **labels)
                elif (one.top or other.top) and one.takes_all_of(other):
                    self.say("method-grade-hidden", each.place("top" if other.top else "min"), **labels)
                else:
                    continue
                break
        falling = [each for each in grades if each.item.top is None]
        for better, worse in pairwise(falling):
            if better.item.min < worse.item.min:
                a, b = (named(one.item.label, one.item.id) for one in (better, worse))
                self.say("method-grade-hidden", worse.place("min"), first=a, second=b)

    def _check_units(self, parts: Parts) -> None:
        """Check the method's own units, and put them together with those of the plugins as `units`."""
        plugins = {name: self.known[name].units for name in parts.by_type if name in self.known}
        self.units, findings = units_together(parts, plugins)
        self.findings += findings
        self.faulty |= {each.item.id for each in parts.units if each.item.id not in self.units}
        for each in self.given_measures:
            self.unit(each.place("unit"), each.item.unit, self.shared)

    def unit(self, place: Place, unit: str, vocabulary: Vocabulary | None) -> None:
        """Report an unknown unit; it may be that of a plugin that doesn't work (`vocabulary` is None)."""
        if unit not in self.units and unit not in self.faulty and vocabulary is not None:
            self.say("method-unknown-unit", place, value=unit, suggestion=did_you_mean(unit, self.units))

    def _check_unit(self, item: Scoring, measure: str, place: Place, vocabulary: Vocabulary) -> None:
        """Check that a measure is in the item's unit, or converts to it; remember how."""
        expected = vocabulary.measures.get(measure, item.unit)
        if item.unit == expected or item.unit not in self.units:
            return
        factor = self.units.factor(expected, item.unit)
        if factor is None:
            self.say("method-unit-differs", place, unit=item.unit, measure=measure, expected=expected)
        else:
            self.factors[item.id, measure] = float(factor)

    def _check_scoring(self, each: Placed[Any], vocabulary: Vocabulary | None) -> None:
        item: Scoring = each.item
        self.unit(each.place("unit"), item.unit, vocabulary)
        if vocabulary is None or item.measure is None:
            return
        self.named(each.place("measure"), "measure", item.measure, vocabulary.measures)
        self._check_unit(item, item.measure, each.place("unit"), vocabulary)

    def _check_indicator(self, each: Placed[IndicatorSpec], vocabulary: Vocabulary | None) -> None:
        """Check an indicator and the measures it names; `vocabulary` is None if the plugin doesn't work."""
        item = each.item
        self._check_scoring(each, vocabulary)
        if item.monotone and item.rule.direction is None:
            self.say("method-not-monotone", each.place("rule"), indicator=named(item.label, item.id))
        elif item.monotone and item.direction and item.rule.direction != item.direction:
            self._turned(each.place("direction"), item.direction, item.rule.direction)
        if vocabulary is None:
            return
        for at, table in enumerate(item.evidence):
            if vocabulary.tables:
                self.named(each.place("evidence", at), "table", table, vocabulary.tables)
        used = [item.measure or ""]
        if item.growth is not None and item.growth.last is not None:
            used.append(item.growth.last)
            place = each.place("growth", "last")
            self.named(place, "measure", item.growth.last, vocabulary.measures)
            self._check_unit(item, item.growth.last, place, vocabulary)
        for measure in used:
            for table in vocabulary.tables_of.get(measure, ()):
                if table not in item.evidence:
                    self.say("method-evidence", each.place("evidence"), measure=measure, table=table)
        if item.requires is not None:
            place = each.place("requires", "measure")
            self.named(place, "measure", item.requires.measure, vocabulary.measures)

    def _turned(self, place: Place, direction: str, rule: str | None) -> None:
        """Report a direction that isn't its rule's."""
        said, goes = (_DIRECTIONS[each or ""] for each in (direction, rule))
        self.say("method-direction", place, direction=said, rule=goes)

    def _check_tree(self, parts: Parts, main: yamlfile.Yaml, sources: Iterable[yamlfile.Yaml]) -> None:
        """Check that every dimension leads to the root, and that the points below each node add up.

        The sums include items that are invalid in themselves, so that one of them causes one finding.
        """
        own = [each for items in parts.own_dimensions.values() for each in items]
        above = {each.item.id: each.item.within for each in [*parts.dimensions, *own]}
        for each in [*parts.dimensions, *own]:
            way = [each.item.id]
            while (next_ := above.get(way[-1])) is not None and next_ not in way:
                way.append(next_)
            if next_ == each.item.id:
                self.say("method-circle", each.place("within"), dimension=named(each.item.label, each.item.id))
        shared, others = FileParts.of(main), [FileParts.of(source) for source in sources]
        told = [each for each in others if each is not None]
        if shared is not None and (told or not others):
            self.findings += unbalanced(shared, told)

    def _check_conditions(self, parts: Parts) -> None:
        """Check every name in gates and in the conditions of bonuses and deductions, and that no gate asks itself."""
        for scope in scopes_of(parts, self.known, self.shared):
            for named_ in names_in(scope):
                self.named(*named_)
        for each in circular(parts.gated):
            self.say("method-gate-circle", each.place("when"), gate=named(each.item.label, each.item.id))

    def _check_caps(self, sources: Iterable[yamlfile.Yaml], parts: Parts) -> None:
        """Check that bonuses and deductions have a cap: at most 0 points would count none of them."""
        for head in parts.head:
            for key, what, cap in (
                ("bonuses", "bonus", head.item.bonus_cap),
                ("deductions", "deduction", head.item.deduction_cap),
            ):
                for source in sources:
                    if source.data.get(key) and not cap:
                        self.say("method-no-cap", source.place((key,)), what=_WHAT[what], key=f"{what}_cap")

    def _check_types(self, sources: Iterable[yamlfile.Yaml], lacking: set[str]) -> None:
        """Report a file whose base type no plugin has, where pilots have one that it is nearly spelt like."""
        for source in sources:
            name = source.data.get("base_type")
            for meant in get_close_matches(str(name), lacking & set(self.known), n=1) if name not in self.known else ():
                self.named(source.place(("base_type",)), "base_type", str(name), [meant])
                self.faulty.add(meant)

    def _check_pilots(
        self,
        pilots: list[Placed[PilotSpec]],
        indicators: Mapping[str, list[Placed[IndicatorSpec]]],
        *,
        all_read: bool,
    ) -> None:
        for each in pilots:
            name = each.item.base_type
            self.named(each.place("base_type"), "base_type", name, indicators if all_read else None)
            rules = {i.item.id: i.item.rule for i in indicators.get(name, ())}
            own = {id_: rule for id_, rule in rules.items() if isinstance(rule, TargetProgress)}
            given = self.given.get(name)
            grown = [
                i.item.id
                for i in indicators.get(name, ())
                if i.item.growth and (not i.item.growth.last or (given and given.beside(i.item.measure, "last")))
            ]
            for indicator in each.item.last:
                known = grown if all_read and name in indicators else None
                self.named(each.place("last", indicator), "growth", indicator, known)
            for indicator, target in each.item.targets.items():
                place = each.place("targets", indicator)
                self.named(place, "target", indicator, own if all_read and name in indicators else None)
                rule = own.get(indicator)
                if rule is None:
                    continue
                turned = TargetProgress(baseline=target.baseline, target=target.target).direction
                if turned != rule.direction:
                    self._turned(place, turned, rule.direction)

    def _check_given(
        self, pilots: list[Placed[PilotSpec]], indicators: Mapping[str, list[Placed[IndicatorSpec]]]
    ) -> None:
        """Check that the register doesn't repeat what a column of the base type's table gives, nor a folder's name."""
        folders = {name.casefold(): name for name in self.given}
        for each in pilots:
            if (name := folders.get(each.item.id.casefold())) is not None:
                self.say("method-folder-twice", each.place("id"), name=each.item.id, base_type=name)
            if (given := self.given.get(each.item.base_type)) is None:
                continue
            measures = {i.item.id: i.item.measure for i in indicators.get(each.item.base_type, ())}
            for key, kinds in (("last", ("last",)), ("targets", ("baseline", "target"))):
                for indicator in getattr(each.item, key):
                    for kind in kinds:
                        if (column := given.beside(measures.get(indicator), kind)) is not None:
                            params = {"indicator": indicator, "measure": column, "key": kind}
                            self.say("method-given-twice", each.place(key, indicator), **params)

    def _check_terms(self, parts: Parts, main: yamlfile.Yaml | None) -> None:
        """Check that each pilot has a tier and a basis of the method's, and none where the method has none."""
        for each in parts.pilots:
            for key, known in parts.terms.items():
                given = getattr(each.item, key)
                if given is None and known:
                    self.say("yaml-missing-key", each.place(), key=key)
                elif given is not None:
                    self.named(each.place(key), key, given, ids_of(known) if main is not None else None)


_DIRECTIONS = {
    "up": Words(zh="up（越多越好）", en="up (more is better)"),
    "down": Words(zh="down（越少越好）", en="down (less is better)"),
    "": Words(zh="有升有降", en="rising and falling"),
}

_WHAT: dict[str, Words] = {
    "tier": Words(zh="层级", en="tier"),
    "basis": Words(zh="依据", en="basis"),
    "table": Words(zh="证据表", en="evidence table"),
    "measure": Words(zh="测算值", en="measure"),
    "dimension": Words(zh="维度", en="dimension"),
    "statement": Words(zh="声明", en="statement"),
    "grade": Words(zh="等级", en="grade"),
    "gate": Words(zh="门槛", en="gate"),
    "item": Words(zh="指标或维度", en="indicator or dimension"),
    "base_type": Words(zh="基地类型", en="base type"),
    "bonus": Words(zh="加分", en="bonuses"),
    "deduction": Words(zh="扣分", en="deductions"),
    "source": Words(zh="来源", en="source"),
    "target": Words(zh="可设目标的指标", en="indicator with a target"),
    "growth": Words(zh="与上一轮比较的指标", en="indicator with growth on the last figure"),
}
