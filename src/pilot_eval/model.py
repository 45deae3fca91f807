"""The result of an evaluation: the frozen objects that make up the record, from which every report is rendered."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from pilot_eval.errors import Finding, Place
from pilot_eval.model_method import (
    TIERS,
    Aggregation,
    Band,
    Basis,
    CombiningInfo,
    Definition,
    DimensionInfo,
    IndicatorInfo,
    InputFile,
    MethodInfo,
    RuleInfo,
    Sha256,
    SourceInfo,
    Tier,
    TopInfo,
    UnitInfo,
    file_sha256,
    tier_of,
)
from pilot_eval.text import Frozen, Lang, Words, both, joined

__all__ = [  # what code that reads a record needs besides the classes below
    "TIERS", "Aggregation", "Band", "Basis", "CombiningInfo", "Definition", "DimensionInfo", "Finding", "IndicatorInfo",
    "InputFile", "Lang", "MethodInfo", "Place", "RuleInfo", "SourceInfo", "Tier", "TopInfo", "UnitInfo", "Words",
    "file_sha256",
]  # fmt: skip

RECORD_FORMAT: Literal["pilot-eval-record/2"] = "pilot-eval-record/2"


class Qualifier(StrEnum):
    """How a number was written."""

    EXACT = "exact"  # 1600
    STATED = "stated"  # 10亿元: a round figure, correct to 亿 unless an exact one was asked for
    ROUNDED = "rounded"  # 17.2万: correct to its last digit
    MORE_THAN = "more_than"  # 1600多
    AT_LEAST = "at_least"  # 10万以上
    AT_MOST = "at_most"  # 100以内
    NEARLY = "nearly"  # 近百
    ABOUT = "about"  # 约100
    PARTIAL = "partial"  # 2018年11月下旬


class Quantity(Frozen):
    """A number with its bounds and qualifier; `high` is None where no upper bound is known.

    value: the number as written. low, high: the range it may be in. qualifier: how it was written.
    """

    value: float
    low: float
    high: float | None
    qualifier: Qualifier = Qualifier.EXACT


class Outcome(StrEnum):
    """The outcome of an indicator; a closed set."""

    SCORED = "scored"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


Contacts = Literal["leave-out", "refuse"]
"""What a method does with columns for contacts: leaves them out with a warning, or refuses the table."""
Empty = Literal["zero", "full", "not_applicable", "panel"]
"""What it means for an indicator that all tables behind its measure are declared empty: no points, all of them, that it
doesn't apply, or a decision of the panel."""


class BaseTypeInfo(Frozen):
    """A base type and the plugin it came from; `cause` states what is wrong if `state` is not `ok`."""

    id: str
    label: Words
    plugin: str
    version: str
    state: Literal["ok", "failed", "absent"]
    cause: Words | None = None
    tables: dict[str, Words] = Field(default_factory=dict)  # labels of its evidence tables, by id; common ones included


class RoundInfo(Frozen):
    id: str
    label: Words
    period_from: str
    period_to: str
    notice: Words | None = None  # shown at the top of every report
    min_cell: int = 0


class RowSpan(Frozen):
    """Rows `first` to `last` of a sheet, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class SourceRows(Frozen):
    """Rows of one file (and sheet) that a figure was computed from, in the named columns."""

    file: str
    sha256: Sha256
    sheet: str | None
    columns: dict[str, str]  # field name to column letter (JSON: to key)
    rows: tuple[RowSpan, ...]
    count: int

    @property
    def cells(self) -> str:
        """Return the cells in spreadsheet notation: `C5:C16, E5:E16`."""
        return ", ".join(
            f"{letter}{span.first}" if span.first == span.last else f"{letter}{span.first}:{letter}{span.last}"
            for letter in self.columns.values()
            for span in self.rows
        )

    @property
    def numbers(self) -> Words:
        """Return the numbers of the rows: `3, 5–7`."""
        return joined(both(str(span)) for span in self.rows)


class Amount(Frozen):
    """What the cells of one column add up to."""

    label: Words
    value: float
    unit: str


class NotCounted(Frozen):
    """Rows of its table that a measure leaves out, and why: `undefined` is a value such as a division by 0."""

    cause: Literal["empty", "undefined", "condition"]
    lacks: dict[str, Words]  # the columns whose cells are empty: field to name
    rows: tuple[SourceRows, ...]
    amount: Amount | None = None  # the money in these rows

    @property
    def count(self) -> int:
        return sum(each.count for each in self.rows)


class MeasureResult(Frozen):
    """A measure of one pilot; `value` is None if the evidence doesn't determine it."""

    id: str
    label: Words
    doc: Definition
    unit: str
    value: float | None
    low: float | None
    high: float | None  # None with a value: no upper bound known
    table: str | None
    uses: tuple[str, ...]
    evidence: tuple[SourceRows, ...]
    not_counted: tuple[NotCounted, ...] = ()  # unknown in older records


class Score(Frozen):
    """Points with the bounds that approximate numbers and missing evidence allow."""

    points: float
    low: float
    high: float
    out_of: float


class PeerInfo(Frozen):
    """The group that a pilot is compared with, itself included: how many, its place, and their figures.

    The figures are None where a round hides small counts.
    """

    of: Literal["base_type", "tier", "all"]
    n: int
    rank: int
    lowest: float | None
    highest: float | None
    mean: float | None
    sd: float | None  # of the group as a whole: ÷ n
    median: float | None


class IndicatorResult(Frozen):
    """The result of one indicator for one pilot. `points` is None unless scored; `measure` is empty without one."""

    id: str
    outcome: Outcome
    reason: Words | None
    measure: str
    value: float | None
    points: float | None
    low: float
    high: float
    out_of: float
    expert_score: float | None = None
    expert_level: str | None = None  # the level that experts chose
    forgone: float | None = None  # not applicable, though it has evidence: the points that the rule gives
    baseline: float | None = None
    target: float | None = None
    peers: PeerInfo | None = None
    last: float | None = None  # the figure that growth is measured on
    growth: float | None = None  # in %

    @property
    def figure(self) -> float | None:
        """Return what the rule saw: the growth, if there is one, else the measure."""
        return self.value if self.growth is None else self.growth

    @property
    def reviewed(self) -> bool:
        """Whether the reviewers scored it or set it to not applicable."""
        return self.expert_score is not None or self.expert_level is not None or self.outcome is Outcome.NOT_APPLICABLE


class DimensionResult(Frozen):
    """The result of a dimension. It is missing if too little of it is scored: its points are 0 then."""

    id: str
    score: Score
    coverage: float | None
    outcome: Outcome = Outcome.SCORED  # unknown in older records
    counted: float | None = None  # its points that count if what is missing is left out; unknown in older records


class AdjustmentResult(Frozen):
    """A bonus (points ≥ 0) or a deduction (points ≤ 0)."""

    id: str
    label: Words
    measure: str
    value: float | None
    points: float
    low: float
    high: float
    basis: Basis
    reason: Words | None = None  # why it isn't scored; unknown in older records
    rule: RuleInfo | None = None  # unknown in older records
    condition: Words | None = None  # on which it counts
    unit: str = ""  # of the value; empty: the measure's


class GateState(StrEnum):
    CLEAR = "clear"
    TRIGGERED = "triggered"
    UNKNOWN = "unknown"


class EffectInfo(Frozen):
    """What a gate does if it is triggered, see `GateEffect`; `zero` is a dimension, or `total`."""

    withhold: bool = False
    cap: str | None = None
    down: int = 0
    zero: str | None = None
    no_bonus: bool = False


class GateResult(Frozen):
    id: str
    kind: Literal["veto", "eligibility"]
    label: Words
    state: GateState
    effect: Words
    evidence: Words
    basis: Basis
    condition: Words | None = None  # what triggers it; unknown in older records
    certain: bool | None = None  # whether it is so throughout the possible range; unknown in older records
    does: EffectInfo | None = None  # unknown in older records


class TableExtract(Frozen):
    """The first rows of a table as they were read, for display in a report; the table has `total` rows."""

    table: str
    label: Words
    columns: tuple[str, ...]
    headers: tuple[Words, ...]
    units: tuple[str, ...] = ()  # of the columns, empty for a column without one; () if not known
    rows: tuple["ExtractRow", ...]
    total: int


class ExtractRow(Frozen):
    file: str
    sheet: str | None
    row: int
    cells: tuple[str, ...]


class Fact(Frozen):
    """A quoted statement about the pilot, and whether it may count towards points."""

    statement: Words
    quote: str
    source: str
    qualifier: Words
    use: Literal["evidence", "context", "excluded"]
    why: Words | None = None


class PilotInfo(Frozen):
    id: str
    label: Words
    base_type: str
    tier: Annotated[Tier | None, BeforeValidator(tier_of)]  # None: the method has no tiers
    basis: Words | None  # how it is known to be a pilot; None: the method doesn't ask
    sources: tuple[str, ...] = ()


class SubmissionInfo(Frozen):
    submitted_by: str
    contact_office: str
    submitted_on: str | None
    facts: tuple[Fact, ...]
    tables_empty: tuple[str, ...]  # ids of the tables declared as “nothing to report”


class Standing(StrEnum):
    """Whether a pilot has a grade."""

    GRADED = "graded"
    WITHHELD = "withheld"  # a gate, too little evidence, or nothing that applies
    ERROR = "error"  # an error in its evidence or its plugin
    NOT_SUBMITTED = "not_submitted"

    @property
    def label(self) -> Words:
        return _STANDINGS[self]


_STANDINGS = {
    Standing.GRADED: Words(zh="已定级", en="Graded"),
    Standing.WITHHELD: Words(zh="暂不定级", en="Grade withheld"),
    Standing.ERROR: Words(zh="无法评价", en="Not assessed"),
    Standing.NOT_SUBMITTED: Words(zh="未提交材料", en="Nothing submitted"),
}


class GradeRank(Frozen):
    """A pilot's rank in its group, as a grade by share counts it: it may have the grade if `rank` ≤ `seats`."""

    grade: str
    size: int  # of the group: the pilots that are graded
    seats: int
    rank: int
    best: int  # the ranks that the bounds of all totals allow, if pilots that aren't graded come in
    worst: int
    surely: bool  # whether it has a place whatever the totals are within their bounds
    maybe: bool  # whether it may have one


class Assessment(Frozen):
    """The results of one pilot. Totals are out of the method's full marks, bonuses and deductions included."""

    pilot: PilotInfo
    submission: SubmissionInfo | None
    standing: Standing
    grade: str | None
    grade_low: str | None
    grade_high: str | None
    grade_reason: Words | None
    total: Score | None
    indicators_score: Score | None  # before bonuses and deductions
    common: Score | None  # the indicators common to all base types
    coverage: float | None
    dimensions: tuple[DimensionResult, ...]
    indicators: tuple[IndicatorResult, ...]
    bonuses: tuple[AdjustmentResult, ...]
    deductions: tuple[AdjustmentResult, ...]
    gates: tuple[GateResult, ...]
    measures: tuple[MeasureResult, ...]
    extracts: tuple[TableExtract, ...]
    findings: tuple[Finding, ...]
    reviewed_by: str | None = None  # None: no review, or the record is older
    may_be_withheld: bool = False  # within the possible range, a gate may withhold the grade
    grade_ranks: tuple[GradeRank, ...] = ()  # where grades are by share
    own_indicators: tuple[IndicatorInfo, ...] = ()  # the definitions of those that it alone has, from its plan


class Rank(Frozen):
    """A pilot's rank among those it is compared with; `best` and `worst` are the ranks that the score bounds allow."""

    pilot: str
    score: Score
    rank: int
    best: int
    worst: int


class Ranking(Frozen):
    """A ranking of comparable pilots, its basis, and the pilots left out, with the reasons."""

    id: str
    label: Words
    basis: Words
    ranks: tuple[Rank, ...]
    left_out: dict[str, Words]

    def tied(self, rank: Rank) -> bool:
        """Return whether another pilot has the same score."""
        return sum(each.rank == rank.rank for each in self.ranks) > 1


class Comparison(Frozen):
    """All rankings: by the common indicators across base types, and by all indicators within a base type."""

    across: Ranking
    within: tuple[Ranking, ...]


class Software(Frozen):
    """The versions of the software that was used."""

    pilot_eval: str
    libraries: dict[str, str]


class EvaluationRecord(Frozen):
    """The whole result of one run."""

    format: Literal["pilot-eval-record/1", "pilot-eval-record/2"] = RECORD_FORMAT  # of the files it was read from
    round: RoundInfo
    method: MethodInfo
    software: Software
    base_types: tuple[BaseTypeInfo, ...]
    inputs: tuple[InputFile, ...]
    assessments: tuple[Assessment, ...]
    comparison: Comparison
    findings: tuple[Finding, ...]

    def indicator(self, assessment: Assessment, id_: str) -> IndicatorInfo:
        """Return the definition of the indicator `id_` in an `assessment`: the pilot's own, or the method's."""
        base_type = assessment.pilot.base_type
        known = (*assessment.own_indicators, *self.method.indicators)
        return next(each for each in known if each.id == id_ and each.base_type in (None, base_type))

    @property
    def standings(self) -> dict[Standing, Words]:
        """What is said in the place of a grade: the standing, or the method's own word for a withheld grade."""
        own = {Standing.WITHHELD: self.method.not_rated} if self.method.not_rated else {}
        return {each: own.get(each) or each.label for each in Standing}
