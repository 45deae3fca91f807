"""Evidence tables: a record class declares the columns once, for reading, checking, forms and measures."""

import ast
import inspect
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from numbers import Real
from textwrap import dedent
from types import MappingProxyType, NoneType, UnionType
from typing import Any, ClassVar, Final, Literal, Self, Union, get_args, get_origin, get_type_hints

import narwhals.stable.v2 as nw

from pilot_eval import frames
from pilot_eval.errors import Finding, Place, PluginError, did_you_mean, finding
from pilot_eval.model import Quantity
from pilot_eval.plugin.columns import Column, Count, Flag, Number, Orders, Sum
from pilot_eval.plugin.days import Date, Grain, Period
from pilot_eval.plugin.figures import Aggregates, Figure
from pilot_eval.plugin.grouping import Grouped, grouped_by
from pilot_eval.plugin.instead import instead_of_column
from pilot_eval.plugin.intervals import Trio
from pilot_eval.plugin.symbolic import Symbolic, asked_by_python
from pilot_eval.plugin.words import Choice, File, Text
from pilot_eval.text import Words, both, joined
from pilot_eval.units import Units


class Kind(StrEnum):
    """How a column's cells are read."""

    TEXT = "text"
    CHOICE = "choice"
    FILE = "file"
    FLAG = "flag"
    DATE = "date"
    PERIOD = "period"
    COUNT = "count"
    NUMBER = "number"


# Authors write the first type of each line; the plain types after it are accepted as the same.
_KINDS: dict[Any, Kind] = {
    Text: Kind.TEXT, str: Kind.TEXT,
    Choice: Kind.CHOICE,
    File: Kind.FILE,
    Flag: Kind.FLAG, bool: Kind.FLAG,
    Date: Kind.DATE, date: Kind.DATE,
    Period: Kind.PERIOD,
    Count: Kind.COUNT, int: Kind.COUNT,
    Number: Kind.NUMBER, float: Kind.NUMBER, Quantity: Kind.NUMBER,
}  # fmt: skip

_HANDLES: dict[Kind, type[Column]] = {
    Kind.TEXT: Text,
    Kind.CHOICE: Choice,
    Kind.FILE: File,
    Kind.FLAG: Flag,
    Kind.DATE: Date,
    Kind.PERIOD: Period,
    Kind.COUNT: Count,
    Kind.NUMBER: Number,
}

INTERVAL_KINDS = frozenset({Kind.DATE, Kind.PERIOD, Kind.COUNT, Kind.NUMBER})
"""Kinds whose cells have bounds, or a first and a last day, stored in separate columns."""

DAY_KINDS = frozenset({Kind.DATE, Kind.PERIOD})

NUMBER_KINDS = frozenset({Kind.COUNT, Kind.NUMBER})

_OPTION_KINDS: dict[str, frozenset[Kind]] = {
    "unit": NUMBER_KINDS, "min": NUMBER_KINDS, "max": NUMBER_KINDS, "exact": INTERVAL_KINDS - {Kind.PERIOD},
    "choices": frozenset({Kind.CHOICE}), "codes": frozenset({Kind.CHOICE}), "in_period": frozenset({Kind.DATE}),
    "near_period": frozenset({Kind.DATE}), "expires": frozenset({Kind.DATE}), "each": frozenset({Kind.PERIOD}),
    "stock": NUMBER_KINDS,
}  # fmt: skip
"""Options and the kinds of column that they apply to; they would have no effect on other kinds."""


@dataclass(frozen=True)
class ColumnSpec:
    """One declared column: its names, and how it is read and checked."""

    name: str
    kind: Kind
    label: Words
    unit: str | None = None
    optional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: Mapping[str, Words] = field(default_factory=dict)
    codes: str | None = None
    exact: bool = False
    in_period: bool = False
    near_period: tuple[int, int] | None = None
    expires: bool = False
    each: Grain | None = None
    stock: bool = False
    refers: str | None = None
    aliases: tuple[str, ...] = ()
    help: Words | None = None
    plain: bool = False  # annotated with a plain type: api 1
    figures: bool = False  # text that may be a figure: a number has all its digits, whatever its format shows
    place: Place = field(default=Place(), compare=False, repr=False)  # where it is declared; not part of its identity

    @property
    def words(self) -> tuple[str, ...]:
        """Return all headers that mean this column."""
        return (self.name, self.label.zh, self.label.en, *self.aliases)


@dataclass(frozen=True)
class _Declared:
    """What `column()` stores on the class until its type is known."""

    zh: str
    en: str
    options: dict[str, Any]
    place: Place


def expect(option: str, given: object, fits: bool, wanted: Words) -> None:
    """Raise PluginError for an option of a declaration that doesn't fit."""
    if not fits:
        raise PluginError.of("plugin-option", option=option, given=repr(given)[:60], wanted=wanted)


def is_words(given: object) -> bool:
    return isinstance(given, str) and bool(given.strip())


def words_of(option: str, given: object) -> tuple[str, ...]:
    """Convert a list of names to a tuple. Raises PluginError, also for a str, which would become its letters."""
    fits = isinstance(given, Iterable) and not isinstance(given, (str, Mapping))
    each = tuple(given) if fits else ()  # type: ignore[arg-type]
    expect(option, given, fits and all(map(is_words, each)), SEVERAL)
    return each


WORDS = Words(zh="非空字符串", en="a non-empty string")
MAYBE_WORDS = Words(zh="字符串", en="a string")
SEVERAL = Words(zh='字符串元组，例如 ("别名",)', en='a tuple of strings, such as ("alias",)')
_LIMIT = Words(zh="有限的数字，不加引号", en="a finite number, without quotes")
_CHOICES = Words(zh='映射，例如 {"yes": "是"}', en='a mapping of ids to labels, such as {"yes": "是"}')
_GRAIN = Words(zh='"month"、"quarter" 或 "year"', en='"month", "quarter" or "year"')
_YEARS = Words(zh="两个非负整数，例如 (5, 1)", en="two whole numbers of years, before and after, such as (5, 1)")
_NOTE = Words(zh="字符串或 Words", en="a string or Words")


def column(
    *,
    zh: str,
    en: str = "",
    unit: str | None = None,
    optional: bool = False,
    min: float | None = None,
    max: float | None = None,
    choices: Mapping[str, str | Words] | None = None,
    codes: str | None = None,
    exact: bool = False,
    in_period: bool = False,
    near_period: tuple[int, int] | None = None,
    expires: bool = False,
    each: Grain | None = None,
    stock: bool = False,
    refers: str | None = None,
    aliases: tuple[str, ...] = (),
    help: str | Words = "",
) -> Any:
    """Declare a column of a table.

    zh, en: the header in each language; `en` falls back to the field's name. unit: a built-in unit, or one of the base
    type's own. optional:
    an empty cell is not an error. min, max: limits of a number, inclusive. choices: the closed list of a `Choice`, from
    id to the word in cells. codes: the name of a code list in the method, for lists that change every year. exact:
    reject approximate numbers such as “1600多”. in_period: a date outside the round's period is an error.
    near_period: for (5, 1), a date more than 5 years before or 1 year after the round's period is a warning. expires:
    a row whose date is before the round's period is not counted, and a warning says so. each: every cell of a `Period`
    is one "month", "quarter" or "year", whichever of its days is written. stock: a number as of one moment, such as
    households: rows that differ by a time alone are a warning. refers: the `table.column` of the same submission in
    which each value must exist. aliases: other headers to recognise. help: a note for whoever fills in the table.
    Raises PluginError for an invalid option.
    """
    expect("zh", zh, is_words(zh), WORDS)
    expect("en", en, isinstance(en, str), MAYBE_WORDS)
    for option, name in {"unit": unit, "codes": codes, "refers": refers}.items():
        expect(option, name, name is None or is_words(name), WORDS)
    for option, limit in {"min": min, "max": max}.items():
        number = isinstance(limit, Real) and not isinstance(limit, bool) and math.isfinite(limit)
        expect(option, limit, limit is None or number, _LIMIT)
    if min is not None and max is not None and min > max:
        raise PluginError.of("plugin-min-max", min=min, max=max)
    expect("choices", choices, choices is None or _are_choices(choices), _CHOICES)
    expect("each", each, each is None or each in get_args(Grain), _GRAIN)
    expect("near_period", near_period, near_period is None or _are_years(near_period), _YEARS)
    expect("help", help, isinstance(help, (str, Words)), _NOTE)
    words = {key: word if isinstance(word, Words) else Words(zh=word, en=key) for key, word in (choices or {}).items()}
    note = (help if isinstance(help, Words) else Words(zh=help)) if help else None
    options = {
        "unit": unit, "optional": optional, "min": min, "max": max, "choices": words, "codes": codes, "exact": exact,
        "in_period": in_period, "near_period": near_period, "expires": expires, "each": each, "stock": stock,
        "refers": refers, "aliases": words_of("aliases", aliases), "help": note,
    }  # fmt: skip
    caller = sys._getframe(1)
    return _Declared(zh, en, options, Place(file=caller.f_code.co_filename, line=caller.f_lineno))


def _are_years(given: object) -> bool:
    return isinstance(given, tuple) and len(given) == 2 and all(type(each) is int and each >= 0 for each in given)


def _are_choices(given: object) -> bool:
    return isinstance(given, Mapping) and all(
        is_words(key) and (isinstance(word, Words) or is_words(word)) for key, word in given.items()
    )


_RESERVED = frozenset({"where", "group_by", "count", "source", "note"})

SOURCE = ColumnSpec(
    "source", Kind.TEXT, Words(zh="出处", en="Source"), optional=True, aliases=("来源", "依据"),
    help=Words(zh="这条记录的出处或依据", en="Where this record comes from"),
)  # fmt: skip
NOTE = ColumnSpec("note", Kind.TEXT, Words(zh="备注", en="Note"), optional=True, aliases=("说明",))
COMMON_COLUMNS = (SOURCE, NOTE)
"""Columns that every table has without declaring them."""


class Record(Symbolic):
    """One row of a table: an event, a project, a document, an organisation or a total, never a person.

    Inside a measure, an instance stands for all rows: `s.adopted` is the whole column.
    """

    columns_: ClassVar[Mapping[str, ColumnSpec]] = {}
    _keep: Flag | None
    _orders: Orders
    _of: Grouped | None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        inherited = [vars(base) for base in reversed(cls.__mro__)]  # also from a class that is not itself a record
        declared = {name: value for each in inherited for name, value in each.items() if isinstance(value, _Declared)}
        hints = get_type_hints(cls)
        findings = list(_undeclared(cls, declared, hints))
        columns: dict[str, ColumnSpec] = {}
        for name, value in declared.items():
            try:
                columns[name] = _column_spec(cls, name, value, hints)
            except PluginError as error:
                findings += [each.model_copy(update={"place": value.place}) for each in error.findings]
        if findings:
            raise PluginError(findings)
        cls.columns_ = MappingProxyType(columns)

    @classmethod
    def _handle(cls, keep: Flag | None = None, orders: Orders = frozenset(), of: Grouped | None = None) -> Self:
        handle = object.__new__(cls)
        handle.__dict__.update(_keep=keep, _orders=orders, _of=of)
        for name, spec in cls.columns_.items():
            wholes = {whole for part, whole in orders if part == name and not cls.columns_[whole].optional}
            handle.__dict__[name] = replace(_column_handle(spec, keep), name=name, wholes=frozenset(wholes), of=of)
        return handle

    def __getattr__(self, name: str) -> Any:
        if asked_by_python(name):
            raise AttributeError(name)
        table = type(self)
        suggestion = instead_of_column(name, table.columns_)
        raise PluginError.of("plugin-unknown-column", table=table.__name__, column=name, suggestion=suggestion)

    def where(self, flag: Flag) -> Self:
        """The same table, restricted to the rows where `flag` is true; rows where it may be true widen the bounds."""
        if not isinstance(flag, Flag):
            raise PluginError.of("plugin-where-needs-flag", table=type(self).__name__, given=type(flag).__name__)
        return self._handle(flag.whole if self._keep is None else self._keep & flag.whole, self._orders, self._of)

    def group_by(self, key: Column) -> Any:
        """The same table in groups, by a column of words or by `.year()`, `.quarter()` or `.month()` of a date.

        An aggregate of it is a column of numbers with one for each group, to be aggregated again:
        `i.group_by(i.site).visits.sum().max()`. The groups are the words in the rows that are kept, or every part of
        the round's period, with rows or without. Rows with an empty `key`, or outside the period, are in no group.
        Raises PluginError for another `key`.
        """
        if self._of is not None:
            raise PluginError.of("plugin-group-by", given=type(key).__name__)
        of = grouped_by(self._keep, key)
        return self._handle(of.keep, self._orders, of)

    def count(self) -> Figure:
        """The number of rows."""
        if self._keep is not None or self._of is not None:
            kept = Flag(Trio.of(~nw.col(frames.ROW).is_null())) if self._keep is None else self._keep
            return replace(kept, of=self._of).count()
        rows = Aggregates()
        count, records = Trio.of(rows.add(nw.col(frames.ROW).count())), ~nw.col(frames.ROW).is_null()
        return rows.figure(count, frozenset(), records, Sum(None, None))


def _column_handle(spec: ColumnSpec, keep: Flag | None) -> Column:
    name = spec.name
    exact = spec.kind not in INTERVAL_KINDS or spec.exact
    trio = Trio.of(nw.col(name)) if exact else Trio(*map(nw.col, frames.three(name)))
    if spec.kind is Kind.CHOICE:
        return Choice(trio, frozenset({name}), keep, options=tuple(spec.choices))
    return _HANDLES[spec.kind](trio, frozenset({name}), keep)


def _undeclared(cls: type[Record], declared: Mapping[str, _Declared], hints: dict[str, Any]) -> Iterator[Finding]:
    """Report fields that look like columns but have no `= column(…)`; constants and private names are ignored."""
    for name in inspect.get_annotations(cls):
        if name not in declared and not name.startswith("_"):
            hint = hints[name]
            if not {hint, get_origin(hint)} & {ClassVar, Final}:
                kind = _HANDLES[_KINDS.get(hint, Kind.TEXT)].__name__
                yield finding("plugin-no-column", _annotated(cls, name), table=cls.__name__, column=name, kind=kind)


def _annotated(cls: type, name: str) -> Place:
    """Return the line of a class that annotates a name."""
    try:
        lines, first = inspect.getsourcelines(cls)
        [made] = ast.parse(dedent("".join(lines))).body
    except (OSError, TypeError, SyntaxError, ValueError):  # created without a source file
        return Place()
    fields = (each for each in ast.walk(made) if isinstance(each, ast.AnnAssign))
    at = next((each.lineno for each in fields if isinstance(each.target, ast.Name) and each.target.id == name), 1)
    return Place(file=inspect.getsourcefile(cls), line=first + at - 1)


def _column_spec(cls: type[Record], name: str, declared: _Declared, hints: dict[str, Any]) -> ColumnSpec:
    """Create the specification of a declared column. Raises PluginError, without a place."""
    named = {"table": cls.__name__, "column": name}
    if name in _RESERVED or frames.reserved(name) or name.endswith("_"):
        raise PluginError.of("plugin-reserved-name", **named)
    if name not in hints:
        raise PluginError.of("plugin-column-annotation", **named)
    kind, optional, choices = _kind(cls, name, hints[name])
    options = dict(declared.options)
    for option, kinds in _OPTION_KINDS.items():
        given = options[option]
        if given is not None and given is not False and given != {} and kind not in kinds:
            meant = joined(map(both, sorted(_HANDLES[each].__name__ for each in kinds)))
            shown = _HANDLES[kind].__name__
            raise PluginError.of("plugin-option-kind", **named, option=option, kind=shown, kinds=meant)
    if kind is Kind.CHOICE and not (options["choices"] or choices or options["codes"]):
        raise PluginError.of("plugin-choice-without-list", **named)
    if (options["choices"] or choices) and options["codes"]:
        raise PluginError.of("plugin-choices-and-codes", **named)
    minimum, maximum = options.pop("min"), options.pop("max")
    options["plain"] = hints[name] is not _HANDLES[kind]
    options["optional"] = options["optional"] or optional
    options["choices"] = options["choices"] or choices
    spec = ColumnSpec(
        name=name,
        kind=kind,
        label=Words(zh=declared.zh, en=declared.en or name.replace("_", " ").capitalize()),
        minimum=minimum,
        maximum=maximum,
        place=declared.place,
        **options,
    )
    return replace(spec, minimum=0) if kind is Kind.COUNT and minimum is None else spec


def _kind(cls: type[Record], name: str, hint: Any) -> tuple[Kind, bool, dict[str, Words]]:
    """Return the kind that an annotation means, whether it allows empty cells, and the choices of a Literal."""
    optional = False
    if get_origin(hint) in (Union, UnionType):
        rest = [each for each in get_args(hint) if each is not NoneType]
        optional, hint = NoneType in get_args(hint), rest[0] if len(rest) == 1 else hint
    if get_origin(hint) is Literal:
        return Kind.CHOICE, optional, {str(word): Words(zh=str(word), en=str(word)) for word in get_args(hint)}
    if hint not in _KINDS:
        raise PluginError.of("plugin-column-type", table=cls.__name__, column=name, given=str(hint))
    return _KINDS[hint], optional, {}


@dataclass(frozen=True)
class TableSpec:
    """A declared table: its file name or sheet, labels and columns.

    keyed: it has a row per pilot, whom its first column names, and one for all pilots of a base type may be sent.
    """

    id: str
    label: Words
    record: type[Record]
    doc: str
    aliases: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    keyed: bool = False

    @property
    def place(self) -> Place:
        """Where the record class is declared."""
        try:
            return Place(file=inspect.getsourcefile(self.record), line=inspect.getsourcelines(self.record)[1])
        except (OSError, TypeError):  # created without a source file
            return Place()

    @property
    def words(self) -> tuple[str, ...]:
        """Return all names of files or sheets that mean this table."""
        return (self.id, self.label.zh, self.label.en, *self.aliases)

    @property
    def columns(self) -> tuple[ColumnSpec, ...]:
        return (*self.record.columns_.values(), *COMMON_COLUMNS)


SHEET = 31
"""Excel's length limit for the name of a sheet."""

NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")


def faults_of(table: TableSpec, units: Units) -> Iterator[Finding]:
    """Report invalid names of a table: one that a sheet can't have, a header that means two columns, a unit that is
    none of `units`."""
    for column in table.record.columns_.values():
        if column.unit is not None and column.unit not in units:
            name = f"{table.record.__name__}.{column.name}"
            suggestion = did_you_mean(column.unit, units)
            yield finding("plugin-unknown-unit", column.place, name=name, unit=column.unit, suggestion=suggestion)
    for label in dict.fromkeys((table.label.zh, table.label.en)):
        if len(label) > SHEET or NOT_IN_SHEETS.search(label):
            yield finding("plugin-sheet-name", table=table.id, label=label, limit=SHEET)
    for word, one, other in shared({each.name: each.words for each in table.columns}):
        places = [each.place for each in table.columns if each.name in (one, other) and each.place.file]
        place = places[-1] if places else None  # the columns that every table has aren't declared
        yield finding("plugin-same-header", place, table=table.id, word=word, one=one, other=other)


def shared(words: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield each word that two names have in common, with the two; upper and lower case are not distinguished."""
    first: dict[str, str] = {}
    for name, own in words.items():
        for word in dict.fromkeys(each.strip().casefold() for each in own):
            if word in first:
                yield word, first[word], name
            first.setdefault(word, name)


def table_id(class_name: str) -> str:
    """`ChannelMonth` becomes `channel_months`."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()
    if re.search(r"[^aeiou]y$", snake):
        return snake[:-1] + "ies"
    return snake + ("es" if re.search(r"(s|x|ch|sh)$", snake) else "s")
