"""A line of a pilot's plan as an indicator of its own, below a dimension that says so."""

from typing import Annotated

from pydantic import Field

from pilot_eval.errors import Place
from pilot_eval.method.expert_rules import Levels
from pilot_eval.method.own import OwnTarget
from pilot_eval.method.schema import IndicatorSpec, Method
from pilot_eval.method.tree import DimensionSpec

PLAN_RESULTS = "plan_results"
"""The table in which a submission says what was reached of its plan."""

LONGEST_NAME = 200
"""Characters of a line's name."""


class PlanLine(IndicatorSpec):
    """A line of a pilot's plan, agreed beforehand: an indicator that this pilot alone has.

    id: its name, as the plan gives it. wanted: its target as written. place: where the plan says so. Without a measure
    the submission says what was reached, in `PLAN_RESULTS`; a target in words is scored by experts.
    """

    id: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    unit: str = ""
    wanted: str
    place: Place = Place()

    @property
    def rated(self) -> bool:
        return isinstance(self.rule, Levels)

    @property
    def goal(self) -> OwnTarget | None:
        """Return its target in figures; None: it is in words."""
        return self.rule if isinstance(self.rule, OwnTarget) else None

    @property
    def reported(self) -> bool:
        """Whether the submission's table says what was reached."""
        return self.measure is None and not self.rated


def own_dimensions(method: Method, base_type: str) -> tuple[DimensionSpec, ...]:
    """Return the dimensions of a base type to which every pilot brings its own indicators."""
    return tuple(each for each in method.dimensions_of(base_type) if each.own is not None)
