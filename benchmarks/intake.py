"""Prints the speed of reading evidence, as ratios: `python benchmarks/intake.py [rows]`.

Compares validation of a table of five columns with pydantic-core alone on the same rows, and reading files of every
kind with python-calamine's bare read of the same file, if it is installed and reads such files; each runs five times in
turn, and the ratio is that of the medians of CPU time. Also measures the memory that a whole CSV needs.
"""

import gc
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Literal

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

try:
    import python_calamine
except ImportError:  # an extra: without it, times are printed alone
    python_calamine = None
try:
    import xlwt
except ImportError:
    xlwt = None

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
    """Return the ratio of the medians of five runs each, in turn, in CPU time."""
    mine, others = medians(ours, theirs)
    return mine / others


def medians(*works: Callable[[], object]) -> list[float]:
    """Return the median seconds of CPU of five runs of each, in turn; without garbage collection, as in the child."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(5):
        for work, taken in zip(works, seconds, strict=True):
            gc.collect()
            gc.disable()
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
            gc.enable()
    return list(map(median, seconds))


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


def cells(count: int) -> Iterator[list[object]]:
    """Yield the header and rows of two texts, two numbers and a word."""
    yield list(HEADER)
    for row in rows(count, faults=False):
        yield [*row[:3], float(row[3]), row[4]]


def in_xlsx(path: Path, sheet: Iterable[Sequence[object]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("活动")
        for index, row in enumerate(sheet):
            page.write_row(index, 0, row)


def in_xls(path: Path, sheet: Iterable[Sequence[object]]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("活动")
    for index, row in enumerate(sheet):
        for column, cell in enumerate(row):
            page.write(index, column, cell)
    book.save(str(path))


def in_ods(path: Path, sheet: Iterable[Sequence[object]]) -> None:
    def cell(value: object) -> str:
        kind = f'float" office:value="{value}' if isinstance(value, (int, float)) else "string"
        return f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p></table:table-cell>'

    spaces = "".join(f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ODF)
    made = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in sheet)
    content = f'<office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="活动">{made}'
    content += "</table:table></office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{MANIFEST}"/>')


def in_csv(path: Path, sheet: Iterable[Sequence[object]]) -> None:
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in sheet), encoding="utf-8")


def in_html(path: Path, sheet: Iterable[Sequence[object]]) -> None:
    made = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in sheet)
    path.write_text(f"<html><meta charset=utf-8><table>{made}</table></html>", encoding="utf-8")


def in_xml2003(path: Path, sheet: Iterable[Sequence[object]]) -> None:
    def cell(value: object) -> str:
        kind = "Number" if isinstance(value, (int, float)) else "String"
        return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'

    made = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in sheet)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="活动"><Table>'
    path.write_text(f"{head}{made}</Table></Worksheet></Workbook>", encoding="utf-8")


ODF, MANIFEST = ("office", "table", "text"), "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def reading(count: int) -> None:
    """Print the time of reading the same rows from files of every kind, and XLSX and XLS of other contents."""
    chance = random.Random(2018)  # noqa: S311
    dense = [[chance.randrange(100) for _ in range(40)] for _ in range(count // 8)]
    numbers = [[chance.random() * 1e6 for _ in range(10)] for _ in range(count // 2)]
    strings = [[f"文{chance.randrange(10**5)}" for _ in range(10)] for _ in range(count // 2)]
    lines = min(count, 60_000)  # an XLS has 65,536 rows
    kinds: list[tuple[str, str, Callable[[Path, Iterable[Sequence[object]]], None], Iterable[Sequence[object]]]] = [
        ("XLSX", "a.xlsx", in_xlsx, cells(count)), ("XLSX, dense", "b.xlsx", in_xlsx, dense),
        ("XLSX, strings", "c.xlsx", in_xlsx, strings), ("XLSX, numbers", "d.xlsx", in_xlsx, numbers),
        ("ODS", "a.ods", in_ods, cells(count)), ("CSV", "a.csv", in_csv, cells(count)),
        ("HTML", "b.xls", in_html, cells(count)), ("XML of 2003", "c.xls", in_xml2003, cells(count)),
    ]  # fmt: skip
    if xlwt:
        kinds += [("XLS", "a.xls", in_xls, cells(lines)), ("XLS, numbers", "d.xls", in_xls, numbers[:lines])]
    with tempfile.TemporaryDirectory() as folder:
        for kind, name, write, sheet in kinds:
            path = Path(folder) / name
            write(path, sheet)
            said = one_kind(path)
            print(f"reading {kind}, {path.stat().st_size / 2**20:.1f} MB: {said}")


def one_kind(path: Path) -> str:
    def ours() -> None:
        read_grids(path, path.name, Limits())

    def theirs() -> None:
        with python_calamine.load_workbook(str(path)) as book:
            book.get_sheet_by_index(0).to_python()

    if python_calamine and path.name not in ("a.csv", "b.xls", "c.xls"):
        mine, others = medians(ours, theirs)
        return f"{mine:.3f} s of CPU, {mine / others:.2f} × python-calamine's bare read"
    return f"{medians(ours)[0]:.3f} s of CPU"


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
