"""Geometry of the charts: labels never overlap and are never clipped, at any width a screen can have."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_eval.report.charts import NARROWEST, Label, Scale, grade_chart, interval, placed_labels, shorten, text_width

TEXTS = st.text(st.sampled_from("优良中差ABcdef 019.（"), min_size=1, max_size=60)


def box(label: Label, width: float) -> tuple[float, float]:
    at, long = label.x / 100 * width, text_width(label.text)
    left = at - {"start": 0.0, "middle": long / 2, "end": long}[label.anchor]
    return left, left + long


@given(st.lists(st.tuples(st.floats(0, 100), TEXTS), max_size=8), st.floats(NARROWEST, 2000))
def test_labels_keep_apart_and_inside(wanted: list[tuple[float, str]], width: float) -> None:
    placed = placed_labels(wanted)
    assert len(placed) == len(wanted)
    for label in placed:
        left, right = box(label, width)
        assert left >= -0.01 and right <= width + 0.01
    for row in {label.row for label in placed}:
        boxes = sorted(box(label, width) for label in placed if label.row == row)
        assert all(one[1] < other[0] for one, other in pairwise(boxes))


@given(st.floats(0.001, 1e6))
def test_ticks_are_few_rise_and_end_at_the_top(top: float) -> None:
    ticks = Scale(top).ticks
    assert ticks[0] == 0 and ticks[-1] == top
    assert list(ticks) == sorted(set(ticks))
    assert 2 <= len(ticks) <= 6


@pytest.mark.parametrize(("top", "ticks"), [(100, (0, 20, 40, 60, 80, 100)), (42, (0, 10, 20, 30, 42)), (0, (0,))])
def test_ticks_are_round(top: float, ticks: tuple[float, ...]) -> None:
    assert Scale(top).ticks == pytest.approx(ticks)


def test_a_scale_holds_what_lies_beyond_it() -> None:
    scale = Scale(100)
    assert [scale.at(value) for value in (-5, 0, 33.333, 100, 120)] == [0, 0, 33.33, 100, 100]
    assert Scale(0).at(5) == 0


def test_widths_count_one_em_for_cjk() -> None:
    assert text_width("优", 10) == 10
    assert text_width("ab", 10) == 11
    assert shorten("优良中差", 30, 10) == "优良…"
    assert shorten("优", 30, 10) == "优"


def test_an_interval_is_drawn_only_where_there_is_room() -> None:
    scale = Scale(100)
    assert interval(50, 40, 60, scale).open
    assert not interval(50, 50, 50, scale).open
    assert interval(None, 0, 10, scale, 20) == interval(0, 0, 10, scale, 20)
    assert interval(5, 5, 5, scale, 20).track == 20


def test_bands_fill_the_scale_and_the_top_is_named() -> None:
    bands = [(90.0, "Excellent", False), (80.0, "Good", True), (60.0, "Fair", False), (0.0, "Poor", False)]
    scale = Scale(100)
    chart = grade_chart(interval(82, 80, 91, scale), "82.00", bands, scale, "100")
    assert [(each.x, each.width) for each in chart.bands] == [(0, 60), (60, 20), (80, 10), (90, 10)]
    assert [each.attained for each in chart.bands] == [False, False, True, False]
    assert [each.text for each in chart.ticks] == ["0", "60", "80", "90", "100"]
    assert [each.text for each in chart.names] == ["Poor", "Fair", "Good", "Excellent"]
    assert chart.name_rows == 2
