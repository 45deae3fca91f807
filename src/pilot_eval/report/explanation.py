"""Traces one score back: points, rule, measure, the measures that it is computed from, the cells they came from."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Literal

from pilot_eval.errors import UsageError, did_you_mean
from pilot_eval.model import (
    AdjustmentResult,
    Amount,
    Assessment,
    Basis,
    EvaluationRecord,
    IndicatorInfo,
    IndicatorResult,
    MeasureResult,
    Outcome,
    PilotInfo,
    UnitInfo,
)
from pilot_eval.report.hiding import Hidden
from pilot_eval.report.levels import level_reached
from pilot_eval.report.node_explanation import (
    TOTALS,
    GateExplanation,
    NodeExplanation,
    TotalExplanation,
    gate_lines,
    node_explanation,
    node_lines,
    total_explanation,
    total_lines,
)
from pilot_eval.report.own import reached_said
from pilot_eval.report.peers import figures_said, place_said, rule_said, share_said
from pilot_eval.report.words import WORDS, mid_word
from pilot_eval.text import Frozen, Lang, Words, both, in_language, joined
from pilot_eval.units import UNITS, Units


class Explanation(Frozen):
    """All that one pilot's points for one indicator rest on; `measures` from the indicator's own downwards.

    reviewed_by: who decided, if the reviewers scored it or set it to not applicable. hidden: measures whose figures
    aren't shown, as counts of people below the round's `min_cell` could be told from them.
    """

    pilot: PilotInfo
    indicator: IndicatorInfo
    result: IndicatorResult
    measures: tuple[MeasureResult, ...]
    reviewed_by: str | None = None
    hidden: tuple[str, ...] = ()
    units: tuple[UnitInfo, ...] = ()


class AdjustmentExplanation(Frozen):
    """All that one pilot's bonus or deduction rests on.

    cap: what all bonuses, or all deductions, come to at most.
    """

    pilot: PilotInfo
    kind: Literal["bonus", "deduction"]
    result: AdjustmentResult
    cap: float
    measures: tuple[MeasureResult, ...]
    hidden: tuple[str, ...] = ()
    units: tuple[UnitInfo, ...] = ()


Explained = Explanation | AdjustmentExplanation | NodeExplanation | TotalExplanation | GateExplanation


def explanation(record: EvaluationRecord, pilot: str, item: str) -> Explained:
    """An indicator, a bonus, a deduction, a dimension, a gate or the total (`total`, `grade`), explained.

    Raises UsageError for a pilot or an item that the record doesn't have.
    """
    whole = _assessment_of(record, pilot)
    small = Hidden.of(whole, record.round.min_cell, record.method.known_units)
    assessment = small.withheld(whole)
    every: list[IndicatorResult | AdjustmentResult] = [*assessment.indicators, *assessment.bonuses]
    results: dict[str, IndicatorResult | AdjustmentResult] = {
        each.id: each for each in [*every, *assessment.deductions]
    }
    result = results.get(item) or next((each for id_, each in results.items() if id_.lower() == item.lower()), None)
    if result is None:
        above = _above(record, assessment, item)
        if above is not None:
            return above
        known = [
            *results,
            *(each.id for each in assessment.dimensions),
            *(each.id for each in assessment.gates),
            *TOTALS,
        ]
        raise _not_there(record, assessment, item, known)
    by_id = {each.id: each for each in assessment.measures}
    measures = tuple(_walk(by_id, result.measure))
    hidden = tuple(each.id for each in measures if small.measure(each.id))
    if isinstance(result, AdjustmentResult):
        given = result in assessment.bonuses
        return AdjustmentExplanation(
            pilot=assessment.pilot,
            kind="bonus" if given else "deduction",
            result=result,
            cap=record.method.bonus_cap if given else record.method.deduction_cap,
            measures=measures,
            hidden=hidden,
            units=record.method.units,
        )
    info = record.indicator(whole, result.id)
    by = assessment.reviewed_by if result.reviewed else None
    return Explanation(
        pilot=assessment.pilot,
        indicator=info,
        result=result,
        measures=measures,
        reviewed_by=by,
        hidden=hidden,
        units=record.method.units,
    )


def _above(
    record: EvaluationRecord, assessment: Assessment, item: str
) -> NodeExplanation | TotalExplanation | GateExplanation | None:
    """Return the explanation of what is above the indicators; None if nothing of this id is."""

    def named(known: Iterable[str]) -> str | None:
        return next((id_ for id_ in known if id_.lower() == item.lower()), None)

    if named(TOTALS):
        return total_explanation(record, assessment)
    gate = named(each.id for each in assessment.gates)
    if gate is not None:
        result = next(each for each in assessment.gates if each.id == gate)
        return GateExplanation(pilot=assessment.pilot, result=result)
    dimension = named(each.id for each in assessment.dimensions)
    return None if dimension is None else node_explanation(record, assessment, dimension)


def _not_there(record: EvaluationRecord, assessment: Assessment, item: str, known: Iterable[str]) -> UsageError:
    """Return why an item isn't there: a pilot that was not assessed has no bonuses and deductions."""
    adjustments = {one.id.lower() for each in record.assessments for one in (*each.bonuses, *each.deductions)}
    if item.lower() in adjustments and assessment.grade_reason is not None:
        pilot = assessment.pilot.id
        return UsageError.of("usage-no-adjustments", pilot=pilot, reason=assessment.grade_reason)
    what = Words(zh="指标、加分、扣分、维度或门槛", en="indicator, bonus, deduction, dimension or gate")
    return UsageError.of("usage-unknown", what=what, name=item, suggestion=did_you_mean(item, known))


def _assessment_of(record: EvaluationRecord, pilot: str) -> Assessment:
    known = {each.pilot.id: each for each in record.assessments}
    if pilot not in known:
        what = Words(zh="试点", en="pilot")
        raise UsageError.of("usage-unknown", what=what, name=pilot, suggestion=did_you_mean(pilot, known))
    return known[pilot]


def _walk(by_id: dict[str, MeasureResult], name: str) -> Iterator[MeasureResult]:
    measure = by_id.get(name)
    if measure is not None:
        yield measure
        for used in measure.uses:
            yield from _walk(by_id, used)


def explanation_lines(made: Explained, lang: Lang) -> Iterator[str]:
    """The explanation as text, a line each."""
    pilot = made.pilot
    name = f"{pilot.label.zh}（{pilot.id}）" if lang == "zh" else f"{pilot.label.in_('en')} ({pilot.id})"
    match made:
        case TotalExplanation():
            yield f"{made.node.label.in_(lang)} — {name}"
            yield from total_lines(made, lang)
        case NodeExplanation():
            yield f"{made.id} {made.label.in_(lang)} — {name}"
            yield from node_lines(made, lang)
        case GateExplanation():
            yield f"{made.result.id} {made.result.label.in_(lang)} — {name}"
            yield from gate_lines(made, lang)
        case Explanation() | AdjustmentExplanation():
            label = made.indicator.label if isinstance(made, Explanation) else made.result.label
            yield f"{made.result.id} {label.in_(lang)} — {name}"
            yield from _traced_lines(made, lang)


def _traced_lines(made: Explanation | AdjustmentExplanation, lang: Lang) -> Iterator[str]:
    yield from _indicator_lines(made, lang) if isinstance(made, Explanation) else _adjustment_lines(made, lang)
    labels = {each.id: each.label.in_(lang) for each in made.measures}
    units = UNITS.plus(each.declared for each in made.units)
    yield from _conversion_line(made, units, lang)
    for measure in made.measures:
        yield from _measure_lines(measure, labels, units, lang, hidden=measure.id in made.hidden)


def _indicator_lines(made: Explanation, lang: Lang) -> Iterator[str]:
    say = partial(in_language, lang)
    info, result = made.indicator, made.result
    points = "—" if result.points is None else f"{result.points:g}"
    bounds, outcome = f"{result.low:g}–{result.high:g}", mid_word(f"outcome-{result.outcome.value}")
    yield say(
        f"  得分 {points} / {result.out_of:g}（可能范围 {bounds}），{outcome.zh}",
        f"  {points} of {result.out_of:g} points (possible range {bounds}), {outcome.en}",
    )
    if result.reason is not None:
        reviewed = result.outcome is Outcome.SCORED and result.expert_score is not None
        label = say("评审意见：", "reviewers: ") if reviewed else say("原因：", "reason: ")
        yield f"  {label}{result.reason.in_(lang)}"
    if result.forgone:
        yield f"  {WORDS['forgone'].in_(lang).format(points=f'{result.forgone:g}')}"
    if made.reviewed_by is not None:
        yield say("  评审：", "  reviewed by: ") + made.reviewed_by
    yield say("  规则：", "  rule: ") + rule_said(info.rule).in_(lang)
    if result.target is not None and result.baseline is not None:
        yield say(
            f"  本试点基线 {result.baseline:g}，目标 {result.target:g}",
            f"  this pilot's baseline {result.baseline:g}, target {result.target:g}",
        )
    reached = reached_said(info.rule, result)
    if reached is not None:
        yield say(f"  完成情况：{reached.zh}", f"  reached: {reached.in_('en')}")
    if result.growth is not None and result.last is not None and result.value is not None:
        formula = f"({result.value:.6g} ÷ {result.last:.6g} − 1) × 100 = {result.growth:.6g}%"
        yield say(f"  比上一期增长：{formula}", f"  growth on the last figure: {formula}")
    if result.peers is not None:
        figures, share = figures_said(result.peers), share_said(info.rule, result)
        yield "  " + say("同组比较：", "peers: ") + place_said(result.peers).in_(lang)
        if figures is not None:
            yield f"    {figures.in_(lang)}"
        if share is not None:
            yield f"    {share.in_(lang)}"
    if result.expert_score is not None:
        yield say(f"  专家评分：{result.expert_score:g}", f"  expert score: {result.expert_score:g}")
    chosen = level_reached(info.rule, result)
    level = result.expert_level if chosen is None else chosen.id
    if level is not None:
        text = chosen.text.in_(lang) if chosen is not None else ""
        yield say("  等次：", "  level: ") + level + (f"（{text}）" if lang == "zh" else f" ({text})") * bool(text)
    yield _basis_line(info.basis, lang)


def _adjustment_lines(made: AdjustmentExplanation, lang: Lang) -> Iterator[str]:
    say = partial(in_language, lang)
    result, bonus = made.result, made.kind == "bonus"
    points, low, high = (f"{each:+g}" if each else "0" for each in (result.points, result.low, result.high))
    kind = WORDS[made.kind].in_(lang)
    yield say(f"  {kind} {points}（可能范围 {low} 至 {high}）", f"  {kind} {points} (possible range {low} to {high})")
    if result.condition is not None:
        yield f"  {WORDS['only-if'].in_(lang)}" + say("：", ": ") + result.condition.in_(lang)
    if result.reason is not None:
        yield say("  原因：", "  reason: ") + result.reason.in_(lang)
    if result.rule is not None:
        yield say("  规则：", "  rule: ") + result.rule.sentence.in_(lang)
    every = say("加分合计" if bonus else "扣分合计", "all bonuses together" if bonus else "all deductions together")
    yield f"  {every}" + say(f"最多 {made.cap:g} 分", f": at most {made.cap:g} points")
    yield _basis_line(result.basis, lang)


def _basis_line(basis: Basis, lang: Lang) -> str:
    kinds = {"sourced": Words(zh="有来源", en="sourced"), "illustrative": Words(zh="示例", en="illustrative")}
    listed = joined(map(both, basis.sources)).in_(lang)
    sources = f"（{listed}）" if lang == "zh" else f" ({listed})"
    return ("  依据：" if lang == "zh" else "  basis: ") + kinds[basis.kind].in_(lang) + (sources if listed else "")


def _conversion_line(made: Explanation | AdjustmentExplanation, units: Units, lang: Lang) -> Iterator[str]:
    """Yield how the figure that is scored follows from the measure, where their units differ: 12,000 ㎡ = 1.2 公顷."""
    value = made.result.value
    unit = made.indicator.unit if isinstance(made, Explanation) else made.result.unit
    measure = made.measures[0] if made.measures else None
    if value is None or measure is None or measure.value is None or unit in ("", measure.unit):
        return
    given, wanted = (units.label(each).in_(lang) for each in (measure.unit, unit))
    said = in_language(lang, "  换算：", "  converted: ")
    yield f"{said}{measure.value:,.10g} {given} = {value:,.10g} {wanted}"


def _measure_lines(
    measure: MeasureResult, labels: dict[str, str], units: Units, lang: Lang, *, hidden: bool = False
) -> Iterator[str]:
    value = WORDS["not-shown"].in_(lang) if hidden else "—" if measure.value is None else f"{measure.value:.10g}"
    high = "∞" if measure.high is None else f"{measure.high:.10g}"
    spread = f" [{measure.low:.10g}, {high}]" if measure.low is not None and measure.low != measure.high else ""
    unit = units.label(measure.unit).in_(lang)
    yield f"  {measure.label.in_(lang)}  {measure.id} = {value}{spread} {unit}"
    definition = measure.doc.in_(lang)
    if definition and definition != measure.label.in_(lang):
        yield f"    {definition.splitlines()[0]}"
    if measure.uses:
        yield "    ← " + ("、" if lang == "zh" else ", ").join(labels.get(used, used) for used in measure.uses)
    for rows in measure.evidence:
        sheet = f"[{rows.sheet}]" if rows.sheet else ""
        yield f"    {rows.file}{sheet}: {rows.cells}"
        yield f"      SHA-256 {rows.sha256}"
    for left in measure.not_counted:
        columns = joined(left.lacks.values()).in_(lang)
        said = WORDS[f"not-counted-{left.cause}"].in_(lang).format(n=left.count, columns=columns)
        yield f"    {said}{_amount_said(left.amount, units, lang)}"
        for rows in left.rows:
            sheet = f"[{rows.sheet}]" if rows.sheet else ""
            yield f"      {rows.file}{sheet}: {WORDS['rows'].in_(lang).format(rows=rows.numbers.in_(lang))}"


def _amount_said(amount: Amount | None, units: Units, lang: Lang) -> str:
    if amount is None:
        return ""
    unit = units.label(amount.unit).in_(lang)
    return WORDS["aside"].in_(lang).format(text=f"{amount.label.in_(lang)} {amount.value:,.12g} {unit}")
