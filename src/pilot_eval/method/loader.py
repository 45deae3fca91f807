"""Reads a method's folder and checks it whole: every fault with its file and line, all at once."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from pilot_eval import yamlfile
from pilot_eval.errors import Finding, MethodError, Place, did_you_mean, finding
from pilot_eval.method.rules import RULES, Linear, Rule, TargetProgress
from pilot_eval.method.schema import (
    AdjustmentSpec,
    BasisSpec,
    CodeSpec,
    DimensionSpec,
    GateSpec,
    GradeSpec,
    IndicatorSpec,
    Method,
    MethodFile,
    MethodHead,
    PilotSpec,
    Scoring,
    SourceSpec,
    StatementSpec,
)
from pilot_eval.text import Text

B = TypeVar("B", bound=BaseModel)
S = TypeVar("S")
YamlPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Vocabulary:
    """What a base type's plugin offers to a method: measures with their units and tables, code lists it needs."""

    measures: Mapping[str, str]
    tables_of: Mapping[str, tuple[str, ...]]
    codes: frozenset[str] = frozenset()


@dataclass
class _Located(Generic[S]):
    """A checked item, and where it stands."""

    item: S
    source: yamlfile.Yaml
    path: YamlPath

    def place(self, *more: str | int) -> Place:
        return self.source.place((*self.path, *more))


def load_method(folder: Path, known: Mapping[str, Vocabulary], shared: Vocabulary) -> Method:
    """Read and check the method in `folder`.

    `known` gives the vocabulary of each base type whose plugin works; names can't be checked for the others.
    `shared` is what all base types have. Raises MethodError with every finding.
    """
    return _Loader(folder, known, shared).load()


@dataclass
class _Loader:
    folder: Path
    known: Mapping[str, Vocabulary]
    shared: Vocabulary
    findings: list[Finding] = field(default_factory=list)

    def say(self, code: str, place: Place, **params: object) -> None:
        self.findings.append(finding(code, place, **params))

    def load(self) -> Method:
        files = {path.name: path for path in sorted(self.folder.glob("*.yaml"))}
        for required in ("method.yaml", "pilots.yaml"):
            if required not in files:
                self.say("method-file-missing", Place(file=f"{self.folder.name}/{required}"))
        sources = {name: self._read(path) for name, path in files.items()}
        main = sources.pop("method.yaml", None)
        register = sources.pop("pilots.yaml", None)
        if main is None or register is None:
            raise MethodError(self.findings)

        head = self._head(main)
        dimensions = self._items(main, "dimensions", DimensionSpec)
        grades = self._items(main, "grades", GradeSpec)
        statements = self._items(main, "statements", StatementSpec, optional=True)
        gates = self._items(main, "gates", GateSpec, optional=True)
        cited = self._items(main, "sources", SourceSpec, optional=True)
        codes = self._codes(main)
        bonuses = self._items(main, "bonuses", AdjustmentSpec, optional=True)
        deductions = self._items(main, "deductions", AdjustmentSpec, optional=True)
        common = self._items(main, "indicators", IndicatorSpec)
        by_type = self._base_types(sources.values())
        pilots = self._items(register, "pilots", PilotSpec)
        self._unknown_keys(register, {"pilots"}, ())

        own = [each for group in by_type.values() for each in group]
        adjustments = [*bonuses, *deductions]
        everything: list[_Located[Any]] = [*common, *own, *adjustments]
        named: list[list[Any]] = [dimensions, grades, statements, gates, pilots, everything]
        for group in named:
            self._unique(group)
        self._check_cited(cited, [*everything, *gates], pilots)
        self._check_codes(main, codes)
        self._check_grades(grades)
        for indicator in common:
            self._check_indicator(indicator, dimensions, [self.shared])
        for base_type, items in by_type.items():
            vocabulary = self.known.get(base_type)
            for indicator in items:
                self._check_indicator(indicator, dimensions, [vocabulary] if vocabulary else [])
        for adjustment in adjustments:
            self._check_scoring(adjustment, [self.shared])
        self._check_points(main, dimensions, common, by_type, sources)
        self._check_gates(gates, statements, grades)
        self._check_pilots(pilots, {name: [*common, *items] for name, items in by_type.items()})
        if self.findings or head is None:
            raise MethodError(_in_order(self.findings))
        return Method(
            head=head,
            sources=_bare(cited),
            dimensions=_bare(dimensions),
            grades=tuple(sorted(_bare(grades), key=lambda grade: -grade.min)),
            statements=_bare(statements),
            codes={name: tuple(each.item for each in items) for name, items in codes.items()},
            gates=_bare(gates),
            bonuses=_bare(bonuses),
            deductions=_bare(deductions),
            common=_bare(common),
            by_type={name: _bare(items) for name, items in by_type.items()},
            pilots=_bare(pilots),
            files=tuple(_digest(path) for path in files.values()),
        )

    # --- reading

    def _read(self, path: Path) -> yamlfile.Yaml:
        shown = f"{self.folder.name}/{path.name}"
        try:
            source = yamlfile.parse(path.read_text("utf-8-sig"), shown)
        except (OSError, UnicodeDecodeError) as error:
            source = yamlfile.Yaml(shown)
            source.findings.append(finding("method-unreadable", Place(file=shown), cause=type(error).__name__))
        if not source.findings and not isinstance(source.data, dict):
            source.findings.append(finding("yaml-not-a-mapping", source.place()))
        self.findings.extend(source.findings)
        if not isinstance(source.data, dict):
            source.data = {}
        return source

    def _head(self, main: yamlfile.Yaml) -> MethodHead | None:
        self._unknown_keys(main, set(MethodFile.model_fields), ())
        data = {key: value for key, value in main.data.items() if key in MethodHead.model_fields}
        return self._valid(MethodHead, data, main, ())

    def _items(self, source: yamlfile.Yaml, key: str, model: type[B], *, optional: bool = False) -> list[_Located[B]]:
        """The valid items of a list; what is wrong with the others is said."""
        return self._list(source, source.data.get(key), (key,), model, optional)

    def _list(
        self, source: yamlfile.Yaml, data: object, path: YamlPath, model: type[B], optional: bool
    ) -> list[_Located[B]]:
        if data is None:
            if not optional and not source.findings:
                self.say("yaml-missing-key", source.place(path[:-1]), key=path[-1])
            return []
        if not isinstance(data, list):
            self.say("method-not-a-list", source.place(path), key=path[-1])
            return []
        made = [(i, self._valid(model, item, source, (*path, i))) for i, item in enumerate(data)]
        return [_Located(item, source, (*path, i)) for i, item in made if item is not None]

    def _valid(self, model: type[B], data: object, source: yamlfile.Yaml, path: YamlPath) -> B | None:
        before = len(self.findings)
        if issubclass(model, Scoring) and isinstance(data, dict):
            data = {**data, "rule": self._rule(data, source, path)}
        try:
            item = model.model_validate(data)
        except ValidationError as error:
            self.findings += yamlfile.explain(error, model, source, path)
            return None
        return item if len(self.findings) == before else None

    def _rule(self, data: dict[str, Any], source: yamlfile.Yaml, path: YamlPath) -> Rule:
        """The rule of an indicator; a stand-in where it is wrong, so that the rest is checked too."""
        stand_in = Linear.model_validate({"from": 0, "to": 1})
        given = data.get("rule")
        at = (*path, "rule")
        if "rule" not in data:
            self.say("yaml-missing-key", source.place(path), key="rule")
        elif not isinstance(given, dict) or len(given) != 1:
            self.say("method-rule-shape", source.place(at), kinds=", ".join(RULES))
        else:
            kind, parameters = next(iter(given.items()))
            rule = RULES.get(kind)
            if rule is None:
                self.say("method-unknown-rule", source.place(at), rule=kind, suggestion=did_you_mean(kind, RULES))
            else:
                try:
                    return rule.model_validate({} if parameters is None else parameters)
                except ValidationError as error:
                    self.findings += yamlfile.explain(error, rule, source, (*at, kind))
        return stand_in

    def _unknown_keys(self, source: yamlfile.Yaml, allowed: set[str], path: YamlPath) -> None:
        for key in source.data:
            if key not in allowed:
                place = source.place((*path, key))
                self.say("yaml-unknown-key", place, key=key, suggestion=did_you_mean(key, allowed))

    def _codes(self, main: yamlfile.Yaml) -> dict[str, list[_Located[CodeSpec]]]:
        data = main.data.get("codes", {})
        if not isinstance(data, dict):
            self.say("yaml-wrong-value", main.place(("codes",)), key="codes", value="", problem="mapping expected")
            return {}
        lists = {name: self._list(main, words, ("codes", name), CodeSpec, False) for name, words in data.items()}
        for words in lists.values():
            self._unique(words)
        return lists

    def _base_types(self, sources: Iterable[yamlfile.Yaml]) -> dict[str, list[_Located[IndicatorSpec]]]:
        by_type: dict[str, list[_Located[IndicatorSpec]]] = {}
        for source in sources:
            self._unknown_keys(source, {"base_type", "indicators"}, ())
            name = source.data.get("base_type")
            if not isinstance(name, str):
                if not source.findings:
                    self.say("yaml-missing-key", source.place(), key="base_type")
                name = source.file
            elif name in by_type:
                self.say("method-duplicate", source.place(("base_type",)), name=name)
            by_type.setdefault(name, []).extend(self._items(source, "indicators", IndicatorSpec))
        return by_type

    # --- checks across items

    def _unique(self, items: Iterable[_Located[Any]]) -> None:
        seen: set[str] = set()
        for each in items:
            if each.item.id in seen:
                self.say("method-duplicate", each.place("id"), name=each.item.id)
            seen.add(each.item.id)

    def _check_cited(
        self,
        cited: list[_Located[SourceSpec]],
        with_basis: Iterable[_Located[Any]],
        pilots: Iterable[_Located[PilotSpec]],
    ) -> None:
        codes = {each.item.code for each in cited}
        for each in with_basis:
            basis: BasisSpec = each.item.basis
            self._check_sources(basis.sources, codes, each.place("basis"))
        for pilot in pilots:
            self._check_sources(pilot.item.sources, codes, pilot.place("sources"))

    def _check_sources(self, given: Iterable[str], known: set[str], place: Place) -> None:
        for code in given:
            if code not in known:
                self.say(
                    "method-unknown-name", place, what=_WHAT["source"], name=code, suggestion=did_you_mean(code, known)
                )

    def _check_codes(self, main: yamlfile.Yaml, codes: Mapping[str, object]) -> None:
        needed = {name for vocabulary in [self.shared, *self.known.values()] for name in vocabulary.codes}
        for name in sorted(needed - set(codes)):
            self.say("method-codes-missing", main.place(("codes",)), name=name)

    def _check_grades(self, grades: list[_Located[GradeSpec]]) -> None:
        if not grades:
            return
        rising = sorted(grades, key=lambda each: each.item.min)
        if rising[0].item.min != 0:
            self.say("method-grade-hole", rising[0].place("min"), low=0, high=rising[0].item.min)
        for lower, upper in pairwise(rising):
            end = upper.item.min if lower.item.below is None else lower.item.below
            if lower.item.min == upper.item.min or end > upper.item.min:
                a, b = lower.item.id, upper.item.id
                self.say("method-grade-overlap", upper.place("min"), first=a, second=b)
            elif end < upper.item.min:
                self.say("method-grade-hole", lower.place("below"), low=end, high=upper.item.min)

    def _check_scoring(self, each: _Located[Any], vocabularies: list[Vocabulary]) -> None:
        item: Scoring = each.item
        for vocabulary in vocabularies:
            unit = vocabulary.measures.get(item.measure)
            if unit is None:
                suggestion = did_you_mean(item.measure, vocabulary.measures)
                place = each.place("measure")
                self.say("method-unknown-name", place, what=_WHAT["measure"], name=item.measure, suggestion=suggestion)
            elif unit != item.unit:
                self.say("method-unit-differs", each.place("unit"), unit=item.unit, measure=item.measure, expected=unit)

    def _check_indicator(
        self, each: _Located[IndicatorSpec], dimensions: list[_Located[DimensionSpec]], vocabularies: list[Vocabulary]
    ) -> None:
        item = each.item
        self._check_scoring(each, vocabularies)
        names = [dimension.item.id for dimension in dimensions]
        if item.dimension not in names:
            suggestion = did_you_mean(item.dimension, names)
            place = each.place("dimension")
            self.say("method-unknown-name", place, what=_WHAT["dimension"], name=item.dimension, suggestion=suggestion)
        if item.monotone and item.rule.direction is None:
            self.say("method-not-monotone", each.place("rule"), indicator=item.id)
        elif item.monotone and item.rule.direction != item.direction:
            self.say("method-direction", each.place("direction"), direction=item.direction, rule=item.rule.direction)
        for vocabulary in vocabularies:
            for table in vocabulary.tables_of.get(item.measure, ()):
                if table not in item.evidence:
                    self.say("method-evidence", each.place("evidence"), measure=item.measure, table=table)
            if item.requires is not None and item.requires.measure not in vocabulary.measures:
                name = item.requires.measure
                suggestion = did_you_mean(name, vocabulary.measures)
                place = each.place("requires", "measure")
                self.say("method-unknown-name", place, what=_WHAT["measure"], name=name, suggestion=suggestion)

    def _check_points(
        self,
        main: yamlfile.Yaml,
        dimensions: list[_Located[DimensionSpec]],
        common: list[_Located[IndicatorSpec]],
        by_type: Mapping[str, list[_Located[IndicatorSpec]]],
        sources: Mapping[str, yamlfile.Yaml],
    ) -> None:
        """Points add up: dimensions to 100, and each base type's indicators to each dimension's points."""
        total = sum(each.item.points for each in dimensions)
        if dimensions and abs(total - 100) > 1e-9:
            self.say("method-points", main.place(("dimensions",)), what=_WHAT["dimensions"], total=total, expected=100)
        shared = _raw_points(main)
        for source in sources.values():
            own = _raw_points(source)
            if shared is None or own is None:
                continue  # some points are wrong in themselves, and that has been said
            for each in dimensions:
                found = shared[each.item.id] + own[each.item.id]
                if abs(found - each.item.points) > 1e-9:
                    what = Text(
                        zh=f"{source.data.get('base_type')} 在维度 {each.item.id} 的指标",
                        en=f"the indicators of {source.data.get('base_type')} in dimension {each.item.id}",
                    )
                    place = source.place(("indicators",))
                    self.say("method-points", place, what=what, total=found, expected=each.item.points)

    def _check_gates(
        self,
        gates: list[_Located[GateSpec]],
        statements: list[_Located[StatementSpec]],
        grades: list[_Located[GradeSpec]],
    ) -> None:
        known = {
            "statement": [each.item.id for each in statements],
            "grade": [each.item.id for each in grades],
            "measure": list(self.shared.measures),
        }
        for each in gates:
            for kind, name, at in (
                ("statement", each.item.when.statement, ("when", "statement")),
                ("measure", each.item.when.measure, ("when", "measure")),
                ("grade", each.item.effect.cap, ("effect", "cap")),
            ):
                if name is not None and name not in known[kind]:
                    suggestion = did_you_mean(name, known[kind])
                    self.say("method-unknown-name", each.place(*at), what=_WHAT[kind], name=name, suggestion=suggestion)

    def _check_pilots(
        self, pilots: list[_Located[PilotSpec]], indicators: Mapping[str, list[_Located[IndicatorSpec]]]
    ) -> None:
        for each in pilots:
            name = each.item.base_type
            if name not in indicators:
                suggestion = did_you_mean(name, indicators)
                place = each.place("base_type")
                self.say("method-unknown-name", place, what=_WHAT["base_type"], name=name, suggestion=suggestion)
                continue
            own = [i.item.id for i in indicators[name] if isinstance(i.item.rule, TargetProgress)]
            for indicator in each.item.targets:
                if indicator not in own:
                    place = each.place("targets", indicator)
                    suggestion = did_you_mean(indicator, own)
                    self.say("method-unknown-name", place, what=_WHAT["target"], name=indicator, suggestion=suggestion)


_WHAT: dict[str, Text] = {
    "measure": Text(zh="测算值", en="measure"),
    "dimension": Text(zh="维度", en="dimension"),
    "statement": Text(zh="声明", en="statement"),
    "grade": Text(zh="等级", en="grade"),
    "base_type": Text(zh="基地类型", en="base type"),
    "source": Text(zh="来源", en="source"),
    "dimensions": Text(zh="各维度", en="the dimensions"),
    "target": Text(zh="可设目标的指标", en="indicator with a target"),
}


def _bare(items: Iterable[_Located[S]]) -> tuple[S, ...]:
    return tuple(each.item for each in items)


def _raw_points(source: yamlfile.Yaml) -> Counter[str] | None:
    """Points by dimension as the file has them, wrong items included; None if some aren't numbers."""
    points: Counter[str] = Counter()
    items = source.data.get("indicators")
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("points"), (int, float)):
            return None
        points[str(item.get("dimension"))] += item["points"]
    return points


def _digest(path: Path) -> tuple[str, str, int]:
    data = path.read_bytes()
    return path.name, hashlib.sha256(data).hexdigest(), len(data)


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.place.file or "", each.place.line or 0, each.code))
