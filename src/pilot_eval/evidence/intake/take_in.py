"""Takes in one submission: its files become validated tables, their sources, and findings."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import polars as pl
from pydantic import Field

from pilot_eval.errors import EvidenceError, Finding, Place, Severity, did_you_mean, finding
from pilot_eval.evidence.cells.attachments import Attachments
from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.cells.dates import read_day
from pilot_eval.evidence.intake.archive import ATTACHMENTS, common_folder, listed, unpack
from pilot_eval.evidence.intake.attachments import AttachmentSearch
from pilot_eval.evidence.intake.information import (
    Expected,
    Info,
    info_from_sheet,
    info_from_yaml,
    is_info_file,
    means_info,
)
from pilot_eval.evidence.intake.outside_cells import in_name, in_properties, without_numbers
from pilot_eval.evidence.intake.store import Part, table_frame, write_table
from pilot_eval.evidence.intake.workers import Announce
from pilot_eval.evidence.readers.by_name import kind_named, unpacked_name
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers, holds_tables, open_file
from pilot_eval.evidence.readers.sheet import spans
from pilot_eval.evidence.readers.text import decoded
from pilot_eval.evidence.tables.across_rows import Source, check_rows, in_blocks
from pilot_eval.evidence.tables.by_unit import by_unit, spoils
from pilot_eval.evidence.tables.header_qualifiers import header_qualifiers
from pilot_eval.evidence.tables.layout import Layout, Located, table_named
from pilot_eval.evidence.tables.listed_twice import check_listed_twice
from pilot_eval.evidence.tables.locate import holds, is_front_matter, locate, stacked
from pilot_eval.evidence.tables.moments import check_moments
from pilot_eval.evidence.tables.overlaps import check_periods
from pilot_eval.evidence.tables.persons import persons_in, without_parts
from pilot_eval.evidence.tables.similar import check_similar
from pilot_eval.evidence.tables.sources import check_sources
from pilot_eval.evidence.tables.title_years import YearGiven, check_titles, header_years, titled_year
from pilot_eval.evidence.tables.titles import block_titles
from pilot_eval.evidence.tables.unfinished import unfinished
from pilot_eval.evidence.tables.validate import ValidTable, validate
from pilot_eval.evidence.tables.voided import check_voided
from pilot_eval.frames import SOURCE
from pilot_eval.model import InputFile, file_sha256
from pilot_eval.privacy.numbers import REFUSED, said_sightings, shown_name
from pilot_eval.spelling import plain
from pilot_eval.text import Frozen

RESULT = "intake.json"
UNPACKED = "unpacked"
"""The folder for files from archives, inside an intake's folder, while they are read: nothing of them is kept but what
is stored of their tables."""


@dataclass(frozen=True)
class Job:
    """One submission to take in: its folder, how its files are shown, what is expected of it, and the output folder."""

    folder: Path
    prefix: str  # such as `submissions/online-1`
    files: tuple[InputFile, ...]
    expected: Expected
    limits: Limits
    out: Path
    readers: Readers
    crashed: Mapping[str, Finding] = field(default_factory=dict)  # files, as shown, that crashed the child before

    @property
    def shown(self) -> str:
        return self.prefix

    def run(self, announce: Announce) -> None:
        """Take in the submission, in the child process."""
        intake = take_in(self, announce)
        written = {path.relative_to(self.out).as_posix(): path for path in self.out.rglob("*") if path.is_file()}
        stored = {name: file_sha256(path) for name, path in sorted(written.items())}
        (self.out / RESULT).write_text(intake.model_copy(update={"stored": stored}).model_dump_json(), "utf-8")


class Intake(Frozen):
    """The result of reading a submission. Its tables are Parquet files; `bad` tables have errors and aren't scored."""

    pilot: str
    period: tuple[str, str]  # the round's first and last day
    info: Info | None
    sources: tuple[Source, ...]
    rows: dict[str, int]
    bad: tuple[str, ...]
    files: tuple[InputFile, ...]
    findings: tuple[Finding, ...]
    stored: dict[str, str] = Field(default_factory=dict)  # tables, with their SHA-256
    shared: dict[str, str] = Field(default_factory=dict)  # tables for all pilots of a base type, with their files

    @property
    def ok(self) -> bool:
        return not any(each.severity is Severity.ERROR for each in self.findings)

    def file_of(self, table: str, folder: Path) -> Path:
        """Return the file of a stored table, given the folder of this intake's own tables."""
        return Path(self.shared[table]) if table in self.shared else folder / f"{table}.parquet"


def take_in(job: Job, announce: Announce) -> Intake:
    """Read, validate and store one submission. `announce` is called with each file before it is opened."""
    taking = _Taking(job, announce)
    taking.read_files()
    shutil.rmtree(job.out / UNPACKED, ignore_errors=True)
    return taking.result()


class _Taking:
    def __init__(self, job: Job, announce: Announce) -> None:
        self.job, self.announce = job, announce
        self.findings: list[Finding] = []
        sent = {file.path.removeprefix(job.prefix + "/"): file for file in job.files}
        self.root = common_folder(sent)
        self.names = {name.removeprefix(self.root): file for name, file in sent.items()}
        self.paths = {name.removeprefix(self.root): job.folder / name for name in sent}
        self.infos: list[tuple[str, Info | None]] = []
        self.mapped: dict[str, str] = {}  # file or file#sheet to table
        self.sources: list[Source] = []
        self.titled: dict[int, YearGiven] = {}  # sources whose title gives a year outside the period
        self.parts: dict[str, list[Part]] = {}
        self.bad: set[str] = set()
        self.used: set[str] = set()
        self.counted: set[int] = set()  # numbers of the rows of the present sheet that are records
        self.read: set[str] = set()  # searched cell by cell already, also for personal numbers
        self.archives = 0
        self.room = job.limits.unpacked_mb  # left for what all archives unpack to

    def read_files(self) -> None:
        for name in [name for name in self.names if name.lower().endswith(".zip")]:
            self._unpack(name)
        first, last = (read_day(day).value for day in self.job.expected.period)
        empty = frozenset(name for name, file in self.names.items() if not file.size)
        attachments = Attachments(frozenset(self.names), self.root, empty, frozenset(filter(is_info_file, self.names)))
        self.around = ReadingContext(attachments, (first, last))
        tables = [name for name in sorted(self.names) if not name.startswith(f"{ATTACHMENTS}/")]
        for name in filter(is_info_file, tables):
            self._read_info(name)
        for name in tables:
            if holds_tables(name, self.job.readers) and not is_info_file(name):
                self._read_tabular(name)
        for name in tables:
            if name not in self.used and name not in self.read:
                self._read_other(name)
        attached = AttachmentSearch(self.job.limits)
        said = {(each.code, each.place.file, each.place.line) for each in self.findings}
        for name, file in self.names.items():
            if name not in self.read and file.path not in self.job.crashed:
                self.announce(file.path)
                found = attached.findings(self.paths[name], file.path)
                self.findings += [each for each in found if (each.code, file.path, each.place.line) not in said]
            if name not in self.used:
                self._say_unused(name, file.path)
        self.findings += attached.notes(self.job.prefix)

    def _unpack(self, name: str) -> None:
        """Add the files of an archive to the others, as if they had been submitted that way."""
        shown = self.names[name].path
        self.announce(shown)
        into = self.job.out / UNPACKED / str(self.archives)
        self.archives += 1
        into.mkdir(parents=True)
        self.used.add(name)
        self.read.add(name)
        if self._left_out(name):
            return
        try:
            limits = self.job.limits.model_copy(update={"unpacked_mb": self.room})
            unpacked = unpack(self.paths[name], shown, into, limits)
        except EvidenceError as error:
            self.findings += error.findings
            self._without(name)
            return
        self.findings += listed(unpacked.refused.values(), shown)
        if unpacked.around:
            self.findings.append(finding("zip-around", Place(file=shown)))
        if not unpacked.files and not unpacked.refused:
            self.findings.append(finding("archive-empty", Place(file=shown)))
        for inner in unpacked.refused:
            self._without(inner)
        for inner, path in unpacked.files.items():
            size = path.stat().st_size
            self.room -= size / 2**20
            self._put(inner, path, shown, InputFile(path=f"{shown}/{inner}", sha256=file_sha256(path), size=size))

    def _left_out(self, name: str) -> bool:
        """Return whether this file crashed the child before; if so, report it and mark its table as bad."""
        crash = self.job.crashed.get(self.names[name].path)
        if crash is None:
            return False
        self.findings.append(crash)
        self.used.add(name)
        self._without(name)
        return True

    def _put(self, inner: str, path: Path, shown: str, file: InputFile) -> None:
        """Add one file of an archive to the others, unless there is one with its name."""
        personal = in_name(inner, file.path)
        if personal is not None:
            self.findings.append(personal)
            self._without(inner)
        elif inner not in self.names:
            self.names[inner], self.paths[inner] = file, path
        elif inner in self.read:  # an archive inside the archive, with the same name
            self._say_unused(inner, file.path)
        elif self.names[inner].sha256 != file.sha256:
            code = "archive-clash" if holds_tables(inner, self.job.readers) else "archive-clash-attachment"
            self.findings.append(finding(code, Place(file=shown), name=inner))
            self._without(inner)

    def _without(self, name: str) -> None:
        """Mark the table that a file is named after as bad: the file can't be read, which has been reported."""
        named = self._named(unpacked_name(name), None)
        if named is not None and (holds_tables(name, self.job.readers) or kind_named(name)):
            self.bad.add(named.id)

    def _read_info(self, name: str) -> None:
        shown = self.names[name].path
        self.announce(shown)
        self.used.add(name)
        if self._left_out(name):
            self.infos.append((shown, None))
            return
        try:
            text = decoded(self.paths[name].read_bytes(), shown)
        except EvidenceError as error:
            self.findings += error.findings
            self.infos.append((shown, None))
            return
        info, findings = info_from_yaml(text, shown, self.job.expected)
        self.findings += findings
        self.infos.append((shown, info))
        if info is None:
            return
        for table, said in info.tables.items():
            file, mark, sheet = said.partition("#")
            beside = (f"{PurePosixPath(name).parent}/{file}", file, file.removeprefix(self.root))
            known = next((each for each in beside if each in self.names), None)
            if known is None:
                place, suggestion = Place(file=shown, field="tables"), did_you_mean(file, sorted(self.names))
                self.findings.append(finding("cell-attachment", place, name=file, suggestion=suggestion))
            else:
                self.mapped[f"{known}{mark}{sheet}"] = table

    def _read_tabular(self, name: str) -> None:
        shown = self.names[name].path
        self.announce(shown)
        self.read.add(name)
        if self._left_out(name):
            return
        try:
            grids = open_file(self.paths[name], shown, self.job.limits, self.job.readers)
            self.findings += in_properties(self.paths[name], shown, self.job.limits)
        except EvidenceError as error:
            self.findings += error.findings
            self.used.add(name)  # not read, which has been reported
            named = self._named(name, None)
            if named is not None:
                self.bad.add(named.id)
            return
        infos = self._infos(name, grids)
        for grid in grids:
            self.findings += grid.findings
            personal = {each.code in REFUSED for each in said_sightings(plain(grid.sheet or ""))}
            if personal:
                code = "sheet-personal" if True in personal else "sheet-personal-like"
                self.findings.append(finding(code, Place(file=shown, sheet=grid.sheet)))
            if True in personal:
                continue
            self.counted = set()
            if any(grid is each for each in infos):
                info, findings = info_from_sheet(grid, self.job.expected)
                places = {(each.code, each.place) for each in findings}
                findings += [each for each in persons_in(grid) if (each.code, each.place) not in places]
                self.findings += findings
                self.infos.append((f"{shown}[{grid.sheet}]" if grid.sheet else shown, info))
                self.used.add(name)
            else:
                self._read_grid(name, grid, [each for each in grids if each is not grid])
            self._say_hidden(grid)

    def _say_hidden(self, grid: Grid) -> None:
        """Say which rows counted though they are hidden."""
        if grid.hidden and self.counted:
            grid.say("sheet-hidden", count=len(self.counted))
        elif grid.hidden and grid.rows:
            grid.say("sheet-hidden-unused")
        elif hidden := sorted(self.counted & grid.hidden_rows):
            grid.say("rows-hidden", hidden[0] - grid.first_row, count=len(hidden), rows=spans(hidden))
        else:
            return
        self.findings.append(grid.findings[-1])

    def _infos(self, name: str, grids: Sequence[Grid]) -> list[Grid]:
        """Return the sheets with the submission's information: those named so, else the first of a file named so."""
        named = [grid for grid in grids if grid.sheet is not None and means_info(grid.sheet)]
        if named or not means_info(PurePosixPath(name).stem):
            return named
        first = next((grid for grid in grids if any(cell is not None for row in grid.rows for cell in row)), None)
        return [] if first is None or (first.sheet and table_named(first.sheet, self.job.expected.layouts)) else [first]

    def _read_other(self, name: str) -> None:
        """Read a file named after a table but without a table's suffix if it is text; else report it as unread."""
        named = self._named(unpacked_name(name), None)
        kind = kind_named(name)
        if named is None or kind is None:
            return
        if kind.as_text:
            self._read_tabular(name)
            return
        self.findings.append(finding("table-unread", Place(file=self.names[name].path), what=kind.what, todo=kind.todo))
        self.used.add(name)
        self.bad.add(named.id)

    def _say_unused(self, name: str, shown: str) -> None:
        kind = kind_named(name)
        if kind is not None and kind.packed:
            self.findings.append(finding("archive-unopened", Place(file=shown), what=kind.what))
        else:
            self.findings.append(finding("submission-unused-file", Place(file=shown)))

    def _named(
        self, name: str, sheet: str | None, grid: Grid | None = None, others: Sequence[Grid] = ()
    ) -> Layout | None:
        """Return the table that the submission's map, the sheet's name or the file's name refers to, or None.

        The file's name applies to sheets that hold the table, or to all sheets if none does.
        """
        layouts = self.job.expected.layouts
        mapped = self.mapped.get(f"{name}#{sheet}") or self.mapped.get(name)
        if mapped is not None:
            return next(layout for layout in layouts if layout.id == mapped)
        by_sheet = table_named(sheet, layouts) if sheet else None
        by_file = table_named(Path(name).stem, layouts) or (layouts[0] if self.job.expected.shared else None)
        if by_sheet or by_file is None or grid is None or holds(grid, by_file):
            return by_sheet or by_file
        elsewhere = any(table_named(each.sheet or "", layouts) is by_file or holds(each, by_file) for each in others)
        return None if elsewhere else by_file

    def _read_grid(self, name: str, grid: Grid, others: Sequence[Grid]) -> None:
        if all(cell is None for row in grid.rows for cell in row):
            self.used.add(name)
            return
        layouts = list(self.job.expected.layouts)
        named = self._named(name, grid.sheet, grid, others)
        parts = stacked(grid, layouts)
        for part in parts:
            of_name = named if part is parts[0] else None
            self._read_part(name, part, of_name, layouts, others, several=len(parts) > 1)

    def _read_part(
        self,
        name: str,
        grid: Grid,
        named: Layout | None,
        layouts: list[Layout],
        others: Sequence[Grid],
        *,
        several: bool,
    ) -> None:
        located, findings = locate(grid, layouts, named)
        if located is None:
            self.findings += without_parts([*findings, *persons_in(grid)], grid)
            if findings and named is not None:
                self.bad.add(named.id)
                self.used.add(name)
            elif not findings and others and not grid.hidden and not is_front_matter(grid, layouts):
                suggestion = did_you_mean(grid.sheet or "", [layout.label for layout in layouts])
                self.findings.append(finding("sheet-unknown", grid.place(), suggestion=suggestion))
            return
        self.used.add(name)
        if located.top and not grid.records:
            findings.append(finding("rows-above", grid.place(0), count=located.top))
        findings += [*header_years(located, self.around), *header_qualifiers(located, self.around)]
        table, more = validate(located, self.around.inside(name))
        if (given := titled_year(located, self._sent_as(name), self.around)) and not table.rows.is_empty():
            self.titled[len(self.sources)] = given
        if not table.rows.is_empty():
            findings += unfinished(located, self._sent_as(name), block_titles(located, table.headers))
        self._keep(located, table, name, several=several)
        if table.nothing or table.expired:
            self.parts.setdefault(located.layout.id, [])
        if table.nothing:
            more.append(finding("table-nothing", grid.place()))
        findings = without_parts([*findings, *more], grid)
        self.findings += findings
        if spoils(findings, table.rows if self.job.expected.shared else None):
            self.bad.add(located.layout.id)

    def _sent_as(self, name: str) -> str:
        """Return a file's name with its folders and the archive that it was in."""
        return self.names[name].path.removeprefix(f"{self.job.prefix}/")

    def _contents(self) -> dict[str, str]:
        """Return the SHA-256 of each file, by the names that cells may give it."""
        found = {name: file.sha256 for name, file in self.names.items()}
        return found | {f"{self.root}{name}": sha256 for name, sha256 in found.items()}

    def _keep(self, located: Located, table: ValidTable, name: str, *, several: bool) -> None:
        self.used |= {each if each in self.names else each.removeprefix(self.root) for each in table.attachments}
        if table.rows.is_empty():
            return  # a blank form; “nothing to report” is stated in the submission's information
        layout, grid, file = located.layout, located.grid, self.names[name]
        titles = block_titles(located, table.headers)
        source = Source(
            table=layout.id,
            file=file.path,
            sha256=file.sha256,
            sheet=None if grid.sheet is None else shown_name(grid.sheet),
            columns={column: grid.letter(at) for column, at in located.columns.items()},
            hidden=grid.hidden,
            titles=titles if several or len(titles) > 1 else (),
        )
        self.sources.append(source)
        self.counted |= set(table.rows.to_list())
        self.parts.setdefault(layout.id, []).append((len(self.sources) - 1, table.rows, table.columns))

    def _by_unit(self, layout: Layout, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of a keyed table that can be used, each with its pilot.

        In a folder of one base type for all its pilots, the sources are counted from the end: those of a pilot's own
        folder may stand before them.
        """
        expected = self.job.expected
        found = by_unit(layout, frame, self.sources, expected.units)
        self.findings += found.findings
        if not expected.shared:
            if any(each.severity is Severity.ERROR for each in found.findings):
                self.bad.add(layout.id)
            return found.rows
        return found.rows.with_columns(pl.col(SOURCE) - len(self.sources))

    def result(self) -> Intake:
        expected = self.job.expected
        info = next((info for _, info in self.infos if info is not None), None)
        if not self.infos and not expected.units:
            self.findings.append(finding("submission-no-info", Place(file=self.job.prefix)))
        elif len(self.infos) > 1:
            self.findings.append(finding("submission-two-infos", Place(file=self.infos[1][0]), first=self.infos[0][0]))
        for table in info.shown.tables_empty if info else ():
            if self.parts.get(table):
                label = next(layout.label for layout in expected.layouts if layout.id == table)
                self.findings.append(finding("submission-not-empty", Place(file=self.infos[0][0]), table=label))
            else:
                self.parts[table] = []
        frames = {
            layout.id: (layout, table_frame(expected.pilot, layout.columns, self.parts[layout.id]))
            for layout in expected.layouts
            if layout.id in self.parts
        }
        frames |= {layout.id: (layout, self._by_unit(layout, rows)) for layout, rows in frames.values() if layout.keyed}
        found = check_titles(self.titled, self.sources)
        other_years = {table for table, each in found if each.severity is Severity.ERROR}
        tables = {
            table: in_blocks(*each, self.sources) for table, each in frames.items() if not each[0].keyed
        }  # a row per pilot, which `_by_unit` compares
        sound = {table: each for table, each in tables.items() if table not in self.bad}
        of_the_round = {table: each for table, each in tables.items() if table not in other_years}
        found += check_rows(tables, self.sources, frozenset(self.bad))
        found += [*check_sources(of_the_round), *check_similar(sound, self.sources, self._contents())]
        found += [*check_periods(tables, self.sources), *check_moments(sound, self.sources)]
        found += [*check_voided(sound, self.sources), *check_listed_twice(sound, self.sources)]
        for table, each in found:
            self.findings.append(each)
            if each.severity is Severity.ERROR:
                self.bad.add(table)
        written = {
            table: write_table(self.job.out / f"{table}.parquet", expected.pilot, frame)
            for table, (_, frame) in frames.items()
        }
        return Intake(
            period=expected.period,
            pilot=expected.pilot,
            info=info,
            sources=tuple(self.sources),
            rows={table: rows for table, rows in written.items() if table not in self.bad},
            bad=tuple(sorted(self.bad)),
            files=self.job.files,
            findings=tuple(map(without_numbers, self.findings)),
        )
