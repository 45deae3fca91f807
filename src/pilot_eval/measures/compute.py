"""Computes the measures of one base type: one aggregation per table, then arithmetic."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from pathlib import Path

import narwhals.stable.v2 as nw

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.frames import PILOT, has, three, unsure
from pilot_eval.measures.aggregating import Days, aggregated
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.plugin.columns import Orders
from pilot_eval.plugin.compiling import Compiled, Measure
from pilot_eval.text import named, quoted

SETTLED = 9
"""Decimals to which measures are rounded before a rule uses them: engines agree to 2e-14, not bit for bit."""


@dataclass(frozen=True)
class Tables:
    """The Parquet files of all pilots of one base type, by table, and the round's period."""

    paths: Mapping[str, Sequence[Path]]
    period: Days | None = None

    @classmethod
    def of(cls, submissions: Iterable[tuple[Intake, Path]]) -> "Tables":
        """Return the tables that may be used of submissions, each with the folder where its tables are stored."""
        paths: dict[str, dict[Path, None]] = {}  # one for all pilots is there once
        period = None
        for intake, folder in submissions:
            period = intake.period  # of the round, for all the same
            for table in intake.rows:
                paths.setdefault(table, {})[intake.file_of(table, folder)] = None
        return cls({table: tuple(own) for table, own in paths.items()}, period)


def wanted_measures(compiled: Compiled, names: Iterable[str]) -> list[Measure]:
    """Return the named measures and those they are computed from, in order of dependency."""
    wanted: set[str] = set()
    waiting = [name for name in names if name in compiled.measures]
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += compiled.measures[name].figure.uses
    return [measure for name, measure in compiled.measures.items() if name in wanted]


def with_measures(
    engine: Engine, compiled: Compiled, measures: Sequence[Measure], tables: Tables, pilots: Frame
) -> tuple[Frame, dict[str, Finding]]:
    """Add the columns of each measure to the frame of pilots, which states for each table which pilots have it.

    A measure that the engine rejects becomes null and is returned with the cause; the others are computed.
    """
    faults: dict[str, Finding] = {}
    for table in dict.fromkeys(measure.table for measure in measures if measure.table):
        own = [measure for measure in measures if measure.table == table]
        rows = engine.scan(tables.paths.get(table, ()), compiled.tables[table].columns)
        rows = within_wholes(rows, compiled.orders.get(table, frozenset()))
        opened = _Opened(engine, rows, table, tables.period)
        try:
            made = opened.add(own, pilots, ())
            made.collect_schema()
        except Exception:  # each engine has its own exceptions; try the measures one by one
            faults |= {each.spec.id: fault for each in own if (fault := opened.refused(each)) is not None}
            made = opened.add(own, pilots, faults)
        pilots = made
    for measure in measures:
        if measure.table is None:
            cause = next((faults[used] for used in sorted(measure.figure.uses) if used in faults), None)
            if cause is not None:
                faults[measure.spec.id] = cause
            pilots = _with_figures(pilots, [measure], _present(compiled, measure), faults)
    return pilots, faults


def within_wholes(rows: Frame, orders: Orders) -> Frame:
    """Narrow the bounds of approximate cells: a part is at most its whole, which is at least its part.

    A value that contradicts its whole stays within its bounds: what is written is never changed.
    """
    for names in sorted(orders):
        part, whole = map(three, names)
        given = ~nw.col(part.value).is_null() & ~nw.col(whole.value).is_null()
        most = nw.max_horizontal(nw.col(part.value), nw.min_horizontal(nw.col(part.high), nw.col(whole.high)))
        least = nw.min_horizontal(nw.col(whole.value), nw.max_horizontal(nw.col(whole.low), nw.col(part.low)))
        rows = rows.with_columns(
            **{
                part.high: nw.when(given).then(most).otherwise(nw.col(part.high)),
                whole.low: nw.when(given).then(least).otherwise(nw.col(whole.low)),
            }
        )
    return rows


def _present(compiled: Compiled, measure: Measure) -> nw.Expr:
    """Return whether every table that a derived measure is computed from was submitted."""
    tables = sorted({table for name in measure.figure.uses for table in compiled.tables_of(name)})
    return reduce(and_, (nw.col(has(table)) for table in tables), nw.lit(True))


@dataclass(frozen=True)
class _Opened:
    """The rows of a table, from which measures are computed."""

    engine: Engine
    rows: Frame
    table: str
    period: Days | None

    def add(self, measures: Sequence[Measure], pilots: Frame, faults: Collection[str]) -> Frame:
        """Add the measures to the frame of pilots."""
        working = [measure.figure for measure in measures if measure.spec.id not in faults]
        for made in aggregated(self.engine, self.rows, working, self.period):
            pilots = pilots.join(made, on=PILOT, how="left")
        return _with_figures(pilots, measures, nw.col(has(self.table)), faults)

    def refused(self, measure: Measure) -> Finding | None:
        """Try a measure on the table's schema; return the engine's error, if any."""
        try:
            pilots = self.rows.select(PILOT).unique().with_columns(**{has(self.table): nw.lit(True)})
            self.add([measure], pilots, ()).collect_schema()
        except Exception as error:  # each engine has exceptions of its own
            cause = quoted(f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
            name = named(measure.spec.label, measure.spec.id)
            return finding("plugin-measure-engine", measure.spec.place, measure=name, cause=cause)
        return None


def _with_figures(frame: Frame, measures: Sequence[Measure], present: nw.Expr, faults: Collection[str]) -> Frame:
    """Add the arithmetic of each measure level by level, then the measures themselves."""
    working = [measure for measure in measures if measure.spec.id not in faults]
    depth = max((len(measure.figure.levels) for measure in working), default=0)
    for level in range(1, depth):
        stages = (m.figure.levels[level] for m in working if level < len(m.figure.levels))
        frame = frame.with_columns(**{alias: expr for stage in stages for alias, expr in stage.items()})
    columns: dict[str, nw.Expr] = {}
    for measure in measures:
        columns |= _measure_columns(measure, present, broken=measure.spec.id in faults)
    return frame.with_columns(**columns)


def _measure_columns(measure: Measure, present: nw.Expr, *, broken: bool) -> dict[str, nw.Expr]:
    names, no = three(measure.spec.id), nw.lit(False)
    if broken:
        return {name: nw.lit(None, nw.Float64) for name in names} | {unsure(measure.spec.id): no}
    trio = measure.figure.trio
    made = {
        name: nw.when(present).then(expr if measure.as_given else _settled(expr))
        for name, expr in zip(names, (trio.value, trio.low, trio.high), strict=True)
    }
    return made | {unsure(measure.spec.id): no if trio.lacks is None else nw.coalesce(trio.lacks, no)}


def _settled(expr: nw.Expr) -> nw.Expr:
    """Round, and never return NaN or infinity; large numbers stay as they are, since scaling would distort them."""
    finite = nw.when((expr > float("-inf")) & (expr < float("inf"))).then(expr)
    small = (expr < 1e6) & (expr > -1e6)
    return nw.when(small).then(expr.round(SETTLED)).otherwise(finite).cast(nw.Float64)
