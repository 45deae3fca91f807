"""Findings for other programs: CSV for spreadsheets, SARIF for code-review tools."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from pilot_eval import __version__
from pilot_eval.errors import Finding, Severity
from pilot_eval.exports.csv_cells import escape_formula
from pilot_eval.messages import CATALOGUE
from pilot_eval.text import Lang, Words

_HEADER = (
    Words(zh="级别", en="Severity"),
    Words(zh="代码", en="Code"),
    Words(zh="文件", en="File"),
    Words(zh="工作表", en="Sheet"),
    Words(zh="单元格", en="Cell"),
    Words(zh="值", en="Value"),
    Words(zh="问题", en="Problem"),
    Words(zh="怎么办", en="What to do"),
)


def findings_csv(findings: Iterable[Finding], lang: Lang) -> bytes:
    """Return one row per finding, in UTF-8 with a byte order mark, so that Excel and WPS read it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([header.in_(lang) for header in _HEADER])
    for each in findings:
        place = each.place
        cell = f"{place.column or ''}{place.row or place.line or ''}" or (place.field or "")
        row = [
            each.severity.label.in_(lang), each.code, place.file or "", place.sheet or "", cell,
            each.value or "", each.message.in_(lang), each.hint.in_(lang),
        ]  # fmt: skip
        writer.writerow([escape_formula(text) for text in row])
    return stream.getvalue().encode("utf-8-sig")


def findings_sarif(findings: Sequence[Finding], lang: Lang) -> dict[str, Any]:
    """Return SARIF 2.1.0. A cell is a logical location; its row is the line of the region."""
    codes = sorted({each.code for each in findings})
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "pilot-eval",
                        "version": __version__,
                        "rules": [
                            {"id": code, "shortDescription": {"text": CATALOGUE[code].message.in_(lang)}}
                            for code in codes
                        ],
                    }
                },
                "results": [
                    {
                        "ruleId": each.code,
                        "ruleIndex": codes.index(each.code),
                        "level": levels[each.severity],
                        "message": {"text": _message(each, lang)},
                        "locations": [_location(each)],
                    }
                    for each in findings
                ],
            }
        ],
    }


def _message(each: Finding, lang: Lang) -> str:
    hint = each.hint.in_(lang)
    return f"{each.message.in_(lang)} → {hint}" if hint else each.message.in_(lang)


def _location(each: Finding) -> dict[str, Any]:
    place = each.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file or "")}}
    line = place.line or place.row
    if line:
        physical["region"] = {"startLine": line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.sheet or place.column or place.field:
        location["logicalLocations"] = [{"fullyQualifiedName": str(place)}]
    return location
