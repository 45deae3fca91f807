"""Gates in YAML: when one is triggered, and its effects."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.conditions import ConditionSpec
from pilot_eval.method.fields import BasisSpec, GradeId, Identifier, Named
from pilot_eval.method.rules import Whole
from pilot_eval.text import Frozen

_EFFECTS = ("withhold", "cap", "down", "zero", "no_bonus")


class GateEffect(Frozen):
    """What a triggered gate does: one or more effects.

    withhold: no grade. cap: the grade is at most this one. down: the grade falls by so many. zero: a dimension, or the
    `total`, has no points. no_bonus: no bonus counts.
    """

    withhold: Literal[True] | None = None
    cap: GradeId | None = None
    down: Annotated[Whole, Field(ge=1, le=20)] | None = None
    zero: Identifier | None = None
    no_bonus: Literal[True] | None = None

    @model_validator(mode="after")
    def _some(self) -> "GateEffect":
        zh, en = ("、".join(_EFFECTS), ", ".join(_EFFECTS))
        if all(getattr(self, name) is None for name in _EFFECTS):
            raise ContradictionError(f"必须写明效果：{zh}", f"give one of {en}")
        if self.withhold and (self.cap is not None or self.down is not None):
            raise ContradictionError(
                "withhold（不定级）与 cap、down 只能写一个", "withhold gives no grade: give one of withhold, cap, down"
            )
        return self


class GateSpec(Named):
    """A veto (一票否决) or an eligibility threshold (资格门槛)."""

    id: Identifier
    kind: Literal["veto", "eligibility"]
    when: ConditionSpec
    effect: GateEffect
    basis: BasisSpec


def in_order(gates: Sequence[GateSpec]) -> list[GateSpec]:
    """Return gates with those before each that it asks for; without any that ask for each other in a circle."""
    made: list[GateSpec] = []
    left = list(gates)
    known = {gate.id for gate in gates}
    while True:
        done = {gate.id for gate in made}
        ready = [gate for gate in left if all(name in done or name not in known for name in gate.when.gates)]
        if not ready:
            return made
        made += ready
        left = [gate for gate in left if gate not in ready]
