"""Installs plugins as pip leaves them, modules and dist-info, into a folder that PYTHONPATH names."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.processes.commands import forked


def install(site: Path, name: str, source: str, version: str = "1.0.0", entry: str = "") -> Path:
    """Put a plugin of one module there: `broken` becomes the module `plugin_broken` of the package `plugin-broken`."""
    module = site / f"plugin_{name}.py"
    module.write_text(source, "utf-8")
    info = site / f"plugin_{name}-{version}.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: plugin-{name}\nVersion: {version}\n"
    (info / "METADATA").write_text(metadata, "utf-8")
    (info / "entry_points.txt").write_text(f"[pilot_eval]\n{name} = {entry or module.stem}\n", "utf-8")
    (info / "RECORD").write_text(f"{info.name}/entry_points.txt,,\n{module.name},,\n", "utf-8")
    return module


def run(site: Path, *arguments: object, cwd: Path | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run `pilot-eval`, in English, with what is installed there beside the rest."""
    path = os.pathsep.join([str(site), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "PILOT_EVAL_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1", **more}
    return forked().run(arguments, environment, cwd)


def python(site: Path, *arguments: object, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run Python with what is installed there."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, env=environment, cwd=cwd, check=False
    )
