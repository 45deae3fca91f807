"""Generates rows for tables from their declarations: valid, approximate and extreme ones, and hostile cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from math import ceil, floor, prod
from random import Random
from typing import Any

from pilot_eval.evidence.cells.periods import periods_within
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import EPOCH
from pilot_eval.plugin.tables import ColumnSpec, Kind
from pilot_eval.text import Lang

PERIOD = ("2018-01-01", "2018-12-31")
"""The round's period; every generated date is in it."""

_FIRST, _LAST = map(date.fromisoformat, PERIOD)
_DAYS = (_LAST - _FIRST).days + 1
_STRETCHES = _DAYS // 3
_AMPLE = 1_000
"""The range of numbers above the minimum of a column that has no maximum."""

FARTHEST = 1e15
"""The largest amount that a method can name."""

ODD_TEXT = (
    "=1+1", "<script>alert(1)</script>", "</table>{{7*7}}", "\u202eabc", "零宽\u200b空格", "😀🏳️‍🌈", "𠮷野家", "e\u0301",
    '"引号",逗号\n换行', "NULL", "nan", "１２３", "'; DROP TABLE", "长" * 2_000, "\ufeff", "%s {x}", "0",
)  # fmt: skip
"""Unusual text that a cell may contain and that must not break anything."""

JUNK: tuple[Any, ...] = (*ODD_TEXT, "1e999", -5, 1e300, 10**40, True, "2018-02-30", "数10亿", "####")
"""Contents of cells that most columns can't read."""


@dataclass(frozen=True)
class Made:
    """A cell as an organisation would write it, and the value that should be read from it."""

    written: Any
    read: str | float | bool


Row = dict[str, Made]
Rows = list[Row]


def written(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows as they are written."""
    return [{name: cell.written for name, cell in row.items()} for row in rows]


class Maker:
    """Generates valid rows; the same seed gives the same rows."""

    def __init__(self, layouts: Sequence[Layout], lang: Lang = "zh", seed: int = 1) -> None:
        self.layouts, self.lang = _in_reference_order(layouts), lang
        self.random = Random(seed)  # noqa: S311

    def tables(self, count: int) -> dict[str, Rows]:
        """Generate `count` rows for each table; fewer if unique columns allow no more."""
        made: dict[str, Rows] = {}
        for layout in self.layouts:
            unique = [column for column in layout.columns if column.name in layout.unique]
            most = prod(_size(column) for column in unique) if unique else count
            made[layout.id] = [self._row(layout, unique, at, made) for at in range(int(min(count, most)))]
        return made

    def _row(self, layout: Layout, unique: Sequence[ColumnSpec], at: int, made: Mapping[str, Rows]) -> Row:
        row: Row = {}
        rest = at
        for column in unique:  # the digits of the row's number, one per column, give each combination once
            row[column.name] = self._nth(column, int(rest % _size(column)))
            rest = int(rest // _size(column))
        for column in layout.columns:
            table, _, name = (column.refers or "").partition(".")
            if made.get(table):
                row[column.name] = made[table][at % len(made[table])][name]
            elif column.name not in row:
                row[column.name] = self._any(column, at)
        return row

    def _any(self, column: ColumnSpec, at: int) -> Made:
        """Return a value for row `at`; the first rows have every choice and both yes and no."""
        few = {Kind.CHOICE: len(column.choices), Kind.FLAG: 2}.get(column.kind, 0)
        if column.kind in (Kind.TEXT, Kind.FILE, Kind.PERIOD) or at < few:
            return self._nth(column, at)
        if column.kind is Kind.NUMBER:
            low, high = limits(column)
            number = min(max(round(self.random.uniform(low, high), 2), low), high)
            return Made(number, number)
        return self._nth(column, self.random.randrange(int(_size(column))))

    def _nth(self, column: ColumnSpec, at: int) -> Made:
        """Return value number `at` of a column: a different one for each number below its size."""
        match column.kind:
            case Kind.TEXT:
                text = f"{column.label.in_(self.lang)} {at + 1}"
                return Made(text, text)
            case Kind.FILE:
                path = f"attachments/{column.name}-{at % 3 + 1}.txt"
                return Made(path, path)
            case Kind.CHOICE:
                id_, label = list(column.choices.items())[at % len(column.choices)]
                return Made(label.in_(self.lang), id_)
            case Kind.FLAG:
                words = ("是", "否") if self.lang == "zh" else ("yes", "no")
                return Made(words[at % 2], at % 2 == 0)
            case Kind.DATE:
                day = _FIRST + timedelta(at % _DAYS)
                return Made(day, float((day - EPOCH).days))
            case Kind.PERIOD:
                return self._period(column, at)
        number = limits(column)[0] + at
        return Made(number, number)

    def _period(self, column: ColumnSpec, at: int) -> Made:
        """Return one of the periods that the column takes; without `each`, three days that no other number has."""
        if column.each is None:
            first = _FIRST + timedelta(at % _STRETCHES * 3)
            text = f"{first.isoformat()} {'至' if self.lang == 'zh' else 'to'} {(first + timedelta(2)).isoformat()}"
        else:
            periods = list(periods_within((_FIRST, _LAST), column.each))
            first = _FIRST.replace(month=1 + 12 // len(periods) * (at % len(periods)))
            text = periods[at % len(periods)].in_(self.lang)
        return Made(text, float((first - EPOCH).days))


def limits(column: ColumnSpec) -> tuple[float, float]:
    """Return the smallest and the largest number generated for a column: whole numbers for a count."""
    low = column.minimum if column.minimum is not None else 0.0
    if column.maximum is not None and column.minimum is None:
        low = min(0.0, column.maximum - _AMPLE)
    high = column.maximum if column.maximum is not None else low + _AMPLE
    return (ceil(low), floor(high)) if column.kind is Kind.COUNT else (low, high)


def _size(column: ColumnSpec) -> float:
    """Return how many different values a column can have."""
    low, high = limits(column)
    periods = _STRETCHES if column.each is None else sum(1 for _ in periods_within((_FIRST, _LAST), column.each))
    sizes = {Kind.CHOICE: len(column.choices), Kind.FLAG: 2, Kind.DATE: _DAYS, Kind.PERIOD: periods,
             Kind.COUNT: high - low + 1, Kind.FILE: 3}  # fmt: skip
    return max(1, sizes.get(column.kind, 1e9))


def _in_reference_order(layouts: Sequence[Layout]) -> list[Layout]:
    """Sort the tables so that each comes after those its columns refer to."""
    by_id = {layout.id: layout for layout in layouts}
    graph = {
        layout.id: {(column.refers or "").partition(".")[0] for column in layout.columns} & set(by_id) - {layout.id}
        for layout in layouts
    }
    try:
        return [by_id[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError:
        return list(layouts)


def approximate(column: ColumnSpec, at: int) -> str | None:
    """Return an approximate value for row `at`; None if the column accepts none."""
    if column.exact:
        return None
    if column.kind is Kind.DATE:
        return f"2018年{at % 12 + 1}月"
    if column.kind not in (Kind.NUMBER, Kind.COUNT):
        return None
    low, high = limits(column)
    if high < 1_000 or low > 100:
        return f"约{floor((low + high) / 2)}"
    return ("约{}", "{}多", "近{}", "{}以上", "{}")[at % 5].format((at % 9 + 1) * 100)


def extreme(column: ColumnSpec, at: int) -> float | None:
    """Return a number at the edge of what the column accepts, for row `at`; None for other kinds."""
    if column.kind not in (Kind.NUMBER, Kind.COUNT):
        return None
    low = column.minimum if column.minimum is not None else -FARTHEST
    high = column.maximum if column.maximum is not None else FARTHEST
    edges = [high, low, *(each for each in (0.0, 1.0, 1e-9) if low <= each <= high)]
    if column.kind is Kind.COUNT:
        edges = [float(round(each)) for each in edges]
    return edges[at % len(edges)]
