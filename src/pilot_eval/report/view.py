"""The view model: what each page shows, joined from the record and given its chart geometry; no figure is computed."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from pilot_eval.errors import Finding, Severity
from pilot_eval.model import (
    AdjustmentResult,
    Assessment,
    Band,
    BaseTypeInfo,
    Basis,
    DimensionInfo,
    DimensionResult,
    EvaluationRecord,
    ExtractRow,
    IndicatorInfo,
    IndicatorResult,
    MeasureResult,
    Outcome,
    PilotInfo,
    Rank,
    Ranking,
    Score,
    SourceInfo,
    SourceRows,
    Standing,
    TableExtract,
    Tier,
)
from pilot_eval.report.charts import GradeChart, Interval, Scale, grade_chart, interval
from pilot_eval.report.format import Format
from pilot_eval.text import Words

INDEX = "index.html"


def safe_name(id: str, prefix: str) -> str:
    """A name for a file or an anchor: the id itself where that is harmless, else a digest of it."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", id) and id != "index":
        return id
    return f"{prefix}-{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def page_of(pilot: PilotInfo) -> str:
    """File name of a pilot's page."""
    return safe_name(pilot.id, "pilot") + ".html"


def cited_code(cited: str, sources: Iterable[SourceInfo]) -> str | None:
    """The code of the source that a citation begins with (`S0 line 43`); None where the method has no such source."""
    words = cited.split()
    return next((each.code for each in sources if each.code == cited or each.code in words[:1]), None)


# --- evidence


@dataclass(frozen=True)
class Column:
    """A column of an extract; `letter` where it is known, `used` where the figure was computed from it."""

    letter: str
    header: Words
    unit: str
    used: bool


@dataclass(frozen=True)
class ExtractView:
    """Rows of a table as they were read, with the columns that a figure used."""

    label: Words
    columns: tuple[Column, ...]
    rows: tuple[ExtractRow, ...]
    total: int


@dataclass(frozen=True)
class EvidenceView:
    """One file behind a figure, and the rows of it that the record keeps."""

    source: SourceRows
    extract: ExtractView | None


@dataclass(frozen=True)
class MeasureView:
    """A measure with its evidence, or with the measures that it was computed from."""

    result: MeasureResult
    evidence: tuple[EvidenceView, ...]
    uses: tuple["MeasureView", ...]


def _extract_view(extract: TableExtract, source: SourceRows | None) -> ExtractView:
    """All rows of an extract, or those that `source` names."""
    used = source.columns if source else {}
    units = extract.units or ("",) * len(extract.columns)
    return ExtractView(
        label=extract.label,
        columns=tuple(
            Column(letter=used.get(field, ""), header=header, unit=unit, used=field in used)
            for field, header, unit in zip(extract.columns, extract.headers, units, strict=True)
        ),
        rows=tuple(row for row in extract.rows if source is None or _is_from(row, source)),
        total=extract.total,
    )


def _is_from(row: ExtractRow, source: SourceRows) -> bool:
    same = (row.file, row.sheet) == (source.file, source.sheet)
    return same and any(span.first <= row.row <= span.last for span in source.rows)


# --- one pilot


@dataclass(frozen=True)
class IndicatorView:
    """An indicator's definition and how it came out."""

    info: IndicatorInfo
    result: IndicatorResult
    anchor: str
    measure: MeasureView | None
    bar: Interval


@dataclass(frozen=True)
class DimensionView:
    """A dimension with its indicators; `result` None where the pilot has no score in it."""

    info: DimensionInfo
    anchor: str
    result: DimensionResult | None
    bar: Interval | None
    indicators: tuple[IndicatorView, ...]


@dataclass(frozen=True)
class AdjustmentView:
    """A bonus or a deduction, with the measure that it rests on."""

    kind: str
    result: AdjustmentResult
    measure: MeasureView | None


@dataclass(frozen=True)
class PlaceView:
    """A pilot's place in one ranking, or why it has none."""

    ranking: Ranking
    rank: Rank | None
    reason: Words | None


@dataclass(frozen=True)
class PilotPage:
    """Everything on a pilot's page."""

    assessment: Assessment
    base_type: BaseTypeInfo
    grades: Mapping[str, Band]
    chart: GradeChart | None
    dimensions: tuple[DimensionView, ...]
    adjustments: tuple[AdjustmentView, ...]
    places: tuple[PlaceView, ...]
    other_measures: tuple[MeasureView, ...]
    other_extracts: tuple[ExtractView, ...]
    illustrative: tuple[IndicatorInfo, ...]
    illustrative_adjustments: tuple[Words, ...]
    sources: tuple[SourceInfo, ...]
    previous: PilotInfo | None
    next: PilotInfo | None

    @property
    def file(self) -> str:
        return page_of(self.assessment.pilot)

    @property
    def grade(self) -> Band | None:
        grade = self.assessment.grade
        return self.grades[grade] if grade else None

    @property
    def findings(self) -> "FindingsView":
        return FindingsView(self.assessment.findings)

    @property
    def bounded(self) -> bool:
        """Whether the total's bounds are apart."""
        total = self.assessment.total
        return total is not None and total.low != total.high


@dataclass(frozen=True)
class FindingsView:
    """Findings, the gravest first."""

    unsorted: tuple[Finding, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        return {each.value: sum(finding.severity is each for finding in self.unsorted) for each in Severity}

    @cached_property
    def sorted(self) -> tuple[Finding, ...]:
        order = list(Severity)
        return tuple(sorted(self.unsorted, key=lambda finding: order.index(finding.severity)))


class _Based(Protocol):
    """What has a name and a basis: an indicator, a gate, a bonus, a deduction."""

    @property
    def label(self) -> Words: ...

    @property
    def basis(self) -> Basis: ...


class PilotPages:
    """Makes the pages of a record's pilots."""

    def __init__(self, record: EvaluationRecord, format: Format) -> None:
        self.record, self.format = record, format
        self.base_types = {each.id: each for each in record.base_types}
        self.infos = {(each.base_type, each.id): each for each in record.method.indicators}
        self.bands = {each.id: each for each in record.method.bands}

    def page(self, at: int) -> PilotPage:
        """The page of the assessment at position `at`."""
        all_ = self.record.assessments
        this = all_[at]
        measures = _Measures(this)
        dimensions = self._dimensions(this, measures)
        adjustments = tuple(
            AdjustmentView(kind, result, measures.view(result.measure))
            for kind, group in (("bonus", this.bonuses), ("deduction", this.deductions))
            for result in group
        )
        infos = [each.info for group in dimensions for each in group.indicators]
        others: list[_Based] = [*this.gates, *this.bonuses, *this.deductions]
        cited = self._cited(this, [*infos, *others])
        return PilotPage(
            assessment=this,
            base_type=self.base_types[this.pilot.base_type],
            grades=self.bands,
            chart=self._chart(this),
            dimensions=dimensions,
            adjustments=adjustments,
            places=self._places(this.pilot),
            other_measures=measures.others(),
            other_extracts=measures.other_extracts(),
            illustrative=tuple(each for each in infos if each.basis.kind == "illustrative"),
            illustrative_adjustments=tuple(each.label for each in others if each.basis.kind == "illustrative"),
            sources=tuple(each for each in self.record.method.sources if each.code in cited),
            previous=all_[at - 1].pilot if at else None,
            next=all_[at + 1].pilot if at + 1 < len(all_) else None,
        )

    def _cited(self, this: Assessment, based: Iterable["_Based"]) -> set[str | None]:
        """Codes of the sources that the page refers to."""
        cited = {code for each in based for code in each.basis.sources}
        cited |= {*this.pilot.sources, *self.record.method.basis.sources}
        cited |= {fact.source for fact in (this.submission.facts if this.submission else ())}
        return {cited_code(each, self.record.method.sources) for each in cited}

    def _chart(self, this: Assessment) -> GradeChart | None:
        total = this.total
        if total is None:
            return None
        top = max(total.out_of, self.record.method.ceiling)
        scale = Scale(top)
        held = {this.grade} if this.grade else set()
        bands = [(each.min, self.format.plain(each.label), each.id in held) for each in self.bands.values()]
        box = interval(total.points, total.low, total.high, scale)
        return grade_chart(box, self.format.points(total.points), bands, scale, self.format.number(top))

    def _dimensions(self, this: Assessment, measures: "_Measures") -> tuple[DimensionView, ...]:
        base = this.pilot.base_type
        found = [(self.infos.get((base, each.id)) or self.infos[None, each.id], each) for each in this.indicators]
        results = {each.id: each for each in this.dimensions}
        widest = Scale(max((info.points for info, _ in found), default=0.0))
        scale = Scale(max((each.score.out_of for each in this.dimensions), default=0.0))
        return tuple(
            DimensionView(
                info=dimension,
                anchor="dimension-" + safe_name(dimension.id, "d"),
                result=(result := results.get(dimension.id)),
                bar=score_bar(result.score, scale) if result else None,
                indicators=tuple(
                    IndicatorView(
                        info=info,
                        result=each,
                        anchor="indicator-" + safe_name(info.id, "i"),
                        measure=measures.view(each.measure),
                        bar=interval(each.points, each.low, each.high, widest, each.out_of),
                    )
                    for info, each in found
                    if info.dimension == dimension.id
                ),
            )
            for dimension in self.record.method.dimensions
        )

    def _places(self, pilot: PilotInfo) -> tuple[PlaceView, ...]:
        comparison = self.record.comparison
        places = []
        for ranking in (comparison.across, *comparison.within):
            rank = next((each for each in ranking.ranks if each.pilot == pilot.id), None)
            if rank or pilot.id in ranking.left_out:
                places.append(PlaceView(ranking, rank, ranking.left_out.get(pilot.id)))
        return tuple(places)


def score_bar(score: Score, scale: Scale) -> Interval:
    """A score as a bar whose frame is the points available."""
    return interval(score.points, score.low, score.high, scale, score.out_of)


class _Measures:
    """The measures and extracts of one pilot, joined; remembers which were shown."""

    def __init__(self, assessment: Assessment) -> None:
        self.results = {each.id: each for each in assessment.measures}
        self.extracts = {each.table: each for each in assessment.extracts}
        self.shown_measures: set[str] = set()
        self.shown_extracts: set[str] = set()

    def view(self, id: str, above: tuple[str, ...] = ()) -> MeasureView | None:
        """A measure with all that it rests on; None where the pilot has no such measure."""
        result = self.results.get(id)
        if result is None:
            return None
        self.shown_measures.add(id)
        below = (*above, id)  # a circle can't be declared, but a record may come from anywhere
        used = (self.view(each, below) for each in result.uses if each not in below)
        return MeasureView(
            result=result,
            evidence=tuple(self._evidence(result, source) for source in result.evidence),
            uses=tuple(each for each in used if each),
        )

    def _evidence(self, result: MeasureResult, source: SourceRows) -> EvidenceView:
        extract = self.extracts.get(result.table or "")
        if extract is None:
            return EvidenceView(source, None)
        self.shown_extracts.add(extract.table)
        view = _extract_view(extract, source)
        return EvidenceView(source, view if view.rows else None)

    def others(self) -> tuple[MeasureView, ...]:
        """Measures that nothing shown so far rests on."""
        rest = [id for id in self.results if id not in self.shown_measures]
        return tuple(view for id in rest if (view := self.view(id)))

    def other_extracts(self) -> tuple[ExtractView, ...]:
        """Extracts that no measure showed."""
        return tuple(
            _extract_view(each, None)
            for table, each in self.extracts.items()
            if table not in self.shown_extracts and each.rows
        )


# --- the comparison


@dataclass(frozen=True)
class PilotRow:
    """A pilot in a table of the comparison page; `classes` are what the filters look at."""

    assessment: Assessment
    base_type: BaseTypeInfo
    classes: str

    @property
    def file(self) -> str:
        return page_of(self.assessment.pilot)

    @property
    def findings(self) -> FindingsView:
        return FindingsView(self.assessment.findings)


@dataclass(frozen=True)
class RankRow:
    """A pilot's line in a ranking; `unsure` where its possible ranks overlap with others'."""

    pilot: PilotRow
    rank: Rank
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


@dataclass(frozen=True)
class ProfileRow:
    """A pilot's scores by dimension, in the method's order."""

    pilot: PilotRow
    cells: tuple[tuple[DimensionResult, Interval] | None, ...]


@dataclass(frozen=True)
class Group:
    """The pilots of one base type; `classes` are what the filters look at."""

    base_type: BaseTypeInfo
    classes: str
    rows: tuple[PilotRow, ...]
    profile: tuple[ProfileRow, ...]


@dataclass(frozen=True)
class ComparisonPage:
    """Everything on the comparison page."""

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
    rows = {
        each.pilot.id: PilotRow(
            assessment=each,
            base_type=next(kind for kind in kinds if kind.id == each.pilot.base_type),
            classes=f"pilot {class_of[each.pilot.base_type]} tier-{each.pilot.tier.value}",
        )
        for each in record.assessments
    }
    tiers = tuple(tier for tier in Tier if any(a.pilot.tier is tier for a in record.assessments))
    groups = tuple(_group(record, kind, class_of[kind.id], rows.values()) for kind in kinds)
    return ComparisonPage(
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
    for dimension in record.method.dimensions:
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
            RankRow(rows[each.pilot], each, interval(each.score.points, each.score.low, each.score.high, scale))
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
    """Rules that hide what a chosen radio button excludes; on screen only. Made of counted names, never of data."""
    rules = []
    for at, group in enumerate(groups, 1):
        chosen = f"main:has(#type-{at}:checked)"
        rules.append(f"{chosen} :is(.pilot, .group):not(.type-{at}) {{ display: none }}")
        for tier in tiers:
            if not any(row.assessment.pilot.tier is tier for row in group.rows):
                rules.append(f"main:has(#tier-{tier.value}:checked) .group.type-{at} {{ display: none }}")
                rules.append(f"{chosen}:has(#tier-{tier.value}:checked) .filter-empty {{ display: block }}")
    rules += [
        f"main:has(#tier-{tier.value}:checked) .pilot:not(.tier-{tier.value}) {{ display: none }}" for tier in tiers
    ]
    return "@media screen {\n" + "\n".join(rules) + "\n}\n"


def outcome_counts(page: PilotPage) -> tuple[tuple[Outcome, int], ...]:
    """How many indicators ended in each outcome."""
    results = page.assessment.indicators
    return tuple((each, count) for each in Outcome if (count := sum(r.outcome is each for r in results)))
