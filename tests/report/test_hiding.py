"""A published report hides small counts of people, and what would give them away."""

import pytest

from pilot_eval.errors import Place, finding
from pilot_eval.model import AdjustmentResult, ExtractRow, MeasureResult, RowSpan, SourceRows, TableExtract
from pilot_eval.report import render
from pilot_eval.report.explanation import explanation, explanation_lines
from pilot_eval.report.format import Format
from pilot_eval.report.hiding import Hidden, may_be_small, withheld
from pilot_eval.report.parts import page_of
from pilot_eval.text import both
from tests.support.reports import samples
from tests.support.reports.reading import Reading

SHA = "0" * 64


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "一人",
        "0至3",
        "3",
        "约3",
        "少于5",
        "不足5人",
        "<5",
        "三四人",
        "几人",
        "2-8",
        "近4",
        "3.0",
        "4多",
        "fewer than 5",
        "数人",
    ],
)
def test_a_cell_may_be_a_small_count(text: str) -> None:
    assert may_be_small(text, 5)


@pytest.mark.parametrize(
    "text", ["0", "5", "近百", "", "17", "约20", "十余", "三千", "1.2万", "不少于20", "少于50", "数百"]
)
def test_other_cells_are_not_small(text: str) -> None:
    assert may_be_small(text, 5) is False


@pytest.mark.parametrize(
    ("text", "small"),
    [("十四", True), ("十余", True), ("十五", False), ("二十", False), ("三十五", False), ("三十", False)],
)
def test_tens_in_words_are_counted(text: str, small: bool) -> None:
    assert may_be_small(text, 15) is small
    assert not may_be_small(text, 5)
    assert may_be_small("十", 11)


@pytest.mark.parametrize("text", ["两人", "几人", "数人", "二三人"])
def test_a_few_may_be_two(text: str) -> None:
    assert may_be_small(text, 3)
    assert not may_be_small(text, 2)


def assessment(cells: list[str], value: float, unit: str = "人次", uses: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
    one = samples.build().assessments[0]
    rows = SourceRows(file="活动.csv", sha256=SHA, sheet=None, columns={"participants": "B"},
                      rows=(RowSpan(first=2, last=1 + len(cells)),), count=len(cells))  # fmt: skip
    measure = MeasureResult(
        id="people_reached", label=both("人次"), doc=both(""), unit=unit, value=value, low=value, high=value,
        table="events", uses=uses, evidence=(rows,),
    )  # fmt: skip
    extract = TableExtract(
        table="events", label=both("活动"), columns=("title", "participants"), headers=(both("名称"), both("人次")),
        units=("", "人次"), total=len(cells),
        rows=tuple(
            ExtractRow(file="活动.csv", sheet=None, row=2 + at, cells=(f"活动{at}", said))
            for at, said in enumerate(cells)
        ),
    )  # fmt: skip
    return one.model_copy(update={"measures": (measure,), "extracts": (extract,)})


def hidden_cells(cells: list[str], value: float, unit: str = "人次") -> tuple[list[int], bool]:
    hidden = Hidden.of(assessment(cells, value, unit), 5)
    return sorted(at for at, _ in hidden.cells("events", range(len(cells)))), hidden.measure("people_reached")


def test_a_second_cell_is_hidden_beside_a_small_one() -> None:
    assert hidden_cells(["3", "40", "20"], 63) == ([0, 1], False)
    assert hidden_cells(["30", "40", "20"], 90) == ([], False)
    assert hidden_cells(["3", "2", "20"], 25) == ([0, 1], False)


def test_a_mean_tells_as_much_as_a_sum() -> None:
    assert hidden_cells(["3", "40", "20"], 21, "人/场") == ([0, 1], False)
    assert hidden_cells(["3"], 3, "人/场") == ([0], True)


def test_an_approximate_cell_is_hidden() -> None:
    cells, _ = hidden_cells(["约3", "40", "20"], 63)
    assert 0 in cells
    assert len(cells) == 2


def test_a_sum_of_more_rows_than_are_shown_tells_nothing() -> None:
    made = assessment(["3", "40"], 63)
    [measure] = made.measures
    more = measure.evidence[0].model_copy(update={"count": 3})
    told = made.model_copy(update={"measures": (measure.model_copy(update={"evidence": (more,)}),)})
    assert sorted(Hidden.of(told, 5).cells("events", [0, 1])) == [(0, 1)]
    assert sorted(Hidden.of(made, 5).cells("events", [0, 1])) == [(0, 1), (1, 1)]


@pytest.mark.parametrize(
    ("value", "low", "high", "hidden"),
    [
        (6, 6, 6, False),
        (5, 5, 5, False),
        (1, 1, 1, True),
        (6, 4, 8, True),
        (4, 4, 9, True),
        (0, 0, 0, False),
        (0, 0, 3, True),
        (6, 0, 9, False),
    ],
)
def test_a_count_is_small_if_a_bound_of_it_is(value: float, low: float, high: float, hidden: bool) -> None:
    made = assessment([], value)
    [measure] = made.measures
    bounds = {"low": low, "high": high, "evidence": ()}
    of = made.model_copy(update={"measures": (measure.model_copy(update=bounds),), "extracts": ()})
    assert Hidden.of(of, 5).measure("people_reached") is hidden


def test_a_figure_is_not_said_to_be_small_if_that_gives_its_cells_away() -> None:
    assert Hidden.of(assessment(["1", "1"], 2), 3).keys["people_reached"] is False
    assert Hidden.of(assessment(["1", "2"], 3), 5).keys["people_reached"] is False
    assert Hidden.of(assessment(["2"], 2), 5).keys["people_reached"] is True


def test_what_is_hidden_depends_on_the_limit() -> None:
    made = assessment(["0.5", "40"], 40.5)
    assert [sorted(Hidden.of(made, limit).cells("events", [0, 1])) for limit in (0, 1, 5)] == [
        [],
        [(0, 1), (1, 1)],
        [(0, 1), (1, 1)],
    ]


def test_the_page_shows_none_of_them() -> None:
    made = assessment(["3", "47", "20"], 70)
    record = samples.build([made])
    assert record.round.min_cell == 5
    text = Reading(render(record, "zh")[page_of(made.pilot.id)]).text
    assert "少于 5" in text
    assert "不显示" in text
    assert "47" not in text.partition("活动.csv")[2].partition("活动2")[0]


def test_a_hidden_figure_has_no_bounds() -> None:
    made = assessment(["4", "2"], 6)
    small = Hidden.of(made, 5)
    format = Format("zh", 2, 5, small)
    assert format.room(6, 4, 8, "人次") == ""
    assert format.room(60, 40, 80, "人次") != ""


def test_nothing_else_that_is_published_tells_them() -> None:
    made = assessment(["3", "47", "20"], 70)
    said = finding("cell-approximate", Place(file="活动.csv", row=2), value="约3", low="2.7", high="3.3")
    hidden = made.measures[0].model_copy(update={"id": "helped", "value": 3.0, "low": 3.0, "high": 3.0})
    gate = made.gates[0].model_copy(update={"evidence": both(f"{hidden.label.zh} 3")})
    indicator = made.indicators[0].model_copy(update={"measure": "helped", "value": 3.0})
    bonus = AdjustmentResult(
        id="B", label=both("加分"), measure="helped", value=3.0, points=0, low=0, high=0, basis=gate.basis,
        reason=both(f"不计入（{hidden.label.zh}：3）"),
    )  # fmt: skip
    made = made.model_copy(
        update={"findings": (said,), "measures": (*made.measures, hidden), "gates": (gate,), "indicators": (indicator,)}
    ).model_copy(update={"bonuses": (bonus,)})
    record = samples.build([made])
    [shown] = withheld(record).assessments
    assert [each.value for each in shown.measures] == [70, None]
    assert shown.indicators[0].value is None
    assert shown.indicators[0].points == made.indicators[0].points
    assert [row.cells[1] for row in shown.extracts[0].rows] == ["", "", "20"]
    assert "3" not in shown.findings[0].message.zh + shown.gates[0].evidence.zh
    assert shown.bonuses[0].reason is not None and "3" not in shown.bonuses[0].reason.zh
    explained = explanation(record, made.pilot.id, indicator.id)
    assert (explained.hidden, explained.measures[0].value) == (("helped",), None)
    assert any("不显示" in line for line in explanation_lines(explained, "zh"))
    text = Reading(render(record, "zh")[page_of(made.pilot.id)]).text
    assert "以免认出个人" in text
    assert "约3" not in text
    plain = record.model_copy(update={"round": record.round.model_copy(update={"min_cell": 0})})
    assert withheld(plain) is plain


def test_where_nothing_is_hidden_all_stays_as_it_is() -> None:
    made = assessment(["30", "40"], 70)
    hidden = Hidden.of(made, 5)
    assert hidden.keys == {}
    assert hidden.withheld(made) == made
    assert hidden.sentences(made) is made


def test_only_sentences_that_may_tell_what_is_hidden_lose_their_numbers() -> None:
    made = assessment(["3"], 3)
    places = (Place(file="活动.csv"), Place(file="别的.csv"), Place())
    said = tuple(finding("cell-approximate", place, value="约3", low="2.7", high="3.3") for place in places)
    reason, other = both(f"{made.measures[0].label.zh} 3"), both("总分 3")
    gate = made.gates[0]
    gates = tuple(gate.model_copy(update={"evidence": each}) for each in (reason, other))
    made = made.model_copy(update={"findings": said, "grade_reason": reason, "gates": gates})
    shown = Hidden.of(made, 5).withheld(made)
    assert ["3" in each.message.zh for each in shown.findings] == [False, True, False]
    assert ["3" in each.evidence.zh for each in shown.gates] == [False, True]
    assert shown.grade_reason and "3" not in shown.grade_reason.zh
    assert [(each.value, each.low, each.high) for each in shown.measures] == [(None, None, None)]
