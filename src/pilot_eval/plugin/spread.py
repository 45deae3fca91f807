"""The standard deviation of a column, with bounds."""

import narwhals.stable.v2 as nw

from pilot_eval.plugin.figures import Aggregates
from pilot_eval.plugin.intervals import Trio


def deviation(
    figure: Aggregates, cells: Trio, certain: nw.Expr, kept: Trio, doubtful: nw.Expr, *, settled: bool, less: int
) -> Trio:
    """Return the standard deviation of the cells that are kept, and add what it needs to the figure's aggregates.

    certain: the cells that certainly exist. settled: none of them is in doubt. less: what their number is reduced by, 1
    for a sample and 0 for a population.
    """

    def over(flag: nw.Expr, each: nw.Expr) -> nw.Expr:
        return nw.when(flag).then(each)

    enough = figure.add(over(kept.value, cells.value).count()) > less  # of too few, engines differ
    value = nw.when(enough).then(figure.add(over(kept.value, cells.value).std(ddof=less)))
    if cells.exact and settled:
        return Trio.of(value)
    half = (cells.high - cells.low) / 2
    middle = figure.add(over(kept.high, cells.low + half).std(ddof=less))
    squares, n = (figure.add(each) for each in (over(kept.high, half * half).sum(), over(kept.high, half).count()))
    # The deviation of a sum of two vectors is at most the sum of theirs.
    off = nw.when(n > less).then(squares / (n - less)).sqrt()
    widest = (figure.add(over(kept.high, cells.high).max()) - figure.add(over(kept.high, cells.low).min())) / 2
    most = widest * 2 ** (less / 2)  # half of the cells at either end (Popoviciu, 1935); most for two of a sample
    sure = figure.add(over(doubtful, cells.low).count()) == 0
    low = nw.when(sure).then(nw.min_horizontal(value, (middle - off).clip(0.0, None))).otherwise(nw.lit(0.0))
    high = nw.max_horizontal(value, nw.when(sure).then(nw.min_horizontal(middle + off, most)).otherwise(most))
    lacks = figure.add(over(kept.low, certain).count()) <= less
    return Trio(value, nw.when(n > less).then(low), nw.when(n > less).then(high), lacks)
