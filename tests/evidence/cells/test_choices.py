"""Words that mean yes or no, and names of choices: read, or refused."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.cells.cell import BadCell, DisplayedNumber, MergedCell, Nested, Unreadable
from pilot_eval.evidence.cells.choices import choice_ids, read_choice, read_flag
from pilot_eval.text import Words
from tests.support.spelling import ANY, Shown, refusal

YES = (
    "是", "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "1", "已", "已完成", "完成", "达标", "符合", "t",
)  # fmt: skip
NO = (
    "否", "无", "×", "✗", "✘", "✕", "✖", "☐", "□", "☒", "x", "没有", "不是", "n", "no", "false", "0", "未", "未完成",
    "不达标", "不符合", "f",
)  # fmt: skip


@pytest.mark.parametrize(("word", "meant"), [*((word, True) for word in YES), *((word, False) for word in NO)])
def test_a_word_means_yes_or_no(word: str, meant: bool) -> None:
    wide = word.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "01xynYN"})
    for cell in (
        word,
        f" {word} ",
        word.upper(),
        wide,
        f"{word}。",
        f"{word}.",
        f"{word}；",
        f"{word},",
        f"\ufeff{word}",
    ):
        assert read_flag(cell) is meant, cell
    assert read_flag(DisplayedNumber.of(5, Shown(word))) is meant
    assert read_flag(MergedCell(word)) is meant


@pytest.mark.parametrize("number", [1, 1.0, True, MergedCell(1), MergedCell(1.0), DisplayedNumber.of(1, Shown("1.00"))])
def test_one_means_yes(number: object) -> None:
    assert read_flag(number) is True


@pytest.mark.parametrize("number", [0, 0.0, -0.0, False, MergedCell(0.0), DisplayedNumber.of(0, Shown("0号"))])
def test_nothing_means_no(number: object) -> None:
    assert read_flag(number) is False


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("是（市税务局）", True), ("√（与市妇联合办）", True), ("有 (两处)", True),
        ("否（正在备案）", False), ("×(独立举办)", False),
        ("是（部分）", None), ("是（拟办）", None), ("√（已取消）", None), ("√（×）", None),
        ("否（已备案）", None), ("是（2019年）", None),
        ("否（是）", None), ("协办（是）", None),
    ],
)  # fmt: skip
def test_an_aside_leaves_an_answer_unless_it_may_turn_it_round(cell: str, meant: bool | None) -> None:
    if meant is None:
        assert refusal(lambda: read_flag(cell)) == "cell-flag"
    else:
        assert read_flag(cell) is meant


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *[(cell, "cell-flag") for cell in ("", "是否", "是是", "yesno", "10", "。", "已报", 2, -1, 0.5,
        date(2018, 1, 1))],
        (MergedCell(2), "cell-flag"),
        (DisplayedNumber.of(2, Shown("两")), "cell-flag"),
        (BadCell("cell-error", "#N/A"), "cell-error"),
        (BadCell("cell-formula", "1"), "cell-formula"),
        (Nested("1"), "json-cell"),
    ],
)  # fmt: skip
def test_what_is_neither_is_refused(cell: object, code: str) -> None:
    assert refusal(lambda: read_flag(cell)) == code


def test_a_choice_has_its_id_and_its_names() -> None:
    ids = choice_ids({"city": Words(zh="市级", en="City"), "nation": Words(zh="国家级", en="National city")})
    assert ids == {"city": "city", "市级": "city", "nation": "nation", "国家级": "nation", "nationalcity": "nation"}


def test_a_name_of_two_choices_is_that_of_the_first() -> None:
    ids = choice_ids({"a": Words(zh="甲", en="Other"), "other": Words(zh="其他", en="Other")})
    assert (ids["other"], ids["其他"]) == ("a", "other")


@pytest.mark.parametrize(
    ("cell", "id_"),
    [
        ("市级", "city"), (" CITY ", "city"), ("■市级 □国家级", "city"), ("□市级 ☑国家级", "nation"),
        ("□市级 ☑区级", None), ("□市级 □国家级", None), ("省级", None), ("", None),
    ],
)  # fmt: skip
def test_a_choice_is_named_or_ticked(cell: str, id_: str | None) -> None:
    ids = {"市级": "city", "city": "city", "国家级": "nation"}
    if id_ is None:
        assert refusal(lambda: read_choice(cell, ids, ids)) == "cell-choice"
    else:
        assert read_choice(cell, ids, ids) == id_


@settings(max_examples=200, deadline=None)
@given(st.text("是否有无√×✓对错yYnN01 truefalse", max_size=6) | ANY)
def test_a_flag_is_read_or_refused(cell: object) -> None:
    with suppress(Unreadable):
        assert read_flag(cell) in (True, False)
