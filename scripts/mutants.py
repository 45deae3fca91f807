"""Changes the code on purpose, one change at a time, and says which changes no test notices.

    python -m scripts.mutants [--n 60] [--seed 1] [--module TEXT] [--plan tests/mutants/plan.yaml] [--root .]

The plan names the modules and, for each, the tests that should notice. A change is made in a copy, never in the working
tree. Exits with 1 if fewer than 95% of the changes that make a difference are noticed.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from random import Random

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

    def unchanged(self, tests: Sequence[str]) -> float:
        """Run tests of the code as it is; return how long they took. Raises SystemExit if one fails."""
        began = time.monotonic()
        passed, said = self.tested(tests)
        if not passed:
            raise SystemExit(f"the tests fail without any change: {' '.join(tests)}\n{said}")
        return time.monotonic() - began

    def tested(self, tests: Sequence[str], limit: float | None = None) -> tuple[bool, str]:
        """Return whether tests pass, and what they said; a run that takes longer than the limit doesn't."""
        said = self.folder / "said.txt"
        run = PROCESSES.Process(target=_tests, args=(self.folder, list(self.plan.paths), list(tests), said))
        run.start()
        run.join(limit)
        if run.exitcode is None:
            run.kill()
            run.join()
        ended = f"exit {run.exitcode}\n"
        return run.exitcode == 0, ended + (said.read_text("utf-8", "replace")[-4000:] if said.exists() else "")

    def notices(self, mutant: Mutant, seconds: float) -> bool:
        """Return whether a test notices the change; unchanged code takes so many seconds."""
        path, original = self.folder / mutant.module, (self.plan.root / mutant.module).read_bytes()
        try:
            self._write(path, original[: mutant.start] + mutant.new + original[mutant.end :])
            return not self.tested(self.plan.modules[mutant.module], PATIENCE * seconds)[0]
        finally:
            self._write(path, original)

    def _write(self, path: Path, data: bytes) -> None:
        """Write a module with a time of its own, so that no compiled one is taken for it."""
        path.write_bytes(data)
        self.turn += 1
        os.utime(path, (1_000_000_000 + self.turn, 1_000_000_000 + self.turn))


def _tests(folder: Path, patterns: Sequence[str], tests: Sequence[str], said: Path) -> None:
    """Run tests of a copy, in a process of their own."""
    paths = [str(path) for pattern in patterns for path in sorted(folder.glob(pattern))]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)  # of processes that tests start
    root = str(Path(__file__).resolve().parent.parent)
    sys.path[:] = [*paths, *(each for each in sys.path if each not in ("", root))]
    os.chdir(folder)
    with said.open("wb") as told:
        for stream in (1, 2):
            os.dup2(told.fileno(), stream)
        code = pytest.main([*PYTEST, *tests])
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

    def clean(tests: tuple[str, ...]) -> float:
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
