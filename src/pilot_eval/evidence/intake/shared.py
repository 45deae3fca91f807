"""One table for all pilots of a base type: what it holds for each pilot, beside the pilot's own submission."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from pilot_eval.errors import Finding, Place, Severity, finding
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.frames import PILOT, ROW, SOURCE

_Row = tuple[str | None, str | None, int | None]
"""A row by its file, its sheet and its number."""


@dataclass(frozen=True)
class _RowsByPilot:
    """The rows of a shared table: how many each pilot has, whose each is, and where each pilot's first one stands."""

    count: Mapping[str, int]
    pilot: Mapping[_Row, str]
    first: Mapping[str, Place]

    @classmethod
    def of(cls, shared: Gathered, table: str) -> "_RowsByPilot":
        path = shared.folder / f"{table}.parquet"
        count: dict[str, int] = {}
        pilots: dict[_Row, str] = {}
        first: dict[str, Place] = {}
        if table in {*shared.intake.rows, *shared.intake.bad} and path.is_file():
            for pilot, source, row in pl.read_parquet(path, columns=[PILOT, SOURCE, ROW]).iter_rows():
                if row is not None:
                    of = shared.intake.sources[source]
                    count[pilot] = count.get(pilot, 0) + 1
                    pilots[of.file, of.sheet, row] = pilot
                    first.setdefault(pilot, of.place(row))
        return cls(count, pilots, first)


def by_pilot(
    shared: Gathered, table: str, pilots: Iterable[str], own: Mapping[str, Gathered]
) -> tuple[dict[str, Gathered], Gathered]:
    """Return what each pilot has submitted, and what is left of the shared submission: the findings about no pilot.

    own: the pilots' own submissions. What is wrong with a row is its pilot's; what is wrong with the table as a whole
    is each pilot's, if it keeps the table from being used. Nothing is copied: all pilots share one stored table.
    """
    rows = _RowsByPilot.of(shared, table)
    found: dict[str, list[Finding]] = {}
    general: list[Finding] = []
    for each in shared.intake.findings:
        pilot = rows.pilot.get((each.place.file, each.place.sheet, each.place.row))
        (general if pilot is None else found.setdefault(pilot, [])).append(each)
    spoilt = table in shared.intake.bad
    ours = [each for each in general if spoilt and each.severity is Severity.ERROR and each.code != "unit-unknown"]
    views = {
        pilot: _view(shared, table, pilot, own.get(pilot), rows, [*found.get(pilot, ()), *ours], spoilt=spoilt)
        for pilot in pilots
    }
    rest = shared.intake.model_copy(update={"findings": tuple(general)})
    return views, Gathered(rest, shared.folder)


def _view(
    shared: Gathered,
    table: str,
    pilot: str,
    own: Gathered | None,
    rows: _RowsByPilot,
    findings: list[Finding],
    *,
    spoilt: bool,
) -> Gathered:
    """Return a pilot's own submission with its rows of the shared table."""
    intake = own.intake if own else _nothing(shared.intake, pilot)
    folder = own.folder if own else shared.folder
    counts, bad = dict(intake.rows), set(intake.bad)
    count = rows.count.get(pilot, 0)
    if count and (table in counts or table in bad):
        places = (each.place(None) for each in intake.sources if each.table == table)
        at = next(places, Place(file=f"submissions/{pilot}"))
        findings = [*findings, finding("figures-twice", at, file=str(rows.first[pilot]))]
    if any(each.severity is Severity.ERROR for each in findings) or spoilt:
        counts.pop(table, None)
        bad.add(table)
    elif count:
        counts[table] = count
    stored = {} if table in intake.rows or not count else {table: str(shared.folder / f"{table}.parquet")}
    return Gathered(
        intake.model_copy(
            update={
                "rows": counts,
                "bad": tuple(sorted(bad)),
                "sources": (*intake.sources, *shared.intake.sources),
                "files": (*intake.files, *shared.intake.files),
                "findings": (*intake.findings, *findings),
                "shared": stored,
            }
        ),
        folder,
    )


def _nothing(shared: Intake, pilot: str) -> Intake:
    return Intake(
        pilot=pilot, period=shared.period, info=None, sources=(), rows={}, bad=(), files=(), findings=()
    )  # fmt: skip
