"""Good variants: merged and hidden cells, rows, columns and sheets."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.support import writers as w
from tests.support.corpus.variants import (
    EVENTS,
    Row,
    Variant,
    good,
    sheet_of,
)
from tests.support.writers import Raw, Rows, Wps

BODY = sheet_of("events")[1:]


def _merged() -> Iterator[Variant]:
    rows = [["类型", "日期", "活动名称", "参加人次", "是否联合举办"],
            ["培训", "2018-03-02", "第一期", 10, "否"], [None, "2018-04-02", "第二期", 20, "否"],
            ["交流对接", "2018-05-02", "对接会", 30, "是"]]  # fmt: skip
    expected: list[Row] = [
        {"held": "2018-03-02", "title": "第一期", "kind": "training", "participants": 10, "joint": False},
        {"held": "2018-04-02", "title": "第二期", "kind": "training", "participants": 20, "joint": False},
        {"held": "2018-05-02", "title": "对接会", "kind": "exchange", "participants": 30, "joint": True},
    ]
    for id, write in merging("A2:A3", (1, 2, 0, 0)).items():
        yield good(f"merged-first-column-{id}", id, rows, expected, "cells-merged A2", write=write)
    spans = {(1, 0): "rowspan=2"}
    page = [rows[0], rows[1], rows[2][1:], rows[3]]
    yield good("merged-first-column-html", "html", rows, expected, "cells-merged A2", "file-extension",
               write=lambda name, _: w.as_html(page, spans=spans))  # fmt: skip
    covered = [rows[0], [Raw('<table:table-cell office:value-type="string" table:number-rows-spanned="2" '
               'table:number-columns-spanned="1"><text:p>培训</text:p></table:table-cell>'), *rows[1][1:]],
               [Raw("<table:covered-table-cell/>"), *rows[2][1:]], rows[3]]  # fmt: skip
    yield good("merged-first-column-ods", "ods", rows, expected, "cells-merged A2",
               write=lambda name, _: w.as_ods({name: covered}))  # fmt: skip
    title = [["2018年度活动台账", None, None, None, None], *sheet_of("events")]
    for id, write in merging("A1:E1", (0, 0, 0, 4)).items():
        yield good(f"merged-title-{id}", id, title, EVENTS, "rows-above 1", write=write)
    two = [["日期", "活动", None, "参加人次", "是否联合举办"], [None, "活动名称", "类型", None, None], *BODY]
    for id, write in merging("A1:A2 B1:C1 D1:D2 E1:E2", (0, 1, 0, 0), (0, 0, 1, 2), (0, 1, 3, 3), (0, 1, 4, 4)).items():
        marks = [f"cells-merged {cell}" for cell in ("A1", "D1", "E1")]
        yield good(f"two-header-rows-{id}", id, two, EVENTS, "rows-above 1", *marks, write=write)
    flags = [[*row[:4], "否"] for row in sheet_of("events")[1:]]
    flags[1][4] = flags[2][4] = None
    down = [sheet_of("events")[0], *flags]
    same = [{**row, "joint": False} for row in EVENTS]
    for id, write in merging("E2:E4", (1, 3, 4, 4)).items():
        yield good(f"merged-flag-{id}", id, down, same, "cells-merged E2", write=write)
    tall = [sheet_of("events")[0], BODY[0], [None] * 5, BODY[1], BODY[2]]
    every = " ".join(f"{c}2:{c}3" for c in "ABCDE")
    for id, write in merging(every, *((1, 2, at, at) for at in range(5))).items():
        yield good(f"merged-whole-rows-{id}", id, tall, EVENTS, write=write)


def merging(references: str, *areas: tuple[int, int, int, int]) -> dict[str, Callable[[str, Rows], bytes]]:
    """Ways to write a workbook with merged cells; an area is first and last row, first and last column."""
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in references.split())
    below = f'<mergeCells count="{len(areas)}">{cells}</mergeCells>'

    def by_openpyxl(book: Any) -> None:
        for each in references.split():
            book.worksheets[0].merge_cells(each)

    def by_xlwt(book: Any) -> None:
        book.get_sheet(0).merged_ranges.extend(areas)

    return {
        "openpyxl": lambda name, rows: w.by_openpyxl({name: rows}, by_openpyxl),
        "wps": lambda name, rows: Wps(below=below).book({name: rows}),
        "xls": lambda name, rows: w.by_xlwt({name: rows}, by_xlwt),
    }


def _hidden() -> Iterator[Variant]:
    rows = sheet_of("events")

    def row_openpyxl(book: Any) -> None:
        book.worksheets[0].row_dimensions[3].hidden = True

    def column_openpyxl(book: Any) -> None:
        book.worksheets[0].column_dimensions["D"].hidden = True

    def sheet_openpyxl(book: Any) -> None:
        book.create_sheet("首页")
        book.worksheets[0].sheet_state = "hidden"

    def row_xlwt(book: Any) -> None:
        book.get_sheet(0).row(2).hidden = True

    def column_xlwt(book: Any) -> None:
        book.get_sheet(0).col(3).hidden = True

    def sheet_xlwt(book: Any) -> None:
        book.add_sheet("首页")
        book.get_sheet(0).visibility = 1
        book.set_active_sheet(1)

    visible = '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
    ways: Mapping[str, tuple[str, str, Callable[[str, Rows], bytes]]] = {
        "row-openpyxl": ("openpyxl", "rows-hidden 3", lambda n, r: w.by_openpyxl({n: r}, row_openpyxl)),
        "row-wps": ("wps", "rows-hidden 3", lambda n, r: Wps(hidden_rows=(3,)).book({n: r})),
        "row-xls": ("xls", "rows-hidden 3", lambda n, r: w.by_xlwt({n: r}, row_xlwt)),
        "row-ods": ("ods", "rows-hidden 3",
                    lambda n, r: w.as_ods({n: r}, rows_xml={3: 'table:visibility="filter"'})),
        "rows-wps": ("wps", "rows-hidden 2", lambda n, r: Wps(hidden_rows=(2, 3, 4)).book({n: r})),
        "column-openpyxl": ("openpyxl", "columns-hidden D", lambda n, r: w.by_openpyxl({n: r}, column_openpyxl)),
        "column-wps": ("wps", "columns-hidden D",
                       lambda n, r: Wps(above='<cols><col min="4" max="4" width="0" hidden="1"/></cols>').book({n: r})),
        "column-xls": ("xls", "columns-hidden D", lambda n, r: w.by_xlwt({n: r}, column_xlwt)),
        "column-ods": ("ods", "columns-hidden D", lambda n, r: w.as_ods({n: r}, columns_xml=visible)),
        "sheet-openpyxl": ("openpyxl", "sheet-hidden", lambda n, r: w.by_openpyxl({n: r}, sheet_openpyxl)),
        "sheet-wps": ("wps", "sheet-hidden",
                      lambda n, r: Wps(state={n: "veryHidden"}).book({n: r, "首页": []})),
        "sheet-xls": ("xls", "sheet-hidden", lambda n, r: w.by_xlwt({n: r}, sheet_xlwt)),
        "sheet-ods": ("ods", "sheet-hidden", lambda n, r: w.as_ods({n: r, "首页": []}, hidden=[n])),
    }  # fmt: skip
    for id, (container, said, write) in ways.items():
        yield good(f"hidden-{id}", container, rows, EVENTS, said, write=write)


VARIANTS: tuple[Variant, ...] = (*_merged(), *_hidden())
