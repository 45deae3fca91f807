"""Base types: what a plugin declares, and how its measures are made into expressions when it loads."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, get_type_hints

import narwhals.stable.v2 as nw

from pilot_eval.errors import Finding, Place, PluginError, Severity, did_you_mean, finding
from pilot_eval.plugin.expressions import Claim, Figure, Flag, Trio
from pilot_eval.plugin.persons import refuse_persons
from pilot_eval.plugin.tables import Record, TableSpec, table_id
from pilot_eval.text import Text
from pilot_eval.units import UNITS

API = 2
"""The version of this interface; a plugin states the one it was written for."""

_WHAT = {
    "table": Text(zh="表", en="table"),
    "measure": Text(zh="测算值", en="measure"),
    "check": Text(zh="检查", en="check"),
}

R = TypeVar("R", bound=type[Record])
M = TypeVar("M", bound=Callable[[Any], Any])


class Measures:
    """Inside a measure, the other measures of the same base type: `m.tenants_served / m.tenants`."""

    def __init__(self, names: frozenset[str], asking: str) -> None:
        self.__dict__["_names"], self.__dict__["_asking"] = names, asking

    def __getattr__(self, name: str) -> Figure:
        if name.startswith("__"):
            raise AttributeError(name)
        names, asking = self.__dict__["_names"], self.__dict__["_asking"]
        if name not in names:
            suggestion = did_you_mean(name, names)
            raise PluginError.of("plugin-unknown-measure", measure=asking, name=name, suggestion=suggestion)
        trio = Trio(nw.col(name), nw.col(f"{name}__low"), nw.col(f"{name}__high"))
        return Figure(trio, uses=frozenset({name}))


@dataclass(frozen=True)
class MeasureSpec:
    """A declared measure, before its expression is made."""

    id: str
    label: Text
    unit: str
    doc: str
    function: Callable[[Any], Any]

    @property
    def place(self) -> Place:
        code = self.function.__code__
        return Place(file=code.co_filename, line=code.co_firstlineno)


@dataclass(frozen=True)
class Measure:
    """A measure that can be computed: a figure over one table, or over other measures."""

    spec: MeasureSpec
    figure: Figure
    table: str | None


@dataclass(frozen=True)
class CheckSpec:
    """A declared check: what it says where it fails, and the function that makes it."""

    id: str
    message: Text
    severity: Severity
    function: Callable[[Any], Any]

    @property
    def place(self) -> Place:
        code = self.function.__code__
        return Place(file=code.co_filename, line=code.co_firstlineno)


@dataclass(frozen=True)
class Check:
    """A check that can be run: a condition that each row of a table keeps, or a claim on measures."""

    spec: CheckSpec
    table: str | None
    condition: Flag | Claim


class Toolkit:
    """A set of tables, measures and checks."""

    def __init__(self, id: str, *, zh: str, en: str = "") -> None:
        self.id = id
        self.label = Text(zh=zh, en=en or id)
        self.tables: dict[str, TableSpec] = {}
        self.measures: dict[str, MeasureSpec] = {}
        self.checks: dict[str, CheckSpec] = {}

    def table(
        self,
        *,
        zh: str,
        en: str = "",
        name: str | None = None,
        unique: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
    ) -> Callable[[R], R]:
        """Declare a record class as a table.

        zh, en: what the table is called, also its sheet's name. name: its id and file name (default: the class's
        name in the plural, `ChannelMonth` to `channel_months`). unique: columns that no two rows may share.
        aliases: further sheet and file names.
        Raises PluginError for a duplicate id and for a table whose record is a person.
        """

        def declare(record: R) -> R:
            id_ = name or table_id(record.__name__)
            if id_ in self.tables:
                raise PluginError.of("plugin-duplicate", what=_WHAT["table"], name=id_, base_type=self.id)
            label = Text(zh=zh, en=en or id_.replace("_", " ").capitalize())
            for column in unique:
                if column not in record.columns_:
                    suggestion = did_you_mean(column, record.columns_)
                    raise PluginError.of("plugin-unknown-column", table=id_, column=column, suggestion=suggestion)
            spec = TableSpec(id_, label, record, inspect.getdoc(record) or "", aliases, unique)
            refuse_persons(spec)
            self.tables[id_] = spec
            return record

        return declare

    def measure(self, *, unit: str, zh: str = "", en: str = "") -> Callable[[M], M]:
        """Declare a function as a measure; its docstring says what the figure is.

        The function takes one table (`s: Suggestion`) or the other measures (`m: Measures`) and gives a `Figure`.
        unit: one of the units that pilot-eval knows. zh, en: what it is called; the docstring's first line otherwise.
        Raises PluginError for an id that can't be used and an unknown unit.
        """
        if unit not in UNITS:
            raise PluginError.of("plugin-unknown-unit", name=self.id, unit=unit, suggestion=did_you_mean(unit, UNITS))

        def declare(function: M) -> M:
            id_ = function.__name__
            if id_ in self.measures:
                raise PluginError.of("plugin-duplicate", what=_WHAT["measure"], name=id_, base_type=self.id)
            if id_ == "pilot" or id_.startswith("_") or "__" in id_:  # such names are columns of the pipeline
                raise PluginError.of("plugin-measure-name", name=id_)
            doc = inspect.getdoc(function) or ""
            label = Text(zh=zh or doc.split("\n")[0] or id_, en=en or doc.split("\n")[0] or id_)
            self.measures[id_] = MeasureSpec(id_, label, unit, doc, function)
            return function

        return declare

    def check(self, *, zh: str, en: str = "", warning: bool = False) -> Callable[[M], M]:
        """Declare what evidence must keep; where that is surely broken, `zh` or `en` is said.

        The function takes one table and gives a condition that every row keeps (`b.served <= b.tenants`), or takes
        the measures and gives a comparison of figures (`m.served <= m.members`). warning: say it, but go on.
        Raises PluginError for a duplicate id.
        """

        def declare(function: M) -> M:
            id_ = function.__name__
            if id_ in self.checks:
                raise PluginError.of("plugin-duplicate", what=_WHAT["check"], name=id_, base_type=self.id)
            severity = Severity.WARNING if warning else Severity.ERROR
            self.checks[id_] = CheckSpec(id_, Text(zh=zh, en=en), severity, function)
            return function

        return declare


class BaseType(Toolkit):
    """A kind of pilot, with the tables its organisations submit and the measures computed from them.

    id: the name that `pilots.yaml` and the method use. zh, en: what it is called in each language. api: the version of
    this interface the plugin was written for; 1, of before versions were stated, where it isn't given.

    The common tables and measures belong to every base type.
    """

    def __init__(self, id: str, *, zh: str, en: str = "", api: int = 1) -> None:
        super().__init__(id, zh=zh, en=en)
        self.api = api

    @cached_property
    def compiled(self) -> "Compiled":
        """All tables and measures, the common ones included, as expressions.

        Raises PluginError with every fault found in the declarations and measures.
        """
        from pilot_eval.plugin.common import common  # the common toolkit is itself declared with this module

        return _compile(self, common)


@dataclass(frozen=True)
class Compiled:
    """The tables and measures of a base type, ready to be computed; derived measures after what they use."""

    id: str
    label: Text
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


def _compile(base_type: BaseType, common: Toolkit) -> Compiled:
    clashes = [
        finding("plugin-common-name", own[name].place, what=label, name=name, base_type=base_type.id)
        for what, label in _WHAT.items()
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
            figure, table = _call(spec, tables, names - {spec.id})
            if not isinstance(figure, Figure):
                raise PluginError.of("plugin-measure-return", measure=spec.id, given=type(figure).__name__)
            made[spec.id] = Measure(spec, figure, table)
    for check in {**common.checks, **base_type.checks}.values():
        with _blamed(check, findings):
            condition, table = _call(check, tables, names)
            if not isinstance(condition, Flag if table else Claim):
                raise PluginError.of("plugin-check-return", check=check.id, given=type(condition).__name__)
            checks[check.id] = Check(check, table, condition)
    findings += _references(tables)
    findings += _plain_columns(base_type) if base_type.api >= 2 else []
    if findings:
        raise PluginError(findings)
    return Compiled(base_type.id, base_type.label, tables, _ordered(made), checks, frozenset(common.measures))


@contextmanager
def _blamed(spec: MeasureSpec | CheckSpec, findings: list[Finding]) -> Iterator[None]:
    """Keep what goes wrong inside as findings at the place of the author's function."""
    try:
        yield
    except PluginError as error:
        findings.extend(each.model_copy(update={"place": spec.place}) for each in error.findings)
    except Exception as error:  # somebody's code: whatever it raises is reported as its own
        cause = f"{type(error).__name__}: {error}"
        findings.append(finding("plugin-measure-failed", spec.place, measure=spec.id, cause=cause))


def _call(spec: MeasureSpec | CheckSpec, tables: dict[str, TableSpec], names: frozenset[str]) -> tuple[Any, str | None]:
    """Call an author's function on the table, or the measures, that its parameter asks for; what it gives."""
    records = {table.record.__name__: table for table in tables.values()}
    hints = get_type_hints(spec.function, localns={name: table.record for name, table in records.items()})
    parameters = list(inspect.signature(spec.function).parameters)
    if len(parameters) != 1:
        raise PluginError.of("plugin-measure-parameters", measure=spec.id, count=len(parameters))
    wanted = hints.get(parameters[0])
    if wanted is Measures:
        return spec.function(Measures(names, spec.id)), None
    table = next((each for each in tables.values() if each.record is wanted), None)
    if table is None:
        given = getattr(wanted, "__name__", str(wanted))
        suggestion = did_you_mean(given, records)
        raise PluginError.of(
            "plugin-measure-table", measure=spec.id, parameter=parameters[0], given=given, suggestion=suggestion
        )
    return spec.function(table.record._handle()), table.id


def _plain_columns(base_type: BaseType) -> list[Finding]:
    """Columns annotated with a plain type (`bool` for `Flag`), which only api 1 takes."""
    return [
        finding("plugin-plain-annotation", table.place, table=table.id, column=each.name, kind=each.kind.capitalize())
        for table in base_type.tables.values()
        for each in table.columns
        if each.plain
    ]


def _references(tables: dict[str, TableSpec]) -> list[Finding]:
    """Columns that refer to a table or column that isn't there."""
    known = {f"{table.id}.{column.name}" for table in tables.values() for column in table.columns}
    return [
        finding(
            "plugin-unknown-reference",
            table.place,
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
            first = waiting[min(waiting)].spec
            raise PluginError.of("plugin-measure-circle", first.place, measures=", ".join(sorted(waiting)))
        for name in ready:
            done[name] = waiting.pop(name)
    return done
