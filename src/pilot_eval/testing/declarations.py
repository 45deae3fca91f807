"""What a base type declares, checked without computing anything: each function reports what to fix."""

import inspect
import re
from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from pilot_eval.errors import Place
from pilot_eval.evidence.tables.layout import column_names
from pilot_eval.method.fields import DeclaredId
from pilot_eval.plugin.base_type import BaseType
from pilot_eval.plugin.common import common
from pilot_eval.plugin.persons import about_persons
from pilot_eval.plugin.tables import NOT_IN_SHEETS, NUMBER_KINDS, SHEET, ColumnSpec, TableSpec
from pilot_eval.privacy.words import means_person
from pilot_eval.spelling import word_key
from pilot_eval.text import Words

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_IDENTIFIER: TypeAdapter[str] = TypeAdapter(DeclaredId)


def _own_columns(base: BaseType) -> Iterator[tuple[TableSpec, ColumnSpec]]:
    for table in base.tables.values():
        for column in table.record.columns_.values():
            yield table, column


def _at(place: Place) -> str:
    file = re.split(r"[/\\]", place.file or "?")
    return f"{'/'.join(file[-2:])}:{place.line}"


def names(base: BaseType) -> Iterator[str]:
    """Ids can be used in a method, and as names of files and sheets."""
    ids = [("base type", base.id, Place()), *(("table", each.id, each.place) for each in base.tables.values())]
    ids += [("measure", each.id, each.place) for each in base.measures.values()]
    for what, id_, place in ids:
        try:
            _IDENTIFIER.validate_python(id_)
        except ValidationError:
            yield f"{_at(place)}: the {what} “{id_}” is not a valid id: use a-z, 0-9 and _, at most 60 characters"
    for table in base.tables.values():
        for label in {table.label.zh, table.label.en}:
            if len(label) > SHEET or NOT_IN_SHEETS.search(label):
                yield f"{_at(table.place)}: “{label}” is no valid sheet name: at most {SHEET} characters, no []:*?/\\"


def docstrings(base: BaseType) -> Iterator[str]:
    """Each table and each measure has a docstring: reports show it as the definition."""
    for table in base.tables.values():
        if not inspect.cleandoc(vars(table.record).get("__doc__") or ""):
            yield f"{_at(table.place)}: class {table.record.__name__} has no docstring: say what one row is"
    for measure in base.measures.values():
        if not inspect.cleandoc(measure.function.__doc__ or ""):
            yield f"{_at(measure.place)}: {measure.id}() has no docstring: give its formula in words"


def labels_in_both(base: BaseType) -> Iterator[str]:
    """Labels are in both languages wherever a report, a form or a message shows them.

    A base type, a table, a column or a choice without `en` shows its id, which then must not be Chinese.
    """
    shown: list[tuple[str, Place, Words]] = [("base type", Place(), base.label)]
    shown += [(f"table {each.id}", each.place, each.label) for each in base.tables.values()]
    for table, column in _own_columns(base):
        shown.append((f"column {table.id}.{column.name}", column.place, column.label))
        for id_, word in column.choices.items():
            shown.append((f"choice {id_} of {table.id}.{column.name}", column.place, word))
    shown += [(f"check {each.id}", each.place, each.message) for each in base.checks.values()]
    for what, place, label in shown:
        if not label.zh or not label.en or _CHINESE.search(label.en):
            yield f'{_at(place)}: the {what} “{label.zh}” has no English name: give en="…"'
    for measure in base.measures.values():
        what = f"{_at(measure.place)}: the measure {measure.id}"
        if _CHINESE.search(measure.label.en):
            yield f'{what} has no English name: give en="…", or an English docstring'
        if not _CHINESE.search(measure.label.zh) and any(sign.islower() for sign in measure.label.zh):
            yield f'{what} has no Chinese name: give zh="…"'


def units(base: BaseType) -> Iterator[str]:
    """Each column of numbers has a unit, which its header shows."""
    for table, column in _own_columns(base):
        if column.kind in NUMBER_KINDS and column.unit is None:
            yield f'{_at(column.place)}: the number column {table.id}.{column.name} has no unit: give unit="…"'


def headers(base: BaseType) -> Iterator[str]:
    """Each header means one column, and each name of a sheet one table."""
    for table in base.tables.values():
        found = {column.name: column_names(column) for column in table.columns}
        for one, other, word in _shared_words(found):
            yield f"{_at(table.place)}: in {table.id}, “{word}” names both {one} and {other}: rename one"
    tables = {each.id: each for each in (*common.tables.values(), *base.tables.values())}
    named = {id_: {word_key(word) for word in table.words} for id_, table in tables.items()}
    for one, other, word in _shared_words(named):
        place = base.tables[other].place if other in base.tables else Place()
        yield f"{_at(place)}: “{word}” names both tables {one} and {other}: rename one"


def _shared_words(words: Mapping[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    ids = list(words)
    for at, other in enumerate(ids):
        for one in ids[:at]:
            for word in sorted(words[one] & words[other]):
                yield one, other, word


def persons(base: BaseType) -> Iterator[str]:
    """No table, column or choice is about a person: organisations and programmes are assessed."""
    for table in base.tables.values():
        for each in about_persons(table):
            place = each.place if each.place.file else table.place
            yield f"{_at(place)}: {each.message.en} → {each.hint.en}"
    for table, column in _own_columns(base):
        word = means_person(*(word for id_, label in column.choices.items() for word in (id_, label.zh, label.en)))
        if word is not None:
            what = f"{table.id}.{column.name}"
            yield f"{_at(column.place)}: a choice of {what} is about a person (“{word}”): use totals instead"
