"""Writes an XML spreadsheet of 2003."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.support.writers.cells import Formula, Raw, Rows, Shown

_SS = "urn:schemas-microsoft-com:office:spreadsheet"


def as_xml2003(
    sheets: Mapping[str, Rows],
    *,
    encoding: str = "UTF-8",
    author: str = "",
    prefix: str = "",
    cells: Mapping[tuple[int, int], str] = {},
    rows_xml: Mapping[int, str] = {},
    columns: str = "",
    options: str = "",
    before: str = "",
) -> bytes:
    """An XML spreadsheet as Excel and many systems write it; `cells` are further attributes by (row, column) from 1.

    Blank cells are left out and the next one says its index. `rows_xml` are attributes of rows by number.
    """
    styles: dict[str, str] = {}
    pages = "".join(
        f"<Worksheet ss:Name={quoteattr(name)}><Table>{columns}"
        + "".join(
            f"<Row {rows_xml.get(row, '')}>{_xml_cells(row, line, cells, styles)}</Row>\n"
            for row, line in enumerate(rows, 1)
        )
        + f"</Table>{options}</Worksheet>"
        for name, rows in sheets.items()
    )
    made = "".join(
        f'<Style ss:ID="{id}"><NumberFormat ss:Format={quoteattr(code)}/></Style>' for code, id in styles.items()
    )
    spaces = f'xmlns="{_SS}" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:ss="{_SS}"'
    spaces += ' xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40"'
    about = f"<o:DocumentProperties><o:Author>{escape(author)}</o:Author></o:DocumentProperties>"
    text = f"<Workbook {spaces}>\n{about}{before}<Styles>{made}</Styles>{pages}</Workbook>\n"
    if prefix:
        text = re.sub(r"<(/?)(?=[A-Z])", rf"<\1{prefix}", text).replace(f'xmlns="{_SS}" ', "")
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'.encode(encoding)


def _xml_cells(row: int, line: Sequence[Any], cells: Mapping[tuple[int, int], str], styles: dict[str, str]) -> str:
    made, last = "", 0
    for column, cell in enumerate(line, 1):
        if cell is None and (row, column) not in cells:
            continue
        said = cells.get((row, column), "") + (f' ss:Index="{column}"' if column != last + 1 else "")
        last = column
        if isinstance(cell, Shown):
            said += f' ss:StyleID="{styles.setdefault(str(cell.format), f"s{len(styles) + 1}")}"'
        if isinstance(cell, Formula):
            said += f" ss:Formula={quoteattr(cell.text)}"
        made += f"<Cell{said}>{_xml_data(cell)}</Cell>"
    return made


def _xml_data(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case Raw():
            return cell.xml
        case bool():
            return f'<Data ss:Type="Boolean">{cell:d}</Data>'
        case int() | float():
            return f'<Data ss:Type="Number">{cell!r}</Data>'
        case Shown():
            return _xml_data(cell.value)
        case Formula():
            return _xml_data(cell.value)
        case date():
            moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
            return f'<Data ss:Type="DateTime">{moment:%Y-%m-%dT%H:%M:%S}.000</Data>'
        case str() if cell.startswith("#"):
            return f'<Data ss:Type="Error">{cell}</Data>'
    return f'<Data ss:Type="String">{escape(cell).replace(chr(10), "&#10;")}</Data>'
