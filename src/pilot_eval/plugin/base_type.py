"""Base types: what a plugin declares, and how its measures are made into expressions when it loads."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import narwhals.stable.v2 as nw

from pilot_eval.errors import Finding, Place, PluginError, Severity, did_you_mean, finding
from pilot_eval.extensions import line_of
from pilot_eval.plugin.expressions import Claim, Figure, Flag, Symbolic, Trio
from pilot_eval.plugin.persons import about_persons
from pilot_eval.plugin.tables import (
    MAYBE_WORDS,
    WORDS,
    Record,
    TableSpec,
    expect,
    faults_of,
    is_words,
    shared,
    table_id,
    words_of,
)
from pilot_eval.text import Text
from pilot_eval.units import UNITS

API = 2
"""The version of this interface; a plugin states the one it was written for."""

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")
"""What the YAML of a method can name, and a file be called."""

_WHAT = {
    "base type": Text(zh="基地类型", en="base type"),
    "table": Text(zh="表", en="table"),
    "measure": Text(zh="测算值", en="measure"),
    "check": Text(zh="检查", en="check"),
}

R = TypeVar("R", bound=type[Record])
M = TypeVar("M", bound=Callable[[Any], Any])


class Measures(Symbolic):
    """Inside a measure, the other measures of the same base type: `m.tenants_served / m.tenants`."""

    def __init__(self, names: frozenset[str], asking: Text) -> None:
        self.__dict__["_names"], self.__dict__["_asking"] = names, asking

    def __getattr__(self, name: str) -> Figure:
        if name.startswith("__"):
            raise AttributeError(name)
        names, asking = self.__dict__["_names"], self.__dict__["_asking"]
        if name not in names:
            suggestion = did_you_mean(name, names)
            raise PluginError.of("plugin-unknown-measure", what=asking, name=name, suggestion=suggestion)
        trio = Trio(nw.col(name), nw.col(f"{name}__low"), nw.col(f"{name}__high"))
        return Figure(trio, uses=frozenset({name}))


def _place(function: Callable[..., Any]) -> Place:
    code = function.__code__
    return Place(file=code.co_filename, line=code.co_firstlineno)


@dataclass(frozen=True)
class MeasureSpec:
    """A declared measure, before its expression is made."""

    id: str
    label: Text
    unit: str
    doc: Text
    function: Callable[[Any], Any]

    @property
    def place(self) -> Place:
        return _place(self.function)

    @property
    def said(self) -> Text:
        return Text(zh=f"测算值 {self.id}", en=f"the measure {self.id}")


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
        return _place(self.function)

    @property
    def said(self) -> Text:
        return Text(zh=f"检查 {self.id}", en=f"the check {self.id}")


@dataclass(frozen=True)
class Check:
    """A check that can be run: a condition that each row of a table keeps, or a claim on measures."""

    spec: CheckSpec
    table: str | None
    condition: Flag | Claim


def _expect_labels(zh: object, en: object, *, required: bool = True) -> None:
    expect("zh", zh, is_words(zh) if required else isinstance(zh, str), WORDS if required else MAYBE_WORDS)
    expect("en", en, isinstance(en, str), MAYBE_WORDS)


def _in_brackets(decorator: Callable[..., Any]) -> Any:
    """Say what is missing from `@village.table`; Python would speak of positional arguments."""

    @wraps(decorator)
    def checked(self: "Toolkit", *given: object, **options: Any) -> Any:
        if given:
            raise PluginError.of("plugin-no-brackets", decorator=decorator.__name__)
        return decorator(self, **options)

    return checked


class Toolkit:
    """A set of tables, measures and checks."""

    def __init__(self, id: str, *, zh: str, en: str = "") -> None:
        _expect_labels(zh, en)
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
        Raises PluginError for a duplicate id, words that can't name a sheet or name two columns, and for a table whose
        record is a person.
        """
        _expect_labels(zh, en)
        expect("name", name, name is None or isinstance(name, str), MAYBE_WORDS)
        unique, aliases = words_of("unique", unique), words_of("aliases", aliases)

        def declare(record: R) -> R:
            if not (isinstance(record, type) and issubclass(record, Record)):
                raise PluginError.of("plugin-no-record", given=getattr(record, "__name__", repr(record)))
            id_ = name or table_id(record.__name__)
            if not re.fullmatch(r"\w+", id_):  # it names files
                raise PluginError.of("plugin-id", what=_WHAT["table"], id=repr(id_))
            if id_ in self.tables:
                raise PluginError.of("plugin-duplicate", what=_WHAT["table"], name=id_, base_type=self.id)
            label = Text(zh=zh, en=en or id_.replace("_", " ").capitalize())
            for column in unique:
                if column not in record.columns_:
                    suggestion = did_you_mean(column, record.columns_)
                    raise PluginError.of("plugin-unknown-column", table=id_, column=column, suggestion=suggestion)
            spec = TableSpec(id_, label, record, inspect.getdoc(record) or "", aliases, unique)
            findings = [*faults_of(spec), *about_persons(spec)]
            if findings:
                raise PluginError(findings)
            self.tables[id_] = spec
            return record

        return declare

    def measure(self, *, unit: str, zh: str = "", en: str = "", definition_zh: str = "") -> Callable[[M], M]:
        """Declare a function as a measure; its docstring is the figure's definition.

        The function takes one table (`s: Suggestion`) or the other measures (`m: Measures`) and gives a `Figure`.
        unit: one of the units that pilot-eval knows. zh, en: what it is called; the docstring's first line otherwise.
        definition_zh: the definition in Chinese; without it, Chinese reports show the docstring.
        Raises PluginError for an id that can't be used and an unknown unit.
        """
        _expect_labels(zh, en, required=False)
        expect("unit", unit, isinstance(unit, str), MAYBE_WORDS)
        expect("definition_zh", definition_zh, isinstance(definition_zh, str), MAYBE_WORDS)

        def declare(function: M) -> M:
            id_ = function.__name__
            if unit not in UNITS:
                raise PluginError.of("plugin-unknown-unit", name=id_, unit=unit, suggestion=did_you_mean(unit, UNITS))
            if id_ in self.measures:
                raise PluginError.of("plugin-duplicate", what=_WHAT["measure"], name=id_, base_type=self.id)
            if id_ == "pilot" or id_.startswith("_") or "__" in id_:  # such names are columns of the pipeline
                raise PluginError.of("plugin-measure-name", name=id_)
            doc = inspect.getdoc(function) or ""
            label = Text(zh=zh or doc.split("\n")[0] or id_, en=en or doc.split("\n")[0] or id_)
            self.measures[id_] = MeasureSpec(id_, label, unit, Text(zh=definition_zh or doc, en=doc), function)
            return function

        return declare

    def check(self, *, zh: str, en: str = "", warning: bool = False) -> Callable[[M], M]:
        """Declare what evidence must keep; where that is surely broken, `zh` or `en` is said.

        The function takes one table and gives a condition that every row keeps (`b.served <= b.tenants`), or takes
        the measures and gives a comparison of figures (`m.served <= m.members`). warning: say it, but go on.
        Raises PluginError for a duplicate id.
        """
        _expect_labels(zh, en)

        def declare(function: M) -> M:
            id_ = function.__name__
            if id_ in self.checks:
                raise PluginError.of("plugin-duplicate", what=_WHAT["check"], name=id_, base_type=self.id)
            severity = Severity.WARNING if warning else Severity.ERROR
            self.checks[id_] = CheckSpec(id_, Text(zh=zh, en=en), severity, function)
            return function

        return declare

    if not TYPE_CHECKING:
        table, measure, check = _in_brackets(table), _in_brackets(measure), _in_brackets(check)


class BaseType(Toolkit):
    """A kind of pilot, with the tables its organisations submit and the measures computed from them.

    id: the name that `pilots.yaml` and the method use. zh, en: what it is called in each language. api: the version of
    this interface the plugin was written for; 1, of before versions were stated, where it isn't given.

    The common tables and measures belong to every base type. Raises PluginError for an id that no method could name.
    """

    def __init__(self, id: str, *, zh: str, en: str = "", api: int = 1) -> None:
        if not (isinstance(id, str) and _IDENTIFIER.fullmatch(id)):
            raise PluginError.of("plugin-id", what=_WHAT["base type"], id=repr(id))
        expect("api", api, type(api) is int, Text(zh="整数，例如 2", en="a whole number such as 2"))
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
        finding("plugin-common-name", own[name].place, what=_WHAT[what], name=name, base_type=base_type.id)
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
        cause = f"{type(error).__name__}: {error}"
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


def _parameter_suggestion(given: str, own: Iterable[str], records: Iterable[str]) -> Text:
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
