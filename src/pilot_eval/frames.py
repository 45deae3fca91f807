"""The columns of stored frames and of the scoring pipeline: names, types, units, and what null means in each.

A **stored frame** holds the rows of one evidence table of one submission, in the order of its sources: `PILOT`,
`SOURCE`, `ROW`, then for each declared column `name`, and for a number or a date `three(name)` and `wording(name)`.

The **pipeline frame** holds one row per pilot: `PILOT`, `has(table)` for each table, `three(measure)` for each
measure, `item_columns(id)` for each indicator, bonus and deduction, and the groups `ALL`, `COMMON`, `TOTAL` and
`dimension_columns(id)`.

A **table of plan lines** holds one row per line of each pilot's plan: `PILOT`, `LINES` and `item_columns(LINE)`.

A float is never NaN or infinite; a missing figure is null.
"""

from datetime import date
from functools import cache
from typing import Literal, NamedTuple

INNER = "__"
"""The prefix of names that a step of the pipeline creates for its own use; no result is read from such a column."""

PILOT = "pilot"
"""String, never null: the pilot's id."""

SOURCE = f"{INNER}source"
"""Integer: the source that a row came from, an index into `Intake.sources`; null where `ROW` is."""

ROW = f"{INNER}row"
"""Integer: a record's row in its file; null, like all its cells, in the row that means “nothing to report”."""

FIRST, LAST = f"{INNER}first", f"{INNER}last"
"""Floats: the first and last day of the round's period, as dates are stored; null if it isn't known."""

GROUP = f"{INNER}group"
"""What the rows of a group share: a string, or a float that counts years, quarters or months from the year 0."""

SURELY = f"{INNER}surely"
"""Boolean: whether a row is certainly in its group; else it may be in several, and is in each."""

EPOCH = date(1970, 1, 1)
"""Dates are stored as floats: days since this one."""

UNBOUNDED = 1e30
"""A bound that means “no bound known”: finite, so that NaN can't arise, and still beyond `BOUNDED` after arithmetic."""

BOUNDED = 1e18
"""More than any real amount: a bound of this size or more means “no bound known”."""


class Three(NamedTuple):
    """The columns of a quantity: floats in its unit, null if it is missing; the bounds exist whenever the value does.

    `low` and `high` equal the value if it is exact; a bound beyond ±`BOUNDED` means that none is known.
    """

    value: str
    low: str
    high: str


def three(name: str) -> Three:
    """Return the columns of a number, a date or a measure."""
    return Three(name, f"{name}__low", f"{name}__high")


def unsure(name: str) -> str:
    """Return the boolean column which says whether a measure may have no figure, as where a divisor may be 0."""
    return f"{name}__unsure"


def wording(name: str) -> str:
    """Return the string column with a number or a date as written in the evidence; null if that is the plain value."""
    return f"{name}__said"


def declared_name(stored: str) -> str:
    """Return the declared column, or the measure, that a column of bounds or of written values belongs to."""
    return stored.partition("__")[0]


def reserved(name: str) -> bool:
    """Return whether a name has the form of the frames' own names, so that no column or measure may use it."""
    return name == PILOT or name.startswith("_") or "__" in name


def has(table: str) -> str:
    """Return the boolean column, never null: whether a pilot submitted a usable table."""
    return f"_has__{table}"


class ItemColumns(NamedTuple):
    """The columns of one scored item: an indicator, a bonus or a deduction."""

    baseline: str  # float in the item's unit: the pilot's own, else the rule's, else 0
    target: str  # the same, else 1
    last: str  # float in the item's unit: the pilot's figure of the last round, or null
    expert: str  # float: what the reviewers give, a number or a share; null if they give none
    expert_low: str  # the least that their decision leaves open, null if they decided nothing
    expert_high: str  # the most
    exempt: str  # boolean: it doesn't apply to the pilot
    faulty: str  # boolean: a table that it needs has errors
    empty: str  # string: what it means that its tables are declared empty; null: they aren't, or the figure holds
    share: str  # float: the share of the points, 0 to 1; null if the evidence doesn't determine it
    least: str  # the smallest share that the bounds allow; null if no bound determines it
    most: str  # the largest
    outcome: str  # a value of `Outcome`, never null
    points: str  # float; null unless scored
    points_low: str  # never null: 0 unless scored
    points_high: str  # never null: all its points while it could still earn them, 0 for an unclaimed bonus
    forgone: str  # float: the points that it would have, if it didn't apply; else null


@cache
def item_columns(id: str) -> ItemColumns:
    return ItemColumns(*(f"{id}__{field}" for field in ItemColumns._fields))


def growth_columns(id: str) -> Three:
    """Return the columns of an item's growth on the last figure, in %."""
    return three(f"{id}__growth")


def converted_columns(id: str) -> Three:
    """Return the columns of an item's measure in the item's own unit, where that isn't the measure's."""
    return three(f"{id}__converted")


class PeerColumns(NamedTuple):
    """The columns of an item that compares pilots: the figures of the pilot's group; null if it isn't compared."""

    x: str  # float: the pilot's own figure
    n: str  # float: how many have the measure
    rank: str  # float: 1 + those that are better
    lowest: str
    highest: str
    mean: str  # in the cases of bounds, of all as the others meet them: nothing is made of it there
    sd: str  # likewise; ÷ n
    median: str
    open: str  # float: how many figures have different bounds


Case = Literal["value", "worst", "best"]
"""The figures as they are; the pilot's at its worst bound and its peers' at their best; or the other way round."""


@cache
def peer_columns(id: str, case: Case = "value") -> PeerColumns:
    prefix = f"{id}__peers_" if case == "value" else f"{INNER}{case}_{id}__peers_"
    return PeerColumns(*(f"{prefix}{field}" for field in PeerColumns._fields))


class GroupColumns(NamedTuple):
    """The columns of a group of indicators: the points that they come to, and their relation to the group's points.

    A group's name begins with `_`, which no name of a measure or an item does.
    """

    points: str  # float; null if there is too little data
    low: str  # never null, nor `high`
    high: str
    applies: str  # the points that it could reach, without what doesn't apply, never null
    covered: str  # those with evidence, never null
    counted: str  # those that count if what is missing is left out, never null
    coverage: str  # float, %; null if nothing applies
    score: str  # points scaled to the group's full points, without what doesn't apply; null if nothing applies
    score_low: str
    score_high: str


@cache
def _group_columns(group: str) -> GroupColumns:
    return GroupColumns(*(f"{group}__{field}" for field in GroupColumns._fields))


def dimension_columns(id: str) -> GroupColumns:
    """Return the columns of a dimension, which has no score of its own."""
    return _group_columns(f"_dim__{id}")


def before_gates(id: str) -> GroupColumns:
    """Return the columns of a dimension (ROOT: of all) before any gate takes effect, where some gate zeroes one."""
    return _group_columns(f"{INNER}before__{id}")


def within_common(id: str) -> GroupColumns:
    """Return the columns of a dimension's common indicators, a step on the way to `COMMON`."""
    return _group_columns(f"{INNER}common__{id}")


class OwnColumns(NamedTuple):
    """The columns of what the lines of a pilot's plan come to below a dimension, in points, never null."""

    value: str
    low: str
    high: str
    applies: str
    scored: str


@cache
def own_columns(id: str) -> OwnColumns:
    """Return the columns of a dimension to which every pilot brings its own indicators."""
    return OwnColumns(*(f"_own__{id}__{field}" for field in OwnColumns._fields))


class LineColumns(NamedTuple):
    """The columns of a table of plan lines, a row each, besides `PILOT` and `item_columns(LINE)`."""

    name: str  # string: unique within a pilot
    dimension: str  # string: the one that it is below
    measure: str  # string: whose figure is the actual one; null if the submission says it
    sign: str  # a `Sign`; null for a target in words
    partly: str  # boolean: whether a part of the target counts
    out_of: str  # float: its points
    broken: str  # boolean: its measure can't be computed at all
    actual: str  # float in the line's unit; null if nothing says it; its bounds likewise
    actual_low: str
    actual_high: str
    unsure: str  # boolean: whether the actual figure may not exist


LINE = "line"
"""The item that a row of a table of plan lines is."""

LINES = LineColumns(*(f"{LINE}__{field}" for field in LineColumns._fields))


class ConditionColumns(NamedTuple):
    """The columns of a condition, booleans."""

    met: str  # by the figures as they are; null if that isn't known
    surely: str  # whatever the figures are within their bounds, never null
    maybe: str  # it can't be ruled out within the bounds, never null


@cache
def gate_columns(id: str) -> ConditionColumns:
    """Return the columns of whether a gate is triggered."""
    return ConditionColumns(*(f"_gate__{id}__{field}" for field in ConditionColumns._fields))


@cache
def counting_columns(id: str) -> ConditionColumns:
    """Return the columns of whether a bonus or a deduction may count: its own condition is met, and no gate forbids."""
    return ConditionColumns(*(f"_counts__{id}__{field}" for field in ConditionColumns._fields))


def statement_column(id: str) -> str:
    """Return the boolean column with the answer to a statement; null if there is none."""
    return f"_statement__{id}"


def asked_columns(kind: str, id: str) -> Three:
    """Return the columns of what `share_of` or `points_of` asks for; all null where it doesn't apply."""
    return three(f"_{kind}__{id}")


class LimitColumns(NamedTuple):
    """The columns of what triggered gates do to a grade: as it is, at least and at most; floats, never null."""

    now: str
    least: str
    most: str


DOWN = LimitColumns("_down", "_down__least", "_down__most")
"""By how many grades it falls."""

CAP = LimitColumns("_cap", "_cap__least", "_cap__most")
"""The position of the best grade that it may be, counted from the best of the method, 0."""

ALL = _group_columns("_all")
"""All indicators; its score is out of the method's full marks."""

COMMON = _group_columns("_common")
"""The indicators that all base types share; its score is out of their points."""

TOTAL = _group_columns("_total")
"""Points, low and high only: all indicators out of full marks, with bonuses and deductions; null without a score."""
