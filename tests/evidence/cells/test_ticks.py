"""Tick boxes in a cell: what is ticked, what nobody touched, and what leaves it open."""

import polars as pl
import pytest

from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.evidence.cells.ticks import has_boxes, is_untouched, ticked, untouched_in, without_note


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("■是 □否", "是"), ("□是 ■否", "否"), ("是☑ 否□", "是"), ("[x]是 [ ]否", "是"), ("[ ]甲；[ ]乙；[√]丙", "丙"),
        ("☒是 ☐否", "是"), ("☑是 ☒否", "是"), ("☒甲 ☑乙 ☐丙", "乙"), ("×是 √否", "否"), ("√是", "是"), ("是√", "是"),
        ("√是 否", "是"), ("是 √否", "否"), ("是√/否", "是"), ("甲/乙√/丙", "乙"), ("☑️是 ☐否", "是"),
        ("□甲 □乙", None), ("×甲 □乙", None), ("□是", None), ("×是", None), ("☒是", None), ("是", None), ("", None),
        ("■", None),
        ("是 √ 否", None), ("甲 乙√丙", None), ("■是 □", None), ("甲■ □乙", None), ("甲□乙■丙", None),
    ],
)  # fmt: skip
def test_the_label_at_the_tick_is_read(cell: str, label: str | None) -> None:
    assert ticked(cell) == label


def test_two_ticks_are_told_with_their_labels() -> None:
    with pytest.raises(Unreadable) as told:
        ticked("■甲 ■乙 □丙")
    assert told.value.code == "cell-ticks"
    assert told.value.params["count"] == 2
    assert getattr(told.value.params["ticked"], "zh", None) == "“甲”、“乙”"


@pytest.mark.parametrize(
    ("cell", "alone"),
    [
        ("√（已备案）", "√"), ("✔ (已备案 )", "✔"), ("×（已关闭）", "×"), ("☑️（已备案）", "☑"),
        ("√（已通过）", "√"), ("√（已过期）", "√（已过期）"),
        ("√（未备案）", "√（未备案）"), ("√（已取消）", "√（已取消）"), ("√（已不再办理）", "√（已不再办理）"),
        ("※（已备案）", "※（已备案）"), ("√", "√"), ("是（已备案）", "是（已备案）"),
    ],
)  # fmt: skip
def test_a_note_behind_a_sign_is_taken_off_unless_it_may_turn_it_round(cell: str, alone: str) -> None:
    assert without_note(cell) == alone


@pytest.mark.parametrize(
    ("cell", "untouched"),
    [
        ("□是 □否", True), ("是○ 否○", True), ("[ ]甲 [ ]乙 [ ]丙", True),
        ("□是", False), ("□是 ■否", False), ("□是 ×否", False), ("是", False), ("□", False),
    ],
)  # fmt: skip
def test_a_form_with_no_tick_is_empty(cell: str, untouched: bool) -> None:
    assert is_untouched(cell) is untouched
    assert untouched_in(pl.Series(["甲", cell, None, cell])) == ([1, 3] if untouched else [])


@pytest.mark.parametrize(
    ("text", "found"), [("■", True), ("☒", True), ("（ ）", True), ("[√]", True), ("是（否）", False), ("", False)]
)
def test_marks_are_seen(text: str, found: bool) -> None:
    assert has_boxes(text) is found
