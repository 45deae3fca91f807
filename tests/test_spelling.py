"""How text is compared: one list of the characters that show nothing, and what a comparison leaves aside."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_eval import spelling
from tests.conftest import ROOT

HOME = ROOT / "src" / "pilot_eval" / "spelling.py"
LISTS_ITS_OWN = {"testing/sample_rows.py"}  # hostile cells for the contract


def test_no_other_module_lists_invisible_characters() -> None:
    ours = re.compile(spelling.INVISIBLE)
    found = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        name = path.relative_to(HOME.parent).as_posix()
        if path == HOME or name in LISTS_ITS_OWN:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            escapes = [chr(int(code, 16)) for code in re.findall(r"\\u([0-9a-fA-F]{4})", line)]
            if any(ours.match(each) and each != "\ufeff" for each in [*line, *escapes]):  # a byte order mark is no such
                found.append(f"{name}:{number}")
    assert not found


def test_every_format_character_of_unicode_is_known() -> None:
    known = re.compile(f"[{spelling.IGNORABLE}{spelling.SELECTORS}{spelling.ANNOTATIONS}]")
    of_scripts = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001345f]")
    notation = re.compile(
        "[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    )  # shorthand, musical: they place what they join
    unknown = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(sign := chr(code)) == "Cf"
        and not any(each.match(sign) for each in (known, of_scripts, notation))
    ]
    assert not unknown


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u3164", "\u115f", "\x00", "\u061c"]
)
def test_what_shows_nothing_makes_no_other_word(hidden: str) -> None:
    assert spelling.word_key(f"数{hidden}量") == spelling.word_key("数量")
    assert spelling.without_invisible(f"数{hidden}量") == "数量"


@pytest.mark.parametrize("text", ["活动Name", " 活 动\tNAME ", "活动ｎａｍｅ：", "*活动name*", "＊活动: Name"])
def test_spellings_of_a_word_share_a_key(text: str) -> None:
    assert spelling.word_key(text) == "活动name"


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("不予", True), ("采纳", False), ("未 办", True), ("预计", True), ("unpaid", True), ("paid", False),
        ("in-kind", True), ("fun", False), ("Not yet", True), ("note", False), ("", False),
    ],
)  # fmt: skip
def test_a_word_that_negates_or_weakens_is_known(text: str, negated: bool) -> None:
    assert spelling.negates(text) is negated


@pytest.mark.parametrize(
    ("said", "known", "turned"),
    [
        ("参加人数", "参与人数", False), ("参与数人", "参与人数", False), ("上年人数", "本年人数", True),
        ("本年新增数", "本年退出数", True), ("参保人数", "参与人数", False), ("经费", "经费预算", False),
        ("名称称", "名称", False), ("名名称", "名称", False), ("难以采纳", "采纳", True),
        ("采纳困难", "采纳", True), ("已采纳", "采纳", False),
    ],
)  # fmt: skip
def test_a_word_is_turned_by_another_word_not_by_a_slip(said: str, known: str, turned: bool) -> None:
    assert spelling.is_turned(said, known) is turned


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = spelling.word_key(text)
    assert spelling.word_key(spelling.plain(text)) == key


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_what_utf8_encodes_has_no_surrogates(text: str) -> None:
    assert not spelling.has_surrogates(text)
    assert spelling.has_surrogates(text + "\udc80")
    assert not spelling.has_surrogates(spelling.without_surrogates(text + "\udc80"))
