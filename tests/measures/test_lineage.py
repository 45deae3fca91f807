"""Where a measure came from, and which rows it leaves out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pilot_eval.measures import lineage
from pilot_eval.measures.engines import Engine, installed
from pilot_eval.plugin import API, BaseType, Choice, Date, Figure, File, Number, Record, column
from tests.support.scoring.cases import SOLD, TEN, sales, visits
from tests.support.scoring.lab import (
    Evidence,
    Lab,
    indicator,
    method_of,
)


def test_a_measure_cites_the_cells_it_was_computed_from(lab: Lab) -> None:
    method = method_of(SOLD, indicator("C", "per_visitor", 40, TEN))
    made = lab.one(method, Evidence({**sales(1, 2, None, 3), **visits(2)}))
    by_id = {each.id: each for each in made.measures}
    [cited] = by_id["sold"].evidence
    assert (cited.file, cited.cells, cited.count) == ("submissions/one/sales.csv", "A2:A3, A5", 3)
    assert (by_id["per_visitor"].evidence, by_id["per_visitor"].uses) == ((), ("sold", "visitors"))
    assert [each.table for each in made.extracts] == ["sales", "visits"]


def test_a_hundred_rows_are_shown_and_every_one_is_cited(lab: Lab) -> None:
    for rows, cells in ((100, "A2:A101"), (101, "A2:A102")):
        made = lab.one(method_of(SOLD), Evidence(sales(*range(rows))))
        [extract], [measure] = made.extracts, made.measures
        assert (len(extract.rows), extract.total, extract.rows[-1].row) == (100, rows, 101)
        assert [(each.cells, each.count) for each in measure.evidence] == [(cells, rows)]


class Deal(Record):
    """What a measure may leave out: without proof, of another kind, with nothing to divide by."""

    kind: Choice = column(zh="类型", choices={"a": "甲", "b": "乙"})
    value: Number = column(zh="金额", en="Value", unit="元", optional=True)
    proof: File = column(zh="佐证文件", en="Proof", optional=True)
    planned: Number = column(zh="计划", optional=True)
    held: Date = column(zh="日期", optional=True)


def deals() -> BaseType:
    made = BaseType("village", zh="村", api=API)
    made.table(zh="项目")(Deal)

    def measure(name: str, figure: Callable[[Deal], Figure]) -> None:
        def function(d: Deal) -> Figure:
            return figure(d)

        function.__name__ = name
        made.measure(unit="个", zh=name)(function)

    measure("every", lambda d: d.count())
    measure("proved", lambda d: d.proof.given().count())
    measure("proved_of_kind", lambda d: d.where(d.kind == "a").proof.given().count())
    measure("proved_and_of_kind", lambda d: ((d.kind == "a") & d.proof.given()).count())
    measure("without_proof", lambda d: (~d.proof.given()).count())
    measure("with_either", lambda d: (d.proof.given() | d.value.given()).count())
    measure("share_proved", lambda d: d.proof.given().share())
    measure("proved_of_all", lambda d: d.proof.given().count() / d.count())
    measure("value_of_proved", lambda d: d.where(d.proof.given()).value.sum())
    measure("large", lambda d: (d.value >= 100).count())
    measure("realised", lambda d: (d.value / d.planned).mean())
    measure("realised_of_kind", lambda d: (lambda k: (k.value / k.planned).mean())(d.where(d.kind == "a")))
    measure("most_of_a_kind", lambda d: d.group_by(d.kind).value.sum().max())
    measure("most_of_a_month", lambda d: d.where(d.planned.given()).group_by(d.held.month()).count().max())
    measure("against_plan", lambda d: d.value.sum() / d.planned.sum())
    return made


DEALS = [
    {"kind": "a", "value": 100.0, "proof": "p", "planned": 50.0, "held": 17_600.0},  # row 2
    {"kind": "a", "value": 125_000.0, "proof": None, "planned": 0.0, "held": 17_500.0},  # row 3, of the year before
    {"kind": "b", "value": 7.0, "proof": "q", "planned": None, "held": 17_600.0},  # row 4
    {"kind": "b", "value": None, "proof": None, "planned": 10.0, "held": None},  # row 5
]
Left = list[tuple[str, str, str, float | None]]
"""Cause, empty columns, rows and money."""


def traced(tmp_path: Path, measure: str, engine: Engine) -> tuple[str, Left]:
    method = method_of(indicator("A", measure, 100, TEN))
    made = Lab(tmp_path, deals()).one(method, Evidence({"deals": DEALS}), engine=engine)
    [result] = made.measures
    left = [
        (
            each.cause,
            " ".join(each.lacks),
            " ".join(rows.numbers.en for rows in each.rows),
            each.amount.value if each.amount else None,
        )
        for each in result.not_counted
    ]
    return " ".join(rows.numbers.en for rows in result.evidence), left


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    ("measure", "counted", "left"),
    [
        ("every", "2–5", []),
        ("proved", "2, 4", [("empty", "proof", "3, 5", 125_000)]),
        ("proved_of_kind", "2", [("empty", "proof", "3", 125_000), ("condition", "", "4–5", None)]),
        ("proved_and_of_kind", "2", [("empty", "proof", "3", 125_000), ("condition", "", "4–5", None)]),
        ("without_proof", "3, 5", [("condition", "", "2, 4", None)]),
        ("with_either", "2–4", [("empty", "value proof", "5", None)]),
        ("share_proved", "2–5", []),
        ("proved_of_all", "2–5", []),
        ("value_of_proved", "2, 4", [("empty", "proof", "3", 125_000), ("empty", "value proof", "5", None)]),
        ("large", "2–3", [("empty", "value", "5", None), ("condition", "", "4", None)]),
        (
            "realised",
            "2",
            [("empty", "planned", "4", 7), ("empty", "value", "5", None), ("undefined", "", "3", 125_000)],
        ),
        ("against_plan", "2–5", []),
        ("most_of_a_kind", "2–4", [("empty", "value", "5", None)]),
        (
            "most_of_a_month",
            "2",
            [("empty", "held", "5", None), ("empty", "planned", "4", 7), ("condition", "", "3", None)],
        ),
    ],
)
def test_rows_that_are_not_counted_are_told_with_the_reason(
    measure: str, counted: str, left: Left, engine: Engine, tmp_path: Path
) -> None:
    assert traced(tmp_path, measure, engine) == (counted, left)


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_a_large_table_is_told_by_its_outer_rows(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lineage, "EXACT_ROWS", len(DEALS))
    assert traced(tmp_path, "proved", engine) == ("2, 4", [("empty", "proof", "3, 5", 125_000)])
    monkeypatch.setattr(lineage, "EXACT_ROWS", len(DEALS) - 1)
    assert traced(tmp_path, "proved", engine) == ("2–4", [("empty", "proof", "3–5", 125_000)])
    assert traced(tmp_path, "realised", engine) == (
        "2",
        [("empty", "planned", "4", 7), ("empty", "value", "5", None), ("undefined", "", "3", 125_000)],
    )


@pytest.mark.parametrize(("unit", "money"), [("元", (20.01, "元")), ("万元", (20.01, "万元")), ("人", None)])
def test_the_money_of_rows_that_are_not_counted_is_told_to_the_cent(
    unit: str, money: tuple[float, str] | None, tmp_path: Path
) -> None:
    made = BaseType("village", zh="村", api=API)

    @made.table(zh="项目")
    class Project(Record):
        value: Number = column(zh="数额", unit=unit)
        proof: File = column(zh="佐证文件", optional=True)

    @made.measure(unit="个", zh="项目数")
    def proved(p: Project) -> Figure:
        return p.proof.given().count()

    rows = [{"value": each, "proof": None} for each in (10.003, 10.003)]
    evidence = Evidence({"projects": rows})
    [result] = Lab(tmp_path, made).one(method_of(indicator("A", "proved", 100, TEN)), evidence).measures
    [left] = result.not_counted
    assert (left.amount and (left.amount.value, left.amount.unit)) == money


def test_a_figure_of_two_columns_cites_both(tmp_path: Path) -> None:
    wanted = {
        "against_plan": {"value", "planned"},
        "value_of_proved": {"value", "proof"},
        "realised": {"value", "planned"},
        "most_of_a_kind": {"value", "kind"},
        "most_of_a_month": {"planned", "held"},
    }
    method = method_of(*(indicator(name, name, 10, TEN) for name in wanted))
    made = Lab(tmp_path, deals()).one(method, Evidence({"deals": DEALS}))
    assert {each.id: set(each.evidence[0].columns) for each in made.measures} == wanted
    by_id = {each.id: each.evidence[0].cells for each in made.measures}
    assert by_id["against_plan"] == "D2:D5, B2:B5"
    [lacking, _] = next(each for each in made.measures if each.id == "value_of_proved").not_counted
    assert lacking.rows[0].cells == "C3"


def test_the_record_holds_the_rows_of_a_table_as_they_are_read(tmp_path: Path) -> None:
    made = Lab(tmp_path, deals()).one(method_of(indicator("A", "every", 10, TEN)), Evidence({"deals": DEALS}))
    [extract] = made.extracts
    assert extract.columns[:4] == ("kind", "value", "proof", "planned")
    assert (extract.units[:4], extract.total) == (("", "元", "", ""), 4)
    assert [(row.row, *row.cells[:4]) for row in extract.rows] == [
        (2, "甲", "100", "p", "50"),
        (3, "甲", "125000", "", "0"),
        (4, "乙", "7", "q", ""),
        (5, "乙", "", "", "10"),
    ]


def test_rows_without_a_value_are_told_before_those_that_are_not_meant(tmp_path: Path) -> None:
    method = method_of(indicator("A", "realised_of_kind", 10, TEN))
    [made] = Lab(tmp_path, deals()).one(method, Evidence({"deals": DEALS[::-1]})).measures
    assert [(each.cause, each.rows[0].numbers.en) for each in made.not_counted] == [
        ("undefined", "4"),
        ("condition", "2–3"),
    ]


def test_only_rows_of_the_pilot_are_told(tmp_path: Path) -> None:
    method = method_of(indicator("A", "proved", 100, TEN))
    evidence = {
        "one": Evidence({"deals": DEALS}),
        "two": Evidence({"deals": DEALS[:1]}),
        "three": Evidence({"deals": []}),
    }
    made = Lab(tmp_path, deals()).assess(method, evidence)
    assert [len(made[pilot].measures[0].not_counted) for pilot in evidence] == [1, 0, 0]
    [left] = made["one"].measures[0].not_counted
    assert (left.count, left.rows[0].file, left.lacks["proof"].en) == (2, "submissions/one/deals.csv", "Proof")
