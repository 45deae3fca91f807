"""Prints how comparing pilots grows with their number: `python benchmarks/peers.py [pilots] [items]`.

The comparison of so many pilots on so many indicators (by default 5,000 and 60), each of their figures approximate, on
every engine; then of one indicator, with twice as many pilots each time, against pairing each pilot with every other.
CPU seconds, their ratios, and the memory that the largest run needs.
"""

import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pilot_eval.measures.engines import Engine, PolarsEngine, installed
from pilot_eval.method.schema import Scoring
from pilot_eval.scoring.peers import PeerFigures, compare_peers, comparisons
from tests.support.scoring.lab import indicator
from tests.support.scoring.pairwise import pairwise


def drawn(pilots: int, items: Sequence[Scoring]) -> list[PeerFigures]:
    """Return approximate figures of pilots that are one group."""
    random_ = random.Random(5)  # noqa: S311
    figures = []
    for at in range(pilots):
        values = {item.id: random_.uniform(0, 1000) for item in items}
        of = {id_: (value, value - random_.random(), value + random_.random()) for id_, value in values.items()}
        figures.append(PeerFigures(f"p{at:06}", {"base_type": "", "tier": "", "all": ""}, of))
    return figures


def seconds(engine: Engine, items: Sequence[Scoring], figures: Sequence[PeerFigures]) -> float:
    began = time.process_time()
    compare_peers(engine, comparisons(items), figures)
    return time.process_time() - began


def seconds_in_pairs(engine: Engine, item: Scoring, figures: Sequence[PeerFigures]) -> float:
    [(_, rule)] = comparisons([item])
    names = ("value", "low", "high")
    given = [{"pilot": each.pilot, "group": "", **dict(zip(names, each.of[item.id], strict=True))} for each in figures]
    began = time.process_time()
    pairwise(engine, item.id, rule, given).collect()
    return time.process_time() - began


def main(pilots: int, count: int) -> None:
    items = [indicator(f"I{at}", "sold", 1, {"minmax": {}}) for at in range(count)]
    figures = drawn(pilots, items)
    for engine in installed():
        print(f"{pilots} pilots, {count} indicators, {engine.name}: {seconds(engine, items, figures):.1f} s")
    print(f"memory: at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MB")
    engine, one = PolarsEngine(), items[:1]
    before: tuple[float, float] | None = None
    for size in (1000, 2000, 4000):
        some = drawn(size, one)
        now = min(seconds(engine, one, some) for _ in range(3)), seconds_in_pairs(engine, one[0], some)
        grown = "" if before is None else f"; grown {now[0] / before[0]:.1f} and {now[1] / before[1]:.1f} times"
        print(f"{size} pilots: {now[0]:.3f} s, in pairs {now[1]:.3f} s, {now[1] / now[0]:.0f} times as long{grown}")
        before = now


if __name__ == "__main__":
    main(*(int(each) for each in (*sys.argv[1:], *("5000", "60")[len(sys.argv) - 1 :])))
