"""The scores as CSV: ids and figures as they are, everything else in words of the language."""

import csv
import io
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.exports.scores_csv import scores_csv
from pilot_eval.model import Standing
from pilot_eval.round import Round
from pilot_eval.text import Lang


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ["园区", "中央明确", "暂不定级"]), ("en", ["Parks", "Central", "Grade withheld"])]
)
def test_base_type_tier_and_standing_are_words(lang: Lang, words: list[str], assessed: Path) -> None:
    last = api.last_record(Round.open(assessed))
    park = next(each for each in last.assessments if each.pilot.id == "park-1")
    withheld = park.model_copy(update={"standing": Standing.WITHHELD, "grade": None})
    table = scores_csv(last.model_copy(update={"assessments": (withheld,)}), lang).decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(table, newline=""))
    assert row[0] == "park-1"
    assert row[2:5] == words
