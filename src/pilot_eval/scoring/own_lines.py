"""Scores the lines of the pilots' plans: rows of one lazy table, which come to columns of the pilots' frame."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from pilot_eval.errors import Finding
from pilot_eval.frames import BOUNDED, LINE, LINES, PILOT, Three, item_columns, own_columns, three, unsure
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.measures.missing import declared_empty, empty_rule, tables_for
from pilot_eval.method.expert_rules import decision
from pilot_eval.method.own import Goal
from pilot_eval.method.plan_lines import PLAN_RESULTS, PlanLine, own_dimensions
from pilot_eval.method.schema import Method
from pilot_eval.model import IndicatorInfo, IndicatorResult, MeasureResult, Outcome
from pilot_eval.plugin.compiling import Compiled
from pilot_eval.scoring.case import PilotCase
from pilot_eval.scoring.points import Worth, outcome_of, unless_empty
from pilot_eval.scoring.reasons import reason_for
from pilot_eval.text import Words

ITEM = item_columns(LINE)

SETTLED = 9
"""The decimals of sums of points: an engine adds rows up in any order."""


def line_measures(cases: Iterable[PilotCase]) -> list[str]:
    """Return the measures that the plans' lines name."""
    return sorted({line.measure for case in cases for line in case.plan.lines if line.measure})


def scored_lines(
    engine: Engine, frame: Frame, method: Method, compiled: Compiled, cases: Sequence[PilotCase], faults: Iterable[str]
) -> Frame:
    """Return the table of the lines of all pilots' plans with their outcomes and points; `frame` has the measures."""
    lines = engine.frame(*_line_columns(compiled, cases, set(faults)))
    names = line_measures(cases)
    if names:
        used = [column for name in names for column in (*three(name), unsure(name))]
        lines = lines.join(frame.select(PILOT, *used), on=PILOT, how="left")
        lines = lines.with_columns(**_of_measures(names))
    lines = lines.with_columns(**_line_shares(leaves_out=method.leaves_out))
    lines = lines.with_columns(**{ITEM.outcome: outcome_of(ITEM, nw.col(LINES.broken))})
    decimals = method.head.decimals if method.head.rounding == "indicators" else None
    worth = Worth(nw.col(LINES.out_of), decimals)
    return lines.with_columns(**worth.columns(ITEM, worth.points, open_=True))


def with_lines(frame: Frame, lines: Frame, method: Method, base_type: str) -> Frame:
    """Add to the pilots' frame what the lines come to below each dimension that has any."""
    outcome, none, out_of = nw.col(ITEM.outcome), nw.lit(0.0), nw.col(LINES.out_of)
    worth = {
        "value": nw.coalesce(nw.col(ITEM.points), none),
        "low": nw.col(ITEM.points_low),
        "high": nw.col(ITEM.points_high),
        "applies": nw.when(outcome == Outcome.NOT_APPLICABLE.value).then(none).otherwise(out_of),
        "scored": nw.when(outcome == Outcome.SCORED.value).then(out_of).otherwise(none),
    }
    every = {each.id: own_columns(each.id) for each in own_dimensions(method, base_type)}
    if not every:
        return frame
    for id_, columns in every.items():
        here = nw.col(LINES.dimension) == id_
        lines = lines.with_columns(
            **{getattr(columns, name): nw.when(here).then(some).otherwise(none) for name, some in worth.items()}
        )
    names = [name for columns in every.values() for name in columns]
    sums = [nw.col(name).sum().alias(name) for name in names]
    settled = {name: nw.col(name).round(SETTLED) for name in names}
    return frame.join(lines.group_by(PILOT).agg(*sums).with_columns(**settled), on=PILOT, how="left")


def _line_columns(
    compiled: Compiled, cases: Sequence[PilotCase], faults: set[str]
) -> tuple[dict[str, list[Any]], dict[str, type]]:
    """Return the lines of all plans as columns: what each is to reach, and what the round says of it."""
    rows = [(case, line) for case in cases for line in case.plan.lines]
    columns: dict[str, list[Any]] = {PILOT: [case.pilot.id for case, _ in rows]}
    types: dict[str, type] = {PILOT: str}

    def put(name: str, kind: type, values: list[Any]) -> None:
        columns[name], types[name] = values, kind

    goals = [line.goal for _, line in rows]
    put(LINES.name, str, [line.id for _, line in rows])
    put(LINES.dimension, str, [line.dimension for _, line in rows])
    put(LINES.measure, str, [line.measure for _, line in rows])
    put(LINES.sign, str, [goal.sign if goal else None for goal in goals])
    put(LINES.partly, bool, [goal is None or goal.partly for goal in goals])
    put(LINES.out_of, float, [float(line.points) for _, line in rows])
    put(LINES.broken, bool, [line.measure in faults for _, line in rows])
    put(ITEM.target, float, [goal.target if goal else None for goal in goals])
    put(ITEM.baseline, float, [goal.baseline if goal else None for goal in goals])
    figures = [case.reached[line.id].figure if line.id in case.reached else None for case, line in rows]
    for name, part in zip((LINES.actual, LINES.actual_low, LINES.actual_high), ("value", "low", "high"), strict=True):
        put(name, float, [getattr(figure, part) if figure else None for figure in figures])
    put(LINES.unsure, bool, [False for _ in rows])
    rated = [
        decision(line.rule, case.review.scores.get(line.id), case.review.levels.get(line.id), line.points)
        if line.rated
        else (None, None, None)
        for case, line in rows
    ]
    for at, name in enumerate((ITEM.expert, ITEM.expert_low, ITEM.expert_high)):
        put(name, float, [each[at] for each in rated])
    put(ITEM.exempt, bool, [line.id in case.review.not_applicable for case, line in rows])
    put(ITEM.faulty, bool, [_faulty(line, case, compiled) for case, line in rows])
    put(ITEM.empty, str, [_meaning(line, case, compiled) for case, line in rows])
    return columns, types


def _faulty(line: PlanLine, case: PilotCase, compiled: Compiled) -> bool:
    tables = [PLAN_RESULTS] if line.reported else tables_for(line, compiled)
    return case.intake is not None and not set(tables).isdisjoint(case.intake.bad)


def _meaning(line: PlanLine, case: PilotCase, compiled: Compiled) -> str | None:
    """Return what it means for a line that the tables behind its measure are declared empty."""
    declared = case.intake is not None and declared_empty(line, compiled, case.intake)
    return empty_rule(line, compiled) if declared else None


def _of_measures(names: Sequence[str]) -> dict[str, nw.Expr]:
    """Return the actual figures, in the lines that name a measure those of the measure."""
    put = {LINES.actual: nw.col(LINES.actual), LINES.actual_low: nw.col(LINES.actual_low)}
    put |= {LINES.actual_high: nw.col(LINES.actual_high), LINES.unsure: nw.col(LINES.unsure)}
    for name in names:
        own = nw.col(LINES.measure) == name
        given = dict(zip(put, (*three(name), unsure(name)), strict=True))
        put = {column: nw.when(own).then(nw.col(given[column])).otherwise(made) for column, made in put.items()}
    return put


def _line_shares(*, leaves_out: bool) -> dict[str, nw.Expr]:
    """Return the share of each line, and its bounds: by its target, else by what experts decided.

    leaves_out: what is missing may be left out; then the others' share counts for it, which may be any.
    """
    x = Three(*map(nw.col, (LINES.actual, LINES.actual_low, LINES.actual_high)))  # type: ignore[arg-type]
    rated = nw.col(LINES.sign).is_null()
    goal = Goal(*map(nw.col, (LINES.sign, ITEM.target, ITEM.baseline, LINES.partly)))
    share, (least, most) = goal.share(x.value), goal.spread(x.low, x.high)  # type: ignore[arg-type]
    doubt = nw.coalesce(nw.col(LINES.unsure), nw.lit(False)) & ~least.is_null()
    least = nw.when(doubt).then(nw.lit(0.0)).otherwise(least)
    most = nw.when(doubt).then(nw.lit(1.0)).otherwise(most) if leaves_out else most
    expert, low, high = (nw.col(name).clip(0.0, 1.0) for name in (ITEM.expert, ITEM.expert_low, ITEM.expert_high))
    made = {ITEM.share: (expert, share), ITEM.least: (low, least), ITEM.most: (high, most)}
    return {
        name: unless_empty(ITEM, nw.when(rated).then(by_expert).otherwise(by_target))
        for name, (by_expert, by_target) in made.items()
    }


# --- for the record
@dataclass(frozen=True)
class OwnResults:
    """What the record holds of the lines of one pilot's plan: definitions, results, and what the submission says."""

    infos: tuple[IndicatorInfo, ...] = ()
    indicators: tuple[IndicatorResult, ...] = ()
    measures: tuple[MeasureResult, ...] = ()

    @property
    def failed(self) -> list[Words]:
        """Return the names of the lines that can't be computed."""
        both_ = zip(self.infos, self.indicators, strict=True)
        return [info.label for info, each in both_ if each.outcome is Outcome.ERROR]


def own_results(
    case: PilotCase,
    compiled: Compiled,
    faults: Mapping[str, Finding],
    row: Mapping[str, Any],
    lines: Mapping[tuple[str, str], Mapping[str, Any]],
) -> OwnResults:
    """Return the results of one pilot's lines. row: its row of the pilots' frame; lines: the rows of all lines."""
    rows = [(line, lines[case.pilot.id, line.id]) for line in case.plan.lines]
    return OwnResults(
        infos=tuple(_line_info(line, compiled) for line, _ in rows),
        indicators=tuple(_line_result(line, case, compiled, faults, row, own) for line, own in rows),
        measures=tuple(_stated_measure(line, case) for line, _ in rows if line.reported and line.id in case.reached),
    )


def lines_by_pilot(lines: Frame, decimals: int) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of the table of lines, by pilot and name, with points to their decimals."""
    points = (ITEM.points, ITEM.points_low, ITEM.points_high, ITEM.forgone)
    kept = (LINES.actual, ITEM.empty, ITEM.outcome, *points)
    return {
        (row[PILOT], row[LINES.name]): row
        | {name: None if row[name] is None else round(row[name], decimals) for name in points}
        for row in lines.select(PILOT, LINES.name, *kept).collect().iter_rows(named=True)
    }


def _line_result(
    line: PlanLine,
    case: PilotCase,
    compiled: Compiled,
    faults: Mapping[str, Finding],
    row: Mapping[str, Any],
    own: Mapping[str, Any],
) -> IndicatorResult:
    outcome, goal = Outcome(own[ITEM.outcome]), line.goal
    return IndicatorResult(
        id=line.id,
        outcome=outcome,
        reason=_line_reason(outcome, line, case) or reason_for(
            outcome, line, case, compiled, faults, {**row, item_columns(line.id).empty: own[ITEM.empty]}
        ),
        measure=_measure_of(line),
        value=None if line.rated else own[LINES.actual],
        points=own[ITEM.points],
        low=own[ITEM.points_low],
        high=own[ITEM.points_high],
        out_of=line.points,
        expert_score=case.review.scores.get(line.id),
        expert_level=case.review.levels.get(line.id),
        forgone=own[ITEM.forgone] if _has_records(line, case, compiled) else None,
        baseline=goal.baseline if goal else None,
        target=goal.target if goal else None,
    )  # fmt: skip


def _line_reason(outcome: Outcome, line: PlanLine, case: PilotCase) -> Words | None:
    """Return why a line isn't scored whose figure the submission gives; None for any other."""
    if not line.reported or case.intake is None:
        return None
    if outcome is Outcome.MISSING:
        return Words(zh="没有填报实际完成值", en="no actual figure was given")
    if outcome is Outcome.ERROR:
        return Words(
            zh="证据表“绩效目标完成情况”有错误，更正后才能评分",
            en="the table “Plan results” has errors; correct them to have it scored",
        )
    return None


def _has_records(line: PlanLine, case: PilotCase, compiled: Compiled) -> bool:
    rows = case.intake.rows if case.intake else {}
    return line.id in case.reached if line.reported else any(rows.get(table) for table in tables_for(line, compiled))


def _measure_of(line: PlanLine) -> str:
    """Return the id of the measure in the record that a line's figure is; empty for one that experts score."""
    return f"{PLAN_RESULTS}:{line.id}" if line.reported else line.measure or ""


def _line_info(line: PlanLine, compiled: Compiled) -> IndicatorInfo:
    measure = compiled.measures.get(line.measure or "")
    return IndicatorInfo(
        id=line.id,
        base_type=compiled.id,
        dimension=line.dimension,
        label=line.label,
        measure=_measure_of(line),
        measure_label=_ACTUAL if line.reported else measure.spec.label if measure else None,
        measure_doc=measure.spec.doc if measure else Words(zh=""),
        unit=line.unit,
        direction=line.direction or line.rule.direction or "up",
        points=line.points,
        rule=line.recorded_rule,
        basis=line.basis.recorded,
        tables=(PLAN_RESULTS,) if line.reported else line.evidence,
        note=Words(zh=f"年度指标值：{line.wanted}", en=f"target: {line.wanted}") if line.rated else None,
    )


def _stated_measure(line: PlanLine, case: PilotCase) -> MeasureResult:
    """Return what the submission says was reached of a line, with the cell that says so."""
    reached = case.reached[line.id]
    figure = reached.figure
    return MeasureResult(
        id=_measure_of(line),
        label=Words(zh=f"{line.zh}：{_ACTUAL.zh}", en=f"{line.zh}: {_ACTUAL.en}"),
        doc=_ACTUAL,
        unit=line.unit,
        value=figure.value if figure else None,
        low=None if figure is None or figure.low <= -BOUNDED else figure.low,
        high=None if figure is None or figure.high >= BOUNDED else figure.high,
        table=PLAN_RESULTS,
        uses=(),
        evidence=(reached.source,),
    )


_ACTUAL = Words(zh="实际完成值", en="actual figure")
