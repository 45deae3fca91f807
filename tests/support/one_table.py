"""One table, read and validated by itself: what is said of it, in a few milliseconds."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pilot_eval.errors import Finding
from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.text import read_csv
from pilot_eval.evidence.tables.layout import Layout, layout_of
from pilot_eval.evidence.tables.locate import locate, stacked
from pilot_eval.evidence.tables.validate import validate
from pilot_eval.plugin import BaseType
from pilot_eval.plugin.compiling import compile_type
from tests.support import writers as w
from tests.support.periods_lab import yard

YEAR = ReadingContext(period=(17532.0, 17896.0))
"""2018, as days since 1970."""


@cache
def layouts_of(base_type: BaseType) -> dict[str, Layout]:
    return {table.id: layout_of(table, {}) for table in compile_type(base_type).tables.values()}


def validated(
    rows: Sequence[Sequence[Any]], table: str = "ledger", base_type: BaseType = yard, around: ReadingContext = YEAR
) -> list[Finding]:
    """Return what is said of a table whose rows begin with its header."""
    return list(_findings(rows, table, base_type, around))


def _findings(
    rows: Sequence[Sequence[Any]], table: str, base_type: BaseType, around: ReadingContext
) -> Iterator[Finding]:
    layouts = layouts_of(base_type)
    for part in stacked(read_csv(w.as_csv(rows).decode("utf-8-sig"), "表.csv", Limits()), [*layouts.values()]):
        located, said = locate(part, [*layouts.values()], layouts[table])
        yield from said
        if located is not None:
            yield from validate(located, around)[1]
