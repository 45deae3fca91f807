"""Tables of evidence: a record class declares the columns once, for reading, checking, templates and measures."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, Self, Union, get_args, get_origin, get_type_hints

import narwhals.stable.v2 as nw

from pilot_eval.errors import Place, PluginError, did_you_mean
from pilot_eval.model import Quantity
from pilot_eval.plugin import expressions as ex
from pilot_eval.text import Text
from pilot_eval.units import UNITS


class Kind(StrEnum):
    """How a column's cells are read."""

    TEXT = "text"
    CHOICE = "choice"
    FILE = "file"
    FLAG = "flag"
    DATE = "date"
    COUNT = "count"
    NUMBER = "number"


# A measure's author writes the first of each pair; the plain type of the second is read as the same.
_KINDS: dict[Any, Kind] = {
    ex.Text: Kind.TEXT, str: Kind.TEXT,
    ex.Choice: Kind.CHOICE,
    ex.File: Kind.FILE,
    ex.Flag: Kind.FLAG, bool: Kind.FLAG,
    ex.Date: Kind.DATE, date: Kind.DATE,
    ex.Count: Kind.COUNT, int: Kind.COUNT,
    ex.Number: Kind.NUMBER, float: Kind.NUMBER, Quantity: Kind.NUMBER,
}  # fmt: skip

_HANDLES: dict[Kind, type[ex.Column]] = {
    Kind.TEXT: ex.Text,
    Kind.CHOICE: ex.Choice,
    Kind.FILE: ex.File,
    Kind.FLAG: ex.Flag,
    Kind.DATE: ex.Date,
    Kind.COUNT: ex.Count,
    Kind.NUMBER: ex.Number,
}

INTERVAL_KINDS = frozenset({Kind.DATE, Kind.COUNT, Kind.NUMBER})
"""Kinds whose cells have bounds: two more columns, `name__low` and `name__high`."""


@dataclass(frozen=True)
class ColumnSpec:
    """One declared column: how it is called, read and checked."""

    name: str
    kind: Kind
    label: Text
    unit: str | None = None
    optional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    codes: str | None = None
    exact: bool = False
    in_period: bool = False
    refers: str | None = None
    aliases: tuple[str, ...] = ()
    help: Text | None = None
    plain: bool = False  # annotated with a plain type: api 1


@dataclass(frozen=True)
class _Declared:
    """What `column()` leaves on the class until its type is known."""

    zh: str
    en: str
    options: dict[str, Any]


def column(
    *,
    zh: str,
    en: str = "",
    unit: str | None = None,
    optional: bool = False,
    min: float | None = None,
    max: float | None = None,
    choices: Mapping[str, str | Text] | None = None,
    codes: str | None = None,
    exact: bool = False,
    in_period: bool = False,
    refers: str | None = None,
    aliases: tuple[str, ...] = (),
    help: str | Text = "",
) -> Any:
    """Declare a column of a table.

    zh, en: the header in each language; `en` falls back to the field's name. unit: one of those that pilot-eval knows.
    optional: an empty cell is not an error. min, max: limits of a number, both allowed. choices: the closed list of
    a `Choice`, id to header word. codes: the name of a code list that the method holds, for lists that change every
    year. exact: refuse approximate numbers such as «1600多». in_period: a date outside the round's period is an error.
    refers: `table.column` of the same submission that must hold each value. aliases: further headers to recognise.
    help: a note for the person who fills in the table.
    """
    words = {key: word if isinstance(word, Text) else Text(zh=word, en=key) for key, word in (choices or {}).items()}
    note = (help if isinstance(help, Text) else Text(zh=help)) if help else None
    options = {
        "unit": unit, "optional": optional, "minimum": min, "maximum": max, "choices": words,
        "codes": codes, "exact": exact, "in_period": in_period, "refers": refers, "aliases": aliases, "help": note,
    }  # fmt: skip
    return _Declared(zh, en, options)


_RESERVED = frozenset({"where", "count", "pilot", "source", "note"})

SOURCE = ColumnSpec(
    "source", Kind.TEXT, Text(zh="出处", en="Source"), optional=True, aliases=("来源", "依据"),
    help=Text(zh="这条记录的出处或依据", en="Where this record comes from"),
)  # fmt: skip
NOTE = ColumnSpec("note", Kind.TEXT, Text(zh="备注", en="Note"), optional=True, aliases=("说明",))
COMMON_COLUMNS = (SOURCE, NOTE)
"""Columns that every table has without declaring them."""


class Record:
    """One row of a table: an event, a project, a document, an organisation or a total; never a person.

    Inside a measure, an instance stands for all rows: `s.adopted` is the whole column.
    """

    columns_: ClassVar[Mapping[str, ColumnSpec]] = {}
    _keep: ex.Flag | None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        declared = {name: value for name, value in vars(cls).items() if isinstance(value, _Declared)}
        hints = get_type_hints(cls)
        cls.columns_ = {
            **cls.columns_,
            **{name: _column_spec(cls, name, value, hints) for name, value in declared.items()},
        }

    @classmethod
    def _handle(cls, keep: ex.Flag | None = None) -> Self:
        handle = object.__new__(cls)
        handle.__dict__["_keep"] = keep
        for name, spec in cls.columns_.items():
            handle.__dict__[name] = _column_handle(spec, keep)
        return handle

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        table = type(self)
        raise PluginError.of(
            "plugin-unknown-column", table=table.__name__, column=name, suggestion=did_you_mean(name, table.columns_)
        )

    def where(self, flag: ex.Flag) -> Self:
        """The same table, of the rows where `flag` is true; rows where it may be true widen the bounds."""
        if not isinstance(flag, ex.Flag):
            raise PluginError.of("plugin-where-needs-flag", table=type(self).__name__, given=type(flag).__name__)
        return self._handle(flag.whole if self._keep is None else self._keep & flag.whole)

    def count(self) -> ex.Figure:
        """How many rows there are."""
        if self._keep is not None:
            return self._keep.count()
        rows = ex.Aggregates()
        return rows.figure(ex.Trio.of(rows.add(nw.col(ex.ROW).count())), frozenset(), ~nw.col(ex.ROW).is_null())


def _column_handle(spec: ColumnSpec, keep: ex.Flag | None) -> ex.Column:
    name = spec.name
    value = nw.col(name)
    exact = spec.kind not in INTERVAL_KINDS or spec.exact
    trio = ex.Trio.of(value) if exact else ex.Trio(value, nw.col(f"{name}__low"), nw.col(f"{name}__high"))
    if spec.kind is Kind.CHOICE:
        return ex.Choice(trio, frozenset({name}), keep, options=tuple(spec.choices))
    return _HANDLES[spec.kind](trio, frozenset({name}), keep)


def _column_spec(cls: type[Record], name: str, declared: _Declared, hints: dict[str, Any]) -> ColumnSpec:
    kind, optional, choices = _kind(cls, name, hints.get(name))
    options = dict(declared.options)
    options["plain"] = hints.get(name) is not _HANDLES[kind]
    options["optional"] = options["optional"] or optional
    options["choices"] = options["choices"] or choices
    spec = ColumnSpec(
        name=name,
        kind=kind,
        label=Text(zh=declared.zh, en=declared.en or name.replace("_", " ").capitalize()),
        **options,
    )
    if name in _RESERVED or "__" in name or name.startswith("_") or name.endswith("_"):
        raise PluginError.of("plugin-reserved-name", table=cls.__name__, column=name)
    if kind is Kind.CHOICE and not spec.choices and not spec.codes:
        raise PluginError.of("plugin-choice-without-list", table=cls.__name__, column=name)
    if spec.unit is not None and spec.unit not in UNITS:
        raise PluginError.of(
            "plugin-unknown-unit", name=name, unit=spec.unit, suggestion=did_you_mean(spec.unit, UNITS)
        )
    if kind is Kind.COUNT and spec.minimum is None:
        return replace(spec, minimum=0)
    return spec


def _kind(cls: type[Record], name: str, hint: Any) -> tuple[Kind, bool, dict[str, Text]]:
    """The kind that an annotation means, whether it allows empty cells, and the choices of a Literal."""
    optional = False
    if get_origin(hint) in (Union, UnionType):
        rest = [each for each in get_args(hint) if each is not NoneType]
        optional, hint = len(rest) < len(get_args(hint)), rest[0] if len(rest) == 1 else hint
    if get_origin(hint) is Literal:
        return Kind.CHOICE, optional, {str(word): Text(zh=str(word), en=str(word)) for word in get_args(hint)}
    if hint not in _KINDS:
        raise PluginError.of("plugin-column-type", table=cls.__name__, column=name, given=str(hint))
    return _KINDS[hint], optional, {}


@dataclass(frozen=True)
class TableSpec:
    """A declared table: its file name or sheet, labels and columns."""

    id: str
    label: Text
    record: type[Record]
    doc: str
    aliases: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where the record class is declared."""
        try:
            return Place(file=inspect.getsourcefile(self.record), line=inspect.getsourcelines(self.record)[1])
        except (OSError, TypeError):  # made without a source file
            return Place()

    @property
    def columns(self) -> tuple[ColumnSpec, ...]:
        return (*self.record.columns_.values(), *COMMON_COLUMNS)


def table_id(class_name: str) -> str:
    """`ChannelMonth` becomes `channel_months`."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()
    if re.search(r"[^aeiou]y$", snake):
        return snake[:-1] + "ies"
    return snake + ("es" if re.search(r"(s|x|ch|sh)$", snake) else "s")
