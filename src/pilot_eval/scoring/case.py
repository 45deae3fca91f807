"""One pilot with everything that its assessment needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pilot_eval.errors import Finding, Place
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.method.schema import PilotSpec
from pilot_eval.plans.files import NO_PLAN, Plan
from pilot_eval.plans.results import Reached
from pilot_eval.text import Words


@dataclass(frozen=True)
class Review:
    """What the evaluators decided about one pilot: expert scores, and indicators that don't apply, with reasons.

    levels: the level that experts chose for an indicator, beside its score or without one. places: where each decision
    is written. findings: what is wrong with the review, which then holds nothing else.
    """

    reviewed_by: str | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, Words] = field(default_factory=dict)
    not_applicable: Mapping[str, Words] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class PilotCase:
    """One pilot with everything that its assessment needs; `intake` is None if nothing was submitted.

    last: its measures in the previous round. plan: its own indicators; reached: what was reached of them, by line.
    """

    pilot: PilotSpec
    intake: Intake | None
    folder: Path
    review: Review
    last: Mapping[str, float] = field(default_factory=dict)
    plan: Plan = NO_PLAN
    reached: Mapping[str, Reached] = field(default_factory=dict)
