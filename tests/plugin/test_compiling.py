"""Mistakes in measures: each has a name of its own, at the author's line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import PluginError
from pilot_eval.plugin import (
    API,
    Claim,
    Figure,
    Flag,
    Measures,
    Number,
    Record,
    Text,
    column,
)
from pilot_eval.plugin.common import BuildItem
from pilot_eval.plugin.compiling import compile_type
from tests.support.plugins.declared import ZH, Meeting, record, refused, village


def test_measures_come_after_those_they_use_and_know_their_tables() -> None:
    made = village()

    @made.measure(unit="%")
    def b_openness(m: Measures) -> Figure:
        return m.c_open / m.d_all * 100

    @made.measure(unit="%")
    def a_double(m: Measures) -> Figure:
        return m.b_openness * 2

    @made.measure(unit="场")
    def c_open(s: Meeting) -> Figure:
        return s.open.count()

    @made.measure(unit="场")
    def d_all(s: Meeting) -> Figure:
        return s.count()

    compiled = compile_type(made)
    order = list(compiled.measures)
    assert order.index("c_open") < order.index("b_openness") < order.index("a_double")
    assert compiled.tables_of("a_double") == ("meetings",)
    assert set(compiled.common_measures) < set(compiled.measures)


def test_a_word_of_a_list_that_the_method_keeps_may_be_any() -> None:
    made = village()

    @made.measure(unit="个")
    def venues(b: BuildItem) -> Figure:
        return (b.item == "venue").count()

    assert compile_type(made).tables_of("venues") == ("build_items",)


def measured(function: Callable[..., Any], *, unit: str = "场") -> PluginError:
    """What is said of a base type with one faulty measure."""
    made = village()
    made.measure(unit=unit)(function)
    with pytest.raises(PluginError) as raised:
        _ = compile_type(made)
    return raised.value


def misspelt(s: Meeting) -> Figure:
    return s.opne.share()  # type: ignore[attr-defined]


def misspelt_aggregate(s: Meeting) -> Figure:
    return s.open.shares()  # type: ignore[attr-defined]


def unknown_measure(m: Measures) -> Figure:
    return m.event_held + 1


def uses_itself(m: Measures) -> Figure:
    return m.uses_itself + 1


def of_two_tables(s: Meeting, t: Meeting) -> Figure:
    return s.count() / t.count()


def of_nothing() -> Figure:
    return Figure(None)  # type: ignore[arg-type]


def of_no_table(s: int) -> Figure:
    return s.count()  # type: ignore[attr-defined]


def of_anything(s) -> Figure:
    return s.count()


def of_a_misspelt_table(s: "Meetings") -> Figure:  # type: ignore[name-defined]  # noqa: F821
    return s.count()


def a_column(s: Meeting) -> Flag:
    return s.open


def a_truth(s: Meeting) -> bool:
    return True


def nothing(s: Meeting) -> None:
    return None


def an_unknown_word(s: Meeting) -> Figure:
    return (s.kind == "counsel").count()


def a_word_for_a_number(s: Meeting) -> Figure:
    return (s.cost == "much").count()


def not_a_condition(s: Meeting) -> Figure:
    return s.where(s.cost).count()  # type: ignore[arg-type]


def raises(s: Meeting) -> Figure:
    raise RuntimeError("out of coffee")


def beyond_the_last(s: Meeting) -> Figure:
    return s.cost.quantile(1.5)


def with_arguments(s: Meeting) -> Figure:
    return s.cost.mean(1)  # type: ignore[call-arg]


def of_another_type(s: Meeting) -> Figure:
    raise TypeError("an argument of ours")


class Measure:
    """No table, and not the measures."""


def of_what_is_called_alike(m: Measure) -> Figure:
    return m.count()  # type: ignore[attr-defined, no-any-return]


OF_THE_WHOLE = {
    "plugin-measure-parameters", "plugin-measure-table", "plugin-measure-annotation", "plugin-measure-return",
    "plugin-measure-circle",
}  # fmt: skip
"""Mistakes that no line inside the function makes."""


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("function", "code", "says"),
    [
        (misspelt, "plugin-unknown-column", "did you mean “open”?"),
        (misspelt_aggregate, "plugin-no-method", "shares"),
        (unknown_measure, "plugin-unknown-measure", "did you mean “events_held”?"),
        (uses_itself, "plugin-measure-circle", "uses_itself → uses_itself"),
        (of_two_tables, "plugin-measure-parameters", "2 parameters"),
        (of_nothing, "plugin-measure-parameters", "0 parameters"),
        (of_no_table, "plugin-measure-table", "annotated int"),
        (of_no_table, "plugin-measure-table", "available: “Measures”, “Meeting”"),
        (of_anything, "plugin-measure-annotation", "such as s: Meeting; or write s: Measures"),
        (of_a_misspelt_table, "plugin-measure-failed", "Meetings"),
        (a_column, "plugin-measure-return", "returns Flag"),
        (a_truth, "plugin-measure-return", "returns bool"),
        (nothing, "plugin-measure-return", "returns NoneType"),
        (an_unknown_word, "plugin-unknown-choice", "did you mean “council”?"),
        (a_word_for_a_number, "plugin-operand", "'much' (str)"),
        (not_a_condition, "plugin-where-needs-flag", "Number"),
        (raises, "plugin-measure-failed", "RuntimeError: out of coffee"),
        (beyond_the_last, "plugin-quantile", "between 0 and 1"),
        (with_arguments, "plugin-arguments", "mean() takes 1"),
        (of_another_type, "plugin-measure-failed", "TypeError: an argument of ours"),
        (of_what_is_called_alike, "plugin-measure-table", "did you mean “Measures”?"),
    ],
)
def test_a_mistake_in_a_measure_is_said_at_the_authors_line(function: Any, code: str, says: str) -> None:
    [only] = measured(function).findings
    assert only.code == code
    assert says in only.line("en")
    inside = code not in OF_THE_WHOLE and function is not of_a_misspelt_table
    line = function.__code__.co_firstlineno + inside
    assert (Path(str(only.place.file)).name, only.place.line) == (Path(__file__).name, line)


@pytest.mark.parametrize(("api", "refused_"), [(API, ["plugin-plain-annotation"]), (API - 1, [])])
def test_a_plain_type_for_a_column_is_of_the_first_interface(api: int, refused_: list[str]) -> None:
    made = village(api)
    made.table(zh="物")(record("Thing", a=(float, ZH)))
    try:
        _ = compile_type(made)
        found = []
    except PluginError as error:
        found = [each.code for each in error.findings]
    assert found == refused_


def test_a_check_may_compare_figures() -> None:
    made = village()

    @made.check(zh="太多", en="too many")
    def few(m: Measures) -> Claim:
        return m.survey_answers <= 3

    assert (compile_type(made).checks["few"].table, "few" in compile_type(made).orders) == (None, False)


def a_figure(s: Meeting) -> Figure:
    return s.count()


def a_figure_of_measures(m: Measures) -> Figure:
    return m.survey_answers + 1


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("function", "given"),
    [(a_truth, "bool"), (nothing, "NoneType"), (a_figure, "Figure"), (a_figure_of_measures, "Figure")],
)
def test_a_check_returns_a_condition_or_a_comparison(function: Any, given: str) -> None:
    made = village()
    made.check(zh="不对", en="wrong")(function)
    with pytest.raises(PluginError) as raised:
        _ = compile_type(made)
    [only] = raised.value.findings
    assert (only.code, only.place.line) == ("plugin-check-return", function.__code__.co_firstlineno)
    assert function.__name__ in only.message.en and given in only.message.en


def test_all_mistakes_of_a_plugin_are_said_at_once() -> None:
    made = village()
    for function in (misspelt, raises, a_truth):
        made.measure(unit="场")(function)
    with pytest.raises(PluginError) as raised:
        _ = compile_type(made)
    codes = [each.code for each in raised.value.findings]
    assert codes == ["plugin-unknown-column", "plugin-measure-failed", "plugin-measure-return"]


def test_measures_that_use_each_other_are_a_circle() -> None:
    made = village()

    def one(m: Measures) -> Figure:
        return m.two + 1

    def two(m: Measures) -> Figure:
        return m.one + 1

    made.measure(unit="场")(one)
    made.measure(unit="场")(two)
    with pytest.raises(PluginError) as raised:
        _ = compile_type(made)
    assert [each.code for each in raised.value.findings] == ["plugin-measure-circle"]
    assert "one → two → one" in str(raised.value)


def test_a_record_is_found_by_its_name_where_annotations_are_text() -> None:
    made = village()

    class Hidden(Record):
        """Declared where no module sees it."""

        amount: Number = column(zh="数额")

    made.table(zh="藏")(Hidden)

    def total(h: "Hidden") -> "Figure":
        return h.amount.sum()

    made.measure(unit="个")(total)
    assert compile_type(made).tables_of("total") == ("hiddens",)


@pytest.mark.usefixtures("one_language")
def test_a_reference_names_a_column_that_is_there() -> None:
    for refers, codes in {
        "meetings.topik": ["plugin-unknown-reference"],
        "topic": ["plugin-unknown-reference"],
        "meetings.topic": [],
        "suggestions.number": [],  # every base type has it
    }.items():
        made = village()
        made.table(zh="决议")(record("Decision", about=(Text, column(zh="议题", refers=refers))))
        try:
            _ = compile_type(made)
            found = []
        except PluginError as error:
            found = list(error.findings)
        assert [each.code for each in found] == codes
        assert all(f"decisions.about refers to {refers}," in each.message.en for each in found)


def test_what_only_uses_a_circle_is_not_blamed_for_it() -> None:
    made = village()

    def a_user(m: Measures) -> Figure:
        return m.own + 1

    def own(m: Measures) -> Figure:
        return m.own * 2

    made.measure(unit="场")(a_user)
    made.measure(unit="场")(own)
    with pytest.raises(PluginError) as raised:
        _ = compile_type(made)
    [only] = raised.value.findings
    assert "own → own" in only.message.en
    assert only.place.line == own.__code__.co_firstlineno


def test_units_are_known_ones() -> None:
    thing = record("Thing", a=(Number, column(zh="列", unit="万人次")))
    code, said = refused(lambda: village().table(zh="物")(thing))
    assert (code, "did you mean “人次”?" in said) == ("plugin-unknown-unit", True)
    assert refused(lambda: village().measure(unit="percent")(nothing))[0] == "plugin-unknown-unit"


def test_ids_are_used_once() -> None:
    made = village()
    assert refused(lambda: made.table(zh="会议")(Meeting))[0] == "plugin-duplicate"
    made.measure(unit="场")(a_truth)
    code, said = refused(lambda: made.measure(unit="场")(a_truth))
    assert (code, "measure" in said and "a_truth" in said) == ("plugin-duplicate", True)
    made.check(zh="不对", en="wrong")(a_truth)
    code, said = refused(lambda: made.check(zh="也不对", en="wrong too")(a_truth))
    assert (code, "check" in said and "a_truth" in said) == ("plugin-duplicate", True)


def test_what_every_base_type_has_is_not_declared_again() -> None:
    made = village()
    made.table(zh="大事", name="events")(record("Happening", a=(Number, ZH)))

    @made.measure(unit="场")
    def events_held(s: Meeting) -> Figure:
        return s.count()

    @made.check(zh="没有人", en="nobody")
    def somebody_took_part(s: Meeting) -> Flag:
        return s.present > 0

    with pytest.raises(PluginError) as raised:
        _ = compile_type(made)
    assert [each.code for each in raised.value.findings] == ["plugin-common-name"] * 3
    said = "table events.*measure events_held.*check somebody_took_part"
    assert re.search(said, str(raised.value), re.DOTALL)
