"""The base type 社区: neighbourhood communities and their service centres."""

from pilot_eval.plugin import (
    BaseType,
    Count,
    Date,
    Event,
    Figure,
    Flag,
    Measures,
    Number,
    Record,
    Text,
    column,
    hookimpl,
)

community = BaseType("community", zh="社区", en="Neighbourhood communities", api=2)


@community.table(zh="服务设施", en="Facilities", aliases=("综合服务设施",))
class Facility(Record):
    """One service facility."""

    facility: Text = column(zh="设施", en="Facility")
    area: Number = column(zh="面积", en="Area", unit="㎡", min=0, stock=True)


@community.table(zh="户数", en="Households", name="households")
class Households(Record):
    """Households of one grid of the community, as a total."""

    grid: Text = column(zh="网格", en="Grid")
    total: Number = column(zh="总户数", en="Households", unit="户", min=0, stock=True)


@community.table(zh="社区社会组织", en="Organisations", name="organisations")
class Organisation(Record):
    """A social organisation of the community."""

    organisation: Text = column(zh="组织名称", en="Organisation")
    registered: Flag = column(zh="是否登记或备案", en="Registered or filed")


@community.table(zh="楼宇服务", en="Buildings", name="buildings", aliases=("楼宇企业服务",))
class Building(Record):
    """One office building, with its tenants and those served."""

    building: Text = column(zh="楼宇", en="Building")
    tenants: Number = column(zh="企业数", en="Tenants", unit="家", min=0, stock=True)
    served: Number = column(zh="已服务企业数", en="Tenants served", unit="家", min=0)


@community.table(zh="协商事项", en="Actions", aliases=("协商事项落实",))
class Action(Record):
    """An item that a consultation meeting agreed."""

    item: Text = column(zh="事项", en="Item")
    agreed: Date = column(zh="议定日期", en="Agreed", in_period=True)
    done: Flag = column(zh="是否落实", en="Delivered")


@community.table(zh="诉求办理", en="Requests", name="requests")
class Requests(Record):
    """Requests of one category, as totals."""

    category: Text = column(zh="类别", en="Category")
    received: Count = column(zh="受理数", en="Received", unit="件")
    closed_on_time: Count = column(zh="按期办结数", en="Closed on time", unit="件")


@community.table(zh="社区工作力量", en="Staffing", name="staffing")
class Staffing(Record):
    """Community workers and residents of one grid, as totals."""

    grid: Text = column(zh="网格", en="Grid")
    workers: Number = column(zh="社区工作者数", en="Community workers", unit="人", min=0, stock=True)
    residents: Number = column(zh="常住人口数", en="Residents", unit="人", min=0, stock=True)


@community.measure(
    unit="㎡",
    zh="综合服务设施面积",
    en="Service-facility area",
    definition_zh="全部综合服务设施的面积之和。",
)
def facility_area(f: Facility) -> Figure:
    """Area of all service facilities."""
    return f.area.sum()


@community.measure(
    unit="户",
    zh="总户数",
    en="Households",
    definition_zh="社区各网格的总户数之和。",
)
def households(h: Households) -> Figure:
    """Households of the community."""
    return h.total.sum()


@community.measure(
    unit="㎡/百户",
    zh="每百户综合服务设施面积",
    en="Service-facility area per 100 households",
    definition_zh="综合服务设施面积 ÷ 总户数 × 100。",
)
def area_per_100_households(m: Measures) -> Figure:
    """Service-facility area per 100 households."""
    return m.facility_area / m.households * 100


@community.measure(
    unit="个",
    zh="登记或备案的社区社会组织数",
    en="Community organisations registered or on file",
    definition_zh="已登记或备案的社区社会组织数。",
)
def organisations_registered(o: Organisation) -> Figure:
    """Social organisations of the community that are registered or on file."""
    return o.registered.count()


@community.measure(
    unit="%",
    zh="楼宇企业服务覆盖率",
    en="Building tenants served",
    definition_zh="全部楼宇的已服务企业数之和 ÷ 企业数之和。",
    empty="panel",
)
def tenants_served_share(b: Building) -> Figure:
    """Tenants served ÷ tenants, over all buildings."""
    return b.served.sum() / b.tenants.sum() * 100


@community.measure(
    unit="场",
    zh="议事协商场次",
    en="Consultation meetings held",
    definition_zh="类型为“议事协商”的活动场次。",
)
def consultations_held(e: Event) -> Figure:
    """Events of the kind consultation."""
    return (e.kind == "consult").count()


@community.measure(
    unit="%",
    zh="协商事项落实率",
    en="Agreed items delivered",
    definition_zh="已落实的协商事项数 ÷ 议定的协商事项总数。",
    empty="panel",
)
def actions_delivered(a: Action) -> Figure:
    """Agreed items that were delivered ÷ agreed items."""
    return a.done.share() * 100


@community.measure(
    unit="%",
    zh="诉求按期办结率",
    en="Requests closed on time",
    definition_zh="按期办结的诉求数之和 ÷ 受理的诉求数之和。",
    empty="panel",
)
def requests_on_time(r: Requests) -> Figure:
    """Requests closed on time ÷ requests received."""
    return r.closed_on_time.sum() / r.received.sum() * 100


@community.measure(
    unit="人/万人",
    zh="每万人社区工作者数",
    en="Community workers per 10,000 residents",
    definition_zh="社区工作者数之和 ÷ 常住人口数之和 × 10000。",
    empty="zero",
)
def workers_per_10k(s: Staffing) -> Figure:
    """Community workers per 10,000 residents."""
    return s.workers.sum() / s.residents.sum() * 10_000


@community.check(zh="已服务企业数大于企业数", en="more tenants served than there are")
def served_among_tenants(b: Building) -> Flag:
    return b.served <= b.tenants


@community.check(zh="按期办结数大于受理数", en="more requests closed than received")
def closed_among_received(r: Requests) -> Flag:
    return r.closed_on_time <= r.received


@community.check(
    zh="常住人口数小于社区工作者数，可能以万计",
    en="fewer residents than workers: it may be in ten thousands",
    warning=True,
)
def workers_among_residents(s: Staffing) -> Flag:
    return (s.workers <= s.residents) | (s.residents == 0)


@hookimpl
def pilot_eval_base_types() -> list[BaseType]:
    return [community]
