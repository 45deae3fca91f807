"""Reads and checks a method's folder: reports every error, with its file and line, at once."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pilot_eval import yamlfile
from pilot_eval.errors import Finding, MethodError, Place, did_you_mean, finding
from pilot_eval.messages.libraries import refusal_of
from pilot_eval.method.balance import NEAR, FileParts, unbalanced
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.parts import Parts, Placed, YamlPath, ids_of, items_of
from pilot_eval.method.rule_contract import checked_rule
from pilot_eval.method.rules import RULES, Linear, Rule, TargetProgress, Unusable
from pilot_eval.method.schema import (
    BASES,
    DEFAULT_TIERS,
    AdjustmentSpec,
    BaseTypeFile,
    BaseTypeHead,
    CodeSpec,
    GradeSpec,
    IndicatorSpec,
    Method,
    MethodFile,
    MethodHead,
    PilotSpec,
    Scoring,
    SourceSpec,
    StatementSpec,
    TermSpec,
)
from pilot_eval.method.tree import DimensionSpec
from pilot_eval.text import Words, joined, named, quoted

B = TypeVar("B", bound=BaseModel)


@dataclass(frozen=True)
class Vocabulary:
    """What a base type's plugin offers to a method: measures with their units and tables, code lists it needs."""

    measures: Mapping[str, str]
    tables_of: Mapping[str, tuple[str, ...]]
    codes: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()


def load_method(
    folder: Path,
    known: Mapping[str, Vocabulary],
    shared: Vocabulary,
    rules: Mapping[str, type[Rule]] = RULES,
    absent: Words | None = None,
) -> Method:
    """Read and check the method in `folder`.

    `known` is the vocabulary of each base type whose plugin works; names can't be checked for the others. `shared` is
    the vocabulary that all base types have, `rules` the scoring rules by name, `absent` the plugins that aren't loaded:
    an unknown rule may be theirs, and what it scores becomes an error. Raises MethodError with all findings.
    """
    return _Loader(folder, known, shared, rules, absent).load()


@dataclass
class _Loader:
    folder: Path
    known: Mapping[str, Vocabulary]
    shared: Vocabulary
    rules: Mapping[str, type[Rule]]
    absent: Words | None
    findings: list[Finding] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)  # ids of invalid items: references to them are not reported
    read: list[tuple[str, str, int]] = field(default_factory=list)  # name, SHA-256 and size of what was read

    def say(self, code: str, place: Place, **params: object) -> None:
        self.findings.append(finding(code, place, **params))

    def _named(self, place: Place, kind: str, name: str, known: Collection[str] | None) -> None:
        """Report an unknown name, unless the file that defines such names can't be read (`known` is None)."""
        if known is not None and name not in known and name not in self.faulty:
            self.say("method-unknown-name", place, what=_WHAT[kind], name=name, suggestion=did_you_mean(name, known))

    def load(self) -> Method:
        files = {path.name: path for path in sorted(self.folder.glob("*.yaml"))}
        for required in ("method.yaml", "pilots.yaml"):
            if required not in files:
                self.say("method-file-missing", Place(file=f"{self.folder.name}/{required}"))
        sources = {name: source for name, path in files.items() if (source := self._read(path)) is not None}
        all_read = sources.keys() == files.keys()
        main, register = sources.pop("method.yaml", None), sources.pop("pilots.yaml", None)
        parts = self._parts(main, register, sources.values())
        self._check(parts, main, sources.values(), all_read=all_read)
        if self.findings:
            raise MethodError(_in_order(self.findings))
        method = Method(
            head=parts.head[0].item,
            sources=items_of(parts.cited),
            dimensions=items_of(parts.dimensions),
            grades=tuple(sorted(items_of(parts.grades), key=lambda grade: -grade.min)),
            tiers=items_of(parts.terms["tier"]),
            bases=items_of(parts.terms["basis"]),
            statements=items_of(parts.statements),
            codes={name: items_of(items) for name, items in parts.codes.items()},
            gates=items_of(parts.gates),
            bonuses=items_of(parts.bonuses),
            deductions=items_of(parts.deductions),
            common=items_of(parts.common),
            by_type={name: items_of(items) for name, items in parts.by_type.items()},
            own_dimensions={name: items_of(items) for name, items in parts.own_dimensions.items()},
            pilots=items_of(parts.pilots),
            files=tuple(self.read),
        )
        differing = list(self._differing(parts, method))
        if differing:
            raise MethodError(_in_order(differing))
        return method.with_points()

    def _differing(self, parts: Parts, method: Method) -> Iterator[Finding]:
        """Report the dimensions and common indicators whose weights give other points in another base type."""
        trees = [{each.id: each.points for each in method.tree(name).every} for name in method.by_type]
        shared: list[Placed[Any]] = [*parts.dimensions, *parts.common]
        for each in shared:
            given = sorted({points[each.item.id] for points in trees if each.item.id in points})
            if given and given[-1] - given[0] > NEAR:
                label = named(each.item.label, each.item.id)
                low, high = (f"{points:g}" for points in (given[0], given[-1]))
                yield finding("method-weight-differs", each.place("weight"), item=label, low=low, high=high)

    def _parts(
        self, main: yamlfile.Yaml | None, register: yamlfile.Yaml | None, others: Collection[yamlfile.Yaml]
    ) -> Parts:
        """Return every item that is valid in itself; report what is wrong with the others."""
        head = self._head(main, MethodHead)
        self._unknown_keys(main, set(MethodFile.model_fields))
        by_type, own_dimensions = self._base_types(others)
        parts = Parts(
            head=head,
            dimensions=self._items(main, "dimensions", DimensionSpec),
            grades=self._items(main, "grades", GradeSpec),
            terms={"tier": self._terms(main, "tiers", DEFAULT_TIERS), "basis": self._terms(main, "bases", BASES)},
            statements=self._items(main, "statements", StatementSpec, optional=True),
            gates=self._items(main, "gates", GateSpec, optional=True),
            cited=self._items(main, "sources", SourceSpec, optional=True),
            codes=self._codes([main, *others]),
            bonuses=self._items(main, "bonuses", AdjustmentSpec, optional=True),
            deductions=self._items(main, "deductions", AdjustmentSpec, optional=True),
            common=self._items(main, "indicators", IndicatorSpec),
            by_type=by_type,
            own_dimensions=own_dimensions,
            pilots=self._items(register, "pilots", PilotSpec),
        )
        self._unknown_keys(register, {"pilots"})
        return parts

    def _check(
        self, parts: Parts, main: yamlfile.Yaml | None, others: Collection[yamlfile.Yaml], *, all_read: bool
    ) -> None:
        """Check what involves several items, files or the plugins."""
        own = [each for items in parts.by_type.values() for each in items]
        adjustments = [*parts.bonuses, *parts.deductions]
        scored: list[Placed[Any]] = [*parts.common, *own, *adjustments]
        branches = [each for items in [parts.dimensions, *parts.own_dimensions.values()] for each in items]
        named: list[list[Any]] = [
            *parts.terms.values(),
            branches,
            parts.grades,
            parts.statements,
            parts.gates,
            parts.cited,
        ]
        for group in [*named, parts.pilots, scored]:
            self._unique(group)
        for indicator in parts.common:
            self._check_indicator(indicator, self.shared)
        for base_type, items in parts.by_type.items():
            for indicator in items:
                self._check_indicator(indicator, self.known.get(base_type))
        for adjustment in adjustments:
            self._check_scoring(adjustment, self.shared)
        if main is not None:
            for name, items in {"": parts.common, **parts.by_type}.items():
                dimensions = parts.own_dimensions[name] if name else parts.dimensions
                known = ids_of([*parts.dimensions, *dimensions])
                above = [(each.place("dimension"), each.item.dimension) for each in items]
                above += [(each.place("within"), each.item.within) for each in dimensions if each.item.within]
                for place, dimension in above:
                    self._named(place, "dimension", dimension, known)
            self._check_cited(parts.cited, [*parts.head, *scored, *parts.gates], parts.pilots)
            self._check_codes(main, others, parts.codes)
            self._check_grades(main, parts.grades, parts.head)
            self._check_tree(parts, main, others)
            self._check_gates(parts.gates, parts.statements, parts.grades)
            self._check_caps(main, parts)
        types = {name: [*parts.common, *items] for name, items in parts.by_type.items()}
        self._check_pilots(parts.pilots, types, all_read=all_read)
        self._check_terms(parts, main)

    def _read(self, path: Path) -> yamlfile.Yaml | None:
        """Return a file's data, which is a mapping; if it can't be read, report why and return None."""
        shown = f"{self.folder.name}/{path.name}"
        try:
            data = path.read_bytes()
            self.read.append((path.name, hashlib.sha256(data).hexdigest(), len(data)))
            source = yamlfile.parse(data.decode("utf-8-sig"), shown)
        except (OSError, UnicodeDecodeError) as error:
            source = yamlfile.Yaml(shown)
            source.findings.append(finding("method-unreadable", Place(file=shown), cause=refusal_of(error)))
        if not source.findings and not isinstance(source.data, dict):
            source.findings.append(finding("yaml-not-a-mapping", source.place()))
        self.findings.extend(source.findings)
        return source if isinstance(source.data, dict) else None

    def _head(self, source: yamlfile.Yaml | None, model: type[B]) -> list[Placed[B]]:
        """Return a file's settings other than its lists; none if they are invalid."""
        if source is None:
            return []
        data = {key: value for key, value in source.data.items() if key in model.model_fields}
        item = self._valid(model, data, source, ())
        return [] if item is None else [Placed(item, source, ())]

    def _items(
        self, source: yamlfile.Yaml | None, key: str, model: type[B], *, optional: bool = False
    ) -> list[Placed[B]]:
        """Return the valid items of a list; report what is wrong with the others."""
        return [] if source is None else self._list(source, source.data.get(key), (key,), model, optional)

    def _terms(self, main: yamlfile.Yaml | None, key: str, default: Iterable[TermSpec]) -> list[Placed[TermSpec]]:
        """Return the terms that the register may use, those of every method where this one has none of its own."""
        if main is None or key not in main.data:
            return [Placed(each, main or yamlfile.Yaml(""), (key,)) for each in default]
        return self._items(main, key, TermSpec)

    def _list(
        self, source: yamlfile.Yaml, data: object, path: YamlPath, model: type[B], optional: bool
    ) -> list[Placed[B]]:
        if data is None:
            if not optional:
                self.say("yaml-missing-key", source.place(path[:-1]), key=path[-1])
            return []
        if not isinstance(data, list):
            self.say("method-not-a-list", source.place(path), key=path[-1])
            return []
        made = [(i, self._valid(model, item, source, (*path, i))) for i, item in enumerate(data)]
        return [Placed(item, source, (*path, i)) for i, item in made if item is not None]

    def _valid(self, model: type[B], data: object, source: yamlfile.Yaml, path: YamlPath) -> B | None:
        """Return the item, or None if it is invalid; unknown keys are left out, so that the rest is checked."""
        before = len(self.findings)
        if issubclass(model, Scoring) and isinstance(data, dict):
            data = {**data, "rule": self._rule(data, source, path)}
        item = None
        try:
            item = model.model_validate(data)
        except ValidationError as error:
            self.findings += yamlfile.findings_of(error, model, source, path)
            if isinstance(data, dict):
                unknown = {each["loc"][0] for each in error.errors() if each["type"] == "extra_forbidden"}
                with suppress(ValidationError):
                    item = model.model_validate({key: value for key, value in data.items() if key not in unknown})
        if len(self.findings) > before and isinstance(data, dict):
            self.faulty |= {str(data[key]) for key in ("id", "code") if key in data}
        return item

    def _rule(self, data: dict[str, Any], source: yamlfile.Yaml, path: YamlPath) -> Rule:
        """Return an indicator's rule, or if it is invalid a placeholder with its direction, to check the rest too."""
        ends = (1, 0) if data.get("direction") == "down" else (0, 1)
        stand_in = Linear.model_validate(dict(zip(("from", "to"), ends, strict=True)))
        given = data.get("rule")
        at = (*path, "rule")
        if "rule" not in data:
            self.say("yaml-missing-key", source.place(path), key="rule")
        elif not isinstance(given, dict) or len(given) != 1:
            self.say("method-rule-shape", source.place(at), kinds=joined(map(quoted, self.rules)))
        else:
            kind, parameters = next(iter(given.items()))
            rule = self.rules.get(kind)
            if rule is None and self.absent:
                lost = finding("plugin-rule-absent", source.place(at), rule=kind, plugins=self.absent)
                return Unusable(cause=lost, goes=stand_in.direction)
            if rule is None:
                self.say("method-unknown-rule", source.place(at), rule=kind, suggestion=did_you_mean(kind, self.rules))
            else:
                try:
                    made = rule.model_validate({} if parameters is None else parameters)
                except ValidationError as error:
                    self.findings += yamlfile.findings_of(error, rule, source, (*at, kind))
                else:
                    points = data.get("points")
                    cause = (
                        None
                        if kind in RULES
                        else checked_rule(made, points if isinstance(points, (int, float)) else 1.0)
                    )
                    return made if cause is None else Unusable(cause=cause, goes=stand_in.direction)
        return stand_in

    def _unknown_keys(self, source: yamlfile.Yaml | None, allowed: set[str]) -> None:
        if source is None:
            return
        for key in source.data:
            if key not in allowed:
                self.say("yaml-unknown-key", source.place((key,)), key=key, suggestion=did_you_mean(key, allowed))

    def _codes(self, sources: Iterable[yamlfile.Yaml | None]) -> dict[str, list[Placed[CodeSpec]]]:
        """Return the code lists of all files; report a list that is defined twice."""
        lists: dict[str, list[Placed[CodeSpec]]] = {}
        for source in sources:
            if source is None:
                continue
            data = source.data.get("codes", {})
            if not isinstance(data, dict):
                problem = Words(zh="应为“名称: 条目”", en="it should be a mapping")
                self.say("yaml-wrong-value", source.place(("codes",)), key="codes", value="", problem=problem)
                continue
            for name, words in data.items():
                if name in lists:
                    self.say("method-duplicate", source.place(("codes", name)), name=name)
                    continue
                lists[name] = self._list(source, words, ("codes", name), CodeSpec, False)
                self._unique(lists[name])
        return lists

    def _base_types(
        self, sources: Iterable[yamlfile.Yaml]
    ) -> tuple[dict[str, list[Placed[IndicatorSpec]]], dict[str, list[Placed[DimensionSpec]]]]:
        """Return the indicators and the dimensions of each base type."""
        by_type: dict[str, list[Placed[IndicatorSpec]]] = {}
        dimensions: dict[str, list[Placed[DimensionSpec]]] = {}
        for source in sources:
            self._unknown_keys(source, set(BaseTypeFile.model_fields))
            head = self._head(source, BaseTypeHead)
            name = head[0].item.base_type if head else source.file
            if name in by_type:
                self.say("method-duplicate", source.place(("base_type",)), name=name)
            by_type.setdefault(name, []).extend(self._items(source, "indicators", IndicatorSpec))
            dimensions.setdefault(name, []).extend(self._items(source, "dimensions", DimensionSpec, optional=True))
        return by_type, dimensions

    def _unique(self, items: Iterable[Placed[Any]]) -> None:
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
                self._named(place, "source", code, codes)

    def _check_codes(self, main: yamlfile.Yaml, sources: Iterable[yamlfile.Yaml], codes: Collection[str]) -> None:
        """Check that the code lists needed by a base type's tables exist: in its own file, or in the common one."""
        for source in [main, *sources]:
            own = self.shared if source is main else self.known.get(str(source.data.get("base_type")))
            needed = set() if own is None else own.codes - (set() if source is main else self.shared.codes)
            for name in sorted(needed - set(codes)):
                self.say("method-codes-missing", source.place(("codes",)), name=name)

    def _check_grades(
        self, main: yamlfile.Yaml, grades: list[Placed[GradeSpec]], head: list[Placed[MethodHead]]
    ) -> None:
        """Check that grades cover 0 to the ceiling without gaps or overlaps."""
        if not grades or len(grades) < len(main.data["grades"]):
            return  # a grade is invalid in itself, which is already reported
        rising = sorted(grades, key=lambda each: each.item.min)
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
        top, ceiling = highest.item.below, head[0].item.top if head else 0
        if top is not None and top <= ceiling:
            self.say("method-grade-hole", highest.place("below"), low=f"{top:g}", high=f"{ceiling:g}")

    def _check_scoring(self, each: Placed[Any], vocabulary: Vocabulary | None) -> None:
        if vocabulary is None:
            return
        item: Scoring = each.item
        self._named(each.place("measure"), "measure", item.measure, vocabulary.measures)
        unit = vocabulary.measures.get(item.measure, item.unit)
        if unit != item.unit:
            self.say("method-unit-differs", each.place("unit"), unit=item.unit, measure=item.measure, expected=unit)

    def _check_indicator(self, each: Placed[IndicatorSpec], vocabulary: Vocabulary | None) -> None:
        """Check an indicator and the measures it names; `vocabulary` is None if the plugin doesn't work."""
        item = each.item
        self._check_scoring(each, vocabulary)
        if item.monotone and item.rule.direction is None:
            self.say("method-not-monotone", each.place("rule"), indicator=named(item.label, item.id))
        elif item.monotone and item.rule.direction != item.direction:
            self.say("method-direction", each.place("direction"), direction=item.direction, rule=item.rule.direction)
        if vocabulary is None:
            return
        for at, table in enumerate(item.evidence):
            if vocabulary.tables:
                self._named(each.place("evidence", at), "table", table, vocabulary.tables)
        for table in vocabulary.tables_of.get(item.measure, ()):
            if table not in item.evidence:
                self.say("method-evidence", each.place("evidence"), measure=item.measure, table=table)
        if item.requires is not None:
            place = each.place("requires", "measure")
            self._named(place, "measure", item.requires.measure, vocabulary.measures)

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

    def _check_gates(
        self,
        gates: list[Placed[GateSpec]],
        statements: list[Placed[StatementSpec]],
        grades: list[Placed[GradeSpec]],
    ) -> None:
        for each in gates:
            when, effect = each.item.when, each.item.effect
            if when.statement is not None:
                self._named(each.place("when", "statement"), "statement", when.statement, ids_of(statements))
            if when.measure is not None:
                self._named(each.place("when", "measure"), "measure", when.measure, self.shared.measures)
            if effect.cap is not None:
                self._named(each.place("effect", "cap"), "grade", effect.cap, ids_of(grades))

    def _check_caps(self, main: yamlfile.Yaml, parts: Parts) -> None:
        """Check that bonuses and deductions have a cap: at most 0 points would count none of them."""
        for head in parts.head:
            for key, what, cap in (
                ("bonuses", "bonus", head.item.bonus_cap),
                ("deductions", "deduction", head.item.deduction_cap),
            ):
                if main.data.get(key) and not cap:
                    self.say("method-no-cap", main.place((key,)), what=_WHAT[what], key=f"{what}_cap")

    def _check_pilots(
        self,
        pilots: list[Placed[PilotSpec]],
        indicators: Mapping[str, list[Placed[IndicatorSpec]]],
        *,
        all_read: bool,
    ) -> None:
        for each in pilots:
            name = each.item.base_type
            self._named(each.place("base_type"), "base_type", name, indicators if all_read else None)
            rules = {i.item.id: i.item.rule for i in indicators.get(name, ())}
            own = {id_: rule for id_, rule in rules.items() if isinstance(rule, TargetProgress)}
            for indicator, target in each.item.targets.items():
                place = each.place("targets", indicator)
                self._named(place, "target", indicator, own if all_read and name in indicators else None)
                rule = own.get(indicator)
                if rule is None:
                    continue
                turned = TargetProgress(baseline=target.baseline, target=target.target).direction
                if turned != rule.direction:
                    self.say("method-direction", place, direction=turned, rule=rule.direction)

    def _check_terms(self, parts: Parts, main: yamlfile.Yaml | None) -> None:
        """Check that each pilot has a tier and a basis of the method's, and none where the method has none."""
        for each in parts.pilots:
            for key, known in parts.terms.items():
                given = getattr(each.item, key)
                if given is None and known:
                    self.say("yaml-missing-key", each.place(), key=key)
                elif given is not None:
                    self._named(each.place(key), key, given, ids_of(known) if main is not None else None)


_WHAT: dict[str, Words] = {
    "tier": Words(zh="层级", en="tier"),
    "basis": Words(zh="依据", en="basis"),
    "table": Words(zh="证据表", en="evidence table"),
    "measure": Words(zh="测算值", en="measure"),
    "dimension": Words(zh="维度", en="dimension"),
    "statement": Words(zh="声明", en="statement"),
    "grade": Words(zh="等级", en="grade"),
    "base_type": Words(zh="基地类型", en="base type"),
    "bonus": Words(zh="加分", en="bonuses"),
    "deduction": Words(zh="扣分", en="deductions"),
    "source": Words(zh="来源", en="source"),
    "target": Words(zh="可设目标的指标", en="indicator with a target"),
}


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.place.file or "", each.place.line or 0, each.code))
