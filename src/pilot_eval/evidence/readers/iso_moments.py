"""Reads dates, times and durations that a file stores as ISO 8601 text, as XML workbooks do."""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pilot_eval.evidence.cells.dates import EPOCH_1900
from pilot_eval.evidence.readers.number_formats import PLAIN, NumberFormat, Shape, clock_of

_MOMENT = re.compile(
    r"(?:(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ](?=[0-9])|(?![0-9])))?"
    r"(?:T?(?P<hours>[0-9]{1,9}):(?P<minutes>[0-9]{1,2})(?::(?P<seconds>[0-9]{1,2}(?:[.,][0-9]{1,40})?))?)?"
    r" ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_NUMBER = r"([0-9]{1,9}(?:[.,][0-9]{1,40})?)"
_DURATION = re.compile(
    f"(-)?P(?:0+Y)?(?:0+M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_SECONDS = (604_800, 86_400, 3_600, 60, 1)
_DAY = 86_400
_FIRST_DAYS = frozenset({date(1899, 12, 30), date(1899, 12, 31)})
"""The days that stand for none: a time without a date is stored as a moment of one of them."""


def iso_text(text: str, how: NumberFormat = PLAIN, epoch: date = EPOCH_1900) -> str:
    """Return an ISO date, time or duration in the form that `as_shown` writes. Raises ValueError.

    `08:30:00.000` and `1899-12-31T08:30` are 08:30, `PT36H` and `1899-12-31T36:00:00` are 36:00. A time zone is
    dropped: the local time is what the file shows.
    """
    text = text.strip()
    if text.lstrip("-").startswith("P"):
        return duration_text(text)
    match = _MOMENT.fullmatch(text)
    if match is None or not (match["day"] or match["hours"]):
        moment = datetime.fromisoformat(text)  # without separators
        return _of_day(moment.date(), moment.hour * 3600 + moment.minute * 60 + moment.second, how)
    day = date.fromisoformat(match["day"]) if match["day"] else None
    hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    whole = Decimal((match["seconds"] or "0").replace(",", "."))
    if minutes > 59 or whole >= 60:
        raise ValueError(text)
    seconds = hours * 3600 + minutes * 60 + int(whole.to_integral_value(ROUND_HALF_UP))
    if hours < 24:
        seconds = min(seconds, _DAY - 1)  # a moment just before midnight stays on its day
    if day is None:
        return clock_of(seconds)
    shape = how.of(1).shape
    none = day == epoch if epoch != EPOCH_1900 else day in _FIRST_DAYS
    if none and (seconds or shape in (Shape.TIME, Shape.DURATION)):
        return clock_of(seconds)
    if shape is Shape.DURATION:
        return clock_of(_serial(day, epoch) * _DAY + seconds)
    return _of_day(day + timedelta(days=seconds // _DAY), seconds % _DAY, how)


def _serial(day: date, epoch: date) -> int:
    """Return the number of a day; Excel counts a 29 February 1900."""
    days = (day - epoch).days
    return days - 1 if epoch == EPOCH_1900 and days < 61 else days


def _of_day(day: date, seconds: int, how: NumberFormat) -> str:
    if how.of(1).shape is Shape.MONTH and day.day == 1:
        return f"{day:%Y-%m}"
    return f"{day:%Y-%m-%d} {clock_of(seconds)}" if seconds else day.isoformat()


def duration_text(said: str) -> str:
    """Return an ISO duration in hours: `PT08H30M00S` is 08:30, `P1DT12H` is 36:00. Raises ValueError."""
    match = _DURATION.fullmatch(said.strip())
    if not match or not any(match.groups()[1:]):
        raise ValueError(said)
    parts = [Decimal((part or "0").replace(",", ".")) for part in match.groups()[1:]]
    total = sum(part * each for part, each in zip(parts, _SECONDS, strict=True))
    seconds = int(Decimal(total).to_integral_value(ROUND_HALF_UP))
    return clock_of(-seconds if match[1] else seconds)
