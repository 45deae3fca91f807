"""Annotated copies: made of whatever was submitted, without harm."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilot_eval.errors import Finding, Place, Severity
from pilot_eval.evidence.forms.annotated import Annotation
from pilot_eval.evidence.intake.workers import Workers
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.text import both
from tests.support.hostile import FILES


def annotated(source: Path, findings: tuple[Finding, ...], tmp_path: Path) -> openpyxl.Workbook:
    workers = Workers()
    target = tmp_path / "copy.xlsx"
    try:
        failure = workers.mine().run(Annotation(source, "f", findings, Limits(), target, "en", {}))
    finally:
        workers.close()
    assert failure is None, failure
    return openpyxl.load_workbook(target)


def about(**place: Any) -> tuple[Finding, ...]:
    said = both("=said")
    where = Place(file="f", **place)
    return (Finding(code="cell-number", severity=Severity.ERROR, place=where, message=said, hint=both("")),)


@pytest.mark.parametrize(
    "id", ["xlsx-bomb", "xlsx-lying-size", "xlsx-doctype-laughs-in-sheet", "xlsx-far-cells", "xlsx-overlap", "csv-nul"]
)
def test_openpyxl_never_sees_a_workbook_that_our_reader_refuses(id: str, tmp_path: Path) -> None:
    source = tmp_path / FILES[id].file
    source.write_bytes(FILES[id].make())
    book = annotated(source, about(), tmp_path)
    assert book.sheetnames == ["Findings"]
    cell = book.worksheets[0]["A1"]
    assert (cell.value, cell.data_type) == ("f: =said", "s")


@pytest.mark.parametrize("id", ["xlsx-huge-merge", "xlsx-huge-link"])
def test_a_workbook_that_openpyxl_would_choke_on_is_copied_cell_by_cell(id: str, tmp_path: Path) -> None:
    source = tmp_path / "events.xlsx"
    source.write_bytes(FILES[id].make())
    book = annotated(source, about(sheet="活动", row=2, column="D"), tmp_path)
    assert "=said" in book["活动"]["D2"].comment.text
    assert book["活动"]["B2"].value == "讲座"


def test_copies_of_odd_names_signs_and_records_are_whole(tmp_path: Path) -> None:
    source = tmp_path / "a[1]?.csv"
    source.write_text("日期,x\n=1+1,\x01\x1b\n", "utf-8")
    book = annotated(source, about(row=2, column="A"), tmp_path)
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert "=said" in cell.comment.text
    source = tmp_path / "a.json"
    source.write_text('{"a/b:*": [{"A1:XFD1048576": 1, "b": "=2"}]}', "utf-8")
    book = annotated(source, about(sheet="a/b:*", row=1, column="A1:XFD1048576"), tmp_path)
    sheet = book.worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["A1:XFD1048576", "b"], [1, "=2"]]
    assert "=said" in sheet["A2"].comment.text
    assert sheet["B2"].data_type == "s"
