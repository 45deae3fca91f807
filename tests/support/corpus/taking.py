"""Takes a variant in, in this process, and says what differs from what was declared."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pilot_eval.errors import Finding, Severity
from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.gather import Gathered
from pilot_eval.evidence.intake.information import Expected
from pilot_eval.evidence.intake.take_in import Intake, Job, take_in
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.frames import ROW
from pilot_eval.measures.checks import checked
from pilot_eval.measures.engines import PolarsEngine
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.plugin.tables import INTERVAL_KINDS, ColumnSpec, Kind
from tests.support.corpus.variants import LAYOUTS, PERIOD, PILOT, STATEMENTS, Mark, Row, Variant, corpus, layout

PREFIX = f"submissions/{PILOT}"
EXPECTED = Expected(PILOT, PERIOD, STATEMENTS, LAYOUTS)


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Files put into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def taken(folder: Path, out: Path, *, rules: bool = False, expected: Expected = EXPECTED) -> Intake:
    """What the submission in a folder gives."""
    out.mkdir()
    listing = files_of(folder, PREFIX, Limits())
    files, refused = listing.files, listing.findings
    intake = take_in(Job(folder, PREFIX, files, expected, Limits(), out, {}), lambda file: None)
    intake = intake.model_copy(update={"findings": (*refused, *intake.findings)})
    if not rules:
        return intake
    return checked(PolarsEngine(), compile_type(corpus), {PILOT: Gathered(intake, out)}, {})[PILOT].intake


def differences(variant: Variant, tmp: Path) -> list[str]:
    """Everything in which a variant isn't what it should be."""
    folder = written(tmp / "in", variant.made())
    intake = taken(folder, tmp / "out", rules=variant.rules)
    found = _marks(intake.findings, notes=variant.good)
    problems = [f"not expected: {mark} {finding.line('en')}" for mark, finding in found if mark not in variant.said]
    problems += [f"not found: {mark}" for mark in variant.said - {mark for mark, _ in found}]
    twice = Counter(mark for mark, finding in found if finding.severity is Severity.ERROR)
    problems += [f"said twice: {mark}" for mark, count in twice.items() if count > 1]
    if variant.good:
        problems += [f"unexpected table {table}" for table in set(intake.rows) - set(variant.tables)]
        for table, rows in variant.tables.items():
            path = tmp / "out" / f"{table}.parquet"
            if table not in intake.rows:
                problems.append(f"no table {table}")
            else:
                problems += compared(table, pl.read_parquet(path), rows)
    elif not problems and not any(each.severity is not Severity.NOTE for _, each in found):
        problems.append("a bad variant must say something")
    return problems


def _marks(findings: Sequence[Finding], *, notes: bool) -> list[tuple[Mark, Finding]]:
    """Findings with their marks; the notes about attachments that can't be searched have tests of their own."""
    said = [each for each in findings if not each.code.startswith("attachments-")]
    return [(mark_of(each), each) for each in said if notes or each.severity is not Severity.NOTE]


def mark_of(finding: Finding) -> Mark:
    place = finding.place
    file = (place.file or "").removeprefix(PREFIX).removeprefix("/") or None
    return Mark(finding.code, file, place.sheet, place.row or place.line, place.column)


def compared(table: str, frame: pl.DataFrame, rows: Sequence[Row]) -> list[str]:
    """In which cells stored rows differ from the canonical ones."""
    frame = frame.filter(pl.col(ROW).is_not_null())
    if frame.height != len(rows):
        return [f"{table}: {frame.height} rows, not {len(rows)}: {frame.to_dicts()}"]
    problems = []
    for number, (stored, row) in enumerate(zip(frame.to_dicts(), rows, strict=True), start=1):
        if "@" in row and stored[ROW] != row["@"]:
            problems.append(f"{table} {number}: it is said to stand in row {stored[ROW]}, not {row['@']}")
        for column in layout(table).columns:
            given, wanted = _cell(stored, column), _canonical(column, row.get(column.name))
            if not _same(given, wanted):
                problems.append(f"{table} {number} {column.name}: {given}, not {wanted}")
    return problems


def _cell(stored: Mapping[str, Any], column: ColumnSpec) -> Any:
    if column.kind not in INTERVAL_KINDS:
        return stored[column.name]
    name = column.name
    return None if stored[name] is None else (stored[name], stored[f"{name}__low"], stored[f"{name}__high"])


def _canonical(column: ColumnSpec, value: Any) -> Any:
    if value is None or column.kind not in INTERVAL_KINDS:
        return value
    if column.kind is Kind.DATE:
        first, last = (value, value) if isinstance(value, str) else value
        return tuple(map(_days, (first, first, last)))
    return value if isinstance(value, tuple) else (value, value, value)


def _days(iso: str) -> float:
    return float((date.fromisoformat(iso) - date(1970, 1, 1)).days)


def _same(given: Any, wanted: Any) -> bool:
    if isinstance(given, tuple) and isinstance(wanted, tuple):
        return all(a == b or math.isclose(a, b, rel_tol=1e-12) for a, b in zip(given, wanted, strict=True))
    return type(given) is type(wanted) and given == wanted


def each_taken_in(*variants: Variant) -> Callable[[Variant, Path], None]:
    """A test that takes in each of the variants: it is what it should be, or is found out at its place."""

    @pytest.mark.usefixtures("one_language")
    @pytest.mark.parametrize("variant", variants, ids=lambda each: each.id)
    def test(variant: Variant, tmp_path: Path) -> None:
        assert differences(variant, tmp_path) == []

    return test
