"""Laws of whole methods: any tree, any rules, growth, peers, conditions, gates and bonuses; from figures to totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.frames import ALL, TOTAL, dimension_columns
from pilot_eval.measures.engines import DuckEngine, Engine, PolarsEngine
from pilot_eval.method.schema import Method
from pilot_eval.method.tree import DimensionSpec
from tests.support.scoring.lab import NAMED, adjustment, gate, indicator, method_of
from tests.support.scoring.raw import Figure, Figures, scored_rows

ABSOLUTE: list[dict[str, Any]] = [
    {"linear": {"from": 0, "to": 10}},
    {"steps": {"bands": [{"from": 2, "share": 0.3}, {"from": 5, "share": 0.6}, {"from": 9, "share": 1}]}},
    {"increment": {"threshold": 3, "base": 0.5, "per_unit": 0.1}},
]
PEER: list[dict[str, Any]] = [
    {"rank": {"each": 0.2, "least": 2, "of": "tier"}},
    {"percentile": {"bands": [{"top": 0.4, "share": 1}, {"top": 0.8, "share": 0.5}], "least": 3, "of": "tier"}},
    {"zscore": {"per_sd": 0.3, "least": 2, "of": "tier"}},
    {"minmax": {"floor": 0.2, "least": 2, "of": "tier"}},
    {"best": {"least": 2, "of": "tier"}},
    {"median": {"full": 1.5, "least": 2, "of": "tier"}},
]
AGGREGATES = ("sum", "deduct", "mean", "geometric", "harmonic", "power", "min", "max", "median")
PILOTS = ("p", "q", "r", "s")


@st.composite
def combining(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(AGGREGATES))
    made: dict[str, Any] = {"aggregate": kind}
    if kind == "power":
        made["power"] = draw(st.sampled_from([-2.0, 0.5, 2.0]))
    for name, values in (("cap", [20.0, 60.0]), ("floor", [1.0, 5.0]), ("least_data", [0.3, 0.5, 1.0])):
        if draw(st.integers(0, 4)) == 0:
            made[name] = draw(st.sampled_from(values))
    if draw(st.integers(0, 2)) == 0:
        made["missing"] = {"score": draw(st.sampled_from(["zero", "exclude"]))}
    return made


@dataclass(frozen=True)
class Sheet:
    """A method, what four pilots bring, and which indicators don't apply to each."""

    method: Method
    figures: Figures
    exempt: Mapping[str, tuple[str, ...]]

    def rows(self, *others: Figures, engine: Engine | None = None) -> list[dict[str, dict[str, Any]]]:
        """The rows of the pilots with these figures, then with each of the others."""
        return scored_rows(engine or PolarsEngine(), self.method, (self.figures, *others), self.exempt)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    depth = draw(st.integers(1, 4))
    dimensions = [
        DimensionSpec.model_validate(
            {**NAMED, "id": f"D{at}", "weight": draw(st.sampled_from([1, 2, 5])), **draw(combining())}
            | ({"within": f"D{draw(st.integers(1, at - 1))}"} if at > 1 and draw(st.booleans()) else {})
        )
        for at in range(1, depth + 1)
    ]
    items = []
    for at in range(draw(st.integers(1, 5))):
        more: dict[str, Any] = {"growth": {}} if draw(st.integers(0, 4)) == 0 else {}
        node, rule = f"D{draw(st.integers(1, depth))}", draw(st.sampled_from(ABSOLUTE + PEER))
        items.append(indicator(f"I{at}", f"m{at}", 1, rule, node, weight=draw(st.sampled_from([1, 3])), **more))
    head = draw(combining()) | {"missing": {"score": draw(st.sampled_from(["zero", "exclude"]))}}
    head |= {"bonus_cap": 10, "deduction_cap": 10, "rounding": "total", "decimals": 9, "ceiling": 105}
    gates = [
        gate("V1", {"share_of": "I0", "below": 0.3}, draw(st.sampled_from([{"zero": "D1"}, {"zero": "total"}]))),
        gate("V2", {"not": {"points_of": "total", "above": 20}}, {"no_bonus": True}),
    ]
    bonus = adjustment("B", "extra", 8, 2, only_if={"points_of": "total", "above": 40})
    method = method_of(
        gates=gates[: draw(st.integers(0, 2))], bonuses=[bonus], deductions=[adjustment("X", "faults", 8, 3)], **head
    )
    own = {"dimensions": tuple(dimensions), "by_type": {"village": tuple(items)}}
    method = method.model_copy(update=own).with_points()
    figures = {
        pilot: {name: draw(FIGURE) for name in (*(f"m{at}" for at in range(len(items))), "extra", "faults")}
        for pilot in PILOTS
    }
    exempt = {pilot: tuple(each.id for each in items if draw(st.integers(0, 7)) == 0) for pilot in PILOTS}
    return Sheet(method, figures, exempt)


EXACT = st.integers(0, 12).map(lambda x: (float(x), float(x), float(x)))
BOUNDED = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)).map(
    lambda each: (float(sorted(each)[1]), float(min(each)), float(max(each)))
)
FIGURE: st.SearchStrategy[Figure | None] = st.sampled_from([0, 0, 0, 1, 1, 2]).flatmap(
    lambda kind: (EXACT, BOUNDED, st.none())[kind]
)
LAW = settings(deadline=None, derandomize=True, max_examples=25)
WORLDS = 8
"""How many drawings of other figures are scored beside each."""


def exactly(figure: Figure | None, end: int) -> Figure | None:
    return None if figure is None else (figure[end],) * 3


@LAW
@given(sheets(), st.randoms(use_true_random=False))
def test_figures_at_any_corner_of_their_bounds_keep_the_total_within_its_own(sheet: Sheet, drawn: Random) -> None:
    corners = [
        {
            pilot: {name: exactly(each, drawn.randrange(3)) for name, each in own.items()}
            for pilot, own in sheet.figures.items()
        }
        for _ in range(WORLDS)
    ]
    before, *after = sheet.rows(*corners)
    for pilot, row in before.items():
        for found in (row, *(each[pilot] for each in after)):
            if row[TOTAL.points] is not None and found[TOTAL.points] is not None:
                assert row[TOTAL.low] - 1e-9 <= found[TOTAL.points] <= row[TOTAL.high] + 1e-9, pilot


@LAW
@given(sheets(), st.randoms(use_true_random=False))
def test_a_better_figure_never_lowers_a_pilots_own_total(sheet: Sheet, drawn: Random) -> None:
    raised: list[tuple[str, Figures]] = []
    for _ in range(WORLDS):
        pilot = drawn.choice(PILOTS)
        own = dict(sheet.figures[pilot])
        chosen = drawn.choice([name for name in own if name != "faults"])
        figure, more = own[chosen], drawn.randint(1, 9)
        own[chosen] = None if figure is None else (figure[0] + more, figure[1] + more, figure[2] + more)
        raised.append((pilot, {**sheet.figures, pilot: own}))
    before, *after = sheet.rows(*(figures for _, figures in raised))
    for (pilot, _), found in zip(raised, after, strict=True):
        for name in TOTAL[:3]:
            if before[pilot][name] is not None:
                assert found[pilot][name] >= before[pilot][name] - 1e-9, (pilot, name)


@settings(LAW, max_examples=3)
@given(sheets())
def test_the_order_of_siblings_and_of_pilots_makes_no_difference(sheet: Sheet) -> None:
    items = {"village": sheet.method.by_type["village"][::-1]}
    method = sheet.method.model_copy(update={"dimensions": sheet.method.dimensions[::-1], "by_type": items})
    figures = dict(reversed(sheet.figures.items()))
    [one], [other] = sheet.rows(), Sheet(method, figures, sheet.exempt).rows()
    groups = [ALL, *(dimension_columns(each.id) for each in sheet.method.dimensions_of("village"))]
    for pilot in PILOTS:
        for name in (*TOTAL[:3], *(name for each in groups for name in each[:6])):
            assert other[pilot][name] == pytest.approx(one[pilot][name], abs=1e-9), name


@settings(LAW, max_examples=3)
@given(sheets())
def test_both_engines_give_the_same(sheet: Sheet) -> None:
    [one], [other] = sheet.rows(), sheet.rows(engine=DuckEngine())
    for pilot in PILOTS:
        shown = {name: value for name, value in one[pilot].items() if not name.startswith("__")}
        assert {name: other[pilot][name] for name in shown} == pytest.approx(shown, abs=1e-9), pilot
