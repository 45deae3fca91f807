"""What must hold of whatever a reader gives for a file."""

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import python_calamine

from pilot_eval import api
from pilot_eval.errors import EvidenceError, Finding
from pilot_eval.evidence.cells.cell import BadCell, DisplayedNumber, MergedCell, Nested, WordedNumber
from pilot_eval.evidence.intake.archive import unpack
from pilot_eval.evidence.intake.files import files_of
from pilot_eval.evidence.intake.information import Expected, info_from_yaml
from pilot_eval.evidence.intake.take_in import Job, take_in
from pilot_eval.evidence.readers.by_content import read_grids
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from tests.conftest import EXAMPLE
from tests.support.fuzzing.cases import Case

LIMITS = Limits(unpacked_mb=64, cells=2_000_000)
CELLS = (str, int, float, bool, DisplayedNumber, WordedNumber, Nested)


def look(case: Case, folder: Path, expected: Expected | None) -> str:
    """Read a case; what came of it. Raises AssertionError where something doesn't hold."""
    path = folder / case.name
    path.write_bytes(case.data)
    if case.name == "submission.yaml":
        info, findings = info_from_yaml(case.data.decode("utf-8", "replace"), "f", _NOTHING)
        _sound_findings(findings)
        return "read" if info else "refused"
    try:
        if case.name.endswith(".zip"):
            unpack(path, "f", Path(tempfile.mkdtemp(dir=folder)), LIMITS)
            return "read"
        grids = read_grids(path, "f", LIMITS)
    except EvidenceError as error:
        assert error.findings
        _sound_findings(error.findings)
        assert all(each.place.file == "f" for each in error.findings)
        assert case.same_as is None, f"refused: {error}"
        return "refused"
    _sound_grids(grids)
    if case.same_as is not None:
        path.write_bytes(case.same_as.data)
        before = [(grid.sheet, grid.rows, grid.bad) for grid in read_grids(path, "f", LIMITS)]
        assert [(grid.sheet, grid.rows, grid.bad) for grid in grids] == before, "cells changed"
        return "same"
    if expected is not None:
        if path.suffix in (".xlsx", ".ods", ".xls") and case.data[:2] in (b"PK", b"\xd0\xcf"):
            _nothing_lost(path, grids)
        _taken_in(path, folder, expected)
    return "read"


def _nothing_lost(path: Path, grids: Sequence[Grid]) -> None:
    """Whatever cell another reader finds filled, ours has too. That one reads in a fork: it may end its process."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with suppress(BaseException), os.fdopen(writes, "w") as stream:
            json.dump(_filled(path), stream)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as stream:
        said = stream.read()
    os.waitpid(child, 0)
    ours = {grid.sheet: grid for grid in grids}
    for name, cells in json.loads(said or "{}").items():
        if name not in ours or len(ours) < len(grids):
            continue
        rows = ours[name].rows
        lost = [(row, at) for row, at in cells if row >= len(rows) or at >= len(rows[row]) or rows[row][at] is None]
        assert not lost, f"cells of {name!r} are lost: {lost[:5]}"


def _filled(path: Path) -> dict[str, list[tuple[int, int]]]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {
        name: [
            (row, at)
            for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for at, cell in enumerate(cells)
            if not (isinstance(cell, str) and not cell.strip())
        ]
        for name in book.sheet_names
    }


def expected_in_example() -> Expected:
    """What is expected of a pilot of the example: tables of many kinds of columns."""
    space = api.open_round(EXAMPLE)
    return Expected("online-2", space.round.period, (), space.layouts("online"))


_NOTHING = Expected("a", ("2018-01-01", "2018-12-31"), (), ())


def _taken_in(path: Path, folder: Path, expected: Expected) -> None:
    inner, out = Path(tempfile.mkdtemp(dir=folder)), Path(tempfile.mkdtemp(dir=folder))
    path.rename(inner / f"events{path.suffix}")
    listing = files_of(inner, "f", LIMITS)
    files, refused = listing.files, listing.findings
    intake = take_in(Job(inner, "f", files, expected, LIMITS, out, {}), lambda file: None)
    _sound_findings([*refused, *intake.findings])
    intake.model_dump_json().encode()


def _sound_findings(findings: Sequence[Finding]) -> None:
    for each in findings:
        each.model_dump_json().encode()
        assert each.line("zh")
        assert each.line("en")


def _sound_grids(grids: Sequence[Grid]) -> None:
    assert grids
    for grid in grids:
        _sound_findings(grid.findings)
        if grid.sheet is not None:
            grid.sheet.encode()
        assert len({len(row) for row in grid.rows}) <= 1
        bad = []
        for at, row in enumerate(grid.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, BadCell):
                    bad.append((at, column))
                    cell.value.encode()
                    continue
                cell = cell.value if isinstance(cell, MergedCell) else cell
                assert cell is None or type(cell) in CELLS, type(cell)
                if isinstance(cell, str):
                    cell.encode()
                    assert cell or (grid.records and not at), "an empty text is no cell"
                elif isinstance(cell, float):
                    assert cell - cell == 0
        assert sorted(grid.bad) == bad
