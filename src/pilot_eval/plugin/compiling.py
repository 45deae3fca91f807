"""Compiles a base type: calls the author's functions and collects what is wrong with them."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, get_type_hints

from pilot_eval.errors import Finding, Place, PluginError, did_you_mean, finding
from pilot_eval.extensions import line_of
from pilot_eval.guard import quoted_error
from pilot_eval.plugin.base_type import KINDS, BaseType, CheckSpec, Measures, MeasureSpec
from pilot_eval.plugin.columns import Flag, Orders
from pilot_eval.plugin.common import common
from pilot_eval.plugin.figures import Claim, Figure
from pilot_eval.plugin.tables import TableSpec, shared
from pilot_eval.text import Words
from pilot_eval.units import UNITS, Units


@dataclass(frozen=True)
class Measure:
    """A measure that can be computed: a figure over one table, or over other measures.

    as_given: it is what a cell says, which no engine computes and nothing rounds.
    """

    spec: MeasureSpec
    figure: Figure
    table: str | None
    as_given: bool = False


@dataclass(frozen=True)
class Check:
    """A check that can be run: a condition that each row of a table must meet, or a claim on measures."""

    spec: CheckSpec
    table: str | None
    condition: Flag | Claim


@dataclass(frozen=True)
class Compiled:
    """The tables and measures of a base type, ready to be computed; measures are in order of dependency."""

    id: str
    label: Words
    tables: dict[str, TableSpec]
    measures: dict[str, Measure]
    checks: dict[str, Check]
    common_measures: frozenset[str] = field(default_factory=frozenset)
    orders: dict[str, Orders] = field(default_factory=dict)
    """By table, the columns that are parts of others: a row in which a check finds them larger is never used."""
    units: Units = UNITS

    def tables_of(self, measure: str) -> tuple[str, ...]:
        """Return the tables that a measure is computed from, directly or through other measures."""
        made = self.measures[measure]
        if made.table is not None:
            return (made.table,)
        return tuple(sorted({table for used in made.figure.uses for table in self.tables_of(used)}))


@cache
def compile_type(base_type: BaseType) -> Compiled:
    """Compile all tables, measures and checks of a base type, common ones included, to expressions; cached.

    Raises PluginError with every error found in the declarations and measures.
    """
    clashes = [
        finding("plugin-common-name", own[name].place, what=KINDS[what], name=name, base_type=base_type.id)
        for what in ("table", "measure", "check")
        for own in [getattr(base_type, f"{what}s")]
        for name in sorted(set(own) & set(getattr(common, f"{what}s")))
    ]
    if clashes:  # anything built from them would be wrong
        raise PluginError(clashes)
    findings: list[Finding] = []
    wrong_checks: list[Finding] = []
    tables = {**common.tables, **base_type.tables}
    specs = {**common.measures, **base_type.measures}
    names = frozenset(specs)
    made: dict[str, Measure] = {}
    checks: dict[str, Check] = {}
    for check in {**common.checks, **base_type.checks}.values():
        with _attributed_to(check, wrong_checks):
            condition, table = _call(check, tables, base_type, names, {})
            if not isinstance(condition, Flag if table else Claim):
                raise PluginError.of("plugin-check-return", check=check.id, given=type(condition).__name__)
            checks[check.id] = Check(check, table, condition)
    orders = _orders(checks.values())
    for spec in specs.values():
        with _attributed_to(spec, findings):
            figure, table = _call(spec, tables, base_type, names, orders)
            if not isinstance(figure, Figure):
                raise PluginError.of("plugin-measure-return", measure=spec.id, given=type(figure).__name__)
            made[spec.id] = Measure(spec, figure, table)
    findings += [*wrong_checks, *_references(tables)]
    findings += [*_plain_columns(base_type), *_same_sheets(tables)] if base_type.api >= 2 else []
    if findings:
        raise PluginError(findings)
    named = frozenset(common.measures)
    return Compiled(base_type.id, base_type.label, tables, _ordered(made), checks, named, orders, base_type.units)


def _orders(checks: Iterable[Check]) -> dict[str, Orders]:
    """Return the orders of columns that every row keeps, by table."""
    orders: dict[str, Orders] = {}
    for each in checks:
        if not (each.table and isinstance(each.condition, Flag)):
            continue
        if each.condition.keep is None and not each.spec.warning:
            orders[each.table] = orders.get(each.table, frozenset()) | each.condition.ordered
    return orders


@contextmanager
def _attributed_to(spec: MeasureSpec | CheckSpec, findings: list[Finding]) -> Iterator[None]:
    """Collect what goes wrong inside as findings at the failing line of the author's function, else at its first."""
    try:
        yield
    except PluginError as error:
        findings.extend(each.model_copy(update={"place": _failing(spec, error)}) for each in error.findings)
    except Exception as error:  # the author's code: whatever it raises is reported as its error
        code = "plugin-arguments" if _is_call(error) else "plugin-measure-failed"
        findings.append(finding(code, _failing(spec, error), what=spec.said, cause=quoted_error(error)))


def _is_call(error: Exception) -> bool:
    """Return whether Python refused a call for its arguments, before the function that was called began."""
    return isinstance(error, TypeError) and re.search(r"\w\(\) .*\bargument", str(error)) is not None


def _failing(spec: MeasureSpec | CheckSpec, error: Exception) -> Place:
    place = line_of(error, spec.function)
    return place if place.line else spec.place


def _call(
    spec: MeasureSpec | CheckSpec,
    tables: dict[str, TableSpec],
    base_type: BaseType,
    names: frozenset[str],
    orders: Mapping[str, Orders],
) -> tuple[Any, str | None]:
    """Call an author's function with the table, or the measures, that its parameter's annotation names.

    Returns its result, and the table's id.
    """
    records = {table.record.__name__: table for table in tables.values()}
    hints = get_type_hints(spec.function, localns={name: table.record for name, table in records.items()})
    parameters = list(inspect.signature(spec.function).parameters)
    if len(parameters) != 1:
        raise PluginError.of("plugin-measure-parameters", what=spec.said, count=len(parameters))
    [parameter] = parameters
    own = [table.record.__name__ for table in base_type.tables.values()]
    if parameter not in hints:
        example = own[0] if own else Measures.__name__
        raise PluginError.of("plugin-measure-annotation", what=spec.said, parameter=parameter, example=example)
    wanted = hints[parameter]
    if wanted is Measures:
        return spec.function(Measures(names, spec.said)), None
    table = next((each for each in tables.values() if each.record is wanted), None)
    if table is None:
        given = getattr(wanted, "__name__", str(wanted))
        suggestion = _parameter_suggestion(given, own, records)
        raise PluginError.of(
            "plugin-measure-table", what=spec.said, parameter=parameter, given=given, suggestion=suggestion
        )
    return spec.function(table.record._handle(orders=orders.get(table.id, frozenset()))), table.id


def _parameter_suggestion(given: str, own: Iterable[str], records: Iterable[str]) -> Words:
    """Suggest the closest record, else list those of the base type itself, which the common ones would crowd out."""
    known = [*records, Measures.__name__]
    return did_you_mean(given, known if get_close_matches(given, known, 1) else [*own, Measures.__name__])


def _plain_columns(base_type: BaseType) -> list[Finding]:
    """Report columns annotated with a plain type (`bool` for `Flag`), which only api 1 accepts."""
    return [
        finding("plugin-plain-annotation", each.place, table=table.id, column=each.name, kind=each.kind.capitalize())
        for table in base_type.tables.values()
        for each in table.columns
        if each.plain
    ]


def _same_sheets(tables: dict[str, TableSpec]) -> list[Finding]:
    """Report tables that share a file or sheet name; api 1 accepts them, to be submitted under their ids."""
    return [
        finding("plugin-same-sheet", tables[other].place, word=word, one=one, other=other)
        for word, one, other in shared({table.id: table.words for table in tables.values()})
    ]


def _references(tables: dict[str, TableSpec]) -> list[Finding]:
    """Report columns that refer to a missing table or column."""
    known = {f"{table.id}.{column.name}" for table in tables.values() for column in table.columns}
    return [
        finding(
            "plugin-unknown-reference",
            column.place,
            table=table.id,
            column=column.name,
            refers=column.refers,
            suggestion=did_you_mean(column.refers, known),
        )
        for table in tables.values()
        for column in table.columns
        if column.refers is not None and column.refers not in known
    ]


def _ordered(made: dict[str, Measure]) -> dict[str, Measure]:
    """Sort measures so that each comes after those it uses. Raises PluginError for a cycle."""
    done: dict[str, Measure] = {}
    waiting = dict(made)
    while waiting:
        ready = [name for name, each in waiting.items() if each.figure.uses <= set(done)]
        if not ready:
            circle = _cycle(waiting)
            raise PluginError.of("plugin-measure-circle", waiting[circle[0]].spec.place, measures=" → ".join(circle))
        for name in ready:
            done[name] = waiting.pop(name)
    return done


def _cycle(waiting: dict[str, Measure]) -> list[str]:
    """Return a cycle: measures that each use the next, back to the first; each of `waiting` uses another of them."""
    path = [min(waiting)]
    while True:
        following = min(waiting[path[-1]].figure.uses & set(waiting))
        if following in path:
            return [*path[path.index(following) :], following]
        path.append(following)
