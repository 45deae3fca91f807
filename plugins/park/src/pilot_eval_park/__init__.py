"""The base type 园区: parks, incubators and maker spaces."""

from pilot_eval.plugin import (
    BaseType,
    Choice,
    Count,
    Event,
    Figure,
    Flag,
    Number,
    Period,
    Record,
    Text,
    Words,
    column,
    hookimpl,
)

park = BaseType("park", zh="园区", en="Parks", api=2)


@park.table(zh="入驻企业", en="Tenants", aliases=("入驻企业统计",))
class Tenant(Record):
    """Totals of the tenants of one site."""

    site: Text = column(zh="片区", en="Site")
    total: Count = column(zh="企业总数", en="Tenants", unit="家", stock=True)
    lead_sector: Count = column(zh="主导产业企业数", en="Lead-sector tenants", unit="家", stock=True)
    joined: Count = column(zh="本年新增入驻数", en="Joined this year", unit="家")


@park.table(zh="空间", en="Space", name="space", aliases=("孵化空间",))
class Building(Record):
    """One building, with the area to let and the area let."""

    building: Text = column(zh="楼宇", en="Building")
    total: Number = column(zh="可租面积", en="Lettable area", unit="㎡", min=0, stock=True)
    let: Number = column(zh="已租面积", en="Let area", unit="㎡", min=0, stock=True)


@park.table(zh="服务资源", en="Services", name="services", aliases=("签约服务机构与导师",))
class ServiceResource(Record):
    """How many service bodies or mentors of one category are under contract, as totals."""

    category: Choice = column(
        zh="类别",
        en="Category",
        choices={
            "legal": Words(zh="法律机构", en="legal services"),
            "finance": Words(zh="金融财税机构", en="finance and tax services"),
            "property": Words(zh="知识产权机构", en="intellectual property services"),
            "technology": Words(zh="技术服务机构", en="technical services"),
            "mentors": Words(zh="创业导师", en="startup mentoring"),
        },
    )
    contracted: Count = column(zh="签约数", en="Contracted", unit="个", stock=True)


@park.table(zh="带动就业", en="Employment", name="employment")
class Employment(Record):
    """Jobs that tenants created in one period, as a total."""

    period: Period = column(zh="期间", en="Period")
    jobs: Number = column(zh="带动就业人数", en="Jobs", unit="人", min=0)


@park.table(zh="运营收入", en="Incomes", name="incomes")
class Income(Record):
    """One kind of the operator's income."""

    category: Choice = column(
        zh="收入类别",
        en="Category",
        choices={
            "service": Words(zh="服务收入", en="services"),
            "rent": Words(zh="租金收入", en="rent"),
            "subsidy": Words(zh="补助收入", en="subsidies"),
            "other": Words(zh="其他收入", en="other income"),
        },
    )
    amount: Number = column(zh="金额", en="Amount", unit="元", min=0)


@park.measure(
    unit="%",
    zh="主导产业企业占比",
    en="Lead-sector tenant share",
    definition_zh="全部片区的主导产业企业数之和 ÷ 企业总数之和。",
    empty="panel",
)
def lead_sector_share(t: Tenant) -> Figure:
    """Lead-sector tenants ÷ tenants, over all sites."""
    return t.lead_sector.sum() / t.total.sum() * 100


@park.measure(
    unit="%",
    zh="入驻率",
    en="Occupancy",
    definition_zh="全部楼宇的已租面积之和 ÷ 可租面积之和。",
    empty="panel",
)
def occupancy(b: Building) -> Figure:
    """Area let ÷ area to let, over all buildings."""
    return b.let.sum() / b.total.sum() * 100


@park.measure(
    unit="场",
    zh="创业服务活动场次（联合举办按 0.5 场）",
    en="Start-up service events (joint events count 0.5)",
    definition_zh="类型为“创业服务”“培训”“交流对接”的活动场次；联合举办的每场计 0.5 场。",
)
def service_events(e: Event) -> Figure:
    """Events of the kinds startup service, training and exchange; a joint event counts 0.5."""
    return e.where(e.kind.isin(["service", "training", "exchange"])).joint.then(0.5, otherwise=1).sum()


@park.measure(
    unit="个",
    zh="签约服务机构与导师数",
    en="Contracted service bodies and mentors",
    definition_zh="签约的服务机构和创业导师数之和。",
)
def contracted_services(s: ServiceResource) -> Figure:
    """Service bodies and mentors under contract."""
    return s.contracted.sum()


@park.measure(
    unit="家",
    zh="新增入驻团队企业数",
    en="New tenants and teams",
    definition_zh="本年新增入驻的企业和团队数之和。",
)
def tenants_joined(t: Tenant) -> Figure:
    """Tenants and teams that joined during the year."""
    return t.joined.sum()


@park.measure(
    unit="人",
    zh="带动就业人数",
    en="Jobs supported",
    definition_zh="入驻企业带动的就业人数，各期间合计。",
)
def jobs_supported(e: Employment) -> Figure:
    """Jobs that tenants created, over all periods."""
    return e.jobs.sum()


@park.measure(
    unit="%",
    zh="运营服务收入占比",
    en="Service-income share",
    definition_zh="服务收入 ÷ 全部收入。",
    empty="panel",
)
def service_income_share(i: Income) -> Figure:
    """Service income ÷ all income."""
    return i.where(i.category == "service").amount.sum() / i.amount.sum() * 100


@park.check(zh="主导产业企业数大于企业总数", en="more lead-sector tenants than tenants")
def lead_sector_among_tenants(t: Tenant) -> Flag:
    return t.lead_sector <= t.total


@park.check(zh="新增入驻数大于企业总数", en="more tenants joined than there are", warning=True)
def joined_among_tenants(t: Tenant) -> Flag:
    return t.joined <= t.total


@park.check(zh="已租面积大于可租面积", en="more area let than there is to let")
def let_within_total(b: Building) -> Flag:
    return b.let <= b.total


@hookimpl
def pilot_eval_base_types() -> list[BaseType]:
    return [park]
