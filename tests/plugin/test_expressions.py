"""The laws of columns and figures: an expression gives what it means, and its bounds hold what it could mean."""

import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pilot_eval.frames import BOUNDED, UNBOUNDED
from pilot_eval.measures.compute import Tables, has, with_measures
from pilot_eval.measures.engines import PolarsEngine
from pilot_eval.plugin import Figure, Measures
from pilot_eval.plugin.columns import Number, Sum
from pilot_eval.plugin.compiling import compile_type
from tests.support.measures import plain
from tests.support.measures.lab import Cell, Memory, Rows, computed, inside, lab, meant, same, stored
from tests.support.measures.strategies import ROW, ROWS, figures

# The same examples on every run, as they come: each takes a pipeline, and making a failing one smaller takes hundreds.
LAW = settings(deadline=None, derandomize=True, phases=[Phase.generate])


@settings(LAW, max_examples=12)
@given(st.lists(figures(), min_size=4, max_size=4), ROWS, st.integers(0, 1000))
def test_an_expression_gives_what_it_means_and_its_bounds_hold_what_it_could_mean(
    expressions: list[str], rows: Rows, seed: int
) -> None:
    check_meaning(expressions, rows, seed)


@pytest.mark.slow
@settings(LAW, max_examples=160)
@given(st.lists(figures(), min_size=4, max_size=4), ROWS, st.integers(0, 1000))
def test_many_expressions_give_what_they_mean(expressions: list[str], rows: Rows, seed: int) -> None:
    check_meaning(expressions, rows, seed)


def check_meaning(expressions: list[str], rows: Rows, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    made = computed(lab(expressions), Memory(pl.concat([stored("some", rows), stored("none", [])])), ("some", "none"))
    choices: list[Callable[[Cell], float]] = [
        lambda cell: cell[1],
        lambda cell: cell[2],
        *[lambda cell: chance.choice([*cell, (cell[0] + 2 * cell[1]) / 3, (cell[0] + 2 * cell[2]) / 3])] * 8,
    ]
    for number, text in enumerate(expressions):
        for pilot, submitted in (("some", rows), ("none", [])):
            value, low, high = made[pilot][f"figure_{number}"]
            assert same(value, meant(text, submitted, lambda cell: cell[0])), text
            if value is None:
                continue
            assert low is not None and high is not None and low <= value <= high, text
            could = [meant(text, submitted, choose) for choose in choices]
            outside = [each for each in could if each is not None and not inside(each, low, high)]
            assert not outside, f"{text}: {outside} outside {low}..{high}"


@settings(LAW, max_examples=12)
@given(st.lists(figures(), min_size=4, max_size=4), ROWS)
def test_exact_cells_have_exact_bounds(expressions: list[str], rows: Rows) -> None:
    exact = [{name: (cell[0],) * 3 if type(cell) is tuple else cell for name, cell in row.items()} for row in rows]
    made = computed(lab(expressions), Memory(stored("some", exact)))["some"]
    for number, text in enumerate(expressions):
        value, low, high = made[f"figure_{number}"]
        if value is not None:
            assert (low, high) == (value, value), text


@settings(LAW, max_examples=12)
@given(st.lists(figures(), min_size=4, max_size=4), st.lists(ROW, min_size=1, max_size=6), st.randoms())
def test_neither_the_order_of_rows_nor_of_pilots_matters(expressions: list[str], rows: Rows, chance: Any) -> None:
    base_type, shuffled = lab(expressions), list(rows)
    chance.shuffle(shuffled)
    one = computed(base_type, Memory(pl.concat([stored("p", rows), stored("q", rows[:1])])), ("p", "q"))
    other = computed(base_type, Memory(pl.concat([stored("q", rows[:1]), stored("p", shuffled)])), ("q", "p"))
    for pilot in ("p", "q"):
        for name, result in one[pilot].items():
            assert all(same(a, b) for a, b in zip(result, other[pilot][name], strict=True)), name


def test_two_files_give_what_one_file_gives(tmp_path: Path) -> None:
    rows = [
        {"x": (1, 0, 2), "y": (3, 3, 3), "n": (2, 2, 2), "g": True, "c": "a"},
        {"x": None, "y": (1, 1, 5), "n": (4, 3, 5), "g": False, "c": "b"},
        {"x": (7, 7, 7), "y": (0, 0, 0), "n": (0, 0, 0), "g": True, "c": "a"},
    ]
    stored("some", rows).write_parquet(tmp_path / "all.parquet")
    stored("some", rows[:1]).write_parquet(tmp_path / "one.parquet")
    stored("some", rows[1:]).write_parquet(tmp_path / "two.parquet")
    base_type = lab(["s.x.sum()", "s.where(s.x > 0).y.mean()", "s.n.median()", "s.c.n_unique()", "s.g.share()"])
    split = computed(base_type, PolarsEngine(), paths=[tmp_path / "one.parquet", tmp_path / "two.parquet"])
    assert split == computed(base_type, PolarsEngine(), paths=[tmp_path / "all.parquet"])


# --- exact values by hand
EXAMPLE: Rows = [
    {"x": (4, 4, 4), "y": (1600, 1600, 1700), "n": (10, 10, 10), "f": True, "c": "a", "p": "file"},
    {"x": (1, 1, 1), "y": (200, 200, 200), "n": (0, 0, 0), "f": False, "c": "a", "p": None},
    {"x": None, "y": (20, 18, 22), "n": (5, 5, 5), "f": None, "c": None, "p": "file"},
]


@pytest.mark.parametrize(
    ("expression", "value", "low", "high"),
    [
        ("s.count()", 3, 3, 3),
        ("s.y.sum()", 1820, 1818, 1922),
        ("s.x.sum()", 5, 5, 5),
        ("s.x.mean()", 2.5, 2.5, 2.5),
        ("s.y.median()", 200, 200, 200),
        ("s.n.quantile(0.25)", 2.5, 2.5, 2.5),
        ("s.y.max()", 1600, 1600, 1700),
        ("s.c.n_unique()", 1, 1, 1),
        ("s.f.count()", 1, 1, 1),
        ("s.f.share()", 0.5, 0.5, 0.5),  # the empty cell is neither yes nor no
        ("s.p.given().share()", 0.666666667, 0.666666667, 0.666666667),
        ("s.where(s.y > 1650).count()", 0, 0, 1),  # 1600多 may be above 1650
        ("s.where(s.y >= 20).n.sum()", 15, 10, 15),  # and 约20 may be below 20
        ("s.where(s.y > 1650).n.max().default(7)", 7, 7, 10),
        ("s.where(s.y >= 20).n.mean()", 5, 0, 10),  # with the doubtful row or without it
        ("s.where(s.y >= 20).n.min()", 0, 0, 0),
        ("(lambda k: (k.x * k.y).mean())(s.where(s.y >= 20))", 3300, 3300, 3500),  # the doubtful row has no such cell
        ("s.where(s.y > 300).n.mean()", 10, 10, 10),  # no row is doubtful here
        ("(-s.where(s.y >= 20).n).sum()", -15, -15, -10),
        ("s.where(s.f | (s.y > 19)).n.sum()", 15, 10, 15),
        ("(s.y.max() - 1650) * (s.y.max() - 1650)", 2500, -2500, 2500),  # 1600 to 1700 is below or above
        ("s.y.sum() / s.where(s.y < 20).count()", None, 1818, UNBOUNDED),  # perhaps nothing to divide by
        ("(s.x / s.n).sum()", 0.4, 0.4, 0.4),  # nothing ÷ 0 is no cell
        ("s.n.sum() / s.where(s.f).n.sum()", 1.5, 1.5, 1.5),
        ("s.n.sum() / s.where(s.x > 9).count()", None, None, None),
        ("s.f.then(0.5, otherwise=1).sum()", 1.5, 1.5, 1.5),
        ("s.where(s.x < 0).x.sum()", 0, 0, 0),
        ("s.where(~s.f.given()).x.sum()", None, None, None),  # a row is kept, and its cell is empty
        ("s.where(s.x < 0).x.mean()", None, None, None),
        ("s.where(s.c == 'a').where(s.f).y.sum()", 1600, 1600, 1700),
        # at their bounds: the rows are 1600 to 1700, 200, and 18 to 22
        ("(s.y <= 18).count()", 0, 0, 1),
        ("(s.y < 18).count()", 0, 0, 0),
        ("(s.y <= 22).count()", 1, 1, 1),
        ("(s.y < 22).count()", 1, 0, 1),
        ("(s.y >= 22).count()", 2, 2, 3),
        ("(s.y > 22).count()", 2, 2, 2),
        ("(s.y >= 18).count()", 3, 3, 3),
        ("(s.y > 18).count()", 3, 2, 3),
        ("(s.y == 18).count()", 0, 0, 1),
        ("(s.y == 17).count()", 0, 0, 0),
        ("(s.y == 200).count()", 1, 1, 1),
        ("(s.y == 1600).count()", 1, 0, 1),
        ("(s.y != 18).count()", 3, 2, 3),
        ("(s.y != 200).count()", 2, 2, 2),
        ("s.y.clip(100, 1650).sum()", 1900, 1900, 1950),
        ("s.y.sum().clip(1819, 1900)", 1820, 1819, 1900),
        ("(s.y - s.n).min()", 15, 13, 17),
        ("(0 - s.y).max()", -20, -22, -18),
        ("s.y.min()", 20, 18, 22),
        ("(s.y * s.n).sum()", 16100, 16090, 17110),
        ("(s.y / 2).sum()", 910, 909, 961),
        # figures divided by what may be nothing, or less
        ("s.y.sum() / -2", -910, -961, -909),
        ("s.n.sum() / (-s.y.sum())", -0.008241758, -0.008250825, -0.007804370),
        ("s.n.sum() / (s.y.max() - 1701)", -0.148514851, -15, -0.148514851),
        ("s.n.sum() / (s.y.max() - 1650)", -0.3, -UNBOUNDED, UNBOUNDED),
        ("s.n.sum() / s.where(s.y < 21).count()", 15, 15, UNBOUNDED),
        ("(-s.n.sum()) / s.where(s.y < 21).count()", -15, -UNBOUNDED, UNBOUNDED),
        ("s.n.sum() / s.where(s.y < 0).count()", None, None, None),
        ("s.y.sum() / s.where(s.f).where(~s.f).count()", None, None, None),
        ("(-s.y.sum()) * s.y.sum()", -3312400, -3694084, -3305124),
        ("1 - s.y.sum()", -1819, -1921, -1817),
        # functions of cells and of figures
        ("abs(3 - s.n).sum()", 12, 12, 12),
        ("abs(s.y - 20).min()", 0, 0, 2),
        ("abs(s.y.max() - 1650)", 50, 0, 50),
        ("abs(0 - s.y.sum())", 1820, 1818, 1922),
        ("s.x.sqrt().sum()", 3, 3, 3),
        ("(s.x - 2).sqrt().sum()", 1.414213562, 1.414213562, 1.414213562),  # no root of -1
        ("s.n.log().mean()", 1.956011503, 1.956011503, 1.956011503),  # no logarithm of 0
        ("(s.y - 20).log().sum()", 12.558136977, -UNBOUNDED, UNBOUNDED),  # -2 to 2 may have one
        ("s.y.sum().sqrt()", 42.661458015, 42.638011211, 43.840620434),
        ("(s.y.max() - 1650).sqrt()", None, 0, 7.071067812),
        ("(s.y.max() - 1650).log().default(1)", 1, -UNBOUNDED, 3.912023005),
        ("(s.count() * 0.1 - 0.3).sqrt()", 0, 0, 0),  # 5.6e-17
        ("(s.count() * 0.1 - 0.3).log()", None, None, None),
        ("s.n.std('sample')", 5, 5, 5),
        ("s.n.std('population')", 4.082482905, 4.082482905, 4.082482905),
        ("s.where(s.f).n.std('population')", 0, 0, 0),
        ("s.where(s.f).n.std('sample')", None, None, None),
        ("s.where(s.y >= 20).n.std('sample').default(9)", 5, 0, 7.071067812),  # 10 and 0, or 5 too
        ("maximum(s.n.sum(), 12, s.x.sum())", 15, 15, 15),
        ("maximum(s.y.max(), 1650)", 1650, 1650, 1700),
        ("minimum(s.y, 100, s.n * 4).sum()", 60, 58, 60),
        ("minimum(s.y.max(), s.where(s.x > 9).n.max())", None, None, None),
        ("(s.n.sum() >= 15).then(s.y.sum(), otherwise=0)", 1820, 1818, 1922),
        ("(s.y.sum() > 1850).then(1, otherwise=s.n.sum())", 15, 1, 15),
        ("(s.y.sum() < 1818).then(1, otherwise=2)", 2, 2, 2),
        ("(s.count() * 0.1 <= 0.3).then(1, otherwise=0)", 1, 1, 1),  # 0.30000000000000004
        ("(s.count() * 1e12 < (s.count() - 2.9) * 3e13).then(1, otherwise=0)", 0, 0, 0),
        ("(s.where(s.x > 9).n.max() > 1).then(1, otherwise=0)", None, None, None),
        ("(s.n.sum() > 1).then(s.where(s.x > 9).n.max(), otherwise=0).default(4)", 4, 4, 4),
        ("(s.y.max() > 1650).then(s.where(s.x > 9).n.max(), otherwise=3).default(9)", 3, 3, 9),
        # what may not exist at all
        ("s.where(s.y > 1650).n.max().default(20)", 20, 10, 20),
        ("s.where(s.y > 1650).n.max()", None, 10, 10),
        ("s.where(s.y >= 20).n.mean().default(50)", 5, 0, 10),
        ("(s.where(s.y > 1650).n.max() + 1).default(0)", 0, 0, 11),
        ("(-s.where(s.y > 1650).n.max()).default(5)", 5, -10, 5),
        ("(s.where(s.y > 1650).n.max() * 2).default(0)", 0, 0, 20),
        ("(s.where(s.y > 1650).n.max() / 2).default(0)", 0, 0, 5),
        ("(s.n.sum() / s.where(s.y < 20).count()).default(7)", 7, 7, UNBOUNDED),
        ("s.where(s.y < 0).x.max().default(3)", 3, 3, 3),
        ("s.where(s.y > 1650).y.max().default(2000)", 2000, 1600, 2000),
        ("s.where(s.y > 1650).y.max().default(5)", 5, 5, 1700),
        ("(s.n / s.y).sum().default(3)", 0.25625, 0.233155080, 0.284027778),
        ("s.n.sum() / (s.y.max() - 1700)", -0.15, -UNBOUNDED, UNBOUNDED),
        ("(s.y.sum() - 1818) / s.where(s.y < 21).count()", 2, 0, UNBOUNDED),
        # columns that keep rows of their own are combined where both do
        ("(s.where(s.p.given()).n + s.where(s.y > 100).n).sum()", 20, 20, 20),
        ("(s.n + s.where(s.p.given()).n).sum()", 30, 30, 30),
        ("s.n.quantile(0)", 0, 0, 0),
        ("s.n.quantile(1)", 10, 10, 10),
        ("s.where(s.y >= 20).n.max()", 10, 10, 10),
        ("s.where((s.y >= 20) & (s.y < 25)).n.mean().default(50)", 5, 5, 50),  # perhaps of no row at all
        ("s.where((s.y > 21) & (s.y < 25)).x.sum().default(9)", 0, 0, 9),  # perhaps of a row whose cell is empty
        ("s.where((s.y > 21) & (s.y < 25)).n.sum().default(9)", 0, 0, 5),
        ("s.where((s.y >= 18) & (s.y < 30)).x.sum()", None, None, None),
        ("s.where(s.f).y.sum() / s.y.sum()", 0.879120879, 0.878155873, 0.886339937),
        # a part that was held is none of its whole; half a part is half of one
        ("s.y.sum().clip(0, 100) / (s.y.sum() + s.n.sum())", 0.054495913, 0.051626226, 0.054555374),
        ("(s.y.sum() * 1).clip(0, 100) / (s.y.sum() + s.n.sum())", 0.054495913, 0.051626226, 0.054555374),
        ("s.y.sum() / (s.y.sum() + s.y.sum() + s.n.sum())", 0.497948016, 0.484154461, 0.511850866),
        ("s.y.sum() / 2 / (s.y.sum() + s.n.sum())", 0.495912807, 0.482228117, 0.509814324),
    ],
)
def test_figures_by_hand(expression: str, value: float | None, low: float | None, high: float | None) -> None:
    assert computed(lab([expression]), Memory(stored("some", EXAMPLE)))["some"]["figure_0"] == (value, low, high)


@pytest.mark.parametrize(
    ("expression", "unsure"),
    [
        ("((s.x / s.m) > 1).count()", False),  # a number of rows exists, whatever is asked of them
        ("s.where((s.x / s.m) > 1).c.n_unique()", False),
        ("s.where((s.x / s.m) > 1).count() / s.count()", False),
        ("(lambda g: ((g.y.mean() / g.m.sum()) > 1).count())(s.group_by(s.d.month()))", False),
        ("s.where((s.y > 21) & (s.y < 25)).x.sum()", True),
        ("s.y.sum() / s.where((s.y >= 20) & (s.y < 25)).count()", True),  # perhaps of no row at all
        ("(s.y.sum() / s.where((s.y >= 20) & (s.y < 25)).count()).default(1)", False),
    ],
)
def test_whether_a_figure_exists_is_said_beside_it(expression: str, unsure: bool) -> None:
    engine = Memory(stored("some", EXAMPLE))
    compiled = compile_type(lab([expression]))
    asked = engine.frame({"pilot": ["some"], has("samples"): [True]}, {"pilot": str, has("samples"): bool})
    tables = Tables({"samples": [Path("-")]}, plain.PERIOD)
    frame, faults = with_measures(engine, compiled, [compiled.measures["figure_0"]], tables, asked)
    assert faults == {}
    assert frame.collect().to_dict(as_series=False)["figure_0__unsure"] == [unsure]


@pytest.mark.parametrize("expression", ["s.y.sum()", "s.f.count()", "s.count()", "s.c.n_unique()"])
def test_nothing_to_report_counts_zero(expression: str) -> None:
    assert computed(lab([expression]), Memory(stored("some", [])))["some"]["figure_0"] == (0, 0, 0)


@pytest.mark.parametrize(
    "expression",
    ["s.y.mean()", "s.f.share()", "s.y.max()", "s.p.given().then(1, otherwise=2).mean()", "(s.count() / s.count())"],
)
def test_nothing_to_report_has_no_mean_and_no_share(expression: str) -> None:
    assert computed(lab([expression]), Memory(stored("some", [])))["some"]["figure_0"][0] is None


def test_columns_of_conditions_keep_their_own_rows() -> None:
    """`k.f` is about the rows of `k` alone, whoever asks."""
    text = "s.where(s.where(s.c == 'a').p.given()).y.sum()"
    assert computed(lab([text]), Memory(stored("some", EXAMPLE)))["some"]["figure_0"] == (1600, 1600, 1700)


def test_days_are_compared_and_subtracted() -> None:
    days = [{"d": (17_800, 17_800, 17_800)}, {"d": (17_836, 17_826, 17_865)}, {"d": None}]  # 2018-09-26, about 11-01
    made = computed(
        lab(
            [
                "(s.d <= __import__('datetime').date(2018, 10, 1)).count()",
                "(s.d - __import__('datetime').date(2018, 9, 26)).max()",
                "(s.d == __import__('datetime').date(2018, 9, 26)).share()",
                "(s.d > __import__('datetime').date(2018, 11, 1)).count()",
            ]
        ),
        Memory(stored("some", days)),
    )
    assert list(made["some"].values()) == [(1, 1, 1), (36, 26, 65), (0.5, 0.5, 0.5), (0, 0, 1)]


def test_an_unknown_bound_stays_unknown_through_arithmetic() -> None:
    rows = [{"y": (100_000, 100_000, UNBOUNDED), "n": (200, 200, 200)}]
    expressions = ["s.y.sum() / s.n.sum() * 100", "s.n.sum() - s.y.sum()", "s.y.mean() * 0.001", "1 / s.y.sum()"]
    made = computed(lab(expressions), Memory(stored("some", rows)))["some"]
    assert [high >= BOUNDED for _, _, high in made.values()] == [True, False, True, False]
    assert [low <= -BOUNDED for _, low, _ in made.values()] == [False, True, False, False]


def test_numbers_are_neither_infinite_nor_nan() -> None:
    rows = [{"y": (1e17, 1e17, UNBOUNDED), "n": (0, 0, 0)}]
    huge = " * ".join(["s.y.sum()"] * 20)
    made = computed(
        lab([huge, f"0 - {huge}", f"{huge} - {huge}", "s.y.sum() / s.n.sum()"]), Memory(stored("some", rows))
    )["some"]
    assert all(each is None or abs(each) < float("inf") for result in made.values() for each in result)


def test_a_measure_of_measures_uses_their_bounds_and_needs_their_tables() -> None:
    base_type = lab(["s.y.sum()", "s.count()"])

    @base_type.measure(unit="个")
    def mean_of_all(m: Measures) -> Figure:
        return m.figure_0 / m.figure_1

    @base_type.measure(unit="个")
    def or_nothing(m: Measures) -> Figure:
        return (m.figure_0 / m.figure_1).default(0)

    engine = Memory(pl.concat([stored("some", EXAMPLE), stored("none", [])]))
    compiled, pilots = compile_type(base_type), ["some", "none", "absent"]
    there = {"pilot": pilots, has("samples"): [True, True, False]}
    frame, _ = with_measures(
        engine,
        compiled,
        [compiled.measures[name] for name in base_type.measures],
        Tables({"samples": [Path("-")]}),
        engine.frame(there, {"pilot": str, has("samples"): bool}),
    )
    rows = {row["pilot"]: row for row in frame.collect().iter_rows(named=True)}
    made = [rows["some"]["mean_of_all" + end] for end in ("", "__low", "__high")]
    assert made == pytest.approx([1820 / 3, 1818 / 3, 1922 / 3])
    assert [rows[pilot]["mean_of_all"] for pilot in ("none", "absent")] == [None, None]
    assert [rows[pilot]["or_nothing"] for pilot in ("none", "absent")] == [0, None]


def test_sums_are_the_same_only_of_one_column_over_the_same_rows() -> None:
    one, other = (Sum(cast(Number, SimpleNamespace(name=name)), None) for name in "ab")
    assert one == Sum(one.cells, None) and one != other and one != "a"
