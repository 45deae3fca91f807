"""Runs Python as other users, who share a folder with each other: nothing in it is root's."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

ONE, OTHER, GROUP = 64_001, 64_002, 64_000
"""Users and their group, by number; no account is needed."""


def as_user(user: int, umask: int, code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run code as a user of the group, with the umask; the code finds its arguments in `sys.argv`."""
    python = interpreter()
    assert python is not None
    return _run(python, user, umask, code, *arguments)


@cache
def interpreter() -> str | None:
    """A Python of this version that other users can run and that finds the program; None if there is none."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        try:
            if _run(python, ONE, 0o022, "import pilot_eval.round, pytest").returncode == 0:
                return python
        except OSError:
            continue
    return None


def _run(python: str, user: int, umask: int, code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    path = [str(ROOT), *(each for each in sys.path if each and not each.startswith(sys.base_prefix))]
    settings = {"HOME": "/nonexistent", "PILOT_EVAL_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [python, "-c", code, *map(str, arguments)],
        user=user,
        group=GROUP,
        extra_groups=[],
        umask=umask,
        cwd=ROOT,
        env={**os.environ, **settings, "PYTHONPATH": os.pathsep.join(path)},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def shared_folder(mode: int = 0o2770) -> Iterator[Path]:
    """A folder that the group shares."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        folder = Path(made, "shared")
        folder.mkdir()
        os.chown(folder, ONE, GROUP)
        folder.chmod(mode)
        yield folder
