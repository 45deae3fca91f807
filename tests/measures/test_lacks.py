"""What a submission lacks, by a small method: tables, answers, figures; and what a table declared empty means."""

from pathlib import Path

import pytest

from pilot_eval.errors import Finding
from pilot_eval.measures.missing import lacks
from pilot_eval.plugin import Figure, Measures
from pilot_eval.plugin.compiling import compile_type
from tests.support.scoring.cases import SEEN, SOLD, TEN, sales, visits
from tests.support.scoring.lab import Evidence, Lab, Sale, adjustment, gate, indicator, method_of, village

Said = list[tuple[str, str]]
HAPPY = indicator("H", "happy", 40, TEN, requires={"measure": "answers", "min": 30})


def polls(answers: float, happy: float | None = 0) -> dict[str, list[dict[str, object]]]:
    return {"polls": [{"answers": answers, "happy": happy}]}


def said(found: list[Finding]) -> Said:
    return [(each.code, each.message.en) for each in found]


def codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found]


def test_what_hangs_on_a_table_is_said_with_its_points(lab: Lab) -> None:
    method = method_of(SOLD, SEEN, indicator("C", "per_visitor", 5, TEN), indicator("D", "mean_sale", 5, TEN))
    found = lab.check(method, {"none": Evidence(), "one": Evidence(visits(1)), "bad": Evidence(visits(1), ("sales",))})
    sold = "“Name” (A), “Name” (C), “Name” (D), 70 points"
    seen = "“Name” (B), “Name” (C), 45 points"
    missing = "“{}” was neither sent nor declared empty; on it hang {}"
    assert said(found["none"]) == [
        ("table-missing", missing.format("Sales", sold)),
        ("table-missing", missing.format("Visits", seen)),
    ]
    assert said(found["one"]) == said(found["none"])[:1]
    assert said(found["bad"]) == []
    assert str(found["one"][0].place) == "submissions/one"
    assert found["one"][0].message.zh.endswith("涉及“名称”（A）、“名称”（C）、“名称”（D），共 70 分")


@pytest.mark.parametrize(
    ("evidence", "lacking"),
    [(Evidence(), []), (Evidence(visits(1)), ["Sales"]), (Evidence(bad=("visits",)), ["Sales"])],
)
def test_of_a_submission_of_which_nothing_was_read_nothing_is_lacking(
    evidence: Evidence, lacking: list[str], tmp_path: Path
) -> None:
    read = evidence.intake("one", village(), tmp_path).model_copy(update={"info": None})
    found = lacks(method_of(SOLD, SEEN), compile_type(village()), read)
    assert [each.table.en for each in found] == lacking


def test_what_could_only_cost_is_an_error_unless_it_is_a_bonus_or_a_statement(lab: Lab) -> None:
    few = gate("V1", {"measure": "answers", "below": 5}, {"withhold": True})
    told = gate("V2", {"statement": "registered", "is": False}, {"withhold": True})
    method = method_of(
        SOLD,
        gates=[few, told],
        bonuses=[adjustment("B1", "proof", 5, 1)],
        deductions=[adjustment("X1", "visitors", 5, 1)],
    )
    found = lab.check(method, {"one": Evidence(sales(1))})["one"]
    assert [(each.code, each.severity.value) for each in found] == [("table-missing-adverse", "error")] * 2
    for each, table, item in zip(found, ("Visits", "Polls"), ("X1", "V1"), strict=True):
        assert each.message.en.startswith(
            f"“{table}” was neither sent nor declared empty; on it hang “Name” ({item}), and"
        )
    assert lab.check(method, {"one": Evidence({**sales(1), "visits": [], "polls": []})})["one"] == []


def test_what_the_reviewers_do_not_apply_is_not_lacking(lab: Lab) -> None:
    method = method_of(SOLD, SEEN, HAPPY)
    evidence = {"one": Evidence(polls(12)), "two": Evidence(polls(12))}
    found = lab.check(method, evidence, {"one": ["A", "H"]})
    assert codes(found["one"]) == ["table-missing"] and "“Name” (B), 40 points" in found["one"][0].message.en
    assert codes(found["two"]) == ["table-missing", "table-missing", "measure-too-few"]


@pytest.mark.parametrize(
    ("empty", "of_measure", "code", "means"),
    [
        (None, None, "table-empty", "computed as usual, from no records"),
        (None, "zero", "table-empty", "no points, by the method"),
        ("full", "zero", "table-empty", "all points, by the method"),
        ("not_applicable", None, "table-empty", "not applicable, by the method"),
        ("panel", "full", "table-empty-panel", ""),
        (None, "panel", "table-empty-panel", ""),
    ],
)
def test_a_table_declared_empty_means_what_the_method_says_else_the_measure(
    empty: str | None, of_measure: str | None, code: str, means: str, tmp_path: Path
) -> None:
    base_type = village()

    @base_type.measure(unit="元", empty=of_measure)
    def takings(s: Sale) -> Figure:
        return s.amount.sum()

    more = {"empty": empty} if empty else {}
    method = method_of(indicator("A", "takings", 60, TEN, **more), indicator("B", "takings", 20, TEN, **more), SEEN)
    [found] = Lab(tmp_path, base_type).check(method, {"one": Evidence({"sales": [], **visits(1)})})["one"]
    assert found.code == code
    assert "“Sales”" in found.message.en and "“Name” (A), “Name” (B) (80 points)" in found.message.en
    assert found.message.en.endswith(means if means else "(80 points)")


def test_no_figure_from_declared_tables_is_for_the_panel(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="元")
    def mean_per_visitor(m: Measures) -> Figure:
        return m.mean_sale / m.visitors

    lab = Lab(tmp_path, base_type)
    method = method_of(indicator("A", "mean_sale", 60, TEN), indicator("B", "mean_per_visitor", 40, TEN))
    nothing_sold = lab.check(method, {"one": Evidence({"sales": [], **visits(1)})})["one"]
    assert codes(nothing_sold) == ["table-empty-panel"]
    assert "in “Sales”; the panel decides on “Name” (A), “Name” (B) (100 points)" in nothing_sold[0].message.en
    assert codes(lab.check(method, {"one": Evidence({"sales": [], "visits": []})})["one"]) == ["table-empty-panel"] * 2
    nobody_came = lab.check(method, {"one": Evidence({"visits": [], **sales(5)})})["one"]
    assert said(nobody_came) == [
        ("measure-none", "no figure for “mean_per_visitor” from “Sales”, “Visits”: its divisor is 0")
    ]


def test_a_figure_that_does_not_come_is_said_once_with_its_cause(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="个")
    def happy_sale(m: Measures) -> Figure:
        return m.mean_sale * m.happy

    lab = Lab(tmp_path, base_type)
    own = [indicator("A", "happy_sale", 60, TEN), indicator("B", "happy", 40, TEN)]
    nobody = {**sales(5), **polls(0)}
    expected = [("measure-none", "no figure for “Satisfied” from “Polls”: its divisor is 0")]
    assert said(lab.check(method_of(*own), {"one": Evidence(nobody)})["one"]) == expected
    by_gate = gate("V1", {"measure": "happy", "below": 5}, {"withhold": True})
    for used in (
        {"gates": [by_gate]},
        {"bonuses": [adjustment("B1", "happy", 5, 1)]},
        {"deductions": [adjustment("X1", "happy", 5, 1)]},
    ):
        assert said(lab.check(method_of(SOLD, **used), {"one": Evidence(nobody)})["one"]) == expected
    assert lab.check(method_of(*own), {"one": Evidence({**sales(5), **polls(1)})})["one"] == []
    joint = lab.one(method_of(own[0]), Evidence({**sales(None), **polls(0)})).indicators[0]
    assert joint.reason is not None and joint.reason.en.endswith("from the records: its divisor is 0")


def test_rows_that_were_told_of_are_not_told_again_as_a_figure(lab: Lab) -> None:
    method = method_of(indicator("A", "mean_sale", 60, TEN), indicator("C", "per_visitor", 40, TEN))
    found = lab.check(method, {"one": Evidence({**sales(None), **visits(3)})})["one"]
    empty = "“Amount” is empty: not counted in “{}” (row 2; 1 in all)"
    assert said(found) == [("rows-not-counted", empty.format(each)) for each in ("Mean sale", "Sales")]


def test_what_one_pilot_was_told_is_not_kept_from_another(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="元", en="Mean of large sales")
    def mean_large(s: Sale) -> Figure:
        return s.where(s.amount > 100).amount.mean()

    method = method_of(indicator("A", "mean_large", 100, TEN))
    found = Lab(tmp_path, base_type).check(method, {"empty": Evidence(sales(None)), "small": Evidence(sales(5))})
    assert codes(found["empty"]) == ["rows-not-counted"]
    assert said(found["small"]) == [
        ("measure-none", "no figure for “Mean of large sales” from “Sales”: they have no number that it can use")
    ]


@pytest.mark.parametrize(("answers", "few"), [(29, True), (30, False), (31, False)])
def test_a_survey_below_its_minimum_is_said_with_what_it_costs(answers: float, few: bool, lab: Lab) -> None:
    method = method_of(SOLD, HAPPY)
    found = lab.check(method, {"one": Evidence({**sales(1), **polls(answers, 20)})})["one"]
    points = lab.one(method, Evidence({**sales(1), **polls(answers, 20)})).indicators[1].points
    assert (codes(found), points) == ((["measure-too-few"], None) if few else ([], 40))
    if few:
        [only] = found
        assert (only.severity.value, str(only.place)) == ("warning", "submissions/one")
        assert only.message.en == "“Answers”: 29, below 30; “Name” (H) (40 points): they count as missing and get none"
        assert only.message.zh == "“样本数”为 29，不足 30：“名称”（H）（40 分）按缺证据计 0 分"


def test_two_indicators_that_ask_for_the_same_answers_are_said_together(lab: Lab) -> None:
    more = indicator("I", "proof", 20, TEN, requires={"measure": "answers", "min": 30})
    other = indicator("J", "proof", 20, TEN, requires={"measure": "answers", "min": 40})
    method = method_of(HAPPY, more, other, missing={"score": "exclude"})
    found = lab.check(method, {"one": Evidence({**polls(12), "claims": [{"claim": "a", "proof": 2}]})})["one"]
    assert said(found) == [
        (
            "measure-too-few",
            f"“Answers”: 12, below {least}; {items}: they count as missing and are left out of the total",
        )
        for least, items in ((30, "“Name” (H), “Name” (I) (60 points)"), (40, "“Name” (J) (20 points)"))
    ]


def test_too_few_answers_are_not_said_beside_what_already_decides(tmp_path: Path) -> None:
    base_type = village()
    asks = {"requires": {"measure": "answers", "min": 30}}
    lab = Lab(tmp_path, base_type)
    for item, expected in (
        (indicator("A", "happy", 60, TEN, **asks), "table-empty-panel"),  # no figure: for the panel
        (indicator("A", "answers", 60, TEN, empty="full", **asks), "table-empty"),
    ):
        assert codes(lab.check(method_of(item), {"one": Evidence({"polls": []})})["one"]) == [expected]
    usual = indicator("A", "answers", 60, TEN, **asks)
    assert codes(lab.check(method_of(usual), {"one": Evidence({"polls": []})})["one"]) == [
        "table-empty",
        "measure-too-few",
    ]
    assert codes(lab.check(method_of(usual), {"one": Evidence()})["one"]) == ["table-missing"]
