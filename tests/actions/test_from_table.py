"""A round made of a table of figures, and an index with published results: through the public doors, no plugin."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.actions.from_table import measures_from, pilot_ids
from pilot_eval.evidence.intake.outline import ColumnOutline, Outline
from pilot_eval.registry import Registry
from tests.conftest import Run
from tests.support.asem import FIGURES, rows_of, write_method
from tests.support.given import ROWS, as_parquet, as_text, opened
from tests.support.writers import by_openpyxl


def column(name: str, unit: str | None = None) -> ColumnOutline:
    return ColumnOutline(header=name, name=name, unit=unit, numbers=True)


def test_a_table_becomes_a_round_that_can_be_assessed_at_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "城市.xlsx"
    said = ("城市", "人均产值（万元）", "上年人均产值", "优良率", "主导产业")
    figures = [(row[0], row[1], row[1] - 1, f"{row[2]}%", "制造业") for row in ROWS[1:]]
    file.write_bytes(by_openpyxl({"数据": [["城市指标"], said, *figures]}))
    done = run("new", tmp_path / "r", "--from", file)
    assert done.returncode == 0, done.stderr
    assert "6 units" in done.stdout
    checked = run("check", tmp_path / "r", "--json")
    assert checked.returncode == 0, checked.stdout
    assert {each["severity"] for each in json.loads(checked.stdout)} <= {"note", "warning"}
    assert run("assess", tmp_path / "r").returncode == 0
    space = opened(tmp_path / "r")
    [given] = space.method.given.values()
    assert [(each.id, each.unit, each.last) for each in given.measures] == [
        ("人均产值", "万元", ()), ("优良率", "%", None),
    ]  # fmt: skip
    assert [(each.points, each.basis.kind, each.label.zh) for each in space.method.by_type["units"]] == [
        (50, "illustrative", "人均产值"), (50, "illustrative", "优良率"),
    ]  # fmt: skip
    record = api.last_record(space.round)
    best = max(record.assessments, key=lambda each: each.total.points if each.total else 0)
    assert best.pilot.label.zh == "郑州"
    assert (tmp_path / "r" / "results" / "en" / "index.html").is_file()


def test_what_pilots_are_compared_with_is_frozen_and_found_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(as_text(ROWS))
    assert run("new", tmp_path / "r", "--from", tmp_path / "a.csv").returncode == 0
    assert run("assess", tmp_path / "r").returncode == 0
    assert run("replay", tmp_path / "r").returncode == 0
    part = next((tmp_path / "r" / "results" / "record").glob("*.json"))
    record = json.loads(part.read_text("utf-8"))
    record["assessment"]["indicators"][0]["peers"]["mean"] += 1
    part.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    done = run("replay", tmp_path / "r")
    assert done.returncode == 1
    assert "record-differs" in done.stderr


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["姓名", "得分"], ["张三", 5], ["李四", 6]], "table-of-persons"),
        ([["单位", "身份证号", "得分"], ["甲", "x", 5]], "table-of-persons"),
        ([["单位", "得分"], ["甲", 5], ["甲", 6]], "unit-twice"),
        ([["单位", "简介"], ["甲", "很好"], ["乙", "也好"]], "table-no-figures"),
        ([["单位"], ["甲"]], "table-no-figures"),
        ([["单位", "号码"], ["甲", "11010519491231002X"], ["乙", 1]], "cell-identity"),
    ],
)
def test_what_is_no_table_of_figures_is_refused(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(as_text(rows))
    with pytest.raises(api.EvidenceError) as raised:
        api.new_round(tmp_path / "r", "", "en", Registry(), None, file)
    assert code in {each.code for each in raised.value.findings}
    assert not (tmp_path / "r").exists()


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.4")
    with pytest.raises(api.EvidenceError) as raised:
        api.new_round(tmp_path / "r", "", "en", Registry(), None, tmp_path / "a.xlsx")
    assert [each.code for each in raised.value.findings] == ["file-is"]


def test_ids_are_made_of_names_where_they_can_be() -> None:
    assert pilot_ids(["AUT", "Hong Kong", "郑州", "aut", "units", "7th"]) == [
        "aut", "hong-kong", "row-3", "row-4", "row-5", "row-6",
    ]  # fmt: skip
    names = ["GDP per head", "2018年产值", "unit", "产值（上年）", "产值", "产值目标", "%%", "GDP-per-head"]
    made = measures_from(Outline(columns=tuple(map(column, names))), {"产值_2"})
    assert [each.id for each in made] == [
        "GDP_per_head", "m_2018年产值", "unit_2", "产值_上年", "产值", "m", "GDP_per_head_2",
    ]  # fmt: skip
    assert made[4].target == ()


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("figures.csv", lambda rows: as_text(rows)),
        ("figures.xlsx", lambda rows: by_openpyxl({"ASEM": rows})),
        ("figures.parquet", as_parquet),
    ],
)
def test_a_published_index_is_as_published_without_a_plugin(
    tmp_path: Path, name: str, write: Callable[[list[tuple[object, ...]]], bytes]
) -> None:
    """new → check → assess → record: every level of the ASEM index is as COINr 1.1.14 has it."""
    write_method(tmp_path / "method", "geometric")
    api.new_round(tmp_path / "r", str(tmp_path / "method"), "en", Registry())
    given = rows_of(FIGURES.name)
    rows = [tuple(given[0]), *(tuple(_number(cell) for cell in each.values()) for each in given)]
    (tmp_path / "r" / "submissions" / "countries" / name).write_bytes(write(rows))
    space = opened(tmp_path / "r")
    record = api.assess(space)
    assert not any(each.findings for each in (record, *record.assessments))
    api.publish(space.round, record, space.registry)
    made = api.last_record(space.round)
    published = {each["uCode"]: each for each in rows_of("agg_geom_minmax1_100.csv")}
    nodes = {each.id: each.points for each in record.method.dimensions}
    assert len(made.assessments) == 51
    for each in made.assessments:
        expected = published[each.pilot.label.zh]
        levels = {"Index": each.total.points / 100 if each.total else None}
        levels |= {node.id: node.score.points / nodes[node.id] * 100 for node in each.dimensions}
        assert levels == pytest.approx({name: float(expected[name]) for name in levels}, abs=1e-9), each.pilot.id


def _number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell
