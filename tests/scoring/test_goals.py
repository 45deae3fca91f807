"""Last year's figures, baselines and targets that stand in the table beside the figures."""

from pathlib import Path
from typing import Any

import pytest

from pilot_eval import api
from pilot_eval.measures.engines import DuckEngine, Engine, PolarsEngine
from tests.method.test_given import AIMED, GROWN
from tests.support.given import MEASURES, made_round, opened

HEADER = ("城市", "人均产值", "人均产值（上年，万元）", "优良率", "优良率基线", "优良率（目标）")
OWN = {
    "measures": [MEASURES[0] | {"last": ["人均产值（上年，万元）"]}, MEASURES[1] | {"baseline": True, "target": True}],
    "indicators": [GROWN, AIMED],
}


def results(folder: Path, engine: Engine) -> dict[str, tuple[Any, ...]]:
    record = api.assess(opened(folder), engine)
    return {each.pilot.id: tuple(item.points for item in each.indicators) for each in record.assessments}


@pytest.mark.parametrize("engine", [PolarsEngine(), DuckEngine()])
def test_growth_and_progress_are_measured_on_the_tables_own_columns(tmp_path: Path, engine: Engine) -> None:
    rows = [
        HEADER,
        ("郑州", 10.5, 10, 70, 60, 90),
        ("开封", 11, 10, 70, None, None),  # the rule's own: 60 to 80
        ("洛阳", 11, None, 70, 65, None),
        ("新乡", 9, 10, 70, None, 65),
        ("安阳", 10.2, 10, 70, 80, 60),  # the other way round
    ]
    folder = made_round(tmp_path, {"a.csv": "\n".join(_line(row) for row in rows).encode()}, own_type=OWN)
    found = results(folder, engine)
    assert found["zz"] == pytest.approx((25, 50 / 3))
    assert found["kf"] == pytest.approx((50, 25))
    assert found["ly"] == (None, pytest.approx(50 / 3))
    assert found["xx"] == pytest.approx((0, 50))
    assert found["ay"] == (pytest.approx(10), None)
    said = {name: [each.code for each in one.intake.findings] for name, one in api.check(opened(folder)).items()}
    assert "goal-turned" in said["ay"]
    assert not any("goal-turned" in said[name] for name in ("zz", "kf", "ly", "xx"))
    by_pilot = {each.pilot.id: each for each in api.assess(opened(folder), engine).assessments}
    growth, aim = by_pilot["zz"].indicators
    assert (growth.last, growth.growth, aim.baseline, aim.target) == (10, pytest.approx(5), 60, 90)


def _line(row: tuple[Any, ...]) -> str:
    return ",".join("" if cell is None else f'"{cell}"' for cell in row)
