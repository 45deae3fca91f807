"""Validates a located table: every cell read as its column says, everything wrong said."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, ClassVar

from pilot_eval.errors import Finding, Severity, did_you_mean, finding
from pilot_eval.evidence import cells as read
from pilot_eval.evidence.cells import Reading, Unreadable
from pilot_eval.evidence.grids import Grid
from pilot_eval.evidence.layouts import Located
from pilot_eval.evidence.privacy import masked, sightings
from pilot_eval.model import Qualifier
from pilot_eval.plugin.expressions import EPOCH, UNBOUNDED
from pilot_eval.plugin.tables import INTERVAL_KINDS, ColumnSpec, Kind
from pilot_eval.text import Text, both

SAME_KIND = 20
"""Findings of one code in one column that are listed; the rest are counted."""

EXAMPLE_ROW = "示例行"
"""A row whose note starts so is the template's example."""

_TOTALS = frozenset({"合计", "总计", "小计", "总数", "total", "totals", "subtotal", "sum"})
_REMARKS = ("注:", "备注:", "说明:", "填表说明", "note:", "注1", "填表人")


@dataclass
class Table:
    """The valid cells of one table, column by column; `rows` are the rows' numbers in the sheet."""

    rows: list[int] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)
    attachments: set[str] = field(default_factory=set)


def validate(located: Located, files: frozenset[str]) -> tuple[Table, list[Finding]]:
    """Read every cell of a table. `files` are the paths inside the submission that a cell may refer to."""
    grid, layout = located.grid, located.layout
    said = _Findings(grid)
    kept = _record_rows(located, said)
    table = Table(rows=[index + grid.first_row for index in kept])
    _look_for_persons(grid, said)
    for column in layout.columns:
        at = located.columns.get(column.name)
        if at is None:
            raw: list[Any] = [None] * len(kept)
        else:
            raw = [grid.rows[index][at] if at < len(grid.rows[index]) else None for index in kept]
        reader = _Column(column, at, kept, said, files, missing=at is None)
        table.columns.update(reader.read(raw))
        table.attachments |= reader.attachments
    return table, said.all()


class _Findings:
    """Findings of one grid, at most so many of one kind in one column."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._found: list[Finding] = []
        self._counts: Counter[tuple[str, int | None]] = Counter()

    def say(self, code: str, index: int | None, at: int | None, /, **params: object) -> None:
        self._counts[code, at] += 1
        if self._counts[code, at] <= SAME_KIND:
            self._found.append(finding(code, self._grid.place(index, at), **params))

    def all(self) -> list[Finding]:
        more = [
            finding("findings-more", self._grid.place(None, at), count=count - SAME_KIND)
            for (_, at), count in sorted(self._counts.items(), key=str)
            if count > SAME_KIND
        ]
        return self._found + more


def _record_rows(located: Located, said: _Findings) -> list[int]:
    """Indexes of the rows that hold records: not blank, not a total, not a remark, not the example."""
    grid, note = located.grid, located.columns.get("note")
    kept = []
    for index in range(located.header + 1, len(grid.rows)):
        row = grid.rows[index]
        filled = [(at, cell) for at, cell in enumerate(row) if cell is not None]
        if not filled:
            continue
        first = read.word_key(read.words(filled[0][1]))
        if first in _TOTALS:
            said.say("row-total", index, None)
        elif len(filled) == 1 and first.startswith(_REMARKS):
            said.say("row-remark", index, None)
        elif note is not None and note < len(row) and read.words(row[note] or "").startswith(EXAMPLE_ROW):
            said.say("rows-example", index, None)
        else:
            kept.append(index)
    return kept


def _look_for_persons(grid: Grid, said: _Findings) -> None:
    """Every cell of the sheet, used or not: an ID number is refused, a mobile number too, both masked."""
    for index, row in enumerate(grid.rows):
        for at, cell in enumerate(row):
            if isinstance(cell, str) and len(cell) >= 11:
                text = read.plain(cell)
            elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell >= 1e10 and cell < UNBOUNDED:
                text = str(int(cell))
            else:
                continue
            for each in sightings(text):
                said.say(each.code, index, at, value=masked(text[each.start : each.end]))


class _Column:
    """Reads the cells of one column."""

    def __init__(
        self,
        spec: ColumnSpec,
        at: int | None,
        kept: list[int],
        said: _Findings,
        files: frozenset[str],
        missing: bool,
    ) -> None:
        self.spec, self.at, self.kept, self.said, self.files = spec, at, kept, said, files
        self.required = not spec.optional and not missing  # a missing column is one finding, not one for each row
        self.attachments: set[str] = set()

    def read(self, raw: list[Any]) -> dict[str, list[Any]]:
        """The column's cells as the store keeps them; a cell that can't be read is said and left empty."""
        made = [self._cell(i, cell) for i, cell in enumerate(raw)]
        name = self.spec.name
        if self.spec.kind not in INTERVAL_KINDS:
            return {name: made}
        return {
            name: [None if each is None else each[0].value for each in made],
            f"{name}__low": [None if each is None else each[0].low for each in made],
            f"{name}__high": [None if each is None else each[0].high for each in made],
            f"{name}__said": [None if each is None else each[1] for each in made],
        }

    def _cell(self, i: int, cell: Any) -> Any:
        if cell is None:
            if self.required:
                self._say("cell-required", i, column=self.spec.label)
            return None
        try:
            return self._READ[self.spec.kind](self, i, cell)
        except Unreadable as fault:
            shown = masked(read.plain(read.words(cell)))[:60]
            self._say(fault.code, i, value=shown, column=self.spec.label, **fault.params)
            return None

    def _say(self, code: str, i: int, /, **params: object) -> None:
        self.said.say(code, self.kept[i], self.at, **params)

    def _quantity(self, i: int, cell: Any) -> tuple[Reading, str | None]:
        spec = self.spec
        reading = read.day(cell) if spec.kind is Kind.DATE else read.number(cell, spec.unit)
        if spec.kind is not Kind.DATE:
            self._check_number(reading)
        if reading.low == reading.high:
            return reading, None if reading.qualifier is Qualifier.EXACT else read.words(cell)
        if spec.exact:
            raise Unreadable("cell-exact")
        low, high = self._bound(reading.low), self._bound(reading.high)
        self._say("cell-approximate", i, value=read.words(cell), low=low, high=high)
        return reading, read.words(cell)

    def _check_number(self, reading: Reading) -> None:
        spec = self.spec
        if spec.kind is Kind.COUNT and not (reading.value >= 0 and reading.value.is_integer()):
            raise Unreadable("cell-whole")
        low = -UNBOUNDED if spec.minimum is None else spec.minimum
        high = UNBOUNDED if spec.maximum is None else spec.maximum
        if not low <= reading.value <= high:
            raise Unreadable("cell-range", low=self._bound(low), high=self._bound(high))

    def _bound(self, bound: float) -> Text:
        if abs(bound) >= UNBOUNDED:
            return Text(zh="不限", en="no limit")
        if self.spec.kind is Kind.DATE:
            return both((EPOCH + timedelta(days=bound)).isoformat())
        return both(f"{bound:,.10g}")

    def _flag(self, i: int, cell: Any) -> bool:
        return read.flag(cell)

    def _text(self, i: int, cell: Any) -> str:
        return masked(read.words(cell))

    def _choice(self, i: int, cell: Any) -> str:
        word = read.word_key(read.words(cell))
        for id_, label in self.spec.choices.items():
            if word in (read.word_key(id_), read.word_key(label.zh), read.word_key(label.en)):
                return id_
        suggestion = did_you_mean(read.words(cell), [label.zh for label in self.spec.choices.values()])
        raise Unreadable("cell-choice", suggestion=suggestion)

    def _file(self, i: int, cell: Any) -> str:
        path = PurePosixPath(read.words(cell).replace("\\", "/"))
        known = next((each for each in (str(path), f"attachments/{path}") if each in self.files), None)
        if known is None:
            raise Unreadable("cell-attachment")
        self.attachments.add(known)
        return known

    _READ: ClassVar = {
        Kind.NUMBER: _quantity,
        Kind.COUNT: _quantity,
        Kind.DATE: _quantity,
        Kind.FLAG: _flag,
        Kind.TEXT: _text,
        Kind.CHOICE: _choice,
        Kind.FILE: _file,
    }


def has_errors(findings: list[Finding]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)
