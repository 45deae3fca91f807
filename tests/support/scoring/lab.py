"""What the tests of scoring share: a small base type, methods made in a line, evidence written by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.information import Info
from pilot_eval.evidence.intake.store import stored_schema, write_table
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.evidence.tables.across_rows import Source
from pilot_eval.measures.checks import checked
from pilot_eval.measures.engines import Engine, PolarsEngine
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.grades import GradeSpec
from pilot_eval.method.kinds import RULES
from pilot_eval.method.schema import (
    AdjustmentSpec,
    DimensionSpec,
    IndicatorSpec,
    Method,
    MethodHead,
    PilotSpec,
    StatementSpec,
)
from pilot_eval.model import Assessment, SubmissionInfo
from pilot_eval.plugin import API, BaseType, Count, Figure, Measures, Number, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.scoring.assess import assess_type
from pilot_eval.scoring.case import PilotCase, Review
from pilot_eval.text import Words

Cell = float | tuple[float, float, float] | str | None
"""An exact number; value, low and high of an approximate one; a word; an empty cell."""


class Sale(Record):
    amount: Number = column(zh="金额", optional=True)


class Visit(Record):
    visitors: Number = column(zh="人次", optional=True)


class Poll(Record):
    answers: Count = column(zh="样本数")
    happy: Number = column(zh="满意数")


class Claim(Record):
    claim: Text = column(zh="成效", optional=True)
    proof: Count = column(zh="佐证级别", max=4, exact=True)


def village() -> BaseType:
    """Four tables, a measure or two of each, and one that joins two tables."""
    made = BaseType("village", zh="村", en="Villages", api=API)
    for record, zh in ((Sale, "销售"), (Visit, "接待"), (Poll, "调查"), (Claim, "成效案例")):
        made.table(zh=zh)(record)

    @made.measure(unit="元", zh="销售额", en="Sales")
    def sold(s: Sale) -> Figure:
        return s.amount.sum()

    @made.measure(unit="元", zh="平均销售额", en="Mean sale")
    def mean_sale(s: Sale) -> Figure:
        return s.amount.mean()

    @made.measure(unit="人次", zh="接待人次", en="Visitors")
    def visitors(v: Visit) -> Figure:
        return v.visitors.sum()

    @made.measure(unit="元", zh="人均", en="Per visitor")
    def per_visitor(m: Measures) -> Figure:
        return m.sold / m.visitors

    @made.measure(unit="份", zh="样本数", en="Answers")
    def answers(p: Poll) -> Figure:
        return p.answers.sum()

    @made.measure(unit="%", zh="满意率", en="Satisfied")
    def happy(p: Poll) -> Figure:
        return p.happy.sum() / p.answers.sum() * 100

    @made.measure(unit="级", zh="佐证级别", en="Proof")
    def proof(c: Claim) -> Figure:
        return c.proof.max()

    return made


# --- methods
NAMED = {"zh": "名称", "en": "Name"}
BASIS = {"kind": "illustrative"}


def _rule(given: Mapping[str, Mapping[str, object]]) -> Any:
    [(kind, parameters)] = given.items()
    return RULES[kind].model_validate(parameters)


def indicator(
    id_: str, measure: str | None, points: float, rule: Mapping[str, Any], dimension: str = "D1", **more: Any
) -> IndicatorSpec:
    given = {**NAMED, "id": id_, "measure": measure, "unit": "个", "dimension": dimension} | more
    given |= {} if "weight" in more else {"points": points}
    computed = {"direction": "up", "evidence": ["any"]} if measure else {}
    return IndicatorSpec.model_validate({"basis": BASIS, **computed, **given, "rule": _rule(rule)})


def adjustment(id_: str, measure: str | None, points: float, each: float, **more: Any) -> AdjustmentSpec:
    """A bonus or a deduction: so many points for each unit."""
    rule = _rule({"count": {"each": each}})
    given = {**NAMED, "id": id_, "measure": measure, "unit": "个", "basis": BASIS, "rule": rule, **more}
    return AdjustmentSpec.model_validate(given if "cap_share" in more else {**given, "points": points})


def gate(id_: str, when: Mapping[str, object], effect: Mapping[str, object], kind: str = "veto") -> GateSpec:
    return GateSpec.model_validate({**NAMED, "id": id_, "kind": kind, "when": when, "effect": effect, "basis": BASIS})


def method_of(
    *indicators: IndicatorSpec,
    common: Sequence[IndicatorSpec] = (),
    gates: Sequence[GateSpec] = (),
    bonuses: Sequence[AdjustmentSpec] = (),
    deductions: Sequence[AdjustmentSpec] = (),
    **head: Any,
) -> Method:
    """A method with dimensions as the indicators have them, and grades at 90, 80, 60 and 0."""
    points: dict[str, float] = {}
    for each in (*common, *indicators):
        points[each.above] = points.get(each.above, 0) + each.points
    grades = {"excellent": 90, "good": 80, "fair": 60, "poor": 0}
    return Method(
        head=MethodHead.model_validate({**NAMED, "id": "test", "version": "1.0.0", "basis": BASIS, **head}),
        sources=(),
        dimensions=tuple(DimensionSpec(**NAMED, id=id_, points=worth) for id_, worth in points.items()),
        grades=tuple(GradeSpec(**NAMED, id=id_, min=least) for id_, least in grades.items()),
        statements=(StatementSpec(**NAMED, id="registered"), StatementSpec(**NAMED, id="violation")),
        codes={},
        gates=tuple(gates),
        bonuses=tuple(bonuses),
        deductions=tuple(deductions),
        common=tuple(common),
        by_type={"village": indicators},
        pilots=(),
    )


# --- evidence
SHA = "0" * 64


@dataclass(frozen=True)
class Evidence:
    """What one pilot submitted: rows by table (no rows: nothing to report), tables with errors, statements."""

    tables: Mapping[str, Sequence[Mapping[str, Cell]]] = field(default_factory=dict)
    bad: tuple[str, ...] = ()
    statements: Mapping[str, bool] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def intake(self, pilot: str, base_type: BaseType, folder: Path) -> Intake:
        """Write the tables into a folder, as the intake of a submission does."""
        folder.mkdir(parents=True, exist_ok=True)
        sources = []
        for table, rows in self.tables.items():
            columns = compile_type(base_type).tables[table].columns
            made = [
                {"pilot": pilot, "__source": len(sources), "__row": number} | _stored(row)
                for number, row in enumerate(rows, start=2)
            ]
            write_table(folder / f"{table}.parquet", pilot, pl.DataFrame(made, schema=stored_schema(columns)))
            letters = {each.name: chr(ord("A") + at) for at, each in enumerate(columns)}
            name = f"submissions/{pilot}/{table}.csv"
            sources.append(Source(table=table, file=name, sha256=SHA, sheet=None, columns=letters))
        empty = tuple(table for table, rows in self.tables.items() if not rows)
        shown = SubmissionInfo(
            submitted_by="某村", contact_office="办公室", submitted_on=None, facts=(), tables_empty=empty
        )
        return Intake(
            pilot=pilot,
            period=("2018-01-01", "2018-12-31"),
            info=Info(shown=shown, statements=dict(self.statements), tables={}),
            sources=tuple(sources),
            rows={table: len(rows) for table, rows in self.tables.items()},
            bad=self.bad,
            files=(),
            findings=self.findings or tuple(finding("file-json", problem=table) for table in self.bad),
        )


def _stored(row: Mapping[str, Cell]) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, cell in row.items():
        if isinstance(cell, str) or cell is None:
            cells[name] = cell
        else:
            ends = cell if isinstance(cell, tuple) else (cell, cell, cell)
            cells |= dict(zip((name, f"{name}__low", f"{name}__high"), ends, strict=True))
    return cells


def pilot_spec(id_: str, base_type: str = "village", **targets: tuple[float, float]) -> PilotSpec:
    own = {name: {"baseline": low, "target": high} for name, (low, high) in targets.items()}
    return PilotSpec.model_validate(
        {**NAMED, "id": id_, "base_type": base_type, "tier": "local", "basis": "stated", "targets": own}
    )


class Lab:
    """Assesses evidence by a method, in a folder of its own."""

    def __init__(self, folder: Path, base_type: BaseType) -> None:
        self.folder, self.base_type, self.runs = folder, base_type, 0

    def assess(
        self,
        method: Method,
        evidence: Mapping[str, Evidence | None],
        *,
        reviews: Mapping[str, Review] | None = None,
        pilots: Mapping[str, PilotSpec] | None = None,
        engine: Engine | None = None,
    ) -> dict[str, Assessment]:
        self.runs += 1
        cases = []
        for pilot, given in evidence.items():
            folder = self.folder / str(self.runs) / pilot
            intake = None if given is None else given.intake(pilot, self.base_type, folder)
            spec = (pilots or {}).get(pilot) or pilot_spec(pilot)
            cases.append(PilotCase(spec, intake, folder, (reviews or {}).get(pilot, Review())))
        made = assess_type(engine or PolarsEngine(), method, compile_type(self.base_type), cases)
        return {each.pilot.id: each for each in made}

    def check(
        self, method: Method, evidence: Mapping[str, Evidence], exempt: Mapping[str, Sequence[str]] | None = None
    ) -> dict[str, list[Finding]]:
        """What `check` says of each pilot beside what was wrong with its files."""
        self.runs += 1
        gathered = {}
        for pilot, given in evidence.items():
            folder = self.folder / str(self.runs) / pilot
            gathered[pilot] = Gathered(given.intake(pilot, self.base_type, folder), folder)
        made = checked(PolarsEngine(), compile_type(self.base_type), gathered, {}, method, exempt)
        return {
            pilot: list(each.intake.findings[len(gathered[pilot].intake.findings) :]) for pilot, each in made.items()
        }

    def one(self, method: Method, evidence: Evidence, review: Review | None = None, **more: Any) -> Assessment:
        return self.assess(method, {"one": evidence}, reviews={"one": review or Review()}, **more)["one"]


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return Lab(tmp_path, village())


def review(scores: Mapping[str, float] | None = None, not_applicable: Sequence[str] = ()) -> Review:
    words = Words(zh="理由", en="the reason")
    return Review(
        scores=scores or {},
        reasons=dict.fromkeys(scores or {}, words),
        not_applicable=dict.fromkeys(not_applicable, words),
    )
