"""Submissions that look odd and are right: the figure of each, of which nothing may be said."""

from dataclasses import dataclass

from tests.support import writers as w
from tests.support.rounds.submitted import Sent


@dataclass(frozen=True)
class Control:
    """A submission, and the measure that must have the value."""

    sent: Sent
    measure: str
    value: float


def _control(id: str, base_type: str, files: dict[str, bytes], measure: str, value: float) -> Control:
    return Control(Sent(f"control-{id}", base_type, files), measure, value)


_ASKED = ["调查名称", "有效样本数", "满意份数", "调查方式"]
_HELD = ["日期", "活动名称", "类型", "参加人次", "是否联合举办"]
CONTROLS = (
    _control(
        "plain", "park", {"满意度调查.csv": w.as_csv([_ASKED, ["年度", 60, 60, "电话访问"]])}, "satisfaction", 100
    ),
    _control(
        "semicolons",
        "online",
        {"满意度调查.csv": w.as_csv([_ASKED, ["年度", 80, 60, "第三方"]], separator=";")},
        "satisfaction",
        75,
    ),
    _control(
        "utf-16",
        "community",
        {"满意度调查.csv": w.as_csv([_ASKED, ["年度", 80, 64, "第三方"]], "utf-16")},
        "satisfaction",
        80,
    ),
    _control(
        "more-columns",
        "park",
        {
            "满意度调查.xlsx": w.by_xlsxwriter(
                {
                    "Sheet1": [
                        ["调查名称", "有效样本数", "满意份数", "调查方式", "备注"],
                        ["年度", 200, 150, "纸质问卷", "发放260份"],
                    ]
                }
            )
        },
        "satisfaction",
        75,
    ),
    _control(
        "floors",
        "park",
        {
            "空间.csv": w.as_csv(
                [
                    ["楼宇", "可租面积", "已租面积"],
                    ["创业楼", 1800, 1200],
                    ["创业楼1层", 800, 700],
                    ["创业楼2层", 1000, 500],
                ]
            )
        },
        "occupancy",
        200 / 3,
    ),
    _control(
        "all-kinds",
        "community",
        {
            "诉求办理.csv": w.as_csv(
                [["类别", "受理数", "按期办结数"], ["路灯", 14, 7], ["绿化", 26, 25], ["所有类别", 40, 32]]
            )
        },
        "requests_on_time",
        80,
    ),
    _control(
        "two-on-a-day",
        "park",
        {
            "活动.csv": w.as_csv(
                [
                    _HELD,
                    ["2018-06-06", "税务辅导", "培训", 40, "否"],
                    ["2018-06-06", "银企对接会", "交流对接", 40, "否"],
                ]
            )
        },
        "service_events",
        2,
    ),
    _control(
        "every-week",
        "park",
        {
            "活动.csv": w.as_csv(
                [_HELD, *([f"2018-06-{day:02d}", "创业沙龙", "培训", 20, "否"] for day in (1, 8, 15, 22, 29))]
            )
        },
        "service_events",
        5,
    ),
    _control(
        "ends-in-the-period",
        "association",
        {"评估等级.csv": w.as_csv([["等级", "有效期至"], [3, "2018-06-30"]])},
        "official_grade",
        3,
    ),
    _control(
        "wide-budget",
        "park",
        {
            "经费预算.csv": w.as_csv(
                [["预算科目", "预算数", "执行数"], ["大型活动", 500000, 450000], ["邮寄费", 300, 270]]
            )
        },
        "budget_execution",
        90,
    ),
    _control(
        "small-counts",
        "park",
        {
            "服务资源.csv": w.as_csv(
                [["类别", "签约数"], ["法律机构", 3], ["金融财税机构", 1], ["知识产权机构", 2], ["创业导师", 5]]
            )
        },
        "contracted_services",
        11,
    ),
    _control(
        "half-a-year-early",
        "online",
        {"信息公开.csv": w.as_csv([["公开事项", "应公开日期", "实际公开日期"], ["年报", "2018-06-30", "2017-12-28"]])},
        "disclosures_on_time",
        100,
    ),
)
