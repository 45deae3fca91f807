"""Prints how fast reports are rendered, as ratios: `python benchmarks/report.py`.

Rendering all pages of the example in one language against reading them back by Python's own parser of HTML, each five
times in turn: the ratio of the medians.
"""

import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from statistics import median

from pilot_eval import api
from pilot_eval.report import render

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "zhengzhou-2018"
TIMES = 5


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, for a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def parsed(pages: dict[str, str]) -> None:
    for page in pages.values():
        HTMLParser().feed(page)


def main() -> None:
    record = api.assess(api.open_round(EXAMPLE))
    pages = render(record, "zh")
    taken = [(seconds(lambda: render(record, "zh")), seconds(lambda: parsed(pages))) for _ in range(TIMES)]
    rendering, parsing = (median(times) for times in zip(*taken, strict=True))
    size = sum(map(len, pages.values()))
    print(f"{len(pages)} pages, {size / 2**20:.1f} million signs")
    print(f"rendering : parsing the pages = {rendering / parsing:.2f} : 1")


if __name__ == "__main__":
    main()
