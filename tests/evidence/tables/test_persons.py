"""Numbers that identify a person are found in every cell of a sheet, at their place, and are masked."""

from typing import Any

import polars as pl
import pytest

from pilot_eval.errors import finding
from pilot_eval.evidence.cells.cell import BadCell, DisplayedNumber
from pilot_eval.evidence.cells.raw_cells import Cells
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.persons import (
    columns_of_money,
    look_for_persons,
    look_for_persons_above,
    persons_in,
    without_parts,
)
from tests.support.corpus.variants import layout
from tests.support.spelling import Shown

ID = "110101198001020016"
MOBILE = "13800138000"
FOUND = [
    (ID, "cell-identity"), (f"某同志（{ID}）", "cell-identity"), ("1101\u200b01198001020016", "cell-identity"),
    ("110101 1980 0102 0016", "cell-identity"), (float(ID), "cell-identity"), (int(ID), "cell-identity"),
    (f"电话{MOBILE}", "cell-mobile"), (f"+86 {MOBILE}", "cell-mobile"), (float(MOBILE), "cell-mobile-like"),
    (DisplayedNumber.of(float(MOBILE), Shown("138…")), "cell-mobile-like"),
]  # fmt: skip
CLEAN = [
    None,
    "",
    "甲",
    "2018-03-02",
    12,
    1e10,
    1e30,
    -1e12,
    float("inf"),
    float("nan"),
    True,
    BadCell("cell-error", "#REF!"),
    "12345678",
]


def codes(cells: list[Any]) -> dict[str, list[str]]:
    """What each way of looking finds in cells below one another, as code and place."""
    grid = Grid("a.csv", None, [[None, cell] for cell in cells], first_row=3)
    located = Located(grid, layout("premises"), 0, len(cells) - 1, [], body=len(cells))
    above, below = Findings(grid), Findings(grid)
    look_for_persons_above(located, above)
    look_for_persons([Cells.of([None] * (len(cells) - 1)), Cells.of(cells[1:])], 1, (), below)
    ways = {"sheet": persons_in(grid), "above": above.all(), "below": below.all()}
    assert all(ID not in each.message.zh and MOBILE not in each.message.zh for found in ways.values() for each in found)
    return {way: [f"{each.code} {each.place}" for each in found] for way, found in ways.items()}


@pytest.mark.parametrize(("cell", "code"), FOUND)
def test_a_number_of_a_person_is_found_wherever_it_stands(cell: Any, code: str) -> None:
    for cells in (["名称", cell], ["名称", cell, None, "乙"], [1, cell, 2.5]):
        assert codes(cells) == {way: [f"{code} a.csv:B4"] for way in ("sheet", "above", "below")}


def test_what_names_nobody_is_not_found() -> None:
    for cell in CLEAN:
        assert codes(["名称", cell]) == {"sheet": [], "above": [], "below": []}, cell


def test_rows_of_different_lengths_are_searched_whole() -> None:
    grid = Grid("a.xlsx", "甲", [[], ["甲"], [None, None, ID], [ID, "乙"]])
    assert [str(each.place) for each in persons_in(grid)] == ["a.xlsx[甲]:A4", "a.xlsx[甲]:C3"]
    assert persons_in(Grid("a.xlsx", None, [])) == []


@pytest.mark.parametrize(
    ("pieces", "found"),
    [
        (list(ID), True), ([int(digit) for digit in ID], True), ([ID[:6], ID[6:14], ID[14:]], True),
        ([ID[:6], ID[6:]], True), ([ID[:6], ID[6:14], ID[14:17], ID[17:]], True), (list(ID[:17]), False),
        ([ID[:6], ID[6:14], "0017"], False), (list(ID[::-1]), False),
    ],
)  # fmt: skip
def test_an_id_number_is_found_over_the_cells_of_a_row(pieces: list[Any], found: bool) -> None:
    said = persons_in(Grid("a.csv", None, [["甲", *pieces]]))
    assert bool(said) is found
    assert {each.code for each in said} == ({"cell-identity"} if found else set())


def test_a_column_is_of_money_by_its_header() -> None:
    names = ["名称", "总投资额", None, "联系电话", "Revenue"]
    located = Located(Grid("a.csv", None, [names]), layout("premises"), 0, 0, names, body=1)
    assert columns_of_money(located) == {1, 4}


def test_many_are_listed_in_order_and_the_rest_counted() -> None:
    cells = [each for _ in range(15) for each in (f"身份证 {ID}", float(ID))]
    said = Findings(Grid("a.csv", None, [[cell] for cell in cells]))
    look_for_persons([Cells.of(cells)], 0, (), said)
    found = said.all()
    assert [each.place.row for each in found] == [*range(1, 21), None]
    assert found[-1].code == "findings-more"
    assert pl.Series([each.code for each in found[:-1]]).unique().to_list() == ["cell-identity"]


def test_cells_that_identify_a_person_are_masked_and_no_others() -> None:
    columns = [["甲", f"某同志（{ID}）", "乙"], ["丙", "丁", float(MOBILE)], ["戊", "己", "庚"]]
    said = Findings(Grid("a.csv", None, [*zip(*columns, strict=True)]))
    made = look_for_persons([Cells.of(each) for each in columns], 0, (), said)
    shown = [[cells.at(index) for index in range(3)] for cells in made]
    assert (shown[0][0], shown[0][2], shown[1][:2], shown[2]) == ("甲", "乙", ["丙", "丁"], ["戊", "己", "庚"])
    assert str(shown[0][1]).startswith("某同志(110***") and ID not in str(shown[0][1])
    assert isinstance(shown[1][2], str) and MOBILE not in shown[1][2]


@pytest.mark.parametrize(
    ("cell", "contacts", "money", "found"),
    [
        (MOBILE, (), (), ["cell-mobile-like"]), (MOBILE, (0,), (), []), (ID, (0,), (), ["cell-identity"]),
        (MOBILE, (1,), (), ["cell-mobile-like"]), (MOBILE, (), {0}, []), (MOBILE, (), {1},
        ["cell-mobile-like"]),
        (f"电话{MOBILE}", (), {0}, ["cell-mobile"]), (float(MOBILE), (), {0}, []), (float(ID), (), {0},
        ["cell-identity"]),
    ],
)  # fmt: skip
def test_contacts_may_have_numbers_and_amounts_look_like_some(
    cell: Any, contacts: tuple[int, ...], money: set[int], found: list[str]
) -> None:
    said = Findings(Grid("a.csv", None, [[cell, None]]))
    look_for_persons([Cells.of([cell]), Cells.of([None])], 0, contacts, said, money)
    assert [each.code for each in said.all()] == found


def test_an_id_number_over_cells_is_found_above_the_records_whatever_their_width() -> None:
    parts = [ID[:6], ID[6:14], ID[14:]]
    for rows in ([["标题"], ["姓名", *parts], ["名称"]], [["标题", "甲", "乙", "丙", "丁"], parts, []]):
        located = Located(Grid("a.csv", None, rows), layout("premises"), 2, 2, [], body=3)
        said = Findings(located.grid)
        look_for_persons_above(located, said)
        assert [each.code for each in said.all()] == ["cell-identity"]


def test_the_parts_of_a_split_id_number_are_masked_in_every_finding() -> None:
    grid = Grid("a.csv", None, [["甲", ID[:6], ID[6:14], ID[14:]]])
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in ID[6:14])
    quoting = [finding("header-unread", grid.place(), header=said) for said in (f"列{ID[6:14]}", f"列{wide}", "列1234")]
    masked = [each.message.zh for each in without_parts([*persons_in(grid), *quoting], grid)[-3:]]
    assert [("********" in each, ID[6:14] in each, wide in each) for each in masked[:2]] == [(True, False, False)] * 2
    assert masked[2] == quoting[2].message.zh
    assert without_parts(quoting, grid) == quoting  # where no number is found, nothing is
