"""Units that a plugin and a method declare, from the cells of a submission to the pages of a report."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pilot_eval import api
from pilot_eval.evidence.forms.blank import workbook
from pilot_eval.model import EvaluationRecord
from pilot_eval.record.files import load_record, record_files
from pilot_eval.report.explanation import explanation, explanation_lines
from pilot_eval.report.pages import render
from pilot_eval.text import LANGS, Lang
from tests.support import writers as w
from tests.support.units.depot import INDICATORS, UNITS, assessed, depot, indicator, registry, write_round
from tests.support.writers import Shown

FLEET = [["场地", "车辆数（辆）"], ["东", Shown(8, '0"辆"')], ["西", "约4辆"], ["南", "2个"]]
POWER = [["单位：兆瓦时"], ["电表", "用电量"], ["甲", 3], ["乙", "500千瓦时"], ["丙", "1.5兆瓦时"], ["丁", "200度"]]
LAND = [["地块", "面积（公顷）", "租金（万元）"], ["A", 1.2, 3], ["B", "3亩", 2]]


def files(fleet: Any = FLEET, power: Any = POWER, land: Any = LAND) -> dict[str, bytes]:
    return {
        "车辆.xlsx": w.by_xlsxwriter({"车辆": fleet}),
        "用电.csv": w.as_csv(power),
        "用地.xlsx": w.by_openpyxl({"用地": land}),
    }


def measured(record: EvaluationRecord) -> dict[str, float | None]:
    return {each.id: each.value for each in record.assessments[0].measures}


def codes(record: EvaluationRecord) -> list[str]:
    return [f"{each.code} {each.place.column or ''}{each.place.row or ''}" for each in record.assessments[0].findings]


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " "))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> EvaluationRecord:
    return assessed(write_round(tmp_path_factory.mktemp("depots"), files()))


def test_a_submission_is_read_scored_and_shown_in_units_of_ones_own(record: EvaluationRecord) -> None:
    assert measured(record) == {"vehicles": 14, "power_used": 5200, "area": 14_000, "rent": 50_000}
    converted = ["cell-converted B3", "header-unit A1", "header-unit B1", "header-unit C1"]
    assert sorted(codes(record)) == ["cell-approximate B3", *converted, "rows-above 1"]
    made = {each.id: (each.value, each.points) for each in record.assessments[0].indicators}
    assert made == {"车辆": (14, 17.5), "用电": (5.2, 16.25), "用地": (1.4, 14.58), "租金": (5, 12.5)}
    zh, en = (text_of(render(record, lang)["depot-1.html"]) for lang in LANGS)
    for said in ("14 辆", "5.2 兆瓦时 （= 5,200 千瓦时）", "1.4 公顷 （= 14,000 ㎡）", "5 万元", "（= 50,000 元）"):
        assert said in zh
    for said in ("14 vehicles", "5.2 MWh (= 5,200 kWh)", "1.4 hectares (= 14,000 ㎡)"):
        assert said in en


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "  换算：14,000 ㎡ = 1.4 公顷"), ("en", "  converted: 14,000 ㎡ = 1.4 hectares")]
)
def test_an_explanation_says_how_the_measure_was_converted(lang: Lang, said: str, record: EvaluationRecord) -> None:
    assert said in list(explanation_lines(explanation(record, "depot-1", "用地"), lang))
    assert not [line for line in explanation_lines(explanation(record, "depot-1", "车辆"), "zh") if "换算" in line]


def test_a_report_needs_the_record_alone(record: EvaluationRecord, tmp_path: Path) -> None:
    for name, data in record_files(record).items():
        path = tmp_path / "kept" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    kept = load_record(tmp_path / "kept" / "record.json", "record.json").whole
    assert [render(kept, lang) for lang in LANGS] == [render(record, lang) for lang in LANGS]


def test_a_record_without_units_can_still_be_read(record: EvaluationRecord) -> None:
    data = json.loads(record.model_dump_json())
    assert [each["id"] for each in data["method"].pop("units")] == ["辆", "千瓦时", "度", "兆瓦时", "公顷"]
    older = EvaluationRecord.model_validate(data)
    assert "14 辆" in text_of(render(older, "en")["depot-1.html"])  # by its id


def test_the_form_shows_the_units(tmp_path: Path) -> None:
    import io

    import openpyxl

    space = api.open_round(write_round(tmp_path, {}), registry())
    form = space.form(space.method.pilots[0])
    for lang, header in (("zh", "用电量（千瓦时）*"), ("en", "Used (kWh)*")):
        book = openpyxl.load_workbook(io.BytesIO(workbook(form, lang)))
        assert header in [cell.value for sheet in book for cell in sheet[1]]


def test_what_was_read_is_read_again_when_a_unit_changes(tmp_path: Path) -> None:
    power = [["电表", "用电量"], ["甲", "3捆"]]
    for factor in (2, 5):
        own = [*UNITS, {"id": "捆", "zh": "捆", "equals": {"千瓦时": factor}}]
        assert measured(assessed(write_round(tmp_path, files(power=power), own=own)))["power_used"] == 3 * factor


def test_bounds_growth_bonuses_and_targets_are_in_the_indicators_unit(tmp_path: Path) -> None:
    lines = [
        indicator("目标", "area", "公顷", 1, "land", rule={"target": {"baseline": 0, "target": 2}}),
        indicator("增长", "power_used", "兆瓦时", 100, "power", growth={}),
        *INDICATORS[2:],
    ]
    bonus = {"id": "B1", "zh": "加分", "measure": "rent", "unit": "万元", "points": 5, "rule": {"count": {"each": 0.5}}}
    sent = files(
        power=[["电表", "用电量"], ["甲", "4000多"]], land=[["地块", "面积", "租金"], ["A", "约15000", 60_000]]
    )
    folder = write_round(
        tmp_path, sent, lines=lines, bonuses=[{**bonus, "basis": {"kind": "illustrative"}}], bonus_cap=5
    )
    register = folder / "method" / "pilots.yaml"
    data = json.loads(register.read_text("utf-8"))
    data["pilots"][0] |= {"last": {"增长": 2.5}, "targets": {"目标": {"baseline": 0.5, "target": 2.5}}}
    register.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    record = assessed(folder)
    made = record.assessments[0]
    results = {each.id: each for each in made.indicators}
    assert (results["目标"].value, results["目标"].points) == (1.5, 12.5)
    assert (results["目标"].low, results["目标"].high) == (10.63, 14.38)  # 1.35 to 1.65 公顷: (x − 0.5) ÷ 2
    assert (results["增长"].value, results["增长"].last, results["增长"].growth) == (4, 2.5, 60)
    assert (made.bonuses[0].value, made.bonuses[0].unit, made.bonuses[0].points) == (6, "万元", 3)
    zh = text_of(render(record, "zh")["depot-1.html"])
    for said in ("1.5 公顷 （介于 1.35 公顷 与 1.65 公顷 之间） （= 15,000 ㎡）", "2.5 兆瓦时 → 4 兆瓦时", "6 万元"):
        assert said in zh


def test_few_people_are_hidden_in_whichever_unit(tmp_path: Path) -> None:
    own = [*UNITS, {"id": "十人", "zh": "十人", "en": "tens of people", "equals": {"人": 10}}]
    lines = [indicator("等候", "waiting", "十人", 10, "vehicles"), *INDICATORS[1:]]
    fleet = [["场地", "车辆数", "等候人数"], ["东", 8, 3]]
    record = assessed(write_round(tmp_path, files(fleet=fleet), own=own, lines=lines, min_cell=5))
    assert record.assessments[0].indicators[0].value == 0.3
    page = text_of(render(record, "en")["depot-1.html"])
    assert "fewer than 0.5 tens of people" in page
    assert "0.3 tens" not in page
    assert " = 3 " not in page


def test_the_plugins_units_need_not_be_declared_again(tmp_path: Path) -> None:
    space = api.open_round(write_round(tmp_path, files(), own=[], lines=[
        {**each, "points": 50} for each in INDICATORS[::3]
    ]), registry())  # fmt: skip
    assert [each.id for each in space.method.units.own] == ["辆", "千瓦时"]
    assert depot.units.own == space.method.units.own
