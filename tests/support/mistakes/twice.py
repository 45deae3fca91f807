"""One whole broken down in two ways, wholes that name what they span, and headers and days that nearly say it."""

from collections.abc import Iterator

from tests.support.mistakes.case import (
    BUILDINGS,
    BULLETINS,
    CONTRACTS,
    COVERAGE,
    DISCLOSURES,
    EVENTS,
    FACILITIES,
    FINANCE,
    FORMS,
    HELP,
    HOME,
    HOUSEHOLDS,
    ONLINE,
    PARK,
    PLAN,
    REQUESTS,
    SPACE,
    STAFF,
    SUGGESTIONS,
    TENANTS,
    TRADE,
    Mistake,
    csv,
    xlsx,
)

_BLOCKS = [["1号院", 612], ["2号院", 548], ["3号院", 733]]
_TENURE = [["自住", 1402], ["租住", 491]]
_TOTAL = ["合计", 1893]


def mistakes() -> Iterator[Mistake]:
    yield from _two_ways()
    yield from _spanned()
    yield from _partly()
    yield from _labelled()
    yield from _headers()
    yield from _days()


def _two_ways() -> Iterator[Mistake]:
    for n, rows in enumerate((
        [*_BLOCKS, *_TENURE], [*_TENURE, *_BLOCKS], [*_BLOCKS, _TOTAL, *_TENURE, _TOTAL], [*_BLOCKS, *_TENURE, _TOTAL],
        [*_BLOCKS, [None, None], *_TENURE], [*_BLOCKS, ["小计", 1893], *_TENURE, ["小计", 1893], _TOTAL],
        [*_BLOCKS, *_TENURE, ["户籍", 1211], ["非户籍", 682]], [_TOTAL, *_BLOCKS, *_TENURE],
    )):  # fmt: skip
        end, make = FORMS[n % 2]
        file = {f"户数{end}": make(HOUSEHOLDS, *rows)}
        yield Mistake(f"two-ways-{n}", HOME, file, "households", 1893, "households by block and by tenure")
    for id, base_type, name, columns, rows, measure in (
        ("sites", PARK, "入驻企业", TENANTS, [["东区", 47, 21, 5], ["西区", 63, 38, 9], ["国有", 30, 19, 4],
         ["民营", 80, 40, 10]], "tenants_joined"),
        ("requests", HOME, "诉求办理", REQUESTS, [["水电", 41, 31], ["环境", 66, 54], ["热线", 80, 60],
         ["来访", 27, 25]], "requests_on_time"),
        ("funds", TRADE, "经费预算", FINANCE, [["办公费", 51300, 40300], ["活动费", 82000, 80100],
         ["财政拨款", 100000, 92400], ["自筹", 33300, 28000]], "budget_execution"),
        ("buildings", HOME, "楼宇服务", BUILDINGS, [["国贸", 52, 21], ["中银", 38, 9], ["创客楼", 25, 24],
         ["内资", 92, 44], ["外资", 23, 10]], "tenants_served_share"),
        ("staff", HOME, "社区工作力量", STAFF, [["一网格", 6, 3127], ["二网格", 5, 2744], ["男", 4, 2901],
         ["女", 7, 2970]], "workers_per_10k"),
        ("sectors", TRADE, "会员覆盖", COVERAGE, [["枣业", 42, 163], ["农机", 31, 94], ["餐饮", 80, 310],
         ["大型", 12, 37], ["中小微", 141, 530]], "sector_coverage"),
        ("rooms", HOME, "服务设施", FACILITIES, [["图书室", 121.5], ["舞蹈室", 85], ["议事厅", 64.25], ["一楼", 150.75],
         ["二楼", 120]], "facility_area"),
        ("space", PARK, "空间", SPACE, [["A座", 4120, 2190], ["B座", 6350, 3300], ["办公", 7000, 4100],
         ["厂房", 3470, 1390]], "occupancy"),
    ):  # fmt: skip
        file = {f"{name}.csv": csv(columns, *rows)}
        yield Mistake(f"two-ways-of-{id}", base_type, file, measure, None, "one whole in two breakdowns")


def _spanned() -> Iterator[Mistake]:
    """A row that names the rows which it sums up, rounded or with a figure of its own."""
    three = [["1号楼", 5120, 4100], ["2号楼", 4310, 3900], ["3号楼", 6240, 5000]]
    for n, (label, *figures) in enumerate(
        (("1-3号楼", 15670, 12100), ("1至3号楼", 15900, 12800), ("1号楼-3号楼", 16000, 13100),
         ("一至三号楼", 15800, 13000), ("1～3号楼", 15670, 13000), ("第1-3号楼", 15700, 12900))
    ):  # fmt: skip
        rows = [*three, [label, *figures], ["4号楼", 2200, 2000]] if n % 2 else [[label, *figures], *three]
        file = {"空间.xlsx": xlsx(空间=[SPACE, *rows])} if n % 2 else {"空间.csv": csv(SPACE, *rows)}
        yield Mistake(f"spanned-{n}", PARK, file, "occupancy", None, f"a row that spans three: {label}")
    grids = [["一网格", 612], ["二网格", 548], ["三网格", 733]]
    for n, label in enumerate(("一至三网格", "1-3网格", "一～三网格")):
        file = {"户数.csv": csv(HOUSEHOLDS, *grids, [label, 1900])}
        yield Mistake(f"spanned-grids-{n}", HOME, file, "households", 1893, label)


def _partly() -> Iterator[Mistake]:
    """Subtotals in one column, with a figure of its own, 0 or an old one in another."""
    for n, rows in enumerate((
        [["办公费", 51230, 40300], ["活动费", 82470, 80100], ["行政口", 133700, 99000], ["差旅费", 30000, 20000]],
        [["行政口", 133700, 0], ["办公费", 51230, 40300], ["活动费", 82470, 80100]],
        [["办公费", 51231.5, 40300], ["活动费", 82470, 80100], ["差旅费", 30012, 20000], ["秘书处", 163713.5, 140000]],
    )):  # fmt: skip
        file = {"经费预算.csv": csv(FINANCE, *rows)}
        yield Mistake(f"partly-{n}", TRADE, file, "budget_execution", None, "the budget alone is added up")
    rows = [["甲园", 47, 21, 5], ["乙园", 63, 38, 9], ["北片", 110, 59, 0], ["丙园", 31, 12, 4]]
    yield Mistake("partly-sites", PARK, {"入驻企业.csv": csv(TENANTS, *rows)}, "lead_sector_share", 50.35, "0 joined")


def _labelled() -> Iterator[Mistake]:
    """Labels that say what a row is about: another period, one that overlaps, all of a site."""
    for n, rows in enumerate((
        [["水电", 41, 31], ["环境", 66, 54], ["2017年水电", 38, 30]],
        [["2018年水电", 41, 31], ["2018年环境", 66, 54], ["2017年水电", 38, 30], ["2017年环境", 60, 50]],
        [["水电（2018年）", 41, 31], ["水电（2017年）", 38, 30]],
        [["水电（一季度）", 20, 15], ["环境（一季度）", 33, 27], ["水电（上半年）", 41, 31]],
        [["水电", 41, 31], ["一季度水电", 20, 15]], [["1-6月水电", 20, 15], ["1-9月水电", 33, 27]],
        [["水电（全年）", 41, 31], ["水电（下半年）", 21, 16]],
    )):  # fmt: skip
        end, make = FORMS[n % 2]
        yield Mistake(
            f"labelled-{n}", HOME, {f"诉求办理{end}": make(REQUESTS, *rows)}, "requests_on_time", None, "by period"
        )
    rows = [["东区", "A座", 4120, 2190], ["东区", "B座", 1000, 900], ["东区", "全部", 5120, 3090], ["西区", "C座", 6350,
            3300], ["西区", "全部", 6350, 3300]]  # fmt: skip
    file = {"空间.csv": csv(("园区", *SPACE), *rows)}
    yield Mistake("labelled-all", PARK, file, "occupancy", 55.71, "all of a site with one building")
    for n, label in enumerate(("月均", "季均值", "综合完成率", "总体完成率")):
        rows = [["培训", 10, 12], ["走访", 200, 100], [label, 100, 95]]
        file = {"年度计划.csv": csv(PLAN, *rows)}
        yield Mistake(f"labelled-mean-{n}", HOME, file, "plan_completion", 75, label)


def _headers() -> Iterator[Mistake]:
    """Columns that may be left out, under other names than theirs."""
    for n, header in enumerate(("公开时间", "实际公开时间", "公开日", "完成时间", "实际公布日期")):
        rows = [["年报", "2018-06-30", "2018-06-20"], ["章程", "2018-03-31", "2018-03-20"]]
        file = {"信息公开.csv": csv((*DISCLOSURES[:2], header), *rows)}
        yield Mistake(f"header-published-{n}", ONLINE, file, "disclosures_on_time", 100, header)
    for n, header in enumerate(("答复时间", "回复日期", "反馈时间")):
        columns = [header if each == "答复日期" else each for each in SUGGESTIONS]
        rows = [["2018-01", "2018-03-01", "2018-05-30", "2018-05-20", "采纳"]]
        yield Mistake(
            f"header-answered-{n}", TRADE, {"建议.csv": csv(columns, *rows)}, "suggestions_on_time", 100, header
        )
    for n, header in enumerate(("佐证材料", "证明", "附件名称")):
        file = {"承接项目.csv": csv((*CONTRACTS[:3], header), ["课题", "承接委托", 60000, "合同.pdf"]),
                "合同.pdf": b"%PDF-1.4 contract"}  # fmt: skip
        yield Mistake(f"header-proof-{n}", TRADE, file, "projects_proved", 1, header)
    for n, columns in enumerate((("任务", "目标", "完成值"), ("任务", "目标值", "实际值"))):
        file = {"年度计划.csv": csv(columns, ["培训", 10, 12])}
        yield Mistake(f"header-plan-{n}", HOME, file, "plan_completion", 100, "、".join(columns))


def _days() -> Iterator[Mistake]:
    """Days without a year under titles that don't settle it."""
    held = ["3月4日", "税务辅导", "培训", 40, "否"]
    for n, title in enumerate(("2017年活动台账", "2017-2018年活动台账", "2017年12月—2018年3月活动", "近两年活动")):
        yield Mistake(
            f"day-{n}", PARK, {"活动.xlsx": xlsx(活动=[[title], EVENTS, held])}, "service_events", None, f"«{title}»"
        )
    rows = [["2018年建议台账"], SUGGESTIONS, ["2018-01", "11月20日", "2019-02-20", "3月8日", "采纳"]]
    yield Mistake("day-answered", HOME, {"建议.xlsx": xlsx(建议=rows)}, "suggestions_on_time", 0, "of the next year")
    rows = [["2018年会刊"], BULLETINS, ["第1期", "2-3"], ["第2期", "5/6"]]
    yield Mistake("day-or-months", TRADE, {"刊物.xlsx": xlsx(刊物=rows)}, "bulletins_issued", None, "months or days")
    rows = [["满意度", "95%", 0.96], ["办结率", 0.9, "92%"]]
    yield Mistake("percent-of-one", HOME, {"年度计划.csv": csv(PLAN, *rows)}, "plan_completion", 100, "a share of %")
    rows = [["法律咨询", "是", 30], ["融资对接", "是", 12], ["技能培训", "是", 42], ["三项服务", "是", 84]]
    yield Mistake("all-services", TRADE, {"会员服务.csv": csv(HELP, *rows)}, "services_delivered", 3, "three in a row")
