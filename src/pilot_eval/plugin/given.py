"""Makes a base type of figures that are given directly: one table with a row per pilot, a measure for each column."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from pilot_eval.method.given import KEY, TABLE, GivenColumn, GivenType
from pilot_eval.plugin.base_type import API, BaseType, MeasureSpec
from pilot_eval.plugin.compiling import Compiled, Measure, compile_type
from pilot_eval.plugin.tables import ColumnSpec, Kind, Record, TableSpec
from pilot_eval.text import Words

_COMMON = BaseType("common", zh="共性", api=API)
_LABEL = Words(zh="指标数据", en="Figures")
_DOC = Words(zh="数据表中该列的数", en="The figure in this column of the table")


@cache
def given_type(given: GivenType) -> Compiled:
    """Return the base type: the tables and measures that all have, and its own table with a measure for each column."""
    shared = compile_type(_COMMON)
    record: type[Record] = type("Figures", (Record,), {"__doc__": "The figures of one pilot, each in its column."})
    record.columns_ = MappingProxyType({each.name: each for each in _columns(given)})
    names = tuple(each for each in (given.base_type, given.label.zh, given.label.en) if each)
    table = TableSpec(TABLE, _LABEL, record, record.__doc__ or "", names, keyed=True)
    handle = record._handle()
    own = {
        each.id: Measure(_spec(each), handle.__dict__[each.id].max(), TABLE, as_given=True) for each in given.columns
    }
    return replace(
        shared,
        id=given.base_type,
        label=given.label,
        tables={**shared.tables, TABLE: table},
        measures={**shared.measures, **own},
    )


def _columns(given: GivenType) -> Iterator[ColumnSpec]:
    first, *others = given.key_words
    key = Words(zh=first, en=first if given.key else "Unit")
    yield ColumnSpec(KEY, Kind.TEXT, key, aliases=tuple(others))
    for each in given.columns:
        label = Words(zh=each.label.zh, en=each.label.en or each.label.zh)
        made = ColumnSpec(each.id, Kind.NUMBER, label, unit=each.unit, optional=True, aliases=each.aliases)
        yield replace(made, exact=each.exact)


def _spec(column: GivenColumn) -> MeasureSpec:
    return MeasureSpec(column.id, column.label, column.unit, _DOC, given_type)
