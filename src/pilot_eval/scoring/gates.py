"""Gates and grades: which gates a pilot's results trigger, and how they limit its grade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilot_eval.errors import Severity
from pilot_eval.evidence.intake.information import Info
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.frames import ALL
from pilot_eval.measures.missing import ADVERSE, Lack
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.schema import GradeSpec, Method
from pilot_eval.model import GateResult, GateState, Standing
from pilot_eval.plugin.compiling import Compiled
from pilot_eval.scoring.case import Review
from pilot_eval.text import Words, joined, quoted

_EVIDENCE = Words(zh="提交材料", en="the submission")
_REVIEW = Words(zh="评审文件", en="the review")


@dataclass(frozen=True)
class Gates:
    """A method's gates with their results for one pilot, in the method's order."""

    method: Method
    results: tuple[GateResult, ...]

    @property
    def closed(self) -> list[GateResult]:
        """Return the gates that withhold the grade: triggered, or based on a statement that was not made."""
        return [result for gate, result in self._pairs if gate.effect.withhold and _closes(gate, result)]

    def grade(self, total: float) -> str | None:
        """Return the grade of a total, limited to the lowest cap of the triggered gates."""
        grade = grade_of(total, self.method.grades)
        if grade is None:
            return None
        order = [each.id for each in self.method.grades]  # best first
        return max((grade, *(cap for cap, _ in self._caps)), key=order.index)

    @property
    def cap_reason(self) -> Words | None:
        """Return which triggered gates cap the grade, and at what; None if none does."""
        results = [result for _, result in self._caps]
        if not results:
            return None
        return Words(
            zh="；".join(f"{each.label.zh}：{each.effect.zh}" for each in results),
            en="; ".join(f"{each.label.in_('en')}: {each.effect.in_('en')}" for each in results),
        )

    @property
    def _pairs(self) -> list[tuple[GateSpec, GateResult]]:
        return list(zip(self.method.gates, self.results, strict=True))

    @property
    def _caps(self) -> list[tuple[str, GateResult]]:
        """Return the triggered gates that cap the grade, each with its cap."""
        triggered = ((g.effect.cap, result) for g, result in self._pairs if result.state is GateState.TRIGGERED)
        return [(cap, result) for cap, result in triggered if cap]


def gates_of(method: Method, compiled: Compiled, info: Info | None, row: Mapping[str, Any]) -> Gates:
    """Apply the method's gates to a pilot's statements and its row of the pipeline."""
    return Gates(method, tuple(_gate_result(gate, method, compiled, info, row) for gate in method.gates))


def grade_of(total: float | None, grades: Sequence[GradeSpec]) -> str | None:
    """Return the grade whose band contains the total; grades are best first."""
    if total is None:
        return None
    return next((grade.id for grade in grades if total >= grade.min), None)


def standing_of(
    intake: Intake | None,
    review: Review,
    failed: Sequence[Words],
    gates: Gates,
    lacks: Sequence[Lack] = (),
    *,
    applies: bool,
) -> tuple[Standing, Words | None]:
    """Return whether a pilot is graded, and why it isn't or why its grade is capped.

    failed: what can't be computed. lacks: tables behind deductions and gates that are neither sent nor declared empty.
    applies: whether any indicator does.
    """
    wrong = any(
        each.severity is Severity.ERROR and each.code != ADVERSE for each in (intake.findings if intake else ())
    )
    faulty = [label for label, said in ((_EVIDENCE, wrong), (_REVIEW, review.findings)) if said]
    if faulty:
        what = joined(faulty)
        return Standing.ERROR, Words(
            zh=f"{what.zh}有错误，更正后才能评定等级",
            en=f"errors in {what.en}; correct them to have it graded",
        )
    if intake is None:
        return Standing.NOT_SUBMITTED, Words(zh="没有提交材料", en="nothing was submitted")
    if failed:
        names = joined(map(quoted, failed))
        return Standing.ERROR, Words(zh=f"{names.zh}无法测算", en=f"cannot be computed: {names.en}")
    if not applies:
        return Standing.WITHHELD, Words(zh="没有适用的指标", en="no indicator applies")
    reasons = [
        Words(zh=f"{each.label.zh}（{each.evidence.zh}）", en=f"{each.label.in_('en')} ({each.evidence.in_('en')})")
        for each in gates.closed
    ]
    reasons += [
        Words(
            zh=f"没有提交“{each.table.zh}”，也没有声明本期无记录，{each.said.zh}未定",
            en=f"no records of “{each.table.in_('en')}”, nor declared empty: {each.said.in_('en')} are open",
        )
        for each in lacks
    ]
    if reasons:
        zh, en = "；".join(each.zh for each in reasons), "; ".join(each.en for each in reasons)
        return Standing.WITHHELD, Words(zh=zh, en=en)
    return Standing.GRADED, gates.cap_reason


def _closes(gate: GateSpec, result: GateResult) -> bool:
    undeclared = result.state is GateState.UNKNOWN and gate.when.statement is not None
    return result.state is GateState.TRIGGERED or undeclared


def _gate_result(
    gate: GateSpec, method: Method, compiled: Compiled, info: Info | None, row: Mapping[str, Any]
) -> GateResult:
    when = gate.when
    if when.statement is not None:
        state, evidence = _declared(gate, method, info)
    elif when.coverage_below is not None:
        state, evidence = _covered(row[ALL.coverage], when.coverage_below)
    else:
        assert when.measure is not None  # noqa: S101  the schema has exactly one
        state, evidence = _measured(gate, compiled.measures[when.measure].spec.label, row[when.measure])
    label = next((grade.label for grade in method.grades if grade.id == gate.effect.cap), None)
    effect = (
        Words(zh="不评定等级", en="the grade is withheld")
        if label is None
        else Words(zh=f"等级不高于“{label.zh}”", en=f"the grade is capped at “{label.in_('en')}”")
    )
    return GateResult(
        id=gate.id,
        kind=gate.kind,
        label=gate.label,
        state=state,
        effect=effect,
        evidence=evidence,
        basis=gate.basis.recorded,
    )


def _declared(gate: GateSpec, method: Method, info: Info | None) -> tuple[GateState, Words]:
    when = gate.when
    answer = info.statements.get(when.statement or "") if info else None
    label = next(each.label for each in method.statements if each.id == when.statement)
    if answer is None:
        return GateState.UNKNOWN, Words(zh=f"没有声明“{label.zh}”", en=f"“{label.in_('en')}” was not declared")
    zh, en = ("是", "yes") if answer else ("否", "no")
    return _state(answer is when.is_), Words(zh=f"声明“{label.zh}”：{zh}", en=f"“{label.in_('en')}” declared: {en}")


def _covered(coverage: float | None, threshold: float) -> tuple[GateState, Words]:
    shown = "—" if coverage is None else f"{coverage:g}%"
    return _state((coverage or 0) < threshold), Words(
        zh=f"证据覆盖率 {shown}，门槛 {threshold:g}%", en=f"evidence coverage {shown}, threshold {threshold:g}%"
    )


def _measured(gate: GateSpec, label: Words, value: float | None) -> tuple[GateState, Words]:
    when = gate.when
    if value is None:
        return GateState.UNKNOWN, Words(zh=f"{label.zh}：没有证据", en=f"{label.in_('en')}: no evidence")
    met = value < when.below if when.below is not None else value > (when.above or 0)
    return _state(met), Words(zh=f"{label.zh}：{value:g}", en=f"{label.in_('en')}: {value:g}")


def _state(met: bool) -> GateState:
    return GateState.TRIGGERED if met else GateState.CLEAR
