"""The method and its files as they were on the day of the run, as the record holds them."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from pilot_eval.text import Frozen, Words, both
from pilot_eval.units import UNITS, DeclaredUnit, Units

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Tier(Frozen):
    """A level at which pilots are named, such as by the central level or by a city."""

    id: str
    label: Words


TIERS = (
    Tier(id="central", label=Words(zh="中央明确", en="Central")),
    Tier(id="local", label=Words(zh="省市明确", en="Local")),
)
"""The tiers of a method that has none of its own."""


def tier_of(given: object) -> object:
    """Convert the tier of an older record, an id."""
    return next((each for each in TIERS if each.id == given), given)


class Basis(Frozen):
    """Where a number or a statement of the method comes from."""

    kind: Literal["sourced", "illustrative"]
    sources: tuple[str, ...] = ()
    note: Words | None = None


GradeGroup = Literal["base_type", "tier", "all"]
"""The pilots that a grade by share compares: those of a base type, of a tier, or all."""
Ties = Literal["in", "out"]
"""Whether pilots with equal totals at the edge of a grade by share are all in it, or all out."""
Rounding = Literal["down", "up", "half_up"]
"""How a share of a number of pilots is rounded."""


class TopInfo(Frozen):
    """The pilots that a grade by share may be given to: the best `share` of their group."""

    share: float
    of: GradeGroup
    ties: Ties
    round: Rounding


class Band(Frozen):
    """A grade: totals from `min` (included) up to the next band; with `top`, of the best of a group alone."""

    id: str
    label: Words
    min: float
    top: TopInfo | None = None


Aggregation = Literal["sum", "deduct", "mean", "geometric", "harmonic", "power", "min", "max", "median"]
"""How what is below a node of the tree is put together."""


class CombiningInfo(Frozen):
    """How a method puts together what is below a node."""

    aggregate: Aggregation = "sum"
    power: float | None = None
    cap: float | None = None
    floor: float | None = None
    least_data: float | None = None
    missing: Literal["zero", "exclude"] | None = None  # None: as the node above

    @property
    def settles(self) -> bool:
        """Whether what is missing is decided at the node; a plain sum leaves it to the node above."""
        return (self.aggregate, self.cap, self.floor, self.missing) != ("sum", None, None, None)


class DimensionInfo(Frozen):
    """A dimension, or one `within` another, and how what is below it is put together, see `Combining`.

    own: the rule of the indicators that every pilot brings to it; None: it has none such, or the record is older.
    """

    id: str
    label: Words
    points: float
    within: str | None = None
    base_type: str | None = None  # None: common to all base types
    how: CombiningInfo = CombiningInfo()
    own: Literal["pro_rata", "all_or_nothing"] | None = None


class RuleInfo(Frozen):
    """A scoring rule as the report shows it: kind, sentence and parameters.

    origin: the node above that gives it to what is below; None if it is the item's own.
    """

    kind: str
    sentence: Words
    parameters: dict[str, object]
    origin: Words | None = None


def _bilingual(given: object) -> object:
    """Convert a definition of an older record, a plain string, to both languages."""
    return both(given) if isinstance(given, str) else given


Definition = Annotated[Words, BeforeValidator(_bilingual)]
"""The definition of a measure; the same words in both languages if its plugin defines it in one."""


class IndicatorInfo(Frozen):
    """An indicator's definition, as it was in the method on the day of the run."""

    id: str
    base_type: str | None  # None: common to all base types
    dimension: str | None  # None: directly under the total
    label: Words
    measure: str  # empty: experts give the figure
    measure_label: Words | None = None  # None: its plugin did not load, or the record is older
    measure_doc: Definition
    unit: str
    direction: Literal["up", "down"]
    points: float
    rule: RuleInfo
    basis: Basis
    tables: tuple[str, ...]
    note: Words | None = None


class UnitInfo(Frozen):
    """A unit that a plugin or the method declares; one is `factor` of the unit `of`, if that is given."""

    id: str
    label: Words
    counted: bool = False
    of: str | None = None
    factor: float = 1.0

    @property
    def declared(self) -> DeclaredUnit:
        return DeclaredUnit(self.id, self.label, self.counted, self.of, Decimal(repr(self.factor)))


class SourceInfo(Frozen):
    """A cited source of the method."""

    code: str
    label: Words
    url: str = ""


class InputFile(Frozen):
    """An input file of the result; `path` is relative to the round, with forward slashes."""

    path: str
    sha256: Sha256
    size: int

    @classmethod
    def of(cls, path: str, data: bytes) -> "InputFile":
        """Describe a file by the bytes that were read of it."""
        return cls(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class MethodInfo(Frozen):
    id: str
    version: str
    label: Words
    dimensions: tuple[DimensionInfo, ...]
    indicators: tuple[IndicatorInfo, ...]
    bands: tuple[Band, ...]
    missing: Literal["zero", "exclude"]
    points: float = 100.0
    how: CombiningInfo = CombiningInfo()
    rounding: Literal["indicators", "dimensions", "total"] = "indicators"
    decimals: int
    bonus_cap: float
    deduction_cap: float
    ceiling: float
    sources: tuple[SourceInfo, ...]
    tiers: tuple[Tier, ...] = TIERS
    not_rated: Words | None = None  # said in the place of a grade that is withheld
    basis: Basis
    files: tuple[InputFile, ...]
    units: tuple[UnitInfo, ...] = ()  # besides those that are built in; none in older records

    @property
    def known_units(self) -> Units:
        """Return the units that figures of the record may have."""
        return UNITS.plus(each.declared for each in self.units)

    def outline(self, base_type: str | None = None) -> list[tuple[int, DimensionInfo]]:
        """Return a base type's dimensions, or all, from the top, each before those within it, with its depth from 0."""
        own = [each for each in self.dimensions if base_type is None or each.base_type in (None, base_type)]

        def below(id_: str | None, depth: int) -> Iterator[tuple[int, DimensionInfo]]:
            for each in own:
                if each.within == id_:
                    yield depth, each
                    yield from below(each.id, depth + 1)

        return list(below(None, 0))

    @property
    def top(self) -> tuple[DimensionInfo, ...]:
        """Return the dimensions at the top that all base types share."""
        return tuple(each for each in self.dimensions if each.within is None and each.base_type is None)
