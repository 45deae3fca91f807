"""Measures: one that fails fails alone, and none is disturbed by names or empty cells."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pilot_eval.measures.engines import Frame, PolarsEngine
from pilot_eval.model import Standing
from pilot_eval.plugin import Figure, Flag, Measures
from pilot_eval.plugin.tables import ColumnSpec
from tests.support.scoring.cases import SEEN, SOLD, TEN, outcomes, sales, total, visits
from tests.support.scoring.lab import (
    Evidence,
    Lab,
    Poll,
    Sale,
    Visit,
    indicator,
    method_of,
    village,
)


class Refusing(PolarsEngine):
    """An engine that knows no visitors."""

    def scan(self, paths: Sequence[Path], columns: Sequence[ColumnSpec]) -> Frame:
        rows = super().scan(paths, columns)
        return rows.drop("visitors") if "visitors" in rows.collect_schema().names() else rows


def test_a_measure_that_the_engine_refuses_fails_alone(lab: Lab) -> None:
    items = [SOLD, SEEN, indicator("C", "per_visitor", 10, TEN), indicator("D", "mean_sale", 10, TEN)]
    made = lab.one(method_of(*items), Evidence({**sales(5), **visits(5)}), engine=Refusing())
    assert outcomes(made) == {"A": "scored", "B": "error", "C": "error", "D": "scored"}
    reason = made.indicators[1].reason
    assert reason is not None and "visitors" in reason.en
    assert made.standing is Standing.ERROR
    assert made.grade_reason is not None and made.grade_reason.en == "cannot be computed: “Name”, “Name”"


def test_a_measure_of_the_same_table_that_the_engine_takes_is_computed(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="次")
    def visits_held(v: Visit) -> Figure:
        return v.count()

    method = method_of(SEEN, indicator("C", "visits_held", 60, TEN))
    made = Lab(tmp_path, base_type).one(method, Evidence(visits(5, 5)), engine=Refusing())
    assert [(each.outcome.value, each.points) for each in made.indicators] == [("error", None), ("scored", 12)]


def test_empty_cells_everywhere_are_missing_and_nothing_is_nan(lab: Lab) -> None:
    measures = ("sold", "mean_sale", "visitors", "per_visitor", "happy")
    items = [indicator(id_, measure, 20, TEN) for id_, measure in zip("ABCDE", measures, strict=True)]
    tables = {**sales(None, None), **visits(None), "polls": [{"answers": 0, "happy": 0}]}
    made = lab.one(method_of(*items), Evidence(tables))
    assert set(outcomes(made).values()) == {"missing"}
    assert total(made) == (0, 0, 100)
    assert all(
        each.value is None and each.low is None and each.high is None for each in made.measures if each.id != "answers"
    )


@pytest.mark.parametrize(
    ("amounts", "sold"),
    [
        ((0.1, 0.2), 0.3),
        ((999_999.0, 0.1, 0.2), 999_999.3),
        ((-999_999.0, -0.1, -0.2), -999_999.3),
        ((1.1234567891234,), 1.123456789),
        ((1_200_000.0000000005,), 1_200_000.0000000005),
        ((-1_200_000.0000000005,), -1_200_000.0000000005),
    ],
)
def test_a_figure_is_settled_to_nine_decimals_unless_it_is_large(
    amounts: tuple[float, ...], sold: float, lab: Lab
) -> None:
    [made] = lab.one(method_of(SOLD), Evidence(sales(*amounts))).measures
    assert (made.value, made.low, made.high) == (sold, sold, sold)


def test_measures_may_bear_the_names_that_the_pipeline_uses_for_itself(tmp_path: Path) -> None:
    base_type = village()
    names = ("coverage", "total", "all", "common", "share", "points", "sales")
    for name in names:

        def function(s: Sale) -> Figure:
            return s.amount.sum()

        function.__name__ = name
        base_type.measure(unit="元")(function)
    ids = ("all", "common", "total", "has", "D", "E", "F")
    items = [indicator(id_, name, 10, TEN) for id_, name in zip(ids, names, strict=True)]
    made = Lab(tmp_path, base_type).one(method_of(*items), Evidence(sales((5, 4, 6))))
    assert {each.id: (each.value, each.low, each.high) for each in made.measures} == dict.fromkeys(names, (5, 4, 6))
    assert {each.points for each in made.indicators} == {5}
    assert total(made) == (50, 40, 60)


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (lambda s: s.amount.sum() / (s.amount.sum() - 3), "its divisor is 0"),
        (lambda s: (s.amount.sum() - 5).sqrt(), "the square root of a negative number"),
        (lambda s: (s.amount.sum() - 3).log() + 1, "the logarithm of a number that is not above 0"),
        (lambda s: (s.count() > 0).then((s.amount.sum() - 3).log(), otherwise=1), "the logarithm of"),
        (lambda s: (s.count() > 0).then((s.amount * 0 / 0.5).max() / 0.1 / s.amount.min(), otherwise=1), ""),
    ],
)
def test_a_figure_that_arithmetic_does_not_give_says_why(
    figure: Callable[[Sale], Figure], reason: str, tmp_path: Path
) -> None:
    base_type = village()

    @base_type.measure(unit="元")
    def odd(s: Sale) -> Figure:
        return figure(s)

    [made] = Lab(tmp_path, base_type).one(method_of(indicator("A", "odd", 100, TEN)), Evidence(sales(3))).indicators
    assert made.outcome == ("missing" if reason else "scored")
    assert reason in (made.reason.en if made.reason else "")


def test_a_default_of_joined_measures_needs_the_tables(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="元")
    def or_one(m: Measures) -> Figure:
        return m.per_visitor.default(1)

    method, lab = method_of(indicator("A", "or_one", 100, TEN)), Lab(tmp_path, base_type)
    assert outcomes(lab.one(method, Evidence(sales(5)))) == {"A": "missing"}
    assert total(lab.one(method, Evidence({**sales(5), **visits(0)}))) == (10, 10, 10)


Cell = tuple[float, float, float] | None


@pytest.mark.parametrize(
    ("answers", "happy", "answers_within", "happy_within"),
    [
        ((10, 10, 10), (9, 8, 12), (10, 10, 10), (9, 8, 10)),  # no more are happy than answered
        ((10, 5, 12), (9, 8, 10), (10, 8, 12), (9, 8, 10)),  # no fewer answered than are happy
        ((10, 9, 12), (5, 4, 6), (10, 9, 12), (5, 4, 6)),
        ((7, 6, 8), (9, 8, 10), (7, 7, 8), (9, 8, 9)),  # what is written stays within its bounds
        (None, (9, 8, 12), None, (9, 8, 12)),
        ((10, 5, 12), None, (10, 5, 12), None),
    ],
)
def test_a_part_and_its_whole_narrow_each_other_row_by_row(
    answers: Cell, happy: Cell, answers_within: Cell, happy_within: Cell, tmp_path: Path
) -> None:
    base_type = village()

    @base_type.check(zh="满意数大于样本数", en="more are happy than answered")
    def happy_among_answers(p: Poll) -> Flag:
        return p.happy <= p.answers

    @base_type.measure(unit="份")
    def happy_ones(p: Poll) -> Figure:
        return p.happy.sum()

    method = method_of(indicator("A", "answers", 50, TEN), indicator("B", "happy_ones", 50, TEN))
    made = Lab(tmp_path, base_type).one(method, Evidence({"polls": [{"answers": answers, "happy": happy}]}))
    found = {each.id: (each.value, each.low, each.high) for each in made.measures}
    nothing = (None, None, None)
    assert found == {"answers": answers_within or nothing, "happy_ones": happy_within or nothing}


def test_measures_are_combined_with_their_bounds_and_a_share_of_their_sum_is_one(tmp_path: Path) -> None:
    base_type = village()

    @base_type.measure(unit="%")
    def sold_of_both(m: Measures) -> Figure:
        return m.sold / (m.sold + m.visitors)

    method = method_of(indicator("A", "per_visitor", 50, TEN), indicator("B", "sold_of_both", 50, TEN))
    made = Lab(tmp_path, base_type).one(method, Evidence({**sales((10, 8, 12)), **visits((30, 28, 32))}))
    found = {each.id: (each.value, each.low, each.high) for each in made.measures}
    assert found["per_visitor"] == pytest.approx((10 / 30, 8 / 32, 12 / 28))
    assert found["sold_of_both"] == pytest.approx((10 / 40, 8 / 40, 12 / 40))
