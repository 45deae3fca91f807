"""What an author declares: tables, columns and measures; every mistake has a name of its own, at the author's line."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest

from pilot_eval.errors import PluginError
from pilot_eval.evidence.grids import Grid
from pilot_eval.evidence.layouts import layout_of, locate
from pilot_eval.plugin import (
    API,
    BaseType,
    Choice,
    Count,
    Date,
    Figure,
    File,
    Flag,
    Measures,
    Number,
    Quantity,
    Record,
    Text,
    column,
)
from pilot_eval.plugin.persons import declares_person, means_person
from pilot_eval.plugin.tables import Kind, table_id


class Meeting(Record):
    """One meeting of the village."""

    held: Date = column(zh="日期", en="Date")
    topic: Text = column(zh="议题")
    kind: Choice = column(zh="类型", choices={"council": "村委会", "assembly": "村民大会"})
    open: Flag = column(zh="是否公开")
    present: Count = column(zh="到会人数", unit="人")
    cost: Number = column(zh="费用", unit="元", min=0, optional=True)
    minutes: File = column(zh="纪要", optional=True)


def village(api: int = API) -> BaseType:
    made = BaseType("village", zh="村", en="Villages", api=api)
    made.table(zh="会议", en="Meetings")(Meeting)
    return made


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

    measure = online.compiled.measures["adoption_rate"]
    assert (measure.table, measure.spec.unit) == ("suggestions_passed_on", "%")
    assert measure.spec.label.en == "Share of suggestions adopted or implemented."
    assert measure.figure.reads == {"adopted"}


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

    compiled = made.compiled
    order = list(compiled.measures)
    assert order.index("c_open") < order.index("b_openness") < order.index("a_double")
    assert compiled.tables_of("a_double") == ("meetings",)
    assert set(compiled.common_measures) < set(compiled.measures)


# --- mistakes in measures


def measured(function: Callable[..., Any], *, unit: str = "场") -> PluginError:
    """What is said of a base type with one faulty measure."""
    made = village()
    made.measure(unit=unit)(function)
    with pytest.raises(PluginError) as raised:
        _ = made.compiled
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


OF_THE_WHOLE = {
    "plugin-measure-parameters", "plugin-measure-table", "plugin-measure-annotation", "plugin-measure-return",
    "plugin-measure-circle",
}  # fmt: skip
"""Mistakes that no line inside the function makes."""


@pytest.mark.parametrize(
    ("function", "code", "says"),
    [
        (misspelt, "plugin-unknown-column", "did you mean open?"),
        (misspelt_aggregate, "plugin-measure-failed", "shares"),
        (unknown_measure, "plugin-unknown-measure", "did you mean events_held?"),
        (uses_itself, "plugin-measure-circle", "uses_itself → uses_itself"),
        (of_two_tables, "plugin-measure-parameters", "2 parameters"),
        (of_nothing, "plugin-measure-parameters", "0 parameters"),
        (of_no_table, "plugin-measure-table", "annotated int"),
        (of_no_table, "plugin-measure-table", "known: Measures, Meeting"),
        (of_anything, "plugin-measure-annotation", "such as s: Meeting; or s: Measures"),
        (of_a_misspelt_table, "plugin-measure-failed", "Meetings"),
        (a_column, "plugin-measure-return", "returns Flag"),
        (a_truth, "plugin-measure-return", "returns bool"),
        (nothing, "plugin-measure-return", "returns NoneType"),
        (an_unknown_word, "plugin-unknown-choice", "did you mean council?"),
        (a_word_for_a_number, "plugin-operand", "'much' (str)"),
        (not_a_condition, "plugin-where-needs-flag", "Number"),
        (raises, "plugin-measure-failed", "RuntimeError: out of coffee"),
        (beyond_the_last, "plugin-measure-failed", "between 0 and 1"),
    ],
)
def test_a_mistake_in_a_measure_is_said_at_the_authors_line(function: Any, code: str, says: str) -> None:
    [only] = measured(function).findings
    assert only.code == code
    assert says in only.line("en")
    inside = code not in OF_THE_WHOLE and function is not of_a_misspelt_table
    line = function.__code__.co_firstlineno + inside
    assert (Path(str(only.place.file)).name, only.place.line) == (Path(__file__).name, line)


def test_all_mistakes_of_a_plugin_are_said_at_once() -> None:
    made = village()
    for function in (misspelt, raises, a_truth):
        made.measure(unit="场")(function)
    with pytest.raises(PluginError) as raised:
        _ = made.compiled
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
        _ = made.compiled
    assert [each.code for each in raised.value.findings] == ["plugin-measure-circle"]
    assert "one → two → one" in str(raised.value)


def test_what_only_uses_a_circle_is_not_blamed_for_it() -> None:
    made = village()

    def a_user(m: Measures) -> Figure:
        return m.own + 1

    def own(m: Measures) -> Figure:
        return m.own * 2

    made.measure(unit="场")(a_user)
    made.measure(unit="场")(own)
    with pytest.raises(PluginError) as raised:
        _ = made.compiled
    [only] = raised.value.findings
    assert "own → own" in only.message.en
    assert only.place.line == own.__code__.co_firstlineno


# --- mistakes in declarations


def refused(declare: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(PluginError) as raised:
        declare()
    [only] = raised.value.findings
    return only.code, only.line("en")


def record(name: str, **columns: tuple[Any, Any]) -> type[Record]:
    """A record class, from its columns' types and declarations."""
    annotations = {key: kind for key, (kind, _) in columns.items()}
    declared = {key: given for key, (_, given) in columns.items()}
    return type(name, (Record,), {"__annotations__": annotations, **declared})


ZH = column(zh="列")


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


def test_units_are_known_ones() -> None:
    code, said = refused(lambda: record("Thing", a=(Number, column(zh="列", unit="万人次"))))
    assert (code, "did you mean 人次?" in said) == ("plugin-unknown-unit", True)
    assert refused(lambda: village().measure(unit="percent")(nothing))[0] == "plugin-unknown-unit"


def test_ids_are_used_once() -> None:
    made = village()
    assert refused(lambda: made.table(zh="会议")(Meeting))[0] == "plugin-duplicate"
    made.measure(unit="场")(a_truth)
    assert refused(lambda: made.measure(unit="场")(a_truth))[0] == "plugin-duplicate"


def test_what_every_base_type_has_is_not_declared_again() -> None:
    made = village()
    made.table(zh="大事", name="events")(record("Happening", a=(Number, ZH)))

    @made.measure(unit="场")
    def events_held(s: Meeting) -> Figure:
        return s.count()

    with pytest.raises(PluginError) as raised:
        _ = made.compiled
    assert [each.code for each in raised.value.findings] == ["plugin-common-name"] * 2
    assert re.search("table events.*measure events_held", str(raised.value), re.DOTALL)


# --- persons


@pytest.mark.parametrize(
    "name",
    [
        "姓名", "负责人姓名", "身份证号", "身份证号码", "手机", "手机号码", "联系电话", "家庭住址", "出生日期",
        "性别", "民族", "政治面貌", "学历", "微信号", "花名册", "人员名单", "个人积分", "网民言论", "first_name",
        "last_name", "full_name", "member_gender", "gender", "FirstName", "mobile", "mobile_phone", "phone",
        "id_number", "birth_date", "Person", "people", "personal_score", "home_address", "ethnicity", "religion",
        "WeChat", "roster", "手机号（11位数）", "电话（次要联系人）", "电话数据", "电话量表",
    ],
)  # fmt: skip
def test_a_table_about_persons_cannot_be_declared(name: str) -> None:
    assert means_person(name) == name
    assert declares_person(name)
    made = BaseType("village", zh="村", api=API)
    as_column = record("Thing", thing=(Text, column(zh=name)))
    assert refused(lambda: made.table(zh="表")(as_column))[0] == "plugin-person-table"
    assert refused(lambda: made.table(zh=name)(record("Thing", a=(Number, ZH))))[0] == "plugin-person-table"
    by_alias = record("Thing", thing=(Text, column(zh="列", aliases=(name,))))
    assert refused(lambda: made.table(zh="表")(by_alias))[0] == "plugin-person-table"
    assert made.tables == {}


@pytest.mark.parametrize(
    "name",
    [
        "人数", "人次", "参加人次", "受益人次", "带动就业人数", "会员数", "常住人口数", "总户数", "社区社会组织",
        "单位名称", "人员经费", "女性占比", "headcount", "participants", "members", "beneficiary_contacts",
        "residents", "organisation", "project_name", "household", "workers", "impersonal", "telephony_projects",
        "志愿者人次", "志愿者数", "会员单位数", "负责人变更次数", "平均年龄", "志愿者服务时长", "volunteer_hours",
        "average_age", "staff_cost",
        "电话访问数", "手机端浏览量", "咨询电话接听量", "热线电话受理件数", "电话回访满意率（%）", "电话访问数/次",
        "电话费（元）", "手机端用户",
    ],
)  # fmt: skip
def test_totals_and_organisations_are_welcome(name: str) -> None:
    assert means_person(name) is None
    made = BaseType("village", zh="村", api=API)
    made.table(zh="表")(record("Thing", thing=(Count, column(zh=name))))
    assert list(made.tables) == ["things"]


@pytest.mark.parametrize(
    "name",
    [
        "负责人", "项目负责人", "负责人（签字）", "联系人", "经办人", "名字", "作者", "年龄", "员工年龄", "邮箱",
        "联系邮箱", "员工工号", "志愿者", "志愿者信息表", "馆长", "图书馆馆长", "会员", "会员名单", "专家",
        "idcard", "IDCard", "id_card_number", "email", "leader", "project_leader", "Curator", "Project leader",
        "employee_id", "age", "Volunteer", "Staff", "Visitor", "volunteers", "VolunteerRecord", "Names of leaders",
    ],
)  # fmt: skip
def test_words_that_mean_a_person_as_a_whole_are_for_no_declaration(name: str) -> None:
    made = BaseType("village", zh="村", api=API)
    as_column = record("Thing", thing=(Text, column(zh=name)))
    assert refused(lambda: made.table(zh="表")(as_column))[0] == "plugin-person-table"
    assert refused(lambda: made.table(zh=name)(record("Thing", a=(Number, ZH))))[0] == "plugin-person-table"


def said_of_header(header: str) -> list[str]:
    """What is said of a header of a submitted sheet, whose words nobody chose for the program."""
    table = village().tables["meetings"]
    labels = [each.label.zh for each in table.columns]
    located, findings = locate(Grid("file.csv", None, [[*labels, header]]), [layout_of(table, {})], None)
    assert located is not None
    return [each.code for each in findings]


def test_a_submitted_sheet_with_a_leader_is_read_without_that_column() -> None:
    assert said_of_header("负责人") == ["header-unknown"]
    assert said_of_header("姓名") == ["header-person"]


@pytest.mark.parametrize(
    "name",
    [
        "团体会员", "会员单位", "合作单位", "负责单位", "联系单位", "团体成员", "作者单位", "项目名字", "官方渠道",
        "办公邮箱", "企业法人", "志愿服务项目", "志愿者之家", "老年人活动中心", "学生社团", "机器人",
        "创业导师工作室", "名称", "人才公寓", "managed_by", "partner", "issuer", "name", "Member bodies",
        "VolunteerProject", "Services for residents", "证件",
        "StaffTotals", "page", "stage", "image", "village", "visitor_centre",
    ],
)  # fmt: skip
def test_words_that_organisations_have_too_are_welcome(name: str) -> None:
    made = BaseType("village", zh="村", api=API)
    made.table(zh="表")(record("Thing", thing=(Text, column(zh=name))))
    other = BaseType("town", zh="镇", api=API)
    other.table(zh=name)(record("Thing", a=(Number, ZH)))
    assert list(made.tables) == list(other.tables) == ["things"]


@pytest.mark.parametrize(
    "name", ["people", "persons", "志愿者", "会员", "visits_per_person", "电话咨询次数", "学历达标人数", "leaders"]
)
def test_a_column_of_numbers_may_be_a_total_of_people(name: str) -> None:
    for kind in (Count, Number):
        made = BaseType("village", zh="村", api=API)
        made.table(zh="表")(record("Thing", thing=(kind, column(zh=name, unit="人"))))
        as_id = BaseType("town", zh="镇", api=API)
        as_id.table(zh="表")(record("Thing", people=(kind, column(zh="人次", unit="人次"))))


@pytest.mark.parametrize(
    "name", ["年龄", "手机号", "个人积分", "personal_score", "person_score", "工号", "age", "姓名数量"]
)
def test_a_number_of_one_person_is_no_total(name: str) -> None:
    made = BaseType("village", zh="村", api=API)
    assert (
        refused(lambda: made.table(zh="表")(record("Thing", thing=(Number, column(zh=name)))))[0]
        == "plugin-person-table"
    )


def test_a_column_about_a_person_is_said_at_its_own_line() -> None:
    made = BaseType("village", zh="村", api=API)

    class Project(Record):
        title: Text = column(zh="名称")
        leader: Text = column(zh="负责人")

    with pytest.raises(PluginError) as raised:
        made.table(zh="项目")(Project)
    [only] = raised.value.findings
    assert "the column projects.leader is about a person (leader)" in only.message.en
    assert "列 projects.leader 涉及个人" in only.message.zh
    assert only.place.line == inspect.getsourcelines(Project)[1] + 2


@pytest.mark.parametrize("name", ["Person", "PersonRecord", "MemberRoster"])
def test_a_class_named_after_persons_is_refused_too(name: str) -> None:
    made = BaseType("village", zh="村", api=API)
    assert refused(lambda: made.table(zh="表")(record(name, a=(Number, ZH))))[0] == "plugin-person-table"
