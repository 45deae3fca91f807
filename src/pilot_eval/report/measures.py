"""A pilot's measures, each joined with the measures and the rows of evidence that it was computed from."""

from dataclasses import dataclass

from pilot_eval.model import Assessment, ExtractRow, MeasureResult, SourceRows, TableExtract
from pilot_eval.report.hiding import Hidden
from pilot_eval.text import Words


@dataclass(frozen=True)
class EvidenceColumn:
    """A column of an extract; `letter` if known, `used` if the figure was computed from it."""

    letter: str
    header: Words
    unit: str
    used: bool


@dataclass(frozen=True)
class ExtractView:
    """Rows of a table as read; the columns that a figure was computed from are marked."""

    label: Words
    columns: tuple[EvidenceColumn, ...]
    rows: tuple[ExtractRow, ...]
    total: int
    hidden: dict[tuple[int, int], bool]  # by position of row and column: whether it may be said to be small


@dataclass(frozen=True)
class EvidenceView:
    """A file that a figure was computed from, with those of its rows that the record keeps."""

    source: SourceRows
    extract: ExtractView | None


@dataclass(frozen=True)
class MeasureView:
    """A measure with its evidence, or with the measures that it was computed from."""

    result: MeasureResult
    evidence: tuple[EvidenceView, ...]
    uses: tuple["MeasureView", ...]


class PilotMeasures:
    """The measures and extracts of one pilot, joined; keeps track of which were shown."""

    def __init__(self, assessment: Assessment, small: Hidden) -> None:
        self.small = small
        self.results = {each.id: each for each in assessment.measures}
        self.extracts = {each.table: each for each in assessment.extracts}
        self.shown_measures: set[str] = set()
        self.shown_extracts: set[str] = set()

    def view(self, id: str, above: tuple[str, ...] = ()) -> MeasureView | None:
        """A measure with all that it was computed from; None if the pilot has no such measure."""
        result = self.results.get(id)
        if result is None:
            return None
        self.shown_measures.add(id)
        below = (*above, id)  # plugins cannot declare a cycle, but a record may come from anywhere
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
        view = _extract_view(extract, source, self.small)
        return EvidenceView(source, view if view.rows else None)

    def others(self) -> tuple[MeasureView, ...]:
        """Measures not shown so far."""
        rest = [id for id in self.results if id not in self.shown_measures]
        return tuple(view for id in rest if (view := self.view(id)))

    def other_extracts(self) -> tuple[ExtractView, ...]:
        """Extracts that no measure showed."""
        return tuple(
            _extract_view(each, None, self.small)
            for table, each in self.extracts.items()
            if table not in self.shown_extracts and each.rows
        )


def _extract_view(extract: TableExtract, source: SourceRows | None, small: Hidden) -> ExtractView:
    """All rows of an extract, or those that `source` names."""
    used = source.columns if source else {}
    units = extract.units or ("",) * len(extract.columns)
    chosen = [at for at, row in enumerate(extract.rows) if source is None or _is_from(row, source)]
    return ExtractView(
        label=extract.label,
        columns=tuple(
            EvidenceColumn(letter=used.get(field, ""), header=header, unit=unit, used=field in used)
            for field, header, unit in zip(extract.columns, extract.headers, units, strict=True)
        ),
        rows=tuple(extract.rows[at] for at in chosen),
        total=extract.total,
        hidden=small.cells(extract.table, chosen),
    )


def _is_from(row: ExtractRow, source: SourceRows) -> bool:
    same = (row.file, row.sheet) == (source.file, source.sheet)
    return same and any(span.first <= row.row <= span.last for span in source.rows)
