"""Finds ID numbers that are split over cells: side by side, also with empty cells between, or one below the other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import polars as pl

from pilot_eval.evidence.cells.raw_cells import Cells
from pilot_eval.privacy.identity import is_certain, is_old, is_split
from pilot_eval.spelling import plain

_PART = r"^[\s'‘’\"“”]*[\d０-９]{1,17}[\dXx０-９Ｘｘ]?[\s'‘’\"“”\-‐-―－−]*$"
"""A cell that may be a part of an ID number, in text."""
_WIDE = "０１２３４５６７８９Ｘｘ"
WIDER = str.maketrans(plain(_WIDE), _WIDE)
_PART_ALONE = re.compile(_PART)
_OTHER = "|"
_LENGTHS = (18, 15)
_FORM = r"^[1-9]\d{5}(?:(?:19|20)\d\d[01]\d[0-3]\d{4}[\dX]|\d\d[01]\d[0-3]\d{4})$"
"""A region, a day, and the rest: a fast filter."""
_FORM_ALONE = re.compile(_FORM)
_NO_DIGIT = re.compile("[^0-9X]")
_SMALL = 1_000
"""Cells up to which a table is small."""
_BORDERS = ({6, 14}, {6, 12})
"""Where a number's region and day end."""
_SEVERAL = 3
"""Different numbers in the same columns that are no chance."""

_Cell = tuple[int, int]


def may_be_part(cell: Any) -> bool:
    """Return whether a cell may be a part of an ID number."""
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and _PART_ALONE.match(cell) is not None)


class Split(NamedTuple):
    """A number that is split over cells: the finding's code, the indexes of row and column of each cell, the parts."""

    code: str
    cells: tuple[_Cell, ...]
    parts: tuple[str, ...]

    @property
    def certain(self) -> bool:
        return self.code == "cell-identity"


def split_numbers(columns: Sequence[Cells]) -> list[Split]:
    """Find ID numbers that are split over cells.

    A number of somebody born before the documents of these years is certain by its check digit. Later days, and numbers
    of 15 digits, which have none, are those of documents too: they are certain where they fill their columns.
    """
    if _is_plainly_without(columns):
        return []
    parts = [_parts(cells) for cells in columns]
    return [*_judged(_side_by_side(parts)), *_below(parts)]


def _is_plainly_without(columns: Sequence[Cells]) -> bool:
    """Return whether a small table holds no split number: asked cell by cell, which is quicker than by columns."""
    if not columns or len(columns) * len(columns[0].text) > _SMALL:
        return False
    grid = [list(map(_part_in, cells.text.to_list(), cells.number.to_list())) for cells in columns]
    return not any(_may_hold_number(line) for line in (*grid, *zip(*grid, strict=True)))


def _part_in(text: str | None, number: float | None) -> str:
    """Return what a cell adds to a number: its digits, nothing if it is empty, or the sign of another cell."""
    if number is not None:
        return str(int(number)) if number >= 0 and number < 1e17 and number == int(number) else _OTHER
    if text is None or not text.strip():
        return ""
    return _NO_DIGIT.sub("", plain(text).upper()) if _PART_ALONE.match(text) else _OTHER


def _may_hold_number(line: Sequence[str]) -> bool:
    """Return whether some of a line's parts, from one to another, have the form of a number."""
    for first, part in enumerate(line):
        number = part
        for other in line[first + 1 :] if part and part != _OTHER else ():
            if other == _OTHER or len(number) >= _LENGTHS[0]:
                break
            number += other
            if other and len(number) in _LENGTHS and _FORM_ALONE.match(number):
                return True
    return False


def _side_by_side(parts: Sequence[pl.Series]) -> Iterator[Split]:
    """Yield what may be a number in adjacent cells of a row."""
    lengths = [_lengths(each) for each in parts]
    for first in range(len(parts)):
        for row, last in _spans_of(parts[first:], lengths[first:]):
            cells = [(row, at) for at in range(first, first + last + 1) if parts[at][row]]
            pieces = tuple(parts[at][row] for _, at in cells)
            around = [parts[at][row] for at in (first - 1, first + last + 1) if 0 <= at < len(parts)]
            alone = len(cells) < sum(map(len, pieces)) or all(each in ("", _OTHER) for each in around)
            if alone and _is_usual(pieces):
                yield Split("cell-identity-like", tuple(cells), pieces)


def _lengths(part: pl.Series) -> pl.Series:
    """Return the length of each part; that of another cell is longer than any number."""
    return part.str.len_bytes().cast(pl.Int64).set(part == _OTHER, 2 * _LENGTHS[0])


def _spans_of(parts: Sequence[pl.Series], lengths: Sequence[pl.Series]) -> Iterator[tuple[int, int]]:
    """Yield where a number begins in the first column and ends in another: its row, and that column."""
    begun = (lengths[0] > 0) & (lengths[0] < _LENGTHS[0])
    total = lengths[0]
    for last in range(1, min(len(parts), _LENGTHS[0])):
        begun &= total < _LENGTHS[0]
        if not begun.any():
            return
        total = total + lengths[last]
        rows = (begun & (lengths[last] > 0) & total.is_in(_LENGTHS)).arg_true()
        if not rows.is_empty():
            numbers = pl.select(pl.concat_str([each.gather(rows) for each in parts[: last + 1]])).to_series()
            yield from ((row, last) for row in rows.filter(numbers.str.contains(_FORM)))


def _is_usual(pieces: Sequence[str]) -> bool:
    """Return whether a number may have been cut so: into two or three, single signs, or by its own parts."""
    length = sum(map(len, pieces))
    ends = {sum(map(len, pieces[: at + 1])) for at in range(len(pieces))}
    return len(pieces) <= 3 or len(pieces) == length or _BORDERS[_LENGTHS.index(length)] <= ends


def _judged(found: Iterable[Split]) -> Iterator[Split]:
    """Yield those that are numbers of persons, with how certain that is."""
    by_columns: dict[tuple[int, tuple[int, ...]], list[Split]] = defaultdict(list)
    for each in found:
        by_columns[sum(map(len, each.parts)), tuple(at for _, at in each.cells)].append(each)
    for (length, _), every in by_columns.items():
        test = is_certain if length == _LENGTHS[0] else is_old
        own = [each for each in every if test("".join(each.parts))]
        different = len({each.parts for each in own})
        fill = different >= _SEVERAL and 2 * len(own) > len(every)
        for each in own:
            if fill or is_split("".join(each.parts)):
                yield each._replace(code="cell-identity")
            elif length == _LENGTHS[0] or (2 * len(own) > len(every) and len(each.parts) == len(_BORDERS[1]) + 1):
                yield each


def _below(parts: Sequence[pl.Series]) -> Iterator[Split]:
    """Yield certain numbers in two or three cells of a column, one below the other: parts of different lengths, or
    alone, as figures of one length are common."""
    for at, column in enumerate(parts):
        rows = (column != "").arg_true()
        cells = column.gather(rows)
        below = [cells.shift(-step, fill_value=_OTHER) for step in range(3)]
        for first, last in _spans_of(below, list(map(_lengths, below))):
            own = tuple(cells[first : first + last + 1])
            around = [cells[index] for index in (first - 1, first + last + 1) if 0 <= index < len(cells)]
            alone = all(each == _OTHER for each in around)
            apart = any(len(one) != len(other) for one, other in pairwise(own))
            if (alone or apart) and sum(map(len, own)) == _LENGTHS[0] and is_split("".join(own)):
                yield Split("cell-identity", tuple((rows[first + step], at) for step in range(last + 1)), own)


def _parts(cells: Cells) -> pl.Series:
    """Return the cells of a column that may be a part of an ID number, as text; an empty one and another are marked."""
    whole = ((cells.number >= 0) & (cells.number < 1e17) & (cells.number.floor() == cells.number)).fill_null(False)
    text = cells.text.str.contains(_PART).fill_null(False)
    empty = ~cells.filled | (cells.text.str.strip_chars() == "").fill_null(False)
    other = pl.when(empty).then(pl.lit("")).otherwise(pl.lit(_OTHER))
    if not (whole | text).any():
        return pl.select(other).to_series()
    numbers = pl.select(pl.when(whole).then(cells.number)).to_series().cast(pl.Int64).cast(pl.String)
    bare = cells.text.str.replace_many(list(_WIDE), list(plain(_WIDE))).str.replace_all(r"[^0-9Xx]", "")
    said = pl.when(text).then(bare.str.to_uppercase()).when(whole).then(numbers)
    return pl.select(said.otherwise(other)).to_series()
