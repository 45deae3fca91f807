"""Prints the speed of reading evidence, as ratios: `python benchmarks/intake.py [rows]`.

Compares validation of a table of five columns with pydantic-core alone on the same rows, and reading an XLSX with
calamine alone; each runs five times in turn, and the ratio is that of the medians. Also measures the memory that a
whole CSV needs.
"""

import gc
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Literal

import python_calamine
import xlsxwriter
from pydantic import TypeAdapter
from typing_extensions import TypedDict

from pilot_eval.evidence.cells.columns import ReadingContext
from pilot_eval.evidence.readers.by_content import read_grids
from pilot_eval.evidence.readers.grid import Grid
from pilot_eval.evidence.readers.limits import Limits
from pilot_eval.evidence.tables.layout import layout_of
from pilot_eval.evidence.tables.locate import locate
from pilot_eval.evidence.tables.validate import validate
from pilot_eval.plugin.common import common

HEADER = ["日期", "活动名称", "类型", "参加人次", "是否联合举办"]
KINDS = ["主题活动", "培训", "创业服务", "交流对接", "议事协商", "公益服务"]


class Event(TypedDict):
    """The same columns, as pydantic declares them."""

    held: date
    title: str
    kind: Literal["主题活动", "培训", "创业服务", "交流对接", "议事协商", "公益服务"]
    participants: float
    joint: Literal["是", "否"]


def rows(count: int, *, faults: bool) -> Iterator[list[str]]:
    """Yield rows as a CSV has them; with faults, every thousandth has an approximate number and an unknown word."""
    chance = random.Random(2018)  # noqa: S311
    first = date(2018, 1, 1)
    for i in range(count):
        faulty = faults and i % 1000 == 0
        yield [
            (first + timedelta(days=chance.randrange(365))).isoformat(),
            f"活动{i}",
            "没有这一类" if faulty else chance.choice(KINDS),
            "约120" if faulty else str(chance.randrange(500)),
            chance.choice(["是", "否"]),
        ]


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """Return the ratio of the medians of five runs each, in turn; no garbage collection, as in the child process."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(5):
        for work, taken in zip((ours, theirs), seconds, strict=True):
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
            gc.enable()
    return median(seconds[0]) / median(seconds[1])


def validation(count: int) -> None:
    adapter = TypeAdapter(list[Event])
    records = [dict(zip(Event.__annotations__, row, strict=True)) for row in rows(count, faults=False)]
    layout = layout_of(common.tables["events"], {})
    grid = Grid("events.csv", None, [HEADER, *rows(count, faults=True)])

    def ours() -> None:
        located, _ = locate(grid, [layout], layout)
        assert located is not None  # noqa: S101
        _, findings = validate(located, ReadingContext(period=(17532.0, 17896.0)))
        assert {"cell-choice", "cell-approximate"} <= {each.code for each in findings}  # noqa: S101

    found = ratio(ours, lambda: adapter.validate_python(records))
    print(f"validation, {count:,} rows: {found:.2f} × pydantic-core alone")


def reading(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("活动")
            for index, row in enumerate(chain([HEADER], rows(count, faults=False))):
                sheet.write_row(index, 0, row[:3])
                sheet.write(index, 3, float(row[3]) if index else row[3])
                sheet.write(index, 4, row[4])
        limits = Limits(rows=count + 10)

        def bare() -> None:
            with python_calamine.load_workbook(str(path)) as book:
                book.get_sheet_by_index(0).to_python()

        found = ratio(lambda: read_grids(path, "events.xlsx", limits), bare)
        print(f"reading an XLSX, {count:,} rows: {found:.2f} × calamine's bare read")


def whole(count: int) -> None:
    """Read and validate a CSV once, in its own process, and print the peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(",".join(row) + "\n" for row in chain([HEADER], rows(count, faults=True)))
        subprocess.run([sys.executable, __file__, "once", str(path)], check=True)


def once(path: Path) -> None:
    gc.disable()
    layout = layout_of(common.tables["events"], {})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grid = read_grids(path, path.name, Limits())[0]
    located, _ = locate(grid, [layout], layout)
    assert located is not None  # noqa: S101
    validate(located, ReadingContext())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"a CSV of {len(grid.rows) - 1:,} rows, read and validated: {peak / 1024:,.0f} MB at its peak,")
    print(f"  {before / 1024:,.0f} MB of it before the file is opened")


if __name__ == "__main__":
    if sys.argv[1:2] == ["once"]:
        once(Path(sys.argv[2]))
    else:
        total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
        whole(total)  # first: a child process starts with its parent's peak
        validation(total)
        reading(total // 10)
