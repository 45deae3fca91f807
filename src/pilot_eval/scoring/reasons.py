"""The reasons for outcomes, in words: why an indicator isn't scored, or the reviewers' reason for its score."""

from collections.abc import Iterable, Mapping
from typing import Any

from pilot_eval.errors import Finding
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.frames import growth_columns, item_columns, peer_columns
from pilot_eval.measures.missing import MEANINGS, labels_of, tables_for, tables_of, undecided, why_none
from pilot_eval.method.peer_rules import PeerRule
from pilot_eval.method.rules import Unusable
from pilot_eval.method.schema import Scoring
from pilot_eval.model import Outcome
from pilot_eval.plugin.compiling import Compiled
from pilot_eval.scoring.case import PilotCase, Review
from pilot_eval.scoring.growth import growth_of
from pilot_eval.text import Words, joined


def reason_for(
    outcome: Outcome,
    item: Scoring,
    case: PilotCase,
    compiled: Compiled,
    faults: Mapping[str, Finding],
    row: Mapping[str, Any],
) -> Words | None:
    """Return the reason for an item's outcome; None if it is scored by rule alone.

    faults: the measures that the engine rejected. row: the pilot's row of the pipeline.
    """
    if item.id in case.review.not_applicable:
        return case.review.not_applicable[item.id]
    rule = row[item_columns(item.id).empty]
    if rule is not None and outcome in (Outcome.SCORED, Outcome.NOT_APPLICABLE):
        tables, means = labels_of(tables_of(item, compiled), compiled), MEANINGS[rule]
        return Words(zh=f"已声明没有{tables.zh}：{means.zh}", en=f"declared: nothing in {tables.en}; {means.en}")
    if outcome is Outcome.SCORED:
        return case.review.reasons.get(item.id)
    if case.intake is None:
        return Words(zh="没有提交材料", en="nothing was submitted")
    if outcome is Outcome.ERROR:
        return _why_error(item, case.intake, compiled, faults)
    return _why_missing(item, case.intake, case.review, compiled, row)


def _why_error(item: Scoring, intake: Intake, compiled: Compiled, faults: Mapping[str, Finding]) -> Words:
    refused = [faults[measure] for measure in item.measures if measure in faults]
    if refused:
        return refused[0].message
    if isinstance(item.rule, Unusable):
        return item.rule.cause.message
    tables = _labels(compiled, (table for table in tables_for(item, compiled) if table in intake.bad))
    return Words(
        zh=f"证据表“{tables.zh}”有错误，更正后才能评分",
        en=f"the table “{tables.en}” has errors; correct them to have it scored",
    )


def _why_missing(item: Scoring, intake: Intake, review: Review, compiled: Compiled, row: Mapping[str, Any]) -> Words:
    absent = [table for table in tables_for(item, compiled) if table not in intake.rows]
    if absent:
        tables = _labels(compiled, absent)
        return Words(zh=f"没有提交证据表“{tables.zh}”", en=f"the table “{tables.en}” was not submitted")
    declared = undecided(item, compiled, intake, row)
    if declared:
        tables = labels_of(declared, compiled)
        return Words(
            zh=f"本期没有发生（已声明没有{tables.zh}），无从计算：由评审组定为不适用或给分",
            en=f"declared: nothing in {tables.en}, so there is no figure; the panel decides that it does not apply, or"
            " gives points",
        )
    if item.measure and row[item.measure] is None:
        why = why_none(item.measure, compiled, row)
        return Words(
            zh=f"提交的记录无法得出测算值：{why.zh}",
            en=f"the measure cannot be computed from the records: {why.en}",
        )
    if growth_of(item) is not None and row[growth_columns(item.id).value] is None:
        return _without_last(item, row)
    if item.rated and review.findings:
        return Words(zh="评审文件有错误，更正后才能评分", en="the review has errors; correct them to have it scored")
    if item.id in review.levels and item.id not in review.scores:
        return Words(
            zh=f"专家定为“{review.levels[item.id]}”，还没有在其范围内给分",
            en=f"experts chose “{review.levels[item.id]}”, and gave no points within it yet",
        )
    if item.rated and item.id not in review.scores:
        return Words(zh="没有专家评分", en="no expert score was given")
    if isinstance(item.rule, PeerRule) and (n := row[peer_columns(item.id).n]) is not None:
        if n < item.rule.least:
            return Words(
                zh=f"同组只有 {n:g} 个有这项数据，不足 {item.rule.least} 个，不作比较",
                en=f"only {n:g} of its group have this figure, fewer than {item.rule.least}: not compared",
            )
        return Words(zh="同组的数不大于 0，无法相除", en="the figure to divide by is not above 0")
    requires = getattr(item, "requires", None)
    if requires is not None:
        found = row[requires.measure]
        label = compiled.measures[requires.measure].spec.label
        given = "—" if found is None else f"{found:g}"
        return Words(
            zh=f"{label.zh}为 {given}，不足 {requires.min:g}",
            en=f"{label.in_('en')}: {given}, below {requires.min:g}",
        )
    if item.rated:
        return Words(
            zh="专家的评分不在测算值所属的等次之内", en="the experts' points are outside the level of the measure"
        )
    return Words(zh="按规则无法得出分值", en="the rule gives no points")


def _without_last(item: Scoring, row: Mapping[str, Any]) -> Words:
    """Return why there is no growth."""
    growth = growth_of(item)
    if row[growth.last if growth and growth.last else item_columns(item.id).last] is None:
        return Words(zh="没有上一期的数，无法计算增长", en="there is no last figure to grow on")
    return Words(zh="上一期的数不大于 0，无法计算增长", en="the last figure is not above 0, so that there is no growth")


def _labels(compiled: Compiled, tables: Iterable[str]) -> Words:
    return joined(compiled.tables[table].label for table in tables)
