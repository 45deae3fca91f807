"""Check reviews: list everything that is wrong with them."""

from collections.abc import Mapping, Sequence

from pilot_eval.actions.workspace import Workspace
from pilot_eval.errors import Finding
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.measures.engines import Engine, PolarsEngine
from pilot_eval.plans.results import results_of
from pilot_eval.scoring.assess import against_evidence, assess_type
from pilot_eval.scoring.case import PilotCase
from pilot_eval.scoring.levels import by_measure


def check_reviews(
    space: Workspace, gathered: Mapping[str, Gathered], only: Sequence[str] = (), engine: Engine | None = None
) -> list[Finding]:
    """List what is wrong with the plans and the reviews of the pilots, and what these decide against the evidence.

    gathered: the pilots' submissions, as checked. Unless asked for some pilots `only`, list the files that concern no
    pilot too.
    """
    reviews, plans = space.reviews, space.plans
    pilots = space.pilots(only)
    found = [*plans.findings(pilot.id for pilot in pilots), *(() if only else plans.others)]
    found += [*reviews.findings(pilot.id for pilot in pilots), *(() if only else reviews.others)]
    for base_type, compiled in space.compiled.items():
        within = {item.id for item in space.method.scorings(base_type) if by_measure(item)}
        cases = [
            PilotCase(
                pilot,
                gathered[pilot.id].intake,
                gathered[pilot.id].folder,
                review,
                space.last(pilot.id),
                plans.of(pilot.id),
                results_of(plans.of(pilot.id).lines, gathered[pilot.id], space.method.units).reached,
            )
            for pilot in pilots
            if pilot.base_type == base_type and pilot.id in gathered
            if (review := reviews.of(pilot.id)).not_applicable or within & review.scores.keys()
        ]
        made = assess_type(engine or PolarsEngine(), space.method, compiled, cases) if cases else []
        for case, assessment in zip(cases, made, strict=True):
            found += against_evidence(case, space.method, assessment.indicators)
    return found
