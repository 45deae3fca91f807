"""Traces one score back: points, rule, measure, the measures that it is computed from, the cells they came from."""

from collections.abc import Iterator

from pilot_eval.errors import UsageError, did_you_mean
from pilot_eval.model import (
    Amount,
    Assessment,
    EvaluationRecord,
    IndicatorInfo,
    IndicatorResult,
    MeasureResult,
    Outcome,
    PilotInfo,
)
from pilot_eval.report.words import WORDS
from pilot_eval.text import Frozen, Lang, Words, both, joined
from pilot_eval.units import UNITS


class Explanation(Frozen):
    """All that one pilot's points for one indicator rest on; `measures` from the indicator's own downwards.

    reviewed_by: who decided, if the reviewers scored it or set it to not applicable.
    """

    pilot: PilotInfo
    indicator: IndicatorInfo
    result: IndicatorResult
    measures: tuple[MeasureResult, ...]
    reviewed_by: str | None = None


def explanation(record: EvaluationRecord, pilot: str, indicator: str) -> Explanation:
    """A score of the record, explained. Raises UsageError for a pilot or an indicator that the record doesn't have."""
    assessment = _assessment_of(record, pilot)
    result = next((each for each in assessment.indicators if each.id.lower() == indicator.lower()), None)
    if result is None:
        known = [each.id for each in assessment.indicators]
        what = Words(zh="指标", en="indicator")
        raise UsageError.of("usage-unknown", what=what, name=indicator, suggestion=did_you_mean(indicator, known))
    info = next(each for each in record.method.indicators if each.id == result.id)
    by_id = {each.id: each for each in assessment.measures}
    measures = tuple(_walk(by_id, result.measure))
    by = assessment.reviewed_by if result.reviewed else None
    return Explanation(pilot=assessment.pilot, indicator=info, result=result, measures=measures, reviewed_by=by)


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


def explanation_lines(made: Explanation, lang: Lang) -> Iterator[str]:
    """The explanation as text, a line each."""

    def say(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    info, result, pilot = made.indicator, made.result, made.pilot
    name = say(f"{pilot.label.zh}（{pilot.id}）", f"{pilot.label.in_('en')} ({pilot.id})")
    yield f"{info.id} {info.label.in_(lang)} — {name}"
    points = "—" if result.points is None else f"{result.points:g}"
    bounds = f"{result.low:g}–{result.high:g}"
    yield say(
        f"  得分 {points} / {result.out_of:g}（可能范围 {bounds}），{_OUTCOMES[result.outcome.value].zh}",
        f"  {points} of {result.out_of:g} points (possible range {bounds}), {_OUTCOMES[result.outcome.value].en}",
    )
    if result.reason is not None:
        reviewed = result.outcome is Outcome.SCORED and result.expert_score is not None
        label = say("评审意见：", "reviewers: ") if reviewed else say("原因：", "reason: ")
        yield f"  {label}{result.reason.in_(lang)}"
    if result.forgone:
        yield f"  {WORDS['forgone'].in_(lang).format(points=f'{result.forgone:g}')}"
    if made.reviewed_by is not None:
        yield say("  评审：", "  reviewed by: ") + made.reviewed_by
    yield say(f"  规则：{info.rule.sentence.zh}", f"  rule: {info.rule.sentence.in_('en')}")
    if result.target is not None:
        yield say(
            f"  本试点基线 {result.baseline:g}，目标 {result.target:g}",
            f"  this pilot's baseline {result.baseline:g}, target {result.target:g}",
        )
    if result.expert_score is not None:
        yield say(f"  专家评分：{result.expert_score:g}", f"  expert score: {result.expert_score:g}")
    kinds = {"sourced": say("有来源", "sourced"), "illustrative": say("示例", "illustrative")}
    listed = joined(map(both, info.basis.sources))
    sources = say(f"（{listed.zh}）", f" ({listed.en})")
    yield say("  依据：", "  basis: ") + kinds[info.basis.kind] + (sources if info.basis.sources else "")
    labels = {each.id: each.label.in_(lang) for each in made.measures}
    for measure in made.measures:
        yield from _measure_lines(measure, labels, lang)


def _measure_lines(measure: MeasureResult, labels: dict[str, str], lang: Lang) -> Iterator[str]:
    value = "—" if measure.value is None else f"{measure.value:.10g}"
    high = "∞" if measure.high is None else f"{measure.high:.10g}"
    spread = f" [{measure.low:.10g}, {high}]" if measure.low is not None and measure.low != measure.high else ""
    unit = UNITS.get(measure.unit, both(measure.unit)).in_(lang)
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
        yield f"    {said}{_amount_said(left.amount, lang)}"
        for rows in left.rows:
            sheet = f"[{rows.sheet}]" if rows.sheet else ""
            yield f"      {rows.file}{sheet}: {WORDS['rows'].in_(lang).format(rows=rows.numbers.in_(lang))}"


def _amount_said(amount: Amount | None, lang: Lang) -> str:
    if amount is None:
        return ""
    unit = UNITS.get(amount.unit, both(amount.unit)).in_(lang)
    return WORDS["aside"].in_(lang).format(text=f"{amount.label.in_(lang)} {amount.value:,.12g} {unit}")


_OUTCOMES: dict[str, Words] = {
    "scored": Words(zh="已评分", en="scored"),
    "missing": Words(zh="缺证据", en="evidence missing"),
    "not_applicable": Words(zh="不适用", en="not applicable"),
    "error": Words(zh="出错", en="error"),
}
