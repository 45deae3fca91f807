"""Rows as clerks fill them in: plausible values of each evidence table, without a mistake."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

Row = list[Any]


def _money(rng: Random, middle: float = 10.5) -> int:
    """Lognormal, and round as budgets are: 300 may stand beside 500,000."""
    amount = min(max(rng.lognormvariate(middle, 1.3), 200), 3_000_000)
    step = 10 ** max(2, len(str(int(amount))) - rng.choice((1, 2, 2, 3)))
    return max(step, round(amount / step) * step)


def _round(rng: Random, low: int, high: int) -> int:
    number = rng.randint(low, high)
    return round(number, -1) or number if rng.random() < 0.4 else number


def _days(rng: Random, count: int, first: date = date(2018, 1, 4), last: date = date(2018, 12, 27)) -> list[date]:
    return sorted(first + timedelta(rng.randint(0, (last - first).days)) for _ in range(count))


def _some(rng: Random, words: Sequence[str], least: int = 1) -> list[str]:
    chosen = set(rng.sample(words, rng.randint(least, len(words))))
    return [word for word in words if word in chosen]


def _share(rng: Random, whole: int, low: float = 0.55) -> int:
    return whole if rng.random() < 0.15 else int(whole * rng.uniform(low, 1))


_TOPICS = (
    "政策宣讲会",
    "创业沙龙",
    "法律知识讲座",
    "新媒体培训",
    "企业走访座谈",
    "读书分享会",
    "志愿服务日",
    "项目路演",
    "税务辅导",
    "健康义诊",
    "摄影作品展",
    "银企对接会",
    "消防安全演练",
    "社区议事会",
    "助学走访",
    "迎春联谊会",
)
_KINDS = ("主题活动", "培训", "创业服务", "交流对接", "议事协商", "公益服务")
_SITES = ("东区", "西区", "南区", "北区", "高新园", "科创园", "大学城园")
_GRIDS = ("第一网格", "第二网格", "第三网格", "第四网格", "第五网格", "第六网格", "第七网格", "第八网格")


def events(rng: Random) -> list[Row]:
    topics = rng.sample(_TOPICS, rng.randint(2, 8))
    rows: list[Row] = []
    for day in _days(rng, rng.choice((rng.randint(1, 6), rng.randint(6, 14), rng.randint(14, 30)))):
        title = rng.choice(topics)
        while [day, title] in [row[:2] for row in rows]:
            title = rng.choice(_TOPICS)
        rows.append([day, title, rng.choice(_KINDS), _round(rng, 8, 150), rng.choice("是否否否")])
        if rng.random() < 0.08:  # another event on that day
            other = rng.choice([each for each in _TOPICS if each not in [row[1] for row in rows if row[0] == day]])
            rows.append([day, other, rng.choice(_KINDS), _round(rng, 8, 150), "否"])
    return rows


def finance(rng: Random) -> list[Row]:
    lines = ("办公费", "活动费", "差旅费", "培训费", "宣传费", "设备购置", "劳务费", "场地维护", "印刷费", "其他支出")
    rows: list[Row] = []
    for line in _some(rng, lines, 2):
        budget = _money(rng)
        rows.append([line, budget, 0 if rng.random() < 0.03 else int(budget * rng.choice((1, rng.uniform(0.5, 1))))])
    if rng.random() < 0.25:
        for number, row in zip(rng.choice(("1234567890", "一二三四五六七八九十")), rows, strict=False):
            row[0] = f"{number}、{row[0]}"
    return rows


def plan(rng: Random) -> list[Row]:
    tasks = (
        "举办培训",
        "走访企业",
        "新增入驻企业",
        "开展公益活动",
        "编印简报",
        "服务对象满意率",
        "项目路演",
        "建立台账",
        "政策宣讲",
    )
    rows: list[Row] = []
    for task in _some(rng, tasks):
        target = rng.choice((90, 95, 100)) if task.endswith("率") else rng.choice((1, 2, 4, 6, 10, 12, 20, 50, 200))
        actual = (
            round(rng.uniform(82, 100), 1) if task.endswith("率") else max(0, target + rng.randint(-target // 3, 3))
        )
        rows.append([task, target, actual])
    return rows


def disclosures(rng: Random) -> list[Row]:
    items = (
        "年度工作计划",
        "年度预算",
        "一季度收支",
        "二季度收支",
        "三季度收支",
        "审计报告",
        "半年工作总结",
        "项目公示",
        "章程修订",
        "年检结果",
    )
    chosen = _some(rng, items)
    rows: list[Row] = []
    for item, day in zip(chosen, _days(rng, len(chosen), date(2018, 1, 25), date(2018, 12, 5)), strict=True):
        rows.append([item, day, None if rng.random() < 0.06 else day + timedelta(rng.randint(-25, 12))])
    return rows


def suggestions(rng: Random) -> list[Row]:
    rows: list[Row] = []
    for number, day in enumerate(_days(rng, rng.randint(1, 12), last=date(2018, 9, 20)), start=1):
        due = day + timedelta(rng.choice((30, 60, 90)))
        answered = None if rng.random() < 0.1 else day + timedelta(rng.randint(6, 95))
        status = "办理中" if answered is None else rng.choice(("采纳", "落实", "留作参考", "未采纳"))
        rows.append([f"JY2018-{number:02d}", day, due, answered, status])
    return rows


def surveys(rng: Random) -> list[Row]:
    names = _some(rng, ("上半年满意度调查", "下半年满意度调查", "培训满意度调查", "入驻企业问卷"))
    rows: list[Row] = []
    for name in names:
        answers = _round(rng, 30, 400)
        rows.append(
            [name, answers, _share(rng, answers, 0.7), rng.choice(("纸质问卷", "网络问卷", "电话访问", "第三方"))]
        )
    return rows


def honours(rng: Random) -> list[Row]:
    issuers = {"国家级": "全国工商联", "省级": "省委统战部", "市级": "市文明办"}
    titles = rng.sample(("先进集体", "示范基地", "文明单位", "优秀组织奖", "工人先锋号"), rng.randint(1, 3))
    levels = rng.choices(list(issuers), (1, 3, 6), k=len(titles))
    return [
        [title, level, day, issuers[level]]
        for title, level, day in zip(titles, levels, _days(rng, len(titles)), strict=True)
    ]


def checklist(words: Sequence[str]) -> Callable[[Random], list[Row]]:
    return lambda rng: [[word, rng.choice("是是是否"), None] for word in _some(rng, words, len(words) - 2)]


def tenants(rng: Random) -> list[Row]:
    rows: list[Row] = []
    for site in _some(rng, _SITES):
        total = _round(rng, 6, 160)
        rows.append([site, total, _share(rng, total, 0.3), rng.randint(0, max(1, total // 6))])
    return rows


def space(rng: Random) -> list[Row]:
    names = rng.choice(
        (
            ("A座", "B座", "C座", "D座"),
            ("1号楼", "2号楼", "3号楼", "5号楼", "6号楼"),
            ("主楼1层", "主楼2层", "主楼3层", "附楼1层"),
            ("孵化楼", "加速器", "众创空间"),
        )
    )
    rows: list[Row] = []
    for name in _some(rng, names):
        total = rng.choice((rng.randint(8, 90) * 100, round(rng.uniform(400, 9000), 1), rng.randint(400, 9000)))
        rows.append([name, total, total if rng.random() < 0.2 else round(total * rng.uniform(0.4, 0.98))])
    if rng.random() < 0.04:  # one building and all its floors
        floors = [[f"大厦{n}层", _round(rng, 300, 900)] for n in (1, 2, 3)]
        floors = [[name, total, _share(rng, total)] for name, total in floors]
        return [["大厦", *(sum(row[at] for row in floors) for at in (1, 2))], *floors]
    return rows


def services(rng: Random) -> list[Row]:
    kinds = ("法律机构", "金融财税机构", "知识产权机构", "技术服务机构", "创业导师")
    return [[kind, rng.randint(1, 15)] for kind in _some(rng, kinds)]


_QUARTERS = ("一季度", "二季度", "三季度", "四季度")


def _periods(rng: Random) -> list[str]:
    year = rng.choice(("", "2018年"))
    months = [f"{year}{m}月" for m in range(1, 13)]
    quarters = [year + word for word in rng.choice((_QUARTERS, [f"第{word}" for word in _QUARTERS]))]
    spans = ["1-6月", "7-12月"]
    return rng.choice(
        (["全年"], ["2018年"], ["2018年度"], [f"{year}上半年", f"{year}下半年"], quarters, months, spans, quarters)
    )


def employment(rng: Random) -> list[Row]:
    periods = _periods(rng)
    return [[period, _round(rng, 3, max(12, 360 // len(periods)))] for period in periods]


def incomes(rng: Random) -> list[Row]:
    return [[kind, _money(rng, 11)] for kind in _some(rng, ("服务收入", "租金收入", "补助收入", "其他收入"))]


def offices(rng: Random) -> list[Row]:
    names = _some(rng, ("商会大厦802室", "产业园3号楼", "会员企业内", "老办公楼"))
    return [
        [name, rng.choice((_round(rng, 15, 400), round(rng.uniform(15, 400), 2))), rng.choice("是是否")]
        for name in names
    ]


def member_services(rng: Random) -> list[Row]:
    names = ("法律咨询", "融资对接", "技能培训", "展会组团", "商标代办", "政策解读", "质量检测", "标准培训")
    return [[name, rng.choice("是是是否"), _round(rng, 2, 90)] for name in _some(rng, names)]


def bulletins(rng: Random) -> list[Row]:
    days = _days(rng, rng.choice((1, 2, 4, 4, 6, 12)))
    words = rng.choice(("第{}期", "2018年第{}期", "会刊总第{}期"))
    return [[words.format(n if "总" not in words else n + 40), day] for n, day in enumerate(days, start=1)]


def standards(rng: Random) -> list[Row]:
    names = _some(rng, ("行业自律公约", "红枣分级规范", "会员诚信承诺书", "冷链运输规程"))
    return [[name, day, None] for name, day in zip(names, _days(rng, len(names)), strict=True)]


def coverage(rng: Random) -> list[Row]:
    rows: list[Row] = []
    for sector in _some(rng, ("枣业", "农机", "餐饮", "物流", "印刷包装", "家居")):
        total = _round(rng, 30, 600)
        rows.append([sector, max(3, int(total * rng.uniform(0.08, 0.5))), total])
    return rows


def contracts(rng: Random) -> list[Row]:
    names = _some(rng, ("展演承办", "行业调研", "产销对接会", "质量评比", "职业技能竞赛", "年货节"))
    return [
        [name, rng.choice(("承接委托", "产销对接")), rng.choice((_money(rng), _money(rng), None)), "*"]
        for name in names
    ]


def grades(rng: Random) -> list[Row]:
    return [[rng.randint(2, 5), date(rng.randint(2019, 2022), rng.randint(1, 12), 28), None]]


def facilities(rng: Random) -> list[Row]:
    names = ("图书室", "多功能厅", "舞蹈室", "议事厅", "日间照料中心", "儿童之家", "卫生服务站", "调解室", "书画室")
    return [[name, rng.choice((_round(rng, 15, 400), round(rng.uniform(15, 400), 1)))] for name in _some(rng, names)]


def households(rng: Random) -> list[Row]:
    return [[grid, _round(rng, 180, 1900)] for grid in _some(rng, _GRIDS)]


def groups(rng: Random) -> list[Row]:
    names = (
        "书画社",
        "舞蹈队",
        "老年协会",
        "志愿服务队",
        "乒乓球协会",
        "读书会",
        "合唱团",
        "治安巡逻队",
        "助残服务社",
        "邻里互助会",
        "太极拳队",
    )
    return [[name, rng.choice("是是是否")] for name in _some(rng, names)]


def buildings(rng: Random) -> list[Row]:
    rows: list[Row] = []
    for name in _some(rng, ("商会大厦", "国贸中心", "科技楼", "升龙广场", "绿地之窗")):
        tenants = _round(rng, 5, 140)
        rows.append([name, tenants, _share(rng, tenants, 0.2)])
    return rows


def actions(rng: Random) -> list[Row]:
    names = _some(
        rng, ("加装电梯", "停车位改造", "垃圾分类点", "路灯维修", "绿地认养", "电动车充电桩", "雨污分流", "门禁更换")
    )
    return [[name, day, rng.choice("是是是否")] for name, day in zip(names, _days(rng, len(names)), strict=True)]


def requests(rng: Random) -> list[Row]:
    rows: list[Row] = []
    for kind in _some(rng, ("水电", "物业", "环境卫生", "邻里纠纷", "噪音", "停车", "其他")):
        received = _round(rng, 1, 120)
        rows.append([kind, received, _share(rng, received, 0.7)])
    if rng.random() < 0.04:
        rows.append(["全部类别", *(sum(row[at] for row in rows) for at in (1, 2))])
    return rows


def staff(rng: Random) -> list[Row]:
    return [[grid, rng.randint(2, 9), _round(rng, 900, 6500)] for grid in _some(rng, _GRIDS)]


def channel(rng: Random) -> list[Row]:
    first, last = rng.choice(((1, 12), (1, 12), (4, 12), (1, 6)))
    style = rng.choice(("2018年{}月", "2018.{}", "2018-{:02d}", "day"))
    months = [date(2018, m, 1) if style == "day" else style.format(m) for m in range(first, last + 1)]
    rows: list[Row] = []
    for month in months:
        updates = rng.randint(0, 30)
        rows.append([month, updates, rng.choice("是是是是否") if updates else "否"])
    return rows


def projects(rng: Random) -> list[Row]:
    kinds = ("帮困助学", "网络素养", "文化传播", "普法宣传", "乡村振兴", "其他")
    names = _some(rng, ("网络公益课堂", "助农直播", "捐书行动", "法治云课堂", "非遗短视频", "银发学网", "圆梦助学"))
    return [
        [name, rng.choice(kinds), day, _round(rng, 40, rng.choice((300, 9000)))]
        for name, day in zip(names, _days(rng, len(names)), strict=True)
    ]


def cases(rng: Random) -> list[Row]:
    names = _some(rng, ("助农销售额增长", "网络举报处置提速", "志愿者注册数增加"))
    return [[name, rng.randint(0, 4), rng.choice((None, "市网信办", "某公益基金会"))] for name in names]


def bodies(rng: Random) -> list[Row]:
    rows: list[Row] = []
    for period in rng.choice((["全年"], ["2018年"], ["上半年", "下半年"], list(_QUARTERS))):
        start = rng.randint(12, 90)
        rows.append([period, start, _share(rng, start, 0.6)])
    return rows
