"""Keyed tables: whose row each is, and whether the rows of a pilot, perhaps from several files, agree."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from pilot_eval.errors import Finding, Severity, did_you_mean, finding
from pilot_eval.evidence.tables.across_rows import MOST, Source, with_count
from pilot_eval.evidence.tables.layout import Layout
from pilot_eval.frames import INNER, PILOT, ROW, SOURCE, three
from pilot_eval.plugin.tables import NUMBER_KINDS
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import word_key


class ByUnit(NamedTuple):
    """The rows whose pilot is known, with the pilot, and the findings."""

    rows: pl.DataFrame
    findings: list[Finding]


def by_unit(layout: Layout, frame: pl.DataFrame, sources: Sequence[Source], units: Mapping[str, str]) -> ByUnit:
    """Find the pilot of each row by the name in its first column.

    units: the pilots by the `word_key` of their names. Two rows of a pilot in one sheet are an error, and so are
    different figures of it for one column in two sheets; equal ones are one figure.
    """
    key = layout.columns[0].name
    names = frame[key].drop_nulls().unique().to_list()
    known = {name: pilot for name in names if (pilot := units.get(word_key(name))) is not None}
    pilots = frame[key].replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
    rows = frame.with_columns(pilots.alias(PILOT))
    lost = rows.filter(pl.col(PILOT).is_null() & pl.col(key).is_not_null())
    found = _unknown(lost, key, sources, list(units))
    rows = rows.filter(pl.col(PILOT).is_not_null())
    return ByUnit(rows, [*found, *_named_twice(rows, key, sources), *_contradicting(layout, rows, sources)])


def _unknown(lost: pl.DataFrame, key: str, sources: Sequence[Source], known: Sequence[str]) -> list[Finding]:
    said = [
        finding(
            "unit-unknown",
            sources[row[SOURCE]].place(row[ROW], key),
            name=shown_text(row[key]),
            suggestion=did_you_mean(word_key(row[key]), known),
        )
        for row in lost.head(MOST).iter_rows(named=True)
    ]
    return with_count(said, lost.height, sources[lost[SOURCE][0]] if lost.height else None)


_Own = tuple[str, Finding]
"""A finding, with the pilot that it is about."""


def _some(found: Iterable[_Own]) -> list[Finding]:
    """Return the first findings of a kind, then one for each further pilot: each pilot's rows are known to be wrong."""
    told: set[str] = set()
    kept: list[Finding] = []
    for pilot, each in found:
        if len(kept) < MOST or pilot not in told:
            kept.append(each)
            told.add(pilot)
    return kept


def _named_twice(rows: pl.DataFrame, key: str, sources: Sequence[Source]) -> list[Finding]:
    """Report rows of a pilot below another one in the same sheet."""
    first = pl.col(ROW).first().over(SOURCE, PILOT).alias(f"{INNER}first")
    again = rows.select(PILOT, SOURCE, ROW, key, first).filter(pl.col(ROW) != pl.col(f"{INNER}first"))
    return _some(
        (pilot, finding("unit-twice", sources[source].place(row, key), name=shown_text(name), first=other))
        for pilot, source, row, name, other in again.iter_rows()
    )


def _contradicting(layout: Layout, rows: pl.DataFrame, sources: Sequence[Source]) -> list[Finding]:
    """Report figures that another sheet gives differently for the same pilot."""
    if rows[SOURCE].n_unique() < 2:
        return []
    found: list[_Own] = []
    for column in layout.columns:
        if column.kind not in NUMBER_KINDS:
            continue
        given = rows.select(PILOT, SOURCE, ROW, *three(column.name)).drop_nulls(column.name)
        first = [pl.col(name).first().over(PILOT).alias(f"{INNER}{name}") for name in given.columns[1:]]
        other = pl.any_horizontal(pl.col(name) != pl.col(f"{INNER}{name}") for name in three(column.name))
        another = pl.col(SOURCE) != pl.col(f"{INNER}{SOURCE}")
        wrong = given.with_columns(first).filter(other & another)
        found += [(row[PILOT], _differs(column.name, row, sources)) for row in wrong.iter_rows(named=True)]
    return _some(found)


def _differs(column: str, row: Mapping[str, Any], sources: Sequence[Source]) -> Finding:
    place = sources[row[SOURCE]].place(row[ROW], column)
    before = sources[row[f"{INNER}{SOURCE}"]].place(row[f"{INNER}{ROW}"], column)
    value, other = f"{row[column]:.12g}", f"{row[f'{INNER}{column}']:.12g}"
    return finding("unit-differs", place, value=value, other=other, first=str(before))


def spoils(findings: Sequence[Finding], rows: pl.Series | None) -> bool:
    """Return whether what was found keeps a table from being used.

    rows: those of a table for all pilots, of which an error spoils only its own, unless not all errors are listed.
    """
    errors = [each.place for each in findings if each.severity is Severity.ERROR]
    if rows is None:
        return bool(errors)
    unlisted = {each.place.column for each in findings if each.code == "findings-more"}
    known = set(rows.to_list())
    return any(each.row not in known or each.column in unlisted for each in errors)
