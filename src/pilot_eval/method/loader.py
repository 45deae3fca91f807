"""Reads and checks a method's folder: reports every error, with its file and line, at once."""

import errno
import hashlib
import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pilot_eval import yamlfile
from pilot_eval.errors import Finding, MethodError, Place, did_you_mean, finding
from pilot_eval.messages.libraries import refusal_of
from pilot_eval.messages.yaml_slips import full_width_colon
from pilot_eval.method.checks import Checker, Vocabulary
from pilot_eval.method.fields import UnitSpec
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.given import TABLE, GivenMeasure, GivenType, faults_of_measures
from pilot_eval.method.grades import GradeSpec, best_first
from pilot_eval.method.kinds import RULES
from pilot_eval.method.parts import Parts, Placed, YamlPath, items_of
from pilot_eval.method.peer_rules import MinMaxRule, PeerRule
from pilot_eval.method.rule_contract import checked_rule
from pilot_eval.method.rules import Linear, Rule, Unusable
from pilot_eval.method.schema import (
    BASES,
    DEFAULT_TIERS,
    AdjustmentSpec,
    BaseTypeFile,
    BaseTypeHead,
    CodeSpec,
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
from pilot_eval.method.tree import ROOT, Combining, DimensionSpec
from pilot_eval.text import Words, joined, quoted

B = TypeVar("B", bound=BaseModel)


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
    return _Loader(folder, Checker(known, shared), rules, absent).load()


@dataclass
class _Loader:
    folder: Path
    checker: Checker
    rules: Mapping[str, type[Rule]]
    absent: Words | None
    read: list[tuple[str, str, int]] = field(default_factory=list)  # name, SHA-256 and size of what was read
    types: dict[str, str] = field(default_factory=dict)  # the base type of each file
    nodes: dict[str, Combining] = field(default_factory=dict)  # the dimensions and the root, by id
    normalised: dict[str, str] = field(default_factory=dict)  # indicators without a rule, and the node that gives it

    def load(self) -> Method:
        files = {path.name: path for path in sorted(self.folder.glob("*.yaml"))}
        for required in ("method.yaml", "pilots.yaml"):
            if required not in files:
                self.checker.say("method-file-missing", Place(file=f"{self.folder.name}/{required}"))
        sources = {name: source for name, path in files.items() if (source := self._read(path)) is not None}
        all_read = sources.keys() == files.keys()
        main, register = sources.pop("method.yaml", None), sources.pop("pilots.yaml", None)
        parts = self._parts(main, register, sources.values())
        self.checker.check(parts, main, sources.values(), all_read=all_read)
        if self.checker.findings:
            raise MethodError(_in_order(self.checker.findings))
        method = Method(
            head=parts.head[0].item,
            sources=items_of(parts.cited),
            dimensions=items_of(parts.dimensions),
            grades=best_first(items_of(parts.grades)),
            tiers=items_of(parts.terms["tier"]),
            bases=items_of(parts.terms["basis"]),
            statements=items_of(parts.statements),
            codes={name: items_of(items) for name, items in parts.codes.items()},
            gates=items_of(parts.gates),
            bonuses=items_of(parts.bonuses),
            deductions=items_of(parts.deductions),
            common=items_of(parts.common),
            by_type=_by_type(parts.by_type),
            given=self.checker.given,
            own_dimensions=_by_type(parts.own_dimensions),
            own_gates=_by_type(parts.own_gates),
            own_bonuses=_by_type(parts.own_bonuses),
            own_deductions=_by_type(parts.own_deductions),
            pilots=items_of(parts.pilots),
            normalised=self.normalised,
            units=self.checker.units,
            factors=self.checker.factors,
            files=tuple(self.read),
        )
        differing = list(self.checker.differing(parts, method))
        if differing:
            raise MethodError(_in_order(differing))
        return method.with_points()

    def _parts(
        self, main: yamlfile.Yaml | None, register: yamlfile.Yaml | None, others: Collection[yamlfile.Yaml]
    ) -> Parts:
        """Return every item that is valid in itself; report what is wrong with the others."""
        head = self._head(main, MethodHead)
        self._unknown_keys(main, set(MethodFile.model_fields))
        self._read_types(others)
        dimensions = self._items(main, "dimensions", DimensionSpec, optional=True)
        own_dimensions = self._own(others, "dimensions", DimensionSpec)
        if head:
            self.nodes[ROOT] = head[0].item
        self.nodes |= {each.item.id: each.item for each in chain(dimensions, *own_dimensions.values())}
        parts = Parts(
            head=head,
            dimensions=dimensions,
            grades=self._items(main, "grades", GradeSpec),
            terms={"tier": self._terms(main, "tiers", DEFAULT_TIERS), "basis": self._terms(main, "bases", BASES)},
            statements=self._items(main, "statements", StatementSpec, optional=True),
            gates=self._items(main, "gates", GateSpec, optional=True),
            cited=self._items(main, "sources", SourceSpec, optional=True),
            codes=self._codes([main, *others]),
            bonuses=self._items(main, "bonuses", AdjustmentSpec, optional=True),
            deductions=self._items(main, "deductions", AdjustmentSpec, optional=True),
            common=self._items(main, "indicators", IndicatorSpec, optional=True),
            by_type=self._own(others, "indicators", IndicatorSpec, optional=False),
            own_dimensions=own_dimensions,
            own_gates=self._own(others, "gates", GateSpec),
            own_bonuses=self._own(others, "bonuses", AdjustmentSpec),
            own_deductions=self._own(others, "deductions", AdjustmentSpec),
            pilots=self._items(register, "pilots", PilotSpec),
            units=self._items(main, "units", UnitSpec, optional=True),
        )
        self._unknown_keys(register, {"pilots"})
        return parts

    def _read(self, path: Path) -> yamlfile.Yaml | None:
        """Return a file's data, which is a mapping; if it can't be read, report why and return None."""
        shown = f"{self.folder.name}/{path.name}"
        try:
            if path.is_fifo():  # which would keep us waiting
                raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE))
            data = path.read_bytes()
            self.read.append((path.name, hashlib.sha256(data).hexdigest(), len(data)))
            source = yamlfile.parse(data.decode("utf-8-sig"), shown)
        except (OSError, UnicodeDecodeError) as error:
            source = yamlfile.Yaml(shown)
            source.findings.append(finding("method-unreadable", Place(file=shown), cause=refusal_of(error)))
        if not source.findings and not isinstance(source.data, dict):
            source.findings.append(finding("yaml-not-a-mapping", source.place()))
        self.checker.findings.extend(source.findings)
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
                self.checker.say("yaml-missing-key", source.place(path[:-1]), key=path[-1])
            return []
        if not isinstance(data, list):
            self.checker.say("method-not-a-list", source.place(path), key=path[-1])
            return []
        made = [(i, self._valid(model, item, source, (*path, i))) for i, item in enumerate(data)]
        return [Placed(item, source, (*path, i)) for i, item in made if item is not None]

    def _valid(self, model: type[B], data: object, source: yamlfile.Yaml, path: YamlPath) -> B | None:
        """Return the item, or None if it is invalid; unknown keys are left out, so that the rest is checked."""
        before = len(self.checker.findings)
        if issubclass(model, Scoring) and isinstance(data, dict):
            given = self._rule(data, source, path) if "rule" in data else self._rule_above(model, data, source, path)
            data = {**data, "rule": given}
        if issubclass(model, Combining) and isinstance(data, dict) and "normalise" in data:
            data = {**data, "normalise": self._normalise(data["normalise"], source, (*path, "normalise"))}
        item = None
        try:
            item = model.model_validate(data)
        except ValidationError as error:
            self.checker.findings += yamlfile.findings_of(error, model, source, path)
            if isinstance(data, dict):
                unknown = {each["loc"][0] for each in error.errors() if each["type"] == "extra_forbidden"}
                with suppress(ValidationError):
                    item = model.model_validate({key: value for key, value in data.items() if key not in unknown})
        if len(self.checker.findings) > before and isinstance(data, dict):
            self.checker.faulty |= {str(data[key]) for key in ("id", "code") if key in data}
        return item

    def _rule(self, data: dict[str, Any], source: yamlfile.Yaml, path: YamlPath) -> Rule:
        """Return an indicator's rule, or if it is invalid a placeholder with its direction, to check the rest too."""
        stand_in = _stand_in(data)
        given = data["rule"]
        at = (*path, "rule")
        if not isinstance(given, dict) or len(given) != 1:
            self.checker.say("method-rule-shape", source.place(at), kinds=joined(map(quoted, self.rules)))
        else:
            kind, parameters = next(iter(given.items()))
            rule = self.rules.get(kind)
            if rule is None and self.absent:
                lost = finding("plugin-rule-absent", source.place(at), rule=kind, plugins=self.absent)
                return Unusable(cause=lost, goes=stand_in.direction)
            if rule is None:
                self.checker.say(
                    "method-unknown-rule", source.place(at), rule=kind, suggestion=did_you_mean(kind, self.rules)
                )
            else:
                try:
                    made = rule.model_validate({} if parameters is None else parameters)
                except ValidationError as error:
                    self.checker.findings += yamlfile.findings_of(error, rule, source, (*at, kind))
                else:
                    points = data.get("points")
                    cause = (
                        None
                        if kind in RULES
                        else checked_rule(made, points if isinstance(points, (int, float)) else 1.0)
                    )
                    return made if cause is None else Unusable(cause=cause, goes=stand_in.direction)
        return stand_in

    def _rule_above(self, model: type[BaseModel], data: dict[str, Any], source: yamlfile.Yaml, path: YamlPath) -> Rule:
        """Return the rule that the nearest node above gives to an indicator without one; report it if none does."""
        id_ = str(data.get("dimension") or ROOT)
        passed: set[str] = set()
        while issubclass(model, IndicatorSpec) and id_ not in passed:
            node = self.nodes.get(id_)
            if node is None:  # it is invalid in itself, or there is none, which is already reported
                return _stand_in(data)
            if node.normalise is not None:
                self.normalised[str(data.get("id"))] = id_
                best = "lowest" if data.get("direction") == "down" else "highest"
                return node.normalise.model_copy(update={"best": best})
            passed.add(id_)
            id_ = node.above if isinstance(node, DimensionSpec) else id_
        known = issubclass(model, IndicatorSpec)
        self.checker.say("method-no-rule" if known else "yaml-missing-key", source.place(path), key="rule")
        return _stand_in(data)

    def _normalise(self, given: object, source: yamlfile.Yaml, at: YamlPath) -> PeerRule:
        """Return the rule that a node gives to what is below it, or if it is invalid a placeholder."""
        rules = {kind: rule for kind, rule in self.rules.items() if issubclass(rule, PeerRule)}
        kinds = joined(map(quoted, rules))
        written = {given: {}} if isinstance(given, str) else given
        if not isinstance(written, dict) or len(written) != 1:
            self.checker.say("method-normalise", source.place(at), kinds=kinds)
            return MinMaxRule()
        [(kind, parameters)] = written.items()
        rule = rules.get(kind)
        if rule is None:
            self.checker.say("method-normalise", source.place(at), kinds=kinds)
        elif isinstance(parameters, dict) and "best" in parameters:
            self.checker.say("method-normalise-best", source.place((*at, kind, "best")))
        else:
            try:
                return rule.model_validate({} if parameters is None else parameters)
            except ValidationError as error:
                self.checker.findings += yamlfile.findings_of(error, rule, source, (*at, kind))
        return MinMaxRule()

    def _unknown_keys(self, source: yamlfile.Yaml | None, allowed: set[str]) -> None:
        if source is None:
            return
        for key in source.data:
            if key not in allowed:
                suggestion = full_width_colon(key) or did_you_mean(key, allowed)
                self.checker.say("yaml-unknown-key", source.place((key,)), key=key, suggestion=suggestion)

    def _codes(self, sources: Iterable[yamlfile.Yaml | None]) -> dict[str, list[Placed[CodeSpec]]]:
        """Return the code lists of all files; report a list that is defined twice."""
        lists: dict[str, list[Placed[CodeSpec]]] = {}
        for source in sources:
            if source is None:
                continue
            data = source.data.get("codes", {})
            if not isinstance(data, dict):
                problem = Words(zh="应为“名称: 条目”", en="it should be a mapping")
                remedy = Words(
                    zh="写成“名称:”，下面每行一个“- {id: …, zh: …}”",
                    en="write “name:”, and below it lines “- {id: …, zh: …}”",
                )
                said = {"key": "codes", "value": "", "problem": problem, "suggestion": remedy}
                self.checker.say("yaml-wrong-value", source.place(("codes",)), **said)
                continue
            for name, words in data.items():
                if name in lists:
                    self.checker.say("method-duplicate", source.place(("codes", name)), name=name)
                lists[name] = self._list(source, words, ("codes", name), CodeSpec, False)
                self.checker.unique(lists[name])
        return lists

    def _read_types(self, sources: Iterable[yamlfile.Yaml]) -> None:
        """Read which base type each file is of; report one that has two."""
        for source in sources:
            alone = set() if "measures" in source.data else {"zh", "en", "key"}
            self._unknown_keys(source, set(BaseTypeFile.model_fields) - alone)
            head = self._head(source, BaseTypeHead)
            name = head[0].item.base_type if head else source.file
            if name in self.types.values():
                self.checker.say("method-duplicate", source.place(("base_type",)), name=name)
            self.types[source.file] = name
            if head and "measures" in source.data:
                given = self._give(source, head[0].item)
                if isinstance(listed := source.data.get("indicators"), list):
                    source.data["indicators"] = [given.completed(each) for each in listed]

    def _give(self, source: yamlfile.Yaml, head: BaseTypeHead) -> GivenType:
        """Return a base type whose figures are given directly; the method may name what it has."""
        measures, known = self._items(source, "measures", GivenMeasure), self.checker.known
        given = GivenType(**head.model_dump(), measures=items_of(measures))
        if head.base_type in known:
            self.checker.say("method-type-twice", source.place(("base_type",)), name=head.base_type)
        for at, code, params in faults_of_measures(given, self.checker.shared.measures):
            self.checker.say(code, measures[at].place("id"), **params)
        self.checker.given[head.base_type] = given
        self.checker.given_measures += measures
        self.checker.known = {**known, head.base_type: self.checker.shared.with_table(TABLE, given.units)}
        return given

    def _own(
        self, sources: Iterable[yamlfile.Yaml], key: str, model: type[B], *, optional: bool = True
    ) -> dict[str, list[Placed[B]]]:
        """Return what each base type has of its own, by its list's key."""
        made: dict[str, list[Placed[B]]] = {}
        for source in sources:
            made.setdefault(self.types[source.file], []).extend(self._items(source, key, model, optional=optional))
        return made


def _stand_in(data: Mapping[str, Any]) -> Linear:
    """Return a rule with the direction of an indicator whose own is invalid."""
    ends = (1, 0) if data.get("direction") == "down" else (0, 1)
    return Linear.model_validate(dict(zip(("from", "to"), ends, strict=True)))


def _by_type(parts: Mapping[str, list[Placed[B]]]) -> dict[str, tuple[B, ...]]:
    return {name: items_of(items) for name, items in parts.items()}


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.place.file or "", each.place.line or 0, each.code))
