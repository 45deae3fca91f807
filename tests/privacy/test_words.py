"""Words that mean a person: no table, column or class is declared by them; totals and organisations are welcome."""

import inspect

import pytest

from pilot_eval.errors import PluginError
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.tables.layout import layout_of
from pilot_eval.evidence.tables.locate import locate
from pilot_eval.plugin import (
    API,
    BaseType,
    Count,
    Number,
    Record,
    Text,
    column,
)
from pilot_eval.privacy.words import declares_person, means_contact, means_person
from tests.support.plugins.declared import ZH, record, refused, village


def expect_welcome(name: str) -> None:
    """A column and a table of this name can be declared."""
    made = BaseType("village", zh="村", api=API)
    made.table(zh="表")(record("Thing", thing=(Text, column(zh=name))))
    other = BaseType("town", zh="镇", api=API)
    other.table(zh=name)(record("Thing", a=(Number, ZH)))
    assert list(made.tables) == list(other.tables) == ["things"]


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
        "average_age", "staff_cost", "电话访问数", "手机端浏览量", "咨询电话接听量", "热线电话受理件数",
        "电话回访满意率（%）", "电话访问数/次", "电话费（元）", "手机端用户",
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
        "联系邮箱", "员工工号", "志愿者", "志愿者信息表", "馆长", "图书馆馆长", "会员", "会员名单", "专家", "idcard",
        "IDCard", "id_card_number", "email", "leader", "project_leader", "Curator", "Project leader", "employee_id",
        "age", "Volunteer", "Staff", "Visitor", "volunteers", "VolunteerRecord", "Names of leaders",
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
    assert said_of_header("负责人") == ["header-contact"]
    assert said_of_header("姓名") == ["header-person"]


@pytest.mark.parametrize(
    "header",
    [
        "联系人", "联系人姓名", "负责人", "项目负责人", "负责人（签字）", "法定代表人", "法定代表人姓名", "经办人",
        "填表人", "联系方式", "联系电话", "单位联系电话", "电话", "联系人及电话", "联系人/联系电话", "负责人手机号",
        "微信", "微信号", "QQ号", "电子邮箱", "单位邮箱", "E-mail", "Email address", "昵称", "网名", "名字", "Name",
        "Contact", "Contact person", "Telephone", "Phone number", "WeChat ID", "Legal representative",
        "Person in charge", "联系电话（座机）", "联 系 人", "联系人：",
    ],
)  # fmt: skip
def test_a_column_for_contacts_is_warned_of_once_and_left_out(header: str) -> None:
    assert said_of_header(header) == ["header-contact"]


@pytest.mark.parametrize(
    "header",
    [
        "姓名", "学员姓名", "姓名及联系电话", "身份证号", "身份证及联系方式", "手机号码", "姓名及手机号", "性别",
        "出生日期", "花名册", "人员名单", "Full name", "First name", "ID number", "Mobile", "Gender", "Names of people",
        "Person",
    ],
)  # fmt: skip
def test_a_column_of_a_list_of_persons_is_refused(header: str) -> None:
    assert said_of_header(header) == ["header-person"]


@pytest.mark.parametrize(
    "header",
    [
        "负责人变更次数", "联系人数", "是否有负责人", "有无联系人", "咨询电话", "监督电话", "官方微信", "微信公众号",
        "微信阅读量", "联系单位", "联系服务企业数", "邮箱系统", "电话回访满意率", "名称", "Project name",
        "Number of contacts", "People employed", "Number of people", "Employees", "Number of employees",
        "Persons trained", "Cost per person", "从业人员（人）", "备注（不填姓名）", "参加单位（不含个人姓名）",
        "Participants (without names)",
    ],
)  # fmt: skip
def test_totals_public_lines_and_what_a_header_leaves_out_are_neither(header: str) -> None:
    assert said_of_header(header) in (["header-unread"], ["header-again"])


def test_a_method_may_refuse_contacts() -> None:
    table = village().tables["meetings"]
    labels = [each.label.zh for each in table.columns]
    grid = Grid("file.csv", None, [[*labels, "联系人", "备注一", "联系电话"]])
    for policy, code in (("leave-out", "header-contact"), ("refuse", "header-contact-refused")):
        located, findings = locate(grid, [layout_of(table, {}, policy)], None)
        assert located is not None
        [said] = [each for each in findings if each.code != "header-unread"]
        assert said.code == code
        assert said.severity == ("error" if policy == "refuse" else "warning")
        first = "ABCDEFGHIJKL"[len(labels)]
        assert f"“联系人”（{first} 列）、“联系电话”（" in said.message.zh
        assert said.place.column == first


@pytest.mark.parametrize(
    "name",
    [
        "达人", "网络达人", "主播", "带货主播", "博主", "网红", "网红名单", "大V", "代表人士", "统战对象",
        "统战对象库", "代表人士信息表", "带货达人", "党外人士", "参与者", "参加者名单", "粉丝", "账号", "个人账号",
        "主播账号", "用户名", "会员档案", "Influencer", "Blogger", "Streamer", "LiveStreamer", "Participant",
        "ParticipantRecord", "Account", "UserAccount", "MemberProfile", "Follower", "Netizen", "Account name",
        "influencers",
    ],
)  # fmt: skip
def test_persons_by_other_words_are_for_no_declaration(name: str) -> None:
    made = BaseType("village", zh="村", api=API)
    as_column = record("Thing", thing=(Text, column(zh=name)))
    assert refused(lambda: made.table(zh="表")(as_column))[0] == "plugin-person-table"
    assert refused(lambda: made.table(zh=name)(record("Thing", a=(Number, ZH))))[0] == "plugin-person-table"
    if name.isascii() and name.isidentifier():
        assert refused(lambda: made.table(zh="表")(record(name, a=(Number, ZH))))[0] == "plugin-person-table"


@pytest.mark.parametrize(
    "name",
    [
        "主播培训", "网红打卡点", "达人联谊会", "博主座谈会", "账号矩阵", "官方账号", "政务新媒体账号", "银行账号",
        "代表人士座谈活动", "网络人士基地", "粉丝见面会", "参与单位", "参与者满意度调查", "统战对象联谊活动",
        "带货活动", "直播带货场次", "用户体验", "InfluencerTraining", "StreamerContest", "OfficialAccount",
        "BankAccount", "ParticipantOrganisation", "CompanyProfile", "AccountsReceivable", "ProfileUpdate", "法人单位",
        "会员单位", "人才公寓", "院士工作站", "带头人所在单位", "培训师单位",
    ],
)  # fmt: skip
def test_events_and_bodies_with_such_words_are_welcome(name: str) -> None:
    expect_welcome(name)


@pytest.mark.parametrize(
    "name",
    [
        "People employed", "Persons employed", "People insured", "People helped", "Disabled people employed",
        "People put into jobs", "Employees", "Staff", "Number of employees", "Mentor", "Women", "Followers", "粉丝数",
        "账号矩阵数", "主播人数", "达人数", "参与者", "Participants", "Accounts",
    ],
)  # fmt: skip
def test_a_count_of_people_is_declared_in_either_language(name: str) -> None:
    for words in ({"zh": name}, {"zh": "人数", "en": name}):
        made = BaseType("village", zh="村", api=API)
        made.table(zh="表")(record("Thing", thing=(Count, column(unit="人", **words))))
        assert list(made.tables) == ["things"]


@pytest.mark.parametrize(
    "name",
    [
        "团体会员", "会员单位", "合作单位", "负责单位", "联系单位", "团体成员", "作者单位", "项目名字", "官方渠道",
        "办公邮箱", "企业法人", "志愿服务项目", "志愿者之家", "老年人活动中心", "学生社团", "机器人",
        "创业导师工作室", "名称", "人才公寓", "managed_by", "partner", "issuer", "name", "Member bodies",
        "VolunteerProject", "Services for residents", "证件", "StaffTotals", "page", "stage", "image", "village",
        "visitor_centre",
    ],
)  # fmt: skip
def test_words_that_organisations_have_too_are_welcome(name: str) -> None:
    expect_welcome(name)


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
    assert "the column projects.leader is about a person (“leader”)" in only.message.en
    assert "列 projects.leader 涉及个人" in only.message.zh
    assert only.place.line == inspect.getsourcelines(Project)[1] + 2


@pytest.mark.parametrize("name", ["Person", "PersonRecord", "MemberRoster"])
def test_a_class_named_after_persons_is_refused_too(name: str) -> None:
    made = BaseType("village", zh="村", api=API)
    assert refused(lambda: made.table(zh="表")(record(name, a=(Number, ZH))))[0] == "plugin-person-table"


def test_the_chinese_name_says_whose_accounts_they_are() -> None:
    for zh, fine in (("账目", True), ("官方账号", True), ("开户银行", True), ("表", False), ("个人账户", False)):
        made = BaseType("village", zh="村", api=API)
        declare = made.table(zh=zh)
        if fine:
            declare(record("Account", a=(Number, ZH)))
        else:
            assert (
                refused(lambda declare=declare: declare(record("Account", a=(Number, ZH))))[0] == "plugin-person-table"
            )


@pytest.mark.parametrize(
    "header",
    [
        "联系人1", "联系人2", "负责人1", "【联系人】", "聯繫人", "聯絡人", "負責人", "電話", "聯繫電話", "電子郵箱",
        "微信號",
        "座机",
        "传真", "信箱", "电子信箱", "接口人", "经手人", "收件人", "领队", "Contacts", "POC", "Point of contact",
        "Mail", "Cell", "Email Addr", "Contact’s name", "Contact's name", "Project leader", "Team leader’s name",
        "Project manager", "Tel.", "Mob.", "WeChat ID", "Fax", "VX", "Prepared by",
        "Signature", "Responsible officer", "审核人", "制表", "签字", "手机", "责任人", "致富带头人",
        "扣扣号",
        "网格员姓名", "网格员", "主讲人", "馆长", "秘书长", "复核人及电话",
    ],
)  # fmt: skip
def test_a_header_of_a_contact_is_known_in_other_words(header: str) -> None:
    assert means_contact(header)


@pytest.mark.parametrize(
    "header",
    [
        "性别比",
        "学历结构",
        "职称分布",
        "Fuel cell",
        "Number of contacts",
        "New contacts",
        "Mobile library",
        "Leaders trained",
        "Manager training",
        "Head count",
        "网格员（人）",
        "带头人数",
        "审核状态",
        "制表日期",
        "签字率",
        "手机报期数",
        "责任单位",
        "年增长",
        "书记项目",
        "会长单位",
    ],
)
def test_a_header_of_an_aggregate_is_about_no_person(header: str) -> None:
    assert not means_contact(header)
    assert means_person(header) is None
