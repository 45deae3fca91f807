"""Assesses all pilots of one base type: runs the pipeline and collects what the record needs for each pilot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pilot_eval.errors import Finding, Severity, finding
from pilot_eval.frames import (
    ALL,
    BOUNDED,
    COMMON,
    INNER,
    PILOT,
    TOTAL,
    GroupColumns,
    counting_columns,
    dimension_columns,
    gate_columns,
    growth_columns,
    has,
    item_columns,
    peer_columns,
    statement_column,
    three,
)
from pilot_eval.measures import lineage
from pilot_eval.measures.compute import Tables, wanted_measures, with_measures
from pilot_eval.measures.engines import Engine, Frame
from pilot_eval.measures.missing import declared_empty, empty_rule, lacks, tables_for, undefined_columns
from pilot_eval.method.conditions import ConditionSpec
from pilot_eval.method.expert_rules import Decision, decision
from pilot_eval.method.peer_rules import HUGE, PeerRule
from pilot_eval.method.rules import TargetProgress
from pilot_eval.method.schema import AdjustmentSpec, Method, Scoring
from pilot_eval.method.tree import DimensionSpec
from pilot_eval.model import (
    AdjustmentResult,
    Assessment,
    DimensionResult,
    GateState,
    IndicatorResult,
    MeasureResult,
    Outcome,
    PeerInfo,
    Score,
    Standing,
)
from pilot_eval.plugin.compiling import Compiled, Measure
from pilot_eval.scoring.case import PilotCase, Review
from pilot_eval.scoring.effects import is_conditional
from pilot_eval.scoring.gates import Gates, SeenFigures, gates_of, standing_of
from pilot_eval.scoring.goals import with_goals
from pilot_eval.scoring.grades import GradeLimits, Scored, graded
from pilot_eval.scoring.growth import grown_from, growth_of, last_figure, measured, with_figures
from pilot_eval.scoring.levels import out_of_level
from pilot_eval.scoring.own_lines import (
    OwnResults,
    line_measures,
    lines_by_pilot,
    own_results,
    scored_lines,
    with_lines,
)
from pilot_eval.scoring.peers import PeerFigures, PeerResults, compare_peers, comparisons, peer_figures, with_peers
from pilot_eval.scoring.points import enough, with_points
from pilot_eval.scoring.reasons import reason_for
from pilot_eval.scoring.totals import with_totals
from pilot_eval.scoring.unassessed import findings_about, pilot_info
from pilot_eval.text import Words, joined, named


def peers_of(engine: Engine, method: Method, by_type: Iterable[tuple[Compiled, Sequence[PilotCase]]]) -> PeerResults:
    """Return what the items that compare pilots come to for those of all base types."""
    figures: list[PeerFigures] = []
    every: dict[str, tuple[Scoring, PeerRule]] = {}
    for compiled, cases in by_type:
        pairs = comparisons(method.scorings(compiled.id))
        if pairs:
            items = [item for item, _ in pairs]
            names = [name for item in items for name in item.measures]
            measures = wanted_measures(compiled, names)
            frame, _ = with_measures(engine, compiled, measures, *_stored(engine, method, compiled, items, cases))
            frame = with_figures(frame, items, method.factors)
            able = {item.id: enough(item) for item in items}
            figures += peer_figures(frame, items, able, cases, method.factors)
            every |= {item.id: (item, rule) for item, rule in pairs}
    return compare_peers(engine, every.values(), figures)


def _stored(
    engine: Engine, method: Method, compiled: Compiled, items: Sequence[Scoring], cases: Sequence[PilotCase]
) -> tuple[Tables, Frame]:
    tables = Tables.of((case.intake, case.folder) for case in cases if case.intake is not None)
    return tables, engine.frame(*_pilot_columns(compiled, items, method, cases))


def assess_type(
    engine: Engine,
    method: Method,
    compiled: Compiled,
    cases: Sequence[PilotCase],
    peers: PeerResults | None = None,
) -> list[Assessment]:
    """Assess the pilots of one base type, in the order given, as if there were no others.

    peers: what comparing the pilots of all base types comes to; by default those given are compared.
    """
    return graded(method, score_type(engine, method, compiled, cases, peers))


def score_type(
    engine: Engine,
    method: Method,
    compiled: Compiled,
    cases: Sequence[PilotCase],
    peers: PeerResults | None = None,
) -> list[Scored]:
    """Assess the pilots of one base type, in the order given, but for their grades, which may depend on others."""
    items = method.scorings(compiled.id)
    measures = wanted_measures(compiled, [*method.measures(compiled.id), *line_measures(cases)])
    peers = peers_of(engine, method, [(compiled, cases)]) if peers is None else peers
    stored, pilots = _stored(engine, method, compiled, items, cases)
    frame, faults = with_measures(engine, compiled, measures, stored, pilots)
    frame = with_figures(with_goals(frame, method, compiled.id), items, method.factors)
    frame = with_points(with_peers(engine, frame, items, peers), method, items, faults)
    lines = scored_lines(engine, frame, method, compiled, cases, faults)
    frame = with_totals(with_lines(frame, lines, method, compiled.id), method, compiled.id)
    kept = [name for name in frame.collect_schema().names() if not name.startswith(INNER)]
    working = [measure for measure in measures if measure.spec.id not in faults]
    made = frame.select(*kept, **undefined_columns(working)).collect()
    dimensions = method.dimensions_of(compiled.id)
    rows = {row[PILOT]: _round_points(row, method, items, dimensions) for row in made.iter_rows(named=True)}
    intakes = {case.pilot.id: case.intake for case in cases if case.intake is not None}
    traces = lineage.traced(engine, compiled, working, stored.paths, intakes)
    shared = lineage.shared_rows(intakes.values())
    decimals = method.head.decimals if method.head.rounding == "indicators" else EXACT
    of_lines = lines_by_pilot(lines, decimals) if any(case.plan.lines for case in cases) else {}
    owns = {case.pilot.id: own_results(case, compiled, faults, rows[case.pilot.id], of_lines) for case in cases}

    shared_measures = wanted_measures(compiled, method.measures(compiled.id))

    def used(case: PilotCase) -> Sequence[Measure]:
        """Return the measures of the method and of the pilot's own plan, not of the others'."""
        own = line_measures([case])
        return wanted_measures(compiled, [*method.measures(compiled.id), *own]) if own else shared_measures

    return [
        _Result(
            method,
            compiled,
            dimensions,
            used(case),
            faults,
            case,
            rows[case.pilot.id],
            traces,
            shared,
            owns[case.pilot.id],
        ).scored()
        for case in cases
    ]


def against_evidence(case: PilotCase, method: Method, results: Iterable[IndicatorResult]) -> list[Finding]:
    """Report what the review decides against the evidence: indicators set to not applicable that would have points, and
    points outside the level that the measure means."""
    items = {item.id: item for item in (*method.indicators(case.pilot.base_type), *case.plan.lines)}
    found = [
        finding(
            "review-against-evidence",
            case.review.places.get(each.id),
            item=named(items[each.id].label, each.id),
            points=f"{each.forgone:g}",
        )
        for each in results
        if each.forgone
    ]
    outside = (
        out_of_level(items[each.id], each.growth if growth_of(items[each.id]) else each.value, case.review)
        for each in results
    )
    return [*found, *(each for each in outside if each is not None)]


EXACT = 9
"""The decimals that every engine agrees on, of points that the method doesn't round."""


def _round_points(
    row: Mapping[str, Any], method: Method, items: Iterable[Scoring], dimensions: Sequence[DimensionSpec]
) -> dict[str, Any]:
    """Round points to their decimals: an engine that divides by multiplying misses 2.78 by a hair."""
    head = method.head
    nodes = [dimension_columns(each.id) for each in dimensions]
    columns = [item_columns(item.id) for item in items]
    points = [name for each in columns for name in (each.points, each.points_low, each.points_high, each.forgone)]
    of_nodes = [name for each in (*nodes, ALL, COMMON) for name in (each.points, each.low, each.high)]
    scores = [name for each in (ALL, COMMON) for name in (each.score, each.score_low, each.score_high)]
    totals = [TOTAL.points, TOTAL.low, TOTAL.high]
    decimals = (
        dict.fromkeys(points, head.decimals if head.rounding == "indicators" else EXACT)
        | dict.fromkeys((*of_nodes, *scores), EXACT if head.rounding == "total" else head.decimals)
        | dict.fromkeys(totals, head.decimals)
        | dict.fromkeys((each.coverage for each in (*nodes, ALL, COMMON)), 1)
    )
    return {
        name: round(value, decimals[name]) if name in decimals and value is not None else value
        for name, value in row.items()
    }


def _pilot_columns(
    compiled: Compiled, items: Sequence[Scoring], method: Method, cases: Sequence[PilotCase]
) -> tuple[dict[str, list[Any]], dict[str, type]]:
    """Return the round's data on each pilot as columns: tables, statements, targets, scores, exemptions, errors."""
    columns: dict[str, list[Any]] = {PILOT: [case.pilot.id for case in cases]}
    types: dict[str, type] = {PILOT: str}

    def put(name: str, kind: type, values: list[Any]) -> None:
        columns[name], types[name] = values, kind

    for table in compiled.tables:
        put(has(table), bool, [case.intake is not None and table in case.intake.rows for case in cases])
    for each in method.statements:
        infos = [case.intake.info if case.intake is not None else None for case in cases]
        put(statement_column(each.id), bool, [info.statements.get(each.id) if info else None for info in infos])
    for item in items:
        names = item_columns(item.id)
        goal = item.rule if isinstance(item.rule, TargetProgress) else None
        own = [case.pilot.targets.get(item.id) for case in cases]
        default = (goal.baseline, goal.target) if goal else (None, None)
        put(names.baseline, float, [each.baseline if each else default[0] for each in own])
        put(names.target, float, [each.target if each else default[1] for each in own])
        put(names.last, float, [last_figure(item, method.factors, case) for case in cases])
        rated = [_decision_of(item, case.review) for case in cases]
        for at, name in enumerate((names.expert, names.expert_low, names.expert_high)):
            put(name, float, [each[at] for each in rated])
        put(names.exempt, bool, [item.id in case.review.not_applicable for case in cases])
        tables = tables_for(item, compiled)
        faulty = [bool(case.intake and set(tables) & set(case.intake.bad)) for case in cases]
        put(names.faulty, bool, faulty)
        rule = empty_rule(item, compiled)
        put(names.empty, str, [rule if _empty(item, compiled, case) else None for case in cases])
    return columns, types


def _decision_of(item: Scoring, review: Review) -> Decision:
    return decision(item.rule, review.scores.get(item.id), review.levels.get(item.id), item.points)


def _empty(item: Scoring, compiled: Compiled, case: PilotCase) -> bool:
    return case.intake is not None and declared_empty(item, compiled, case.intake)


@dataclass
class _Result:
    """Turns one pilot's row of the pipeline into an assessment."""

    method: Method
    compiled: Compiled
    dimensions: Sequence[DimensionSpec]
    measures: Sequence[Measure]
    faults: Mapping[str, Finding]
    case: PilotCase
    row: Mapping[str, Any]
    traces: Mapping[tuple[str, str], lineage.Trace]
    shared: lineage.SharedRows
    own: OwnResults

    def scored(self) -> Scored:
        gates = gates_of(self.method, self.compiled, self.row)
        made = self._assessment(gates)
        surely = any(each.state is GateState.TRIGGERED and each.certain for each in gates.closed)
        return Scored(made, GradeLimits.of(self.row), out=surely and made.standing is Standing.WITHHELD)

    def _assessment(self, gates: Gates) -> Assessment:
        case, intake, base_type = self.case, self.case.intake, self.compiled.id
        bonuses, deductions = self.method.bonuses_of(base_type), self.method.deductions_of(base_type)
        shared = (self._indicator(item) for item in self.method.indicators(self.compiled.id))
        indicators = (*shared, *self.own.indicators)
        total = self._score(TOTAL, self.method.head.points) if self.row[TOTAL.points] is not None else None
        open_ = [lack for lack in lacks(self.method, self.compiled, intake) if lack.adverse] if intake else []
        applies = total is not None
        against = against_evidence(case, self.method, indicators)
        wrong = tuple(each for each in against if each.severity is Severity.ERROR)
        used = dict.fromkeys(m.table for m in self.measures if m.table)
        review = replace(case.review, findings=(*case.review.findings, *wrong))
        standing, reason = standing_of(
            case.intake, review, self._failed(), gates, open_, applies=applies, plan=case.plan
        )
        return Assessment(
            pilot=pilot_info(self.method, case.pilot),
            submission=intake.info.shown if intake and intake.info else None,
            standing=standing,
            grade=None,
            grade_low=None,
            grade_high=None,
            grade_reason=reason,
            total=total if intake else None,
            indicators_score=self._scaled(ALL, self.method.head.points) if intake else None,
            common=self._scaled(COMMON, sum(i.points for i in self.method.common)) if intake else None,
            coverage=self.row[ALL.coverage] if intake else None,
            dimensions=tuple(map(self._dimension, self.dimensions)) if intake else (),
            indicators=indicators,
            bonuses=tuple(self._adjustment(each, 1) for each in bonuses) if intake else (),
            deductions=tuple(self._adjustment(each, -1) for each in deductions) if intake else (),
            gates=gates.results if intake else (),
            measures=(*map(self._measure, self.measures), *self.own.measures) if intake else (),
            extracts=lineage.extracts(case.folder, intake, self.compiled, used, self.method.code_labels, self.shared)
            if intake
            else (),
            findings=(*findings_about(case), *against),
            reviewed_by=case.review.reviewed_by,
            may_be_withheld=standing is Standing.GRADED and gates.may_close,
            own_indicators=self.own.infos,
        )

    def _failed(self) -> list[Words]:
        """Return the names of the items and gates that can't be computed."""
        items = self.method.scorings(self.compiled.id)
        failed = [each.label for each in items if self.row[item_columns(each.id).outcome] == Outcome.ERROR]
        gates = self.method.gates_of(self.compiled.id)
        failed += [gate.label for gate in gates if not set(gate.when.measures).isdisjoint(self.faults)]
        return failed + self.own.failed

    def _score(self, group: GroupColumns, out_of: float) -> Score:
        points, low, high = (self.row[name] for name in (group.points, group.low, group.high))
        return Score(points=points, low=low, high=high, out_of=out_of)

    def _scaled(self, group: GroupColumns, out_of: float) -> Score | None:
        points, low, high = (self.row[name] for name in (group.score, group.score_low, group.score_high))
        if points is None:
            return None
        return Score(points=points, low=low, high=high, out_of=out_of)

    def _dimension(self, spec: DimensionSpec) -> DimensionResult:
        group = dimension_columns(spec.id)
        points, low, high, applies = (self.row[name] for name in (group.points, group.low, group.high, group.applies))
        outcome = Outcome.SCORED if self.row[group.covered] else Outcome.MISSING
        if not applies:
            outcome = Outcome.NOT_APPLICABLE
        elif points is None:
            outcome = Outcome.MISSING
        score = Score(points=points or 0.0, low=low, high=high, out_of=applies)
        return DimensionResult(
            id=spec.id,
            score=score,
            coverage=self.row[group.coverage],
            outcome=outcome,
            counted=round(self.row[group.counted], EXACT),
        )

    def _measure(self, measure: Measure) -> MeasureResult:
        id_ = measure.spec.id
        value, low, high = (self.row[name] for name in three(id_))
        trace = self.traces.get((self.case.pilot.id, id_), lineage.Trace())
        return MeasureResult(
            id=id_,
            label=measure.spec.label,
            doc=measure.spec.doc,
            unit=measure.spec.unit,
            value=value,
            low=None if value is None or low is None or low <= -BOUNDED else low,
            high=None if value is None or high is None or high >= BOUNDED else high,
            table=measure.table,
            uses=tuple(sorted(measure.figure.uses)),
            evidence=trace.evidence,
            not_counted=trace.not_counted,
        )

    def _indicator(self, item: Scoring) -> IndicatorResult:
        columns = item_columns(item.id)
        outcome = Outcome(self.row[columns.outcome])
        own_target = isinstance(item.rule, TargetProgress)
        return IndicatorResult(
            id=item.id,
            outcome=outcome,
            reason=reason_for(outcome, item, self.case, self.compiled, self.faults, self.row),
            measure=item.measure or "",
            value=measured(item, self.method.factors, self.row),
            points=self.row[columns.points],
            low=self.row[columns.points_low],
            high=self.row[columns.points_high],
            out_of=item.points,
            expert_score=self.case.review.scores.get(item.id),
            expert_level=self.case.review.levels.get(item.id),
            forgone=self.row[columns.forgone] if self._has_records(item) else None,
            peers=self._peers(item),
            last=grown_from(item, self.method.factors, self.row),
            growth=self.row[growth_columns(item.id).value] if growth_of(item) else None,
            baseline=self.row[columns.baseline] if own_target else None,
            target=self.row[columns.target] if own_target else None,
        )

    def _peers(self, item: Scoring) -> PeerInfo | None:
        """Return the figures of the pilot's group that an item compares it with."""
        names = peer_columns(item.id)
        if not isinstance(item.rule, PeerRule) or self.row[names.n] is None:
            return None
        mean, sd, median = (
            round(figure, EXACT) if abs(figure) < HUGE else None
            for figure in (self.row[name] for name in (names.mean, names.sd, names.median))
        )
        return PeerInfo(
            of=item.rule.of,
            n=int(self.row[names.n]),
            rank=int(self.row[names.rank]),
            lowest=self.row[names.lowest],
            highest=self.row[names.highest],
            mean=mean,
            sd=sd,
            median=median,
        )

    def _has_records(self, item: Scoring) -> bool:
        rows = self.case.intake.rows if self.case.intake else {}
        return any(rows.get(table) for table in tables_for(item, self.compiled))

    def _adjustment(self, item: AdjustmentSpec, sign: int) -> AdjustmentResult:
        columns = item_columns(item.id)
        points = self.row[columns.points] or 0.0
        low, high = sorted(sign * self.row[name] for name in (columns.points_low, columns.points_high))
        return AdjustmentResult(
            id=item.id,
            label=item.label,
            measure=item.measure or "",
            value=measured(item, self.method.factors, self.row),
            unit=item.unit if item.measure else "",
            points=sign * points + 0.0,
            low=low + 0.0,
            high=high + 0.0,
            basis=item.basis.recorded,
            reason=self._not_counted(item)
            or reason_for(Outcome(self.row[columns.outcome]), item, self.case, self.compiled, self.faults, self.row),
            rule=item.recorded_rule,
            condition=SeenFigures(self.method, self.compiled, self.row).said(item.only_if) if item.only_if else None,
        )

    def _not_counted(self, item: AdjustmentSpec) -> Words | None:
        """Return why a bonus or a deduction doesn't count, or may not; None if it does."""
        if not is_conditional(item, self.method, self.compiled.id):
            return None
        seen = SeenFigures(self.method, self.compiled, self.row)
        state, certain = seen.state(counting_columns(item.id))
        if state is GateState.TRIGGERED and certain:
            return None
        found = [seen.evidence(item.only_if)] if item.only_if is not None else []
        gates = [gate for gate in self.method.gates_of(self.compiled.id) if gate.effect.no_bonus]
        open_ = [gate for gate in gates if seen.state(gate_columns(gate.id)) != (GateState.CLEAR, True)]
        if self.method.is_bonus(item):
            found += [seen.evidence(ConditionSpec(gate=gate.id)) for gate in open_]
        why, said = joined(found), _COUNTED[state]
        return Words(zh=f"{said.zh}（{why.zh}）", en=f"{said.en} ({why.en})")


_COUNTED = {
    GateState.TRIGGERED: Words(zh="计入，但按可能范围未必", en="counts, but within the possible range it may not"),
    GateState.CLEAR: Words(zh="不计入", en="does not count"),
    GateState.UNKNOWN: Words(zh="是否计入未定", en="whether it counts is open"),
}
