"""Opens a submitted file as grids of raw cells: a sheet, a CSV file, a list of JSON records."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pilot_eval.errors import EvidenceError, Place
from pilot_eval.text import Frozen, Text


class Limits(Frozen):
    """How much of a submission is read; settings of the round (`limits:` in `round.yaml`)."""

    file_mb: float = 50
    unpacked_mb: float = 400
    rows: int = 2_000_000
    columns: int = 500
    cell_chars: int = 32_767
    seconds: float = 60
    memory_mb: int = 2048


@dataclass
class Grid:
    """Raw cells: `rows[0]` is row `first_row` of the sheet; an empty cell is None.

    For JSON the first row holds the keys, and record n is row n.
    """

    file: str
    sheet: str | None
    rows: list[list[Any]]
    first_row: int = 1
    records: bool = False
    hidden: bool = False
    formulas: list[str] = field(default_factory=list)

    def place(self, index: int | None = None, column: int | None = None) -> Place:
        """The place of a row or cell, by its index in `rows`."""
        row = None if index is None else index + self.first_row
        letter = None if column is None else self.letter(column)
        return Place(file=self.file, sheet=self.sheet, row=row, column=letter)

    def letter(self, column: int) -> str:
        """The column as a reader would find it: a letter, or the key of a JSON record."""
        return str(self.rows[0][column]) if self.records else column_letter(column)


def column_letter(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


TABULAR = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".json"})
"""Endings of files that can hold tables; any other file is an attachment."""


def read_grids(path: Path, shown: str, limits: Limits) -> list[Grid]:
    """Every grid in a file; `shown` is the name to show. Raises EvidenceError."""
    size = path.stat().st_size
    if size > limits.file_mb * 2**20:
        raise EvidenceError.of("file-too-large", Place(file=shown), size=round(size / 2**20, 1), limit=limits.file_mb)
    with path.open("rb") as stream:
        magic = stream.read(8)
    if magic.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(path, shown, limits)
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _json(path, shown)
    if suffix in (".csv", ".tsv"):
        return [_csv(path, shown, limits)]
    raise EvidenceError.of("file-kind", Place(file=shown))


def _workbook(path: Path, shown: str, limits: Limits) -> list[Grid]:
    import python_calamine as calamine

    _preflight(path, shown, limits)
    try:
        with calamine.load_workbook(str(path)) as book:
            hidden = {
                meta.name for meta in book.sheets_metadata if meta.visible is not calamine.SheetVisibleEnum.Visible
            }
            return [
                Grid(shown, name, [[_blank(cell) for cell in row] for row in rows], hidden=name in hidden)
                for name in book.sheet_names
                for rows in [book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            ]
    except (calamine.CalamineError, OSError, ValueError) as error:
        cause = str(error).split("\n")[0][:200]
        raise EvidenceError.of("file-unreadable", Place(file=shown), cause=cause, todo=_SAVE_AGAIN) from None


_SAVE_AGAIN = Text(
    zh="用 WPS 或 Excel 打开，另存为 .xlsx 后重交", en="open it in WPS or Excel, save it as .xlsx and send it again"
)


def _preflight(path: Path, shown: str, limits: Limits) -> None:
    """Refuse a packed workbook that would unpack to too much, before anything opens it."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist()) / 2**20
    if unpacked > limits.unpacked_mb:
        raise EvidenceError.of("file-too-large", Place(file=shown), size=round(unpacked), limit=limits.unpacked_mb)


def _blank(cell: Any) -> Any:
    return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell


def decoded(data: bytes, shown: str) -> str:
    """Text by strict decoding, never by a guess: UTF-8, then GB18030. Raises EvidenceError."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise EvidenceError.of("file-encoding", Place(file=shown))


def _csv(path: Path, shown: str, limits: Limits) -> Grid:
    text = decoded(path.read_bytes(), shown)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(limits.cell_chars)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [[_blank(cell) for cell in row] for row in reader]
    except csv.Error as error:
        place = Place(file=shown, row=reader.line_num)
        raise EvidenceError.of("file-csv", place, problem=str(error)) from None
    return Grid(shown, None, rows)


def _json(path: Path, shown: str) -> list[Grid]:
    text = decoded(path.read_bytes(), shown)
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        place = Place(file=shown, line=getattr(error, "lineno", None))
        raise EvidenceError.of("file-json", place, problem=str(error).split(":")[0]) from None
    tables = {None: data} if isinstance(data, list) else data
    if not isinstance(tables, dict) or not all(_is_records(records) for records in tables.values()):
        raise EvidenceError.of("json-shape", Place(file=shown))
    return [_records(shown, name, records) for name, records in tables.items()]


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _is_records(records: object) -> bool:
    return isinstance(records, list) and all(
        isinstance(record, dict) and not any(isinstance(cell, (dict, list)) for cell in record.values())
        for record in records
    )


def _records(shown: str, name: str | None, records: list[dict[str, Any]]) -> Grid:
    keys = list(dict.fromkeys(key for record in records for key in record))
    rows = [[_blank(record.get(key)) for key in keys] for record in records]
    return Grid(shown, name, [keys, *rows], first_row=0, records=True)
