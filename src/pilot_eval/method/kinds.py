"""Every built-in rule, by its name in YAML."""

from pilot_eval.method.curve_rules import Efficacy, Piecewise
from pilot_eval.method.expert_rules import ExpertPoints, Levels
from pilot_eval.method.peer_rules import BestRule, MedianRule, MinMaxRule, PercentileRule, RankRule, ZScoreRule
from pilot_eval.method.rules import (
    BooleanRule,
    Checklist,
    CountRule,
    Deduction,
    Increment,
    Linear,
    Logarithmic,
    Rubric,
    Rule,
    Steps,
    TargetProgress,
)

RULES: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        Linear, Steps, Increment, CountRule, Checklist, BooleanRule, Deduction, Logarithmic, Rubric, TargetProgress,
        Piecewise, Efficacy, ExpertPoints, Levels, RankRule, PercentileRule, ZScoreRule, MinMaxRule, BestRule,
        MedianRule,
    )
}  # fmt: skip
"""The rules by their names in YAML."""
