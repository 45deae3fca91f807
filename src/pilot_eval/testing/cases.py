"""Cases in YAML: given these rows, expect these measures, points and findings."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from pilot_eval import yamlfile
from pilot_eval.errors import ContradictionError, Finding, Severity, did_you_mean
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.tables.layout import Layout, table_named
from pilot_eval.frames import BOUNDED
from pilot_eval.measures.engines import PolarsEngine
from pilot_eval.method.rules import Real
from pilot_eval.method.schema import Method, PilotSpec
from pilot_eval.model import Assessment
from pilot_eval.scoring.assess import assess_type
from pilot_eval.scoring.case import PilotCase as Assessed
from pilot_eval.scoring.case import Review
from pilot_eval.testing.bench import PILOT_ID, Bench, Value, same_figure
from pilot_eval.text import Frozen, Words

TOLERANCE = 1e-6
"""The relative tolerance between actual and expected figures."""


class Bounded(Frozen):
    """A measure's value and the bounds that approximate numbers give it; what is left out isn't compared.

    value: the value. low: the lower bound. high: the upper bound; `none` if there is none.
    """

    value: Real
    low: Real | None = None
    high: Real | Literal["none"] | None = None


class Case(Frozen):
    """One case: rows of tables, and the expected results.

    case: what it shows. tables: rows by table; an empty list means “nothing to report”. expect: for each measure, its
    value, `missing`, or `{value, low, high}`. points: for each indicator, its points or `missing`. errors: codes of the
    findings that the rows cause; any other error fails the case. expert: for each indicator, the reviewers' score.
    """

    case: str = Field(min_length=1)
    tables: dict[str, tuple[dict[str, Any], ...]]
    expect: dict[str, Real | Literal["missing"] | Bounded] = Field(default_factory=dict)
    points: dict[str, Real | Literal["missing"]] = Field(default_factory=dict)
    errors: tuple[str, ...] = ()
    expert: dict[str, Real] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _expects(self) -> "Case":
        if not (self.expect or self.points or self.errors):
            raise ContradictionError("expect、points、errors 至少写一个", "give at least one of expect, points, errors")
        return self


@dataclass(frozen=True)
class CaseFound:
    """A case and its place; `case` is None, with findings, if the file or the case is invalid."""

    name: str
    place: str
    case: Case | None = None
    findings: tuple[Finding, ...] = field(default=())

    def without_points(self) -> "CaseFound":
        """Return the same case without the points it expects."""
        return self if self.case is None else replace(self, case=self.case.model_copy(update={"points": {}}))


def read_cases(path: Path) -> list[CaseFound]:
    """Read the cases of a file, in order; invalid ones have no `Case`, but findings."""
    if not path.is_file():
        return [CaseFound("file", f"{path}: file not found")]
    source = yamlfile.parse(path.read_text("utf-8-sig", errors="replace"), path.name)
    if source.findings:
        return [CaseFound("file", path.name, findings=tuple(source.findings))]
    if not isinstance(source.data, list) or not source.data:
        return [CaseFound("file", f"{path.name}: it should be a list of cases, each beginning with “- case: …”")]
    return [_located(source, at, data) for at, data in enumerate(source.data)]


def _located(source: yamlfile.Yaml, at: int, data: object) -> CaseFound:
    name = str(data.get("case")) if isinstance(data, dict) else f"number {at + 1}"
    place = str(source.place((at,)).model_copy(update={"field": None}))
    try:
        return CaseFound(name, place, Case.model_validate(data))
    except ValidationError as error:
        return CaseFound(name, place, findings=tuple(yamlfile.findings_of(error, Case, source, (at,))))


def judge(located: CaseFound, bench: Bench, method: Method | None) -> str | None:
    """Run a case; return what is wrong as text, or None."""
    case = located.case
    if case is None:
        return "\n".join([located.place, *(each.line("en") for each in located.findings)])
    tables, unknown = _tables_by_id(case, bench.layouts)
    problems = unknown or _mismatches(case, tables, bench, method)
    if not problems:
        return None
    return "\n".join([f"{located.place} {case.case}", *_rows_shown(tables), *(f"  {each}" for each in problems)])


def _tables_by_id(case: Case, layouts: Sequence[Layout]) -> tuple[dict[str, tuple[dict[str, Any], ...]], list[str]]:
    """Return the tables of a case by id, and what is wrong with their names."""
    tables, problems = {}, []
    for name, rows in case.tables.items():
        layout = table_named(name, layouts)
        if layout is None:
            problems.append(f"there is no table {name} ({did_you_mean(name, [each.id for each in layouts]).en})")
        else:
            tables[layout.id] = rows
    return tables, problems


def _mismatches(
    case: Case, tables: Mapping[str, Sequence[Mapping[str, Any]]], bench: Bench, method: Method | None
) -> list[str]:
    taken = bench.with_checks(bench.submit(tables))
    problems = _unexpected(case, taken.intake.findings)
    problems += _measures(case, taken, bench)
    if case.points:
        problems += _points(case, taken, bench, method)
    return problems


_UNREAD = ("header-unknown", "header-unread")


def _unexpected(case: Case, findings: Iterable[Finding]) -> list[str]:
    """Report errors that the case doesn't expect (such as an unknown column), and expected ones that are missing."""
    grave = [each for each in findings if each.severity is Severity.ERROR or each.code in _UNREAD]
    problems = [f"unexpected: {each.line('en')} [{each.code}]" for each in grave if each.code not in case.errors]
    found = {each.code for each in findings}
    return problems + [f"the error {code} was expected but not found" for code in case.errors if code not in found]


def _measures(case: Case, taken: Gathered, bench: Bench) -> Iterator[str]:
    """Report measures that don't exist, can't be computed, or have other values."""
    known = [name for name in case.expect if name in bench.compiled.measures]
    computed = bench.compute({PILOT_ID: bench.frames(taken)}, known)
    for name, expected in case.expect.items():
        if name not in known:
            yield f"there is no measure {name} ({did_you_mean(name, bench.compiled.measures).en})"
        elif name in computed.faults:
            yield computed.faults[name].line("en")
        elif not _agrees(expected, computed.values[PILOT_ID][name]):
            unit = bench.compiled.measures[name].spec.unit
            yield f"{name}: expected {_expected(expected)}, actual {computed.values[PILOT_ID][name]} [{unit}]"


def _agrees(expected: float | str | Bounded, actual: Value) -> bool:
    if isinstance(expected, str) or actual.value is None:
        return expected == "missing" and actual.value is None
    if not isinstance(expected, Bounded):
        return same_figure(actual.value, expected, TOLERANCE)
    high = None if actual.high is None or actual.high >= BOUNDED else actual.high
    return (
        same_figure(actual.value, expected.value, TOLERANCE)
        and (expected.low is None or same_figure(actual.low, expected.low, TOLERANCE))
        and (expected.high is None or same_figure(high, None if expected.high == "none" else expected.high, TOLERANCE))
    )


def _expected(expected: float | str | Bounded) -> str:
    if not isinstance(expected, Bounded):
        return expected if isinstance(expected, str) else f"{expected:.10g}"
    low = "any" if expected.low is None else f"{expected.low:.10g}"
    high = "any" if expected.high is None else "no limit" if expected.high == "none" else f"{expected.high:.10g}"
    return f"{expected.value:.10g} ({low} to {high})"


def _points(case: Case, taken: Gathered, bench: Bench, method: Method | None) -> list[str]:
    if method is None:
        return ["points need a method: set `method` to its folder, or to the YAML of the base type"]
    made = _assessed(case, taken, bench, method)
    results = {each.id: each for each in made.indicators}
    problems = []
    for id_, expected in case.points.items():
        result = results.get(id_)
        if result is None:
            problems.append(f"there is no indicator {id_} ({did_you_mean(id_, results).en})")
        elif not same_figure(result.points, None if expected == "missing" else float(expected), TOLERANCE):
            why = f" ({result.reason.in_('en')})" if result.reason else ""
            actual = f"{result.outcome.value}{why}" if result.points is None else f"{result.points:g}"
            value = "missing" if result.value is None else f"{result.value:.10g}"
            problems.append(
                f"{id_}: expected {_expected(expected)} points of {result.out_of:g}, actual {actual}; "
                f"{result.measure} is {value}"
            )
    return problems


def _assessed(case: Case, taken: Gathered, bench: Bench, method: Method) -> Assessment:
    name = Words(zh=PILOT_ID, en=PILOT_ID)
    pilot = PilotSpec(id=PILOT_ID, zh=name.zh, en=name.en, base_type=bench.compiled.id, tier="local", basis="inferred")
    review = Review(scores=case.expert)
    return assess_type(PolarsEngine(), method, bench.compiled, [Assessed(pilot, taken.intake, taken.folder, review)])[0]


# --- showing tables


def _rows_shown(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterable[str]:
    """Show the rows of a case as in a sheet."""
    for table, rows in tables.items():
        yield f"  {table}" + ("" if rows else " (nothing to report)")
        headers = list(dict.fromkeys(key for row in rows for key in row))
        lines = [headers, *([_plain_cell(row.get(key)) for key in headers] for row in rows)]
        widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
        for line in lines if headers else []:
            cells = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
            yield f"    {'  '.join(cells).rstrip()}"


def _plain_cell(value: object) -> str:
    return "" if value is None else str(value)


def _width(text: str) -> int:
    """Return the width of text in a terminal: a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
