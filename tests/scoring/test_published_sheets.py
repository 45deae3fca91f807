"""Score sheets as they were published, from YAML to figures that are worked out beside them.

Each sheet is a method in `tests/data/sheets`. All its figures are given by the panel, so that no evidence stands
between a figure and its points.
"""

import math
from collections.abc import Mapping

import pytest

from pilot_eval.method.checks import Vocabulary
from pilot_eval.method.loader import load_method
from pilot_eval.model import Assessment
from pilot_eval.scoring.case import Review
from pilot_eval.text import Words
from tests.conftest import ROOT
from tests.support.scoring.lab import Evidence, Lab

SHEETS = ROOT / "tests" / "data" / "sheets"
REASON = Words(zh="理由", en="the reason")


def assessed(
    lab: Lab,
    sheet: str,
    figures: Mapping[str, float],
    levels: Mapping[str, str] | None = None,
    not_applicable: tuple[str, ...] = (),
    **statements: bool,
) -> Assessment:
    method = load_method(SHEETS / sheet, {}, Vocabulary(measures={}, tables_of={}))
    given = [*figures, *(levels or {}), *not_applicable]
    review = Review(
        scores=figures,
        levels=levels or {},
        reasons=dict.fromkeys(given, REASON),
        not_applicable=dict.fromkeys(not_applicable, REASON),
    )
    return lab.one(method, Evidence(statements=statements), review)


def points_of(made: Assessment) -> dict[str, float]:
    """The points of every node and indicator."""
    nodes = {each.id: each.score.points for each in made.dimensions}
    return nodes | {each.id: each.points or 0.0 for each in made.indicators}


@pytest.mark.parametrize(
    ("figures", "index", "grade"),
    [
        ((83.2, 18.2, 13.0, 64660), 0.961, "极高"),  # Norway 2021: 18.2 years count as 18
        ((78.2, 14.2, 7.6, 17504), 0.768, "高"),  # China 2021
        ((61.6, 7.0, 2.1, 1240), 0.401, "低"),  # Niger 2021: published as 0.400, from figures with more places
    ],
)
def test_the_human_development_index(
    figures: tuple[float, float, float, float], index: float, grade: str, lab: Lab
) -> None:
    """Goalposts 20–85, 0–18, 0–15 and ln 100 – ln 75,000; the geometric mean of three. Technical note 1 of 2021/22."""
    made = assessed(
        lab, "hdi", dict(zip(("预期寿命", "预期受教育", "平均受教育", "人均国民总收入"), figures, strict=True))
    )
    life, expected, mean, income = figures
    health = (life - 20) / (85 - 20)
    education = (min(expected / 18, 1) + mean / 15) / 2
    living = math.log(income / 100) / math.log(75000 / 100)
    points = points_of(made)
    for name, share in (("健康", health), ("教育", education), ("收入", living)):
        assert points[name] == pytest.approx(share / 3, abs=1e-9)
    assert made.total is not None and made.total.points == round((health * education * living) ** (1 / 3), 3) == index
    assert made.grade == grade


def test_the_technology_achievement_index(lab: Lab) -> None:
    """Human Development Report 2001, annex 2.1: Finland leads; telephones and power count up to the OECD's average."""
    names = ("专利", "特许费", "主机", "出口", "话机", "用电", "受教育", "理工")
    made = assessed(lab, "tai", dict(zip(names, (187, 125.6, 200.2, 50.7, 1203, 14129, 10.0, 27.4), strict=True)))
    creation = (187 / 994 + 125.6 / 272.6) / 2
    recent = (200.2 / 232.4 + 50.7 / 80.8) / 2
    old = 1.0  # 1,203 of 901 telephones, 14,129 of 6,969 kWh
    skills = ((10.0 - 0.8) / (12.0 - 0.8) + (27.4 - 0.1) / (27.4 - 0.1)) / 2
    points = points_of(made)
    for name, share in (("技术创造", creation), ("新技术扩散", recent), ("旧技术扩散", old), ("人的技能", skills)):
        assert points[name] == pytest.approx(share / 4, abs=1e-9)
    assert made.total is not None and made.total.points == 0.745 and made.grade == "领先者"  # published: 0.744


SITE = ("安全生产责任制", "施工组织设计及专项施工方案", "安全技术交底", "安全检查", "安全教育", "应急救援",
        "分包单位安全管理", "持证上岗", "生产安全事故处理", "安全标志",
        "现场围挡", "封闭管理", "施工场地", "材料管理", "现场办公与住宿", "现场防火",
        "综合治理", "公示标牌", "生活设施", "社区服务")  # fmt: skip
OTHERS = ("脚手架", "基坑工程", "模板支架", "高处作业", "施工用电", "升降机", "塔式起重机", "施工机具")


def site(lost: str, others: tuple[float | None, ...]) -> tuple[dict[str, float], tuple[str, ...]]:
    figures = dict(zip(SITE, map(float, lost.split()), strict=True))
    scored = dict(zip((f"{each}得分" for each in OTHERS), others, strict=True))
    return figures | {k: v for k, v in scored.items() if v is not None}, tuple(
        k for k, v in scored.items() if v is None
    )


@pytest.mark.parametrize(
    ("lost", "others", "expected", "safety", "grade"),
    [
        # 92 of 100 and 94 of 100; no lift on the site: 79.25 of 90
        ("0 2 0 3 0 0 1 0 0 2 0 0 1 0 0 2 0 0 0 3", (85, 90, 88, 76, 92, None, 81, 95),
         (9.2 + 14.1 + 8.5 + 9 + 8.8 + 7.6 + 9.2 + 8.1 + 4.75) / 90 * 100, 9.2, "优良"),
        # one item that must be met has nothing: the whole sheet has nothing, and the site fails with 81 points
        ("10 0 0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1 1 1", (90,) * 8, 0 + 13.5 + 0.9 * 75, 0, "不合格"),
        # 60 − 20 = 40 of the items that must be met is not below 40
        ("4 4 4 4 4 0 0 0 0 0 1 1 1 1 1 1 1 1 1 1", (80,) * 8, 8 + 13.5 + 0.8 * 75, 8, "优良"),
        # 39.9 is
        ("4 4 4 4 4 0.1 0 0 0 0 1 1 1 1 1 1 1 1 1 1", (80,) * 8, 0 + 13.5 + 0.8 * 75, 0, "不合格"),
    ],
)  # fmt: skip
def test_the_safety_inspection_of_building_sites(
    lost: str, others: tuple[float | None, ...], expected: float, safety: float, grade: str, lab: Lab
) -> None:
    """JGJ 59-2011: deductions from 100 in each sheet, sheets weighed into 100, whole sheets lost, items that lack."""
    figures, lacking = site(lost, others)
    made = assessed(lab, "jgj59", figures, not_applicable=lacking)
    assert made.total is not None and made.total.points == pytest.approx(expected, abs=0.005)
    assert points_of(made)["安全管理"] == pytest.approx(safety, abs=1e-9)
    assert made.grade == grade


def between(x: float, low: float, high: float, share: float) -> float:
    """A standard value's share and the adjustment to the next: 功效系数 = (x − 本档) ÷ (上档 − 本档)."""
    return share + 0.2 * (x - low) / (high - low)


def test_the_comprehensive_evaluation_of_enterprises(lab: Lab) -> None:
    """国资发评价〔2006〕157号: five standard values at 100, 80, 60, 40 and 20%, nothing beyond the worst."""
    ratios = {"roe": 12.85, "roa": -2.3, "turnover": 0.15, "debt": 63, "cover": 3.85, "sales": 40}
    panel = {"战略管理": "优", "发展创新": "良", "经营决策": "良", "风险控制": "中",
             "基础管理": "优", "人力资源": "良", "行业影响": "低", "社会贡献": "差"}  # fmt: skip
    made = assessed(lab, "enterprises", ratios | {"加分": 3, "扣分": 1}, panel)
    financial = {
        "roe": 20 * between(12.85, 10.8, 14.9, 0.8),
        "roa": 14 * 0.2,  # the worst standard value itself
        "turnover": 0,  # 0.15 is beyond the worst, 0.2
        "debt": 12 * between(63, 72, 60, 0.4),  # less is better
        "cover": 10 * between(3.85, 3.1, 4.6, 0.6),
        "sales": 22,
    }
    management = 18 * 1 + 15 * 0.8 + 16 * 0.8 + 13 * 0.6 + 14 * 1 + 8 * 0.8 + 8 * 0.4 + 8 * 0.2
    points = points_of(made)
    for name, hundredths in financial.items():
        assert points[name] == pytest.approx(0.7 * hundredths, abs=0.005)
    assert points["管理"] == pytest.approx(0.3 * management, abs=0.02)
    expected = 0.7 * sum(financial.values()) + 0.3 * management + 3 - 1
    assert made.total is not None and made.total.points == pytest.approx(expected, abs=0.05)
    assert made.grade == "中"


def test_the_thousand_points_of_trade_associations(lab: Lab) -> None:
    """社会组织评估: 60, 390, 430 and 120 points; late elections in falling steps; caps; a grade withheld by a veto."""
    figures = {
        "一.1": 1, "一.3": 18, "二.1.1": 0, "二.1.2": 2, "二.1.3": 92.5, "二.2.1": 123, "二.2.2": 1,
        "三.1": 55, "三.2": 4, "三.3": 9, "三.4": 6.4, "四.1.1": 88, "四.2.1": 28, "四.2.2": 27, "加分1": 1,
    }  # fmt: skip
    levels = {"一.2": "完全符合", "二.2.1": "好"}
    made = assessed(lab, "associations", figures, levels, 年检=True, 虚假=False)
    expected = {
        "一": (30 - 2) + 12 + 18,
        "二.1": 50 + 50 + 92.5,
        "二.2": 123 + (60 - 10),
        "三": 80 + 4 * 25 + 100 * (0.6 + 5 * 0.05) + 100 * 6.4 / 8,
        "四.1": round(70 * (0.6 + 0.4 * (88 - 60) / (90 - 60)), 1),
        "四.2": min(50, 28 + 27),
    }
    points = points_of(made)
    assert {name: points[name] for name in expected} == pytest.approx(expected, abs=1e-9)
    assert made.total is not None and made.total.points == pytest.approx(sum(expected.values()) + 10, abs=1e-9)
    assert (made.total.points, made.grade) == (896.6, "AAA")

    late = assessed(lab, "associations", figures | {"二.1.1": 7}, levels, 年检=True, 虚假=False)
    assert points_of(late)["二.1.1"] == 50 * 0.2  # 6 to 11 months
    vetoed = assessed(lab, "associations", figures, levels, 年检=True, 虚假=True)
    assert vetoed.grade is None and vetoed.standing.value == "withheld"
