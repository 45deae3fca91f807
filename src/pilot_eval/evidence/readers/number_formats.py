"""Parses number formats for what they add to a number: a date, a percentage, a month, a unit, text around it."""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache, partial
from itertools import repeat
from math import isfinite
from typing import Any, NamedTuple

from pilot_eval.evidence.cells.cell import BadCell, DisplayedNumber, WordedNumber, cell_text
from pilot_eval.evidence.cells.dates import EPOCH_1900
from pilot_eval.evidence.cells.numbers import affixes, magnitude_of
from pilot_eval.evidence.readers.meter import Meter


class Shape(StrEnum):
    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"
    MONTH = "month"  # a year and a month without a day: the value means the whole month
    TIME = "time"
    DURATION = "duration"
    SAID = "said"  # a unit or a qualifier beside the number, read as if typed
    SHOWN = "shown"  # other text around the number, or zeros that it doesn't have: `JY-001`, `3号楼`, `1.50`
    CHOICE = "choice"  # the format depends on the value


_MOMENTS = (Shape.DATE, Shape.MONTH, Shape.TIME, Shape.DURATION)


class NumberFormat(NamedTuple):
    """One section of a format, or several (`sections`), each with its condition."""

    shape: Shape = Shape.PLAIN
    before: str = ""
    digits: str = ""  # placeholders: `000`, `0.00`, `@` for the number's own digits; a literal follows a backslash
    after: str = ""
    thousands: int = 0  # times that the displayed number is divided by a thousand
    said: tuple[str, str] = ("", "")  # the prefix and suffix that affect the value
    sections: "tuple[tuple[Condition, NumberFormat], ...]" = ()

    def of(self, value: float) -> "NumberFormat":
        """Return the section that displays a value."""
        return next((how for when, how in self.sections if when.holds(value)), PLAIN) if self.sections else self

    def shown(self, value: float) -> str:
        """Return a number as a spreadsheet program displays it, but without commas between thousands."""
        if not self.digits:
            return (self.before + self.after).strip()
        sign = "-" if value < 0 else ""
        size = Decimal(f"{abs(value):.15g}") / 1000**self.thousands
        digits = cell_text(float(size)) if self.digits == "@" else _filled(self.digits, size)
        return f"{sign}{self.before.lstrip()}{digits}{self.after.rstrip()}"

    @property
    def scale(self) -> int:
        """The divisor of the displayed number: `0!.0,` displays 125000 as 12.5, so it is 10,000."""
        _, point, behind = self.digits.partition("\\.")
        return int(1000**self.thousands * 10 ** sum(sign in "0#?" for sign in behind if point))


class Condition(NamedTuple):
    """The condition of a section, such as `[<10000]`; without an operator it always holds."""

    sign: str = ""
    limit: float = 0

    def holds(self, value: float) -> bool:
        match self.sign:
            case "<":
                return value < self.limit
            case "<=":
                return value <= self.limit
            case ">":
                return value > self.limit
            case ">=":
                return value >= self.limit
            case "=":
                return value == self.limit
            case "<>":
                return value != self.limit
        return True


PLAIN = NumberFormat()
PERCENT = NumberFormat(Shape.PERCENT)
MONTH = NumberFormat(Shape.MONTH)
DAY = NumberFormat(Shape.DATE)
TIME = NumberFormat(Shape.TIME)

# Formats with a number but no code in the file; 27 to 58 as Chinese Excel and WPS define them.
_MONTHS = {17, 27, 36, 50, 52, 57}
_DATES = {14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58}
_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56}
BUILT_IN: dict[int, NumberFormat] = {
    2: NumberFormat(Shape.SHOWN, digits="0.00"),
    9: PERCENT,
    10: PERCENT,
    46: NumberFormat(Shape.DURATION),
    **dict.fromkeys(_MONTHS, MONTH),
    **dict.fromkeys(_DATES, DAY),
    **dict.fromkeys(_TIMES, TIME),
}

LONGEST_CODE = 255
_MOST = 4_000
"""Codes allowed in a workbook; Excel allows about 250."""
_LONGEST = 1e9
"""Days beyond which a number is neither a date nor a duration."""
_NOISE = 1e-8
"""Days by which two computations of the same moment may differ."""

# --- parsing a code

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)|(?P<sign>.)',
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]{1,20}(?:[eE][-+]?[0-9]{1,3})?)")
_ELAPSED = re.compile("(h+|m+|s+)", re.IGNORECASE)
_DECORATION = "¥￥$€£-() \u00a0\u3000"
"""Characters around a number that don't affect it: currency and minus signs, brackets, spaces."""


class _Section:
    """A parsed section of a code: its characters (`bare`, with \\0 for each literal), literals and condition."""

    def __init__(self) -> None:
        self.bare = ""
        self.literals: list[str] = []
        self.condition: Condition | None = None
        self.elapsed = False

    def take(self, match: re.Match[str]) -> None:
        bracket, sign = match["bracket"], match["sign"]
        if bracket is not None:
            self.elapsed |= bool(_ELAPSED.fullmatch(bracket))
            if said := _CONDITION.fullmatch(bracket):
                self.condition = Condition(said[1], float(said[2]) if said[2].strip(".-") else 0)
            if bracket.startswith("$"):
                self._literal(bracket[1:].partition("-")[0])
        elif match["general"]:
            self.bare += "@"
        elif sign and sign.isascii():
            self.bare += sign.lower()
        else:
            self._literal(match["quoted"] or match["escaped"] or sign or "")

    def _literal(self, text: str) -> None:
        if text:
            self.bare += "\0"
            self.literals.append(text)

    def format(self, *, negative: bool) -> NumberFormat:
        bare = re.sub(r"s\.0+", "s", self.bare)
        digits = any(sign in bare for sign in "0#?@")
        if self.elapsed:
            return NumberFormat(Shape.DURATION)
        if not digits and re.search("[yed]|aaa", bare):
            return MONTH if "m" in bare and "d" not in bare else NumberFormat(Shape.DATE)
        if not digits and re.search("[hsm]", bare):
            return NumberFormat(Shape.TIME if re.search("[hs]", bare) else Shape.DATE)
        return self._of_number(bare, negative)

    def _of_number(self, bare: str, negative: bool) -> NumberFormat:
        literals = iter(self.literals)
        pieces = [sign if sign in "0#?@.,%" else "\\" + (next(literals) if sign == "\0" else sign) for sign in bare]
        places = [at for at, sign in enumerate(bare) if sign in "0#?@"]
        first, last = (places[0], places[-1] + 1) if places else (len(bare), len(bare))
        before, after = (_literal(piece) for piece in (pieces[:first], pieces[last:]))
        if negative:  # the minus sign or brackets are the number's own sign
            before, after = before.lstrip(" ").removeprefix("-").removeprefix("("), after.rstrip(" ").removesuffix(")")
        qualifier, unit = affixes(before.strip(_DECORATION), after.strip(_DECORATION))
        if "%" in bare and places:
            return NumberFormat(Shape.PERCENT, qualifier, "", unit)
        number = "@" if re.search("[@/e]", bare[first:last]) else "".join(pieces[first:last])
        scaled = re.match(",*", bare[last:].replace("\0", ""))
        thousands = scaled.end() if scaled else 0
        digits = number.replace(",", "")
        how = NumberFormat(Shape.SHOWN, before, digits, after, thousands)
        if not (before + after).strip(_DECORATION) and "\\" not in number:
            return how if _adds_zeros(digits) and "," not in number else PLAIN
        if unit or qualifier:
            return how._replace(shape=Shape.SAID, said=(qualifier, unit))
        return how


def _literal(pieces: Sequence[str]) -> str:
    return "".join(piece[1:] for piece in pieces if piece.startswith("\\") and len(piece) > 1)


def _adds_zeros(digits: str) -> bool:
    whole, _, decimals = digits.partition(".")
    return whole.count("0") > 1 or "0" in decimals


class Formats:
    """The number formats of one workbook; each code is parsed once."""

    def __init__(self, meter: Meter) -> None:
        self._meter, self._known = meter, dict[str, NumberFormat]()

    def of(self, code: str) -> NumberFormat:
        """Parse a code. Raises EvidenceError if there are more codes than any program writes."""
        how = self._known.get(code)
        if how is None:
            if len(self._known) >= _MOST:
                raise self._meter.too_large("formats", _MOST)
            how = self._known[code] = format_of(code)
        return how


def format_of(code: str) -> NumberFormat:
    """Parse a format code such as `0.00%`, `yyyy"年"m"月"`, `0.0"万元"` or `[<10000]0;0!.0,"万"`."""
    sections = [_Section()]
    for match in _TOKEN.finditer(code.replace("\0", "")[:LONGEST_CODE]):  # \0 marks a literal below
        if match["sign"] == ";":
            sections.append(_Section())
        else:
            sections[-1].take(match)
    if len(sections) > 1 and "@" in sections[-1].bare and len(sections[-1].bare.replace("\0", "").strip()) == 1:
        sections.pop()  # the section for text
    del sections[3 + any(each.condition for each in sections) :]
    usual = {1: ("",), 2: (">=", ""), 3: (">", "<", "")}.get(len(sections), ("",) * len(sections))
    conditions = [each.condition or Condition(sign) for each, sign in zip(sections, usual, strict=True)]
    below = [len(sections) > 1 and each.sign in ("<", "") and not each.limit for each in conditions]
    upward = conditions[0] in (Condition(">"), Condition(">="))
    made = [
        (when, each.format(negative=upward and at == 1 and below[at]))
        for at, (when, each) in enumerate(zip(conditions, sections, strict=True))
    ]
    if len({how for _, how in made}) == 1 and not made[-1][0].sign:
        return made[0][1]
    return NumberFormat(Shape.CHOICE, sections=tuple(made))


# --- displaying a number


def finite(said: str | bytes) -> float:
    """Parse a number in XML. Raises ValueError if it is infinite, NaN or in Python's own notation."""
    value = float(said)
    if value - value != 0 or ("_" in said if isinstance(said, str) else b"_" in said):
        raise ValueError(said)
    return value


def finite_all(texts: Sequence[str] | Sequence[bytes]) -> list[float] | None:
    """Parse the numbers of a column as `finite` does; None if one of them isn't such a number."""
    try:
        numbers = list(map(float, texts))
    except ValueError:
        return None
    bounded = isfinite(sum(numbers)) or all(map(isfinite, numbers))  # the sum of large ones may not be
    return numbers if bounded and not _has_underscore(texts) else None


def _has_underscore(texts: Sequence[str] | Sequence[bytes]) -> bool:
    """Return whether any text of a column has one, which Python takes for a part of a number."""
    try:
        return b"_" in b"".join(texts)  # type: ignore[arg-type]
    except TypeError:
        return "_" in "".join(texts)  # type: ignore[arg-type]


def as_shown(value: float, how: NumberFormat, epoch: date = EPOCH_1900) -> float | str | BadCell:
    """Return a number as text if its format adds to its meaning: `97.18%`, `2018-12-21`, `2018-11`, `17.2万`.

    A number that its format only displays differently is returned as a `Shown`.
    """
    how = how.of(value)
    match how.shape:
        case Shape.PLAIN:
            return value
        case Shape.PERCENT:
            return f"{how.before}{value * 100:.15g}%{how.after}"
        case Shape.SAID:
            return _with_unit(value, how)
        case Shape.SHOWN:
            return _in_words(value, how)
    if abs(value) > _LONGEST:
        return value
    return _moment(value, how.shape, epoch)


class NumberReader:
    """Does what `as_shown` does, quickly: numbers of one format, one by one or a column at a time."""

    def __init__(self, how: NumberFormat, epoch: date) -> None:
        self._how, self._epoch = how, epoch
        self._known: dict[float, float | str | BadCell] = {}  # the same few dates appear in many cells
        self._displays = how.shape is Shape.SHOWN and bool(how.digits)

    def __call__(self, value: float) -> float | str | BadCell:
        if self._displays:
            return DisplayedNumber.of(value, self._how)
        cell = self._known.get(value)
        if cell is None:
            shape = self._how.shape
            moment = shape in _MOMENTS and abs(value) <= _LONGEST
            cell = _moment(value, shape, self._epoch) if moment else as_shown(value, self._how, self._epoch)
            if len(self._known) < _KNOWN:
                self._known[value] = cell
        return cell

    def all(self, values: Iterable[float]) -> list[Any]:
        """Read the numbers of a column."""
        if self._how == PERCENT:
            return [f"{value * 100:.15g}%" for value in values]
        if self._how.shape is Shape.SAID and (words := _words_around(self._how)):
            return [_worded(value, self._how, words) for value in values]
        if not self._displays:
            known = self._known.get
            return [self(value) if (cell := known(value)) is None else cell for value in values]
        made = list(map(_NEW_DISPLAYED, values))
        deque(map(_SET_PICTURE, made, repeat(self._how)), maxlen=0)
        return made


_NEW_DISPLAYED = partial(float.__new__, DisplayedNumber)
_SET_PICTURE = DisplayedNumber.__dict__["picture"].__set__  # as an assignment does, but for a whole column at once


def number_reader(how: NumberFormat, epoch: date) -> NumberReader | None:
    """Return the reader for numbers of a format; None if the format adds nothing to any number."""
    return None if how == PLAIN else NumberReader(how, epoch)


_KNOWN = 10_000
"""Values of one format that are kept as displayed."""


def _with_unit(value: float, how: NumberFormat) -> WordedNumber | BadCell:
    """Return a number with its unit and qualifier.

    If the format shows 万 and divides by it too, the stored number is the full amount.
    """
    words = _words_around(how)
    if words is None:
        return BadCell("cell-format", f"{how.shown(value)} / {cell_text(value)}")
    return _worded(value, how, words)


def _worded(value: float, how: NumberFormat, words: tuple[str, str, bool]) -> WordedNumber:
    before, after, bare = words
    return WordedNumber(f"{before}{value:.15g}{after}", value, how, bare=bare)


@lru_cache(maxsize=256)
def _words_around(how: NumberFormat) -> tuple[str, str, bool] | None:
    """Return the words before and after a number with this format, and whether its magnitude names no unit."""
    qualifier, unit = how.said
    times, rest = magnitude_of(unit)
    infix = how.digits.replace("\\.", "")
    if how.scale == 1 and "\\" not in infix:
        return qualifier, unit, times > 1 and not rest
    if how.scale == times and "\\" not in infix:
        return qualifier, rest, not rest
    return None


def _in_words(value: float, how: NumberFormat) -> float | str:
    if not how.digits:  # no digit of the number is displayed
        literal = how.shown(value)
        if not literal.strip(_DECORATION):
            return value
        if re.fullmatch("[0-9.]+%", literal):
            return literal
    return DisplayedNumber.of(value, how)


def _filled(digits: str, size: Decimal) -> str:
    """Fill digits into their placeholders from the right; the first placeholder takes the remaining digits."""
    whole, point, behind = digits.replace("\\.", "\\\0").partition(".")
    places = sum(sign in "0#?" for sign in behind)
    said = f"{size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    left, _, right = said.partition(".")
    right = right[: max((at + 1 for at, sign in enumerate(right) if sign != "0"), default=0)].ljust(
        behind.rfind("0") + 1, "0"
    )
    made, rest = "", left.lstrip("0")
    at = len(whole)
    while at:
        at -= 1
        if at and whole[at - 1] == "\\":
            made = whole[at].replace("\0", ".") + made
            at -= 1
        elif whole[at] in "0#?":
            last = not any(sign in "0#?" for sign in re.sub(r"\\.", "", whole[:at]))
            take = rest if last else rest[-1:]
            rest = rest[: len(rest) - len(take)]
            made = (take or ("0" if whole[at] == "0" else "")) + made
    return made + (point + right if right else "")


def _moment(value: float, shape: Shape, epoch: date) -> float | str:
    if shape is Shape.DURATION:
        return clock_of(round(value * 86_400))
    days, rest = divmod(value + _NOISE, 1)
    seconds = min(round(rest * 86_400), 86_399)  # a moment just before midnight stays on its day
    if days == 0 and (shape is Shape.TIME or (seconds and epoch == EPOCH_1900)):
        return clock_of(seconds)
    if not (epoch == EPOCH_1900) <= days < 2_957_000:
        return value
    if epoch == EPOCH_1900 and days < 61:
        days += 1  # Excel counts a 29 February 1900
    said = _iso_day(epoch, int(days))
    if shape is Shape.MONTH and said.endswith("-01") and not seconds:
        return said[:7]
    return f"{said} {clock_of(seconds)}" if seconds else said


@lru_cache(maxsize=10_000)
def _iso_day(epoch: date, days: int) -> str:
    return date.fromordinal(epoch.toordinal() + days).isoformat()


def clock_of(seconds: int) -> str:
    """Return a time or a duration as text: `08:30`, `08:30:15`, `288:00`, `-01:30`."""
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else ''}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text
