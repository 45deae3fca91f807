"""What an author declares: tables and their columns."""

from datetime import date
from typing import Any, Literal

import pytest

from pilot_eval.plugin import (
    BaseType,
    Choice,
    Figure,
    Number,
    Quantity,
    Record,
    column,
)
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.plugin.tables import Kind, table_id
from tests.support.plugins.declared import ZH, Meeting, record, refused, village


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
