"""Validates a located table: every cell read as its column says, everything wrong said."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence import cells as read
from pilot_eval.evidence.asides import MAY_BE_ASIDE, Sums, is_header, is_remark, near, spans_of, total_word
from pilot_eval.evidence.columns import SAME_KIND, Around, Cells, Fault, Sheet, read_column
from pilot_eval.evidence.grids import Grid
from pilot_eval.evidence.layouts import Located
from pilot_eval.evidence.privacy import MAY_NAME_A_PERSON, in_number, masked, sightings
from pilot_eval.plugin.expressions import UNBOUNDED
from pilot_eval.plugin.tables import ColumnSpec, Kind

EXAMPLE_ROW = "示例行"
"""A row whose note starts so is the template's example."""


@dataclass
class Table:
    """The valid cells of one table, as the store keeps them; `rows` are the rows' numbers in the sheet."""

    rows: pl.Series
    columns: dict[str, pl.Series] = field(default_factory=dict)
    attachments: set[str] = field(default_factory=set)


def validate(located: Located, around: Around) -> tuple[Table, list[Finding]]:
    """Read every cell of a table."""
    grid, layout = located.grid, located.layout
    said = Findings(grid)
    width = max(map(len, grid.rows), default=0)
    _look_for_persons_above(located, said)
    body = _columns(grid, located.header + 1, width)
    for index, cells in enumerate(body):
        _look_for_persons(cells, located.header + 1, index, said)
    kept = _record_rows(located, body, said)
    indexes = kept + located.header + 1
    table = Table(rows=(indexes + grid.first_row).cast(pl.Int64))
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

    def of_column(self, faults: list[Fault], indexes: pl.Series, at: int | None) -> None:
        """Say the faults of a column whose cells lie in the rows `indexes` of the grid."""
        for fault in sorted(faults, key=lambda each: each.at):
            self.say(fault.code, indexes[fault.at], at, **fault.params)

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


def _record_rows(located: Located, body: list[Cells], said: Findings) -> pl.Series:
    """Indexes (below the header) of the rows that hold records: not blank, no total, no remark, not the example."""
    below = located.header + 1
    filled = pl.DataFrame({str(at): cells.filled for at, cells in enumerate(body)})
    if not filled.height:
        return pl.Series(dtype=pl.Int64)
    words = pl.DataFrame({str(at): cells.text for at, cells in enumerate(body)})
    special = words.select(pl.any_horizontal(pl.all().str.contains(MAY_BE_ASIDE).fill_null(False))).to_series()
    header = located.grid.rows[located.header]
    first = next((at for at in located.columns.values() if isinstance(header[at], str)), None)
    if first is not None:
        special |= (words[str(first)] == header[first]).fill_null(False)
    note = located.columns.get("note")
    if note is not None:
        special |= body[note].text.str.starts_with(EXAMPLE_ROW).fill_null(False)
    dropped: list[int] = []
    totals: list[tuple[int, str]] = []
    for index in special.arg_true().to_list():
        row = [cells.at(index) for cells in body]
        if note is not None and isinstance(row[note], str) and row[note].startswith(EXAMPLE_ROW):
            said.say("rows-example", index + below, None)
        elif is_header(row, located):
            said.say("row-header", index + below, None)
        elif total := total_word(row, located):
            said.say("row-total", index + below, None)
            totals.append((index, total))
        elif is_remark(row, located):
            said.say("row-remark", index + below, None)
        else:
            continue
        dropped.append(index)
    numbers = located.row_numbers
    kept = filled.select(pl.any_horizontal([str(at) for at in range(len(body)) if at not in numbers])).to_series()
    kept = kept.scatter(dropped, False) if dropped else kept
    indexes = kept.arg_true().cast(pl.Int64)
    if totals:
        _check_totals(located, body, indexes, totals, said)
    return indexes


def _check_totals(
    located: Located, body: list[Cells], kept: pl.Series, totals: list[tuple[int, str]], said: Findings
) -> None:
    """Compare each row of totals with the sum of the records that it may stand for."""
    ranges = [
        [(int(kept.search_sorted(start)), int(kept.search_sorted(end))) for start, end in spans]
        for spans in spans_of(totals, len(body[0].text))
    ]
    for column in located.layout.columns:
        at = located.columns.get(column.name)
        if at is None or column.kind not in (Kind.COUNT, Kind.NUMBER) or column.unit == "%":
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
                said.say("row-total-differs", index + located.header + 1, at, **shown)


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
    """The cells above the header and the header itself."""
    for index, row in enumerate(located.grid.rows[: located.header + 1]):
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
        said.say(each.code, index, at, value=masked(text[each.start : each.end]))
