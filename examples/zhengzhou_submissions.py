"""The submissions of the example round's 15 pilots, and the panel's reviews: all invented except the quoted facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from zhengzhou_rows import (
    Rows,
    actions,
    build_items,
    bulletins,
    channel_months,
    disclosures,
    events,
    finance,
    governance_items,
    organisations,
    plan,
    suggestions,
)

INVENTED = "示例数据（虚构）"
LINE_43 = "S0 第43行"

Tables = dict[str, Rows]


@dataclass(frozen=True)
class Form:
    """One submitted file: its tables, and the style in which it was filled in.

    tables: empty means all that no other file of the submission has. titled: a merged title and a note above the
    header, a row of totals below. mapped: names of file and sheets mean nothing, so `submission.yaml` maps them.
    """

    path: str
    tables: str = ""
    titled: bool = False
    mapped: bool = False
    numbered: bool = False  # a first column 序号
    encoding: str = "utf-8"
    headers: str = "zh"  # zh, en, or name: the field's name
    dates: str = "iso"  # excel: a real date cell; else how the text is written
    yes_no: tuple[str, str] = ("是", "否")
    wide: bool = False  # full-width digits


@dataclass(frozen=True)
class Submission:
    """What one pilot submits."""

    pilot: str
    office: str
    forms: tuple[Form, ...]
    make: Callable[[Random], Tables]
    nothing: str = "penalties"  # tables for which it reports “none”
    on: str = "2019-01-20"
    extra: tuple[str, ...] = ()  # attachments that no record refers to


SUBMISSIONS: list[Submission] = []


def submission(pilot: str, office: str, *forms: Form, **more: Any) -> Callable[[Callable[[Random], Tables]], None]:
    """Register the submission whose tables the function returns."""

    def register(make: Callable[[Random], Tables]) -> None:
        SUBMISSIONS.append(Submission(pilot, office, forms, make, **more))

    return register


@submission(
    "online-1",
    "秘书处",
    Form("2018年度评价材料.xlsx", titled=True, dates="excel", yes_no=("√", "×")),
    Form("公益项目.json", "projects", headers="zh"),
    Form("官方渠道更新.csv", "channel_months", encoding="gb18030", dates="zh", yes_no=("是", "否")),
    nothing="penalties honours",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="funds results"),
        "plan": plan(r, "online", 0.93),
        "disclosures": disclosures(r, 8, late=2),
        "governance_items": governance_items(r),
        "finance": finance(r, 0.94),
        "suggestions": suggestions(r, 18, 16, 11, vague=True),
        "surveys": [("上半年问卷", 210, 186, "online"), ("年度问卷", 208, 190, "paper")],
        "events": events(r, joint=2, said=("近500", "约1200"), activity=5, training=4, outreach=3),
        "channel_months": channel_months(r, 12),
        "projects": [
            ("网络助学", "relief", date(2018, 3, 5), "区级志愿服务组织", "约1200"),
            ("文明上网公开课", "literacy", date(2018, 4, 16), "高校社团", "2.3万"),
            ("云上文化遗产", "culture", date(2018, 6, 9), "市级图书馆", "近500"),
            ("网络普法月", "law", date(2018, 9, 3), None, 860),
        ],
        "cases": [
            ("便民信息平台建议列入部门年度计划", 3, "市级主管部门"),
            ("网络公开课被三所学校采用", 2, None),
        ],
        "membership": [("上半年", 42, 40), ("下半年", 40, 34)],
    }


@submission(
    "park-1",
    "运营管理部",
    Form("园区评价材料汇总.xlsx", "build_items plan governance_items disclosures", dates="excel", yes_no=("有", "无")),
    Form("活动台账.xlsx", "events", titled=True, dates="zh"),
    Form("经营数据.json", "space services employment incomes", headers="name"),
    Form("入驻企业统计.csv", "tenants", encoding="utf-8-sig"),
    Form("建议办理台账.csv", "suggestions", encoding="gb18030", dates="dot"),
    Form("Finance.csv", "finance", headers="en"),
    Form("满意度调查.xlsx", "surveys", titled=True),
    nothing="penalties honours",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="records results"),
        "plan": plan(r, "park", 0.93),
        "disclosures": disclosures(r, 8, late=1, never=1),
        "governance_items": governance_items(r, lacking="audit"),
        "finance": finance(r, 0.9, scale=3),
        "suggestions": suggestions(r, 12, 11, 8),
        "surveys": [("入驻企业满意度", 96, 84, "paper"), ("第三方回访", 60, 52, "third_party")],
        "events": events(r, joint=4, said=("近300",), service=6, training=3, exchange=4, activity=3),
        "tenants": [("一期", 58, 41, 9), ("二期", 34, 22, 5)],
        "space": [("老厂房", 6200, 5480), ("仓储楼", 3400, "约2600"), ("新办公楼", 2800, 2210)],
        "services": [("legal", 2), ("finance", 3), ("property", 1), ("mentors", 6)],
        "employment": [("上半年", 118), ("下半年", "140多")],
        "incomes": [("service", 1_260_000), ("rent", 2_180_000), ("subsidy", 300_000), ("other", 86_000)],
    }


@submission(
    "association-1",
    "办公室",
    Form(
        "附件2-评价表.xlsx", "build_items plan governance_items finance surveys disclosures", titled=True, mapped=True
    ),
    Form("会员情况.json", "services membership bulletins", headers="name"),
    Form("2018活动.xlsx", "events", dates="excel", numbered=True),
    Form("Suggestions.csv", "suggestions", headers="en", yes_no=("Yes", "No")),
    Form("办公场所及其他.xlsx", "facilities standards contracts", dates="slash", yes_no=("有", "无")),
    nothing="penalties honours official_grades",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="funds records"),
        "plan": plan(r, "association", 0.9),
        "disclosures": disclosures(r, 7, late=1),
        "governance_items": governance_items(r, lacking="assets"),
        "finance": finance(r, 0.88),
        "suggestions": suggestions(r, 9, 8, 6),
        "surveys": [("会员问卷", 168, 142, "online")],
        "events": events(r, joint=3, said=("600多",), activity=7, training=3, outreach=5),
        "facilities": [("秘书处办公室", "46㎡", True), ("合用排练厅", 320, False)],
        "services": [
            ("会员法律咨询", True, 86),
            ("赛事服务", True, "300多"),
            ("师资培训", True, 120),
            ("版权维权援助", True, 14),
            ("会员保险方案", False, None),
            ("公益演出支持", True, 45),
        ],
        "bulletins": bulletins(r, 4),
        "standards": [("行业自律公约", date(2018, 5, 18), "attachments/行业自律公约.txt")],
        "membership": [("街舞培训机构", 214, "约820", INVENTED, "只计机构，不计个人会员")],
        "contracts": [
            ("文化馆公益课程", "commission", 120_000, "attachments/公益课程协议.txt"),
            ("青少年展演承办", "commission", "8.5万", "attachments/展演承办合同.txt"),
        ],
    }


@submission(
    "association-2",
    "秘书处",
    Form("大枣协会评价数据.xlsx", titled=True, dates="zh"),
    Form("会员覆盖.csv", "membership", encoding="gb18030"),
    Form("承接项目.csv", "contracts", encoding="gb18030"),
    Form("suggestions.json", "suggestions", headers="name"),
    nothing="penalties",
)
def _(r: Random) -> Tables:
    farmers = ("大枣经纪", "1600多", "约5200", LINE_43, "会员数引自文章，行业总数为虚构")
    return {
        "build_items": build_items(r, lacking="venue"),
        "plan": plan(r, "association", 0.94),
        "disclosures": disclosures(r, 6, late=1),
        "governance_items": governance_items(r),
        "finance": finance(r, 0.92),
        "suggestions": suggestions(r, 10, 9, 6, vague=True),
        "surveys": [("会员和枣农问卷", 152, 133, "telephone")],
        "honours": [("农产品流通先进集体（虚构）", "municipal", date(2018, 12, 10), "市级主管部门")],
        "events": events(r, joint=2, said=("约800",), activity=3, training=4, exchange=6),
        "facilities": [("协会办公室", 64, True)],
        "services": [
            ("行情信息发布", True, "1200多"),
            ("产销对接会", True, 260),
            ("质量分级培训", True, 180),
            ("合同示范文本", True, 340),
            ("冷链拼单", True, 75),
            ("电商开店辅导", False, None),
        ],
        "bulletins": bulletins(r, 4),
        "standards": [
            ("大枣收购分级规范", date(2018, 4, 20), "attachments/收购分级规范.txt"),
            ("经纪服务自律公约", date(2018, 8, 15), None),
        ],
        "membership": [farmers],
        "contracts": [
            ("大枣经纪促成的产值", "market", "10亿元", None, LINE_43, "能否归功于协会未经证明，不计数"),
            ("秋季产销对接", "market", 3_600_000, "attachments/产销对接协议.txt"),
            ("质量抽检委托", "commission", 96_000, "attachments/抽检委托书.txt"),
        ],
        "official_grades": [(3, date(2021, 6, 30), "attachments/评估等级证书.txt")],
    }


@submission(
    "association-3",
    "综合部",
    Form("协会评价数据.json", headers="name"),
    Form("活动.csv", "events", encoding="utf-8-sig", dates="dot", titled=True),
    Form("财务与治理规范清单.xlsx", "governance_items", yes_no=("√", "×")),
    Form("经费预算执行.xlsx", "finance", titled=True),
    nothing="penalties honours",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="team funds", proofs=3),
        "plan": plan(r, "association", 0.96),
        "disclosures": disclosures(r, 8, late=1),
        "governance_items": governance_items(r),
        "finance": finance(r, 0.95),
        "suggestions": suggestions(r, 6, 5, 4),
        "surveys": [("会员单位问卷", 74, 66, "paper")],
        "events": events(r, joint=4, said=("近2000", "约1500"), activity=8, training=3, exchange=3, outreach=2),
        "facilities": [("协会办公室", 38, True), ("合用库房", 120, False)],
        "services": [
            ("藏品保护咨询", True, 32),
            ("联合展览", True, 21),
            ("讲解培训", True, 40),
            ("安防检查", True, 36),
            ("政策申报辅导", True, 18),
            ("数字化服务", False, None),
        ],
        "bulletins": bulletins(r, 4),
        "standards": [
            ("民办博物馆服务规范", date(2018, 3, 28), "attachments/服务规范.txt"),
            ("藏品来源自律公约", date(2018, 10, 12), "attachments/来源自律公约.txt"),
        ],
        "membership": [("民办博物馆", 52, "约210")],
        "contracts": [
            ("免费开放评估", "commission", 150_000, "attachments/评估委托书.txt"),
            ("流动展览进校园", "commission", "12万", "attachments/流动展览协议.txt"),
        ],
        "official_grades": [(4, date(2022, 11, 30), "attachments/评估等级证书.txt")],
    }


@submission(
    "community-1",
    "服务中心办公室",
    Form("社区评价表.xlsx", titled=True, dates="dot", yes_no=("√", "×")),
    Form("诉求办理.csv", "requests", encoding="gb18030"),
    Form("楼宇服务.csv", "buildings", encoding="utf-8-sig"),
    nothing="penalties honours",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, proofs=3),
        "plan": plan(r, "community", 0.94),
        "disclosures": disclosures(r, 9, late=1),
        "governance_items": governance_items(r),
        "finance": finance(r, 0.95),
        "suggestions": suggestions(r, 15, 13, 9, pending=1),
        "surveys": [("楼宇企业问卷", 128, 112, "paper"), ("居民问卷", 240, 206, "third_party")],
        "events": events(r, joint=3, said=("近400",), consult=11, activity=5, training=2),
        "facilities": [("党群服务中心", 1260), ("楼宇服务站", 380), ("文化活动室", "约420")],
        "households": [("一网格", 2480), ("二网格", 2610), ("三网格", 2230)],
        "organisations": organisations(r, 9, informal=2),
        "buildings": [("甲座", 142, "120多"), ("乙座", 96, 71), ("丙座", 63, 38)],
        "actions": actions(r, 22, 19),
        "requests": [("物业服务", 214, 205), ("环境卫生", 168, 161), ("停车", 97, 90)],
        "staffing": [("一网格", 11, 6900), ("二网格", 12, 7300), ("三网格", 10, 6200)],
    }


@submission(
    "online-2",
    "办公室",
    Form("online2.json", headers="name"),
    Form("活动.csv", "events", encoding="utf-8-sig", dates="slash"),
    Form("荣誉.xlsx", "honours", titled=True, dates="excel"),
    nothing="penalties",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="funds", proofs=3),
        "plan": plan(r, "online", 0.95),
        "disclosures": disclosures(r, 8, late=2),
        "governance_items": governance_items(r, proofs=3),
        "finance": finance(r, 0.96),
        "suggestions": suggestions(r, 24, 22, 15),
        "surveys": [("年度问卷", 356, 312, "online")],
        "honours": [("网络公益优秀组织（虚构）", "provincial", date(2018, 11, 20), "省级主管部门")],
        "events": events(r, joint=3, activity=7, training=4, outreach=2),
        "channel_months": channel_months(r, 12),
        "projects": [
            ("乡村直播课堂", "rural", date(2018, 2, 26), "县级供销社", "约8000"),
            ("银发触网班", "literacy", date(2018, 4, 2), "社区学院", 1460),
            ("线上普法周", "law", date(2018, 5, 14), "区级司法所", 980),
            ("助学筹书", "relief", date(2018, 9, 10), None, "近700"),
        ],
        "cases": [
            ("乡村直播课堂被县级部门列入年度培训", 3, "县级主管部门"),
            ("建议推动一处便民设施改造", 3, "区级主管部门"),
        ],
        "membership": [("全年", 56, 43)],
    }


@submission(
    "online-3",
    "联络部",
    Form("建设标准.csv", "build_items", yes_no=("有", "无")),
    Form("年度计划.csv", "plan"),
    Form("信息公开.csv", "disclosures", dates="zh"),
    Form("治理规范.csv", "governance_items", yes_no=("√", "×")),
    Form("经费预算.csv", "finance"),
    Form("建议.csv", "suggestions", dates="dot"),
    Form("满意度调查.csv", "surveys"),
    Form("2018活动台账.xlsx", "events", titled=True, dates="zh"),
    Form("网络公益项目.csv", "projects", encoding="gb18030"),
    Form("其他表.xlsx", dates="excel"),
    nothing="penalties honours",
    extra=("attachments/活动照片说明.txt",),
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="funds records"),
        "plan": plan(r, "online", 0.86),
        "disclosures": disclosures(r, 6, late=1, never=1),
        "governance_items": governance_items(r, lacking="audit"),
        "finance": finance(r, 0.82),
        "suggestions": suggestions(r, 9, 7, 4),
        "surveys": [("活动现场问卷", 24, 21, "paper")],
        "events": events(r, joint=3, said=("近150",), activity=7, training=4, outreach=2),
        "channel_months": channel_months(r, 11),
        "projects": [
            ("旧书漂流", "relief", date(2018, 4, 23), None, "约2600"),
            ("网络安全宣传", "literacy", date(2018, 9, 17), "高校社团", "4100多"),
            ("家乡故事征集", "culture", date(2018, 10, 15), None, 720),
        ],
        "cases": [("网络安全宣传进入两所学校", 3, "区级教育部门")],
        "membership": [("全年", 31, 26)],
    }


@submission(
    "online-4",
    "综合组",
    Form("填报.xlsx", titled=True, dates="zh"),
    nothing="penalties honours",
    on="2019-01-28",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="funds records results", proofs=0),
        "plan": plan(r, "online", 0.78),
        "disclosures": disclosures(r, 3, late=2, never=1),
        "events": events(r, joint=2, said=("近80",), activity=6, training=2),
    }


@submission(
    "park-2",
    "综合管理部",
    Form("园区数据.xlsx", titled=True, dates="excel"),
    Form("penalties.json", "penalties", headers="name"),
    Form("孵化空间.csv", "space", encoding="gb18030"),
    Form("Events.csv", "events", encoding="utf-8-sig", headers="en", dates="iso", yes_no=("Y", "N")),
    nothing="",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="results", proofs=4),
        "plan": plan(r, "park", 0.93),
        "disclosures": disclosures(r, 8, late=1),
        "governance_items": governance_items(r, proofs=3),
        "finance": finance(r, 0.97, scale=4),
        "suggestions": suggestions(r, 16, 14, 10),
        "surveys": [("入驻企业满意度", 188, 174, "third_party")],
        "honours": [("示范园区（虚构）", "provincial", date(2018, 12, 3), "省级主管部门")],
        "penalties": [("消防通道堆物", date(2018, 6, 27), "区级消防机构")],
        "events": events(r, joint=3, service=7, training=4, exchange=4, activity=4),
        "tenants": [("东区", 84, 63, 13), ("西区", 66, 45, 8)],
        "space": [("1号楼", 8600, 8260), ("2号楼", 7400, 7010), ("3号楼", 5200, "4800多")],
        "services": [("legal", 3), ("finance", 4), ("property", 2), ("technology", 3), ("mentors", 12)],
        "employment": [("上半年", 236), ("下半年", "近240")],
        "incomes": [("service", 3_150_000), ("rent", 4_020_000), ("subsidy", 600_000), ("other", 210_000)],
    }


@submission(
    "park-3",
    "运营部",
    Form("评价材料（园区三）.xlsx", titled=True, mapped=True, dates="excel", yes_no=("有", "无")),
    Form("空间.csv", "space", encoding="gb18030"),
    Form("建议.json", "suggestions", headers="zh", dates="zh"),
    nothing="penalties honours",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="rules results"),
        "plan": plan(r, "park", 0.9),
        "disclosures": disclosures(r, 6, late=1),
        "governance_items": governance_items(r, lacking="decisions"),
        "finance": finance(r, 0.87, scale=2),
        "suggestions": suggestions(r, 7, 6, 4, pending=1),
        "events": events(r, joint=2, service=4, training=2, exchange=3, activity=2),
        "tenants": [("全园", 63, 29, 9)],
        "space": [("A座", 5200, 4050), ("B座", 4800, "约3600")],
        "services": [("legal", 1), ("finance", 2), ("mentors", 5)],
        "employment": [("全年", "160多")],
        "incomes": [("service", 520_000), ("rent", 1_480_000), ("subsidy", 400_000)],
    }


@submission(
    "park-4",
    "办公室",
    Form("建设标准清单.csv", "build_items", encoding="gb18030", titled=True),
    Form("年度计划完成情况.csv", "plan", encoding="gb18030", wide=True),
    Form("信息公开台账.csv", "disclosures", encoding="gb18030", dates="dot"),
    Form("活动台账.csv", "events", encoding="gb18030", dates="zh", wide=True),
    Form("入驻企业.csv", "tenants", encoding="gb18030", wide=True),
    Form("空间.csv", "space", encoding="gb18030", titled=True),
    Form("服务资源.csv", "services", encoding="gb18030", wide=True),
    Form("其他.xlsx", dates="excel"),
    nothing="penalties honours",
    on="2019-01-25",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="team funds records", proofs=1),
        "plan": plan(r, "park", 0.74),
        "disclosures": disclosures(r, 5, late=2, never=1),
        "governance_items": governance_items(r, lacking="audit assets", proofs=1),
        "finance": finance(r, 0.71),
        "suggestions": suggestions(r, 5, 4, 2),
        "surveys": [("企业问卷", 41, 31, "paper")],
        "events": events(r, joint=1, service=3, training=2, exchange=2, activity=1),
        "tenants": [("北院", 22, 14, 4), ("南院", 14, 9, 2)],
        "space": [("北楼", 3100, 1560), ("南楼", 2300, 1240)],
        "services": [("legal", 1), ("finance", 1), ("mentors", 3)],
        "employment": [("全年", 72)],
        "incomes": [("service", 140_000), ("rent", 690_000)],
    }


@submission(
    "community-2",
    "社区工作站",
    Form("Community.json", headers="en"),
    Form("活动.xlsx", "events", dates="zh", titled=True),
    Form("表彰奖励.csv", "honours", encoding="gb18030", dates="zh"),
    nothing="penalties",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, proofs=3),
        "plan": plan(r, "community", 0.94),
        "disclosures": disclosures(r, 9, late=1),
        "governance_items": governance_items(r, proofs=3),
        "finance": finance(r, 0.96),
        "suggestions": suggestions(r, 20, 18, 12),
        "surveys": [("居民问卷", 420, 382, "third_party")],
        "honours": [("和谐社区（虚构）", "provincial", date(2018, 10, 26), "省级主管部门")],
        "events": events(r, joint=2, consult=11, activity=6, outreach=4),
        "facilities": [("综合服务站", 980), ("日间照料站", 460), ("文化广场服务房", "近300")],
        "households": [("东片", 2950), ("西片", 2840)],
        "organisations": organisations(r, 9, informal=2),
        "buildings": [("1号楼", 58, 49), ("2号楼", 44, "近40")],
        "actions": actions(r, 26, 22),
        "requests": [("物业服务", 186, 183), ("环境卫生", 142, 140), ("公共设施", 75, 73)],
        "staffing": [("东片", 13, 7600), ("西片", 13, 7500)],
    }


@submission(
    "community-3",
    "村（社区）办公室",
    Form("评价数据表.xlsx", titled=True, dates="dot", numbered=True),
    Form("社区工作力量.csv", "staffing"),
    Form("户数.csv", "households", encoding="gb18030", wide=True),
    nothing="penalties honours",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="records"),
        "plan": plan(r, "community", 0.93),
        "disclosures": disclosures(r, 7, late=1),
        "governance_items": governance_items(r),
        "finance": finance(r, 0.91),
        "suggestions": suggestions(r, 9, 8, 6),
        "surveys": [("村民问卷", 132, 117, "paper")],
        "events": events(r, joint=1, said=("300余",), consult=10, activity=6, outreach=3),
        "facilities": [("便民服务中心", 520), ("文化大院", "约360")],
        "households": [("一组", 1180), ("二组", 1045), ("三组", 872)],
        "organisations": organisations(r, 5, informal=1),
        "actions": actions(r, 14, 12),
        "requests": [("道路水电", 88, 84), ("环境卫生", 64, 61)],
        "staffing": [("全村", 14, "近9000")],
    }


@submission(
    "community-4",
    "社区办公室",
    Form("社区四填报表.xlsx", dates="zh", numbered=True),
    Form("议事活动.csv", "events", encoding="gb18030", dates="dot", mapped=True),
    nothing="penalties honours",
    on="2019-02-01",
)
def _(r: Random) -> Tables:
    return {
        "build_items": build_items(r, lacking="venue funds", proofs=0),
        "plan": plan(r, "community", 0.8),
        "disclosures": disclosures(r, 5, late=2, never=1),
        "events": events(r, joint=1, consult=6, activity=4),
        "facilities": [("社区服务站", "约640")],
        "households": [("全社区", 3120)],
        "organisations": organisations(r, 6, informal=2),
        "buildings": [("临街楼", 47, 21)],
        "staffing": [("全社区", 12, 9600)],
    }


# The `facts` of the six organisations that the article describes; none is about a person.
FACTS = {
    "online-1": """\
facts:
  - zh: 一条建议节省经费数10亿元
    en: a suggestion saved some billions of yuan
    quote: 节省了数10亿元的经费
    source: S0 第21行
    qualifier_zh: 只有数量级
    qualifier_en: order of magnitude only
    use: excluded
    why_zh: 没有测算方法，也没有第三方核实；核实之后才可列为成效案例
    why_en: neither a calculation nor a check by a third party; with one it could become an outcome case
  - zh: 以联谊会名义把一条建议转交市级部门
    en: a suggestion was passed on to a city department in the federation's name
    quote: 就以联谊会的名义转给了市交运委
    source: S0 第21行
    qualifier_zh: 没有日期
    qualifier_en: no date
    use: context
    why_zh: 文章没有写明提交和答复的日期，不能记入建议表
    why_en: without the dates of submission and reply it can't be a record of the table of suggestions
  - zh: 全市网络活跃人数10万以上
    en: at least 100,000 people of the city are active on the net
    quote: 网络活跃人数达10万以上
    source: S0 第23行
    qualifier_zh: 不少于
    qualifier_en: at least
    use: context
    why_zh: 是全市的数，不是联谊会的
    why_en: a figure of the city, not of the federation
""",
    "park-1": """\
facts:
  - zh: 园区前身是有近百年历史的工业遗址
    en: the park was an industrial site nearly a hundred years old
    quote: 具有近百年历史的民族工业遗址
    source: S0 第39行
    qualifier_zh: 近
    qualifier_en: nearly
    use: context
    why_zh: 说的是旧址的年代，与评价期间的工作无关
    why_en: the age of the site says nothing about the work of the period
  - zh: 建立了联席会议、学习培训等制度
    en: rules for joint meetings, training and other matters were set up
    quote: 建立了联席会议制度、学习培训制度、首席服务制度、建言献策制度等
    source: S0 第41行
    qualifier_zh: 列举未尽
    qualifier_en: open list
    use: context
    why_zh: 制度是否达标，按所附的制度文本认定
    why_en: whether the standard is met is judged by the text of the rules
""",
    "association-1": """\
facts:
  - zh: 汇聚从业人员和爱好者100多万人
    en: more than 1,000,000 professionals and fans gathered
    quote: 青年文艺自由职业人员和爱好者达100多万人
    source: S0 第49行
    qualifier_zh: 多于
    qualifier_en: more than
    use: context
    why_zh: 从业人员与爱好者合在一起，不是会员数；核实之前不用于计算行业覆盖率
    why_en: professionals and fans together, not members; not used for sector coverage until it is checked
  - zh: 组织街舞进贫困学校授课演出
    en: classes and performances at schools in poor areas
    quote: 组织街舞进贫困学校授课演出
    source: S0 第49行
    qualifier_zh: 没有数字
    qualifier_en: no figure
    use: context
    why_zh: 没有场次和日期，不能记入活动表
    why_en: without a number and dates it can't be a record of the table of events
""",
    "association-2": """\
facts:
  - zh: 吸收农业经纪人1600多名
    en: more than 1,600 agricultural brokers joined
    quote: 吸收1600多名农业经纪人
    source: S0 第43行
    qualifier_zh: 多于
    qualifier_en: more than
    use: evidence
    why_zh: 是组织的合计数，作为会员数计算行业覆盖率，得分带上下限
    why_en: a total of the organisation; used as the members in sector coverage, so the points have bounds
  - zh: 创造产值10亿元
    en: an output worth 1 billion yuan
    quote: 创造产值10亿元
    source: S0 第43行
    qualifier_zh: 陈述的整数
    qualifier_en: a round figure as stated
    use: evidence
    why_zh: 列入承接项目表；能否归功于协会未经证明，没有佐证，因此不计数
    why_en: listed among the projects; not counted, as nothing proves that it is the association's doing
""",
    "association-3": """\
facts:
  - zh: 一家民办博物馆接待参观三十多万人次
    en: more than 300,000 visits to one private museum
    quote: 三十多万人次前来参观
    source: S0 第55行
    qualifier_zh: 多于
    qualifier_en: more than
    use: context
    why_zh: 是一家博物馆历年的累计数，不是协会的，也不限于评价期间
    why_en: one museum's visits over the years, neither the association's nor those of the period
""",
    "community-1": """\
facts:
  - zh: 吸纳楼宇内企业和新的社会阶层人士建言献策
    en: tenants of office buildings are drawn in to advise the community
    quote: 广泛吸纳楼宇内企业及新的社会阶层人士,为楼宇社区建言献策
    source: S0 第67行
    qualifier_zh: 没有数字
    qualifier_en: no figure
    use: context
    why_zh: 没有企业数和场次，不能作为得分依据
    why_en: without the number of tenants or meetings it can be no basis of points
""",
}

# What the panel adds: expert scores, and reasons why an indicator does not apply.
REVIEWS = {
    "online-1": """\
scores:
  N6:
    score: 3
    zh: 便民信息平台案例有主管部门的材料；节省经费的说法未采信
    en: the case of the information platform has material from the department; the claimed savings were not relied on
""",
    "online-2": """\
scores:
  N6:
    score: 4
    zh: 两个案例成效明显；佐证是第三方材料，尚未核实，因此以佐证级别 3 为上限
    en: two strong cases; their proof is third-party material that nobody has verified, so level 3 is the cap
""",
    "online-4": """\
scores:
  N6:
    score: 1
    zh: 口头介绍过一个案例，没有提交成效案例表
    en: one case was described in a meeting; no table of cases was submitted
""",
    "park-3": """\
not_applicable:
  P1:
    zh: 该园区按综合性园区批准设立，没有设定主导产业
    en: the park was approved as a mixed one, without a lead sector
""",
    "community-3": """\
not_applicable:
  S3x:
    zh: 农村社区，辖区没有商务楼宇
    en: a rural community without office buildings
""",
}
