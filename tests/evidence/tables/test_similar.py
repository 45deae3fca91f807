"""Rows that are not identical but may mean the same thing, and proofs that several records share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pilot_eval.evidence.intake.take_in import Intake
from pilot_eval.evidence.tables.layout import layout_of
from pilot_eval.evidence.tables.similar import large_figures
from pilot_eval.plugin import BaseType, File, Number, Record, Text, column
from pilot_eval.plugin.compiling import compile_type
from pilot_eval.plugin.tables import NUMBER_KINDS
from tests.support import writers as w
from tests.support.corpus.taking import EXPECTED, each_taken_in, taken, written
from tests.support.corpus.variants import HEADERS, INFO, Variant, bad, layout
from tests.support.writers import Rows


def table(name: str, *rows: Sequence[Any]) -> Rows:
    return [list(HEADERS[name]), *map(list, rows)]


TALK = ["2018-04-12", "同心讲堂", "培训", 30, "否"]
PRIZE = ["文明单位", "省级", "2018-06-01", "省政府"]
DUE = ["公开事项", "应公开日期", "实际公开日期"]


def like(id: str, container: str, name: str, column: str, *rows: Sequence[Any]) -> Variant:
    return bad(f"{name}-{id}", container, table(name, *rows), f"row-similar {column}3", table=name)


test_alike = each_taken_in(
    like("of-two-kinds", "csv-utf8", "events", "B", TALK, [*TALK[:2], "创业服务", 30, "否"]),
    like("with-other-figures", "xls", "events", "B", TALK, [*TALK[:3], 32, "否"]),
    like("with-another-flag", "ods", "events", "B", TALK, [*TALK[:4], "是"]),
    like("with-blanks", "openpyxl", "events", "B", TALK, [TALK[0], "同 心讲堂", "培训", 35, "否"]),
    like("with-marks", "csv-gb18030", "events", "B", TALK, [TALK[0], "同心-讲堂", "培训", 35, "否"]),
    like("in-more-words", "wps", "events", "B", TALK, [TALK[0], "同心讲堂开讲", "培训", 35, "否"]),
    like("a-day-later", "csv-utf8", "events", "B", TALK, ["2018-04-13", "同心讲堂活动", "培训", 30, "否"]),
    like("a-day-earlier", "csv-utf8", "events", "B", TALK, ["2018-04-11", "同心·讲堂", "培训", 30, "否"]),
    like("in-its-month", "csv-utf8", "events", "B", TALK, ["2018年4月", *TALK[1:3], 35, "否"]),
    like("in-its-half", "csv-utf8", "events", "B", TALK, ["2018年1—6月", *TALK[1:3], 35, "否"]),
    like("in-full", "csv-utf8", "honours", "A", PRIZE, ["文明单位（集体）", *PRIZE[1:]]),
    like("spelled-otherwise", "csv-utf8", "honours", "A", PRIZE, ["文明 单位", "省级", "2018-06-02", "省政府"]),
    like("of-two-levels", "csv-utf8", "honours", "A", PRIZE, [PRIZE[0], "国家级", *PRIZE[2:]]),
    like("twice", "csv-utf8", "surveys", "A", ["年度", 100, 80, "纸质问卷"], ["年度", 100, 90, "纸质问卷"]),
    like("line-twice", "csv-utf8", "finance", "A", ["办公费", 100, 80], ["办公费", 30, 20]),
)  # fmt: skip

APART: dict[str, Rows] = {
    "two-on-a-day": table("events", TALK, [TALK[0], "法律咨询", *TALK[2:]], [TALK[0], "讲堂开班", "主题活动", 30,
                          "否"]),
    "numbered": table("events", [TALK[0], "讲堂第一期", *TALK[2:]], [TALK[0], "讲堂第二期", *TALK[2:]]),
    "numbered-once": table("events", TALK, [TALK[0], "同心讲堂2", *TALK[2:]]),
    "before-and-after-noon": table("events", *([TALK[0], f"讲堂（{part}）", *TALK[2:]] for part in ("上午", "下午"))),
    "every-day": table("events", *([f"2018-04-1{day}", *TALK[1:3], 20 + day, "否"] for day in range(5))),
    "every-month": table("events", *([f"2018-{month:02d}-12", *TALK[1:]] for month in range(1, 13))),
    "in-another-month": table("events", TALK, ["2018年5月", *TALK[1:3], 35, "否"], ["2018年3月", *TALK[1:3], 36, "否"]),
    "in-a-month": table("events", *(["2018年4月", "走访企业", "交流对接", people, "否"] for people in (8, 9))),
    "by-two-issuers": table("honours", PRIZE, ["文明单位标兵", "省级", "2018-06-01", "市总工会"]),
    "two-channels": table("surveys", ["年度", 100, 80, "纸质问卷"], ["年度", 40, 30, "网络问卷"]),
    "others": table("finance", ["其他", 100, 80], ["其他", 30, 20], ["其它", 4, 3]),
    "floors": [["名称", "企业数"], ["A座", 10], ["A座1层", 5], ["A座2层", 4]],
}  # fmt: skip


@pytest.mark.parametrize("rows", APART.values(), ids=APART)
def test_different_rows_stay_silent(rows: Rows, tmp_path: Path) -> None:
    name = next((name for name, header in HEADERS.items() if list(header) == rows[0]), "premises")
    folder = written(tmp_path / "in", {"submission.yaml": INFO.encode(), f"{name}.csv": w.as_csv(rows)})
    intake = taken(folder, tmp_path / "out")
    assert [each.line("zh") for each in intake.findings if each.severity != "note"] == []
    assert intake.rows == {name: len(rows) - 1}


@pytest.mark.parametrize(
    ("name", "rows", "large"),
    [
        ("finance", [(100, 100), (100, 99), (None, 5000), (-120, 3000)], [0, 3]),
        ("events", [(5000,), (100,)], []),
    ],
)
def test_two_figures_of_three_digits_may_mean_another_row(
    name: str, rows: list[tuple[float | None, ...]], large: list[int]
) -> None:
    own = [each.name for each in layout(name).columns if each.kind in NUMBER_KINDS]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(own, pl.Float64), orient="row").with_row_index("at")
    over, found = large_figures(layout(name), frame)
    assert (len(over), found["at"].to_list()) == (2 if large else 0, large)


proofs = BaseType("proofs", zh="佐证", en="Proofs", api=2)


@proofs.table(zh="合同", en="Contracts")
class Contract(Record):
    """A contract with the file that proves it."""

    title: Text = column(zh="合同名称", en="Title")
    value: Number = column(zh="金额", en="Value", unit="元")
    proof: File = column(zh="合同文件", en="Proof", optional=True)


def contracts(folder: Path, rows: Sequence[Sequence[Any]], files: Mapping[str, bytes]) -> Intake:
    """A list of contracts, taken in with its proofs."""
    sent = {
        "submission.yaml": INFO.encode(),
        "合同.csv": w.as_csv([["合同名称", "金额", "合同文件"], *rows]),
        **files,
    }
    layouts = tuple(layout_of(each, {}) for each in compile_type(proofs).tables.values())
    return taken(written(folder / "in", sent), folder / "out", expected=replace(EXPECTED, layouts=layouts))


def test_copies_of_a_proof_are_one_proof(tmp_path: Path) -> None:
    rows = [["委托调研", 100, "a.pdf"], ["产销对接", 200, "b.pdf"], ["培训服务", 300, "c.pdf"], ["评估", 400, "d.pdf"]]
    files = {"a.pdf": b"%PDF 1", "b.pdf": b"%PDF 2", "材料/c.pdf": b"%PDF 1", "d.pdf": b"%PDF 3"}
    said = [each for each in contracts(tmp_path, rows, files).findings if each.severity != "note"]
    assert [(each.code, each.place.row, each.place.column) for each in said] == [("proof-shared", 4, "C")]
    assert "“a.pdf、材料/c.pdf”：第 2, 4 行" in said[0].message.zh


def test_a_proof_of_several_records_is_said_once_with_their_rows(tmp_path: Path) -> None:
    rows = [
        ["委托调研", 100, "a.pdf"], ["产销对接", 200, "b.pdf"], ["培训服务", 300, "a.pdf"], ["技术咨询", 400, None],
        ["标准编制", 500, None], ["评估", 600, "a.pdf"],
    ]  # fmt: skip
    intake = contracts(tmp_path, rows, {"a.pdf": b"%PDF 1", "b.pdf": b"%PDF 2"})
    said = [each for each in intake.findings if each.severity != "note"]
    assert [(each.code, each.place.row, each.place.column) for each in said] == [("proof-shared", 4, "C")]
    assert "第 2, 4, 7 行" in said[0].message.zh
    assert intake.rows == {"contracts": 6}
