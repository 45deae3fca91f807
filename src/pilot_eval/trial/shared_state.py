"""What all plugins share in one process, and whether it is still as it was: functions of modules, settings.

A key names one thing: `("name", module, name, attribute of a class)`, `("module", name)`, `("environment", name)`,
`("setting", name)`, or `("items", module, name)` for what a list, a dictionary or a set of a module holds.
"""

import decimal
import gc
import locale
import os
import random
import signal
import socket
import sys
import types
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pilot_eval.text import Words, both

Key = tuple[str, ...]

FAILED = "loading"
"""What stands, among what a plugin declares, for the whole if it can't be loaded."""

DRAWN: Key = ("setting", "random")
"""What changes where a random number is drawn."""

audit_hooks: list[str] = []
"""One item for each hook that was added to those that Python tells what it does: none can be taken away again."""

PROFILE: Key = ("setting", "profile")
"""What a trial sets for itself while a plugin is loaded."""

_METHODS = (types.FunctionType, types.BuiltinFunctionType, classmethod, staticmethod, property)


def _umask() -> int:
    os.umask(now := os.umask(0o77))
    return now


def _handlers() -> list[Any]:
    ours = getattr(signal, "SIGALRM", None)  # the time limit's, while a plugin's code runs
    return [signal.getsignal(each) for each in sorted(signal.valid_signals()) if each != ours]


def _contexts() -> list[str]:
    return [repr(each) for each in (decimal.getcontext(), decimal.DefaultContext)]


def _streams() -> list[Any]:
    """Return the streams, whether each is open, and what is behind the descriptors; `sys.stdout` is ours meanwhile."""
    streams = [sys.stderr, sys.stdin, sys.__stdout__, sys.__stderr__]
    return [*streams, *(bool(getattr(each, "closed", False)) for each in streams), *map(_behind, range(3))]


def _behind(descriptor: int) -> tuple[int, int] | None:
    try:
        found = os.fstat(descriptor)
    except OSError:
        return None
    return found.st_dev, found.st_ino


_SETTINGS: dict[str, tuple[Words, Callable[[], Any]]] = {
    "cwd": (Words(zh="当前目录", en="the working folder"), os.getcwd),
    "path": (both("sys.path"), lambda: list(sys.path)),
    "finders": (both("sys.meta_path"), lambda: list(sys.meta_path)),
    "hooks": (both("sys.path_hooks"), lambda: list(sys.path_hooks)),
    "streams": (both("sys.stdout, sys.stderr, sys.stdin"), _streams),
    "audit": (both("sys.addaudithook"), lambda: len(audit_hooks)),
    "profile": (both("sys.setprofile"), sys.getprofile),
    "locale": (Words(zh="语言区域（locale）", en="the locale"), lambda: locale.setlocale(locale.LC_ALL)),
    "warnings": (both("warnings.filters"), lambda: list(warnings.filters)),
    "signals": (Words(zh="信号处理函数", en="the signal handlers"), _handlers),
    "random": (
        Words(zh="random 的公用状态（random.seed）", en="the shared state of random (random.seed)"), random.getstate,
    ),
    "decimal": (Words(zh="decimal 的公用精度", en="the shared context of decimal"), _contexts),
    "recursion": (both("sys.setrecursionlimit"), sys.getrecursionlimit),
    "timeout": (both("socket.setdefaulttimeout"), socket.getdefaulttimeout),
    "umask": (both("os.umask"), _umask),
    "gc": (both("gc.disable"), gc.isenabled),
}  # fmt: skip


def now() -> dict[Key, Any]:
    """Return what is shared: of each module its functions and classes, and their methods; and the settings."""
    made: dict[Key, Any] = {}
    for module_name, module in list(sys.modules.items()):
        made["module", module_name] = module
        for name, value in list(getattr(module, "__dict__", {}).items()):
            if callable(value):
                made["name", module_name, name] = value
            elif _is_public(module_name, name) and isinstance(value, (dict, list, set)):
                made["items", module_name, name] = _Items(value)
            elif _is_public(module_name, name) and name.isupper():
                made["name", module_name, name] = value
            if isinstance(value, type) and value.__module__ == module_name:
                for attribute, method in list(vars(value).items()):
                    if isinstance(method, _METHODS):
                        made["name", module_name, name, attribute] = method
    made |= {("environment", name): value for name, value in os.environ.items()}
    return made | {("setting", name): read() for name, (_, read) in _SETTINGS.items()}


_LOOKED_AT_OTHERWISE = {
    ("sys", "modules"), ("sys", "path"), ("sys", "path_hooks"), ("sys", "path_importer_cache"), ("sys", "meta_path"),
    ("warnings", "filters"), ("posix", "environ"), ("nt", "environ"),
}  # fmt: skip


def _is_public(module: str, name: str) -> bool:
    """Return whether a name is for others; what modules keep for themselves, they may change at any time."""
    private = name.startswith("_") or module.rpartition(".")[2].startswith("_")
    return not private and (module, name) not in _LOOKED_AT_OTHERWISE


class _Items:
    """What a container holds, so that a change in place is noticed.

    A registry or a cache may grow, and a module may replace its own; what is written in capitals stays as it is.
    """

    def __init__(self, container: Any) -> None:
        kind: Any = next(each for each in (dict, list, set) if isinstance(container, each))
        self._container, self._copy = container, kind.copy(container)

    def stay_in(self, now: Any, name: str) -> bool:
        """Return whether a module's container still holds them."""
        before: Any = self._copy
        if now is not self._container:
            return not name.isupper()
        if name.isupper() and len(now) != len(before):
            return False
        if isinstance(before, dict):
            return all(dict.get(now, key, self) is value for key, value in before.items())
        if isinstance(before, list):
            return len(now) >= len(before) and all(one is other for one, other in zip(before, now, strict=False))
        return bool(before <= now)


def look(key: Key) -> Any:
    """Return what a key names now; None if it is gone."""
    match key:
        case "module", name:
            return sys.modules.get(name)
        case "environment", name:
            return os.environ.get(name)
        case "setting", name:
            return _SETTINGS[name][1]()
        case _, module, name, *attribute:
            found = getattr(sys.modules.get(module), "__dict__", {}).get(name)
            return vars(found).get(attribute[0]) if attribute and isinstance(found, type) else found


def is_same(key: Key, before: Mapping[Key, Any]) -> bool:
    one, other = look(key), before.get(key)
    if isinstance(other, _Items):
        return other.stay_in(one, key[2])
    return one is other or (key[0] in ("environment", "setting") and bool(one == other))


def changed(before: Mapping[Key, Any]) -> list[Key]:
    """Return the keys of what isn't as it was; an addition counts in the environment, a class, and among built-ins."""
    added = [key for key in now() if key not in before and _is_closed(key, before)]
    return [key for key in [*before, *added] if not is_same(key, before)]


def _is_closed(key: Key, before: Mapping[Key, Any]) -> bool:
    match key:
        case "name", module, name, _:
            return ("name", module, name) in before
        case "name", module, _:
            return module == "builtins"
        case kind, _:
            return kind == "environment"
    return False


def is_setting(key: Key) -> bool:
    """Return whether a library may set it for itself as it is imported, as numpy adds filters of warnings."""
    return key[0] in ("environment", "setting", "items")


def shown(keys: Iterable[Key]) -> list[Words]:
    """Return how people call what keys name."""
    words: dict[str, Words] = {}
    for key in keys:
        match key:
            case "setting", name:
                word = _SETTINGS[name][0]
            case "environment", name:
                word = Words(zh=f"环境变量 {name}", en=f"the environment variable {name}")
            case "module", name:
                word = both(f"sys.modules[{name!r}]")
            case _:
                word = both(".".join(key[1:]))
        words[word.zh] = word
    return list(words.values())
