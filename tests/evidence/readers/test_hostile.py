"""Hostile files, each taken in alone: each is reported, with its place, quickly and in little memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLE, ROOT
from tests.support.hostile import FILES, Hostile
from tests.support.languages import mixed_in


def written(folder: Path, files: list[Hostile]) -> list[Path]:
    """A folder for each file, which holds it alone."""
    for each in files:
        path = folder / each.id / each.file
        path.parent.mkdir(parents=True)
        path.write_bytes(each.make())
    return [folder / each.id for each in files]


def alone(folders: list[Path]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.processes.alone", str(EXAMPLE), "online-2"],
        input="\n".join(map(str, folders)), capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What each file gives, taken in by a process of its own; the large ones apart."""
    files = [each for each in FILES.values() if not each.large]
    made = alone(written(tmp_path_factory.mktemp("hostile"), files))
    return {each.id: result for each, result in zip(files, made, strict=True)}


@pytest.mark.slow  # the quick suite takes them in all at once: tests/whole/test_hostile_among_others.py
@pytest.mark.parametrize("id", [each.id for each in FILES.values() if not each.large])
def test_a_hostile_file_is_said_quickly_and_in_little_memory(id: str, results: dict[str, dict[str, Any]]) -> None:
    harmless(FILES[id], results[id])


@pytest.mark.slow
@pytest.mark.parametrize("id", [each.id for each in FILES.values() if each.large])
def test_a_large_hostile_file_is_said_quickly_and_in_little_memory(id: str, tmp_path: Path) -> None:
    harmless(FILES[id], *alone(written(tmp_path, [FILES[id]])))


def harmless(file: Hostile, result: dict[str, Any]) -> None:
    assert "crash" not in result, result
    assert "died" not in result, result
    assert mixed_in(result["findings"]) == []
    said = [each for each in result["findings"] if each["code"] == file.code]
    assert any(each["at"].endswith(file.at) for each in said), [
        (each["code"], each["at"]) for each in result["findings"]
    ]
    grave = [
        each for each in result["findings"] if each["severity"] == "error" and each["code"] != "submission-no-info"
    ]
    if file.read:
        assert grave == []
        if file.file.startswith("events"):
            assert result["rows"]["events"] >= 1
    else:
        assert all(each["place"]["file"] == f"s/{file.file}" for each in said)
        assert grave
        assert not result["rows"]  # nothing of it can be scored
    assert result["of_the_seconds"] <= 4  # times what a sound table of 50,000 rows takes
    assert result["of_the_megabytes"] <= 3
