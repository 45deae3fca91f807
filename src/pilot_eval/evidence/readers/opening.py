"""Opens a submitted file: with a plugin's reader if one handles its suffix, else by its content."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.readers.by_content import TABULAR, YAML_TABLES, read_grids
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits, too_large
from pilot_eval.extensions import Reader, Sheet, line_of
from pilot_eval.text import Words, quoted

Readers = Mapping[str, Reader]


def holds_tables(name: str, readers: Readers) -> bool:
    """Return whether a file with this name can hold tables; any other file is an attachment."""
    suffix = Path(name).suffix.lower()
    return suffix in TABULAR or suffix in YAML_TABLES or suffix in readers


def open_file(path: Path, shown: str, limits: Limits, readers: Readers) -> list[Grid]:
    """Read every grid in a file. Raises EvidenceError."""
    reader = readers.get(path.suffix.lower())
    if reader is None:
        return read_grids(path, shown, limits)
    if against := too_large(path.stat().st_size, shown, limits):
        raise EvidenceError([against])
    try:
        return [_plugin_grid(shown, sheet) for sheet in reader.read(path)]
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # a plugin may raise anything; the file or the plugin is at fault
        at = line_of(error, getattr(reader.read, "func", reader.read))
        where = f" ({Path(at.file).name}:{at.line})" if at.file and at.line else ""
        raised = quoted(f"{type(error).__name__}: {error}{where}")
        by = reader.provider
        cause = Words(zh=f"插件 {by} 出错：{raised.zh}", en=f"the plugin {by} failed: {raised.en}")
        todo = Words(
            zh="检查文件；若文件无误，请读取函数的作者修复",
            en="check the file; if it is correct, ask the reader's author to fix it",
        )
        raise EvidenceError.of("file-unreadable", Place(file=shown), cause=cause, todo=todo) from error


def _plugin_grid(shown: str, sheet: Sheet) -> Grid:
    """Convert a sheet from a plugin's reader to a grid. Raises TypeError or ValueError if it is invalid."""
    if not (sheet.name is None or isinstance(sheet.name, str)):
        raise TypeError(f"the name of a sheet should be a string or None, not {type(sheet.name).__name__}")
    return Grid(shown, sheet.name, [[_plugin_cell(cell) for cell in row] for row in sheet.rows])


def _plugin_cell(cell: object) -> object:
    if isinstance(cell, str):
        cell.encode()  # raises for an unpaired surrogate, which can't be stored
        return str.__str__(cell) if cell.strip() else None
    if cell is None or isinstance(cell, (int, float, date, timedelta)):
        return cell
    raise TypeError(f"a cell should be a string, number, bool, date or None, not {type(cell).__name__}")
