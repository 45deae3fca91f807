"""A tree of any depth, put together again by hand: any way of combining, any outcomes, on every engine."""

import csv
import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.frames import ALL, dimension_columns, item_columns, three, unsure
from pilot_eval.measures.engines import DuckEngine, Engine, PolarsEngine
from pilot_eval.method.schema import Method
from pilot_eval.method.tree import DimensionSpec, Leaf, Node
from pilot_eval.model import Outcome
from pilot_eval.scoring.peers import PeerFigures, compare_peers, comparisons, with_peers
from pilot_eval.scoring.points import with_points
from pilot_eval.scoring.totals import with_totals
from tests.conftest import ROOT
from tests.support.scoring.cases import TEN
from tests.support.scoring.lab import NAMED, indicator, method_of


@dataclass(frozen=True)
class State:
    """What is known of an indicator or a node: an outcome, and points with their bounds."""

    applies: float
    covered: float
    counted: float
    value: float = 0.0
    low: float = 0.0
    high: float = 0.0


def scored(points: float, share: float, low: float, high: float) -> State:
    return State(points, points, points, share * points, low * points, high * points)


def missing(points: float) -> State:
    return State(points, 0.0, 0.0, 0.0, 0.0, points)


NOTHING = State(0.0, 0.0, 0.0)


def by_hand(node: Node, leaves: Mapping[str, State], exclude: bool) -> dict[str, State]:
    """The state of a node and of all nodes below it, by their ids."""
    own = node.how.missing if node.id else None
    exclude = own.score == "exclude" if own else exclude
    known: dict[str, State] = {}
    parts: list[tuple[float, State]] = []
    for each in node.parts:
        if isinstance(each, Leaf):
            parts.append((each.points, leaves[each.id]))
        else:
            known |= by_hand(each, leaves, exclude)
            parts.append((each.points, known[each.id]))
    return known | {node.id: _combined(node, parts, exclude, settled=own is not None)}


def _combined(node: Node, parts: Sequence[tuple[float, State]], exclude: bool, *, settled: bool) -> State:
    how, states = node.how, [state for _, state in parts if state.applies]
    applies, covered, counted = (sum(getattr(s, name) for s in states) for name in ("applies", "covered", "counted"))
    if not states:
        return NOTHING
    could = applies if how.aggregate == "sum" else node.points
    could = could if how.cap is None else min(could, node.points)
    settled = settled or how.aggregate != "sum" or (how.cap, how.floor) != (None, None)
    used = [(points, state.value, state.counted if exclude else state.applies) for points, state in parts]
    if how.aggregate == "sum":
        value, low, high = (sum(getattr(s, name) for s in states) for name in ("value", "low", "high"))
        if settled and exclude:
            value = value * applies / counted if counted else 0.0
    elif how.aggregate == "deduct":
        value = node.points - sum(out_of - got for _, got, out_of in used if out_of)
        low, high = (node.points - sum(s.applies - getattr(s, end) for s in states) for end in ("low", "high"))
    else:

        def put_together(shares: Sequence[tuple[float, float, float]]) -> float:
            return node.points * mean(how.aggregate, how.power, [(p, got / of) for p, got, of in shares if of])

        value = put_together(used)
        low, high = (put_together([(p, getattr(s, end), s.applies) for p, s in parts]) for end in ("low", "high"))
    if exclude and settled:
        low, high = min(low, value), max(high, value)
    least = how.floor if how.floor is not None else (0.0 if how.aggregate == "deduct" else -math.inf)
    most = math.inf if how.cap is None else how.cap
    value, low, high = (min(max(each, least), most) for each in (value, low, high))
    counts = counted * could / applies if not settled else could if counted or not exclude else 0.0
    if how.least_data is not None and covered < applies * (how.least_data - 1e-12):
        return State(could, covered * could / applies, 0.0, 0.0, 0.0, high)
    value = 0.0 if exclude and settled and not counted else value
    return State(could, covered * could / applies, counts, value, low, high)


def mean(kind: str, power: float | None, shares: Sequence[tuple[float, float]]) -> float:
    """The mean of shares with their weights; 0 if there are none."""
    if not shares:
        return 0.0
    values, weights = [share for _, share in shares], [weight for weight, _ in shares]
    if kind in ("min", "max", "median"):
        return {"min": min, "max": max, "median": statistics.median}[kind](values)
    if kind == "mean":
        return statistics.fmean(values, weights)
    if kind == "geometric":
        return 0.0 if min(values) <= 0 else math.exp(statistics.fmean([math.log(each) for each in values], weights))
    exponent = -1.0 if kind == "harmonic" else float(power or 1)
    if exponent < 0 and min(values) <= 0:
        return 0.0
    return float(statistics.fmean([each**exponent for each in values], weights) ** (1 / exponent))


# --- random trees

KINDS = ("sum", "deduct", "mean", "geometric", "harmonic", "power", "min", "max", "median")
SHARES = st.sampled_from([0.0, 0.25, 0.5, 0.8, 1.0])


@st.composite
def combining(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    made: dict[str, Any] = {"aggregate": kind}
    if kind == "power":
        made["power"] = draw(st.sampled_from([-2.0, 0.5, 2.0]))
    for name, values in (("cap", [3.0, 40.0]), ("floor", [1.0, 2.5]), ("least_data", [0.3, 0.5, 1.0])):
        if draw(st.integers(0, 3)) == 0:
            made[name] = draw(st.sampled_from(values))
    if draw(st.integers(0, 2)) == 0:
        made["missing"] = {"score": draw(st.sampled_from(["zero", "exclude"]))}
    return made


@st.composite
def states(draw: st.DrawFn) -> tuple[str, float, float, float]:
    outcome = draw(st.sampled_from(["scored"] * 4 + ["missing", "not_applicable", "error"]))
    low, share, high = sorted(draw(st.lists(SHARES, min_size=3, max_size=3)))
    return outcome, share, low, high


@dataclass(frozen=True)
class Sown:
    """A method with a tree, and what its indicators came to for one pilot."""

    method: Method
    outcomes: Mapping[str, tuple[str, float, float, float]]

    @property
    def leaves(self) -> Iterator[Leaf]:
        return (each for each in self.method.tree("village").every if isinstance(each, Leaf))

    def states(self) -> dict[str, State]:
        return {leaf.id: _state(leaf.points, *self.outcomes[leaf.id]) for leaf in self.leaves}

    def by_hand(self) -> dict[str, State]:
        return by_hand(self.method.tree("village"), self.states(), self.method.head.missing.score == "exclude")

    def computed(self, engine: Engine) -> dict[str, Any]:
        columns: dict[str, list[Any]] = {"pilot": ["one"]}
        types: dict[str, type] = {"pilot": str}
        for leaf in self.leaves:
            names, state = item_columns(leaf.id), self.states()[leaf.id]
            outcome = self.outcomes[leaf.id][0]
            columns |= {
                names.outcome: [outcome],
                names.points: [state.value if outcome == Outcome.SCORED else None],
                names.points_low: [state.low],
                names.points_high: [state.high],
            }
            types |= dict.fromkeys((names.points, names.points_low, names.points_high), float) | {names.outcome: str}
        frame = with_totals(engine.frame(columns, types), self.method, "village")
        [row] = frame.collect().iter_rows(named=True)
        return row


def _state(points: float, outcome: str, share: float, low: float, high: float) -> State:
    if outcome == "scored":
        return scored(points, share, low, high)
    return NOTHING if outcome == "not_applicable" else missing(points)


@st.composite
def sown(draw: st.DrawFn) -> Sown:
    names = ["D1"] + [f"D{at}" for at in range(2, draw(st.integers(2, 6)))]
    dimensions = [
        DimensionSpec.model_validate(
            {**NAMED, "id": name, "weight": draw(st.sampled_from([1, 2, 5])), **draw(combining())}
            | ({"within": draw(st.sampled_from(names[:at]))} if at and draw(st.booleans()) else {})
        )
        for at, name in enumerate(names)
    ]
    count = draw(st.integers(1, 8))
    items = [
        indicator(f"I{at}", "sold", draw(st.sampled_from([1.0, 3.0])), TEN, draw(st.sampled_from(names)))
        for at in range(count)
    ]
    head = draw(combining()) | {"missing": {"score": draw(st.sampled_from(["zero", "exclude"]))}}
    method = method_of(*items, points=draw(st.sampled_from([100, 1])), rounding="total", decimals=9, **head)
    weighted = tuple(each.model_copy(update={"weight": each.points}) for each in items)
    method = method.model_copy(update={"dimensions": tuple(dimensions), "by_type": {"village": weighted}}).with_points()
    return Sown(method, {item.id: draw(states()) for item in items})


LAW = settings(deadline=None, derandomize=True, max_examples=50)


@LAW
@given(sown())
def test_every_node_is_as_computed_by_hand(made: Sown) -> None:
    row = made.computed(PolarsEngine())
    for id_, state in made.by_hand().items():
        columns = dimension_columns(id_) if id_ else ALL
        found = [row[name] for name in (columns.low, columns.high, columns.applies, columns.covered, columns.counted)]
        assert [row[columns.points] or 0.0, *found] == pytest.approx(
            [state.value, state.low, state.high, state.applies, state.covered, state.counted], abs=1e-9
        ), id_
    root, full = made.by_hand()[""], made.method.head.points
    out_of = root.counted if made.method.head.missing.score == "exclude" else root.applies
    scored = out_of > 0 and row[ALL.points] is not None
    assert row[ALL.score] == (pytest.approx(root.value * full / out_of, abs=1e-9) if scored else None)


@settings(LAW, max_examples=8)
@given(sown())
def test_both_engines_agree(made: Sown) -> None:
    one, other = made.computed(PolarsEngine()), made.computed(DuckEngine())
    assert other == pytest.approx(one, abs=1e-9, nan_ok=False)


@LAW
@given(sown())
def test_the_bounds_hold(made: Sown) -> None:
    row = made.computed(PolarsEngine())
    for node in made.method.tree("village").nodes:
        columns = dimension_columns(node.id) if node.id else ALL
        if row[columns.points] is not None and row[columns.counted]:
            assert row[columns.low] - 1e-9 <= row[columns.points] <= row[columns.high] + 1e-9, node.id


@settings(LAW, max_examples=15)
@given(sown())
def test_the_order_of_siblings_makes_no_difference(made: Sown) -> None:
    items = {"village": made.method.by_type["village"][::-1]}
    turned = made.method.model_copy(update={"dimensions": made.method.dimensions[::-1], "by_type": items})
    one, other = made.computed(PolarsEngine()), Sown(turned, made.outcomes).computed(PolarsEngine())
    assert {name: one[name] for name in other} == pytest.approx(other, abs=1e-9)


@settings(LAW, max_examples=25)
@given(sown(), st.data())
def test_more_points_below_never_make_fewer_above(made: Sown, data: st.DataObject) -> None:
    known = sorted(id_ for id_, (outcome, *_) in made.outcomes.items() if outcome == "scored")
    if not known:
        return
    chosen = data.draw(st.sampled_from(known))
    outcome, share, low, high = made.outcomes[chosen]
    better = {**made.outcomes, chosen: (outcome, (share + 1) / 2, (low + 1) / 2, (high + 1) / 2)}
    before, after = made.computed(PolarsEngine()), Sown(made.method, better).computed(PolarsEngine())
    for node in made.method.tree("village").nodes:
        columns = dimension_columns(node.id) if node.id else ALL
        for name in (columns.points, columns.low, columns.high):
            assert (after[name] or 0.0) >= (before[name] or 0.0) - 1e-9, name


# --- published truth

ASEM = ROOT / "tests" / "data" / "asem"


def asem(kind: str, weights: Mapping[str, float], rule: Mapping[str, Any] = TEN) -> Method:
    """The index as a method: every level put together in the same way, and indicators by the same rule."""
    with (ASEM / "asem_imeta.csv").open(encoding="utf-8") as lines:
        rows = [each for each in csv.DictReader(lines) if each["Type"] in ("Indicator", "Aggregate")]
    [root] = [each["iCode"] for each in rows if each["Parent"] == ""]
    dimensions = [
        DimensionSpec.model_validate(
            {**NAMED, "id": each["iCode"], "weight": weights[each["iCode"]], "aggregate": kind}
            | ({} if each["Parent"] == root else {"within": each["Parent"]})
        )
        for each in rows if each["Type"] == "Aggregate" and each["iCode"] != root
    ]  # fmt: skip
    items = [
        indicator(each["iCode"], each["iCode"], 1, rule, each["Parent"]).model_copy(
            update={"weight": weights[each["iCode"]]}
        )
        for each in rows if each["Type"] == "Indicator"
    ]  # fmt: skip
    method = method_of(rounding="total", decimals=9, aggregate=kind)
    return method.model_copy(
        update={"dimensions": tuple(dimensions), "by_type": {"village": tuple(items)}}
    ).with_points()


@pytest.mark.parametrize(
    ("kind", "file", "weighted"),
    [
        ("geometric", "agg_geom_minmax1_100.csv", False),
        ("harmonic", "agg_harm_minmax1_100.csv", False),
        ("mean", "agg_arith_unequal_weights.csv", True),
        ("sum", "agg_arith_unequal_weights.csv", True),
    ],
)
def test_every_level_of_a_published_index_is_as_published(kind: str, file: str, weighted: bool) -> None:
    with (ASEM / ("weights_unequal.csv" if weighted else "asem_imeta.csv")).open(encoding="utf-8") as lines:
        weights = {each["iCode"]: float(each["Weight"]) for each in csv.DictReader(lines) if each["Weight"]}
    with (ASEM / file).open(encoding="utf-8") as lines:
        countries = list(csv.DictReader(lines))
    method = asem(kind, weights)
    tree = method.tree("village")
    columns: dict[str, list[Any]] = {"pilot": [each["uCode"] for each in countries]}
    types: dict[str, type] = {"pilot": str}
    for leaf in (each for each in tree.every if isinstance(each, Leaf)):
        names, worth = item_columns(leaf.id), [float(each[leaf.id]) / 100 * leaf.points for each in countries]
        columns |= dict.fromkeys((names.points, names.points_low, names.points_high), worth)
        columns[names.outcome] = ["scored"] * len(countries)
        types |= dict.fromkeys((names.points, names.points_low, names.points_high), float) | {names.outcome: str}
    made = with_totals(PolarsEngine().frame(columns, types), method, "village").collect()
    for node in tree.nodes:
        group, of = (dimension_columns(node.id), node.points) if node.id else (ALL, 100.0)
        found = [points / of * 100 for points in made.get_column(group.points).to_list()]
        assert found == pytest.approx([float(each[node.id or "Index"]) for each in countries], abs=1e-9), node.id


def published(name: str) -> list[dict[str, str]]:
    with (ASEM / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


LAST_BIT = {("TolMin", "BGR"), ("TolMin", "CZE"), ("TolMin", "NOR")}
"""What COINr ranks above its equals: the file has 15 digits of each number, and these differ in the next."""


def z_of(share: float) -> float:
    """COINr's standard deviation is that of a sample, ÷ (n − 1)."""
    return (share - 0.5) / 0.05 * math.sqrt(50 / 51)


@pytest.mark.parametrize(
    ("rule", "file", "made_of"),
    [
        ({"zscore": {"per_sd": 0.05}}, "agg_arith_zscore.csv", z_of),
        ({"rank": {"each": 0.02, "best": "lowest"}}, "agg_arith_rank.csv", lambda share: (1 - share) / 0.02 + 1),
    ],
    ids=["z-scores", "ranks"],
)
def test_an_index_of_raw_columns_is_as_published(
    rule: dict[str, Any], file: str, made_of: Callable[[float], float]
) -> None:
    """Every level's share is a linear function of what is published, as long as no indicator's share is limited."""
    meta = {each["iCode"]: each for each in published("asem_imeta.csv")}
    method = asem("mean", {id_: float(each["Weight"]) for id_, each in meta.items() if each["Weight"]}, rule)
    items, countries, engine = method.indicators("village"), published("coin_treated.csv"), PolarsEngine()
    pairs = comparisons(items)
    turned = {id_: -1 if each["Direction"] == "-1" else 1 for id_, each in meta.items()}
    own = {
        item.id: [
            float(each[item.id]) * turned[item.id] + 1e-12 * ((item.id, each["uCode"]) in LAST_BIT)
            for each in countries
        ]
        for item in items
    }
    groups = {"base_type": "", "tier": "", "all": ""}
    peers = compare_peers(
        engine, pairs, [
            PeerFigures(each["uCode"], groups, {id_: (values[at],) * 3 for id_, values in own.items()})
            for at, each in enumerate(countries)
        ],
    )  # fmt: skip
    columns: dict[str, list[Any]] = {"pilot": [each["uCode"] for each in countries]}
    types: dict[str, type] = {"pilot": str}
    for item in items:
        names = item_columns(item.id)
        for name, kind, value in (
            *((name, float, 0.0) for name in (names.baseline, names.target, names.expert)),
            *((name, bool, False) for name in (names.exempt, names.faulty, unsure(item.id))),
            (names.empty, str, None),
        ):
            columns[name], types[name] = [value] * len(countries), kind
        columns |= dict.fromkeys(three(item.id), own[item.id])
        types |= dict.fromkeys(three(item.id), float)
    frame = with_peers(engine, engine.frame(columns, types), items, peers)
    frame = with_totals(with_points(frame, method, items, ()), method, "village").collect()
    rows = {row["pilot"]: row for row in frame.iter_rows(named=True)}
    for expected in published(file):
        row = rows[expected["uCode"]]
        for node in method.tree("village").nodes:
            group = dimension_columns(node.id) if node.id else ALL
            share = row[group.points] / node.points
            assert made_of(share) == pytest.approx(float(expected[node.id or "Index"]), abs=1e-9), node.id
