"""Changes the code on purpose, one change at a time, and says which changes no test notices.

    python -m scripts.mutants [--n 60] [--seed 1] [--module TEXT] [--plan tests/mutants/plan.yaml] [--root .]

The plan names the modules and, for each, the tests that should notice. A change is made in a copy, never in the working
tree. Exits with 1 if fewer than 95% of the changes that make a difference are noticed.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from queue import SimpleQueue
from random import Random

import pytest
import yaml

from scripts.mutations import Mutant, mutants_of
from scripts.trials import PYTEST, Change, Reached, Server, Trial, enter, statement_at

ENOUGH = 0.95
LEFT_OUT = {"__pycache__", "results", ".cache", ".venv"}
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
    server: Server
    turn: int = 0

    @classmethod
    def of(cls, plan: Plan, folder: Path, tests: Sequence[str]) -> "Copy":
        for name in plan.copied:
            source, target = plan.root / name, folder / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT_OUT))
            else:
                shutil.copy2(source, target)
        return cls(plan, folder, Server(PROCESSES, folder, plan.paths, tests))

    def unchanged(self, tests: str) -> dict[str, Reached]:
        """Run tests of the code as it is; return what each reaches. Raises SystemExit if one fails."""
        modules = [module for module, own in self.plan.modules.items() if tests in own]
        try:
            reached = self.server.traced([tests], modules)
        except EOFError:
            reached = None
        if reached is None:
            raise SystemExit(f"the tests fail without any change: {tests}\n{self.server.said}")
        return reached

    def notices(self, mutant: Mutant, reached: Mapping[str, Reached]) -> bool:
        """Return whether a test notices the change, given what each test reaches in the code as it is."""
        path = self.folder / mutant.module
        original = path.read_bytes()
        changed = original[: mutant.start] + mutant.new + original[mutant.end :]
        limit = 5 + PATIENCE * sum(each.seconds for each in reached.values())
        try:
            self._write(path, changed)
            change = Change(mutant.module, original, changed, mutant.start)
            passed = self.server.passes(Trial(_reaching(change, mutant.line, reached), limit, change))
            return not (self._anew(self.plan.modules[mutant.module], limit) if passed is None else passed)
        finally:
            self._write(path, original)

    def _anew(self, tests: Sequence[str], limit: float) -> bool:
        """Return whether tests pass in a process that imports the change; one that takes too long doesn't."""
        run = PROCESSES.Process(target=_tests, args=(self.folder, list(self.plan.paths), list(tests)))
        run.start()
        run.join(limit)
        if run.exitcode is None:
            run.kill()
            run.join()
        return run.exitcode == 0

    def _write(self, path: Path, data: bytes) -> None:
        """Write a module with a time of its own, so that no compiled one is taken for it."""
        path.write_bytes(data)
        self.turn += 1
        os.utime(path, (1_000_000_000 + self.turn, 1_000_000_000 + self.turn))


@dataclass(frozen=True)
class Kept:
    """What tests reach, kept beside the tree for as long as neither they nor the code change."""

    plan: Plan

    @cached_property
    def _state(self) -> str:
        """A hash of all modules but those of tests themselves."""
        paths = [path for name in self.plan.copied for path in _files(self.plan.root / name)]
        return _hash(path for path in paths if not path.name.startswith("test_") and path.suffix == ".py")

    def read(self, tests: str) -> dict[str, Reached] | None:
        path = self._path(tests)
        data = json.loads(path.read_text("utf-8")) if path.exists() else {}
        if data.get("state") != self._state + self._own(tests):
            return None
        return {test: Reached(*each) for test, each in data["reached"].items()}

    def written(self, tests: str, reached: dict[str, Reached]) -> dict[str, Reached]:
        path = self._path(tests)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"state": self._state + self._own(tests), "reached": reached}), "utf-8")
        return reached

    def _own(self, tests: str) -> str:
        return _hash(_files(self.plan.root / tests.partition("::")[0]))

    def _path(self, tests: str) -> Path:
        return self.plan.root / ".cache" / "mutants" / f"{hashlib.sha256(tests.encode()).hexdigest()[:16]}.json"


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    return (
        [path]
        if path.is_file()
        else [each for each in path.rglob("*") if each.is_file() and not LEFT_OUT & {*each.parts}]
    )


def _reaching(change: Change, line: int, reached: Mapping[str, Reached]) -> list[str]:
    """Return the tests that run a changed line, the fastest first; all of them if none is known to."""
    at = statement_at(change.before, line)
    found = [test for test, each in reached.items() if each.lines is None or at in each.lines.get(change.module, ())]
    return sorted(found or reached, key=lambda test: reached[test].seconds)


def _tests(folder: Path, paths: Sequence[str], tests: Sequence[str]) -> None:
    """Run tests of a copy, in a process of their own."""
    enter(folder, paths, "anew.txt")
    code = pytest.main([*PYTEST, f"--basetemp={folder / 'tmp'}", *tests])
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
        noticed = _noticed(plan, chosen, [Path(made) / str(number) for number in range(given.jobs)])
    return _told(plan, chosen, noticed)


def _noticed(plan: Plan, chosen: Sequence[Mutant], folders: Sequence[Path]) -> dict[Mutant, bool]:
    """Try each change, in copies of the tree; what the tests of unchanged code reach decides which are run first."""
    every = sorted({test for each in chosen for test in plan.modules[each.module]})
    kept = Kept(plan)
    copies = [Copy.of(plan, each, every) for each in folders]
    free: SimpleQueue[Copy] = SimpleQueue()
    for each in copies:
        free.put(each)

    def clean(tests: str) -> dict[str, Reached]:
        known = kept.read(tests)
        if known is not None:
            return known
        copy = free.get()
        try:
            return kept.written(tests, copy.unchanged(tests))
        finally:
            free.put(copy)

    def noticed(mutant: Mutant) -> bool:
        copy = free.get()
        try:
            seen = copy.notices(
                mutant, {test: each for tests in plan.modules[mutant.module] for test, each in reached[tests].items()}
            )
        finally:
            free.put(copy)
        if not seen:
            said = " (explained)" if plan.is_explained(mutant) else ""
            print(f"{mutant.module}:{mutant.line}{said}\n  - {mutant.before}\n  + {mutant.after}", flush=True)
        return seen

    try:
        with ThreadPoolExecutor(len(copies)) as pool:
            reached = dict(zip(every, pool.map(clean, every), strict=True))
            return dict(zip(chosen, pool.map(noticed, chosen), strict=True))
    finally:
        for each in copies:
            each.server.close()


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
