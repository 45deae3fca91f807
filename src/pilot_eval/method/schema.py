"""The shape of a method's YAML files, as pydantic models and as JSON Schema for editors."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, model_validator
from pydantic.json_schema import SkipJsonSchema, models_json_schema

from pilot_eval.errors import ContradictionError, Finding
from pilot_eval.method.conditions import ConditionSpec
from pilot_eval.method.expert_rules import needs_experts, why_unfit
from pilot_eval.method.fields import BasisSpec, DeclaredId, FullMarks, Identifier, Named, Points, Unit, UnitSpec
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.given import GivenMeasure, GivenType
from pilot_eval.method.grades import GradeSpec
from pilot_eval.method.kinds import RULES
from pilot_eval.method.peer_rules import PeerRule
from pilot_eval.method.rules import FRACTION, Real, Rule, TargetProgress, Truth, Unusable, Whole, same_number
from pilot_eval.method.tree import FULL, ROOT, Combining, DimensionSpec, MissingPolicy, Node, Weighed, tree_of
from pilot_eval.model import TIERS, Contacts, Empty, RuleInfo
from pilot_eval.text import PILOT_PATTERN, VERSION_PATTERN, Frozen, Wording, Words, named
from pilot_eval.units import UNITS, Units

W = TypeVar("W", bound=Weighed)


class SourceSpec(Named):
    """A source that a basis may cite."""

    code: Identifier
    url: str = ""

    @property
    def id(self) -> str:
        return self.code


class PrivacyPolicy(Frozen):
    """Columns for contacts (联系人, 联系方式, E-mail): `leave-out` reads a table without them, with a warning; `refuse`
    does not accept a table that has any."""

    contacts: Contacts = "leave-out"


class StatementSpec(Named):
    """A declaration that the organisation signs: yes or no."""

    id: Identifier
    required: Truth = True


class CodeSpec(Named):
    """An item of a code list."""

    id: Identifier


class TermSpec(Named):
    """A word of the register: a tier, or a basis."""

    id: Annotated[str, Field(min_length=1, max_length=60)]


DEFAULT_TIERS = tuple(TermSpec(id=each.id, zh=each.label.zh, en=each.label.en) for each in TIERS)
BASES = (
    TermSpec(id="stated", zh="来源文章写明", en="stated in the source"),
    TermSpec(id="inferred", zh="据来源文章推定", en="inferred from the source"),
    TermSpec(id="unnamed in the source", zh="来源文章未列名", en="unnamed in the source"),
)
"""How a pilot is known to be one, in a method that doesn't say."""


class Growth(Frozen):
    """Growth on the last figure, in %, which the rule then sees: (measure ÷ last − 1) × 100.

    last: the measure with the last figure; by default it is the pilot's own in `pilots.yaml`, else that of the previous
    round, which the round's settings name.
    """

    last: Identifier | None = None


class Requires(Frozen):
    """A measure that must reach a minimum before the indicator is scored, such as 30 survey answers."""

    measure: Identifier
    min: Real


class Scoring(Named):
    """What an indicator, a bonus and a deduction have in common: a measure, a rule, points and a basis.

    Without a measure experts give the figure, in the round's reviews.
    """

    model_config = ConfigDict(json_schema_extra={"dependentRequired": {"measure": ["unit"]}})

    id: Identifier
    measure: Identifier | None = Field(default=None, description="default: experts give the figure")
    unit: Unit = "分"
    points: FullMarks
    rule: Rule
    basis: BasisSpec

    @model_validator(mode="after")
    def _figure(self) -> "Scoring":
        if self.measure is not None and "unit" not in self.model_fields_set:
            raise ContradictionError("measure 须同时写 unit", "measure requires unit")
        if isinstance(self.rule, PeerRule) and self.measure is None:
            raise ContradictionError("与同组比较须写 measure", "to compare with peers needs a measure")
        problem = why_unfit(self.rule, measured=self.measure is not None)
        if problem is not None:
            raise ContradictionError(problem.zh, problem.en)
        return self

    @property
    def measures(self) -> tuple[str, ...]:
        """Return all measures that are needed to score it."""
        return (self.measure,) if self.measure else ()

    @property
    def rated(self) -> bool:
        """Whether experts score it, or a part of it."""
        return self.measure is None or needs_experts(self.rule)

    @property
    def recorded_rule(self) -> RuleInfo:
        """Return its rule as the record keeps it."""
        return RuleInfo(
            kind=self.rule.kind,
            sentence=self.rule.sentence(self.points),
            parameters=self.rule.model_dump(mode="json", by_alias=True, exclude_none=True),
        )


class IndicatorSpec(Weighed, Scoring):
    """An indicator: one measure, one rule, some points, of a dimension or directly of the total."""

    model_config = ConfigDict(
        json_schema_extra={"dependentRequired": {"measure": ["unit", "direction", "evidence"], "evidence": ["measure"]}}
    )

    dimension: Identifier | None = Field(default=None, description="default: directly under the total")
    direction: Literal["up", "down"] | None = None
    evidence: Annotated[tuple[Identifier, ...], Field(min_length=1)] = ()
    monotone: Truth = True
    requires: Requires | None = None
    growth: Growth | None = None
    empty: Empty | None = Field(default=None, description="if its tables are declared empty; default: the measure's")
    note_zh: str = ""
    note_en: str = ""

    @model_validator(mode="after")
    def _evidence(self) -> "IndicatorSpec":
        if self.measure is not None and not (self.direction and self.evidence):
            raise ContradictionError(
                "measure 须同时写 direction 和 evidence", "measure requires direction and evidence"
            )
        if self.measure is None and (self.evidence or self.empty or self.growth):
            raise ContradictionError(
                "没有 measure 的由专家评分，不写 evidence、empty 和 growth",
                "without a measure experts score it: leave out evidence, empty and growth",
            )
        return self

    @property
    def above(self) -> str:
        return self.dimension or ROOT

    @property
    def measures(self) -> tuple[str, ...]:
        last = (self.growth.last,) if self.growth and self.growth.last else ()
        required = (self.requires.measure,) if self.requires else ()
        return (*super().measures, *last, *required)

    @property
    def recorded_rule(self) -> RuleInfo:
        made = super().recorded_rule
        if self.growth is None:
            return made
        zh, en = (
            f"按比上一期增长的百分数：{made.sentence.zh}",
            f"by growth in % on the last figure: {made.sentence.in_('en')}",
        )
        return made.model_copy(update={"sentence": Words(zh=zh, en=en)})

    @property
    def note(self) -> Words | None:
        return Words(zh=self.note_zh, en=self.note_en) if self.note_zh else None


class AdjustmentSpec(Scoring):
    """A bonus or a deduction: its rule's share × its points is added or subtracted.

    points: its cap; or cap_share, the same as a share of full marks. only_if: else it doesn't count.
    """

    points: FullMarks = 0.0
    cap_share: Annotated[Real, Field(gt=0, le=1), *FRACTION] | None = None
    only_if: ConditionSpec | None = None

    @model_validator(mode="after")
    def _capped(self) -> "AdjustmentSpec":
        if ("points" in self.model_fields_set) == (self.cap_share is not None):
            raise ContradictionError("points, cap_share 必须且只能写一个", "give exactly one of points, cap_share")
        return self

    @property
    def measures(self) -> tuple[str, ...]:
        own = (self.measure,) if self.measure else ()
        return tuple(dict.fromkeys((*own, *(self.only_if.measures if self.only_if else ()))))


class MethodHead(Named, Combining):
    """`method.yaml` without its lists, which are checked item by item.

    points: full marks. rounding: what is rounded to `decimals`, and all above it. ceiling: the most that a total can
    be; by default full marks. not_rated: what is said in the place of a grade that is withheld; it is no grade.
    """

    id: Identifier
    version: Annotated[str, Field(pattern=VERSION_PATTERN)]
    basis: BasisSpec
    points: FullMarks = FULL
    missing: MissingPolicy = MissingPolicy()
    privacy: PrivacyPolicy = PrivacyPolicy()
    decimals: Annotated[Whole, Field(ge=0, le=9)] = 2
    rounding: Literal["indicators", "dimensions", "total"] = "indicators"
    ceiling: Points | None = None
    not_rated: Wording | None = None
    bonus_cap: Points = 0
    deduction_cap: Points = 0

    @property
    def top(self) -> float:
        """Return the most that a total can be."""
        return self.points if self.ceiling is None else self.ceiling


class MethodFile(MethodHead):
    """`method.yaml`: everything that applies to all base types."""

    sources: tuple[SourceSpec, ...] = ()
    dimensions: tuple[DimensionSpec, ...] = ()
    grades: Annotated[tuple[GradeSpec, ...], Field(min_length=1)]
    tiers: tuple[TermSpec, ...] = DEFAULT_TIERS
    bases: tuple[TermSpec, ...] = BASES
    statements: tuple[StatementSpec, ...] = ()
    codes: dict[Identifier, tuple[CodeSpec, ...]] = Field(default_factory=dict)
    units: tuple[UnitSpec, ...] = ()
    gates: tuple[GateSpec, ...] = ()
    bonuses: tuple[AdjustmentSpec, ...] = ()
    deductions: tuple[AdjustmentSpec, ...] = ()
    indicators: tuple[IndicatorSpec, ...] = ()


class BaseTypeHead(Frozen):
    """The YAML of a base type without its lists. zh, en, key: only with `measures`."""

    base_type: DeclaredId
    zh: str = ""
    en: str = ""
    key: tuple[str, ...] = Field(default=(), description="headers of the column that names the pilots")


class BaseTypeFile(BaseTypeHead):
    """One YAML file per base type: its own indicators, gates, bonuses and deductions, and code lists that its tables
    need besides the method's.

    measures: the columns of the table in which its figures are given; without them a plugin provides the base type.
    """

    measures: tuple[GivenMeasure, ...] = ()
    codes: dict[Identifier, tuple[CodeSpec, ...]] = Field(default_factory=dict)
    dimensions: tuple[DimensionSpec, ...] = ()
    gates: tuple[GateSpec, ...] = ()
    bonuses: tuple[AdjustmentSpec, ...] = ()
    deductions: tuple[AdjustmentSpec, ...] = ()
    indicators: tuple[IndicatorSpec, ...]


class TargetSpec(Frozen):
    """A pilot's own baseline and target for an indicator with the rule `target`."""

    baseline: Real
    target: Real

    @model_validator(mode="after")
    def _apart(self) -> "TargetSpec":
        if same_number(self.baseline, self.target):
            raise ContradictionError("baseline 与 target 相等", "baseline and target are equal")
        return self


class PilotSpec(Named):
    """A pilot of the register. `tier` and `basis` are terms of the method; without such terms they are left out."""

    id: Annotated[str, Field(pattern=PILOT_PATTERN, max_length=40)]
    base_type: DeclaredId
    tier: str | None = None
    basis: str | None = None
    sources: tuple[str, ...] = ()
    targets: dict[Identifier, TargetSpec] = Field(default_factory=dict)
    last: dict[Identifier, Real] = Field(default_factory=dict, description="last figures of indicators with growth")


class PilotsFile(Frozen):
    """`pilots.yaml`: the register."""

    pilots: tuple[PilotSpec, ...]


class Method(BaseModel):
    """A method that passed every check."""

    model_config = ConfigDict(frozen=True)

    head: MethodHead
    sources: tuple[SourceSpec, ...]
    dimensions: tuple[DimensionSpec, ...]
    grades: tuple[GradeSpec, ...]  # best first
    tiers: tuple[TermSpec, ...] = DEFAULT_TIERS
    bases: tuple[TermSpec, ...] = BASES
    statements: tuple[StatementSpec, ...]
    codes: dict[str, tuple[CodeSpec, ...]]
    gates: tuple[GateSpec, ...]
    bonuses: tuple[AdjustmentSpec, ...]
    deductions: tuple[AdjustmentSpec, ...]
    common: tuple[IndicatorSpec, ...]
    by_type: dict[str, tuple[IndicatorSpec, ...]]
    given: dict[str, GivenType] = Field(default_factory=dict)
    own_dimensions: dict[str, tuple[DimensionSpec, ...]] = Field(default_factory=dict)
    own_gates: dict[str, tuple[GateSpec, ...]] = Field(default_factory=dict)
    own_bonuses: dict[str, tuple[AdjustmentSpec, ...]] = Field(default_factory=dict)
    own_deductions: dict[str, tuple[AdjustmentSpec, ...]] = Field(default_factory=dict)
    pilots: tuple[PilotSpec, ...]
    normalised: SkipJsonSchema[dict[str, str]] = Field(default_factory=dict)  # id to the node whose rule it takes
    units: InstanceOf[Units] = UNITS  # built in, its own, and those of the plugins
    factors: dict[tuple[str, str], float] = Field(default_factory=dict)
    """By item and measure, how many of the item's unit one of the measure's is, where they differ."""
    files: SkipJsonSchema[tuple[tuple[str, str, int], ...]] = ()  # relative path, SHA-256, size

    @property
    def code_labels(self) -> dict[str, dict[str, Words]]:
        """Return the labels of each code list, by id."""
        return {name: {each.id: each.label for each in words} for name, words in self.codes.items()}

    @property
    def unusable(self) -> tuple[Finding, ...]:
        """Return what is wrong with the plugins' rules that the method names but can't use."""
        rules = (item.rule for name in self.by_type or ("",) for item in self.scorings(name))
        return tuple(dict.fromkeys(rule.cause for rule in rules if isinstance(rule, Unusable)))

    @property
    def leaves_out(self) -> bool:
        """Return whether what is missing is left out anywhere, rather than worth nothing."""
        trees = (self.tree(name) for name in self.by_type or ("",))
        return any(any(each.excludes(self.head.missing.score == "exclude").values()) for each in trees)

    def indicators(self, base_type: str) -> tuple[IndicatorSpec, ...]:
        """Return the common indicators, then the base type's own."""
        return self.common + self.by_type.get(base_type, ())

    def gates_of(self, base_type: str) -> tuple[GateSpec, ...]:
        """Return the gates that all base types have, then the base type's own."""
        return self.gates + self.own_gates.get(base_type, ())

    def bonuses_of(self, base_type: str) -> tuple[AdjustmentSpec, ...]:
        return self.bonuses + self.own_bonuses.get(base_type, ())

    def deductions_of(self, base_type: str) -> tuple[AdjustmentSpec, ...]:
        return self.deductions + self.own_deductions.get(base_type, ())

    def is_bonus(self, item: Scoring) -> bool:
        return item in self.bonuses or any(item in own for own in self.own_bonuses.values())

    def rule_of(self, item: Scoring) -> RuleInfo:
        """Return an item's rule as the record keeps it: also where it is written, if not at the item."""
        node = self.normalised.get(item.id)
        if node is None:
            return item.recorded_rule
        dimensions = (each for name in self.by_type or ("",) for each in self._branches(name))
        label, id_ = next(
            ((each.label, each.id) for each in dimensions if each.id == node), (self.head.label, "method")
        )
        return item.recorded_rule.model_copy(update={"origin": named(label, id_)})

    def dimensions_of(self, base_type: str) -> tuple[DimensionSpec, ...]:
        """Return the dimensions of a base type that have indicators: the common ones, then its own."""
        used = {each.id for each in self.tree(base_type).nodes}
        return tuple(each for each in self._branches(base_type) if each.id in used)

    def tree(self, base_type: str) -> Node:
        """Return the tree of all indicators of a base type."""
        return tree_of(self.head.points, self.head, (*self._branches(base_type), *self.indicators(base_type)))

    def _branches(self, base_type: str) -> tuple[DimensionSpec, ...]:
        return self.dimensions + self.own_dimensions.get(base_type, ())

    def with_points(self) -> "Method":
        """Return the method with points in the place of every weight, and of every share of full marks."""
        points = {each.id: each.points for name in self.by_type or ("",) for each in self.tree(name).every}

        def given(items: Iterable[W]) -> tuple[W, ...]:
            return tuple(
                each.model_copy(update={"points": points.get(each.id, 0.0), "weight": None}) if each.weight else each
                for each in items
            )

        def capped(items: Iterable[AdjustmentSpec]) -> tuple[AdjustmentSpec, ...]:
            full = self.head.points
            return tuple(
                each.model_copy(update={"points": full * each.cap_share}) if each.cap_share else each for each in items
            )

        return self.model_copy(
            update={
                "bonuses": capped(self.bonuses),
                "deductions": capped(self.deductions),
                "own_bonuses": {name: capped(items) for name, items in self.own_bonuses.items()},
                "own_deductions": {name: capped(items) for name, items in self.own_deductions.items()},
                "dimensions": given(self.dimensions),
                "common": given(self.common),
                "own_dimensions": {name: given(items) for name, items in self.own_dimensions.items()},
                "by_type": {name: given(items) for name, items in self.by_type.items()},
            }
        )

    def measures(self, base_type: str) -> tuple[str, ...]:
        """Return all measures that the points and the gates of a base type need."""
        gates = [name for gate in self.gates_of(base_type) for name in gate.when.measures]
        goals = [name for pair in self.goals(base_type).values() for name in pair if name]
        items = [name for item in self.scorings(base_type) for name in item.measures]
        return tuple(dict.fromkeys([*items, *gates, *goals]))

    def goals(self, base_type: str) -> dict[str, tuple[str | None, str | None]]:
        """Return the measures that hold each pilot's baseline and target, by item, where a table gives either."""
        given = self.given.get(base_type)
        if given is None:
            return {}
        found = {
            item.id: (given.beside(item.measure, "baseline"), given.beside(item.measure, "target"))
            for item in self.scorings(base_type)
            if isinstance(item.rule, TargetProgress)
        }
        return {id_: pair for id_, pair in found.items() if any(pair)}

    def scorings(self, base_type: str) -> tuple[Scoring, ...]:
        """Return everything that is scored by a rule: indicators, bonuses, deductions."""
        return (*self.indicators(base_type), *self.bonuses_of(base_type), *self.deductions_of(base_type))


FILES: dict[str, type[Frozen]] = {"method": MethodFile, "base-type": BaseTypeFile, "pilots": PilotsFile}


def json_schema(name: str, rules: Mapping[str, type[Rule]] = RULES) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file (a key of `FILES`), with each rule spelled out for completion."""
    models = [(model, "validation") for model in (FILES[name], *rules.values())]
    refs, definitions = models_json_schema(models, ref_template="#/$defs/{model}")  # type: ignore[arg-type]
    choices = {
        kind: {
            "type": "object",
            "description": (rule.__doc__ or "").split("\n")[0],
            "properties": {kind: refs[(rule, "validation")]},
            "required": [kind],
            "additionalProperties": False,
        }
        for kind, rule in rules.items()
    }
    peer = [kind for kind, rule in rules.items() if issubclass(rule, PeerRule)]
    definitions["$defs"]["Rule"] = {"title": "Rule", "oneOf": list(choices.values())}
    if "IndicatorSpec" in definitions["$defs"]:
        definitions["$defs"]["IndicatorSpec"]["required"].remove("rule")  # a node above may give it
    definitions["$defs"]["PeerRule"] = {
        "title": "PeerRule",
        "oneOf": [{"enum": peer}, *(choices[kind] for kind in peer)],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **definitions["$defs"].pop(FILES[name].__name__),
        "title": f"pilot-eval {name}",
        **definitions,
    }
