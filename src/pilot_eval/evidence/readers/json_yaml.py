"""Reads JSON and YAML: a list of records, or a mapping of tables to such lists."""

import json
from collections.abc import Mapping
from typing import Any

from pilot_eval import yamlfile
from pilot_eval.errors import EvidenceError, Place
from pilot_eval.evidence.cells.cell import BadCell, DisplayedNumber, Nested, Spelled
from pilot_eval.evidence.readers.grid import Grid, blank
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.meter import Meter
from pilot_eval.messages.libraries import json_problem
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import has_surrogates, without_surrogates
from pilot_eval.text import Words, joined, quoted

_EXACT = 2**53
"""Integers from here on are kept as text: a float would lose digits."""
_WRAPPERS = frozenset(
    {"data", "rows", "list", "records", "items", "result", "results", "content", "obj", "数据", "记录"}
)
_WRAPPINGS = 3
_HALF = Words(zh="键中有不完整的字符", en="a key contains half a character")


def read_json(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Read every table of a JSON file. Raises EvidenceError."""
    if text.count("{") + text.count("[") > limits.rows + 10_000:
        raise Meter(shown, limits).too_large("values", limits.rows)

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if any(map(has_surrogates, found)):
            raise EvidenceError.of("file-json", Place(file=shown), problem=_HALF)
        if len(found) < len(pairs):
            seen = set[str]()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise EvidenceError.of("json-key-twice", Place(file=shown, field=shown_text(twice)), key=shown_text(twice))
        return found

    decoder = json.JSONDecoder(
        object_pairs_hook=unique,
        parse_constant=lambda name: BadCell("cell-number", name),
        parse_float=_float,
        parse_int=_int,
    )
    try:
        return _grids(_one_or_lines(text, decoder), shown, limits)
    except RecursionError:
        raise EvidenceError.of("json-too-deep", Place(file=shown)) from None
    except json.JSONDecodeError as error:
        raise EvidenceError.of(
            "file-json", Place(file=shown, line=error.lineno), problem=json_problem(error.msg)
        ) from None


def _one_or_lines(text: str, decoder: json.JSONDecoder) -> Any:
    """Decode one JSON value, or one record per line. Raises JSONDecodeError."""
    try:
        return decoder.decode(text)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        if error.msg != "Extra data" or error.lineno < 2 or not text.lstrip().startswith("{"):
            raise
        records = []
        for number, line in enumerate(lines):
            if line.strip():
                try:
                    records.append(decoder.decode(line))
                except json.JSONDecodeError as wrong:
                    at = sum(map(len, lines[:number])) + number + wrong.pos
                    raise json.JSONDecodeError(wrong.msg, text, at) from None
        return records


def read_yaml(text: str, shown: str, limits: Limits) -> list[Grid]:
    """Read every table of a YAML file; plain scalars have the types that they have in JSON. Raises EvidenceError."""
    source = yamlfile.parse(text, shown, _as_written)
    if source.findings:
        raise EvidenceError(source.findings)
    return _grids(source.data, shown, limits)


def _as_written(text: str, value: float) -> float:
    """Keep the spelling of a number: 012 is 12 in a number column, and `012` in a text column."""
    return value if str(value) == text or abs(value) >= _EXACT else DisplayedNumber.of(value, Spelled(text))


def _float(text: str) -> float | BadCell:
    value = float(text)
    return value if value - value == 0 else BadCell("cell-number", shown_text(text))


def _int(text: str) -> int | str:
    return int(text) if len(text) < 16 else text


def _grids(data: Any, shown: str, limits: Limits) -> list[Grid]:
    around: list[str] = []
    for _ in range(_WRAPPINGS):
        if not isinstance(data, dict) or not (inner := _wrapped(data)):
            break
        around += [key for key in data if key != inner]
        data = data[inner]
    if not isinstance(data, (list, dict)):
        raise EvidenceError.of("json-shape", Place(file=shown))
    tables: dict[str | None, Any] = {None: data} if isinstance(data, list) else dict(data)
    if any(isinstance(each, list) for each in tables.values()):
        beside = [key for key, each in tables.items() if key and not isinstance(each, (list, dict))]
        around += beside
        for key in beside:
            del tables[key]
    meter = Meter(shown, limits)
    if len(tables) > limits.sheets:
        raise meter.too_large("sheets", limits.sheets)
    grids = [_records_grid(name, records, shown, meter) for name, records in tables.items()]
    if around and grids:
        grids[0].say("json-around", keys=joined(quoted(shown_text(key)) for key in around[:12]))
    return grids


def _wrapped(data: Mapping[str, Any]) -> str | None:
    """Return the key that holds the records in the response of an API, beside a code, a message or a count:
    `{"code": 0, "data": […]}`. Returns None if each key is a table."""
    held = [key for key, value in data.items() if isinstance(value, (list, dict))]
    if len(held) == 1 and held[0].casefold() in _WRAPPERS and (len(data) > 1 or isinstance(data[held[0]], dict)):
        return held[0]
    return None


def _records_grid(name: str | None, records: Any, shown: str, meter: Meter) -> Grid:
    place = Place(file=shown, sheet=name)
    if not isinstance(records, list):
        raise EvidenceError.of("json-shape", place)
    if records and all(isinstance(record, list) for record in records):
        return _grid_of_rows(name, records, shown, meter)
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
        grid.rows.append([_json_cell(record.get(key), meter.limits.cell_chars) for key in keys])
    return _nested_marked(grid)


def _grid_of_rows(name: str | None, rows: list[list[Any]], shown: str, meter: Meter) -> Grid:
    """Build a grid from lists of cells, one of which is the header."""
    width = max(map(len, rows))
    if width > meter.limits.columns:
        raise meter.too_large("columns", meter.limits.columns, name)
    meter.add(sum(map(len, rows)), name)
    meter.spread(len(rows), width, sum(map(len, rows)), name)
    cells = [
        [_json_cell(value, meter.limits.cell_chars) for value in row] + [None] * (width - len(row)) for row in rows
    ]
    return _nested_marked(Grid(shown, name, cells))


def _nested_marked(grid: Grid) -> Grid:
    """List the bad cells of a grid in it, and return it."""
    grid.bad = [
        (row, column)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if type(cell) is BadCell
    ]
    return grid


def _json_cell(value: Any, limit: int) -> Any:
    if isinstance(value, str):
        if len(value) > limit:
            return BadCell("cell-too-long", shown_text(value, 40))
        if has_surrogates(value):
            return BadCell("cell-damaged", shown_text(without_surrogates(value)))
        return None if blank(value) else value
    if isinstance(value, (dict, list)):
        said = json.dumps(value, ensure_ascii=False)
        return (
            Nested(without_surrogates(said)) if len(said) <= limit else BadCell("cell-too-long", shown_text(said, 40))
        )
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _EXACT:
        return str(value)
    return value
