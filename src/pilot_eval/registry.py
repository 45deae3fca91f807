"""Finds plugins: in a fixed order, each in its own guard, with a status kept for every one."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

import pluggy

from pilot_eval import hookspecs
from pilot_eval.errors import Finding, PilotEvalError, Place, UsageError, did_you_mean, finding
from pilot_eval.extensions import Exporter, Reader, Section
from pilot_eval.method.loader import Vocabulary
from pilot_eval.method.rules import RULES, Rule
from pilot_eval.plugin.base_type import API, BaseType, Compiled
from pilot_eval.plugin.tables import TableSpec
from pilot_eval.text import Text

ACCEPTED_API = (API - 1, API)
"""The interface's version and the one before it; plugins for the older one are told to move on."""

ONLY = "PILOT_EVAL_PLUGINS"
"""Environment variable: names of the plugins to load, parted by commas; all of them where it isn't set."""

PATIENCE = "PILOT_EVAL_PLUGIN_SECONDS"
"""Environment variable: how long the loading of one plugin may take (20 seconds by default)."""

OWN_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".json", ".yaml", ".yml", ".zip"})

State = Literal["ok", "deprecated", "failed", "off"]
Trace = Callable[[str], None]


@dataclass
class PluginStatus:
    """One installed plugin: where it came from, what it provides, what is wrong with it."""

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


@dataclass
class Registry:
    """What the plugins provide that works, and the status of every plugin."""

    plugins: list[PluginStatus] = field(default_factory=list)
    base_types: dict[str, Compiled] = field(default_factory=dict)
    rules: dict[str, type[Rule]] = field(default_factory=lambda: dict(RULES))
    readers: dict[str, Reader] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    exporters: dict[str, Exporter] = field(default_factory=dict)

    def status_of(self, base_type: str) -> PluginStatus | None:
        """The plugin that provides (or failed to provide) a base type."""
        claims = [plugin for plugin in self.plugins if base_type in plugin.base_types or plugin.name == base_type]
        return next((each for each in claims if each.ok and each.on), claims[0] if claims else None)

    def vocabulary(self) -> tuple[dict[str, Vocabulary], Vocabulary]:
        """What a method may name: for each base type, and what all have in common."""
        known = {name: _vocabulary(compiled) for name, compiled in self.base_types.items()}
        shared = BaseType("common", zh="共性", api=API).compiled
        return known, _vocabulary(shared)


def _vocabulary(compiled: Compiled) -> Vocabulary:
    return Vocabulary(
        measures={name: measure.spec.unit for name, measure in compiled.measures.items()},
        tables_of={name: compiled.tables_of(name) for name in compiled.measures},
        codes=frozenset(_codes(compiled.tables.values())),
        tables=frozenset(compiled.tables),
    )


def _codes(tables: Iterable[TableSpec]) -> Iterable[str]:
    return (column.codes for table in tables for column in table.columns if column.codes)


def discover(trace: Trace | None = None) -> Registry:
    """Load every installed plugin that isn't switched off; one that fails is kept with its cause, the others go on.

    `trace` is told every hook call. Raises UsageError where PILOT_EVAL_PLUGINS names a plugin that isn't installed.
    """
    asked = os.environ.get(ONLY)
    only = None if asked is None else [name.strip() for name in asked.split(",") if name.strip()]
    return load(entry_points(group=hookspecs.ENTRY_POINTS), only, trace)


def load(found: Iterable[EntryPoint], only: Sequence[str] | None = None, trace: Trace | None = None) -> Registry:
    """Load the given entry points, sorted by name and module; with `only`, just those named."""
    entries = sorted(found, key=lambda each: (each.name, each.value))
    names = [entry.name for entry in entries]
    for name in only or ():
        if name not in names:
            what = Text(zh="插件", en="plugin")
            raise UsageError.of("usage-unknown", what=what, name=name, suggestion=did_you_mean(name, names))
    registry = Registry()
    offers: list[tuple[PluginStatus, _Offer]] = []
    for entry in entries:
        package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("?", "?")
        status = PluginStatus(entry.name, package, version, entry.value)
        registry.plugins.append(status)
        if only is not None and entry.name not in only:
            status.on = False
            continue
        try:
            with _time_limit():
                offer = _ask(entry, trace)
        except PilotEvalError as error:
            status.findings = tuple(_named(each, status) for each in error.findings)
            continue
        status.base_types = tuple(each.id for each in offer.base_types)
        offers.append((status, offer))
    _take_base_types(registry, offers)
    _take_others(registry, offers)
    return registry


@dataclass
class _Offer:
    """What one plugin's hooks gave."""

    base_types: list[BaseType] = field(default_factory=list)
    rules: list[type[Rule]] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    exporters: list[Exporter] = field(default_factory=list)


def _named(each: Finding, status: PluginStatus) -> Finding:
    """A finding that names the plugin, its package and version."""
    by = f"{status.name} ({status.package} {status.version})"
    message = Text(zh=f"插件 {by}：{each.message.zh}", en=f"plugin {by}: {each.message.in_('en')}")
    return each.model_copy(update={"message": message})


# --- asking one plugin


def _ask(entry: EntryPoint, trace: Trace | None) -> _Offer:
    """Import a plugin and call its hooks. Raises PilotEvalError for whatever goes wrong."""
    module = _guarded("plugin-import-failed", entry.load)
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)

    def register() -> None:
        manager.register(module, name=entry.name)
        manager.check_pending()

    _guarded("plugin-hook", register)
    if trace is not None:
        manager.add_hookcall_monitoring(
            lambda name, methods, arguments: None,
            lambda outcome, name, methods, arguments: trace(f"{entry.name}: {name} → {_shown(outcome)}"),
        )
    offer = _Offer(
        base_types=_items(manager, "pilot_eval_base_types", "BaseType", _is_base_type),
        rules=_items(manager, "pilot_eval_rules", "type[Rule]", _is_rule),
        readers=_items(manager, "pilot_eval_readers", "Reader", lambda each: isinstance(each, Reader)),
        sections=_items(manager, "pilot_eval_sections", "Section", lambda each: isinstance(each, Section)),
        exporters=_items(manager, "pilot_eval_exporters", "Exporter", lambda each: isinstance(each, Exporter)),
    )
    if offer == _Offer():
        raise PilotEvalError.of("plugin-nothing")
    for base_type in offer.base_types:
        if base_type.api not in ACCEPTED_API:
            known = ", ".join(map(str, ACCEPTED_API))
            raise PilotEvalError.of("plugin-api", given=base_type.api, known=known)
    return offer


def _guarded(code: str, call: Callable[[], Any]) -> Any:
    """Run a plugin's code; whatever it raises becomes a finding at the author's line."""
    try:
        return call()
    except (PilotEvalError, KeyboardInterrupt):
        raise
    except BaseException as error:  # an import can raise anything, SystemExit included
        place = Place(file=error.filename, line=error.lineno) if isinstance(error, SyntaxError) else _last_line(error)
        raise PilotEvalError.of(code, place, cause=f"{type(error).__name__}: {error}") from error


def _last_line(error: BaseException) -> Place:
    """Where the plugin's own code stood when it failed: the innermost frame that isn't ours or the library's."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if not each.filename.startswith(("<", sys.prefix, sys.base_prefix, _HERE))]
    return Place(file=own[-1].filename, line=own[-1].lineno) if own else Place()


_HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120  frames hold plain strings


def _items(manager: pluggy.PluginManager, hook: str, kind: str, fits: Callable[[Any], bool]) -> list[Any]:
    answers = _guarded("plugin-hook", getattr(manager.hook, hook))
    items: list[Any] = []
    for answer in answers:
        if not isinstance(answer, (list, tuple)) or not all(map(fits, answer)):
            given = type(answer).__name__
            if isinstance(answer, (list, tuple)):
                given = f"{given}[{', '.join(sorted({type(each).__name__ for each in answer}))}]"
            raise PilotEvalError.of("plugin-hook-result", hook=hook, kind=kind, given=given)
        items += answer
    return items


def _is_base_type(each: object) -> bool:
    return isinstance(each, BaseType) and isinstance(each.id, str)


def _is_rule(each: object) -> bool:
    return isinstance(each, type) and issubclass(each, Rule) and isinstance(getattr(each, "kind", None), str)


def _shown(outcome: Any) -> str:
    try:
        answers = outcome.get_result()
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    names = [str(getattr(each, "id", None) or getattr(each, "kind", each)) for answer in answers for each in answer]
    return ", ".join(names) or "—"


@contextmanager
def _time_limit() -> Iterator[None]:
    """End an endless import or hook. Raises PilotEvalError; needs the main thread, without it there is no limit."""
    seconds = float(os.environ.get(PATIENCE, "20"))
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise PilotEvalError.of("plugin-too-slow", seconds=f"{seconds:g}")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# --- what they offer, together


def _take_base_types(registry: Registry, offers: Iterable[tuple[PluginStatus, _Offer]]) -> None:
    claims: dict[str, list[tuple[PluginStatus, BaseType]]] = {}
    for status, offer in offers:
        for base_type in offer.base_types:
            claims.setdefault(base_type.id, []).append((status, base_type))
    for name, claimed in sorted(claims.items()):
        if len(claimed) > 1:
            _clash(name, [status for status, _ in claimed])
            continue
        status, base_type = claimed[0]
        try:
            with _time_limit():  # its measures are the plugin's code too
                registry.base_types[name] = _guarded("plugin-hook", partial(getattr, base_type, "compiled"))
        except PilotEvalError as error:
            status.findings += tuple(_named(each, status) for each in error.findings)
            continue
        if base_type.api < API:
            old = finding("plugin-api-old", given=base_type.api, now=API)
            status.notices += (_named(old, status),)


def _take_others(registry: Registry, offers: Sequence[tuple[PluginStatus, _Offer]]) -> None:
    """Rules, readers, sections and exporters: a name that is taken is a clash."""
    kinds: list[tuple[str, str, dict[str, Any], Iterable[str]]] = [
        ("rule", "kind", registry.rules, RULES),
        ("reader", "suffix", registry.readers, OWN_SUFFIXES),
        ("section", "id", registry.sections, ()),
        ("exporter", "id", registry.exporters, ()),
    ]
    for kind, key, taken, ours in kinds:
        claims: dict[str, list[tuple[PluginStatus, Any]]] = {}
        for status, offer in offers:
            for each in getattr(offer, f"{kind}s"):
                claims.setdefault(getattr(each, key), []).append((status, each))
        for name, claimed in sorted(claims.items()):
            if len(claimed) > 1 or name in ours:
                _clash(f"{kind} {name}", [status for status, _ in claimed], ours=name in ours)
                continue
            status, each = claimed[0]
            taken[name] = each
            status.provides += (f"{kind} {name}",)


def _clash(name: str, claimed: Sequence[PluginStatus], *, ours: bool = False) -> None:
    plugins = ", ".join([*(f"{each.name} ({each.package})" for each in claimed), *(["pilot-eval"] if ours else [])])
    for status in claimed:
        status.findings += (_named(finding("plugin-clash", name=name, plugins=plugins), status),)
