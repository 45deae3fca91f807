"""Explains what is above the indicators, with the numbers put in: a dimension, the total with its grade, a gate."""

from collections.abc import Iterator

from pilot_eval.model import (
    Assessment,
    CombiningInfo,
    EvaluationRecord,
    GateResult,
    GateState,
    Outcome,
    PilotInfo,
    Score,
)
from pilot_eval.report.combining import Term, combining, formula
from pilot_eval.report.grading import rank_words
from pilot_eval.report.words import WORDS, mid_word
from pilot_eval.text import Frozen, Lang, Words, in_language, named


class PartInfo(Frozen):
    """Something directly below a node: an indicator or a dimension, with its full points.

    counted: its points that count if what is missing is left out. None: in a record that doesn't say.
    """

    id: str
    label: Words
    points: float
    outcome: Outcome
    score: Score
    counted: float | None


class NodeExplanation(Frozen):
    """All that a dimension's score is put together from. missing: the policy that applies at this node."""

    pilot: PilotInfo
    id: str
    label: Words
    points: float
    how: CombiningInfo
    missing: str
    outcome: Outcome
    score: Score
    coverage: float | None
    parts: tuple[PartInfo, ...]
    zeroed_by: tuple[Words, ...] = ()  # the triggered gates that leave it no points


class AddedInfo(Frozen):
    """A bonus or a deduction that counts, before all of them are capped."""

    id: str
    label: Words
    points: float


class TotalExplanation(Frozen):
    """All that a total and its grade are made from.

    indicators: the score of all indicators, out of full marks. ceiling: the most that a total can be.
    """

    pilot: PilotInfo
    node: NodeExplanation
    indicators: Score | None
    added: tuple[AddedInfo, ...]
    bonus_cap: float
    deduction_cap: float
    ceiling: float
    total: Score | None
    grade: Words | None
    reason: Words | None
    ranks: tuple[Words, ...] = ()  # where grades are by share


class GateExplanation(Frozen):
    """A gate, and what it does to one pilot."""

    pilot: PilotInfo
    result: GateResult


TOTALS = ("total", "grade", "总分", "等级")
"""What the total may be asked for by."""


def node_explanation(record: EvaluationRecord, assessment: Assessment, id_: str) -> NodeExplanation | None:
    """Return how a dimension's score is made; None if the pilot has none of this id."""
    results = {each.id: each for each in assessment.dimensions}
    base = assessment.pilot.base_type
    known = {each.id: each for _, each in record.method.outline(base)}
    if id_ not in results or id_ not in known:
        return None
    info, result = known[id_], results[id_]
    way = [info]  # from the node up to the top
    while way[-1].within is not None:
        way.append(known[way[-1].within])
    policy = next((each.how.missing for each in way if each.how.missing), record.method.missing)
    return NodeExplanation(
        pilot=assessment.pilot,
        id=id_,
        label=info.label,
        points=info.points,
        how=info.how,
        missing=policy,
        outcome=result.outcome,
        score=result.score,
        coverage=result.coverage,
        parts=tuple(_parts_below(record, assessment, id_)),
        zeroed_by=_zeroing(assessment, id_),
    )


def total_explanation(record: EvaluationRecord, assessment: Assessment) -> TotalExplanation:
    """Return how a pilot's total and grade are made."""
    method = record.method
    parts = tuple(_parts_below(record, assessment, None))
    whole = Score(
        points=sum(each.score.points for each in parts),
        low=sum(each.score.low for each in parts),
        high=sum(each.score.high for each in parts),
        out_of=sum(each.score.out_of for each in parts),
    )
    node = NodeExplanation(
        pilot=assessment.pilot,
        id="",
        label=Words(zh="总分", en="Total"),
        points=method.points,
        how=method.how,
        missing=method.missing,
        outcome=Outcome.SCORED if assessment.total else Outcome.MISSING,
        score=whole,
        coverage=assessment.coverage,
        parts=parts,
        zeroed_by=_zeroing(assessment, "total"),
    )
    bands = {each.id: each for each in method.bands}
    return TotalExplanation(
        pilot=assessment.pilot,
        node=node,
        indicators=assessment.indicators_score,
        added=tuple(
            AddedInfo(id=each.id, label=each.label, points=each.points)
            for each in (*assessment.bonuses, *assessment.deductions)
            if each.points
        ),
        bonus_cap=method.bonus_cap,
        deduction_cap=method.deduction_cap,
        ceiling=method.ceiling,
        total=assessment.total,
        grade=bands[assessment.grade].label if assessment.grade else None,
        reason=assessment.grade_reason,
        ranks=tuple(rank_words(assessment, bands)),
    )


def _zeroing(assessment: Assessment, id_: str) -> tuple[Words, ...]:
    """Return the names of the triggered gates that leave a dimension, or the total, no points."""
    triggered = (each for each in assessment.gates if each.state is GateState.TRIGGERED and each.does is not None)
    return tuple(named(each.label, each.id) for each in triggered if each.does and each.does.zero == id_)


def _zero_lines(gates: tuple[Words, ...], lang: Lang) -> Iterator[str]:
    for each in gates:
        yield in_language(lang, f"  0：门槛{each.zh}已触发", f"  0: the gate {each.in_('en')} is triggered")


def _parts_below(record: EvaluationRecord, assessment: Assessment, id_: str | None) -> Iterator[PartInfo]:
    base = assessment.pilot.base_type
    results = {each.id: each for each in assessment.dimensions}
    for _, info in record.method.outline(base):
        if info.within == id_ and info.id in results:
            made = results[info.id]
            yield PartInfo(
                id=info.id,
                label=info.label,
                points=info.points,
                outcome=made.outcome,
                score=made.score,
                counted=made.counted,
            )
    scored = {each.id: each for each in assessment.indicators}
    for item in (*record.method.indicators, *assessment.own_indicators):
        if item.dimension == id_ and item.base_type in (None, base) and item.id in scored:
            found = scored[item.id]
            out_of = 0.0 if found.outcome is Outcome.NOT_APPLICABLE else found.out_of
            yield PartInfo(
                id=item.id,
                label=item.label,
                points=item.points,
                outcome=found.outcome,
                score=Score(points=found.points or 0.0, low=found.low, high=found.high, out_of=out_of),
                counted=out_of if found.outcome is Outcome.SCORED else 0.0,
            )


def node_lines(made: NodeExplanation, lang: Lang) -> Iterator[str]:
    """The explanation of a dimension as text, a line each, after its name."""
    score = made.score
    yield in_language(
        lang,
        f"  得分 {score.points:g} / {score.out_of:g}（可能范围 {score.low:g}–{score.high:g}），"
        f"证据覆盖率 {_percent(made.coverage)}",
        f"  {score.points:g} of {score.out_of:g} points (possible range {score.low:g}–{score.high:g}),"
        f" evidence coverage {_percent(made.coverage)}",
    )
    if made.outcome is Outcome.MISSING and made.how.least_data is not None:
        yield f"  {WORDS['too-little-data'].in_(lang)}"
    if made.zeroed_by:
        yield from _zero_lines(made.zeroed_by, lang)
    else:
        yield f"  {score.points:g} = {_formula(made)}"
    yield from _rest(made, lang)


def total_lines(made: TotalExplanation, lang: Lang) -> Iterator[str]:
    """The explanation of a total and its grade as text, a line each, after its name."""
    if made.total is not None:
        total = made.total
        yield in_language(
            lang,
            f"  总分 {total.points:g} / {total.out_of:g}（可能范围 {total.low:g}–{total.high:g}）",
            f"  {total.points:g} of {total.out_of:g} points (possible range {total.low:g}–{total.high:g})",
        )
    if made.grade is not None:
        yield in_language(lang, f"  等级：{made.grade.zh}", f"  grade: {made.grade.in_('en')}")
    if made.reason is not None:
        yield in_language(lang, f"  原因：{made.reason.zh}", f"  reason: {made.reason.in_('en')}")
    for rank in made.ranks:
        yield "  " + rank.in_(lang)
    yield from _zero_lines(made.node.zeroed_by, lang)
    if made.indicators is not None:
        yield f"  {made.indicators.points:g} = {_scaled_formula(made)}"
        if made.added and made.total is not None and not made.node.zeroed_by:
            yield f"  {made.total.points:g} = {_added_formula(made, made.indicators.points)}"
            for each in made.added:
                yield f"    {each.points:+g}  {named(each.label, each.id).in_(lang)}"
        if made.bonus_cap or made.deduction_cap:
            caps = (made.bonus_cap, made.deduction_cap, made.ceiling)
            yield in_language(
                lang,
                "  加分合计最多 {:g} 分，扣分合计最多 {:g} 分，总分最多 {:g} 分".format(*caps),
                "  bonuses together at most {:g} points, deductions {:g}, the total {:g}".format(*caps),
            )
    yield from _rest(made.node, lang)


def gate_lines(made: GateExplanation, lang: Lang) -> Iterator[str]:
    """The explanation of a gate as text, a line each, after its name."""
    result = made.result
    state = mid_word(f"gate-{result.state.value}").in_(lang)
    yield f"  {state}{in_language(lang, '：', ': ')}{result.evidence.in_(lang)}"
    if result.certain is False and result.state is not GateState.UNKNOWN:
        yield f"  {WORDS['gate-uncertain'].in_(lang)}"
    if result.condition is not None:
        yield in_language(lang, "  条件：", "  condition: ") + result.condition.in_(lang)
    yield in_language(lang, "  触发后：", "  if triggered: ") + result.effect.in_(lang)


def _rest(made: NodeExplanation, lang: Lang) -> Iterator[str]:
    how = combining(made.how)
    if how is not None:
        yield in_language(lang, "  合成：", "  put together: ") + how.in_(lang)
    for each in made.parts:
        got = "—" if each.outcome is not Outcome.SCORED else f"{each.score.points:g}"
        yield f"    {got} / {each.score.out_of:g}  {named(each.label, each.id).in_(lang)}" + _aside(each, lang)


def _aside(each: PartInfo, lang: Lang) -> str:
    if each.outcome is Outcome.SCORED:
        return ""
    said = mid_word(f"outcome-{each.outcome.value}")
    return in_language(lang, f"，{said.zh}", f", {said.en}")


def _formula(made: NodeExplanation) -> str:
    """Return the formula of a node's points; a cap and a floor are put around it."""
    exclude = made.missing == "exclude" and made.how.settles
    terms = [
        Term(each.points, each.score.points, (each.counted or 0.0) if exclude else each.score.out_of)
        for each in made.parts
    ]
    applies = sum(each.score.out_of for each in made.parts) if exclude else None
    said = formula(made.how, made.points, terms, applies if made.how.aggregate == "sum" else None)
    if made.how.cap is not None:
        said = f"min({made.how.cap:g}, {said})"
    least = 0.0 if made.how.aggregate == "deduct" and made.how.floor is None else made.how.floor
    return said if least is None else f"max({least:g}, {said})"


def _scaled_formula(made: TotalExplanation) -> str:
    """Return the formula of the score of all indicators, scaled to full marks."""
    node = made.node
    said = _formula(node)
    if node.how.aggregate != "sum":
        return said
    counted = [each.counted if node.missing == "exclude" else each.score.out_of for each in node.parts]
    out_of = sum(each or 0.0 for each in counted)
    if out_of == node.points:
        return said
    return f"{node.score.points:g} ÷ {out_of:g} × {node.points:g}"


def _added_formula(made: TotalExplanation, points: float) -> str:
    """Return the formula of a total from the score of all indicators; a cap is put around what exceeds it."""
    said = f"{points:g}"
    for sign, way, cap in (("+", 1, made.bonus_cap), ("−", -1, made.deduction_cap)):
        listed = [each.points * way for each in made.added if each.points * way > 0]
        terms = f" {sign} ".join(f"{each:g}" for each in listed)
        if sum(listed) > cap:
            said += f" {sign} min({cap:g}, {' + '.join(f'{each:g}' for each in listed)})"
        elif listed:
            said += f" {sign} {terms}"
        points += way * min(sum(listed), cap)
    if points > made.ceiling:
        return f"min({made.ceiling:g}, {said})"
    return f"max(0, {said})" if points < 0 else said


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:g}%"
