"""Validates a located table: every cell read as its column says, everything wrong said."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence import cells as read
from pilot_eval.evidence.asides import (
    LIKE_A_TOTAL,
    MAY_BE_ASIDE,
    MAY_BE_BANNER,
    MAY_BE_EXAMPLE,
    MAY_BE_TOTAL,
    Aside,
    Reader,
    Role,
    Sums,
    example_role,
    near,
    spans_of,
)
from pilot_eval.evidence.columns import SAME_KIND, Around, Cells, Faults, Sheet, read_column
from pilot_eval.evidence.grids import Grid
from pilot_eval.evidence.headings import unit_word
from pilot_eval.evidence.layouts import FIGURES, Located
from pilot_eval.evidence.privacy import MAY_NAME_A_PERSON, in_number, masked, sightings
from pilot_eval.plugin.expressions import UNBOUNDED
from pilot_eval.plugin.tables import ColumnSpec, Kind


@dataclass
class Table:
    """The valid cells of one table, as the store keeps them; `rows` are the rows' numbers in the sheet."""

    rows: pl.Series
    columns: dict[str, pl.Series] = field(default_factory=dict)
    attachments: set[str] = field(default_factory=set)
    nothing: bool = False  # whether it says that there is nothing to report


def validate(located: Located, around: Around) -> tuple[Table, list[Finding]]:
    """Read every cell of a table."""
    grid, layout = located.grid, located.layout
    said = Findings(grid)
    width = max(map(len, grid.rows), default=0)
    _look_for_persons_above(located, said)
    body = _columns(grid, located.body, width)
    for index, cells in enumerate(body):
        _look_for_persons(cells, located.body, index, said)
    roles = _roles(located, body, around, said)
    kept = _record_rows(located, body, roles, said)
    _add_units(located, body, [index for index, (role, _) in roles.items() if role is Role.REMARK], said)
    _check_totals(located, body, kept, roles, said)
    indexes = kept + located.body
    table = Table(rows=(indexes + grid.first_row).cast(pl.Int64))
    table.nothing = kept.is_empty() and any(role is Role.NOTHING for role, _ in roles.values())
    for column in layout.columns:
        at = located.columns.get(column.name)
        if at is None:
            continue  # that is one finding, not one for each row; what is stored is null
        cells = body[at].chosen(kept)
        made = read_column(cells, column, around, _sheet(located, column), required=not column.optional)
        table.columns.update(made.stored)
        table.attachments |= made.attachments
        said.of_column(made.faults, indexes, at)
    if grid.bad:
        _say_bad(located, set(indexes.to_list()), said)
    return table, said.all()


class Findings:
    """Findings of one grid, at most so many of one kind in one column."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._found: list[Finding] = []
        self._counts: Counter[tuple[str, int | None]] = Counter()

    def say(self, code: str, index: int | None, at: int | None, /, **params: object) -> None:
        self._counts[code, at] += 1
        if self._counts[code, at] <= SAME_KIND:
            self._found.append(finding(code, self._grid.place(index, at), **params))

    def of_column(self, faults: Faults, indexes: pl.Series, at: int | None) -> None:
        """Say the faults of a column whose cells lie in the rows `indexes` of the grid."""
        for fault in sorted(faults.listed, key=lambda each: each.at):
            self.say(fault.code, indexes[fault.at], at, **fault.params)
        for code, count in (faults.counts - Counter(each.code for each in faults.listed)).items():
            self._counts[code, at] += count

    def all(self) -> list[Finding]:
        more = [
            finding("findings-more", self._grid.place(None, at), count=count - SAME_KIND)
            for (_, at), count in sorted(self._counts.items(), key=str)
            if count > SAME_KIND
        ]
        return self._found + more


def _sheet(located: Located, column: ColumnSpec) -> Sheet:
    return Sheet(located.units.get(column.name), located.grid.epoch)


def _say_bad(located: Located, kept: set[int], said: Findings) -> None:
    """Cells without a value that no column has read; the others are said with their columns."""
    used = set(located.columns.values())
    for index, at in located.grid.bad:
        if at not in used or index not in kept:
            said.say("cell-unused-bad", index, at, value=read.words(located.grid.rows[index][at])[:60])


_AT_ONCE = 20_000


def _columns(grid: Grid, first: int, width: int) -> list[Cells]:
    """The cells below the header, column by column."""
    rows = grid.rows[first:]
    if set(map(len, rows)) != {width}:
        return [Cells.of([row[at] if at < len(row) else None for row in rows]) for at in range(width)]
    columns: list[list[Any]] = [[] for _ in range(width)]
    for start in range(0, len(rows), _AT_ONCE):  # turned as a whole, a million rows are a million arguments
        for column, more in zip(columns, zip(*rows[start : start + _AT_ONCE], strict=True), strict=True):
            column += more
    return [Cells.of(column) for column in columns]


Roles = dict[int, tuple[Role | None, str]]
"""Rows below the header that are no records, by their index: what they are, and the word of a total.

A record that only sounds like a total is there without a role.
"""


def _roles(located: Located, body: list[Cells], around: Around, said: Findings) -> Roles:
    """Find the rows that are no records: a sieve for all rows at once, a closer look at what it leaves."""
    reader, roles = Reader(located), Roles()
    note = located.columns.get("note")
    examples = set() if note is None else _matching(body[note].text, MAY_BE_EXAMPLE)
    first = date.fromisoformat(read.iso(around.period[0] if around.period else 0))
    height = len(body[0].text) if body else 0
    pending = sorted(_perhaps_special(located, body) | examples, reverse=True)
    while pending:
        index = pending.pop()
        row = [cells.at(index) for cells in body]
        role, word, doubt = Aside(None)
        if note is None or index not in examples:
            role, word, doubt = reader.aside(index, row)
        elif (role := example_role(row, located, first)) is None:
            doubt = "row-example-note"
        if role is not None or doubt == LIKE_A_TOTAL:
            roles[index] = role, word
        elif doubt:
            said.say(doubt, index + located.body, note if index in examples else None)
        if role is Role.PART and index + 1 < height and pending[-1:] != [index + 1]:
            pending.append(index + 1)  # it may be a further part, which only its indent says
    for index, (role, _) in roles.items():
        if role is not None:
            value = next(read.words(cells.at(index)) for cells in body if cells.at(index) is not None)
            said.say(role.value, index + located.body, None, **({"value": value[:60]} if role is Role.UNCLEAR else {}))
    return roles


def _perhaps_special(located: Located, body: list[Cells]) -> set[int]:
    """Indexes of the rows that may be no records, by the words that they begin with."""
    used = located.used
    numbers = set(located.row_numbers)
    words = pl.DataFrame({str(at): cells.text for at, cells in enumerate(body)})
    if not words.height:
        return set()
    found = set[int]()
    every, named = list(range(len(body))), sorted(used)
    for lead in [every, named] if every != named and named else [every]:
        found |= _matching(words.select(pl.coalesce(map(str, lead))).to_series(), MAY_BE_ASIDE)
    for at, column in used.items():
        if column.kind is not Kind.TEXT:
            found |= _matching(body[at].text, MAY_BE_TOTAL)
    first = next((at for at in used if isinstance(located.names[at], str)), None)
    if first is not None:
        found |= set((body[first].text == located.names[first]).fill_null(False).arg_true().to_list())
    counted = [at for at in every if at not in numbers]
    filled = pl.DataFrame({str(at): body[at].filled for at in counted})
    alone = filled.sum_horizontal() == 1 if filled.width else pl.Series([], dtype=pl.Boolean)
    if alone.any():
        rows = alone.arg_true()
        lone = words[rows].select(pl.coalesce(map(str, counted))).to_series()
        titles = [cell for row in located.grid.rows[: located.top] for cell in row if isinstance(cell, str)]
        days = [body[at].text[rows] for at, column in used.items() if column.kind is Kind.DATE]
        hits = lone.str.contains(MAY_BE_BANNER) | lone.is_in(titles)
        for each in days:
            hits |= each.str.contains(r"^\P{Nd}+$").fill_null(False)
        found |= set(rows.filter(hits.fill_null(False)).to_list())
    return found


def _matching(text: pl.Series, pattern: str) -> set[int]:
    return set(text.str.contains(pattern).fill_null(False).arg_true().to_list())


def _record_rows(located: Located, body: list[Cells], roles: Roles, said: Findings) -> pl.Series:
    """Indexes (below the header) of the rows that hold records: what is left where a column of the table is filled."""
    filled = pl.DataFrame({str(at): cells.filled for at, cells in enumerate(body)})
    if not filled.height:
        return pl.Series(dtype=pl.Int64)
    numbers = located.row_numbers
    used = filled.select(pl.any_horizontal(map(str, located.columns.values()))).to_series()
    other = [str(at) for at in range(len(body)) if at not in numbers and at not in located.columns.values()]
    dropped = [index for index, (role, _) in roles.items() if role is not None]
    if other:
        beside = filled.select(pl.any_horizontal(other)).to_series() & ~used
        for index in sorted(set(beside.arg_true().to_list()) - set(dropped)):
            said.say("row-remark", index + located.body, None)
    used = used.scatter(dropped, False) if dropped else used
    return used.arg_true().cast(pl.Int64)


_UNIT_BELOW = re.compile(
    r"(?:[*＊※]|注|备注|说明)?[0-9]*[:.、]?(?:本表|表中|表内|以上)?(?:中|内|的)?(?:金额|货币|计量|数据)?(?:单位)(?:为|是|均为|都是)?(\w+?)[。.;]?"
)
_OF_UNITS = re.compile("单位.{0,10}(?:[十百千万亿]+元|[亩万亿])|以.{1,4}[元亩](?:为单位|计)")


def _add_units(located: Located, body: list[Cells], remarks: list[int], said: Findings) -> None:
    """Take the unit that a remark below the table gives for all of it; one of another sort is an error."""
    for index in remarks:
        for at, cells in enumerate(body):
            cell = cells.at(index)
            text = read.word_key(cell) if isinstance(cell, str) else ""
            match = _UNIT_BELOW.fullmatch(text)
            unit = unit_word(match[1]) if match else None
            columns = [column for column in located.layout.columns if column.name in located.columns and column.unit]
            changed = [(column, factor) for column in columns if unit and column.kind in FIGURES
                       and (factor := read.unit_factor(unit, column.unit)) not in (None, 1)]  # fmt: skip
            own = [column for column, _ in changed if located.stated.get(column.name, unit) != unit]
            shown = "、".join(dict.fromkeys(column.unit for column in columns if column.unit))
            if own or (unit is None and _OF_UNITS.search(text)):
                said.say("header-unit-unclear", index + located.body, at, given=read.words(cell)[:60], unit=shown)
            elif changed:
                located.units |= {column.name: unit for column, _ in changed if unit}
                said.say("header-unit", index + located.body, at, given=unit, unit=changed[0][0].unit)


def _check_totals(located: Located, body: list[Cells], kept: pl.Series, roles: Roles, said: Findings) -> None:
    """Compare each row of totals with the sum of the records that it may stand for."""
    totals = [(index, word) for index, (role, word) in roles.items() if role is Role.TOTAL]
    like = [index for index, (role, _) in roles.items() if role is None]
    if not totals and not like:
        return
    records_at = kept.to_list()
    ranges = [
        [(bisect_left(records_at, start), bisect_left(records_at, end)) for start, end in spans]
        for spans in spans_of(totals, len(body[0].text))
    ]
    same = dict.fromkeys(like, 0)
    for column in located.layout.columns:
        at = located.columns.get(column.name)
        if at is None or column.kind not in FIGURES or column.unit == "%":
            continue
        sheet = _sheet(located, column)
        records = read_column(body[at].chosen(kept), column, Around(), sheet, required=False).stored
        sums = Sums(records[f"{column.name}__low"], records[f"{column.name}__high"])
        for (index, _), spans in zip(totals, ranges, strict=True):
            given = _number(body[at].at(index), column, located)
            bounds = [sums.of(*span) for span in spans if span[0] < span[1]]
            if given is not None and not any(near(given, *each) for each in bounds):
                low, high = (f"{bound:,.10g}" for bound in (bounds or [(0.0, 0.0)])[0])
                shown = {"value": f"{given:,.10g}", "low": low, "high": high}
                said.say("row-total-differs", index + located.body, at, **shown)
        for index in like:
            given, end = _number(body[at].at(index), column, located), bisect_left(records_at, index)
            if given and end > 1:
                same[index] += 1 if near(given, *sums.of(0, end)) else -len(located.columns)
    for index, count in same.items():
        if count > 0:
            said.say(LIKE_A_TOTAL, index + located.body, None)


def _number(cell: Any, column: ColumnSpec, located: Located) -> float | None:
    try:
        return None if cell is None else read.number(cell, column.unit, located.units.get(column.name)).value
    except read.Unreadable:
        return None


# --- privacy


_LOOKED_AT = f"{MAY_NAME_A_PERSON}|{read.INVISIBLE}"


def persons_in(grid: Grid) -> list[Finding]:
    """What identifies a person in a sheet that holds no table."""
    said = Findings(grid)
    for at, cells in enumerate(_columns(grid, 0, max(map(len, grid.rows), default=0))):
        _look_for_persons(cells, 0, at, said)
    return said.all()


def _look_for_persons_above(located: Located, said: Findings) -> None:
    """The cells above the records: titles, and the header itself."""
    for index, row in enumerate(located.grid.rows[: located.body]):
        for at, cell in enumerate(row):
            _look(cell, index, at, said)


def _look_for_persons(cells: Cells, below: int, at: int, said: Findings) -> None:
    """Every cell of a column, used or not: an ID number is refused, a mobile number too, both masked."""
    long = cells.text.str.contains(_LOOKED_AT).fill_null(False).arg_true().to_list()
    large = ((cells.number >= 1e10) & (cells.number < UNBOUNDED)).fill_null(False).arg_true().to_list()
    for index in sorted([*long, *large]):
        _look(cells.at(index), index + below, at, said)


def _look(cell: Any, index: int, at: int, said: Findings) -> None:
    if isinstance(cell, str):
        text = read.plain(cell)
        found = sightings(text)
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and 1e10 <= cell < UNBOUNDED:
        text = str(int(cell))
        found = in_number(cell)
    else:
        return
    for each in found:
        said.say(each.code, index, at, value=masked(text, [each])[each.start : each.end])
