"""Nothing is vouched for that isn't so: a hundred manipulations of a round and its cache, and what is said of them."""

import hashlib
import json
import shutil
import zlib
from pathlib import Path
from random import Random

import pytest

from pilot_eval import api
from pilot_eval.errors import PilotEvalError
from pilot_eval.registry import Registry
from tests.conftest import Run
from tests.support.integrity.files import fit_pages, fit_sums
from tests.support.integrity.manipulations import KINDS, Kind
from tests.support.records import data_of, write_record

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


def test_a_record_whose_parts_do_not_fit_is_told(changed: Path, registry: Registry) -> None:
    data = data_of(changed)
    data["assessments"].pop()
    write_record(changed, data)
    fit_sums(changed)
    assert "hash-foreign" in [each.code for each in api.verify(api.Round.open(changed))]
    found = [(each.code, each.place.file) for each in api.replay(api.open_round(changed, registry))]
    assert ("record-pilot-new", "results/record.json") in found
    assert ("page-differs", "results/en/index.html") not in found  # it is as it was


def test_a_page_that_says_what_the_record_says_is_counted(changed: Path, registry: Registry) -> None:
    data = data_of(changed)
    data["assessments"][0]["total"]["points"] += 1
    write_record(changed, data)
    fit_pages(changed, registry)
    fit_sums(changed)
    (changed / "results" / "zh" / "park-2.html").write_bytes(b"x")
    found = {each.code: each for each in api.replay(api.open_round(changed, registry))}
    assert set(found) == {"record-differs", "page-differs", "pages-follow"}
    assert found["page-differs"].place.file == "results/zh/park-2.html"
    assert found["pages-follow"].message.en.startswith("4 pages say")


def test_what_was_read_is_what_is_hashed(changed: Path, registry: Registry) -> None:
    """Settings, method, register, reviews and the last record: changed after they were read, before the result."""
    before = changed.parent / "before" / "record.json"
    shutil.copytree(changed / "results", before.parent)
    settings = changed / "round.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}previous: ../before/record.json\n", "utf-8")
    names = ["round.yaml", "method/method.yaml", "method/pilots.yaml", "method/park.yaml", "reviews/park-3.yaml"]
    paths = {**{name: changed / name for name in names}, "../before/record.json": before}
    read = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items()}
    space = api.open_round(changed, registry)
    assert space.reviews and space.previous
    for path in paths.values():
        path.write_bytes(path.read_bytes() + b"\n# changed\n")
    made = api.assess(space)
    assert {each.path: each.sha256 for each in made.inputs if each.path in read} == read
    api.publish(space.round, made, registry)
    found = {(each.code, each.place.file) for each in api.verify(api.Round.open(changed))}
    assert found == {("hash-differs", name) for name in read}


@pytest.mark.parametrize("command", ["verify", "replay"])
@pytest.mark.parametrize("what", ["nothing", "record", "method", "round"])
def test_what_cannot_be_decided_has_a_code_of_its_own(what: str, command: str, changed: Path, run: Run) -> None:
    if what == "nothing":
        shutil.rmtree(changed / "results")
    elif what == "record":
        (changed / "results" / "record.json").write_bytes(b"{")
    elif what == "method":
        (changed / "method" / "method.yaml").write_bytes(b"[")
    else:
        (changed / "round.yaml").unlink()
    done = run(command, changed, "--json")
    decided = what == "method" and command == "verify"  # it needs no method
    assert done.returncode == (1 if decided else 2)
    assert json.loads(done.stdout)
    assert done.stderr == ""
    assert run(command, changed).stderr


def test_the_command_line_says_it_in_words_and_programs_get_the_place(changed: Path, run: Run) -> None:
    data = data_of(changed)
    data["assessments"][0]["total"]["points"] += 1
    write_record(changed, data)
    done, told = run("replay", changed), run("replay", changed, "--json")
    assert (done.returncode, told.returncode) == (1, 1)
    assert "assessments[" not in done.stderr
    found = json.loads(told.stdout)
    place = found[0]["place"]
    assert (place["file"], place["field"]) == ("results/record.json", "assessments[online-2].total.points")
    assert found[0]["message"]["en"] in done.stderr
    fine = run("verify", changed.parent / "other")
    assert fine.returncode == 2


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
