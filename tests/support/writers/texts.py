"""Writes a table as text: CSV, JSON, YAML, and a web page."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import yaml

from tests.support.writers.cells import Formula, Rows, Shown


def as_word(cell: Any) -> str:
    """A cell as it stands in a text file."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime() if not (cell.hour or cell.minute):
            return cell.date().isoformat()
        case Formula():
            return as_word(cell.value)
        case Shown():
            raise TypeError("a text file has no number formats")
    return str(cell)


def as_csv(
    rows: Rows,
    encoding: str = "utf-8",
    separator: str = ",",
    newline: str = "\r\n",
    *,
    mark: bytes = b"",
    quoted: bool = False,
    before: str = "",
    after: str = "",
) -> bytes:
    """CSV; `mark` is a byte order mark, `before` and `after` are text around the rows."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=separator, lineterminator=newline, quoting=quoting)
    writer.writerows([as_word(cell) for cell in row] for row in rows)
    return mark + (before + out.getvalue() + after).encode(encoding)


def as_json(rows: Rows, **options: Any) -> bytes:
    return json.dumps(records(rows), ensure_ascii=False, default=str, **options).encode()


def as_yaml(rows: Rows) -> bytes:
    return yaml.safe_dump(records(rows), allow_unicode=True, sort_keys=False).encode()


def records(rows: Rows) -> list[dict[str, Any]]:
    """Rows as records under the keys of the first row; an empty cell is left out."""
    keys, *body = rows
    return [
        {key: cell.isoformat() if isinstance(cell, date) else cell
         for key, cell in zip(keys, row, strict=False) if cell is not None}
        for row in body
    ]  # fmt: skip


def as_html(rows: Rows, encoding: str = "utf-8", head: str = "", *, spans: Mapping[tuple[int, int], str] = {}) -> bytes:
    """A web page with one table, which systems export as .xls; `spans` are attributes of cells."""
    lines = "".join(
        "<tr>" + "".join(_td(row, at, cell, spans) for at, cell in enumerate(cells)) + "</tr>\n"
        for row, cells in enumerate(rows)
    )
    page = f'<html><head><meta charset="{encoding}">{head}</head><body><table border=1>\n{lines}</table></body></html>'
    return page.encode(encoding)


def _td(row: int, at: int, cell: Any, spans: Mapping[tuple[int, int], str]) -> str:
    text = escape(as_word(cell)).replace("\n", "<br>") or "&nbsp;"
    return f"<td {spans.get((row, at), '')}>{text}</td>"
