"""Finds plugins: in a fixed order, each in its own guard, with a status kept for every one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points

import pluggy

from pilot_eval import hookspecs
from pilot_eval.errors import Finding, PilotEvalError, finding
from pilot_eval.method.loader import Vocabulary
from pilot_eval.plugin.base_type import API, BaseType, Compiled
from pilot_eval.plugin.common import common
from pilot_eval.plugin.tables import TableSpec

ACCEPTED_API = frozenset({API})


@dataclass
class PluginStatus:
    """One installed plugin: where it came from, what it provides, what is wrong with it."""

    name: str
    package: str
    version: str
    module: str
    base_types: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.findings


@dataclass
class Registry:
    """The base types that work, and the status of every plugin."""

    plugins: list[PluginStatus] = field(default_factory=list)
    base_types: dict[str, Compiled] = field(default_factory=dict)

    def status_of(self, base_type: str) -> PluginStatus | None:
        """The plugin that provides (or failed to provide) a base type."""
        claims = [plugin for plugin in self.plugins if base_type in plugin.base_types or plugin.name == base_type]
        return next((each for each in claims if each.ok), claims[0] if claims else None)

    def vocabulary(self) -> tuple[dict[str, Vocabulary], Vocabulary]:
        """What a method may name: for each base type, and what all have in common."""
        known = {name: _vocabulary(compiled) for name, compiled in self.base_types.items()}
        shared = BaseType("common", zh="共性").compiled
        return known, _vocabulary(shared)


def _vocabulary(compiled: Compiled) -> Vocabulary:
    return Vocabulary(
        measures={name: measure.spec.unit for name, measure in compiled.measures.items()},
        tables_of={name: compiled.tables_of(name) for name in compiled.measures},
        codes=frozenset(_codes(compiled.tables.values())),
    )


def _codes(tables: Iterable[TableSpec]) -> Iterable[str]:
    return (column.codes for table in tables for column in table.columns if column.codes)


def discover() -> Registry:
    """Load every installed plugin; one that fails is kept with its cause and takes no other down."""
    return load(entry_points(group=hookspecs.ENTRY_POINTS))


def load(found: Iterable[EntryPoint]) -> Registry:
    """Load the given entry points, sorted by name and package."""
    registry = Registry()
    provided: dict[str, list[tuple[PluginStatus, BaseType]]] = {}
    for entry in sorted(found, key=lambda each: (each.name, each.value)):
        package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("?", "?")
        status = PluginStatus(entry.name, package, version, entry.value)
        registry.plugins.append(status)
        try:
            base_types = _base_types(entry, status)
        except PilotEvalError as error:
            status.findings = error.findings
            continue
        status.base_types = tuple(each.id for each in base_types)
        for base_type in base_types:
            provided.setdefault(base_type.id, []).append((status, base_type))
    for name, claims in sorted(provided.items()):
        if len(claims) > 1:
            plugins = ", ".join(f"{status.name} ({status.package})" for status, _ in claims)
            for status, _ in claims:
                status.findings += (finding("plugin-clash", base_type=name, plugins=plugins),)
            continue
        status, base_type = claims[0]
        try:
            registry.base_types[name] = base_type.compiled
        except PilotEvalError as error:
            status.findings += error.findings
    return registry


def _base_types(entry: EntryPoint, status: PluginStatus) -> list[BaseType]:
    """Import a plugin and ask it for its base types. Raises PilotEvalError for whatever goes wrong."""
    try:
        module = entry.load()
    except PilotEvalError:
        raise
    except BaseException as error:  # an import can raise anything, SystemExit included
        if isinstance(error, KeyboardInterrupt):
            raise
        cause = f"{type(error).__name__}: {error}"
        raise PilotEvalError.of(
            "plugin-import-failed", plugin=entry.name, package=status.package, version=status.version, cause=cause
        ) from error
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(module, name=entry.name)
        manager.check_pending()
        answers = manager.hook.pilot_eval_base_types()
    except PilotEvalError:
        raise
    except Exception as error:  # the plugin's code, or pluggy's opinion of it
        cause = f"{type(error).__name__}: {error}"
        raise PilotEvalError.of("plugin-hook", plugin=entry.name, cause=cause) from error
    base_types: list[BaseType] = []
    for answer in answers:
        if not isinstance(answer, (list, tuple)) or not all(isinstance(each, BaseType) for each in answer):
            raise PilotEvalError.of("plugin-hook-result", plugin=entry.name, given=type(answer).__name__)
        base_types += answer
    for base_type in base_types:
        if base_type.api not in ACCEPTED_API:
            known = ", ".join(map(str, sorted(ACCEPTED_API)))
            raise PilotEvalError.of("plugin-api", plugin=entry.name, given=base_type.api, known=known)
    return base_types


__all__ = ["PluginStatus", "Registry", "common", "discover", "load"]
