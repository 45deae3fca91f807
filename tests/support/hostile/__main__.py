"""Writes every hostile file below a folder: `python -m tests.support.hostile FOLDER`."""

import sys
from pathlib import Path

from tests.support.hostile import FILES


def main(folder: Path) -> None:
    for each in FILES.values():
        path = folder / each.id / each.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
