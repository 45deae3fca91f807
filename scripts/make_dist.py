"""Builds the wheels and sdists of pilot-eval and its four base types: `python scripts/make_dist.py [FOLDER]`.

Needs hatchling, which set-up installs, and no network. The same tree gives the same bytes.
"""

import subprocess
import sys
from pathlib import Path

from setup import PROJECTS, ROOT


def main(folder: Path) -> None:
    for project in PROJECTS:
        subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=project, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else ROOT / "dist")
