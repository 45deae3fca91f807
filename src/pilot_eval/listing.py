"""Findings and scores for other programs: CSV for a spreadsheet, SARIF for code-review tools."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from pilot_eval.errors import Finding, Severity
from pilot_eval.extensions import Exporter
from pilot_eval.messages import CATALOGUE
from pilot_eval.model import EvaluationRecord
from pilot_eval.text import Lang, Text

_HEADER = (
    Text(zh="级别", en="Severity"),
    Text(zh="代码", en="Code"),
    Text(zh="文件", en="File"),
    Text(zh="工作表", en="Sheet"),
    Text(zh="单元格", en="Cell"),
    Text(zh="值", en="Value"),
    Text(zh="问题", en="Problem"),
    Text(zh="怎么办", en="What to do"),
)

_SEVERITIES = {
    Severity.ERROR: Text(zh="错误", en="error"),
    Severity.WARNING: Text(zh="提醒", en="warning"),
    Severity.NOTE: Text(zh="说明", en="note"),
}


def harmless(cell: str) -> str:
    """Text that a spreadsheet won't take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def to_csv(findings: Iterable[Finding], lang: Lang) -> bytes:
    """A row for each finding; UTF-8 with a byte order mark, so that Excel and WPS read it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([header.in_(lang) for header in _HEADER])
    for each in findings:
        place = each.place
        cell = f"{place.column or ''}{place.row or place.line or ''}" or (place.field or "")
        row = [
            _SEVERITIES[each.severity].in_(lang), each.code, place.file or "", place.sheet or "", cell,
            each.value or "", each.message.in_(lang), each.hint.in_(lang),
        ]  # fmt: skip
        writer.writerow([harmless(text) for text in row])
    return stream.getvalue().encode("utf-8-sig")


def to_sarif(findings: Sequence[Finding], version: str, lang: Lang) -> dict[str, Any]:
    """SARIF 2.1.0. A cell is a logical location; its row is the line of the region."""
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
                        "version": version,
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


def scores_csv(record: EvaluationRecord, lang: Lang) -> bytes:
    """A row for each pilot: grade, total, bounds, coverage, and the points of every indicator it has."""
    ids = list(dict.fromkeys(i.id for a in record.assessments for i in a.indicators))
    labels = {band.id: band.label.in_(lang) for band in record.method.bands}
    head = [_COLUMNS[name].in_(lang) for name in _COLUMNS]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([*head, *ids])
    for each in record.assessments:
        points = {i.id: i.points for i in each.indicators}
        total = each.total
        row = [
            each.pilot.id, harmless(each.pilot.label.in_(lang)), each.pilot.base_type, each.pilot.tier.value,
            labels.get(each.grade or "", each.standing.value),
            *((total.points, total.low, total.high) if total else ("", "", "")),
            each.common.points if each.common else "", "" if each.coverage is None else each.coverage,
        ]  # fmt: skip
        writer.writerow([*row, *("" if points.get(id_) is None else points[id_] for id_ in ids)])
    return stream.getvalue().encode("utf-8-sig")


_COLUMNS = {
    "pilot": Text(zh="试点编号", en="Pilot"),
    "name": Text(zh="名称", en="Name"),
    "base_type": Text(zh="基地类型", en="Base type"),
    "tier": Text(zh="层级", en="Tier"),
    "grade": Text(zh="等级", en="Grade"),
    "total": Text(zh="总分", en="Total"),
    "low": Text(zh="下限", en="Low"),
    "high": Text(zh="上限", en="High"),
    "common": Text(zh="共性指标得分", en="Common indicators"),
    "coverage": Text(zh="覆盖率", en="Coverage"),
}
SCORES_CSV = Exporter("csv", ".csv", Text(zh="得分表（CSV）", en="Scores (CSV)"), scores_csv)
