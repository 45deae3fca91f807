"""How a report writes the numbers, units and texts of the record in its language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from pilot_eval.model import Band
from pilot_eval.report.hiding import NOTHING_HIDDEN, Hidden, may_be_small, people_in
from pilot_eval.report.words import word
from pilot_eval.spelling import ANNOTATIONS, CONTROLS, IGNORABLE, LINE_SEPARATORS, SELECTORS, SURROGATES
from pilot_eval.text import Lang, Words
from pilot_eval.units import UNITS, Units

NBSP = "\N{NO-BREAK SPACE}"

_HIDDEN = re.compile(
    rf"(?![\t\n\r])[{CONTROLS}{LINE_SEPARATORS}{IGNORABLE}{SELECTORS}{ANNOTATIONS}{SURROGATES}]",
)


def visible(given: object) -> object:
    """A value with invisible and reordering characters spelt out (`⟨U+202E⟩`). Raises ValueError for None.

    Every expression of a template goes through here, so that no text of a submission can hide or disguise anything.
    """
    if given is None:
        raise ValueError("a template printed None")
    if isinstance(given, Markup) or not isinstance(given, str):
        return given
    return _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", given)


@dataclass(frozen=True)
class Format:
    """Formats for a report in `lang`; points have the method's `decimals`."""

    lang: Lang
    decimals: int
    min_cell: int = 0  # counts of people below it are not shown
    small: Hidden = NOTHING_HIDDEN  # what that hides of one pilot
    units: Units = UNITS

    def word(self, key: str, **params: object) -> str:
        return word(key, self.lang, **params)

    def plain(self, text: Words) -> str:
        """A text of the record, for titles of charts and for attributes."""
        return text.in_(self.lang)

    def say(self, text: Words) -> str:
        """A text of the record; where it lacks English, its Chinese is marked as such for screen readers."""
        if self.lang == "zh" or text.en:
            return text.in_(self.lang)
        return Markup('<span lang="zh-CN">{}</span>').format(escape(visible(text.zh)))

    def listing(self, texts: Iterable[Words]) -> str:
        return self.word("comma").join(self.plain(each) for each in texts)

    def bands(self, bands: Iterable[Band]) -> str:
        """The grades, each with the total that it starts from."""
        starts = (self.word("band-from", label=self.plain(each.label), start=self.number(each.min)) for each in bands)
        return self.word("comma").join(starts)

    def points(self, points: float) -> str:
        """Points with the method's decimals, so that columns align."""
        return _minus(f"{_plain_zero(points, self.decimals):,.{self.decimals}f}")

    def signed(self, points: float) -> str:
        """Points of a bonus or deduction, with their sign."""
        return f"+{self.points(points)}" if points > 0 else self.points(points)

    def number(self, number: float) -> str:
        """A number with at most two decimals; a small one with two significant digits."""
        small = 0 < abs(number) < 0.01
        text = f"{number:.2g}" if small else f"{_plain_zero(number, 2):,.2f}".rstrip("0").rstrip(".")
        return _minus(text)

    def span(self, low: float, high: float) -> str:
        """Bounds of points: one number where they agree."""
        first, last = self.points(low), self.points(high)
        return first if first == last else f"{first}–{last}"

    def ranks(self, best: int, worst: int) -> str:
        return str(best) if best == worst else f"{best}–{worst}"

    def percent(self, percent: float) -> str:
        """A percentage with one decimal; less than 100 is never written as 100%, nor more than 0 as 0%."""
        text = f"{percent:.1f}"
        if text == "100.0" and percent < 100:
            text = "99.9"
        if text == "0.0" and percent > 0:
            text = "0.1"
        return text.removesuffix(".0") + "%"

    def hidden(self, value: float, unit: str) -> bool:
        """Whether a value is a count of people too small to be shown."""
        return 0 < value * people_in(unit, self.units) < self.min_cell

    def cell(self, text: str, unit: str, below: bool | None = None) -> str:
        """The text of an extract's cell; a count of people too small to be shown is replaced, and any other that is
        hidden for its sake (`below` is False)."""
        if below is False:
            return self.word("not-shown")
        size = people_in(unit, self.units)
        if below or (size and self.min_cell and may_be_small(text, self.min_cell / size)):
            return self.word("fewer-than", n=self.number(self.min_cell / (size or 1)))
        return text

    def amount(self, value: float, unit: str, measure: str = "") -> str:
        """A measure's value with its unit; not that of a measure that is hidden."""
        small = self.hidden(value, unit)
        if measure and self.small.measure(measure) and not (small and self.small.keys.get(measure)):
            return self.word("not-shown")
        if small:
            return self.word("fewer-than", n=self.amount(self.min_cell / people_in(unit, self.units), unit))
        number = self.number(value)
        name = self.units.label(unit).in_(self.lang)
        if unit == "是/否":
            return self.word("yes" if value else "no")
        if unit == "级":
            return self.word("level", n=number)
        if unit in {"", "%", "A"}:
            return number + name
        if name[:1].isdigit():
            return f"{number}{NBSP}×{NBSP}{name}"
        return f"{number}{NBSP}{_singular(name) if self.lang == 'en' and value == 1 else name}"

    def converted(self, number: float | None, given: str, wanted: str) -> float | None:
        """A number in another unit; as it is, if the units don't convert."""
        return number if number is None else number * float(self.units.factor(given, wanted) or 1)

    def room(self, value: float, low: float | None, high: float | None, unit: str, measure: str = "") -> str:
        """The bounds of a measure's value in words; empty where the value is exact."""
        low = value if low is None else low
        if self.hidden(value, unit) or self.hidden(low, unit) or (measure and self.small.measure(measure)):
            return ""
        if high is None:
            return self.word("at-least", low=self.amount(low, unit))
        if low == high:
            return ""
        return self.word("between", low=self.amount(low, unit), high=self.amount(high, unit))


def _plain_zero(number: float, decimals: int) -> float:
    """The number rounded, with −0 as 0."""
    return round(number, decimals) + 0.0


def _minus(number: str) -> str:
    return number.replace("-", "\N{MINUS SIGN}")


def _singular(unit: str) -> str:
    first, _, rest = unit.partition(" ")
    return f"{first.removesuffix('s')} {rest}".rstrip()
