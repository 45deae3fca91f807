"""The boundary: a table whose record is a person can't be declared."""

from collections.abc import Iterable, Iterator

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.plugin.tables import NUMBER_KINDS, TableSpec
from pilot_eval.privacy.words import declares_person
from pilot_eval.text import Words


def about_persons(table: TableSpec) -> Iterator[Finding]:
    """Report a table, and each of its columns, whose names mean a person."""
    said = Words(zh=f"证据表 {table.id}", en=f"the table {table.id}")
    yield from _about(said, Place(), (table.record.__name__, *table.words), table.label.zh)
    for column in table.record.columns_.values():
        said = Words(zh=f"列 {table.id}.{column.name}", en=f"the column {table.id}.{column.name}")
        yield from _about(said, column.place, column.words, column.label.zh, total=column.kind in NUMBER_KINDS)


def _about(what: Words, place: Place, names: Iterable[str], label: str, *, total: bool = False) -> Iterator[Finding]:
    word = next((name for name in names if declares_person(name, total=total, label=label)), None)
    if word is not None:
        yield finding("plugin-person-table", place, what=what, name=word)
