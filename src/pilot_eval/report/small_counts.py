"""Which counts of people a published report hides: those below the round's `min_cell`, and as many others as it takes
that none of them follows from what is shown (complementary suppression).

A hidden count follows if the sums that are shown leave only one value for it, or, of a small one, fewer values than
there are below `min_cell`. Of a count that is said to be below `min_cell`, whoever reads knows that it is from 1 up to
there; a count hidden for its sake is only not shown. Where that tells too much (two counts of at least 1 in a total
below 3), the small one is only not shown either.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

Key = Hashable


@dataclass(frozen=True)
class CountSum:
    """Counts that add up to another one; `total` is None if what they add up to isn't shown by itself, but known."""

    parts: tuple[Key, ...]
    total: Key | None


@dataclass(frozen=True)
class _Row:
    """A linear equation of hidden counts: the sum of coefficient × count is `value`, None if that isn't known."""

    terms: Mapping[Key, Fraction]
    value: Fraction | None


def hidden_counts(
    counts: Mapping[Key, float | None],
    sums: Sequence[CountSum],
    limit: int,
    small: Collection[Key] = (),
    figures: Sequence[tuple[Key, Sequence[Key]]] = (),
) -> dict[Key, bool]:
    """Return the keys to hide, each with whether it may be said that it is below the limit.

    counts: every count that is shown, None for one whose value isn't known exactly. small: keys that are below the
    limit although their value isn't known (少于5). figures: figures computed in any way from others; they are hidden
    rather than counts, where a hidden one could be computed back from them.
    """
    said = {key for key, value in counts.items() if value is not None and 0 < value < limit} | set(small)
    hidden = set(said)
    while True:
        told = _told(counts, sums, said, hidden, limit)
        more = _beside(counts, sums, told, hidden) if told else _back(figures, hidden)
        if more is not None:
            hidden.add(more)
        elif told & said:
            totals = [each.total for each in sums if each.total in told & said]
            said.discard(totals[0] if totals else min(told & said, key=str))
        else:
            return {key: key in said for key in hidden}


def _back(figures: Iterable[tuple[Key, Sequence[Key]]], hidden: Collection[Key]) -> Key | None:
    """Return a figure from which the only hidden count that it is made of could be computed back."""
    return next((of for of, made in figures if of not in hidden and sum(each in hidden for each in made) == 1), None)


def _told(
    counts: Mapping[Key, float | None],
    sums: Sequence[CountSum],
    said: Collection[Key],
    hidden: Collection[Key],
    limit: int,
) -> set[Key]:
    """Return the hidden counts that follow from the sums."""
    rows = [row for each in sums if (row := _row(counts, each, hidden)).terms]
    ranges = {key: _range(key, counts, said, limit) for key in hidden}
    told = _determined([*rows, *_reduced(rows)], ranges)
    small = (key for key in hidden if key in said or 0 < (counts.get(key) or 0) < limit)
    return told | {key for key in small if ranges[key][1] - ranges[key][0] < limit - 2}


def _beside(
    counts: Mapping[Key, float | None], sums: Sequence[CountSum], told: Collection[Key], hidden: Collection[Key]
) -> Key | None:
    """Return what to hide next: the largest part of a sum with a count that follows, else its total; None if all is."""
    about = [each for each in sums if any(key in told for key in (*each.parts, each.total))]
    linked = [each for each in sums if each not in about and any(key in hidden for key in (*each.parts, each.total))]
    for each in (*about, *linked):
        shown = [key for key in each.parts if key not in hidden and counts.get(key) != 0]
        if shown:
            return max(shown, key=lambda key: (counts.get(key) or 0, str(key)))
        if each.total is not None and each.total not in hidden:
            return each.total
    return None


def _range(key: Key, counts: Mapping[Key, float | None], said: Collection[Key], limit: int) -> tuple[float, float]:
    """Return what everybody knows of a hidden count: at least and at most."""
    value = counts.get(key)
    if key in said:
        return 1, limit - 1
    if value is not None and value < limit:
        return 0, inf
    return limit, inf


def _row(counts: Mapping[Key, float | None], each: CountSum, hidden: Collection[Key]) -> _Row:
    """Return what a sum says of hidden counts."""
    signs = [*((key, 1) for key in each.parts), *(((each.total, -1),) if each.total is not None else ())]
    terms = {key: Fraction(sign) for key, sign in signs if key in hidden}
    known = [(sign, counts.get(key)) for key, sign in signs]
    if any(value is None for _, value in known):
        return _Row(terms, None)
    if each.total is None:
        return _Row(terms, sum((Fraction(value or 0) for key, (_, value) in zip(each.parts, known, strict=True)
                                if key in hidden), Fraction(0)))  # fmt: skip
    shown = ((sign, value) for (key, sign), (_, value) in zip(signs, known, strict=True) if key not in hidden)
    return _Row(terms, -sum((sign * Fraction(value or 0) for sign, value in shown), Fraction(0)))


def _reduced(rows: Iterable[_Row]) -> list[_Row]:
    """Return the equations solved for each other (Gauss and Jordan): what several sums say together."""
    solved: list[_Row] = []
    for row in rows:
        for other in solved:
            row = _less(row, other, next(iter(other.terms)))
        if row.terms:
            key, factor = next(iter(row.terms.items()))
            value = None if row.value is None else row.value / factor
            row = _Row({key: Fraction(1)} | {each: factor_ / factor for each, factor_ in row.terms.items()}, value)
            solved = [*(_less(other, row, key) for other in solved), row]
    return solved


def _less(row: _Row, other: _Row, key: Key) -> _Row:
    """Return an equation with a count eliminated by another, in which the count comes first with the factor 1."""
    factor = row.terms.get(key, Fraction(0))
    if not factor:
        return row
    terms = {each: row.terms.get(each, Fraction(0)) - factor * other.terms.get(each, Fraction(0))
             for each in dict.fromkeys((*row.terms, *other.terms))}  # fmt: skip
    value = None if row.value is None or other.value is None else row.value - factor * other.value
    return _Row({each: term for each, term in terms.items() if term}, value)


def _determined(rows: Sequence[_Row], ranges: dict[Key, tuple[float, float]]) -> set[Key]:
    """Return the counts that have one value left, narrowing their ranges by each equation until nothing changes."""
    told = {next(iter(row.terms)) for row in rows if len(row.terms) == 1}
    for _ in range(len(ranges) + 1):
        before = dict(ranges)
        for row in rows:
            if row.value is not None:
                _narrow(row.terms, float(row.value), ranges)
        if ranges == before:
            break
    return told | {key for key, (low, high) in ranges.items() if low >= high}


def _narrow(terms: Mapping[Key, Fraction], value: float, ranges: dict[Key, tuple[float, float]]) -> None:
    for key, factor in terms.items():
        others = [sorted((float(f) * ranges[each][0], float(f) * ranges[each][1])) for each, f in terms.items()
                  if each != key]  # fmt: skip
        low, high = value - sum(each[1] for each in others), value - sum(each[0] for each in others)
        ends = sorted((low / float(factor), high / float(factor)))
        now = ranges[key]
        ranges[key] = max(now[0], _up(ends[0])), min(now[1], -_up(-ends[1]))


def _up(number: float) -> float:
    """Return the next whole number; sums of floats are off by a little."""
    return number if number in (inf, -inf) else -(-(number - 1e-9) // 1)
