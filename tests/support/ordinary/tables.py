"""The evidence tables of every base type: their names, their columns, and what makes their rows."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.support.ordinary import rows
from tests.support.ordinary.rows import Row


@dataclass(frozen=True)
class Column:
    """`kind`: text, choice, date, flag, number, money, area or proof; `sums` whether a total of it makes sense."""

    zh: str
    en: str
    kind: str = "text"
    sums: bool = True


@dataclass(frozen=True)
class Table:
    """A table's names and columns, and how its rows are made; `parts` says by what clerks split it over files."""

    id: str
    names: tuple[str, ...]
    en: str
    columns: tuple[Column, ...]
    make: Callable[[Random], list[Row]]
    parts: str = ""  # quarters, sites


def _columns(*said: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(each[0], each[1], each[2] if len(each) > 2 else "text", len(each) < 4) for each in said)


_PROOF = ("佐证文件", "Proof", "proof")
COMMON = (
    Table(
        "build_items",
        ("建设标准", "建设标准清单"),
        "Build standard",
        _columns(("条目", "Item", "choice"), ("是否达标", "Met", "flag"), _PROOF),
        rows.checklist(("有组织", "有阵地", "有制度", "有队伍", "有经费", "有活动", "有档案", "有成效")),
    ),
    Table(
        "plan",
        ("年度计划", "年度计划完成情况"),
        "Annual plan",
        _columns(("任务", "Task"), ("目标值", "Target", "number", "no"), ("完成值", "Actual", "number", "no")),
        rows.plan,
    ),
    Table(
        "disclosures",
        ("信息公开", "信息公开台账"),
        "Disclosures",
        _columns(("公开事项", "Item"), ("应公开日期", "Due", "date"), ("实际公开日期", "Published", "date")),
        rows.disclosures,
    ),
    Table(
        "governance",
        ("治理规范", "财务与治理规范清单"),
        "Governance",
        _columns(("条目", "Item", "choice"), ("是否符合", "Met", "flag"), _PROOF),
        rows.checklist(("章程制度", "财务制度", "年度审计", "民主决策记录", "资产台账")),
    ),
    Table(
        "finance",
        ("经费预算", "经费预算执行"),
        "Finance",
        _columns(("预算科目", "Budget line"), ("预算数", "Budget", "money"), ("执行数", "Spent", "money")),
        rows.finance,
    ),
    Table(
        "suggestions",
        ("建议", "建议办理台账"),
        "Suggestions",
        _columns(
            ("编号", "Number"),
            ("提交日期", "Submitted", "date"),
            ("应答复日期", "Answer due", "date"),
            ("答复日期", "Answered", "date"),
            ("办理结果", "Result", "choice"),
        ),
        rows.suggestions,
    ),
    Table(
        "surveys",
        ("满意度调查",),
        "Surveys",
        _columns(
            ("调查名称", "Survey"),
            ("有效样本数", "Answers", "number"),
            ("满意份数", "Satisfied", "number"),
            ("调查方式", "Channel", "choice"),
        ),
        rows.surveys,
    ),
    Table(
        "events",
        ("活动", "活动台账"),
        "Events",
        _columns(
            ("日期", "Date", "date"),
            ("活动名称", "Title"),
            ("类型", "Kind", "choice"),
            ("参加人次", "Participants", "number"),
            ("是否联合举办", "Joint", "flag"),
        ),
        rows.events,
        "quarters",
    ),
    Table(
        "honours",
        ("荣誉", "表彰奖励"),
        "Honours",
        _columns(
            ("荣誉名称", "Honour"),
            ("级别", "Level", "choice"),
            ("授予日期", "Awarded", "date"),
            ("授予单位", "Issued by"),
        ),
        rows.honours,
    ),
)
OWN = {
    "park": (
        Table(
            "tenants",
            ("入驻企业", "入驻企业统计"),
            "Tenants",
            _columns(
                ("片区", "Site"),
                ("企业总数", "Tenants", "number"),
                ("主导产业企业数", "Lead-sector tenants", "number"),
                ("本年新增入驻数", "Joined this year", "number"),
            ),
            rows.tenants,
            "sites",
        ),
        Table(
            "space",
            ("空间", "孵化空间"),
            "Space",
            _columns(("楼宇", "Building"), ("可租面积", "Lettable area", "area"), ("已租面积", "Let area", "area")),
            rows.space,
        ),
        Table(
            "services",
            ("服务资源", "签约服务机构与导师"),
            "Services",
            _columns(("类别", "Category", "choice"), ("签约数", "Contracted", "number")),
            rows.services,
        ),
        Table(
            "employment",
            ("带动就业",),
            "Employment",
            _columns(("期间", "Period"), ("带动就业人数", "Jobs", "number")),
            rows.employment,
            "folders",
        ),
        Table(
            "incomes",
            ("运营收入",),
            "Incomes",
            _columns(("收入类别", "Category", "choice"), ("金额", "Amount", "money")),
            rows.incomes,
        ),
    ),
    "association": (
        Table(
            "facilities",
            ("办公场所", "办公用房"),
            "Facilities",
            _columns(("场所", "Site"), ("面积", "Area", "area"), ("是否独立办公用房", "Independent", "flag")),
            rows.offices,
        ),
        Table(
            "services",
            ("会员服务", "会员服务项目"),
            "Services",
            _columns(
                ("项目", "Project"), ("是否完成", "Delivered", "flag"), ("受益会员数", "Members served", "number")
            ),
            rows.member_services,
        ),
        Table(
            "bulletins",
            ("刊物", "刊物信息"),
            "Bulletins",
            _columns(("期号", "Issue"), ("出版日期", "Published", "date")),
            rows.bulletins,
        ),
        Table(
            "standards",
            ("标准自律文件",),
            "Standards",
            _columns(("文件名称", "Title"), ("发布日期", "Issued", "date"), ("文件", "File", "proof")),
            rows.standards,
        ),
        Table(
            "membership",
            ("会员覆盖",),
            "Membership",
            _columns(("行业", "Sector"), ("会员数", "Members", "number"), ("行业总数", "Sector total", "number")),
            rows.coverage,
        ),
        Table(
            "contracts",
            ("承接项目", "承接委托与产销对接"),
            "Contracts",
            _columns(("项目名称", "Title"), ("类型", "Kind", "choice"), ("金额", "Value", "money"), _PROOF),
            rows.contracts,
        ),
        Table(
            "official_grades",
            ("评估等级",),
            "Official grades",
            _columns(
                ("等级", "Level", "number", "no"), ("有效期至", "Valid to", "date"), ("证书", "Certificate", "proof")
            ),
            rows.grades,
        ),
    ),
    "community": (
        Table(
            "facilities",
            ("服务设施", "综合服务设施"),
            "Facilities",
            _columns(("设施", "Facility"), ("面积", "Area", "area")),
            rows.facilities,
        ),
        Table(
            "households",
            ("户数",),
            "Households",
            _columns(("网格", "Grid"), ("总户数", "Households", "number")),
            rows.households,
            "sites",
        ),
        Table(
            "organisations",
            ("社区社会组织",),
            "Organisations",
            _columns(("组织名称", "Organisation"), ("是否登记或备案", "Registered or filed", "flag")),
            rows.groups,
        ),
        Table(
            "buildings",
            ("楼宇服务", "楼宇企业服务"),
            "Buildings",
            _columns(
                ("楼宇", "Building"), ("企业数", "Tenants", "number"), ("已服务企业数", "Tenants served", "number")
            ),
            rows.buildings,
        ),
        Table(
            "actions",
            ("协商事项", "协商事项落实"),
            "Actions",
            _columns(("事项", "Item"), ("议定日期", "Agreed", "date"), ("是否落实", "Delivered", "flag")),
            rows.actions,
            "quarters",
        ),
        Table(
            "requests",
            ("诉求办理",),
            "Requests",
            _columns(
                ("类别", "Category"), ("受理数", "Received", "number"), ("按期办结数", "Closed on time", "number")
            ),
            rows.requests,
        ),
        Table(
            "staffing",
            ("社区工作力量",),
            "Staffing",
            _columns(
                ("网格", "Grid"), ("社区工作者数", "Community workers", "number"), ("常住人口数", "Residents", "number")
            ),
            rows.staff,
        ),
    ),
    "online": (
        Table(
            "channel_months",
            ("官方渠道", "官方渠道更新"),
            "Channel months",
            _columns(("月份", "Month", "month"), ("更新次数", "Updates", "number"), ("是否正常更新", "Live", "flag")),
            rows.channel,
        ),
        Table(
            "projects",
            ("公益项目", "网络公益项目"),
            "Projects",
            _columns(
                ("项目名称", "Project"),
                ("类别", "Category", "choice"),
                ("开始日期", "Started", "date"),
                ("受益人次", "Beneficiary contacts", "number"),
            ),
            rows.projects,
            "quarters",
        ),
        Table(
            "cases",
            ("成效案例",),
            "Cases",
            _columns(("成效", "Claim"), ("佐证级别", "Proof level", "number", "no"), ("佐证单位", "Attested by")),
            rows.cases,
        ),
        Table(
            "membership",
            ("团体成员",),
            "Member bodies",
            _columns(
                ("期间", "Period"),
                ("期初团体成员数", "Members at start", "number", "no"),
                ("期末留存数", "Stayed", "number", "no"),
            ),
            rows.bodies,
        ),
    ),
}


def rows_of(table: Table, rng: Random) -> list[Row]:
    """Rows whose first or last isn't, by chance, the sum of all the others: that no one could tell from a total."""
    while True:
        made = table.make(rng)
        numbers = [at for at, column in enumerate(table.columns) if column.kind in ("number", "money", "area")]
        if not numbers or len(made) < 3 or not any(_is_sum(made, at, numbers) for at in (0, -1)) or _meant(made):
            return made


def _is_sum(made: list[Row], which: int, numbers: list[int]) -> bool:
    rest = made[1:] if which == 0 else made[:-1]
    return all(made[which][at] == sum(row[at] or 0 for row in rest) for at in numbers)


def _meant(made: list[Row]) -> bool:
    return made[0][0] == "大厦" or made[-1][0] == "全部类别"
