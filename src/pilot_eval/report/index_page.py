"""The view of the overview page: what `index.html` shows, joined from the record; no figure is computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pilot_eval.model import (
    Assessment,
    Band,
    BaseTypeInfo,
    DimensionResult,
    EvaluationRecord,
    IndicatorInfo,
    Rank,
    Ranking,
    Standing,
    Tier,
)
from pilot_eval.report.charts import Interval, Scale, interval
from pilot_eval.report.parts import FindingsView, page_of, score_bar
from pilot_eval.text import Words

INDEX = "index.html"


@dataclass(frozen=True)
class PilotRow:
    """A pilot in a table of the comparison page; `classes` are what the filters select by."""

    assessment: Assessment
    base_type: BaseTypeInfo
    classes: str

    @property
    def file(self) -> str:
        return page_of(self.assessment.pilot.id)

    @property
    def findings(self) -> FindingsView:
        return FindingsView(self.assessment.findings)


@dataclass(frozen=True)
class RankRow:
    """A pilot's line in a ranking; `unsure` if its possible ranks overlap with those of others."""

    pilot: PilotRow
    rank: Rank
    tied: bool
    dot: Interval

    @property
    def unsure(self) -> bool:
        return self.rank.best != self.rank.worst


@dataclass(frozen=True)
class RankingView:
    """A ranking with its scale."""

    ranking: Ranking
    classes: str
    base_type: BaseTypeInfo | None
    rows: tuple[RankRow, ...]
    left_out: tuple[tuple[PilotRow, Words], ...]
    scale: Scale

    @property
    def unsure(self) -> int:
        return sum(row.unsure for row in self.rows)

    @property
    def tied(self) -> int:
        return sum(row.tied for row in self.rows)


@dataclass(frozen=True)
class ProfileRow:
    """A pilot's scores by dimension, in the method's order."""

    pilot: PilotRow
    cells: tuple[tuple[DimensionResult, Interval] | None, ...]


@dataclass(frozen=True)
class Group:
    """The pilots of one base type; `classes` are what the filters select by."""

    base_type: BaseTypeInfo
    classes: str
    rows: tuple[PilotRow, ...]
    profile: tuple[ProfileRow, ...]


@dataclass(frozen=True)
class ComparisonPage:
    """Everything on the comparison page."""

    grades: Mapping[str, Band]
    groups: tuple[Group, ...]
    tiers: tuple[Tier, ...]
    standings: tuple[tuple[Standing, int], ...]
    across: RankingView
    within: tuple[RankingView, ...]
    findings: FindingsView
    all_findings: FindingsView
    indicators: tuple[tuple[BaseTypeInfo | None, tuple[IndicatorInfo, ...]], ...]
    filter_css: str
    file: str = INDEX


def comparison_page(record: EvaluationRecord) -> ComparisonPage:
    """The page that compares a record's pilots."""
    kinds = [each for each in record.base_types if any(a.pilot.base_type == each.id for a in record.assessments)]
    class_of = {each.id: f"type-{at}" for at, each in enumerate(kinds, 1)}
    tiers = tuple(tier for tier in record.method.tiers if any(a.pilot.tier == tier for a in record.assessments))
    tier_of = {each.id: f"tier-{at}" for at, each in enumerate(tiers, 1)}
    rows = {
        each.pilot.id: PilotRow(
            assessment=each,
            base_type=next(kind for kind in kinds if kind.id == each.pilot.base_type),
            classes=f"pilot {class_of[each.pilot.base_type]}"
            + (f" {tier_of[each.pilot.tier.id]}" if each.pilot.tier else ""),
        )
        for each in record.assessments
    }
    groups = tuple(_group(record, kind, class_of[kind.id], rows.values()) for kind in kinds)
    return ComparisonPage(
        grades={each.id: each for each in record.method.bands},
        groups=groups,
        tiers=tiers,
        standings=tuple(
            (standing, count)
            for standing in Standing
            if (count := sum(each.standing is standing for each in record.assessments))
        ),
        across=_ranking_view(record.comparison.across, rows, None, ""),
        within=tuple(
            _ranking_view(ranking, rows, base_type, f"group {class_of[base_type.id]}" if base_type else "")
            for ranking in record.comparison.within
            for base_type in [_base_type_of(ranking, rows)]
        ),
        findings=FindingsView(record.findings),
        all_findings=FindingsView((*record.findings, *(each for a in record.assessments for each in a.findings))),
        indicators=tuple(
            (base_type, infos)
            for base_type in (None, *record.base_types)
            if (
                infos := tuple(
                    each for each in record.method.indicators if each.base_type == (base_type.id if base_type else None)
                )
            )
        ),
        filter_css=_filter_css(groups, tiers),
    )


def _group(record: EvaluationRecord, kind: BaseTypeInfo, name: str, rows: Iterable[PilotRow]) -> Group:
    own = tuple(row for row in rows if row.base_type is kind)
    return Group(
        base_type=kind,
        classes=f"group {name}",
        rows=own,
        profile=tuple(ProfileRow(row, tuple(_profile(record, row.assessment))) for row in own),
    )


def _profile(record: EvaluationRecord, of: Assessment) -> Iterable[tuple[DimensionResult, Interval] | None]:
    results = {each.id: each for each in of.dimensions}
    for dimension in record.method.top:
        result = results.get(dimension.id)
        yield (result, score_bar(result.score, Scale(result.score.out_of))) if result else None


def _ranking_view(
    ranking: Ranking, rows: Mapping[str, PilotRow], base_type: BaseTypeInfo | None, classes: str
) -> RankingView:
    scale = Scale(max((each.score.out_of for each in ranking.ranks), default=0.0))
    return RankingView(
        ranking=ranking,
        classes=classes,
        base_type=base_type,
        rows=tuple(
            RankRow(
                rows[each.pilot],
                each,
                ranking.tied(each),
                interval(each.score.points, each.score.low, each.score.high, scale),
            )
            for each in ranking.ranks
        ),
        left_out=tuple((rows[pilot], reason) for pilot, reason in ranking.left_out.items()),
        scale=scale,
    )


def _base_type_of(ranking: Ranking, rows: Mapping[str, PilotRow]) -> BaseTypeInfo | None:
    """The base type that all pilots of a ranking share."""
    ids = [*(each.pilot for each in ranking.ranks), *ranking.left_out]
    kinds = {rows[id].base_type.id: rows[id].base_type for id in ids}
    return next(iter(kinds.values())) if len(kinds) == 1 else None


def _filter_css(groups: tuple[Group, ...], tiers: tuple[Tier, ...]) -> str:
    """Rules that hide what the chosen filters exclude, on screen only; built from numbered names, never from data."""
    rules = []
    for at, group in enumerate(groups, 1):
        chosen = f"main:has(#type-{at}:checked)"
        rules.append(f"{chosen} :is(.pilot, .group):not(.type-{at}) {{ display: none }}")
        for number, tier in enumerate(tiers, 1):
            if not any(row.assessment.pilot.tier == tier for row in group.rows):
                rules.append(f"main:has(#tier-{number}:checked) .group.type-{at} {{ display: none }}")
                rules.append(f"{chosen}:has(#tier-{number}:checked) .filter-empty {{ display: block }}")
    rules += [
        f"main:has(#tier-{number}:checked) .pilot:not(.tier-{number}) {{ display: none }}"
        for number in range(1, len(tiers) + 1)
    ]
    return "@media screen {\n" + "\n".join(rules) + "\n}\n"
