"""The base type 网络人士: online communities and the bodies that organise them.

It covers the organisation's own channel, events and projects; what a person posts online is not evidence.
"""

from pilot_eval.plugin import (
    BaseType,
    Choice,
    Count,
    Date,
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

online = BaseType("online", zh="网络人士", en="Online communities", api=2)


@online.table(zh="官方渠道", en="Channel months", aliases=("官方渠道更新",))
class ChannelMonth(Record):
    """One month of the organisation's own channel (account, site, programme)."""

    month: Period = column(zh="月份", en="Month", each="month")
    updates: Count = column(zh="更新次数", en="Updates", unit="次")
    live: Flag = column(zh="是否正常更新", en="Live")


@online.table(zh="公益项目", en="Projects", aliases=("网络公益项目",))
class Project(Record):
    """An online public-benefit project."""

    name: Text = column(zh="项目名称", en="Project")
    category: Choice = column(
        zh="类别",
        en="Category",
        choices={
            "relief": Words(zh="帮困助学", en="relief and student aid"),
            "literacy": Words(zh="网络素养", en="digital literacy"),
            "culture": Words(zh="文化传播", en="culture"),
            "law": Words(zh="普法宣传", en="legal education"),
            "rural": Words(zh="乡村振兴", en="rural revitalisation"),
            "other": Words(zh="其他", en="other"),
        },
    )
    started: Date = column(zh="开始日期", en="Started", near_period=(5, 0))
    partner: Text = column(zh="合作单位", en="Partner", optional=True)
    beneficiaries: Number = column(zh="受益人次", en="Beneficiary contacts", unit="人次", min=0)


@online.table(zh="成效案例", en="Cases")
class Case(Record):
    """A claimed outcome, with the level of its proof."""

    claim: Text = column(zh="成效", en="Claim")
    proof_level: Count = column(
        zh="佐证级别",
        en="Proof level",
        unit="级",
        max=4,
        exact=True,
        help=Words(
            zh="0 无佐证；1 自述；2 内部记录；3 第三方材料；4 第三方核实",
            en="0 none; 1 own statement; 2 internal record; 3 third-party material; 4 verified by a third party",
        ),
    )
    attestor: Text = column(
        zh="佐证单位",
        en="Attested by",
        optional=True,
        help=Words(zh="填单位，不填个人", en="an organisation, not a person"),
    )


@online.table(zh="团体成员", en="Member bodies", name="membership")
class MemberBodies(Record):
    """Member bodies at the start of a period and how many stayed, as totals."""

    period: Period = column(zh="期间", en="Period")
    start: Count = column(zh="期初团体成员数", en="Members at start", unit="家")
    stayed: Count = column(zh="期末留存数", en="Stayed", unit="家")


@online.measure(
    unit="月",
    zh="官方渠道正常更新月数",
    en="Months with a live official channel",
    definition_zh="本单位官方渠道正常更新的月数，同一月份只计一次。",
)
def channel_months_live(c: ChannelMonth) -> Figure:
    """Different months in which the organisation's own channel was live."""
    return c.where(c.live).month.n_unique()


@online.measure(
    unit="个",
    zh="网络公益项目数",
    en="Online public-benefit projects",
    definition_zh="开展的网络公益项目数。",
)
def projects_run(p: Project) -> Figure:
    """Public-benefit projects."""
    return p.count()


@online.measure(
    unit="人次",
    zh="公益受益人次",
    en="Beneficiary contacts",
    definition_zh="全部网络公益项目的受益人次之和。",
)
def beneficiary_contacts(p: Project) -> Figure:
    """Beneficiary contacts of all projects."""
    return p.beneficiaries.sum()


@online.measure(
    unit="级",
    zh="成效案例最高佐证级别",
    en="Highest proof level of outcome cases",
    definition_zh="各成效案例佐证级别中的最高一级。",
    empty="zero",
)
def best_proof_level(c: Case) -> Figure:
    """The highest level of proof among the claimed outcomes."""
    return c.proof_level.max()


@online.measure(
    unit="%",
    zh="团体成员留存率",
    en="Member-body retention",
    definition_zh="期末留存的团体成员数之和 ÷ 期初团体成员数之和。",
    empty="panel",
)
def member_retention(m: MemberBodies) -> Figure:
    """Member bodies that stayed ÷ member bodies at the start."""
    return m.stayed.sum() / m.start.sum() * 100


@online.check(zh="期末留存数大于期初成员数", en="more members stayed than there were")
def stayed_among_start(m: MemberBodies) -> Flag:
    return m.stayed <= m.start


@online.check(zh="更新次数为 0，却填了正常更新", en="no updates, yet live", warning=True)
def live_has_updates(c: ChannelMonth) -> Flag:
    return ~c.live | (c.updates > 0)


@hookimpl
def pilot_eval_base_types() -> list[BaseType]:
    return [online]
