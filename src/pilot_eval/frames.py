"""The columns of stored frames and of the scoring pipeline: names, types, units, and what null means in each.

A **stored frame** holds the rows of one evidence table of one submission, in the order of its sources: `PILOT`,
`SOURCE`, `ROW`, then for each declared column `name`, and for a number or a date `three(name)` and `said(name)`.

The **pipeline's frame** holds one row per pilot: `PILOT`, `has(table)` for each table, `three(measure)` for each
measure, `item_columns(id)` for each indicator, bonus and deduction, and the groups `ALL`, `COMMON`, `TOTAL` and
`dimension_columns(id)`.

A float is never NaN or infinite: it is null where there is no figure.
"""

from datetime import date
from functools import cache
from typing import NamedTuple

INNER = "__"
"""What a name begins with that one step of the pipeline makes for itself; no result is read from such a column."""

PILOT = "pilot"
"""Words, never null: the pilot's id."""

SOURCE = f"{INNER}source"
"""Whole number: which of the submission's sources a row came from, an index into `Intake.sources`; null as `ROW` is."""

ROW = f"{INNER}row"
"""Whole number: a record's row in its file; null in the row that says «nothing to report», as all its cells are."""

EPOCH = date(1970, 1, 1)
"""A date is a float: days since this one."""

UNBOUNDED = 1e30
"""A bound that stands for «no bound known»: finite, so that NaN can't arise, and far out even after arithmetic."""

BOUNDED = 1e18
"""No real amount reaches it: a figure's bound from here on is none."""


class Three(NamedTuple):
    """The columns of a quantity: floats in its unit, null where there is none; its bounds are there wherever it is.

    `low` and `high` are the value itself where it is exact; a bound beyond ±`BOUNDED` is none.
    """

    value: str
    low: str
    high: str


def three(name: str) -> Three:
    """The columns of a number, a date or a measure."""
    return Three(name, f"{name}__low", f"{name}__high")


def said(name: str) -> str:
    """The column of words that holds a number or a date as the evidence has it; null where that is the plain value."""
    return f"{name}__said"


def declared_name(stored: str) -> str:
    """The declared column, or the measure, that a column of bounds or words belongs to."""
    return stored.partition("__")[0]


def reserved(name: str) -> bool:
    """Whether no column or measure may be called so, since the frames' own names are made like that."""
    return name == PILOT or name.startswith("_") or "__" in name


def has(table: str) -> str:
    """The column of yes and no, never null: whether a pilot submitted a table that can be used."""
    return f"_has__{table}"


class ItemColumns(NamedTuple):
    """The columns of one scored item: an indicator, a bonus or a deduction."""

    baseline: str  # float in the measure's unit: the pilot's own, else the rule's, else 0
    target: str  # the same, else 1
    expert: str  # float, 0 to 4: what the reviewers gave; null where they gave nothing
    exempt: str  # yes or no: it doesn't apply to the pilot
    faulty: str  # yes or no: a table that it takes has errors
    share: str  # float, 0 to 1 of the points; null where the evidence doesn't give it
    least: str  # the least that the bounds allow, null where no bound gives one
    most: str  # the greatest
    outcome: str  # one of the words of `Outcome`, never null
    points: str  # float; null unless scored
    points_low: str  # never null: 0 unless scored
    points_high: str  # never null: all its points while it could still earn them, 0 for a bonus not claimed


@cache
def item_columns(id: str) -> ItemColumns:
    return ItemColumns(*(f"{id}__{field}" for field in ItemColumns._fields))


class GroupColumns(NamedTuple):
    """The columns of the indicators of one group: sums of points, and what they are out of the group's points.

    A group's name begins with `_`, as no name of a measure or an item does.
    """

    points: str  # float, never null
    low: str
    high: str
    applies: str  # points of the indicators that apply, never null
    covered: str  # points of those that are scored, never null
    coverage: str  # float, %; null where nothing applies
    score: str  # points scaled to the group's full points, what doesn't apply taken out; null where nothing applies
    score_low: str
    score_high: str


@cache
def _group_columns(group: str) -> GroupColumns:
    return GroupColumns(*(f"{group}__{field}" for field in GroupColumns._fields))


def dimension_columns(id: str) -> GroupColumns:
    """The columns of a dimension; it has no score of its own."""
    return _group_columns(f"_dim__{id}")


ALL = _group_columns("_all")
"""All indicators; its score is out of 100."""

COMMON = _group_columns("_common")
"""The indicators that all base types share; its score is out of their points."""

TOTAL = _group_columns("_total")
"""Points, low and high alone: all indicators out of 100 with bonuses and deductions; null where nothing applies."""
