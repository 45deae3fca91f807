"""Compiles a base type: calls the author's functions and gathers what is wrong with them."""

import inspect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, get_type_hints

from pilot_eval.errors import Finding, Place, PluginError, did_you_mean, finding
from pilot_eval.extensions import line_of
from pilot_eval.plugin.base_type import KINDS, BaseType, CheckSpec, Measures, MeasureSpec
from pilot_eval.plugin.columns import Flag
from pilot_eval.plugin.common import common
from pilot_eval.plugin.figures import Claim, Figure
from pilot_eval.plugin.tables import TableSpec, shared
from pilot_eval.text import Words, quoted


@dataclass(frozen=True)
class Measure:
    """A measure that can be computed: a figure over one table, or over other measures."""

    spec: MeasureSpec
    figure: Figure
    table: str | None


@dataclass(frozen=True)
class Check:
    """A check that can be run: a condition that each row of a table keeps, or a claim on measures."""

    spec: CheckSpec
    table: str | None
    condition: Flag | Claim


@dataclass(frozen=True)
class Compiled:
    """The tables and measures of a base type, ready to be computed; derived measures after what they use."""

    id: str
    label: Words
    tables: dict[str, TableSpec]
    measures: dict[str, Measure]
    checks: dict[str, Check]
    common_measures: frozenset[str] = field(default_factory=frozenset)

    def tables_of(self, measure: str) -> tuple[str, ...]:
        """The tables that a measure is computed from, directly or through other measures."""
        made = self.measures[measure]
        if made.table is not None:
            return (made.table,)
        return tuple(sorted({table for used in made.figure.uses for table in self.tables_of(used)}))


@cache
def compile_type(base_type: BaseType) -> Compiled:
    """All tables, measures and checks of a base type, the common ones included, as expressions; made once.

    Raises PluginError with every fault found in the declarations and measures.
    """
    clashes = [
        finding("plugin-common-name", own[name].place, what=KINDS[what], name=name, base_type=base_type.id)
        for what in ("table", "measure", "check")
        for own in [getattr(base_type, f"{what}s")]
        for name in sorted(set(own) & set(getattr(common, f"{what}s")))
    ]
    if clashes:  # whatever is made of them would be wrong
        raise PluginError(clashes)
    findings: list[Finding] = []
    tables = {**common.tables, **base_type.tables}
    specs = {**common.measures, **base_type.measures}
    names = frozenset(specs)
    made: dict[str, Measure] = {}
    checks: dict[str, Check] = {}
    for spec in specs.values():
        with _blamed(spec, findings):
            figure, table = _call(spec, tables, base_type, names)
            if not isinstance(figure, Figure):
                raise PluginError.of("plugin-measure-return", measure=spec.id, given=type(figure).__name__)
            made[spec.id] = Measure(spec, figure, table)
    for check in {**common.checks, **base_type.checks}.values():
        with _blamed(check, findings):
            condition, table = _call(check, tables, base_type, names)
            if not isinstance(condition, Flag if table else Claim):
                raise PluginError.of("plugin-check-return", check=check.id, given=type(condition).__name__)
            checks[check.id] = Check(check, table, condition)
    findings += _references(tables)
    findings += [*_plain_columns(base_type), *_same_sheets(tables)] if base_type.api >= 2 else []
    if findings:
        raise PluginError(findings)
    return Compiled(base_type.id, base_type.label, tables, _ordered(made), checks, frozenset(common.measures))


@contextmanager
def _blamed(spec: MeasureSpec | CheckSpec, findings: list[Finding]) -> Iterator[None]:
    """Keep what goes wrong inside as findings at the line of the author's function that failed, else at its first."""
    try:
        yield
    except PluginError as error:
        findings.extend(each.model_copy(update={"place": _failing(spec, error)}) for each in error.findings)
    except Exception as error:  # somebody's code: whatever it raises is reported as its own
        cause = quoted(f"{type(error).__name__}: {error}")
        findings.append(finding("plugin-measure-failed", _failing(spec, error), what=spec.said, cause=cause))


def _failing(spec: MeasureSpec | CheckSpec, error: Exception) -> Place:
    place = line_of(error, spec.function)
    return place if place.line else spec.place


def _call(
    spec: MeasureSpec | CheckSpec, tables: dict[str, TableSpec], base_type: BaseType, names: frozenset[str]
) -> tuple[Any, str | None]:
    """Call an author's function on the table, or the measures, that its parameter asks for; what it gives."""
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
    return spec.function(table.record._handle()), table.id


def _parameter_suggestion(given: str, own: Iterable[str], records: Iterable[str]) -> Words:
    """The nearest record; without one, those of the base type itself, which the common ones would crowd out."""
    known = [*records, Measures.__name__]
    return did_you_mean(given, known if get_close_matches(given, known, 1) else [*own, Measures.__name__])


def _plain_columns(base_type: BaseType) -> list[Finding]:
    """Columns annotated with a plain type (`bool` for `Flag`), which only api 1 takes."""
    return [
        finding("plugin-plain-annotation", each.place, table=table.id, column=each.name, kind=each.kind.capitalize())
        for table in base_type.tables.values()
        for each in table.columns
        if each.plain
    ]


def _same_sheets(tables: dict[str, TableSpec]) -> list[Finding]:
    """Tables that a file or sheet of one name could be; api 1 leaves such a one to be sent under its id."""
    return [
        finding("plugin-same-sheet", tables[other].place, word=word, one=one, other=other)
        for word, one, other in shared({table.id: table.words for table in tables.values()})
    ]


def _references(tables: dict[str, TableSpec]) -> list[Finding]:
    """Columns that refer to a table or column that isn't there."""
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
    """Measures in an order in which each comes after those it uses. Raises PluginError for a circle."""
    done: dict[str, Measure] = {}
    waiting = dict(made)
    while waiting:
        ready = [name for name, each in waiting.items() if each.figure.uses <= set(done)]
        if not ready:
            circle = _circle(waiting)
            raise PluginError.of("plugin-measure-circle", waiting[circle[0]].spec.place, measures=" → ".join(circle))
        for name in ready:
            done[name] = waiting.pop(name)
    return done


def _circle(waiting: dict[str, Measure]) -> list[str]:
    """Measures of which each uses the next, from one back to itself; every one of `waiting` uses another of them."""
    path = [min(waiting)]
    while True:
        following = min(waiting[path[-1]].figure.uses & set(waiting))
        if following in path:
            return [*path[path.index(following) :], following]
        path.append(following)
