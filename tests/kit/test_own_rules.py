"""A scoring rule of a plugin can't break a score: shares are held, what is no number is missing, a fault is located."""

from collections.abc import Callable
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from pilot_eval.errors import PluginError
from pilot_eval.plugin import Expr, Given, Rule, Words
from pilot_eval.scoring.points import share_of

GIVEN = Given(10.0, nw.lit(None), nw.lit(None), nw.lit(None))


def rule(share: Callable[[Expr], object]) -> Rule:
    class Odd(Rule):
        kind = "odd"

        def share(self, x: Expr, given: Given) -> Expr:
            return share(x)  # type: ignore[return-value]

        def sentence(self, points: float) -> Words:
            return Words(zh="怪", en="odd")

    return Odd()


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


@pytest.mark.parametrize(
    ("share", "cause"),
    [
        (lambda x: 1 / 0, "ZeroDivisionError"),
        (lambda x: 0.5, "TypeError: share() gives an expression, not float"),
        (lambda x: x.square(), "AttributeError"),
    ],
)
def test_a_rule_that_fails_is_its_plugins_fault(share: Callable[[Expr], object], cause: str) -> None:
    with pytest.raises(PluginError) as raised:
        share_of(rule(share), nw.col("x"), GIVEN)
    [finding] = raised.value.findings
    assert finding.code == "plugin-rule-failed"
    assert "the scoring rule odd failed: " in finding.message.en
    assert cause in finding.message.en
    assert Path(str(finding.place.file)) == Path(__file__)
