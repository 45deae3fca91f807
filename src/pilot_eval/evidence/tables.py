"""Validates a located table: every cell read as its column says, everything wrong said."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from pilot_eval.errors import Finding, finding
from pilot_eval.evidence import cells as read
from pilot_eval.evidence.columns import Around, Cells, Fault, Sheet, read_column
from pilot_eval.evidence.grids import Grid
from pilot_eval.evidence.layouts import Located
from pilot_eval.evidence.privacy import MAY_NAME_A_PERSON, in_number, masked, sightings
from pilot_eval.plugin.expressions import UNBOUNDED
from pilot_eval.plugin.tables import ColumnSpec, Kind

SAME_KIND = 20
"""Findings of one code in one column that are listed; the rest are counted."""

EXAMPLE_ROW = "示例行"
"""A row whose note starts so is the template's example."""

_TOTALS = frozenset({"合计", "总计", "小计", "总数", "合計", "total", "totals", "subtotal", "grandtotal", "sum"})
_REMARKS = ("注:", "备注:", "说明:", "填表说明", "note:", "注1", "填表人", "制表")


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
    table = Table(rows=(kept + located.header + 1 + grid.first_row).cast(pl.Int64))
    empty = Cells.of([None] * len(kept))
    for column in layout.columns:
        at = located.columns.get(column.name)
        cells = empty if at is None else body[at].chosen(kept)
        # A column that isn't there is one finding, not one for each row.
        made = read_column(
            cells, column, around, _sheet(located, column), required=not column.optional and at is not None
        )
        table.columns.update(made.stored)
        table.attachments |= made.attachments
        said.of_column(made.faults, kept + located.header + 1, at)
    _say_bad(located, set(kept.to_list()), said)
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
        if at not in used or index - located.header - 1 not in kept:
            said.say("cell-unused-bad", index, at, value=read.words(located.grid.rows[index][at])[:60])


def _columns(grid: Grid, first: int, width: int) -> list[Cells]:
    """The cells below the header, column by column."""
    rows = grid.rows[first:]
    if set(map(len, rows)) == {width}:
        return [Cells.of(column) for column in zip(*rows, strict=True)] if rows else [Cells.of([])] * width
    return [Cells.of([row[at] if at < len(row) else None for row in rows]) for at in range(width)]


def _record_rows(located: Located, body: list[Cells], said: Findings) -> pl.Series:
    """Indexes (below the header) of the rows that hold records: not blank, no total, no remark, not the example."""
    below = located.header + 1
    filled = pl.DataFrame({str(at): cells.filled for at, cells in enumerate(body)})
    if not filled.height:
        return pl.Series(dtype=pl.Int64)
    words = pl.DataFrame({str(at): cells.text for at, cells in enumerate(body)})
    count = filled.sum_horizontal()
    first = words.select(pl.coalesce(pl.all())).to_series()  # the first cell that holds text
    special = first.str.contains(_SPECIAL).fill_null(False)
    note = located.columns.get("note")
    if note is not None:
        special |= body[note].text.str.starts_with(EXAMPLE_ROW).fill_null(False)
    dropped: list[int] = []
    totals: list[int] = []
    for index in special.arg_true().to_list():
        key = read.word_key(first[index] or "")
        if note is not None and (body[note].text[index] or "").startswith(EXAMPLE_ROW):
            said.say("rows-example", index + below, None)
        elif key in _TOTALS and _leads(body, index, first[index]):
            said.say("row-total", index + below, None)
            totals.append(index)
        elif count[index] == 1 and key.startswith(_REMARKS):
            said.say("row-remark", index + below, None)
        else:
            continue
        dropped.append(index)
    kept = (count > 0).scatter(dropped, False) if dropped else count > 0
    indexes = kept.arg_true().cast(pl.Int64)
    _check_totals(located, body, indexes, totals, said)
    return indexes


_SPECIAL = r"(?i)^[\s*＊]*(合|总|小|t|g|s|注|备|说|填|n|制)"


def _leads(body: list[Cells], index: int, word: str) -> bool:
    """Whether the word stands in the first filled cell of the row: «合计» among the data is data."""
    for cells in body:
        cell = cells.at(index)
        if cell is not None:
            return bool(cell == word)
    return False


def _check_totals(located: Located, body: list[Cells], kept: pl.Series, totals: list[int], said: Findings) -> None:
    """Compare each row of totals with the sum of the records above it, back to the last total."""
    start = 0
    for index in totals:
        key = read.word_key(body[0].text[index] or "") if body else ""
        since = 0 if key in ("总计", "grandtotal") else start
        above = kept.filter((kept >= since) & (kept < index))
        start = index
        for column in located.layout.columns:
            at = located.columns.get(column.name)
            if at is None or column.kind not in (Kind.COUNT, Kind.NUMBER) or column.unit == "%":
                continue
            given = _number(body[at].at(index), column, located)
            if given is None:
                continue
            low, high = _sum(body[at].chosen(above), column, located)
            slack = 1e-6 * max(1.0, abs(given))
            if not low - slack <= given <= high + slack:
                bounds = {"low": f"{low:,.10g}", "high": f"{high:,.10g}"}
                said.say("row-total-differs", index + located.header + 1, at, value=f"{given:,.10g}", **bounds)


def _number(cell: Any, column: ColumnSpec, located: Located) -> float | None:
    try:
        return None if cell is None else read.number(cell, column.unit, located.units.get(column.name)).value
    except read.Unreadable:
        return None


def _sum(cells: Cells, column: ColumnSpec, located: Located) -> tuple[float, float]:
    stored = read_column(cells, column, Around(), _sheet(located, column), required=False).stored
    return tuple(float(stored[f"{column.name}__{end}"].sum()) for end in ("low", "high"))  # type: ignore[return-value]


# --- privacy


def _look_for_persons_above(located: Located, said: Findings) -> None:
    """The cells above the header and the header itself."""
    for index, row in enumerate(located.grid.rows[: located.header + 1]):
        for at, cell in enumerate(row):
            _look(cell, index, at, said)


def _look_for_persons(cells: Cells, below: int, at: int, said: Findings) -> None:
    """Every cell of a column, used or not: an ID number is refused, a mobile number too, both masked."""
    long = cells.text.str.contains(MAY_NAME_A_PERSON).fill_null(False).arg_true().to_list()
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
