"""Grids of raw cells, which every reader produces, and the names of places in them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.cells.dates import EPOCH_1900


@dataclass
class Grid:
    """Raw cells: `rows[0]` is row `first_row` of the sheet; an empty cell is None.

    A cell is text, a number or a boolean. A date is text (`2018-12-21`), and so is a number whose format adds to its
    meaning (`97.18%`, `17.2万`, `2018-11`; a `Said` if it also keeps the displayed form). A number that is displayed
    differently is a `Shown`, a float. A cell without a value is a `BadCell`, listed in `bad`; a number filled down
    from a merged cell is a `MergedCell`. In JSON and YAML, the first row holds the keys, and record n is row n.
    `findings` are the reader's findings about the file (in its first grid) and about the sheet.
    """

    file: str
    sheet: str | None
    rows: list[list[Any]]
    first_row: int = 1
    records: bool = False
    delimited: bool = False  # text with separators, in which a row longer than the header is an error
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()  # their numbers in the sheet
    covered: int = 0  # cells covered by merged ranges and links
    epoch: date = EPOCH_1900  # the day that date serials count from
    findings: list[Finding] = field(default_factory=list)
    bad: list[tuple[int, int]] = field(default_factory=list)  # row index, column index

    def place(self, index: int | None = None, column: int | None = None) -> Place:
        """Return the place of a row or cell, given its index in `rows`."""
        row = None if index is None or (self.records and not index) else index + self.first_row
        letter = None if column is None else self.letter(column)
        return Place(file=self.file, sheet=self.sheet, row=row, column=letter)

    def letter(self, column: int) -> str:
        """Return the name of a column in the file: a letter, or the key of a record."""
        return str(self.rows[0][column]) if self.records else column_letter(column)

    def say(self, code: str, index: int | None = None, column: int | None = None, /, **params: object) -> None:
        self.findings.append(finding(code, self.place(index, column), **params))


def column_letter(index: int) -> str:
    """Return the letters of a column: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell: A1 for (0, 0)."""
    return f"{column_letter(column)}{row + 1}"


def blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))
