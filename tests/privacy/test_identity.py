"""The numbers of identity documents: each part of one counts, and every check digit is that of its standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_eval.privacy.identity import (
    begins_like_one,
    is_certain,
    is_day,
    is_mistyped,
    is_old,
    is_old_permit,
    is_split,
)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""The table of GB 11643."""
OF_ORGANISATIONS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
"""The table of GB 32100."""


def checked(digits: str) -> str:
    """Seventeen digits of an ID number, with its check digit."""
    return digits + "10X98765432"[sum(int(each) * weight for each, weight in zip(digits, WEIGHTS, strict=True)) % 11]


PUBLISHED = ("11010519491231002X", "911124198108030024")
"""An example of GB 11643, and the one that the cards of foreigners were introduced with."""


@pytest.mark.parametrize("number", PUBLISHED)
def test_an_example_of_a_standard_is_certain_and_no_single_slip_is(number: str) -> None:
    assert is_certain(number)
    assert not is_certain(number[:-1])
    assert not is_certain(f"{number}0")
    for at in range(17):
        slips = [number[:at] + other + number[at + 1 :] for other in "0123456789" if other != number[at]]
        assert not any(map(is_certain, slips))
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert "X" in swapped[:17] or swapped == number or not is_certain(swapped)


@given(st.integers(0, 99_99), st.dates().filter(lambda day: 1900 <= day.year <= 2100), st.integers(0, 999))
def test_the_check_digit_is_that_of_the_standard(place: int, day: object, serial: int) -> None:
    number = checked(f"41{place:04}{day:%Y%m%d}{serial:03}")
    assert [last for last in "0123456789X" if is_certain(number[:17] + last)] == [number[17]]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("19000101", True), ("18991231", False), ("21001231", True), ("21010101", False), ("20180228", True),
        ("20180229", False), ("20160229", True), ("20181301", False), ("20180001", False), ("20180100", False),
    ],
)  # fmt: skip
def test_a_day_is_one_of_two_centuries(text: str, meant: bool) -> None:
    assert is_day(text) is meant


@pytest.mark.parametrize(
    ("digits", "meant"),
    [
        ("110101201501010010", True), ("830101201501010010", True), ("990101201501010010", False),
        ("990101200912310010", True), ("990101201001010010", False),
        ("911004201501010010", True), ("911003201501010010", False), ("911894201501010010", True),
        ("911895201501010010", False), ("990156201501010010", False), ("161156201501010010", False),
    ],
)  # fmt: skip
def test_a_number_begins_with_a_region_or_one_and_a_country_or_is_old(digits: str, meant: bool) -> None:
    assert begins_like_one(digits) is meant


def test_an_id_number_begins_with_any_province() -> None:
    last = {"1": 5, "2": 3, "3": 7, "4": 6, "5": 4, "6": 5, "7": 1, "8": 3}  # of the provinces in each part of China
    provinces = {f"{part}{number}" for part, most in last.items() for number in range(part != "5", most + 1)}
    known = {f"{region:02}" for region in range(100) if begins_like_one(f"{region:02}9900201501010010")}
    assert known == provinces


def test_an_id_number_has_a_day_and_begins_like_one() -> None:
    assert is_certain(checked("11010120150102001"))
    assert not is_certain(checked("11010120151302001"))
    assert not is_certain(checked("99010120150102001"))


def test_cells_side_by_side_are_a_number_of_somebody_of_a_region_born_before_documents() -> None:
    assert is_split(checked("11010119800102001"))
    assert is_split(checked("11010120091231001"))
    assert not is_split(checked("11010120100101001"))
    assert not is_split(checked("99010119800102001"))
    assert not is_split(checked("11010119800102001")[:17] + "0")


def test_a_mistyped_number_has_a_region_or_a_day_and_is_none_of_an_organisation() -> None:
    assert is_mistyped("410101999999999999")
    assert is_mistyped("990101198001020010")
    assert not is_mistyped("990101198013020010")


@given(st.integers(0, 999_999_999))
def test_the_code_of_an_organisation_is_no_mistyped_number(serial: int) -> None:
    digits = f"52110000{serial:09}"
    check = -sum(int(each) * weight for each, weight in zip(digits, OF_ORGANISATIONS, strict=True)) % 31
    own = "0123456789ABCDEFGHJKLMNPQRTUWXY"[check]
    assert [last for last in "0123456789X" if not is_mistyped(digits + last)] == [own] * (own in "0123456789X")
    assert all(is_mistyped(f"5299{digits[4:]}{last}") for last in "0123456789X")  # no region


CITIES = {*range(1, 35), 51, 52, 53, 90}
"""Up to 5134, 凉山; 4451 to 4453, 潮州 to 云浮; 4690, what belongs to no city."""
COUNTIES = {*range(1, 40), *range(81, 100)}


def test_an_old_number_has_a_place_and_a_day_of_its_century() -> None:
    assert {city for city in range(100) if is_old(f"11{city:02}01800102001")} == CITIES
    assert {county for county in range(100) if is_old(f"1101{county:02}800102001")} == COUNTIES
    assert is_old("110101200102001") and not is_old("110101191231001")
    assert is_old("110101991231001") and not is_old("110101991331001") and not is_old("110101990229001")
    assert not is_old("990101800102001")


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        ("DEU410180010299", True), ("DEU419980010299", True), ("DEU990180010299", False),
        ("DEU410180130299", False), ("DEU410180123199", True), ("DEU410180123299", False),
        ("DEU410180000199", False), ("DEU410180010099", False), ("DEU410184022999", True),
    ],
)  # fmt: skip
def test_an_old_permit_has_a_region_and_a_day(number: str, meant: bool) -> None:
    assert is_old_permit(number) is meant
