"""Score sheets as they are published: they go in as they stand, and come out in every file and page."""

import csv
import io
import re
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.errors import MethodError
from pilot_eval.model import EvaluationRecord
from pilot_eval.record.files import canonical
from pilot_eval.report import render
from pilot_eval.report.explanation import explanation, explanation_lines
from pilot_eval.text import LANGS, Lang
from tests.support.methods import edit
from tests.support.rounds.published import EVENTS, VENUE, line, review, with_sheet
from tests.support.rounds.smaller import keep


def said_of(record: EvaluationRecord, pilot: str, item: str, lang: Lang = "en") -> str:
    return "\n".join(explanation_lines(explanation(record, pilot, item), lang))


def test_a_flat_sheet_with_chinese_ids_from_the_files_to_the_pages(unread: Path) -> None:
    space = api.open_round(with_sheet(unread, VENUE, EVENTS))
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    assert api.replay(space) == []
    park = record.assessments[0]
    points = {each.id: each.points or 0 for each in park.indicators}
    values = {each.id: each.value or 0 for each in park.indicators}
    assert points == {"场地": pytest.approx(values["场地"] / 200 * 40, abs=0.005), "活动": values["活动"] * 2}
    assert park.total is not None and park.total.points == pytest.approx(sum(points.values()))
    assert park.dimensions == ()

    for lang in LANGS:
        pages = render(record, lang)
        page = pages["park-1.html"]
        anchors = re.findall(r'<article class="indicator" id="([^"]+)"', page)
        assert len(set(anchors)) == 2 and all(anchor.isascii() for anchor in anchors)
        assert all(page.count(f'href="#{anchor}"') == 2 for anchor in anchors)  # beside the score, and in the list
        assert 'id="profile"' not in pages["index.html"] and '"#profile"' not in pages["index.html"]
    assert f"{points['场地']:g} / 40" in said_of(record, "park-1", "场地", "zh")
    assert "“活动” (活动)" in said_of(record, "park-1", "total")
    rows = list(csv.DictReader(io.StringIO(api.export(record, space.registry, "csv", "zh")[1].decode("utf-8-sig"))))
    assert float(rows[0]["场地"]) == points["场地"]


def test_some_indicators_may_be_under_the_total_and_others_in_dimensions(unread: Path) -> None:
    dimensions = [{"id": "条件", "zh": "条件", "points": 40, "aggregate": "geometric"}]
    venue = {**VENUE, "dimension": "条件"}
    record = api.assess(api.open_round(with_sheet(unread, venue, EVENTS, dimensions=dimensions)))
    park = record.assessments[0]
    assert [each.id for each in park.dimensions] == ["条件"] and park.total is not None
    assert park.total.points == pytest.approx(park.dimensions[0].score.points + (park.indicators[1].points or 0))
    page = render(record, "en")["park-1.html"]
    assert "Counted directly in the total" in page and ">条件<" in page


LEVELS = [
    {"id": "达成", "floor": 0.8, "ceiling": 1, "zh": "完成全部年度指标", "en": "all yearly targets met"},
    {"id": "部分达成", "floor": 0.6, "ceiling": 0.8, "zh": "完成一部分"},
    {"id": "未达成", "floor": 0, "ceiling": 0.6, "zh": "没有完成"},
]


def test_a_sheet_that_experts_score_from_the_form_to_the_pages(unread: Path) -> None:
    """The three grades of the fiscal self-evaluation form, a rubric with texts, and points."""
    reviews = with_sheet(
        unread,
        line("绩效", 50, {"levels": {"of": LEVELS}}),
        line("案例", 20, {"rubric": {"levels": 4, "texts": {"4": {"zh": "有第三方评估"}, "2": {"zh": "有自述材料"}}}}),
        line("答辩", 30, {"expert": {}}),
    )
    space = api.open_round(reviews)
    form = api.review_form(space, "park-1", "zh").decode()
    for said in (
        "（50 分）：由专家定等次",
        "达成  80%–100%  完成全部年度指标",
        "4  100%  有第三方评估",
        "# 答辩: {score: , zh: }",
    ):
        assert said in form
    for empty, filled in (
        ("  # 绩效: {level: , score: , zh: }", "  绩效: {level: 部分达成, score: 33.5, zh: 完成八成}"),
        ("  # 案例: {score: , zh: }", "  案例: {score: 2, zh: 只有自述}"),
        ("  # 答辩: {score: , zh: }", "  答辩: {score: 27, zh: 回答清楚}"),
    ):
        assert empty in form
        form = form.replace(empty, filled)
    (reviews / "reviews" / "park-1.yaml").write_text(form, "utf-8")
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    assert api.replay(space) == []
    park, other = record.assessments[:2]
    assert [each.points for each in park.indicators] == [33.5, 10, 27]
    assert park.total is not None and park.total.points == 70.5
    assert {each.outcome.value for each in other.indicators} == {"missing"} and other.total is not None
    assert (other.total.low, other.total.high) == (0, 100)

    assert "  level: 部分达成 (完成一部分)" in said_of(record, "park-1", "绩效")
    assert "  等次：2（有自述材料）" in said_of(record, "park-1", "案例", "zh")
    for lang in LANGS:
        page = render(record, lang)["park-1.html"]
        assert "<strong>部分达成</strong>" in page and "<strong>2</strong>" in page and "有第三方评估" in page
    assert "all yearly targets met" in page and "Scored by experts; there is no measure" in page


def test_points_outside_the_level_of_the_measure_are_found_by_a_check(unread: Path) -> None:
    """83 % of occupancy is 部分达成: 24 to 32 of 40 points."""
    starts = {"达成": 95, "部分达成": 60, "未达成": 0}
    of = [each | {"from": starts[str(each["id"])]} for each in LEVELS]
    with_sheet(unread, VENUE | {"rule": {"levels": {"of": of}}}, EVENTS)
    review(unread, "park-1", scores={"场地": {"score": 35, "zh": "尚可"}})
    space = api.open_round(unread)
    [found] = api.check_reviews(space, api.check(space))
    assert (found.code, found.place.file, found.place.line) == ("review-wrong", "reviews/park-1.yaml", 4)
    assert found.hint.zh == "应为 24 至 32（测算值 82.9839，为“部分达成”）"
    park = api.assess(space).assessments[0]
    assert (park.standing.value, park.indicators[0].low, park.indicators[0].high) == ("error", 24, 32)
    assert "  level: 部分达成 (完成一部分)" in said_of(api.assess(space), "park-1", "场地")


def test_parks_compared_with_each_other_from_the_files_to_the_pages(unread: Path) -> None:
    venue = VENUE | {"rule": {"minmax": {"least": 3}}}
    events = EVENTS | {"rule": {"rank": {"each": 0.25, "least": 3}}}
    space = api.open_round(with_sheet(unread, venue, events))
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    assert api.replay(space) == []
    values = {each.pilot.id: [item.value or 0 for item in each.indicators] for each in record.assessments}
    occupancy, held = zip(*values.values(), strict=True)
    for each in record.assessments:
        venue_points, event_points = (item.points for item in each.indicators)
        mine, own = values[each.pilot.id]
        span = (mine - min(occupancy)) / (max(occupancy) - min(occupancy))
        assert venue_points == pytest.approx(40 * span, abs=0.005)
        assert event_points == 60 * (1 - 0.25 * sum(other > own for other in held))
    text = said_of(record, "park-1", "场地", "zh")
    assert "同类型第 " in text and "，共 3 个" in text and f"最高 {max(occupancy):.6g}，平均" in text
    assert f"({occupancy[0]:.6g} − {min(occupancy):.6g}) ÷ ({max(occupancy):.6g} − {min(occupancy):.6g})" in text
    page = render(record, "en")["park-2.html"]
    assert "Compared with peers" in page and " of 3 of its base type" in page and "standard deviation" in page
    hidden = record.model_copy(update={"round": record.round.model_copy(update={"min_cell": 5})})
    assert "standard deviation" not in render(hidden, "en")["park-2.html"]
    text = said_of(hidden, "park-1", "场地")
    assert "standard deviation" not in text and "of 3 of its base type" in text


def test_a_common_indicator_may_be_compared_across_base_types(unread: Path) -> None:
    pilots = ("park-1", "park-2", "online-1", "online-2")
    method = keep(unread, *pilots) / "method" / "method.yaml"
    edit(method, "rule: {linear: {from: 60, to: 100}}", "rule: {rank: {of: all, each: 0.2, least: 4}}")
    record = api.assess(api.open_round(unread))
    ranked = [each for each in record.method.indicators if each.rule.kind == "rank"]
    found = [item for each in record.assessments for item in each.indicators if item.id == ranked[0].id]
    values = [each.value or 0 for each in found]
    assert [each.peers.rank for each in found if each.peers] == [1 + sum(x > own for x in values) for own in values]
    assert {each.peers.n for each in found if each.peers} == {4}


def test_growth_on_the_previous_round_from_the_files_to_the_pages(unread: Path) -> None:
    with_sheet(unread, VENUE | {"growth": {}, "rule": {"linear": {"from": -10, "to": 10}}}, EVENTS)
    record = api.assess(api.open_round(unread))
    assert record.assessments[0].indicators[0].outcome.value == "missing"
    made = record.model_dump(mode="json") | {"format": "pilot-eval-record/1"}  # one file
    measure = next(each for each in made["assessments"][0]["measures"] if each["id"] == "occupancy")
    held, measure["value"] = measure["value"], 80.0
    (unread / "last.json").write_bytes(canonical(EvaluationRecord.model_validate(made)))
    edit(unread / "round.yaml", "method: method", "method: method\nprevious: last.json")
    space = api.open_round(unread)
    record = api.assess(space)
    api.publish(space.round, record, space.registry)
    assert api.replay(space) == []
    result, other = (each.indicators[0] for each in record.assessments[:2])
    growth = (held / 80 - 1) * 100
    assert result.growth == pytest.approx(growth) and other.growth == 0 and other.points == 20
    assert result.points == pytest.approx(min(max((growth + 10) / 20, 0), 1) * 40, abs=0.005)
    assert f"({held:.6g} ÷ 80 − 1) × 100 = {growth:.6g}%" in said_of(record, "park-1", "场地")
    assert "规则：按比上一期增长的百分数：-10 得 0 分" in said_of(record, "park-1", "场地", "zh")
    assert "Growth on the last figure" in render(record, "en")["park-1.html"]


def test_last_figures_in_the_register_are_checked(unread: Path) -> None:
    with_sheet(unread, VENUE | {"growth": {"last": "occupansy"}}, EVENTS | {"growth": {}})
    register = unread / "method" / "pilots.yaml"
    edit(register, '"id": "park-1"', '"id": "park-1", "last": {"活动": 3, "场地": 4}')
    with pytest.raises(MethodError) as raised:
        api.open_round(unread)
    said = [each.line("en") for each in raised.value.findings]
    assert len(said) == 2 and any("no measure named “occupansy” → did you mean “occupancy”?" in each for each in said)
    assert any("no indicator with growth on the last figure named “场地”" in each for each in said)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rank": {}}, "give exactly one of places, each"),
        ({"rank": {"each": 0.1, "places": [{"to": 1, "share": 1}]}}, "give exactly one of places, each"),
        ({"rank": {"places": [{"to": 3, "share": 1}, {"to": 1, "share": 0.5}]}}, "ascending order of to"),
        ({"rank": {"places": [{"to": 1, "share": 0.5}, {"to": 3, "share": 1}]}}, "without a share that grows"),
        ({"percentile": {"bands": [{"top": 0.3, "share": 1}, {"top": 0.1, "share": 0.5}]}}, "ascending order of top"),
        ({"zscore": {"per_sd": 0}}, "greater than 0"),
        ({"median": {"full": 1, "zero": 1}}, "full must be greater than zero"),
        ({"minmax": {"of": "city"}}, "“all”, “base_type”, “tier”"),
        ({"best": {"least": 1}}, "at least 2"),
        ({"best": {"best": "lowest"}}, "the scoring rule is down (less is better)"),
        ({"minimax": {}}, "did you mean “minmax”"),
    ],
)
def test_a_mistake_in_a_comparison_is_told(change: dict[str, object], says: str, unread: Path) -> None:
    with pytest.raises(MethodError) as raised:
        api.open_round(with_sheet(unread, VENUE | {"rule": change, "points": 100}))
    [found] = raised.value.findings
    assert says in found.line("en"), found.line("en")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rule": {"levels": {"of": [{"id": "甲"}]}}}, "give either share, or floor and ceiling"),
        ({"rule": {"levels": {"of": [{"id": "甲", "floor": 0.8, "ceiling": 0.6}]}}}, "floor must be less"),
        ({"rule": {"levels": {"of": [{"id": "甲", "share": 1}] * 2}}}, "the level 甲 is there twice"),
        ({"rule": {"levels": {"of": [{"id": "甲", "share": 1, "from": 3}]}}}, "leave out from"),
        ({"rule": {"rubric": {"levels": 3, "texts": {"4": {"zh": "好"}}}}}, "4 in texts is no level from 0 to 3"),
        ({"rule": {"expert": {"points": 3}}}, "unknown key “points”"),
        ({"evidence": ["space"]}, "without a measure experts score it"),
        ({"measure": "occupancy", "unit": "%", "rule": {"boolean": {}}}, "measure requires direction and evidence"),
        ({"measure": "occupancy"}, "measure requires unit"),
        (VENUE | {"rule": {"expert": {}}}, "leave out measure"),
        ({"rule": {"rank": {"each": 0.1}}}, "to compare with peers needs a measure"),
        (VENUE | {"rule": {"levels": {"of": LEVELS}}}, "a measure chooses the level"),
    ],
)
def test_a_mistake_in_what_experts_score_is_told(change: dict[str, object], says: str, unread: Path) -> None:
    with pytest.raises(MethodError) as raised:
        api.open_round(with_sheet(unread, line("绩效", 100, {"expert": {}}) | change | {"id": "绩效", "points": 100}))
    [found] = raised.value.findings
    assert says in found.line("en") and found.place.file == "method/park.yaml"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "场 地"}, "begin with a letter or a Chinese character"),
        ({"id": "场地/甲"}, "without blanks"),
        ({"id": "1场地"}, "begin with a letter"),
        ({"id": "\uf907"}, "begin with a letter"),  # looks like 龜, which is another character
        ({"id": "活动"}, "duplicate id 活动"),
        ({"points": 30}, "what is at the top (场地, 活动) add up to 90 instead of 100"),
        ({"dimension": "条件"}, "no dimension named “条件”"),
    ],
)
def test_a_mistake_in_a_flat_sheet_is_told(change: dict[str, object], says: str, unread: Path) -> None:
    with pytest.raises(MethodError) as raised:
        api.open_round(with_sheet(unread, VENUE | change, EVENTS))
    assert any(says in each.line("en") for each in raised.value.findings), [
        each.line("en") for each in raised.value.findings
    ]
