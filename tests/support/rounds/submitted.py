"""Rounds of submissions made for a test, each assessed in one run without reports."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pilot_eval import api
from pilot_eval.model import Assessment
from tests.conftest import ROOT

METHOD = ROOT / "indicators" / "zhengzhou-2018"
Period = tuple[str, str]
YEAR: Period = ("2018-01-01", "2018-12-31")

_REGISTERED = "  - {{id: {id}, zh: {id}, en: {id}, base_type: {base_type}, tier: local, basis: inferred}}"
_SETTINGS = "id: submitted\nzh: 试验\nen: trial\nperiod: {{from: {0}, to: {1}}}\nmethod: method\n"
_INFORMATION = """\
pilot: {id}
submitted_by: 某单位
contact_office: 办公室
submitted_on: {on}
period: {{from: {period[0]}, to: {period[1]}}}
statements: {{registered: true, serious_violation: false, evidence_true: true}}
nothing_to_report: [{nothing}]
"""
ABSENT = ("table-missing", "table-not-sent", "submission-late", "submission-early")
"""What codes begin with that are about tables that weren't sent, or about the day: no file is accused by them."""


@dataclass(frozen=True)
class Sent:
    """A pilot's submission: its files by name, the period that it is about, and the tables that it says are empty."""

    id: str
    base_type: str
    files: Mapping[str, bytes]
    period: Period = YEAR
    nothing: tuple[str, ...] = ()


def assessed(folder: Path, sent: Iterable[Sent], period: Period = YEAR) -> dict[str, Assessment]:
    """The assessments of submissions, as pilots of one round that is written to `folder`."""
    shutil.copytree(METHOD, folder / "method")
    (folder / "reviews").mkdir()
    (folder / "round.yaml").write_text(_SETTINGS.format(*period), "utf-8")
    pilots = ["pilots:"]
    for each in sent:
        pilots.append(_REGISTERED.format(id=each.id, base_type=each.base_type))
        on = date.fromisoformat(period[1]) + timedelta(days=20)
        told = _INFORMATION.format(id=each.id, on=on, period=each.period, nothing=", ".join(each.nothing))
        for name, data in {"submission.yaml": told.encode(), **each.files}.items():
            path = folder / "submissions" / each.id / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    (folder / "method" / "pilots.yaml").write_text("\n".join(pilots) + "\n", "utf-8")
    return {each.pilot.id: each for each in api.assess(api.open_round(folder)).assessments}
