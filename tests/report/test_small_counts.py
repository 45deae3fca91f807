"""No set of counts that a report shows lets anybody derive one that it hides."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_eval.report.small_counts import CountSum, hidden_counts


def left_open(
    counts: dict[str, int], sums: list[CountSum], limit: int, hidden: Mapping[object, bool]
) -> dict[str, set[int]]:
    """For every hidden count below the limit, the values that agree with all that is shown, by trying them all."""
    small = [key for key in counts if key in hidden and 0 < counts[key] < limit]
    keys = [key for key in counts if key in hidden]
    most = max(counts.values()) + limit
    ranges = [range(1, limit) if hidden[key] else range(most) if key in small else (0, *range(limit, most))
              for key in keys]  # fmt: skip
    open_: dict[str, set[int]] = {key: set() for key in small}
    for tried in product(*ranges):
        world = counts | dict(zip(keys, tried, strict=True))
        if all(sum(world[str(key)] for key in each.parts) == world[str(each.total)] for each in sums):
            for key in small:
                open_[key].add(world[key])
    return open_


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=4),
    st.lists(st.sets(st.integers(0, 3), min_size=1), min_size=1, max_size=2),
    st.integers(2, 5),
)
def test_no_hidden_count_can_be_derived(values: list[int], groups: list[set[int]], limit: int) -> None:
    counts = {f"cell{at}": value for at, value in enumerate(values)}
    sums = []
    for number, group in enumerate(groups):
        parts = tuple(f"cell{at}" for at in sorted(group) if at < len(values))
        if parts:
            counts[f"sum{number}"] = sum(counts[key] for key in parts)
            sums.append(CountSum(parts, f"sum{number}"))
    hidden = hidden_counts(counts, sums, limit)
    assert all(key in hidden for key, value in counts.items() if 0 < value < limit)
    if limit > 2:  # below 2 there is only 1
        left = left_open(counts, sums, limit, hidden)
        assert all(len(values) > 1 for values in left.values())
        assert all(len(left[key]) >= limit - 1 or not below for key, below in hidden.items() if key in left)


def test_a_second_count_is_hidden_where_a_total_would_give_the_first_away() -> None:
    counts = {"a": 3, "b": 40, "c": 20, "all": 63}
    assert hidden_counts(counts, [], 5).keys() == {"a"}
    assert hidden_counts(counts, [CountSum(("a", "b", "c"), "all")], 5).keys() == {"a", "b"}


def test_the_total_is_hidden_where_no_part_helps() -> None:
    assert hidden_counts({"a": 4, "b": 4, "all": 8}, [CountSum(("a", "b"), "all")], 5).keys() == {"a", "b", "all"}
    assert hidden_counts({"a": 3, "b": 4, "all": 7}, [CountSum(("a", "b"), "all")], 5).keys() == {"a", "b", "all"}
    assert hidden_counts({"a": 3, "b": 2, "all": 5}, [CountSum(("a", "b"), "all")], 5).keys() == {"a", "b"}


def test_it_is_not_said_that_a_total_is_small_if_that_gives_its_parts_away() -> None:
    assert hidden_counts({"a": 1, "b": 1, "all": 2}, [CountSum(("a", "b"), "all")], 3) == {
        "a": True,
        "b": True,
        "all": False,
    }


def test_nothing_is_hidden_behind_a_count_of_none() -> None:
    counts = {"a": 4, "b": 4, "none": 0, "all": 8}
    assert hidden_counts(counts, [CountSum(("a", "b", "none"), "all")], 5).keys() == {"a", "b", "all"}


def test_of_small_counts_it_is_known_that_they_are_at_least_1() -> None:
    counts = {"a": 1, "b": 1, "c": 1, "all": 3}
    assert hidden_counts(counts, [CountSum(("a", "b", "c"), "all")], 3).keys() == counts.keys()


def test_a_sum_that_is_known_though_not_shown_counts() -> None:
    assert hidden_counts({"a": 2, "b": 3}, [CountSum(("a", "b"), None)], 5) == {"a": True, "b": True}
    assert hidden_counts({"a": 3, "b": 40}, [CountSum(("a", "b"), None)], 5) == {"a": True, "b": False}


def test_two_sums_together_give_nothing_away() -> None:
    counts = {"a": 3, "b": 40, "c": 50, "all": 93, "most": 90}
    hidden = hidden_counts(counts, [CountSum(("a", "b", "c"), "all"), CountSum(("b", "c"), "most")], 5)
    assert "a" in hidden
    assert hidden.keys() & {"all", "most"}, "the difference of the two sums is the hidden count"


def test_a_figure_that_could_be_computed_back_is_hidden() -> None:
    counts = {"helped": 3, "all": 40}
    assert hidden_counts(counts, [], 5, figures=[("share", ("helped", "all"))]).keys() == {"helped", "share"}
    assert hidden_counts({"helped": 30, "all": 40}, [], 5, figures=[("share", ("helped", "all"))]) == {}


def test_a_count_without_an_exact_value_takes_part() -> None:
    counts = {"a": None, "b": 40, "all": 43}
    assert hidden_counts(counts, [CountSum(("a", "b"), "all")], 5, small={"a"}).keys() == {"a", "b"}
