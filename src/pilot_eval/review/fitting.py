"""Whether decisions fit the method: experts score what is theirs to score, and only what applies is set aside."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pilot_eval import yamlfile
from pilot_eval.errors import Finding, did_you_mean, finding
from pilot_eval.method.expert_rules import NEAR, Levels, most_given
from pilot_eval.method.schema import IndicatorSpec, Method, Scoring
from pilot_eval.text import Words, named


class Rated(NamedTuple):
    """What an expert gives for an indicator."""

    score: float | None
    level: str | None


def unfit(
    scores: Mapping[str, Rated],
    not_applicable: Iterable[str],
    method: Method,
    base_type: str,
    source: yamlfile.Yaml,
    own: Sequence[IndicatorSpec] | None = (),
) -> list[Finding]:
    """Return what is wrong with a pilot's expert scores and exemptions.

    own: the indicators that it alone has; None: they aren't known, and any name may be one of them.
    """
    alone = own or ()
    indicators = {item.id: item for item in (*method.indicators(base_type), *alone)}
    rated = {item.id: item for item in (*method.scorings(base_type), *alone) if item.rated}
    findings: list[Finding] = []
    for name, given in scores.items():
        if name in rated:
            findings += _unfit_rating(given, rated[name], source)
        else:
            findings.append(_misplaced("scores", name, rated, method, base_type, source, alone))
    for name in not_applicable:
        if name not in indicators:
            findings.append(_misplaced("not_applicable", name, indicators, method, base_type, source))
        elif name in scores:
            place, said = source.place(("not_applicable", name)), named(indicators[name].label, name)
            findings.append(finding("review-both", place, item=said))
    return [each for each in findings if own is not None or each.code != "review-unknown"]


def _unfit_rating(given: Rated, item: Scoring, source: yamlfile.Yaml) -> Iterator[Finding]:
    """Yield what is wrong with an expert's score or level for an indicator that experts score."""
    rule, said = item.rule, named(item.label, item.id)
    at, level = ("scores", item.id), None
    if isinstance(rule, Levels) and not rule.measured:
        level = rule.named(given.level or "")
        if given.level is None:
            yield finding("yaml-missing-key", source.place(at), key="level")
        elif level is None:
            suggestion = did_you_mean(given.level, [each.id for each in rule.of])
            what = Words(zh=f"{said.zh}的等次", en=f"level of {said.en}")
            place = source.place((*at, "level"))
            yield finding("review-unknown", place, what=what, name=given.level, suggestion=suggestion)
    elif given.level is not None:
        place, alone = source.place((*at, "level")), Words(zh="只写 score", en="score alone")
        yield finding("review-wrong", place, key=said, value=given.level, expected=alone)
    elif given.score is None:
        yield finding("yaml-missing-key", source.place(at), key="score")
    if given.score is None:
        return
    expected: Words | None = None
    place, most = source.place((*at, "score")), most_given(rule, item.points)
    if level is not None and level.share is not None:
        expected = Words(
            zh=f"只写 level：“{level.id}”得 {level.shown}", en=f"level alone: “{level.id}” is {level.shown}"
        )
    elif level is not None and not level.least - NEAR <= given.score / item.points <= level.most + NEAR:
        points = level.points(item.points)
        expected = Words(zh=f"{points.zh}（{level.id}）", en=f"{points.en} ({level.id})")
    elif most is not None and given.score > most:
        expected = Words(zh=f"0 至 {most:g}", en=f"0 to {most:g}")
    if expected is not None:
        yield finding("review-wrong", place, key=said, value=f"{given.score:g}", expected=expected)


def _misplaced(
    key: str,
    name: str,
    allowed: Iterable[str],
    method: Method,
    base_type: str,
    source: yamlfile.Yaml,
    own: Sequence[IndicatorSpec] = (),
) -> Finding:
    """Report an id that can't be decided on here: what it is instead, or that it is nothing."""
    place = source.place((key, name))
    known = {item.id: item.label for item in (*method.scorings(base_type), *own)}
    elsewhere = [
        (other, item.label)
        for other, items in method.by_type.items()
        for item in items
        if other != base_type and item.id == name
    ]
    if name in known:
        code = "review-not-rated" if key == "scores" else "review-not-exempt"
        return finding(code, place, item=named(known[name], name))
    suggestion = did_you_mean(name, allowed)
    if elsewhere:
        other, label = elsewhere[0]
        said = named(label, name)
        return finding("review-other-type", place, item=said, base_type=other, own=base_type, suggestion=suggestion)
    what = Words(zh="可在此处理的指标", en="applicable indicator")
    return finding("review-unknown", place, what=what, name=name, suggestion=suggestion)
