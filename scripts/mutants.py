"""Changes the code on purpose, one change at a time, and says which changes no test notices.

    python -m scripts.mutants [--n 60] [--seed 1] [--module TEXT] [--plan tests/mutants/plan.yaml] [--root .]

The plan names the modules and, for each, the tests that should notice. A change is made in a copy, never in the working
tree. Tests that run the changed line go first; if none of them notices it, all are run. Exits with 1 if fewer than 95%
of the changes that make a difference are noticed.
"""

import argparse
import ast
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from random import Random
from types import FrameType
from typing import Any

import pytest
import yaml

from scripts.mutations import Mutant, mutants_of

ENOUGH = 0.95
PYTEST = (
    *("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not browser and not slow and not docs"),
    *("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"),
)
PROCESSES = multiprocessing.get_context("forkserver")
"""Each run is a process of its own that has libraries already: to import them takes longer than most tests."""

PATIENCE = 10
"""How many times as long as unchanged code the tests of a change may take; then it counts as noticed."""


@dataclass(frozen=True)
class Plan:
    """What is changed, and the tests that should notice: folders and files by module."""

    root: Path
    copied: Sequence[str]
    libraries: Sequence[str]
    paths: Sequence[str]
    modules: Mapping[str, Sequence[str]]
    explained: Mapping[str, set[tuple[str, str]]]

    @classmethod
    def read(cls, root: Path, path: Path) -> "Plan":
        data = yaml.safe_load(path.read_text("utf-8"))
        modules = {
            module.relative_to(root).as_posix(): group["tests"]
            for group in data["groups"] for pattern in group["modules"] for module in sorted(root.glob(pattern))
            if module.name != "__init__.py" or "plugins" in module.parts
        }  # fmt: skip
        listing = path.with_name("explained.yaml")
        explained = yaml.safe_load(listing.read_text("utf-8")) if listing.exists() else {}
        known = {module: {(each["before"], each["after"]) for each in told} for module, told in explained.items()}
        return cls(root, data["copied"], data["libraries"], data["paths"], modules, known)

    def is_explained(self, mutant: Mutant) -> bool:
        return (mutant.before, mutant.after) in self.explained.get(mutant.module, set())


@dataclass
class Copy:
    """A copy of the tree, in which one change at a time is made and tested."""

    plan: Plan
    folder: Path
    turn: int = 0

    def filled(self) -> "Copy":
        for name in self.plan.copied:
            source, target = self.plan.root / name, self.folder / name
            if source.is_dir():
                left_out = shutil.ignore_patterns("__pycache__", "results", ".cache", ".venv")
                shutil.copytree(source, target, ignore=left_out)
            else:
                shutil.copy2(source, target)
        return self

    def unchanged(self, tests: Sequence[str]) -> "Clean":
        """Run tests of the code as it is. Raises SystemExit if one fails."""
        reached, began = self.folder / "reached.json", time.monotonic()
        passed, said = self.tested(tests, reached=reached)
        if not passed:
            raise SystemExit(f"the tests fail without any change: {' '.join(tests)}\n{said}")
        return Clean(time.monotonic() - began, json.loads(reached.read_text("utf-8")))

    def tested(self, tests: Sequence[str], limit: float | None = None, reached: Path | None = None) -> tuple[bool, str]:
        """Return whether tests pass, and what they said; a run that takes longer than the limit doesn't.

        reached: where to write which lines of the modules each test runs.
        """
        said = self.folder / "said.txt"
        watched = list(self.plan.modules) if reached else []
        given = (self.folder, list(self.plan.paths), list(tests), said, watched, reached)
        run = PROCESSES.Process(target=_tests, args=given)
        run.start()
        run.join(limit)
        if run.exitcode is None:
            run.kill()
            run.join()
        return run.exitcode == 0, said.read_text("utf-8", "replace")[-4000:] if said.exists() else ""

    def notices(self, mutant: Mutant, clean: "Clean") -> bool:
        """Return whether a test notices the change."""
        tests, limit = self.plan.modules[mutant.module], PATIENCE * clean.seconds
        path, original = self.folder / mutant.module, (self.plan.root / mutant.module).read_bytes()
        self.turn += 1
        try:
            self._write(path, original[: mutant.start] + mutant.new + original[mutant.end :])
            nearest = clean.tests_of(mutant, original)
            return bool(nearest and not self.tested(nearest, limit)[0]) or not self.tested(tests, limit)[0]
        finally:
            self._write(path, original)

    def _write(self, path: Path, data: bytes) -> None:
        """Write a module with a time of its own, so that no compiled one is taken for it."""
        path.write_bytes(data)
        self.turn += 1
        os.utime(path, (1_000_000_000 + self.turn, 1_000_000_000 + self.turn))


@dataclass(frozen=True)
class Clean:
    """A run of tests without any change: how long it took, and the lines that each test runs, by module."""

    seconds: float
    reached: Mapping[str, Mapping[str, Sequence[int]]]

    def tests_of(self, mutant: Mutant, source: bytes) -> list[str]:
        """Return the tests that run the changed statement, those that run the least else first."""
        lines = _statement(source, mutant.line)
        found = [
            (sum(map(len, modules.values())), test)
            for test, modules in self.reached.items()
            if any(lines is None or line in lines for line in modules.get(mutant.module, ()))
        ]
        return [test for _, test in sorted(found)]


def _statement(source: bytes, line: int) -> range | None:
    """Return the lines of the innermost statement at a line, without its body; None outside functions."""
    nodes = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.stmt)]
    around = [each for each in nodes if each.lineno <= line <= (each.end_lineno or each.lineno)]
    functions = [each for each in around if isinstance(each, ast.FunctionDef) and each.body[0].lineno <= line]
    if not functions:
        return None
    inner = max(around, key=lambda each: (each.lineno, -(each.end_lineno or 0)))
    body = getattr(inner, "body", None)
    return range(inner.lineno, max(inner.lineno + 1, body[0].lineno) if body else (inner.end_lineno or 0) + 1)


@dataclass
class Watch:
    """A plugin of pytest that notes which lines of the modules each test runs, in this process."""

    modules: Mapping[str, str]  # by path
    reached: dict[str, dict[str, set[int]]] = field(default_factory=dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        lines = self.reached[item.nodeid] = defaultdict(set)

        def passed(frame: FrameType, event: str, argument: object) -> Any:
            lines[self.modules[frame.f_code.co_filename]].add(frame.f_lineno)
            return passed

        def entered(frame: FrameType, event: str, argument: object) -> Any:
            return passed if frame.f_code.co_filename in self.modules else None

        sys.settrace(entered)
        try:
            return (yield)
        finally:
            sys.settrace(None)

    def write(self, path: Path) -> None:
        """Write what was noted as JSON."""
        made = {test: {module: sorted(lines) for module, lines in by.items()} for test, by in self.reached.items()}
        path.write_text(json.dumps(made), "utf-8")


def _tests(
    folder: Path,
    patterns: Sequence[str],
    tests: Sequence[str],
    said: Path,
    watched: Sequence[str],
    reached: Path | None,
) -> None:
    """Run tests of a copy, in a process of their own."""
    paths = [str(path) for pattern in patterns for path in sorted(folder.glob(pattern))]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)  # of processes that tests start
    root = str(Path(__file__).resolve().parent.parent)
    sys.path[:] = [*paths, *(each for each in sys.path if each not in ("", root))]
    os.chdir(folder)
    with said.open("wb") as told:
        for stream in (1, 2):
            os.dup2(told.fileno(), stream)
        watch = Watch({str(folder / module): module for module in watched})
        code = pytest.main([*PYTEST, *tests], plugins=[watch] if reached else [])
        if reached:
            watch.write(reached)
        sys.stdout.flush()
    os._exit(int(code))


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    asked.add_argument("--plan", type=Path, default=Path("tests/mutants/plan.yaml"), help="relative to the root")
    asked.add_argument("--n", type=int, default=60, help="changes to try; 0 for all")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--module", default="", help="only modules whose path contains this")
    asked.add_argument("--jobs", type=int, default=2)
    given = asked.parse_args()
    plan = Plan.read(given.root.resolve(), given.root.resolve() / given.plan)
    PROCESSES.set_forkserver_preload(["pytest", *plan.libraries])
    every = [
        each
        for module in plan.modules if given.module in module
        for each in mutants_of(module, (plan.root / module).read_bytes())
    ]  # fmt: skip
    chosen = every
    if 0 < given.n < len(every):
        chosen = sorted(Random(given.seed).sample(every, given.n), key=every.index)  # noqa: S311
    print(f"{len(chosen)} of {len(every)} changes, seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as made:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(given.jobs):
            copies.put(Copy(plan, Path(made) / str(number)).filled())
        noticed = _noticed(plan, chosen, copies, given.jobs)
    return _told(plan, chosen, noticed)


def _noticed(plan: Plan, chosen: Sequence[Mutant], copies: "SimpleQueue[Copy]", jobs: int) -> dict[Mutant, bool]:
    """Try each change; how long unchanged code takes decides how long a change may."""

    def clean(tests: tuple[str, ...]) -> Clean:
        copy = copies.get()
        try:
            return copy.unchanged(tests)
        finally:
            copies.put(copy)

    def noticed(mutant: Mutant) -> bool:
        copy = copies.get()
        try:
            seen = copy.notices(mutant, runs[tuple(plan.modules[mutant.module])])
        finally:
            copies.put(copy)
        if not seen:
            said = " (explained)" if plan.is_explained(mutant) else ""
            print(f"{mutant.module}:{mutant.line}{said}\n  - {mutant.before}\n  + {mutant.after}", flush=True)
        return seen

    with ThreadPoolExecutor(jobs) as pool:
        sets = list(dict.fromkeys(tuple(plan.modules[each.module]) for each in chosen))
        runs = dict(zip(sets, pool.map(clean, sets), strict=True))
        return dict(zip(chosen, pool.map(noticed, chosen), strict=True))


def _told(plan: Plan, chosen: Sequence[Mutant], noticed: Mapping[Mutant, bool]) -> int:
    """Print the rates, by module and of all; return the exit code."""
    counted = [each for each in chosen if noticed[each] or not plan.is_explained(each)]
    tried, seen = Counter(each.module for each in counted), Counter(each.module for each in counted if noticed[each])
    for module in tried:
        print(f"{seen[module]:5} of {tried[module]:4}  {module}")
    rate = sum(seen.values()) / max(1, len(counted))
    print(f"noticed: {sum(seen.values())} of {len(counted)} ({rate:.1%}); explained: {len(chosen) - len(counted)}")
    return 0 if rate >= ENOUGH else 1


if __name__ == "__main__":
    raise SystemExit(main())
