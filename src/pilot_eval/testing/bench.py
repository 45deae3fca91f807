"""A workbench for one base type: reads rows as they would be submitted and computes measures, without a round."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from pilot_eval.errors import Finding
from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.information import INFO_FILE, Expected
from pilot_eval.evidence.intake.store import write_table
from pilot_eval.evidence.intake.take_in import Intake, Job, take_in
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers
from pilot_eval.evidence.tables.layout import Layout, layout_of
from pilot_eval.frames import BOUNDED, PILOT, ROW, has, three
from pilot_eval.measures.checks import broken, checked
from pilot_eval.measures.compute import Tables, wanted_measures, with_measures
from pilot_eval.measures.engines import Engine, PolarsEngine
from pilot_eval.method.schema import StatementSpec
from pilot_eval.plugin.columns import Flag
from pilot_eval.plugin.compiling import Check, Compiled
from pilot_eval.plugin.tables import Kind
from pilot_eval.testing.sample_rows import PERIOD
from pilot_eval.text import Words

PILOT_ID = "pilot-1"

Frames = Mapping[str, pl.DataFrame]
"""Tables as they are stored, by id; a missing one was not submitted."""


@dataclass(frozen=True)
class Value:
    """A measure's value and bounds; all None if the evidence doesn't determine it."""

    value: float | None
    low: float | None
    high: float | None

    def fault(self) -> str | None:
        """Return what is wrong with the value in itself."""
        if self.value is None:
            return None
        if self.low is None or self.high is None:
            return f"{self.value:.10g} has no bounds"
        if not self.low - _tolerance(self.low) <= self.value <= self.high + _tolerance(self.high):
            return f"{self.value:.10g} is not within its bounds {self.low:.10g} to {self.high:.10g}"
        return None

    def holds(self, other: float) -> bool:
        """Return whether another value is within the bounds."""
        low = -BOUNDED if self.low is None else self.low
        high = BOUNDED if self.high is None else self.high
        return low - _tolerance(low) <= other <= high + _tolerance(high)

    def __str__(self) -> str:
        if self.value is None:
            return "missing"
        if self.low == self.high:
            return f"{self.value:.10g}"
        high = "no limit" if self.high is None or self.high >= BOUNDED else f"{self.high:.10g}"
        low = "no limit" if self.low is None or self.low <= -BOUNDED else f"{self.low:.10g}"
        return f"{self.value:.10g} ({low} to {high})"


def same_figure(one: float | None, other: float | None, tolerance: float = 1e-9) -> bool:
    """Return whether two values are equal, except for the noise of adding in another order."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= tolerance * max(1.0, abs(one), abs(other))


def _tolerance(number: float) -> float:
    return 1e-7 * max(1.0, abs(number))


@dataclass(frozen=True)
class Computed:
    """Measures by variant and name, and those that the engine rejected."""

    values: Mapping[str, Mapping[str, Value]]
    faults: Mapping[str, Finding]


_SITES = ("east", "west", "south", "north")
"""Folders for the parts of a table: sources whose names say what each covers are added up."""


@dataclass(frozen=True)
class Bench:
    """A base type with the code lists and statements of a method, and a folder to work in."""

    compiled: Compiled
    codes: Mapping[str, Mapping[str, Words]]
    statements: Mapping[StatementSpec, bool]
    readers: Readers
    work: Path

    @property
    def own_tables(self) -> list[Layout]:
        """Return the base type's own tables."""
        from pilot_eval.plugin.common import common

        tables = self.compiled.tables.values()
        return [
            layout_of(table, self.codes, units=self.compiled.units) for table in tables if table.id not in common.tables
        ]

    @property
    def layouts(self) -> tuple[Layout, ...]:
        return tuple(layout_of(table, self.codes, units=self.compiled.units) for table in self.compiled.tables.values())

    @property
    def own_measures(self) -> list[str]:
        return [name for name in self.compiled.measures if name not in self.compiled.common_measures]

    def folder(self) -> Path:
        """Create a fresh folder."""
        folder = self.work / f"{next(_numbers)}"
        folder.mkdir(parents=True)
        return folder

    # --- intake

    def submit(self, tables: Mapping[str, Sequence[Mapping[str, Any]]], parts: int = 1) -> Gathered:
        """Submit tables as JSON files, each table in `parts` sites' files; a table without rows is declared empty."""
        folder = self.folder()
        self.write(folder, tables, parts)
        return self.take_in(folder)

    def write(self, folder: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]], parts: int = 1) -> None:
        """Write the files of a submission: its information, its tables, its attachments."""
        for table, rows in tables.items():
            size = -(-len(rows) // parts) or 1
            for part, start in enumerate(range(0, len(rows), size)):
                name = f"{_SITES[part]}/{table}.json" if parts > 1 else f"{table}.json"
                data = json.dumps(rows[start : start + size], ensure_ascii=False, default=_plain_row)
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_text(data, "utf-8")
            self.attach(folder, table, rows)
        self._inform(folder, [table for table, rows in tables.items() if not rows])

    def attach(self, folder: Path, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Create the attachments that rows refer to."""
        columns = next((layout.columns for layout in self.layouts if layout.id == table), ())
        keys = {key for each in columns if each.kind is Kind.FILE for key in (each.name, each.label.zh, each.label.en)}
        for cell in {str(row[key]) for row in rows for key in keys & set(row)}:
            if not _PATH.fullmatch(cell):
                continue
            path = folder / "attachments" / cell.removeprefix("attachments/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"an attachment made for a test: {cell}", "utf-8")

    def _inform(self, folder: Path, nothing: Sequence[str]) -> None:
        data = {
            "pilot": PILOT_ID, "submitted_by": "某单位", "contact_office": "办公室",
            "period": {"from": PERIOD[0], "to": PERIOD[1]},
            "statements": {statement.id: answer for statement, answer in self.statements.items()},
            "nothing_to_report": list(nothing),
        }  # fmt: skip
        (folder / INFO_FILE).write_text(json.dumps(data, ensure_ascii=False), "utf-8")

    def take_in(self, folder: Path) -> Gathered:
        """Read all files in a folder, as the child process does."""
        out = self.folder()
        files = files_of(folder, f"submissions/{PILOT_ID}", Limits()).files
        expected = Expected(PILOT_ID, PERIOD, tuple(self.statements), self.layouts)
        job = Job(folder, f"submissions/{PILOT_ID}", files, expected, Limits(), out, self.readers)
        return Gathered(take_in(job, lambda file: None), out)

    def frames(self, gathered: Gathered) -> dict[str, pl.DataFrame]:
        """Return the tables of an intake, as they are stored."""
        intake: Intake = gathered.intake
        return {table: pl.read_parquet(gathered.folder / f"{table}.parquet") for table in intake.rows}

    def with_checks(self, gathered: Gathered) -> Gathered:
        """Return an intake with the findings of the plugin's checks."""
        return checked(PolarsEngine(), self.compiled, {PILOT_ID: gathered}, {})[PILOT_ID]

    def refused(self, check: Check, frame: pl.DataFrame) -> set[int]:
        """Return the numbers of a table's rows that a check rejects."""
        assert isinstance(check.condition, Flag)  # noqa: S101  the caller chose it
        rows = nw.from_native(frame.lazy()).filter(broken(check.condition))
        return set(rows.select(ROW).collect().get_column(ROW).to_list())

    # --- computing

    def compute(
        self, variants: Mapping[str, Frames], names: Sequence[str] | None = None, engine: Engine | None = None
    ) -> Computed:
        """Compute measures (by default the base type's own) of several variants at once."""
        engine, names = engine or PolarsEngine(), self.own_measures if names is None else names
        folder, tables = self.folder(), list(self.compiled.tables)
        paths: dict[str, list[Path]] = {table: [] for table in tables}
        for variant, frames in variants.items():
            for table, frame in frames.items():
                path = folder / variant / f"{table}.parquet"
                path.parent.mkdir(exist_ok=True)
                write_table(path, variant, frame.with_columns(pl.lit(variant).alias(PILOT)))
                paths[table].append(path)
        columns: dict[str, list[Any]] = {PILOT: list(variants)}
        columns |= {has(table): [table in frames for frames in variants.values()] for table in tables}
        types = {name: str if name == PILOT else bool for name in columns}
        measures = wanted_measures(self.compiled, names)
        pilots = engine.frame(columns, types)
        made, faults = with_measures(engine, self.compiled, measures, Tables(paths, PERIOD), pilots)
        wanted = [name for name in names if name not in faults]
        rows = made.select(PILOT, *(each for name in wanted for each in three(name))).collect().iter_rows(named=True)
        values = {row[PILOT]: {name: Value(*(row[each] for each in three(name))) for name in wanted} for row in rows}
        return Computed(values, faults)


_PATH = re.compile(r"(?:[\w() -][\w.() -]*/)*[\w() -][\w.() -]{0,99}")
_numbers = count(1)


def _plain_row(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)
