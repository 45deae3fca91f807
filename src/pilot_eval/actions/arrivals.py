"""Arrivals: received files are copied into the pilots' folders; what a correction replaces is kept in the archive.

Each arrival is an entry of the journal, written before its files take their places, so that an interrupted run can be
repeated: nothing is lost, and nothing is entered twice.
"""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from pilot_eval.actions.check import check
from pilot_eval.actions.workspace import Workspace
from pilot_eval.durable import copy_file, sync_folder
from pilot_eval.errors import EvidenceError, Finding, Place, finding
from pilot_eval.evidence.intake.files import files_of, unreadable
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.inbox import Sorted
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.evidence.tables.source_names import Kinship, kinship, name_of
from pilot_eval.frames import PILOT, has
from pilot_eval.measures.compute import Tables, wanted_measures, with_measures
from pilot_eval.measures.engines import PolarsEngine
from pilot_eval.method.schema import PilotSpec
from pilot_eval.model import InputFile, file_sha256
from pilot_eval.record.journal import Arrival, Arrived, Kept, add_entry, read_journal
from pilot_eval.text import Frozen, Words, joined, quoted

ARCHIVE = "archive"


@dataclass(frozen=True)
class Receiving:
    """How files are taken in: by whom ("" if that isn't said), when, and received on which day.

    replace: take the place of files that they correct. reason: why they are taken in though they are late.
    """

    by: str
    at: datetime
    on: date
    replace: bool = False
    reason: str = ""


class Taken(Frozen):
    """A received file and where it lies now; `same_as` if it had been received before, under that name."""

    file: str
    target: str
    replaces: tuple[str, ...] = ()
    same_as: str | None = None


class Change(Frozen):
    """A number of rows, or a figure, before and after; None where there is none."""

    label: Words
    before: float | None
    after: float | None


class Received(Frozen):
    """What was taken in of one pilot; `rows` and `figures` that corrections changed."""

    pilot: str
    taken: tuple[Taken, ...]
    rows: tuple[Change, ...] = ()
    figures: tuple[Change, ...] = ()


def receive(
    space: Workspace, folder: Path, decided: Iterable[Sorted], how: Receiving
) -> tuple[list[Received], list[Finding]]:
    """Take sorted files into the pilots' folders and the journal; return what was done, and what was refused.

    Raises UsageError if another process uses the round, EvidenceError if its journal is broken.
    """
    by_pilot: dict[str, list[Sorted]] = {}
    for each in decided:
        if each.target is not None:
            by_pilot.setdefault(PurePosixPath(each.target).parts[1], []).append(each)
    made: list[Received] = []
    findings: list[Finding] = []
    with space.round.locked():
        for pilot, files in by_pilot.items():
            received, found = _Folder(space, pilot, how).take(folder, files)
            made.append(received)
            findings += found
    return made, findings


@dataclass(frozen=True)
class _Plan:
    """A received file, by the path that it is to have, the files that it replaces, and the one that is the same."""

    came_as: str
    source: Path
    file: InputFile
    tables: tuple[str, ...]
    older: tuple[InputFile, ...] = ()
    same: InputFile | None = None


class _Folder:
    """The folder of submitted files of a pilot, or of all pilots of a base type, and what the journal says of it."""

    def __init__(self, space: Workspace, pilot: str, how: Receiving) -> None:
        self.space, self.pilot, self.how = space, pilot, how
        self.root = space.round.folder
        self.prefix = f"submissions/{pilot}"
        journal = read_journal(self.root)
        if journal.findings:
            raise EvidenceError(journal.findings)
        self.arrivals = [step for _, step in journal.steps(Arrival) if step.pilot == pilot]
        self._finish_the_last()
        listing = files_of(self.root / self.prefix, self.prefix, space.round.settings.limits)
        self.files = {file.path: file for file in listing.files}
        self.planned: set[str] = set()
        self.entered = {file.path: file.sha256 for step in self.arrivals for file in step.files}

    def take(self, folder: Path, files: Sequence[Sorted]) -> tuple[Received, list[Finding]]:
        """Take files into the folder; return what was done, and what was not, with the reason."""
        plans: list[_Plan] = []
        findings: list[Finding] = []
        for each in files:
            try:
                plans.append(self._plan(folder, each, [one for other in files for one in other.tables]))
            except EvidenceError as error:
                findings += error.findings
            except OSError as error:
                findings.append(unreadable(each.file, error))
        fresh = [each for each in plans if each.same is None]
        if fresh and self._late and not self.how.reason:
            days = {"day": self.how.on, "deadline": self.space.round.deadline}
            findings += [finding("import-late", Place(file=each.came_as), **days) for each in fresh]
            plans = [each for each in plans if each.same is not None]
            fresh = []
        before = self._read() if any(each.older for each in fresh) else None
        try:
            self._put(plans)
        except OSError as error:
            return Received(pilot=self.pilot, taken=()), [*findings, unreadable(error.filename or self.prefix, error)]
        taken = tuple(
            Taken(
                file=each.came_as,
                target=each.file.path,
                replaces=tuple(older.path for older in each.older),
                same_as=each.same.path if each.same else None,
            )
            for each in plans
        )
        after = None if before is None else self._read()
        if before is None or after is None:
            return Received(pilot=self.pilot, taken=taken), findings
        rows, figures = self._changes(before, after)
        return Received(pilot=self.pilot, taken=taken, rows=rows, figures=figures), findings

    @property
    def _late(self) -> bool:
        deadline = self.space.round.settings.deadline
        return deadline is not None and self.how.on > deadline

    # --- what is to be done

    def _plan(self, folder: Path, each: Sorted, sent: Collection[str]) -> _Plan:
        """Decide what becomes of a file; `sent` are the tables of all files received with it.

        Raises EvidenceError for one that isn't taken in, OSError for one that can't be read.
        """
        source, target = folder / each.file, each.target or ""
        file = InputFile(path=target, sha256=file_sha256(source), size=source.stat().st_size)
        plan = _Plan(each.file, source, file, each.tables)
        same = [known for known in self.files.values() if known.sha256 == file.sha256]
        there = next((known for known in same if known.path == target), None)
        if there is not None or (same and each.tables and not os.path.lexists(self.root / target)):
            return replace(plan, same=there or same[0])
        taken = os.path.lexists(self.root / target) and (target not in self.files or not self.how.replace)
        if taken or target in self.planned:
            raise EvidenceError.of("import-exists", Place(file=target), source=each.file)
        older = self._older(plan, sent)
        if older and not self.how.replace:
            raise EvidenceError.of("import-corrects", Place(file=each.file), name=older[0].path)
        self.files[target] = file
        self.planned.add(target)
        return replace(plan, older=older)

    def _older(self, plan: _Plan, sent: Collection[str]) -> tuple[InputFile, ...]:
        """Return the file that one corrects: that of its name, else a version of it, else the only one with its tables.

        Raises EvidenceError if there are several, or if a table would be lost.
        """
        shown = {layout.id: layout.label for layout in self._layouts}
        if plan.file.path in self.files:
            older = [self.files[plan.file.path]]
        elif not plan.tables:
            return ()
        else:
            holders = [file for path, file in self.files.items() if self.tables.get(path, set()) & set(plan.tables)]
            older = [file for file in holders if self._is_version(file, plan)]
            older = older or (holders if self.how.replace else [])
            if len(older) > 1:
                names = joined(quoted(file.path) for file in older)
                raise EvidenceError.of("import-which", Place(file=plan.came_as), names=names)
        lost = {table for file in older for table in self.tables.get(file.path, ())} - set(sent)
        if lost:
            tables = joined(shown[table] for table in sorted(lost))
            raise EvidenceError.of("import-loses", Place(file=plan.came_as), name=older[0].path, tables=tables)
        return tuple(older)

    def _is_version(self, file: InputFile, plan: _Plan) -> bool:
        layout = next(each for each in self._layouts if each.id in self.tables[file.path] & set(plan.tables))
        names = (path.removeprefix(f"{self.prefix}/") for path in (file.path, plan.file.path))
        one, other = (name_of(layout, name, None, "") for name in names)
        return kinship(one, other) is Kinship.VERSIONS

    @cached_property
    def tables(self) -> dict[str, set[str]]:
        """Return the tables that the files in the folder hold."""
        made: dict[str, set[str]] = {}
        read = self._read() if self.files else None
        for source in read.intake.sources if read else ():
            file = next(path for path in self.files if f"{source.file}/".startswith(f"{path}/"))
            made.setdefault(file, set()).add(source.table)
        return made

    @cached_property
    def _layouts(self) -> tuple[Layout, ...]:
        return self.space.layouts(self._base_type)

    @cached_property
    def _base_type(self) -> str:
        return next((each.base_type for each in self._pilots if each.id == self.pilot), self.pilot)

    @property
    def _pilots(self) -> list[PilotSpec]:
        """Return the pilot, or, for the folder of a base type, all of its pilots."""
        return [each for each in self.space.pilots() if self.pilot in (each.id, each.base_type)]

    # --- what is done

    def _put(self, plans: Sequence[_Plan]) -> None:
        """Enter what is new in the journal, then put it in its place. Raises OSError; a second run completes it."""
        older = {file.path: file for plan in plans for file in plan.older}
        self._enter([Arrived(**file.model_dump()) for path, file in older.items() if path not in self.entered])
        for file in older.values():
            copy_file(self.root / file.path, self.root / self._kept(file))
        self._enter(
            [
                Arrived(
                    **(plan.same or plan.file).model_dump(),
                    came_as=plan.came_as,
                    tables=plan.tables,
                    replaces=tuple(Kept(**file.model_dump(), kept=self._kept(file)) for file in plan.older),
                )
                for plan in plans
                if self.entered.get((plan.same or plan.file).path) != plan.file.sha256
            ]
        )
        for plan in plans:
            if plan.same is None:
                copy_file(plan.source, self.root / plan.file.path)
        self._finish_the_last()

    def _kept(self, file: InputFile) -> str:
        return f"{ARCHIVE}/{self.pilot}/{file.sha256[:16]}/{file.path.removeprefix(f'{self.prefix}/')}"

    def _enter(self, files: Sequence[Arrived]) -> None:
        if files:
            late = self._late
            step = Arrival(
                pilot=self.pilot, on=self.how.on, files=tuple(files), late=late, reason=self.how.reason if late else ""
            )
            add_entry(self.root, step, self.how.by, self.how.at)
            self.arrivals.append(step)

    def _finish_the_last(self) -> None:
        """Remove from the folder what the last arrival replaced, which is in the archive."""
        for file in self.arrivals[-1].files if self.arrivals else ():
            for older in file.replaces:
                path = self.root / older.path
                settled = older.path != file.path and (self.root / file.path).exists()
                if settled and path.is_file() and file_sha256(path) == older.sha256:
                    path.unlink()
                    sync_folder(path.parent)

    # --- what it changes

    def _read(self) -> Gathered | None:
        """Return what the folder holds; None without a working plugin, which defines its tables."""
        return check(self.space, [each.id for each in self._pilots]).get(self.pilot)

    def _changes(self, before: Gathered, after: Gathered) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
        """Return the numbers of rows and the figures that differ."""
        compiled = self.space.compiled[self._base_type]
        rows = [
            Change(label=table.label, before=before.intake.rows.get(id_), after=after.intake.rows.get(id_))
            for id_, table in compiled.tables.items()
        ]
        if self.pilot == self._base_type:
            return tuple(filter(_is_change, rows)), ()
        old, new = (_figures_of(self.space, self.pilot, each) for each in (before, after))
        figures = [Change(label=compiled.measures[id_].spec.label, before=old[id_], after=new[id_]) for id_ in new]
        return tuple(filter(_is_change, rows)), tuple(filter(_is_change, figures))


def _is_change(change: Change) -> bool:
    return change.before != change.after


def _figures_of(space: Workspace, pilot: str, gathered: Gathered) -> dict[str, float | None]:
    """Return a pilot's measures that the method uses, by id; None for one that the tables don't give."""
    base_type = space.pilots([pilot])[0].base_type
    compiled = space.compiled[base_type]
    measures = wanted_measures(compiled, space.method.measures(base_type))
    columns = {PILOT: [pilot]} | {has(table): [table in gathered.intake.rows] for table in compiled.tables}
    types: dict[str, type] = {PILOT: str} | {has(table): bool for table in compiled.tables}
    engine = PolarsEngine()
    tables = Tables.of([(gathered.intake, gathered.folder)])
    frame, _ = with_measures(engine, compiled, measures, tables, engine.frame(columns, types))
    row = next(frame.select(*(each.spec.id for each in measures)).collect().iter_rows(named=True))
    return dict(row)
