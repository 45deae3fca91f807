"""The titles of blocks that stand below each other on a sheet, each under a header of its own."""

import re
from collections.abc import Iterable

from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.spelling import plain

TITLES_WITHIN = 4
"""Rows above a header that are searched for its title."""
_LONGEST = 40
_NO_TITLE = re.compile("[:。;,]|^(?:注|备注|说明)|续|第.{1,3}页")


def block_titles(located: Located, headers: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """Return the titles of a grid's blocks, each with the row from which it holds; `headers` are repeated ones."""
    grid = located.grid
    found = {_title_above(grid, located.top): 0}
    for index in headers if len(located.used) > 1 else ():  # in a single column, a record stands above
        if title := _title_above(grid, index):
            found.setdefault(title, index + grid.first_row)
    return tuple((row, title) for title, row in found.items())


def _title_above(grid: Grid, header: int) -> str:
    """Return the nearest title above a header; one that is only a day or a year if there is no other."""
    titles = list[str]()
    for row in reversed(grid.rows[max(header - TITLES_WITHIN, 0) : header]):
        filled = [cell for cell in row if not blank(cell)]
        if len(filled) > 1:
            break
        said = plain(filled[0]) if filled and isinstance(filled[0], str) else ""
        if said and len(said) <= _LONGEST and not _NO_TITLE.search(said):
            titles.append(said)
    return next((each for each in titles if not _DATED.fullmatch(each)), next(iter(titles), ""))


_DATED = re.compile(r"[\d\s年月日度号()./-]+")
