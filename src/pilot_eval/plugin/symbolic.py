"""What stands for values that are computed later, and what is refused where an author treats it as a value."""

import math
from collections.abc import Callable
from decimal import Decimal
from numbers import Real
from typing import Any, ClassVar, Literal, NoReturn

from pilot_eval.errors import PluginError


class Symbolic:
    """What stands for values that are computed later: Python can't know whether it is true, or what is in it.

    Without these, `a and b` would quietly be `b`, and `1 < a < 3` would be `a < 3`. Our own names begin with `_`:
    the others are the columns and measures of an author.
    """

    _no_truth: ClassVar[str] = "plugin-truth"
    _per: ClassVar[Literal["row", "pilot"] | None] = None
    """What it has one value for; None where it is no value at all, such as a whole table."""

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
    """Whether an attribute is one that Python's own modules ask for, as `copy` asks for `__deepcopy__`."""
    return name.startswith("__")


def mistake(code: str, what: Symbolic, given: object) -> PluginError:
    """What is wrong with `what` beside `given`; of the two, `odd` is the one that is no condition."""
    odd = _shown(given if what._condition else what)
    return PluginError.of(code, what=type(what).__name__, given=_shown(given), odd=odd)


def _shown(given: object) -> str:
    kind = type(given).__name__
    return kind if isinstance(given, Symbolic) else f"{repr(given)[:60]} ({kind})"


def no_operator(code: str) -> Callable[..., NoReturn]:
    """An operator that there isn't. It is for run time alone: a type checker says so of itself."""

    def refused(self: Symbolic, other: object = None) -> NoReturn:
        raise mistake(code, self, other)

    return refused


def constant(beside: Symbolic, given: object) -> float:
    """A number in an expression. Raises PluginError for what isn't one, or isn't finite."""
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
    """What is divided by, which as a constant isn't 0. Raises PluginError."""
    if isinstance(given, (Real, Decimal)) and given == 0:
        raise mistake("plugin-divided-by-zero", beside, given)
    return given


def clip_limits(beside: Symbolic, low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """The limits of `clip`. Raises PluginError where they are crossed: each engine would do something else."""
    limits = tuple(None if each is None else constant(beside, each) for each in (low, high))
    if None not in limits and limits[0] > limits[1]:  # type: ignore[operator]
        raise PluginError.of("plugin-clip", low=low, high=high)
    return limits[0], limits[1]
