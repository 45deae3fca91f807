"""What a number format says beside the number: a date, a percentage, a month, a multiple of 万."""

import re
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from pilot_eval.evidence.readers.grid import EPOCH_1900


class Shape(StrEnum):
    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"
    MONTH = "month"  # a year and a month without a day: the value means the whole month
    TIME = "time"
    DURATION = "duration"
    TIMES = "times"  # a suffix such as 万 stands after the number


class NumberFormat(NamedTuple):
    shape: Shape = Shape.PLAIN
    suffix: str = ""


PLAIN = NumberFormat()
PERCENT = NumberFormat(Shape.PERCENT)
MONTH = NumberFormat(Shape.MONTH)

# Formats that have a number and no code in the file; 27 to 58 as Chinese Excel and WPS mean them.
_MONTHS = {17, 27, 36, 50, 52, 57}
_DATES = {14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58}
_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56}
BUILT_IN: dict[int, NumberFormat] = {
    9: PERCENT,
    10: PERCENT,
    46: NumberFormat(Shape.DURATION),
    **dict.fromkeys(_MONTHS, MONTH),
    **dict.fromkeys(_DATES, NumberFormat(Shape.DATE)),
    **dict.fromkeys(_TIMES, NumberFormat(Shape.TIME)),
}

_LONGEST = 1e9
"""Days: no date and no duration has more."""

_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKET = re.compile(r"\[[^\]]*\]")
_SCALED = re.compile(r"[0#?],+(?![0#?])")


def format_of(code: str) -> NumberFormat:
    """What a format code such as `0.00%`, `yyyy"年"m"月"` or `0.0"万"` means."""
    literals: list[str] = []

    def take(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or "")
        return "\0"  # a literal stood here

    bare = _LITERAL.sub(take, code[:255]).split(";")[0]
    if _ELAPSED.search(bare):
        return NumberFormat(Shape.DURATION)
    bare = re.sub(r"s\.0+", "s", _BRACKET.sub("", bare).lower().replace("general", "0"))
    if "%" in bare:
        return PERCENT
    digits = any(sign in bare for sign in "0#?")
    if not digits and ("y" in bare or "e" in bare or "d" in bare):
        return MONTH if "m" in bare and "d" not in bare else NumberFormat(Shape.DATE)
    if not digits and re.search(r"[hsm]", bare):
        return NumberFormat(Shape.TIME if re.search(r"[hs]", bare) else Shape.DATE)
    said = "".join(literals) + bare
    suffix = next((word for word in ("万", "亿") if word in said), "")
    # `0!.0,"万"` and `0.0,"万"` divide what is shown: the number itself is the whole.
    if digits and suffix and "." not in literals and not _SCALED.search(bare.replace("\0", "")):
        return NumberFormat(Shape.TIMES, suffix)
    return PLAIN


def finite(said: str) -> float:
    """A number as it stands in XML: neither infinite nor written as only Python would. Raises ValueError."""
    value = float(said)
    if value - value != 0 or "_" in said:
        raise ValueError(said)
    return value


def as_shown(value: float, how: NumberFormat, epoch: date = EPOCH_1900) -> float | str:
    """A number as text where its format says more than the number: `97.18%`, `2018-12-21`, `2018-11`, `17.2万`."""
    match how.shape:
        case Shape.PLAIN:
            return value
        case Shape.PERCENT:
            return f"{value * 100:.15g}%"
        case Shape.TIMES:
            return f"{value:.15g}{how.suffix}"
    if abs(value) > _LONGEST:
        return value
    days, seconds = divmod(round(value * 86_400), 86_400)
    if how.shape is Shape.DURATION:
        return _clock(days * 86_400 + seconds) if days >= 0 else value
    if how.shape is Shape.TIME and days == 0:
        return _clock(seconds)
    if not 1 <= days < 2_957_000:
        return value
    if epoch == EPOCH_1900 and days < 61:
        days += 1  # Excel counts a 29 February 1900
    day = date.fromordinal(epoch.toordinal() + days)
    if how.shape is Shape.MONTH and day.day == 1 and not seconds:
        return f"{day:%Y-%m}"
    return f"{day:%Y-%m-%d} {_clock(seconds)}" if seconds else day.isoformat()


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def iso_text(text: str, how: NumberFormat = PLAIN) -> str:
    """An ISO date or time as it stands in XML, as `as_shown` writes it. Raises ValueError."""
    moment = datetime.fromisoformat(text.strip())
    if how.shape is Shape.MONTH and moment.day == 1:
        return f"{moment:%Y-%m}"
    return moment.date().isoformat() if moment.time() == time(0) else f"{moment:%Y-%m-%d %H:%M:%S}"
