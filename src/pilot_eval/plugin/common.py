"""Tables and measures that every base type has: what makes pilots of different types comparable."""

from pilot_eval.plugin.base_type import Measures, Toolkit
from pilot_eval.plugin.columns import Count, Flag, Number
from pilot_eval.plugin.days import Date
from pilot_eval.plugin.figures import Figure
from pilot_eval.plugin.tables import Record, column
from pilot_eval.plugin.words import Choice, File, Text
from pilot_eval.text import Words

common = Toolkit("common", zh="共性", en="Common")


@common.table(zh="建设标准", en="Build standard", unique=("item",), aliases=("建设标准清单",))
class BuildItem(Record):
    """One item of the build standard, and whether the base meets it."""

    item: Choice = column(zh="条目", en="Item", codes="build_standard")
    present: Flag = column(zh="是否达标", en="Met")
    file: File = column(zh="佐证文件", en="Proof", optional=True)


@common.table(zh="年度计划", en="Annual plan", name="plan", aliases=("年度计划完成情况",))
class PlanTask(Record):
    """One task of the annual plan, with its target and what was achieved."""

    task: Text = column(zh="任务", en="Task")
    target: Number = column(zh="目标值", en="Target", min=0)
    actual: Number = column(
        zh="完成值", en="Actual", min=0, help=Words(zh="没有完成的填 0", en="enter 0 if nothing was achieved")
    )


@common.table(
    zh="绩效目标完成情况",
    en="Plan results",
    name="plan_results",
    unique=("line",),
    aliases=("绩效目标完成情况表", "绩效自评表", "绩效目标自评表", "项目支出绩效自评表"),
)
class PlanResult(Record):
    """One line of the pilot's own plan, and what was reached of its target; in rounds whose method asks for plans."""

    line: Text = column(zh="指标", en="Indicator", aliases=("三级指标", "指标名称", "绩效指标"))
    target: Text = column(
        zh="年度指标值",
        en="Target",
        optional=True,
        aliases=("指标值", "目标值", "年度目标值"),
        help=Words(zh="按绩效目标表，不改", en="as in the plan; leave it as it is"),
    )
    actual: Text = column(
        zh="实际完成值",
        en="Actual",
        optional=True,
        aliases=("完成值", "全年实际完成值", "全年完成值", "实际完成情况"),
        help=Words(
            zh="数字和单位，如 97.5%、12 场；约数照写", en="the figure with its unit; approximate ones as stated"
        ),
    )
    proof: File = column(zh="佐证", en="Proof", optional=True, aliases=("佐证文件", "佐证材料"))


@common.table(zh="信息公开", en="Disclosures", unique=("item", "due"), aliases=("信息公开台账",))
class Disclosure(Record):
    """One item of information that was due to be published."""

    item: Text = column(zh="公开事项", en="Item")
    due: Date = column(zh="应公开日期", en="Due", in_period=True)
    published: Date = column(
        zh="实际公开日期",
        en="Published",
        optional=True,
        near_period=(1, 1),
        help=Words(zh="未公开的留空", en="leave blank if not published"),
    )


@common.table(zh="治理规范", en="Governance", unique=("item",), aliases=("财务与治理规范清单",))
class GovernanceItem(Record):
    """One item of the finance and governance checklist."""

    item: Choice = column(zh="条目", en="Item", codes="governance")
    met: Flag = column(zh="是否符合", en="Met")
    file: File = column(zh="佐证文件", en="Proof", optional=True)


@common.table(zh="经费预算", en="Finance", name="finance", aliases=("经费预算执行",))
class BudgetLine(Record):
    """One budget line, with the amount spent."""

    line: Text = column(zh="预算科目", en="Budget line")
    budget: Number = column(zh="预算数", en="Budget", unit="元", min=0)
    spent: Number = column(zh="执行数", en="Spent", unit="元", min=0)


@common.table(zh="建议", en="Suggestions", unique=("number",), aliases=("建议办理台账",))
class Suggestion(Record):
    """A suggestion that the organisation passed on to an authority; identified by number, never by a person's name."""

    number: Text = column(zh="编号", en="Number")
    submitted: Date = column(zh="提交日期", en="Submitted", in_period=True)
    due: Date = column(zh="应答复日期", en="Answer due")
    answered: Date = column(
        zh="答复日期",
        en="Answered",
        optional=True,
        near_period=(1, 2),
        help=Words(zh="未答复的留空", en="leave blank if not answered"),
    )
    status: Choice = column(
        zh="办理结果",
        en="Result",
        choices={
            "adopted": Words(zh="采纳", en="adopted"),
            "implemented": Words(zh="落实", en="implemented"),
            "noted": Words(zh="留作参考", en="noted for reference"),
            "declined": Words(zh="未采纳", en="declined"),
            "pending": Words(zh="办理中", en="in progress"),
        },
    )
    proof: File = column(zh="佐证文件", en="Proof", optional=True)


@common.table(zh="满意度调查", en="Surveys")
class Survey(Record):
    """One survey of service users, as totals."""

    survey: Text = column(zh="调查名称", en="Survey")
    answers: Count = column(zh="有效样本数", en="Answers", unit="份")
    satisfied: Count = column(zh="满意份数", en="Satisfied", unit="份")
    channel: Choice = column(
        zh="调查方式",
        en="Channel",
        choices={
            "paper": Words(zh="纸质问卷", en="paper questionnaire"),
            "online": Words(zh="网络问卷", en="online questionnaire"),
            "telephone": Words(zh="电话访问", en="telephone interview"),
            "third_party": Words(zh="第三方", en="third party"),
        },
    )


@common.table(zh="活动", en="Events", aliases=("活动台账",))
class Event(Record):
    """One event that the base held, alone or jointly."""

    held: Date = column(zh="日期", en="Date", in_period=True, aliases=("活动日期", "时间"))
    title: Text = column(zh="活动名称", en="Title", aliases=("名称", "主题"))
    kind: Choice = column(
        zh="类型",
        en="Kind",
        choices={
            "activity": Words(zh="主题活动", en="themed event"),
            "training": Words(zh="培训", en="training"),
            "service": Words(zh="创业服务", en="startup service"),
            "exchange": Words(zh="交流对接", en="networking"),
            "consult": Words(zh="议事协商", en="consultation meeting"),
            "outreach": Words(zh="公益服务", en="public-benefit service"),
        },
    )
    participants: Number = column(zh="参加人次", en="Participants", unit="人次", min=0)
    joint: Flag = column(
        zh="是否联合举办",
        en="Joint",
        help=Words(zh="与其他单位联合举办的按 0.5 场计", en="an event held with another organisation counts as 0.5"),
    )


@common.table(zh="荣誉", en="Honours", aliases=("表彰奖励",))
class Honour(Record):
    """An honour given to the organisation."""

    title: Text = column(zh="荣誉名称", en="Honour")
    level: Choice = column(
        zh="级别",
        en="Level",
        choices={
            "national": Words(zh="国家级", en="national"),
            "provincial": Words(zh="省级", en="provincial"),
            "municipal": Words(zh="市级", en="municipal"),
        },
    )
    awarded: Date = column(zh="授予日期", en="Awarded", in_period=True)
    issuer: Text = column(zh="授予单位", en="Issued by")


@common.table(zh="行政处罚", en="Penalties", name="penalties")
class Penalty(Record):
    """An administrative penalty on the organisation."""

    matter: Text = column(zh="事由", en="Matter")
    decided: Date = column(zh="决定日期", en="Decided", in_period=True)
    authority: Text = column(zh="决定机关", en="Authority")


@common.measure(
    unit="项",
    zh="建设标准达标条目数",
    en="Build-standard items met",
    definition_zh="达到建设标准的条目数，同一条目只计一次。",
)
def build_items_met(b: BuildItem) -> Figure:
    """Items of the build standard that are met, each counted once."""
    return b.where(b.present).item.n_unique()


@common.measure(
    unit="%",
    zh="年度计划平均完成率",
    en="Average completion of the annual plan",
    definition_zh="年度计划各项任务“完成值 ÷ 目标值”的平均数，单项任务最高计 100%。",
    empty="zero",
)
def plan_completion(p: PlanTask) -> Figure:
    """Mean over the plan's tasks of actual ÷ target, a task counting at most 100%."""
    return (p.actual / p.target).clip(0, 1).mean() * 100


@common.measure(
    unit="%",
    zh="按期公开的事项占比",
    en="Disclosures published on time",
    definition_zh="不晚于应公开日期公开的事项数 ÷ 应公开事项总数；未公开的视为未按期公开。",
    empty="panel",
)
def disclosures_on_time(d: Disclosure) -> Figure:
    """Items published by their due date ÷ items due; an item not published is not on time."""
    return (d.published <= d.due).count() / d.count() * 100


@common.measure(
    unit="项",
    zh="治理清单符合条目数",
    en="Governance checklist items met",
    definition_zh="财务与治理规范清单中符合要求的条目数，同一条目只计一次。",
)
def governance_items_met(g: GovernanceItem) -> Figure:
    """Items of the finance and governance checklist that are met, each counted once."""
    return g.where(g.met).item.n_unique()


@common.measure(
    unit="%",
    zh="预算执行率",
    en="Budget execution",
    definition_zh="全部预算科目的执行数之和 ÷ 预算数之和。",
    empty="panel",
)
def budget_execution(f: BudgetLine) -> Figure:
    """Amount spent ÷ amount budgeted, over all lines."""
    return f.spent.sum() / f.budget.sum() * 100


@common.measure(
    unit="项",
    zh="财务与治理规范项（预算执行率折算为一项）",
    en="Finance and governance items (budget execution as one item)",
    definition_zh="治理规范清单符合条目数，加上预算执行率折算的条目数（最多折算 1 项）。",
)
def finance_and_governance(m: Measures) -> Figure:
    """Checklist items met, plus the budget execution ratio as one item (at most 1)."""
    return m.governance_items_met + (m.budget_execution / 100).clip(0, 1)


@common.measure(
    unit="%",
    zh="按期答复的建议占比",
    en="Suggestions answered on time",
    definition_zh="不晚于应答复日期得到答复的建议数 ÷ 建议总数；未答复的视为未按期答复。",
    empty="panel",
)
def suggestions_on_time(s: Suggestion) -> Figure:
    """Suggestions answered by their due date ÷ all suggestions; one without an answer is not on time."""
    return (s.answered <= s.due).count() / s.count() * 100


@common.measure(
    unit="%",
    zh="采纳或落实的建议占比",
    en="Suggestions adopted or implemented",
    definition_zh="采纳或落实的建议数 ÷ 建议总数。",
    empty="panel",
)
def suggestions_adopted(s: Suggestion) -> Figure:
    """Suggestions adopted or implemented ÷ all suggestions."""
    return s.status.isin(["adopted", "implemented"]).count() / s.count() * 100


@common.measure(
    unit="份",
    zh="满意度有效样本数",
    en="Valid survey answers",
    definition_zh="全部调查的有效样本数之和。",
)
def survey_answers(s: Survey) -> Figure:
    """Valid answers over all surveys."""
    return s.answers.sum()


@common.measure(
    unit="%",
    zh="服务对象满意率",
    en="Service-user satisfaction",
    definition_zh="全部调查的满意份数之和 ÷ 有效样本数之和。",
    empty="panel",
)
def satisfaction(s: Survey) -> Figure:
    """Satisfied answers ÷ valid answers, over all surveys."""
    return s.satisfied.sum() / s.answers.sum() * 100


@common.measure(
    unit="场",
    zh="活动场次（联合举办按 0.5 场）",
    en="Events held (joint events count 0.5)",
    definition_zh="举办的活动场次；联合举办的每场计 0.5 场。",
)
def events_held(e: Event) -> Figure:
    """Events held; a joint event counts 0.5."""
    return e.joint.then(0.5, otherwise=1).sum()


@common.measure(
    unit="场",
    zh="培训场次",
    en="Training events held",
    definition_zh="类型为“培训”的活动场次。",
)
def trainings_held(e: Event) -> Figure:
    """Events of the kind training."""
    return (e.kind == "training").count()


@common.measure(
    unit="次",
    zh="省级以上荣誉数",
    en="Honours of provincial level or above",
    definition_zh="本单位获得的省级和国家级荣誉数。",
)
def honours_provincial(h: Honour) -> Figure:
    """Honours of provincial or national level given to the organisation."""
    return h.level.isin(["provincial", "national"]).count()


@common.measure(
    unit="次",
    zh="行政处罚次数",
    en="Administrative penalties",
    definition_zh="本单位受到行政处罚的次数。",
)
def penalties_received(p: Penalty) -> Figure:
    """Administrative penalties on the organisation."""
    return p.count()


@common.check(zh="满意份数大于有效样本数", en="more satisfied answers than valid answers")
def satisfied_among_answers(s: Survey) -> Flag:
    return s.satisfied <= s.answers


@common.check(zh="答复日期早于提交日期", en="answered before it was submitted")
def answered_after_submitted(s: Suggestion) -> Flag:
    return s.answered >= s.submitted


@common.check(
    zh="办理结果已填，却没有答复日期：按未答复计",
    en="it has a result but no day of the answer: counted as not answered",
    warning=True,
)
def result_has_answer(s: Suggestion) -> Flag:
    return (s.status == "pending") | s.answered.given()


@common.check(zh="应答复日期早于提交日期", en="due before it was submitted", warning=True)
def due_after_submitted(s: Suggestion) -> Flag:
    return s.due >= s.submitted


@common.check(zh="应答复日期比提交日期晚一年以上", en="due more than a year after it was submitted", warning=True)
def due_within_a_year(s: Suggestion) -> Flag:
    return s.due - s.submitted <= 366


@common.check(
    zh="实际公开日期比应公开日期早十个月以上，年份可能写错",
    en="published more than ten months before it was due: its year may be wrong",
    warning=True,
)
def published_within_ten_months(d: Disclosure) -> Flag:
    return d.due - d.published <= 304


@common.check(zh="参加人次为 0，却算作一场活动", en="nobody took part, yet it counts as an event", warning=True)
def somebody_took_part(e: Event) -> Flag:
    return e.participants > 0


@common.check(zh="执行数超过预算数", en="more was spent than budgeted", warning=True)
def spent_within_budget(f: BudgetLine) -> Flag:
    return f.spent <= f.budget


@common.check(
    zh="完成值与目标值相差几千倍，或一个是 0 与 1 之间的小数、另一个不小于 20，可能一个填了比例，或以万计",
    en="the actual figure is thousands of times smaller or larger than the target, or one is below 1 and the other "
    "20 or more: one may be a share, or in ten thousands",
    warning=True,
)
def actual_like_its_target(p: PlanTask) -> Flag:
    alike = ((p.target < 20) | (p.actual >= 1)) & ((p.actual < 20) | (p.target >= 1) | (p.target == 0))
    within = (p.actual * 3000 >= p.target) & ((p.actual <= p.target * 3000) | (p.target == 0))
    return (p.actual == 0) | (alike & within)
