"""Units: their factors, the words for them, and what may be declared."""

import pickle
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_eval.text import Words, both
from pilot_eval.units import MAGNITUDES, UNITS, DeclaredUnit, Units, declared_unit, exact_factor, may_follow_a_number


def unit(
    id: str, equals: Mapping[str, float | str] | None = None, *, counted: bool = False, en: str = ""
) -> DeclaredUnit:
    factors = {of: exact_factor(factor) for of, factor in (equals or {}).items()}
    return declared_unit(id, Words(zh=id, en=en), counted=counted, equals=factors)


POWER = UNITS.plus(
    [unit("千瓦时", en="kWh"), unit("度", {"千瓦时": 1}, en="kWh"), unit("兆瓦时", {"度": 1000}, en="MWh")]
)
MORE = POWER.plus(
    [unit("辆", counted=True), unit("台", {"辆": 1}), unit("万千瓦时", {"千瓦时": 10_000}), unit("打", {"个": 12})]
)


@given(st.sampled_from(sorted(MORE)), st.sampled_from(sorted(MORE)), st.sampled_from(sorted(MORE)))
def test_factors_follow_from_each_other(one: str, other: str, third: str) -> None:
    there, back = MORE.factor(one, other), MORE.factor(other, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert float(there * back) == pytest.approx(1, rel=1e-15)
        on = MORE.factor(other, third)
        assert on is None or float(there * on) == pytest.approx(float(MORE.factor(one, third) or 0), rel=1e-15)


@given(st.sampled_from(sorted(MORE.spelled)), st.sampled_from(["", *MAGNITUDES, "百万"]))
def test_a_word_with_a_magnitude_is_read_as_both(word: str, magnitude: str) -> None:
    times = 1
    for sign in magnitude:
        times *= MAGNITUDES[sign]
    assert MORE.parted(magnitude + word) == (times, word)


@given(st.permutations(MORE.own))
def test_the_order_in_which_units_are_declared_does_not_matter(own: list[DeclaredUnit]) -> None:
    made = UNITS.plus(own)
    assert {id: made.size(id) for id in made} == {id: MORE.size(id) for id in MORE}
    assert made.spelled == MORE.spelled


@pytest.mark.parametrize(
    ("given", "wanted", "factor"),
    [
        ("公顷", "㎡", 10_000), ("平方公里", "公顷", 100), ("万元", "元", 10_000), ("兆瓦时", "千瓦时", 1000),
        ("公顷", "亩", 15), ("元", "㎡", None), ("元", "furlong", None), ("furlong", "furlong", 1),
    ],
)  # fmt: skip
def test_factors_by_hand(given: str, wanted: str, factor: float | None) -> None:
    made = POWER.factor(given, wanted)
    assert (None if made is None else float(made)) == factor


def test_words_for_a_unit_are_its_id_and_its_names() -> None:
    assert {word: MORE.id_of(word) for word in ("kWh", "MWh", "兆瓦时", "平方米", "furlong")} == {
        "kWh": "千瓦时", "MWh": "兆瓦时", "兆瓦时": "兆瓦时", "平方米": "㎡", "furlong": None,
    }  # fmt: skip
    assert MORE.parted("mwh") == (1, "MWh")
    assert (MORE.magnified("万千瓦时"), MORE.magnified("万元"), MORE.magnified("千瓦时")) == ("千瓦时", "元", None)


def test_a_name_of_several_units_is_a_word_for_none() -> None:
    made = UNITS.plus([unit("辆", en="pieces"), unit("卷", en="pieces")])
    assert "pieces" not in made.spelled
    cases = UNITS.plus([unit("毫瓦", en="mW"), unit("兆瓦", {"毫瓦": 1e9}, en="MW")])
    assert (cases.parted("MW")[1], cases.parted("mW")[1]) == ("MW", "mW")
    with pytest.raises(KeyError):
        cases.parted("Mw")


def test_what_comes_in_wholes() -> None:
    counted = [id for id in MORE if MORE.counted(id)]
    assert {"辆", "台", "人"} <= {*counted}
    assert not {"打", "千瓦时", "万元", "furlong"} & {*counted}
    assert (MORE.factor_of("辆", "个"), MORE.factor_of("打", "个"), MORE.factor_of("打", "家")) == (1, 12, None)
    assert (MORE.factor_of("辆", None), MORE.factor_of("千瓦时", None), MORE.factor_of("天", "个")) == (1, None, None)


@pytest.mark.parametrize(
    ("given", "word", "means"),
    [
        (unit("平方米"), "平方米", "㎡"),
        (unit("公顷", {"㎡": 1000}), "公顷", "10,000 ㎡"),
        (unit("亩", {"元": 5}), "亩", "666.666667 ㎡"),
        (unit("百户"), "百户", "100 户"),
        (unit("度"), "度", "1 千瓦时"),
        (DeclaredUnit("吉", Words(zh="兆瓦时")), "兆瓦时", "1,000 千瓦时"),
        (unit("㎡/百户", {"元": 1}), "㎡/百户", "㎡/百户"),
    ],
)
def test_a_word_means_one_thing(given: DeclaredUnit, word: str, means: str) -> None:
    assert POWER.other_meaning(given) == word
    assert POWER.said(word) == both(means)
    assert POWER.other_meaning(unit("人")) == "人"
    assert POWER.said("人").en == "人 (counted: true)"


@pytest.mark.parametrize(
    "given",
    [
        unit("公顷", {"㎡": 10_000}, en="ha"), unit("亩", {"㎡": "2000/3"}), unit("人", counted=True),
        unit("名", {"人": 1}), unit("百户", {"户": 100}), unit("千元", {"元": 1000}), unit("条", counted=True),
        unit("度", {"千瓦时": 1}), unit("元"),
    ],
    ids=lambda given: given.id,
)  # fmt: skip
def test_a_word_may_be_declared_again_with_its_meaning(given: DeclaredUnit) -> None:
    assert POWER.other_meaning(given) is None
    again = POWER.plus([given])
    assert again.label(given.id) == given.label
    assert again.size(given.id) == (POWER.size(given.id) if given.id in POWER else again.size(given.id))


def test_units_that_lead_nowhere_are_left_out() -> None:
    assert (
        UNITS.plus([unit("甲", {"乙": 2}), unit("乙", {"甲": 0.5}), unit("丙", {"丁": 1}), unit("戊", {"丙": 1})]).own
        == ()
    )


def test_units_travel_to_other_processes_as_they_are() -> None:
    assert MORE.spelled and pickle.loads(pickle.dumps(MORE)) == MORE  # noqa: S301
    assert repr(Units((unit("辆"),))) != repr(Units((unit("辆", counted=True),)))


@pytest.mark.parametrize(
    ("given", "factor"), [(2, 2), (0.1, Decimal("0.1")), ("2000/3", 2000 / Decimal(3)), ("1 / 4", 0.25)]
)
def test_factors_are_exact(given: object, factor: object) -> None:
    assert exact_factor(given) == factor


@pytest.mark.parametrize("given", [0, -1, True, None, "", "1/0", "a", [1], 1e13, 1e-13, float("nan"), float("inf")])
def test_what_is_no_factor_is_refused(given: object) -> None:
    with pytest.raises(ValueError):
        exact_factor(given)


@pytest.mark.parametrize("id", ["辆", "kWh", "m3", "元/㎡", "℃", "万人", "条"])
def test_a_unit_is_a_word_that_may_follow_a_number(id: str) -> None:
    assert may_follow_a_number(id)


@pytest.mark.parametrize("id", ["万", "数十", "以上", "", "3辆", "a b", "（辆）", "辆" * 21, "-"])
def test_what_cannot_follow_a_number_is_no_unit(id: str) -> None:
    assert not may_follow_a_number(id)
