"""Where a recomputed record differs is said in words: which pilot, which indicator, what, from what to what."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pilot_eval import api
from pilot_eval.actions.differences import DETAILS, OF_A_PILOT, told
from pilot_eval.errors import Finding, Place, finding
from pilot_eval.model import EvaluationRecord
from pilot_eval.record.files import canonical
from tests.support.integrity.files import leaves

Data = dict[str, Any]


@pytest.fixture(scope="module")
def made(sound: Path) -> EvaluationRecord:
    return api.last_record(api.Round.open(sound))


def differing(made: EvaluationRecord, change: Callable[[Data], None]) -> list[Finding]:
    """What is told of a record that was changed."""
    data = json.loads(canonical(made))
    change(data)
    return told(EvaluationRecord.model_validate(data), made)


def of(data: Data, pilot: str) -> Data:
    found: Data = next(each for each in data["assessments"] if each["pilot"]["id"] == pilot)
    return found


def item(data: Data, pilot: str, id_: str) -> Data:
    found: Data = next(each for each in of(data, pilot)["indicators"] if each["id"] == id_)
    return found


def test_records_that_say_the_same_differ_in_nothing(made: EvaluationRecord) -> None:
    assert differing(made, lambda data: None) == []


def test_versions_that_are_not_installed_are_named_and_blamed_for_nothing(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        data["software"]["libraries"].update(polars="0.1", lost="1")
        next(each for each in data["base_types"] if each["id"] == "park")["version"] = "0.2"

    found = differing(made, change)
    assert [(each.code, each.severity.value) for each in found] == [("record-software-same", "note")] * 3
    texts = [each.message.en.partition(",")[0] for each in found]
    assert texts == [
        "polars: the record names version 0.1", "lost: the record names version 1",
        "pilot-eval-park: the record names version 0.2",
    ]  # fmt: skip


def test_what_is_listed_twice_or_with_another_size_is_named(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        data["assessments"].insert(0, of(data, "park-2"))
        of(data, "park-3")["indicators"].append(item(data, "park-3", "P2"))
        data["inputs"] += [each for each in data["inputs"] if each["path"] == "round.yaml"]
        next(each for each in data["inputs"] if each["path"] == "method/park.yaml")["size"] = 7

    found = {each.place.field or each.place.file: (each.code, each.message.en) for each in differing(made, change)}
    assert found["method/park.yaml"][0] == "hash-size"
    assert " 7 bytes" in found["method/park.yaml"][1]
    assert found["round.yaml"][0] == "input-twice"
    pilot = "pilot “Park pilot 2” (park-2)"
    assert found["assessments[park-2][2]"] == (
        "record-twice", f"the evaluation record lists {pilot} twice; it is not so on recomputing",
    )  # fmt: skip
    assert "indicator, “P2” twice" in found["assessments[park-3].indicators[P2][2]"][1]


def test_a_figure_is_told_with_its_pilot_its_indicator_and_its_unit(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        rate = item(data, "park-2", "P2")
        rate["value"], rate["points"] = 75.8, 11.37
        of(data, "park-2")["total"]["points"] = 80.0

    found = differing(made, change)
    assert [each.code for each in found] == ["record-differs"] * 3
    assert [each.place.field for each in found] == [
        "assessments[park-2].total.points",
        "assessments[park-2].indicators[P2].points",
        "assessments[park-2].indicators[P2].value",
    ]
    total, points, value = (each.message for each in found)
    now = next(each for each in made.assessments if each.pilot.id == "park-2")
    assert now.total is not None
    name, indicator = "试点“园区试点（二）”（park-2）", "指标“入驻率”（P2）"
    assert total.zh == f"{name}，总分：档案中为 80.00 分，重新计算为 {now.total.points:.2f} 分"
    assert points.zh == f"{name}，{indicator}，得分：档案中为 11.37 分，重新计算为 14.20 分"
    assert value.zh == f"{name}，{indicator}，测算值：档案中为 75.8%，重新计算为 94.67%"
    assert points.en == (
        "pilot “Park pilot 2” (park-2), indicator “Occupancy” (P2), score:"
        " recorded as 11.37 points, recomputed as 14.20 points"
    )


def test_a_difference_too_small_for_the_decimals_shown_is_shown_whole(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        item(data, "park-2", "P2")["points"] = 14.2001

    [said] = differing(made, change)
    assert said.message.en.endswith("score: recorded as 14.2001, recomputed as 14.2")


def test_grades_and_outcomes_are_told_by_their_names(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        own = of(data, "park-2")
        own["grade"], own["standing"] = None, "withheld"
        item(data, "park-2", "P2")["outcome"] = "missing"
        own["gates"][0]["state"] = "triggered"

    said = [each.message.zh.partition("）（park-2），")[2] or each.message.zh for each in differing(made, change)]
    grade = next(band.label.zh for band in made.method.bands if band.id == made.assessments[1].grade)
    text = "\n".join(said)
    assert f"等级：档案中为 无，重新计算为 {grade}" in text
    assert "定级情况：档案中为 暂不定级，重新计算为 已定级" in text
    assert "评分状态：档案中为 缺证据，重新计算为 已评分" in text
    assert "档案中为 已触发，重新计算为 未触发" in text


def test_findings_that_one_record_lacks_are_quoted(made: EvaluationRecord) -> None:
    more = finding("file-json", Place(file="submissions/park-2/x.json"), problem="?").model_dump(mode="json")

    def change(data: Data) -> None:
        own = of(data, "park-2")["findings"]
        own[:] = [*own[1:], more]
        data["findings"].append(more)

    found = [(each.code, each.message.en) for each in differing(made, change)]
    assert [code for code, _ in found] == ["record-finding-gone", "record-finding-new", "record-finding-gone"]
    assert "submissions/park-2/x.json: malformed JSON: ?" in found[0][1]
    assert found[2][1].startswith("the whole round: a finding in the record that was not found again")


def test_what_was_put_in_comes_first_and_software_that_differs_last(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        paths = [each["path"] for each in data["inputs"]]
        data["inputs"][paths.index("round.yaml")]["sha256"] = "0" * 64
        data["inputs"].append({"path": "reviews/zz.yaml", "sha256": "0" * 64, "size": 1})
        del data["inputs"][paths.index("method/park.yaml")]
        data["round"]["period_to"] = "2018-11-30"
        of(data, "park-2")["total"]["points"] -= 1
        data["comparison"]["across"]["ranks"][0]["rank"] = 2
        data["software"]["libraries"]["polars"] = "0.1"

    found = differing(made, change)
    assert [(each.code, each.place.file) for each in found][:3] == [
        ("input-new", "method/park.yaml"),
        ("hash-missing", "reviews/zz.yaml"),
        ("hash-differs", "round.yaml"),
    ]
    texts = [each.message.en for each in found][3:]
    assert texts[0].startswith("the round's settings, last day of the period: recorded as 2018-11-30")
    assert texts[1].startswith("pilot “Park pilot 2” (park-2), total")
    assert "rank: recorded as 2, recomputed as 1" in texts[2]
    assert found[-1].code == "record-software"
    assert "polars: the record names version 0.1" in found[-1].message.en


def test_bounds_and_sums_that_follow_are_counted(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        own = of(data, "park-2")
        for score in (item(data, "park-2", "P2"), own["total"], own["dimensions"][2]["score"], own["indicators_score"]):
            for key in ("points", "low", "high"):
                score[key] -= 1

    texts = [each.message.en for each in differing(made, change)]
    assert len(texts) == 3
    assert texts[2].endswith(
        "other places that differ: dimension: 3, indicator: 2, indicator total: 3, total: 2",
    )


def test_many_differences_do_not_drown_the_grades(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        for place, key in list(leaves(data["assessments"], lambda value: type(value) is float)):
            place[key] += 1

    found = differing(made, change)
    for pilot in ("online-2", "park-2", "park-3"):
        own = [each for each in found if f"[{pilot}]" in (each.place.field or "")]
        assert own[0].place.field == f"assessments[{pilot}].total.points"
        assert len(own) == 1 + OF_A_PILOT + 1
        assert own[-1].code == "record-differs-more"
    assert len(found) < DETAILS


def test_a_change_anywhere_is_told(made: EvaluationRecord) -> None:
    text = canonical(made).decode()
    chance = Random(7)  # noqa: S311
    count = 0
    while count < 150:
        data = json.loads(text)
        parts = ["round", "method", "base_types", "inputs", "assessments", "comparison", "findings"]
        found = list(leaves({part: data[part] for part in parts}, lambda value: not isinstance(value, (dict, list))))
        place, key = chance.choice(found)
        place[key] = place[key] + 1 if type(place[key]) in (int, float) else "x" if place[key] is None else None
        try:
            changed = EvaluationRecord.model_validate(data)
        except ValueError:
            continue  # it is no record any more, which is told
        count += 1
        for each in told(changed, made) or [None]:
            assert each is not None, (key, place)
            assert each.message.zh and each.message.en and each.place.file


def test_another_order_is_told(made: EvaluationRecord) -> None:
    assert differing(made, lambda data: data["assessments"].reverse()) != []
    assert differing(made, lambda data: data["inputs"].reverse()) != []
    assert differing(made, lambda data: of(data, "park-2")["findings"].reverse()) != []


def test_a_pilot_more_and_a_pilot_less_are_told(made: EvaluationRecord) -> None:
    def change(data: Data) -> None:
        del data["assessments"][0]
        data["assessments"][0]["pilot"]["id"] = "other"

    found = [(each.code, each.message.en) for each in differing(made, change)]
    assert (
        "record-pilot-new",
        "pilot “Park pilot 2” (park-2): assessed on recomputing, but not in the record",
    ) in found
    assert (
        "record-pilot-gone",
        "pilot “Park pilot 2” (other): in the record, but not assessed on recomputing",
    ) in found
