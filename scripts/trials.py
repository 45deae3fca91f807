"""Runs the tests of a changed module in a fork of a process that has collected them, so that a change takes a moment.

What a function does is changed in place: its code is replaced, whoever imported it. The file is changed as well, for
processes that tests start. What has an effect when a module is imported can't be changed so: `Server.passes` then
returns None.
"""

import ast
import gc
import inspect
import json
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import pytest

PYTEST = (
    *("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not browser and not slow and not docs"),
    *("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"),
)


_MARK = "__reached__"


class Reached(NamedTuple):
    """How long a test took, and the first lines of the statements that it ran, by module; None if it may run any.

    It may where another process runs them, or a fixture that tests share.
    """

    seconds: float
    lines: Mapping[str, Sequence[int]] | None


class Change(NamedTuple):
    """A module as it is and as it shall be, with the byte at which they begin to differ."""

    module: str
    before: bytes
    after: bytes
    start: int


@dataclass(frozen=True)
class Trial:
    """Tests to run, in this order: of a change, or of the code as it is, to see which lines of modules they run."""

    tests: Sequence[str]
    limit: float | None = None
    change: Change | None = None
    traced: Sequence[str] = ()


class Server:
    """A process that has collected tests of a folder, and forks another one for each trial."""

    def __init__(self, context: ForkServerContext, folder: Path, paths: Sequence[str], tests: Sequence[str]) -> None:
        self.folder = folder
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(folder, list(paths), list(tests), theirs))
        self._process.start()
        theirs.close()

    @property
    def said(self) -> str:
        return (self.folder / "said.txt").read_text("utf-8", "replace")[-4000:]

    def passes(self, trial: Trial) -> bool | None:
        """Return whether tests pass, None if the change can't be made. Raises EOFError if they can't be collected."""
        self._pipe.send(trial)
        answer: bool | None = self._pipe.recv()
        return answer

    def traced(self, tests: Sequence[str], modules: Sequence[str]) -> dict[str, Reached] | None:
        """Run tests of the code as it is; return what each reaches, or None if one fails."""
        if not self.passes(Trial(tests, traced=modules)) and not self.passes(Trial(tests)):  # none may mind the trace
            return None
        data = json.loads((self.folder / "reached.json").read_text("utf-8"))
        return {test: Reached(*each) for test, each in data.items()}

    def close(self) -> None:
        self._pipe.close()
        self._process.join()


def serve(folder: Path, paths: Sequence[str], tests: Sequence[str], pipe: Connection) -> None:
    """Run pytest on a folder, in a process of its own: here, and in each fork, until its tests end."""
    enter(folder, paths, "said.txt")
    forks = _Forks(folder, pipe)
    sys.settrace(forks.note)
    code = pytest.main([*PYTEST, f"--basetemp={folder / 'tmp'}", *tests], plugins=[forks])
    sys.stdout.flush()
    os._exit(int(code))


def enter(folder: Path, patterns: Sequence[str], said: str) -> None:
    """Make the folder's modules those that this process imports, and a file of it what it prints to."""
    paths = [str(path) for pattern in patterns for path in sorted(folder.glob(pattern))]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)  # of processes that tests start
    root = str(Path(__file__).resolve().parent.parent)
    sys.path[:] = [*paths, *(each for each in sys.path if each not in ("", root))]
    os.chdir(folder)
    with (folder / said).open("ab") as told:
        told.truncate(0)
        for stream in (1, 2):
            os.dup2(told.fileno(), stream)


@dataclass
class _Forks:
    """The plugin that runs trials instead of all tests."""

    folder: Path
    pipe: Connection
    functions: dict[str, list[FunctionType]] = field(default_factory=lambda: defaultdict(list))
    called: set[tuple[str, int]] = field(default_factory=set)
    """Files and lines of functions that ran before any test: what they did can't be changed any more."""
    reached: dict[str, Reached] = field(default_factory=dict)
    traced: dict[str, set[int]] = field(default_factory=dict)
    """Modules, with the lines of those statements that the running test has reached."""
    processes: int = 0
    caches: list[Any] = field(default_factory=list)

    def note(self, frame: FrameType, event: str, argument: Any) -> None:
        self.called.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Wait for trials; in the fork of one, let pytest run its tests."""
        sys.settrace(None)
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(self.folder)):
                self.functions[each.__code__.co_filename].append(each)
            elif isinstance(each, _lru_cache_wrapper) and each.__module__.startswith("pilot_eval"):
                self.caches.append(each)
        gc.collect()
        gc.freeze()  # what is loaded stays shared with forks
        items = {each.nodeid: each for each in session.items}
        while True:
            try:
                trial: Trial = self.pipe.recv()
            except EOFError:
                return True
            codes = self._codes(trial.change) if trial.change else []
            if codes is None:
                self.pipe.send(None)
                continue
            child = os.fork()
            if not child:
                os.truncate(self.folder / "said.txt", 0)
                for function, code in codes:
                    function.__code__ = code
                self.traced = {each: self._marked(each) for each in trial.traced}
                sys.addaudithook(self._audit)
                session.items = [items[each] for test in trial.tests for each in _matching(items, test)]
                return None
            self.pipe.send(_passed(child, trial.limit))

    def _codes(self, change: Change) -> list[tuple[FunctionType, CodeType]] | None:
        """Return functions with the code that they shall have, or None if that isn't enough for the change."""
        path, line = str(self.folder / change.module), _outermost(change)
        if line is None or (path, line) in self.called:
            return None
        new = next((each for each in _within(compile(change.after, path, "exec")) if each.co_firstlineno == line), None)
        found = [each for each in self.functions[path] if each.__code__.co_firstlineno == line]
        if new is None or any(each.__code__.co_freevars != new.co_freevars for each in found):
            return None
        return [(each, new) for each in found] or None

    def _marked(self, module: str) -> set[int]:
        """Let the functions of a module add the line of each statement to a set before they run it."""
        lines: set[int] = set()
        path = str(self.folder / module)
        tree = ast.fix_missing_locations(_Marks().visit(ast.parse(Path(path).read_bytes())))
        marked = {(each.co_qualname, each.co_firstlineno): each for each in _within(compile(tree, path, "exec"))}
        for function in self.functions[path]:
            code = marked.get((function.__code__.co_qualname, function.__code__.co_firstlineno))
            if code is not None and code.co_freevars == function.__code__.co_freevars:
                function.__globals__[_MARK] = lines.add
                function.__code__ = code
        return lines

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        if not self.traced:
            return (yield)
        for lines in self.traced.values():
            lines.clear()
        for each in self.caches:
            each.cache_clear()
        began, started = time.monotonic(), self.processes
        try:
            return (yield)
        finally:
            seen = {module: sorted(lines) for module, lines in self.traced.items() if lines}
            any_line = self.processes > started or self._shares(item)
            self.reached[item.nodeid] = Reached(time.monotonic() - began, None if any_line else seen)

    def _shares(self, item: pytest.Item) -> bool:
        """Return whether a test uses a fixture of the folder that others use too."""
        fixtures = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009  pytest has no public way
        own = str(self.folder)
        return any(each.scope != "function" and each.func.__code__.co_filename.startswith(own)
                   for several in fixtures for each in several)  # fmt: skip

    def _audit(self, event: str, arguments: object) -> None:
        self.processes += event == "subprocess.Popen"

    def pytest_sessionfinish(self) -> None:
        if self.traced:
            (self.folder / "reached.json").write_text(json.dumps(self.reached), "utf-8")


class _Marks(ast.NodeTransformer):
    """Puts a call before each statement, with the statement's line."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and not isinstance(node, ast.Module):
                setattr(node, name, [mark for each in block for mark in (_mark(each), each)])
        return node


def _mark(statement: ast.stmt) -> ast.stmt:
    call = ast.Call(ast.Name(_MARK, ast.Load()), [ast.Constant(statement.lineno)], [])
    return ast.copy_location(ast.Expr(call), statement)


def statement_at(source: bytes, line: int) -> int:
    """Return the first line of the innermost statement that a line is part of."""
    found = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.stmt)]
    return max((each.lineno for each in found if each.lineno <= line <= (each.end_lineno or 0)), default=line)


def _matching(items: Mapping[str, object], test: str) -> Iterator[str]:
    """Yield the tests that a test, file or folder names."""
    if test in items:
        yield test
    else:
        yield from (each for each in items if each.startswith(test) and each[len(test)] in "/:[")


def _passed(child: int, limit: float | None) -> bool:
    """Wait until a process has ended, or end it; return whether it succeeded."""
    until = time.monotonic() + (limit or float("inf"))
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status == 0
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _outermost(change: Change) -> int | None:
    """Return the first line of the function in whose body the change begins, if no other function makes it."""
    at = change.before.count(b"\n", 0, change.start) + 1, change.start - change.before.rfind(b"\n", 0, change.start) - 1
    body: Sequence[ast.stmt] = ast.parse(change.before).body
    while True:
        inner = next((each for each in body if each.lineno <= at[0] <= (each.end_lineno or 0)), None)
        if isinstance(inner, ast.FunctionDef):
            first = inner.body[0]
            decorated = [each.lineno for each in inner.decorator_list]
            return min([inner.lineno, *decorated]) if at >= (first.lineno, first.col_offset) else None
        if not isinstance(inner, ast.ClassDef):
            return None
        body = inner.body


def _within(code: CodeType) -> Iterator[CodeType]:
    """Yield the functions of a module's code, not those inside them."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            if not each.co_flags & inspect.CO_OPTIMIZED:  # the body of a class
                yield from _within(each)
