"""Placeholders for values that are computed later, and the errors for treating them as values."""

import math
from collections.abc import Callable
from decimal import Decimal
from numbers import Real
from typing import Any, ClassVar, Literal, NoReturn

from pilot_eval.errors import PluginError


class Symbolic:
    """A placeholder for values that are computed later: Python can't know whether it is true, or what is in it.

    Without these errors, `a and b` would silently be `b`, and `1 < a < 3` would be `a < 3`. Our own names begin with
    `_`: all others are the author's columns and measures.
    """

    _no_truth: ClassVar[str] = "plugin-truth"
    _per: ClassVar[Literal["row", "pilot"] | None] = None
    """What it has one value for; None if it is not a value, such as a whole table."""

    _numeric: ClassVar[bool] = False
    _condition: ClassVar[bool] = False

    def __bool__(self) -> NoReturn:
        raise PluginError.of(self._no_truth, what=type(self).__name__)

    def __contains__(self, item: object) -> NoReturn:
        raise PluginError.of(self._no_truth, what=type(self).__name__)

    def __iter__(self) -> NoReturn:
        raise PluginError.of("plugin-loop", what=type(self).__name__)

    def __len__(self) -> NoReturn:
        raise PluginError.of("plugin-loop", what=type(self).__name__)


def asked_by_python(name: str) -> bool:
    """Return whether an attribute is one that Python's own modules look up, as `copy` looks up `__deepcopy__`."""
    return name.startswith("__")


def mistake(code: str, what: Symbolic, given: object) -> PluginError:
    """Return the error of combining `what` with `given`; `odd` is the one of the two that is not a condition."""
    odd = _shown(given if what._condition else what)
    return PluginError.of(code, what=type(what).__name__, given=_shown(given), odd=odd)


def _shown(given: object) -> str:
    kind = type(given).__name__
    return kind if isinstance(given, Symbolic) else f"{repr(given)[:60]} ({kind})"


def no_operator(code: str) -> Callable[..., NoReturn]:
    """Return an operator that is not supported; for run time only, since type checkers report it themselves."""

    def refused(self: Symbolic, other: object = None) -> NoReturn:
        raise mistake(code, self, other)

    return refused


def constant(beside: Symbolic, given: object) -> float:
    """Return a number in an expression. Raises PluginError for anything else, or a number that isn't finite."""
    if isinstance(given, Symbolic):
        match beside._per, given._per:
            case "pilot", "row":
                raise mistake("plugin-figure-and-column", given, beside)
            case "row", "pilot":
                raise mistake("plugin-row-and-figure", beside, given)
            case _, "row" if not given._numeric:
                raise mistake("plugin-no-number", given, beside)
    if not isinstance(given, (Real, Decimal)):
        raise mistake("plugin-operand", beside, given)
    if not math.isfinite(given):
        raise mistake("plugin-not-finite", beside, given)
    return float(given)


def divisor(beside: Symbolic, given: Any) -> Any:
    """Return a divisor. Raises PluginError for the constant 0."""
    if isinstance(given, (Real, Decimal)) and given == 0:
        raise mistake("plugin-divided-by-zero", beside, given)
    return given


def clip_limits(beside: Symbolic, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Return the limits of `clip`. Raises PluginError if they are reversed, which each engine handles differently."""
    limits = tuple(None if each is None else constant(beside, each) for each in (low, high))
    if None not in limits and limits[0] > limits[1]:  # type: ignore[operator]
        raise PluginError.of("plugin-clip", low=low, high=high)
    return limits[0], limits[1]
