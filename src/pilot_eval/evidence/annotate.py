"""A copy of a submitted file with every finding written as a comment into the cell it is about, to send back."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilot_eval.errors import Finding, Severity
from pilot_eval.evidence.cells import words
from pilot_eval.evidence.child import Announce
from pilot_eval.evidence.grids import Limits
from pilot_eval.evidence.opening import Readers, open_file
from pilot_eval.text import Lang, Text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FILLS = {Severity.ERROR: "FFC9C9", Severity.WARNING: "FFE8B3", Severity.NOTE: "D9E8F6"}
_LIST = Text(zh="问题清单", en="Findings")
_AUTHOR = "pilot-eval"


@dataclass(frozen=True)
class Annotation:
    """An XLSX copy of `path` to write to `target`, with the findings about `shown`; a task for the child process.

    A file that is no XLSX is copied cell by cell. What openpyxl can't keep (pictures, charts, macros) is not in it.
    """

    path: Path
    shown: str
    findings: tuple[Finding, ...]
    limits: Limits
    target: Path
    lang: Lang
    readers: Readers

    def run(self, announce: Announce) -> None:
        """Write the copy. Raises EvidenceError where the file can't be read at all."""
        announce(self.shown)
        _write(self)


def _write(task: Annotation) -> None:
    import openpyxl  # slow to import, and needed in the child process alone

    book = openpyxl.load_workbook(task.path) if _is_xlsx(task.path) else _copied(task)
    mine = [each for each in task.findings if each.place.file == task.shown]
    elsewhere = [each for each in mine if not _comment(book, each, task.lang)]
    if elsewhere:
        sheet = book.create_sheet(_LIST.in_(task.lang), 0)
        for row, each in enumerate(elsewhere, start=1):
            _text(sheet, row, 1, each.line(task.lang))
    book.save(task.target)


def _is_xlsx(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04" and path.suffix.lower() in (".xlsx", ".xlsm")


def _copied(task: Annotation) -> "Workbook":
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for grid in open_file(task.path, task.shown, task.limits, task.readers):
        sheet = book.create_sheet((grid.sheet or task.path.stem)[:31])
        for index, row in enumerate(grid.rows):
            for at, cell in enumerate(row):
                if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                    sheet.cell(index + max(grid.first_row, 1), at + 1, cell)
                elif cell is not None:
                    _text(sheet, index + max(grid.first_row, 1), at + 1, words(cell))
    return book


def _text(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """Write text as text, never as a formula."""
    cell: Any = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"


def _comment(book: "Workbook", each: Finding, lang: Lang) -> bool:
    """Put a finding into its cell; False where it has none."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    place = each.place
    sheet = book[place.sheet] if place.sheet in book.sheetnames else book.worksheets[0]
    if place.row is None or (place.sheet is not None and place.sheet not in book.sheetnames):
        return False
    try:
        cell: Any = sheet[f"{place.column or 'A'}{place.row}"]
    except ValueError:
        return False  # the key of a JSON record is no column
    if isinstance(cell, tuple) or not hasattr(cell, "comment"):
        return False
    hint = each.hint.in_(lang)
    said = each.message.in_(lang) + (f"\n→ {hint}" if hint else "")
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    cell.comment = Comment(before + said, _AUTHOR, height=120, width=320)
    cell.fill = PatternFill("solid", start_color=_FILLS[each.severity])
    return True
