"""What an author declares: tables and their columns."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest

from pilot_eval.plugin import (
    API,
    BaseType,
    Choice,
    Count,
    Date,
    Figure,
    Flag,
    Number,
    Period,
    Quantity,
    Record,
    column,
)
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.plugin.tables import Kind, table_id
from pilot_eval.text import Words
from tests.support.plugins.declared import ZH, Meeting, record, refused, village
from tests.support.scoring.cases import TEN
from tests.support.scoring.lab import Evidence, Lab, indicator, method_of


def test_a_table_knows_its_columns() -> None:
    table = village().tables["meetings"]
    assert (table.label.zh, table.label.en, table.doc) == ("会议", "Meetings", "One meeting of the village.")
    assert [each.name for each in table.columns] == [
        "held", "topic", "kind", "open", "present", "cost", "minutes", "source", "note"
    ]  # fmt: skip
    columns = {each.name: each for each in table.columns}
    assert [columns[name].kind for name in ("held", "topic", "kind", "open", "present", "cost", "minutes")] == [
        Kind.DATE, Kind.TEXT, Kind.CHOICE, Kind.FLAG, Kind.COUNT, Kind.NUMBER, Kind.FILE
    ]  # fmt: skip
    assert columns["topic"].label.en == "Topic"
    assert columns["kind"].choices["assembly"].zh == "村民大会"
    assert (columns["present"].minimum, columns["cost"].minimum, columns["cost"].unit) == (0, 0, "元")
    assert [name for name, each in columns.items() if each.optional] == ["cost", "minutes", "source", "note"]
    assert columns["source"].words == ("source", "出处", "Source", "来源", "依据")
    assert columns["note"].words == ("note", "备注", "Note", "说明")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("ChannelMonth", "channel_months"),
        ("Facility", "facilities"),
        ("Survey", "surveys"),
        ("Address", "addresses"),
        ("Branch", "branches"),
        ("Tax", "taxes"),
        ("Case", "cases"),
    ],
)
def test_a_tables_id_is_the_plural_of_its_class(name: str, id_: str) -> None:
    assert table_id(name) == id_


def test_plain_types_are_read_as_the_columns_they_mean() -> None:
    class Plain(Record):
        day: date = column(zh="日")
        word: str = column(zh="文")
        yes: bool = column(zh="是")
        whole: int = column(zh="整")
        real: float = column(zh="实")
        amount: Quantity = column(zh="数")
        maybe: date | None = column(zh="可空")
        one_of: Literal["a", "b"] = column(zh="选")
        some_of: Literal["a", "b"] | None = column(zh="可选")

    kinds = {name: (spec.kind, spec.optional) for name, spec in Plain.columns_.items()}
    assert kinds == {
        "day": (Kind.DATE, False),
        "word": (Kind.TEXT, False),
        "yes": (Kind.FLAG, False),
        "whole": (Kind.COUNT, False),
        "real": (Kind.NUMBER, False),
        "amount": (Kind.NUMBER, False),
        "maybe": (Kind.DATE, True),
        "one_of": (Kind.CHOICE, False),
        "some_of": (Kind.CHOICE, True),
    }
    assert list(Plain.columns_["some_of"].choices) == ["a", "b"]


def test_every_option_of_a_column_is_kept() -> None:
    class Every(Record):
        amount: Number = column(
            zh="金额", en="Value", unit="万元", optional=True, min=1, max=1, exact=True, refers="meetings.topic",
            aliases=("数额",), help="含税",
        )  # fmt: skip
        day: Date = column(zh="日", in_period=True, near_period=(0, 2), expires=True, help=Words(zh="天", en="a day"))
        kind: Choice = column(zh="类", choices={"a": "甲", "b": Words(zh="乙", en="the second")})
        during: Period = column(zh="期", each="quarter")
        pieces: Count = column(zh="件", min=3)

    amount, day, kind, during, pieces = Every.columns_.values()
    assert (amount.label.en, amount.unit, amount.optional, amount.exact) == ("Value", "万元", True, True)
    assert (amount.minimum, amount.maximum, amount.refers, amount.help) == (1, 1, "meetings.topic", Words(zh="含税"))
    assert amount.words == ("amount", "金额", "Value", "数额")
    assert (day.in_period, day.near_period, day.expires, day.help) == (True, (0, 2), True, Words(zh="天", en="a day"))
    assert [(id_, word.zh, word.en) for id_, word in kind.choices.items()] == [
        ("a", "甲", "a"),
        ("b", "乙", "the second"),
    ]
    assert (during.each, pieces.minimum, kind.minimum) == ("quarter", 3, None)
    plain = [each for each in (day, kind, during, pieces) if each.unit or each.optional or each.exact or each.aliases]
    assert plain == [] and not any(each.plain for each in Every.columns_.values())


@pytest.mark.parametrize("each", ["month", "quarter", "year"])
def test_a_period_is_a_month_a_quarter_or_a_year(each: Any) -> None:
    assert record("Thing", a=(Period, column(zh="列", each=each))).columns_["a"].each == each


def test_a_part_is_known_to_be_one_if_its_whole_is_always_given() -> None:
    made = village()

    class Space(Record):
        let: Number = column(zh="已租")
        total: Number = column(zh="总数")
        planned: Number = column(zh="计划", optional=True)

    made.table(zh="面积")(Space)

    @made.check(zh="不对", en="wrong")
    def let_within_total(s: Space) -> Flag:
        return (s.let <= s.total) & (s.total <= s.planned)

    @made.check(zh="可疑", en="doubtful", warning=True)
    def planned_within_let(s: Space) -> Flag:
        return s.planned <= s.let

    @made.check(zh="有些不对", en="some are wrong")
    def total_within_let(s: Space) -> Flag:
        return s.where(s.planned > 3).total <= s.let

    wholes: dict[str, frozenset[str]] = {}

    @made.measure(unit="个")
    def seen(s: Space) -> Figure:
        wholes.update({name: getattr(s.where(s.let > 1), name).wholes for name in ("let", "total", "planned")})
        return s.count()

    assert compile_type(made).orders["spaces"] == {("let", "total"), ("total", "planned")}
    assert wholes == {"let": {"total"}, "total": frozenset(), "planned": frozenset()}  # a plan may be left out


def test_a_period_has_a_first_and_a_last_day(tmp_path: Path) -> None:
    made = BaseType("village", zh="村", api=API)

    class Shift(Record):
        during: Period = column(zh="期间")

    made.table(zh="班次")(Shift)

    @made.measure(unit="天")
    def longest(s: Shift) -> Figure:
        return (s.during.end - s.during.start).max() + 1

    @made.measure(unit="个")
    def different(s: Shift) -> Figure:
        return s.during.n_unique()

    first, last = 17_532.0, 17_562.0  # January 2018
    days = [(first, last), (first, last), (first, first), (first + 2, last - 6)]
    rows = [{"during": (start, start, end)} for start, end in days]
    method = method_of(indicator("A", "longest", 50, TEN), indicator("B", "different", 50, TEN))
    found = Lab(tmp_path, made).one(method, Evidence({"shifts": rows})).measures
    assert [(each.value, each.low, each.high) for each in found] == [(31, 31, 31), (3, 3, 3)]


@pytest.mark.parametrize(("name", "taken"), [("x" * 31, False), ("x" * 32, True), ("a:b", True), ("a b", False)])
def test_a_tables_name_fits_a_sheet(name: str, taken: bool) -> None:
    thing = record("Thing", a=(Number, ZH))
    if taken:
        assert refused(lambda: village().table(zh="物", en=name)(thing))[0] == "plugin-sheet-name"
    else:
        assert village().table(zh="物", en=name)(thing) is thing


def test_the_design_pages_example_works() -> None:
    online = BaseType("online", zh="网络人士", en="Online communities")

    @online.table(zh="建议", name="suggestions_passed_on")
    class Suggestion(Record):
        """A suggestion that the body passed on to an authority."""

        submitted_on: date = column(zh="提交日期")
        answered_on: date | None = column(zh="答复日期")
        adopted: bool = column(zh="是否采纳")

    @online.measure(unit="%")
    def adoption_rate(s: Suggestion):
        """Share of suggestions adopted or implemented."""
        return s.adopted.share() * 100

    assert online.api == 1
    measure = compile_type(online).measures["adoption_rate"]
    assert (measure.table, measure.spec.unit) == ("suggestions_passed_on", "%")
    assert measure.spec.label.en == "Share of suggestions adopted or implemented."
    assert measure.figure.reads == {"adopted"}


@pytest.mark.parametrize("name", ["where", "count", "pilot", "source", "note", "a__b", "_a", "a_"])
def test_some_column_names_are_taken(name: str) -> None:
    assert refused(lambda: record("Thing", **{name: (Number, ZH)}))[0] == "plugin-reserved-name"


@pytest.mark.parametrize("name", ["pilot", "_secret", "a__low"])
def test_some_measure_names_are_taken(name: str) -> None:
    def function(s: Meeting) -> Figure:
        return s.count()

    function.__name__ = name
    assert refused(lambda: village().measure(unit="场")(function))[0] == "plugin-measure-name"


@pytest.mark.parametrize("kind", [list, dict[str, int], bytes, bool | str, int | str | None, Any, None, 5])
def test_a_column_has_a_type_that_cells_can_have(kind: Any) -> None:
    assert refused(lambda: record("Thing", a=(kind, ZH)))[0] == "plugin-column-type"


def test_a_choice_has_a_list() -> None:
    assert refused(lambda: record("Thing", a=(Choice, ZH)))[0] == "plugin-choice-without-list"
    assert record("Thing", a=(Choice, column(zh="列", codes="list"))).columns_["a"].codes == "list"
