"""Figures given directly: a base type whose measures are the columns of one table, with a row per pilot."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple, Protocol

from pydantic import BeforeValidator, Field, WithJsonSchema

from pilot_eval.frames import PILOT, reserved
from pilot_eval.method.fields import Named, Unit
from pilot_eval.spelling import word_key
from pilot_eval.text import ID_PATTERN, Frozen, Words

TABLE = "figures"
"""The id of the table."""

KEY = "unit"
"""The column of the table that says whose row it is."""

BASE_TYPE = "units"
"""The id of the base type of a method that is made of a table."""

_KEYS = (
    "单位", "单位名称", "试点", "试点名称", "名称", "编号", "试点编号", "单位编号", "地区", "城市", "国家", "省份",
    "代码", "unit", "pilot", "name", "id", "code", "unit name", "region", "city", "country",
)  # fmt: skip
OTHERS = ("出处", "Source", "来源", "依据", "备注", "Note", "说明")
"""The headers of the columns that every table has."""

_TAKEN = frozenset({PILOT, KEY, TABLE, "source", "note"})


def _headers(given: object) -> object:
    """Return the headers of a column that is asked for with `true`, or `false`, or by more headers."""
    return {True: (), False: None}.get(given, given) if isinstance(given, bool) else given


Asked = Annotated[
    tuple[str, ...] | None,
    BeforeValidator(_headers),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""Whether there is a column beside a measure's own: `true`, or its headers besides the usual ones."""


class _Beside(NamedTuple):
    """A kind of column beside a measure's own: how its id ends, and how its headers are made of the measure's."""

    id: str
    label: Words
    headers: tuple[str, ...]


_BESIDE = {
    "last": _Beside(
        "{}_last",
        Words(zh="上年{}", en="{} last year"),
        ("{}上年", "上年度{}", "{}上年度", "去年{}", "上期{}", "{}上期", "last year {}", "{} last",
         "{}_last"),
    ),
    "baseline": _Beside(
        "{}_baseline",
        Words(zh="{}基线", en="{} baseline"),
        ("{}基期", "基期{}", "{}基线值", "baseline {}", "{}_baseline"),
    ),
    "target": _Beside(
        "{}_target",
        Words(zh="{}目标", en="{} target"),
        ("{}目标值", "目标{}", "target {}", "{}_target"),
    ),
}  # fmt: skip


class GivenMeasure(Named):
    """A measure that is a column of the table.

    aliases: other headers. last, baseline, target: whether there are columns of last year's figure, which growth is
    measured on, and of each pilot's own baseline and target for the rule `target`; a list gives further headers.
    """

    id: Annotated[str, Field(pattern=ID_PATTERN, max_length=40)]
    unit: Unit
    aliases: tuple[str, ...] = ()
    last: Asked = None
    baseline: Asked = None
    target: Asked = None

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.id, self.zh, self.en, *self.aliases))))

    def beside(self, kind: str) -> str | None:
        """Return the id of a measure beside this one, if there is one: `last`, `baseline` or `target`."""
        return None if getattr(self, kind) is None else _BESIDE[kind].id.format(self.id)


class GivenColumn(NamedTuple):
    """A column of the table: the id of its measure, its label, its unit, and its other headers."""

    id: str
    label: Words
    unit: str
    aliases: tuple[str, ...]
    exact: bool = False


class GivenType(Frozen):
    """A base type whose pilots' figures are given directly.

    key: headers of the column that names the pilots, in the place of the usual ones.
    """

    base_type: str
    zh: str = ""
    en: str = ""
    key: tuple[str, ...] = ()
    measures: tuple[GivenMeasure, ...]

    @property
    def label(self) -> Words:
        return Words(zh=self.zh or self.base_type, en=self.en or self.base_type)

    @property
    def key_words(self) -> tuple[str, ...]:
        """Return the headers of the column that names the pilots, the one that forms have first."""
        own = {word_key(each): each for each in (*self.key, *(() if self.key else (*_KEYS, self.zh, self.en))) if each}
        return tuple(own.values())

    @property
    def columns(self) -> tuple[GivenColumn, ...]:
        """Return the columns of figures, those beside each measure's own after it."""
        return tuple(column for each in self.measures for column in _columns_of(each))

    @property
    def units(self) -> dict[str, str]:
        """Return the unit of each measure, by id."""
        return {each.id: each.unit for each in self.columns}

    def beside(self, measure: str | None, kind: str) -> str | None:
        """Return the id of the measure that holds the last figure, the baseline or the target of another one."""
        return next((each.beside(kind) for each in self.measures if each.id == measure), None)

    def completed(self, item: object) -> object:
        """Return an indicator as it is written in YAML, with what its measure says already: name, unit, table, last."""
        named = item.get("measure") if isinstance(item, dict) else None
        measure = next((each for each in self.measures if each.id == named), None)
        if not isinstance(item, dict) or measure is None:
            return item
        names = {} if "zh" in item else {"zh": measure.zh, "en": measure.en}
        made: dict[str, Any] = {**names, "unit": measure.unit, "evidence": [TABLE], **item}
        if (last := measure.beside("last")) is not None and isinstance(growth := item.get("growth"), dict):
            made["growth"] = {"last": last, **growth}
        return made


def _columns_of(measure: GivenMeasure) -> Iterator[GivenColumn]:
    yield GivenColumn(measure.id, measure.label, measure.unit, measure.aliases)
    for kind, beside in _BESIDE.items():
        if (asked := getattr(measure, kind)) is not None:
            label = Words(zh=beside.label.zh.format(measure.zh), en=beside.label.en.format(measure.en or measure.zh))
            made = [form.format(word) for word in measure.words for form in beside.headers]
            id_ = beside.id.format(measure.id)
            yield GivenColumn(id_, label, measure.unit, tuple(dict.fromkeys((*asked, *made))), kind != "last")


Fault = tuple[int, str, dict[str, object]]
"""What is wrong with a measure: its index, the code of the message and its parameters."""


def faults_of_measures(given: GivenType, taken: Mapping[str, object]) -> Iterator[Fault]:
    """Yield the measures whose id is `taken` or can't be used, and headers that mean two columns.

    A header is compared regardless of case, spaces, signs and full-width forms.
    """
    first = {_without_signs(word): "source, note" for word in OTHERS} | {
        _without_signs(word): KEY for word in (KEY, *given.key_words)
    }
    ids: set[str] = set()
    for at, measure in enumerate(given.measures):
        for column in _columns_of(measure):
            key = column.id.casefold()
            if reserved(column.id) or "." in column.id or "-" in column.id or key in _TAKEN or column.id in taken:
                yield at, "method-measure-id", {"name": column.id}
            if key in ids:
                yield at, "method-duplicate", {"name": column.id}
                continue
            ids.add(key)
            for word in dict.fromkeys(filter(None, (column.id, column.label.zh, column.label.en, *column.aliases))):
                other = first.setdefault(_without_signs(word), column.id)
                if other != column.id:
                    yield at, "method-same-header", {"word": word, "one": other, "other": column.id}


def _without_signs(word: str) -> str:
    return _SIGNS.sub("", word_key(word))


_SIGNS = re.compile(r"[\W_]+")


class _Pilot(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


def units_of(pilots: Iterable[_Pilot]) -> dict[str, str]:
    """Return pilots by the `word_key` of each of their names, without the names that two of them share."""
    found: dict[str, set[str]] = {}
    ids: dict[str, str] = {}
    for each in pilots:
        ids[word_key(each.id)] = each.id
        for name in filter(None, (each.zh, each.en)):
            found.setdefault(word_key(name), set()).add(each.id)
    return {name: own.pop() for name, own in found.items() if len(own) == 1} | ids
