"""Writes a copy of a submitted file, to send back, with every finding as a comment on the cell that it is about."""

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pilot_eval.errors import EvidenceError, Finding, Severity
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.intake.archive import unpack
from pilot_eval.evidence.intake.workers import Announce
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.opening import Readers, open_file
from pilot_eval.evidence.readers.zipped import MAGIC
from pilot_eval.privacy.numbers import shown_name
from pilot_eval.spelling import CONTROLS, IGNORABLE, LINE_SEPARATORS, SURROGATES
from pilot_eval.text import Lang, Words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FILLS = {Severity.ERROR: "FFC9C9", Severity.WARNING: "FFE8B3", Severity.NOTE: "D9E8F6"}
_LIST = Words(zh="问题清单", en="Findings")
_AUTHOR = "pilot-eval"
_COVERED = 100_000
"""Cells that merged cells and links may cover in a workbook for openpyxl, which creates an object for each."""
_ROWS, _CHARS = 1_048_576, 32_767
"""Rows of an XLSX sheet, and characters of its cells."""
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_EVERYWHERE = re.compile(
    rf'[{CONTROLS}{LINE_SEPARATORS}{IGNORABLE}<>:"|?*\\]'
    r"|[. ]$|^(?=(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$))",
    re.IGNORECASE,
)
"""Characters and names that Windows rejects or reserves, and characters that change or hide what is displayed."""
_LONGEST_NAME = 200
_NO_TEXT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{SURROGATES}\ufffe\uffff]")


@dataclass(frozen=True)
class Annotation:
    """A task for the child process: write an XLSX copy of `path`, with the findings about `shown`, to `target`.

    `inside` is the file's name in `path`, if that is the archive that it was sent in.
    A file that isn't an XLSX is copied cell by cell; for a file that can't be read, the copy only lists the findings.
    What openpyxl can't keep (pictures, charts, macros) is lost.
    """

    path: Path
    shown: str
    findings: tuple[Finding, ...]
    limits: Limits
    target: Path
    lang: Lang
    readers: Readers
    inside: str = ""

    def run(self, announce: Announce) -> None:
        """Write the copy."""
        announce(self.shown)
        if not self.inside:
            _write_workbook(self)
            return
        with TemporaryDirectory() as folder:  # nothing of an archive is kept
            archive = self.shown.removesuffix(f"/{self.inside}")
            files = unpack(self.path, archive, Path(folder), self.limits).files
            _write_workbook(replace(self, path=files[self.inside]))


def copy_path(shown: str) -> PurePosixPath:
    """Return the path of a file's copy: its path among the submissions, with names that every system accepts, even for
    files from archives. `.xlsx` is added to names with another suffix."""
    path = PurePosixPath(shown if shown.lower().endswith(".xlsx") else f"{shown}.xlsx")
    return PurePosixPath(*map(_for_everywhere, path.parts[1:]))


def _for_everywhere(name: str) -> str:
    name = _NOT_EVERYWHERE.sub("_", name)
    if len(name.encode()) > _LONGEST_NAME:
        name = name.encode()[:_LONGEST_NAME].decode("utf-8", "ignore") + PurePosixPath(name).suffix[:10]
    return name


def _write_workbook(task: Annotation) -> None:
    import openpyxl  # slow to import, and needed only in the child process

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str | None, tuple[Worksheet, Grid]] = {}
    try:
        grids = open_file(task.path, task.shown, task.limits, task.readers)  # refuses what is unsafe for openpyxl
    except EvidenceError:
        grids = []
    if grids and _may_be_opened(task.path, grids):
        book = openpyxl.load_workbook(task.path)
        sheets = {_sheet_name(grid): (book[grid.sheet], grid) for grid in grids if grid.sheet in book.sheetnames}
    else:
        sheets = {_sheet_name(grid): (_copied(book, grid, task), grid) for grid in grids}
    mine = [each for each in task.findings if each.place.file == task.shown]
    elsewhere = [each for each in mine if not _comment(sheets, each, task.lang)]
    if elsewhere or not book.sheetnames:
        sheet = book.create_sheet(_LIST.in_(task.lang), 0)
        for row, each in enumerate(elsewhere, start=1):
            _put_text(sheet, row, 1, each.line(task.lang))
    book.save(task.target)


def _sheet_name(grid: Grid) -> str | None:
    """Return a sheet's name in the form that findings use."""
    return None if grid.sheet is None else shown_name(grid.sheet)


def _may_be_opened(path: Path, grids: list[Grid]) -> bool:
    """Return whether a file is an XLSX that openpyxl can open in reasonable time and memory."""
    with path.open("rb") as stream:
        is_zip = stream.read(4) == MAGIC
    covered = sum(grid.covered for grid in grids)
    return is_zip and path.suffix.lower() in (".xlsx", ".xlsm") and covered <= _COVERED


def _copied(book: "Workbook", grid: Grid, task: Annotation) -> "Worksheet":
    """Create a sheet with the same cells in the same places; record n of JSON is in row n + 1, below the keys."""
    sheet: Worksheet = book.create_sheet(_NO_TITLE.sub("_", grid.sheet or PurePosixPath(task.shown).stem)[:31] or None)
    for row, cells in enumerate(grid.rows[:_ROWS], start=max(grid.first_row, 1)):
        for at, cell in enumerate(cells, start=1):
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                sheet.cell(row, at, cell)
            elif cell is not None:
                _put_text(sheet, row, at, cell_text(cell))
    return sheet


def _put_text(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """Write text as text, never as a formula."""
    cell: Any = sheet.cell(row, column)
    cell.value = _NO_TEXT.sub("�", text)[:_CHARS]
    cell.data_type = "s"


def _comment(sheets: "dict[str | None, tuple[Worksheet, Grid]]", each: Finding, lang: Lang) -> bool:
    """Write a finding as a comment on its cell. Returns False if it has none."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    place = each.place
    if place.sheet not in sheets or place.row is None:
        return False
    sheet, grid = sheets[place.sheet]
    column = _column_number(place.column, grid)
    row = place.row + 1 if grid.records else place.row
    if column is None or not 1 <= row <= _ROWS:
        return False
    cell: Any = sheet.cell(row, column)
    if not hasattr(cell, "hyperlink"):
        return False  # covered by a merged cell
    hint = each.hint.in_(lang)
    said = each.message.in_(lang) + (f"\n→ {hint}" if hint else "")
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    cell.comment = Comment(_NO_TEXT.sub("�", before + said)[:_CHARS], _AUTHOR, height=120, width=320)
    cell.fill = PatternFill("solid", start_color=_FILLS[each.severity])
    return True


def _column_number(name: str | None, grid: Grid) -> int | None:
    """Return the number of the column that a place names by its letter or a record's key; 1 if it names none."""
    if name is None:
        return 1
    width = max(map(len, grid.rows), default=0)
    return next((at + 1 for at in range(width) if grid.letter(at) == name), None)
