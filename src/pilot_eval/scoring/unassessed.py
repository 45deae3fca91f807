"""Pilots that can't be assessed, and what the assessment of every pilot says of it: its register, what is wrong."""

from collections.abc import Collection, Sequence

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.method.schema import Method, PilotSpec
from pilot_eval.model import Assessment, IndicatorResult, Outcome, PilotInfo, Standing, Tier
from pilot_eval.scoring.case import PilotCase
from pilot_eval.text import Words


def without_plugin(
    method: Method, cases: Sequence[PilotCase], cause: Words, submitted: Collection[str]
) -> list[Assessment]:
    """Assess pilots whose base type has no working plugin: every indicator is an error, with the cause.

    submitted: ids of the pilots that have a submission, which can't be read.
    """
    return [_unassessed(method, case, cause, unread=case.pilot.id in submitted) for case in cases]


def unread_submission(pilot: str) -> Finding:
    """Report that a pilot has a submission, which can't be read."""
    return finding("submission-unread", Place(file=f"submissions/{pilot}"))


def nothing_submitted(pilot: str) -> Finding:
    return finding("submission-none", Place(file=f"submissions/{pilot}"))


def _unassessed(method: Method, case: PilotCase, cause: Words, *, unread: bool) -> Assessment:
    indicators = tuple(
        IndicatorResult(
            id=item.id,
            outcome=Outcome.ERROR,
            reason=cause,
            measure=item.measure or "",
            value=None,
            points=None,
            low=0.0,
            high=item.points,
            out_of=item.points,
        )
        for item in method.indicators(case.pilot.base_type)
    )
    return Assessment(
        pilot=pilot_info(method, case.pilot),
        submission=case.intake.info.shown if case.intake and case.intake.info else None,
        standing=Standing.ERROR,
        grade=None,
        grade_low=None,
        grade_high=None,
        grade_reason=cause,
        total=None,
        indicators_score=None,
        common=None,
        coverage=None,
        dimensions=(),
        indicators=indicators,
        bonuses=(),
        deductions=(),
        gates=(),
        measures=(),
        extracts=(),
        findings=(unread_submission(case.pilot.id), *case.review.findings) if unread else findings_about(case),
        reviewed_by=case.review.reviewed_by,
    )


def pilot_info(method: Method, pilot: PilotSpec) -> PilotInfo:
    return PilotInfo(
        id=pilot.id,
        label=pilot.label,
        base_type=pilot.base_type,
        tier=next((Tier(id=each.id, label=each.label) for each in method.tiers if each.id == pilot.tier), None),
        basis=next((each.label for each in method.bases if each.id == pilot.basis), None),
        sources=pilot.sources,
    )


def findings_about(case: PilotCase) -> tuple[Finding, ...]:
    if case.intake is None:
        return (nothing_submitted(case.pilot.id), *case.plan.findings, *case.review.findings)
    return (*case.intake.findings, *case.plan.findings, *case.review.findings)
