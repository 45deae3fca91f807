"""The view of a pilot's page: what `pilot.html` shows, joined from the record; no figure is computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from pilot_eval.model import (
    AdjustmentResult,
    Assessment,
    Band,
    BaseTypeInfo,
    Basis,
    DimensionInfo,
    DimensionResult,
    EvaluationRecord,
    IndicatorInfo,
    IndicatorResult,
    Outcome,
    PilotInfo,
    Rank,
    Ranking,
    SourceInfo,
)
from pilot_eval.report.charts import GradeChart, Interval, Scale, grade_chart, interval
from pilot_eval.report.format import Format
from pilot_eval.report.hiding import Hidden
from pilot_eval.report.levels import LevelView, level_reached, levels_of
from pilot_eval.report.measures import ExtractView, MeasureView, PilotMeasures
from pilot_eval.report.parts import FindingsView, cited_code, page_of, score_bar
from pilot_eval.report.words import WORDS
from pilot_eval.text import Words, safe_name


@dataclass(frozen=True)
class IndicatorView:
    """An indicator's definition and its result."""

    info: IndicatorInfo
    result: IndicatorResult
    anchor: str
    measure: MeasureView | None
    bar: Interval

    @property
    def levels(self) -> tuple[LevelView, ...]:
        return levels_of(self.info.rule)

    @property
    def level(self) -> str | None:
        """The level that the result rests on."""
        reached = level_reached(self.info.rule, self.result)
        return self.result.expert_level if reached is None else reached.id


@dataclass(frozen=True)
class DimensionView:
    """A dimension with its own indicators; `result` is None if the pilot has no score in it.

    The indicators directly under the total are in one without an id.
    """

    info: DimensionInfo
    depth: int
    anchor: str
    result: DimensionResult | None
    bar: Interval | None
    indicators: tuple[IndicatorView, ...]

    @property
    def too_little(self) -> bool:
        """Whether it isn't scored, since too little of it has evidence."""
        result = self.result
        return result is not None and result.outcome is Outcome.MISSING and self.info.how.least_data is not None


@dataclass(frozen=True)
class AdjustmentView:
    """A bonus or a deduction, with its measure."""

    kind: str
    result: AdjustmentResult
    measure: MeasureView | None


@dataclass(frozen=True)
class PlaceView:
    """A pilot's place in one ranking, or the reason why it has none."""

    ranking: Ranking
    rank: Rank | None
    reason: Words | None


@dataclass(frozen=True)
class PilotPage:
    """Everything on a pilot's page. `format` hides counts of people that are small, and what would tell them."""

    assessment: Assessment
    format: Format
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
        return page_of(self.assessment.pilot.id)

    @property
    def grade(self) -> Band | None:
        grade = self.assessment.grade
        return self.grades[grade] if grade else None

    @property
    def findings(self) -> FindingsView:
        return FindingsView(self.assessment.findings)

    @property
    def bounded(self) -> bool:
        """Whether the total has different bounds."""
        total = self.assessment.total
        return total is not None and total.low != total.high


def outcome_counts(page: PilotPage) -> tuple[tuple[Outcome, int], ...]:
    """The number of indicators by outcome; outcomes that do not occur are left out."""
    results = page.assessment.indicators
    return tuple((each, count) for each in Outcome if (count := sum(r.outcome is each for r in results)))


class _Based(Protocol):
    """Anything with a label and a basis: an indicator, a gate, a bonus, a deduction."""

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
        small = Hidden.of(this, self.format.min_cell, self.format.units)
        measures = PilotMeasures(this, small)
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
            format=replace(self.format, small=small),
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

    def _cited(self, this: Assessment, based: Iterable[_Based]) -> set[str | None]:
        """Codes of the sources that the page cites."""
        cited = {code for each in based for code in each.basis.sources}
        cited |= {*this.pilot.sources, *self.record.method.basis.sources}
        cited |= {fact.source for fact in (this.submission.facts if this.submission else ())}
        return {cited_code(each, self.record.method.sources) for each in cited}

    def _chart(self, this: Assessment) -> GradeChart | None:
        total = this.total
        if total is None or any(each.top is not None for each in self.bands.values()):
            return None  # a grade by share has no place on the scale
        top = max(total.out_of, self.record.method.ceiling)
        scale = Scale(top)
        attained = {this.grade} if this.grade else set()
        bands = [(each.min, self.format.plain(each.label), each.id in attained) for each in self.bands.values()]
        box = interval(total.points, total.low, total.high, scale)
        return grade_chart(box, self.format.points(total.points), bands, scale, self.format.number(top))

    def _dimensions(self, this: Assessment, measures: PilotMeasures) -> tuple[DimensionView, ...]:
        base = this.pilot.base_type
        infos = self.infos | {(base, each.id): each for each in this.own_indicators}
        found = [(infos.get((base, each.id)) or infos[None, each.id], each) for each in this.indicators]
        outline = self.record.method.outline(base)
        if any(info.dimension is None for info, _ in found):
            outline.append((0, DimensionInfo(id="", label=WORDS["dimension-none"], points=0)))
        results = {each.id: each for each in this.dimensions}
        widest = Scale(max((info.points for info, _ in found), default=0.0))
        scale = Scale(max((each.score.out_of for each in this.dimensions), default=0.0))
        return tuple(
            DimensionView(
                info=dimension,
                depth=depth,
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
                    if (info.dimension or "") == dimension.id
                ),
            )
            for depth, dimension in outline
        )

    def _places(self, pilot: PilotInfo) -> tuple[PlaceView, ...]:
        comparison = self.record.comparison
        places = []
        for ranking in (comparison.across, *comparison.within):
            rank = next((each for each in ranking.ranks if each.pilot == pilot.id), None)
            if rank or pilot.id in ranking.left_out:
                places.append(PlaceView(ranking, rank, ranking.left_out.get(pilot.id)))
        return tuple(places)
