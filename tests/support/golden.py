"""The expected results of the example round: every measure, point, outcome, total and finding.

`python -m tests.support.golden` writes them anew, and the listing of what the base types declare.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from pilot_eval import api
from pilot_eval.errors import Finding
from pilot_eval.model import Assessment, EvaluationRecord
from tests.conftest import EXAMPLE, ROOT
from tests.support import declarations

GOLDEN = ROOT / "tests" / "data" / "golden" / "zhengzhou-2018.json"


def summary(record: EvaluationRecord) -> dict[str, Any]:
    """What a golden file holds of a record: its figures and findings, without files' hashes and versions."""
    pilots: dict[str, Any] = {each.pilot.id: _pilot(each) for each in record.assessments}
    return pilots | {"round": {"findings": _findings(record.findings)}}


def _pilot(each: Assessment) -> dict[str, Any]:
    score = each.total
    return {
        "standing": each.standing.value,
        "grade": [each.grade, each.grade_low, each.grade_high],
        "total": [score.points, score.low, score.high] if score else None,
        "common": each.common.points if each.common else None,
        "coverage": each.coverage,
        "indicators": {i.id: [i.outcome.value, i.value, i.points, i.low, i.high] for i in each.indicators},
        "adjustments": {a.id: a.points for a in (*each.bonuses, *each.deductions)},
        "gates": {gate.id: gate.state.value for gate in each.gates},
        "findings": _findings(each.findings),
    }


def _findings(findings: Sequence[Finding]) -> list[str]:
    """Each finding's severity, code and place, as often as it is said."""
    return sorted(f"{each.severity.value} {each.code} {each.place}".strip() for each in findings)


def written(made: dict[str, Any]) -> str:
    """The golden file's text: a short list on one line, so that a change is easy to read."""
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
    return re.sub(r"\[\s[^\[\]:]*\]", lambda short: re.sub(r"\s*\n\s*", "", short[0]).replace(",", ", "), text) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(written(summary(api.assess(api.open_round(EXAMPLE)))), "utf-8")
    declarations.LISTING.write_text(declarations.written(), "utf-8")
