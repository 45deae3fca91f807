"""Finds plugins: in a fixed order, each in its own guard, with a status for each.

In: installed packages.
Out: base types, rules, readers, sections, exporters; methods checked against them.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Literal

from pilot_eval.errors import Finding, PilotEvalError, Place, UsageError, did_you_mean, finding
from pilot_eval.extensions import Exporter, Reader, Section, Sheet
from pilot_eval.guard import quoted_error, time_limit
from pilot_eval.loading import DROPPED_IN, Offer, Trace, ask
from pilot_eval.method.checks import Vocabulary
from pilot_eval.method.kinds import RULES
from pilot_eval.method.loader import load_method
from pilot_eval.method.rules import Rule
from pilot_eval.method.schema import Method
from pilot_eval.plugin import hooks
from pilot_eval.plugin.base_type import API, BaseType
from pilot_eval.plugin.compiling import Compiled, compile_type
from pilot_eval.plugin.given import given_type
from pilot_eval.plugin.tables import TableSpec
from pilot_eval.text import Words, both, joined
from pilot_eval.trial.trying import Verdict, tried

ONLY = "PILOT_EVAL_PLUGINS"
"""Environment variable: comma-separated names of the plugins to load; unset, all are loaded."""

OWN_SUFFIXES = frozenset(
    {
        ".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ett", ".ods", ".fods",
        ".csv", ".tsv", ".json", ".parquet", ".yaml", ".yml", ".zip",
    }
)  # fmt: skip
"""What no plugin's reader can take over; a test compares them with the built-in readers."""

OWN_EXPORTERS = frozenset({"csv"})
"""Ids that no plugin's exporter can have; a test compares them with the built-in exporters."""

State = Literal["ok", "deprecated", "failed", "off"]


@dataclass
class PluginStatus:
    """One installed plugin: its origin, what it provides, and what is wrong with it."""

    name: str
    package: str
    version: str
    module: str
    base_types: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()  # rules, readers, sections, exporters, as `kind name`
    findings: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    on: bool = True

    @property
    def state(self) -> State:
        if not self.on:
            return "off"
        if self.findings:
            return "failed"
        return "deprecated" if self.notices else "ok"

    @property
    def ok(self) -> bool:
        return not self.findings

    @property
    def shown(self) -> str:
        """Return its name with its package and version."""
        return f"{self.name} ({self.package} {self.version})"


@dataclass
class Registry:
    """What the working plugins provide, and the status of every plugin."""

    plugins: list[PluginStatus] = field(default_factory=list)
    base_types: dict[str, Compiled] = field(default_factory=dict)
    rules: dict[str, type[Rule]] = field(default_factory=lambda: dict(RULES))
    readers: dict[str, Reader] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    exporters: dict[str, Exporter] = field(default_factory=dict)
    given: frozenset[str] = frozenset()  # base types that a method declares, rather than a plugin

    def status_of(self, base_type: str) -> PluginStatus | None:
        """Return the plugin that provides (or failed to provide) a base type."""
        claims = [plugin for plugin in self.plugins if base_type in plugin.base_types or plugin.name == base_type]
        return next((each for each in claims if each.ok and each.on), claims[0] if claims else None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return everything that is wrong with the plugins."""
        return tuple(each for plugin in self.plugins for each in plugin.findings)

    def why_not(self, base_type: str, place: Place | None = None) -> tuple[Finding, ...]:
        """Return why no working plugin provides a base type; `place` (of its name) is used if no plugin is at fault."""
        status = self.status_of(base_type)
        if status is not None and status.findings:
            return status.findings
        if status is not None and not status.on:
            return (finding("plugin-off", place, base_type=base_type, plugin=status.name),)
        return (finding("plugin-absent", place, base_type=base_type),)

    def method(self, folder: Path) -> Method:
        """Load the method in a folder and check it against what the plugins provide. Raises MethodError."""
        absent = [both(each.shown) for each in self.plugins if not (each.ok and each.on)]
        return load_method(folder, *self.vocabulary(), self.rules, joined(absent) if absent else None)

    def with_types_of(self, method: Method) -> "Registry":
        """Return the registry with the base types whose figures the method says are given directly."""
        plugins = {name: each for name, each in self.base_types.items() if name not in self.given}
        own = {name: given_type(each) for name, each in method.given.items()}
        return replace(self, base_types={**plugins, **own}, given=frozenset(own))

    def vocabulary(self) -> tuple[dict[str, Vocabulary], Vocabulary]:
        """Return what a method may name: for each base type, and for all of them."""
        plugins = (each for each in self.base_types.items() if each[0] not in self.given)
        known = {name: _vocabulary(compiled) for name, compiled in plugins}
        shared = compile_type(BaseType("common", zh="共性", api=API))
        return known, _vocabulary(shared)


def _vocabulary(compiled: Compiled) -> Vocabulary:
    return Vocabulary(
        measures={name: measure.spec.unit for name, measure in compiled.measures.items()},
        tables_of={name: compiled.tables_of(name) for name in compiled.measures},
        codes_of={
            name: frozenset(_codes(map(compiled.tables.__getitem__, compiled.tables_of(name))))
            for name in compiled.measures
        },
        tables=frozenset(compiled.tables),
        units=compiled.units.own,
    )


def _codes(tables: Iterable[TableSpec]) -> Iterable[str]:
    return (column.codes for table in tables for column in table.columns if column.codes)


def discover(trace: Trace | None = None, *, again: bool = False) -> Registry:
    """Load every installed plugin that isn't switched off; one that fails keeps its cause and doesn't stop the others.

    `trace` is called for every hook call. Plugins that are new here, or all if `again`, are first tried out in another
    process; those that end or change it aren't loaded. Raises UsageError if PILOT_EVAL_PLUGINS names a plugin that is
    not installed, or if PILOT_EVAL_PLUGIN_SECONDS is not a valid time.
    """
    time_limit()  # an invalid setting is not a plugin's fault
    asked = os.environ.get(ONLY, "")
    only = [name.strip() for name in asked.split(",") if name.strip()] or None
    found = entry_points(group=hooks.ENTRY_POINTS)
    wanted = [each for each in found if only is None or each.name in only]
    return load(found, only, trace, tried(wanted, again=again))


def load(
    found: Iterable[EntryPoint],
    only: Sequence[str] | None = None,
    trace: Trace | None = None,
    verdicts: Mapping[EntryPoint, Verdict] | None = None,
) -> Registry:
    """Load the given entry points, sorted by name and module; with `only`, only those named.

    Those whose verdict has findings aren't loaded.
    """
    entries = sorted(found, key=lambda each: (each.name, each.value))
    names = [entry.name for entry in entries]
    for name in only or ():
        if name not in names:
            what = Words(zh="插件", en="plugin")
            raise UsageError.of("usage-unknown", what=what, name=name, suggestion=did_you_mean(name, names))
    registry = Registry()
    offers: list[tuple[PluginStatus, Offer]] = []
    for entry in entries:
        package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("?", "?")
        status = PluginStatus(entry.name, package, version, entry.value)
        registry.plugins.append(status)
        if only is not None and entry.name not in only:
            status.on = False
            continue
        verdict = (verdicts or {}).get(entry)
        if verdict is not None and verdict.findings:
            status.findings = tuple(_with_plugin(each, status) for each in verdict.findings)
            status.base_types = verdict.base_types
            continue
        try:
            offer = ask(entry, trace)
        except PilotEvalError as error:
            status.findings = tuple(_with_plugin(each, status) for each in error.findings)
            continue
        except Exception as error:  # an object of the plugin that fails in an unexpected place
            broken = finding("plugin-broken", cause=quoted_error(error))
            status.findings = (_with_plugin(broken, status),)
            continue
        status.base_types = tuple(each.id for each in offer.base_types)
        offers.append((status, offer))
    _take_base_types(registry, offers)
    _take_others(registry, offers)
    return registry


def _with_plugin(each: Finding, status: PluginStatus) -> Finding:
    """Add the plugin, its package and version to a finding."""
    by = status.shown
    message = Words(zh=f"插件 {by}：{each.message.zh}", en=f"plugin {by}: {each.message.in_('en')}")
    return each.model_copy(update={"message": message})


# --- what the plugins offer together

_Claim = tuple[PluginStatus, Offer, Any]


def _take_base_types(registry: Registry, offers: Sequence[tuple[PluginStatus, Offer]]) -> None:
    for name, claimed in _claims(offers, "base_types", "id"):
        if len(claimed) > 1:
            _clash("base_type", name, "base_types", claimed)
            continue
        [(status, offer, base_type)] = claimed
        place = offer.places["base_types"]
        try:
            compile_ = partial(compile_type, base_type)  # its measures are the plugin's code too
            registry.base_types[name] = offer.home.guarded("plugin-hook", compile_, place)
        except PilotEvalError as error:
            status.findings += tuple(_with_plugin(each, status) for each in error.findings)
            continue
        if base_type.api < API:
            release, day = DROPPED_IN[base_type.api]
            old = finding("plugin-api-old", place, name=name, given=base_type.api, now=API, release=release, day=day)
            status.notices += (_with_plugin(old, status),)


def _take_others(registry: Registry, offers: Sequence[tuple[PluginStatus, Offer]]) -> None:
    """Register rules, readers, sections and exporters; a name that is already in use is a clash."""
    kinds: list[tuple[str, str, dict[str, Any], Iterable[str]]] = [
        ("rule", "kind", registry.rules, RULES),
        ("reader", "suffix", registry.readers, OWN_SUFFIXES),
        ("section", "id", registry.sections, ()),
        ("exporter", "id", registry.exporters, OWN_EXPORTERS),
    ]
    for kind, key, taken, ours in kinds:
        for name, claimed in _claims(offers, f"{kind}s", key):
            if len(claimed) > 1 or name in ours:
                _clash(kind, name, f"{kind}s", claimed, ours=name in ours)
                if kind == "reader" and name not in ours:  # its files must not count as attachments
                    taken[name] = Reader(name, _claimed_twice, ", ".join(status.shown for status, *_ in claimed))
                continue
            [(status, _, each)] = claimed
            if kind == "rule":
                each.provider = status.shown
            taken[name] = each if kind == "rule" else replace(each, provider=status.shown)
            status.provides += (f"{kind} {name}",)


def _claimed_twice(path: Path) -> Sequence[Sheet]:
    """Replace the readers of a suffix that several plugins claim."""
    raise ValueError(f"several plugins read {path.suffix}: keep one")


def _claims(offers: Sequence[tuple[PluginStatus, Offer]], kind: str, key: str) -> list[tuple[str, list[_Claim]]]:
    """Return which plugins offer what, by name."""
    claims: dict[str, list[_Claim]] = {}
    for status, offer in offers:
        for each in getattr(offer, kind):
            claims.setdefault(getattr(each, key), []).append((status, offer, each))
    return sorted(claims.items())


_WHAT: dict[str, Words] = {
    "base_type": Words(zh="基地类型", en="base type"),
    "rule": Words(zh="评分规则", en="scoring rule"),
    "reader": Words(zh="读取函数", en="reader"),
    "section": Words(zh="报告章节", en="report section"),
    "exporter": Words(zh="导出格式", en="exporter"),
}


def _clash(what: str, name: str, kind: str, claimed: Sequence[_Claim], *, ours: bool = False) -> None:
    plugins = joined(map(both, [*(each.shown for each, *_ in claimed), *(["pilot-eval"] if ours else [])]))
    for status, offer in {id(status): (status, offer) for status, offer, _ in claimed}.values():
        clash = finding("plugin-clash", offer.places[kind], what=_WHAT[what], name=name, plugins=plugins)
        status.findings += (_with_plugin(clash, status),)
