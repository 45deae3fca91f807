"""Nothing that is written for spreadsheets is a formula."""

import csv
import io
from pathlib import Path

import openpyxl

from pilot_eval import api
from pilot_eval.errors import Finding, Place, Severity
from pilot_eval.evidence.forms.blank import workbook
from pilot_eval.exports import scores_csv
from pilot_eval.exports.findings import findings_csv
from pilot_eval.round import Round
from pilot_eval.text import both

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1")


def test_listed_findings_hold_no_formula() -> None:
    texts = [*FORMULAS, *(f'{each},"x"' for each in FORMULAS)]
    findings = [
        Finding(
            code="cell-number",
            severity=Severity.ERROR,
            place=Place(file=text, sheet=text, column=text),
            message=both(text),
            hint=both(text),
            value=text,
        )
        for text in texts
    ]
    rows = list(csv.reader(io.StringIO(findings_csv(findings, "en").decode("utf-8-sig"), newline="")))
    assert len(rows) == len(texts) + 1
    for row, text in zip(rows[1:], texts, strict=True):
        assert row[2:] == [f"'{text}"] * 6


def test_scores_and_forms_hold_no_formula(assessed: Path) -> None:
    last = api.last_record(Round.open(assessed))
    for text in FORMULAS:
        first, *others = last.assessments
        pilot = first.pilot.model_copy(update={"label": both(text)})
        evil = last.model_copy(update={"assessments": (first.model_copy(update={"pilot": pilot}), *others)})
        table = scores_csv.scores_csv(evil, "en").decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
        assert f"'{text}" in cells
        assert not [cell for cell in cells if cell.startswith(FORMULAS)]
    space = api.open_round(assessed)
    for pilot_ in space.method.pilots[:: len(space.method.pilots) // 4]:
        form = workbook(space.form(pilot_), "zh")
        book = openpyxl.load_workbook(io.BytesIO(form))
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
