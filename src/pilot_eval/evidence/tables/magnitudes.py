"""Doubts numbers that may be written in another unit, or with separators that make them another number."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise, permutations

import polars as pl

from pilot_eval.evidence.cells.cell import DisplayedNumber, Spelled, cell_text
from pilot_eval.evidence.cells.numbers import unit_factor
from pilot_eval.evidence.cells.raw_cells import Cells, columns_matching
from pilot_eval.evidence.tables.findings import Findings
from pilot_eval.evidence.tables.header_cells import header_key, texts_beside, unit_word
from pilot_eval.evidence.tables.header_units import UNIT_LINE
from pilot_eval.evidence.tables.layout import Located
from pilot_eval.plugin.tables import NUMBER_KINDS, ColumnSpec, Kind
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import plain
from pilot_eval.text import both, joined
from pilot_eval.units import Units

_APART, _APART_DECIMALS = 1000, 300
"""How many times larger the numbers of one unit are than those of another; with decimals in the small ones alone."""
_TINY, _SMALL = 100, 1000
"""Amounts below which one number, or several, may be meant in ten thousands."""
_TINY_AREA = 0.3
"""Square metres that no room is smaller than."""
_NO_AREA = 2
"""Square metres that no table of areas stays below."""
_LARGEST = 1000
"""How many times larger than an area another is at least if the first may be meant in ten thousands."""
_AMOUNTS = ("元", "㎡")
"""Units of money and area: what their columns hold is known best."""
_AS_LARGE = 5
"""How many times the largest amount one that is meant in ten thousands may be: 800万 beside 900,000 is far more."""
_FEW, _MANY = 10, 500
"""How many households or residents may be meant in thousands, and how many times more all other rows have."""
_ROW_BELOW = 150
"""How many times smaller than those of all other rows a row's amounts are, each of them, that are doubted."""
_FAR_BELOW, _ALONE_BELOW = 300, 800
"""How many times smaller than those beside them the amounts of several rows are, or of one, that are doubted."""
_LEAST_PERCENT, _PERCENT_BELOW = 20, 40
"""Numbers of several rows that may be percentages, and how many times smaller than the amounts beside them they are."""
_ABOVE, _LARGE, _LIKE = 100, 1000, 10
"""Below a header of 千元 or more: how many times larger numbers in 元 are, what they are at least, and how many times
larger or smaller than the others they may be once divided."""


def check_magnitudes(
    located: Located, body: list[Cells], kept: pl.Series, stored: Mapping[str, pl.Series], said: Findings
) -> None:
    """Report numbers of a table's records whose magnitude is in doubt."""
    rows = _Rows(located, body, kept, stored)
    for at, column in located.used.items():
        if column.kind in NUMBER_KINDS:
            rows.say_fractions(at, column, said)
            rows.say_tiny_areas(at, column, said)
            rows.say_dots(at, column, said)
            rows.say_octal(at, said)
            rows.say_mixed(at, column, said)
    rows.say_rows_below(said)
    rows.say_columns_apart(said)
    rows.say_units(said)
    if located.grid.delimited:
        rows.say_split(said)


class _Rows:
    """The records of a table: `kept` are their indexes below the header."""

    def __init__(self, located: Located, body: list[Cells], kept: pl.Series, stored: Mapping[str, pl.Series]) -> None:
        self.located, self.body, self.kept, self.stored = located, body, kept, stored
        self.below, self.units = located.body, located.layout.units
        self.mixed = set[tuple[int, ...]]()  # rows whose amounts are too small, each said once

    def text(self, at: int) -> pl.Series:
        return self.body[at].chosen(self.kept).text

    def say_fractions(self, at: int, column: ColumnSpec, said: Findings) -> None:
        """Report 1.2 人, which may mean 1.2万人."""
        if not self.units.counted(column.unit) or column.kind is Kind.COUNT or column.name in self.located.units:
            return
        value = self.stored[column.name]
        broken = (value != value.floor()) & ~self.text(at).str.contains("[万亿]").fill_null(False)
        for index in self.kept.filter(broken.fill_null(False)):
            said.say("cell-fraction", index + self.below, at, value=self._shown(index, at), unit=column.unit)

    def say_tiny_areas(self, at: int, column: ColumnSpec, said: Findings) -> None:
        """Report 0.024 ㎡, which may mean 0.024万㎡; and areas that are all of one or two."""
        if column.unit != "㎡" or column.name in self.located.units:
            return
        value = self.stored[column.name]
        broken = (value != value.floor()).any()
        least = _NO_AREA if broken and (value.fill_null(0) < _NO_AREA).all() else _TINY_AREA
        tiny = (value > 0) & (value < least) & ~self.text(at).str.contains("[万亿]").fill_null(False)
        for index in self.kept.filter(tiny.fill_null(False)):
            said.say("cell-tiny", index + self.below, at, value=self._shown(index, at), unit=column.unit)

    def say_dots(self, at: int, column: ColumnSpec, said: Findings) -> None:
        """Report 1.500, which may mean 1500, unless another cell shows that the column's points are decimal."""
        text, number = self.text(at), self.body[at].chosen(self.kept).number
        dotted = text.str.contains(_DOTTED).fill_null(False)
        if not dotted.any() or column.unit == "%":
            return
        decimal = text.str.contains(_DECIMAL).any() or (number != number.floor()).any()
        if not decimal or column.kind is Kind.COUNT:
            index = self.kept.filter(dotted)[0]
            about = {"value": self._shown(index, at), "count": dotted.sum(), "column": column.label}
            said.say("column-dots", index + self.below, at, **about)

    def say_octal(self, at: int, said: Findings) -> None:
        """Report 0144 in YAML, which is 144 there, and 100 to older programs."""
        if (raw := self.body[at].raw) is None:
            return
        for index in self.kept:
            cell = raw[index]
            if isinstance(cell, DisplayedNumber) and isinstance(cell.picture, Spelled) and _OCTAL.fullmatch(cell.shown):
                said.say("cell-octal", index + self.below, at, value=cell.shown, number=f"{cell:.0f}")

    def say_mixed(self, at: int, column: ColumnSpec, said: Findings) -> None:
        """Report amounts that may be in another unit than the others of their column."""
        if self._measured(column) and not self._say_below(at, column, said):
            self._say_above(at, column, said)
        elif column.stock and self.units.counted(column.unit):
            self._say_few(at, column, said)

    def _kind(self, column: ColumnSpec) -> str:
        """Return the unit that the column's converts to, empty for a column without one."""
        return self.units.size(column.unit)[0] if column.unit else ""

    def _measured(self, column: ColumnSpec) -> bool:
        """Return whether a column's numbers may be in another unit of its kind: of money, of area, of one's own."""
        kind = self._kind(column)
        return kind in _AMOUNTS or (kind != "" and len(self.units.relatives(kind)) > 0)

    def _larger(self, column: ColumnSpec) -> str:
        """Return a unit that numbers far below the others may be in."""
        unit = column.unit or ""
        if not self.units.family_words(unit):
            return "万元"
        larger = {
            each: factor for each in self.units.relatives(unit) if (factor := self.units.factor(each, unit) or 0) > 1
        }
        return min(larger, key=lambda each: larger[each], default=f"万{unit}")

    def _say_few(self, at: int, column: ColumnSpec, said: Findings) -> None:
        """Report households or residents that are a few where all others have hundreds of times as many."""
        values = self._written(column)
        few = [row for row, value in values.items() if value < _FEW]
        many = [value for value in values.values() if value >= _FEW]
        if few and len(few) < len(many) and min(many) >= _MANY * max(values[row] for row in few):
            about = {"column": column.label, "larger": self._larger(column)}
            self._say_rows("column-magnitudes", few, (values[few[0]], max(many)), at, said, **about)

    def _say_below(self, at: int, column: ColumnSpec, said: Findings) -> bool:
        """Report amounts that are thousands of times smaller than the others: 50 beside 100000 may be 50万元."""
        positive = self.stored[column.name].filter((self.stored[column.name] > 0).fill_null(False))
        least = positive.min()
        if not isinstance(least, float) or not (positive >= _APART_DECIMALS * least).any():
            return False
        values = self._written(column)
        tiny = [row for row in _far_below(values, money=self._kind(column) == "元") if not self._ordinary(row, column)]
        if tiny and column.name in self.located.units and max(values.values()) < _SMALL:
            return False  # 0.03 beside 50, where the header says 万元
        if tiny and self._kind(column) == "㎡" and max(values[row] for row in tiny) * _LARGEST > max(values.values()):
            return False
        if tiny:
            figures = values[tiny[0]], max(values.values())
            about = {"column": column.label, "larger": self._larger(column)}
            self._say_rows("column-magnitudes", tiny, figures, at, said, **about)
        return bool(tiny)

    def _say_above(self, at: int, column: ColumnSpec, said: Findings) -> None:
        """Report amounts that are like the others only without the unit of the header: 245000 below 千元."""
        header = self.located.units.get(column.name)
        values = self._written(column)
        high = _far_above(values, float(unit_factor(header, column.unit, self.units) or 1)) if header else []
        if high:
            figures, about = (values[high[0]], min(values.values())), {"unit": header, "own": column.unit}
            self._say_rows("column-above-unit", high, figures, at, said, column=column.label, **about)

    def _say_rows(
        self, code: str, rows: list[int], figures: tuple[float, float], at: int, said: Findings, **about: object
    ) -> None:
        """Report rows with amounts in another unit, with one and another, once: two columns may have the same rows."""
        if tuple(rows) not in self.mixed:
            self.mixed.add(tuple(rows))
            indexes = [self.kept[row] + self.below for row in rows]
            shown = joined(both(str(self.located.grid.place(index).row)) for index in indexes[:_LISTED])
            value, other = (f"{each:,.10g}" for each in figures)
            said.say(code, indexes[0], at, rows=shown, value=value, other=other, **about)

    def say_rows_below(self, said: Findings) -> None:
        """Report a row whose amounts are all far below those of every other: 120 and 30 below 20000 and 18000."""
        used = [(at, column) for at, column in self.located.used.items() if self._kind(column) == "元"]
        written = [self._written(column) for _, column in used]
        for row in set.intersection(*map(set, written)) if len(written) > 1 else ():
            beside = [[value for other, value in values.items() if other != row] for values in written]
            own = [values[row] for values in written]
            far = all(each and min(each) >= _ROW_BELOW * value for value, each in zip(own, beside, strict=True))
            if far and min(own) < _TINY and max(own) < _SMALL:
                at, column = used[0]
                about = {"column": column.label, "larger": self._larger(column)}
                self._say_rows("column-magnitudes", [row], (own[0], max(beside[0])), at, said, **about)

    def say_columns_apart(self, said: Findings) -> None:
        """Report a column whose every amount is far below that beside it: 6.4 or 0.85 spent of 80000 each."""
        used = [(at, column) for at, column in self.located.used.items() if self._kind(column) in _AMOUNTS]
        for (_, whole), (at, part) in permutations(used, 2):
            if part.unit != whole.unit:
                continue
            amounts = zip(self.stored[part.name], self.stored[whole.name], strict=True)
            pairs = [(value, beside) for value, beside in amounts if value and beside and value > 0 and beside > 0]
            code = _apart(pairs)
            if code is None:
                continue
            value, other = (f"{each:,.10g}" for each in pairs[0])
            about = {"column": part.label, "beside": whole.label, "value": value, "other": other}
            said.say(code, self.kept[0] + self.below, at, **about)

    def _written(self, column: ColumnSpec) -> dict[int, float]:
        """Return the positive numbers of a column, by row, in the unit of the header."""
        header = self.located.units.get(column.name)
        factor = float(unit_factor(header, column.unit, self.units) or 1) if header else 1.0
        values = enumerate(self.stored[column.name].to_list())
        return {row: round(value / factor, 9) or value for row, value in values if value is not None and value > 0}

    def _ordinary(self, row: int, column: ColumnSpec) -> bool:
        """Return whether the row's other amounts are large, so that this one is small in its unit: little was spent."""
        value = self.stored[column.name][row]
        for other in self.located.used.values():
            beside = self.stored[other.name][row] if other.unit == column.unit and other != column else None
            if beside is not None and beside > 100 * value and not _in_ten_thousands(value, beside):
                return True
        return False

    def say_units(self, said: Findings) -> None:
        """Report a unit in a row's text that differs from that of the columns: `单位：万元` in the remarks."""
        columns = [column for column in self.located.used.values() if column.unit and column.kind in NUMBER_KINDS]
        typed = {at for at, column in self.located.used.items() if column.kind is not Kind.TEXT}
        free = [at for at in range(len(self.body)) if columns and at not in typed]
        own = {word for column in columns for word in self.units.family_words(column.unit or "")}
        names_unit = "|".join([_NAMES_UNIT, *(f"(?i:{re.escape(word)})" for word in sorted(own))])
        stating = columns_matching([self.body[at] for at in free], names_unit)
        kept = set(self.kept.to_list()) if stating else set()
        for turn, indexes in stating.items():
            at, text = free[turn], self.body[free[turn]].text
            for index in (index for index in indexes if index in kept and len(text[index]) <= _LONGEST):
                for unit in _units_stated(text[index], self.units):
                    if (column := self._other(unit, index, columns)) is not None:
                        shown = self.located.units.get(column.name) or column.unit
                        said.say("row-unit", index + self.below, at, given=unit, unit=shown)
                        break

    def _other(self, unit: str, index: int, columns: list[ColumnSpec]) -> ColumnSpec | None:
        """Return the column whose numbers in a row aren't in the unit stated there, though of its kind."""
        units = self.located.units
        differs: ColumnSpec | None = None
        for column in columns:
            factor = unit_factor(unit, column.unit, self.units)
            header = units.get(column.name)
            if factor is None or self.body[self.located.columns[column.name]].at(index) is None:
                continue
            own = unit_factor(header, column.unit, self.units) if header else 1
            if factor == own or unit in cell_text(self.body[self.located.columns[column.name]].at(index)):
                return None
            differs = column
        return differs

    def say_split(self, said: Findings) -> None:
        """Report rows of delimited text in which 1,200 has become two cells, so that the last cell holds a number."""
        numbers = [at for at, column in self.located.used.items() if column.kind in NUMBER_KINDS]
        rows = {index: self.located.grid.rows[index + self.below] for index in self._may_be_split(numbers)}
        others = [each for each in self.kept.to_list() if each not in rows]
        for index, row in rows.items():
            last = max(at for at, cell in enumerate(row) if cell is not None)
            free = max((at for at in numbers if at < last), default=last) + 1
            if last >= len(self.located.names) or not all(
                _BARE.fullmatch(str(row[at]).strip()) for at in range(free, last + 1)
            ):
                continue
            split = next((at for at in numbers if at < last and _is_split(row[at], row[at + 1])), None)
            if split is not None and self._shifted(last, split, others, index):
                said.say("row-split", index + self.below, split, value=f"{row[split]},{row[split + 1]}")

    def _may_be_split(self, numbers: list[int]) -> list[int]:
        found = set[int]()
        for at in numbers:
            if at + 1 < len(self.body):
                hit = self.text(at).str.contains(_HEAD) & self.text(at + 1).str.contains(_TAIL)
                found |= set(self.kept.filter(hit.fill_null(False)).to_list())
        return sorted(found)

    def _shifted(self, last: int, split: int, others: list[int], index: int) -> bool:
        """Return whether only rows that may be split have a number in their last cell."""
        beside = [cell for each in others if (cell := self.body[last].at(each)) is not None]
        column = self.located.used.get(last)
        if column is not None and column.kind in NUMBER_KINDS:
            if not column.optional or beside:
                return False
            larger = self.stored[self.located.used[split].name].filter(self.kept.is_in(others))
            least = min((value for value in larger if value), default=0.0)
            return least >= 100 * float(str(self.body[split].at(index)))
        remarks = re.search("备注|说明|note|remark", header_key(self.located.names[last]))
        if last in self.located.contacts:  # whose cells aren't in the body
            remarks = re.match(_TAIL, str(self.located.grid.rows[index + self.below][last]))
        return bool(others or remarks) and not any(_BARE.fullmatch(cell_text(cell).strip()) for cell in beside)

    def _shown(self, index: int, at: int) -> str:
        return shown_text(cell_text(self.body[at].at(index)))


_LISTED = 5
"""Rows that a message names."""
_LONGEST = 60
"""Characters of a text that may state a unit."""

_DOTTED = r"^[^\d.]{0,4}[1-9]\d{0,2}\.\d{3}(?:\s*[^\s\d.,%‰万亿千百十].*)?$"
_DECIMAL = r"^\D*0\.\d|\d{4}\.\d|,\d{3}\.\d|\.(?:\d{1,2}|\d{4,})(?:\D|$)"
_HEAD, _TAIL = r"^\s*[1-9]\d{0,2}\s*$", r"^\s*\d{3}\s*$"
_OCTAL = re.compile("0[0-7]{2,}")
_BARE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _in_ten_thousands(value: float, beside: float) -> bool:
    """Return whether an amount is a plausible share of another if it is meant in ten thousands."""
    return 0.3 <= value * 10_000 / beside <= 1.1


def _apart(pairs: list[tuple[float, float]]) -> str | None:
    """Return the code of the finding about amounts, all of them far below those beside them; None if they aren't."""
    if pairs and all(_in_ten_thousands(*pair) for pair in pairs):
        return "columns-apart"
    share = max((value / beside for value, beside in pairs), default=1.0)
    percent = all(_LEAST_PERCENT <= value <= 100 for value, _ in pairs) and share < 1 / _PERCENT_BELOW
    several = len(pairs) > 1 and (share < 1 / _FAR_BELOW or percent)
    return "columns-far" if several or share < 1 / _ALONE_BELOW else None


def _is_split(head: object, tail: object) -> bool:
    return re.match(_HEAD, str(head)) is not None and re.match(_TAIL, str(tail)) is not None


def _far_below(values: Mapping[int, float], *, money: bool) -> list[int]:
    """Return the rows whose numbers are far below all others, and few enough digits to be meant in ten thousands."""
    ordered = sorted(values.items(), key=lambda each: (each[1], each[0]))
    gaps = [(above / below, at) for at, ((_, below), (_, above)) in enumerate(pairwise(ordered), 1)]
    gap, cut = max(gaps)
    low, high = ordered[:cut], ordered[cut:]
    if low[-1][1] >= _SMALL:
        return []
    if money and low[-1][1] >= _TINY and low[-1][1] * 10_000 > _AS_LARGE * high[-1][1]:
        return []  # a small fee beside a large project
    decimals = any(value % 1 for _, value in low) and not any(value % 1 for _, value in high)
    short = money and (low[-1][1] < _TINY or len(low) > 1)
    apart = gap >= _APART_DECIMALS if decimals else gap >= _APART and short
    return [row for row, _ in sorted(low)] if apart else []


def _far_above(values: Mapping[int, float], factor: float) -> list[int]:
    """Return the rows whose numbers are far above all others, but like them if divided by the factor of the header."""
    ordered = sorted(values.items(), key=lambda each: (each[1], each[0]))
    gaps = [(above / below, at) for at, ((_, below), (_, above)) in enumerate(pairwise(ordered), 1)]
    gap, cut = max(gaps, default=(0.0, 0))
    low, high = ordered[:cut], ordered[cut:]
    if factor < _APART or gap < _ABOVE or high[0][1] < _LARGE:
        return []
    alike = low[0][1] / _LIKE <= high[0][1] / factor and high[-1][1] / factor <= low[-1][1] * _LIKE
    return [row for row, _ in sorted(high)] if alike else []


_NAMES_UNIT = "[百千][户家人个件次]|[元圆圓亩畝万萬亿億㎡]|公顷|平方"
_COUNTED_IN = re.compile(
    r"[以按]\s*(\S{1,5}?)\s*(?:计|为单位|填[报列写])"
    r"|(?:单位|[本此该][行项]|金额|数字|数据)(?:均?[为是]|[以按:])?\s*((?:[十百千万亿]+|人民币)?元|亩|公顷)(?!\w)"
)


def _units_stated(text: str, units: Units) -> Iterator[str]:
    """Yield the units that a text states for its row, alone, in brackets, or after `单位：`: an amount is none."""
    said = plain(text)
    stated = [part for each in UNIT_LINE.findall(said) for part in re.split("[、,/;]", each)]
    stated += [part for each in _COUNTED_IN.findall(said) for part in each]
    stated += [*texts_beside(text), re.sub(r"(?<=.)\(.*", "", said).strip("()[]【】。.")]
    known = (each for each in stated if len(each) > 1 or each in "万亩")
    yield from dict.fromkeys(unit for each in known if (unit := unit_word(each, units)))
