"""Edge cases of a record for the report's tests: failed, withheld, absent, unbounded, and full of foreign text."""

from typing import Any

from pilot_eval.errors import Place, finding
from pilot_eval.model import (
    Assessment,
    EvaluationRecord,
    GateState,
    Outcome,
    Score,
    Standing,
)
from pilot_eval.text import Words
from tests.support.reports.samples import build


def failed(of: Assessment) -> Assessment:
    """Its plugin couldn't be loaded."""
    cause = Words(zh="插件 pilot-eval-park 无法加载：ImportError", en="the plugin can't be loaded: ImportError")
    return of.model_copy(
        update=_nothing(of, Outcome.ERROR, cause)
        | {"standing": Standing.ERROR, "grade_reason": cause, "measures": (), "extracts": ()}
    )


def not_submitted(of: Assessment) -> Assessment:
    """Nothing arrived at all."""
    reason = Words(zh="没有提交材料", en="nothing was submitted")
    zero = Score(points=0, low=0, high=100, out_of=100)
    return of.model_copy(
        update=_nothing(of, Outcome.MISSING, reason)
        | {
            "submission": None,
            "standing": Standing.NOT_SUBMITTED,
            "grade_reason": reason,
            "total": zero,
            "coverage": 0.0,
            "measures": (),
            "extracts": (),
            "findings": (finding("submission-none", Place(file=f"submissions/{of.pilot.id}")),),
        }
    )


def withheld(of: Assessment) -> Assessment:
    """A veto was triggered; the points stand, the grade doesn't."""
    reason = Words(zh="一票否决：有违法违规行为", en="veto: breach of law")
    gate = of.gates[0].model_copy(
        update={"state": GateState.TRIGGERED, "evidence": Words(zh="声明：否", en="declared: no")}
    )
    unknown = of.gates[1].model_copy(
        update={"state": GateState.UNKNOWN, "evidence": Words(zh="未声明", en="not declared")}
    )
    return of.model_copy(
        update={
            "standing": Standing.WITHHELD,
            "grade": None,
            "grade_low": None,
            "grade_high": None,
            "grade_reason": reason,
            "gates": (gate, unknown),
        }
    )


def nothing_applies(of: Assessment) -> Assessment:
    """All indicators are not applicable: no score, no coverage."""
    reason = Words(zh="当年新设，各项指标不适用", en="founded this year: no indicator applies")
    return of.model_copy(
        update=_nothing(of, Outcome.NOT_APPLICABLE, reason)
        | {"standing": Standing.WITHHELD, "grade_reason": reason, "gates": (), "bonuses": (), "deductions": ()}
    )


def unbounded(of: Assessment) -> Assessment:
    """Measures without a known upper bound (`1600以上`)."""
    return of.model_copy(
        update={
            "measures": tuple(each.model_copy(update={"high": None}) for each in of.measures),
            "indicators": tuple(each.model_copy(update={"high": each.out_of}) for each in of.indicators),
        }
    )


def _nothing(of: Assessment, outcome: Outcome, reason: Words) -> dict[str, Any]:
    """No indicator scored, for one reason."""
    applies = outcome is not Outcome.NOT_APPLICABLE
    results = tuple(
        each.model_copy(
            update={
                "outcome": outcome,
                "reason": reason,
                "value": None,
                "points": None,
                "low": 0.0,
                "high": each.out_of if applies else 0.0,
                "out_of": each.out_of if applies else 0.0,
                "expert_score": None,
            }
        )
        for each in of.indicators
    )
    return {
        "grade": None,
        "grade_low": None,
        "grade_high": None,
        "total": None,
        "indicators_score": None,
        "common": None,
        "coverage": None,
        "dimensions": (),
        "indicators": results,
    }


def mixed() -> EvaluationRecord:
    """Fifteen pilots among which every standing occurs, and a plugin that failed."""
    made = list(build().assessments)
    made[4], made[1], made[7], made[12] = (
        failed(made[4]), not_submitted(made[1]), withheld(made[7]), nothing_applies(made[12])
    )  # fmt: skip
    made[2] = unbounded(made[2])
    record = build(made)
    broken = record.base_types[1].model_copy(
        update={
            "state": "failed",
            "cause": Words(zh="ImportError: 没有名为 x 的模块", en="ImportError: no module named x"),
        }
    )
    return record.model_copy(update={"base_types": (record.base_types[0], broken, *record.base_types[2:])})


def single() -> EvaluationRecord:
    """One pilot, no finding, no notice."""
    one = build().assessments[3].model_copy(update={"findings": ()})
    record = build([one])
    quiet = record.round.model_copy(update={"notice": None})
    return record.model_copy(update={"findings": (), "round": quiet})


CLOSED = {
    "sha256",
    "kind",
    "state",
    "direction",
    "outcome",
    "standing",
    "rounding",
    "aggregate",
    "use",
    "severity",
    "format",
    "missing",
    "cause",
}
"""Fields whose values are a closed set: they can't carry foreign text."""
MAPPINGS = {"columns", "lacks", "left_out", "libraries", "parameters", "tables"}
"""Fields that are mappings: their keys are free text too."""
POISON = (
    "<script>alert(1)</script></style></title><img src=x onerror=alert(2)>\"' onfocus=alert(3) {{7*7}}{% raw %}"
    "&lt;b&gt;\u202egpj.exe\u202c\u200b\x07]]>--><!--"
)
"""Text that becomes markup, script, template, another reading order, or nothing visible where it is not escaped."""


def poisoned(record: EvaluationRecord, poison: str = POISON) -> EvaluationRecord:
    """The same record with `poison` added to every free text in it, names and keys of mappings included."""

    def walk(node: Any, key: str) -> Any:
        if isinstance(node, dict):
            return {
                (k + poison if key in MAPPINGS else k): walk(v, "" if key in MAPPINGS else k) for k, v in node.items()
            }
        if isinstance(node, list):
            return [walk(each, key) for each in node]
        if isinstance(node, str) and node and key not in CLOSED:
            return node + poison
        return node

    return EvaluationRecord.model_validate(walk(record.model_dump(mode="json"), ""))
