"""Mistakes of many kinds that were thought of after the rules: they show what the rules don't know."""

from collections.abc import Iterator
from typing import Any

from tests.support import writers as w
from tests.support.mistakes.case import (
    ACTIONS,
    BULLETINS,
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
    SUGGESTIONS,
    SURVEYS,
    TENANTS,
    TRADE,
    Mistake,
    csv,
    in_turn,
    json,
    ods,
    xls,
    xlsx,
)
from tests.support.mistakes.named import NAMED


def mistakes() -> Iterator[Mistake]:
    yield from _in_two_places()
    yield from _in_one_table()


def _in_two_places() -> Iterator[Mistake]:
    """What one book, folder or archive holds twice."""
    money = [["办公费", 83600, 61200], ["活动费", 215400, 179000], ["差旅费", 42700, 38150]]
    again = [money[0], ["活动费", 215400, 119000], money[2]]
    sites = [["东园", 84, 41, 6], ["西园", 63, 33, 8], ["北园", 37, 12, 5]]
    held = [
        ["2018-03-08", "政策宣讲会", "培训", 46, "否"],
        ["2018-04-19", "项目路演", "交流对接", 62, "否"],
        ["2018-06-12", "法律沙龙", "培训", 31, "是"],
    ]
    grids = [["第一网格", 823], ["第二网格", 1184], ["第三网格", 957]]
    for n, (base_type, columns, measure, made) in enumerate(
        (
            (TRADE, FINANCE, "budget_execution", {"甲.xlsx": xlsx(一=[FINANCE, *money], 二=[FINANCE, *again])}),
            (PARK, FINANCE, "budget_execution", {"报.ods": ods(小王=[FINANCE, *money], 小李=[FINANCE, *again])}),
            (HOME, FINANCE, "budget_execution", {"a/x.csv": csv(FINANCE, *money), "b/y.json": json(FINANCE, *again)}),
            (PARK, TENANTS, "tenants_joined", {"x.csv": csv(TENANTS, *sites), "y.xls": xls(S=[TENANTS, *sites])}),
            (PARK, TENANTS, "tenants_joined", {"x.csv": csv(TENANTS, *sites), "y.csv": csv(TENANTS, *sites[::-1])}),
            (PARK, EVENTS, "service_events", {"年初.csv": csv(EVENTS, *held), "年末.csv": csv(EVENTS, *held[::-1])}),
            (
                PARK,
                EVENTS,
                "service_events",
                {"报表.zip": w.as_zip({"甲.csv": csv(EVENTS, *held)}), "乙.csv": csv(EVENTS, *held)},
            ),
            (
                HOME,
                HOUSEHOLDS,
                "households",
                {"社区.csv": csv(HOUSEHOLDS, *grids), "街道.csv": csv(HOUSEHOLDS, *grids)},
            ),
            (
                HOME,
                HOUSEHOLDS,
                "households",
                {"a.csv": csv(HOUSEHOLDS, *grids[:2]), "b.csv": csv(HOUSEHOLDS, *grids[1:])},
            ),
            (
                HOME,
                HOUSEHOLDS,
                "households",
                {"一.csv": csv(HOUSEHOLDS, *grids), "二.csv": csv(HOUSEHOLDS, *grids, ["社区", 2964])},
            ),
            (
                TRADE,
                FINANCE,
                "budget_execution",
                {"台账.xlsx": xlsx(S=[["甲表"], FINANCE, *money, [], ["乙表"], FINANCE, *again])},
            ),
        )
    ):
        yield Mistake(f"two-places-{n}", base_type, made, measure, None, f"{NAMED[columns]} twice")


def _in_one_table() -> Iterator[Mistake]:
    held = ["2018-03-08", "政策宣讲会", "培训", 46, "否"]
    cases: tuple[tuple[str, tuple[str, ...], list[list[Any]], str, float | None], ...] = (
        (PARK, EVENTS, [held, ["2018-03-09", "政策宣讲 会", "培训", 46, "否"]], "service_events", 1),
        (PARK, EVENTS, [held, ["2018年3月", "政策宣讲会活动", "培训", 46, "否"]], "service_events", 1),
        (PARK, EVENTS, [held, ["2018-03-08", "举办政策宣讲会", "培训", 46, "否"]], "service_events", 1),
        (PARK, EVENTS, [held, ["2018年3月上旬", "政策宣讲会", "培训", 46, "是"]], "service_events", 1),
        (PARK, EVENTS, [held, ["2018-04-19", "项目路演", "交流对接", "46+62", "否"]], "service_events", None),
        (TRADE, HONOURS, [["五四红旗团委", "省级", "2018-05-04", "团省委"],
         ["54红旗团委", "省级", "2018-05-04", "团省委"]], "honours_provincial", 1),
        (TRADE, HONOURS, [["示范商会", "省级", "2018年", "省工商联"],
         ["示范商会", "省级", "2018-08-01", "省工商联"]], "honours_provincial", None),
        (TRADE, BULLETINS, [["第四期", "2018-12-01"], ["第4期", "2018年12月"]], "bulletins_issued", 1),
        (TRADE, BULLETINS, [["(二)", "2018-04-01"], ["（2）", "2018-04-01"]], "bulletins_issued", 1),
        (TRADE, BULLETINS, [["会刊第１期", "2018-03"], ["会刊第一期", "2018-03-31"]], "bulletins_issued", 1),
        (HOME, FACILITIES, [["文体中心", 486], ["① 图书室", 243], ["② 舞蹈室", 243]], "facility_area", None),
        (HOME, FACILITIES, [["文体中心", 486.5], ["◎图书室", 243.2], ["◎舞蹈室", 243.3], ["卫生站", 90]],
         "facility_area", 576.5),
        (HOME, FACILITIES, [["图书室", 243.2], ["舞蹈室", 243.3], ["合用", 487]], "facility_area", 486.5),
        (HOME, FACILITIES, [["文体中心", 500], ["—图书室", 243], ["—舞蹈室", 213], ["卫生站", 90]],
         "facility_area", None),
        (HOME, HOUSEHOLDS, [["一网格", 612], ["二网格", 548], ["三网格", 733], ["某社区", "近1900"]],
         "households", 1893),
        (HOME, HOUSEHOLDS, [["某社区", 1890], ["一网格", 612], ["二网格", 548], ["三网格", 733]], "households", 1893),
        (HOME, HOUSEHOLDS, [["一网格", 612], ["二网格", 548], ["三网格", 733], ["某社区", "0.19万"]],
         "households", 1893),
        (HOME, HOUSEHOLDS, [["甲片", 1160], ["　一网格", 612], ["　二网格", 548], ["乙片", 733]], "households", 1893),
        (HOME, STAFF, [["一网格", 8, 5210], ["二网格", 9, 4830], ["全街", 17, "约1万"]], "workers_per_10k", 16.932),
        (HOME, REQUESTS, [["水电", 41, 31], ["环境", 66, 54], ["所报诉求", 107, 85]], "requests_on_time", 79.44),
        (HOME, REQUESTS, [["水电", 41, 31], ["环境", 66, 54], ["共受理", 110, 85]], "requests_on_time", 79.44),
        (HOME, GROUPS, [["第一书画社", "是"], ["第1书画社", "是"]], "organisations_registered", 1),
        (HOME, ACTIONS, [["加装电梯", "2018年二季度", "是"], ["加装电梯", "2018-05-08", "是"],
         ["路灯", "2018-06-02", "否"]], "actions_delivered", 50),
        (PARK, SPACE, [["A座", 4120, 2190], ["B座", 6350, 3300], ["两栋楼", 10470, 5500]], "occupancy", None),
        (PARK, SPACE, [["园区", 10500, 5490], ["A座", 4120, 2190], ["B座", 6350, 3300]], "occupancy", None),
        (PARK, SPACE, [["1号楼", 4120, 2190], ["★1层", 2060, 1190], ["★2层", 2060, 1000], ["2号楼", 6350, 3300]],
         "occupancy", 52.44),
        (PARK, SPACE, [["1号楼", 0.412, 0.219], ["2号楼", 6350, 3300]], "occupancy", None),
        (PARK, TENANTS, [["东园", 84, 41, 6], ["西园", 63, 33, 8], ["创新谷", 147, 74, "十余"]],
         "tenants_joined", 14),
        (PARK, TENANTS, [["东园", 84, 41, 6], ["西园", 63, 33, 8], ["创新谷", 150, 74, 14]], "tenants_joined", 14),
        (PARK, SERVICES, [["法律机构", 3], ["法律 机构", 3]], "contracted_services", 3),
        (PARK, INCOMES, [["服务收入", 18.43], ["租金收入", 215700]], "service_income_share", None),
        (TRADE, COVERAGE, [["农业", 75, 413], ["（1）枣业", 41, 190], ["（2）蔬菜", 29, 200], ["机械", 66, 82]],
         "sector_coverage", None),
        (TRADE, COVERAGE, [["农业", 70, 390], ["#枣业", 41, 190], ["#蔬菜", 29, 200], ["机械", 66, 82]],
         "sector_coverage", 28.81),
        (TRADE, COVERAGE, [["枣业", 41, 190], ["蔬菜", 29, 200], ["本会", 70, "近400"]], "sector_coverage", 17.949),
        (TRADE, HELP, [["法律咨询第一期", "是", 30], ["法律咨询第1期", "是", 30], ["融资", "否", 0]],
         "services_delivered", 1),
        (TRADE, FINANCE, [["办公费", 60000, 24000], ["△纸张", 33000, 9000], ["△差旅", 19000, 13000]],
         "budget_execution", None),
        (TRADE, FINANCE, [["办公费", 83600, 61200], ["活动费", 215400, 179000], ["秘书处", 299000, 240000]],
         "budget_execution", None),
        (TRADE, FINANCE, [["秘书处", "29.9万", "24.02万"], ["办公费", 83600, 61200], ["活动费", 215400, 179000]],
         "budget_execution", None),
        (ONLINE, DISCLOSURES, [["章程", "2018-05-31", "2017-06-15"], ["年报", "2018-03-31", "2018-03-20"]],
         "disclosures_on_time", 50),
        (ONLINE, DISCLOSURES, [["预算", "2018-02-28", "2017-03-01"], ["年报", "2018-03-31", "2018-03-20"]],
         "disclosures_on_time", 50),
        (ONLINE, PROJECTS, [["云课堂", "网络素养", "2018-03-01", 912], ["云课堂", "其他", "2018年一季度", 912]],
         "projects_run", 1),
        (ONLINE, PROJECTS, [["清朗行动", "普法宣传", "2018-05-14", 1460],
         ["清朗行动", "普法宣传", "2018年5月", 1460]], "projects_run", 1),
        (ONLINE, PROJECTS, [["第一课堂", "网络素养", "2018-03-01", 912],
         ["第1课堂", "网络素养", "2018-03-01", 912]], "projects_run", 1),
        (ONLINE, SURVEYS, [["第一次调查", 213, 187, "网络问卷"], ["第1次调查", 213, 187, "网络问卷"]],
         "survey_answers", 213),
        (ONLINE, SURVEYS, [["上半年", 213, 187, "网络问卷"], ["下半年", 268, 241, "网络问卷"],
         ["两次", 480, 428, "网络问卷"]], "survey_answers", 481),
        (ONLINE, SUGGESTIONS, [["J1", "2018-03-01", "2018-04-01", "2019-03-20", "采纳"]], "suggestions_on_time", 0),
        (ONLINE, SUGGESTIONS, [["J1", "2018-03-01", "2019-04-10", "2018-04-20", "采纳"]], "suggestions_on_time", 0),
        (HOME, PLAN, [["培训", 12, 12], ["培 训", 12, 6], ["走访", 40, 40]], "plan_completion", None),
        (HOME, PLAN, [["培训12场", 12, 12], ["培训十二场", 12, 6], ["走访", 40, 40]], "plan_completion", None),
    )  # fmt: skip
    for n, (base_type, columns, rows, measure, right) in enumerate(cases):
        file = in_turn(n, columns, {NAMED[columns]: rows})
        yield Mistake(f"further-{n}", base_type, file, measure, right, "; ".join(str(row[0]) for row in rows))
