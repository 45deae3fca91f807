"""Hostile files among the submissions of a round: each is reported, and the others are whole."""

import json
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.record.files import canonical
from pilot_eval.round import Round
from tests.conftest import Run, copy_example
from tests.support.hostile import FILES, Hostile
from tests.support.languages import mixed_in
from tests.support.leaks import nothing_leaks

SOUND = ("online-1", "park-1", "association-2", "community-2")


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory, assessed: Path) -> tuple[Path, dict[str, Hostile]]:
    """The example with hostile files beside, and instead of, what eleven pilots submit; the files by where they lie."""
    folder = copy_example(tmp_path_factory.mktemp("besieged") / "round", assessed)
    first = {(each.file, each.code): each for each in FILES.values() if not each.large}
    pilots = sorted(path.name for path in (folder / "submissions").iterdir() if path.name not in SOUND)
    put: dict[str, Hostile] = {}
    informed = list(pilots)
    for at, each in enumerate(first.values()):
        if each.file == "submission.yaml":
            if not informed:
                continue
            name = f"{informed.pop()}/{each.file}"
        else:
            name = f"{pilots[at % len(pilots)]}/{each.id}/{each.file}"
        path = folder / "submissions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.make())
        put[f"submissions/{name}"] = each
    return folder, put


def test_among_others_each_hostile_file_is_said_and_the_others_are_whole(
    run: Run, besieged: tuple[Path, dict[str, Hostile]], assessed: Path
) -> None:
    folder, put = besieged
    done = run("check", folder, "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert mixed_in(found) == []
    for file, each in put.items():
        if each.code in ("submission-no-info", "submission-unused-file"):
            continue
        assert each.code in {one["code"] for one in found if one["place"]["file"] == file}, (file, each.code)
    assert not [each for each in found if each["code"] == "file-crashed"]
    nothing_leaks(done)
    done = run("assess", folder)
    assert done.returncode in (0, 1), done.stderr  # the faulty are withheld, the others published
    nothing_leaks(done)
    before = {each.pilot.id: each for each in api.last_record(Round.open(assessed)).assessments}
    after = {each.pilot.id: each for each in api.last_record(Round.open(folder)).assessments}
    for pilot in SOUND:
        assert after[pilot].measures == before[pilot].measures
        assert after[pilot].indicators == before[pilot].indicators
        assert after[pilot].total == before[pilot].total
    text = canonical(api.last_record(Round.open(folder)))
    for page in [text, *(path.read_bytes() for path in (folder / "results").rglob("*.html"))]:
        assert b"13800138000" not in page
        assert b"11010119900307803X" not in page
