"""What the files of a method have in common: ids, units, names in both languages, a basis."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.rules import FRACTION, Real, Truth
from pilot_eval.model import Basis
from pilot_eval.text import DECLARED_PATTERN, GRADE_PATTERN, ID_PATTERN, Frozen, Words
from pilot_eval.units import UNIT_PATTERN, UNITS, DeclaredUnit, declared_unit, exact_factor, may_follow_a_number

Identifier = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
GradeId = Annotated[str, Field(pattern=GRADE_PATTERN, max_length=60)]
DeclaredId = Annotated[str, Field(pattern=DECLARED_PATTERN, max_length=60)]
"""The id of what a plugin declares, which names files too: a base type, a table, a measure."""
Points = Annotated[Real, Field(ge=0, le=10_000), *FRACTION]
FullMarks = Annotated[Real, Field(gt=0, le=10_000), *FRACTION]


Unit = Annotated[str, Field(min_length=1, json_schema_extra={"anyOf": [{"enum": sorted(UNITS)}, {"type": "string"}]})]
"""The id of a unit. Which there are is known once the method's own and the plugins' are: see `Checker`."""


def _factor(given: object) -> Decimal:
    try:
        return exact_factor(given)
    except ValueError:
        raise ContradictionError(
            "倍数应大于 0，如 1000、2000/3", "a factor is above 0, such as 1000 or 2000/3"
        ) from None


Factor = Annotated[
    Decimal,
    BeforeValidator(_factor),
    Field(json_schema_extra={"type": ["number", "string"], "exclusiveMinimum": 0}),
]


class Named(Frozen):
    """Something with a name in both languages; without an English one the Chinese stands in both."""

    zh: str = Field(min_length=1)
    en: str = ""

    @property
    def label(self) -> Words:
        return Words(zh=self.zh, en=self.en)


class UnitSpec(Named):
    """A unit of the method's own. counted: it comes in wholes. equals: another unit, and how many of it one is."""

    id: Annotated[str, Field(pattern=UNIT_PATTERN)]
    counted: Truth = False
    equals: Annotated[dict[str, Factor], Field(min_length=1, max_length=1)] | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "UnitSpec":
        if not may_follow_a_number(self.id):
            raise ContradictionError(
                f"“{self.id}”是数字的一部分，不能作单位", f"“{self.id}” is a part of numbers, not a unit"
            )
        if self.counted and self.equals:
            raise ContradictionError(
                "写了 equals 的，是否取整数随所换算的单位，不写 counted",
                "with equals, leave out counted: it follows from the other unit",
            )
        return self

    @property
    def declared(self) -> DeclaredUnit:
        return declared_unit(self.id, self.label, counted=self.counted, equals=self.equals)


class BasisSpec(Frozen):
    """Where a rule, a threshold or a weight comes from; `illustrative` is shown as such in every report."""

    kind: Literal["sourced", "illustrative"]
    sources: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _cites(self) -> "BasisSpec":
        if self.kind == "sourced" and not self.sources:
            raise ContradictionError("sourced 须写明 sources", "sourced requires sources")
        return self

    @property
    def recorded(self) -> Basis:
        """Return the basis as the record holds it."""
        return Basis(kind=self.kind, sources=self.sources, note=Words(zh=self.zh, en=self.en) if self.zh else None)
