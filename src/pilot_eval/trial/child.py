"""The process in which plugins are loaded for trial, each in a fork: writes to a file what it noticed of which.

Its argument is a file of JSON; each line that it writes is the name of a step and its data (see `trying`). Where there
is no fork, it is given one plugin.
"""

import _thread
import ctypes
import faulthandler
import importlib
import multiprocessing
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from json import dumps, loads
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from pilot_eval.errors import Finding, PilotEvalError, Place, finding
from pilot_eval.frames import INNER
from pilot_eval.loading import Home, Offer, ask
from pilot_eval.plugin import hooks
from pilot_eval.plugin.base_type import BaseType
from pilot_eval.plugin.columns import Flag
from pilot_eval.plugin.compiling import Compiled, compile_type
from pilot_eval.plugin.figures import Figure, Levels
from pilot_eval.plugin.intervals import Trio
from pilot_eval.text import both, joined
from pilot_eval.trial import shared_state
from pilot_eval.trial.asking import Asking
from pilot_eval.trial.shared_state import FAILED, PROFILE, Key

_SOON = 1.0
"""Seconds within which a thread that was started may still end by itself."""

_STARTS = {
    "os.fork": "process", "os.forkpty": "process", "os.posix_spawn": "process", "subprocess.Popen": "process",
    "os.kill": "kill",
}  # fmt: skip
"""What Python says that it is about to do, and what we remember the author's line for."""

_PDEATHSIG, _CHILD_SUBREAPER = 1, 36
"""Settings of a process (prctl(2))."""

Declared = tuple[str, dict[str, Any]]
"""What is declared, as text that is the same in every process, and its place."""

_exit, _getpid, _write = os._exit, os.getpid, os.write  # ours, whatever a plugin makes of them; so is `dumps`
_own = [_getpid()]


class _Watch:
    """What the plugin that is loaded does, and on which of its lines."""

    def __init__(self, out: Path) -> None:
        self._out = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.home: Home | None = None
        self.asking: Asking | None = None
        self.lines: dict[str, Place] = {}
        self.threads: dict[threading.Thread, Place] = {}
        self.ended: Finding | None = None
        os._exit = self._refuse_exit  # type: ignore[assignment]
        sys.addaudithook(self._heard)
        start = threading.Thread.start

        def started(thread: threading.Thread) -> None:
            self.threads[thread] = self._here
            start(thread)

        threading.Thread.start = started  # type: ignore[method-assign, assignment]

    def say(self, step: str, data: object = None) -> None:
        if _getpid() in _own:  # another fork of this process has nothing to say
            _write(self._out, f"{dumps([step, data])}\n".encode())

    def _refuse_exit(self, code: int) -> NoReturn:
        if _getpid() not in _own:
            _exit(code)
        self.ended = finding("plugin-ends", self._here, how=both(f"os._exit({code})"))
        raise SystemExit(code)

    def _heard(self, event: str, given: Sequence[Any]) -> None:
        if event == "sys.addaudithook" and self.home is not None:
            shared_state.audit_hooks.append(event)
        if self.asking is not None:
            self.asking.heard(event)
        what = _STARTS.get(event)
        if what is None or self.home is None or _getpid() not in _own:
            return
        self.lines[what] = self._here
        if what == "kill":
            self.say("at", self.lines[what].model_dump())

    @property
    def _here(self) -> Place:
        """Return the line of the plugin that is being executed, else the one that names the plugin."""
        if self.home is None:
            return Place()
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and not is_own(frame, self.home):
            frame = frame.f_back
        return self.home.entry_line if frame is None else Place(file=frame.f_code.co_filename, line=frame.f_lineno)


def _is_of(module: str, home: Home) -> bool:
    """Return whether a module is the plugin's own; so is what has no file, which nobody can import."""
    file = getattr(getattr(sys.modules[module], "__spec__", None), "origin", None) or ""
    return not file or file.startswith(home.roots or ("/",))


def is_own(frame: FrameType, home: Home) -> bool:
    return bool(home.roots) and frame.f_code.co_filename.startswith(home.roots)


class _Tracer:
    """Finds the lines of a plugin on which something shared is changed."""

    def __init__(self, home: Home, keys: Iterable[Key], before: dict[Key, Any]) -> None:
        self._home, self._open, self._before = home, list(keys), before
        self.last: Place | None = None
        self.found: dict[Key, Place] = {}

    def __call__(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._step if is_own(frame, self._home) else None

    def _step(self, frame: FrameType, event: str, argument: object) -> Any:
        self.look()
        self.last = Place(file=frame.f_code.co_filename, line=frame.f_lineno)
        return self._step

    def look(self) -> None:
        for key in list(self._open):
            if not shared_state.is_same(key, self._before):
                self._open.remove(key)
                self.found[key] = self.last or self._home.entry_line


def _bind_to_family() -> None:
    """Ask the system to end this process when its parent ends, and to give it the orphans below it (Linux: prctl(2)).

    So nothing outlives it: neither what a plugin loops in, nor a process that left its parent to stay.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            control = ctypes.CDLL(None).prctl
            control(_PDEATHSIG, signal.SIGKILL)
            control(_CHILD_SUBREAPER, 1)


def main() -> None:
    _bind_to_family()
    asked = loads(Path(sys.argv[1]).read_text("utf-8"))
    sys.path[:] = asked["path"]
    watch = _Watch(Path(asked["out"]))
    fault = Path(asked["fault"])
    stream = fault.open("w")
    faulthandler.enable(stream)
    if asked["later"]:
        real = time.time
        time.time = lambda: real() + asked["later"]
    known = {(each.name, each.value): each for each in entry_points(group=hooks.ENTRY_POINTS)}
    for name, value, keys, modules in asked["entries"]:
        watch.say("loading", [name, value])
        entry = known.get((name, value)) or EntryPoint(name, value, hooks.ENTRY_POINTS)
        trial = partial(_tried, entry, watch, [tuple(key) for key in keys], modules, later=bool(asked["later"]))
        if not hasattr(os, "fork"):
            watch.say("loaded", trial())
        elif child := os.fork():
            _, status = os.waitpid(child, 0)
            watch.say("ended", [os.waitstatus_to_exitcode(status), fault.read_text("utf-8", "replace")])
            os.truncate(fault, 0)
        else:
            _bind_to_family()
            _own[:] = [_getpid()]
            watch.say("loaded", trial())
            break
    _exit(0)  # without waiting for threads


def _tried(entry: EntryPoint, watch: _Watch, keys: list[Key], modules: list[str], *, later: bool) -> dict[str, Any]:
    home = watch.home = Home(entry)
    watch.lines.clear()
    for module in modules:
        with suppress(BaseException):  # whatever it needs that isn't there yet
            importlib.import_module(module)
    loaded = set(sys.modules)
    threads, count = set(threading.enumerate()), _thread._count()
    watch.asking = asking = Asking(home)
    before = shared_state.now()
    before[PROFILE] = profile = None if later else asking.profile  # what it asks, it asks the first time
    sys.setprofile(profile)
    tracer = _Tracer(home, keys, before)
    if keys:
        sys.settrace(tracer)
    offer, made = _loaded(entry)
    sys.settrace(None)
    tracer.look()
    if sys.getprofile() is profile:
        before[PROFILE] = None
    sys.setprofile(None)
    changes = shared_state.changed(before)
    watch.home = watch.asking = None
    ended = [watch.ended] if watch.ended else []
    found = [*ended, *_left(watch, home, threads, count, asking.thread), *asking.found]
    return {
        "findings": [each.model_dump(mode="json") for each in found],
        "base_types": [each.id for each in offer.base_types] if offer else [],
        "declared": made,
        "changes": changes,
        "modules": [name for name in sys.modules if name not in loaded and not _is_of(name, home)],
        "lines": [[key, place.model_dump()] for key, place in tracer.found.items()],
    }


def _left(watch: _Watch, home: Home, before: set[threading.Thread], count: int, started: Place) -> Iterator[Finding]:
    """Report threads and processes that the plugin leaves running.

    `count` is how many threads there were; `started` is where the last one was started.
    """
    until = time.monotonic() + _SOON
    threads = [each for each in threading.enumerate() if each not in before]
    for each in threads:
        each.join(max(0.0, until - time.monotonic()))
    alive = [each for each in threads if each.is_alive()]
    if alive:
        place = watch.threads.get(alive[0], home.entry_line)
        yield finding("plugin-leaves-thread", place, threads=joined(both(each.name) for each in alive))
    elif _stays(lambda: _thread._count() > count, until):
        yield finding("plugin-leaves-thread", started, threads="_thread.start_new_thread()")
    if _has_children():
        yield finding("plugin-leaves-process", watch.lines.get("process", home.entry_line))
        _end_children()


def _stays(holds: Callable[[], bool], until: float) -> bool:
    while (held := holds()) and time.monotonic() < until:
        time.sleep(0.01)
    return held


def _has_children() -> bool:
    if not hasattr(os, "waitpid") or not hasattr(os, "WNOHANG"):
        return bool(multiprocessing.active_children())
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
        return True
    return False


def _end_children() -> None:
    """End what the plugin started, and what came to us as its parents ended."""
    with suppress(OSError):  # none is left, or the system doesn't tell
        while True:
            lists = [each.read_text() for each in Path("/proc/self/task").glob("*/children")]
            for child in map(int, " ".join(lists).split()):
                os.kill(child, signal.SIGKILL)
            os.waitpid(-1, 0 if any(lists) else os.WNOHANG)
            if not any(lists):
                return


# --- what a plugin declares


def _loaded(entry: EntryPoint) -> tuple[Offer | None, dict[str, Declared]]:
    """Load the plugin; return what it offers, and what each thing is that its base types declare.

    What merely fails will be found again when it is loaded in earnest; here it only has to fail in every process.
    """
    made: dict[str, Declared] = {}
    try:
        offer = ask(entry, None)
        for base_type in offer.base_types:
            compiled = offer.home.guarded("plugin-hook", partial(compile_type, base_type))
            made |= {what: (text, place.model_dump()) for what, text, place in declared(compiled, base_type)}
    except PilotEvalError as error:
        [first, *_] = error.findings
        return None, {FAILED: (first.message.in_("en"), first.place.model_dump())}
    except Exception as error:
        return None, {FAILED: (f"{type(error).__name__}: {error}", Place().model_dump())}
    return offer, made


def declared(compiled: Compiled, base_type: BaseType) -> Iterator[tuple[str, str, Place]]:
    """Yield the units, tables, measures and checks of a base type: kind and id, what it is, where it is declared."""
    for unit in base_type.units.own:
        yield f"unit {unit.id}", repr(unit), Place()
    for table in base_type.tables.values():
        yield f"table {table.id}", repr((table.label, table.aliases, table.unique, table.columns)), table.place
    for name, spec in base_type.measures.items():
        figure = compiled.measures[name].figure
        yield f"measure {name}", f"{_expressions(figure.trio, _levels(figure))} {spec.unit} {spec.label}", spec.place
    for name, check in base_type.checks.items():
        condition = compiled.checks[name].condition
        if isinstance(condition, Flag):
            text = _expressions(condition.trio, ())
        else:
            text = _expressions(condition.excess.trio, _levels(condition.excess))
        yield f"check {name}", f"{text} {check.message}", check.place


def _levels(figure: Figure) -> Levels:
    """Return everything that a figure is computed by."""
    levels = figure.levels
    for nested in figure.nested:
        cells = nested.by.cells
        levels = ({f"{INNER}aggregate_0": cells.value}, *nested.levels, nested.aggregates, *levels)
    return levels


def _expressions(trio: Trio, levels: Levels) -> str:
    """Return expressions as text; aliases, which no two figures share, are numbered from 1."""
    lines = [f"{alias} = {expr!r}" for level in levels for alias, expr in level.items()]
    return _renumbered("; ".join([*lines, repr(trio.value), repr(trio.low), repr(trio.high)]))


def _renumbered(text: str) -> str:
    numbers: dict[str, str] = {}
    return re.sub(
        rf"{INNER}(?:aggregate|figure)_\d+", lambda found: numbers.setdefault(found[0], f"#{len(numbers) + 1}"), text
    )


if __name__ == "__main__":
    main()
