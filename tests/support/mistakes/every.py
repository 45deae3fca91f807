"""All the mistakes."""

from functools import cache

from tests.support.mistakes import cells, periods, repeats, sources, sums
from tests.support.mistakes.case import Mistake


@cache
def every() -> tuple[Mistake, ...]:
    modules = (sources, periods, sums, cells, repeats)
    return tuple(each for module in modules for each in module.mistakes())
