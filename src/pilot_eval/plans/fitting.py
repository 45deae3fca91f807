"""Whether the lines of a plan fit the method: where each belongs, what it is to reach, and what it is worth."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pilot_eval.errors import Finding, did_you_mean, finding
from pilot_eval.evidence.cells.cell import Unreadable
from pilot_eval.evidence.cells.numbers import unit_factor
from pilot_eval.method.expert_rules import Levels
from pilot_eval.method.own import OwnSpec, OwnTarget
from pilot_eval.method.plan_lines import LONGEST_NAME, PlanLine, own_dimensions
from pilot_eval.method.schema import Method
from pilot_eval.method.tree import DimensionSpec
from pilot_eval.plans.given import GivenLine
from pilot_eval.plans.targets import Target, read_reached, read_target
from pilot_eval.plugin.compiling import Compiled
from pilot_eval.privacy.numbers import shown_text
from pilot_eval.spelling import word_key
from pilot_eval.text import Words, both, named
from pilot_eval.units import Units

NEAR = 1e-9
"""Sums of points that differ by no more are the same."""

_MOST = 10_000.0
"""The most points, or weight, of a line."""


def fitted(
    given: Sequence[GivenLine], method: Method, compiled: Compiled, taken: Collection[str]
) -> tuple[tuple[PlanLine, ...], list[Finding]]:
    """Return a plan's lines as indicators, and what is wrong with them; no lines if anything is.

    taken: names that mean something else, so that no line can have them.
    """
    fitting = _Fitting(method, compiled, {word_key(name): name for name in taken})
    made = [fitting.line(each) for each in given]
    if not fitting.findings:
        fitting.balance(given, [each for each in made if each is not None])
    if fitting.findings:
        return (), fitting.findings
    return tuple(fitting.with_points([each for each in made if each is not None])), []


@dataclass(frozen=True)
class _Made:
    """A line that is right in itself: its dimension, and what it is to reach; None for a target in words."""

    given: GivenLine
    dimension: DimensionSpec
    target: Target | None
    baseline: float | None


@dataclass
class _Fitting:
    method: Method
    compiled: Compiled
    taken: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, GivenLine] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[DimensionSpec, ...]:
        return own_dimensions(self.method, self.compiled.id)

    def say(self, code: str, line: GivenLine, part: str, **params: object) -> None:
        self.findings.append(finding(code, line.place(part), **params))

    def wrong(self, line: GivenLine, part: str, value: object, expected: Words) -> None:
        self.say("plan-wrong", line, part, key=_KEYS[part], value=shown_text(str(value)), expected=expected)

    def line(self, given: GivenLine) -> _Made | None:
        """Return a line as far as it can be told by itself; report everything wrong with it."""
        before = len(self.findings)
        self._name(given)
        dimension = self._dimension(given)
        self._worth(given)
        target = self._target(given)
        if dimension is None or dimension.own is None or len(self.findings) > before:
            return None
        target = self._in_unit_of_measure(given, target)
        baseline = self._baseline(given, target, dimension.own)
        return _Made(given, dimension, target, baseline) if len(self.findings) == before else None

    def _name(self, given: GivenLine) -> None:
        key = word_key(given.name)
        if not given.name or len(given.name) > LONGEST_NAME:
            self.wrong(
                given, "name", given.name, Words(zh=f"1 至 {LONGEST_NAME} 字", en=f"1 to {LONGEST_NAME} characters")
            )
        elif key in self.seen:
            first = both(str(self.seen[key].place("name")))
            self.say("plan-line-twice", given, "name", name=shown_text(given.name), first=first)
        elif key in self.taken:
            self.say("plan-name-taken", given, "name", name=shown_text(given.name))
        self.seen.setdefault(key, given)

    def _dimension(self, given: GivenLine) -> DimensionSpec | None:
        """Return the dimension that a line is below: the nearest that it names, or the only one there is."""
        known = {word_key(name): each for each in self.dimensions for name in (each.id, each.zh, each.en) if name}
        found = next((known[key] for name in given.named if (key := word_key(name)) in known), None)
        if found is not None:
            return found
        if not given.named and len(self.dimensions) == 1:
            return self.dimensions[0]
        labels = [each.label for each in self.dimensions]
        if not given.named:
            self.say("plan-missing", given, "dimension", key=_KEYS["dimension"], suggestion=did_you_mean("", labels))
        else:
            params = {"name": shown_text(given.named[0]), "suggestion": did_you_mean(given.named[0], labels)}
            part = "dimension" if "dimension" in given.places else "area"
            self.say("plan-unknown", given, part, what=_KEYS["dimension"], **params)
        return None

    def _worth(self, given: GivenLine) -> None:
        if (given.points is None) == (given.weight is None):
            one = Words(zh="分值与权重写一个", en="give exactly one of points, weight")
            self.say("plan-missing", given, "points", key=_KEYS["points"], suggestion=one)
        for part, value in (("points", given.points), ("weight", given.weight)):
            if value is not None and not 0 < value <= _MOST:
                self.wrong(
                    given, part, f"{value:g}", Words(zh=f"大于 0，至多 {_MOST:g}", en=f"above 0, at most {_MOST:g}")
                )

    def _target(self, given: GivenLine) -> Target | None:
        if given.in_words and given.target:
            return None
        try:
            return read_target(given.target, self.method.units)
        except Unreadable:
            self.wrong(given, "target", given.target, _TARGETS)
            return None

    def _in_unit_of_measure(self, given: GivenLine, target: Target | None) -> Target | None:
        """Return a line's target in the unit of the measure that it names, if it names one."""
        if given.measure is None:
            return target
        measure = self.compiled.measures.get(given.measure)
        if measure is None:
            suggestion = did_you_mean(given.measure, self.compiled.measures)
            name = shown_text(given.measure)
            self.say("plan-unknown", given, "measure", what=_KEYS["measure"], name=name, suggestion=suggestion)
        elif target is None:
            in_words = Words(zh="留空：指标值是文字，由专家评分", en="leave it out: experts score a target in words")
            self.wrong(given, "measure", given.measure, in_words)
        elif target.unit in ("", measure.spec.unit):
            return target._replace(unit=measure.spec.unit)
        else:
            factor = _unit_factor(target.unit, measure.spec.unit, self.method.units)
            if factor is not None:
                return Target(target.sign, target.value * factor, measure.spec.unit)
            unit = both(measure.spec.unit)
            expected = Words(zh=f"单位 {unit.zh}，同测算值 {given.measure}", en=f"in {unit.en}, as {given.measure} is")
            self.wrong(given, "target", given.target, expected)
        return target

    def _baseline(self, given: GivenLine, target: Target | None, own: OwnSpec) -> float | None:
        """Return a line's baseline; report one that its target can't be reached from, and a target without a share."""
        if given.baseline is None:
            if target is not None and own.rule == "pro_rata" and _undivided(target):
                self.wrong(given, "target", given.target, _NO_RATIO)
            return None
        if target is None or target.sign == "equal":
            expected = Words(zh="留空：只有 ≥、≤ 的指标值有基线", en="leave it out: only targets with ≥ or ≤ have one")
            self.wrong(given, "baseline", given.baseline, expected)
            return None
        try:
            read = read_reached(given.baseline, target.unit, self.method.units)
        except Unreadable:
            self.wrong(given, "baseline", given.baseline, _figure_in(target.unit))
            return None
        ahead = target.value - read.value if target.sign == "at_least" else read.value - target.value
        if read.low != read.high or not ahead > NEAR:
            zh, en = ("低", "below") if target.sign == "at_least" else ("高", "above")
            expected = Words(
                zh=f"一个确数，{zh}于指标值 {given.target}", en=f"an exact figure {en} the target {given.target}"
            )
            self.wrong(given, "baseline", given.baseline, expected)
        return read.value

    def balance(self, given: Sequence[GivenLine], made: Sequence[_Made]) -> None:
        """Report each dimension whose lines' points don't add up to its own."""
        for each in self.dimensions:
            inside = [line.given for line in made if line.dimension.id == each.id]
            points, weights = sum(line.points or 0.0 for line in inside), sum(line.weight or 0.0 for line in inside)
            left = each.points - points
            if not (left > NEAR if weights else abs(left) <= NEAR or (left < 0 and each.overflows)):
                label = named(each.label, each.id)
                at = (inside or given)[0]
                place = at.place("points") if inside else at.place().model_copy(update={"row": None, "line": None})
                params = {"dimension": label, "total": f"{points:g}", "expected": f"{each.points:g}"}
                self.findings.append(finding("plan-points", place, **params))

    def with_points(self, made: Sequence[_Made]) -> Iterator[PlanLine]:
        """Yield the lines with points in the place of every weight, as in the method."""
        for each in made:
            beside = [line.given for line in made if line.dimension.id == each.dimension.id]
            left = each.dimension.points - sum(line.points or 0.0 for line in beside)
            weights = sum(line.weight or 0.0 for line in beside)
            given = each.given
            points = left * given.weight / weights if given.weight else given.points
            yield self._line_of(each, float(points or 0.0))

    def _line_of(self, each: _Made, points: float) -> PlanLine:
        given, target, own = each.given, each.target, each.dimension.own or OwnSpec()
        rule: OwnTarget | Levels = own.levels
        if target is not None:
            rule = OwnTarget(
                wanted=given.target,
                sign=target.sign,
                target=target.value,
                baseline=each.baseline,
                partly=own.rule == "pro_rata",
            )
        computed = {}
        if given.measure is not None:
            computed = {"direction": rule.direction or "up", "evidence": self.compiled.tables_of(given.measure)}
        return PlanLine.model_validate(
            {
                "id": given.name,
                "zh": given.name,
                "dimension": each.dimension.id,
                "measure": given.measure,
                "unit": target.unit if target else "",
                "points": points,
                "rule": rule,
                "basis": own.basis or self.method.head.basis,
                "wanted": given.target,
                "place": given.place(),
                **computed,
            }
        )


def _undivided(target: Target) -> bool:
    """Return whether no share of a target can be told, as of 0, which any figure reaches."""
    return target.value < 0 or (target.value == 0 and target.sign == "at_least")


def _unit_factor(unit: str, own: str, units: Units) -> float | None:
    try:
        factor = unit_factor(unit, own, units)
    except KeyError:
        return None
    return None if factor is None else float(factor)


def _figure_in(unit: str) -> Words:
    if not unit:
        return Words(zh="一个数，不带单位", en="a figure without a unit")
    return Words(zh=f"一个数，单位 {unit}", en=f"a figure in {unit}")


_KEYS: dict[str, Words] = {
    "name": Words(zh="指标", en="indicator"),
    "dimension": Words(zh="指标所属维度", en="dimension"),
    "target": Words(zh="年度指标值", en="target"),
    "points": Words(zh="分值", en="points"),
    "weight": Words(zh="权重", en="weight"),
    "baseline": Words(zh="基线", en="baseline"),
    "measure": Words(zh="测算值", en="measure"),
}
_TARGETS = Words(
    zh="如 ≥95%、≤5 天、12 场、=100%；用文字表述而带数字的，性质写“定性”（YAML 写 in_words: true）",
    en="such as ≥95%, ≤5 天, 12 场, =100%; one in words that has digits says “in words” under nature"
    " (in YAML, in_words: true)",
)
_NO_RATIO = Words(
    zh="大于 0 的数：对 0 或负数算不出完成比例；或写基线，或用 all_or_nothing 的维度",
    en="above 0: nothing is a share of 0 or less; or give a baseline, or use a dimension with all_or_nothing",
)
