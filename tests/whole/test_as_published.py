"""Score sheets as they are published: they go in as they stand, and come out in every file and page."""

import csv
import io
import re
from pathlib import Path

import pytest

from pilot_eval import api
from pilot_eval.errors import MethodError
from pilot_eval.model import EvaluationRecord
from pilot_eval.report import render
from pilot_eval.report.explanation import explanation, explanation_lines
from pilot_eval.text import LANGS, Lang
from tests.support.rounds.published import EVENTS, VENUE, with_sheet


def said(record: EvaluationRecord, pilot: str, item: str, lang: Lang = "en") -> str:
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
    assert f"{points['场地']:g} / 40" in said(record, "park-1", "场地", "zh")
    assert "“活动” (活动)" in said(record, "park-1", "total")
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
