"""What an author writes by mistake: each is refused with a code of its own at its line, and never gives a figure."""

import inspect
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest

from pilot_eval.errors import Finding, PluginError
from pilot_eval.plugin import (
    API,
    BaseType,
    Choice,
    Claim,
    Count,
    Date,
    Figure,
    Flag,
    Measures,
    Number,
    Period,
    Record,
    Text,
    column,
)
from pilot_eval.plugin.compiling import compile_type
from tests.support.measures.lab import Memory, Sample, computed, stored


class Item(Record):
    """An item."""

    title: Text = column(zh="名称")
    kind: Choice = column(zh="类型", choices={"big": "大", "small": "小"})
    good: Flag = column(zh="好")
    visits: Count = column(zh="次数", unit="次")
    held: Date = column(zh="日期")
    closed: Date = column(zh="结束")
    during: Period = column(zh="期间")


def village() -> BaseType:
    made = BaseType("village", zh="村", en="Villages", api=API)
    made.table(zh="项目", en="Items")(Item)
    return made


def faults(declare: Callable[[], object]) -> tuple[Finding, ...]:
    with pytest.raises(PluginError) as raised:
        declare()
    return raised.value.findings


def fault(declare: Callable[[], object]) -> Finding:
    [only] = faults(declare)
    return only


# --- expressions

TRUTH = [
    "i.where(i.good and i.visits > 3).count()",
    "i.where(i.good or i.visits > 3).count()",
    "i.where(not i.good).count()",
    "i.where(1 < i.visits < 3).count()",
    "i.good.count() if i.good else i.count()",
    "i.where(i.kind in ('big', 'small')).count()",
    "i.where('big' in i.kind).count()",
    "max(i.visits, i.visits).sum()",
    "i.count() if i else i.count()",
]
TRUTH_OF_FIGURES = [
    "i.count() or i.visits.sum()",
    "min(i.count(), i.visits.sum())",
    "i.count() if i.count() > 3 else i.visits.sum()",
    "(i.count() < 3) & (i.count() > 1)",
    "1 < i.count() < 3",
    "i.count() & i.count()",
]
MISTAKES = [
    *[("plugin-truth", each, "use & | ~ with parentheses") for each in TRUTH],
    *[("plugin-truth-figure", each, "one comparison per check") for each in TRUTH_OF_FIGURES],
    ("plugin-loop", "sum(i.visits)", "i.area.sum()"),
    ("plugin-loop", "[each for each in i]", "Item cannot be looped over"),
    ("plugin-loop", "len(i.visits)", "i.count()"),
    ("plugin-loop", "list(i.count())", "Figure cannot"),
    ("plugin-brackets", "i.where(i.good & i.visits > 3).count()", "put each comparison in parentheses"),
    ("plugin-brackets", "i.where(i.visits > 3 & i.good).count()", "put each comparison in parentheses"),
    ("plugin-brackets", "i.where(i.visits & i.good).count()", "Count is not one"),
    ("plugin-brackets", "(~i.visits).count()", "Count is not one"),
    ("plugin-brackets", "i.where(i.good | 3).count()", "3 (int) is not one"),
    ("plugin-no-number", "(i.good * 2).sum()", "with .then(1, otherwise=0)"),
    ("plugin-no-number", "(2 * i.good).sum()", "Flag is not a number"),
    ("plugin-no-number", "(i.visits * i.good).sum()", "Flag is not a number"),
    ("plugin-no-number", "(i.good > 0).count()", "Flag is not a number"),
    ("plugin-no-number", "(1 / i.good).count()", "Flag is not a number"),
    ("plugin-no-number", "(i.title + 'x').count()", "Text is not a number"),
    ("plugin-no-number", "(i.visits > i.kind).count()", "Choice is not a number"),
    ("plugin-flag-compared", "i.where(i.good == True).count()", "i.where(i.open), i.where(~i.open)"),
    ("plugin-flag-compared", "(i.good != i.good).count()", "use the condition itself"),
    ("plugin-row-and-figure", "i.where(i.visits > i.visits.mean()).count()", "aggregate first"),
    ("plugin-row-and-figure", "(i.visits / i.count()).sum()", "Count has a value for each row"),
    ("plugin-figure-and-column", "i.count() / i.visits", "aggregate first"),
    ("plugin-figure-and-column", "i.count() * i.good", "Flag, with one for each row or group"),
    ("plugin-operand", "(i.visits + '3').sum()", "Count needs a number here, not '3' (str)"),
    ("plugin-operand", "(i.visits == None).count()", "not None"),
    ("plugin-operand", "i.visits.clip(0, i.visits).sum()", "not Count"),
    ("plugin-operand", "i.count().default(None)", "not None"),
    ("plugin-not-finite", "i.visits.sum() * float('nan')", "nan (float)"),
    ("plugin-not-finite", "(i.visits * float('inf')).sum()", "inf (float)"),
    ("plugin-not-finite", "i.good.then(float('nan'), otherwise=1).sum()", "a finite number"),
    ("plugin-not-finite", "i.count().clip(0, float('inf'))", "a finite number"),
    ("plugin-divided-by-zero", "i.visits.sum() / 0", "Figure is divided by 0"),
    ("plugin-divided-by-zero", "(i.visits / 0.0).sum()", "Count is divided by 0.0"),
    ("plugin-clip", "i.visits.clip(5, 1).sum()", "the lower limit 5 is greater than the upper limit 1"),
    ("plugin-clip", "i.visits.sum().clip(5, 1)", "swap or correct them"),
    ("plugin-date", "i.where(i.held > '2018-07-01').count()", "date(2018, 7, 1)"),
    ("plugin-date", "i.where(i.held == '2018-07-01').count()", "date(2018, 7, 1)"),
    ("plugin-date", "i.where(i.closed <= 10).count()", "subtract first"),
    ("plugin-period", "i.where(i.during >= '2018-07-01').count()", "p.period.start >= date(2018, 7, 1)"),
    ("plugin-period", "i.where(i.during == '2018').count()", "cannot be compared with '2018'"),
    ("plugin-no-number", "(i.during - i.held).mean()", "Period is not a number"),
    ("plugin-date-sum", "i.held.sum()", "(i.closed - i.opened).sum()"),
    ("plugin-word", "(i.title == 3).count()", "compared with 3 (int)"),
    ("plugin-word", "(i.title == i.kind).count()", "Choice cannot be compared with Text"),
    ("plugin-isin", "i.kind.isin('big').count()", "write .isin(["),
    ("plugin-isin", "i.kind.isin(5).count()", "not 5 (int)"),
    ("plugin-isin", "i.kind.isin(i.title).count()", "not Text"),
    ("plugin-figure-compared", "i.count() == 3", "use < <= > >="),
]  # fmt: skip


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(("code", "expression", "says"), MISTAKES, ids=[each[1] for each in MISTAKES])
def test_a_mistake_in_an_expression_has_a_message_of_its_own(code: str, expression: str, says: str) -> None:
    made = village()

    def figure(i: Item) -> Figure:
        return eval(expression, {"i": i})  # noqa: S307  our own text

    made.measure(unit="个")(figure)
    only = fault(lambda: compile_type(made))
    assert only.code == code
    assert says in only.line("en")
    assert re.search(r"[\u4e00-\u9fff]", only.message.zh)
    assert (only.place.file, only.place.line) == (__file__, figure.__code__.co_firstlineno + 1)


def test_a_mistake_is_said_at_its_own_line_of_the_function() -> None:
    made = village()

    @made.measure(unit="个")
    def busy(i: Item) -> Figure:
        """Busy ones."""
        many = i.visits > 3
        return i.where(
            i.good and many  # type: ignore[redundant-expr]
        ).count()

    @made.check(zh="不好", en="not good")
    def fine(i: Item) -> Flag:
        few = i.visits < 3
        return few or i.good

    one, other = faults(lambda: compile_type(made))
    lines = Path(__file__).read_text("utf-8").splitlines()
    assert "i.good and many" in lines[one.place.line - 1]  # type: ignore[operator]
    assert "few or i.good" in lines[other.place.line - 1]  # type: ignore[operator]


def test_what_a_check_does_wrong_is_said_of_a_check() -> None:
    made = village()

    @made.check(zh="不对", en="wrong")
    def fine(m: Measures) -> Claim:
        return m.event_held <= 3

    assert "the check fine refers to event_held" in fault(lambda: compile_type(made)).message.en


def test_what_a_measure_does_wrong_is_said_of_a_measure() -> None:
    made = village()

    @made.measure(unit="个")
    def busy(m: Measures) -> Figure:
        return m.event_held + 1

    only = fault(lambda: compile_type(made))
    assert "the measure busy refers to event_held" in only.message.en and "测算值 busy" in only.message.zh


def test_what_looks_like_a_mistake_and_is_none() -> None:
    days = [{"d": (17_713, 17_713, 17_713), "y": (4, 4, 4)}, {"d": (17_714, 17_714, 17_714), "y": (1, 1, 1)}]
    lab = BaseType("lab", zh="实验", api=API)
    lab.table(zh="样本")(Sample)

    @lab.measure(unit="个")
    def before(s: Sample) -> Figure:
        return s.where(s.d < date(2018, 7, 2)).count()

    @lab.measure(unit="个")
    def after(s: Sample) -> Figure:
        return s.where(datetime(2018, 7, 2, 12) <= s.d).count()

    @lab.measure(unit="天")
    def days_between(s: Sample) -> Figure:
        return (s.d - date(2018, 7, 1)).max() + (date(2018, 7, 3) - s.d).max()

    @lab.measure(unit="个")
    def odd(s: Sample) -> Figure:
        return sum([s.y.sum(), s.count()]) + (1 / s.y).sum() * 4  # type: ignore[return-value, operator]

    made = computed(lab, Memory(stored("some", days)))["some"]
    assert {name: value for name, (value, _, _) in made.items()} == {
        "before": 1, "after": 1, "days_between": 3, "odd": 12
    }  # fmt: skip


def test_python_may_ask_what_a_table_and_measures_are() -> None:
    made = village()

    @made.measure(unit="个")
    def looked_at(i: Item) -> Figure:
        assert not hasattr(i, "__wrapped__") and inspect.unwrap(i) is i  # type: ignore[arg-type]
        return i.count()

    @made.measure(unit="个")
    def looked_at_too(m: Measures) -> Figure:
        assert not hasattr(m, "__wrapped__") and inspect.unwrap(m) is m  # type: ignore[arg-type]
        return m.looked_at + 1

    assert compile_type(made).tables_of("looked_at_too") == ("items",)


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        (lambda m: m.two < m.three, False),
        (lambda m: m.two < 2, True),
        (lambda m: m.two <= 2, False),
        (lambda m: m.two > m.three, True),
        (lambda m: m.two > 2, True),
        (lambda m: m.two >= 2, False),
        (lambda m: m.two > 2, True),
        (lambda m: m.two > 1.999, False),
        (lambda m: m.about <= 1600, False),  # it may be
        (lambda m: m.about < 1600, True),
        (lambda m: m.about > 1700, True),
        (lambda m: m.about >= 1700, False),
        (lambda m: m.about > 1650, False),
    ],
)
def test_figures_are_compared_by_every_sign(claim: Callable[[Measures], Claim], fails: bool) -> None:
    rows = [{"x": (2, 2, 2), "n": (3, 3, 3), "y": (1600, 1600, 1700)}]
    lab = BaseType("lab", zh="实验", api=API)
    lab.table(zh="样本")(Sample)
    for name, read in {"two": "x", "three": "n", "about": "y"}.items():

        def measure(s: Sample, read: str = read) -> Figure:
            figure: Figure = getattr(s, read).sum()
            return figure

        measure.__signature__ = inspect.Signature([inspect.Parameter("s", inspect.Parameter.POSITIONAL_ONLY)])  # type: ignore[attr-defined]
        measure.__name__ = name
        lab.measure(unit="个")(measure)

    @lab.measure(unit="个")
    def excess(m: Measures) -> Figure:
        return claim(m).excess

    low = computed(lab, Memory(stored("some", rows)))["some"]["excess"][1]
    assert low is not None
    assert (low > 1e-9) is fails


# --- columns


def declared(annotation: Any, **options: Any) -> Finding:
    """What is said of a table with one column."""
    return fault(lambda: type("Thing", (Record,), {"__annotations__": {"a": annotation}, "a": column(**options)}))


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("annotation", "options", "code", "says"),
    [
        (Text, {"zh": 5}, "plugin-option", "zh cannot be 5"),
        (Text, {"zh": " "}, "plugin-option", "it should be a non-empty string"),
        (Text, {"zh": "列", "en": None}, "plugin-option", "en cannot be None"),
        (Choice, {"zh": "列", "choices": ["a", "b"]}, "plugin-option", "a mapping of ids to labels"),
        (Choice, {"zh": "列", "choices": {"a": ""}}, "plugin-option", "choices cannot be {'a': ''}"),
        (Choice, {"zh": "列", "choices": {1: "一"}}, "plugin-option", "a mapping of ids to labels"),
        (Number, {"zh": "列", "min": "3"}, "plugin-option", "a finite number, without quotes"),
        (Period, {"zh": "列", "each": "week"}, "plugin-option", '"month", "quarter" or "year"'),
        (Period, {"zh": "列", "in_period": True}, "plugin-option-kind", "remove in_period, or use Date"),
        (Period, {"zh": "列", "exact": True}, "plugin-option-kind", "does not support exact"),
        (Date, {"zh": "列", "each": "month"}, "plugin-option-kind", "remove each, or use Period"),
        (Date, {"zh": "列", "near_period": 5}, "plugin-option", "two whole numbers of years, before and after"),
        (Date, {"zh": "列", "near_period": (5, -1)}, "plugin-option", "near_period cannot be (5, -1)"),
        (Number, {"zh": "列", "near_period": (5, 1)}, "plugin-option-kind", "remove near_period, or use Date"),
        (Text, {"zh": "列", "expires": True}, "plugin-option-kind", "remove expires, or use Date"),
        (Date, {"zh": "列", "near_period": (5,)}, "plugin-option", "near_period cannot be (5,)"),
        (Date, {"zh": "列", "near_period": [5, 1]}, "plugin-option", "near_period cannot be [5, 1]"),
        (Date, {"zh": "列", "near_period": (5, True)}, "plugin-option", "near_period cannot be (5, True)"),
        (Text, {"zh": "列", "stock": True}, "plugin-option-kind", "remove stock, or use Count, Number"),
        (Number, {"zh": "列", "min": True}, "plugin-option", "min cannot be True"),
        (Number, {"zh": "列", "aliases": ("别名", " ")}, "plugin-option", "a tuple of strings"),
        (Choice, {"zh": "列", "choices": {"a": "甲", "b": ""}}, "plugin-option", "a mapping of ids to labels"),
        (Number, {"zh": "列", "max": float("nan")}, "plugin-option", "max cannot be nan"),
        (Number, {"zh": "列", "min": 5, "max": 1}, "plugin-min-max", "min 5 is greater than max 1"),
        (Number, {"zh": "列", "aliases": "别名"}, "plugin-option", "a tuple of strings"),
        (Number, {"zh": "列", "unit": 5}, "plugin-option", "unit cannot be 5"),
        (Choice, {"zh": "列", "codes": " "}, "plugin-option", "codes cannot be ' '"),
        (Text, {"zh": "列", "refers": ""}, "plugin-option", "refers cannot be ''"),
        (Number, {"zh": "列", "help": 5}, "plugin-option", "help cannot be 5"),
        (Choice, {"zh": "列", "choices": {"a": "甲"}, "codes": "list"}, "plugin-choices-and-codes", "keep one"),
        (Text, {"zh": "列", "unit": "个"}, "plugin-option-kind", "a is of type Text, which does not support unit"),
        (Text, {"zh": "列", "min": 0}, "plugin-option-kind", "or use Count, Number"),
        (Flag, {"zh": "列", "max": 1}, "plugin-option-kind", "does not support max"),
        (Number, {"zh": "列", "in_period": True}, "plugin-option-kind", "or use Date"),
        (Number, {"zh": "列", "choices": {"a": "甲"}}, "plugin-option-kind", "or use Choice"),
        (Text, {"zh": "列", "codes": "list"}, "plugin-option-kind", "does not support codes"),
        (Text, {"zh": "列", "exact": True}, "plugin-option-kind", "or use Count, Date, Number"),
    ],
)
def test_an_option_that_can_do_nothing_is_refused(annotation: Any, options: Any, code: str, says: str) -> None:
    only = declared(annotation, **options)
    assert only.code == code
    assert says in only.line("en")


def test_a_list_of_aliases_does_as_well_as_a_tuple() -> None:
    made = type("Thing", (Record,), {"__annotations__": {"a": Text}, "a": column(zh="列", aliases=["别名"])})  # type: ignore[arg-type]
    assert made.columns_["a"].aliases == ("别名",)


def line_with(words: str) -> int:
    """The line of this file that ends with a comment."""
    lines = Path(__file__).read_text("utf-8").splitlines()
    [at] = [number for number, line in enumerate(lines, 1) if line.endswith(f"# {words}")]
    return at


def test_a_field_without_column_is_not_dropped() -> None:
    def declare() -> None:
        class Thing(Record):
            """A thing, with

            title: words that are no field.
            """

            LIMIT: ClassVar[int] = 3
            OTHER: Final = 4
            _private: str = "kept"
            name: Text = column(zh="名称")
            title: Text  # no column
            area: float = 5.0  # a value
            topic = column(zh="主题")  # no annotation

    one, two, three = faults(declare)
    assert [each.code for each in (one, two, three)] == [*["plugin-no-column"] * 2, "plugin-column-annotation"]
    assert "Thing.title is not declared with column(…)" in one.message.en
    assert "write title: Text = column(" in one.hint.en
    assert "area: Number = column(" in two.hint.en
    assert [each.place.line for each in (one, two, three)] == [
        line_with(words) for words in ("no column", "a value", "no annotation")
    ]
    assert {each.place.file for each in (one, two, three)} == {__file__}


def test_a_field_that_no_line_annotates_is_said_at_its_class() -> None:
    def declare() -> None:
        class Thing(Record):  # its class
            __annotations__ = {"title": Text}

    only = fault(declare)
    assert (only.code, only.place.line) == ("plugin-no-column", line_with("its class"))


def test_a_column_of_a_class_beside_the_record_is_not_dropped() -> None:
    class Named:
        name: Text = column(zh="名称")

    class Thing(Named, Record):
        area: Number = column(zh="面积")

    assert list(Thing.columns_) == ["name", "area"]


def test_every_fault_of_a_class_is_said_at_the_line_of_its_column() -> None:
    def declare() -> None:
        class Thing(Record):
            name: Text = column(zh="名称")
            area: Text = column(  # a unit
                zh="面积",
                unit="㎡",
            )
            kind: Choice = column(zh="类型")  # no list

    one, other = faults(declare)
    assert (one.code, one.place.line) == ("plugin-option-kind", line_with("a unit"))
    assert (other.code, other.place.line) == ("plugin-choice-without-list", line_with("no list"))


def test_columns_with_one_header_are_told_apart() -> None:
    class Thing(Record):
        name: Text = column(zh="名称")
        title: Text = column(zh="标题", aliases=("名称",))  # the same header
        area: Number = column(zh="面积")

    only = fault(lambda: village().table(zh="物")(Thing))
    assert (only.code, only.place.line) == ("plugin-same-header", line_with("the same header"))
    assert "“名称” names both columns name and title" in only.message.en

    class Noted(Record):
        description: Text = column(zh="说明")  # a header that every table has

    only = fault(lambda: village().table(zh="物")(Noted))
    assert (only.code, only.place.line) == ("plugin-same-header", line_with("a header that every table has"))


# --- tables, measures, base types


class Thing(Record):
    """A thing."""

    name: Text = column(zh="名称")


class Plain:
    """No record."""


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("declare", "code", "says"),
    [
        (lambda: village().table(Thing), "plugin-no-brackets", "write @….table(zh="),
        (lambda: village().measure(len), "plugin-no-brackets", "@….measure lacks its parentheses"),
        (lambda: village().check(len), "plugin-no-brackets", "@….check lacks its parentheses"),
        (lambda: village().table(zh="物")(Plain), "plugin-no-record", "write class Plain(Record):"),
        (lambda: village().table(zh="物")(5), "plugin-no-record", "5 is not a subclass of Record"),
        (lambda: village().table(zh="")(Thing), "plugin-option", "zh cannot be ''"),
        (lambda: village().table(zh=5)(Thing), "plugin-option", "zh cannot be 5"),
        (lambda: village().table(zh="物", aliases="东西")(Thing), "plugin-option", "a tuple of strings"),
        (lambda: village().table(zh="物", unique="name")(Thing), "plugin-option", "unique cannot be 'name'"),
        (lambda: village().table(zh="物", name=5)(Thing), "plugin-option", "name cannot be 5"),
        (lambda: village().table(zh="物", unique=("nam",))(Thing), "plugin-unknown-column", "did you mean “name”"),
        (lambda: village().table(zh="物", name="../evil")(Thing), "plugin-id",
        "the id of a table cannot be '../evil'"),
        (lambda: village().table(zh="物", en="x" * 32)(Thing), "plugin-sheet-name", "at most 31 characters"),
        (lambda: village().table(zh="物/件", en="x")(Thing), "plugin-sheet-name", "“物/件”"),
        (lambda: village().measure(unit="人天")(test_columns_with_one_header_are_told_apart), "plugin-unknown-unit",
         "test_columns_with_one_header_are_told_apart: unknown unit “人天”"),
        (lambda: village().measure(unit=5), "plugin-option", "unit cannot be 5"),
        (lambda: village().measure(unit="个", zh=5), "plugin-option", "zh cannot be 5"),
        (lambda: village().measure(unit="个", empty="ful"), "plugin-option", "empty cannot be 'ful'"),
        (lambda: village().measure(unit="个", definition_zh=5), "plugin-option", "definition_zh cannot be 5"),
        (lambda: village().table(zh="会员")(Thing), "plugin-person-table", "会员"),
        (lambda: village().check(zh=""), "plugin-option", "zh cannot be ''"),
        (lambda: BaseType("", zh="村"), "plugin-id", "the id of a base type cannot be ''"),
        (lambda: BaseType("../evil", zh="村"), "plugin-id", "use letters, digits and _"),
        (lambda: BaseType("my evil", zh="村"), "plugin-id", "such as village"),
        (lambda: BaseType("village", zh=""), "plugin-option", "zh cannot be ''"),
        (lambda: BaseType("village", zh="村", api="2"), "plugin-option", "a whole number such as 2"),
        (lambda: BaseType("village", zh="村", api=True), "plugin-option", "api cannot be True"),
    ],
)  # fmt: skip
def test_a_declaration_that_cannot_be_used_is_refused(declare: Callable[[], object], code: str, says: str) -> None:
    only = fault(declare)
    assert only.code == code
    assert says in only.line("en")


def test_no_two_tables_are_called_the_same() -> None:
    made = village()
    made.table(zh="物", aliases=("项目",))(Thing)
    only = fault(lambda: compile_type(made))
    assert only.code == "plugin-same-sheet"
    assert "“项目” names both tables items and things" in only.message.en
    assert only.place.line == inspect.getsourcelines(Thing)[1]
    common = BaseType("village", zh="村", api=API)
    common.table(zh="活动", name="own_events")(Thing)
    assert "both tables events and own_events" in fault(lambda: compile_type(common)).message.en
    older = BaseType("village", zh="村", api=API - 1)
    older.table(zh="活动", name="own_events")(Thing)
    assert "own_events" in compile_type(older).tables
