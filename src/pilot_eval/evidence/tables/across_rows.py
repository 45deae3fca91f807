"""Checks across the rows and tables of a submission: unique values, and references to other tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from pilot_eval.errors import Finding, Place, did_you_mean, finding
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import INNER, ROW, SOURCE, wording
from pilot_eval.plugin.tables import DAY_KINDS, ColumnSpec, Kind
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.text import Frozen, joined

MOST = 20
"""Findings of one kind listed for a table; the rest are only counted."""


class Source(Frozen):
    """A grid that rows of a table come from."""

    table: str
    file: str
    sha256: str
    sheet: str | None
    columns: dict[str, str]  # field to column letter (in JSON, key)
    hidden: bool = False
    titles: tuple[tuple[int, str], ...] = ()  # the rows from which another title holds; 0 for the first one

    def place(self, row: int | None, column: str | None = None) -> Place:
        return Place(file=self.file, sheet=self.sheet, row=row, column=self.columns.get(column or ""))


@dataclass(frozen=True)
class Block:
    """The rows of a table that stand together in one source, under one title."""

    source: Source
    title: str
    count: int  # of rows
    first: int
    last: int


Found = list[tuple[str, Finding]]
"""Findings, each with the table that it is about."""

AT, BLOCK = f"{INNER}at", f"{INNER}block"
"""Columns of the rows of `InBlocks`: a row's index in the table, and the index of its block."""


class InBlocks(NamedTuple):
    """A table with its rows, each with `AT` and `BLOCK`, and its blocks in order."""

    layout: Layout
    rows: pl.DataFrame
    blocks: list[Block]


Frames = Mapping[str, InBlocks]


def in_blocks(layout: Layout, frame: pl.DataFrame, sources: Sequence[Source]) -> InBlocks:
    """Find the blocks of a table, whose rows are of `sources`."""
    return InBlocks(layout, *_blocks(frame, sources))


def _blocks(frame: pl.DataFrame, sources: Sequence[Source]) -> tuple[pl.DataFrame, list[Block]]:
    used = frame[SOURCE].unique().sort().to_list()
    starts = [(index, *each) for index in used for each in (sources[index].titles or ((0, ""),))]
    keys = pl.Series([index * _ROOM + start for index, start, _ in starts], dtype=pl.Int64)
    at = keys.search_sorted(frame[SOURCE] * _ROOM + frame[ROW], side="right").cast(pl.Int64) - 1
    marked = frame.with_columns(at.alias(BLOCK)).with_row_index(AT)
    found = marked.group_by(BLOCK).agg(pl.len(), pl.col(ROW).min().alias("first"), pl.col(ROW).max().alias("last"))
    blocks = [
        Block(sources[starts[at][0]], starts[at][2], *rest) for at, *rest in found.sort(BLOCK).iter_rows() if at >= 0
    ]
    ranks = pl.col(BLOCK).rank("dense").cast(pl.Int64) - 1
    return marked.with_columns(ranks.alias(BLOCK), pl.col(AT).cast(pl.Int64)), blocks


_ROOM = 2**32
"""More than any row's number."""


def check_rows(frames: Frames, sources: list[Source], bad: frozenset[str]) -> Found:
    """Return the findings about several rows or several tables; references to `bad` tables aren't checked."""
    found: Found = []
    for layout, frame, _ in frames.values():
        found += [(layout.id, each) for each in _repeated_rows(layout, frame, sources)]
        for column in layout.columns:
            if column.refers is not None and column.refers.partition(".")[0] not in bad:
                found += [(layout.id, each) for each in _unresolved_references(column, frame, frames, sources)]
    return found


def compared(layout: Layout) -> list[str]:
    """Return the columns in which two rows must agree to be the same: the unique ones, else all but remarks."""
    return list(layout.unique) or [
        wording(column.name) if column.kind is Kind.PERIOD else column.name  # two weeks of one month are two rows
        for column in layout.columns
        if column.name not in ("source", "note")
    ]


def comparable(layout: Layout, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that `compared` can compare."""
    if layout.unique:
        return frame.drop_nulls(list(layout.unique))
    return frame.filter(pl.any_horizontal(pl.col(compared(layout)).is_not_null()))


def compared_as(frame: pl.DataFrame, columns: Sequence[str]) -> list[pl.Expr]:
    return [spelled(name) if frame.schema[name] == pl.String else pl.col(name) for name in columns]


def _repeated_rows(layout: Layout, frame: pl.DataFrame, sources: list[Source]) -> list[Finding]:
    """Report rows of a block that share values that should be unique, or, in a table without such, identical rows.

    Two rows whose days can't be read may be about different ones.
    """
    columns = compared(layout)
    if layout.unique:
        labels = joined(column.label for column in layout.columns if column.name in layout.unique)
        return _duplicates("row-duplicate", comparable(layout, frame), columns, sources, columns=labels)
    read = frame.drop_nulls([column.name for column in layout.required if column.kind in DAY_KINDS])
    return _duplicates("row-repeated", comparable(layout, read), columns, sources)


def spelled(column: str) -> pl.Expr:
    """Return a text column in the form used to compare it, regardless of full-width forms, case and spaces."""
    return pl.col(column).cast(pl.String).str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s", "")


_FIRST, _COUNT, _TURN = f"{INNER}first", f"{INNER}count", f"{INNER}turn"


def _duplicates(
    code: str, frame: pl.DataFrame, columns: list[str], sources: list[Source], /, **params: object
) -> list[Finding]:
    keys = [pl.col(BLOCK), *compared_as(frame, columns)]
    twins = (
        frame.with_columns(pl.col(ROW).first().over(keys).alias(_FIRST), pl.len().over(keys).alias(_COUNT))
        .with_columns(pl.int_range(pl.len()).over(keys).alias(_TURN))
        .filter((pl.col(_COUNT) > 1) & (pl.col(_TURN) > 0))
    )
    column = columns[0] if len(columns) == 1 else None
    said = [
        finding(code, sources[row[SOURCE]].place(row[ROW], column), first=row[_FIRST], **params)
        for row in twins.head(MOST).iter_rows(named=True)
    ]
    return with_count(said, twins.height, sources[twins[SOURCE][0]] if twins.height else None)


def _unresolved_references(
    column: ColumnSpec, frame: pl.DataFrame, frames: Frames, sources: list[Source]
) -> list[Finding]:
    """Report cells whose value is missing from the column that they refer to."""
    table, _, name = (column.refers or "").partition(".")
    if table not in frames:
        return []  # that table is missing or faulty, which is reported elsewhere
    layout, other, _ = frames[table]
    known = other[name].drop_nulls().unique().cast(pl.String).to_list()
    keys = other.select(spelled(name)).to_series().drop_nulls().unique().to_list()
    lost = frame.filter(pl.col(column.name).is_not_null() & ~spelled(column.name).is_in(keys))
    said = [
        finding(
            "cell-reference",
            sources[row[SOURCE]].place(row[ROW], column.name),
            value=shown_text(str(row[column.name])),
            table=layout.label,
            suggestion=did_you_mean(str(row[column.name]), known),
        )
        for row in lost.head(MOST).iter_rows(named=True)
    ]
    return with_count(said, lost.height, sources[lost[SOURCE][0]] if lost.height else None)


def with_count(said: list[Finding], count: int, source: Source | None) -> list[Finding]:
    """Return findings, and how many more of the kind there are than those listed."""
    if source is not None and count > len(said):
        said.append(finding("findings-more", source.place(None), count=count - len(said)))
    return said
