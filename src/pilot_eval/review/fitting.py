"""Whether decisions fit the method: experts score what is theirs to score, and only what applies is set aside."""

from collections.abc import Iterable, Mapping

from pilot_eval import yamlfile
from pilot_eval.errors import Finding, did_you_mean, finding
from pilot_eval.method.rules import Rubric
from pilot_eval.method.schema import Method
from pilot_eval.text import Words, named


def unfit(
    scores: Mapping[str, float], not_applicable: Iterable[str], method: Method, base_type: str, source: yamlfile.Yaml
) -> list[Finding]:
    """Return what is wrong with a pilot's expert scores and exemptions."""
    indicators = {item.id: item for item in method.indicators(base_type)}
    rated = {name: item.rule for name, item in indicators.items() if isinstance(item.rule, Rubric)}
    findings: list[Finding] = []
    for name, score in scores.items():
        rule = rated.get(name)
        if rule is None:
            findings.append(_misplaced("scores", name, rated, method, base_type, source))
        elif score > rule.levels:
            expected = Words(zh=f"0 至 {rule.levels}", en=f"0 to {rule.levels}")
            place, said = source.place(("scores", name, "score")), named(indicators[name].label, name)
            findings.append(finding("review-wrong", place, key=said, value=f"{score:g}", expected=expected))
    for name in not_applicable:
        if name not in indicators:
            findings.append(_misplaced("not_applicable", name, indicators, method, base_type, source))
        elif name in scores:
            place, said = source.place(("not_applicable", name)), named(indicators[name].label, name)
            findings.append(finding("review-both", place, item=said))
    return findings


def _misplaced(
    key: str, name: str, allowed: Iterable[str], method: Method, base_type: str, source: yamlfile.Yaml
) -> Finding:
    """Report an id that can't be decided on here: what it is instead, or that it is nothing."""
    place = source.place((key, name))
    own = {item.id: item.label for item in method.scorings(base_type)}
    elsewhere = [
        (other, item.label)
        for other, items in method.by_type.items()
        for item in items
        if other != base_type and item.id == name
    ]
    if name in own:
        code = "review-not-rated" if key == "scores" else "review-not-exempt"
        return finding(code, place, item=named(own[name], name))
    suggestion = did_you_mean(name, allowed)
    if elsewhere:
        other, label = elsewhere[0]
        said = named(label, name)
        return finding("review-other-type", place, item=said, base_type=other, own=base_type, suggestion=suggestion)
    what = Words(zh="可在此处理的指标", en="applicable indicator")
    return finding("review-unknown", place, what=what, name=name, suggestion=suggestion)
