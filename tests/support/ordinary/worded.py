"""Ordinary submissions whose words only sound like a mistake, or whose figures come near one."""

from collections.abc import Iterator
from typing import Any

from tests.support.mistakes.case import (
    BODIES,
    BUILDINGS,
    COVERAGE,
    EVENTS,
    FACILITIES,
    FINANCE,
    HELP,
    HOME,
    HONOURS,
    HOUSEHOLDS,
    INCOMES,
    ONLINE,
    PARK,
    PLAN,
    PROJECTS,
    SERVICES,
    SPACE,
    STAFF,
    STANDARDS,
    TENANTS,
    TRADE,
    csv,
    in_turn,
    xlsx,
)
from tests.support.mistakes.named import NAMED
from tests.support.rounds.submitted import Sent


def worded_submissions() -> Iterator[Sent]:
    for n, (base_type, columns, rows) in enumerate(_TABLES):
        yield Sent(f"worded-{n}", base_type, in_turn(n, columns, {NAMED[columns]: rows}))
    for n, (base_type, name, header, row) in enumerate(_HEADERS):
        yield Sent(f"worded-header-{n}", base_type, in_turn(n, header, {name: [row]}))
    money = [["办公费", 83600, 61200], ["活动费", 215400, 179000]]
    for n, name in enumerate(_NAMES):
        yield Sent(f"worded-name-{n}", TRADE, {f"{name}.csv": csv(FINANCE, *money)})
    for n, title in enumerate(_TITLES):
        yield Sent(f"worded-title-{n}", PARK, {"材料.xlsx": xlsx(Sheet1=[[title], FINANCE, *money])})
    plan = {"2018年工作计划完成情况.xlsx": xlsx(年度计划=[["2018年度工作计划安排及完成情况"], PLAN, ["培训", 12, 12]])}
    yield Sent("worded-plan", TRADE, plan)
    held = ["2018-03-08", "政策宣讲会", "培训", 46, "否"]
    yield Sent("worded-held", PARK, {"2018年活动安排落实情况.csv": csv(EVENTS, held)})


_TABLES: tuple[tuple[str, tuple[str, ...], list[list[Any]]], ...] = (
    # names with words for wholes, parts, averages, plans
    (HOME, BUILDINGS, [["金茂大厦", 40, 38], ["总计物流园", 60, 52], ["小计里3号", 25, 20]]),
    (HOME, BUILDINGS, [["国贸", 54, 21], ["中银", 38, 9], ["总部大厦", 60, 52]]),
    (PARK, TENANTS, [["东园", 84, 41, 6], ["西园", 63, 33, 8], ["总部基地", 90, 20, 3], ["汇总产业园", 20, 5, 1]]),
    (HOME, FACILITIES, [["图书室", 800], ["含光门驿站", 130], ["含山路警务室", 60]]),
    (HOME, FACILITIES, [["图书室", 800], ["平均里活动室", 130], ["历史陈列室", 60], ["测试体验馆", 90]]),
    (HOME, FACILITIES, [["图书室（二楼）", 120], ["舞蹈室（二楼）", 90], ["礼堂（室内）", 300]]),
    (HOME, FACILITIES, [["文化广场", 90], ["宣传栏（文化广场）", 120]]),
    (HOME, FACILITIES, [["重复使用中心", 140], ["示例菜园", 60], ["建设中路驿站", 45]]),
    (TRADE, STANDARDS, [["红枣加工样例图集", "2018-05-01", None], ["检测方法（试行）", "2018-08-01", None]]),
    (PARK, PLAN, [["出租率增幅", 5, 6], ["就业增长率", 3, 4], ["占比", 40, 42]]),
    (ONLINE, PROJECTS, [["安全测试", "网络素养", "2018-03-01", 46], ["公益计划", "其他", "2018-05-01", 62]]),
    # one whole, and others that aren't its parts; sums that are far
    (HOME, HOUSEHOLDS, [["一网格", 612], ["二网格", 548], ["三网格", 733], ["金水家园", 1620]]),
    (HOME, HOUSEHOLDS, [["一网格", 612], ["二网格", 548], ["和美社区", 1620]]),
    (PARK, SPACE, [["A座", 4120, 2190], ["B座", 6350, 3300], ["C座", 10800, 5600]]),
    (PARK, SPACE, [["科技楼", 4120, 2190], ["科技楼附楼", 4120, 1300], ["研发楼", 6350, 3300]]),
    (TRADE, COVERAGE, [["枣", 50, 100], ["枣制品", 80, 100], ["枣机械", 40, 100]]),
    (TRADE, COVERAGE, [["食品加工", 41, 190], ["食品机械", 46, 190]]),
    # categories listed several times, as a list of bodies does, or far apart
    (PARK, SERVICES, [["法律机构", 3], ["法律机构", 9], ["创业导师", 5]]),
    (PARK, INCOMES, [["服务收入", 120000], ["服务收入", 125000], ["租金收入", 91000], ["租金收入", 95000]]),
    (PARK, INCOMES, [["服务收入", 120000], ["租金收入", 121000], ["服务收入", 31000]]),
    (HOME, HOUSEHOLDS, [["一网格", 800], ["十一网格", 800], ["第二网格", 640]]),
    # small figures beside large ones
    (HOME, HOUSEHOLDS, [["一网格", 1612], ["二网格", 1548], ["机动", 12]]),
    (HOME, STAFF, [["一网格", 3, 2600], ["二网格", 3, 2400], ["机动", 2, 0]]),
    (HOME, FACILITIES, [["党群中心", "1,200.500"], ["图书室", "85.125"]]),
    (HOME, FACILITIES, [["宣传栏", 2.5], ["阅报栏", 1.8]]),
    (TRADE, FINANCE, [["会展", 912500, 880000], ["办公", 21000, 20500], ["邮寄", 420, 380]]),
    (TRADE, FINANCE, [["会议", 30000, 27000], ["培训", 20000, 18000], ["邮资", 450, 60]]),
    # ticks with a remark, bodies at the beginning of the year
    (TRADE, HELP, [["法律咨询", "√（已通过）", 30], ["融资对接", "√（已办结）", 12]]),
    (ONLINE, BODIES, [["2018年", 40, 38]]),
    (TRADE, HONOURS, [["计划生育先进协会", "省级", "2018-05-01", "省卫健委"]]),
)
_HEADERS: tuple[tuple[str, str, tuple[str, ...], list[Any]], ...] = (
    (HOME, "服务设施", ("设施（全称）", "面积（㎡，2018年末）"), ["图书室", 124]),
    (HOME, "服务设施", ("设施", "面积（平方米，保留一位小数）"), ["图书室", 124.5]),
    (HOME, "服务设施", ("设施", "面积（实测）"), ["图书室", 124.5]),
    (HOME, "服务设施", ("设施", "面积（截至2018年12月31日）"), ["图书室", 124.5]),
    (HOME, "户数", ("网格", "总户数（必填，整数）"), ["一网格", 612]),
    (HOME, "楼宇服务", ("楼宇（含园区）", "企业数（家）", "已服务企业数（1）"), ["国贸", 54, 21]),
    (HOME, "诉求办理", ("类别", "受理数（2018年）", "按期办结数（件）"), ["水电", 41, 31]),
    (PARK, "经费预算", ("预算科目", "预算数（全年）", "执行数（1-12月）"), ["办公费", 83600, 61200]),
    (PARK, "经费预算", ("预算科目", "预算数（元/年，含税）", "执行数（合计）"), ["办公费", 83600, 61200]),
    (PARK, "空间", ("楼宇", "可租面积（1）", "已租面积（2，年末）"), ["A座", 4120, 2190]),
    (ONLINE, "团体成员", ("期间", "期初团体成员数（年初）", "期末留存数（2018年底）"), ["2018年", 40, 38]),
    (ONLINE, "团体成员", ("期间", "期初团体成员数（截至2017年12月31日）", "期末留存数"), ["2018年", 40, 38]),
)
_NAMES = (
    "经费预算（终稿）", "2018年度经费预算（盖章版）", "经费预算-最终版2",
    "计划处/经费预算", "示范园区经费预算", "经费预算（2）",
    "经费预算（万元以下项目）", "经费预算执行情况（截至12月31日）",
)  # fmt: skip
_TITLES = (
    "2018年度经费预算执行情况（截至2018年12月31日）", "经费预算安排与执行情况", "某测试技术公司经费预算",
    "（2019年1月10日填报）",
    "经费预算（定稿）", "表3 经费预算", "第三方案例园经费预算",
)  # fmt: skip
