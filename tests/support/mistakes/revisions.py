"""A table and its undated revision, under names that say nothing about it: only what they hold shows it."""

from collections.abc import Iterator
from typing import Any

from tests.support.mistakes.case import (
    ACTIONS,
    BUILDINGS,
    CONTRACTS,
    COVERAGE,
    DISCLOSURES,
    EVENTS,
    FACILITIES,
    FINANCE,
    GROUPS,
    HELP,
    HOME,
    HONOURS,
    HOUSEHOLDS,
    INCOMES,
    ONLINE,
    PARK,
    PLAN,
    PROJECTS,
    REQUESTS,
    SERVICES,
    SPACE,
    STAFF,
    SURVEYS,
    TENANTS,
    TRADE,
    Mistake,
    in_turn,
)

_PAIRS = (
    ("甲", "乙"),
    ("A", "B"),
    ("张三版", "李四版"),
    ("王干事", "陈主任"),
    ("办公室", "财务科"),
    ("微信收", "邮箱收"),
    ("周一", "周五"),
    ("电脑里的", "U盘里的"),
)


def mistakes() -> Iterator[Mistake]:
    yield from _some_changed()
    yield from _all_changed()


def _some_changed() -> Iterator[Mistake]:
    """Most rows are the same in both, and a few were corrected or added."""
    held = [
        ["2018-03-08", "政策宣讲会", "培训", 46, "否"],
        ["2018-04-19", "项目路演", "交流对接", 62, "否"],
        ["2018-06-12", "法律沙龙", "培训", 31, "是"],
        ["2018-09-27", "银企对接会", "交流对接", 55, "否"],
    ]
    tables: dict[str, tuple[str, tuple[str, ...], list[list[Any]], list[list[Any]], str]] = {
        "budget": (
            TRADE,
            FINANCE,
            [["办公费", 83600, 61200], ["活动费", 215400, 179000], ["差旅费", 42700, 38150]],
            [["办公费", 83600, 61200], ["活动费", 215400, 119000], ["差旅费", 42700, 38150]],
            "budget_execution",
        ),
        "tenants": (
            PARK,
            TENANTS,
            [["东园", 84, 41, 6], ["西园", 63, 33, 8], ["北园", 37, 12, 5]],
            [["东园", 84, 41, 9], ["西园", 63, 33, 8], ["北园", 37, 12, 5]],
            "tenants_joined",
        ),
        "rooms": (
            HOME,
            FACILITIES,
            [["图书室", 124], ["多功能厅", 365], ["议事厅", 78]],
            [["图书室", 124], ["多功能厅", 365], ["议事厅", 87]],
            "facility_area",
        ),
        "grids": (
            HOME,
            HOUSEHOLDS,
            [["第一网格", 823], ["第二网格", 1184], ["第三网格", 957]],
            [["第一网格", 823], ["第二网格", 1184], ["第三网格", 975]],
            "households",
        ),
        "space": (
            PARK,
            SPACE,
            [["A座", 4120, 2190], ["B座", 6350, 3300]],
            [["A座", 4120, 2910], ["B座", 6350, 3300]],
            "occupancy",
        ),
        "events": (PARK, EVENTS, held, [*held[:2], [*held[2][:3], 33, "否"], held[3]], "service_events"),
        "events-more": (PARK, EVENTS, held[:3], held, "service_events"),
        "members": (
            TRADE,
            COVERAGE,
            [["枣业", 42, 163], ["农机", 31, 94]],
            [["枣业", 47, 163], ["农机", 31, 94]],
            "sector_coverage",
        ),
        "requests": (
            HOME,
            REQUESTS,
            [["水电", 41, 31], ["环境卫生", 66, 54], ["治安", 23, 22]],
            [["水电", 41, 37], ["环境卫生", 66, 54], ["治安", 23, 22]],
            "requests_on_time",
        ),
        "projects": (
            ONLINE,
            PROJECTS,
            [["云课堂", "网络素养", "2018-03-01", 912], ["清朗行动", "普法宣传", "2018-05-14", 1460]],
            [["云课堂", "网络素养", "2018-03-01", 912], ["清朗行动", "普法宣传", "2018-05-14", 1640]],
            "projects_run",
        ),
        "staff": (
            HOME,
            STAFF,
            [["一网格", 8, 5210], ["二网格", 9, 4830], ["三网格", 6, 3977]],
            [["一网格", 8, 5210], ["二网格", 7, 4830], ["三网格", 6, 3977]],
            "workers_per_10k",
        ),
        "incomes": (
            PARK,
            INCOMES,
            [["服务收入", 184300], ["租金收入", 215700], ["补助收入", 68000]],
            [["服务收入", 194300], ["租金收入", 215700], ["补助收入", 68000]],
            "service_income_share",
        ),
        "surveys": (
            ONLINE,
            SURVEYS,
            [["上半年调查", 213, 187, "网络问卷"], ["下半年调查", 268, 241, "网络问卷"]],
            [["上半年调查", 213, 187, "网络问卷"], ["下半年调查", 268, 261, "网络问卷"]],
            "satisfaction",
        ),
        "served": (
            HOME,
            BUILDINGS,
            [["商会大厦", 43, 12], ["国贸中心", 67, 33], ["科技楼", 52, 41]],
            [["商会大厦", 43, 32], ["国贸中心", 67, 33], ["科技楼", 52, 41]],
            "tenants_served_share",
        ),
        "helped": (
            TRADE,
            HELP,
            [["法律咨询", "是", 43], ["融资对接", "是", 12], ["技能培训", "否", 0]],
            [["法律咨询", "是", 43], ["融资对接", "是", 12], ["技能培训", "是", 55]],
            "services_delivered",
        ),
    }
    for n, (id, (base_type, columns, first, again, measure)) in enumerate(tables.items()):
        for m in (n, n + 3):
            one, other = _PAIRS[m % len(_PAIRS)]
            files = in_turn(m, columns, {one: first, other: again})
            yield Mistake(f"revised-{id}-{m - n}", base_type, files, measure, None, f"{one} and {other}: some changed")


def _all_changed() -> Iterator[Mistake]:
    """Every figure differs, and the names say nothing of parts."""
    tables: dict[str, tuple[str, tuple[str, ...], list[list[Any]], list[list[Any]], str]] = {
        "budget": (
            HOME,
            FINANCE,
            [["办公费", 83600, 61200], ["活动费", 215400, 179000]],
            [["办公费", 88000, 61900], ["活动费", 221000, 181500]],
            "budget_execution",
        ),
        "tenants": (
            PARK,
            TENANTS,
            [["东园", 84, 41, 6], ["西园", 63, 33, 8]],
            [["东园", 86, 42, 8], ["西园", 65, 34, 9]],
            "tenants_joined",
        ),
        "services": (
            PARK,
            SERVICES,
            [["法律机构", 3], ["创业导师", 5]],
            [["法律机构", 4], ["创业导师", 7]],
            "contracted_services",
        ),
        "plan": (
            TRADE,
            PLAN,
            [["培训", 12, 6], ["走访", 40, 30]],
            [["培训", 12, 12], ["走访", 40, 41]],
            "plan_completion",
        ),
        "flags": (
            HOME,
            GROUPS,
            [["书画社", "是"], ["舞蹈队", "否"], ["读书会", "否"]],
            [["书画社", "是"], ["舞蹈队", "是"], ["读书会", "否"]],
            "organisations_registered",
        ),
        "agreed": (
            HOME,
            ACTIONS,
            [["加装电梯", "2018-05-08", "否"], ["路灯维修", "2018-06-02", "否"]],
            [["加装电梯", "2018-05-08", "是"], ["路灯维修", "2018-06-02", "是"]],
            "actions_delivered",
        ),
        "honours": (
            TRADE,
            HONOURS,
            [["先进集体", "省级", "2018-05-01", "省委统战部"], ["示范基地", "市级", "2018-08-01", "市工商联"]],
            [["先进集体", "省级", "2018-05-01", "省统战部"], ["示范基地", "省级", "2018-08-01", "省工商联"]],
            "honours_provincial",
        ),
        "due": (
            ONLINE,
            DISCLOSURES,
            [["年报", "2018-04-30", "2018-04-20"], ["审计报告", "2018-06-30", ""]],
            [["年报", "2018-04-30", "2018-05-20"], ["审计报告", "2018-06-30", "2018-06-28"]],
            "disclosures_on_time",
        ),
        "contracts": (
            TRADE,
            CONTRACTS[:3],
            [["展演承办", "承接委托", 120000], ["行业调研", "产销对接", 60000]],
            [["展演承办", "承接委托", 150000], ["行业调研", "产销对接", 80000]],
            "projects_proved",
        ),
    }
    for n, (id, (base_type, columns, first, again, measure)) in enumerate(tables.items()):
        for m, (one, other) in enumerate((("甲", "乙"), ("A", "B"), ("一", "二"))):
            files = in_turn(n + m, columns, {one: first, other: again})
            yield Mistake(f"revised-all-{id}-{m}", base_type, files, measure, None, f"{one} and {other}: all changed")
