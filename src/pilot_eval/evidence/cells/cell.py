"""The kinds of raw cell that readers produce, and cells as text."""

import re
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from pilot_eval.frames import UNBOUNDED
from pilot_eval.model import Qualifier
from pilot_eval.spelling import REORDERING, plain, without_invisible


class Unreadable(Exception):  # noqa: N818  it says what the cell is
    """The cell can't be read as a value of its column's type."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params


class BadCell(NamedTuple):
    """A workbook cell that is neither blank nor has a value: an error, an uncomputed formula, a damaged cell.

    `code` is the finding's code, `value` is what the cell shows. Reading it as a value raises Unreadable; as text, it
    is what it shows.
    """

    code: str
    value: str


class MergedCell(NamedTuple):
    """A cell inside a merged range whose value, a number, is in a row above.

    Text or a date applies to every row of the range; each row's share of a number cannot be known.
    """

    value: Any


class Picture(Protocol):
    """The part of a number format that a cell needs."""

    def shown(self, value: float, /) -> str:
        """Return the number as displayed."""


class Spelled(NamedTuple):
    """The spelling of a number in a text file that has types: `012` in YAML."""

    text: str

    def shown(self, value: float) -> str:
        return self.text


class DisplayedNumber(float):
    """A number that its format displays differently: 1 as `JY-001`, 3 as `3号楼`, 1.5 as `1.50`.

    A number column reads the number; a text column reads the displayed text.
    """

    __slots__ = ("picture",)
    picture: Picture

    @classmethod
    def of(cls, value: float, picture: Picture) -> "DisplayedNumber":
        made = cls(value)
        made.picture = picture
        return made

    @property
    def shown(self) -> str:
        return self.picture.shown(self)


class WordedNumber(str):
    """A number with the wording that its format adds, as if typed: `12.5万元`, `约12家`.

    `bare` is true if the format names 万 or 亿 without a unit: in a 万元 column the unit can only be 元, because the
    cell holds the full number.
    """

    __slots__ = ("bare", "picture", "value")
    value: float
    picture: Picture
    bare: bool

    def __new__(cls, text: str, value: float, picture: Picture, *, bare: bool) -> "WordedNumber":
        made = super().__new__(cls, text)
        made.value, made.picture, made.bare = value, picture, bare
        return made

    @property
    def shown(self) -> str:
        return str(self.picture.shown(self.value))


class Nested(str):
    """A list or object in place of a single value, as JSON text: scanned like any text, but not a valid cell value."""

    __slots__ = ()


class Reading(NamedTuple):
    """A number (a date: days since 1970-01-01) with its bounds; `converted` from a unit that the cell names."""

    value: float
    low: float
    high: float
    qualifier: Qualifier = Qualifier.EXACT
    converted: bool = False


_REORDERED = re.compile(f"[{REORDERING}]")
_ORNATE = re.compile("(?<![mM])[⁰¹²³⁴-⁹]|[₀-₉①-⓿㈠-㊿½⅐-⅟]")
"""Digits that NFKC would turn into ordinary ones: 10² is not 102."""
BLANKS = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_LONGEST = 100
"""The longest text, in characters, that is read as a number or a date."""


def refuse_bad(cell: object) -> None:
    """Raise Unreadable if the cell has no value."""
    if isinstance(cell, BadCell):
        raise Unreadable(cell.code)
    if isinstance(cell, Nested):
        raise Unreadable("json-cell")


def ordinary(cell: object, wrong: str) -> str:
    """Return a cell's text for reading as a number or a date: normalised, with spaces only between digits.

    Raises Unreadable if it can be neither.
    """
    refuse_bad(cell)
    text = str(cell)
    if len(text) > _LONGEST:
        raise Unreadable(wrong)
    if not text.isascii():
        if _REORDERED.search(text):
            raise Unreadable("cell-reordered")  # the displayed text differs from the stored text
        if _ORNATE.search(text):
            raise Unreadable(wrong)
    return BLANKS.sub("", plain(text).lstrip("'‘’"))  # spreadsheets mark text with an apostrophe


NOTHING = r"(?i)^\s*(?:[/／\\]|[¥￥]?\s*[-－—–―]+|无|暂无|没有|n/?a|null|none|nil)\s*$"
"""A placeholder for an empty cell. A dash alone isn't 0, unless a workbook's number format displays 0 as a dash."""


def cell_text(cell: object) -> str:
    """Return any cell as text: 12.0 as `12`, a date in ISO form; line breaks become spaces."""
    if isinstance(cell, (BadCell, MergedCell)):
        cell = cell.value
    if isinstance(cell, (DisplayedNumber, WordedNumber)):
        cell = cell.shown
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < UNBOUNDED:
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return re.sub(r"\s+", " ", without_invisible(str(cell))).strip()


def read_text(cell: object) -> str:
    """Return a cell as text, for a text column. Raises Unreadable for a bad cell (its own code)."""
    refuse_bad(cell)
    return cell_text(cell)


def read_figure(cell: object) -> str:
    """Return a cell as text from which a number can be read, with all its digits and the wording of its format.

    Raises Unreadable for a bad cell (its own code).
    """
    refuse_bad(cell)
    if isinstance(cell, WordedNumber):
        return str.__str__(cell)
    if isinstance(cell, float) and not isinstance(cell, bool):
        return f"{float(cell):.15g}"
    return cell_text(cell)
