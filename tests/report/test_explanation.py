"""What the record explains: points walked back to their cells."""

from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.errors import UsageError
from pilot_eval.model import EvaluationRecord
from pilot_eval.report.explanation import explanation, explanation_lines
from pilot_eval.round import Round


@pytest.fixture(scope="module")
def whole(assessed: Path) -> EvaluationRecord:
    return api.last_record(Round.open(assessed))


def test_points_are_walked_back_to_their_cells(whole: EvaluationRecord) -> None:
    made = explanation(whole, "community-2", "s1X")
    assert (made.indicator.id, [each.id for each in made.measures]) == (
        "S1x",
        ["area_per_100_households", "facility_area", "households"],
    )
    assert all(each.evidence for each in made.measures[1:])
    said = {lang: list(explanation_lines(made, lang)) for lang in ("zh", "en")}
    assert len(said["zh"]) == len(said["en"])
    assert "S1x" in said["zh"][0] and "得分" in said["zh"][1] and "points" in said["en"][1]
    for rows in made.measures[1].evidence:
        assert any(rows.file in line and rows.cells in line for line in said["en"])
        assert any(rows.sha256 in line for line in said["en"])


def test_a_ratio_of_two_columns_cites_both(whole: EvaluationRecord) -> None:
    [measure] = explanation(whole, "association-2", "A5").measures
    [rows] = measure.evidence
    assert set(rows.columns) == {"members", "sector_total"}
    assert all(letter in rows.cells for letter in rows.columns.values())


def test_an_own_target_is_explained(whole: EvaluationRecord) -> None:
    said = "\n".join(explanation_lines(explanation(whole, "park-2", "P6"), "en"))
    assert "this pilot's baseline 200, target 450" in said


@pytest.mark.parametrize(
    ("pilot", "indicator", "says"),
    [
        ("park-22", "P1", "did you mean “park-2”?"),
        ("park-2", "P9", "no indicator named “P9”"),
        ("park-2", "S1x", "S1x"),
    ],
)
def test_names_that_are_not_there_are_told(pilot: str, indicator: str, says: str, whole: EvaluationRecord) -> None:
    with pytest.raises(UsageError) as raised:
        explanation(whole, pilot, indicator)
    assert says in str(raised.value)
