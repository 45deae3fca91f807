"""Reads JSON and YAML: a list of records, or a mapping of tables to such lists."""

import json
import re
from collections.abc import Mapping
from typing import Any

from pilot_eval import yamlfile
from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.cells import BadCell
from pilot_eval.evidence.limits import Limits
from pilot_eval.evidence.readers.grid import Grid, Meter, blank

_EXACT = 2**53
"""Whole numbers from here on are kept as text: a float would not have all their digits."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Every table of a JSON file. Raises EvidenceError."""
    if text.count("{") + text.count("[") > limits.rows + 10_000:
        raise Meter(shown, limits).too_large("values", limits.rows)

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if any(_SURROGATE.search(key) for key in found):
            raise EvidenceError.of("file-json", Place(file=shown), problem="half a surrogate pair in a key")
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise EvidenceError.of("json-key-twice", Place(file=shown, field=twice[:60]), key=twice[:60])
        return found

    try:
        data = json.loads(
            text,
            object_pairs_hook=unique,
            parse_constant=lambda name: BadCell("cell-number", name),
            parse_float=_float,
            parse_int=_int,
        )
    except RecursionError:
        raise EvidenceError.of("json-too-deep", Place(file=shown)) from None
    except json.JSONDecodeError as error:
        raise EvidenceError.of("file-json", Place(file=shown, line=error.lineno), problem=error.msg) from None
    return _grids(data, shown, limits)


def read_yaml(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Every table of a YAML file; plain scalars mean what they mean in JSON. Raises EvidenceError."""
    source = yamlfile.parse(text, shown)
    if source.findings:
        raise EvidenceError(source.findings)
    return _grids(source.data, shown, limits)


def _float(text: str) -> float | BadCell:
    value = float(text)
    return value if value - value == 0 else BadCell("cell-number", text[:60])


def _int(text: str) -> int | str:
    return int(text) if len(text) < 16 else text


def _grids(data: Any, shown: str, limits: Limits) -> list[Grid]:
    tables: Mapping[str | None, Any] = {None: data} if isinstance(data, list) else data
    if not isinstance(tables, dict):
        raise EvidenceError.of("json-shape", Place(file=shown))
    meter = Meter(shown, limits)
    if len(tables) > limits.sheets:
        raise meter.too_large("sheets", limits.sheets)
    return [_grid(name, records, shown, meter) for name, records in tables.items()]


def _grid(name: str | None, records: Any, shown: str, meter: Meter) -> Grid:
    place = Place(file=shown, sheet=name)
    if not isinstance(records, list):
        raise EvidenceError.of("json-shape", place)
    keys: dict[str, int] = {}
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise EvidenceError.of("json-shape", place.model_copy(update={"row": number}))
        for key in record:
            keys.setdefault(key, len(keys))
        if len(keys) > meter.limits.columns:
            raise meter.too_large("columns", meter.limits.columns, name, number - 1)
        meter.add(len(record), name)
    meter.spread(len(records), len(keys), sum(map(len, records)), name)
    grid = Grid(shown, name, [list(keys)], first_row=0, records=True)
    for record in records:
        grid.rows.append([_cell(record.get(key), meter.limits.cell_chars) for key in keys])
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, BadCell):
                grid.bad.append((row, column))
                if cell.code == "json-cell":
                    raise EvidenceError.of("json-cell", grid.place(row, column))
    return grid


def _cell(value: Any, limit: int) -> Any:
    if isinstance(value, str):
        if len(value) > limit:
            return BadCell("cell-too-long", value[:40])
        if not value.isascii() and _SURROGATE.search(value):
            return BadCell("cell-damaged", _SURROGATE.sub("�", value)[:60])
        return None if blank(value) else value
    if isinstance(value, (dict, list)):
        return BadCell("json-cell", "")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _EXACT:
        return str(value)
    return value
