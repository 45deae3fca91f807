"""Reads who submits, for which period, and what is declared: from `submission.yaml`, or a sheet or file 填报信息."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from pilot_eval import yamlfile
from pilot_eval.errors import Finding, Place, did_you_mean, finding
from pilot_eval.evidence.cells.cell import Unreadable, cell_text
from pilot_eval.evidence.cells.choices import read_flag
from pilot_eval.evidence.cells.dates import iso_day, read_day
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.header_cells import header_key
from pilot_eval.evidence.tables.layout import Layout, table_named
from pilot_eval.messages.libraries import model_problem
from pilot_eval.method.schema import StatementSpec
from pilot_eval.model import Fact, SubmissionInfo
from pilot_eval.privacy.addresses import UNSAID
from pilot_eval.privacy.numbers import masked, shown_sighting, shown_text, sightings
from pilot_eval.spelling import plain, word_key
from pilot_eval.text import Frozen, Words, both, joined, quoted

INFO_SHEET = Words(zh="填报信息", en="Submission")
INFO_FILE = "submission.yaml"
_INFO_NAME = re.compile(r"(?:填报信息表?|^submission)(?:\(.*\))?[\d._-]*")
_INFO_FILE = re.compile(r"(?:submission|填报信息表?)\.ya?ml", re.IGNORECASE)

LABELS: dict[str, Words] = {
    "pilot": Words(zh="试点编号", en="Pilot"),
    "submitted_by": Words(zh="填报单位", en="Submitted by"),
    "contact_office": Words(zh="联系部门", en="Contact office"),
    "submitted_on": Words(zh="填报日期", en="Submitted on"),
    "period_from": Words(zh="期间起", en="Period from"),
    "period_to": Words(zh="期间止", en="Period to"),
    "nothing_to_report": Words(zh="本期无记录的表", en="Nothing to report in"),
}
"""The items of the sheet, besides the method's statements."""

_NOTES = frozenset({"说明", "填写说明", "填报说明", "备注", "note", "notes"})
"""Headers of a column that explains how to answer."""
_NOTHING = frozenset({"", "无", "没有", "暂无", "none", "-", "—"})
_BETWEEN_TABLES = re.compile(r"[，,、;；/\n]+|(?<=》)(?=《)")
_BETWEEN_WORDS = re.compile(r"[ 和及与]+")

YEARS_LATER = 3
"""A submission dated more years after the period's end than this is dated wrongly."""

_KEYS = ("pilot", "submitted_by", "contact_office", "submitted_on", "period", "statements", "nothing_to_report",
         "tables", "facts")  # fmt: skip
_ENDS = ("from", "to")
_FACT_KEYS = ("zh", "en", "quote", "source", "qualifier_zh", "qualifier_en", "use", "why_zh", "why_en")

_FACT_NAMES: dict[tuple[int | str, ...], str] = {
    ("statement", "zh"): "zh", ("statement", "en"): "en", ("qualifier", "zh"): "qualifier_zh",
    ("qualifier", "en"): "qualifier_en", ("why", "zh"): "why_zh", ("why", "en"): "why_en",
}  # fmt: skip
"""Where a fact's parts stand in the model, and their keys in the file."""


class Info(Frozen):
    """A submission's information about itself."""

    shown: SubmissionInfo
    statements: dict[str, bool]
    tables: dict[str, str]  # table to file or file#sheet, if names don't show it


@dataclass
class Expected:
    """What the round expects of a submission.

    units: the pilots that rows of a keyed table may be of, by the `word_key` of each of their names; none if the base
    type has no such table. shared: it is the folder of a base type, with a keyed table for all its pilots.
    """

    pilot: str
    period: tuple[str, str]
    statements: tuple[StatementSpec, ...]
    layouts: tuple[Layout, ...]
    deadline: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    shared: bool = False


@dataclass
class _Answer:
    value: Any
    place: Place


def means_info(name: str) -> bool:
    """Return whether the name of a sheet or a file (without its suffix) marks it as the submission's information."""
    found = _INFO_NAME.search(word_key(name))
    return found is not None and found.end() == len(word_key(name))


def is_info_file(name: str) -> bool:
    return _INFO_FILE.fullmatch(PurePosixPath(name).name) is not None


def info_from_yaml(text: str, shown: str, expected: Expected) -> tuple[Info | None, list[Finding]]:
    """Read `submission.yaml`."""
    source = yamlfile.parse(text, shown)
    if not source.findings and not isinstance(source.data, dict):
        source.findings.append(finding("yaml-not-a-mapping", source.place()))
    if source.findings:
        return None, source.findings
    reader = _InfoReader(expected)
    for key, value in source.data.items():
        place = source.place((key,))
        if key not in _KEYS:
            reader.say("submission-unknown-key", place, key=key, suggestion=did_you_mean(key, _KEYS))
        elif key == "period" and isinstance(value, dict):
            for end in value:
                if end in _ENDS:
                    reader.answers[f"period_{end}"] = _Answer(value[end], source.place((key, end)))
                else:
                    reader.say(
                        "submission-unknown-key", source.place((key, end)), key=end, suggestion=did_you_mean(end, _ENDS)
                    )
        elif key == "statements" and isinstance(value, dict):
            known = [each.id for each in expected.statements]
            for name, answer in value.items():
                place = source.place((key, name))
                if name not in known:
                    reader.say("submission-unknown-key", place, key=name, suggestion=did_you_mean(name, known))
                reader.answers[f"statement:{name}"] = _Answer(answer, place)
        elif key == "facts" and isinstance(value, list):
            reader.facts = [_Answer(fact, source.place((key, i))) for i, fact in enumerate(value)]
        else:
            reader.answers[key] = _Answer(value, place)
    return reader.info(source.place()), reader.findings


def info_from_sheet(grid: Grid, expected: Expected) -> tuple[Info | None, list[Finding]]:
    """Read the sheet 填报信息: items, each with its answer to its right."""
    reader = _InfoReader(expected)
    labels = {header_key(word): key for key, label in LABELS.items() for word in (label.zh, label.en)}
    for statement in expected.statements:
        for word in (statement.zh, statement.en):
            labels[header_key(word)] = f"statement:{statement.id}"
    for key, index, at in _answers(grid, labels):
        value, before = grid.rows[index][at], reader.answers.get(key)
        if before is None:
            reader.answers[key] = _Answer(value, grid.place(index, at))
        elif cell_text(before.value) != cell_text(value):
            reader.say("submission-key-twice", grid.place(index, at), key=reader.label(key))
    listed = reader.answers.get("nothing_to_report")
    if listed is not None:
        listed.value = list(_tables_listed(cell_text(listed.value), expected))
    return reader.info(grid.place()), reader.findings


def _answers(grid: Grid, labels: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Yield each item that is answered, with the row and column of its answer.

    All items of one column have their answers in one column, the nearest that has one: a note beside an unanswered
    item isn't its answer.
    """
    found: dict[int, list[tuple[str, int, range]]] = {}  # column of items: item, row, columns up to the next item
    notes = set()
    for index, row in enumerate(grid.rows):
        words = [None if cell is None else header_key(cell) for cell in row]
        notes |= {at for at, word in enumerate(words) if word in _NOTES}
        items = [at for at, word in enumerate(words) if word in labels]
        for at, end in pairwise([*items, len(row)]):
            found.setdefault(at, []).append((labels[words[at] or ""], index, range(at + 1, end)))
    for each in found.values():
        filled = ((index, at) for _, index, span in each for at in span if grid.rows[index][at] is not None)
        column = min((at for _, at in filled if at not in notes), default=-1)
        for key, index, span in each:
            if column in span and grid.rows[index][column] is not None:
                yield key, index, column


def _tables_listed(text: str, expected: Expected) -> Iterator[str]:
    """Yield the names in a list of tables, however they are quoted and separated."""
    for part in _BETWEEN_TABLES.split(text):
        name = part.strip(" 《》“”\"'「」。")
        known = table_named(name, expected.layouts) is not None
        yield from (word for word in ([name] if known else _BETWEEN_WORDS.split(name)) if word not in _NOTHING)


class _InfoReader:
    """Converts answers to an `Info`, and reports everything wrong."""

    def __init__(self, expected: Expected) -> None:
        self.expected = expected
        self.answers: dict[str, _Answer] = {}
        self.facts: list[_Answer] = []
        self.findings: list[Finding] = []

    def say(self, code: str, place: Place, **params: object) -> None:
        self.findings.append(finding(code, place, **params))

    def info(self, whole: Place) -> Info | None:
        pilot = self._text("pilot", whole)
        if pilot and word_key(pilot) != word_key(self.expected.pilot):
            place = self.answers["pilot"].place
            self.say("submission-wrong-pilot", place, given=pilot, expected=self.expected.pilot)
        period = tuple(self._day(f"period_{end}", whole) for end in ("from", "to"))
        if None not in period and period != self.expected.period:
            given, wanted = " – ".join(map(str, period)), " – ".join(self.expected.period)
            self.say("submission-period", self.answers["period_from"].place, given=given, expected=wanted)
        info = SubmissionInfo(
            submitted_by=self._text("submitted_by", whole),
            contact_office=self._text("contact_office", whole),
            submitted_on=self._submitted_on(whole),
            facts=tuple(fact for each in self.facts if (fact := self._fact(each)) is not None),
            tables_empty=self._empty(),
        )
        return Info(shown=info, statements=self._statements(whole), tables=self._tables())

    def _given(self, key: str) -> _Answer | None:
        """Return the answer to an item, if there is one."""
        answer = self.answers.get(key)
        return None if answer is None or answer.value is None else answer

    def _text(self, key: str, whole: Place) -> str:
        answer = self._given(key)
        if answer is None:
            self.say("submission-missing-key", whole, key=LABELS[key])
            return ""
        return str(self._unnamed(cell_text(answer.value), answer.place))

    def _unnamed(self, said: object, place: Place) -> object:
        """Return an answer with personal numbers masked, and report each of them."""
        if not isinstance(said, str):
            return said
        text = plain(said)
        found = sightings(text)
        for each in found:
            if each.code != UNSAID:
                self.say(each.code, place, value=shown_sighting(text, each))
        return masked(text, found) if found else said

    def _day(self, key: str, whole: Place, *, optional: bool = False) -> str | None:
        answer = self._given(key)
        if answer is None:
            if not optional:
                self.say("submission-missing-key", whole, key=LABELS[key])
            return None
        try:
            reading = read_day(answer.value)
        except Unreadable:
            self._wrong(key, answer, Words(zh="写成 2018-12-31", en="write it like 2018-12-31"))
            return None
        return iso_day(reading.low)

    def _submitted_on(self, whole: Place) -> str | None:
        """Return the day of submission; report one that is too late, too early, or can't be true."""
        day = self._day("submitted_on", whole, optional=True)
        deadline, (first, last) = self.expected.deadline, self.expected.period
        if day is None:
            if deadline and self._given("submitted_on") is None:
                self.say("submission-undated", whole, deadline=deadline)
            return None
        place = self.answers["submitted_on"].place
        if day < first or int(day[:4]) > int(last[:4]) + YEARS_LATER:
            self.say("submission-date", place, day=day, first=first, last=last)
        elif deadline and day > deadline:
            self.say("submission-late", place, day=day, deadline=deadline)
        elif day < last and not (deadline and deadline < last):
            self.say("submission-early", place, day=day, last=last)
        return day

    def _wrong(self, key: str, answer: _Answer, expected: Words) -> None:
        shown = shown_text(cell_text(answer.value))
        self.say("submission-wrong-value", answer.place, key=self.label(key), value=shown, expected=expected)

    def label(self, key: str) -> Words:
        statements = {f"statement:{each.id}": each.label for each in self.expected.statements}
        return (LABELS | statements).get(key, both(key))

    def _statements(self, whole: Place) -> dict[str, bool]:
        said: dict[str, bool] = {}
        for statement in self.expected.statements:
            answer = self._given(f"statement:{statement.id}")
            if answer is None:
                if statement.required:
                    self.say("submission-missing-key", whole, key=statement.label)
                continue
            try:
                said[statement.id] = read_flag(answer.value)
            except Unreadable:
                self._wrong(f"statement:{statement.id}", answer, Words(zh="填“是”或“否”", en="enter yes or no"))
        return said

    def _empty(self) -> tuple[str, ...]:
        answer = self._given("nothing_to_report")
        if answer is None:
            return ()
        if not isinstance(answer.value, list):
            self._wrong("nothing_to_report", answer, Words(zh="应为列表", en="it should be a list"))
            return ()
        return tuple(sorted({table for name in answer.value if (table := self._table(str(name), answer.place))}))

    def _table(self, name: str, place: Place) -> str | None:
        layouts = self.expected.layouts
        layout = table_named(name, layouts) or table_named(name.removesuffix("表"), layouts)
        if layout is None:
            known = [layout.label for layout in layouts]
            self.say("submission-unknown-key", place, key=name, suggestion=did_you_mean(name, known))
            return None
        return layout.id

    def _tables(self) -> dict[str, str]:
        answer = self._given("tables")
        if answer is None:
            return {}
        if not isinstance(answer.value, dict):
            self._wrong("tables", answer, Words(zh="写成“表: 文件”", en="write “table: file”"))
            return {}
        named = ((self._table(str(name), answer.place), str(file)) for name, file in answer.value.items())
        return {table: file for table, file in named if table is not None}

    def _fact(self, answer: _Answer) -> Fact | None:
        data = answer.value
        if not isinstance(data, dict):
            keys = joined(map(quoted, _FACT_KEYS))
            self._wrong("facts", answer, Words(zh=f"可用：{keys.zh}", en=f"use {keys.en}"))
            return None
        for key in sorted(set(data) - set(_FACT_KEYS)):
            self.say("submission-unknown-key", answer.place, key=key, suggestion=did_you_mean(key, _FACT_KEYS))

        data = {key: self._unnamed(value, answer.place) for key, value in data.items()}

        def said(zh: str, en: str) -> dict[str, object]:
            return {"zh": data.get(zh), "en": data.get(en) or ""}

        fields = {
            "statement": said("zh", "en"), "quote": data.get("quote"), "source": data.get("source"),
            "qualifier": said("qualifier_zh", "qualifier_en"), "use": data.get("use"),
            "why": said("why_zh", "why_en") if data.get("why_zh") else None,
        }  # fmt: skip
        try:
            return Fact.model_validate(fields)
        except ValidationError as error:
            for each in error.errors():
                key = _FACT_NAMES.get(each["loc"], ".".join(map(str, each["loc"])))
                shown = "null" if each["input"] is None else shown_text(str(each["input"]))
                expected = model_problem(dict(each))
                self.say("submission-wrong-value", answer.place, key=key, value=shown, expected=expected)
            return None
