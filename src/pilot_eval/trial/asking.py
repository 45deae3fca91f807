"""Notices what a measure asks besides its table: the time, files, the environment, the network, other programs.

Python tells a profile function of each call, and an audit hook of what reaches the system. Both look who asks: the
plugin's own code, in a measure or a check, directly or through others. The time it may not ask while it is loaded
either, since what it declares would be another thing on another day.
"""

import _thread
import datetime
import importlib
import inspect
import linecache
import os
import sys
import sysconfig
import time
import traceback
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.loading import Home
from pilot_eval.plugin import compiling
from pilot_eval.text import Words

_CONSTANT = Words(zh="写成常数", en="write a constant")

_ASKS: dict[str, tuple[Words, Words]] = {
    "time": (
        Words(zh="询问当前时间", en="ask what time it is"),
        Words(
            zh="写明日期并与日期列比较：i.held >= date(2018, 7, 1)；评价期间在 round.yaml 中",
            en="write the day, and compare a column with it: i.held >= date(2018, 7, 1); the period is in round.yaml",
        ),
    ),
    "files": (
        Words(zh="读写文件或目录", en="read or write files"),
        Words(
            zh="变动的数据放进证据表；固定的写成常数，或在模块顶层从包内读取",
            en="what changes belongs in an evidence table; write constants, or read them from the package as it loads",
        ),
    ),
    "environment": (
        Words(zh="读取环境变量", en="read the environment"),
        Words(
            zh="写成常数；由评价者决定的数写在评价办法中（目标、分档、满分）",
            en="write a constant; what evaluators decide belongs in the method (targets, bands, points)",
        ),
    ),
    "system": (Words(zh="询问进程或系统", en="ask about the process or the machine"), _CONSTANT),
    "network": (
        Words(zh="访问网络", en="use the network"),
        Words(zh="数据由证据表提供", en="have an evidence table bring the data"),
    ),
    "programs": (
        Words(zh="运行其他程序", en="run another program"),
        Words(zh="用列的汇总和 + - * / 写成表达式", en="write an expression: aggregates of columns, and + - * /"),
    ),
}
"""What is asked, in words, and what to write instead."""

_EVENTS = {
    "open": "files", "os.listdir": "files", "os.scandir": "files", "sqlite3.connect": "files",
    "socket.connect": "network", "socket.getaddrinfo": "network", "urllib.Request": "network",
    "subprocess.Popen": "programs", "os.system": "programs", "os.fork": "programs", "os.posix_spawn": "programs",
    "os.exec": "programs",
}  # fmt: skip
"""What Python's audit events ask."""

_NO_QUESTION = {"mktime", "strptime", "sleep", "fspath", "get_clock_info"}
"""Functions of `time` and of the system that ask nothing."""

_ELAPSED = {f"time.{name}{unit}()" for name in ("perf_counter", "monotonic") for unit in ("", "_ns")}
"""What tells how long something took, which a plugin may measure while it is loaded."""

_SYSTEM = frozenset({"posix", "nt"})


def _folder_of(module: str) -> str:
    spec = find_spec(module)
    return f"{Path(spec.origin).parent}{os.sep}" if spec is not None and spec.origin else module


_NOT_ITS_DOING = (
    "<frozen importlib", _folder_of("pilot_eval"), _folder_of("narwhals"), _folder_of("polars"), _folder_of("logging"),
    *(str(module.__file__) for module in (importlib, inspect, linecache, traceback, warnings)),
)  # fmt: skip
"""What looks at the system for itself, whoever calls it: imports, this package and its expressions, messages."""

_STANDARD = f"{sysconfig.get_path('stdlib')}{os.sep}"


_NAMES = frozenset({"now", "utcnow", "today", "start_new_thread", *dir(time), *dir(os)})


class Asking:
    """What one plugin asks, each with its line."""

    def __init__(self, home: Home) -> None:
        self._roots = home.roots  # found by looking at folders, which is an event too
        self.thread = home.entry_line
        """Where the last thread was started."""
        self._environment = {getattr(os.environ, name).__func__.__code__ for name in ("__getitem__", "__iter__")}
        self.found: dict[Finding, None] = {}

    def profile(self, frame: FrameType, event: str, argument: Any) -> None:
        """Look at a call; set it with `sys.setprofile`."""
        if event == "c_call":
            if argument.__name__ not in _NAMES:
                return  # nearly always: it is called for every function
            what = _asked_by(argument)
            if argument is _thread.start_new_thread:
                self.thread = next((_line_of(each) for each in _outwards(frame) if self._is_own(each)), self.thread)
            elif what is not None:
                self._note(what, frame, f"{_owner(argument)}{argument.__name__}()")
        elif event == "call" and frame.f_code in self._environment:
            self._note("environment", frame.f_back, "os.environ")

    def heard(self, event: str) -> None:
        """Look at an audit event."""
        what = _EVENTS.get(event)
        if what is not None:  # else no look at frames, which is an event too
            self._note(what, sys._getframe(2), event)

    def _is_own(self, frame: FrameType) -> bool:
        return bool(self._roots) and frame.f_code.co_filename.startswith(self._roots)

    def _note(self, what: str, frame: FrameType | None, call: str) -> None:
        if what == "time" and frame is not None and frame.f_code.co_filename.startswith(_STANDARD):
            return  # as `logging` does
        asking = self._asking(frame, outside=what == "time" and call not in _ELAPSED)
        if asking is not None:
            place = _line_of(asking)
            said, instead = _ASKS[what]
            if not any(each.place == place for each in self.found):
                self.found[finding("plugin-asks", place, asks=said, call=call, instead=instead)] = None

    def _asking(self, frame: FrameType | None, *, outside: bool) -> FrameType | None:
        """Return the innermost frame of the plugin, if it is what asks, in a measure or a check (or `outside`)."""
        frames = list(_outwards(frame))
        own = next((at for at, each in enumerate(frames) if self._is_own(each)), None)
        if own is None or any(each.f_code.co_filename.startswith(_NOT_ITS_DOING) for each in frames[:own]):
            return None
        measuring = any(each.f_code is compiling._call.__code__ for each in frames[own:])
        return frames[own] if measuring or (outside and own == 0) else None


def _line_of(frame: FrameType) -> Place:
    return Place(file=frame.f_code.co_filename, line=frame.f_lineno)


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _asked_by(called: Any) -> str | None:
    """Return what a function written in C asks; None: nothing."""
    owner, name = getattr(called, "__self__", None), getattr(called, "__name__", "")
    if name in _NO_QUESTION:
        return None
    if owner is time:
        return "time"
    if isinstance(owner, type) and issubclass(owner, datetime.date):
        return "time" if name in ("now", "utcnow", "today") else None
    if isinstance(owner, ModuleType) and owner.__name__ in _SYSTEM:
        return "system"
    return None


def _owner(called: Any) -> str:
    owner = called.__self__
    name = getattr(owner, "__name__", "")
    return f"{'os' if name in _SYSTEM else name}."
