"""The levels of a rule that has them, as the method words them: all of them, and the one that a pilot reached."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pilot_eval.model import IndicatorResult, RuleInfo
from pilot_eval.text import Words


class LevelView(NamedTuple):
    """A level: its name, the share that it gives as text, and what it means."""

    id: str
    share: str
    text: Words


def levels_of(rule: RuleInfo) -> tuple[LevelView, ...]:
    """Return the levels that a rule words; none if it has no words for them."""
    views = tuple(_views(rule.kind, rule.parameters))
    return views if any(each.text.zh for each in views) else ()


def level_reached(rule: RuleInfo, result: IndicatorResult) -> LevelView | None:
    """Return the level that an indicator's result rests on, if the method words it."""
    return next((each for each in levels_of(rule) if each.id == _level_id(rule, result)), None)


def _views(kind: str, parameters: Mapping[str, Any]) -> Iterator[LevelView]:
    if kind == "rubric":
        most, texts = parameters["levels"], parameters.get("texts") or {}
        for id_, text in sorted(texts.items(), key=lambda pair: -int(pair[0])):
            yield LevelView(id_, f"{int(id_) / most * 100:.4g}%", _level_words(text))
    elif kind == "levels":
        for each in parameters["of"]:
            low, high = (each.get("share", each.get(end)) * 100 for end in ("floor", "ceiling"))
            yield LevelView(each["id"], f"{low:.4g}%" if low == high else f"{low:.4g}%–{high:.4g}%", _level_words(each))


def _level_words(given: Mapping[str, Any]) -> Words:
    return Words(zh=given.get("zh", ""), en=given.get("en", ""))


def _level_id(rule: RuleInfo, result: IndicatorResult) -> str | None:
    if rule.kind == "rubric":
        return None if result.expert_score is None else f"{int(result.expert_score)}"
    value = result.figure
    if result.expert_level is not None or value is None or rule.kind != "levels":
        return result.expert_level
    of: Any = rule.parameters["of"]
    return max(((each["from"], each["id"]) for each in of if each.get("from", value + 1) <= value), default=(0, None))[
        1
    ]
