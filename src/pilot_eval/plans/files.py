"""Reads `plans/`: a file for each pilot; what is wrong with a plan stops the pilot that it is about."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pilot_eval.errors import EvidenceError, Finding, Place, Severity, did_you_mean, finding
from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.litter import is_hidden
from pilot_eval.evidence.intake.workers import Workers
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers, holds_tables
from pilot_eval.evidence.readers.text import decoded
from pilot_eval.method.plan_lines import PlanLine, own_dimensions
from pilot_eval.method.schema import Method, PilotSpec
from pilot_eval.model import InputFile, file_sha256
from pilot_eval.plans.fitting import fitted
from pilot_eval.plans.given import GivenPlan, ReadPlan, given_yaml
from pilot_eval.plugin.compiling import Compiled
from pilot_eval.privacy.numbers import shown_name
from pilot_eval.text import Words, joined, named

FOLDER = "plans"
_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Plan:
    """A pilot's plan. findings: what is said of it; with an error among them it has no lines."""

    lines: tuple[PlanLine, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def wrong(self) -> bool:
        return any(each.severity is Severity.ERROR for each in self.findings)


NO_PLAN = Plan()


@dataclass(frozen=True)
class Plans:
    """The plans by pilot, the findings about files that concern no pilot, and the files that were read."""

    by_pilot: Mapping[str, Plan] = field(default_factory=dict)
    others: tuple[Finding, ...] = ()
    files: tuple[InputFile, ...] = ()

    def of(self, pilot: str) -> Plan:
        return self.by_pilot.get(pilot, NO_PLAN)

    def findings(self, pilots: Iterable[str]) -> list[Finding]:
        """Return everything that is wrong with the plans of these pilots; a file may concern two of them."""
        return list(dict.fromkeys(each for pilot in pilots for each in self.of(pilot).findings))


def plan_paths(folder: Path) -> list[str]:
    """Return the files in a round's folder that may be plans, relative to it."""
    found = sorted(path for path in (folder / FOLDER).glob("*") if path.is_file() and _may_be_plan(path.name, {}))
    return [name for path in found if not is_hidden(name := path.relative_to(folder).as_posix())]


def _may_be_plan(name: str, readers: Readers) -> bool:
    return Path(name).suffix.lower() in _YAML or holds_tables(name, readers)


def read_plans(
    folder: Path, method: Method, compiled: Mapping[str, Compiled], limits: Limits, readers: Readers
) -> Plans:
    """Read the plans in a round's folder, and report the pilots that need one and have none.

    compiled: the base types whose plugin works; pilots of others are not assessed, and their plans not checked.
    """
    reading = _PlanReading(method, compiled, limits, readers)
    if (folder / FOLDER).exists():
        listing = files_of(folder / FOLDER, FOLDER, limits)
        for each in listing.findings:
            reading.report([each], _stem(each.place.file or ""))
        reading.take(folder, listing.files)
    reading.fit()
    return Plans(reading.made, tuple(reading.others), tuple(reading.read))


def _stem(file: str) -> str:
    return Path(file).name.partition(".")[0]


class _PlanReading:
    """Reads one file after another."""

    def __init__(self, method: Method, compiled: Mapping[str, Compiled], limits: Limits, readers: Readers) -> None:
        self.method, self.compiled, self.limits, self.readers = method, compiled, limits, readers
        self.pilots = {pilot.id: pilot for pilot in method.pilots}
        self.needed = {
            pilot.id
            for pilot in method.pilots
            if pilot.base_type in compiled and own_dimensions(method, pilot.base_type)
        }
        self.given: dict[str, tuple[str, GivenPlan]] = {}  # by pilot: the file as shown, and what it holds
        self.wrong: dict[str, list[Finding]] = {}
        self.made: dict[str, Plan] = {}
        self.others: list[Finding] = []
        self.read: list[InputFile] = []

    def report(self, findings: Iterable[Finding], *names: str) -> None:
        """Keep findings for the pilots among the names: that of the file, and that in it."""
        concerned = [name for name in dict.fromkeys(names) if name in self.pilots]
        for each in findings:
            for name in concerned:
                self.wrong.setdefault(name, []).append(each)
            if not concerned:
                self.others.append(each)

    def take(self, folder: Path, files: Iterable[InputFile]) -> None:
        """Read the files of the folder; those of pilots that need no plan are not used."""
        workers = Workers()
        try:
            with tempfile.TemporaryDirectory() as scratch:
                for file in files:
                    path, shown, stem = folder / file.path, shown_name(file.path), _stem(file.path)
                    known = _may_be_plan(path.name, self.readers)
                    if Path(file.path).parent != Path(FOLDER) or not known:
                        self.others.append(self._unused(stem, shown))
                        continue
                    self.read.append(file)
                    if stem not in self.pilots:
                        what, suggestion = Words(zh="试点", en="pilot"), did_you_mean(stem, self.pilots)
                        self.others.append(
                            finding("plan-unknown", Place(file=shown), what=what, name=stem, suggestion=suggestion)
                        )
                    elif stem not in self.needed and self.pilots[stem].base_type in self.compiled:
                        self.others.append(self._unused(stem, shown))
                    else:
                        self._plan(path, shown, stem, file, ReadPlan(
                            path, shown, self.limits, Path(scratch) / "plan.json", self.readers
                        ), workers)  # fmt: skip
        finally:
            workers.close()

    def _unused(self, stem: str, shown: str) -> Finding:
        todo = Words(zh="移出该目录", en="move it out of the folder")
        if stem in self.needed:
            own = f"{FOLDER}/{stem}.xlsx"
            todo = Words(
                zh=f"绩效目标表放在 {own}，其他材料移出该目录", en=f"the plan is {own}; move other material out"
            )
        return finding("plan-unused", Place(file=shown), todo=todo)

    def _plan(self, path: Path, shown: str, pilot: str, file: InputFile, task: ReadPlan, workers: Workers) -> None:
        """Read one plan: YAML here, like a review; a table file in the child process, like all that is submitted."""
        if path.suffix.lower() in _YAML:
            try:
                given = given_yaml(decoded(path.read_bytes(), shown), shown)
            except EvidenceError as refused:
                given = GivenPlan(lines=(), findings=refused.findings)
        else:
            failure = workers.mine().run(task)
            if failure is not None:
                return self.report([failure], pilot)
            given = GivenPlan.model_validate_json(task.out.read_bytes())
        if file_sha256(path) != file.sha256:
            return self.report([finding("file-changed", Place(file=shown))], pilot)
        named_pilot, place = given.pilot or (pilot, Place(file=shown))
        self.report(given.findings, pilot)
        if named_pilot != pilot:
            said = shown_name(named_pilot)
            self.report([finding("plan-misnamed", place, pilot=said, file=pilot)], pilot, named_pilot)
        if pilot in self.given:
            self.report([finding("plan-twice", Place(file=shown), pilot=pilot, first=self.given[pilot][0])], pilot)
        self.given.setdefault(pilot, (shown, given))
        return None

    def fit(self) -> None:
        """Check each plan against the method, and report the pilots that have none."""
        for pilot in self.pilots.values():
            if pilot.id in self.needed:
                self._fit(pilot)
        for name, findings in self.wrong.items():
            wrong = Plan(findings=tuple(findings))
            self.made[name] = wrong if wrong.wrong else replace(self.made.get(name, NO_PLAN), findings=wrong.findings)

    def _fit(self, pilot: PilotSpec) -> None:
        base_type = pilot.base_type
        if pilot.id in self.given:
            lines, findings = fitted(
                self.given[pilot.id][1].lines, self.method, self.compiled[base_type], _taken(self.method, base_type)
            )
            unread = any(each.severity is Severity.ERROR for each in self.given[pilot.id][1].findings)
            self.report([] if unread and not lines else findings, pilot.id)
            self.made[pilot.id] = Plan(lines=lines)
        elif pilot.id not in self.wrong:
            needs = joined(named(each.label, each.id) for each in own_dimensions(self.method, base_type))
            place = Place(file=f"{FOLDER}/{pilot.id}.xlsx")
            self.report([finding("plan-none", place, pilot=pilot.id, dimensions=needs)], pilot.id)


def _taken(method: Method, base_type: str) -> list[str]:
    """Return the names that explanations and reviews use for something else."""
    items = (each.id for each in method.scorings(base_type))
    above = (each.id for each in method.dimensions_of(base_type))
    return [*items, *above, *(each.id for each in method.gates_of(base_type)), "total", "grade", "总分", "等级"]
