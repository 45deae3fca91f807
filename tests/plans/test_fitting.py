"""Lines of a plan, as workbook, CSV and YAML, against the method: each mistake with its cell or its line."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pilot_eval_park
import pytest

from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.method.schema import Method
from pilot_eval.plans.fitting import fitted
from pilot_eval.plans.given import GivenPlan, ReadPlan, given_yaml
from pilot_eval.plugin.compiling import Compiled, compile_type
from pilot_eval.registry import discover
from tests.support.plans import HEADER, PLAN, Row, write, write_plan, write_round


@cache
def park() -> Compiled:
    return compile_type(pilot_eval_park.park)


@pytest.fixture(scope="module")
def method(tmp_path_factory: pytest.TempPathFactory) -> Method:
    return discover().method(write_round(tmp_path_factory.mktemp("round"), plan=None, results=None) / "method")


def given_in(path: Path) -> GivenPlan:
    """Read a table file as the child process does."""
    out = path.with_suffix(".json")
    ReadPlan(path, path.name, Limits(), out, {}).run(lambda file: None)
    return GivenPlan.model_validate_json(out.read_bytes())


def mistakes(given: GivenPlan, method: Method) -> list[tuple[str, str]]:
    _, findings = fitted(given.lines, method, park(), ["产出"])
    return [(each.code, str(each.place).rpartition("]:")[2]) for each in findings]


def changed(rows: Mapping[int, Mapping[str, object]]) -> list[Row]:
    names = ("area", "part", "line", "target", "points", "measure")
    made = [dict(zip(names, row, strict=True)) | dict(rows.get(at, {})) for at, row in enumerate(PLAN)]
    return [tuple(row.values()) for row in made]


def test_a_workbook_as_such_forms_are_written(tmp_path: Path, method: Method) -> None:
    write_plan(tmp_path / "plan.xlsx", [*PLAN, ("合计", None, None, None, 90, None)])
    given = given_in(tmp_path / "plan.xlsx")
    lines, findings = fitted(given.lines, method, park(), ["产出"])
    assert findings == []
    assert [(line.id, line.dimension, line.points) for line in lines][-2:] == [
        ("长效机制", "效益", 20),
        ("企业满意度", "满意度", 10),
    ]
    assert [line.id for line in lines if line.rated] == ["长效机制"]
    assert [line.id for line in lines if line.reported] == [row[2] for row in PLAN[1:6]] + ["企业满意度"]


def test_a_plan_as_csv(tmp_path: Path, method: Method) -> None:
    areas = [*["产出指标"] * 5, *["效益指标"] * 2, "满意度"]
    rows = [(area, *row[1:]) for area, row in zip(areas, PLAN, strict=True)]
    text = "\n".join(",".join(str(cell or "") for cell in row) for row in (HEADER, *rows))
    write(tmp_path / "plan.csv", text)
    lines, findings = fitted(given_in(tmp_path / "plan.csv").lines, method, park(), ["产出"])
    assert (len(lines), findings) == (8, [])


def test_every_mistake_in_a_workbook_is_told_at_once(tmp_path: Path, method: Method) -> None:
    rows = changed(
        {
            0: {"measure": "trainings"},
            1: {"target": "不少于八十家"},
            2: {"line": "培训场次"},
            3: {"line": "产出"},
            4: {"points": None},
            5: {"points": -5},
            6: {"measure": "trainings_held"},
            7: {"area": "满意"},
        }
    )
    write_plan(tmp_path / "plan.xlsx", rows)
    assert mistakes(given_in(tmp_path / "plan.xlsx"), method) == [
        ("plan-unknown", "F3"), ("plan-wrong", "D4"), ("plan-line-twice", "C5"), ("plan-name-taken", "C6"),
        ("plan-missing", "E7"), ("plan-wrong", "E8"), ("plan-wrong", "F9"), ("plan-unknown", "B10"),
    ]  # fmt: skip


def test_points_add_up(tmp_path: Path, method: Method) -> None:
    write_plan(tmp_path / "plan.xlsx", changed({0: {"points": 14}}))
    assert mistakes(given_in(tmp_path / "plan.xlsx"), method) == [("plan-points", "E3")]
    write_plan(tmp_path / "less.xlsx", PLAN[:-1])
    assert mistakes(given_in(tmp_path / "less.xlsx"), method) == [("plan-points", "less.xlsx[绩效目标表]")]


def test_a_file_without_the_columns_and_a_broken_one(tmp_path: Path) -> None:
    write_plan(tmp_path / "plan.xlsx", PLAN, header=("甲", "乙", "丙", "丁", "戊", "己"))
    assert [each.severity.value for each in given_in(tmp_path / "plan.xlsx").findings] == ["error"]
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    made = given_in(tmp_path / "broken.xlsx")
    assert (made.lines, [each.place.file for each in made.findings]) == ((), ["broken.xlsx"])


REST = (
    "  - {dimension: 效益, name: 乙, target: 建成, points: 30}\n"
    "  - {dimension: 满意度, name: 丙, target: 90%, points: 10}\n"
)


def in_yaml(lines: str) -> GivenPlan:
    return given_yaml(f"pilot: park-1\nlines:\n{lines}{REST}", "p.yaml")


def test_weights_divide_what_points_leave_and_baselines_are_kept(method: Method) -> None:
    lines = "".join(
        f"  - {{dimension: 产出, {each}}}\n"
        for each in (
            "name: 甲1, target: ≥80 家, baseline: 60 家, weight: 3",
            "name: 甲2, target: ≤2 万元, baseline: 3, weight: 1",
            "name: 甲3, target: 2018 年底建成, in_words: true, points: 10",
            "name: 甲4, target: 30000 元, measure: budget_execution, points: 10",
        )
    )
    assert mistakes(in_yaml(lines), method) == [("plan-wrong", "p.yaml:6:lines.3.target")]  # 元 is no %
    made, findings = fitted(in_yaml(lines.replace("30000 元", "95%")).lines, method, park(), [])
    assert findings == []
    assert [line.points for line in made] == [22.5, 7.5, 10, 10, 30, 10]
    assert [line.goal.baseline if line.goal else None for line in made[:3]] == [60, 3, None]


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ("{name: 甲, target: 12, points: 50}", "plan-missing", ""),
        ("{dimension: 产出, name: 甲, target: 0, points: 50}", "plan-wrong", ".target"),
        ("{dimension: 产出, name: 甲, target: ≤-1, points: 50}", "plan-wrong", ".target"),
        ("{dimension: 产出, name: 甲, target: ≥12, baseline: 12, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: ≤12, baseline: 3, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: ≥12, baseline: 约3, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: ≥12 场, baseline: 无, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: ≥12, baseline: 无, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: =12, baseline: 3, points: 50}", "plan-wrong", ".baseline"),
        ("{dimension: 产出, name: 甲, target: 12, points: 50, weight: 1}", "plan-missing", ".points"),
        ("{dimension: 产出, name: '', target: 12, points: 50}", "plan-wrong", ".name"),
        ("{dimension: 产出, name: 甲, target: 12 天, measure: trainings_held, points: 50}", "plan-wrong", ".target"),
    ],
)
def test_mistakes_in_yaml(line: str, code: str, key: str, method: Method) -> None:
    assert mistakes(in_yaml(f"  - {line}\n"), method) == [(code, f"p.yaml:3:lines.0{key}")]


def test_an_unknown_key_is_told_with_its_line() -> None:
    made = in_yaml("  - {dimension: 产出, name: 甲, target: 12, points: 50, unit: 场}\n")
    assert [(each.code, each.place.line) for each in made.findings] == [("yaml-unknown-key", 3)]
    assert made.lines == ()
