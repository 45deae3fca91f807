"""Which cells a measure cites, and which rows of a table are shown."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.errors import Severity
from pilot_eval.measures import lineage
from pilot_eval.measures.engines import PolarsEngine
from pilot_eval.measures.lineage import extracts, traced
from pilot_eval.plugin import API, BaseType, Choice, Count, Date, Figure, File, Flag, Number, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.testing.bench import PILOT_ID, Bench
from pilot_eval.text import Words

Rows = Sequence[Mapping[str, Any]]


class Trade(Record):
    """A column of each kind, in the order of the letters A to H."""

    title: Text = column(zh="名称")
    day: Date = column(zh="日期", optional=True)
    kind: Choice = column(zh="类型", choices={"in": "购进", "out": "售出"})
    group: Choice = column(zh="类别", codes="groups")
    paid: Flag = column(zh="已付")
    pieces: Count = column(zh="件数", unit="件", optional=True)
    value: Number = column(zh="金额", unit="元", optional=True)
    proof: File = column(zh="凭证", optional=True)


def market() -> BaseType:
    made = BaseType("market", zh="市场", en="Markets", api=API)
    made.table(zh="交易")(Trade)

    @made.measure(unit="元")
    def price(t: Trade) -> Figure:
        return t.value.sum() / t.pieces.sum()

    @made.measure(unit="%")
    def paid_share(t: Trade) -> Figure:
        return t.where(t.kind == "out").paid.share() * 100

    @made.measure(unit="个")
    def sold_or_dear(t: Trade) -> Figure:
        return t.where(t.kind == "out").count() + t.where(t.value > 50).count()

    @made.measure(unit="个")
    def trades_made(t: Trade) -> Figure:
        return t.count()

    return made


ROWS: list[dict[str, Any]] = [
    {"title": "甲", "day": "2018-03-02", "kind": "in", "group": "food", "paid": True, "pieces": 4, "value": "约100"},
    {"title": "乙", "day": "2018年5月", "kind": "out", "group": "cloth", "paid": False, "pieces": None, "value": 9.5},
    {"title": "丙", "day": None, "kind": "out", "group": "food", "paid": True, "pieces": 0, "value": None},
    {"title": "丁", "day": "2018-12-31", "kind": "out", "group": "food", "paid": True, "pieces": 2, "value": 1234567.5},
    {"title": "戊", "day": "2018-06-01", "kind": "in", "group": "food", "paid": True, "pieces": None, "value": None},
]
GROUPS = {"groups": {"food": Words(zh="食品", en="food"), "cloth": Words(zh="布料", en="cloth")}}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(compile_type(market()), GROUPS, {}, {}, tmp_path / "bench")


def cited(bench: Bench, tables: Mapping[str, Rows], parts: int = 1) -> dict[str, list[tuple[str, str, int]]]:
    """The files, cells and number of rows that each measure cites."""
    taken = bench.submit(tables, parts)
    files = [str(each.place) for each in taken.intake.findings if each.severity is Severity.ERROR]
    assert files == []
    paths = {table: [taken.folder / f"{table}.parquet"] for table in taken.intake.rows}
    measures = list(bench.compiled.measures.values())
    found = traced(PolarsEngine(), bench.compiled, measures, paths, {PILOT_ID: taken.intake})
    return {
        measure: [(each.file.rpartition("/")[2], each.cells, each.count) for each in trace.evidence]
        for (pilot, measure), trace in found.items() if pilot == PILOT_ID
    }  # fmt: skip


def test_every_column_and_every_row_that_took_part_is_cited(bench: Bench) -> None:
    assert cited(bench, {"trades": ROWS}) == {
        "price": [("trades.json", "pieces1:pieces4, value1:value4", 4)],
        "paid_share": [("trades.json", "kind2:kind4, paid2:paid4", 3)],
        "sold_or_dear": [("trades.json", "kind1:kind4, value1:value4", 4)],
        "trades_made": [("trades.json", "title1:title5", 5)],  # reads no cell: the rows are cited by their first
    }


def test_rows_of_two_files_are_cited_apart(bench: Bench) -> None:
    rows = [*ROWS[:3], ROWS[4], ROWS[3]]
    made = cited(bench, {"trades": rows}, parts=2)
    assert made["paid_share"] == [
        ("trades.json", "kind2:kind3, paid2:paid3", 2),
        ("trades.json", "kind2, paid2", 1),
    ]
    assert made["price"][1] == ("trades.json", "pieces2, value2", 1)


def test_no_row_is_cited_where_there_is_nothing_to_report(bench: Bench) -> None:
    assert cited(bench, {"trades": []}) == {}


def test_a_huge_table_is_cited_by_its_first_and_last_rows(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [ROWS[0], *ROWS]
    monkeypatch.setattr(lineage, "EXACT_ROWS", len(rows))
    assert cited(bench, {"trades": [ROWS[3], *ROWS[:3], ROWS[4], ROWS[4]]})["paid_share"] == [
        ("trades.json", "kind1, kind3:kind4, paid1, paid3:paid4", 3)
    ]
    monkeypatch.setattr(lineage, "EXACT_ROWS", len(rows) - 1)
    made = cited(bench, {"trades": [ROWS[3], *ROWS[:3], ROWS[4], ROWS[4]]})
    assert made["paid_share"] == [("trades.json", "kind1:kind4, paid1:paid4", 3)]
    assert made["trades_made"] == [("trades.json", "title1:title6", 6)]
    assert cited(bench, {"trades": []}) == {}


def test_rows_are_shown_as_they_were_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = bench.submit({"trades": ROWS, "events": []})
    [extract] = extracts(taken.folder, taken.intake, bench.compiled, ["trades", "events", "plan"], GROUPS)
    assert (extract.table, extract.label.zh, extract.total) == ("trades", "交易", 5)
    assert extract.columns == ("title", "day", "kind", "group", "paid", "pieces", "value")  # no proof was sent
    assert [each.zh for each in extract.headers] == ["名称", "日期", "类型", "类别", "已付", "件数", "金额"]
    assert extract.units == ("", "", "", "", "", "件", "元")
    assert [(each.file.rpartition("/")[2], each.sheet, each.row) for each in extract.rows][3:] == [
        ("trades.json", None, 4),
        ("trades.json", None, 5),
    ]
    assert [each.cells for each in extract.rows] == [
        ("甲", "2018-03-02", "购进", "食品", "是", "4", "约100"),
        ("乙", "2018年5月", "售出", "布料", "否", "", "9.5"),
        ("丙", "", "售出", "食品", "是", "0", ""),
        ("丁", "2018-12-31", "售出", "食品", "是", "2", "1234567.5"),
        ("戊", "2018-06-01", "购进", "食品", "是", "", ""),
    ]
    monkeypatch.setattr(lineage, "SHOWN_ROWS", 2)
    [short] = extracts(taken.folder, taken.intake, bench.compiled, ["trades"], {})
    assert (len(short.rows), short.total) == (2, 5)
    assert short.rows[0].cells[3] == "food"  # a word that no list explains
