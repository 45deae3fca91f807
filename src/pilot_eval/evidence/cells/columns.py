"""Reads a whole column of cells at once: usual spellings in bulk, each unusual spelling once."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

import polars as pl

from pilot_eval.evidence.cells.attachments import Attachments
from pilot_eval.evidence.cells.cell import (
    NOTHING,
    DisplayedNumber,
    Reading,
    Unreadable,
    cell_text,
    read_figure,
    read_text,
    refuse_bad,
)
from pilot_eval.evidence.cells.choices import choice_ids, read_choice, read_flag
from pilot_eval.evidence.cells.dates import EPOCH_1900, day_of, iso_day, read_day
from pilot_eval.evidence.cells.numbers import names_unit, read_number
from pilot_eval.evidence.cells.periods import read_period
from pilot_eval.evidence.cells.raw_cells import NO_NUMBER, NO_TEXT, is_filled, true_at
from pilot_eval.evidence.cells.raw_cells import Cells as Cells
from pilot_eval.evidence.cells.ticks import untouched_in
from pilot_eval.frames import UNBOUNDED, three, wording
from pilot_eval.model import Qualifier
from pilot_eval.plugin.tables import ColumnSpec, Kind
from pilot_eval.privacy.numbers import MAY_NAME_A_PERSON, shown_name, shown_text
from pilot_eval.spelling import INVISIBLE
from pilot_eval.text import Words
from pilot_eval.units import UNITS, Units

_PLAIN_NUMBER = r"^([-+]?[0-9]{1,15}(?:\.[0-9]{1,9})?)$"
_ISO_DATE = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})$"
_NO_LIMIT = Words(zh="不限", en="no limit")
_ODD_TEXT = rf"\s|{INVISIBLE}|{MAY_NAME_A_PERSON}"

_FAR_LARGER = 20
"""Percentages beside which a number of at most 1 may be a share: 0.85 beside 90."""
_KNOWN = 20_000
"""Spellings per column whose readings are cached; a column with more of them rarely repeats one."""
SAME_KIND = 20
"""Findings listed per code and column; the rest are only counted."""


@dataclass(frozen=True)
class Fault:
    """An error, warning or note about a cell; `at` is its index in the column."""

    code: str
    at: int
    params: Mapping[str, object] = field(default_factory=dict)


class Faults:
    """The faults of a column: the first few of each code, in cell order, and the count of each code."""

    def __init__(self) -> None:
        self.listed: list[Fault] = []
        self.counts = Counter[str]()

    def say(self, code: str, indexes: Sequence[int], about: Callable[[int], Mapping[str, object]]) -> None:
        """Report a fault at each of the ascending `indexes`; `about` builds the parameters of those that are listed."""
        more = indexes[: max(SAME_KIND - self.counts[code], 0)]
        self.listed += [Fault(code, at, about(at)) for at in more]
        self.counts[code] += len(indexes)


@dataclass
class ReadColumn:
    """A column as stored, and the faults of its cells."""

    stored: dict[str, pl.Series]
    faults: Faults
    attachments: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class ReadingContext:
    """What reading a cell depends on besides its column: the submission's files, and the period in days since 1970."""

    attachments: Attachments = field(default_factory=Attachments)
    period: tuple[float, float] | None = None

    def inside(self, name: str) -> "ReadingContext":
        """Return what reading a cell of a file depends on: the file can't prove what it states."""
        return replace(self, attachments=replace(self.attachments, state=self.attachments.state | {name}))


@dataclass(frozen=True)
class SheetContext:
    """What reading a cell depends on in its sheet: the unit in the column's header, and the first day of date serials.

    `unit` is None if it is the column's own unit; `units` are those that cells may name.
    `year` is that of days without one; `titled` says where it stands.
    """

    unit: str | None = None
    epoch: date = EPOCH_1900
    year: int | None = None
    titled: str = ""
    units: Units = UNITS


def read_column(
    cells: Cells, spec: ColumnSpec, around: ReadingContext, sheet: SheetContext, *, required: bool
) -> ReadColumn:
    """Read every cell as the column's type; a cell that can't be read is a fault, and is stored as empty."""
    nothing: list[int] = []
    if spec.optional and spec.kind not in (Kind.TEXT, Kind.CHOICE, Kind.FLAG):
        nothing = _saying_nothing(cells)
    untouched = untouched_in(cells.text) if spec.kind in (Kind.CHOICE, Kind.FLAG) else []
    given = replace(cells, text=_put(cells.text, dict.fromkeys([*nothing, *untouched])))
    reader = _READERS[spec.kind](given, spec, around, sheet)
    stored = reader.read()
    about = {"count": len(nothing), "column": spec.label}
    reader.faults.say("cell-nothing", nothing[:1], lambda at: {"value": cell_text(cells.text[at])} | about)
    if required:
        empty = true_at(~given.filled)
        reader.faults.say("cell-required", empty, lambda at: {"column": spec.label})
    return ReadColumn(stored, reader.faults, reader.attachments)


def _saying_nothing(cells: Cells) -> list[int]:
    """Return the indexes of placeholders (`/`, `暂无`) in an optional column: they are empty cells, reported once.

    Text, choice and flag columns are excluded: 无 may be one of their values.
    """
    return true_at(cells.text.str.contains(NOTHING))


class _ColumnReader(ABC):
    """Reads one column; each subclass reads one or more kinds."""

    dtype: ClassVar[pl.DataType]

    def __init__(self, cells: Cells, spec: ColumnSpec, around: ReadingContext, sheet: SheetContext) -> None:
        self.cells, self.spec, self.around, self.sheet = cells, spec, around, sheet
        self.faults = Faults()
        self.attachments: set[str] = set()

    @abstractmethod
    def read(self) -> dict[str, pl.Series]:
        """Return the column as stored."""

    def each(self, indexes: Iterable[int], reader: Callable[[Any], Any]) -> dict[int, Any]:
        """Read the cells at some indexes one by one, each spelling once; record the faults."""
        known: dict[Hashable, Any] = {}
        made: dict[int, Any] = {}
        for at in sorted({*indexes}):
            cell = self.cells.at(at)
            key = (type(cell), cell, getattr(cell, "picture", None))
            result = known.get(key)
            if result is None:
                try:
                    result = reader(cell)
                except Unreadable as unreadable:
                    result = unreadable.with_traceback(None)
                if len(known) < _KNOWN:
                    known[key] = result
            if isinstance(result, Unreadable):
                why = result
                self.faults.say(why.code, [at], lambda at: self._about(self.cells.at(at), why))  # noqa: B023
            else:
                made[at] = result
        return made

    def _about(self, cell: Any, why: Unreadable) -> dict[str, object]:
        """Return a finding's parameters for a cell. They are costly, so only listed findings get them."""
        shown = shown_text(cell_text(cell))
        params = {name: value() if callable(value) else value for name, value in why.params.items()}
        return {"value": shown, "column": self.spec.label, **params}

    def mapped(self, reader: Callable[[Any], Any]) -> pl.Series:
        """Read a column with few distinct spellings: each once, then mapped in bulk."""
        spellings = self.cells.text.unique().drop_nulls()
        good: dict[str, Any] = {}
        bad: set[str] = set()
        for spelling in spellings.to_list():
            try:
                good[spelling] = reader(spelling)
            except Unreadable:
                bad.add(spelling)
        made = self.cells.text.replace_strict(list(good), list(good.values()), default=None, return_dtype=self.dtype)
        rest = true_at(is_filled(self.cells.number)) + list(self.cells.other)
        if bad:
            rest += true_at(self.cells.text.is_in(list(bad)))
        return _put(made, self.each(rest, reader))


def _put(series: pl.Series, values: Mapping[int, Any]) -> pl.Series:
    if not values:
        return series
    # `scatter` changes the series in place, so copy it.
    return series.clone().scatter(list(values), pl.Series(list(values.values()), dtype=series.dtype))


class _FlagReader(_ColumnReader):
    dtype = pl.Boolean()

    def read(self) -> dict[str, pl.Series]:
        return {self.spec.name: self.mapped(read_flag)}


class _ChoiceReader(_ColumnReader):
    dtype = pl.String()

    def read(self) -> dict[str, pl.Series]:
        ids = choice_ids(self.spec.choices)
        labels = [label.zh for label in self.spec.choices.values()]
        return {self.spec.name: self.mapped(lambda cell: read_choice(cell, ids, labels))}


class _FileReader(_ColumnReader):
    dtype = pl.String()

    def read(self) -> dict[str, pl.Series]:
        return {self.spec.name: self.mapped(self._files)}

    def _files(self, cell: Any) -> str:
        refuse_bad(cell)
        found = self.around.attachments.named(cell if isinstance(cell, str) else read_text(cell))
        self.attachments |= set(found)
        return "；".join(found)


class _TextReader(_ColumnReader):
    dtype = pl.String()

    def read(self) -> dict[str, pl.Series]:
        text = self.cells.text
        odd = [] if text.null_count() == len(text) else true_at(text.str.contains(_ODD_TEXT))
        rest = [*odd, *true_at(is_filled(self.cells.number)), *self.cells.other]
        as_text = read_figure if self.spec.figures else read_text
        read = self.each(rest, lambda cell: shown_name(as_text(cell)))
        return {self.spec.name: _put(text, dict.fromkeys(rest) | read)}


class _QuantityReader(_ColumnReader):
    """Reads numbers and dates: a value, its bounds, and the original wording unless it is the exact value."""

    dtype = pl.Float64()

    @abstractmethod
    def usual(self) -> pl.Series:
        """Read the cells in the usual spelling in bulk; the others are null."""

    @abstractmethod
    def unusual(self, cell: Any) -> Reading:
        """Read another cell."""

    def read(self) -> dict[str, pl.Series]:
        value = self.usual()
        rest = true_at(self.cells.filled & value.is_null())
        readings = self.each(rest, self.unusual)
        value = _put(value, {at: reading.value for at, reading in readings.items()})
        wrong = self._wrong(value, readings)
        readings = {at: reading for at, reading in readings.items() if at not in wrong}
        value = _put(value, dict.fromkeys(wrong))
        readings = self._say_stated(readings) if self.spec.exact else readings
        self._say_approximate(readings)
        self._say_converted(readings)
        readings = {at: each for at, each in readings.items() if not (self.spec.exact and each.low != each.high)}
        worded = {
            at: cell_text(self.cells.at(at))
            for at, reading in readings.items()
            if reading.qualifier is not Qualifier.EXACT
        }
        name = self.spec.name
        nothing = NO_TEXT.new_from_index(0, len(value))
        return {
            name: value,
            three(name).low: _put(value, {at: each.low for at, each in readings.items()}),
            three(name).high: _put(value, {at: each.high for at, each in readings.items()}),
            wording(name): _put(nothing, worded),
        }

    @abstractmethod
    def _wrong(self, value: pl.Series, readings: Mapping[int, Reading]) -> set[int]:
        """Return the indexes of values that the column doesn't allow, and report each."""

    def _say_stated(self, readings: Mapping[int, Reading]) -> dict[int, Reading]:
        """Take a round figure for the exact number that the column asks for, and report it."""
        stated = {
            at: each for at, each in readings.items() if each.qualifier is Qualifier.STATED and each.low < each.high
        }
        self.faults.say(
            "cell-stated", list(stated), lambda at: self._shown(at) | {"number": self.bound(stated[at].value)}
        )
        return dict(readings) | {at: each._replace(low=each.value, high=each.value) for at, each in stated.items()}

    def _say_converted(self, readings: Mapping[int, Reading]) -> None:
        converted = [at for at, reading in readings.items() if reading.converted]
        about = {"count": len(converted), "unit": self.spec.unit}
        first = {"number": self.bound(readings[converted[0]].value)} if converted else {}
        self.faults.say("cell-converted", converted[:1], lambda at: self._shown(at) | first | about)

    def _say_approximate(self, readings: Mapping[int, Reading]) -> None:
        def about(at: int) -> dict[str, object]:
            reading = readings[at]
            bounds = {} if self.spec.exact else {"low": self.bound(reading.low), "high": self.bound(reading.high)}
            return {"value": cell_text(self.cells.at(at)), **bounds}

        vague = [at for at, reading in readings.items() if reading.low != reading.high]
        self.faults.say("cell-exact" if self.spec.exact else "cell-approximate", vague, about)

    def _shown(self, at: int) -> dict[str, object]:
        return {"value": shown_text(cell_text(self.cells.at(at))), "column": self.spec.label}

    def bound(self, bound: float) -> object:
        return _NO_LIMIT if abs(bound) >= UNBOUNDED else f"{bound:,.10g}"


class _NumberReader(_QuantityReader):
    def usual(self) -> pl.Series:
        if self.sheet.unit is not None:  # each cell is converted, in decimal arithmetic
            return NO_NUMBER.new_from_index(0, len(self.cells.text))
        # A number whose format adds wording is a string too; it must be read together with that wording.
        text = _put(self.cells.text, dict.fromkeys(self.cells.other)).str.strip_chars(" ")
        plain = text.str.extract(_PLAIN_NUMBER).cast(pl.Float64)
        number = _put(self.cells.number, dict.fromkeys(self._with_units()))
        return number.zip_with(number.abs() < UNBOUNDED, plain)

    def _with_units(self) -> list[int]:
        """Return the indexes of numbers whose format shows a unit that isn't built in: `0.0"兆瓦时"`."""
        raw = enumerate(self.cells.raw or ()) if self.sheet.units.own else ()
        displayed = ((at, cell) for at, cell in raw if isinstance(cell, DisplayedNumber))
        return [at for at, cell in displayed if names_unit(cell, self.sheet.units)]

    def unusual(self, cell: Any) -> Reading:
        return read_number(cell, self.spec.unit, self.sheet.unit, self.sheet.units)

    def read(self) -> dict[str, pl.Series]:
        stored = super().read()
        if self.spec.unit == "%" and self.sheet.unit is None:
            self._doubt_shares(stored[self.spec.name])
        return stored

    def _doubt_shares(self, value: pl.Series) -> None:
        """Warn that 0.855 in a % column may mean 85.5%, if all numbers without a % sign are that small, if the
        others are far larger, or if other cells have the sign."""
        signed = self.cells.text.str.contains("[%％‰]|百分").fill_null(False)
        bare = value.set(signed | ~self.cells.filled, None)
        small = true_at((bare.abs() <= 1) & (bare != 0))
        larger = bare.filter(bare.abs() > 1).abs().min()
        far = larger is None or (float(str(larger)) >= _FAR_LARGER and any(bare[at] % 1 for at in small))
        if small and (signed.any() or far):
            first = bare[small[0]]
            shown = {"value": f"{first:.10g}", "share": f"{first * 100:.10g}", "count": len(small)}
            self.faults.say("column-share", small[:1], lambda at: shown | {"column": self.spec.label})

    def _wrong(self, value: pl.Series, readings: Mapping[int, Reading]) -> set[int]:
        spec = self.spec
        wrong: set[int] = set()
        if spec.kind is Kind.COUNT:
            broken = true_at((value < 0) | (value != value.floor()))
            wrong |= set(broken)
            self.faults.say("cell-whole", broken, self._shown)
        low = -UNBOUNDED if spec.minimum is None else spec.minimum
        high = UNBOUNDED if spec.maximum is None else spec.maximum
        outside = true_at((value < low) | (value > high))
        limits = {"low": self.bound(low), "high": self.bound(high)}
        self.faults.say("cell-range", [at for at in outside if at not in wrong], lambda at: self._shown(at) | limits)
        return wrong | set(outside)


class _DateReader(_QuantityReader):
    """Reads dates; those far from the round's period are doubted."""

    def usual(self) -> pl.Series:
        iso = self.cells.text.str.extract(_ISO_DATE)
        days = iso.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32).cast(pl.Float64)
        dates = {at: cell for at, cell in self.cells.other.items() if isinstance(cell, date)}
        return _put(days, {at: read_day(cell).value for at, cell in dates.items()})

    def unusual(self, cell: Any) -> Reading:
        return read_day(cell, serial_epoch=self.sheet.epoch, year=self.sheet.year)

    def _say_converted(self, readings: Mapping[int, Reading]) -> None:
        """Say which days have their year from the table's title."""
        given = [at for at, reading in readings.items() if reading.converted]
        about = {"count": len(given), "title": self.sheet.titled}
        first = {"day": self.bound(readings[given[0]].value)} if given else {}
        self.faults.say("cell-year-titled", given[:1], lambda at: self._shown(at) | first | about)

    def _wrong(self, value: pl.Series, readings: Mapping[int, Reading]) -> set[int]:
        if self.around.period is None:
            return set()
        if self.spec.in_period:
            return self._outside(value, readings, self.around.period)
        self._doubt_far(value, self.around.period)
        return set()

    def _doubt_far(self, value: pl.Series, period: tuple[float, float]) -> None:
        """Warn of days so far from the round's period that the year may be mistyped."""
        before, after = self.spec.near_period or (None, _VALID if self.spec.expires else _FAR)
        low = -UNBOUNDED if before is None else period[0] - _YEAR * before
        high = period[1] + _YEAR * after
        far = true_at((value < low) | (value > high))
        limits = {"low": self.bound(period[0]), "high": self.bound(period[1])}
        self.faults.say("cell-far", far, lambda at: self._shown(at) | limits)

    def _outside(self, value: pl.Series, readings: Mapping[int, Reading], period: tuple[float, float]) -> set[int]:
        first, last = period
        limits = {"low": self.bound(first), "high": self.bound(last)}
        outside: list[int] = []
        for at in true_at((value < first) | (value > last)):
            reading = readings.get(at)
            if reading is None or reading.high < first or reading.low > last:
                outside.append(at)
        wrong = set(outside)
        partly = [at for at, each in readings.items() if at not in wrong and (each.low < first or each.high > last)]
        self.faults.say("cell-period", outside, lambda at: self._shown(at) | limits)
        self.faults.say("cell-period-partly", partly, lambda at: self._shown(at) | limits)
        return wrong

    def bound(self, bound: float) -> object:
        return iso_day(bound)


_FAR, _VALID, _YEAR = 10, 85, 366
"""Years after the round's period in which no date, and no end of validity (2099: for ever), is expected; its days."""


class _PeriodReader(_DateReader):
    def usual(self) -> pl.Series:
        return NO_NUMBER.new_from_index(0, len(self.cells.text))

    def unusual(self, cell: Any) -> Reading:
        period = self.around.period
        around = None if period is None else (day_of(period[0]), day_of(period[1]))
        return read_period(cell, around, self.spec.each, self.sheet.epoch)

    def _wrong(self, value: pl.Series, readings: Mapping[int, Reading]) -> set[int]:
        return set() if self.around.period is None else self._outside(value, readings, self.around.period)

    def _say_approximate(self, readings: Mapping[int, Reading]) -> None:
        """A period is exact."""


_READERS: dict[Kind, type[_ColumnReader]] = {
    Kind.TEXT: _TextReader,
    Kind.CHOICE: _ChoiceReader,
    Kind.FILE: _FileReader,
    Kind.FLAG: _FlagReader,
    Kind.DATE: _DateReader,
    Kind.PERIOD: _PeriodReader,
    Kind.COUNT: _NumberReader,
    Kind.NUMBER: _NumberReader,
}
