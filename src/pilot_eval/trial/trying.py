"""The parent's side of a trial: plugins that are new here are loaded in two other processes before this one.

The two differ in all that a figure must not hang on: the order of sets, the day, the working folder. Plugins that leave
everything as it was, and are the same in both, are remembered by their code and not tried again.
"""

import hashlib
import json
import linecache
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from pilot_eval import __version__
from pilot_eval.errors import Finding, Place, finding
from pilot_eval.guard import time_limit
from pilot_eval.loading import Home
from pilot_eval.plugin.base_type import KINDS
from pilot_eval.text import Words, both, joined, quoted
from pilot_eval.trial import shared_state

_LATER = 400 * 86_400
"""Seconds by which the clock of the second process is ahead: another day, month and year."""

_SLACK = 10.0
"""Seconds for each plugin beyond its time limit, after which its process is ended from outside."""

_SHOWN = 60
"""The length of what is shown of two expressions that differ."""


@dataclass
class Verdict:
    """What a trial found out about one plugin."""

    findings: tuple[Finding, ...] = ()
    base_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Setting:
    """How one of the processes differs from the other."""

    hash_seed: int = 1
    later: int = 0
    here: bool = True


_FIRST, _SECOND = _Setting(), _Setting(2, _LATER, here=False)


@dataclass
class _Seen:
    """What one process said of one plugin."""

    findings: list[Finding] = field(default_factory=list)
    base_types: tuple[str, ...] = ()
    declared: dict[str, tuple[str, Place]] = field(default_factory=dict)
    changes: list[shared_state.Key] = field(default_factory=list)
    modules: list[str] = field(default_factory=list)
    lines: dict[shared_state.Key, Place] = field(default_factory=dict)


def tried(entries: Sequence[EntryPoint], *, again: bool = False) -> dict[EntryPoint, Verdict]:
    """Return a verdict for each plugin that was tried: those with findings must not be loaded.

    Those remembered as harmless are left out, unless they are to be tried `again`; so are all where no other process
    can be started.
    """
    known = {entry: _memory() / _key_of(entry) for entry in entries}
    new = [entry for entry in entries if again or not os.path.exists(known[entry])]  # noqa: PTH110  it never raises
    if not new:
        return {}
    try:
        verdicts = try_out(new)
    except OSError:
        return {}
    for entry, verdict in verdicts.items():
        with suppress(OSError):  # a home that can't be written to
            known[entry].parent.mkdir(parents=True, exist_ok=True)
            if verdict.findings:
                known[entry].unlink(missing_ok=True)
            else:
                known[entry].touch()
    return verdicts


def try_out(entries: Sequence[EntryPoint]) -> dict[EntryPoint, Verdict]:
    """Load plugins in other processes. Raises OSError if none can be started."""
    first = _loaded_apart(dict.fromkeys(entries, _Asked()), _FIRST)
    left = [entry for entry in entries if not first[entry].findings]
    # What it imports is there before, the second time: so what it changes of that is noticed, too.
    second = _loaded_apart({entry: _Asked(modules=first[entry].modules) for entry in left}, _SECOND)
    found = {entry: [*second[entry].findings, *_not_the_same(first[entry], second[entry])] for entry in left}
    said = {entry: {shared_state.DRAWN} if found[entry] else set() for entry in left}  # what makes it differ is said
    for seen, prepared in ((first, False), (second, True)):
        asked = {
            entry: _Asked(keys, first[entry].modules if prepared else ())
            for entry in left
            if (keys := [key for key in seen[entry].changes if key not in said[entry]])
        }
        lines = _loaded_apart(asked, _FIRST)
        for entry, each in asked.items():
            said[entry].update(each.keys)
            found[entry] += _changed_lines(entry, each.keys, lines[entry].lines)
    return {entry: Verdict(tuple(first[entry].findings or found[entry]), first[entry].base_types) for entry in entries}


def _changed_lines(
    entry: EntryPoint, keys: Sequence[shared_state.Key], lines: Mapping[shared_state.Key, Place]
) -> list[Finding]:
    """Report what a plugin changed of what all share, on which lines.

    What a library sets as it is imported, such as a filter of warnings, is left to it.
    """
    by_place: dict[Place, list[shared_state.Key]] = {}
    for key in keys:
        place = lines.get(key) or Home(entry).entry_line
        line = linecache.getline(place.file, place.line).strip() if place.file and place.line else ""
        if not (shared_state.is_setting(key) and re.match(r"(import|from)\s", line)):
            by_place.setdefault(place, []).append(key)
    return [finding("plugin-changes", place, what=joined(shared_state.shown(keys))) for place, keys in by_place.items()]


def _not_the_same(one: _Seen, other: _Seen) -> list[Finding]:
    """Report what is declared otherwise in the second process."""
    if shared_state.FAILED in one.declared and shared_state.FAILED in other.declared:
        return []  # it will be found when it is loaded
    found = []
    for what in dict.fromkeys([*one.declared, *other.declared]):
        texts = [each.declared[what][0] if what in each.declared else "" for each in (one, other)]
        if texts[0] == texts[1] or (
            shared_state.FAILED in {**one.declared, **other.declared} and what != shared_state.FAILED
        ):
            continue
        place = (one.declared.get(what) or other.declared[what])[1]
        ours, theirs = (quoted(each) if each else both("—") for each in _where_different(*texts))
        found.append(finding("plugin-differs", place, what=_named(what), one=ours, other=theirs))
    return found


def _named(what: str) -> Words:
    kind, _, name = what.partition(" ")
    if kind not in KINDS:
        return Words(zh="加载结果", en="what loading gives")
    return Words(zh=f"{KINDS[kind].zh} {name} ", en=f"the {KINDS[kind].in_('en')} {name}")


def _where_different(one: str, other: str) -> tuple[str, str]:
    """Return the parts of two texts around the first difference."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - _SHOWN // 3)
    return one[start : start + _SHOWN], other[start : start + _SHOWN]


# --- processes


@dataclass(frozen=True)
class _Asked:
    """How to load a plugin: what it changes, of which the lines are wanted, and what is to be imported before it."""

    keys: Sequence[shared_state.Key] = ()
    modules: Sequence[str] = ()


def _loaded_apart(asked: Mapping[EntryPoint, _Asked], setting: _Setting) -> dict[EntryPoint, _Seen]:
    """Load plugins, each in a fork of one process; what a process that had to be ended didn't reach, in a new one."""
    made: dict[EntryPoint, _Seen] = {}
    while left := [entry for entry in asked if entry not in made]:
        now = {entry: asked[entry] for entry in (left if hasattr(os, "fork") else left[:1])}
        with tempfile.TemporaryDirectory() as folder:
            results = _run_once(now, setting, Path(folder))
        if not results:
            raise OSError("the process for trials does not start")
        made |= results
    return made


def _run_once(asked: Mapping[EntryPoint, _Asked], setting: _Setting, folder: Path) -> dict[EntryPoint, _Seen]:
    task, out, fault = (folder / name for name in ("task.json", "out", "fault"))
    path = [str(Path(each).absolute()) for each in sys.path]
    given = {
        "entries": [(entry.name, entry.value, each.keys, each.modules) for entry, each in asked.items()], "path": path,
        "later": setting.later, "out": str(out), "fault": str(fault),
    }  # fmt: skip
    task.write_text(json.dumps(given), "utf-8")
    environment = {**os.environ, "PYTHONHASHSEED": str(setting.hash_seed), "PYTHONPATH": os.pathsep.join(path)}
    process = subprocess.Popen(  # noqa: S603  our own Python
        [sys.executable, "-m", "pilot_eval.trial.child", str(task)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment, cwd=None if setting.here else folder, start_new_session=True,
    )  # fmt: skip
    late = False
    try:
        process.wait(len(asked) * (time_limit() * 2 + _SLACK))
    except subprocess.TimeoutExpired:
        late = True
    finally:
        _end(process)
    steps = [json.loads(line) for line in out.read_text("utf-8").splitlines()] if out.exists() else []
    if not hasattr(os, "fork") and not late:
        steps.append(("ended", (process.returncode, fault.read_text("utf-8", "replace") if fault.exists() else "")))
    return _results(asked, steps)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and those that plugins have started in it."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _how_it_ended(code: int) -> Words:
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return Words(zh=f"信号 {name}", en=f"signal {name}")
    return Words(zh=f"退出码 {code}", en=f"exit code {code}")


def _results(entries: Iterable[EntryPoint], steps: Iterable[Sequence[Any]]) -> dict[EntryPoint, _Seen]:
    """Return what the process said of each plugin; the last that it began, if it had to be ended, was too slow."""
    by_name = {(entry.name, entry.value): entry for entry in entries}
    made: dict[EntryPoint, _Seen] = {}
    current: EntryPoint | None = None
    at = Place()
    for step, data in steps:
        if step == "loading":
            current, at = by_name[tuple(data)], Place()
        elif step == "at":
            at = Place.model_validate(data)
        elif current is not None and step == "loaded":
            made[current], current = _result(data), None
        elif current is not None:
            code, fault = data
            home = Home(current)
            place = _fault_line(home, fault) or (at if at.file else home.entry_line)
            made[current], current = _Seen([finding("plugin-ends", place, how=_how_it_ended(code))]), None
    if current is not None:
        too_slow = finding("plugin-too-slow", Home(current).entry_line, seconds=f"{time_limit():g}")
        made[current] = _Seen([too_slow])
    return made


def _result(data: dict[str, Any]) -> _Seen:
    return _Seen(
        [Finding.model_validate(each) for each in data["findings"]],
        tuple(data["base_types"]),
        {what: (text, Place.model_validate(place)) for what, (text, place) in data["declared"].items()},
        [tuple(key) for key in data["changes"]],
        data["modules"],
        {tuple(key): Place.model_validate(place) for key, place in data["lines"]},
    )


def _fault_line(home: Home, fault: str) -> Place | None:
    """Return the plugin's innermost line of what Python writes as it crashes."""
    for file, line in re.findall(r'^  File "(.+)", line (\d+)', fault, re.MULTILINE):
        if home.roots and file.startswith(home.roots):
            return Place(file=file, line=int(line))
    return None


# --- what is remembered


def _memory() -> Path:
    """Return the folder of the user in which an empty file stands for each plugin that was harmless."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    home = os.path.expanduser("~")  # noqa: PTH111  it never raises
    return (Path(base) if base else Path(home, ".cache")) / "pilot-eval" / "plugins"


def _key_of(entry: EntryPoint) -> str:
    """Return a hash of a plugin's code, its version, and the versions of Python and of this program."""
    parts = [entry.name, entry.value, entry.dist.version if entry.dist else "", sys.version, sys.prefix, __version__]
    digest = hashlib.sha256(json.dumps(parts).encode())
    for root in (Path(__file__).parent, *map(Path, Home(entry).roots)):  # what trials look for may have changed
        files = sorted(root.rglob("*")) if root.is_dir() else [root]
        for path in files:
            if path.suffix in _CODE and path.is_file():
                digest.update(f"\n{path}\n".encode(errors="surrogateescape"))
                digest.update(path.read_bytes())
    return digest.hexdigest()


_CODE = frozenset({".py", ".pyd", ".so", ".dylib"})
