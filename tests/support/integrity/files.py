"""Changes of a round's files, as a person or a disk might make them; sums and pages are made to fit, as by a forger."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from pilot_eval import api
from pilot_eval.model import EvaluationRecord
from pilot_eval.record.integrity import SUMS, sums
from pilot_eval.registry import Registry
from tests.support.records import data_of

CACHE = Path(".cache", "evidence")


def one_of(folder: Path, pattern: str, chance: Random) -> Path:
    return chance.choice(sorted(path for path in folder.glob(pattern) if path.is_file()))


# --- what lies under the hashes


def change_a_digit(path: Path, chance: Random) -> None:
    data = bytearray(path.read_bytes())
    at = chance.choice([at for at, byte in enumerate(data) if byte in b"123456789"])
    data[at] = ord("1") if data[at] != ord("1") else ord("2")
    path.write_bytes(data)


def cut_short(path: Path, chance: Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])


def empty(path: Path, chance: Random) -> None:
    path.write_bytes(b"")


def remove(path: Path, chance: Random) -> None:
    path.unlink()


def copy_beside(path: Path, chance: Random) -> None:
    shutil.copy(path, path.with_name(f"副本{path.name}"))


def change_case(path: Path, chance: Random) -> None:
    path.rename(path.with_name(path.stem + path.suffix.swapcase()))


def link(path: Path, chance: Random) -> None:
    kept = path.parents[len(path.parts) - 2 - path.parts.index("round")] / f"kept-{path.name}"
    path.rename(kept)
    path.symlink_to(kept)


def touch(path: Path, chance: Random) -> None:
    os.utime(path, (chance.randrange(2**30), chance.randrange(2**30)))


# --- what lies in the results


def fit_sums(folder: Path) -> None:
    """List what is there, as if it had been published so."""
    results = folder / "results"
    found = sorted(path for path in results.rglob("*") if path.is_file() and path.name != SUMS)
    files = {path.relative_to(results).as_posix(): path.read_bytes() for path in found}
    (results / SUMS).write_bytes(sums(files))


def fit_pages(folder: Path, registry: Registry) -> None:
    """Render the pages of the changed record."""
    made = EvaluationRecord.model_validate(data_of(folder))
    for name, page in api.report_files(made, registry)[0].items():
        (folder / "results" / name).write_bytes(page)


def leaves(data: Any, wanted: Callable[[Any], bool]) -> Iterator[tuple[Any, Any]]:
    """Every value that is wanted, as its container and its key there."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if wanted(value):
            yield data, key
        if isinstance(value, (dict, list)):
            yield from leaves(value, wanted)


# --- what lies in the cache


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / CACHE).iterdir() if path.is_dir())


def seal(entry: Path) -> None:
    """Make the hash beside an intake fit."""
    (entry / "intake.sha256").write_text(hashlib.sha256((entry / "intake.json").read_bytes()).hexdigest())


def repeat_rows(path: Path, chance: Random) -> None:
    frame = pl.read_parquet(path)
    pl.concat([frame] * 3).write_parquet(path)
