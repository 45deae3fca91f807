"""A small round whose figures are given directly: six cities, three measures, no plugin."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from pilot_eval import api
from pilot_eval.registry import Registry
from tests.support.asem import BASIS, write

CITIES = {"zz": "郑州", "kf": "开封", "ly": "洛阳", "xx": "新乡", "ay": "安阳", "jz": "焦作"}
HEADER = ("城市", "人均产值（万元）", "优良率", "投诉")
ROWS: list[tuple[Any, ...]] = [
    HEADER,
    ("郑州", 11.2, 68.5, 30),
    ("开封", 5.3, 71, 20),
    ("洛阳", 8.1, 70.2, 12),
    ("新乡", 5.6, 66, 25),
    ("安阳", 4.9, 64, 40),
    ("焦作", 6.3, 72, -1),
]
MEASURES: list[dict[str, Any]] = [
    {"id": "gdp", "zh": "人均产值", "en": "GDP per head", "unit": "万元"},
    {"id": "air", "zh": "优良率", "en": "Good air", "unit": "%"},
    {"id": "complaints", "zh": "投诉", "en": "Complaints", "unit": "件"},
]
INDICATORS: list[dict[str, Any]] = [
    {"id": "N1", "measure": "gdp", "points": 50, "direction": "up", "rule": {"minmax": {}}, "basis": BASIS},
    {"id": "N2", "measure": "air", "points": 30, "direction": "up", "rule": {"linear": {"from": 60, "to": 80}},
     "basis": BASIS},
    {"id": "N3", "measure": "complaints", "points": 20, "direction": "down",
     "rule": {"minmax": {"best": "lowest"}}, "basis": BASIS},
]  # fmt: skip
METHOD: dict[str, Any] = {
    "id": "cities", "version": "1.0.0", "zh": "城市指标", "basis": BASIS, "rounding": "total", "tiers": [], "bases": [],
    "grades": [{"id": "good", "zh": "好", "min": 60}, {"id": "rest", "zh": "其他", "min": 0}], "indicators": [],
}  # fmt: skip


def made_round(
    folder: Path,
    tables: Mapping[str, Sequence[Sequence[Any]] | bytes] = {"figures.csv": ROWS},
    *,
    own_type: Mapping[str, Any] = {},
    head: Mapping[str, Any] = {},
    pilots: Mapping[str, Mapping[str, Any]] = {},
) -> Path:
    """Write a round with files in the folder of the base type `cities`, or, for a name with a slash, another one."""
    write(folder / "method" / "method.yaml", {**METHOD, **head})
    spec = {"base_type": "cities", "zh": "城市", "measures": MEASURES, "indicators": INDICATORS, **own_type}
    write(folder / "method" / "cities.yaml", spec)
    register = [{"id": id_, "zh": zh, "base_type": "cities", **pilots.get(id_, {})} for id_, zh in CITIES.items()]
    write(folder / "method" / "pilots.yaml", {"pilots": register})
    write(folder / "round.yaml", {"id": "r", "zh": "轮次", "period": {"from": "2018-01-01", "to": "2018-12-31"}})
    for name, rows in tables.items():
        path = folder / "submissions" / (name if "/" in name else f"cities/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rows if isinstance(rows, bytes) else as_text(rows))
    return folder


def as_text(rows: Sequence[Sequence[Any]]) -> bytes:
    return "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows).encode()


def as_parquet(rows: Sequence[Sequence[Any]]) -> bytes:
    stream = io.BytesIO()
    header, *body = rows
    pl.DataFrame(body, schema=[str(each) for each in header], orient="row").write_parquet(stream)
    return stream.getvalue()


def opened(folder: Path) -> api.Workspace:
    """Open a round without any plugin."""
    return api.open_round(folder, Registry())


def found(folder: Path) -> dict[str, list[str]]:
    """The codes of the errors and warnings, by pilot, or by `cities` for those about no pilot."""
    return {
        name: [each.code for each in gathered.intake.findings if each.severity != "note"]
        for name, gathered in api.check(opened(folder)).items()
    }


def totals(folder: Path, engine: Any = None) -> dict[str, float | None]:
    """The total of each pilot."""
    record = api.assess(opened(folder), engine)
    return {each.pilot.id: each.total.points if each.total else None for each in record.assessments}


BY_HAND = {
    id_: round(50 * (gdp - 4.9) / (11.2 - 4.9) + 30 * (air - 60) / 20 + 20 * (40 - complaints) / 41, 2)
    for id_, (_, gdp, air, complaints) in zip(CITIES, ROWS[1:], strict=True)
}
