"""The scores as CSV: one row per pilot."""

import csv
import io

from pilot_eval.exports.csv_cells import escape_formula
from pilot_eval.extensions import Exporter
from pilot_eval.model import EvaluationRecord
from pilot_eval.text import Lang, Words


def scores_csv(record: EvaluationRecord, lang: Lang) -> bytes:
    """Return one row per pilot: grade, total, bounds, coverage, and the points of each of its indicators.

    Those that a pilot alone has are not columns; the dimensions that they are below are.
    """
    alone = {each.pilot.id: {info.id for info in each.own_indicators} for each in record.assessments}
    shared = (i.id for a in record.assessments for i in a.indicators if i.id not in alone[a.pilot.id])
    own = [each.id for each in record.method.dimensions if each.own]
    ids = list(dict.fromkeys([*shared, *own]))
    labels = {band.id: band.label.in_(lang) for band in record.method.bands}
    types = {each.id: each.label.in_(lang) for each in record.base_types}
    head = [_COLUMNS[name].in_(lang) for name in _COLUMNS]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([*head, *ids])
    for each in record.assessments:
        points: dict[str, float | None] = {d.id: d.score.points for d in each.dimensions if d.id in own}
        points |= {i.id: i.points for i in each.indicators if i.id not in alone[each.pilot.id]}
        total = each.total
        row = [
            each.pilot.id, escape_formula(each.pilot.label.in_(lang)), escape_formula(types[each.pilot.base_type]),
            each.pilot.tier.label.in_(lang) if each.pilot.tier else "",
            labels.get(each.grade or "", record.standings[each.standing].in_(lang)),
            *((total.points, total.low, total.high) if total else ("", "", "")),
            each.common.points if each.common else "", "" if each.coverage is None else each.coverage,
        ]  # fmt: skip
        writer.writerow([*row, *("" if points.get(id_) is None else points[id_] for id_ in ids)])
    return stream.getvalue().encode("utf-8-sig")


_COLUMNS = {
    "pilot": Words(zh="试点编号", en="Pilot"),
    "name": Words(zh="名称", en="Name"),
    "base_type": Words(zh="基地类型", en="Base type"),
    "tier": Words(zh="层级", en="Tier"),
    "grade": Words(zh="等级", en="Grade"),
    "total": Words(zh="总分", en="Total"),
    "low": Words(zh="下限", en="Low"),
    "high": Words(zh="上限", en="High"),
    "common": Words(zh="共性指标得分", en="Common indicators"),
    "coverage": Words(zh="覆盖率", en="Coverage"),
}
SCORES_CSV = Exporter("csv", ".csv", Words(zh="得分表（CSV）", en="Scores (CSV)"), scores_csv)
