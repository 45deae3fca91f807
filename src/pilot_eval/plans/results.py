"""What a submission says was reached of its plan: read in each target's unit, with the cells that say so."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from pilot_eval.errors import Finding, Place, Severity, did_you_mean, finding
from pilot_eval.evidence.cells.cell import Reading, Unreadable
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.tables.across_rows import Source
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import ROW, SOURCE
from pilot_eval.measures.missing import points_of
from pilot_eval.method.plan_lines import PLAN_RESULTS, PlanLine
from pilot_eval.model import RowSpan, SourceRows
from pilot_eval.plans.figures import with_text_figures
from pilot_eval.plans.targets import read_reached, read_target
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import word_key
from pilot_eval.text import Words, joined, quoted
from pilot_eval.units import Units


@dataclass(frozen=True)
class Reached:
    """What was reached of a line, as the submission says; `figure` is None if that isn't read as one."""

    said: str
    figure: Reading | None
    source: SourceRows


@dataclass(frozen=True)
class Results:
    """What was reached of each line, by its name; what is wrong with it."""

    reached: Mapping[str, Reached] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def results_layout(layout: Layout) -> Layout:
    """Return the layout of the table of results, in which texts may be figures."""
    return with_text_figures(layout, "target", "actual")


def results_of(lines: Sequence[PlanLine], gathered: Gathered, units: Units, exempt: Collection[str] = ()) -> Results:
    """Read what a submission says was reached of its plan's lines.

    units: those of the method. exempt: the lines that the reviewers don't apply to it.
    """
    known = {word_key(line.id): line for line in lines}
    reached: dict[str, Reached] = {}
    findings: list[Finding] = []
    for row, source in _result_rows(gathered):
        name = row["line"]
        line = known.get(word_key(name or ""))
        if name is None:
            continue  # which is reported with the table
        if line is None:
            suggestion = did_you_mean(name, [each.id for each in lines])
            place = source.place(row[ROW], "line")
            findings.append(finding("plan-result-unknown", place, name=shown_text(name), suggestion=suggestion))
            continue
        findings += _target_findings(line, row, source, units)
        if row["actual"] is not None:
            figure, more = _figure(line, row["actual"], source.place(row[ROW], "actual"), units)
            findings += more
            reached[line.id] = Reached(row["actual"], figure, _cited(source, row[ROW]))
    if not _already_told(gathered):
        findings += _missing(lines, reached, exempt, Place(file=f"submissions/{gathered.intake.pilot}"))
    return Results(reached, tuple(findings))


def with_results(each: Gathered, results: Results) -> Gathered:
    """Return what was gathered with the findings about its results; a table with errors is no longer used."""
    intake = each.intake
    wrong = any(found.severity is Severity.ERROR for found in results.findings)
    rows = {table: count for table, count in intake.rows.items() if not (wrong and table == PLAN_RESULTS)}
    bad = {*intake.bad, PLAN_RESULTS} if wrong else intake.bad
    update = {"findings": (*intake.findings, *results.findings), "rows": rows, "bad": tuple(sorted(bad))}
    return Gathered(intake.model_copy(update=update), each.folder)


def _result_rows(gathered: Gathered) -> Iterator[tuple[dict[str, Any], Source]]:
    """Yield the rows of the table, each with its source; also those of a table with errors, to report all at once."""
    path = gathered.folder / f"{PLAN_RESULTS}.parquet"
    if path.is_file():
        for row in pl.read_parquet(path).filter(pl.col(ROW).is_not_null()).to_dicts():
            yield row, gathered.intake.sources[row[SOURCE]]


def _already_told(gathered: Gathered) -> bool:
    """Return whether the table has errors, or nothing of the submission could be read: both have been reported."""
    intake = gathered.intake
    return PLAN_RESULTS in intake.bad or (intake.info is None and not (intake.rows or intake.bad))


def _target_findings(line: PlanLine, row: Mapping[str, Any], source: Source, units: Units) -> Iterator[Finding]:
    """Yield a finding if the submission states another target than the plan."""
    said = row["target"]
    if said is None or word_key(said) == word_key(line.wanted):
        return
    try:
        same = read_target(said, units) == read_target(line.wanted, units) is not None
    except Unreadable:
        same = False
    if not same:
        place = source.place(row[ROW], "target")
        yield finding("plan-result-target", place, name=line.id, value=shown_text(said), target=line.wanted)


def _figure(line: PlanLine, said: str, place: Place, units: Units) -> tuple[Reading | None, list[Finding]]:
    """Return what a cell says was reached of a line, as a figure in its unit; None for one that isn't scored by it."""
    value = shown_text(said)
    if line.rated:
        return None, []
    if line.measure is not None:
        return None, [finding("plan-result-measured", place, name=line.id, measure=line.measure)]
    try:
        read = read_reached(said, line.unit, units)
    except Unreadable:
        expected = Words(zh="一个数", en="a figure")
        if line.unit:
            expected = Words(zh=f"一个数，单位 {line.unit}", en=f"a figure in {line.unit}")
        params = {"name": line.id, "value": value, "target": line.wanted, "expected": expected}
        return None, [finding("plan-result-unreadable", place, **params)]
    goal = line.goal
    if line.unit == "%" and goal is not None and 0 < read.value <= 1 and goal.target > 10 and "%" not in said:
        return read, [finding("plan-result-share", place, name=line.id, value=value, target=line.wanted)]
    return read, []


def _missing(
    lines: Sequence[PlanLine], reached: Mapping[str, Reached], exempt: Collection[str], place: Place
) -> Iterator[Finding]:
    lacking = [line for line in lines if line.reported and line.id not in reached and line.id not in exempt]
    if lacking:
        items = joined(quoted(line.label) for line in lacking)
        yield finding("plan-result-missing", place, items=items, points=f"{points_of(lacking):g}")


def _cited(source: Source, row: int) -> SourceRows:
    columns = {name: source.columns[name] for name in ("actual",) if name in source.columns}
    return SourceRows(
        file=source.file,
        sha256=source.sha256,
        sheet=source.sheet,
        columns=columns,
        rows=(RowSpan(first=row, last=row),),
        count=1,
    )
