"""Which tables of a page only arrange others."""

import re

import pytest

from pilot_eval.evidence.readers.html_layout import layout_tables

RECORDS = "<table><tr><th>名称</th><th>人数</th></tr><tr><td>甲</td><td>1</td></tr></table>"
ROW = "<table><tr><td>甲</td><td>1</td></tr></table>"
LIST = "<table><tr><td>甲</td><td></td></tr><tr><td>乙</td><td>&nbsp;</td></tr></table>"


def table(*rows: str) -> str:
    """A table of rows, in which bars separate the cells."""
    return "<table>" + "".join(f"<tr><td>{row.replace('|', '</td> <td>')}</td></tr>" for row in rows) + "</table>"


@pytest.mark.parametrize(
    ("page", "arranging"),
    [
        (RECORDS, set()), (table(RECORDS), {0}), (table("标题", RECORDS), {0}), (f"标题{table(RECORDS)}结束", {0}),
        (RECORDS + table(RECORDS), {1}), (f"</td></tr></table>{table(RECORDS)}", {0}),
        # one cell beside it may say what it is; two are a record's
        (table(f"说明|{RECORDS}"), {0}), (table(f"甲|3|{RECORDS}"), set()), (table(f"{RECORDS}|甲|3"), set()),
        (table(f"甲|&nbsp;|{RECORDS}"), {0}), (table(f"说明{RECORDS}|甲"), {0}), (table(f"{RECORDS}说明|甲"), {0}),
        (table(f"甲|{RECORDS}|3|"), set()),
        # its other rows may be wide
        (table("甲|3", RECORDS), {0}), (table(RECORDS, "甲|3"), {0}), (table("甲|3", "乙|4", RECORDS, "丙|5"), {0}),
        (table(f"甲|3|{RECORDS}", "乙|4"), set()), (table(f"甲|3|{RECORDS}", RECORDS), set()),
        # what it holds has several wide rows, or holds such a table itself
        (table(ROW), set()), (table(LIST), set()), (table(table(RECORDS)), {0, 1}),
        (table("标题", table("标题", RECORDS)), {0, 1}), (table(RECORDS, table(RECORDS)), {0, 2}),
        (table(table(f"说明{RECORDS}|甲")), {0, 1}), (table(table(f"甲|3|{RECORDS}")), {0}),
        # rows may lack their tags
        (f"<table><td>甲</td><td>{RECORDS}</td></table>", {0}),
        (f"<table><td>甲</td><td>3</td><tr><td>{RECORDS}</td></tr></table>", {0}),
        # what is in a record belongs to it
        (table(f"甲|3|{table(RECORDS)}"), set()), (RECORDS + table(f"甲|3|{table(table(RECORDS))}"), set()),
    ],
)  # fmt: skip
def test_a_table_that_holds_others_only_arranges_them_unless_it_has_records(page: str, arranging: set[int]) -> None:
    for said in (page, re.sub("</t[dhr]>", "", page)):
        tags = [
            ("", "", said.partition("<")[0]),
            *((tag, "", after) for tag, after in re.findall("<([^>]+)>([^<]*)", said)),
        ]
        assert layout_tables(tags) == arranging
