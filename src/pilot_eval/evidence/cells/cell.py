"""What a reader may find in a cell, and a cell as text."""

import re
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from pilot_eval.frames import UNBOUNDED
from pilot_eval.model import Qualifier
from pilot_eval.spelling import REORDERING, plain, without_invisible


class Unreadable(Exception):  # noqa: N818  it says what the cell is
    """The cell can't be read as what its column takes."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class BadCell(NamedTuple):
    """A cell of a workbook that isn't blank and has no value: an error, a formula never computed, damage.

    `code` is that of the finding, `value` what the cell shows. Whoever reads it raises Unreadable; as words it is
    what it shows.
    """

    code: str
    value: str


class MergedCell(NamedTuple):
    """A cell that lies in a merged one whose value, a number, stands further up.

    A word or a day holds for every row of the merge; of a number nobody can say what each row's share is.
    """

    value: Any


class Picture(Protocol):
    """A number format, as far as a cell needs it."""

    def shown(self, value: float, /) -> str:
        """The number as it is seen."""


class Shown(float):
    """A number that its format shows in other words: 1 as `JY-001`, 3 as `3号楼`, 1.5 as `1.50`.

    To a column of numbers it is the number, to one of words what is shown.
    """

    __slots__ = ("picture",)
    picture: Picture

    @classmethod
    def of(cls, value: float, picture: Picture) -> "Shown":
        made = cls(value)
        made.picture = picture
        return made

    @property
    def shown(self) -> str:
        return self.picture.shown(self)


class Said(str):
    """A number with what its format says beside it, as if typed: `12.5万元`, `约12家`.

    `bare` where the format names 万 or 亿 and no unit: in a column of 万元 that can only be of 元, since the number
    itself stands in the cell.
    """

    __slots__ = ("bare", "picture", "value")
    value: float
    picture: Picture
    bare: bool

    def __new__(cls, text: str, value: float, picture: Picture, *, bare: bool) -> "Said":
        made = super().__new__(cls, text)
        made.value, made.picture, made.bare = value, picture, bare
        return made

    @property
    def shown(self) -> str:
        return str(self.picture.shown(self.value))


class Nested(str):
    """A list or an object where one value should be, as JSON text: looked through as any text, but no cell's value."""

    __slots__ = ()


class Reading(NamedTuple):
    """A number (for dates: days since 1970-01-01) with its bounds."""

    value: float
    low: float
    high: float
    qualifier: Qualifier = Qualifier.EXACT


_REORDERED = re.compile(f"[{REORDERING}]")
_ORNATE = re.compile("(?<![mM])[⁰¹²³⁴-⁹]|[₀-₉①-⓿㈠-㊿½⅐-⅟]")
"""Digits that NFKC would make ordinary: 10² is not 102."""
BLANKS = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_LONGEST = 100
"""Characters beyond which nothing is a number or a date."""


def refuse_bad(cell: object) -> None:
    """Raise Unreadable for a cell that has no value."""
    if isinstance(cell, BadCell):
        raise Unreadable(cell.code)
    if isinstance(cell, Nested):
        raise Unreadable("json-cell")


def ordinary(cell: object, wrong: str) -> str:
    """A cell's text, ordinary and with spaces only between figures, for numbers and dates.

    Raises Unreadable for what can't be either.
    """
    refuse_bad(cell)
    text = str(cell)
    if len(text) > _LONGEST:
        raise Unreadable(wrong)
    if not text.isascii():
        if _REORDERED.search(text):
            raise Unreadable("cell-reordered")  # what is seen differs from what is stored
        if _ORNATE.search(text):
            raise Unreadable(wrong)
    return BLANKS.sub("", plain(text).lstrip("'‘’"))  # spreadsheets mark text by an apostrophe


NOTHING = r"(?i)^\s*(?:[/／\\]|[¥￥]?\s*[-－—–―]+|无|暂无|没有|n/?a|null|none|nil)\s*$"
"""A cell that says in words that there is nothing. A dash alone is no 0: only a workbook can say that it is one."""
LONGEST_NOTHING = 8


def cell_text(cell: object) -> str:
    """Any cell as text: 12.0 is `12`, a date is ISO; line breaks inside become spaces."""
    if isinstance(cell, (BadCell, MergedCell)):
        cell = cell.value
    if isinstance(cell, (Shown, Said)):
        cell = cell.shown
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < UNBOUNDED:
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return re.sub(r"\s+", " ", without_invisible(str(cell))).strip()


def read_text(cell: object) -> str:
    """Any cell as text, for a column of words. Raises Unreadable for a bad cell (its own code)."""
    refuse_bad(cell)
    return cell_text(cell)
