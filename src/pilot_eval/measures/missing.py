"""What a submission lacks: tables neither sent nor declared empty, what declared ones mean, figures that don't come."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from pilot_eval.errors import Finding, Place, finding
from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.frames import INNER
from pilot_eval.method.gates import GateSpec
from pilot_eval.method.schema import IndicatorSpec, Method, Requires, Scoring
from pilot_eval.model import Empty
from pilot_eval.plugin.compiling import Compiled, Measure
from pilot_eval.plugin.figures import Why
from pilot_eval.text import Words, both, joined, named, quoted

ADVERSE = "table-missing-adverse"
"""The code of an error that leaves the grade open, not the scores."""

Figures = Mapping[str, Any]
"""A pilot's row of the pipeline: the value of each measure, null if there is none."""


def undefined(measure: str, why: Why) -> str:
    """Return the boolean column that is true where a measure has no value for this reason."""
    return f"{INNER}{why}_{measure}"


def undefined_columns(measures: Iterable[Measure]) -> dict[str, nw.Expr]:
    """Return these columns, for the frame that has the measures."""
    found: dict[str, list[nw.Expr]] = {}
    for measure in measures:
        for why, condition in measure.figure.undefined:
            found.setdefault(undefined(measure.spec.id, why), []).append(condition)
    return {name: reduce(or_, conditions) for name, conditions in found.items()}


class Lack(NamedTuple):
    """A table that is neither sent nor declared empty: the indicators that need it, and the deductions and gates.

    Where there are any of the latter, leaving the table out could pay.
    """

    table: Words
    indicators: tuple[IndicatorSpec, ...]
    adverse: tuple[Scoring | GateSpec, ...]

    @property
    def said(self) -> Words:
        """Return what hangs on it: `“Events” (N2), 15 points`."""
        every: list[Scoring | GateSpec] = [*self.indicators, *self.adverse]
        items = joined(named(each.label, each.id) for each in every)
        if not self.indicators:
            return items
        points = f"{points_of(self.indicators):g}"
        return Words(zh=f"{items.zh}，共 {points} 分", en=f"{items.en}, {points} points")


def points_of(items: Iterable[Scoring]) -> float:
    """Return the sum of points, each item's once."""
    return sum({item.id: item.points for item in items}.values())


def tables_for(item: Scoring, compiled: Compiled) -> list[str]:
    """Return the evidence tables that are needed to score an item."""
    return list(dict.fromkeys(table for measure in item.measures for table in compiled.tables_of(measure)))


def lacks(
    method: Method, compiled: Compiled, intake: Intake, exempt: Collection[str] = (), own: Iterable[IndicatorSpec] = ()
) -> list[Lack]:
    """Return the tables that a submission lacks; none if nothing of it could be read, which has been reported.

    exempt: the indicators that the reviewers don't apply to it. own: those that the pilot alone has.
    """
    if intake.info is None and not (intake.rows or intake.bad or intake.sources):
        return []
    indicators = [item for item in (*method.indicators(compiled.id), *own) if item.id not in exempt]
    gates = [
        (gate, {table for name in gate.when.measures for table in compiled.tables_of(name)})
        for gate in method.gates_of(compiled.id)
    ]
    found = []
    for id_, table in compiled.tables.items():
        if id_ in intake.rows or id_ in intake.bad:
            continue
        scored = [item for item in indicators if id_ in tables_for(item, compiled)]
        adverse: list[Scoring | GateSpec] = [
            *(item for item in method.deductions_of(compiled.id) if id_ in tables_for(item, compiled)),
            *(gate for gate, tables in gates if id_ in tables),
        ]
        if scored or adverse:
            found.append(Lack(table.label, tuple(scored), tuple(adverse)))
    return found


def tables_of(item: Scoring, compiled: Compiled) -> tuple[str, ...]:
    """Return the evidence tables behind an item's measure."""
    return compiled.tables_of(item.measure) if item.measure else ()


def declared_empty(item: Scoring, compiled: Compiled, intake: Intake) -> bool:
    """Return whether all tables behind an item's measure are declared to have nothing to report."""
    tables = tables_of(item, compiled)
    return bool(tables) and all(intake.rows.get(table) == 0 for table in tables)


def empty_rule(item: Scoring, compiled: Compiled) -> Empty | None:
    """Return what declared tables mean for an item, by the method, else by its measure; None: its figure holds."""
    if not isinstance(item, IndicatorSpec) or item.measure is None:
        return None
    return item.empty or compiled.measures[item.measure].spec.empty


def undecided(item: Scoring, compiled: Compiled, intake: Intake, figures: Figures) -> list[str]:
    """Return the tables declared empty for which the panel must decide what they mean for an item."""
    if declared_empty(item, compiled, intake):
        rule = empty_rule(item, compiled)
        open_ = rule == "panel" or (rule is None and figures.get(item.measure or "", 0) is None)
        return list(tables_of(item, compiled)) if open_ else []
    causes = _without_figure(item.measure, compiled, figures) if item.measure else []
    tables = dict.fromkeys(table for cause in causes for table in compiled.tables_of(cause))
    return list(tables) if causes and all(intake.rows.get(table) == 0 for table in tables) else []


def missing(
    method: Method,
    compiled: Compiled,
    intake: Intake,
    figures: Figures,
    exempt: Collection[str],
    told: Collection[str] = (),
    own: Sequence[IndicatorSpec] = (),
) -> Iterator[Finding]:
    """Yield what a submission lacks, as findings at its folder.

    told: the measures whose rows without a value have been reported. own: the indicators that the pilot alone has.
    """
    place = Place(file=f"submissions/{intake.pilot}")
    for lack in lacks(method, compiled, intake, exempt, own):
        yield finding(ADVERSE if lack.adverse else "table-missing", place, table=lack.table, items=lack.said)
    indicators = [item for item in (*method.indicators(compiled.id), *own) if item.id not in exempt]
    meant: dict[tuple[str, tuple[str, ...]], list[IndicatorSpec]] = {}
    for item in indicators:
        open_ = undecided(item, compiled, intake, figures)
        if open_:
            meant.setdefault(("panel", tuple(open_)), []).append(item)
        elif declared_empty(item, compiled, intake):
            rule: str = empty_rule(item, compiled) or "figure"
            meant.setdefault((rule, tables_of(item, compiled)), []).append(item)
    for (meaning, tables), items in meant.items():
        code = "table-empty-panel" if meaning == "panel" else "table-empty"
        given = {"table": labels_of(tables, compiled), "items": joined(named(item.label, item.id) for item in items)}
        yield finding(code, place, **given, points=f"{points_of(items):g}", means=MEANINGS[meaning])
    by_figure = [item for item in indicators if not _ruled(item, compiled, intake, figures)]
    yield from _too_few(by_figure, method, compiled, figures, place)
    adjustments = (*method.bonuses_of(compiled.id), *method.deductions_of(compiled.id))
    used = [name for item in (*indicators, *adjustments) for name in item.measures]
    used += [name for gate in method.gates_of(compiled.id) for name in gate.when.measures]
    causes = [cause for name in used for cause in _without_figure(name, compiled, figures)]
    for cause in dict.fromkeys(causes):
        sent = [intake.rows.get(table) for table in compiled.tables_of(cause)]
        if None not in sent and any(sent):
            label, table = compiled.measures[cause].spec.label, labels_of(compiled.tables_of(cause), compiled)
            if cause not in told or any(figures.get(undefined(cause, why)) for why in _UNDEFINED):
                why = why_none(cause, compiled, figures)
                yield finding("measure-none", place, measure=quoted(label), table=table, why=why)


def _ruled(item: Scoring, compiled: Compiled, intake: Intake, figures: Figures) -> bool:
    """Return whether tables declared empty decide an item, whatever its figure."""
    if undecided(item, compiled, intake, figures):
        return True
    return declared_empty(item, compiled, intake) and empty_rule(item, compiled) is not None


def _too_few(
    items: Iterable[IndicatorSpec], method: Method, compiled: Compiled, figures: Figures, place: Place
) -> Iterator[Finding]:
    """Yield the figures that are below what indicators require of them, such as 12 survey answers of 30."""
    short: dict[Requires, list[IndicatorSpec]] = {}
    for item in items:
        value = figures.get(item.requires.measure) if item.requires else None
        if item.requires is not None and value is not None and value < item.requires.min:
            short.setdefault(item.requires, []).append(item)
    for requires, concerned in short.items():
        yield finding(
            "measure-too-few",
            place,
            measure=quoted(compiled.measures[requires.measure].spec.label),
            value=f"{figures[requires.measure]:g}",
            min=f"{requires.min:g}",
            items=joined(named(item.label, item.id) for item in concerned),
            points=f"{points_of(concerned):g}",
            means=_NO_POINTS if method.head.missing.score == "zero" else _LEFT_OUT,
        )


def _without_figure(name: str, compiled: Compiled, figures: Figures) -> list[str]:
    """Return the measures for want of which one has no figure: itself, or those of the measures it uses."""
    if figures.get(name, 0) is not None:
        return []
    uses = sorted(compiled.measures[name].figure.uses)
    return [cause for used in uses for cause in _without_figure(used, compiled, figures)] or [name]


def why_none(name: str, compiled: Compiled, figures: Figures) -> Words:
    """Return why a measure has no figure, though its tables have records."""
    causes = _without_figure(name, compiled, figures)
    found = (said for why, said in _UNDEFINED.items() if any(figures.get(undefined(each, why)) for each in causes))
    return next(found, _NOTHING)


def labels_of(tables: Collection[str], compiled: Compiled) -> Words:
    return joined(quoted(compiled.tables[table].label) for table in tables)


MEANINGS: dict[str, Words] = {
    "figure": Words(zh="照常测算，没有记录的数为 0", en="computed as usual, from no records"),
    "zero": Words(zh="按评价办法计 0 分", en="no points, by the method"),
    "full": Words(zh="按评价办法计满分", en="all points, by the method"),
    "not_applicable": Words(zh="按评价办法不适用", en="not applicable, by the method"),
    "panel": both(""),
}
_NO_POINTS = Words(zh="按缺证据计 0 分", en="they count as missing and get none")
_LEFT_OUT = Words(zh="按缺证据不计入总分", en="they count as missing and are left out of the total")
_UNDEFINED: dict[Why, Words] = {
    "division": Words(zh="除数合计为 0", en="its divisor is 0"),
    "root": Words(zh="开平方的数是负数", en="it takes the square root of a negative number"),
    "logarithm": Words(zh="取对数的数不大于 0", en="it takes the logarithm of a number that is not above 0"),
}
_NOTHING = Words(zh="其中没有可用的数", en="they have no number that it can use")
