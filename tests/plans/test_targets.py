"""Targets as plans write them, and what was reached of them."""

import pytest

from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.plans.targets import Target, read_reached, read_target
from pilot_eval.units import UNITS


@pytest.mark.parametrize(
    ("text", "sign", "value", "unit"),
    [
        ("≥95%", "at_least", 95, "%"), (">= 95％", "at_least", 95, "%"), ("12 场", "at_least", 12, "场"),
        ("≤5 天", "at_most", 5, "天"), ("5天内", "at_most", 5, "天"), ("不超过5日", "at_most", 5, "天"),
        ("=100%", "equal", 100, "%"), ("＝100%", "equal", 100, "%"), ("等于3", "equal", 3, ""),
        ("不少于 1,600 人次", "at_least", 1600, "人次"), ("1.2万人次以上", "at_least", 12_000, "人次"),
        ("≥300万元", "at_least", 300, "万元"), ("≥3.5亿元", "at_least", 350_000_000, "元"),
        ("≥12名", "at_least", 12, "人"),
        ("≤5个工作日", "at_most", 5, "个工作日"), ("80m2", "at_least", 80, "㎡"), ("达到95%。", "at_least", 95, "%"),
        ("-5%", "at_least", -5, "%"),
    ],
)  # fmt: skip
def test_a_target_in_figures(text: str, sign: str, value: float, unit: str) -> None:
    assert read_target(text, UNITS) == Target(sign, value, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["达成", "建立健全长效机制", "一流水平", "达到预期目标", "零投诉", "有所提升"])
def test_a_target_in_words(text: str) -> None:
    assert read_target(text, UNITS) is None


@pytest.mark.parametrize(
    "text",
    ["", "≥九成", "不少于十二场", "十二场", "百分之九十", "95%-98%", ">95%", "≥95%以上", "提升10%以上", "12月底前",
     "12月",        "2018年", "6月30日前",
     "12场（每月1场）", "≥", "≥约5"],
)  # fmt: skip
def test_a_target_that_is_neither_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_target(text, UNITS)


@pytest.mark.parametrize(
    ("text", "unit", "bounds"),
    [
        ("97.5%", "%", (97.5, 97.5, 97.5)), ("97.5", "%", (97.5, 97.5, 97.5)), ("约12场", "场", (12, 10.8, 13.2)),
        ("12次", "场", (12, 12, 12)), ("12场", "场次", (12, 12, 12)), ("4个工作日", "个工作日", (4, 4, 4)),
        ("30000元", "万元", (3, 3, 3)), ("1600多", "人次", (1600, 1600, 1700)), ("100平方米", "㎡", (100, 100, 100)),
        ("12名", "人", (12, 12, 12)), ("12公里", "公里", (12, 12, 12)), ("12", "", (12, 12, 12)),
    ],
)  # fmt: skip
def test_what_was_reached_is_read_in_the_unit_of_the_target(
    text: str, unit: str, bounds: tuple[float, float, float]
) -> None:
    assert read_reached(text, unit, UNITS)[:3] == pytest.approx(bounds)


@pytest.mark.parametrize(
    ("text", "unit"), [("98%", "场"), ("12场", "公里"), ("4天", "个工作日"), ("97%", ""), ("达成", "%"), ("若干", "场")]
)
def test_another_unit_is_refused(text: str, unit: str) -> None:
    with pytest.raises(Unreadable):
        read_reached(text, unit, UNITS)
