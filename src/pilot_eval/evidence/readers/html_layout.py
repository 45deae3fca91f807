"""Finds the tables of a page that only arrange others: their cells hold the tables that a person reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from pilot_eval.evidence.readers.grid import blank
from pilot_eval.evidence.readers.html_attributes import character_references


@dataclass
class _Open:
    """A table while its tags are read. A row is wide if several of its cells have text of their own."""

    number: int
    wide: int = 0  # rows
    cells: int = 0  # of the row, that have text
    filled: bool = False  # whether the cell has text
    around: bool = False  # whether the cell holds a table of records
    beside: bool = False  # whether the row does
    holds: bool = False  # whether any row does
    of_records: bool = False  # whether any wide row does: then the table is in a record

    def end_cell(self) -> None:
        self.cells += self.filled and not self.around
        self.filled = self.around = False

    def end_row(self) -> None:
        self.end_cell()
        self.wide += self.cells > 1
        self.of_records = self.of_records or (self.beside and self.cells > 1)
        self.cells, self.beside = 0, False

    def end(self) -> bool:
        """End the table; return whether it only arranges others."""
        self.end_row()
        return self.holds and not self.of_records


def layout_tables(tags: Iterable[tuple[str, str, str]]) -> frozenset[int]:
    """Return the numbers of the tables that only arrange others, given the tags of a page with the texts after them.

    Tables are counted in the order in which they begin. Such a table holds another that has several wide rows, beside
    at most one other cell with text: a table in a cell of a record is part of the record, with all that is inside it.
    """
    open_tables: list[_Open] = []
    around: dict[int, int] = {}  # the number of the table around each
    arranging: set[int] = set()
    for tag, _, after in tags:
        if tag == "table":
            open_tables.append(_Open(len(around)))
            around[len(around)] = open_tables[-2].number if len(open_tables) > 1 else -1
        elif not open_tables:
            continue
        elif tag == "/table":
            ended = open_tables.pop()
            if ended.end():
                arranging.add(ended.number)
            if open_tables and (ended.wide > 1 or ended.holds):
                open_tables[-1].around = open_tables[-1].beside = open_tables[-1].holds = True
        elif tag == "tr":
            open_tables[-1].end_row()
        elif tag in ("td", "th"):
            open_tables[-1].end_cell()
        if open_tables and not blank(character_references(after)):
            open_tables[-1].filled = True
    found: set[int] = set()
    for number in sorted(arranging):
        if around[number] < 0 or around[number] in found:
            found.add(number)
    return frozenset(found)
