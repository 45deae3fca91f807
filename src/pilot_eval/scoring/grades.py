"""Grades, once all pilots have totals: by bounds and by rank, each with the grades that the bounds allow."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from pilot_eval.frames import CAP, DOWN
from pilot_eval.method.grades import GradeSpec
from pilot_eval.method.schema import Method
from pilot_eval.model import Assessment, GradeRank, PilotInfo, Score, Standing


@dataclass(frozen=True)
class GradeLimit:
    """What gates do to a grade: by how many it falls, and the position of the best that it may be."""

    down: int = 0
    cap: int = 0

    def of(self, position: int, last: int) -> int:
        return min(last, max(position + self.down, self.cap))


@dataclass(frozen=True)
class GradeLimits:
    """The same as it is now, and at least and at most within the bounds of what the gates ask for."""

    now: GradeLimit = GradeLimit()
    least: GradeLimit = GradeLimit()
    most: GradeLimit = GradeLimit()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "GradeLimits":
        return cls(*(GradeLimit(int(row[down]), int(row[cap])) for down, cap in zip(DOWN, CAP, strict=True)))


@dataclass(frozen=True)
class Scored:
    """A pilot's assessment before its grade. out: whether a gate surely withholds the grade."""

    assessment: Assessment
    limits: GradeLimits = GradeLimits()
    out: bool = False


def graded(method: Method, scored: Sequence[Scored]) -> list[Assessment]:
    """Return the assessments with grades. Those of all pilots that a grade by share compares must be given."""
    ranks = [_ranked(grade, scored, method.head.top) if grade.top is not None else {} for grade in method.grades]
    made = []
    for at, each in enumerate(scored):
        total = each.assessment.total
        if each.assessment.standing is not Standing.GRADED or total is None:
            made.append(each.assessment)
            continue
        own = [of_grade.get(at) for of_grade in ranks]
        placed = list(zip(method.grades, own, strict=True))
        ends = (
            [_reaches(grade, total.points, rank.rank <= rank.seats if rank else True) for grade, rank in placed],
            [_reaches(grade, total.low, rank.surely if rank else True) for grade, rank in placed],
            [_reaches(grade, total.high, rank.maybe if rank else True) for grade, rank in placed],
        )
        limits = each.limits
        last = len(method.grades) - 1
        names = [
            method.grades[limit.of(holds.index(True), last)].id
            for holds, limit in zip(ends, (limits.now, limits.most, limits.least), strict=True)
        ]
        update = {"grade": names[0], "grade_low": names[1], "grade_high": names[2]}
        known = tuple(each for each in own if each is not None)
        made.append(each.assessment.model_copy(update={**update, "grade_ranks": known}))
    return made


def _reaches(grade: GradeSpec, total: float, placed: bool) -> bool:
    return placed and total >= grade.min


def _ranked(grade: GradeSpec, scored: Sequence[Scored], top: float) -> dict[int, GradeRank]:
    """Return the rank of each graded pilot in its group, as a grade by share counts it, by its position."""
    groups: dict[str, list[int]] = {}
    for at, each in enumerate(scored):
        groups.setdefault(_group_of(each.assessment.pilot, grade.of), []).append(at)
    return {at: rank for places in groups.values() for at, rank in _of_group(grade, scored, places, top)}


def _group_of(pilot: PilotInfo, of: str | None) -> str:
    if of == "base_type":
        return pilot.base_type
    return pilot.tier.id if of == "tier" and pilot.tier is not None else ""


def _of_group(
    grade: GradeSpec, scored: Sequence[Scored], places: Iterable[int], top: float
) -> Iterable[tuple[int, GradeRank]]:
    """Yield the rank of each graded pilot of a group, and what the bounds of the others allow.

    At best, whoever may score less is in the group below it, and whoever needn't be graded but scores more is not; at
    worst, the other way round. Another pilot above never adds more than one seat, another below never takes one away.
    """
    entrants = [(at, _possible_totals(scored[at], top)) for at in places if not scored[at].out]
    now = sorted(_total(scored[at]) for at, _ in entrants if _is_in(scored[at]))
    every_low, every_high = (sorted(score[end] for _, score in entrants) for end in (0, 1))
    sure = [score for at, score in entrants if _is_in(scored[at]) and not scored[at].assessment.may_be_withheld]
    sure_low, sure_high = (sorted(score[end] for score in sure) for end in (0, 1))
    # Above: more points, or as many where pilots that tie at the edge are out.
    find = bisect_right if grade.ties == "in" else bisect_left

    def above(listed: Sequence[float], than: float) -> int:
        return len(listed) - find(listed, than)

    for at, (low, high) in entrants:
        each = scored[at]
        if not _is_in(each):
            continue
        points, own_sure = _total(each), not each.assessment.may_be_withheld
        own = 0 if grade.ties == "in" else 1  # it is counted itself
        own_low, own_high = int(find([low], high) == 0), int(find([high], low) == 0)
        surely_above = above(sure_low, high) - own_low * own_sure
        maybe_above = above(every_high, low) - own_high
        absent = above(every_low, high) - own_low - surely_above
        surely_below = len(sure) - own_sure - (above(sure_high, low) - own_high * own_sure)
        most, least = len(entrants) - absent, 1 + maybe_above + surely_below
        rank = 1 + above(now, points) - own
        yield (
            at,
            GradeRank(
                grade=grade.id,
                size=len(now),
                seats=seats(grade, len(now)),
                rank=rank,
                best=1 + surely_above,
                worst=1 + maybe_above,
                surely=1 + maybe_above <= seats(grade, least),
                maybe=1 + surely_above <= seats(grade, most),
            ),
        )


def seats(grade: GradeSpec, size: int) -> int:
    """Return the number of places of a grade by share in a group of pilots."""
    exact = Fraction(grade.top or 0.0).limit_denominator(1_000_000) * size
    match grade.round:
        case "down":
            return floor(exact)
        case "up":
            return ceil(exact)
        case _:
            return floor(exact + Fraction(1, 2))


def _is_in(each: Scored) -> bool:
    return each.assessment.standing is Standing.GRADED and each.assessment.total is not None


def _total(each: Scored) -> float:
    total = each.assessment.total
    return 0.0 if total is None else total.points


def _possible_totals(each: Scored, top: float) -> tuple[float, float]:
    """Return the bounds of a total; those of a pilot that couldn't be assessed aren't known."""
    total: Score | None = each.assessment.total
    if total is None or each.assessment.standing in (Standing.ERROR, Standing.NOT_SUBMITTED):
        return 0.0, top
    return total.low, total.high
