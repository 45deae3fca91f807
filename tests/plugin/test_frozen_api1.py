"""A plugin written for api 1 loads, is told when that goes, keeps the contract and scores what it scored then."""

import hashlib
import json
import shutil
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, ClassVar

import pytest

from pilot_eval.api import assess, new_round
from pilot_eval.loading import ACCEPTED_API, DROPPED_IN
from pilot_eval.model import Assessment
from pilot_eval.plugin import API
from pilot_eval.plugin.hooks import ENTRY_POINTS
from pilot_eval.registry import Registry, load
from pilot_eval.testing import BaseTypeContract
from tests.conftest import ROOT
from tests.data.frozen_api1 import library

FROZEN = ROOT / "tests" / "data" / "frozen_api1"
FIGURES = json.loads((FROZEN / "figures.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load([EntryPoint("library", library.__name__, ENTRY_POINTS)])


def test_the_copy_is_as_it_was_then() -> None:
    """It stays the evidence of what api 1 took: write another one for another api, never change this."""
    digests = {name: hashlib.sha256((FROZEN / name).read_bytes()).hexdigest() for name in FIGURES["files"]}
    assert digests == FIGURES["files"]


def test_it_loads_and_says_when_api_1_goes(registry: Registry) -> None:
    [plugin] = registry.plugins
    assert (plugin.state, plugin.findings) == ("deprecated", ())
    [notice] = plugin.notices
    release, day = DROPPED_IN[1]
    assert f"pilot-eval {release} (not before {day}) no longer supports API 1" in notice.message.en
    assert f"pilot-eval {release}（不早于 {day}）" in notice.message.zh
    assert "docs/plugins/deprecation.md" in notice.hint.en
    assert Path(str(notice.place.file)) == FROZEN / "library.py"
    assert notice.place.line


def test_each_older_version_that_is_taken_has_its_end() -> None:
    assert ACCEPTED_API == (API - 1, API)
    assert set(DROPPED_IN) == set(ACCEPTED_API) - {API}
    policy = (ROOT / "docs" / "plugins" / "deprecation.md").read_text("utf-8")
    for api, (release, day) in DROPPED_IN.items():
        assert f"| {api} | pilot-eval {release} | {day} |" in policy


def test_it_scores_what_it_scored_then(registry: Registry, tmp_path: Path) -> None:
    space = new_round(tmp_path / "round", "zhengzhou-2018", "en", registry, FROZEN / "library.yaml")
    shutil.copytree(FROZEN / "submission", tmp_path / "round" / "submissions" / "library-1", dirs_exist_ok=True)
    [assessment] = assess(space).assessments
    assert figures(assessment) == {name: FIGURES[name] for name in ("measures", "points")}


def figures(assessment: Assessment) -> dict[str, Any]:
    own = {"LB1", "LB2", "LB3", "LB4", "LB5"}
    return {
        "measures": {m.id: [m.value, m.low, m.high] for m in assessment.measures if m.id in library.library.measures},
        "points": {i.id: i.points for i in assessment.indicators if i.id in own},
    }


class TestLibrary(BaseTypeContract):
    base_type = library.library
    plugin = library
    method = "../data/frozen_api1/library.yaml"
    monotone: ClassVar = {"rooms_open": {"open": "up"}, "readings_contacts": {"came": "up"}}
    skips: ClassVar = {"test_labels_are_in_both_languages": "api 1 asked for Chinese words alone"}
