"""Placeholders for values that are computed later, and the errors for treating them as values."""

import math
import operator
from collections.abc import Callable
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NoReturn

from pilot_eval.errors import PluginError
from pilot_eval.plugin.instead import instead_of, instead_of_operand


class NoSuchNameError(PluginError, AttributeError):
    """A column or figure has no such method; an AttributeError, so that `hasattr` can ask."""


def _refusing(code: str, what: str = "") -> Callable[..., NoReturn]:
    """Return a method of Python's protocols that refuses with a message; `what` is how the author wrote it."""

    def refused(self: "Symbolic", *given: object, **options: object) -> NoReturn:
        raise PluginError.of(code, what=type(self).__name__, call=what)

    return refused


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

    if not TYPE_CHECKING:  # type checkers report these themselves
        __reversed__ = _refusing("plugin-loop")
        __getitem__ = __setitem__ = __delitem__ = _refusing("plugin-subscript")
        __call__ = _refusing("plugin-call")
        __setattr__ = __delattr__ = _refusing("plugin-assigned")
        __str__ = __format__ = _refusing("plugin-in-text")
        __float__, __int__, __complex__ = (
            _refusing("plugin-no-value", f"{each}()") for each in ("float", "int", "complex")
        )
        __index__ = __trunc__ = _refusing("plugin-no-value", "int()")
        __round__, __floor__, __ceil__ = (
            _refusing("plugin-no-value", f"{each}()") for each in ("round", "floor", "ceil")
        )
        __array__ = _refusing("plugin-no-value", "numpy.array()")
        __add__ = __radd__ = _refusing("plugin-no-operator", "+")
        __sub__ = __rsub__ = __neg__ = _refusing("plugin-no-operator", "-")
        __mul__ = __rmul__ = _refusing("plugin-no-operator", "*")
        __truediv__ = __rtruediv__ = _refusing("plugin-no-operator", "/")
        __floordiv__ = __rfloordiv__ = _refusing("plugin-no-operator", "//")
        __mod__ = __rmod__ = _refusing("plugin-no-operator", "%")
        __divmod__ = __rdivmod__ = _refusing("plugin-no-operator", "divmod()")
        __pow__ = __rpow__ = _refusing("plugin-no-operator", "**")
        __matmul__ = __rmatmul__ = _refusing("plugin-no-operator", "@")
        __lshift__ = __rlshift__ = _refusing("plugin-no-operator", "<<")
        __rshift__ = __rrshift__ = _refusing("plugin-no-operator", ">>")
        __and__ = __rand__ = _refusing("plugin-no-operator", "&")
        __or__ = __ror__ = _refusing("plugin-no-operator", "|")
        __xor__ = __rxor__ = _refusing("plugin-no-operator", "^")
        __lt__ = __gt__ = _refusing("plugin-no-operator", "<")
        __le__ = __ge__ = _refusing("plugin-no-operator", "<=")
        __invert__ = _refusing("plugin-no-operator", "~")
        __pos__ = _refusing("plugin-no-operator", "+")
        __abs__ = _refusing("plugin-no-operator", "abs()")

    def __array_ufunc__(self, function: Any, method: str, *given: Any, **options: Any) -> Any:
        """Numpy asks this, for `numpy.float64(3) * i.area` too, which is what it looks like."""
        made = _UFUNCS.get(function.__name__)
        if made is None or method != "__call__":
            raise PluginError.of("plugin-no-value", what=type(self).__name__, call=f"numpy.{function.__name__}()")
        return made(*(each if isinstance(each, Symbolic) else each.item() for each in given))

    def __array_function__(self, function: Any, *given: object) -> NoReturn:
        raise PluginError.of("plugin-no-value", what=type(self).__name__, call=f"numpy.{function.__name__}()")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        known = [each for each in dir(type(self)) if not each.startswith("_") and callable(getattr(type(self), each))]
        shown = {
            "what": type(self).__name__,
            "name": name,
            "instead": instead_of(name, known, one=self._per == "pilot"),
        }
        raise NoSuchNameError.of("plugin-no-method", **shown)


_UFUNCS: dict[str, Callable[..., Any]] = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv,
    "less": operator.lt, "less_equal": operator.le, "greater": operator.gt, "greater_equal": operator.ge,
    "equal": operator.eq, "not_equal": operator.ne,
}  # fmt: skip
"""What numpy's numbers have operators for, and so have our expressions."""


def asked_by_python(name: str) -> bool:
    """Return whether an attribute is one that Python's own modules look up, as `copy` looks up `__deepcopy__`."""
    return name.startswith("__")


def mistake(code: str, what: Symbolic, given: object) -> PluginError:
    """Return the error of combining `what` with `given`; `odd` is the one of the two that is not a condition."""
    odd = _shown(given if what._condition else what)
    instead = instead_of_operand(given, symbolic=isinstance(given, Symbolic))
    return PluginError.of(code, what=type(what).__name__, given=_shown(given), odd=odd, instead=instead)


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
