"""Mistakes of people who write a method by its guide: each is located, and what it says leads to the right word."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pilot_eval.errors import Finding
from tests.support.methods import edit, line_of

M, ONLINE, P = "method.yaml", "online.yaml", "pilots.yaml"
RULE = "rule: {linear: {from: 60, to: 90}}"
D5 = "{id: D5, zh: 满意与可持续, en: Satisfaction and sustainability, points: 10}"
V2 = "when: {measure: penalties_received, above: 0}"
POOR = "{id: poor, zh: 差, en: Poor, min: 0}"
BEST = "{id: excellent, zh: 优, en: Excellent, min: 90}"


class Planted(NamedTuple):
    """A mistake: what stood there, what stands now, the finding at that line, what it says in both languages."""

    file: str
    old: str
    new: str
    code: str
    zh: str
    en: str
    at: str = ""  # where it is located, if not at the first line of `new`


TREE = [
    Planted(
        M,
        "points: 35}",
        "points: 34}",
        "method-points",
        "现为 D1 10 + D2 20 + D3 34",
        "now D1 10 + D2 20",
        "dimensions:",
    ),
    Planted(
        ONLINE,
        "points: 15\n",
        "points: 16\n",
        "method-points",
        "N2 16 + N3 10 + N4 10",
        "to 36 instead of 35",
        "indicators:",
    ),
    Planted(M, D5, D5[:-1] + ", within: D5}", "method-circle", "within 写上一级维度", "leave it out at the top"),
    Planted(M, D5, D5[:-1] + ", within: D55}", "method-unknown-name", "“D5”", "“D5”"),
    Planted(M, D5, D5[:-1] + ", agregate: mean}", "yaml-unknown-key", "“aggregate”", "“aggregate”"),
    Planted(M, D5, D5[:-1] + ", aggregate: 几何平均}", "yaml-not-allowed", "“geometric”", "“geometric”"),
    Planted(M, D5, D5.replace("points: 10", "weight: 0"), "yaml-wrong-value", "应大于 0", "greater than 0"),
    Planted(M, D5, D5[:-1] + ", cap: 12}", "yaml-inconsistent", "cap 大于本级分值", "cap is greater"),
    Planted(M, D5, D5.replace("points: 10", "points: 10%"), "yaml-wrong-value", "百分数写 10", "percentage as 10"),
]
RULES = [
    Planted(
        M,
        RULE,
        RULE.replace("60, to: 90", "90, to: 60"),
        "method-direction",
        "down（越少越好）",
        "down (less is better)",
        "direction: up\n    points: 6\n    evidence: [surveys]",
    ),
    Planted(M, RULE, "rule: {liner: {from: 60, to: 90}}", "method-unknown-rule", "“linear”", "“linear”"),
    Planted(M, RULE, "rule: {直线: {from: 60, to: 90}}", "method-unknown-rule", "“linear”", "“linear”"),
    Planted(M, RULE, "rule: {linear: {form: 60, to: 90}}", "yaml-unknown-key", "“from”", "“from”"),
    Planted(
        M,
        RULE,
        "rule: {piecewise: {knots: [{at: 60, share: 0}, {at: 0, share: 1}]}}",
        "yaml-inconsistent",
        "60 后面却是 0",
        "0 comes after 60",
    ),
    Planted(M, RULE, "rule: {steps: {bands: [{from: 60, share: 60}]}}", "yaml-wrong-value", "60% 写 0.6", "60% is 0.6"),
    Planted(M, RULE, "rule: {linear: {from: 60%, to: 90}}", "yaml-wrong-value", "百分数写 60", "percentage as 60"),
    Planted(
        M, RULE, "rule: {linear: {from: '60', to: 90}}", "yaml-wrong-value", "写成 60，不加引号", "write 60, without"
    ),
    Planted(
        M,
        RULE,
        "rule: {steps: {bands: [{from: 1, share: 1}, {from: 6, share: 0}]}}",
        "method-not-monotone",
        "below: 1",
        "below: 1",
    ),
    Planted(M, 'unit: "%"', "unit: 百分比", "method-unknown-unit", "“%”", "“%”"),
    Planted(
        ONLINE, "measure: events_held", "measure: occupancy", "method-unknown-name", "它是 park 的", "belongs to park"
    ),
]
GRADES = [
    Planted(M, POOR, POOR.replace("min: 0", "min: 10"), "method-grade-hole", "0 至 10", "0 to 10"),
    Planted(M, BEST, BEST.replace("min: 90", "min: 900"), "method-grade-reach", "总分最多 100 分", "at most 100"),
    Planted(M, BEST, BEST.replace("min: 90", "top: 20%"), "yaml-inconsistent", "of: base_type, ties: in", "ties: in"),
    Planted(
        M,
        BEST,
        BEST.replace("min: 90", "top: 20%, of: 同类型, ties: in, round: down"),
        "yaml-not-allowed",
        "“base_type”",
        "“base_type”",
    ),
]
GATES = [
    Planted(M, V2, "when: {gate: V22}", "method-unknown-name", "“V2”", "“V2”"),
    Planted(M, V2, "when: {gate: V2}", "method-gate-circle", "又回到自己", "leads back to it"),
    Planted(M, "effect: {cap: good}", "effect: {withold: true}", "yaml-unknown-key", "“withhold”", "“withhold”"),
    Planted(M, "effect: {cap: good}", "effect: {withhold: yes}", "yaml-not-allowed", "“true”", "“true”"),
    Planted(M, "effect: {cap: good}", "effect: {cap: 良}", "method-unknown-name", "“good”", "“good”"),
    Planted(M, V2, 'when: {measure: penalties_received, ">": 0}', "yaml-unknown-key", "“above”", "“above”"),
    Planted(
        M,
        V2,
        "when: {share_of: N2, below: 0.5}",
        "method-unknown-name",
        "写到该类型的文件里",
        "the file of that base type",
    ),
    Planted(M, "kind: veto", "kind: 一票否决", "yaml-not-allowed", "“veto”", "“veto”"),
    Planted(M, "is: true}", "is: 是}", "yaml-wrong-value", "写成 true", "write true"),
    Planted(M, "bonus_cap: 5 ", "bonus_cap: 0 ", "method-no-cap", "bonus_cap: 10", "bonus_cap: 10", "bonuses:"),
    Planted(M, "sources: [S10, S11]", "sources: [S10, S110]", "method-unknown-name", "“S11”", "“S11”"),
]
YAML = [
    Planted(M, "decimals: 2", "decimals：2", "yaml-syntax", "改为半角冒号加空格：decimals: …", "decimals: …"),
    Planted(M, D5, D5.replace("points: 10", "points：10"), "yaml-unknown-key", "points: …", "points: …"),
    Planted(M, D5, D5.replace("续, en", "续，en"), "yaml-syntax", "全角的 ， 改为半角的 ,", "full-width ， by ,"),
    Planted(M, D5, D5.replace("{", "｛").replace("}", "｝"), "yaml-syntax", "｛｝ 改为半角的 {}", "｛｝ by {}"),
    Planted(M, "decimals: 2", "decimals:2", "yaml-syntax", "冒号后面加空格：decimals: …", "blank after the colon"),
    Planted(
        M,
        "    points: 5\n    rule: {count",
        "　　points: 5\n    rule: {count",
        "yaml-syntax",
        "行首是全角空格",
        "wide or non-breaking",
    ),
    Planted(M, "    points: 5\n    rule: {count", "\tpoints: 5\n    rule: {count", "yaml-syntax", "制表符", "a tab"),
    Planted(M, 'unit: "%"', "unit: %", "yaml-syntax", '以 % 开头的加引号："%…"', "begins with % in quotes"),
    Planted(M, 'unit: "%"', 'unit: "%', "yaml-syntax", '引号 " 没有闭合', 'quote " of this line'),
    Planted(M, D5, D5[:-1], "yaml-syntax", "{ 没有闭合", "the { of this line"),
    Planted(M, "zh: 行政处罚\n    en: Adm", "zh: 行政处罚: 每次\n    en: Adm", "yaml-syntax", 'zh: "…"', 'zh: "…"'),
    Planted(
        M, "decimals: 2", "decimals: 2\ndecimals: 1", "yaml-duplicate-key", "首次出现在第", "first used", "decimals: 1"
    ),
    Planted(M, "code: S26", "code: 26", "yaml-wrong-value", "加引号", "in quotes"),
    Planted(M, "id: C7", "id: Ｃ７", "yaml-wrong-value", "可以写成 C7", "could be C7"),
    Planted(M, "id: C7", "id: 满意度（一）", "yaml-wrong-value", "可以写成 满意度_一", "could be 满意度_一"),
    Planted(M, "version: 1.0.0", "version: 1.0", "yaml-wrong-value", "如 1.0.0", "such as 1.0.0"),
]
REGISTER = [
    Planted(P, "base_type: online", "base_type: onlne", "method-unknown-name", "“online”", "“online”"),
    Planted(P, "tier: central", "tier: 中央", "method-unknown-name", "“central”", "“central”"),
    Planted(P, "id: online-1", "id: 网络一", "yaml-wrong-value", "如 park-1", "such as park-1"),
    Planted(P, "targets: {N5:", "targets: {N55:", "method-unknown-name", "“N5”", "“N5”"),
    Planted(P, "targets: {N5:", "last: {N5: 4}\n    targets: {N5:", "method-unknown-name", "去掉“N5”", "remove “N5”"),
    Planted(ONLINE, "base_type: online", "base_type: onlin", "method-unknown-name", "“online”", "“online”"),
]  # fmt: skip


@pytest.mark.parametrize("each", [*TREE, *RULES, *GRADES, *GATES, *YAML, *REGISTER], ids=lambda each: each.new[:40])
def test_a_planted_mistake_is_located_with_the_right_word(
    each: Planted, folder: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    text = edit(folder / each.file, each.old, each.new)
    line = line_of(text, each.at or each.new)
    found = [one for one in faults(folder) if one.code == each.code and one.place.file == f"method/{each.file}"]
    assert any(
        one.place.line == line and each.zh in one.line("zh") and each.en in one.line("en") for one in found
    ), [(one.place.line, line, one.line("zh"), one.line("en")) for one in found]  # fmt: skip


def test_all_of_them_are_said_at_once(folder: Path, faults: Callable[[Path], tuple[Finding, ...]]) -> None:
    """Those that can stand together in a file, without making its YAML unreadable."""
    together = [TREE[4], RULES[1], GRADES[1], GATES[3], GATES[7]]
    for each in together:
        edit(folder / each.file, each.old, each.new)
    edit(folder / P, REGISTER[1].old, REGISTER[1].new)
    said = [one.line("zh") for one in faults(folder)]
    for each in [*together, REGISTER[1]]:
        assert any(each.zh in line for line in said), each.new


def test_an_item_that_is_wrong_does_not_make_its_list_too_short(
    folder: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    edit(folder / M, RULE, "rule: {steps: {bands: [{from: 60, share: 60}]}}")
    [only] = faults(folder)
    assert only.place.field is not None and only.place.field.endswith("bands.0.share")


def test_the_common_indicators_may_be_left_out_and_points_are_still_added_up(
    folder: Path, faults: Callable[[Path], tuple[Finding, ...]]
) -> None:
    text = (folder / M).read_text("utf-8")
    start, end = text.index("\nindicators:"), text.index("\n# 来源。")
    (folder / M).write_text(text[:start] + text[end:], "utf-8")
    codes = [each.code for each in faults(folder)]
    assert "yaml-missing-key" not in codes and "method-points" in codes
