"""The base type 行业协会: industry associations and alliances."""

from pilot_eval.plugin import (
    BaseType,
    Choice,
    Count,
    Date,
    Figure,
    File,
    Flag,
    Number,
    Record,
    Text,
    Words,
    column,
    hookimpl,
)

association = BaseType("association", zh="行业协会", en="Industry associations", api=2)


@association.table(zh="办公场所", en="Facilities", aliases=("办公用房",))
class Facility(Record):
    """One set of office premises."""

    site: Text = column(zh="场所", en="Site")
    area: Number = column(zh="面积", en="Area", unit="㎡", min=0, stock=True)
    independent: Flag = column(zh="是否独立办公用房", en="Independent")


@association.table(zh="会员服务", en="Services", name="services", aliases=("会员服务项目",))
class MemberService(Record):
    """A service project for member bodies."""

    project: Text = column(zh="项目", en="Project")
    delivered: Flag = column(zh="是否完成", en="Delivered")
    members_served: Number = column(zh="受益会员数", en="Members served", unit="个", min=0, optional=True)


@association.table(zh="刊物", en="Bulletins", aliases=("刊物信息",))
class Bulletin(Record):
    """One issue of the association's bulletin."""

    issue: Text = column(zh="期号", en="Issue")
    published: Date = column(zh="出版日期", en="Published", in_period=True)


@association.table(zh="标准自律文件", en="Standards", aliases=("标准行规自律文件",))
class Standard(Record):
    """A standard, industry code or self-regulation document that the association issued."""

    title: Text = column(zh="文件名称", en="Title")
    issued: Date = column(zh="发布日期", en="Issued", in_period=True)
    file: File = column(zh="文件", en="File", optional=True)


@association.table(zh="会员覆盖", en="Membership", name="membership")
class Membership(Record):
    """Members and the whole sector, as totals."""

    sector: Text = column(zh="行业", en="Sector")
    members: Number = column(zh="会员数", en="Members", unit="个", min=0, stock=True)
    sector_total: Number = column(zh="行业总数", en="Sector total", unit="个", min=0, stock=True)


@association.table(zh="承接项目", en="Contracts", aliases=("承接委托与产销对接",))
class Contract(Record):
    """A project commissioned by an authority, or one that links production and market."""

    title: Text = column(zh="项目名称", en="Title")
    kind: Choice = column(
        zh="类型",
        en="Kind",
        choices={
            "commission": Words(zh="承接委托", en="commissioned work"),
            "market": Words(zh="产销对接", en="matching producers and buyers"),
        },
    )
    value: Number = column(zh="金额", en="Value", unit="元", min=0, optional=True)
    proof: File = column(
        zh="佐证文件",
        en="Proof",
        optional=True,
        help=Words(zh="没有佐证的项目不计数", en="items without proof are not counted"),
    )


@association.table(zh="评估等级", en="Official grades")
class OfficialGrade(Record):
    """A grade that the civil affairs authority gave to the association."""

    level: Count = column(
        zh="等级",
        en="Level",
        unit="A",
        min=1,
        max=5,
        exact=True,
        help=Words(zh="1 至 5，即 1A 至 5A", en="1 to 5, that is 1A to 5A"),
    )
    valid_to: Date = column(zh="有效期至", en="Valid to", expires=True)
    certificate: File = column(zh="证书", en="Certificate", optional=True)


@association.measure(
    unit="㎡",
    zh="独立办公用房面积",
    en="Independent office area",
    definition_zh="面积最大的一处独立办公用房的面积；没有独立办公用房的为 0。",
)
def independent_office_area(f: Facility) -> Figure:
    """Area of the largest independent office; 0 where there is none."""
    return f.where(f.independent).area.max().default(0)


@association.measure(
    unit="项",
    zh="会员服务项目完成数",
    en="Member-service projects delivered",
    definition_zh="已完成的会员服务项目数。",
)
def services_delivered(s: MemberService) -> Figure:
    """Service projects that were delivered."""
    return s.delivered.count()


@association.measure(
    unit="期",
    zh="刊物期数",
    en="Bulletins issued",
    definition_zh="出版的刊物期数。",
)
def bulletins_issued(b: Bulletin) -> Figure:
    """Issues of the bulletin."""
    return b.count()


@association.measure(
    unit="件",
    zh="标准行规自律文件数",
    en="Standards and self-regulation documents issued",
    definition_zh="本协会发布的标准、行规和自律文件数。",
)
def standards_issued(s: Standard) -> Figure:
    """Standards, industry codes and self-regulation documents issued."""
    return s.count()


@association.measure(
    unit="%",
    zh="会员行业覆盖率",
    en="Sector coverage by members",
    definition_zh="会员数 ÷ 行业总数。",
    empty="zero",
)
def sector_coverage(m: Membership) -> Figure:
    """Members ÷ all bodies of the sector."""
    return m.members.sum() / m.sector_total.sum() * 100


@association.measure(
    unit="项",
    zh="有佐证的承接委托与产销对接项目数",
    en="Commissioned and market-linkage projects with proof",
    definition_zh="有佐证文件的承接委托项目和产销对接项目数。",
)
def projects_proved(c: Contract) -> Figure:
    """Commissioned and market-linkage projects that have proof."""
    return c.proof.given().count()


@association.measure(
    unit="A",
    zh="社会组织评估等级",
    en="Official grade held",
    definition_zh="评价期间内有效的社会组织评估等级中的最高一级，以 A 计；没有的为 0。",
)
def official_grade(g: OfficialGrade) -> Figure:
    """The highest official grade valid in the period, in A; 0 where the association reports that it has none."""
    return g.level.max().default(0)


@association.check(zh="会员数大于行业总数", en="more members than the sector has bodies")
def members_within_sector(m: Membership) -> Flag:
    return m.members <= m.sector_total


@hookimpl
def pilot_eval_base_types() -> list[BaseType]:
    return [association]
