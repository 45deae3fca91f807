"""Loads one plugin in its own guard: what its hooks give, or what is wrong with it and on which line."""

import importlib.util
import inspect
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, TypeVar

import pluggy

from pilot_eval import hookspecs
from pilot_eval.errors import Finding, PilotEvalError, Place, did_you_mean, finding
from pilot_eval.extensions import Exporter, Reader, Section
from pilot_eval.method.rules import Rule
from pilot_eval.plugin.base_type import API, BaseType

ACCEPTED_API = (API - 1, API)
"""The interface's version and the one before it; plugins for the older one are told to move on."""

LEAVES = {1: ("0.3", "2027-12-31")}
"""For each older version that is still taken: the release that ends it, and a day before which that won't come."""

PATIENCE = "PILOT_EVAL_PLUGIN_SECONDS"
"""Environment variable: how long an import or a hook of a plugin may take (20 seconds by default)."""

Trace = Callable[[str], None]
T = TypeVar("T")


@dataclass
class Offer:
    """What one plugin's hooks gave, and where each hook stands."""

    home: "Home"
    base_types: list[BaseType] = field(default_factory=list)
    rules: list[type[Rule]] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    exporters: list[Exporter] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Home:
    """Where a plugin's own code lies, to tell its lines from everybody else's."""

    entry: EntryPoint

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The folders and files of the package that the entry point names; none where it isn't there."""
        try:
            spec = importlib.util.find_spec(self.entry.module.partition(".")[0])
        except (ImportError, ValueError):
            return ()
        if spec is None:
            return ()
        folders = (f"{folder}{os.sep}" for folder in spec.submodule_search_locations or ())
        return (*folders, *([spec.origin] if spec.origin else []))

    def line_of(self, error: BaseException) -> Place:
        """The innermost line of the plugin's own code that an error went through; else the line that names it."""
        if isinstance(error, SyntaxError):
            return Place(file=error.filename, line=error.lineno)
        frames = traceback.extract_tb(error.__traceback__)
        own = [each for each in frames if self.roots and each.filename.startswith(self.roots)]
        return Place(file=own[-1].filename, line=own[-1].lineno) if own else self.entry_line

    @cached_property
    def entry_line(self) -> Place:
        """The line of the installed distribution that names the plugin's module."""
        files = (self.entry.dist.files or []) if self.entry.dist else []
        for path in (Path(str(file.locate())) for file in files if file.name == "entry_points.txt"):
            if path.is_file():
                lines = path.read_text("utf-8").splitlines()
                at = next((number for number, text in enumerate(lines, 1) if self.entry.value in text), None)
                return Place(file=str(path), line=at)
        return Place()

    def guarded(self, code: str, call: Callable[[], T], place: Place | None = None) -> T:
        """Run the plugin's code; whatever it raises, and an endless run, becomes a finding at the author's line.

        `place` is given to a finding whose line isn't known otherwise. Raises PilotEvalError.
        """
        try:
            with _time_limit(), redirect_stdout(sys.stderr):  # what it prints must not get into our output
                return call()
        except KeyboardInterrupt:
            raise
        except _LateError as error:
            raise PilotEvalError.of("plugin-too-slow", self.line_of(error), seconds=f"{_patience():g}") from None
        except PilotEvalError as error:
            where = place or self.line_of(error)
            placed = (each if each.place.file else each.model_copy(update={"place": where}) for each in error.findings)
            raise PilotEvalError(placed) from error
        except BaseException as error:  # an import can raise anything, SystemExit included
            raise PilotEvalError([self._failed(code, error)]) from error

    def _failed(self, code: str, error: BaseException) -> Finding:
        missing = error.name if isinstance(error, ModuleNotFoundError) else None
        if missing and f"{self.entry.module}.".startswith(f"{missing}."):
            return finding("plugin-no-module", self.entry_line, module=self.entry.module)
        return finding(code, self.line_of(error), cause=f"{type(error).__name__}: {error}")


class _LateError(BaseException):
    """The time for loading is over; no Exception, so that a plugin's own `except Exception` doesn't take it."""


def _patience() -> float:
    return float(os.environ.get(PATIENCE, "20"))


@contextmanager
def _time_limit() -> Iterator[None]:
    """End an endless import or hook. Raises _LateError; needs the main thread, without it there is no limit."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise _LateError

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, _patience(), 1.0)  # again: Python drops what is raised in a __del__
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# --- asking


def ask(entry: EntryPoint, trace: Trace | None) -> Offer:
    """Import a plugin and call its hooks. Raises PilotEvalError for whatever goes wrong."""
    home = Home(entry)
    module = home.guarded("plugin-import-failed", entry.load)
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    marked = home.guarded("plugin-hook", lambda: _marked(module))
    _check_hooks(marked)
    home.guarded("plugin-hook", lambda: manager.register(module, name=entry.name))
    if trace is not None:
        manager.add_hookcall_monitoring(
            lambda name, methods, arguments: None,
            lambda outcome, name, methods, arguments: trace(f"{entry.name}: {name} → {_shown(outcome)}"),
        )
    offer = Offer(home)
    for kind, (said, fits) in _KINDS.items():
        hook = f"{hookspecs.PREFIX}{kind}"
        offer.places[kind] = _place(marked[hook]) if hook in marked else home.entry_line
        answers = home.guarded("plugin-hook", getattr(manager.hook, hook))
        setattr(offer, kind, _items(hook, said, fits, answers, offer.places[kind]))
    _check_offer(offer, module)
    return offer


def _marked(module: Any) -> dict[str, Any]:
    """The functions that are marked as hooks, by name."""
    found = {name: getattr(module, name) for name in dir(module)}
    return {name: each for name, each in found.items() if inspect.isroutine(each) and hasattr(each, _MARK)}


_MARK = f"{hookspecs.PROJECT}_impl"


def _check_hooks(marked: dict[str, Any]) -> None:
    """Raise PilotEvalError for a function marked as a hook that isn't one, or that wants arguments."""
    known = [f"{hookspecs.PREFIX}{kind}" for kind in _KINDS]
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
                given = f"{given}[{', '.join(sorted({type(each).__name__ for each in answer}))}]"
            raise PilotEvalError.of("plugin-hook-result", place, hook=hook, kind=kind, given=given)
        items += answer
    return items


def _check_offer(offer: Offer, module: Any) -> None:
    """Raise PilotEvalError for a plugin that provides nothing, or what can't be used."""
    if not any(getattr(offer, kind) for kind in _KINDS):
        raise PilotEvalError.of("plugin-nothing", Place(file=getattr(module, "__file__", None), line=1))
    known = ", ".join(map(str, ACCEPTED_API))
    findings = [
        finding("plugin-api", offer.places["base_types"], name=each.id, given=each.api, known=known)
        for each in offer.base_types
        if each.api not in ACCEPTED_API
    ]
    findings += [
        finding("plugin-reader", offer.places["readers"], suffix=each.suffix)
        for each in offer.readers
        if not _can_travel(each)
    ]
    if findings:
        raise PilotEvalError(findings)


def _can_travel(reader: Reader) -> bool:
    """Whether the child process that opens files can find a reader's function by its name."""
    try:
        pickle.dumps(reader)
    except Exception:  # each object has reasons of its own
        return False
    return True


def _is_rule(each: object) -> bool:
    return isinstance(each, type) and issubclass(each, Rule) and isinstance(getattr(each, "kind", None), str)


def _is_reader(each: object) -> bool:
    return isinstance(each, Reader) and each.suffix.startswith(".") and each.suffix == each.suffix.lower()


_KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "base_types": ("BaseType", lambda each: isinstance(each, BaseType) and isinstance(each.id, str)),
    "rules": ("type[Rule]", _is_rule),
    "readers": ("Reader", _is_reader),
    "sections": ("Section", lambda each: isinstance(each, Section)),
    "exporters": ("Exporter", lambda each: isinstance(each, Exporter)),
}
"""What a hook's list holds, by the end of the hook's name."""


def _shown(outcome: Any) -> str:
    try:
        answers = outcome.get_result()
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    items = [each for answer in answers if isinstance(answer, (list, tuple)) for each in answer]
    names = [str(getattr(each, "id", None) or getattr(each, "kind", each)) for each in items]
    return ", ".join(names) or "—"
