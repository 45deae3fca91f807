"""Twenty spellings of every kind of personal number are found and masked in twenty places; harmless numbers are not."""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.evidence.tables.persons import _LOOKED_AT
from pilot_eval.privacy.numbers import REFUSED, masked, said_sightings, shown_name, sightings
from pilot_eval.spelling import plain
from tests.support.corpus.taking import taken, written
from tests.support.corpus.variants import INFO
from tests.support.privacy import personal as p
from tests.support.privacy.harmless import harmless
from tests.support.privacy.places import NAMES, PLACES

_ALL_DIGITS = str.maketrans("零一二三四五六七八九壹贰叁肆伍陆柒捌玖", "0123456789123456789")


_SIGNS = (
    "0123456789", "０１２３４５６７８９", "〇㊀㊁㊂㊃㊄㊅㊆㊇㊈", "🄁🄂🄃🄄🄅🄆🄇🄈🄉🄊", "0⒈⒉⒊⒋⒌⒍⒎⒏⒐", "0⑴⑵⑶⑷⑸⑹⑺⑻⑼",
    "〇㈠㈡㈢㈣㈤㈥㈦㈧㈨", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "零壹貳叄肆伍陸柒捌玖",
)  # fmt: skip
"""Digits, in other signs that are read as them."""


def _spelled_with(secret: str, signs: list[int]) -> list[str]:
    return [
        _SIGNS[which][int(sign)] if sign.isdecimal() else sign
        for sign, which in zip(secret, signs[: len(secret)], strict=True)
    ]


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  it hides nothing


def spelled(text: str) -> str:
    """The letters and digits of a text, however they are written."""
    same = unicodedata.normalize("NFKC", text).translate(_ALL_DIGITS)
    same = "".join(str(unicodedata.digit(sign, sign)) for sign in same)
    return re.sub(r"[^0-9A-Z]", "", same.upper())


def said_of(text: str) -> str:
    codes = {each.code for each in said_sightings(plain(text))}
    return "error" if codes & REFUSED else "warning" if codes else "nothing"


@pytest.mark.parametrize("kind", p.KINDS)
def test_every_spelling_of_a_personal_number_is_found_and_masked(kind: str) -> None:
    for seed in range(5):
        for each in p.KINDS[kind](seeded(seed)):
            assert (each.text, said_of(each.text)) == (each.text, each.severity)
            assert spelled(each.secret) not in spelled(shown_name(each.text))
            assert pl.Series([each.text]).str.contains(_LOOKED_AT).all(), f"the filter overlooks {each.text}"


def test_there_are_twenty_spellings_of_each_and_twenty_places() -> None:
    assert all(len(make(seeded(0))) >= 20 for make in p.KINDS.values())
    assert len(PLACES) + len(NAMES) >= 20


def _accused(seed: int, count: int) -> tuple[list[str], list[str]]:
    said = {text: said_of(text) for text in harmless(seed, count)}
    return [text for text in said if said[text] == "error"], [text for text in said if said[text] == "warning"]


def test_harmless_numbers_are_left_alone(measured: Callable[[str], None]) -> None:
    refused, warned = _accused(1, 1000)
    measured(f"of 1,000 harmless numbers, {len(refused)} are refused and {len(warned)} warned of")
    assert refused == []
    assert len(warned) <= 2, warned


@pytest.mark.slow
def test_many_harmless_numbers_are_left_alone(measured: Callable[[str], None]) -> None:
    many = [_accused(seed, 1000) for seed in range(100, 150)]
    warned = sum(len(each[1]) for each in many)
    measured(f"of 50,000 harmless numbers, {sum(len(each[0]) for each in many)} are refused and {warned} warned of")
    assert [text for each in many for text in each[0]] == []
    assert warned <= 2 * len(many)


def _kept(intake: Intake, out: Path) -> str:
    frames = [str(pl.read_parquet(path).to_dicts()) for path in out.glob("*.parquet")]
    return spelled("\n".join([intake.model_dump_json(), *frames]))


def _examples(seed: int, each: int) -> Iterator[p.Written]:
    """Some spellings of each kind, those of Latin characters first, which PDFs and links can hold."""
    some = seeded(seed)
    for make in p.KINDS.values():
        spellings = make(some)
        yield from some.sample(spellings, min(each, len(spellings)))


_OF_PERSONS = re.compile("identity|mobile|card|passport|email|chat|personal")


def _stands_in(place: str, written_: p.Written, tmp: Path) -> None:
    if place in ("pdf", "link", "xls-footer", "xls-formula") and not (
        written_.text.isascii() and written_.text.isprintable()
    ):
        return
    if written_.alone and place in ("html", "number-format"):  # they stand in a sentence there
        return
    if place.startswith(("number", "xls-", "xml2003")) and set(written_.text) & set('"\t\n&;<>'):
        return
    files = PLACES[place](written_.text)
    intake = taken(written(tmp / "in", {"submission.yaml": INFO.encode(), **files}), tmp / "out")
    said = [each for each in intake.findings if each.severity in ("error", "warning") and "contact" not in each.code]
    about = [each for each in said if each.code.startswith(("cell-", "property-", "attach"))]
    severities = {
        each.severity for each in about if re.search("identity|mobile|card|passport|email|chat|personal", each.code)
    }
    assert severities, f"{place}: nothing is said of {written_}"
    if written_.severity == "error":
        assert "error" in severities, f"{place}: {written_} is only warned of"
    assert spelled(written_.secret) not in _kept(intake, tmp / "out"), f"{place}: {written_} is kept"


@pytest.mark.parametrize("place", PLACES)
def test_numbers_are_found_and_masked_in_every_place(place: str, tmp_path: Path) -> None:
    for at, each in enumerate(_examples(len(place), 1)):
        folder = tmp_path / str(at)
        folder.mkdir()
        _stands_in(place, each, folder)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_all_spellings_are_found_and_masked_in_every_place(place: str, tmp_path: Path) -> None:
    for at, each in enumerate(p.personal(7)):
        folder = tmp_path / str(at)
        folder.mkdir()
        _stands_in(place, each, folder)


@pytest.mark.parametrize("place", NAMES)
def test_numbers_in_names_are_refused_or_masked(place: str, tmp_path: Path) -> None:
    texts = [
        each for each in p.personal(3) if re.fullmatch(r"[\w .@-]{5,28}", each.text) and each.text == each.text.strip()
    ]
    for at, each in enumerate(seeded(5).sample(texts, 12)):
        folder = written(tmp_path / str(at) / "in", {"submission.yaml": INFO.encode(), **NAMES[place](each.text)})
        intake = taken(folder, tmp_path / str(at) / "out")
        code = "sheet-personal" if place == "sheet-name" else "name-personal"
        assert any(said.code.startswith(code) for said in intake.findings), f"{place}: {each}"
        assert spelled(each.secret) not in _kept(intake, tmp_path / str(at) / "out"), f"{place}: {each}"


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text("0123456789０５零一三八两 .-/·,:()（）XxEHMQ微信q@at.cnwxid_护照身份证手机", max_size=40),
        st.builds(
            lambda word, secret, signs, between: word + between.join(_spelled_with(secret, signs)),
            st.sampled_from(("", "手机", "身份证", "护照 E", "回鄉證H", "微信：a", "QQ", "zhang@", "zhang（at）")),
            st.sampled_from(("13800138000", "110101198001020016", "12345678", "126.com")),
            st.lists(st.integers(0, len(_SIGNS) - 1), min_size=18, max_size=18),
            st.sampled_from(("", "", " ", "-", "；", "|", "→", "——", " - ", "\u20e3")),
        ),
    )
)
def test_the_filter_of_columns_lets_everything_through(text: str) -> None:
    found = sightings(plain(text))
    if found:
        assert pl.Series([text]).str.contains(_LOOKED_AT).all()
        hidden = masked(plain(text))
        assert len(hidden) == len(plain(text))
        assert all(plain(text)[each.start : each.end] != hidden[each.start : each.end] for each in found)


def test_an_office_s_mailbox_is_masked_and_no_alarm() -> None:
    for text in ("office@zz.gov.cn", "邮箱：info@example.org", "投诉 service@example.com"):
        assert said_of(text) == "nothing"
        assert text.split("@")[1] not in shown_name(text)
