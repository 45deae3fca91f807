"""The example's figures: against the golden file, and against a calculation by hand from the submitted files."""

import json
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.model import Assessment, Outcome
from pilot_eval.round import Round
from tests.support.golden import GOLDEN, summary


def test_the_example_gives_its_golden_results(assessed: Path) -> None:
    made = json.loads(json.dumps(summary(api.last_record(Round.open(assessed)))))
    assert made == json.loads(GOLDEN.read_text("utf-8"))


# Read off the submitted files and put into the rules of the YAML by hand; park-4 has no approximate number.
PARK_4 = {
    "C1": 5 / 8 * 6,
    "C2": (((10 / 15 + 12 / 16 + 9 / 12 + 63 / 80 + 385 / 600) / 5 * 100) - 60) / 40 * 7,
    "C3": (5 / 8 * 100 - 60) / 40 * 5,
    "C4": (3 + (125200 + 60800 + 40800 + 56000 + 161400) / (180000 + 90000 + 60000 + 75000 + 240000)) / 6 * 8,
    "C5": (4 / 5 * 100 - 60) / 38 * 5,
    "C6": (2 / 5 * 100 - 20) / 60 * 5,
    "C7": (31 / 41 * 100 - 60) / 30 * 6,
    "P1": ((14 + 9) / (22 + 14) * 100 - 50) / 20 * 4,
    "P2": 0.0,  # (1560 + 1240) of (3100 + 2300) m² let: 51.85%, below the threshold of 60%
    "P3": 1 + 1 + 0.5 + 1 + 1 + 1 + 1,
    "P4": 1 + 1 + 3,
    "P5": (1 / 3 + (4 + 2 - 5) / 30) * 8,
    "P6": 72 / 200 * 7,
    "P7": (140000 / (140000 + 690000) * 100 - 10) / 30 * 4,
}
COMMUNITY_4 = {
    "C1": 6 / 8 * 6,
    "C2": ((9 / 12 + 80 / 96 + 16 / 24 + 18 / 20 + 2101 / 2400) / 5 * 100 - 60) / 40 * 7,
    "C3": (5 / 8 * 100 - 60) / 40 * 5,
    "S1x": (640 / 3120 * 100 - 15) / 15 * 4,
    "S2x": 6 / 10 * 15,
    "S3x": (21 / 47 * 100 - 20) / 60 * 10,
    "S4x": 6 / 12 * 10,
    "S7x": (12 / 9600 * 10_000 - 10) / 8 * 4,
}


@pytest.mark.parametrize(("pilot", "by_hand"), [("park-4", PARK_4), ("community-4", COMMUNITY_4)])
def test_points_are_those_computed_by_hand(assessed: Path, pilot: str, by_hand: dict[str, float]) -> None:
    made = pilot_of(assessed, pilot)
    points = {each.id: each.points for each in made.indicators if each.outcome is Outcome.SCORED}
    rounded = {id_: round(value, 2) for id_, value in by_hand.items()}
    assert points == rounded
    assert made.total is not None
    assert made.total.points == round(sum(rounded.values()), 2)


def test_bounds_are_those_computed_by_hand(assessed: Path) -> None:
    """community-4: 约640 m² stands for 576 to 704, and 39 points have no evidence."""
    made = pilot_of(assessed, "community-4")
    total = sum(round(value, 2) for value in COMMUNITY_4.values())
    middle, low, high = (round((area / 3120 * 100 - 15) / 15 * 4, 2) for area in (640, 576, 704))
    assert made.total is not None
    assert made.total.low == pytest.approx(total - middle + low)
    assert made.total.high == pytest.approx(total - middle + high + 39)
    assert made.coverage == 61.0


def pilot_of(round_folder: Path, pilot: str) -> Assessment:
    record = api.last_record(Round.open(round_folder))
    return next(each for each in record.assessments if each.pilot.id == pilot)
