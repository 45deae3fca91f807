"""Large tables take time in proportion to their size: four times as much takes at most six times as long.

Two sizes are measured in one run, in CPU time, so that the speed of the machine doesn't matter.
"""

import gc
import sys
import time
from collections.abc import Callable
from statistics import median
from types import FrameType

import pytest

from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.readers.text import read_csv
from pilot_eval.evidence.tables.layout import layout_of
from pilot_eval.evidence.tables.locate import locate, stacked
from pilot_eval.evidence.tables.validate import validate
from pilot_eval.plugin.common import common

LAYOUTS = [layout_of(table, {}) for table in common.tables.values()]
EVENTS = next(layout for layout in LAYOUTS if layout.id == "events")
HEADER = "日期,活动名称,类型,参加人次,是否联合举办"
DIGITS = "一二三四五六七八九"


def small_tables(count: int) -> str:
    return "\n".join(f"表{at}\n{HEADER}\n2018-03-01,讲座{at},培训,{at % 90},否\n" for at in range(count))


def tables_of_two_kinds(count: int) -> str:
    headers = [",".join(column.label.zh for column in layout.columns) for layout in LAYOUTS[:2]]
    return "\n".join(f"{headers[at % 2]}\n2018-03-01,讲座{at},培训,{at % 90},否\n" for at in range(count))


def tables_of_many_kinds(count: int) -> str:
    headers = [",".join(column.label.zh for column in layout.columns) for layout in LAYOUTS]
    return "\n".join(f"表{at}\n{headers[at % len(headers)]}\n2018-03-01,讲座{at},培训,3,否\n" for at in range(count))


def wrong_dates(count: int) -> str:
    return HEADER + "".join(f"\n2018-13-{at % 90 + 1},讲座{at},培训,{at % 90},否" for at in range(count))


def headers_in_a_row(count: int) -> str:
    return HEADER + "".join(f",列{at}" for at in range(count)) + "\n2018-03-01,讲座,培训,3,否"


def chinese_numerals(count: int) -> str:
    def numeral(at: int) -> str:
        return "".join(DIGITS[at // 9**place % 9] + sign for place, sign in enumerate(("万", "千", "百", "十", "")))

    return HEADER + "".join(f"\n2018-03-01,讲座{at},培训,{numeral(at)},否" for at in range(count))


def work_of(text: str) -> Callable[[], None]:
    def work() -> None:
        for part in stacked(read_csv(text, "events.csv", Limits(columns=100_000)), LAYOUTS):
            located, _ = locate(part, LAYOUTS, EVENTS)
            if located is not None:
                validate(located, ReadingContext(period=(17532.0, 17896.0)))

    return work


def seconds(work: Callable[[], None]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize(
    ("made", "size"),
    [
        (small_tables, 400), (tables_of_two_kinds, 10), (wrong_dates, 4000), (headers_in_a_row, 50),
        (chinese_numerals, 1000),
    ],
    ids=lambda each: getattr(each, "__name__", str(each)),
)  # fmt: skip
def test_four_times_as_much_takes_at_most_six_times_as_long(made: Callable[[int], str], size: int) -> None:
    once, four_times = work_of(made(size)), work_of(made(4 * size))
    once()  # what is worked out once for all
    ratios = [seconds(four_times) / seconds(once) for _ in range(3)]
    assert median(ratios) <= 6, ratios


def columnar_operations(work: Callable[[], None]) -> int:
    """Return how often polars is asked for a result: each time costs as much as a hundred cells."""
    count = 0

    def see(frame: FrameType, event: str, called: object) -> None:
        nonlocal count
        count += event == "c_call" and getattr(called, "__name__", "") == "collect"

    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_a_small_table_and_a_column_cost_few_columnar_operations() -> None:
    tables, columns = work_of(tables_of_many_kinds(50)), work_of(headers_in_a_row(300))
    tables()  # what is worked out once for all
    assert columnar_operations(tables) < 50 * 40
    assert columnar_operations(columns) < 300
