"""Base types: the tables, measures and checks that a plugin declares."""

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import wraps
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, get_args

import narwhals.stable.v2 as nw

from pilot_eval.errors import Place, PluginError, did_you_mean
from pilot_eval.frames import reserved, three, unsure
from pilot_eval.model import Empty
from pilot_eval.plugin.figures import Figure
from pilot_eval.plugin.intervals import Trio
from pilot_eval.plugin.persons import about_persons
from pilot_eval.plugin.symbolic import Symbolic, asked_by_python
from pilot_eval.plugin.tables import (
    MAYBE_WORDS,
    WORDS,
    Record,
    TableSpec,
    expect,
    faults_of,
    is_words,
    table_id,
    words_of,
)
from pilot_eval.text import Words, joined, quoted
from pilot_eval.units import DeclaredUnit, Units, declared_unit, exact_factor, may_follow_a_number

API = 2
"""The version of this interface; a plugin states the version it was written for."""

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")
"""Ids that a method's YAML can name, and that work as file names."""

KINDS = {
    "base type": Words(zh="基地类型", en="base type"),
    "table": Words(zh="表", en="table"),
    "measure": Words(zh="测算值", en="measure"),
    "unit": Words(zh="单位", en="unit"),
    "check": Words(zh="检查", en="check"),
}

R = TypeVar("R", bound=type[Record])
M = TypeVar("M", bound=Callable[[Any], Any])


class Measures(Symbolic):
    """The other measures of the same base type, inside a measure: `m.tenants_served / m.tenants`.

    The bounds of a ratio are those of any two numbers, even if one is a part of the other: cap it with `clip(0, 1)`.
    """

    def __init__(self, names: frozenset[str], asking: Words) -> None:
        self.__dict__["_names"], self.__dict__["_asking"] = names, asking

    def __getattr__(self, name: str) -> Figure:
        if asked_by_python(name):
            raise AttributeError(name)
        names, asking = self.__dict__["_names"], self.__dict__["_asking"]
        if name not in names:
            suggestion = did_you_mean(name, names)
            raise PluginError.of("plugin-unknown-measure", what=asking, name=name, suggestion=suggestion)
        value, low, high = map(nw.col, three(name))
        figure = Figure(Trio(value, low, high, nw.col(unsure(name))), uses=frozenset({name}))
        return replace(figure, terms={name: (figure, 1.0)})


def place_of(function: Callable[..., Any]) -> Place:
    code = function.__code__
    return Place(file=code.co_filename, line=code.co_firstlineno)


@dataclass(frozen=True)
class MeasureSpec:
    """A declared measure, before its expression is built."""

    id: str
    label: Words
    unit: str
    doc: Words
    function: Callable[[Any], Any]
    empty: Empty | None = None  # None: the figure of no rows, else the panel decides

    @property
    def place(self) -> Place:
        return place_of(self.function)

    @property
    def said(self) -> Words:
        return Words(zh=f"测算值 {self.id}", en=f"the measure {self.id}")


@dataclass(frozen=True)
class CheckSpec:
    """A declared check: its message, and the function that builds its condition.

    warning: what fails it is reported, but still used.
    """

    id: str
    message: Words
    warning: bool
    function: Callable[[Any], Any]

    @property
    def place(self) -> Place:
        return place_of(self.function)

    @property
    def said(self) -> Words:
        return Words(zh=f"检查 {self.id}", en=f"the check {self.id}")


def _expect_labels(zh: object, en: object, *, required: bool = True) -> None:
    expect("zh", zh, is_words(zh) if required else isinstance(zh, str), WORDS if required else MAYBE_WORDS)
    expect("en", en, isinstance(en, str), MAYBE_WORDS)


def _in_brackets(decorator: Callable[..., Any]) -> Any:
    """Report what is missing from `@village.table`; Python's own error would be about positional arguments."""

    @wraps(decorator)
    def checked(self: "Toolkit", *given: object, **options: Any) -> Any:
        if given:
            raise PluginError.of("plugin-no-brackets", decorator=decorator.__name__)
        self._expect_own()
        return decorator(self, **options)

    return checked


def _declaring() -> str | None:
    """Return the package whose module is imported, or whose hook is called; None in a test or at a prompt."""
    frame = sys._getframe(1)
    while frame.f_code.co_name != "<module>" and frame.f_back is not None and not _calls_hooks(frame.f_back):
        frame = frame.f_back
    name = str(frame.f_globals.get("__name__", "__main__"))
    loads = frame.f_code.co_name == "<module>" or (frame.f_back is not None and _calls_hooks(frame.f_back))
    return name.partition(".")[0] if loads and name != "__main__" else None


def _calls_hooks(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__")).startswith("pluggy.")


def _is_factor(given: object) -> bool:
    """Return whether it maps one unit to a factor above 0."""
    if not (isinstance(given, Mapping) and len(given) == 1 and all(map(is_words, given))):
        return False
    try:
        return all(exact_factor(each) for each in given.values())
    except ValueError:
        return False


_UNIT = Words(zh="能写在数字后面的词，例如 辆", en="a word that may follow a number, such as 辆")
_YES_OR_NO = Words(zh="True 或 False", en="True or False")
_EQUALS = Words(
    zh='一个单位和大于 0 的倍数，例如 {"千瓦时": 1000}，此时不写 counted',
    en='one unit with a factor above 0, such as {"千瓦时": 1000}, without counted',
)


class Toolkit:
    """A set of tables, measures and checks, to which only the package that declares it can add."""

    id: str
    label: Words
    tables: Mapping[str, TableSpec]
    measures: Mapping[str, MeasureSpec]
    checks: Mapping[str, CheckSpec]

    def __init__(self, id: str, *, zh: str, en: str = "", **more: Any) -> None:
        _expect_labels(zh, en)
        tables: dict[str, TableSpec] = {}
        measures: dict[str, MeasureSpec] = {}
        checks: dict[str, CheckSpec] = {}
        units: list[DeclaredUnit] = []
        self.__dict__.update(
            more, id=id, label=Words(zh=zh, en=en or id), _home=_declaring(), _tables=tables, _measures=measures,
            _checks=checks, _units=units, tables=MappingProxyType(tables), measures=MappingProxyType(measures),
            checks=MappingProxyType(checks),
        )  # fmt: skip

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise PluginError.of("plugin-settled", name=self.id)

    __delattr__ = __setattr__  # type: ignore[assignment]

    def _expect_own(self) -> None:
        """Raise PluginError if another package than the one that declares it is being loaded."""
        now, home = _declaring(), self.__dict__["_home"]
        if now is not None and home is not None and now != home:
            raise PluginError.of("plugin-not-yours", name=self.id, home=home, package=now)

    @property
    def units(self) -> Units:
        """The units that columns and measures may have: those that are built in, and those declared so far."""
        return Units(tuple(self.__dict__["_units"]))

    def unit(
        self,
        id: str,
        *,
        zh: str,
        en: str = "",
        counted: bool = False,
        equals: Mapping[str, float | str | Decimal] | None = None,
    ) -> None:
        """Declare a unit for the columns and measures below it, and for methods of the base type.

        id: how columns, measures and methods name it, and headers and cells write it. zh, en: how it is shown in each
        language; headers and cells may write these too. counted: it comes in wholes, and 1.2 of them is doubted.
        equals: another unit, and how many of it one is: `{"千瓦时": 1000}`, `{"㎡": "2000/3"}`; numbers in one are
        converted to the other.
        Raises PluginError for an id that can't follow a number, for a duplicate, for an unknown unit, for a factor that
        isn't above 0, and for a word that is already known as another unit.
        """
        self._expect_own()
        _expect_labels(zh, en)
        expect("id", id, isinstance(id, str) and may_follow_a_number(id), _UNIT)
        expect("counted", counted, isinstance(counted, bool), _YES_OR_NO)
        expect("equals", equals, equals is None or (not counted and _is_factor(equals)), _EQUALS)
        given = {of: exact_factor(factor) for of, factor in (equals or {}).items()}
        made = declared_unit(id, Words(zh=zh, en=en), counted=counted, equals=given)
        for of in given:
            if of not in self.units or of == id:
                suggestion = did_you_mean(of, self.units)
                raise PluginError.of("plugin-unknown-unit", name=id, unit=of, suggestion=suggestion)
        if id in {each.id for each in self.units.own}:
            raise PluginError.of("plugin-duplicate", what=KINDS["unit"], name=id, base_type=self.id)
        if (word := self.units.other_meaning(made)) is not None:
            raise PluginError.of("plugin-unit-taken", unit=id, word=word, means=self.units.said(word))
        self.__dict__["_units"].append(made)

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

        zh, en: the table's name in each language, also used for its sheet. name: its id and file name (default: the
        class's name in the plural, `ChannelMonth` to `channel_months`). unique: columns in which no two rows may have
        the same values. aliases: other sheet and file names.
        Raises PluginError for a duplicate id, for names that a sheet can't have or that mean two columns, and for a
        table whose record is a person.
        """
        _expect_labels(zh, en)
        expect("name", name, name is None or isinstance(name, str), MAYBE_WORDS)
        unique, aliases = words_of("unique", unique), words_of("aliases", aliases)

        def declare(record: R) -> R:
            if not (isinstance(record, type) and issubclass(record, Record)):
                raise PluginError.of("plugin-no-record", given=getattr(record, "__name__", repr(record)))
            id_ = name or table_id(record.__name__)
            if not re.fullmatch(r"\w+", id_):  # used in file names
                raise PluginError.of("plugin-id", what=KINDS["table"], id=repr(id_))
            if id_ in self.tables:
                raise PluginError.of("plugin-duplicate", what=KINDS["table"], name=id_, base_type=self.id)
            label = Words(zh=zh, en=en or id_.replace("_", " ").capitalize())
            for column in unique:
                if column not in record.columns_:
                    suggestion = did_you_mean(column, record.columns_)
                    raise PluginError.of("plugin-unknown-column", table=id_, column=column, suggestion=suggestion)
            spec = TableSpec(id_, label, record, inspect.getdoc(record) or "", aliases, unique)
            findings = [*faults_of(spec, self.units), *about_persons(spec)]
            if findings:
                raise PluginError(findings)
            self.__dict__["_tables"][id_] = spec
            return record

        return declare

    def measure(
        self, *, unit: str, zh: str = "", en: str = "", definition_zh: str = "", empty: Empty | None = None
    ) -> Callable[[M], M]:
        """Declare a function as a measure; its docstring is the figure's definition.

        The function takes one table (`s: Suggestion`) or the other measures (`m: Measures`) and returns a `Figure`.
        unit: a built-in unit, or one of the base type's own. zh, en: the measure's name in each language (default: the
        docstring's first line).
        definition_zh: the definition in Chinese; without it, Chinese reports show the docstring. empty: what it means
        for an indicator if all the tables behind the measure are declared empty: `zero`, `full`, `not_applicable`, or
        `panel`, a decision of the panel (default: the figure of no rows, such as a count of 0, else `panel`).
        Raises PluginError for an invalid id and for an unknown unit.
        """
        _expect_labels(zh, en, required=False)
        expect("unit", unit, isinstance(unit, str), MAYBE_WORDS)
        expect("definition_zh", definition_zh, isinstance(definition_zh, str), MAYBE_WORDS)
        known = get_args(Empty)
        expect("empty", empty, empty is None or empty in known, joined(map(quoted, known)))

        def declare(function: M) -> M:
            id_ = function.__name__
            if unit not in self.units:
                suggestion = did_you_mean(unit, self.units)
                raise PluginError.of("plugin-unknown-unit", name=id_, unit=unit, suggestion=suggestion)
            if id_ in self.measures:
                raise PluginError.of("plugin-duplicate", what=KINDS["measure"], name=id_, base_type=self.id)
            if reserved(id_):
                raise PluginError.of("plugin-measure-name", name=id_)
            doc = inspect.getdoc(function) or ""
            label = Words(zh=zh or doc.split("\n")[0] or id_, en=en or doc.split("\n")[0] or id_)
            self.__dict__["_measures"][id_] = MeasureSpec(
                id_, label, unit, Words(zh=definition_zh or doc, en=doc), function, empty
            )
            return function

        return declare

    def check(self, *, zh: str, en: str = "", warning: bool = False) -> Callable[[M], M]:
        """Declare a condition that evidence must meet; `zh` and `en` are the message if it certainly doesn't.

        The function takes one table and returns a condition that every row must meet (`b.served <= b.tenants`), or
        takes the measures and returns a comparison of figures (`m.served <= m.members`). warning: report it, but still
        score the submission.
        Raises PluginError for a duplicate id.
        """
        _expect_labels(zh, en)

        def declare(function: M) -> M:
            id_ = function.__name__
            if id_ in self.checks:
                raise PluginError.of("plugin-duplicate", what=KINDS["check"], name=id_, base_type=self.id)
            self.__dict__["_checks"][id_] = CheckSpec(id_, Words(zh=zh, en=en), warning, function)
            return function

        return declare

    if not TYPE_CHECKING:
        table, measure, check = _in_brackets(table), _in_brackets(measure), _in_brackets(check)


class BaseType(Toolkit):
    """A kind of pilot, with the tables its organisations submit and the measures computed from them.

    id: the name that `pilots.yaml` and the method use. zh, en: its name in each language. api: the version of this
    interface that the plugin was written for (default: 1, from before plugins stated a version).

    Every base type includes the common tables and measures. Raises PluginError for an id that a method can't name.
    """

    api: int

    def __init__(self, id: str, *, zh: str, en: str = "", api: int = 1) -> None:
        if not (isinstance(id, str) and _IDENTIFIER.fullmatch(id)):
            raise PluginError.of("plugin-id", what=KINDS["base type"], id=repr(id))
        expect("api", api, type(api) is int, Words(zh="整数，例如 2", en="a whole number such as 2"))
        super().__init__(id, zh=zh, en=en, api=api)
