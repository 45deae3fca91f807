"""Runs commands in a clean environment: nothing of the one that the tests run in gets in their way."""

import os
import subprocess
from pathlib import Path


def in_folder(folder: Path, *command: object, **settings: str) -> str:
    """Run a command in a folder, in English unless told; what it prints."""
    ours = ("PYTHON", "PYTEST", "PILOT_EVAL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**kept, "PILOT_EVAL_LANG": "en", **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
