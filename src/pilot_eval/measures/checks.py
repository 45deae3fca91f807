"""Checks that need a plugin's conditions or the other pilots: contradictory rows and figures, and outliers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import median
from typing import Any

import narwhals.stable.v2 as nw

from pilot_eval.errors import Finding, Place, Severity, finding
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.frames import INNER, PILOT, ROW, SOURCE, has, three
from pilot_eval.measures.by_reading import decided_by_reading
from pilot_eval.measures.compute import Tables, wanted_measures, with_measures
from pilot_eval.measures.engines import Engine
from pilot_eval.measures.missing import missing, undefined_columns
from pilot_eval.measures.not_counted import not_counted
from pilot_eval.method.rules import TargetProgress
from pilot_eval.method.schema import IndicatorSpec, Method
from pilot_eval.plugin.base_type import CheckSpec, MeasureSpec
from pilot_eval.plugin.columns import Flag
from pilot_eval.plugin.compiling import Check, Compiled, Measure
from pilot_eval.plugin.figures import Claim
from pilot_eval.plugin.tables import Kind
from pilot_eval.text import Words, both, named

LISTED = 20
"""The number of failing rows listed per check and pilot; the rest are only counted."""

UNLIKE_PEERS = 5.0
"""A measure is reported if it differs from the peers' median by more than this factor."""

UNLIKE_BEFORE = 3.0
"""The same, compared with the pilot's own figure of the previous round."""

NO_OWN: Mapping[str, Sequence[IndicatorSpec]] = {}
"""No pilot has indicators that it alone has."""

Before = Mapping[tuple[str, str], float]
"""Measures of the previous round, by pilot and measure."""


def checked(
    engine: Engine,
    compiled: Compiled,
    gathered: Mapping[str, Gathered],
    before: Before,
    method: Method | None = None,
    exempt: Mapping[str, Collection[str]] | None = None,
    own: Mapping[str, Sequence[IndicatorSpec]] = NO_OWN,
) -> dict[str, Gathered]:
    """Return the intakes of one base type with the findings of the plugin's checks, of the figures, of what is missing.

    method: None says nothing about figures and what is missing. exempt: the indicators that the reviewers don't apply
    to a pilot. own: the indicators that it alone has. A table with rows that fail a check (not just a warning) is no
    longer used.
    """
    found: dict[str, list[Finding]] = {pilot: [] for pilot in gathered}
    bad: dict[str, set[str]] = {pilot: set() for pilot in gathered}
    for check in compiled.checks.values():
        if isinstance(check.condition, Flag):
            for pilot, findings in _broken_rows(engine, compiled, check, check.condition, gathered).items():
                found[pilot] += findings
                if check.table is not None and any(each.severity is Severity.ERROR for each in findings):
                    bad[pilot].add(check.table)
    for pilot, findings in _figures(engine, compiled, gathered, before, method, exempt or {}, own).items():
        found[pilot] += findings
    return {pilot: _with(each, found[pilot], bad[pilot]) for pilot, each in gathered.items()}


def _with(each: Gathered, findings: Sequence[Finding], bad: set[str]) -> Gathered:
    intake: Intake = each.intake.model_copy(
        update={
            "findings": (*each.intake.findings, *findings),
            "bad": tuple(sorted({*each.intake.bad, *bad})),
            "rows": {table: rows for table, rows in each.intake.rows.items() if table not in bad},
        }
    )
    return Gathered(intake, each.folder)


def _check_finding(spec: CheckSpec, place: Place, *, certain: bool = True) -> Finding:
    code = "check-failed" if certain and not spec.warning else "check-doubtful"
    return finding(code, place, problem=spec.message)


def broken(condition: Flag) -> nw.Expr:
    """Return an expression that is true for records that certainly fail a check's condition."""
    wrong = ~condition.trio.high & ~nw.col(ROW).is_null()
    return wrong if condition.keep is None else wrong & condition.keep.trio.low


def _contradicted(condition: Flag) -> nw.Expr:
    """Return an expression that is true for records whose numbers as written fail a condition that they may meet."""
    return ~condition.trio.value & condition.trio.high & ~nw.col(ROW).is_null()


def _broken_rows(
    engine: Engine, compiled: Compiled, check: Check, condition: Flag, gathered: Mapping[str, Gathered]
) -> dict[str, list[Finding]]:
    """Find the rows that certainly fail the condition; also, for an error, those that do so as written.

    A partial date is written as the first of its days, which contradicts nothing.
    """
    table = check.table or ""
    files = dict.fromkeys(each.intake.file_of(table, each.folder) for each in gathered.values())
    paths = [path for path in files if path.is_file()]  # tables with other errors too: all are reported at once
    if not paths:
        return {}
    columns = compiled.tables[table].columns
    wrong = broken(condition)
    dated = any(each.kind is Kind.DATE for each in columns if each.name in condition.reads)
    if not check.spec.warning and condition.keep is None and not dated:
        wrong = wrong | _contradicted(condition)
    rows = engine.scan(paths, columns).filter(wrong)
    sure = (~condition.trio.high).alias(f"{INNER}sure")
    order = [f"{INNER}sure", SOURCE, ROW]  # the certain ones first: not all may be listed
    hits = rows.select(PILOT, SOURCE, ROW, sure).sort(order, descending=[True, False, False])
    found: dict[str, list[Finding]] = {}
    column = next(iter(sorted(condition.reads)), None)
    counts: dict[str, int] = {}
    for pilot, source, row, certain in hits.collect().iter_rows():
        counts[pilot] = counts.get(pilot, 0) + 1
        if counts[pilot] <= LISTED:
            place = gathered[pilot].intake.sources[source].place(row, column)
            found.setdefault(pilot, []).append(_check_finding(check.spec, place, certain=certain))
    for pilot, count in counts.items():
        if count > LISTED:
            found[pilot].append(finding("findings-more", Place(file=_folder(pilot)), count=count - LISTED))
    return found


def _folder(pilot: str) -> str:
    return f"submissions/{pilot}"


def _figures(
    engine: Engine,
    compiled: Compiled,
    gathered: Mapping[str, Gathered],
    before: Before,
    method: Method | None,
    exempt: Mapping[str, Collection[str]],
    own: Mapping[str, Sequence[IndicatorSpec]],
) -> dict[str, list[Finding]]:
    """Find what is missing or not counted, failed claims, and measures unlike the peers' or the last round's."""
    claims = {name: check for name, check in compiled.checks.items() if isinstance(check.condition, Claim)}
    excesses = [_excess(check) for check in claims.values()]
    used = {name for excess in excesses for name in excess.figure.uses}
    names = [item.measure for item in method.scorings(compiled.id) if item.measure] if method else []
    names += [item.measure for pilot in gathered for item in own.get(pilot, ()) if item.measure]
    needed = method.measures(compiled.id) if method else ()
    measures = wanted_measures(compiled, {*needed, *names, *used})
    values, faults = _measure_values(engine, compiled, [*measures, *excesses], gathered)
    counted = [measure for measure in wanted_measures(compiled, names) if measure.spec.id not in faults]
    left = not_counted(engine, compiled, counted, gathered)
    found: dict[str, list[Finding]] = {pilot: [] for pilot in gathered}
    for pilot, each in gathered.items():
        if method is not None:
            told, items = {measure for name, measure in left if name == pilot}, own.get(pilot, ())
            found[pilot] += missing(method, compiled, each.intake, values[pilot], exempt.get(pilot, ()), told, items)
            found[pilot] += _turned_goals(method, compiled, values[pilot])
    for check, excess in zip(claims.values(), excesses, strict=True):
        for pilot, row in values.items():
            low = row[three(excess.spec.id).low]
            if low is not None and low > 1e-9:
                found[pilot].append(_check_finding(check.spec, Place(file=_folder(pilot))))
    for measure in measures:
        if measure.spec.id in names:
            for pilot, outlier in _outliers(measure, values, before):
                found[pilot].append(outlier)
    for pilot, findings in decided_by_reading(engine, compiled, counted, gathered).items():
        found[pilot] += findings
    for (pilot, _), findings in left.items():
        found[pilot] += findings
    return found


def _turned_goals(method: Method, compiled: Compiled, figures: Mapping[str, Any]) -> Iterable[Finding]:
    """Yield the items whose baseline and target in the table go another way than the rule does."""
    goals = method.goals(compiled.id)
    for item in method.scorings(compiled.id):
        if item.id not in goals or not isinstance(rule := item.rule, TargetProgress):
            continue
        pair = zip(goals[item.id], (rule.baseline, rule.target), strict=True)
        known = (figures.get(name) if name else None for name, _ in pair)
        baseline, target = (
            own if given is None else given for given, own in zip(known, (rule.baseline, rule.target), strict=True)
        )
        if target == baseline or (target > baseline) != (rule.direction == "up"):
            label = named(item.label, item.id)
            params = {"baseline": f"{baseline:.12g}", "target": f"{target:.12g}"}
            yield finding("goal-turned", Place(file=_folder(figures[PILOT])), item=label, **params)


def _excess(check: Check) -> Measure:
    """Make a measure of a claim's excess, so that the pipeline computes it with the others."""
    assert isinstance(check.condition, Claim)  # noqa: S101  the caller chose it
    spec = MeasureSpec(f"{INNER}check_{check.spec.id}", check.spec.message, "", both(""), check.spec.function)
    return Measure(spec, check.condition.excess, None)


def _measure_values(
    engine: Engine, compiled: Compiled, measures: Sequence[Measure], gathered: Mapping[str, Gathered]
) -> tuple[dict[str, dict[str, Any]], Collection[str]]:
    """Return the measures by pilot, and which of them the engine rejects."""
    columns: dict[str, list[Any]] = {PILOT: list(gathered)}
    columns |= {has(table): [table in each.intake.rows for each in gathered.values()] for table in compiled.tables}
    types: dict[str, type] = {name: str if name == PILOT else bool for name in columns}
    stored = Tables.of((each.intake, each.folder) for each in gathered.values())
    frame, faults = with_measures(engine, compiled, measures, stored, engine.frame(columns, types))
    working = [measure for measure in measures if measure.spec.id not in faults]
    kept = [name for measure in working for name in three(measure.spec.id)]
    rows = frame.select(PILOT, *kept, **undefined_columns(working)).collect().iter_rows(named=True)
    return {row[PILOT]: row for row in rows}, faults


def _outliers(
    measure: Measure, values: Mapping[str, Mapping[str, Any]], before: Before
) -> Iterable[tuple[str, Finding]]:
    name = measure.spec.id
    known = {pilot: row[name] for pilot, row in values.items() if row[name] is not None and row[name] > 0}
    for pilot, value in sorted(known.items()):
        place = Place(file=_folder(pilot))
        # The figures of one column have one unit, and may be of units as different as countries.
        peers = [] if measure.as_given else [other for name_, other in known.items() if name_ != pilot]
        if len(peers) >= 2 and _far(value, median(peers), UNLIKE_PEERS):
            yield pilot, _outlier("measure-unlike-peers", place, measure, value, median=f"{median(peers):,.6g}")
        last = before.get((pilot, name))
        if last is not None and last > 0 and _far(value, last, UNLIKE_BEFORE):
            yield pilot, _outlier("measure-unlike-before", place, measure, value, before=f"{last:,.6g}")


def _far(value: float, other: float, times: float) -> bool:
    return not other / times <= value <= other * times


def _outlier(code: str, place: Place, measure: Measure, value: float, **params: str) -> Finding:
    label: Words = measure.spec.label or both(measure.spec.id)
    return finding(code, place, measure=label, value=f"{value:,.6g}", **params)
