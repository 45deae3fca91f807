"""A part divided by its whole has the bounds of a share: nothing it could be is outside, and both ends are reached."""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pilot_eval.measures.engines import installed
from pilot_eval.plugin import BaseType, Figure, Flag, Measures
from tests.support.measures.lab import Memory, Rows, Sample, computed, inside, lab, meant, same, stored
from tests.support.measures.strategies import approximate, flags

LAW = settings(deadline=None, derandomize=True, phases=[Phase.generate])

SHARES = [
    "s.where({f}).n.sum() / s.n.sum()",
    "(lambda k: k.where({g}).n.sum() / k.n.sum())(s.where({f}))",
    "(lambda k: k.where({g}).count() / k.count())(s.where({f}))",
    "s.where({f}).count() / s.count()",
    "s.where({f}).g.share()",
    "s.n.sum() / (s.n.sum() + s.y.sum())",
    "s.y.sum() * 2 / (s.n.sum() + s.y.sum() + s.y.sum() + 3)",
    "(lambda a, b: 100 * a / (b + a))(s.n.mean(), s.y.max())",
    "s.x.sum() / s.y.sum()",
    "s.where({f}).x.sum() * 3 / (s.y.sum() * 2)",
    "(lambda k: k.x.sum() / k.y.sum())(s.where({f}))",
    "s.x.sum() / s.x.sum()",
]
"""Parts divided by wholes: of the same cells, of two sums, and of two columns of which a check says that x is within y.
"""
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "x": st.none() | approximate(-0.5),
            "y": approximate(-0.5),
            "n": approximate(0.0),
            "m": st.just((1, 1, 1)),
            "f": st.sampled_from([None, True, False]),
            "g": st.booleans(),
            "c": st.sampled_from([None, "a", "b"]),
            "p": st.sampled_from([None, "file"]),
        }
    ).filter(lambda row: row["x"] is None or row["x"][1] <= row["y"][2]),
    min_size=1,
    max_size=4,
)


def within(*expressions: str) -> BaseType:
    base_type = lab(expressions)

    @base_type.check(zh="部分大于整体")
    def x_within_y(s: Sample) -> Flag:
        return s.x <= s.y

    return base_type


@settings(LAW, max_examples=12)
@given(st.lists(st.sampled_from(SHARES), min_size=4, max_size=4), flags("s"), flags("s", 0), ROWS, st.integers(0, 1000))
def test_a_share_is_within_its_bounds(shares: list[str], f: str, g: str, rows: Rows, seed: int) -> None:
    check_share(shares, f, g, rows, seed)


@pytest.mark.slow
@settings(LAW, max_examples=160)
@given(st.lists(st.sampled_from(SHARES), min_size=4, max_size=4), flags("s"), flags("s", 0), ROWS, st.integers(0, 1000))
def test_many_shares_are_within_their_bounds(shares: list[str], f: str, g: str, rows: Rows, seed: int) -> None:
    check_share(shares, f, g, rows, seed)


def check_share(shares: list[str], f: str, g: str, rows: Rows, seed: int) -> None:
    expressions = [each.format(f=f, g=g) for each in shares]
    made = computed(within(*expressions), Memory(stored("some", rows)))["some"]
    chance = random.Random(seed)  # noqa: S311
    for text, (value, low, high) in zip(expressions, made.values(), strict=True):
        assert same(value, meant(text, rows, lambda cell: cell[0])), text
        if value is None:
            continue
        assert low is not None and high is not None and low <= value <= high, text
        for _ in range(12):
            could = meant(text, drawn(rows, chance), lambda cell: cell[0])
            assert could is None or inside(could, low, high), f"{text}: {could} outside {low}..{high}"


def drawn(rows: Rows, chance: random.Random) -> Rows:
    """Rows with numbers that their cells may mean, the parts within their wholes."""
    true = []
    for row in rows:
        cells = {name: chance.choice([*cell[1:], chance.uniform(*cell[1:])]) for name, cell in ranged(row)}
        if row["x"] is not None:
            cells["y"] = max(cells["y"], row["x"][1])
            cells["x"] = min(cells["x"], cells["y"])
        true.append({**row, **cells})
    return true


def ranged(row: Any) -> Iterator[tuple[str, Any]]:
    yield from ((name, cell) for name, cell in row.items() if type(cell) is tuple)


TIGHT = [
    "s.where(s.g).n.sum() / s.n.sum()",
    "s.where(s.x > 1).n.sum() / s.n.sum()",
    "(lambda k: k.where(s.x > 1).n.sum() / k.n.sum())(s.where(s.g))",
    "s.where(s.x > 1).g.share()",
    "s.n.sum() / (s.n.sum() + s.y.sum())",
    "s.x.sum() / s.y.sum()",
    "(lambda k: k.x.sum() / k.y.sum() * 100)(s.where(s.g))",
]


@settings(LAW, max_examples=6)
@given(
    st.lists(
        st.fixed_dictionaries({"x": approximate(0.0), "y": approximate(1.0), "n": approximate(1.0), "g": st.booleans()})
        .filter(lambda row: row["x"][0] <= row["y"][0])
        .map(lambda row: {**row, "m": (1, 1, 1)}),
        min_size=1,
        max_size=2,
    )
)
def test_some_numbers_reach_both_ends(rows: Rows) -> None:
    made = computed(within(*TIGHT), Memory(stored("some", rows)))["some"]
    for text, (value, low, high) in zip(TIGHT, made.values(), strict=True):
        if value is not None:
            could = [meant(text, each, lambda cell: cell[0]) for each in corners(rows)]
            known = [each for each in could if each is not None]
            assert (low, high) == (pytest.approx(min(known)), pytest.approx(max(known))), text


def corners(rows: Rows) -> Iterator[Rows]:
    """Rows with the ends of their cells, the part's or the whole's for either, in all combinations."""
    choices = []
    for row in rows:
        (_, *x), (_, *y) = row["x"], row["y"]
        parts, wholes = ({each for each in (*x, *y) if low <= each <= high} for low, high in (x, y))
        pairs = [(part, whole) for part in parts for whole in wholes if part <= whole]
        choices.append([{**row, "x": a, "y": b, "n": n} for a, b in pairs for n in row["n"][1:]])
    for chosen in product(*choices):
        yield list(chosen)


SITES: Rows = [
    {"x": (2600, 2340, 2860), "y": (2700, 2700, 2700), "n": (100, 90, 110), "g": True, "m": (1, 1, 1)},
    {"x": (300, 300, 300), "y": (310, 279, 341), "n": (400, 400, 400), "g": False, "m": (1, 1, 1)},
]


@pytest.mark.parametrize(
    ("expression", "value", "low", "high"),
    [
        ("s.x.sum()", 2900, 2640, 3000),
        ("s.y.sum()", 3010, 3000, 3041),
        ("s.x.sum() / s.y.sum() * 100", 96.345514950, 86.813548175, 100),
        ("s.where(s.g).n.sum() / s.n.sum() * 100", 20, 18.367346939, 21.568627451),
        ("s.x.mean()", 1450, 1320, 1500),
        ("(s.x / s.y).max()", 300 / 310, 300 / 341, 300 / 300),
    ],
)
@pytest.mark.parametrize("engine", installed(), ids=lambda each: each.name)
def test_a_part_is_at_most_its_whole(
    expression: str, value: float, low: float, high: float, engine: Any, tmp_path: Any
) -> None:
    stored("some", SITES).write_parquet(tmp_path / "sites.parquet")
    made = computed(within(expression), engine, paths=[tmp_path / "sites.parquet"])["some"]["figure_0"]
    assert made == pytest.approx((value, low, high))


def test_what_is_written_stays_even_if_it_contradicts_its_whole() -> None:
    rows = [{"x": (2800, 2520, 3080), "y": (2700, 2700, 2700), "n": (1, 1, 1), "g": True, "m": (1, 1, 1)}]
    made = computed(within("s.x.sum()", "s.x.sum() / s.y.sum()"), Memory(stored("some", rows)))["some"]
    assert made["figure_0"] == (2800, 2520, 2800)
    assert made["figure_1"] == pytest.approx((2800 / 2700, 2520 / 2700, 2800 / 2700))


@pytest.mark.parametrize("how", ["warning", "of computed cells", "of some rows"])
def test_only_what_every_row_must_meet_narrows_bounds(how: str) -> None:
    base_type = lab(["s.x.sum()"])

    @base_type.check(zh="部分大于整体", warning=how == "warning")
    def x_within_y(s: Sample) -> Flag:
        if how == "of some rows":
            s = s.where(s.g)
        return s.x * 1 <= s.y if how == "of computed cells" else s.x <= s.y

    assert computed(base_type, Memory(stored("some", SITES)))["some"]["figure_0"] == (2900, 2640, 3160)


def test_shares_of_measures_have_the_same_bounds() -> None:
    base_type = lab(["s.where(s.g).n.sum()", "s.where(~s.g).n.sum()"])

    @base_type.measure(unit="%")
    def share(m: Measures) -> Figure:
        return m.figure_0 / (m.figure_0 + m.figure_1) * 100

    made = computed(base_type, Memory(stored("some", SITES)))["some"]["share"]
    assert made == pytest.approx((20, 18.367346939, 21.568627451))
