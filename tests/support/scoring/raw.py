"""Pilots assessed from their figures alone, without any file: quick enough for many random methods."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pilot_eval.frames import PILOT, item_columns, three, unsure
from pilot_eval.measures.engines import Engine
from pilot_eval.method.schema import Method
from pilot_eval.scoring.case import PilotCase, Review
from pilot_eval.scoring.growth import with_figures
from pilot_eval.scoring.peers import compare_peers, comparisons, peer_figures, with_peers
from pilot_eval.scoring.points import enough, with_points
from pilot_eval.scoring.totals import with_totals
from tests.support.scoring.lab import pilot_spec

Figure = tuple[float, float, float]
"""A figure with its bounds."""
Figures = Mapping[str, Mapping[str, Figure | None]]
"""By pilot and measure; None is missing."""


def scored_rows(
    engine: Engine, method: Method, worlds: Sequence[Figures], exempt: Mapping[str, Sequence[str]]
) -> list[dict[str, dict[str, Any]]]:
    """The pipeline's row of each pilot in each world; a world is a tier of its own, and all are scored in one run.

    exempt: the items that don't apply to a pilot.
    """
    items = method.scorings("village")
    figures = {f"w{at}-{pilot}": own for at, world in enumerate(worlds) for pilot, own in world.items()}
    pilots = list(figures)
    columns: dict[str, list[Any]] = {PILOT: pilots}
    types: dict[str, type] = {PILOT: str}
    for item in items:
        names = item_columns(item.id)
        for name in (names.baseline, names.target, names.expert, names.expert_low, names.expert_high):
            columns[name], types[name] = [0.0] * len(pilots), float
        columns[names.last], types[names.last] = [5.0] * len(pilots), float
        columns[names.exempt] = [item.id in exempt[pilot.partition("-")[2]] for pilot in pilots]
        columns[names.faulty], columns[names.empty] = [False] * len(pilots), [None] * len(pilots)
        types |= {names.exempt: bool, names.faulty: bool, names.empty: str}
    for measure in method.measures("village"):
        for at, name in enumerate(three(measure)):
            found = [figures[pilot].get(measure) for pilot in pilots]
            columns[name], types[name] = [None if each is None else each[at] for each in found], float
        columns[unsure(measure)], types[unsure(measure)] = [False] * len(pilots), bool
    frame = with_figures(engine.frame(columns, types), items, {})
    specs = [pilot_spec(pilot).model_copy(update={"tier": pilot.partition("-")[0]}) for pilot in pilots]
    cases = [PilotCase(spec, None, Path(), Review()) for spec in specs]
    brought = peer_figures(frame, items, {item.id: enough(item) for item in items}, cases, {})
    frame = with_peers(engine, frame, items, compare_peers(engine, comparisons(items), brought))
    made = with_totals(with_points(frame, method, items, ()), method, "village").collect()
    rows = {row[PILOT]: row for row in made.iter_rows(named=True)}
    return [{pilot: rows[f"w{at}-{pilot}"] for pilot in world} for at, world in enumerate(worlds)]
