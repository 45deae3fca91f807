"""Functions of several figures, or of several columns of numbers."""

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

from pilot_eval.errors import PluginError
from pilot_eval.plugin.columns import Number
from pilot_eval.plugin.figures import Figure
from pilot_eval.plugin.intervals import Trio, larger, smaller

N = TypeVar("N", Figure, Number)


def maximum(one: N, other: N | float, *more: N | float) -> N:
    """The largest of figures, or of columns row by row; all but the first may be numbers.

    Missing, or an empty cell, where any of them is. Raises PluginError for figures with columns, and for other values.
    """
    made: N = _of_all("maximum", larger, one, other, *more)
    return made


def minimum(one: N, other: N | float, *more: N | float) -> N:
    """The smallest of figures, or of columns row by row; all but the first may be numbers.

    Missing, or an empty cell, where any of them is. Raises PluginError for figures with columns, and for other values.
    """
    made: N = _of_all("minimum", smaller, one, other, *more)
    return made


def _of_all(name: str, join: Callable[[Trio, Trio], Trio], first: Any, *others: Any) -> Any:
    if not isinstance(first, (Figure, Number)):
        raise PluginError.of("plugin-maximum", name=name, given=type(first).__name__)
    return reduce(lambda one, other: one._with(other, join), others, first)
