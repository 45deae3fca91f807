"""What every reader makes of a file: grids of raw cells, each cell with a place to name."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.cells.dates import EPOCH_1900


@dataclass
class Grid:
    """Raw cells: `rows[0]` is row `first_row` of the sheet; an empty cell is None.

    A cell is text, a number or a boolean; a date is text (`2018-12-21`), and so is what a number format says beside
    the number (`97.18%`, `17.2万`, `2018-11`; a `Said` where it also keeps how it is shown); a number that is shown in
    other words is a `Shown`, which is a float. A cell that has no value is a `BadCell`, listed in `bad`; a number
    that stands in a merged cell above is a `MergedCell`. For JSON and YAML the first row holds the keys, and
    record n is row n. `findings` is what the reader has to say: of the file (with its first grid), and of the sheet.
    """

    file: str
    sheet: str | None
    rows: list[list[Any]]
    first_row: int = 1
    records: bool = False
    delimited: bool = False  # text with separators, where a row longer than the header has gone wrong
    hidden: bool = False
    covered: int = 0  # cells that its merged cells and links cover
    epoch: date = EPOCH_1900  # what the serial numbers of dates count from
    findings: list[Finding] = field(default_factory=list)
    bad: list[tuple[int, int]] = field(default_factory=list)  # index of the row, index of the column

    def place(self, index: int | None = None, column: int | None = None) -> Place:
        """The place of a row or cell, by its index in `rows`."""
        row = None if index is None or (self.records and not index) else index + self.first_row
        letter = None if column is None else self.letter(column)
        return Place(file=self.file, sheet=self.sheet, row=row, column=letter)

    def letter(self, column: int) -> str:
        """The column as a reader would find it: a letter, or the key of a record."""
        return str(self.rows[0][column]) if self.records else column_letter(column)

    def say(self, code: str, index: int | None = None, column: int | None = None, /, **params: object) -> None:
        self.findings.append(finding(code, self.place(index, column), **params))


def column_letter(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """(0, 0) is A1."""
    return f"{column_letter(column)}{row + 1}"


def blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))
