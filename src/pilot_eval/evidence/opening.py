"""Opens a submitted file by what it is: a plugin's reader where one takes its suffix, else our own."""

import hashlib
import inspect
from collections.abc import Mapping
from pathlib import Path

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.grids import TABULAR, YAML_TABLES, Grid, Limits, read_grids
from pilot_eval.extensions import Reader
from pilot_eval.text import Text

Readers = Mapping[str, Reader]


def holds_tables(name: str, readers: Readers) -> bool:
    """Whether a file of that name can hold tables; any other is an attachment."""
    suffix = Path(name).suffix.lower()
    return suffix in TABULAR or suffix in YAML_TABLES or suffix in readers


def open_file(path: Path, shown: str, limits: Limits, readers: Readers) -> list[Grid]:
    """Every grid in a file. Raises EvidenceError."""
    reader = readers.get(path.suffix.lower())
    if reader is None:
        return read_grids(path, shown, limits)
    size = path.stat().st_size
    if size > limits.file_mb * 2**20:
        raise EvidenceError.of("file-too-large", Place(file=shown), size=round(size / 2**20, 1), limit=limits.file_mb)
    try:
        sheets = list(reader.read(path))
        return [Grid(shown, sheet.name, [[_cell(cell) for cell in row] for row in sheet.rows]) for sheet in sheets]
    except Exception as error:  # a plugin's code: whatever it raises is this file's fault or its own, and is said
        cause = f"{reader.provider}: {type(error).__name__}: {error}"
        todo = Text(
            zh="检查文件；若无误，请读取器的作者修复",
            en="look at the file; if it is right, have the reader's author mend it",
        )
        raise EvidenceError.of("file-unreadable", Place(file=shown), cause=cause, todo=todo) from error


def _cell(cell: object) -> object:
    return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell


def identity(readers: Readers) -> list[str]:
    """What the readers are, for the cache: a changed reader reads everything again."""
    made = []
    for suffix, reader in sorted(readers.items()):
        source = inspect.getsourcefile(reader.read)
        digest = hashlib.sha256(Path(source).read_bytes()).hexdigest() if source else ""
        made.append(f"{suffix} {reader.read.__module__}.{reader.read.__qualname__} {digest}")
    return made
