"""Fixtures of the tests of actions."""

import os
from pathlib import Path

import pytest
from filelock import FileLock

from pilot_eval import api
from pilot_eval.registry import Registry
from tests.conftest import copy_example
from tests.support.rounds.smaller import keep


@pytest.fixture(scope="session")
def registry() -> Registry:
    return api.discover()


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    """A round of three pilots, assessed; not to be changed."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # made once for all workers
    made = shared / "sound"
    with FileLock(shared / "sound.lock"):
        if not made.exists():
            space = api.open_round(
                keep(copy_example(shared / "making-sound"), "online-2", "park-2", "park-3"), registry
            )
            api.publish(space.round, api.assess(space), registry)
            (shared / "making-sound").rename(made)
    return made
