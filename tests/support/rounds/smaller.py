"""Rounds of a few pilots."""

import shutil
from pathlib import Path

import yaml


def keep(folder: Path, *pilots: str) -> Path:
    """The round with these pilots alone."""
    register = folder / "method" / "pilots.yaml"
    kept = [each for each in yaml.safe_load(register.read_text("utf-8"))["pilots"] if each["id"] in pilots]
    assert len(kept) == len(pilots)
    register.write_text(yaml.safe_dump({"pilots": kept}, allow_unicode=True), "utf-8")
    for path in [*folder.glob("submissions/*"), *folder.glob("reviews/*")]:
        if path.stem not in pilots:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return folder
