"""Loads one plugin in its own guard: what its hooks return, or what is wrong with it and on which line.

In: an entry point.
Out: what the plugin offers, or findings.
"""

import importlib.util
import inspect
import os
import pickle
import re
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, TypeVar

import pluggy

from pilot_eval.errors import Finding, PilotEvalError, Place, did_you_mean, finding
from pilot_eval.extensions import Exporter, Reader, Section
from pilot_eval.guard import LateError, guarded, time_limit
from pilot_eval.method.rules import Rule
from pilot_eval.plugin import hooks
from pilot_eval.plugin.base_type import API, BaseType
from pilot_eval.text import Words, both, joined

ACCEPTED_API = (API - 1, API)
"""The interface's version and the previous one; plugins for the previous one get a warning to upgrade."""

DROPPED_IN = {1: ("0.3", "2027-12-31")}
"""For each older version still supported: the release that drops it, and the earliest date of that release."""

_MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")

Trace = Callable[[str], None]
T = TypeVar("T")


@dataclass
class Offer:
    """What one plugin's hooks returned, and where each hook is defined."""

    home: "Home"
    base_types: list[BaseType] = field(default_factory=list)
    rules: list[type[Rule]] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    exporters: list[Exporter] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Home:
    """Where a plugin's own code is, to tell its lines from those of other packages."""

    entry: EntryPoint

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Return the folders and files of the package that the entry point names; none if it is missing."""
        if not _MODULE.fullmatch(self.entry.value):
            return ()
        try:
            spec = importlib.util.find_spec(self.entry.module.partition(".")[0])
        except (ImportError, ValueError):
            return ()
        if spec is None:
            return ()
        folders = (f"{folder}{os.sep}" for folder in spec.submodule_search_locations or ())
        return (*folders, *([spec.origin] if spec.origin else []))

    def line_of(self, error: BaseException) -> Place:
        """Return the innermost traceback line in the plugin's own code, else the line that names the plugin."""
        if isinstance(error, SyntaxError):
            return Place(file=error.filename, line=error.lineno)
        frames = traceback.extract_tb(error.__traceback__)
        own = [each for each in frames if self.roots and each.filename.startswith(self.roots)]
        return Place(file=own[-1].filename, line=own[-1].lineno) if own else self.entry_line

    @cached_property
    def entry_line(self) -> Place:
        """Return the line of the distribution's `entry_points.txt` that names the plugin's module."""
        files = (self.entry.dist.files or []) if self.entry.dist else []
        for path in (Path(str(file.locate())) for file in files if file.name == "entry_points.txt"):
            if path.is_file():
                lines = path.read_text("utf-8").splitlines()
                at = next((number for number, text in enumerate(lines, 1) if self.entry.value in text), None)
                return Place(file=str(path), line=at)
        return Place()

    def guarded(self, code: str, call: Callable[[], T], place: Place | None = None) -> T:
        """Run the plugin's code; an exception or an endless run becomes a finding at the author's line.

        `place` is used if that line isn't known. Raises PilotEvalError.
        """

        def fault(error: BaseException, cause: Words) -> PilotEvalError:
            if isinstance(error, LateError):
                return PilotEvalError.of("plugin-too-slow", self.line_of(error), seconds=f"{time_limit():g}")
            return PilotEvalError([self._failed(code, error, cause)])

        try:
            return guarded(call, fault)
        except PilotEvalError as error:
            where = place or self.line_of(error)
            placed = (each if each.place.file else each.model_copy(update={"place": where}) for each in error.findings)
            raise PilotEvalError(placed) from error

    def _failed(self, code: str, error: BaseException, cause: Words) -> Finding:
        missing = error.name if isinstance(error, ModuleNotFoundError) else None
        if missing and f"{self.entry.module}.".startswith(f"{missing}."):
            return finding("plugin-no-module", self.entry_line, module=self.entry.module)
        return finding(code, self.line_of(error), cause=cause)


# --- hooks


def ask(entry: EntryPoint, trace: Trace | None) -> Offer:
    """Import a plugin and call its hooks. Raises PilotEvalError if anything goes wrong."""
    home = Home(entry)
    if not _MODULE.fullmatch(entry.value):
        raise PilotEvalError.of("plugin-entry", home.entry_line, name=entry.name, value=entry.value)
    module = home.guarded("plugin-import-failed", entry.load)
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    marked = home.guarded("plugin-hook", lambda: _hook_marked(module))
    _check_unmarked(module, marked)
    _check_hooks(marked)
    home.guarded("plugin-hook", lambda: manager.register(module, name=entry.name))
    if trace is not None:
        manager.add_hookcall_monitoring(
            lambda name, methods, arguments: None,
            lambda outcome, name, methods, arguments: trace(f"{entry.name}: {name} → {_trace_line(outcome)}"),
        )
    offer = Offer(home)
    for kind, (said, fits) in _KINDS.items():
        hook = f"{hooks.PREFIX}{kind}"
        offer.places[kind] = _place(marked[hook]) if hook in marked else home.entry_line
        answers = home.guarded("plugin-hook", getattr(manager.hook, hook))
        setattr(offer, kind, _items(hook, said, fits, answers, offer.places[kind]))
    _check_offer(offer, module)
    return offer


def _hook_marked(module: Any) -> dict[str, Any]:
    """Return the functions that are marked as hooks, by name."""
    found = {name: getattr(module, name) for name in dir(module)}
    return {name: each for name, each in found.items() if inspect.isroutine(each) and hasattr(each, _MARK)}


_MARK = f"{hooks.PROJECT}_impl"


def _check_unmarked(module: Any, marked: dict[str, Any]) -> None:
    """Raise PilotEvalError for a function that has a hook's name but not its mark, and so is never called."""
    findings = [
        finding("plugin-hook-unmarked", _place(each), hook=name)
        for name, each in vars(module).items()
        if name.startswith(hooks.PREFIX) and inspect.isfunction(each) and name not in marked
    ]
    if findings:
        raise PilotEvalError(findings)


def _check_hooks(marked: dict[str, Any]) -> None:
    """Raise PilotEvalError for a marked function that is no known hook, or that takes arguments."""
    known = [f"{hooks.PREFIX}{kind}" for kind in _KINDS]
    findings = [
        finding("plugin-unknown-hook", _place(each), hook=name, suggestion=did_you_mean(name, known))
        for name, each in marked.items()
        if name not in known
    ]
    findings += [
        finding("plugin-hook-arguments", _place(each), hook=name)
        for name, each in marked.items()
        if name in known and inspect.signature(each).parameters
    ]
    if findings:
        raise PilotEvalError(findings)


def _place(function: Any) -> Place:
    code = inspect.unwrap(function).__code__
    return Place(file=code.co_filename, line=code.co_firstlineno)


def _items(hook: str, kind: str, fits: Callable[[Any], bool], answers: Iterable[Any], place: Place) -> list[Any]:
    items: list[Any] = []
    for answer in answers:
        if not isinstance(answer, (list, tuple)) or not all(map(fits, answer)):
            given = type(answer).__name__
            if isinstance(answer, (list, tuple)):
                given = f"{given}[{', '.join(sorted({_type_name(each) for each in answer}))}]"
            raise PilotEvalError.of("plugin-hook-result", place, hook=hook, kind=kind, given=given)
        items += answer
    return items


def _type_name(each: object) -> str:
    return f"type[{each.__name__}]" if isinstance(each, type) else type(each).__name__


def _check_offer(offer: Offer, module: Any) -> None:
    """Raise PilotEvalError for a plugin that provides nothing, or something that can't be used."""
    if not any(getattr(offer, kind) for kind in _KINDS):
        raise PilotEvalError.of("plugin-nothing", Place(file=getattr(module, "__file__", None), line=1))
    known = joined(both(str(each)) for each in ACCEPTED_API)
    findings = [
        finding("plugin-api", offer.places["base_types"], name=each.id, given=each.api, known=known)
        for each in offer.base_types
        if each.api not in ACCEPTED_API
    ]
    for kind, look in _FAULTS.items():
        for each in getattr(offer, kind):
            findings += [
                finding("plugin-item", offer.places[kind], item=_shown_item(each), problem=problem)
                for problem in look(each)
            ]
    if not findings:
        findings += [
            finding("plugin-reader", offer.places["readers"], suffix=each.suffix)
            for each in offer.readers
            if not _is_picklable(each)
        ]
    if findings:
        raise PilotEvalError(findings)


def _is_picklable(reader: Reader) -> bool:
    """Return whether the child process that opens files can import a reader's function."""
    try:
        pickle.dumps(reader)
    except Exception:  # pickling can raise any exception
        return False
    return True


_KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "base_types": ("BaseType", lambda each: isinstance(each, BaseType) and isinstance(each.id, str)),
    "rules": ("type[Rule]", lambda each: isinstance(each, type) and issubclass(each, Rule)),
    "readers": ("Reader", lambda each: isinstance(each, Reader)),
    "sections": ("Section", lambda each: isinstance(each, Section)),
    "exporters": ("Exporter", lambda each: isinstance(each, Exporter)),
}
"""The type of a hook's items, by the end of the hook's name."""

_ID = re.compile("[a-z][a-z0-9_]{0,59}")
_SUFFIX = re.compile(r"(\.[a-z0-9_-]{1,20}){1,3}")


def _faults_of_rule(rule: type[Rule]) -> Iterable[Words]:
    yield from _unless(_ID, rule, "kind", "square_root")
    for name in ("share", "sentence"):
        if getattr(rule, name) is getattr(Rule, name):
            yield Words(zh=f"缺少 {name}()", en=f"it has no {name}()")


def _faults_of_reader(reader: Reader) -> Iterable[Words]:
    yield from _unless(_SUFFIX, reader, "suffix", ".bars")
    yield from _unless_callable(reader, "read")


def _faults_of_section(section: Section) -> Iterable[Words]:
    yield from _unless(_ID, section, "id", "nearest")
    yield from _unless_words(section, "title")
    for name in ("on_pilot", "on_overview"):
        if getattr(section, name) is not None:
            yield from _unless_callable(section, name)


def _faults_of_exporter(exporter: Exporter) -> Iterable[Words]:
    yield from _unless(_ID, exporter, "id", "totals")
    yield from _unless(_SUFFIX, exporter, "suffix", ".txt")
    yield from _unless_words(exporter, "label")
    yield from _unless_callable(exporter, "export")


_FAULTS: dict[str, Callable[[Any], Iterable[Words]]] = {
    "rules": _faults_of_rule,
    "readers": _faults_of_reader,
    "sections": _faults_of_section,
    "exporters": _faults_of_exporter,
}
"""What is wrong with a hook's item; base types are checked when they are declared."""


def _unless(form: re.Pattern[str], item: object, name: str, example: str) -> Iterable[Words]:
    given = getattr(item, name, None)
    if not isinstance(given, str) or not form.fullmatch(given):
        yield Words(
            zh=f"{name} 是 {given!r}，应类似 {example!r}", en=f"{name} is {given!r}; it should look like {example!r}"
        )


def _unless_words(item: object, name: str) -> Iterable[Words]:
    if not isinstance(getattr(item, name), Words):
        yield Words(zh=f'{name} 应写成 Words(zh="…", en="…")', en=f'{name} should be Words(zh="…", en="…")')


def _unless_callable(item: object, name: str) -> Iterable[Words]:
    if not callable(getattr(item, name)):
        yield Words(zh=f"{name} 应为函数", en=f"{name} should be a function")


def _shown_item(each: object) -> str:
    """Return the name of a hook's item as users see it."""
    names = (getattr(each, name, None) for name in ("id", "kind", "suffix"))
    return next((name for name in names if isinstance(name, str) and name), _type_name(each))


def _trace_line(outcome: Any) -> str:
    try:
        answers = outcome.get_result()
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    items = [each for answer in answers if isinstance(answer, (list, tuple)) for each in answer]
    return ", ".join(map(_shown_item, items)) or "—"
