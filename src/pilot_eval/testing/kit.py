"""What the checks of a contract use: the prepared base type, a method, valid rows, a bench to compute on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import polars as pl

from pilot_eval.errors import PilotEvalError
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.tables.layout import Layout, layout_of
from pilot_eval.frames import ROW
from pilot_eval.method.schema import Method
from pilot_eval.plugin import hooks
from pilot_eval.plugin.base_type import BaseType
from pilot_eval.plugin.columns import Flag
from pilot_eval.plugin.common import common
from pilot_eval.plugin.compiling import Check, Compiled, compile_type
from pilot_eval.plugin.tables import ColumnSpec
from pilot_eval.registry import PluginStatus, Registry, load
from pilot_eval.testing.bench import Bench
from pilot_eval.testing.methods import answers, write_method
from pilot_eval.testing.sample_rows import Made, Maker, Row, Rows, approximate, written
from pilot_eval.text import Words
from pilot_eval.trial.trying import Verdict, try_out

ENOUGH = 40
"""The number of valid rows per table; as many again are created for checks to reject."""

Codes = Mapping[str, Mapping[str, Words]]


@dataclass(frozen=True)
class Kit:
    """One base type under test. What needs its measures raises PluginError if they don't compile."""

    base_type: BaseType
    plugin: ModuleType | None
    method_path: Path | None
    codes: Codes
    fresh: Callable[[], Path]  # returns an empty folder

    @cached_property
    def compiled(self) -> Compiled:
        return compile_type(self.base_type)

    @property
    def _entry(self) -> EntryPoint:
        """Return the entry point of the plugin, or of the module that declares the base type."""
        modules = [self.plugin.__name__] if self.plugin else []
        modules += [each.record.__module__ for each in self.base_type.tables.values()]
        return EntryPoint(self.base_type.id, next(iter(modules), ""), hooks.ENTRY_POINTS)

    @cached_property
    def verdict(self) -> Verdict:
        """Return what is noticed where the plugin is loaded in other processes."""
        return try_out([self._entry])[self._entry]

    @cached_property
    def registry(self) -> Registry:
        """Return what the plugin provides; without its module, only the base type."""
        if self.plugin is not None:
            ends = any(each.code == "plugin-ends" for each in self.verdict.findings)  # these tests too
            return load([self._entry], verdicts={self._entry: self.verdict} if ends else None)
        status = PluginStatus(self.base_type.id, "?", "?", "?", base_types=(self.base_type.id,))
        return Registry([status], {self.base_type.id: self.compiled})

    @cached_property
    def method(self) -> Method | None:
        """Return the author's method, None if none is named. Raises MethodError."""
        return None if self.method_path is None else self.load_method(self.fresh() / "method", self.method_path)

    def load_method(self, folder: Path, given: Path | None, pilots: Sequence[str] = ()) -> Method:
        """Write a method's folder and load it. Raises MethodError."""
        write_method(folder, self.compiled, given, self.words, pilots)
        return self.registry.method(folder)

    @cached_property
    def usable_method(self) -> Method | None:
        try:
            return self.method
        except PilotEvalError:
            return None  # reported by a separate check

    @property
    def usable_path(self) -> Path | None:
        """Return the path of the author's method, None if there is none or it can't be loaded."""
        return None if self.usable_method is None else self.method_path

    @cached_property
    def words(self) -> Codes:
        """Return the code lists that columns need: the author's, else invented ones."""
        needed = {column.codes for table in self.compiled.tables.values() for column in table.columns if column.codes}
        made_up = {f"word_{n}": Words(zh=f"词{n}", en=f"Word {n}") for n in range(1, 6)}
        return {name: self.codes.get(name, made_up) for name in sorted(needed)}

    @cached_property
    def bench(self) -> Bench:
        method = self.usable_method
        codes = dict(self.words)
        if method is not None:
            codes |= {name: {each.id: each.label for each in words} for name, words in method.codes.items()}
        statements = answers(method) if method is not None else {}
        return Bench(self.compiled, codes, statements, self.registry.readers, self.fresh())

    # --- what is tested

    @cached_property
    def measures(self) -> list[str]:
        """Return the base type's own measures."""
        return [name for name in self.compiled.measures if name not in self.compiled.common_measures]

    @cached_property
    def layouts(self) -> list[Layout]:
        """Return the base type's own tables, and those that its measures are computed from."""
        used = {table for measure in self.measures for table in self.compiled.tables_of(measure)}
        tables = self.compiled.tables.values()
        return [
            layout_of(each, self.bench.codes, units=self.compiled.units)
            for each in tables
            if each.id in used or each.id not in common.tables
        ]

    @property
    def row_checks(self) -> list[Check]:
        """Return the checks of rows in the tables that are tested."""
        tried = {layout.id for layout in self.layouts}
        return [each for each in self.compiled.checks.values() if each.table in tried]

    @cached_property
    def candidates(self) -> tuple[dict[str, Rows], dict[str, pl.DataFrame]]:
        """Return rows that their columns allow, also as they are stored, before the plugin's checks run."""
        made = Maker(self.layouts).tables(2 * ENOUGH)
        taken = self.bench.submit({table: written(rows) for table, rows in made.items()})
        return made, self.bench.frames(taken)

    @cached_property
    def refused(self) -> dict[str, set[int]]:
        """Return the numbers of the candidate rows that each check rejects."""
        frames = self.candidates[1]
        return {
            check.spec.id: self.bench.refused(check, frames[check.table])
            for check in self.row_checks
            if check.table in frames and isinstance(check.condition, Flag)
        }

    @cached_property
    def rows(self) -> dict[str, Rows]:
        """Return valid rows of each table; if a check rejects them all, those that the columns allow."""
        made, frames = self.candidates
        kept: dict[str, Rows] = {}
        for layout in Maker(self.layouts).layouts:
            refused = {row for each in self.row_checks if each.table == layout.id for row in self.refused[each.spec.id]}
            numbers = frames[layout.id].get_column(ROW).to_list() if layout.id in frames else []
            good = [row for row, number in zip(made[layout.id], numbers, strict=False) if number not in refused]
            kept[layout.id] = [_rejoined(row, at, layout, kept) for at, row in enumerate(good or made[layout.id])]
        return {table: rows[:ENOUGH] for table, rows in kept.items()}

    @cached_property
    def taken(self) -> Gathered:
        """Return the intake of the valid rows."""
        return self.bench.submit({table: written(rows) for table, rows in self.rows.items()})

    @cached_property
    def frames(self) -> dict[str, pl.DataFrame]:
        """Return the valid rows as they are stored."""
        return self.bench.frames(self.taken)

    @cached_property
    def free(self) -> dict[str, list[ColumnSpec]]:
        """Return the columns of each table that accept approximate numbers or dates."""
        return {
            layout.id: [
                column
                for column in layout.columns
                if column.name not in layout.unique and column.refers is None and approximate(column, 0) is not None
            ]
            for layout in self.layouts
        }

    @cached_property
    def approximated(self) -> dict[str, pl.DataFrame]:
        """Return the valid rows as they are stored, with approximate numbers and dates in two of three rows."""
        rows = {
            table: [
                dict(row) | {c.name: Made(approximate(c, at), 0.0) for c in self.free[table]} if at % 3 else row
                for at, row in enumerate(made)
            ]
            for table, made in self.rows.items()
        }
        return self.bench.frames(self.bench.submit({table: written(each) for table, each in rows.items()}))


def _rejoined(row: Row, at: int, layout: Layout, kept: Mapping[str, Rows]) -> Row:
    """Return a row with references only to rows that were kept."""
    row = dict(row)
    for column in layout.columns:
        table, _, name = (column.refers or "").partition(".")
        if kept.get(table):
            row[column.name] = kept[table][:ENOUGH][at % len(kept[table][:ENOUGH])][name]
    return row
