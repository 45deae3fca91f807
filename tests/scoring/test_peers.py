"""Rules that compare pilots: places, percentiles, distances from the group's figures; figures by hand."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.frames import PILOT, UNBOUNDED, peer_columns
from pilot_eval.measures.engines import DuckEngine, Engine, PolarsEngine, installed
from pilot_eval.method.kinds import RULES
from pilot_eval.model import Assessment
from pilot_eval.scoring.peers import CASES, PeerFigures, compare_peers, comparisons
from tests.support.scoring.cases import outcomes, sales, visits
from tests.support.scoring.lab import Evidence, Lab, indicator, method_of, pilot_spec, review
from tests.support.scoring.pairwise import pairwise

SOLD_BY = {"a": 1, "b": 3, "c": 3, "d": 6, "e": 7}
"""Mean 4, standard deviation √(24 ÷ 5) = 2.190890, median 3."""


def method(rule: dict[str, Any], **more: Any) -> Any:
    [(kind, given)] = rule.items()
    least = {} if "least" in given else {"least": 2}
    return method_of(indicator("A", "sold", 100, {kind: given | least}, **more))


def points(made: dict[str, Assessment]) -> list[float | None]:
    return [each.indicators[0].points for each in made.values()]


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"rank": {"each": 0.1}}, [60, 80, 80, 90, 100]),  # places 5, 3, 3, 2, 1
        ({"rank": {"each": 0.1, "best": "lowest"}}, [100, 90, 90, 70, 60]),  # places 1, 2, 2, 4, 5
        ({"rank": {"places": [{"to": 1, "share": 1}, {"to": 3, "share": 0.6}]}}, [0, 60, 60, 60, 100]),
        ({"percentile": {}}, [0, 50, 50, 75, 100]),
        ({"percentile": {"bands": [{"top": 0.2, "share": 1}, {"top": 0.6, "share": 0.5}]}}, [0, 50, 50, 50, 100]),
        ({"zscore": {}}, [22.61, 40.87, 40.87, 68.26, 77.39]),  # 50 + 20 × (x − 4) ÷ 2.190890
        ({"zscore": {"at_zero": 0.6, "per_sd": 1, "best": "lowest"}}, [100, 100, 100, 0, 0]),  # clipped
        ({"minmax": {}}, [0, 33.33, 33.33, 83.33, 100]),
        ({"minmax": {"floor": 0.6, "best": "lowest"}}, [100, 86.67, 86.67, 66.67, 60]),
        ({"best": {}}, [14.29, 42.86, 42.86, 85.71, 100]),
        ({"best": {"zero": 0.5}}, [0, 0, 0, 71.43, 100]),
        ({"best": {"best": "lowest"}}, [100, 33.33, 33.33, 16.67, 14.29]),
        ({"median": {}}, [33.33, 100, 100, 100, 100]),
        ({"median": {"zero": 0.5, "full": 2.5}}, [0, 25, 25, 75, 91.67]),
        ({"median": {"best": "lowest"}}, [100, 100, 100, 50, 42.86]),
    ],
)
def test_a_pilot_is_compared_with_its_peers(
    rule: dict[str, Any], expected: list[float], engine: Engine, lab: Lab
) -> None:
    made = lab.assess(method(rule), {name: Evidence(sales(each)) for name, each in SOLD_BY.items()}, engine=engine)
    assert points(made) == expected
    assert all(each.indicators[0].low == each.indicators[0].points == each.indicators[0].high for each in made.values())
    [kind] = rule
    lowest = rule[kind].get("best") == "lowest"
    peers = made["b"].indicators[0].peers
    assert peers is not None
    assert (peers.n, peers.rank, peers.lowest, peers.highest, peers.mean, peers.median) == (
        5,
        2 if lowest else 3,
        1,
        7,
        4,
        3,
    )
    assert peers.sd == pytest.approx(2.190890230)


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
def test_too_few_peers_are_not_compared(engine: Engine, lab: Lab) -> None:
    """What doesn't apply, is declared empty by rule, has errors, or was not submitted is no peer."""
    evidence = {name: Evidence(sales(each)) for name, each in SOLD_BY.items()}
    evidence |= {"bad": Evidence(bad=("sales",)), "none": Evidence(visits(1)), "nothing": Evidence({"sales": []})}
    given = {"e": review(not_applicable=["A"])}
    made = lab.assess(method({"rank": {"each": 0.1, "least": 5}}, empty="zero"), evidence, reviews=given, engine=engine)
    results = {name: each.indicators[0] for name, each in made.items()}
    assert [outcomes(each)["A"] for each in made.values()] == [
        "missing", "missing", "missing", "missing", "not_applicable", "error", "missing", "scored",
    ]  # fmt: skip
    assert results["a"].reason is not None and (results["a"].low, results["a"].high) == (0, 100)
    assert results["a"].reason.en == "only 4 of its group have this figure, fewer than 5: not compared"
    assert results["nothing"].points == 0 and results["nothing"].peers is None and results["e"].forgone is None
    made = lab.assess(method({"rank": {"each": 0.1, "least": 4}}, empty="zero"), evidence, reviews=given, engine=engine)
    assert points(made) == [70, 90, 90, 100, None, None, None, 0]


@pytest.mark.parametrize("engine", installed(), ids=lambda engine: engine.name)
@pytest.mark.parametrize(("of", "expected"), [("tier", [90, 100, 100, 80, 90]), ("all", [60, 80, 80, 90, 100])])
def test_a_group_may_be_a_tier(of: str, expected: list[float], engine: Engine, lab: Lab) -> None:
    """a and b are central; c, d and e are local, and beat nobody else."""
    pilots = {
        name: pilot_spec(name).model_copy(update={"tier": "central" if name in "ab" else "local"}) for name in SOLD_BY
    }
    evidence = {name: Evidence(sales(each)) for name, each in SOLD_BY.items()}
    made = lab.assess(method({"rank": {"each": 0.1, "of": of}}), evidence, pilots=pilots, engine=engine)
    by_tier = [90, 100, 80, 90, 100]
    assert points(made) == (by_tier if of == "tier" else expected)


@pytest.mark.parametrize("rule", [{"best": {}}, {"median": {}}, {"best": {"best": "lowest"}}])
def test_nothing_is_divided_by_nothing(rule: dict[str, Any], lab: Lab) -> None:
    made = lab.assess(method(rule), {name: Evidence({"sales": []}) for name in "abc"})
    result = made["a"].indicators[0]
    assert (result.points, result.low, result.high) == (None, 0, 100)
    assert result.reason is not None and result.reason.en == "the figure to divide by is not above 0"


@pytest.mark.parametrize("rule", [{"minmax": {}}, {"zscore": {}}, {"percentile": {}}, {"best": {}}, {"median": {}}])
def test_where_all_are_the_same_they_have_the_same(rule: dict[str, Any], lab: Lab) -> None:
    made = lab.assess(method(rule), {name: Evidence(sales(5)) for name in "abc"})
    assert points(made) == ([50] * 3 if "zscore" in rule else [100] * 3)


WIDE = [(4, 2, 5), (3, 3, 3), (6, 5, 8), (5, 1, 9), (2, 2, 4)]
RULES_TRIED: list[dict[str, Any]] = [
    {"rank": {"each": 0.1}},
    {"rank": {"each": 0.1, "best": "lowest"}},
    {"rank": {"places": [{"to": 2, "share": 1}, {"to": 4, "share": 0.5}]}},
    {"percentile": {}},
    {"percentile": {"bands": [{"top": 0.5, "share": 1}]}},
    {"zscore": {"per_sd": 0.4}},
    {"minmax": {}},
    {"minmax": {"best": "lowest", "floor": 0.3}},
    {"best": {}},
    {"best": {"best": "lowest", "zero": 0.2}},
    {"median": {"full": 1.5}},
    {"median": {"best": "lowest", "full": 2}},
]


DRAWS = 30


@pytest.mark.parametrize("rule", RULES_TRIED, ids=str)
def test_every_figure_within_the_bounds_gives_points_within_theirs(rule: dict[str, Any], lab: Lab) -> None:
    """Each drawing of exact figures is a tier of its own, beside the tier of those with bounds."""
    drawn = random.Random(7)  # noqa: S311
    figures: dict[str, list[Any]] = {"wide": list(WIDE)}
    for at in range(DRAWS):
        figures[f"t{at}"] = [drawn.choice((low, high, drawn.uniform(low, high))) for _, low, high in WIDE]
    evidence = {f"{tier}-{at}": Evidence(sales(x)) for tier, each in figures.items() for at, x in enumerate(each)}
    pilots = {name: pilot_spec(name).model_copy(update={"tier": name.split("-")[0]}) for name in evidence}
    [(kind, given)] = rule.items()
    made = lab.assess(method({kind: given | {"of": "tier"}}), evidence, pilots=pilots)
    bounds = [(each.low, each.high) for at in range(len(WIDE)) for each in made[f"wide-{at}"].indicators]
    for at, (low, high) in enumerate(bounds):
        got = [made[f"t{draw}-{at}"].indicators[0].points or 0 for draw in range(DRAWS)]
        assert low - 1e-9 <= min(got) and max(got) <= high + 1e-9
    if kind == "zscore":
        assert set(bounds) == {(0, 100)}
    elif given == {"each": 0.1}:  # each of these is reached: best is 1 + those certainly better, and so on
        assert bounds == [(60, 100), (60, 90), (90, 100), (60, 100), (60, 90)]


def test_a_bound_that_is_not_known_leaves_a_peer_open(lab: Lab) -> None:
    evidence = {"a": Evidence(sales((5, 5, 1e30))), "b": Evidence(sales(6)), "c": Evidence(sales(4))}
    made = lab.assess(method({"best": {}}), evidence)
    assert [(each.indicators[0].low, each.indicators[0].high) for each in made.values()] == [
        (83.33, 100), (0, 100), (0, 66.67)
    ]  # fmt: skip


def test_what_compares_pilots_is_in_the_method_as_any_other_rule() -> None:
    kinds = [kind for kind in RULES if RULES[kind].__module__.endswith("peer_rules")]
    assert {next(iter(rule)) for rule in RULES_TRIED} == set(kinds)


def test_an_indicator_that_requires_more_evidence_leaves_the_pilot_out(lab: Lab) -> None:
    sheet = method({"rank": {"each": 0.1}}, requires={"measure": "visitors", "min": 3})
    evidence = {name: Evidence({**sales(each), **visits(each)}) for name, each in SOLD_BY.items()}
    made = lab.assess(sheet, evidence)
    assert points(made) == [None, 80, 80, 90, 100]


# --- without pairs, as by pairs

FIGURE = st.tuples(st.integers(0, 6), st.sampled_from([0, 0, 1, 3]), st.sampled_from([0, 0, 1, 2, UNBOUNDED])).map(
    lambda each: (float(each[0]), float(each[0] - each[1]), float(each[0] + each[2]))
)
ENTRIES = st.lists(st.tuples(st.sampled_from("st"), st.none() | FIGURE), max_size=9)
"""Of each pilot its tier, and its figure with bounds or none."""


def as_by_pairs(engine: Engine, entries: list[tuple[str, tuple[float, float, float] | None]], best: str) -> None:
    item = indicator("A", "sold", 1, {"minmax": {"best": best, "of": "tier"}}, direction="down")
    [(_, rule)] = pairs = comparisons([item])
    figures = [
        PeerFigures(f"p{at}", {"base_type": "", "tier": tier, "all": ""}, {"A": figure or (None, None, None)})
        for at, (tier, figure) in enumerate(entries)
    ]
    made = compare_peers(engine, pairs, figures)
    known = [
        {
            "pilot": each.pilot,
            "group": each.groups["tier"],
            **dict(zip(("value", "low", "high"), each.of["A"], strict=True)),
        }
        for each in figures
        if each.of["A"][0] is not None
    ]
    expected = {row[PILOT]: row for row in pairwise(engine, "A", rule, known).collect().iter_rows(named=True)}
    assert list(made[PILOT]) == [each.pilot for each in figures]
    for at, pilot in enumerate(made[PILOT]):
        for case in CASES:
            names = peer_columns("A", case)
            kept = names if case == "value" else (each for each in names if each not in (names.mean, names.sd))
            for name in kept:
                by_pairs = expected[pilot][name] if pilot in expected else None
                assert made[name][at] == pytest.approx(by_pairs, abs=1e-9), (pilot, name)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(ENTRIES, st.sampled_from(["highest", "lowest"]))
def test_a_group_comes_to_the_same_as_by_pairs(entries: Any, best: str) -> None:
    as_by_pairs(PolarsEngine(), entries, best)


@settings(deadline=None, derandomize=True, max_examples=6)
@given(ENTRIES, st.sampled_from(["highest", "lowest"]))
def test_a_group_comes_to_the_same_as_by_pairs_on_duckdb(entries: Any, best: str) -> None:
    as_by_pairs(DuckEngine(), entries, best)


def test_a_large_group_needs_no_pairs() -> None:
    """40,000 pilots would be 1.6 thousand million pairs."""
    pairs = comparisons([indicator("A", "sold", 1, {"rank": {"each": 0.1}})])
    groups = {"base_type": "", "tier": "", "all": ""}
    figures = [PeerFigures(f"p{at:05}", groups, {"A": (at, at - 0.6, at + 0.6)}) for at in range(40_000)]
    made = compare_peers(PolarsEngine(), pairs, figures)
    names, worst, best = (peer_columns("A", case) for case in CASES)
    assert (made[names.rank][0], made[names.median][0], made[names.highest][0]) == (40_000, 19_999.5, 39_999)
    assert (made[worst.rank][39_999], made[best.rank][39_998]) == (2, 1)
