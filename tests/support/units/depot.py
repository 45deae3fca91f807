"""A base type with units of its own, and rounds of it whose method has more."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pilot_eval import api
from pilot_eval.model import EvaluationRecord
from pilot_eval.plugin import API, BaseType, Figure, Number, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.registry import PluginStatus, Registry

PERIOD = ("2018-01-01", "2018-12-31")
BASIS = {"kind": "illustrative"}

depot = BaseType("depot", zh="车场", en="Depots", api=API)
depot.unit("辆", zh="辆", en="vehicles", counted=True)
depot.unit("千瓦时", zh="千瓦时", en="kWh")


@depot.table(zh="车辆", en="Vehicles", name="vehicles")
class Fleet(Record):
    """The vehicles of one yard."""

    yard: Text = column(zh="场地", en="Yard")
    number: Number = column(zh="车辆数", en="Number", unit="辆", min=0, stock=True)
    waiting: Number = column(zh="等候人数", en="Waiting", unit="人", min=0, optional=True)


@depot.table(zh="用电", en="Power", name="power")
class Meter(Record):
    """What one meter read."""

    meter: Text = column(zh="电表", en="Meter")
    used: Number = column(zh="用电量", en="Used", unit="千瓦时", min=0)


@depot.table(zh="用地", en="Land", name="land")
class Plot(Record):
    """One plot of land."""

    plot: Text = column(zh="地块", en="Plot")
    area: Number = column(zh="面积", en="Area", unit="㎡", min=0)
    rent: Number = column(zh="租金", en="Rent", unit="元", min=0, optional=True)


@depot.measure(unit="辆", zh="车辆总数")
def vehicles(f: Fleet) -> Figure:
    """Vehicles of all yards."""
    return f.number.sum()


@depot.measure(unit="人", zh="等候人数")
def waiting(f: Fleet) -> Figure:
    """People waiting in all yards."""
    return f.waiting.sum()


@depot.measure(unit="千瓦时", zh="用电总量")
def power_used(m: Meter) -> Figure:
    """Power used by all meters."""
    return m.used.sum()


@depot.measure(unit="㎡", zh="总面积")
def area(p: Plot) -> Figure:
    """Area of all plots."""
    return p.area.sum()


@depot.measure(unit="元", zh="总租金")
def rent(p: Plot) -> Figure:
    """Rent of all plots."""
    return p.rent.sum()


UNITS = [
    {"id": "度", "zh": "度", "en": "kWh", "equals": {"千瓦时": 1}},
    {"id": "兆瓦时", "zh": "兆瓦时", "en": "MWh", "equals": {"千瓦时": 1000}},
    {"id": "公顷", "zh": "公顷", "en": "hectares", "equals": {"㎡": 10000}},
]


def indicator(id_: str, measure: str, unit: str, full: float, table: str, **more: Any) -> dict[str, Any]:
    """An indicator with as many points for a measure as it is of `full`."""
    given = {"id": id_, "zh": id_, "points": 25, "rule": {"linear": {"from": 0, "to": full}}, "basis": BASIS}
    return {**given, "measure": measure, "unit": unit, "direction": "up", "evidence": [table], **more}


INDICATORS = [
    indicator("车辆", "vehicles", "辆", 20, "vehicles"),
    indicator("用电", "power_used", "兆瓦时", 8, "power"),
    indicator("用地", "area", "公顷", 2.4, "land"),
    indicator("租金", "rent", "万元", 10, "land"),
]


@cache
def registry() -> Registry:
    status = PluginStatus("depot", "depot", "1", "depot", base_types=("depot",))
    return Registry([status], {"depot": compile_type(depot)})


def write_round(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    own: Any = UNITS,
    lines: Any = INDICATORS,
    min_cell: int = 0,
    bonuses: Any = (),
    **head: Any,
) -> Path:
    """Write a round of one depot, which submits these files."""
    method: dict[str, Any] = {
        "id": "depots", "version": "1.0.0", "zh": "车场办法", "basis": BASIS, "units": own, "indicators": [],
        "grades": [{"id": "ok", "zh": "合格", "min": 0}], "bases": [], "tiers": [], **head,
    }  # fmt: skip
    pilot = {"id": "depot-1", "zh": "一号车场", "base_type": "depot"}
    written = {
        "round.yaml": {"id": "r", "zh": "轮次", "period": {"from": PERIOD[0], "to": PERIOD[1]}}
        | ({"privacy": {"min_cell": min_cell}} if min_cell else {}),
        "method/method.yaml": method,
        "method/depot.yaml": {"base_type": "depot", "indicators": lines, "bonuses": list(bonuses)},
        "method/pilots.yaml": {"pilots": [pilot]},
        "submissions/depot-1/submission.yaml": {
            "pilot": "depot-1", "submitted_by": "某单位", "contact_office": "办公室", "submitted_on": "2019-01-10",
            "period": {"from": PERIOD[0], "to": PERIOD[1]},
        },
    }  # fmt: skip
    data = {name: json.dumps(each, ensure_ascii=False).encode() for name, each in written.items()}  # JSON is YAML
    for name, given in {**data, **{f"submissions/depot-1/{name}": each for name, each in files.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(given)
    (folder / "reviews").mkdir(exist_ok=True)
    return folder


def assessed(folder: Path) -> EvaluationRecord:
    return api.assess(api.open_round(folder, registry()))
