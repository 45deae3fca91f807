"""Rounds of three parks whose method is written as a ministry publishes one: a few lines, ids in Chinese."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.support.rounds.smaller import keep

PARKS = ("park-1", "park-2", "park-3")
FILES = ("method.yaml", "park.yaml", "pilots.yaml")
BASIS = {"kind": "illustrative"}


def line(id_: str, points: float, rule: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """An indicator of a sheet."""
    return {"id": id_, "zh": id_, "points": points, "rule": dict(rule), "basis": BASIS} | more


def measured(
    id_: str, points: float, rule: Mapping[str, Any], measure: str, unit: str, *tables: str, **more: Any
) -> Any:
    """An indicator of a sheet that is computed from evidence."""
    return line(id_, points, rule, measure=measure, unit=unit, direction="up", evidence=list(tables)) | more


VENUE = measured("场地", 40, {"linear": {"from": 0, "to": 200}}, "occupancy", "%", "space")
EVENTS = measured("活动", 60, {"count": {"each": 2}}, "service_events", "场", "events")


def with_sheet(folder: Path, *lines: Mapping[str, Any], **head: Any) -> Path:
    """The example's parks with these lines as the whole method."""
    keep(folder, *PARKS)
    method = folder / "method"
    given, park, register = (yaml.safe_load((method / name).read_text("utf-8")) for name in FILES)
    for path in method.glob("*.yaml"):
        path.unlink()
    for each in ("dimensions", "gates", "bonuses", "deductions", "bonus_cap", "deduction_cap"):
        given.pop(each)
    given |= {"indicators": [], **head}
    park["indicators"] = list(lines)
    for pilot in register["pilots"]:
        pilot.pop("targets", None)
    for name, data in zip(FILES, (given, park, register), strict=True):
        (method / name).write_text(json.dumps(data, ensure_ascii=False), "utf-8")  # JSON is YAML
    for path in folder.glob("reviews/*"):
        path.unlink()
    return folder


def review(folder: Path, pilot: str, **decided: Any) -> None:
    """Write a pilot's review."""
    text = yaml.safe_dump({"pilot": pilot, "reviewed_by": "评审组", **decided}, allow_unicode=True, sort_keys=False)
    (folder / "reviews" / f"{pilot}.yaml").write_text(text, "utf-8")
