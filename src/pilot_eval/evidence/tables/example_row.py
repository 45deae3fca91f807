"""Writes and recognises the example row of a blank form, which isn't read as a record."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pilot_eval.evidence.cells.cell import cell_text
from pilot_eval.evidence.cells.periods import periods_within
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.evidence.tables.row_roles import Role
from pilot_eval.plugin.tables import ColumnSpec, Kind
from pilot_eval.text import Lang, Words

EXAMPLE_ROW = "示例行"
EXAMPLE_NOTE = Words(
    zh=f"{EXAMPLE_ROW}，不会被读取；从下一行填起", en=f"{EXAMPLE_ROW} (example): it is not read; start below"
)
"""The note that the template writes in its example row."""

MAY_BE_EXAMPLE = rf"^\s*{EXAMPLE_ROW}(?:$|[^\p{{L}}\p{{N}}])"


def example_cell(column: ColumnSpec, first: date, lang: Lang) -> str | float | date | None:
    """Return the cell of the template's example row in a column; `first` is the period's first day."""
    match column.kind:
        case _ if column.name == "note":
            return EXAMPLE_NOTE.in_(lang)
        case _ if column.optional:
            return None
        case Kind.DATE:
            return first
        case Kind.PERIOD:
            return next(periods_within((first, first), column.each)).in_(lang)
        case Kind.COUNT | Kind.NUMBER:
            return min(12, column.maximum or 12)
        case Kind.FLAG:
            return _YES.in_(lang)
        case Kind.FILE:
            return "attachments/…"
        case _:
            return next(iter(column.choices.values()), Words(zh="示例", en="example")).in_(lang)


_YES = Words(zh="是", en="yes")


def example_role(row: Sequence[Any], located: Located, first: date) -> Role | None:
    """Return the role of a row with the example's note: a record may have been typed over the template's example."""
    columns = {column.name: column for column in located.layout.columns}
    own = {name: at for name, at in located.columns.items() if not columns[name].optional}
    for lang in ("zh", "en"):
        if row[located.columns["note"]] == EXAMPLE_NOTE.in_(lang):
            same = [_same(row[at], example_cell(columns[name], first, lang)) for name, at in own.items()]
            return Role.EXAMPLE if all(same) else Role.UNCLEAR if any(same) else None
    return Role.UNCLEAR


def _same(cell: Any, sample: object) -> bool:
    return cell_text(cell) == cell_text(sample)
