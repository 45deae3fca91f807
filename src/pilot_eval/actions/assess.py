"""Assess: from submissions and reviews to the record."""

from collections.abc import Sequence

from pilot_eval.actions.check import check, strays
from pilot_eval.actions.describe import base_type_info, inputs, method_info, round_info, software, without_paths
from pilot_eval.actions.workspace import Progress, Workspace, no_progress
from pilot_eval.comparison.ranks import compare
from pilot_eval.errors import Finding, Severity
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.measures.engines import Engine, PolarsEngine
from pilot_eval.method.schema import PilotSpec
from pilot_eval.model import BaseTypeInfo, EvaluationRecord, Standing
from pilot_eval.plans.results import results_of
from pilot_eval.scoring.assess import peers_of, score_type
from pilot_eval.scoring.case import PilotCase
from pilot_eval.scoring.grades import Scored, graded
from pilot_eval.scoring.unassessed import without_plugin


def assess(space: Workspace, engine: Engine | None = None, progress: Progress = no_progress) -> EvaluationRecord:
    """Assess every pilot of the round; what is wrong with its evidence and its reviews is in the record."""
    engine = engine or PolarsEngine()
    gathered = check(space, progress=progress, engine=engine)
    scored: list[Scored] = []
    infos: list[BaseTypeInfo] = []
    cases_of = {
        base_type: [
            _case(space, pilot, gathered.get(pilot.id)) for pilot in space.pilots() if pilot.base_type == base_type
        ]
        for base_type in space.compiled
    }
    working = {name: compiled for name, compiled in space.compiled.items() if name in space.registry.base_types}
    peers = peers_of(engine, space.method, ((compiled, cases_of[name]) for name, compiled in working.items()))
    for done, (base_type, compiled) in enumerate(space.compiled.items()):
        progress("assess", done, len(space.compiled))
        cases = cases_of[base_type]
        info = base_type_info(space.registry, base_type, compiled, space.method)
        infos.append(info)
        if info.cause is not None:
            submitted = {case.pilot.id for case in cases if space.has_submitted(case.pilot)}
            scored += map(Scored, without_plugin(space.method, cases, info.cause, submitted))
        else:
            scored += score_type(engine, space.method, compiled, cases, peers)
    progress("assess", len(space.compiled), len(space.compiled))
    by_pilot = {each.pilot.id: each for each in graded(space.method, scored)}
    assessments = [by_pilot[pilot.id] for pilot in space.pilots()]
    plugin_findings = [*space.registry.findings, *space.method.unusable]
    return EvaluationRecord(
        round=round_info(space.round),
        method=method_info(space),
        software=software(),
        base_types=tuple(infos),
        inputs=inputs(space, gathered),
        assessments=tuple(assessments),
        comparison=compare(
            assessments, infos, sum(item.points for item in space.method.common), space.method.head.points
        ),
        findings=(
            *strays(space),
            *(each for name in space.method.given if name in gathered for each in gathered[name].intake.findings),
            *space.plans.others,
            *space.reviews.others,
            *(without_paths(each) for each in plugin_findings),
        ),
    )


def exit_code(record: EvaluationRecord, published: Sequence[Finding] = ()) -> int:
    """Return the exit code: 0 for success, 1 for problems in the evidence, 3 for a failed plugin.

    `published` is what was found on publishing the record.
    """
    failed = any(each.code.startswith("plugin-") for each in (*record.findings, *published))
    if failed or any(each.state != "ok" for each in record.base_types):
        return 3
    ungraded = any(each.standing is Standing.ERROR for each in record.assessments)
    found = (each.severity for assessment in record.assessments for each in assessment.findings)
    others = any(each.severity is not Severity.NOTE for each in record.findings)
    return 1 if ungraded or others or Severity.ERROR in found else 0


def _case(space: Workspace, pilot: PilotSpec, gathered: Gathered | None) -> PilotCase:
    review, last, plan = space.reviews.of(pilot.id), space.last(pilot.id), space.plans.of(pilot.id)
    if gathered is None:
        return PilotCase(pilot, None, space.cache, review, last, plan)
    reached = results_of(plan.lines, gathered, space.method.units).reached
    return PilotCase(pilot, gathered.intake, gathered.folder, review, last, plan, reached)
