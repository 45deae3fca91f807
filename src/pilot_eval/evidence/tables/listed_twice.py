"""Categories of a closed list that a table has twice with nearly the same figures: one may correct the other."""

import polars as pl

from pilot_eval.errors import finding
from pilot_eval.evidence.tables.across_rows import AT, BLOCK, Found, Frames, Source
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import ROW, SOURCE
from pilot_eval.plugin.tables import NUMBER_KINDS, Kind

_NEAR = 1.25
"""How many times larger than in one row a figure may be in the other."""


def check_listed_twice(frames: Frames, sources: list[Source]) -> Found:
    """Return the findings about such rows, where categories alone tell rows apart.

    Where several categories are listed several times, something else tells the rows apart; so do different notes.
    """
    found: Found = []
    for layout, frame, _ in frames.values():
        required = {column.kind for column in layout.required}
        if (
            required <= {Kind.CHOICE, *NUMBER_KINDS}
            and Kind.CHOICE in required
            and not required.isdisjoint(NUMBER_KINDS)
        ):
            for first, at, label in _twice(layout, frame):
                place = sources[frame[SOURCE][at]].place(frame[ROW][at])
                found.append((layout.id, finding("row-category-twice", place, first=frame[ROW][first], value=label)))
    return found


def _twice(layout: Layout, frame: pl.DataFrame) -> list[tuple[int, int, str]]:
    """Return, of each block with one such category, its two rows and its label."""
    key = [column for column in layout.required if column.kind is Kind.CHOICE]
    numbers = [column.name for column in layout.columns if column.kind in NUMBER_KINDS]
    names = [column.name for column in key]
    again = frame.filter(pl.len().over(BLOCK, *names) > 1)
    found = list[tuple[int, int, str]]()
    for rows in again.partition_by(BLOCK, maintain_order=True):
        noted = rows["note"].drop_nulls().n_unique() > 1
        alike = rows.height == 2 and rows.select(names).n_unique() == 1 and not noted
        if alike and _nearly_alike(rows.select(numbers)):
            labels = [column.choices[rows[column.name][0]].zh for column in key if rows[column.name][0]]
            found.append((*rows[AT].to_list(), "、".join(labels)))
    return found


def _nearly_alike(figures: pl.DataFrame) -> bool:
    """Return whether the figures of two rows are nearly the same, and not quite."""
    pairs = [(one or 0.0, other or 0.0) for one, other in zip(*figures.iter_rows(), strict=True)]
    return any(one != other for one, other in pairs) and all(
        min(pair) > 0 and max(pair) <= _NEAR * min(pair) for pair in pairs if any(pair)
    )
