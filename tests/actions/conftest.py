"""Fixtures of the tests of actions."""

from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.registry import Registry
from tests.conftest import copy_example, made_once
from tests.support.rounds.smaller import keep


@pytest.fixture(scope="session")
def registry() -> Registry:
    return api.discover()


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    """A round of three pilots, assessed; not to be changed."""

    def make(folder: Path) -> None:
        space = api.open_round(keep(copy_example(folder), "online-2", "park-2", "park-3"), registry)
        api.publish(space.round, api.assess(space), registry)

    return made_once(tmp_path_factory, "sound", make)
