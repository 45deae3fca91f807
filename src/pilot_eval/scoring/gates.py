"""Gates of one pilot: which ones its results trigger, what they saw, and whether the pilot is graded at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilot_eval.errors import Severity
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.frames import ALL, BOUNDED, ConditionColumns, gate_columns, statement_column, three
from pilot_eval.measures.missing import ADVERSE, Lack
from pilot_eval.method.conditions import WHOLE, ConditionSpec, condition_said, scored_said, threshold_said
from pilot_eval.method.gates import GateEffect, GateSpec
from pilot_eval.method.schema import Method
from pilot_eval.model import EffectInfo, GateResult, GateState, Standing
from pilot_eval.plans.files import NO_PLAN, Plan
from pilot_eval.plugin.compiling import Compiled
from pilot_eval.scoring.case import Review
from pilot_eval.scoring.conditions import compared_columns
from pilot_eval.text import Words, both, joined, quoted

_EVIDENCE = Words(zh="提交材料", en="the submission")
_PLAN = Words(zh="绩效目标表", en="the plan")
_REVIEW = Words(zh="评审文件", en="the review")
_ALL_INDICATORS = Words(zh="指标总分", en="all indicators")


@dataclass(frozen=True)
class Gates:
    """A base type's gates with their results for one pilot, in the method's order."""

    gates: tuple[GateSpec, ...]
    results: tuple[GateResult, ...]

    @property
    def closed(self) -> list[GateResult]:
        """Return the gates that withhold the grade: triggered, or open."""
        return [each for gate, each in self._pairs if gate.effect.withhold and each.state is not GateState.CLEAR]

    @property
    def may_close(self) -> bool:
        """Whether a gate that doesn't withhold the grade still may, within the bounds of what it asks for."""
        return any(gate.effect.withhold and not each.certain for gate, each in self._pairs)

    @property
    def reason(self) -> Words | None:
        """Return which gates limit a grade that is given, or may limit it, and how; None if none does."""
        said = [
            Words(zh=f"{each.label.zh}：{_SURE[sure].zh}{each.effect.zh}", en=f"{each.label.in_('en')}: "
                  f"{_SURE[sure].en}{each.effect.in_('en')}")
            for each in self.results
            if (sure := each.state is GateState.TRIGGERED) or not each.certain
        ]  # fmt: skip
        if not said:
            return None
        return Words(zh="；".join(each.zh for each in said), en="; ".join(each.en for each in said))

    @property
    def _pairs(self) -> list[tuple[GateSpec, GateResult]]:
        return list(zip(self.gates, self.results, strict=True))


_SURE = {True: Words(zh="", en=""), False: Words(zh="可能", en="possibly ")}


def gates_of(method: Method, compiled: Compiled, row: Mapping[str, Any]) -> Gates:
    """Return what a base type's gates come to in a pilot's row of the pipeline."""
    gates, seen = method.gates_of(compiled.id), SeenFigures(method, compiled, row)
    return Gates(gates, tuple(_gate_result(gate, method, seen) for gate in gates))


def standing_of(
    intake: Intake | None,
    review: Review,
    failed: Sequence[Words],
    gates: Gates,
    lacks: Sequence[Lack] = (),
    *,
    applies: bool,
    plan: Plan = NO_PLAN,
) -> tuple[Standing, Words | None]:
    """Return whether a pilot is graded, and why it isn't or why its grade is limited.

    failed: what can't be computed. lacks: tables behind deductions and gates that are neither sent nor declared empty.
    applies: whether any indicator does. plan: its own indicators.
    """
    wrong = any(
        each.severity is Severity.ERROR and each.code != ADVERSE for each in (intake.findings if intake else ())
    )
    faulty = [label for label, said in ((_EVIDENCE, wrong), (_PLAN, plan.wrong), (_REVIEW, review.findings)) if said]
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
    return Standing.GRADED, gates.reason


@dataclass(frozen=True)
class SeenFigures:
    """What conditions ask for, in one pilot's row of the pipeline, and how it is called."""

    method: Method
    compiled: Compiled
    row: Mapping[str, Any]

    def name(self, kind: str, id_: str) -> Words:
        """Return the name of something that a condition names."""
        if kind == "measure":
            return self.compiled.measures[id_].spec.label
        base_type = self.compiled.id
        if kind == "statement":
            known: Sequence[Any] = self.method.statements
        elif kind == "gate":
            known = self.method.gates_of(base_type)
        else:
            own = self.method.own_dimensions.get(base_type, ())
            known = (*self.method.indicators(base_type), *self.method.dimensions, *own)
        return next((each.label for each in known if each.id == id_), _ALL_INDICATORS)

    def said(self, condition: ConditionSpec) -> Words:
        """Return a condition in words."""
        return condition_said(condition, self.name)

    def evidence(self, condition: ConditionSpec) -> Words:
        """Return what a condition asks for, as it was found; of one that is put together, all of it."""
        found = list(dict.fromkeys(self._found(each.condition) for each in condition.simple))
        return Words(zh="；".join(each.zh for each in found), en="; ".join(each.en for each in found))

    def state(self, columns: ConditionColumns) -> tuple[GateState, bool]:
        """Return the state of a condition, and whether it is so throughout the bounds of what it asks for."""
        met = self.row[columns.met]
        state = GateState.UNKNOWN if met is None else GateState.TRIGGERED if met else GateState.CLEAR
        return state, self.row[columns.surely] == self.row[columns.maybe]

    def _found(self, condition: ConditionSpec) -> Words:
        if condition.statement is not None:
            label = quoted(self.name("statement", condition.statement))
            answer = self.row[statement_column(condition.statement)]
            if answer is None:
                return Words(zh=f"没有声明{label.zh}", en=f"{label.en} was not declared")
            zh, en = ("是", "yes") if answer else ("否", "no")
            return Words(zh=f"声明{label.zh}：{zh}", en=f"{label.en} declared: {en}")
        if condition.coverage_below is not None:
            return self._covered(condition.coverage_below)
        if condition.measure is not None:
            label = self.name("measure", condition.measure)
            value, low, high = (self.row[name] for name in three(condition.measure))
            if value is None:
                return Words(zh=f"{label.zh}：没有证据", en=f"{label.in_('en')}: no evidence")
            shown = _with_bounds(value, low, high)
            return Words(zh=f"{label.zh}：{shown.zh}", en=f"{label.in_('en')}: {shown.en}")
        if condition.gate is not None:
            label = quoted(self.name("gate", condition.gate))
            state, _ = self.state(gate_columns(condition.gate))
            said = _STATES[state]
            return Words(zh=f"门槛{label.zh}{said.zh}", en=f"the gate {label.en} {said.en}")
        return self._reached(condition)

    def _covered(self, threshold: float) -> Words:
        coverage = self.row[ALL.coverage]
        shown = "—" if coverage is None else f"{coverage:g}%"
        return Words(
            zh=f"证据覆盖率 {shown}，门槛 {threshold:g}%", en=f"evidence coverage {shown}, threshold {threshold:g}%"
        )

    def _reached(self, condition: ConditionSpec) -> Words:
        label, than = scored_said(condition, self.name), threshold_said(condition)
        value, low, high = (self.row[name] for name in compared_columns(condition))
        if low is None:
            return Words(zh=f"{label.zh}：不适用", en=f"{label.en}: not applicable")
        if value is None:
            return Words(zh=f"{label.zh}：没有证据", en=f"{label.en}: no evidence")
        percent = condition.share_of is not None
        scale, unit = (100.0, "%") if percent else (1.0, "")
        value, low, high = (round(each * scale, _SHOWN) for each in (value, low, high))
        shown = _with_bounds(value, low, high, unit)
        return Words(zh=f"{label.zh} {shown.zh}，条件为{than.zh}", en=f"{label.en} {shown.en}, condition: {than.en}")


def _with_bounds(value: float, low: float | None, high: float | None, unit: str = "") -> Words:
    """Return a figure with its bounds: `12`, `12（10–15）`."""
    if low is None or high is None or low == high:
        return both(f"{value:g}{unit}")
    ends = [f"{end:g}{unit}" if abs(end) < BOUNDED else "∞" if end > 0 else "−∞" for end in (low, high)]
    span = "–".join(ends)
    return Words(zh=f"{value:g}{unit}（{span}）", en=f"{value:g}{unit} ({span})")


_SHOWN = 4
"""Decimals of scores in evidence of gates."""

_STATES = {
    GateState.TRIGGERED: Words(zh="已触发", en="is triggered"),
    GateState.CLEAR: Words(zh="未触发", en="is not triggered"),
    GateState.UNKNOWN: Words(zh="无法判断", en="cannot be determined"),
}


def _gate_result(gate: GateSpec, method: Method, seen: SeenFigures) -> GateResult:
    state, certain = seen.state(gate_columns(gate.id))
    return GateResult(
        id=gate.id,
        kind=gate.kind,
        label=gate.label,
        state=state,
        effect=_effect_said(gate.effect, method, seen),
        evidence=seen.evidence(gate.when),
        basis=gate.basis.recorded,
        condition=seen.said(gate.when),
        certain=certain,
        does=EffectInfo(
            withhold=bool(gate.effect.withhold),
            cap=gate.effect.cap,
            down=gate.effect.down or 0,
            zero=gate.effect.zero,
            no_bonus=bool(gate.effect.no_bonus),
        ),
    )


def _effect_said(effect: GateEffect, method: Method, seen: SeenFigures) -> Words:
    said = []
    if effect.withhold:
        said.append(Words(zh="不评定等级", en="the grade is withheld"))
    if effect.down is not None:
        said.append(Words(zh=f"等级下调 {effect.down} 级", en=f"the grade falls by {effect.down}"))
    if effect.cap is not None:
        label = quoted(next(grade.label for grade in method.grades if grade.id == effect.cap))
        said.append(Words(zh=f"等级不高于{label.zh}", en=f"the grade is capped at {label.en}"))
    if effect.zero == WHOLE:
        said.append(Words(zh="总分计 0 分", en="the total is 0"))
    elif effect.zero is not None:
        label = quoted(seen.name("item", effect.zero))
        said.append(Words(zh=f"{label.zh}计 0 分", en=f"{label.en} has 0 points"))
    if effect.no_bonus:
        said.append(Words(zh="不计加分", en="no bonus counts"))
    return Words(zh="；".join(each.zh for each in said), en="; ".join(each.en for each in said))
