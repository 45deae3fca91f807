"""Geometry of the charts, in percent of their width: a chart stretches with the page, its text keeps its size."""

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

NARROWEST = 280
"""Width of a chart in pixels on the narrowest screen (320 px); labels that fit there fit everywhere."""

VALUE_SIZE, LABEL_SIZE, TICK_SIZE = 17, 13, 12
"""Font sizes in pixels: of a value, a label and a scale."""


def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """Width of a text: 1 em per CJK character, 0.55 per Latin."""
    return size * sum(1.0 if unicodedata.east_asian_width(each) in "WFA" else 0.55 for each in text)


def shorten(text: str, width: float, size: float = LABEL_SIZE) -> str:
    """The text, cut with an ellipsis where it is wider than `width` pixels."""
    if text_width(text, size) <= width:
        return text
    kept = 0
    while text_width(text[: kept + 1] + "…", size) <= width:
        kept += 1
    return text[:kept] + "…"


@dataclass(frozen=True)
class Label:
    """A text at `x` percent; `row` counts from 0, so that neighbours don't overlap."""

    text: str
    x: float
    anchor: str
    row: int


def placed_labels(wanted: Iterable[tuple[float, str]], size: float = LABEL_SIZE, gap: float = 6) -> tuple[Label, ...]:
    """Place texts along a chart: inside it at either end, on further rows where they would overlap."""
    placed: list[Label] = []
    ends: list[float] = []
    for x, text in sorted(wanted):
        text = shorten(text, NARROWEST, size)
        width, at = text_width(text, size), x / 100 * NARROWEST
        if at < width / 2:
            x, anchor, left = 0.0, "start", 0.0
        elif at > NARROWEST - width / 2:
            x, anchor, left = 100.0, "end", NARROWEST - width
        else:
            anchor, left = "middle", at - width / 2
        row = next((row for row, end in enumerate(ends) if end + gap <= left), len(ends))
        ends[row : row + 1] = [left + width]
        placed.append(Label(text, x, anchor, row))
    return tuple(placed)


@dataclass(frozen=True)
class Scale:
    """A linear scale from 0 to `top`, in percent."""

    top: float

    def at(self, value: float) -> float:
        """The position of a value; one beyond an end of the scale is drawn at that end."""
        if self.top <= 0:
            return 0.0
        return round(min(max(value / self.top, 0.0), 1.0) * 100, 2)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Four to six values: round ones from 0, then the top; a round one too close to the top is left out."""
        if self.top <= 0:
            return (0.0,)
        power = 10.0 ** math.floor(math.log10(self.top))
        step = next(s * power for s in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if self.top / (s * power) <= 5)
        inner = (n * step for n in range(math.ceil(self.top / step)))
        return (*(each for each in inner if each <= self.top - 0.6 * step), self.top)


@dataclass(frozen=True)
class Interval:
    """A dot with the line of its bounds, or a bar of `track` with `fill`; all in percent of the width."""

    point: float
    low: float
    high: float
    track: float = 100.0

    @property
    def open(self) -> bool:
        """Whether the bounds are far enough apart to be drawn."""
        return self.high - self.low > 0.2


def interval(points: float | None, low: float, high: float, scale: Scale, out_of: float | None = None) -> Interval:
    """Points with their bounds on a scale; without points the dot or bar is at 0."""
    return Interval(
        point=scale.at(points or 0.0),
        low=scale.at(low),
        high=scale.at(high),
        track=scale.at(scale.top if out_of is None else out_of),
    )


@dataclass(frozen=True)
class BandBox:
    """A grade's part of the scale; `attained` if the total lies in it."""

    x: float
    width: float
    attained: bool


@dataclass(frozen=True)
class GradeChart:
    """A total with its bounds on the scale of grades."""

    interval: Interval
    value: Label
    bands: tuple[BandBox, ...]
    names: tuple[Label, ...]
    ticks: tuple[Label, ...]

    @property
    def name_rows(self) -> int:
        return 1 + max((each.row for each in self.names), default=0)


def grade_chart(
    interval: Interval, value: str, bands: Iterable[tuple[float, str, bool]], scale: Scale, top: str
) -> GradeChart:
    """The chart of a total: `bands` as (from, name, attained) in any order."""
    ordered = sorted(bands)
    ends = [scale.at(start) for start, _, _ in ordered[1:]] + [100.0]
    boxes = tuple(
        BandBox(x=scale.at(start), width=round(end - scale.at(start), 2), attained=attained)
        for (start, _, attained), end in zip(ordered, ends, strict=True)
    )
    names = placed_labels((box.x + box.width / 2, name) for box, (_, name, _) in zip(boxes, ordered, strict=True))
    starts = [(scale.at(start), f"{start:,.10g}") for start, _, _ in ordered]
    ticks = tuple(each for each in placed_labels([*starts, (100.0, top)], TICK_SIZE, 1) if each.row == 0)
    return GradeChart(
        interval=interval,
        value=placed_labels([(interval.point, value)], VALUE_SIZE)[0],
        bands=boxes,
        names=names,
        ticks=ticks,
    )
