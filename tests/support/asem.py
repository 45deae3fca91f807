"""The ASEM index as a method without a plugin: its figures are given directly, one row per country."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

ASEM = ROOT / "tests" / "data" / "asem"
FIGURES = ASEM / "coin_treated.csv"
BASIS = {"kind": "illustrative"}


def rows_of(name: str) -> list[dict[str, str]]:
    with (ASEM / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def write_method(folder: Path, aggregate: str, weights: Mapping[str, float] | None = None) -> None:
    """Write the method: min-max from 1 to 100 among all countries, put together in the same way at every level.

    Out of 10,000 points, so that what is rounded to 9 decimals is exact enough at every level.
    """
    meta = rows_of("asem_imeta.csv")
    weight = {each["iCode"]: float(each["Weight"]) for each in meta if each["Weight"]} | dict(weights or {})
    [root] = [each["iCode"] for each in meta if each["Type"] == "Aggregate" and not each["Parent"]]
    dimensions = [
        {"id": each["iCode"], "zh": each["iName"], "weight": weight[each["iCode"]], "aggregate": aggregate}
        | ({} if each["Parent"] == root else {"within": each["Parent"]})
        for each in meta if each["Type"] == "Aggregate" and each["iCode"] != root
    ]  # fmt: skip
    indicators = [each for each in meta if each["Type"] == "Indicator"]
    write(
        folder / "method.yaml",
        {
            "id": "asem", "version": "1.0.0", "zh": "亚欧可持续互联指数", "en": "ASEM connectivity", "basis": BASIS,
            "aggregate": aggregate, "decimals": 9, "rounding": "total", "points": 10_000, "tiers": [], "bases": [],
            "dimensions": dimensions, "grades": [{"id": "all", "zh": "全部", "min": 0}], "indicators": [],
        },
    )  # fmt: skip
    write(
        folder / "countries.yaml",
        {
            "base_type": "countries", "zh": "国家", "en": "Countries", "key": ["uCode"],
            "measures": [{"id": each["iCode"], "zh": each["iName"], "unit": "分"} for each in indicators],
            "indicators": [_indicator(each, weight[each["iCode"]]) for each in indicators],
        },
    )  # fmt: skip
    countries = [each["uCode"] for each in rows_of("coin_treated.csv")]
    pilots = [{"id": code.lower(), "zh": code, "base_type": "countries"} for code in countries]
    write(folder / "pilots.yaml", {"pilots": pilots})


def _indicator(meta: Mapping[str, str], weight: float) -> dict[str, Any]:
    up = meta["Direction"] == "1"
    rule = {"floor": 0.01, "best": "highest" if up else "lowest"}
    return {
        "id": meta["iCode"], "dimension": meta["Parent"], "measure": meta["iCode"], "weight": weight,
        "direction": "up" if up else "down", "rule": {"minmax": rule}, "basis": BASIS,
    }  # fmt: skip


def write(path: Path, data: object) -> None:
    """Write data as JSON, which is YAML too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
