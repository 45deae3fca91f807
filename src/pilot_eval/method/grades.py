"""Grades in YAML: by the bounds of a total, by its place among the pilots of a group, or by both."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.fields import GradeId, Named
from pilot_eval.method.rules import PERCENTAGE, Real
from pilot_eval.model_method import GradeGroup, Rounding, Ties

TopShare = Annotated[Real, Field(gt=0, le=1), *PERCENTAGE]

_BY_SHARE = ("of", "ties", "round")


class GradeSpec(Named):
    """A grade: totals from `min` (included) up to `below` (excluded; by default the next band's `min`), those among the
    best of a group, or both.

    top: the share of the group's pilots that are among its best, those with a better grade included. of: the group:
    the pilots of a base type, of a tier, or all that are graded. ties: whether pilots with equal totals at the edge are
    all in, or all out. round: how the share of a number of pilots is rounded to a whole one.
    """

    id: GradeId
    min: Annotated[Real, Field(ge=0)] = 0.0
    below: Annotated[Real, Field(gt=0)] | None = None
    top: TopShare | None = None
    of: GradeGroup | None = None
    ties: Ties | None = None
    round: Rounding | None = None

    @model_validator(mode="after")
    def _whole(self) -> "GradeSpec":
        if self.top is None and "min" not in self.model_fields_set:
            raise ContradictionError("缺少 min（起始分）或 top（前百分之几）", "give min, top, or both")
        given = [name for name in _BY_SHARE if getattr(self, name) is not None]
        if len(given) != (0 if self.top is None else len(_BY_SHARE)):
            example = "of: base_type, ties: in, round: down"
            raise ContradictionError(
                f"top 须与 of、ties、round 同时写，如 {example}",
                f"top requires of, ties, round, such as {example}, and they require top",
            )
        if self.top is not None and self.below is not None:
            raise ContradictionError("top 不能与 below 同时写", "top excludes below")
        return self

    def takes_all_of(self, other: "GradeSpec") -> bool:
        """Return whether whoever could have the other grade has this one, too."""
        if self.top is not None and (other.top is None or self.of != other.of or self.top < other.top):
            return False
        return self.min <= other.min


def best_first(grades: Iterable[GradeSpec]) -> tuple[GradeSpec, ...]:
    """Return grades from the best: by their bounds; if some are by share, as they are written."""
    listed = tuple(grades)
    if any(each.top is not None for each in listed):
        return listed
    return tuple(sorted(listed, key=lambda each: -each.min))
