"""Gates in YAML: when one is triggered, and its effect."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.fields import BasisSpec, Identifier, Named
from pilot_eval.method.rules import Real, Truth
from pilot_eval.text import Frozen


class GateWhen(Frozen):
    """When a gate is triggered: exactly one kind of condition."""

    statement: Identifier | None = None
    is_: Truth | None = Field(default=None, alias="is")
    coverage_below: Annotated[Real, Field(gt=0, le=100)] | None = None
    measure: Identifier | None = None
    below: Real | None = None
    above: Real | None = None

    @model_validator(mode="after")
    def _one(self) -> "GateWhen":
        kinds = [self.statement is not None, self.coverage_below is not None, self.measure is not None]
        if sum(kinds) != 1:
            names = "statement, coverage_below, measure"
            raise ContradictionError(f"{names} 必须且只能写一个", f"give exactly one of {names}")
        if (self.statement is None) != (self.is_ is None):
            raise ContradictionError("statement 与 is 须同时写", "statement requires is, and is statement")
        if [self.below, self.above].count(None) != (2 if self.measure is None else 1):
            raise ContradictionError("measure 须配 below 或 above 之一", "measure requires either below or above")
        return self


class GateEffect(Frozen):
    """What a triggered gate does: withhold the grade, or cap it."""

    withhold: Literal[True] | None = None
    cap: Identifier | None = None

    @model_validator(mode="after")
    def _one(self) -> "GateEffect":
        if (self.withhold is None) == (self.cap is None):
            raise ContradictionError("withhold, cap 必须且只能写一个", "give exactly one of withhold, cap")
        return self


class GateSpec(Named):
    """A veto (一票否决) or an eligibility threshold (资格门槛)."""

    id: Identifier
    kind: Literal["veto", "eligibility"]
    when: GateWhen
    effect: GateEffect
    basis: BasisSpec
