"""A round in files, from end to end: what a broken plugin touches."""

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.model import EvaluationRecord, Outcome, Standing
from pilot_eval.plugin.hooks import ENTRY_POINTS
from pilot_eval.record.files import canonical
from pilot_eval.registry import Registry, discover, load
from tests.conftest import copy_example
from tests.support.rounds.smaller import keep

PILOTS = ("community-2", "park-2")


def without_park() -> Registry:
    found = [each for each in entry_points(group=ENTRY_POINTS) if each.name != "park"]
    return load([*found, EntryPoint("park", "no_such_module", ENTRY_POINTS)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, assessed: Path) -> Path:
    """Two pilots of the example, of two base types."""
    return keep(copy_example(tmp_path_factory.mktemp("small") / "round", assessed), *PILOTS)


@pytest.fixture(scope="module")
def whole(folder: Path) -> EvaluationRecord:
    return api.assess(api.open_round(folder, discover()))


def test_two_runs_give_the_same_bytes(folder: Path, whole: EvaluationRecord) -> None:
    again = api.assess(api.open_round(folder, discover()))
    assert canonical(again) == canonical(whole)


def test_a_broken_plugin_leaves_the_other_base_types_whole(folder: Path, whole: EvaluationRecord) -> None:
    made = api.assess(api.open_round(folder, without_park()))
    by_id = {each.pilot.id: each for each in made.assessments}
    before = {each.pilot.id: each for each in whole.assessments}
    assert by_id["community-2"] == before["community-2"]
    assert by_id["community-2"].standing is Standing.GRADED
    broken = by_id["park-2"]
    assert (broken.standing, broken.total, broken.grade) == (Standing.ERROR, None, None)
    assert {each.outcome for each in broken.indicators} == {Outcome.ERROR}
    assert broken.grade_reason is not None and "no_such_module" in broken.grade_reason.en
    assert {each.id: each.state for each in made.base_types} == {"community": "ok", "park": "failed"}
    assert api.exit_code(made) == 3
    assert api.exit_code(whole) == 0
