"""Finds the year of days that are written without one: that of the titles, if all of them mean the same one."""

import re
from pathlib import PurePosixPath

from pilot_eval.errors import Place
from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.title_years import year_given
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import plain

_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def year_of_titles(located: Located, around: ReadingContext) -> tuple[int, str] | None:
    """Return the year of the round's period that titles give, and the nearest one with its cell; None if in doubt.

    It is for columns whose days must be in the period: an answer may be of the year after.

    Titles are the rows above the header and those that stand alone below it, the sheet's name and the file's.
    """
    grid = located.grid
    if grid.records:
        return None
    above = [(index, row) for index, row in reversed(list(enumerate(grid.rows[: located.top])))]
    alone = [(index, row) for index, row in enumerate(grid.rows) if index >= located.body and _count_filled(row) == 1]
    cells = [(grid.place(index, at), cell) for index, row in (*above, *alone) for at, cell in enumerate(row)]
    names = [(grid.place(), name) for name in (grid.sheet, PurePosixPath(grid.file).stem)]
    found: tuple[int, str] | None = None
    for place, text in [*cells, *names]:
        given = year_given(text, around)
        if given is None:
            continue
        if given.outside or set(_YEAR.findall(plain(cell_text(text)).translate(_NUMERALS))) != {str(given.year)}:
            return None
        if found is not None and found[0] != given.year:
            return None
        found = found or (given.year, f"“{shown_text(cell_text(text))}”{_title_cell(place)}")
    return found


def _count_filled(row: list[object]) -> int:
    return sum(cell is not None for cell in row)


def _title_cell(place: Place) -> str:
    return f"（{place.column}{place.row}）" if place.row else ""
