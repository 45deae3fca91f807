"""What the files of a method have in common: ids, units, names in both languages, a basis."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from pilot_eval.errors import ContradictionError
from pilot_eval.method.rules import FRACTION, Real
from pilot_eval.model import Basis
from pilot_eval.text import GRADE_PATTERN, ID_PATTERN, Frozen, Words
from pilot_eval.units import UNITS

Identifier = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
GradeId = Annotated[str, Field(pattern=GRADE_PATTERN, max_length=60)]
DeclaredId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$", max_length=60)]
"""The id of what a plugin declares, which names files too: a base type, a table, a measure."""
Points = Annotated[Real, Field(ge=0, le=10_000), *FRACTION]
FullMarks = Annotated[Real, Field(gt=0, le=10_000), *FRACTION]


def _known_unit(unit: str) -> str:
    if unit not in UNITS:
        raise ValueError("unit")
    return unit


Unit = Annotated[str, AfterValidator(_known_unit), Field(json_schema_extra={"enum": sorted(UNITS)})]


class Named(Frozen):
    """Something with a name in both languages; without an English one the Chinese stands in both."""

    zh: str = Field(min_length=1)
    en: str = ""

    @property
    def label(self) -> Words:
        return Words(zh=self.zh, en=self.en)


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
