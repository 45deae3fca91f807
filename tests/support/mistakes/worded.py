"""Mistakes that words in headers, labels, names and notes show, or figures that come near to what they should be."""

from collections.abc import Iterator
from typing import Any

from tests.support.mistakes.case import (
    BUILDINGS,
    COVERAGE,
    EVENTS,
    FACILITIES,
    FINANCE,
    HALF_2018,
    HOME,
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
    YEAR_2019,
    Mistake,
    csv,
    in_turn,
    json,
    ods,
    xlsx,
)
from tests.support.mistakes.named import NAMED


def mistakes() -> Iterator[Mistake]:
    yield from _headers()
    yield from _tables()
    yield from _names()
    yield from _units()
    yield Mistake(
        "split-before-contacts",
        PARK,
        {"经费预算.csv": "预算科目,预算数,执行数,说明,经办人\n会议费,83,600,61,250\n".encode()},
        "budget_execution",
        73.27,
        "two numbers cut at their commas, the last end below a column of contacts",
    )


def _headers() -> Iterator[Mistake]:
    """A text in brackets narrows or widens what a column counts."""
    cases: tuple[tuple[str, tuple[str, ...], list[Any], str], ...] = (
        (HOME, ("类别", "受理数", "按期办结数（含已延期）"), ["水电", 41, 31], "requests_on_time"),
        (HOME, ("类别", "受理数（仅线上）", "按期办结数"), ["水电", 41, 31], "requests_on_time"),
        (HOME, ("楼宇", "企业数（正常经营）", "已服务企业数"), ["国贸", 38, 9], "tenants_served_share"),
        (HOME, ("设施", "面积【含在建】"), ["图书室", 124], "facility_area"),
        (HOME, ("设施", "面积（㎡，暂估）"), ["图书室", 124], "facility_area"),
        (PARK, ("楼宇", "可租面积", "已租面积[含预订]"), ["A座", 4120, 2190], "occupancy"),
        (PARK, ("楼宇", "可租面积（上半年）", "已租面积"), ["A座", 4120, 2190], "occupancy"),
        (PARK, ("片区", "企业总数", "主导产业企业数", "本年新增入驻数（含迁址）"),
         ["东园", 84, 41, 6], "tenants_joined"),
        (TRADE, ("行业", "会员数（含准会员）", "行业总数"), ["枣业", 41, 190], "sector_coverage"),
        (TRADE, ("预算科目", "预算数", "执行数（含挂账，元）"), ["办公费", 83600, 61200], "budget_execution"),
        (ONLINE, ("调查名称", "有效样本数", "满意份数（含基本满意）", "调查方式"),
         ["年度", 213, 187, "网络问卷"], "satisfaction"),
        (ONLINE, ("项目名称", "类别", "开始日期", "受益人次（截至9月底）"),
         ["云课堂", "网络素养", "2018-03-01", 912], "beneficiary_contacts"),
    )  # fmt: skip
    for n, (base_type, header, row, measure) in enumerate(cases):
        table = next(name for columns, name in NAMED.items() if columns[0] == header[0] and len(columns) == len(header))
        yield Mistake(f"qualified-{n}", base_type, in_turn(n, header, {table: [row]}), measure, None, " ".join(header))


def _tables() -> Iterator[Mistake]:
    sites = [["东园", 84, 41, 6], ["西园", 63, 33, 8]]
    grids = [["一网格", 612], ["二网格", 548], ["三网格", 733]]
    rooms = [["党群中心", 860], ["警务室", 45]]
    cases: tuple[tuple[str, tuple[str, ...], list[list[Any]], str, float | None], ...] = (
        # a total in which a figure is off
        (PARK, TENANTS, [*sites, ["全园合计", 151, 75, 15]], "tenants_joined", 14),
        (PARK, TENANTS, [["园区汇总", 147, 76, 14], *sites], "tenants_joined", 14),
        (PARK, TENANTS, [*sites, ["两园汇总", 149, 74, 16], ["新园", 5, 2, 1]], "tenants_joined", 15),
        (PARK, TENANTS, [*sites, ["创新谷", 147, 74, 13]], "tenants_joined", 14),
        (HOME, HOUSEHOLDS, [*grids, ["金水社区", 1905]], "households", 1893),
        (HOME, HOUSEHOLDS, [["辖区总计", 1700], *grids], "households", 1893),
        (HOME, BUILDINGS, [["国贸", 54, 21], ["中银", 38, 9], ["街道汇总", 95, 31]], "tenants_served_share", 32.609),
        (TRADE, COVERAGE, [["枣业", 41, 190], ["蔬菜", 29, 200], ["所有行业", 68, 390]], "sector_coverage", 17.949),
        (HOME, FACILITIES, [["图书室", 1400], ["礼堂", 600], ["文体楼", "0.2万"]], "facility_area", 2000),
        # a whole behind its parts, among other rows
        (PARK, SPACE, [["主楼一层", 520, 480], ["主楼二层", 480, 0], ["主楼", 1000, 480], ["副楼", 900, 880]],
         "occupancy", 71.579),
        # parts and derived figures by their names
        (HOME, FACILITIES, [*rooms, ["内含调解室", 20]], "facility_area", 905),
        (HOME, FACILITIES, [*rooms, ["下设驿站", 30]], "facility_area", 905),
        (HOME, FACILITIES, [["党群中心", 860], ["包含书屋", 90], ["警务室", 45]], "facility_area", 905),
        (HOME, FACILITIES, [["党群中心", 860], ["书屋（设在党群中心）", 90], ["警务室", 45]], "facility_area", 905),
        (HOME, FACILITIES, [["党群中心", 860], ["书屋（已计入上述）", 90]], "facility_area", 860),
        (TRADE, FINANCE, [["办公费", 60000, 41000], ["　　纸张", 21000, 9000], ["差旅费", 30000, 30000]],
         "budget_execution", 78.889),
        (HOME, FACILITIES, [*rooms, ["每处平均面积", 452.5]], "facility_area", 905),
        (HOME, HOUSEHOLDS, [*grids, ["增幅", 3]], "households", 1893),
        (HOME, HOUSEHOLDS, [*grids, ["户均人数", 3]], "households", 1893),
        (PARK, TENANTS, [*sites, ["占比", 57, 55, 43]], "tenants_joined", 14),
        (HOME, FACILITIES, [*rooms, ["以往数据", 700]], "facility_area", 905),
        # rows that are no evidence
        (HOME, FACILITIES, [*rooms, ["【样例】活动室", 100]], "facility_area", 905),
        (HOME, FACILITIES, [*rooms, ["例：活动室", 100]], "facility_area", 905),
        (HOME, FACILITIES, [*rooms, ["活动室（拟建）", 100]], "facility_area", 905),
        (PARK, SPACE, [["A座", 4120, 2190], ["测试1", 100, 100]], "occupancy", 53.155),
        (PARK, SPACE, [["A座", 4120, 2190], ["旧楼（已停用）", 900, 0]], "occupancy", 53.155),
        (TRADE, COVERAGE, [["枣业", 41, 190], ["枣业加工（重复）", 41, 190]], "sector_coverage", None),
        (ONLINE, SURVEYS, [["春季", 213, 187, "网络问卷"], ["秋季（预测）", 200, 196, "网络问卷"]],
         "survey_answers", 213),
        # twice
        (PARK, SERVICES, [["创业导师", 20], ["法律机构", 4], ["创业导师", 22]], "contracted_services", None),
        (PARK, INCOMES, [["服务收入", 184300], ["租金收入", 215700], ["服务收入", 184900]],
         "service_income_share", None),
        (TRADE, COVERAGE, [["红枣加工", 41, 190], ["红枣加工业", 46, 190]], "sector_coverage", None),
        (HOME, HOUSEHOLDS, [["二网格", 548], ["第二网格", 548]], "households", 548),
        # another unit
        (HOME, HOUSEHOLDS, [["一网格", 1612], ["二网格", 1548], ["三网格", 2]], "households", None),
        (HOME, STAFF, [["一网格", 8, 5210], ["二网格", 9, 4830], ["三网格", 1, 4]], "workers_per_10k", None),
        (HOME, FACILITIES, [["党群中心", "1.450"], ["图书室", "0.380"]], "facility_area", None),
        (HOME, FACILITIES, [["党群中心", 1.45], ["图书室", 1.1]], "facility_area", None),
        (PARK, FINANCE, [["办公", 32000, 27500], ["差旅", 24000, 18000], ["改造", 140, 35]], "budget_execution", None),
        (TRADE, PLAN, [["引资", 2, 19000], ["培训", 10, 5]], "plan_completion", None),
    )  # fmt: skip
    for n, (base_type, columns, rows, measure, right) in enumerate(cases):
        file = in_turn(n, columns, {NAMED[columns]: rows})
        yield Mistake(f"worded-{n}", base_type, file, measure, right, "; ".join(str(row[0]) for row in rows))


def _names() -> Iterator[Mistake]:
    """The name of a file or sheet, or a title, says that the table isn't the final one of the period."""
    money = [["办公费", 83600, 61200], ["活动费", 215400, 179000]]
    held = ["2018-03-08", "政策宣讲会", "培训", 46, "否"]
    right = None
    for n, name in enumerate(
        ("经费预算（初稿）", "作废-经费预算", "经费预算 讨论稿", "经费预算_待审", "2018年经费预算测算表")
    ):
        yield Mistake(f"named-{n}", TRADE, in_turn(n, FINANCE, {name: money}), "budget_execution", right, name)
    for n, title in enumerate(("经费预算（征求意见稿）", "模板", "截至2017年11月30日经费预算", "经费预算（上年）")):
        sheet = xlsx(Sheet1=[[title], FINANCE, *money]) if n % 2 else ods(表一=[[title], FINANCE, *money])
        file = {f"数据.{'xlsx' if n % 2 else 'ods'}": sheet}
        yield Mistake(f"titled-{n}", PARK, file, "budget_execution", right, title)
    for n, name in enumerate(("活动方案", "下月活动安排表", "活动预告")):
        file = {"台账.xlsx": xlsx(说明=[["某园区"]], **{name: [EVENTS, held]})}
        yield Mistake(f"planned-{n}", PARK, file, "service_events", right, f"sheet {name}")
    yield Mistake(
        "draft-folder", HOME, {"作废/户数.csv": csv(HOUSEHOLDS, ["一网格", 612])}, "households", right, "folder 作废"
    )
    late = {"公益项目（预计）.json": json(PROJECTS, ["云课堂", "网络素养", "2019-03-01", 912])}
    yield Mistake("forecast", ONLINE, late, "beneficiary_contacts", right, "a forecast", YEAR_2019)
    half = {"诉求办理（去年）.csv": csv(REQUESTS, ["水电", 41, 31])}
    yield Mistake("last-year", HOME, half, "requests_on_time", right, "去年", HALF_2018)


def _units() -> Iterator[Mistake]:
    """A unit in a name, or in a note below the table."""
    grids = [["一网格", 6.1], ["二网格", 5.5]]
    for n, (name, rows, right) in enumerate(
        (
            ("户数（百户）", [HOUSEHOLDS, *grids], 1160),
            ("户数", [HOUSEHOLDS, *grids, ["注：以百户计"]], 1160),
            ("户数", [HOUSEHOLDS, *grids, ["备注：按千户计算。"]], 11600),
        )
    ):
        yield Mistake(f"unit-said-{n}", HOME, {f"{name}.csv": csv(*rows)}, "households", right, str(rows[-1]))
    book = {"b.xlsx": xlsx(**{"服务设施（亩）": [FACILITIES, ["广场", 3]]})}
    yield Mistake("unit-of-sheet", HOME, book, "facility_area", 2000, "the sheet's name has 亩")
