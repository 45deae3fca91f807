"""A scoring rule of a plugin can't break a score: shares are held, what is no number is missing, a fault is located."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from pilot_eval.errors import PluginError
from pilot_eval.method.rule_contract import checked_rule, share_of
from pilot_eval.plugin import Expr, Given, Rule, Words
from tests.support.plugins import endless

GIVEN = Given(10.0, nw.lit(None), nw.lit(None), nw.lit(None))


def rule(share: Callable[[Expr], object]) -> Rule:
    class Odd(Rule):
        kind = "odd"

        def share(self, x: Expr, given: Given) -> Expr:
            return share(x)  # type: ignore[return-value]

        def sentence(self, points: float) -> Words:
            return Words(zh="怪", en="odd")

    return Odd()


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("share", "held"),
    [
        (lambda x: x / 4, [None, 0.0, 0.5, 1.0]),
        (lambda x: x * float("nan"), [None, None, None, None]),
        (lambda x: x / 0.0, [None, None, None, None]),
        (lambda x: x.sqrt() / 4, [None, None, 0.25 * 2**0.5, 1.0]),
        (lambda x: nw.lit(0.5), [None, 0.5, 0.5, 0.5]),
    ],
)
def test_shares_are_held_between_0_and_1(share: Callable[[Expr], Expr], held: list[float | None]) -> None:
    frame = nw.from_native(pl.LazyFrame({"x": [None, -1.0, 2.0, 16.0]}))
    shares = frame.select(share=share_of(rule(share), nw.col("x"), GIVEN)).collect().get_column("share").to_list()
    assert shares == pytest.approx(held, nan_ok=False)


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("share", "cause"),
    [
        (lambda x: 1 / 0, "ZeroDivisionError"),
        (lambda x: 0.5, "TypeError: share() should return an expression, not float"),
        (lambda x: x.square(), "AttributeError"),
    ],
)
def test_a_rule_that_fails_is_its_plugins_fault(share: Callable[[Expr], object], cause: str) -> None:
    with pytest.raises(PluginError) as raised:
        share_of(rule(share), nw.col("x"), GIVEN)
    [finding] = raised.value.findings
    assert finding.code == "plugin-rule-failed"
    assert "the scoring rule odd cannot be used: " in finding.message.en
    assert cause in finding.message.en
    assert Path(str(finding.place.file)) == Path(__file__)


class Tried(Rule):
    kind = "tried"
    provider = "mine (pilot-eval-mine 1.0.0)"
    full: float = 40.0

    def share(self, x: Expr, given: Given) -> Expr:
        return x / self.full

    def sentence(self, points: float) -> Words:
        return Words(zh="按直线", en="linear")


class Falling(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        return 1 - x / self.full


class SaidToFall(Falling):
    @property
    def direction(self) -> Literal["down"]:
        return "down"


class SaidToFallAndRising(Tried):
    @property
    def direction(self) -> Literal["down"]:
        return "down"


class WithWords(Tried):
    """Its parameters are of every kind; only the numbers are measures to try."""

    note: str = "by the square metre"
    bands: tuple[float, ...] = (1.0, 2.0)
    open: bool = True
    most: float = float("inf")


class Sideways(Tried):
    @property
    def direction(self) -> Any:
        return "sideways"


class Among(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        return x / x.max()


class Below(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        return nw.when(x < x.max()).then(nw.lit(1.0)).when(~x.is_null()).then(nw.lit(0.0))


class Highest(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        return nw.when(x >= x.max()).then(nw.lit(1.0)).when(~x.is_null()).then(nw.lit(0.0))


class InCompany(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        return nw.when(x.max() > x.min()).then(nw.lit(0.0))


class Elsewhere(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        return nw.col("events_held") / self.full


class YesOrNo(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        return x > self.full


class ForNothing(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        return x.fill_null(0.0)


class Bare(Tried):
    def sentence(self, points: float) -> Any:
        return "linear"


class Leaves(Tried):
    def share(self, x: Expr, given: Given) -> Expr:
        sys.exit(0)


class Knotted(Tried):
    @property
    def knots(self) -> Any:
        return "abc"


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize("rule", [Tried(), SaidToFall(), WithWords()], ids=lambda rule: type(rule).__name__)
def test_a_rule_that_keeps_its_promises_is_taken(rule: Rule) -> None:
    assert checked_rule(rule, 10.0) is None


@pytest.mark.usefixtures("one_language")
@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Falling(), "direction is up, but from"),
        (SaidToFallAndRising(), "direction is down, but from"),
        (Sideways(), "direction is 'sideways'"),
        (Among(), "scores differently alone and beside other values: a rule sees one measure"),
        (Below(), "scores differently alone and beside other values"),
        (Highest(), "scores differently alone and beside other values"),
        (InCompany(), "scores differently alone and beside other values"),
        (Elsewhere(), "events_held"),
        (YesOrNo(), "is_finite"),
        (Bare(), "sentence() should return Words"),
        (Leaves(), "SystemExit: 0"),
        (Knotted(), "knots should be a tuple of numbers"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_one_that_does_not_is_found_out_before_it_scores(rule: Rule, said: str) -> None:
    found = checked_rule(rule, 10.0)
    assert found is not None
    assert found.code == "plugin-rule-failed"
    assert "plugin mine (pilot-eval-mine 1.0.0): the scoring rule tried cannot be used: " in found.message.en
    assert said in found.message.en
    assert Path(str(found.place.file)) == Path(__file__)
    lines = Path(__file__).read_text("utf-8").splitlines()
    assert found.place.line is not None
    assert lines[found.place.line - 1].strip()


EVERYDAY = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 50.0, 59.9, 60.0, 100.0, 1e3, 1e6, 1e9)


@pytest.mark.parametrize("at", [*EVERYDAY, *(-each for each in EVERYDAY[1:-1]), 18.5, 37.0, 74.0, -18.5])
def test_a_rule_that_goes_the_wrong_way_at_one_measure_is_found_out(at: float) -> None:
    """At a measure as they come, or at a parameter of its own, its half or its double."""

    class Dented(Tried):
        full: float = 37.0

        def share(self, x: Expr, given: Given) -> Expr:
            return nw.when(x == at).then(nw.lit(0.2)).when(~x.is_null()).then(nw.lit(0.7))

    found = checked_rule(Dented(), 10.0)
    assert found is not None and f"to {at:g} it goes the other way" in found.message.en


@pytest.mark.parametrize(("fall", "found_out"), [(5e-10, False), (1.5e-9, True)])
def test_noise_is_no_fall(fall: float, found_out: bool) -> None:
    class Almost(Tried):
        def share(self, x: Expr, given: Given) -> Expr:
            return nw.when(x >= 50).then(nw.lit(0.5 - fall)).when(x < 50).then(nw.lit(0.5))

    assert (checked_rule(Almost(), 10.0) is not None) is found_out


def test_a_rule_sees_the_points_of_its_indicator_and_the_pilots_target() -> None:
    class Asks(Tried):
        def share(self, x: Expr, given: Given) -> Expr:
            rises = x * (given.points - 9.0) * (given.target - given.baseline) * given.expert
            return (rises / 100.0).clip(0.0, 1.0)

    assert checked_rule(Asks(), 10.0) is None
    found = checked_rule(Asks(), 8.0)
    assert found is not None and "it goes the other way" in found.message.en


@pytest.mark.parametrize(("knots", "wrong"), [((), False), ((1, 2.5), False), ((1, "a"), True), ([1], True)])
def test_knots_are_numbers(knots: Any, wrong: bool) -> None:
    class Knots(Tried):
        @property
        def knots(self) -> Any:
            return knots

    assert (checked_rule(Knots(), 10.0) is not None) is wrong


def test_a_rule_without_a_direction_may_go_either_way_and_give_no_points() -> None:
    class Valley(Tried):
        @property
        def direction(self) -> None:
            return None

        def share(self, x: Expr, given: Given) -> Expr:
            return nw.when(x > 0).then((x - self.full).abs() / 100.0)

    assert checked_rule(Valley(), 10.0) is None


def test_points_without_a_measure_are_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked_rule(ForNothing(), 10.0) is None  # held: none where the measure is none


# The time may be over while something is being collected, where Python says what is raised and goes on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_one_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(Tried):
        def share(self, x: Expr, given: Given) -> Expr:
            exec(endless.ENDLESS, {})  # noqa: S102
            raise AssertionError

    monkeypatch.setenv("PILOT_EVAL_PLUGIN_SECONDS", endless.GIVEN)
    found = checked_rule(Endless(), 10.0)
    assert found is not None
    assert f"longer than {endless.GIVEN} s" in found.message.en
