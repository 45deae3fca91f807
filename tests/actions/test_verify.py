"""Nothing is vouched for that isn't so: a hundred manipulations of a round and its cache, and what is said of them."""

import shutil
import zlib
from pathlib import Path
from random import Random

import pytest

from pilot_eval import api
from pilot_eval.errors import PilotEvalError
from pilot_eval.registry import Registry
from tests.support.integrity.manipulations import KINDS, Kind

QUICK = {"forged_a_figure", "page_changed_with_its_sum", "table-cut_short", "table_forged_with_its_hash"}
"""What takes a replay, and is tried in every run."""


@pytest.fixture
def changed(sound: Path, tmp_path: Path) -> Path:
    """A copy of the sound round, to be changed."""
    return Path(shutil.copytree(sound, tmp_path / "round", symlinks=True))


def named(folder: Path, registry: Registry) -> str:
    """What names what was changed: `verify`, or `replay` alone, or neither."""
    for name, ask in (
        ("verify", lambda: api.verify(api.Round.open(folder))),
        ("replay", lambda: api.replay(api.open_round(folder, registry))),
    ):
        try:
            if ask():
                return name
        except (PilotEvalError, OSError):
            return name
    return "neither"


def chosen(seed: int) -> list[object]:
    """Every kind; slow: what takes long, and every kind from another seed."""
    fast = [kind for kind in KINDS if kind.name in QUICK or (kind.named == "verify" and not seed)]
    marks = [() if kind in fast else (pytest.mark.slow,) for kind in KINDS]
    return [pytest.param(kind, seed, marks=mark, id=f"{kind}-{seed}") for kind, mark in zip(KINDS, marks, strict=True)]


def test_there_are_a_hundred_manipulations() -> None:
    assert len(chosen(0)) + len(chosen(1)) >= 100
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert {kind.name for kind in KINDS} >= QUICK


@pytest.mark.parametrize(("kind", "seed"), [*chosen(0), *chosen(1)])
def test_a_manipulation_is_named_or_harmless(kind: Kind, seed: int, changed: Path, registry: Registry) -> None:
    before = (changed / "results" / "record.json").read_bytes()
    kind.change(changed, Random(zlib.crc32(f"{kind} {seed}".encode())), registry)  # noqa: S311
    if kind.cache:
        space = api.open_round(changed, registry)
        api.publish(space.round, api.assess(space), registry)
        if kind.named == "neither":
            assert (changed / "results" / "record.json").read_bytes() == before
    if kind.named != "neither":
        assert named(changed, registry) == kind.named
    elif not kind.cache:
        assert named(changed, registry) == "neither"
