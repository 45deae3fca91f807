"""What a pilot's report hides of its counts of people: the cells of extracts and the figures of measures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pilot_eval.errors import Finding
from pilot_eval.model import Assessment, EvaluationRecord, ExtractRow, MeasureResult, TableExtract
from pilot_eval.report.peers import without_figures
from pilot_eval.report.small_counts import CountSum, Key, hidden_counts
from pilot_eval.spelling import plain
from pilot_eval.text import Words
from pilot_eval.units import ONE, UNITS, Units

PEOPLE = frozenset({"人", "人次"})
"""Units that count people, as do those that convert to them."""

_BELOW = re.compile(
    r"少于|不足|不到|低于|小于|以下|以内|不超过|至多|最多|<|≤|fewer|less|under|below|at most|up to", re.IGNORECASE
)
_LARGE = re.compile(r"[百千万亿]|[0-9]\s*k\b", re.IGNORECASE)
_HAN = {**{sign: at for at, sign in enumerate("一二三四五六七八九", start=1)}, "两": 2, "几": 2, "数": 2}
_NUMBERS = re.compile(
    r"[0-9０-９](?:[0-9０-９,.]*[0-9０-９])?|[一二三四五六七八九十两几数百千]+(?=[余多来]?[个名位人])"
)
"""Numbers in a sentence about evidence, which may tell a count."""
_TENS = re.compile(r"([一二三四五六七八九两几数])?十([一二三四五六七八九])?")


def people_in(unit: str, units: Units) -> float:
    """Return how many people one of a unit is; 0 if it doesn't count people."""
    kind, size = units.size(unit) if unit in units else (unit, ONE)
    return float(size) if kind in PEOPLE else 0.0


def may_be_small(text: str, limit: float) -> bool:
    """Return whether a cell's text is a count below the limit, exactly or not: 3, 约3, 少于5, 三四人, 2-8."""
    said = plain(text)
    if _LARGE.search(said):
        return False
    said = _TENS.sub(lambda found: str(10 * _HAN.get(found[1], 1) + _HAN.get(found[2], 0)), said)
    numbers = [float(each) for each in re.findall(r"\d+(?:\.\d+)?", said)]
    numbers += [] if numbers else [float(_HAN[sign]) for sign in said if sign in _HAN]
    least = min((each for each in numbers if each > 0), default=None)
    return least is not None and (least < limit or (least <= limit and _BELOW.search(said) is not None))


@dataclass(frozen=True)
class Hidden:
    """What is hidden of one pilot: keys of cells (table, row of the extract, column) and ids of measures, each with
    whether it may be said to be below `limit`."""

    limit: int = 0
    keys: dict[Key, bool] = field(default_factory=dict)
    files: frozenset[str] = frozenset()  # with hidden cells
    labels: tuple[Words, ...] = ()  # of hidden measures

    @classmethod
    def of(cls, assessment: Assessment, limit: int, units: Units = UNITS) -> "Hidden":
        if limit < 1:
            return cls()
        counts: dict[Key, float | None] = {}
        small: list[Key] = []
        for extract in assessment.extracts:
            for key, text, size in _people_cells(extract, units):
                number = _number(text)
                counts[key] = None if number is None else number * size
                if number is None and may_be_small(text, limit / size):
                    small.append(key)
        measures = {each.id: each for each in assessment.measures if each.value is not None}
        of_people = {id_: size for id_, each in measures.items() if (size := people_in(each.unit, units))}
        counts |= {id_: size * (measures[id_].value or 0.0) for id_, size in of_people.items()}
        small += [id_ for id_, size in of_people.items() if _bound_below(measures[id_], limit / size)]
        tables = {each.table: each for each in assessment.extracts}
        sums = [each for measure in measures.values() for each in _told_by(measure, tables, counts)]
        figures = [(each.id, (*each.uses, each.id)) for each in measures.values() if each.uses]
        made = cls(limit, hidden_counts(counts, sums, limit, small, figures))
        return replace(
            made,
            files=frozenset(
                tables[key[0]].rows[key[1]].file for key in made.keys if isinstance(key, tuple) and key[0] in tables
            ),
            labels=tuple(each.label for each in measures.values() if made.measure(each.id)),
        )

    def measure(self, id: str) -> bool:
        """Return whether a measure's figure is hidden, or tells too much of the cells that it was computed from."""
        return any(key == id or (isinstance(key, tuple) and key[0] == _TOLD and key[1] == id) for key in self.keys)

    def cells(self, table: str, rows: Sequence[int]) -> dict[tuple[int, int], bool]:
        """Return the hidden cells of these rows of an extract, by their position there and their column."""
        places = {row: at for at, row in enumerate(rows)}
        return {
            (places[key[1]], key[2]): below
            for key, below in self.keys.items()
            if isinstance(key, tuple) and key[0] == table and key[1] in places
        }

    def sentences(self, assessment: Assessment) -> Assessment:
        """Return the assessment without the numbers in sentences that may tell what is hidden: findings about a file
        with hidden cells, gates and reasons that quote a hidden measure."""
        if not self.keys:
            return assessment
        gates = tuple(
            each.model_copy(update={"evidence": self._without_figure(each.evidence)}) for each in assessment.gates
        )
        reason = assessment.grade_reason and self._without_figure(assessment.grade_reason)
        findings = tuple(map(self._finding, assessment.findings))
        adjustments = {
            group: tuple(
                each.model_copy(update={"reason": each.reason and self._without_figure(each.reason)})
                for each in getattr(assessment, group)
            )
            for group in ("bonuses", "deductions")
        }
        said = {"gates": gates, "grade_reason": reason, "findings": findings}
        return assessment.model_copy(update={**said, **adjustments})

    def _finding(self, each: Finding) -> Finding:
        about = each.place.file is None or each.place.file in self.files
        return each.shown_as(_without_numbers) if about else each

    def _without_figure(self, said: Words) -> Words:
        if not any(label.zh in said.zh for label in self.labels):
            return said
        return Words(zh=_without_numbers(said.zh), en=_without_numbers(said.en))

    def withheld(self, assessment: Assessment) -> Assessment:
        """Return the assessment without the figures that are hidden, for whatever shows it."""
        if self.limit:
            alone = (
                each.model_copy(update={"peers": without_figures(each.peers), "last": None, "growth": None})
                for each in assessment.indicators
            )
            assessment = assessment.model_copy(update={"indicators": tuple(alone)})
        if not self.keys:
            return assessment
        said = self.sentences(assessment)
        nothing = {"value": None, "low": None, "high": None}
        return said.model_copy(update={
            "measures": tuple(
                each.model_copy(update=nothing) if self.measure(each.id) else each for each in said.measures
            ),
            **{
                group: tuple(
                    each.model_copy(update={"value": None}) if self.measure(each.measure) else each
                    for each in getattr(said, group)
                )
                for group in ("indicators", "bonuses", "deductions")
            },
            "extracts": tuple(
                each.model_copy(update={"rows": tuple(self._rows(each))}) for each in said.extracts
            ),
        })  # fmt: skip

    def _rows(self, extract: TableExtract) -> Iterator[ExtractRow]:
        for index, row in enumerate(extract.rows):
            cells = ("" if (extract.table, index, at) in self.keys else cell for at, cell in enumerate(row.cells))
            yield row.model_copy(update={"cells": tuple(cells)})


NOTHING_HIDDEN = Hidden()


def withheld(record: EvaluationRecord) -> EvaluationRecord:
    """Return a record as it may be published, without what the round's `min_cell` hides: for exports, sections of
    plugins and explanations."""
    if not record.round.min_cell:
        return record
    limit, units = record.round.min_cell, record.method.known_units
    shown = (Hidden.of(each, limit, units).withheld(each) for each in record.assessments)
    return record.model_copy(update={"assessments": tuple(shown)})


def with_safe_sentences(record: EvaluationRecord) -> EvaluationRecord:
    """Return a record for pages, which say of each figure whether it is small or only not shown."""
    if not record.round.min_cell:
        return record
    limit, units = record.round.min_cell, record.method.known_units
    shown = (Hidden.of(each, limit, units).sentences(each) for each in record.assessments)
    return record.model_copy(update={"assessments": tuple(shown)})


def _without_numbers(said: str) -> str:
    return _NUMBERS.sub("□", said)


_TOLD = ""
"""Marks what a measure tells of a column's cells: no table has this id."""


def _people_cells(extract: TableExtract, units: Units) -> Iterator[tuple[Key, str, float]]:
    for at, unit in enumerate(extract.units):
        if size := people_in(unit, units):
            for index, row in enumerate(extract.rows):
                if row.cells[at]:
                    yield (extract.table, index, at), row.cells[at], size


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _bound_below(measure: MeasureResult, limit: float) -> bool:
    """Return whether a measure may be below the limit: its value, or what its bounds tell."""
    return any(bound is not None and 0 < bound < limit for bound in (measure.value, measure.low, measure.high))


def _told_by(
    measure: MeasureResult, tables: dict[str, TableExtract], counts: dict[Key, float | None]
) -> Iterator[CountSum]:
    """Yield what a measure gives away of the cells that it was computed from.

    It may be their sum or anything else that tells it, such as their mean: so it is taken to tell it. Rows that the
    extract doesn't show leave the sum open.
    """
    extract = tables.get(measure.table or "")
    if extract is None:
        return
    shown = sum(source.count for source in measure.evidence)
    rows = [
        index
        for index, row in enumerate(extract.rows)
        if any(
            (row.file, row.sheet) == (source.file, source.sheet)
            and any(span.first <= row.row <= span.last for span in source.rows)
            for source in measure.evidence
        )
    ]
    if len(rows) < shown:
        return
    read = {name for source in measure.evidence for name in source.columns}
    for at, name in enumerate(extract.columns):
        keys: tuple[Key, ...] = tuple(key for index in rows if (key := (extract.table, index, at)) in counts)
        if name in read and keys:
            values = [counts[key] for key in keys]
            exact = None if None in values else sum(value for value in values if value is not None)
            total: Key = (
                measure.id if exact is not None and counts.get(measure.id) == exact else (_TOLD, measure.id, at)
            )
            counts.setdefault(total, exact)
            yield CountSum(keys, total)
