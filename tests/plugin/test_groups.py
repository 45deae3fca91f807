"""Groups of rows: an aggregate of groups gives what it means, and its bounds hold what it could mean."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.errors import PluginError
from pilot_eval.frames import EPOCH
from pilot_eval.measures.engines import installed
from pilot_eval.plugin.compiling import compile_type
from tests.plugin.test_expressions import LAW, check_meaning
from tests.support.measures.lab import Cell, Result, Rows, computed, lab, stored
from tests.support.measures.strategies import DATED, PARTS, of_groups


@settings(LAW, max_examples=8)
@given(st.lists(of_groups() | PARTS, min_size=4, max_size=4), DATED, st.integers(0, 1000))
def test_figures_of_groups_give_what_they_mean_and_their_bounds_hold_what_they_could_mean(
    expressions: list[str], rows: Rows, seed: int
) -> None:
    check_meaning(expressions, rows, seed)


@pytest.mark.slow
@settings(LAW, max_examples=120)
@given(st.lists(of_groups() | PARTS, min_size=4, max_size=4), DATED, st.integers(0, 1000))
def test_many_figures_of_groups_give_what_they_mean(expressions: list[str], rows: Rows, seed: int) -> None:
    check_meaning(expressions, rows, seed)


def days(first: date, last: date | None = None) -> Cell:
    low, high = ((day - EPOCH).days for day in (first, last or first))
    return (low, low, high)


EXAMPLE: Rows = [
    {"x": (4, 4, 4), "y": (1600, 1600, 1700), "n": (10, 10, 10), "f": True, "c": "a", "p": "s1"},
    {"x": (1, 1, 1), "y": (200, 200, 200), "n": (0, 0, 0), "f": False, "c": "a", "p": "s2"},
    {"x": None, "y": (20, 18, 22), "n": (5, 5, 5), "f": None, "c": "b", "p": "s1"},
    {"x": (7, 7, 7), "y": (30, 30, 30), "n": (2, 2, 2), "f": None, "c": None, "p": None},
    {"x": (9, 9, 9), "y": (3, 3, 3), "n": (1, 1, 1), "f": True, "c": "b", "p": "s2"},
]
HELD = [
    days(date(2018, 4, 1)),
    days(date(2018, 5, 31)),
    days(date(2018, 12, 31)),
    days(date(2017, 12, 31)),  # before the period, which begins on 15 March
    days(date(2018, 6, 1), date(2018, 7, 31)),
]
FIGURES: dict[str, tuple[Result, Result]] = {
    "s.group_by(s.c).count().max()": ((2, 2, 2), (None, None, None)),
    "(s.group_by(s.c).count() >= 2).count()": ((2, 2, 2), (0, 0, 0)),
    "s.group_by(s.c).n.mean().mean()": ((4, 4, 4), (None, None, None)),
    "s.group_by(s.c).y.sum().max() / s.y.sum()": ((0.971397733, 0.920716113, 1.026472177), (None, None, None)),
    "s.group_by(s.p).y.sum().std('population')": ((708.5, 696.730447378, 759.5), (None, None, None)),
    "s.where(s.f).group_by(s.c).n.sum().min()": ((1, 1, 1), (None, None, None)),
    "s.where(s.n > 9).group_by(s.c).n.sum().mean()": ((10, 10, 10), (None, None, None)),  # b has no such row
    "s.where(s.y > 1650).group_by(s.c).n.sum().max()": ((None, 0, 10), (None, None, None)),  # a may have none
    "(lambda g: (g.where(g.f).count() / g.count()).mean())(s.group_by(s.c))": ((0.5, 0.5, 0.5), (None, None, None)),
    "(s.group_by(s.c).x.sum() / s.group_by(s.c).n.sum()).max()": ((1.5, 1.5, 1.5), (None, None, None)),
    "s.group_by(s.d.quarter()).count().min()": ((0, 0, 0), (0, 0, 0)),
    "s.group_by(s.d.quarter()).count().max()": ((3, 2, 3), (0, 0, 0)),
    "s.group_by(s.d.month()).count().sum()": ((4, 3, 5), (0, 0, 0)),
    "(s.group_by(s.d.quarter()).count() >= 1).share()": ((0.5, 0.5, 0.75), (0, 0, 0)),
    "(s.group_by(s.d.month()).count() >= 1).longest_run()": ((3, 2, 4), (0, 0, 0)),
    "(s.group_by(s.d.month()).y.sum() > 100).longest_run()": ((2, 2, 2), (0, 0, 0)),
    "(s.group_by(s.d.year()).count() >= 9).longest_run()": ((0, 0, 0), (0, 0, 0)),
    "s.group_by(s.d.year()).n.mean().max()": ((4, 4, 4), (None, None, None)),
    "s.d.year().min()": ((2017, 2017, 2017), (None, None, None)),
    "s.d.quarter().sum()": ((14, 14, 15), (0, 0, 0)),
    "s.where(s.d.month() >= 7).count()": ((2, 2, 3), (0, 0, 0)),
    "s.d.month().n_unique()": ((5, 4, 5), (0, 0, 0)),
    "s.where(s.c == 'b').d.quarter().n_unique()": ((2, 1, 2), (0, 0, 0)),
}


@pytest.mark.parametrize("engine", installed(), ids=lambda each: each.name)
def test_figures_of_groups_by_hand(engine: Any, tmp_path: Path) -> None:
    rows = [{**row, "g": True, "d": day} for row, day in zip(EXAMPLE, HELD, strict=True)]
    stored("some", rows).write_parquet(tmp_path / "some.parquet")
    stored("none", []).write_parquet(tmp_path / "none.parquet")
    paths = [tmp_path / "some.parquet", tmp_path / "none.parquet"]
    made = computed(lab([*FIGURES]), engine, ("some", "none"), paths)
    found = {text: (made["some"][f"figure_{at}"], made["none"][f"figure_{at}"]) for at, text in enumerate(FIGURES)}
    assert found == FIGURES


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("s.group_by(s.y).count().max()", "plugin-group-by", "grouped by Number"),
        ("s.group_by(s.f).count().max()", "plugin-group-by", "for a condition write i.where(…)"),
        ("s.group_by('c').count().max()", "plugin-group-by", "grouped by 'c'"),
        ("s.group_by(s.c).group_by(s.p).count().max()", "plugin-group-by", "group once"),
        ("s.group_by(s.group_by(s.c).p).count().max()", "plugin-group-by", "group once"),
        ("(s.group_by(s.c).count() * s.y).sum()", "plugin-other-groups", "g = i.group_by(i.site)"),
        ("(s.y - s.group_by(s.c).count()).sum()", "plugin-other-groups", "g = i.group_by(i.site)"),
        ("(s.group_by(s.c).count() / s.group_by(s.p).count()).sum()", "plugin-other-groups", "Number"),
        ("(s.group_by(s.c).x / s.group_by(s.p).y).sum().max()", "plugin-other-groups", "Number"),
        ("s.group_by(s.c).count() / s.count()", "plugin-row-and-figure", "aggregate first"),
        ("s.count() / s.group_by(s.c).count()", "plugin-figure-and-column", "aggregate first"),
        ("s.group_by(s.c).count()", "plugin-measure-return", "Number"),
        ("s.group_by(s.c).count().n_unique()", "plugin-n-unique", "i.site.n_unique()"),
        ("s.f.longest_run()", "plugin-longest-run", "i.group_by(i.held.month())"),
        ("(s.group_by(s.c).count() > 1).longest_run()", "plugin-longest-run", "by year, quarter or month"),
        ("s.group_by(s.d.month()).f.longest_run().max()", "plugin-longest-run", "i.group_by(i.held.month())"),
    ],
)
def test_what_is_no_figure_of_groups_says_what_to_write_instead(text: str, code: str, says: str) -> None:
    with pytest.raises(PluginError) as raised:
        _ = compile_type(lab([text]))
    [only] = raised.value.findings
    assert only.code == code
    assert says in only.line("en")
