"""Every limit of a reader is a setting."""

from pathlib import Path

import pytest

from pilot_eval.errors import EvidenceError
from pilot_eval.evidence.readers.by_content import read_grids
from pilot_eval.evidence.readers.limits import Limits
from tests.support.hostile import FILES


@pytest.mark.parametrize(
    ("limits", "file", "code"),
    [
        (Limits(file_mb=0.0001), "xlsx-hidden-row", "file-too-large"),
        (Limits(unpacked_mb=0.001), "xlsx-hidden-row", "file-too-large"),
        (Limits(parts=3), "xlsx-hidden-row", "zip-too-many"),
        (Limits(sheets=1), "xlsx-sheet-twice", "sheet-too-large"),
        (Limits(rows=1), "xlsx-hidden-row", "sheet-too-large"),
        (Limits(rows=1), "xls-sound", "sheet-too-large"),
        (Limits(rows=1), "csv-no-last-newline", "sheet-too-large"),
        (Limits(columns=4), "xlsx-hidden-row", "sheet-too-large"),
        (Limits(columns=4), "ods-many-columns", "sheet-too-large"),
        (Limits(columns=4), "csv-no-last-newline", "sheet-too-large"),
        (Limits(cells=9), "xlsx-hidden-row", "sheet-too-large"),
        (Limits(cells=9), "html-script", "sheet-too-large"),
        (Limits(spread=1.5), "csv-wide-row-below", "sheet-too-large"),
        (Limits(ratio=2), "xlsx-cell-of-100-mb", "zip-ratio"),
    ],
)
def test_every_limit_is_a_setting(limits: Limits, file: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / FILES[file].file
    path.write_bytes(FILES[file].make())
    with pytest.raises(EvidenceError) as raised:
        read_grids(path, "f", limits)
    assert code in {each.code for each in raised.value.findings}


def test_the_length_of_a_cell_is_a_setting(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    path.write_bytes(FILES["json-list-in-a-cell"].make())
    (grid,) = read_grids(path, "f", Limits(cell_chars=2))
    assert {grid.rows[row][column].code for row, column in grid.bad} == {"cell-too-long"}
