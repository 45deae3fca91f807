"""Says in words where a recomputed record differs: what was put in first, then pilot by pilot, the rest counted."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.model import Assessment, EvaluationRecord, GateState, Outcome, Standing
from pilot_eval.record.differences import At, Difference, differences, versions
from pilot_eval.record.files import RECORD
from pilot_eval.report.format import Format
from pilot_eval.report.words import mid_word
from pilot_eval.text import Words, both, joined, named, quoted

DETAILS = 50
"""Differences told in words beyond the grade and the total of each pilot; the others are counted."""

OF_A_PILOT = 8
"""The same, of one pilot."""

_LONGEST = 80
"""Characters of a text that are shown."""

Shown = Callable[[Any], Words]


@dataclass(frozen=True)
class _Phrase:
    """What differs, in words, and how its values are shown; `head`: it is told of every pilot."""

    what: Words
    shown: Shown
    head: bool = False


def told(recorded: EvaluationRecord, now: EvaluationRecord) -> list[Finding]:
    """Say where a recomputed record differs; nothing if the two say the same."""
    found = differences(recorded, now)
    if not found:
        return list(_versions(recorded, now, "record-software-same"))
    told_by = _Telling(recorded, now)
    twice = [each for each in found if each.again]
    found = [each for each in found if not each.again]
    given, results = ("round", "method", "base_types"), ("assessments", "comparison", "findings", "format")
    made = told_by.inputs([each for each in found if each.path[0] == "inputs"])
    made += told_by.twice(twice)
    made += told_by.of_the_round([each for each in found if each.path[0] in given])
    for pilot, group in groupby((each for each in found if each.pilot is not None), lambda each: each.pilot):
        made += told_by.of_a_pilot(str(pilot), list(group))
    made += told_by.of_the_round([each for each in found if each.pilot is None and each.path[0] in results])
    return [*made, *_versions(recorded, now, "record-software")]


def _versions(recorded: EvaluationRecord, now: EvaluationRecord, code: str) -> Iterator[Finding]:
    """Name the software of which another version is installed than the record names."""
    before, after = versions(recorded), versions(now)
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            said = {"recorded": before.get(name) or _NONE, "now": after.get(name) or _NONE}
            yield finding(code, Place(file=_FILE, field="software"), name=name, **said)


@dataclass
class _Telling:
    recorded: EvaluationRecord
    now: EvaluationRecord
    left: int = DETAILS

    # --- what was put in

    def inputs(self, found: Sequence[Difference]) -> list[Finding]:
        before = {each.path: each for each in reversed(self.recorded.inputs)}  # what is listed twice is told
        after = {each.path: each for each in self.now.inputs}
        made = []
        for path in sorted({*before, *after}):
            if path not in after:
                made.append(finding("hash-missing", Place(file=path)))
            elif path not in before:
                made.append(finding("input-new", Place(file=path)))
            elif before[path].sha256 != after[path].sha256:
                made.append(finding("hash-differs", Place(file=path)))
            elif before[path].size != after[path].size:
                sizes = {"recorded": before[path].size, "now": after[path].size}
                made.append(finding("hash-size", Place(file=path), **sizes))
        said = {each.place.file for each in made}
        rest = [each for each in found if not any(isinstance(step, At) and step.name in said for step in each.path)]
        return [*made, *self._counted(_ROUND, rest)]

    def twice(self, found: Sequence[Difference]) -> list[Finding]:
        """Tell what the record lists more often than it is."""
        made = []
        for each in found[:DETAILS]:
            name = next(str(step.name) for step in reversed(each.path) if isinstance(step, At))
            if each.path[0] == "inputs":
                made.append(finding("input-twice", Place(file=name)))
                continue
            pilot = [self._pilot(each.pilot)] if each.pilot else []
            own = len(each.path) == 2 and pilot
            what = pilot[0] if own else _in(*pilot, _part_of(each), quoted(name))
            made.append(finding("record-twice", _recorded_at(each), what=what))
        return [*made, *self._counted(_ROUND, found[DETAILS:])]

    # --- what is about the whole round

    def of_the_round(self, found: Sequence[Difference]) -> list[Finding]:
        aside = [each for each in found if each.path[0] == "findings"]
        phrased = [(each, self._of_the_round(each.path)) for each in found if each.path[0] != "findings"]
        findings = self._findings(_ROUND, self.recorded.findings, self.now.findings, aside) if aside else []
        return self._told(_ROUND, phrased, findings)

    def _of_the_round(self, path: tuple[str | At, ...]) -> _Phrase | None:
        match path:
            case ("round", str(key), *_):
                return _Phrase(_in(_SETTINGS, _ROUND_KEYS.get(key, both(key))), _text)
            case ("method", "indicators", At(str(item)), str(key), *_):
                return _Phrase(_in(_METHOD, self._item(item), _ITEM_KEYS.get(key, both(key))), _text)
            case ("method", "bands", At(str(grade)), *_):
                return _Phrase(_in(_METHOD, mid_word("grade"), quoted(self._grade(grade))), _text)
            case ("method", str(key)):
                return _Phrase(_in(_METHOD, both(key)), _text)
            case ("base_types", At(str(name)), "version" | "state" as key):
                words = Words(zh="插件版本", en="the version of the plugin") if key == "version" else mid_word("state")
                return _Phrase(_in(quoted(self._base_type(name)), words), _text)
            case ("comparison", *_, "ranks", At(str(pilot)), "rank" | "best" | "worst" as key):
                ranking = self._ranking(path)
                of = mid_word("rank") if key == "rank" else mid_word("rank-range")
                return _Phrase(_in(self._pilot(pilot), ranking, of), _text)
        return None

    # --- a pilot

    def of_a_pilot(self, pilot: str, found: Sequence[Difference]) -> list[Finding]:
        whose = self._pilot(pilot)
        one, other = self._assessment(self.recorded, pilot), self._assessment(self.now, pilot)
        if one is None or other is None:
            code = "record-pilot-gone" if other is None else "record-pilot-new"
            return [finding(code, _recorded_at(found[0]), pilot=whose)]
        aside = [each for each in found if each.path[2:3] == ("findings",)]
        phrased = [(each, self._of_a_pilot(pilot, each.path[2:])) for each in found if each not in aside]
        return self._told(whose, phrased, self._findings(whose, one.findings, other.findings, aside))

    def _of_a_pilot(self, pilot: str, path: tuple[str | At, ...]) -> _Phrase | None:
        match path:
            case ("grade" | "standing" as key,):
                what = mid_word("grade") if key == "grade" else Words(zh="定级情况", en="standing")
                return _Phrase(what, self._grade if key == "grade" else _standing, head=True)
            case ("total", *rest) if rest in ([], ["points"]):
                return _Phrase(mid_word("total"), self._points, head=True)
            case ("total" | "common" | "indicators_score" as key, str(bound)):
                return _Phrase(_in(_SCORES[key], *_bound(bound)), self._points)
            case ("common" | "indicators_score" as key,):
                return _Phrase(_SCORES[key], self._points)
            case ("coverage",):
                return _Phrase(mid_word("coverage"), _percentage)
            case ("grade_reason" | "grade_low" | "grade_high" | "reviewed_by" as key, *_):
                return _Phrase(_PILOT_KEYS[key], self._grade if key in ("grade_low", "grade_high") else _text)
            case ("dimensions", At(str(id_)), "score", str(bound)):
                return _Phrase(_in(self._dimension(id_), *_bound(bound)), self._points)
            case ("indicators" | "bonuses" | "deductions" as kind, At(str(id_)), *rest):
                return self._of_an_item(pilot, _KINDS[kind], id_, rest)
            case ("measures", At(str(id_)), "value" | "low" | "high" as key):
                label, unit = self._measure(pilot, id_)
                return _Phrase(_in(_MEASURE, label, *_bound(key)), self._amount(unit))
            case ("gates", At(str(id_)), "state"):
                return _Phrase(_in(mid_word("gate"), self._gate(pilot, id_)), _gate_state)
        return None

    def _of_an_item(self, pilot: str, kind: Words, id_: str, rest: Sequence[str | At]) -> _Phrase | None:
        """Phrase what differs in an indicator, a bonus or a deduction."""
        name = self._item(id_, pilot)
        item = Words(zh=f"{kind.zh}{name.zh}", en=f"{kind.en} {name.en}")
        match rest:
            case ["value"]:
                return _Phrase(_in(item, _MEASURE), self._amount(self._unit(pilot, id_)))
            case ["outcome"]:
                return _Phrase(_in(item, mid_word("outcome")), _outcome)
            case ["points" | "low" | "high" as bound]:
                return _Phrase(_in(item, mid_word("score"), *_bound(bound)), self._points)
            case ["out_of" | "expert_score" | "forgone" | "baseline" | "target" | "reason" | "measure" as key, *_]:
                return _Phrase(_in(item, _ITEM_KEYS[key]), _text)
            case []:
                return _Phrase(item, _presence)
        return None

    # --- what they have in common

    def _told(
        self, whose: Words, phrased: Sequence[tuple[Difference, _Phrase | None]], findings: list[Finding]
    ) -> list[Finding]:
        """Tell what heads a pilot's differences, then as many of the others as there is room for; count the rest."""
        made = [self._said(whose, each, phrase) for each, phrase in phrased if phrase and phrase.head]
        paths = {each.path for each, _ in phrased}
        known = [(each, phrase) for each, phrase in phrased if phrase and not phrase.head and not _follows(each, paths)]
        known.sort(key=lambda pair: _order(pair[0].path))
        chosen = known[: min(OF_A_PILOT, self.left)]
        self.left -= len(chosen)
        made += [self._said(whose, each, phrase) for each, phrase in chosen]
        said = [each for each, _ in chosen] + [each for each, phrase in phrased if phrase and phrase.head]
        return [*made, *findings, *self._counted(whose, [each for each, _ in phrased if each not in said])]

    def _said(self, whose: Words, each: Difference, phrase: _Phrase) -> Finding:
        before, after = phrase.shown(each.recorded), phrase.shown(each.now)
        if before == after:  # shown in fewer decimals than they differ in
            before, after = both(repr(each.recorded)), both(repr(each.now))
        what = phrase.what if whose is _ROUND else _in(whose, phrase.what)
        return finding("record-differs", _recorded_at(each), what=what, recorded=before, now=after)

    def _findings(
        self, whose: Words, before: Iterable[Finding], after: Iterable[Finding], found: Sequence[Difference]
    ) -> list[Finding]:
        """Tell the findings that only one of the records has."""
        one, other = Counter(before), Counter(after)
        gone, new = list((one - other).elements()), list((other - one).elements())
        made: list[Finding] = []
        for code, each in [*(("record-finding-gone", e) for e in gone), *(("record-finding-new", e) for e in new)]:
            if len(made) < min(OF_A_PILOT, self.left):
                said = Words(zh=_finding_text(each, "zh"), en=_finding_text(each, "en"))
                made.append(finding(code, _recorded_at(found[0]), whose=whose, said=said))
        self.left -= len(made)
        more = len(gone) + len(new) - len(made)
        order = found if not gone and not new else ()
        if more:
            what = Words(zh=f"问题 {more}", en=f"findings: {more}")
            made.append(finding("record-differs-more", _recorded_at(found[0]), whose=whose, what=what))
        return [*made, *self._counted(whose, order)]

    def _counted(self, whose: Words, rest: Sequence[Difference]) -> list[Finding]:
        """Count differences by the part of the record that they are in."""
        if not rest:
            return []
        parts = Counter(_part_of(each) for each in rest)
        what = joined(Words(zh=f"{part.zh} {n}", en=f"{part.in_('en')}: {n}") for part, n in parts.items())
        return [finding("record-differs-more", _recorded_at(rest[0]), whose=whose, what=what)]

    # --- names and values

    @cached_property
    def _formats(self) -> tuple[Format, Format]:
        decimals, units = self.recorded.method.decimals, self.recorded.method.known_units
        return Format("zh", decimals, units=units), Format("en", decimals, units=units)

    def _points(self, given: Any) -> Words:
        points = given.get("points") if isinstance(given, dict) else given
        if not isinstance(points, (int, float)):
            return mid_word("none")
        zh, en = (format.points(points) for format in self._formats)
        return Words(zh=f"{zh} 分", en=f"{en} points")

    def _amount(self, unit: str) -> Shown:
        def shown(value: Any) -> Words:
            if not isinstance(value, (int, float)):
                return mid_word("none")
            zh, en = (format.amount(value, unit).replace("\N{NO-BREAK SPACE}", " ") for format in self._formats)
            return Words(zh=zh, en=en)

        return shown

    def _grade(self, id_: Any) -> Words:
        bands = {band.id: band.label for each in (self.now, self.recorded) for band in each.method.bands}
        return bands.get(id_, both(str(id_))) if id_ else mid_word("none")

    def _assessment(self, record: EvaluationRecord, pilot: str) -> Assessment | None:
        return next((each for each in record.assessments if each.pilot.id == pilot), None)

    def _pilot(self, id_: str) -> Words:
        found = (self._assessment(each, id_) for each in (self.recorded, self.now))
        label = next((each.pilot.label for each in found if each is not None), both(id_))
        return Words(zh=f"试点{named(label, id_).zh}", en=f"pilot {named(label, id_).en}")

    def _item(self, id_: str, pilot: str | None = None) -> Words:
        labels = {each.id: each.label for each in self.recorded.method.indicators}
        if pilot is not None and id_ not in labels:
            made = self._assessment(self.recorded, pilot) or self._assessment(self.now, pilot)
            labels = {each.id: each.label for each in (*made.bonuses, *made.deductions)} if made else {}
            labels |= {each.id: each.label for each in made.own_indicators} if made else {}
        return named(labels.get(id_, both(id_)), id_)

    def _unit(self, pilot: str, id_: str) -> str:
        """Return the unit in which an indicator, a bonus or a deduction is computed."""
        units = {item.id: item.unit for each in (self.now, self.recorded) for item in each.method.indicators}
        if units.get(id_):
            return units[id_]
        made = [each for each in (self._assessment(record, pilot) for record in (self.recorded, self.now)) if each]
        scored = [item for each in made for item in (*each.bonuses, *each.deductions)]
        if own := next((item.unit for item in scored if item.id == id_), ""):
            return own
        adjustments = {item.id: item.measure for item in scored}
        return self._measure(pilot, adjustments.get(id_, ""))[1]

    def _measure(self, pilot: str, id_: str) -> tuple[Words, str]:
        for each in (self.recorded, self.now):
            made = self._assessment(each, pilot)
            for measure in made.measures if made else ():
                if measure.id == id_:
                    return quoted(measure.label), measure.unit
        return quoted(id_), ""

    def _gate(self, pilot: str, id_: str) -> Words:
        made = self._assessment(self.recorded, pilot)
        return quoted(next((each.label for each in made.gates if each.id == id_), both(id_)) if made else id_)

    def _dimension(self, id_: str) -> Words:
        labels = {each.id: each.label for each in self.recorded.method.dimensions}
        return named(labels.get(id_, both(id_)), id_)

    def _base_type(self, id_: str) -> Words:
        return next((each.label for each in self.recorded.base_types if each.id == id_), both(id_))

    def _ranking(self, path: tuple[str | At, ...]) -> Words:
        name = next((step.name for step in path if isinstance(step, At)), "")
        within = next((each.label for each in self.recorded.comparison.within if each.id == name), None)
        return quoted(self.recorded.comparison.across.label if path[1] == "across" or within is None else within)


def _in(*parts: Words) -> Words:
    """Return a name within others: `试点“甲”（a），总分`, `pilot “A” (a), total`."""
    return Words(zh="，".join(each.zh for each in parts), en=", ".join(each.in_("en") for each in parts))


def _bound(key: str) -> tuple[Words, ...]:
    return () if key in ("points", "value") else (_BOUNDS.get(key, both(key)),)


def _recorded_at(each: Difference) -> Place:
    return Place(file=_FILE, field=str(each))


def _follows(each: Difference, paths: Collection[tuple[str | At, ...]]) -> bool:
    """Return whether a difference follows from one that is told: a bound from its figure, a sum from its parts."""
    *before, last = each.path
    figures = [(*before, name) for name in ("points", "value")]
    if last in ("low", "high") and any(path in paths for path in figures):
        return True
    sums = ("dimensions", "measures", "common", "indicators_score", "total")
    parts = ("indicators", "bonuses", "deductions")
    return len(each.path) > 2 and each.path[2] in sums and any(path[2:3] == (part,) for path in paths for part in parts)


def _order(path: tuple[str | At, ...]) -> tuple[int, int]:
    """Return the rank of a difference among those told: indicators first, and in each what decides the points."""
    sections = ("indicators", "bonuses", "deductions", "gates")
    at = next((sections.index(step) for step in path if step in sections), len(sections))
    return at, int(path[-1] in ("low", "high", "out_of", "reason", "zh", "en"))


def _part_of(each: Difference) -> Words:
    """Return the part of the record that a difference is in."""
    keys = [step for step in each.path if isinstance(step, str)]
    key = keys[1] if each.pilot is not None and len(keys) > 1 else keys[0]
    return _PARTS.get(key, both(key))


def _text(given: Any) -> Words:
    """Return any value of a record: a phrase in its language, numbers and the rest as they are."""
    if given is None:
        return mid_word("none")
    if isinstance(given, dict) and set(given) == {"zh", "en"}:
        return Words(zh=_cut(given["zh"]), en=_cut(given["en"]))
    number = isinstance(given, (int, float)) and not isinstance(given, bool)
    return both(_cut(f"{given:.10g}" if number else given if isinstance(given, str) else repr(given)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _finding_text(each: Finding, lang: Any) -> str:
    where = str(each.place)
    return _cut(f"{where}: {each.message.in_(lang)}" if where else each.message.in_(lang))


def _percentage(given: Any) -> Words:
    return mid_word("none") if given is None else both(f"{given}%")


def _standing(given: Any) -> Words:
    return Standing(given).label if given else mid_word("none")


def _outcome(given: Any) -> Words:
    return mid_word(f"outcome-{Outcome(given).value}") if given else mid_word("none")


def _gate_state(given: Any) -> Words:
    return mid_word(f"gate-{GateState(given).value}") if given else mid_word("none")


def _presence(given: Any) -> Words:
    return mid_word("none") if given is None else Words(zh="有", en="present")


_FILE = f"results/{RECORD}"
_NONE = mid_word("none")
_ROUND = Words(zh="整个轮次", en="the whole round")
_SETTINGS = Words(zh="轮次设置", en="the round's settings")
_METHOD = Words(zh="评价办法", en="the method")
_MEASURE = mid_word("measure")
_KINDS = {"indicators": mid_word("indicator"), "bonuses": mid_word("bonus"), "deductions": mid_word("deduction")}
_BOUNDS = {"low": mid_word("low"), "high": mid_word("high"), "out_of": mid_word("out-of")}
_SCORES = {
    "total": mid_word("total"),
    "common": mid_word("common-score"),
    "indicators_score": mid_word("sum"),
}
_PILOT_KEYS = {
    "grade_reason": mid_word("grade-reason"),
    "grade_low": Words(zh="等级下限", en="lowest possible grade"),
    "grade_high": Words(zh="等级上限", en="highest possible grade"),
    "reviewed_by": mid_word("reviewed-by"),
}
_ROUND_KEYS = {
    "id": Words(zh="编号", en="id"),
    "label": Words(zh="名称", en="name"),
    "period_from": Words(zh="评价期间首日", en="first day of the period"),
    "period_to": Words(zh="评价期间末日", en="last day of the period"),
    "notice": mid_word("notice"),
    "min_cell": Words(zh="不显示的小数目", en="counts too small to be shown"),
}
_ITEM_KEYS = {
    "label": Words(zh="名称", en="name"),
    "points": mid_word("points"),
    "out_of": mid_word("out-of"),
    "rule": mid_word("rule"),
    "measure": mid_word("measure"),
    "measure_doc": mid_word("definition"),
    "basis": mid_word("basis"),
    "dimension": mid_word("dimension"),
    "note": mid_word("note"),
    "reason": mid_word("reason"),
    "expert_score": mid_word("expert"),
    "forgone": Words(zh="按规则可得的分", en="points that the rule gives"),
    "baseline": mid_word("baseline"),
    "target": mid_word("target"),
}
_PARTS = {
    "round": _SETTINGS,
    "method": _METHOD,
    "base_types": mid_word("base-type"),
    "inputs": Words(zh="输入文件", en="input files"),
    "comparison": Words(zh="比较", en="comparison"),
    "assessments": Words(zh="试点", en="pilots"),
    "findings": mid_word("findings"),
    "pilot": Words(zh="试点登记", en="register"),
    **_SCORES,
    **_PILOT_KEYS,
    "coverage": mid_word("coverage"),
    "submission": mid_word("submission"),
    "dimensions": mid_word("dimension"),
    "indicators": mid_word("indicator"),
    "bonuses": mid_word("bonus"),
    "deductions": mid_word("deduction"),
    "gates": mid_word("gate"),
    "measures": Words(zh="测算值及其单元格", en="measures and their cells"),
    "extracts": Words(zh="证据表摘录", en="extracts of tables"),
}
