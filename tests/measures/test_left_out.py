"""What is said of rows that a measure leaves out: which, in which files, why, and the money in them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pilot_eval.measures.engines import PolarsEngine
from pilot_eval.measures.not_counted import not_counted
from pilot_eval.plugin import API, BaseType, Figure, File, Number, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.testing.bench import PILOT_ID, Bench

Row = Mapping[str, Any]


class Deal(Record):
    title: Text = column(zh="名称")
    value: Number = column(zh="金额", en="Value", unit="万元", optional=True)
    planned: Number = column(zh="计划", en="Planned", optional=True)
    proof: File = column(zh="佐证", en="Proof", optional=True)


def market() -> BaseType:
    made = BaseType("market", zh="市场", en="Markets", api=API)
    made.table(zh="项目")(Deal)

    @made.measure(unit="个", zh="有佐证的项目数", en="Proved")
    def proved(d: Deal) -> Figure:
        return d.proof.given().count()

    @made.measure(unit="个", zh="大项目数", en="Large")
    def large(d: Deal) -> Figure:
        return d.where(d.value > 5).count()

    @made.measure(unit="%", zh="平均完成率", en="Completion")
    def completion(d: Deal) -> Figure:
        return (d.value / d.planned).mean() * 100

    return made


def deal(value: float | None = 9, planned: float | None = 3, proof: str | None = "a.txt") -> Row:
    return {"title": "某", "value": value, "planned": planned} | ({"proof": proof} if proof else {})


def left_out(folder: Path, rows: Sequence[Row], parts: int = 1) -> dict[str, list[tuple[str, str, str, str]]]:
    """Code, place, Chinese and English message of each finding, by measure."""
    bench = Bench(compile_type(market()), {}, {}, {}, folder)
    taken = bench.submit({"deals": rows}, parts)
    found = not_counted(PolarsEngine(), bench.compiled, [*bench.compiled.measures.values()], {PILOT_ID: taken})
    assert {pilot for pilot, _ in found} <= {PILOT_ID}
    name = f"submissions/{PILOT_ID}/"
    return {
        measure: [(s.code, str(s.place).replace(name, ""), s.message.zh, s.message.en.replace(name, "")) for s in each]
        for (_, measure), each in found.items()
    }  # fmt: skip


def test_rows_with_an_empty_cell_are_said_with_their_money(tmp_path: Path) -> None:
    found = left_out(tmp_path, [deal(), deal(proof=None), deal(1.25, proof=None), deal(), deal(2, proof=None)])
    said = (
        "rows-not-counted",
        "deals.json:proof2",
        "“佐证”为空，未计入“有佐证的项目数”：第 2–3、5 行，共 3 条记录，金额合计 12.25 万元",
        "“Proof” is empty: not counted in “Proved” (rows 2–3, 5; 3 in all, Value 12.25 10,000 CNY)",
    )
    assert found == {"proved": [said]}


def test_rows_without_a_value_are_said_apart_from_those_with_an_empty_cell(tmp_path: Path) -> None:
    found = left_out(tmp_path, [deal(), deal(value=None), deal(planned=0), deal(planned=0), deal(value=3)])
    empty = "“Value” is empty: not counted in “{}” (row 2; 1 in all)"
    undefined = (
        "no value can be computed (as in a division by 0): not counted in “Completion” (rows 3–4; 2 in all, Value"
    )
    assert {measure: [(code, place) for code, place, *_ in each] for measure, each in found.items()} == {
        "completion": [("rows-not-counted", "deals.json:value2"), ("rows-without-value", "deals.json:3")],
        "large": [("rows-not-counted", "deals.json:value2")],  # 3 is outside the condition, which is no fault
    }
    assert [each[3] for each in found["large"]] == [empty.format("Large")]
    assert found["completion"][0][3] == empty.format("Completion")
    assert found["completion"][1][3].startswith(undefined)
    assert left_out(tmp_path / "whole", [deal(), deal(value=3)]) == {}


def test_rows_of_another_file_are_said_with_its_name(tmp_path: Path) -> None:
    [[(_, place, zh, en)]] = left_out(tmp_path, [deal(proof=None)] * 3 + [deal()], parts=2).values()
    assert place == "east/deals.json:1"  # a file without the column: its row has no cell to name
    assert f"第 1–2 行；submissions/{PILOT_ID}/west/deals.json 第 1 行，共 3 条记录，金额合计 27 万元" in zh
    assert "(rows 1–2; west/deals.json row 1; 3 in all, Value 27 10,000 CNY)" in en


@pytest.mark.parametrize(("runs", "more"), [(20, ""), (21, " …")])
def test_twenty_runs_of_rows_are_named(runs: int, more: str, tmp_path: Path) -> None:
    found = left_out(tmp_path, [deal(proof=None if row % 2 else "a.txt") for row in range(2 * runs)])
    [(_, _, zh, en)] = found["proved"]
    rows = [str(2 * number) for number in range(1, 21)]
    assert f"第 {'、'.join(rows)}{more} 行，共 {runs} 条记录，金额合计 {9 * runs} 万元" in zh
    assert f"(rows {', '.join(rows)}{more}; {runs} in all" in en
