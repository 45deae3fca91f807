"""Figures of one submission, before anything is scored."""

from pilot_eval.actions.workspace import Workspace
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.frames import PILOT, has
from pilot_eval.measures.compute import Tables, wanted_measures, with_measures
from pilot_eval.measures.engines import PolarsEngine


def figures_of(space: Workspace, pilot: str, gathered: Gathered) -> dict[str, float | None]:
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
